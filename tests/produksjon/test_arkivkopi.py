"""Archive copies: ordered with the act, made once by the queue, answered on every document that waits."""

from __future__ import annotations

import datetime as dt
import os

import psycopg
import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from saksgang.demo.grunnlag import tekstfil
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.lager.store import lager
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import (
    behold_original,
    bestill_arkivkopi,
    bestill_forhaandsvisning,
    bestill_manglende,
    ferdigstill,
    gjenaapne,
    proev_igjen,
    vekk_konverteringer,
)
from saksgang.produksjon.commands.arkivkopi import LAAS
from saksgang.produksjon.models import Arkivkopi, Konvertering
from saksgang.produksjon.queries import (
    Stilling,
    arkivkopier_som_feilet,
    arkivkopier_som_mangler,
    arkivtilstand,
    arkivtilstander,
    arkivvariant,
    forhaandsvisning,
)
from saksgang.sakarkiv.commands.dokument import legg_ved, ny_versjon
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Vedlagt
from saksgang.sakarkiv.commands.sak import avslutt_sak
from saksgang.sakarkiv.models import Dokumentversjon, Journalpost
from saksgang.tilgang.queries import hindringer
from tests.jobber import kjoer_jobber
from tests.tilstand import egen, inngaaende

from . import filer


def vedlagt(innhold: bytes, filnavn: str) -> Vedlagt:
    return Vedlagt(lagre_fil(innhold, filnavn=filnavn), filnavn)


@pytest.fixture
def falsk_soffice(omgjort, tmp_path, monkeypatch):
    """A soffice that answers at once with a valid PDF/A, notes what it was asked for, and obeys files beside it.

    «heng» makes it hang, «krasj» makes it die.
    """
    mappe = tmp_path / "bin"
    mappe.mkdir()
    program = mappe / "soffice"
    program.write_text(
        "#!/bin/sh\n"
        'her=$(dirname "$0")\n'
        '[ -e "$her/heng" ] && exec sleep 600\n'
        '[ -e "$her/krasj" ] && kill -SEGV $$\n'
        'for del in "$@"; do [ "$forrige" = --outdir ] && ut="$del"; forrige="$del"; done\n'
        'for fil in "$@"; do case "$fil" in *.docx|*.odt)\n'
        '  echo "$fil" >> "$her/sett"; cp "$her/side.pdf" "$ut/$(basename "${fil%.*}").pdf";; esac; done\n'
    )
    program.chmod(0o755)
    (mappe / "side.pdf").write_bytes(omgjort["brev"].pdf)
    (mappe / "sett").touch()
    monkeypatch.setenv("PATH", f"{mappe}{os.pathsep}{os.environ['PATH']}")
    return mappe


def antall_konvertert(falsk) -> int:
    return len((falsk / "sett").read_text().splitlines())


def hendelser(jp, handling="journalpost.lage_arkivkopi"):
    return list(Hendelse.objects.filter(journalpost_id=jp.pk, handling=handling).order_by("nummer"))


def versjon(jp, nummer=1) -> Dokumentversjon:
    return (
        Dokumentversjon.objects.select_related("fil", "dokument__journalpost__sak")
        .filter(dokument__journalpost=jp, dokument__nummer=nummer, variantformat="P")
        .latest("versjonsnummer")
    )


def ferdig(k, *dokumenter, tittel="Svar om gatelys") -> Journalpost:
    return egen(k, k.sak(101), "U", "F", tittel=tittel, dokumenter=list(dokumenter))


