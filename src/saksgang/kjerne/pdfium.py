"""The door to PDFium, which is not made for threads: one PDF at a time in the process, whoever reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

import pypdfium2

_laas = RLock()


@contextmanager
def aapnet(innhold: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF to read, draw and flatten its pages. Raises PdfiumError where it is locked or broken."""
    with _laas:
        pdf = pypdfium2.PdfDocument(innhold)
        try:
            yield pdf
        finally:
            pdf.close()
