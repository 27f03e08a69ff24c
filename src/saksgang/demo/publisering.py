"""What is held back from the net for what was found in it, and a photo that the public gets without its traces."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from saksgang.kjerne import klokke
from saksgang.lager.commands import lagre_fil
from saksgang.offentlighet.commands import foelg_opphoer, registrer_i_arkivet, sett_filkontroll_ajour
from saksgang.sakarkiv.commands.journalpost import Part, Vedlagt
from saksgang.sakarkiv.models import Journalpost

from .filer import foto

if TYPE_CHECKING:
    from .kurver import Kurvfyller

SISTE = 60
"""Entries that are checked while the demo is built; the worker checks the rest by the log."""


def _foto() -> bytes:
    """A photo that says who took it, and with what."""
    exif, ut = Image.Exif(), io.BytesIO()
    exif[0x013B], exif[0x010F] = "Per Fotograf", "Fjordkamera"
    with Image.open(io.BytesIO(foto(2))) as bilde:
        bilde.save(ut, "JPEG", quality=78, exif=exif)
    return ut.getvalue()


BREV = (
    # A number from Skatteetaten's synthetic people.
    ("Spørsmål om kommunale avgifter", "brev.txt", lambda: b"Jeg er 179120 99997, og vil vite hva gebyret blir.\n"),
    ("Faktura for brøyting", "faktura.txt", lambda: b"Betal 12 500 kroner til konto 1234.56.78903.\n"),
    ("Bilde av grøft langs veien", "foto.jpg", _foto),
)


def legg_inn_stoppede(fyller: Kurvfyller) -> None:
    """Register letters with a fødselsnummer, an account number and a photo's traces, and check the last files."""
    saker = fyller.saker("sb.kari")
    for nr, (tittel, filnavn, lag) in enumerate(BREV):
        registrer_i_arkivet(
            saker[nr % len(saker)],
            status="J",
            tittel=tittel,
            avsendere=[Part(navn="Fjordvik Anlegg AS")],
            enhet=fyller.p["sb.kari"].enhet,
            saksbehandler=fyller.p["sb.kari"],
            dokumentdato=klokke.idag(),
            mottatt_dato=klokke.idag(),
            dokumenter=[Vedlagt(lagre_fil(lag(), filnavn=filnavn), filnavn)],
            av=fyller.p["ark.eva"],
        )
    foelg_opphoer()
    siste = Journalpost.objects.filter(status="J").order_by("-publiseres_tid", "-pk")[:SISTE]
    sett_filkontroll_ajour([jp.pk for jp in siste])
