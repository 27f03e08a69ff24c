"""Requests for access: the page of one, and every act on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from saksgang.innsynskrav import commands, queries
from saksgang.innsynskrav.rules import Bortfall, Samtykkesvar
from saksgang.kjerne import klokke
from saksgang.kjerne.sider import Orden, bla
from saksgang.lager.queries import innhold
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import kan
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import innsendt, omdiriger, proev, vis, vis_pdf, vis_side
from saksgang.web import adresser
from saksgang.web.adgang import Forespoersel, ansatt
from saksgang.web.arbeidsbord import rader

from . import forms as skjemaer
from .visning import oversikt

if TYPE_CHECKING:
    from saksgang.innsynskrav.models import Innsynskrav, Kravlinje

H = Handling
SIDE = 50
GET_OG_POST = require_http_methods(["GET", "POST"])


def _handling(
    request: Forespoersel,
    krav: Innsynskrav | None,
    skjema: forms.Form,
    kjoer: Callable[..., Any],
    *,
    tittel: str,
    knapp: str,
    melding: str,
    mal: str = "web/innsynskrav/_handling.html",
    **kontekst: Any,
) -> HttpResponse:
    """Show the act's form, or do it and go to the request; a refusal stands in the form with what was typed."""
    status = 200
    if request.method == "POST":
        resultat, status = proev(skjema, lambda felter: kjoer(**felter))
        if status == 200:
            messages.success(request, melding)
            return omdiriger(request, adresser.innsynskrav_url(krav or resultat))
    hjem = adresser.innsynskrav_url(krav) if krav is not None else adresser.liste_url("innsynskrav")
    return vis(
        request, mal, status=status, skjema=skjema, krav=krav, tittel=tittel, knapp=knapp, tilbake=hjem, **kontekst
    )


@ansatt
@require_safe
def alle(request: Forespoersel) -> HttpResponse:
    """Every request that the reader handles, also the answered ones."""
    ord_ = request.GET.get("q", "").replace("\0", "").strip()[:100]
    utvalg = queries.med_ord(queries.alle_krav(request.user), ord_) if ord_ else queries.alle_krav(request.user)
    side = bla(
        utvalg,
        Orden((), synkende=True),
        etter=request.GET.get("etter", ""),
        foer=request.GET.get("foer", ""),
        antall=SIDE,
    )
    return vis(
        request,
        "web/innsynskrav/_alle.html",
        tittel="Alle innsynskrav",
        q=ord_,
        rader=rader.innsynskrav(side.rader, request.user, klokke.idag()),
        kan_registrere=kan(request.user, H.REGISTRERE_INNSYNSKRAV),
        forrige=f"?foer={side.forrige}&q={ord_}" if side.forrige else "",
        neste=f"?etter={side.neste}&q={ord_}" if side.neste else "",
    )


@ansatt
@require_safe
def krav(request: Forespoersel, krav_id: int) -> HttpResponse:
    """One request, as a page and in the right pane of the basket."""
    funnet = queries.hent_krav(request.user, krav_id)
    return vis_side(
        request, "web/innsynskrav/krav.html", "web/innsynskrav/_krav.html", **oversikt(request.user, funnet)
    )


@ansatt
@GET_OG_POST
def ny(request: Forespoersel) -> HttpResponse:
    """Register a request that came by other means than the public site (offl. § 28)."""
    krev(request.user, H.REGISTRERE_INNSYNSKRAV)
    return _handling(
        request,
        None,
        skjemaer.Kravskjema(innsendt(request), leser=request.user),
        lambda **felter: commands.registrer_krav(**felter, av=request.user),
        tittel="Registrer innsynskrav",
        knapp="Registrer",
        melding="Kravet er registrert.",
        innledning="Et krav kan være skriftlig eller muntlig (offl. § 28). Fristen regnes fra dagen det kom.",
    )


def _krav(request: Forespoersel, krav_id: int, handling: Handling) -> Innsynskrav:
    funnet = queries.hent_krav(request.user, krav_id)
    krev(request.user, handling, funnet)
    return funnet


