"""The grading dialog: meroffentlighet, the words that are hidden, what the public will see, and who can read."""

import re

import pytest

from saksgang.demo.grunnlag import skjerming
from saksgang.kjerne.errors import UgyldigInndata
from saksgang.offentlighet.commands import avgjoer_skjerming, sett_skjerming
from saksgang.offentlighet.rules import foreslaatte_ord, skjerm_ord, skjermede_ord
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.tilgang.models import Hjemmel
from tests.tilstand import egen, inngaaende, journalpost, kodet, uten_skriveregel

from .test_journalpost import HTMX, _kode, handling, side, tekst, valg_i

TITTEL = "Klage fra Per Hansen på vedtak"


@pytest.mark.krav("R-7.0.2")
def test_every_grading_asks_for_meroffentlighet_and_keeps_it_in_the_history(kommune_a):
    k, jp = kommune_a, inngaaende(kommune_a, kommune_a.sak(101), "J")
    anne, url = k.klient("led.anne"), handling(jp, "skjerming/avgjoerelse")
    hel = _kode("U", "13-fvl1") | {"meroffentlighet": "Bare helseopplysninger."}
    for uten, ord_ in (
        ({"meroffentlighet_vurdert": ""}, "Vurder om dokumentet likevel kan gis ut"),
        ({"meroffentlighet": "  "}, "Meroffentlighet er ikke vurdert."),
    ):
        svar = anne.post(url, hel | uten)
        assert (svar.status_code, ord_ in tekst(svar)) == (422, True)
    assert k.jp(101, jp.journalpostnummer).tilgangskode is None
    assert anne.post(url, hel).status_code == 303
    jp = k.jp(101, jp.journalpostnummer)
    assert (jp.tilgangskode.kode, jp.meroffentlighet) == ("U", "Bare helseopplysninger.")
    historikk = tekst(anne.get(handling(jp, "historikk")))
    assert "Meroffentlighet vurdert: Bare helseopplysninger." in historikk
    assert anne.post(url, {"tilgangskode": "", "merknad": "Kan gis"}).status_code == 303
    jp = k.jp(101, jp.journalpostnummer)
    assert (jp.tilgangskode, jp.meroffentlighet) == (None, "")
    assert "Meroffentlighet vurdert: Bare helseopplysninger." in tekst(anne.get(handling(jp, "historikk")))
    assert k.klient("ark.eva").post(handling(jp, "sperring"), {"merknad": "Usikker"}).status_code == 303
    assert k.jp(101, jp.journalpostnummer).tilgangskode.er_xx


@pytest.mark.krav("R-7.0.2")
def test_own_document_with_a_code_is_not_made_without_the_assessment(kommune_a):
    k = kommune_a
    data = {
        "tittel": "Svar om helse", "offentlig_tittel": "", "dokumentdato": "", "forfallsdato": "",
        "saksbehandler": "sb.ola", "interne_mottakere": ["sb.per"], **_kode("U", "13-fvl1"),
    }  # fmt: skip
    kari, adresse = k.klient("sb.kari"), f"/journalposter/ny/{k.sak(101).pk}/notat/"
    foer = k.sak(101).siste_dokumentnummer
    svar = kari.post(adresse, data | {"meroffentlighet_vurdert": ""})
    assert (svar.status_code, "Vurder om dokumentet likevel kan gis ut" in tekst(svar)) == (422, True)
    assert k.sak(101).siste_dokumentnummer == foer
    assert kari.post(adresse, data).status_code == 303
    assert k.jp(101, foer + 1).meroffentlighet == data["meroffentlighet"]


