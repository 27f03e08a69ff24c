"""The channels of the wall: each takes one person's client once past what was planted, and tells what came out.

A channel yields, for each address, the words that stood there and those that must: what else stands there is a leak
unless the rules let the person see it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.test import Client

from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.queries.soek import soek as soek_i_sakarkivet
from saksgang.tilgang.queries import hindringer
from saksgang.web.kurver import kurver_for
from tests.mur.fasit import aapne_ord, i_journalen, paa_postlista
from tests.mur.terreng import BUNKER, Ord, Terreng, Ting, bunkeord, ordene_i

DAG = "2026-03-02"
KRAV_A = 4
"""Entries of that day that stand there before anything is planted."""
FORMATER = (".json", ".csv", ".rss")
_NUMMER = re.compile(r"(?<!\d)2026/(\d+)[-/](\d+)(?!\d)")


@dataclass(frozen=True)
class Sett:
    """What stood at one address, and what had to. tillatt: what may stand there, where it is not what one sees."""

    hvor: str
    sto: set[Ord]
    skal: frozenset[Ord] | set[Ord] = frozenset()
    tillatt: set[Ord] | None = None


@dataclass
class Blikk:
    """One person on the way along the wall; none: the public."""

    t: Terreng
    bruker: Bruker | None
    klient: Client
    plass: int = 0
    """A number of its own for each person: what is sampled differs from one to the next."""
    alt: bool = False

    def __post_init__(self) -> None:
        self.hvem = self.bruker.brukernavn if self.bruker else ""
        self.ser = self.t.ser(self.hvem)
        self.numre = {(t.jp.sak.sekvens, t.jp.journalpostnummer): t.nr for t in self.t.ting}

    def hent(self, vei: str, **hoder: str) -> tuple[int, str]:
        """The status, and body and headers as text."""
        svar = self.klient.get(vei, **hoder)
        kropp = b"".join(svar.streaming_content) if svar.streaming else svar.content
        return svar.status_code, f"{kropp.decode('utf-8', 'replace')}\n{svar.headers!r}"

    def ord_i(self, tekst: str) -> set[Ord]:
        """The words in a text, and «#» for each document number: of what is unseen there is no number either."""
        funnet = {(int(sekvens), int(nummer)) for sekvens, nummer in _NUMMER.findall(tekst)}
        return ordene_i(tekst) | {("#", self.numre[f]) for f in funnet if f in self.numre}

    def se(self, vei: str, skal: frozenset[Ord] | set[Ord] = frozenset(), **hoder: str) -> Sett:
        return Sett(vei, self.ord_i(self.hent(vei, **hoder)[1]), skal)

    def synlige(self, felt: str, ting: list[Ting], *, utgaatte: bool = True) -> set[Ord]:
        """A word of each of these that the person sees."""
        return {(felt, t.nr) for t in ting if t.nr in self.ser and (utgaatte or not t.fakta.utgaatt)}


Kanal = Callable[[Blikk], Iterator[Sett]]


def _antall(hvor: str, sagt: int, skal: int) -> Sett:
    """A count that is wrong is a leak of what was counted too much, and hides what was counted too little."""
    sto = {("antall", skal)} if sagt == skal else {("antall", sagt)}
    return Sett(f"{hvor}: antall", sto, {("antall", skal)}, {("antall", skal)})


def lister(b: Blikk) -> Iterator[Sett]:
    """Every basket that the person has, as data and as a page, and its number in the menu."""
    for kurv in kurver_for(b.bruker):
        svar = b.klient.get(kurv.url, headers={"accept": "application/json"}).json()
        yield Sett(f"{kurv.url} JSON", b.ord_i(str(svar["rader"])))
        yield _antall(kurv.url, svar["antall"], len(svar["rader"]))
    egne = [kurv for kurv in kurver_for(b.bruker) if kurv.noekkel != "flagg"]
    for nr, kurv in enumerate(egne):
        if b.alt or (nr + b.plass) % 3 == 0:
            yield b.se(f"{kurv.url}?filter={bunkeord(b.plass % BUNKER)}", HTTP_HX_REQUEST="true")
    for vei in ("/flagg/", "/flagg/sendt/", "/flagg/behandlet/", "/lister/kopiboks/"):
        yield b.se(vei)


