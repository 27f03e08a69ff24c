"""Archive copies: ordered in the act that needs them, made by the queue (krav R-6.2.F, R-4.6)."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import PurePath

from django.db import connection, transaction
from django.db.models import Q
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager import queries as lager
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.lager.rules import formatnavn
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.konvertering import Aarsak, Avbrutt, Kilde, Resultat, for_stor, konverter_til_pdfa
from saksgang.produksjon.models import Arkivkopi, Konvertering
from saksgang.produksjon.queries import uten_bestilling
from saksgang.produksjon.queries.arkivkopi import mislykkede
from saksgang.produksjon.rules import (
    VENT_PAA_PROGRAM,
    Jobbtilstand,
    Vei,
    neste_forsoek,
    trenger_arkivkopi,
    trenger_forhaandsvisning,
    vei_til_pdf,
)
from saksgang.sakarkiv.commands.dokument import ved_arkivering
from saksgang.sakarkiv.commands.felles import krev_aapen_sak
from saksgang.sakarkiv.models import Dokumentversjon, Journalpost
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

SATS = 10
MAKS_BYTE_I_SATS = 100 * 1024**2
LAAS = 0x5347_4B56
"""The first half of the advisory locks that a worker holds on what it is making; the second is the row's id."""
SELV_PDFA = "Fila er selv en gyldig PDF/A og trenger ingen kopi."

logger = logging.getLogger(__name__)


# --- Ordering --------------------------------------------------------------------------------------------------------


def bestill_arkivkopi(versjon: Dokumentversjon) -> Arkivkopi | None:
    """Order the archive copy of a version; part of the act that finishes or journalises it, which asks and logs.

    None where its format needs none. The same content is converted once: where it has been, the copy is there at once.
    """
    if versjon.variantformat != Dokumentversjon.Variant.PRODUKSJON or not trenger_arkivkopi(versjon.fil.format):
        return None
    konvertering = _konvertering(versjon.fil)
    kopi, ny = Arkivkopi.objects.select_related("versjon__fil", "konvertering").get_or_create(
        versjon=versjon, defaults={"konvertering": konvertering, "bestilt_tid": klokke.naa()}
    )
    if ny:
        _oppfyll(kopi, konvertering)
    return kopi


@ved_arkivering
def _ved_arkivering(versjon: Dokumentversjon) -> None:
    bestill_arkivkopi(versjon)


def bestill_arkivkopier(versjoner: Iterable[Dokumentversjon]) -> None:
    """Order the copies of several versions; locked in one order, so that two acts never wait for each other."""
    for versjon in sorted(versjoner, key=lambda v: (v.fil_id, v.pk)):
        bestill_arkivkopi(versjon)


def bestill_manglende() -> int:
    """Order what was finished or journalised before there were archive copies; return how many. Can be run again.

    What waits already is ordered anew, so that the time it has waited is that of the queue as it is now.
    """
    Arkivkopi.objects.filter(ferdig_tid__isnull=True, konvertering__tilstand=Jobbtilstand.VENTER).update(
        bestilt_tid=klokke.naa()
    )
    antall = 0
    for versjon in uten_bestilling():
        with transaction.atomic():
            antall += bestill_arkivkopi(versjon) is not None
    return antall


@kommando
def bestill_forhaandsvisning(versjon: Dokumentversjon) -> Konvertering | None:
    """Order a PDF to look at, before others since somebody waits; asked for by whoever opens a version they may see.

    None where the browser can show the format itself.
    """
    if not trenger_forhaandsvisning(versjon.fil.format):
        return None
    rad = Konvertering.objects.filter(kilde=versjon.fil).first()
    if rad is None:
        return _konvertering(versjon.fil, prioritet=1)
    if rad.tilstand == Jobbtilstand.VENTER and not rad.prioritet:
        Konvertering.objects.filter(pk=rad.pk, tilstand=Jobbtilstand.VENTER).update(prioritet=1)
        _vekk(1)
    return rad


@kommando
def bestill_pdf(versjon: Dokumentversjon) -> None:
    """Order the PDF of a version whatever its format, for a dispatch or a print. Refused where it cannot become one."""
    if vei_til_pdf(versjon.fil.format) is Vei.INGEN:
        raise Avvist(f"{formatnavn(versjon.fil.format)} kan ikke gjøres om til PDF.")
    _konvertering(versjon.fil, prioritet=1)


def bestill_omgjoering(fil: Fil) -> Konvertering:
    """Order the PDF of a content that is no document of its own, before others since somebody waits; part of an act."""
    return _konvertering(fil, prioritet=1)


