"""What an act costs: how many questions it asks, and that what it writes at once is what a renewal would write."""

import pytest

from saksgang.demo.grunnlag import tekstfil
from saksgang.offentlighet.commands import registrer_i_arkivet
from saksgang.produksjon.commands import ferdigstill
from saksgang.sakarkiv.commands.avskrivning import avskriv, merk_som_sett
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost
from saksgang.sakarkiv.commands.noekler import oppdater_journalpost
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Kopi
from saksgang.soek.models import Soekerad
from saksgang.tilgang.queries import kan, rettigheter
from saksgang.tilgang.rules import Handling
from tests.tilstand import MOTTATT, egen, foreslaatt, inngaaende, journalpost, kodet


@pytest.fixture
def folk(kommune_a):
    """People whose rights are known, as after their first act of the day."""
    k = kommune_a
    folk = {navn: k[navn] for navn in ("sb.kari", "sb.per", "ark.eva", "led.nils")}
    for person in folk.values():
        rettigheter(person)
    return folk


def _parter(antall):
    return [Part(navn=f"Nabo {nr}") for nr in range(antall)]


def _filer(antall):
    return [tekstfil(f"Brev {nr}\n", f"brev{nr}.txt") for nr in range(antall)]


@pytest.mark.parametrize("antall", [1, 3])
def test_registrer_i_arkivet_asks_as_much_for_three_parties_and_files(
    kommune_a, folk, antall, django_assert_num_queries
):
    sak, filer = kommune_a.sak(101), _filer(antall)
    with django_assert_num_queries(16):
        registrer_i_arkivet(
            sak, status="J", tittel="Brev om gatelys", avsendere=_parter(antall), dokumentdato=MOTTATT,
            mottatt_dato=MOTTATT, saksbehandler=folk["sb.kari"], dokumenter=filer, av=folk["ark.eva"],
        )  # fmt: skip


@pytest.mark.parametrize("antall", [1, 3])
def test_opprett_journalpost_asks_as_much_for_three_parties_and_files(
    kommune_a, folk, antall, django_assert_num_queries
):
    sak, filer = kommune_a.sak(101), _filer(antall)
    with django_assert_num_queries(12):
        opprett_journalpost(
            sak, "U", tittel="Svar om gatelys", mottakere=_parter(antall), dokumenter=filer, av=folk["sb.kari"]
        )


def test_ferdigstill_and_journalfoer_ask_no_more_than_they_need(kommune_a, folk, django_assert_num_queries):
    jp = egen(kommune_a, kommune_a.sak(101), "U", "R")
    jp = kommune_a.jp(101, jp.journalpostnummer)
    with django_assert_num_queries(24):  # among them drafts, check-outs, links, placeholders and archive copies
        ferdigstill(jp, offentlighet_vurdert=True, av=folk["sb.kari"])
    jp = kommune_a.jp(101, jp.journalpostnummer)
    with django_assert_num_queries(13):  # among them the archive copies
        journalfoer(jp, av=folk["ark.eva"])


def test_avskriv_and_sett_ask_no_more_than_they_need(kommune_a, folk, django_assert_num_queries):
    jp = inngaaende(kommune_a, kommune_a.sak(101), "J")
    mottaker = kommune_a.mottaker(jp)
    with django_assert_num_queries(5):
        merk_som_sett(mottaker, av=folk["sb.kari"])
    with django_assert_num_queries(7):
        avskriv(mottaker, "TE", av=folk["sb.kari"])


def test_kan_asks_nothing_where_the_row_itself_answers(kommune_a, folk, django_assert_num_queries):
    jp = inngaaende(kommune_a, kommune_a.sak(101), "J")
    jp = kommune_a.jp(101, jp.journalpostnummer)
    with django_assert_num_queries(0):
        assert kan(folk["sb.kari"], Handling.REDIGERE_ARBEIDSDATA, jp)
        assert not kan(folk["sb.per"], Handling.REDIGERE_ARBEIDSDATA, jp)
        assert kan(folk["sb.kari"], Handling.MERKE, jp)
    with django_assert_num_queries(1):
        assert not kan(folk["sb.per"], Handling.MERKE, jp)


# --- What is written at once ----------------------------------------------------------------------------------------

TILSTANDER = {
    **{f"{type_} {status}": lambda k, t=type_, s=status: journalpost(k, k.sak(101), t, s)
       for type_, statuser in {"I": "MSJU", "U": "RFJU", "N": "RFJU", "X": "RFJU", "S": "RU"}.items()
       for status in statuser},
    "I kodet": lambda k: kodet(k, inngaaende(k, k.sak(101), "J"), "U"),
    "I foreslått": lambda k: foreslaatt(k, inngaaende(k, k.sak(101), "J"), "P"),
    "X kodet": lambda k: kodet(k, egen(k, k.sak(101), "X", "J"), "P"),
    "I i skjermet sak": lambda k: inngaaende(k, k.sak(103), "J"),
}  # fmt: skip


def _avledet(jp):
    return (
        list(Journalpost.objects.filter(pk=jp.pk).values_list("noekler", "partsnavn")),
        list(InternMottaker.objects.filter(journalpost=jp).order_by("pk").values_list("pk", "levert", "mottatt_tid")),
        list(Kopi.objects.filter(journalpost=jp).order_by("pk").values_list("pk", "levert")),
        list(
            Soekerad.objects.filter(objekt_type="journalpost", objekt_id=jp.pk).values_list(
                "sak_id", "dato", "tittel", "tekst", "noekler", "utgaatt", "vektor"
            )
        ),
    )


@pytest.mark.parametrize("tilstand", TILSTANDER)
def test_what_an_act_writes_at_once_is_what_a_renewal_would_write(kommune_a, tilstand):
    jp = TILSTANDER[tilstand](kommune_a)
    jp = Journalpost.objects.select_related("sak", "tilgangskode").get(pk=jp.pk)
    foer = _avledet(jp)
    assert foer[0][0][0] and len(foer[3]) == 1
    # Spoiled, so that the renewal has something to mend.
    Soekerad.objects.filter(objekt_id=jp.pk).update(noekler=[], utgaatt=not foer[3][0][5], tekst="")
    Journalpost.objects.filter(pk=jp.pk).update(noekler=[])
    oppdater_journalpost(Journalpost.objects.select_related("sak", "tilgangskode").get(pk=jp.pk))
    assert _avledet(jp) == foer
