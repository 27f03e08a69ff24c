"""The baskets of krav C.4: which a person has, what is in each, how many. One table for menu, list, badge and JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from saksgang.flyt import queries as flyt
from saksgang.flyt.rules import KOEKURVER
from saksgang.innsynskrav import queries as innsyn
from saksgang.kjerne.errors import IkkeFunnet, IkkeTilgang
from saksgang.kjerne.sider import Orden
from saksgang.kjerne.telling import tell
from saksgang.offentlighet import queries as offentlighet
from saksgang.produksjon.queries import arkivkopi, skanning
from saksgang.sakarkiv.queries import kurver as sakarkiv
from saksgang.tilgang.queries import Rettigheter, hent_bruker, rettigheter
from saksgang.tilgang.rules import Funksjon, Rolle
from saksgang.web.adgang import Forespoersel
from saksgang.web.adresser import liste_url
from saksgang.web.arbeidsbord import rader

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker

Liste = Callable[["Bruker"], "QuerySet[Any]"]


@dataclass(frozen=True)
class Knapp:
    """A bulk act on the ticked rows: the noun of its address, and the handbook's word for it."""

    handling: str
    tekst: str
    ikon: str
    tast: str = ""


@dataclass(frozen=True)
class Kurv:
    """One basket. The list function is the only source of its rows, its count and its JSON.

    sjelden: its place in the menu is there when something is in it.
    """

    noekkel: str
    navn: str
    ikon: str
    gruppe: str
    liste: Liste
    rader: Callable[[list[Any], Bruker, Any], list[rader.Rad]]
    ordener: Mapping[str, tuple[str, Orden]]
    tom: str
    for_: Callable[[Rettigheter], bool] = lambda rett: rett.ansatt
    med_ord: Callable[[Any, str], Any] = sakarkiv.med_ord
    haster: Liste | None = None
    forfalt: Liste | None = None
    knapper: tuple[Knapp, ...] = ()
    adresse: str = ""
    gaa: str = ""
    felter: rader.Felter | None = None
    sjelden: bool = False

    @property
    def url(self) -> str:
        return self.adresse or liste_url(self.noekkel)


def _ark(rett: Rettigheter) -> bool:
    return rett.har(Rolle.ARK)


def _leder(funksjon: Funksjon) -> Callable[[Rettigheter], bool]:
    return lambda rett: bool(rett.enheter(funksjon))


def _godkjenner(rett: Rettigheter) -> bool:
    return bool(rett.enheter(Funksjon.GODKJENNE)) or rett.har(Rolle.RAAD)


def _koe(navn: str) -> Liste:
    return lambda leser: flyt.koe(leser, *KOEKURVER[navn])


_NUMMER = ("sak__aar", "sak__sekvens", "journalpostnummer")
_MOTTAKERE = {
    "mottatt": ("Mottatt", Orden(("mottatt_tid",))),
    "nyeste": ("Nyeste først", Orden(("mottatt_tid",), synkende=True)),
    "svarfrist": ("Svarfrist", Orden(("forfallsdato",), nullbar=True)),
    "nummer": ("Saksnummer", Orden(tuple(f"journalpost__{felt}" for felt in _NUMMER))),
}
_JOURNALPOSTER = {
    "registrert": ("Registrert", Orden(())),
    "nyeste": ("Nyeste først", Orden((), synkende=True)),
    "nummer": ("Saksnummer", Orden(_NUMMER)),
}
_SPERREDE = {
    "frist": ("Frist", Orden(("xx_frist",), nullbar=True)),
    "nummer": ("Saksnummer", Orden(_NUMMER)),
}
_SAKER = {"nummer": ("Saksnummer", Orden(("aar", "sekvens"))), "tittel": ("Tittel", Orden(("tittel",)))}
_FLAGG_ELDST = {
    "eldste": ("Eldste først", Orden(("sendt_tid",))),
    "nyeste": ("Nyeste først", Orden(("sendt_tid",), synkende=True)),
}
_FLAGG_NYEST = {navn: _FLAGG_ELDST[navn] for navn in ("nyeste", "eldste")}
_KRAV = {
    "frist": ("Frist", Orden(("frist",), nullbar=True)),
    "nyeste": ("Nyeste først", Orden((), synkende=True)),
}
_BEHANDLET = {"behandlet": ("Sist behandlet", Orden(("behandlet_tid",), synkende=True))}


