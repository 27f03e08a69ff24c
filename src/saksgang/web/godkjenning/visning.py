"""What one reader sees on a round's page: what changed, the document, the letter it answers, the rounds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from saksgang.flyt import queries as flyt
from saksgang.flyt.rules import Godkjenningssvar
from saksgang.produksjon.queries.dokumenttekst import UtenTekst, les_avsnitt
from saksgang.produksjon.queries.sammenligning import (
    Dokumentendring,
    Sammenligning,
    dokumentendringer,
    dokumentendringer_i,
    hent_par,
    sammenlign_versjoner,
)
from saksgang.produksjon.rules.sammenligning import Art, Bit, Linje, Slag
from saksgang.sakarkiv.commands.lesing import noter_fillesing
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import Journalposttype

if TYPE_CHECKING:
    from saksgang.flyt.models import Godkjenning
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Dokumentversjon, Journalpost

DOKUMENTNAVN: dict[str, str] = {
    Journalposttype.UTGAAENDE: "Brevet",
    Journalposttype.NOTAT: "Notatet",
    Journalposttype.XNOTAT: "Notatet",
    Journalposttype.SAKSPAPIR: "Sakspapiret",
}
UKEDAGER = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
LIKE_PAA_RAD = 6
"""So many unchanged paragraphs in a row are folded together, but for the one on either side."""


@dataclass(frozen=True)
class Bolk:
    """Paragraphs that follow each other, as markup; unchanged ones may be folded."""

    linjer: tuple[SafeString, ...]
    foldet: bool = False


@dataclass(frozen=True)
class Endring:
    """What became of one document: compared, new, or taken off."""

    tittel: str
    hva: str
    url: str = ""
    sammenligning: Sammenligning | None = None
    bolker: tuple[Bolk, ...] = ()

    @property
    def antall(self) -> int:
        """How many places differ; what has no text to compare is one."""
        return (self.sammenligning.antall if self.sammenligning else 0) or 1


@dataclass(frozen=True)
class Endringer:
    """What changed in the documents, and since when."""

    siden: str
    dokumenter: list[Endring] = field(default_factory=list)

    @property
    def antall(self) -> int:
        return sum(d.antall for d in self.dokumenter)


@dataclass(frozen=True)
class Runde:
    """One round as a line of the history, with what its approver changed."""

    runde: Godkjenning
    endret: list[tuple[str, str]]

    @property
    def svar(self) -> str:
        return Godkjenningssvar(self.runde.svar).label if self.runde.svar else ""

    @property
    def godkjent(self) -> bool:
        return self.runde.svar in (Godkjenningssvar.GODKJENT, Godkjenningssvar.VIDERESENDT)

    @property
    def trukket(self) -> bool:
        return self.runde.svar == Godkjenningssvar.TRUKKET

    @property
    def paa_vegne(self) -> bool:
        """Whether a deputy answered in the approver's place."""
        return not self.trukket and self.runde.svart_av_id not in (None, self.runde.godkjenner_id)


_BIT = {
    Art.LIK: "{}",
    Art.BORTE: '<del><span class="ds-sr-only">tatt ut: </span>{}<span class="ds-sr-only"> slutt. </span></del>',
    Art.NY: '<ins><span class="ds-sr-only">satt inn: </span>{}<span class="ds-sr-only"> slutt. </span></ins>',
}


def linje(slag: Slag, biter: Iterable[Bit]) -> SafeString:
    """A paragraph as markup. What was put in and taken out is also said in words."""
    innhold = mark_safe("".join(format_html(_BIT[bit.art], bit.tekst) for bit in biter))  # noqa: S308 - escaped
    return format_html('<p class="{}">{}</p>', slag.value, innhold)


def bolker(linjer: Sequence[Linje]) -> tuple[Bolk, ...]:
    """Fold the long unchanged parts of a comparison. Headers and footers are shown only where they changed."""
    grupper: list[tuple[bool, list[Linje]]] = []
    for del_ in linjer:
        if not del_.endret and del_.slag == Slag.RANDTEKST:
            continue
        if not grupper or grupper[-1][0] != del_.endret:
            grupper.append((del_.endret, []))
        grupper[-1][1].append(del_)
    ut = []
    for nr, (endret, gruppe) in enumerate(grupper):
        start, slutt = int(nr > 0), len(gruppe) - int(nr < len(grupper) - 1)
        if endret or slutt - start <= LIKE_PAA_RAD:
            start = slutt = len(gruppe)
        for a, b, foldet in ((0, start, False), (start, slutt, True), (slutt, len(gruppe), False)):
            if a < b:
                ut.append(Bolk(tuple(linje(del_.slag, del_.biter) for del_ in gruppe[a:b]), foldet))
    return tuple(ut)


