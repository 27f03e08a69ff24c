"""Invented people, organisations and places of Fjordvik. Organisation numbers are of the kind made for testing."""

from __future__ import annotations

import random

from saksgang.sakarkiv.commands.journalpost import Part

FORNAVN = (
    "Agnar Alfhild Anders Anja Arvid Asbjørg Astrid Birger Birgit Bjarte Borghild Brage Dagny Eilif Eirin Eldbjørg "
    "Embla Endre Frøydis Gaute Gudbrand Gunnvor Haldis Hallvard Hedda Herborg Hildur Idar Ingunn Jardar Jorunn "
    "Kjellaug "
    "Kjetil Lars Leikny Magnhild Marit Njål Oddlaug Oddvar Olaug Ragna Roald Runa Ronja Sigve Sigrid Snorre Solveig "
    "Sunniva Svanhild Terje Tora Torbjørn Trym Turid Ulrik Vegard Vidar Ylva Åsne Åsmund"
).split()
ETTERNAVN = (
    "Almli Askeland Bjerkvoll Brekkhus Bruheim Dalsbø Djupvik Eikrem Elvestad Fagerlid Fossgård Frøysland Gjerdevik "
    "Granheim Grytdal Haugsbø Heggeland Hjellnes Holtermo Indrebakk Kleivdal Kvamsøy Langnesvik Lauvås Lidhaug "
    "Moldskred "
    "Myrbostad Naustdalen Nedregård Nordhaugen Opheimsbø Raknesund Reitvoll Rognsvåg Rundhovde Sandnesvik Skarsbø "
    "Skogheimen Sletthaug Solbakkvik Storhaugen Sundfjordsnes Svartedal Søreide-Lid Tveitnes Ulvikstad Urnesvik "
    "Vadheimnes "
    "Vassbotn Vetlesand Yttervik Øvrebust Åmotsdal Årnesgård"
).split()
VEIER = (
    "Storgata Strandveien Fjordgata Kirkebakken Skoleveien Moavegen Elvegata Bergstien Naustvegen Granlia Solbakken "
    "Hamnegata Prestegardsvegen Fossevegen Sagmyra Nordlivegen Brekkevegen Kaigata Stasjonsgata Tunvegen Lauvåsen "
    "Vestsidevegen Klokkarhaugen Sundvegen"
).split()
OMRAADER = (
    "Moa|Nordlia|Sundet|Fjordvik sentrum|Brekke|Klokkarhaugen|Vestsida|Indre Fjordvik|Storholmen|Fossåsen|Sagmyra|"
    "Hamna|Lauvåsen|Nesflata"
).split("|")
VIRKSOMHETER = (
    "Fjordvik Bygg og Anlegg AS|Nordlia Entreprenør AS|Brekke Rør AS|Vestsida Elektro AS|Sundet Arkitektkontor AS|"
    "Moa Eiendom AS|Hamna Sjøhus AS|Fjordvik Brygge AS|Storholmen Havbruk AS|Plankontoret Fjord og Fjell AS|"
    "Fossåsen Maskin AS|Granlia Hyttegrend AS|Lauvås Landskap AS|Takst og Tegning Fjordvik AS|Fjordvik Mekaniske AS|"
    "Sagmyra Trelast AS|Geo og Grunn AS|Indre Fjordvik Kraftlag SA|Fjordvik Boligbyggelag|Kaigata Bakeri AS"
).split("|")
UTESTEDER = (
    "Brygga Kafé AS|Fjordgløtt Hotell AS|Sjøbua Mat og Vin AS|Stasjonen Pub AS|Nordlia Fjellstue AS|"
    "Elvekanten Bistro AS|"
    "Moa Pizza og Grill AS|Hamna Gjestegård AS|Kaia Mikrobryggeri AS|Sundet Camping AS|Prestegarden Selskapslokale AS"
).split("|")
LAG = (
    "Fjordvik idrettslag|Moa musikkorps|Nordlia ungdomslag|Fjordvik teaterlag|Brekke bygdekvinnelag|Sundet båtforening|"
    "Fjordvik historielag|Fjordvik turlag|Indre Fjordvik skyttarlag|Lauvåsen vel|Fjordvik blandakor|Moa skolekorps|"
    "Vestsida grendelag|Fjordvik svømmeklubb|Fjordvik filmklubb|Storholmen kystlag|Fjordvik folkedansring"
).split("|")
ETATER = (
    "Statsforvalteren i Fjordfylket|Fjordfylket fylkeskommune|Statens vegvesen|Mattilsynet|Arbeidstilsynet|"
    "Politiet i Fjordvik|Fjordregionen brann og redning IKS|Fjordfylket interkommunale arkiv IKS|Kystverket|"
    "Nabokommunen Storfjell|Storfjell kommune|Kommunerevisjonen i Fjordregionen|Fjordfylket friluftsråd|"
    "Direktoratet for samfunnssikkerhet og beredskap|Bane og bru Fjordregionen"
).split("|")
BARN = "Ada Aksel Birk Dina Elvira Falk Hermine Iver Jonna Kaisa Liam Mille Nora Odin Peder Sander Tiril Vilja".split()