def egne_lister(b: Blikk) -> Iterator[Sett]:
    """What lies in Innboks and Kopiboks is neither more nor less than what has come to the person and may be seen."""
    levert = [t for t in b.t.ting if not t.fakta.utgaatt]
    til_meg = {
        t.nr
        for t in levert
        if (t.fakta.type in "NX" and t.fakta.status in "FJ" and b.hvem in t.fakta.mottakere)
        or (
            t.fakta.type == "I"
            and b.hvem == t.fakta.saksbehandler
            and (t.fakta.status in "SJ" or t.fakta.forslag or t.fakta.kode == "XX")
        )
    }
    svar = b.klient.get("/lister/innboks/", headers={"accept": "application/json"}).json()
    skal = {("t", nr) for nr in til_meg if nr in b.ser}
    yield Sett("/lister/innboks/", {o for o in b.ord_i(str(svar["rader"])) if o[0] == "t"}, skal)


def soek(b: Blikk) -> Iterator[Sett]:
    """The search: every bunch by the query, some by the page; the number of hits is that of what one sees."""
    for bunke in range(BUNKER):
        ting = [t for t in b.t.ting if t.nr % BUNKER == bunke]
        skal = b.synlige("t", ting)
        treff = soek_i_sakarkivet(b.bruker, bunkeord(bunke), vis_utgaatte=True, antall=500)
        yield Sett(f"søk {bunke}", ordene_i(" ".join(jp.tittel for jp in treff.journalposter)), skal)
        yield _antall(f"søk {bunke}", treff.antall, len(skal))
        if b.alt or bunke == b.plass % BUNKER:
            yield from _soekeside(b, bunke, ting)


def _soekeside(b: Blikk, bunke: int, ting: list[Ting]) -> Iterator[Sett]:
    for valg, utgaatte in (("&utgaatte=1", True), ("", False)):
        vei = f"/soek/?q={bunkeord(bunke)}&alle=1{valg}"
        tekst = b.hent(vei)[1]
        skal = b.synlige("t", ting, utgaatte=utgaatte)
        bare = {nr for _, nr in skal} if not utgaatte else b.ser
        yield Sett(
            vei,
            b.ord_i(tekst),
            skal,
            {(o, nr) for o, nr in b.ord_i(tekst) if nr in bare or nr >= 60_000 and nr in b.ser},
        )
        funnet = re.search(r"(\d+) treff", tekst)
        yield _antall(vei, int(funnet[1]) if funnet else 0, len(skal))


def sakssider(b: Blikk) -> Iterator[Sett]:
    """Every case: its page, tabs, preview and history; of one that is unseen nothing, and of the small one all."""
    for slag, (nr, _fakta, sak) in b.t.saker.items():
        vei = f"/saker/2026/{sak.sekvens}/"
        ting = [t for t in b.t.ting if t.slag == slag]
        ses = nr in b.ser
        if slag == "liten":
            yield b.se(f"{vei}?utgaatte=1", b.synlige("t", ting))
            yield b.se(vei, b.synlige("t", ting, utgaatte=False), HTTP_HX_REQUEST="true")
            yield b.se(f"{vei}historikk/", {("c", nr)})
            yield b.se(f"{vei}historikk.csv", b.synlige("#", ting))
            yield from _sakstall(b, vei, ting)
        elif slag != "stor":
            yield b.se(
                f"{vei}parter/" if b.plass % 2 else f"{vei}lesere/", {("c", nr)} if ses and b.plass % 2 else set()
            )
        if slag in ("liten", "kodet", "gruppe") and (b.alt or b.plass % 3 == 0 or not ses):
            yield b.se(f"/lister/sak/{sak.pk}/forhaand/", {("c", nr)} if ses else set())


