"""Text that is in a PDF but not on the page: white on white, under a box, tiny, invisible, or beside the page."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as c
from PIL import Image

SKALA = 2.0
"""Pixels to a point when a page is drawn to be looked at."""
MAKS_PIKSLER = 8_000_000
KONTRAST = 12
"""Of 255. Where nothing within a word's box differs more than this from the rest of it, nobody reads the word."""
MINSTE_HOEYDE = 2.0
"""Points. A line lower than this is no text to read."""
MOERKT = 96
MINSTE_FLATE = 5.0
"""Points. What is smaller covers no word."""
STORT_BILDE, FAA_ORD = 0.4, 10
"""A picture over so much of the page, with fewer words over it than that, is read as a picture."""
_USYNLIG = {c.FPDF_TEXTRENDERMODE_INVISIBLE, c.FPDF_TEXTRENDERMODE_CLIP}

Boks = tuple[float, float, float, float]


@dataclass
class _Ord:
    boks: Boks
    hoeyde: float
    usynlig: bool


def antall_skjulte(side: pypdfium2.PdfPage, tekst: pypdfium2.PdfTextPage) -> int:
    """Return how many words of the page are there without being seen.

    An OCR layer is no hidden text: it lies over the picture of the same words. Where the picture is black, it lies over
    what somebody has blacked out.
    """
    ordene = list(_ord(tekst))
    if not ordene:
        return 0
    bredde, hoeyde = side.get_size()
    skala = min(SKALA, math.sqrt(MAKS_PIKSLER / max(bredde * hoeyde, 1)))
    bilde = side.render(scale=skala, grayscale=True, may_draw_forms=False).to_pil().convert("L")
    bilder = list(_bilder(side))
    return sum(_er_skjult(side, o, bilde, bilder) for o in ordene)


def mest_bilde(side: pypdfium2.PdfPage, tekst: pypdfium2.PdfTextPage) -> bool:
    """Whether the page is a picture that its text says little of: a scan, with or without a stamp or a page number.

    A page without text is one too, whatever draws it; one that is scanned has its words over the picture.
    """
    ordene = list(_ord(tekst))
    if not ordene:
        return True
    bredde, hoeyde = side.get_size()
    store = [b for b in _bilder(side) if (b[2] - b[0]) * (b[3] - b[1]) >= STORT_BILDE * bredde * hoeyde]
    return any(sum(_dekker(b, o.boks) for o in ordene) < FAA_ORD for b in store)


def antall_tildekket(side: pypdfium2.PdfPage) -> int:
    """Return how many filled areas lie over a picture of the page: what is under them is still in the picture."""
    antall, bilder = 0, list[Boks]()
    for objekt in side.get_objects(max_depth=1):
        boks = objekt.get_bounds()
        if objekt.type == c.FPDF_PAGEOBJ_IMAGE or (objekt.type == c.FPDF_PAGEOBJ_FORM and _har_bilde(objekt)):
            bilder.append(boks)
        elif objekt.type == c.FPDF_PAGEOBJ_PATH and _er_fylt(objekt):
            stor = boks[2] - boks[0] >= MINSTE_FLATE and boks[3] - boks[1] >= MINSTE_FLATE
            antall += stor and any(_dekker(b, boks) for b in bilder)
    return antall


def _er_fylt(flate: pypdfium2.PdfObject) -> bool:
    maate, strek = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(flate.raw, ctypes.byref(maate), ctypes.byref(strek))
    return maate.value != c.FPDF_FILLMODE_NONE


def _er_skjult(side: pypdfium2.PdfPage, o: _Ord, bilde: Image.Image, bilder: list[Boks]) -> bool:
    ruter = _ruter(side, o.boks, bilde.size)
    if ruter is None:
        return True
    toner = bilde.crop(ruter).tobytes()
    hoeyest = max(toner)
    synes = hoeyest - min(toner) >= KONTRAST
    if not o.usynlig:
        return not synes or o.hoeyde < MINSTE_HOEYDE
    over_bilde = any(_dekker(b, o.boks) for b in bilder)
    return not over_bilde or (not synes and hoeyest < MOERKT)


