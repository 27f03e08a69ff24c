"""What counts as raising (A-09), and how a screened entry reads to the public (krav C.11)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db import models

from saksgang.sakarkiv.rules.skriveregel import personnavn_i

STJERNER = "*****"
"""Always five, whatever the length of what is hidden."""


def skjerm_ord(tittel: str, skjermet: Collection[int]) -> str:
    """Return the title with five stars for each run of hidden words, which are numbered from 0 (krav R-7.1.6.b)."""
    ut: list[str] = []
    for nummer, ordet in enumerate(tittel.split()):
        if nummer not in skjermet:
            ut.append(ordet)
        elif not ut or ut[-1] != STJERNER:
            ut.append(STJERNER)
    return " ".join(ut)


def skjermede_ord(tittel: str, offentlig_tittel: str) -> frozenset[int]:
    """Return which words of the title the public title leaves out, by their number; all when there is none."""
    ord_ = tittel.split()
    like = SequenceMatcher(a=ord_, b=offentlig_tittel.split(), autojunk=False).get_matching_blocks()
    aapne = {nummer for blokk in like for nummer in range(blokk.a, blokk.a + blokk.size)}
    return frozenset(range(len(ord_))) - aapne


def foreslaatte_ord(tittel: str) -> frozenset[int]:
    """Return the words that look like the name or the address of a person: proposed to be hidden."""
    ord_ = tittel.split()
    rene = [ordet.strip('.,:;()«»"') for ordet in ord_]
    funnet: set[int] = set()
    for navn in personnavn_i(tittel):
        deler = navn.split()
        for start in range(len(rene) - len(deler) + 1):
            if rene[start : start + len(deler)] == deler:
                funnet.update(range(start, start + len(deler)))
    for nummer, (gate, husnummer) in enumerate(itertools.pairwise(rene)):
        if _GATE.search(gate) and _HUSNUMMER.fullmatch(husnummer):
            funnet.update((nummer, nummer + 1))
    return frozenset(funnet)


_GATE = re.compile(r"(?i)(?:vei|veg|vegen|veien|gate|gata|gaten|stien|bakken|svingen|tunet|plass)$")
_HUSNUMMER = re.compile(r"\d{1,4}[A-Za-z]?")


class Vurderingsart(models.TextChoices):
    FORSLAG = "forslag", "Forslag"
    BESLUTNING = "beslutning", "Beslutning"
    SPERRING = "sperring", "Midlertidig sperring (XX)"


class Utfall(models.TextChoices):
    """What came of the question whether the document can be given (krav R-7.1.1.f)."""

    HELE = "H", "Hele dokumentet kan gis"
    DELVIS = "D", "Gis delvis, i sladdet versjon"
    UNNTATT = "U", "Gis ikke"


class Sladdetilstand(models.TextChoices):
    """Where a redacted version stands."""

    UTKAST = "U", "Under arbeid"
    LAGES = "L", "Lages"
    FEILET = "X", "Kan ikke brukes"
    FORSLAG = "F", "Til godkjenning"
    GODKJENT = "G", "Godkjent"
    AVVIST = "A", "Ikke godkjent"
    TRUKKET = "T", "Trukket tilbake"
    ERSTATTET = "E", "Erstattet"


AAPNE_SLADDINGER = (Sladdetilstand.UTKAST, Sladdetilstand.LAGES, Sladdetilstand.FEILET, Sladdetilstand.FORSLAG)
"""Not decided yet: a document has one of these at a time."""


@dataclass(frozen=True)
class Grad:
    """A grading reduced to what decides whether it is raised: code, hidden parts, group."""

    kode: str = ""
    avskjermer: int = 0
    gruppe_id: int | None = None


def er_heving(foer: Grad, etter: Grad) -> bool:
    """Whether the change only takes sight away: blank → code, any → XX, more hidden, a group added.

    Everything else is lowering, also P → U and one group for another.
    """
    if etter.kode == "XX":
        return True
    if foer.kode == "":
        return etter.kode != ""
    if foer.kode != etter.kode:
        return False
    return etter.avskjermer >= foer.avskjermer and (foer.gruppe_id is None or foer.gruppe_id == etter.gruppe_id)


@dataclass(frozen=True)
class Postlisteutsikt:
    """How many of some journalposter the net list will show in clear, screened, and not at all."""

    aapne: int = 0
    skjermede: int = 0
    utenfor: int = 0


class Unntaksgrunn(models.TextChoices):
    """What may keep a document from a party, down to ledd and bokstav (forvaltningsloven §§ 18 a, 18 b, 19, 21)."""

    INTERNT = "18a", "fvl. § 18 a første ledd – dokument for kommunens egen interne saksforberedelse"
    RAAD = "18b-2", "fvl. § 18 b andre ledd – råd og vurderinger innhentet til intern saksforberedelse"
    RIKET = "19-1a", "fvl. § 19 første ledd bokstav a – utenriks-, forsvars- og sikkerhetsinteresser"
    FORRETNING = "19-1b", "fvl. § 19 første ledd bokstav b – tekniske innretninger og forretningshemmeligheter"
    FORSKNING = "19-1c", "fvl. § 19 første ledd bokstav c – forskningsideer og forskningsprosjekter"
    PARTEN_SELV = "19-1d", "fvl. § 19 første ledd bokstav d – hensynet til partens egen helse eller de nærmeste"
    ANNENS_HELSE = "19-2a", "fvl. § 19 andre ledd bokstav a – en annen persons helseforhold"
    SAERLIGE = "19-2b", "fvl. § 19 andre ledd bokstav b – andre forhold som ikke bør meddeles videre"

    @property
    def bestemmelse(self) -> str:
        """The provision alone, as the party is told it."""
        return str(self.label).partition(" – ")[0]


KORTESTE_BEGRUNNELSE, LENGSTE_BEGRUNNELSE = 15, 1000


def unntaksfeil(grunnlag: str, begrunnelse: str, *, internt: bool) -> dict[str, str]:
    """Return what is wrong with an exclusion, for each field: a provision that goes with it, and a weighty reason.

    internt: the document is the municipality's own, between its own; § 18 a is for no other (fvl. § 18 d).
    """
    feil: dict[str, str] = {}
    if grunnlag not in Unntaksgrunn:
        feil["grunnlag"] = "Velg bestemmelsen som gir grunnlag for unntaket (fvl. § 21)."
    elif grunnlag == Unntaksgrunn.INTERNT and not internt:
        feil["grunnlag"] = "§ 18 a gjelder bare interne notater (N og X). Velg en annen bestemmelse."
    lengde = len(begrunnelse.strip())
    if not lengde:
        feil["begrunnelse"] = "Skriv den tungtveiende grunnen til at parten ikke kan få dokumentet."
    elif lengde < KORTESTE_BEGRUNNELSE:
        feil["begrunnelse"] = "Grunnen er for kort. Skriv hva i dokumentet som ikke kan gis, og hvorfor."
    elif lengde > LENGSTE_BEGRUNNELSE:
        feil["begrunnelse"] = f"Begrunnelsen er {lengde} tegn. Kort den ned til {LENGSTE_BEGRUNNELSE} eller færre."
    return feil


class Unntakssvar(models.TextChoices):
    """What the leader answered to the exclusions (krav R-7.1.5, A-29)."""

    GODKJENT = "G", "Godkjent"
    IKKE_GODKJENT = "I", "Ikke godkjent"


class Utleveringsmaate(models.TextChoices):
    """How a party got the package."""

    UTLEVERT = "H", "Utlevert for hånd"
    POST = "P", "Sendt i posten"
    EPOST = "E", "Sendt med e-post"


class Partsinnsynstilstand(models.TextChoices):
    """Where a partsinnsyn stands: derived from what has been done, never written."""

    VENTER = "venter", "Venter på leder"
    IKKE_GODKJENT = "ikke_godkjent", "Ikke godkjent"
    LAGES = "lages", "Pakken lages"
    FEILET = "feilet", "Pakken ble ikke laget"
    KLAR = "klar", "Klar til utlevering"
    LEVERT = "levert", "Utlevert"
