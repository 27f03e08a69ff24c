"""Every page of the product with somebody who is answered with it, in a municipality where no list is empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from saksgang.arkivstruktur.models import Klasse
from saksgang.demo.grunnlag import skjerming
from saksgang.flyt.commands import lag_varsler, send_flagg
from saksgang.innsynskrav.commands import spoer_om_samtykke, vurder
from saksgang.innsynskrav.queries import noekkel_for
from saksgang.kjerne import klokke
from saksgang.lager.commands import lagre_fil
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.produksjon.commands import ekspeder, ferdigstill, lag_dokument
from saksgang.produksjon.models import Tekstmal
from saksgang.sakarkiv.commands.avskrivning import avskriv
from saksgang.sakarkiv.commands.fordeling import sett_fordelingsregel
from saksgang.sakarkiv.commands.journalfoering import journalfoer
from saksgang.sakarkiv.commands.journalpost import Part, Vedlagt, opprett_journalpost
from saksgang.sakarkiv.commands.kontakt import opprett_kontakt
from saksgang.sakarkiv.commands.merknad import merk
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.commands import legg_til_medlem, opprett_gruppe, registrer_fravaer
from saksgang.tilgang.models import Autorisasjon, Rolletildeling, Stedfortreder
from saksgang.tilgang.queries import rettigheter
from saksgang.web.kurver import KURVER
from tests.bygg import Kommune
from tests.innsynskrav.krav import avslaa, gradert, hjemmel, krav_om, linjen
from tests.jobber import kontroller_alle
from tests.produksjon.filer import skadet
from tests.test_matrise import skjenkesaken
from tests.tilstand import egen, fyll_kurver, inngaaende, kodet
from tests.veier import Objekt, Vei, varianter, veier

FOLK = ("sb.kari", "led.anne", "ark.eva", "adm.root")
KONTOFOLK = ("ingen", "halvveis", "passord", "totrinn")
"""Nobody, one who has given the password of two steps, one who logs in with a password alone, and one with both."""
HEMMELIGHET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LANGT = "Merknader fra naboer til søknad om skjenkebevilling, med kart og lang liste over berørte eiendommer"
FOLK_FOR = {"innsyn/": ("ingen",), "administrasjon/": ("adm.root", "ark.eva"), "kontroll/": ("adm.root",)}
SVAR = (200, 401)
"""What a page answers; 401 is that of a provider that said no."""
IKKE_SIDE = ("application/", "image/", "text/csv", "text/plain")


@dataclass(frozen=True)
class Side:
    """An address, who is answered with a page there, and whether it opens as a dialog too."""

    vei: str
    hvem: str
    dialog: bool = False


@dataclass(frozen=True)
class Adresse:
    """An address by its name, as it is with each of the objects that may be there, and who to try."""

    navn: str
    urler: tuple[str, ...]
    folk: tuple[str, ...]


@dataclass
class Samling:
    """The persons, every address, and those that gave nobody a page, with the answers."""

    klienter: dict[str, Client]
    adresser: list[Adresse]
    uten: dict[str, list[int]] = field(default_factory=dict)

    def finn(self, adresse: Adresse) -> Side | None:
        """Return the page of the first person who gets one. What only takes acts, gives data or sends on is none."""
        statuser = []
        for url in adresse.urler:
            for hvem in adresse.folk:
                svar = self.klienter[hvem].get(url)
                for lukk in svar._resource_closers:  # svar.close() would take the test's connection along
                    lukk()
                if svar.status_code == 405 or svar.get("Content-Type", "").startswith(IKKE_SIDE):
                    return None
                if svar.status_code in SVAR:
                    fragment = svar.content.decode().partition('<div class="fragment">')[2].partition("</main>")[0]
                    return Side(url, hvem, dialog='class="dialogkropp"' in fragment)
                statuser.append(svar.status_code)
        if 303 not in statuser:
            self.uten[adresse.navn] = statuser
        return None


def samle(k: Kommune, klokka) -> Samling:
    """Fill the municipality, and list every address of the URL table."""
    objekt, ider = _bygg(k, klokka)
    utkast = Journalpost.objects.get(svarer_paa__pk=objekt.ider["lenke_id"])
    brev = {"dokument_id": utkast.dokumenter.get().pk}
    argumenter = [objekt.argumenter(), replace(objekt, jp=utkast, ider=objekt.ider | brev).argumenter()]
    adresser = []
    for vei in veier():
        if "noekkel" in vei.parametre:
            adresser += _kurvadresser(k, vei)
            continue
        egne = next((verdier for forstavelse, verdier in ider.items() if vei.moenster.startswith(forstavelse)), {})
        folk = next((folk for forstavelse, folk in FOLK_FOR.items() if vei.moenster.startswith(forstavelse)), FOLK)
        for variant in varianter(vei):
            urler = dict.fromkeys(vei.url(a | egne | variant) for a in argumenter)
            adresser.append(Adresse(vei.navn, tuple(urler), folk))
    adresser += [Adresse(navn, (url,), KONTOFOLK) for navn, url in _kontoadresser()]
    return Samling({hvem: k.klient(hvem) for hvem in FOLK} | _innlogginger(k), adresser)


def _kurvadresser(k: Kommune, vei: Vei) -> Iterator[Adresse]:
    """Every basket with somebody who has rows in it; of a bulk act the first basket that offers it, one row ticked."""
    handling = vei.navn.partition("-")[2]
    for kurv in KURVER:
        har = {knapp.handling for knapp in kurv.knapper} | (
            {"klarhet"} if kurv.noekkel == "oenskes-avsluttet" else set()
        )
        if kurv.adresse or (handling and handling not in har):
            continue
        folk = [hvem for hvem in FOLK if kurv.for_(rettigheter(k[hvem])) and kurv.liste(k[hvem]).exists()]
        assert folk, f"«{kurv.navn}» is empty for all of {FOLK}"
        url = vei.url({"noekkel": kurv.noekkel})
        if handling:
            yield Adresse(vei.navn, (f"{url}?valgt={kurv.liste(k[folk[0]]).first().pk}",), (folk[0],))
            return
        yield Adresse(vei.navn, (url,), (folk[0],))


def _bygg(k: Kommune, klokka) -> tuple[Objekt, dict[str, dict[str, object]]]:
    """Give everything a row, and say what the number in each group of addresses is then."""
    objekt = skjenkesaken(k)
    fyll_kurver(k)
    with klokke.stillt(klokke.naa() - dt.timedelta(days=5)):
        egen(k, k.sak(101), "U", "F", dokumenter=[Vedlagt(lagre_fil(skadet(), filnavn="b.docx"), "b.docx")])
    kari, ola, anne, eva, adm = (k[navn] for navn in ("sb.kari", "sb.ola", "led.anne", "ark.eva", "adm.root"))
    inngaaende(k, k.sak(104), "J", tittel=LANGT, saksbehandler=None)
    send_flagg(k.jp(101, 1), av=kari, koe="ARK", aarsak="flytting", tekst="Hører til 2026/104")
    merk(k.jp(101, 1), "Ringte søker, som sender nye tegninger.", av=anne)
    kodet(k, inngaaende(k, k.sak(101), "J", tittel="Merknad fra nabo om helse"), "P")
    kodet(k, inngaaende(k, k.sak(104), "J", tittel="Alt er unntatt"), "P", avskjerming="A")
    foer = {"tittel": "Varsel om støy fra Ola", "offentlig_tittel": "Varsel om støy og ***** fra *****"}
    avgjoer_skjerming(inngaaende(k, k.sak(104), "J", **foer), skjerming("U", "13-fvl1"), av=anne)
    slutt = replace(skjerming("U", "23-3"), opphoerer=dt.date(2026, 3, 20), opphoer_hendelse="leverandør er valgt")
    avgjoer_skjerming(inngaaende(k, k.sak(101), "J", tittel="Tilbud på brøyting"), slutt, av=anne)
    brev = Vedlagt(lagre_fil(b"Betal til konto 1234.56.78903", filnavn="faktura.txt"), "faktura.txt")
    inngaaende(k, k.sak(101), "J", tittel="Faktura for brøyting", dokumenter=[brev])
    kontroller_alle()
    egen(k, k.sak(101), "U", "J", mottakere=[Part(navn="Kroa AS"), Part(navn="Politiet", kopi=True)])
    journalfoer(k.jp(102, 1), av=eva)
    avskrevet = avskriv(k.mottaker(k.jp(101, 2)), "TLF", merknad="Ringte styrelederen.", av=kari)
    regel = sett_fordelingsregel(k.enhet("KULT"), None, k["sb.per"], av=eva)
    ferie = {"fra": dt.date(2026, 4, 1), "til": dt.date(2026, 4, 8), "aarsak": "Ferie"}
    fravaer = {bruker: registrer_fravaer(bruker, **ferie, av=bruker) for bruker in (kari, ola)}
    gruppe = opprett_gruppe("Skjenkekontroll", av=kari)
    legg_til_medlem(gruppe, ola, av=kari)
    kontakter = [
        opprett_kontakt(type_="organisasjon", navn=navn, adresse="Storgata 14", epost="post@kroa.example", av=kari)
        for navn in ("Kroa AS", "Kroa og Kaien drift AS")
    ]
    til = [Part(navn=f"Nabo {nr}", adresse=f"Bakkegata {nr}", postnummer="6899") for nr in range(60)]
    varsel = opprett_journalpost(k.sak(101), "U", tittel="Nabovarsel", mottakere=til, av=kari)
    lag_dokument(varsel, Tekstmal.objects.get(kode="brev", spraak="nb"), av=kari)
    naboer = ekspeder(ferdigstill(varsel, offentlighet_vurdert=True, av=kari), av=kari)
    innsyn = _krav_om_innsyn(k)
    klasse = Klasse.objects.get(klasse_id="Q14")
    vikar = Stedfortreder.objects.get(leder=anne)
    # Two weeks on: what was to be decided is over its deadline, and restanser are overdue.
    klokka.move_to(dt.datetime(2026, 3, 18, 8, 0, tzinfo=dt.UTC))
    with override_settings(PUBLISERINGSFORSINKELSE=5):
        for _ in range(3):
            inngaaende(k, k.sak(101), "J", tittel=LANGT, mottatt_dato=dt.date(2026, 3, 18))
    lag_varsler()
    objekt.ider["avskrivning_id"] = avskrevet.pk
    objekt.ider["utsending_id"] = naboer.pk
    return objekt, {
        "administrasjon/enheter/": {"pk": k.enhet("VAR").pk},
        "administrasjon/brukere/": {"pk": ola.pk},
        "administrasjon/roller/": {"pk": Rolletildeling.objects.filter(bruker=ola).first().pk},
        "administrasjon/stedfortredere/": {"pk": vikar.pk},
        "administrasjon/autorisasjoner/": {"pk": Autorisasjon.objects.filter(bruker=k["u.arne"]).first().pk},
        "administrasjon/fravaer/": {"pk": fravaer[ola].pk},
        "administrasjon/arkivdeler/": {"pk": objekt.sak.arkivdel_id},
        "administrasjon/klassifikasjon/": {"pk": klasse.klassifikasjonssystem_id},
        "administrasjon/klasser/": {"pk": klasse.pk},
        "administrasjon/fordelingsregler/": {"pk": regel.pk},
        "kontroll/": {"pk": kari.pk},
        "kontakter/": {"pk": kontakter[0].pk},
        **innsyn,
        "min-side/fravaer/": {"pk": fravaer[kari].pk},
        "min-side/stedfortreder/": {"pk": vikar.pk},
        "min-side/grupper/": {"pk": gruppe.pk, "bruker_pk": ola.pk},
    }


def _krav_om_innsyn(k: Kommune) -> dict[str, dict[str, object]]:
    """Requests in the queue: one with a question of consent that is open, and one refused, with reasons asked for."""
    skjermet = kodet(k, inngaaende(k, k.sak(101), "J", tittel="Merknad om helse"), "P")
    aapent, avslaatt = (krav_om(jp, tekst="Alt om skjenking") for jp in (skjermet, gradert(k, "U")))
    spoersmaal = spoer_om_samtykke(linjen(aapent), "Ola Nordmann", av=k["ark.eva"])
    vurder([linjen(aapent)], "avslag", hjemmel=hjemmel("13-fvl1"), rest="c", av=k["ark.eva"])
    avslaa(k, avslaatt)
    return {
        "innsynskrav/": {
            "krav_id": aapent.pk,
            "linje_id": linjen(aapent).pk,
            "samtykke_id": spoersmaal.pk,
            "svar_id": avslaatt.svar.get().pk,
        },
        "innsyn/krav/": {"hemmelighet": noekkel_for(avslaatt.system_id), "svar_id": avslaatt.svar.get().pk},
    }


def _kontoadresser() -> list[tuple[str, str]]:
    """The log-in's addresses that need no key from a letter, with their names."""

    def gaa(moenstre: list, foran: str) -> Iterator[tuple[str, str]]:
        for del_ in moenstre:
            moenster = foran + str(del_.pattern)
            if isinstance(del_, URLResolver):
                yield from gaa(del_.url_patterns, moenster)
            elif isinstance(del_, URLPattern) and del_.name and "<" not in moenster:
                yield del_.name, f"/{moenster}"

    konto = next(del_ for del_ in get_resolver().url_patterns if str(del_.pattern) == "konto/")
    return sorted(gaa(konto.url_patterns, "konto/"))


def _innlogginger(k: Kommune) -> dict[str, Client]:
    """Clients that came through the door themselves: the pages of the log-in ask how, and how long ago."""
    klienter = {hvem: Client() for hvem in KONTOFOLK}
    TOTP.activate(k["sb.per"], HEMMELIGHET)
    RecoveryCodes.activate(k["sb.per"])
    for hvem, brukernavn in (("halvveis", "sb.per"), ("passord", "sb.ola"), ("totrinn", "sb.per")):
        klienter[hvem].post("/konto/login/", {"login": brukernavn, "password": k.passord})
    koden = format_hotp_value(hotp_value(HEMMELIGHET, next(iter(yield_hotp_counters_from_time()))))
    klienter["totrinn"].post("/konto/2fa/authenticate/", {"code": koden})
    for hvem in ("passord", "totrinn"):
        klienter[hvem].post("/konto/reauthenticate/", {"password": k.passord})
    return klienter
