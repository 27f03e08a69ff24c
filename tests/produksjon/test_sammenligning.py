"""The text of files, and versions of a document compared for those who may see both."""

import io
import zipfile

import pypdfium2
import pytest
from docx import Document

from saksgang.demo.grunnlag import tekstfil
from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager.commands import lagre_fil
from saksgang.produksjon.queries.dokumenttekst import UtenTekst, les_avsnitt
from saksgang.produksjon.queries.sammenligning import (
    dokumentendringer,
    hent_par,
    hent_versjoner,
    sammenlign_versjoner,
)
from saksgang.produksjon.rules.sammenligning import Art, Slag
from saksgang.sakarkiv.commands.dokument import fjern_dokument, legg_ved, ny_versjon
from tests.lager import innhold
from tests.tilstand import egen


def word(*avsnitt: str, tabell: list[list[str]] = (), liste: list[str] = (), overskrift: str = "") -> bytes:
    dok = Document()
    if overskrift:
        dok.add_heading(overskrift, level=2)
    for tekst in avsnitt:
        dok.add_paragraph(tekst)
    for tekst in liste:
        dok.add_paragraph(tekst, style="List Bullet")
    if tabell:
        t = dok.add_table(rows=0, cols=len(tabell[0]))
        for rad in tabell:
            for celle, tekst in zip(t.add_row().cells, rad, strict=True):
                celle.text = tekst
    ut = io.BytesIO()
    dok.save(ut)
    return ut.getvalue()


