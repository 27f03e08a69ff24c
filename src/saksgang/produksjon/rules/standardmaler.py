"""The templates that the product comes with; their files are built by `docx.standard`."""

from __future__ import annotations

from dataclasses import dataclass

POLITISK, DELEGERT = "P", "D"
BEHANDLINGSFORMER = {POLITISK: "Politisk behandling", DELEGERT: "Delegert sak"}
MALTYPER = ("U", "N", "X", "S")
"""The types that are written here; what comes in needs no template."""


@dataclass(frozen=True)
class Standardmal:
    """A template of the product: what it is for, and its name in bokmål and nynorsk."""

    kode: str
    navn: str
    navn_nn: str
    typer: str
    rekkefoelge: int
    behandlingsform: str = ""
    foreloepig: bool = False
    enkeltvedtak: bool = False


STANDARDMALER = (
    Standardmal("brev", "Brev", "Brev", "U", 1),
    Standardmal("foreloepig-svar", "Foreløpig svar", "Førebels svar", "U", 2, foreloepig=True),
    Standardmal("avslag-innsyn", "Avslag på innsyn", "Avslag på innsyn", "U", 3, enkeltvedtak=True),
    Standardmal("partsbrev", "Partsbrev", "Partsbrev", "U", 4, enkeltvedtak=True),
    Standardmal("notat-n", "Notat med oppfølging", "Notat med oppfølging", "N", 1),
    Standardmal("notat-x", "Notat uten oppfølging", "Notat utan oppfølging", "X", 1),
    Standardmal("saksframlegg-politisk", "Saksframlegg, politisk", "Saksframlegg, politisk", "S", 1, POLITISK),
    Standardmal("saksframlegg-delegert", "Saksframlegg, delegert", "Saksframlegg, delegert", "S", 2, DELEGERT),
)
