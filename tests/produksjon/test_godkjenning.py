"""What approval asks of production: drafts become versions, and an approved document may finish by itself."""

import pytest

from saksgang.flyt import queries
from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning
from saksgang.kjerne.errors import Avvist
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import besvar_og_ferdigstill, flett_paa_nytt
from saksgang.produksjon.queries.sammenligning import hent_par, sammenlign_versjoner
from saksgang.produksjon.rules.sammenligning import Art
from saksgang.sakarkiv.commands.journalfoering import vurder_offentlighet
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from tests.produksjon import docx
from tests.produksjon.test_tekst import POLITIET, brev, skrevet
from tests.tilstand import egen


@pytest.mark.krav("R-8.5", "C.6")
def test_what_is_written_in_the_browser_is_locked_laid_before_the_leader_and_compared(kommune_a):
    k = kommune_a
    jp, dokument = brev(k)
    skrevet(k, dokument, "<p>Svaret kommer før påske.</p>")
    runde = send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    assert runde.versjoner_foer == {str(dokument.pk): 2}
    assert "Svaret kommer før påske." in docx.tekst(dokument)
    with pytest.raises(Avvist, match="til godkjenning hos Anne Hauge"):
        skrevet(k, dokument, "<p>Noe annet.</p>")
    skrevet(k, dokument, "<p>Svaret kommer før 17. mars.</p>", av="led.anne")
    jp.refresh_from_db()
    assert jp.godkjenning == "A"
    runde = besvar_godkjenning(jp, "G", av=k["led.anne"])
    assert runde.versjoner_etter == {str(dokument.pk): 3}
    resultat = sammenlign_versjoner(*hent_par(k["sb.kari"], dokument.pk, 2, 3))
    assert resultat.til.opprettet_av == k["led.anne"]
    assert [(b.art, b.tekst) for linje in resultat.linjer for b in linje.biter if b.art != Art.LIK] == [
        (Art.BORTE, "påske"),
        (Art.NY, "17. mars"),
    ]


@pytest.mark.krav("R-10.2.2.6b")
@pytest.mark.parametrize("endre", ["skriv", "flett"])
def test_writing_or_merging_after_the_approval_voids_it(kommune_a, endre):
    k = kommune_a
    jp, dokument = brev(k)
    skrevet(k, dokument)
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    skrevet(k, dokument)
    jp.refresh_from_db()
    assert jp.godkjenning == "G"
    if endre == "skriv":
        skrevet(k, dokument, "<p>Noe annet.</p>")
    else:
        rediger_journalpost(jp, parter=[POLITIET], av=k["sb.kari"])
        flett_paa_nytt(dokument, av=k["sb.kari"])
    jp.refresh_from_db()
    assert (jp.godkjenning, queries.runder(jp).get().ugyldig_tid is not None) == ("U", True)


@pytest.mark.krav("A-27")
def test_an_approved_document_finishes_by_itself_only_where_the_municipality_has_it_so(kommune_a, settings):
    k = kommune_a

    def godkjent(svar="G", **felter):
        jp = vurder_offentlighet(egen(k, k.sak(101), "U", "R"), av=k["sb.kari"])
        send_til_godkjenning(jp, k["raad.jon"], av=k["sb.kari"])
        besvar_og_ferdigstill(jp, svar, av=k["raad.jon"], **felter)
        jp.refresh_from_db()
        return jp.status, jp.godkjenning

    assert godkjent() == ("R", "G")
    settings.GODKJENT_FERDIGSTILLES = True
    assert godkjent("I", kommentar="Nei") == ("R", "I")
    assert godkjent() == ("F", "G")
    siste = Hendelse.objects.order_by("nummer").last()
    assert (siste.handling, siste.aktoer, siste.detaljer) == (
        "journalpost.ferdigstille",
        k["sb.kari"],
        {"automatisk": True},
    )
    jp = egen(k, k.sak(101), "U", "R")
    send_til_godkjenning(jp, k["raad.jon"], av=k["sb.kari"])
    besvar_og_ferdigstill(jp, "G", av=k["raad.jon"])
    jp.refresh_from_db()
    assert (jp.status, jp.godkjenning) == ("R", "G")  # publicity has not been considered
