"""Every act, and who may do it: ROLLER is the only grant in the product."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

from .roller import Funksjon, Relasjon, Rolle


class Handling(models.TextChoices):
    """An act; its value is the event's name in the log."""

    OPPRETTE_SAK = "sak.opprette", "Opprettet saken"
    OPPRETTE_SAK_ARKIV = "sak.opprette_arkiv", "Opprettet saken i arkivet"
    REDIGERE_SAK = "sak.redigere", "Endret saken"
    KLASSERE_SAK = "sak.klassere", "Klasserte saken"
    KONTROLLERE_SAK = "sak.kontrollere", "Kontrollerte saken"
    UNNTA_SAK = "sak.unnta", "Unntok saken fra prosesstyring"
    TA_INN_SAK = "sak.ta_inn", "Tok saken inn i prosesstyring"
    AVSLUTTE_SAK = "sak.avslutte", "Avsluttet saken"
    GJENAAPNE_SAK = "sak.gjenaapne", "Gjenåpnet saken"
    UTGAA_SAK = "sak.utgaa", "Satte saken utgått"
    SETTE_SAKSANSVARLIG = "sak.sette_saksansvarlig", "Satte saksansvarlig"
    SKJERME_SAK = "sak.skjerme", "Skjermet saken"
    BE_OM_RETTIGHET = "sak.be_om_rettighet", "Ba om rettigheter"
    GI_RETTIGHET = "sak.gi_rettighet", "Ga rettigheter i saken"
    AVSLAA_RETTIGHET = "sak.avslaa_rettighet", "Avslo ønske om rettigheter"
    TREKKE_RETTIGHET = "sak.trekke_rettighet", "Trakk rettigheter i saken"
    FORNYE_RETTIGHET = "sak.fornye_rettighet", "Fornyet rettigheter i saken"
    MINNE_OM_RETTIGHET = "sak.minne_om_rettighet", "Minnet om rettigheter som tar slutt"
    MERKE_SAK = "sak.merke", "Skrev merknad på saken"
    OENSKE_AVSLUTTET = "sak.oenske_avsluttet", "Ønsket saken avsluttet (ØA)"
    TREKKE_OENSKE = "sak.trekke_oenske", "Trakk ønsket om avslutning"
    SETTE_OBS = "sak.sette_obs", "Satte OBS-dato"
    UTFOERE_OBS = "sak.utfoere_obs", "Merket OBS-dato som utført"
    ENDRE_SAKSPART = "sak.endre_sakspart", "Endret saksparter"
    VISE_FOEDSELSNUMMER = "sak.vise_foedselsnummer", "Så fødselsnummeret til en part"
    LAGE_PARTSINNSYN = "sak.lage_partsinnsyn", "Laget partsinnsyn"
    AVGJOERE_PARTSINNSYN = "sak.avgjoere_partsinnsyn", "Avgjorde unntak fra partsinnsyn"
    LEVERE_PARTSINNSYN = "sak.levere_partsinnsyn", "Leverte ut partsinnsyn"
    LESE_PARTSINNSYN = "sak.lese_partsinnsyn", "Åpnet partsinnsyn"
    LESE_SAK = "sak.lese", "Åpnet skjermet sak"

    OPPRETTE_JOURNALPOST = "journalpost.opprette", "Opprettet journalposten"
    REGISTRERE_INNGAAENDE = "journalpost.registrere", "Registrerte inngående"
    REGISTRERE_I_ARKIV = "journalpost.registrere_arkiv", "Registrerte inngående i arkivet"
    REDIGERE_JOURNALPOST = "journalpost.redigere", "Endret journalposten"
    REDIGERE_ARBEIDSDATA = "journalpost.redigere_arbeidsdata", "Endret svarfrist eller arbeidsdata"
    SETTE_SAKSBEHANDLER = "journalpost.sette_saksbehandler", "Satte saksbehandler"
    FORDELE = "journalpost.fordele", "Fordelte"
    FERDIGSTILLE = "journalpost.ferdigstille", "Ferdigstilte"
    GJENAAPNE = "journalpost.gjenaapne", "Åpnet igjen for redigering"
    JOURNALFOERE = "journalpost.journalfoere", "Journalførte"
    AVJOURNALFOERE = "journalpost.avjournalfoere", "Avjournalførte"
    UTGAA = "journalpost.utgaa", "Satte journalposten utgått"
    AVSKRIVE = "journalpost.avskrive", "Avskrev"
    OPPHEVE_AVSKRIVNING = "journalpost.oppheve_avskrivning", "Opphevet avskrivningen"
    SE = "journalpost.se", "Merket som sett"
    KOPIERE = "journalpost.kopiere", "Sendte kopi"
    LESE_KOPI = "journalpost.lese_kopi", "Leste kopi"
    MERKE = "journalpost.merke", "Skrev merknad"
    LEGGE_VED = "journalpost.legge_ved", "La ved dokument"
    ORDNE_DOKUMENTER = "journalpost.ordne_dokumenter", "Endret dokumentene"
    VURDERE_OFFENTLIGHET = "journalpost.vurdere_offentlighet", "Vurderte offentlighet"
    SKJERME = "journalpost.skjerme", "Satte eller hevet tilgangskode"
    FORESLAA_SKJERMING = "journalpost.foreslaa_skjerming", "Foreslo gradering"
    AVGJOERE_SKJERMING = "journalpost.avgjoere_skjerming", "Avgjorde gradering"
    MIDLERTIDIG_SPERRE = "journalpost.midlertidig_sperre", "Sperret midlertidig (XX)"
    SLADDE = "journalpost.sladde", "Laget forslag til sladdet versjon"
    LAGE_SLADDING = "journalpost.lage_sladding", "Laget sladdet fil"
    AVGJOERE_SLADDING = "journalpost.avgjoere_sladding", "Avgjorde sladdet versjon"
    TREKKE_SLADDING = "journalpost.trekke_sladding", "Trakk tilbake sladdet versjon"
    MERKE_OPPHOER = "journalpost.merke_opphoer", "Merket at hendelsen har inntruffet"
    VARSLE_OPPHOER = "journalpost.varsle_opphoer", "Varslet at graderingen snart opphører"
    FORESLAA_OPPHOER = "journalpost.foreslaa_opphoer", "Foreslo å oppheve graderingen, som har opphørt"
    OPPHEVE_OPPHOERT = "journalpost.oppheve_opphoert", "Opphevet graderingen, som har opphørt"
    BESVARE = "journalpost.besvare", "Begynte på svar"
    KNYTTE_SVAR = "journalpost.knytte_svar", "Knyttet svar"
    LOESE_SVAR = "journalpost.loese_svar", "Løste svar"
    SENDE_TIL_GODKJENNING = "journalpost.sende_til_godkjenning", "Sendte til godkjenning"
    TREKKE_GODKJENNING = "journalpost.trekke_godkjenning", "Trakk tilbake fra godkjenning"
    GODKJENNE = "journalpost.godkjenne", "Svarte på godkjenning"
    MISTE_GODKJENNING = "godkjenning.miste", "Endret dokumentet: godkjenningen falt bort"
    EKSPEDERE = "journalpost.ekspedere", "Ekspederte"
    FEILE_EKSPEDERING = "journalpost.feile_ekspedering", "Fikk ikke sendt e-post"
    SIGNERE = "journalpost.signere", "Registrerte signatur"
    SKRIVE_TEKST = "journalpost.skrive_tekst", "Skrev i dokumentet"
    SJEKKE_UT = "journalpost.sjekke_ut", "Sjekket ut dokumentet"
    SJEKKE_INN = "journalpost.sjekke_inn", "Sjekket inn dokumentet"
    ANGRE_UTSJEKKING = "journalpost.angre_utsjekking", "Angret utsjekkingen"
    BRYTE_UTSJEKKING = "journalpost.bryte_utsjekking", "Brøt utsjekkingen"
    BESTILLE_SKANNING = "journalpost.bestille_skanning", "Bestilte skanning"
    UTFOERE_SKANNING = "journalpost.utfoere_skanning", "Utførte skanning"
    LAGE_ARKIVKOPI = "journalpost.lage_arkivkopi", "Laget arkivkopi"
    BESTILLE_ARKIVKOPI = "journalpost.bestille_arkivkopi", "Bestilte arkivkopi på nytt"
    BEHOLDE_ORIGINAL = "journalpost.beholde_original", "Beholdt originalen uten arkivkopi"
    GI_PARTEN_INNSYN = "journalpost.gi_parten_innsyn", "Ga parten innsyn"
    MERKE_RELEVANT = "journalpost.merke_relevant", "Merket relevant for behandling"
    KONTROLLERE_FIL = "journalpost.kontrollere_fil", "Kontrollerte fila før publisering"
    GODTA_FUNN = "journalpost.godta_funn", "Godtok funn i fila"
    GODTA_SKJULT = "journalpost.godta_skjult", "Godtok skjult innhold i fila"
    LESE = "journalpost.lese", "Åpnet skjermet journalpost"
    LESE_FIL = "dokument.lese_fil", "Åpnet skjermet fil"

    KREVE_INNSYN = "journalpost.kreve_innsyn", "Fikk krav om innsyn"
    FORESLAA_INNSYN = "journalpost.foreslaa_innsyn", "Foreslo svar på krav om innsyn"
    VURDERE_INNSYN = "journalpost.vurdere_innsyn", "Avgjorde krav om innsyn"
    HENTE_INNSYN = "journalpost.hente_innsyn", "Utlevert dokument ble hentet"
    REGISTRERE_INNSYNSKRAV = "innsynskrav.registrere", "Registrerte krav om innsyn"
    BEHANDLE_INNSYNSKRAV = "innsynskrav.behandle", "Endret krav om innsyn"
    SPOERRE_SAMTYKKE = "innsynskrav.samtykke", "Spurte om samtykke til innsyn"
    SVARE_INNSYNSKRAV = "innsynskrav.svare", "Svarte på krav om innsyn"
    BEGRUNNE_INNSYNSKRAV = "innsynskrav.be_om_begrunnelse", "Fikk ønske om nærmere begrunnelse"
    KLAGE_INNSYNSKRAV = "innsynskrav.klage", "Fikk klage på avslag om innsyn"
    OVERSENDE_INNSYNSKLAGE = "innsynskrav.oversende_klage", "Oversendte klagen til Statsforvalteren"
    AVGJOERE_INNSYNSKLAGE = "innsynskrav.avgjoere_klage", "Registrerte utfallet av klagen"
    JOURNALFOERE_INNSYNSKRAV = "innsynskrav.journalfoere", "Journalførte kravet om innsyn"
    AVSLUTTE_INNSYNSKRAV = "innsynskrav.avslutte", "Avsluttet krav om innsyn uten svar"
    FEILE_INNSYNSMELDING = "innsynskrav.feile_epost", "Fikk ikke sendt e-post til den som krever innsyn"

    SENDE_FLAGG = "flagg.sende", "Sendte flagg"
    LESE_FLAGG = "flagg.lese", "Leste flagg"
    BESVARE_FLAGG = "flagg.besvare", "Besvarte flagg"
    BEHANDLE_FLAGG = "flagg.behandle", "Behandlet flagg"
    BRUKE_TITTELFORSLAG = "flagg.bruke_tittel", "Brukte foreslått tittel"

    ADMINISTRERE = "organisasjon.administrere", "Administrerte organisasjonen"
    ADMINISTRERE_ARKIVSTRUKTUR = "arkivstruktur.administrere", "Administrerte arkivstrukturen"
    ADMINISTRERE_KONTAKT = "kontakt.administrere", "Endret kontakt"
    ADMINISTRERE_GRUPPE = "tilgangsgruppe.administrere", "Endret tilgangsgruppe"
    ADMINISTRERE_FORDELINGSREGEL = "fordelingsregel.administrere", "Endret fordelingsregel"
    ADMINISTRERE_KODELISTE = "kodeliste.administrere", "Endret kodeliste"
    REGISTRERE_STEDFORTREDER = "organisasjon.registrere_stedfortreder", "Registrerte stedfortreder"
    REGISTRERE_FRAVAER = "organisasjon.registrere_fravaer", "Registrerte fravær"
    VELGE_UTSEENDE = "bruker.velge_utseende", "Valgte utseende"
    SE_KONTROLL = "organisasjon.se_kontroll", "Så kontrollister"
    SE_SOM = "bruker.se_som", "Så hva en annen kan se"
    SE_TILGANGSENDRINGER = "tilgang.se_endringer", "Så endringer i tilgang"
    SE_JOURNALRAPPORT = "journal.se_rapport", "Så journalrapporter"
    ADMINISTRERE_MAL = "tekstmal.administrere", "Endret tekstmal"
    ADMINISTRERE_SKRIVEREGEL = "skriveregel.administrere", "Endret skriveregel"
    VELGE_VARSEL = "bruker.velge_varsel", "Valgte varsling på e-post"


