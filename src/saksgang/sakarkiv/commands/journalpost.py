"""Registering and editing journalposter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from saksgang.arkivstruktur.commands import neste_nummer
from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import legg_til_arbeidsdager
from saksgang.kjerne.errors import IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import kommando, logg, paa_vegne_av
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Kodeverdi, Kontakt, Korrespondansepart, Sak
from saksgang.sakarkiv.rules import (
    GODKJENT_INNHOLD,
    INTERNE,
    Journalposttype,
    Journalstatus,
    Parttype,
    standard_svarfrist,
)
from saksgang.sakarkiv.rules.hjemmel import hjemmelstopp
from saksgang.tilgang.commands import krev, sett_foerste_status
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling

from .dokument import Vedlagt, foerste_dokumenter, meld_endret
from .felles import Skjerming, krev_aapen_sak, krev_aktiv_bruker, valider_skjerming
from .felter import felter_for, laast
from .noekler import indekser_journalpost, leveres, noekler_til, oppdater_journalpost, oppdater_sak
from .sak import laas_sak
from .skriveregel import krev_tittel, skjuler_tittel


@dataclass(frozen=True)
class Part:
    """An external sender or recipient as typed."""

    navn: str
    er_person: bool = False
    organisasjonsnummer: str = ""
    adresse: str = ""
    postnummer: str = ""
    poststed: str = ""
    epost: str = ""
    telefon: str = ""
    kontakt: Kontakt | None = None
    kopi: bool = False


def laas_journalpost(journalpost: Journalpost) -> Journalpost:
    """Return the journalpost again, under a row lock."""
    return Journalpost.objects.select_for_update(of=("self",)).select_related("sak").get(pk=journalpost.pk)


@kommando
def registrer_inngaaende(
    sak: Sak,
    *,
    status: str,
    tittel: str,
    avsendere: Sequence[Part],
    av: Bruker,
    dokumentdato: dt.date | None = None,
    mottatt_dato: dt.date | None = None,
    enhet: Enhet | None = None,
    saksbehandler: Bruker | None = None,
    forfallsdato: dt.date | None = None,
    opphav: Kodeverdi | None = None,
    dokumenter: Sequence[Vedlagt] = (),
    skjerming: Skjerming | None = None,
    offentlig_tittel: str = "",
    tittelbegrunnelse: str = "",
    tittel_skjermes: bool = False,
) -> Journalpost:
    """Register a received document, type I: S by a case worker, M or J by the archive (krav C.2, R-5.I).

    Refused without sender, title, document date and received date; J also without a main document. Given the
    journal number at once when the archive registers (A-38). svarfrist: 28 days after it was received, unless set.
    The title is held to the rules for titles; tittelbegrunnelse: why it stands where one warns. tittel_skjermes: the
    same act proposes a grading that hides it.
    """
    tittel = krev_tittel(
        tittel,
        begrunnelse=tittelbegrunnelse,
        skjermet=tittel_skjermes or skjuler_tittel(skjerming or Skjerming()),
    )
    if not [p for p in avsendere if p.navn.strip()]:
        raise UgyldigInndata({"avsendere": "Avsender mangler. Skriv hvem brevet er fra."})
    felter = {}
    if mottatt_dato is None:
        felter["mottatt_dato"] = "Mottatt dato mangler. Skriv når brevet kom."
    elif mottatt_dato > klokke.idag():
        felter["mottatt_dato"] = "Mottatt dato kan ikke være i fremtiden."
    if dokumentdato is None:
        felter["dokumentdato"] = "Dokumentdato mangler. Skriv datoen på brevet."
    if status == Journalstatus.JOURNALFOERT and not dokumenter:
        felter["dokumenter"] = "Hoveddokument mangler. Last opp brevet, eller velg status M til det er skannet."
    if felter:
        raise UgyldigInndata(felter)
    assert mottatt_dato is not None  # noqa: S101 - refused above
    sak = laas_sak(sak)
    journalpost = _ny(
        sak,
        Journalposttype.INNGAAENDE,
        status,
        av=av,
        tittel=tittel,
        enhet=enhet or (saksbehandler.enhet if saksbehandler and saksbehandler.enhet else sak.enhet),
        saksbehandler=saksbehandler or (av if status == Journalstatus.REGISTRERT else None),
        skjerming=skjerming or Skjerming(),
        dokumentdato=dokumentdato,
        mottatt_dato=mottatt_dato,
        forfallsdato=forfallsdato or standard_svarfrist(mottatt_dato, settings.SVARFRIST_DAGER),
        opphav=opphav,
        offentlig_tittel=offentlig_tittel,
        partsnavn=_partstekst(_navn(avsendere)),
    )
    _sett_parter(journalpost, avsendere, Parttype.AVSENDER)
    _sett_hovedmottaker(journalpost)
    _fullfoer(journalpost, dokumenter, _navn(avsendere), tittelbegrunnelse, av=av)
    return journalpost


@kommando
def opprett_journalpost(
    sak: Sak,
    journalposttype: str,
    *,
    tittel: str,
    av: Bruker,
    mottakere: Sequence[Part] = (),
    interne_mottakere: Sequence[Bruker | Enhet] = (),
    kopier: Sequence[Bruker] = (),
    saksbehandler: Bruker | None = None,
    enhet: Enhet | None = None,
    dokumentdato: dt.date | None = None,
    forfallsdato: dt.date | None = None,
    opphav: Kodeverdi | None = None,
    dokumenter: Sequence[Vedlagt] = (),
    skjerming: Skjerming | None = None,
    offentlig_tittel: str = "",
    tittelbegrunnelse: str = "",
    deres_referanse: str = "",
    besvarer: Journalpost | InternMottaker | None = None,
) -> Journalpost:
    """Make an own document, type U, N, X or S, in status R (krav C.2, R-6.2.R).

    Refused with an external recipient on N or X, an internal one on U, or a recipient who is no active user.
    Written for somebody else it is that person's, and the log says on whose behalf (R-3.1.5).
    besvarer: what it answers, of a note whose part; the right to answer that is the right to make it (A-52).
    """
    if journalposttype not in set(Journalposttype) - {Journalposttype.INNGAAENDE}:
        raise UgyldigInndata({"journalposttype": f"Type «{journalposttype}» finnes ikke. Velg U, N, X eller S."})
    tittel = krev_tittel(tittel, begrunnelse=tittelbegrunnelse, skjermet=skjuler_tittel(skjerming or Skjerming()))
    if journalposttype in INTERNE and mottakere:
        raise UgyldigInndata({"mottakere": "Mottaker må være bruker i systemet. Notat kan ikke sendes eksternt."})
    if journalposttype not in INTERNE and interne_mottakere:
        raise UgyldigInndata({"interne_mottakere": "Bare notat (N eller X) har interne mottakere."})
    sak = laas_sak(sak)
    saksbehandler = saksbehandler or av
    krev_aktiv_bruker(saksbehandler, "saksbehandler")
    if saksbehandler.pk != av.pk:
        paa_vegne_av(saksbehandler.pk)
    parter = [saksbehandler.navn] if journalposttype in INTERNE else _navn(mottakere)
    journalpost = _ny(
        sak,
        journalposttype,
        Journalstatus.RESERVERT,
        av=av,
        tittel=tittel,
        enhet=enhet or saksbehandler.enhet or sak.enhet,
        saksbehandler=saksbehandler,
        skjerming=skjerming or Skjerming(),
        besvarer=besvarer,
        dokumentdato=dokumentdato or klokke.idag(),
        forfallsdato=forfallsdato,
        opphav=opphav,
        offentlig_tittel=offentlig_tittel,
        partsnavn=_partstekst(parter),
        deres_referanse=deres_referanse,
    )
    if journalposttype in INTERNE:
        Korrespondansepart.objects.create(
            journalpost=journalpost,
            type=Parttype.INTERN_AVSENDER,
            navn=saksbehandler.navn,
            bruker=saksbehandler,
            rekkefoelge=1,
        )
        _sett_interne_mottakere(journalpost, interne_mottakere)
    else:
        _sett_parter(journalpost, mottakere, Parttype.MOTTAKER)
    for bruker in kopier:
        krev_aktiv_bruker(bruker, "kopier")
        journalpost.kopier.create(bruker=bruker, av=av, tid=klokke.naa(), levert=False)
    _fullfoer(journalpost, dokumenter, parter, tittelbegrunnelse, av=av)
    return journalpost


def _ny(
    sak: Sak,
    journalposttype: str,
    status: str,
    *,
    av: Bruker,
    skjerming: Skjerming,
    saksbehandler: Bruker | None,
    besvarer: Journalpost | InternMottaker | None = None,
    **felter: Any,
) -> Journalpost:
    krev_aapen_sak(sak)
    valider_skjerming(skjerming, journalposttype)
    if skjerming.kode is not None and (
        skjerming.kode.er_xx or status in (Journalstatus.MIDLERTIDIG, Journalstatus.JOURNALFOERT)
    ):
        raise UgyldigInndata(
            {"tilgangskode": "Arkivet foreslår gradering eller sperrer med XX; lederen avgjør den (A-09)."}
        )
    if saksbehandler is not None:
        krev_aktiv_bruker(saksbehandler, "saksbehandler")
    journalpost = Journalpost(
        sak=sak,
        journalposttype=journalposttype,
        saksbehandler=saksbehandler,
        tilgangskode=skjerming.kode,
        avskjermingskode=skjerming.avskjerming,
        hjemmel=skjerming.hjemmel,
        tilgangsgruppe=skjerming.gruppe,
        meroffentlighet=skjerming.meroffentlighet.strip(),
        besluttet_av=av if skjerming.kode else None,
        opprettet_av=av,
        opprettet_dato=klokke.naa(),
        **felter,
    )
    if besvarer is not None:
        sett_foerste_status(journalpost, status, av=av, rett=(Handling.BESVARE, besvarer))
    else:
        _krev_opprettelse(journalpost, status, av=av)
    sak.siste_dokumentnummer += 1
    sak.sist_endret = klokke.naa()
    sak.save(update_fields=["siste_dokumentnummer", "sist_endret"])
    journalpost.journalpostnummer = sak.siste_dokumentnummer
    journalpost.noekler = noekler_til(journalpost)
    if status in (Journalstatus.MIDLERTIDIG, Journalstatus.JOURNALFOERT):
        # The number comes with the row: the database refuses a J without one.
        data = _nummer(journalpost) if status == Journalstatus.MIDLERTIDIG else journalfoeringsdata(journalpost, av=av)
        for felt, verdi in data.items():
            setattr(journalpost, felt, verdi)
    journalpost.save()
    return journalpost


def _krev_opprettelse(journalpost: Journalpost, status: str, *, av: Bruker) -> None:
    """Ask for leave in the case: a leader's right follows the case's unit, a writer's the case itself."""
    krev(av, Handling.LESE_SAK, journalpost.sak)
    enhet_id = journalpost.enhet_id
    journalpost.enhet_id = journalpost.sak.enhet_id
    try:
        sett_foerste_status(journalpost, status, av=av)
    except IkkeTilgang:
        raise IkkeTilgang(
            f"Du har ikke rett til å opprette journalposter i sak {journalpost.sak.saksnummer}. "
            "Be saksansvarlig om rettigheter i saken."
        ) from None
    finally:
        journalpost.enhet_id = enhet_id