@pytest.mark.krav("R-6.2.F", "R-4.6")
def test_ferdigstill_orders_a_copy_that_exists_when_its_job_has_run(kommune_a):
    """With the real LibreOffice: original byte for byte, PDF/A beside it, one event by nobody."""
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.brev("Gatelyset er ordnet."), "svar.docx"), tekstfil("Notat\n"))
    original = versjon(jp)
    assert arkivvariant(original.dokument) is None
    assert arkivtilstand(original).stilling is Stilling.VENTER
    with pytest.raises(Avvist, match="låst"):
        ny_versjon(original.dokument, tekstfil("x").fil, filnavn="x.txt", av=k["sb.kari"])
    assert kjoer_jobber() == 1
    kopi = arkivvariant(original.dokument)
    assert (kopi.versjonsnummer, kopi.variantformat, kopi.filnavn) == (1, "A", "svar.pdf")
    assert (kopi.fil.format, kopi.fil.mimetype) == ("fmt/477", "application/pdf")
    with lager().aapne(kopi.fil.sha256) as pdf:
        assert "Gatelyset er ordnet." in filer.ord_i(pdf.read())
    assert versjon(jp).fil_id == original.fil_id
    assert lager().er_hel(original.fil.sha256)
    (hendelse,) = hendelser(jp)
    assert (hendelse.aktoer, hendelse.endringer) == (None, {})
    assert hendelse.detaljer == {
        "dokument": 1,
        "tittel": "Svar om gatelys",
        "versjon": 1,
        "fra_format": "fmt/412",
        "fra_sha256": original.fil.sha256,
        "til_format": "fmt/477",
        "til_sha256": kopi.fil.sha256,
    }
    assert [t.stilling for _, t in arkivtilstander(jp)] == [Stilling.FERDIG, Stilling.TRENGS_IKKE]
    assert Arkivkopi.objects.filter(versjon__dokument__journalpost=jp).count() == 1


@pytest.mark.krav("R-6.2.F")
def test_reopened_document_gets_a_copy_of_its_new_version(kommune_a, falsk_soffice):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.brev("Første"), "svar.docx"))
    dokument = versjon(jp).dokument
    kjoer_jobber()
    foerste = arkivvariant(dokument)
    jp = gjenaapne(jp, "Feil i teksten.", av=k["sb.kari"])
    dokument.journalpost = jp
    ny_versjon(dokument, lagre_fil(filer.brev("Andre"), filnavn="b.docx"), filnavn="svar.docx", av=k["sb.kari"])
    assert arkivvariant(dokument) is None
    ferdigstill(jp, av=k["sb.kari"])
    kjoer_jobber()
    andre = arkivvariant(dokument)
    assert (foerste.versjonsnummer, andre.versjonsnummer) == (1, 2)
    assert antall_konvertert(falsk_soffice) == 2


def test_same_content_on_several_documents_is_converted_once(kommune_a, falsk_soffice):
    k = kommune_a
    innhold = filer.brev("Likt")
    en = ferdig(k, vedlagt(innhold, "en.docx"), tittel="Det første brevet")
    to = ferdig(k, vedlagt(innhold, "to.docx"), vedlagt(innhold, "tre.docx"), tittel="Det andre brevet")
    assert Konvertering.objects.count() == 1
    kjoer_jobber()
    tre = ferdig(k, vedlagt(innhold, "fire.docx"), tittel="Det tredje brevet")
    kopier = [arkivvariant(v.dokument) for v in (versjon(en), versjon(to), versjon(to, 2), versjon(tre))]
    assert [kopi.filnavn for kopi in kopier] == ["en.pdf", "to.pdf", "tre.pdf", "fire.pdf"]
    assert len({kopi.fil_id for kopi in kopier}) == 1
    assert antall_konvertert(falsk_soffice) == 1
    assert [len(hendelser(jp)) for jp in (en, to, tre)] == [1, 2, 1]


def test_several_contents_go_in_one_run_of_libreoffice(kommune_a, falsk_soffice):
    k = kommune_a
    for nr in range(4):
        ferdig(k, vedlagt(filer.brev(f"Brev {nr}"), "svar.docx"), tittel=f"Brev {nr}")
    assert kjoer_jobber() == 4
    assert set(Konvertering.objects.values_list("tilstand", flat=True)) == {"F"}
    assert len({linje.rpartition("/")[0] for linje in (falsk_soffice / "sett").read_text().splitlines()}) == 1


