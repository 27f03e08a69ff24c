"""The administration pages, through Django's client."""

import datetime as dt
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from saksgang.arkivstruktur.commands import importer_klasser_csv, opprett_arkiv, opprett_arkivdel, opprett_system
from saksgang.arkivstruktur.models import Arkiv, Arkivdel, Klasse, Klassifikasjonssystem, Nummerserie
from saksgang.arkivstruktur.rules import Klassifikasjonstype
from saksgang.organisasjon.models import Bruker, Enhet, Fravaer
from saksgang.sakarkiv.commands.fordeling import sett_fordelingsregel
from saksgang.sakarkiv.models import Fordelingsregel, Kodeverdi, Skriveregel
from saksgang.tilgang.commands import (
    autoriser,
    opprett_bruker,
    opprett_enhet,
    opprett_gruppe,
    registrer_fravaer,
    registrer_stedfortreder,
    tildel_rolle,
)
from saksgang.tilgang.models import Autorisasjon, Rolletildeling, Stedfortreder, Tilgangsgruppe, Tilgangskode
from saksgang.tilgang.queries import ledere_uten_stedfortreder, medlemmer
from saksgang.tilgang.rules import Rolle
from saksgang.web.administrasjon import urls

pytest_plugins = ["tests.tilgang.kommune"]

IDAG, SEKSTE = dt.date(2026, 3, 2), dt.date(2026, 3, 6)
ADM_SIDER = [sti.name for sti in urls.urlpatterns if "<" not in str(sti.pattern)]
ARK_SIDER = ["administrasjon"] + [
    n for n in ADM_SIDER if any(ord_ in n for ord_ in ("arkiv", "klass", "nytt_system", "fordelingsreg", "skrivereg"))
]


