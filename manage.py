#!/usr/bin/env python
"""Django's command line. Without DATABASE_URL it uses the embedded server that run.py has started."""

import os
import sys
from pathlib import Path

ROT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROT / "src"))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saksgang.config.settings")
    if "DATABASE_URL" not in os.environ and "DATABASE_URL_FILE" not in os.environ:
        from saksgang.config.postgres import Tjener

        if url := Tjener(ROT / ".saksgang" / "demo").url_hvis_oppe():
            os.environ["DATABASE_URL"] = url
            os.environ.setdefault("SAKSGANG_UTVIKLING", "ja")

    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
