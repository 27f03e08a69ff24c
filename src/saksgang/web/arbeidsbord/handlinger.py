"""The bulk acts of the work lists. GET, and a POST of ticked rows, show the form; the form's own POST does the act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from saksgang.flyt.commands import avslutt_eller_returner, behandle_flagg, spoer_leder
from saksgang.flyt.queries import hent_flagg
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.offentlighet.commands import avgjoer_skjerming
from saksgang.offentlighet.queries import utsikt_til_postlisten
from saksgang.produksjon.commands import proev_alle_igjen
from saksgang.sakarkiv.commands.avskrivning import avskriv_flere, merk_som_sett, opphev_avskrivning
from saksgang.sakarkiv.commands.felles import Skjerming, valider_skjerming
from saksgang.sakarkiv.commands.fordeling import fordel_flere
from saksgang.sakarkiv.commands.journalfoering import Radresultat, journalfoer_flere
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.commands.kopi import merk_kopi_lest
from saksgang.sakarkiv.commands.merknad import utfoer_obs
from saksgang.sakarkiv.commands.sak import kontroller_sak
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.queries.journalfoering import proevekjoer_journalfoering
from saksgang.sakarkiv.queries.journalposter import hent_avskrivning
from saksgang.tilgang.queries import brukere_i_enheter, fravaerende, rettigheter
from saksgang.tilgang.rules import Funksjon
from saksgang.ui.vis import legg_feil, vis
from saksgang.web.adgang import Forespoersel, ansatt
from saksgang.web.arbeidsbord.forms import (
    OFFENTLIG,
    Avskrivningsskjema,
    Fordelingsskjema,
    Graderingsskjema,
    Purreskjema,
    Svarfristskjema,
)
from saksgang.web.arbeidsbord.utfoer import (
    Utfall,
    antall,
    ferdig,
    for_hver,
    gjoer_rede,
    kurv_med,
    skal_utfoere,
    valgte,
)
from saksgang.web.kurver import Kurv

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import InternMottaker, Journalpost

GET_OG_POST = require_http_methods(["GET", "POST"])


def _jp(jp: Journalpost) -> tuple[str, str]:
    return str(jp), jp.tittel


def _mottaker(mottaker: InternMottaker) -> tuple[str, str]:
    return _jp(mottaker.journalpost)


def _utfall(resultater: list[Radresultat]) -> list[Utfall]:
    return [Utfall(*_jp(r.journalpost), r.feil) for r in resultater]


def _skjema(request: Forespoersel, kurv: Kurv, id_er: list[int], *, status: int = 200, **kontekst: Any) -> HttpResponse:
    return vis(
        request, "web/arbeidsbord/_handling.html", status=status, valgte=id_er, tilbake=kurv.url, **kontekst
    )  # fmt: skip


def _med_skjema(
    request: Forespoersel,
    kurv: Kurv,
    id_er: list[int],
    skjema: forms.Form,
    kjoer: Callable[[dict[str, Any]], HttpResponse],
    **kontekst: Any,
) -> HttpResponse:
    """Show the form, or do the act; a refusal stands in the form with what was typed."""
    status = 200
    if skal_utfoere(request):
        if skjema.is_valid():
            try:
                return kjoer(skjema.cleaned_data)
            except (Avvist, UgyldigInndata) as feil:
                legg_feil(skjema, feil)
                status = feil.status
        else:
            status = 422
    return _skjema(request, kurv, id_er, status=status, skjema=skjema, **kontekst)


def _data(request: Forespoersel) -> Any:
    return request.POST if skal_utfoere(request) else None


@ansatt
@GET_OG_POST
def avskrivning(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Avskriv. oppl» for several with one code: all of them, or none and every reason (krav R-10.8.1b)."""
    kurv = kurv_med(request, noekkel, "avskrivning")
    id_er = valgte(request)
    mottakere = saker.hent_mottakere(request.user, id_er)

    def kjoer(data: dict[str, Any]) -> HttpResponse:
        ferdige = avskriv_flere(mottakere, av=request.user, **data)
        hva = f"{mottakere[0].journalpost} er avskrevet." if len(ferdige) == 1 else f"{len(ferdige)} er avskrevet."
        angre = f"/lister/{kurv.noekkel}/avskrivning/oppheving/?{urlencode([('a', a.pk) for a in ferdige])}"
        return ferdig(request, kurv, hva, angre=angre)

    return _med_skjema(
        request, kurv, id_er, Avskrivningsskjema(_data(request)), kjoer,
        tittel=f"Avskriv {antall(mottakere, 'restanse', 'restanser')}", knapp="Avskriv",
        rader=[_mottaker(m) for m in mottakere],
    )  # fmt: skip


