"""The bulk acts of the work lists: the form first, then the act, and an account of what did not go."""

import datetime as dt
import json

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.flyt import queries as flyt
from saksgang.flyt.commands import lag_varsler, send_flagg
from saksgang.logg.commands import forsegl_logg
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.commands.merknad import oensk_avsluttet, sett_obs
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.models import Journalpost, Kopi, Merknad
from saksgang.sakarkiv.queries import kurver
from saksgang.tilgang.models import Avskjermingskode, Hjemmel
from tests.tilstand import egen, foreslaatt, inngaaende, kodet

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/lister/restanse/"}


def numre(rader):
    return [str(rad.journalpost) for rad in rader]


def utfoer(klient, adresse, id_er, **felter):
    return klient.post(adresse, {"valgt": id_er, "utfoer": "ja", **felter}, headers=HTMX)


def hendelser(handling):
    return list(
        Hendelse.objects.filter(handling=handling)
        .order_by("nummer")
        .values_list("aktoer__brukernavn", "journalpost_id")
    )


@pytest.mark.krav("R-10.8.1b", "R-10.2.1.2b")
def test_avskrivning_of_three_with_one_code(kommune_a):
    k = kommune_a
    kari, klient = k["sb.kari"], k.klient("sb.kari")
    id_er = [rad.pk for rad in kurver.restanse(kari)]
    skjema = klient.post("/lister/restanse/avskrivning/", {"valgt": id_er}, headers=HTMX)
    html = skjema.content.decode()
    assert (skjema.status_code, html.count('name="valgt"'), "Avskriv 3 restanser" in html) == (200, 3, True)
    assert [f"{kode} " in html for kode in ("TE", "TO", "TLF", "BU")] == [True, True, True, False]
    assert len(kurver.restanse(kari)) == 3
    svar = utfoer(klient, "/lister/restanse/avskrivning/", id_er, maate="TE", dato="2026-03-02", merknad="Avtalt")
    assert svar.status_code == 204
    utloest = json.loads(svar["HX-Trigger"])
    assert (set(utloest), utloest["melding"]["tekst"]) == (
        {"liste-endret", "melding", "lukk-dialog"},
        "3 er avskrevet.",
    )
    assert (numre(kurver.restanse(kari)), numre(kurver.innboks(kari))) == ([], [])
    assert [person for person, _ in hendelser("journalpost.avskrive")] == ["sb.kari"] * 3
    assert Merknad.objects.filter(type__kode="SB", tekst="Avtalt").count() == 3
    angret = klient.post(utloest["melding"]["angre"], headers=HTMX)
    assert (angret.status_code, len(kurver.restanse(kari))) == (204, 3)


def test_avskrivning_is_all_or_none_and_says_every_reason(kommune_a):
    k = kommune_a
    kari, klient = k["sb.kari"], k.klient("sb.kari")
    id_er = [rad.pk for rad in kurver.restanse(kari)]
    assert utfoer(klient, "/lister/restanse/avskrivning/", id_er[:1], maate="TE", dato="2026-03-02").status_code == 204
    fremmed = k.mottaker(k.jp(104, 1)).pk
    svar = utfoer(klient, "/lister/restanse/avskrivning/", [*id_er, fremmed], maate="TE", dato="2026-03-02")
    html = svar.content.decode()
    assert (svar.status_code, "2026/101-2 er allerede avskrevet." in html, "2026/104-1: Du har ikke rett" in html) == (
        409,
        True,
        True,
    )
    assert len(kurver.restanse(kari)) == 2
    assert hendelser("journalpost.avskrive") == [("sb.kari", k.jp(101, 2).pk)]
    mangler = utfoer(klient, "/lister/restanse/avskrivning/", id_er[1:], dato="2026-03-02")
    assert (mangler.status_code, "Velg noe under" in mangler.content.decode()) == (422, True)


