"""Redacted versions of documents: marked, sent for approval, decided by the leader (krav R-7.0.3, R-7.1.6.b)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from pathlib import PurePath
from typing import Any

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager.queries import innhold
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.models import Sladding
from saksgang.offentlighet.queries.sladding import aapen_sladding, er_foreldet, gjelder_graderingen
from saksgang.offentlighet.rules import Sladdetilstand
from saksgang.offentlighet.sladding.soek import Moenster, Soek, finn, strekloes
from saksgang.offentlighet.sladding.tekst import Boks, KanIkkeSladdes, les_sider
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.queries.arkivkopi import pdf_av
from saksgang.sakarkiv.commands.dokument import krev_egen_fil
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.sakarkiv.queries.dokumenter import gjeldende_versjon
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.models import Hjemmel
from saksgang.tilgang.rules import Handling

from .sladdejobb import vekk_sladding

MAKS_MERKER = 2000
LENGSTE_ORD = 200
_T = Sladdetilstand


@kommando
def start_sladding(dokument: Dokument, *, av: Bruker) -> Sladding:
    """Return the document's redacted version that is being made, a new one where there is none.

    What was decided last of the same content is gone on from: its marks are there, unless the leader said that nothing
    needs them. Refused for a document that is not finished, for one that is linked, and while it has no PDF.
    """
    journalpost = _laas(dokument, av, Handling.SLADDE)
    krev_egen_fil(dokument)
    if journalpost.status in (Journalstatus.RESERVERT, Journalstatus.UTGAAR):
        raise Avvist(
            f"{journalpost} har status {journalpost.get_status_display()}. Et dokument kan sladdes når det er ferdig."
        )
    versjon = gjeldende_versjon(dokument)
    kilde = pdf_av(versjon) if versjon is not None else None
    if versjon is None or kilde is None:
        raise Avvist("Dokumentet har ingen PDF ennå. Den må være laget før dokumentet kan sladdes.")
    aapen = aapen_sladding(dokument)
    if aapen is not None:
        if aapen.original.fil_id == versjon.fil_id:
            return aapen
        aapen.tilstand = _T.ERSTATTET
        aapen.save(update_fields=["tilstand"])
    forrige = Sladding.objects.filter(dokument=dokument, kilde=kilde).order_by("-pk").first()
    sladding = Sladding.objects.create(
        dokument=dokument,
        original=versjon,
        kilde=kilde,
        merker=forrige.merker if forrige is not None and not forrige.original_fri else [],
        soek=forrige.soek if forrige is not None and not forrige.original_fri else [],
        opprettet_av=av,
        opprettet_tid=klokke.naa(),
    )
    _logg(sladding, Handling.SLADDE, av, tekst="Begynte på sladdet versjon")
    return sladding


@kommando
def merk_ord(sladding: Sladding, ord: str, *, inne: bool = False, hjemmel: Hjemmel | None = None, av: Bruker) -> int:
    """Mark every place of some words; return how many. inne: also inside other words. Refused where there is none."""
    ord = " ".join(ord.split())
    if len(ord) > LENGSTE_ORD:
        raise UgyldigInndata({"ord": f"Skriv høyst {LENGSTE_ORD} tegn."})
    if len(strekloes(ord).replace(" ", "")) < 2:
        raise UgyldigInndata({"ord": "Skriv minst to bokstaver eller sifre av det som skal sladdes."})
    return _merk_soek(sladding, Soek(ord, None, inne), "ord", hjemmel, av=av)


@kommando
def merk_moenster(sladding: Sladding, moenster: str, *, hjemmel: Hjemmel | None = None, av: Bruker) -> int:
    """Mark every number or address of a form; return how many. Refused where there is none."""
    if moenster not in list(Moenster):
        raise UgyldigInndata({"moenster": "Velg hva som skal sladdes."})
    return _merk_soek(sladding, Soek("", Moenster(moenster)), "moenster", hjemmel, av=av)


def _merk_soek(sladding: Sladding, soek: Soek, felt: str, hjemmel: Hjemmel | None, *, av: Bruker) -> int:
    sladding = _laas_utkast(sladding, av)
    lagret = {"ord": soek.ord, "moenster": str(soek.moenster or ""), "inne": soek.inne}
    like = [
        s for s in sladding.soek if lagret | {"ord": s["ord"].casefold()} == {**_uten_id(s), "ord": soek.ord.casefold()}
    ]
    if like:
        _ta_bort(sladding, soek_ider={s["id"] for s in like})
    soek_id = _neste(sladding.soek)
    steder = [(nr, bokser) for nr, side in enumerate(_sider(sladding)) for bokser in finn(side, soek)]
    if not steder:
        raise UgyldigInndata(
            {felt: f"Fant ikke «{soek.navn}» i teksten. Står det i et bilde, må det merkes ved å tegne over det."}
        )
    sladding.soek.append({"id": soek_id, **lagret, "hele": True})
    _legg_til(sladding, steder, soek_id, hjemmel)
    return len(steder)


def _uten_id(soek: dict[str, Any]) -> dict[str, Any]:
    return {felt: soek[felt] for felt in ("ord", "moenster", "inne")}


@kommando
def merk_omraader(
    sladding: Sladding,
    side: int,
    omraader: Iterable[tuple[float, float, float, float]],
    *,
    hjemmel: Hjemmel | None = None,
    av: Bruker,
) -> Sladding:
    """Mark rectangles on a page, which is numbered from 1: left, top, width, height as parts of the page.

    Refused for a page that is not there, and for what has no area on it.
    """
    sladding = _laas_utkast(sladding, av)
    if not 1 <= side <= len(_sider(sladding)):
        raise UgyldigInndata({"side": f"Side {side} finnes ikke i dokumentet."})
    steder = []
    for x, y, b, h in omraader:
        x1, y1, x2, y2 = max(0.0, x), max(0.0, y), min(1.0, x + b), min(1.0, y + h)
        if not (all(map(math.isfinite, (x, y, b, h))) and x2 - x1 > 0.001 and y2 - y1 > 0.001):
            raise UgyldigInndata({"omraade": "Området er for lite, eller det ligger utenfor siden."})
        steder.append((side - 1, [Boks(x1, y1, x2 - x1, y2 - y1)]))
    _legg_til(sladding, steder, None, hjemmel)
    return sladding


@kommando
def fjern_merker(
    sladding: Sladding, merke_ider: Collection[int] = (), *, soek_ider: Collection[int] = (), av: Bruker
) -> Sladding:
    """Take marks away from a redacted version that has not been sent: single ones, or all of a search."""
    sladding = _laas_utkast(sladding, av)
    _ta_bort(sladding, merke_ider=set(merke_ider), soek_ider=set(soek_ider))
    sladding.save(update_fields=["merker", "soek"])
    return sladding


def _ta_bort(sladding: Sladding, *, merke_ider: Collection[int] = (), soek_ider: Collection[int] = ()) -> None:
    """Take away, and remember of which searches not every place is marked any more."""
    delvis = {m["soek"] for m in sladding.merker if m["id"] in merke_ider}
    sladding.merker = [m for m in sladding.merker if m["id"] not in merke_ider and m["soek"] not in soek_ider]
    igjen = {m["soek"] for m in sladding.merker}
    sladding.soek = [
        s | {"hele": s["hele"] and s["id"] not in delvis}
        for s in sladding.soek
        if s["id"] in igjen and s["id"] not in soek_ider
    ]


def _legg_til(
    sladding: Sladding, steder: Iterable[tuple[int, list[Boks]]], soek_id: int | None, hjemmel: Hjemmel | None
) -> None:
    naa = sladding.merker
    for side, bokser in steder:
        naa.append(
            {
                "id": _neste(naa),
                "side": side,
                "bokser": [[round(v, 6) for v in (b.x, b.y, b.b, b.h)] for b in bokser],
                "soek": soek_id,
                "hjemmel": hjemmel.pk if hjemmel is not None else None,
            }
        )
    if len(naa) > MAKS_MERKER:
        raise Avvist(f"Det kan settes opp til {MAKS_MERKER} merker i et dokument.")
    sladding.save(update_fields=["merker", "soek"])


def _neste(rader: list[dict[str, Any]]) -> int:
    return max((rad["id"] for rad in rader), default=0) + 1


def _sider(sladding: Sladding) -> Any:
    try:
        return les_sider(innhold(sladding.kilde))
    except KanIkkeSladdes as feil:
        raise Avvist(str(feil)) from None


@kommando
def send_sladding(sladding: Sladding, *, av: Bruker) -> Sladding:
    """Have the redacted file made, and put before the leader once it is controlled.

    Refused without marks, and where the document has got a new version.
    """
    sladding = _laas_utkast(sladding, av)
    if not sladding.merker:
        raise Avvist("Ingenting er merket. Merk det som skal sladdes, først.")
    sladding.tilstand, sladding.sendt_av, sladding.sendt_tid = _T.LAGES, av, klokke.naa()
    sladding.feil, sladding.rester, sladding.fil, sladding.forsoek = "", [], None, 0
    sladding.save(update_fields=["tilstand", "sendt_av", "sendt_tid", "feil", "rester", "fil", "forsoek"])
    _logg(sladding, Handling.SLADDE, av, tekst="Sendte sladdet versjon til godkjenning", merker=len(sladding.merker))
    vekk_sladding()
    return sladding


@kommando
def endre_sladding(sladding: Sladding, *, av: Bruker) -> Sladding:
    """Take a redacted version back to work on its marks, before the leader has decided.

    That it was sent stands: the original stays off the net.
    """
    sladding = _laas_rad(sladding, av, Handling.SLADDE)
    if sladding.tilstand not in (_T.FEILET, _T.FORSLAG):
        raise Avvist(_feil_tilstand(sladding))
    sladding.tilstand, sladding.fil, sladding.feil, sladding.rester = _T.UTKAST, None, "", []
    sladding.save(update_fields=["tilstand", "fil", "feil", "rester"])
    _logg(sladding, Handling.SLADDE, av, tekst="Tok tilbake forslaget for å endre det")
    return sladding


@kommando
def godkjenn_sladding(sladding: Sladding, *, av: Bruker) -> Sladding:
    """Approve a redacted version as the document's public variant; the one before it is replaced.

    One that is approved already is so anew, for the grading that the entry has got since. The original stays as it is
    and where it is. Refused for all but the leader and deputy of the unit, where the file has not been made and
    controlled, and where the document has got a new version.
    """
    sladding = _laas_rad(sladding, av, Handling.AVGJOERE_SLADDING)
    journalpost = sladding.dokument.journalpost
    sladding.avgjort_av, sladding.avgjort_tid = av, klokke.naa()
    if sladding.tilstand == _T.GODKJENT and not gjelder_graderingen(sladding, journalpost):
        _krev_gjeldende(sladding)
        sladding.save(update_fields=["avgjort_av", "avgjort_tid", *_sett_gradering(sladding)])
        _logg(sladding, Handling.AVGJOERE_SLADDING, av, tekst="Godkjent på nytt", godkjent=True)
        return sladding
    if sladding.tilstand != _T.FORSLAG or sladding.fil is None:
        raise Avvist(_feil_tilstand(sladding))
    _krev_gjeldende(sladding)
    Sladding.objects.filter(dokument=sladding.dokument, tilstand=_T.GODKJENT).update(tilstand=_T.ERSTATTET)
    sladding.variant = Dokumentversjon.objects.create(
        dokument=sladding.dokument,
        versjonsnummer=sladding.original.versjonsnummer,
        variantformat=Dokumentversjon.Variant.OFFENTLIG,
        fil=sladding.fil,
        filnavn=f"{PurePath(sladding.original.filnavn).stem[:240]}-sladdet.pdf",
        opprettet_av=sladding.sendt_av or av,
        opprettet_dato=klokke.naa(),
    )
    sladding.tilstand = _T.GODKJENT
    sladding.save(update_fields=["tilstand", "variant", "avgjort_av", "avgjort_tid", *_sett_gradering(sladding)])
    _logg(
        sladding,
        Handling.AVGJOERE_SLADDING,
        av,
        tekst="Godkjent",
        godkjent=True,
        sha256=sladding.fil.sha256,
        varsles_id=sladding.sendt_av_id,
    )
    return sladding


def _sett_gradering(sladding: Sladding) -> tuple[str, ...]:
    """Keep the grading that it is approved under; return the fields that are set."""
    jp = sladding.dokument.journalpost
    sladding.kode, sladding.avskjermingskode, sladding.hjemmel = jp.tilgangskode, jp.avskjermingskode, jp.hjemmel
    return "kode", "avskjermingskode", "hjemmel"


@kommando
def avvis_sladding(sladding: Sladding, kommentar: str, *, original_fri: bool = False, av: Bruker) -> Sladding:
    """Send a redacted version back with what is wrong. original_fri: the original itself may be on the net.

    Refused for all but the leader and deputy of the unit, and without a comment.
    """
    sladding = _laas_rad(sladding, av, Handling.AVGJOERE_SLADDING)
    if sladding.tilstand != _T.FORSLAG:
        raise Avvist(_feil_tilstand(sladding))
    kommentar = _krev_tekst(kommentar, "Kommentar mangler. Skriv hva som må endres.")
    sladding.tilstand, sladding.avgjort_av, sladding.avgjort_tid = _T.AVVIST, av, klokke.naa()
    sladding.kommentar, sladding.original_fri = kommentar, original_fri
    sladding.save(update_fields=["tilstand", "avgjort_av", "avgjort_tid", "kommentar", "original_fri"])
    _logg(
        sladding,
        Handling.AVGJOERE_SLADDING,
        av,
        tekst="Ikke godkjent",
        godkjent=False,
        varsles_id=sladding.sendt_av_id,
        original_fri=original_fri,
    )
    return sladding


@kommando
def trekk_sladding(sladding: Sladding, begrunnelse: str, *, original_fri: bool = False, av: Bruker) -> Sladding:
    """Withdraw an approved redacted version: the public can open it no more. The row and the file stay.

    original_fri: the original itself may be on the net, where the entry has no code. Refused without a reason, and for
    all but the leader and deputy of the unit.
    """
    sladding = _laas_rad(sladding, av, Handling.TREKKE_SLADDING)
    if sladding.tilstand != _T.GODKJENT:
        raise Avvist(_feil_tilstand(sladding))
    begrunnelse = _krev_tekst(begrunnelse, "Begrunnelse mangler. Skriv hvorfor den trekkes tilbake.", "begrunnelse")
    sladding.tilstand, sladding.trukket_av, sladding.trukket_tid = _T.TRUKKET, av, klokke.naa()
    sladding.kommentar, sladding.original_fri = begrunnelse, original_fri
    sladding.save(update_fields=["tilstand", "trukket_av", "trukket_tid", "kommentar", "original_fri"])
    _logg(
        sladding,
        Handling.TREKKE_SLADDING,
        av,
        varsles_id=sladding.sendt_av_id,
        original_fri=original_fri,
        sha256=sladding.fil.sha256 if sladding.fil else "",
    )
    return sladding


def _krev_tekst(tekst: str, mangler: str, felt: str = "kommentar") -> str:
    if not tekst.strip():
        raise UgyldigInndata({felt: mangler})
    return tekst.strip()[:1000]


def _laas(dokument: Dokument, av: Bruker, handling: Handling) -> Journalpost:
    """Return the document's journalpost under a row lock, or refuse where av may not do this to it."""
    krev(av, handling, dokument.journalpost)
    return Journalpost.objects.select_for_update(of=("self",)).select_related("sak").get(pk=dokument.journalpost_id)


