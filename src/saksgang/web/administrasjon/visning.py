"""What the administration pages share: a list, a form, a door, the menu at the side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.tilgang.queries import kan, rettigheter
from saksgang.tilgang.rules import Handling, Rolle
from saksgang.ui.vis import legg_feil, omdiriger
from saksgang.web.adgang import ansatt

if TYPE_CHECKING:
    from saksgang.organisasjon.models import Bruker

Visning = Callable[..., HttpResponse]
PER_SIDE = 50

_ADM, _ARK = Handling.ADMINISTRERE, Handling.ADMINISTRERE_ARKIVSTRUKTUR
_REGEL = Handling.ADMINISTRERE_FORDELINGSREGEL
_KODE = Handling.ADMINISTRERE_KODELISTE
ADMINISTRASJON = ("Organisasjon", "Arkiv")
MENY: dict[str, list[tuple[Handling, str, str, str]]] = {
    "Organisasjon": [
        (_ADM, "Enheter", "administrasjon_enheter", "Buildings3"),
        (_ADM, "Brukere", "administrasjon_brukere", "PersonGroup"),
        (_ADM, "Roller og fullmakter", "administrasjon_roller", "PersonCheckmark"),
        (_ADM, "Stedfortredere", "administrasjon_stedfortredere", "ArrowRightLeft"),
        (_ADM, "Autorisasjoner", "administrasjon_autorisasjoner", "ShieldLock"),
        (_ADM, "Tilgangsgrupper", "administrasjon_grupper", "PersonCircle"),
        (_ADM, "Fravær", "administrasjon_fravaer", "Calendar"),
    ],
    "Arkiv": [
        (_ARK, "Arkivdeler", "administrasjon_arkivdeler", "Archive"),
        (_ARK, "Klassifikasjon", "administrasjon_klassifikasjon", "Tag"),
        (_REGEL, "Fordelingsregler", "administrasjon_fordelingsregler", "PersonPlus"),
        (Handling.ADMINISTRERE_MAL, "Tekstmaler", "maler", "FileText"),
        (Handling.ADMINISTRERE_SKRIVEREGEL, "Skriveregler", "administrasjon_skriveregler", "PencilWriting"),
        (_KODE, "Kodelister", "administrasjon_kodelister", "Tasklist"),
        (_ADM, "Nummerserier", "administrasjon_nummerserier", "NumberList"),
    ],
    "Kontroll": [
        (Handling.SE_KONTROLL, "Ledere uten stedfortreder", "kontroll_ledere_uten_stedfortreder", "PersonCross"),
        (Handling.SE_SOM, "Se som", "kontroll_se_som", "Eye"),
    ],
}


class Forespoersel(HttpRequest):
    """A request that has passed the door, for the type checker."""

    user: Bruker


def krever(handling: Handling) -> Callable[[Visning], Visning]:
    """Let in those who have a row in ROLLER for this act; others get 403, also for looking."""

    def dekorer(visning: Visning) -> Visning:
        @ansatt
        @wraps(visning)
        def vakt(request: Forespoersel, *args: Any, **kwargs: Any) -> HttpResponse:
            if not kan(request.user, handling):
                raise IkkeTilgang("Siden er for dem som administrerer dette. Kontakt administratoren.")
            return visning(request, *args, **kwargs)

        return vakt

    return dekorer


def sidemeny(request: Forespoersel) -> list[dict[str, Any]]:
    """Return the groups of pages that this person may open."""
    grupper = []
    for tittel, punkter in MENY.items():
        lenker = [(navn, reverse(url), ikon) for handling, navn, url, ikon in punkter if kan(request.user, handling)]
        grupper.append((tittel, lenker))
    grupper.append(("Min side", _min_side(request)))
    return [
        {
            "tittel": tittel,
            "kurver": [
                {"navn": navn, "url": url, "ikon": ikon, "aktiv": request.path.startswith(url)}
                for navn, url, ikon in lenker
            ],
        }
        for tittel, lenker in grupper
        if lenker
    ]


def _min_side(request: Forespoersel) -> list[tuple[str, str, str]]:
    lenker = [
        ("Fravær", reverse("minside_fravaer"), "Calendar"),
        ("Grupper", reverse("minside_grupper"), "PersonCircle"),
        ("Varsling på e-post", reverse("minside_varsling"), "Bell"),
    ]
    if rettigheter(request.user).har(Rolle.LED):
        lenker.insert(0, ("Stedfortreder", reverse("minside_stedfortreder"), "ArrowRightLeft"))
    return lenker


def brukermeny(request: Forespoersel) -> dict[str, list[dict[str, str]]]:
    """Return the links of the user menu: one's own pages, then the contacts and the administration for whom has it."""
    bruker = request.user
    if not bruker.is_authenticated or not rettigheter(bruker).ansatt:
        return {}
    ellers = [("Kontakter", reverse("kontakter"), "PersonGroup")]
    if any(kan(bruker, handling) for tittel in ADMINISTRASJON for handling, *_ in MENY[tittel]):
        ellers.append(("Administrasjon", reverse("administrasjon"), "Cog"))
    return {
        noekkel: [{"navn": navn, "url": url, "ikon": ikon} for navn, url, ikon in lenker]
        for noekkel, lenker in (("min_side", _min_side(request)), ("ellers", ellers))
    }