def test_avskrivning_works_without_script(kommune_a):
    k = kommune_a
    klient = k.klient("sb.kari")
    id_er = [rad.pk for rad in kurver.restanse(k["sb.kari"])]
    side = klient.post("/lister/restanse/avskrivning/", {"valgt": id_er})
    assert "<!doctype html>" in side.content.decode()
    svar = klient.post(
        "/lister/restanse/avskrivning/", {"valgt": id_er, "utfoer": "ja", "maate": "TE", "dato": "2026-03-02"}
    )
    assert (svar.status_code, svar["Location"]) == (303, "/lister/restanse/")
    assert "3 er avskrevet." in klient.get("/lister/restanse/").content.decode()


@pytest.mark.parametrize(
    ("person", "adresse", "status"),
    [
        ("sb.kari", "/lister/til-fordeling/fordeling/", 403),
        ("sb.kari", "/lister/til-journalfoering/journalfoering/", 403),
        ("sb.kari", "/lister/restanse/journalfoering/", 404),
        ("sb.kari", "/lister/restanse/gradering/", 404),
        ("led.anne", "/lister/oenskes-avsluttet/avslutning/", 403),
        ("ark.eva", "/lister/midlertidig-sperret/gradering/", 403),
    ],
)
def test_acts_of_other_baskets_are_refused(kommune_a, person, adresse, status):
    k = kommune_a
    assert utfoer(k.klient(person), adresse, [k.mottaker(k.jp(104, 1)).pk]).status_code == status


@pytest.mark.parametrize("valgt", [[], ["x"], ["-1"], ["9" * 30]])
def test_an_act_without_ticked_rows_is_refused(kommune_a, valgt):
    klient = kommune_a.klient("sb.kari")
    assert utfoer(klient, "/lister/restanse/avskrivning/", valgt, maate="TE").status_code == 422


def test_an_unseen_row_is_not_found(kommune_a):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", saksbehandler=None), "U")
    id_ = k.mottaker(jp).pk
    assert utfoer(k.klient("les.gry"), "/lister/restanse/avskrivning/", [id_], maate="TE").status_code == 404
    assert utfoer(k.klient("nes.ida"), "/lister/til-fordeling/fordeling/", [id_]).status_code == 404


@pytest.mark.krav("R-10.1.6")
def test_svarfrist_is_set_for_several_and_tells_which_could_not(kommune_a):
    k = kommune_a
    klient, kari = k.klient("sb.kari"), k["sb.kari"]
    egne = [k.mottaker(k.jp(101, n)) for n in (1, 2)]
    svar = utfoer(klient, "/lister/restanse/svarfrist/", [m.pk for m in egne], forfallsdato="2026-03-20")
    assert svar.status_code == 204
    assert {str(m.forfallsdato) for m in kurver.restanse(kari) if m.pk in {e.pk for e in egne}} == {"2026-03-20"}
    notat = k.mottaker(k.jp(102, 1), "sb.kari")
    svar = utfoer(klient, "/lister/restanse/svarfrist/", [egne[0].pk, notat.pk], forfallsdato="2026-03-27")
    html = svar.content.decode()
    assert (svar.status_code, svar["HX-Trigger"], '<b class="ok">1</b>' in html, "2026/102-1" in html) == (
        200,
        "liste-endret",
        True,
        True,
    )
    assert str(k.mottaker(k.jp(101, 1)).forfallsdato) == "2026-03-27"


@pytest.mark.krav("A-42")
def test_sett_takes_out_of_innboks_alone(kommune_a):
    k = kommune_a
    kari = k["sb.kari"]
    foer = numre(kurver.restanse(kari))
    id_er = [rad.pk for rad in kurver.innboks(kari)][:2]
    assert utfoer(k.klient("sb.kari"), "/lister/innboks/sett/", id_er).status_code == 204
    assert (len(kurver.innboks(kari)), numre(kurver.restanse(kari))) == (1, foer)


