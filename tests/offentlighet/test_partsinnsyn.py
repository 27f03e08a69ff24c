"""What a party is given: everything, unless a leader agrees to a weighty reason; packed, delivered, never changed."""

import io
import zipfile

import pytest
from django.db import DatabaseError, connection, transaction

from saksgang.demo.grunnlag import skjerming, tekstfil
from saksgang.flyt import queries as flyt
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager import queries as lager
from saksgang.lager.store import lager as fillager
from saksgang.logg.models import Hendelse
from saksgang.offentlighet.commands import (
    Unntak,
    avgjoer_skjerming,
    avgjoer_unntak,
    foreslaa_skjerming,
    lag_partsinnsyn,
    lever_partsinnsyn,
    noter_pakkelesing,
    pakk_paa_nytt,
    partspakke,
    sperr_midlertidig,
    trekk_sladding,
)
from saksgang.offentlighet.models import Partsinnsyn, Partsinnsynslinje
from saksgang.offentlighet.queries import (
    hent_partsinnsyn,
    kan_avgjoere,
    kommet_til,
    partsgrunnlag,
    partsinnsyn_i_sak,
    partsinnsynslinjer,
)
from saksgang.produksjon.commands import gjenaapne
from saksgang.sakarkiv.commands.dokument import ny_versjon
from saksgang.sakarkiv.commands.part import avslutt_sakspart, legg_til_sakspart
from tests.jobber import kjoer_jobber
from tests.offentlighet.test_sladding import brevet, godkjent
from tests.tilstand import egen, inngaaende, kodet

HVORFOR = "Notatet beskriver helsen til en nabo, og det har ingen betydning for søknaden."


@pytest.fixture
def sak(kommune_a):
    """Case 101 with a note of each kind finished, a draft, and Kroa AS as its party."""
    k = kommune_a
    egen(k, k.sak(101), "N", "F", tittel="Notat om skjenkekontroll")
    egen(k, k.sak(101), "X", "F", tittel="Notat til meg selv")
    egen(k, k.sak(101), "U", "R", tittel="Utkast til svar")
    return k.sak(101)


@pytest.fixture
def kroa(kommune_a, sak):
    return legg_til_sakspart(sak, type_="organisasjon", navn="Kroa AS", av=kommune_a["sb.kari"])


def valg(bruker, sak, **unntatt):
    """Everything given, but for the documents on these journalpost numbers (_6=...)."""
    per_nummer = {int(navn.strip("_")): unntak for navn, unntak in unntatt.items()}
    return {d.noekkel: per_nummer.get(d.journalpost.journalpostnummer) for d in partsgrunnlag(bruker, sak).dokumenter}


def nummer(sak, tittel):
    return sak.journalposter.get(tittel=tittel).journalpostnummer


def med_unntak(k, part, *, av="sb.kari", tittel="Notat om skjenkekontroll"):
    unntatt = {f"_{nummer(part.sak, tittel)}": Unntak("19-2a", HVORFOR)}
    return lag_partsinnsyn(part, valg(k[av], part.sak, **unntatt), av=k[av])


def filer_i(partsinnsyn):
    with zipfile.ZipFile(io.BytesIO(lager.innhold(partsinnsyn.pakke))) as pakke:
        assert pakke.testzip() is None
        return {navn: pakke.read(navn) for navn in pakke.namelist()}


def test_partsgrunnlag_has_every_finished_document_internal_ones_too_and_no_draft(kommune_a, sak):
    grunnlag = partsgrunnlag(kommune_a["sb.kari"], sak)
    assert [(d.journalpost.journalposttype, d.tittel) for d in grunnlag.dokumenter] == [
        ("I", "Søknad om skjenkebevilling"),
        ("I", "Supplerende opplysninger til søknad om skjenkebevilling"),
        ("I", "Uttalelse til søknad om skjenkebevilling"),
        ("N", "Notat om skjenkekontroll"),
        ("X", "Notat til meg selv"),
    ]
    assert (grunnlag.skjulte, grunnlag.uavklarte) == (0, ())
    assert grunnlag.utkast == 3
    # Somebody who sees no draft is told of none.
    assert partsgrunnlag(kommune_a["les.gry"], sak).utkast == 0


