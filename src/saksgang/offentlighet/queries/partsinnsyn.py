"""What a party may be given of a case, and what parties have been given, through the reader (krav R-7.1.5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.offentlighet.models import Partsinnsyn, Partsinnsynslinje, Skjermingsvurdering, Sladding
from saksgang.offentlighet.rules import Sladdetilstand, Vurderingsart
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost, Sak
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjoner
from saksgang.sakarkiv.queries.lenker import lenke_synlig_q
from saksgang.sakarkiv.rules import INTERNE, Journalstatus
from saksgang.tilgang.queries import aktive_stedfortredere, kan, ledere_av, rettigheter, synlig
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Handling

from .sladding import gjeldende, gjelder_graderingen, med_sladdinger

MED = frozenset({Journalstatus.MIDLERTIDIG, Journalstatus.REGISTRERT, Journalstatus.FERDIG, Journalstatus.JOURNALFOERT})
"""What is a document of the case: a draft is not one yet, and what is Utgår was no part of it."""


@dataclass(frozen=True)
class Saksdokument:
    """One document of a case, or an entry that has none yet."""

    journalpost: Journalpost
    dokument: Dokument | None = None
    versjon: Dokumentversjon | None = None
    sladdet: Dokumentversjon | None = None
    """The approved redacted version of it, where one is in force."""

    @property
    def noekkel(self) -> str:
        """What the form calls it."""
        return f"d{self.dokument.pk}" if self.dokument is not None else f"j{self.journalpost.pk}"

    @property
    def tittel(self) -> str:
        return self.dokument.tittel if self.dokument is not None else self.journalpost.tittel

    @property
    def er_internt(self) -> bool:
        return self.journalpost.journalposttype in INTERNE


@dataclass(frozen=True)
class Partsgrunnlag:
    """The documents of a case as one person sees them, and what stands in the way of giving them to a party."""

    dokumenter: tuple[Saksdokument, ...]
    skjulte: int
    utkast: int
    uavklarte: tuple[Journalpost, ...]


def partsgrunnlag(leser: Bruker, sak: Sak) -> Partsgrunnlag:
    """Return every document of the case, internal ones too, that the reader sees, and how many more there are.

    A number alone is said of those that are unseen. Drafts are counted only where the reader sees them.
    """
    rett = rettigheter(leser)
    poster = Journalpost.objects.filter(sak=sak, status__in=sorted({*MED, Journalstatus.RESERVERT}))
    alle = list(poster.select_related("sak", "tilgangskode", "hjemmel").order_by("journalpostnummer", "pk"))
    synlige = [jp for jp in alle if synlig(jp, rett)]
    ferdige = [jp for jp in synlige if jp.status in MED]
    skjulte = sum(jp.status in MED for jp in alle) - len(ferdige)
    versjoner = {versjon.dokument_id: versjon for versjon in gjeldende_versjoner(sak)}
    per_post: dict[int, list[Dokument]] = {jp.pk: [] for jp in ferdige}
    rader = Dokument.objects.filter(journalpost__in=ferdige, utgaatt_tid__isnull=True)
    rader = rader.select_related("lenket_fra__journalpost").prefetch_related(med_sladdinger())
    for dokument in rader.order_by("nummer", "pk"):
        if dokument.lenket_fra is not None and not synlig(dokument.lenket_fra.journalpost, rett):
            skjulte += 1
        else:
            per_post[dokument.journalpost_id].append(dokument)
    dokumenter: list[Saksdokument] = []
    for jp in ferdige:
        dokumenter += [_saksdokument(jp, d, versjoner.get(d.pk)) for d in per_post[jp.pk]] or [Saksdokument(jp)]
    return Partsgrunnlag(
        dokumenter=tuple(dokumenter),
        skjulte=skjulte,
        utkast=len(synlige) - len(ferdige),
        uavklarte=tuple(jp for jp in ferdige if jp.avventer_gradering),
    )


def _saksdokument(journalpost: Journalpost, dokument: Dokument, versjon: Dokumentversjon | None) -> Saksdokument:
    sladding = gjeldende(dokument.sladdinger.all(), versjon.fil_id, journalpost) if versjon is not None else None
    return Saksdokument(journalpost, dokument, versjon, sladding.variant if sladding is not None else None)


def _synlige(leser: Bruker) -> QuerySet[Partsinnsyn]:
    """Those of which the reader sees the case and every document: as strict as the strictest of them."""
    noekler = rettigheter(leser).noekler
    sett = Partsinnsynslinje.objects.filter(
        synlig_q(noekler, "journalpost__"), lenke_synlig_q(noekler, "dokument__"), pk=OuterRef("pk")
    )
    usett = Partsinnsynslinje.objects.filter(~Exists(sett), partsinnsyn=OuterRef("pk"))
    return Partsinnsyn.objects.filter(synlig_q(noekler, "sak__"), ~Exists(usett))


def partsinnsyn_i_sak(leser: Bruker, sak: Sak) -> QuerySet[Partsinnsyn]:
    """What the case's parties have been given or are to be given, newest first, as far as the reader sees it all."""
    rader = _synlige(leser).filter(sak=sak).select_related("part", "laget_av", "svart_av", "levert_av")
    return rader.order_by("-pk")


