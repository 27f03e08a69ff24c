"""Making, editing and moving a case."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from saksgang.arkivstruktur.commands import neste_nummer
from saksgang.arkivstruktur.models import Arkivdel, Klasse
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker, Enhet
from saksgang.sakarkiv.models import Klassering, Sak, Sakstype
from saksgang.sakarkiv.rules import Journalstatus, Saksstatus
from saksgang.tilgang.commands import krev, sett_foerste_status, skift_status
from saksgang.tilgang.commands.loggobjekt import laas
from saksgang.tilgang.rules import Handling

from .felles import Skjerming, krev_aapen_sak, krev_aktiv_bruker, valider_skjerming
from .noekler import oppdater_hele_saken, oppdater_sak
from .skriveregel import krev_tittel, skjuler_tittel


@kommando
def opprett_sak(
    tittel: str,
    *,
    av: Bruker,
    arkivdel: Arkivdel,
    enhet: Enhet | None = None,
    saksansvarlig: Bruker | None = None,
    klasser: Sequence[Klasse] = (),
    sakstype: Sakstype | None = None,
    offentlig_tittel: str = "",
    skjerming: Skjerming | None = None,
    fra_arkivet: bool = False,
    system_id: uuid.UUID | None = None,
    tittelbegrunnelse: str = "",
) -> Sak:
    """Make a case: R reserved by the case worker, B when the archive makes it (krav R-10.3.1.2a, C.2).

    The number is given here, gap-free within the year, last of all counters (C.9). Refused without a title or unit,
    where saksansvarlig is no active user, and where a rule for titles stops the title. A form that is sent twice
    carries the same system_id: it is one case.
    """
    if system_id is not None:
        laas(system_id.int % 2**62)
        if (gitt := Sak.objects.filter(system_id=system_id, opprettet_av=av).first()) is not None:
            return gitt
    tittel = krev_tittel(tittel, begrunnelse=tittelbegrunnelse, skjermet=skjuler_tittel(skjerming or Skjerming()))
    enhet = enhet or av.enhet
    if enhet is None:
        raise UgyldigInndata({"enhet": "Enhet mangler. Velg enheten som har saken."})
    saksansvarlig = saksansvarlig or av
    krev_aktiv_bruker(saksansvarlig, "saksansvarlig")
    skjerming = skjerming or Skjerming()
    valider_skjerming(skjerming, forslag=True)  # the case has its own two reasons (krav)
    if skjerming.kode is not None and arkivdel.publiseres:
        # A personnel or pupil file is closed from its first minute; elsewhere the documents come first (R-7.1.1.b).
        raise UgyldigInndata({"tilgangskode": "Saken kan skjermes når et dokument i den er skjermet (R 7.1.1)."})
    naa = klokke.naa()
    sak = Sak(
        system_id=system_id or uuid.uuid4(),
        aar=klokke.idag().year,
        tittel=tittel,
        offentlig_tittel=offentlig_tittel.strip(),
        saksdato=klokke.idag(),
        saksansvarlig=saksansvarlig,
        enhet=enhet,
        arkivdel=arkivdel,
        sakstype=sakstype,
        tilgangskode=skjerming.kode,
        avskjermingskode=skjerming.avskjerming,
        hjemmel=skjerming.hjemmel,
        tilgangsgruppe=skjerming.gruppe,
        opprettet_av=av,
        opprettet_dato=naa,
        sist_endret=naa,
    )
    if fra_arkivet:
        sett_foerste_status(sak, Saksstatus.BEHANDLES, av=av)
        sak.kontrollert_av, sak.kontrollert_dato = av, naa
    else:
        sett_foerste_status(sak, Saksstatus.RESERVERT, av=av)
    sak.sekvens = neste_nummer("sak", sak.aar)
    sak.save()
    _sett_klasser(sak, klasser)
    oppdater_sak(sak)
    handling = Handling.OPPRETTE_SAK_ARKIV if fra_arkivet else Handling.OPPRETTE_SAK
    detaljer = {"tittel": tittel, "saksansvarlig": saksansvarlig, "enhet": enhet}
    if tittelbegrunnelse.strip():
        detaljer["hvorfor tittelen"] = tittelbegrunnelse.strip()
    logg(sak, handling, av=av, detaljer=detaljer)
    return sak


def laas_sak(sak: Sak) -> Sak:
    """Return the case again, under a row lock."""
    return Sak.objects.select_for_update(of=("self",)).get(pk=sak.pk)


@kommando
def rediger_sak(sak: Sak, *, av: Bruker, tittelbegrunnelse: str = "", **felter: Any) -> Sak:
    """Change tittel, offentlig_tittel, sakstype, arkivdel or enhet. Refused in a closed case."""
    krev(av, Handling.REDIGERE_SAK, sak)
    sak = laas_sak(sak)
    krev_aapen_sak(sak)
    if ukjent := set(felter) - {"tittel", "offentlig_tittel", "sakstype", "arkivdel", "enhet"}:
        raise UgyldigInndata(dict.fromkeys(ukjent, "Feltet kan ikke endres her."))
    if "tittel" in felter and felter["tittel"] != sak.tittel:
        skjerming = Skjerming(sak.tilgangskode, sak.avskjermingskode, sak.hjemmel, sak.tilgangsgruppe)
        felter["tittel"] = krev_tittel(
            felter["tittel"], begrunnelse=tittelbegrunnelse, skjermet=skjuler_tittel(skjerming)
        )
    endringer = {felt: (getattr(sak, felt), verdi) for felt, verdi in felter.items() if getattr(sak, felt) != verdi}
    if not endringer:
        return sak
    for felt, (_, verdi) in endringer.items():
        setattr(sak, felt, verdi)
    sak.sist_endret = klokke.naa()
    sak.save(update_fields=[*endringer, "sist_endret"])
    if "enhet" in endringer:
        oppdater_hele_saken(sak)
    else:
        oppdater_sak(sak)
    detaljer = {"hvorfor tittelen": tittelbegrunnelse.strip()} if tittelbegrunnelse.strip() else {}
    logg(sak, Handling.REDIGERE_SAK, av=av, endringer=endringer, detaljer=detaljer)
    return sak


@kommando
def sett_saksansvarlig(sak: Sak, saksansvarlig: Bruker, *, av: Bruker) -> Sak:
    """Replace the one saksansvarlig (krav R-3.2.4). Refused for a person who is no active user."""
    krev(av, Handling.SETTE_SAKSANSVARLIG, sak)
    krev_aktiv_bruker(saksansvarlig, "saksansvarlig")
    sak = laas_sak(sak)
    krev_aapen_sak(sak)
    fra, sak.saksansvarlig = sak.saksansvarlig, saksansvarlig
    if fra.pk == saksansvarlig.pk:
        return sak
    sak.sist_endret = klokke.naa()
    sak.save(update_fields=["saksansvarlig", "sist_endret"])
    oppdater_hele_saken(sak)
    logg(
        sak,
        Handling.SETTE_SAKSANSVARLIG,
        av=av,
        endringer={"saksansvarlig": (fra, saksansvarlig)},
        detaljer={"bruker_id": saksansvarlig.pk, "forrige_id": fra.pk},
    )
    return sak


@kommando
def klasser_sak(sak: Sak, klasser: Sequence[Klasse], *, av: Bruker) -> Sak:
    """Set the case's ordningsverdier, the primary first (krav R-C.5). Refused without any."""
    krev(av, Handling.KLASSERE_SAK, sak)
    sak = laas_sak(sak)
    krev_aapen_sak(sak)
    if not klasser:
        raise UgyldigInndata({"klasser": "Ordningsverdi mangler. Velg minst én."})
    foer = _klassetekst(sak)
    _sett_klasser(sak, klasser)
    logg(sak, Handling.KLASSERE_SAK, av=av, endringer={"klasser": (foer, _klassetekst(sak))})
    return sak


