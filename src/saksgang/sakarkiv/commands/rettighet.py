"""Rights in one case: asked for, granted, refused, withdrawn (krav R-10.3.2.3)."""

from __future__ import annotations

import datetime as dt

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Rettighetsoenske, Sak, Sakrettighet
from saksgang.sakarkiv.rules import Rettighetsnivaa
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import glem_rettigheter
from saksgang.tilgang.rules import Handling

from .felles import krev_aapen_sak, krev_aktiv_bruker


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
def gi_rettighet(sak: Sak, bruker: Bruker, nivaa: str, *, av: Bruker, til: dt.date | None = None) -> Sakrettighet:
    """Grant a right in the case for a period, by saksansvarlig or the leader. Refused with an end in the past."""
    krev(av, Handling.GI_RETTIGHET, sak)
    krev_aapen_sak(sak)
    nivaa = _krev_nivaa(nivaa)
    krev_aktiv_bruker(bruker, "bruker")
    if til is not None and til < klokke.idag():
        raise UgyldigInndata({"til": "Sluttdatoen er passert. Velg en dato fra og med i dag."})
    naa = klokke.naa()
    rettighet = Sakrettighet.objects.create(
        sak=sak, bruker=bruker, nivaa=nivaa, fra=klokke.idag(), til=til, gitt_av=av, gitt_tid=naa
    )
    sak.oensker.filter(bruker=bruker, nivaa=nivaa, svar=Rettighetsoenske.Svar.AAPENT).update(
        svar=Rettighetsoenske.Svar.GITT, besvart_av=av, besvart_tid=naa
    )
    glem_rettigheter()
    logg(
        sak,
        Handling.GI_RETTIGHET,
        av=av,
        detaljer={"bruker": bruker, "bruker_id": bruker.pk, "nivaa": nivaa, "til": til},
    )
    return rettighet


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
