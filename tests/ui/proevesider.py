"""Small pages that use every part of the user interface, for the tests of this folder alone."""

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import include, path

from saksgang.kjerne.errors import Avvist
from saksgang.ui.vis import oppdater, vis

RADER = [
    {"nummer": f"2026/10{n}-1", "tittel": f"Søknad nummer {n}", "url": f"/rad/{n}/", "forhaand": f"/forhaand/{n}/"}
    for n in range(1, 6)
]
KURVER = [
    {
        "tittel": "Mine lister",
        "kurver": [
            {"navn": "Innboks", "url": "/rad/innboks/", "ikon": "Inbox", "antall": 14},
            {"navn": "Restanse", "url": "/", "ikon": "Hourglass", "antall": 40, "haster": 7, "aktiv": True},
        ],
    }
]


class Skjema(forms.Form):
    tittel = forms.CharField(label="Tittel", help_text="Skriv hva saken gjelder.")
    part = forms.CharField(label="Part", required=False)
    part_id = forms.CharField(required=False, widget=forms.HiddenInput)
    dato = forms.DateField(label="Dato")
    maate = forms.ChoiceField(
        label="Måte", choices=[("TE", "TE Telefon"), ("TO", "TO Annet")], widget=forms.RadioSelect
    )
    merknad = forms.CharField(label="Merknad", required=False, widget=forms.Textarea)


def liste(request):
    return render(request, "proevesider/liste.html", {"rader": RADER, "kurver": KURVER})


def rad(request, navn):
    return HttpResponse(f"<title>Rad</title><h1>Rad {navn}</h1>")


def forhaand(request, navn):
    return HttpResponse(f"<h2>Forhåndsvist {navn}</h2>")


def avskrivning(request):
    skjema = Skjema(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        if skjema.cleaned_data["tittel"] == "avvis":
            raise Avvist(["Et dokument er utsjekket.", "Svaret er ikke ferdig."])
        return oppdater("liste-endret", "2026/101-1 er avskrevet.", angre="/avvist/")
    return vis(
        request,
        "proevesider/_avskrivning.html",
        skjema=skjema,
        tittel="Avskriv",
        kurver=KURVER,
        status=422 if skjema.errors else 200,
    )


def avvist(request):
    raise Avvist("Avskrivingen kan ikke angres.")


def forslag(request):
    q = request.GET["q"].lower()
    parter = [("7", "Kroa AS", "Org.nr. 914 782 007"), ("8", "Kroken barnehage", "")]
    return JsonResponse(
        {"forslag": [{"verdi": v, "tekst": t, "under": u} for v, t, u in parter if t.lower().startswith(q)]}
    )


def last_opp(request):
    fil = request.FILES["fil"]
    if fil.name.endswith(".exe"):
        raise Avvist("Filtypen er ikke tillatt.")
    return JsonResponse({})


urlpatterns = [
    path("", liste),
    path("rad/<navn>/", rad),
    path("forhaand/<navn>/", forhaand),
    path("avskrivning/", avskrivning),
    path("avvist/", avvist),
    path("forslag/", forslag),
    path("opplasting/", last_opp),
    path("konto/", include("allauth.urls")),
]

handler404 = "saksgang.ui.views.feil404"
