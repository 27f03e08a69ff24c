"""The acts of a case: GET shows the dialog, POST does it. Each is one command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse

from saksgang.arkivstruktur.commands import finn_eller_opprett_eiendom
from saksgang.flyt.commands import send_sak_tilbake
from saksgang.kjerne.errors import IkkeFunnet
from saksgang.sakarkiv.commands import merknad as merknader
from saksgang.sakarkiv.commands import part as parter
from saksgang.sakarkiv.commands import rettighet as rettigheter
from saksgang.sakarkiv.commands import sak as saken
from saksgang.sakarkiv.commands.felles import Skjerming
from saksgang.sakarkiv.queries import kontakt as kontakter
from saksgang.sakarkiv.queries import saker
from saksgang.sakarkiv.rules import Saksstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import hindringer
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import vis
from saksgang.web.adgang import ansatt
from saksgang.web.sak import forms

from .felles import handling, hent, url

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Sak

Svar = HttpResponse


@ansatt
def kontroll(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """R → B, after the archive has controlled classification and title (krav R-6.1.B)."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.KONTROLLERE_SAK,
        lambda _: saken.kontroller_sak(sak, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Kontroller saken",
        knapp="Sett B Behandles",
        melding=f"Sak {sak.saksnummer} er kontrollert og har status B Behandles.",
        innledning="Tittel og ordningsverdi er kontrollert.",
        kontrollert=sak,
        klasseringer=saker.klasseringer(sak),
        hindringer=hindringer(sak, Saksstatus.BEHANDLES, request.user),
    )


