"""The package that a party gets: a letter with the list, and the files in order, kept for ever (krav R-7.1.5)."""

from __future__ import annotations

import logging
import shutil
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import IO, Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.kjerne.tekst import rens_filnavn
from saksgang.kjerne.trykk import trykk
from saksgang.lager import queries as lager
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.models import Partsinnsyn, Partsinnsynslinje
from saksgang.offentlighet.queries.partsinnsyn import partsinnsynslinjer
from saksgang.offentlighet.rules import Unntakssvar
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Dokumentversjon
from saksgang.tilgang.rules import Handling

MAL = Path(__file__).resolve().parent.parent / "trykk" / "partsinnsyn.typ"
LISTENAVN = "000 Følgebrev og dokumentliste.pdf"
KAN_IKKE_LESES = "En fil i pakken kunne ikke leses eller skrives. Si fra til administrator, og prøv igjen."
logger = logging.getLogger(__name__)
STRAKS = 20 * 1024**2
"""Files up to this size are packed in the act itself; more goes by the queue."""


@task()
def pakk_partsinnsyn() -> int:
    """The queue's alarm clock: what is to be packed stands in the rows (ADR 0010)."""
    return pakk_ventende()


def vekk_pakking() -> int:
    """Wake the queue for packages that wait; return how many do. Can be run at any time."""
    venter = len(_venter())
    if venter and not DBTaskResult.objects.ready().filter(task_path=pakk_partsinnsyn.module_path).exists():
        pakk_partsinnsyn.enqueue()
    return venter


def _venter() -> list[int]:
    godkjent = Q(antall_unntatt=0) | Q(svar=Unntakssvar.GODKJENT)
    rader = Partsinnsyn.objects.filter(godkjent, pakke__isnull=True, pakkefeil="")
    return list(rader.order_by("pk").values_list("pk", flat=True))


def pakk_ventende() -> int:
    """Make every package that waits; return how many. Run by the queue."""
    return sum(pakk(pk) for pk in _venter())


def bestill_pakke(partsinnsyn: Partsinnsyn, *, av: Bruker) -> None:
    """Make the package now, or by the queue where it is large; part of the act that lets it be made."""
    linjer = partsinnsynslinjer(partsinnsyn)
    if sum(fil.stoerrelse for _, fil, _ in _filer(linjer)) <= STRAKS:
        pakk(partsinnsyn.pk, av=av)
    else:
        pakk_partsinnsyn.enqueue()


@kommando
def pakk(pk: int, *, av: Bruker | None = None) -> bool:
    """Make one package; return whether it was made. What goes wrong stands on the row."""
    partsinnsyn = (
        Partsinnsyn.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)
        .filter(pk=pk, pakke__isnull=True)
        .select_related("sak", "part", "laget_av")
        .first()
    )
    if partsinnsyn is None or not partsinnsyn.er_godkjent:
        return False
    linjer = partsinnsynslinjer(partsinnsyn)
    try:
        liste = lagre_fil(trykk(MAL, _brev(partsinnsyn, linjer)), filnavn=LISTENAVN)
        with tempfile.TemporaryFile() as ut:
            _skriv_zip(ut, partsinnsyn, liste, linjer)
            ut.seek(0)
            pakke = lagre_fil(ut, filnavn="partsinnsyn.zip")
    except (Avvist, OSError) as feil:
        # One that cannot be made must not stand in the way of those after it in the queue.
        if isinstance(feil, OSError):
            logger.exception("partsinnsyn %s lot seg ikke pakke", partsinnsyn.pk)
        partsinnsyn.pakkefeil = str(feil)[:500] if isinstance(feil, Avvist) else KAN_IKKE_LESES
        partsinnsyn.save(update_fields=["pakkefeil"])
        logg(partsinnsyn, Handling.LAGE_PARTSINNSYN, av=av, detaljer={"feil": partsinnsyn.pakkefeil})
        return False
    partsinnsyn.liste, partsinnsyn.pakke, partsinnsyn.pakket_tid = liste, pakke, klokke.naa()
    partsinnsyn.save(update_fields=["liste", "pakke", "pakket_tid"])
    logg(partsinnsyn, Handling.LAGE_PARTSINNSYN, av=av, detaljer={"pakke": pakke.sha256})
    return True


def _filer(linjer: Sequence[Partsinnsynslinje]) -> list[tuple[Partsinnsynslinje, Fil, str]]:
    """Return the files that the party gets, in order, each under its name: the archive copy, else the finished one."""
    med = [linje for linje in linjer if not linje.unntatt and linje.versjon is not None]
    kopier = {
        (kopi.dokument_id, kopi.versjonsnummer): kopi
        for kopi in Dokumentversjon.objects.filter(
            dokument__in=[linje.dokument_id for linje in med], variantformat=Dokumentversjon.Variant.ARKIV
        ).select_related("fil")
    }
    ut = []
    for linje in med:
        versjon = linje.versjon
        assert versjon is not None and linje.dokument is not None  # noqa: S101 - chosen above
        valgt = kopier.get((versjon.dokument_id, versjon.versjonsnummer), versjon)
        nummer = f"{linje.journalpost.journalpostnummer:03d}-{linje.dokument.nummer:02d}"
        endelse = PurePath(valgt.filnavn).suffix
        ut.append((linje, valgt.fil, rens_filnavn(f"{nummer} {linje.dokument.tittel.replace('/', '-')}{endelse}")))
    for linje in linjer:
        if linje.sladdet is not None and linje.dokument is not None:  # by its number alone: the title may tell
            nummer = f"{linje.journalpost.journalpostnummer:03d}-{linje.dokument.nummer:02d}"
            ut.append((linje, linje.sladdet.fil, f"{nummer} sladdet{PurePath(linje.sladdet.filnavn).suffix}"))
    return sorted(ut, key=lambda rad: rad[0].nummer)


