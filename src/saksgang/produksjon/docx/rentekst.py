"""The text of a letter as plain text and back: the writing field of those who have no script.

A blank line makes a paragraph, «- » and «1. » lists, two spaces before them a list in the list, «# » and «## »
headings, **bold** and *italics*. What would be read as one of these and is not meant so has a backslash before it; a
backslash alone is an empty line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .brodtekst import AVSNITT, DYPEST, NUMMER, OVERSKRIFT, PUNKT, UNDEROVERSKRIFT, Blokk, Del, les_html, til_html

_PUNKT = re.compile(r"^( *)(?:[-*•]|(\d{1,9})[.)]) +(.*)$")
_OVERSKRIFT = re.compile(r"^(##?) +(.*)$")
_VERNES = re.compile(r"^(?=[-*•] |##? )|^\d{1,9}(?=[.)] )")
_BIT = re.compile(r"\\([\\*#\-•.)])|(\*+)")
_TEGN = {OVERSKRIFT: "# ", UNDEROVERSKRIFT: "## "}
TOM = "\\"


def til_ren_tekst(html: str) -> str:
    """Return the text as it is written in a plain field."""
    ut: list[str] = []
    tellere: list[int] = []
    forrige: Blokk | None = None
    for blokk in les_html(html):
        samme_liste = forrige is not None and blokk.i_liste and forrige.i_liste and forrige.liste == blokk.liste
        if not samme_liste:
            tellere = []
        if forrige is not None:
            ut.append("\n" if samme_liste else "\n\n")
        ut.append(_skriv(blokk, tellere))
        forrige = blokk
    return "".join(ut)


def _skriv(blokk: Blokk, tellere: list[int]) -> str:
    linjer = _med_merker(blokk.deler).split("\n")
    if blokk.slag in _TEGN:
        return _TEGN[blokk.slag] + "\\\n".join(linjer)
    if not blokk.i_liste:
        return "\n".join(_vern(linje) for linje in linjer)
    del tellere[blokk.nivaa + 1 :]
    tellere += [0] * (blokk.nivaa + 1 - len(tellere))
    tellere[blokk.nivaa] += 1
    innrykk = "  " * blokk.nivaa
    merke = f"{tellere[blokk.nivaa]}. " if blokk.slag == NUMMER else "- "
    return f"\n{innrykk}  ".join([innrykk + merke + linjer[0], *map(_vern, linjer[1:])])


def _vern(linje: str) -> str:
    return _VERNES.sub(lambda m: f"{m.group()}\\", linje) or TOM


def _med_merker(deler: Iterable[Del]) -> str:
    ut, fet, kursiv, foer = [], False, False, ""
    alle = [*deler, Del("")]
    for nr, del_ in enumerate(alle):
        tekst = del_.tekst.lstrip(" ") if foer.endswith("\n") else del_.tekst
        if nr + 1 < len(alle) and alle[nr + 1].tekst.startswith("\n"):
            tekst = tekst.rstrip(" ")
        if not tekst and nr + 1 < len(alle):
            continue
        ut.append("**" * (del_.fet != fet) + "*" * (del_.kursiv != kursiv))
        ut.append(re.sub(r"[\\*]", r"\\\g<0>", tekst))
        fet, kursiv, foer = del_.fet, del_.kursiv, tekst
    return "".join(ut)


def fra_ren_tekst(tekst: str) -> str:
    """Return what was written in a plain field in the one form of the text."""
    return til_html(les_html(til_html(list(_blokker(tekst)))))


def _blokker(tekst: str) -> Iterator[Blokk]:
    for liste, avsnitt in enumerate(re.split(r"\n[ \t]*\n", re.sub(r"\r\n?", "\n", tekst).strip("\n")), 1):
        aapen: Blokk | None = None
        linjer: list[str] = []
        fortsetter = False
        for linje in avsnitt.split("\n"):
            punkt, overskrift = _PUNKT.match(linje.expandtabs(2)), _OVERSKRIFT.match(linje)
            if fortsetter:
                linjer.append(linje)
            elif punkt:
                yield from _ferdig(aapen, linjer)
                slag = NUMMER if punkt[2] else PUNKT
                aapen = Blokk(slag, nivaa=min(len(punkt[1]) // 2, DYPEST), liste=liste)
                linjer = [punkt[3]]
            elif overskrift:
                yield from _ferdig(aapen, linjer)
                aapen = Blokk(OVERSKRIFT if overskrift[1] == "#" else UNDEROVERSKRIFT)
                linjer = [overskrift[2]]
            elif aapen is None or aapen.slag in _TEGN:
                yield from _ferdig(aapen, linjer)
                aapen, linjer = Blokk(AVSNITT), [linje]
            else:
                linjer.append(linje)
            fortsetter = aapen is not None and aapen.slag in _TEGN and _slutter_aapent(linjer[-1])
            if fortsetter:
                linjer[-1] = linjer[-1][:-1]
        yield from _ferdig(aapen, linjer)


def _slutter_aapent(linje: str) -> bool:
    return (len(linje) - len(linje.rstrip("\\"))) % 2 == 1


def _ferdig(blokk: Blokk | None, linjer: list[str]) -> Iterator[Blokk]:
    if blokk is None:
        return
    rene = ["" if linje.strip() == TOM else re.sub(r"[ \t]+", " ", linje).strip() for linje in linjer]
    blokk.deler = _les_merker("\n".join(rene))
    if blokk.deler or blokk.slag == AVSNITT:
        yield blokk


def _les_merker(tekst: str) -> list[Del]:
    """Read bold and italics; a star between spaces, or one without a fellow, is a star."""
    biter: list[str] = []
    merker: list[int] = []
    sist = 0
    for m in _BIT.finditer(tekst):
        biter.append(tekst[sist : m.start()])
        rundt = {tekst[m.start() - 1 : m.start()] or "\n", tekst[m.end() : m.end() + 1] or "\n"}
        if m[1] is not None:
            biter.append(m[1])
        elif len(m[2]) > 3 or (" " in rundt and rundt <= {" ", "\n"}):
            biter.append(m[2])
        else:
            for tegn in {1: ["*"], 2: ["**"], 3: ["**", "*"]}[len(m[2])]:
                merker.append(len(biter))
                biter.append(tegn)
        sist = m.end()
    biter.append(tekst[sist:])
    for tegn in ("**", "*"):
        like = [i for i in merker if biter[i] == tegn]
        if len(like) % 2:
            merker.remove(like[-1])
    deler: list[Del] = []
    fet = kursiv = False
    for i, bit in enumerate(biter):
        if i in merker:
            fet, kursiv = fet != (bit == "**"), kursiv != (bit == "*")
        elif bit and deler and (deler[-1].fet, deler[-1].kursiv) == (fet, kursiv):
            deler[-1].tekst += bit
        elif bit:
            deler.append(Del(bit, fet, kursiv))
    return deler
