#!/usr/bin/env python3
"""Refresh the front-end files that are committed under static/vendor (maintainers only).

    python3 tools/hent_vendor.py                 newest versions, through the npm client
    python3 tools/hent_vendor.py --fra MAPPE     from tarballs already packed there

Every file is written under <name>/<version>/ with its licence, the icons become one sprite, and vendor.toml gets
version, licence and SHA-256 of each file. Old versions are removed. Nobody needs Node to install or run the product.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

ROT = Path(__file__).resolve().parent.parent
VENDOR = ROT / "src/saksgang/ui/static/vendor"
TESTVENDOR = ROT / "tests/vendor"

# name: (npm package, root, {file in the package: our name})
PAKKER = {
    "designsystemet-css": (
        "@digdir/designsystemet-css",
        VENDOR,
        {"dist/src/index.css": "designsystemet.css", "dist/theme/designsystemet.css": "tema.css", "LICENSE": "LICENSE"},
    ),
    "designsystemet-web": (
        "@digdir/designsystemet-web",
        VENDOR,
        {"dist/umd/index.js": "designsystemet-web.js", "LICENSE": "LICENSE"},
    ),
    "inter": (
        "@fontsource-variable/inter",
        VENDOR,
        {
            "files/inter-latin-opsz-normal.woff2": "inter-latin.woff2",
            "files/inter-latin-ext-opsz-normal.woff2": "inter-latin-ext.woff2",
            "LICENSE": "LICENSE",
        },
    ),
    "aksel-icons": ("@navikt/aksel-icons", VENDOR, {}),
    "axe": (
        "axe-core",
        TESTVENDOR,
        {"axe.min.js": "axe.min.js", "locales/nb.json": "nb.json", "LICENSE": "LICENSE"},
    ),
}

IKONER = """
Archive ArrowCirclepath ArrowDown ArrowForward ArrowLeft ArrowRedo ArrowRight ArrowRightLeft ArrowsCirclepath
ArrowsSquarepath ArrowsUpDown ArrowUndo ArrowUp BarChart Bell Bookmark BookmarkFill Buildings2 Buildings3 BulletList
Calendar Camera Chat ChatExclamationmark Checkmark CheckmarkCircle ChevronDown ChevronLeft ChevronRight ChevronUp
Clipboard ClipboardCheckmark Clock ClockDashed Cog Database DocPencil Download DragVertical EnvelopeClosed EnvelopeOpen
ExclamationmarkTriangle Expand ExternalLink Eye EyeSlash File FileCheckmark FileCsv FileExcel FileExport FileImage
FilePdf Files FileSearch FileText FileWord FileXMark FlagCross Folder FolderFile FolderMinus FolderPlus Funnel Gavel
Globe Handshake Hourglass House Image Inbox Information InformationSquare Leave LineGraph Link LinkBroken LocationPin
MagnifyingGlass MenuElipsisHorizontal MenuHamburger Minus MinusCircle Moon Newspaper NumberList OpenBook Package
PadlockLocked PadlockUnlocked Paperclip Paperplane Pencil PencilWriting Person PersonCheckmark PersonCircle PersonCross
PersonGavel PersonGroup PersonPlus Phone PlusCircle Plus PrinterSmall PushPin QrCode QuestionmarkCircle Receipt Robot
RotateLeft RotateRight SealCheckmark Shield ShieldCheckmark ShieldLock SortDown SortUp Star StarFill Sun Table Tag
Tasklist ThumbDown ThumbUp Trash Upload Wrench XMark XMarkOctagon ZoomMinus ZoomPlus
""".split()

# Other names for the same drawing, so that templates may use the obvious word.
SYNONYMER = {
    "Buildings": "Buildings3",
    "Envelope": "EnvelopeClosed",
    "Historikk": "ClockDashed",
    "Menu": "MenuHamburger",
    "Printer": "PrinterSmall",
}

# Two drawings that the set lacks, in its 24 grid and 1.5 line.
_STREK = 'fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" stroke-linejoin="round"'
EGNE = {
    "Flagg": f'<path d="M5.75 21V3.75m0 1.25c4-2.5 7.5 2.2 12.5 0v8.5c-5 2.2-8.5-2.5-12.5 0" {_STREK}/>',
    "Key": (
        f'<path d="M14.5 13.75a4.25 4.25 0 1 0-4-2.8L4 17.5V20.25h3.25v-2h2v-2h2l1.7-1.8" {_STREK}/>'
        '<path d="M15.5 8.5h.01" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>'
    ),
}

MIT = """MIT License

Copyright (c) {hvem}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

