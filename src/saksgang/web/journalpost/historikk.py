"""Events as people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.rules import Handling

if TYPE_CHECKING:
    import datetime as dt

    from saksgang.logg.models import Hendelse

FELTNAVN = {
    "status": "status",
    "tittel": "tittel",
    "offentlig_tittel": "offentlig tittel",
    "forfallsdato": "svarfrist",
    "saksbehandler": "saksbehandler",
    "enhet": "enhet",
    "parter": "avsender eller mottaker",
    "interne_mottakere": "mottakere",
    "dokumentdato": "dokumentdato",
    "mottatt_dato": "mottatt dato",
    "opphav": "opphav",
    "tilgangskode": "tilgangskode",
    "avskjermingskode": "avskjerming",
    "meroffentlighet": "vurdering av meroffentlighet",
    "hjemmel": "hjemmel",
    "tilgangsgruppe": "tilgangsgruppe",
    "avskrivning": "avskrivning",
    "foreslaatt_kode": "foreslått kode",
    "foreslaatt_hjemmel": "foreslått hjemmel",
    "rekkefoelge": "rekkefølge",
    "dokument": "dokument",
    "statusbegrunnelse": "begrunnelse",
    "godkjenning": "godkjenning",
}
"""Fields that people know; the others are the system's own."""
DETALJER = ("merknad", "begrunnelse", "tekst", "kommentar", "mottaker", "mottakere", "til", "frist", "årsak", "tittel")


@dataclass(frozen=True)
class Linje:
    """One event: the act, by whom, and what it changed."""

    tekst: str
    tid: dt.datetime
    endringer: tuple[str, ...] = ()


def linjer(hendelser: list[Hendelse]) -> list[Linje]:
    """Return the events as lines, in the order given."""
    return [Linje(_hva(h), h.tidspunkt, tuple(_endringer(h))) for h in hendelser]


def _hva(h: Hendelse) -> str:
    handling = Handling(h.handling).label if h.handling in Handling else h.handling
    hvem = h.aktoer.navn if h.aktoer else "systemet"
    for_hvem = f" på vegne av {h.paa_vegne_av.navn}" if h.paa_vegne_av else ""
    return f"{handling} – {hvem}{for_hvem}"


def _endringer(h: Hendelse) -> list[str]:
    rader = []
    for felt, (fra, til) in h.endringer.items():
        navn = FELTNAVN.get(felt, felt if felt.startswith("dokument ") else "")
        if not navn:
            continue
        foer, etter = _verdi(felt, fra), _verdi(felt, til)
        if not foer and not etter:
            continue
        rader.append(f"{navn.capitalize()}: {foer} → {etter or 'ingen'}" if foer else f"{navn.capitalize()}: {etter}")
    for navn in DETALJER:
        verdi = h.detaljer.get(navn)
        if verdi and not isinstance(verdi, int):  # a number is a row's id, for the machine
            rader.append(f"{navn.capitalize()}: {_verdi(navn, verdi)}")
    return rader


def _verdi(felt: str, verdi: Any) -> str:
    if verdi in (None, "", []):
        return ""
    if felt == "status" and verdi in Journalstatus:
        return f"{verdi} {Journalstatus(verdi).label}"
    if isinstance(verdi, bool):
        return "ja" if verdi else "nei"
    if isinstance(verdi, list):
        return ", ".join(map(str, verdi))
    tekst = str(verdi)
    if len(tekst) == 10 and tekst[4] == tekst[7] == "-":
        return f"{tekst[8:]}.{tekst[5:7]}.{tekst[:4]}"
    return tekst
