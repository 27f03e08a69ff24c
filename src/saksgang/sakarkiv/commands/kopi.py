"""Kopi til: a copy to colleagues, to read and no more."""

from __future__ import annotations

from collections.abc import Sequence

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import Journalpost, Kopi
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import rettigheter, synlig
from saksgang.tilgang.rules import Handling

from .felles import krev_aapen_sak, krev_aktiv_bruker
from .journalpost import laas_journalpost
from .merknad import skriv_merknad


@kommando
def send_kopi(
    journalpost: Journalpost, mottakere: Sequence[Bruker | Enhet], *, av: Bruker, kommentar: str = ""
) -> list[Kopi]:
    """Send a copy to persons, or to everybody in a unit (krav R-10.7.*).

    Refused without recipients, on a draft or cancelled entry, and where a recipient may not see a graded document:
    then nothing is sent, and the answer names them.
    """
    krev(av, Handling.KOPIERE, journalpost)
    krev_aapen_sak(journalpost.sak)
    if journalpost.status in (Journalstatus.RESERVERT, Journalstatus.UTGAAR):
        raise Avvist("Kopi kan sendes når dokumentet er ferdig. Legg til intern kopi i skjemaet i stedet.")
    personer: dict[int, Bruker] = {}
    for mottaker in mottakere:
        if isinstance(mottaker, Enhet):
            for bruker in mottaker.brukere.aktive(klokke.idag()).order_by("sorteringsnavn", "pk"):
                personer[bruker.pk] = bruker
        else:
            krev_aktiv_bruker(mottaker, "mottakere")
            personer[mottaker.pk] = mottaker
    personer.pop(av.pk, None)
    if not personer:
        raise UgyldigInndata({"mottakere": "Kopimottaker mangler. Velg minst én kollega."})
    uten = sorted(b.navn for b in personer.values() if not synlig(journalpost, rettigheter(b)))
    if uten:
        raise UgyldigInndata(
            {
                "mottakere": f"Dokumentet er skjermet, og {', '.join(uten)} har ikke tilgang. "
                "Saksansvarlig eller leder kan gi tilgang i saken først."
            }
        )
    naa = klokke.naa()
    kopier = [
        Kopi.objects.create(journalpost=journalpost, bruker=bruker, kommentar=kommentar.strip()[:500], av=av, tid=naa)
        for bruker in personer.values()
    ]
    if kommentar.strip():
        skriv_merknad(journalpost.sak, "AN", f"Kopi sendt: {kommentar}", av=av, journalpost=journalpost)
    logg(
        journalpost,
        Handling.KOPIERE,
        av=av,
        detaljer={
            "mottakere": [b.navn for b in personer.values()],
            "mottaker_ider": list(personer),
            "kommentar": kommentar.strip(),
        },
    )
    return kopier


@kommando
def legg_til_intern_kopi(journalpost: Journalpost, mottakere: Sequence[Bruker], *, av: Bruker) -> Journalpost:
    """Let persons have a copy of an own document when it is finished (krav R-10.2.2.3a); until then nothing is sent.

    Refused without recipients, and once it is finished: then a copy is sent at once.
    """
    journalpost = laas_journalpost(journalpost)
    krev(av, Handling.REDIGERE_JOURNALPOST, journalpost)
    krev_aapen_sak(journalpost.sak)
    if journalpost.status != Journalstatus.RESERVERT:
        raise Avvist("Dokumentet er ferdig. Send kopi med «Kopi til» i stedet.")
    if not mottakere:
        raise UgyldigInndata({"mottakere": "Kopimottaker mangler. Velg minst én kollega."})
    har = list(journalpost.kopier.select_related("bruker").order_by("pk"))
    nye = [b for b in dict.fromkeys(mottakere) if b.pk not in {kopi.bruker_id for kopi in har}]
    for bruker in nye:
        krev_aktiv_bruker(bruker, "mottakere")
        journalpost.kopier.create(bruker=bruker, av=av, tid=klokke.naa(), levert=False)
    if nye:
        foer = [kopi.bruker.navn for kopi in har]
        etter = [*foer, *(b.navn for b in nye)]
        logg(
            journalpost,
            Handling.REDIGERE_JOURNALPOST,
            av=av,
            endringer={"intern kopi": (", ".join(foer), ", ".join(etter))},
        )
    return journalpost


@kommando
def merk_kopi_lest(kopi: Kopi, *, av: Bruker) -> Kopi:
    """Take a copy out of Kopiboks. Refused for somebody else's."""
    if kopi.bruker_id != av.pk:
        raise IkkeTilgang("Kopien er til en annen.")
    krev(av, Handling.LESE_KOPI)
    if kopi.lest_tid is None:
        kopi.lest_tid = klokke.naa()
        kopi.save(update_fields=["lest_tid"])
        logg(kopi.journalpost, Handling.LESE_KOPI, av=av)
    return kopi
