"""What a value of a code list may be called in a Noark 5 extraction."""

NOARKVERDIER: dict[str, tuple[str, ...]] = {
    "avskrivning": (
        "Tatt til etterretning",
        "Tatt til orientering",
        "Besvart på telefon",
        "Besvart med brev",
        "Besvart med e-post",
        "Besvart med notat",
    ),
    "merknad": ("", "Merknad fra saksbehandler", "Merknad fra leder", "Merknad fra arkivansvarlig"),
    "opphav": ("",),
    "ekspedering": ("",),
}
"""By list: M619 avskrivningsmåte must be one of these, M084 merknadstype may be empty; the others are not extracted."""

FASTE_KODER = frozenset({("merknad", "SB"), ("merknad", "AN")})
"""Chosen by hand, and written by other acts too: they may be renamed, not ended."""