@ansatt
def avslutning(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Close the case; the checklist of A-21 stands in the dialog before it is tried."""
    sak = hent(request, aar, sekvens)
    gjenstaar = hindringer(sak, Saksstatus.AVSLUTTET, request.user)
    return handling(
        request,
        sak,
        Handling.AVSLUTTE_SAK,
        lambda _: saken.avslutt_sak(sak, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Avslutt saken",
        knapp="Avslutt saken",
        melding=f"Sak {sak.saksnummer} er avsluttet.",
        innledning="Alt som kreves for å avslutte saken, er på plass." if not gjenstaar else "",
        hindringer=gjenstaar,
        tilbakesending_url=url("sak-tilbakesending", sak) if gjenstaar and saker.oenske_om_avslutning(sak) else "",
    )


@ansatt
def tilbakesending(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """«Send tilbake til SB»: the case is not ready, and a flag says what it lacks (krav R-10.2.1.3b)."""
    sak = hent(request, aar, sekvens)
    oenske = saker.oenske_om_avslutning(sak)
    return handling(
        request,
        sak,
        Handling.AVSLUTTE_SAK,
        lambda _: send_sak_tilbake(sak, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Send tilbake til SB",
        knapp="Send tilbake til SB",
        melding=f"Sak {sak.saksnummer} er sendt tilbake med flagg om det som mangler.",
        innledning=f"{oenske.av} får et flagg med det som gjenstår, og ønsket om avslutning (ØA) trekkes."
        if oenske
        else "",
        hindringer=hindringer(sak, Saksstatus.AVSLUTTET, request.user),
    )


def _med_begrunnelse(
    request: HttpRequest,
    sak: Sak,
    krever: Handling,
    kommando: Any,
    tittel: str,
    knapp: str,
    melding: str,
    **kontekst: Any,
) -> Svar:
    return handling(
        request,
        sak,
        krever,
        lambda data: kommando(sak, data["begrunnelse"], av=request.user),
        skjema=forms.Begrunnelsesskjema,
        tittel=tittel,
        knapp=knapp,
        melding=melding,
        **kontekst,
    )


@ansatt
def gjenaapning(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """A → B by the archive, with a reason."""
    sak = hent(request, aar, sekvens)
    return _med_begrunnelse(
        request, sak, Handling.GJENAAPNE_SAK, saken.gjenaapne_sak,
        "Gjenåpne saken", "Gjenåpne saken", f"Sak {sak.saksnummer} er gjenåpnet.",
    )  # fmt: skip


@ansatt
def unntak(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """→ X, with a reason (krav R-6.1.X)."""
    sak = hent(request, aar, sekvens)
    return _med_begrunnelse(
        request, sak, Handling.UNNTA_SAK, saken.unnta_sak,
        "Unnta saken fra prosesstyring", "Sett X Unntatt fra prosesstyring",
        f"Sak {sak.saksnummer} er unntatt fra prosesstyring.",
        innledning="Saken går ut av fristlister, OBS-dato og rapporten om saker uten aktivitet. "
        "Innkomne brev gir fortsatt restanse.",
    )  # fmt: skip


@ansatt
def inntak(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """X → B, with a reason."""
    sak = hent(request, aar, sekvens)
    return _med_begrunnelse(
        request, sak, Handling.TA_INN_SAK, saken.ta_inn_sak,
        "Ta saken inn i prosesstyring", "Sett B Behandles", f"Sak {sak.saksnummer} har status B Behandles.",
    )  # fmt: skip


@ansatt
def utgang(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """→ U, with a reason, when every journalpost is Utgår (krav R-6.1.U)."""
    sak = hent(request, aar, sekvens)
    return _med_begrunnelse(
        request, sak, Handling.UTGAA_SAK, saken.utgaa_sak,
        "Sett saken utgått", "Sett U Utgår", f"Sak {sak.saksnummer} er utgått.",
        innledning="Saken finnes bare igjen med «Vis utgåtte». Saksnummeret brukes aldri på nytt.",
        hindringer=hindringer(sak, Saksstatus.UTGAAR, request.user),
    )  # fmt: skip


@ansatt
def oenske(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Set ØA Ønskes avsluttet (krav R-10.2.1.3a)."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.OENSKE_AVSLUTTET,
        lambda data: merknader.oensk_avsluttet(sak, av=request.user, tekst=data["tekst"]),
        skjema=forms.Oenskeskjema,
        tittel="Ønskes avsluttet (ØA)",
        knapp="Sett ØA",
        melding=f"Arkivet får melding om at {sak.saksnummer} ønskes avsluttet.",
        innledning="Arkivtjenesten kontrollerer saken og avslutter den. Status står som den er til det er gjort.",
        gjenstaar=hindringer(sak, Saksstatus.AVSLUTTET, request.user),
    )


@ansatt
def oenske_trekk(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Withdraw ØA."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.TREKKE_OENSKE,
        lambda _: merknader.trekk_oenske(sak, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Trekk ønske om avslutning (ØA)",
        knapp="Trekk ØA",
        melding="Ønsket om avslutning er trukket.",
        innledning="Saken går ut av arkivets liste «Ønskes avsluttet».",
    )


@ansatt
def obsdato(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Set an OBS date with a remark (krav R-10.12.1)."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.SETTE_OBS,
        lambda data: merknader.sett_obs(sak, data["dato"], data["merknad"], av=request.user),
        skjema=forms.Obsskjema,
        tittel="Sett OBS-dato",
        knapp="Sett OBS-dato",
        melding="OBS-datoen er satt.",
        innledning="Saken kommer i listen «OBS-dato» hos saksansvarlig fire dager før.",
    )


@ansatt
def obs_utfoert(request: HttpRequest, aar: int, sekvens: int, obs_id: int) -> Svar:
    """Mark an OBS date as done."""
    sak = hent(request, aar, sekvens)
    obs = _i_saken(saker.hent_obs(request.user, obs_id), sak)
    return handling(
        request,
        sak,
        Handling.UTFOERE_OBS,
        lambda _: merknader.utfoer_obs(obs, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Merk OBS-datoen som utført",
        knapp="Merk som utført",
        melding="OBS-datoen er merket som utført.",
        innledning=f"{obs.dato:%d.%m.%Y} {obs.merknad}",
        tilbake="sak-obsdatoer",
    )


@ansatt
def merknad(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Write a remark on the case."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.MERKE_SAK,
        lambda data: merknader.merk(sak, data["tekst"], type_=data["type"], av=request.user),
        skjema=forms.Merknadsskjema,
        tittel="Skriv merknad",
        knapp="Lagre merknaden",
        melding="Merknaden er lagret.",
        tilbake="sak-merknader",
    )


@ansatt
def redigering(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Edit title, public title, unit, archive part and kind."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.REDIGERE_SAK,
        lambda data: saken.rediger_sak(
            sak, av=request.user, tittelbegrunnelse=request.POST.get("tittelbegrunnelse", ""), **data
        ),
        skjema=forms.Redigeringsskjema,
        skjemavalg={"sak": sak},
        tittel="Rediger saken",
        knapp="Lagre",
        melding="Endringene er lagret.",
    )


@ansatt
def klassering(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Set the ordningsverdier, the primary first (krav R-C.5)."""
    sak = hent(request, aar, sekvens)
    initial: dict[str, Any] = {}
    for felt, rad in zip(forms.Klasseringsskjema.klassefelter, saker.klasseringer(sak), strict=False):
        initial |= {felt: str(rad.klasse), f"{felt}_id": rad.klasse_id}

    def utfoer(data: dict[str, Any]) -> None:
        klasser = data["klasser"]
        if nr := data["eiendom"]:
            klasser.append(
                finn_eller_opprett_eiendom(
                    nr.gaardsnummer, nr.bruksnummer, nr.festenummer, nr.seksjonsnummer, av=request.user
                )
            )
        saken.klasser_sak(sak, klasser, av=request.user)

    return handling(
        request,
        sak,
        Handling.KLASSERE_SAK,
        utfoer,
        skjema=forms.Klasseringsskjema,
        skjemavalg={"initial": initial},
        tittel="Endre ordningsverdi",
        knapp="Lagre",
        melding="Ordningsverdien er lagret.",
    )


@ansatt
def saksansvarlig(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Replace the one saksansvarlig (krav R-3.2.4)."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.SETTE_SAKSANSVARLIG,
        lambda data: saken.sett_saksansvarlig(sak, data["saksansvarlig"], av=request.user),
        skjema=forms.Ansvarligskjema,
        tittel="Sett saksansvarlig",
        knapp="Sett saksansvarlig",
        melding="Saksansvarlig er endret.",
        innledning=f"Nå: {sak.saksansvarlig}. Saken flyttes til «Mine saker» hos den nye.",
    )


@ansatt
def skjerming(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Screen the whole case, with both conditions, or lift it (krav R-7.1.1.b, R-7.1.7)."""
    sak = hent(request, aar, sekvens)

    def utfoer(data: dict[str, Any]) -> None:
        valgt = Skjerming(
            kode=data["tilgangskode"],
            avskjerming=data["avskjermingskode"],
            hjemmel=data["hjemmel"],
            gruppe=data["tilgangsgruppe"],
        )
        saken.skjerm_sak(sak, valgt, misvisende=data["misvisende"], skade=data["skade"], av=request.user)

    return handling(
        request,
        sak,
        Handling.SKJERME_SAK,
        utfoer,
        skjema=forms.Saksskjermingsskjema,
        skjemavalg={
            "initial": {
                "tilgangskode": sak.tilgangskode_id,
                "hjemmel": sak.hjemmel_id,
                "avskjermingskode": sak.avskjermingskode_id,
                "tilgangsgruppe": sak.tilgangsgruppe_id,
                "misvisende": sak.skjerming_misvisende,
                "skade": sak.skjerming_skade,
            }
        },
        tittel="Skjerm hele saken",
        knapp="Lagre",
        melding="Skjermingen av saken er lagret.",
        til=url("sak-graderinger", sak) if request.POST.get("tilgangskode") not in (None, "", "-") else "",
        innledning="Begge vilkårene må være oppfylt og begrunnet. Dokumentene i saken vurderes fortsatt hver for seg.",
    )


@ansatt
def part_ny(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Add a party to the case (krav R-4.9)."""
    sak = hent(request, aar, sekvens)

    def utfoer(data: dict[str, Any]) -> None:
        kontakt_id = data.pop("kontakt")
        kontakt = kontakter.gjeldende_kontakt(kontakter.hent_kontakt(kontakt_id)) if kontakt_id else None
        parter.legg_til_sakspart(sak, type_=data.pop("type"), kontakt=kontakt, av=request.user, **data)

    return handling(
        request,
        sak,
        Handling.ENDRE_SAKSPART,
        utfoer,
        skjema=forms.Partskjema,
        tittel="Ny part i saken",
        knapp="Legg til parten",
        melding="Parten er lagt til.",
        tilbake="sak-parter",
        skjemamal="web/sak/_partfelter.html",
    )


@ansatt
def part_avslutning(request: HttpRequest, aar: int, sekvens: int, part_id: int) -> Svar:
    """Take a party out of the case; the row stays."""
    sak = hent(request, aar, sekvens)
    part = _i_saken(saker.hent_sakspart(request.user, part_id), sak)
    return handling(
        request,
        sak,
        Handling.ENDRE_SAKSPART,
        lambda _: parter.avslutt_sakspart(part, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Ta parten ut av saken",
        knapp="Ta ut",
        melding=f"{part.navn} er tatt ut av saken.",
        innledning=f"{part.navn} er ikke lenger part. Det står i historikken.",
        tilbake="sak-parter",
    )


@ansatt
def foedselsnummer(request: HttpRequest, aar: int, sekvens: int, part_id: int) -> Svar:
    """Show a party's fødselsnummer once it is asked for; that it was seen stands in the log (krav R-7.1.8)."""
    sak = hent(request, aar, sekvens)
    part = _i_saken(saker.hent_sakspart(request.user, part_id), sak)
    krev(request.user, Handling.VISE_FOEDSELSNUMMER, sak)
    nummer = parter.vis_foedselsnummer(part, av=request.user) if request.method == "POST" else ""
    svar = vis(
        request,
        "web/sak/_foedselsnummer.html",
        sak=sak,
        part=part,
        nummer=nummer,
        tittel=f"Fødselsnummeret til {part.navn}",
        tilbake_url=url("sak-parter", sak),
    )
    svar["Cache-Control"] = "no-store"
    return svar


@ansatt
def rettighetsoenske(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Ask saksansvarlig for rights in the case (krav R-10.3.2.3)."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.BE_OM_RETTIGHET,
        lambda data: rettigheter.be_om_rettighet(sak, data["nivaa"], data["begrunnelse"], av=request.user),
        skjema=forms.Rettighetsoenskeskjema,
        tittel="Be om rettigheter",
        knapp="Send",
        melding=f"{sak.saksansvarlig} har fått ønsket ditt.",
        innledning=f"Ønsket går til saksansvarlig, {sak.saksansvarlig}.",
    )


@ansatt
def rettighet(request: HttpRequest, aar: int, sekvens: int) -> Svar:
    """Grant a colleague a right in the case, for a period."""
    sak = hent(request, aar, sekvens)
    return handling(
        request,
        sak,
        Handling.GI_RETTIGHET,
        lambda data: rettigheter.gi_rettighet(
            sak, data["bruker"], data["nivaa"], fra=data["fra"], til=data["til"], av=request.user
        ),
        skjema=forms.Rettighetsskjema,
        tittel="Gi rettigheter i saken",
        knapp="Gi rettigheten",
        melding="Rettigheten er gitt.",
        tilbake="sak-rettigheter",
    )


@ansatt
def innvilgelse(request: HttpRequest, aar: int, sekvens: int, oenske_id: int) -> Svar:
    """Give what was asked for."""
    sak = hent(request, aar, sekvens)
    oensket = _i_saken(saker.hent_oenske(request.user, oenske_id), sak)
    return handling(
        request,
        sak,
        Handling.GI_RETTIGHET,
        lambda data: rettigheter.gi_rettighet(sak, oensket.bruker, oensket.nivaa, til=data["til"], av=request.user),
        skjema=forms.Innvilgelsesskjema,
        tittel="Gi rettigheten",
        knapp="Gi rettigheten",
        melding="Rettigheten er gitt.",
        innledning=f"{oensket.bruker} ber om: {oensket.get_nivaa_display().lower()}. {oensket.begrunnelse}".strip(),
        tilbake="sak-rettigheter",
    )


@ansatt
def avslag(request: HttpRequest, aar: int, sekvens: int, oenske_id: int) -> Svar:
    """Refuse what was asked for."""
    sak = hent(request, aar, sekvens)
    oensket = _i_saken(saker.hent_oenske(request.user, oenske_id), sak)
    return handling(
        request,
        sak,
        Handling.AVSLAA_RETTIGHET,
        lambda _: rettigheter.avslaa_rettighet(oensket, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Avslå ønsket",
        knapp="Avslå",
        melding="Ønsket er avslått.",
        innledning=f"{oensket.bruker} ba om: {oensket.get_nivaa_display().lower()}.",
        tilbake="sak-rettigheter",
    )


@ansatt
def fornyelse(request: HttpRequest, aar: int, sekvens: int, rettighet_id: int) -> Svar:
    """Let a right last as long once more: one click on the page, or the dialog."""
    sak = hent(request, aar, sekvens)
    gitt = _i_saken(saker.hent_rettighet(request.user, rettighet_id), sak)
    return handling(
        request,
        sak,
        Handling.FORNYE_RETTIGHET,
        lambda _: rettigheter.forny_rettighet(gitt, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Forny rettigheten",
        knapp="Forny",
        melding=f"Rettigheten til {gitt.bruker} er fornyet.",
        innledning=f"{gitt.bruker}: {gitt.get_nivaa_display().lower()}. Retten varer like lenge en gang til.",
        tilbake="sak-rettigheter",
    )


@ansatt
def tilbaketrekking(request: HttpRequest, aar: int, sekvens: int, rettighet_id: int) -> Svar:
    """Withdraw a right; it ends at once."""
    sak = hent(request, aar, sekvens)
    gitt = _i_saken(saker.hent_rettighet(request.user, rettighet_id), sak)
    return handling(
        request,
        sak,
        Handling.TREKKE_RETTIGHET,
        lambda _: rettigheter.trekk_rettighet(gitt, av=request.user),
        skjema=forms.Tomtskjema,
        tittel="Trekk rettigheten",
        knapp="Trekk rettigheten",
        melding="Rettigheten er trukket.",
        innledning=f"{gitt.bruker}: {gitt.get_nivaa_display().lower()}. Retten opphører med en gang.",
        tilbake="sak-rettigheter",
    )


def _i_saken(rad: Any, sak: Sak) -> Any:
    if rad.sak_id != sak.pk:
        raise IkkeFunnet
    return rad
