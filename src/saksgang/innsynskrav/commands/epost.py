"""E-mails to the requester: receipt and answers, sent by the queue, once (the same way as letters, ADR 0010)."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django_tasks import task

from saksgang.innsynskrav.models import Innsynskrav, Innsynssvar, Kravmelding
from saksgang.innsynskrav.queries.noekkel import noekkel_for
from saksgang.innsynskrav.rules import Meldingsslag, Meldingstilstand
from saksgang.kjerne import klokke
from saksgang.lager import queries as lager
from saksgang.logg.commands import kommando, logg
from saksgang.produksjon.commands.epost import avsendervert, lever
from saksgang.produksjon.rules.ekspedering import USIKKER_ETTER, neste_sending
from saksgang.tilgang.rules import Handling

T = Meldingstilstand


def legg_i_koe(krav: Innsynskrav, slag: Meldingsslag, svar: Innsynssvar | None = None) -> None:
    """Order an e-mail to the requester, where there is an address; part of the act that it tells of."""
    if krav.epost:
        Kravmelding.objects.create(krav=krav, slag=slag, svar=svar)
        send_innsynsmeldinger.enqueue()


@task()
def send_innsynsmeldinger() -> int:
    """The queue's alarm clock: which e-mails are to go stands in the rows."""
    return send_ventende()


def send_ventende() -> int:
    """Send every e-mail whose turn it is; return how many the mail server took. Run by the queue."""
    antall = 0
    forrige = 0
    while settings.SAKSGANG_EPOST_SENDES and (rad := _ta(forrige)) is not None:
        forrige = rad.pk
        antall += _send(rad)
    return antall


@transaction.atomic
def _ta(etter: int) -> Kravmelding | None:
    naa = klokke.naa()
    rad = (
        Kravmelding.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(Q(neste_tid__isnull=True) | Q(neste_tid__lte=naa), tilstand=T.I_KOE, pk__gt=etter)
        .select_related("krav", "svar__brev")
        .order_by("pk")
        .first()
    )
    if rad is None:
        return None
    rad.tilstand, rad.neste_tid = T.SENDER, naa
    rad.meldings_id = rad.meldings_id or f"<innsyn-{rad.pk}@{avsendervert()}>"
    rad.save(update_fields=["tilstand", "neste_tid", "meldings_id"])
    return rad


def _send(rad: Kravmelding) -> bool:
    avvist = lever(_melding(rad))
    if avvist is None:
        rad.tilstand, rad.sendt_tid, rad.neste_tid, rad.feil = T.SENDT, klokke.naa(), None, ""
        rad.save(update_fields=["tilstand", "sendt_tid", "neste_tid", "feil"])
        return True
    rad.forsoek += 1
    rad.neste_tid = None if avvist.varig else neste_sending(rad.forsoek, klokke.naa())
    rad.feil = avvist.grunn
    if rad.neste_tid is None:
        _gi_opp(rad)
    else:
        rad.tilstand = T.I_KOE
        rad.save(update_fields=["tilstand", "neste_tid", "forsoek", "feil"])
    return False


@kommando
def _gi_opp(rad: Kravmelding) -> None:
    rad.tilstand, rad.neste_tid = T.FEILET, None
    rad.save(update_fields=["tilstand", "neste_tid", "forsoek", "feil"])
    logg(rad.krav, Handling.FEILE_INNSYNSMELDING, av=None, detaljer={"slag": rad.get_slag_display()})


def vekk_innsynsmeldinger() -> int:
    """Give up what a dead worker left half-way, and wake the queue for what waits; return how many were left."""
    naa = klokke.naa()
    etterlatt = Kravmelding.objects.filter(tilstand=T.SENDER, neste_tid__lt=naa - USIKKER_ETTER).order_by("pk")
    rader = list(etterlatt.select_related("krav"))
    for rad in rader:
        rad.feil = "Sendingen ble avbrutt, og det er usikkert om e-posten gikk."
        _gi_opp(rad)
    if Kravmelding.objects.filter(Q(neste_tid__isnull=True) | Q(neste_tid__lte=naa), tilstand=T.I_KOE).exists():
        send_innsynsmeldinger.enqueue()
    return len(rader)


def _melding(rad: Kravmelding) -> EmailMessage:
    krav = rad.krav
    innledning = {
        Meldingsslag.KVITTERING: "Vi har mottatt kravet ditt om innsyn. Svar skal du ha uten ugrunnet opphold.",
        Meldingsslag.SVAR: "Kravet ditt om innsyn er besvart. Svaret er vedlagt.",
        Meldingsslag.BEGRUNNELSE: "Den nærmere begrunnelsen du ba om, er vedlagt.",
        Meldingsslag.KLAGE: "Det er nytt om klagen din.",
    }[Meldingsslag(rad.slag)]
    linjer = [innledning, "", f"Referanse: {krav}"]
    if settings.ADRESSE:
        side = reverse("innsyn-krav", kwargs={"hemmelighet": noekkel_for(krav.system_id)})
        linjer += [
            f"Følg kravet, hent dokumentene og klag her: {settings.ADRESSE.rstrip('/')}{side}",
            "Adressen er hemmelig. Alle som har den, kan lese svaret.",
        ]
    melding = EmailMessage(
        subject=f"{krav}: {rad.get_slag_display().lower()} fra {settings.KOMMUNE}",
        body="\n".join([*linjer, "", f"Hilsen {settings.KOMMUNE}", ""]),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[krav.epost],
        headers={"Message-ID": rad.meldings_id, "Auto-Submitted": "auto-generated"},
    )
    if rad.svar is not None:
        navn = "begrunnelse.pdf" if rad.slag == Meldingsslag.BEGRUNNELSE else "svarbrev.pdf"
        melding.attach(navn, lager.innhold(rad.svar.brev), "application/pdf")
        for utlevert in rad.svar.utleveringer.filter(i_epost=True).select_related("fil").order_by("pk"):
            melding.attach(utlevert.filnavn, lager.innhold(utlevert.fil), utlevert.fil.mimetype)
    return melding
