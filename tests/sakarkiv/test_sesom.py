"""«Se som»: exactly what both may see, under the rules that «Hvem kan se dette?» gives; of the rest a number."""

from dataclasses import replace

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.commands import send_til_godkjenning
from saksgang.kjerne import klokke
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.journalfoering import utgaa
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from saksgang.sakarkiv.commands.sak import skjerm_sak
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.sakarkiv.queries import sesom
from saksgang.sakarkiv.queries.lesere import hvem_kan_se, kan_se
from saksgang.tilgang.commands import avslutt_tildeling, opprett_gruppe, tildel_rolle
from saksgang.tilgang.models import Rolletildeling, Tilgangskode
from saksgang.tilgang.queries import lesere, rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Rolle
from tests.tilstand import egen, foreslaatt, inngaaende, journalpost, kodet

LESERE = ("ark.eva", "ark.tom", "adm.root")
"""Who may look as others: one archivist sees all, the other is limited to U below, the administrator is an employee."""


@pytest.fixture
def fullt(kommune_a):
    """Rows in every class that krav C.0 has, in two units, with a group, a grant, a coded case and a round open."""
    k, sak = kommune_a, kommune_a.sak(101)
    for type_, status in ("IM", "IS", "IJ", "UR", "UF", "UJ", "NF", "XJ", "SR"):
        for kode in (None, "U", "P", "E", "XX"):
            if kode is None or (status != "M" and (type_, kode) != ("S", "U")):
                jp = journalpost(k, sak, type_, status, saksbehandler=k["sb.ola"])
                _ = kodet(k, jp, kode) if kode else jp
    foreslaatt(k, inngaaende(k, sak, "M"), "U")
    utgaa(kodet(k, inngaaende(k, sak, "J"), "S"), "Feil", av=k["ark.eva"])
    egen(k, sak, "U", "R", enhet=k.enhet("SKOLE1"), saksbehandler=k["skole1.liv"])
    kodet(k, inngaaende(k, k.sak(104), "J", enhet=k.enhet("VAR")), "P")
    gruppe = opprett_gruppe("Prosjekt X", medlemmer=[k["u.arne"]], av=k["sb.kari"])
    sett_skjerming(inngaaende(k, sak, "J"), replace(skjerming("U", "14"), gruppe=gruppe), av=k["sb.kari"])
    annen = opprett_gruppe("Prosjekt Y", av=k["sb.kari"])
    sett_skjerming(inngaaende(k, sak, "J"), replace(skjerming("U", "14"), gruppe=annen), av=k["sb.kari"])
    gi_rettighet(sak, k["les.gry"], "lese", av=k["sb.kari"])
    gi_rettighet(k.sak(103), k["sb.per"], "lese", av=k["pers.mia"])
    send_til_godkjenning(egen(k, sak, "U", "R"), k["led.anne"], av=k["sb.kari"])
    kodet(k, egen(k, sak, "X", "R"), "P")
    skjerm_sak(k.sak(104), skjerming("U", "14"), misvisende="Ja", skade="Ja", av=k["led.anne"])
    avslutt_tildeling(
        Rolletildeling.objects.get(bruker=k["ark.tom"], rolle=Rolle.ARK),
        til=klokke.idag().replace(day=1),
        av=k["adm.root"],
    )
    tildel_rolle(
        k["ark.tom"],
        Rolle.ARK,
        tilgangskoder=[Tilgangskode.objects.get(kode="U")],
        av=k["adm.root"],
    )
    return k


def synlige(modell, bruker) -> set[int]:
    return set(modell.objects.filter(synlig_q(rettigheter(bruker).noekler)).values_list("pk", flat=True))


FINN = {Sak: sesom.felles_saker, Journalpost: sesom.felles_journalposter}


