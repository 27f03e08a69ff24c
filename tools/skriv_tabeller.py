#!/usr/bin/env python3
"""Writes the tables of docs/arkitektur.md anew from the code; needs no database."""

import os
import sys
from importlib import import_module
from pathlib import Path

import django

ROT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    sys.path[:0] = [str(ROT), str(ROT / "src")]
    os.environ.setdefault("DATABASE_URL", "postgresql://ingen@localhost/ingen")
    os.environ["DJANGO_SETTINGS_MODULE"] = "saksgang.config.settings"
    os.environ["SAKSGANG_UTVIKLING"] = "ja"
    django.setup()
    import_module("tests.dokumenttabeller").skriv()