def _bytt(innhold_: bytes, navn: str, fra: str, til: str) -> bytes:
    """The DOCX with a piece of one of its parts changed."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(innhold_)) as inn, zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as ny:
        for del_ in inn.infolist():
            data = inn.read(del_)
            if del_.filename == navn:
                assert fra.encode() in data
                data = data.replace(fra.encode(), til.encode())
            ny.writestr(del_.filename, data)
    return ut.getvalue()


def _les(data: bytes, filnavn: str) -> list[tuple[str, str]]:
    return [(p.slag.value, p.tekst) for p in les_avsnitt(lagre_fil(data, filnavn=filnavn))]


def test_les_avsnitt_of_word_has_headings_lists_tables_and_line_breaks(db):
    data = word(
        "Kroa AS\nStorgata 14",
        "  Vi   viser til\tsøknaden.  ",
        "",
        overskrift="Svar",
        liste=["Vilkår én", "Vilkår to"],
        tabell=[["Gebyr", "1 000 kr"], ["Frist", ""], ["Kroa AS\nStorgata 14", "Vår ref.\n2026/101"]],
    )
    assert _les(data, "brev.docx") == [
        ("overskrift", "Svar"),
        ("avsnitt", "Kroa AS\nStorgata 14"),
        ("avsnitt", "Vi viser til søknaden."),
        ("punkt", "Vilkår én"),
        ("punkt", "Vilkår to"),
        ("rad", "Gebyr | 1 000 kr"),
        ("rad", "Frist"),
        ("avsnitt", "Kroa AS\nStorgata 14"),
        ("avsnitt", "Vår ref.\n2026/101"),
    ]


def test_les_avsnitt_of_word_reads_content_controls_and_insertions_but_nothing_deleted(db):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    data = _bytt(
        word("Erstattes"),
        "word/document.xml",
        "<w:t>Erstattes</w:t>",
        "<w:t>Først</w:t></w:r><w:ins w:id='1' w:author='A'><w:r><w:t> satt inn</w:t></w:r></w:ins>"
        "<w:del w:id='2' w:author='A'><w:r><w:delText> borte</w:delText></w:r></w:del><w:r><w:t>.</w:t>",
    )
    data = _bytt(
        data,
        "word/document.xml",
        "<w:sectPr",
        f"<w:sdt {w}><w:sdtContent><w:p><w:r><w:t>I en kontroll</w:t></w:r></w:p></w:sdtContent></w:sdt><w:sectPr",
    )
    assert _les(data, "brev.docx") == [("avsnitt", "Først satt inn."), ("avsnitt", "I en kontroll")]


def test_les_avsnitt_of_word_takes_headers_and_footers_apart(db):
    dok = Document(io.BytesIO(word("Brevet")))
    dok.sections[0].header.paragraphs[0].text = "Fjordvik kommune"
    ut = io.BytesIO()
    dok.save(ut)
    assert _les(ut.getvalue(), "brev.docx") == [("avsnitt", "Brevet"), ("randtekst", "Fjordvik kommune")]


def test_les_avsnitt_of_plain_text_and_pdf(db):
    assert _les("Én\r\n\r\nTo\n".encode("windows-1252"), "a.txt") == [("avsnitt", "Én"), ("avsnitt", "To")]
    assert _les(b"\xef\xbb\xbfTre\n", "b.txt") == [("avsnitt", "Tre")]
    pdf = innhold.pdf()
    with pypdfium2.PdfDocument(pdf) as dokument:
        i_fila = " ".join("".join(s.get_textpage().get_text_bounded() for s in dokument).split())
    if i_fila:
        assert " ".join(tekst for _, tekst in _les(pdf, "c.pdf")) == i_fila
    else:
        with pytest.raises(UtenTekst, match="ingen tekst"):
            _les(pdf, "c.pdf")


def test_les_avsnitt_of_libreoffice(db):
    ut = io.BytesIO()
    t, o, tb = (f"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0" for n in ("text", "office", "table"))
    kropp = (
        f'<office:document-content xmlns:office="{o}" xmlns:text="{t}" xmlns:table="{tb}" office:version="1.3">'
        "<office:body><office:text><text:tracked-changes><text:p>Borte</text:p></text:tracked-changes>"
        "<text:h>Svar</text:h><text:p>Vi<text:s/>viser<text:line-break/>til <text:span>søknaden</text:span>.</text:p>"
        "<text:list><text:list-item><text:p>Vilkår</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
        "</office:text></office:body></office:document-content>"
    )
    with zipfile.ZipFile(ut, "w") as arkiv:
        arkiv.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        arkiv.writestr("content.xml", kropp)
    assert _les(ut.getvalue(), "brev.odt") == [
        ("overskrift", "Svar"),
        ("avsnitt", "Vi viser\ntil søknaden."),
        ("punkt", "Vilkår"),
        ("rad", "A | B"),
    ]


@pytest.mark.parametrize("slag", ["bilde", "bombe", "uten kropp", "ugyldig xml", "enhet"])
def test_les_avsnitt_says_why_there_is_no_text(db, slag):
    docx = word("Hei")
    xml = "word/document.xml"
    data, navn = {
        "bilde": lambda: (innhold.bilde("PNG"), "b.png"),
        "bombe": lambda: (_bytt(docx, xml, "<w:t>Hei</w:t>", f"<w:t>{'A' * 31 * 1024**2}</w:t>"), "b.docx"),
        "uten kropp": lambda: (_bytt(docx, xml, "<w:t>Hei</w:t>", ""), "b.docx"),
        "ugyldig xml": lambda: (_bytt(docx, xml, "</w:body>", ""), "b.docx"),
        "enhet": lambda: (
            _bytt(docx, xml, "<w:document ", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document ')
            if b"<w:document " in zipfile.ZipFile(io.BytesIO(docx)).read(xml)
            else docx,
            "b.docx",
        ),
    }[slag]()
    fil = lagre_fil(data, filnavn=navn)
    if slag == "enhet":
        assert [p.tekst for p in les_avsnitt(fil)] == ["Hei"]
        return
    with pytest.raises(UtenTekst):
        les_avsnitt(fil)


@pytest.mark.krav("R-8.5")
def test_the_writer_sees_exactly_what_the_leader_changed(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[])
    dokument = legg_ved(
        jp,
        lagre_fil(word("Vi viser til søknaden.", "Svar kommer før påske."), filnavn="a.docx"),
        filnavn="a.docx",
        av=k["sb.kari"],
    )
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    rettet = lagre_fil(word("Vi viser til søknaden.", "Svar kommer før 17. mars."), filnavn="a.docx")
    ny_versjon(dokument, rettet, filnavn="a.docx", av=k["led.anne"])
    vedlegg = legg_ved(jp, tekstfil("Møteplan\n").fil, filnavn="plan.txt", av=k["led.anne"])
    runde = besvar_godkjenning(jp, "G", kommentar="Satte inn datoen", av=k["led.anne"])
    endringer = dokumentendringer(jp, runde.versjoner_foer, runde.versjoner_etter)
    assert [(e.dokument, e.fra, e.til, e.endret) for e in endringer] == [
        (dokument, 1, 2, True),
        (vedlegg, None, 1, True),
    ]
    resultat = sammenlign_versjoner(*hent_par(k["sb.kari"], dokument.pk, 1, 2))
    assert [[(b.art, b.tekst) for b in linje.biter] for linje in resultat.linjer] == [
        [(Art.LIK, "Vi viser til søknaden.")],
        [
            (Art.LIK, "Svar kommer før "),
            (Art.BORTE, "påske"),
            (Art.NY, "17. mars"),
            (Art.LIK, "."),
        ],
    ]
    assert (resultat.antall, resultat.til.opprettet_av, resultat.hvorfor_ikke) == (1, k["led.anne"], "")
    assert resultat.linjer[0].slag == Slag.AVSNITT
    baklengs = sammenlign_versjoner(*hent_par(k["sb.kari"], dokument.pk, 2, 1))
    assert [b.tekst for linje in baklengs.linjer for b in linje.biter if b.art == Art.NY] == ["påske"]


def test_documents_taken_off_are_part_of_what_changed(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    vedlegg = legg_ved(jp, tekstfil("Kart\n").fil, filnavn="kart.txt", av=k["sb.kari"])
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    fjern_dokument(vedlegg, "Feil kart", av=k["led.anne"])
    runde = besvar_godkjenning(jp, "G", av=k["led.anne"])
    assert [(e.fra, e.til) for e in dokumentendringer(jp, runde.versjoner_foer, runde.versjoner_etter)] == [
        (1, 1),
        (1, None),
    ]


@pytest.mark.krav("C.0")
def test_versions_are_compared_by_those_alone_who_may_see_the_draft(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    dokument = jp.dokumenter.get()
    ny_versjon(dokument, tekstfil("Endret\n").fil, filnavn="b.txt", av=k["sb.kari"])
    send_til_godkjenning(jp, k["raad.jon"], av=k["sb.kari"])
    besvar_godkjenning(jp, "G", av=k["raad.jon"])
    from saksgang.produksjon.commands import ferdigstill  # noqa: PLC0415 - only here
    from saksgang.sakarkiv.commands.journalfoering import journalfoer, vurder_offentlighet  # noqa: PLC0415

    ser_kladden = {"sb.kari", "led.anne", "sf.bente", "ark.eva", "raad.jon"}
    folk = [*ser_kladden, "sb.ola", "sb.per", "les.gry", "adm.root", "raad.vikar"]

    def ser():
        ut = set()
        for hvem in folk:
            try:
                assert [v.versjonsnummer for v in hent_versjoner(k[hvem], dokument.pk)] == [1, 2]
                ut.add(hvem)
            except IkkeFunnet:
                pass
        return ut

    assert ser() == ser_kladden
    ferdigstill(vurder_offentlighet(jp, av=k["sb.kari"]), av=k["sb.kari"])
    journalfoer(jp, av=k["ark.eva"])
    assert ser() == ser_kladden
    for par in ((1, 3), (0, 1), (-1, 2)):
        with pytest.raises(IkkeFunnet):
            hent_par(k["sb.kari"], dokument.pk, *par)


def test_two_equal_versions_and_files_without_text_say_so(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    dokument = jp.dokumenter.get()
    ny_versjon(dokument, dokument.versjoner.get().fil, filnavn="b.txt", av=k["sb.kari"])
    ny_versjon(dokument, lagre_fil(innhold.bilde("PNG"), filnavn="b.png"), filnavn="b.png", av=k["sb.kari"])
    assert sammenlign_versjoner(*hent_par(k["sb.kari"], dokument.pk, 1, 2)).hvorfor_ikke == (
        "De to versjonene er helt like."
    )
    ulest = sammenlign_versjoner(*hent_par(k["sb.kari"], dokument.pk, 1, 3))
    assert (ulest.hvorfor_ikke, ulest.linjer, ulest.antall) == ("Filen er ikke et tekstdokument.", (), 0)
