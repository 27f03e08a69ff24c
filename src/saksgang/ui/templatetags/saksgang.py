"""Template tags of the product. Look only: no rule of the domain lives here."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from django import forms, template
from django.conf import settings
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from saksgang.ui import vendor as vendorfiler
from saksgang.ui import visning

register = template.Library()


@register.simple_tag
def vendor(navn: str, fil: str) -> str:
    """URL of a vendored file: {% vendor "inter" "inter.css" %}."""
    return static(vendorfiler.sti(navn, fil))


@register.simple_tag
def ikon(navn: str, tekst: str = "", klasse: str = "") -> SafeString:
    """An icon from the sprite; with tekst it is read aloud, otherwise hidden from screen readers."""
    if navn not in vendorfiler.ikonnavn():
        raise template.TemplateSyntaxError(f"Icon {navn!r} is not in the sprite; add it in tools/hent_vendor.py.")
    url = static(vendorfiler.sti("aksel-icons", "sprite.svg"))
    klasser = f"ikon {klasse}".strip()
    if tekst:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}#i-{}"/></svg>', klasser, tekst, url, navn
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}#i-{}"/></svg>', klasser, url, navn)


@register.simple_tag
def dtype(kode: str, navn: str | None = None, bare_bokstav: bool = False) -> SafeString:
    """Document type: letter and word, always both (the word only for screen readers with bare_bokstav)."""
    bokstav = str(getattr(kode, "value", kode))
    ordet = navn or visning.DTYPER.get(bokstav) or str(getattr(kode, "label", bokstav))
    if bare_bokstav:
        return format_html(
            '<span class="dtype" data-type="{}"><b>{}</b><span class="ds-sr-only">{}</span></span>',
            bokstav, bokstav, ordet,
        )  # fmt: skip
    return format_html('<span class="dtype" data-type="{}"><b>{}</b>{}</span>', bokstav, bokstav, ordet)


@register.filter
def kode_med_navn(kode: Any, navn: str | None = None) -> str:
    """«J Journalført»: {{ jp.status|kode_med_navn:jp.get_status_display }}; an enum member needs no argument."""
    if kode in (None, ""):
        return ""
    return f"{getattr(kode, 'value', kode)} {navn if navn is not None else getattr(kode, 'label', '')}".strip()


@register.simple_tag
def frist(dato: dt.date | None, idag: dt.date | None = None, kort: bool = False, med_dato: bool = False) -> SafeString:
    """A deadline with level and words. kort hides «Forfaller» on wide screens; med_dato adds «, 05.03»."""
    if dato is None:
        return mark_safe("")
    if isinstance(dato, dt.datetime):
        dato = timezone.localdate(dato)
    if idag is None:
        idag = timezone.localdate()
    f = visning.frist(dato, idag, settings.ROED_TERSKEL)
    if f.nivaa == "god":
        return format_html('<time class="frist" data-nivaa="god" datetime="{}">{}</time>', dato.isoformat(), f.kort)
    slutt = f", {visning.dag_og_maaned(dato)}" if med_dato else ""
    ord_ = (
        format_html('<span><span class="lang">{}</span>{}{}</span>', f.lang, f.kort, slutt)
        if kort and f.lang
        else f"{f.tekst}{slutt}"
    )
    return format_html('<span class="frist" data-nivaa="{}">{}{}</span>', f.nivaa, ikon(f.ikon), ord_)


def _lokal(verdi: Any) -> Any:
    return timezone.localtime(verdi) if isinstance(verdi, dt.datetime) and timezone.is_aware(verdi) else verdi


@register.filter
def dato(verdi: dt.date | None) -> str:
    """dd.mm.yyyy, in the server's time zone; empty when there is none."""
    return visning.dag(_lokal(verdi)) if verdi else ""


@register.filter
def kortdato(verdi: dt.date | None) -> str:
    """dd.mm."""
    return visning.dag_og_maaned(_lokal(verdi)) if verdi else ""


@register.filter
def klokkeslett(verdi: dt.datetime | dt.time | None) -> str:
    """HH.MM."""
    return f"{_lokal(verdi):%H.%M}" if verdi else ""


