"""python -m bench [--antall N] [--runder N] [--bare-maal]: fill the database in DATABASE_URL, then measure."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import secrets
import sys
import tempfile
from pathlib import Path


def main() -> int:
    """Fill an empty database and measure; a filled one is only measured."""
    velger = argparse.ArgumentParser(prog="python3 run.py bench")
    velger.add_argument("--antall", type=int, default=100_000, help="journalposter (100 000; 1 000 000 er mulig)")
    velger.add_argument("--runder", type=int, default=30, help="hvor mange ganger hver side hentes")
    velger.add_argument("--planer", action="store_true", help="skriv også den dyreste spørringen på hver side")
    valg = velger.parse_args()
    sted = Path(tempfile.gettempdir()) / "saksgang-benk"
    os.environ.setdefault("SAKSGANG_HEMMELIG_NOEKKEL", secrets.token_urlsafe(50))
    os.environ.setdefault("SAKSGANG_LAGER", str(sted / "lager"))
    os.environ.setdefault("SAKSGANG_STATISK", str(sted / "statisk"))
    os.environ.setdefault("SAKSGANG_LOGGNIVAA", "WARNING")
    os.environ.pop("SAKSGANG_UTVIKLING", None)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "SAKSGANG_HTTPS": "nei",
        "SAKSGANG_VERTER": "127.0.0.1,testserver",
    }

    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bench import generator, maaling  # noqa: PLC0415
    from saksgang.organisasjon.models import Bruker  # noqa: PLC0415
    from saksgang.sakarkiv.models import Journalpost  # noqa: PLC0415

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not Bruker.objects.exists():
        generator.fyll(valg.antall, dt.date.today())
    connection.close()
    hvem = maaling.velg()
    with maaling.server() as (port, pid):
        sider = maaling.lag_sider(port, hvem)
        maaling.maal(port, sider, valg.runder)
        minne = maaling.minne(pid)
    maaling.forklar(sider)
    with connection.cursor() as markoer:
        markoer.execute("SHOW server_version")
        versjon = markoer.fetchone()[0].split()[0]
    antall = f"{Journalpost.objects.count():,}".replace(",", " ")
    print(f"\n{antall} journalposter, {dt.date.today():%d.%m.%Y}, Python {platform.python_version()}, ", end="")
    print(f"PostgreSQL {versjon}, {os.cpu_count()} kjerner; arbeider {minne} MB\n")
    print("\n".join(maaling.tabell(sider)))
    if valg.planer:
        for side in sider:
            print(f"\n{side.navn}: {side.verst[0]} sider\n{side.verst[1]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
