"""Each document is assessed by who may: proposed, decided, and never changed afterwards (offl. §§ 11–13, 29)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from saksgang.innsynskrav.models import Innsynsvurdering, Kravlinje, Samtykkespoersmaal
from saksgang.innsynskrav.queries.filer import foedselsnummer_i, innholdet, kilder, kodede, taushetsbelagt
from saksgang.innsynskrav.queries.krav import avgjoer_selv
from saksgang.innsynskrav.rules import UBESVART, Kravtilstand, Samtykkesvar, Utfall, Vurdert, mangler_i_vurdering
from saksgang.kjerne import klokke
from saksgang.kjerne.arbeidsdager import legg_til_arbeidsdager
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.queries import sist_gradert
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.models import Hjemmel
from saksgang.tilgang.queries.koder import hjemler_for
from saksgang.tilgang.rules import Handling

from .felles import krev_ubesvart, laas_krav, rens, sett_tilstand
from .filkontroll import bestill_kontroll

SAMTYKKEFRIST = 5
"""Working days for the person asked, before silence is a no."""


@kommando
def vurder(
    linjer: Sequence[Kravlinje],
    utfall: str,
    *,
    av: Bruker,
    hjemmel: Hjemmel | None = None,
    rest: str = "",
    merinnsyn: str = "",
    begrunnelse: str = "",
    bortfall: str = "",
    bortfall_hvem: str = "",
    bortfall_hvorfor: str = "",
    foedselsnummer_gis: bool = False,
) -> list[Innsynsvurdering]:
    """Assess documents of a request: helt, delvis or avslag (krav R-7.1.1.f).

    A coded document is decided by the leader or deputy of its unit; the archive's and the case worker's word is then a
    proposal. Others the archive decides. Refused without hjemmel for what is not given, without the merinnsyn
    assessment where the law says «kan» (§ 11), without § 12 where all of a document under taushetsplikt is refused,
    and, whoever asks, «helt» under taushetsplikt unless what lets it fall away is recorded (§ 13, krav R-7.1.6.a), and
    «helt» where the file has national identity numbers, unless it is said that they are to be given (§ 26).
    """
    if not linjer:
        raise UgyldigInndata({"utfall": "Velg minst ett dokument."})
    vurdert = Vurdert(
        utfall=utfall,
        hjemmel=hjemmel.visning if hjemmel else "",
        taushetsplikt=hjemmel is not None and hjemmel.taushetsplikt,
        rest=rest if utfall == Utfall.AVSLAG else "",
        merinnsyn=rens(merinnsyn, "merinnsyn", 1000),
        bortfall=bortfall,
        bortfall_hvem=rens(bortfall_hvem, "bortfall_hvem", 200),
        bortfall_hvorfor=rens(bortfall_hvorfor, "bortfall_hvorfor", 1000),
        foedselsnummer_gis=foedselsnummer_gis,
    )
    begrunnelse = rens(begrunnelse, "begrunnelse", 1000)
    return [_vurder(linje, vurdert, hjemmel, begrunnelse, av=av) for linje in linjer]


def _vurder(linje: Kravlinje, v: Vurdert, hjemmel: Hjemmel | None, begrunnelse: str, *, av: Bruker) -> Innsynsvurdering:
    er_forslag, for_id = _rett(linje, av)
    krav = laas_krav(linje.krav)
    krev_ubesvart(krav)
    _krev_i_kravet(linje)
    taus = taushetsbelagt(linje)
    foedselsnummer = foedselsnummer_i(linje.dokument)
    feil = mangler_i_vurdering(
        v,
        foedselsnummer=foedselsnummer.hvor if foedselsnummer is not None else None,
        dokumentets_hjemmel=taus.hjemmel.visning if taus is not None and taus.hjemmel is not None else "",
        dokumentet_taust=taus is not None,
    )
    if hjemmel is not None and not hjemler_for(None, klokke.idag()).filter(pk=hjemmel.pk).exists():
        feil["hjemmel"] = f"{hjemmel} gjelder ikke i dag. Velg en annen hjemmel."
    if feil:
        raise UgyldigInndata(feil)
    if v.utfall != Utfall.AVSLAG and any(jp.avventer_gradering for jp in kilder(linje)):
        raise Avvist(f"Graderingen av {linje.journalpost} er ikke avgjort. Lederen må avgjøre den først.")
    helt = v.utfall == Utfall.HELT
    vurdering = Innsynsvurdering.objects.create(
        linje=linje,
        er_forslag=er_forslag,
        utfall=v.utfall,
        hjemmel=None if helt else hjemmel,
        rest=v.rest,
        merinnsyn=v.merinnsyn,
        begrunnelse=begrunnelse,
        bortfall=v.bortfall if helt and taus is not None else "",
        bortfall_hvem=v.bortfall_hvem if helt and taus is not None else "",
        bortfall_hvorfor=v.bortfall_hvorfor if helt and taus is not None else "",
        foedselsnummer_gis=helt and foedselsnummer is not None and v.foedselsnummer_gis,
        gradert_ved=sist_gradert(kilder(linje)),
        versjon=innholdet(linje),
        av=av,
        paa_vegne_av_id=for_id,
        tid=klokke.naa(),
    )
    if helt:
        bestill_kontroll(linje.dokument)
    logg(
        linje.journalpost,
        Handling.FORESLAA_INNSYN if er_forslag else Handling.VURDERE_INNSYN,
        av=av,
        detaljer={"krav": str(krav), "utfall": vurdering.get_utfall_display(), "hjemmel": vurdering.full_hjemmel},
    )
    return vurdering


def _krev_i_kravet(linje: Kravlinje) -> None:
    """Refuse what was taken out of the request while somebody looked at it."""
    if not Kravlinje.objects.filter(pk=linje.pk, tatt_ut_tid__isnull=True).exists():
        raise Avvist(f"{linje} er tatt ut av kravet.")


def _rett(linje: Kravlinje, av: Bruker) -> tuple[bool, int | None]:
    """Return whether av's word is a proposal, and on whose behalf a decision is made. Refused where it is neither."""
    if avgjoer_selv(av, linje):
        leder = [krev(av, Handling.VURDERE_INNSYN, jp) for jp in kodede(linje)]
        return False, leder[0].paa_vegne_av_id if leder else None
    for kilde in kilder(linje):
        krev(av, Handling.FORESLAA_INNSYN, kilde)
    return True, None