@register.filter
def tidspunkt(verdi: dt.datetime | None) -> str:
    """dd.mm.yyyy HH.MM."""
    return f"{_lokal(verdi):%d.%m.%Y %H.%M}" if verdi else ""


@register.filter
def initialer(navn: Any) -> str:
    """The two letters in the round sign beside a name."""
    return visning.initialer(str(navn or ""))


# ── Forms ────────────────────────────────────────────────


def _kontroll(felt: BoundField, attrs: dict[str, Any]) -> tuple[str, forms.Widget]:
    """Return the kind of markup and the widget that gives it."""
    widget = copy.copy(felt.field.widget)
    if isinstance(widget, forms.CheckboxSelectMultiple | forms.RadioSelect):
        return "gruppe", widget
    if isinstance(widget, forms.CheckboxInput):
        return "avkryssing", widget
    if isinstance(widget, forms.DateTimeInput):
        widget.input_type, widget.format = "datetime-local", "%Y-%m-%dT%H:%M"
    elif isinstance(widget, forms.DateInput):
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    elif isinstance(widget, forms.TimeInput):
        widget.input_type, widget.format = "time", "%H:%M"
    elif isinstance(widget, forms.Textarea):
        attrs.setdefault("rows", widget.attrs.get("rows") if widget.attrs.get("rows") != "10" else 4)
    return "felt", widget


def _feiltekster(bundet: BoundField) -> list[str]:
    """Return the errors as sentences that stand on their own, also in the summary far from the field."""
    if bundet.is_hidden:
        return [str(tekst) for tekst in bundet.errors]
    widget = bundet.field.widget
    if isinstance(widget, forms.CheckboxInput):
        mangler = f"Kryss av for «{bundet.label}»."
    elif isinstance(widget, forms.Select | forms.RadioSelect):
        mangler = f"Velg noe under «{bundet.label}»."
    else:
        mangler = f"Fyll ut «{bundet.label}»."
    vanlig = forms.Field.default_error_messages["required"]
    return [mangler if tekst == vanlig else str(tekst) for tekst in bundet.errors]


def _valg(valg: Any) -> dict[str, Any]:
    valg.data["attrs"].pop("aria-describedby", None)
    valg.data["attrs"]["class"] = "ds-input"
    return {"id": valg.id_for_label, "etikett": valg.choice_label, "kontroll": valg.tag(wrap_label=False)}


@register.simple_tag
def felt(
    bundet: BoundField,
    etikett: str | None = None,
    hjelp: str | None = None,
    valgfritt: bool | None = None,
    klasse: str = "",
    skjult_etikett: bool = False,
    **attributter: Any,
) -> SafeString:
    """A Django form field in the design system's markup, wired with for, id and aria-describedby.

    Extra attributes go to the control, with _ for - : {% felt skjema.part forslag_url="/x/" %} is data-forslag-url,
    hx_get="/x/" is hx-get; rows, autocomplete, placeholder, inputmode and the like pass as they are.
    """
    id_ = bundet.id_for_label or bundet.auto_id or bundet.html_name
    hjelpetekst = bundet.help_text if hjelp is None else hjelp
    feil = _feiltekster(bundet)
    beskrevet = [f"{id_}-hjelp"] * bool(hjelpetekst) + [f"{id_}-feil"] * bool(feil)
    attrs: dict[str, Any] = {"class": "ds-input", "id": id_}
    for navn, verdi in attributter.items():
        if verdi is None or verdi is False or (navn == "autofocus" and bundet.form.errors):
            continue  # after an error the focus belongs to the summary
        navn = navn.replace("_", "-")
        attrs[f"data-{navn}" if navn in ("forslag-url", "teller") else navn] = verdi
    if beskrevet:
        attrs["aria-describedby"] = " ".join(beskrevet)
    if feil:
        attrs["aria-invalid"] = "true"
    slag, widget = _kontroll(bundet, attrs)
    if bundet.is_hidden:
        return mark_safe(bundet.as_hidden())  # noqa: S308 - Django's own escaped markup
    if valgfritt is None:
        valgfritt = getattr(bundet.form, "valgfritt_merke", True) and slag != "avkryssing"
    kontekst: dict[str, Any] = {
        "bundet": bundet,
        "id": id_,
        "etikett": bundet.label if etikett is None else etikett,
        "hjelp": hjelpetekst,
        "feil": feil,
        "valgfritt": valgfritt and not bundet.field.required,
        "klasse": klasse,
        "skjult_etikett": skjult_etikett,
        "teller": attributter.get("teller"),
    }
    if slag == "gruppe":
        type_ = "radio" if isinstance(widget, forms.RadioSelect) else "checkbox"
        kontekst["type"] = type_
        kontekst["beskrevet"] = " ".join(beskrevet)
        kontekst["valg"] = [_valg(v) for v in bundet.subwidgets]
    else:
        kontekst["kontroll"] = bundet.as_widget(widget=widget, attrs=attrs)
    under = getattr(bundet.form, "under", {}).get(bundet.name, "")
    # Both are autoescaped templates.
    return mark_safe(render_to_string(f"ui/komponenter/{slag}.html", kontekst) + under)  # noqa: S308


