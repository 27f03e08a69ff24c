"""Where the characters of a PDF stand, as fractions of the page as it is shown, and its pages as pictures."""

from __future__ import annotations

import ctypes
import io
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from saksgang.kjerne.pdfium import aapnet

DELT = "\x02"
"""What PDFium gives for a hyphen at the end of a line."""
MAKS_SIDER = 500
MAKS_PIKSLER = 4000
"""The longest side of a picture of a page."""
_RUTE = 1_000_000
_GRAATT = 24
_PROEVER = 500
"""How many characters of a page tell which way its text stands."""


class KanIkkeSladdes(Exception):
    """A file that cannot be redacted; the message says why, in words for people."""


@dataclass(frozen=True, slots=True)
class Boks:
    """A rectangle on a page: fractions of its width and height, from the upper left corner."""

    x: float
    y: float
    b: float
    h: float

    @property
    def areal(self) -> float:
        return max(0.0, self.b) * max(0.0, self.h)

    def overlapper(self, andre: Boks) -> bool:
        """Whether the two have some area in common."""
        return (
            self.x < andre.x + andre.b
            and andre.x < self.x + self.b
            and self.y < andre.y + andre.h
            and andre.y < self.y + self.h
        )

    def sammen(self, andre: Boks) -> Boks:
        """Return the smallest that holds both."""
        x, y = min(self.x, andre.x), min(self.y, andre.y)
        return Boks(x, y, max(self.x + self.b, andre.x + andre.b) - x, max(self.y + self.h, andre.y + andre.h) - y)


@dataclass(frozen=True, slots=True)
class Tegn:
    """One character. boks: its ink; rom: its whole place on the line, from the highest to the lowest letter."""

    tegn: str
    boks: Boks
    rom: Boks


@dataclass(frozen=True, slots=True)
class Side:
    """A page as it is shown: its size in points, and its characters in the order of the file."""

    bredde: float
    hoeyde: float
    tegn: tuple[Tegn, ...]

    @property
    def har_tekst(self) -> bool:
        return any(not t.tegn.isspace() for t in self.tegn)


