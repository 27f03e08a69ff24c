"""The work lists of krav C.4 that this room knows: one function each, the reader first, a total order last."""

from __future__ import annotations

import datetime as dt
import re
from typing import TypeVar

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Kopi, Merknad, ObsDato, Sak
from saksgang.sakarkiv.querysets import InternMottakerQuerySet
from saksgang.sakarkiv.rules import AAPNE_SAKSSTATUSER, Journalstatus, Saksstatus, fordelingsgrense, roed_grense
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon, Rolle

M = TypeVar("M", bound=Model)

_RAD = ("journalpost__sak", "journalpost__tilgangskode", "bruker", "enhet")
_NUMMER = re.compile(r"(\d{4})/(\d+)(?:-(\d+))?")
_TITTEL_OG_PART = ("tittel", "partsnavn")
_OM_JOURNALPOST = ("journalpost__", "journalpost__sak__", tuple(f"journalpost__{felt}" for felt in _TITTEL_OG_PART))
_SOEKBART: dict[type[Model], tuple[str | None, str, tuple[str, ...]]] = {
    InternMottaker: _OM_JOURNALPOST,
    Kopi: _OM_JOURNALPOST,
    Journalpost: ("", "sak__", _TITTEL_OG_PART),
    Sak: (None, "", ("tittel",)),
    ObsDato: (None, "sak__", ("sak__tittel", "merknad")),
}
"""Per kind of row: the way to the journalpost and to the case, and what the reader of the row may see of them."""


def _mottakere(leser: Bruker) -> InternMottakerQuerySet:
    return InternMottaker.objects.filter(synlig_q(rettigheter(leser).noekler, "journalpost__")).select_related(*_RAD)


def _journalposter(leser: Bruker) -> QuerySet[Journalpost]:
    return Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler)).select_related(
        "sak", "tilgangskode", "saksbehandler", "enhet"
    )


def _saker(leser: Bruker) -> QuerySet[Sak]:
    return Sak.objects.filter(synlig_q(rettigheter(leser).noekler)).select_related(
        "saksansvarlig", "enhet", "tilgangskode"
    )


def innboks(leser: Bruker) -> QuerySet[InternMottaker]:
    """What has come to me and I have neither seen, answered nor written off."""
    return _mottakere(leser).innboks().filter(bruker=leser).order_by("-mottatt_tid", "-pk")


def restanse(leser: Bruker) -> QuerySet[InternMottaker]:
    """What still awaits my answer: I and N, mine by recipient row. The one definition of restanse (krav R-10.8.0)."""
    return _mottakere(leser).restanse().filter(bruker=leser).order_by(F("forfallsdato").asc(nulls_last=True), "pk")


def restanse_forfalt(leser: Bruker, idag: dt.date | None = None) -> QuerySet[InternMottaker]:
    """My restanser whose svarfrist has passed."""
    return restanse(leser).filter(forfallsdato__lt=idag or klokke.idag())


def restanse_roed(leser: Bruker, idag: dt.date | None = None) -> QuerySet[InternMottaker]:
    """My restanser that are red: overdue, or due in fewer days than the threshold (A-06)."""
    return restanse(leser).filter(forfallsdato__lt=roed_grense(idag or klokke.idag(), settings.ROED_TERSKEL))


def restanse_i_enheter(leser: Bruker) -> QuerySet[InternMottaker]:
    """Restanse of the units that the reader follows up, by the recipient's unit; undistributed ones too (A-40)."""
    enheter = rettigheter(leser).enheter(Funksjon.RESTANSE)
    return (
        _mottakere(leser)
        .restanse()
        .filter(enhet_id__in=sorted(enheter))
        .order_by(F("forfallsdato").asc(nulls_last=True), "pk")
    )


def under_arbeid(leser: Bruker) -> QuerySet[Journalpost]:
    """My own U, N, X and S in R."""
    return _journalposter(leser).filter(saksbehandler=leser, status=Journalstatus.RESERVERT).order_by("-pk")


def mine_saker(leser: Bruker, *, vis_avsluttede: bool = False) -> QuerySet[Sak]:
    """Open cases where I am saksansvarlig; closed ones too when asked for (krav R-10.3.2.2b)."""
    statuser = [*AAPNE_SAKSSTATUSER, Saksstatus.AVSLUTTET] if vis_avsluttede else AAPNE_SAKSSTATUSER
    return _saker(leser).filter(saksansvarlig=leser, status__in=statuser).order_by("-sist_endret", "-pk")


def kopiboks(leser: Bruker) -> QuerySet[Kopi]:
    """Copies to me that I have not marked read."""
    return (
        Kopi.objects.filter(synlig_q(rettigheter(leser).noekler, "journalpost__"))
        .filter(bruker=leser, levert=True, lest_tid__isnull=True)
        .select_related("journalpost__sak", "journalpost__tilgangskode", "av")
        .order_by("-tid", "-pk")
    )


