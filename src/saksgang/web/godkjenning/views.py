"""Approval: sent from the journalpost, answered on one page, and what the other changed shown word by word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saksgang.flyt import queries as flyt
from saksgang.flyt.commands import les_flagg, send_til_godkjenning, trekk_godkjenning
from saksgang.flyt.rules import Godkjenningssvar
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.produksjon.commands import besvar_og_ferdigstill
from saksgang.produksjon.queries.sammenligning import hent_par, hent_versjoner
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import fravaerende, kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger, oppdater, vis_side
from saksgang.web.adgang import Forespoersel, ansatt
from saksgang.web.adresser import godkjenning_url, liste_url
from saksgang.web.dokument.visning import vis_dokumenter
from saksgang.web.journalpost.felles import data, ferdig, sak_url, url_for, utfoer
from saksgang.web.journalpost.oversikt import Oversikt

from . import forms
from .visning import DOKUMENTNAVN, endringer_i, runder_paa, tekst_i, vis_sammenligning

if TYPE_CHECKING:
    from saksgang.flyt.models import Godkjenning
    from saksgang.organisasjon.models import Bruker
    from saksgang.sakarkiv.models import Journalpost

GET_OG_POST = require_http_methods(["GET", "POST"])
KURV = "til-godkjenning"
MEST = 500


# ── From the journalpost ─────────────────────────────────


@ansatt
@GET_OG_POST
def sending(request: Forespoersel, pk: int) -> HttpResponse:
    """«Send til godkjenning»: the nearest leader is proposed, or the deputy of one who is away (krav R-10.2.2.6a)."""
    jp = saker.hent_journalpost_id(request.user, pk)
    krev(request.user, Handling.SENDE_TIL_GODKJENNING, jp)
    idag = klokke.idag()
    valg = flyt.valgbare_godkjennere(jp, request.user)
    foreslaatt = flyt.foreslaatt_godkjenner(valg, idag)
    skjema = forms.Sending(
        data(request),
        valg=valg,
        borte=fravaerende(idag, [g.bruker.pk for g in valg]),
        initial={"til": foreslaatt.bruker.pk if foreslaatt else ""},
    )
    return utfoer(
        request,
        jp,
        skjema,
        lambda til, frist, kommentar: send_til_godkjenning(
            jp, til, frist=frist, kommentar=kommentar, av=request.user
        ),
        tittel="Send til godkjenning",
        knapp="Send til godkjenning",
        melding=f"{jp} er sendt til godkjenning.",
        innledning="Teksten er låst for deg til du får svar. Godkjenneren kan rette i den.",
    )  # fmt: skip


@ansatt
@require_POST
def tilbaketrekking(request: Forespoersel, pk: int) -> HttpResponse:
    """«Trekk tilbake»: the document is the writer's again."""
    jp = saker.hent_journalpost_id(request.user, pk)
    trekk_godkjenning(jp, av=request.user)
    return ferdig(request, jp, f"{jp} er trukket tilbake fra godkjenning.")


# ── The round ────────────────────────────────────────────


@ansatt
@require_safe
def godkjenning(request: Forespoersel, godkjenning_id: int) -> HttpResponse:
    """One round on one page: what changed since last time, the document, the comments, and the three answers."""
    runde = flyt.hent_godkjenning(request.user, godkjenning_id)
    jp = saker.hent_journalpost_id(request.user, runde.journalpost_id)
    noter_lesing(jp, av=request.user)
    if runde.er_aapen:
        les_flagg(runde.flagg, av=request.user)
    kan_svare = flyt.kan_svare(runde, request.user)
    o = Oversikt(jp, request.user)
    dok = request.GET.get("dok", "")
    v = vis_dokumenter(request.user, jp, nummer=dok, versjon=request.GET.get("versjon", ""))
    endringer = endringer_i(request.user, runde)
    brev = o.besvarer
    faner = _faner(request, runde, jp, endringer.antall if endringer else None, dok=dok, antall_brev=len(brev))
    vis = next(f["noekkel"] for f in faner if f["aktiv"])
    if kan_svare:
        request.aktiv_kurv = KURV
    return vis_side(
        request,
        "web/godkjenning/godkjenning.html",
        "web/godkjenning/_godkjenning.html",
        tittel=f"Til godkjenning: {jp}",
        runde=runde,
        jp=jp,
        o=o,
        idag=klokke.idag(),
        jp_url=url_for(jp),
        sak_url=sak_url(jp.sak),
        her=godkjenning_url(runde),
        kan_svare=kan_svare,
        kan_trekke=runde.er_aapen and kan(request.user, Handling.TREKKE_GODKJENNING, jp),
        kan_rette=kan_svare and o.kan_legge_ved,
        faner=faner,
        vis=vis,
        endringer=endringer if vis == "endringer" else None,
        v=v,
        avsnitt=tekst_i(request.user, v.versjon) if vis == "dokument" and v.maate == "fakta" else [],
        brev=[_brev(request.user, lenke.besvart) for lenke in brev] if vis == "brev" else [],
        runder=runder_paa(request.user, jp),
        plass=_plass(request.user, runde) if kan_svare else None,
        liste=liste_url(KURV),
    )


