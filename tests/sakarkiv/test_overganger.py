"""The transition tables of krav C.2: every type × status × target × person, through skift_status."""

import itertools
from functools import partial

import pytest
from django.db import transaction

from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata, UlovligOvergang
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.journalfoering import vurder_offentlighet
from saksgang.sakarkiv.commands.journalpost import journalfoeringsdata, opprett_journalpost
from saksgang.sakarkiv.commands.sak import (
    avslutt_sak,
    gjenaapne_sak,
    kontroller_sak,
    opprett_sak,
    unnta_sak,
    utgaa_sak,
)
from saksgang.sakarkiv.rules import Journalposttype, Journalstatus, Saksstatus
from saksgang.tilgang.commands import skift_status
from tests.tilstand import inngaaende, journalpost

PERSONER = [
    "sb.kari",
    "sb.ola",
    "sb.per",
    "led.anne",
    "sf.bente",
    "nes.ida",
    "ark.eva",
    "adm.root",
    "les.gry",
    "raad.jon",
]
"""sb.kari is writer and saksbehandler and, in the case used, SA; led.anne leads its unit; sf.bente is her deputy."""

EIERE = {"sb.kari", "led.anne", "sf.bente"}
ARK = {"ark.eva"}

# krav C.2, document level, written out apart from the product's own table.
TILLATT = {
    ("I", "M", "J"): ARK,
    ("I", "S", "J"): ARK,
    ("I", "J", "M"): ARK,
    **{("I", fra, "U"): ARK for fra in "MSJ"},
    **{(t, "R", "F"): EIERE for t in "UNX"},
    **{(t, "F", "R"): EIERE for t in "UNX"},
    **{(t, "F", "J"): ARK for t in "UNX"},
    **{(t, "J", "F"): ARK for t in "UNX"},
    **{(t, fra, "U"): ARK for t in "UNX" for fra in "RFJ"},
    ("S", "R", "U"): ARK,
}


def _proev(jp, til, bruker) -> str:
    """What comes of it; nothing of it stays."""
    try:
        with transaction.atomic():
            foelger = partial(journalfoeringsdata, av=bruker) if til == "J" else None
            skift_status(jp, til, av=bruker, foelger=foelger)
            transaction.set_rollback(True)
        return "ok"
    except UlovligOvergang:
        return "ulovlig"
    except (IkkeTilgang, IkkeFunnet):
        return "nektet"
    except Avvist as feil:
        return f"hindret: {feil}"


@pytest.mark.krav("R-6.2.T", "R-6.2.J.a", "R-6.2.M")
@pytest.mark.parametrize("type_", list(Journalposttype))
def test_skift_status_follows_c2_for_every_type_status_and_person(kommune_a, type_):
    k = kommune_a
    statuser = {"I": "MSJU", "S": "RU"}.get(type_, "RFJU")
    fikk, ventet = {}, {}
    for fra in statuser:
        jp = journalpost(k, k.sak(101), type_, fra)
        if fra == "R":
            jp = vurder_offentlighet(jp, av=k["sb.kari"])
        for til in Journalstatus:
            for navn in PERSONER:
                fikk[fra, til, navn] = _proev(jp, til, k[navn]) == "ok"
                ventet[fra, til, navn] = navn in TILLATT.get((type_, fra, til), set())
    assert fikk == ventet


@pytest.mark.krav("A-46")
@pytest.mark.parametrize("type_", ["U", "N", "X"])
def test_the_archive_may_set_f_and_only_f_when_the_document_is_approved(kommune_a, type_):
    k = kommune_a
    jp = vurder_offentlighet(journalpost(k, k.sak(101), type_, "R"), av=k["sb.kari"])
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    fikk = {(til, navn) for til in Journalstatus for navn in PERSONER if _proev(jp, til, k[navn]) == "ok"}
    tabell = TILLATT | {(type_, "R", "F"): EIERE | ARK}
    assert fikk == {(til, navn) for til in Journalstatus for navn in tabell.get((type_, "R", til), set())}


@pytest.mark.krav("R-5.S.1")
def test_ferdigstill_refused_for_sakspapir_without_behandling(kommune_a):
    k = kommune_a
    jp = vurder_offentlighet(journalpost(k, k.sak(101), "S", "R"), av=k["sb.kari"])
    assert _proev(jp, "F", k["sb.kari"]) == (
        "hindret: Sakspapiret er ikke knyttet til en behandling i utvalg eller fullmaktsorgan."
    )


