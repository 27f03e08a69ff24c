"""Reading what stands in a picture, where the machine has tesseract; and whether a picture looks like a page of it."""

from __future__ import annotations

import io
import os
import re
import subprocess
import time
from dataclasses import dataclass, field

from PIL import Image, ImageStat

MINST_LEST = 20
"""Letters and digits. A page on which fewer are read was not read."""
MAKS_SIDER, MAKS_SEKUNDER = 40, 90
"""Of one file. What is left after that is not read."""
_SEKUNDER_EN_SIDE = 30
_SPRAAK = ("nor", "eng")
_STOERST = 4000
_PAPIR_LYST, _PAPIR_FARGE = 195, 16
_PAPIR_ANDEL = 0.5
_BLANKT = 24
_NESTEN_TALL = re.compile(r"(?<!\w)(?=(?:[OoQIl|SBZ]*[0-9]){3})[0-9OoQIl|SBZ]{5,}(?!\w)")
_SIFRE = str.maketrans("OoQIl|SBZ", "000111582")


@dataclass
class Leser:
    """Reads the pictures of one file, as long as it may take. program: where tesseract is; empty for none."""

    program: str = ""
    _sider: int = 0
    _slutt: float = field(default_factory=lambda: time.monotonic() + MAKS_SEKUNDER)

    def les(self, bilde: Image.Image) -> str:
        """Return the text of a picture; empty where it has none, or cannot be read here."""
        self._sider += 1
        igjen = self._slutt - time.monotonic()
        if not self.program or self._sider > MAKS_SIDER or igjen <= 0:
            return ""
        ut = io.BytesIO()
        bilde = bilde.convert("L")
        bilde.thumbnail((_STOERST, _STOERST))
        bilde.save(ut, "PNG", compress_level=1)
        for spraak in (["-l", "+".join(_SPRAAK)], ["-l", _SPRAAK[-1]], []):
            try:
                svar = subprocess.run(
                    [self.program, "-", "-", *spraak],
                    input=ut.getvalue(),
                    capture_output=True,
                    check=False,
                    timeout=min(_SEKUNDER_EN_SIDE, igjen),
                    env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                )
            except (OSError, subprocess.TimeoutExpired):
                return ""
            if svar.returncode == 0:
                return _rett(svar.stdout.decode("utf-8", errors="replace"))
        return ""


def _rett(tekst: str) -> str:
    """Return the text with digits where letters have been read for them in a number."""
    return _NESTEN_TALL.sub(lambda treff: treff.group().translate(_SIFRE), tekst)


def er_lest(tekst: str) -> bool:
    """Whether so much was read that it is the text of the page."""
    return sum(t.isalnum() for t in tekst) >= MINST_LEST


def er_blankt(bilde: Image.Image) -> bool:
    """Whether there is nothing to see."""
    lav, hoey = bilde.convert("L").getextrema()
    return int(hoey) - int(lav) < _BLANKT  # type: ignore[arg-type]


def ligner_side(bilde: Image.Image) -> bool:
    """Whether most of a picture is the white of a paper: a scan or a letter that is photographed, and no photo."""
    liten = bilde.convert("RGB")
    liten.thumbnail((200, 200))
    if er_blankt(liten):
        return False
    metning, lys = (liten.convert("HSV").getchannel(kanal) for kanal in "SV")
    papir = Image.eval(lys, lambda v: 255 if v >= _PAPIR_LYST else 0)
    graatt = Image.eval(metning, lambda v: 255 if v <= _PAPIR_FARGE else 0)
    hvitt = Image.composite(papir, Image.new("L", liten.size, 0), graatt)
    return ImageStat.Stat(hvitt).mean[0] / 255 >= _PAPIR_ANDEL
