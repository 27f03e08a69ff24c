"""What the bulk acts share: the ticked rows, the answer when all went well, and the account when some did not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib import messages
from django.http import HttpResponse

from saksgang.kjerne.errors import IkkeFunnet, SaksgangFeil, UgyldigInndata
from saksgang.ui.vis import omdiriger, oppdater, vis
from saksgang.web.adgang import Forespoersel
from saksgang.web.kurver import Kurv, finn_kurv

T = TypeVar("T")


@dataclass(frozen=True)
class Utfall:
    """What became of one row. fulgt_opp: what was done about it instead."""

    nummer: str
    navn: str
    feil: tuple[str, ...] = ()
    fulgt_opp: str = ""


def kurv_med(request: Forespoersel, noekkel: str, handling: str) -> Kurv:
    """Return the person's basket when it has this act; IkkeFunnet otherwise."""
    kurv = finn_kurv(request.user, noekkel)
    if handling not in {knapp.handling for knapp in kurv.knapper}:
        raise IkkeFunnet
    return kurv


def valgte(request: Forespoersel) -> list[int]:
    """Return the ids of the ticked rows. Refused when none is ticked."""
    data = request.POST if request.method == "POST" else request.GET
    id_er = [int(verdi) for verdi in data.getlist("valgt") if verdi.isascii() and verdi.isdigit() and len(verdi) < 19]
    if not id_er:
        raise UgyldigInndata({"valgt": "Ingen rader er valgt. Kryss av for minst én rad i lista."})
    return list(dict.fromkeys(id_er))


def skal_utfoere(request: Forespoersel) -> bool:
    """Whether the form is sent, and not only asked for: the list itself posts the ticked rows to get it."""
    return request.method == "POST" and "utfoer" in request.POST


def for_hver(objekter: Iterable[T], kommando: Callable[[T], Any], navn: Callable[[T], tuple[str, str]]) -> list[Utfall]:
    """Do an act on each; each succeeds or says why not."""
    utfall = []
    for objekt in objekter:
        try:
            kommando(objekt)
            utfall.append(Utfall(*navn(objekt)))
        except SaksgangFeil as feil:
            utfall.append(Utfall(*navn(objekt), tuple(feil.setninger)))
    return utfall


def ferdig(request: Forespoersel, kurv: Kurv, melding: str, *, angre: str = "") -> HttpResponse:
    """The act is done: the list fetches itself and the counts, one line says what happened."""
    if getattr(request, "htmx", None):
        return oppdater("liste-endret", melding, angre=angre)
    messages.success(request, melding)
    return omdiriger(request, kurv.url)


def gjoer_rede(request: Forespoersel, kurv: Kurv, utfall: list[Utfall], melding: str, **ord_: str) -> HttpResponse:
    """Answer an act done row by row: one line when all succeeded, else an account of each."""
    stoppet = [u for u in utfall if u.feil]
    if not stoppet:
        return ferdig(request, kurv, melding)
    lyktes = [u for u in utfall if not u.feil]
    svar = vis(
        request,
        "web/arbeidsbord/_resultat.html",
        status=200 if lyktes or any(u.fulgt_opp for u in stoppet) else 409,
        stoppet=stoppet,
        lyktes=lyktes,
        tilbake=kurv.url,
        **{
            "tittel": "Resultat",
            "ord_lyktes": "gikk bra",
            "ord_stoppet": "stoppet",
            "stoppetittel": "Disse stoppet",
            "lyktestittel": "Disse gikk bra",
            **ord_,
        },
    )
    if getattr(request, "htmx", None):
        svar["HX-Trigger"] = "liste-endret"
    return svar


def antall(utfall: list[Any], en: str, flere: str) -> str:
    """«1 journalpost» or «3 journalposter»."""
    return f"{len(utfall)} {en if len(utfall) == 1 else flere}"
