"""Whole letters in the formats that a municipality gets, in through the registration and out again byte for byte."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from saksgang.lager.models import Fil
from saksgang.lager.rules import ODF, OOXML
from saksgang.lager.store import lager
from saksgang.sakarkiv.models import Journalpost
from tests.jobber import kontroller_alle
from tests.lager import brev, innhold

from .test_journalpost import tekst
from .test_journalpost_ny import brev as felter
from .test_journalpost_ny import ny, siste

POST = [
    ("Søknad om skjenkebevilling.docx", brev.docx_, "fmt/412", f"{OOXML}.wordprocessingml.document"),
    ("Søknad.odt", brev.odt, "fmt/1756", f"{ODF}.text"),
    ("Søknad.pdf", brev.pdf, "fmt/276", "application/pdf"),
    ("Søknad arkivert.pdf", brev.pdfa, "fmt/477", "application/pdf"),
    ("Søknad på e-post.eml", brev.eml, "fmt/278", "message/rfc822"),
    ("Uteplassen.jpg", brev.foto, "x-fmt/391", "image/jpeg"),
    ("Tegning.png", lambda: brev.bilde("PNG"), "fmt/11", "image/png"),
    ("Skannet brev.tif", brev.skannet, "fmt/353", "image/tiff"),
    ("Budsjett.xlsx", brev.xlsx, "fmt/214", f"{OOXML}.spreadsheetml.sheet"),
]


def sha256(bytes_: bytes) -> str:
    return hashlib.sha256(bytes_).hexdigest()


def hent(klient, vei: str) -> tuple[int, str, str]:
    svar = klient.get(vei)
    innholdet = b"".join(svar.streaming_content) if svar.streaming else b""
    return svar.status_code, svar["Content-Type"], sha256(innholdet)


@pytest.mark.krav("R-4.6")
def test_post_in_every_usual_format_comes_back_byte_for_byte_with_its_format(kommune_a):
    k = kommune_a
    post = [(navn, lag(), puid, mimetype) for navn, lag, puid, mimetype in POST]
    filer = [SimpleUploadedFile(navn, bytes_) for navn, bytes_, *_ in post]
    svar = k.klient("ark.eva").post(ny(k, "inngaaende"), felter(k) | {"fil": filer})
    jp = siste()
    assert (svar.status_code, jp.status, jp.dokumenter.count()) == (303, "J", len(post))
    kontroller_alle()
    kari, publikum = k.klient("sb.kari"), k.offentlig()
    for dokument, (navn, bytes_, puid, mimetype) in zip(jp.dokumenter.order_by("nummer"), post, strict=True):
        versjon = dokument.versjoner.select_related("fil").get()
        assert (versjon.filnavn, versjon.fil.format, versjon.fil.mimetype, versjon.fil.stoerrelse) == (
            navn,
            puid,
            mimetype,
            len(bytes_),
        )
        ventet, er_bilde = (200, mimetype, sha256(bytes_)), mimetype.startswith("image/")
        assert hent(kari, f"/filer/{versjon.pk}/") == ventet, navn
        hos_publikum = hent(publikum, f"/innsyn/fil/2026/101/{jp.journalpostnummer}/{dokument.nummer}/")
        # Of a PDF and an Office file the public gets the archive copy alone, which a job makes; of a picture a copy
        # without what tells of its maker.
        assert (hos_publikum[:2] if er_bilde else hos_publikum[0]) == (ventet[:2] if er_bilde else 404), navn
        assert versjon.fil.sha256 == sha256(bytes_)
        side = kari.get(f"/saker/2026/101/{jp.journalpostnummer}/", {"dok": dokument.nummer})
        assert (side.status_code, navn in side.content.decode()) == (200, True), navn


@pytest.mark.krav("R-4.6")
@pytest.mark.parametrize(
    ("navn", "lag", "setning"),
    [
        ("faktura.exe", lambda: innhold.WINDOWS_PROGRAM, "Filen «faktura.exe» er en .exe-fil og tas ikke imot."),
        ("søknad.docm", brev.docm, "Filen «søknad.docm» er en .docm-fil og tas ikke imot."),
        ("søknad.docx", brev.docm, "Filen «søknad.docx» er et dokument med makroer og tas ikke imot."),
        ("søknad.pdf", lambda: innhold.WINDOWS_PROGRAM, "Filen «søknad.pdf» er et Windows-program og tas ikke imot."),
        ("søknad.pdf", brev.docx_, "Filen heter «søknad.pdf», men innholdet er Word (DOCX)."),
        ("søknad.docx", brev.pdf, "Filen heter «søknad.docx», men innholdet er PDF 1.7."),
        ("uteplassen.jpg", brev.odt, "Filen heter «uteplassen.jpg», men innholdet er OpenDocument tekst 1.3."),
    ],
)
def test_registration_with_a_file_that_may_not_come_in_says_why_and_keeps_nothing(kommune_a, navn, lag, setning):
    k = kommune_a
    foer = (Journalpost.objects.count(), Fil.objects.count(), len(list(lager().alle())))
    filer = [SimpleUploadedFile("brev.pdf", brev.pdf()), SimpleUploadedFile(navn, lag())]
    svar = k.klient("ark.eva").post(ny(k, "inngaaende"), felter(k) | {"fil": filer})
    assert (svar.status_code, setning in tekst(svar)) == (409, True), tekst(svar)
    assert 'value="Naboen AS"' in svar.content.decode()
    assert (Journalpost.objects.count(), Fil.objects.count()) == foer[:2]
