"""Rows of the work lists as plain strings: two lines and a right edge, the same for page and JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe

from saksgang.flyt.rules import Aarsak
from saksgang.innsynskrav import queries as innsyn
from saksgang.innsynskrav.rules import Kravtilstand
from saksgang.kjerne.arbeidsdager import arbeidsdager_mellom
from saksgang.offentlighet.filkontroll.regler import funntekst
from saksgang.sakarkiv.queries.svar import svarmerker
from saksgang.sakarkiv.rules import (
    AVSKRIVBARE,
    Fristnivaa,
    Godkjenningstilstand,
    Journalstatus,
    fordelt_for_sent,
    fristnivaa,
)
from saksgang.tilgang.queries import ledere_for_enheter
from saksgang.ui import visning
from saksgang.ui.templatetags import saksgang as merker
from saksgang.web import adresser

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from saksgang.flyt.models import Flagg, Godkjenning
    from saksgang.innsynskrav.models import Innsynskrav
    from saksgang.organisasjon.models import Bruker
    from saksgang.produksjon.models import Skanneordre
    from saksgang.sakarkiv.models import InternMottaker, Journalpost, Kopi, ObsDato, Sak

KORT_STATUS: dict[str, str] = {Journalstatus.MIDLERTIDIG: "Midlertidig", Journalstatus.REGISTRERT: "Registrert"}
"""The names that would take the place of the party."""
VARSLE_FRIST = 2
"""Working days left of five, when three are used: the warning of offl. § 29."""
GRUPPER = {
    Fristnivaa.FORFALT: "Forfalt",
    Fristnivaa.SNART: f"Forfaller om mindre enn {settings.ROED_TERSKEL} dager",
    Fristnivaa.GOD: "Senere",
}


@dataclass(frozen=True)
class Felter:
    """What the rows of a list read: the related rows, and the columns. Nothing else is fetched for a page."""

    relasjoner: tuple[str, ...] = ()
    kolonner: tuple[str, ...] = ()

    def __add__(self, andre: Felter) -> Felter:
        return Felter(self.relasjoner + andre.relasjoner, self.kolonner + andre.kolonner)

    def hent(self, liste: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow the columns of a list that is about to be shown."""
        return liste.select_related(None).select_related(*self.relasjoner).only(*self.kolonner)


def _felter(foran: str = "") -> Felter:
    """What a journalpost's row reads."""
    kolonner = (
        "journalpostnummer", "journalposttype", "tittel", "partsnavn", "mottatt_dato", "forfallsdato",
        "sak__aar", "sak__sekvens", "tilgangskode__kode", "tilgangskode__navn",
    )  # fmt: skip
    return Felter((f"{foran}sak", f"{foran}tilgangskode"), tuple(foran + kolonne for kolonne in kolonner))


JOURNALPOST = _felter()
UTKAST = JOURNALPOST + Felter(("godkjenner",), ("opprettet_dato", "godkjenning", "godkjenner__navn"))
KOEN = JOURNALPOST + Felter(("enhet",), ("enhet__navn", "status", "forslag_sperrer", "ferdig_tid", "opprettet_dato"))
ARKIVKOPI = JOURNALPOST + Felter((), ("status",))
SPERRET = JOURNALPOST + Felter(
    ("enhet", "foreslaatt_kode", "foreslaatt_av"),
    ("enhet__navn", "xx_frist", "foreslaatt_kode__kode", "foreslaatt_kode__navn", "foreslaatt_av__navn"),
)
SLADDING = JOURNALPOST + Felter(("enhet",), ("enhet__navn",))
BESLUTTET = JOURNALPOST + Felter((), ("publiseres_tid", "journaldato"))
MOTTAKER = _felter("journalpost__") + Felter(
    ("journalpost",), ("journalpost_id", "journalposttype", "forfallsdato", "mottatt_tid", "sett_tid")
)
UFORDELT = MOTTAKER + Felter(("enhet",), ("enhet__navn",))
TIL_GODKJENNING = _felter("journalpost__") + Felter(
    ("journalpost", "bedt_av", "godkjenner", "flagg"),
    ("journalpost_id", "runde", "frist", "bedt_av__navn", "godkjenner__navn", "flagg__sendt_tid"),
)
KOPI = _felter("journalpost__") + Felter(("journalpost", "av"), ("journalpost_id", "kommentar", "tid", "av__navn"))