def test_lag_partsinnsyn_without_exclusions_packs_at_once(kommune_a, kroa, sak):
    k = kommune_a
    laget = lag_partsinnsyn(kroa, valg(k["sb.kari"], sak), av=k["sb.kari"])
    assert (laget.tilstand, laget.antall_unntatt) == ("klar", 0)
    filer = filer_i(laget)
    assert list(filer) == [
        "000 Følgebrev og dokumentliste.pdf",
        "001-01 Søknad om skjenkebevilling.txt",
        "002-01 Supplerende opplysninger til søknad om skjenkebevilling.txt",
        "003-01 Uttalelse til søknad om skjenkebevilling.txt",
        "006-01 Notat om skjenkekontroll.txt",
        "007-01 Notat til meg selv.txt",
    ]
    assert filer["006-01 Notat om skjenkekontroll.txt"] == b"Notat om skjenkekontroll\n"
    assert filer["000 Følgebrev og dokumentliste.pdf"] == lager.innhold(laget.liste)


def test_lag_partsinnsyn_keeps_what_each_line_was(kommune_a, kroa, sak):
    laget = med_unntak(kommune_a, kroa)
    linjer = partsinnsynslinjer(laget)
    assert [(linje.journalpost.journalpostnummer, linje.unntatt, linje.grunnlag) for linje in linjer] == [
        (1, False, ""), (2, False, ""), (3, False, ""), (6, True, "19-2a"), (7, False, ""),
    ]  # fmt: skip
    assert linjer[3].begrunnelse == HVORFOR
    assert linjer[3].bestemmelse == "fvl. § 19 andre ledd bokstav a"


@pytest.mark.parametrize(
    ("unntak", "felt", "feil"),
    [
        (Unntak("", HVORFOR), "grunnlag", "Velg bestemmelsen"),
        (Unntak("13", HVORFOR), "grunnlag", "Velg bestemmelsen"),
        (Unntak("19-2a", "  "), "begrunnelse", "Skriv den tungtveiende grunnen"),
        (Unntak("19-2a", "Hemmelig."), "begrunnelse", "for kort"),
        (Unntak("19-2a", "x" * 1001), "begrunnelse", "1001 tegn"),
        (Unntak("18a", HVORFOR), "grunnlag", "bare interne notater"),
    ],
)
def test_lag_partsinnsyn_refused_without_provision_and_weighty_reason(kommune_a, kroa, sak, unntak, felt, feil):
    k = kommune_a
    noekkel = f"d{k.jp(101, 1).dokumenter.get().pk}"
    with pytest.raises(UgyldigInndata, match=feil) as avslag:
        lag_partsinnsyn(kroa, valg(k["sb.kari"], sak, _1=unntak), av=k["sb.kari"])
    assert set(avslag.value.felter) == {f"{felt}_{noekkel}"}
    assert not Partsinnsyn.objects.exists()


def test_lag_partsinnsyn_internal_note_may_be_kept_back_by_18a_but_still_asks_the_leader(kommune_a, kroa, sak):
    k = kommune_a
    laget = lag_partsinnsyn(kroa, valg(k["sb.kari"], sak, _7=Unntak("18a", HVORFOR)), av=k["sb.kari"])
    assert laget.tilstand == "venter"
    assert [str(leder) for leder in kan_avgjoere(laget)] == ["Anne Hauge", "Bente Moen"]  # and her deputy in the period


def test_lag_partsinnsyn_refused_while_a_document_is_unseen_and_says_only_how_many(kommune_a, kroa, sak):
    k = kommune_a
    kodet(k, inngaaende(k, sak, "J", tittel="Brev om Ragnhild"), "P")
    ola = k["sb.ola"]
    assert partsgrunnlag(ola, sak).skjulte == 1
    with pytest.raises(Avvist, match="1 dokument du ikke ser") as avslag:
        lag_partsinnsyn(kroa, valg(ola, sak), av=ola)
    assert "Ragnhild" not in str(avslag.value)
    # Who sees all of it takes over.
    assert lag_partsinnsyn(kroa, valg(k["led.anne"], sak), av=k["led.anne"]).tilstand == "klar"


@pytest.mark.parametrize(
    "sperr", [sperr_midlertidig, lambda jp, av: foreslaa_skjerming(jp, skjerming("P", "13-fvl1"), av=av)]
)
def test_lag_partsinnsyn_refused_while_a_grading_is_undecided(kommune_a, kroa, sak, sperr):
    k = kommune_a
    sperr(k.jp(101, 2), av=k["ark.eva"])
    with pytest.raises(Avvist, match="Graderingen av 2026/101-2 er ikke avgjort"):
        lag_partsinnsyn(kroa, valg(k["led.anne"], sak), av=k["led.anne"])


