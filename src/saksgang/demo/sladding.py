"""Redacted versions: one that the public reads on a coded entry, and some before each who decides on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import typst
from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.offentlighet.commands import godkjenn_sladding, merk_ord, send_sladding, start_sladding
from saksgang.offentlighet.commands.sladdejobb import lag_ventende
from saksgang.offentlighet.models import Sladding
from saksgang.offentlighet.queries import sladding_til_godkjenning
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.queries import kan, rettigheter
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Funksjon, Handling

if TYPE_CHECKING:
    from .kurver import Kurvfyller

ADRESSE = "Strandveien 12"
BREV = f"= Klage på støy\nVi bor i {ADRESSE} og plages av støy fra naboen om natta.\n\nKan kommunen måle støyen?"
MINST = 3
PROEVES = 40
"""How many of the newest letters are looked at for one whose sender is named in a PDF."""


def legg_inn_sladdinger(fyller: Kurvfyller, folk: Iterable[Bruker]) -> None:
    """Let case workers redact the sender in letters that each of folk decides on; one on a coded entry is approved."""
    foerste = _sendt(_brev(tilgangskode__kode="U", publiseres_tid__lte=klokke.naa()))
    lag_ventende()
    if foerste is not None:
        jp = foerste.dokument.journalpost
        godkjenn_sladding(foerste, av=next(b for b in folk if kan(b, Handling.AVGJOERE_SLADDING, jp)))
    for bruker in folk:
        with fyller.i_dag():
            rett, mangler = rettigheter(bruker), MINST - sladding_til_godkjenning(bruker).count()
        enheter = sorted(rett.enheter(Funksjon.GRADERE))
        for _ in range(mangler):
            _sendt(_brev(synlig_q(rett.noekler), enhet_id__in=enheter)) or _sendt(_nytt_brev(fyller, enheter), ADRESSE)
        lag_ventende()


def _brev(*vilkaar: Q, **soek: object) -> Iterator[Journalpost]:
    poster = (
        Journalpost.objects.filter(
            *vilkaar,
            journalposttype="I",
            status="J",
            xx_frist__isnull=True,
            forslag_sperrer=False,
            sak__arkivdel__publiseres=True,
            saksbehandler__isnull=False,
            dokumenter__versjoner__fil__mimetype="application/pdf",
            dokumenter__nummer=1,
            dokumenter__sladdinger__isnull=True,
            **soek,
        )
        .select_related("sak", "tilgangskode", "saksbehandler", "hjemmel")
        .order_by("-pk")
        .distinct()
    )
    yield from poster[:PROEVES]


def _nytt_brev(fyller: Kurvfyller, enheter: list[int]) -> Iterator[Journalpost]:
    """A letter to one of the units, where none of those that have come can be redacted."""
    saker = (sak for navn in fyller.f.ansatte for sak in fyller.saker(navn) if sak.enhet_id in enheter)
    if (sak := next(saker, None)) is not None:
        fil = lagre_fil(bytes(typst.compile(BREV.encode())), filnavn="klage.pdf")
        yield fyller.brev(sak, "Klage på støy", dokumenter=[Vedlagt(fil, "klage.pdf")], saksbehandler=sak.saksansvarlig)


def _sendt(poster: Iterable[Journalpost], ord_: str = "") -> Sladding | None:
    """Return a redacted version of the first of them that names its sender, sent for approval by its case worker."""
    for jp in poster:
        av = jp.saksbehandler
        if av is None or not kan(av, Handling.SLADDE, jp):
            continue
        try:
            sladding = start_sladding(jp.dokumenter.get(nummer=1, utgaatt_tid=None), av=av)
            merk_ord(sladding, ord_ or jp.partsnavn, hjemmel=jp.hjemmel, av=av)
        except (Avvist, UgyldigInndata):
            continue
        return send_sladding(sladding, av=av)
    return None
