"""Units, people, passwords and absence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.sortering import norsk_sorteringsnoekkel
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker, Enhet, Fravaer
from saksgang.tilgang.models import Rolletildeling
from saksgang.tilgang.queries.rettigheter import enhetstre, glem_rettigheter
from saksgang.tilgang.rules import Handling, Rolle

from .krev import krev
from .loggobjekt import (
    LAAS_ADMINISTRATOR,
    LAAS_ENHETSTRE,
    laas,
    loggobjekt,
    nye_felter,
    sett_felter,
)

Enhetsfoelger = Callable[[list[int]], None]
_foelgere: list[Enhetsfoelger] = []


class Uendret:
    """Stands for a field that the caller leaves as it is, where None means empty."""


UENDRET: Final = Uendret()


def ved_enhetsendring(foelger: Enhetsfoelger) -> Enhetsfoelger:
    """Decorate a function (ids of units) that brings rows up to date when those units have moved or changed."""
    _foelgere.append(foelger)
    return foelger


@kommando
def opprett_enhet(
    *,
    kode: str,
    navn: str,
    overordnet: Enhet | None = None,
    fagomraade: bool = False,
    inkluder_underenheter: bool = True,
    av: Bruker,
) -> Enhet:
    """Make a unit. Refused without code and name, and where the code is taken or the unit above is closed down."""
    krev(av, Handling.ADMINISTRERE)
    laas(LAAS_ENHETSTRE)
    kode, navn = _enhetsnavn(kode, navn)
    _krev_aapen(overordnet)
    enhet = Enhet.objects.create(
        kode=kode,
        navn=navn,
        overordnet=overordnet,
        fagomraade=fagomraade,
        inkluder_underenheter=inkluder_underenheter,
    )
    enhet.forfedre = [*(overordnet.forfedre if overordnet else ()), enhet.pk]
    enhet.save(update_fields=["forfedre"])
    logg(
        loggobjekt(enhet),
        Handling.ADMINISTRERE,
        av=av,
        endringer=nye_felter(enhet, "kode", "navn", "overordnet", "fagomraade", "inkluder_underenheter"),
    )
    glem_rettigheter()
    return enhet


@kommando
def endre_enhet(
    enhet: Enhet,
    *,
    kode: str | None = None,
    navn: str | None = None,
    overordnet: Enhet | None | Uendret = UENDRET,
    fagomraade: bool | None = None,
    inkluder_underenheter: bool | None = None,
    av: Bruker,
) -> Enhet:
    """Change a unit. Refused where it would lie under itself.

    When the tree or what a leader reads through it changes, the rows of the unit and of all below are brought along.
    """
    krev(av, Handling.ADMINISTRERE)
    laas(LAAS_ENHETSTRE)
    enhet = Enhet.objects.select_for_update().get(pk=enhet.pk)
    ny_kode, nytt_navn = _enhetsnavn(enhet.kode if kode is None else kode, enhet.navn if navn is None else navn, enhet)
    felter: dict[str, object] = {"kode": ny_kode, "navn": nytt_navn}
    if fagomraade is not None:
        felter["fagomraade"] = fagomraade
    if inkluder_underenheter is not None:
        felter["inkluder_underenheter"] = inkluder_underenheter
    if not isinstance(overordnet, Uendret):
        if overordnet is not None and overordnet != enhet.overordnet:
            overordnet = Enhet.objects.get(pk=overordnet.pk)
            _krev_aapen(overordnet)
            if enhet.pk in overordnet.forfedre:
                raise UgyldigInndata(
                    {"overordnet": f"{overordnet} ligger under {enhet}. Velg en enhet som ikke gjør det."}
                )
        felter["overordnet"] = overordnet
    endringer = sett_felter(enhet, felter)
    if not endringer:
        return enhet
    logg(loggobjekt(enhet), Handling.ADMINISTRERE, av=av, endringer=endringer)
    glem_rettigheter()
    if endringer.keys() & {"overordnet", "fagomraade", "inkluder_underenheter"}:
        _foelg_treet(enhet)
    return enhet


def _foelg_treet(enhet: Enhet) -> None:
    under = list(Enhet.objects.filter(forfedre__contains=[enhet.pk]).order_by("pk"))
    tre = enhetstre()
    for rad in under:
        rad.forfedre = tre.sti(rad.pk)
    Enhet.objects.bulk_update(under, ["forfedre"])
    enhet.refresh_from_db(fields=["forfedre"])
    for foelger in _foelgere:
        foelger([rad.pk for rad in under])


@kommando
def legg_ned_enhet(enhet: Enhet, *, dato: dt.date | None = None, av: Bruker) -> Enhet:
    """Close a unit down. Refused while it has active sub-units or people; grants in it stand until they are ended."""
    krev(av, Handling.ADMINISTRERE)
    laas(LAAS_ENHETSTRE)
    enhet = Enhet.objects.select_for_update().get(pk=enhet.pk)
    dato = dato or klokke.idag()
    if enhet.nedlagt_dato is not None:
        raise Avvist(f"{enhet} er allerede nedlagt.")
    hindre = [
        f"Underenheten {under} er aktiv. Flytt eller legg den ned først."
        for under in enhet.underenheter.aktive().order_by("kode", "pk")
    ]
    if antall := enhet.brukere.aktive(max(dato, klokke.idag())).count():
        hindre.append(f"{antall} aktive brukere hører til enheten. Flytt dem først.")
    if hindre:
        raise Avvist(hindre)
    logg(loggobjekt(enhet), Handling.ADMINISTRERE, av=av, endringer=sett_felter(enhet, {"nedlagt_dato": dato}))
    glem_rettigheter()
    return enhet


@kommando
def opprett_bruker(
    *,
    brukernavn: str,
    navn: str,
    initialer: str,
    enhet: Enhet | None,
    epost: str = "",
    telefon: str = "",
    tittel: str = "",
    passord: str | None = None,
    aktiv_fra: dt.date | None = None,
    av: Bruker,
) -> Bruker:
    """Register a person. Refused where the user name is taken or the password is weak; without one, only OIDC opens."""
    krev(av, Handling.ADMINISTRERE)
    return _ny_bruker(
        brukernavn=brukernavn,
        navn=navn,
        initialer=initialer,
        enhet=enhet,
        epost=epost,
        telefon=telefon,
        tittel=tittel,
        passord=passord,
        aktiv_fra=aktiv_fra,
        av=av,
    )


def _ny_bruker(
    *,
    brukernavn: str,
    navn: str,
    initialer: str,
    enhet: Enhet | None,
    passord: str | None,
    av: Bruker | None,
    epost: str = "",
    telefon: str = "",
    tittel: str = "",
    aktiv_fra: dt.date | None = None,
) -> Bruker:
    bruker = Bruker(
        brukernavn=brukernavn.strip().lower(),
        navn=navn.strip(),
        initialer=initialer.strip(),
        sorteringsnavn=norsk_sorteringsnoekkel(navn),
        enhet=enhet,
        epost=epost.strip().lower(),
        telefon=telefon.strip(),
        tittel=tittel.strip(),
        aktiv_fra=aktiv_fra or klokke.idag(),
    )
    _krev_gyldig_bruker(bruker)
    _sett_passord(bruker, passord)
    bruker.save()
    logg(
        loggobjekt(bruker),
        Handling.ADMINISTRERE,
        av=av,
        endringer=nye_felter(
            bruker, "brukernavn", "navn", "initialer", "enhet", "epost", "telefon", "tittel", "aktiv_fra"
        ),
    )
    return bruker


@kommando
def endre_bruker(
    bruker: Bruker,
    *,
    brukernavn: str | None = None,
    navn: str | None = None,
    initialer: str | None = None,
    enhet: Enhet | None = None,
    epost: str | None = None,
    telefon: str | None = None,
    tittel: str | None = None,
    aktiv_fra: dt.date | None = None,
    av: Bruker,
) -> Bruker:
    """Change what is known of a person; rights follow the grants and stay as they are."""
    krev(av, Handling.ADMINISTRERE)
    bruker = Bruker.objects.select_for_update(of=("self",)).get(pk=bruker.pk)
    nye: dict[str, object | None] = {
        "brukernavn": brukernavn.strip().lower() if brukernavn is not None else None,
        "navn": navn.strip() if navn is not None else None,
        "sorteringsnavn": norsk_sorteringsnoekkel(navn) if navn is not None else None,
        "initialer": initialer.strip() if initialer is not None else None,
        "enhet": enhet,
        "epost": epost.strip().lower() if epost is not None else None,
        "telefon": telefon.strip() if telefon is not None else None,
        "tittel": tittel.strip() if tittel is not None else None,
        "aktiv_fra": aktiv_fra,
    }
    felter = {felt: verdi for felt, verdi in nye.items() if verdi is not None}
    proeve = Bruker(pk=bruker.pk, aktiv_til=bruker.aktiv_til)
    for felt in nye:
        setattr(proeve, felt, felter.get(felt, getattr(bruker, felt)))
    _krev_gyldig_bruker(proeve)
    endringer = sett_felter(bruker, felter)
    endringer.pop("sorteringsnavn", None)
    if endringer:
        logg(loggobjekt(bruker), Handling.ADMINISTRERE, av=av, endringer=endringer)
        glem_rettigheter()
    return bruker


@kommando
def deaktiver_bruker(bruker: Bruker, *, til: dt.date, av: Bruker) -> Bruker:
    """Let til be a person's last active day; the row and all that it did stay (krav R-1.1).

    Refused for the last administrator.
    """
    krev(av, Handling.ADMINISTRERE)
    laas(LAAS_ADMINISTRATOR)
    bruker = Bruker.objects.select_for_update(of=("self",)).get(pk=bruker.pk)
    if til < bruker.aktiv_fra:
        raise UgyldigInndata({"til": f"Brukeren er aktiv fra {bruker.aktiv_fra:%d.%m.%Y}. Velg en senere dato."})
    krev_annen_administrator(bruker, til)
    endringer = sett_felter(bruker, {"aktiv_til": til, "is_active": til >= klokke.idag()})
    logg(loggobjekt(bruker), Handling.ADMINISTRERE, av=av, endringer=endringer)
    glem_rettigheter()
    return bruker


@kommando
def gjenaapne_bruker(bruker: Bruker, *, av: Bruker) -> Bruker:
    """Let a person who was deactivated in again; the grants that still run count at once."""
    krev(av, Handling.ADMINISTRERE)
    bruker = Bruker.objects.select_for_update(of=("self",)).get(pk=bruker.pk)
    if bruker.aktiv_til is None and bruker.is_active:
        raise Avvist(f"{bruker} er allerede aktiv.")
    endringer = sett_felter(bruker, {"aktiv_til": None, "is_active": True})
    logg(loggobjekt(bruker), Handling.ADMINISTRERE, av=av, endringer=endringer)
    glem_rettigheter()
    return bruker


@kommando
def sett_passord(bruker: Bruker, passord: str, *, av: Bruker) -> Bruker:
    """Give a person a new password, which ends the sessions that run. Refused for a weak one."""
    krev(av, Handling.ADMINISTRERE)
    bruker = Bruker.objects.select_for_update(of=("self",)).get(pk=bruker.pk)
    _sett_passord(bruker, passord)
    bruker.save(update_fields=["password"])
    logg(loggobjekt(bruker), Handling.ADMINISTRERE, av=av, detaljer={"passord": "satt"})
    return bruker


@kommando
def opprett_foerste_administrator(brukernavn: str, navn: str, passord: str) -> Bruker:
    """Register the person who registers the others. Refused as soon as anybody has been administrator."""
    laas(LAAS_ADMINISTRATOR)
    if Rolletildeling.objects.filter(rolle=Rolle.ADM).exists():
        raise Avvist("Det finnes allerede en administrator. La den som er det, registrere flere.")
    initialer = "".join(del_[0] for del_ in navn.split()[:3]).lower()
    bruker = _ny_bruker(brukernavn=brukernavn, navn=navn, initialer=initialer, enhet=None, passord=passord, av=None)
    tildeling = Rolletildeling.objects.create(bruker=bruker, rolle=Rolle.ADM, fra=bruker.aktiv_fra)
    logg(
        loggobjekt(tildeling),
        Handling.ADMINISTRERE,
        av=None,
        endringer=nye_felter(tildeling, "bruker", "rolle", "fra"),
    )
    glem_rettigheter()
    return bruker


@kommando
def registrer_fravaer(bruker: Bruker, *, fra: dt.date, til: dt.date, aarsak: str = "", av: Bruker) -> Fravaer:
    """Register that a person is away, both dates included (krav A-35). For oneself, one's leader and ADM.

    Refused where it overlaps an absence that is already there.
    """
    bruker = Bruker.objects.select_for_update(of=("self",)).get(pk=bruker.pk)
    krev(av, Handling.REGISTRERE_FRAVAER, bruker)
    _krev_fritt_fravaer(bruker, fra, til)
    fravaer = Fravaer.objects.create(bruker=bruker, fra=fra, til=til, aarsak=aarsak.strip())
    logg(
        loggobjekt(fravaer),
        Handling.REGISTRERE_FRAVAER,
        av=av,
        endringer=nye_felter(fravaer, "bruker", "fra", "til", "aarsak"),
    )
    return fravaer


@kommando
def endre_fravaer(
    fravaer: Fravaer, *, fra: dt.date | None = None, til: dt.date | None = None, aarsak: str | None = None, av: Bruker
) -> Fravaer:
    """Move the dates of an absence. Refused where it would overlap another."""
    fravaer = Fravaer.objects.select_for_update(of=("self",)).select_related("bruker").get(pk=fravaer.pk)
    krev(av, Handling.REGISTRERE_FRAVAER, fravaer.bruker)
    fra, til = fra or fravaer.fra, til or fravaer.til
    _krev_fritt_fravaer(fravaer.bruker, fra, til, unntatt=fravaer)
    endringer = sett_felter(
        fravaer, {"fra": fra, "til": til, "aarsak": fravaer.aarsak if aarsak is None else aarsak.strip()}
    )
    if endringer:
        logg(loggobjekt(fravaer), Handling.REGISTRERE_FRAVAER, av=av, endringer=endringer)
    return fravaer


@kommando
def trekk_fravaer(fravaer: Fravaer, *, av: Bruker) -> None:
    """Take back an absence that will not be; the log keeps what stood there."""
    fravaer = Fravaer.objects.select_for_update(of=("self",)).select_related("bruker").get(pk=fravaer.pk)
    krev(av, Handling.REGISTRERE_FRAVAER, fravaer.bruker)
    endringer = {felt: (getattr(fravaer, felt), None) for felt in ("bruker", "fra", "til", "aarsak")}
    logg(loggobjekt(fravaer), Handling.REGISTRERE_FRAVAER, av=av, endringer=endringer)
    fravaer.delete()


def krev_annen_administrator(bruker: Bruker, til: dt.date) -> None:
    """Refuse to end the last administrator's time: somebody must be able to let people in. Call it under the lock."""
    gyldige = Rolletildeling.objects.filter(
        Q(til__isnull=True) | Q(til__gt=til), rolle=Rolle.ADM, fra__lte=max(til, klokke.idag())
    )
    if not gyldige.filter(bruker=bruker).exists():
        return
    andre = gyldige.exclude(bruker=bruker).filter(
        Q(bruker__aktiv_til__isnull=True) | Q(bruker__aktiv_til__gt=til), bruker__is_active=True
    )
    if not andre.exists():
        raise Avvist(f"{bruker} er den siste administratoren. Gi en annen rollen først.")