def vis_sammenligning(
    leser: Bruker, fra: Dokumentversjon, til: Dokumentversjon
) -> tuple[Sammenligning, tuple[Bolk, ...]]:
    """Compare two versions for a reader; of what is graded that is a reading of both."""
    for versjon in (fra, til):
        noter_fillesing(versjon, av=leser)
    sammenligning = sammenlign_versjoner(fra, til)
    return sammenligning, bolker(sammenligning.linjer)


def endringer_i(leser: Bruker, runde: Godkjenning) -> Endringer | None:
    """What has changed that is of interest in this round, for one who may see the draft; None in a first round."""
    jp = runde.journalpost
    grunnlag = flyt.sammenligningsgrunnlag(runde)
    if grunnlag is None or not saker.ser_utkast(leser, jp):
        return None
    endret = [e for e in dokumentendringer(jp, grunnlag.foer, grunnlag.etter) if e.endret]
    return Endringer(_siden(leser, runde, grunnlag), [_endring(leser, e) for e in endret])


def _siden(leser: Bruker, runde: Godkjenning, grunnlag: flyt.Grunnlag) -> str:
    if grunnlag.svar is not None and grunnlag.svar.svart_tid is not None:
        hvem = "du" if grunnlag.svar.svart_av_id == leser.pk else str(grunnlag.svar.svart_av)
        svar = Godkjenningssvar(grunnlag.svar.svar).label
        return f"Siden {hvem} svarte «{svar}» {naar(grunnlag.svar.svart_tid)}"
    if grunnlag.sending is not None:
        return f"Siden {grunnlag.sending.bedt_av} sendte det {naar(grunnlag.sending.flagg.sendt_tid)}"
    return f"Det {_hvem_endret(leser, runde)} endret før svaret"


def _hvem_endret(leser: Bruker, runde: Godkjenning) -> str:
    return "du" if runde.svart_av_id == leser.pk else str(runde.svart_av)


def naar(tid: Any) -> str:
    """«fredag 27.02 kl. 15.10»."""
    lokal = timezone.localtime(tid)
    return f"{UKEDAGER[lokal.weekday()]} {lokal:%d.%m} kl. {lokal:%H.%M}"


def _endring(leser: Bruker, endring: Dokumentendring) -> Endring:
    tittel = endring.dokument.tittel
    if endring.fra is None:
        return Endring(tittel, "Nytt dokument")
    if endring.til is None:
        return Endring(tittel, "Tatt av")
    sammenligning, delt = vis_sammenligning(leser, *hent_par(leser, endring.dokument.pk, endring.fra, endring.til))
    url = sammenligning_url(endring.dokument.pk, endring.fra, endring.til)
    return Endring(tittel, f"Versjon {endring.fra} → {endring.til}", url, sammenligning, delt)


def sammenligning_url(dokument_id: int, fra: int, til: int) -> str:
    """The address where two versions are compared."""
    return f"{reverse('dokument-sammenligning', args=[dokument_id])}?fra={fra}&til={til}"


def runder_paa(leser: Bruker, journalpost: Journalpost) -> list[Runde]:
    """Every round of a journalpost, the newest first; what was changed only to those who may see the draft."""
    runder = list(flyt.runder(journalpost))[::-1]
    if not runder or not saker.ser_utkast(leser, journalpost):
        return [Runde(runde, []) for runde in runder]
    endret = dokumentendringer_i(journalpost, [(r.versjoner_foer, r.versjoner_etter) for r in runder])
    return [
        Runde(runde, [_hva(e) for e in i_runden if e.endret] if runde.svar else [])
        for runde, i_runden in zip(runder, endret, strict=True)
    ]


def _hva(endring: Dokumentendring) -> tuple[str, str]:
    """The document's title and where its change can be seen."""
    tittel = endring.dokument.tittel
    if endring.fra is None or endring.til is None:
        return f"{tittel} ({'tatt av' if endring.til is None else 'nytt'})", ""
    return tittel, sammenligning_url(endring.dokument.pk, endring.fra, endring.til)


def tekst_i(leser: Bruker, versjon: Dokumentversjon | None) -> list[SafeString]:
    """The text of a version as markup, to be read in the page; nothing where the file has none."""
    if versjon is None:
        return []
    try:
        avsnitt = les_avsnitt(versjon.fil)
    except UtenTekst:
        return []
    noter_fillesing(versjon, av=leser)
    return [linje(p.slag, [Bit(Art.LIK, p.tekst)]) for p in avsnitt if p.slag != Slag.RANDTEKST]
