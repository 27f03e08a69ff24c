"""Keeping the templates: those that the product comes with, and the municipality's own."""

from __future__ import annotations

from saksgang.kjerne import klokke
from saksgang.lager.commands import lagre_fil
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.docx import prosess
from saksgang.produksjon.models import Tekstmal, Tekstmalversjon
from saksgang.produksjon.queries.fakta import felterskjema
from saksgang.produksjon.rules import STANDARDMALER, Maltilstand, Spraak, Standardmal
from saksgang.tilgang.commands import krev, loggobjekt
from saksgang.tilgang.rules import Handling


@kommando
def legg_inn_standardmaler(*, av: Bruker) -> list[Tekstmal]:
    """Add those of the product's own templates that the municipality lacks, and take them into use."""
    krev(av, Handling.ADMINISTRERE_MAL)
    finnes = set(Tekstmal.objects.values_list("kode", "spraak"))
    nye = [(mal, spraak) for mal in STANDARDMALER for spraak in Spraak if (mal.kode, spraak.value) not in finnes]
    if not nye:
        return []
    filer = prosess.standardmaler([(mal.kode, spraak.value) for mal, spraak in nye])
    funn = prosess.undersoek(filer, felterskjema())
    return [
        _legg_inn(mal, spraak, fil, malfunn.felter, av=av)
        for (mal, spraak), fil, malfunn in zip(nye, filer, funn, strict=True)
    ]


def _legg_inn(standard: Standardmal, spraak: Spraak, fil: bytes, felter: list[str], *, av: Bruker) -> Tekstmal:
    mal = Tekstmal.objects.create(
        kode=standard.kode,
        navn=standard.navn if spraak == Spraak.BOKMAAL else standard.navn_nn,
        typer=list(standard.typer),
        behandlingsform=standard.behandlingsform,
        spraak=spraak,
        foreloepig=standard.foreloepig,
        enkeltvedtak=standard.enkeltvedtak,
        rekkefoelge=standard.rekkefoelge,
    )
    filnavn = f"{standard.kode}-{spraak.value}.docx"
    naa = klokke.naa()
    Tekstmalversjon.objects.create(
        mal=mal,
        nummer=1,
        fil=lagre_fil(fil, filnavn=filnavn),
        filnavn=filnavn,
        flettefelter=felter,
        tilstand=Maltilstand.I_BRUK,
        opprettet_av=av,
        opprettet_dato=naa,
        tatt_i_bruk_av=av,
        tatt_i_bruk_tid=naa,
    )
    logg(loggobjekt(mal), Handling.ADMINISTRERE_MAL, av=av, detaljer={"mal": str(mal), "versjon": 1})
    return mal
