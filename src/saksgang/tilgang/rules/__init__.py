"""Roles, relations, keys: tables and pure functions."""

from .handlinger import ROLLER, Handling, Regel
from .innsyn import (
    Enhetstre,
    Klasse,
    Noekkelslag,
    Stedfortrederrett,
    ark_noekkel,
    forelagt_noekkel,
    kombinasjon_noekkel,
    noekkelslag,
    person_noekkel,
    sak_noekkel,
)
from .roller import INTERNE_ROLLER, Funksjon, Kilde, Relasjon, Rolle

__all__ = [
    "INTERNE_ROLLER",
    "ROLLER",
    "Enhetstre",
    "Funksjon",
    "Handling",
    "Kilde",
    "Klasse",
    "Noekkelslag",
    "Regel",
    "Relasjon",
    "Rolle",
    "Stedfortrederrett",
    "ark_noekkel",
    "forelagt_noekkel",
    "kombinasjon_noekkel",
    "noekkelslag",
    "person_noekkel",
    "sak_noekkel",
]
