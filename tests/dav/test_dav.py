"""Word and LibreOffice open, lock, save and let go; every rule of the browser holds for them."""

import datetime as dt
import re
import threading
from collections import defaultdict

import httpx
import pytest

from saksgang.flyt.commands import besvar_godkjenning, send_til_godkjenning
from saksgang.kjerne.errors import Avvist, IkkeFunnet, IkkeTilgang
from saksgang.lager.commands import lagre_fil
from saksgang.lager.models import Fil
from saksgang.logg.models import Hendelse
from saksgang.produksjon.commands import (
    angre_utsjekking,
    bryt_utsjekking,
    ferdigstill,
    lag_dokument,
    legg_inn_standardmaler,
    sjekk_ut,
    skriv_tekst,
)
from saksgang.produksjon.commands.dav import lag_adresse, rydd_noekler
from saksgang.produksjon.models import Davnoekkel, Dokumentlaas, Tekstmal
from saksgang.produksjon.queries.laas import laas_paa
from saksgang.sakarkiv.commands.dokument import Vedlagt, ny_versjon
from saksgang.tilgang.commands import avslutt_tildeling, deaktiver_bruker
from saksgang.tilgang.models import Rolletildeling
from saksgang.tilgang.rules import Rolle
from tests.lager import innhold
from tests.produksjon import docx
from tests.test_matrise import PERSONER
from tests.tilstand import egen, kodet
from tests.webdav import LibreOffice, Program, Word, adresse, eier, uten_tjener

IGAAR = dt.date(2026, 3, 1)
PROGRAMMER = pytest.mark.parametrize("program", [Word, LibreOffice])


def word(tekst="Første utkast"):
    return docx.lag(tekst)


def brev_i(k, **felter):
    vedlagt = Vedlagt(lagre_fil(word(), filnavn="svar.docx"), "svar.docx")
    return egen(k, k.sak(101), "U", "R", dokumenter=[vedlagt], **felter).dokumenter.get()


@pytest.fixture
def brev(kommune_a):
    """A draft in Word by sb.kari, and the WSGI entry in the test's own transaction."""
    with uten_tjener() as http:
        yield kommune_a, brev_i(kommune_a), http


def versjoner(dokument):
    rader = dokument.versjoner.select_related("fil").order_by("pk")
    return [(v.versjonsnummer, v.opprettet_av.brukernavn, v.fil.sha256[:8]) for v in rader]


def siste(dokument):
    return dokument.versjoner.order_by("-pk").first()


def hendelser(dokument):
    rader = Hendelse.objects.filter(journalpost_id=dokument.journalpost_id).order_by("nummer")
    return list(rader.values_list("handling", flat=True))


# ── As the programs do it, against a server ──────────────


