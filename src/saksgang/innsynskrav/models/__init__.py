"""Requests for access, their assessment and what came of them."""

from .krav import Innsynskrav, Kravlinje, Samtykkespoersmaal
from .svar import Begrunnelsesoenske, Innsynsklage, Innsynssvar, Innsynsvurdering, Kravmelding, Utlevering

__all__ = [
    "Begrunnelsesoenske",
    "Innsynsklage",
    "Innsynskrav",
    "Innsynssvar",
    "Innsynsvurdering",
    "Kravlinje",
    "Kravmelding",
    "Samtykkespoersmaal",
    "Utlevering",
]
