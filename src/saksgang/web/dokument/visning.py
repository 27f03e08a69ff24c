"""How a document is shown: as tabs, and one of them in the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager import queries as lager
from saksgang.lager.rules import formatnavn
from saksgang.offentlighet.queries import siste_sladding
from saksgang.offentlighet.queries.sladding import gjelder_graderingen, holdes_tilbake, tellende
from saksgang.offentlighet.rules import Sladdetilstand
from saksgang.produksjon.queries.arkivkopi import Arkivtilstand, Forhaandsvisning, arkivtilstand, forhaandsvisning
from saksgang.produksjon.queries.fletting import har_nyere_utkast
from saksgang.produksjon.queries.laas import laaser_etter_dokument
from saksgang.produksjon.rules.laas import kan_redigeres
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling

from .utlaan import Utlaan, utlaan

if TYPE_CHECKING:
    from saksgang.offentlighet.models import Sladding
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost

BILDER = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
TEKST = frozenset(
    {"text/plain", "text/csv", "application/json", "application/xml", "text/calendar", "text/vcard", "text/xml"}
)
I_NETTLESEREN = BILDER | {"application/pdf", "text/plain", "text/csv"}
"""What the browser itself may show; everything else is a download, so that HTML and SVG never run."""

MAKS_TEKST = 200_000


def visningsmaate(mimetype: str) -> str:
    """Return how a content is previewed: pdf, bilde, tekst, or fakta."""
    if mimetype == "application/pdf":
        return "pdf"
    if mimetype in BILDER:
        return "bilde"
    return "tekst" if mimetype in TEKST else "fakta"


@dataclass(frozen=True)
class Fane:
    """One document as a tab."""

    dokument: Dokument
    versjon: Dokumentversjon | None
    aktiv: bool

    @property
    def navn(self) -> str:
        if self.dokument.tilknytning == "H":
            return "Hoveddokument"
        return f"{self.dokument.nummer - 1} {self.dokument.tittel}"

    @property
    def ikon(self) -> str:
        mimetype = self.versjon.fil.mimetype if self.versjon else ""
        if mimetype == "application/pdf":
            return "FilePdf"
        if mimetype.startswith("image/"):
            return "FileImage"
        return "FileText" if self.dokument.tilknytning == "H" else "Paperclip"


@dataclass(frozen=True)
class Visning:
    """The documents of a journalpost, and the one that is open."""

    faner: list[Fane]
    dokument: Dokument | None = None
    versjon: Dokumentversjon | None = None
    eldre: tuple[Dokumentversjon, ...] = ()
    maate: str = ""
    tekst: str = ""
    avkortet: bool = False
    format: str = ""
    arkiv: Arkivtilstand | None = None
    forhaand: Forhaandsvisning | None = None
    skrevet: Dokumentversjon | None = None
    utlaan: Utlaan | None = None
    sladding: Sladding | None = None
    nyere_utkast: bool = False
    """The text is written further than the version that is shown."""

    @property
    def sladdingens_gradering_er_endret(self) -> bool:
        """Whether the redacted version was approved for another grading than the journalpost has now."""
        rad = self.sladding
        if rad is None or self.dokument is None or rad.tilstand != Sladdetilstand.GODKJENT:
            return False
        return not gjelder_graderingen(rad, self.dokument.journalpost)

    @property
    def originalen_holdes_tilbake(self) -> bool:
        """Whether an open document is off the net because of a redacted version that is not in force (C.11)."""
        rad = self.sladding
        if rad is None or self.dokument is None or self.dokument.journalpost.tilgangskode_id is not None:
            return False
        return rad.tilstand != Sladdetilstand.GODKJENT and holdes_tilbake(tellende().filter(dokument=self.dokument))

    @property
    def kan_redigeres(self) -> bool:
        """Whether what is shown is what Word or LibreOffice would open: the newest version, and nobody has it."""
        if self.versjon is None or self.versjon != self.skrevet or self.utlaan is not None:
            return False
        return self.versjon.dokument.lenket_fra_id is None and kan_redigeres(self.versjon.filnavn)


def vis_dokumenter(leser: Bruker, journalpost: Journalpost, *, nummer: str = "", versjon: str = "") -> Visning:
    """Gather the documents for the reader; nummer and versjon choose which is open, the main document otherwise.

    Earlier versions are only for those who could see the draft (krav C.0); asking for another is IkkeFunnet.
    """
    dokumenter: list[Any] = saker.dokumenter(leser, journalpost)
    if not dokumenter:
        return Visning([])
    valgt = next((d for d in dokumenter if nummer and str(d.nummer) == nummer), dokumenter[0])
    versjoner = valgt.alle_versjoner
    aapen = versjoner[0] if versjoner else None
    eldre = tuple(versjoner[1:]) if len(versjoner) > 1 and saker.ser_utkast(leser, journalpost) else ()
    if versjon:
        aapen = next((v for v in (*versjoner[:1], *eldre) if str(v.pk) == versjon), None)
        if aapen is None:
            raise IkkeFunnet
    faner = [Fane(d, d.alle_versjoner[0] if d.alle_versjoner else None, d.pk == valgt.pk) for d in dokumenter]
    utlaant = utlaan(laaser_etter_dokument(journalpost).get(valgt.pk), leser)
    if aapen is None:
        return Visning(faner, valgt, utlaan=utlaant)
    maate = visningsmaate(aapen.fil.mimetype)
    forhaand = forhaandsvisning(aapen) if maate == "fakta" else None
    if forhaand is not None and forhaand.fil is not None:
        maate = "forhaandsvist"
    skrevet = next((v for v in versjoner if v.variantformat == "P"), None)
    ferdig = journalpost.status in (Journalstatus.FERDIG, Journalstatus.JOURNALFOERT)
    tekst, avkortet = les_tekst(aapen) if maate == "tekst" else ("", False)
    return Visning(
        faner=faner,
        dokument=valgt,
        versjon=aapen,
        eldre=tuple(v for v in (versjoner if eldre else ()) if v.pk != aapen.pk),
        maate=maate,
        tekst=tekst,
        avkortet=avkortet,
        format=formatnavn(aapen.fil.format),
        arkiv=arkivtilstand(skrevet) if skrevet is not None and ferdig else None,
        forhaand=forhaand,
        skrevet=skrevet,
        utlaan=utlaant,
        sladding=_sladding(leser, journalpost, valgt),
        nyere_utkast=valgt.kilde == "M" and not ferdig and aapen == skrevet and har_nyere_utkast(valgt),
    )


def _sladding(leser: Bruker, journalpost: Journalpost, dokument: Dokument) -> Sladding | None:
    """Return the redacted version that is being made, or else the last one decided; for those who may open its page."""
    if not (kan(leser, Handling.SLADDE, journalpost) or kan(leser, Handling.AVGJOERE_SLADDING, journalpost)):
        return None
    return siste_sladding(dokument)


def les_tekst(versjon: Dokumentversjon) -> tuple[str, bool]:
    """Return the beginning of a text file, and whether more follows."""
    with lager.aapne(versjon.fil) as stroem:
        innhold = stroem.read(MAKS_TEKST + 1)
    avkortet = len(innhold) > MAKS_TEKST
    innhold = innhold[:MAKS_TEKST]
    return innhold.decode(tegnsett(innhold), errors="replace"), avkortet


def tegnsett(innhold: bytes) -> str:
    """Return the character set that a text is written in: UTF-8 where it can be, else Windows Western."""
    if innhold.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        innhold.decode("utf-8")
    except UnicodeDecodeError as feil:
        # A character cut in two at the end does not make it something else.
        return "utf-8" if feil.start > len(innhold) - 4 and feil.reason == "unexpected end of data" else "windows-1252"
    return "utf-8"
