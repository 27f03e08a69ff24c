"""Gradings proposed, decided and blocked; and what parties are given."""

from .filkontroll import godta_funn, kontroller_filer, kontroller_innhold, sett_filkontroll_ajour
from .forhaandsvisning import Forhaandsvisning, forhaandsvis
from .gruppe import snevre_inn
from .opphoert import foelg_opphoer, merk_inntruffet
from .partsinnsyn import Unntak, avgjoer_unntak, lag_partsinnsyn, lever_partsinnsyn, noter_pakkelesing, pakk_paa_nytt
from .skjerming import avgjoer_skjerming, foreslaa_skjerming, registrer_i_arkivet, sett_skjerming, sperr_midlertidig
from .sladding import (
    avvis_sladding,
    endre_sladding,
    fjern_merker,
    godkjenn_sladding,
    merk_moenster,
    merk_omraader,
    merk_ord,
    send_sladding,
    start_sladding,
    trekk_sladding,
)

__all__ = [
    "Forhaandsvisning",
    "Unntak",
    "avgjoer_skjerming",
    "avgjoer_unntak",
    "avvis_sladding",
    "endre_sladding",
    "fjern_merker",
    "foreslaa_skjerming",
    "forhaandsvis",
    "godkjenn_sladding",
    "lag_partsinnsyn",
    "lever_partsinnsyn",
    "merk_moenster",
    "merk_omraader",
    "merk_ord",
    "noter_pakkelesing",
    "pakk_paa_nytt",
    "registrer_i_arkivet",
    "send_sladding",
    "foelg_opphoer",
    "godta_funn",
    "merk_inntruffet",
    "kontroller_filer",
    "kontroller_innhold",
    "registrer_i_arkivet",
    "sett_filkontroll_ajour",
    "sett_skjerming",
    "snevre_inn",
    "sperr_midlertidig",
    "start_sladding",
    "trekk_sladding",
]
