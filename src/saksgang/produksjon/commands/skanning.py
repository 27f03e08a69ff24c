"""Paper announced to the archive: ordered, scanned, or sent as paper (krav R-8.3, R-10.2.2.4b)."""

from __future__ import annotations

from collections.abc import Iterator

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.lager.models import Fil
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.models import Skanneordre
from saksgang.produksjon.rules import Skannetilstand
from saksgang.sakarkiv.commands.dokument import (
    fjern_dokument,
    laas_for_endring,
    legg_til_dokument,
    legg_til_plass,
    legg_til_versjon,
    meld_endret,
    registrer_tekstlaas,
)
from saksgang.sakarkiv.commands.felles import krev_aapen_sak
from saksgang.sakarkiv.commands.journalpost import laas_journalpost
from saksgang.sakarkiv.models import Dokument, Journalpost, Kodeverdi, Sak
from saksgang.sakarkiv.rules import Journalstatus
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import Hinder, registrer_hinder
from saksgang.tilgang.rules import Handling

MED_PLASS = (Journalstatus.RESERVERT, Journalstatus.REGISTRERT)
"""Statuses in which a journalpost takes a placeholder for what is on paper."""


@kommando
def bestill_skanning(
    objekt: Journalpost | Sak, beskrivelse: str, *, opphav: Kodeverdi | None = None, av: Bruker
) -> Skanneordre:
    """Announce paper to the archive: on a journalpost as a placeholder among its documents, or on a case alone.

    Refused without a description, for a closed case, and for a journalpost in another status than R or S.
    """
    krev(av, Handling.BESTILLE_SKANNING, objekt)
    beskrivelse = beskrivelse.strip()
    if not beskrivelse:
        raise UgyldigInndata({"beskrivelse": "Skriv hva papiret er, så arkivet kjenner det igjen."})
    dokument = None
    if isinstance(objekt, Journalpost):
        journalpost = laas_for_endring(objekt, av=av, handling=Handling.LEGGE_VED)
        if journalpost.status not in MED_PLASS:
            raise Avvist(
                f"{journalpost} har status {journalpost.status} {journalpost.get_status_display()}. "
                "Bestill skanning på saken, så registrerer arkivet papiret."
            )
        sak = journalpost.sak
        dokument = legg_til_plass(journalpost, tittel=beskrivelse, av=av)
    else:
        journalpost, sak = None, objekt
        krev_aapen_sak(sak)
    ordre = Skanneordre.objects.create(
        sak=sak,
        journalpost=journalpost,
        dokument=dokument,
        beskrivelse=beskrivelse[:500],
        opphav=opphav,
        bestilt_av=av,
        bestilt_tid=klokke.naa(),
    )
    detaljer = {"beskrivelse": ordre.beskrivelse} | ({"dokument": dokument.nummer} if dokument else {})
    logg(ordre, Handling.BESTILLE_SKANNING, av=av, detaljer=detaljer)
    if journalpost is not None:
        meld_endret(journalpost, av=av)
    return ordre


@kommando
def utfoer_skanning(
    ordre: Skanneordre,
    fil: Fil,
    *,
    filnavn: str,
    journalpost: Journalpost | None = None,
    av: Bruker,
) -> Skanneordre:
    """Put the scan where it belongs: in its placeholder, or for a case's order on the journalpost where it was entered.

    The one who ordered is told. Refused for what is done already, and for a journalpost of another case.
    """
    krev(av, Handling.UTFOERE_SKANNING, ordre.objekt)
    ordre = _laas(ordre)
    if ordre.dokument is not None:
        # The archive fills the place that was made for it, also in a draft whose other documents are not its own.
        maal = laas_journalpost(ordre.dokument.journalpost)
        krev_aapen_sak(maal.sak)
        legg_til_versjon(ordre.dokument, fil, filnavn=filnavn, av=av)
        ordre.dokument.kilde = Dokument.Kilde.OPPLASTET
        ordre.dokument.save(update_fields=["kilde"])
    else:
        if journalpost is None or journalpost.sak_id != ordre.sak_id:
            raise UgyldigInndata(
                {"journalpost": f"Velg journalposten i {ordre.sak} som papiret er registrert som, eller registrer den."}
            )
        maal = laas_for_endring(journalpost, av=av, handling=Handling.LEGGE_VED)
        ordre.dokument = legg_til_dokument(maal, fil, filnavn=filnavn, tittel=ordre.beskrivelse, av=av)
        ordre.journalpost = maal
        ordre.merknad = f"Registrert som {maal}"
    ordre.save(update_fields=["dokument", "journalpost", "merknad"])
    _avslutt(ordre, Skannetilstand.UTFOERT, av=av)
    logg(
        ordre,
        Handling.UTFOERE_SKANNING,
        av=av,
        endringer={"tilstand": (Skannetilstand.BESTILT.label, Skannetilstand.UTFOERT.label)},
        detaljer={"bestilt_av_id": ordre.bestilt_av_id, "sha256": fil.sha256, "dokument": ordre.dokument.nummer},
    )
    meld_endret(maal, av=av)
    return ordre