@pytest.mark.krav("R-7.1.6.b")
def test_marked_words_are_hidden_from_the_public_and_the_unauthorised_alone(kommune_a):
    k = kommune_a
    uten_skriveregel(k, "personnavn")
    jp = inngaaende(k, k.sak(101), "J", tittel=TITTEL, avsendere=[Part(navn="Per Hansen")])
    anne = k.klient("led.anne")
    dialog = anne.get(handling(jp, "skjerming")).content.decode()
    merket = re.findall(r'name="skjermet_ord" value="(\d)" checked', dialog)
    assert merket == ["2", "3"]  # proposed, since they look like a name
    data = _kode("U", "13-fvl1") | {"ordvalg": "1", "skjermet_ord": merket}
    visning = anne.get(handling(jp, "skjerming/visning"), data)
    assert "Klage fra ***** på vedtak" in tekst(visning)
    assert "Hansen" not in visning.content.decode()
    assert anne.post(handling(jp, "skjerming/avgjoerelse"), data).status_code == 303
    offentlig = k.offentlig()
    (rad,) = [r for r in offentlig.get("/innsyn/dag/2026-03-02.json").json()["rader"] if r["dokumentnummer"] == str(jp)]
    assert (rad["tittel"], rad["fra"]) == ("Klage fra ***** på vedtak", ["*****"])
    assert TITTEL in tekst(anne.get(side(jp)))
    for klient, adresse in ((offentlig, "/innsyn/sok/?q=Hansen"), (k.klient("les.gry"), "/soek/?q=Hansen")):
        assert "Klage fra" not in tekst(klient.get(adresse))
    assert TITTEL in tekst(anne.get("/soek/?q=Hansen"))
    assert str(jp) in tekst(offentlig.get("/innsyn/sok/?q=Klage"))


@pytest.mark.krav("R-7.1.6.b")
def test_no_marked_word_hides_the_whole_title_and_a_form_without_words_leaves_it(kommune_a):
    k, jp = kommune_a, inngaaende(kommune_a, kommune_a.sak(101), "J", offentlig_tittel="Brev om *****")
    anne, url = k.klient("led.anne"), handling(jp, "skjerming/avgjoerelse")
    assert anne.post(url, _kode("U", "13-fvl1")).status_code == 303
    assert k.jp(101, jp.journalpostnummer).offentlig_tittel == "Brev om *****"
    assert anne.post(url, _kode("U", "13-fvl1") | {"ordvalg": "1"}).status_code == 303
    rader = k.offentlig().get("/innsyn/dag/2026-03-02.json").json()["rader"]
    assert [rad["tittel"] for rad in rader if rad["dokumentnummer"] == str(jp)] == ["*****"]


def test_words_of_a_title_are_hidden_in_runs_and_found_again():
    for skjermet, ventet in (
        ({2, 3}, "Klage fra ***** på vedtak"),
        ({0, 5}, "***** fra Per Hansen på *****"),
        (set(range(6)), "*****"),
        (set(), TITTEL),
    ):
        assert skjerm_ord(TITTEL, skjermet) == ventet
        assert skjermede_ord(TITTEL, ventet) == skjermet
    assert foreslaatte_ord("Varsel om støy fra Berit Moe, Pumpevegen 3") == {4, 5, 6, 7}
    assert foreslaatte_ord("Varsel om støy fra Kroa AS") == set()


@pytest.mark.krav("R-9.2.1.4", "C.11")
@pytest.mark.parametrize("avskjerming", ["T", "PA", "TP", "A"])
def test_preview_is_the_row_that_the_public_gets(kommune_a, avskjerming):
    k, jp = kommune_a, inngaaende(kommune_a, kommune_a.sak(101), "J", tittel="Brev om gatelys og helse")
    grad = skjerming("U", "13-fvl1", avskjerming)
    anne = k.klient("led.anne")
    data = _kode("U", "13-fvl1") | {
        "avskjermingskode": grad.avskjerming.pk, "ordvalg": "1", "skjermet_ord": ["2"],
    }  # fmt: skip
    vist = anne.get(handling(jp, "skjerming/visning"), data)
    assert anne.post(handling(jp, "skjerming/avgjoerelse"), data).status_code == 303
    rader = k.offentlig().get("/innsyn/dag/2026-03-02.json").json()["rader"]
    (rad,) = [r for r in rader if r["dokumentnummer"] == str(jp)]
    boks = re.search(r'class="blokk offentligrad">(.*?)</div>\s*<p', vist.content.decode(), re.DOTALL)[1]
    assert re.search(r'<b class="raden">([^<]*)</b>', boks)[1] == rad["tittel"]
    assert f"Fra {', '.join(rad['fra'])} til" in tekst(vist)
    assert rad["hjemmel"] in tekst(vist)
    assert k.jp(101, jp.journalpostnummer).tilgangskode.kode == "U"