@pytest.mark.krav("C.0", "R-7.2.2", "R-7.2.1")
def test_se_som_is_what_both_see_for_every_person_and_the_rest_is_a_number(fullt, django_assert_max_num_queries):
    k, alle = fullt, list(Bruker.objects.order_by("pk"))
    aapne = {m: {r.pk for r in m.objects.all() if lesere(r.noekler, klokke.idag()).alle_ansatte} for m in FINN}
    rader = {m: {r.pk: r for r in m.objects.all()} for m in FINN}
    sett = {(m, b.pk): synlige(m, b) for m in FINN for b in alle}
    utenfor_sett = 0
    for leser in (k[navn] for navn in LESERE):
        for person in alle:
            regler = sesom.personens_regler(person)
            for modell, finn in FINN.items():
                begge = sett[modell, person.pk] & sett[modell, leser.pk]
                assert {r.pk for r in finn(person, leser)} == begge
                assert {r.pk for r in finn(person, leser, grunner=regler)} == begge - aapne[modell]
            for tall in sesom.regeltall(person, leser, regler):
                ventet = {
                    m: {pk for pk, r in rader[m].items() if not tall.grunn.noekler.isdisjoint(r.noekler)} for m in FINN
                }
                for modell, treff in ventet.items():
                    assert treff <= sett[modell, person.pk] - aapne[modell]
                assert tall.saker == len(ventet[Sak] & sett[Sak, leser.pk])
                assert tall.journalposter == len(ventet[Journalpost] & sett[Journalpost, leser.pk])
                assert tall.utenfor == sum(len(treff - sett[m, leser.pk]) for m, treff in ventet.items())
                utenfor_sett += tall.utenfor
    assert utenfor_sett > 50
    anne, adm = k["led.anne"], k["adm.root"]
    for bruker in (anne, adm):
        rettigheter(bruker)
    with django_assert_max_num_queries(10):  # as many for a hundred rules as for two
        assert len(sesom.regeltall(anne, adm, sesom.personens_regler(anne))) >= 2


@pytest.mark.krav("C.0")
def test_the_rules_of_se_som_are_those_of_hvem_kan_se_dette(fullt):
    alle = {b.pk: sesom.personens_regler(b) for b in Bruker.objects.order_by("pk")}
    proevd = set()
    for rad in [*Journalpost.objects.all(), *Sak.objects.all()]:
        funnet = lesere(rad.noekler, klokke.idag())
        if funnet.alle_ansatte:
            continue
        etter_person = {leser.bruker.pk: set(leser.regler) for leser in funnet.personer}
        for pk, regler in alle.items():
            ventet = etter_person.get(pk, {sesom.AAPEN})
            assert set(sesom.fordi(regler, rad)) == ventet, (str(rad), pk)
            proevd |= ventet
    assert {regel.split(" ")[0] for regel in proevd - {sesom.AAPEN}} == {
        "Står", "Arkivtjenesten", "Leder", "Stedfortreder", "Autorisert", "Har",
    }  # fmt: skip
    assert "Autorisert for kode U og medlem av Prosjekt X" in proevd
    for rad in [*Journalpost.objects.select_related("tilgangskode"), *Sak.objects.all()]:
        funnet = hvem_kan_se(rad)
        for bruker in Bruker.objects.order_by("pk"):
            svar = kan_se(rad, bruker, funnet)
            assert (svar is not None) == bool(set(rettigheter(bruker).noekler) & set(rad.noekler))
            assert svar is None or svar.regler


def test_se_som_finds_words_and_numbers_among_what_both_see_alone(kommune_a):
    k = kommune_a
    gi_rettighet(k.sak(101), k["les.gry"], "lese", av=k["sb.kari"])
    hemmelig = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Ordet zqfagottqz"), "P")
    mia, eva, adm = k["pers.mia"], k["ark.eva"], k["adm.root"]
    assert list(sesom.felles_journalposter(mia, eva, tekst="zqfagottqz")) == [hemmelig]
    assert list(sesom.felles_journalposter(mia, adm, tekst="zqfagottqz")) == []
    assert list(sesom.felles_journalposter(k["les.gry"], eva, tekst="zqfagottqz")) == [hemmelig]  # by the grant
    assert list(sesom.felles_journalposter(k["sb.per"], eva, tekst="zqfagottqz")) == []
    assert list(sesom.felles_journalposter(mia, eva, tekst=str(hemmelig))) == [hemmelig]
    assert list(sesom.felles_saker(mia, eva, tekst="2026/103")) == [k.sak(103)]
    assert list(sesom.felles_saker(mia, adm, tekst="2026/103")) == []


# --- The page ---------------------------------------------------------------------------------------------------------


def _tekst(svar) -> str:
    return " ".join(svar.content.decode().split())


def vei(bruker) -> str:
    return f"/kontroll/se-som/{bruker.pk}/"


