"""Requests and their documents through the reader: the archive handles all, others what they are to assess."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from saksgang.innsynskrav.models import (
    Innsynsklage,
    Innsynskrav,
    Innsynssvar,
    Innsynsvurdering,
    Kravlinje,
    Kravmelding,
    Samtykkespoersmaal,
)
from saksgang.innsynskrav.rules import (
    TIL_BEHANDLING,
    UBESVART,
    Frist,
    Journalgrunn,
    Klageutfall,
    Kravtilstand,
    Meldingsslag,
    Pause,
    Utfall,
    frist_for_begrunnelse,
    frist_for_klage,
    frist_for_oversendelse,
    frist_for_svar,
    svarfrist,
)
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.models import Skjermingsvurdering
from saksgang.offentlighet.queries.offentlig import offentlig_tittel, oppfoeringer
from saksgang.offentlighet.rules import Vurderingsart
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Journalpost
from saksgang.tilgang.queries import kan, rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon, Handling, Rolle

from .filer import kilder, kodede

_KILDE = "dokument__lenket_fra__journalpost__"


def _vurderes_av_q(leser: Bruker) -> Q:
    """Lines whose entry the reader sees, and is to assess or to propose an answer about.

    A linked document is its own entry's and that of where it came in: whose code it carries, decides on it.
    """
    rett = rettigheter(leser)
    egne = Q(journalpost__saksbehandler=leser) | Q(journalpost__sak__saksansvarlig=leser)
    leder = sorted(rett.enheter(Funksjon.GRADERE))
    enheter = Q(journalpost__enhet_id__in=leder) | Q(**{f"{_KILDE}enhet_id__in": leder})
    return synlig_q(rett.noekler, "journalpost__") & (egne | enheter) & Q(tatt_ut_tid__isnull=True)


def synlige_krav(leser: Bruker) -> QuerySet[Innsynskrav]:
    """Return the requests that the reader handles: who asked for access is nobody else's business."""
    rett = rettigheter(leser)
    if rett.har(Rolle.ARK):
        return Innsynskrav.objects.order_by("-pk")
    if not rett.ansatt:
        return Innsynskrav.objects.none()
    linjer = Kravlinje.objects.filter(_vurderes_av_q(leser), krav=OuterRef("pk"))
    return Innsynskrav.objects.filter(Exists(linjer)).order_by("-pk")


def alle_krav(leser: Bruker) -> QuerySet[Innsynskrav]:
    """Return every request that the reader handles, also those that are answered, the newest first."""
    return synlige_krav(leser)


def ubesvarte_om(leser: Bruker, journalpost: Journalpost) -> list[Innsynskrav]:
    """Return the unanswered requests about an entry that the reader handles, the oldest first."""
    linjer = Kravlinje.objects.filter(krav=OuterRef("pk"), journalpost=journalpost, tatt_ut_tid__isnull=True)
    return list(synlige_krav(leser).filter(Exists(linjer), tilstand__in=UBESVART).order_by("pk"))


def innsynskrav(leser: Bruker) -> QuerySet[Innsynskrav]:
    """The archive's basket «Innsynskrav»: what waits for the municipality, the nearest deadline first (krav R-11.1)."""
    if not rettigheter(leser).har(Rolle.ARK):
        return Innsynskrav.objects.none()
    return Innsynskrav.objects.filter(tilstand__in=TIL_BEHANDLING).order_by("frist", "pk")


def innsynskrav_roed(leser: Bruker) -> QuerySet[Innsynskrav]:
    """Those of innsynskrav whose last day is here or past: red."""
    return innsynskrav(leser).filter(frist__lte=klokke.idag())