@dataclass(frozen=True)
class Lenke:
    """Words that lead somewhere."""

    tekst: str
    url: str
    ikon: str = ""


@dataclass(frozen=True)
class Rad:
    """A line of a list: plain texts, the first with a link, and what may be done."""

    celler: Sequence[str]
    url: str = ""
    handlinger: Sequence[Lenke] = ()
    dempet: bool = False


@dataclass(frozen=True)
class Side:
    """One page of a long list."""

    rader: list[Any]
    tekst: str = ""
    forrige: str = ""
    neste: str = ""


def del_opp(request: Forespoersel, rader: Any) -> Side:
    """Return the page of a list that ?side= asks for."""
    side = Paginator(rader, PER_SIDE).get_page(request.GET.get("side"))

    def adresse(nummer: int) -> str:
        sok = request.GET.copy()
        sok["side"] = str(nummer)
        return f"?{sok.urlencode()}"

    return Side(
        rader=list(side.object_list),
        tekst=f"{side.start_index()}–{side.end_index()} av {side.paginator.count}" if side.has_other_pages() else "",
        forrige=adresse(side.previous_page_number()) if side.has_previous() else "",
        neste=adresse(side.next_page_number()) if side.has_next() else "",
    )


def liste(
    request: Forespoersel,
    *,
    tittel: str,
    kolonner: Sequence[str],
    rader: Iterable[Rad],
    tom: str,
    knapper: Sequence[Lenke] = (),
    smuler: Sequence[Lenke] = (),
    ingress: str = "",
    soek: str | None = None,
    soekehjelp: str = "",
    side: Side | None = None,
    mal: str = "web/administrasjon/liste.html",
    status: int = 200,
    **kontekst: Any,
) -> HttpResponse:
    """Show a list. soek: what stands in the search field above it; none without such a field."""
    kontekst |= {
        "tittel": tittel,
        "kolonner": kolonner,
        "rader": list(rader),
        "tom_tekst": tom,
        "knapper": knapper,
        "smuler": _smuler(tittel, smuler),
        "ingress": ingress,
        "soek": soek,
        "soekehjelp": soekehjelp,
        "side": side,
        "kurver": sidemeny(request),
    }
    return render(request, mal, kontekst, status=status)


def skjemaside(
    request: Forespoersel,
    skjema: forms.Form,
    *,
    tittel: str,
    knapp: str,
    tilbake: str,
    smuler: Sequence[Lenke] = (),
    ingress: str = "",
    farlig: bool = False,
    mal: str = "web/administrasjon/skjema.html",
    status: int = 200,
    **kontekst: Any,
) -> HttpResponse:
    """Show a form with what was typed and what is wrong with it."""
    kontekst |= {
        "tittel": tittel,
        "skjema": skjema,
        "knapp": knapp,
        "tilbake": tilbake,
        "smuler": _smuler(tittel, smuler),
        "ingress": ingress,
        "farlig": farlig,
        "kurver": sidemeny(request),
    }
    return render(request, mal, kontekst, status=status)


def sendt(request: Forespoersel) -> Any:
    """Return what was posted, or None on a mere look."""
    return request.POST if request.method == "POST" else None


def utfoert(
    request: Forespoersel, skjema: forms.Form, handling: Callable[[dict[str, Any]], Any], *, melding: str, videre: str
) -> HttpResponse | int:
    """Do what a posted form asks for and go on; or return the status of the page that shows the form."""
    if request.method != "POST":
        return 200
    if not skjema.is_valid():
        return 422
    try:
        handling(skjema.cleaned_data)
    except (Avvist, UgyldigInndata, IkkeTilgang) as feil:
        legg_feil(skjema, feil)
        return feil.status
    messages.success(request, melding)
    return omdiriger(request, videre)


def utfoer(
    request: Forespoersel,
    skjema: forms.Form,
    handling: Callable[[dict[str, Any]], Any],
    *,
    melding: str,
    tilbake: str,
    **side: Any,
) -> HttpResponse:
    """Show a form page, and on POST do what it asks for."""
    utfall = utfoert(request, skjema, handling, melding=melding, videre=tilbake)
    if isinstance(utfall, HttpResponse):
        return utfall
    return skjemaside(request, skjema, tilbake=tilbake, status=utfall, **side)


def periode(rad: Any) -> str:
    """Return the period of a grant as words."""
    til = f"{rad.til:%d.%m.%Y}" if rad.til else "inntil videre"
    return f"{rad.fra:%d.%m.%Y} – {til}"


def i_kraft(rad: Any) -> bool:
    """Whether a grant has not ended."""
    return rad.til is None or rad.til >= klokke.idag()


def ja(verdi: bool) -> str:
    return "Ja" if verdi else ""


def _smuler(tittel: str, smuler: Sequence[Lenke]) -> list[dict[str, str]]:
    return [{"navn": s.tekst, "url": s.url} for s in smuler] + [{"navn": tittel, "url": ""}] if smuler else []