@ansatt
@GET_OG_POST
def poster(request: Forespoersel, krav_id: int) -> HttpResponse:
    """Add the entries that a request in words is about."""
    funnet = _krav(request, krav_id, H.BEHANDLE_INNSYNSKRAV)
    return _handling(
        request,
        funnet,
        skjemaer.Posteskjema(innsendt(request), leser=request.user),
        lambda poster: commands.legg_til_poster(funnet, poster, av=request.user),
        tittel=f"Legg til journalposter i {funnet}",
        knapp="Legg til",
        melding="Journalpostene er lagt til.",
    )


@ansatt
@GET_OG_POST
def avslutning(request: Forespoersel, krav_id: int) -> HttpResponse:
    """End a request that was withdrawn, or that is none."""
    funnet = _krav(request, krav_id, H.AVSLUTTE_INNSYNSKRAV)
    return _handling(
        request,
        funnet,
        skjemaer.Begrunnelse(innsendt(request)),
        lambda begrunnelse: commands.avslutt_uten_svar(funnet, begrunnelse, av=request.user),
        tittel=f"Avslutt {funnet} uten svar",
        knapp="Avslutt",
        melding=f"{funnet} er avsluttet uten svar.",
        innledning="Bare når kravet er trukket, eller ikke er et krav om innsyn. Ellers skal det besvares.",
    )


@ansatt
@GET_OG_POST
def svar(request: Forespoersel, krav_id: int) -> HttpResponse:
    """The answer: what it will say, and what stands in its way; sent with one click."""
    funnet = _krav(request, krav_id, H.SVARE_INNSYNSKRAV)
    data = queries.brevdata(funnet, "", klokke.idag(), queries.avgjorte(funnet))
    return _handling(
        request,
        funnet,
        skjemaer.Svarskjema(innsendt(request)),
        lambda tekst: commands.svar_paa_krav(funnet, tekst, av=request.user),
        tittel=f"Svar på {funnet}",
        knapp="Send",
        melding=f"{funnet} er besvart.",
        mal="web/innsynskrav/_svar.html",
        brev=data,
        hindre=queries.mangler_foer_svar(funnet),
    )


@ansatt
@GET_OG_POST
def begrunnelsesoenske(request: Forespoersel, krav_id: int) -> HttpResponse:
    """Note that the requester asks for nærmere begrunnelse."""
    funnet = _krav(request, krav_id, H.BEGRUNNE_INNSYNSKRAV)
    return _handling(
        request,
        funnet,
        skjemaer.Henvendelse(innsendt(request)),
        lambda kanal, dato: commands.be_om_begrunnelse(funnet, av=request.user, kanal=kanal, dato=dato),
        tittel=f"Nærmere begrunnelse er bedt om, {funnet}",
        knapp="Registrer",
        melding="Ønsket er registrert. Fristen er ti arbeidsdager.",
    )


@ansatt
@GET_OG_POST
def begrunnelse(request: Forespoersel, krav_id: int) -> HttpResponse:
    """Give the nærmere begrunnelse."""
    funnet = _krav(request, krav_id, H.SVARE_INNSYNSKRAV)
    return _handling(
        request,
        funnet,
        skjemaer.Begrunnelsesskjema(innsendt(request)),
        lambda tekst: commands.gi_begrunnelse(funnet, tekst, av=request.user),
        tittel=f"Nærmere begrunnelse, {funnet}",
        knapp="Send",
        melding="Begrunnelsen er sendt.",
    )


@ansatt
@GET_OG_POST
def klage(request: Forespoersel, krav_id: int) -> HttpResponse:
    """Register an appeal that came by other means than the requester's page."""
    funnet = _krav(request, krav_id, H.KLAGE_INNSYNSKRAV)
    return _handling(
        request,
        funnet,
        skjemaer.Klageskjema(innsendt(request)),
        lambda **felter: commands.klag(funnet, **felter, av=request.user),
        tittel=f"Registrer klage på {funnet}",
        knapp="Registrer klage",
        melding="Klagen er registrert.",
    )


@ansatt
@GET_OG_POST
def oversendelse(request: Forespoersel, krav_id: int) -> HttpResponse:
    """Send the appeal on to Statsforvalteren."""
    funnet = _krav(request, krav_id, H.OVERSENDE_INNSYNSKLAGE)
    return _handling(
        request,
        funnet,
        forms.Form(innsendt(request)),
        lambda: commands.oversend_klage(funnet, av=request.user),
        tittel=f"Oversend klagen på {funnet} til Statsforvalteren",
        knapp="Merk som oversendt",
        melding="Klagen er merket som oversendt.",
        innledning="Vurder først om avslaget bør gjøres om. Send så klagen, svaret og dokumentene den gjelder.",
    )