@kommando
def spoer_om_samtykke(linje: Kravlinje, hvem: str, *, av: Bruker) -> Samtykkespoersmaal:
    """Note that the person whom the information is about has been asked (offl. § 13 third ledd).

    The answer's deadline stands still meanwhile. Refused where the document is under no taushetsplikt, and while a
    question about it is open.
    """
    krev(av, Handling.SPOERRE_SAMTYKKE, linje)
    krav = laas_krav(linje.krav)
    krev_ubesvart(krav)
    hvem = rens(hvem, "hvem", 200)
    if not hvem:
        raise UgyldigInndata({"hvem": "Skriv hvem som er spurt. Navnet vises bare for dem som behandler kravet."})
    if taushetsbelagt(linje) is None:
        raise Avvist("Dokumentet er ikke under taushetsplikt. Samtykke er ikke nødvendig.")
    if linje.samtykker.filter(svar="").exists():
        raise Avvist("Et spørsmål om samtykke er allerede sendt og ikke besvart.")
    spoersmaal = Samtykkespoersmaal.objects.create(
        linje=linje,
        hvem=hvem,
        sendt_dato=klokke.idag(),
        svarfrist=legg_til_arbeidsdager(klokke.idag(), SAMTYKKEFRIST),
        sendt_av=av,
    )
    endringer = sett_tilstand(krav, Kravtilstand.SAMTYKKE)
    logg(krav, Handling.SPOERRE_SAMTYKKE, av=av, endringer=endringer, detaljer={"dokument": str(linje)})
    return spoersmaal


@kommando
def registrer_samtykkesvar(
    spoersmaal: Samtykkespoersmaal, svar: str, *, av: Bruker, dato: dt.date | None = None
) -> Samtykkespoersmaal:
    """Note the answer; silence after the deadline is a no. The five working days run again from here.

    Refused for a question that is answered, for silence before its deadline, and for a day outside its time.
    """
    krev(av, Handling.SPOERRE_SAMTYKKE, spoersmaal.linje)
    krav = laas_krav(spoersmaal.linje.krav)
    spoersmaal = Samtykkespoersmaal.objects.select_for_update().get(pk=spoersmaal.pk)
    dato = dato or klokke.idag()
    if spoersmaal.svar or krav.tilstand not in UBESVART:
        raise Avvist("Spørsmålet om samtykke er allerede besvart.")
    if svar not in Samtykkesvar.values:
        raise UgyldigInndata({"svar": "Velg hva svaret var."})
    if not spoersmaal.sendt_dato <= dato <= klokke.idag():
        raise UgyldigInndata({"dato": "Datoen må ligge mellom dagen det ble spurt og i dag."})
    if svar == Samtykkesvar.TAUS and klokke.idag() <= spoersmaal.svarfrist:
        raise UgyldigInndata({"svar": f"Fristen for å svare er {spoersmaal.svarfrist:%d.%m.%Y}. Vent til den er ute."})
    spoersmaal.svar, spoersmaal.svar_dato, spoersmaal.registrert_av = svar, dato, av
    spoersmaal.save(update_fields=["svar", "svar_dato", "registrert_av"])
    venter = Samtykkespoersmaal.objects.filter(linje__krav=krav, svar="").exists()
    endringer = sett_tilstand(krav, Kravtilstand.SAMTYKKE if venter else Kravtilstand.MOTTATT)
    logg(
        krav,
        Handling.SPOERRE_SAMTYKKE,
        av=av,
        endringer=endringer,
        detaljer={"svar": spoersmaal.get_svar_display(), "dokument": str(spoersmaal.linje)},
    )
    return spoersmaal
