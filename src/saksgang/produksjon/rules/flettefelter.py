"""The merge fields: name, meaning and a sample of each. The template page and the handbook print this table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

TEKST, RIK = "tekst", "rik"


@dataclass(frozen=True)
class Felt:
    """One field. felter: what an object or the items of a list consist of. rik: formatted, alone in a paragraph."""

    navn: str
    forklaring: str
    eksempel: str = ""
    felter: tuple[Felt, ...] = ()
    liste: bool = False
    rik: bool = False

    @property
    def skjema(self) -> Any:
        """Return the field's shape, as the check of templates reads it."""
        if not self.felter:
            return RIK if self.rik else TEKST
        innhold = {felt.navn: felt.skjema for felt in self.felter}
        return [innhold] if self.liste else innhold

    @property
    def eksempelverdi(self) -> Any:
        """Return sample data for the preview of a template."""
        if not self.felter:
            return self.eksempel
        innhold = {felt.navn: felt.eksempelverdi for felt in self.felter}
        return [innhold] if self.liste else innhold


_ADRESSAT = (
    Felt("navn", "Navnet", "Kroa AS"),
    Felt("adresse", "Gateadresse eller postboks", "Storgata 14"),
    Felt("postnummer", "Postnummer", "6899"),
    Felt("poststed", "Poststed", "Fjordvik"),
    Felt("adresseblokk", "Navn og adresse på hver sin linje", "Kroa AS\nStorgata 14\n6899 Fjordvik"),
)

FLETTEFELTER: tuple[Felt, ...] = (
    Felt("mottaker", "Mottakeren brevet flettes for; «Mottakere etter liste» når det er flere", felter=_ADRESSAT),
    Felt("mottakere", "Alle mottakerne; tom når brevet flettes for én av flere", felter=_ADRESSAT, liste=True),
    Felt(
        "kopimottakere",
        "De som får kopi",
        felter=(Felt("navn", "Navnet", "Politiet i Fjordvik"),),
        liste=True,
    ),
    Felt("vaar_ref", "Vår referanse: saksnummer og dokumentnummer", "2026/101-6"),
    Felt("deres_ref", "Deres referanse", "42/26"),
    Felt("dato", "Dokumentdatoen skrevet ut", "2. mars 2026"),
    Felt("dato_kort", "Dokumentdatoen med tall", "02.03.2026"),
    Felt("tittel", "Tittelen på journalposten", "Svar på søknad om skjenkebevilling"),
    Felt(
        "sak",
        "Saken",
        felter=(
            Felt("nummer", "Saksnummer", "2026/101"),
            Felt("tittel", "Sakstittel", "Søknad om skjenkebevilling – Kroa AS"),
            Felt("ordningsverdi", "Ordningsverdi", "U63"),
        ),
    ),
    Felt(
        "saksbehandler",
        "Saksbehandleren",
        felter=(
            Felt("navn", "Navn", "Kari Lunde"),
            Felt("tittel", "Stillingstittel", "Saksbehandler"),
            Felt("telefon", "Telefon", "57 00 10 00"),
            Felt("epost", "E-postadresse", "kari.lunde@fjordvik.example"),
        ),
    ),
    Felt("enhet", "Enheten", felter=(Felt("navn", "Navnet", "Teknisk"), Felt("kode", "Kortnavnet", "TEK"))),
    Felt(
        "kommune",
        "Kommunen, slik den står i oppsettet",
        felter=(
            Felt("navn", "Navnet", "Fjordvik kommune"),
            Felt("adresse", "Postadressen på én linje", "Rådhusgata 1, 6899 Fjordvik"),
            Felt("telefon", "Telefon", "57 00 10 00"),
            Felt("epost", "E-postadresse", "postmottak@fjordvik.example"),
            Felt("nettsted", "Nettsted", "fjordvik.example"),
            Felt("organisasjonsnummer", "Organisasjonsnummer", "910 075 918"),
        ),
    ),
    Felt(
        "parter",
        "Partene i saken",
        felter=(Felt("navn", "Navnet", "Kroa AS"), Felt("rolle", "Rollen i saken", "Søker")),
        liste=True,
    ),
    Felt(
        "vedlegg",
        "Vedleggene på journalposten",
        felter=(Felt("nummer", "Nummer", "1"), Felt("tittel", "Tittel", "Kart over skjenkearealet")),
        liste=True,
    ),
    Felt("unntatt", "Linjen om tilgangskode og hjemmel; tom når dokumentet er offentlig", ""),
    Felt("hjemmel", "Bare hjemmelen", "offl. § 13 jf. fvl. § 13"),
    Felt(
        "besvart",
        "Dokumentet som besvares",
        felter=(
            Felt("tittel", "Tittel", "Søknad om skjenkebevilling"),
            Felt("dato", "Datoen på dokumentet", "9. februar 2026"),
            Felt("mottatt", "Dagen det kom", "10. februar 2026"),
            Felt("vaar_ref", "Nummeret det har hos oss", "2026/101-1"),
        ),
    ),
    Felt("svarfrist", "Svarfristen på det som besvares", "16. mars 2026"),
    Felt(
        "godkjenner",
        "Den som har godkjent",
        felter=(Felt("navn", "Navn", "Anne Hauge"), Felt("tittel", "Stillingstittel", "Teknisk sjef")),
    ),
    Felt("elektronisk_godkjent", "«ja» når dokumentet er godkjent elektronisk, ellers tom", "ja"),
)


def skjema(felter: Sequence[Felt]) -> dict[str, Any]:
    """Return the shape of all the fields."""
    return {felt.navn: felt.skjema for felt in felter}


def eksempelfakta(felter: Sequence[Felt]) -> dict[str, Any]:
    """Return sample data for every field that is not formatted."""
    return {felt.navn: felt.eksempelverdi for felt in felter if not felt.rik}


def flat(felter: Sequence[Felt], foran: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield name, meaning and sample of each field that may be written in a template, in order."""
    for felt in felter:
        navn = f"{foran}{felt.navn}"
        if felt.liste:
            yield navn, f"{felt.forklaring} (liste)", ""
            yield from ((f"{navn}[].{n}", f, e) for n, f, e in flat(felt.felter))
        elif felt.felter:
            yield from flat(felt.felter, f"{navn}.")
        else:
            yield navn, felt.forklaring, felt.eksempel