def _fullfoer(
    journalpost: Journalpost,
    dokumenter: Sequence[Vedlagt],
    parter: Sequence[str],
    tittelbegrunnelse: str,
    *,
    av: Bruker,
) -> None:
    if journalpost.hjemmel is not None and (
        stopp := hjemmelstopp(journalpost.hjemmel.noekkel, journalpost.journalposttype, parter=parter)
    ):
        raise UgyldigInndata({"hjemmel": stopp})
    foerste_dokumenter(journalpost, dokumenter, av=av)
    indekser_journalpost(journalpost, parter)
    if journalpost.sak.tilgangskode_id:
        oppdater_sak(journalpost.sak)
    handling = journalpost.overganger[(None, journalpost.status)]
    logg(
        journalpost,
        handling,
        av=av,
        endringer={"status": (None, journalpost.status)},
        detaljer={
            "type": journalpost.journalposttype,
            "tittel": journalpost.tittel,
            "saksbehandler": journalpost.saksbehandler,
            "tilgangskode": journalpost.tilgangskode,
            **({"hvorfor tittelen": tittelbegrunnelse.strip()} if tittelbegrunnelse.strip() else {}),
        },
    )


def _nummer(journalpost: Journalpost) -> dict[str, Any]:
    """Return journaldato and the next number of the journal year, together and once (krav C.9, A-38)."""
    if journalpost.journalsekvens is not None:
        return {}
    idag = klokke.idag()
    return {"journaldato": idag, "journalaar": idag.year, "journalsekvens": neste_nummer("journal", idag.year)}


