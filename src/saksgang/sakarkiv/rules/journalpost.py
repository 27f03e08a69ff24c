"""Journalpost: types, statuses and the transition table (krav C.1, C.2)."""

from __future__ import annotations

from django.db import models

from saksgang.tilgang.rules import Handling, Klasse


class Journalposttype(models.TextChoices):
    """M082 journalposttype."""

    INNGAAENDE = "I", "Inngående"
    UTGAAENDE = "U", "Utgående"
    NOTAT = "N", "Notat med oppfølging"
    XNOTAT = "X", "Notat uten oppfølging"
    SAKSPAPIR = "S", "Sakspapir"


class Journalstatus(models.TextChoices):
    """M053 journalstatus, as the routine uses it."""

    MIDLERTIDIG = "M", "Midlertidig journalført"
    REGISTRERT = "S", "Registrert av saksbehandler"
    RESERVERT = "R", "Reservert"
    FERDIG = "F", "Ferdig"
    JOURNALFOERT = "J", "Journalført"
    UTGAAR = "U", "Utgår"


class Parttype(models.TextChoices):
    """M087 korrespondanseparttype."""

    AVSENDER = "EA", "Avsender"
    MOTTAKER = "EM", "Mottaker"
    KOPIMOTTAKER = "EK", "Kopimottaker"
    INTERN_AVSENDER = "IA", "Intern avsender"
    INTERN_MOTTAKER = "IM", "Intern mottaker"
    INTERN_KOPI = "IK", "Intern kopimottaker"


class Godkjenningstilstand(models.TextChoices):
    """Where the approval of an own document stands (krav C.6); blank: never asked for."""

    AAPEN = "A", "Til godkjenning"
    GODKJENT = "G", "Godkjent"
    IKKE_GODKJENT = "I", "Ikke godkjent"
    UGYLDIG = "U", "Godkjenningen gjelder ikke lenger: teksten er endret"


class Signaturmaate(models.TextChoices):
    """How a document was signed (krav R-8.6, A-33)."""

    HAANDSKREVET = "H", "Håndskrevet"
    ELEKTRONISK = "E", "Elektronisk godkjent"


class Svarmaate(models.TextChoices):
    """How one journalpost answers another: the four choices of Meny (krav R-10.2.2.2a–e)."""

    ENDELIG = "E", "Besvar og avskriv restanse"
    FORELOEPIG = "F", "Foreløpig svar"
    UTEN = "U", "Besvar uten å avskrive"
    NOTAT = "N", "Besvar notat"


EGENPRODUSERTE = frozenset(
    {Journalposttype.UTGAAENDE, Journalposttype.NOTAT, Journalposttype.XNOTAT, Journalposttype.SAKSPAPIR}
)
INTERNE = frozenset({Journalposttype.NOTAT, Journalposttype.XNOTAT})
MED_MOTTAKERE = INTERNE | {Journalposttype.INNGAAENDE}
"""The types that have rows of internal recipients: a note, and a letter that came."""
AVSKRIVBARE = frozenset({Journalposttype.INNGAAENDE, Journalposttype.NOTAT})
"""The types that give restanse, and the only ones that are avskrevet (krav R-10.2.1.2a, R-5.X.4)."""

_M, _S, _R, _F, _J, _U = Journalstatus
_INNGAAENDE: dict[tuple[str | None, str], Handling] = {
    (None, _S): Handling.REGISTRERE_INNGAAENDE,
    (None, _M): Handling.REGISTRERE_I_ARKIV,
    (None, _J): Handling.REGISTRERE_I_ARKIV,
    (_M, _J): Handling.JOURNALFOERE,
    (_S, _J): Handling.JOURNALFOERE,
    (_J, _M): Handling.AVJOURNALFOERE,
    (_M, _U): Handling.UTGAA,
    (_S, _U): Handling.UTGAA,
    (_J, _U): Handling.UTGAA,
}
_EGEN: dict[tuple[str | None, str], Handling] = {
    (None, _R): Handling.OPPRETTE_JOURNALPOST,
    (_R, _F): Handling.FERDIGSTILLE,
    (_F, _R): Handling.GJENAAPNE,
    (_F, _J): Handling.JOURNALFOERE,
    (_J, _F): Handling.AVJOURNALFOERE,
    (_R, _U): Handling.UTGAA,
    (_F, _U): Handling.UTGAA,
    (_J, _U): Handling.UTGAA,
}
OVERGANGER_JOURNALPOST: dict[str, dict[tuple[str | None, str], Handling]] = {
    type_: _INNGAAENDE if type_ == Journalposttype.INNGAAENDE else _EGEN for type_ in Journalposttype
}


def overganger_journalpost(journalposttype: str) -> dict[tuple[str | None, str], Handling]:
    """Return the transition table of a type."""
    return OVERGANGER_JOURNALPOST[journalposttype]


def er_levert(journalposttype: str, status: str, *, avventer_gradering: bool) -> bool:
    """Whether the internal recipients have it in their lists (krav C.1, A-08).

    An incoming letter in M counts only while its grading is awaited.
    """
    if journalposttype == Journalposttype.INNGAAENDE:
        return status in (_S, _J) or (status == _M and avventer_gradering)
    return status in (_F, _J)


def klasse_for_journalpost(journalposttype: str, status: str, *, kodet: bool, sperret: bool) -> Klasse:
    """Return how wide a journalpost is open (krav C.0). status: for Utgår, the one before it."""
    if status in (_R, _M) or sperret:
        return Klasse.SNEVER
    return Klasse.KODET if kodet else Klasse.AAPEN
