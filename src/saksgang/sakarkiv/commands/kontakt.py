"""The register of contacts: making, changing and merging. Nothing is deleted."""

from __future__ import annotations

import re
from typing import Any

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.kjerne.identifikatorer import finn_foedselsnumre, orgnr_gyldig
from saksgang.kjerne.sortering import norsk_sorteringsnoekkel
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Kontakt
from saksgang.sakarkiv.rules import ADRESSEFELTER, Parttypesak
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Handling, Rolle

_MASKE = "skjermet (adressesperre)"


@kommando
def opprett_kontakt(
    *,
    type_: str,
    navn: str,
    organisasjonsnummer: str = "",
    adresse: str = "",
    postnummer: str = "",
    poststed: str = "",
    epost: str = "",
    telefon: str = "",
    adressesperre: bool = False,
    av: Bruker,
) -> Kontakt:
    """Add a person, group or organisation to the register.

    Refused without name, with an organisation number that is not valid, and where another contact has that number.
    """
    krev(av, Handling.ADMINISTRERE_KONTAKT)
    felter = _rens(
        type=type_,
        navn=navn,
        organisasjonsnummer=organisasjonsnummer,
        adresse=adresse,
        postnummer=postnummer,
        poststed=poststed,
        epost=epost,
        telefon=telefon,
    )
    _krev_gyldig(felter, None)
    kontakt = Kontakt.objects.create(
        **felter,
        adressesperre=adressesperre,
        sorteringsnavn=norsk_sorteringsnoekkel(felter["navn"])[:600],
        opprettet_dato=klokke.naa(),
    )
    nye = {felt: (None, verdi) for felt, verdi in felter.items() if verdi} | {"adressesperre": (False, adressesperre)}
    logg(kontakt, Handling.ADMINISTRERE_KONTAKT, av=av, endringer=_maskert(nye, sperret=adressesperre))
    return kontakt


@kommando
def endre_kontakt(kontakt: Kontakt, *, av: Bruker, **felter: Any) -> Kontakt:
    """Change type, navn, organisasjonsnummer, address fields or adressesperre.

    Anybody may set adressesperre; only the archive lifts it, and only the archive changes an address behind it.
    Refused for a contact that is merged into another.
    """
    krev(av, Handling.ADMINISTRERE_KONTAKT)
    kontakt = _laas(kontakt)
    _krev_gjeldende(kontakt)
    if ukjent := set(felter) - {"type", "navn", "organisasjonsnummer", "adressesperre", *ADRESSEFELTER}:
        raise UgyldigInndata(dict.fromkeys(ukjent, "Feltet kan ikke endres her."))
    sperre = felter.pop("adressesperre", kontakt.adressesperre)
    felter = _rens(**felter)
    if (
        kontakt.adressesperre
        and not rettigheter(av).har(Rolle.ARK)
        and (not sperre or ADRESSEFELTER.intersection(felter))
    ):
        raise IkkeTilgang(f"{kontakt.navn} har adressesperre. Be arkivtjenesten gjøre endringen.")
    _krev_gyldig({"type": kontakt.type, "navn": kontakt.navn} | felter, kontakt)
    felter["adressesperre"] = sperre
    endringer = {f: (getattr(kontakt, f), verdi) for f, verdi in felter.items() if getattr(kontakt, f) != verdi}
    if not endringer:
        return kontakt
    sperret = kontakt.adressesperre or sperre
    for felt, (_, verdi) in endringer.items():
        setattr(kontakt, felt, verdi)
    kontakt.sorteringsnavn = norsk_sorteringsnoekkel(kontakt.navn)[:600]
    kontakt.save(update_fields=[*endringer, "sorteringsnavn"])
    logg(kontakt, Handling.ADMINISTRERE_KONTAKT, av=av, endringer=_maskert(endringer, sperret=sperret))
    return kontakt


