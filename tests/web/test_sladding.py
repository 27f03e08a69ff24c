"""The pages of a redacted version: who gets them, marking without script, and the leader's answer."""

import re

import pytest

from saksgang.logg.models import Hendelse
from saksgang.offentlighet.models import Sladding
from saksgang.offentlighet.queries import vurderinger
from saksgang.tilgang.models import Hjemmel
from tests.offentlighet.test_sladding import ORD, brevet, dokument, forslag, godkjent, hent

HTMX = {"HX-Request": "true"}


def side(sladding, *deler):
    return f"/sladdinger/{sladding.pk}/" + "".join(f"{d}/" for d in deler)


def start(k, jp, hvem="sb.kari"):
    svar = k.klient(hvem).post(f"/journalposter/dokumenter/{dokument(jp).pk}/sladding/")
    assert svar.status_code == 303
    sladding = Sladding.objects.get()
    assert svar.url == side(sladding)
    return sladding


@pytest.mark.krav("R-7.0.3", "R-7.1.6.b")
def test_a_document_is_redacted_without_script_and_approved_by_the_leader(kommune_a):
    k = kommune_a
    kari, anne = k.klient("sb.kari"), k.klient("led.anne")
    jp = brevet(k)
    assert "Lag sladdet versjon" in kari.get(f"/journalposter/{jp.pk}/", follow=True).content.decode()
    sladding = start(k, jp)
    assert "Ingen merker ennå" in kari.get(side(sladding)).content.decode()

    svar = kari.post(side(sladding, "ord"), {"ord": "Finnesikke"})
    assert svar.status_code == 422
    assert "Fant ikke «Finnesikke»" in svar.content.decode()
    assert 'value="Finnesikke"' in svar.content.decode()
    assert kari.post(side(sladding, "ord"), {"ord": ORD}).status_code == 303
    assert kari.post(side(sladding, "moenster"), {"moenster": "telefon"}).status_code == 422
    tall = {"side": 1, "x": 10, "y": 80, "b": 30, "h": 5}
    assert kari.post(side(sladding, "omraader"), tall).status_code == 303
    assert kari.post(side(sladding, "omraader"), tall | {"x": 150}).status_code == 422
    tekst = kari.get(side(sladding)).content.decode()
    assert "2 merker" in tekst
    assert len(re.findall('<rect x="', tekst)) == 2
    sladding.refresh_from_db()
    assert kari.post(side(sladding, "fjerning"), {"merke": sladding.merker[1]["id"]}).status_code == 303
    assert "1 merke<" in kari.get(side(sladding)).content.decode()

    # With script it is the same, as a fragment.
    svar = kari.post(side(sladding, "ord"), {"ord": ORD}, headers=HTMX)
    assert (svar.status_code, "<html" in svar.content.decode()) == (200, False)

    assert kari.post(side(sladding, "sending")).status_code == 303
    assert "lages og kontrolleres" in kari.get(side(sladding)).content.decode()
    assert kari.get(side(sladding, "stand"), headers=HTMX).status_code == 200
    from saksgang.offentlighet.commands.sladdejobb import lag_ventende  # noqa: PLC0415

    lag_ventende()
    assert kari.get(side(sladding, "stand"), headers=HTMX)["HX-Redirect"] == side(sladding)
    assert kari.post(side(sladding, "godkjenning")).status_code == 403
    tekst = anne.get(side(sladding)).content.decode()
    assert "Slik publikum ser den" in tekst
    assert side(sladding) in anne.get("/lister/sladding/").content.decode()
    assert anne.post(side(sladding, "avvisning"), {"kommentar": ""}).status_code == 422
    assert anne.post(side(sladding, "godkjenning")).status_code == 303
    assert hent(k, jp)[0] == 200
    assert side(sladding) not in anne.get("/lister/sladding/").content.decode()
    assert anne.post(side(sladding, "tilbaketrekking"), {"begrunnelse": "Et navn står igjen."}).status_code == 303
    assert hent(k, jp)[0] == 404
    assert "Et navn står igjen." in kari.get(side(sladding)).content.decode()


SIDER = [(), ("stand",), ("sider", "1"), ("sladdet", "1"), ("godkjenning",), ("avvisning",), ("tilbaketrekking",)]
HANDLINGER = ["ord", "moenster", "omraader", "fjerning", "sending", "endring", "godkjenning", "avvisning"]


@pytest.mark.krav("C.0", "R-7.0.3")
def test_pages_pictures_and_marks_follow_the_journalpost(kommune_a):
    k = kommune_a
    jp = brevet(k)
    sladding = forslag(k, jp)
    gry, ola = k.klient("les.gry"), k.klient("sb.ola")
    for deler in SIDER:
        assert gry.get(side(sladding, *deler)).status_code == 404, deler
    for navn in HANDLINGER:
        assert gry.post(side(sladding, navn), {"ord": ORD, "kommentar": "x"}).status_code == 404, navn
    assert gry.post(f"/journalposter/dokumenter/{dokument(jp).pk}/sladding/").status_code == 404

    # Seen, but written by others.
    aapen = forslag(k, brevet(k, ""))
    for deler in SIDER:
        assert ola.get(side(aapen, *deler)).status_code == 403, deler
    for navn in HANDLINGER:
        assert ola.post(side(aapen, navn), {"ord": ORD, "kommentar": "x"}).status_code == 403, navn
    for deler in SIDER[4:]:
        assert k.klient("sb.kari").get(side(aapen, *deler)).status_code == 403, deler
    assert k.offentlig().get(side(aapen)).status_code == 302
    aapen.refresh_from_db()
    assert (aapen.tilstand, len(aapen.merker)) == ("F", 1)


