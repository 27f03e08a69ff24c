"""Documents on a journalpost: added, given a new version, put in order. Nothing is ever removed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from django.db.models import Count, Max, Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager.models import Fil
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .felles import krev_aapen_sak
from .felter import felter_for, laast

_ved_endring: list[Callable[[Journalpost, Bruker], None]] = []
_tekstlaaser: list[Callable[[Dokument, Bruker], None]] = []


def registrer_tekstlaas(spoersmaal: Callable[[Dokument, Bruker], None]) -> Callable[[Dokument, Bruker], None]:
    """Decorate a question (dokument, av) of a higher room that is asked before a document's text changes.

    It refuses with Avvist: checked out by somebody else.
    """
    _tekstlaaser.append(spoersmaal)
    return spoersmaal


def krev_ulaast(dokument: Dokument, *, av: Bruker) -> None:
    """Refuse where another room holds the text of the document for somebody else."""
    for spoersmaal in _tekstlaaser:
        spoersmaal(dokument, av)


def ved_endring(funksjon: Callable[[Journalpost, Bruker], None]) -> Callable[[Journalpost, Bruker], None]:
    """Decorate what a higher room does (journalpost, av) when what is to be approved has changed."""
    _ved_endring.append(funksjon)
    return funksjon


def meld_endret(journalpost: Journalpost, *, av: Bruker) -> None:
    """Tell the higher rooms that text, documents, title or parties have changed; part of the act that changed them."""
    for funksjon in _ved_endring:
        funksjon(journalpost, av)


_ved_arkivering: list[Callable[[Dokumentversjon], None]] = []


def ved_arkivering(gjoer: Callable[[Dokumentversjon], None]) -> Callable[[Dokumentversjon], None]:
    """Decorate what a higher room does, in the same act, with a version that has become the archive's own."""
    _ved_arkivering.append(gjoer)
    return gjoer


def arkiver(versjoner: Iterable[Dokumentversjon]) -> None:
    """Hand versions of a journalised entry over to the archive; part of the act that journalises or adds them."""
    for versjon in versjoner:
        for gjoer in _ved_arkivering:
            gjoer(versjon)


@dataclass(frozen=True)
class Vedlagt:
    """A stored file that is to be a document of the journalpost; the first one is the main document."""

    fil: Fil
    filnavn: str
    tittel: str = ""
    kilde: str = Dokument.Kilde.OPPLASTET
    lenket_fra: Dokument | None = None


def foerste_dokumenter(journalpost: Journalpost, vedlagte: Sequence[Vedlagt], *, av: Bruker) -> None:
    """Put the files on a journalpost that is being made, in order; part of the act that makes it."""
    _legg_til(journalpost, vedlagte, nummer=1, hoved=True, av=av)


def legg_til_dokument(
    journalpost: Journalpost,
    fil: Fil,
    *,
    filnavn: str,
    tittel: str = "",
    kilde: str = Dokument.Kilde.OPPLASTET,
    av: Bruker,
) -> Dokument:
    """Put a stored file on the journalpost as its next document; part of another act, which asks and logs."""
    return legg_til_vedlagte(journalpost, [Vedlagt(fil, filnavn, tittel, kilde)], av=av)[0]


def legg_til_vedlagte(journalpost: Journalpost, vedlagte: Sequence[Vedlagt], *, av: Bruker) -> list[Dokument]:
    """Put stored files on the journalpost as its next documents; part of another act, which asks and logs."""
    finnes = journalpost.dokumenter.aggregate(siste=Max("nummer"), i_bruk=Count("pk", filter=Q(utgaatt_tid=None)))
    return _legg_til(journalpost, vedlagte, nummer=(finnes["siste"] or 0) + 1, hoved=not finnes["i_bruk"], av=av)


def legg_til_plass(journalpost: Journalpost, *, tittel: str, av: Bruker) -> Dokument:
    """Put a place for what is still on paper on the journalpost, without a file; part of another act."""
    finnes = journalpost.dokumenter.aggregate(siste=Max("nummer"), i_bruk=Count("pk", filter=Q(utgaatt_tid=None)))
    hoved = not finnes["i_bruk"]
    return Dokument.objects.create(
        journalpost=journalpost,
        nummer=(finnes["siste"] or 0) + 1,
        tilknytning=Dokument.Tilknytning.HOVEDDOKUMENT if hoved else Dokument.Tilknytning.VEDLEGG,
        tittel=tittel[:300],
        kilde=Dokument.Kilde.TIL_SKANNING,
        tilknyttet_av=av,
        opprettet_av=av,
        opprettet_dato=klokke.naa(),
    )


