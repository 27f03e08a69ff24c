"""The acts: each one address, GET shows the form, POST does it (design 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from saksgang.flyt.commands import send_flagg, spoer_leder
from saksgang.flyt.queries import arkivarer_for
from saksgang.flyt.rules import Aarsak, Koe
from saksgang.kjerne.errors import IkkeFunnet, IkkeTilgang, UgyldigInndata
from saksgang.produksjon.commands import ferdigstill, gjenaapne
from saksgang.sakarkiv.commands import journalfoering as jf
from saksgang.sakarkiv.commands.avskrivning import avskriv, merk_som_sett, mottaker_for, opphev_avskrivning
from saksgang.sakarkiv.commands.fordeling import fordel
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.commands.kopi import legg_til_intern_kopi, merk_kopi_lest, send_kopi
from saksgang.sakarkiv.commands.merknad import merk
from saksgang.sakarkiv.commands.relevans import merk_relevant
from saksgang.sakarkiv.queries import journalposter, saker
from saksgang.sakarkiv.rules import Godkjenningstilstand, Journalposttype, Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import hindringer, kan
from saksgang.tilgang.rules import Handling
from saksgang.web.adgang import ansatt

from . import skjemaer
from .felles import data, ferdig, utfoer
from .oversikt import Oversikt

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import InternMottaker, Journalpost

H = Handling


def _hent(request: HttpRequest, pk: int, handling: Handling | None = None) -> Journalpost:
    jp = saker.hent_journalpost_id(request.user, pk)
    if handling is not None:
        krev(request.user, handling, jp)
    return jp


def _rad(request: HttpRequest, jp: Journalpost, mottakere: list[InternMottaker]) -> InternMottaker:
    """The recipient's part that the form names; else the reader's own, or the only open one."""
    valgt = request.POST.get("mottaker", "")
    if valgt.isdigit():
        rad = saker.hent_mottaker(request.user, int(valgt))
        if rad.journalpost_id != jp.pk:
            raise IkkeFunnet
        return rad
    return mottakere[0] if mottakere else mottaker_for(jp, request.user)


@ansatt
def avskrivning(request: HttpRequest, pk: int) -> HttpResponse:
    """«Avskriv. oppl»: way, date and remark for one recipient's part."""
    jp = _hent(request, pk)
    o = Oversikt(jp, request.user)
    rad = _rad(request, jp, o.kan_avskrives)
    krev(request.user, H.AVSKRIVE, rad)

    def kjoer(maate: str, dato: Any, merknad: str, mottaker: str = "") -> Any:
        return avskriv(rad, maate, dato=dato, merknad=merknad, av=request.user)

    return utfoer(
        request,
        jp,
        skjemaer.Avskrivning(data(request), mottakere=o.kan_avskrives),
        kjoer,
        tittel=f"Avskriv. oppl – {jp}",
        knapp="Avskriv",
        melding=f"{jp} er avskrevet.",
        angre=lambda avskrivning: reverse("avskrivning-oppheving", args=[avskrivning.pk]),
        innledning=f"Restansen hos {rad} fjernes med det samme." if rad.bruker_id != request.user.pk else "",
    )


@ansatt
def oppheving(request: HttpRequest, avskrivning_id: int) -> HttpResponse:
    """Lift a mistaken avskrivning."""
    avskrivning = journalposter.hent_avskrivning(request.user, avskrivning_id)
    krev(request.user, H.OPPHEVE_AVSKRIVNING, avskrivning.mottaker)
    jp = avskrivning.mottaker.journalpost
    return utfoer(
        request,
        jp,
        skjemaer.Bekreftelse(data(request)),
        lambda: opphev_avskrivning(avskrivning, av=request.user),
        tittel=f"Opphev avskrivning av {jp}",
        knapp="Opphev avskrivning",
        melding=f"Avskrivningen av {jp} er opphevet.",
        innledning=f"Restansen kommer tilbake hos {avskrivning.mottaker}.",
    )


@ansatt
@require_POST
def sett(request: HttpRequest, pk: int) -> HttpResponse:
    """«Sett» / «Marker som lest»: out of Innboks."""
    jp = _hent(request, pk)
    rad = saker.egen_mottakerrad(request.user, jp)
    if rad is None:
        raise IkkeTilgang(f"{jp} ligger ikke i Innboksen din.")
    merk_som_sett(rad, av=request.user)
    return ferdig(request, jp, f"{jp} er ute av Innboks.")


