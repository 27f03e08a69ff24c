"""How the public site writes a screened word."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from saksgang.offentlighet.queries import Postlisterad
from saksgang.offentlighet.rules import STJERNER

register = template.Library()
_MERKET = f'<span class="skjermet">{STJERNER}</span>'


@register.filter
def stjerner(tekst: str) -> SafeString:
    """The text with its five stars set apart, so that they read as something hidden and not as a misprint."""
    return mark_safe(str(conditional_escape(tekst)).replace(STJERNER, _MERKET))  # noqa: S308 - escaped just before


@register.filter
def navneliste(navn: Iterable[str]) -> SafeString:
    """Names with comma between."""
    return format_html_join(", ", "{}", ((stjerner(n),) for n in navn))


@register.filter
def kurvref(rad: Postlisterad) -> str:
    """An entry as the basket's address has it."""
    return f"{rad.aar}-{rad.sekvens}-{rad.nummer}"