def hent_partsinnsyn(leser: Bruker, pk: int) -> Partsinnsyn:
    """Return one of which the reader sees every document, or IkkeFunnet."""
    rad = (
        _synlige(leser)
        .filter(pk=pk)
        .select_related(
            "sak__enhet", "part", "laget_av", "svart_av", "svart_paa_vegne_av", "levert_av", "pakke", "liste"
        )
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    return rad


def partsinnsynslinjer(partsinnsyn: Partsinnsyn) -> list[Partsinnsynslinje]:
    """Return what was to be given and what was kept back, in order. Who may see it is asked before."""
    rader = partsinnsyn.linjer.select_related(
        "journalpost__sak", "journalpost__tilgangskode", "dokument", "versjon__fil", "sladdet__fil"
    )
    return list(rader.order_by("nummer"))


def er_i_kraft(variant: Dokumentversjon) -> bool:
    """Whether a redacted version that a party is to get is still approved, and for the grading of now."""
    rader = Sladding.objects.filter(variant=variant, tilstand=Sladdetilstand.GODKJENT)
    rad = rader.select_related("dokument__journalpost").order_by("pk").first()
    return rad is not None and gjelder_graderingen(rad, rad.dokument.journalpost)


def kommet_til(leser: Bruker, partsinnsyn: Partsinnsyn) -> int:
    """How many documents the case has now, that the reader sees, which were not weighed for the party."""
    veid = {(linje.journalpost_id, linje.dokument_id) for linje in partsinnsyn.linjer.order_by("nummer")}
    naa = partsgrunnlag(leser, partsinnsyn.sak).dokumenter
    return sum((d.journalpost.pk, d.dokument.pk if d.dokument else None) not in veid for d in naa)


def hindre_for_utlevering(partsinnsyn: Partsinnsyn) -> list[str]:
    """Return why a package that is not delivered may not be given out any more: what is in it is not what was weighed.

    A document that is reopened, cancelled, blocked or taken out of its entry; a code that has
    come since; a redacted version that is withdrawn.
    """
    if partsinnsyn.levert_tid is not None:
        return []
    gitt = [linje for linje in partsinnsynslinjer(partsinnsyn) if linje.gis]
    poster = {linje.journalpost_id: linje.journalpost for linje in gitt}
    hindre = []
    if endret := [str(jp) for jp in poster.values() if jp.status not in MED or jp.avventer_gradering]:
        hindre.append(f"{', '.join(endret)} er åpnet igjen, satt utgått eller sperret.")
    gradert = Skjermingsvurdering.objects.filter(
        journalpost__in=[pk for pk, jp in poster.items() if jp.tilgangskode_id is not None and str(jp) not in endret],
        pk__gt=partsinnsyn.gradert_ved,
    ).exclude(art=Vurderingsart.FORSLAG)
    if nye := sorted(set(gradert.order_by("pk").values_list("journalpost_id", flat=True))):
        hindre.append(f"Graderingen av {', '.join(str(poster[pk]) for pk in nye)} er endret.")
    if any(linje.dokument is not None and linje.dokument.utgaatt_tid is not None for linje in gitt):
        hindre.append("Et dokument i pakken er tatt ut av journalposten.")
    if any(linje.sladdet is not None and not er_i_kraft(linje.sladdet) for linje in gitt):
        hindre.append("En sladdet versjon i pakken er trukket tilbake.")
    return hindre


def kan_avgjoere(partsinnsyn: Partsinnsyn) -> list[Bruker]:
    """Return the leaders of the case's unit and their deputies who see every document: who can decide what is kept."""
    sak, idag = partsinnsyn.sak, klokke.idag()
    folk = {leder.pk: leder for leder in ledere_av(sak.enhet_id, idag)}
    folk |= {rad.vikar_id: rad.vikar for rad in aktive_stedfortredere(sak.enhet_id, idag) if rad.vikar_id not in folk}
    return [
        en
        for en in folk.values()
        if _synlige(en).filter(pk=partsinnsyn.pk).exists() and kan(en, Handling.AVGJOERE_PARTSINNSYN, sak)
    ]
