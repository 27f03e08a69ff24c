import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from saksgang.kjerne.errors import Avvist, IkkeFunnet
from saksgang.lager import queries, rules
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.lager.store import lager

from . import innhold

pytestmark = [pytest.mark.django_db, pytest.mark.krav("R-4.6")]

KJENTE = [
    ("fmt/18", "application/pdf", "brev.pdf", innhold.pdf()),
    ("fmt/276", "application/pdf", "brev.pdf", innhold.pdf("1.7")),
    ("fmt/477", "application/pdf", "brev.pdf", innhold.pdfa()),
    ("fmt/354", "application/pdf", "brev.pdf", innhold.pdfa("1", "B")),
    ("fmt/1910", "application/pdf", "brev.pdf", innhold.pdfa("4", "")),
    ("fmt/412", f"{rules.OOXML}.wordprocessingml.document", "Brev.DOCX", innhold.word()),
    ("fmt/214", f"{rules.OOXML}.spreadsheetml.sheet", "tall.xlsx", innhold.excel()),
    ("fmt/1756", f"{rules.ODF}.text", "brev.odt", innhold.odf()),
    ("fmt/291", f"{rules.ODF}.text", "brev.odt", innhold.odf(versjon="1.2")),
    ("fmt/1755", f"{rules.ODF}.spreadsheet", "tall.ods", innhold.odf("spreadsheet")),
    ("fmt/43", "image/jpeg", "bilde.jpg", innhold.bilde("JPEG")),
    ("fmt/11", "image/png", "bilde.png", innhold.bilde("PNG")),
    ("fmt/353", "image/tiff", "bilde.tif", innhold.bilde("TIFF")),
    ("fmt/4", "image/gif", "bilde.gif", innhold.bilde("GIF").replace(b"GIF87a", b"GIF89a")),
    ("fmt/116", "image/bmp", "bilde.bmp", innhold.bilde("BMP")),
    ("fmt/40", "application/msword", "brev.doc", innhold.ole("WordDocument", "1Table")),
    ("fmt/61", "application/vnd.ms-excel", "tall.xls", innhold.ole("Workbook")),
    (
        "x-fmt/430",
        "application/vnd.ms-outlook",
        "post.msg",
        innhold.ole("__properties_version1.0", "__nameid_version1.0"),
    ),
    ("fmt/278", "message/rfc822", "post.eml", innhold.EPOST),
    ("fmt/45", "application/rtf", "brev.rtf", b"{\\rtf1\\ansi Hei}"),
    ("fmt/45", "application/rtf", "brev.doc", b"{\\rtf1\\ansi Hallo}"),
    ("x-fmt/111", "text/plain", "notat.txt", "Søknad om støtte\n".encode()),
    ("x-fmt/111", "text/plain", "notat.txt", "Søknad om støtte\n".encode("latin-1")),
    ("x-fmt/111", "text/plain", "notat.txt", "Søknad om støtte\n".encode("utf-16")),
    ("x-fmt/18", "text/csv", "liste.csv", b"a;b\n1;2\n"),
    ("fmt/96", "text/html", "side.html", b"<!DOCTYPE html><html></html>"),
    ("fmt/101", "application/xml", "data.xml", b'<?xml version="1.0"?><a/>'),
    ("fmt/101", "application/xml", "data.xml", b"<addml>\n</addml>"),
    ("x-fmt/111", "text/plain", "notat.txt", b"<addml>\n</addml>"),
    ("fmt/134", "audio/mpeg", "opptak.mp3", b"ID3\x04\0\0\0\0\0\0\xff\xfb"),
    ("fmt/6", "audio/x-wav", "opptak.wav", b"RIFF\x24\0\0\0WAVEfmt "),
    ("fmt/199", "video/mp4", "film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0"),
    ("x-fmt/263", "application/zip", "pakke.zip", innhold.zip_(a="b")),
    ("x-fmt/111", "text/plain", "uten endelse", b"Hei"),
]


