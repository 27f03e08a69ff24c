"""What a municipality's cases are about: titles, who writes to whom, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

# Each letter: type, party, genre, working days after the one before, chance in per cent, title, marks.
# Parties: hoved (the case's own party), person, firma, utested, lag, etat, or a name; for N and X: kollega or alle.
# Marks: svar (answers what is open in the case), vent (expects an answer), kart, foto, skjema, epost, nn (nynorsk),
# U P E S (the code), flere (several of them).
TABELL = """
# byggesak | TEK | BYGG | BYGG | gbnr | soeker | sb.kari sb.ola sf.bente | 46
= Gnr. {gnr} bnr. {bnr} – {tiltak} – {adresse}
I | hoved | soeknad | 0 | 100 | Søknad om tillatelse til tiltak – {tiltak} | vent skjema kart
U | hoved | kvittering | 2 | 80 | Bekreftelse på mottatt søknad – {tiltak} |
I | person | merknad | 4 | 60 | Nabomerknad til {tiltak} | flere
U | hoved | mangel | 4 | 60 | Mangler ved søknaden – etterlysing av dokumentasjon |
I | hoved | supplement | 6 | 65 | Supplerende dokumentasjon – situasjonsplan og snitt | kart vent
N | kollega | notat | 3 | 35 | Ber om uttalelse om avkjørsel og vannforsyning – {adresse} | vent
I | etat | uttalelse | 5 | 45 | Uttalelse til dispensasjon – gnr. {gnr} bnr. {bnr} |
X | kollega | referat | 2 | 35 | Referat fra befaring {adresse} | foto
U | hoved | vedtak | 6 | 85 | Tillatelse til tiltak – {tiltak} – gnr. {gnr} bnr. {bnr} | svar
I | person | klage | 12 | 12 | Klage på tillatelse til tiltak – {tiltak} | vent
U | person | klagesvar | 8 | 10 | Foreløpig svar på klage |
I | hoved | soeknad | 30 | 50 | Søknad om ferdigattest – {tiltak} | vent skjema foto
U | hoved | vedtak | 5 | 48 | Ferdigattest – {tiltak} – gnr. {gnr} bnr. {bnr} | svar

# skjenking | TEK | SAK | SKJENK | U63 | utested | sb.ola sb.kari | 16
= Søknad om skjenkebevilling – {part}
= Serveringsbevilling – {part}
= Ambulerende skjenkebevilling – sommerarrangement – {part}
I | hoved | soeknad | 0 | 100 | Søknad om skjenkebevilling – {part} | vent skjema
U | hoved | kvittering | 2 | 70 | Foreløpig svar på søknad om skjenkebevilling |
U | Politiet i Fjordvik | hoering | 2 | 75 | Ber om uttalelse til søknad om skjenkebevilling – {part} |
I | Politiet i Fjordvik | uttalelse | 8 | 70 | Uttalelse til søknad om skjenkebevilling – {part} |
I | hoved | supplement | 4 | 50 | Oversikt over styrer og stedfortreder | U
I | person | merknad | 6 | 25 | Innspill om støy fra uteservering |
S | - | saksframlegg | 5 | 20 | Skjenkebevilling for {part} |
U | hoved | vedtak | 10 | 70 | Vedtak om skjenkebevilling – {part} | svar
I | hoved | rapport | 25 | 40 | Omsetningsoppgave for alkohol – {part} | skjema
I | firma | rapport | 20 | 30 | Rapport fra skjenkekontroll – {part} |

# vann | TEK | SAK | ALM | M10 | soeker | nes.ida sb.ola | 20
= Vannlekkasje på privat stikkledning – {adresse}
= Vannmåler – avvik i avlesning – {adresse}
= Tilknytning til kommunalt vannverk – {adresse}
= Trykkforhold i vannforsyningen – {omraade}
I | hoved | soeknad | 0 | 100 | Henvendelse om vannforsyning – {adresse} | vent foto
U | hoved | kvittering | 2 | 50 | Foreløpig svar om vannforsyning – {adresse} |
N | kollega | notat | 3 | 40 | Ber om kontroll av trykk og ledningskart – {vei} | vent kart
X | kollega | referat | 3 | 40 | Måleresultater fra kontroll i {vei} |
I | firma | tilbud | 5 | 40 | Pristilbud på utbedring av stikkledning |
U | hoved | paalegg | 5 | 60 | Pålegg om utbedring av stikkledning – {adresse} | svar
I | hoved | melding | 10 | 45 | Melding om utført arbeid – {adresse} | foto