def _ord(tekst: pypdfium2.PdfTextPage) -> Iterator[_Ord]:
    """Yield the words that have a letter or a digit, each with its box on the page."""
    boks: Boks | None = None
    hoeyde, lesbart, usynlig = 0.0, False, False
    for nr in range(tekst.count_chars()):
        tegn = chr(c.FPDFText_GetUnicode(tekst.raw, nr) or 32)
        if tegn.isspace() or ord(tegn) < 32 or c.FPDFText_IsGenerated(tekst.raw, nr) == 1:
            if boks is not None and lesbart:
                yield _Ord(boks, hoeyde, usynlig)
            boks, hoeyde, lesbart = None, 0.0, False
            continue
        if boks is None:
            usynlig = c.FPDFTextObj_GetTextRenderMode(c.FPDFText_GetTextObject(tekst.raw, nr)) in _USYNLIG
        v, b, h, t = map(float, tekst.get_charbox(nr))
        boks = (v, b, h, t) if boks is None else (min(boks[0], v), min(boks[1], b), max(boks[2], h), max(boks[3], t))
        hoeyde = max(hoeyde, _linjehoeyde(tekst, nr), h - v)
        lesbart = lesbart or tegn.isalnum()
    if boks is not None and lesbart:
        yield _Ord(boks, hoeyde, usynlig)


def _linjehoeyde(tekst: pypdfium2.PdfTextPage, nr: int) -> float:
    rute = c.FS_RECTF()
    c.FPDFText_GetLooseCharBox(tekst.raw, nr, ctypes.byref(rute))
    return max(abs(rute.top - rute.bottom), 0.0)


def _bilder(side: pypdfium2.PdfPage) -> Iterator[Boks]:
    """Yield where the page has pictures; what is drawn as a group counts where it holds one."""
    for objekt in side.get_objects(max_depth=1):
        if objekt.type == c.FPDF_PAGEOBJ_IMAGE or (objekt.type == c.FPDF_PAGEOBJ_FORM and _har_bilde(objekt)):
            yield objekt.get_bounds()


def _har_bilde(gruppe: pypdfium2.PdfObject) -> bool:
    antall = c.FPDFFormObj_CountObjects(gruppe.raw)
    return any(
        c.FPDFPageObj_GetType(c.FPDFFormObj_GetObject(gruppe.raw, nr)) == c.FPDF_PAGEOBJ_IMAGE for nr in range(antall)
    )


def _dekker(bilde: Boks, boks: Boks) -> bool:
    midt_x, midt_y = (boks[0] + boks[2]) / 2, (boks[1] + boks[3]) / 2
    return bilde[0] <= midt_x <= bilde[2] and bilde[1] <= midt_y <= bilde[3]


def _ruter(side: pypdfium2.PdfPage, boks: Boks, stoerrelse: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Return the pixels of a box on the drawn page, at least one; None where it is beside the page."""
    bredde, hoeyde = stoerrelse
    x, y = ctypes.c_int(), ctypes.c_int()
    punkter = []
    for px, py in ((boks[0], boks[1]), (boks[2], boks[3])):
        c.FPDF_PageToDevice(side.raw, 0, 0, bredde, hoeyde, 0, px, py, ctypes.byref(x), ctypes.byref(y))
        punkter.append((x.value, y.value))
    (x0, y0), (x1, y1) = punkter
    venstre, hoeyre, oeverst, nederst = min(x0, x1), max(x0, x1) + 1, min(y0, y1), max(y0, y1) + 1
    if hoeyre <= 0 or nederst <= 0 or venstre >= bredde or oeverst >= hoeyde:
        return None
    return max(venstre, 0), max(oeverst, 0), min(hoeyre, bredde), min(nederst, hoeyde)