def test_lag_partsinnsyn_refused_for_what_the_maker_was_not_shown(kommune_a, kroa, sak):
    k = kommune_a
    vist = valg(k["sb.kari"], sak)
    inngaaende(k, sak, "J")
    with pytest.raises(Avvist, match="Dokumentene i saken er endret"):
        lag_partsinnsyn(kroa, vist, av=k["sb.kari"])


def test_lag_partsinnsyn_refused_for_a_party_that_has_left_and_for_those_outside_the_case(kommune_a, kroa, sak):
    k = kommune_a
    with pytest.raises(IkkeTilgang):
        lag_partsinnsyn(kroa, valg(k["sb.per"], sak), av=k["sb.per"])
    avslutt_sakspart(kroa, av=k["sb.kari"])
    with pytest.raises(Avvist, match="ikke lenger part"):
        lag_partsinnsyn(kroa, valg(k["sb.kari"], sak), av=k["sb.kari"])


def test_a_leader_who_keeps_something_back_decides_it_in_the_same_act(kommune_a, kroa):
    laget = med_unntak(kommune_a, kroa, av="led.anne")
    assert (laget.tilstand, laget.svar, laget.svart_av.brukernavn) == ("klar", "G", "led.anne")
    assert not laget.flagg.exists()


def test_exclusions_wait_for_the_leader_who_has_a_flag(kommune_a, kroa):
    k = kommune_a
    laget = med_unntak(k, kroa)
    assert (laget.tilstand, laget.pakke) == ("venter", None)
    flagg = flyt.flagg_til(k["led.anne"]).get(aarsak="gradering")
    assert flagg.tekst.startswith("Partsinnsyn for Kroa AS: 1 dokument er foreslått unntatt.")
    assert HVORFOR not in flagg.tekst and "skjenkekontroll" not in flagg.tekst
    for hvem in ("sb.kari", "ark.eva", "sb.ola"):
        with pytest.raises(IkkeTilgang):
            avgjoer_unntak(laget, "G", av=k[hvem])
    avgjoer_unntak(laget, "G", av=k["led.anne"])
    assert not flyt.flagg_til(k["led.anne"]).filter(pk=flagg.pk).exists()
    svar = flyt.flagg_til(k["sb.kari"]).get()
    assert (svar.aarsak, svar.tekst) == (
        "svar", "Unntakene i partsinnsynet for Kroa AS: godkjent. Se saken, Parter.",
    )  # fmt: skip


def test_the_deputy_decides_on_the_leaders_behalf(kommune_a, kroa, klokka):
    k = kommune_a
    laget = avgjoer_unntak(med_unntak(k, kroa), "G", av=k["sf.bente"])
    assert (laget.svart_av.brukernavn, laget.svart_paa_vegne_av.brukernavn) == ("sf.bente", "led.anne")


def test_refused_exclusions_need_a_comment_and_make_no_package(kommune_a, kroa):
    k = kommune_a
    laget = med_unntak(k, kroa)
    with pytest.raises(UgyldigInndata, match="Skriv hva saksbehandleren må endre"):
        avgjoer_unntak(laget, "I", " ", av=k["led.anne"])
    with pytest.raises(UgyldigInndata, match="Velg om du godkjenner"):
        avgjoer_unntak(laget, "X", av=k["led.anne"])
    laget = avgjoer_unntak(laget, "I", "Parten har rett til notatet.", av=k["led.anne"])
    assert (laget.tilstand, laget.pakke) == ("ikke_godkjent", None)
    with pytest.raises(Avvist, match="allerede avgjort"):
        avgjoer_unntak(laget, "G", av=k["led.anne"])
    with pytest.raises(Avvist, match="ikke klar"):
        lever_partsinnsyn(laget, "H", "Kroa AS", av=k["sb.kari"])


