"""Cases 101–104 as bygg_saker makes them, but with a history: each letter is journalised on the day it came."""

from __future__ import annotations

import datetime as dt

from saksgang.arkivstruktur.commands import start_nummerserie
from saksgang.kjerne import klokke
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.fordeling import sett_fordelingsregel
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost
from saksgang.sakarkiv.commands.sak import opprett_sak
from saksgang.sakarkiv.models import Sak, Sakstype

from .grunnlag import Grunnlag, _inn, skjerming, tekstfil
from .tidslinje import Tidslinje, tidspunkt

KROA = Part(navn="Kroa AS", organisasjonsnummer="910075918", adresse="Storgata 14", postnummer="6899")


def legg_inn(g: Grunnlag, linje: Tidslinje, nyttaar: dt.datetime) -> None:
    """Put the opening of the year's series and the four cases on the line."""
    linje.legg_til(nyttaar, lambda: _aapne(g, linje))


def _aapne(g: Grunnlag, linje: Tidslinje) -> None:
    p, e = g.personer, g.enheter
    start_nummerserie("sak", klokke.idag().year, 101, av=g.adm)
    sett_fordelingsregel(e["TEK"], g.klasser["U63"], p["sb.ola"], av=g.adm)
    sett_fordelingsregel(e["TEK"], None, None, av=g.adm)
    skjenk = opprett_sak(
        "Søknad om skjenkebevilling – Kroa AS",
        arkivdel=g.arkivdeler["SAK"],
        enhet=e["TEK"],
        saksansvarlig=p["sb.kari"],
        klasser=[g.klasser["U63"]],
        sakstype=Sakstype.objects.get(kode="SKJENK"),
        fra_arkivet=True,
        av=p["ark.eva"],
    )
    kultur = opprett_sak(
        "Kulturtilskudd til lag og foreninger",
        arkivdel=g.arkivdeler["SAK"],
        klasser=[g.klasser["C03"]],
        enhet=e["KULT"],
        av=p["sb.per"],
    )
    personal = opprett_sak(
        "Oppfølging av sykefravær for Ragnhild Hemmelig",
        arkivdel=g.arkivdeler["PERS"],
        klasser=[g.klasser["400"]],
        sakstype=Sakstype.objects.get(kode="PERS"),
        offentlig_tittel="Personalsak",
        skjerming=skjerming("P", "13-fvl1"),
        av=p["pers.mia"],
    )
    stoey = opprett_sak(
        "Varsel om støy fra pumpestasjon i Strandveien",
        arkivdel=g.arkivdeler["SAK"],
        enhet=e["TEK"],
        saksansvarlig=p["led.anne"],
        klasser=[g.klasser["M30"]],
        fra_arkivet=True,
        av=p["ark.eva"],
    )
    etter = klokke.naa() + dt.timedelta(minutes=5)

    def naar(dag: dt.date, akt) -> None:
        linje.legg_til(min(linje.til, max(etter, tidspunkt(dag, 9, 30))), akt)

    naar(g.dag(3, 1), lambda: _egne(g, skjenk, kultur, personal))
    for sak, tittel, fra, mottatt, frist, sb in (
        (skjenk, "Søknad om skjenkebevilling", KROA, (2, 10), (3, 16), "sb.kari"),
        (skjenk, "Supplerende opplysninger til søknad om skjenkebevilling", KROA, (2, 24), (3, 5), "sb.kari"),
        (
            skjenk,
            "Uttalelse til søknad om skjenkebevilling",
            Part(navn="Politiet i Fjordvik"),
            (2, 25),
            (3, 25),
            "sb.ola",
        ),
        (stoey, "Klage på støy fra pumpestasjon", Part(navn="Strandveien vel"), (2, 27), (3, 27), None),
    ):
        dag, svar = g.dag(*mottatt), g.dag(*frist)
        naar(
            dag,
            lambda sak=sak, tittel=tittel, fra=fra, dag=dag, svar=svar, sb=sb: _inn(g, sak, tittel, fra, dag, svar, sb),
        )


def _egne(g: Grunnlag, skjenk: Sak, kultur: Sak, personal: Sak) -> None:
    p = g.personer
    opprett_journalpost(skjenk, "U", tittel="Foreløpig svar på søknad om skjenkebevilling", av=p["sb.kari"])
    opprett_journalpost(skjenk, "S", tittel="Skjenkebevilling for Kroa AS", av=p["sb.kari"])
    notat = opprett_journalpost(
        kultur,
        "N",
        tittel="Ber om uttalelse til søknad om kulturtilskudd",
        interne_mottakere=[p["sb.kari"]],
        dokumenter=[tekstfil("Vi ber om teknisk sin uttalelse til søknaden.\n", "notat.txt")],
        av=p["sb.per"],
    )
    ferdigstill(notat, offentlighet_vurdert=True, av=p["sb.per"])
    opprett_journalpost(
        personal,
        "X",
        tittel="Referat fra samtale med Ragnhild Hemmelig",
        offentlig_tittel="Referat",
        interne_mottakere=[p["pers.mia"]],
        skjerming=skjerming("P", "13-fvl1"),
        dokumenter=[tekstfil("Samtale med Ragnhild Hemmelig om sykefravær.\n", "referat.txt")],
        av=p["pers.mia"],
    )
