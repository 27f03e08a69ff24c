"""A case's story: it is opened, letters come and go, people copy, remark and write off, and in the end it closes."""

from __future__ import annotations

import datetime as dt
import random

from saksgang.arkivstruktur.commands import finn_eller_opprett_eiendom
from saksgang.flyt.commands import behandle_flagg, besvar_flagg, les_flagg, send_flagg
from saksgang.flyt.models import Flagg
from saksgang.flyt.rules import Aarsak
from saksgang.kjerne import klokke
from saksgang.offentlighet.commands import avgjoer_skjerming, registrer_i_arkivet
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.produksjon.commands import ekspeder, ferdigstill
from saksgang.sakarkiv.commands.avskrivning import avskriv, merk_som_sett
from saksgang.sakarkiv.commands.dokument import legg_ved
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.fordeling import fordel
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Part, Vedlagt, opprett_journalpost, registrer_inngaaende
from saksgang.sakarkiv.commands.kopi import merk_kopi_lest, send_kopi
from saksgang.sakarkiv.commands.merknad import merk, oensk_avsluttet, sett_obs
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from saksgang.sakarkiv.commands.sak import avslutt_sak, kontroller_sak, opprett_sak
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak, Sakstype
from saksgang.tilgang.rules import INTERNE_ROLLER

from .brevskriver import Brevskriver
from .filer import Brevpresse
from .forloep import Forloep
from .grunnlag import PERSONER, Grunnlag, skjerming
from .navn import BARN, ETTERNAVN, FORNAVN, OMRAADER, VEIER, Folk
from .ordveksling import ordvekslinger
from .temaer import VERDIER, Brev, Tema
from .tidslinje import Tidslinje

LEDERE = {"TEK": "led.anne", "KULT": "led.nils", "RÅD": "raad.jon"}
ORDVEKSLINGER = (1, 2, 2, 2, 3)
"""How many exchanges a case may have besides its own letters."""
HJEMLER = {"U": "14", "P": "25-1", "E": "13-oppl", "S": "13-sktfvl"}
MERKNADER = (
    "Snakket med avsender på telefon. Sender mer dokumentasjon i løpet av uken.",
    "Må ses i sammenheng med tidligere sak om samme eiendom.",
    "Venter på uttalelse før saken kan avgjøres.",
    "Befaring avtalt. Ta med målebånd og kamera.",
    "Original oppbevares i arkivet.",
    "Avklart med leder. Kan avgjøres administrativt.",
    "Husk kopi til økonomiavdelingen når vedtaket er sendt.",
)
BESKJEDER = (
    "Kan du se på denne før fredag?",
    "Jeg trenger tallene fra deg før jeg kan svare.",
    "Er dette noe for deg? Jeg er usikker på hvem som har hatt saken før.",
    "Ring meg når du har lest brevet.",
    "Vi bør ta et møte om dette. Når passer det?",
)
SVAR = (
    "Ser på det i dag.",
    "Ja, det er min sak. Jeg tar den.",
    "Har lagt inn en merknad i saken.",
    "Tirsdag kl. 10 passer.",
)


