"""The generated wall: every combination of code, group, status, type and proposal × every person × every channel."""

import dataclasses
import random

import pytest
from django.db import connection
from django.db.models import Q

from saksgang.innsyn import formater
from saksgang.offentlighet import queries as offentlige_queries
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokumentversjon, Journalpost
from saksgang.soek.models import Soekerad
from saksgang.tilgang.queries import Hinder
from tests.bygg import Kommune, avbild_videre, legg_inn
from tests.mur import kanaler
from tests.mur.fasit import ANSATTE, IKKE_ANSATTE, lesere
from tests.mur.kanaler import INTERNE, OFFENTLIGE, Blikk, gaa
from tests.mur.terreng import parvis, plant

pytestmark = pytest.mark.xdist_group("mur")
HELE_LISTEN, STOR = 10_000, 50_000


@pytest.fixture(scope="session")
def _muren(_avbildning, django_db_blocker):
    """All that the wall is about, built once."""
    with django_db_blocker.unblock():
        rader, terreng = avbild_videre(_avbildning, plant)
    return rader, terreng, _avbildning[1]


@pytest.fixture
def mur(_muren, db, klokka, settings, monkeypatch, request):
    """A function that sends one person along the wall."""
    rader, terreng, settings.SAKSGANG_LAGER = _muren
    legg_inn(rader)
    with connection.cursor() as peker:
        for tabell in (t for t, innhold in rader.items() if len(innhold) > STOR):
            peker.execute(f'ANALYZE "{tabell}"')  # thousands of rows that the planner has not heard of
    for side in ("saksgang.web.arbeidsbord.views.SIDE", "saksgang.web.flagg.views.SIDE"):
        monkeypatch.setattr(side, HELE_LISTEN)
    k = Kommune()

    def blikk(hvem: str | None) -> Blikk:
        klient = k.klient(hvem) if hvem else k.offentlig()
        plass = sorted(ANSATTE).index(hvem) if hvem in ANSATTE else 0
        return Blikk(terreng, k[hvem] if hvem else None, klient, plass, alt=request.config.getoption("--fullt"))

    return blikk


def test_everybody_and_every_pair_of_values_is_on_the_wall(_muren, kommune_a):
    terreng = _muren[1]
    assert set(Bruker.objects.values_list("brukernavn", flat=True)) == ANSATTE | IKKE_ANSATTE
    assert len(terreng.ting) > 2500
    rader = [
        (t.fakta.type, t.fakta.status, t.fakta.utgaatt, t.fakta.kode, t.fakta.avskjerming, bool(t.fakta.gruppe))
        for t in terreng.ting
    ]
    enkelte = [rad for rad, t in zip(rader, terreng.ting, strict=True) if t.enkelt]
    assert len(parvis(rader, random.Random(1))) <= len(enkelte)
    for hvem in ANSATTE:
        sett = [hvem in lesere(t.fakta) for t in terreng.enkelte]
        assert any(sett)
        assert hvem in ("ark.eva", "ark.tom") or not all(sett)


@pytest.mark.krav("R-7.2.2", "R-7.2.1", "R-7.2.G", "R-7.2.XX", "R-7.2.U", "R-7.2.P", "R-7.2.E", "R-7.2.S", "C.0")
@pytest.mark.parametrize("hvem", sorted(ANSATTE))
def test_employee_finds_in_every_channel_what_c0_gives_and_nothing_else(mur, hvem):
    assert list(gaa(mur(hvem), INTERNE.values())) == []


@pytest.mark.krav("C.11", "R-5.X.3", "R-7.1.6.b", "R-6.2.J.b")
def test_public_finds_in_every_channel_what_c11_gives_and_nothing_else(mur):
    assert list(gaa(mur(None), OFFENTLIGE.values())) == []


@pytest.mark.krav("C.0", "R-7.2.2")
@pytest.mark.parametrize("hvem", sorted(IKKE_ANSATTE))
def test_elected_person_is_told_nothing_inside(mur, hvem):
    b = mur(hvem)
    svar = {b.hent(vei) for vei in _indre_adresser(b)}
    assert {status for status, _ in svar} == {403}
    assert [b.ord_i(tekst) for _, tekst in svar if b.ord_i(tekst)] == []


