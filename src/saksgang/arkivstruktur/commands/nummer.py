"""Numbers without gaps: taken under a row lock, in the transaction of what they number (krav C.9).

Lock order: an act that needs both takes the case number before the journal number, and both as late as it can,
for every other act that needs a number of that series waits until this one is done.
"""

from __future__ import annotations

from django.db import connection, transaction

from saksgang.arkivstruktur.models import Nummerserie
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.commands import krev, loggobjekt
from saksgang.tilgang.rules import Handling

TA = "UPDATE arkivstruktur_nummerserie SET neste = neste + 1 WHERE serie = %s AND aar = %s RETURNING neste - 1"
BEGYNN = (
    "INSERT INTO arkivstruktur_nummerserie (serie, aar, foerste, neste) VALUES (%s, %s, 1, 1) "
    "ON CONFLICT (serie, aar) DO NOTHING"
)


def neste_nummer(serie: str, aar: int) -> int:
    """Take the next number of a series; if the act is undone, the number is free again.

    Only inside a transaction: a number taken alone would be a gap if what it was for never came to be.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("neste_nummer needs the transaction of what it numbers")
    with connection.cursor() as cursor:
        cursor.execute(TA, [serie, aar])
        rad = cursor.fetchone()
        if rad is None:
            cursor.execute(BEGYNN, [serie, aar])
            cursor.execute(TA, [serie, aar])
            rad = cursor.fetchone()
    return int(rad[0])


@kommando
def start_nummerserie(serie: str, aar: int, foerste: int, *, av: Bruker) -> Nummerserie:
    """Let a series begin at foerste, as when a municipality moves in during the year. For ADM.

    Refused once a number has been taken.
    """
    krev(av, Handling.ADMINISTRERE)
    feil = {}
    serie = serie.strip()
    if not serie or len(serie) > 40:
        feil["serie"] = "Serien må ha et navn på høyst 40 tegn."
    if not 1900 <= aar <= 2200:
        feil["aar"] = "Skriv årstallet med fire siffer."
    if not 1 <= foerste <= 9_999_999:
        feil["foerste"] = "Det første nummeret skal være fra 1 til 9 999 999."
    if feil:
        raise UgyldigInndata(feil)
    Nummerserie.objects.get_or_create(serie=serie, aar=aar)
    rad = Nummerserie.objects.select_for_update().get(serie=serie, aar=aar)
    if rad.i_bruk:
        raise Avvist(f"Serien {serie} {aar} er i bruk; neste nummer er {rad.neste}. Den kan ikke flyttes.")
    endringer = {"foerste": (rad.foerste, foerste)}
    rad.foerste = rad.neste = foerste
    rad.save(update_fields=["foerste", "neste"])
    logg(
        loggobjekt(rad),
        Handling.ADMINISTRERE,
        av=av,
        endringer=endringer,
        detaljer={"serie": serie, "aar": aar, "foerste": foerste},
    )
    return rad