# avloep | TEK | SAK | ALM | M30 | person | nes.ida sf.bente | 16
= Pålegg om utkopling av septiktank – gnr. {gnr} bnr. {bnr}
= Utsleppsløyve for spreidd avløp – {adresse}
= Tilbakeslag i avløpsledning – {adresse}
U | hoved | varsel_nn | 0 | 80 | Varsel om pålegg om utkopling av septiktank | nn
I | hoved | merknad_nn | 8 | 75 | Merknad til varsel om pålegg | nn vent
U | hoved | vedtak_nn | 6 | 70 | Vedtak om utkopling av septiktank – gnr. {gnr} bnr. {bnr} | nn svar
I | hoved | klage_nn | 9 | 30 | Klage på vedtak om utkopling | nn vent epost
I | firma | rapport | 12 | 50 | Ferdigmelding for avløpsanlegg – {adresse} | skjema kart
X | kollega | referat | 3 | 40 | Tilsyn med avløpsanlegg – {adresse} | foto

# renovasjon | TEK | SAK | ALM | M50 | person | sf.bente sb.ola | 10
= Klage på renovasjonsgebyr – {adresse}
= Fritak for renovasjonsgebyr – {adresse}
= Plassering av nedgravde avfallsbrønner – {omraade}
I | hoved | klage | 0 | 100 | Klage på renovasjonsgebyr – {adresse} | vent epost
U | hoved | kvittering | 3 | 60 | Foreløpig svar på henvendelse om renovasjonsgebyr |
U | hoved | klagesvar | 8 | 75 | Svar på klage på renovasjonsgebyr – {adresse} | svar
I | hoved | melding | 10 | 25 | Nye opplysninger om bruk av eiendommen |

# vei | TEK | SAK | ALM | Q14 | soeker | sb.ola led.anne | 22
= Søknad om avkjørsel fra kommunal vei – {adresse}
= Vintervedlikehold i {vei}
= Gravetillatelse i {vei}
= Veilys i {omraade}
I | hoved | soeknad | 0 | 100 | Søknad om tillatelse – {vei} | vent kart
I | person | merknad | 4 | 40 | Innspill fra beboere i {vei} | epost
U | Statens vegvesen | hoering | 3 | 35 | Ber om uttalelse – tiltak i {vei} |
I | Statens vegvesen | uttalelse | 8 | 35 | Uttalelse til tiltak i {vei} |
U | hoved | vedtak | 6 | 80 | Svar på søknad – {vei} | svar
I | firma | melding | 15 | 40 | Melding om ferdigstilt graving og istandsetting – {vei} | foto

# trafikk | TEK | SAK | ALM | Q88 | lag | led.anne sb.ola | 9
= Fartsdempende tiltak i {vei}
= Trafikksikker skolevei – {omraade}
= Ny gang- og sykkelvei {omraade}
I | hoved | soeknad | 0 | 100 | Ønske om fartsdempende tiltak i {vei} | vent
I | person | merknad | 3 | 70 | Støtte til fartsdempende tiltak i {vei} | flere epost
N | kollega | notat | 4 | 60 | Ber om fartsmåling i {vei} | vent
X | kollega | rapport | 8 | 55 | Resultat av fartsmåling i {vei} |
S | - | saksframlegg | 6 | 25 | Prioritering av trafikksikkerhetstiltak |
U | hoved | vedtak | 8 | 65 | Svar om fartsdempende tiltak i {vei} | svar