def test_an_act_that_is_refused_orders_nothing(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt(filer.brev(), "svar.docx")])
    with pytest.raises(Avvist, match="Offentlighet er ikke vurdert"):
        ferdigstill(jp, av=k["sb.kari"])
    assert (Arkivkopi.objects.count(), Konvertering.objects.count(), DBTaskResult.objects.count()) == (0, 0, 0)


@pytest.mark.krav("R-4.6")
def test_journalfoer_orders_a_copy_where_the_format_needs_one(kommune_a, falsk_soffice):
    k = kommune_a
    jp = inngaaende(
        k,
        k.sak(101),
        "M",
        dokumenter=[
            vedlagt(filer.brev(), "brev.docx"),
            vedlagt(filer.pdf(), "plan.pdf"),
            vedlagt(filer.bilde("JPEG"), "foto.jpg"),
            vedlagt(filer.epost(), "melding.eml"),
        ],
    )
    assert Arkivkopi.objects.count() == 0
    journalfoer(jp, av=k["ark.eva"])
    assert Arkivkopi.objects.count() == 3
    kjoer_jobber()
    assert [(v.dokument.nummer, t.stilling) for v, t in arkivtilstander(jp)] == [
        (1, Stilling.FERDIG),
        (2, Stilling.FERDIG),
        (3, Stilling.TRENGS_IKKE),
        (4, Stilling.FERDIG),
    ]


def test_document_added_by_the_archive_after_j_gets_its_copy(kommune_a, falsk_soffice):
    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    nytt = legg_ved(jp, lagre_fil(filer.brev("Vedlegg"), filnavn="a.docx"), filnavn="a.docx", av=k["ark.eva"])
    ny_versjon(nytt, lagre_fil(filer.brev("Rettet"), filnavn="a.docx"), filnavn="a.docx", av=k["ark.eva"])
    kjoer_jobber()
    assert arkivvariant(nytt).versjonsnummer == 2


def test_pdf_that_is_already_pdfa_is_its_own_archive_copy(kommune_a, omgjort):
    k = kommune_a
    jp = ferdig(k, vedlagt(omgjort["brev"].pdf, "brev.pdf"))
    assert arkivtilstand(versjon(jp)).i_orden
    kjoer_jobber()
    tilstand = arkivtilstand(versjon(jp))
    assert (tilstand.stilling, tilstand.grunn) == (
        Stilling.BEHOLDT,
        "Fila er selv en gyldig PDF/A og trenger ingen kopi.",
    )
    assert arkivvariant(versjon(jp).dokument) is None
    assert len(hendelser(jp)) == 1


def test_pdf_that_cannot_be_lifted_is_kept_and_says_why(kommune_a):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.pdf(skrift=True), "brev.pdf"))
    assert not arkivtilstand(versjon(jp)).i_orden
    kjoer_jobber()
    tilstand = arkivtilstand(versjon(jp))
    assert (tilstand.stilling, tilstand.i_orden) == (Stilling.BEHOLDT, True)
    assert "skriftene følger ikke med" in tilstand.grunn
    assert hendelser(jp)[0].detaljer["merknad"].startswith("Beholdt som den er. Fila kan ikke bli PDF/A")