@ansatt
@GET_OG_POST
def klageutfall(request: Forespoersel, krav_id: int) -> HttpResponse:
    """What became of the appeal."""
    funnet = _krav(request, krav_id, H.AVGJOERE_INNSYNSKLAGE)
    return _handling(
        request,
        funnet,
        skjemaer.Klageutfallsskjema(innsendt(request)),
        lambda utfall, merknad: commands.avgjoer_klage(funnet, utfall, merknad, av=request.user),
        tittel=f"Utfallet av klagen på {funnet}",
        knapp="Registrer utfallet",
        melding="Utfallet er registrert.",
        innledning="Får den som klager, medhold, skal kravet besvares på nytt med en gang.",
    )


@ansatt
@GET_OG_POST
def journalfoering(request: Forespoersel, krav_id: int) -> HttpResponse:
    """«Journalfør kravet»: into a case, without who asked."""
    funnet = _krav(request, krav_id, H.JOURNALFOERE_INNSYNSKRAV)
    return _handling(
        request,
        funnet,
        skjemaer.Sakskjema(innsendt(request), leser=request.user, initial={"grunn": queries.journalgrunn(funnet)}),
        lambda **felter: commands.journalfoer_krav(funnet, **felter, av=request.user),
        tittel=f"Journalfør kravet {funnet}",
        knapp="Journalfør kravet",
        melding=f"{funnet} er journalført.",
        innledning="Krav om innsyn journalføres ikke, bortsett fra når noen ber om nærmere begrunnelse, klager, skal "
        "betale, eller det er spørsmål om hvordan innsynet gis (arkivforskrifta § 14 tredje ledd). Journalposten har "
        "referansen, ikke hvem som krever innsyn.",
    )


@ansatt
@require_safe
def brev(request: Forespoersel, svar_id: int) -> HttpResponse:
    """A letter as it was sent."""
    funnet = queries.hent_brev(request.user, svar_id)
    return vis_pdf(innhold(funnet.brev), f"{funnet.slag}-{funnet.krav.aar}-{funnet.krav.sekvens}.pdf")


# ── One document ─────────────────────────────────────────


@ansatt
@GET_OG_POST
def vurdering(request: Forespoersel, linje_id: int) -> HttpResponse:
    """Assess a document: helt, delvis or avslag (krav R-7.1.1.f). ?som= fills in an earlier answer (offl. § 6)."""
    linje = queries.hent_linje(request.user, linje_id)
    _krev_vurderer(request, linje)
    taus = queries.taushetsbelagt(linje)
    bortfalt = taus is not None and ("bortfall" in request.GET or "bortfall" in request.POST or _samtykket(linje))
    i_posten = [li for li in queries.synlige_linjer(request.user, linje.krav)[0] if _samme_post(li, linje)]
    tidligere = queries.tidligere_svar(linje)
    med_nummer = [
        (queries.dokumentnavn(li), funn)
        for li in i_posten
        if (funn := queries.foedselsnummer_i(li.dokument)) is not None
    ]
    skjema = skjemaer.Vurderingsskjema(
        innsendt(request),
        initial=_foreslaatt(request, linje, tidligere),
        taus=taus is not None,
        bortfalt=bool(bortfalt),
        flere=len(i_posten) > 1,
        foedselsnummer=bool(med_nummer),
    )

    def kjoer(alle: bool = False, **felter: Any) -> Any:
        return commands.vurder(i_posten if alle else [linje], **felter, av=request.user)

    leder = queries.krever_leder(linje) and not queries.avgjoer_selv(request.user, linje)
    return _handling(
        request,
        linje.krav,
        skjema,
        kjoer,
        tittel=f"Vurder {queries.dokumentnavn(linje)}",
        knapp="Send forslag til lederen" if leder else "Lagre vurderingen",
        melding="Forslaget er sendt til lederen." if leder else "Vurderingen er lagret.",
        mal="web/innsynskrav/_vurdering.html",
        handling_url=request.get_full_path(),
        linje=linje,
        taus=taus,
        bortfalt=bortfalt,
        bortfall_url=f"{request.path}?bortfall=1",
        tidligere=tidligere,
        med_nummer=med_nummer,
        leder=leder,
        sladding_url=adresser.journalpost_url(linje.journalpost),
    )


