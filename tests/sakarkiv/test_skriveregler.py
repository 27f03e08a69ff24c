"""The rules for titles: what each finds, what it proposes, and that every title of case and journalpost meets them."""

from dataclasses import dataclass

import pytest

from saksgang.kjerne.errors import IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.commands.sak import opprett_sak, rediger_sak
from saksgang.sakarkiv.commands.skriveregel import endre_skriveregel, opprett_skriveregel
from saksgang.sakarkiv.models import Journalpost, Sak, Skriveregel
from saksgang.sakarkiv.queries.skriveregler import kontroller_tittel
from saksgang.sakarkiv.rules.skriveregel import kontroller, personnavn_i, rydd
from tests.tilstand import egen, inngaaende, kodet


@dataclass
class Regel:
    slag: str
    parameter: str = ""
    kode: str = "regel"
    alvor: str = "F"
    hjelp: str = "Skriv om."


PREFIKS = Regel("prefiks", "Re, SV, VS, FW, FWD, [EXTERNAL]")
ENDELSE = Regel("endelse", "pdf, docx")


@pytest.mark.parametrize(
    ("regel", "tittel", "brudd"),
    [
        (Regel("lengde", "5"), "Brev", True),
        (Regel("lengde", "5"), "Brevet", False),
        (Regel("ord", "2"), "Søknad", True),
        (Regel("ord", "2"), "Søknad om båtplass", False),
        (PREFIKS, "SV: Søknad", True),
        (PREFIKS, "sv : Søknad", True),
        (PREFIKS, "[EXTERNAL] Søknad", True),
        (PREFIKS, "Svar på søknad", False),
        (PREFIKS, "Reguleringsplan: Havna", False),
        (ENDELSE, "Brev.pdf", True),
        (ENDELSE, "Brev om pdf", False),
        (Regel("fnr"), "Søknad fra 17912099997", True),
        (Regel("fnr"), "Søknad 179120\u00ad99997", True),
        (Regel("fnr"), "Søknad 12345678901", False),
        (Regel("personnavn"), "Klage - Per Hansen", True),
        (Regel("personnavn"), "Klage fra Kroa AS", False),
        (Regel("personnavn"), "Tilstand i Per Hansens vei", False),
        (Regel("ordliste", "vedr., ang."), "Brev vedr. støy", True),
        (Regel("ordliste", "ang."), "Klage på gang.sti", False),
        (Regel("versaler"), "KLAGE PÅ STØY", True),
        (Regel("versaler"), "Kroa AS om NATO", False),
        (Regel("moenster", "Diverse*"), "Diverse brev", True),
        (Regel("moenster", "Diverse*"), "Om diverse", False),
        (Regel("moenster", "*" * 40 + "x"), "a" * 400, False),
    ],
)
def test_kontroller_finds_what_the_rule_is_for(regel, tittel, brudd):
    assert [f.kode for f in kontroller(tittel, [regel])] == (["regel"] if brudd else [])


def test_personnavn_i_knows_compound_names_and_leaves_firms_and_streets():
    assert personnavn_i("Møte med Anne-Lise Berg Moe og Ola Vik") == ["Anne-Lise Berg Moe", "Ola Vik"]
    assert personnavn_i("Olav AS søker, Ola Viks gate, Støy fra Storgata") == []


@pytest.mark.parametrize(
    ("tittel", "ren"),
    [
        ("SV: RE: Brev.pdf", "Brev"),
        ("Re: [EXTERNAL] sv: Søknad om båtplass", "Søknad om båtplass"),
        ("Søknad_om_båt.docx", "Søknad om båt"),
        ("KLAGE PÅ STØY", "Klage på støy"),
        ("Søknad om båtplass", "Søknad om båtplass"),
    ],
)
def test_rydd_proposes_the_title_without_what_is_wrong(tittel, ren):
    assert rydd(tittel, [PREFIKS, ENDELSE, Regel("versaler")]) == ren


@pytest.mark.krav("R-10.3.1.2c")
def test_opprett_sak_refuses_an_error_and_proposes_the_clean_up(kommune_a):
    k = kommune_a
    felter = {"arkivdel": k.sak(101).arkivdel, "av": k["sb.kari"]}
    foer = Sak.objects.count()
    with pytest.raises(UgyldigInndata) as feil:
        opprett_sak("SV: Brev.pdf", tittelbegrunnelse="Jeg vil det", **felter)
    assert list(feil.value.felter) == ["tittel"]
    assert "«SV:»" in str(feil.value) and "Forslag: «Brev»." in str(feil.value)
    with pytest.raises(UgyldigInndata) as feil:
        opprett_sak("Klage fra 17912099997", tittelbegrunnelse="Jeg vil det", **felter)
    assert "fødselsnummer" in feil.value.felter["tittel"]
    assert Sak.objects.count() == foer


