"""The same rows for people and machines: HTML, JSON, CSV and RSS all read what is made here."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed

from saksgang.kjerne.csvfil import trygg_celle
from saksgang.offentlighet.queries import OffentligSak, Postlisterad

KOLONNER = (
    "dokumentnummer",
    "saksnummer",
    "journalnummer",
    "type",
    "tittel",
    "sakstittel",
    "fra",
    "til",
    "kopi",
    "hjemmel",
    "journaldato",
    "dokumentdato",
    "publisert",
    "kontakt",
    "dokumenter",
    "filer",
    "adresse",
)


def adresser(rad: Postlisterad, rot: str) -> dict[str, Any]:
    """Return where the entry, its case and its documents stand, under the public site's own address."""
    sti = f"{rad.aar}/{rad.sekvens}/"
    return {
        "adresse": f"{rot}sak/{sti}{rad.nummer}/",
        "saksadresse": f"{rot}sak/{sti}",
        "filer": {d.nummer: f"{rot}fil/{sti}{rad.nummer}/{d.nummer}/" for d in rad.dokumenter if d.fil},
    }


def for_side(rader: Iterable[Postlisterad]) -> list[dict[str, Any]]:
    """Return rows with what the page needs besides: addresses, and dates as dates."""
    rot = reverse("innsyn")
    ut = []
    for rad in rader:
        steder = adresser(rad, rot)
        publisert = dt.datetime.fromisoformat(rad.publisert).date() if rad.publisert else None
        journaldato = dt.date.fromisoformat(rad.journaldato)
        ut.append(
            {
                "rad": rad,
                "adresse": steder["adresse"],
                "saksadresse": steder["saksadresse"],
                "journaldato": journaldato,
                "dokumentdato": dt.date.fromisoformat(rad.dokumentdato) if rad.dokumentdato else None,
                "publisert": publisert,
                "kom_senere": publisert != journaldato,
                "dokumenter": [(d, steder["filer"].get(d.nummer, "")) for d in rad.dokumenter],
            }
        )
    return ut


def ordbok(rad: Postlisterad, rot: str) -> dict[str, Any]:
    """Return an entry as JSON has it."""
    steder = adresser(rad, rot)
    return {
        "dokumentnummer": rad.dokumentnummer,
        "saksnummer": rad.saksnummer,
        "journalnummer": rad.journalnummer,
        "type": rad.type,
        "typenavn": rad.typenavn,
        "tittel": rad.tittel,
        "sakstittel": rad.sakstittel,
        "fra": list(rad.fra),
        "til": list(rad.til),
        "kopi": list(rad.kopi),
        "unntatt": rad.unntatt,
        "hjemmel": rad.hjemmel,
        "journaldato": rad.journaldato,
        "dokumentdato": rad.dokumentdato,
        "publisert": rad.publisert,
        "kontakt": rad.kontakt,
        "dokumenter": [
            {
                "nummer": d.nummer,
                "tilknytning": d.tilknytning,
                "tittel": d.tittel,
                "fil": d.fil,
                "sladdet": d.sladdet,
                "adresse": steder["filer"].get(d.nummer, ""),
            }
            for d in rad.dokumenter
        ],
        "adresse": steder["adresse"],
        "saksadresse": steder["saksadresse"],
    }


def sak_ordbok(sak: OffentligSak, rot: str) -> dict[str, str]:
    """Return a case as JSON has it."""
    return {
        "saksnummer": sak.saksnummer,
        "tittel": sak.tittel,
        "kontakt": sak.kontakt,
        "adresse": f"{rot}sak/{sak.saksnummer}/",
    }


def _celle(verdi: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    tekst = "; ".join(verdi) if isinstance(verdi, list) else str(verdi)
    return trygg_celle(tekst)


def som_csv(rader: Sequence[Postlisterad], rot: str) -> bytes:
    """Return rows as CSV: UTF-8 with BOM and semicolon, so that a Norwegian Excel opens it."""
    ut = io.StringIO(newline="")
    skriver = csv.writer(ut, delimiter=";", lineterminator="\r\n")
    skriver.writerow(KOLONNER)
    for rad in rader:
        verdier = ordbok(rad, rot)
        verdier["filer"] = [d["adresse"] for d in verdier["dokumenter"] if d["adresse"]]
        verdier["dokumenter"] = [f"{d['nummer']} {d['tittel']}" for d in verdier["dokumenter"]]
        skriver.writerow([_celle(verdier[kolonne]) for kolonne in KOLONNER])
    return ut.getvalue().encode("utf-8-sig")


def _beskrivelse(rad: Postlisterad) -> str:
    linjer = [f"{rad.type} {rad.typenavn}"]
    linjer += [f"{ord_}: {'; '.join(navn)}" for ord_, navn in _parter(rad) if navn]
    linjer.append(f"Sak: {rad.saksnummer} {rad.sakstittel}")
    if rad.unntatt:
        linjer.append(f"Unntatt: {rad.hjemmel}")
    linjer += [f"Dokument {d.nummer}: {d.tittel}" for d in rad.dokumenter]
    linjer.append(f"Journaldato: {rad.journaldato}")
    linjer.append(f"Kontakt: {rad.kontakt}")
    return "\n".join(linjer)


def _parter(rad: Postlisterad) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return ("Fra", rad.fra), ("Til", rad.til), ("Kopi til", rad.kopi)


def som_rss(rader: Sequence[Postlisterad], rot: str, *, tittel: str, side: str, feed: str) -> bytes:
    """Return rows as an RSS feed; an entry keeps its id for ever."""
    rss = Rss201rev2Feed(
        title=tittel, link=side, description=f"{tittel}. Offentlig journal.", feed_url=feed, language="nb"
    )
    for rad in rader:
        steder = adresser(rad, rot)
        rss.add_item(
            title=f"{rad.dokumentnummer} {rad.tittel}",
            link=steder["adresse"],
            description=_beskrivelse(rad),
            unique_id=steder["adresse"],
            unique_id_is_permalink=True,
            pubdate=dt.datetime.fromisoformat(rad.publisert) if rad.publisert else None,
            categories=(rad.type,),
        )
    return rss.writeString("utf-8").encode()
