"""Archive parts, classification systems, classes, and the import of classes."""

import datetime as dt
import uuid

import pytest

from saksgang.arkivstruktur.commands import (
    endre_arkivdel,
    endre_klasse,
    finn_eller_opprett_eiendom,
    flytt_klasse,
    importer_klasser_csv,
    legg_ned_klasse,
    opprett_arkiv,
    opprett_arkivdel,
    opprett_klasse,
    opprett_system,
)
from saksgang.arkivstruktur.models import Klasse
from saksgang.arkivstruktur.queries import arkivdeler, etterkommere, finn_klasser, klasser
from saksgang.arkivstruktur.rules import Arkivdelstatus, Klassifikasjonstype
from saksgang.kjerne.csvfil import Linjefeil
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.tilgang.commands import tildel_rolle
from saksgang.tilgang.rules import Rolle

pytest_plugins = ["tests.tilgang.kommune"]
IDAG = dt.date(2026, 3, 2)


@pytest.fixture
def ark(kommune):
    eva = kommune.person("ark.eva", "Eva Ark", kommune.tek)
    tildel_rolle(eva, Rolle.ARK, av=kommune.adm)
    return eva


@pytest.fixture
def kkode(ark):
    return opprett_system(kode="KK", tittel="K-koder", klassifikasjonstype=Klassifikasjonstype.KK, av=ark)


@pytest.fixture
def gbn(ark):
    return opprett_system(kode="GBN", tittel="Gnr/bnr", klassifikasjonstype=Klassifikasjonstype.GBN, av=ark)


def ider(rader):
    return [klasse.klasse_id for klasse in rader]


def test_opprett_arkivdel_and_close_its_period(ark, kkode):
    arkiv = opprett_arkiv(tittel="Fjordvik", arkivskaper="Fjordvik kommune", av=ark)
    sak = opprett_arkivdel(arkiv, kode="SAK", tittel="Saksarkiv", klassifikasjonssystem=kkode, av=ark)
    pers = opprett_arkivdel(arkiv, kode="PERS", tittel="Personal", publiseres=False, av=ark)
    assert list(arkivdeler(aapne=True)) == [pers, sak]
    sak = endre_arkivdel(sak, arkivdelstatus=Arkivdelstatus.AVSLUTTET, av=ark)
    assert (sak.avsluttet_av, sak.avsluttet_dato.date(), sak.tar_imot_saker) == (ark, IDAG, False)
    assert list(arkivdeler(aapne=True)) == [pers]
    sak = endre_arkivdel(sak, arkivdelstatus=Arkivdelstatus.AKTIV, av=ark)
    assert (sak.avsluttet_av, sak.avsluttet_dato) == (None, None)
    with pytest.raises(UgyldigInndata):
        opprett_arkivdel(arkiv, kode="sak", tittel="X", av=ark)


def test_opprett_klasse_gives_it_a_noark_key_of_its_own(ark, kkode):
    skole = opprett_klasse(kkode, klasse_id="B", tittel="Skole", av=ark)
    nabo = opprett_klasse(kkode, klasse_id="U", tittel="Næring", av=ark)
    assert isinstance(skole.system_id, uuid.UUID)
    assert len({skole.system_id, nabo.system_id, kkode.system_id}) == 3
    assert Klasse.objects.get(system_id=skole.system_id) == skole
    assert skole.klassifikasjonssystem == kkode


def test_opprett_klasse_refused_for_an_employee(kommune, kkode):
    with pytest.raises(IkkeTilgang):
        opprett_klasse(kkode, klasse_id="U", tittel="Næringsliv", av=kommune.kari)
    assert not Klasse.objects.exists()


@pytest.mark.krav("R-C.5")
def test_klasser_and_etterkommere_by_prefix(ark, kkode):
    importer_klasser_csv(
        kkode, "kode;tittel\nU60;Handel\nU;Næringsliv\nU6;Næringer\nU62;Skjenking\nU7;Reiseliv\nV;Landbruk\n", av=ark
    )
    assert ider(klasser(kkode, "U6*")) == ["U6", "U60", "U62"]
    assert ider(klasser(kkode, "u6")) == ["U6", "U60", "U62"]
    u6 = Klasse.objects.get(klasse_id="U6")
    assert u6.sti == "U|U6|"
    assert ider(etterkommere(u6)) == ["U6", "U60", "U62"]
    assert ider(etterkommere(Klasse.objects.get(klasse_id="U"))) == ["U", "U6", "U60", "U62", "U7"]