@pytest.mark.django_db(transaction=True)
@PROGRAMMER
def test_open_lock_save_twice_and_unlock(kommune_a, davtjener, program):
    k = kommune_a
    dokument = brev_i(k)
    foer = hendelser(dokument)
    with httpx.Client(base_url=davtjener) as http:
        p = program(http, adresse(dokument, k["sb.kari"]))
        assert sorted(p.aapne()) == [200, 200, 200, 200, 207]
        assert p.innhold == word()
        laas = laas_paa(dokument)
        assert (laas.bruker, laas.get_slag_display()) == (k["sb.kari"], "Åpent i Word eller LibreOffice")
        assert laas.utloeper_tid - laas.tatt_tid == dt.timedelta(seconds=p.sekunder)
        en, to = word("Andre utkast"), word("Tredje utkast")
        svar = p.lagre(en)
        assert (svar.status_code, svar.headers["ETag"]) == (204, f'"{siste(dokument).fil.sha256}"')
        assert p.lagre(en).status_code == 204
        assert p.forny().status_code == 200
        assert p.lagre(to).status_code == 204
        assert p.hent().content == to
        assert httpx.put(f"{davtjener}{p.sti}", content=iter([b"uten lengde"])).status_code == 411
        assert p.slipp().status_code == 204
    assert [v[:2] for v in versjoner(dokument)] == [(1, "sb.kari"), (2, "sb.kari"), (3, "sb.kari")]
    assert siste(dokument).filnavn == "svar.docx"
    assert laas_paa(dokument) is None
    assert hendelser(dokument)[len(foer) :] == [
        "journalpost.sjekke_ut",
        "journalpost.skrive_tekst",
        "journalpost.skrive_tekst",
        "journalpost.sjekke_inn",
    ]


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_gets_the_document_and_the_others_423(kommune_a, davtjener):
    k = kommune_a
    dokument = brev_i(k)
    adresser = [adresse(dokument, k[hvem]) for hvem in ("sb.kari", "led.anne", "sf.bente") for _ in range(2)]
    klare = threading.Barrier(len(adresser))
    fikk = []

    def aapne(sti):
        with httpx.Client(base_url=davtjener, timeout=60) as http:
            p = Word(http, sti)
            klare.wait()
            status = p.laas().status_code
            fikk.append((status, p.lagre(word(sti)).status_code))

    traader = [threading.Thread(target=aapne, args=(sti,)) for sti in adresser]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert sorted(fikk) == [(200, 204), *[(423, 423)] * (len(adresser) - 1)]
    assert len(versjoner(dokument)) == 2
    assert Dokumentlaas.objects.filter(dokument=dokument, opphevet_tid=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_programs_of_two_people_and_the_browser_says_who(kommune_a, davtjener):
    k = kommune_a
    dokument = brev_i(k)
    with httpx.Client(base_url=davtjener) as http:
        kari = Word(http, adresse(dokument, k["sb.kari"]))
        anne = LibreOffice(http, adresse(dokument, k["led.anne"]))
        kari.aapne()
        assert anne.aapne() == [200, 207, 200, 200, 423]
        assert eier(anne.egenskaper()) == ["Kari Lunde"]
        nektet = anne.laas()
        assert nektet.text.startswith("«Svar om gatelys» er åpent i Word eller LibreOffice hos Kari Lunde, siden ")
        side = k.klient("led.anne").get(f"/journalposter/{dokument.journalpost_id}/dokumenter/").content.decode()
        assert "Åpent i Word eller LibreOffice hos Kari Lunde siden 02.03.2026 09.00" in side
        kari.slipp()
        assert anne.laas().status_code == 200


# ── Locks ────────────────────────────────────────────────


def test_an_abandoned_lock_ends_by_its_time(brev, klokka):
    k, dokument, http = brev
    kari, anne = LibreOffice(http, adresse(dokument, k["sb.kari"])), Word(http, adresse(dokument, k["led.anne"]))
    kari.laas()
    klokka.shift(179)
    assert anne.laas().status_code == 423
    klokka.shift(1)
    assert anne.laas().status_code == 200
    assert kari.lagre(word("For sent")).status_code in (412, 423)
    assert kari.forny().status_code == 412
    assert [v[0] for v in versjoner(dokument)] == [1]
    assert Hendelse.objects.order_by("nummer").last().detaljer["utløpt hos"] == "Kari Lunde"


def test_a_program_that_slept_past_its_time_goes_on_when_nobody_touched_the_document(brev, klokka):
    k, dokument, http = brev
    kari = Word(http, adresse(dokument, k["sb.kari"]))
    kari.laas()
    klokka.shift(dt.timedelta(hours=2))
    assert laas_paa(dokument) is None
    assert kari.lagre(word("Etter lunsj")).status_code == 204
    assert laas_paa(dokument).bruker == k["sb.kari"]
    klokka.shift(dt.timedelta(hours=2))
    ny_versjon(dokument, lagre_fil(word("Anne rettet"), filnavn="svar.docx"), filnavn="svar.docx", av=k["led.anne"])
    assert kari.lagre(word("Uten å ha sett det")).status_code == 412
    assert [v[1] for v in versjoner(dokument)] == ["sb.kari", "sb.kari", "led.anne"]


def test_lock_asked_for_without_end_lasts_an_hour(brev):
    k, dokument, http = brev
    kari = Word(http, adresse(dokument, k["sb.kari"]), sekunder=10**9)
    assert kari.laas().status_code == 200
    laas = laas_paa(dokument)
    assert laas.utloeper_tid - laas.tatt_tid == dt.timedelta(hours=1)


def test_checked_out_by_hand_is_locked_for_programs_of_all(brev):
    k, dokument, http = brev
    kari, anne = Word(http, adresse(dokument, k["sb.kari"])), Word(http, adresse(dokument, k["led.anne"]))
    sjekk_ut(dokument, av=k["sb.kari"])
    for p in (kari, anne):
        assert p.laas().status_code == 423
        assert p.lagre(word("Utenom")).status_code == 423
        assert eier(p.egenskaper()) == ["Kari Lunde"]
        assert p.be("UNLOCK", Lock_Token="<opaquelocktoken:utsjekking-1>").status_code in (403, 409)
    assert [v[0] for v in versjoner(dokument)] == [1]
    with pytest.raises(Avvist, match="Du har sjekket ut"):
        lag_adresse(dokument, av=k["sb.kari"])


def test_broken_or_given_up_the_program_saves_no_more(brev):
    k, dokument, http = brev
    kari = Word(http, adresse(dokument, k["sb.kari"]))
    kari.laas()
    bryt_utsjekking(dokument, "Kari er syk", av=k["led.anne"])
    nektet = kari.lagre(word("Etterpå"))
    assert (nektet.status_code, "Lagre en kopi" in nektet.text) == (412, True)
    kari.laas()
    angre_utsjekking(dokument, av=k["sb.kari"])
    assert kari.lagre(word("Etterpå")).status_code == 412
    assert kari.slipp().status_code == 409
    assert [v[0] for v in versjoner(dokument)] == [1]


def test_another_persons_token_neither_saves_nor_unlocks(brev):
    k, dokument, http = brev
    kari, anne = Word(http, adresse(dokument, k["sb.kari"])), Word(http, adresse(dokument, k["led.anne"]))
    kari.laas()
    anne.merke = kari.merke
    assert anne.lagre(word("Annes")).status_code in (412, 423)
    assert anne.slipp().status_code == 403
    assert anne.forny().status_code == 412
    assert laas_paa(dokument).bruker == k["sb.kari"]
    assert [v[0] for v in versjoner(dokument)] == [1]


def test_saving_without_a_lock_is_a_version_when_nobody_has_the_document(brev):
    k, dokument, http = brev
    assert Program(http, adresse(dokument, k["sb.kari"])).lagre(word("Rett inn")).status_code == 204
    Word(http, adresse(dokument, k["led.anne"])).laas()
    assert Program(http, adresse_uten_sperre(dokument, k["sb.kari"])).lagre(word("Nei")).status_code == 423
    assert [v[1] for v in versjoner(dokument)] == ["sb.kari", "sb.kari"]


def adresse_uten_sperre(dokument, av):
    """An address that was made while nobody had the document."""
    laas = laas_paa(dokument)
    Dokumentlaas.objects.filter(pk=laas.pk).update(opphevet_tid=laas.tatt_tid)
    sti = adresse(dokument, av)
    Dokumentlaas.objects.filter(pk=laas.pk).update(opphevet_tid=None)
    return sti


def test_shared_lock_is_refused(brev):
    k, dokument, http = brev
    kropp = (
        b'<D:lockinfo xmlns:D="DAV:"><D:lockscope><D:shared/></D:lockscope>'
        b"<D:locktype><D:write/></D:locktype></D:lockinfo>"
    )
    assert Program(http, adresse(dokument, k["sb.kari"])).be("LOCK", kropp=kropp).status_code == 403
    assert laas_paa(dokument) is None


# ── Who, and until when ──────────────────────────────────


def test_who_gets_an_address_is_who_may_write_and_all_the_others_are_refused_as_in_the_browser(brev):
    k, dokument, _ = brev
    fikk = defaultdict(list)
    for hvem in [p for p in PERSONER if p]:
        try:
            lag_adresse(dokument, av=k[hvem])
            fikk["adresse"].append(hvem)
        except (IkkeTilgang, IkkeFunnet) as nektet:
            fikk[type(nektet)].append(hvem)
    assert fikk == {
        "adresse": ["sb.kari", "led.anne", "sf.bente"],
        IkkeTilgang: ["ark.eva"],
        IkkeFunnet: ["sb.ola", "sb.per", "nes.ida", "adm.root", "raad.jon", "les.gry", "pol.tor", "ord.siri"],
    }
    assert Davnoekkel.objects.count() == 3


def test_only_the_checksum_of_the_key_is_kept(brev):
    k, dokument, _ = brev
    sti = adresse(dokument, k["sb.kari"])
    noekkel = sti.split("/")[2]
    rad = Davnoekkel.objects.get()
    assert (len(noekkel), noekkel in str(vars(rad)), len(rad.sjekksum)) == (43, False, 64)
    assert "gatelys" not in sti.lower()


ALLE = ("OPTIONS", "HEAD", "GET", "PROPFIND", "LOCK", "UNLOCK", "PUT")


def statuser(p):
    p.merke = p.merke or "opaquelocktoken:ingen"
    return {
        m: s.status_code
        for m, s in [
            ("OPTIONS", p.be("OPTIONS")),
            ("HEAD", p.be("HEAD")),
            ("GET", p.be("GET")),
            ("PROPFIND", p.egenskaper()),
            ("LOCK", p.laas()),
            ("UNLOCK", p.slipp()),
            ("PUT", p.lagre(word("Forsøk"))),
        ]
    }


def test_expired_and_unknown_key(brev, klokka):
    k, dokument, http = brev
    sti = adresse(dokument, k["sb.kari"])
    klokka.shift(dt.timedelta(minutes=30))
    p = Word(http, sti)
    assert statuser(p) == dict.fromkeys(ALLE, 403)
    assert p.be("GET").text == "Adressen er gått ut. Åpne dokumentet på nytt fra Saksgang.\n"
    noekkel = sti.split("/")[2]
    assert statuser(Word(http, sti.replace(noekkel, noekkel[:-1] + "_"))) == dict.fromkeys(ALLE, 404)
    klokka.shift(dt.timedelta(days=1))
    assert rydd_noekler() == 1
    assert statuser(Word(http, sti)) == dict.fromkeys(ALLE, 404)


def test_a_key_in_use_opens_for_a_working_day_and_no_longer(brev, klokka):
    k, dokument, http = brev
    p = Word(http, adresse(dokument, k["sb.kari"]))
    p.laas()
    for time in range(1, 10):
        klokka.shift(dt.timedelta(hours=1))
        assert p.lagre(word(f"Time {time}")).status_code == 204
    klokka.shift(dt.timedelta(hours=1))
    assert p.lagre(word("Kveld")).status_code == 403
    assert len(versjoner(dokument)) == 10


def test_what_the_person_sees_no_longer_is_404_for_every_method(brev):
    k, dokument, http = brev
    p = Word(http, adresse(dokument, k["led.anne"]))
    p.aapne()
    for tildeling in Rolletildeling.objects.filter(bruker=k["led.anne"], rolle=Rolle.LED):
        avslutt_tildeling(tildeling, til=IGAAR, av=k["adm.root"])
    assert statuser(p) == dict.fromkeys(ALLE, 404)
    assert [v[0] for v in versjoner(dokument)] == [1]


def test_who_has_left_is_403_for_every_method(brev):
    k, dokument, http = brev
    p = Word(http, adresse(dokument, k["sb.kari"]))
    p.aapne()
    deaktiver_bruker(k["sb.kari"], til=IGAAR, av=k["adm.root"])
    assert statuser(p) == dict.fromkeys(ALLE, 403)
    assert p.be("GET").text == "Du har ikke lenger tilgang til Saksgang.\n"
    assert [v[0] for v in versjoner(dokument)] == [1]


def test_reading_of_a_graded_document_is_logged(brev):
    k, dokument, http = brev
    kodet(k, dokument.journalpost, "P")
    p = Word(http, adresse(dokument, k["led.anne"]))
    p.be("HEAD")
    p.egenskaper()
    assert hendelser(dokument).count("dokument.lese_fil") == 0
    p.hent()
    lest = Hendelse.objects.get(journalpost_id=dokument.journalpost_id, handling="dokument.lese_fil")
    assert (lest.aktoer, lest.lesing) == (k["led.anne"], True)


# ── What stands in the way, as in the browser ────────────


def test_finished_while_the_address_was_out_is_read_and_not_written(brev):
    k, dokument, http = brev
    p = Word(http, adresse(dokument, k["sb.kari"]))
    ferdigstill(dokument.journalpost, offentlighet_vurdert=True, av=k["sb.kari"])
    assert statuser(p) == {
        "OPTIONS": 200, "HEAD": 200, "GET": 200, "PROPFIND": 207, "LOCK": 409, "UNLOCK": 409, "PUT": 412,
    }  # fmt: skip
    p.merke = ""
    assert "ferdigstilt og låst" in p.lagre(word("Etter F")).text
    assert [v[0] for v in versjoner(dokument)] == [1]


def test_with_an_approver_the_writer_reads_and_the_approver_writes(brev):
    k, dokument, http = brev
    kari = Program(http, adresse(dokument, k["sb.kari"]))
    jp = dokument.journalpost
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    assert kari.hent().status_code == 200
    for nektet in (kari.laas(), kari.lagre(word("Karis"))):
        assert (nektet.status_code, "er til godkjenning hos Anne Hauge" in nektet.text) == (409, True)
    anne = Word(http, adresse(dokument, k["led.anne"]))
    anne.aapne()
    anne.lagre(word("Annes rettelse"))
    with pytest.raises(Avvist, match="er åpent i Word eller LibreOffice hos Anne Hauge"):
        besvar_godkjenning(jp, "G", av=k["led.anne"])
    anne.slipp()
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    assert [v[1] for v in versjoner(dokument)] == ["sb.kari", "led.anne"]


def test_a_save_after_approval_voids_it(brev):
    k, dokument, http = brev
    jp = dokument.journalpost
    send_til_godkjenning(jp, k["led.anne"], av=k["sb.kari"])
    besvar_godkjenning(jp, "G", av=k["led.anne"])
    kari = Word(http, adresse(dokument, k["sb.kari"]))
    kari.aapne()
    assert k.jp(101, jp.journalpostnummer).godkjenning == "G"
    kari.lagre(word("Endret etterpå"))
    assert k.jp(101, jp.journalpostnummer).godkjenning != "G"


@pytest.mark.parametrize(
    ("kropp", "status", "sagt"),
    [
        (b"MZ" + b"\0" * 200, 409, "tas ikke imot"),
        (innhold.pdf(), 409, "men innholdet er PDF"),
        (b"", 409, "er tom"),
    ],
)
def test_what_is_no_document_is_refused_and_the_lock_stands(brev, kropp, status, sagt):
    k, dokument, http = brev
    p = Word(http, adresse(dokument, k["sb.kari"]))
    p.aapne()
    nektet = p.be("PUT", kropp=kropp, If=f"(<{p.merke}>)", Content_Length=str(len(kropp)))
    assert (nektet.status_code, sagt in nektet.text) == (status, True)
    assert (laas_paa(dokument).merke, len(versjoner(dokument))) == (p.merke, 1)


def test_macros_are_refused(brev):
    k, dokument, http = brev
    p = Word(http, adresse(dokument, k["sb.kari"]))
    foer = Fil.objects.count()
    nektet = p.lagre(innhold.med_i_zip(word(), **{"word/vbaProject.bin": b"makro"}))
    assert (nektet.status_code, "er et dokument med makroer og tas ikke imot" in nektet.text) == (409, True)
    assert (Fil.objects.count(), len(versjoner(dokument))) == (foer, 1)


def test_too_large_is_413(brev, settings):
    k, dokument, http = brev
    p = Word(http, adresse(dokument, k["sb.kari"]))
    settings.SAKSGANG_MAKS_FILSTOERRELSE = 1000
    assert p.lagre(word("For stor")).status_code == 413
    assert p.be("PROPFIND", kropp=b"<" * 70_000).status_code == 413


# ── One document, and nothing else ───────────────────────


def test_folder_holds_the_one_document_and_takes_no_other(brev):
    k, dokument, http = brev
    egen(k, k.sak(101), "U", "R")
    sti = adresse(dokument, k["sb.kari"])
    p = Program(http, sti)
    mappe, _, navn = sti.rpartition("/")
    for dybde in ("1", "infinity"):
        assert hrefs(p.be("PROPFIND", f"{mappe}/", Depth=dybde)) == [f"{mappe}/", sti]
    for annet in (f"{mappe}/annet.docx", f"{mappe}/~$svar.docx", f"{mappe}/.~lock.{navn}%23", f"{mappe}/a/{navn}"):
        assert p.be("PUT", annet, kropp=word()).status_code in (403, 409)
        assert p.be("GET", annet).status_code == 404
        assert p.be("OPTIONS", annet).status_code == 404
    assert p.be("GET", f"{mappe}/").status_code == 403
    assert p.be("PUT", f"{mappe}/", kropp=word()).status_code == 405
    assert p.be("LOCK", f"{mappe}/", kropp=b"<x/>").status_code in (400, 403)
    assert p.be("GET", f"/dav/dokument/{dokument.pk}").status_code == 404
    assert len(versjoner(dokument)) == 1


def hrefs(svar):
    return re.findall(r"response>\s*<[^>]*href>([^<]+)<", svar.text)


@pytest.mark.krav("R-10.10.1")
@pytest.mark.parametrize("metode", ["DELETE", "MOVE", "COPY", "MKCOL", "PROPPATCH", "POST", "PATCH", "TRACE", "SEARCH"])
def test_nothing_is_deleted_moved_or_copied(brev, metode):
    k, dokument, http = brev
    p = Program(http, adresse(dokument, k["sb.kari"]))
    svar = p.be(metode, Destination="http://testserver/dav/annet.docx")
    assert (svar.status_code, svar.headers["Allow"]) == (405, ", ".join(ALLE[i] for i in (0, 2, 1, 3, 4, 5, 6)))
    assert p.hent().content == word()


def test_root_says_what_it_is_and_shows_nothing(brev):
    _, _, http = brev
    svar = http.options("/dav/")
    assert (svar.status_code, svar.headers["DAV"], svar.headers["MS-Author-Via"]) == (200, "1,2", "DAV")
    assert [http.request(m, "/dav/").status_code for m in ("GET", "PROPFIND", "PUT")] == [404, 404, 404]


def test_https_is_demanded_where_the_installation_has_it(brev, settings):
    k, dokument, http = brev
    settings.SECURE_SSL_REDIRECT = True
    sti = adresse(dokument, k["sb.kari"])
    assert http.get(sti).status_code == 403
    assert http.get(f"https://testserver{sti}").status_code == 200
    assert http.get(f"https://fremmed.example{sti}").status_code == 400


def test_what_is_half_sent_is_not_kept(brev):
    k, dokument, http = brev
    p = Program(http, adresse(dokument, k["sb.kari"]))
    ny = word("Halv")
    assert p.be("PUT", kropp=ny[:500], Content_Length=str(len(ny))).status_code == 400
    assert len(versjoner(dokument)) == 1


def test_what_is_written_in_the_browser_is_what_the_program_opens(kommune_a):
    k = kommune_a
    legg_inn_standardmaler(av=k["adm.root"])
    jp = egen(k, k.sak(101), "U", "R", dokumenter=[])
    dokument = lag_dokument(jp, Tekstmal.objects.get(navn="Brev", spraak="nb"), av=k["sb.kari"])
    tekst = skriv_tekst(dokument, "<p>Skrevet i nettleseren.</p>", utgave=dokument.tekst.utgave, av=k["sb.kari"])
    with uten_tjener() as http:
        p = Word(http, adresse(dokument, k["sb.kari"]))
        p.aapne()
        assert "Skrevet i nettleseren." in docx.linjer(p.innhold)
        with pytest.raises(Avvist, match="åpent i Word eller LibreOffice"):
            skriv_tekst(dokument, "<p>Samtidig.</p>", utgave=tekst.utgave, av=k["sb.kari"])
        p.slipp()
