"""What approval puts in the way of a status: this room's questions in HINDRE."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.rules import Godkjenningstilstand, Journalstatus
from saksgang.tilgang.queries import Hinder, registrer_hinder


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def til_godkjenning(jp: Journalpost) -> Iterator[Hinder]:
    """No approver has it (krav R-10.2.2.5)."""
    if jp.hos_godkjenner_id is not None:
        yield Hinder(f"Til godkjenning hos {jp.godkjenner}. Vent på svaret, eller trekk dokumentet tilbake.")


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.UTGAAR)
def til_godkjenning_ved_utgaar(jp: Journalpost) -> Iterator[Hinder]:
    """No approver has it when it is cancelled."""
    yield from til_godkjenning(jp)


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def godkjenning_gjelder_ikke(jp: Journalpost) -> Iterator[Hinder]:
    """Where the municipality requires it, what was sent for approval is approved and unchanged (krav R-10.2.2.6b)."""
    if not settings.GODKJENNING_KREVES:
        return
    if jp.godkjenning == Godkjenningstilstand.UGYLDIG:
        yield Hinder("Dokumentet er endret etter at det ble godkjent. Send det til godkjenning på nytt.")
    elif jp.godkjenning == Godkjenningstilstand.IKKE_GODKJENT:
        yield Hinder(
            f"{jp.godkjenner} har svart «Ikke godkjent». Rett dokumentet, og send det til godkjenning på nytt."
        )
