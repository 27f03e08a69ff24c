"""Grading: the archive proposes or blocks, the leader decides, the case worker may raise (A-09)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import legg_til_arbeidsdager
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.models import Skjermingsvurdering
from saksgang.offentlighet.queries.trukket import paa_postlista
from saksgang.offentlighet.rules import Grad, Utfall, Vurderingsart, er_heving, skjermede_ord
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.felles import Skjerming, krev_aapen_sak, valider_skjerming
from saksgang.sakarkiv.commands.journalfoering import journalfoer_hvis_komplett, meld_komplett
from saksgang.sakarkiv.commands.journalpost import laas_journalpost, publiseringstid, registrer_inngaaende
from saksgang.sakarkiv.commands.noekler import oppdater_journalpost, oppdater_tilgang
from saksgang.sakarkiv.commands.relasjoner import til_journalpost
from saksgang.sakarkiv.commands.skriveregel import skjuler_tittel
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.models import Tilgangskode
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling, Relasjon

from .opphoer import ender_foer, sett_opphoer, valider_opphoer

SKRIVERE = frozenset({Relasjon.SAKSBEHANDLER, Relasjon.REGISTRERT_AV})
_FELTER = ("tilgangskode", "avskjermingskode", "hjemmel", "tilgangsgruppe")


def _gjeldende(journalpost: Journalpost) -> dict[str, Any]:
    return {felt: getattr(journalpost, felt) for felt in _FELTER}


def _grad(kode: Any, avskjerming: Any, gruppe_id: int | None) -> Grad:
    bredde = 0
    if avskjerming is not None:
        bredde = avskjerming.skjermer_tittel + avskjerming.skjermer_part + 2 * avskjerming.skjermer_alt
    return Grad(kode.kode if kode else "", bredde, gruppe_id)


def noter_vurdering(
    journalpost: Journalpost,
    art: Vurderingsart,
    skjerming: Skjerming,
    merknad: str,
    *,
    av: Bruker | None,
    for_id: int | None,
) -> Skjermingsvurdering:
    if art != Vurderingsart.FORSLAG:
        sett_opphoer(journalpost, skjerming)
    return Skjermingsvurdering.objects.create(
        journalpost=journalpost,
        art=art,
        kode=skjerming.kode,
        avskjermingskode=skjerming.avskjerming,
        hjemmel=skjerming.hjemmel,
        gruppe=skjerming.gruppe,
        meroffentlighet=skjerming.meroffentlighet.strip() if skjerming.kode else "",
        utfall=_utfall(skjerming),
        offentlig_tittel=(skjerming.offentlig_tittel or "") if skjerming.kode else "",
        opphoerer=skjerming.opphoerer if skjerming.kode else None,
        opphoer_hendelse=(skjerming.opphoer_hendelse or "").strip() if skjerming.kode else "",
        merknad=merknad.strip()[:1000],
        av=av,
        paa_vegne_av_id=for_id,
        tid=klokke.naa(),
    )


def _utfall(skjerming: Skjerming) -> str:
    """Return which of the three outcomes a grading is; none while it is only blocked (krav R-7.1.1.f)."""
    if skjerming.kode is None:
        return Utfall.HELE
    if skjerming.kode.er_xx:
        return ""
    return Utfall.DELVIS if skjerming.delvis else Utfall.UNNTATT


def _krev_ikke_utgaatt(journalpost: Journalpost) -> None:
    krev_aapen_sak(journalpost.sak)
    if journalpost.status == Journalstatus.UTGAAR:
        raise Avvist("Journalposten er utgått og kan ikke graderes.")


def _valider(journalpost: Journalpost, skjerming: Skjerming, *, forslag: bool = False) -> None:
    valider_skjerming(
        skjerming,
        journalpost.journalposttype,
        enkeltvedtak=journalpost.enkeltvedtak,
        parter=partsnavn(journalpost) if skjerming.hjemmel is not None else (),
        forslag=forslag,
    )
    valider_opphoer(skjerming)


def partsnavn(journalpost: Journalpost) -> list[str]:
    """Return the names of those it is from or to: outside parties, and units that have a note."""
    parter = journalpost.parter.filter(gyldig=True).order_by("rekkefoelge", "pk").values_list("navn", flat=True)
    enheter = journalpost.interne_mottakere.filter(gyldig=True).order_by("pk").values_list("enhet__navn", flat=True)
    return [*parter, *enheter]


def sett_felter(journalpost: Journalpost, skjerming: Skjerming, **felter: Any) -> dict[str, tuple[Any, Any]]:
    nye = {
        "tilgangskode": skjerming.kode,
        "avskjermingskode": skjerming.avskjerming,
        "hjemmel": skjerming.hjemmel,
        "tilgangsgruppe": skjerming.gruppe,
        "meroffentlighet": skjerming.meroffentlighet.strip() if skjerming.kode else "",
        **felter,
    }
    if skjerming.offentlig_tittel is not None:
        nye["offentlig_tittel"] = skjerming.offentlig_tittel
    endringer = {felt: (getattr(journalpost, felt), verdi) for felt, verdi in nye.items()}
    for felt, verdi in nye.items():
        setattr(journalpost, felt, verdi)
    journalpost.save(update_fields=list(nye))
    if "offentlig_tittel" in nye:
        oppdater_journalpost(journalpost)
    else:
        oppdater_tilgang(journalpost)
    return endringer


def _trekkes(journalpost: Journalpost) -> dict[str, bool]:
    """Note in the event that the entry is on the net list until now, for what is withdrawn leaves a trace inside."""
    ute = journalpost.status == Journalstatus.JOURNALFOERT and paa_postlista(journalpost)
    return {"trukket": True} if ute else {}


@kommando
def foreslaa_skjerming(journalpost: Journalpost, skjerming: Skjerming, merknad: str = "", *, av: Bruker) -> Journalpost:
    """Propose a grading for the leader to decide (krav R-7.0.4, R-9.2.1.2, A-09).

    The archive's proposal of a code blocks until it is decided, also the public entry; its proposal «offentlig»,
    and a case worker's proposal to lower, block nothing. Refused with XX: that is sperr_midlertidig.
    """
    grunn = krev(av, Handling.FORESLAA_SKJERMING, journalpost)
    journalpost = laas_journalpost(journalpost)
    _krev_ikke_utgaatt(journalpost)
    if skjerming.kode is not None and skjerming.kode.er_xx:
        raise UgyldigInndata({"tilgangskode": "XX foreslås ikke. Bruk «Sperr midlertidig»."})
    _valider(journalpost, skjerming, forslag=True)
    fra_arkivet = grunn.kilde == "rolle"
    trekkes = _trekkes(journalpost) if fra_arkivet and skjerming.kode is not None else {}
    endringer = {
        "foreslaatt_kode": (journalpost.foreslaatt_kode, skjerming.kode),
        "foreslaatt_hjemmel": (journalpost.foreslaatt_hjemmel, skjerming.hjemmel),
        "foreslaatt_av": (journalpost.foreslaatt_av, av),
        "forslag_aapent": (journalpost.forslag_aapent, not fra_arkivet or skjerming.kode is not None),
        "forslag_sperrer": (
            journalpost.forslag_sperrer,
            (fra_arkivet and skjerming.kode is not None) or (not fra_arkivet and journalpost.forslag_sperrer),
        ),
    }
    for felt, (_, verdi) in endringer.items():
        setattr(journalpost, felt, verdi)
    journalpost.save(update_fields=list(endringer))
    noter_vurdering(journalpost, Vurderingsart.FORSLAG, skjerming, merknad, av=av, for_id=None)
    oppdater_tilgang(journalpost)
    detaljer = {"merknad": merknad.strip(), **trekkes}
    logg(journalpost, Handling.FORESLAA_SKJERMING, av=av, endringer=endringer, detaljer=detaljer)
    return journalpost


@kommando
def sperr_midlertidig(journalpost: Journalpost, merknad: str = "", *, av: Bruker) -> Journalpost:
    """Set XX while the grading is assessed: out of the public journal at once, three working days' time (A-07)."""
    krev(av, Handling.MIDLERTIDIG_SPERRE, journalpost)
    journalpost = laas_journalpost(journalpost)
    _krev_ikke_utgaatt(journalpost)
    xx = Tilgangskode.objects.get(kode="XX")
    if journalpost.tilgangskode_id == xx.pk:
        raise Avvist("Journalposten er allerede sperret med XX.")
    skjerming, detaljer = Skjerming(kode=xx), {"merknad": merknad.strip(), **_trekkes(journalpost)}
    endringer = sett_felter(
        journalpost,
        skjerming,
        xx_satt_tid=klokke.naa(),
        xx_frist=legg_til_arbeidsdager(klokke.idag(), settings.FRIST_XX),
        besluttet_av=None,
        besluttet_av_leder=False,
    )
    noter_vurdering(journalpost, Vurderingsart.SPERRING, skjerming, merknad, av=av, for_id=None)
    logg(journalpost, Handling.MIDLERTIDIG_SPERRE, av=av, endringer=endringer, detaljer=detaljer)
    return journalpost