@dataclass(slots=True)
class Rad:
    """One row. Line 1: tittel. Line 2: nummer, type, svar, part. Right edge: kant, and under it slutt."""

    id: int
    url: str
    forhaand: str
    nummer: str
    tittel: str
    type: str = ""
    typenavn: str = ""
    part: str = ""
    skjerming: str = ""
    obs: str = ""
    svar: tuple[str, ...] = ()
    kant: str | SafeString = ""
    slutt: str = ""
    frist: str = ""
    gruppe: str = ""
    ulest: bool = False
    journalpost_id: int | None = None

    @property
    def linje(self) -> SafeString:
        """Line 2 as markup. Put together here, since a template takes ten times as long for each row."""
        deler = [f'<span class="snr">{escape(self.nummer)}</span>']
        if self.type:
            deler.append(_typemerke(self.type))
        if self.skjerming:
            deler.append(f'<span class="tilgang">{merker.ikon("ShieldLock")}{escape(self.skjerming)}</span>')
        if self.obs:
            deler.append(f'<span class="obs tilgang">{merker.ikon("ExclamationmarkTriangle")}{escape(self.obs)}</span>')
        deler += [f'<span class="svarmerke">{merker.ikon("ArrowUndo")}{escape(tekst)}</span>' for tekst in self.svar]
        deler.append(f'<span class="part">{escape(self.part)}</span>')
        return mark_safe("".join(deler))  # noqa: S308 - each value is escaped

    @property
    def hoeyre(self) -> SafeString:
        """The right edge as markup."""
        kant = f"<span>{conditional_escape(self.kant)}</span>" if self.kant else ""
        return mark_safe(f'{kant}<span class="dempet">{escape(self.slutt)}</span>')  # noqa: S308 - each value is escaped

    def som_data(self) -> dict[str, Any]:
        """Return the row for JSON: words and ISO dates, no markup."""
        return {navn: verdi for navn, verdi in asdict(self).items() if navn not in ("kant", "forhaand")}


@cache
def _typemerke(bokstav: str) -> SafeString:
    return merker.dtype(bokstav)


@lru_cache(maxsize=2000)
def _frist(dato: dt.date, idag: dt.date, terskel: int) -> SafeString:
    return merker.frist(dato, idag, kort=True)


def frist(dato: dt.date | None, idag: dt.date) -> SafeString | str:
    """A deadline with level, icon and words."""
    return _frist(dato, idag, settings.ROED_TERSKEL) if dato else ""


@lru_cache(maxsize=500)
def _roed(ord_: str, ikon: str = "ExclamationmarkTriangle") -> SafeString:
    return format_html('<span class="frist" data-nivaa="forfalt">{}<span>{}</span></span>', merker.ikon(ikon), ord_)


def _dato(tid: dt.datetime | dt.date | None, idag: dt.date) -> str:
    if tid is None:
        return ""
    dato = timezone.localtime(tid).date() if isinstance(tid, dt.datetime) else tid
    return visning.dag_og_maaned(dato) if dato.year == idag.year else visning.dag(dato)


def _arbeidsdager(antall: int) -> str:
    return "i dag" if antall == 0 else f"{antall} arbeidsdag{'' if antall == 1 else 'er'}"