def _ordener(alle: Mapping[str, tuple[str, Orden]], *navn: str) -> dict[str, tuple[str, Orden]]:
    return {n: alle[n] for n in navn}


AVSKRIV = Knapp("avskrivning", "Avskriv. oppl", "CheckmarkCircle", "a")
SVARFRIST = Knapp("svarfrist", "Sett svarfrist", "Calendar")
SETT = Knapp("sett", "Marker som sett", "Eye")
FORDEL = Knapp("fordeling", "Fordel", "PersonPlus")
BEHANDLET = Knapp("behandling", "Behandlet", "CheckmarkCircle")

KURVER: tuple[Kurv, ...] = (
    Kurv(
        "innboks", "Innboks", "Inbox", "mine", sakarkiv.innboks, rader.innboks,
        _ordener(_MOTTAKERE, "nyeste", "mottatt", "svarfrist", "nummer"),
        "Ingen nye brev eller notater. Det som kommer til deg, vises her.",
        knapper=(SETT, AVSKRIV, SVARFRIST), gaa="i", felter=rader.MOTTAKER,
    ),
    Kurv(
        "restanse", "Restanse", "Hourglass", "mine", sakarkiv.restanse, rader.restanse,
        _ordener(_MOTTAKERE, "svarfrist", "mottatt", "nyeste", "nummer"),
        "Ingen restanser. Nye brev kommer i Innboks.",
        haster=sakarkiv.restanse_roed, forfalt=sakarkiv.restanse_forfalt,
        knapper=(AVSKRIV, SVARFRIST, SETT), gaa="r", felter=rader.MOTTAKER,
    ),
    Kurv(
        "under-arbeid", "Under arbeid", "PencilWriting", "mine", sakarkiv.under_arbeid, rader.under_arbeid,
        _ordener(_JOURNALPOSTER, "nyeste", "registrert", "nummer"),
        "Ingen utkast. Brev og notater du skriver på, vises her til de er ferdige.", felter=rader.UTKAST,
    ),
    Kurv(
        "mine-saker", "Mine saker", "Folder", "mine", sakarkiv.mine_saker, rader.mine_saker,
        {"endret": ("Sist endret", Orden(("sist_endret",), synkende=True)), **_SAKER},
        "Ingen åpne saker der du er saksansvarlig.", gaa="m",
    ),
    Kurv(
        "kopiboks", "Kopiboks", "Files", "mine", sakarkiv.kopiboks, rader.kopiboks,
        {"nyeste": ("Nyeste først", Orden(("tid",), synkende=True)), "eldste": ("Eldste først", Orden(("tid",)))},
        "Ingen uleste kopier. Kopier kollegene sender deg, vises her.",
        knapper=(Knapp("lest", "Marker som lest", "EnvelopeOpen"),), felter=rader.KOPI,
    ),
    Kurv(
        "obs-dato", "OBS-dato", "Bell", "mine", sakarkiv.obs_dato, rader.obs_dato,
        {"dato": ("OBS-dato", Orden(("dato",)))},
        "Ingen OBS-datoer de neste dagene. Sett OBS-dato på en sak for å bli minnet om den her.",
        knapper=(Knapp("utfoert", "Utført", "CheckmarkCircle"),),
    ),
    Kurv(
        "gradering-utloeper", "Gradering utløper", "ShieldCheckmark", "mine", offentlighet.gradering_utloeper,
        rader.gradering_utloeper,
        {"utloeper": ("Utløper", Orden(("ender",))), "nummer": ("Saksnummer", Orden(_NUMMER))},
        "Ingen graderinger utløper nå. De vises her når datoen nærmer seg, eller hendelsen har inntruffet.",
        haster=offentlighet.gradering_utloept, sjelden=True,
    ),
    Kurv(
        "flagg", "Flagg", "Flagg", "mine", flyt.flagg_til, rader.flagg, _FLAGG_NYEST,
        "Ingen ubehandlede flagg. Meldinger til deg vises her.",
        med_ord=flyt.med_ord, knapper=(BEHANDLET,), adresse="/flagg/", gaa="f",
    ),
    Kurv(
        "til-fordeling", "Til fordeling", "PersonPlus", "leder", sakarkiv.til_fordeling, rader.til_fordeling,
        _ordener(_MOTTAKERE, "mottatt", "nyeste", "svarfrist", "nummer"),
        "Ingenting å fordele. Brev og notater til enheten uten saksbehandler vises her.",
        for_=_leder(Funksjon.FORDELE), knapper=(FORDEL,), felter=rader.UFORDELT,
    ),
    Kurv(
        "ikke-fordelt", "Ikke fordelt", "ClockDashed", "leder", sakarkiv.ikke_fordelt, rader.til_fordeling,
        _ordener(_MOTTAKERE, "mottatt", "nyeste", "svarfrist", "nummer"),
        "Alle restanser i enheten har en saksbehandler.",
        for_=_leder(Funksjon.RESTANSE), haster=sakarkiv.ikke_fordelt_roed, knapper=(FORDEL,), felter=rader.UFORDELT,
    ),
    Kurv(
        "midlertidig-sperret", "Midlertidig sperret", "PadlockLocked", "leder", offentlighet.midlertidig_sperret,
        rader.midlertidig_sperret, _SPERREDE,
        "Ingen midlertidig sperrede dokumenter og ingen forslag til gradering.",
        for_=_leder(Funksjon.GRADERE), haster=offentlighet.sperret_over_frist,
        knapper=(Knapp("gradering", "Avgjør gradering", "ShieldLock"),), felter=rader.SPERRET,
    ),
    Kurv(
        "sladding", "Sladding", "EyeSlash", "leder",
        offentlighet.sladding_til_godkjenning, rader.sladding_til_godkjenning,
        {"sendt": ("Eldste først", Orden(("sladding_sendt",)))},
        "Ingen sladdede versjoner venter på godkjenning.",
        for_=_leder(Funksjon.GRADERE), felter=rader.SLADDING,
    ),
    Kurv(
        "til-godkjenning", "Til godkjenning", "SealCheckmark", "leder", flyt.til_godkjenning, rader.til_godkjenning,
        {"svarfrist": ("Frist", Orden(("frist",), nullbar=True)), "registrert": ("Sendt", Orden(()))},
        "Ingenting venter på godkjenning. Det saksbehandlerne sender deg, vises her.",
        for_=_godkjenner, haster=flyt.til_godkjenning_roed, forfalt=flyt.til_godkjenning_forfalt,
        felter=rader.TIL_GODKJENNING,
    ),
    Kurv(
        "innsyn-til-vurdering", "Innsyn til vurdering", "Eye", "leder", innsyn.innsyn_til_vurdering, rader.innsynskrav,
        _KRAV, "Ingen krav om innsyn i skjermede dokumenter venter på deg.",
        for_=_leder(Funksjon.GRADERE), haster=innsyn.innsyn_til_vurdering_roed, med_ord=innsyn.med_ord,
    ),
    Kurv(
        "til-journalfoering", "Til journalføring", "Archive", "arkiv", sakarkiv.til_journalfoering,
        rader.til_journalfoering, _ordener(_JOURNALPOSTER, "registrert", "nyeste", "nummer"),
        "Køen er tom. Ferdige dokumenter og førstehåndsregistrerte brev kommer hit.",
        for_=_ark, knapper=(Knapp("journalfoering", "Journalfør", "Archive", "J"),), felter=rader.KOEN,
    ),
    Kurv(
        "midlertidig", "Midlertidig (M)", "FileSearch", "arkiv", sakarkiv.midlertidig, rader.til_journalfoering,
        _ordener(_JOURNALPOSTER, "registrert", "nyeste", "nummer"),
        "Ingen midlertidig journalførte brev.",
        for_=_ark, knapper=(Knapp("journalfoering", "Journalfør", "Archive", "J"),), felter=rader.KOEN,
    ),
    Kurv(
        "reserverte-saker", "Reserverte saker", "FolderPlus", "arkiv", sakarkiv.reserverte_saker,
        rader.reserverte_saker, _SAKER, "Ingen reserverte saker å kontrollere.",
        for_=_ark, haster=sakarkiv.reserverte_saker_roed, knapper=(Knapp("kontroll", "Sett B", "Checkmark"),),
    ),
    Kurv(
        "oenskes-avsluttet", "Ønskes avsluttet", "FolderMinus", "arkiv", sakarkiv.oenskes_avsluttet,
        rader.oenskes_avsluttet, _SAKER, "Ingen saker er merket ØA Ønskes avsluttet.",
        for_=_ark, knapper=(Knapp("avslutning", "Avslutt", "Archive"),),
    ),
    Kurv(
        "xx-over-frist", "XX over frist", "ShieldLock", "arkiv", offentlighet.xx_over_frist, rader.xx_over_frist,
        _SPERREDE, "Ingen midlertidig sperrede dokumenter er over fristen.",
        for_=_ark, haster=offentlighet.xx_over_frist, felter=rader.SPERRET,
        knapper=(Knapp("purring", "Send purring", "Paperplane"),),
    ),
    Kurv(
        "besluttet-ikke-publisert", "Besluttet, ikke publisert", "Globe", "arkiv",
        offentlighet.besluttet_ikke_publisert, rader.besluttet,
        {"publiseres": ("Publiseres", Orden(("publiseres_tid",))), "nummer": ("Saksnummer", Orden(_NUMMER))},
        "Alt som er besluttet, står på postlisten.", for_=_ark, haster=offentlighet.holdt_tilbake,
        felter=rader.BESLUTTET,
    ),
    Kurv(
        "innsynskrav", "Innsynskrav", "OpenBook", "arkiv", innsyn.innsynskrav, rader.innsynskrav, _KRAV,
        "Ingen krav om innsyn venter. De kommer hit fra postlista, og når arkivet registrerer dem.",
        for_=_ark, haster=innsyn.innsynskrav_roed, med_ord=innsyn.med_ord,
    ),
    Kurv(
        "skanning", "Skanning", "FileText", "arkiv", skanning.til_skanning, rader.skanning,
        {"eldste": ("Eldste først", Orden(("bestilt_tid",))),
         "nyeste": ("Nyeste først", Orden(("bestilt_tid",), synkende=True))},
        "Ingenting venter på skanning.", for_=_ark, med_ord=skanning.med_ord,
    ),
    Kurv(
        "arkivkopier", "Arkivkopier", "FileXMark", "arkiv", arkivkopi.arkivkopier_som_mangler, rader.arkivkopier,
        _ordener(_JOURNALPOSTER, "registrert", "nyeste", "nummer"),
        "Alle ferdige dokumenter har fått arkivkopi (PDF/A), eller får det i løpet av dagen.",
        for_=_ark, haster=arkivkopi.arkivkopier_som_feilet,
        knapper=(Knapp("arkivkopi", "Prøv igjen", "ArrowsCirclepath"),), felter=rader.ARKIVKOPI,
    ),
    Kurv(
        "meldinger", "Meldinger", "Chat", "arkiv", _koe("meldinger"), rader.flagg, _FLAGG_ELDST,
        "Ingen ubehandlede meldinger til arkivet.", for_=_ark, med_ord=flyt.med_ord, knapper=(BEHANDLET,),
    ),
    Kurv(
        "feilregistrert", "Feilregistrert", "ArrowsSquarepath", "arkiv", _koe("feilregistrert"), rader.flagg,
        _FLAGG_ELDST, "Ingen meldte feilregistreringer.", for_=_ark, med_ord=flyt.med_ord, knapper=(BEHANDLET,),
    ),
    Kurv(
        "flytting", "Flytting", "ArrowRightLeft", "arkiv", _koe("flytting"), rader.flagg, _FLAGG_ELDST,
        "Ingen ønsker om flytting.", for_=_ark, med_ord=flyt.med_ord, knapper=(BEHANDLET,),
    ),
)  # fmt: skip
"""In the order of the menu."""