def _konvertering(fil: Fil, prioritet: int = 0) -> Konvertering:
    """Return the content's row, locked; a new one wakes the queue."""
    _rad, ny = Konvertering.objects.get_or_create(
        kilde=fil, defaults={"bestilt_tid": klokke.naa(), "prioritet": prioritet}
    )
    if ny:
        _vekk(prioritet)
    return Konvertering.objects.select_for_update(of=("self",)).select_related("kilde", "resultat").get(kilde=fil)


@kommando
def proev_igjen(versjon: Dokumentversjon, *, av: Bruker) -> Konvertering:
    """Convert a version anew, now: its archive copy where it is to have one, else the PDF to look at.

    Refused where it is made, is being made, or is not needed.
    """
    journalpost = versjon.dokument.journalpost
    krev(av, Handling.BESTILLE_ARKIVKOPI, journalpost)
    krev_aapen_sak(journalpost.sak)
    arkiveres = journalpost.status in (Journalstatus.FERDIG, Journalstatus.JOURNALFOERT)
    kopi = bestill_arkivkopi(versjon) if arkiveres else None
    if kopi is None and not trenger_forhaandsvisning(versjon.fil.format):
        raise Avvist(f"{formatnavn(versjon.fil.format)} trenger ingen arkivkopi.")
    rad = _konvertering(versjon.fil)
    if rad.tilstand == Jobbtilstand.FERDIG:
        raise Avvist("Kopien er laget alt.")
    if rad.tilstand == Jobbtilstand.KJOERER:
        raise Avvist("Kopien lages nå. Vent litt.")
    rad.tilstand, rad.forsoek, rad.neste_tid, rad.feil, rad.prioritet = Jobbtilstand.VENTER, 0, None, "", 1
    rad.save(update_fields=["tilstand", "forsoek", "neste_tid", "feil", "prioritet"])
    _vekk(1)
    if kopi is not None:
        kopi.ferdig_tid, kopi.beholdt, kopi.beholdt_av = None, "", None
        kopi.save(update_fields=["ferdig_tid", "beholdt", "beholdt_av"])
        logg(journalpost, Handling.BESTILLE_ARKIVKOPI, av=av, detaljer=_hvilket(versjon))
    return rad


@kommando
def proev_alle_igjen(journalpost: Journalpost, *, av: Bruker) -> int:
    """Convert anew every document of the journalpost that lacks its archive copy; return how many.

    Refused where none does.
    """
    versjoner = mislykkede(journalpost)
    if not versjoner:
        raise Avvist(f"{journalpost} har alle arkivkopiene sine, eller de lages nå.")
    for versjon in versjoner:
        proev_igjen(versjon, av=av)
    return len(versjoner)


@kommando
def behold_original(versjon: Dokumentversjon, begrunnelse: str, *, av: Bruker) -> Arkivkopi:
    """Keep a version as it is, without archive copy, by the archive's decision. Refused without a reason."""
    journalpost = versjon.dokument.journalpost
    krev(av, Handling.BEHOLDE_ORIGINAL, journalpost)
    krev_aapen_sak(journalpost.sak)
    begrunnelse = begrunnelse.strip()[:500]
    if not begrunnelse:
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv hvorfor originalen kan stå alene."})
    kopi = bestill_arkivkopi(versjon)
    if kopi is None or kopi.er_ferdig:
        raise Avvist("Dokumentet har fil i arkivformat alt.")
    kopi.beholdt, kopi.beholdt_av, kopi.ferdig_tid = begrunnelse, av, klokke.naa()
    kopi.save(update_fields=["beholdt", "beholdt_av", "ferdig_tid"])
    logg(journalpost, Handling.BEHOLDE_ORIGINAL, av=av, detaljer=_hvilket(versjon) | {"begrunnelse": begrunnelse})
    return kopi


def _hvilket(versjon: Dokumentversjon) -> dict[str, object]:
    dokument = versjon.dokument
    return {"dokument": dokument.nummer, "tittel": dokument.tittel, "versjon": versjon.versjonsnummer}


# --- Making ----------------------------------------------------------------------------------------------------------


def utfoer_konverteringer() -> int:
    """Convert the next waiting contents in one batch; return how many. Run by the queue, outside any transaction."""
    rader = _ta()
    if not rader:
        return 0
    try:
        for rad, resultat in zip(rader, _konverter(rader), strict=True):
            _noter(rad.pk, resultat)
    except Avbrutt:
        Konvertering.objects.filter(pk__in=[rad.pk for rad in rader], tilstand=Jobbtilstand.KJOERER).update(
            tilstand=Jobbtilstand.VENTER, startet_tid=None
        )
        raise
    finally:
        _slipp(rader)
    return len(rader)


