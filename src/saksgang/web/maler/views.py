"""Keeping the text templates: list, versions, what is wrong with them, how they look, taking them into use."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.tekst import rens_filnavn
from saksgang.lager import queries as lager
from saksgang.produksjon.commands import (
    endre_mal,
    forhaandsvis_mal,
    last_opp_malversjon,
    legg_inn_standardmaler,
    opprett_mal,
    ta_i_bruk,
)
from saksgang.produksjon.queries import maler as queries
from saksgang.produksjon.rules import BEHANDLINGSFORMER, Maltilstand
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import omdiriger
from saksgang.web.administrasjon.forms import Bekreftelse
from saksgang.web.administrasjon.visning import (
    Forespoersel,
    Lenke,
    Rad,
    krever,
    liste,
    sendt,
    sidemeny,
    skjemaside,
    utfoer,
    utfoert,
)
from saksgang.web.dokument.filer import med_fil

from .forms import Malfil, Malskjema, NyMal

_KREVER = krever(Handling.ADMINISTRERE_MAL)
FARGER = {Maltilstand.UTKAST: "warning", Maltilstand.I_BRUK: "success", Maltilstand.AVLOEST: "neutral"}


def _smuler(mal: Any = None) -> list[Lenke]:
    smuler = [Lenke("Tekstmaler", reverse("maler"))]
    if mal is not None:
        smuler.append(Lenke(f"{mal.navn} ({mal.get_spraak_display().lower()})", reverse("mal", args=[mal.pk])))
    return smuler


@_KREVER
def maler(request: Forespoersel) -> HttpResponse:
    """Every template by type, those that nobody may choose now last."""
    knapper = [
        Lenke("Ny tekstmal", reverse("mal_ny"), "Plus"),
        Lenke("Flettefelter", reverse("mal_felter"), "BulletList"),
    ]
    if queries.mangler_standardmaler():
        knapper.append(Lenke("Legg inn standardmalene", reverse("mal_standardmaler"), "Files"))
    return liste(
        request,
        tittel="Tekstmaler",
        kolonner=["Mal", "Dokumenttyper", "Målform", "I bruk", "Gjelder til"],
        rader=[
            Rad(
                [
                    rad.mal.navn,
                    _bruk(rad.mal),
                    rad.mal.get_spraak_display(),
                    f"Versjon {rad.i_bruk}" if rad.i_bruk else "Ikke tatt i bruk",
                    f"{rad.mal.gyldig_til:%d.%m.%Y}" if rad.mal.gyldig_til else "",
                ],
                url=reverse("mal", args=[rad.mal.pk]),
                dempet=not rad.kan_velges,
            )
            for rad in queries.malliste()
        ],
        knapper=knapper,
        ingress="Brev, notater og saksframlegg lages fra malene. Opplysningene på journalposten flettes inn.",
        tom="Ingen tekstmaler ennå. Legg inn standardmalene, eller lag en ny.",
    )


def _bruk(mal: Any) -> str:
    deler = [", ".join(mal.typer)]
    if mal.behandlingsform:
        deler.append(BEHANDLINGSFORMER[mal.behandlingsform].lower())
    if mal.foreloepig:
        deler.append("foreløpig svar")
    if mal.enkeltvedtak:
        deler.append("enkeltvedtak")
    return " · ".join(deler)


@_KREVER
def ny_mal(request: Forespoersel) -> HttpResponse:
    """Make a template, then go on to its page to give it a file."""
    skjema = NyMal(sendt(request), initial={"typer": ["U"]})
    ny: list[Any] = []
    utfall = utfoert(
        request,
        skjema,
        lambda felter: ny.append(opprett_mal(**felter, av=request.user)),
        melding="Tekstmalen er laget. Last opp den første versjonen av den.",
        videre="",
    )
    if ny:
        return omdiriger(request, reverse("mal", args=[ny[0].pk]))
    return skjemaside(
        request,
        skjema,
        tittel="Ny tekstmal",
        knapp="Opprett",
        tilbake=reverse("maler"),
        smuler=_smuler(),
        ingress="Malen tilbys først når en versjon av den er tatt i bruk.",
        status=utfall if isinstance(utfall, int) else 200,
    )


@_KREVER
def standardmaler(request: Forespoersel) -> HttpResponse:
    """Add those of the product's own templates that are lacking."""
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda _: legg_inn_standardmaler(av=request.user),
        melding="Standardmalene er lagt inn og tatt i bruk.",
        tilbake=reverse("maler"),
        tittel="Legg inn standardmalene",
        knapp="Legg inn",
        ingress="De av produktets egne maler som mangler her, blir lagt inn og tatt i bruk: "
        f"{', '.join(dict.fromkeys(m.navn for m in queries.mangler_standardmaler()))}.",
        smuler=_smuler(),
    )


@_KREVER
@require_safe
def mal(request: Forespoersel, pk: int) -> HttpResponse:
    """Show one template: what it is for, and its versions, newest first."""
    return _malside(request, queries.hent_mal(pk), Malfil())


