"""Keeping the templates: those that the product comes with, and the municipality's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from django.db.models import Max

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.lager.queries import innhold
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.docx import prosess
from saksgang.produksjon.docx.prosess import Bestilling, Malfunn
from saksgang.produksjon.models import Tekstmal, Tekstmalversjon
from saksgang.produksjon.queries.fakta import eksempel, felterskjema, flettefelter
from saksgang.produksjon.queries.fletting import egenskaper
from saksgang.produksjon.rules import (
    BEHANDLINGSFORMER,
    MALTYPER,
    STANDARDMALER,
    Maltilstand,
    Spraak,
    Standardmal,
    flat,
)
from saksgang.sakarkiv.rules import Journalposttype
from saksgang.tilgang.commands import krev, loggobjekt
from saksgang.tilgang.rules import Handling

DOCX = "fmt/412"
STOERSTE_MAL = 20 * 1024**2
_KAN_ENDRES = ("navn", "typer", "behandlingsform", "foreloepig", "enkeltvedtak", "rekkefoelge", "gyldig_til")


@kommando
def opprett_mal(
    *,
    kode: str,
    navn: str,
    typer: Sequence[str],
    spraak: str = Spraak.BOKMAAL,
    behandlingsform: str = "",
    foreloepig: bool = False,
    enkeltvedtak: bool = False,
    rekkefoelge: int = 1,
    gyldig_til: dt.date | None = None,
    av: Bruker,
) -> Tekstmal:
    """Make a template; it is offered to nobody before one of its versions is in use.

    Refused without name, kode and type, and where the kode is taken in the language.
    """
    krev(av, Handling.ADMINISTRERE_MAL)
    mal = Tekstmal(
        kode=kode.strip(),
        navn=navn.strip(),
        typer=list(typer),
        spraak=spraak,
        behandlingsform=behandlingsform,
        foreloepig=foreloepig,
        enkeltvedtak=enkeltvedtak,
        rekkefoelge=rekkefoelge,
        gyldig_til=gyldig_til,
    )
    feil = _feil_i(mal)
    if not mal.kode:
        feil["kode"] = "Kode mangler. Skriv et kort navn med små bokstaver, som «brev»."
    elif Tekstmal.objects.filter(kode=mal.kode, spraak=spraak).exists():
        feil["kode"] = f"Koden «{mal.kode}» er brukt på {mal.get_spraak_display().lower()}. Velg en annen."
    if spraak not in Spraak.values:
        feil["spraak"] = "Velg bokmål eller nynorsk."
    if feil:
        raise UgyldigInndata(feil)
    mal.save()
    logg(
        loggobjekt(mal),
        Handling.ADMINISTRERE_MAL,
        av=av,
        endringer={felt: (None, getattr(mal, felt)) for felt in ("kode", "spraak", *_KAN_ENDRES)},
    )
    return mal


@kommando
def endre_mal(mal: Tekstmal, *, av: Bruker, **felter: Any) -> Tekstmal:
    """Change name, types and use of a template; gyldig_til takes it out of the list. Documents made keep their text."""
    krev(av, Handling.ADMINISTRERE_MAL)
    mal = Tekstmal.objects.select_for_update(of=("self",)).get(pk=mal.pk)
    endringer = {}
    for felt in _KAN_ENDRES:
        if felt in felter and (foer := getattr(mal, felt)) != felter[felt]:
            endringer[felt] = (foer, felter[felt])
            setattr(mal, felt, felter[felt])
    if feil := _feil_i(mal):
        raise UgyldigInndata(feil)
    if endringer:
        mal.save(update_fields=list(endringer))
        logg(loggobjekt(mal), Handling.ADMINISTRERE_MAL, av=av, endringer=endringer)
    return mal


def _feil_i(mal: Tekstmal) -> dict[str, str]:
    feil = {}
    mal.navn = mal.navn.strip()
    if not mal.navn:
        feil["navn"] = "Navn mangler. Skriv det malen skal hete i listene."
    if not mal.typer or not set(mal.typer) <= set(MALTYPER):
        feil["typer"] = "Velg minst én dokumenttype malen skal brukes for."
    if mal.behandlingsform not in {"", *BEHANDLINGSFORMER}:
        feil["behandlingsform"] = "Velg politisk eller delegert, eller la feltet stå åpent."
    elif mal.behandlingsform and mal.typer != [Journalposttype.SAKSPAPIR]:
        feil["behandlingsform"] = "Bare en mal for sakspapir alene kan være politisk eller delegert."
    return feil


@kommando
def last_opp_malversjon(mal: Tekstmal, fil: Fil, *, filnavn: str, av: Bruker) -> Tekstmalversjon:
    """Add a version of a template as a draft, with what is found in it: fields, unknown ones, what must be mended.

    Refused when the file is no DOCX, cannot be opened, carries a macro, fetches from elsewhere or never ends.
    """
    krev(av, Handling.ADMINISTRERE_MAL)
    if fil.format != DOCX:
        raise UgyldigInndata({"fil": f"«{filnavn}» er ikke et Word-dokument. Lagre malen som DOCX, og last den opp."})
    if fil.stoerrelse > STOERSTE_MAL:
        raise UgyldigInndata({"fil": "Malen er større enn 20 MB. Gjør bildene i den mindre, og prøv igjen."})
    mal = Tekstmal.objects.select_for_update(of=("self",)).get(pk=mal.pk)
    funn = _undersoek([innhold(fil)])[0]
    if funn.uleselig:
        raise UgyldigInndata({"fil": " ".join(funn.feil)})
    siste = mal.versjoner.aggregate(siste=Max("nummer"))["siste"] or 0
    versjon = Tekstmalversjon.objects.create(
        mal=mal,
        nummer=siste + 1,
        fil=fil,
        filnavn=filnavn[:255],
        flettefelter=[*funn.felter, *funn.ukjente],
        feil=_setninger(funn),
        opprettet_av=av,
        opprettet_dato=klokke.naa(),
    )
    logg(
        loggobjekt(mal),
        Handling.ADMINISTRERE_MAL,
        av=av,
        endringer={"versjon": (siste or None, versjon.nummer)},
        detaljer={"sha256": fil.sha256, "feil": versjon.feil},
    )
    return versjon


@kommando
def ta_i_bruk(versjon: Tekstmalversjon, *, av: Bruker) -> Tekstmalversjon:
    """Let new documents be made from this version; the one in use until now gives way, and may come back.

    Refused with everything that must be mended first; the check is made anew, since fields may have come or gone.
    """
    krev(av, Handling.ADMINISTRERE_MAL)
    mal = Tekstmal.objects.select_for_update(of=("self",)).get(pk=versjon.mal_id)
    versjon = mal.versjoner.select_for_update(of=("self",)).select_related("fil", "mal").get(pk=versjon.pk)
    if versjon.tilstand == Maltilstand.I_BRUK:
        raise Avvist(f"Versjon {versjon.nummer} er allerede i bruk.")
    funn = _undersoek([innhold(versjon.fil)])[0]
    versjon.feil, versjon.flettefelter = _setninger(funn), [*funn.felter, *funn.ukjente]
    if versjon.feil:
        raise Avvist([f"Versjon {versjon.nummer} kan ikke tas i bruk ennå.", *versjon.feil])
    gammel = mal.versjoner.filter(tilstand=Maltilstand.I_BRUK).first()
    if gammel is not None:
        gammel.tilstand = Maltilstand.AVLOEST
        gammel.save(update_fields=["tilstand"])
    versjon.tilstand = Maltilstand.I_BRUK
    versjon.tatt_i_bruk_av, versjon.tatt_i_bruk_tid = av, klokke.naa()
    versjon.save(update_fields=["tilstand", "feil", "flettefelter", "tatt_i_bruk_av", "tatt_i_bruk_tid"])
    logg(
        loggobjekt(mal),
        Handling.ADMINISTRERE_MAL,
        av=av,
        endringer={"i bruk": (gammel.nummer if gammel else None, versjon.nummer)},
    )
    return versjon


def forhaandsvis_mal(versjon: Tekstmalversjon) -> Fil:
    """Return the version merged with sample data; made when it is first asked for. Refused while it has errors."""
    if versjon.feil:
        raise Avvist(["Malen kan ikke forhåndsvises før feilene er rettet.", *versjon.feil])
    if versjon.eksempel is None:
        fakta = eksempel()
        bestilling = Bestilling(
            fakta=fakta.felter, egenskaper=egenskaper(versjon.mal.navn, versjon.mal.spraak), rike=fakta.rike
        )
        fil = prosess.flett(innhold(versjon.fil), [bestilling], sekunder=prosess.SEKUNDER_MAL)[0].fil
        versjon.eksempel = lagre_fil(fil, filnavn=versjon.filnavn)
        versjon.save(update_fields=["eksempel"])
    return versjon.eksempel


def _undersoek(filer: Sequence[bytes]) -> list[Malfunn]:
    return prosess.undersoek(filer, felterskjema(), eksempel().felter)


def _setninger(funn: Malfunn) -> list[str]:
    """Return what must be mended, one sentence each; an unknown field with the one that may have been meant."""
    kjente = [navn for navn, *_ in flat(flettefelter()) if "[]" not in navn]
    setninger = []
    for navn in funn.ukjente:
        lik = get_close_matches(navn, kjente, n=1, cutoff=0.75)
        setninger.append(f"Ukjent flettefelt: {navn}." + (f" Mente du {lik[0]}?" if lik else ""))
    return [s[:500] for s in (*setninger, *funn.feil)]


@kommando
def legg_inn_standardmaler(*, av: Bruker) -> list[Tekstmal]:
    """Add those of the product's own templates that the municipality lacks, and take them into use."""
    krev(av, Handling.ADMINISTRERE_MAL)
    finnes = set(Tekstmal.objects.values_list("kode", "spraak"))
    nye = [(mal, spraak) for mal in STANDARDMALER for spraak in Spraak if (mal.kode, spraak.value) not in finnes]
    if not nye:
        return []
    filer = prosess.standardmaler([(mal.kode, spraak.value) for mal, spraak in nye])
    return [
        _legg_inn(mal, spraak, fil, funn.felter, av=av)
        for (mal, spraak), fil, funn in zip(nye, filer, _undersoek(filer), strict=True)
    ]


def _legg_inn(standard: Standardmal, spraak: Spraak, fil: bytes, felter: list[str], *, av: Bruker) -> Tekstmal:
    mal = Tekstmal.objects.create(
        kode=standard.kode,
        navn=standard.navn if spraak == Spraak.BOKMAAL else standard.navn_nn,
        typer=list(standard.typer),
        behandlingsform=standard.behandlingsform,
        spraak=spraak,
        foreloepig=standard.foreloepig,
        enkeltvedtak=standard.enkeltvedtak,
        rekkefoelge=standard.rekkefoelge,
    )
    filnavn = f"{standard.kode}-{spraak.value}.docx"
    naa = klokke.naa()
    Tekstmalversjon.objects.create(
        mal=mal,
        nummer=1,
        fil=lagre_fil(fil, filnavn=filnavn),
        filnavn=filnavn,
        flettefelter=felter,
        tilstand=Maltilstand.I_BRUK,
        opprettet_av=av,
        opprettet_dato=naa,
        tatt_i_bruk_av=av,
        tatt_i_bruk_tid=naa,
    )
    logg(loggobjekt(mal), Handling.ADMINISTRERE_MAL, av=av, detaljer={"mal": str(mal), "versjon": 1})
    return mal
