"""What the letters of the demo say: paragraphs by genre, with the letter's own title and case in them."""

from __future__ import annotations

TEKSTER: dict[str, tuple[str, ...]] = {
    "soeknad": (
        "Vi viser til tidligere kontakt og sender med dette: {tittel}.",
        "Saken gjelder {sak}. Vi har lagt ved de opplysningene som skjemaet ber om, og mener at vilkårene er oppfylt. "
        "Dersom kommunen trenger flere opplysninger, ber vi om å få beskjed så snart som mulig.",
        "Berørte naboer og interesser er varslet der det er krav om det. Vi ønsker svar på e-post eller i brev, og er "
        "tilgjengelige på telefon i kontortiden.",
    ),
    "kvittering": (
        "Fjordvik kommune har mottatt henvendelsen din om {sak}.",
        "Saken er registrert og fordelt til saksbehandler. Vi tar sikte på å gi svar innen fire uker. Blir det "
        "forsinkelser, får du beskjed med ny forventet svartid, jf. forvaltningsloven § 11 a.",
        "Oppgi saksnummeret dersom du kontakter oss om saken. Du kan følge saken på kommunens postliste.",
    ),
    "mangel": (
        "Vi har gått gjennom det innsendte materialet i saken om {sak} og mangler noen opplysninger før vi kan avgjøre "
        "den.",
        "Vi ber om: 1) oppdatert situasjonsplan i målestokk 1:500, 2) snitt og fasader med påførte mål, og 3) "
        "kvittering "
        "for nabovarsel. Saksbehandlingsfristen løper ikke før dokumentasjonen er mottatt.",
        "Frist for å sende inn er tre uker fra datoen på dette brevet. Hører vi ikke noe, blir saken avgjort på det "
        "grunnlaget som foreligger.",
    ),
    "supplement": (
        "Vi viser til brevet fra kommunen og sender med dette de opplysningene det er bedt om: {tittel}.",
        "Endringene er merket med rødt i vedlegget. Det er ikke gjort andre endringer i prosjektet, og naboene er "
        "orientert om det nye materialet.",
    ),
    "merknad": (
        "Vi har fått varsel om {sak} og ønsker å komme med følgende merknader.",
        "Tiltaket vil etter vårt syn føre til mer trafikk og støy i et område der mange barn går til skolen. Vi ber "
        "kommunen vurdere tidsbegrensninger og bedre belysning, og at det blir gjort en ny vurdering av "
        "siktforholdene.",
        "Vi er ikke imot saken som sådan, men mener at disse forholdene må være avklart før den blir avgjort. Vi "
        "stiller "
        "gjerne på befaring.",
    ),
    "uttalelse": (
        "Vi viser til oversendelsen av saken om {sak} og gir her vår uttalelse.",
        "Etter en samlet vurdering har vi ikke avgjørende merknader. Vi forutsetter at nasjonale og regionale hensyn "
        "blir ivaretatt i den videre behandlingen, og at vilkårene i tidligere vedtak blir fulgt.",
        "Vi ber om å få tilsendt kopi av vedtaket når saken er avgjort.",
    ),
    "hoering": (
        "Fjordvik kommune sender med dette saken om {sak} på høring og ber om uttalelse.",
        "Bakgrunnen går fram av vedlagte dokumenter. Vi ber særlig om synspunkter på konsekvenser for trafikk, "
        "miljø og "
        "økonomi, og på om det er forhold som bør avklares før saken blir lagt fram til avgjørelse.",
        "Uttalelsen må være mottatt innen fire uker. Den som ikke har merknader, trenger ikke svare.",
    ),
    "vedtak": (
        "Fjordvik kommune har behandlet saken om {sak}.",
        "Vedtak: Kommunen godkjenner søknaden slik den er beskrevet i saksdokumentene. Arbeidet må være satt i "
        "gang innen "
        "tre år, og vilkårene i gjeldende plan og avtaler gjelder.",
        "Begrunnelse: Søknaden er i samsvar med gjeldende regelverk. Innkomne merknader er vurdert, og vi har "
        "lagt vekt "
        "på at ulempene for naboer og omgivelser er begrenset.",
        "Vedtaket kan påklages innen tre uker etter at du mottok dette brevet, jf. forvaltningsloven §§ 28 og "
        "29. Klagen "
        "sendes til Fjordvik kommune.",
    ),
    "paalegg": (
        "Kommunen har kontrollert forholdet og finner at kravene ikke er oppfylt. Saken gjelder {sak}.",
        "Vi pålegger deg å rette forholdet innen seks uker. Arbeidet skal utføres av et godkjent foretak, og "
        "ferdigmelding skal sendes kommunen når arbeidet er avsluttet.",
        "Pålegget kan påklages innen tre uker. Ta kontakt med saksbehandler dersom noe er uklart.",
    ),
    "klage": (
        "Jeg klager med dette på avgjørelsen i saken om {sak}.",
        "Kommunen har etter mitt syn ikke tatt hensyn til de faktiske forholdene på stedet. Like tilfeller er "
        "behandlet "
        "ulikt, og begrunnelsen svarer ikke på det jeg tok opp i merknadene mine.",
        "Jeg ber om at vedtaket blir omgjort, eller at klagen blir sendt til klageinstansen uten unødig opphold.",
    ),
    "klagesvar": (
        "Vi viser til henvendelsen din om {sak}.",
        "Vi har gått gjennom saken på nytt. Det er ikke kommet fram nye opplysninger som endrer vurderingen, men "
        "vi har "
        "rettet beregningen og beklager at informasjonen fra oss ikke var god nok.",
        "Har du spørsmål, kan du kontakte saksbehandleren. Du kan be om innsyn i alle dokumentene i saken.",
    ),
    "notat": (
        "Notatet gjelder {sak}.",
        "Vi ber om en kort faglig vurdering av de forholdene som går fram av saken, og særlig om dette får følger for "
        "drift og budsjett. Saken er planlagt avgjort i løpet av de neste ukene.",
        "Fint om du svarer i saken, slik at vurderingen følger dokumentene.",
    ),
    "svarnotat": (
        "Viser til notatet om {sak}.",
        "Avdelingen har vurdert saken og har ingen innvendinger. Vi foreslår at tiltaket blir samordnet med planlagt "
        "vedlikehold, og at kostnadene dekkes innenfor gjeldende ramme.",
    ),
    "referat": (
        "{tittel}. Til stede: saksbehandler, leder og berørte parter.",
        "1. Gjennomgang av saken. Partene orienterte om status og om hva som gjenstår. 2. Avklaringer. Det ble "
        "enighet om "
        "ansvar og frister. 3. Videre arbeid. Saksbehandler følger opp og kaller inn til nytt møte ved behov.",
        "Merknader til referatet må meldes innen en uke.",
    ),
    "rapport": (
        "{tittel}. Rapporten omfatter perioden siden forrige rapportering.",
        "Aktiviteten har i hovedsak vært som planlagt. Avvik er forklart i tabellen, og det er satt inn tiltak der "
        "resultatet ikke er tilfredsstillende. Regnskapet er gjennomgått og funnet i orden.",
        "Konklusjon: Kravene er oppfylt, med forbehold om punktene som er merket for oppfølging.",
    ),
    "melding": (
        "Vi melder med dette fra om følgende i saken om {sak}: {tittel}.",
        "Arbeidet er utført i samsvar med det som var avtalt. Bilder og nærmere opplysninger følger ved der det er "
        "aktuelt. Ta kontakt dersom noe mangler.",
    ),
    "tilbud": (
        "Vi takker for forespørselen og gir med dette følgende tilbud: {tittel}.",
        "Samlet pris er oppgitt uten merverdiavgift og omfatter levering, montering og opprydding. Tilbudet er "
        "bindende "
        "i 60 dager. Referanser og skatteattest er lagt ved.",
    ),
    "spoersmaal": (
        "Jeg viser til saken om {sak}.",
        "Det er en stund siden jeg hørte noe, og jeg lurer på hvor langt dere er kommet. Kan dere si når jeg kan vente "
        "svar, og om dere mangler noe fra meg?",
    ),
    "framdrift": (
        "Vi viser til henvendelsen din om {sak}.",
        "Saken er under behandling. Vi venter på en intern avklaring og regner med å kunne gi svar i løpet av tre "
        "uker. Du trenger ikke sende inn mer nå.",
    ),
    "fristoenske": (
        "Vi viser til brevet fra kommunen i saken om {sak}.",
        "Dokumentasjonen må hentes inn fra flere, og vi rekker ikke å bli ferdige i tide. Vi ber derfor om tre uker "
        "lengre frist.",
    ),
    "fristsvar": (
        "Vi viser til anmodningen om utsatt frist i saken om {sak}.",
        "Fristen blir forlenget med tre uker. Kommer det ikke noe innen da, blir saken avgjort på det grunnlaget som "
        "foreligger.",
    ),
    "innkalling": (
        "Vi ønsker et møte om {sak}.",
        "På møtet går vi gjennom hva som gjenstår, hvem som gjør hva, og når saken kan avgjøres. Møtet varer en time "
        "og holdes på rådhuset. Gi beskjed dersom tidspunktet ikke passer.",
    ),
    "moetesvar": (
        "Vi takker for innkallingen til møte om {sak}.",
        "Tidspunktet passer, og vi kommer to personer. Vi tar med oppdaterte tegninger og en framdriftsplan.",
    ),
    "telefon": (
        "Samtalen gjaldt {sak}.",
        "Innringeren ville vite hvordan saken ligger an, og la til noen opplysninger om bakgrunnen. Jeg orienterte om "
        "videre behandling og om retten til innsyn. Opplysningene endrer ikke vurderingen.",
    ),
    "ventetid": (
        "Fjordvik kommune arbeider med saken om {sak}.",
        "Vi har dessverre ikke rukket å avgjøre den innen den tiden vi varslet. Grunnen er mange saker samtidig. Vi "
        "regner med å svare innen fire uker, jf. forvaltningsloven § 11 a.",
    ),
    "purring": (
        "Jeg har fortsatt ikke fått svar i saken om {sak}.",
        "Fristen dere oppga, er gått ut. Jeg ber om svar så snart som mulig, eller en forklaring på hvorfor det tar "
        "tid.",
    ),
    "innspill": (
        "Vi har sett på postlisten at kommunen behandler saken om {sak}.",
        "Vi blir berørt av det som skal avgjøres, og ber om at hensynet til trygg ferdsel og gode uteområder får vekt. "
        "Vi ønsker å bli varslet når det er gjort vedtak.",
    ),
    "innspillsvar": (
        "Takk for innspillet i saken om {sak}.",
        "Vi har tatt det med i vurderingen. Du får kopi av vedtaket når saken er avgjort, og kan følge den på "
        "kommunens postliste.",
    ),
    "avtale": (
        "Mellom Fjordvik kommune og den andre parten er det inngått avtale om {sak}.",
        "Partene forplikter seg til å varsle hverandre ved endringer. Betaling skjer etter faktura med 30 dagers "
        "frist. "
        "Avtalen kan sies opp med tre måneders varsel.",
        "Avtalen er skrevet i to eksemplarer, ett til hver part.",
    ),
    "faktura": (
        "{tittel}. Grunnlaget er beregnet etter gjeldende gebyrregulativ for Fjordvik kommune.",
        "Beløpet blir fakturert i neste termin. Spørsmål om beregningen kan rettes til saksbehandler før forfall.",
    ),
    "oversending": (
        "Vi oversender med dette dokumentene i saken om {sak}.",
        "Dokumentene er gjennomgått og kontrollert. Oversikten viser hva som er lagt ved, og i hvilken rekkefølge. "
        "Vi ber om bekreftelse på at alt er mottatt.",
    ),
    "invitasjon": (
        "Vi har gleden av å invitere til: {tittel}.",
        "Programmet omfatter faglige innlegg, erfaringsutveksling og tid til spørsmål. Påmeldingsfristen er to "
        "uker før "
        "samlingen. Deltakelsen er gratis, men overnatting må bestilles av den enkelte.",
    ),
    "saksframlegg": (
        "Saken gjelder: {tittel}.",
        "Faktiske opplysninger: Det vises til dokumentene i saken. Vurdering: Tiltaket er i tråd med kommunens planer. "
        "Økonomiske konsekvenser dekkes innenfor budsjettet.",
        "Forslag til innstilling: Saken blir godkjent slik den er lagt fram.",
    ),
    "soeknad_nn": (
        "Vi viser til tidlegare kontakt og sender med dette: {tittel}.",
        "Saka gjeld {sak}. Vi har lagt ved dei opplysningane skjemaet ber om, og meiner at vilkåra er oppfylte. "
        "Dersom kommunen treng fleire opplysningar, ber vi om å få melding så snart råd er.",
    ),
    "kvittering_nn": (
        "Fjordvik kommune har motteke søknaden din. Saka gjeld {sak}.",
        "Vi tek sikte på å gje svar innan fire veker. Blir det forseinkingar, får du melding om ny svartid.",
    ),
    "vedtak_nn": (
        "Fjordvik kommune har handsama saka: {tittel}.",
        "Vedtak: Kommunen gjer vedtak i samsvar med forureiningslova og den lokale forskrifta. Arbeidet skal vere "
        "avslutta innan eit år.",
        "Vedtaket kan klagast på innan tre veker etter at du fekk dette brevet, jf. forvaltningslova §§ 28 og 29.",
    ),
    "varsel_nn": (
        "Kommunen varslar med dette at vi vurderer å gje pålegg. Saka gjeld {sak}.",
        "Eigedomen ligg i eit område der det er lagt nytt kommunalt leidningsnett. Du kan kome med merknader innan tre "
        "veker frå du fekk dette brevet, jf. forvaltningslova § 16.",
    ),
    "merknad_nn": (
        "Eg viser til varselet frå kommunen om {sak}.",
        "Anlegget vart lagt om for få år sidan, og kostnaden står ikkje i høve til nytten. Eg ber om lengre "
        "frist og om "
        "synfaring på staden før kommunen gjer vedtak.",
    ),
    "klage_nn": (
        "Eg klagar med dette på vedtaket i saka om {sak}.",
        "Kommunen har ikkje svara på merknadene mine, og like tilfelle er handsama ulikt. Eg ber om at vedtaket blir "
        "gjort om, eller at klaga blir send vidare til klageinstansen.",
    ),
}
HILSEN = {"nn": "Med helsing", "": "Med hilsen"}


def avsnitt(sjanger: str, tittel: str, sak: str) -> list[str]:
    """Return the paragraphs of a letter."""
    verdier = {"tittel": tittel, "sak": f"«{sak}»"}
    return [a.format_map(verdier) for a in TEKSTER[sjanger]]
