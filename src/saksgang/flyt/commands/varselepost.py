"""Notifications by e-mail, as each person has chosen: at once, once a day, or not at all."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction

from saksgang.flyt.models import Varsel, Varselvalg
from saksgang.flyt.rules import Varselmaate
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.commands.loggobjekt import loggobjekt
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Handling

logger = logging.getLogger(__name__)


@kommando
def velg_varsling(bruker: Bruker, maate: str, *, av: Bruker) -> Varselvalg:
    """Choose how one's notifications go by e-mail, from now on. Refused for others, and without an address.

    The list in the page is there whatever is chosen.
    """
    krev(av, Handling.VELGE_VARSEL, bruker)
    if maate not in set(Varselmaate):
        raise UgyldigInndata({"maate": "Velg straks, en gang om dagen eller ingen e-post."})
    if maate != Varselmaate.INGEN and not bruker.epost:
        raise UgyldigInndata({"maate": "Du har ingen e-postadresse i systemet. Be administratoren legge den inn."})
    valg, er_nytt = Varselvalg.objects.select_for_update().get_or_create(
        bruker=bruker, defaults={"maate": maate, "valgt_tid": klokke.naa()}
    )
    foer = Varselmaate.INGEN if er_nytt else valg.maate
    if foer != maate:
        valg.maate, valg.valgt_tid = maate, klokke.naa()
        valg.save(update_fields=["maate", "valgt_tid"])
        logg(loggobjekt(bruker), Handling.VELGE_VARSEL, av=av, endringer={"varsling på e-post": (foer, maate)})
    return valg


def send_varsler(maate: Varselmaate) -> int:
    """Send what has come since last to those who have chosen maate; return how many letters went. Idempotent.

    What the person may no longer see is not sent, nor what is read already. A person whose address the mail server
    refuses does not hold up the others; a server that does not answer is the job's failure, and it comes again.
    """
    antall = 0
    rader = Varselvalg.objects.filter(maate=maate).exclude(bruker__epost="").order_by("pk")
    for valg in rader.select_related("bruker"):
        try:
            antall += _send_til(valg, maate)
        except SMTPException:
            logger.exception("e-posttjeneren avviste varselet til %s", valg.bruker.brukernavn)
    return antall


@transaction.atomic
def _send_til(valg: Varselvalg, maate: Varselmaate) -> bool:
    rett = rettigheter(valg.bruker)
    if not rett.ansatt:
        return False
    rader = list(
        Varsel.objects.filter(bruker=valg.bruker, epost_tid__isnull=True, tid__gte=valg.valgt_tid)
        .uleste()
        .synlig_for_noekler(rett.noekler)
        .select_for_update(of=("self",), skip_locked=True)
        .order_by("tid", "pk")
    )
    if not rader:
        return False
    EmailMessage(
        subject=_emne(len(rader)),
        body=_tekst(rader, maate),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[valg.bruker.epost],
        headers={"Auto-Submitted": "auto-generated"},
    ).send()
    Varsel.objects.filter(pk__in=[v.pk for v in rader]).update(epost_tid=klokke.naa())
    return True


def _emne(antall: int) -> str:
    return "Ett nytt varsel i Saksgang" if antall == 1 else f"{antall} nye varsler i Saksgang"


def _tekst(rader: Sequence[Varsel], maate: Varselmaate) -> str:
    """Return the letter: numbers and what happened, never a title, and why one is told (krav C.0)."""
    linjer = []
    for varsel in rader:
        linjer += [f"{varsel.tekst}", f"  Hvorfor du får dette: {varsel.grunn}", ""]
    if settings.ADRESSE:
        linjer += [f"Åpne Saksgang: {settings.ADRESSE}", ""]
    valgt = "straks det skjer" if maate == Varselmaate.STRAKS else "samlet en gang om dagen"
    linjer.append(f"Du har valgt varsler på e-post {valgt}. Det endres på Min side, Varsling på e-post.")
    return "\n".join(linjer)