@kommando
def sett_skjerming(journalpost: Journalpost, skjerming: Skjerming, merknad: str = "", *, av: Bruker) -> Journalpost:
    """Set or raise the grading of an own journalpost at once (krav R-10.1.5a, A-09).

    Lowering by the writer is done in status R until a leader has decided; else it becomes a proposal to the leader.
    A leader's call is a decision. Refused for the archive, which proposes.
    """
    if kan(av, Handling.AVGJOERE_SKJERMING, journalpost):
        return avgjoer_skjerming(journalpost, skjerming, merknad, av=av)
    krev(av, Handling.SKJERME, journalpost)
    journalpost = laas_journalpost(journalpost)
    _krev_ikke_utgaatt(journalpost)
    _valider(journalpost, skjerming)
    if skjerming.kode is not None and skjerming.kode.er_xx:
        return sperr_midlertidig(journalpost, merknad, av=av)
    foer = _grad(journalpost.tilgangskode, journalpost.avskjermingskode, journalpost.tilgangsgruppe_id)
    etter = _grad(skjerming.kode, skjerming.avskjerming, skjerming.gruppe.pk if skjerming.gruppe else None)
    skriver = SKRIVERE.intersection(til_journalpost(journalpost, av.pk, SKRIVERE))
    fritt_utkast = skriver and journalpost.status == Journalstatus.RESERVERT and not journalpost.besluttet_av_leder
    hever = er_heving(foer, etter) and not _aapner(journalpost, skjerming)
    if not (hever or (fritt_utkast and foer.kode != "XX")):
        return foreslaa_skjerming(journalpost, skjerming, merknad, av=av)
    endringer = sett_felter(journalpost, skjerming, besluttet_av=av if skjerming.kode else None)
    noter_vurdering(journalpost, Vurderingsart.BESLUTNING, skjerming, merknad, av=av, for_id=None)
    logg(journalpost, Handling.SKJERME, av=av, endringer=endringer, detaljer={"merknad": merknad.strip()})
    return journalpost