def test_finn_klasser_by_id_or_title_and_not_what_is_closed(ark, kkode):
    importer_klasser_csv(kkode, "kode;tittel\nU6;Næringer\nU62;Skjenking og servering\nU63;Servering\n", av=ark)
    assert ider(finn_klasser("U6*", IDAG)) == ["U6", "U62", "U63"]
    assert ider(finn_klasser("servering", IDAG)) == ["U62", "U63"]
    assert ider(finn_klasser("serv skj", IDAG)) == ["U62"]
    legg_ned_klasse(Klasse.objects.get(klasse_id="U63"), av=ark)
    assert ider(finn_klasser("servering", IDAG)) == ["U62"]
    with pytest.raises(Avvist):
        legg_ned_klasse(Klasse.objects.get(klasse_id="U63"), av=ark)


@pytest.mark.krav("R-C.5", "R-4.9")
def test_finn_klasser_never_offers_persons_numbers(ark, kkode):
    pnr = opprett_system(kode="PNR", tittel="Fødselsnummer", klassifikasjonstype=Klassifikasjonstype.PNR, av=ark)
    klasse = opprett_klasse(pnr, klasse_id="17912099997", tittel="Mappe", av=ark)
    assert pnr.skjermet
    assert ider(finn_klasser("1791", IDAG)) == []
    assert ider(finn_klasser("1791", IDAG, med_skjermede=True)) == ["17912099997"]
    assert str(klasse) == "179120 ***** Mappe"
    assert "17912099997" not in "".join(f"{h.endringer}{h.detaljer}" for h in Hendelse.objects.order_by("pk"))


def test_endre_klasse_keeps_the_id(ark, kkode):
    klasse = opprett_klasse(kkode, klasse_id="U", tittel="Naring", av=ark)
    assert endre_klasse(klasse, tittel="Næring", av=ark).tittel == "Næring"
    for klasse_id in ("u", "U|2", "U*", " "):
        with pytest.raises(UgyldigInndata):
            opprett_klasse(kkode, klasse_id=klasse_id, tittel="X", av=ark)


def test_flytt_klasse_takes_along_all_below(ark, kkode):
    importer_klasser_csv(kkode, "kode;tittel\nU;Næring\nU6;Næringer\nU62;Skjenking\nV;Landbruk\n", av=ark)
    u, u6, v = (Klasse.objects.get(klasse_id=k) for k in ("U", "U6", "V"))
    flytt_klasse(u6, v, av=ark)
    assert ider(etterkommere(v)) == ["U6", "U62", "V"]
    assert ider(etterkommere(u)) == ["U"]
    with pytest.raises(UgyldigInndata):
        flytt_klasse(v, Klasse.objects.get(klasse_id="U62"), av=ark)


@pytest.mark.krav("R-C.5")
def test_finn_eller_opprett_eiendom_once_each(kommune, gbn):
    foerste = finn_eller_opprett_eiendom(12, 34, av=kommune.kari)
    assert (foerste.klasse_id, foerste.tittel, foerste.overordnet.klasse_id) == ("12/34", "Gnr. 12 bnr. 34", "12")
    assert finn_eller_opprett_eiendom(12, 34, av=kommune.per) == foerste
    seksjon = finn_eller_opprett_eiendom(12, 34, 0, 5, av=kommune.kari)
    assert (seksjon.klasse_id, seksjon.tittel) == ("12/34/0/5", "Gnr. 12 bnr. 34 snr. 5")
    assert ider(klasser(gbn)) == ["12", "12/34", "12/34/0/5"]


def test_finn_eller_opprett_eiendom_refused_without_a_system(kommune):
    with pytest.raises(Avvist):
        finn_eller_opprett_eiendom(12, 34, av=kommune.kari)


