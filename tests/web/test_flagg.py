"""Flags on the arbeidsbord, and the notifications behind the bell."""

import json

import pytest

from saksgang.flyt import queries
from saksgang.flyt.commands import behandle_flagg, lag_varsler, send_flagg
from saksgang.flyt.models import Flagg
from saksgang.logg.commands import forsegl_logg
from saksgang.sakarkiv.queries import kurver
from tests.tilstand import inngaaende, kodet

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/lister/meldinger/"}


def viste(svar):
    return [rad for gruppe in svar.context["rader"] for rad in gruppe["rader"]]


def til_arkivet(k, aarsak="melding", **felter):
    return send_flagg(k.jp(101, 1), av=k["sb.kari"], koe="ARK", aarsak=aarsak, tekst=f"Om {aarsak}", **felter)


@pytest.mark.krav("R-C.2")
def test_flagg_lists_open_handled_and_sent(kommune_a):
    k = kommune_a
    aapent = send_flagg(k.jp(101, 1), av=k["sb.ola"], til=k["sb.kari"], tekst="Åpent")
    lukket = behandle_flagg(
        send_flagg(k.jp(101, 1), av=k["sb.ola"], til=k["sb.kari"], tekst="Lukket"), tekst="Gjort", av=k["sb.kari"]
    )
    kari, ola = k.klient("sb.kari"), k.klient("sb.ola")
    for klient, adresse, ventet in [
        (kari, "/flagg/", [aapent.pk]),
        (kari, "/flagg/behandlet/", [lukket.pk]),
        (kari, "/flagg/sendt/", []),
        (ola, "/flagg/", []),
        (ola, "/flagg/sendt/", [lukket.pk, aapent.pk]),
    ]:
        svar = klient.get(adresse)
        assert [rad.id for rad in viste(svar)] == ventet, adresse
        assert [fane["navn"] for fane in svar.context["faner"]] == ["Åpne", "Behandlet", "Sendt"]
    (rad,) = viste(kari.get("/flagg/"))
    assert (rad.tittel, rad.part, rad.nummer, rad.ulest) == ("Åpent", "Beskjed/Merknad fra Ola Vik", "2026/101-1", True)


@pytest.mark.krav("R-C.2")
def test_ett_flagg_shows_text_and_link_and_marks_it_read(kommune_a):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["sb.ola"], til=k["sb.kari"], tekst="Se <vedlegg> 2\nog 3")
    klient = k.klient("sb.kari")
    html = klient.get(f"/flagg/{flagg.pk}/").content.decode()
    assert ("Se &lt;vedlegg&gt; 2" in html, 'href="/saker/2026/101/1/"' in html) == (True, True)
    assert Flagg.objects.get(pk=flagg.pk).lest_tid is not None
    bit = klient.get(f"/flagg/{flagg.pk}/", headers=HTMX).content.decode()
    assert ("<!doctype" in bit.lower(), f"/flagg/{flagg.pk}/svar/" in bit) == (False, True)
    andres = k.klient("sb.per").get(f"/flagg/{flagg.pk}/").content.decode()
    assert f"/flagg/{flagg.pk}/svar/" not in andres


def test_flag_on_a_closed_object_is_not_found(kommune_a):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Hemmelig"), "U")
    flagg = send_flagg(jp, av=k["sb.kari"], til=k["led.anne"], tekst="Om noe hemmelig")
    for adresse in ("", "svar/", "behandling/", "fordeling/"):
        assert k.klient("les.gry").get(f"/flagg/{flagg.pk}/{adresse}").status_code == 404, adresse
    assert k.klient("led.anne").get(f"/flagg/{flagg.pk}/").status_code == 200
    assert k.klient("les.gry").post(f"/flagg/{flagg.pk}/tittel/").status_code == 404


@pytest.mark.krav("R-10.1.5b")
def test_svar_goes_back_to_the_sender(kommune_a):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["led.anne"], tekst="Er dette unntatt?")
    klient = k.klient("led.anne")
    assert klient.post(f"/flagg/{flagg.pk}/svar/", {"tekst": " "}, headers=HTMX).status_code == 422
    svar = klient.post(f"/flagg/{flagg.pk}/svar/", {"tekst": "Nei."}, headers=HTMX)
    assert "liste-endret" in json.loads(svar["HX-Trigger"])
    (tilbake,) = queries.flagg_til(k["sb.kari"])
    assert (tilbake.tekst, tilbake.svar_paa_id, tilbake.fra) == ("Nei.", flagg.pk, k["led.anne"])
    assert list(queries.flagg_til(k["led.anne"])) == []
    igjen = klient.post(f"/flagg/{flagg.pk}/svar/", {"tekst": "En gang til."}, headers=HTMX)
    assert (igjen.status_code, "Flagget er allerede behandlet." in igjen.content.decode()) == (409, True)


