"""What one reader sees and may do on one journalpost, gathered once for the page and the preview."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from saksgang.innsynskrav.queries import ubesvarte_om
from saksgang.offentlighet.queries import opphoer
from saksgang.sakarkiv.commands.felter import felter_for
from saksgang.sakarkiv.queries import journalposter, saker
from saksgang.sakarkiv.queries.saksside import alt_er_gjort, ukontrollert
from saksgang.sakarkiv.rules import (
    AVSKRIVBARE,
    Journalposttype,
    Journalstatus,
    Parttype,
    Svarmaate,
)
from saksgang.tilgang.queries import kan, tillatte
from saksgang.tilgang.rules import Handling

from .dokumentoversikt import Dokumentoversikt
from .godkjenningsoversikt import SVAR_PAA_GODKJENNING, Godkjenningsoversikt
from .punkter import Handlinger, Kontrollpunkt, Punkt
from .svaroversikt import FORTSETT, Svaroversikt

if TYPE_CHECKING:
    from saksgang.innsynskrav.models import Innsynskrav
    from saksgang.logg.models import Hendelse
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Dokument, InternMottaker, Journalpost, Korrespondansepart

H = Handling
REDIGER_TEKST = "Rediger tekst"
_LAAST = (Journalstatus.FERDIG, Journalstatus.JOURNALFOERT, Journalstatus.MIDLERTIDIG)


class Oversikt(Svaroversikt, Godkjenningsoversikt, Dokumentoversikt):
    """A journalpost as one reader meets it."""

    def __init__(self, journalpost: Journalpost, leser: Bruker) -> None:
        self.jp, self.leser = journalpost, leser
        self.har_dokumenter = False
        self.vist_dokument: Dokument | None = None
        """Set by the page, which gathers the documents."""

    @cached_property
    def tillatt(self) -> frozenset[Handling]:
        return tillatte(self.leser, self.jp)

    @cached_property
    def felter(self) -> frozenset[str]:
        return felter_for(self.jp, self.leser)

    @cached_property
    def aapen(self) -> bool:
        return not self.jp.sak.er_avsluttet and self.jp.status != Journalstatus.UTGAAR

    @cached_property
    def opphoer(self) -> Any:
        """When the grading ends, where somebody has said so."""
        return opphoer(self.jp) if self.jp.tilgangskode_id is not None else None

    @cached_property
    def ser_saken(self) -> bool:
        return saker.ser_saken(self.leser, self.jp.sak)

    @cached_property
    def sakstittel(self) -> str:
        """The case's title, or what the public sees of it when the case itself is closed to the reader (krav C.0)."""
        return self.jp.sak.tittel if self.ser_saken else self.jp.sak.offentlig_tittel

    @cached_property
    def mottakere(self) -> list[InternMottaker]:
        return list(saker.mottakere(self.jp))

    @cached_property
    def aapne_mottakere(self) -> list[InternMottaker]:
        """Recipients whose part is delivered and not written off."""
        return [m for m in self.mottakere if m.levert and m.avskrivning_id is None]

    @cached_property
    def egen(self) -> InternMottaker | None:
        return next((m for m in self.mottakere if m.bruker_id == self.leser.pk and m.levert), None)

    @cached_property
    def kan_avskrives(self) -> list[InternMottaker]:
        """The parts that the reader may write off, one's own first."""
        if not self.aapen or self.jp.journalposttype not in AVSKRIVBARE:
            return []
        rader = [m for m in self.aapne_mottakere if kan(self.leser, H.AVSKRIVE, m)]
        return sorted(rader, key=lambda m: (m.bruker_id != self.leser.pk, m.pk))

    @cached_property
    def kan_fordeles(self) -> list[InternMottaker]:
        """The parts that the reader may distribute; those without a person first."""
        if not self.aapen:
            return []
        rader = [m for m in self.aapne_mottakere if kan(self.leser, H.FORDELE, m)]
        return sorted(rader, key=lambda m: (m.bruker_id is not None, m.pk))

    @cached_property
    def parter(self) -> list[Korrespondansepart]:
        return list(saker.parter(self.jp))

    def parter_av(self, *typer: Parttype) -> list[Korrespondansepart]:
        return [p for p in self.parter if p.type in typer]

    @cached_property
    def avsendere(self) -> list[Korrespondansepart]:
        return self.parter_av(Parttype.AVSENDER, Parttype.INTERN_AVSENDER)

    @cached_property
    def eksterne_mottakere(self) -> list[Korrespondansepart]:
        return self.parter_av(Parttype.MOTTAKER)

    @cached_property
    def kopimottakere(self) -> list[Korrespondansepart]:
        return self.parter_av(Parttype.KOPIMOTTAKER)

    @cached_property
    def kopier(self) -> list[Any]:
        return list(saker.kopier(self.jp))

    @cached_property
    def egen_kopi(self) -> Any:
        return next((k for k in self.kopier if k.bruker_id == self.leser.pk and k.levert and k.lest_tid is None), None)

    @cached_property
    def merknader(self) -> list[Any]:
        return saker.merknader_for_journalpost(self.leser, self.jp)

    @cached_property
    def nye_merknader(self) -> list[Any]:
        return [m for m in self.merknader if m.er_ny]

    @cached_property
    def registrering(self) -> Hendelse | None:
        return journalposter.registrering(self.jp)

    @cached_property
    def naboer(self) -> tuple[int | None, int | None]:
        return journalposter.naboer(self.leser, self.jp)

    @property
    def inngaaende(self) -> bool:
        return self.jp.journalposttype == Journalposttype.INNGAAENDE

    @property
    def notat(self) -> bool:
        return self.jp.journalposttype in (Journalposttype.NOTAT, Journalposttype.XNOTAT)

    @property
    def utgaatt(self) -> bool:
        return self.jp.status == Journalstatus.UTGAAR

    @cached_property
    def restansefrist(self) -> Any:
        """The deadline to show in the head: while somebody's part is open."""
        if self.jp.journalposttype not in AVSKRIVBARE or not self.aapne_mottakere:
            return None
        rad = self.egen if self.egen in self.aapne_mottakere else self.aapne_mottakere[0]
        return rad.forfallsdato or self.jp.forfallsdato

    @cached_property
    def kan_oenskes_avsluttet(self) -> bool:
        """«Ønskes saken avsluttet?»: this was the last to be finished in the case (krav R-10.2.2.9)."""
        ferdig = self.jp.status in (Journalstatus.FERDIG, Journalstatus.JOURNALFOERT)
        aapen = self.restansefrist is not None
        return ferdig and not aapen and alt_er_gjort(self.jp.sak) and kan(self.leser, H.OENSKE_AVSLUTTET, self.jp.sak)

    @cached_property
    def innsynskrav(self) -> list[Innsynskrav]:
        """Unanswered requests for access to it, for those who assess them."""
        vurderer = {Handling.FORESLAA_INNSYN, Handling.VURDERE_INNSYN} & self.tillatt
        return ubesvarte_om(self.leser, self.jp) if vurderer and self.jp.er_journalfoert else []

    @cached_property
    def ukontrollert(self) -> bool:
        """«Saken er ikke kontrollert»: it is journalised in, and still R (krav R-10.3.1.9)."""
        return kan(self.leser, H.KONTROLLERE_SAK, self.jp.sak) and ukontrollert(self.leser, self.jp.sak)

    # ── Acts ─────────────────────────────────────────────

    def _url(self, navn: str, *args: Any) -> str:
        return reverse(f"journalpost-{navn}", args=[self.jp.pk, *args])

    def _kan_gaa(self, til: str) -> bool:
        handling = self.jp.overganger.get((self.jp.status, til))
        return handling in self.tillatt and (self.aapen or til == Journalstatus.JOURNALFOERT)

    @cached_property
    def kan_merke(self) -> bool:
        return self.aapen and H.MERKE in self.tillatt

    @cached_property
    def opphevbare(self) -> list[int]:
        """Recipients whose avskrivning the reader may lift."""
        if not self.aapen:
            return []
        return [m.pk for m in self.mottakere if m.avskrivning_id and kan(self.leser, H.OPPHEVE_AVSKRIVNING, m)]

    @cached_property
    def antall_ok(self) -> int:
        return sum(k.ok for k in self.kontroll)

    @cached_property
    def kan_foreslaa_tittel(self) -> bool:
        """The title is locked to the reader, who may tell the archive what it should be (A-11)."""
        laast = self.jp.status in _LAAST and "tittel" not in self.felter
        return self.aapen and laast and H.SENDE_FLAGG in self.tillatt

    @cached_property
    def kan_graderes(self) -> bool:
        return self.aapen and bool({H.SKJERME, H.AVGJOERE_SKJERMING, H.FORESLAA_SKJERMING} & self.tillatt)

    @cached_property
    def kan_snevres_inn(self) -> bool:
        """A code is decided, and no group narrows it yet: the reader may make one."""
        venter = self.jp.avventer_gradering or self.jp.forslag_aapent
        kodet = self.jp.tilgangskode_id is not None and self.jp.tilgangsgruppe_id is None
        return self.aapen and kodet and not venter and H.SKJERME in self.tillatt

    @cached_property
    def gruppe_url(self) -> str:
        """The page of the group that narrows it, for those who keep the group."""
        gruppe = self.jp.tilgangsgruppe
        egen = gruppe is not None and kan(self.leser, H.ADMINISTRERE_GRUPPE, gruppe)
        return reverse("minside_gruppe", args=[self.jp.tilgangsgruppe_id]) if egen else ""

    @cached_property
    def handlinger(self) -> Handlinger:
        """Every act that is the reader's to do now: nothing that a role would refuse."""
        if not self.aapen:
            return Handlinger()
        gruppert = [
            ("Svar", self._svar()),
            ("Oppfølging", self._oppfoelging()),
            ("Send", [*self._godkjenning(), *self._send()]),
            ("Journalpost", self._innhold()),
            ("Status", self._status()),
        ]
        alle = [p for _, gruppe in gruppert for p in gruppe]
        primaer = self._primaer(alle)
        sekundaer = next((p for p in alle if p.tekst in ("Avskriv. oppl", REDIGER_TEKST) and p is not primaer), None)
        return Handlinger(
            primaer=primaer,
            sekundaere=[sekundaer] if sekundaer else [],
            grupper=[(navn, gruppe) for navn, gruppe in gruppert if gruppe],
        )

    def _primaer(self, alle: list[Punkt]) -> Punkt | None:
        """The next step of the routine for this reader."""
        etter_navn = {p.tekst: p for p in alle}
        jp = self.jp
        if jp.forslag_aapent and H.AVGJOERE_SKJERMING in self.tillatt:
            return etter_navn.get("Gradering")
        if jp.avventer_gradering and H.AVGJOERE_SKJERMING in self.tillatt:
            return etter_navn.get("Gradering")
        if jp.hos_godkjenner_id is not None:
            return etter_navn.get(SVAR_PAA_GODKJENNING)
        ufordelt = bool(self.kan_fordeles) and self.kan_fordeles[0].bruker_id is None
        rekkefoelge = ["Ferdigstill og ekspeder", "Ferdigstill"]
        if jp.status == Journalstatus.FERDIG and jp.ekspedert_dato is None and not self.ekspederinger:
            rekkefoelge.append("Ekspeder")
        if ufordelt:
            rekkefoelge.append("Fordel")
        if self.egen in self.aapne_mottakere:
            rekkefoelge += (
                [FORTSETT, Svarmaate.ENDELIG.label, Svarmaate.NOTAT.label, "Avskriv. oppl"]
                if jp.journalposttype in AVSKRIVBARE
                else ["Marker som lest"]
            )
        if jp.status in (Journalstatus.REGISTRERT, Journalstatus.MIDLERTIDIG, Journalstatus.FERDIG):
            rekkefoelge.append("Journalfør")
        rekkefoelge.append("Marker kopien som lest")
        return next((etter_navn[navn] for navn in rekkefoelge if navn in etter_navn), None)

    def _oppfoelging(self) -> list[Punkt]:
        punkter = []
        if self.kan_avskrives:
            punkter.append(Punkt("Avskriv. oppl", self._url("avskrivning"), "CheckmarkCircle", tast="a"))
        if self.kan_fordeles:
            ny = self.kan_fordeles[0].bruker_id is None
            punkter.append(Punkt("Fordel" if ny else "Fordel videre", self._url("fordeling"), "PersonPlus"))
        elif "saksbehandler" in self.felter and H.SETTE_SAKSBEHANDLER in self.tillatt:
            punkter.append(Punkt("Sett saksbehandler", self._url("saksbehandler"), "Person"))
        if "forfallsdato" in self.felter and H.REDIGERE_ARBEIDSDATA in self.tillatt:
            punkter.append(Punkt("Sett svarfrist", self._url("svarfrist"), "Calendar"))
        if self.egen in self.aapne_mottakere and self.egen and self.egen.sett_tid is None:
            navn, under = (
                ("Sett", "Ut av Innboks, blir i Restanse")
                if self.jp.journalposttype in AVSKRIVBARE
                else ("Marker som lest", "Ut av Innboks")
            )
            punkter.append(Punkt(navn, self._url("sett"), "Eye", under=under, post=True))
        if self.aapen and H.MERKE_RELEVANT in self.tillatt:
            if self.jp.relevant_for_behandling:
                url = self._url("relevans-oppheving")
                punkter.append(Punkt("Ikke relevant for behandlingen", url, "MinusCircle", post=True))
            else:
                under = "På lista til dem som skal avgjøre"
                url = self._url("relevans")
                punkter.append(Punkt("Relevant for behandlingen", url, "Bookmark", under=under, post=True))
        if self.mulige_besvarte:
            punkter.append(
                Punkt("Knytt som svar", self._url("svarknytning"), "Link", under="Til et åpent brev i saken")
            )
        if self.egen_kopi:
            url = reverse("kopi-lest", args=[self.egen_kopi.pk])
            punkter.append(Punkt("Marker kopien som lest", url, "Files", under="Ut av Kopiboks", post=True))
        return punkter

    def _send(self) -> list[Punkt]:
        punkter = []
        if H.KOPIERE in self.tillatt and self.jp.status != Journalstatus.RESERVERT:
            punkter.append(Punkt("Kopi til", self._url("kopier"), "Files", tast="c"))
        if H.SENDE_FLAGG in self.tillatt:
            punkter.append(Punkt("Flagg: Beskjed/Merknad", self._url("flagg", "melding"), "Flagg"))
            punkter.append(Punkt("Spør leder", self._url("flagg", "leder"), "QuestionmarkCircle"))
            if self.inngaaende:
                punkter.append(Punkt("Feildistribuert", self._url("flagg", "feildistribuert"), "ArrowRightLeft"))
            punkter.append(
                Punkt("Meld feilregistrering til arkivet", self._url("flagg", "feilregistrert"), "FileXMark")
            )
            punkter.append(Punkt("Be arkivet flytte til annen sak", self._url("flagg", "flytting"), "FolderPlus"))
            if self.kan_foreslaa_tittel:
                punkter.append(Punkt("Foreslå ny tittel", self._url("tittelforslag"), "Pencil"))
        return punkter

    def _innhold(self) -> list[Punkt]:
        punkter = []
        if H.MERKE in self.tillatt:
            punkter.append(Punkt("Merknad", self._url("merknader"), "Chat"))
        if self.felter - {"dokumenter"} and H.REDIGERE_ARBEIDSDATA in self.tillatt:
            punkter.append(Punkt("Rediger opplysninger", self._url("redigering"), "PencilWriting"))
        if self.kan_skrive_tekst:
            punkter.append(Punkt(REDIGER_TEKST, self._url("skriving"), "DocPencil", helside=True))
        if self.kan_legge_ved:
            punkter.append(Punkt("Dokumenter og vedlegg", self._url("dokumenter"), "Paperclip"))
            if self.jp.status in (Journalstatus.RESERVERT, Journalstatus.REGISTRERT):
                punkter.append(Punkt("Til skanning", self._url("skanning"), "FileText", under="Vedlegg på papir"))
        if self.jp.journalposttype == Journalposttype.UTGAAENDE and "parter" in self.felter:
            under = "Velg saksparter eller les inn en liste"
            punkter.append(Punkt("Mottakere", self._url("mottakere"), "PersonGroup", under=under, helside=True))
        if self.har_dokumenter:
            punkter.append(Punkt("Skriv ut", self._url("utskrift"), "FilePdf", helside=True))
        if H.SIGNERE in self.tillatt and not self.inngaaende:
            punkter.append(Punkt("Registrer signatur", self._url("signatur"), "PencilWriting"))
        if self.kan_graderes:
            punkter.append(Punkt("Gradering", self._url("skjerming"), "ShieldLock"))
        if self.kan_sladde:
            url = reverse("dokument-sladding", args=[self.vist_dokument.pk])
            punkter.append(Punkt("Lag sladdet versjon", url, "EyeSlash", under="Av dokumentet som vises", post=True))
        if H.MIDLERTIDIG_SPERRE in self.tillatt and not (self.jp.tilgangskode and self.jp.tilgangskode.er_xx):
            punkter.append(
                Punkt("Sperr midlertidig (XX)", self._url("sperring"), "PadlockLocked", under="Av postlista straks")
            )
        if self.opphoer is not None and self.opphoer.kan_inntreffe and H.MERKE_OPPHOER in self.tillatt:
            under = f"Graderingen gjelder til {self.opphoer.hendelse}"
            punkter.append(Punkt("Hendelsen har inntruffet", self._url("opphoer"), "Calendar", under=under))
        if H.VURDERE_OFFENTLIGHET in self.tillatt and self.jp.offentlighet_vurdert_tid is None:
            punkter.append(
                Punkt("Offentlighet er vurdert", self._url("offentlighetsvurdering"), "ShieldCheckmark", post=True)
            )
        return punkter

    def _status(self) -> list[Punkt]:
        S = Journalstatus
        punkter = []
        brev = self.jp.journalposttype == Journalposttype.UTGAAENDE and H.EKSPEDERE in self.tillatt
        if self._kan_gaa(S.FERDIG) and self.jp.status == S.RESERVERT and brev:
            punkter.append(Punkt("Ferdigstill og ekspeder", self._url("ekspedering"), "Paperplane"))
        if self._kan_gaa(S.FERDIG) and self.jp.status == S.RESERVERT:
            punkter.append(Punkt("Ferdigstill", self._url("ferdigstilling"), "Checkmark"))
        if brev and self.jp.status in (S.FERDIG, S.JOURNALFOERT):
            under = "På en måte til" if self.jp.ekspedert_dato else ""
            punkter.append(Punkt("Ekspeder", self._url("ekspedering"), "Paperplane", under=under))
        if self._kan_gaa(S.RESERVERT) and self.jp.ekspedert_dato is None:
            punkter.append(Punkt("Åpne igjen for redigering", self._url("gjenaapning"), "ArrowUndo"))
        if self._kan_gaa(S.JOURNALFOERT):
            punkter.append(Punkt("Journalfør", self._url("journalfoering"), "FileCheckmark"))
            if (
                self.jp.status in (S.MIDLERTIDIG, S.REGISTRERT)
                and self.jp.avventer_gradering
                and self.jp.ferdig_i_arkivet_av_id is None
            ):
                punkter.append(
                    Punkt(
                        "Meld komplett",
                        self._url("komplett"),
                        "Tasklist",
                        under="Journalføres når graderingen er avgjort",
                        post=True,
                    )
                )
        if self.jp.status == S.JOURNALFOERT and H.AVJOURNALFOERE in self.tillatt:
            punkter.append(Punkt("Avjournalfør", self._url("avjournalfoering"), "ArrowUndo"))
        if self._kan_gaa(S.UTGAAR):
            punkter.append(Punkt("Utgår", self._url("utgaatt"), "XMarkOctagon"))
        return punkter

    # ── Control checklist (krav R-10.2.1.1) ──────────────

    @cached_property
    def kontroll(self) -> list[Kontrollpunkt]:
        """The routine's control steps, for whoever is to deal with it."""
        mitt = self.egen in self.aapne_mottakere and self.egen is not None
        if not mitt or not self.aapen:
            return []
        nye = len(self.nye_merknader)
        vurdert = not self.jp.avventer_gradering and not self.jp.forslag_aapent
        return [
            Kontrollpunkt("Saksansvar", "f-saksansvarlig", True),
            Kontrollpunkt("Distribusjon", "f-saksbehandler", self.egen is not None),
            Kontrollpunkt("Merknader", "merknader", not nye, f"{nye} ny{'e' if nye > 1 else ''}" if nye else ""),
            Kontrollpunkt("Beskrivelse", "f-tittel", bool(self.jp.tittel)),
            Kontrollpunkt("Tilgang", "f-tilgang", vurdert, "" if vurdert else "avventer gradering"),
            Kontrollpunkt("Svarfrist", "f-svarfrist", self.restansefrist is not None or not self.inngaaende),
            Kontrollpunkt("Kopi", "f-kopi", True),
        ]