@pytest.mark.parametrize(
    ("type_", "status"),
    [("I", "R"), ("I", "F"), ("U", "M"), ("U", "S"), ("N", "S"), ("X", "M"), ("S", "J"), ("U", "F")],
)
@pytest.mark.krav("R-6.2.T")
def test_new_journalpost_refused_in_status_outside_the_table(kommune_a, type_, status):
    k = kommune_a
    foer = k.sak(101).siste_dokumentnummer
    with pytest.raises((Avvist, IkkeTilgang, UgyldigInndata)):
        if type_ == "I":
            from saksgang.sakarkiv.commands.journalpost import registrer_inngaaende  # noqa: PLC0415

            jp = inngaaende(k, k.sak(101), "S")
            registrer_inngaaende(
                k.sak(101),
                status=status,
                tittel="Brev",
                avsendere=list(jp.parter.all()),
                dokumentdato=jp.dokumentdato,
                mottatt_dato=jp.mottatt_dato,
                av=k["ark.eva"],
            )
        else:
            jp = journalpost(k, k.sak(101), type_, "R")
            skift_status(jp, status, av=k["ark.eva"])
    assert k.sak(101).siste_dokumentnummer == foer + 1


# krav C.2, case level.
SAKSTABELL = {
    ("R", "B"): ARK,
    ("R", "X"): ARK,
    ("B", "X"): ARK,
    ("X", "B"): ARK,
    ("B", "A"): ARK,
    ("X", "A"): ARK,
    ("A", "B"): ARK,
    ("R", "U"): ARK,
    ("B", "U"): ARK,
}


def _sak_i(k, status):
    sak = opprett_sak(
        "Gatelys i Bakkegata",
        arkivdel=k.sak(101).arkivdel,
        enhet=k.enhet("TEK"),
        klasser=[k.sak(101).klasseringer.get().klasse],
        av=k["sb.kari"],
    )
    ark = k["ark.eva"]
    if status in "BA":
        sak = kontroller_sak(sak, av=ark)
    if status == "A":
        sak = avslutt_sak(sak, av=ark)
    if status == "X":
        sak = unnta_sak(sak, "Løpende avtale", av=ark)
    if status == "U":
        sak = utgaa_sak(sak, "Dobbelt opprettet", av=ark)
    return sak


@pytest.mark.krav("R-6.1.T", "R-6.1.B")
def test_skift_status_of_a_case_follows_c2_with_one_event_each(kommune_a):
    k = kommune_a
    fikk, ventet = {}, {}
    for fra in Saksstatus:
        sak = _sak_i(k, fra)
        for til in Saksstatus:
            for navn in PERSONER:
                foer = Hendelse.objects.count()
                try:
                    with transaction.atomic():
                        skift_status(sak, til, av=k[navn])
                        nye = (
                            Hendelse.objects.filter(nummer__gt=0)
                            .order_by("-nummer")
                            .values_list("handling", "endringer", "aktoer__brukernavn")
                        )
                        logget = (Hendelse.objects.count() - foer, nye[0][1]["status"], nye[0][2])
                        transaction.set_rollback(True)
                    fikk[fra, til, navn] = logget
                except (Avvist, IkkeTilgang):
                    fikk[fra, til, navn] = None
                tillatt = navn in SAKSTABELL.get((fra, til), set())
                ventet[fra, til, navn] = (1, [fra, til], navn) if tillatt else None
    assert fikk == ventet


@pytest.mark.krav("R-6.1.T")
def test_new_case_is_r_for_employees_and_b_for_the_archive_alone(kommune_a):
    k = kommune_a
    fikk = {}
    for fra_arkivet, navn in itertools.product((False, True), [*PERSONER, "pol.tor"]):
        try:
            with transaction.atomic():
                sak = opprett_sak(
                    "Gatelys", arkivdel=k.sak(101).arkivdel, enhet=k.enhet("TEK"), saksansvarlig=k["sb.kari"],
                    fra_arkivet=fra_arkivet, av=k[navn],
                )  # fmt: skip
                hendelse = Hendelse.objects.get(sak_id=sak.pk)
                fikk[fra_arkivet, navn] = (sak.status, sak.kontrollert_av, hendelse.aktoer)
                transaction.set_rollback(True)
        except IkkeTilgang:
            fikk[fra_arkivet, navn] = None
    assert fikk == {
        **{(False, navn): ("R", None, k[navn]) for navn in PERSONER},
        **{(True, navn): ("B", k[navn], k[navn]) if navn in ARK else None for navn in PERSONER},
        (False, "pol.tor"): None,
        (True, "pol.tor"): None,
    }


@pytest.mark.krav("R-6.1.A")
def test_closed_case_takes_no_new_journalpost_until_reopened_with_reason(kommune_a):
    k = kommune_a
    sak = _sak_i(k, "A")
    with pytest.raises(Avvist, match="er avsluttet"):
        opprett_journalpost(sak, "U", tittel="Nytt brev", av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="Begrunnelse mangler"):
        gjenaapne_sak(sak, " ", av=k["ark.eva"])
    gjenaapne_sak(sak, "Nytt brev er kommet", av=k["ark.eva"])
    assert opprett_journalpost(sak, "U", tittel="Nytt brev", av=k["sb.kari"]).journalpostnummer == 1
