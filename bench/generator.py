"""Fills an empty, migrated database with N journalposter of a municipality of 1 500 users, 120 units and eight years.

The rows are what the commands would have made: numbers without gaps in order of time, keys by the rules of tilgang,
deliveries, search rows and events. Only the open items of a real year are open.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction

from bench.kopi import Tabell, uten_indekser
from saksgang.arkivstruktur.commands import opprett_arkiv, opprett_arkivdel, opprett_klasse, opprett_system
from saksgang.arkivstruktur.models import Nummerserie
from saksgang.arkivstruktur.rules import Klassifikasjonstype
from saksgang.demo import filer
from saksgang.demo.navn import ETTERNAVN, FORNAVN, LAG, OMRAADER, VEIER, VIRKSOMHETER
from saksgang.demo.tekster import avsnitt
from saksgang.demo.temaer import VERDIER, Tema, temaer
from saksgang.flyt.models import Flagg
from saksgang.kjerne.arbeidsdager import er_arbeidsdag, legg_til_arbeidsdager
from saksgang.kjerne.sortering import norsk_sorteringsnoekkel
from saksgang.kjerne.tekst import normaliser_for_soek
from saksgang.lager.commands import lagre_fil
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import (
    Avskrivning,
    Dokument,
    Dokumentversjon,
    InternMottaker,
    Journalpost,
    Klassering,
    Kodeverdi,
    Kopi,
    Korrespondansepart,
    Merknad,
    ObsDato,
    Sak,
    Sakstype,
)
from saksgang.sakarkiv.rules import klasse_for_journalpost
from saksgang.soek.models import Soekerad
from saksgang.tilgang.models import (
    Autorisasjon,
    Avskjermingskode,
    Gruppemedlem,
    Hjemmel,
    Rolletildeling,
    Tilgang,
    Tilgangsgruppe,
    Tilgangskode,
)
from saksgang.tilgang.queries import glem_rettigheter
from saksgang.tilgang.rules import Klasse as Aapenhet
from saksgang.tilgang.rules import (
    Rolle,
    ark_noekkel,
    kombinasjon_noekkel,
    person_noekkel,
    sak_noekkel,
)

PASSORD = "benk-og-maal-1814"
BRUKERE, ENHETER, AAR = 1_500, 120, 8
DAGSPOST = 620
"""Entries of the one busy day, so that the public journal has a day of 500 rows."""
STOR_SAK = 200
ETTERSLEP = 1_200
"""What the busiest person has not written off, so that Restanse has a 20th page."""
BUNKE = 10_000
GRADERING = (("U", 5.0), ("P", 4.0), ("E", 2.2), ("S", 0.8))
HJEMMEL = {"U": "14", "P": "25-1", "E": "13-oppl", "S": "13-sktfvl"}
MODELLER = (Sak, Klassering, Journalpost, Korrespondansepart, InternMottaker, Avskrivning, Dokument, Dokumentversjon,
            Kopi, Merknad, ObsDato, Soekerad, Hendelse, Flagg)  # fmt: skip


@dataclass
class _Sak:
    pk: int
    nummer: str
    aar: int
    sekvens: int
    ansvarlig: int
    enhet: int
    tema: Tema
    tittel: str
    dato: dt.date
    siste: dt.date
    kode: str = ""
    antall: int = 0
    aapen: bool = False
    behandlere: set[int] | None = None


def fyll(antall: int, idag: dt.date, si: Callable[[str], None] = print) -> None:
    """Fill the database. Refused when somebody is there already."""
    if Bruker.objects.exists():
        raise SystemExit("Databasen er ikke tom. Lag en ny til ytelsesprøven.")
    start = time.monotonic()
    with transaction.atomic():
        kommune = _Kommune(antall, idag)
        kommune.bygg_organisasjon()
        kommune.bygg_arkiv()
    definisjoner = uten_indekser(MODELLER)
    with connection.cursor() as markoer:
        markoer.execute("SET synchronous_commit = off")
    kommune.bygg_journal(lambda n: si(f"{n:>9} journalposter, {time.monotonic() - start:.0f} s"))
    si("Indekser …")
    with connection.cursor() as markoer:
        markoer.execute("SET maintenance_work_mem = '512MB'")
        for definisjon in definisjoner:
            markoer.execute(definisjon)
        for modell in (*MODELLER, Tilgang):
            tabell, kolonne = modell._meta.db_table, modell._meta.pk.column
            markoer.execute(
                f"SELECT setval(pg_get_serial_sequence('{tabell}', '{kolonne}'), "  # noqa: S608 - our own tables
                f"greatest(1, (SELECT max({kolonne}) FROM {tabell})))"
            )
        markoer.execute("VACUUM (ANALYZE)")
    si(f"Ferdig på {time.monotonic() - start:.0f} sekunder.")


class _Kommune:
    def __init__(self, antall: int, idag: dt.date) -> None:
        self.antall, self.idag = antall, idag
        self.t = random.Random(antall)  # noqa: S311 - the same municipality each time
        self.koder = {k.kode: k.pk for k in Tilgangskode.objects.order_by("pk")}
        self.kombinasjoner: dict[tuple[str, int | None, int | None, int | None], int] = {
            (k.klasse, k.kode_id, k.gruppe_id, k.enhet_id): k.pk for k in Tilgang.objects.order_by("pk")
        }
        self.neste_kombinasjon = max(self.kombinasjoner.values(), default=0)

    # --- People -------------------------------------------------------------------------------------------------------

    def bygg_organisasjon(self) -> None:
        """Eight areas with units below; leaders, archivists, authorised people, groups."""
        t, fra = self.t, self.idag - dt.timedelta(days=366 * AAR)
        self.enheter: list[Enhet] = []
        for nr in range(8):
            self.enheter.append(
                Enhet.objects.create(kode=f"OMR{nr}", navn=f"Område {nr + 1}", fagomraade=True, forfedre=[])
            )
        for nr in range(ENHETER - 8):
            over = self.enheter[nr % 8]
            self.enheter.append(Enhet.objects.create(kode=f"E{nr:03}", navn=f"Avdeling {nr + 1}", overordnet=over))
        for enhet in self.enheter:
            enhet.forfedre = [*([enhet.overordnet_id] if enhet.overordnet_id else []), enhet.pk]
        Enhet.objects.bulk_update(self.enheter, ["forfedre"])
        passord = make_password(PASSORD)
        rader = []
        for nr in range(BRUKERE):
            navn = f"{t.choice(FORNAVN)} {t.choice(ETTERNAVN)}"
            rader.append(
                Bruker(
                    brukernavn=f"bruker{nr:04}",
                    navn=navn,
                    sorteringsnavn=norsk_sorteringsnoekkel(navn),
                    initialer=f"B{nr:04}",
                    password=passord,
                    enhet=self.enheter[self._zipf_enhet(nr)],
                    aktiv_fra=fra,
                    epost=f"bruker{nr:04}@benk.example",
                )
            )
        self.brukere = Bruker.objects.bulk_create(rader)
        roller = [Rolletildeling(bruker=b, rolle=Rolle.SB, enhet=b.enhet, fra=fra) for b in self.brukere]
        self.ledere: dict[int, Bruker] = {}
        for bruker in self.brukere[40:]:
            if bruker.enhet_id not in self.ledere:
                self.ledere[bruker.enhet_id] = bruker
        roller += [Rolletildeling(bruker=b, rolle=Rolle.LED, enhet_id=e, fra=fra) for e, b in self.ledere.items()]
        self.arkivarer = self.brukere[30:38]
        roller += [Rolletildeling(bruker=b, rolle=Rolle.ARK, fra=fra) for b in self.arkivarer]
        roller.append(Rolletildeling(bruker=self.brukere[39], rolle=Rolle.ADM, fra=fra))
        Rolletildeling.objects.bulk_create(roller)
        Autorisasjon.objects.bulk_create(
            Autorisasjon(bruker=b, kode_id=self.koder[t.choice("UPES")], enhet=b.enhet, fra=fra)
            for b in t.sample(self.brukere, BRUKERE // 20)
        )
        self.grupper = Tilgangsgruppe.objects.bulk_create(Tilgangsgruppe(navn=f"Gruppe {n}") for n in range(20))
        Gruppemedlem.objects.bulk_create(
            Gruppemedlem(gruppe=g, bruker=b, fra=fra) for g in self.grupper for b in t.sample(self.brukere, 6)
        )
        # Zipf–Mandelbrot: the busiest person has about one entry in a hundred.
        self.brukervekter = list(itertools.accumulate(1 / (nr + 20) for nr in range(BRUKERE)))
        self.enhet_av = {b.pk: b.enhet_id for b in self.brukere}

    def _zipf_enhet(self, nr: int) -> int:
        return int(ENHETER * (self.t.random() ** 1.7)) % ENHETER if nr else 9

    def _person(self) -> int:
        vekt = self.t.random() * self.brukervekter[-1]
        return self.brukere[bisect.bisect(self.brukervekter, vekt)].pk

    # --- Archive ------------------------------------------------------------------------------------------------------

    def bygg_arkiv(self) -> None:
        """One archive with its parts, the classes, and three hundred stored files."""
        adm = self.brukere[39]
        system = opprett_system(kode="KK", tittel="K-koder", klassifikasjonstype=Klassifikasjonstype.KK, av=adm)
        arkiv = opprett_arkiv(tittel="Benk kommune", arkivskaper="Benk kommune", av=adm)
        self.arkivdeler = {
            kode: opprett_arkivdel(
                arkiv, kode=kode, tittel=kode, publiseres=kode in ("SAK", "BYGG"), klassifikasjonssystem=system, av=adm
            ).pk
            for kode in ("SAK", "BYGG", "PERS", "ELEV")
        }
        self.klasser = [
            opprett_klasse(system, klasse_id=f"{nr:03}", tittel=f"Klasse {nr}", av=adm).pk for nr in range(300)
        ]
        self.sakstyper = {s.kode: s.pk for s in Sakstype.objects.order_by("pk")}
        self.avskjerming = {a.kode: a.pk for a in Avskjermingskode.objects.order_by("pk")}
        self.hjemler = {k: Hjemmel.objects.get(noekkel=n).pk for k, n in HJEMMEL.items()}
        self.maater = {
            k.kode: k.pk for k in Kodeverdi.objects.filter(liste=Kodeverdi.Liste.AVSKRIVNINGSMAATE).order_by("pk")
        }
        merknad = Kodeverdi.objects.filter(liste=Kodeverdi.Liste.MERKNADSTYPE)
        self.merknadstype, self.oea = merknad.get(kode="SB").pk, merknad.get(kode="ØA").pk
        self.filer = []
        with filer.Brevpresse() as presse:
            for nr in range(300):
                brev = filer.Brevtekst(
                    f"Brev nummer {nr}", avsnitt("vedtak", "Vedtak", "Saken") * self.t.randint(1, 6),
                    "Benk kommune", ["Mottaker"], self.idag, ["Saksbehandler"],
                )  # fmt: skip
                self.filer.append(lagre_fil(presse.pdf(brev), filnavn=f"brev{nr}.pdf").pk)

    # --- Journal ------------------------------------------------------------------------------------------------------

    def bygg_journal(self, meld: Callable[[int], None]) -> None:
        """Cases and entries in order of time, a batch in each transaction."""
        self._lag_tabeller()
        dager = self._dager()
        self.saker: list[_Sak] = []
        self.aktive: list[_Sak] = []
        self.sekvenser: dict[tuple[str, int], int] = {}
        self.stor = None
        self.klart = 0
        stor_hver = max(2, self.antall // STOR_SAK)
        for i in range(self.antall):
            dag = dager[i]
            if self.stor is None or (i % stor_hver == 0 and self.stor.antall < STOR_SAK):
                self.stor = self.stor or self._ny_sak(dag, uten_kode=True)
                sak = self.stor
            elif not self.aktive or self.t.random() < 0.21:
                sak = self._ny_sak(dag)
            else:
                sak = self.aktive[self.t.randrange(len(self.aktive))]
            self._ny_post(sak, dag, i)
            if len(self.aktive) > max(50, self.antall // 60):
                self.aktive.pop(0)
            if (i + 1) % BUNKE == 0:
                self._skriv()
                meld(i + 1)
        for sak in self.saker:
            self._lukk_sak(sak)
        self._skriv()
        Tilgang.objects.bulk_create(
            Tilgang(pk=pk, klasse=k, kode_id=kode, gruppe_id=gruppe, enhet_id=enhet)
            for (k, kode, gruppe, enhet), pk in self.kombinasjoner.items()
            if pk > 1
        )
        Nummerserie.objects.bulk_create(
            Nummerserie(serie=serie, aar=aar, foerste=1, neste=siste + 1)
            for (serie, aar), siste in self.sekvenser.items()
        )
        glem_rettigheter()
        meld(self.antall)

    def _dager(self) -> list[dt.date]:
        """Return the day of each entry, in order; one day near the end is busy."""
        siste = self.idag if er_arbeidsdag(self.idag) else legg_til_arbeidsdager(self.idag, -1)
        dager = [d for n in range(AAR * 365, -1, -1) if er_arbeidsdag(d := siste - dt.timedelta(days=n))]
        travel = min(DAGSPOST, self.antall // 10)
        ordinaere = sorted(dager[int(self.t.random() * len(dager))] for _ in range(self.antall - travel))
        self.travel_dag = legg_til_arbeidsdager(siste, -4)
        return sorted([*ordinaere, *[self.travel_dag] * travel])

    def _lag_tabeller(self) -> None:
        self.t_sak = Tabell(
            Sak, "opprettet_dato", "opprettet_av_id", "tilgangskode_id", "avskjermingskode_id", "hjemmel_id", "noekler",
            "aar", "sekvens", "tittel", "offentlig_tittel", "status", "saksdato", "saksansvarlig_id", "enhet_id",
            "arkivdel_id", "sakstype_id", "siste_dokumentnummer", "kontrollert_av_id", "kontrollert_dato",
            "avsluttet_av_id", "avsluttet_dato", "sist_endret", uuid=True,
        )  # fmt: skip
        self.sak_pk = self.t_sak.teller
        self.t_klassering = Tabell(Klassering, "sak_id", "klasse_id", "rekkefoelge")
        self.t_jp = Tabell(
            Journalpost, "opprettet_dato", "opprettet_av_id", "tilgangskode_id", "avskjermingskode_id", "hjemmel_id",
            "tilgangsgruppe_id", "noekler", "sak_id", "journalpostnummer", "journalposttype", "status", "tittel",
            "offentlig_tittel", "partsnavn", "journalaar", "journalsekvens", "journaldato", "dokumentdato",
            "mottatt_dato", "forfallsdato", "ferdig_tid", "enhet_id", "saksbehandler_id", "journalfoert_av_id",
            "journalfoert_tid", "publiseres_tid", "offentlighet_vurdert_av_id", "offentlighet_vurdert_tid",
            "xx_satt_tid", "xx_frist", "besluttet_av_id", "besluttet_av_leder", uuid=True,
        )  # fmt: skip
        self.t_part = Tabell(
            Korrespondansepart, "journalpost_id", "type", "navn", "er_person", "bruker_id", "adresse", "rekkefoelge"
        )
        self.t_mottaker = Tabell(
            InternMottaker, "journalpost_id", "journalposttype", "bruker_id", "enhet_id", "forfallsdato", "mottatt_tid",
            "levert", "sett_tid", "avskrivning_id",
        )  # fmt: skip
        self.t_avskrivning = Tabell(Avskrivning, "mottaker_id", "dato", "maate_id", "av_id", "registrert_tid")
        self.t_dokument = Tabell(
            Dokument, "opprettet_dato", "opprettet_av_id", "journalpost_id", "nummer", "tilknytning", "tittel",
            "tilknyttet_av_id", uuid=True,
        )  # fmt: skip
        self.t_versjon = Tabell(
            Dokumentversjon, "opprettet_dato", "opprettet_av_id", "dokument_id", "versjonsnummer", "variantformat",
            "fil_id", "filnavn", uuid=True,
        )  # fmt: skip
        self.t_kopi = Tabell(Kopi, "journalpost_id", "bruker_id", "av_id", "tid", "lest_tid")
        self.t_merknad = Tabell(Merknad, "sak_id", "journalpost_id", "type_id", "tekst", "av_id", "rolle", "tid")
        self.t_obs = Tabell(ObsDato, "sak_id", "dato", "merknad", "satt_av_id", "satt_tid", "utfoert_tid")
        self.t_soek = Tabell(Soekerad, "objekt_type", "objekt_id", "sak_id", "dato", "tittel", "tekst", "noekler")
        self.t_flagg = Tabell(Flagg, "fra_id", "til_bruker_id", "sak_id", "journalpost_id", "tekst", "sendt_tid",
                              "lest_tid", "behandlet_tid", "behandlet_av_id")  # fmt: skip
        self.t_hendelse = Tabell(
            Hendelse, "akt", "tidspunkt", "aktoer_id", "handling", "objekt_type", "objekt_id", "sak_id",
            "journalpost_id", "endringer", "detaljer",
        )  # fmt: skip

    def _skriv(self) -> None:
        with transaction.atomic():
            for tabell in (
                self.t_sak, self.t_klassering, self.t_jp, self.t_part, self.t_mottaker, self.t_avskrivning,
                self.t_dokument, self.t_versjon, self.t_kopi, self.t_merknad, self.t_obs, self.t_soek, self.t_flagg,
                self.t_hendelse,
            ):  # fmt: skip
                tabell.skriv()

    def _nummer(self, serie: str, aar: int) -> int:
        siste = self.sekvenser[serie, aar] = self.sekvenser.get((serie, aar), 0) + 1
        return siste

    def _tid(self, dag: dt.date, time_: int = 0) -> dt.datetime:
        t = self.t
        return dt.datetime(dag.year, dag.month, dag.day, time_ or t.randint(7, 13), t.randint(0, 59), tzinfo=dt.UTC)

    def _noekler(
        self, klasse: Aapenhet, kode: int | None, gruppe: int | None, enhet: int, personer: set[int], andre: list[int]
    ) -> list[int]:
        """The rules of tilgang.commands.noekler_for, with the combinations kept here."""
        noekkel = (str(klasse), None, None, None) if klasse == Aapenhet.AAPEN else (str(klasse), kode, gruppe, enhet)
        pk = self.kombinasjoner.get(noekkel)
        if pk is None:
            self.neste_kombinasjon += 1
            pk = self.kombinasjoner[noekkel] = self.neste_kombinasjon
        return sorted({kombinasjon_noekkel(pk), ark_noekkel(kode), *andre, *map(person_noekkel, personer)})

    def _ny_sak(self, dag: dt.date, *, uten_kode: bool = False) -> _Sak:
        t = self.t
        tema = t.choice(temaer())
        while uten_kode and tema.kode:
            tema = t.choice(temaer())
        ansvarlig = self._person()
        person = f"{t.choice(FORNAVN)} {t.choice(ETTERNAVN)}"
        verdier = {navn: t.choice(valg) for navn, valg in VERDIER.items()} | {
            "gnr": t.randint(1, 300), "bnr": t.randint(1, 900), "adresse": f"{t.choice(VEIER)} {t.randint(1, 250)}",
            "vei": t.choice(VEIER), "omraade": t.choice(OMRAADER), "part": t.choice(VIRKSOMHETER + LAG),
            "person": person, "barn": person, "aar": dag.year, "aar4": dag.year + 4,
        }  # fmt: skip
        self.sak_pk += 1
        sekvens = self._nummer("sak", dag.year)
        sak = _Sak(
            self.sak_pk, f"{dag.year}/{sekvens}", dag.year, sekvens, ansvarlig, self.enhet_av[ansvarlig], tema,
            t.choice(tema.titler).format_map(verdier), dag, dag, tema.kode, behandlere=set(),
        )  # fmt: skip
        self.saker.append(sak)
        self.aktive.append(sak)
        return sak

    def _lukk_sak(self, sak: _Sak) -> None:
        """Write the row of a case when all its entries are known."""
        t = self.t
        gammel = (self.idag - sak.siste).days
        status = "B"
        if not sak.aapen and gammel > 120 and t.random() < 0.93:
            status = "A"
        elif gammel < 4 and sak.antall < 3 and t.random() < 0.2:
            status = "R"
        kode = self.koder[sak.kode] if sak.kode else None
        tid = self._tid(sak.dato, 7)
        arkivar = t.choice(self.arkivarer).pk
        noekler = self._noekler(
            Aapenhet.KODET if kode else Aapenhet.AAPEN, kode, None, sak.enhet,
            {sak.ansvarlig, *(sak.behandlere or ())} if kode else set(), [sak_noekkel(sak.pk)] if kode else [],
        )  # fmt: skip
        lukket = status == "A"
        self.t_sak.ny(
            tid, sak.ansvarlig, kode, self.avskjerming["TP"] if kode else None,
            self.hjemler[sak.kode] if kode else None, noekler, sak.aar,
            sak.sekvens, sak.tittel, "Skjermet sak" if kode else "", status, sak.dato, sak.ansvarlig,
            sak.enhet, self.arkivdeler[sak.tema.arkivdel], self.sakstyper[sak.tema.sakstype], sak.antall,
            None if status == "R" else arkivar, None if status == "R" else tid, arkivar if lukket else None,
            self._tid(sak.siste) if lukket else None, self._tid(sak.siste),
        )  # fmt: skip
        self.t_klassering.ny(sak.pk, t.choice(self.klasser), 1)
        self.t_soek.ny("sak", sak.pk, sak.pk, sak.dato, normaliser_for_soek(sak.tittel), "", noekler)
        if status == "B" and t.random() < 0.06:
            self.t_obs.ny(
                sak.pk, self.idag + dt.timedelta(days=t.randint(-3, 200)), "Følg opp", sak.ansvarlig, tid, None
            )
        if status == "B" and t.random() < 0.01:
            self.t_merknad.ny(sak.pk, None, self.oea, "", sak.ansvarlig, "Saksbehandler", tid)
        if len(self.t_sak.rader) >= BUNKE:
            self._skriv()

    def _grad(self, sak: _Sak, type_: str, dag: dt.date) -> str:
        if sak.kode:
            return sak.kode
        if type_ == "I" and (self.idag - dag).days < 9 and self.t.random() < 0.03:
            return "XX"
        tall, sum_ = self.t.random() * 100, 0.0
        for kode, andel in GRADERING:
            # Most of what is graded lies in cases that are coded whole.
            sum_ += andel * 0.12
            if tall < sum_:
                return kode
        return ""

    def _ny_post(self, sak: _Sak, dag: dt.date, i: int) -> None:
        t = self.t
        etterslep = i % max(2, self.antall // 1_200) == 0
        type_ = "I" if etterslep else t.choices("IUNXS", (45, 30, 11, 11, 3))[0]
        alder = (self.idag - dag).days
        status = "J"
        if alder < 3:
            status = t.choices("JS" if type_ == "I" else "JFR", (8, 2) if type_ == "I" else (5, 2, 3))[0]
        elif type_ == "S" and alder < 60:
            status = "R"
        sb = sak.ansvarlig if t.random() < 0.75 else self._person()
        if etterslep:
            sb = self.brukere[0].pk
        enhet = self.enhet_av[sb]
        kode = self._grad(sak, type_, dag)
        xx = kode == "XX"
        kode_id = self.koder[kode] if kode else None
        gruppe = t.choice(self.grupper).pk if kode in ("U", "P") and t.random() < 0.1 else None
        sak.antall += 1
        sak.siste = dag
        assert sak.behandlere is not None  # noqa: S101 - set when the case was made
        sak.behandlere.add(sb)
        brev = t.choice([b for b in sak.tema.brev if b.type == type_] or sak.tema.brev)
        tittel = f"{brev.tittel.split(' – ')[0].split('{')[0].strip()} – {sak.tittel}"
        tid = self._tid(dag)
        arkivar = t.choice(self.arkivarer).pk
        jp = self.t_jp.teller + 1
        ekstern = type_ in "IU"
        partsnavn = (
            (t.choice(VIRKSOMHETER + LAG) if t.random() < 0.5 else f"{t.choice(FORNAVN)} {t.choice(ETTERNAVN)}")
            if ekstern
            else self.brukere[sb - self.brukere[0].pk].navn
        )
        mottakere = self._mottakere(type_, sb)
        klasse = klasse_for_journalpost(type_, status, kodet=kode_id is not None, sperret=xx)
        personer: set[int] = set()
        andre: list[int] = []
        if klasse != Aapenhet.AAPEN:
            personer = {sb, sak.ansvarlig}
            if klasse == Aapenhet.KODET:
                andre = [sak_noekkel(sak.pk)]
                if type_ in "NX":
                    personer |= set(mottakere)
        noekler = self._noekler(klasse, kode_id, gruppe if klasse == Aapenhet.KODET else None, enhet, personer, andre)
        nummerert = status == "J"
        sekvens = self._nummer("journal", dag.year) if nummerert else None
        frist = dag + dt.timedelta(days=28) if type_ in "IN" else None
        self.t_jp.ny(
            tid, arkivar if type_ == "I" else sb, kode_id, None if not kode or xx else self.avskjerming["TP"],
            None if not kode or xx else self.hjemler[kode], gruppe, noekler, sak.pk, sak.antall, type_, status, tittel,
            "Skjermet" if kode and not xx else "", partsnavn, dag.year if nummerert else None, sekvens,
            dag if nummerert else None, dag, dag if type_ == "I" else None, frist,
            tid if type_ != "I" and status != "R" else None, enhet, sb, arkivar if nummerert else None,
            tid if nummerert else None, tid if nummerert else None, sb if type_ != "I" and status != "R" else None,
            tid if type_ != "I" and status != "R" else None, tid if xx else None,
            legg_til_arbeidsdager(dag, 3) if xx else None, sb if kode and not xx else None, bool(kode and not xx),
        )  # fmt: skip
        self.t_part.ny(
            jp, {"I": "EA", "U": "EM", "S": "EM"}.get(type_, "IA"), partsnavn, False, None if ekstern else sb,
            "Storgata 1" if ekstern else "", 1,
        )  # fmt: skip
        self._lever(jp, type_, status, mottakere, sak, sb, dag, tid, frist)
        self._dokumenter(jp, tittel, sb, tid)
        self.t_soek.ny(
            "journalpost", jp, sak.pk, dag, normaliser_for_soek(tittel), normaliser_for_soek(partsnavn), noekler
        )
        self._omtale(jp, sak, sb, tid, alder, kode)
        akt = f"{jp:032x}"
        for handling in ("journalpost.registrere_arkiv" if type_ == "I" else "journalpost.opprette",
                         *(("journalpost.journalfoere",) if nummerert else ())):  # fmt: skip
            self.t_hendelse.ny(
                akt, tid, arkivar, handling, "journalpost", jp, sak.pk, jp, {"status": [None, status]}, {"type": type_}
            )

    def _mottakere(self, type_: str, sb: int) -> list[int]:
        if type_ == "I":
            return [sb]
        if type_ in "NX":
            return list({self._person() for _ in range(self.t.choice((1, 1, 2, 4)))})
        return []

    def _lever(
        self, jp: int, type_: str, status: str, mottakere: list[int], sak: _Sak, sb: int, dag: dt.date,
        tid: dt.datetime, frist: dt.date | None,
    ) -> None:  # fmt: skip
        t = self.t
        alder = (self.idag - dag).days
        levert = status in "SJF"
        for mottaker in mottakere:
            # A few per cent of the last month is open, and the busiest person's backlog.
            aapen = alder < 40 and t.random() < 0.5 * (1 - alder / 41)
            if mottaker == self.brukere[0].pk and type_ == "I" and self.klart < ETTERSLEP:
                aapen = True
                self.klart += 1
            bruker: int | None = mottaker
            if aapen and type_ == "I" and alder < 4 and t.random() < 0.12:
                bruker = None
            sett = None if aapen and t.random() < 0.5 else tid
            maa = type_ in "IN"
            avskrevet = maa and not aapen and levert
            if aapen and maa:
                sak.aapen = True
            nummer = self.t_mottaker.teller + 1
            avskrivning = (
                self.t_avskrivning.ny(
                    nummer, dag, self.maater[t.choice(("TE", "TE", "BU", "TO", "TLF"))], mottaker, tid
                )
                if avskrevet
                else None
            )
            self.t_mottaker.ny(jp, type_, bruker, self.enhet_av[mottaker], frist, tid, levert, sett, avskrivning)

    def _dokumenter(self, jp: int, tittel: str, sb: int, tid: dt.datetime) -> None:
        for nr in range(1, 1 + self.t.choice((1, 1, 1, 2, 3))):
            dokument = self.t_dokument.ny(tid, sb, jp, nr, "H" if nr == 1 else "V", tittel[:300], sb)
            self.t_versjon.ny(tid, sb, dokument, 1, "P", self.t.choice(self.filer), "brev.pdf")

    def _omtale(self, jp: int, sak: _Sak, sb: int, tid: dt.datetime, alder: int, kode: str) -> None:
        t = self.t
        if t.random() < 0.05:
            self.t_merknad.ny(sak.pk, jp, self.merknadstype, "Avklart på telefon.", sb, "Saksbehandler", tid)
        if not kode and t.random() < 0.04:
            self.t_kopi.ny(jp, self._person(), sb, tid, None if alder < 10 else tid)
        if not kode and t.random() < 0.02:
            lukket = None if alder < 12 else tid
            til = self._person()
            self.t_flagg.ny(sb, til, sak.pk, jp, "Kan du se på denne?", tid, lukket, lukket, til if lukket else None)