@transaction.atomic
def _ta() -> list[Konvertering]:
    """Take the rows whose turn it is: what somebody waits for alone, else in the order they were ordered."""
    naa = klokke.naa()
    moden = Q(neste_tid__isnull=True) | Q(neste_tid__lte=naa)
    venter = list(
        Konvertering.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(moden, tilstand=Jobbtilstand.VENTER)
        .select_related("kilde")
        .order_by("-prioritet", "pk")[:SATS]
    )
    tatt: list[Konvertering] = []
    for rad in venter:
        for_stor = tatt and sum(t.kilde.stoerrelse for t in tatt) + rad.kilde.stoerrelse > MAKS_BYTE_I_SATS
        if for_stor or (tatt and rad.prioritet < tatt[0].prioritet):
            break
        if _laas(rad):
            tatt.append(rad)
    Konvertering.objects.filter(pk__in=[rad.pk for rad in tatt]).update(tilstand=Jobbtilstand.KJOERER, startet_tid=naa)
    return tatt


def _laas(rad: Konvertering) -> bool:
    """Hold the row for as long as this process's connection lives: by that the others know that it does."""
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_try_advisory_lock(%s, %s)", [LAAS, rad.pk % 2**31])
        return bool(markoer.fetchone()[0])


def _slipp(rader: Iterable[Konvertering]) -> None:
    with connection.cursor() as markoer:
        for rad in rader:
            markoer.execute("SELECT pg_advisory_unlock(%s, %s)", [LAAS, rad.pk % 2**31])


def _konverter(rader: list[Konvertering]) -> list[Resultat]:
    kilder = [_kilde(rad.kilde) for rad in rader]
    try:
        resultater = iter(konverter_til_pdfa([k for k in kilder if isinstance(k, Kilde)]))
    except Avbrutt:
        raise
    except Exception:  # the disk is full, or a fault of our own: the rows come again, and the worker lives
        logger.exception("konverteringen feilet")
        ugjort = Resultat(feil="Omgjøringen til PDF feilet på tjeneren.", aarsak=Aarsak.FORBIGAAENDE)
        resultater = iter([ugjort] * len(rader))
    return [next(resultater) if isinstance(k, Kilde) else k for k in kilder]


def _kilde(fil: Fil) -> Kilde | Resultat:
    """Return a content read whole, or why it cannot be."""
    if feil := for_stor(fil.stoerrelse):
        return Resultat(feil=feil, aarsak=Aarsak.VARIG)
    try:
        return Kilde(lager.innhold(fil), fil.format)
    except FileNotFoundError:
        logger.exception("innholdet %s mangler i lageret", fil.sha256)
        return Resultat(feil="Fila mangler i lageret. Kontakt drift.", aarsak=Aarsak.VARIG)


@kommando
def _noter(rad_id: int, resultat: Resultat) -> None:
    """Write down what came of one content, and answer those who wait for it."""
    rad = Konvertering.objects.select_for_update(of=("self",)).select_related("kilde", "resultat").get(pk=rad_id)
    if rad.tilstand != Jobbtilstand.KJOERER:
        return  # taken for dead, and done by another in the meantime
    naa = klokke.naa()
    try:
        if resultat.pdf is not None:
            rad.resultat = rad.kilde if resultat.uendret else lagre_fil(resultat.pdf, filnavn="arkivkopi.pdf")
    except Avvist as feil:  # the virus scanner is away, or stops it
        resultat = Resultat(feil=str(feil), aarsak=Aarsak.FORBIGAAENDE)
    rad.feil, rad.neste_tid, rad.prioritet = resultat.feil[:500], None, 0
    if resultat.er_pdfa:
        rad.tilstand, rad.ferdig_tid = Jobbtilstand.FERDIG, naa
    elif resultat.aarsak is Aarsak.MANGLER_PROGRAM:
        rad.tilstand, rad.neste_tid = Jobbtilstand.VENTER, naa + VENT_PAA_PROGRAM
    else:
        rad.forsoek += 1
        rad.neste_tid = neste_forsoek(rad.forsoek, naa) if resultat.aarsak is Aarsak.FORBIGAAENDE else None
        rad.tilstand = Jobbtilstand.VENTER if rad.neste_tid else Jobbtilstand.FEILET
    rad.save(update_fields=["tilstand", "resultat", "prioritet", "ferdig_tid", "neste_tid", "forsoek", "feil"])
    for kopi in (
        Arkivkopi.objects.select_for_update(of=("self",))
        .filter(konvertering=rad, ferdig_tid__isnull=True)
        .select_related("versjon__fil", "versjon__dokument__journalpost__sak", "versjon__opprettet_av")
        .order_by("pk")
    ):
        _oppfyll(kopi, rad)


