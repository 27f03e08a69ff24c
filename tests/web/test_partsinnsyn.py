"""Partsinnsyn in the page: all ticked, a reason and the leader's yes for what is not, the package, the delivery."""

import io
import re
import zipfile

import pytest
from django.urls import reverse
from lxml import html as lxml_html

from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import lag_partsinnsyn
from saksgang.offentlighet.models import Partsinnsyn
from saksgang.offentlighet.queries import partsgrunnlag
from saksgang.sakarkiv.commands.part import legg_til_sakspart
from tests.tilstand import egen, inngaaende, kodet, partsinnsyn_for

GRUNN = "Notatet beskriver helsen til en nabo, som ikke har betydning for søknaden."


@pytest.fixture
def kroa(kommune_a):
    k = kommune_a
    egen(k, k.sak(101), "N", "F", tittel="Notat om nabo")
    egen(k, k.sak(101), "X", "F", tittel="Notat om befaring")
    return legg_til_sakspart(k.sak(101), type_="organisasjon", navn="Kroa AS", av=k["sb.kari"])


def ny_url(part):
    return reverse("sak-partsinnsyn-ny", args=[part.sak.aar, part.sak.sekvens, part.pk])


def url(rad, navn="sak-partsinnsyn"):
    return reverse(navn, args=[rad.sak.aar, rad.sak.sekvens, rad.pk])


def skjema(svar):
    """What the form on the page would send: every box that is ticked, every field as it stands."""
    form = lxml_html.fromstring(svar.content.decode()).xpath("//form[contains(@class, 'partsinnsyn')]")[0]
    return {navn: verdi or "" for navn, verdi in form.form_values() if navn != "csrfmiddlewaretoken"}


def feil(svar):
    tre = lxml_html.fromstring(svar.content.decode())
    return [" ".join(li.text_content().split()) for li in tre.xpath("//ds-error-summary//li")]


def tekst(svar):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))


def last_ned(klient, adresse):
    """The answer with a file, read to its end and closed."""
    svar = klient.get(adresse)
    svar.fil = b"".join(svar.streaming_content) if svar.streaming else b""
    for lukk in svar._resource_closers:
        lukk()
    return svar


