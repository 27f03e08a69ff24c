"""Checking the files that are to be public: once for each content, before anybody can fetch them (krav C.11)."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from saksgang.flyt.models import Leseposisjon
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.raadlaas import raadlaas
from saksgang.lager import queries as lager
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.logg.commands import kommando, logg
from saksgang.logg.models import Hendelse, Segl, SegletHendelse
from saksgang.offentlighet.filkontroll import REGELVERSJON, Kontrollert
from saksgang.offentlighet.filkontroll.prosess import Innhold, kontroller
from saksgang.offentlighet.filkontroll.regler import REGLER
from saksgang.offentlighet.models import Filkontroll, Funngodkjenning, Publiseringsstopp
from saksgang.offentlighet.queries.filkontroll import (
    Publisering,
    Treff,
    dokumenter_til_nettet,
    er_kontrollert,
    forbudte_ord,
    med_kilder,
    ordnoekkel,
    publisering,
)
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.konvertering import Avbrutt
from saksgang.sakarkiv.commands.felles import krev_aapen_sak
from saksgang.sakarkiv.models import Dokument, Journalpost
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

Oppgave = tuple[Fil, tuple[str, ...], list[Dokument]]
SATS = 20
MAKS_BYTE_I_SATS = 100 * 1024**2
LESER = f"filkontroll {REGELVERSJON}"
"""A new version of the rules reads the log from its beginning."""
LAAS = 0x5347_464B
logger = logging.getLogger(__name__)
_ENDRER_SAKEN = frozenset({Handling.SKJERME_SAK, Handling.REDIGERE_SAK, Handling.KLASSERE_SAK})
_ENDRER_INGENTING = frozenset({Handling.LESE, Handling.LESE_FIL, Handling.KONTROLLERE_FIL, Handling.SE})


def kontroller_filer(journalposter: Iterable[Journalpost]) -> int:
    """Check what these entries are to publish and is not checked; return how many contents. Can be run at any time.

    Outside a transaction: each file's row is written by itself.
    """
    poster = med_kilder(journalposter)
    rader = dokumenter_til_nettet(poster)
    ventende: dict[tuple[int, str], Oppgave] = {}
    for dokument in rader:
        stand = publisering(dokument)
        if stand.venter and stand.kandidat is not None:
            ord_ = forbudte_ord(dokument.journalpost)
            ventende.setdefault((stand.kandidat.pk, ordnoekkel(ord_)), (stand.kandidat, ord_, []))[2].append(dokument)
    oppgaver = list(ventende.values())
    for sats in _satser(oppgaver):
        innhold = [_innhold(fil, ord_) for fil, ord_, _ in sats]
        for (fil, ord_, gjelder), resultat in zip(sats, kontroller(innhold), strict=True):
            _noter(fil, ordnoekkel(ord_), resultat, gjelder)
    oppdater_stopp(poster)
    return len(oppgaver)


def kontroller_innhold(filer: Iterable[Fil]) -> int:
    """Check contents that are to be given to one who asks, and never were to be on the net; return how many."""
    oppgaver: list[Oppgave] = [(fil, (), []) for fil in filer if not er_kontrollert(fil)]
    for sats in _satser(oppgaver):
        for (fil, _, _), resultat in zip(sats, kontroller([_innhold(fil, ()) for fil, _, _ in sats]), strict=True):
            _noter(fil, ordnoekkel(()), resultat, [])
    return len(oppgaver)


def _innhold(fil: Fil, ord_: tuple[str, ...]) -> Innhold:
    """Return a content to check; what the store has lost is of no format, and cannot be read."""
    try:
        return Innhold(lager.innhold(fil), fil.mimetype, ord_)
    except FileNotFoundError:
        logger.exception("innholdet %s mangler i lageret", fil.sha256)
        return Innhold(b"", "", ord_)


def _satser(oppgaver: list[Oppgave]) -> Iterator[list[Oppgave]]:
    """Yield the contents some at a time, and no more bytes at once than the memory should hold."""
    sats: list[Oppgave] = []
    for oppgave in oppgaver:
        byte = sum(fil.stoerrelse for fil, _, _ in sats) + oppgave[0].stoerrelse
        if sats and (len(sats) == SATS or byte > MAKS_BYTE_I_SATS):
            yield sats
            sats = []
        sats.append(oppgave)
    if sats:
        yield sats


@kommando
def _noter(fil: Fil, noekkel: str, resultat: Kontrollert, gjelder: list[Dokument]) -> None:
    """Write down what one content holds, and tell of it on the entries that wait for it."""
    vasket = lagre_fil(resultat.vasket, filnavn=f"offentlig.{_endelse(fil)}") if resultat.vasket is not None else None
    funn = [[f.regel, f.antall, list(f.sider)] for f in resultat.funn]
    _rad, ny = Filkontroll.objects.get_or_create(
        fil=fil,
        regelversjon=REGELVERSJON,
        ordnoekkel=noekkel,
        defaults={"funn": funn, "vasket": vasket, "tid": klokke.naa()},
    )
    if not ny or not (funn or vasket):
        return
    for dokument in gjelder:
        merknad = (
            "; ".join(REGLER[f.regel].navn for f in resultat.funn) or "Metadata vasket bort i den offentlige kopien"
        )
        detaljer = {"dokument": dokument.nummer, "sha256": fil.sha256, "merknad": merknad}
        if vasket is not None:
            detaljer["vasket_sha256"] = vasket.sha256
        logg(dokument.journalpost, Handling.KONTROLLERE_FIL, av=None, detaljer=detaljer)


def _endelse(fil: Fil) -> str:
    return {"image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif"}.get(fil.mimetype, "pdf")


@kommando
def oppdater_stopp(journalposter: Iterable[Journalpost]) -> None:
    """Open and close what says that a document of these entries is held back, so that it agrees with how they stand."""
    poster = list(journalposter)
    stoppet = {
        d.pk: (stand.kontroll.pk, _regler(stand.stopper))
        for d in dokumenter_til_nettet(poster)
        if (stand := publisering(d)).kontroll is not None and stand.stopper
    }
    aapne = Publiseringsstopp.objects.select_for_update().filter(
        dokument__journalpost__in=[jp.pk for jp in poster], lukket_tid__isnull=True
    )
    for rad in aapne.order_by("pk"):
        if stoppet.get(rad.dokument_id) == (rad.kontroll_id, rad.regler):
            del stoppet[rad.dokument_id]
            continue
        rad.lukket_tid = klokke.naa()
        rad.save(update_fields=["lukket_tid"])
    for dokument_id, (kontroll_id, regler) in stoppet.items():
        Publiseringsstopp.objects.create(
            dokument_id=dokument_id, kontroll_id=kontroll_id, regler=regler, aapnet_tid=klokke.naa()
        )


def _regler(treff: Iterable[Treff]) -> list[str]:
    return [t.regel.kode for t in treff]


@kommando
def godta_funn(dokument: Dokument, regel: str, begrunnelse: str, *, av: Bruker) -> Funngodkjenning:
    """Say that a finding in a document is no hindrance, so that it can be published (krav C.11).

    Refused without a reason, for a rule that nobody may let pass, and by all but those whom the rule names.
    """
    journalpost = dokument.journalpost
    if regel not in REGLER:
        raise UgyldigInndata({"regel": "Velg funnet som kan godtas."})
    godtas = REGLER[regel].godtas
    grunn = krev(av, godtas or Handling.GODTA_FUNN, journalpost)
    krev_aapen_sak(journalpost.sak)
    if godtas is None:
        raise Avvist(f"Dokumentet kan ikke legges ut med {REGLER[regel].navn}. {REGLER[regel].raad}")
    begrunnelse = begrunnelse.strip()[:1000]
    if not begrunnelse:
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv hvorfor det kan stå på nettet."})
    funnet = next((d for d in dokumenter_til_nettet([journalpost]) if d.pk == dokument.pk), None)
    stand = publisering(funnet) if funnet is not None else Publisering()
    if stand.kontroll is None or regel not in _regler(stand.stopper):
        raise Avvist("Dokumentet holdes ikke tilbake av dette lenger. Last siden på nytt.")
    godkjenning = Funngodkjenning.objects.create(
        dokument=dokument,
        kontroll=stand.kontroll,
        regel=regel,
        begrunnelse=begrunnelse,
        av=av,
        paa_vegne_av_id=grunn.paa_vegne_av_id,
        tid=klokke.naa(),
    )
    detaljer = {"dokument": dokument.nummer, "regel": REGLER[regel].navn, "begrunnelse": begrunnelse}
    logg(journalpost, Handling.GODTA_FUNN, av=av, detaljer=detaljer)
    oppdater_stopp([journalpost])
    return godkjenning


# --- By itself -------------------------------------------------------------------------------------------------------


def kontroller_nye() -> int:
    """Check what has happened to since last, by the log; return how many contents. Run by the queue, one at a time.

    Seals follow each other and cover every event once; a seal is passed when all that it tells of is checked, so what
    a dead worker had begun is begun again.
    """
    antall = 0
    with raadlaas(LAAS) as alene:
        while alene and (segl := _neste_segl()) is not None:
            for poster in _beroerte(segl):
                antall += kontroller_filer(poster)
            Leseposisjon.objects.filter(navn=LESER).update(segl=segl.nummer)
    return antall


def _neste_segl() -> Segl | None:
    posisjon, _ = Leseposisjon.objects.get_or_create(navn=LESER)
    return Segl.objects.filter(nummer__gt=posisjon.segl).order_by("nummer").first()


def _beroerte(segl: Segl) -> Iterator[list[Journalpost]]:
    """Yield the entries that the events of a seal are about, some at a time."""
    hendelser = Hendelse.objects.filter(
        nummer__in=SegletHendelse.objects.filter(segl=segl).values("hendelse_id")
    ).exclude(handling__in=[str(h) for h in _ENDRER_INGENTING])
    ider: set[int] = {nr for nr in hendelser.values_list("journalpost_id", flat=True) if nr is not None}
    saker = hendelser.filter(journalpost_id__isnull=True, handling__in=[str(h) for h in _ENDRER_SAKEN])
    ider |= set(Journalpost.objects.filter(sak__in=saker.values("sak_id")).values_list("pk", flat=True))
    yield from _i_bolker(sorted(ider))


def _i_bolker(ider: list[int]) -> Iterator[list[Journalpost]]:
    for start in range(0, len(ider), 100):
        yield list(
            Journalpost.objects.filter(pk__in=ider[start : start + 100])
            .select_related("sak__arkivdel", "sak__sakstype", "tilgangskode")
            .order_by("pk")
        )


@task()
def kontroller_koe() -> int:
    """The queue's alarm clock: what there is to do stands in the log."""
    try:
        return kontroller_nye()
    except Avbrutt:  # the worker is told to stop; the seal is not passed
        return 0


def vekk_filkontroll() -> None:
    """Wake the queue where something has happened since last. Can be run at any time."""
    if (
        _neste_segl() is not None
        and not DBTaskResult.objects.ready().filter(task_path=kontroller_koe.module_path).exists()
    ):
        kontroller_koe.enqueue()


def sett_filkontroll_ajour(journalpost_ider: Collection[int]) -> int:
    """Check these entries now, for who has just built them. Returns how many contents."""
    return sum(kontroller_filer(poster) for poster in _i_bolker(sorted(journalpost_ider)))