@pytest.mark.krav("C.0")
def test_preview_tells_who_can_read_and_who_no_longer_can_and_writes_nothing(kommune_a):
    k, jp = kommune_a, inngaaende(kommune_a, kommune_a.sak(101), "J")
    anne = k.klient("led.anne")
    aapen = tekst(anne.get(handling(jp, "skjerming/visning"), {"tilgangskode": ""}))
    assert "Alle ansatte (21)." in aapen
    snever = tekst(anne.get(handling(jp, "skjerming/visning"), _kode("P", "13-fvl1")))
    assert "5 personer: Anne Hauge, Eva Strand, Kari Lunde, Mia Ness, Tom Bakke." in snever
    assert "Mister tilgang: 16 ansatte." in snever
    assert k.jp(101, jp.journalpostnummer) == jp and k.jp(101, jp.journalpostnummer).tilgangskode is None
    assert k.klient("les.gry").get(handling(jp, "skjerming/visning")).status_code == 403
    kodet(k, jp, "P")
    assert k.klient("les.gry").get(handling(jp, "skjerming/visning")).status_code == 404


@pytest.mark.krav("C.0")
def test_hvem_kan_se_dette_names_each_person_with_the_rule(kommune_a):
    k = kommune_a
    jp = kodet(k, journalpost(k, k.sak(101), "N", "J"), "P")
    svar = k.klient("sb.kari").get(handling(jp, "lesere"))
    rader = re.findall(r"<tr><td>([^<]*)</td><td>[^<]*</td><td>([^<]*)</td></tr>", svar.content.decode())
    assert rader == [
        ("Anne Hauge", "Leder av Teknisk"),
        ("Eva Strand", "Arkivtjenesten"),
        ("Kari Lunde", "Saksbehandler; Saksansvarlig; Registrerte den"),
        ("Mia Ness", "Autorisert for kode P"),
        ("Per Dahl", "Mottaker"),
        ("Tom Bakke", "Arkivtjenesten"),
    ]
    assert k.klient("les.gry").get(handling(jp, "lesere")).status_code == 404
    assert k.klient("pol.tor").get(handling(jp, "lesere")).status_code in (403, 404)
    assert "Alle ansatte (21)" in tekst(k.klient("les.gry").get("/saker/2026/101/lesere/"))


@pytest.mark.krav("R-9.2.1.3d")
@pytest.mark.parametrize(("dager", "frist"), [(3, "05.03.2026"), (1, "03.03.2026")])
def test_the_dialog_of_xx_says_the_day_by_the_municipalitys_own_deadline(kommune_a, settings, dager, frist):
    settings.FRIST_XX = dager
    svar = kommune_a.klient("ark.eva").get(handling(kommune_a.jp(101, 1), "sperring"))
    assert f"Lederens frist for å avgjøre graderingen er {frist}." in tekst(svar)


@pytest.mark.parametrize(
    ("part", "hjemmel", "stopper"),
    [
        ("Kontrollutvalget i Fjordvik", "14", True),
        ("Vestnor revisjon IKS", "15-2", True),
        ("Felles klagenemnd", "14", True),
        ("Kommunerevisjonen", "15-1", True),
        ("Kontrollutvalget i Fjordvik", "13-fvl1", False),
        ("Revisorgruppen AS", "14", False),
    ],
)
def test_internal_hjemmel_is_refused_towards_those_who_control_the_municipality(kommune_a, part, hjemmel, stopper):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", mottakere=[Part(navn=part)])
    svar = k.klient("sb.kari").post(handling(jp, "skjerming"), _kode("U", hjemmel))
    assert (svar.status_code, "§ 16 første ledd bokstav c" in tekst(svar)) == ((422, True) if stopper else (303, False))
    felter = {"skjerming": skjerming("U", hjemmel), "mottakere": [Part(navn=part)]}
    if stopper:
        with pytest.raises(UgyldigInndata, match="bokstav c"):
            egen(k, k.sak(101), "U", "R", **felter)
    else:
        assert egen(k, k.sak(101), "U", "R", **felter).hjemmel.noekkel == hjemmel