@pytest.mark.krav("R-7.1.5", "A-29")
def test_a_party_gets_everything_but_what_a_leader_agrees_to_keep_back_for_a_reason(kommune_a, kroa):
    k = kommune_a
    kari, anne = k.klient("sb.kari"), k.klient("led.anne")
    # From Diverse → Saksparter; every document is ticked, N and X too.
    assert ny_url(kroa) in kari.get("/saker/2026/101/parter/").content.decode()
    side = kari.get(ny_url(kroa))
    sendt = skjema(side)
    alle = [d.noekkel for d in partsgrunnlag(k["sb.kari"], k.sak(101)).dokumenter]
    assert [navn[4:] for navn in sendt if navn.startswith("med_")] == alle and len(alle) == 5
    assert {"Notat om nabo", "Notat om befaring"} <= set(
        re.findall(r">([^<>]+)</a></span></legend>", side.content.decode())
    )
    # Unticked without a reason: refused, and what was chosen stays.
    notat = f"d{k.jp(101, 6).dokumenter.get().pk}"
    del sendt[f"med_{notat}"]
    svar = kari.post(ny_url(kroa), sendt | {f"grunnlag_{notat}": "19-2a"})
    assert svar.status_code == 422
    assert feil(svar) == ["Skriv den tungtveiende grunnen til at parten ikke kan få dokumentet."]
    staar = skjema(svar)
    assert f"med_{notat}" not in staar and staar[f"grunnlag_{notat}"] == "19-2a"
    assert not Partsinnsyn.objects.exists()
    svar = kari.post(ny_url(kroa), sendt | {f"begrunnelse_{notat}": GRUNN})
    assert (svar.status_code, feil(svar)) == (422, ["Velg bestemmelsen som gir grunnlag for unntaket (fvl. § 21)."])
    assert skjema(svar)[f"begrunnelse_{notat}"].strip() == GRUNN
    # With a reason it waits for the leader: no package, no delivery, and only the leader may decide.
    svar = kari.post(ny_url(kroa), sendt | {f"grunnlag_{notat}": "19-2a", f"begrunnelse_{notat}": GRUNN})
    rad = Partsinnsyn.objects.get()
    assert (svar.status_code, svar.url) == (303, url(rad))
    assert "Anne Hauge, Bente Moen har fått flagg." in tekst(kari.get(svar.url))
    assert kari.get(url(rad, "sak-partsinnsyn-pakke")).status_code == 404
    levering = {"maate": "H", "mottaker": "Kroa AS v/ Per Kro"}
    assert kari.post(url(rad, "sak-partsinnsyn-utlevering"), levering).status_code == 409
    godkjenn = url(rad, "sak-partsinnsyn-avgjoerelse")
    assert [k.klient(hvem).post(godkjenn, {"svar": "G"}).status_code for hvem in ("sb.kari", "ark.eva", "les.gry")] == [
        403, 403, 403,
    ]  # fmt: skip
    assert anne.post(godkjenn, {"svar": "I"}).status_code == 422
    assert anne.post(godkjenn, {"svar": "G"}).status_code == 303
    # The reason may tell of others: it is read by those who work with the case, not by everybody who sees it.
    assert GRUNN in tekst(kari.get(url(rad))) and GRUNN in tekst(anne.get(url(rad)))
    andre = tekst(k.klient("les.gry").get(url(rad)))
    assert "Partsinnsyn for Kroa AS" in andre and GRUNN not in andre
    # The package leaves it out; the log has the recipient and the list.
    svar = last_ned(kari, url(rad, "sak-partsinnsyn-pakke"))
    assert svar["Content-Disposition"] == f'attachment; filename="partsinnsyn-2026-101-{rad.pk}.zip"'
    with zipfile.ZipFile(io.BytesIO(svar.fil)) as pakke:
        assert [navn[:3] for navn in pakke.namelist()] == ["000", "001", "002", "003", "007"]
    assert last_ned(kari, url(rad, "sak-partsinnsyn-liste")).fil.startswith(b"%PDF")
    assert kari.post(url(rad, "sak-partsinnsyn-utlevering"), levering | {"mottaker": ""}).status_code == 422
    assert kari.post(url(rad, "sak-partsinnsyn-utlevering"), levering).status_code == 303
    levert = Hendelse.objects.get(handling="sak.levere_partsinnsyn")
    assert (levert.detaljer["mottaker"], levert.detaljer["journalposter"]) == ("Kroa AS v/ Per Kro", "1, 2, 3, 7")
    historikk = tekst(kari.get("/saker/2026/101/historikk/"))
    assert "Leverte ut partsinnsyn" in historikk and "Kroa AS v/ Per Kro" in historikk and GRUNN not in historikk
    assert "Kroa AS v/ Per Kro" in tekst(kari.get("/saker/2026/101/parter/"))


def test_what_has_come_since_the_page_was_opened_stands_ticked_and_is_looked_over_first(kommune_a, kroa):
    k = kommune_a
    kari = k.klient("sb.kari")
    sendt = skjema(kari.get(ny_url(kroa)))
    jp = inngaaende(k, k.sak(101), "J", tittel="Nytt brev")
    svar = kari.post(ny_url(kroa), sendt)
    assert svar.status_code == 409
    assert feil(svar) == ["Dokumentene i saken er endret siden du åpnet siden. Se over lista på nytt."]
    ny = skjema(svar)
    assert ny[f"med_d{jp.dokumenter.get().pk}"] == "on"
    assert kari.post(ny_url(kroa), ny).status_code == 303


def test_the_page_says_how_many_are_unseen_and_nothing_else_of_them(kommune_a, kroa):
    k = kommune_a
    kodet(k, inngaaende(k, k.sak(101), "J", tittel="Brev om hemmeligheten"), "P")
    ola = k.klient("sb.ola")
    side = ola.get(ny_url(kroa))
    assert "Saken har 1 dokument du ikke ser." in tekst(side) and "hemmeligheten" not in tekst(side)
    svar = ola.post(ny_url(kroa), skjema(side))
    assert svar.status_code == 409 and "1 dokument du ikke ser" in feil(svar)[0]
    assert not Partsinnsyn.objects.exists()
    # Sent from somebody who sees it, the key of what is unseen tells nothing.
    svar = ola.post(ny_url(kroa), skjema(k.klient("led.anne").get(ny_url(kroa))))
    assert svar.status_code == 409 and "hemmeligheten" not in svar.content.decode()


def test_the_page_asks_for_undecided_gradings_to_be_settled_first(kommune_a, kroa):
    k = kommune_a
    kodet(k, k.jp(101, 2), "XX")
    anne = k.klient("led.anne")
    side = anne.get(ny_url(kroa))
    assert "Lederen må avgjøre graderingen først: 2026/101-2" in tekst(side)
    assert anne.post(ny_url(kroa), skjema(side)).status_code == 409