def _indre_adresser(b):
    yield from ("/", "/varsler/", "/flagg/", "/lister/innboks/", f"/soek/?q={b.t.ting[0].jp.tittel.split()[1]}")
    for t in b.t.enkelte[::6]:
        yield from (f"/journalposter/{t.jp.pk}/", f"/filer/{t.ider['versjon_id']}/", f"/flagg/{t.ider['flagg_id']}/")
    for _, _, sak in b.t.saker.values():
        yield from (f"/saker/2026/{sak.sekvens}/", f"/saker/2026/{sak.sekvens}/historikk.csv")


# ── The test of the test: one deliberate leak in each channel ────────────────────


def _alt(*_args, **_kwargs):
    return Q()


def _ufiltrert(rader, *_args):
    return rader


def _uten_filter(*steder):
    return lambda bytt: [bytt.setattr(f"saksgang.{sted}", _alt) for sted in steder]


def _indre_tittel(rader):
    """Entries with the title as the staff know it."""
    return [
        dataclasses.replace(
            rad,
            tittel=Journalpost.objects.get(
                sak__aar=rad.aar, sak__sekvens=rad.sekvens, journalpostnummer=rad.nummer
            ).tittel,
        )
        for rad in rader
    ]


def _med_indre_tittel(navn):
    ekte = getattr(formater, navn)
    return lambda bytt: bytt.setattr(
        f"saksgang.innsyn.views.{navn}", lambda rader, *a, **kw: ekte(_indre_tittel(rader), *a, **kw)
    )


def _json_med_indre_tittel(bytt):
    ekte = formater.ordbok
    bytt.setattr("saksgang.innsyn.views.ordbok", lambda rad, rot: ekte(_indre_tittel([rad])[0], rot))


def _rapport_med_indre_tittel(bytt):
    ekte = offentlige_queries.journalstroem
    bytt.setattr("saksgang.web.rapporter.views.journalstroem", lambda poster: _indre_tittel(list(ekte(poster))))


def _uten_skritt(*felter):
    """C.11 without one of its steps."""
    from saksgang.offentlighet import querysets  # noqa: PLC0415

    ekte = querysets._fra_andre_skritt_q

    def uten(q):
        barn = [uten(b) if isinstance(b, Q) else b for b in q.children]
        igjen = [b for b in barn if isinstance(b, Q) or not b[0].endswith(felter)]
        return Q(*igjen, _connector=q.connector, _negated=q.negated)

    return lambda bytt: bytt.setattr(querysets, "_fra_andre_skritt_q", lambda naa, p: uten(ekte(naa, p)))


def _noekkel_for_mye(bytt):
    """One coded row that carries the key of what is open."""
    lukket = Journalpost.objects.filter(tilgangskode__kode="P", status="J").order_by("pk").first()
    aapen = Journalpost.objects.filter(tilgangskode=None, forslag_sperrer=False, status="J").order_by("pk").first()
    noekler = lukket.noekler + aapen.noekler
    Journalpost.objects.filter(pk=lukket.pk).update(noekler=noekler)
    Soekerad.objects.filter(objekt_type="journalpost", objekt_id=lukket.pk).update(noekler=noekler)


def _skjult(bytt):
    bytt.setattr("saksgang.sakarkiv.queries.saker.synlig_q", lambda *_a, **_kw: Q(pk__in=[]))


