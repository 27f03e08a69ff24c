"""Documents that no archive copy can be made of: what people send, a few days before anybody mends it."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

from PIL import Image

from saksgang.lager.commands import lagre_fil
from saksgang.produksjon.commands import bestill_manglende, proev_igjen, utfoer_konverteringer
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjoner

from .filer import foto, kart
from .grunnlag import tekstfil

if TYPE_CHECKING:
    from .kurver import Kurvfyller


def _tegninger() -> bytes:
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for nr in (1, 2):
            arkiv.writestr(f"tegning {nr}.png", kart(nr))
    return ut.getvalue()


def _maalinger() -> bytes:
    linjer = [f"{time:02}:00;{41 + time % 7},{time % 10}" for time in range(24)]
    return gzip.compress("\n".join(["klokkeslett;dB", *linjer]).encode(), mtime=0)


def _skadet_bilde() -> bytes:
    """A photograph whose sending broke off."""
    ut = io.BytesIO()
    Image.open(io.BytesIO(foto(1))).save(ut, "WEBP")
    return ut.getvalue()[:600]


UMULIGE = (
    ("Tegninger til søknad om garasje", "tegninger.zip", _tegninger),
    ("Bilde av hull i veien", "bilde.webp", _skadet_bilde),
    ("Støymålinger ved idrettsplassen", "målinger.csv.gz", _maalinger),
)


def legg_inn_mislykkede(fyller: Kurvfyller) -> None:
    """Register letters with what cannot become PDF/A, let the archive try once, and order the rest from now on."""
    eva = fyller.p["ark.eva"]
    saker = fyller.saker("sb.kari") + fyller.saker("sb.ola")
    for nr, (tittel, filnavn, lag) in enumerate(UMULIGE):
        brev = tekstfil(f"{tittel}\n\nSe vedlegget.\n\nMed hilsen\nen innbygger\n")
        vedlegg = Vedlagt(lagre_fil(lag(), filnavn=filnavn), filnavn)
        jp = fyller.brev(saker[nr % len(saker)], tittel, dokumenter=[brev, vedlegg])
        proev_igjen(gjeldende_versjoner(jp)[1], av=eva)
    for _ in UMULIGE:
        utfoer_konverteringer()
    bestill_manglende()
