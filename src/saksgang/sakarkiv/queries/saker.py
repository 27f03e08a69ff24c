"""Finding a case and what is in it, through the reader."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, When

from saksgang.arkivstruktur.models import Arkivdel
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import (
    Dokument,
    Dokumentversjon,
    InternMottaker,
    Journalpost,
    Klassering,
    Kodeverdi,
    Kopi,
    Korrespondansepart,
    Merknad,
    MerknadLest,
    ObsDato,
    Rettighetsoenske,
    Sak,
    Sakrettighet,
    Sakspart,
    Sakstype,
)
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.sakarkiv.rules.lenke import SKJERMET_VEDLEGG
from saksgang.sakarkiv.rules.rettighet import MINNES_FOER, fornyet_slutt
from saksgang.tilgang.queries import kan, rettigheter, se
from saksgang.tilgang.querysets import synlig_q
from saksgang.tilgang.rules import Handling

from .lenker import lenke_synlig_q

M = TypeVar("M", bound=models.Model)


def hent_sak(leser: Bruker, aar: int, sekvens: int) -> Sak:
    """Return the case that the reader may see, or IkkeFunnet."""
    rader = Sak.objects.select_related(
        "saksansvarlig", "enhet", "arkivdel", "sakstype", "tilgangskode", "hjemmel", "tilgangsgruppe"
    )
    return se(rader, leser, aar=aar, sekvens=sekvens)


def hent_sak_id(leser: Bruker, sak_id: int) -> Sak:
    """Return the case that the reader may see, or IkkeFunnet."""
    return se(Sak.objects.select_related("saksansvarlig", "enhet", "arkivdel", "sakstype"), leser, pk=sak_id)


def hent_saker(leser: Bruker, id_er: list[int]) -> list[Sak]:
    """Return these cases in their order, or IkkeFunnet when one of them is unseen."""
    return [hent_sak_id(leser, pk) for pk in dict.fromkeys(id_er)]


def ser_saken(leser: Bruker, sak: Sak) -> bool:
    """Whether the reader of a journalpost may also see its case; if not, number and public title alone (krav C.0)."""
    return bool(set(rettigheter(leser).noekler).intersection(sak.noekler))


def _fulle() -> QuerySet[Journalpost]:
    # Seven joins at most: beyond eight PostgreSQL spends longer on planning than on reading.
    return Journalpost.objects.select_related(
        "sak__saksansvarlig", "sak__enhet", "tilgangskode", "hjemmel", "saksbehandler", "enhet"
    )


def hent_journalpost(leser: Bruker, aar: int, sekvens: int, nummer: int) -> Journalpost:
    """Return the journalpost that the reader may see, or IkkeFunnet."""
    return se(_fulle(), leser, sak__aar=aar, sak__sekvens=sekvens, journalpostnummer=nummer)


def hent_journalpost_id(leser: Bruker, journalpost_id: int) -> Journalpost:
    """Return the journalpost that the reader may see, or IkkeFunnet."""
    return se(_fulle(), leser, pk=journalpost_id)


def hent_journalposter(leser: Bruker, id_er: list[int]) -> list[Journalpost]:
    """Return these journalposter in their order, or IkkeFunnet when one of them is unseen."""
    rader = {jp.pk: jp for jp in _fulle().filter(synlig_q(rettigheter(leser).noekler), pk__in=id_er)}
    if set(rader) != set(id_er):
        raise IkkeFunnet
    return [rader[pk] for pk in dict.fromkeys(id_er)]


def journalposter_i_sak(leser: Bruker, sak: Sak, *, vis_utgaatte: bool = False) -> QuerySet[Journalpost]:
    """The journalposter of a case that the reader may see, in order of number."""
    rader = Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler), sak=sak)
    if not vis_utgaatte:
        rader = rader.uten_utgaatte()
    return rader.select_related("tilgangskode", "saksbehandler", "sak").order_by("journalpostnummer", "pk")


def mottakere(journalpost: Journalpost) -> QuerySet[InternMottaker]:
    """Internal recipients, with their avskrivning."""
    return (
        journalpost.interne_mottakere.filter(gyldig=True)
        .select_related("bruker", "enhet", "avskrivning__maate", "avskrivning__av", "journalpost__sak")
        .order_by("pk")
    )


def hent_mottaker(leser: Bruker, mottaker_id: int) -> InternMottaker:
    """Return a recipient's row on a journalpost that the reader may see, or IkkeFunnet."""
    rad = (
        InternMottaker.objects.filter(synlig_q(rettigheter(leser).noekler, "journalpost__"), pk=mottaker_id)
        .select_related("journalpost__sak", "bruker", "enhet")
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    return rad


def hent_mottakere(leser: Bruker, id_er: list[int]) -> list[InternMottaker]:
    """Return these recipients' rows in their order, or IkkeFunnet when one of them is unseen."""
    return [hent_mottaker(leser, pk) for pk in dict.fromkeys(id_er)]


def egen_mottakerrad(leser: Bruker, journalpost: Journalpost) -> InternMottaker | None:
    """The reader's own delivered row on this journalpost, if any."""
    return (
        journalpost.interne_mottakere.filter(gyldig=True, levert=True, bruker=leser)
        .select_related("journalpost__sak", "bruker", "enhet")
        .order_by("pk")
        .first()
    )


def parter(journalpost: Journalpost) -> QuerySet[Korrespondansepart]:
    """Senders and recipients as they stand now."""
    return journalpost.parter.filter(gyldig=True).order_by("rekkefoelge", "pk")


def kopier(journalpost: Journalpost) -> QuerySet[Kopi]:
    """Internal copies."""
    return journalpost.kopier.select_related("bruker", "av").order_by("pk")


def hent_kopi(leser: Bruker, kopi_id: int) -> Kopi:
    """Return the reader's own copy, or IkkeFunnet."""
    kopi = (
        Kopi.objects.filter(synlig_q(rettigheter(leser).noekler, "journalpost__"), pk=kopi_id, bruker=leser)
        .select_related("journalpost__sak")
        .first()
    )
    if kopi is None:
        raise IkkeFunnet
    return kopi


def dokumenter(leser: Bruker, journalpost: Journalpost) -> list[Dokument]:
    """Documents in order, each with its versions, newest first, in «alle_versjoner».

    Variants made from a version, for the archive or the public, are not among them. Of one that is linked from where
    the reader may not look there is only its place: `er_synlig` is false, title and versions are gone.
    """
    versjoner = (
        Dokumentversjon.objects.filter(variantformat=Dokumentversjon.Variant.PRODUKSJON)
        .select_related("fil", "opprettet_av")
        .order_by("-versjonsnummer", "-pk")
    )
    rader: list[Any] = list(
        journalpost.dokumenter.filter(utgaatt_tid__isnull=True)
        .annotate(er_synlig=Case(When(lenke_synlig_q(rettigheter(leser).noekler), then=True), default=False))
        .select_related("lenket_fra__journalpost__sak")
        .prefetch_related(Prefetch("versjoner", versjoner, to_attr="alle_versjoner"))
        .order_by("nummer", "pk")
    )
    for rad in rader:
        if not rad.er_synlig:
            rad.tittel, rad.alle_versjoner = SKJERMET_VEDLEGG, []
    return rader


def hent_dokument(leser: Bruker, dokument_id: int) -> Dokument:
    """Return a document on a journalpost that the reader may see, or IkkeFunnet."""
    rad = (
        Dokument.objects.filter(
            synlig_q(rettigheter(leser).noekler, "journalpost__"),
            lenke_synlig_q(rettigheter(leser).noekler),
            pk=dokument_id,
        )
        .select_related("journalpost__sak", "journalpost__tilgangskode")
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    return rad


def ser_utkast(leser: Bruker, journalpost: Journalpost) -> bool:
    """Whether the reader belongs to the R row of C.0: writer, saksbehandler, SA, leader or deputy, TG, archive."""
    return kan(leser, Handling.LEGGE_VED, journalpost) or leser.pk in journalpost.forelagt_ider


def hent_versjon(leser: Bruker, versjon_id: int) -> Dokumentversjon:
    """Return a version that the reader may open, or IkkeFunnet.

    The newest version and what is made from it follow the journalpost; earlier ones are for those who could see the
    draft (krav C.0). A linked one follows the journalpost that it came in on, too.
    """
    rad = (
        Dokumentversjon.objects.filter(
            synlig_q(rettigheter(leser).noekler, "dokument__journalpost__"),
            lenke_synlig_q(rettigheter(leser).noekler, "dokument__"),
            pk=versjon_id,
        )
        .select_related("fil", "dokument__journalpost__sak", "dokument__journalpost__tilgangskode")
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    nyere = rad.dokument.versjoner.filter(versjonsnummer__gt=rad.versjonsnummer)
    if (nyere.exists() or rad.dokument.utgaatt_tid is not None) and not ser_utkast(leser, rad.dokument.journalpost):
        raise IkkeFunnet
    return rad


def merknader_for_journalpost(leser: Bruker, journalpost: Journalpost) -> list[Merknad]:
    """Remarks on the journalpost and, where the reader sees it, on its case; newest first, each with `er_ny`."""
    rader = Merknad.objects.filter(journalpost=journalpost)
    if ser_saken(leser, journalpost.sak):
        rader |= Merknad.objects.filter(sak=journalpost.sak, journalpost__isnull=True)
    return _med_lest(leser, rader)


def merknader_for_sak(leser: Bruker, sak: Sak) -> list[Merknad]:
    """Remarks on the case itself, newest first, each with `er_ny`."""
    return _med_lest(leser, Merknad.objects.filter(sak=sak, journalpost__isnull=True))


def _med_lest(leser: Bruker, rader: QuerySet[Merknad]) -> list[Merknad]:
    lest = MerknadLest.objects.filter(merknad=OuterRef("pk"), bruker=leser)
    funnet = list(
        rader.filter(trukket_tid__isnull=True)
        .annotate(er_lest=Exists(lest))
        .select_related("type", "av", "journalpost")
        .order_by("-tid", "-pk")
    )
    for merknad in funnet:
        merknad.er_ny = not merknad.er_lest and merknad.av_id != leser.pk
    return [*funnet]


def saksparter(sak: Sak) -> QuerySet[Sakspart]:
    """Parties to the case as they stand now."""
    return sak.parter.filter(avsluttet_dato__isnull=True).select_related("kontakt").order_by("navn", "pk")


def hent_sakspart(leser: Bruker, part_id: int) -> Sakspart:
    """Return a party of a case that the reader may see, or IkkeFunnet."""
    return _under_sak(Sakspart, leser, part_id)


def obsdatoer(sak: Sak) -> QuerySet[ObsDato]:
    """OBS dates of a case, the undone first."""
    return sak.obsdatoer.select_related("satt_av", "utfoert_av").order_by("utfoert_tid", "dato", "pk")


def hent_obs(leser: Bruker, obs_id: int) -> ObsDato:
    """Return an OBS date of a case that the reader may see, or IkkeFunnet."""
    return _under_sak(ObsDato, leser, obs_id)


def rettigheter_i_sak(sak: Sak, idag: dt.date) -> list[Sakrettighet]:
    """Grants in the case that last, with «fornyes_til» (none: no end) and «minner»: whether the end is near."""
    rader = list(
        sak.rettigheter.filter(Q(til__isnull=True) | Q(til__gte=idag), trukket_tid__isnull=True)
        .select_related("bruker", "gitt_av")
        .order_by("pk")
    )
    for rad in rader:
        rad.fornyes_til = fornyet_slutt(rad.fra, rad.til, idag)  # type: ignore[attr-defined]
        rad.minner = rad.til is not None and (rad.til - idag).days <= MINNES_FOER  # type: ignore[attr-defined]
    return rader


def tidligere_rettigheter(sak: Sak, idag: dt.date) -> list[Sakrettighet]:
    """Grants in the case that have ended or were withdrawn, the last first, with «fornyes_til» as above."""
    rader = list(
        sak.rettigheter.filter(Q(til__lt=idag) | Q(trukket_tid__isnull=False))
        .select_related("bruker", "gitt_av", "trukket_av")
        .order_by("-pk")
    )
    for rad in rader:
        trukket = rad.trukket_tid is not None
        rad.fornyes_til = None if trukket else fornyet_slutt(rad.fra, rad.til, idag)  # type: ignore[attr-defined]
    return rader


def hent_rettighet(leser: Bruker, rettighet_id: int) -> Sakrettighet:
    """Return a grant in a case that the reader may see, or IkkeFunnet."""
    return _under_sak(Sakrettighet, leser, rettighet_id)


def oensker_i_sak(sak: Sak) -> QuerySet[Rettighetsoenske]:
    """Unanswered wishes for rights in the case."""
    return sak.oensker.filter(svar="").select_related("bruker").order_by("pk")


def hent_oenske(leser: Bruker, oenske_id: int) -> Rettighetsoenske:
    """Return a wish in a case that the reader may see, or IkkeFunnet."""
    return _under_sak(Rettighetsoenske, leser, oenske_id)


def aapne_oensker_til(leser: Bruker) -> QuerySet[Rettighetsoenske]:
    """Unanswered wishes in cases where the reader is saksansvarlig."""
    return (
        Rettighetsoenske.objects.filter(svar="", sak__saksansvarlig=leser)
        .select_related("sak", "bruker")
        .order_by("tid", "pk")
    )


def _under_sak(modell: type[M], leser: Bruker, pk: int) -> M:
    rad = (
        modell._default_manager.filter(synlig_q(rettigheter(leser).noekler, "sak__"), pk=pk)
        .select_related("sak")
        .first()
    )
    if rad is None:
        raise IkkeFunnet
    return rad


def klasseringer(sak: Sak) -> QuerySet[Klassering]:
    """The case's ordningsverdier, the primary first."""
    return (
        sak.klasseringer.filter(gyldig=True)
        .select_related("klasse__klassifikasjonssystem")
        .order_by("rekkefoelge", "pk")
    )


def har_oea(sak: Sak) -> bool:
    """Whether ØA Ønskes avsluttet stands on the case."""
    return sak.merknader.filter(type__kode="ØA", trukket_tid__isnull=True, journalpost__isnull=True).exists()


def oenske_om_avslutning(sak: Sak) -> Merknad | None:
    """Return the ØA that stands on the case, with who set it."""
    return (
        sak.merknader.filter(type__kode="ØA", trukket_tid__isnull=True, journalpost__isnull=True)
        .select_related("av")
        .order_by("pk")
        .first()
    )


def saksbehandlere_i_sak(leser: Bruker, sak: Sak) -> list[Bruker]:
    """Everybody who is saksbehandler of a journalpost in the case that the reader may see."""
    id_er = (
        journalposter_i_sak(leser, sak)
        .order_by()
        .filter(saksbehandler__isnull=False)
        .values_list("saksbehandler_id", flat=True)
    )
    return list(Bruker.objects.filter(pk__in=id_er).order_by("sorteringsnavn", "pk"))


def historikk(
    leser: Bruker,
    sak: Sak,
    *,
    journalpost: Journalpost | None = None,
    aktoer_id: int | None = None,
    lesing: bool | None = None,
    foer: int | None = None,
    grense: int | None = 500,
) -> list[Hendelse]:
    """Everything that happened in a case, newest first; of its journalposter only those that the reader may see.

    Narrowed to one journalpost, one person, readings or what is not; foer: from the event before this number.
    """
    synlige = Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler), sak=sak).values_list("pk", flat=True)
    rader = Hendelse.objects.filter(sak_id=sak.pk)
    if journalpost is not None:
        rader = rader.filter(journalpost_id=journalpost.pk)
    else:
        rader = rader.filter(journalpost_id__isnull=True) | rader.filter(journalpost_id__in=list(synlige))
    if aktoer_id is not None:
        rader = rader.filter(aktoer_id=aktoer_id)
    if lesing is not None:
        rader = rader.filter(lesing=lesing)
    if foer is not None:
        rader = rader.filter(nummer__lt=foer)
    return list(rader.select_related("aktoer", "paa_vegne_av").order_by("-nummer")[:grense])


def personer_i_historikken(leser: Bruker, sak: Sak) -> list[Bruker]:
    """Everybody who has done something in the case that the reader may see, by name."""
    synlige = Journalpost.objects.filter(synlig_q(rettigheter(leser).noekler), sak=sak).values("pk")
    rader = Hendelse.objects.filter(sak_id=sak.pk, aktoer__isnull=False)
    rader = rader.filter(Q(journalpost_id__isnull=True) | Q(journalpost_id__in=synlige))
    return list(Bruker.objects.filter(pk__in=rader.values("aktoer_id")).order_by("sorteringsnavn", "pk"))


def kodeverdier(liste: str) -> QuerySet[Kodeverdi]:
    """Return the values of a code list that may be chosen by hand today."""
    return Kodeverdi.objects.gyldige(klokke.idag()).filter(liste=liste, manuell=True).order_by("rekkefoelge", "pk")


def hent_kodeverdi(liste: str, kode: str) -> Kodeverdi:
    """Return one valid value, or IkkeFunnet."""
    verdi = Kodeverdi.objects.gyldige(klokke.idag()).filter(liste=liste, kode=kode).first()
    if verdi is None:
        raise IkkeFunnet
    return verdi


def kodelister() -> QuerySet[Kodeverdi]:
    """Return every value of every code list, those that have ended too, list by list."""
    return Kodeverdi.objects.order_by("liste", "rekkefoelge", "pk")


def hent_kodeverdi_id(pk: int) -> Kodeverdi:
    """Return one value, an ended one too, or IkkeFunnet."""
    verdi = Kodeverdi.objects.filter(pk=pk).first()
    if verdi is None:
        raise IkkeFunnet
    return verdi


def sakstyper() -> QuerySet[Sakstype]:
    """Return the kinds of case."""
    return Sakstype.objects.order_by("navn", "pk")


def arkivdeler() -> QuerySet[Arkivdel]:
    """Return the parts of the archive that new cases go to."""
    return Arkivdel.objects.filter(arkivdelstatus="A").order_by("kode", "pk")


def antall_utgaatte(leser: Bruker, sak: Sak) -> int:
    """How many cancelled journalposter of the case the reader may see."""
    return Journalpost.objects.filter(
        synlig_q(rettigheter(leser).noekler), sak=sak, status=Journalstatus.UTGAAR
    ).count()
