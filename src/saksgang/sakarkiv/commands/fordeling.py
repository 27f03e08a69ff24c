"""Distributing incoming post, and notes that have only a unit as recipient."""

from __future__ import annotations

from collections.abc import Iterable

from saksgang.arkivstruktur.models import Klasse
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, SaksgangFeil, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import Fordelingsregel, InternMottaker, Sak
from saksgang.sakarkiv.rules import Journalposttype
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Funksjon, Handling, Rolle

from .avskrivning import _laas
from .felles import krev_aapen_sak, krev_aktiv_bruker
from .journalfoering import Radresultat
from .noekler import oppdater_sak, oppdater_tilgang
from .sak import sett_saksansvarlig


@kommando
def fordel(
    mottaker: InternMottaker, saksbehandler: Bruker, *, av: Bruker, saksansvarlig: Bruker | None = None
) -> InternMottaker:
    """Give a letter or note to a case worker, and if wanted the case to a saksansvarlig (krav R-3.1.4, R-9.1.2).

    A leader distributes within the units led; the archive anywhere, and then the unit follows the person.
    Refused when already written off.
    """
    mottaker = _laas(mottaker)
    journalpost = mottaker.journalpost
    krev(av, Handling.FORDELE, mottaker)
    krev_aapen_sak(journalpost.sak)
    krev_aktiv_bruker(saksbehandler, "saksbehandler")
    rett = rettigheter(av)
    if not rett.har(Rolle.ARK) and saksbehandler.enhet_id not in rett.enheter(Funksjon.FORDELE):
        raise UgyldigInndata({"saksbehandler": f"{saksbehandler.navn} hører ikke til enheten din. Velg en annen."})
    if mottaker.avskrivning_id is not None or not mottaker.gyldig:
        raise Avvist(f"{journalpost} er avskrevet og kan ikke fordeles.")
    naa = klokke.naa()
    enhet = mottaker.enhet
    if saksbehandler.enhet is not None and saksbehandler.enhet_id != enhet.pk:
        enhet = saksbehandler.enhet
    endringer = {"saksbehandler": (mottaker.bruker, saksbehandler), "enhet": (mottaker.enhet, enhet)}
    detaljer = {"bruker_id": saksbehandler.pk, "forrige_id": mottaker.bruker_id}
    mottaker.bruker, mottaker.enhet, mottaker.sett_tid, mottaker.mottatt_tid = saksbehandler, enhet, None, naa
    mottaker.save(update_fields=["bruker", "enhet", "sett_tid", "mottatt_tid"])
    if journalpost.journalposttype == Journalposttype.INNGAAENDE:
        journalpost.saksbehandler, journalpost.enhet = saksbehandler, enhet
        journalpost.fordelt_av, journalpost.fordelt_tid = av, naa
        journalpost.save(update_fields=["saksbehandler", "enhet", "fordelt_av", "fordelt_tid"])
    oppdater_tilgang(journalpost)
    if journalpost.sak.tilgangskode_id:
        oppdater_sak(journalpost.sak)
    logg(journalpost, Handling.FORDELE, av=av, endringer=endringer, detaljer=detaljer)
    if saksansvarlig is not None:
        sett_saksansvarlig(journalpost.sak, saksansvarlig, av=av)
    return mottaker


def fordel_flere(
    mottakere: Iterable[InternMottaker], saksbehandler: Bruker, *, av: Bruker, saksansvarlig: Bruker | None = None
) -> list[Radresultat]:
    """Distribute several to one person; each row succeeds or says why not."""
    resultat = []
    for mottaker in mottakere:
        try:
            fordel(mottaker, saksbehandler, av=av, saksansvarlig=saksansvarlig)
            resultat.append(Radresultat(mottaker.journalpost))
        except SaksgangFeil as feil:
            resultat.append(Radresultat(mottaker.journalpost, tuple(feil.setninger)))
    return resultat


@kommando
def sett_fordelingsregel(
    enhet: Enhet, klasse: Klasse | None, saksbehandler: Bruker | None, *, av: Bruker
) -> Fordelingsregel:
    """Agree that a unit's post with an ordningsverdi goes to a person, or to the leader (krav R-9.1.1).

    klasse None is the unit's «ellers». An earlier agreement for the same ends.
    """
    krev(av, Handling.ADMINISTRERE_FORDELINGSREGEL)
    if saksbehandler is not None:
        krev_aktiv_bruker(saksbehandler, "saksbehandler")
    gamle = Fordelingsregel.objects.select_for_update().filter(enhet=enhet, klasse=klasse, opphoert_dato__isnull=True)
    gamle.update(opphoert_dato=klokke.idag())
    regel = Fordelingsregel.objects.create(enhet=enhet, klasse=klasse, saksbehandler=saksbehandler)
    logg(regel, Handling.ADMINISTRERE_FORDELINGSREGEL, av=av, detaljer={"regel": str(regel)})
    return regel


@kommando
def opphev_fordelingsregel(regel: Fordelingsregel, *, av: Bruker) -> None:
    """End an agreement. Refused twice."""
    krev(av, Handling.ADMINISTRERE_FORDELINGSREGEL)
    if regel.opphoert_dato is not None:
        raise Avvist("Regelen er allerede opphevet.")
    regel.opphoert_dato = klokke.idag()
    regel.save(update_fields=["opphoert_dato"])
    logg(regel, Handling.ADMINISTRERE_FORDELINGSREGEL, av=av, endringer={"opphoert": (None, regel.opphoert_dato)})


def foreslaatt_saksbehandler(enhet: Enhet, sak: Sak) -> tuple[Fordelingsregel | None, Bruker | None]:
    """Return the agreement that fits the case's ordningsverdi in this unit, and its case worker.

    The closest value in the hierarchy wins; «ellers» is last. No case worker means the leader distributes.
    """
    regler = {
        regel.klasse_id: regel
        for regel in Fordelingsregel.objects.filter(enhet=enhet, opphoert_dato__isnull=True).select_related(
            "saksbehandler"
        )
    }
    for klassering in sak.klasseringer.filter(gyldig=True).select_related("klasse").order_by("rekkefoelge", "pk"):
        klasse: Klasse | None = klassering.klasse
        while klasse is not None:
            if klasse.pk in regler:
                return regler[klasse.pk], regler[klasse.pk].saksbehandler
            klasse = klasse.overordnet
    regel = regler.get(None)
    return regel, regel.saksbehandler if regel else None