def journalfoeringsdata(journalpost: Journalpost, *, av: Bruker) -> dict[str, Any]:
    """Return what comes with J: the number, who journalised, and from when the net list may show it (R-7.1.1.e)."""
    return {
        "journalfoert_av": av,
        "journalfoert_tid": klokke.naa(),
        "publiseres_tid": publiseringstid(),
        **_nummer(journalpost),
    }


def publiseringstid() -> dt.datetime:
    """Return the moment from which an entry decided now is on the net list: the delay is in working days."""
    if not settings.PUBLISERINGSFORSINKELSE:
        return klokke.naa()
    dato = legg_til_arbeidsdager(klokke.idag(), settings.PUBLISERINGSFORSINKELSE)
    return timezone.make_aware(dt.datetime.combine(dato, dt.time.min))


def _navn(parter: Sequence[Part]) -> list[str]:
    return [navn for part in parter if (navn := part.navn.strip())]


def legg_til_mottakere(journalpost: Journalpost, parter: Sequence[Part]) -> None:
    """Add external recipients after those that stand; part of another act, which asks and logs."""
    siste = journalpost.parter.filter(gyldig=True).aggregate(siste=Max("rekkefoelge"))["siste"] or 0
    _sett_parter(journalpost, parter, Parttype.MOTTAKER, fra=siste + 1)
    oppdater_partsnavn(journalpost)


