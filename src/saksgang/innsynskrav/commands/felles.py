"""What the acts on a request share: the lock, its state and deadline, the lines, the letter's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from saksgang.innsynskrav.models import Innsynskrav, Kravlinje, Samtykkespoersmaal
from saksgang.innsynskrav.queries.krav import gjeldende_dokumenter, svardato
from saksgang.innsynskrav.rules import FLEST_POSTER, LENGSTE_TEKST, UBESVART, Kravtilstand
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.trykk import trykk
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.logg.commands import logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.rules import Handling

BREV = Path(__file__).resolve().parent.parent / "trykk" / "brev.typ"


def laas_krav(krav: Innsynskrav) -> Innsynskrav:
    """Return the request again, under a row lock."""
    return Innsynskrav.objects.select_for_update().get(pk=krav.pk)


def krev_ubesvart(krav: Innsynskrav) -> None:
    """Refuse what belongs before the answer, once it is given."""
    if krav.tilstand not in UBESVART:
        raise Avvist(f"{krav} er {krav.get_tilstand_display().lower()}. Dette gjøres før kravet er besvart.")


def rens(tekst: str, felt: str, lengste: int = LENGSTE_TEKST) -> str:
    """Return the text without blanks around it. Refused when it is too long."""
    tekst = tekst.strip()
    if len(tekst) > lengste:
        raise UgyldigInndata({felt: f"Teksten er {len(tekst)} tegn. Kort den ned til {lengste} eller færre."})
    return tekst


def sett_tilstand(krav: Innsynskrav, tilstand: Kravtilstand, **felter: Any) -> dict[str, tuple[Any, Any]]:
    """Move the request and reckon its deadline; return what changed, for the log. Part of another act.

    While consent is waited for, the deadline is that of the person asked: silence after it is a no.
    """
    nye: dict[str, Any] = {"tilstand": tilstand, **felter}
    krav_spoersmaal = Samtykkespoersmaal.objects.filter(linje__krav=krav).order_by("pk")
    if tilstand == Kravtilstand.MOTTATT and "frist" not in nye:
        nye["frist"] = svardato(krav)
    elif tilstand == Kravtilstand.SAMTYKKE:
        nye["frist"] = min(krav_spoersmaal.filter(svar="").values_list("svarfrist", flat=True))
    elif tilstand not in (Kravtilstand.MOTTATT, Kravtilstand.BEGRUNNELSE):
        nye.setdefault("frist", None)
    endringer = {felt: (getattr(krav, felt), verdi) for felt, verdi in nye.items()}
    for felt, verdi in nye.items():
        setattr(krav, felt, verdi)
    krav.save(update_fields=list(nye))
    return {felt: verdi for felt, verdi in endringer.items() if felt in ("tilstand", "frist")}


def legg_til_linjer(krav: Innsynskrav, poster: Sequence[Journalpost], *, av: Bruker | None) -> None:
    """Add every document of the entries to the request, and tell each entry's log: of the request only its number."""
    har = set(krav.linjer.filter(tatt_ut_tid__isnull=True).order_by("pk").values_list("journalpost_id", "dokument_id"))
    i_kravet = {jp_id for jp_id, _ in har}
    if len(i_kravet | {jp.pk for jp in poster}) > FLEST_POSTER:
        raise UgyldigInndata(
            {"poster": f"Et krav kan gjelde høyst {FLEST_POSTER} journalposter. Send resten i et nytt krav."}
        )
    for jp in poster:
        dokumenter: list[Any] = [*gjeldende_dokumenter(jp)] or [None]
        for dokument in dokumenter:
            if (jp.pk, dokument.pk if dokument else None) not in har:
                Kravlinje.objects.create(
                    krav=krav, journalpost=jp, dokument=dokument, lagt_til_av=av, lagt_til_tid=klokke.naa()
                )
        if jp.pk not in i_kravet:
            logg(jp, Handling.KREVE_INNSYN, av=av, detaljer={"krav": str(krav)})


def trykk_brev(data: Mapping[str, Any], filnavn: str) -> Fil:
    """Set a letter as PDF/A and keep it."""
    return lagre_fil(trykk(BREV, data), filnavn=filnavn)
