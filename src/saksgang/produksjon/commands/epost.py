"""Letters by e-mail: sent by the queue, once, and dispatched when the mail server has taken them (krav R-10.5.2.1)."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django_tasks import task

from saksgang.kjerne import klokke
from saksgang.kjerne.tekst import rens_filnavn
from saksgang.lager import queries as lager
from saksgang.lager.commands import lagre_fil
from saksgang.logg.commands import kommando, logg
from saksgang.produksjon.models import Ekspedering, Utsending
from saksgang.produksjon.queries.ekspedering import Brevfil, brevets_filer
from saksgang.produksjon.queries.utsending import egen_fil, faar_eget_brev, for_mottaker
from saksgang.produksjon.rules import Ekspederingstilstand
from saksgang.produksjon.rules.ekspedering import USIKKER_ETTER, neste_sending
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.models import Journalpost
from saksgang.sakarkiv.queries.lenker import har_skjermet_lenke
from saksgang.tilgang.rules import Handling

from .arkivkopi import bestill_pdf

T = Ekspederingstilstand
VENT_PAA_KOPI = dt.timedelta(seconds=30)
logger = logging.getLogger(__name__)


@task()
def send_epost() -> int:
    """The queue's alarm clock: which e-mails are to go stands in the rows (ADR 0010)."""
    return send_ventende()


def vekk_epost() -> None:
    """Wake the queue, in the transaction of the act that has an e-mail to send."""
    send_epost.enqueue()


def send_ventende() -> int:
    """Send every e-mail whose turn it is; return how many the mail server took. Run by the queue."""
    antall = 0
    forrige = 0
    while (rad := _ta(forrige)) is not None:
        forrige = rad.pk
        antall += _send(rad)
    return antall


@transaction.atomic
def _ta(etter: int) -> Ekspedering | None:
    """Take the next row that is ready to go, and commit that it is going before it goes."""
    naa = klokke.naa()
    rad = (
        Ekspedering.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(Q(neste_tid__isnull=True) | Q(neste_tid__lte=naa), tilstand=T.I_KOE, pk__gt=etter)
        .select_related("part", "kode", "utsending__bestilt_av", "utsending__journalpost__sak")
        .order_by("pk")
        .first()
    )
    if rad is None:
        return None
    rad.tilstand, rad.neste_tid = T.SENDER, naa
    rad.meldings_id = rad.meldings_id or f"<brev-{rad.pk}-{rad.utsending_id}@{avsendervert()}>"
    rad.save(update_fields=["tilstand", "neste_tid", "meldings_id"])
    return rad


def avsendervert() -> str:
    """Return the host of the municipality's own address, for Message-ID."""
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].rstrip(">") or "localhost"


def _send(rad: Ekspedering) -> bool:
    journalpost = Journalpost.objects.select_related("sak", "tilgangskode").get(pk=rad.utsending.journalpost_id)
    if journalpost.tilgangskode_id is not None or journalpost.avventer_gradering:
        _gi_opp(rad, "Brevet er skjermet etter at det ble sendt til køen, og går ikke med e-post. Send det på papir.")
        return False
    if har_skjermet_lenke(journalpost):
        _gi_opp(rad, "Et lenket vedlegg er skjermet der det kom inn, og går ikke med e-post. Send brevet på papir.")
        return False
    if not settings.SAKSGANG_EPOST_SENDES:
        _feil(rad, "E-posttjeneren er ikke satt opp. Kontakt drift.", varig=False)
        return False
    filer = brevets_filer(journalpost)
    if hinder := next((brevfil.hinder for brevfil in filer if brevfil.hinder), ""):
        _gi_opp(rad, f"{hinder} Send brevet på papir, eller bytt ut dokumentet.")
        return False
    venter = [brevfil for brevfil in filer if brevfil.fil is None]
    for brevfil in venter:
        if brevfil.versjon is not None:
            bestill_pdf(brevfil.versjon)
    if venter or not filer:
        navn = ", ".join(f"«{brevfil.dokument.tittel}»" for brevfil in venter) or "dokumentet"
        _vent(rad, f"Venter på arkivkopien av {navn}.")
        return False
    if faar_eget_brev(rad.utsending, rad.part):
        eget, grunn = egen_fil(rad.utsending, rad.part)
        if grunn:
            _gi_opp(rad, f"Brevet til mottakeren ble ikke laget. {grunn} Prøv igjen på siden for utsendingen.")
            return False
        if eget is None:
            _vent(rad, "Venter på at brevet til mottakeren lages.")
            return False
        filer = for_mottaker(filer, eget)
    melding = _melding(rad, journalpost, filer)
    if (avvist := lever(melding)) is not None:
        _feil(rad, avvist.grunn, varig=avvist.varig)
        return False
    _ekspedert(rad, melding.message().as_bytes())
    return True


@dataclass(frozen=True)
class Avvisning:
    """Why the mail server did not take a message, and whether it is of use to try again."""

    grunn: str
    varig: bool


