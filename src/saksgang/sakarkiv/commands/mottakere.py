"""The recipients of a letter to many: added from the parties of the case or from a list, taken away (krav R-8.7)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from saksgang.kjerne.csvfil import Importrapport, Rad, les_csv
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.identifikatorer import orgnr_gyldig
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Korrespondansepart, Sakspart
from saksgang.sakarkiv.queries.kontakt import adresse
from saksgang.sakarkiv.rules import ADRESSEFELTER, Journalposttype, Parttype, Parttypesak
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .dokument import meld_endret
from .felles import krev_aapen_sak
from .felter import felter_for, laast
from .journalpost import Part, laas_journalpost, legg_til_mottakere, oppdater_partsnavn
from .noekler import oppdater_journalpost

KOLONNER = ("navn",)
VALGFRIE = ("adresse", "postnummer", "poststed", "epost", "organisasjonsnummer")
LENGDER = {"navn": 300, "adresse": 300, "postnummer": 10, "poststed": 100, "epost": 254}
MAKS = 2000
"""Recipients of one letter; a notice to more than this is an announcement."""

Noekkel = tuple[str, str, str]


def _noekkel(part: Part | Korrespondansepart) -> Noekkel:
    """Who it is, for finding the same one twice: name and address as one writes them."""
    felt = (part.navn, part.adresse, part.postnummer)
    return tuple(" ".join(f.split()).casefold() for f in felt)  # type: ignore[return-value]


def _aapne(journalpost: Journalpost, *, av: Bruker) -> Journalpost:
    journalpost = laas_journalpost(journalpost)
    krev(av, Handling.REDIGERE_JOURNALPOST, journalpost)
    krev_aapen_sak(journalpost.sak)
    if journalpost.journalposttype != Journalposttype.UTGAAENDE:
        raise Avvist("Bare utgående brev har mottakere etter liste.")
    if "parter" not in felter_for(journalpost, av):
        raise laast(
            journalpost,
            f"Mottakerne er låst når brevet har status {journalpost.status} {journalpost.get_status_display()}. "
            "Åpne det igjen for redigering først.",
        )
    return journalpost


def _staar(journalpost: Journalpost) -> list[Korrespondansepart]:
    mottakere = (Parttype.MOTTAKER, Parttype.KOPIMOTTAKER)
    return list(journalpost.parter.filter(gyldig=True, type__in=mottakere).order_by("rekkefoelge", "pk"))


def _legg_til(
    journalpost: Journalpost, nye: Sequence[Part], staar: Sequence[Korrespondansepart], *, av: Bruker
) -> None:
    if len(staar) + len(nye) > MAKS:
        raise Avvist(f"Et brev kan ha {MAKS} mottakere. Del lista på flere brev, eller kunngjør i stedet.")
    foer = journalpost.partsnavn
    legg_til_mottakere(journalpost, nye)
    _meld_parter(journalpost, foer, {"mottakere lagt til": len(nye)}, av=av)


def _meld_parter(journalpost: Journalpost, foer: str, detaljer: dict[str, int], *, av: Bruker) -> None:
    """Bring keys and index up to date with the recipients, log what they were, and tell the higher rooms."""
    oppdater_journalpost(journalpost)
    endringer = {"parter": (foer, journalpost.partsnavn)}
    logg(journalpost, Handling.REDIGERE_JOURNALPOST, av=av, endringer=endringer, detaljer=detaljer)
    meld_endret(journalpost, av=av)


@kommando
def legg_til_saksparter(journalpost: Journalpost, saksparter: Sequence[Sakspart], *, av: Bruker) -> int:
    """Make parties of the case recipients, in this order; return how many were not so already.

    Refused where the recipients are locked, for parties of another case, and without any that is new.
    """
    journalpost = _aapne(journalpost, av=av)
    if not saksparter:
        raise UgyldigInndata({"sakspart": "Velg minst én sakspart."})
    if any(part.sak_id != journalpost.sak_id or part.avsluttet_dato is not None for part in saksparter):
        raise Avvist("En av partene er ikke lenger part i saken. Last siden på nytt og velg igjen.")
    staar = _staar(journalpost)
    kjente = {_noekkel(part) for part in staar}
    nye = []
    for sakspart in saksparter:
        part = _som_part(sakspart, av=av)
        if _noekkel(part) not in kjente:
            kjente.add(_noekkel(part))
            nye.append(part)
    if not nye:
        raise Avvist("De valgte partene er mottakere allerede.")
    _legg_til(journalpost, nye, staar, av=av)
    return len(nye)


def _som_part(sakspart: Sakspart, *, av: Bruker) -> Part:
    felter = {felt: getattr(sakspart, felt) for felt in sorted(ADRESSEFELTER)}
    if sakspart.kontakt is not None and not any(felter.values()):
        felter = adresse(av, sakspart.kontakt)
    return Part(
        navn=sakspart.navn,
        er_person=sakspart.type == Parttypesak.PERSON,
        organisasjonsnummer=sakspart.organisasjonsnummer,
        kontakt=sakspart.kontakt,
        **felter,
    )


@kommando
def importer_mottakere_csv(
    journalpost: Journalpost, fil: bytes | str, *, proeve: bool = False, av: Bruker
) -> Importrapport:
    """Take recipients from a CSV file: all of them, or none where a line is wrong (krav R-8.7). proeve: store nothing.

    Those who are recipients already are left as they are. Refused where the recipients are locked, for what is no CSV
    with the column navn, and for too many.
    """
    journalpost = _aapne(journalpost, av=av)
    rapport = Importrapport(proeve=proeve)
    staar = _staar(journalpost)
    kjente = {_noekkel(part) for part in staar}
    i_fila: dict[Noekkel, int] = {}
    nye = []
    for rad in les_csv(fil, paakrevd=KOLONNER, valgfri=VALGFRIE):
        if feil := _feil(rad):
            rapport.avvis(rad.linje, " ".join(feil))
            continue
        part = _fra_rad(rad)
        noekkel = _noekkel(part)
        if noekkel in i_fila:
            rapport.avvis(rad.linje, f"{part.navn} med samme adresse står også på linje {i_fila[noekkel]}. Ta bort én.")
            continue
        i_fila[noekkel] = rad.linje
        if noekkel in kjente:
            rapport.uendret.append(part.navn)
        else:
            rapport.opprettet.append(part.navn)
            nye.append(part)
    if not i_fila and not rapport.feil:
        raise UgyldigInndata({"fil": "Fila har ingen mottakere. Skriv én på hver linje under overskriften."})
    if nye and not rapport.feil and not proeve:
        _legg_til(journalpost, nye, staar, av=av)
    return rapport


def _feil(rad: Rad) -> list[str]:
    feil = [f"{felt} er for langt." for felt, lengde in LENGDER.items() if len(rad[felt]) > lengde]
    if not rad["navn"]:
        feil.append("Navn mangler.")
    if rad["postnummer"] and not (rad["postnummer"].isdigit() and len(rad["postnummer"]) == 4):
        feil.append(f"Postnummeret «{rad['postnummer'][:20]}» har ikke fire sifre.")
    if rad["adresse"] and not rad["postnummer"]:
        feil.append("Postnummer mangler.")
    if rad["epost"] and not _gyldig_epost(rad["epost"]):
        feil.append(f"E-postadressen «{rad['epost'][:60]}» er ikke gyldig.")
    if not rad["adresse"] and not rad["postnummer"] and not rad["epost"]:
        feil.append("Både adresse og e-postadresse mangler.")
    if (nummer := rad["organisasjonsnummer"].replace(" ", "")) and not orgnr_gyldig(nummer):
        feil.append("Organisasjonsnummeret er ikke gyldig.")
    return feil


def _gyldig_epost(tekst: str) -> bool:
    try:
        validate_email(tekst)
    except ValidationError:
        return False
    return True


def _fra_rad(rad: Rad) -> Part:
    """Return a line as a recipient; who has no organisation number is taken for a person, whose name is protected."""
    nummer = rad["organisasjonsnummer"].replace(" ", "")
    felter: dict[str, Any] = {felt: rad[felt] for felt in LENGDER}
    return Part(er_person=not nummer, organisasjonsnummer=nummer, **felter)


@kommando
def fjern_mottakere(journalpost: Journalpost, id_er: Sequence[int], *, av: Bruker) -> int:
    """Take recipients away; return how many. Their rows stay as they were. Refused where the recipients are locked."""
    journalpost = _aapne(journalpost, av=av)
    borte = [part for part in _staar(journalpost) if part.pk in set(id_er)]
    if not borte:
        raise UgyldigInndata({"mottaker": "Velg minst én mottaker å fjerne."})
    foer = journalpost.partsnavn
    Korrespondansepart.objects.filter(pk__in=[part.pk for part in borte]).update(gyldig=False)
    oppdater_partsnavn(journalpost)
    _meld_parter(journalpost, foer, {"mottakere fjernet": len(borte)}, av=av)
    return len(borte)