def _sett_parter(journalpost: Journalpost, parter: Sequence[Part], type_: str, fra: int = 1) -> None:
    Korrespondansepart.objects.bulk_create(
        Korrespondansepart(
            journalpost=journalpost,
            type=Parttype.KOPIMOTTAKER if part.kopi else type_,
            navn=part.navn.strip(),
            er_person=part.er_person,
            organisasjonsnummer=part.organisasjonsnummer,
            adresse=part.adresse,
            postnummer=part.postnummer,
            poststed=part.poststed,
            epost=part.epost,
            telefon=part.telefon,
            kontakt=part.kontakt,
            rekkefoelge=nr,
        )
        for nr, part in enumerate((p for p in parter if p.navn.strip()), fra)
    )


def _partstekst(navn: Sequence[str]) -> str:
    if len(navn) > 2:
        return f"{navn[0]} og {len(navn) - 1} til"[:400]
    return " og ".join(navn)[:400]


def oppdater_partsnavn(journalpost: Journalpost) -> None:
    """Say anew in a line who the letter is to; part of an act that changed the parties."""
    navn = journalpost.parter.filter(gyldig=True).order_by("rekkefoelge", "pk").values_list("navn", flat=True)
    journalpost.partsnavn = _partstekst(list(navn))
    journalpost.save(update_fields=["partsnavn"])


def _sett_hovedmottaker(journalpost: Journalpost) -> None:
    """Give an incoming letter its one recipient row: the saksbehandler, or the unit alone."""
    InternMottaker.objects.create(
        journalpost=journalpost,
        journalposttype=journalpost.journalposttype,
        bruker=journalpost.saksbehandler,
        enhet=journalpost.enhet,
        forfallsdato=journalpost.forfallsdato,
        mottatt_tid=klokke.naa(),
        levert=leveres(journalpost),
    )


