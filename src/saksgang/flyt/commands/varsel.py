"""Notifications are made from the log: no act knows who is to be told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from saksgang.flyt.models import Flagg, Godkjenning, Leseposisjon, Varsel
from saksgang.flyt.rules import Aarsak, Flaggtype, Godkjenningssvar
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeTilgang
from saksgang.logg.models import Hendelse, Segl, SegletHendelse
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.tilgang.queries import ledere_av, rettigheter, synlig
from saksgang.tilgang.rules import Handling

LESER = "varsler"


@dataclass(frozen=True)
class Melding:
    """Whom to tell, what happened, and why this person is told.

    om_saken: about the case, for one who no longer sees the journalpost; its number is all that is said of it.
    """

    bruker_id: int
    tekst: str
    grunn: str
    om_saken: bool = False


Meldinger = Iterator[Melding]


def _hvem(hendelse: Hendelse) -> str:
    if hendelse.aktoer is None:
        return "systemet"
    if hendelse.paa_vegne_av is not None:
        return f"{hendelse.aktoer.navn} på vegne av {hendelse.paa_vegne_av.navn}"
    return hendelse.aktoer.navn


def _fordelt(hendelse: Hendelse, objekt: Any) -> Meldinger:
    ny, forrige = hendelse.detaljer.get("bruker_id"), hendelse.detaljer.get("forrige_id")
    if ny is not None:
        yield Melding(ny, f"fordelt til deg av {_hvem(hendelse)}", "Du er saksbehandler.")
    if forrige is not None and forrige != ny:
        yield Melding(forrige, f"fordelt videre av {_hvem(hendelse)}", "Du var saksbehandler.")


def _saksansvar(hendelse: Hendelse, objekt: Any) -> Meldinger:
    ny, forrige = hendelse.detaljer.get("bruker_id"), hendelse.detaljer.get("forrige_id")
    if ny is not None:
        yield Melding(ny, f"saksansvaret er gitt til deg av {_hvem(hendelse)}", "Du er saksansvarlig.")
    if forrige is not None and forrige != ny:
        yield Melding(forrige, f"saksansvaret er gitt til en annen av {_hvem(hendelse)}", "Du var saksansvarlig.")


def _flagg(hendelse: Hendelse) -> Flagg:
    return Flagg.objects.get(pk=hendelse.objekt_id)


def _flagg_sendt(hendelse: Hendelse, objekt: Any) -> Meldinger:
    flagg = _flagg(hendelse)
    if flagg.til_bruker_id is None:
        return
    if flagg.type == Flaggtype.TIL_GODKJENNING:
        yield Melding(flagg.til_bruker_id, f"til godkjenning fra {_hvem(hendelse)}", "Du er bedt om å godkjenne.")
    elif flagg.type in (Flaggtype.GODKJENT, Flaggtype.IKKE_GODKJENT):
        svar = flagg.get_type_display().lower()
        yield Melding(flagg.til_bruker_id, f"{svar} av {_hvem(hendelse)}", "Du sendte dokumentet til godkjenning.")
    elif flagg.aarsak == Aarsak.SVAR:
        yield Melding(flagg.til_bruker_id, f"{_hvem(hendelse)} har svart på flagget ditt", "Du sendte flagget.")
    else:
        tekst = f"flagg fra {_hvem(hendelse)} ({Aarsak(flagg.aarsak).label.lower()})"
        yield Melding(flagg.til_bruker_id, tekst, "Flagget er sendt til deg.")


def _flagg_behandlet(hendelse: Hendelse, objekt: Any) -> Meldinger:
    flagg = _flagg(hendelse)
    if flagg.type == Flaggtype.BESKJED:
        yield Melding(flagg.fra_id, f"{_hvem(hendelse)} har behandlet flagget ditt", "Du sendte flagget.")


def _tittel_brukt(hendelse: Hendelse, objekt: Any) -> Meldinger:
    tekst = f"{_hvem(hendelse)} har brukt tittelen du foreslo"
    yield Melding(_flagg(hendelse).fra_id, tekst, "Du foreslo ny tittel.")


def _bedt_om_rettighet(hendelse: Hendelse, objekt: Sak) -> Meldinger:
    yield Melding(objekt.saksansvarlig_id, f"{_hvem(hendelse)} ber om rettigheter i saken", "Du er saksansvarlig.")


def _rettighet_gitt(hendelse: Hendelse, objekt: Any) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("bruker_id")) is not None:
        yield Melding(bruker_id, f"{_hvem(hendelse)} har gitt deg rettigheter i saken", "Rettigheten er din.")


def _rettighet_fornyet(hendelse: Hendelse, objekt: Any) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("bruker_id")) is not None:
        yield Melding(bruker_id, f"{_hvem(hendelse)} har fornyet rettighetene dine i saken", "Rettigheten er din.")


def _rettighet_tar_slutt(hendelse: Hendelse, objekt: Sak) -> Meldinger:
    """The one who gave it, saksansvarlig, and the one who has it; each once."""
    hvem, til = hendelse.detaljer["bruker"], dt.date.fromisoformat(hendelse.detaljer["til"])
    slutt = f"tar slutt {til:%d.%m.%Y}"
    eget = hendelse.detaljer["bruker_id"]
    for bruker_id, grunn in (
        (hendelse.detaljer["gitt_av_id"], "Du ga rettigheten."),
        (objekt.saksansvarlig_id, "Du er saksansvarlig."),
    ):
        if bruker_id != eget:
            yield Melding(bruker_id, f"rettigheten til {hvem} {slutt}", grunn)
    yield Melding(eget, f"rettigheten din i saken {slutt}", "Rettigheten er din.")


def _rettighet_avslaatt(hendelse: Hendelse, objekt: Any) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("bruker_id")) is not None:
        yield Melding(bruker_id, f"{_hvem(hendelse)} har avslått ønsket ditt om rettigheter", "Du ba om rettigheter.")


def _kopi(hendelse: Hendelse, objekt: Any) -> Meldinger:
    for bruker_id in hendelse.detaljer.get("mottaker_ider", ()):
        yield Melding(bruker_id, f"kopi fra {_hvem(hendelse)}", "Du er kopimottaker.")


def _epost_feilet(hendelse: Hendelse, objekt: Any) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("bestilt_av_id")) is not None:
        yield Melding(bruker_id, "en e-post til en mottaker gikk ikke", "Du ekspederte brevet.")


def _skannet(hendelse: Hendelse, objekt: Any) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("bestilt_av_id")) is not None:
        yield Melding(bruker_id, f"papiret er skannet av {_hvem(hendelse)}", "Du bestilte skanning.")


def _utsjekking_brutt(hendelse: Hendelse, objekt: Any) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("hos_id")) is not None:
        yield Melding(bruker_id, f"{_hvem(hendelse)} har brutt utsjekkingen", "Du hadde sjekket ut et dokument.")


def _skjermet(hendelse: Hendelse, objekt: Journalpost) -> Meldinger:
    for leder in ledere_av(objekt.enhet_id, klokke.idag()):
        yield Melding(leder.pk, f"{_hvem(hendelse)} har endret skjermingen", "Du leder enheten.")


def _sladding_laget(hendelse: Hendelse, objekt: Journalpost) -> Meldinger:
    """The leaders when there is one to approve; who sent it when it could not be used."""
    if (bruker_id := hendelse.detaljer.get("varsles_id")) is not None:
        yield Melding(bruker_id, "den sladdede versjonen kan ikke brukes", "Du sendte den til godkjenning.")
        return
    for leder in ledere_av(objekt.enhet_id, klokke.idag()):
        yield Melding(leder.pk, "sladdet versjon til godkjenning", "Du leder enheten.")


def _sladding_avgjort(hendelse: Hendelse, objekt: Journalpost) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("varsles_id")) is not None:
        svar = "godkjent" if hendelse.detaljer["godkjent"] else "ikke godkjent"
        yield Melding(bruker_id, f"sladdet versjon {svar} av {_hvem(hendelse)}", "Du sendte den til godkjenning.")


def _sladding_trukket(hendelse: Hendelse, objekt: Journalpost) -> Meldinger:
    if (bruker_id := hendelse.detaljer.get("varsles_id")) is not None:
        yield Melding(bruker_id, f"sladdet versjon trukket tilbake av {_hvem(hendelse)}", "Du hadde laget den.")


def _innsyn_krevd(hendelse: Hendelse, objekt: Journalpost) -> Meldinger:
    """Those who assess a coded document; of who asks for it nothing is said."""
    if objekt.tilgangskode_id is None:
        return
    for leder in ledere_av(objekt.enhet_id, klokke.idag()):
        yield Melding(leder.pk, "noen krever innsyn", "Du leder enheten og avgjør.")
    if objekt.saksbehandler_id is not None:
        yield Melding(objekt.saksbehandler_id, "noen krever innsyn", "Du er saksbehandler.")


def _opphoer(tekst: str) -> Callable[[Hendelse, Journalpost], Meldinger]:
    def meld(hendelse: Hendelse, objekt: Journalpost) -> Meldinger:
        if objekt.saksbehandler_id is not None:
            yield Melding(objekt.saksbehandler_id, tekst, "Du er saksbehandler.")
        for leder in ledere_av(objekt.enhet_id, klokke.idag()):
            yield Melding(leder.pk, tekst, "Du leder enheten.")

    return meld


def _godkjenning_besvart(hendelse: Hendelse, objekt: Any) -> Meldinger:
    svar = Godkjenningssvar(hendelse.detaljer["svar"]).label.lower()
    for bruker_id in hendelse.detaljer["varsles_ider"]:
        yield Melding(bruker_id, f"{svar} av {_hvem(hendelse)}", "Du er med i godkjenningen.")


def _godkjenning_trukket(hendelse: Hendelse, objekt: Any) -> Meldinger:
    for bruker_id in hendelse.detaljer["varsles_ider"]:
        tekst = f"trukket tilbake fra godkjenning av {_hvem(hendelse)}"
        yield Melding(bruker_id, tekst, "Du er med i godkjenningen.")


def _godkjenning_mistet(hendelse: Hendelse, objekt: Any) -> Meldinger:
    runde = Godkjenning.objects.select_related("journalpost").get(pk=hendelse.objekt_id)
    tekst = f"godkjenningen gjelder ikke lenger, {_hvem(hendelse)} har endret dokumentet"
    for bruker_id in dict.fromkeys((runde.godkjenner_id, runde.bedt_av_id, runde.journalpost.saksbehandler_id)):
        if bruker_id is not None:
            yield Melding(bruker_id, tekst, "Du er med i godkjenningen.")


def _tatt_tilbake(hendelse: Hendelse, objekt: Journalpost) -> Meldinger:
    """Those who had it: who has been added since, or has it again, has nothing to be told (krav C.2)."""
    hadde = objekt.interne_mottakere.filter(bruker__isnull=False, mottatt_tid__lte=hendelse.tidspunkt)
    for bruker_id in hadde.order_by("pk").values_list("bruker_id", flat=True):
        yield Melding(bruker_id, f"tatt tilbake for retting av {_hvem(hendelse)}", "Du er mottaker.", om_saken=True)


REGLER: dict[str, Callable[[Hendelse, Any], Meldinger]] = {
    Handling.FORDELE: _fordelt,
    Handling.SETTE_SAKSANSVARLIG: _saksansvar,
    Handling.SENDE_FLAGG: _flagg_sendt,
    Handling.BEHANDLE_FLAGG: _flagg_behandlet,
    Handling.BRUKE_TITTELFORSLAG: _tittel_brukt,
    Handling.BE_OM_RETTIGHET: _bedt_om_rettighet,
    Handling.GI_RETTIGHET: _rettighet_gitt,
    Handling.FORNYE_RETTIGHET: _rettighet_fornyet,
    Handling.MINNE_OM_RETTIGHET: _rettighet_tar_slutt,
    Handling.AVSLAA_RETTIGHET: _rettighet_avslaatt,
    Handling.KOPIERE: _kopi,
    Handling.SKJERME: _skjermet,
    Handling.KREVE_INNSYN: _innsyn_krevd,
    Handling.VARSLE_OPPHOER: _opphoer("graderingen opphører snart"),
    Handling.FORESLAA_OPPHOER: _opphoer("graderingen har opphørt og kan oppheves"),
    Handling.OPPHEVE_OPPHOERT: _opphoer("graderingen har opphørt og er opphevet"),
    Handling.FEILE_EKSPEDERING: _epost_feilet,
    Handling.UTFOERE_SKANNING: _skannet,
    Handling.BRYTE_UTSJEKKING: _utsjekking_brutt,
    Handling.LAGE_SLADDING: _sladding_laget,
    Handling.AVGJOERE_SLADDING: _sladding_avgjort,
    Handling.TREKKE_SLADDING: _sladding_trukket,
    Handling.GODKJENNE: _godkjenning_besvart,
    Handling.TREKKE_GODKJENNING: _godkjenning_trukket,
    Handling.MISTE_GODKJENNING: _godkjenning_mistet,
    Handling.GJENAAPNE: _tatt_tilbake,
}
"""Which events notify whom. An answer to a flag is itself a flag, so flagg.besvare needs no row."""


def lag_varsler() -> int:
    """Make notifications of what has been sealed since last; return how many. Can be run at any time.

    Seals follow each other and cover every event once, also one whose act ended late: so nothing is passed over.
    """
    Leseposisjon.objects.get_or_create(navn=LESER)
    antall = 0
    while (nye := _neste_segl()) is not None:
        antall += nye
    return antall


@transaction.atomic
def _neste_segl() -> int | None:
    posisjon = Leseposisjon.objects.select_for_update().get(navn=LESER)
    segl = Segl.objects.filter(nummer__gt=posisjon.segl).order_by("nummer").first()
    if segl is None:
        return None
    dekket = SegletHendelse.objects.filter(segl=segl).values("hendelse_id")
    hendelser = (
        Hendelse.objects.filter(nummer__in=dekket, handling__in=[str(h) for h in REGLER])
        .select_related("aktoer", "paa_vegne_av")
        .order_by("nummer")
    )
    antall = _varsle(list(hendelser))
    posisjon.segl = segl.nummer
    posisjon.save(update_fields=["segl"])
    return antall


def _varsle(hendelser: Sequence[Hendelse]) -> int:
    """Notify of these events those who may see what they are about, but never the actor."""
    personer: dict[int, Bruker] = {}
    nye = []
    for hendelse, objekt in zip(hendelser, _objekter(hendelser), strict=True):
        if objekt is None:
            continue
        for melding in REGLER[hendelse.handling](hendelse, objekt):
            if melding.bruker_id == hendelse.aktoer_id:
                continue
            if melding.bruker_id not in personer:
                personer[melding.bruker_id] = Bruker.objects.get(pk=melding.bruker_id)
            om = objekt.sak if melding.om_saken and isinstance(objekt, Journalpost) else objekt
            if synlig(om, rettigheter(personer[melding.bruker_id])):
                nye.append(
                    Varsel(
                        bruker_id=melding.bruker_id,
                        hendelse=hendelse.nummer,
                        sak_id=om.sak_id if isinstance(om, Journalpost) else om.pk,
                        journalpost=om if isinstance(om, Journalpost) else None,
                        tekst=f"{objekt}: {melding.tekst}",
                        grunn=melding.grunn,
                        tid=hendelse.tidspunkt,
                    )
                )
    # One person is told once of an event, whatever the reasons; the position sees to it that none is read twice.
    Varsel.objects.bulk_create(nye, ignore_conflicts=True)
    return len({(v.bruker_id, v.hendelse) for v in nye})


def _objekter(hendelser: Sequence[Hendelse]) -> list[Journalpost | Sak | None]:
    """Return what each event is about: its journalpost, else its case."""
    poster = Journalpost.objects.select_related("sak").in_bulk({h.journalpost_id for h in hendelser} - {None})
    saker = Sak.objects.in_bulk({h.sak_id for h in hendelser if h.journalpost_id is None} - {None})
    return [
        poster.get(h.journalpost_id) if h.journalpost_id is not None else saker.get(h.sak_id or 0) for h in hendelser
    ]


def les_varsel(varsel: Varsel, *, av: Bruker) -> Varsel:
    """Mark a notification as read. Refused for somebody else's."""
    if varsel.bruker_id != av.pk:
        raise IkkeTilgang("Varselet er til en annen.")
    if varsel.lest_tid is None:
        varsel.lest_tid = klokke.naa()
        varsel.save(update_fields=["lest_tid"])
    return varsel


def les_alle_varsler(*, av: Bruker) -> int:
    """Mark all of one's own notifications as read; return how many."""
    return Varsel.objects.filter(bruker=av, lest_tid__isnull=True).update(lest_tid=klokke.naa())