# plan | TEK | SAK | ALM | L12 | firma | led.anne sf.bente sb.kari | 12
= Detaljregulering for {omraade}
= Detaljregulering for {omraade} – endring av plan
= Områdeplan for {omraade}
I | hoved | soeknad | 0 | 100 | Planinitiativ – {omraade} | vent kart
X | alle | referat | 8 | 70 | Referat fra oppstartsmøte – {omraade} |
U | etat | hoering | 10 | 80 | Varsel om oppstart av planarbeid – {omraade} | flere
I | etat | uttalelse | 8 | 90 | Innspill til planoppstart – {omraade} | flere
I | person | merknad | 4 | 90 | Merknad til planarbeid – {omraade} | flere
I | lag | merknad | 4 | 70 | Merknad til detaljregulering for {omraade} | flere
I | hoved | rapport | 12 | 70 | Planforslag med planbeskrivelse – {omraade} | kart vent
N | kollega | notat | 4 | 60 | Ber om faglig vurdering av planforslag – {omraade} | vent
S | - | saksframlegg | 8 | 40 | Førstegangsbehandling – detaljregulering for {omraade} |
U | etat | hoering | 6 | 60 | Offentlig ettersyn – detaljregulering for {omraade} | flere
I | etat | uttalelse | 15 | 60 | Uttalelse ved offentlig ettersyn – {omraade} | flere
I | person | merknad | 5 | 50 | Merknad ved offentlig ettersyn – {omraade} | flere

# landbruk | TEK | SAK | ALM | V | person | sf.bente nes.ida | 10
= Søknad om konsesjon – gnr. {gnr} bnr. {bnr}
= SMIL-midlar – {adresse}
= Deling av landbrukseigedom – gnr. {gnr} bnr. {bnr}
I | hoved | soeknad_nn | 0 | 100 | Søknad om konsesjon – gnr. {gnr} bnr. {bnr} | nn vent skjema
U | hoved | kvittering_nn | 3 | 60 | Stadfesting på motteken søknad | nn
I | etat | uttalelse | 8 | 40 | Uttalelse etter jordloven – gnr. {gnr} bnr. {bnr} |
U | hoved | vedtak_nn | 8 | 70 | Vedtak om konsesjon – gnr. {gnr} bnr. {bnr} | nn svar

# kulturtilskudd | KULT | SAK | ALM | C03 | lag | sb.per led.nils | 28
= Kulturtilskudd {aar} – {part}
= Tilskudd til jubileum – {part}
= Driftstilskudd {aar} – {part}
I | hoved | soeknad | 0 | 100 | Søknad om kulturtilskudd – {part} | vent skjema
U | hoved | kvittering | 2 | 60 | Bekreftelse på mottatt søknad om kulturtilskudd |
I | hoved | rapport | 4 | 65 | Årsmelding og regnskap – {part} |
N | kollega | notat | 3 | 30 | Ber om vurdering av søknad fra {part} | vent
X | kollega | notat | 4 | 25 | Poengberegning for søknad fra {part} |
U | hoved | vedtak | 9 | 80 | Tildeling av kulturtilskudd – {part} | svar
I | hoved | melding | 12 | 40 | Takk for tilskuddet og plan for bruk av midlene | epost
I | hoved | rapport | 40 | 35 | Rapport for bruk av kulturtilskudd – {part} | foto

# spillemidler | KULT | SAK | ALM | 223 | lag | led.nils sb.per | 10
= Spillemidler – rehabilitering av klubbhus – {part}
= Spelemidlar – nærmiljøanlegg i {omraade}
= Spillemidler – kunstgressbane {omraade}
I | hoved | soeknad | 0 | 100 | Søknad om spillemidler – {part} | vent skjema kart
U | hoved | mangel | 5 | 60 | Etterlysing av finansieringsplan |
I | hoved | supplement | 6 | 70 | Revidert kostnadsoverslag og finansieringsplan |
U | Fjordfylket fylkeskommune | oversending | 6 | 70 | Oversending av godkjente søknader om spillemidler | svar
I | Fjordfylket fylkeskommune | vedtak | 20 | 50 | Tilsagn om spillemidler – {part} |

