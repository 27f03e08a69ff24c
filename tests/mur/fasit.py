"""krav C.0 and C.11 written out again in plain Python: what the walls and the random sequences measure the product by.

Nothing here imports the product. A rule that is wrong in both places must have been read wrong twice.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

ANSATTE = frozenset(
    "sb.kari sb.ola sb.per led.anne led.nils nes.ida sf.bente sf.per ark.eva ark.tom ms.lise raad.jon raad.vikar"
    " pers.mia u.arne skole1.liv skole2.geir skatt.siv ik.vera les.gry adm.root".split()
)
IKKE_ANSATTE = frozenset({"ord.siri", "pol.tor", "pol.eli"})
"""Elected: what C.11 gives, and nothing more in here."""
ARKIV = frozenset({"ark.eva", "ark.tom"})
LEDER = {"TEK": "led.anne", "VAR": "led.anne", "KULT": "led.nils", "RÅD": "raad.jon"}
"""VAR lies under the fagområde TEK. Nobody leads a school, and the rådmann does not read its pupils' files."""
STEDFORTREDER = {"led.anne": "sf.bente", "raad.jon": "raad.vikar"}
"""In March 2026, with XX ticked and no other code."""
AUTORISERT = {
    "U": {"u.arne": None},
    "P": {"pers.mia": None},
    "E": {"skole1.liv": "SKOLE1", "skole2.geir": "SKOLE2"},
    "S": {"skatt.siv": None},
}
"""Code → person → the unit that it holds in; none: everywhere."""
SKJULER = {"I": "", "T": "t", "PA": "p", "TP": "tp", "A": "tp"}
"""Avskjermingskode → which words it takes from the public."""


@dataclass(frozen=True)
class Sakfakta:
    """What the rules ask about a case."""

    enhet: str
    saksansvarlig: str
    kode: str = ""
    gruppe: frozenset[str] | None = None
    saksbehandlere: frozenset[str] = frozenset()
    leserett: frozenset[str] = frozenset()
    paa_nett: bool = True
    """Neither its arkivdel nor its sakstype is kept off the net."""


@dataclass(frozen=True)
class Fakta:
    """What the rules ask about a journalpost. status: for Utgår the one before it."""

    sak: Sakfakta
    type: str
    status: str
    utgaatt: bool = False
    kode: str = ""
    avskjerming: str = ""
    gruppe: frozenset[str] | None = None
    forslag: str = ""
    """The code of an undecided proposal from the archive."""
    enhet: str = "TEK"
    saksbehandler: str | None = None
    registrert_av: str = "ark.eva"
    mottakere: frozenset[str] = frozenset()
    forelagt: frozenset[str] = frozenset()
    publiseres: dt.datetime | None = None
    naa: dt.datetime | None = field(default=None, compare=False)


def _ledere(enhet: str) -> set[str]:
    return {LEDER[enhet]} if enhet in LEDER else set()


def _stedfortredere(enhet: str, kode: str) -> set[str]:
    return {STEDFORTREDER[leder] for leder in _ledere(enhet) & set(STEDFORTREDER) if kode in ("", "XX")}


def _autoriserte(kode: str, enhet: str, gruppe: frozenset[str] | None) -> set[str]:
    funnet = {navn for navn, i_enhet in AUTORISERT[kode].items() if i_enhet in (None, enhet)}
    return funnet if gruppe is None else funnet & gruppe


def lesere(jp: Fakta) -> frozenset[str]:
    """Everybody who sees the journalpost (krav C.0, row by row)."""
    kode = "XX" if jp.forslag else jp.kode
    eier = {jp.saksbehandler, jp.sak.saksansvarlig} - {None}
    fast = eier | _ledere(jp.enhet) | ARKIV | _stedfortredere(jp.enhet, kode)
    if jp.status == "R":
        return frozenset(fast | {jp.registrert_av} | jp.forelagt)
    if kode == "XX" or jp.status == "M":
        return frozenset(fast)
    if not kode:
        return ANSATTE
    egne = jp.sak.leserett | (jp.mottakere if jp.type in "NX" else frozenset())
    return frozenset(fast | egne | jp.forelagt | _autoriserte(kode, jp.enhet, jp.gruppe))


def leser_saken(sak: Sakfakta) -> frozenset[str]:
    """Everybody who sees the case."""
    if not sak.kode:
        return ANSATTE
    fast = {sak.saksansvarlig} | _ledere(sak.enhet) | ARKIV | _stedfortredere(sak.enhet, sak.kode)
    return frozenset(fast | sak.saksbehandlere | sak.leserett | _autoriserte(sak.kode, sak.enhet, sak.gruppe))


def i_journalen(jp: Fakta) -> bool:
    """Whether it is in the offentlig journal that anybody may have on request (C.11, last paragraph)."""
    return jp.status == "J" and not jp.utgaatt and jp.kode != "XX" and not jp.forslag


def paa_postlista(jp: Fakta) -> bool:
    """Whether the net list has it: C.11, 1–5."""
    if jp.type == "X":
        return False
    if not i_journalen(jp):
        return False
    if not jp.sak.paa_nett:
        return False
    return jp.publiseres is not None and jp.naa is not None and jp.publiseres <= jp.naa


def aapne_ord(jp: Fakta) -> str:
    """Which words an entry shows the public: t title, p outside parties, d documents' titles, f file (C.11, 6–7)."""
    parter = "p" if jp.type in "IU" else ""
    if not jp.kode:
        return f"t{parter}df"
    return "".join(o for o in f"t{parter}" if o not in SKJULER[jp.avskjerming])
