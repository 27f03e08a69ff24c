"""The files of the demo: letters as PDF and DOCX, e-mail with attachment, drawings, photographs, plain text."""

from __future__ import annotations

import datetime as dt
import email.message
import email.policy
import email.utils
import hashlib
import io
import json
import math
import random
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import typst
from PIL import Image, ImageDraw, ImageFilter

MAANEDER = "januar februar mars april mai juni juli august september oktober november desember".split()

BREVMAL = """
#let d = json(bytes(sys.inputs.brev))
#set document(title: d.tittel, author: d.avsender)
#set page(paper: "a4", margin: (x: 2.5cm, top: 2.2cm, bottom: 2.4cm), footer: text(size: 8pt, fill: luma(90), d.bunn))
#set text(font: ("Libertinus Serif", "New Computer Modern"), size: 11pt, lang: d.spraak)
#set par(justify: false, leading: 0.68em, spacing: 1.15em)
#let farge = rgb(d.farge)
#grid(columns: (1fr, auto), align: (left + horizon, right + horizon),
  text(size: 15pt, weight: "bold", fill: farge, d.avsender),
  text(size: 8.5pt, fill: luma(90), d.adresse))
#line(length: 100%, stroke: 1.2pt + farge)
#v(0.8cm)
#grid(columns: (1fr, auto), [#d.mottaker.join(linebreak())], [#align(right)[#d.dato]])
#v(0.8cm)
#text(size: 14pt, weight: "bold", d.tittel)
#v(0.2cm)
#for a in d.avsnitt [#par(a)]
#if d.tabell.len() > 0 {
  table(columns: (1fr, auto), stroke: 0.4pt + luma(180), inset: 6pt, ..d.tabell.flatten())
}
#v(0.5cm)
#d.hilsen
#v(0.7cm)
#d.underskrift.join(linebreak())
"""


@dataclass(frozen=True)
class Brevtekst:
    """A letter before it has become a file."""

    tittel: str
    avsnitt: Sequence[str]
    avsender: str
    mottaker: Sequence[str]
    dato: dt.date
    underskrift: Sequence[str]
    adresse: str = ""
    hilsen: str = "Med hilsen"
    spraak: str = "nb"
    farge: str = "#1d3557"
    tabell: Sequence[tuple[str, str]] = ()
    bunn: str = ""


def norsk_dato(dato: dt.date) -> str:
    return f"{dato.day}. {MAANEDER[dato.month - 1]} {dato.year}"


class Brevpresse:
    """Sets letters as PDF. One compiler is kept, for it reads its fonts but once."""

    def __init__(self) -> None:
        with tempfile.NamedTemporaryFile("w", suffix=".typ", delete=False, encoding="utf-8") as mal:
            mal.write(BREVMAL)
        self._mal = Path(mal.name)
        self._kompilator = typst.Compiler(str(self._mal), ignore_system_fonts=True)

    def __enter__(self) -> Brevpresse:
        return self

    def __exit__(self, *_: object) -> None:
        self._mal.unlink(missing_ok=True)

    def pdf(self, brev: Brevtekst, *, arkivformat: bool = False) -> bytes:
        """Return the letter as PDF; with arkivformat as PDF/A-2b, as a municipality's own system makes them."""
        data = {felt: getattr(brev, felt) for felt in Brevtekst.__dataclass_fields__} | {"dato": norsk_dato(brev.dato)}
        naa = dt.datetime.combine(brev.dato, dt.time(12), dt.UTC)
        return bytes(
            self._kompilator.compile(
                format="pdf",
                sys_inputs={"brev": json.dumps(data)},
                timestamp=int(naa.timestamp()),
                pdf_standards=["a-2b"] if arkivformat else None,
            )
        )


_INNHOLDSTYPER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELASJONER = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(brev: Brevtekst) -> bytes:
    """Return a letter as a Word document."""
    linjer = [
        _avsnitt(brev.avsender, fet=True, stoerrelse=30),
        _avsnitt(norsk_dato(brev.dato)),
        *map(_avsnitt, brev.mottaker),
        _avsnitt(""),
        _avsnitt(brev.tittel, fet=True, stoerrelse=26),
        *map(_avsnitt, brev.avsnitt),
        *(_avsnitt(f"{navn}: {verdi}") for navn, verdi in brev.tabell),
        _avsnitt(brev.hilsen),
        *map(_avsnitt, brev.underskrift),
    ]
    dokument = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{_W}"><w:body>'
        f'{"".join(linjer)}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
        'w:header="708" w:footer="708" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as pakke:
        for navn, innhold in (
            ("[Content_Types].xml", _INNHOLDSTYPER),
            ("_rels/.rels", _RELASJONER),
            ("word/document.xml", dokument),
        ):
            pakke.writestr(zipfile.ZipInfo(navn, (2020, 1, 1, 0, 0, 0)), innhold, zipfile.ZIP_DEFLATED)
    return ut.getvalue()


def _avsnitt(tekst: str, *, fet: bool = False, stoerrelse: int = 22) -> str:
    form = f'<w:rPr>{"<w:b/>" if fet else ""}<w:sz w:val="{stoerrelse}"/><w:lang w:val="nb-NO"/></w:rPr>'
    return (
        '<w:p><w:pPr><w:spacing w:after="160"/></w:pPr>'
        f'<w:r>{form}<w:t xml:space="preserve">{escape(tekst)}</w:t></w:r></w:p>'
    )


def tekst(brev: Brevtekst) -> bytes:
    """Return a letter as plain text."""
    deler = [brev.tittel, "", norsk_dato(brev.dato), *brev.mottaker, "", *brev.avsnitt, "", brev.hilsen]
    return "\n".join([*deler, *brev.underskrift, ""]).encode()