def test_the_package_leaves_out_what_is_kept_back_and_the_list_says_by_which_provision(kommune_a, kroa):
    k = kommune_a
    laget = avgjoer_unntak(med_unntak(k, kroa), "G", av=k["led.anne"])
    filer = filer_i(laget)
    assert "006-01 Notat om skjenkekontroll.txt" not in filer and len(filer) == 5
    samlet = b"".join(innhold for navn, innhold in filer.items() if navn.endswith(".txt"))
    assert b"skjenkekontroll" not in samlet
    brev = partspakke._brev(laget, partsinnsynslinjer(laget))
    assert brev["tabeller"][1]["rader"] == [
        ["6", "02.03.2026", "Notat med oppfølging", "fvl. § 19 andre ledd bokstav a"]
    ]
    tekst = str(brev)
    assert "fvl. § 21" in tekst and "tre uker" in tekst and "Statsforvalteren" in tekst
    # The reason is for the file: it may tell what was to be kept.
    assert HVORFOR not in tekst and "Notat om skjenkekontroll" not in tekst


def test_the_package_holds_what_was_decided_though_the_document_is_written_on(kommune_a, kroa, sak):
    k = kommune_a
    laget = med_unntak(k, kroa)
    ny = tekstfil("Ny tekst\n")
    ny_versjon(k.jp(101, 1).dokumenter.get(), ny.fil, filnavn=ny.filnavn, av=k["ark.eva"])
    laget = avgjoer_unntak(laget, "G", av=k["led.anne"])
    assert b"Ny tekst" not in b"".join(filer_i(laget).values())


def test_a_large_package_is_made_by_the_queue(kommune_a, kroa, sak, monkeypatch):
    k = kommune_a
    monkeypatch.setattr(partspakke, "STRAKS", 0)
    laget = lag_partsinnsyn(kroa, valg(k["sb.kari"], sak), av=k["sb.kari"])
    assert (laget.tilstand, laget.pakke) == ("lages", None)
    kjoer_jobber()
    laget = hent_partsinnsyn(k["sb.kari"], laget.pk)
    assert laget.tilstand == "klar" and len(filer_i(laget)) == 6
    assert partspakke.vekk_pakking() == 0


def test_a_package_that_is_too_large_says_so_and_is_not_tried_for_ever(kommune_a, kroa, sak, settings):
    k = kommune_a
    utvalg = valg(k["sb.kari"], sak)
    settings.SAKSGANG_MAKS_FILSTOERRELSE = 1000
    laget = lag_partsinnsyn(kroa, utvalg, av=k["sb.kari"])
    assert laget.tilstand == "feilet" and "for stor" in laget.pakkefeil
    assert partspakke.vekk_pakking() == 0


def test_a_package_that_failed_is_tried_again_by_those_who_may_make_one(kommune_a, kroa, sak, settings):
    k = kommune_a
    utvalg, grense = valg(k["sb.kari"], sak), settings.SAKSGANG_MAKS_FILSTOERRELSE
    settings.SAKSGANG_MAKS_FILSTOERRELSE = 1000
    laget = lag_partsinnsyn(kroa, utvalg, av=k["sb.kari"])
    assert pakk_paa_nytt(laget, av=k["sb.kari"]).tilstand == "feilet"
    settings.SAKSGANG_MAKS_FILSTOERRELSE = grense
    with pytest.raises(IkkeTilgang):
        pakk_paa_nytt(laget, av=k["les.gry"])
    laget = pakk_paa_nytt(laget, av=k["sb.kari"])
    assert (laget.tilstand, laget.pakkefeil, len(filer_i(laget))) == ("klar", "", 6)
    with pytest.raises(Avvist, match="laget eller lages nå"):
        pakk_paa_nytt(laget, av=k["sb.kari"])


def test_a_package_that_cannot_be_read_does_not_stop_those_after_it(kommune_a, kroa, sak, monkeypatch):
    k = kommune_a
    monkeypatch.setattr(partspakke, "STRAKS", 0)
    borte = egen(k, sak, "X", "F", tittel="Notat som lageret mister")
    utvalg = valg(k["sb.kari"], sak)
    foerste, andre = (lag_partsinnsyn(kroa, utvalg, av=k["sb.kari"]) for _ in range(2))
    fillager().sti(borte.dokumenter.get().versjoner.get().fil.sha256).unlink()
    kjoer_jobber()
    for laget in (foerste, andre):
        laget.refresh_from_db()
        assert (laget.tilstand, "kunne ikke leses" in laget.pakkefeil) == ("feilet", True)


