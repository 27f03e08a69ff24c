"""Bringing in units and people from CSV."""

import pytest

from saksgang.kjerne.errors import IkkeTilgang, UgyldigInndata
from saksgang.logg.models import Hendelse
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.tilgang.commands import importer_brukere_csv, importer_enheter_csv
from saksgang.tilgang.queries import finn_bruker, finn_enhet, rettigheter
from saksgang.tilgang.rules import Rolle

pytest_plugins = ["tests.tilgang.kommune"]


def test_importer_enheter_csv_makes_the_tree_in_any_order(kommune):
    rapport = importer_enheter_csv(
        "kode;navn;overordnet;fagområde\n"
        "BARN;Barnehager;OPPV;\n"
        "OPPV;Oppvekst;;ja\n"
        "TEK;Teknisk drift;;\n"
        "VAR;Vann og avløp;TEK;nei\n",
        av=kommune.adm,
    )
    assert (rapport.opprettet, rapport.oppdatert, rapport.uendret) == (["OPPV", "BARN"], ["TEK"], ["VAR"])
    assert rapport.feil == []
    oppv = finn_enhet("OPPV")
    assert finn_enhet("BARN").forfedre == [oppv.pk, finn_enhet("BARN").pk]
    assert oppv.fagomraade
    assert finn_enhet("TEK").fagomraade


def test_importer_enheter_csv_reports_bad_lines_and_stores_the_others(kommune):
    rapport = importer_enheter_csv(
        "kode;navn;overordnet;fagområde\n"
        ";Uten kode;;\n"
        "A;A-enheten;B;\n"
        "B;B-enheten;A;\n"
        "C;C-enheten;FINNESIKKE;\n"
        "D;D-enheten;;kanskje\n"
        "E;E-enheten;D;\n"
        "F;;;\n"
        "G;G-enheten;;\n"
        "g;Igjen;;\n"
        "TEK;Teknisk;VAR;\n",
        av=kommune.adm,
    )
    assert rapport.opprettet == ["G"]
    assert [(feil.linje, feil.tekst.split(".")[0]) for feil in rapport.feil] == [
        (2, "(tom): Enheten må ha en kode"),
        (3, "A og B ligger under hverandre"),
        (4, "B og A ligger under hverandre"),
        (5, "Overordnet FINNESIKKE finnes verken i fila eller fra før"),
        (6, "D: Skriv ja eller nei i kolonnen fagområde, ikke «kanskje»"),
        (7, "E: Overordnet D kom ikke inn"),
        (8, "F: Enheten må ha et navn"),
        (10, "g står også på linje 9"),
        (11, "TEK: VAR Vann og avløp ligger under TEK Teknisk"),
    ]
    assert list(Enhet.objects.order_by("kode").values_list("kode", flat=True)) == ["G", "KULT", "TEK", "VAR"]


def test_importer_brukere_csv_makes_people_with_roles(kommune):
    rapport = importer_brukere_csv(
        "brukernavn;navn;initialer;enhet;epost;roller\n"
        "ark.eva;Eva Ark;eva;TEK;eva@fjordvik.no;SB, ARK\n"
        "sb.kari;Kari Lunde;kar;KULT;;SB\n"
        "sb.per;Per Aas;per;KULT;;\n",
        av=kommune.adm,
    )
    assert (rapport.opprettet, rapport.oppdatert, rapport.uendret) == (["ark.eva"], ["sb.kari"], ["sb.per"])
    assert rapport.feil == []
    eva = finn_bruker("ark.eva")
    assert rettigheter(eva).roller == {Rolle.SB, Rolle.ARK}
    assert not eva.has_usable_password()
    assert finn_bruker("sb.kari").enhet == kommune.kult
    assert sorted(t.enhet.kode for t in kommune.kari.roller.order_by("pk")) == ["KULT", "TEK"]


def test_importer_brukere_csv_reports_bad_lines_and_stores_nothing_of_them(kommune):
    rapport = importer_brukere_csv(
        "brukernavn;navn;initialer;enhet;epost;roller\n"
        "a;A;a;INGEN;;SB\n"
        "b;B;b;TEK;;SB,KONGE\n"
        "c;C;c;TEK;ikke-adresse;SB\n"
        ";D;d;TEK;;SB\n"
        "e;E;e;TEK;;SF\n"
        "f;F;f;TEK;;SB\n",
        av=kommune.adm,
    )
    assert rapport.opprettet == ["f"]
    assert [feil.linje for feil in rapport.feil] == [2, 3, 4, 5, 6]
    assert rapport.feil[1].tekst.startswith("b: Ukjent rolle KONGE.")
    assert not Bruker.objects.filter(brukernavn__in=["a", "b", "c", "", "e"]).exists()


@pytest.mark.parametrize(
    ("importer", "fil"),
    [
        (importer_enheter_csv, "kode;navn\nNY;Ny enhet\n"),
        (importer_brukere_csv, "brukernavn;navn;initialer;enhet\nny;Ny;n;TEK\n"),
    ],
)
def test_importer_dry_run_stores_nothing(kommune, importer, fil):
    foer = (Hendelse.objects.count(), Bruker.objects.count(), Enhet.objects.count())
    assert len(importer(fil, proeve=True, av=kommune.adm).opprettet) == 1
    assert (Hendelse.objects.count(), Bruker.objects.count(), Enhet.objects.count()) == foer
    with pytest.raises(IkkeTilgang):
        importer(fil, av=kommune.anne)
    with pytest.raises(UgyldigInndata):
        importer("tull;og;toeys\n", av=kommune.adm)
    assert (Hendelse.objects.count(), Bruker.objects.count(), Enhet.objects.count()) == foer