def _aapner(journalpost: Journalpost, skjerming: Skjerming) -> bool:
    """Whether a grading as wide as the one that stands still takes something of it away (A-09).

    More words of the title, a duty of confidentiality that becomes a choice, or an end that comes earlier.
    """
    jp = journalpost
    if jp.tilgangskode is None or skjerming.kode is None:
        return False
    if (
        jp.hjemmel is not None
        and jp.hjemmel.taushetsplikt
        and not (skjerming.hjemmel and skjerming.hjemmel.taushetsplikt)
    ):
        return True
    skjules = jp.avskjermingskode is not None and jp.avskjermingskode.skjermer_tittel
    vises_igjen = skjerming.avskjerming is not None and not skjerming.avskjerming.skjermer_alt
    if skjules and vises_igjen and skjerming.offentlig_tittel is not None:
        skjult = skjermede_ord(jp.tittel, jp.offentlig_tittel)
        if not skjult <= skjermede_ord(jp.tittel, skjerming.offentlig_tittel):
            return True
    return ender_foer(jp, skjerming)


@kommando
def avgjoer_skjerming(journalpost: Journalpost, skjerming: Skjerming, merknad: str = "", *, av: Bruker) -> Journalpost:
    """Decide the grading: a code with hjemmel, or offentlig (krav R-7.1.1.c, R-9.2.1.3c).

    Lifts XX and answers an open proposal. A journalised entry is (again) on the public journal from now, and one that
    the archive had completed gets J by itself (A-08). Refused for all but the leader and deputy of its unit.
    """
    grunn = krev(av, Handling.AVGJOERE_SKJERMING, journalpost)
    journalpost = laas_journalpost(journalpost)
    _krev_ikke_utgaatt(journalpost)
    if skjerming.kode is not None and skjerming.kode.er_xx:
        raise UgyldigInndata({"tilgangskode": "XX er ikke en avgjørelse. Velg en kode, eller «Offentlig»."})
    _valider(journalpost, skjerming)
    sto_i_veien = journalpost.avventer_gradering
    felter: dict[str, Any] = {
        "besluttet_av": av,
        "besluttet_av_leder": True,
        "forslag_aapent": False,
        "forslag_sperrer": False,
        "xx_satt_tid": None,
        "xx_frist": None,
    }
    if journalpost.status == Journalstatus.JOURNALFOERT and (sto_i_veien or journalpost.publiseres_tid is None):
        felter["publiseres_tid"] = publiseringstid()
    endringer = sett_felter(journalpost, skjerming, **felter)
    noter_vurdering(journalpost, Vurderingsart.BESLUTNING, skjerming, merknad, av=av, for_id=grunn.paa_vegne_av_id)
    logg(journalpost, Handling.AVGJOERE_SKJERMING, av=av, endringer=endringer, detaljer={"merknad": merknad.strip()})
    return journalfoer_hvis_komplett(journalpost)


