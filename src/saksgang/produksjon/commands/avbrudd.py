"""Taking back what has not gone, when a letter is opened again."""

from __future__ import annotations

from saksgang.kjerne.errors import Avvist
from saksgang.produksjon.models import Ekspedering
from saksgang.produksjon.rules import Ekspederingstilstand as T
from saksgang.sakarkiv.models import Journalpost


def avbryt_ventende(journalpost: Journalpost) -> None:
    """Take back e-mails that have not gone; part of the act that opens the letter again. Refused while one is going."""
    rader = Ekspedering.objects.select_for_update(of=("self",)).filter(
        utsending__journalpost=journalpost, tilstand__in=[T.I_KOE, T.SENDER, T.FEILET]
    )
    if any(rad.tilstand == T.SENDER for rad in rader):
        raise Avvist("Brevet sendes med e-post akkurat nå. Prøv igjen om litt.")
    Ekspedering.objects.filter(pk__in=[rad.pk for rad in rader]).update(tilstand=T.AVBRUTT)
