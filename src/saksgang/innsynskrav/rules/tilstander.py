"""Where a request stands, and the choices of its assessment."""

from __future__ import annotations

import datetime as dt

from django.db import models


class Kanal(models.TextChoices):
    """How it came: § 28 asks for no form."""

    NETT = "nett", "Nettsiden"
    EPOST = "epost", "E-post"
    MUNTLIG = "muntlig", "Muntlig"
    BREV = "brev", "Brev"


class Kravtilstand(models.TextChoices):
    """What a request waits for. The first four are the municipality's to act on."""

    MOTTATT = "mottatt", "Til behandling"
    SAMTYKKE = "samtykke", "Venter på samtykke"
    BEGRUNNELSE = "begrunnelse", "Nærmere begrunnelse er bedt om"
    KLAGE = "klage", "Klage til behandling"
    OVERSENDT = "oversendt", "Klage hos Statsforvalteren"
    BESVART = "besvart", "Besvart"
    TRUKKET = "trukket", "Avsluttet uten svar"


TIL_BEHANDLING = (Kravtilstand.MOTTATT, Kravtilstand.SAMTYKKE, Kravtilstand.BEGRUNNELSE, Kravtilstand.KLAGE)
UBESVART = (Kravtilstand.MOTTATT, Kravtilstand.SAMTYKKE)


class Utfall(models.TextChoices):
    """The three outcomes of krav R-7.1.1.f."""

    HELT = "helt", "Helt innsyn"
    DELVIS = "delvis", "Delvis innsyn"
    AVSLAG = "avslag", "Avslag"


GITT = (Utfall.HELT, Utfall.DELVIS)


class Rest(models.TextChoices):
    """Why the rest of a document is not given either (offl. § 12)."""

    MISVISENDE = "a", "Offl. § 12 bokstav a: resten gir et klart misvisende bilde"
    ARBEIDSKREVENDE = "b", "Offl. § 12 bokstav b: urimelig arbeidskrevende å skille ut"
    VESENTLIGST = "c", "Offl. § 12 bokstav c: det unntatte er den vesentligste delen"


class Bortfall(models.TextChoices):
    """What lets information under taushetsplikt be given after all."""

    SAMTYKKE = "samtykke", "Den det gjelder, har samtykket (offl. § 13 tredje ledd)"
    EGNE = "egne", "Opplysningene gjelder den som krever innsyn"
    OPPHOERT = "opphoert", "Taushetsplikten er falt bort"


class Samtykkesvar(models.TextChoices):
    """Silence counts as no (offl. § 13 third ledd)."""

    JA = "ja", "Samtykker"
    NEI = "nei", "Samtykker ikke"
    TAUS = "taus", "Svarte ikke innen fristen (regnes som nei)"


class Journalgrunn(models.TextChoices):
    """Why a request is in the journal after all (arkivforskrifta § 14 third ledd)."""

    BEGRUNNELSE = "begrunnelse", "Det er bedt om nærmere begrunnelse"
    KLAGE = "klage", "Svaret er påklaget"
    BETALING = "betaling", "Det er spørsmål om betaling"
    MAATE = "maate", "Det er spørsmål om hvordan innsynet gis"
    ANNET = "annet", "Annet"


class Klageutfall(models.TextChoices):
    MEDHOLD_HER = "omgjort", "Kommunen gjorde om avslaget"
    STADFESTET = "stadfestet", "Statsforvalteren stadfestet avslaget"
    MEDHOLD = "medhold", "Statsforvalteren ga medhold"
    AVVIST = "avvist", "Klagen ble avvist"
    TRUKKET = "trukket", "Klagen ble trukket"


class Meldingsslag(models.TextChoices):
    KVITTERING = "kvittering", "Kvittering"
    SVAR = "svar", "Svar"
    BEGRUNNELSE = "begrunnelse", "Nærmere begrunnelse"
    KLAGE = "klage", "Om klagen"


class Meldingstilstand(models.TextChoices):
    I_KOE = "koe", "I kø"
    SENDER = "sender", "Sendes"
    SENDT = "sendt", "Sendt"
    FEILET = "feilet", "Feilet"


LENGSTE_TEKST = 4000
FLEST_POSTER = 50
"""Entries in one request; § 28 asks for a certain case or a reasonable extent."""
VEDLEGG_I_EPOST = 10 * 1024 * 1024
"""What is larger is fetched from the requester's page."""
NOEKKEL_GJELDER = dt.timedelta(days=120)
"""How long the requester's page stands after the last answer: past every deadline for reasons and appeal."""