# arrangement | KULT | SAK | ALM | C | lag | sb.per sf.per | 18
= Leie av kulturhuset – {part}
= Fjordvikdagene {aar}
= Konsert i Fjordvik kulturhus – {part}
= Utlån av scene og lydanlegg – {part}
I | hoved | soeknad | 0 | 100 | Forespørsel om leie av kulturhuset | vent epost
U | hoved | avtale | 3 | 75 | Leieavtale for Fjordvik kulturhus – {part} | svar
I | hoved | melding | 5 | 50 | Program og teknisk behov – {part} |
I | firma | tilbud | 4 | 35 | Tilbud på lyd og lys |
X | kollega | referat | 4 | 40 | Referat fra samordningsmøte om arrangement |
U | hoved | faktura | 10 | 45 | Fakturagrunnlag for leie av kulturhuset |

# bibliotek | KULT | SAK | ALM | C | lag | sf.per | 14
= Meråpent bibliotek – {omraade}
= Forfatterbesøk og litteraturuke {aar}
= Innkjøp av bøker til skolebibliotekene
= Bokbuss – nye stoppesteder i {omraade}
I | hoved | soeknad | 0 | 100 | Ønske om utvidet åpningstid – {omraade} | vent epost
N | kollega | notat | 4 | 50 | Ber om innspill til drift av biblioteket | vent
I | Fjordfylket fylkeskommune | vedtak | 8 | 50 | Tilsagn om utviklingsmidler til biblioteket |
X | alle | referat | 5 | 60 | Referat fra bibliotekmøte |
U | hoved | vedtak | 6 | 70 | Svar om åpningstider ved biblioteket | svar

# kulturminner | KULT | SAK | ALM | C50 | person | led.nils u.arne | 9
= Kulturminneplan for Fjordvik
= Istandsetting av naust – {adresse}
= Vern av steinbru ved {omraade}
I | hoved | soeknad | 0 | 100 | Søknad om tilskudd til istandsetting – {adresse} | vent foto
U | Fjordfylket fylkeskommune | hoering | 4 | 60 | Ber om kulturminnefaglig uttalelse – {adresse} |
I | Fjordfylket fylkeskommune | uttalelse | 9 | 60 | Kulturminnefaglig uttalelse – {adresse} |
U | hoved | vedtak | 7 | 65 | Tilsagn om tilskudd til istandsetting – {adresse} | svar
I | hoved | rapport | 25 | 40 | Sluttrapport for istandsetting – {adresse} | foto

# klagesak | KULT | SAK | ALM | 0 | firma | u.arne | 16
= Krav om erstatning – {part}
= Klage på offentlig anskaffelse – {part}
= Tvist om leieavtale – {part}
I | hoved | klage | 0 | 100 | Klage og varsel om krav – {part} | vent U
U | hoved | kvittering | 2 | 70 | Foreløpig svar på klage |
X | kollega | notat | 5 | 70 | Juridisk vurdering av kravet fra {part} | U
N | kollega | notat | 3 | 50 | Ber om faktiske opplysninger i tvist | U vent
I | hoved | supplement | 6 | 50 | Utfyllende bevis og beregninger – {part} | U
U | hoved | klagesvar | 8 | 70 | Kommunens svar på krav fra {part} | U svar

# personal | RÅD | PERS | PERS | 400 | person | pers.mia | 16 | P
= Personalmappe – {person}
= Oppfølging av sykefravær – {person}
= Permisjon – {person}
I | hoved | soeknad | 0 | 100 | Søknad om permisjon – {person} | vent P
X | selv | referat | 5 | 80 | Referat fra samtale med {person} | P
U | hoved | vedtak | 4 | 80 | Svar på søknad om permisjon – {person} | P svar
I | hoved | melding | 10 | 50 | Legeerklæring – {person} | P
X | selv | notat | 8 | 40 | Oppfølgingsplan – {person} | P

