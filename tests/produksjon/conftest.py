"""One run of LibreOffice for all the tests that look at what it makes."""

from __future__ import annotations

import pytest

from saksgang.produksjon.konvertering import Kilde, Resultat, konverter_til_pdfa

from . import filer

SPOR = (
    "<w:p><w:r><w:t>Foer </w:t></w:r>"
    '<w:del w:id="1" w:author="Ola"><w:r><w:delText>SLETTET</w:delText></w:r></w:del>'
    '<w:ins w:id="2" w:author="Ola"><w:r><w:t>SATTINN</w:t></w:r></w:ins></w:p>'
)
FELT = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>24.12.2019</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    '<w:p><w:fldSimple w:instr=" FILENAME "><w:r><w:t>vedtaket.docx</w:t></w:r></w:fldSimple></w:p>'
)
SPOR_ODT = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    "<dc:creator>Ola</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>"
    "<text:p>SLETTET</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    '<text:p>Foer <text:change text:change-id="c1"/>etter, den <text:date>24.12.2019</text:date></text:p>'
)
RTF = (
    rb"{\rtf1\ansi{\*\revtbl{Unknown;}{Ola;}}Foer {\deleted\revauthdel1 SLETTET}{\revised\revauth1 SATTINN} etter\par}"
)


def _lenket(adresse: str) -> bytes:
    """A Word document with a picture that lies somewhere else."""
    rel = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rIdL" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        f'Target="{adresse}" TargetMode="External"/></Relationships>'
    )
    a = "http://schemas.openxmlformats.org/drawingml/2006/"
    xml = (
        f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="{a}wordprocessingDrawing"><wp:extent cx="900000" cy="900000"/>'
        f'<wp:docPr id="1" name="b"/><a:graphic xmlns:a="{a}main"><a:graphicData uri="{a}picture">'
        f'<pic:pic xmlns:pic="{a}picture"><pic:nvPicPr><pic:cNvPr id="1" name="b"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:link="rIdL" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships"/></pic:blipFill><pic:spPr><a:xfrm><a:ext cx="900000" cy="900000"/></a:xfrm></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
    return filer.word_med(xml, **{"word/_rels/document.xml.rels": rel})


@pytest.fixture
def lenket():
    """Makes a Word document with a picture that lies at an address."""
    return _lenket


@pytest.fixture(scope="session")
def lyttepost():
    """A web server that notes who calls."""
    import http.server  # noqa: PLC0415
    import threading  # noqa: PLC0415

    kalt: list[str] = []

    class Svar(http.server.BaseHTTPRequestHandler):
        def _noter(self):
            kalt.append(f"{self.command} {self.path}")
            self.send_error(404)

        do_GET = do_HEAD = do_OPTIONS = do_PROPFIND = _noter

        def log_message(self, *args):
            pass

    tjener = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Svar)
    traad = threading.Thread(target=tjener.serve_forever, daemon=True)
    traad.start()
    yield f"http://127.0.0.1:{tjener.server_port}", kalt
    tjener.shutdown()
    tjener.server_close()
    traad.join()


@pytest.fixture(scope="session")
def omgjort(lyttepost, tmp_path_factory) -> dict[str, Resultat]:
    """What came of each file, in one batch: office documents good, bad and untrue, beside everything else."""
    adresse, _ = lyttepost
    hemmelig = tmp_path_factory.mktemp("hemmelig") / "bilde.png"
    hemmelig.write_bytes(filer.bilde("PNG", stoerrelse=(30, 30)))
    kilder = {
        "brev": Kilde(filer.brev(), "fmt/412"),
        "spor": Kilde(filer.word_med(SPOR + FELT), "fmt/412"),
        "spor uten innstillinger": Kilde(filer.word_med(SPOR, uten=("word/settings.xml",)), "fmt/412"),
        "enklest": Kilde(filer.enklest(), "fmt/412"),
        "odt": Kilde(filer.odt_med(SPOR_ODT), "fmt/291"),
        "rtf": Kilde(RTF, "fmt/45"),
        "lenket": Kilde(_lenket(f"{adresse}/sporing.png"), "fmt/412"),
        "lenket fil": Kilde(_lenket(hemmelig.as_uri()), "fmt/412"),
        "skadet": Kilde(filer.skadet(), "fmt/412"),
        "halv": Kilde(filer.brev()[:9000], "fmt/412"),
        "tom odt": Kilde(b"ikke en pakke", "fmt/291"),
        "pdf": Kilde(filer.pdf(), "fmt/18"),
        "pdf uten skrift": Kilde(filer.pdf(skrift=True), "fmt/18"),
        "laast pdf": Kilde(filer.laast_pdf(), "fmt/20"),
        "ikke pdf": Kilde(b"%PDF-1.4 tull", "fmt/18"),
        "epost": Kilde(filer.epost(), "fmt/278"),
        "html": Kilde(b"<html><script>alert(1)</script><h1>Hei</h1><p>p&aring; deg</p></html>", "fmt/96"),
        "jpeg": Kilde(filer.bilde("JPEG", comment=filer.FORFATTER.encode()), "fmt/43"),
        "ikke jpeg": Kilde(b"\xff\xd8\xff tull", "fmt/43"),
        "tekst": Kilde("Blåbær \U0001f600, \U00012000 og 中文\x00\n".encode(), "x-fmt/111"),
        "zip": Kilde(b"PK", "x-fmt/263"),
        "laast word": Kilde(b"\xd0\xcf\x11\xe0", "fmt/494"),
    }
    return dict(zip(kilder, konverter_til_pdfa(list(kilder.values())), strict=True))
