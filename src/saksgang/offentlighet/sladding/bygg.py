"""The redacted PDF: every page a picture with the marks burnt in, over the words that no mark touches."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image, ImageDraw

from saksgang.produksjon.pdfa import loeft, port

from .skrift import BREDDE, skrift_uten_tegn, til_unicode
from .soek import Soek, finn
from .tekst import DELT, Boks, KanIkkeSladdes, Side, Tegn, aapen, les_side, les_sider, side_i, tegn_side

PUNKTTETTHET = 200
KVALITET = 80
MARG = 0.0012
"""How much wider than the mark the black is on every side, as a part of the page: letters reach out of their places."""
_SKRIFTNAVN = Name.SaksgangUsynlig
_USYNLIG = 12
"""So little between the lightest and the darkest where a word should be: there is nothing to see there."""
_MINSTE_HOEYDE = 1.5
_LOV_TIL_AA_STAA = {"/Type", "/Pages", "/Metadata", "/OutputIntents"}
_PAA_SIDEN = {"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}


@dataclass(frozen=True, slots=True)
class Merke:
    """A place to be blacked out; pages are numbered from 0."""

    side: int
    boks: Boks


@dataclass(frozen=True, slots=True)
class Ord:
    """A word with its characters, up to the next space or end of line."""

    tekst: str
    tegn: tuple[Tegn, ...]

    @property
    def boks(self) -> Boks:
        bokser = [t.rom if t.rom.areal else t.boks for t in self.tegn]
        samlet = bokser[0]
        for boks in bokser[1:]:
            samlet = samlet.sammen(boks)
        return samlet


@dataclass
class Sladdet:
    """What came of it. feil: why it may not be used. uten_tekst: pages that are only pictures, from 1."""

    pdf: bytes
    feil: str = ""
    avvik: list[str] = field(default_factory=list)
    uten_tekst: list[int] = field(default_factory=list)
    rester: list[str] = field(default_factory=list)


def sladd(innhold: bytes, merker: Sequence[Merke], soek: Sequence[Soek]) -> Sladdet:
    """Return the PDF with the marks burnt in, and whether it holds what it should not.

    soek: what was looked for and marked in every place; none of it may be found afterwards.
    """
    pdf, sider, beholdt = _bygg(innhold, merker)
    resultat = Sladdet(pdf, uten_tekst=[nr for nr, side in enumerate(sider, 1) if not side.har_tekst])
    resultat.feil = kontroller(pdf, merker, soek, beholdt)
    resultat.avvik = port.er_gyldig_pdfa(pdf)
    resultat.rester = _rester(sider, merker, beholdt)
    return resultat


def svart(boks: Boks) -> Boks:
    """Return what is painted black for a mark."""
    return Boks(boks.x - MARG, boks.y - MARG, boks.b + 2 * MARG, boks.h + 2 * MARG)


def ord_paa(side: Side) -> Iterator[Ord]:
    """Yield the words of a page in their order; one that is broken over two lines is two."""
    naa: list[Tegn] = []
    for tegn in side.tegn:
        if not tegn.tegn.isspace():
            naa.append(tegn)
        if naa and (tegn.tegn.isspace() or tegn.tegn == DELT):
            yield _ord(naa)
            naa = []
    if naa:
        yield _ord(naa)


def _ord(tegn: list[Tegn]) -> Ord:
    return Ord("".join("-" if t.tegn == DELT else t.tegn for t in tegn), tuple(tegn))


# --- Building --------------------------------------------------------------------------------------------------------


def _bygg(innhold: bytes, merker: Sequence[Merke]) -> tuple[bytes, list[Side], list[list[Ord]]]:
    sider: list[Side] = []
    beholdt: list[list[Ord]] = []
    with Pdf.new() as ny, aapen(innhold) as gammel:
        skrift = ny.make_indirect(_skrift(ny))
        if any(not 0 <= merke.side < len(gammel) for merke in merker):
            raise KanIkkeSladdes("Et merke står på en side som ikke finnes. Last siden på nytt.")
        for nr in range(len(gammel)):
            svarte = [svart(m.boks) for m in merker if m.side == nr]
            side = les_side(gammel, nr)
            bilde = _bilde(gammel, nr)
            kan_ses = [o for o in ord_paa(side) if _kan_ses(o, side, bilde)]
            blir = [o for o in kan_ses if not _roeres(o, svarte)]
            _brenn(bilde, svarte)
            _legg_til_side(ny, skrift, side, bilde, blir)
            sider.append(side)
            beholdt.append(blir)
        ut = io.BytesIO()
        ny.save(ut, deterministic_id=True)
    return loeft.rens(ut.getvalue()), sider, beholdt


def _bilde(pdf: pypdfium2.PdfDocument, nr: int) -> Image.Image:
    with side_i(pdf, nr) as side:
        return tegn_side(side, PUNKTTETTHET / 72)


def _kan_ses(ordet: Ord, side: Side, bilde: Image.Image) -> bool:
    """Whether there is something to see where the word says that it stands: hidden text stays behind."""
    boks = ordet.boks
    if boks.h * side.hoeyde < _MINSTE_HOEYDE or boks.x < 0 or boks.y < 0 or boks.x + boks.b > 1 or boks.y + boks.h > 1:
        return False
    mest, minst = 0, 255
    for lag in bilde.crop(_piksler(boks, bilde)).split():
        lav, hoey = lag.getextrema()
        minst, mest = min(minst, int(lav)), max(mest, int(hoey))  # type: ignore[arg-type]
        if hoey - lav > _USYNLIG:  # type: ignore[operator]
            return True
    return False


def _roeres(ordet: Ord, svarte: Iterable[Boks]) -> bool:
    return any(svart.overlapper(t.boks if t.boks.areal else t.rom) for svart in svarte for t in ordet.tegn)


def _brenn(bilde: Image.Image, svarte: Iterable[Boks]) -> None:
    tegner = ImageDraw.Draw(bilde)
    for boks in svarte:
        x1, y1, x2, y2 = _piksler(boks, bilde)
        tegner.rectangle((x1, y1, x2 - 1, y2 - 1), fill=0 if bilde.mode == "L" else (0, 0, 0))


def _piksler(boks: Boks, bilde: Image.Image) -> tuple[int, int, int, int]:
    """Return the whole pixels that the rectangle touches, at least one."""
    x1 = min(max(0, math.floor(boks.x * bilde.width)), bilde.width - 1)
    y1 = min(max(0, math.floor(boks.y * bilde.height)), bilde.height - 1)
    x2 = min(max(x1 + 1, math.ceil((boks.x + boks.b) * bilde.width)), bilde.width)
    y2 = min(max(y1 + 1, math.ceil((boks.y + boks.h) * bilde.height)), bilde.height)
    return x1, y1, x2, y2


def _skrift(pdf: Pdf) -> Dictionary:
    fil = Stream(pdf, skrift_uten_tegn(), Length1=len(skrift_uten_tegn()))
    beskrivelse = Dictionary(
        Type=Name.FontDescriptor,
        FontName=_SKRIFTNAVN,
        Flags=5,
        ItalicAngle=0,
        FontBBox=Array([0, -200, BREDDE, 800]),
        Ascent=800,
        Descent=-200,
        CapHeight=700,
        StemV=80,
        FontFile2=pdf.make_indirect(fil),
    )
    etterkommer = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=_SKRIFTNAVN,
        DW=BREDDE,
        CIDSystemInfo=Dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(beskrivelse),
        CIDToGIDMap=pdf.make_indirect(Stream(pdf, b"\0\1" * 65536)),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=_SKRIFTNAVN,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(etterkommer)]),
        ToUnicode=pdf.make_indirect(Stream(pdf, til_unicode())),
    )


def _legg_til_side(pdf: Pdf, skrift: Dictionary, side: Side, bilde: Image.Image, ord_: Sequence[Ord]) -> None:
    ut = io.BytesIO()
    bilde.save(ut, "JPEG", quality=KVALITET, subsampling=0)
    tegning = Stream(
        pdf,
        ut.getvalue(),
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=bilde.width,
        Height=bilde.height,
        ColorSpace=Name.DeviceGray if bilde.mode == "L" else Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )
    innhold = [f"q {side.bredde:.3f} 0 0 {side.hoeyde:.3f} 0 0 cm /B Do Q", "BT 3 Tr"]
    innhold += [linje for ordet in ord_ if (linje := _tekstlinje(ordet, side))]
    innhold.append("ET")
    pdf.pages.append(
        pikepdf.Page(
            Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, round(side.bredde, 3), round(side.hoeyde, 3)]),
                Resources=Dictionary(XObject=Dictionary(B=pdf.make_indirect(tegning)), Font=Dictionary(F=skrift)),
                Contents=pdf.make_indirect(Stream(pdf, "\n".join(innhold).encode("ascii"))),
            )
        )
    )


def _tekstlinje(ordet: Ord, side: Side) -> str:
    """Return the operators that put an invisible word where it stood, as wide as it was, and a space behind it."""
    tekst = "".join(t for t in ordet.tekst if 0x20 < ord(t) < 0xFFFE and not 0xD800 <= ord(t) < 0xE000)
    if not tekst:
        return ""
    boks = ordet.boks
    bredde, hoeyde = boks.b * side.bredde, boks.h * side.hoeyde
    stoerrelse = max(1.0, min(hoeyde, 4 * bredde / len(tekst)))
    skala = 100 * bredde / (len(tekst) * stoerrelse * BREDDE / 1000)
    x, y = boks.x * side.bredde, side.hoeyde - (boks.y + boks.h) * side.hoeyde + 0.2 * stoerrelse
    koder = (tekst + " ").encode("utf-16-be").hex().upper()
    return f"/F {stoerrelse:.2f} Tf {max(1.0, skala):.2f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm <{koder}> Tj"


# --- Control ---------------------------------------------------------------------------------------------------------


def kontroller(
    pdf: bytes, merker: Sequence[Merke], soek: Sequence[Soek], beholdt: Sequence[Sequence[Ord]] | None = None
) -> str:
    """Return why a finished file may not be used, in a sentence; empty when it holds nothing that it should not."""
    if fremmed := _fremmed(pdf):
        return f"Den ferdige fila har mer i seg enn sidene: {fremmed}. Den kan ikke brukes."
    sider = les_sider(pdf)
    for nr, side in enumerate(sider):
        for hva in soek:
            if finn(side, hva):
                return f"Den ferdige fila har fortsatt «{hva.navn}» på side {nr + 1}. Merk stedet, og send på nytt."
        mine = [m.boks for m in merker if m.side == nr]
        if any(not t.tegn.isspace() and _midt_i(t.rom, boks) for t in side.tegn for boks in mine):
            return f"Den ferdige fila har tekst under et merke på side {nr + 1}. Den kan ikke brukes."
        if beholdt is not None and not _bare_fra(side, beholdt[nr]):
            return f"Den ferdige fila har ord på side {nr + 1} som ikke skulle være med. Den kan ikke brukes."
    return ""


def _midt_i(boks: Boks, merke: Boks) -> bool:
    x, y = boks.x + boks.b / 2, boks.y + boks.h / 2
    return boks.areal > 0 and merke.x < x < merke.x + merke.b and merke.y < y < merke.y + merke.h


def _bare_fra(side: Side, ord_: Sequence[Ord]) -> bool:
    finnes = {_tegn_i(o.tekst) for o in ord_}
    samlet = "".join(finnes)
    return all(tekst in finnes or tekst in samlet for o in ord_paa(side) if (tekst := _tegn_i(o.tekst)))


def _tegn_i(tekst: str) -> str:
    return "".join(t for t in tekst if t.isalnum())


def _fremmed(innhold: bytes) -> str:
    """Return what a finished file holds beside pages of pictures and words; empty when nothing."""
    with pikepdf.open(io.BytesIO(innhold)) as pdf:
        ekstra = set(pdf.Root.keys()) - _LOV_TIL_AA_STAA
        if "/Info" in pdf.trailer:
            ekstra.add("/Info")
        if bytes(pdf.Root.Metadata.read_bytes()) != loeft.XMP:
            ekstra.add("/Metadata")
        for side in pdf.pages:
            ekstra |= set(side.obj.keys()) - _PAA_SIDEN
    return ", ".join(sorted(ekstra))


_MAKS_RESTER = 20


def _rester(sider: Sequence[Side], merker: Sequence[Merke], beholdt: Sequence[Sequence[Ord]]) -> list[str]:
    """Return words that are under a mark in one place and stand in another, for somebody to look at."""
    under: set[str] = set()
    for nr, side in enumerate(sider):
        mine = [m.boks for m in merker if m.side == nr]
        for ordet in ord_paa(side):
            if any(_midt_i(t.rom, boks) for t in ordet.tegn for boks in mine):
                under.add(ordet.tekst.strip(".,:;()«»\"'!?").casefold())
    under = {o for o in under if len(o) > 3}
    funnet: dict[str, tuple[str, list[int]]] = {}
    for nr, ord_ in enumerate(beholdt, 1):
        for ordet in ord_:
            rent = ordet.tekst.strip(".,:;()«»\"'!?")
            if rent.casefold() in under and (rent[:1].isupper() or any(t.isdigit() for t in rent)):
                sidene = funnet.setdefault(rent.casefold(), (rent, []))[1]
                if nr not in sidene:
                    sidene.append(nr)
    return [f"«{ord_}» på side {', '.join(map(str, nr))}" for ord_, nr in funnet.values()][:_MAKS_RESTER]