# ansettelse | RÅD | SAK | ALM | 400 | - | pers.mia raad.vikar | 14
= Tilsetting i stilling som {stilling}
= Utlysing av stilling som {stilling}
X | kollega | notat | 0 | 90 | Utlysingstekst for stilling som {stilling} |
I | person | soeknad | 6 | 100 | Søknad på stilling som {stilling} | P flere
U | person | kvittering | 3 | 80 | Bekreftelse på mottatt søknad – {stilling} |
X | kollega | rapport | 6 | 70 | Offentlig søkerliste – {stilling} |
X | kollega | referat | 5 | 60 | Innstilling til stilling som {stilling} | P
U | person | vedtak | 5 | 65 | Tilbud om stilling som {stilling} | P svar

# skatt | RÅD | SAK | ALM | 2 | person | skatt.siv | 20
= Eiendomsskatt {aar} – klage på takst – {adresse}
= Fritak for eiendomsskatt – {adresse}
= Betalingsavtale for kommunale avgifter – {adresse}
I | hoved | klage | 0 | 100 | Klage på eiendomsskattetakst – {adresse} | vent
I | hoved | supplement | 5 | 60 | Opplysninger om inntekt og formue | S
X | kollega | notat | 4 | 40 | Beregning av nedsettelse | S
U | hoved | klagesvar | 8 | 80 | Svar på klage på eiendomsskattetakst – {adresse} | svar
I | firma | rapport | 6 | 30 | Ny takst for {adresse} |
U | hoved | faktura | 12 | 30 | Nedbetalingsplan | S

# politikk | RÅD | SAK | ALM | 0 | lag | ms.lise | 18
= Møteplan {aar}
= Valg av medlemmer til råd og utvalg
= Innkomne spørsmål til kommunestyret – {omraade}
= Folkemøte om {omraade}
I | hoved | merknad | 0 | 90 | Spørsmål til kommunestyret om {omraade} | vent epost
N | kollega | notat | 2 | 60 | Ber om svar på spørsmål til kommunestyret | vent
X | alle | referat | 4 | 60 | Referat fra møte med gruppelederne |
S | - | saksframlegg | 5 | 40 | Møteplan for utvalgene {aar} |
U | hoved | klagesvar | 5 | 80 | Svar på spørsmål om {omraade} | svar
I | etat | invitasjon | 6 | 40 | Invitasjon til konferanse for folkevalgte |

# ledelse | RÅD | SAK | ALM | 1 | etat | raad.jon raad.vikar | 20
= Økonomiplan {aar}–{aar4}
= Høring – endringer i kommuneloven
= Interkommunalt samarbeid om {samarbeid}
= Beredskapsplan – revisjon {aar}
I | hoved | hoering | 0 | 100 | Høring – {samarbeid} | vent
N | kollega | notat | 3 | 70 | Ber om innspill til høring | vent
N | kollega | svarnotat | 5 | 50 | Innspill til høring fra avdelingen |
X | alle | referat | 3 | 60 | Referat fra ledermøte |
U | hoved | uttalelse | 6 | 70 | Høringsuttalelse fra Fjordvik kommune | svar
I | hoved | invitasjon | 10 | 40 | Invitasjon til samling om {samarbeid} | epost

# anskaffelse | RÅD | SAK | ALM | 2 | firma | raad.vikar raad.jon | 10
= Anskaffelse av {vare}
= Rammeavtale – {vare}
X | kollega | notat | 0 | 90 | Behovsbeskrivelse – {vare} |
U | firma | hoering | 5 | 80 | Invitasjon til å gi tilbud – {vare} | flere
I | firma | tilbud | 8 | 100 | Tilbud på {vare} | U flere
X | kollega | rapport | 5 | 70 | Anskaffelsesprotokoll – {vare} | U
U | firma | vedtak | 3 | 75 | Meddelelse om valg av leverandør – {vare} | svar
U | firma | avtale | 10 | 50 | Kontrakt – {vare} |

# kontroll | RÅD | SAK | ALM | 0 | etat | ik.vera | 16
= Forvaltningsrevisjon – {kontroll}
= Tilsyn med {kontroll}
= Internkontroll {aar} – {kontroll}
I | hoved | melding | 0 | 100 | Varsel om tilsyn – {kontroll} | vent
N | kollega | notat | 3 | 70 | Ber om dokumentasjon til tilsyn – {kontroll} | vent
U | hoved | oversending | 8 | 75 | Oversending av dokumentasjon – {kontroll} | svar
I | hoved | rapport | 15 | 65 | Foreløpig tilsynsrapport – {kontroll} | vent
U | hoved | klagesvar | 6 | 50 | Tilsvar til foreløpig rapport – {kontroll} | svar
X | alle | referat | 4 | 60 | Oppfølging av avvik – {kontroll} |
I | hoved | vedtak | 12 | 40 | Lukking av avvik – {kontroll} |