def _oppfyll(kopi: Arkivkopi, konvertering: Konvertering) -> None:
    """Answer an order by what came of its content, where something has: a copy, or the original kept as it is."""
    versjon, resultat = kopi.versjon, konvertering.resultat
    naa = klokke.naa()
    detaljer = _hvilket(versjon)
    if konvertering.tilstand == Jobbtilstand.FERDIG and resultat is not None and resultat.pk != versjon.fil_id:
        kopi.kopi, _ = Dokumentversjon.objects.get_or_create(
            dokument_id=versjon.dokument_id,
            versjonsnummer=versjon.versjonsnummer,
            variantformat=Dokumentversjon.Variant.ARKIV,
            defaults={
                "fil": resultat,
                "filnavn": f"{PurePath(versjon.filnavn).stem[:250]}.pdf",
                "opprettet_av": versjon.opprettet_av,
                "opprettet_dato": naa,
            },
        )
        detaljer |= {
            **{"fra_format": versjon.fil.format, "fra_sha256": versjon.fil.sha256},
            **{"til_format": resultat.format, "til_sha256": resultat.sha256},
        }
    elif konvertering.tilstand == Jobbtilstand.FERDIG:
        kopi.beholdt = SELV_PDFA
    elif konvertering.tilstand == Jobbtilstand.FEILET and vei_til_pdf(versjon.fil.format) is Vei.PDF:
        # A PDF that cannot be made PDF/A is still one that everybody can read; no act can make it better.
        kopi.beholdt = konvertering.feil
    else:
        return
    kopi.ferdig_tid = naa
    kopi.save(update_fields=["kopi", "beholdt", "ferdig_tid"])
    if kopi.beholdt:
        detaljer["merknad"] = f"Beholdt som den er. {kopi.beholdt}"
    logg(versjon.dokument.journalpost, Handling.LAGE_ARKIVKOPI, av=None, detaljer=detaljer)


# --- Waking ----------------------------------------------------------------------------------------------------------


@task()
def konverter() -> int:
    """The queue's alarm clock: what there is to do stands in the rows (ADR 0010)."""
    try:
        return utfoer_konverteringer()
    except Avbrutt:  # the worker is told to stop, and the rows are given back
        return 0


def _vekk(prioritet: int = 0) -> None:
    konverter.using(priority=10 * prioritet).enqueue()


def vekk_konverteringer() -> int:
    """Give back what a dead worker held, and wake the queue for what waits; return how many were given back.

    Can be run at any time.
    """
    kjoerer = Konvertering.objects.filter(tilstand=Jobbtilstand.KJOERER).order_by("pk")
    gitt_tilbake = sum(_gi_tilbake_om_doed(rad) for rad in kjoerer)
    moden = Q(neste_tid__isnull=True) | Q(neste_tid__lte=klokke.naa())
    if Konvertering.objects.filter(moden, tilstand=Jobbtilstand.VENTER).exists() and not _varslet():
        _vekk()
    return gitt_tilbake


def _varslet() -> bool:
    return DBTaskResult.objects.ready().filter(task_path=konverter.module_path).exists()


def _gi_tilbake_om_doed(rad: Konvertering) -> bool:
    """Give back a row that nobody holds. What killed the worker counts as an attempt, so that it kills no more."""
    if not _laas(rad):
        return False
    try:
        with transaction.atomic():
            rad = Konvertering.objects.select_for_update(of=("self",)).get(pk=rad.pk)
            if rad.tilstand != Jobbtilstand.KJOERER:
                return False
            rad.forsoek += 1
            rad.neste_tid = neste_forsoek(rad.forsoek, klokke.naa())
            rad.tilstand = Jobbtilstand.VENTER if rad.neste_tid else Jobbtilstand.FEILET
            rad.feil = "Omgjøringen til PDF ble avbrutt: arbeideren på tjeneren stoppet."
            rad.save(update_fields=["forsoek", "neste_tid", "tilstand", "feil"])
            return True
    finally:
        _slipp([rad])
