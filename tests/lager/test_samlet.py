"""samlet(): what one large act keeps is waited for once, at its end, and is there as if each was kept by itself."""

import os
import sys

import pytest

from saksgang.lager.store import Fillager, samlet

BREV = [b"Til kommunen", b"Fra kommunen", b"Til kommunen"]


@pytest.fixture
def ventet(monkeypatch):
    """How often the disk was waited for, counted where the operating system is asked to."""
    ganger = []
    fsync, sync = os.fsync, os.sync
    monkeypatch.setattr(os, "fsync", lambda nummer: (ganger.append("fsync"), fsync(nummer)))
    monkeypatch.setattr(os, "sync", lambda: (ganger.append("sync"), sync()))
    return ganger


def ta_vare_paa(lager):
    filer = [lager.ta_imot(brev) for brev in BREV]
    for fil in filer:
        lager.behold(fil)
    return [fil.sha256 for fil in filer]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere each is waited for at the end")
def test_what_is_kept_together_is_waited_for_once_and_is_whole(tmp_path, ventet):
    lager = Fillager(tmp_path)
    with samlet():
        summer = ta_vare_paa(lager)
        assert ventet == []
    assert ventet == ["sync"]
    assert [lager.er_hel(sum_) for sum_ in summer] == [True, True, True]
    assert [lager.sti(sum_).read_bytes() for sum_ in summer] == BREV


def test_an_act_that_fails_waits_for_nothing_and_the_next_one_waits_for_each(tmp_path, ventet):
    lager = Fillager(tmp_path)
    with pytest.raises(RuntimeError, match="angret"), samlet():
        ta_vare_paa(lager)
        raise RuntimeError("angret")
    assert ventet == []
    ta_vare_paa(lager)
    # Each content once while it is written, and then where it stands with the three folders above it.
    assert ventet == ["fsync"] * len(BREV) * 5