# drift | RÅD | SAK | ALM | 0 | firma | adm.root | 10
= Drift av fagsystemer – {system}
= Avtale om {system}
= Personvern og informasjonssikkerhet – {system}
I | hoved | melding | 0 | 100 | Melding om ny versjon av {system} | vent epost
N | kollega | notat | 3 | 60 | Ber om tilbakemelding på test av {system} | vent
X | alle | referat | 4 | 60 | Referat fra driftsmøte – {system} |
U | hoved | avtale | 6 | 60 | Databehandleravtale – {system} | svar
I | hoved | tilbud | 8 | 40 | Pristilbud på opplæring i {system} |

# elev | SKOLE1 | ELEV | ELEV | B31 | person | skole1.liv | 12 | E
= Elevmappe – {barn}
I | hoved | soeknad | 0 | 100 | Søknad om permisjon fra opplæringen – {barn} | E vent
X | selv | referat | 5 | 70 | Referat fra foreldresamtale – {barn} | E
U | hoved | vedtak | 4 | 80 | Svar på søknad om permisjon – {barn} | E svar
U | hoved | vedtak | 10 | 50 | Enkeltvedtak om individuelt tilrettelagt opplæring – {barn} | E
I | hoved | melding | 8 | 40 | Merknad til enkeltvedtak – {barn} | E

# elev2 | SKOLE2 | ELEV | ELEV | B31 | person | skole2.geir | 10 | E
= Elevmappe – {barn}
I | hoved | soeknad | 0 | 100 | Søknad om skolebytte – {barn} | E vent
X | selv | referat | 5 | 70 | Referat fra samarbeidsmøte – {barn} | E
U | hoved | vedtak | 6 | 80 | Vedtak om skolebytte – {barn} | E svar
U | hoved | paalegg | 8 | 40 | Skolemiljø – aktivitetsplan – {barn} | E

# skole | SKOLE1 | SAK | ALM | A20 | lag | skole1.liv | 12
= Skolerute {aar} – Fjordvik skole
= Utleie av gymsal ved Fjordvik skole – {part}
= Uteområde ved Fjordvik skole
= Skoleskyss – {omraade}
I | hoved | soeknad | 0 | 100 | Henvendelse om Fjordvik skole – {part} | vent epost
N | kollega | notat | 3 | 60 | Ber om vurdering fra teknisk avdeling | vent
X | alle | referat | 4 | 70 | Referat fra møte i samarbeidsutvalget |
I | person | merknad | 5 | 50 | Innspill fra foreldrene i FAU | foto
U | hoved | vedtak | 6 | 75 | Svar fra Fjordvik skole – {part} | svar

# skole2 | SKOLE2 | SAK | ALM | A20 | lag | skole2.geir les.gry | 18
= Skolerute {aar} – Moa skole
= Leie av aula ved Moa skole – {part}
= Leirskole {aar} – Moa skole
= Mobilfri skole – Moa skole
I | hoved | soeknad | 0 | 100 | Henvendelse om Moa skole – {part} | vent epost
N | kollega | notat | 3 | 60 | Ber om innspill om Moa skole | vent
X | alle | referat | 4 | 70 | Referat fra personalmøte ved Moa skole |
I | person | merknad | 5 | 50 | Innspill fra foreldre ved Moa skole | epost
U | hoved | vedtak | 6 | 75 | Svar fra Moa skole – {part} | svar