@pytest.mark.krav("R-12.2")
def test_case_without_archive_format_file_is_on_the_archives_list_and_cannot_close(kommune_a):
    k = kommune_a
    sak = k.sak(104)
    jp = inngaaende(k, sak, "J", dokumenter=[vedlagt(filer.skadet(), "brev.docx")])
    hinder = f"{jp} dokument 1 mangler fil i arkivformat: arkivkopien venter."
    assert hinder in hindringer(sak, "A", k["ark.eva"])
    assert list(arkivkopier_som_mangler(k["ark.eva"])) == []
    kjoer_jobber()
    assert [j.pk for j in arkivkopier_som_mangler(k["ark.eva"])] == [jp.pk]
    assert list(arkivkopier_som_mangler(k["sb.kari"])) == []
    feilet = f"{jp} dokument 1 mangler fil i arkivformat: arkivkopien feilet. Fila kan ikke åpnes."
    assert [h for h in hindringer(sak, "A", k["ark.eva"]) if h.startswith(feilet)]
    with pytest.raises(Avvist, match="mangler fil i arkivformat"):
        avslutt_sak(sak, av=k["ark.eva"])
    behold_original(versjon(jp), "Avsender har ikke fila lenger.", av=k["ark.eva"])
    assert list(arkivkopier_som_mangler(k["ark.eva"])) == []
    assert not [h for h in hindringer(sak, "A", k["ark.eva"]) if "arkivformat" in h]


@pytest.mark.parametrize("antall", [1, 3])
def test_arkivkopier_som_mangler_and_arkivtilstander_cost_the_same_for_any_number(
    kommune_a, django_assert_num_queries, antall
):
    k = kommune_a
    for nr in range(antall):
        ferdig(k, vedlagt(filer.skadet(f"{nr}"), "brev.docx"), tittel=f"Brev {nr}")
    kjoer_jobber()
    eva, sak = k["ark.eva"], k.sak(101)
    len(arkivkopier_som_mangler(eva))
    with django_assert_num_queries(1):
        assert len(arkivkopier_som_mangler(eva)) == antall
    with django_assert_num_queries(2):
        assert len([t for _, t in arkivtilstander(sak) if t.stilling is Stilling.FEILET]) == antall


def test_order_that_waits_more_than_a_working_day_is_on_the_archives_list_until_it_is_ordered_anew(kommune_a, klokka):
    k = kommune_a
    klokka.move_to(dt.datetime(2026, 3, 6, 12, 0, tzinfo=dt.UTC))
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"))
    klokka.move_to(dt.datetime(2026, 3, 9, 11, 59, tzinfo=dt.UTC))
    assert list(arkivkopier_som_mangler(k["ark.eva"])) == []
    klokka.move_to(dt.datetime(2026, 3, 9, 12, 1, tzinfo=dt.UTC))
    (rad,) = arkivkopier_som_mangler(k["ark.eva"])
    assert (rad.pk, rad.arkivnummer, rad.arkivgrunn, rad.arkivfeilet) == (jp.pk, 1, "", False)
    assert list(arkivkopier_som_feilet(k["ark.eva"])) == []
    bestill_manglende()
    assert list(arkivkopier_som_mangler(k["ark.eva"])) == []


@pytest.mark.krav("R-12.2")
def test_basket_of_archive_copies_leads_to_the_document_and_tries_several_again(kommune_a):
    k = kommune_a
    eva = k.klient("ark.eva")
    poster = [
        inngaaende(k, k.sak(104), "J", dokumenter=[vedlagt(b"Brev", "brev.txt"), vedlagt(filer.skadet(n), "kart.docx")])
        for n in ("en", "to")
    ]
    kjoer_jobber()
    svar = eva.get("/lister/arkivkopier/")
    innhold = svar.content.decode()
    assert [f"/saker/2026/104/{jp.journalpostnummer}/?dok=2" in innhold for jp in poster] == [True, True]
    assert innhold.count("Fila kan ikke åpnes") == 2
    assert k.klient("sb.kari").get("/lister/arkivkopier/").status_code == 403
    visning = eva.get(f"/journalposter/{poster[0].pk}/forhaand/?dok=2").content.decode()
    assert [ord_ in visning for ord_ in ("Prøv igjen", "Behold originalen", "Last opp PDF/A i stedet")] == [True] * 3
    assert eva.post("/lister/arkivkopier/arkivkopi/", {"valgt": [jp.pk for jp in poster]}).status_code in (204, 303)
    assert list(arkivkopier_som_mangler(k["ark.eva"])) == []
    kjoer_jobber()
    assert len(arkivkopier_som_mangler(k["ark.eva"])) == 2


