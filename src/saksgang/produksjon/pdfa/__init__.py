"""Making PDF/A out of other people's files. Knows neither Django nor the database: most of it runs in a child."""

SKADET = (
    "Fila kan ikke åpnes. Den er skadet, eller den er ikke det den gir seg ut for. Last opp en hel fil som ny versjon."
)


class KanIkke(Exception):
    """A file that cannot be made PDF/A, whoever tries; the message says why, in words for people."""
