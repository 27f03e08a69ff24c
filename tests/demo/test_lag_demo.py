"""The demo as a whole: built by commands, a year of history, something in every basket of every person."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Count, Max, Min
from django.db.models.functions import TruncDate

from saksgang.demo.grunnlag import PASSORD, PERSONER
from saksgang.demo.kommune import bygg_demo, er_bygget
from saksgang.flyt.models import Varsel
from saksgang.flyt.queries import antall_uleste_varsler
from saksgang.innsynskrav.models import Innsynskrav
from saksgang.logg.models import Hendelse, SegletHendelse
from saksgang.logg.queries import verifiser_logg
from saksgang.offentlighet.models import Partsinnsyn, Sladding
from saksgang.offentlighet.queries import oppfoering
from saksgang.offentlighet.queries.udekket import udekket_i_alt
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Tekst
from saksgang.sakarkiv.models import Avskrivning, InternMottaker, Journalpost, Sak, Svarlenke
from saksgang.sakarkiv.queries.kurver import restanse
from saksgang.sakarkiv.rules import Fristnivaa, fristnivaa
from saksgang.tilgang.queries import rettigheter
from saksgang.web.kurver import kurver_for
from tests.jobber import kontroller_alle

pytestmark = [pytest.mark.tung, pytest.mark.django_db(transaction=True)]


def _hull(serie: list[int], foerste: int) -> list[int]:
    return [n for n, m in enumerate(sorted(serie), foerste) if n != m]


@pytest.mark.parametrize(
    "naa",
    [
        pytest.param(dt.datetime(2026, 3, 4, 11, 0, tzinfo=dt.UTC), id="a Wednesday"),
        pytest.param(
            dt.datetime(2027, 1, 3, 20, 0, tzinfo=dt.UTC),
            id="a Sunday before the year has begun",
            marks=pytest.mark.skipif("not config.getoption('--fullt')", reason="the second one only at full size"),
        ),
    ],
)
def test_lag_demo_builds_a_year_of_fjordvik(naa, settings):
    settings.PUBLISERINGSFORSINKELSE = 1
    with time_machine.travel(naa):
        idag = dt.date(naa.year, naa.month, naa.day)
        assert bygg_demo(omfang=0.05) == []

        # Numbers without gaps; the series of this year begins at 101, that of last year at 1.
        for aar, foerste in ((idag.year - 1, 1), (idag.year, 101)):
            assert _hull(list(Sak.objects.filter(aar=aar).values_list("sekvens", flat=True)), foerste) == []
            journal = Journalpost.objects.filter(journalaar=aar).values_list("journalsekvens", flat=True)
            assert _hull(list(journal), 1) == []
        titler = dict(Sak.objects.filter(aar=idag.year, sekvens__lte=104).values_list("sekvens", "tittel"))
        assert titler == {
            101: "Søknad om skjenkebevilling – Kroa AS",
            102: "Kulturtilskudd til lag og foreninger",
            103: "Oppfølging av sykefravær for Ragnhild Hemmelig",
            104: "Varsel om støy fra pumpestasjon i Strandveien",
        }

        # A history of its own time: journal numbers follow the days, and nothing lies in the future.
        datoer = Journalpost.objects.exclude(journaldato=None).order_by("journalaar", "journalsekvens")
        datoer = list(datoer.values_list("journaldato", flat=True))
        assert datoer == sorted(datoer)
        spenn = Hendelse.objects.aggregate(foerste=Min("tidspunkt"), siste=Max("tidspunkt"))
        assert spenn["foerste"] < naa - dt.timedelta(days=300)
        assert spenn["siste"] <= naa + dt.timedelta(minutes=10)

        # All types, statuses, codes and manual ways of writing off.
        def brukt(modell, felt):
            return set(modell.objects.values_list(felt, flat=True))

        assert brukt(Journalpost, "journalposttype") == set("IUNXS")
        assert brukt(Journalpost, "status") == set("MSJRFU")
        assert brukt(Journalpost, "tilgangskode__kode") == {None, "XX", "U", "P", "E", "S"}
        assert brukt(Sak, "status") >= set("RBA")
        assert brukt(Avskrivning, "maate__kode") >= {"TE", "TO", "TLF"}

        # Every basket of every employee holds 3 to 60 rows; restanse has overdue, soon and later.
        feil = {}
        ansatte = [b for b in Bruker.objects.order_by("pk") if rettigheter(b).ansatt]
        for bruker in ansatte:
            for kurv in kurver_for(bruker):
                # What is rare is in the menu when it is there.
                antall = kurv.liste(bruker).count()
                if not 3 <= antall <= 60 and not (kurv.sjelden and antall == 0):
                    feil[bruker.brukernavn, kurv.noekkel] = antall
            nivaaer = {fristnivaa(rad.forfallsdato, idag) for rad in restanse(bruker)}
            if nivaaer != set(Fristnivaa):
                feil[bruker.brukernavn, "frister"] = nivaaer
            if antall_uleste_varsler(bruker) > 60:
                feil[bruker.brukernavn, "varsler"] = antall_uleste_varsler(bruker)
        assert feil == {}
        assert len(ansatte) == len(PERSONER) + 1 - 3  # the administrator, but not the chair and two politicians

        # A party has got the documents of a case, and another waits for the leader; their notes are marked.
        assert [str(p.tilstand) for p in Partsinnsyn.objects.order_by("pk")] == ["levert", "venter"]
        assert Journalpost.objects.filter(relevant_for_behandling=True).count() == 2

        # Requests for access: fresh, past the five days, refused, and appealed.
        assert brukt(Innsynskrav, "tilstand") == {"mottatt", "besvart", "klage"}
        assert Innsynskrav.objects.filter(tilstand="mottatt", frist__lt=idag).exists()
        assert Innsynskrav.objects.filter(tilstand="mottatt", frist__gt=idag).exists()

        # Answers from templates: sent and written off, preliminary, under way, to a note, and a letter of one's own.
        svar = Svarlenke.objects.filter(svar__dokumenter__kilde="M")
        assert dict(svar.values_list("maate").annotate(Count("pk")).order_by()) == {"E": 7, "F": 2, "N": 1}
        sendt = Journalpost.objects.filter(dokumenter__kilde="M", ekspedert_dato__isnull=False)
        assert dict(sendt.values_list("status").annotate(Count("pk")).order_by()) == {"F": 4, "J": 2}
        assert Avskrivning.objects.filter(besvart_av__in=sendt, maate__kode="BU").count() == 4
        assert Tekst.objects.count() == 11

        # A group made on an entry, a right that is about to end, a leader who is away with nobody in his place.
        assert Journalpost.objects.filter(tilgangsgruppe__eier__isnull=False, tilgangskode__kode="U").count() == 1
        assert Varsel.objects.filter(tekst__contains="tar slutt").values("bruker").distinct().count() == 2
        assert udekket_i_alt() > 0

        # The log is whole and sealed.
        assert SegletHendelse.objects.count() == Hendelse.objects.count()
        assert verifiser_logg() == []

        # The public reads one redacted version, of a coded entry, once it has been checked.
        kontroller_alle()
        godkjent = Sladding.objects.get(tilstand="G")
        jp = godkjent.dokument.journalpost
        rad = oppfoering(jp.sak.aar, jp.sak.sekvens, jp.journalpostnummer)
        assert (rad.unntatt, [d.sladdet for d in rad.dokumenter]) == (True, [True])

        # What is closed is closed rightly, and the files are there.
        lukkede = Journalpost.objects.filter(sak__status="A")
        assert set(lukkede.values_list("status", flat=True)) <= {"J", "U"}
        assert not InternMottaker.objects.restanse().filter(journalpost__sak__status="A").exists()
        uten_fil = Journalpost.objects.filter(status="J").annotate(antall=Count("dokumenter")).filter(antall=0)
        assert not uten_fil.exists()
        dager = (
            Journalpost.objects.filter(status="J").annotate(dag=TruncDate("journalfoert_tid")).values("dag").distinct()
        )
        assert dager.count() > 60

        # A second time nothing happens.
        assert er_bygget()
        antall, ut = Hendelse.objects.count(), io.StringIO()
        call_command("lag_demo", stdout=ut)
        assert (ut.getvalue(), Hendelse.objects.count()) == ("Demoen finnes.\n", antall)
        call_command("lag_demo", "--vis-innlogginger", stdout=ut)
        assert PASSORD in ut.getvalue()
        assert [navn for navn, *_ in PERSONER if f"\n{navn} " not in ut.getvalue()] == []