@pytest.fixture
def som(client, kommune):
    """Log a person in and return the client."""

    def logg_inn(bruker):
        client.force_login(bruker, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return logg_inn


@pytest.fixture
def ark(kommune):
    eva = kommune.person("ark.eva", "Eva Ark", kommune.tek)
    tildel_rolle(eva, Rolle.ARK, av=kommune.adm)
    return eva


def rader(svar):
    """The texts of the table's rows, without the column of acts."""
    innhold = tekst(svar)
    kropp = innhold[innhold.index("<tbody>") : innhold.index("</tbody>")] if "<tbody>" in innhold else ""
    celler = [re.findall(r"<td>(.*?)</td>", rad, re.S)[:-1] for rad in kropp.split("</tr>")]
    return [[re.sub(r"<[^>]+>", "", celle).strip() for celle in rad] for rad in celler if rad]


def lenker(html):
    return re.findall(r'<a [^>]*href="([^"]+)"', html)


def send(klient, navn, felter, *args):
    return klient.post(reverse(navn, args=args), felter)


def tekst(svar):
    return svar.content.decode()


@pytest.mark.krav("R-1.1")
@pytest.mark.parametrize("navn", ADM_SIDER)
def test_administrasjon_without_session_leads_to_login(client, db, navn):
    svar = client.get(reverse(navn))
    assert svar.status_code == 302
    assert svar["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("navn", ADM_SIDER)
def test_administrasjon_opens_for_the_administrator_and_not_for_others(som, kommune, ark, navn):
    svar = som(kommune.adm).get(reverse(navn))
    assert svar.status_code == (303 if navn == "administrasjon" else 200)
    for verb in ("get", "post"):
        assert getattr(som(kommune.anne), verb)(reverse(navn)).status_code == 403
    assert som(ark).get(reverse(navn)).status_code == (
        303 if navn == "administrasjon" else 200 if navn in ARK_SIDER else 403
    )


def test_administrasjon_pages_of_one_object_are_closed_to_others(som, kommune, ark):
    adm = kommune.adm
    arkiv = opprett_arkiv(tittel="Arkiv", arkivskaper="Fjordvik", av=ark)
    system = opprett_system(kode="KK", tittel="K-koder", klassifikasjonstype=Klassifikasjonstype.KK, av=ark)
    importer_klasser_csv(system, "kode;tittel\nU;Naering\n", av=ark)
    kode = Tilgangskode.objects.get(kode="P")
    pk = {
        "enhet": kommune.tek.pk,
        "bruker": kommune.kari.pk,
        "roller": Rolletildeling.objects.get(bruker=kommune.kari).pk,
        "stedfortreder": registrer_stedfortreder(kommune.anne, kommune.per, fra=IDAG, til=SEKSTE, av=adm).pk,
        "autorisasjon": autoriser(kommune.per, kode, av=adm).pk,
        "fravaer": registrer_fravaer(kommune.kari, fra=IDAG, til=SEKSTE, av=adm).pk,
        "arkivdel": opprett_arkivdel(arkiv, kode="SAK", tittel="Sak", av=ark).pk,
        "klassifikasjon": system.pk,
        "klasse": Klasse.objects.get(klasse_id="U").pk,
        "fordelingsregler": sett_fordelingsregel(kommune.tek, None, kommune.kari, av=ark).pk,
        "skriveregler": Skriveregel.objects.order_by("pk")[0].pk,
        "kodelister/<slug": "opphav",
        "kodelister/<int": Kodeverdi.objects.get(liste="opphav", kode="BREV").pk,
    }
    sider = [sti for sti in urls.urlpatterns if "<" in str(sti.pattern)]
    for sti in sider:
        slag = next(slag for slag in pk if str(sti.pattern).startswith(slag))
        adresse = reverse(sti.name, args=[pk[slag]])
        assert (adresse, som(adm).get(adresse).status_code) == (adresse, 200)
        assert (adresse, som(kommune.anne).get(adresse).status_code) == (adresse, 403)
        assert (adresse, som(kommune.anne).post(adresse).status_code) == (adresse, 403)
        utenfor = reverse(sti.name, args=[999_999 if isinstance(pk[slag], int) else "finnes-ikke"])
        assert (utenfor, som(adm).get(utenfor).status_code) == (utenfor, 404)


def test_ny_enhet_stores_and_goes_on(som, kommune):
    svar = send(som(kommune.adm), "administrasjon_ny_enhet", {"kode": "NY", "navn": "Ny", "overordnet": kommune.tek.pk})
    assert (svar.status_code, svar["Location"]) == (303, reverse("administrasjon_enheter"))
    ny = Enhet.objects.get(kode="NY")
    assert (ny.overordnet, ny.inkluder_underenheter) == (kommune.tek, False)
    assert "NY" in tekst(som(kommune.adm).get(svar["Location"]))


def test_ny_enhet_refusal_stands_by_the_field_with_what_was_typed(som, kommune):
    svar = send(som(kommune.adm), "administrasjon_ny_enhet", {"kode": "tek", "navn": "Teknikk og «drift»"})
    assert svar.status_code == 422
    assert "Det finnes allerede en enhet med koden tek." in tekst(svar)
    assert "Teknikk og «drift»" in tekst(svar)
    assert Enhet.objects.count() == 3


def test_enhet_changed_and_closed(som, kommune):
    svar = send(
        som(kommune.adm), "administrasjon_enhet", {"kode": "VAR", "navn": "Vann", "overordnet": ""}, kommune.var.pk
    )
    assert svar.status_code == 303
    kommune.var.refresh_from_db()
    assert (kommune.var.navn, kommune.var.overordnet) == ("Vann", None)
    svar = send(som(kommune.adm), "administrasjon_enhetsnedleggelse", {"dato": "2026-03-02"}, kommune.tek.pk)
    assert svar.status_code == 409
    assert "2 aktive brukere hører til enheten." in tekst(svar)


def test_enheter_query_count_does_not_grow(som, kommune):
    klient = som(kommune.adm)
    foer = _antall(klient, reverse("administrasjon_enheter"))
    for nummer in range(3):
        opprett_enhet(kode=f"E{nummer}", navn="E", overordnet=kommune.tek, av=kommune.adm)
    assert _antall(klient, reverse("administrasjon_enheter")) == foer


def _antall(klient, adresse):
    with CaptureQueriesContext(connection) as spoerringer:
        assert klient.get(adresse).status_code == 200
    return len(spoerringer)


@pytest.mark.krav("R-1.1")
def test_bruker_from_new_to_deactivated(som, kommune):
    klient = som(kommune.adm)
    felter = {
        "brukernavn": "sb.ny",
        "navn": "Nina Ny",
        "initialer": "nn",
        "enhet": kommune.tek.pk,
        "aktiv_fra": "01.01.2026",
        "passord": "fjord og fjell 1814",
    }
    assert send(klient, "administrasjon_ny_bruker", felter).status_code == 303
    nina = Bruker.objects.get(brukernavn="sb.ny")
    assert nina.check_password("fjord og fjell 1814")
    rolle = {"bruker": "Nina Ny (sb.ny)", "rolle": "SB", "enhet": kommune.tek.pk, "kilde": "stilling", "fra": IDAG}
    assert send(klient, "administrasjon_ny_rolle", rolle).status_code == 303
    assert "SB Saksbehandler" in tekst(klient.get(reverse("administrasjon_bruker", args=[nina.pk])))
    felter |= {"navn": "Nina Nyere"}
    assert send(klient, "administrasjon_brukerendring", felter, nina.pk).status_code == 303
    assert send(klient, "administrasjon_passord", {"passord": "kort"}, nina.pk).status_code == 422
    assert send(klient, "administrasjon_passord", {"passord": "en helt ny setning"}, nina.pk).status_code == 303
    assert send(klient, "administrasjon_deaktivering", {"til": "2026-03-01"}, nina.pk).status_code == 303
    nina.refresh_from_db()
    assert (nina.navn, nina.er_aktiv(IDAG)) == ("Nina Nyere", False)
    assert som(nina).get(reverse("minside_fravaer")).status_code == 302
    assert send(som(kommune.adm), "administrasjon_gjenaapning", {}, nina.pk).status_code == 303
    nina.refresh_from_db()
    assert nina.er_aktiv(IDAG)


def test_ny_bruker_password_is_never_sent_back(som, kommune):
    svar = send(som(kommune.adm), "administrasjon_ny_bruker", {"brukernavn": "", "passord": "fjord og fjell 1814"})
    assert svar.status_code == 422
    assert "fjord og fjell" not in tekst(svar)


def test_brukere_found_by_name_page_by_page(som, kommune):
    for nummer in range(50):
        kommune.person(f"x.{nummer:02}", f"Xerxes {nummer:02}", kommune.tek)
    svar = tekst(som(kommune.adm).get(reverse("administrasjon_brukere"), {"q": "xerxes"}))
    assert ("Xerxes 49" in svar, "Kari Lunde" in svar) == (True, False)
    assert "1–50 av 55" in tekst(som(kommune.adm).get(reverse("administrasjon_brukere")))
    assert "Xerxes 49" in tekst(som(kommune.adm).get(reverse("administrasjon_brukere"), {"side": "2"}))


def test_ny_rolle_unknown_person_keeps_what_was_typed(som, kommune):
    svar = send(
        som(kommune.adm), "administrasjon_ny_rolle", {"bruker": "finnes.ikke", "rolle": "SB", "kilde": "stilling"}
    )
    assert svar.status_code == 422
    assert 'value="finnes.ikke"' in tekst(svar)
    assert "Fant ingen med dette brukernavnet." in tekst(svar)


def test_ny_rolle_and_fullmakt_and_their_end(som, kommune):
    klient = som(kommune.adm)
    svar = send(
        klient, "administrasjon_ny_rolle", {"bruker": "sb.kari", "rolle": "LED", "kilde": "stilling", "fra": IDAG}
    )
    assert svar.status_code == 422
    assert "Rollen Leder gjelder i en enhet." in tekst(svar)
    fullmakt = {"bruker": "sb.per", "funksjon": "fordele", "enhet": kommune.tek.pk, "fra": IDAG, "til": SEKSTE}
    assert send(klient, "administrasjon_ny_fullmakt", fullmakt).status_code == 303
    tildeling = Rolletildeling.objects.get(funksjon="fordele")
    assert "Fullmakt: Fordele" in tekst(klient.get(reverse("administrasjon_roller")))
    assert send(klient, "administrasjon_rolleavslutning", {"til": "2026-03-01"}, tildeling.pk).status_code == 303
    assert "Fullmakt: Fordele" not in tekst(klient.get(reverse("administrasjon_roller")))
    egen = Rolletildeling.objects.get(rolle=Rolle.ADM)
    assert send(klient, "administrasjon_rolleavslutning", {"til": "2026-03-02"}, egen.pk).status_code == 409


@pytest.mark.krav("R-3.1.6")
def test_ledere_uten_stedfortreder_until_one_is_registered(som, kommune):
    klient, adresse = som(kommune.adm), reverse("kontroll_ledere_uten_stedfortreder")
    assert "Nils Øye" in tekst(klient.get(adresse))
    ny = f"{reverse('administrasjon_ny_stedfortreder')}?leder=led.nils"
    assert f'href="{ny}"' in tekst(klient.get(adresse))
    assert 'value="Nils Øye (led.nils)"' in tekst(klient.get(ny))
    xx = Tilgangskode.objects.get(kode="XX")
    felter = {"leder": "led.nils", "vikar": "sb.per", "fra": "2026-03-01", "til": "2026-03-14", "koder": [xx.pk]}
    assert klient.post(ny, felter).status_code == 303
    assert "Nils Øye" not in tekst(klient.get(adresse))
    assert "Per Aas" in tekst(klient.get(reverse("administrasjon_stedfortredere")))
    assert som(kommune.nils).get(adresse).status_code == 403


def test_kontroll_lists_what_there_is_for_those_who_control(som, kommune):
    ik = kommune.person("ik.ida", "Ida Kontroll", kommune.tek)
    tildel_rolle(ik, Rolle.IK, av=kommune.adm)
    for bruker in (kommune.adm, ik):
        svar = som(bruker).get(reverse("kontroll"))
        assert rader(svar) == [["Ledere uten stedfortreder", "Ledere som ingen står inne for i dag", "2"]]
        assert f'href="{reverse("kontroll_ledere_uten_stedfortreder")}"' in tekst(svar)
    for bruker in (kommune.kari, kommune.anne):
        assert som(bruker).get(reverse("kontroll")).status_code == 403


def test_main_menu_has_kontroll_for_those_who_control_and_only_pages_that_open(som, kommune):
    alle, med_kontroll = ["/", "/saker/"], ["/", "/saker/", "/rapporter/", "/kontroll/"]
    for bruker, ventet in ((kommune.kari, alle), (kommune.anne, alle), (kommune.adm, med_kontroll)):
        html = tekst(som(bruker).get(reverse("minside_fravaer")))
        meny = html[html.index('<nav class="hovedmeny"') :]
        assert lenker(meny[: meny.index("</nav>")]) == ventet
        assert [som(bruker).get(adresse).status_code for adresse in ventet] == [200] * len(ventet)


def test_user_menu_leads_to_ones_own_pages_and_to_what_one_administers(som, kommune, ark):
    egne = ["/min-side/fravaer/", "/min-side/grupper/", "/min-side/varsling/"]
    konto = ["/konto/password/change/", "/min-side/utseende/", "/konto/2fa/"]
    for bruker, ventet in (
        (kommune.kari, [*egne, *konto, "/kontakter/"]),
        (kommune.anne, ["/min-side/stedfortreder/", *egne, *konto, "/kontakter/"]),
        (ark, [*egne, *konto, "/kontakter/", "/administrasjon/"]),
        (kommune.adm, [*egne, *konto, "/kontakter/", "/administrasjon/"]),
    ):
        html = tekst(som(bruker).get(reverse("minside_fravaer")))
        meny = html[html.index('<h2 class="etikett">Min side</h2>') :]
        assert lenker(meny[: meny.index("</header>")]) == ventet


def test_min_stedfortreder_by_the_leader_herself(som, kommune):
    klient, adresse = som(kommune.anne), reverse("minside_stedfortreder")
    assert klient.get(adresse).status_code == 200
    svar = klient.post(adresse, {"vikar": "led.anne", "fra": IDAG, "til": SEKSTE})
    assert svar.status_code == 422
    assert "En leder kan ikke være sin egen stedfortreder." in tekst(svar)
    assert klient.post(adresse, {"vikar": "Per Aas (sb.per)", "fra": IDAG, "til": SEKSTE}).status_code == 303
    sf = Stedfortreder.objects.get()
    assert list(sf.tilgangskoder.all()) == []
    assert [rad.leder for rad in ledere_uten_stedfortreder(IDAG)] == [kommune.nils]
    endret = {"fra": IDAG, "til": "2026-03-13", "koder": [Tilgangskode.objects.get(kode="P").pk]}
    assert send(klient, "minside_stedfortrederendring", endret, sf.pk).status_code == 303
    assert [kode.kode for kode in sf.tilgangskoder.all()] == ["P"]
    for navn in ("minside_stedfortrederendring", "minside_stedfortrederavslutning"):
        assert som(kommune.nils).get(reverse(navn, args=[sf.pk])).status_code == 404
    assert send(som(kommune.anne), "minside_stedfortrederavslutning", {"til": "2026-03-01"}, sf.pk).status_code == 303
    assert len(ledere_uten_stedfortreder(IDAG)) == 2


def test_min_stedfortreder_refused_for_one_who_leads_nothing(som, kommune):
    svar = send(som(kommune.kari), "minside_stedfortreder", {"vikar": "sb.per", "fra": IDAG, "til": SEKSTE})
    assert svar.status_code == 422
    assert "Kari Lunde leder ingen enhet i perioden." in tekst(svar)
    assert not Stedfortreder.objects.exists()


def test_ny_autorisasjon_and_its_end(som, kommune):
    klient, p = som(kommune.adm), Tilgangskode.objects.get(kode="P")
    felter = {"bruker": "sb.per", "kode": p.pk, "enhet": kommune.tek.pk, "fra": IDAG}
    assert send(klient, "administrasjon_ny_autorisasjon", felter).status_code == 303
    assert send(klient, "administrasjon_ny_autorisasjon", felter).status_code == 409
    aut = Autorisasjon.objects.get()
    assert send(klient, "administrasjon_autorisasjonsavslutning", {"til": "2026-03-01"}, aut.pk).status_code == 303
    xx = Tilgangskode.objects.get(kode="XX")
    assert send(klient, "administrasjon_ny_autorisasjon", felter | {"kode": xx.pk}).status_code == 422


@pytest.mark.krav("R-7.2.G")
def test_mine_grupper_kept_by_the_owner_alone(som, kommune):
    klient = som(kommune.kari)
    assert send(klient, "minside_grupper", {"navn": "Prosjekt X"}).status_code == 303
    assert "Prosjekt X" in tekst(klient.get(reverse("minside_grupper")))
    gruppe = Tilgangsgruppe.objects.get()
    assert send(klient, "minside_gruppe", {"bruker": "sb.per"}, gruppe.pk).status_code == 303
    assert send(klient, "minside_gruppe", {"bruker": "sb.per"}, gruppe.pk).status_code == 409
    assert [m.bruker for m in medlemmer(gruppe, IDAG)] == [kommune.per]
    for adresse in (
        reverse("minside_gruppe", args=[gruppe.pk]),
        reverse("minside_gruppenedleggelse", args=[gruppe.pk]),
        reverse("minside_medlemsfjerning", args=[gruppe.pk, kommune.per.pk]),
    ):
        assert som(kommune.per).get(adresse).status_code == 404
        assert som(kommune.per).post(adresse).status_code == 404
    assert send(som(kommune.kari), "minside_medlemsfjerning", {}, gruppe.pk, kommune.per.pk).status_code == 303
    assert list(medlemmer(gruppe, IDAG)) == []
    assert som(kommune.adm).get(reverse("minside_gruppe", args=[gruppe.pk])).status_code == 200


def test_mitt_fravaer_registered_and_taken_back(som, kommune):
    klient = som(kommune.kari)
    felter = {"fra": "2026-03-02", "til": "2026-03-06", "aarsak": "Kurs"}
    assert send(klient, "minside_fravaer", felter).status_code == 303
    svar = send(klient, "minside_fravaer", felter)
    assert svar.status_code == 422
    assert "Det er alt registrert fravær 02.03.2026–06.03.2026." in tekst(svar)
    assert 'value="Kurs"' in tekst(svar)
    rad = Fravaer.objects.get()
    assert send(som(kommune.per), "minside_fravaerstrekking", {}, rad.pk).status_code == 404
    assert send(som(kommune.kari), "minside_fravaerstrekking", {}, rad.pk).status_code == 303
    assert not Fravaer.objects.exists()


def test_brukerforslag_for_employees_alone(som, client, kommune):
    adresse = reverse("minside_brukerforslag")
    assert client.get(adresse, headers={"accept": "application/json"}).status_code == 401
    svar = som(kommune.per).get(adresse, {"q": "kar"}).json()
    assert svar == {
        "forslag": [{"verdi": str(kommune.kari.pk), "tekst": "Kari Lunde (sb.kari)", "under": "TEK Teknisk"}]
    }
    assert som(kommune.per).get(adresse).json() == {"forslag": []}


def test_arkivdeler_and_klassifikasjon_by_the_archive(som, ark):
    klient = som(ark)
    assert (
        send(klient, "administrasjon_nytt_arkiv", {"tittel": "Fjordvik", "arkivskaper": "Fjordvik"}).status_code == 303
    )
    system = {"kode": "KK", "tittel": "K-koder", "klassifikasjonstype": "KK"}
    assert send(klient, "administrasjon_nytt_system", system).status_code == 303
    kk = Klassifikasjonssystem.objects.get()
    arkiv = Arkiv.objects.get()
    arkivdel = {"arkiv": arkiv.pk, "kode": "PERS", "tittel": "Personal", "klassifikasjonssystem": kk.pk}
    assert send(klient, "administrasjon_ny_arkivdel", arkivdel).status_code == 303
    pers = Arkivdel.objects.get()
    assert (pers.publiseres, pers.klassifikasjonssystem) == (False, kk)
    endret = {"tittel": "Personal 2026", "klassifikasjonssystem": kk.pk, "arkivdelstatus": "P", "publiseres": "on"}
    assert send(klient, "administrasjon_arkivdel", endret, pers.pk).status_code == 303
    pers.refresh_from_db()
    assert (pers.tittel, pers.arkivdelstatus, pers.publiseres) == ("Personal 2026", "P", True)
    klasse = {"klasse_id": "U", "tittel": "Næring", "overordnet": ""}
    assert send(klient, "administrasjon_ny_klasse", klasse, kk.pk).status_code == 303
    klasse |= {"klasse_id": "U6", "overordnet": "X"}
    assert send(klient, "administrasjon_ny_klasse", klasse, kk.pk).status_code == 422
    klasse |= {"overordnet": "u"}
    assert send(klient, "administrasjon_ny_klasse", klasse, kk.pk).status_code == 303
    u6 = Klasse.objects.get(klasse_id="U6")
    assert u6.sti == "U|U6|"
    svar = tekst(klient.get(reverse("administrasjon_system", args=[kk.pk]), {"q": "U6*"}))
    assert svar.count('class="tittel"') == 1
    assert send(klient, "administrasjon_klasse", {"tittel": "Handel"}, u6.pk).status_code == 303
    assert send(klient, "administrasjon_klassenedleggelse", {"dato": IDAG}, u6.pk).status_code == 303
    u6.refresh_from_db()
    assert (u6.tittel, u6.nedlagt_dato) == ("Handel", IDAG)


def test_klasseimport_tries_first_and_then_takes_in(som, ark):
    system = opprett_system(kode="KK", tittel="K-koder", klassifikasjonstype=Klassifikasjonstype.KK, av=ark)
    klient, adresse = som(ark), reverse("administrasjon_klasseimport", args=[system.pk])
    fil = SimpleUploadedFile("koder.csv", "kode;tittel\nU;Næring\n;Uten kode\n".encode("cp1252"))
    svar = klient.post(adresse, {"fil": fil, "proeve": "ja"})
    assert svar.status_code == 200
    assert "Prøve: ingenting er lagret" in tekst(svar)
    assert "Kode mangler. Skriv ordningsverdien i første kolonne." in tekst(svar)
    assert "U;Næring" in tekst(svar)
    assert not Klasse.objects.exists()
    svar = klient.post(adresse, {"tekst": "kode;tittel\nU;Næring\n;Uten kode\n"})
    assert "Importen er ferdig" in tekst(svar)
    assert [k.klasse_id for k in Klasse.objects.all()] == ["U"]
    assert klient.post(adresse, {}).status_code == 422
    assert klient.post(adresse, {"tekst": "tull;og\ntøys;x\n"}).status_code == 422


def test_enhetsimport_and_brukerimport(som, kommune):
    klient = som(kommune.adm)
    assert klient.post(reverse("administrasjon_enhetsimport"), {"tekst": "kode;navn\nNY;Ny enhet\n"}).status_code == 200
    tekst_ = "brukernavn;navn;initialer;enhet;epost;roller\nsb.ny;Ny;n;NY;;SB\n"
    assert klient.post(reverse("administrasjon_brukerimport"), {"tekst": tekst_}).status_code == 200
    assert Bruker.objects.get(brukernavn="sb.ny").enhet.kode == "NY"


def test_ny_nummerserie_once(som, kommune):
    klient = som(kommune.adm)
    felter = {"serie": "sak", "aar": 2026, "foerste": 101}
    assert send(klient, "administrasjon_ny_nummerserie", felter).status_code == 303
    assert "101" in tekst(klient.get(reverse("administrasjon_nummerserier")))
    Nummerserie.objects.update(neste=102)
    assert send(klient, "administrasjon_ny_nummerserie", felter).status_code == 409


def test_administrasjon_fravaer_and_grupper(som, kommune):
    klient = som(kommune.adm)
    opprett_gruppe("Barnevern", av=kommune.adm)
    assert "Barnevern" in tekst(klient.get(reverse("administrasjon_grupper")))
    assert send(klient, "administrasjon_ny_gruppe", {"navn": "barnevern"}).status_code == 422
    assert send(klient, "administrasjon_ny_gruppe", {"navn": "Varsling"}).status_code == 303
    felter = {"bruker": "sb.kari", "fra": IDAG, "til": SEKSTE}
    assert send(klient, "administrasjon_nytt_fravaer", felter).status_code == 303
    rad = Fravaer.objects.get()
    assert "Kari Lunde" in tekst(klient.get(reverse("administrasjon_fravaer")))
    assert send(klient, "administrasjon_fravaersendring", {"fra": IDAG, "til": IDAG}, rad.pk).status_code == 303
    rad.refresh_from_db()
    assert rad.til == IDAG
    assert send(klient, "administrasjon_fravaerstrekking", {}, rad.pk).status_code == 303
    assert not Fravaer.objects.exists()


@pytest.mark.krav("R-9.1.1")
def test_fordelingsregler_set_replaced_and_ended_by_the_archive(som, kommune, ark):
    system = opprett_system(kode="KK", tittel="K-koder", klassifikasjonstype=Klassifikasjonstype.KK, av=ark)
    importer_klasser_csv(system, "kode;tittel\nU63;Skjenking\n", av=ark)
    klient, adresse = som(ark), reverse("administrasjon_fordelingsregler")
    tek, u63 = "TEK Teknisk", "U63 Skjenking"

    def sett(enhet, ordningsverdi, saksbehandler):
        felter = {"enhet": enhet.pk, "ordningsverdi": ordningsverdi, "saksbehandler": saksbehandler}
        return send(klient, "administrasjon_ny_fordelingsregel", felter)

    assert rader(klient.get(adresse)) == []
    for regel in ((kommune.tek, "", ""), (kommune.tek, "U63 Skjenking", "sb.kari"), (kommune.kult, "", "sb.per")):
        assert sett(*regel).status_code == 303
    kult = ["KULT Kultur", "Ellers", "Per Aas"]
    leder = [tek, "Ellers", "Lederen, i Til fordeling"]
    assert rader(klient.get(adresse)) == [kult, [tek, u63, "Kari Lunde"], leder]
    assert sett(kommune.tek, "u63", "Per Aas (sb.per)").status_code == 303
    assert rader(klient.get(adresse)) == [kult, [tek, u63, "Per Aas"], leder]
    gjelder = Fordelingsregel.objects.get(opphoert_dato=None, klasse__klasse_id="U63")
    assert send(klient, "administrasjon_fordelingsregelopphevelse", {}, gjelder.pk).status_code == 303
    assert rader(klient.get(adresse)) == [kult, leder]
    svar = send(klient, "administrasjon_fordelingsregelopphevelse", {}, gjelder.pk)
    assert (svar.status_code, "allerede opphevet" in tekst(svar)) == (409, True)


@pytest.mark.krav("R-9.1.1")
def test_ny_fordelingsregel_refusals_stand_by_the_field(som, kommune, ark):
    opprett_bruker(brukernavn="sb.siv", navn="Siv Uten", initialer="SU", enhet=kommune.tek, av=kommune.adm)
    klient = som(ark)
    for felter, ord_ in (
        ({"enhet": kommune.tek.pk, "ordningsverdi": "Z99"}, "Ordningsverdien «Z99» finnes ikke."),
        ({"ordningsverdi": ""}, "Velg noe under «Enhet»."),
        ({"enhet": kommune.tek.pk, "saksbehandler": "sb.siv"}, "Siv Uten er ikke aktiv."),
    ):
        svar = send(klient, "administrasjon_ny_fordelingsregel", felter)
        assert (svar.status_code, ord_ in tekst(svar)) == (422, True)
    assert Fordelingsregel.objects.count() == 0
