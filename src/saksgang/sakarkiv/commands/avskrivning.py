"""Writing off: when and how a letter or note was dealt with, per recipient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import kommando, logg, paa_vegne_av
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Avskrivning, InternMottaker, Journalpost, Kodeverdi
from saksgang.sakarkiv.rules import AVSKRIVBARE
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .felles import kodeverdi, krev_aapen_sak
from .merknad import skriv_merknad


def _laas(mottaker: InternMottaker) -> InternMottaker:
    return (
        InternMottaker.objects.select_for_update(of=("self",))
        .select_related("journalpost__sak", "journalpost__tilgangskode", "enhet", "bruker")
        .get(pk=mottaker.pk)
    )


def mottaker_for(journalpost: Journalpost, av: Bruker) -> InternMottaker:
    """Return the recipient's part that av is to write off: one's own, else the only open one.

    Refused where the type is never written off, nothing is open, or it is unclear whose part is meant.
    """
    if journalpost.journalposttype not in AVSKRIVBARE:
        raise Avvist(f"{journalpost.get_journalposttype_display()} kan ikke avskrives.")
    aapne = list(
        journalpost.interne_mottakere.filter(gyldig=True, levert=True, avskrivning__isnull=True)
        .select_related("bruker", "enhet")
        .order_by("pk")
    )
    if not aapne:
        raise Avvist(f"{journalpost} er allerede avskrevet, eller ikke levert ennå.")
    for mottaker in aapne:
        if mottaker.bruker_id == av.pk:
            return mottaker
    if len(aapne) > 1:
        navn = ", ".join(str(m) for m in aapne)
        raise UgyldigInndata({"mottaker": f"Flere har ikke avskrevet: {navn}. Velg hvem du avskriver for."})
    return aapne[0]


@kommando
def avskriv(
    mottaker: InternMottaker,
    maate: str,
    *,
    av: Bruker,
    dato: dt.date | None = None,
    merknad: str = "",
) -> Avskrivning:
    """Write off one recipient's part of an I or N (krav R-10.2.1.2a–c). maate: a manual code such as TE, TO, TLF.

    Done for somebody else it is logged on that person's behalf. Refused for other types, before delivery, twice,
    and with a date in the future or before the letter came.
    """
    mottaker = _laas(mottaker)
    journalpost = mottaker.journalpost
    krev(av, Handling.AVSKRIVE, mottaker)
    krev_aapen_sak(journalpost.sak)
    if journalpost.journalposttype not in AVSKRIVBARE:
        raise Avvist(f"{journalpost.get_journalposttype_display()} kan ikke avskrives.")
    kode = kodeverdi(Kodeverdi.Liste.AVSKRIVNINGSMAATE, maate, "maate")
    if not kode.manuell:
        raise UgyldigInndata({"maate": f"«{kode}» settes av systemet når brevet besvares. Velg en annen måte."})
    dato = dato or klokke.idag()
    if dato > klokke.idag():
        raise UgyldigInndata({"dato": "Avskrivningsdato kan ikke være i fremtiden."})
    if journalpost.mottatt_dato and dato < journalpost.mottatt_dato:
        raise UgyldigInndata({"dato": "Avskrivningsdato kan ikke være før brevet kom."})
    if not mottaker.levert or not mottaker.gyldig:
        raise Avvist(f"{journalpost} er ikke levert ennå og kan ikke avskrives.")
    if mottaker.avskrivning_id is not None:
        raise Avvist(f"{journalpost} er allerede avskrevet.")
    if mottaker.bruker_id is not None and mottaker.bruker_id != av.pk:
        paa_vegne_av(mottaker.bruker_id)
    avskrivning = Avskrivning.objects.create(
        mottaker=mottaker, dato=dato, maate=kode, av=av, registrert_tid=klokke.naa()
    )
    mottaker.avskrivning = avskrivning
    mottaker.save(update_fields=["avskrivning"])
    if merknad.strip():
        skriv_merknad(journalpost.sak, "SB", merknad, av=av, journalpost=journalpost)
    logg(
        journalpost,
        Handling.AVSKRIVE,
        av=av,
        endringer={"avskrivning": (None, f"{dato:%d.%m.%Y} {kode.kode}")},
        detaljer={"mottaker": str(mottaker)},
    )
    return avskrivning


@kommando
def avskriv_flere(
    mottakere: Iterable[InternMottaker], maate: str, *, av: Bruker, dato: dt.date | None = None, merknad: str = ""
) -> list[Avskrivning]:
    """Write off several with one code (krav R-10.8.1b): all of them, or none and every reason."""
    ferdige: list[Avskrivning] = []
    hindre: list[str] = []
    for mottaker in mottakere:
        try:
            ferdige.append(avskriv(mottaker, maate, av=av, dato=dato, merknad=merknad))
        except Avvist as feil:
            hindre += feil.hindre
        except IkkeTilgang as feil:
            hindre.append(f"{mottaker.journalpost}: {feil}")
    if hindre:
        raise Avvist(hindre)
    return ferdige


def gi_restanse_tilbake(avskrivning: Avskrivning, *, av: Bruker) -> None:
    """Lift an avskrivning as part of another act; the row stays."""
    mottaker = _laas(avskrivning.mottaker)
    avskrivning.opphevet_av, avskrivning.opphevet_tid = av, klokke.naa()
    avskrivning.save(update_fields=["opphevet_av", "opphevet_tid"])
    if mottaker.avskrivning_id == avskrivning.pk:
        mottaker.avskrivning = None
        mottaker.save(update_fields=["avskrivning"])
    logg(
        mottaker.journalpost,
        Handling.OPPHEVE_AVSKRIVNING,
        av=av,
        endringer={"avskrivning": (f"{avskrivning.dato:%d.%m.%Y} {avskrivning.maate.kode}", None)},
    )


@kommando
def opphev_avskrivning(avskrivning: Avskrivning, *, av: Bruker) -> None:
    """Lift a mistaken avskrivning: the restanse is back. Refused twice."""
    mottaker = _laas(avskrivning.mottaker)
    krev(av, Handling.OPPHEVE_AVSKRIVNING, mottaker)
    krev_aapen_sak(mottaker.journalpost.sak)
    if avskrivning.opphevet_tid is not None:
        raise Avvist("Avskrivningen er allerede opphevet.")
    gi_restanse_tilbake(avskrivning, av=av)


@kommando
def merk_som_sett(mottaker: InternMottaker, *, av: Bruker) -> None:
    """«Sett» / «Marker som lest»: out of Innboks; an I or N stays in Restanse (A-42)."""
    mottaker = _laas(mottaker)
    krev(av, Handling.SE, mottaker)
    if mottaker.sett_tid is None:
        mottaker.sett_tid = klokke.naa()
        mottaker.save(update_fields=["sett_tid"])
        logg(mottaker.journalpost, Handling.SE, av=av)