def _journalpost(jp: Journalpost, **felter: Any) -> Rad:
    sak = jp.sak
    kode = jp.tilgangskode
    return Rad(
        **{
            "id": jp.pk,
            "url": adresser.journalpost_url(jp),
            "forhaand": adresser.forhaand_url(jp),
            "nummer": f"{sak.aar}/{sak.sekvens}-{jp.journalpostnummer}",
            "tittel": jp.tittel,
            "type": jp.journalposttype,
            "typenavn": visning.DTYPER[jp.journalposttype],
            "part": jp.partsnavn,
            "skjerming": f"{kode.kode} {kode.navn}" if kode else "",
            "journalpost_id": jp.pk,
            **felter,
        }
    )


def _mottatt(rad: InternMottaker, idag: dt.date) -> str:
    return f"Mottatt {_dato(rad.journalpost.mottatt_dato or rad.mottatt_tid, idag)}"


def innboks(rader: list[InternMottaker], leser: Bruker, idag: dt.date) -> list[Rad]:
    svar = svarmerker(leser, rader)
    return [
        _journalpost(
            rad.journalpost,
            id=rad.pk,
            svar=tuple(visning.svarmerke(merke.dato, merke.svar) for merke in svar.get(rad.pk, ())),
            kant=frist(rad.forfallsdato, idag) if rad.journalposttype in AVSKRIVBARE else "",
            frist=rad.forfallsdato.isoformat() if rad.forfallsdato else "",
            slutt=_mottatt(rad, idag),
        )
        for rad in rader
    ]


def restanse(rader: list[InternMottaker], leser: Bruker, idag: dt.date) -> list[Rad]:
    ut = innboks(rader, leser, idag)
    for rad, vist in zip(rader, ut, strict=True):
        vist.ulest = rad.sett_tid is None
        vist.gruppe = GRUPPER[fristnivaa(rad.forfallsdato, idag, settings.ROED_TERSKEL)]
    return ut


def til_fordeling(rader: list[InternMottaker], leser: Bruker, idag: dt.date) -> list[Rad]:
    ut = innboks(rader, leser, idag)
    for rad, vist in zip(rader, ut, strict=True):
        kom = timezone.localtime(rad.mottatt_tid).date()
        vist.part = " · ".join(t for t in (rad.journalpost.partsnavn, rad.enhet.navn) if t)
        ventet = arbeidsdager_mellom(kom, idag)
        if fordelt_for_sent(kom, idag) and rad.journalposttype in AVSKRIVBARE:
            vist.kant = _roed(f"Ikke fordelt på {_arbeidsdager(ventet)}")
            vist.slutt = f"Svarfrist {_dato(rad.forfallsdato, idag)}" if rad.forfallsdato else vist.slutt
    return ut