def _legg_til(
    journalpost: Journalpost, vedlagte: Sequence[Vedlagt], *, nummer: int, hoved: bool, av: Bruker
) -> list[Dokument]:
    """Add documents from a number on. hoved: the first of them is the main document."""
    naa = klokke.naa()
    dokumenter = Dokument.objects.bulk_create(
        Dokument(
            journalpost=journalpost,
            nummer=nummer + nr,
            tilknytning=Dokument.Tilknytning.HOVEDDOKUMENT if hoved and nr == 0 else Dokument.Tilknytning.VEDLEGG,
            tittel=(
                vedlagt.tittel.strip() or (journalpost.tittel if hoved and nr == 0 else PurePath(vedlagt.filnavn).stem)
            )[:300],
            kilde=vedlagt.kilde,
            lenket_fra=vedlagt.lenket_fra,
            tilknyttet_av=av,
            opprettet_av=av,
            opprettet_dato=naa,
        )
        for nr, vedlagt in enumerate(vedlagte)
    )
    versjoner = Dokumentversjon.objects.bulk_create(
        Dokumentversjon(
            dokument=dokument,
            versjonsnummer=1,
            variantformat=Dokumentversjon.Variant.PRODUKSJON,
            fil=vedlagt.fil,
            filnavn=vedlagt.filnavn[:255],
            opprettet_av=av,
            opprettet_dato=naa,
        )
        for dokument, vedlagt in zip(dokumenter, vedlagte, strict=True)
    )
    if journalpost.status == Journalstatus.JOURNALFOERT:
        arkiver(versjoner)
    return dokumenter


def laas_for_endring(journalpost: Journalpost, *, av: Bruker, handling: Handling) -> Journalpost:
    """Return the journalpost under a row lock, or refuse where av may not change its documents now (krav C.3)."""
    journalpost = Journalpost.objects.select_for_update(of=("self",)).select_related("sak").get(pk=journalpost.pk)
    krev(av, handling, journalpost)
    krev_aapen_sak(journalpost.sak)
    if journalpost.status == Journalstatus.FERDIG:
        raise Avvist("Dokumentet er ferdigstilt og låst. Åpne det igjen for redigering først.")
    if "dokumenter" not in felter_for(journalpost, av):
        raise laast(
            journalpost,
            f"Dokumentene er låst når journalposten har status {journalpost.get_status_display()}. "
            "Send melding til arkivet.",
        )
    return journalpost


def krev_egen_fil(dokument: Dokument) -> None:
    """Refuse where the document is linked: it is what it is where it came in (krav R-10.2.2.4a)."""
    if dokument.lenket_fra is not None:
        raise Avvist(
            f"Dokumentet er lenket fra {dokument.lenket_fra.journalpost} og endres ikke her. "
            "Ta det av, og last opp din egen utgave."
        )


def legg_til_versjon(dokument: Dokument, fil: Fil, *, filnavn: str, av: Bruker) -> Dokumentversjon:
    """Put a stored file behind the document's versions; part of another act, which asks, locks and logs."""
    krev_egen_fil(dokument)
    siste = dokument.versjoner.aggregate(siste=Max("versjonsnummer"))["siste"] or 0
    return Dokumentversjon.objects.create(
        dokument=dokument,
        versjonsnummer=siste + 1,
        variantformat=Dokumentversjon.Variant.PRODUKSJON,
        fil=fil,
        filnavn=filnavn[:255],
        opprettet_av=av,
        opprettet_dato=klokke.naa(),
    )


@kommando
def legg_ved(journalpost: Journalpost, fil: Fil, *, filnavn: str, tittel: str = "", av: Bruker) -> Dokument:
    """Add a main document or the next attachment (krav R-4.6).

    Refused where the documents are locked (krav C.3): from F on, and for everybody but the archive from J on.
    """
    journalpost = laas_for_endring(journalpost, av=av, handling=Handling.LEGGE_VED)
    dokument = legg_til_dokument(journalpost, fil, filnavn=filnavn, tittel=tittel, av=av)
    logg(
        journalpost,
        Handling.LEGGE_VED,
        av=av,
        detaljer={"dokument": dokument.nummer, "tittel": dokument.tittel, "sha256": fil.sha256},
    )
    meld_endret(journalpost, av=av)
    return dokument


