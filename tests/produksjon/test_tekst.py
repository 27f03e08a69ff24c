"""Documents made from templates: merged, written, merged anew with the text kept."""

import pytest

from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import ferdigstill, flett_paa_nytt, lag_dokument, lag_versjon, skriv_tekst
from saksgang.produksjon.models import Tekst, Tekstmal
from saksgang.produksjon.queries.fletting import (
    dokument_for_mottaker,
    dokumenter_for_mottakere,
    nytt_aa_flette,
    siste_versjon,
    utkast,
)
from saksgang.produksjon.queries.maler import maler_for
from saksgang.sakarkiv.commands.dokument import ny_versjon
from saksgang.sakarkiv.commands.journalpost import Part, opprett_journalpost, rediger_journalpost
from saksgang.sakarkiv.models import Dokument
from tests.produksjon import docx

KROA = Part(navn="Kroa AS", adresse="Storgata 14", postnummer="6899", poststed="Fjordvik")
POLITIET = Part(navn="Politiet i Fjordvik", adresse="Kaiveien 2", postnummer="6899", poststed="Fjordvik")
BREVTEKST = "<h2>Vurdering</h2><p>Vi gir <strong>bevilling</strong>.</p><ul><li>Kart mangler</li></ul>"


def brev(k, *mottakere, mal="brev", **felter):
    """A letter by sb.kari in case 101, made from a template: its journalpost and its document."""
    jp = opprett_journalpost(
        k.sak(101), "U", tittel="Svar på søknad", mottakere=mottakere or [KROA], av=k["sb.kari"], **felter
    )
    return jp, lag_dokument(jp, Tekstmal.objects.get(kode=mal, spraak="nb"), av=k["sb.kari"])


def skrevet(k, dokument, tekst=BREVTEKST, av="sb.kari"):
    """The text after a saving by the person."""
    return skriv_tekst(dokument, tekst, utgave=Tekst.objects.get(dokument=dokument).utgave, av=k[av])


@pytest.mark.krav("R-10.2.2.3b")
def test_lag_dokument_merges_and_flett_paa_nytt_keeps_the_text(kommune_a):
    k = kommune_a
    jp, dokument = brev(k)
    skrevet(k, dokument)
    lag_versjon(dokument, av=k["sb.kari"])
    foer = docx.tekst(dokument)
    assert {"Kroa AS", "Storgata 14", "6899 Fjordvik", "Vår ref.2026/101-6", "SaksbehandlerKari Lunde"} <= set(foer)
    rediger_journalpost(jp, parter=[POLITIET], av=k["sb.kari"])
    assert nytt_aa_flette(dokument)
    flett_paa_nytt(dokument, av=k["sb.kari"])
    etter = docx.tekst(dokument)
    bytte = {"Kroa AS": "Politiet i Fjordvik", "Storgata 14": "Kaiveien 2"}
    assert etter == [bytte.get(linje, linje) for linje in foer]
    assert {"Vurdering", "Vi gir bevilling.", "Kart mangler"} <= set(etter)


@pytest.mark.krav("R-10.2.2.3b")
def test_flett_paa_nytt_keeps_what_was_edited_in_word(kommune_a):
    k = kommune_a
    jp, dokument = brev(k)
    skrevet(k, dokument)
    lag_versjon(dokument, av=k["sb.kari"])
    fil = docx.aapnet(dokument)
    avsnitt = next(a for a in fil.paragraphs if a.text == "Vi gir bevilling.")
    avsnitt.add_run(" Vi ber om kart.").italic = True
    avsnitt.insert_paragraph_before("Nytt avsnitt fra Word.")
    ny_versjon(dokument, lagre_fil(docx.lagret(fil), filnavn="svar.docx"), filnavn="svar.docx", av=k["sb.kari"])
    rediger_journalpost(jp, parter=[POLITIET], av=k["sb.kari"])
    flett_paa_nytt(dokument, av=k["sb.kari"])
    linjer = docx.tekst(dokument)
    fra = linjer.index("Vurdering")
    assert linjer[fra : fra + 5] == [
        "Vurdering",
        "Nytt avsnitt fra Word.",
        "Vi gir bevilling. Vi ber om kart.",
        "Kart mangler",
        "Med hilsen",
    ]
    assert "Kaiveien 2" in linjer
    assert "Storgata 14" not in linjer
    kursiv = [r.text for a in docx.aapnet(dokument).paragraphs for r in a.runs if r.italic]
    assert kursiv == [" Vi ber om kart."]
    # And once more: the marks are still there.
    rediger_journalpost(jp, parter=[KROA], av=k["sb.kari"])
    flett_paa_nytt(dokument, av=k["sb.kari"])
    assert "Nytt avsnitt fra Word." in docx.tekst(dokument)


