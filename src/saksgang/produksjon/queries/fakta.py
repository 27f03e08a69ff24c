"""The facts that are merged into a document: what stands on the journalpost now, as plain text."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.rules import FLETTEFELTER, Felt, Spraak, eksempelfakta, skjema
from saksgang.sakarkiv.models import Dokument, Journalpost, Korrespondansepart
from saksgang.sakarkiv.rules import INTERNE, Godkjenningstilstand, Parttype, Signaturmaate

Feltkilde = Callable[[Journalpost, str], Any]

MAANEDER = "januar februar mars april mai juni juli august september oktober november desember".split()
ORD = {
    Spraak.BOKMAAL: {"flere": "Mottakere etter liste", "unntatt": "Unntatt offentlighet"},
    Spraak.NYNORSK: {"flere": "Mottakarar etter liste", "unntatt": "Unnateke offentlegheit"},
}

_kilder: list[tuple[Felt, Feltkilde]] = []


def registrer_feltkilde(felt: Felt) -> Callable[[Feltkilde], Feltkilde]:
    """Decorate the function (journalpost, spraak) → value that a higher room fills a field of its own with.

    A formatted field (rik) is given as the bytes of a DOCX; empty takes the paragraph away.
    """

    def registrer(kilde: Feltkilde) -> Feltkilde:
        _kilder.append((felt, kilde))
        return kilde

    return registrer


def flettefelter() -> tuple[Felt, ...]:
    """Return every field that a template may have, those of higher rooms last."""
    return (*FLETTEFELTER, *(felt for felt, _ in _kilder))


def felterskjema() -> dict[str, Any]:
    """Return the shape of all fields, as the check of templates reads it."""
    return skjema(flettefelter())


def eksempel() -> Fakta:
    """Return sample data for every field, for the check and the preview of a template."""
    felter = flettefelter()
    return Fakta(eksempelfakta(felter), {felt.navn: b"" for felt in felter if felt.rik})


@dataclass(frozen=True)
class Fakta:
    """Plain facts, and the formatted ones as DOCX."""

    felter: Mapping[str, Any]
    rike: Mapping[str, bytes]

    def til(self, part: Korrespondansepart) -> Fakta:
        """Return the facts of the copy that goes to one recipient, who is not told of the others."""
        return Fakta({**self.felter, "mottaker": _adressat(part), "mottakere": []}, self.rike)

    @property
    def avtrykk(self) -> str:
        """Return a checksum that changes when any fact does."""
        tekst = json.dumps(self.felter, sort_keys=True, ensure_ascii=False)
        sum_ = hashlib.sha256(tekst.encode())
        for navn in sorted(self.rike):
            sum_.update(navn.encode() + b"\0" + hashlib.sha256(self.rike[navn]).digest())
        return sum_.hexdigest()


def fakta_for(journalpost: Journalpost, *, spraak: str, dokument: Dokument | None = None) -> Fakta:
    """Return the facts of a document on the journalpost. dokument: itself, which is no attachment to itself."""
    ord_ = ORD[Spraak(spraak)]
    mottakere = _mottakere(journalpost)
    mottaker = mottakere[0] if mottakere else _tom_adressat()
    if len(mottakere) > 1:
        mottaker = {**_tom_adressat(), "navn": ord_["flere"], "adresseblokk": ord_["flere"]}
    felter: dict[str, Any] = {
        "mottaker": mottaker,
        "mottakere": mottakere,
        "kopimottakere": _kopimottakere(journalpost),
        "vaar_ref": f"{journalpost.sak.saksnummer}-{journalpost.journalpostnummer}",
        "deres_ref": journalpost.deres_referanse,
        "dato": skrevet_dato(journalpost.dokumentdato),
        "dato_kort": f"{journalpost.dokumentdato:%d.%m.%Y}" if journalpost.dokumentdato else "",
        "tittel": journalpost.tittel,
        "sak": _sak(journalpost),
        "saksbehandler": _person(journalpost.saksbehandler),
        "enhet": {"navn": journalpost.enhet.navn, "kode": journalpost.enhet.kode},
        "kommune": {
            "navn": settings.KOMMUNE,
            "adresse": settings.KOMMUNE_ADRESSE,
            "telefon": settings.KOMMUNE_TELEFON,
            "epost": settings.KOMMUNE_EPOST,
            "nettsted": settings.KOMMUNE_NETTSTED,
            "organisasjonsnummer": settings.KOMMUNE_ORGNR,
        },
        "parter": [
            {"navn": p.navn, "rolle": p.rolle}
            for p in journalpost.sak.parter.filter(avsluttet_dato__isnull=True).order_by("pk")
        ],
        "vedlegg": _vedlegg(journalpost, dokument),
        **_skjerming(journalpost, ord_),
        **_besvart(journalpost),
        **_godkjent(journalpost),
    }
    rike: dict[str, bytes] = {}
    for felt, kilde in _kilder:
        verdi = kilde(journalpost, spraak)
        if felt.rik:
            rike[felt.navn] = verdi or b""
        else:
            felter[felt.navn] = verdi
    return Fakta(felter, rike)


def skrevet_dato(dato: dt.date | dt.datetime | None) -> str:
    """Return a date as a letter writes it: 2. mars 2026. The same in bokmål and nynorsk."""
    if isinstance(dato, dt.datetime):
        dato = timezone.localdate(dato)
    return f"{dato.day}. {MAANEDER[dato.month - 1]} {dato.year}" if dato else ""


def _tom_adressat() -> dict[str, str]:
    return dict.fromkeys(("navn", "adresse", "postnummer", "poststed", "adresseblokk"), "")


def _adressat(part: Korrespondansepart) -> dict[str, str]:
    sted = f"{part.postnummer} {part.poststed}".strip()
    return {
        "navn": part.navn,
        "adresse": part.adresse,
        "postnummer": part.postnummer,
        "poststed": part.poststed,
        "adresseblokk": "\n".join(linje for linje in (part.navn, *part.adresse.splitlines(), sted) if linje.strip()),
    }


def _mottakere(journalpost: Journalpost) -> list[dict[str, str]]:
    if journalpost.journalposttype not in INTERNE:
        parter = journalpost.parter.filter(gyldig=True, type=Parttype.MOTTAKER).order_by("rekkefoelge", "pk")
        return [_adressat(p) for p in parter]
    rader = journalpost.interne_mottakere.filter(gyldig=True).select_related("bruker", "enhet").order_by("pk")
    mottakere = []
    for rad in rader:
        linjer = [rad.bruker.navn, rad.enhet.navn] if rad.bruker else [rad.enhet.navn]
        mottakere.append({**_tom_adressat(), "navn": linjer[0], "adresseblokk": "\n".join(linjer)})
    return mottakere


def _kopimottakere(journalpost: Journalpost) -> list[dict[str, str]]:
    """Name those who get a copy; an internal copy of a letter is nothing that its recipient is told of."""
    if journalpost.journalposttype in INTERNE:
        kopier = journalpost.kopier.select_related("bruker").order_by("pk")
        return [{"navn": kopi.bruker.navn} for kopi in kopier]
    parter = journalpost.parter.filter(gyldig=True, type=Parttype.KOPIMOTTAKER).order_by("rekkefoelge", "pk")
    return [{"navn": p.navn} for p in parter]


def _sak(journalpost: Journalpost) -> dict[str, str]:
    sak = journalpost.sak
    klassering = sak.klasseringer.filter(gyldig=True).select_related("klasse").order_by("rekkefoelge", "pk").first()
    return {
        "nummer": sak.saksnummer,
        "tittel": sak.tittel,
        "ordningsverdi": klassering.klasse.klasse_id if klassering else "",
    }


def _person(bruker: Bruker | None) -> dict[str, str]:
    if bruker is None:
        return dict.fromkeys(("navn", "tittel", "telefon", "epost"), "")
    return {"navn": bruker.navn, "tittel": bruker.tittel, "telefon": bruker.telefon, "epost": bruker.epost}


def _vedlegg(journalpost: Journalpost, dokument: Dokument | None) -> list[dict[str, str]]:
    rader = journalpost.dokumenter.filter(tilknytning=Dokument.Tilknytning.VEDLEGG, utgaatt_tid__isnull=True)
    titler = [rad.tittel for rad in rader.order_by("nummer", "pk") if dokument is None or rad.pk != dokument.pk]
    return [{"nummer": str(nr), "tittel": tittel} for nr, tittel in enumerate(titler, 1)]


def _skjerming(journalpost: Journalpost, ord_: Mapping[str, str]) -> dict[str, str]:
    if journalpost.tilgangskode is None:
        return {"unntatt": "", "hjemmel": ""}
    hjemmel = journalpost.hjemmel.visning if journalpost.hjemmel else ""
    hjemmel = hjemmel[:1].lower() + hjemmel[1:]
    return {"unntatt": f"{ord_['unntatt']}, {hjemmel}" if hjemmel else ord_["unntatt"], "hjemmel": hjemmel}


def _besvart(journalpost: Journalpost) -> dict[str, Any]:
    lenke = (
        journalpost.svarer_paa.filter(opphevet_tid__isnull=True)
        .select_related("besvart__sak")
        .order_by("-tid", "-pk")
        .first()
    )
    if lenke is None:
        return {"besvart": dict.fromkeys(("tittel", "dato", "mottatt", "vaar_ref"), ""), "svarfrist": ""}
    brev = lenke.besvart
    return {
        "besvart": {
            "tittel": brev.tittel,
            "dato": skrevet_dato(brev.dokumentdato),
            "mottatt": skrevet_dato(brev.mottatt_dato),
            "vaar_ref": str(brev),
        },
        "svarfrist": skrevet_dato(brev.forfallsdato),
    }


def _godkjent(journalpost: Journalpost) -> dict[str, Any]:
    godkjent = journalpost.godkjenning == Godkjenningstilstand.GODKJENT
    elektronisk = godkjent or journalpost.signaturmaate == Signaturmaate.ELEKTRONISK
    person = _person(journalpost.godkjenner if godkjent else None)
    return {
        "godkjenner": {"navn": person["navn"], "tittel": person["tittel"]},
        "elektronisk_godkjent": "ja" if elektronisk else "",
    }
