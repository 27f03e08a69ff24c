"""Pictures: who took them, where and with what is taken out; not a pixel is touched. And what stands in them."""

from __future__ import annotations

import io
import struct

from PIL import Image, ImageOps, UnidentifiedImageError

from . import ocr
from .tekst import Teller

_BEHOLDES_JPEG = {0xE0, 0xE2, 0xEE}
"""JFIF, colour profile, and Adobe's colour transform: what the picture needs to look as it does."""
_FJERNES_PNG = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_RETNING = 0x0112
_SPOR_TIFF = {269, 270, 271, 272, 285, 305, 306, 315, 316, 33432, 33723, 34377, 34665, 34853, 37724, 700}
_SKANN = "image/tiff"
_PNG = b"\x89PNG\r\n\x1a\n"


def vask_jpeg(innhold: bytes, *, behold_retning: bool = True) -> bytes:
    """Return the JPEG without EXIF, XMP, IPTC and comments; which way is up is kept. Unchanged where it has none."""
    if not innhold.startswith(b"\xff\xd8"):
        return innhold
    ut, sted = [innhold[:2]], 2
    retning = 1
    while sted + 4 <= len(innhold) and innhold[sted] == 0xFF:
        merke = innhold[sted + 1]
        if merke == 0xFF:  # fill
            sted += 1
            continue
        if merke == 0xDA:
            break
        slutt = sted + 2 + int.from_bytes(innhold[sted + 2 : sted + 4], "big")
        er_spor = (0xE0 <= merke <= 0xEF and merke not in _BEHOLDES_JPEG) or merke == 0xFE
        if er_spor and innhold[sted + 4 : sted + 10] == b"Exif\0\0":
            retning = _retning(innhold[sted + 10 : slutt])
            er_spor = innhold[sted:slutt] != _exif(retning)
        if not er_spor:
            ut.append(innhold[sted:slutt])
        sted = slutt
    vasket = b"".join(ut) + _uten_hale(innhold[sted:])
    if len(vasket) == len(innhold):
        return innhold
    return vasket[:2] + _exif(retning) + vasket[2:] if behold_retning and retning != 1 else vasket


def _uten_hale(data: bytes) -> bytes:
    """Cut what stands after the end of the picture: some cameras put a second one with metadata there."""
    slutt = data.find(b"\xff\xd9")
    return data[: slutt + 2] if slutt >= 0 else data


def _retning(tiff: bytes) -> int:
    try:
        exif = Image.Exif()
        exif.load(b"Exif\0\0" + tiff)
        return int(exif.get(_RETNING, 1) or 1)
    except (ValueError, TypeError, SyntaxError, OSError, struct.error):
        return 1


def _exif(retning: int) -> bytes:
    """Return a segment that says which way is up, and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _RETNING, 3, 1, retning, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(tiff) + 8) + b"Exif\0\0" + tiff


def vask_png(innhold: bytes) -> bytes:
    """Return the PNG without its texts, its EXIF and its time. Unchanged where it has none."""
    if not innhold.startswith(_PNG):
        return innhold
    ut, sted = [_PNG], len(_PNG)
    while sted + 12 <= len(innhold):
        lengde = int.from_bytes(innhold[sted : sted + 4], "big")
        slag = innhold[sted + 4 : sted + 8]
        slutt = sted + 12 + lengde
        if slag not in _FJERNES_PNG:
            ut.append(innhold[sted:slutt])
        sted = slutt
        if slag == b"IEND":
            break
    return b"".join(ut)


def vask_tiff(innhold: bytes) -> bytes:
    """Return the TIFF without the tags that tell of people, places and machines. Unchanged where it has none."""
    with Image.open(io.BytesIO(innhold)) as bilde:
        sider, spor = [], False
        for nr in range(getattr(bilde, "n_frames", 1)):
            bilde.seek(nr)
            spor = spor or bool(_SPOR_TIFF & set(getattr(bilde, "tag_v2", {})))
            sider.append(bilde.copy())
        if not spor:
            return innhold
        ut = io.BytesIO()
        pakking = "group4" if all(s.mode == "1" for s in sider) else "tiff_lzw"
        for side in sider:
            side.info = {n: v for n, v in side.info.items() if n in ("dpi", "icc_profile")}
        sider[0].save(
            ut, "TIFF", compression=pakking, save_all=True, append_images=sider[1:], dpi=bilde.info.get("dpi")
        )
        return ut.getvalue()


def les(innhold: bytes, mimetype: str, teller: Teller) -> None:
    """Look through what stands in a picture. A scan that cannot be read is said to be so; a photo has no text."""
    leser = ocr.Leser(teller.leting.ocr)
    with Image.open(io.BytesIO(innhold)) as bilde:
        sider = getattr(bilde, "n_frames", 1)
        for nr in range(sider):
            bilde.seek(nr)
            lest = leser.les(ImageOps.exif_transpose(bilde.copy()))
            teller.les(lest, nr + 1 if sider > 1 else 0)
            if not ocr.er_lest(lest) and (ocr.ligner_side(bilde) or (mimetype == _SKANN and not ocr.er_blankt(bilde))):
                teller.meld("bilde", nr + 1 if sider > 1 else 0)


VASK = {"image/jpeg": vask_jpeg, "image/png": vask_png, "image/tiff": vask_tiff}


def vask(innhold: bytes, mimetype: str) -> bytes | None:
    """Return the washed picture, the same where there was nothing; None for one that cannot be read."""
    try:
        with Image.open(io.BytesIO(innhold)) as bilde:
            bilde.verify()
        vasket: bytes = VASK[mimetype](innhold)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return vasket
