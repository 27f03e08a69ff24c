"""A form with a title that is held to the rules for titles, checked while it is typed and again when it is saved."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from saksgang.kjerne import klokke
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.skriveregel import MAKS_BEGRUNNELSE, skjuler_tittel
from saksgang.sakarkiv.queries.skriveregler import kontroller_tittel
from saksgang.tilgang.queries import avskjermingskoder, tilgangskoder


def kontroll(tittel: str, *, kode: str, avskjerming: str) -> dict[str, Any]:
    """Return what the rules have against a title with this code and avskjermingskode, as the page shows it."""
    koder = {str(k.pk): k for k in tilgangskoder(klokke.idag(), med_xx=True)} if kode else {}
    skjuler = {str(a.pk): a for a in avskjermingskoder()} if avskjerming else {}
    skjermet = skjuler_tittel(Skjerming(kode=koder.get(kode), avskjerming=skjuler.get(avskjerming)))
    funn, forslag = kontroller_tittel(tittel[:500], skjermet=skjermet)
    return {"funn": funn, "forslag": forslag, "kan_begrunnes": bool(funn) and not any(f.stopper for f in funn)}


class MedTittel(forms.Form):
    """Shows under the title what the rules say, and takes the reason why a title stands that one warns of."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tittel"].widget.attrs |= {
            "hx-get": reverse("tittelkontroll"),
            "hx-trigger": "input changed delay:400ms",
            "hx-target": "#tittelkontroll",
            "hx-swap": "innerHTML",
            "hx-sync": "this:replace",
            "hx-include": "closest form",
            "hx-params": "tittel,tilgangskode,avskjermingskode,tittelbegrunnelse",
        }

    @property
    def tittelbegrunnelse(self) -> str:
        return str(self.data.get("tittelbegrunnelse", ""))[: MAKS_BEGRUNNELSE + 1] if self.is_bound else ""

    @cached_property
    def under(self) -> dict[str, SafeString]:
        """What stands under a field of the form."""
        if "tittel" not in self.fields:
            return {}
        kontekst: dict[str, Any] = {"tittelbegrunnelse": self.tittelbegrunnelse}
        if self.is_bound:
            felter = {navn: str(self.data.get(navn, "")) for navn in ("tittel", "tilgangskode", "avskjermingskode")}
            kontekst |= kontroll(felter["tittel"], kode=felter["tilgangskode"], avskjerming=felter["avskjermingskode"])
        innhold = render_to_string("web/skriveregler/_omraade.html", kontekst)
        return {"tittel": mark_safe(innhold)}  # noqa: S308 - autoescaped template
