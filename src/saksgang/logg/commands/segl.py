"""Sealing: events are gathered into a hash chain afterwards, so that acts never wait for each other."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from saksgang.kjerne import klokke
from saksgang.logg import rules
from saksgang.logg.models import Hendelse, Segl, SegletHendelse

LAAS = 0x5347_4C4F
I_ETT_SEGL = 1000
# How far behind the last sealed number a late commit is looked for; the first run of a day looks at the whole log.
TILBAKE = 100_000

# What is seen here is committed. A late commit may still bring a lower number: it goes into the next seal, for each
# takes whatever is unsealed. So no act waits for another, and none is skipped.
USEGLET = """
SELECT h.nummer
FROM logg_hendelse h
WHERE h.nummer > %s
  AND NOT EXISTS (SELECT 1 FROM logg_seglethendelse s WHERE s.hendelse_id = h.nummer)
ORDER BY h.nummer
LIMIT %s
"""


def forsegl_logg() -> int:
    """Seal every event whose act is over; return how many. One seal takes at most a thousand.

    Called from the worker and outside a transaction: what the caller itself has not committed is not sealed.
    """
    siste = Segl.objects.order_by("-nummer").first()
    fra = 0
    if siste is not None and siste.tidspunkt.date() == klokke.naa().date():
        fra = (SegletHendelse.objects.aggregate(siste=Max("hendelse_id"))["siste"] or 0) - TILBAKE
    antall = 0
    while nye := _forsegl_bunke(fra):
        antall += nye
    return antall


@transaction.atomic
def _forsegl_bunke(fra: int) -> int:
    with connection.cursor() as markoer:
        markoer.execute("SELECT pg_advisory_xact_lock(%s)", [LAAS])
        markoer.execute(USEGLET, [fra, I_ETT_SEGL])
        numre = [nummer for (nummer,) in markoer.fetchall()]
    if not numre:
        return 0
    rader = Hendelse.objects.filter(nummer__in=numre).order_by("nummer").values(*rules.FELTER[rules.VERSJON])
    hasher = {rad["nummer"]: rules.hendelse_hash(rad) for rad in rader}
    siste = Segl.objects.order_by("-nummer").first()
    forrige = siste.hash if siste else rules.FOERSTE
    tidspunkt = klokke.naa()
    segl = Segl.objects.create(
        versjon=rules.VERSJON,
        tidspunkt=tidspunkt,
        antall=len(hasher),
        forrige=forrige,
        hash=rules.segl_hash(forrige, tidspunkt, hasher.values()),
    )
    SegletHendelse.objects.bulk_create(
        SegletHendelse(hendelse_id=nummer, segl=segl, hash=hash_) for nummer, hash_ in hasher.items()
    )
    return len(hasher)