FANER: tuple[Kurv, ...] = (
    Kurv(
        "behandlet", "Behandlet", "Flagg", "", flyt.flagg_behandlet, rader.flagg_behandlet, _BEHANDLET,
        "Ingen behandlede flagg ennå.", med_ord=flyt.med_ord, adresse="/flagg/behandlet/",
    ),
    Kurv(
        "sendt", "Sendt", "Flagg", "", flyt.flagg_sendt, rader.flagg_sendt, _FLAGG_NYEST,
        "Du har ikke sendt noen flagg.", med_ord=flyt.med_ord, adresse="/flagg/sendt/",
    ),
)  # fmt: skip
"""Lists beside the basket Flagg, without a place in the menu."""

_ETTER_NOEKKEL = {kurv.noekkel: kurv for kurv in KURVER}


def kurver_for(bruker: Bruker) -> list[Kurv]:
    """Return the baskets that the person's roles give, in the order of the menu."""
    rett = rettigheter(bruker)
    return [kurv for kurv in KURVER if kurv.for_(rett)]


def finn_kurv(bruker: Bruker, noekkel: str) -> Kurv:
    """Return one of the person's baskets; IkkeFunnet where none has the name, IkkeTilgang where the roles lack it."""
    kurv = _ETTER_NOEKKEL.get(noekkel)
    if kurv is None:
        raise IkkeFunnet
    if not kurv.for_(rettigheter(bruker)):
        raise IkkeTilgang(f"Du har ikke listen «{kurv.navn}». Spør lederen din om du trenger den.")
    return kurv