def _enhetsnavn(kode: str, navn: str, enhet: Enhet | None = None) -> tuple[str, str]:
    kode, navn = kode.strip(), navn.strip()
    feil = {}
    if not kode:
        feil["kode"] = "Enheten må ha en kode."
    elif len(kode) > 20:
        feil["kode"] = "Koden kan ha høyst 20 tegn."
    elif Enhet.objects.filter(kode__iexact=kode).exclude(pk=enhet.pk if enhet else 0).exists():
        feil["kode"] = f"Det finnes allerede en enhet med koden {kode}. Velg en annen."
    if not navn:
        feil["navn"] = "Enheten må ha et navn."
    elif len(navn) > 200:
        feil["navn"] = "Navnet kan ha høyst 200 tegn."
    if feil:
        raise UgyldigInndata(feil)
    return kode, navn


def _krev_aapen(overordnet: Enhet | None) -> None:
    if overordnet is not None and overordnet.nedlagt_dato is not None:
        raise UgyldigInndata({"overordnet": f"{overordnet} er nedlagt. Velg en enhet som er i bruk."})


def _krev_gyldig_bruker(bruker: Bruker) -> None:
    feil = {}
    if not bruker.brukernavn or any(tegn.isspace() for tegn in bruker.brukernavn):
        feil["brukernavn"] = "Brukernavnet må fylles ut og kan ikke ha mellomrom."
    elif Bruker.objects.filter(brukernavn__iexact=bruker.brukernavn).exclude(pk=bruker.pk).exists():
        feil["brukernavn"] = f"Brukernavnet {bruker.brukernavn} er i bruk. Velg et annet."
    if not bruker.navn:
        feil["navn"] = "Navnet må fylles ut."
    if not bruker.initialer:
        feil["initialer"] = "Initialene må fylles ut."
    for felt, lengde in (("brukernavn", 100), ("navn", 200), ("initialer", 10), ("telefon", 30), ("tittel", 100)):
        if len(getattr(bruker, felt)) > lengde:
            feil[felt] = f"Feltet kan ha høyst {lengde} tegn."
    if bruker.epost:
        try:
            validate_email(bruker.epost)
        except ValidationError:
            feil["epost"] = "Skriv en gyldig e-postadresse, som navn@kommune.no."
    if bruker.enhet is not None and bruker.enhet.nedlagt_dato is not None:
        feil["enhet"] = f"{bruker.enhet} er nedlagt. Velg en enhet som er i bruk."
    if bruker.aktiv_til is not None and bruker.aktiv_til < bruker.aktiv_fra:
        feil["aktiv_fra"] = f"Brukeren er aktiv til {bruker.aktiv_til:%d.%m.%Y}. Velg en tidligere dato."
    if feil:
        raise UgyldigInndata(feil)


def _sett_passord(bruker: Bruker, passord: str | None) -> None:
    if passord is None:
        bruker.set_unusable_password()
        return
    try:
        validate_password(passord, bruker)
    except ValidationError as feil:
        raise UgyldigInndata({"passord": " ".join(feil.messages)}) from feil
    bruker.set_password(passord)


def _krev_fritt_fravaer(bruker: Bruker, fra: dt.date, til: dt.date, unntatt: Fravaer | None = None) -> None:
    if til < fra:
        raise UgyldigInndata({"til": "Til og med-datoen er før fra-datoen. Rett en av dem."})
    annet = (
        Fravaer.objects.filter(bruker=bruker, fra__lte=til, til__gte=fra)
        .exclude(pk=unntatt.pk if unntatt else 0)
        .order_by("fra", "pk")
        .first()
    )
    if annet is not None:
        raise UgyldigInndata(
            {"fra": f"Det er alt registrert fravær {annet.fra:%d.%m.%Y}–{annet.til:%d.%m.%Y}. Endre det i stedet."}
        )
