"""What the pages and acts of a case share: finding it, its head and menus, and the dialog of an act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from saksgang.arkivstruktur.rules import Klassifikasjonstype
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import IkkeTilgang
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.queries import saker, saksside
from saksgang.sakarkiv.queries.kontakt import ser_adressen
from saksgang.tilgang.queries import tillatte
from saksgang.tilgang.rules import Handling
from saksgang.ui.vis import innsendt, omdiriger, proev, vis

if TYPE_CHECKING:
    from saksgang.sakarkiv.models import Sak


def hent(request: HttpRequest, aar: int, sekvens: int) -> Sak:
    """Return the case that the reader may see; opening a coded one is logged (krav R-C.4)."""
    sak = saker.hent_sak(request.user, aar, sekvens)
    if request.method == "GET":
        noter_lesing(sak, av=request.user)
    return sak


def url(navn: str, sak: Sak, *mer: Any) -> str:
    return reverse(navn, args=[sak.aar, sak.sekvens, *mer])


NYE_JOURNALPOSTER = (
    ("utgaaende", "U", "Nytt utgående dokument", "Brev ut, ny ekspedering", "u"),
    ("notat", "N", "Nytt internt notat med oppfølging (N)", "Mottakeren får restanse", "n"),
    ("xnotat", "X", "Nytt internt notat (X)", "Uten oppfølging, aldri på postlisten", "x"),
    ("sakspapir", "S", "Sakspapir", "Til utvalg eller delegert vedtak", "s"),
)

STATUSHANDLINGER = {
    Handling.KONTROLLERE_SAK: ("sak-kontroll", "Kontroller saken", "Setter status B Behandles", "CheckmarkCircle"),
    Handling.AVSLUTTE_SAK: ("sak-avslutning", "Avslutt saken", "Viser først hva som gjenstår", "Archive"),
    Handling.GJENAAPNE_SAK: ("sak-gjenaapning", "Gjenåpne saken", "Krever begrunnelse", "PadlockUnlocked"),
    Handling.UNNTA_SAK: ("sak-unntak", "Unnta fra prosesstyring (X)", "Krever begrunnelse", "MinusCircle"),
    Handling.TA_INN_SAK: ("sak-inntak", "Ta inn i prosesstyring", "Krever begrunnelse", "PlusCircle"),
    Handling.UTGAA_SAK: ("sak-utgang", "Sett saken utgått (U)", "Nummeret brukes aldri igjen", "XMarkOctagon"),
}
SAKSHANDLINGER = (
    (Handling.REDIGERE_SAK, "sak-redigering", "Rediger saken", "Pencil"),
    (Handling.KLASSERE_SAK, "sak-klassering", "Endre ordningsverdi", "Tag"),
    (Handling.SETTE_SAKSANSVARLIG, "sak-saksansvarlig", "Sett saksansvarlig", "PersonCheckmark"),
    (Handling.SKJERME_SAK, "sak-skjerming", "Skjerm hele saken", "ShieldLock"),
)
OPPFOELGING = (
    (Handling.MERKE_SAK, "sak-merknad", "Skriv merknad", "Chat"),
    (Handling.SETTE_OBS, "sak-obsdato", "Sett OBS-dato", "Bell"),
    (Handling.BESTILLE_SKANNING, "sak-skanning", "Meld papir til skanning", "FileText"),
)


def menyer(sak: Sak, rett: frozenset[Handling], *, oea: bool) -> dict[str, Any]:
    """Return the menus: only what this person may do to this case now."""

    def punkt(navn: str, tekst: str, ikon: str, under: str = "") -> dict[str, str]:
        return {"url": url(navn, sak), "tekst": tekst, "ikon": ikon, "under": under}

    status = [
        punkt(navn, tekst, ikon, under)
        for handling, (navn, tekst, under, ikon) in STATUSHANDLINGER.items()
        if handling in rett and any(fra == sak.status and h == handling for (fra, _), h in sak.overganger.items())
    ]
    sakens: list[dict[str, str]] = []
    oppfoelging: list[dict[str, str]] = []
    rettigheter: list[dict[str, str]] = []
    nye: list[dict[str, str]] = []
    if not sak.er_avsluttet:
        sakens = [punkt(navn, tekst, ikon) for handling, navn, tekst, ikon in SAKSHANDLINGER if handling in rett]
        if Handling.SKJERME_SAK in rett and sak.tilgangskode_id and not sak.tilgangsgruppe_id:
            sakens.append(
                punkt("sak-tilgangsgruppe", "Ny tilgangsgruppe", "PersonGroup", "Bare medlemmene av de autoriserte")
            )
        oppfoelging = [punkt(navn, tekst, ikon) for handling, navn, tekst, ikon in OPPFOELGING if handling in rett]
        if not oea and Handling.OENSKE_AVSLUTTET in rett:
            oppfoelging.append(punkt("sak-oenske", "Ønskes avsluttet (ØA)", "Archive", "Melding til arkivet"))
        if Handling.GI_RETTIGHET in rett:
            rettigheter.append(punkt("sak-rettighet", "Gi rettigheter i saken", "Key"))
        elif Handling.BE_OM_RETTIGHET in rett and Handling.OPPRETTE_JOURNALPOST not in rett:
            rettigheter.append(punkt("sak-rettighetsoenske", "Be om rettigheter", "Key", "Saksansvarlig svarer"))
        if Handling.OPPRETTE_JOURNALPOST in rett:
            nye = [
                {"url": reverse("journalpost-ny", args=[sak.pk, slag]), "dtype": d, "tekst": t, "under": u, "tast": k}
                for slag, d, t, u, k in NYE_JOURNALPOSTER
            ]
    if oea and not sak.er_avsluttet and Handling.TREKKE_OENSKE in rett:
        oppfoelging.append(punkt("sak-oenske-trekk", "Trekk ønske om avslutning (ØA)", "ArrowUndo"))
    inngaaende = ""
    if not sak.er_avsluttet and rett & {Handling.REGISTRERE_INNGAAENDE, Handling.REGISTRERE_I_ARKIV}:
        inngaaende = reverse("journalpost-ny", args=[sak.pk, "inngaaende"])
    grupper = [("Status", status), ("Saken", sakens), ("Oppfølging", oppfoelging), ("Rettigheter", rettigheter)]
    return {
        "sakmeny": [{"tittel": tittel, "punkter": punkter} for tittel, punkter in grupper if punkter],
        "nye_journalposter": nye,
        "inngaaende_url": inngaaende,
    }


def hode(request: HttpRequest, sak: Sak, fane: str) -> dict[str, Any]:
    """Return the context of the head: facts, tabs and menus."""
    bruker = request.user
    rett = tillatte(bruker, sak)
    klasseringer = list(saker.klasseringer(sak))
    objekter = [
        k.klasse for k in klasseringer if k.klasse.klassifikasjonssystem.klassifikasjonstype == Klassifikasjonstype.GBN
    ]
    merknader = saker.merknader_for_sak(bruker, sak)
    obsdatoer = list(saker.obsdatoer(sak))
    aapne_obs = [obs for obs in obsdatoer if obs.utfoert_tid is None]
    parter = list(saker.saksparter(sak))
    for part in parter:
        part.skjult_adresse = part.kontakt is not None and not ser_adressen(bruker, part.kontakt)  # type: ignore[attr-defined]
    antall = saksside.tell_journalposter(bruker, sak)
    oensker = list(saker.oensker_i_sak(sak)) if Handling.GI_RETTIGHET in rett else []
    nye = sum(m.er_ny for m in merknader)
    oea = any(m.type.kode == "ØA" for m in merknader)
    faner = [
        ("sak", "Journalposter", antall.alle),
        ("sak-parter", "Parter", len(parter) or ""),
        (
            "sak-merknader",
            "Merknader",
            f"{len(merknader)}, {nye} ny{'e' if nye > 1 else ''}" if nye else len(merknader) or "",
        ),
        ("sak-obsdatoer", "OBS-datoer", len(aapne_obs) or ""),
        ("sak-rettigheter", "Rettigheter", f"{len(oensker)} venter" if oensker else ""),
        ("sak-historikk", "Historikk", ""),
    ]
    return {
        "sak": sak,
        "sak_url": url("sak", sak),
        "rett": {handling.name for handling in rett},
        "klasser": [k.klasse for k in klasseringer if k.klasse not in objekter],
        "objekter": objekter,
        "merknader": merknader,
        "nye_merknader": nye,
        "obsdatoer": obsdatoer,
        "neste_obs": aapne_obs[0] if aapne_obs else None,
        "parter": parter,
        "antall": antall,
        "oensker": oensker,
        "oea": oea,
        "kan_oenskes_avsluttet": Handling.OENSKE_AVSLUTTET in rett and saksside.alt_er_gjort(sak),
        "ukontrollert": Handling.KONTROLLERE_SAK in rett and saksside.ukontrollert(request.user, sak),
        "idag": klokke.idag(),
        "faner": [{"navn": navn, "url": url(f, sak), "antall": tall, "aktiv": f == fane} for f, navn, tall in faner],
        "smuler": [{"navn": "Saker", "url": reverse("saker")}, {"navn": sak.saksnummer}],
        **menyer(sak, rett, oea=oea),
    }


def handling(
    request: HttpRequest,
    sak: Sak,
    krever: Handling,
    utfoer: Callable[[dict[str, Any]], object],
    *,
    tittel: str,
    knapp: str,
    melding: str,
    skjema: type[forms.Form],
    skjemavalg: Mapping[str, Any] | None = None,
    tilbake: str = "sak",
    til: str = "",
    **kontekst: Any,
) -> HttpResponse:
    """Show the dialog of an act and do it. A refusal stands in the form, with what was typed.

    tilbake: the page of the case to go to afterwards. til: another address instead.
    """
    til = til or url(tilbake, sak)
    if krever not in tillatte(request.user, sak):
        raise IkkeTilgang(f"Du har ikke rett til dette: {krever.label.lower()}. Kontakt saksansvarlig eller leder.")
    bundet = skjema(innsendt(request), **(skjemavalg or {}))
    status = 200
    if request.method == "POST":
        _, status = proev(bundet, utfoer)
        if status == 200:
            messages.success(request, melding)
            return omdiriger(request, til)
    return vis(
        request,
        "web/sak/_handling.html",
        status=status,
        sak=sak,
        skjema=bundet,
        tittel=f"{tittel} · {sak.saksnummer}",
        overskrift=tittel,
        knapp=knapp,
        tilbake_url=til,
        **kontekst,
    )
