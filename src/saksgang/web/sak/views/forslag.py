"""Suggestions while typing: people and ordningsverdier."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from saksgang.arkivstruktur.queries import finn_klasser
from saksgang.kjerne import klokke
from saksgang.tilgang.queries import fravaerende, sok_brukere
from saksgang.ui.visning import dag
from saksgang.web.adgang import ansatt

ANTALL = 12


@ansatt
def klasser(request: HttpRequest) -> JsonResponse:
    """Ordningsverdier in use whose id begins with, or whose title holds, what is typed. Never those of persons."""
    tekst = request.GET.get("q", "").strip()
    funnet = finn_klasser(tekst, klokke.idag())[:ANTALL] if tekst else []
    return JsonResponse(
        {"forslag": [{"verdi": str(k.pk), "tekst": str(k), "under": k.klassifikasjonssystem.tittel} for k in funnet]}
    )


@ansatt
def personer(request: HttpRequest) -> JsonResponse:
    """Active people by name, initials or user name, with unit and absence."""
    tekst = request.GET.get("q", "").strip()
    idag = klokke.idag()
    funnet = list(sok_brukere(tekst, idag)[:ANTALL]) if tekst else []
    borte = fravaerende(idag, [b.pk for b in funnet])
    forslag = []
    for bruker in funnet:
        under = [bruker.enhet.navn if bruker.enhet else "", bruker.tittel]
        if bruker.pk in borte:
            under.append(f"borte til {dag(borte[bruker.pk].til)}")
        forslag.append({"verdi": str(bruker.pk), "tekst": bruker.navn, "under": " · ".join(u for u in under if u)})
    return JsonResponse({"forslag": forslag})