def _malside(request: Forespoersel, rad: Any, skjema: Malfil, status: int = 200) -> HttpResponse:
    fakta = [
        ("Kode", rad.kode),
        ("Dokumenttyper", _bruk(rad)),
        ("Målform", rad.get_spraak_display()),
        ("Plass i lista", str(rad.rekkefoelge)),
    ]
    if rad.gyldig_til:
        fakta.append(("Gjelder til", f"{rad.gyldig_til:%d.%m.%Y}"))
    return render(
        request,
        "web/maler/mal.html",
        {
            "tittel": rad.navn,
            "mal": rad,
            "fakta": fakta,
            "skjema": skjema,
            "versjoner": [(v, FARGER[Maltilstand(v.tilstand)]) for v in queries.versjoner(rad)],
            "knapper": [Lenke("Endre", reverse("mal_endring", args=[rad.pk]), "Pencil")],
            "smuler": [{"navn": "Tekstmaler", "url": reverse("maler")}, {"navn": rad.navn, "url": ""}],
            "kurver": sidemeny(request),
        },
        status=status,
    )


@_KREVER
def malendring(request: Forespoersel, pk: int) -> HttpResponse:
    """Change what a template is for, or until when."""
    rad = queries.hent_mal(pk)
    initial = {felt: getattr(rad, felt) for felt in Malskjema.base_fields}
    return utfoer(
        request,
        Malskjema(sendt(request), initial=initial),
        lambda felter: endre_mal(rad, av=request.user, **felter),
        melding="Tekstmalen er endret.",
        tilbake=reverse("mal", args=[rad.pk]),
        tittel=f"Endre {rad.navn}",
        knapp="Lagre",
        smuler=_smuler(rad),
    )


@_KREVER
def ny_versjon(request: Forespoersel, pk: int) -> HttpResponse:
    """Take in a version; its own page says what is wrong with it."""
    rad = queries.hent_mal(pk)
    skjema = Malfil(sendt(request), request.FILES or None)
    if request.method != "POST":
        return _malside(request, rad, skjema)
    status = 422
    if skjema.is_valid():
        try:
            versjon = med_fil(skjema.cleaned_data["fil"], last_opp_malversjon, rad, av=request.user)
        except (Avvist, UgyldigInndata) as feil:
            skjema.add_error("fil", " ".join(feil.setninger))
            status = feil.status
        else:
            if versjon.feil:
                messages.warning(request, "Versjonen er lagret, men må rettes før den kan tas i bruk.")
            else:
                messages.success(request, "Versjonen er lagret. Se på forhåndsvisningen før du tar den i bruk.")
            return omdiriger(request, reverse("malversjon", args=[versjon.pk]))
    return _malside(request, rad, skjema, status)


@_KREVER
@require_safe
def versjon(request: Forespoersel, pk: int) -> HttpResponse:
    """Show one version: its fields with the unknown ones marked, what must be mended, how it looks."""
    rad = queries.hent_malversjon(pk)
    return render(
        request,
        "web/maler/versjon.html",
        {
            "tittel": f"Versjon {rad.nummer} av {rad.mal.navn}",
            "versjon": rad,
            "farge": FARGER[Maltilstand(rad.tilstand)],
            "felter": queries.felter_i(rad),
            "smuler": [
                *({"navn": s.tekst, "url": s.url} for s in _smuler(rad.mal)),
                {"navn": f"Versjon {rad.nummer}", "url": ""},
            ],
            "kurver": sidemeny(request),
        },
    )


@_KREVER
def bruk(request: Forespoersel, pk: int) -> HttpResponse:
    """Take a version into use."""
    rad = queries.hent_malversjon(pk)
    return utfoer(
        request,
        Bekreftelse(sendt(request)),
        lambda _: ta_i_bruk(rad, av=request.user),
        melding=f"Versjon {rad.nummer} er i bruk.",
        tilbake=reverse("mal", args=[rad.mal_id]),
        tittel=f"Ta i bruk versjon {rad.nummer} av {rad.mal.navn}",
        knapp="Ta i bruk",
        ingress="Nye dokumenter lages fra denne versjonen. Dokumenter som er laget før, er som de var.",
        smuler=_smuler(rad.mal),
    )


@_KREVER
@require_safe
def fil(request: Forespoersel, pk: int) -> FileResponse:
    """Give out the file as it came."""
    rad = queries.hent_malversjon(pk)
    return _nedlasting(rad.fil, rad.filnavn)


@_KREVER
@require_safe
def eksempel(request: Forespoersel, pk: int) -> FileResponse:
    """Give out the template merged with sample data."""
    rad = queries.hent_malversjon(pk)
    return _nedlasting(forhaandsvis_mal(rad), rens_filnavn(f"Eksempel {rad.filnavn}"))


def _nedlasting(fil: Any, filnavn: str) -> FileResponse:
    svar = FileResponse(lager.aapne(fil), as_attachment=True, filename=filnavn, content_type=fil.mimetype)
    svar["X-Content-Type-Options"] = "nosniff"
    svar["Cache-Control"] = "private, no-cache"
    return svar


@_KREVER
@require_safe
def felter(request: Forespoersel) -> HttpResponse:
    """Print every merge field, with its meaning and a sample."""
    return render(
        request,
        "web/maler/felter.html",
        {
            "tittel": "Flettefelter",
            "felter": queries.alle_felter(),
            "smuler": [{"navn": "Tekstmaler", "url": reverse("maler")}, {"navn": "Flettefelter", "url": ""}],
            "kurver": sidemeny(request),
        },
    )
