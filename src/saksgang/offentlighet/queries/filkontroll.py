"""Where a document stands on its way to the net: unchecked, held back, or with a file that the public may open."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet, prefetch_related_objects

from saksgang.lager.models import Fil
from saksgang.offentlighet.filkontroll import REGELVERSJON
from saksgang.offentlighet.filkontroll.regler import REGLER, Regel
from saksgang.offentlighet.models import Filkontroll, Funngodkjenning, Publiseringsstopp
from saksgang.offentlighet.querysets import postlistetyper
from saksgang.offentlighet.rules import foreslaatte_ord, skjermede_ord
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.rules import Journalposttype, Journalstatus, Parttype
from saksgang.tilgang.queries import kan

from .kurver import publiseres
from .publisering import aapen_kilde, dokumenter, gjeldende_sladding, offentlig_fil

_TEGN = ".,:;()[]«»\"'!?-–/"
_KORTEST = 3
_SMAAORD = frozenset(
    "alle andre angående dem den der det dette din eller en et etter for fra før han har hun hva ikke inn med mellom "
    "mot når også om over samt sin som til under uten var ved vår være".split()
)


@dataclass(frozen=True)
class Treff:
    """One finding of a document, and whether it holds it back. godtatt: somebody's word that it does not."""

    regel: Regel
    antall: int
    sider: tuple[int, ...]
    godtatt: Funngodkjenning | None = None

    @property
    def hvor(self) -> str:
        """«side 1, 3 og 4»; empty where it is not on a page."""
        if not self.sider:
            return ""
        tall = [str(side) for side in self.sider[:10]]
        flere = f" og {len(self.sider) - 10} til" if len(self.sider) > 10 else ""
        return (
            f"side {', '.join(tall)}{flere}"
            if flere or len(tall) == 1
            else f"side {', '.join(tall[:-1])} og {tall[-1]}"
        )


@dataclass(frozen=True)
class Publisering:
    """How one document stands. kandidat: the file that is to be public; kontroll: what it was found to hold.

    An unchecked file is not public: the public's request never costs a check, and all channels read the same row.
    """

    kandidat: Fil | None = None
    kontroll: Filkontroll | None = None
    treff: tuple[Treff, ...] = ()

    @property
    def stopper(self) -> tuple[Treff, ...]:
        """What holds it back."""
        return tuple(t for t in self.treff if t.godtatt is None)

    @property
    def venter(self) -> bool:
        """Whether it has a file that is not checked yet."""
        return self.kandidat is not None and self.kontroll is None

    @property
    def stoppet(self) -> bool:
        """Whether it is held back for what was found."""
        return self.kontroll is not None and bool(self.stopper)

    @property
    def vasket(self) -> bool:
        """Whether the public gets a copy without traces."""
        return self.kontroll is not None and self.kontroll.vasket_id is not None

    @property
    def fil(self) -> Fil | None:
        """What the public may open."""
        if self.kontroll is None or self.stopper:
            return None
        return self.kontroll.vasket or self.kandidat


def forbudte_ord(journalpost: Journalpost) -> tuple[str, ...]:
    """Return the words and names that the entry or its case hides from the public, and that its files may not tell.

    What the entry shows in clear is no secret. Where the whole title is hidden, it is the names and addresses in it. Of
    parties that are hidden, their names as they stand, and the surnames of persons.
    """
    jp, sak = journalpost, journalpost.sak
    ord_: set[str] = set()
    if jp.tilgangskode_id is not None:
        avskjerming = jp.avskjermingskode
        if avskjerming is None or avskjerming.skjermer_tittel or avskjerming.skjermer_alt:
            ord_ |= _skjult(jp.tittel, jp.offentlig_tittel)
        if _skjuler_parter(jp):
            ord_ |= _partsnavn(jp)
    if sak.tilgangskode_id is not None:
        ord_ |= _skjult(sak.tittel, sak.offentlig_tittel)
        if jp.tilgangskode_id is None:
            ord_ -= _ord(jp.tittel)
    return tuple(sorted(ord_))


def _skjuler_parter(jp: Journalpost) -> bool:
    avskjerming = jp.avskjermingskode
    return jp.tilgangskode_id is not None and (
        avskjerming is None or avskjerming.skjermer_part or avskjerming.skjermer_alt
    )