# --- What goes wrong -------------------------------------------------------------------------------------------------


def test_without_libreoffice_the_order_waits_says_so_and_is_done_when_it_comes(
    kommune_a, falsk_soffice, settings, klokka, tmp_path
):
    k = kommune_a
    settings.SAKSGANG_LIBREOFFICE = str(tmp_path / "finnes-ikke")
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"))
    for _ in range(6):
        kjoer_jobber()
        klokka.shift(dt.timedelta(minutes=11))
        vekk_konverteringer()
    tilstand = arkivtilstand(versjon(jp))
    assert (tilstand.stilling, tilstand.paa_vei) == (Stilling.VENTER, False)
    assert tilstand.grunn.startswith("LibreOffice mangler på tjeneren")
    assert list(arkivkopier_som_mangler(k["ark.eva"])) == []  # within a working day nobody needs to look
    klokka.shift(dt.timedelta(days=2))
    assert [j.pk for j in arkivkopier_som_mangler(k["ark.eva"])] == [jp.pk]
    settings.SAKSGANG_LIBREOFFICE = ""
    kjoer_jobber()
    assert arkivtilstand(versjon(jp)).stilling is Stilling.FERDIG


def test_conversion_that_hangs_is_tried_with_growing_delay_then_fails_and_others_live(
    kommune_a, falsk_soffice, settings, klokka
):
    k = kommune_a
    settings.SAKSGANG_KONVERTERING_SEKUNDER = 1
    (falsk_soffice / "heng").touch()
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"), vedlagt(filer.epost(), "melding.eml"))
    kjoer_jobber()
    assert arkivtilstand(versjon(jp, 2)).stilling is Stilling.FERDIG
    ventet = []
    while (tilstand := arkivtilstand(versjon(jp))).stilling is Stilling.VENTER:
        assert tilstand.grunn == "Omgjøringen til PDF tok mer enn 1 sekunder og ble stanset."
        ventet.append(tilstand.neste_tid - dt.datetime.now(dt.UTC))
        klokka.shift(ventet[-1] - dt.timedelta(seconds=1))
        vekk_konverteringer()
        assert kjoer_jobber() == 0
        klokka.shift(dt.timedelta(seconds=1))
        vekk_konverteringer()
        assert kjoer_jobber() == 1
    assert ventet == [dt.timedelta(minutes=1), dt.timedelta(minutes=10), dt.timedelta(hours=1)]
    assert tilstand.stilling is Stilling.FEILET
    (falsk_soffice / "heng").unlink()
    proev_igjen(versjon(jp), av=k["sb.kari"])
    kjoer_jobber()
    assert arkivtilstand(versjon(jp)).stilling is Stilling.FERDIG
    assert [h.aktoer.brukernavn for h in hendelser(jp, "journalpost.bestille_arkivkopi")] == ["sb.kari"]


def test_libreoffice_that_dies_leaves_the_order_waiting_and_the_original_whole(kommune_a, falsk_soffice):
    k = kommune_a
    (falsk_soffice / "krasj").touch()
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"))
    kjoer_jobber()
    tilstand = arkivtilstand(versjon(jp))
    assert tilstand.stilling is Stilling.VENTER
    assert tilstand.grunn == "LibreOffice stoppet uventet mens fila ble gjort om til PDF."
    assert lager().er_hel(versjon(jp).fil.sha256)


@pytest.mark.tung
def test_document_of_300_pages_is_converted(kommune_a, omfang):
    k = kommune_a
    sider = omfang(300)
    jp = ferdig(k, vedlagt(filer.brev("En lang utredning. " * 40, sider=sider), "utredning.docx"))
    kjoer_jobber()
    kopi = arkivvariant(versjon(jp).dokument)
    with lager().aapne(kopi.fil.sha256) as pdf:
        assert filer.antall_sider(pdf.read()) >= sider