def under_arbeid(rader: list[Journalpost], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [
        _journalpost(
            jp,
            kant=frist(jp.forfallsdato, idag),
            frist=jp.forfallsdato.isoformat() if jp.forfallsdato else "",
            slutt=_godkjenning(jp) or f"Opprettet {_dato(jp.opprettet_dato, idag)}",
        )
        for jp in rader
    ]


def _godkjenning(jp: Journalpost) -> str:
    """Where the approval of a draft stands, in the words of the list."""
    hvem = jp.godkjenner.navn if jp.godkjenner else ""
    return (
        {
            Godkjenningstilstand.AAPEN: f"Til godkjenning hos {hvem}",
            Godkjenningstilstand.GODKJENT: f"Godkjent av {hvem}",
            Godkjenningstilstand.IKKE_GODKJENT: f"Ikke godkjent av {hvem}",
            Godkjenningstilstand.UGYLDIG: "Endret etter godkjenning",
        }.get(Godkjenningstilstand(jp.godkjenning), "")
        if jp.godkjenning
        else ""
    )


def _sak(sak: Sak, idag: dt.date, **felter: Any) -> Rad:
    kode = sak.tilgangskode
    return Rad(
        **{
            "id": sak.pk,
            "url": adresser.sak_url(sak),
            "forhaand": adresser.sak_forhaand_url(sak),
            "nummer": f"{sak.aar}/{sak.sekvens}",
            "tittel": sak.tittel,
            "part": f"{sak.status} {sak.get_status_display()}",
            "skjerming": f"{kode.kode} {kode.navn}" if kode else "",
            **felter,
        }
    )


def mine_saker(rader: list[Sak], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [_sak(sak, idag, slutt=f"Endret {_dato(sak.sist_endret, idag)}") for sak in rader]


def reserverte_saker(rader: list[Sak], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [
        _sak(
            sak,
            idag,
            part=f"{sak.saksansvarlig.navn} · {sak.enhet.navn}",
            obs="Journalført, ikke kontrollert" if sak.har_journalfoert else "",  # type: ignore[attr-defined] # annotated
            slutt=f"Opprettet {_dato(sak.opprettet_dato, idag)}",
        )
        for sak in rader
    ]


def oenskes_avsluttet(rader: list[Sak], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [
        _sak(
            sak,
            idag,
            part=f"{sak.saksansvarlig.navn} · {sak.enhet.navn}",
            slutt=f"Ønsket {_dato(sak.oensker_avsluttet[0].tid, idag)}",  # type: ignore[attr-defined] # prefetched
        )
        for sak in rader
    ]


def kopiboks(rader: list[Kopi], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [
        _journalpost(
            kopi.journalpost,
            id=kopi.pk,
            part=f"Fra {kopi.av.navn}" + (f": {kopi.kommentar}" if kopi.kommentar else ""),
            slutt=f"Sendt {_dato(kopi.tid, idag)}",
            ulest=True,
        )
        for kopi in rader
    ]


def obs_dato(rader: list[ObsDato], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [
        _sak(obs.sak, idag, id=obs.pk, part=obs.merknad, kant=frist(obs.dato, idag), frist=obs.dato.isoformat())
        for obs in rader
    ]


def til_journalfoering(rader: list[Journalpost], leser: Bruker, idag: dt.date) -> list[Rad]:
    ut = []
    for jp in rader:
        siden = timezone.localtime(jp.ferdig_tid or jp.opprettet_dato).date()
        ut.append(
            _journalpost(
                jp,
                part=" · ".join(t for t in (jp.partsnavn, jp.enhet.navn) if t),
                obs="Gradering ikke avgjort" if jp.avventer_gradering else "",
                kant=f"{jp.status} {KORT_STATUS.get(jp.status) or jp.get_status_display()}",
                slutt=_arbeidsdager(arbeidsdager_mellom(siden, idag)).capitalize(),
            )
        )
    return ut


def arkivkopier(rader: list[Journalpost], leser: Bruker, idag: dt.date) -> list[Rad]:
    """What lacks its archive copy, each leading to the document that does."""
    return [
        _journalpost(
            jp,
            url=f"{adresser.journalpost_url(jp)}?dok={jp.arkivnummer}",
            forhaand=f"{adresser.forhaand_url(jp)}?dok={jp.arkivnummer}",
            part=" · ".join(t for t in (f"Dokument {jp.arkivnummer}", jp.arkivgrunn) if t),  # type: ignore[attr-defined]
            kant=_roed("Feilet") if jp.arkivfeilet else "Venter",  # type: ignore[attr-defined]
            slutt=f"{jp.status} {jp.get_status_display()}",
        )
        for jp in rader
    ]


def _sperret(jp: Journalpost, part: str, idag: dt.date) -> Rad:
    if jp.xx_frist is None:
        kode = jp.foreslaatt_kode
        forslag = f"Foreslått {kode.kode} {kode.navn}" if kode else "Foreslått offentlig"
        fra = f"Fra {jp.foreslaatt_av.navn}" if jp.foreslaatt_av else ""
        return _journalpost(jp, part=part, kant=forslag, slutt=fra)
    igjen = arbeidsdager_mellom(idag, jp.xx_frist)
    if igjen < 0:
        kant: str | SafeString = _roed(f"{_arbeidsdager(-igjen)} over frist")
    elif igjen == 0:
        kant = _roed("Frist i dag", "Clock")
    else:
        kant = f"{_arbeidsdager(igjen)} igjen"
    return _journalpost(
        jp, part=part, kant=kant, slutt=f"Frist {_dato(jp.xx_frist, idag)}", frist=jp.xx_frist.isoformat()
    )


def midlertidig_sperret(rader: list[Journalpost], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [_sperret(jp, " · ".join(t for t in (jp.partsnavn, jp.enhet.navn) if t), idag) for jp in rader]


def sladding_til_godkjenning(rader: list[Any], leser: Bruker, idag: dt.date) -> list[Rad]:
    """Redacted versions to approve; the row goes straight to it."""
    return [
        _journalpost(
            jp,
            url=adresser.sladding_url(jp.sladding_id),
            part=f"Fra {jp.sladding_sendt_av}",
            slutt=f"Sendt {_dato(jp.sladding_sendt, idag)}",
        )
        for jp in rader
    ]


def xx_over_frist(rader: list[Journalpost], leser: Bruker, idag: dt.date) -> list[Rad]:
    ledere = ledere_for_enheter({jp.enhet_id for jp in rader}, idag)
    return [_sperret(jp, f"{jp.enhet.navn} · leder {_navn(ledere[jp.enhet_id]) or 'mangler'}", idag) for jp in rader]


def _navn(folk: Iterable[Bruker]) -> str:
    return ", ".join(b.navn for b in folk)


def gradering_utloeper(rader: list[Journalpost], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [
        _journalpost(
            jp,
            kant=_roed("Inntruffet" if jp.graderingsopphoer.inntruffet else "Utløpt")
            if jp.ender <= idag
            else f"Utløper {_dato(jp.ender, idag)}",
            slutt="Foreslått offentlig" if jp.forslag_aapent else jp.enhet.navn,
            frist=jp.ender.isoformat(),
        )
        for jp in rader
    ]


def besluttet(rader: list[Journalpost], leser: Bruker, idag: dt.date) -> list[Rad]:
    return [
        _journalpost(
            jp,
            kant=_roed(f"Ikke lagt ut: {funntekst(jp.stopp)}")
            if jp.stopp
            else f"Publiseres {_dato(jp.publiseres_tid, idag)}",
            slutt=f"Journalført {_dato(jp.journaldato, idag)}",
        )
        for jp in rader
    ]


def skanning(rader: list[Skanneordre], leser: Bruker, idag: dt.date) -> list[Rad]:
    """Orders by what the paper is; of the object only its number."""
    return [
        Rad(
            id=ordre.pk,
            url=adresser.skanneordre_url(ordre),
            forhaand=adresser.skanneordre_url(ordre),
            nummer=str(ordre.objekt),
            tittel=ordre.beskrivelse,
            part=f"Fra {ordre.bestilt_av.navn}",
            slutt=f"Bestilt {_dato(ordre.bestilt_tid, idag)}",
            journalpost_id=ordre.journalpost_id,
        )
        for ordre in rader
    ]


def innsynskrav(rader: list[Innsynskrav], leser: Bruker, idag: dt.date) -> list[Rad]:
    """Requests by the entries that they are about and what they wait for; who asks stands on the request's own page."""
    numre = innsyn.kravnumre(rader)
    return [
        Rad(
            id=krav.pk,
            url=adresser.innsynskrav_url(krav),
            forhaand=adresser.innsynskrav_url(krav),
            nummer=str(krav),
            tittel=_kravtittel(krav, numre.get(krav.pk, [])),
            part=krav.get_tilstand_display(),
            kant=_kravfrist(krav, idag),
            frist=krav.frist.isoformat() if krav.frist else "",
            slutt=f"Mottatt {_dato(krav.mottatt_dato, idag)}",
        )
        for krav in rader
    ]


def _kravtittel(krav: Innsynskrav, numre: list[str]) -> str:
    if numre:
        return f"Innsyn i {', '.join(numre[:3])}{f' og {len(numre) - 3} til' if len(numre) > 3 else ''}"
    return " ".join((krav.om_sak or krav.tekst).split())[:120]


def _kravfrist(krav: Innsynskrav, idag: dt.date) -> SafeString | str:
    """The deadline in working days: red on the last, and past it in the words of the law (offl. § 32)."""
    if krav.frist is None:
        return ""
    if krav.tilstand == Kravtilstand.KLAGE:
        return _roed("Snarest mulig")
    igjen = arbeidsdager_mellom(idag, krav.frist)
    if igjen < 0:
        return _roed("Regnes som avslag" if krav.tilstand == Kravtilstand.MOTTATT else "Over fristen")
    if igjen == 0:
        return _roed("Frist i dag", "Clock")
    if igjen <= VARSLE_FRIST:
        return format_html(
            '<span class="frist" data-nivaa="snart">{}<span>{}</span></span>',
            merker.ikon("Clock"),
            f"{_arbeidsdager(igjen)} igjen",
        )
    return f"{_arbeidsdager(igjen)} igjen"


def til_godkjenning(rader: list[Godkjenning], leser: Bruker, idag: dt.date) -> list[Rad]:
    """Rounds before the reader, or before the one whom the reader stands in for: then it says so (krav R-3.1.7)."""
    ut = []
    for runde in rader:
        for_hvem = f"for {runde.godkjenner.navn}" if runde.godkjenner_id != leser.pk else ""
        igjen = f"{runde.runde}. runde" if runde.runde > 1 else ""
        deler = (f"Fra {runde.bedt_av.navn}", for_hvem, runde.journalpost.partsnavn, igjen)
        ut.append(
            _journalpost(
                runde.journalpost,
                id=runde.pk,
                url=adresser.godkjenning_url(runde),
                forhaand=adresser.godkjenning_url(runde),
                part=" · ".join(filter(None, deler)),
                kant=frist(runde.frist, idag),
                frist=runde.frist.isoformat() if runde.frist else "",
                gruppe=GRUPPER[fristnivaa(runde.frist, idag, settings.ROED_TERSKEL)],
                slutt=f"Sendt {_dato(runde.flagg.sendt_tid, idag)}",
            )
        )
    return ut


def flagg(rader: list[Flagg], leser: Bruker, idag: dt.date) -> list[Rad]:
    """Flags by what they say; of the object only its number, since its title may be closed to the receiver."""
    return [
        Rad(
            id=f.pk,
            url=adresser.flagg_url(f),
            forhaand=adresser.flagg_url(f),
            nummer=str(f.objekt),
            tittel=" ".join(f.tekst.split())[:160],
            part=f"{f.get_type_display()} fra {f.fra.navn}",
            kant="" if f.aarsak == Aarsak.MELDING else f.get_aarsak_display(),
            slutt=_dato(f.sendt_tid, idag),
            ulest=f.lest_tid is None,
            journalpost_id=f.journalpost_id,
        )
        for f in rader
    ]


def flagg_behandlet(rader: list[Flagg], leser: Bruker, idag: dt.date) -> list[Rad]:
    ut = flagg(rader, leser, idag)
    for f, vist in zip(rader, ut, strict=True):
        vist.ulest, vist.slutt = False, f"Behandlet {_dato(f.behandlet_tid, idag)}"
    return ut


def flagg_sendt(rader: list[Flagg], leser: Bruker, idag: dt.date) -> list[Rad]:
    ut = flagg(rader, leser, idag)
    for f, vist in zip(rader, ut, strict=True):
        til = f.til_bruker.navn if f.til_bruker else f.get_til_koe_display()
        vist.ulest, vist.part = False, f"{f.get_type_display()} til {til}"
        hva, tid = ("Behandlet", f.behandlet_tid) if f.behandlet_tid else ("Sendt", f.sendt_tid)
        vist.slutt = f"{hva} {_dato(tid, idag)}"
    return ut