def lever(melding: EmailMessage) -> Avvisning | None:
    """Hand a message to the mail server; return why it was not taken, or None when it was."""
    try:
        melding.send()
    except SMTPRecipientsRefused as feil:
        kode, svar = next(iter(feil.recipients.values()))
        return Avvisning(_grunn(kode, svar), varig=kode >= 500)
    except SMTPResponseException as feil:
        return Avvisning(_grunn(feil.smtp_code, feil.smtp_error), varig=feil.smtp_code >= 500)
    except (SMTPException, OSError):
        logger.exception("e-posttjeneren svarte ikke")
        return Avvisning("E-posttjeneren svarer ikke.", varig=False)
    return None


def _melding(rad: Ekspedering, journalpost: Journalpost, filer: Sequence[Brevfil]) -> EmailMessage:
    melding = EmailMessage(
        subject=f"{journalpost.tittel} ({journalpost})",
        body=(
            f"Til {rad.part.navn}\n\n"
            f"Vedlagt er brev fra {settings.KOMMUNE}: {journalpost.tittel}.\n"
            f"Vår referanse er {journalpost}. Oppgi den hvis du svarer.\n\n"
            f"Hilsen\n{settings.KOMMUNE}\n"
        ),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[rad.epost],
        headers={"Message-ID": rad.meldings_id},
    )
    for nummer, brevfil in enumerate(filer, 1):
        assert brevfil.fil is not None  # noqa: S101 - the letter waits for every PDF
        navn = rens_filnavn(f"{nummer:02d} {brevfil.dokument.tittel}.pdf")
        melding.attach(navn, lager.innhold(brevfil.fil), "application/pdf")
    return melding


def _grunn(kode: int, svar: bytes | str) -> str:
    tekst = svar.decode("utf-8", "replace") if isinstance(svar, bytes) else svar
    return f"E-posttjeneren avviste brevet ({kode} {tekst})."[:500]


@kommando
def _ekspedert(rad: Ekspedering, eml: bytes) -> None:
    journalpost = laas_journalpost(rad.utsending.journalpost)
    idag = klokke.idag()
    rad.tilstand, rad.ekspedert_dato, rad.ekspedert_tid = T.EKSPEDERT, idag, klokke.naa()
    rad.neste_tid, rad.feil = None, ""
    rad.pakke = lagre_fil(eml, filnavn=f"brev-{rad.pk}.eml")
    rad.save(update_fields=["tilstand", "ekspedert_dato", "ekspedert_tid", "neste_tid", "feil", "pakke"])
    endringer = {}
    if journalpost.ekspedert_dato is None:
        endringer["ekspedert_dato"] = (None, idag)
        journalpost.ekspedert_dato = idag
        journalpost.save(update_fields=["ekspedert_dato"])
    logg(
        journalpost,
        Handling.EKSPEDERE,
        av=rad.utsending.bestilt_av,
        endringer=endringer,
        detaljer={"e-post tatt imot": rad.epost, "message-id": rad.meldings_id},
    )
    _fullfoer(rad.utsending)


def _fullfoer(utsending: Utsending) -> None:
    if not utsending.ekspederinger.filter(tilstand__in=[T.I_KOE, T.SENDER]).exists():
        utsending.ferdig_tid = klokke.naa()
        utsending.save(update_fields=["ferdig_tid"])


@kommando
def _vent(rad: Ekspedering, grunn: str) -> None:
    rad.tilstand, rad.feil = T.I_KOE, grunn
    rad.neste_tid = klokke.naa() + VENT_PAA_KOPI
    rad.save(update_fields=["tilstand", "feil", "neste_tid"])


@kommando
def _feil(rad: Ekspedering, grunn: str, *, varig: bool) -> None:
    rad.forsoek += 1
    neste = None if varig else neste_sending(rad.forsoek, klokke.naa())
    if neste is None:
        _gi_opp(rad, grunn)
        return
    rad.tilstand, rad.feil, rad.neste_tid = T.I_KOE, grunn, neste
    rad.save(update_fields=["tilstand", "feil", "neste_tid", "forsoek"])


@kommando
def _gi_opp(rad: Ekspedering, grunn: str) -> None:
    journalpost = rad.utsending.journalpost
    rad.tilstand, rad.feil, rad.neste_tid = T.FEILET, grunn[:500], None
    rad.save(update_fields=["tilstand", "feil", "neste_tid", "forsoek"])
    logg(
        journalpost,
        Handling.FEILE_EKSPEDERING,
        av=None,
        detaljer={"mottaker": rad.part.navn, "grunn": grunn, "bestilt_av_id": rad.utsending.bestilt_av_id},
    )
    _fullfoer(rad.utsending)


def vekk_ekspederinger() -> int:
    """Give up e-mails that a dead worker left half-way, and wake the queue for what waits; return how many were left.

    Whether the mail server took such a letter nobody knows: it is not sent again by itself. Can be run at any time.
    """
    naa = klokke.naa()
    etterlatt = list(
        Ekspedering.objects.filter(tilstand=T.SENDER, neste_tid__lt=naa - USIKKER_ETTER)
        .select_related("part", "utsending__journalpost__sak", "utsending__bestilt_av")
        .order_by("pk")
    )
    for rad in etterlatt:
        _gi_opp(rad, "Sendingen ble avbrutt, og det er usikkert om e-posten gikk. Spør mottakeren før du prøver igjen.")
    if Ekspedering.objects.filter(Q(neste_tid__isnull=True) | Q(neste_tid__lte=naa), tilstand=T.I_KOE).exists():
        vekk_epost()
    return len(etterlatt)
