"""The log of a case in words: who did what, for whom, when, and what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from saksgang.sakarkiv.rules import Journalposttype, Journalstatus, Rettighetsnivaa, Saksstatus
from saksgang.tilgang.rules import Handling
from saksgang.ui.visning import dag

if TYPE_CHECKING:
    from saksgang.logg.models import Hendelse

FELT = {
    "aarsak": "Årsak",
    "adressesperre": "Adressesperre",
    "aktiv_fra": "Aktiv fra",
    "aktiv_til": "Aktiv til",
    "avskjermingskode": "Avskjerming",
    "avsluttet_av": "Avsluttet av",
    "avsluttet_dato": "Avsluttet",
    "behandlet_av": "Behandlet av",
    "behandlet_merknad": "Merknad",
    "behandlet_tid": "Behandlet",
    "besluttet_av": "Besluttet av",
    "besluttet_av_leder": "Besluttet av leder",
    "dokumentdato": "Dokumentdato",
    "ferdig_i_arkivet_av": "Komplett i arkivet, meldt av",
    "ferdig_tid": "Ferdig",
    "foreslaatt_av": "Foreslått av",
    "foreslaatt_hjemmel": "Foreslått hjemmel",
    "foreslaatt_kode": "Foreslått kode",
    "fagomraade": "Fagområde",
    "forfallsdato": "Svarfrist",
    "forslag_aapent": "Forslag venter på svar",
    "forslag_sperrer": "Forslag stanser journalføring",
    "inkluder_underenheter": "Lederen leder også underenhetene",
    "interne_mottakere": "Mottakere",
    "is_active": "Aktiv",
    "klasser": "Ordningsverdi",
    "kontrollert_av": "Kontrollert av",
    "kontrollert_dato": "Kontrollert",
    "maate": "Måte",
    "mottatt_dato": "Mottatt",
    "nivaa": "Rett",
    "nedlagt_dato": "Nedlagt",
    "offentlig_tittel": "Offentlig tittel",
    "overordnet": "Overordnet enhet",
    "publiseres_tid": "På postlisten fra",
    "relevant_for_behandling": "Relevant for behandlingen",
    "skjerming_misvisende": "Misvisende bilde",
    "skjerming_skade": "Skade",
    "status_foer_utgaatt": "Status før utgått",
    "statusbegrunnelse": "Begrunnelse",
    "tilgangsgruppe": "Tilgangsgruppe",
    "tilgangskoder": "Tilgangskoder",
    "vikar": "Stedfortreder",
    "xx_frist": "XX-frist",
    "xx_satt_tid": "XX satt",
}
MERKNADSTYPER = {"SB": "saksbehandlingsmerknad", "AR": "arkivmerknad", "AN": "annen merknad", "BM": "beskjed/merknad"}
TYPER = MERKNADSTYPER | dict(Journalposttype.choices)
REKKEFOELGE = ("type", "tittel", "offentlig_tittel", "status", "tilgangskode", "hjemmel", "avskjermingskode", "bruker")
_UTELAT = {"merknad": int}


@dataclass(frozen=True)
class Endring:
    felt: str
    fra: str
    til: str


@dataclass(frozen=True)
class Linje:
    """One event as it is read."""

    nummer: int
    tid: dt.datetime
    hvem: str
    paa_vegne_av: str
    hva: str
    gjelder: str
    journalpostnummer: int | None
    lesing: bool
    endringer: tuple[Endring, ...]
    detaljer: tuple[tuple[str, str], ...]

    @property
    def endringslinjer(self) -> list[str]:
        """The changes and details, each as a line of text."""
        deler = [f"{e.felt}: {e.fra} → {e.til}" for e in self.endringer]
        return [*deler, *(f"{navn}: {verdi}" for navn, verdi in self.detaljer)]

    @property
    def endringstekst(self) -> str:
        """The changes and details on one line, for the export."""
        return "; ".join(self.endringslinjer)


def linje(hendelse: Hendelse, saksnummer: str, numre: Mapping[int, int]) -> Linje:
    """Return an event in words. numre: id → number of the journalposter that the reader may see."""
    nummer = numre.get(hendelse.journalpost_id) if hendelse.journalpost_id else None
    paa_jp = hendelse.journalpost_id is not None
    return Linje(
        nummer=hendelse.nummer,
        tid=hendelse.tidspunkt,
        hvem=hendelse.aktoer.navn if hendelse.aktoer else "Systemet",
        paa_vegne_av=hendelse.paa_vegne_av.navn if hendelse.paa_vegne_av else "",
        hva=_handling(hendelse.handling),
        gjelder=f"{saksnummer}-{nummer}" if nummer is not None else saksnummer,
        journalpostnummer=nummer,
        lesing=hendelse.lesing,
        endringer=tuple(
            Endring(_navn(felt), _verdi(felt, fra, paa_jp), _verdi(felt, til, paa_jp))
            for felt, (fra, til) in sorted(hendelse.endringer.items(), key=_plass)
            if not felt.endswith(("_id", "_ider"))
        ),
        detaljer=tuple(
            (_navn(navn), _verdi(navn, verdi, paa_jp))
            for navn, verdi in sorted(hendelse.detaljer.items(), key=_plass)
            if verdi not in (None, "", [], False)
            and not navn.endswith(("_id", "_ider"))
            and not isinstance(verdi, _UTELAT.get(navn, ()))
        ),
    )


def dagvis(linjer: Iterable[Linje]) -> list[tuple[str, list[Linje]]]:
    """Return the lines day by day, in their order."""
    dager: list[tuple[str, list[Linje]]] = []
    for en in linjer:
        merke = dag(timezone.localtime(en.tid))
        if not dager or dager[-1][0] != merke:
            dager.append((merke, []))
        dager[-1][1].append(en)
    return dager


def _plass(par: tuple[str, Any]) -> int:
    return REKKEFOELGE.index(par[0]) if par[0] in REKKEFOELGE else len(REKKEFOELGE)


def _handling(verdi: str) -> str:
    try:
        return str(Handling(verdi).label)
    except ValueError:
        return verdi


def _navn(felt: str) -> str:
    return FELT.get(felt) or felt.replace("_", " ").capitalize()


def _verdi(felt: str, verdi: Any, paa_journalpost: bool) -> str:
    if verdi in (None, "", []):
        return "ingen"
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, list):
        return ", ".join(_verdi("", v, paa_journalpost) for v in verdi)
    tekst = str(verdi)
    if felt in ("status", "status_foer_utgaatt"):
        for koder in (Journalstatus, Saksstatus) if paa_journalpost else (Saksstatus, Journalstatus):
            if tekst in koder.values:
                return f"{tekst} {koder(tekst).label}"
    if felt == "nivaa" and tekst in Rettighetsnivaa.values:
        return str(Rettighetsnivaa(tekst).label)
    if felt == "type" and tekst in TYPER:
        return f"{tekst} {TYPER[tekst]}"
    return _dato(tekst) or tekst


def _dato(tekst: str) -> str:
    try:
        if len(tekst) == 10 and (dag := parse_date(tekst)):
            return f"{dag:%d.%m.%Y}"
        if len(tekst) > 16 and tekst[4] == "-" and (tid := parse_datetime(tekst)):
            return f"{timezone.localtime(tid):%d.%m.%Y %H.%M}"
    except ValueError:
        return ""
    return ""
