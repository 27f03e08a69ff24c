"""An ad-hoc access group, made where it is needed: on a coded journalpost or case (krav R-7.2.G)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando
from saksgang.offentlighet.rules import Utfall, Vurderingsart
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.commands.sak import skjerm_sak
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.tilgang.commands import krev, opprett_gruppe
from saksgang.tilgang.models import Tilgangsgruppe
from saksgang.tilgang.rules import Handling

from .skjerming import sett_skjerming


@kommando
def snevre_inn(
    objekt: Journalpost | Sak,
    navn: str,
    *,
    medlemmer: Iterable[Bruker] = (),
    til: dt.date | None = None,
    av: Bruker,
) -> Tilgangsgruppe:
    """Make a group with the actor and these members, and narrow the object with it, in one act.

    For those who may set or raise its grading; the group is the actor's to keep. Refused without a code, with XX or
    an open proposal, which is to be decided first, and where a group already narrows it.
    """
    if isinstance(objekt, Sak):
        krev(av, Handling.SKJERME_SAK, objekt)
        objekt = Sak.objects.select_for_update(of=("self",)).get(pk=objekt.pk)
    else:
        krev(av, Handling.SKJERME, objekt)
        objekt = laas_journalpost(objekt)
        if objekt.avventer_gradering or objekt.forslag_aapent:
            raise Avvist("Graderingen er ikke avgjort. Få den avgjort først.")
    if objekt.tilgangskode is None:
        raise UgyldigInndata({"navn": "En tilgangsgruppe krever en tilgangskode. Sett koden først."})
    if objekt.tilgangsgruppe is not None:
        raise Avvist(f"{objekt} er alt snevret inn til {objekt.tilgangsgruppe}. Legg medlemmene til der.")
    gruppe = opprett_gruppe(navn, medlemmer=dict.fromkeys([av, *medlemmer]), til=til, av=av)
    vurdert = "" if isinstance(objekt, Sak) else objekt.meroffentlighet
    skjerming = Skjerming(
        objekt.tilgangskode, objekt.avskjermingskode, objekt.hjemmel, gruppe, vurdert, delvis=_gis_delvis(objekt)
    )
    if isinstance(objekt, Sak):
        misvisende, skade = objekt.skjerming_misvisende, objekt.skjerming_skade
        skjerm_sak(objekt, skjerming, misvisende=misvisende, skade=skade, av=av)
    else:
        sett_skjerming(objekt, skjerming, av=av)
    return gruppe


def _gis_delvis(objekt: Journalpost | Sak) -> bool:
    """Whether it was decided that the document is given in part: a group says only who sees the rest."""
    if isinstance(objekt, Sak):
        return False
    siste = objekt.skjermingsvurderinger.exclude(art=Vurderingsart.FORSLAG).order_by("-pk").first()
    return siste is not None and siste.utfall == Utfall.DELVIS
