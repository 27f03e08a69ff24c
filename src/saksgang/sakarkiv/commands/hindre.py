"""What stands in the way of a status: this room's questions in HINDRE."""

from __future__ import annotations

from collections.abc import Iterator

from saksgang.sakarkiv.models import Dokument, InternMottaker, Journalpost, Sak
from saksgang.sakarkiv.queries.lenker import hvorfor_ikke, lenkede
from saksgang.sakarkiv.rules import Journalposttype, Journalstatus, Parttype, Saksstatus
from saksgang.tilgang.queries import Hinder, registrer_hinder


@registrer_hinder(Sak, fra=Saksstatus.RESERVERT, til=Saksstatus.BEHANDLES)
def mangler_klassering(sak: Sak) -> Iterator[Hinder]:
    """The case has an ordningsverdi."""
    if not sak.klasseringer.filter(gyldig=True).exists():
        yield Hinder("Saken mangler ordningsverdi.")


@registrer_hinder(Sak, fra=None, til=Saksstatus.AVSLUTTET)
def mangler_klassering_ved_avslutning(sak: Sak) -> Iterator[Hinder]:
    """The case has an ordningsverdi when it closes (A-21)."""
    yield from mangler_klassering(sak)


@registrer_hinder(Sak, fra=None, til=Saksstatus.AVSLUTTET)
def restanser_igjen(sak: Sak) -> Iterator[Hinder]:
    """Nobody has a restanse in the case (A-21)."""
    rader = (
        InternMottaker.objects.restanse()
        .filter(journalpost__sak=sak)
        .select_related("journalpost__sak", "bruker", "enhet")
        .order_by("journalpost__journalpostnummer", "pk")
    )
    for rad in rader:
        yield Hinder(f"{rad.journalpost} er ikke avskrevet av {rad}.", rad.journalpost)


@registrer_hinder(Sak, fra=None, til=Saksstatus.AVSLUTTET)
def ikke_journalfoert(sak: Sak) -> Iterator[Hinder]:
    """Every journalpost is J or Utgår (A-21)."""
    rader = sak.journalposter.exclude(status__in=[Journalstatus.JOURNALFOERT, Journalstatus.UTGAAR])
    for jp in rader.select_related("sak").order_by("journalpostnummer", "pk"):
        yield Hinder(f"{jp} har status {jp.status} {jp.get_status_display()}.", jp)


@registrer_hinder(Sak, fra=None, til=Saksstatus.AVSLUTTET)
def uten_hoveddokument(sak: Sak) -> Iterator[Hinder]:
    """Every journalpost has a main document (A-21)."""
    rader = sak.journalposter.filter(status=Journalstatus.JOURNALFOERT).exclude(
        pk__in=Dokument.objects.filter(journalpost__sak=sak, utgaatt_tid__isnull=True).values("journalpost_id")
    )
    for jp in rader.select_related("sak").order_by("journalpostnummer", "pk"):
        yield Hinder(f"{jp} mangler hoveddokument.", jp)


@registrer_hinder(Sak, fra=None, til=Saksstatus.UTGAAR)
def har_journalposter(sak: Sak) -> Iterator[Hinder]:
    """Every journalpost is Utgår before the case is (krav R-6.1.U)."""
    for jp in sak.journalposter.exclude(status=Journalstatus.UTGAAR).select_related("sak").order_by("pk"):
        yield Hinder(f"{jp} er ikke utgått.", jp)


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def mangler_mottaker(jp: Journalpost) -> Iterator[Hinder]:
    """A letter or note has a recipient (krav R-5.U)."""
    if jp.journalposttype == Journalposttype.UTGAAENDE:
        har = jp.parter.filter(gyldig=True, type=Parttype.MOTTAKER).exists()
    elif jp.journalposttype == Journalposttype.SAKSPAPIR:
        return
    else:
        har = jp.interne_mottakere.filter(gyldig=True).exists()
    if not har:
        yield Hinder("Mottaker mangler.")


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def mangler_dokument(jp: Journalpost) -> Iterator[Hinder]:
    """There is a main document to finish."""
    yield from _hoveddokument(jp)


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def offentlighet_ikke_vurdert(jp: Journalpost) -> Iterator[Hinder]:
    """Somebody has considered publicity (krav R-9.2.1.1)."""
    if jp.offentlighet_vurdert_tid is None:
        yield Hinder("Offentlighet er ikke vurdert. Bekreft at du har vurdert den.")


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def besvart_avventer_gradering(jp: Journalpost) -> Iterator[Hinder]:
    """What it answers is graded, or it has a code of its own: an open answer would tell what is blocked (A-08)."""
    if jp.tilgangskode_id is not None:
        return
    # Most answer nothing: then what would be answered is not asked for.
    lenker = jp.svarer_paa.filter(opphevet_tid__isnull=True).order_by("pk")
    for lenke in lenker.prefetch_related("besvart__sak", "besvart__tilgangskode"):
        if lenke.besvart.avventer_gradering:
            yield Hinder(
                f"{lenke.besvart}, som det svares på, avventer gradering. "
                "Sett tilgangskode på svaret, eller vent til lederen har avgjort.",
                lenke.besvart,
            )


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def lenket_er_skjermet(jp: Journalpost) -> Iterator[Hinder]:
    """What is linked may still lie here: it is finished, and graded no otherwise than this (krav C.0)."""
    for dokument in lenkede(jp):
        fra = dokument.lenket_fra.journalpost if dokument.lenket_fra is not None else jp
        if grunn := hvorfor_ikke(fra, jp):
            yield Hinder(f"Dokument {dokument.nummer} er lenket. {grunn} Eller ta dokumentet av.", fra)


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def uten_behandling(jp: Journalpost) -> Iterator[Hinder]:
    """A sakspapir is tied to a behandling (krav R-5.S.1)."""
    if jp.journalposttype == Journalposttype.SAKSPAPIR:
        yield Hinder("Sakspapiret er ikke knyttet til en behandling i utvalg eller fullmaktsorgan.")


@registrer_hinder(Journalpost, fra=None, til=Journalstatus.JOURNALFOERT)
def mangler_part(jp: Journalpost) -> Iterator[Hinder]:
    """An incoming letter has a sender (krav R-5.I)."""
    inngaaende = jp.journalposttype == Journalposttype.INNGAAENDE
    if inngaaende and not jp.parter.filter(gyldig=True, type=Parttype.AVSENDER).exists():
        yield Hinder("Avsender mangler.")


@registrer_hinder(Journalpost, fra=None, til=Journalstatus.JOURNALFOERT)
def mangler_hoveddokument(jp: Journalpost) -> Iterator[Hinder]:
    """There is a main document to journalise."""
    yield from _hoveddokument(jp)


@registrer_hinder(Journalpost, fra=None, til=Journalstatus.JOURNALFOERT)
def gradering_ikke_besluttet(jp: Journalpost) -> Iterator[Hinder]:
    """No XX and no open proposal (krav R-7.1.1.d, A-08)."""
    if jp.avventer_gradering:
        yield Hinder("Gradering ikke besluttet. Lederen må avgjøre den først.")


def _hoveddokument(jp: Journalpost) -> Iterator[Hinder]:
    if not jp.dokumenter.filter(utgaatt_tid__isnull=True).exists():
        yield Hinder("Hoveddokument mangler.")
