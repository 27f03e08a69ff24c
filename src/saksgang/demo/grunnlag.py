"""Fjordvik: units, people and the four cases that the routine's scenarios stand on (the fixture of krav A)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from saksgang.arkivstruktur.commands import (
    finn_eller_opprett_eiendom,
    opprett_arkiv,
    opprett_arkivdel,
    opprett_klasse,
    opprett_system,
    start_nummerserie,
)
from saksgang.arkivstruktur.models import Arkivdel, Klasse, Klassifikasjonssystem
from saksgang.arkivstruktur.rules import Klassifikasjonstype
from saksgang.kjerne import klokke
from saksgang.lager.commands import lagre_fil
from saksgang.offentlighet.commands import registrer_i_arkivet
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.produksjon.commands import ferdigstill, legg_inn_standardmaler
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.fordeling import sett_fordelingsregel
from saksgang.sakarkiv.commands.journalpost import Part, Vedlagt, opprett_journalpost
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.models import Journalpost, Sak, Sakstype
from saksgang.tilgang.commands import (
    autoriser,
    gi_fullmakt,
    opprett_bruker,
    opprett_enhet,
    opprett_foerste_administrator,
    registrer_stedfortreder,
    tildel_rolle,
)
from saksgang.tilgang.models import Avskjermingskode, Hjemmel, Tilgangskode
from saksgang.tilgang.rules import Funksjon, Rolle

PASSORD = "fjord-og-fjell-1814"
"""The password of every demo person; the demo prints it."""

FIKSERT = dt.date(2026, 3, 2)
"""The day of krav A. Everything dated is moved so that this day becomes the first start."""

ENHETER = [
    ("TEK", "Teknisk", None, True),
    ("VAR", "Vann, avløp og renovasjon", "TEK", False),
    ("KULT", "Kultur", None, True),
    ("SKOLE1", "Fjordvik skole", None, False),
    ("SKOLE2", "Moa skole", None, False),
    ("ARK", "Arkivtjenesten", None, False),
    ("RÅD", "Rådmannens stab", None, False),
]

PERSONER: list[tuple[str, str, str, str, str, tuple[Rolle, ...]]] = [
    ("sb.kari", "Kari Lunde", "KL", "TEK", "Saksbehandler", (Rolle.SB,)),
    ("sb.ola", "Ola Vik", "OV", "TEK", "Saksbehandler", (Rolle.SB,)),
    ("sb.per", "Per Dahl", "PD", "KULT", "Kulturkonsulent", (Rolle.SB,)),
    ("led.anne", "Anne Hauge", "AH", "TEK", "Teknisk sjef", (Rolle.LED, Rolle.SB)),
    ("led.nils", "Nils Øye", "NØ", "KULT", "Kultursjef", (Rolle.LED, Rolle.SB)),
    ("nes.ida", "Ida Nes", "IN", "TEK", "Fagkoordinator", (Rolle.SB,)),
    ("sf.bente", "Bente Moen", "BM", "TEK", "Avdelingsingeniør", (Rolle.SB,)),
    ("sf.per", "Per Åsen", "PÅ", "KULT", "Biblioteksjef", (Rolle.SB,)),
    ("ark.eva", "Eva Strand", "ES", "ARK", "Arkivar", (Rolle.ARK,)),
    ("ark.tom", "Tom Bakke", "TB", "ARK", "Arkivar", (Rolle.ARK,)),
    ("ms.lise", "Lise Eide", "LE", "RÅD", "Møtesekretær", (Rolle.MS, Rolle.SB)),
    ("raad.jon", "Jon Sæther", "JS", "RÅD", "Rådmann", (Rolle.RAAD, Rolle.LED)),
    ("raad.vikar", "Vigdis Kar", "VK", "RÅD", "Assisterende rådmann", (Rolle.SB,)),
    ("ord.siri", "Siri Fjeld", "SF", "", "Ordfører", (Rolle.ORD,)),
    ("pol.tor", "Tor Berg", "TBE", "", "Folkevalgt", (Rolle.POL,)),
    ("pol.eli", "Eli Holm", "EH", "", "Folkevalgt", (Rolle.POL,)),
    ("pers.mia", "Mia Ness", "MN", "RÅD", "Personalkonsulent", (Rolle.SB,)),
    ("u.arne", "Arne Ruud", "AR", "KULT", "Jurist", (Rolle.SB,)),
    ("skole1.liv", "Liv Tangen", "LT", "SKOLE1", "Inspektør", (Rolle.SB,)),
    ("skole2.geir", "Geir Solli", "GS", "SKOLE2", "Inspektør", (Rolle.SB,)),
    ("skatt.siv", "Siv Aune", "SA", "RÅD", "Skatteoppkrever", (Rolle.SB,)),
    ("ik.vera", "Vera Lie", "VL", "RÅD", "Internkontroll", (Rolle.IK,)),
    ("les.gry", "Gry Ek", "GE", "SKOLE2", "Konsulent", (Rolle.SB,)),
]

KLASSER = [
    ("0", "Organisasjon og administrasjon"),
    ("1", "Plan og budsjett"),
    ("2", "Regnskap og finansforvaltning"),
    ("22", "Tilskudd og bidrag"),
    ("223", "Tilskudd"),
    ("4", "Personal"),
    ("40", "Personalforvaltning"),
    ("400", "Personal, generelt"),
    ("43", "Opplæring"),
    ("433", "Videreutdanning"),
    ("A", "Opplæring"),
    ("A20", "Grunnskole"),
    ("B", "Opplærings- og elevforhold"),
    ("B08", "Skolemiljø"),
    ("B31", "Elevmapper"),
    ("C", "Kultur og fritid"),
    ("C03", "Kulturtilskudd"),
    ("C50", "Kulturminner"),
    ("K", "Natur og miljø"),
    ("L", "Arealdisponering, utbygging og bolig"),
    ("L12", "Arealplan"),
    ("L42", "Byggesaker"),
    ("M", "Vann, avløp, renovasjon og brann"),
    ("M10", "Vannforsyning"),
    ("M30", "Avløp"),
    ("M50", "Renovasjon"),
    ("N", "Samferdsel og kommunikasjon"),
    ("Q", "Samferdselsanlegg"),
    ("Q14", "Kommunale veier"),
    ("Q88", "Trafikksikkerhet"),
    ("U", "Næringsliv"),
    ("U6", "Handel og servering"),
    ("U62", "Handel"),
    ("U63", "Serverings- og skjenkebevilling"),
    ("V", "Landbruk"),
    ("X", "Spesielle samfunnsoppgaver"),
]


@dataclass
class Grunnlag:
    """What the rest is built on."""

    idag: dt.date
    adm: Bruker
    enheter: dict[str, Enhet] = field(default_factory=dict)
    personer: dict[str, Bruker] = field(default_factory=dict)
    arkivdeler: dict[str, Arkivdel] = field(default_factory=dict)
    systemer: dict[str, Klassifikasjonssystem] = field(default_factory=dict)
    klasser: dict[str, Klasse] = field(default_factory=dict)

    @property
    def start(self) -> dt.date:
        """The day from which everybody works here."""
        return self.idag - dt.timedelta(days=730)

    def dag(self, maaned: int, dag: int) -> dt.date:
        """Return a day of krav A's 2026, moved with the first start."""
        return self.idag + (dt.date(2026, maaned, dag) - FIKSERT)


