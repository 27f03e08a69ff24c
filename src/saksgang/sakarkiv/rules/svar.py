"""How a letter or note is answered: which ways its type has, and what each leads to (krav C.1, R-10.2.2.2a–e)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol

from .journalpost import Journalposttype, Svarmaate

SVARMAATER: dict[str, tuple[Svarmaate, ...]] = {
    Journalposttype.INNGAAENDE: (Svarmaate.ENDELIG, Svarmaate.FORELOEPIG, Svarmaate.UTEN),
    Journalposttype.UTGAAENDE: (),
    Journalposttype.NOTAT: (Svarmaate.NOTAT,),
    Journalposttype.XNOTAT: (Svarmaate.NOTAT,),
    Journalposttype.SAKSPAPIR: (),
}
"""The choices of Meny by type, in its order."""
AVSLUTTENDE = frozenset({Svarmaate.ENDELIG, Svarmaate.NOTAT})
"""The ways that write off what they answer when the answer is finished (A-13)."""
NOTATTYPER = (Journalposttype.XNOTAT, Journalposttype.NOTAT)
"""What a note may be answered with; the first is preset (A-15)."""
EPOST = "E"
"""The ekspederingskode of e-mail (krav C.5)."""


class Adressert(Protocol):
    """What is known of a sender or recipient."""

    @property
    def navn(self) -> str: ...
    @property
    def organisasjonsnummer(self) -> str: ...
    @property
    def adresse(self) -> str: ...
    @property
    def epost(self) -> str: ...


def avskrivningskode(maate: str, ekspederingskoder: Iterable[Collection[str]]) -> str:
    """Return the avskrivningsmaate of a finished answer: NN by note, BE when it goes by e-mail alone, else BU.

    ekspederingskoder: the ways of each recipient.
    """
    if maate == Svarmaate.NOTAT:
        return "NN"
    veier = [set(koder) for koder in ekspederingskoder]
    return "BE" if veier and all(vei == {EPOST} for vei in veier) else "BU"


def samme_part(en: Adressert, annen: Adressert) -> bool:
    """Whether two parties are the same: organisation number, else the name and no address that differs."""
    if en.organisasjonsnummer and annen.organisasjonsnummer:
        return en.organisasjonsnummer == annen.organisasjonsnummer
    if _likt(en.navn) != _likt(annen.navn):
        return False
    return all(
        not a or not b or _likt(a) == _likt(b) for a, b in ((en.adresse, annen.adresse), (en.epost, annen.epost))
    )


def _likt(tekst: str) -> str:
    return " ".join(tekst.split()).casefold()