def test_flett_paa_nytt_refused_when_the_marks_are_gone(kommune_a):
    k = kommune_a
    jp, dokument = brev(k)
    ny_versjon(dokument, lagre_fil(docx.lag("Min egen tekst"), filnavn="x.docx"), filnavn="x.docx", av=k["sb.kari"])
    rediger_journalpost(jp, parter=[POLITIET], av=k["sb.kari"])
    with pytest.raises(Avvist, match="Merkene rundt teksten er borte"):
        flett_paa_nytt(dokument, av=k["sb.kari"])
    assert docx.tekst(dokument) == ["Min egen tekst"]


def test_flett_paa_nytt_refused_when_nothing_has_changed(kommune_a):
    k = kommune_a
    _, dokument = brev(k)
    with pytest.raises(Avvist, match="ikke noe å flette på nytt"):
        flett_paa_nytt(dokument, av=k["sb.kari"])


def test_skriv_tekst_makes_no_version_and_one_event_until_the_next(kommune_a):
    k = kommune_a
    jp, dokument = brev(k)
    siste = Hendelse.objects.order_by("-nummer").first().nummer
    for tekst in ("<p>En</p>", "<p>En to</p>", "<p>En to tre</p>"):
        skrevet(k, dokument, tekst)
    skrevet(k, dokument, "<p>En to tre fire</p>", av="led.anne")
    assert dokument.versjoner.count() == 1
    lag_versjon(dokument, av=k["sb.kari"])
    assert lag_versjon(dokument, av=k["sb.kari"]) is None
    hendelser = Hendelse.objects.filter(nummer__gt=siste).order_by("nummer")
    assert [(h.handling, h.aktoer.brukernavn, "versjon" in str(h.endringer)) for h in hendelser] == [
        ("journalpost.skrive_tekst", "sb.kari", False),
        ("journalpost.skrive_tekst", "led.anne", False),
        ("journalpost.skrive_tekst", "sb.kari", True),
    ]
    assert "En to tre fire" in docx.tekst(dokument)


def test_skriv_tekst_refused_when_somebody_saved_meanwhile(kommune_a):
    k = kommune_a
    _, dokument = brev(k)
    skrevet(k, dokument, "<p>Lederens</p>", av="led.anne")
    with pytest.raises(Avvist, match=r"Anne Hauge lagret teksten 02\.03\.2026 kl\. 09\.00"):
        skriv_tekst(dokument, "<p>Min</p>", utgave=1, av=k["sb.kari"])
    assert Tekst.objects.get(dokument=dokument).brodtekst == "<p>Lederens</p>"


def test_skriv_tekst_refused_once_the_text_is_in_a_file(kommune_a):
    k = kommune_a
    _, dokument = brev(k)
    ny_versjon(dokument, lagre_fil(docx.lag("Fra Word"), filnavn="x.docx"), filnavn="x.docx", av=k["sb.kari"])
    with pytest.raises(Avvist, match="redigert i Word eller LibreOffice"):
        skrevet(k, dokument)
    assert lag_versjon(dokument, av=k["sb.kari"]) is None


def test_skriv_tekst_is_for_those_who_may_edit(kommune_a):
    k = kommune_a
    jp, dokument = brev(k)
    with pytest.raises(IkkeFunnet):
        skrevet(k, dokument, av="les.gry")
    with pytest.raises(IkkeTilgang):
        skrevet(k, dokument, av="ark.eva")
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    with pytest.raises(Avvist, match="ferdigstilt og låst"):
        skrevet(k, dokument)
    assert Tekst.objects.get(dokument=dokument).brodtekst == ""


