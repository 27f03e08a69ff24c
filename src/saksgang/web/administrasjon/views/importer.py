"""The page on which a CSV file is tried, and taken in."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import HttpResponse

from saksgang.kjerne.csvfil import Importrapport, dekod
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.ui.vis import legg_feil
from saksgang.web.administrasjon.forms import Importskjema
from saksgang.web.administrasjon.visning import Forespoersel, Lenke, sendt, skjemaside


def importside(
    request: Forespoersel,
    importer: Callable[[str, bool], Importrapport],
    *,
    tittel: str,
    kolonner: str,
    ingress: str,
    tilbake: str,
    smuler: Sequence[Lenke],
) -> HttpResponse:
    """Show the form; on POST try or take in the file, and show what came of it above the text that was sent."""
    skjema, rapport, status = Importskjema(sendt(request), request.FILES or None), None, 200
    if request.method == "POST":
        status = 422
        if skjema.is_valid():
            try:
                fil = skjema.cleaned_data["fil"]
                tekst = dekod(fil.read()) if fil else skjema.cleaned_data["tekst"]
                rapport, status = importer(tekst, "proeve" in request.POST), 200
                skjema = Importskjema(initial={"tekst": tekst})
            except (Avvist, UgyldigInndata) as feil:
                legg_feil(skjema, feil)
                status = feil.status
    return skjemaside(
        request,
        skjema,
        tittel=tittel,
        knapp="Importer",
        tilbake=tilbake,
        smuler=smuler,
        ingress=ingress,
        mal="web/administrasjon/import.html",
        status=status,
        kolonnelinje=kolonner,
        rapport=rapport,
    )