def test_importer_klasser_csv_reports_bad_lines_and_stores_the_others(ark, kkode):
    opprett_klasse(kkode, klasse_id="0", tittel="Gammel tittel", av=ark)
    fil = (
        "\ufeffTittel,Kode,Overordnet\n"
        "Organisasjon og administrasjon,0,\n"
        ",03,\n"
        "Folkevalgte organ,033,\n"
        "\n"
        "Uten kode,,\n"
        "Igjen,033,\n"
        "Henger løst,99,X9\n"
        "Stjerne,0*,\n"
    )
    rapport = importer_klasser_csv(kkode, fil.encode(), av=ark)
    assert (rapport.opprettet, rapport.oppdatert, rapport.uendret) == (["033"], ["0"], [])
    assert rapport.feil == [
        Linjefeil(3, "Tittel mangler for 03. Skriv hva klassen handler om."),
        Linjefeil(6, "Kode mangler. Skriv ordningsverdien i første kolonne."),
        Linjefeil(7, "Koden 033 står også på linje 4. Behold den ene."),
        Linjefeil(8, "Overordnet X9 finnes verken i fila eller i K-koder. Rett koden, eller la feltet stå tomt."),
        Linjefeil(9, "0*: Ordningsverdien kan ikke ha tegnene | og *."),
    ]
    assert [(k.klasse_id, k.tittel) for k in klasser(kkode)] == [
        ("0", "Organisasjon og administrasjon"),
        ("033", "Folkevalgte organ"),
    ]
    assert Klasse.objects.get(klasse_id="033").overordnet.klasse_id == "0"


def test_importer_klasser_csv_twice_changes_nothing(ark, kkode):
    fil = "kode;tittel\nU;Næring\nU6;Næringer\n"
    importer_klasser_csv(kkode, fil, av=ark)
    hendelser = Hendelse.objects.count()
    rapport = importer_klasser_csv(kkode, fil, av=ark)
    assert (rapport.opprettet, rapport.oppdatert, rapport.uendret, rapport.feil) == ([], [], ["U", "U6"], [])
    assert Hendelse.objects.count() == hendelser


def test_importer_klasser_csv_puts_a_late_parent_above(ark, kkode):
    importer_klasser_csv(kkode, "kode;tittel\nU62;Skjenking\nU620;Bevilling\n", av=ark)
    rapport = importer_klasser_csv(kkode, "kode;tittel\nU;Næring\nU62;Skjenking\nU620;Bevilling\nU621;Ny\n", av=ark)
    assert (rapport.opprettet, rapport.oppdatert, rapport.uendret) == (["U", "U621"], ["U62"], ["U620"])
    assert {k.klasse_id: k.sti for k in klasser(kkode)} == {
        "U": "U|",
        "U62": "U|U62|",
        "U620": "U|U62|U620|",
        "U621": "U|U62|U621|",
    }


def test_importer_klasser_csv_reports_a_ring_and_what_hangs_on_it(ark, kkode):
    rapport = importer_klasser_csv(kkode, "kode;tittel;overordnet\nA;En;B\nB;To;A\nC*;Tre;\nCC;Fire;C*\n", av=ark)
    assert [feil.linje for feil in rapport.feil] == [2, 3, 4, 5]
    assert not Klasse.objects.exists()


def test_importer_klasser_csv_dry_run_stores_nothing(ark, kkode):
    hendelser = Hendelse.objects.count()
    rapport = importer_klasser_csv(kkode, "kode;tittel\nU;Næring\n", proeve=True, av=ark)
    assert (rapport.proeve, rapport.opprettet) == (True, ["U"])
    assert not Klasse.objects.exists()
    assert Hendelse.objects.count() == hendelser


def test_importer_klasser_csv_reads_what_excel_writes(ark, kkode):
    importer_klasser_csv(kkode, "kode;tittel\r\nU;Næring\r\n".encode("cp1252"), av=ark)
    assert [k.tittel for k in klasser(kkode)] == ["Næring"]


@pytest.mark.parametrize("fil", ["", "navn;tittel\nU;Næring\n", b"PK\x03\x04\0\0"])
def test_importer_klasser_csv_refused_as_a_whole(ark, kkode, fil):
    with pytest.raises(UgyldigInndata) as feil:
        importer_klasser_csv(kkode, fil, av=ark)
    assert list(feil.value.felter) == ["fil"]


def test_importer_klasser_csv_refused_for_an_employee(kommune, kkode):
    with pytest.raises(IkkeTilgang):
        importer_klasser_csv(kkode, "kode;tittel\nU;Næring\n", av=kommune.kari)
    assert not Klasse.objects.exists()