def orgnr_i_testserien(loepenummer: int) -> str:
    """Return a valid organisation number in the range set aside for test data (it begins with 31)."""
    nummer = 31_000_000 + loepenummer
    while True:
        siffer = [int(s) for s in str(nummer)]
        rest = sum(v * s for v, s in zip((3, 2, 7, 6, 5, 4, 3, 2), siffer, strict=True)) % 11
        if rest != 1:
            return f"{nummer}{(11 - rest) % 11}"
        nummer += 100_000


def _mildt(navn: str) -> str:
    return navn.lower().translate(str.maketrans("æøåé ", "eoae.", ".,")).replace("-", "")


class Folk:
    """Draws names; the same organisation always has the same number and address."""

    def __init__(self, tilfeldig: random.Random) -> None:
        self.tilfeldig = tilfeldig
        alle = dict.fromkeys([*VIRKSOMHETER, *UTESTEDER, *LAG, *ETATER])
        self.organisasjoner = {navn: self._organisasjon(navn, nr) for nr, navn in enumerate(alle, 1)}

    def _organisasjon(self, navn: str, nr: int) -> Part:
        etat = navn in ETATER
        return Part(
            navn=navn,
            organisasjonsnummer=orgnr_i_testserien(nr * 137),
            adresse=f"Postboks {100 + nr}" if etat else f"{VEIER[nr % len(VEIER)]} {1 + nr * 3 % 60}",
            postnummer="6899",
            poststed="Fjordvik",
            epost=f"post@{_mildt(navn).replace('.', '')[:30]}.example",
        )

    def person(self) -> Part:
        """Return an invented private person."""
        t = self.tilfeldig
        navn = f"{t.choice(FORNAVN)} {t.choice(ETTERNAVN)}"
        return Part(
            navn=navn,
            er_person=True,
            adresse=self.adresse(),
            postnummer="6899",
            poststed="Fjordvik",
            epost=f"{_mildt(navn)}@post.example" if t.random() < 0.6 else "",
        )

    def adresse(self) -> str:
        """Return an invented street address."""
        return f"{self.tilfeldig.choice(VEIER)} {self.tilfeldig.randint(1, 88)}"

    def part(self, slag: str) -> Part:
        """Return a party of a kind: person, firma, utested, lag, etat, or an organisation's own name."""
        t = self.tilfeldig
        if slag == "person":
            return self.person()
        if slag == "firma" or (slag == "soeker" and t.random() < 0.4):
            return self.organisasjoner[t.choice(VIRKSOMHETER)]
        if slag == "soeker":
            return self.person()
        if slag == "utested":
            return self.organisasjoner[t.choice(UTESTEDER)]
        if slag == "lag":
            return self.organisasjoner[t.choice(LAG)]
        if slag == "etat":
            return self.organisasjoner[t.choice(ETATER)]
        return self.organisasjoner[slag]
