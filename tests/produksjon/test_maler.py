"""Templates kept by the archive: what is taken in, what is refused, which version is in use."""

import io
import zipfile

import pytest
from docx import Document

from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import (
    endre_mal,
    forhaandsvis_mal,
    lag_dokument,
    last_opp_malversjon,
    legg_inn_standardmaler,
    opprett_mal,
    ta_i_bruk,
)
from saksgang.produksjon.docx import prosess
from saksgang.produksjon.docx.ooxml import REKKEFOELGE_AVSNITT, element
from saksgang.produksjon.models import Tekstmal, Tekstmalversjon
from saksgang.produksjon.queries.fakta import registrer_feltkilde
from saksgang.produksjon.queries.maler import felter_i, maler_for, mangler_standardmaler
from saksgang.produksjon.rules import FLETTEFELTER, Felt, eksempelfakta, flat
from saksgang.sakarkiv.commands.journalpost import opprett_journalpost
from tests.produksjon import docx

GOD = docx.lag("{{ mottaker.navn }}", "{{ tekst }}", "Med hilsen {{ saksbehandler.navn }}")


def mal(k, **felter):
    """A template of the archive's own, without a version."""
    felter = {"kode": "svar-teknisk", "navn": "Svar fra Teknisk", "typer": ["U"], "rekkefoelge": 1, **felter}
    return opprett_mal(**felter, av=k["ark.eva"])


def lastet_opp(k, tekstmal, innhold, filnavn="mal.docx", av="ark.eva"):
    """A version of the template with this content."""
    return last_opp_malversjon(tekstmal, lagre_fil(innhold, filnavn=filnavn), filnavn=filnavn, av=k[av])


def pakket(fil: bytes, **deler: str) -> bytes:
    """The same DOCX with parts added or replaced."""
    ut = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(fil)) as inn, zipfile.ZipFile(ut, "w") as arkiv:
        for navn in inn.namelist():
            if navn not in deler:
                arkiv.writestr(navn, inn.read(navn))
        for navn, tekst in deler.items():
            arkiv.writestr(navn, tekst)
    return ut.getvalue()


def med_kobling(maal: str, type_: str = "image") -> bytes:
    """A DOCX that points outside itself."""
    with zipfile.ZipFile(io.BytesIO(GOD)) as arkiv:
        rels = arkiv.read("word/_rels/document.xml.rels").decode()
    ny = (
        f'<Relationship Id="rId99" TargetMode="External" Target="{maal}" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{type_}"/></Relationships>'
    )
    return pakket(GOD, **{"word/_rels/document.xml.rels": rels.replace("</Relationships>", ny)})


# --- Keeping them ----------------------------------------------------------------------------------------------------


def test_a_template_is_offered_once_a_version_is_in_use(kommune_a):
    k = kommune_a
    ny = mal(k)
    versjon = lastet_opp(k, ny, GOD)
    assert (versjon.nummer, versjon.tilstand, versjon.feil) == (1, "U", [])
    assert ny not in maler_for("U")
    ta_i_bruk(versjon, av=k["ark.eva"])
    assert maler_for("U")[:2] == [Tekstmal.objects.get(kode="brev", spraak="nb"), ny]
    endre_mal(ny, gyldig_til=k.jp(101, 1).mottatt_dato, av=k["adm.root"])
    assert ny not in maler_for("U")
    hendelser = Hendelse.objects.filter(handling="tekstmal.administrere", objekt_id=ny.pk).order_by("nummer")
    assert [(h.aktoer.brukernavn, h.endringer.get("navn"), h.endringer.get("i bruk")) for h in hendelser] == [
        ("ark.eva", [None, "Svar fra Teknisk"], None),
        ("ark.eva", None, None),
        ("ark.eva", None, [None, 1]),
        ("adm.root", None, None),
    ]


def test_a_new_version_takes_over_and_the_old_one_may_come_back(kommune_a):
    k = kommune_a
    ny = mal(k)
    foerste, andre = lastet_opp(k, ny, GOD), lastet_opp(k, ny, docx.lag("{{ tittel }}", "{{ tekst }}"))

    def tilstander():
        return list(Tekstmalversjon.objects.filter(mal=ny).order_by("nummer").values_list("tilstand", flat=True))

    ta_i_bruk(foerste, av=k["ark.eva"])
    ta_i_bruk(andre, av=k["ark.eva"])
    assert tilstander() == ["A", "B"]
    with pytest.raises(Avvist, match="allerede i bruk"):
        ta_i_bruk(andre, av=k["ark.eva"])
    ta_i_bruk(foerste, av=k["ark.eva"])
    assert tilstander() == ["B", "A"]