INTER_CSS = """/* Inter variable, self-hosted. unicode-range: latin-ext is fetched only by pages that need it. */
@font-face { font-family: Inter; font-style: normal; font-display: swap; font-weight: 100 900;
  src: url(inter-latin-ext.woff2) format("woff2");
  unicode-range: U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+0304, U+0308, U+0329, U+1D00-1DBF,
    U+1E00-1E9F, U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF }
@font-face { font-family: Inter; font-style: normal; font-display: swap; font-weight: 100 900;
  src: url(inter-latin.woff2) format("woff2");
  unicode-range: U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329,
    U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD }
"""


def pakk_ut(npm_navn: str, fra: Path | None, mappe: Path) -> Path:
    """Unpack the package and return its root; with fra, the tarball is taken from there instead of the registry."""
    stamme = npm_navn.lstrip("@").replace("/", "-")
    if fra is None:
        subprocess.run(["npm", "pack", "--silent", npm_navn], cwd=mappe, check=True, stdout=subprocess.DEVNULL)  # noqa: S603, S607 - a maintainer's own npm
    [tarball] = (fra or mappe).glob(f"{stamme}-[0-9]*.tgz")
    maal = mappe / stamme
    with tarfile.open(tarball) as tar:
        tar.extractall(maal, filter="data")
    return maal / "package"


def lag_sprite(svg: Path) -> str:
    """Return one SVG with a symbol per icon."""

    def tegning(navn: str) -> str:
        tekst = (svg / f"{navn}.svg").read_text(encoding="utf-8")
        [indre] = re.findall(r"<svg[^>]*>(.*)</svg>", tekst, re.S)
        return re.sub(r"\s*\n\s*", "", indre)

    symboler = {navn: tegning(navn) for navn in IKONER} | EGNE
    symboler |= {navn: symboler[kilde] for navn, kilde in SYNONYMER.items()}
    linjer = [f'<symbol id="i-{n}" viewBox="0 0 24 24">{symboler[n]}</symbol>' for n in sorted(symboler)]
    return "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *linjer, "</svg>", ""])


def hent(navn: str, fra: Path | None, mappe: Path) -> dict:
    """Write one package's files and return its manifest entry."""
    npm_navn, rot, filer = PAKKER[navn]
    pakke = pakk_ut(npm_navn, fra, mappe)
    meta = json.loads((pakke / "package.json").read_text(encoding="utf-8"))
    shutil.rmtree(rot / navn, ignore_errors=True)
    maal = rot / navn / meta["version"]
    maal.mkdir(parents=True)
    for kilde, ny in filer.items():
        innhold = (pakke / kilde).read_bytes()
        if ny.endswith((".js", ".css")):  # the hashed static storage would look for a map that is not shipped
            innhold = re.sub(rb"\n?(//|/\*)# sourceMappingURL=[^\n]*", b"", innhold)
        (maal / ny).write_bytes(innhold)
    if navn == "inter":
        (maal / "inter.css").write_text(INTER_CSS, encoding="utf-8")
    if navn == "aksel-icons":
        (maal / "sprite.svg").write_text(lag_sprite(pakke / "dist/svg"), encoding="utf-8")
        (maal / "LICENSE").write_text(MIT.format(hvem="NAV (Arbeids- og velferdsdirektoratet)"), encoding="utf-8")
    return {
        "navn": navn,
        "pakke": npm_navn,
        "versjon": meta["version"],
        "lisens": meta["license"],
        "filer": {f.name: hashlib.sha256(f.read_bytes()).hexdigest() for f in sorted(maal.iterdir())},
    }


def skriv_manifest(rot: Path, poster: list[dict]) -> None:
    """Write vendor.toml: what is committed, from which package, under which licence, with which checksum."""
    linjer = ["# Written by tools/hent_vendor.py. One table per package; the files lie in <name>/<version>/."]
    for post in poster:
        linjer += ["", f"[{post['navn']}]"]
        linjer += [f'{felt} = "{post[felt]}"' for felt in ("pakke", "versjon", "lisens")]
        linjer += ["", f"[{post['navn']}.sha256]"]
        linjer += [f'"{fil}" = "{sjekksum}"' for fil, sjekksum in post["filer"].items()]
    (rot / "vendor.toml").write_text("\n".join(linjer) + "\n", encoding="utf-8")


def main() -> None:
    """Refresh every package and the two manifests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fra", type=Path, help="folder with tarballs made by npm pack")
    fra = parser.parse_args().fra
    with tempfile.TemporaryDirectory() as midlertidig:
        poster = {navn: hent(navn, fra, Path(midlertidig)) for navn in PAKKER}
    for rot in (VENDOR, TESTVENDOR):
        skriv_manifest(rot, [post for navn, post in poster.items() if PAKKER[navn][1] == rot])
    for post in poster.values():
        print(f"{post['navn']} {post['versjon']} ({post['lisens']}): {len(post['filer'])} files")


if __name__ == "__main__":
    main()
