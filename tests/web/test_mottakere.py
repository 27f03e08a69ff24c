"""Recipients by the hundred: from the parties of the case, from a list, and the page of a dispatch."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saksgang.kjerne.errors import Avvist, IkkeTilgang
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import ekspeder, ferdigstill, lag_dokument
from saksgang.produksjon.models import Tekstmal, Utsending
from saksgang.sakarkiv.commands.mottakere import importer_mottakere_csv, legg_til_saksparter
from saksgang.sakarkiv.commands.part import avslutt_sakspart, legg_til_sakspart
from saksgang.sakarkiv.models import Journalpost, Korrespondansepart
from tests.jobber import kjoer_jobber
from tests.tilstand import egen

HODE = "navn;adresse;postnummer;poststed;epost;organisasjonsnummer\n"
GOD = HODE + "Åse Berg;Bakkegata 1;6899;Fjordvik;;\nKroa AS;Storgata 14;6899;Fjordvik;post@kroa.example;\n"


def navn(jp):
    return list(jp.parter.filter(gyldig=True).order_by("rekkefoelge").values_list("navn", flat=True))


def adresse(jp, ende=""):
    return f"/journalposter/{jp.pk}/mottakere/{ende}"


def last_opp(klient, jp, tekst, **felter):
    fil = SimpleUploadedFile("liste.csv", tekst.encode("cp1252"))
    return klient.post(adresse(jp, "fil/"), {"fil": fil, **felter})


def test_parties_of_the_case_become_recipients_once_each(kommune_a):
    k = kommune_a
    sak, kari = k.sak(101), k["sb.kari"]
    parter = [
        legg_til_sakspart(sak, type_="person", navn=n, adresse="Bakkegata 1", postnummer="6899", av=kari)
        for n in ("Ola Vik", "Åse Berg", "Per Moe")
    ]
    jp = egen(k, sak, "U", "R")
    klient = k.klient("sb.kari")
    assert "Velg blant 3 saksparter" in klient.get(adresse(jp)).content.decode()
    svar = klient.post(adresse(jp, "saksparter/"), {"sakspart": [p.pk for p in parter[:2]]})
    assert (svar.status_code, navn(jp)) == (303, ["Bakkegata vel", "Ola Vik", "Åse Berg"])
    assert klient.post(adresse(jp, "saksparter/"), {"sakspart": [parter[0].pk]}).status_code == 409
    assert klient.post(adresse(jp, "saksparter/"), {}).status_code == 422
    annet = egen(k, sak, "U", "R")
    assert klient.post(adresse(annet, "saksparter/"), {"alle": "ja"}).status_code == 303
    assert navn(annet) == ["Bakkegata vel", "Ola Vik", "Per Moe", "Åse Berg"]
    avslutt_sakspart(parter[2], av=kari)
    with pytest.raises(Avvist, match="ikke lenger part"):
        legg_til_saksparter(jp, [parter[2]], av=kari)
    jp = Journalpost.objects.get(pk=jp.pk)
    assert jp.partsnavn == "Bakkegata vel og 2 til"
    borte = jp.parter.get(navn="Bakkegata vel", gyldig=True)
    assert klient.post(adresse(jp), {"mottaker": [borte.pk]}).status_code == 303
    assert klient.post(adresse(jp), {"mottaker": [borte.pk]}).status_code == 422
    assert navn(jp) == ["Ola Vik", "Åse Berg"]
    hendelser = Hendelse.objects.filter(journalpost_id=jp.pk, handling="journalpost.redigere").order_by("nummer")
    assert [h.detaljer for h in hendelser] == [{"mottakere lagt til": 2}, {"mottakere fjernet": 1}]


def test_list_is_tried_and_then_taken_in_whole(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    klient = k.klient("sb.kari")
    svar = last_opp(klient, jp, GOD, proeve="ja")
    assert (svar.status_code, "2 blir lagt til" in svar.content.decode(), navn(jp)) == (200, True, ["Bakkegata vel"])
    assert last_opp(klient, jp, GOD).status_code == 303
    assert navn(jp) == ["Bakkegata vel", "Åse Berg", "Kroa AS"]
    kroa = jp.parter.get(navn="Kroa AS")
    assert (kroa.adresse, kroa.postnummer, kroa.epost, kroa.er_person) == (
        "Storgata 14",
        "6899",
        "post@kroa.example",
        True,
    )
    assert last_opp(klient, jp, GOD).status_code == 303
    assert navn(jp) == ["Bakkegata vel", "Åse Berg", "Kroa AS"]


@pytest.mark.parametrize(
    ("linje", "feil"),
    [
        (";Bakkegata 3;6899;Fjordvik;;", "Navn mangler."),
        ("Ola Vik;Bakkegata 3;689;Fjordvik;;", "har ikke fire sifre"),
        ("Ola Vik;Bakkegata 3;;Fjordvik;;", "Postnummer mangler."),
        ("Ola Vik;;;;;", "Både adresse og e-postadresse mangler."),
        ("Ola Vik;;;;ola(at)vik.no;", "er ikke gyldig"),
        ("Ola Vik;;;;ola@vik.example;123456789", "Organisasjonsnummeret er ikke gyldig."),
        ("åse  BERG;Bakkegata 1;6899;Fjordvik;;", "står også på linje 2"),
        ("O" * 301 + ";Bakkegata 3;6899;Fjordvik;;", "navn er for langt."),
    ],
)
def test_one_wrong_line_is_told_by_number_and_nothing_is_taken_in(kommune_a, linje, feil):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    rapport = importer_mottakere_csv(jp, f"{GOD}{linje}\n", av=k["sb.kari"])
    (funnet,) = rapport.feil
    assert (funnet.linje, feil in funnet.tekst, navn(jp)) == (4, True, ["Bakkegata vel"])
    svar = last_opp(k.klient("sb.kari"), jp, f"{GOD}{linje}\n")
    assert (svar.status_code, "Ingenting er lagt til" in svar.content.decode()) == (422, True)
    assert navn(jp) == ["Bakkegata vel"]


def test_list_is_refused_for_what_is_no_list_for_too_many_and_where_recipients_are_locked(kommune_a):
    k = kommune_a
    jp = egen(k, k.sak(101), "U", "R")
    klient = k.klient("sb.kari")
    assert "Fila mangler navn i første linje" in last_opp(klient, jp, "hvem\nOla").content.decode()
    assert "Fila har ingen mottakere" in last_opp(klient, jp, HODE).content.decode()
    assert klient.post(adresse(jp, "fil/"), {}).status_code == 422
    mange = HODE + "".join(f"Nabo {n};Bakkegata {n};6899;Fjordvik;;\n" for n in range(2000))
    assert "Et brev kan ha 2000 mottakere" in last_opp(klient, jp, mange).content.decode()
    with pytest.raises(IkkeTilgang):
        importer_mottakere_csv(ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]), GOD, av=k["sb.kari"])
    with pytest.raises(Avvist, match="Bare utgående brev"):
        importer_mottakere_csv(egen(k, k.sak(101), "N", "R"), GOD, av=k["sb.kari"])
    assert k.klient("les.gry").get(adresse(jp)).status_code == 403


@pytest.mark.krav("R-8.7")
def test_letter_to_a_list_is_dispatched_followed_and_printed_in_the_page(kommune_a):
    k = kommune_a
    klient = k.klient("sb.kari")
    jp = egen(k, k.sak(101), "U", "R", mottakere=[], dokumenter=[])
    lag_dokument(jp, Tekstmal.objects.get(kode="brev", spraak="nb"), av=k["sb.kari"])
    liste = HODE + "".join(
        f"Nabo {n};Bakkegata {n};6899;Fjordvik;{'n@b.example' if n < 2 else ''};\n" for n in range(12)
    )
    assert last_opp(klient, jp, liste).status_code == 303
    skjema = klient.get(f"/journalposter/{jp.pk}/ekspedering/").content.decode()
    assert "Hver mottaker får brevet med sitt eget navn" in skjema
    assert "2 har e-postadresse. Velger du e-post, får de andre brevet med post." in skjema
    svar = klient.post(f"/journalposter/{jp.pk}/ekspedering/", {"koder": ["E"], "offentlighet_vurdert": "on"})
    utsending = Utsending.objects.get()
    side = f"/journalposter/utsendinger/{utsending.pk}/"
    assert (svar.status_code, svar["Location"]) == (303, side)
    assert [e.kode.kode for e in utsending.ekspederinger.order_by("part__rekkefoelge")] == ["E"] * 2 + ["P"] * 10
    assert "0 av 12 er laget" in klient.get(side).content.decode()
    assert klient.get(f"{side}utskrift/").status_code == 409
    kjoer_jobber()
    ferdig = klient.get(side).content.decode()
    assert ("12 av 12 er laget" in ferdig, "Skriv ut pakkene" in ferdig) == (True, True)
    pdf = klient.get(f"{side}utskrift/")
    assert (pdf.status_code, pdf["Content-Type"], b"".join(pdf.streaming_content)[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    assert klient.get(f"{side}utskrift/?mottaker=x").status_code == 404
    assert klient.post(f"{side}fletting/").status_code == 409
    assert f'href="{side}"' in klient.get(f"/journalposter/{jp.pk}/", follow=True).content.decode()


def test_pages_ask_as_much_for_forty_recipients_as_for_fifteen(kommune_a):
    k = kommune_a
    klient = k.klient("sb.kari")
    spurt = {}
    for antall in (15, 40):
        jp = egen(k, k.sak(101), "U", "R", mottakere=[])
        liste = HODE + "".join(f"Nabo {n};Bakkegata {n};6899;Fjordvik;;\n" for n in range(antall))
        importer_mottakere_csv(jp, liste, av=k["sb.kari"])
        endring = klient.get(f"/journalposter/{jp.pk}/redigering/").content.decode()
        assert (f"Brevet har {antall} mottakere." in endring, "part-0-navn" in endring) == (antall > 30, antall <= 30)
        sider = [adresse(jp), f"/saker/2026/101/{jp.journalpostnummer}/", f"/journalposter/{jp.pk}/ekspedering/"]
        kostnad = []
        for url in sider:
            klient.get(url)
            with CaptureQueriesContext(connection) as fanget:
                assert klient.get(url).status_code == 200
            kostnad.append(len(fanget))
        with CaptureQueriesContext(connection) as fanget:
            ekspeder(ferdigstill(jp, offentlighet_vurdert=True, av=k["sb.kari"]), av=k["sb.kari"])
        kostnad.append(len(fanget))
        spurt[antall] = kostnad
    assert spurt[15] == spurt[40]
    assert Korrespondansepart.objects.filter(navn="Nabo 39").count() == 1
