"""The shield in the letterhead of the product's own templates: the same peaks and waves as on the pages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache

from PIL import Image, ImageDraw

FARGE, HVIT, BLAA = (11, 59, 92), (255, 255, 255), (120, 178, 214)
SKALA, NEDSKALERING = 48, 3


@cache
def vaapen() -> bytes:
    """Return the shield as PNG, 28 by 32 units."""
    bilde = Image.new("RGBA", (28 * SKALA, 32 * SKALA), (255, 255, 255, 0))
    tegn = ImageDraw.Draw(bilde)
    tegn.polygon([_p(x, y) for x, y in _skjold()], fill=FARGE)
    tegn.polygon([_p(*p) for p in [(5, 17.5), (10.5, 9), (14, 14), (17, 10), (23, 17.5)]], fill=HVIT)
    tegn.line([_p(x, y) for x, y in _boelge()], fill=BLAA, width=int(1.6 * SKALA), joint="curve")
    ut = io.BytesIO()
    # Drawn large and made small, so that the edges are soft.
    liten = bilde.resize((28 * SKALA // NEDSKALERING, 32 * SKALA // NEDSKALERING), Image.Resampling.LANCZOS)
    liten.save(ut, "PNG", optimize=True)
    return ut.getvalue()


def _p(x: float, y: float) -> tuple[int, int]:
    return round(x * SKALA), round(y * SKALA)


def _kurve(p0: tuple[float, float], p1: tuple[float, float], p2: tuple[float, float]) -> Iterator[tuple[float, float]]:
    for n in range(41):
        t = n / 40
        yield tuple((1 - t) ** 2 * a + 2 * t * (1 - t) * b + t**2 * c for a, b, c in zip(p0, p1, p2, strict=True))  # type: ignore[misc]


def _skjold() -> Iterator[tuple[float, float]]:
    yield from [(1.5, 1.5), (26.5, 1.5)]
    yield from _kurve((26.5, 17.5), (26.2, 26), (14, 30.5))
    yield from _kurve((14, 30.5), (1.8, 26), (1.5, 17.5))


def _boelge() -> Iterator[tuple[float, float]]:
    for n in range(3):
        x = 5 + 6 * n
        yield from _kurve((x, 21.5), (x + 3, 21.5 + (-2.4 if n % 2 == 0 else 2.4)), (x + 6, 21.5))
