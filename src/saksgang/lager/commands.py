"""Taking files in, and clearing away what no act ever came to refer to."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import connection, transaction

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.kjerne.tekst import rens_filnavn

from . import rules, viruskontroll
from .gjenkjenning import Gjenkjent, gjenkjenn
from .models import Fil
from .opplasting import OpplastetFil
from .store import ForStor, Kilde, MidlertidigFil, lager

LAAS = 0x5347_4C41  # the first half of our advisory locks; the second is taken from the checksum


def lagre_fil(fil: Kilde | MidlertidigFil | OpplastetFil, *, filnavn: str) -> Fil:
    """Keep a file exactly as it came and return its row; the same content is kept once.

    Refused when it is empty, larger than the installation allows, a program, a script or a document with macros, when
    its content is not what its name says, and when the virus scanner stops it or does not answer.
    """
    navn = rens_filnavn(filnavn)
    if rules.endelse(navn) in rules.FORBUDTE_ENDELSER:
        raise Avvist(_farlig(navn, f"en .{rules.endelse(navn)}-fil"), felt="fil")
    maks = settings.SAKSGANG_MAKS_FILSTOERRELSE
    if isinstance(fil, OpplastetFil):
        if fil.midlertidig is None:
            raise ForStor(maks)
        midlertidig = fil.midlertidig
    else:
        midlertidig = fil if isinstance(fil, MidlertidigFil) else lager().ta_imot(fil, maks)
    with midlertidig:
        if midlertidig.stoerrelse == 0:
            raise Avvist(f"Filen «{navn}» er tom. Velg en fil med innhold.", felt="fil")
        if midlertidig.stoerrelse > maks:
            raise ForStor(maks)
        return _registrer(midlertidig, _undersoek(midlertidig, navn))


def _undersoek(midlertidig: MidlertidigFil, navn: str) -> Gjenkjent:
    with midlertidig.aapne() as innhold:
        funnet = gjenkjenn(innhold, navn)
        if funnet.farlig:
            raise Avvist(_farlig(navn, funnet.farlig), felt="fil")
        if rules.navn_motsier_innhold(navn, funnet.puid, funnet.mimetype):
            hva = rules.formatnavn(funnet.puid) if funnet.puid != rules.UKJENT else "noe annet"
            raise Avvist(
                f"Filen heter «{navn}», men innholdet er {hva}. Gi filen riktig endelse, eller velg en annen fil.",
                felt="fil",
            )
        if settings.SAKSGANG_CLAMAV:
            viruskontroll.kontroller(innhold, settings.SAKSGANG_CLAMAV)
    return funnet


def _farlig(navn: str, hva: str) -> str:
    return f"Filen «{navn}» er {hva} og tas ikke imot. Lagre innholdet som PDF eller i et vanlig dokumentformat."


@transaction.atomic
def _registrer(midlertidig: MidlertidigFil, funnet: Gjenkjent) -> Fil:
    with connection.cursor() as markoer:
        # Held until the act commits or rolls back, so that rydd_foreldreloese never judges a file in between.
        markoer.execute("SELECT pg_advisory_xact_lock_shared(%s, %s)", [LAAS, _laas(midlertidig.sha256)])
    lager().behold(midlertidig)
    fil, _ny = Fil.objects.get_or_create(
        sha256=midlertidig.sha256,
        defaults={
            "stoerrelse": midlertidig.stoerrelse,
            "format": funnet.puid,
            "mimetype": funnet.mimetype,
            "opprettet_dato": klokke.naa(),
        },
    )
    return fil


def rydd_foreldreloese(eldre_enn: dt.datetime) -> int:
    """Remove files that an aborted act or a dead process left before the moment given; return how many.

    A kept file goes only when it is proven an orphan: no act that could refer to it is under way (its lock is free),
    no row has its checksum, and it has not been put here anew.
    """
    grense = eldre_enn.timestamp()
    fjernet = lager().rydd_kladd(grense)
    for sha256 in lager().alle():
        roert = lager().sist_roert(sha256)
        if roert is not None and roert < grense and not Fil.objects.filter(sha256=sha256).exists():
            fjernet += _fjern_om_foreldreloes(sha256, grense)
    return fjernet


@transaction.atomic
def _fjern_om_foreldreloes(sha256: str, grense: float) -> int:
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LAAS, _laas(sha256)])
        (fikk_laasen,) = markoer.fetchone()
    if not fikk_laasen or Fil.objects.filter(sha256=sha256).exists():
        return 0
    roert = lager().sist_roert(sha256)
    if roert is None or roert >= grense:
        return 0
    lager().fjern(sha256)
    return 1


def _laas(sha256: str) -> int:
    return int(sha256[:8], 16) - 2**31