def obs_dato(leser: Bruker, idag: dt.date | None = None) -> QuerySet[ObsDato]:
    """OBS dates passed or nearer than the threshold, not done, in cases where I am saksansvarlig (krav R-10.12.2).

    A case that is exempt from process control (X) is left out (R-6.1.X).
    """
    grense = roed_grense(idag or klokke.idag(), settings.ROED_TERSKEL)
    return (
        ObsDato.objects.filter(synlig_q(rettigheter(leser).noekler, "sak__"))
        .filter(
            utfoert_tid__isnull=True,
            dato__lt=grense,
            sak__saksansvarlig=leser,
            sak__status__in=[Saksstatus.RESERVERT, Saksstatus.BEHANDLES],
        )
        .select_related("sak__tilgangskode")
        .order_by("dato", "pk")
    )


def til_fordeling(leser: Bruker) -> QuerySet[InternMottaker]:
    """I without saksbehandler, and N/X addressed to a unit alone, in the units where the reader distributes."""
    enheter = rettigheter(leser).enheter(Funksjon.FORDELE)
    return _mottakere(leser).ufordelt().filter(enhet_id__in=sorted(enheter)).order_by("mottatt_tid", "pk")


def ikke_fordelt(leser: Bruker) -> QuerySet[InternMottaker]:
    """Restanse of the reader's units that nobody has been given; the oldest first (A-40)."""
    return restanse_i_enheter(leser).filter(bruker__isnull=True).order_by("mottatt_tid", "pk")


def ikke_fordelt_roed(leser: Bruker, idag: dt.date | None = None) -> QuerySet[InternMottaker]:
    """The undistributed that are two working days old or more."""
    slutt = fordelingsgrense(idag or klokke.idag()) + dt.timedelta(days=1)
    return ikke_fordelt(leser).filter(mottatt_tid__lt=timezone.make_aware(dt.datetime.combine(slutt, dt.time.min)))


def _arkivets(leser: Bruker) -> QuerySet[Journalpost]:
    rader = _journalposter(leser)
    return rader if rettigheter(leser).har(Rolle.ARK) else rader.none()


def til_journalfoering(leser: Bruker) -> QuerySet[Journalpost]:
    """The archive's queue: I in S or completed in M, own documents in F."""
    return (
        _arkivets(leser)
        .filter(
            Q(status__in=[Journalstatus.REGISTRERT, Journalstatus.FERDIG])
            | Q(status=Journalstatus.MIDLERTIDIG, ferdig_i_arkivet_av__isnull=False)
        )
        .order_by("pk")
    )


def midlertidig(leser: Bruker) -> QuerySet[Journalpost]:
    """Incoming letters in M that the archive has not completed."""
    return _arkivets(leser).filter(status=Journalstatus.MIDLERTIDIG, ferdig_i_arkivet_av__isnull=True).order_by("pk")


def reserverte_saker(leser: Bruker) -> QuerySet[Sak]:
    """Cases in R, for the archive to control; har_journalfoert: something in it is in J already (krav R-10.3.1.9)."""
    if not rettigheter(leser).har(Rolle.ARK):
        return Sak.objects.none()
    reserverte = _saker(leser).filter(status=Saksstatus.RESERVERT)
    return reserverte.annotate(har_journalfoert=_journalfoert_i_saken(leser)).order_by("aar", "sekvens", "pk")


def reserverte_saker_roed(leser: Bruker) -> QuerySet[Sak]:
    """Cases in R that the public journal already tells of: their title and classification are not controlled."""
    return reserverte_saker(leser).filter(_journalfoert_i_saken(leser))


def _journalfoert_i_saken(leser: Bruker) -> Exists:
    ses = synlig_q(rettigheter(leser).noekler)
    return Exists(Journalpost.objects.filter(ses, sak=OuterRef("pk"), status=Journalstatus.JOURNALFOERT))


def oenskes_avsluttet(leser: Bruker) -> QuerySet[Sak]:
    """Cases with an active ØA, for the archive."""
    if not rettigheter(leser).har(Rolle.ARK):
        return Sak.objects.none()
    oea = Merknad.objects.filter(type__kode="ØA", trukket_tid__isnull=True, journalpost__isnull=True)
    return (
        _saker(leser)
        .filter(status__in=AAPNE_SAKSSTATUSER, pk__in=oea.values("sak_id"))
        .prefetch_related(Prefetch("merknader", oea.order_by("pk"), to_attr="oensker_avsluttet"))
        .order_by("aar", "sekvens", "pk")
    )


def med_ord(liste: QuerySet[M], tekst: str) -> QuerySet[M]:
    """Narrow a work list to the rows with all these words in title, party or number; other models by journalpost."""
    til_jp, til_sak, felter = _SOEKBART.get(liste.model, _OM_JOURNALPOST)
    for ord_ in tekst.split():
        if nummer := _NUMMER.fullmatch(ord_):
            sted = {f"{til_sak}aar": int(nummer[1]), f"{til_sak}sekvens": int(nummer[2][:9])}
            if nummer[3] and til_jp is not None:
                sted[f"{til_jp}journalpostnummer"] = int(nummer[3][:9])
            liste = liste.filter(**sted)
            continue
        treff = Q()
        for felt in felter:
            treff |= Q(**{f"{felt}__icontains": ord_})
        liste = liste.filter(treff)
    return liste
