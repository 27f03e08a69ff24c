"""Documents marked as relevant to the treatment of their case, and the case's list of them."""

import re

import pytest

from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.journalfoering import utgaa
from saksgang.sakarkiv.commands.relevans import merk_relevant
from saksgang.sakarkiv.queries.saksside import relevante_dokumenter
from tests.tilstand import egen, inngaaende, kodet


def liste(svar):
    blokk = re.search(r"<h2>Interne dokumenter til behandling</h2>(.*?)</ul>", svar.content.decode(), re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", blokk[1]).split()) if blokk else None


@pytest.mark.parametrize("hvem", ["sb.kari", "led.anne", "sf.bente", "ms.lise"])
def test_merk_relevant_puts_a_note_on_the_cases_list(kommune_a, hvem):
    k = kommune_a
    jp = egen(k, k.sak(101), "X", "F", tittel="Notat om befaring")
    merk_relevant(jp, av=k[hvem])
    assert list(relevante_dokumenter(k["les.gry"], k.sak(101))) == [jp]
    hendelse = Hendelse.objects.get(handling="journalpost.merke_relevant")
    assert (hendelse.journalpost_id, hendelse.endringer) == (jp.pk, {"relevant_for_behandling": [False, True]})
    with pytest.raises(Avvist, match="allerede merket"):
        merk_relevant(jp, av=k[hvem])
    merk_relevant(jp, False, av=k[hvem])
    assert not relevante_dokumenter(k["les.gry"], k.sak(101)).exists()
    with pytest.raises(Avvist, match="ikke merket"):
        merk_relevant(jp, False, av=k[hvem])


def test_merk_relevant_refused_for_others_and_for_what_is_utgaatt(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "X", "F", tittel="Notat om befaring")
    for hvem in ("sb.per", "les.gry", "ark.eva", "adm.root"):
        with pytest.raises(IkkeTilgang):
            merk_relevant(jp, av=k[hvem])
    jp = kodet(k, jp, "P")
    for hvem in ("les.gry", "ms.lise", "pol.tor"):
        with pytest.raises(IkkeFunnet):
            merk_relevant(jp, av=k[hvem])
    with pytest.raises(Avvist, match="utgått"):
        merk_relevant(utgaa(jp, "Feil", av=k["ark.eva"]), av=k["led.anne"])


def test_the_list_on_the_case_has_a_lock_and_only_what_the_reader_sees(kommune_a):
    k = kommune_a
    merk_relevant(egen(k, k.sak(101), "X", "F", tittel="Notat om befaring"), av=k["sb.kari"])
    hemmelig = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Legeattest"), "P")
    side = f"/saker/2026/101/{hemmelig.journalpostnummer}/"
    kari = k.klient("sb.kari")
    assert "Relevant for behandlingen" in kari.get(side).content.decode()
    assert kari.post(f"/journalposter/{hemmelig.pk}/relevans/").status_code == 303
    assert "Ikke relevant for behandlingen" in kari.get(side).content.decode()
    svar = kari.get("/saker/2026/101/")
    assert liste(svar) == "X Notat 6 Notat om befaring I Inngående 7 Legeattest P – Personal"
    assert "#i-PadlockLocked" in svar.content.decode()
    for hvem in ("les.gry", "ms.lise", "adm.root"):
        svar = k.klient(hvem).get("/saker/2026/101/")
        assert liste(svar) == "X Notat 6 Notat om befaring"
        assert "Legeattest" not in svar.content.decode()
    # The mark opens nothing: a politician is outside, and the public sees no X.
    assert k.klient("pol.tor").get("/saker/2026/101/").status_code == 403
    assert kari.post(f"/journalposter/{hemmelig.pk}/relevans/oppheving/").status_code == 303
    assert "Legeattest" not in liste(kari.get("/saker/2026/101/"))