def tall(bruker: Bruker) -> dict[str, int]:
    """Return the count of every basket, of what is red in it, and of unread notifications, in one statement."""
    lister: dict[str, QuerySet[Any]] = {"varsler": flyt.uleste_varsler(bruker)}
    for kurv in kurver_for(bruker):
        lister[kurv.noekkel] = kurv.liste(bruker)
        if kurv.haster is not None:
            lister[f"{kurv.noekkel}.haster"] = kurv.haster(bruker)
        if kurv.forfalt is not None:
            lister[f"{kurv.noekkel}.forfalt"] = kurv.forfalt(bruker)
    return tell(lister)


def tall_for(request: Forespoersel) -> dict[str, int]:
    """Return the counts, asked once a request."""
    if not hasattr(request, "kurvtall"):
        request.kurvtall = tall(request.user)
    return request.kurvtall


def _ledertittel(rett: Rettigheter) -> str:
    """«Leder», and as a deputy for whom (krav R-3.1.7)."""
    ledere = sorted({r.leder_id for r in rett.stedfortreder if r.enheter})
    hvem = f", for {' og '.join(hent_bruker(pk).navn for pk in ledere)}" if ledere else ""
    if rett.har(Rolle.LED) or ledere:
        return f"Leder{hvem}"
    return "Fullmakt"