def test_behandling_is_for_the_receiver_alone(kommune_a):
    k = kommune_a
    flagg = send_flagg(k.jp(101, 1), av=k["sb.kari"], til=k["led.anne"], tekst="Se på denne")
    assert k.klient("sb.ola").post(f"/flagg/{flagg.pk}/behandling/", {"tekst": ""}).status_code == 403
    svar = k.klient("led.anne").post(f"/flagg/{flagg.pk}/behandling/", {"tekst": "Sett på."})
    assert (svar.status_code, svar["Location"]) == (303, "/flagg/")
    assert [f.behandlet_merknad for f in queries.flagg_behandlet(k["led.anne"])] == ["Sett på."]


@pytest.mark.krav("R-10.1.4b")
def test_bruk_sets_the_proposed_title_with_one_click(kommune_a):
    k = kommune_a
    kari, publikum = k.klient("sb.kari"), k.offentlig()

    def offentlig_tittel():
        rader = publikum.get("/innsyn/dag/2026-03-02.json").json()["rader"]
        return next(rad["tittel"] for rad in rader if rad["dokumentnummer"] == "2026/101-1")

    forslag = {"foreslaatt_tittel": "Søknad om skjenkebevilling for Kroa AS", "tekst": "Navnet mangler"}
    assert kari.post(f"/journalposter/{k.jp(101, 1).pk}/tittelforslag/", forslag).status_code == 303
    (flagg,) = queries.koe(k["ark.eva"])
    (rad,) = viste(k.klient("ark.eva").get("/lister/meldinger/"))
    assert (rad.id, rad.kant) == (flagg.pk, "Forslag til ny tittel")
    html = k.klient("ark.eva").get(f"/flagg/{flagg.pk}/").content.decode()
    assert (f"/flagg/{flagg.pk}/tittel/" in html, "Bruk</button>" in html) == (True, True)
    assert f"/flagg/{flagg.pk}/tittel/" not in k.klient("sb.kari").get(f"/flagg/{flagg.pk}/").content.decode()
    assert k.klient("sb.kari").post(f"/flagg/{flagg.pk}/tittel/").status_code == 403
    assert k.jp(101, 1).tittel == offentlig_tittel() == "Søknad om skjenkebevilling"
    svar = k.klient("ark.eva").post(f"/flagg/{flagg.pk}/tittel/", headers=HTMX)
    assert svar.status_code == 204
    assert k.jp(101, 1).tittel == offentlig_tittel() == "Søknad om skjenkebevilling for Kroa AS"
    historikk = kari.get("/saker/2026/101/historikk/").content.decode()
    assert 'Tittel: Søknad om skjenkebevilling → <b class="sterk">Søknad om skjenkebevilling for Kroa AS' in historikk
    assert list(queries.koe(k["ark.eva"])) == []


@pytest.mark.krav("R-10.1.2b")
def test_fordeling_moves_a_misdistributed_letter_and_handles_the_flag(kommune_a):
    k = kommune_a
    kari, jp = k.klient("sb.kari"), k.jp(101, 1)
    assert kari.post(f"/journalposter/{jp.pk}/flagg/feildistribuert/", {"tekst": "Hører til Kultur"}).status_code == 303
    for arkivar in ("ark.eva", "ark.tom"):
        (rad,) = viste(k.klient(arkivar).get("/lister/meldinger/"))
        assert (rad.nummer, rad.tittel, rad.kant) == ("2026/101-1", "Hører til Kultur", "Feildistribuert")
    (flagg,) = queries.koe(k["ark.eva"])
    adresse = f"/flagg/{flagg.pk}/fordeling/"
    assert adresse in k.klient("ark.eva").get(f"/flagg/{flagg.pk}/").content.decode()
    mottaker = k.mottaker(k.jp(101, 1))
    valg = {"mottaker": mottaker.pk, "saksbehandler": "Per Dahl (sb.per)"}
    assert k.klient("sb.kari").post(adresse, valg).status_code == 403
    assert k.klient("ark.eva").post(adresse, valg | {"saksbehandler": "Ingen"}, headers=HTMX).status_code == 422
    assert k.mottaker(k.jp(101, 1)).bruker == k["sb.kari"]
    assert k.klient("ark.eva").post(adresse, valg, headers=HTMX).status_code == 204
    for liste in (kurver.innboks, kurver.restanse):
        assert [str(rad.journalpost) for rad in liste(k["sb.per"])] == ["2026/101-1"]
        assert "2026/101-1" not in [str(rad.journalpost) for rad in liste(k["sb.kari"])]
    assert k.jp(101, 1).enhet == k.enhet("KULT")
    for arkivar in ("ark.eva", "ark.tom"):
        assert k.klient(arkivar).get("/lister/meldinger/").context["antall"] == 0
    forsegl_logg()
    lag_varsler()
    assert "2026/101-1: Eva Strand har behandlet flagget ditt" in kari.get("/varsler/").content.decode()
    (behandlet,) = queries.flagg_sendt(k["sb.kari"])
    assert (behandlet.behandlet_av, behandlet.behandlet_merknad) == (k["ark.eva"], "Fordelt til Per Dahl.")


