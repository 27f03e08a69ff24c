"""Random sequences of acts by random people: whatever they do, the invariants of the journal hold."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning, trekk_godkjenning
from saksgang.flyt.models import Flagg, Godkjenning
from saksgang.flyt.queries.godkjenning import versjoner
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import SaksgangFeil
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import avgjoer_skjerming, foreslaa_skjerming, sett_skjerming, sperr_midlertidig
from saksgang.offentlighet.queries.publisering import dokumenter, offentlig_fil
from saksgang.offentlighet.querysets import offentlig_fil_q, offentlig_q
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands.avskrivning import avskriv, merk_som_sett, opphev_avskrivning
from saksgang.sakarkiv.commands.besvarelse import besvar, knytt_svar, loes_svar
from saksgang.sakarkiv.commands.dokument import legg_ved, ny_versjon
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.commands.fordeling import fordel
from saksgang.sakarkiv.commands.journalfoering import avjournalfoer, journalfoer, utgaa
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.commands.kopi import send_kopi
from saksgang.sakarkiv.models import Avskrivning, InternMottaker, Journalpost, Svarlenke
from saksgang.sakarkiv.queries import kurver
from saksgang.sakarkiv.queries.svar import svarmerker
from saksgang.tilgang.queries import rettigheter, synlig
from tests.tilstand import egen, inngaaende

FOLK = ["sb.kari", "sb.ola", "led.anne", "sf.bente", "ark.eva", "les.gry"]


def _mottaker(jp):
    return InternMottaker.objects.filter(journalpost=jp, gyldig=True).order_by("pk").first()


def _andre_brev(jp):
    """Two other letters in the case."""
    return list(Journalpost.objects.filter(sak=jp.sak_id, journalposttype="I").exclude(pk=jp.pk).order_by("-pk")[:2])


def _besvar_ferdig(jp, av):
    svar = besvar(jp, "N" if jp.journalposttype in "NX" else "E", av=av)
    legg_ved(svar, tekstfil("x").fil, filnavn="x.txt", av=av)
    return ferdigstill(svar, offentlighet_vurdert=True, av=av)


def _svar(jp):
    return jp.besvart_med.filter(svar__status__in="FJ").order_by("-pk")[0].svar


def _godkjenner(jp, av):
    """The one who has it for approval, when somebody has."""
    return jp.godkjenner if jp.hos_godkjenner_id else av


HANDLINGER = {
    "inn_j": lambda k, jp, av: inngaaende(k, k.sak(101), "J"),
    "inn_m": lambda k, jp, av: inngaaende(k, k.sak(101), "M", saksbehandler=None),
    "inn_s": lambda k, jp, av: inngaaende(k, k.sak(101), "S"),
    "ut": lambda k, jp, av: egen(k, k.sak(101), "U", "R", av=av),
    "notat": lambda k, jp, av: egen(k, k.sak(101), "N", "R", av=av, interne_mottakere=[k["sb.ola"], k["sb.kari"]]),
    "xnotat": lambda k, jp, av: egen(k, k.sak(101), "X", "R", av=av),
    "ferdig": lambda k, jp, av: ferdigstill(jp, offentlighet_vurdert=True, av=av),
    "gjenaapne": lambda k, jp, av: gjenaapne(jp, "Rettes", av=av),
    "journalfoer": lambda k, jp, av: journalfoer(jp, av=av),
    "avjournalfoer": lambda k, jp, av: avjournalfoer(jp, "Feil", av=av),
    "utgaa": lambda k, jp, av: utgaa(jp, "Feil", av=av),
    "avskriv": lambda k, jp, av: avskriv(_mottaker(jp), "TE", av=av),
    "opphev": lambda k, jp, av: opphev_avskrivning(
        Avskrivning.objects.filter(mottaker__journalpost=jp).order_by("-pk")[0], av=av
    ),
    "sett": lambda k, jp, av: merk_som_sett(_mottaker(jp), av=av),
    "fordel": lambda k, jp, av: fordel(_mottaker(jp), k["sb.ola"], av=av),
    "kopi": lambda k, jp, av: send_kopi(jp, [k["les.gry"]], av=av),
    "kode": lambda k, jp, av: sett_skjerming(jp, skjerming("U", "14"), av=av),
    "xx": lambda k, jp, av: sperr_midlertidig(jp, av=av),
    "foreslaa": lambda k, jp, av: foreslaa_skjerming(jp, skjerming("P", "13-fvl1"), av=av),
    "besvar": lambda k, jp, av: besvar(jp, "E", av=av),
    "foreloepig": lambda k, jp, av: besvar(jp, "F", av=av),
    "uten": lambda k, jp, av: besvar(jp, "U", av=av),
    "besvar_notat": lambda k, jp, av: besvar(jp, "N", journalposttype=jp.journalposttype, av=av),
    "besvar_flere": lambda k, jp, av: besvar(jp, "E", ogsaa=_andre_brev(jp), av=av),
    "besvar_ferdig": lambda k, jp, av: _besvar_ferdig(jp, av),
    "gjenaapne_svar": lambda k, jp, av: gjenaapne(_svar(jp), "Rettes", av=av),
    "utgaa_svar": lambda k, jp, av: utgaa(_svar(jp), "Feil", av=k["ark.eva"]),
    "knytt": lambda k, jp, av: knytt_svar(jp, _andre_brev(jp)[0], av=av),
    "loes": lambda k, jp, av: loes_svar(jp.svarer_paa.order_by("-pk")[0], av=av),
    "skriv": lambda k, jp, av: legg_ved(jp, tekstfil("x").fil, filnavn="x.txt", av=av),
    "offentlig": lambda k, jp, av: avgjoer_skjerming(jp, Skjerming(), av=av),
}
STEG = st.tuples(st.sampled_from(sorted(HANDLINGER)), st.integers(0, 30), st.sampled_from(FOLK))
GODKJENNING = {
    **{navn: HANDLINGER[navn] for navn in ("ut", "notat", "ferdig", "gjenaapne", "journalfoer", "utgaa", "kode")},
    "godkjenning": lambda k, jp, av: send_til_godkjenning(jp, k["led.anne"], av=av),
    "godkjent": lambda k, jp, av: besvar_godkjenning(jp, "G", av=_godkjenner(jp, av)),
    "ikke_godkjent": lambda k, jp, av: besvar_godkjenning(jp, "I", kommentar="Nei", av=_godkjenner(jp, av)),
    "videresend": lambda k, jp, av: besvar_godkjenning(jp, "V", videre_til=k["raad.jon"], av=_godkjenner(jp, av)),
    "trekk": lambda k, jp, av: trekk_godkjenning(jp, av=av),
    "endre": lambda k, jp, av: ny_versjon(
        jp.dokumenter.order_by("nummer")[0], tekstfil("Ny\n").fil, filnavn="ny.txt", av=av
    ),
    "endre_som_godkjenner": lambda k, jp, av: ny_versjon(
        jp.dokumenter.order_by("nummer")[0], tekstfil("Rettet\n").fil, filnavn="ny.txt", av=_godkjenner(jp, av)
    ),
    "tittel": lambda k, jp, av: rediger_journalpost(jp, tittel=f"{jp.tittel} igjen"[-200:], av=av),
}
"""The acts of approval, and those that they meet."""


def _sjekk_svar(k) -> None:
    """What an answer has written off, it is finished and stands; what it should write off, is written off somehow."""
    gitt = Avskrivning.objects.filter(opphevet_tid__isnull=True, besvart_av__isnull=False)
    for avskrivning in gitt.select_related("besvart_av", "maate", "mottaker"):
        assert avskrivning.besvart_av.status in "FJ"
        assert avskrivning.mottaker.avskrivning_id == avskrivning.pk
        assert avskrivning.maate.kode == ("NN" if avskrivning.besvart_av.journalposttype in "NX" else "BU")
        assert Svarlenke.objects.filter(
            svar=avskrivning.besvart_av, mottaker=avskrivning.mottaker, maate__in="EN", opphevet_tid__isnull=True
        ).exists()
    for m in InternMottaker.objects.select_related("journalpost"):
        staaende = Avskrivning.objects.filter(mottaker=m, opphevet_tid__isnull=True)
        assert [a.pk for a in staaende] == ([m.avskrivning_id] if m.avskrivning_id else [])
        assert m.journalposttype != "X" or m.avskrivning_id is None
    for navn in FOLK:
        merket = svarmerker(k[navn], InternMottaker.objects.all())
        synlige = {str(jp) for jp in Journalpost.objects.select_related("sak") if synlig(jp, rettigheter(k[navn]))}
        assert {n for rad in merket.values() for merke in rad for n in merke.svar} <= synlige


def _sjekk_godkjenning(poster) -> None:
    """The state on the journalpost is what the rounds say; an open round has its open flag, and lies in R."""
    for jp in poster:
        runder = list(Godkjenning.objects.filter(journalpost=jp).order_by("runde"))
        assert [r.runde for r in runder] == list(range(1, len(runder) + 1))
        assert jp.forelagt_ider == sorted({r.godkjenner_id for r in runder})
        aapne = [r for r in runder if not r.svar]
        aapne_flagg = Flagg.objects.filter(journalpost=jp, type="TG", behandlet_tid__isnull=True)
        assert [r.flagg_id for r in aapne] == [f.pk for f in aapne_flagg]
        assert (jp.godkjenning == "A", aapne) in ((False, []), (True, runder[-1:]))
        assert jp.status == "R" or not aapne
        besvart = [r for r in runder if r.svar not in ("", "T")]
        siste = besvart[-1] if besvart else None
        if not aapne:
            ventet = "" if siste is None or siste.svar == "V" else siste.svar
            assert jp.godkjenning == ("U" if ventet == "G" and siste.ugyldig_tid else ventet)
        if jp.godkjenning == "G" and jp.status == "R":
            assert siste.versjoner_etter == versjoner(jp)


def _sjekk(k) -> None:
    poster = list(Journalpost.objects.select_related("tilgangskode", "sak__arkivdel").order_by("pk"))
    numre = sorted(jp.journalpostnummer for jp in poster if jp.sak.sekvens == 101)
    assert numre == list(range(1, len(numre) + 1))
    _sjekk_godkjenning(poster)
    journal = sorted(jp.journalsekvens for jp in poster if jp.journalsekvens is not None)
    assert journal == list(range(1, len(journal) + 1))

    def levert(jp):
        venter = jp.forslag_sperrer or (jp.tilgangskode is not None and jp.tilgangskode.kode == "XX")
        if jp.journalposttype == "I":
            return jp.status in "SJ" or (jp.status == "M" and venter)
        return jp.status in "FJ"

    for navn in FOLK:
        ventet = {
            m.pk
            for m in InternMottaker.objects.select_related("journalpost__tilgangskode").filter(gyldig=True)
            if m.bruker == k[navn]
            and m.journalposttype in "IN"
            and levert(m.journalpost)
            and not Avskrivning.objects.filter(mottaker=m, opphevet_tid__isnull=True).exists()
        }
        assert {m.pk for m in kurver.restanse(k[navn])} == ventet
    _sjekk_svar(k)
    offentlige = {
        jp.pk
        for jp in poster
        if jp.journalposttype != "X"
        and jp.status == "J"
        and not jp.avventer_gradering
        and jp.sak.arkivdel.publiseres
        and jp.publiseres_tid is not None
        and jp.publiseres_tid <= klokke.naa()
    }
    assert set(Journalpost.objects.filter(offentlig_q(klokke.naa())).values_list("pk", flat=True)) == offentlige
    assert set(Journalpost.objects.filter(offentlig_fil_q(klokke.naa())).values_list("pk", flat=True)) == offentlige
    med_fil = {d.journalpost_id for d in dokumenter().filter(journalpost__in=offentlige) if offentlig_fil(d)}
    assert med_fil <= {jp.pk for jp in poster if jp.tilgangskode is None}  # nobody has redacted anything


@pytest.mark.krav("R-10.8.0", "R-5.X.3", "R-10.10.1", "A-13")
def test_no_sequence_of_acts_breaks_numbers_restanse_or_the_public_journal(kommune_a, omfang):
    k = kommune_a
    utfoert = set()

    @settings(max_examples=omfang(120), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEG, min_size=8, max_size=25))
    def proev(stegene):
        with transaction.atomic():
            for navn, hvilken, hvem in stegene:
                poster = list(Journalpost.objects.select_related("sak", "tilgangskode").order_by("pk"))
                foer = Hendelse.objects.count()
                try:
                    with transaction.atomic():
                        HANDLINGER[navn](k, poster[hvilken % len(poster)], k[hvem])
                    utfoert.add(navn)
                except (SaksgangFeil, AttributeError, IndexError):
                    # AttributeError and IndexError: nothing there to write off or lift.
                    assert Hendelse.objects.count() == foer
                else:
                    assert navn == "sett" or Hendelse.objects.count() > foer
            _sjekk(k)
            transaction.set_rollback(True)

    proev()
    assert len(utfoert) > 10
    assert {"besvar_ferdig", "gjenaapne_svar"} <= utfoert


@pytest.mark.krav("C.6", "R-10.2.2.5", "R-10.2.2.6b")
def test_no_sequence_of_acts_breaks_the_rounds_of_approval(kommune_a, omfang):
    k = kommune_a
    for _ in range(2):  # more to choose among
        egen(k, k.sak(101), "U", "R")
    utfoert = set()
    folk = ["sb.kari", "sb.kari", "led.anne", "sf.bente", "ark.eva"]
    steg = st.tuples(st.sampled_from(sorted(GODKJENNING)), st.integers(0, 9), st.sampled_from(folk))

    @settings(max_examples=omfang(120), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(steg, min_size=20, max_size=30))
    def proev(stegene):
        with transaction.atomic():
            for navn, hvilken, hvem in stegene:
                egne = Journalpost.objects.filter(journalposttype__in="UN").select_related("sak", "tilgangskode")
                poster = list(egne.order_by("-pk"))
                try:
                    with transaction.atomic():
                        GODKJENNING[navn](k, poster[hvilken % min(4, len(poster))], k[hvem])
                    utfoert.add(navn)
                except (SaksgangFeil, IndexError):  # IndexError: no document there to change
                    continue
            _sjekk(k)
            transaction.set_rollback(True)

    proev()
    assert {"godkjenning", "godkjent", "ikke_godkjent", "trekk", "endre", "ferdig"} <= utfoert