def _partsnavn(jp: Journalpost) -> set[str]:
    """Return the names of the outside parties that an entry of its type shows when it is not screened."""
    typer = {
        Journalposttype.INNGAAENDE: (Parttype.AVSENDER,),
        Journalposttype.UTGAAENDE: (Parttype.MOTTAKER, Parttype.KOPIMOTTAKER),
    }
    ut: set[str] = set()
    for part in jp.parter.all():
        if part.gyldig and part.type in typer.get(Journalposttype(jp.journalposttype), ()):
            navn = " ".join(part.navn.split()).casefold()
            ut |= {navn, navn.split()[-1].strip(_TEGN)} if part.er_person and navn else {navn}
    return {navn for navn in ut if len(navn) >= _KORTEST}


def _ord(tittel: str) -> set[str]:
    return {ordet.strip(_TEGN).casefold() for ordet in tittel.split()}


def _skjult(tittel: str, offentlig_tittel: str) -> set[str]:
    numre = skjermede_ord(tittel, offentlig_tittel) if offentlig_tittel.strip("* ") else foreslaatte_ord(tittel)
    ord_ = tittel.split()
    skjult = _ord(" ".join(ord_[nr] for nr in numre)) - _ord(offentlig_tittel)
    return {o for o in skjult if len(o) >= _KORTEST and o not in _SMAAORD}


def ordnoekkel(ord_: Iterable[str]) -> str:
    """Return what says which words a file was looked through for, and nothing of the words."""
    samlet = "\n".join(ord_)
    return hashlib.sha256(samlet.encode()).hexdigest() if samlet else ""


def _kilde(dokument: Dokument) -> Dokument | None:
    """Return the document whose file it is: itself, or where it came in, as far as that is public."""
    return dokument if dokument.lenket_fra_id is None else aapen_kilde(dokument)


def hent_publisering(rader: Iterable[Dokument]) -> None:
    """Find out how documents stand, in three queries for all of them; publisering answers from what was found here."""
    aktuelle: dict[int, tuple[Dokument, Fil, str]] = {}
    alle = [(dokument, offentlig_fil(dokument), _kilde(dokument)) for dokument in rader]
    med_parter = [k.journalpost for _, fil, k in alle if fil is not None and k is not None]
    prefetch_related_objects([jp for jp in med_parter if _skjuler_parter(jp)], "parter")
    for dokument, fil, kilde in alle:
        dokument.publisering = Publisering(fil)  # type: ignore[attr-defined]
        if fil is not None and kilde is not None:
            aktuelle[dokument.pk] = (dokument, fil, ordnoekkel(forbudte_ord(kilde.journalpost)))
    if not aktuelle:
        return
    kontroller = {
        (k.fil_id, k.ordnoekkel): k
        for k in Filkontroll.objects.filter(
            fil__in={fil.pk for _, fil, _ in aktuelle.values()}, regelversjon=REGELVERSJON
        )
        .select_related("vasket")
        .order_by("pk")
    }
    med_funn = [
        kilde.pk
        for d, fil, noekkel in aktuelle.values()
        if (k := kontroller.get((fil.pk, noekkel))) is not None and k.funn and (kilde := _kilde(d)) is not None
    ]
    godtatt = _godtatt(med_funn)
    for dokument, fil, noekkel in aktuelle.values():
        kontroll, kilde = kontroller.get((fil.pk, noekkel)), _kilde(dokument)
        if kontroll is not None and kilde is not None:
            treff = _treff(kontroll, godtatt[kilde.pk])
            if gjeldende_sladding(kilde) is not None:  # the leader has looked at every page of it
                treff = tuple(t for t in treff if t.regel.kode != "bilde")
            dokument.publisering = Publisering(fil, kontroll, treff)  # type: ignore[attr-defined]


def _godtatt(dokument_ider: list[int]) -> dict[int, dict[tuple[int, str, str], Funngodkjenning]]:
    """Return what has been accepted in documents, by content, rule and, where words matter, the words."""
    ut: dict[int, dict[tuple[int, str, str], Funngodkjenning]] = defaultdict(dict)
    if dokument_ider:
        for g in (
            Funngodkjenning.objects.filter(dokument__in=dokument_ider).select_related("kontroll", "av").order_by("pk")
        ):
            ut[g.dokument_id][_gjelder(g.kontroll, g.regel)] = g
    return ut


