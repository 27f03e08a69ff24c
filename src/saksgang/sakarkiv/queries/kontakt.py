"""Finding contacts. What lies behind an adressesperre is for the archive alone."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from saksgang.kjerne.errors import IkkeFunnet
from saksgang.kjerne.sortering import norsk_sorteringsnoekkel
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Kontakt
from saksgang.sakarkiv.rules import ADRESSEFELTER
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Rolle


def sok_kontakter(tekst: str) -> QuerySet[Kontakt]:
    """Return contacts with every word in the name as a beginning, or with this organisation number; by name.

    Never by address: a blocked one could be guessed letter by letter.
    """
    rader = Kontakt.objects.filter(slaatt_sammen_med__isnull=True)
    sifre = tekst.replace(" ", "")
    if sifre.isdigit() and len(sifre) >= 3:
        rader = rader.filter(organisasjonsnummer__startswith=sifre)
    else:
        for ord_ in norsk_sorteringsnoekkel(tekst).split():
            rader = rader.filter(Q(sorteringsnavn__startswith=ord_) | Q(sorteringsnavn__contains=f" {ord_}"))
    return rader.order_by("sorteringsnavn", "pk")


def hent_kontakt(kontakt_id: int) -> Kontakt:
    """Return a contact, a merged one too, or IkkeFunnet."""
    kontakt = Kontakt.objects.select_related("slaatt_sammen_med").filter(pk=kontakt_id).first()
    if kontakt is None:
        raise IkkeFunnet
    return kontakt


def gjeldende_kontakt(kontakt: Kontakt) -> Kontakt:
    """Return the contact that stands in for this one after merging; itself where it is not merged."""
    while kontakt.slaatt_sammen_med is not None:
        kontakt = kontakt.slaatt_sammen_med
    return kontakt


def finn_kontakt_med_orgnr(organisasjonsnummer: str) -> Kontakt | None:
    """Return the contact that has this organisation number, if any."""
    orgnr = organisasjonsnummer.replace(" ", "")
    if not orgnr:
        return None
    return Kontakt.objects.filter(organisasjonsnummer=orgnr, slaatt_sammen_med__isnull=True).order_by("pk").first()


def mulige_doble(kontakt: Kontakt) -> QuerySet[Kontakt]:
    """Return contacts that may be the same: the same sorted name, or the same organisation number."""
    lik = Q(sorteringsnavn=kontakt.sorteringsnavn)
    if kontakt.organisasjonsnummer:
        lik |= Q(organisasjonsnummer=kontakt.organisasjonsnummer)
    return (
        Kontakt.objects.filter(lik, slaatt_sammen_med__isnull=True)
        .exclude(pk=kontakt.pk)
        .order_by("sorteringsnavn", "pk")
    )


def doubletter_av(kontakt: Kontakt) -> QuerySet[Kontakt]:
    """Return the contacts that are merged into this one."""
    return Kontakt.objects.filter(slaatt_sammen_med=kontakt).order_by("sorteringsnavn", "pk")


def ser_adressen(leser: Bruker, kontakt: Kontakt) -> bool:
    """Whether the reader may see address, telephone and e-mail: everybody, or the archive alone behind a block."""
    return not kontakt.adressesperre or rettigheter(leser).har(Rolle.ARK)


def adresse(leser: Bruker, kontakt: Kontakt) -> dict[str, str]:
    """Return the address fields as the reader may see them: empty behind an adressesperre."""
    synlig = ser_adressen(leser, kontakt)
    return {felt: getattr(kontakt, felt) if synlig else "" for felt in sorted(ADRESSEFELTER)}