def _samme_post(en: Kravlinje, annen: Kravlinje) -> bool:
    return en.journalpost_id == annen.journalpost_id


def _krev_vurderer(request: Forespoersel, linje: Kravlinje) -> None:
    """Let in those who decide or propose; the command asks again."""
    if not queries.avgjoer_selv(request.user, linje):
        krev(request.user, H.FORESLAA_INNSYN, linje.journalpost)


def _samtykket(linje: Kravlinje) -> Any:
    return next((s for s in linje.samtykker.all() if s.svar == Samtykkesvar.JA), None)


def _foreslaatt(request: Forespoersel, linje: Kravlinje, tidligere: list[Any]) -> dict[str, Any]:
    """Return what the form starts with: an earlier answer that is asked for, the proposal, or the entry's hjemmel."""
    kilde = next((t.vurdering for t in tidligere if str(t.vurdering.pk) == request.GET.get("som")), None)
    kilde = kilde or queries.forslag(linje) or queries.avgjoerelse(linje)
    felter = ("utfall", "hjemmel", "rest", "merinnsyn")
    start: dict[str, Any] = {felt: getattr(kilde, felt) for felt in felter} if kilde else {}
    start.setdefault("hjemmel", linje.journalpost.hjemmel)
    if samtykke := _samtykket(linje):
        start |= {
            "bortfall": Bortfall.SAMTYKKE,
            "bortfall_hvem": samtykke.hvem,
            "bortfall_hvorfor": f"Svarte ja {samtykke.svar_dato:%d.%m.%Y}.",
        }
    return start


def _linje(request: Forespoersel, linje_id: int, handling: Handling) -> Kravlinje:
    linje = queries.hent_linje(request.user, linje_id)
    krev(request.user, handling, linje)
    return linje


@ansatt
@GET_OG_POST
def uttak(request: Forespoersel, linje_id: int) -> HttpResponse:
    """Take a document out of the request."""
    linje = _linje(request, linje_id, H.BEHANDLE_INNSYNSKRAV)
    return _handling(
        request,
        linje.krav,
        skjemaer.Begrunnelse(innsendt(request)),
        lambda begrunnelse: commands.ta_ut_linje(linje, begrunnelse, av=request.user),
        tittel=f"Ta {queries.dokumentnavn(linje)} ut av kravet",
        knapp="Ta ut",
        melding="Dokumentet er tatt ut av kravet.",
    )


@ansatt
@GET_OG_POST
def samtykke(request: Forespoersel, linje_id: int) -> HttpResponse:
    """Note that the person whom the information is about has been asked."""
    linje = _linje(request, linje_id, H.SPOERRE_SAMTYKKE)
    return _handling(
        request,
        linje.krav,
        skjemaer.Samtykkeskjema(innsendt(request)),
        lambda hvem: commands.spoer_om_samtykke(linje, hvem, av=request.user),
        tittel=f"Spør om samtykke, {queries.dokumentnavn(linje)}",
        knapp="Registrer spørsmålet",
        melding="Spørsmålet er registrert. Fristen for å svare på kravet står stille.",
        innledning="Ber den som krever innsyn om det, skal kravet legges fram for den opplysningene gjelder. Svarer "
        "personen ikke, regnes det som nei (offl. § 13 tredje ledd).",
    )


@ansatt
@GET_OG_POST
def samtykkesvar(request: Forespoersel, samtykke_id: int) -> HttpResponse:
    """Note the answer to a question for consent."""
    spoersmaal = queries.hent_samtykke(request.user, samtykke_id)
    krev(request.user, H.SPOERRE_SAMTYKKE, spoersmaal.linje)
    return _handling(
        request,
        spoersmaal.linje.krav,
        skjemaer.Samtykkesvarskjema(innsendt(request)),
        lambda svar, dato: commands.registrer_samtykkesvar(spoersmaal, svar, dato=dato, av=request.user),
        tittel=f"Svar om samtykke, {queries.dokumentnavn(spoersmaal.linje)}",
        knapp="Registrer svaret",
        melding="Svaret er registrert. Fristen løper igjen.",
    )