def _faner(
    request: Forespoersel, runde: Godkjenning, jp: Journalpost, endret: int | None, *, dok: str, antall_brev: int
) -> list[dict[str, Any]]:
    """Tabs with one address each; what has changed comes first, where something has."""
    her = godkjenning_url(runde)
    faner = [
        {"noekkel": "endringer", "navn": "Endringer", "url": f"{her}?vis=endringer", "antall": endret},
        {"noekkel": "dokument", "navn": DOKUMENTNAVN[jp.journalposttype], "url": f"{her}?vis=dokument"},
        {"noekkel": "brev", "navn": "Mottatt brev", "url": f"{her}?vis=brev"},
    ]  # fmt: skip
    har = {"endringer": endret is not None, "dokument": True, "brev": antall_brev > 0}
    faner = [f for f in faner if har[f["noekkel"]]]
    valgt = "dokument" if dok else request.GET.get("vis", "")
    if not har.get(valgt):
        valgt = "endringer" if endret else "dokument"
    return [f | {"aktiv": f["noekkel"] == valgt} for f in faner]


def _brev(leser: Bruker, besvart: Journalpost) -> dict[str, Any]:
    """The letter that the document answers, to be read beside it."""
    jp = saker.hent_journalpost_id(leser, besvart.pk)
    noter_lesing(jp, av=leser)
    v = vis_dokumenter(leser, jp)
    return {"jp": jp, "url": url_for(jp), "v": v, "avsnitt": tekst_i(leser, v.versjon)}


def _plass(leser: Bruker, runde: Godkjenning) -> dict[str, Any]:
    """Where the round stands among what the reader has to approve, and the ones beside it."""
    ider = list(flyt.til_godkjenning(leser).values_list("pk", flat=True)[:MEST])
    nr = ider.index(runde.pk) if runde.pk in ider else 0
    return {
        "nr": nr + 1,
        "av": len(ider),
        "forrige": reverse("godkjenning", args=[ider[nr - 1]]) if nr > 0 else "",
        "neste": reverse("godkjenning", args=[ider[nr + 1]]) if nr + 1 < len(ider) else "",
    }


SVAR = {
    "godkjent": Godkjenningssvar.GODKJENT,
    "ikke-godkjent": Godkjenningssvar.IKKE_GODKJENT,
    "videresend": Godkjenningssvar.VIDERESENDT,
}


@ansatt
@GET_OG_POST
def svar(request: Forespoersel, godkjenning_id: int, slag: str) -> HttpResponse:
    """«Godkjent», «Ikke godkjent» with what must be mended, «Godkjent – videresend» to the next."""
    if slag not in SVAR:
        raise IkkeFunnet
    runde = flyt.hent_godkjenning(request.user, godkjenning_id)
    jp = saker.hent_journalpost_id(request.user, runde.journalpost_id)
    if runde.er_aapen:  # of an answered one the command says that it is
        krev(request.user, Handling.GODKJENNE, jp)
    neste = _neste(request.user, runde)

    def kjoer(**felter: Any) -> Godkjenning:
        return besvar_og_ferdigstill(jp, SVAR[slag], av=request.user, **felter)

    skjema, ord_ = _svarskjema(request, runde, jp, slag)
    return utfoer(
        request,
        jp,
        skjema,
        kjoer,
        mal="web/godkjenning/_svar.html",
        etter=lambda melding: _videre(request, melding, neste),
        avbryt=godkjenning_url(runde),
        **ord_,
    )