@pytest.mark.parametrize("hvem", ["sb.kari", "led.anne", "les.gry"])
def test_templates_are_kept_by_archive_and_administrator_alone(kommune_a, hvem):
    k = kommune_a
    brev = Tekstmal.objects.get(kode="brev", spraak="nb")
    for handling in (
        lambda: opprett_mal(kode="x", navn="X", typer=["U"], av=k[hvem]),
        lambda: endre_mal(brev, navn="Kapret", av=k[hvem]),
        lambda: lastet_opp(k, brev, GOD, av=hvem),
        lambda: ta_i_bruk(brev.versjoner.get(), av=k[hvem]),
        lambda: legg_inn_standardmaler(av=k[hvem]),
    ):
        with pytest.raises(IkkeTilgang):
            handling()
    assert Tekstmal.objects.filter(kode="brev", spraak="nb", navn="Brev", versjoner__nummer=1).count() == 1


@pytest.mark.parametrize(
    ("felter", "felt"),
    [
        ({"navn": " "}, "navn"),
        ({"typer": []}, "typer"),
        ({"typer": ["I"]}, "typer"),
        ({"kode": "brev"}, "kode"),
        ({"kode": ""}, "kode"),
        ({"spraak": "se"}, "spraak"),
        ({"behandlingsform": "P"}, "behandlingsform"),
        ({"behandlingsform": "Q", "typer": ["S"]}, "behandlingsform"),
    ],
)
def test_opprett_mal_refused_without_what_it_needs(kommune_a, felter, felt):
    with pytest.raises(UgyldigInndata) as feil:
        mal(kommune_a, **felter)
    assert list(feil.value.felter) == [felt]


def test_standard_templates_are_whole_and_added_once(kommune_a):
    k = kommune_a
    assert (mangler_standardmaler(), legg_inn_standardmaler(av=k["adm.root"])) == ([], [])
    versjoner = Tekstmalversjon.objects.filter(tilstand="B").select_related("mal", "fil")
    assert sorted((v.mal.kode, v.mal.spraak) for v in versjoner) == sorted(
        (kode, spraak)
        for kode in "brev foreloepig-svar avslag-innsyn partsbrev notat-n notat-x saksframlegg-politisk "
        "saksframlegg-delegert".split()
        for spraak in ("nb", "nn")
    )
    assert [felt.navn for v in versjoner for felt in felter_i(v) if not felt.kjent] == []
    for versjon in versjoner:
        dokument = Document(io.BytesIO(innhold(versjon.fil)))
        # Word refuses a file whose properties stand in another order than the schema's.
        for egenskaper in dokument.element.iter("{*}pPr"):
            plasser = [REKKEFOELGE_AVSNITT.index(e.tag) for e in egenskaper]
            assert plasser == sorted(plasser), versjon
        skift = [p for p in dokument.element.body.iterchildren("{*}p") if p.find("./{*}pPr/{*}sectPr") is not None]
        assert len(skift) == (2 if versjon.mal.kode.startswith("saksframlegg") else 0)


def test_forhaandsvis_mal_merges_sample_data_once(kommune_a):
    versjon = Tekstmal.objects.get(kode="foreloepig-svar", spraak="nn").versjoner.get()
    fil = forhaandsvis_mal(versjon)
    assert {"Kroa AS", "2026/101-6", "Med helsing"} <= {bit for linje in docx.linjer(innhold(fil)) for bit in (
        linje, linje.removeprefix("Vår ref.")
    )}  # fmt: skip
    assert forhaandsvis_mal(Tekstmalversjon.objects.get(pk=versjon.pk)) == fil


def test_a_field_of_a_higher_room_is_known_merged_and_offered(kommune_a, monkeypatch):
    k = kommune_a
    monkeypatch.setattr("saksgang.produksjon.queries.fakta._kilder", [])
    vedtak = docx.lag("Søknaden innvilges.", "Bevillingen gjelder til 2030.")
    registrer_feltkilde(Felt("organ", "Organet som har vedtatt", "Formannskapet"))(lambda jp, spraak: f"Organ {spraak}")
    registrer_feltkilde(Felt("vedtak", "Vedtaket", rik=True))(lambda jp, spraak: vedtak)
    ny = mal(k)
    versjon = lastet_opp(k, ny, docx.lag("{{ organ }}", "{{ vedtak }}", "{{ tekst }}", "Slutt"))
    assert versjon.feil == []
    ta_i_bruk(versjon, av=k["ark.eva"])
    jp = opprett_journalpost(k.sak(101), "U", tittel="Partsbrev", av=k["sb.kari"])
    dokument = lag_dokument(jp, ny, av=k["sb.kari"])
    assert docx.tekst(dokument) == ["Organ nb", "Søknaden innvilges.", "Bevillingen gjelder til 2030.", "Slutt"]
    feil = lastet_opp(k, ny, docx.lag("Her: {{ vedtak }}", "{{ tekst }}")).feil
    assert feil == ["Feltet {{ vedtak }} må stå alene i et avsnitt."]