@pytest.mark.krav("R-3.1.4", "R-9.1.2")
def test_fordeling_gives_letter_and_case_to_a_colleague_of_the_unit(kommune_a):
    k = kommune_a
    klient = k.klient("led.anne")
    jp = inngaaende(k, k.sak(104), "J", tittel="Ny klage", saksbehandler=None)
    id_er = [k.mottaker(k.jp(104, 1)).pk, k.mottaker(jp).pk]
    skjema = klient.post("/lister/til-fordeling/fordeling/", {"valgt": id_er}, headers=HTMX)
    navn = {tekst for _, tekst in skjema.context["skjema"].fields["saksbehandler"].choices}
    assert navn == {
        "Velg saksbehandler", "Anne Hauge (TEK)", "Bente Moen (TEK)", "Ida Nes (TEK)", "Kari Lunde (TEK)",
        "Ola Vik (TEK)",
    }  # fmt: skip
    svar = utfoer(
        klient, "/lister/til-fordeling/fordeling/", id_er, saksbehandler=k["sb.ola"].pk, ogsaa_sak="on"
    )  # fmt: skip
    assert json.loads(svar["HX-Trigger"])["melding"]["tekst"] == "2 journalposter er fordelt til Ola Vik."
    ola = k["sb.ola"]
    assert set(numre(kurver.innboks(ola))) == set(numre(kurver.restanse(ola))) == {"2026/101-3", "2026/104-1", str(jp)}
    assert list(kurver.til_fordeling(k["led.anne"])) == []
    assert k.sak(104).saksansvarlig == ola
    assert [person for person, _ in hendelser("journalpost.fordele")] == ["led.anne"] * 2
    fremmed = utfoer(klient, "/lister/til-fordeling/fordeling/", id_er, saksbehandler=k["sb.per"].pk)
    assert fremmed.status_code == 422


@pytest.mark.krav("R-9.1.2")
def test_fordeling_of_a_letter_and_a_note_to_the_unit_with_the_case_and_again_to_another(kommune_a):
    k = kommune_a
    klient, ola = k.klient("led.anne"), k["sb.ola"]
    notat = egen(k, k.sak(104), "N", "F", interne_mottakere=[k.enhet("TEK")], av=k["led.anne"])
    i_lista = list(kurver.til_fordeling(k["led.anne"]))
    assert numre(i_lista) == ["2026/104-1", str(notat)]
    valg = {"saksbehandler": ola.pk, "ogsaa_sak": "on"}
    adresse = "/lister/til-fordeling/fordeling/"
    assert utfoer(k.klient("sb.kari"), adresse, [rad.pk for rad in i_lista], **valg).status_code == 403
    assert utfoer(klient, adresse, [rad.pk for rad in i_lista], **valg).status_code == 204
    assert (k.jp(104, 1).saksbehandler, k.mottaker(notat).bruker, k.sak(104).saksansvarlig) == (ola, ola, ola)
    assert (numre(kurver.til_fordeling(k["led.anne"])), str(notat) in numre(kurver.restanse(ola))) == ([], True)
    igjen = klient.post(f"/journalposter/{k.jp(104, 1).pk}/fordeling/", {"saksbehandler": "sb.kari"})
    assert (igjen.status_code, k.jp(104, 1).saksbehandler) == (303, k["sb.kari"])
    assert "2026/104-1" not in numre(kurver.restanse(ola))
    forsegl_logg()
    lag_varsler()
    sider = {hvem: k.klient(hvem).get("/varsler/").content.decode() for hvem in ("sb.ola", "sb.kari")}
    for hvem, ord_ in (
        ("sb.ola", "2026/104-1: fordelt til deg av Anne Hauge"), ("sb.ola", f"{notat}: fordelt til deg av Anne Hauge"),
        ("sb.ola", "2026/104: saksansvaret er gitt til deg av Anne Hauge"),
        ("sb.ola", "2026/104-1: fordelt videre av Anne Hauge"),
        ("sb.kari", "2026/104-1: fordelt til deg av Anne Hauge"),
    ):  # fmt: skip
        assert ord_ in sider[hvem], ord_


@pytest.mark.krav("R-3.1.7")
def test_fordeling_by_the_deputy_is_logged_on_behalf(kommune_a):
    k = kommune_a
    utfoer(
        k.klient("sf.bente"), "/lister/til-fordeling/fordeling/", [k.mottaker(k.jp(104, 1)).pk],
        saksbehandler=k["sb.ola"].pk,
    )  # fmt: skip
    hendelse = Hendelse.objects.get(handling="journalpost.fordele")
    assert (hendelse.aktoer.brukernavn, hendelse.paa_vegne_av.brukernavn) == ("sf.bente", "led.anne")


