"""The writing page: the letter beside, the text with its frame, the facts, and what is written off when it is done."""

import html
import re

import pytest

from saksgang.flyt.commands import send_til_godkjenning
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import begynn_svar, ferdigstill, sjekk_ut, skriv_ren_tekst
from saksgang.produksjon.models import Tekst, Tekstmal
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.models import Journalpost, Svarlenke
from tests.produksjon import docx
from tests.produksjon.test_skriving import KROA, mal
from tests.tilstand import egen, inngaaende, kodet
from tests.web.test_journalpost import HTMX, handling, menyvalg, side, tekst
from tests.web.test_journalpost_ny import UTEN_KODE, fil, ny, siste

JSON = {"Accept": "application/json"}


def skriving(jp, resten=""):
    return f"/journalposter/{jp.pk}/skriving/{resten}"


def tekst_url(jp):
    return f"/journalposter/dokumenter/{jp.dokumenter.first().pk}/tekst/"


def svaret(k, nr=1, maate="E", hvem="sb.kari"):
    return begynn_svar(k.jp(101, nr), maate, av=k[hvem])


def tekstrad(jp):
    return Tekst.objects.get(dokument__journalpost=jp)


def felt(svar):
    """What stands in the plain field."""
    return html.unescape(re.search(r'name="ren_tekst"[^>]*>(.*?)</textarea>', svar.content.decode(), re.DOTALL)[1])


def utgave(svar):
    return re.search(r'name="utgave" value="(\d+)"', svar.content.decode())[1]


# ── The page ─────────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.1", "R-10.2.2.2a")
def test_page_has_the_letter_beside_the_text_and_says_what_will_be_written_off(kommune_a):
    k = kommune_a
    svar = svaret(k, 2)
    ord_ = tekst(k.klient("sb.kari").get(skriving(svar)))
    assert "Du svarer på Forfaller om 3 dager I Inngående 2026/101-2 fra Kroa AS" in ord_
    assert "Supplerende opplysninger til søknad om skjenkebevilling Til Fjordvik kommune" in ord_
    assert "Når brevet er ferdig -2 avskrives (BU besvart med utgående)" in ord_
    assert "Avskriv også -1 Søknad om skjenkebevilling, frist 16.03" in ord_
    assert "Vår ref. 2026/101-6" in ord_
    assert [ord_.rfind(knapp) > 0 for knapp in ("Send til godkjenning", "Ferdigstill og ekspeder")] == [True, True]


@pytest.mark.krav("R-10.2.2.2b", "R-10.2.2.2c")
@pytest.mark.parametrize(
    ("maate", "foelge"), [("F", "blir i Restanse, merket «Foreløpig svar sendt»"), ("U", "-1 blir i Restanse")]
)
def test_page_says_that_the_letter_stays(kommune_a, maate, foelge):
    k = kommune_a
    assert foelge in tekst(k.klient("sb.kari").get(skriving(svaret(k, maate=maate))))


@pytest.mark.krav("R-7.2.2")
def test_opening_a_graded_letter_beside_the_answer_is_logged(kommune_a):
    k = kommune_a
    brev = kodet(k, inngaaende(k, k.sak(101), "J"), "U")
    svar = begynn_svar(brev, "E", av=k["sb.kari"])

    def lest():
        return Hendelse.objects.filter(handling="journalpost.lese", objekt_id=brev.pk, aktoer=k["sb.kari"]).count()

    foer = lest()
    assert k.klient("sb.kari").get(skriving(svar)).status_code == 200
    assert lest() == foer + 1


@pytest.mark.parametrize(("hvem", "status"), [("sb.ola", 404), ("les.gry", 404), ("ark.eva", 403), ("led.anne", 200)])
def test_page_is_for_those_who_write_the_document(kommune_a, hvem, status):
    k = kommune_a
    svar, klient = svaret(k), k.klient(hvem)
    foer = tekstrad(svar)
    assert klient.get(skriving(svar)).status_code == status
    sendt = klient.post(tekst_url(svar), {"ren_tekst": "Innbrudd", "utgave": foer.utgave})
    assert sendt.status_code == (303 if status == 200 else status)
    assert (tekstrad(svar).brodtekst == foer.brodtekst) is (status != 200)


