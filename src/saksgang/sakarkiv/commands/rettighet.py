"""Rights in one case: asked for, granted, refused, withdrawn (krav R-10.3.2.3)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Rettighetsoenske, Sak, Sakrettighet
from saksgang.sakarkiv.rules import Rettighetsnivaa, Saksstatus
from saksgang.sakarkiv.rules.rettighet import MINNES_FOER, fornyet_slutt, minnes
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import glem_rettigheter
from saksgang.tilgang.rules import Handling

from .felles import krev_aapen_sak, krev_aktiv_bruker
from .sak import laas_sak


def _krev_nivaa(nivaa: str) -> str:
    if nivaa not in Rettighetsnivaa:
        raise UgyldigInndata({"nivaa": "Velg «Lese graderte» eller «Skrive i saken»."})
    return nivaa


@kommando
def be_om_rettighet(sak: Sak, nivaa: str, begrunnelse: str = "", *, av: Bruker) -> Rettighetsoenske:
    """Ask saksansvarlig for rights in the case. Refused while the same wish stands unanswered."""
    krev(av, Handling.BE_OM_RETTIGHET, sak)
    krev_aapen_sak(sak)
    nivaa = _krev_nivaa(nivaa)
    if sak.oensker.filter(bruker=av, nivaa=nivaa, svar=Rettighetsoenske.Svar.AAPENT).exists():
        raise Avvist("Du har allerede bedt om dette. Saksansvarlig har ikke svart ennå.")
    oenske = Rettighetsoenske.objects.create(
        sak=sak, bruker=av, nivaa=nivaa, begrunnelse=begrunnelse.strip()[:500], tid=klokke.naa()
    )
    logg(sak, Handling.BE_OM_RETTIGHET, av=av, detaljer={"nivaa": nivaa, "begrunnelse": oenske.begrunnelse})
    return oenske


@kommando
def gi_rettighet(
    sak: Sak, bruker: Bruker, nivaa: str, *, av: Bruker, fra: dt.date | None = None, til: dt.date | None = None
) -> Sakrettighet:
    """Grant a right in the case for a period, by saksansvarlig or the leader.

    Refused with an end in the past, and where the person has it in some of the period already: of two, one would stay
    when the other is withdrawn.
    """
    krev(av, Handling.GI_RETTIGHET, sak)
    sak = laas_sak(sak)
    krev_aapen_sak(sak)
    nivaa = _krev_nivaa(nivaa)
    krev_aktiv_bruker(bruker, "bruker")
    fra = fra or klokke.idag()
    if til is not None and til < klokke.idag():
        raise UgyldigInndata({"til": "Sluttdatoen er passert. Velg en dato fra og med i dag."})
    if fra < klokke.idag():
        raise UgyldigInndata({"fra": "Fra-datoen er passert. Velg en dato fra og med i dag."})
    if til is not None and til < fra:
        raise UgyldigInndata({"til": "Til og med-datoen er før fra-datoen. Rett en av dem."})
    if har := _samtidig(sak, bruker, nivaa, fra, til):
        slutt = f"{har.til:%d.%m.%Y}" if har.til is not None else "den trekkes"
        raad = "Forny eller trekk den" if har.til is not None else "Trekk den"
        raise Avvist(f"{bruker} har alt denne rettigheten fra {har.fra:%d.%m.%Y} til {slutt}. {raad} i stedet.")
    naa = klokke.naa()
    rettighet = Sakrettighet.objects.create(
        sak=sak, bruker=bruker, nivaa=nivaa, fra=fra, til=til, gitt_av=av, gitt_tid=naa
    )
    sak.oensker.filter(bruker=bruker, nivaa=nivaa, svar=Rettighetsoenske.Svar.AAPENT).update(
        svar=Rettighetsoenske.Svar.GITT, besvart_av=av, besvart_tid=naa
    )
    glem_rettigheter()
    logg(
        sak,
        Handling.GI_RETTIGHET,
        av=av,
        detaljer={"bruker": bruker, "bruker_id": bruker.pk, "nivaa": nivaa, "fra": fra, "til": til},
    )
    return rettighet


def _samtidig(sak: Sak, bruker: Bruker, nivaa: str, fra: dt.date, til: dt.date | None) -> Sakrettighet | None:
    """Return the same right that holds on some day of the period."""
    rader = sak.rettigheter.filter(Q(til__isnull=True) | Q(til__gte=fra), bruker=bruker, nivaa=nivaa, trukket_tid=None)
    return (rader.filter(fra__lte=til) if til is not None else rader).order_by("pk").first()


@kommando
def forny_rettighet(rettighet: Sakrettighet, *, av: Bruker) -> Sakrettighet:
    """Let a right with an end last as long once more: the same row, or a new one from today when it has ended.

    Refused where it was withdrawn, has no end, or the person has been given it again.
    """
    krev(av, Handling.FORNYE_RETTIGHET, rettighet.sak)
    krev_aapen_sak(rettighet.sak)
    rettighet = (
        Sakrettighet.objects.select_for_update(of=("self",)).select_related("sak", "bruker").get(pk=rettighet.pk)
    )
    krev_aktiv_bruker(rettighet.bruker, "bruker")
    if rettighet.trukket_tid is not None:
        raise Avvist("Rettigheten er trukket. Gi en ny i stedet.")
    idag, foer = klokke.idag(), rettighet.til
    ny_slutt = fornyet_slutt(rettighet.fra, foer, idag)
    if foer is None or ny_slutt is None:
        raise Avvist("Rettigheten gjelder til den trekkes, og trenger ikke fornyes.")
    if foer < idag:
        like = rettighet.sak.rettigheter.filter(bruker=rettighet.bruker, nivaa=rettighet.nivaa, trukket_tid=None)
        if like.filter(Q(til__isnull=True) | Q(til__gte=idag)).exists():
            raise Avvist(f"{rettighet.bruker} har alt fått rettigheten på nytt.")
        fornyet = Sakrettighet.objects.create(
            sak=rettighet.sak,
            bruker=rettighet.bruker,
            nivaa=rettighet.nivaa,
            fra=idag,
            til=ny_slutt,
            gitt_av=av,
            gitt_tid=klokke.naa(),
        )
    else:
        fornyet = rettighet
        fornyet.til = ny_slutt
        fornyet.save(update_fields=["til"])
    glem_rettigheter()
    logg(
        fornyet.sak,
        Handling.FORNYE_RETTIGHET,
        av=av,
        endringer={"til": (foer, ny_slutt)},
        detaljer={"bruker": fornyet.bruker, "bruker_id": fornyet.bruker_id, "nivaa": fornyet.nivaa},
    )
    return fornyet


def minn_om_rettigheter() -> int:
    """Note in the log each right that ends within MINNES_FOER days, once for each end; return how many.

    Notifications follow from the log: to the one who gave it, saksansvarlig and the one who has it.
    """
    idag = klokke.idag()
    rader = Sakrettighet.objects.filter(
        trukket_tid__isnull=True, til__gte=idag, til__lte=idag + dt.timedelta(days=MINNES_FOER)
    ).exclude(sak__status__in=[Saksstatus.AVSLUTTET, Saksstatus.UTGAAR])
    antall = 0
    for rettighet in rader.select_related("sak", "bruker").order_by("pk"):
        if rettighet.til is not None and minnes(rettighet.fra, rettighet.til) and not _minnet(rettighet):
            _minn(rettighet)
            antall += 1
    return antall


def _minnet(rettighet: Sakrettighet) -> bool:
    return Hendelse.objects.filter(
        sak_id=rettighet.sak_id,
        handling=Handling.MINNE_OM_RETTIGHET,
        detaljer__contains={"rettighet_id": rettighet.pk, "til": f"{rettighet.til:%Y-%m-%d}"},
    ).exists()


@kommando
def _minn(rettighet: Sakrettighet) -> None:
    logg(
        rettighet.sak,
        Handling.MINNE_OM_RETTIGHET,
        av=None,
        detaljer={
            "rettighet_id": rettighet.pk,
            "bruker": rettighet.bruker,
            "bruker_id": rettighet.bruker_id,
            "gitt_av_id": rettighet.gitt_av_id,
            "nivaa": rettighet.nivaa,
            "til": rettighet.til,
        },
    )


@kommando
def avslaa_rettighet(oenske: Rettighetsoenske, *, av: Bruker) -> Rettighetsoenske:
    """Refuse a wish for rights. Refused where it is answered."""
    krev(av, Handling.AVSLAA_RETTIGHET, oenske.sak)
    oenske = Rettighetsoenske.objects.select_for_update().get(pk=oenske.pk)
    if oenske.svar != Rettighetsoenske.Svar.AAPENT:
        raise Avvist("Ønsket er allerede besvart.")
    oenske.svar, oenske.besvart_av, oenske.besvart_tid = Rettighetsoenske.Svar.AVSLAATT, av, klokke.naa()
    oenske.save(update_fields=["svar", "besvart_av", "besvart_tid"])
    logg(
        oenske.sak,
        Handling.AVSLAA_RETTIGHET,
        av=av,
        detaljer={"bruker": oenske.bruker, "bruker_id": oenske.bruker_id, "nivaa": oenske.nivaa},
    )
    return oenske


@kommando
def trekk_rettighet(rettighet: Sakrettighet, *, av: Bruker) -> Sakrettighet:
    """Withdraw a right; it ends at once. Refused twice."""
    krev(av, Handling.TREKKE_RETTIGHET, rettighet.sak)
    rettighet = (
        Sakrettighet.objects.select_for_update(of=("self",)).select_related("sak", "bruker").get(pk=rettighet.pk)
    )
    if rettighet.trukket_tid is not None:
        raise Avvist("Rettigheten er allerede trukket.")
    rettighet.trukket_av, rettighet.trukket_tid = av, klokke.naa()
    rettighet.save(update_fields=["trukket_av", "trukket_tid"])
    glem_rettigheter()
    logg(
        rettighet.sak,
        Handling.TREKKE_RETTIGHET,
        av=av,
        detaljer={"bruker": rettighet.bruker, "nivaa": rettighet.nivaa},
    )
    return rettighet
