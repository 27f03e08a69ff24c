"""The threshold of red is one setting: list, badge, group and colour follow it."""

import datetime as dt
import re

import pytest

from saksgang.sakarkiv.commands.merknad import sett_obs
from saksgang.sakarkiv.queries import kurver
from saksgang.sakarkiv.rules import er_roed
from saksgang.web.kurver import tall
from tests.tilstand import inngaaende

IDAG = dt.date(2026, 3, 2)


@pytest.mark.krav("R-9.3.1c", "R-10.12.2")
@pytest.mark.parametrize(("terskel", "roede"), [(3, [-1, 0, 2]), (5, [-1, 0, 2, 3, 4])])
def test_red_agrees_in_list_badge_group_and_colour(kommune_a, settings, terskel, roede):
    settings.ROED_TERSKEL = terskel
    k, kari = kommune_a, kommune_a["sb.kari"]
    foer = tall(kari)
    dager = [-1, 0, 2, 3, 4, 5]
    brev = {}
    for dag in dager:
        frist = IDAG + dt.timedelta(days=dag)
        brev[k.mottaker(inngaaende(k, k.sak(101), "J", forfallsdato=frist)).pk] = dag
        sett_obs(k.sak(101), frist, av=kari)
    naa = tall(kari)
    assert naa["restanse"] - foer["restanse"] == len(dager)
    assert naa["restanse.haster"] - foer["restanse.haster"] == len(roede)
    assert [brev[m.pk] for m in kurver.restanse_roed(kari) if m.pk in brev] == roede
    assert [(obs.dato - IDAG).days for obs in kurver.obs_dato(kari)] == roede
    assert [dag for dag in dager if er_roed(IDAG + dt.timedelta(days=dag), IDAG, terskel)] == roede
    svar = k.klient("sb.kari").get("/lister/restanse/")
    rader = [rad for gruppe in svar.context["rader"] for rad in gruppe["rader"] if rad.id in brev]
    nivaaer = {brev[rad.id]: re.search('data-nivaa="(.*?)"', str(rad.kant))[1] for rad in rader}
    assert nivaaer == {dag: "god" if dag not in roede else "forfalt" if dag < 0 else "snart" for dag in dager}
    assert [brev[rad.id] for rad in rader if rad.gruppe != "Senere"] == roede