def _sett_interne_mottakere(journalpost: Journalpost, mottakere: Sequence[Bruker | Enhet]) -> None:
    for mottaker in dict.fromkeys(mottakere):
        if isinstance(mottaker, Enhet):
            if mottaker.nedlagt_dato is not None:
                raise UgyldigInndata({"interne_mottakere": f"Enheten {mottaker.navn} er lagt ned."})
            bruker, enhet = None, mottaker
        else:
            krev_aktiv_bruker(mottaker, "interne_mottakere")
            bruker, enhet = mottaker, mottaker.enhet or journalpost.enhet
        InternMottaker.objects.create(
            journalpost=journalpost,
            journalposttype=journalpost.journalposttype,
            bruker=bruker,
            enhet=enhet,
            forfallsdato=journalpost.forfallsdato
            or (
                standard_svarfrist(klokke.idag(), settings.SVARFRIST_DAGER)
                if journalpost.journalposttype == Journalposttype.NOTAT
                else None
            ),
            mottatt_tid=klokke.naa(),
        )


_DATOFELTER = {"dokumentdato", "mottatt_dato"}


@kommando
def rediger_journalpost(
    journalpost: Journalpost, *, av: Bruker, tittelbegrunnelse: str = "", **felter: Any
) -> Journalpost:
    """Change journal data or working data, field by field as krav C.3 allows.

    felter: tittel, offentlig_tittel, dokumentdato, mottatt_dato, opphav, enhet, forfallsdato, saksbehandler, and parter
    (external, a list of Part) or interne_mottakere. Refused whole when one field is not av's to edit now.
    """
    journalpost = laas_journalpost(journalpost)
    handling = (
        Handling.REDIGERE_ARBEIDSDATA
        if set(felter) <= {"forfallsdato"}
        else Handling.SETTE_SAKSBEHANDLER
        if set(felter) <= {"saksbehandler", "enhet"}
        else Handling.REDIGERE_JOURNALPOST
    )
    krev(av, handling, journalpost)
    krev_aapen_sak(journalpost.sak)
    tillatt = set(felter_for(journalpost, av))
    if "parter" in tillatt:
        tillatt |= {"interne_mottakere"}
    if "saksbehandler" in tillatt:
        tillatt |= {"enhet"}
    if nektet := sorted(set(felter) - tillatt):
        raise laast(
            journalpost,
            f"Du kan ikke endre {', '.join(nektet)} når journalposten har status "
            f"{journalpost.status} {journalpost.get_status_display()}. Send melding til arkivet.",
        )
    if _viser_skjermede_ord(journalpost, felter) and not (
        kan(av, Handling.AVGJOERE_SKJERMING, journalpost)
        or (journalpost.status == Journalstatus.RESERVERT and not journalpost.besluttet_av_leder)
    ):
        raise UgyldigInndata(
            {"offentlig_tittel": "Lederen avgjør hvilke skjermede ord som kan vises. Foreslå det i graderingen."}
        )
    endringer: dict[str, tuple[Any, Any]] = {}
    if (parter := felter.pop("parter", None)) is not None:
        endringer["parter"] = (journalpost.partsnavn, _bytt_parter(journalpost, parter))
    if (mottakere := felter.pop("interne_mottakere", None)) is not None:
        endringer["interne_mottakere"] = _bytt_interne_mottakere(journalpost, mottakere)
    if "tittel" in felter and felter["tittel"] != journalpost.tittel:
        felter["tittel"] = krev_tittel(
            felter["tittel"], begrunnelse=tittelbegrunnelse, skjermet=skjuler_tittel(_skjerming(journalpost))
        )
    if "saksbehandler" in felter and felter["saksbehandler"] is not None:
        krev_aktiv_bruker(felter["saksbehandler"], "saksbehandler")
    for felt in _DATOFELTER & set(felter):
        if felter[felt] is None and (felt == "dokumentdato" or journalpost.journalposttype == "I"):
            raise UgyldigInndata({felt: "Dato mangler. Skriv en dato."})
    for felt, verdi in felter.items():
        if (foer := getattr(journalpost, felt)) != verdi:
            endringer[felt] = (foer, verdi)
            setattr(journalpost, felt, verdi)
    if not endringer:
        return journalpost
    if enkle := [f for f in endringer if f not in ("parter", "interne_mottakere")]:
        journalpost.save(update_fields=enkle)
    _foelg_mottakere(journalpost, endringer)
    oppdater_journalpost(journalpost)
    if journalpost.sak.tilgangskode_id and "saksbehandler" in endringer:
        oppdater_sak(journalpost.sak)
    detaljer = {"hvorfor tittelen": tittelbegrunnelse.strip()} if tittelbegrunnelse.strip() else {}
    logg(journalpost, handling, av=av, endringer=endringer, detaljer=detaljer)
    if GODKJENT_INNHOLD & set(endringer):
        meld_endret(journalpost, av=av)
    return journalpost


