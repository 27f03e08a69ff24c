"""Pages for what has none: text, e-mail and pictures, set by Typst as tagged PDF/A-2b."""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import typst
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from . import KanIkke

MAKS_TEGN = 1_000_000
MAKS_BILDER = 500
MAKS_PIKSLER = 400_000_000
A4 = (210.0, 297.0)
A3 = (297.0, 420.0)
MARG = 15.0
HODEFELTER = {"Fra": "from", "Til": "to", "Kopi": "cc", "Dato": "date"}
_FORSOEK = 20
_ERSTATNING = "\u25a1"
_UKJENT_TEGN = re.compile(r'the text `"(.*)"` could not be displayed')

_HODE = """
#let d = json(bytes(sys.inputs.data))
#let sidetall = context align(right, text(size: 8pt, counter(page).display("1 / 1", both: true)))
#set page(paper: "a4", margin: (x: 2.2cm, y: 2.2cm), footer: sidetall)
#set text(font: "Libertinus Serif", size: 10.5pt, lang: "nb")
#set par(leading: 0.62em, spacing: 1em)
"""
_TEKST = """
#show raw: set text(font: "DejaVu Sans Mono", size: 8.5pt)
#for linje in d.linjer [#raw(linje, block: true)]
"""
_EPOST = """
#text(size: 14pt, weight: "bold", d.emne)
#grid(columns: (2.2cm, 1fr), row-gutter: 0.55em, ..d.felter.map(((navn, verdi)) => (strong(navn), verdi)).flatten())
#line(length: 100%, stroke: 0.5pt)
#for avsnitt in d.avsnitt [#par(avsnitt.split("\\n").join(linebreak()))]
#if d.vedlegg.len() > 0 [
  #line(length: 100%, stroke: 0.5pt)
  #strong("Vedlegg i e-posten")
  #list(..d.vedlegg)
]
"""
_BILDE = """
#let d = json(bytes(sys.inputs.data))
#set text(lang: "nb")
#for s in d [
  #set page(width: s.bredde * 1mm, height: s.hoeyde * 1mm, margin: s.marg * 1mm)
  #align(center + horizon, image(s.fil, width: s.bilde * 1mm, alt: s.alt))
]
"""


def tekst_til_pdf(innhold: bytes) -> bytes:
    """Return a text as it stands, line by line."""
    return _sett(_HODE + _TEKST, {"linjer": _biter(_krev_kort(les_tekst(innhold)))})


def html_til_pdf(innhold: bytes) -> bytes:
    """Return the words of an HTML page; nothing is fetched and nothing runs."""
    return _sett(_HODE + _TEKST, {"linjer": _biter(_krev_kort(_ord_i_html(les_tekst(innhold))))})


def epost_til_pdf(innhold: bytes) -> bytes:
    """Return an e-mail: who, when, what it says, and the names of what came with it. The original keeps the rest."""
    melding = email.message_from_bytes(innhold, policy=email.policy.default)
    assert isinstance(melding, EmailMessage)  # noqa: S101 - the default policy makes nothing else
    hode = {navn: _hodefelt(melding, felt) for navn, felt in HODEFELTER.items()}
    data = {
        "emne": _hodefelt(melding, "subject") or "(uten emne)",
        "felter": [[navn, verdi] for navn, verdi in hode.items() if verdi],
        "avsnitt": [a for a in re.split(r"\n\s*\n", _krev_kort(_broedtekst(melding))) if a.strip()],
        "vedlegg": [_vedlegg(del_) for del_ in melding.iter_attachments()],
    }
    return _sett(_HODE + _EPOST, data)


