"""Partsinnsyn in a case: every document of it for a party, the leader's answer, the package, the delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.lager import queries as lager
from saksgang.offentlighet import queries as offentlighet
from saksgang.offentlighet.commands import (
    avgjoer_unntak,
    lag_partsinnsyn,
    lever_partsinnsyn,
    noter_pakkelesing,
    pakk_paa_nytt,
)
from saksgang.sakarkiv.queries import saker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import innsendt, omdiriger, proev, vis_side
from saksgang.web.adgang import Forespoersel, ansatt
from saksgang.web.sak.views.felles import handling, hent, hode, url

from .skjema import Partsinnsynsskjema, Svarskjema, Utleveringsskjema

if TYPE_CHECKING:
    from saksgang.lager.models import Fil
    from saksgang.offentlighet.models import Partsinnsyn
    from saksgang.sakarkiv.models import Sak

GET_OG_POST = require_http_methods(["GET", "HEAD", "POST"])
SER_GRUNNER = (Handling.LAGE_PARTSINNSYN, Handling.AVGJOERE_PARTSINNSYN)
"""Whose work it is: the reasons may tell of others, and are for them and not for every reader of the case."""


def _hent(request: Forespoersel, aar: int, sekvens: int, pk: int) -> tuple[Sak, Partsinnsyn]:
    """Return a partsinnsyn of this case of which the reader sees every document, or IkkeFunnet."""
    sak = hent(request, aar, sekvens)
    rad = offentlighet.hent_partsinnsyn(request.user, pk)
    if rad.sak_id != sak.pk:
        raise IkkeFunnet
    return sak, rad


def _side(request: Forespoersel, sak: Sak, fragment: str, *, status: int = 200, **kontekst: Any) -> HttpResponse:
    return vis_side(
        request,
        "web/sak/side.html",
        f"web/partsinnsyn/{fragment}",
        status=status,
        **(hode(request, sak, "sak-parter") | kontekst),
    )


@ansatt
@GET_OG_POST
def ny(request: Forespoersel, aar: int, sekvens: int, part_id: int) -> HttpResponse:
    """«Partsinnsyn»: everything in the case is ticked; what is unticked needs a reason, and the leader's yes."""
    sak = hent(request, aar, sekvens)
    part = saker.hent_sakspart(request.user, part_id)
    if part.sak_id != sak.pk:
        raise IkkeFunnet
    krev(request.user, Handling.LAGE_PARTSINNSYN, sak)
    grunnlag = offentlighet.partsgrunnlag(request.user, sak)
    skjema = Partsinnsynsskjema(innsendt(request), grunnlag.dokumenter)
    status = 200
    if request.method == "POST":
        laget, status = proev(skjema, lambda _: lag_partsinnsyn(part, skjema.valg(), av=request.user))
        if laget is not None:
            messages.success(request, _melding(laget))
            return omdiriger(request, url("sak-partsinnsyn", sak, laget.pk))
    return _side(
        request,
        sak,
        "_ny.html",
        status=status,
        part=part,
        skjema=skjema,
        grunnlag=grunnlag,
        tittel=f"Partsinnsyn for {part.navn} · {sak.saksnummer}",
    )


def _melding(laget: Partsinnsyn) -> str:
    if not laget.er_godkjent:
        return "Unntakene er sendt til lederen. Du får flagg når de er avgjort."
    return "Pakken er klar." if laget.pakke_id is not None else "Pakken lages. Det kan ta noen minutter."


@ansatt
@require_safe
def partsinnsyn(request: Forespoersel, aar: int, sekvens: int, partsinnsyn_id: int) -> HttpResponse:
    """One partsinnsyn: where it stands, what is given, what is kept back and why, and what can be done now."""
    sak, rad = _hent(request, aar, sekvens, partsinnsyn_id)
    linjer = offentlighet.partsinnsynslinjer(rad)
    venter = rad.tilstand == "venter"
    arbeider = any(kan(request.user, handling, sak) for handling in SER_GRUNNER)
    return _side(
        request,
        sak,
        "_partsinnsyn.html",
        p=rad,
        gitt=[linje for linje in linjer if not linje.unntatt],
        unntatt=[linje for linje in linjer if linje.unntatt],
        ser_grunner=arbeider,
        ledere=offentlighet.kan_avgjoere(rad) if venter else [],
        hindre=offentlighet.hindre_for_utlevering(rad),
        kommet_til=offentlighet.kommet_til(request.user, rad) if rad.tilstand != "levert" else 0,
        tittel=f"Partsinnsyn for {rad.part.navn} · {sak.saksnummer}",
    )


