"""The pure rules of who reads what (krav C.0), without a database."""

import pytest

from saksgang.tilgang.rules import Enhetstre, Klasse, Stedfortrederrett
from saksgang.tilgang.rules.innsyn import Autorisasjonsrett, Enhetsnode, Kombinasjon, kan_lese

RAAD, TEK, VAR, VANN, SKOLER, SKOLE1, SKOLE2 = range(1, 8)
P, E, XX = 10, 11, 12


@pytest.fixture
def tre():
    """RÅD over TEK (fagområde) over VAR over VANN, and over SKOLER (no fagområde) over two schools."""
    return Enhetstre(
        [
            Enhetsnode(RAAD, None, False, True),
            Enhetsnode(TEK, RAAD, True, True),
            Enhetsnode(VAR, TEK, False, True),
            Enhetsnode(VANN, VAR, False, True),
            Enhetsnode(SKOLER, RAAD, False, True),
            Enhetsnode(SKOLE1, SKOLER, False, True),
            Enhetsnode(SKOLE2, SKOLER, False, True),
        ]
    )


def lese(tre, klasse=Klasse.KODET, kode=P, gruppe=None, enhet=VAR, ledet=(), stedfortreder=(), aut=(), grupper=()):
    return kan_lese(
        Kombinasjon(1, klasse, kode, gruppe, enhet),
        tre=tre,
        ledet=frozenset(ledet),
        stedfortreder=stedfortreder,
        autorisasjoner=[Autorisasjonsrett(*a) for a in aut],
        grupper=frozenset(grupper),
    )


def test_lederkjede_ends_at_the_nearest_fagomraade(tre):
    assert tre.lederkjede(VANN) == {VANN, VAR, TEK}


def test_lederkjede_of_a_fagomraade_is_itself(tre):
    assert tre.lederkjede(TEK) == {TEK}


def test_lederkjede_without_fagomraade_above_is_the_unit_alone(tre):
    assert tre.lederkjede(SKOLE1) == {SKOLE1}


def test_lederkjede_stops_below_a_unit_that_does_not_include_its_subunits():
    tre = Enhetstre([Enhetsnode(TEK, None, True, False), Enhetsnode(VAR, TEK, False, True)])
    assert tre.lederkjede(VAR) == {VAR}


@pytest.mark.krav("R-3.1.8", "A-32")
def test_ledet_includes_all_below(tre):
    assert tre.ledet(TEK) == {TEK, VAR, VANN}


@pytest.mark.krav("A-32")
def test_ledet_stops_where_the_setting_is_off():
    tre = Enhetstre(
        [Enhetsnode(TEK, None, True, True), Enhetsnode(VAR, TEK, False, False), Enhetsnode(VANN, VAR, False, True)]
    )
    assert tre.ledet(TEK) == {TEK, VAR}


def test_sti_goes_from_the_root_and_survives_a_ring(tre):
    assert tre.sti(VANN) == [RAAD, TEK, VAR, VANN]
    ring = Enhetstre([Enhetsnode(1, 2, False, True), Enhetsnode(2, 1, False, True)])
    assert ring.sti(1) == [2, 1]


def test_kan_lese_open_row_for_everybody(tre):
    assert lese(tre, klasse=Klasse.AAPEN, kode=None, enhet=None)


@pytest.mark.parametrize(("leder_av", "leser"), [(VAR, True), (TEK, True), (RAAD, False), (VANN, False)])
def test_kan_lese_as_leader_up_to_the_fagomraade_and_not_from_the_root(tre, leder_av, leser):
    assert lese(tre, ledet=[leder_av]) is leser


@pytest.mark.krav("A-53")
def test_kan_lese_as_deputy_only_the_ticked_codes(tre):
    rett = [Stedfortrederrett(99, frozenset({TEK}), frozenset({XX}))]
    assert lese(tre, klasse=Klasse.SNEVER, kode=XX, stedfortreder=rett)
    assert lese(tre, klasse=Klasse.SNEVER, kode=None, stedfortreder=rett)
    assert not lese(tre, kode=P, stedfortreder=rett)
    assert not lese(tre, kode=XX, enhet=SKOLE1, stedfortreder=rett)


@pytest.mark.krav("R-7.2.E")
def test_kan_lese_authorised_in_the_unit_and_below_and_nowhere_else(tre):
    assert lese(tre, kode=E, enhet=SKOLE1, aut=[(E, SKOLE1)])
    assert lese(tre, kode=E, enhet=SKOLE1, aut=[(E, SKOLER)])
    assert lese(tre, kode=E, enhet=SKOLE1, aut=[(E, None)])
    assert not lese(tre, kode=E, enhet=SKOLE2, aut=[(E, SKOLE1)])
    assert not lese(tre, kode=E, enhet=SKOLER, aut=[(E, SKOLE1)])


@pytest.mark.krav("R-7.2.P")
def test_kan_lese_needs_the_authorisation_of_that_very_code(tre):
    assert not lese(tre, kode=P, aut=[(E, None)])


@pytest.mark.krav("R-7.2.XX")
def test_kan_lese_narrow_row_never_by_authorisation(tre):
    assert not lese(tre, klasse=Klasse.SNEVER, kode=P, aut=[(P, None)])


@pytest.mark.krav("R-7.2.G")
def test_kan_lese_group_needs_both_code_and_membership(tre):
    assert lese(tre, gruppe=5, aut=[(P, None)], grupper=[5])
    assert not lese(tre, gruppe=5, aut=[(P, None)], grupper=[6])
    assert not lese(tre, gruppe=5, grupper=[5])
    assert lese(tre, gruppe=5, ledet=[VAR])
