"""The roles of the routine (krav R-4.10), the leader's functions (R-3.1.1), and relations to an object."""

from __future__ import annotations

from django.db import models


class Rolle(models.TextChoices):
    SB = "SB", "Saksbehandler"
    LED = "LED", "Leder"
    SF = "SF", "Stedfortreder"
    ARK = "ARK", "Arkivtjenesten"
    MS = "MS", "Møtesekretær"
    RAAD = "RAAD", "Rådmann"
    ORD = "ORD", "Ordfører"
    ADM = "ADM", "Administrator"
    IK = "IK", "Internkontroll"
    POL = "POL", "Politiker"


INTERNE_ROLLER = frozenset({Rolle.SB, Rolle.LED, Rolle.SF, Rolle.ARK, Rolle.MS, Rolle.RAAD, Rolle.ADM, Rolle.IK})
"""Roles that make a person ansatt (krav C.0); the chair and the politicians are not, as such."""


class Funksjon(models.TextChoices):
    """What a leader does; each may be granted alone by fullmakt, except LEDE."""

    LEDE = "lede", "Lede enheten"
    FORDELE = "fordele", "Fordele"
    GRADERE = "gradere", "Gradere"
    GODKJENNE = "godkjenne", "Godkjenne"
    RESTANSE = "restanse", "Følge opp restanser"
    SKRIVE_PAA_VEGNE = "skrive_paa_vegne", "Skrive på vegne av andre"


class Kilde(models.TextChoices):
    STILLING = "stilling", "Stilling"
    NESTLEDER = "nestleder", "Nestleder"
    FULLMAKT = "fullmakt", "Fullmakt"


class Relasjon(models.TextChoices):
    """How a person stands to one case or journalpost."""

    ANSATT = "ansatt", "Ansatt"
    SAKSANSVARLIG = "saksansvarlig", "Saksansvarlig"
    SAKSBEHANDLER = "saksbehandler", "Saksbehandler"
    SAKSBEHANDLER_I_SAK = "saksbehandler_i_sak", "Saksbehandler i saken"
    REGISTRERT_AV = "registrert_av", "Registrert av"
    MOTTAKER = "mottaker", "Mottaker"
    GODKJENNER = "godkjenner", "Godkjenner, eller stedfortrederen, mens dokumentet er til godkjenning"
    ARKIV_AV_GODKJENT = "arkiv_av_godkjent", "Arkivtjenesten når dokumentet er godkjent"
    SKRIVERETT = "skriverett", "Rett til å skrive i saken"
    SELV = "selv", "Den det gjelder"
    EIER = "eier", "Eier av gruppen"
