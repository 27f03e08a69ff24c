"""A font without signs: it gives the words under a picture their places, and nothing to see."""

from __future__ import annotations

import struct
from functools import cache

BREDDE = 500
"""The width of every sign, in thousandths of its size."""
_ENHET = 1000


@cache
def skrift_uten_tegn() -> bytes:
    """Return a TrueType font with one empty sign."""
    tabeller = {
        b"glyf": b"\0\0\0\0",
        b"head": struct.pack(
            ">4sIII HH qq hhhh HHhhh",
            *(b"\0\1\0\0", 0x10000, 0, 0x5F0F3CF5, 0, _ENHET, 0, 0, 0, -200, BREDDE, 800, 0, 8, 2, 0, 0),
        ),
        b"hhea": struct.pack(">4shhhHhhhhhh8xhH", b"\0\1\0\0", 800, -200, 0, BREDDE, 0, 0, 0, 1, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhh", BREDDE, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">4sH26x", b"\0\1\0\0", 2),
    }
    hode = struct.pack(">4sHHHH", b"\0\1\0\0", len(tabeller), 64, 2, len(tabeller) * 16 - 64)
    plass, katalog, kropp = 12 + 16 * len(tabeller), b"", b""
    for navn, data in sorted(tabeller.items()):
        katalog += struct.pack(">4sIII", navn, _sum(data), plass + len(kropp), len(data))
        kropp += data + b"\0" * (-len(data) % 4)
    return hode + katalog + kropp


def _sum(data: bytes) -> int:
    data += b"\0" * (-len(data) % 4)
    return sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF


TIL_UNICODE = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%OMRAADER%
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@cache
def til_unicode() -> bytes:
    """Return the table that says that every code is the Unicode sign with that number."""
    # A range may not run past its last byte.
    rader = [b"<%02X00> <%02XFF> <%02X00>" % (n, n, n) for n in range(256)]
    biter = [rader[n : n + 100] for n in range(0, 256, 100)]
    omraader = b"\n".join(b"%d beginbfrange\n%s\nendbfrange" % (len(b), b"\n".join(b)) for b in biter)
    return TIL_UNICODE.replace(b"%OMRAADER%", omraader)