def test_pictures_are_made_for_the_reader_alone(kommune_a):
    k = kommune_a
    sladding = forslag(k, brevet(k))
    kari = k.klient("sb.kari")
    for navn in ("sider", "sladdet"):
        svar = kari.get(side(sladding, navn, "1"))
        assert (svar["Content-Type"], svar["Cache-Control"]) == ("image/png", "private, no-cache")
        assert svar.content.startswith(b"\x89PNG")
        assert kari.get(side(sladding, navn, "1"), headers={"If-None-Match": svar["ETag"]}).status_code == 304
        assert kari.get(side(sladding, navn, "2")).status_code == 404
        assert kari.get(side(sladding, navn, "1") + "?b=50000").status_code == 404
        # One who has seen it once, and may no more, gets nothing by the mark.
        assert (
            k.klient("les.gry").get(side(sladding, navn, "1"), headers={"If-None-Match": svar["ETag"]}).status_code
            == 404
        )
    utkast = start_paa_ny(k)
    assert kari.get(side(utkast, "sladdet", "1")).status_code == 404


def start_paa_ny(k):
    from saksgang.offentlighet.commands import start_sladding  # noqa: PLC0415

    return start_sladding(dokument(brevet(k)), av=k["sb.kari"])


def test_opening_the_pages_of_a_coded_document_is_logged_once_in_a_session(kommune_a):
    k = kommune_a
    sladding = start_paa_ny(k)
    kari = k.klient("sb.kari")
    lest = Hendelse.objects.filter(handling="dokument.lese_fil", aktoer=k["sb.kari"])
    assert lest.count() == 0
    kari.get(side(sladding, "sider", "1"))  # a picture alone, without its page
    assert lest.count() == 1
    kari.get(side(sladding))
    kari.get(side(sladding, "sider", "1"))
    assert lest.count() == 1


def test_a_document_without_pdf_orders_one(kommune_a):
    from tests.tilstand import inngaaende  # noqa: PLC0415

    k = kommune_a
    jp = inngaaende(k, k.sak(101), "J")
    svar = k.klient("sb.kari").post(f"/journalposter/dokumenter/{dokument(jp).pk}/sladding/", follow=True)
    assert "gjøres om til PDF først" in svar.content.decode()
    assert not Sladding.objects.exists()


@pytest.mark.krav("R-7.1.1.f")
def test_grading_has_three_outcomes_and_the_partial_one_goes_on_to_redacting(kommune_a):
    k = kommune_a
    anne = k.klient("led.anne")
    kode, hjemmel, avskjerming = _valg()
    felter = {
        "tilgangskode": kode, "hjemmel": hjemmel, "avskjermingskode": avskjerming,
        "meroffentlighet_vurdert": "on", "meroffentlighet": "Navnet kan ikke gis.",
    }  # fmt: skip
    for mer, utfall in (({}, "U"), ({"delvis": "on"}, "D")):
        jp = brevet(k, "")
        svar = anne.post(f"/journalposter/{jp.pk}/skjerming/avgjoerelse/", felter | mer)
        assert svar.status_code == 303
        assert vurderinger(jp)[0].utfall == utfall
        assert svar.url.startswith("/sladdinger/") == (utfall == "D")
    assert anne.post(f"/journalposter/{jp.pk}/skjerming/avgjoerelse/", {"tilgangskode": "", "delvis": "on"}).url == (
        f"/saker/2026/101/{jp.journalpostnummer}/"
    )
    assert vurderinger(jp)[0].utfall == "H"
    tekst = anne.get(f"/journalposter/{jp.pk}/skjerming/").content.decode()
    assert "Resten kan gis i sladdet versjon" in tekst
    assert "Gis delvis, i sladdet versjon" in tekst


def _valg():
    hjemmel = Hjemmel.objects.get(noekkel="13-fvl1")
    kode = hjemmel.koder.get(kode="U")
    from saksgang.tilgang.models import Avskjermingskode  # noqa: PLC0415

    return kode.pk, hjemmel.pk, Avskjermingskode.objects.get(kode="TP").pk


def test_the_journalpost_says_where_its_redacted_version_stands(kommune_a):
    k = kommune_a
    jp = brevet(k)
    url = f"/saker/2026/101/{jp.journalpostnummer}/"
    sladding = godkjent(k, jp)
    assert "Sladdet versjon: godkjent." in k.klient("sb.kari").get(url).content.decode()
    assert side(sladding) in k.klient("led.anne").get(url).content.decode()