def _skriv_zip(ut: IO[bytes], partsinnsyn: Partsinnsyn, liste: Fil, linjer: Sequence[Partsinnsynslinje]) -> None:
    tid = timezone.localtime(partsinnsyn.laget_tid).timetuple()[:6]
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_DEFLATED) as arkiv:
        for fil, navn in [(liste, LISTENAVN), *((fil, navn) for _, fil, navn in _filer(linjer))]:
            oppfoering = zipfile.ZipInfo(navn, date_time=tid)
            oppfoering.compress_type = zipfile.ZIP_DEFLATED
            with arkiv.open(oppfoering, "w", force_zip64=True) as plass, lager.aapne(fil) as innhold:
                shutil.copyfileobj(innhold, plass)


def _brev(partsinnsyn: Partsinnsyn, linjer: Sequence[Partsinnsynslinje]) -> dict[str, Any]:
    """Return the covering letter: what is given, how it may be used, what is refused by which provision, the appeal."""
    unntatt = [linje for linje in linjer if linje.unntatt]
    med = [linje for linje in linjer if not linje.unntatt]
    antall = f"{len(med)} dokument{'er' if len(med) != 1 else ''}"
    deler = [{"tittel": "Slik kan du bruke opplysningene", "avsnitt": [TAUSHET]}]
    tabeller = []
    if med:
        tabeller.append(
            {
                "tittel": "Dokumenter du har fått",
                "kolonner": ["Nr.", "Dato", "Dokument", "Fil"],
                "rader": _rader(med, {linje.pk: navn for linje, _, navn in _filer(linjer)}),
            }
        )
    if unntatt:
        sladdet = [SLADDET] if any(linje.sladdet is not None for linje in unntatt) else []
        deler.append({"tittel": "Dokumenter du ikke har fått", "avsnitt": [AVSLAG, *sladdet, KLAGE]})
        tabeller.append(
            {
                "tittel": "Dokumenter som er unntatt",
                "kolonner": ["Nr.", "Dato", "Type", "Bestemmelse"],
                "rader": [[_nummer(linje), _dato(linje), _type(linje), linje.bestemmelse] for linje in unntatt],
            }
        )
    return {
        "tittel": f"Innsyn som part i sak {partsinnsyn.sak.saksnummer}",
        "virksomhet": settings.KOMMUNE,
        "mottaker": partsinnsyn.part.navn,
        "dato": f"{timezone.localtime(klokke.naa()):%d.%m.%Y}",
        "sak": partsinnsyn.sak.tittel,
        "avsnitt": [
            "Etter forvaltningsloven § 18 har du som part rett til å gjøre deg kjent med dokumentene i saken. "
            f"Du får {antall}. Interne notater er med. Utkast som ikke er ferdige, er ikke dokumenter i saken ennå.",
            "Du får dokumentene uten å betale for dem (fvl. § 20). Spør oss om noe er uklart.",
        ],
        "deler": deler,
        "hilsen": f"Med hilsen {partsinnsyn.laget_av.navn}, {settings.KOMMUNE}",
        "tabeller": tabeller,
        "bunn": f"{settings.KOMMUNE}. Partsinnsyn i sak {partsinnsyn.sak.saksnummer}.",
    }


TAUSHET = (
    "Noe av det du får vite om andre, kan være underlagt taushetsplikt. Slike opplysninger kan du bare bruke så langt "
    "det er nødvendig for å ivareta interessene dine i saken (fvl. § 13 b andre ledd). Brudd på dette kan straffes "
    "etter straffeloven § 209."
)
AVSLAG = (
    "Vi har avslått innsyn i dokumentene i lista «Dokumenter som er unntatt». Bestemmelsen som ligger til grunn, står "
    "ved hvert dokument. Vi har vurdert om du likevel kunne få dokumentene helt eller delvis (fvl. § 18 andre ledd)."
)
SLADDET = "Der det står «sladdet versjon er med», har du fått resten av dokumentet."
KLAGE = (
    "Du kan klage på avslaget (fvl. § 21). Fristen er tre uker fra du fikk dette brevet (fvl. § 29). Send klagen til "
    "kommunen, og skriv hva du klager på. Statsforvalteren er klageinstans."
)


def _type(linje: Partsinnsynslinje) -> str:
    tillegg = ", sladdet versjon er med" if linje.sladdet is not None else ""
    return f"{linje.journalpost.get_journalposttype_display()}{tillegg}"


def _nummer(linje: Partsinnsynslinje) -> str:
    vedlegg = f"-{linje.dokument.nummer}" if linje.dokument is not None and linje.dokument.nummer > 1 else ""
    return f"{linje.journalpost.journalpostnummer}{vedlegg}"


def _dato(linje: Partsinnsynslinje) -> str:
    jp = linje.journalpost
    dato = jp.dokumentdato or jp.mottatt_dato or timezone.localtime(jp.opprettet_dato).date()
    return f"{dato:%d.%m.%Y}"


def _rader(linjer: Sequence[Partsinnsynslinje], filnavn: dict[int, str]) -> list[list[str]]:
    uten = "Bare på papir"
    return [
        [
            _nummer(linje),
            _dato(linje),
            linje.dokument.tittel if linje.dokument is not None else linje.journalpost.tittel,
            filnavn.get(linje.pk, uten),
        ]
        for linje in linjer
    ]