def _svarskjema(
    request: Forespoersel, runde: Godkjenning, jp: Journalpost, slag: str
) -> tuple[Any, dict[str, str]]:  # fmt: skip
    if slag == "godkjent":
        return forms.Godkjent(data(request)), {
            "tittel": "Godkjent",
            "under": f"{runde.bedt_av} får beskjed og kan ferdigstille.",
            "knapp": "Godkjent",
            "melding": f"{jp} er godkjent.",
        }
    if slag == "ikke-godkjent":
        return forms.IkkeGodkjent(data(request)), {
            "tittel": "Ikke godkjent: hva må rettes?",
            "under": f"{runde.bedt_av} får dokumentet tilbake med kommentaren.",
            "knapp": "Send tilbake",
            "farge": "danger",
            "melding": f"{jp} er sendt tilbake til {runde.bedt_av}.",
        }
    idag = klokke.idag()
    valg = flyt.valgbare_godkjennere(jp, request.user)
    hos = [g.bruker.pk for g in valg]
    videre = next((g for g in valg if g.leder is None and g.bruker.pk != runde.godkjenner_id), None)
    skjema = forms.Videresending(
        data(request),
        valg=valg,
        borte=fravaerende(idag, hos),
        initial={"videre_til": videre.bruker.pk if videre else ""},
    )
    return skjema, {
        "tittel": "Godkjent – videresend",
        "under": "Dokumentet går videre til neste godkjenner. Ved «Ikke godkjent» kommer det tilbake til deg.",
        "knapp": "Godkjent – videresend",
        "melding": f"{jp} er godkjent og sendt videre.",
    }


def _neste(leser: Bruker, runde: Godkjenning) -> str:
    """The address of what lies next in the basket; the basket where nothing does."""
    plass = _plass(leser, runde)
    return str(plass["neste"] or plass["forrige"] or liste_url(KURV))


def _videre(request: Forespoersel, melding: str, neste: str) -> HttpResponse:
    """After an answer: the next one on the page; in a work list the row goes."""
    hvor = request.htmx.current_url_abs_path or "" if getattr(request, "htmx", None) else ""
    if hvor and not hvor.startswith(("/godkjenning/", "/saker/", "/journalposter/")):
        return oppdater("liste-endret", melding)
    messages.success(request, melding)
    return omdiriger(request, neste)


# ── Comparison ───────────────────────────────────────────


@ansatt
@require_safe
def sammenligning(request: Forespoersel, dokument_id: int) -> HttpResponse:
    """Two versions of a document as one text, for those who may see both; the last two unless fra and til say else."""
    versjoner = hent_versjoner(request.user, dokument_id)
    if not versjoner:
        raise IkkeFunnet
    numre = [v.versjonsnummer for v in versjoner]
    til = _nummer(request, "til", numre[-1])
    fra = _nummer(request, "fra", next((n for n in reversed(numre) if n < til), til))
    par = hent_par(request.user, dokument_id, fra, til)
    jp = par[0].dokument.journalpost
    noter_lesing(jp, av=request.user)
    resultat, bolker = vis_sammenligning(request.user, *par)
    return vis_side(
        request,
        "web/godkjenning/sammenligning.html",
        "web/godkjenning/_sammenligning.html",
        tittel=f"Endringer i «{par[0].dokument.tittel}»",
        jp=jp,
        jp_url=url_for(jp),
        dokument=par[0].dokument,
        versjoner=versjoner,
        valg=[("fra", "Fra", fra), ("til", "Til", til)],
        fra=par[0],
        til=par[1],
        resultat=resultat,
        bolker=bolker,
    )


def _nummer(request: Forespoersel, navn: str, ellers: int) -> int:
    verdi = request.GET.get(navn, "")
    return int(verdi) if verdi.isascii() and verdi.isdigit() and len(verdi) < 6 else ellers