# --- Bad input -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("avsnitt", "feil"),
    [
        (["{{ mottaker.nvn }}"], ["Ukjent flettefelt: mottaker.nvn. Mente du mottaker.navn?"]),
        (["{{ finnes_ikke }}"], ["Ukjent flettefelt: finnes_ikke."]),
        (["{% for p in parter %}{{ p.foedselsnummer }}{% endfor %}"], ["Ukjent flettefelt: p.foedselsnummer."]),
        (["{{ mottaker }}"], ["mottaker er ikke ett felt. Skriv hvilket felt i det som skal stå der."]),
        (["{% for x in tittel %}x{% endfor %}"], ["tittel er ikke en liste og kan ikke gjentas."]),
        (["{{ tittel.upper() }}"], ["Malen har et kall i et flettefelt"]),
        (["{{ ''.__class__.__mro__[1].__subclasses__() }}"], ["Malen har et kall i et flettefelt"]),
        (["{{ ''.__class__.__mro__ }}"], ["Ukjent flettefelt: «».__class__.__mro__."]),
        (["{{ mottaker.__class__ }}"], ["Ukjent flettefelt: mottaker.__class__."]),
        (["{{ tittel|attr('__class__') }}"], ["Malen har filteret «attr» i et flettefelt"]),
        (["{% set x = 1 %}"], ["Malen har en tilordning i et flettefelt"]),
        (["{% include 'x' %}"], ["Malen har en annen fil i et flettefelt"]),
        (["{{ 9999999999 ** 9999999999 }}"], ["Malen har et uttrykk som regner"]),
        (["{{ 'a' * 10000000000 }}"], ["Malen har et uttrykk som regner"]),
        (["{% for i in range(10) %}x{% endfor %}"], ["Malen har et kall", "uttrykket er ikke en liste"]),
        (["{% for a in parter %}{% for b in parter %}{% for c in parter %}x{% endfor %}{% endfor %}{% endfor %}"],
         ["Malen har lister inne i lister inne i lister"]),
        (["{{ tittel "], ["Et flettefelt"]),
        (["{% if tittel %}aldri slutt"], ["Et flettefelt"]),
    ],
)  # fmt: skip
def test_a_template_with_errors_is_kept_as_draft_and_never_taken_into_use(kommune_a, avsnitt, feil):
    k = kommune_a
    versjon = lastet_opp(k, mal(k), docx.lag(*avsnitt, "{{ tekst }}"))
    assert [fant[: len(ventet)] for fant, ventet in zip(versjon.feil, feil, strict=True)] == feil
    with pytest.raises(Avvist, match="kan ikke tas i bruk ennå"):
        ta_i_bruk(versjon, av=k["ark.eva"])
    with pytest.raises(Avvist, match="kan ikke forhåndsvises"):
        forhaandsvis_mal(versjon)
    assert Tekstmalversjon.objects.get(pk=versjon.pk).tilstand == "U"


@pytest.mark.parametrize(
    "avsnitt",
    [
        ["Uten plass til teksten"],
        ["{{ tekst }}", "{{ tekst }}"],
        ["Hei {{ tekst }}"],
        ["{{ tekst_start }}"],
        ["{{ tekst_slutt }}", "{{ tekst_start }}"],
        ["{{ tekst }}", "{{ tekst_start }}", "{{ tekst_slutt }}"],
    ],
)
def test_a_template_must_have_one_place_for_the_text(kommune_a, avsnitt):
    versjon = lastet_opp(kommune_a, mal(kommune_a), docx.lag(*avsnitt))
    assert len(versjon.feil) == 1
    assert "tekst" in versjon.feil[0]


