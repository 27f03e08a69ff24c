"""Every combination of code, avskjerming, group, status, type and proposal as a journalpost with words of its own.

Cases, people and groups come through commands. The journalposter are some thousands, so they are written in bulk; what
decides who sees them, their keys and deliveries, is computed by the product.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import random
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from saksgang.arkivstruktur.models import Arkivdel
from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.models import Flagg, Varsel
from saksgang.kjerne import klokke
from saksgang.lager.commands import lagre_fil
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.commands.noekler import indekser_journalpost, leveres, noekler_til
from saksgang.sakarkiv.commands.rettighet import gi_rettighet
from saksgang.sakarkiv.commands.sak import opprett_sak, skjerm_sak
from saksgang.sakarkiv.models import (
    Dokument,
    Dokumentversjon,
    InternMottaker,
    Journalpost,
    Kodeverdi,
    Kopi,
    Korrespondansepart,
    Merknad,
    Sak,
    Sakstype,
)
from saksgang.tilgang.commands import opprett_gruppe
from saksgang.tilgang.models import Avskjermingskode, Hjemmel, Tilgangsgruppe, Tilgangskode
from tests.bygg import Kommune
from tests.mur.fasit import ANSATTE, Fakta, Sakfakta, leser_saken, lesere

STATUSER = {"I": "MSJ", **dict.fromkeys("UNXS", "RFJ")}
AVSKJERMINGER = ("I", "T", "PA", "TP", "A")
MEDLEMMER = frozenset({"u.arne", "skatt.siv", "les.gry"})
"""Two who are authorised and one who is not; pers.mia and the schools stand outside."""
SKRIVERE = ("sb.kari", "sb.ola", "sb.per", "nes.ida")
MOTTAKERE = ("sb.per", "les.gry", "ms.lise", "ik.vera", "skole2.geir")
GODKJENNERE = ("raad.jon", "led.nils", "raad.vikar")
ENHETER = ("TEK", "TEK", "VAR", "KULT", "SKOLE1", "SKOLE2", "RÅD")
BUNKER = 7
"""The journalposter lie in so many bunches, with some of every kind in each; a search stops at five hundred hits."""

ANDRE = 12
"""So many more, of cases that are closed to some, are opened one by one."""

_SIFRE = "bcdfghjklmnprstv"
_ORD = re.compile(r"zq([a-z])([bcdfghjklmnprstv]{4})qz")
Ord = tuple[str, int]


def ordet(felt: str, nr: int) -> str:
    """A word that stands in one field of one object and nowhere else."""
    return f"zq{felt}{_kode(nr)}qz"


def bunkeord(bunke: int) -> str:
    """A word that the titles of a bunch share."""
    return f"xq{_kode(bunke)}qx"


def _kode(nr: int) -> str:
    return "".join(_SIFRE[int(siffer, 16)] for siffer in f"{nr:04x}")


def ordene_i(tekst: str) -> set[Ord]:
    """Every word of an object that stands in a text: (field, number)."""
    return {
        (felt, int("".join(f"{_SIFRE.index(t):x}" for t in kode), 16)) for felt, kode in _ORD.findall(tekst.lower())
    }


@dataclass
class Ting:
    """A journalpost, what the rules ask about it, and the ids of what hangs on it."""

    nr: int
    fakta: Fakta
    slag: str
    enkelt: bool = False
    """Whether it is opened by itself, and not only looked for in lists."""
    varslet: frozenset[str] = frozenset()
    jp: Journalpost | None = None
    ider: dict[str, int] = field(default_factory=dict)


@dataclass
class Terreng:
    """All that was planted: the journalposter, and the cases by kind. One is opened by itself of every pair."""

    ting: list[Ting]
    saker: dict[str, tuple[int, Sakfakta, Sak]]

    @property
    def enkelte(self) -> list[Ting]:
        return [t for t in self.ting if t.enkelt]

    def ser(self, hvem: str) -> frozenset[int]:
        """The numbers of everything that the person sees, by the rules written out."""
        poster = {t.nr for t in self.ting if hvem in lesere(t.fakta)}
        return frozenset(poster | {nr for nr, fakta, _ in self.saker.values() if hvem in leser_saken(fakta)})


def kombinasjoner() -> list[tuple]:
    """Every (type, status, utgaatt, kode, avskjerming, gruppe, forslag) that the product can have."""
    grader: list[tuple] = [(kode, "", False, f) for kode in ("", "XX") for f in ("", "P")]
    grader += itertools.product("UPES", AVSKJERMINGER, (False, True), ("", "U"))
    stadier = [(t, s, u) for t, statuser in STATUSER.items() for s in statuser for u in (False, True)]
    return [(*stadium, *grad) for stadium in stadier for grad in grader]


def parvis(rader: list[tuple], terning: random.Random) -> list[int]:
    """Return the places of some of the rows, so that each pair of values that stands in a row stands in one of them.

    Status and whether it is cancelled are one value, so that every way to Utgår meets every code.
    """

    def par(rad: tuple) -> set[tuple]:
        verdier = (rad[0], rad[1:3], *rad[3:])
        return {(i, a, j, b) for (i, a), (j, b) in itertools.combinations(enumerate(verdier), 2)}

    alle = [par(rad) for rad in rader]
    mangler = set().union(*alle)
    valgt: list[int] = []
    while mangler:
        best = max(terning.sample(range(len(rader)), 300), key=lambda n: len(alle[n] & mangler))
        if not alle[best] & mangler:
            best = next(n for n, p in enumerate(alle) if p & mangler)
        mangler -= alle[best]
        valgt.append(best)
    return sorted(valgt)


def plant(k: Kommune) -> Terreng:
    """Make the cases and everything in them, the same each time."""
    terning = random.Random(4)
    gruppe = opprett_gruppe("Murgruppen", medlemmer=[k[m] for m in sorted(MEDLEMMER)], av=k["sb.kari"])
    saker = _saker(k)
    rader = kombinasjoner()
    utvalg = parvis(rader, terning)
    ting = [_ting(nr, rad, "liten" if nr in set(utvalg) else "", saker, terning) for nr, rad in enumerate(rader)]
    andre = [t.nr for t in ting if t.slag in ("kodet", "gruppe", "arkivdel")]
    for t in ting:
        t.enkelt = t.nr in set(utvalg)
    for nr in terning.sample(andre, ANDRE):
        ting[nr].enkelt = True
    saker = _med_saksbehandlere(saker, ting)
    _skriv(k, ting, saker, gruppe, terning)
    for slag, gruppe_, leder in (("kodet", None, "led.anne"), ("gruppe", gruppe, "led.nils")):
        _, fakta, sak = saker[slag]
        grad = dataclasses.replace(skjerming(fakta.kode, "13-fvl1"), gruppe=gruppe_)
        skjerm_sak(Sak.objects.get(pk=sak.pk), grad, misvisende="Ja", skade="Ja", av=k[leder])
    return Terreng(ting, saker)


def _saker(k: Kommune) -> dict[str, tuple[int, Sakfakta, Sak]]:
    """A case of each kind; the number of its word lies above those of the journalposter."""
    saker = {}
    for nr, (slag, enhet, sa, felter) in enumerate(
        [
            ("liten", "TEK", "sb.kari", {}),
            ("stor", "TEK", "sb.kari", {}),
            ("kultur", "KULT", "sb.per", {}),
            ("arkivdel", "RÅD", "ms.lise", {"arkivdel": Arkivdel.objects.get(kode="PERS")}),
            ("sakstype", "TEK", "sb.ola", {"sakstype": Sakstype.objects.get(kode="BARN")}),
            ("kodet", "TEK", "sb.kari", {}),
            ("gruppe", "KULT", "sb.per", {}),
        ],
        start=60_000,
    ):
        sak = opprett_sak(
            f"Sak {ordet('c', nr)}",
            **{"arkivdel": Arkivdel.objects.get(kode="SAK"), "offentlig_tittel": "Sak i muren", **felter},
            enhet=k.enhet(enhet),
            saksansvarlig=k[sa],
            fra_arkivet=True,
            av=k["ark.eva"],
        )
        lese = {"ik.vera"} if slag in ("liten", "kodet") else set()
        for leser in lese:
            gi_rettighet(sak, k[leser], "lese", av=k[sa])
        fakta = Sakfakta(
            enhet,
            sa,
            kode={"kodet": "P", "gruppe": "U"}.get(slag, ""),
            gruppe=MEDLEMMER if slag == "gruppe" else None,
            leserett=frozenset(lese),
            paa_nett=slag not in ("arkivdel", "sakstype"),
        )
        saker[slag] = (nr, fakta, sak)
    return saker


def _ting(nr: int, rad: tuple, slag: str, saker: dict, terning: random.Random) -> Ting:
    """The facts of one journalpost; what the combination leaves open is drawn."""
    type_, status, utgaatt, kode, avskjerming, i_gruppe, forslag = rad
    slag = slag or terning.choice(("stor", "stor", "stor", "kultur", "arkivdel", "sakstype", "kodet", "gruppe"))
    naa = klokke.naa()
    fakta = Fakta(
        saker[slag][1],
        type_,
        status,
        utgaatt=utgaatt,
        kode=kode,
        avskjerming=avskjerming,
        gruppe=MEDLEMMER if i_gruppe else None,
        forslag=forslag,
        enhet=terning.choice(ENHETER),
        saksbehandler=terning.choice((*SKRIVERE, None) if type_ == "I" else SKRIVERE),
        registrert_av="ark.eva" if type_ == "I" else terning.choice(SKRIVERE),
        mottakere=frozenset(terning.sample(MOTTAKERE, 2)) if type_ in "NX" else frozenset(),
        forelagt=frozenset(terning.sample(GODKJENNERE, terning.choice((0, 0, 1)))) if type_ != "I" else frozenset(),
        publiseres=None if status != "J" or utgaatt else naa + dt.timedelta(days=terning.choice((-1, -1, -1, -1, 2))),
        naa=naa,
    )
    return Ting(nr, fakta, slag)


def _med_saksbehandlere(saker: dict, ting: list[Ting]) -> dict:
    """The cases with everybody who is saksbehandler of something in them that is not cancelled."""
    nye = {}
    for slag, (nr, fakta, sak) in saker.items():
        i_saken = {t.fakta.saksbehandler for t in ting if t.slag == slag and not t.fakta.utgaatt} - {None}
        nye[slag] = (nr, dataclasses.replace(fakta, saksbehandlere=frozenset(i_saken)), sak)
    for t in ting:
        t.fakta = dataclasses.replace(t.fakta, sak=nye[t.slag][1])
    return nye


@dataclass
class _Oppslag:
    """What the rows refer to, looked up once."""

    folk: dict[str, Bruker]
    enheter: dict[str, Enhet]
    koder: dict[str, Tilgangskode]
    avskjerminger: dict[str, Avskjermingskode]
    hjemmel: Hjemmel
    merknadstype: Kodeverdi
    gruppe: Tilgangsgruppe


def _skriv(k: Kommune, ting: list[Ting], saker: dict, gruppe: Tilgangsgruppe, terning: random.Random) -> None:
    o = _Oppslag(
        {b.brukernavn: b for b in Bruker.objects.select_related("enhet")},
        {e.kode: e for e in Enhet.objects.all()},
        {t.kode: t for t in Tilgangskode.objects.all()},
        {a.kode: a for a in Avskjermingskode.objects.all()},
        Hjemmel.objects.get(noekkel="13-fvl1"),
        Kodeverdi.objects.get(liste="merknad", kode="SB"),
        gruppe,
    )
    journalsekvens = itertools.count(
        1 + max(Journalpost.objects.values_list("journalsekvens", flat=True), key=lambda n: n or 0)
    )
    numre = {slag: itertools.count(1) for slag in saker}
    for t in ting:
        t.jp = _journalpost(t, saker[t.slag][2], next(numre[t.slag]), journalsekvens, o)
    poster = Journalpost.objects.bulk_create([t.jp for t in ting])
    mottakere = InternMottaker.objects.bulk_create([m for t in ting for m in _mottakere(t, o)])
    _parter_og_filer(ting, o)
    for t in ting:
        t.jp.noekler = noekler_til(t.jp)
    Journalpost.objects.bulk_update(poster, ["noekler"], batch_size=500)
    for m in mottakere:
        m.levert = leveres(m.journalpost)
    InternMottaker.objects.bulk_update(mottakere, ["levert"], batch_size=500)
    for t in ting:
        indekser_journalpost(t.jp, [ordet("p", t.nr)] if t.fakta.type in "IU" else [])
    _henger_paa(ting, o, terning)


def _journalpost(t: Ting, sak: Sak, nummer: int, journalsekvens: Iterable[int], o: _Oppslag) -> Journalpost:
    f, naa, idag = t.fakta, klokke.naa(), klokke.idag()
    har_nummer = f.status == "J"
    return Journalpost(
        sak=sak,
        journalpostnummer=nummer,
        journalposttype=f.type,
        status="U" if f.utgaatt else f.status,
        status_foer_utgaatt=f.status if f.utgaatt else "",
        tittel=f"Brev {bunkeord(t.nr % BUNKER)} {ordet('t', t.nr)}",
        partsnavn=ordet("p", t.nr) if f.type in "IU" else "",
        journalaar=idag.year if har_nummer else None,
        journalsekvens=next(iter(journalsekvens)) if har_nummer else None,
        journaldato=idag if har_nummer else None,
        journalfoert_tid=naa if har_nummer else None,
        publiseres_tid=f.publiseres,
        dokumentdato=idag,
        enhet=o.enheter[f.enhet],
        saksbehandler=o.folk[f.saksbehandler] if f.saksbehandler else None,
        forelagt_ider=sorted(o.folk[navn].pk for navn in f.forelagt),
        tilgangskode=o.koder[f.kode] if f.kode else None,
        avskjermingskode=o.avskjerminger[f.avskjerming] if f.avskjerming else None,
        hjemmel=o.hjemmel if f.avskjerming else None,
        tilgangsgruppe=o.gruppe if f.gruppe else None,
        meroffentlighet=ordet("o", t.nr) if f.avskjerming else "",
        xx_satt_tid=naa if f.kode == "XX" else None,
        xx_frist=idag if f.kode == "XX" else None,
        forslag_aapent=bool(f.forslag),
        forslag_sperrer=bool(f.forslag),
        foreslaatt_kode=o.koder[f.forslag] if f.forslag else None,
        foreslaatt_hjemmel=o.hjemmel if f.forslag else None,
        foreslaatt_av=o.folk["ark.eva"] if f.forslag else None,
        opprettet_dato=naa,
        opprettet_av=o.folk[f.registrert_av],
    )


def _mottakere(t: Ting, o: _Oppslag) -> list[InternMottaker]:
    f = t.fakta
    navn = sorted(f.mottakere) or [f.saksbehandler]
    if f.type not in "INX":
        return []
    return [
        InternMottaker(
            journalpost=t.jp,
            journalposttype=f.type,
            bruker=o.folk[n] if n else None,
            enhet=o.folk[n].enhet if n else o.enheter[f.enhet],
            mottatt_tid=klokke.naa(),
        )
        for n in navn
    ]


def _parter_og_filer(ting: list[Ting], o: _Oppslag) -> None:
    Korrespondansepart.objects.bulk_create(
        Korrespondansepart(
            journalpost=t.jp,
            type="EA" if t.fakta.type == "I" else "EM",
            navn=ordet("p", t.nr),
            er_person=True,
            rekkefoelge=1,
        )
        for t in ting
        if t.fakta.type in "IU"
    )
    felles = {"opprettet_dato": klokke.naa(), "opprettet_av": o.folk["ark.eva"]}
    dokumenter = Dokument.objects.bulk_create(
        Dokument(
            journalpost=t.jp,
            nummer=1,
            tilknytning="H",
            tittel=f"Dokument {ordet('d', t.nr)}",
            tilknyttet_av=o.folk["ark.eva"],
            **felles,
        )
        for t in ting
    )
    felles_fil = lagre_fil(b"Innhold\n", filnavn="brev.txt")
    versjoner = Dokumentversjon.objects.bulk_create(
        Dokumentversjon(
            dokument=dokument,
            versjonsnummer=1,
            variantformat="P",
            fil=lagre_fil(f"Innhold {ordet('f', t.nr)}\n".encode(), filnavn="brev.txt") if t.enkelt else felles_fil,
            filnavn=f"{ordet('n', t.nr)}.txt",
            **felles,
        )
        for t, dokument in zip(ting, dokumenter, strict=True)
    )
    for t, dokument, versjon in zip(ting, dokumenter, versjoner, strict=True):
        t.ider |= {"dokument_id": dokument.pk, "versjon_id": versjon.pk}


def _henger_paa(ting: list[Ting], o: _Oppslag, terning: random.Random) -> None:
    """A remark, an event, and a flag, a copy and notifications to people who may or may not see what they are about."""
    naa, ansatte = klokke.naa(), sorted(ANSATTE)

    def noen() -> Bruker:
        return o.folk[terning.choice(ansatte)]

    felles = {t.nr: {"sak_id": t.jp.sak_id, "journalpost": t.jp} for t in ting}
    Merknad.objects.bulk_create(
        Merknad(**felles[t.nr], type=o.merknadstype, tekst=ordet("m", t.nr), av=o.folk["sb.kari"], tid=naa)
        for t in ting
    )
    hendelser = Hendelse.objects.bulk_create(
        Hendelse(
            akt=uuid.uuid4(),
            tidspunkt=naa,
            aktoer=o.folk["ark.eva"],
            handling="journalpost.merke",
            objekt_type="journalpost",
            objekt_id=t.jp.pk,
            sak_id=t.jp.sak_id,
            journalpost_id=t.jp.pk,
            detaljer={"merknad": ordet("h", t.nr)},
        )
        for t in ting
    )
    flagg = Flagg.objects.bulk_create(
        Flagg(
            **felles[t.nr],
            fra=noen(),
            **({"til_koe": "ARK"} if terning.random() < 0.2 else {"til_bruker": noen()}),
            tekst=ordet("g", t.nr),
            sendt_tid=naa,
        )
        for t in ting
    )
    Kopi.objects.bulk_create(
        Kopi(
            journalpost=t.jp,
            bruker=noen(),
            kommentar=ordet("k", t.nr),
            av=o.folk["sb.kari"],
            tid=naa,
            levert=not t.fakta.utgaatt and t.fakta.status != "R",
        )
        for t in ting
    )
    for t in ting:
        t.varslet = frozenset(terning.sample(ansatte, 2))
    Varsel.objects.bulk_create(
        Varsel(
            **felles[t.nr],
            bruker=o.folk[mottaker],
            hendelse=h.pk,
            tekst=f"Noe skjedde med {ordet('v', t.nr)}",
            grunn="Du følger den",
            tid=naa,
        )
        for t, h in zip(ting, hendelser, strict=True)
        for mottaker in sorted(t.varslet)
    )
    for t, f in zip(ting, flagg, strict=True):
        t.ider["flagg_id"] = f.pk
