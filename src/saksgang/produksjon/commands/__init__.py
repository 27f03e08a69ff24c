"""The acts of production."""

from .arkivkopi import (
    behold_original,
    bestill_arkivkopi,
    bestill_forhaandsvisning,
    bestill_manglende,
    bestill_pdf,
    proev_alle_igjen,
    proev_igjen,
    utfoer_konverteringer,
    vekk_konverteringer,
)
from .ekspedering import (
    ekspeder,
    ferdigstill_og_ekspeder,
    proev_epost_igjen,
    send_paa_papir,
    signer,
    velg_ekspedering,
)
from .ferdigstilling import ferdigstill, gjenaapne
from .fra_mal import opprett_fra_mal
from .godkjenning import besvar_og_ferdigstill
from .maler import (
    endre_mal,
    forhaandsvis_mal,
    last_opp_malversjon,
    legg_inn_standardmaler,
    opprett_mal,
    ta_i_bruk,
)
from .mottakerbrev import flett_igjen, flett_ventende, vekk_mottakerbrev
from .skanning import avbryt_skanning, bestill_skanning, sett_paa_papir, utfoer_skanning
from .skriving import begynn_svar, bytt_mal, gi_tittel, skriv_ren_tekst
from .tekst import flett_paa_nytt, lag_dokument, lag_versjon, rens_brodtekst, skriv_tekst, trenger_versjon
from .utsjekking import angre_utsjekking, bryt_utsjekking, sjekk_inn, sjekk_ut

__all__ = [
    "angre_utsjekking",
    "skriv_ren_tekst",
    "gi_tittel",
    "bytt_mal",
    "begynn_svar",
    "avbryt_skanning",
    "behold_original",
    "bestill_pdf",
    "bestill_skanning",
    "besvar_og_ferdigstill",
    "bestill_arkivkopi",
    "bestill_forhaandsvisning",
    "bestill_manglende",
    "bryt_utsjekking",
    "ekspeder",
    "endre_mal",
    "ferdigstill",
    "ferdigstill_og_ekspeder",
    "flett_igjen",
    "flett_paa_nytt",
    "flett_ventende",
    "forhaandsvis_mal",
    "gjenaapne",
    "lag_dokument",
    "lag_versjon",
    "last_opp_malversjon",
    "legg_inn_standardmaler",
    "proev_epost_igjen",
    "proev_alle_igjen",
    "proev_igjen",
    "opprett_fra_mal",
    "opprett_mal",
    "rens_brodtekst",
    "send_paa_papir",
    "sett_paa_papir",
    "signer",
    "sjekk_inn",
    "sjekk_ut",
    "skriv_tekst",
    "ta_i_bruk",
    "trenger_versjon",
    "utfoer_skanning",
    "utfoer_konverteringer",
    "vekk_konverteringer",
    "vekk_mottakerbrev",
    "velg_ekspedering",
]