@kommando
def slaa_sammen(kontakt: Kontakt, med: Kontakt, *, av: Bruker) -> Kontakt:
    """Let a double point at the contact that stays, and return that one. The double is never deleted.

    The one that stays takes over an organisation number that it lacks, and an adressesperre. Refused with itself,
    where either is merged already, and where both have different organisation numbers.
    """
    krev(av, Handling.ADMINISTRERE_KONTAKT)
    if kontakt.pk == med.pk:
        raise Avvist("Kontakten kan ikke slås sammen med seg selv. Velg en annen.", felt="med")
    laast = {pk: _laas_id(pk) for pk in sorted((kontakt.pk, med.pk))}
    kontakt, med = laast[kontakt.pk], laast[med.pk]
    _krev_gjeldende(kontakt)
    _krev_gjeldende(med)
    numre = {k.organisasjonsnummer for k in (kontakt, med) if k.organisasjonsnummer}
    if len(numre) > 1:
        raise Avvist("Kontaktene har ulike organisasjonsnumre og er ikke den samme.", felt="med")
    kontakt.slaatt_sammen_med = med
    kontakt.save(update_fields=["slaatt_sammen_med"])
    logg(kontakt, Handling.ADMINISTRERE_KONTAKT, av=av, endringer={"slaatt_sammen_med": (None, f"{med.pk} {med}")})
    endringer: dict[str, tuple[Any, Any]] = {}
    if kontakt.organisasjonsnummer and not med.organisasjonsnummer:
        endringer["organisasjonsnummer"] = ("", kontakt.organisasjonsnummer)
    if kontakt.adressesperre and not med.adressesperre:
        endringer["adressesperre"] = (False, True)
    for felt, (_, verdi) in endringer.items():
        setattr(med, felt, verdi)
    if endringer:
        med.save(update_fields=list(endringer))
    logg(
        med,
        Handling.ADMINISTRERE_KONTAKT,
        av=av,
        endringer=endringer,
        detaljer={"doublett": f"{kontakt.pk} {kontakt}"},
    )
    return med


def _laas_id(pk: int) -> Kontakt:
    return Kontakt.objects.select_for_update().get(pk=pk)


def _laas(kontakt: Kontakt) -> Kontakt:
    return _laas_id(kontakt.pk)


def _krev_gjeldende(kontakt: Kontakt) -> None:
    if kontakt.slaatt_sammen_med_id is not None:
        raise Avvist(f"{kontakt.navn} er slått sammen med en annen kontakt. Bruk den.")


def _rens(**felter: str) -> dict[str, str]:
    rene = {felt: re.sub(r"\s+", " ", verdi or "").strip() for felt, verdi in felter.items()}
    if "organisasjonsnummer" in rene:
        rene["organisasjonsnummer"] = rene["organisasjonsnummer"].replace(" ", "")
    return rene


def _krev_gyldig(felter: dict[str, str], kontakt: Kontakt | None) -> None:
    feil = {}
    if felter["type"] not in Parttypesak:
        feil["type"] = "Velg person, gruppe eller organisasjon."
    if not felter["navn"]:
        feil["navn"] = "Navn mangler. Skriv navnet på personen eller virksomheten."
    for felt, verdi in felter.items():
        grense = getattr(Kontakt._meta.get_field(felt), "max_length", None)
        if grense and len(verdi) > grense:
            feil[felt] = f"Høyst {grense} tegn. Kort ned teksten."
    if any(finn_foedselsnumre(felter.get(felt, "")) for felt in ("navn", "adresse")):
        feil["navn"] = "Fødselsnummer skal ikke stå i kontaktregisteret. Fjern det."
    orgnr = felter.get("organisasjonsnummer", "")
    if orgnr and not orgnr_gyldig(orgnr):
        feil["organisasjonsnummer"] = "Organisasjonsnummeret er ikke gyldig. Det har ni sifre; kontroller tallene."
    elif orgnr:
        andre = Kontakt.objects.filter(organisasjonsnummer=orgnr, slaatt_sammen_med__isnull=True)
        if kontakt is not None:
            andre = andre.exclude(pk=kontakt.pk)
        if annen := andre.order_by("pk").first():
            feil["organisasjonsnummer"] = f"{annen.navn} har allerede dette organisasjonsnummeret. Bruk den kontakten."
    if feil:
        raise UgyldigInndata(feil)


def _maskert(endringer: dict[str, tuple[Any, Any]], *, sperret: bool) -> dict[str, tuple[Any, Any]]:
    """Keep an address behind adressesperre out of the log: that it changed is enough."""
    if not sperret:
        return endringer
    return {felt: (None, _MASKE) if felt in ADRESSEFELTER else par for felt, par in endringer.items()}