@pytest.mark.krav("R-10.10.2")
def test_a_reported_error_is_in_feilregistrert_until_it_is_handled_and_sb_is_told(kommune_a):
    k = kommune_a
    kari, eva, jp = k.klient("sb.kari"), k.klient("ark.eva"), k.jp(101, 1)
    adresse = f"/journalposter/{jp.pk}/flagg/feilregistrert/"
    assert adresse in kari.get("/saker/2026/101/1/").content.decode()
    assert kari.post(adresse, {"tekst": " "}).status_code == 422
    assert kari.post(adresse, {"tekst": "Registrert to ganger, se 2026/101-2"}).status_code == 303
    (rad,) = viste(eva.get("/lister/feilregistrert/"))
    assert (rad.nummer, rad.tittel) == ("2026/101-1", "Registrert to ganger, se 2026/101-2")
    assert eva.get("/lister/meldinger/").context["antall"] == 0
    assert kari.post(f"/flagg/{rad.id}/behandling/", {"tekst": "Satt utgått"}).status_code == 403
    assert eva.post(f"/flagg/{rad.id}/behandling/", {"tekst": "Satt utgått"}).status_code == 303
    assert viste(eva.get("/lister/feilregistrert/")) == []
    forsegl_logg()
    lag_varsler()
    assert "2026/101-1: Eva Strand har behandlet flagget ditt" in kari.get("/varsler/").content.decode()
    (sendt,) = queries.flagg_sendt(k["sb.kari"])
    assert (sendt.get_type_display(), sendt.behandlet_merknad) == ("Beskjed/Merknad", "Satt utgått")


@pytest.mark.krav("R-10.8.3")
def test_spoer_leder_about_a_row_of_restanse_gives_the_leader_a_flag_with_link(kommune_a):
    k = kommune_a
    kari, anne = k.klient("sb.kari"), k.klient("led.anne")
    rad = next(r for r in viste(kari.get("/lister/restanse/")) if r.nummer == "2026/101-2")
    adresse = f"/journalposter/{k.jp(101, 2).pk}/flagg/leder/"
    assert adresse in kari.get(rad.forhaand, headers=HTMX).content.decode()
    assert kari.post(adresse, {"aarsak": "restanse", "tekst": "Rekker ikke fristen"}).status_code == 303
    (hos_anne,) = viste(anne.get("/flagg/"))
    assert (hos_anne.tittel, hos_anne.part) == ("Rekker ikke fristen", "Beskjed/Merknad fra Kari Lunde")
    assert hos_anne.kant == "Spørsmål om restanse"
    assert 'href="/saker/2026/101/2/"' in anne.get(hos_anne.url).content.decode()
    for andre in ("led.nils", "sf.bente", "ark.eva"):
        assert viste(k.klient(andre).get("/flagg/")) == []


def test_the_queue_of_the_archive_is_sorted_by_cause(kommune_a):
    k = kommune_a
    ventet = {
        "meldinger": {til_arkivet(k).pk, til_arkivet(k, "feildistribuert").pk},
        "feilregistrert": {til_arkivet(k, "feilregistrert").pk},
        "flytting": {til_arkivet(k, "flytting", maalsak=k.sak(104)).pk},
    }
    for noekkel, ider in ventet.items():
        for person in ("ark.eva", "ark.tom"):
            assert {rad.id for rad in viste(k.klient(person).get(f"/lister/{noekkel}/"))} == ider, noekkel
        assert k.klient("sb.kari").get(f"/lister/{noekkel}/").status_code == 403


def test_varsler_are_counted_by_the_bell_and_marked_read(kommune_a):
    k = kommune_a
    for n in (1, 2):
        send_flagg(k.jp(101, n), av=k["sb.ola"], til=k["sb.kari"], tekst="Se på denne")
    forsegl_logg()
    lag_varsler()
    klient = k.klient("sb.kari")
    egne = list(queries.varsler(k["sb.kari"]))
    uleste = [v for v in egne if v.lest_tid is None]
    svar = klient.get("/varsler/")
    assert [v.pk for v in svar.context["varsler"]] == [v.pk for v in egne]
    assert f'aria-label="Varsler: {len(uleste)} uleste"' in svar.content.decode()
    gjelder = uleste[0]
    lest = klient.post(f"/varsler/{gjelder.pk}/lest/")
    assert (lest.status_code, lest["Location"][:13]) == (303, "/saker/2026/1")
    assert queries.antall_uleste_varsler(k["sb.kari"]) == len(uleste) - 1
    assert k.klient("sb.ola").post(f"/varsler/{gjelder.pk}/lest/").status_code == 404
    klient.post("/varsler/lest/")
    assert queries.antall_uleste_varsler(k["sb.kari"]) == 0
    assert 'aria-label="Varsler"' in klient.get("/varsler/").content.decode()


def test_varsel_about_what_has_been_closed_is_gone(kommune_a):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J", tittel="Hemmelig")
    send_flagg(jp, av=k["sb.kari"], til=k["sb.per"], tekst="Se på denne")
    forsegl_logg()
    lag_varsler()
    klient = k.klient("sb.per")
    assert str(jp) in klient.get("/varsler/").content.decode()
    kodet(k, jp, "U")
    svar = klient.get("/varsler/")
    assert (str(jp) in svar.content.decode(), "uleste" in svar.content.decode()) == (False, False)
    assert klient.get("/flagg/").context["antall"] == 0
