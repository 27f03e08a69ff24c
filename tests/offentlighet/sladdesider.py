"""Pages to be redacted, made here: words in many places and sizes, broken over lines, in columns, on turned pages."""

from __future__ import annotations

import io
import json
import random
import subprocess

import pikepdf
import typst

HEMMELIG = ("Raudfjellsdottir", "Anne-Karin Tveitaskog", "barnevernsvedtaket", "Ærøyvåg")
"""What is planted: a name, one of several words with a hyphen, a long word that breaks, and Norwegian letters."""
FYLL = (
    "Kommunen har mottatt henvendelsen og viser til tidligere korrespondanse i saken om gatelys, vann og avløp "
    "langs veien, og ber om en skriftlig tilbakemelding innen fristen som er satt i forhåndsvarselet"
).split()
_MAL = """
#let sider = json(bytes(sys.inputs.data))
#for (nr, s) in sider.enumerate() {
  set page(width: s.bredde * 1mm, height: s.hoeyde * 1mm, margin: s.marg * 1mm, columns: s.spalter)
  set text(lang: "nb", hyphenate: true, size: s.stoerrelse * 1pt, tracking: s.sperring * 1pt, font: "Libertinus Serif")
  set par(justify: s.jevn)
  for avsnitt in s.avsnitt { par(avsnitt) }
  if s.dreid != "" { place(bottom + right, rotate(90deg, reflow: true, text(s.dreid))) }
  if s.fot != "" { place(bottom + left, text(size: 7pt, fill: gray, s.fot)) }
}
"""


def side(tilfeldig: random.Random) -> dict[str, object]:
    """One page's worth of choices: every word that is planted stands on it, in places of its own."""
    avsnitt = []
    for ord_ in HEMMELIG:
        tekst = [tilfeldig.choice(FYLL) for _ in range(tilfeldig.randint(4, 30))]
        former = (ord_, ord_.upper(), f"{ord_}s", f"«{ord_}»,", f"({ord_})")
        tekst.insert(tilfeldig.randint(0, len(tekst)), tilfeldig.choice(former))
        avsnitt.append(" ".join(tekst))
    tilfeldig.shuffle(avsnitt)
    liggende = tilfeldig.random() < 0.3
    return {
        "bredde": 297 if liggende else 210,
        "hoeyde": 210 if liggende else 297,
        "marg": tilfeldig.choice((10, 20, 35)),
        "spalter": tilfeldig.choice((1, 1, 2, 3)),
        "stoerrelse": tilfeldig.choice((6, 9, 11, 14, 22)),
        "sperring": tilfeldig.choice((0, 0, 0, 0.6)),
        "jevn": tilfeldig.random() < 0.5,
        "avsnitt": avsnitt,
        "dreid": tilfeldig.choice(("", f"Arkivet {HEMMELIG[0]}")),
        "fot": tilfeldig.choice(("", f"Saken til {HEMMELIG[1]}")),
    }


def sett(sider: list[dict[str, object]]) -> bytes:
    """Set pages by Typst."""
    data = json.dumps(sider, ensure_ascii=False)
    pdf = typst.Compiler(_MAL.encode()).compile(format="pdf", sys_inputs={"data": data}, timestamp=0)
    assert isinstance(pdf, bytes)
    return pdf


def sider(antall: int, froe: int = 7) -> bytes:
    """So many pages, every third of them turned by the page's own /Rotate."""
    tilfeldig = random.Random(froe)
    with pikepdf.open(io.BytesIO(sett([side(tilfeldig) for _ in range(antall)]))) as pdf:
        for nr, en in enumerate(pdf.pages):
            if nr % 3 == 1:
                en.rotate(tilfeldig.choice((90, 180, 270)), relative=False)
        ut = io.BytesIO()
        pdf.save(ut)
    return ut.getvalue()


def brev(*avsnitt: str) -> bytes:
    """A plain letter on one page."""
    rad = side(random.Random(1)) | {"bredde": 210, "hoeyde": 297, "marg": 20, "spalter": 1, "stoerrelse": 11}
    return sett([rad | {"sperring": 0, "jevn": False, "avsnitt": list(avsnitt), "dreid": "", "fot": ""}])


def alt_i(pdf: bytes) -> str:
    """All that a reader could dig out: every object, stream and string, as text, and what PDFium and others extract."""
    ut = []
    with pikepdf.open(io.BytesIO(pdf)) as aapnet:
        for objekt in aapnet.objects:
            ut.append(repr(objekt))
            if isinstance(objekt, pikepdf.Stream) and objekt.get("/Filter") != pikepdf.Name.DCTDecode:
                data = objekt.read_bytes()
                ut += [data.decode("latin-1"), data.decode("utf-16-be", "ignore")]
        for nr, en in enumerate(aapnet.pages):
            ut.append(_usynlige_ord(en, nr))
    return "\n".join(ut)


def _usynlige_ord(side: pikepdf.Page, nr: int) -> str:
    """The words of a page that we have made, read from its operators and not by any reader."""
    ord_ = []
    for operander, operator in pikepdf.parse_content_stream(side):
        if str(operator) == "Tj":
            ord_.append(bytes(operander[0]).decode("utf-16-be"))
    return f"side {nr + 1}: " + "".join(ord_)


def pdftotext(pdf: bytes) -> str | None:
    """What another reader extracts, where the machine has one; None where it has none."""
    try:
        svar = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    except (FileNotFoundError, subprocess.CalledProcessError):
        return None
    return svar.stdout.decode("utf-8")