@pytest.mark.parametrize(("puid", "mimetype", "navn", "bytes_"), KJENTE, ids=[f"{k[0]} {k[2]}" for k in KJENTE])
def test_lagre_fil_keeps_the_bytes_and_says_the_format(puid, mimetype, navn, bytes_):
    fil = lagre_fil(bytes_, filnavn=navn)
    assert (fil.format, fil.mimetype, fil.stoerrelse) == (puid, mimetype, len(bytes_))
    assert fil.sha256 == hashlib.sha256(bytes_).hexdigest()
    assert queries.innhold(fil) == bytes_
    assert queries.hent(fil.sha256) == fil
    assert queries.finnes(fil.sha256)
    assert queries.er_hel(fil)
    assert _kladd() == []


@pytest.mark.parametrize(
    "kilde",
    [
        lambda b: io.BytesIO(b),
        lambda b: iter([b[:100], b"", b[100:]]),
        lambda b: SimpleUploadedFile("brev.pdf", b),
        lambda b: bytearray(b),
        lambda b: lager().ta_imot(b),
    ],
    ids=["file", "iterable", "upload", "bytearray", "received"],
)
def test_lagre_fil_takes_every_kind_of_source(kilde):
    bytes_ = innhold.pdf()
    fil = lagre_fil(kilde(bytes_), filnavn="brev.pdf")
    assert queries.innhold(fil) == bytes_
    assert _kladd() == []


@pytest.mark.krav("R-4.1")
def test_lagre_fil_keeps_the_same_content_once():
    bytes_ = innhold.pdf()
    en = lagre_fil(bytes_, filnavn="brev.pdf")
    to = lagre_fil(bytes_, filnavn="kopi av brev.pdf")
    assert en == to
    assert Fil.objects.count() == 1
    assert list(lager().alle()) == [en.sha256]


def test_lagre_fil_accepts_names_outside_the_table():
    assert lagre_fil(b"\x00\x01\x02tegning", filnavn="plan.dwg").format == rules.UKJENT


def test_lagre_fil_accepts_a_password_protected_office_file():
    assert lagre_fil(innhold.ole("EncryptedPackage"), filnavn="brev.docx").format == "fmt/494"


TOMME_OG_FARLIGE = [
    ("notat.txt", b"", "Filen «notat.txt» er tom. Velg en fil med innhold."),
    *(
        (f"fil.{endelse}", b"Hei", f"Filen «fil.{endelse}» er en .{endelse}-fil og tas ikke imot.")
        for endelse in ("exe", "bat", "js", "vbs", "ps1", "docm", "xlsm", "jar", "lnk", "msi", "sh")
    ),
    ("faktura.pdf.EXE", b"%PDF-1.4", "Filen «faktura.pdf.EXE» er en .exe-fil og tas ikke imot."),
    ("faktura.exe. ", b"Hei", "Filen «faktura.exe» er en .exe-fil og tas ikke imot."),
    ("brev.pdf", innhold.WINDOWS_PROGRAM, "Filen «brev.pdf» er et Windows-program og tas ikke imot."),
    ("uten endelse", b"\x7fELF\x02\x01\x01", "Filen «uten endelse» er et program og tas ikke imot."),
    ("notat.txt", b"#!/bin/sh\nrm -r .\n", "Filen «notat.txt» er et skript og tas ikke imot."),
    ("notat.txt", b"@ECHO OFF\r\ndel *\r\n", "Filen «notat.txt» er et skript og tas ikke imot."),
    (
        "brev.docx",
        innhold.med_i_zip(innhold.word(), **{"word/vbaProject.bin": b"x"}),
        "Filen «brev.docx» er et dokument med makroer og tas ikke imot.",
    ),
    (
        "brev.odt",
        innhold.odf(**{"Basic/Standard/Module1.xml": "<x/>"}),
        "Filen «brev.odt» er et dokument med makroer og tas ikke imot.",
    ),
    ("brev.doc", innhold.ole("WordDocument", "VBA"), "Filen «brev.doc» er et dokument med makroer og tas ikke imot."),
    (
        "oppsett.bin",
        innhold.ole("x", klasse=bytes.fromhex("84100c0000000000c000000000000046")),
        "Filen «oppsett.bin» er et installasjonsprogram og tas ikke imot.",
    ),
    (
        "program.bin",
        innhold.zip_(**{"META-INF/MANIFEST.MF": "x", "A.class": "x"}),
        "Filen «program.bin» er et program og tas ikke imot.",
    ),
    ("brev.pdf", b"Dette er ren tekst", "Filen heter «brev.pdf», men innholdet er Ren tekst."),
    ("brev.pdf", innhold.bilde("PNG"), "Filen heter «brev.pdf», men innholdet er PNG 1.0."),
    ("bilde.png", innhold.pdf(), "Filen heter «bilde.png», men innholdet er PDF 1.4."),
    ("brev.docx", innhold.zip_(a="b"), "Filen heter «brev.docx», men innholdet er ZIP."),
    ("brev.docx", innhold.word()[:-50], "Filen heter «brev.docx», men innholdet er noe annet."),
    ("brev.pdf", b"\x00\x01\x02\x03", "Filen heter «brev.pdf», men innholdet er noe annet."),
]


