"""Taking in uploaded files together with the act that refers to them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from saksgang.kjerne.tekst import rens_filnavn
from saksgang.lager.commands import lagre_fil
from saksgang.logg.commands import kommando
from saksgang.sakarkiv.commands.journalpost import Vedlagt

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

R = TypeVar("R")


@kommando
def med_filer(filer: Iterable[UploadedFile], registrer: Callable[..., R], *args: Any, **felter: Any) -> R:
    """Keep the files and run the registering command in one transaction: a refusal leaves no row of either."""
    dokumenter = [Vedlagt(lagre_fil(fil, filnavn=fil.name), rens_filnavn(fil.name)) for fil in filer]
    return registrer(*args, dokumenter=dokumenter, **felter)


@kommando
def med_fil(fil: UploadedFile, legg_til: Callable[..., R], *args: Any, **felter: Any) -> R:
    """Keep one file and run the command that refers to it, in one transaction."""
    return legg_til(*args, lagre_fil(fil, filnavn=fil.name), filnavn=rens_filnavn(fil.name), **felter)
