"""What is written in between, in any kind of case: questions, more time, meetings, clarifications."""

from __future__ import annotations

from functools import cache

from .temaer import Brev, les_brev

# The columns of temaer.TABELL. {emne} is the title of the case.
TABELL = """
I | hoved | spoersmaal | 5 | 100 | Spørsmål om framdrift i saken – {emne} | vent epost
U | hoved | framdrift | 4 | 92 | Svar på spørsmål om framdrift – {emne} | svar

I | hoved | fristoenske | 4 | 100 | Anmodning om utsatt frist – {emne} | vent
U | hoved | fristsvar | 2 | 90 | Svar på anmodning om utsatt frist – {emne} | svar

U | hoved | innkalling | 5 | 100 | Innkalling til møte – {emne} |
I | hoved | moetesvar | 2 | 70 | Svar på møteinnkalling – {emne} | epost
X | kollega | referat | 6 | 85 | Referat fra møte – {emne} |

N | kollega | notat | 4 | 100 | Ber om faglig innspill – {emne} | vent
X | kollega | svarnotat | 5 | 80 | Faglig avklaring – {emne} |

I | hoved | supplement | 4 | 100 | Tilleggsopplysninger – {emne} | foto
U | hoved | kvittering | 2 | 75 | Bekreftelse på mottatte opplysninger – {emne} |

X | selv | telefon | 3 | 100 | Referat fra telefonsamtale – {emne} |

U | hoved | ventetid | 6 | 100 | Orientering om lengre saksbehandlingstid – {emne} |
I | hoved | purring | 8 | 55 | Purring på svar – {emne} | vent epost
U | hoved | framdrift | 3 | 95 | Svar på purring – {emne} | svar

I | person | innspill | 5 | 100 | Innspill fra berørt nabo – {emne} | vent
U | avsender | innspillsvar | 4 | 85 | Svar på innspill – {emne} | svar

I | lag | innspill | 5 | 100 | Innspill fra forening – {emne} | vent epost
U | avsender | innspillsvar | 4 | 85 | Svar på innspill fra forening – {emne} | svar

I | etat | uttalelse | 6 | 100 | Uttalelse fra statlig myndighet – {emne} |
X | kollega | svarnotat | 4 | 60 | Vurdering av uttalelse – {emne} |
"""


@cache
def ordvekslinger() -> tuple[tuple[Brev, ...], ...]:
    """Return every exchange, each with its letters in order."""
    return tuple(tuple(map(les_brev, blokk.splitlines())) for blokk in TABELL.strip().split("\n\n"))
