"""What several acts check."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from dataclasses import dataclass

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Kodeverdi, Sak
from saksgang.sakarkiv.rules.hjemmel import hjemmelstopp
from saksgang.tilgang.models import Avskjermingskode, Hjemmel, Tilgangsgruppe, Tilgangskode
from saksgang.tilgang.queries import rettigheter

MEROFFENTLIGHET_MANGLER = (
    "Meroffentlighet er ikke vurdert. Skriv hvorfor dokumentet ikke kan gis ut, helt eller delvis (offl. §§ 11 og 12)."
)
LENGSTE_VURDERING = 1000


@dataclass(frozen=True)
class Skjerming:
    """A code with what belongs to it."""

    kode: Tilgangskode | None = None
    avskjerming: Avskjermingskode | None = None
    hjemmel: Hjemmel | None = None
    gruppe: Tilgangsgruppe | None = None
    meroffentlighet: str = ""
    """Why the document cannot be given although it may be exempt; what of it can (offl. §§ 11, 12)."""
    offentlig_tittel: str | None = None
    """The title as the public sees it where the code hides it; none: as it is."""
    delvis: bool = False
    """Whether the rest of the document can be given: a redacted version is to be made (offl. § 12)."""
    opphoerer: dt.date | None = None
    """The day from which it is to be assessed anew."""
    opphoer_hendelse: str | None = None
    """The event with which it ends, in words; none: nobody was asked, and what stands goes on."""


def rens_tittel(tittel: str, felt: str = "tittel") -> str:
    """Return the title with single spaces; refused when nothing is left or it is longer than 500 characters."""
    tittel = re.sub(r"\s+", " ", tittel or "").strip()
    if not tittel:
        raise UgyldigInndata({felt: "Tittel mangler. Skriv kort hva dokumentet gjelder."})
    if len(tittel) > 500:
        raise UgyldigInndata({felt: f"Tittelen er {len(tittel)} tegn. Kort den ned til 500 eller færre."})
    return tittel


def krev_aapen_sak(sak: Sak) -> None:
    """Refuse a change in a case that is closed or cancelled (krav R-6.1.A)."""
    if sak.er_avsluttet:
        raise Avvist(f"Sak {sak.saksnummer} er avsluttet. Be arkivet gjenåpne den først.")


def krev_aktiv_bruker(bruker: Bruker, felt: str) -> None:
    """Refuse a person who is not an active internal user (krav R-5.X.2)."""
    if not rettigheter(bruker).ansatt:
        raise UgyldigInndata({felt: f"Mottaker må være bruker i systemet: {bruker.navn} er ikke aktiv."})


def valider_skjerming(
    skjerming: Skjerming,
    journalposttype: str = "",
    *,
    enkeltvedtak: bool = False,
    parter: Collection[str] = (),
    forslag: bool = False,
) -> None:
    """Refuse a code without hjemmel or avskjermingskode, and a group without a code (krav R-9.2.1.4, R-7.1.6.c, C.0).

    A code that is set, and not only proposed, is refused without the meroffentlighet assessment (krav R-7.0.2, offl.
    §§ 11 and 12), and with a hjemmel that does not go with such a document (offl. § 16). XX needs none of them: it
    blocks while the grading is assessed.
    """
    felter: dict[str, str] = {}
    kode = skjerming.kode
    if kode is None:
        if skjerming.gruppe is not None:
            felter["tilgangsgruppe"] = "En tilgangsgruppe krever en tilgangskode. Velg kode først."
        if skjerming.hjemmel is not None:
            felter["hjemmel"] = "En hjemmel krever en tilgangskode. Velg kode, eller fjern hjemmelen."
    elif not kode.er_xx:
        if skjerming.hjemmel is None:
            felter["hjemmel"] = "Hjemmel mangler. Velg bestemmelsen som gir grunnlag for unntaket (offl. § 31)."
        elif not skjerming.hjemmel.koder.filter(pk=kode.pk).exists():
            felter["hjemmel"] = f"{skjerming.hjemmel} hører ikke til kode {kode.kode}. Velg en annen hjemmel."
        elif stopp := hjemmelstopp(
            skjerming.hjemmel.noekkel, journalposttype, enkeltvedtak=enkeltvedtak, parter=parter
        ):
            felter["hjemmel"] = stopp
        if skjerming.avskjerming is None:
            felter["avskjermingskode"] = "Avskjermingskode mangler. Velg hva offentligheten ikke skal se."
        if not forslag and not skjerming.meroffentlighet.strip():
            felter["meroffentlighet"] = MEROFFENTLIGHET_MANGLER
        elif len(skjerming.meroffentlighet.strip()) > LENGSTE_VURDERING:
            felter["meroffentlighet"] = f"Vurderingen er for lang. Kort den ned til {LENGSTE_VURDERING} tegn."
    if felter:
        raise UgyldigInndata(felter)


def kodeverdi(liste: str, kode: str, felt: str) -> Kodeverdi:
    """Return a valid value of a code list, or refuse with the field's name."""
    verdi = Kodeverdi.objects.gyldige(klokke.idag()).filter(liste=liste, kode=kode).first()
    if verdi is None:
        raise UgyldigInndata({felt: f"«{kode}» finnes ikke i kodelisten. Velg en verdi fra listen."})
    return verdi
