"""What an assessment must say before it stands (offl. §§ 11, 12, 13, 31; krav R-7.1.1.f, R-7.1.6.a). Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from .tilstander import Utfall

TAUSHETSPLIKT = (
    "Dokumentet har opplysninger under taushetsplikt ({hjemmel}). Helt innsyn krever samtykke, at opplysningene "
    "gjelder den som krever innsyn, eller at taushetsplikten er falt bort. Registrer det, eller velg delvis innsyn."
)


FOEDSELSNUMMER = (
    "Dokumentet har fødselsnummer{hvor}. De kan unntas (offl. § 26 femte ledd). Velg delvis innsyn og sladd dem, eller "
    "kryss av for at de skal gis."
)


@dataclass(frozen=True)
class Vurdert:
    """An assessment as typed: outcome and hjemmel, § 12, merinnsyn, and what lets taushetsplikt fall away."""

    utfall: str
    hjemmel: str = ""
    taushetsplikt: bool = False
    rest: str = ""
    merinnsyn: str = ""
    bortfall: str = ""
    bortfall_hvem: str = ""
    bortfall_hvorfor: str = ""
    foedselsnummer_gis: bool = False


def mangler_i_vurdering(
    v: Vurdert, *, dokumentets_hjemmel: str = "", dokumentet_taust: bool = False, foedselsnummer: str | None = None
) -> dict[str, str]:
    """Return what is missing, by field.

    dokumentets_hjemmel: the one that the entry's code rests on. foedselsnummer: on which pages the file has national
    identity numbers; none where it has none that anybody knows of.
    """
    if v.utfall not in Utfall.values:
        return {"utfall": "Velg helt innsyn, delvis innsyn eller avslag."}
    if v.utfall == Utfall.HELT:
        feil = _helt(v, dokumentets_hjemmel, dokumentet_taust)
        if foedselsnummer is not None and not v.foedselsnummer_gis:
            hvor = f" ({foedselsnummer})" if foedselsnummer else ""
            feil["foedselsnummer_gis"] = FOEDSELSNUMMER.format(hvor=hvor)
        return feil
    feil = {}
    if not v.hjemmel:
        feil["hjemmel"] = "Hjemmel mangler. Velg bestemmelsen som gir grunnlag for unntaket (offl. § 31)."
    elif v.taushetsplikt and v.utfall == Utfall.AVSLAG and not v.rest:
        feil["rest"] = (
            "Taushetsplikt gjelder opplysningene, ikke hele dokumentet. Velg delvis innsyn, eller hvorfor resten ikke "
            "kan gis (offl. § 12)."
        )
    elif not v.taushetsplikt and not v.merinnsyn.strip():
        feil["merinnsyn"] = "Merinnsyn er ikke vurdert. Skriv hvorfor opplysningene ikke kan gis likevel (offl. § 11)."
    return feil


def _helt(v: Vurdert, hjemmel: str, taust: bool) -> dict[str, str]:
    if not taust:
        return {}
    if not v.bortfall:
        return {"utfall": TAUSHETSPLIKT.format(hjemmel=hjemmel)}
    feil = {}
    if not v.bortfall_hvem.strip():
        feil["bortfall_hvem"] = "Skriv hvem som har samtykket, eller hvem opplysningene gjelder."
    if not v.bortfall_hvorfor.strip():
        feil["bortfall_hvorfor"] = "Skriv hva som viser at taushetsplikten ikke står i veien."
    return feil