@pytest.mark.parametrize(
    ("innhold", "filnavn", "setning"),
    [
        (GOD[:200], "mal.docx", "men innholdet er noe annet"),
        (b"Bare tekst", "mal.txt", "er ikke et Word-dokument"),
        (pakket(GOD, **{"word/vbaProject.bin": "x"}), "mal.docx", "makroer"),
        (pakket(GOD, **{"word/document.xml": "<w:document"}), "mal.docx", "lar seg ikke åpne"),
        (pakket(GOD, **{"word/embeddings/oleObject1.bin": "x"}), "mal.docx", "innebygde objekter"),
        (med_kobling("http://ondt.example/bilde.png"), "mal.docx", "henter innhold fra en annen fil"),
        (med_kobling("file:///c:/hemmelig.docx", "subDocument"), "mal.docx", "henter innhold fra en annen fil"),
        (med_kobling("javascript:alert(1)", "hyperlink"), "mal.docx", "henter innhold fra en annen fil"),
    ],
)
def test_last_opp_malversjon_refuses_what_is_broken_or_dangerous(kommune_a, innhold, filnavn, setning):
    k = kommune_a
    ny = mal(k)
    with pytest.raises((Avvist, UgyldigInndata), match=setning):
        lastet_opp(k, ny, innhold, filnavn)
    assert ny.versjoner.count() == 0


def test_a_link_for_the_reader_is_no_danger(kommune_a):
    assert lastet_opp(kommune_a, mal(kommune_a), med_kobling("https://lovdata.no", "hyperlink")).feil == []


def test_a_field_code_that_fetches_files_is_refused(kommune_a):
    dokument = Document(io.BytesIO(GOD))
    dokument.add_paragraph()._p.append(element("fldSimple", instr='INCLUDETEXT "/etc/passwd"'))
    with pytest.raises(UgyldigInndata, match="henter fra andre filer"):
        lastet_opp(kommune_a, mal(kommune_a), docx.lagret(dokument))


@pytest.mark.parametrize(
    ("avsnitt", "setning"),
    [
        ("{% for a in t %}" * 4 + "{% endfor %}" * 4, prosess.FOR_LENGE),
        ("{{ ''.__class__.__mro__ }}", "SecurityError"),
    ],
)  # fmt: skip
def test_a_template_that_got_past_the_check_is_stopped_all_the_same(avsnitt, setning):
    # The second wall: what a template does is run in a process of its own, within its limits.
    mal = docx.lag(avsnitt, "{{ tekst }}")
    bestilling = prosess.Bestilling({"t": list("abcdefgh" * 40)}, {}, brodtekst="<p>Hei</p>")
    with pytest.raises(Avvist, match=setning.split(".")[0]):
        prosess.flett(mal, [bestilling], sekunder=1)
    # And the caller works on.
    assert docx.linjer(prosess.flett(docx.lag("{{ tekst }}"), [bestilling])[0].fil) == ["Hei"]


def test_a_text_of_300_pages_is_merged_and_kept_when_merged_anew():
    side = "<h2>Kapittel</h2>" + "<p>Et avsnitt om saken som er langt nok til å fylle noen linjer i brevet.</p>" * 30
    mal = docx.lag("{{ tittel }}", "{{ tekst }}", "Slutt")
    foerst = prosess.flett(mal, [prosess.Bestilling({"tittel": "En"}, {}, brodtekst=side * 300)])[0].fil
    assert len(docx.linjer(foerst)) == 300 * 31 + 2
    igjen = prosess.flett(mal, [prosess.Bestilling({"tittel": "To"}, {}, fra_fil=foerst)])[0].fil
    assert docx.linjer(igjen) == ["To", *docx.linjer(foerst)[1:]]


def test_nothing_that_is_merged_is_read_as_template_or_markup():
    fakta = {"tittel": "{{ hemmelig }} <w:p/> & «A»\x0b", "hemmelig": "LEKK"}
    svar = prosess.flett(
        docx.lag("{{ tittel }}", "{{ tekst }}"), [prosess.Bestilling(fakta, {}, brodtekst="{{ hemmelig }}")]
    )
    assert docx.linjer(svar[0].fil) == ["{{ hemmelig }} <w:p/> & «A»", "{{ hemmelig }}"]


def test_every_field_has_a_meaning_and_a_sample():
    navn = [felt for felt, *_ in flat(FLETTEFELTER)]
    assert len(navn) == len(set(navn))
    assert [felt for felt, forklaring, _ in flat(FLETTEFELTER) if not forklaring] == []
    assert set(eksempelfakta(FLETTEFELTER)) == {felt.navn for felt in FLETTEFELTER}