@pytest.mark.krav("R-8.8")
def test_journalfoering_runs_dry_then_tells_row_by_row(kommune_a):
    k = kommune_a
    klient, sak = k.klient("ark.eva"), k.sak(101)
    klare = [egen(k, sak, "U", "F"), egen(k, sak, "X", "F"), inngaaende(k, sak, "S")]
    stopper = foreslaatt(k, inngaaende(k, sak, "S", tittel="Om helse"), "U")
    id_er = [jp.pk for jp in [*klare, stopper]]
    nummer = Journalpost.objects.filter(journalsekvens__isnull=False).count()
    proeve = klient.post("/lister/til-journalfoering/journalfoering/", {"valgt": id_er}, headers=HTMX)
    html = proeve.content.decode()
    assert [jp.pk for jp in proeve.context["proeve"].kan] == [jp.pk for jp in klare]
    assert [(jp.pk, grunner) for jp, grunner in proeve.context["proeve"].stopper] == [
        (stopper.pk, ["Gradering ikke besluttet. Lederen må avgjøre den først."])
    ]
    utsikt = proeve.context["utsikt"]
    assert (utsikt.aapne, utsikt.skjermede, utsikt.utenfor) == (2, 0, 1)
    assert ("Ingenting er skrevet ennå." in html, "3 tildeles" in html, "Journalfør 3" in html) == (True, True, True)
    assert Journalpost.objects.filter(journalsekvens__isnull=False).count() == nummer
    svar = utfoer(klient, "/lister/til-journalfoering/journalfoering/", id_er)
    assert (svar.status_code, svar["HX-Trigger"]) == (200, "liste-endret")
    assert [(u.nummer, bool(u.feil)) for u in [*svar.context["lyktes"], *svar.context["stoppet"]]] == [
        *((str(jp), False) for jp in klare),
        (str(stopper), True),
    ]
    assert [k.jp(101, jp.journalpostnummer).status for jp in [*klare, stopper]] == ["J", "J", "J", "S"]
    assert [rad.pk for rad in kurver.til_journalfoering(k["ark.eva"]) if rad.pk in id_er] == [stopper.pk]


@pytest.mark.krav("R-8.8")
def test_journalfoering_of_five_answers_with_one_line(kommune_a):
    k = kommune_a
    poster = [egen(k, k.sak(101), "U", "F", tittel=f"Svar {nr} om gatelys") for nr in range(5)]
    adresse, id_er = "/lister/til-journalfoering/journalfoering/", [jp.pk for jp in poster]
    for andre in ("sb.kari", "led.anne"):
        assert utfoer(k.klient(andre), adresse, id_er).status_code == 403
    svar = utfoer(k.klient("ark.eva"), adresse, id_er)
    assert json.loads(svar["HX-Trigger"])["melding"]["tekst"] == "5 journalposter er journalført."
    etter = list(Journalpost.objects.filter(pk__in=id_er).order_by("pk"))
    foerste = etter[0].journalsekvens
    assert [(jp.status, jp.journalsekvens) for jp in etter] == [("J", foerste + nr) for nr in range(5)]
    assert [rad.pk for rad in kurver.til_journalfoering(k["ark.eva"]) if rad.pk in id_er] == []
    assert [person for person, _ in hendelser("journalpost.journalfoere")] == ["ark.eva"] * 5


@pytest.mark.krav("R-10.7.3")
def test_copies_are_marked_as_read_together(kommune_a):
    k = kommune_a
    kari = k["sb.kari"]
    for n in (1, 2, 3):
        send_kopi(k.jp(101, n), [kari], av=k["led.anne"])
    fremmed = send_kopi(k.jp(101, 1), [k["sb.ola"]], av=k["led.anne"])[0]
    egne = [kopi.pk for kopi in kurver.kopiboks(kari)]
    klient = k.klient("sb.kari")
    assert utfoer(klient, "/lister/kopiboks/lest/", [*egne, fremmed.pk]).status_code == 404
    assert len(kurver.kopiboks(kari)) == 3
    assert utfoer(klient, "/lister/kopiboks/lest/", egne).status_code == 204
    assert list(kurver.kopiboks(kari)) == []
    assert Kopi.objects.get(pk=fremmed.pk).lest_tid is None