def innsyn_til_vurdering(leser: Bruker) -> QuerySet[Innsynskrav]:
    """Unanswered requests with a coded document of the reader's units that no leader has decided on as it is now."""
    enheter = sorted(rettigheter(leser).enheter(Funksjon.GRADERE))
    # Two look-ups by journalpost: asked of both at once, every assessment there is would be read for each line.
    gradert_her, gradert_der = (
        Skjermingsvurdering.objects.filter(journalpost=OuterRef(hvor))
        .exclude(art=Vurderingsart.FORSLAG)
        .order_by("-pk")
        .values("pk")[:1]
        for hvor in ("linje__journalpost_id", "kilde_id")
    )
    medhold = Innsynsklage.objects.filter(krav=OuterRef("linje__krav")).order_by("-vurdert_til")
    avgjort = Innsynsvurdering.objects.alias(kilde_id=F(f"linje__{_KILDE}pk")).filter(
        Q(utfall=Utfall.HELT) | Q(pk__gt=Coalesce(Subquery(medhold.values("vurdert_til")[:1]), Value(0))),
        Q(gradert_ved__gte=Coalesce(Subquery(gradert_her), Value(0))),
        Q(gradert_ved__gte=Coalesce(Subquery(gradert_der), Value(0))),
        linje=OuterRef("pk"),
        er_forslag=False,
    )
    her = Q(journalpost__tilgangskode__isnull=False, journalpost__enhet_id__in=enheter)
    der = Q(**{f"{_KILDE}tilgangskode__isnull": False, f"{_KILDE}enhet_id__in": enheter})
    sett = Q(**{"dokument__lenket_fra__isnull": True}) | synlig_q(rettigheter(leser).noekler, _KILDE)
    venter = Kravlinje.objects.filter(_vurderes_av_q(leser), her | der, sett, ~Exists(avgjort), krav=OuterRef("pk"))
    return Innsynskrav.objects.filter(Exists(venter), tilstand__in=UBESVART).order_by("frist", "pk")


def innsyn_til_vurdering_roed(leser: Bruker) -> QuerySet[Innsynskrav]:
    """Those of innsyn_til_vurdering whose last day is here or past: red."""
    return innsyn_til_vurdering(leser).filter(frist__lte=klokke.idag())


def med_ord(krav: QuerySet[Innsynskrav], tekst: str) -> QuerySet[Innsynskrav]:
    """Narrow the requests to those with all these words in name, address, text or number."""
    for ord_ in tekst.split():
        treff = (
            Q(navn__icontains=ord_) | Q(epost__icontains=ord_) | Q(tekst__icontains=ord_) | Q(om_sak__icontains=ord_)
        )
        aar, _, sekvens = ord_.partition("/")
        if aar.isdecimal() and sekvens.isdecimal() and len(aar) <= 4 and len(sekvens) <= 7:
            nummer = {"sak__aar": int(aar), "sak__sekvens": int(sekvens)}
            treff |= Q(aar=int(aar), sekvens=int(sekvens))
            treff |= Q(linjer__journalpost__in=Journalpost.objects.filter(**nummer))
        krav = krav.filter(pk__in=Innsynskrav.objects.filter(treff).values("pk"))
    return krav


def hent_krav(leser: Bruker, pk: int) -> Innsynskrav:
    """Return a request that the reader handles, or IkkeFunnet."""
    krav = synlige_krav(leser).filter(pk=pk).select_related("journalpost__sak", "registrert_av").first()
    if krav is None:
        raise IkkeFunnet
    return krav


def _linjer() -> QuerySet[Kravlinje]:
    vurderinger = Innsynsvurdering.objects.select_related("hjemmel", "av", "paa_vegne_av").order_by("-pk")
    spoersmaal = Samtykkespoersmaal.objects.select_related("sendt_av", "registrert_av").order_by("-pk")
    return (
        Kravlinje.objects.select_related(
            "krav",
            "journalpost__sak__enhet",
            "journalpost__enhet",
            "journalpost__tilgangskode",
            "journalpost__hjemmel",
            "journalpost__avskjermingskode",
            "dokument__lenket_fra__journalpost__hjemmel",
            "dokument__lenket_fra__journalpost__tilgangskode",
        )
        .prefetch_related(Prefetch("vurderinger", vurderinger), Prefetch("samtykker", spoersmaal))
        .order_by(
            "journalpost__sak__aar",
            "journalpost__sak__sekvens",
            "journalpost__journalpostnummer",
            "dokument__nummer",
            "pk",
        )
    )