@dataclass(frozen=True)
class Regel:
    """Who may act: a role held anywhere, a leader's function in the object's unit, or a relation to it."""

    roller: frozenset[Rolle] = frozenset()
    funksjon: Funksjon | None = None
    relasjoner: frozenset[Relasjon] = frozenset()


def _regel(*hvem: Rolle | Relasjon, leder: Funksjon | None = None) -> Regel:
    return Regel(
        roller=frozenset(h for h in hvem if isinstance(h, Rolle)),
        funksjon=leder,
        relasjoner=frozenset(h for h in hvem if isinstance(h, Relasjon)),
    )


_ARK, _ADM = Rolle.ARK, Rolle.ADM
_SA, _SB = Relasjon.SAKSANSVARLIG, Relasjon.SAKSBEHANDLER
_SKRIVER, _MOTTAKER, _SKRIVERETT = Relasjon.REGISTRERT_AV, Relasjon.MOTTAKER, Relasjon.SKRIVERETT
_GODKJENNER = Relasjon.GODKJENNER
_I_SAK, _ANSATT = Relasjon.SAKSBEHANDLER_I_SAK, Relasjon.ANSATT
_LEDE = Funksjon.LEDE

ROLLER: dict[Handling, Regel] = {
    Handling.OPPRETTE_SAK: _regel(_ANSATT),
    Handling.OPPRETTE_SAK_ARKIV: _regel(_ARK),
    Handling.REDIGERE_SAK: _regel(_SA, _ARK, leder=_LEDE),
    Handling.KLASSERE_SAK: _regel(_SA, _ARK, leder=_LEDE),
    Handling.KONTROLLERE_SAK: _regel(_ARK),
    Handling.UNNTA_SAK: _regel(_ARK),
    Handling.TA_INN_SAK: _regel(_ARK),
    Handling.AVSLUTTE_SAK: _regel(_ARK),
    Handling.GJENAAPNE_SAK: _regel(_ARK),
    Handling.UTGAA_SAK: _regel(_ARK),
    Handling.SETTE_SAKSANSVARLIG: _regel(_ARK, leder=_LEDE),
    Handling.SKJERME_SAK: _regel(leder=Funksjon.GRADERE),
    Handling.BE_OM_RETTIGHET: _regel(_ANSATT),
    Handling.GI_RETTIGHET: _regel(_SA, leder=_LEDE),
    Handling.AVSLAA_RETTIGHET: _regel(_SA, leder=_LEDE),
    Handling.TREKKE_RETTIGHET: _regel(_SA, leder=_LEDE),
    Handling.FORNYE_RETTIGHET: _regel(_SA, leder=_LEDE),
    Handling.MINNE_OM_RETTIGHET: _regel(),
    Handling.MERKE_SAK: _regel(_SA, _I_SAK, _SKRIVERETT, _ARK, leder=_LEDE),
    Handling.OENSKE_AVSLUTTET: _regel(_SA, _I_SAK, leder=_LEDE),
    Handling.TREKKE_OENSKE: _regel(_SA, _I_SAK, _ARK, leder=_LEDE),
    Handling.SETTE_OBS: _regel(_SA, _I_SAK, _SKRIVERETT, leder=_LEDE),
    Handling.UTFOERE_OBS: _regel(_SA, _I_SAK, _SKRIVERETT, leder=_LEDE),
    Handling.ENDRE_SAKSPART: _regel(_SA, _I_SAK, _SKRIVERETT, _ARK, leder=_LEDE),
    Handling.VISE_FOEDSELSNUMMER: _regel(_SA, _I_SAK, _SKRIVERETT, _ARK, leder=_LEDE),
    Handling.LAGE_PARTSINNSYN: _regel(_SA, _I_SAK, _ARK, leder=_LEDE),
    Handling.AVGJOERE_PARTSINNSYN: _regel(leder=Funksjon.GRADERE),
    Handling.LEVERE_PARTSINNSYN: _regel(_SA, _I_SAK, _ARK, leder=_LEDE),
    Handling.LESE_PARTSINNSYN: _regel(_ANSATT),
    Handling.LESE_SAK: _regel(_ANSATT),
    Handling.OPPRETTE_JOURNALPOST: _regel(_SA, _SKRIVERETT, _ARK, leder=Funksjon.SKRIVE_PAA_VEGNE),
    Handling.REGISTRERE_INNGAAENDE: _regel(_ANSATT),
    Handling.REGISTRERE_I_ARKIV: _regel(_ARK),
    Handling.REDIGERE_JOURNALPOST: _regel(_SKRIVER, _SB, _SA, _GODKJENNER, _ARK, leder=_LEDE),
    Handling.REDIGERE_ARBEIDSDATA: _regel(_SKRIVER, _SB, _SA, _ARK, leder=_LEDE),
    Handling.SETTE_SAKSBEHANDLER: _regel(_SB, _SA, _ARK, leder=_LEDE),
    Handling.FORDELE: _regel(_ARK, leder=Funksjon.FORDELE),
    Handling.FERDIGSTILLE: _regel(_SB, _SA, Relasjon.ARKIV_AV_GODKJENT, leder=_LEDE),
    Handling.GJENAAPNE: _regel(_SB, _SA, leder=_LEDE),
    Handling.JOURNALFOERE: _regel(_ARK),
    Handling.AVJOURNALFOERE: _regel(_ARK),
    Handling.UTGAA: _regel(_ARK),
    Handling.AVSKRIVE: _regel(_SB, _MOTTAKER, _SA, _ARK, leder=_LEDE),
    Handling.OPPHEVE_AVSKRIVNING: _regel(_SB, _MOTTAKER, _SA, _ARK, leder=_LEDE),
    Handling.SE: _regel(_SB, _MOTTAKER),
    Handling.KOPIERE: _regel(_ANSATT),
    Handling.LESE_KOPI: _regel(_ANSATT),
    Handling.MERKE: _regel(_SKRIVER, _SB, _SA, _MOTTAKER, _I_SAK, _SKRIVERETT, _ARK, leder=_LEDE),
    Handling.LEGGE_VED: _regel(_SKRIVER, _SB, _SA, _GODKJENNER, _ARK, leder=_LEDE),
    Handling.ORDNE_DOKUMENTER: _regel(_SKRIVER, _SB, _SA, _GODKJENNER, _ARK, leder=_LEDE),
    Handling.VURDERE_OFFENTLIGHET: _regel(_SKRIVER, _SB, _SA, leder=Funksjon.GRADERE),
    Handling.SKJERME: _regel(_SKRIVER, _SB, _SA, leder=Funksjon.GRADERE),
    Handling.FORESLAA_SKJERMING: _regel(_SB, _SA, _ARK),
    Handling.AVGJOERE_SKJERMING: _regel(leder=Funksjon.GRADERE),
    Handling.MIDLERTIDIG_SPERRE: _regel(_ARK, _SB, _SA, leder=Funksjon.GRADERE),
    Handling.SLADDE: _regel(_SKRIVER, _SB, _SA, _ARK, leder=Funksjon.GRADERE),
    Handling.LAGE_SLADDING: Regel(),
    Handling.AVGJOERE_SLADDING: _regel(leder=Funksjon.GRADERE),
    Handling.TREKKE_SLADDING: _regel(leder=Funksjon.GRADERE),
    Handling.MERKE_OPPHOER: _regel(_SB, _SA, _ARK, leder=Funksjon.GRADERE),
    Handling.VARSLE_OPPHOER: _regel(),
    Handling.FORESLAA_OPPHOER: _regel(),
    Handling.OPPHEVE_OPPHOERT: _regel(),
    Handling.BESVARE: _regel(_SB, _MOTTAKER, _SA, leder=Funksjon.SKRIVE_PAA_VEGNE),
    Handling.KNYTTE_SVAR: _regel(_SKRIVER, _SB, _SA, leder=_LEDE),
    Handling.LOESE_SVAR: _regel(_SKRIVER, _SB, _SA, leder=_LEDE),
    Handling.SENDE_TIL_GODKJENNING: _regel(_SKRIVER, _SB, _SA, leder=_LEDE),
    Handling.TREKKE_GODKJENNING: _regel(_SKRIVER, _SB, _SA, leder=_LEDE),
    Handling.GODKJENNE: _regel(_GODKJENNER),
    Handling.MISTE_GODKJENNING: _regel(_ANSATT),
    Handling.EKSPEDERE: _regel(_SB, _SA, _ARK, leder=_LEDE),
    Handling.FEILE_EKSPEDERING: Regel(),
    Handling.SIGNERE: _regel(_SKRIVER, _SB, _SA, _ARK, leder=_LEDE),
    Handling.SKRIVE_TEKST: _regel(_SKRIVER, _SB, _SA, _GODKJENNER, leder=_LEDE),
    Handling.SJEKKE_UT: _regel(_SKRIVER, _SB, _SA, _GODKJENNER, leder=_LEDE),
    Handling.SJEKKE_INN: _regel(_SKRIVER, _SB, _SA, _GODKJENNER, leder=_LEDE),
    Handling.ANGRE_UTSJEKKING: _regel(_ANSATT),
    Handling.BRYTE_UTSJEKKING: _regel(_ARK, leder=_LEDE),
    Handling.BESTILLE_SKANNING: _regel(_ANSATT),
    Handling.UTFOERE_SKANNING: _regel(_ARK),
    Handling.LAGE_ARKIVKOPI: _regel(),
    Handling.BESTILLE_ARKIVKOPI: _regel(_SKRIVER, _SB, _SA, _ARK, leder=_LEDE),
    Handling.BEHOLDE_ORIGINAL: _regel(_ARK),
    Handling.GI_PARTEN_INNSYN: _regel(_SA, _I_SAK, _ARK, leder=_LEDE),
    Handling.MERKE_RELEVANT: _regel(_SB, _SA, Rolle.MS, leder=_LEDE),
    Handling.KONTROLLERE_FIL: _regel(),
    Handling.GODTA_FUNN: _regel(_SB, _SA, _ARK, leder=Funksjon.GRADERE),
    Handling.GODTA_SKJULT: _regel(_ARK, leder=Funksjon.GRADERE),
    Handling.LESE: _regel(_ANSATT),
    Handling.LESE_FIL: _regel(_ANSATT),
    Handling.KREVE_INNSYN: _regel(_ARK),
    Handling.FORESLAA_INNSYN: _regel(_SB, _SA, _ARK),
    Handling.VURDERE_INNSYN: _regel(leder=Funksjon.GRADERE),
    Handling.HENTE_INNSYN: _regel(),
    Handling.REGISTRERE_INNSYNSKRAV: _regel(_ARK),
    Handling.BEHANDLE_INNSYNSKRAV: _regel(_ARK),
    Handling.SPOERRE_SAMTYKKE: _regel(_ARK),
    Handling.SVARE_INNSYNSKRAV: _regel(_ARK),
    Handling.BEGRUNNE_INNSYNSKRAV: _regel(_ARK),
    Handling.KLAGE_INNSYNSKRAV: _regel(_ARK),
    Handling.OVERSENDE_INNSYNSKLAGE: _regel(_ARK),
    Handling.AVGJOERE_INNSYNSKLAGE: _regel(_ARK),
    Handling.JOURNALFOERE_INNSYNSKRAV: _regel(_ARK),
    Handling.AVSLUTTE_INNSYNSKRAV: _regel(_ARK),
    Handling.FEILE_INNSYNSMELDING: _regel(),
    Handling.SENDE_FLAGG: _regel(_ANSATT),
    Handling.LESE_FLAGG: _regel(_ANSATT),
    Handling.BESVARE_FLAGG: _regel(_ANSATT),
    Handling.BEHANDLE_FLAGG: _regel(_ANSATT),
    Handling.BRUKE_TITTELFORSLAG: _regel(_ARK),
    Handling.ADMINISTRERE: _regel(_ADM),
    Handling.ADMINISTRERE_ARKIVSTRUKTUR: _regel(_ADM, _ARK),
    Handling.ADMINISTRERE_KONTAKT: _regel(_ANSATT),
    Handling.ADMINISTRERE_GRUPPE: _regel(_ADM, Relasjon.EIER),
    Handling.ADMINISTRERE_FORDELINGSREGEL: _regel(_ADM, _ARK),
    Handling.ADMINISTRERE_KODELISTE: _regel(_ADM),
    Handling.REGISTRERE_STEDFORTREDER: _regel(_ADM, Relasjon.SELV),
    Handling.REGISTRERE_FRAVAER: _regel(_ADM, Relasjon.SELV, leder=_LEDE),
    Handling.VELGE_UTSEENDE: _regel(Relasjon.SELV),
    Handling.SE_KONTROLL: _regel(_ADM, Rolle.IK, Rolle.RAAD),
    Handling.SE_SOM: _regel(_ADM, _ARK),
    Handling.SE_TILGANGSENDRINGER: _regel(_ADM, _ARK, Rolle.IK),
    Handling.SE_JOURNALRAPPORT: _regel(_ADM, _ARK, Rolle.IK, Rolle.RAAD),
    Handling.ADMINISTRERE_MAL: _regel(_ADM, _ARK),
    Handling.ADMINISTRERE_SKRIVEREGEL: _regel(_ADM, _ARK),
    Handling.VELGE_VARSEL: _regel(Relasjon.SELV),
}
