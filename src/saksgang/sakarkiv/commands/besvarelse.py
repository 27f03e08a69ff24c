"""Answers: a letter or note gets its answer, or an own document is linked as one (krav R-10.2.2.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Korrespondansepart, Sak, Svarlenke
from saksgang.sakarkiv.queries.kontakt import adresse
from saksgang.sakarkiv.queries.skriveregler import kontroller_tittel
from saksgang.sakarkiv.rules import (
    ADRESSEFELTER,
    INTERNE,
    NOTATTYPER,
    SVARMAATER,
    Journalposttype,
    Journalstatus,
    Parttype,
    Svarmaate,
    samme_part,
)
from saksgang.tilgang.commands import krev
from saksgang.tilgang.models import Skjermbar
from saksgang.tilgang.queries import kan, rettigheter
from saksgang.tilgang.rules import Handling

from .dokument import meld_endret
from .felles import LENGSTE_VURDERING, Skjerming, krev_aapen_sak
from .felter import felter_for, laast
from .journalpost import Part, laas_journalpost, legg_til_mottakere, opprett_journalpost
from .noekler import indekser_journalpost
from .sak import laas_sak
from .skriveregel import skjuler_tittel
from .svarvirkning import FERDIGE, gi_virkning


@kommando
def besvar(
    journalpost: Journalpost,
    maate: str,
    *,
    av: Bruker,
    journalposttype: str | None = None,
    ogsaa: Sequence[Journalpost] = (),
    mottaker: InternMottaker | None = None,
) -> Journalpost:
    """Make the answer to a letter or note in the same case, in R: recipient, title and code are there (R-10.2.2.2).

    Whoever deals with what is answered may do it without any other right in the case (A-52). journalposttype: X or N
    for the answer to a note (A-15). ogsaa: further open letters in the case that one final answer closes. mottaker:
    whose part of a note is answered, where it is not av's own. Refused for U and S, for what is cancelled or not
    delivered, and for what is already written off unless the answer is to write off nothing.
    """
    laas_sak(journalpost.sak)
    besvarte = _laas([journalpost, *ogsaa])
    foerste = besvarte[journalpost.pk]
    if ogsaa and maate != Svarmaate.ENDELIG:
        raise UgyldigInndata({"ogsaa": "Bare «Besvar og avskriv restanse» kan avslutte flere brev."})
    rader = {}
    for besvart in besvarte.values():
        krev(av, Handling.LESE, besvart)
        _krev_samme_sak(besvart, foerste.sak)
        valgt = mottaker if besvart.pk == foerste.pk else None
        rader[besvart.pk] = _rad(besvart, _krev_maate(besvart, maate), valgt, av=av)
    krev_aapen_sak(foerste.sak)
    rekkefoelge = [besvarte[pk] for pk in dict.fromkeys([foerste.pk, *(jp.pk for jp in ogsaa)])]
    felter = _svarfelter(foerste, rekkefoelge, journalposttype, av=av)
    besvarer = rader[foerste.pk] if foerste.journalposttype in INTERNE else foerste
    svar = opprett_journalpost(foerste.sak, av=av, besvarer=besvarer, **felter)  # type: ignore[arg-type] # one type each
    for besvart in rekkefoelge:
        _knytt(svar, besvart, Svarmaate(maate), rader[besvart.pk], Handling.BESVARE, av=av)
    return svar


@kommando
def knytt_svar(
    svar: Journalpost,
    besvart: Journalpost,
    *,
    av: Bruker,
    maate: str = Svarmaate.ENDELIG,
    mottaker: InternMottaker | None = None,
) -> Svarlenke:
    """«Knytt som svar?»: let an own document answer a letter or note in its case, in one of the type's ways.

    The sender of the letter becomes a recipient where it is not one. A finished document takes effect at once, and
    must have gone to the sender. Refused for whom besvar is refused, and twice.
    """
    laas_sak(svar.sak)
    laaste = _laas([svar, besvart])
    svar, besvart = laaste[svar.pk], laaste[besvart.pk]
    krev(av, Handling.KNYTTE_SVAR, svar)
    krev(av, Handling.LESE, besvart)
    krev_aapen_sak(svar.sak)
    maate = _krev_maate(besvart, maate)
    _krev_samme_sak(besvart, svar.sak)
    notat = besvart.journalposttype in INTERNE
    if svar.journalposttype not in (INTERNE if notat else {Journalposttype.UTGAAENDE}):
        raise Avvist(f"{svar.get_journalposttype_display()} kan ikke være svar på {besvart}. Velg et annet dokument.")
    if svar.status == Journalstatus.UTGAAR:
        raise Avvist(f"{svar} er utgått og kan ikke være svar.")
    if svar.svarer_paa.filter(besvart=besvart, opphevet_tid__isnull=True).exists():
        raise Avvist(f"{svar} er allerede knyttet som svar på {besvart}.")
    rad = _rad(besvart, maate, mottaker, av=av)
    _krev_mottaker(svar, besvart, av=av)
    lenke = _knytt(svar, besvart, maate, rad, Handling.KNYTTE_SVAR, av=av)
    logg(svar, Handling.KNYTTE_SVAR, av=av, detaljer={"besvart_id": besvart.pk, "svarmaate": lenke.maate})
    if svar.status in FERDIGE:
        gi_virkning(lenke, svar, av=av)
    return lenke


@kommando
def loes_svar(lenke: Svarlenke, *, av: Bruker) -> None:
    """Let a document no longer answer what it answers. Refused when it is finished, and twice."""
    svar = laas_journalpost(lenke.svar)
    krev(av, Handling.KNYTTE_SVAR, svar)
    krev_aapen_sak(svar.sak)
    lenke = Svarlenke.objects.select_for_update(of=("self",)).select_related("besvart__sak").get(pk=lenke.pk)
    if lenke.opphevet_tid is not None:
        raise Avvist("Dokumentet er allerede løst fra det.")
    if svar.status != Journalstatus.RESERVERT:
        raise Avvist(f"{svar} er ferdigstilt. Åpne det igjen for redigering først, eller opphev avskrivningen.")
    lenke.opphevet_av, lenke.opphevet_tid = av, klokke.naa()
    lenke.save(update_fields=["opphevet_av", "opphevet_tid"])
    logg(svar, Handling.LOESE_SVAR, av=av, detaljer={"besvart_id": lenke.besvart_id})
    logg(lenke.besvart, Handling.LOESE_SVAR, av=av, detaljer={"svar_id": svar.pk})


@kommando
def sett_ny_svarfrist(lenke: Svarlenke, dato: dt.date | None, *, av: Bruker) -> Svarlenke:
    """Let a preliminary answer bring a new svarfrist for the letter when it is finished (A-14); None: the old stays.

    Refused for other answers, for a date in the past, and when the answer is finished.
    """
    svar = laas_journalpost(lenke.svar)
    krev(av, Handling.KNYTTE_SVAR, svar)
    krev_aapen_sak(svar.sak)
    if lenke.maate != Svarmaate.FORELOEPIG or svar.status != Journalstatus.RESERVERT:
        raise Avvist("Ny svarfrist følger bare med et foreløpig svar som ikke er ferdigstilt. Bruk «Sett svarfrist».")
    if dato is not None and dato <= klokke.idag():
        raise UgyldigInndata({"ny_svarfrist": "Svarfristen må være etter i dag."})
    foer, lenke.ny_forfallsdato = lenke.ny_forfallsdato, dato
    if foer != dato:
        lenke.save(update_fields=["ny_forfallsdato"])
        logg(svar, Handling.REDIGERE_ARBEIDSDATA, av=av, endringer={"ny_svarfrist": (foer, dato)})
    return lenke


# ── What an answer is made of ──


def _laas(journalposter: Iterable[Journalpost]) -> dict[int, Journalpost]:
    """Lock them in the order of their ids, so that no two acts wait for each other."""
    return {jp.pk: laas_journalpost(jp) for jp in sorted(journalposter, key=lambda jp: jp.pk)}


def _krev_maate(besvart: Journalpost, maate: str) -> Svarmaate:
    maater = SVARMAATER[besvart.journalposttype]
    if not maater:
        raise Avvist(f"{besvart} er {besvart.get_journalposttype_display().lower()} og kan ikke besvares.")
    if besvart.status == Journalstatus.UTGAAR:
        raise Avvist(f"{besvart} er utgått og kan ikke besvares.")
    if maate not in maater:
        valg = " eller ".join(f"«{m.label}»" for m in maater)
        raise UgyldigInndata({"maate": f"{besvart} kan ikke besvares slik. Velg {valg}."})
    return Svarmaate(maate)


def _krev_samme_sak(besvart: Journalpost, sak: Sak) -> None:
    if besvart.sak_id != sak.pk:
        raise UgyldigInndata({"besvart": f"{besvart} ligger i en annen sak enn {sak.saksnummer}. Svar i samme sak."})


def _rad(besvart: Journalpost, maate: Svarmaate, valgt: InternMottaker | None, *, av: Bruker) -> InternMottaker:
    """Return the part that av is to answer: the one chosen, av's own, or the only one that is av's to answer.

    A letter is answered by whoever deals with it, a note by its recipient or for one (A-52).
    """
    notat = besvart.journalposttype in INTERNE
    if not notat:
        krev(av, Handling.BESVARE, besvart)
    rader = list(
        besvart.interne_mottakere.filter(gyldig=True, levert=True)
        .select_related("bruker", "enhet", "avskrivning__maate", "journalpost__sak", "journalpost__tilgangskode")
        .order_by("pk")
    )
    if not rader:
        naar = "avsenderen har ferdigstilt det" if notat else "arkivet har journalført det"
        raise Avvist(f"{besvart} er ikke levert ennå. Du kan svare når {naar}.")
    mine = [rad for rad in rader if not notat or kan(av, Handling.BESVARE, rad)]
    egen = next((rad for rad in mine if rad.bruker_id == av.pk), None)
    if valgt is not None:
        mine = [rad for rad in rader if rad.pk == valgt.pk]
    elif egen is not None:
        mine = [egen]
    if len(mine) > 1:
        navn = ", ".join(str(rad) for rad in mine)
        raise UgyldigInndata({"mottaker": f"Notatet har flere mottakere: {navn}. Velg hvem du svarer for."})
    rad = mine[0] if mine else rader[0]
    if notat:
        krev(av, Handling.BESVARE, rad)
    if rad.avskrivning is not None and maate != Svarmaate.UTEN:
        ellers = "" if notat else ", eller velg «Besvar uten å avskrive»"
        raise Avvist(
            f"{besvart} er allerede avskrevet {rad.avskrivning.dato:%d.%m.%Y} {rad.avskrivning.maate}. "
            f"Opphev avskrivningen først{ellers}."
        )
    return rad


def _svarfelter(
    foerste: Journalpost, besvarte: list[Journalpost], journalposttype: str | None, *, av: Bruker
) -> dict[str, object]:
    """Return what the answer takes over: title, recipients, code, their reference."""
    skjerming = _arvet_skjerming(besvarte)
    felter: dict[str, object] = {
        **_tittel(foerste, skjermet=skjuler_tittel(skjerming)),
        "offentlig_tittel": foerste.offentlig_tittel,
        "skjerming": skjerming,
    }
    if foerste.journalposttype in INTERNE:
        journalposttype = journalposttype or NOTATTYPER[0]
        if journalposttype not in NOTATTYPER:
            raise UgyldigInndata({"journalposttype": "Et notat besvares med notat: velg X eller N."})
        return felter | {"journalposttype": journalposttype, "interne_mottakere": [_avsender(foerste, av=av)]}
    if journalposttype not in (None, Journalposttype.UTGAAENDE):
        raise UgyldigInndata({"journalposttype": "Et inngående brev besvares med utgående brev (U)."})
    mottakere: list[Part] = []
    for besvart in besvarte:
        mottakere += [p for p in _avsendere(besvart, av=av) if not any(samme_part(p, m) for m in mottakere)]
    return felter | {
        "journalposttype": Journalposttype.UTGAAENDE,
        "mottakere": mottakere,
        "deres_referanse": foerste.deres_referanse,
    }


def _tittel(besvart: Journalpost, *, skjermet: bool) -> dict[str, object]:
    """Return the title, cleaned up as the rules for titles propose; where one still warns, why it stands."""
    tittel = kontroller_tittel(besvart.tittel, skjermet=skjermet)[1] or besvart.tittel
    funn = kontroller_tittel(tittel, skjermet=skjermet)[0]
    if stopper := [f.tekst for f in funn if f.stopper]:
        raise UgyldigInndata(
            {
                "tittel": f"Svaret kan ikke ha tittelen til {besvart}: {' '.join(stopper)} Be arkivet rette den, eller "
                "skriv svaret som «Ny journalpost» i saken og velg «Knytt som svar»."
            }
        )
    return {"tittel": tittel, "tittelbegrunnelse": f"Samme tittel som {besvart}" if funn else ""}


def _arvet_skjerming(besvarte: list[Journalpost]) -> Skjerming:
    """Return the decided code of what is answered, else of the case (krav R-7.1.1.a, R-10.2.2.3a).

    XX is no decision: while it stands the answer cannot be finished without a code of its own.
    """
    kilder: list[Skjermbar] = [*besvarte, besvarte[0].sak]
    for kilde in kilder:
        if kilde.tilgangskode is not None and not kilde.tilgangskode.er_xx:
            return Skjerming(
                kilde.tilgangskode,
                kilde.avskjermingskode,
                kilde.hjemmel,
                kilde.tilgangsgruppe,
                meroffentlighet=_arvet_vurdering(kilde),
            )
    return Skjerming()


def _arvet_vurdering(kilde: Skjermbar) -> str:
    """Return the assessment that goes with an inherited code: where it is from, and what was found there."""
    vurdering = kilde.meroffentlighet if isinstance(kilde, Journalpost) else getattr(kilde, "skjerming_misvisende", "")
    return f"Samme vurdering som {kilde}. {vurdering}".strip()[:LENGSTE_VURDERING]


def _avsender(notat: Journalpost, *, av: Bruker) -> Bruker | Enhet:
    """Return who wrote the note; its unit where that person has left."""
    part = (
        notat.parter.filter(gyldig=True, type=Parttype.INTERN_AVSENDER).select_related("bruker").order_by("pk").first()
    )
    avsender = part.bruker if part is not None else None
    if avsender is not None and avsender.pk == av.pk:
        raise Avvist(f"Du har skrevet {notat} selv. Skriv et nytt notat i stedet for å svare på det.")
    return avsender if avsender is not None and rettigheter(avsender).ansatt else notat.enhet


def _avsendere(besvart: Journalpost, *, av: Bruker) -> list[Part]:
    """Return the senders of a letter as recipients; one without address gets the contact's, where av may see it."""
    rader = besvart.parter.filter(gyldig=True, type=Parttype.AVSENDER).select_related("kontakt")
    return [_som_part(rad, av=av) for rad in rader.order_by("rekkefoelge", "pk")]