class Fortelling:
    """Puts the acts of each case on the line of time."""

    def __init__(self, g: Grunnlag, linje: Tidslinje, presse: Brevpresse, tilfeldig: random.Random) -> None:
        self.g, self.linje, self.t = g, linje, tilfeldig
        self.folk = Folk(tilfeldig)
        self.p = g.personer
        self._per_id = {bruker.pk: bruker for bruker in g.personer.values()}
        # PERSONER alone knows who is ansatt: the chair and the politicians are not.
        self.ansatte = [navn for navn, *_, roller in PERSONER if INTERNE_ROLLER.intersection(roller)] + ["adm.root"]
        self.sakstyper = {s.kode: s for s in Sakstype.objects.order_by("pk")}
        self.forloep: list[Forloep] = []
        self.liggende: set[int] = set()
        """Letters that are to stay in somebody's Restanse."""
        self._brevskriver = Brevskriver(presse, tilfeldig, g.personer)
        self.grader = {kode: skjerming(kode, hjemmel) for kode, hjemmel in HJEMLER.items()}

    # --- Who and what -------------------------------------------------------------------------------------------------

    def arkivar(self) -> Bruker:
        return self.p[self.t.choice(("ark.eva", "ark.tom"))]

    def kollega(self, *unntatt: str) -> str:
        return self.t.choice([navn for navn in self.ansatte if navn not in unntatt])

    def leder(self, enhet: Enhet) -> Bruker | None:
        return self.p[LEDERE[enhet.kode]] if enhet.kode in LEDERE else None

    def grad(self, kode: str) -> Skjerming | None:
        return self.grader[kode] if kode else None

    def sjanse(self, prosent: float) -> bool:
        return self.t.random() * 100 < prosent

    def nytt(self, tema: Tema, ansvarlig: str, *, lukkes: bool) -> Forloep:
        """Invent a case of a kind."""
        t = self.t
        part = None if tema.part == "-" else self.folk.part(tema.part)
        aar = klokke.idag().year
        verdier = {navn: t.choice(valg) for navn, valg in VERDIER.items()} | {
            "gnr": str(t.randint(2, 96)),
            "bnr": str(t.randint(1, 140)),
            "adresse": self.folk.adresse(),
            "vei": t.choice(VEIER),
            "omraade": t.choice(OMRAADER),
            "part": part.navn if part else "",
            "person": f"{t.choice(FORNAVN)} {t.choice(ETTERNAVN)}",
            "barn": f"{t.choice(BARN)} {t.choice(ETTERNAVN)}",
            "aar": str(aar + 1),
            "aar4": str(aar + 4),
        }
        if tema.kode:
            verdier["part"] = verdier["barn"] if tema.kode == "E" else verdier["person"]
            part = Part(navn=verdier["part"], er_person=True, adresse=verdier["adresse"], postnummer="6899")
        return Forloep(tema, ansvarlig, verdier, part, lukkes, self._brevene(tema))

    def _brevene(self, tema: Tema) -> list[Brev]:
        brevene = []
        for brev in tema.brev:
            if self.sjanse(brev.sjanse):
                brevene += [brev] * (self.t.choice((2, 2, 3, 4, 6)) if "flere" in brev.merker else 1)
        return brevene if tema.kode else self._med_ordvekslinger(brevene)

    def _med_ordvekslinger(self, brevene: list[Brev]) -> list[Brev]:
        """Put some exchanges between the letters, or after them."""
        for veksling in self.t.sample(ordvekslinger(), self.t.choice(ORDVEKSLINGER)):
            sted = self.t.randint(1, max(1, len(brevene)))
            brevene[sted:sted] = [brev for brev in veksling if self.sjanse(brev.sjanse)]
        return brevene

    # --- The case -----------------------------------------------------------------------------------------------------

    def begynn(self, f: Forloep, tid: dt.datetime) -> None:
        """Put the opening of a case on the line."""
        self.linje.legg_til(tid, lambda: self.aapne(f))

    def aapne(self, f: Forloep) -> None:
        """Open the case; the rest follows from there."""
        sa, g, tema = self.p[f.ansvarlig], self.g, f.tema
        f.verdier["aar"], f.verdier["aar4"] = str(klokke.idag().year + 1), str(klokke.idag().year + 4)
        fra_arkivet = not tema.kode and self.sjanse(55)
        av = self.arkivar() if fra_arkivet else sa
        klasse = (
            finn_eller_opprett_eiendom(int(f.verdier["gnr"]), int(f.verdier["bnr"]), av=av)
            if tema.klasse == "gbnr"
            else g.klasser[tema.klasse]
        )
        tittel = f.verdier["emne"] = f.tekst(self.t.choice(tema.titler))
        f.sak = opprett_sak(
            tittel,
            arkivdel=g.arkivdeler[tema.arkivdel],
            enhet=g.enheter[tema.enhet],
            saksansvarlig=sa,
            klasser=[klasse],
            sakstype=self.sakstyper[tema.sakstype],
            offentlig_tittel={"P": "Personalsak", "E": "Elevsak"}.get(tema.kode, ""),
            skjerming=self.grad(tema.kode),
            fra_arkivet=fra_arkivet,
            av=av,
        )
        self.forloep.append(f)
        if not fra_arkivet:
            self.linje.om(1, lambda: kontroller_sak(self._frisk(f), av=self.arkivar()))
        if f.part is not None and self.sjanse(22):
            self._sakspart(f, f.part, av=av)
        if self.sjanse(9):
            frist = klokke.idag() + dt.timedelta(days=self.t.randint(14, 200))
            sett_obs(f.sak, frist, self.t.choice(("Følg opp svar", "Ny vurdering", "Frist for gjennomføring")), av=sa)
        self._neste(f, 0, foerste=True)

    def _sakspart(self, f: Forloep, part: Part, *, av: Bruker) -> None:
        legg_til_sakspart(
            f.aapen_sak,
            type_="person" if part.er_person else "organisasjon",
            navn=part.navn,
            rolle=self.t.choice(("Søker", "Tiltakshaver", "Part")),
            organisasjonsnummer=part.organisasjonsnummer,
            adresse=part.adresse,
            postnummer=part.postnummer,
            poststed=part.poststed,
            epost=part.epost,
            av=av,
        )

    def _frisk(self, f: Forloep) -> Sak:
        f.sak = Sak.objects.select_related("enhet", "saksansvarlig", "tilgangskode").get(pk=f.aapen_sak.pk)
        return f.sak

    def _er_avsluttet(self, **soek: int) -> bool:
        return Sak.objects.only("status").get(**soek).er_avsluttet

    def _neste(self, f: Forloep, nummer: int, *, foerste: bool = False) -> None:
        if nummer >= len(f.brev):
            if f.lukkes:
                self.linje.om(self.t.randint(8, 35), lambda: self._oensk_lukket(f))
            return
        brev = f.brev[nummer]
        like = nummer > 0 and f.brev[nummer - 1] is brev
        dager = 0 if foerste else self.t.randint(0, 3) if like else max(1, brev.dager + self.t.randint(-2, 4))

        def skriv() -> None:
            self.skriv(f, brev)
            self._neste(f, nummer + 1)

        self.linje.om(dager, skriv)

    def _avskriv_rest(self, sak: Sak) -> None:
        for mottaker in InternMottaker.objects.restanse().filter(journalpost__sak=sak).order_by("pk"):
            avskriv(mottaker, "TO", av=self.p[sak.saksansvarlig.brukernavn])

    def _oensk_lukket(self, f: Forloep) -> None:
        sak = self._frisk(f)
        if sak.journalposter.exclude(status__in=("J", "U")).exists() or sak.status not in ("B", "X"):
            self.linje.om(6, lambda: self._oensk_lukket(f))
            return
        self._avskriv_rest(sak)
        oensk_avsluttet(sak, tekst="Ferdig behandlet.", av=self.p[sak.saksansvarlig.brukernavn])
        self.linje.om(self.t.randint(1, 9), lambda: self._lukk(f))

    def _lukk(self, f: Forloep) -> None:
        sak = self._frisk(f)
        if sak.journalposter.exclude(status__in=("J", "U")).exists():
            self.linje.om(2, lambda: self._lukk(f))
            return
        self._avskriv_rest(sak)
        avslutt_sak(sak, av=self.arkivar())

    # --- The letters --------------------------------------------------------------------------------------------------

    def skriv(self, f: Forloep, brev: Brev) -> Journalpost | None:
        """Let one letter come or be written."""
        if self._er_avsluttet(pk=f.aapen_sak.pk):
            return None
        if brev.type == "I":
            return self.motta(f, brev)
        return self.lag(f, brev)

    def _part(self, f: Forloep, brev: Brev) -> Part:
        """Return who writes or is written to: the case's own party, who wrote last, or somebody new."""
        if brev.part == "avsender" and f.siste_avsender is not None:
            return f.siste_avsender
        if brev.part in ("hoved", "avsender"):
            return f.part or self.folk.part("person")
        return self.folk.part(brev.part)

    def motta(self, f: Forloep, brev: Brev, *, frist: dt.date | None = None, liggende: bool = False) -> Journalpost:
        """An incoming letter, by way of the archive or the case worker. liggende: nobody deals with it."""
        part = f.siste_avsender = self._part(f, brev)
        tittel, enhet, sb = f.tekst(brev.tittel), self.g.enheter[f.tema.enhet], self.p[f.ansvarlig]
        leder = self.leder(enhet)
        grad = self.grad(brev.kode)
        felter = {
            "tittel": tittel,
            "avsendere": [part],
            "dokumentdato": klokke.idag() - dt.timedelta(days=self.t.randint(1, 4)),
            "mottatt_dato": klokke.idag(),
            "enhet": enhet,
            "forfallsdato": frist,
            "offentlig_tittel": self._offentlig(brev, tittel),
        }
        dokumenter = self._brevskriver.dokumenter(f, brev, part)
        if (grad is not None and leder is None) or (not liggende and self.sjanse(18)):
            jp = registrer_inngaaende(
                f.aapen_sak, status="S", saksbehandler=sb, skjerming=grad, dokumenter=dokumenter, av=sb, **felter
            )
            self._journalfoer_siden(jp)
        elif grad is not None or (not liggende and leder is not None and self.sjanse(2.5)):
            jp = registrer_i_arkivet(
                f.aapen_sak,
                status="J",
                forslag=grad,
                forslag_merknad="Inneholder opplysninger om personlige forhold." if grad else "",
                sperr=grad is None,
                saksbehandler=sb,
                dokumenter=dokumenter,
                av=self.arkivar(),
                **felter,
            )
            pk, avgjort = jp.pk, None if self.sjanse(15) else grad
            self.linje.om(
                self.t.randint(1, 3), lambda: avgjoer_skjerming(self._jp(pk), avgjort or Skjerming(), av=leder)
            )
        elif not liggende and self.sjanse(4):
            jp = registrer_i_arkivet(f.aapen_sak, status="M", saksbehandler=sb, av=self.arkivar(), **felter)
            self._skann_siden(jp, dokumenter)
        else:
            direkte = leder is None or liggende or sb.enhet is None or self.sjanse(70)
            jp = registrer_i_arkivet(
                f.aapen_sak,
                status="J",
                saksbehandler=sb if direkte else None,
                dokumenter=dokumenter,
                av=self.arkivar(),
                **felter,
            )
            if not direkte:
                self._fordel_siden(jp, sb, leder)
        if liggende:
            self.liggende.add(jp.pk)
            return jp
        if "vent" in brev.merker:
            f.venter.append(jp.pk)
            if self.sjanse(90):
                self._avskriv_siden(jp.pk, self.t.randint(8, 26))
        elif self.sjanse(97):
            self._avskriv_siden(jp.pk, self.t.randint(1, 11))
        if self._er_nylig():
            self._sett_siden(jp.pk, 70)
        self._omtal(f, jp)
        return jp

    def lag(self, f: Forloep, brev: Brev) -> Journalpost:
        """An own document, from draft to journal."""
        sb = self.p[f.ansvarlig]
        grad = self.grad(brev.kode)
        tittel = f.tekst(brev.tittel)
        mottakere: list[Part] = []
        interne: list[Bruker | Enhet] = []
        if brev.type == "U":
            mottakere = [self._part(f, brev)]
        elif brev.part == "selv":
            interne = [sb]
        elif brev.type in "NX":
            antall = self.t.randint(2, 4) if brev.part == "alle" else 1
            interne = [self.p[n] for n in dict.fromkeys(self.kollega(f.ansvarlig) for _ in range(antall))]
        jp = opprett_journalpost(
            f.aapen_sak,
            brev.type,
            tittel=tittel,
            mottakere=mottakere,
            interne_mottakere=interne,
            dokumenter=self._brevskriver.dokumenter(f, brev, mottakere[0] if mottakere else None),
            skjerming=grad,
            offentlig_tittel=self._offentlig(brev, tittel),
            av=sb,
        )
        if brev.type != "S":
            self.linje.om(self.t.randint(0, 1), lambda: self._ferdig(f, brev, jp.pk))
        return jp

    def _ferdig(self, f: Forloep, brev: Brev, pk: int) -> None:
        sb = self.p[f.ansvarlig]
        jp = ferdigstill(self._jp(pk), offentlighet_vurdert=True, av=sb)
        if brev.type == "U" and self._er_nylig():
            maate = "H" if pk % 11 == 0 else "P"
            ekspeder(jp, valg={part.pk: [maate] for part in jp.parter.filter(gyldig=True, type="EM")}, av=sb)
        self._journalfoer_siden(jp)
        if "svar" in brev.merker:
            for venter in f.venter:
                self._avskriv_siden(venter, 0, "TLF" if self.sjanse(15) else "TE")
            f.venter.clear()
        if brev.type in "NX":
            self._sett_siden(pk, 97)
        if brev.type == "N" and self.sjanse(95):
            self._avskriv_siden(pk, self.t.randint(2, 15))
        self._omtal(f, jp)

    def _offentlig(self, brev: Brev, tittel: str) -> str:
        return tittel.split(" – ")[0] if brev.kode in ("P", "E", "S") else ""

    def _jp(self, pk: int) -> Journalpost:
        return Journalpost.objects.select_related("sak", "tilgangskode", "enhet").get(pk=pk)

    # --- What follows -------------------------------------------------------------------------------------------------

    def _journalfoer_siden(self, jp: Journalpost) -> None:
        pk = jp.pk

        def journalfoer_naa() -> None:
            if (frisk := self._jp(pk)).status in ("S", "F"):
                journalfoer(frisk, av=self.arkivar())

        self.linje.om(1, journalfoer_naa)

    def _skann_siden(self, jp: Journalpost, dokumenter: list[Vedlagt]) -> None:
        def skann() -> None:
            arkivar = self.arkivar()
            for vedlagt in dokumenter:
                legg_ved(self._jp(jp.pk), vedlagt.fil, filnavn=vedlagt.filnavn, tittel=vedlagt.tittel, av=arkivar)
            journalfoer(self._jp(jp.pk), av=arkivar)

        self.linje.om(1, skann)

    def _fordel_siden(self, jp: Journalpost, sb: Bruker, leder: Bruker | None) -> None:
        def fordel_naa() -> None:
            mottaker = InternMottaker.objects.filter(journalpost_id=jp.pk, gyldig=True, bruker__isnull=True).first()
            if mottaker is not None and leder is not None:
                av = self.p["nes.ida"] if jp.enhet.kode == "TEK" and self.sjanse(30) else leder
                fordel(mottaker, sb, av=av)

        self.linje.om(self.t.randint(0, 2), fordel_naa)

    def aapne_mottakere(self, pk: int) -> list[tuple[InternMottaker, Bruker]]:
        """Return the recipients who have it and have not written it off, each with the person."""
        rader = InternMottaker.objects.filter(
            journalpost_id=pk, levert=True, gyldig=True, avskrivning__isnull=True, bruker__isnull=False
        )
        return [(rad, self._per_id[rad.bruker_id]) for rad in rader.order_by("pk")]

    def _avskriv_siden(self, pk: int, dager: int, maate: str = "") -> None:
        def avskriv_naa() -> None:
            if self._er_avsluttet(journalposter=pk):
                return
            for mottaker, bruker in self.aapne_mottakere(pk):
                kode = maate or self.t.choice(("TE", "TE", "TO", "TLF"))
                merknad = "Tok saken på telefon." if kode == "TLF" and self.sjanse(50) else ""
                avskriv(mottaker, kode, merknad=merknad, av=bruker)

        self.linje.om(dager, avskriv_naa)

    def _er_nylig(self) -> bool:
        """Whether what is done now may still be seen in somebody's basket."""
        return self.linje.til - klokke.naa() < dt.timedelta(days=60)

    def _sett_siden(self, pk: int, prosent: float) -> None:
        def sett() -> None:
            for mottaker, bruker in self.aapne_mottakere(pk):
                if mottaker.sett_tid is None and self.sjanse(prosent):
                    merk_som_sett(mottaker, av=bruker)

        self.linje.om(self.t.randint(0, 3), sett)

    def _omtal(self, f: Forloep, jp: Journalpost) -> None:
        """Now and then: a remark, a copy, a flag."""
        pk, sb = jp.pk, self.p[f.ansvarlig]
        kodet = bool(jp.tilgangskode_id or jp.forslag_sperrer or f.tema.kode)
        if self.sjanse(7):
            self.linje.om(1, lambda: self._merk(pk, sb))
        if not kodet and jp.journalposttype != "X" and self.sjanse(6):
            self.linje.om(self.t.randint(2, 3), lambda: self._kopier(pk, sb))
        if not kodet and self.sjanse(6):
            self.linje.om(2, lambda: self._flagg(pk, sb))

    def _merk(self, pk: int, sb: Bruker) -> None:
        if not (jp := self._jp(pk)).sak.er_avsluttet:
            merk(jp, self.t.choice(MERKNADER), type_=self.t.choice(("SB", "SB", "AN")), av=sb)

    def _kan_deles(self, jp: Journalpost) -> bool:
        return not jp.sak.er_avsluttet and jp.status in ("F", "J") and not jp.tilgangskode_id and not jp.forslag_sperrer

    def _kopier(self, pk: int, sb: Bruker) -> None:
        jp = self._jp(pk)
        if not self._kan_deles(jp):
            return
        andre = dict.fromkeys(self.kollega(sb.brukernavn) for _ in range(self.t.randint(1, 2)))
        kommentar = self.t.choice(("Til orientering.", "", "Se særlig siste avsnitt."))
        for kopi in send_kopi(jp, [self.p[n] for n in andre], kommentar=kommentar, av=sb):
            if self.sjanse(88):
                leser = self.p[kopi.bruker.brukernavn]
                self.linje.om(self.t.randint(1, 4), lambda k=kopi, b=leser: merk_kopi_lest(k, av=b))

    def _flagg(self, pk: int, sb: Bruker) -> None:
        jp = self._jp(pk)
        if not self._kan_deles(jp):
            return
        if self.sjanse(35):
            self._flagg_til_arkivet(jp, sb)
            return
        til = self.p[self.kollega(sb.brukernavn)]
        flagg = send_flagg(jp, til=til, tekst=self.t.choice(BESKJEDER), av=sb)
        if self.sjanse(88):
            self.linje.om(self.t.randint(0, 3), lambda: les_flagg(flagg, av=til))
            svarer = self.sjanse(60)
            self.linje.om(
                self.t.randint(3, 4),
                lambda: besvar_flagg(flagg, self.t.choice(SVAR), av=til) if svarer else behandle_flagg(flagg, av=til),
            )
            if svarer:
                self.linje.om(6, lambda: self._lukk_svar(flagg.pk, sb))

    def _lukk_svar(self, flagg_pk: int, sb: Bruker) -> None:
        svar = Flagg.objects.select_related("journalpost__sak", "sak").filter(svar_paa_id=flagg_pk).first()
        if svar is not None and svar.er_aapent:
            behandle_flagg(svar, av=sb)

    def _flagg_til_arkivet(self, jp: Journalpost, sb: Bruker) -> None:
        aarsak, tekst, tittel = self.arkivmelding(jp)
        flagg = send_flagg(jp, koe="ARK", aarsak=aarsak, tekst=tekst, foreslaatt_tittel=tittel, av=sb)
        if self.sjanse(94):
            self.linje.om(self.t.randint(1, 5), lambda: behandle_flagg(flagg, tekst="Ordnet.", av=self.arkivar()))

    def arkivmelding(self, jp: Journalpost, aarsak: str = "") -> tuple[str, str, str]:
        """Return cause, text and proposed title of a message to the archive."""
        aarsak = aarsak or self.t.choice(("melding", "feildistribuert", "feilregistrert", "tittel"))
        return {
            "melding": (Aarsak.MELDING, "Vedlegg 2 mangler i skanningen. Kan dere se på originalen?", ""),
            "feildistribuert": (
                Aarsak.FEILDISTRIBUERT,
                "Brevet gjelder et annet fagområde. Kan dere sende det videre?",
                "",
            ),
            "feilregistrert": (
                Aarsak.FEILREGISTRERT,
                "Avsender er feil. Brevet er fra foretaket, ikke fra privatpersonen.",
                "",
            ),
            "tittel": (Aarsak.TITTEL, "Tittelen sier lite om innholdet.", f"{jp.tittel} – oppdatert"[:500]),
        }[aarsak]
