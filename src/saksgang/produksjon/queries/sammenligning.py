"""Two versions of a document side by side: what was put in and what was taken out (krav R-8.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.rules.sammenligning import Linje, antall_steder, sammenlign
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.queries.saker import hent_dokument, ser_utkast
from saksgang.sakarkiv.rules.lenke import SKJERMET_VEDLEGG

from .dokumenttekst import UtenTekst, les_avsnitt


@dataclass(frozen=True)
class Sammenligning:
    """Two versions as one text, or why they cannot be shown so."""

    fra: Dokumentversjon
    til: Dokumentversjon
    linjer: tuple[Linje, ...] = ()
    hvorfor_ikke: str = ""

    @property
    def antall(self) -> int:
        return antall_steder(self.linjer)


@dataclass(frozen=True)
class Dokumentendring:
    """What became of one document between two points in time. fra: none where it is new; til: none where it is gone."""

    dokument: Dokument
    fra: int | None
    til: int | None

    @property
    def endret(self) -> bool:
        return self.fra != self.til


def sammenlign_versjoner(fra: Dokumentversjon, til: Dokumentversjon) -> Sammenligning:
    """Compare the texts of two versions; a file without text says so."""
    if fra.fil_id == til.fil_id:
        return Sammenligning(fra, til, hvorfor_ikke="De to versjonene er helt like.")
    try:
        return Sammenligning(fra, til, tuple(sammenlign(les_avsnitt(fra.fil), les_avsnitt(til.fil))))
    except UtenTekst as feil:
        return Sammenligning(fra, til, hvorfor_ikke=str(feil))


def hent_versjoner(leser: Bruker, dokument_id: int) -> list[Dokumentversjon]:
    """Return the versions of a document, the first one first, for a reader who may see them all (krav C.0).

    IkkeFunnet for others: who may see the finished text only, has nothing to compare it with.
    """
    dokument = hent_dokument(leser, dokument_id)
    if not ser_utkast(leser, dokument.journalpost):
        raise IkkeFunnet
    return list(
        dokument.versjoner.filter(variantformat=Dokumentversjon.Variant.PRODUKSJON)
        .select_related("fil", "opprettet_av", "dokument__journalpost__sak", "dokument__journalpost__tilgangskode")
        .order_by("versjonsnummer", "pk")
    )


def hent_par(leser: Bruker, dokument_id: int, fra: int, til: int) -> tuple[Dokumentversjon, Dokumentversjon]:
    """Return two versions of a document by number, or IkkeFunnet."""
    versjoner = {v.versjonsnummer: v for v in hent_versjoner(leser, dokument_id)}
    if fra not in versjoner or til not in versjoner:
        raise IkkeFunnet
    return versjoner[fra], versjoner[til]


def dokumentendringer(
    journalpost: Journalpost, foer: Mapping[str, int], etter: Mapping[str, int]
) -> list[Dokumentendring]:
    """Return what became of each document between two lists of versions, in order of number."""
    return dokumentendringer_i(journalpost, [(foer, etter)])[0]


def dokumentendringer_i(
    journalpost: Journalpost, par: Sequence[tuple[Mapping[str, int], Mapping[str, int]]]
) -> list[list[Dokumentendring]]:
    """Return the same for several pairs of lists, in one round trip."""
    nevnt = {int(pk) for foer, etter in par for pk in (*foer, *etter)}
    alle = list(
        Dokument.objects.filter(journalpost=journalpost, pk__in=nevnt)
        .select_related("lenket_fra__journalpost__tilgangskode")
        .order_by("nummer", "pk")
    )
    for dokument in alle:
        fra = dokument.lenket_fra.journalpost if dokument.lenket_fra is not None else None
        if fra is not None and (fra.tilgangskode_id is not None or fra.avventer_gradering):
            dokument.tittel = SKJERMET_VEDLEGG
    return [
        [
            Dokumentendring(dokument, foer.get(str(dokument.pk)), etter.get(str(dokument.pk)))
            for dokument in alle
            if str(dokument.pk) in foer or str(dokument.pk) in etter
        ]
        for foer, etter in par
    ]
