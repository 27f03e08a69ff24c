"""Saksparter (krav R-4.9)."""

from __future__ import annotations

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.identifikatorer import fnr_gyldig, orgnr_gyldig
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Kontakt, Sak, Sakspart
from saksgang.sakarkiv.rules import Parttypesak
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .felles import krev_aapen_sak
from .noekler import oppdater_sak


@kommando
def legg_til_sakspart(
    sak: Sak,
    *,
    type_: str,
    navn: str,
    av: Bruker,
    rolle: str = "",
    organisasjonsnummer: str = "",
    foedselsnummer: str = "",
    adresse: str = "",
    postnummer: str = "",
    poststed: str = "",
    epost: str = "",
    telefon: str = "",
    kontakt: Kontakt | None = None,
) -> Sakspart:
    """Add a party of kind person, group or organisation. Refused without name, or with a number that is not valid."""
    krev(av, Handling.ENDRE_SAKSPART, sak)
    krev_aapen_sak(sak)
    felter = {}
    if type_ not in Parttypesak:
        felter["type"] = "Velg person, gruppe eller organisasjon."
    if not navn.strip():
        felter["navn"] = "Navn mangler."
    organisasjonsnummer = organisasjonsnummer.replace(" ", "")
    if organisasjonsnummer and not orgnr_gyldig(organisasjonsnummer):
        felter["organisasjonsnummer"] = "Organisasjonsnummeret er ikke gyldig. Det har ni sifre; kontroller tallene."
    foedselsnummer = foedselsnummer.replace(" ", "")
    if foedselsnummer and not fnr_gyldig(foedselsnummer):
        felter["foedselsnummer"] = "Fødselsnummeret er ikke gyldig. Det har elleve sifre; kontroller tallene."
    if felter:
        raise UgyldigInndata(felter)
    part = Sakspart.objects.create(
        sak=sak,
        type=type_,
        navn=navn.strip()[:300],
        rolle=rolle.strip()[:100],
        organisasjonsnummer=organisasjonsnummer,
        foedselsnummer=foedselsnummer,
        adresse=adresse.strip(),
        postnummer=postnummer.strip(),
        poststed=poststed.strip(),
        epost=epost.strip(),
        telefon=telefon.strip(),
        kontakt=kontakt,
    )
    oppdater_sak(sak)
    logg(sak, Handling.ENDRE_SAKSPART, av=av, endringer={"sakspart": (None, part.navn)})
    return part


@kommando
def avslutt_sakspart(part: Sakspart, *, av: Bruker) -> Sakspart:
    """End a party's place in the case; the row stays. Refused twice."""
    krev(av, Handling.ENDRE_SAKSPART, part.sak)
    krev_aapen_sak(part.sak)
    if part.avsluttet_dato is not None:
        raise Avvist("Parten er allerede tatt ut av saken.")
    part.avsluttet_dato = klokke.naa()
    part.save(update_fields=["avsluttet_dato"])
    oppdater_sak(part.sak)
    logg(part.sak, Handling.ENDRE_SAKSPART, av=av, endringer={"sakspart": (part.navn, None)})
    return part


@kommando
def vis_foedselsnummer(part: Sakspart, *, av: Bruker) -> str:
    """Return a party's fødselsnummer, and log who saw whose (krav R-7.1.8). Refused where there is none."""
    krev(av, Handling.VISE_FOEDSELSNUMMER, part.sak)
    if not part.foedselsnummer:
        raise Avvist("Parten har ikke noe fødselsnummer i saken.")
    logg(part.sak, Handling.VISE_FOEDSELSNUMMER, av=av, detaljer={"sakspart": part.navn}, lesing=True)
    return part.foedselsnummer