def linjer(krav: Innsynskrav) -> list[Kravlinje]:
    """Return the documents asked for, all of them: for the acts, which ask everything."""
    return list(_linjer().filter(krav=krav, tatt_ut_tid__isnull=True))


def synlige_linjer(leser: Bruker, krav: Innsynskrav) -> tuple[list[Kravlinje], int]:
    """Return the documents asked for that the reader may see, and how many there are besides."""
    alle = linjer(krav)
    noekler = set(rettigheter(leser).noekler)
    synlige = [linje for linje in alle if all(noekler.intersection(jp.noekler) for jp in kilder(linje))]
    return synlige, len(alle) - len(synlige)


def hent_linje(leser: Bruker, pk: int) -> Kravlinje:
    """Return one document of a request that the reader handles, where the reader sees the document; or IkkeFunnet."""
    linje = (
        _linjer()
        .filter(
            synlig_q(rettigheter(leser).noekler, "journalpost__"),
            pk=pk,
            tatt_ut_tid__isnull=True,
            krav__in=synlige_krav(leser).order_by().values("pk"),
        )
        .first()
    )
    if linje is None or linje not in synlige_linjer(leser, linje.krav)[0]:
        raise IkkeFunnet
    return linje


def hent_samtykke(leser: Bruker, pk: int) -> Samtykkespoersmaal:
    """Return a question for consent about a document that the reader handles and sees, or IkkeFunnet."""
    spoersmaal = Samtykkespoersmaal.objects.filter(pk=pk).first()
    if spoersmaal is None:
        raise IkkeFunnet
    spoersmaal.linje = hent_linje(leser, spoersmaal.linje_id)
    return spoersmaal


def hent_brev(leser: Bruker, pk: int) -> Innsynssvar:
    """Return a letter about a request that the reader handles, or IkkeFunnet."""
    svar = Innsynssvar.objects.filter(krav__in=synlige_krav(leser).order_by().values("pk"), pk=pk)
    funnet = svar.select_related("brev", "krav").first()
    if funnet is None:
        raise IkkeFunnet
    return funnet


def hva_har_skjedd(krav: Innsynskrav) -> tuple[list[Innsynssvar], list[Innsynsklage], list[Kravmelding]]:
    """Return the letters, the appeals and the e-mails of a request, in order."""
    return (
        list(krav.svar.select_related("av").order_by("pk")),
        list(krav.klager.order_by("pk")),
        list(krav.meldinger.order_by("pk")),
    )


def aapen_klage(krav: Innsynskrav) -> Innsynsklage | None:
    """Return the appeal that is not decided."""
    return krav.klager.filter(utfall="").order_by("pk").first()


def journalgrunn(krav: Innsynskrav) -> str:
    """Return why the request itself demands the journal (arkivforskrifta § 14 third ledd); empty where it does not."""
    if krav.klager.exists():
        return Journalgrunn.KLAGE
    return Journalgrunn.BEGRUNNELSE if krav.begrunnelsesoensker.exists() else ""


def maa_journalfoeres(krav: Innsynskrav) -> str:
    """Return why the request is to be in the journal and is not yet; empty where nothing demands it."""
    grunn = journalgrunn(krav) if krav.journalpost_id is None else ""
    return f"{Journalgrunn(grunn).label}." if grunn else ""


def avgjoerelse(linje: Kravlinje) -> Innsynsvurdering | None:
    """Return the last decision about the document."""
    return next((v for v in linje.vurderinger.all() if not v.er_forslag), None)


def overproevd(linje: Kravlinje, vurdering: Innsynsvurdering) -> str:
    """Return why an assessment falls with an appeal that has won; empty where it stands."""
    vunnet = Innsynsklage.objects.filter(krav=linje.krav_id, vurdert_til__gte=vurdering.pk)
    return "klagen har ført fram. Vurder på nytt." if vurdering.utfall != Utfall.HELT and vunnet.exists() else ""