def bilde_til_pdf(innhold: bytes) -> bytes:
    """Return a picture, or each page of a TIFF, on a page of its own size or fitted to A4; without its metadata."""
    Image.MAX_IMAGE_PIXELS = MAKS_PIKSLER
    with tempfile.TemporaryDirectory() as mappe:
        try:
            with Image.open(io.BytesIO(innhold)) as bilde:
                sider = [_side(ramme, nr, Path(mappe)) for nr, ramme in enumerate(_rammer(bilde), 1)]
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise KanIkke("Bildet kan ikke åpnes. Det er skadet eller for stort. Last opp et annet.") from None
        for side in sider:
            side["alt"] = f"Side {side['nr']} av {len(sider)}" if len(sider) > 1 else "Bilde"
        return _sett(_BILDE, sider, Path(mappe))


# --- Text ------------------------------------------------------------------------------------------------------------


def les_tekst(innhold: bytes) -> str:
    """Return a text in the character set it is written in: UTF-8 where it can be, else Windows Western."""
    if innhold.startswith((b"\xff\xfe", b"\xfe\xff")):
        return innhold.decode("utf-16", "replace")
    try:
        return innhold.decode("utf-8-sig")
    except UnicodeDecodeError:
        return innhold.decode("windows-1252", "replace")


def _krev_kort(tekst: str) -> str:
    if len(tekst) > MAKS_TEGN:
        raise KanIkke(f"Teksten er på {len(tekst)} tegn og for lang til å bli PDF. Grensen er {MAKS_TEGN}.")
    return _ren(tekst)


def _ren(tekst: str) -> str:
    """Return the text without what is neither a sign nor a line break."""
    tekst = tekst.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n")
    return "".join(t for t in tekst if t in "\n\t" or unicodedata.category(t) not in ("Cc", "Cs", "Cn", "Co"))


def _biter(tekst: str, linjer: int = 50) -> list[str]:
    """Return a text in pieces: one enormous block takes Typst far longer than the same in many."""
    alle = tekst.expandtabs(8).split("\n")
    return ["\n".join(alle[n : n + linjer]) for n in range(0, len(alle), linjer)]


class _Ord(HTMLParser):
    AVSNITT = frozenset("p div br tr li h1 h2 h3 h4 h5 h6 table ul ol blockquote pre hr section article".split())
    STUMME = frozenset("script style head title template noscript".split())

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.deler: list[str] = []
        self._stum = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.STUMME:
            self._stum += 1
        elif tag in self.AVSNITT:
            self.deler.append("\n" if tag in ("br", "tr", "li") else "\n\n")
        elif tag in ("td", "th"):
            self.deler.append("\t")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.STUMME:
            self._stum = max(0, self._stum - 1)
        elif tag in self.AVSNITT:
            self.deler.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._stum:
            self.deler.append(re.sub(r"\s+", " ", data))


def _ord_i_html(html: str) -> str:
    leser = _Ord()
    leser.feed(html)
    leser.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r" *\n *", "\n", "".join(leser.deler))).strip()


def _broedtekst(melding: EmailMessage) -> str:
    del_ = melding.get_body(preferencelist=("plain", "html"))
    if del_ is None:
        return ""
    try:
        innhold = del_.get_content()
    except (LookupError, ValueError, KeyError):
        innhold = del_.get_payload(decode=True)
    tekst = les_tekst(innhold) if isinstance(innhold, bytes) else str(innhold)
    return _ord_i_html(tekst) if del_.get_content_type() == "text/html" else tekst


def _hodefelt(melding: EmailMessage, felt: str) -> str:
    """Return one field of the head; as it stands where it cannot be read as what it should be."""
    verdi = melding[felt]
    tid = getattr(verdi, "datetime", None)
    return f"{tid:%d.%m.%Y kl. %H.%M} ({tid:%z})" if tid and tid.tzinfo else _ren(" ".join(str(verdi or "").split()))


def _vedlegg(del_: Any) -> str:
    innhold = del_.get_payload(decode=True) or b""
    return f"{_ren(del_.get_filename() or del_.get_content_type())} ({max(1, len(innhold) // 1024)} kB)"


# --- Pictures --------------------------------------------------------------------------------------------------------