def _laas_rad(sladding: Sladding, av: Bruker, handling: Handling) -> Sladding:
    _laas(sladding.dokument, av, handling)
    return (
        Sladding.objects.select_for_update(of=("self",))
        .select_related("dokument__journalpost__sak", "original__fil", "kilde", "fil", "sendt_av")
        .get(pk=sladding.pk)
    )


def _laas_utkast(sladding: Sladding, av: Bruker) -> Sladding:
    sladding = _laas_rad(sladding, av, Handling.SLADDE)
    if sladding.tilstand != _T.UTKAST:
        raise Avvist(_feil_tilstand(sladding))
    _krev_gjeldende(sladding)
    return sladding


def _krev_gjeldende(sladding: Sladding) -> None:
    if sladding.dokument.utgaatt_tid is not None or er_foreldet(sladding):
        raise Avvist("Dokumentet har fått en ny versjon. Lag en ny sladdet versjon av den.")


def _feil_tilstand(sladding: Sladding) -> str:
    staar = sladding.get_tilstand_display().lower()
    return f"Den sladdede versjonen er «{staar}», og dette kan ikke gjøres med den nå. Last siden på nytt."


def _logg(sladding: Sladding, handling: Handling, av: Bruker, **detaljer: Any) -> None:
    """Leave the event; it never says what is under the marks."""
    logg(
        sladding.dokument.journalpost,
        handling,
        av=av,
        detaljer={"dokument": sladding.dokument.nummer, "versjon": sladding.original.versjonsnummer, **detaljer},
    )