def epost(brev: Brevtekst, adresse: str, vedlegg: tuple[str, bytes] | None) -> bytes:
    """Return a letter as it came by e-mail, with a PDF attached where there is one."""
    melding = email.message.EmailMessage(policy=email.policy.SMTP)
    melding["From"] = email.utils.formataddr((brev.avsender, adresse))
    melding["To"] = "Postmottak Fjordvik kommune <postmottak@fjordvik.example>"
    melding["Subject"] = brev.tittel
    melding["Date"] = email.utils.format_datetime(dt.datetime.combine(brev.dato, dt.time(9, 12), dt.UTC))
    merke = hashlib.sha256(f"{adresse}{brev.tittel}{brev.dato}".encode()).hexdigest()
    melding["Message-ID"] = f"<{merke[:24]}@post.example>"
    melding.set_content("\n\n".join(["Hei!", *brev.avsnitt, brev.hilsen, *brev.underskrift]) + "\n")
    if vedlegg is not None:
        navn, innhold = vedlegg
        melding.add_attachment(innhold, maintype="application", subtype="pdf", filename=navn)
        melding.set_boundary(merke[:32])
    return melding.as_bytes()


@cache
def kart(nummer: int) -> bytes:
    """Return one of the map sketches as PNG: roads, plots, houses and the shore."""
    t = random.Random(f"kart {nummer}")  # noqa: S311 - a drawing
    bilde = Image.new("RGB", (900, 640), "#f3efe2")
    d = ImageDraw.Draw(bilde)
    strand = [(0, 560 - 40 * nummer % 90)] + [
        (x, 500 + int(60 * math.sin(x / 130 + nummer))) for x in range(0, 901, 30)
    ]
    d.polygon([*strand, (900, 640), (0, 640)], fill="#bfd9ea")
    d.line(strand, fill="#6b93ad", width=3)
    for n in range(6):
        d.line([(0, 70 + n * 75), (900, 40 + n * 70 + t.randint(-25, 25))], fill="#d8cfb6", width=1)
    vei = [(x, 250 + int(50 * math.sin(x / 170 + nummer))) for x in range(0, 901, 20)]
    d.line(vei, fill="#9a9a9a", width=22, joint="curve")
    d.line(vei, fill="#ffffff", width=16, joint="curve")
    for n in range(14):
        x, y = 40 + (n % 7) * 122 + t.randint(-12, 12), (110 if n < 7 else 350) + t.randint(-20, 20)
        d.polygon([(x - 15, y - 18), (x + 92, y - 12), (x + 88, y + 70), (x - 12, y + 66)], outline="#c0392b")
        d.rectangle([x + 15, y + 10, x + 55, y + 40], fill="#e3c9a0", outline="#6b5b3e", width=2)
        d.text((x + 20, y + 48), f"{t.randint(10, 90)}/{t.randint(1, 60)}", fill="#444444", font_size=15)
    d.rectangle([420, 130, 474, 172], fill="#e57373", outline="#7f1d1d", width=3)
    d.text((300, 12), "Situasjonsplan  1:1000   Fjordvik kommune", fill="#222222", font_size=20)
    d.line([(780, 600), (860, 600)], fill="#222222", width=4)
    d.text((800, 606), "50 m", fill="#222222", font_size=16)
    d.polygon([(850, 20), (838, 60), (850, 50), (862, 60)], fill="#222222")
    d.text((844, 62), "N", fill="#222222", font_size=18)
    ut = io.BytesIO()
    bilde.save(ut, "PNG", optimize=True)
    return ut.getvalue()


@cache
def foto(nummer: int) -> bytes:
    """Return one of the pictures from an inspection as JPEG: fjord, mountains, a house and a road."""
    t = random.Random(f"foto {nummer}")  # noqa: S311 - a drawing
    bredde, hoeyde = 1000, 700
    himmel = Image.linear_gradient("L").resize((bredde, hoeyde))
    bilde = Image.composite(
        Image.new("RGB", (bredde, hoeyde), "#dfe9ee"), Image.new("RGB", (bredde, hoeyde), "#5f8fb8"), himmel
    )
    d = ImageDraw.Draw(bilde)
    for lag, farge in enumerate(("#7d93a3", "#5d7a74", "#3f5f4a")):
        grunn = 330 + lag * 50
        topper = [
            (x, grunn - int((150 - lag * 40) * abs(math.sin(x / (170 - lag * 30) + t.random() * 0.4 + nummer))))
            for x in range(0, bredde + 1, 20)
        ]
        d.polygon([(0, hoeyde), *topper, (bredde, hoeyde)], fill=farge)
    d.rectangle([0, 450, bredde, 520], fill="#4f7d99")
    d.polygon([(0, 520), (bredde, 500), (bredde, hoeyde), (0, hoeyde)], fill="#6d8a4a")
    d.polygon([(380, hoeyde), (620, hoeyde), (540, 515), (505, 515)], fill="#77736c")
    x, farge = 90 + nummer * 60 % 300, t.choice(["#a43e32", "#e8e3d5", "#c9a24b", "#5d6d7e"])
    d.rectangle([x, 430, x + 190, 560], fill=farge)
    d.polygon([(x - 16, 432), (x + 95, 345), (x + 206, 432)], fill="#3b3733")
    for vindu in (30, 120):
        d.rectangle([x + vindu, 465, x + vindu + 40, 505], fill="#dfe8ee", outline="#ffffff", width=4)
    bilde = bilde.filter(ImageFilter.GaussianBlur(1.1))
    korn = Image.effect_noise((bredde, hoeyde), 22).convert("RGB")
    bilde = Image.blend(bilde, korn, 0.07)
    ut = io.BytesIO()
    bilde.save(ut, "JPEG", quality=78)
    return ut.getvalue()