def _sakstall(b: Blikk, vei: str, ting: list[Ting]) -> Iterator[Sett]:
    tekst = b.hent(vei)[1]
    for navn, er_med in (
        ("Alle", lambda f: not f.utgaatt),
        ("Inn og ut", lambda f: not f.utgaatt and f.type in "IU"),
        ("Under arbeid", lambda f: not f.utgaatt and f.status == "R"),
    ):
        sagt = int(re.search(rf">{navn} (\d+)<", tekst)[1])
        yield _antall(f"{vei} {navn}", sagt, sum(er_med(t.fakta) for t in ting if t.nr in b.ser))


def enkeltvis(b: Blikk) -> Iterator[Sett]:
    """The page, fragment, preview, history, readers, file, flag of one: what is seen answers, what is not is 404."""
    for plass, t in enumerate(b.t.enkelte):
        jp, pk = t.jp, t.jp.pk
        side = f"/saker/2026/{jp.sak.sekvens}/{jp.journalpostnummer}/"
        veier: list[tuple[str, str, dict[str, str]]] = [
            (side, "t", {}),
            (side, "t", {"HTTP_HX_REQUEST": "true"}),
            (f"/journalposter/{pk}/forhaand/", "t", {"HTTP_HX_REQUEST": "true"}),
            (f"/journalposter/{pk}/", "#", {}),
            (f"/journalposter/{pk}/historikk/", "h", {}),
            (f"/journalposter/{pk}/lesere/", "#", {}),
            (f"/filer/{t.ider['versjon_id']}/", "f", {}),
            (f"/flagg/{t.ider['flagg_id']}/", "g", {}),
        ]
        for nr, (vei, felt, hoder) in enumerate(veier):
            if b.alt or nr == (plass + b.plass) % len(veier):
                status, tekst = b.hent(vei, **hoder)
                ses = t.nr in b.ser
                sto = b.ord_i(tekst) | ({("404", t.nr)} if status == 404 else {("svar", t.nr)})
                yield Sett(vei, sto - {("404", t.nr)}, {(felt, t.nr), ("svar", t.nr)} if ses else set())


def dubletter(b: Blikk) -> Iterator[Sett]:
    """«Mulige eksisterende saker»: a case is found by the words of what one sees in it, and by no others."""
    for t in b.t.enkelte[b.plass % 5 :: 5] if not b.alt else b.t.enkelte:
        nr = b.t.saker[t.slag][0]
        finnes = {t.nr, nr} <= b.ser and not t.fakta.utgaatt
        vei = f"/saker/ny/dubletter/?tittel={t.jp.tittel.split()[-1]}"
        tekst = b.hent(vei, HTTP_HX_REQUEST="true")[1]
        sto = {("c", nr)} & b.ord_i(tekst)
        yield Sett(vei, sto, {("c", nr)} if finnes else set(), {("c", nr)} if finnes else set())


def avslag(b: Blikk) -> Iterator[Sett]:
    """The checklist of a refusal: what is unseen is a number and a way to the archive (krav C.0)."""
    for slag in ("liten", "kodet"):
        nr, _, sak = b.t.saker[slag]
        if nr in b.ser:
            setninger = hindringer(sak, "A", b.bruker)
            igjen = [t for t in b.t.ting if t.slag == slag and not t.fakta.utgaatt and t.fakta.status != "J"]
            yield Sett(f"hindringer {slag}", b.ord_i(" ".join(setninger)), b.synlige("#", igjen))


def varsler(b: Blikk) -> Iterator[Sett]:
    """The notifications and their number."""
    tekst = b.hent("/varsler/")[1]
    yield Sett("/varsler/", b.ord_i(tekst), {("v", t.nr) for t in b.t.ting if t.nr in b.ser and b.hvem in t.varslet})
    yield b.se("/varsler/", HTTP_HX_REQUEST="true")