def _som_part(rad: Korrespondansepart, *, av: Bruker) -> Part:
    felter = {felt: getattr(rad, felt) for felt in sorted(ADRESSEFELTER)}
    if rad.kontakt is not None and not any(felter.values()):
        felter = adresse(av, rad.kontakt)
    return Part(
        navn=rad.navn,
        er_person=rad.er_person,
        organisasjonsnummer=rad.organisasjonsnummer,
        kontakt=rad.kontakt,
        **felter,
    )


def _krev_mottaker(svar: Journalpost, besvart: Journalpost, *, av: Bruker) -> None:
    """See to it that whoever is answered gets the answer."""
    if besvart.journalposttype in INTERNE:
        avsender = besvart.parter.filter(gyldig=True, type=Parttype.INTERN_AVSENDER).order_by("pk").first()
        if avsender is not None and not svar.interne_mottakere.filter(gyldig=True, bruker=avsender.bruker_id).exists():
            raise Avvist(
                f"{svar} går ikke til {avsender}, som skrev {besvart}. Legg avsenderen til som mottaker først."
            )
        return
    mottakere = list(svar.parter.filter(gyldig=True).order_by("rekkefoelge", "pk"))
    mangler = [
        part
        for part in besvart.parter.filter(gyldig=True, type=Parttype.AVSENDER).order_by("rekkefoelge", "pk")
        if not any(samme_part(part, mottaker) for mottaker in mottakere)
    ]
    if mangler and svar.status != Journalstatus.RESERVERT:
        navn = ", ".join(part.navn for part in mangler)
        raise Avvist(f"{svar} er ferdigstilt og går ikke til {navn}. Åpne det igjen og legg til mottakeren først.")
    if mangler:
        if "parter" not in felter_for(svar, av):
            raise laast(svar, f"Du kan ikke legge til mottakere på {svar}.")
        legg_til_mottakere(svar, [_som_part(part, av=av) for part in mangler])
        indekser_journalpost(svar)
        meld_endret(svar, av=av)


def _knytt(
    svar: Journalpost, besvart: Journalpost, maate: Svarmaate, rad: InternMottaker, handling: Handling, *, av: Bruker
) -> Svarlenke:
    lenke = Svarlenke.objects.create(svar=svar, besvart=besvart, mottaker=rad, maate=maate, av=av, tid=klokke.naa())
    logg(besvart, handling, av=av, detaljer={"svar_id": svar.pk, "svarmaate": lenke.maate})
    return lenke