@register.simple_tag
def feilsammendrag(skjema: forms.BaseForm) -> SafeString:
    """The summary of all errors of a form, with links to the fields; empty when there are none."""
    poster = []
    for navn, feil in skjema.errors.items():
        if navn not in skjema.fields:
            poster += [{"id": "", "tekst": tekst} for tekst in feil]
            continue
        bundet = skjema[navn]
        id_ = bundet.id_for_label or bundet.auto_id
        poster += [{"id": "" if bundet.is_hidden else id_, "tekst": tekst} for tekst in _feiltekster(bundet)]
    if not poster:
        return mark_safe("")
    return mark_safe(render_to_string("ui/komponenter/feilsammendrag.html", {"poster": poster}))  # noqa: S308


@register.simple_tag
def skjemafelter(skjema: forms.BaseForm) -> SafeString:
    """Every field of a form in order, hidden ones too."""
    return mark_safe("".join(felt(bundet) for bundet in skjema))  # noqa: S308 - each is an autoescaped template


# ── Components with content ──────────────────────────────


def _med_innhold(navn: str, innhold: str, **kontekst: Any) -> SafeString:
    kontekst["innhold"] = conditional_escape(innhold)
    return mark_safe(render_to_string(f"ui/komponenter/{navn}.html", kontekst))  # noqa: S308 - autoescaped template


@register.simple_block_tag
def varsel(content: str, farge: str = "info", tittel: str = "", rolle: str = "") -> SafeString:
    """An alert: {% varsel "warning" tittel="Obs" %}<p>…</p>{% endvarsel %}; info, success, warning or danger."""
    return _med_innhold("varsel", content, farge=farge, tittel=tittel, rolle=rolle)


@register.simple_block_tag
def dialog(content: str, id: str, tittel: str, undertittel: str = "", klasse: str = "") -> SafeString:
    """A native dialog in the page, opened by a button with data-dialog-aapne="<id>"."""
    return _med_innhold("dialog", content, id=id, tittel=tittel, undertittel=undertittel, klasse=klasse)


@register.simple_block_tag
def meny(
    content: str, id: str, tekst: str = "Meny", ikon: str = "", variant: str = "secondary", klasse: str = "",
    url: str = "", plassering: str = "bottom-start",
) -> SafeString:  # fmt: skip
    """A button with a native popover of links and buttons; url is the plain page with the same choices."""
    return _med_innhold(
        "meny", content, id=id, tekst=tekst, ikon=ikon, variant=variant, klasse=klasse, url=url, plassering=plassering
    )


@register.simple_block_tag
def merknad(content: str, hode: str = "", ny: bool = False) -> SafeString:
    """A remark; ny gives the yellow edge and the word «Ny»."""
    return _med_innhold("merknad", content, hode=hode, ny=ny)


@register.simple_block_tag
def tom(content: str, tekst: str) -> SafeString:
    """An empty list: one sentence on what would be here; the content is the way on."""
    return _med_innhold("tom", content, tekst=tekst)