def skjerming(kode: str, hjemmel: str, avskjerming: str = "TP") -> Skjerming:
    """Return a code with one of its usual references."""
    return Skjerming(
        kode=Tilgangskode.objects.get(kode=kode),
        avskjerming=Avskjermingskode.objects.get(kode=avskjerming),
        hjemmel=Hjemmel.objects.get(noekkel=hjemmel),
        meroffentlighet="Hele innholdet er unntatt, og ingenting av det kan gis.",
    )


def tekstfil(tekst: str, filnavn: str = "brev.txt") -> Vedlagt:
    """Store a small text as a file."""
    return Vedlagt(lagre_fil(tekst.encode(), filnavn=filnavn), filnavn)


def bygg_organisasjon(idag: dt.date | None = None, *, passord: str | None = PASSORD) -> Grunnlag:
    """Make units, people, grants, archive and classes. Refused where an administrator exists already.

    passord: everybody's; none where they get it later, for each takes its time to compute.
    """
    idag = idag or klokke.idag()
    adm = opprett_foerste_administrator("adm.root", "Roar Rot", PASSORD)
    g = Grunnlag(idag=idag, adm=adm, personer={"adm.root": adm})
    for kode, navn, over, fagomraade in ENHETER:
        g.enheter[kode] = opprett_enhet(
            kode=kode, navn=navn, overordnet=g.enheter[over] if over else None, fagomraade=fagomraade, av=adm
        )
    for brukernavn, navn, initialer, enhet, tittel, roller in PERSONER:
        bruker = opprett_bruker(
            brukernavn=brukernavn,
            navn=navn,
            initialer=initialer,
            enhet=g.enheter.get(enhet),
            epost=f"{brukernavn}@fjordvik.example",
            telefon="57 00 10 00",
            tittel=tittel,
            passord=passord,
            aktiv_fra=g.start,
            av=adm,
        )
        g.personer[brukernavn] = bruker
        for rolle in roller:
            tildel_rolle(bruker, rolle, enhet=g.enheter.get(enhet), fra=g.start, av=adm)
    _gi_saerrettigheter(g)
    _bygg_arkiv(g)
    legg_inn_standardmaler(av=adm)
    return g