# arkiv | ARK | SAK | ALM | 0 | person | ark.eva ark.tom | 20
= Arkivplan {aar}
= Innsynsbegjæring – {samarbeid}
= Avlevering av eldre arkiv til depot
= Bevarings- og kassasjonsplan – {kontroll}
I | hoved | soeknad | 0 | 100 | Begjæring om innsyn i saksdokumenter | vent epost
N | kollega | notat | 1 | 60 | Ber om vurdering av innsynsbegjæring | vent
U | hoved | vedtak | 2 | 85 | Svar på begjæring om innsyn | svar
I | Fjordfylket interkommunale arkiv IKS | rapport | 10 | 50 | Tilsynsrapport om arkivholdet |
X | alle | notat | 4 | 50 | Rutine for journalføring – påminning |
"""

VERDIER: dict[str, tuple[str, ...]] = {
    "tiltak": tuple(
        "oppføring av garasje|tilbygg til enebolig|bruksendring av kjeller|oppføring av naust|fasadeendring|"
        "oppføring av enebolig|riving av uthus|terrasse og støttemur|oppføring av fritidsbolig|"
        "oppføring av flytebrygge|"
        "oppføring av driftsbygning|fradeling av tomt".split("|")
    ),
    "stilling": tuple(
        "byggesaksbehandler|lærer ved Moa skole|kulturskolelærer|driftsoperatør vann og avløp|bibliotekar|"
        "arealplanlegger|"
        "økonomirådgiver|renholder|assisterende rektor|helsefagarbeider".split("|")
    ),
    "samarbeid": tuple(
        "legevakt|brannvern|barnevernvakt|renovasjon|kommuneadvokat|IKT-drift|landbrukskontor|ny forvaltningslov|"
        "forskrift om skolemiljø|regional transportplan".split("|")
    ),
    "vare": tuple(
        "brøytetjenester|kontormøbler|elektrikertjenester|lekeapparater|matvarer til institusjon|kopipapir|arbeidstøy|"
        "vannmålere|renholdstjenester|elbiler".split("|")
    ),
    "kontroll": tuple(
        "byggesaksbehandlingen|arkiv og journalføring|drikkevannsforsyningen|skolemiljø ved Moa skole|"
        "offentlige anskaffelser|avtaler om vintervedlikehold|tilskuddsforvaltningen|personvern i skolene".split("|")
    ),
    "system": tuple(
        "sak- og arkivsystemet|kartportalen|timeføringen|skoleplattformen|nettsidene|lønnssystemet".split("|")
    ),
}


@dataclass(frozen=True)
class Brev:
    """One letter or note that a case of this kind may hold."""

    type: str
    part: str
    sjanger: str
    dager: int
    sjanse: int
    tittel: str
    merker: frozenset[str]

    @property
    def kode(self) -> str:
        return next((k for k in "UPES" if k in self.merker), "")


@dataclass(frozen=True)
class Tema:
    """One kind of case."""

    noekkel: str
    enhet: str
    arkivdel: str
    sakstype: str
    klasse: str
    part: str
    ansvarlige: tuple[str, ...]
    antall: int
    kode: str
    titler: tuple[str, ...]
    brev: tuple[Brev, ...]


@cache
def temaer() -> tuple[Tema, ...]:
    """Return every kind of case, read from the table."""
    funnet = []
    for blokk in TABELL.strip().split("\n\n"):
        hode, *linjer = blokk.strip().splitlines()
        noekkel, enhet, arkivdel, sakstype, klasse, part, ansvarlige, antall, *kode = _felt(hode[1:])
        funnet.append(
            Tema(
                noekkel,
                enhet,
                arkivdel,
                sakstype,
                klasse,
                part,
                tuple(ansvarlige.split()),
                int(antall),
                kode[0] if kode else "",
                tuple(linje[1:].strip() for linje in linjer if linje.startswith("=")),
                tuple(les_brev(linje) for linje in linjer if not linje.startswith("=")),
            )
        )
    return tuple(funnet)


def _felt(linje: str) -> list[str]:
    return [felt.strip() for felt in linje.split("|")]


def les_brev(linje: str) -> Brev:
    """Return the letter of one line of the table."""
    type_, part, sjanger, dager, sjanse, tittel, merker = _felt(linje)
    return Brev(type_, part, sjanger, int(dager), int(sjanse), tittel, frozenset(merker.split()))
