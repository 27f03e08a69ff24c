"""Editing: inputs for what the person may edit now, plain text for the rest, and the same table on the server (C.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse

from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import Parttype
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import enheter
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import legg_feil, vis_side
from saksgang.web.adgang import ansatt
from saksgang.web.skriveregler.felter import MedTittel

from .felles import ferdig, url_for
from .felter import Mottakerfelt, Personfelt
from .oversikt import Oversikt
from .parter import Parter, som_staar

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Journalpost, Korrespondansepart

ENKLE = (
    "tittel",
    "offentlig_tittel",
    "dokumentdato",
    "mottatt_dato",
    "opphav",
    "forfallsdato",
    "saksbehandler",
    "enhet",
)
MANGE = 30
"""More recipients than this are changed on a page of their own."""
ALLE = (*ENKLE, "interne_mottakere", "parter")


class Redigering(MedTittel):
    """Every field that exists; those that are not the person's to edit are taken away."""

    tittel = forms.CharField(label="Tittel", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    offentlig_tittel = forms.CharField(
        label="Offentlig tittel",
        required=False,
        max_length=500,
        help_text="Det publikum ser når tittelen er skjermet.",
    )
    dokumentdato = forms.DateField(label="Dokumentdato", required=False)
    mottatt_dato = forms.DateField(label="Mottatt dato", required=False)
    opphav = forms.ModelChoiceField(queryset=None, label="Opphav", required=False, empty_label="Ikke oppgitt")
    forfallsdato = forms.DateField(label="Svarfrist", required=False)
    saksbehandler = Personfelt(label="Saksbehandler", required=False)
    enhet = forms.ModelChoiceField(queryset=None, label="Enhet", empty_label=None)
    interne_mottakere = Mottakerfelt(label="Mottakere", required=False)

    def __init__(self, *args: Any, tillatt: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opphav"].queryset = saker.kodeverdier("opphav")
        self.fields["enhet"].queryset = enheter()
        for navn in list(self.fields):
            if navn not in tillatt:
                del self.fields[navn]


def tillatte_felter(o: Oversikt) -> frozenset[str]:
    """Return which of the form's fields are open: the table of C.3, by type."""
    felter = set(o.felter)
    if "parter" in felter and o.notat:
        felter = felter - {"parter"} | {"interne_mottakere"}
    if "saksbehandler" in felter:
        felter |= {"enhet"}
    return frozenset(felter & set(ALLE))


@ansatt
def redigering(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit the journalpost field by field. A field that is not the person's to edit refuses the whole act, 403."""
    jp = saker.hent_journalpost_id(request.user, pk)
    o = Oversikt(jp, request.user)
    tillatt = tillatte_felter(o)
    if request.method == "POST":
        _krev_felter(request, jp, tillatt)
    if not tillatt or jp.sak.er_avsluttet:
        krev(request.user, Handling.REDIGERE_JOURNALPOST, jp)
        raise IkkeTilgang(f"Ingenting på {jp} kan endres nå. Send melding til arkivet.")
    data = request.POST if request.method == "POST" else None
    skjema = Redigering(data, tillatt=tillatt, initial=_initial(o))
    mange = len(_staar(o)) > MANGE and not o.inngaaende
    med_parter = not mange or any(navn.startswith("part-") for navn in data or ())
    parter = _parter(o, data) if "parter" in tillatt and med_parter else None
    status = 200
    if data is not None:
        status = 422
        if skjema.is_valid() and (parter is None or parter.gyldige):
            endret = {navn: skjema.cleaned_data[navn] for navn in skjema.changed_data}
            if parter is not None and parter.liste() != som_staar(_staar(o)):
                endret["parter"] = parter.liste()
            try:
                if endret:
                    rediger_journalpost(jp, av=request.user, tittelbegrunnelse=skjema.tittelbegrunnelse, **endret)
            except (Avvist, UgyldigInndata) as feil:
                legg_feil(skjema, feil)
                status = feil.status
            else:
                return ferdig(request, jp, "Endringene er lagret." if endret else "Ingenting var endret.")
    return vis_side(
        request,
        "web/journalpost/redigering.html",
        "web/journalpost/_redigering.html",
        status=status,
        jp=jp,
        o=o,
        skjema=skjema,
        parter=parter,
        mange=len(_staar(o)) if "parter" in tillatt and not med_parter else 0,
        tillatt=tillatt,
        laast=sorted(set(ALLE) - tillatt),
        tilbake=url_for(jp),
        tittel=f"Rediger {jp}",
    )


def _krev_felter(request: HttpRequest, jp: Journalpost, tillatt: frozenset[str]) -> None:
    sendt = {navn for navn in (*ENKLE, "interne_mottakere") if navn in request.POST}
    if any(navn.startswith("part-") for navn in request.POST):
        sendt.add("parter")
    if nektet := sendt - tillatt:
        # The command refuses with the words that fit: unseen, not the person's, or locked in this status.
        rediger_journalpost(jp, av=request.user, **{navn: request.POST.get(navn) for navn in sorted(nektet)})
        raise IkkeTilgang(f"Du kan ikke endre {', '.join(sorted(nektet))}.")


def _initial(o: Oversikt) -> dict[str, Any]:
    verdier = {navn: getattr(o.jp, navn) for navn in ENKLE}
    verdier["interne_mottakere"] = [m.bruker or m.enhet for m in o.mottakere]
    return verdier


def _parter(o: Oversikt, data: Any) -> Parter:
    inn = o.inngaaende
    return Parter(data, etikett="Avsender" if inn else "Mottaker", med_kopi=not inn, staar=_staar(o))


def _staar(o: Oversikt) -> list[Korrespondansepart]:
    return o.parter_av(Parttype.AVSENDER, Parttype.MOTTAKER, Parttype.KOPIMOTTAKER)