def _gi_saerrettigheter(g: Grunnlag) -> None:
    p, e, adm = g.personer, g.enheter, g.adm
    gi_fullmakt(p["nes.ida"], Funksjon.FORDELE, enhet=e["TEK"], fra=g.start, av=adm)
    registrer_stedfortreder(p["led.anne"], p["sf.bente"], fra=g.dag(3, 2), til=g.dag(3, 6), av=adm)
    registrer_stedfortreder(p["raad.jon"], p["raad.vikar"], fra=g.dag(3, 2), til=g.dag(12, 31), av=adm)
    koder = {k.kode: k for k in Tilgangskode.objects.order_by("pk")}
    autoriser(p["pers.mia"], koder["P"], fra=g.start, av=adm)
    autoriser(p["u.arne"], koder["U"], fra=g.start, av=adm)
    autoriser(p["skole1.liv"], koder["E"], enhet=e["SKOLE1"], fra=g.start, av=adm)
    autoriser(p["skole2.geir"], koder["E"], enhet=e["SKOLE2"], fra=g.start, av=adm)
    autoriser(p["skatt.siv"], koder["S"], fra=g.start, av=adm)


def _bygg_arkiv(g: Grunnlag) -> None:
    adm = g.adm
    kk = opprett_system(kode="KK", tittel="K-koder", klassifikasjonstype=Klassifikasjonstype.KK, av=adm)
    gbn = opprett_system(
        kode="GBNR", tittel="Gårds- og bruksnummer", klassifikasjonstype=Klassifikasjonstype.GBN, av=adm
    )
    g.systemer = {"KK": kk, "GBNR": gbn}
    arkiv = opprett_arkiv(tittel="Fjordvik kommune 2024–", arkivskaper="Fjordvik kommune", av=adm)
    for kode, tittel, publiseres, system in [
        ("SAK", "Saksarkiv", True, kk),
        ("BYGG", "Byggesaksarkiv", True, gbn),
        ("PERS", "Personalarkiv", False, kk),
        ("ELEV", "Elevarkiv", False, kk),
    ]:
        g.arkivdeler[kode] = opprett_arkivdel(
            arkiv, kode=kode, tittel=tittel, publiseres=publiseres, klassifikasjonssystem=system, av=adm
        )
    for klasse_id, tittel in KLASSER:
        g.klasser[klasse_id] = opprett_klasse(kk, klasse_id=klasse_id, tittel=tittel, av=adm)
    g.klasser["41/7"] = finn_eller_opprett_eiendom(41, 7, av=adm)


def bygg_saker(g: Grunnlag) -> dict[int, Sak]:
    """Make cases 101–104 of krav A; the year's series starts at 101."""
    p, e = g.personer, g.enheter
    start_nummerserie("sak", klokke.idag().year, 101, av=g.adm)
    sett_fordelingsregel(e["TEK"], g.klasser["U63"], p["sb.ola"], av=g.adm)
    sett_fordelingsregel(e["TEK"], None, None, av=g.adm)
    return {101: _skjenkesaken(g), 102: _kultursaken(g), 103: _personalsaken(g), 104: _ufordelt(g)}