@pytest.mark.parametrize("kode", ["P", "U"])
def test_what_is_not_what_was_weighed_is_neither_agreed_to_fetched_nor_delivered(kommune_a, kroa, sak, kode):
    k = kommune_a
    klar, venter = lag_partsinnsyn(kroa, valg(k["led.anne"], sak), av=k["led.anne"]), med_unntak(k, kroa)
    levert = lag_partsinnsyn(kroa, valg(k["led.anne"], sak), av=k["led.anne"])
    levert = lever_partsinnsyn(levert, "H", "Kroa AS", av=k["led.anne"])
    kodet(k, k.jp(101, 1), kode)
    for handling in (
        lambda: noter_pakkelesing(klar, av=k["led.anne"]),
        lambda: lever_partsinnsyn(klar, "H", "Kroa AS", av=k["led.anne"]),
        lambda: avgjoer_unntak(venter, "G", av=k["led.anne"]),
    ):
        with pytest.raises(Avvist, match="Graderingen av 2026/101-1 er endret"):
            handling()
    noter_pakkelesing(levert, av=k["led.anne"])  # what was given is history, and can be read
    avgjoer_unntak(venter, "I", "Saken er endret.", av=k["led.anne"])


def test_the_deputy_who_sees_it_all_is_asked_too(kommune_a, kroa):
    k = kommune_a
    laget = med_unntak(k, kroa)
    assert [en.brukernavn for en in kan_avgjoere(laget)] == ["led.anne", "sf.bente"]
    (flagg,) = flyt.flagg_til(k["sf.bente"]).filter(aarsak="gradering")
    avgjoer_unntak(laget, "G", av=k["led.anne"])
    assert not flyt.flagg_til(k["sf.bente"]).filter(pk=flagg.pk).exists()


def test_lever_partsinnsyn_logs_recipient_and_list_on_the_case_and_on_each_journalpost(kommune_a, kroa, sak):
    k = kommune_a
    laget = avgjoer_unntak(med_unntak(k, kroa), "G", av=k["led.anne"])
    levert = lever_partsinnsyn(laget, "P", " Kroa AS v/ daglig leder ", av=k["sb.kari"])
    assert (levert.tilstand, levert.levert_maate, levert.mottaker) == ("levert", "P", "Kroa AS v/ daglig leder")
    hendelse = Hendelse.objects.get(handling="sak.levere_partsinnsyn")
    assert (hendelse.sak_id, hendelse.journalpost_id) == (sak.pk, None)
    assert hendelse.detaljer == {
        "part": "Kroa AS",
        "mottaker": "Kroa AS v/ daglig leder",
        "måte": "Sendt i posten",
        "journalposter": "1, 2, 3, 7",
        "pakke": laget.pakke.sha256,
    }
    paa_poster = Hendelse.objects.filter(handling="journalpost.gi_parten_innsyn").order_by("nummer")
    assert [h.journalpost_id for h in paa_poster] == [k.jp(101, nr).pk for nr in (1, 2, 3, 7)]
    assert paa_poster[0].detaljer["dokumenter"] == [1] and paa_poster[0].akt == hendelse.akt
    with pytest.raises(Avvist, match="allerede levert"):
        lever_partsinnsyn(levert, "P", "Kroa AS", av=k["sb.kari"])


def test_lever_partsinnsyn_refused_by_email_when_something_is_coded(kommune_a, kroa, sak):
    k = kommune_a
    kodet(k, k.jp(101, 2), "P")
    laget = lag_partsinnsyn(kroa, valg(k["sb.kari"], sak), av=k["sb.kari"])
    with pytest.raises(UgyldigInndata, match="sendes ikke med e-post") as avslag:
        lever_partsinnsyn(laget, "E", "", av=k["sb.kari"])
    assert set(avslag.value.felter) == {"maate", "mottaker"}
    assert lever_partsinnsyn(laget, "H", "Kroa AS", av=k["sb.kari"]).levert_maate == "H"


def test_lever_partsinnsyn_refused_when_a_document_is_no_longer_what_it_was(kommune_a, kroa, sak):
    k = kommune_a
    laget = lag_partsinnsyn(kroa, valg(k["sb.kari"], sak), av=k["sb.kari"])
    gjenaapne(k.jp(101, 7), "Feil i notatet", av=k["sb.kari"])
    with pytest.raises(Avvist, match="2026/101-7 er åpnet igjen"):
        lever_partsinnsyn(laget, "H", "Kroa AS", av=k["sb.kari"])


def test_what_came_afterwards_is_counted(kommune_a, kroa, sak):
    k = kommune_a
    laget = lag_partsinnsyn(kroa, valg(k["sb.kari"], sak), av=k["sb.kari"])
    assert kommet_til(k["sb.kari"], laget) == 0
    inngaaende(k, sak, "J", dokumenter=[tekstfil("Brev\n"), tekstfil("Vedlegg\n", "vedlegg.txt")])
    assert kommet_til(k["sb.kari"], laget) == 2