@kommando
def registrer_i_arkivet(
    sak: Sak,
    *,
    status: str,
    av: Bruker,
    forslag: Skjerming | None = None,
    forslag_merknad: str = "",
    sperr: bool = False,
    **felter: Any,
) -> Journalpost:
    """Register an incoming letter in the archive, with a proposed grading or XX in the same act.

    Where the grading must be decided first, a letter meant for J is registered as M and marked complete: J follows
    by itself (A-08). Other arguments: those of registrer_inngaaende.
    """
    venter = sperr or (forslag is not None and forslag.kode is not None)
    if sperr and forslag is not None and forslag.kode is not None:
        raise UgyldigInndata({"tilgangskode": "Velg enten forslag til kode eller XX, ikke begge."})
    if status not in (Journalstatus.MIDLERTIDIG, Journalstatus.JOURNALFOERT):
        raise IkkeTilgang("Arkivet registrerer inngående med status M eller J.")
    oensket_j = status == Journalstatus.JOURNALFOERT
    if oensket_j and venter and not felter.get("dokumenter"):
        raise UgyldigInndata(
            {"dokumenter": "Hoveddokument mangler. Last opp brevet, eller velg status M til det er skannet."}
        )
    journalpost = registrer_inngaaende(
        sak,
        status=Journalstatus.MIDLERTIDIG if venter else status,
        tittel_skjermes=sperr or (forslag is not None and skjuler_tittel(forslag)),
        av=av,
        **felter,
    )
    if sperr:
        journalpost = sperr_midlertidig(journalpost, forslag_merknad, av=av)
    elif forslag is not None and venter:
        journalpost = foreslaa_skjerming(journalpost, forslag, forslag_merknad, av=av)
    if oensket_j and venter:
        journalpost = meld_komplett(journalpost, av=av)
    return journalpost