def _viser_skjermede_ord(journalpost: Journalpost, felter: dict[str, Any]) -> bool:
    """Whether a change of the titles shows the public a word that its grading hides now (A-09)."""
    kode = journalpost.tilgangskode
    if kode is None or kode.er_xx or "offentlig_tittel" not in felter:
        return False
    skjult = _ordene(journalpost.tittel) - _ordene(journalpost.offentlig_tittel)
    return not skjult.isdisjoint(_ordene(felter["offentlig_tittel"] or ""))


def _ordene(tittel: str) -> set[str]:
    return set(re.findall(r"\w+", tittel.casefold()))


def _skjerming(rad: Journalpost) -> Skjerming:
    return Skjerming(rad.tilgangskode, rad.avskjermingskode, rad.hjemmel, rad.tilgangsgruppe)


def _foelg_mottakere(journalpost: Journalpost, endringer: dict[str, Any]) -> None:
    """Let the recipient rows follow svarfrist, saksbehandler and unit."""
    rader = journalpost.interne_mottakere.filter(gyldig=True, avskrivning__isnull=True)
    if "forfallsdato" in endringer:
        rader.update(forfallsdato=journalpost.forfallsdato)
    if journalpost.journalposttype == Journalposttype.INNGAAENDE and {"saksbehandler", "enhet"} & set(endringer):
        rader.update(bruker=journalpost.saksbehandler, enhet=journalpost.enhet, sett_tid=None, mottatt_tid=klokke.naa())
    if journalpost.journalposttype in INTERNE and "saksbehandler" in endringer and journalpost.saksbehandler:
        journalpost.parter.filter(type=Parttype.INTERN_AVSENDER, gyldig=True).update(
            navn=journalpost.saksbehandler.navn, bruker=journalpost.saksbehandler
        )
        oppdater_partsnavn(journalpost)


def _bytt_parter(journalpost: Journalpost, parter: Sequence[Part]) -> str:
    if journalpost.journalposttype in INTERNE:
        raise UgyldigInndata({"parter": "Mottaker må være bruker i systemet. Notat kan ikke sendes eksternt."})
    inngaaende = journalpost.journalposttype == Journalposttype.INNGAAENDE
    if inngaaende and not [p for p in parter if p.navn.strip()]:
        raise UgyldigInndata({"avsendere": "Avsender mangler. Skriv hvem brevet er fra."})
    journalpost.parter.filter(gyldig=True).update(gyldig=False)
    _sett_parter(journalpost, parter, Parttype.AVSENDER if inngaaende else Parttype.MOTTAKER)
    journalpost.partsnavn = _partstekst(_navn(parter))
    journalpost.save(update_fields=["partsnavn"])
    return journalpost.partsnavn


def _bytt_interne_mottakere(journalpost: Journalpost, mottakere: Sequence[Bruker | Enhet]) -> tuple[str, str]:
    gamle = journalpost.interne_mottakere.filter(gyldig=True).select_related("bruker", "enhet").order_by("pk")
    foer = ", ".join(str(m) for m in gamle)
    gamle.update(gyldig=False, levert=False)
    _sett_interne_mottakere(journalpost, mottakere)
    return foer, ", ".join(m.navn for m in mottakere)
