"""What stands in the way of an answer, and what the letter says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings

from saksgang.innsynskrav.models import Innsynskrav, Innsynssvar, Innsynsvurdering, Kravlinje
from saksgang.innsynskrav.rules import GITT, UBESVART, Utfall, dag, siste_klagedag

from .filer import foreldet, kilder, taushetsbelagt, utlevert_fil_for
from .krav import avgjoerelse, linjer, overproevd, poster, titler


def dokumentnavn(linje: Kravlinje) -> str:
    """Return what a letter calls a document: a number and its place, never a title that may be screened."""
    if linje.dokument is None:
        return f"{linje.journalpost}"
    plass = "hoveddokument" if linje.dokument.nummer == 1 else f"vedlegg {linje.dokument.nummer - 1}"
    return f"{linje.journalpost}, {plass}"


def mangler_foer_svar(krav: Innsynskrav, tekst: str = "") -> list[str]:
    """Return every reason why the request cannot be answered yet; krav R-7.1.1.f and R-7.1.6.a are asked once more."""
    if krav.tilstand not in UBESVART:
        return [f"{krav} er ikke til behandling."]
    alle = linjer(krav)
    mangler = []
    if not alle and not tekst.strip():
        mangler.append("Kravet har ingen dokumenter. Legg dem til, eller skriv hva svaret er.")
    for linje in alle:
        if grunn := _mangel(linje):
            mangler.append(f"{dokumentnavn(linje)}: {grunn}")
    return mangler


def _mangel(linje: Kravlinje) -> str:
    vurdering = avgjoerelse(linje)
    if any(spoersmaal.svar == "" for spoersmaal in linje.samtykker.all()):
        return "spørsmålet om samtykke er ikke besvart."
    if vurdering is None:
        return "ikke avgjort."
    if vurdering.utfall in GITT and any(jp.avventer_gradering for jp in kilder(linje)):
        return "graderingen av journalposten er ikke avgjort."
    if vurdering.utfall == Utfall.HELT and taushetsbelagt(linje) is not None and not vurdering.bortfall:
        return "under taushetsplikt. Registrer hvorfor den ikke står i veien, eller vurder på nytt."
    if grunn := foreldet(linje, vurdering) or overproevd(linje, vurdering):
        return grunn
    if vurdering.utfall in GITT and utlevert_fil_for(linje.dokument, helt=vurdering.utfall == Utfall.HELT) is None:
        if vurdering.utfall == Utfall.DELVIS:
            return "delvis innsyn krever en godkjent sladdet variant. Lag den på journalposten, og få den godkjent."
        return "har ingen fil som kan gis ut ennå. Vent på arkivkopien, eller bestill den på nytt."
    return ""


def har_avslag(vurdert: Sequence[tuple[Kravlinje, Innsynsvurdering]]) -> bool:
    """Whether an answer may be appealed: every decision may, but one to give access (offl. § 32 first ledd).

    So may an answer in words alone, as that there is no such document.
    """
    return not vurdert or any(v.utfall != Utfall.HELT for _, v in vurdert)


def brevdata(
    krav: Innsynskrav, tekst: str, dato: dt.date, vurdert: Sequence[tuple[Kravlinje, Innsynsvurdering]]
) -> dict[str, Any]:
    """Return what the answer says: every document with its outcome and full hjemmel, and the rights (offl. § 31)."""
    avslag = har_avslag(vurdert)
    kjente = titler(linje.journalpost for linje, _ in vurdert)
    avsnitt = [f"Vi viser til kravet ditt om innsyn, mottatt {dag(krav.mottatt_dato)} {krav.mottatt_dato.year}."]
    avsnitt += [del_ for del_ in tekst.split("\n") if del_.strip()]
    rettigheter = []
    if avslag:
        klagefrist = siste_klagedag(dato)
        rettigheter = [
            "Du kan be om en nærmere begrunnelse innen tre uker etter at du fikk dette brevet. Da svarer vi skriftlig "
            "innen ti arbeidsdager (offl. § 31 andre ledd).",
            f"Du kan klage til Statsforvalteren innen tre uker, senest {dag(klagefrist)} {klagefrist.year} "
            f"(offl. § 32). Klagen sender du til {settings.KOMMUNE}. Skriv hvilke dokumenter den gjelder. Ber du om "
            "nærmere begrunnelse, løper klagefristen fra du får den.",
        ]
    return {
        "tittel": f"Svar på krav om innsyn, {krav}",
        "virksomhet": settings.KOMMUNE,
        "avsender": [linje for linje in (settings.KOMMUNE_ADRESSE, settings.KOMMUNE_EPOST) if linje],
        "mottaker": [linje for linje in (krav.navn, krav.epost, krav.kontaktpunkt) if linje],
        "dato": f"{dag(dato)} {dato.year}",
        "referanse": str(krav),
        "avsnitt": avsnitt,
        "rader": [_rad(linje, vurdering, kjente[linje.journalpost_id]) for linje, vurdering in vurdert],
        "rettigheter": rettigheter,
    }


def _rad(linje: Kravlinje, vurdering: Innsynsvurdering, tittel: str) -> dict[str, str]:
    merknad = {
        Utfall.HELT: "Dokumentet er vedlagt eller kan hentes på siden din.",
        Utfall.DELVIS: "Det som er unntatt, er sladdet. Resten er vedlagt eller kan hentes på siden din.",
        Utfall.AVSLAG: "",
    }[Utfall(vurdering.utfall)]
    return {
        "dokument": dokumentnavn(linje),
        "tittel": tittel,
        "utfall": vurdering.get_utfall_display(),
        "hjemmel": vurdering.full_hjemmel,
        "merknad": merknad,
    }


def kravdata(krav: Innsynskrav, numre: Sequence[str], *, paaklaget: bool = False) -> dict[str, Any]:
    """Return the request as a document for the journal, without who asked: no name is needed (offl. § 28)."""
    avsnitt = [
        f"Krav om innsyn mottatt {dag(krav.mottatt_dato)} {krav.mottatt_dato.year} ({krav.get_kanal_display()})."
    ]
    if numre:
        avsnitt.append(f"Gjelder {', '.join(numre)}.")
    if paaklaget:
        avsnitt.append("Svaret er påklaget. Klagen og hvem som klager, står på kravet, som ikke er offentlig.")
    return {
        "tittel": f"Krav om innsyn, {krav}",
        "virksomhet": settings.KOMMUNE,
        "avsender": [],
        "mottaker": [],
        "dato": f"{dag(krav.mottatt_dato)} {krav.mottatt_dato.year}",
        "referanse": str(krav),
        "avsnitt": avsnitt,
        "rader": [],
        "rettigheter": [],
    }


def avgjorte(krav: Innsynskrav) -> list[tuple[Kravlinje, Innsynsvurdering]]:
    """Return each document of the request with the decision about it."""
    return [(linje, vurdering) for linje in linjer(krav) if (vurdering := avgjoerelse(linje)) is not None]


def besvarte(krav: Innsynskrav, svar: Innsynssvar) -> list[tuple[Kravlinje, Innsynsvurdering]]:
    """Return each document with the decision that an answer told of: what is decided after it is nobody's yet."""
    rader = [
        (linje, next((v for v in linje.vurderinger.all() if not v.er_forslag and v.tid <= svar.tid), None))
        for linje in linjer(krav)
    ]
    return [(linje, vurdering) for linje, vurdering in rader if vurdering is not None]


def numre(krav: Innsynskrav) -> list[str]:
    """Return the numbers of the entries that are asked for."""
    return [str(jp) for jp, _ in poster(linjer(krav))]
