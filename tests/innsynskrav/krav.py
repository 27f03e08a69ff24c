"""Requests in a test, each made through the commands."""

from __future__ import annotations

from saksgang.innsynskrav.commands import krev_innsyn, svar_paa_krav, vurder
from saksgang.innsynskrav.models import Innsynskrav, Kravlinje
from saksgang.innsynskrav.queries import avgjoerelse, hent_linje, linjer
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.models import Hjemmel
from tests.bygg import Kommune
from tests.tilstand import inngaaende, kodet

NAVN, EPOST = "Journalist Zqnavnqz", "zqjournalist@avisa.example"
MERINNSYN = "Vurdert. Tipset kan ikke gis uten at den som tipset kjennes igjen."


def hjemmel(noekkel: str) -> Hjemmel:
    return Hjemmel.objects.get(noekkel=noekkel)


def ref(jp: Journalpost) -> tuple[int, int, int]:
    return jp.sak.aar, jp.sak.sekvens, jp.journalpostnummer


def gradert(k: Kommune, kode: str = "U", **felter) -> Journalpost:
    """A journalised letter in TEK with a code: U rests on § 14 (kan), the others on § 13 (skal)."""
    return kodet(k, inngaaende(k, k.sak(101), "J", **felter), kode)


def krav_om(*poster: Journalpost, **felter) -> Innsynskrav:
    """A request from the public site."""
    return krev_innsyn([ref(jp) for jp in poster], **{"navn": NAVN, "epost": EPOST, **felter})


def linjen(krav: Innsynskrav) -> Kravlinje:
    (linje,) = linjer(krav)
    return linje


def avslaa(k: Kommune, krav: Innsynskrav, *, av: str = "led.anne") -> None:
    """Refuse every document with its own hjemmel, and answer."""
    for linje in linjer(krav):
        if avgjoerelse(linje) is None:
            grunn = linje.journalpost.hjemmel or hjemmel("14")
            rest = "c" if grunn.taushetsplikt else ""
            egen = hent_linje(k[av], linje.pk)
            vurder([egen], "avslag", hjemmel=grunn, rest=rest, merinnsyn=MERINNSYN, av=k[av])
    svar_paa_krav(krav, av=k["ark.eva"])