def test_page_is_not_for_what_is_received_nor_for_what_is_finished(kommune_a):
    k = kommune_a
    klient, svar = k.klient("sb.kari"), svaret(k)
    assert klient.get(skriving(k.jp(101, 1))).status_code == 409
    ferdigstill(svar, offentlighet_vurdert=True, av=k["sb.kari"])
    videre = klient.get(skriving(svar))
    assert (videre.status_code, videre["Location"]) == (303, side(svar))
    sendt = klient.post(tekst_url(svar), {"ren_tekst": "Etterpå", "utgave": tekstrad(svar).utgave})
    assert (sendt.status_code, "Etterpå" in tekstrad(svar).brodtekst) == (409, False)
    assert "Etterpå" in sendt.content.decode()


# ── The text ─────────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.3b")
def test_text_is_written_kept_and_merged_anew_around_new_facts(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    fra = klient.get(skriving(jp))
    skrevet = "Takk for søknaden.\n\n- Kart\n- **Tegning**"
    svar = klient.post(tekst_url(jp), {"ren_tekst": skrevet, "utgave": utgave(fra)}, follow=True)
    assert felt(svar) == skrevet
    videre = "Teksten er skrevet videre etter versjon 1. Rediger tekst"
    assert videre in tekst(klient.get(side(jp)))
    assert "Flett på nytt" not in tekst(svar)
    politiet = {**vars(KROA), "navn": "Politiet i Fjordvik", "adresse": "Kaiveien 2"}
    rediger_journalpost(jp, parter=[type(KROA)(**politiet)], av=k["sb.kari"])
    svar = klient.get(skriving(jp))
    assert "Flett på nytt" in tekst(svar)
    dokument = jp.dokumenter.get()
    assert "Kaiveien 2" not in docx.tekst(dokument)
    videre = klient.post(f"/journalposter/dokumenter/{dokument.pk}/fletting/")
    assert (videre.status_code, videre["Location"]) == (303, skriving(jp, "?dok=1"))
    linjer = docx.tekst(dokument)
    assert [linje in linjer for linje in ("Kaiveien 2", "Storgata 14", "Takk for søknaden.", "Tegning")] == [
        True, False, True, True,
    ]  # fmt: skip
    assert "2026/101-6" in "\n".join(linjer)
    assert "Kari Lunde" in "\n".join(linjer)
    assert "skrevet videre" not in tekst(klient.get(side(jp)))


def test_autosave_answers_with_the_edition_and_cleans_what_it_gets(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    stygt = '<p onclick="x()">Hei <b>der</b><script>alert(1)</script><img src=x onerror=alert(1)></p>'
    svar = klient.post(tekst_url(jp), {"brodtekst": stygt, "utgave": tekstrad(jp).utgave}, headers=JSON)
    assert (svar.status_code, svar.json()) == (200, {"utgave": 2, "lagret": "09.00"})
    assert tekstrad(jp).brodtekst == "<p>Hei <strong>der</strong></p>"
    assert "<p>Hei <strong>der</strong></p>" in klient.get(skriving(jp)).content.decode()


def test_text_saved_by_somebody_else_meanwhile_is_refused_and_nothing_typed_is_lost(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    gammel = utgave(klient.get(skriving(jp)))
    skriv_ren_tekst(jp.dokumenter.get(), "Lederens tekst", utgave=int(gammel), av=k["led.anne"])
    for _ in range(2):
        svar = klient.post(tekst_url(jp), {"ren_tekst": "Min tekst <b>", "utgave": gammel})
        assert (svar.status_code, felt(svar), utgave(svar)) == (409, "Min tekst <b>", gammel)
        assert "Anne Hauge lagret teksten 02.03.2026 kl. 09.00" in tekst(svar)
    svar = klient.post(tekst_url(jp), {"brodtekst": "<p>Min</p>", "utgave": gammel}, headers=JSON)
    assert (svar.status_code, "Anne Hauge lagret" in svar.json()["feil"][0]) == (409, True)
    assert tekstrad(jp).brodtekst == "<p>Lederens tekst</p>"


@pytest.mark.krav("R-8.5", "R-10.2.2.6a")
def test_text_is_locked_for_its_writer_and_open_to_the_approver_while_it_is_with_him(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    foer = utgave(klient.get(skriving(jp)))
    runde = send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    siden = klient.get(skriving(jp))
    assert "Dokumentet er til godkjenning hos Anne Hauge. Teksten er låst for deg til du får svar." in tekst(siden)
    assert 'name="ren_tekst"' not in siden.content.decode()
    svar = klient.post(tekst_url(jp), {"ren_tekst": "For sent", "utgave": foer})
    assert svar.status_code == 409
    assert re.search(r"<textarea[^>]*readonly>For sent</textarea>", svar.content.decode())
    assert "Rediger tekst" not in menyvalg(klient.get(side(jp)))
    assert [ord_ in tekst(siden) for ord_ in ("Ferdigstill", "Avskriv også")] == [False, False]
    anne = k.klient("led.anne")
    assert skriving(jp) in anne.get(f"/godkjenning/{runde.pk}/").content.decode()
    svar = anne.post(tekst_url(jp), {"ren_tekst": "Lederens ord", "utgave": utgave(anne.get(skriving(jp)))})
    assert (svar.status_code, tekstrad(jp).brodtekst) == (303, "<p>Lederens ord</p>")
    assert f'href="/godkjenning/{runde.pk}/"' in anne.get(skriving(jp)).content.decode()


# ── The template ─────────────────────────────────────────


@pytest.mark.krav("R-10.2.2.3b")
def test_template_is_chosen_from_those_for_the_type(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[])
    siden = klient.get(skriving(jp))
    valg = re.findall(r'name="mal" id="mal-(\d+)"', siden.content.decode())
    assert {int(pk) for pk in valg} == set(Tekstmal.objects.filter(typer=["U"]).values_list("pk", flat=True))
    assert int(valg[0]) == mal("brev").pk
    assert [klient.post(skriving(jp), {"mal": m}).status_code for m in ("", "tull", mal("notat-n").pk)] == [
        422, 422, 404,
    ]  # fmt: skip
    assert klient.post(skriving(jp), {"mal": mal("brev", "nn").pk}).status_code == 303
    assert tekstrad(jp).malversjon.mal.spraak == "nn"
    klient.post(tekst_url(jp), {"ren_tekst": "Teksten min", "utgave": 1})
    assert klient.post(skriving(jp), {"mal": mal("foreloepig-svar").pk}).status_code == 303
    rad = tekstrad(jp)
    assert (rad.malversjon.mal.kode, rad.brodtekst) == ("foreloepig-svar", "<p>Teksten min</p>")


@pytest.mark.krav("R-10.2.2.3b")
def test_documents_made_from_a_template_are_edited_and_merged_from_the_list_of_documents(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    assert "Rediger tekst" in menyvalg(klient.get(side(jp)))
    listen = klient.get(handling(jp, "dokumenter")).content.decode()
    assert skriving(jp, "?dok=1") in listen
    flett = re.search(r'formaction="([^"]+)"[^>]*aria-label="Flett på nytt', listen)[1]
    assert klient.post(flett).status_code == 409  # nothing has changed
    rediger_journalpost(jp, tittel="Svar på søknad om skjenkebevilling", av=k["sb.kari"])
    videre = klient.post(flett)
    assert (videre.status_code, videre["Location"]) == (303, handling(jp, "dokumenter"))
    assert "Svar på søknad om skjenkebevilling" in "\n".join(docx.tekst(jp.dokumenter.get()))
    opplastet = egen(k, k.sak(101), "U", "R")
    assert "Rediger tekst:" not in klient.get(handling(opplastet, "dokumenter")).content.decode()
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert "Rediger tekst" not in menyvalg(klient.get(side(jp)))


def test_draft_is_downloaded_as_it_would_be_and_stored_nowhere(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    klient.post(tekst_url(jp), {"ren_tekst": "Utkastets ord", "utgave": 1})
    dokument = jp.dokumenter.get()
    svar = klient.get(f"/journalposter/dokumenter/{dokument.pk}/utkast/")
    assert "Utkastets ord" in docx.linjer(b"".join(svar.streaming_content))
    assert svar["Content-Disposition"].endswith(".docx")
    assert dokument.versjoner.count() == 1
    assert k.klient("les.gry").get(f"/journalposter/dokumenter/{dokument.pk}/utkast/").status_code == 404


# ── Title, and what it answers ───────────────────────────


def test_title_is_changed_where_one_writes_and_held_to_its_rules(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    svar = klient.post(skriving(jp, "tittel/"), {"tittel": "Svar om skjenking"}, headers=HTMX)
    assert (svar.status_code, "Tittelen er lagret." in tekst(svar)) == (200, True)
    assert re.search(r'id="brevhode" hx-swap-oob="true".*Svar om skjenking', svar.content.decode(), re.DOTALL)
    svar = klient.post(skriving(jp, "tittel/"), {"tittel": ""}, headers=HTMX)
    assert (svar.status_code, "Fyll ut «Tittel»." in tekst(svar)) == (422, True)
    jp.refresh_from_db()
    assert (jp.tittel, jp.dokumenter.get().tittel) == ("Svar om skjenking", "Svar om skjenking")


@pytest.mark.krav("R-10.2.2.2a")
def test_one_more_letter_is_taken_along_and_left_out_again(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k, 2)
    data = {"besvart": k.jp(101, 1).pk}
    svar = klient.post(skriving(jp, "svar/"), data, headers=HTMX)
    assert "-1 avskrives (BU besvart med utgående)" in tekst(svar)
    assert Svarlenke.objects.filter(opphevet_tid=None).count() == 2
    assert klient.post(skriving(jp, "svar/"), data).status_code == 303
    assert [x.besvart for x in Svarlenke.objects.filter(opphevet_tid=None)] == [k.jp(101, 2)]
    assert klient.post(skriving(jp, "svar/"), {"besvart": "x"}).status_code == 422
    assert klient.post(skriving(jp, "svar/"), {"besvart": k.jp(102, 1).pk}).status_code in (409, 422)


@pytest.mark.krav("A-14")
def test_preliminary_answer_brings_a_new_svarfrist(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k, maate="F")
    adresse = f"/journalposter/svarlenker/{Svarlenke.objects.get().pk}/svarfrist/"
    assert klient.post(adresse, {"ny_svarfrist": "tull"}).status_code == 422
    assert klient.post(adresse, {"ny_svarfrist": "2026-04-13"}).status_code == 303
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert str(k.jp(101, 1).forfallsdato) == "2026-04-13"


@pytest.mark.krav("R-10.2.2.3a", "R-10.2.2.7")
def test_answer_inherits_grading_and_its_copy_is_delivered_when_it_is_finished(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    brev = kodet(k, inngaaende(k, k.sak(101), "J"), "U")
    klient.post(handling(brev, "besvarelse/endelig"))
    jp = siste()
    assert (jp.tilgangskode.kode, jp.tilgangsgruppe_id) == ("U", brev.tilgangsgruppe_id)
    assert "U" in tekst(klient.get(skriving(jp)))
    assert klient.post(handling(jp, "kopier"), {"mottakere": []}).status_code == 422
    assert klient.post(handling(jp, "kopier"), {"mottakere": ["sb.ola"]}).status_code == 303
    assert "Intern kopi Legg til intern kopi Ola" in tekst(klient.get(skriving(jp)))
    assert [(kopi.bruker, kopi.levert) for kopi in jp.kopier.all()] == [(k["sb.ola"], False)]
    klient.post(handling(jp, "ferdigstilling"), {"offentlighet_vurdert": "on"})
    assert [(kopi.bruker, kopi.levert) for kopi in jp.kopier.all()] == [(k["sb.ola"], True)]


# ── Registered from a template ───────────────────────────

TYPER = [
    ("utgaaende", "brev", {"part-0-navn": "Kroa AS", "part-0-adresse": "Storgata 14"}, "Storgata 14"),
    ("notat", "notat-n", {"interne_mottakere": ["sb.per"]}, "Per Dahl"),
    ("xnotat", "notat-x", {"interne_mottakere": ["sb.per"]}, "Per Dahl"),
]


def _ny_sak(k):
    sak = k.sak(101)
    klasse = sak.klasseringer.get().klasse
    return opprett_sak("Uteservering på Kaien", arkivdel=sak.arkivdel, klasser=[klasse], av=k["sb.kari"])


@pytest.mark.krav("R-10.2.2.3a", "R-10.2.2.3b", "R-10.3.1.4", "R-10.3.2.5", "R-10.6.1.4", "R-10.6.2.5")
@pytest.mark.parametrize("ny_sak", [True, False])
@pytest.mark.parametrize(("slag", "kode", "felter", "adressat"), TYPER)
def test_own_document_is_registered_with_its_template_and_facts(kommune_a, slag, kode, felter, adressat, ny_sak):
    k = kommune_a
    if ny_sak:
        hvem, kopi, sak = "sb.kari", "sb.ola", _ny_sak(k)
    else:  # by one who has been given the right to write in the case, and nothing more
        hvem, kopi, sak = "sb.ola", "sb.kari", k.sak(101)
        assert k.klient(hvem).get(ny(k, slag)).status_code == 403
        gi_rettighet(sak, k[hvem], "skrive", av=k["sb.kari"])
    klient, adresse = k.klient(hvem), ny(k, slag, sak.sekvens)
    skjema = klient.get(adresse).content.decode()
    forvalgt = re.search(r'<select[^>]*name="mal".*?<option value="(\d+)" selected', skjema, re.DOTALL)
    assert int(forvalgt[1]) == mal(kode).pk
    data = {"tittel": "Uteservering ved Kroa", **UTEN_KODE, **felter, "mal": forvalgt[1], "kopier": [kopi]}
    svar = klient.post(adresse, data)
    jp = siste()
    assert (svar.status_code, svar["Location"], jp.sak_id) == (303, skriving(jp), sak.pk)
    linjer = "\n".join(docx.tekst(jp.dokumenter.get()))
    assert [o for o in (adressat, str(jp), k[hvem].navn, "Uteservering ved Kroa") if o not in linjer] == []
    assert [(rad.bruker, rad.levert) for rad in jp.kopier.all()] == [(k[kopi], False)]
    # The facts change, the text is kept.
    klient.post(tekst_url(jp), {"ren_tekst": "Teksten min", "utgave": 1})
    rediger_journalpost(jp, tittel="Uteservering på Kaien", av=k[hvem])
    dokument = jp.dokumenter.get()
    assert klient.post(f"/journalposter/dokumenter/{dokument.pk}/fletting/").status_code == 303
    linjer = docx.tekst(dokument)
    assert ("Teksten min" in linjer, "Uteservering på Kaien" in linjer, "Uteservering ved Kroa" in linjer) == (
        True, True, False,
    )  # fmt: skip


def test_files_sent_with_a_template_are_attachments_and_the_first_of_them_the_document_without_one(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    data = {"tittel": "Svar om lys", "part-0-navn": "Kroa AS", **UTEN_KODE}
    klient.post(ny(k, "utgaaende"), data | {"mal": mal("brev").pk, "fil": fil("kart.txt")})
    rader = [(d.tilknytning, d.kilde, d.tittel) for d in siste().dokumenter.order_by("nummer")]
    assert rader == [("H", "M", "Svar om lys"), ("V", "O", "kart")]
    svar = klient.post(ny(k, "utgaaende"), data | {"mal": "", "fil": fil("svar.txt")})
    assert svar["Location"] == side(siste())
    assert [(d.tilknytning, d.kilde) for d in siste().dokumenter.all()] == [("H", "O")]


def test_template_of_another_type_is_refused_in_the_form_and_nothing_is_made(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    antall = Journalpost.objects.count()
    data = {"tittel": "Svar om lys", "part-0-navn": "Kroa AS", **UTEN_KODE, "mal": mal("notat-n").pk}
    assert klient.post(ny(k, "utgaaende"), data).status_code == 422
    assert Journalpost.objects.count() == antall
    assert 'name="mal"' not in k.klient("ark.eva").get(ny(k, "inngaaende")).content.decode()


@pytest.mark.krav("R-10.2.2.2d", "R-10.2.2.2e", "R-10.2.2.3b")
@pytest.mark.parametrize("type_", ["N", "X"])
def test_note_is_answered_in_the_page(kommune_a, type_):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    til_kari = {"av": k["sb.per"], "interne_mottakere": [k["sb.kari"]]}
    notat = k.jp(102, 1) if type_ == "N" else egen(k, k.sak(102), "X", "F", **til_kari)
    klient.post(handling(notat, "besvarelse/notat"), {"journalposttype": "X"})
    svar = siste()
    ord_ = tekst(klient.get(skriving(svar)))
    assert ("avskrives (NN besvart med notat)" if type_ == "N" else "går ut av Innboks") in ord_
    klient.post(tekst_url(svar), {"ren_tekst": "Vi har ingen merknader.", "utgave": tekstrad(svar).utgave})
    klient.post(handling(svar, "ferdigstilling"), {"offentlighet_vurdert": "on"})
    assert "Vi har ingen merknader." in docx.tekst(svar.dokumenter.get())
    rad = k.mottaker(notat, "sb.kari")
    assert (rad.avskrivning.maate.kode if rad.avskrivning else None) == ("NN" if type_ == "N" else None)
    assert rad.sett_tid is not None or type_ == "N"


def test_text_of_a_document_that_is_checked_out_is_locked_and_nothing_typed_is_lost(kommune_a):
    k, klient = kommune_a, kommune_a.klient("sb.kari")
    jp = svaret(k)
    foer = utgave(klient.get(skriving(jp)))
    sjekk_ut(jp.dokumenter.get(), av=k["led.anne"])
    siden = klient.get(skriving(jp))
    assert ("Anne Hauge" in tekst(siden), 'name="ren_tekst"' in siden.content.decode()) == (True, False)
    svar = klient.post(tekst_url(jp), {"ren_tekst": "For sent", "utgave": foer})
    assert svar.status_code == 409
    assert re.search(r"<textarea[^>]*readonly>For sent</textarea>", svar.content.decode())
    assert klient.post(skriving(jp), {"mal": mal("foreloepig-svar").pk}).status_code == 409
    assert "For sent" not in tekstrad(jp).brodtekst