@pytest.mark.parametrize(
    ("inn", "ut"),
    [
        ('<p onclick="x()">A<script>alert(1)</script>B</p>', "<p>AB</p>"),
        ('<p style="color:red">A <a href="javascript:x">lenke</a></p><img src=x onerror=y>', "<p>A lenke</p>"),
        ("<div>En</div><div>To<br>linjer</div>", "<p>En</p>\n<p>To<br>linjer</p>"),
        ("<h1>Stor</h1><b>fet</b> <i>skrå</i>", "<h2>Stor</h2>\n<p><strong>fet</strong> <em>skrå</em></p>"),
        (
            "<ol><li><p>en</p></li><li>to<ul><li>a</li></ul></li></ol>",
            "<ol>\n<li>en</li>\n<li>to\n<ul>\n<li>a</li></ul></li></ol>",
        ),
        ("{{ 7*7 }} &lt;b&gt; &amp; «ord»", "<p>{{ 7*7 }} &lt;b&gt; &amp; «ord»</p>"),
        ("<table><tr><td>celle</td></tr></table>", "<p>celle</p>"),
        ("<style>p{}</style><p></p>  ", ""),
    ],
)
def test_skriv_tekst_keeps_paragraphs_lists_and_type_and_nothing_else(kommune_a, inn, ut):
    k = kommune_a
    _, dokument = brev(k)
    assert skrevet(k, dokument, inn).brodtekst == ut
    assert skrevet(k, dokument, ut).brodtekst == ut


def test_ferdigstill_takes_the_draft_with_it(kommune_a):
    k = kommune_a
    jp, dokument = brev(k)
    skrevet(k, dokument, "<p>Siste ord {{ tittel }} &amp; slutt.</p>")
    assert "Siste ord {{ tittel }} & slutt." in docx.linjer(utkast(dokument))
    ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"])
    assert dokument.versjoner.count() == 2
    assert "Siste ord {{ tittel }} & slutt." in docx.tekst(dokument)


def test_dokument_for_mottaker_names_one_and_keeps_the_text(kommune_a):
    k = kommune_a
    jp, dokument = brev(k, KROA, POLITIET)
    skrevet(k, dokument)
    lag_versjon(dokument, av=k["sb.kari"])
    felles = docx.tekst(dokument)
    assert {"Mottakere etter liste", "Mottakere", "Kroa AS", "Politiet i Fjordvik"} <= set(felles)
    parter = list(jp.parter.order_by("pk"))
    en = docx.linjer(dokument_for_mottaker(dokument, parter[1]))
    assert {"Politiet i Fjordvik", "Kaiveien 2", "Vi gir bevilling."} <= set(en)
    assert not {"Kroa AS", "Mottakere", "Mottakere etter liste"} & set(en)
    assert [p.navn for p, _ in dokumenter_for_mottakere(dokument, parter)] == ["Kroa AS", "Politiet i Fjordvik"]
    assert dokument.versjoner.count() == 2


def test_lag_dokument_makes_main_document_then_attachment(kommune_a):
    k = kommune_a
    jp, hoved = brev(k)
    vedlegg = lag_dokument(jp, Tekstmal.objects.get(kode="avslag-innsyn", spraak="nb"), av=k["sb.kari"])
    assert [(d.nummer, d.tilknytning, d.kilde, d.tittel) for d in (hoved, vedlegg)] == [
        (1, "H", Dokument.Kilde.MAL, "Svar på søknad"),
        (2, "V", Dokument.Kilde.MAL, "Avslag på innsyn"),
    ]
    jp.refresh_from_db()
    assert jp.enkeltvedtak
    lag_versjon(hoved, av=k["sb.kari"])
    assert "Avslag på innsyn" in docx.tekst(hoved)


def test_lag_dokument_refused_with_a_template_for_another_type(kommune_a):
    k = kommune_a
    jp, _ = brev(k)
    with pytest.raises(UgyldigInndata, match="er ikke for utgående"):
        lag_dokument(jp, Tekstmal.objects.get(kode="notat-n", spraak="nb"), av=k["sb.kari"])
    assert jp.dokumenter.count() == 1


def test_maler_for_puts_the_best_first(kommune_a):
    def koder(*args, **felter):
        return [f"{m.kode}/{m.spraak}" for m in maler_for(*args, **felter)]

    assert koder("N") == ["notat-n/nb", "notat-n/nn"]
    assert koder("U")[:2] == ["brev/nb", "avslag-innsyn/nb"]
    assert koder("U", foreloepig=True, spraak="nn")[0] == "foreloepig-svar/nn"
    assert koder("S", behandlingsform="D") == ["saksframlegg-delegert/nb", "saksframlegg-delegert/nn"]


def test_a_preliminary_answer_begins_with_the_words_of_the_template(kommune_a):
    k = kommune_a
    _, dokument = brev(k, mal="foreloepig-svar")
    tekst = Tekst.objects.get(dokument=dokument)
    assert tekst.brodtekst.startswith("<p>Vi viser til henvendelsen deres.</p>\n<p>Henvendelsen er under behandling")
    assert innhold(siste_versjon(dokument).fil)[:2] == b"PK"