def lenkeforslag(b: Blikk) -> Iterator[Sett]:
    """What may be linked to a letter, and answered by it, is what the writer sees."""
    for t in b.t.enkelte:
        if t.fakta.type == "U" and t.fakta.status == "R" and not t.fakta.utgaatt and b.hvem == t.fakta.saksbehandler:
            for vei in ("dokumenter/lenking/", f"dokumenter/lenking/?q=2026/{t.jp.sak.sekvens}", "svarknytning/"):
                yield b.se(f"/journalposter/{t.jp.pk}/{vei}")


def rapporter(b: Blikk) -> Iterator[Sett]:
    """The offentlig journal on request: screened by the code also for those who may read more or less elsewhere."""
    tillatt = {(o, t.nr) for t in b.t.ting if i_journalen(t.fakta) for o in (*aapne_ord(t.fakta), "#")}
    tillatt |= {("c", nr) for nr, fakta, _ in b.t.saker.values() if not fakta.kode}
    status, tekst = b.hent(f"/rapporter/offentlig-journal.csv?fra={DAG}&til={DAG}")
    skal = {o for o in tillatt if o[0] in "tp#"} if status == 200 else set()
    yield Sett("offentlig-journal.csv", b.ord_i(tekst), skal, tillatt)
    for vei in (f"offentlig-journal/?fra={DAG}&til={DAG}", "fullstendighet/?maaned=2026-03"):
        yield Sett(vei, b.ord_i(b.hent(f"/rapporter/{vei}")[1]), tillatt=tillatt)


INTERNE: dict[str, Kanal] = {
    "lister": lister,
    "egne lister": egne_lister,
    "søk": soek,
    "sakssider": sakssider,
    "enkeltvis": enkeltvis,
    "dubletter": dubletter,
    "avslag": avslag,
    "varsler": varsler,
    "lenkeforslag": lenkeforslag,
    "rapporter": rapporter,
}


# ── The public ───────────────────────────────────────────


def _offentlig(b: Blikk, ting: list[Ting] | None = None) -> set[Ord]:
    """The words of these that the public may read."""
    return {
        (o, t.nr)
        for t in (b.t.ting if ting is None else ting)
        if paa_postlista(t.fakta)
        for o in (*aapne_ord(t.fakta), "#")
    } | {("c", nr) for nr, fakta, _ in b.t.saker.values() if not fakta.kode and fakta.paa_nett}