@ansatt
@GET_OG_POST
def avgjoerelse(request: Forespoersel, aar: int, sekvens: int, partsinnsyn_id: int) -> HttpResponse:
    """The leader agrees to what is kept back, or not."""
    sak, rad = _hent(request, aar, sekvens, partsinnsyn_id)
    return handling(
        request,
        sak,
        Handling.AVGJOERE_PARTSINNSYN,
        lambda data: avgjoer_unntak(rad, data["svar"], data["kommentar"], av=request.user),
        skjema=Svarskjema,
        tittel="Avgjør unntakene",
        knapp="Lagre",
        melding="Svaret er lagret, og saksbehandleren får flagg.",
        innledning=f"{rad.laget_av} foreslår å unnta {rad.antall_unntatt} "
        f"{'dokument' if rad.antall_unntatt == 1 else 'dokumenter'} for {rad.part.navn}. Utgangspunktet er at parten "
        "får alt. Godkjenner du, lages pakken uten dem, og parten får vite hva som mangler og kan klage.",
        til=url("sak-partsinnsyn", sak, rad.pk),
    )


@ansatt
@GET_OG_POST
def utlevering(request: Forespoersel, aar: int, sekvens: int, partsinnsyn_id: int) -> HttpResponse:
    """Note how and to whom the package was delivered."""
    sak, rad = _hent(request, aar, sekvens, partsinnsyn_id)
    return handling(
        request,
        sak,
        Handling.LEVERE_PARTSINNSYN,
        lambda data: lever_partsinnsyn(rad, data["maate"], data["mottaker"], av=request.user),
        skjema=Utleveringsskjema,
        skjemavalg={"initial": {"mottaker": rad.part.navn}},
        tittel="Registrer utlevering",
        knapp="Registrer",
        melding="Utleveringen er registrert.",
        innledning="Last ned pakken og gi den til parten først. Registreringen står i historikken og endres ikke.",
        til=url("sak-partsinnsyn", sak, rad.pk),
    )


@ansatt
@require_POST
def pakking(request: Forespoersel, aar: int, sekvens: int, partsinnsyn_id: int) -> HttpResponse:
    """Try again to make a package that failed."""
    sak, rad = _hent(request, aar, sekvens, partsinnsyn_id)
    laget = pakk_paa_nytt(rad, av=request.user)
    if laget.tilstand != "feilet":
        messages.success(request, _melding(laget))
    return omdiriger(request, url("sak-partsinnsyn", sak, rad.pk))


@ansatt
@require_safe
def pakke(request: Forespoersel, aar: int, sekvens: int, partsinnsyn_id: int) -> HttpResponse:
    """The package itself."""
    sak, rad = _hent(request, aar, sekvens, partsinnsyn_id)
    return _fil(request, rad, rad.pakke, f"partsinnsyn-{sak.aar}-{sak.sekvens}-{rad.pk}.zip")


@ansatt
@require_safe
def liste(request: Forespoersel, aar: int, sekvens: int, partsinnsyn_id: int) -> HttpResponse:
    """The covering letter with the list."""
    sak, rad = _hent(request, aar, sekvens, partsinnsyn_id)
    return _fil(request, rad, rad.liste, f"foelgebrev-{sak.aar}-{sak.sekvens}-{rad.pk}.pdf")


def _fil(request: Forespoersel, rad: Partsinnsyn, fil: Fil | None, navn: str) -> HttpResponse:
    if fil is None:
        raise IkkeFunnet
    noter_pakkelesing(rad, av=request.user)
    svar = FileResponse(lager.aapne(fil), as_attachment=True, filename=navn, content_type=fil.mimetype)
    svar["Cache-Control"] = "private, no-store"
    svar["X-Content-Type-Options"] = "nosniff"
    return svar
