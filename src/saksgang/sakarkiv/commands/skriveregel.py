"""Holding titles to the rules, and keeping the rules (krav R-10.3.1.2c)."""

from __future__ import annotations

from typing import Any

from django.db.models import Max
from django.utils.text import slugify

from saksgang.kjerne.errors import UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Skriveregel
from saksgang.sakarkiv.queries.skriveregler import kontroller_tittel
from saksgang.sakarkiv.rules.skriveregel import SLAG
from saksgang.tilgang.commands import krev
from saksgang.tilgang.commands.loggobjekt import loggobjekt, sett_felter
from saksgang.tilgang.rules import Handling

from .felles import Skjerming, rens_tittel

MAKS_BEGRUNNELSE = 300


def krev_tittel(tittel: str, *, felt: str = "tittel", begrunnelse: str = "", skjermet: bool = False) -> str:
    """Return the title with single spaces, held to the rules for titles.

    Refused where a rule stops it, with the clean-up proposed; and where a rule warns and no reason is written.
    skjermet: the public does not see it.
    """
    tittel = rens_tittel(tittel, felt)
    funn, forslag = kontroller_tittel(tittel, skjermet=skjermet)
    stopper = [f for f in funn if f.stopper]
    if stopper:
        setninger = [f"{f.tekst} {f.hjelp}" for f in stopper]
        if forslag:
            setninger.append(f"Forslag: «{forslag}».")
        raise UgyldigInndata({felt: " ".join(setninger)})
    if len(begrunnelse.strip()) > MAKS_BEGRUNNELSE:
        raise UgyldigInndata({"tittelbegrunnelse": f"Kort begrunnelsen ned til {MAKS_BEGRUNNELSE} tegn eller færre."})
    if funn and not begrunnelse.strip():
        raise UgyldigInndata(
            {
                felt: " ".join(f"{f.tekst} {f.hjelp}" for f in funn),
                "tittelbegrunnelse": "Rett tittelen, eller skriv kort hvorfor den skal stå slik.",
            }
        )
    return tittel


def skjuler_tittel(skjerming: Skjerming) -> bool:
    """Whether the public is kept from the title by this grading."""
    if skjerming.kode is None:
        return False
    avskjerming = skjerming.avskjerming
    return skjerming.kode.er_xx or (
        avskjerming is not None and (avskjerming.skjermer_tittel or avskjerming.skjermer_alt)
    )


def _krev_felter(felter: dict[str, Any]) -> dict[str, Any]:
    feil = {}
    for felt in ("navn", "hjelp"):
        felter[felt] = felter[felt].strip()
        if not felter[felt]:
            feil[felt] = "Feltet mangler. Skriv det med noen ord."
    slag = SLAG.get(felter["slag"])
    if slag is None:
        feil["slag"] = "Velg hva regelen skal lete etter."
    elif slag.tall and not felter["parameter"].strip().isdigit():
        feil["parameter"] = "Skriv et tall."
    elif slag.parameter and not felter["parameter"].strip():
        feil["parameter"] = f"{slag.parameter} mangler."
    if felter["alvor"] not in set(Skriveregel.Alvor):
        feil["alvor"] = "Velg feil eller advarsel."
    if feil:
        raise UgyldigInndata(feil)
    felter["parameter"] = felter["parameter"].strip()
    return felter


@kommando
def opprett_skriveregel(*, navn: str, slag: str, parameter: str, alvor: str, hjelp: str, av: Bruker) -> Skriveregel:
    """Add a rule for titles, in use at once. Refused without name, help, kind, or what the kind must know."""
    krev(av, Handling.ADMINISTRERE_SKRIVEREGEL)
    felter = _krev_felter({"navn": navn, "slag": slag, "parameter": parameter, "alvor": alvor, "hjelp": hjelp})
    siste = Skriveregel.objects.aggregate(siste=Max("rekkefoelge"))["siste"] or 0
    stamme = kode = slugify(felter["navn"])[:30] or "regel"
    nr = 2
    while Skriveregel.objects.filter(kode=kode).exists():
        kode, nr = f"{stamme}-{nr}", nr + 1
    regel = Skriveregel.objects.create(kode=kode, rekkefoelge=siste + 1, **felter)
    logg(loggobjekt(regel), Handling.ADMINISTRERE_SKRIVEREGEL, av=av, detaljer={"ny": regel.navn, **felter})
    return regel


@kommando
def endre_skriveregel(regel: Skriveregel, *, av: Bruker, **felter: Any) -> Skriveregel:
    """Change navn, parameter, alvor, hjelp or aktiv of a rule; its kind stays. Refused as opprett_skriveregel is."""
    krev(av, Handling.ADMINISTRERE_SKRIVEREGEL)
    regel = Skriveregel.objects.select_for_update().get(pk=regel.pk)
    aktiv = felter.pop("aktiv", regel.aktiv)
    hele = {felt: getattr(regel, felt) for felt in ("navn", "slag", "parameter", "alvor", "hjelp")} | felter
    hele["slag"] = regel.slag
    if endringer := sett_felter(regel, _krev_felter(hele) | {"aktiv": aktiv}):
        logg(loggobjekt(regel), Handling.ADMINISTRERE_SKRIVEREGEL, av=av, endringer=endringer)
    return regel