def _klassetekst(sak: Sak) -> list[str]:
    rader = sak.klasseringer.filter(gyldig=True).order_by("rekkefoelge", "pk")
    return list(rader.values_list("klasse__klasse_id", flat=True))


def _sett_klasser(sak: Sak, klasser: Sequence[Klasse]) -> None:
    sak.klasseringer.filter(gyldig=True).update(gyldig=False)
    Klassering.objects.bulk_create(
        Klassering(sak=sak, klasse=klasse, rekkefoelge=nr) for nr, klasse in enumerate(dict.fromkeys(klasser), 1)
    )


def _krev_begrunnelse(begrunnelse: str) -> str:
    begrunnelse = begrunnelse.strip()
    if not begrunnelse:
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv kort hvorfor."})
    return begrunnelse


@kommando
def kontroller_sak(sak: Sak, *, av: Bruker) -> Sak:
    """R → B: the archive has controlled classification and title (krav R-6.1.B). Refused without an ordningsverdi."""
    return skift_status(
        sak, Saksstatus.BEHANDLES, av=av, felter={"kontrollert_av": av, "kontrollert_dato": klokke.naa()}
    )


@kommando
def unnta_sak(sak: Sak, begrunnelse: str, *, av: Bruker) -> Sak:
    """→ X: leave the case out of process control (krav R-6.1.X). Refused without a reason."""
    return skift_status(sak, Saksstatus.UNNTATT, av=av, felter={"statusbegrunnelse": _krev_begrunnelse(begrunnelse)})


