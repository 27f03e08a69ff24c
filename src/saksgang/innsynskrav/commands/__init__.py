"""Acts on a request for access, from its receipt to the outcome of an appeal."""

from .klage import (
    IKKE_JOURNALFOERT,
    avgjoer_klage,
    be_om_begrunnelse,
    gi_begrunnelse,
    journalfoer_krav,
    klag,
    oversend_klage,
)
from .krav import avslutt_uten_svar, krev_innsyn, legg_til_poster, registrer_krav, ta_ut_linje
from .svar import noter_henting, svar_paa_krav
from .vurdering import registrer_samtykkesvar, spoer_om_samtykke, vurder

__all__ = [
    "IKKE_JOURNALFOERT",
    "avgjoer_klage",
    "avslutt_uten_svar",
    "be_om_begrunnelse",
    "gi_begrunnelse",
    "journalfoer_krav",
    "klag",
    "krev_innsyn",
    "legg_til_poster",
    "noter_henting",
    "oversend_klage",
    "registrer_krav",
    "registrer_samtykkesvar",
    "spoer_om_samtykke",
    "svar_paa_krav",
    "ta_ut_linje",
    "vurder",
]