@kommando
def sett_paa_papir(ordre: Skanneordre, *, av: Bruker) -> Skanneordre:
    """Leave the attachment on paper: «Sendes på papir». Refused for a case's order, which has no placeholder."""
    krev(av, Handling.BESTILLE_SKANNING, ordre.objekt)
    ordre = _laas(ordre)
    if ordre.dokument is None:
        raise Avvist("Bestillingen gjelder saken og har ingen plass i et brev. Avbestill den i stedet.")
    journalpost = laas_for_endring(ordre.dokument.journalpost, av=av, handling=Handling.LEGGE_VED)
    ordre.dokument.kilde = Dokument.Kilde.PAPIR
    ordre.dokument.save(update_fields=["kilde"])
    _avslutt(ordre, Skannetilstand.PAA_PAPIR, av=av)
    logg(
        ordre,
        Handling.BESTILLE_SKANNING,
        av=av,
        endringer={"tilstand": (Skannetilstand.BESTILT.label, Skannetilstand.PAA_PAPIR.label)},
        detaljer={"dokument": ordre.dokument.nummer},
    )
    meld_endret(journalpost, av=av)
    return ordre


@kommando
def avbryt_skanning(ordre: Skanneordre, begrunnelse: str, *, av: Bruker) -> Skanneordre:
    """Call the order off, and take its placeholder away.

    Refused without a reason, and for a case's order to others than the one who ordered and the archive.
    """
    krev(av, Handling.BESTILLE_SKANNING, ordre.objekt)
    ordre = _laas(ordre)
    if not begrunnelse.strip():
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv hvorfor papiret ikke skal skannes."})
    ordre.merknad = begrunnelse.strip()[:500]
    ordre.save(update_fields=["merknad"])
    _avslutt(ordre, Skannetilstand.AVBRUTT, av=av)
    if ordre.dokument is not None:
        fjern_dokument(ordre.dokument, begrunnelse, av=av)
    elif ordre.bestilt_av_id != av.pk:
        krev(av, Handling.UTFOERE_SKANNING, ordre.objekt)
    logg(
        ordre,
        Handling.BESTILLE_SKANNING,
        av=av,
        endringer={"tilstand": (Skannetilstand.BESTILT.label, Skannetilstand.AVBRUTT.label)},
        detaljer={"begrunnelse": ordre.merknad},
    )
    return ordre


def _laas(ordre: Skanneordre) -> Skanneordre:
    ordre = (
        Skanneordre.objects.select_for_update(of=("self",))
        .select_related("sak", "journalpost__sak", "dokument__journalpost__sak", "bestilt_av")
        .get(pk=ordre.pk)
    )
    if ordre.tilstand != Skannetilstand.BESTILT:
        raise Avvist(f"Bestillingen er avsluttet: {ordre.get_tilstand_display().lower()}. Last siden på nytt.")
    if ordre.dokument is not None and ordre.dokument.utgaatt_tid is not None:
        raise Avvist("Plassen «Til skanning» er tatt av journalposten. Bestill skanning på nytt.")
    return ordre


def _avslutt(ordre: Skanneordre, tilstand: Skannetilstand, *, av: Bruker) -> None:
    ordre.tilstand, ordre.utfoert_av, ordre.utfoert_tid = tilstand, av, klokke.naa()
    ordre.save(update_fields=["tilstand", "utfoert_av", "utfoert_tid"])


@registrer_tekstlaas
def venter_paa_skanning(dokument: Dokument, av: Bruker) -> None:
    """A placeholder is filled by its order."""
    if dokument.kilde == Dokument.Kilde.TIL_SKANNING:
        raise Avvist(f"«{dokument.tittel}» venter på skanning. Avbestill skanningen før du laster opp selv.")


@registrer_hinder(Journalpost, fra=Journalstatus.RESERVERT, til=Journalstatus.FERDIG)
def venter_paa_papir(jp: Journalpost) -> Iterator[Hinder]:
    """No document waits to be scanned (krav R-10.2.2.4b)."""
    ventende = jp.dokumenter.filter(kilde=Dokument.Kilde.TIL_SKANNING, utgaatt_tid__isnull=True)
    for dokument in ventende.order_by("nummer", "pk"):
        hoved = dokument.tilknytning == Dokument.Tilknytning.HOVEDDOKUMENT
        navn = "Hoveddokument" if hoved else f"Vedlegg {dokument.nummer - 1}"
        yield Hinder(f"{navn} «{dokument.tittel}» venter på skanning. La arkivet skanne det, eller merk «på papir».")