@kommando
def ny_versjon(dokument: Dokument, fil: Fil, *, filnavn: str, av: Bruker) -> Dokumentversjon:
    """Add a new version; the earlier ones stay as they are (design 7).

    Refused where the documents are locked, and for one that is linked: it is what it is where it came in.
    """
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=Handling.LEGGE_VED)
    krev_ulaast(dokument, av=av)
    versjon = legg_til_versjon(dokument, fil, filnavn=filnavn, av=av)
    siste = versjon.versjonsnummer
    logg(
        journalpost,
        Handling.ORDNE_DOKUMENTER,
        av=av,
        endringer={f"dokument {dokument.nummer} versjon": (siste - 1, siste)},
        detaljer={"sha256": fil.sha256},
    )
    if journalpost.status == Journalstatus.JOURNALFOERT:
        arkiver([versjon])
    meld_endret(journalpost, av=av)
    return versjon


@kommando
def ordne_dokumenter(journalpost: Journalpost, rekkefoelge: Sequence[int], *, av: Bruker) -> None:
    """Put the documents in this order of ids; the first becomes the main document.

    Refused unless exactly the journalpost's documents are named.
    """
    journalpost = laas_for_endring(journalpost, av=av, handling=Handling.ORDNE_DOKUMENTER)
    dokumenter = {d.pk: d for d in journalpost.dokumenter.filter(utgaatt_tid__isnull=True).order_by("nummer")}
    if sorted(dokumenter) != sorted(rekkefoelge):
        raise UgyldigInndata({"rekkefoelge": "Rekkefølgen må ha med hvert dokument én gang. Last siden på nytt."})
    foer = [d.nummer for d in dokumenter.values()]
    forskyvning = max(foer, default=0)
    for nr, pk in enumerate(rekkefoelge, 1):
        Dokument.objects.filter(pk=pk).update(nummer=forskyvning + nr)
    for nr, pk in enumerate(rekkefoelge, 1):
        Dokument.objects.filter(pk=pk).update(
            nummer=nr,
            tilknytning=Dokument.Tilknytning.HOVEDDOKUMENT if nr == 1 else Dokument.Tilknytning.VEDLEGG,
        )
    etter = [dokumenter[pk].nummer for pk in rekkefoelge]
    logg(journalpost, Handling.ORDNE_DOKUMENTER, av=av, endringer={"rekkefoelge": (foer, etter)})
    if etter != foer:
        meld_endret(journalpost, av=av)


@kommando
def endre_dokumenttittel(dokument: Dokument, tittel: str, *, av: Bruker) -> Dokument:
    """Change a document's title. Refused empty, and where the documents are locked."""
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=Handling.ORDNE_DOKUMENTER)
    tittel = tittel.strip()[:300]
    if not tittel:
        raise UgyldigInndata({"tittel": "Tittel mangler. Skriv hva dokumentet er."})
    foer, dokument.tittel = dokument.tittel, tittel
    dokument.save(update_fields=["tittel"])
    lenket = dokument.lenket_fra_id is not None
    logg(
        journalpost,
        Handling.ORDNE_DOKUMENTER,
        av=av,
        # What is linked may come to be screened where it came in, and is told of by its number.
        endringer={} if lenket else {f"dokument {dokument.nummer} tittel": (foer, tittel)},
        detaljer={"ny tittel på lenket dokument": dokument.nummer} if lenket else {},
    )
    return dokument


@kommando
def fjern_dokument(dokument: Dokument, begrunnelse: str, *, av: Bruker) -> None:
    """Take a document off the journalpost; row and file stay (nothing is deleted).

    Refused without a reason, and while somebody has it checked out.
    """
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=Handling.ORDNE_DOKUMENTER)
    if not begrunnelse.strip():
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv hvorfor dokumentet skal tas av."})
    if dokument.kilde != Dokument.Kilde.TIL_SKANNING:  # a place for paper goes with its order
        krev_ulaast(dokument, av=av)
    dokument.utgaatt_tid = klokke.naa()
    dokument.save(update_fields=["utgaatt_tid"])
    igjen = journalpost.dokumenter.filter(utgaatt_tid__isnull=True).order_by("nummer", "pk")
    if (foerste := igjen.first()) is not None and foerste.tilknytning != Dokument.Tilknytning.HOVEDDOKUMENT:
        foerste.tilknytning = Dokument.Tilknytning.HOVEDDOKUMENT
        foerste.save(update_fields=["tilknytning"])
    logg(
        journalpost,
        Handling.ORDNE_DOKUMENTER,
        av=av,
        endringer={"dokument": (dokument.tittel if dokument.lenket_fra_id is None else dokument.nummer, None)},
        detaljer={"begrunnelse": begrunnelse.strip()},
    )
    meld_endret(journalpost, av=av)
