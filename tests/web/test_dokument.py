"""Files in and out: byte for byte, only to those who may, and never run by the browser."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saksgang.demo.grunnlag import skjerming
from saksgang.lager.models import Fil
from saksgang.lager.store import lager
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import sett_skjerming
from saksgang.sakarkiv.commands.dokument import legg_ved
from saksgang.sakarkiv.models import Dokument, Dokumentversjon
from tests.lager import innhold

from .test_journalpost import handling, side, tekst

EPOST = (
    b"From: a@b.no\r\nTo: c@d.no\r\nSubject: Hei\r\nDate: Mon, 2 Mar 2026 08:00:00 +0100\r\n"
    b"MIME-Version: 1.0\r\n\r\nHei\r\n"
)
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


FILER = (
    ("notat.docx", innhold.word()),
    ("plan.pdf", innhold.pdf()),
    ("bilde.jpg", innhold.bilde("JPEG")),
    ("melding.eml", EPOST),
)


def last_opp(klient, jp, *navn_og_innhold, **ekstra):
    data = {"fil": [SimpleUploadedFile(navn, bytes_) for navn, bytes_ in navn_og_innhold]}
    return klient.post(handling(jp, "dokumenter"), data, **ekstra)


def versjon(jp, nummer):
    return Dokumentversjon.objects.select_related("fil").get(
        dokument__journalpost=jp, dokument__nummer=nummer, dokument__utgaatt_tid__isnull=True
    )


def url(versjon):
    return f"/filer/{versjon.pk}/"


def hent(klient, versjon, **soek):
    svar = klient.get(url(versjon), soek)
    innholdet = b"".join(svar.streaming_content) if svar.streaming else svar.content
    return svar, innholdet


@pytest.mark.krav("R-4.6")
def test_four_kinds_of_file_come_back_byte_for_byte(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    klient = k.klient("sb.kari")
    assert last_opp(klient, jp, *FILER).status_code == 303
    nye = Dokument.objects.filter(journalpost=jp).order_by("nummer")
    assert list(nye.values_list("nummer", "tilknytning")) == [(1, "H"), (2, "V"), (3, "V"), (4, "V")]
    for nummer, (navn, bytes_) in enumerate(FILER, 1):
        rad = versjon(jp, nummer)
        svar, tilbake = hent(klient, rad)
        assert hashlib.sha256(tilbake).hexdigest() == hashlib.sha256(bytes_).hexdigest() == rad.fil.sha256
        assert svar["Content-Type"] == rad.fil.mimetype
        assert navn in svar["Content-Disposition"]
        assert svar["ETag"] == f'"{rad.fil.sha256}"'
    ut = [hent(klient, versjon(jp, n))[0]["Content-Disposition"].partition(";")[0] for n in (1, 2, 3, 4)]
    assert ut == ["attachment", "inline", "inline", "attachment"]
    assert hent(klient, versjon(jp, 2), last_ned="")[0]["Content-Disposition"].startswith("attachment")


def test_html_and_svg_never_run_in_the_browser(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    klient = k.klient("sb.kari")
    assert last_opp(klient, jp, ("side.html", HTML), ("tegning.svg", SVG)).status_code == 303
    for nummer in (1, 2):
        svar, _ = hent(klient, versjon(jp, nummer))
        assert svar["Content-Disposition"].startswith("attachment")
        assert svar["X-Content-Type-Options"] == "nosniff"
        assert svar["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        svar = klient.get(side(jp), {"dok": nummer})
        assert "<script>alert" not in svar.content.decode()


def test_known_file_is_not_sent_again_but_is_asked_for(kommune_a):
    k, rad = kommune_a, versjon(kommune_a.jp(101, 1), 1)
    klient = k.klient("sb.kari")
    svar, _ = hent(klient, rad)
    assert (svar.status_code, svar["Cache-Control"]) == (200, "private, no-cache")
    assert klient.get(url(rad), headers={"If-None-Match": svar["ETag"]}).status_code == 304
    assert k.klient("pol.tor").get(url(rad), headers={"If-None-Match": svar["ETag"]}).status_code == 403


@pytest.mark.krav("R-C.4")
def test_file_of_a_graded_one_is_unseen_for_others_and_logged_for_those_who_may(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    rad = versjon(jp, 1)
    assert hent(k.klient("les.gry"), rad)[0].status_code == 200
    assert Hendelse.objects.filter(journalpost_id=jp.pk, handling="dokument.lese_fil").count() == 0
    sett_skjerming(jp, skjerming("U", "14"), av=k["sb.kari"])
    assert k.klient("les.gry").get(url(rad)).status_code == 404
    assert k.offentlig().get(url(rad)).status_code == 302
    assert hent(k.klient("u.arne"), rad)[0].status_code == 200
    lest = Hendelse.objects.filter(journalpost_id=jp.pk, handling="dokument.lese_fil")
    assert [h.aktoer.brukernavn for h in lest] == ["u.arne"]


def test_new_version_keeps_the_old_one_for_those_who_could_see_the_draft(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    dokument = Dokument.objects.get(journalpost=jp, nummer=1)
    gammel = versjon(jp, 1)
    assert k.klient("sb.kari").get(f"/journalposter/dokumenter/{dokument.pk}/versjoner/").status_code == 200
    ny_fil = {"fil": SimpleUploadedFile("ny.txt", b"Ny versjon\n")}
    vei = f"/journalposter/dokumenter/{dokument.pk}/versjoner/"
    assert k.klient("sb.kari").post(vei, ny_fil).status_code == 403
    ny_fil = {"fil": SimpleUploadedFile("ny.txt", b"Ny versjon\n")}
    assert k.klient("ark.eva").post(vei, ny_fil).status_code == 303
    assert list(dokument.versjoner.order_by("pk").values_list("versjonsnummer", flat=True)) == [1, 2]
    eva, gry = k.klient("ark.eva"), k.klient("les.gry")
    assert "Ny versjon" in tekst(gry.get(side(jp)))
    assert hent(eva, gammel)[1].startswith("Søknad om skjenkebevilling".encode())
    assert gry.get(url(gammel)).status_code == 404
    assert eva.get(side(jp), {"dok": 1, "versjon": gammel.pk}).status_code == 200
    assert gry.get(side(jp), {"dok": 1, "versjon": gammel.pk}).status_code == 404


def test_order_title_and_taking_off(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    klient = k.klient("sb.kari")
    last_opp(klient, jp, *[(f"{n}.txt", n.encode()) for n in ("en", "to", "tre")])

    def titler():
        rader = Dokument.objects.filter(journalpost=jp, utgaatt_tid__isnull=True).order_by("nummer")
        return list(rader.values_list("tittel", "tilknytning"))

    en, to, tre = Dokument.objects.filter(journalpost=jp).order_by("nummer")
    assert klient.post(handling(jp, "dokumenter/rekkefoelge"), {"opp": tre.pk}).status_code == 303
    assert titler() == [(jp.tittel, "H"), ("tre", "V"), ("to", "V")]
    alle = {"rekkefoelge": [to.pk, en.pk, tre.pk]}
    assert klient.post(handling(jp, "dokumenter/rekkefoelge"), alle).status_code == 303
    assert titler() == [("to", "H"), (jp.tittel, "V"), ("tre", "V")]
    assert klient.post(handling(jp, "dokumenter/rekkefoelge"), {"rekkefoelge": [to.pk]}).status_code == 422
    vei = f"/journalposter/dokumenter/{to.pk}"
    assert klient.post(f"{vei}/tittel/", {"tittel": "Kart over området"}).status_code == 303
    assert klient.post(f"{vei}/avtak/", {"begrunnelse": ""}).status_code == 422
    assert klient.post(f"{vei}/avtak/", {"begrunnelse": "Feil fil"}).status_code == 303
    assert titler() == [(jp.tittel, "H"), ("tre", "V")]
    assert klient.post(f"{vei}/tittel/", {"tittel": "x"}).status_code == 404
    assert Dokument.objects.filter(pk=to.pk).count() == 1
    assert k.klient("sb.ola").post(handling(jp, "dokumenter/rekkefoelge"), alle).status_code == 404


@pytest.mark.krav("R-6.2.F")
def test_documents_are_locked_from_f(kommune_a):
    k, jp = kommune_a, kommune_a.jp(102, 1)
    rad = Dokument.objects.get(journalpost=jp)
    klient = k.klient("sb.per")
    svar = last_opp(klient, jp, ("ny.txt", b"ny\n"))
    assert (svar.status_code, "ferdigstilt og låst" in tekst(svar)) == (409, True)
    vei = f"/journalposter/dokumenter/{rad.pk}/versjoner/"
    assert klient.post(vei, {"fil": SimpleUploadedFile("ny.txt", b"ny\n")}).status_code == 409
    assert (Dokument.objects.filter(journalpost=jp).count(), rad.versjoner.count()) == (1, 1)


def test_dangerous_and_wrong_files_are_refused_with_a_sentence_and_leave_nothing(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    klient = k.klient("sb.kari")
    antall, paa_disk = Fil.objects.count(), len(list(lager().alle()))
    for navn, bytes_, setning in (
        ("installer.exe", b"MZ", "tas ikke imot"),
        ("brev.pdf", innhold.bilde("PNG"), "innholdet er PNG"),
        ("tom.txt", b"", "er tom"),
    ):
        svar = last_opp(klient, jp, (navn, bytes_), headers={"Accept": "application/json"})
        assert svar.status_code == 409, navn
        assert setning in " ".join(svar.json()["feil"])
    assert (Fil.objects.count(), len(list(lager().alle()))) == (antall, paa_disk)
    svar = last_opp(klient, jp, ("god.txt", b"god\n"), ("installer.exe", b"MZ"))
    assert (svar.status_code, "«installer.exe»" in tekst(svar)) == (409, True)
    assert list(Dokument.objects.filter(journalpost=jp).values_list("tittel", flat=True)) == [jp.tittel]


def test_previews_are_in_the_page(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    for navn, bytes_ in [*FILER, ("latin.txt", "Blåbær\n".encode("cp1252"))]:
        lagret = last_opp(k.klient("sb.kari"), jp, (navn, bytes_))
        assert lagret.status_code == 303
    klient = k.klient("sb.kari")
    ventet = {1: 'class="ark stabel"', 2: "<iframe", 3: "<img", 5: "Blåbær"}
    for nummer, ordet in ventet.items():
        html = klient.get(side(jp), {"dok": nummer}).content.decode()
        assert (nummer, ordet in html, url(versjon(jp, nummer)) in html) == (nummer, True, True)


def test_reader_without_rights_is_not_offered_upload(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 1)
    for hvem, status in (("sb.ola", 403), ("les.gry", 403)):
        assert k.klient(hvem).get(handling(jp, "dokumenter")).status_code == status
        assert last_opp(k.klient(hvem), jp, ("x.txt", b"x\n")).status_code == status
    legg_ved(jp, Fil.objects.order_by("pk").first(), filnavn="x.txt", av=k["ark.eva"])
    assert "Dokumentene er låst med status J" in tekst(k.klient("sb.kari").get(handling(jp, "dokumenter")))


@pytest.mark.krav("R-10.2.2.4a")
def test_attachment_is_linked_and_made_from_a_template_in_the_page(kommune_a):
    k, jp = kommune_a, kommune_a.jp(101, 4)
    klient = k.klient("sb.kari")
    last_opp(klient, jp, ("brev.txt", b"Brev"))
    soeknad = Dokument.objects.get(journalpost=k.jp(101, 1))
    side_ = tekst(klient.get(handling(jp, "dokumenter/lenking"), {"q": "2026/101-1"}))
    assert "Søknad om skjenkebevilling" in side_
    assert klient.post(handling(jp, "dokumenter/lenking"), {"dokument": soeknad.pk}).status_code == 303
    svar = klient.post(handling(jp, "dokumenter/lenking"), {"dokument": soeknad.pk})
    assert (svar.status_code, "allerede" in tekst(svar)) == (409, True)
    assert klient.post(handling(jp, "dokumenter/lenking"), {"dokument": 0}).status_code == 404
    assert klient.post(handling(jp, "dokumenter/lenking"), {}).status_code == 422
    mal = klient.get(handling(jp, "dokumenter/mal")).context["skjema"].fields["mal"].choices[0][0]
    svar = klient.post(handling(jp, "dokumenter/mal"), {"mal": mal, "tittel": "Følgeskriv"})
    assert svar.status_code == 303
    nye = Dokument.objects.filter(journalpost=jp).order_by("nummer")
    assert list(nye.values_list("nummer", "kilde", "tilknytning"))[1:] == [(2, "L", "V"), (3, "M", "V")]
    side_ = tekst(klient.get(handling(jp, "dokumenter")))
    assert "Lenket fra 2026/101-1" in side_
    assert "Følgeskriv" in side_