def test_content_that_is_gone_from_the_store_fails_with_that_reason(kommune_a):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.epost("Borte"), "melding.eml"))
    lager().fjern(versjon(jp).fil.sha256)
    kjoer_jobber()
    tilstand = arkivtilstand(versjon(jp))
    assert (tilstand.stilling, tilstand.grunn) == (Stilling.FEILET, "Fila mangler i lageret. Kontakt drift.")


def test_rows_of_a_dead_worker_are_given_back_and_those_of_a_living_one_are_not(kommune_a, falsk_soffice, klokka):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"))
    DBTaskResult.objects.all().delete()
    rad = Konvertering.objects.get()
    Konvertering.objects.update(tilstand="K", startet_tid=dt.datetime.now(dt.UTC))
    info = connection.settings_dict
    with psycopg.connect(
        host=info["HOST"], port=info["PORT"] or None, user=info["USER"], password=info["PASSWORD"], dbname=info["NAME"]
    ) as levende:
        levende.execute("SELECT pg_advisory_lock(%s, %s)", [LAAS, rad.pk])
        assert vekk_konverteringer() == 0
        assert arkivtilstand(versjon(jp)).stilling is Stilling.LAGES
    with connection.cursor() as markoer:  # the server lets go a moment after the worker's connection is gone
        markoer.execute("SELECT pg_advisory_lock(%s, %s), pg_advisory_unlock(%s, %s)", [LAAS, rad.pk] * 2)
    assert vekk_konverteringer() == 1
    tilstand = arkivtilstand(versjon(jp))
    assert tilstand.grunn == "Omgjøringen til PDF ble avbrutt: arbeideren på tjeneren stoppet."
    klokka.shift(dt.timedelta(minutes=1))
    vekk_konverteringer()
    kjoer_jobber()
    assert arkivtilstand(versjon(jp)).stilling is Stilling.FERDIG


def test_vekk_konverteringer_rings_once_for_what_waits(kommune_a):
    k = kommune_a
    ferdig(k, vedlagt(filer.brev(), "brev.docx"))
    DBTaskResult.objects.all().delete()
    for _ in range(3):
        vekk_konverteringer()
    assert DBTaskResult.objects.ready().count() == 1


# --- Trying again and keeping ----------------------------------------------------------------------------------------


def test_proev_igjen_is_refused_for_strangers_and_where_there_is_nothing_to_try(kommune_a, falsk_soffice):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"), tekstfil("Notat\n"))
    with pytest.raises(IkkeTilgang):
        proev_igjen(versjon(jp), av=k["les.gry"])
    with pytest.raises(Avvist, match="Ren tekst trenger ingen arkivkopi"):
        proev_igjen(versjon(jp, 2), av=k["sb.kari"])
    kjoer_jobber()
    with pytest.raises(Avvist, match="laget alt"):
        proev_igjen(versjon(jp), av=k["sb.kari"])


def test_proev_igjen_orders_what_was_never_ordered(kommune_a, falsk_soffice):
    """Documents that were journalised before there were archive copies."""
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"))
    Arkivkopi.objects.all().delete()
    Konvertering.objects.all().delete()
    assert arkivtilstand(versjon(jp)).stilling is Stilling.IKKE_BESTILT
    proev_igjen(versjon(jp), av=k["ark.eva"])
    kjoer_jobber()
    assert arkivtilstand(versjon(jp)).stilling is Stilling.FERDIG


def test_bestill_manglende_orders_what_lacks_a_copy_and_nothing_twice(kommune_a, falsk_soffice):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"), tekstfil("Notat\n"))
    egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt(filer.brev("Utkast"), "utkast.docx")])
    Arkivkopi.objects.all().delete()
    Konvertering.objects.all().delete()
    assert [bestill_manglende(), bestill_manglende()] == [1, 0]
    kjoer_jobber()
    assert arkivtilstand(versjon(jp)).stilling is Stilling.FERDIG


