"""The gate: whether a file is the PDF/A that it says it is. One function, so that another checker can take over."""

from __future__ import annotations

import io

import page
import pikepdf

GRENSER = page.SafetyLimits(
    max_input_size=2 * 1024**3,
    max_decoded_stream_size=1024**3,
    max_total_decoded_content_size=4 * 1024**3,
)
BARE_DEL_1 = "METADATA-FILTER"
"""A rule of part 1 alone (ISO 19005-1, 6.7.2), which the checker applies to the later parts too."""
LENGDE = "STREAM-LENGTH"
"""The checker takes a CR that ends the data for part of the end-of-line after it: one compressed stream in 256."""
VIST = 20


def er_gyldig_pdfa(innhold: bytes) -> list[str]:
    """Return what is wrong with a file as the PDF/A that it claims to be; empty when nothing is."""
    del_ = paastaatt_del(innhold)
    if del_ is None:
        return ["Fila sier ikke selv at den er PDF/A."]
    try:
        rapport = page.validate_pdf_bytes(innhold, limits=GRENSER)
    except page.PageError as feil:
        return [f"Kan ikke kontrolleres: {feil}"]
    funn = [f for f in rapport.failures if not (BARE_DEL_1 in f.rule_id and del_ > 1)]
    if any(LENGDE in f.rule_id for f in funn):
        riktige = _riktig_lengde(innhold)
        funn = [f for f in funn if LENGDE not in f.rule_id or _nummer(f) not in riktige]
    return list(dict.fromkeys(f"{f.rule_id}: {f.message}" for f in funn))[:VIST]


def _nummer(funn: page.ValidationFailure) -> tuple[int, int] | None:
    return (funn.object_id.object_number, funn.object_id.generation) if funn.object_id else None


def paastaatt_del(innhold: bytes) -> int | None:
    """Return the part of the standard that the file claims: 1, 2 or 3."""
    try:
        with pikepdf.open(io.BytesIO(innhold)) as pdf, pdf.open_metadata() as metadata:
            paastand = str(metadata.get("pdfaid:part", ""))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError):
        return None
    return int(paastand) if paastand in {"1", "2", "3"} else None


def _riktig_lengde(innhold: bytes) -> set[tuple[int, int] | None]:
    """Return the streams whose Length is right all the same: the data end in CR. None: those that hold objects.

    qpdf mends a Length that is wrong and says so; where it says nothing, it found the end where Length put it.
    """
    with pikepdf.open(io.BytesIO(innhold), suppress_warnings=True) as pdf:
        stroemmer = [objekt for objekt in pdf.objects if isinstance(objekt, pikepdf.Stream)]
        med_cr: set[tuple[int, int] | None] = {s.objgen for s in stroemmer if s.read_raw_bytes().endswith(b"\r")}
        return set() if pdf.get_warnings() else med_cr | {None}