def _gjelder(kontroll: Filkontroll, regel: str) -> tuple[int, str, str]:
    return kontroll.fil_id, regel, kontroll.ordnoekkel if regel == "skjermet_ord" else ""


def _treff(kontroll: Filkontroll, godtatt: dict[tuple[int, str, str], Funngodkjenning]) -> tuple[Treff, ...]:
    return tuple(
        Treff(REGLER[regel], antall, tuple(sider), godtatt.get(_gjelder(kontroll, regel)))
        for regel, antall, sider in kontroll.funn
    )


def publisering(dokument: Dokument) -> Publisering:
    """Return how a document stands, of a row from dokumenter()."""
    if not hasattr(dokument, "publisering"):
        hent_publisering([dokument])
    funnet: Publisering = dokument.publisering  # type: ignore[attr-defined]
    return funnet


def publisert_fil(dokument: Dokument) -> Fil | None:
    """Return the file of a document that the public may open: the one answer of every list, feed and download."""
    return publisering(dokument).fil


def er_kontrollert(fil: Fil) -> bool:
    """Whether a content has been looked through by the rules that hold now."""
    return Filkontroll.objects.filter(fil=fil, regelversjon=REGELVERSJON).exists()


def funn_i(fil: Fil, regel: str) -> Treff | None:
    """Return what a rule has found in a content, whatever it was looked through for; None where nothing is known."""
    for kontroll in Filkontroll.objects.filter(fil=fil, regelversjon=REGELVERSJON).order_by("pk"):
        if (treff := next((t for t in _treff(kontroll, {}) if t.regel.kode == regel), None)) is not None:
            return treff
    return None


def skal_kontrolleres(journalpost: Journalpost) -> bool:
    """Whether its files may come on the net as it stands: finished or journalised, decided, and not exempt.

    Also a note that is no entry of the list, where an entry links to what came in with it (krav C.11b).
    """
    jp = journalpost
    ferdig = jp.status in (Journalstatus.FERDIG, Journalstatus.JOURNALFOERT)
    if not ferdig or jp.avventer_gradering or not publiseres(jp):
        return False
    return jp.journalposttype in postlistetyper() or jp.dokumenter.filter(lenket_til__isnull=False).exists()


def med_kilder(journalposter: Iterable[Journalpost]) -> list[Journalpost]:
    """Return the entries, and those where the documents that they link to came in."""
    poster = {jp.pk: jp for jp in journalposter}
    kilder = Journalpost.objects.filter(dokumenter__lenket_til__journalpost__in=list(poster)).distinct()
    kilder = kilder.select_related("sak__arkivdel", "sak__sakstype", "tilgangskode").order_by("pk")
    return list(({jp.pk: jp for jp in kilder} | poster).values()) if poster else []


def dokumenter_til_nettet(journalposter: Iterable[Journalpost]) -> list[Dokument]:
    """Return the documents of these entries that have a file of their own to publish, with how they stand."""
    ider = [jp.pk for jp in journalposter if skal_kontrolleres(jp)]
    laget = Q(versjoner__variantformat=Dokumentversjon.Variant.OFFENTLIG)
    aktuelle = dokumenter().filter(
        Q(journalpost__tilgangskode__isnull=True) | laget, journalpost__in=ider, lenket_fra__isnull=True
    )
    rader = list(aktuelle.distinct()) if ider else []
    hent_publisering(rader)
    return [d for d in rader if publisering(d).kandidat is not None]


def publiseringer(journalpost: Journalpost) -> list[tuple[Dokument, Publisering]]:
    """Return how the documents of an entry stand, for those who handle it, in order."""
    funnet = [(d, publisering(d)) for d in dokumenter_til_nettet([journalpost])]
    return sorted(funnet, key=lambda par: (par[0].nummer, par[0].pk))


def kan_godta(leser: Bruker, treff: Treff, journalpost: Journalpost) -> bool:
    """Whether a reader may say that a finding is no hindrance."""
    return treff.godtatt is None and treff.regel.godtas is not None and kan(leser, treff.regel.godtas, journalpost)


def aapne_stopp(journalposter: Iterable[Journalpost]) -> QuerySet[Publiseringsstopp]:
    """Return what is held back on these entries."""
    return (
        Publiseringsstopp.objects.filter(lukket_tid__isnull=True, dokument__journalpost__in=journalposter)
        .select_related("dokument", "kontroll")
        .order_by("dokument__nummer", "pk")
    )