@pytest.mark.parametrize(
    ("type_", "hjemmel", "stopper"),
    [("S", "14", True), ("S", "15-2", True), ("S", "13-fvl1", False), ("N", "14", False), ("X", "15-2", False)],
)
def test_internal_hjemmel_is_refused_on_papers_for_an_elected_body(kommune_a, type_, hjemmel, stopper):
    k = kommune_a
    jp = egen(k, k.sak(101), type_, "R")
    svar = k.klient("sb.kari").post(handling(jp, "skjerming"), _kode("U", hjemmel))
    assert (svar.status_code, "§ 16 første ledd" in tekst(svar)) == ((422, True) if stopper else (303, False))
    assert (k.jp(101, jp.journalpostnummer).tilgangskode is None) == stopper


@pytest.mark.krav("R-7.1.2")
@pytest.mark.parametrize("slag", ["notat", "xnotat"])
def test_internal_document_has_no_code_unless_one_is_chosen_with_its_hjemmel(kommune_a, slag):
    k = kommune_a
    kari, adresse = k.klient("sb.kari"), f"/journalposter/ny/{k.sak(101).pk}/{slag}/"
    skjema = kari.get(adresse).content.decode()
    assert valg_i(skjema, "tilgangskode")[0] == "Offentlig (ingen kode)"
    assert re.findall(r'<option value="[^"]+" selected>', skjema[skjema.index('name="tilgangskode"') :][:900]) == []
    u = _kode("U", "14")
    hjemler = valg_i(
        kari.get("/journalposter/skjermingsfelter/", {"tilgangskode": u["tilgangskode"]}).content.decode(), "hjemmel"
    )
    assert hjemler[:2] == ["Velg …", "Offl. § 14 første ledd"] and len(hjemler) > 5
    data = {
        "tittel": "Innspill til planen", "offentlig_tittel": "", "dokumentdato": "", "forfallsdato": "",
        "saksbehandler": "sb.kari", "interne_mottakere": ["sb.per"],
    }  # fmt: skip
    foer = k.sak(101).siste_dokumentnummer
    uten = kari.post(adresse, data | u | {"hjemmel": ""})
    assert (uten.status_code, "Hjemmel mangler." in tekst(uten)) == (422, True)
    assert k.sak(101).siste_dokumentnummer == foer
    assert kari.post(adresse, data | {"tilgangskode": ""}).status_code == 303
    assert kari.post(adresse, data | u).status_code == 303
    koder = [k.jp(101, foer + n).tilgangskode for n in (1, 2)]
    assert [kode and kode.kode for kode in koder] == [None, "U"]


def test_section_16_is_never_offered_and_section_13_always_has_its_second_reference(kommune_a):
    alle = list(Hjemmel.objects.values_list("visning", flat=True))
    assert [h for h in alle if "§ 16" in h] == []
    taushet = [h for h in alle if h.startswith("Offl. § 13")]
    assert taushet and [h for h in taushet if " jf. " not in h] == []


def test_advice_about_the_hjemmel_stands_beside_the_choice(kommune_a):
    k, jp = kommune_a, inngaaende(kommune_a, kommune_a.sak(101), "J")
    vist = tekst(k.klient("led.anne").get(handling(jp, "skjerming/visning"), _kode("U", "23-3"), headers=HTMX))
    assert "Unntaket gjelder til leverandør er valgt." in vist
    avgjoer_skjerming(jp, skjerming("U", "14"), av=k["led.anne"])
    vist = tekst(k.klient("led.anne").get(handling(jp, "skjerming")))
    assert "Dette er et brev til eller fra andre." in vist
    sett_skjerming(jp, skjerming("U", "13-fvl1"), av=k["led.anne"])
    assert "resten av dokumentet skal gis (offl. § 12)" in tekst(k.klient("led.anne").get(handling(jp, "skjerming")))