def test_behold_original_is_the_archives_decision_with_a_reason(kommune_a, falsk_soffice):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.bilde("GIF"), "kart.gif"), vedlagt(filer.brev(), "b.docx"))
    for hvem in ("sb.kari", "led.anne", "adm.root"):
        with pytest.raises((IkkeTilgang, IkkeFunnet)):
            behold_original(versjon(jp), "Fordi.", av=k[hvem])
    with pytest.raises(UgyldigInndata, match="Begrunnelse mangler"):
        behold_original(versjon(jp), "  ", av=k["ark.eva"])
    behold_original(versjon(jp), "Animasjonen er poenget.", av=k["ark.eva"])
    tilstand = arkivtilstand(versjon(jp))
    assert (tilstand.stilling, tilstand.grunn) == (Stilling.BEHOLDT, "Animasjonen er poenget.")
    kjoer_jobber()
    assert arkivtilstand(versjon(jp)).stilling is Stilling.BEHOLDT
    (hendelse,) = hendelser(jp, "journalpost.beholde_original")
    assert (hendelse.aktoer.brukernavn, hendelse.detaljer["begrunnelse"]) == ("ark.eva", "Animasjonen er poenget.")
    with pytest.raises(Avvist, match="har fil i arkivformat alt"):
        behold_original(versjon(jp, 2), "Fordi.", av=k["ark.eva"])


# --- Previews --------------------------------------------------------------------------------------------------------


def test_bestill_forhaandsvisning_makes_a_pdf_before_everything_else_and_becomes_the_archive_copy(
    kommune_a, falsk_soffice
):
    k = kommune_a
    for nr in range(12):
        ferdig(k, vedlagt(filer.epost(f"Brev {nr}"), "brev.eml"), tittel=f"Brev {nr}")
    utkast = egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt(filer.brev("Utkast"), "utkast.docx")])
    bestill_forhaandsvisning(versjon(utkast))
    assert forhaandsvisning(versjon(utkast)).paa_vei
    foerste = DBTaskResult.objects.ready().first()
    foerste.task.call()
    assert forhaandsvisning(versjon(utkast)).fil is not None
    assert Konvertering.objects.filter(tilstand="F").count() == 1
    assert Arkivkopi.objects.filter(versjon=versjon(utkast)).count() == 0
    ferdigstill(utkast, offentlighet_vurdert=True, av=k["sb.kari"])
    assert arkivvariant(versjon(utkast).dokument).fil_id == Konvertering.objects.get(tilstand="F").resultat_id


def test_bestill_forhaandsvisning_leaves_what_the_browser_shows_by_itself(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[tekstfil("Hei\n"), vedlagt(filer.pdf(), "a.pdf")])
    assert [bestill_forhaandsvisning(versjon(jp, n)) for n in (1, 2)] == [None, None]
    assert [forhaandsvisning(versjon(jp, n)) for n in (1, 2)] == [None, None]


def test_forhaandsvisning_says_why_there_is_none(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt(filer.skadet(), "utkast.docx")])
    bestill_forhaandsvisning(versjon(jp))
    kjoer_jobber()
    visning = forhaandsvisning(versjon(jp))
    assert (visning.fil, visning.paa_vei) == (None, False)
    assert visning.grunn.startswith("Fila kan ikke åpnes.")


def test_bestill_arkivkopi_is_asked_for_originals_alone(kommune_a, falsk_soffice):
    k = kommune_a
    jp = ferdig(k, vedlagt(filer.brev(), "brev.docx"))
    kjoer_jobber()
    assert bestill_arkivkopi(arkivvariant(versjon(jp).dokument)) is None
    assert bestill_arkivkopi(versjon(jp)).kopi_id is not None
    assert Fil.objects.filter(format="fmt/477").count() == 1