@pytest.mark.parametrize(
    ("navn", "bytes_", "setning"), TOMME_OG_FARLIGE, ids=[f"{t[0]} {t[2][-30:]}" for t in TOMME_OG_FARLIGE]
)
def test_lagre_fil_refuses_and_leaves_nothing(navn, bytes_, setning):
    with pytest.raises(Avvist) as avslag:
        lagre_fil(bytes_, filnavn=navn)
    assert avslag.value.setninger[0].startswith(setning)
    assert avslag.value.felt == "fil"
    assert Fil.objects.count() == 0
    assert list(lager().alle()) == []
    assert _kladd() == []


def test_lagre_fil_refuses_what_is_too_large(settings):
    settings.SAKSGANG_MAKS_FILSTOERRELSE = 3 * 1024**2
    lagre_fil(b"x" * (3 * 1024**2), filnavn="notat.txt")
    with pytest.raises(Avvist, match=r"^Filen er for stor\. Største tillatte størrelse er 3 MB\.$"):
        lagre_fil(b"y" * (3 * 1024**2 + 1), filnavn="notat.txt")
    assert Fil.objects.count() == 1
    assert _kladd() == []


def test_lagre_fil_leaves_nothing_when_the_stream_breaks():
    def ryker():
        yield b"%PDF-1.4"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        lagre_fil(ryker(), filnavn="brev.pdf")
    assert list(lager().alle()) == []
    assert _kladd() == []


def test_hent_refuses_an_unknown_checksum():
    lagre_fil(innhold.pdf(), filnavn="brev.pdf")
    with pytest.raises(IkkeFunnet):
        queries.hent("0" * 64)
    assert not queries.finnes("0" * 64)


def test_er_hel_sees_that_bytes_were_changed():
    fil = lagre_fil(innhold.pdf(), filnavn="brev.pdf")
    sti = lager().sti(fil.sha256)
    bytes_ = sti.read_bytes()
    sti.chmod(0o640)
    sti.write_bytes(bytes_[:-1] + b"x")
    assert not queries.er_hel(fil)
    sti.unlink()
    assert not queries.er_hel(fil)


@pytest.mark.database
@pytest.mark.parametrize(
    "setning", ["UPDATE lager_fil SET stoerrelse = 1", "DELETE FROM lager_fil", "TRUNCATE lager_fil CASCADE"]
)
def test_database_refuses_to_change_a_file(setning):
    lagre_fil(innhold.pdf(), filnavn="brev.pdf")
    with (
        pytest.raises(IntegrityError, match="Fillageret endres aldri"),
        transaction.atomic(),
        connection.cursor() as markoer,
    ):
        markoer.execute(setning)
    assert Fil.objects.count() == 1


def _kladd():
    return list(lager().rot.glob("kladd/*"))
