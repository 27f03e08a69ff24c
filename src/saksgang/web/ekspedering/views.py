"""Dispatch in the page: «Ferdigstill og ekspeder», «Ekspeder», e-mails that failed, signature, and the print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from saksgang.kjerne.errors import Avvist
from saksgang.produksjon.commands import (
    bestill_pdf,
    ekspeder,
    ferdigstill_og_ekspeder,
    proev_epost_igjen,
    send_paa_papir,
    signer,
)
from saksgang.produksjon.queries.ekspedering import brevets_filer, hent_ekspedering, mottakere
from saksgang.produksjon.queries.utsending import egne_brev, hoveddokument_som_flettes
from saksgang.produksjon.queries.utskrift import utskrift as lag_utskrift
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.lenker import har_lenke_lukket_for
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger, vis_pdf
from saksgang.web.adgang import ansatt
from saksgang.web.journalpost.felles import data, ferdig, utfoer

from .skjemaer import Ekspeder, Signatur

if TYPE_CHECKING:
    from saksgang.produksjon.models import Utsending
    from saksgang.sakarkiv.models import Journalpost

H = Handling


def _innledning(jp: Journalpost) -> str:
    laases = "Teksten låses. " if jp.status == Journalstatus.RESERVERT else ""
    likt = ""
    if egne_brev(mottakere(jp)):
        likt = (
            "Hver mottaker får brevet med sitt eget navn og sin egen adresse. "
            if hoveddokument_som_flettes(jp) is not None
            else "Alle får samme brev, for hoveddokumentet er ikke laget fra en tekstmal. "
        )
    return (
        f"{laases}{likt}Papir er ekspedert i dag. E-post går når arkivkopien er laget, og er ekspedert når mottakerens "
        "tjener har tatt imot."
    )


@ansatt
def ekspedering(request: HttpRequest, pk: int) -> HttpResponse:
    """Dispatch the letter, and finish it first where it is in R: the ways, publicity, and «Bekreft»."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, H.EKSPEDERE, jp)
    reservert = jp.status == Journalstatus.RESERVERT
    if reservert:
        krev(request.user, H.FERDIGSTILLE, jp)
    spoer = reservert and jp.offentlighet_vurdert_tid is None
    skjema = Ekspeder(data(request), jp=jp, spoer_offentlighet=spoer)

    sendt: list[Utsending] = []

    def kjoer(offentlighet_vurdert: bool = False, **_: Any) -> None:
        if reservert:
            sendt.append(
                ferdigstill_og_ekspeder(
                    jp, valg=skjema.valg(), offentlighet_vurdert=offentlighet_vurdert, av=request.user
                )
            )
        else:
            sendt.append(ekspeder(jp, valg=skjema.valg(), av=request.user))

    def etter(melding: str) -> HttpResponse:
        if not sendt[0].flettes:
            return ferdig(request, jp, melding)
        messages.success(request, f"{melding} Brevene til mottakerne lages nå.")
        return omdiriger(request, reverse("utsending", args=[sendt[0].pk]))

    return utfoer(
        request,
        jp,
        skjema,
        kjoer,
        tittel=f"Ferdigstill og ekspeder {jp}" if reservert else f"Ekspeder {jp}",
        knapp="Bekreft",
        melding=f"{jp} er ferdigstilt og ekspedert." if reservert else f"{jp} er ekspedert.",
        innledning=_innledning(jp),
        etter=etter,
    )


@ansatt
@require_POST
def igjen(request: HttpRequest, ekspedering_id: int) -> HttpResponse:
    """Try an e-mail that failed once more."""
    rad = hent_ekspedering(request.user, ekspedering_id)
    proev_epost_igjen(rad, av=request.user)
    return ferdig(request, rad.utsending.journalpost, f"E-posten til {rad.part.navn} sendes igjen.")


@ansatt
@require_POST
def papir(request: HttpRequest, ekspedering_id: int) -> HttpResponse:
    """Send by post in place of an e-mail that failed."""
    rad = hent_ekspedering(request.user, ekspedering_id)
    send_paa_papir(rad, av=request.user)
    return ferdig(request, rad.utsending.journalpost, f"Brevet til {rad.part.navn} er ekspedert med post.")


@ansatt
def signatur(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who signed, when, and how."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, H.SIGNERE, jp)
    return utfoer(
        request,
        jp,
        Signatur(data(request), initial={"signert_av": jp.godkjenner or request.user}),
        lambda signert_av, dato, maate: signer(jp, signert_av, dato=dato, maate=maate, av=request.user),
        tittel=f"Registrer signatur på {jp}",
        knapp="Lagre",
        melding=f"Signaturen på {jp} er registrert.",
    )


@ansatt
@require_safe
def utskrift(request: HttpRequest, pk: int) -> HttpResponse:
    """One PDF of the letter and its attachments in order, to print; reading what is graded is logged."""
    jp = saker.hent_journalpost_id(request.user, pk)
    if har_lenke_lukket_for(request.user, jp):
        raise Avvist("Et lenket vedlegg er skjermet for deg. Be en som kan lese det, om å skrive ut brevet.")
    filer = brevets_filer(jp)
    for brevfil in filer:
        if brevfil.fil is None and brevfil.versjon is not None and not brevfil.hinder:
            bestill_pdf(brevfil.versjon)
    pdf = lag_utskrift(jp, filer)
    noter_lesing(jp, av=request.user)
    return vis_pdf(pdf, f"{jp.sak.aar}-{jp.sak.sekvens}-{jp.journalpostnummer}.pdf")