def test_partsinnsyn_is_seen_only_by_those_who_see_every_document_in_it(kommune_a, kroa, sak):
    k = kommune_a
    laget = med_unntak(k, kroa)
    assert list(partsinnsyn_i_sak(k["les.gry"], sak)) == [laget]
    # Also what is kept back counts: its reason stands on the page.
    kodet(k, k.jp(101, nummer(sak, "Notat om skjenkekontroll")), "P")
    for hvem in ("les.gry", "sb.ola", "adm.root", "led.nils"):
        assert list(partsinnsyn_i_sak(k[hvem], sak)) == []
        with pytest.raises(IkkeFunnet):
            hent_partsinnsyn(k[hvem], laget.pk)
        with pytest.raises(IkkeFunnet):
            lever_partsinnsyn(laget, "H", "Kroa AS", av=k[hvem])
    assert hent_partsinnsyn(k["led.anne"], laget.pk) == laget


def test_a_leader_who_does_not_see_everything_is_not_asked(kommune_a, kroa, sak):
    k = kommune_a
    jp = egen(k, sak, "N", "F", tittel="Notat fra Kultur", enhet=k.enhet("KULT"))
    avgjoer_skjerming(jp, skjerming("P", "13-fvl1"), av=k["led.nils"])
    with pytest.raises(Avvist, match="Ingen leder av Teknisk ser alle dokumentene"):
        med_unntak(k, kroa)


def test_a_redacted_version_may_be_given_instead_and_is_refused_once_it_is_withdrawn(kommune_a, kroa, sak):
    k = kommune_a
    jp = brevet(k)
    sladding = godkjent(k, jp)
    nr = jp.journalpostnummer
    unntak = Unntak("19-2a", HVORFOR, sladdet=True)
    uten = valg(k["sb.kari"], sak, _1=unntak, **{f"_{nr}": unntak})
    with pytest.raises(UgyldigInndata, match="ingen godkjent sladdet versjon"):
        lag_partsinnsyn(kroa, uten, av=k["sb.kari"])
    laget = lag_partsinnsyn(kroa, valg(k["sb.kari"], sak, **{f"_{nr}": unntak}), av=k["sb.kari"])
    assert laget.tilstand == "venter"
    laget = avgjoer_unntak(laget, "G", av=k["led.anne"])
    filer = filer_i(laget)
    assert filer[f"{nr:03d}-01 sladdet.pdf"] == lager.innhold(sladding.variant.fil)
    assert not any(navn.startswith(f"{nr:03d}-01 Klage") for navn in filer)
    rad = partspakke._brev(laget, partsinnsynslinjer(laget))["tabeller"][1]["rader"][0]
    assert rad[2:] == ["Inngående, sladdet versjon er med", "fvl. § 19 andre ledd bokstav a"]
    trekk_sladding(sladding, "Et navn sto igjen", av=k["led.anne"])
    with pytest.raises(Avvist, match="trukket tilbake"):
        lever_partsinnsyn(laget, "H", "Kroa AS", av=k["sb.kari"])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE offentlighet_partsinnsynslinje SET unntatt = true, grunnlag = '18a', begrunnelse = 'Nei'",
        "DELETE FROM offentlighet_partsinnsynslinje",
        "UPDATE offentlighet_partsinnsyn SET mottaker = 'En annen'",
        "UPDATE offentlighet_partsinnsyn SET svar = 'I'",
        "UPDATE offentlighet_partsinnsyn SET pakke_id = liste_id",
        "UPDATE offentlighet_partsinnsyn SET laget_tid = now()",
        "DELETE FROM offentlighet_partsinnsyn",
    ],
)
def test_the_database_refuses_to_change_what_was_given(kommune_a, kroa, sql):
    k = kommune_a
    laget = avgjoer_unntak(med_unntak(k, kroa), "G", av=k["led.anne"])
    lever_partsinnsyn(laget, "H", "Kroa AS", av=k["sb.kari"])
    with pytest.raises(DatabaseError, match="endres aldri"), transaction.atomic(), connection.cursor() as peker:
        peker.execute(sql)
    assert Partsinnsynslinje.objects.filter(unntatt=True).count() == 1