@pytest.mark.krav("C.0", "R-C.4")
def test_se_som_page_shows_no_more_than_the_viewer_sees_and_logs_who_looked(fullt):
    k, mia = fullt, fullt["pers.mia"]
    kodet(k, inngaaende(k, k.sak(101), "J", tittel="Ordet zqfagottqz"), "P")
    foer = Hendelse.objects.count()
    svar = k.klient("ark.eva").get(vei(mia))
    assert "zqfagottqz" in _tekst(svar)
    assert "Autorisert for kode P" in _tekst(svar)
    rad = Hendelse.objects.latest("nummer")
    assert Hendelse.objects.count() == foer + 1
    assert (rad.aktoer, rad.handling, rad.objekt_type, rad.objekt_id) == (
        k["ark.eva"],
        "bruker.se_som",
        "bruker",
        mia.pk,
    )
    assert rad.lesing
    adm = k.klient("adm.root")
    for sok in ("", "?omfang=alt", "?vis=saker", "?vis=saker&omfang=alt", "?regel=1", "?regel=2", "?q=zqfagottqz"):
        side = _tekst(adm.get(vei(mia) + sok))
        assert ("zqfagottqz" in side) == ("q=" in sok)  # what was typed stands in the field
        assert "Ragnhild" not in side
    assert "Ingenting her som dere begge kan se." in _tekst(adm.get(vei(mia) + "?q=zqfagottqz"))
    aut = next(r["tall"] for r in adm.get(vei(mia)).context["regler"] if r["tall"].grunn.kode == "P")
    assert (aut.journalposter, aut.saker) == (0, 0)
    assert aut.utenfor > 5
    klient, funnet, url = k.klient("ark.eva"), set(), vei(k["led.anne"]) + "?omfang=alt"
    while url:
        kontekst = klient.get(url).context
        funnet |= {rad.pk for rad, _ in kontekst["rader"]}
        url = vei(k["led.anne"]) + kontekst["neste"] if kontekst["neste"] else ""
    assert funnet == {jp.pk for jp in sesom.felles_journalposter(k["led.anne"], k["ark.eva"])}
    assert len(funnet) > 50


@pytest.mark.parametrize("hvem", ["sb.kari", "led.anne", "raad.jon", "ik.vera", "les.gry", "pol.tor"])
def test_se_som_is_refused_for_others_and_leaves_no_row(kommune_a, hvem):
    k = kommune_a
    foer = Hendelse.objects.count()
    for url in ("/kontroll/se-som/", vei(k["pers.mia"]), vei(k[hvem])):
        assert k.klient(hvem).get(url).status_code == 403
    assert Hendelse.objects.count() == foer
    assert k.klient("adm.root").get("/kontroll/se-som/999999/").status_code == 404
    assert k.klient("adm.root").post(vei(k["pers.mia"])).status_code == 405


def test_se_som_of_one_who_is_no_employee_shows_nothing_internal(kommune_a):
    k = kommune_a
    side = _tekst(k.klient("ark.eva").get(vei(k["pol.tor"])))
    assert "ser bare det publikum ser" in side
    assert "Skjenkebevilling" not in side


@pytest.mark.krav("C.0")
def test_kan_en_bestemt_person_se_dette_in_the_dialog(kommune_a):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J"), "P")
    sperret = kodet(k, inngaaende(k, k.sak(101), "J"), "XX")
    klient = k.klient("sb.kari")
    url = f"/journalposter/{jp.pk}/lesere/"

    def svar(brukernavn, adresse=url):
        return _tekst(klient.get(adresse, {"bruker": brukernavn}))

    assert f"<b>Ja, {k['pers.mia'].navn} kan se det.</b> Fordi: Autorisert for kode P" in svar("pers.mia")
    assert f"<b>Nei, {k['sb.per'].navn} kan ikke se det.</b>" in svar(f"{k['sb.per'].navn} (sb.per)")
    assert "ikke autorisert for kode P i TEK Teknisk" in svar("sb.per")
    assert "ingen rolle som ansatt" in svar("pol.tor")
    assert "venter på gradering" in svar("pers.mia", f"/journalposter/{sperret.pk}/lesere/")
    assert "og ingen tilgangskode er satt" in svar("les.gry", "/saker/2026/101/lesere/")
    assert "Nei, " in svar("pol.tor", "/saker/2026/101/lesere/")
    assert klient.get(url, {"bruker": "finnes.ikke"}).status_code == 422
    assert k.klient("sb.per").get(url, {"bruker": "pers.mia"}).status_code == 404