def forslag(linje: Kravlinje) -> Innsynsvurdering | None:
    """Return the last proposal, while no decision has come after it."""
    siste = next(iter(linje.vurderinger.all()), None)
    return siste if siste is not None and siste.er_forslag else None


def krever_leder(linje: Kravlinje) -> bool:
    """Whether the document is coded, so that a leader of the unit decides (krav R-7.1.1.f)."""
    return bool(kodede(linje))


def avgjoer_selv(bruker: Bruker, linje: Kravlinje) -> bool:
    """Whether the person's assessment of the document is a decision; else it is a proposal, where it may be made.

    What is coded anywhere it stands is its leader's; the archive decides what is not.
    """
    screenet = kodede(linje)
    if screenet:
        return all(kan(bruker, Handling.VURDERE_INNSYN, jp) for jp in screenet)
    jp = linje.journalpost
    return kan(bruker, Handling.BEHANDLE_INNSYNSKRAV, jp) or kan(bruker, Handling.VURDERE_INNSYN, jp)


def pauser(krav: Innsynskrav) -> list[Pause]:
    """Return when consent has been waited for: never longer than its deadline, after which silence is a no (§ 13)."""
    idag = klokke.idag()
    rader = Samtykkespoersmaal.objects.filter(linje__krav=krav).order_by("pk")
    return [
        (spurt, min(svart, frist) if svart is not None else frist if frist < idag else None)
        for spurt, frist, svart in rader.values_list("sendt_dato", "svarfrist", "svar_dato")
    ]


def regnes_fra(krav: Innsynskrav) -> tuple[dt.date, str]:
    """Return the day from which the answer is due, and what happened on it: an appeal that has won asks anew."""
    vunnet = krav.klager.filter(utfall__in=(Klageutfall.MEDHOLD, Klageutfall.MEDHOLD_HER)).order_by("-pk").first()
    if vunnet is not None and vunnet.utfall_dato is not None:
        return vunnet.utfall_dato, "klagen førte fram"
    return krav.mottatt_dato, "mottatt"


def svardato(krav: Innsynskrav) -> dt.date:
    """Return the last day to answer a request that waits for its answer (offl. § 32 second ledd)."""
    return svarfrist(regnes_fra(krav)[0], pauser(krav), klokke.idag())


def klagefrist_fra(krav: Innsynskrav) -> dt.date | None:
    """Return the day from which the last refusal may be appealed: that of the reasons, where they were asked for.

    None where nothing is refused, where the refusal is to be answered anew, and where Statsforvalteren has upheld it.
    """
    svar = list(krav.svar.filter(slag__in=(Meldingsslag.SVAR, Meldingsslag.BEGRUNNELSE)).order_by("pk"))
    avslag = next((s for s in reversed(svar) if s.slag == Meldingsslag.SVAR), None)
    if avslag is None or not avslag.har_avslag or krav.tilstand in UBESVART:
        return None
    klage = krav.klager.order_by("-pk").first()
    stadfestet = klage is not None and klage.utfall == Klageutfall.STADFESTET and klage.mottatt_dato >= avslag.dato
    return None if stadfestet else svar[-1].dato


def har_bedt_om_begrunnelse(krav: Innsynskrav) -> bool:
    """Whether nærmere begrunnelse has been asked for of the last answer: a new answer may be asked about anew."""
    svar = krav.svar.filter(slag=Meldingsslag.SVAR).order_by("-pk").first()
    if svar is None:
        return False
    return krav.begrunnelsesoensker.filter(Q(svar__isnull=True) | Q(svar__gt=svar.pk)).exists()


def forbi_fristen(krav: Innsynskrav) -> bool:
    """Whether the five working days are over without an answer: it counts as a refusal (offl. § 32 second ledd)."""
    if krav.tilstand not in UBESVART or any(til is None for _, til in pauser(krav)):
        return False
    return svardato(krav) < klokke.idag()