@ansatt
@require_POST
def avskrivning_oppheving(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Angre» after avskrivning: the restanser are back."""
    kurv = kurv_med(request, noekkel, "avskrivning")
    avskrivninger = [hent_avskrivning(request.user, int(a)) for a in request.GET.getlist("a") if a.isdecimal()]
    for rad in avskrivninger:
        opphev_avskrivning(rad, av=request.user)
    return ferdig(request, kurv, "Avskrivningen er opphevet.")


@ansatt
@GET_OG_POST
def svarfrist(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Sett svarfrist» for several (krav R-10.1.6)."""
    kurv = kurv_med(request, noekkel, "svarfrist")
    id_er = valgte(request)
    mottakere = saker.hent_mottakere(request.user, id_er)

    def kjoer(data: dict[str, Any]) -> HttpResponse:
        utfall = for_hver(
            mottakere, lambda m: rediger_journalpost(m.journalpost, av=request.user, **data), _mottaker
        )  # fmt: skip
        return gjoer_rede(request, kurv, utfall, f"Svarfristen er {data['forfallsdato']:%d.%m.%Y}.")

    return _med_skjema(
        request, kurv, id_er, Svarfristskjema(_data(request)), kjoer,
        tittel="Sett svarfrist", knapp="Lagre", rader=[_mottaker(m) for m in mottakere],
    )  # fmt: skip


@ansatt
@require_POST
def sett(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Sett» and «Marker som lest»: out of Innboks; I and N stay in Restanse (A-42)."""
    kurv = kurv_med(request, noekkel, "sett")
    mottakere = saker.hent_mottakere(request.user, valgte(request))
    utfall = for_hver(mottakere, lambda m: merk_som_sett(m, av=request.user), _mottaker)
    return gjoer_rede(request, kurv, utfall, f"{len(utfall)} merket som sett.")


@ansatt
@GET_OG_POST
def fordeling(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Fordel»: give letters and notes of the unit to a case worker, and if wanted the cases too (krav R-3.1.4)."""
    kurv = kurv_med(request, noekkel, "fordeling")
    id_er = valgte(request)
    mottakere = saker.hent_mottakere(request.user, id_er)
    idag = klokke.idag()
    folk = list(brukere_i_enheter(rettigheter(request.user).enheter(Funksjon.FORDELE), idag))
    borte = fravaerende(idag, [b.pk for b in folk])

    def kjoer(data: dict[str, Any]) -> HttpResponse:
        til = data["saksbehandler"]
        ansvarlig = til if data["ogsaa_sak"] else None
        utfall = _utfall(fordel_flere(mottakere, til, av=request.user, saksansvarlig=ansvarlig))
        hva = utfall[0].nummer if len(utfall) == 1 else f"{len(utfall)} journalposter"
        return gjoer_rede(request, kurv, utfall, f"{hva} er fordelt til {til.navn}.", ord_lyktes="fordelt")

    return _med_skjema(
        request, kurv, id_er, Fordelingsskjema(_data(request), folk=folk, borte=borte), kjoer,
        tittel=f"Fordel {antall(mottakere, 'journalpost', 'journalposter')}", knapp="Fordel",
        rader=[_mottaker(m) for m in mottakere],
    )  # fmt: skip


@ansatt
@GET_OG_POST
def journalfoering(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Journalfør»: first what would happen, then what happened to each (krav R-8.8)."""
    kurv = kurv_med(request, noekkel, "journalfoering")
    id_er = valgte(request)
    journalposter = saker.hent_journalposter(request.user, id_er)
    if skal_utfoere(request):
        utfall = _utfall(journalfoer_flere(journalposter, av=request.user))
        return gjoer_rede(
            request, kurv, utfall, f"{antall(utfall, 'journalpost', 'journalposter')} er journalført.",
            tittel="Journalføring", ord_lyktes="journalført", stoppetittel="Disse ble liggende i køen",
            lyktestittel="Journalført",
        )  # fmt: skip
    proeve = proevekjoer_journalfoering(request.user, journalposter)
    return _skjema(
        request, kurv, id_er, tittel="Prøvekjøring av journalføring", klasse="bred", proeve=proeve,
        utsikt=utsikt_til_postlisten(proeve.kan), innhold="web/arbeidsbord/_proevekjoering.html",
        knapp=f"Journalfør {len(proeve.kan)}" if proeve.kan else "",
    )  # fmt: skip


@ansatt
@require_POST
def lest(request: Forespoersel, noekkel: str) -> HttpResponse:
    """Take copies out of Kopiboks (krav R-10.7.3)."""
    kurv = kurv_med(request, noekkel, "lest")
    kopier = [saker.hent_kopi(request.user, pk) for pk in valgte(request)]
    utfall = for_hver(kopier, lambda k: merk_kopi_lest(k, av=request.user), lambda k: _jp(k.journalpost))
    return gjoer_rede(request, kurv, utfall, f"{antall(utfall, 'kopi', 'kopier')} er merket som lest.")


@ansatt
@require_POST
def utfoert(request: Forespoersel, noekkel: str) -> HttpResponse:
    """Mark OBS dates as done (krav R-10.12.2)."""
    kurv = kurv_med(request, noekkel, "utfoert")
    datoer = [saker.hent_obs(request.user, pk) for pk in valgte(request)]
    utfall = for_hver(datoer, lambda o: utfoer_obs(o, av=request.user), lambda o: (o.sak.saksnummer, o.sak.tittel))
    return gjoer_rede(request, kurv, utfall, f"{antall(utfall, 'OBS-dato', 'OBS-datoer')} er merket som utført.")


@ansatt
@require_POST
def kontroll(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Sett B»: the archive has controlled reserved cases (krav R-6.1.B)."""
    kurv = kurv_med(request, noekkel, "kontroll")
    rader = saker.hent_saker(request.user, valgte(request))
    utfall = for_hver(rader, lambda s: kontroller_sak(s, av=request.user), lambda s: (s.saksnummer, s.tittel))
    return gjoer_rede(request, kurv, utfall, f"{antall(utfall, 'sak', 'saker')} har fått status B Behandles.")


@ansatt
@GET_OG_POST
def avslutning(request: Forespoersel, noekkel: str) -> HttpResponse:
    """Close cases with ØA; one that is not ready goes back to its case worker by flag (krav R-10.2.1.3b)."""
    kurv = kurv_med(request, noekkel, "avslutning")
    id_er = valgte(request)
    rader = saker.hent_saker(request.user, id_er)
    if not skal_utfoere(request):
        return _skjema(
            request, kurv, id_er, tittel=f"Avslutt {antall(rader, 'sak', 'saker')}", knapp="Avslutt",
            under="De som ikke er klare, går tilbake til den som ønsket dem avsluttet, med flagg om hva som mangler.",
            rader=[(s.saksnummer, s.tittel) for s in rader],
        )  # fmt: skip
    utfall = []
    for sak in rader:
        resultat = avslutt_eller_returner(sak, av=request.user)
        til = f"Flagg er sendt til {resultat.flagg.til_bruker}." if resultat.flagg else ""
        utfall.append(Utfall(sak.saksnummer, sak.tittel, resultat.hindre, til))
    return gjoer_rede(
        request, kurv, utfall, f"{antall(utfall, 'sak', 'saker')} er avsluttet.", tittel="Avslutning",
        ord_lyktes="avsluttet", ord_stoppet="ikke klare", stoppetittel="Disse er ikke klare",
        lyktestittel="Avsluttet",
    )  # fmt: skip


@ansatt
@GET_OG_POST
def gradering(request: Forespoersel, noekkel: str) -> HttpResponse:
    """The leader's decision for several: offentlig, or a code with hjemmel (krav R-9.2.1.3c)."""
    kurv = kurv_med(request, noekkel, "gradering")
    id_er = valgte(request)
    journalposter = saker.hent_journalposter(request.user, id_er)

    def kjoer(data: dict[str, Any]) -> HttpResponse:
        skjerming = Skjerming(
            data["tilgangskode"],
            data["avskjermingskode"],
            data["hjemmel"],
            meroffentlighet=data["meroffentlighet"],
        )
        if skjerming.kode is None:
            skjerming = Skjerming()
        else:
            valider_skjerming(skjerming)  # said once in the form, and not once for each row
        utfall = for_hver(
            journalposter, lambda jp: avgjoer_skjerming(jp, skjerming, data["merknad"], av=request.user), _jp
        )  # fmt: skip
        hva = f"{skjerming.kode}" if skjerming.kode else "Offentlig"
        return gjoer_rede(request, kurv, utfall, f"{antall(utfall, 'gradering', 'graderinger')} avgjort: {hva}.")

    return _med_skjema(
        request, kurv, id_er, Graderingsskjema(_data(request), initial=_felles_forslag(journalposter)), kjoer,
        tittel="Avgjør gradering", knapp="Lagre avgjørelsen", rader=[_jp(jp) for jp in journalposter],
    )  # fmt: skip


def _felles_forslag(journalposter: list[Journalpost]) -> dict[str, Any]:
    """Return the open proposal to start from, where all the ticked have the same."""
    forslag = {(jp.foreslaatt_kode, jp.foreslaatt_hjemmel) for jp in journalposter if jp.forslag_aapent}
    if len(forslag) != 1 or not all(jp.forslag_aapent for jp in journalposter):
        return {}
    kode, hjemmel = forslag.pop()
    return {"tilgangskode": kode.kode if kode else OFFENTLIG, "hjemmel": hjemmel.pk if hjemmel else ""}


@ansatt
@GET_OG_POST
def purring(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Send purring»: a flag to the leaders about each XX over its time (krav R-9.2.1.3e)."""
    kurv = kurv_med(request, noekkel, "purring")
    id_er = valgte(request)
    journalposter = saker.hent_journalposter(request.user, id_er)

    def kjoer(data: dict[str, Any]) -> HttpResponse:
        utfall = for_hver(journalposter, lambda jp: spoer_leder(jp, av=request.user, tekst=data["tekst"]), _jp)
        return gjoer_rede(request, kurv, utfall, f"{antall(utfall, 'purring', 'purringer')} er sendt.")

    skjema = Purreskjema(_data(request), initial={"tekst": PURRING})
    return _med_skjema(
        request, kurv, id_er, skjema, kjoer, tittel="Send purring", knapp="Send purring",
        rader=[_jp(jp) for jp in journalposter],
    )  # fmt: skip


PURRING = "Fristen for å avgjøre graderingen (XX) er ute. Avgjør den i «Midlertidig sperret»."


@ansatt
@require_POST
def arkivkopi(request: Forespoersel, noekkel: str) -> HttpResponse:
    """«Prøv igjen»: make the archive copies that failed, or do not come, anew (krav R-12.2)."""
    kurv = kurv_med(request, noekkel, "arkivkopi")
    rader = saker.hent_journalposter(request.user, valgte(request))
    utfall = for_hver(rader, lambda jp: proev_alle_igjen(jp, av=request.user), _jp)
    return gjoer_rede(request, kurv, utfall, f"{antall(utfall, 'arkivkopi', 'arkivkopier')} lages på nytt.")


@ansatt
@require_POST
def behandling(request: Forespoersel, noekkel: str) -> HttpResponse:
    """Mark flags as handled."""
    kurv = kurv_med(request, noekkel, "behandling")
    flagg = [hent_flagg(request.user, pk) for pk in valgte(request)]
    utfall = for_hver(flagg, lambda f: behandle_flagg(f, av=request.user), lambda f: (str(f.objekt), f.tekst[:80]))
    return gjoer_rede(request, kurv, utfall, f"{len(utfall)} flagg er merket som behandlet.")