def meny(request: Forespoersel) -> list[dict[str, Any]]:
    """Return the left menu: the person's baskets in groups, the archive's own first for the archive."""
    bruker = request.user
    rett = rettigheter(bruker) if bruker.is_authenticated else None
    if rett is None or not rett.ansatt:
        return []
    tall_ = tall_for(request)
    aktiv = getattr(request, "aktiv_kurv", "")
    grupper: dict[str, list[dict[str, Any]]] = {}
    for kurv in kurver_for(bruker):
        if kurv.sjelden and not tall_[kurv.noekkel] and kurv.noekkel != aktiv:
            continue
        grupper.setdefault(kurv.gruppe, []).append(
            {
                "navn": kurv.navn,
                "url": kurv.url,
                "ikon": kurv.ikon,
                "antall": tall_[kurv.noekkel],
                "haster": tall_.get(f"{kurv.noekkel}.haster") or None,
                "aktiv": kurv.noekkel == aktiv,
                "gaa": kurv.gaa,
            }
        )
    titler = {
        "arkiv": "Arkivtjenesten",
        "mine": "Mine lister",
        "leder": _ledertittel(rett) if "leder" in grupper else "",
    }
    return [
        {"tittel": titler[gruppe], "kurver": grupper[gruppe], "mobil": True} for gruppe in titler if gruppe in grupper
    ]