def frister(krav: Innsynskrav) -> list[Frist]:
    """Return the deadlines that count now, each with its paragraph and its arithmetic."""
    idag = klokke.idag()
    ut = []
    klage = aapen_klage(krav)
    svart = klagefrist_fra(krav)
    if krav.tilstand in UBESVART or (klage is not None and svart is None):
        fra, hendelse = regnes_fra(krav)
        ut.append(frist_for_svar(fra, pauser(krav), idag, hendelse=hendelse))
    oenske = krav.begrunnelsesoensker.filter(svar__isnull=True).order_by("pk").first()
    if oenske is not None:
        ut.append(frist_for_begrunnelse(oenske.bedt_dato, idag))
    if svart is not None and klage is not None and klage.oversendt_dato is None:
        ut.append(frist_for_oversendelse(svart, klage.mottatt_dato))
    elif svart is not None and krav.tilstand in (Kravtilstand.BESVART, Kravtilstand.BEGRUNNELSE):
        ut.append(frist_for_klage(svart, idag))
    return ut


@dataclass(frozen=True)
class TidligereSvar:
    """How the same document was answered before: the outcome, never who had asked."""

    vurdering: Innsynsvurdering
    dato: dt.date


def tidligere_svar(linje: Kravlinje) -> list[TidligereSvar]:
    """Return earlier answers about the same document, the newest first: like cases are treated alike (offl. § 6)."""
    rader = (
        Innsynsvurdering.objects.filter(
            linje__journalpost=linje.journalpost,
            linje__dokument=linje.dokument,
            er_forslag=False,
            linje__tatt_ut_tid__isnull=True,
            linje__krav__svar__slag="svar",
        )
        .exclude(linje__krav=linje.krav)
        .select_related("hjemmel", "av")
        .order_by("linje_id", "-pk")
        .distinct("linje_id")
    )
    svar = [TidligereSvar(v, timezone.localdate(v.tid)) for v in rader]
    return sorted(svar, key=lambda s: s.vurdering.pk, reverse=True)


def poster(rader: Iterable[Kravlinje]) -> list[tuple[Journalpost, list[Kravlinje]]]:
    """Return the documents under their entries."""
    ut: list[tuple[Journalpost, list[Kravlinje]]] = []
    for linje in rader:
        if not ut or ut[-1][0].pk != linje.journalpost_id:
            ut.append((linje.journalpost, []))
        ut[-1][1].append(linje)
    return ut


def titler(rader: Iterable[Journalpost]) -> dict[int, str]:
    """Return the titles that may be told of entries: as the public sees them, of those that stand on its list now."""
    alle = list(rader)
    paa_lista = set(oppfoeringer().filter(pk__in=[jp.pk for jp in alle]).values_list("pk", flat=True))
    return {jp.pk: offentlig_tittel(jp) if jp.pk in paa_lista else "" for jp in alle}


def hendelser(krav: Innsynskrav) -> list[Hendelse]:
    """Return the events of the request, the newest first."""
    rader = Hendelse.objects.filter(objekt_type="innsynskrav", objekt_id=krav.pk).order_by("-nummer")
    return list(rader.select_related("aktoer", "paa_vegne_av"))


def gjeldende_dokumenter(journalpost: Journalpost) -> list[Dokument]:
    """Return the documents of an entry, in order."""
    return list(journalpost.dokumenter.filter(utgaatt_tid__isnull=True).order_by("nummer", "pk"))


def kravnumre(krav: Iterable[Innsynskrav]) -> dict[int, list[str]]:
    """Return for each request the numbers of the entries it is about: numbers alone, for lists."""
    rader = (
        Kravlinje.objects.filter(krav__in=[k.pk for k in krav], tatt_ut_tid__isnull=True)
        .select_related("journalpost__sak")
        .order_by("journalpost__sak__aar", "journalpost__sak__sekvens", "journalpost__journalpostnummer", "pk")
    )
    ut: dict[int, list[str]] = {}
    for linje in rader:
        numre = ut.setdefault(linje.krav_id, [])
        if str(linje.journalpost) not in numre:
            numre.append(str(linje.journalpost))
    return ut