@contextmanager
def aapen(innhold: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF, alone in the process. Refused (KanIkkeSladdes) where it is locked, broken, or too long."""
    with ExitStack() as stabel:
        try:
            pdf = stabel.enter_context(aapnet(innhold))
        except pypdfium2.PdfiumError:
            raise KanIkkeSladdes("PDF-en er skadet eller låst med passord, og kan ikke sladdes.") from None
        if not 0 < len(pdf) <= MAKS_SIDER:
            raise KanIkkeSladdes(f"PDF-en har {len(pdf)} sider. Det kan sladdes opp til {MAKS_SIDER}.")
        yield pdf


@contextmanager
def side_i(pdf: pypdfium2.PdfDocument, nr: int) -> Iterator[pypdfium2.PdfPage]:
    """Open a page with its notes and filled-in fields made part of it: what is seen can be found, and is drawn."""
    side = pdf[nr]
    if pdfium.FPDFPage_GetAnnotCount(side) > 0:
        pdfium.FPDFPage_Flatten(side, pdfium.FLAT_NORMALDISPLAY)
        side.close()
        side = pdf[nr]
    try:
        yield side
    finally:
        side.close()


def les_sider(innhold: bytes) -> list[Side]:
    """Return the text of every page with its places."""
    with aapen(innhold) as pdf:
        return [les_side(pdf, nr) for nr in range(len(pdf))]


def les_side(pdf: pypdfium2.PdfDocument, nr: int) -> Side:
    """Return the text of one page, with its places on the page as it is shown.

    It is read the way most of the text stands: of text on its side, PDFium mixes up the order.
    """
    with side_i(pdf, nr) as side:
        bredde, hoeyde = side.get_size()
        vist = side.get_rotation()
        side.set_rotation(_tekstens_vei(side))
        lest = side.get_rotation()
        tegn = _les_tegn(side, (vist - lest) % 360)
        side.set_rotation(vist)
        return Side(bredde, hoeyde, tegn)


def _tekstens_vei(side: pypdfium2.PdfPage) -> int:
    """Return the turn of the page by which most of its text stands upright."""
    lag = side.get_textpage()
    try:
        antall = max(0, pdfium.FPDFText_CountChars(lag))
        hvert = max(1, antall // _PROEVER)
        vinkler = Counter(
            round(math.degrees(pdfium.FPDFText_GetCharAngle(lag, nr)) / 90) * 90 % 360
            for nr in range(0, antall, hvert)
            if pdfium.FPDFText_IsGenerated(lag, nr) != 1
        )
    finally:
        lag.close()
    return vinkler.most_common(1)[0][0] if vinkler else 0


def _les_tegn(side: pypdfium2.PdfPage, vridning: int) -> tuple[Tegn, ...]:
    lag = side.get_textpage()
    try:
        antall = max(0, pdfium.FPDFText_CountChars(lag))
        return tuple(_tegn(side, lag, nr, vridning) for nr in range(antall))
    finally:
        lag.close()


def _tegn(side: pypdfium2.PdfPage, lag: pypdfium2.PdfTextPage, nr: int, vridning: int) -> Tegn:
    kode = pdfium.FPDFText_GetUnicode(lag, nr)
    v, h, u, o = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(lag, nr, v, h, u, o)
    rom = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(lag, nr, rom)
    return Tegn(
        chr(kode) if 0 < kode < 0x110000 and not 0xD800 <= kode < 0xE000 else "\ufffd",
        _vri(_paa_siden(side, v.value, o.value, h.value, u.value), vridning),
        _vri(_paa_siden(side, rom.left, rom.top, rom.right, rom.bottom), vridning),
    )


def _vri(boks: Boks, grader: int) -> Boks:
    """Return where a rectangle is when the page is turned so far, with the clock."""
    if grader == 90:
        return Boks(1 - boks.y - boks.h, boks.x, boks.h, boks.b)
    if grader == 180:
        return Boks(1 - boks.x - boks.b, 1 - boks.y - boks.h, boks.b, boks.h)
    if grader == 270:
        return Boks(boks.y, 1 - boks.x - boks.b, boks.h, boks.b)
    return boks


def _paa_siden(side: pypdfium2.PdfPage, v: float, o: float, h: float, u: float) -> Boks:
    x, y = ctypes.c_int(), ctypes.c_int()
    punkter = []
    for px, py in ((v, o), (h, u)):
        pdfium.FPDF_PageToDevice(side, 0, 0, _RUTE, _RUTE, 0, px, py, x, y)
        punkter.append((x.value / _RUTE, y.value / _RUTE))
    (x1, y1), (x2, y2) = punkter
    return Boks(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def bilde_av_side(innhold: bytes, nr: int, bredde: int) -> bytes:
    """Return a page as PNG, so many pixels wide; pages are numbered from 0. Refused where there is no such page."""
    with aapen(innhold) as pdf:
        if not 0 <= nr < len(pdf):
            raise KanIkkeSladdes("Siden finnes ikke.")
        with side_i(pdf, nr) as side:
            bilde = tegn_side(side, bredde / max(1.0, side.get_width()))
    ut = io.BytesIO()
    bilde.save(ut, "PNG", optimize=False, compress_level=3)
    return ut.getvalue()


def tegn_side(side: pypdfium2.PdfPage, skala: float) -> Image.Image:
    """Draw a page, no larger than a picture may be; grey where it has no colour."""
    skala = min(skala, MAKS_PIKSLER / max(1.0, *side.get_size()))
    bilde = side.render(scale=skala, may_draw_forms=False).to_pil().convert("RGB")
    return bilde if _har_farge(bilde) else bilde.convert("L")


def _har_farge(bilde: Image.Image) -> bool:
    liten = bilde.resize((max(1, bilde.width // 4), max(1, bilde.height // 4)), Image.Resampling.BOX)
    roed, groenn, blaa = liten.split()
    forskjeller = (ImageChops.difference(roed, groenn), ImageChops.difference(groenn, blaa))
    return any(int(f.getextrema()[1]) > _GRAATT for f in forskjeller)  # type: ignore[arg-type]