def _inn(
    g: Grunnlag, sak: Sak, tittel: str, fra: Part, mottatt: dt.date, frist: dt.date, sb: str | None
) -> Journalpost:
    return registrer_i_arkivet(
        sak,
        status="J",
        tittel=tittel,
        avsendere=[fra],
        dokumentdato=mottatt - dt.timedelta(days=1),
        mottatt_dato=mottatt,
        enhet=g.enheter["TEK"],
        saksbehandler=g.personer[sb] if sb else None,
        forfallsdato=frist,
        dokumenter=[tekstfil(f"{tittel}\n\nTil Fjordvik kommune\n\nMed hilsen\n{fra.navn}\n")],
        av=g.personer["ark.eva"],
    )


def _skjenkesaken(g: Grunnlag) -> Sak:
    p = g.personer
    sak = opprett_sak(
        "Søknad om skjenkebevilling – Kroa AS",
        arkivdel=g.arkivdeler["SAK"],
        enhet=g.enheter["TEK"],
        saksansvarlig=p["sb.kari"],
        klasser=[g.klasser["U63"]],
        sakstype=Sakstype.objects.get(kode="SKJENK"),
        fra_arkivet=True,
        av=p["ark.eva"],
    )
    kroa = Part(navn="Kroa AS", organisasjonsnummer="910075918", adresse="Storgata 14", postnummer="6899")
    _inn(g, sak, "Søknad om skjenkebevilling", kroa, g.dag(2, 10), g.dag(3, 16), "sb.kari")
    _inn(
        g,
        sak,
        "Supplerende opplysninger til søknad om skjenkebevilling",
        kroa,
        g.dag(2, 24),
        g.dag(3, 5),
        "sb.kari",
    )
    politiet = Part(navn="Politiet i Fjordvik")
    _inn(g, sak, "Uttalelse til søknad om skjenkebevilling", politiet, g.dag(2, 25), g.dag(3, 25), "sb.ola")
    opprett_journalpost(sak, "U", tittel="Foreløpig svar på søknad om skjenkebevilling", av=p["sb.kari"])
    opprett_journalpost(sak, "S", tittel="Skjenkebevilling for Kroa AS", av=p["sb.kari"])
    return sak


def _kultursaken(g: Grunnlag) -> Sak:
    p = g.personer
    sak = opprett_sak(
        "Kulturtilskudd til lag og foreninger",
        arkivdel=g.arkivdeler["SAK"],
        klasser=[g.klasser["C03"]],
        enhet=g.enheter["KULT"],
        av=p["sb.per"],
    )
    notat = opprett_journalpost(
        sak,
        "N",
        tittel="Ber om uttalelse til søknad om kulturtilskudd",
        interne_mottakere=[p["sb.kari"]],
        dokumenter=[tekstfil("Vi ber om teknisk sin uttalelse til søknaden.\n", "notat.txt")],
        av=p["sb.per"],
    )
    ferdigstill(notat, offentlighet_vurdert=True, av=p["sb.per"])
    return sak


def _personalsaken(g: Grunnlag) -> Sak:
    p = g.personer
    personal = skjerming("P", "13-fvl1")
    sak = opprett_sak(
        "Oppfølging av sykefravær for Ragnhild Hemmelig",
        arkivdel=g.arkivdeler["PERS"],
        klasser=[g.klasser["400"]],
        sakstype=Sakstype.objects.get(kode="PERS"),
        offentlig_tittel="Personalsak",
        skjerming=personal,
        av=p["pers.mia"],
    )
    opprett_journalpost(
        sak,
        "X",
        tittel="Referat fra samtale med Ragnhild Hemmelig",
        offentlig_tittel="Referat",
        interne_mottakere=[p["pers.mia"]],
        skjerming=personal,
        dokumenter=[tekstfil("Samtale med Ragnhild Hemmelig om sykefravær.\n", "referat.txt")],
        av=p["pers.mia"],
    )
    return sak


def _ufordelt(g: Grunnlag) -> Sak:
    sak = opprett_sak(
        "Varsel om støy fra pumpestasjon i Strandveien",
        arkivdel=g.arkivdeler["SAK"],
        enhet=g.enheter["TEK"],
        saksansvarlig=g.personer["led.anne"],
        klasser=[g.klasser["M30"]],
        fra_arkivet=True,
        av=g.personer["ark.eva"],
    )
    velet = Part(navn="Strandveien vel")
    _inn(g, sak, "Klage på støy fra pumpestasjon", velet, g.dag(2, 27), g.dag(3, 27), None)
    return sak