@kommando
def ta_inn_sak(sak: Sak, begrunnelse: str, *, av: Bruker) -> Sak:
    """X → B: take the case back into process control. Refused without a reason."""
    return skift_status(sak, Saksstatus.BEHANDLES, av=av, felter={"statusbegrunnelse": _krev_begrunnelse(begrunnelse)})


@kommando
def avslutt_sak(sak: Sak, *, av: Bruker) -> Sak:
    """Close a case. Refused with every reason in HINDRE that holds (krav A-21)."""
    return skift_status(sak, Saksstatus.AVSLUTTET, av=av, felter={"avsluttet_av": av, "avsluttet_dato": klokke.naa()})


@kommando
def gjenaapne_sak(sak: Sak, begrunnelse: str, *, av: Bruker) -> Sak:
    """A → B by the archive. Refused without a reason."""
    return skift_status(
        sak,
        Saksstatus.BEHANDLES,
        av=av,
        felter={
            "statusbegrunnelse": _krev_begrunnelse(begrunnelse),
            "avsluttet_av": None,
            "avsluttet_dato": None,
        },
    )


@kommando
def utgaa_sak(sak: Sak, begrunnelse: str, *, av: Bruker) -> Sak:
    """→ U: cancel a case whose journalposter are all Utgår; the number is never used again (krav R-6.1.U)."""
    return skift_status(sak, Saksstatus.UTGAAR, av=av, felter={"statusbegrunnelse": _krev_begrunnelse(begrunnelse)})


@kommando
def skjerm_sak(sak: Sak, skjerming: Skjerming, *, misvisende: str = "", skade: str = "", av: Bruker) -> Sak:
    """Set or lift the code of a whole case (krav R-7.1.1.b, R-7.1.7).

    Refused unless at least one journalpost in it is coded, and both conditions are written.
    """
    krev(av, Handling.SKJERME_SAK, sak)
    sak = laas_sak(sak)
    krev_aapen_sak(sak)
    valider_skjerming(skjerming, forslag=True)  # the case has its own two reasons (krav)
    if skjerming.kode is not None:
        if not sak.journalposter.exclude(status=Journalstatus.UTGAAR).filter(tilgangskode__isnull=False).exists():
            raise Avvist("Ingen dokumenter i saken er skjermet. Vurder dokumentene først (R 7.1.1).")
        felter = {}
        if not misvisende.strip():
            felter["misvisende"] = "Skriv hvorfor resten av dokumentene ville gi et åpenbart misvisende bilde."
        if not skade.strip():
            felter["skade"] = "Skriv hvilken skade offentlighet kan gjøre."
        if felter:
            raise UgyldigInndata(felter)
    endringer = {
        "tilgangskode": (sak.tilgangskode, skjerming.kode),
        "avskjermingskode": (sak.avskjermingskode, skjerming.avskjerming),
        "hjemmel": (sak.hjemmel, skjerming.hjemmel),
        "tilgangsgruppe": (sak.tilgangsgruppe, skjerming.gruppe),
        "skjerming_misvisende": (sak.skjerming_misvisende, misvisende.strip()),
        "skjerming_skade": (sak.skjerming_skade, skade.strip()),
    }
    for felt, (_, verdi) in endringer.items():
        setattr(sak, felt, verdi)
    sak.sist_endret = klokke.naa()
    sak.save(update_fields=[*endringer, "sist_endret"])
    oppdater_sak(sak)
    logg(sak, Handling.SKJERME_SAK, av=av, endringer=endringer)
    return sak
