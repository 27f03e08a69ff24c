"""Requests for access in the demo: fresh, waiting for a leader, past its five days, refused, and appealed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Count

from saksgang.innsynskrav.commands import journalfoer_krav, klag, krev_innsyn, registrer_krav, svar_paa_krav, vurder
from saksgang.innsynskrav.models import Innsynskrav
from saksgang.innsynskrav.queries import innsyn_til_vurdering, linjer
from saksgang.innsynskrav.rules import UBESVART
from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import legg_til_arbeidsdager
from saksgang.offentlighet.querysets import offentlig_q
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon

from .tidslinje import Tidslinje

if TYPE_CHECKING:
    from .kurver import Kurvfyller

MINST = 3
AVISA = {"navn": "Nora Berg, Fjordvik Avis", "epost": "redaksjonen@fjordvikavis.example"}


class Innsynskravene:
    """Puts the requests on the line, each on the day that it came."""

    def __init__(self, personer: dict[str, Bruker], linje: Tidslinje, idag: dt.date) -> None:
        self.p, self.linje, self.idag = personer, linje, idag

    def legg_inn(self) -> None:
        """The oldest first; the last of them came this morning."""
        for dager, akt in (
            (12, self._paaklaget),
            (9, self._avslaatt),
            (7, self._over_fristen),
            (2, self._skjermet),
            (1, self._muntlig),
            (0, self._nytt),
        ):
            dag = legg_til_arbeidsdager(self.idag, -dager)
            self.linje.legg_til(min(self.linje.til, self.linje.paa_dag(dag)), akt)

    def _poster(self, antall: int, **soek: object) -> list[tuple[int, int, int]]:
        poster = Journalpost.objects.filter(
            offentlig_q(klokke.naa()), enhet__kode="TEK", sak__status="B", innsynskrav=None, **soek
        )
        return [
            (jp.sak.aar, jp.sak.sekvens, jp.journalpostnummer)
            for jp in poster.select_related("sak").order_by("-pk")[:antall]
        ]

    def _skjermede(self) -> list[tuple[int, int, int]]:
        return self._poster(1, tilgangskode__kode="U")

    def _avslaa(self, krav: Innsynskrav) -> None:
        for linje in linjer(krav):
            vurder(
                [linje],
                "avslag",
                hjemmel=linje.journalpost.hjemmel,
                rest="c",
                merinnsyn="Vurdert. Det som er igjen, sier ingenting når det unntatte er borte.",
                av=self.p["led.anne"],
            )
        svar_paa_krav(krav, av=self.p["ark.eva"])

    def _avslaatt(self) -> None:
        if poster := self._skjermede():
            krav = krev_innsyn(poster, tekst="Jeg ber om innsyn i brevet.")
            self.linje.om(1, lambda: self._avslaa(krav))

    def _paaklaget(self) -> None:
        if poster := self._skjermede():
            krav = krev_innsyn(poster, **AVISA)
            self.linje.om(2, lambda: self._avslaa(krav))
            self.linje.om(5, lambda: self._klag(krav))

    def _klag(self, krav: Innsynskrav) -> None:
        klag(krav, "Avslaget er ikke godt nok begrunnet. Dokumentet har stor interesse for innbyggerne.")
        journalfoer_krav(krav, linjer(krav)[0].journalpost.sak, av=self.p["ark.eva"])

    def _over_fristen(self) -> None:
        krev_innsyn(self._poster(3, tilgangskode=None), tekst="Alle brev om dette.", **AVISA)

    def _skjermet(self) -> None:
        krav = krev_innsyn([*self._skjermede(), *self._poster(1, tilgangskode=None)], navn="Ola Innbygger")
        for linje in linjer(krav):
            if linje.journalpost.tilgangskode is None:
                vurder([linje], "helt", av=self.p["ark.eva"])

    def _muntlig(self) -> None:
        registrer_krav(
            kanal="muntlig",
            mottatt_dato=klokke.idag(),
            om_sak="Pumpestasjonen i Strandveien",
            tekst="Ringte og ba om støymålingene.",
            kontaktpunkt="Ringes på 900 00 000",
            av=self.p["ark.eva"],
        )

    def _nytt(self) -> None:
        krev_innsyn(self._poster(2, tilgangskode=None), **AVISA)


def legg_inn_til_vurdering(fyller: Kurvfyller, folk: Iterable[Bruker]) -> None:
    """Let somebody ask, this afternoon, for coded documents that each of folk is to decide on."""
    for bruker in folk:
        with fyller.i_dag():
            rett, mangler = rettigheter(bruker), max(0, MINST - innsyn_til_vurdering(bruker).count())
        poster = Journalpost.objects.filter(
            offentlig_q(klokke.naa()),
            synlig_q(rett.noekler),
            enhet_id__in=sorted(rett.enheter(Funksjon.GRADERE)),
            tilgangskode__isnull=False,
        ).exclude(kravlinjer__krav__tilstand__in=UBESVART)
        # What nobody has asked for first; of the rest the archive has an answer to give again.
        poster = poster.annotate(spurt=Count("kravlinjer")).select_related("sak").order_by("spurt", "-pk")
        for nr, jp in enumerate(poster[:mangler]):
            krev_innsyn([(jp.sak.aar, jp.sak.sekvens, jp.journalpostnummer)], **(AVISA if nr else {"navn": "Kari Vik"}))