LEKKASJER = {
    "list without filter": ("sb.per", "lister", _uten_filter("sakarkiv.queries.kurver.synlig_q")),
    "inbox without filter": ("sb.per", "egne lister", _uten_filter("sakarkiv.queries.kurver.synlig_q")),
    "flags without filter": (
        "les.gry",
        "lister",
        lambda bytt: bytt.setattr(
            "saksgang.flyt.querysets.FlaggQuerySet.synlig_for_noekler", _ufiltrert, raising=False
        ),
    ),
    "search without filter": (
        "les.gry",
        "søk",
        lambda bytt: [
            bytt.setattr("saksgang.tilgang.querysets.SkjermetQuerySet.synlig_for_noekler", _ufiltrert),
            bytt.setattr("saksgang.sakarkiv.queries.soek.synlig_q", _alt),
        ],
    ),
    "search that counts what it does not show": (
        "les.gry",
        "søk",
        lambda bytt: bytt.setattr("saksgang.tilgang.querysets.SkjermetQuerySet.synlig_for_noekler", _ufiltrert),
    ),
    "duplicate suggestions by hidden words": (
        "les.gry",
        "dubletter",
        lambda bytt: bytt.setattr("saksgang.tilgang.querysets.SkjermetQuerySet.synlig_for_noekler", _ufiltrert),
    ),
    "page without check": ("les.gry", "enkeltvis", _uten_filter("tilgang.queries.rett.synlig_q")),
    "file without check": (
        "les.gry",
        "filer",
        lambda bytt: bytt.setattr(
            "saksgang.sakarkiv.queries.saker.hent_versjon",
            lambda _leser, pk: Dokumentversjon.objects.select_related("fil", "dokument__journalpost__sak").get(pk=pk),
        ),
    ),
    "case list without filter": ("les.gry", "sakssider", _uten_filter("sakarkiv.queries.saker.synlig_q")),
    "history row": ("les.gry", "historikk", _uten_filter("sakarkiv.queries.saker.synlig_q")),
    "counts of the case": (
        "les.gry",
        "sakssider",
        lambda bytt: bytt.setattr(
            "saksgang.sakarkiv.queries.saksside.journalposter_i_sak",
            lambda _leser, sak, **_kw: Journalpost.objects.filter(sak=sak),
        ),
    ),
    "checklist that names what is hidden": (
        "les.gry",
        "avslag",
        lambda bytt: bytt.setattr(
            "saksgang.sakarkiv.commands.hindre.Hinder", lambda tekst, _objekt=None: Hinder(tekst)
        ),
    ),
    "notification about what is hidden": (
        "les.gry",
        "varsler",
        lambda bytt: bytt.setattr("saksgang.flyt.querysets.OmObjektQuerySet.synlig_for_noekler", _ufiltrert),
    ),
    "suggestions to link": ("sb.ola", "lenkeforslag", _uten_filter("sakarkiv.queries.lenker.synlig_q")),
    "report with the inner title": ("adm.root", "rapporter", _rapport_med_indre_tittel),
    "one key too many on one row": ("les.gry", "søk", _noekkel_for_mye),
    "one who may see is refused": ("led.anne", "sakssider", _skjult),
    "RSS with the inner title": (None, "postliste", _med_indre_tittel("som_rss")),
    "CSV with the inner title": (None, "postliste", _med_indre_tittel("som_csv")),
    "JSON with the inner title": (None, "postliste", _json_med_indre_tittel),
    "page with the inner title": (None, "postliste", _med_indre_tittel("for_side")),
    "X on the net list": (
        None,
        "postliste",
        lambda bytt: bytt.setattr("saksgang.offentlighet.querysets.postlistetyper", lambda: frozenset("IUNXS")),
    ),
    "N missing from the net list": (
        None,
        "postliste",
        lambda bytt: bytt.setattr("saksgang.offentlighet.querysets.postlistetyper", lambda: frozenset("IUS")),
    ),
    "XX on the net list": (None, "postliste", _uten_skritt("xx_frist__isnull")),
    "undecided proposal on the net list": (None, "postliste", _uten_skritt("forslag_sperrer")),
    "personnel file on the net list": (None, "postliste", _uten_skritt("publiseres")),
    "before its delay": (None, "postliste", _uten_skritt("publiseres_tid__lte")),
    "F and Utgår on the net list": (None, "offentlige sider", _uten_skritt("status", "publiseres_tid__lte")),
    "public search by what is not out": (
        None,
        "offentlig søk",
        lambda bytt: bytt.setattr(
            "saksgang.offentlighet.queries.offentlig_soek.oppfoeringer", lambda: Journalpost.objects.all()
        ),
    ),
    "file of a coded entry": (
        None,
        "offentlige sider",
        lambda bytt: bytt.setattr(
            "saksgang.offentlighet.queries.filkontroll.offentlig_fil", lambda dokument: dokument.versjoner.get().fil
        ),
    ),
}


@pytest.mark.krav("R-7.2.2", "C.11")
@pytest.mark.parametrize("lekkasje", LEKKASJER)
def test_the_wall_finds_a_deliberate_leak(mur, monkeypatch, lekkasje):
    hvem, kanal, riv = LEKKASJER[lekkasje]
    riv(monkeypatch)
    slag, *_ = next(gaa(mur(hvem), [kanaler.ALLE[kanal]]), ("ingenting",))
    assert slag == ("skjult" if lekkasje.startswith(("one who", "N missing")) else "lekket")