@pytest.mark.krav("R-7.2.2")
def test_a_package_with_something_coded_is_for_those_who_see_it_alone(kommune_a, kroa):
    k = kommune_a
    kodet(k, k.jp(101, 6), "P")
    rad = lag_partsinnsyn(
        kroa, dict.fromkeys(d.noekkel for d in partsgrunnlag(k["led.anne"], k.sak(101)).dokumenter), av=k["led.anne"]
    )
    adresser = [url(rad, f"sak-partsinnsyn{del_}") for del_ in ("", "-pakke", "-liste", "-utlevering", "-avgjoerelse")]
    for hvem in ("les.gry", "sb.ola", "adm.root", "led.nils", "ms.lise"):
        assert {k.klient(hvem).get(adresse).status_code for adresse in adresser} == {404}, hvem
        parter = k.klient(hvem).get("/saker/2026/101/parter/").content.decode()
        assert "Kroa AS" in parter and url(rad) not in parter
    for hvem in ("sb.kari", "led.anne", "ark.eva"):
        assert last_ned(k.klient(hvem), adresser[1]).status_code == 200
    # Reading the package is reading what is coded in it.
    lest = Hendelse.objects.filter(lesing=True, handling__in=["sak.lese_partsinnsyn", "journalpost.lese"])
    assert {(h.handling, h.aktoer.brukernavn) for h in lest} == {
        (handling, hvem)
        for handling in ("sak.lese_partsinnsyn", "journalpost.lese")
        for hvem in ("sb.kari", "led.anne", "ark.eva")
    }


def test_a_party_or_a_package_of_another_case_is_not_found(kommune_a, kroa):
    k = kommune_a
    rad = partsinnsyn_for(k, kroa)
    anne = k.klient("led.anne")
    assert anne.get(reverse("sak-partsinnsyn-ny", args=[2026, 104, kroa.pk])).status_code == 404
    for navn in ("sak-partsinnsyn", "sak-partsinnsyn-pakke", "sak-partsinnsyn-avgjoerelse"):
        assert anne.get(reverse(navn, args=[2026, 104, rad.pk])).status_code == 404


def test_a_refusal_stands_with_the_leaders_comment(kommune_a, kroa):
    k = kommune_a
    rad = partsinnsyn_for(k, kroa)
    svar = k.klient("led.anne").post(
        url(rad, "sak-partsinnsyn-avgjoerelse"), {"svar": "I", "kommentar": "Parten har rett til notatet."}
    )
    assert svar.status_code == 303
    side = tekst(k.klient("sb.kari").get(url(rad)))
    assert "Parten har rett til notatet." in side and "Lag et nytt partsinnsyn" in side


def test_a_failed_package_has_a_button_and_a_changed_one_has_no_download(kommune_a, kroa, settings):
    k = kommune_a
    anne = k.klient("led.anne")
    utvalg = dict.fromkeys(d.noekkel for d in partsgrunnlag(k["led.anne"], kroa.sak).dokumenter)
    grense = settings.SAKSGANG_MAKS_FILSTOERRELSE
    settings.SAKSGANG_MAKS_FILSTOERRELSE = 1000
    feilet = lag_partsinnsyn(kroa, utvalg, av=k["led.anne"])
    settings.SAKSGANG_MAKS_FILSTOERRELSE = grense
    side = f"/saker/2026/101/partsinnsyn/{feilet.pk}/"
    (knapp,) = lxml_html.fromstring(anne.get(side).content.decode()).xpath(
        "//form[contains(@action, '/pakking/')]//button"
    )
    assert knapp.text_content().strip() == "Prøv igjen"
    assert "pakking" not in k.klient("les.gry").get(side).content.decode()
    assert k.klient("les.gry").post(f"{side}pakking/").status_code == 403
    assert anne.post(f"{side}pakking/").status_code == 303
    assert "Last ned pakken" in anne.get(side).content.decode()
    kodet(k, k.jp(101, 1), "P")
    endret = anne.get(side).content.decode()
    assert "Graderingen av 2026/101-1 er endret." in endret
    assert "Last ned pakken" not in endret
    assert ny_url(kroa) in endret
    for fil in ("pakke.zip", "liste.pdf"):
        assert anne.get(f"{side}{fil}").status_code == 409
