"""What the public sees: krav C.11 as one predicate."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q

from saksgang.sakarkiv.rules import Journalposttype, Journalstatus


def postlistetyper() -> frozenset[Journalposttype]:
    """Return the types that are entries of the net list; X never is (krav C.11, 1)."""
    typer = {Journalposttype.INNGAAENDE, Journalposttype.UTGAAENDE}
    if settings.N_PAA_POSTLISTE:
        typer.add(Journalposttype.NOTAT)
    if settings.S_PAA_POSTLISTE:
        typer.add(Journalposttype.SAKSPAPIR)
    return frozenset(typer)


def offentlig_q(naa: dt.datetime, prefiks: str = "") -> Q:
    """Journalposter that are entries of the net list at this moment (krav C.11, in its order).

    Settings: n_paa_postliste, s_paa_postliste. prefiks: path to the journalpost, «dokument__journalpost__».
    A code set does not take the entry away: it is shown screened, see rules and queries.
    """
    return Q(**{f"{prefiks}journalposttype__in": sorted(postlistetyper())}) & _fra_andre_skritt_q(naa, prefiks)  # 1


def hoerer_paa_nettet_q(prefiks: str = "") -> Q:
    """Journalposter that the net list has, or will have, an entry of once they are J and decided (krav C.11, 1, 4)."""
    return Q(**{f"{prefiks}journalposttype__in": sorted(postlistetyper())}) & _saken_paa_nettet_q(prefiks)


def _saken_paa_nettet_q(p: str) -> Q:
    return Q(**{f"{p}sak__arkivdel__publiseres": True}) & (
        Q(**{f"{p}sak__sakstype__isnull": True}) | Q(**{f"{p}sak__sakstype__unntatt_nett": False})
    )


def _fra_andre_skritt_q(naa: dt.datetime, p: str) -> Q:
    return (
        Q(**{f"{p}status": Journalstatus.JOURNALFOERT})  # 2
        & Q(**{f"{p}xx_frist__isnull": True})  # 3: XX stands
        & Q(**{f"{p}forslag_sperrer": False})  # 3: undecided
        & _saken_paa_nettet_q(p)  # 4
        & Q(**{f"{p}publiseres_tid__lte": naa})  # 5
    )


def offentlig_fil_q(naa: dt.datetime, prefiks: str = "") -> Q:
    """Journalposter whose files the public may open, where full text is on (krav C.11, 6 and 7).

    Which of their files is offentlig_fil; of an entry with a code only an approved redacted version.
    """
    if not settings.FULLTEKST_PAA_POSTLISTE:
        return Q(pk__in=[])
    return offentlig_q(naa, prefiks)


def aapen_kilde_q(naa: dt.datetime, prefiks: str = "") -> Q:
    """Journalposter whose documents the public may also read where they are linked to, of whatever type they are.

    An X is no entry of the list, but what is attached to one that is can be read there (krav R-7.1.3, C.11b).
    """
    return _fra_andre_skritt_q(naa, prefiks) & Q(**{f"{prefiks}tilgangskode__isnull": True})