def postliste(b: Blikk) -> Iterator[Sett]:
    """The day, as page and as data; every entry, and nothing else."""
    lov, ute = _offentlig(b), [t for t in b.t.ting if paa_postlista(t.fakta)]
    for format_ in FORMATER:
        tekst = b.hent(f"/innsyn/dag/{DAG}{format_}")[1]
        yield Sett(f"dag{format_}", b.ord_i(tekst), {o for o in lov if o[0] in "t#"}, lov)
    for side in range(1, 2 + (len(ute) - 1) // 100):
        tekst = b.hent(f"/innsyn/dag/{DAG}/?side={side}")[1]
        yield Sett(f"dag {side}", b.ord_i(tekst), tillatt=lov)
    oversikt = b.hent(f"/innsyn/dag/{DAG}/")[1]
    yield _antall("dag", int(re.search(r"<b>(\d+)</b>på lista", oversikt)[1]), len(ute) + KRAV_A)
    for vei in ("", "sist-publisert/", "maaned/2026-03/", "feed.json", "feed.csv", "feed.rss"):
        yield Sett(vei, b.ord_i(b.hent(f"/innsyn/{vei}")[1]), tillatt=lov)


def offentlig_soek(b: Blikk) -> Iterator[Sett]:
    """The public's search finds by what it shows."""
    lov = _offentlig(b)
    for bunke in range(BUNKER):
        ting = [t for t in b.t.ting if t.nr % BUNKER == bunke]
        skal = {o for o in _offentlig(b, ting) if o[0] == "t"}
        svar = b.klient.get(f"/innsyn/sok.json?q={bunkeord(bunke)}")
        yield Sett(f"sok.json {bunke}", b.ord_i(svar.content.decode()), skal, lov)
        yield _antall(f"sok.json {bunke}", svar.json()["antall"], len(skal))
    for vei in ("sok/", "sok.csv", "sok.rss"):
        yield Sett(vei, b.ord_i(b.hent(f"/innsyn/{vei}?q={bunkeord(0)}")[1]), tillatt=lov)


def offentlige_sider(b: Blikk) -> Iterator[Sett]:
    """Each case, entry and file by its number, whether anything leads there or not."""
    lov = _offentlig(b)
    for slag, (_, _, sak) in b.t.saker.items():
        i_saken = [t for t in b.t.ting if t.slag == slag]
        for format_ in FORMATER:
            tekst = b.hent(f"/innsyn/sak/2026/{sak.sekvens}{format_}")[1]
            yield Sett(f"sak {slag}{format_}", b.ord_i(tekst), {o for o in _offentlig(b, i_saken) if o[0] in "t#"}, lov)
        yield Sett(f"sak {slag}", b.ord_i(b.hent(f"/innsyn/sak/2026/{sak.sekvens}/")[1]), tillatt=lov)
    for plass, t in enumerate(b.t.ting):
        if not (t.enkelt or b.alt or (t.fakta.status == "J" and not t.fakta.utgaatt)):
            continue
        nummer = f"2026/{t.jp.sak.sekvens}/{t.jp.journalpostnummer}"
        ute = paa_postlista(t.fakta)
        if t.enkelt or b.alt or plass % 4 == 0:
            status, tekst = b.hent(f"/innsyn/sak/{nummer}/")
            sto = b.ord_i(tekst) | ({("svar", t.nr)} if status == 200 else set())
            egne = {(o, t.nr) for o in aapne_ord(t.fakta) if o in "tpd"} | {("svar", t.nr)} if ute else set()
            yield Sett(nummer, sto, egne, lov | egne)
        status, tekst = b.hent(f"/innsyn/fil/{nummer}/1/")
        aapen = {("svar", t.nr)} if ute and not t.fakta.kode else set()
        sto = b.ord_i(tekst) | ({("svar", t.nr)} if status == 200 else set())
        yield Sett(f"fil {nummer}", sto, aapen | ({("f", t.nr)} if aapen and t.enkelt else set()), lov | aapen)


OFFENTLIGE: dict[str, Kanal] = {
    "postliste": postliste,
    "offentlig søk": offentlig_soek,
    "offentlige sider": offentlige_sider,
}


def filer(b: Blikk) -> Iterator[Sett]:
    """The files alone."""
    for t in b.t.enkelte:
        yield b.se(f"/filer/{t.ider['versjon_id']}/", b.synlige("f", [t]))


def historikk(b: Blikk) -> Iterator[Sett]:
    """The history of each case alone, as a file."""
    for slag, (nr, _, sak) in b.t.saker.items():
        if nr in b.ser:
            yield b.se(
                f"/saker/2026/{sak.sekvens}/historikk.csv", b.synlige("h", [t for t in b.t.ting if t.slag == slag])
            )


ALLE = {**INTERNE, **OFFENTLIGE, "filer": filer, "historikk": historikk}


def gaa(b: Blikk, kanaler: Iterable[Kanal]) -> Iterator[tuple[str, str, Ord]]:
    """Walk the channels and give what leaked and what was wrongly hidden: («lekket», where, word)."""
    for kanal in kanaler:
        for sett in kanal(b):
            lov = sett.tillatt if sett.tillatt is not None else {o for o in sett.sto if o[1] in b.ser}
            yield from (("lekket", sett.hvor, o) for o in sorted(sett.sto - lov))
            yield from (("skjult", sett.hvor, o) for o in sorted(sett.skal - sett.sto))