@pytest.mark.krav("R-10.12.2")
def test_obs_dates_are_marked_as_done(kommune_a):
    k = kommune_a
    obs = sett_obs(k.sak(101), dt.date(2026, 3, 1), av=k["sb.kari"])
    assert utfoer(k.klient("sb.kari"), "/lister/obs-dato/utfoert/", [obs.pk]).status_code == 204
    assert list(kurver.obs_dato(k["sb.kari"])) == []


@pytest.mark.krav("R-6.1.B")
def test_reserved_cases_get_status_b_and_one_without_class_says_why(kommune_a):
    k = kommune_a
    klasse = k.sak(101).klasseringer.get(rekkefoelge=1).klasse
    felles = {"arkivdel": k.sak(101).arkivdel, "enhet": k.enhet("TEK"), "av": k["sb.kari"]}
    klar, uten = opprett_sak("Klar", klasser=[klasse], **felles), opprett_sak("Uten klasse", **felles)
    svar = utfoer(k.klient("ark.eva"), "/lister/reserverte-saker/kontroll/", [klar.pk, uten.pk])
    assert svar.status_code == 200
    assert "Saken mangler ordningsverdi." in svar.content.decode()
    assert [k.sak(sak.sekvens).status for sak in (klar, uten)] == ["B", "R"]


@pytest.mark.krav("R-10.2.1.3b")
def test_avslutning_closes_the_ready_and_returns_the_other_by_flag(kommune_a):
    k = kommune_a
    kari = k["sb.kari"]
    klasse = k.sak(101).klasseringer.get(rekkefoelge=1).klasse
    klar = opprett_sak(
        "Klar", arkivdel=k.sak(101).arkivdel, enhet=k.enhet("TEK"), klasser=[klasse], fra_arkivet=True,
        saksansvarlig=kari, av=k["ark.eva"],
    )  # fmt: skip
    for sak in (klar, k.sak(101)):
        oensk_avsluttet(sak, av=kari)
    skjult = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Skjult", saksbehandler=k["led.anne"]), "U")
    svar = utfoer(k.klient("ark.eva"), "/lister/oenskes-avsluttet/avslutning/", [klar.pk, k.sak(101).pk])
    assert (svar.status_code, [u.nummer for u in svar.context["lyktes"]]) == (200, [klar.saksnummer])
    assert (k.sak(klar.sekvens).status, k.sak(101).status) == ("A", "B")
    (flagg,) = flyt.flagg_til(kari)
    assert (flagg.fra, flagg.sak, flagg.journalpost) == (k["ark.eva"], k.sak(101), None)
    assert "2026/101-1 er ikke avskrevet av Kari Lunde." in flagg.tekst
    assert (str(skjult) in flagg.tekst, "Skjult" in flagg.tekst) == (True, False)
    assert list(kurver.oenskes_avsluttet(k["ark.eva"])) == []


def test_avslutning_counts_what_the_receiver_may_not_see(kommune_a):
    """Hidden from a case worker who set ØA: two drafts and the coded letter."""
    k = kommune_a
    oensk_avsluttet(k.sak(101), av=k["sb.ola"])
    skjult = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Skjult", saksbehandler=k["led.anne"]), "U")
    utfoer(k.klient("ark.eva"), "/lister/oenskes-avsluttet/avslutning/", [k.sak(101).pk])
    (flagg,) = flyt.flagg_til(k["sb.ola"])
    assert (str(skjult) in flagg.tekst, "3 skjermede forhold – kontakt arkivet." in flagg.tekst) == (False, True)