@pytest.mark.krav("R-10.3.1.2c")
def test_warning_is_overridden_with_a_reason_that_the_log_keeps(kommune_a):
    k = kommune_a
    felter = {"arkivdel": k.sak(101).arkivdel, "av": k["sb.kari"]}
    with pytest.raises(UgyldigInndata) as feil:
        opprett_sak("Klage - Per Hansen", **felter)
    assert set(feil.value.felter) == {"tittel", "tittelbegrunnelse"}
    sak = opprett_sak("Klage - Per Hansen", tittelbegrunnelse="Offentlig person", **felter)
    hendelse = Hendelse.objects.get(sak_id=sak.pk, handling="sak.opprette")
    assert hendelse.detaljer["hvorfor tittelen"] == "Offentlig person"


def test_every_title_of_case_and_journalpost_is_held_to_the_rules(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    for forsoek in (
        lambda: rediger_sak(k.sak(101), tittel="VS: Sak", av=k["sb.kari"]),
        lambda: rediger_journalpost(jp, tittel="VS: Brev", av=k["sb.kari"]),
        lambda: egen(k, k.sak(101), "N", "R", tittel="Fwd: Notat"),
        lambda: inngaaende(k, k.sak(101), "J", tittel="Re: Brev"),
        lambda: inngaaende(k, k.sak(101), "S", tittel="Re: Brev"),
    ):
        with pytest.raises(UgyldigInndata, match="e-post"):
            forsoek()
    rediger_journalpost(jp, tittel="Vedtak om skjenkebevilling", av=k["sb.kari"])
    assert Journalpost.objects.get(pk=jp.pk).tittel == "Vedtak om skjenkebevilling"


def test_name_may_stand_in_a_title_that_the_public_does_not_see(kommune_a):
    k = kommune_a
    tittel = "Klage fra Per Hansen om støy"
    skjult = kodet(k, egen(k, k.sak(101), "U", "R"), "U", avskjerming="T")
    assert rediger_journalpost(skjult, tittel=tittel, av=k["sb.kari"]).tittel == tittel
    synlig = kodet(k, egen(k, k.sak(101), "U", "R"), "U", avskjerming="PA")
    with pytest.raises(UgyldigInndata, match="personnavn"):
        rediger_journalpost(synlig, tittel=tittel, av=k["sb.kari"])


@pytest.mark.krav("R-10.3.1.2c")
def test_archive_and_administrator_keep_the_rules_and_nobody_else(kommune_a):
    k = kommune_a
    regel = opprett_skriveregel(
        navn="Diverse", slag="moenster", parameter="Diverse*", alvor="F", hjelp="Skriv hva.", av=k["ark.eva"]
    )
    assert [f.hjelp for f in kontroller_tittel("Diverse saker")[0]] == ["Skriv hva."]
    endre_skriveregel(regel, aktiv=False, av=k["adm.root"])
    assert kontroller_tittel("Diverse saker") == ([], "")
    assert Hendelse.objects.filter(handling="skriveregel.administrere").count() == 2
    with pytest.raises(IkkeTilgang):
        endre_skriveregel(regel, aktiv=True, av=k["led.anne"])
    assert not Skriveregel.objects.get(pk=regel.pk).aktiv
    for felter, felt in [
        ({"slag": "lengde", "parameter": "mange"}, "parameter"),
        ({"slag": "ordliste", "parameter": ""}, "parameter"),
        ({"slag": "finnes ikke", "parameter": "x"}, "slag"),
        ({"slag": "fnr", "parameter": "", "alvor": "Q"}, "alvor"),
        ({"slag": "fnr", "parameter": "", "hjelp": " "}, "hjelp"),
    ]:
        with pytest.raises(UgyldigInndata) as feil:
            opprett_skriveregel(**({"navn": "Ny", "alvor": "F", "hjelp": "Hjelp."} | felter), av=k["ark.eva"])
        assert list(feil.value.felter) == [felt]