@ansatt
@require_POST
def relevans(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the journalpost on the case's list of documents for those who are to decide it."""
    jp = merk_relevant(_hent(request, pk), av=request.user)
    return ferdig(request, jp, f"{jp} er merket som relevant for behandlingen.")


@ansatt
@require_POST
def relevans_av(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off that list."""
    jp = merk_relevant(_hent(request, pk), False, av=request.user)
    return ferdig(request, jp, f"{jp} er ikke lenger merket som relevant for behandlingen.")


@ansatt
@require_POST
def kopi_lest(request: HttpRequest, kopi_id: int) -> HttpResponse:
    """Take a copy out of Kopiboks."""
    kopi = saker.hent_kopi(request.user, kopi_id)
    merk_kopi_lest(kopi, av=request.user)
    return ferdig(request, kopi.journalpost, f"Kopien av {kopi.journalpost} er ute av Kopiboks.")


@ansatt
def svarfrist(request: HttpRequest, pk: int) -> HttpResponse:
    """Set svarfrist: working data, also after J."""
    jp = _hent(request, pk, H.REDIGERE_ARBEIDSDATA)
    return utfoer(
        request,
        jp,
        skjemaer.Svarfrist(data(request), initial={"forfallsdato": jp.forfallsdato}),
        lambda forfallsdato: rediger_journalpost(jp, forfallsdato=forfallsdato, av=request.user),
        tittel=f"Sett svarfrist for {jp}",
        knapp="Lagre",
        melding=f"Svarfristen for {jp} er endret.",
    )


@ansatt
def saksbehandler(request: HttpRequest, pk: int) -> HttpResponse:
    """Set another saksbehandler."""
    jp = _hent(request, pk, H.SETTE_SAKSBEHANDLER)
    return utfoer(
        request,
        jp,
        skjemaer.Saksbehandler(data(request), initial={"saksbehandler": jp.saksbehandler}),
        lambda saksbehandler: rediger_journalpost(jp, saksbehandler=saksbehandler, av=request.user),
        tittel=f"Saksbehandler for {jp}",
        knapp="Lagre",
        melding=f"Saksbehandler for {jp} er endret.",
    )


@ansatt
def fordeling(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the letter, or a unit's part of a note, to a case worker."""
    jp = _hent(request, pk)
    o = Oversikt(jp, request.user)
    valgbare = o.kan_fordeles
    valgt = request.POST.get("mottaker", "")
    if not valgbare and not valgt:
        krev(request.user, H.FORDELE, jp)
        raise UgyldigInndata({"mottaker": f"{jp} har ingenting å fordele."})
    rad = _rad(request, jp, valgbare)
    krev(request.user, H.FORDELE, rad)

    def kjoer(saksbehandler: Any, saksansvarlig: Any = None, mottaker: str = "") -> Any:
        return fordel(rad, saksbehandler, saksansvarlig=saksansvarlig, av=request.user)

    return utfoer(
        request,
        jp,
        skjemaer.Fordeling(data(request), mottakere=valgbare, med_sak=kan(request.user, H.SETTE_SAKSANSVARLIG, jp.sak)),
        kjoer,
        tittel=f"Fordel {jp}",
        knapp="Fordel",
        melding=f"{jp} er fordelt.",
    )


@ansatt
def kopier(request: HttpRequest, pk: int) -> HttpResponse:
    """«Kopi til»: several persons and units, with a comment."""
    jp = _hent(request, pk, H.KOPIERE)
    if jp.status == Journalstatus.RESERVERT:
        krev(request.user, H.REDIGERE_JOURNALPOST, jp)
        return utfoer(
            request,
            jp,
            skjemaer.InternKopi(data(request)),
            lambda mottakere: legg_til_intern_kopi(jp, mottakere, av=request.user),
            tittel=f"Intern kopi av {jp}",
            knapp="Lagre",
            melding="Intern kopi er lagt til.",
        )
    varsel = ""
    if jp.tilgangskode_id or jp.avventer_gradering:
        varsel = "Dokumentet er skjermet. Kopien går bare til dem som har tilgang."
    return utfoer(
        request,
        jp,
        skjemaer.Kopier(data(request)),
        lambda mottakere, kommentar: send_kopi(jp, mottakere, kommentar=kommentar, av=request.user),
        tittel=f"Kopi av {jp}",
        knapp="Send kopi",
        melding=f"Kopi av {jp} er sendt.",
        varsel=varsel,
    )


@ansatt
def merknader(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a remark."""
    jp = _hent(request, pk, H.MERKE)
    return utfoer(
        request,
        jp,
        skjemaer.Merknad(data(request)),
        lambda type_, tekst: merk(jp, tekst, type_=type_, av=request.user),
        tittel=f"Merknad på {jp}",
        knapp="Lagre merknad",
        melding="Merknaden er lagret.",
    )


@ansatt
def ferdigstilling(request: HttpRequest, pk: int) -> HttpResponse:
    """R → F, with the question whether publicity has been considered."""
    jp = _hent(request, pk, H.FERDIGSTILLE)
    skjema = skjemaer.Ferdigstilling(data(request))
    if jp.offentlighet_vurdert_tid is not None or not kan(request.user, H.VURDERE_OFFENTLIGHET, jp):
        skjema = skjemaer.Bekreftelse(data(request))
    til = {
        Journalposttype.NOTAT: "Notatet kommer i mottakernes Innboks og Restanse med det samme.",
        Journalposttype.XNOTAT: "Notatet kommer i mottakernes Innboks med det samme.",
    }.get(jp.journalposttype, "Dokumentet går til arkivet for kontroll og journalføring.")
    varsel = ""
    if jp.tilgangskode_id and jp.journalposttype in (Journalposttype.NOTAT, Journalposttype.XNOTAT):
        varsel = "Notatet er skjermet. Mottakerne får lese det, også de som ellers ikke har tilgang til slike."
    if jp.godkjenning == Godkjenningstilstand.UGYLDIG:
        varsel = f"Dokumentet er endret etter at {jp.godkjenner} godkjente det. {varsel}"
    elif jp.godkjenning == Godkjenningstilstand.IKKE_GODKJENT:
        varsel = f"{jp.godkjenner} har svart «Ikke godkjent». {varsel}"
    return utfoer(
        request,
        jp,
        skjema,
        lambda offentlighet_vurdert=False: ferdigstill(jp, offentlighet_vurdert=offentlighet_vurdert, av=request.user),
        tittel=f"Ferdigstill {jp}",
        knapp="Ferdigstill",
        melding=f"{jp} er ferdigstilt.",
        innledning=f"Teksten låses. {til}",
        varsel=varsel,
    )


@ansatt
def gjenaapning(request: HttpRequest, pk: int) -> HttpResponse:
    """F → R, with the reason."""
    jp = _hent(request, pk, H.GJENAAPNE)
    return utfoer(
        request,
        jp,
        skjemaer.Begrunnelse(data(request)),
        lambda begrunnelse: gjenaapne(jp, begrunnelse, av=request.user),
        tittel=f"Åpne {jp} igjen",
        knapp="Åpne igjen",
        melding=f"{jp} er åpnet for redigering.",
        innledning="Mottakerne ser ikke dokumentet før det er ferdigstilt på nytt.",
    )


@ansatt
def journalfoering(request: HttpRequest, pk: int) -> HttpResponse:
    """→ J by the archive; what stands in the way is said before the button is pressed."""
    jp = _hent(request, pk, H.JOURNALFOERE)
    nummer = (
        f"Journalnummer {jp.journalaar}/{jp.journalsekvens} beholdes."
        if jp.journalsekvens
        else "Journalnummer og journaldato tildeles."
    )
    skjult = jp.journalposttype == Journalposttype.XNOTAT
    ute = "X-notat kommer ikke på postlista." if skjult else "Journalposten kommer på postlista."
    hindre = hindringer(jp, Journalstatus.JOURNALFOERT, request.user) if request.method != "POST" else []
    return utfoer(
        request,
        jp,
        skjemaer.Bekreftelse(data(request)),
        lambda: jf.journalfoer(jp, av=request.user),
        tittel=f"Journalfør {jp}",
        knapp="Journalfør",
        melding=f"{jp} er journalført.",
        innledning=f"{nummer} {ute}",
        hindre=hindre,
    )


@ansatt
def avjournalfoering(request: HttpRequest, pk: int) -> HttpResponse:
    """J → M or F by the archive, with the reason."""
    jp = _hent(request, pk, H.AVJOURNALFOERE)
    return utfoer(
        request,
        jp,
        skjemaer.Begrunnelse(data(request)),
        lambda begrunnelse: jf.avjournalfoer(jp, begrunnelse, av=request.user),
        tittel=f"Avjournalfør {jp}",
        knapp="Avjournalfør",
        melding=f"{jp} er avjournalført.",
        innledning="Journalposten tas av postlista. Journalnummeret beholdes.",
    )


@ansatt
def utgaatt(request: HttpRequest, pk: int) -> HttpResponse:
    """→ Utgår by the archive, with the reason and a warning."""
    jp = _hent(request, pk, H.UTGAA)
    return utfoer(
        request,
        jp,
        skjemaer.Begrunnelse(data(request)),
        lambda begrunnelse: jf.utgaa(jp, begrunnelse, av=request.user),
        tittel=f"Sett {jp} som utgått",
        knapp="Sett utgått",
        melding=f"{jp} er utgått.",
        varsel="Journalposten tas ut av lister og postliste. Nummeret og innholdet blir stående, og kan ikke brukes om "
        "igjen. Er den svar på et brev, kommer restansen tilbake.",
    )


@ansatt
@require_POST
def komplett(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the archive has done its part; J follows on the decision."""
    jp = _hent(request, pk, H.JOURNALFOERE)
    jf.meld_komplett(jp, av=request.user)
    return ferdig(request, jp, f"{jp} er meldt komplett. Den journalføres når graderingen er avgjort.")


@ansatt
@require_POST
def offentlighetsvurdering(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that publicity has been considered."""
    jp = _hent(request, pk, H.VURDERE_OFFENTLIGHET)
    jf.vurder_offentlighet(jp, av=request.user)
    return ferdig(request, jp, f"Offentlighet er vurdert for {jp}.")


@ansatt
def tittelforslag(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a new title to the archive (A-11)."""
    jp = _hent(request, pk, H.SENDE_FLAGG)
    return utfoer(
        request,
        jp,
        skjemaer.Tittelforslag(data(request), initial={"foreslaatt_tittel": jp.tittel}),
        lambda foreslaatt_tittel, tekst: send_flagg(
            jp, koe=Koe.ARKIV, aarsak=Aarsak.TITTEL, foreslaatt_tittel=foreslaatt_tittel, tekst=tekst, av=request.user
        ),
        tittel=f"Foreslå ny tittel på {jp}",
        knapp="Send forslag",
        melding="Forslaget er sendt til arkivet.",
        innledning="Arkivet endrer tittelen. Den gamle blir stående i historikken.",
    )


@ansatt
def flagg(request: HttpRequest, pk: int, slag: str) -> HttpResponse:
    """Send a Beskjed/Merknad: to a person, to the archive's queue with its cause, or to the unit's leader."""
    if slag not in skjemaer.FLAGGAARSAKER:
        raise IkkeFunnet
    jp = _hent(request, pk, H.SENDE_FLAGG)
    aarsak, tittel, knapp = skjemaer.FLAGGAARSAKER[slag]
    bruker = request.user
    kjoer: Any
    if slag == "leder":
        skjema: Any = skjemaer.SpoersmaalTilLeder(data(request), fast_mottaker=True)

        def kjoer(aarsak: str, tekst: str) -> Any:
            return spoer_leder(jp, aarsak=aarsak, tekst=tekst, av=bruker)

    elif slag == "melding":
        skjema = skjemaer.Flagg(data(request), fast_mottaker=False)

        def kjoer(mottaker: str, til: Any, tekst: str) -> Any:
            til_arkivet = mottaker == Koe.ARKIV
            return send_flagg(
                jp,
                til=None if til_arkivet else til,
                koe=Koe.ARKIV if til_arkivet else "",
                aarsak=aarsak,
                tekst=tekst,
                av=bruker,
            )

    elif slag == "flytting":
        skjema = skjemaer.Flytteoenske(data(request), arkivarer=arkivarer_for(jp, bruker), leser=bruker)

        def kjoer(maalsak: Any, til: Any, tekst: str) -> Any:
            koe = "" if til else Koe.ARKIV
            return send_flagg(jp, til=til, koe=koe, aarsak=aarsak, maalsak=maalsak, tekst=tekst, av=bruker)

    else:
        skjema = skjemaer.Flagg(data(request), fast_mottaker=True)

        def kjoer(tekst: str) -> Any:
            return send_flagg(jp, koe=Koe.ARKIV, aarsak=aarsak, tekst=tekst, av=bruker)

    return utfoer(
        request,
        jp,
        skjema,
        kjoer,
        tittel=f"{tittel} – {jp}",
        knapp=knapp,
        melding="Flagget er sendt." if slag == "melding" else "Meldingen er sendt.",
    )
