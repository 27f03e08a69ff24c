"""The record of processing activities that the product itself makes (GDPR art. 30), for the municipality's own."""

from __future__ import annotations

from dataclasses import dataclass

KOLONNER = (
    "behandlingsansvarlig", "behandling", "formål", "rettslig grunnlag", "registrerte", "opplysninger", "mottakere",
    "lagringstid", "sikkerhet",
)  # fmt: skip


@dataclass(frozen=True)
class Behandling:
    """One processing activity: what, why, by which law, about whom, what, to whom, how long, how secured."""

    behandling: str
    formaal: str
    grunnlag: str
    registrerte: str
    opplysninger: str
    mottakere: str
    lagringstid: str
    sikkerhet: str


BEVARES = "Bevares etter arkivlova og bevaringsforskrifta; kassasjon bare etter godkjent kassasjonsvedtak"

BEHANDLINGER = (
    Behandling(
        "Journalføring og arkiv",
        "Dokumentere kommunens virksomhet og gi innsyn",
        "GDPR art. 6 nr. 1 bokstav c og e; arkivlova; arkivforskrifta §§ 14 og 15",
        "Avsendere, mottakere og dem dokumentene handler om",
        "Navn, adresse, e-post, telefon og innholdet i dokumentene, også særlige kategorier der saken krever det",
        "Ansatte etter tilgangskode; publikum gjennom postliste og innsyn, skjermet",
        BEVARES,
        "Tilgangskode, tilgangsgruppe og logg over lesing av det som er skjermet",
    ),
    Behandling(
        "Saksparter",
        "Vite hvem en sak gjelder, og gi partsinnsyn",
        "GDPR art. 6 nr. 1 bokstav c og e; forvaltningsloven §§ 16–19",
        "Parter og fullmektiger",
        "Navn, rolle, adresse, kontaktopplysninger; fødselsnummer der entydig identitet trengs",
        "Ansatte som ser saken; fødselsnummer bare for dem som arbeider i den",
        BEVARES,
        "Fødselsnummer er maskert, og hver visning står i loggen",
    ),
    Behandling(
        "Kontaktregister",
        "Slippe å skrive avsendere og mottakere om igjen",
        "GDPR art. 6 nr. 1 bokstav e",
        "Personer og virksomheter kommunen skriver med",
        "Navn, adresse, e-post, telefon, organisasjonsnummer, adressesperre",
        "Ansatte; adresser med sperre bare for dem som må ha dem",
        "Så lenge kontakten brukes; endringer står i loggen",
        "Adressesperre",
    ),
    Behandling(
        "Brukere og tilganger",
        "Gi ansatte og folkevalgte den tilgangen de trenger",
        "GDPR art. 6 nr. 1 bokstav c og e; art. 32",
        "Ansatte, stedfortredere og folkevalgte",
        "Navn, brukernavn, initialer, enhet, roller, autorisasjoner, fravær",
        "Administrator; navn vises for alle ansatte",
        "Så lenge arkivet bevares: det viser hvem som gjorde hva",
        "Innlogging med passord og engangskode eller virksomhetens egen pålogging",
    ),
    Behandling(
        "Hendelseslogg",
        "Vise hvem som har gjort og lest hva, og oppdage misbruk",
        "GDPR art. 6 nr. 1 bokstav c; art. 32; arkivforskrifta § 5 bokstav b og c",
        "Ansatte",
        "Person, tidspunkt, handling og objekt",
        "Ansatte som ser objektet; internkontroll",
        BEVARES,
        "Loggen kan bare føyes til, og er seglet i en kjede",
    ),
    Behandling(
        "Postliste og offentlig journal",
        "Gi allmennheten oversikt over kommunens post",
        "GDPR art. 6 nr. 1 bokstav c og e; offentleglova §§ 3 og 10; offentlegforskrifta §§ 6 og 7",
        "Avsendere og mottakere",
        "Navn, tittel og dato; aldri fødselsnummer eller det som er skjermet",
        "Publikum",
        "Så lenge journalposten er journalført; personnavn kan søkes i ett år",
        "Skjerming etter tilgangskode; sidene indekseres ikke av søkemotorer",
    ),
    Behandling(
        "Krav om innsyn",
        "Ta imot, vurdere og svare på krav om innsyn, og behandle klager",
        "GDPR art. 6 nr. 1 bokstav c; offentleglova §§ 3 og 28–32",
        "De som krever innsyn",
        "Navn og e-post når de vil oppgi det, hva de vil se, svaret og en eventuell klage",
        "Arkivet og dem som vurderer kravet; Statsforvalteren når det klages",
        BEVARES,
        "Navn er ikke påkrevd; uten e-post hentes svaret på en hemmelig adresse",
    ),
    Behandling(
        "Ekspedering",
        "Sende brev til dem de er skrevet til",
        "GDPR art. 6 nr. 1 bokstav c og e; forvaltningsloven §§ 16 og 27",
        "Mottakere av brev",
        "Navn, postadresse og e-postadresse, når og hvordan brevet ble sendt",
        "Mottakeren; e-posttjeneren når brevet går som e-post",
        BEVARES,
        "Det som er skjermet, sendes ikke som e-post",
    ),
    Behandling(
        "Varsler",
        "Si fra om nytt arbeid",
        "GDPR art. 6 nr. 1 bokstav e",
        "Ansatte",
        "Saksnummer, hva som har skjedd, og tittelen bare der mottakeren ser den",
        "Den varselet gjelder; e-posttjeneren når den ansatte har valgt e-post",
        "Så lenge objektet bevares",
        "Skjermede titler forlater aldri systemet",
    ),
)


def behandlingsprotokoll(kommune: str) -> list[tuple[str, ...]]:
    """Return the record as rows, its columns first."""
    rader = [
        (kommune, b.behandling, b.formaal, b.grunnlag, b.registrerte, b.opplysninger, b.mottakere, b.lagringstid,
         b.sikkerhet)
        for b in BEHANDLINGER
    ]  # fmt: skip
    return [KOLONNER, *rader]