def _rammer(bilde: Image.Image) -> Iterator[Image.Image]:
    if bilde.format != "TIFF":
        yield bilde
        return
    for nr, ramme in enumerate(ImageSequence.Iterator(bilde)):
        if nr >= MAKS_BILDER:
            raise KanIkke(f"Bildefila har mer enn {MAKS_BILDER} sider.")
        yield ramme


def _side(bilde: Image.Image, nr: int, mappe: Path) -> dict[str, Any]:
    oppe = ImageOps.exif_transpose(bilde)
    dpi, profil = bilde.info.get("dpi"), bilde.info.get("icc_profile")
    sti = mappe / f"{nr}.{'jpg' if bilde.format == 'JPEG' else 'png'}"
    if bilde.format == "JPEG" and oppe.size == bilde.size and bilde.mode in ("L", "RGB"):
        bilde.info = {}  # what the camera and its owner wrote
        bilde.save(sti, "JPEG", quality="keep", icc_profile=profil)
    else:
        # White paper behind what is see-through.
        if oppe.mode in ("RGBA", "LA", "PA", "P"):
            lag = oppe.convert("RGBA")
            oppe = Image.alpha_composite(Image.new("RGBA", lag.size, "white"), lag).convert("RGB")
        elif oppe.mode not in ("1", "L", "RGB"):
            oppe = oppe.convert("L" if oppe.mode.startswith("I") else "RGB")
        oppe.info = {}
        oppe.save(sti, **({"format": "JPEG", "quality": 92} if bilde.format == "JPEG" else {"format": "PNG"}))
    return {"nr": nr, "fil": sti.name, **_maal(oppe.size, dpi)}


def _maal(piksler: tuple[int, int], dpi: Any) -> dict[str, float]:
    """Return the page in millimetres: the size of the paper that was scanned, else A4 with the picture in it."""
    bredde, hoeyde = piksler
    try:
        opploesning = min(float(d) for d in dpi) if dpi else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        opploesning = 0.0
    if opploesning >= 100:
        mm = (bredde / opploesning * 25.4, hoeyde / opploesning * 25.4)
        if min(mm) >= 100 and sorted(mm) <= sorted(A3):
            return {"bredde": mm[0], "hoeyde": mm[1], "marg": 0, "bilde": mm[0]}
    side = A4 if hoeyde >= bredde else A4[::-1]
    plass = (side[0] - 2 * MARG, side[1] - 2 * MARG)
    naturlig = bredde / 96 * 25.4
    return {
        "bredde": side[0],
        "hoeyde": side[1],
        "marg": MARG,
        "bilde": min(plass[0], plass[1] * bredde / hoeyde, naturlig),
    }


# --- Typst -----------------------------------------------------------------------------------------------------------


def _sett(mal: str, data: Any, rot: Path | None = None) -> bytes:
    """Set the pages. A sign that no font on the machine has becomes a box, since PDF/A allows no missing sign."""
    tekst = json.dumps(data, ensure_ascii=False)
    skrifter = typst.Fonts()
    for forsoek in range(_FORSOEK + 1):
        # A compiler forgets a source given as bytes once it has compiled it: one for each try.
        kompilator = typst.Compiler(mal.encode(), root=rot, font_paths=skrifter)
        try:
            pdf = kompilator.compile(format="pdf", sys_inputs={"data": tekst}, pdf_standards=["a-2b"], timestamp=0)
        except typst.TypstError as feil:
            ukjent = _UKJENT_TEGN.search(str(feil))
            if ukjent is None or forsoek == _FORSOEK:
                raise
            tegn = ukjent[1]
            if forsoek == _FORSOEK - 1 or tegn not in tekst:
                tekst = re.sub(r"[^\x00-\u024f\u2010-\u2044]", _ERSTATNING, tekst)
            else:
                tekst = tekst.replace(tegn, _ERSTATNING)
        else:
            assert isinstance(pdf, bytes)  # noqa: S101 - one document, and no file named to write it to
            return pdf
    raise AssertionError("unreachable")