@pytest.mark.krav("R-9.2.1.3c", "R-9.2.0")
def test_gradering_decides_several_in_one_act(kommune_a):
    k = kommune_a
    klient, sak = k.klient("led.anne"), k.sak(101)
    poster = [kodet(k, inngaaende(k, sak, "J", tittel=f"Brev {n}"), "XX") for n in range(3)]
    id_er = [jp.pk for jp in poster]

    def merke():
        kurver_ = [kurv for gruppe in klient.get("/").context["kurver"]() for kurv in gruppe["kurver"]]
        return [kurv["antall"] for kurv in kurver_ if kurv["navn"] == "Midlertidig sperret"]

    assert merke() == [3]
    adresse = "/lister/midlertidig-sperret/gradering/"
    valg = {
        "hjemmel": Hjemmel.objects.get(noekkel="13-fvl1").pk,
        "avskjermingskode": Avskjermingskode.objects.get(kode="TP").pk,
    }
    assert utfoer(klient, adresse, id_er[:2]).status_code == 422
    vurdert = {"meroffentlighet_vurdert": "on", "meroffentlighet": "Alt er taushetsbelagt."}
    uten = utfoer(klient, adresse, id_er[:2], tilgangskode="U", **vurdert)
    assert (uten.status_code, "Hjemmel mangler." in uten.content.decode()) == (422, True)
    uten = utfoer(klient, adresse, id_er[:2], tilgangskode="U", **valg)
    assert (uten.status_code, "Vurder om noe likevel kan gis ut" in uten.content.decode()) == (422, True)
    valg |= vurdert
    assert utfoer(klient, adresse, id_er[:2], tilgangskode="U", **valg).status_code == 204
    assert utfoer(klient, adresse, id_er[2:], tilgangskode="offentlig", **valg).status_code == 204
    koder = [k.jp(101, jp.journalpostnummer).tilgangskode for jp in poster]
    assert [kode.kode if kode else "" for kode in koder] == ["U", "U", ""]
    assert (klient.get("/lister/midlertidig-sperret/").context["antall"], merke()) == (0, [0])


def test_gradering_starts_from_the_common_proposal(kommune_a):
    k = kommune_a
    poster = [foreslaatt(k, inngaaende(k, k.sak(101), "J", tittel=f"Brev {n}"), "P") for n in range(2)]
    annen = foreslaatt(k, inngaaende(k, k.sak(101), "J", tittel="Annet"), "U")
    klient, adresse = k.klient("led.anne"), "/lister/midlertidig-sperret/gradering/"

    def utgangspunkt(*journalposter):
        svar = klient.post(adresse, {"valgt": [jp.pk for jp in journalposter]}, headers=HTMX)
        return svar.context["skjema"].initial

    assert utgangspunkt(*poster) == {"tilgangskode": "P", "hjemmel": skjerming("P", "13-fvl1").hjemmel.pk}
    assert utgangspunkt(*poster, annen) == {}


@pytest.mark.krav("R-9.2.1.3e")
def test_purring_gives_the_leader_a_flag_with_link_and_no_title(kommune_a, klokka):
    k = kommune_a
    jp = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Hemmelig tittel"), "XX")
    klokka.move_to(dt.datetime(2026, 3, 6, 8, 0, tzinfo=dt.UTC))
    klient, adresse = k.klient("ark.eva"), "/lister/xx-over-frist/purring/"
    forslag = klient.post(adresse, {"valgt": [jp.pk]}, headers=HTMX).context["skjema"].initial["tekst"]
    assert utfoer(klient, adresse, [jp.pk], tekst=forslag).status_code == 204
    (flagg,) = flyt.flagg_til(k["led.anne"])
    assert (flagg.journalpost, flagg.get_type_display()) == (jp, "Beskjed/Merknad")
    assert ("Hemmelig" in flagg.tekst, "XX" in flagg.tekst) == (False, True)
    assert list(flyt.flagg_til(k["led.nils"])) == []


def test_flags_are_marked_as_handled_together(kommune_a):
    k = kommune_a
    flagg = [send_flagg(k.jp(101, n), av=k["sb.kari"], koe="ARK", tekst=f"Nr {n}") for n in (1, 2)]
    svar = utfoer(k.klient("ark.eva"), "/lister/meldinger/behandling/", [f.pk for f in flagg])
    assert (svar.status_code, list(flyt.koe(k["ark.tom"]))) == (204, [])
    igjen = utfoer(k.klient("ark.tom"), "/lister/meldinger/behandling/", [f.pk for f in flagg])
    assert (igjen.status_code, igjen.content.decode().count("Flagget er allerede behandlet.")) == (409, 2)
