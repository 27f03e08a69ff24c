"""The product's own settings, with the floor page beside its addresses."""

from saksgang.config.settings import *  # noqa: F403 - everything as in a real installation

ROOT_URLCONF = "bench.urls"
