"""After a refusal: nærmere begrunnelse and appeal (offl. §§ 31, 32), and the journal that both demand."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max

from saksgang.innsynskrav.models import Begrunnelsesoenske, Innsynsklage, Innsynskrav, Innsynssvar, Innsynsvurdering
from saksgang.innsynskrav.queries.bestilling import siden_til
from saksgang.innsynskrav.queries.krav import har_bedt_om_begrunnelse, journalgrunn
from saksgang.innsynskrav.queries.svar import kravdata, numre
from saksgang.innsynskrav.rules import (
    NOEKKEL_GJELDER,
    Journalgrunn,
    Kanal,
    Klageutfall,
    Kravtilstand,
    Meldingsslag,
    dag,
    frist_for_begrunnelse,
    siste_klagedag,
)
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.commands import registrer_i_arkivet
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.dokument import Vedlagt
from saksgang.sakarkiv.commands.journalpost import Part
from saksgang.sakarkiv.models import Journalpost, Sak
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .epost import legg_i_koe
from .felles import laas_krav, rens, sett_tilstand, trykk_brev

LENGST_ETTER = dt.timedelta(days=365)
"""So long after the answer the archive may take an appeal that came late (fvl. § 31)."""
IKKE_JOURNALFOERT = (
    "{krav} må journalføres først. Krav om innsyn journalføres ellers ikke, men gjør det når noen ber om nærmere "
    "begrunnelse eller klager (arkivforskrifta § 14 tredje ledd)."
)


def _krev_rett(krav: Innsynskrav, handling: Handling, av: Bruker | None) -> None:
    """The requester has come with the key; the archive acts for one who writes or calls."""
    if av is not None:
        krev(av, handling, krav)


@kommando
def be_om_begrunnelse(
    krav: Innsynskrav, *, av: Bruker | None = None, kanal: str = Kanal.NETT, dato: dt.date | None = None
) -> Begrunnelsesoenske:
    """Ask for nærmere begrunnelse: due in ten working days. Refused without a refusal, twice, and after three weeks.

    av: the archive, for one who asks by other means; none is the requester.
    """
    _krev_rett(krav, Handling.BEGRUNNE_INNSYNSKRAV, av)
    krav = laas_krav(krav)
    side = siden_til(krav)
    if krav.tilstand != Kravtilstand.BESVART or side.klagefrist is None:
        raise Avvist(f"{krav} er ikke besvart med avslag, og det er ingenting å begrunne nærmere.")
    if har_bedt_om_begrunnelse(krav):
        raise Avvist("Nærmere begrunnelse er allerede bedt om.")
    dato = _dato(dato, _svart(krav))
    if dato > side.klagefrist:
        raise Avvist(f"Fristen for å be om nærmere begrunnelse var {dag(side.klagefrist)} (offl. § 31 andre ledd).")
    oenske = Begrunnelsesoenske.objects.create(krav=krav, bedt_dato=dato, kanal=kanal)
    frist = frist_for_begrunnelse(dato, klokke.idag()).dato
    endringer = sett_tilstand(krav, Kravtilstand.BEGRUNNELSE, frist=frist)
    logg(krav, Handling.BEGRUNNE_INNSYNSKRAV, av=av, endringer=endringer)
    return oenske


@kommando
def gi_begrunnelse(krav: Innsynskrav, tekst: str, *, av: Bruker) -> Innsynssvar:
    """Answer with the main reasons that were decisive. Refused without text, and before the request is journalised."""
    krev(av, Handling.SVARE_INNSYNSKRAV, krav)
    krav = laas_krav(krav)
    oenske = krav.begrunnelsesoensker.filter(svar__isnull=True).order_by("pk").first()
    if oenske is None:
        raise Avvist("Ingen har bedt om nærmere begrunnelse.")
    if krav.journalpost_id is None:
        raise Avvist(IKKE_JOURNALFOERT.format(krav=krav))
    if not tekst.strip():
        raise UgyldigInndata({"tekst": "Skriv hvilke hensyn som var avgjørende for avslaget (offl. § 31 andre ledd)."})
    idag = klokke.idag()
    data = kravdata(krav, numre(krav)) | {
        "tittel": f"Nærmere begrunnelse for avslag på innsyn, {krav}",
        "dato": f"{dag(idag)} {idag.year}",
        "mottaker": [linje for linje in (krav.navn, krav.epost, krav.kontaktpunkt) if linje],
        "avsnitt": [del_ for del_ in rens(tekst, "tekst").split("\n") if del_.strip()],
        "rettigheter": [
            f"Du kan klage til Statsforvalteren innen tre uker, senest {dag(siste_klagedag(idag))} (offl. § 32)."
        ],
    }
    svar = Innsynssvar.objects.create(
        krav=krav,
        slag=Meldingsslag.BEGRUNNELSE,
        tekst=tekst.strip(),
        har_avslag=True,
        brev=trykk_brev(data, f"begrunnelse-{krav.aar}-{krav.sekvens}.pdf"),
        av=av,
        tid=klokke.naa(),
        dato=idag,
    )
    oenske.svar = svar
    oenske.save(update_fields=["svar"])
    endringer = {}
    if krav.tilstand == Kravtilstand.BEGRUNNELSE:
        endringer = sett_tilstand(krav, Kravtilstand.BESVART, noekkel_til=idag + NOEKKEL_GJELDER)
    logg(krav, Handling.SVARE_INNSYNSKRAV, av=av, endringer=endringer, detaljer={"tekst": "Nærmere begrunnelse"})
    legg_i_koe(krav, Meldingsslag.BEGRUNNELSE, svar)
    return svar


@kommando
def klag(
    krav: Innsynskrav,
    tekst: str = "",
    *,
    av: Bruker | None = None,
    kanal: str = Kanal.NETT,
    dato: dt.date | None = None,
) -> Innsynsklage:
    """Appeal a refusal, also the one that five working days of silence are, or an end without an answer (offl. § 32).

    Refused where everything was given: that cannot be appealed; and once the three weeks are over, except for the
    archive, which may take an appeal that came late (fvl. § 31).
    """
    _krev_rett(krav, Handling.KLAGE_INNSYNSKRAV, av)
    krav = laas_krav(krav)
    side = siden_til(krav)
    if krav.klager.filter(utfall="").exists():
        raise Avvist("Det er allerede klaget, og klagen er ikke avgjort.")
    if not (side.regnes_som_avslag or side.avsluttet) and side.klagefrist is None:
        raise Avvist(f"{krav} er ikke avslått. En avgjørelse om å gi innsyn kan ikke påklages (offl. § 32).")
    if not side.kan_klage and av is None:
        raise Avvist("Klagefristen er ute. Ta kontakt med kommunen hvis noe hindret deg i å klage før (fvl. § 31).")
    dato = _dato(dato, _svart(krav) if side.klagefrist is not None else krav.mottatt_dato)
    if side.klagefrist is not None and dato > _svart(krav) + LENGST_ETTER:
        raise Avvist("Svaret er mer enn ett år gammelt, og kan ikke lenger påklages (fvl. § 31).")
    klage = Innsynsklage.objects.create(krav=krav, mottatt_dato=dato, kanal=kanal, tekst=rens(tekst, "tekst"))
    # No law sets a day for it: it is prepared without delay (fvl. § 33), so it stands first in the queue.
    endringer = sett_tilstand(krav, Kravtilstand.KLAGE, noekkel_til=None, frist=klokke.idag())
    logg(krav, Handling.KLAGE_INNSYNSKRAV, av=av, endringer=endringer)
    return klage


def _svart(krav: Innsynskrav) -> dt.date:
    svar = krav.svar.filter(slag=Meldingsslag.SVAR).order_by("-pk").first()
    return svar.dato if svar is not None else krav.mottatt_dato


def _dato(dato: dt.date | None, tidligst: dt.date) -> dt.date:
    if dato is not None and dato > klokke.idag():
        raise UgyldigInndata({"dato": "Datoen kan ikke være i fremtiden."})
    if dato is not None and dato < tidligst:
        raise UgyldigInndata(
            {"dato": f"Datoen kan ikke være før {dag(tidligst)}. Da var kravet ikke kommet eller besvart."}
        )
    return dato or klokke.idag()


def _aapen_klage(krav: Innsynskrav) -> Innsynsklage:
    klage = krav.klager.filter(utfall="").order_by("pk").first()
    if klage is None:
        raise Avvist(f"{krav} har ingen klage til behandling.")
    return klage


@kommando
def oversend_klage(krav: Innsynskrav, *, av: Bruker) -> Innsynsklage:
    """Send the appeal on to Statsforvalteren. Refused before the request is journalised, and twice."""
    krev(av, Handling.OVERSENDE_INNSYNSKLAGE, krav)
    krav = laas_krav(krav)
    klage = _aapen_klage(krav)
    if klage.oversendt_dato is not None:
        raise Avvist("Klagen er allerede oversendt Statsforvalteren.")
    if krav.journalpost_id is None:
        raise Avvist(IKKE_JOURNALFOERT.format(krav=krav))
    klage.oversendt_dato = klokke.idag()
    klage.save(update_fields=["oversendt_dato"])
    endringer = sett_tilstand(krav, Kravtilstand.OVERSENDT)
    logg(krav, Handling.OVERSENDE_INNSYNSKLAGE, av=av, endringer=endringer)
    legg_i_koe(krav, Meldingsslag.KLAGE)
    return klage


@kommando
def avgjoer_klage(krav: Innsynskrav, utfall: str, merknad: str = "", *, av: Bruker) -> Innsynsklage:
    """Note what became of the appeal. Where it won, the request is to be answered anew, at once (offl. § 32).

    Refused: Statsforvalteren's word before the appeal has been sent there.
    """
    krev(av, Handling.AVGJOERE_INNSYNSKLAGE, krav)
    krav = laas_krav(krav)
    klage = _aapen_klage(krav)
    if utfall not in Klageutfall.values:
        raise UgyldigInndata({"utfall": "Velg hva som ble utfallet av klagen."})
    if utfall in (Klageutfall.STADFESTET, Klageutfall.MEDHOLD) and klage.oversendt_dato is None:
        raise Avvist("Klagen er ikke oversendt Statsforvalteren. Oversend den først.")
    klage.utfall, klage.utfall_dato = utfall, klokke.idag()
    klage.utfall_merknad = rens(merknad, "merknad", 1000)
    if utfall in (Klageutfall.MEDHOLD, Klageutfall.MEDHOLD_HER):
        klage.vurdert_til = Innsynsvurdering.objects.filter(linje__krav=krav).aggregate(n=Max("pk"))["n"] or 0
    klage.save(update_fields=["utfall", "utfall_dato", "utfall_merknad", "vurdert_til"])
    ubesvart = not krav.svar.filter(slag=Meldingsslag.SVAR).exists()
    if ubesvart or utfall in (Klageutfall.MEDHOLD, Klageutfall.MEDHOLD_HER):
        endringer = sett_tilstand(krav, Kravtilstand.MOTTATT, frist=klokke.idag())
    else:
        endringer = sett_tilstand(krav, Kravtilstand.BESVART, noekkel_til=klokke.idag() + NOEKKEL_GJELDER)
    logg(
        krav,
        Handling.AVGJOERE_INNSYNSKLAGE,
        av=av,
        endringer=endringer,
        detaljer={"utfall": klage.get_utfall_display()},
    )
    legg_i_koe(krav, Meldingsslag.KLAGE)
    return klage


@kommando
def journalfoer_krav(krav: Innsynskrav, sak: Sak, grunn: str = "", merknad: str = "", *, av: Bruker) -> Journalpost:
    """Journalise the request in a case, as an incoming letter. By default it is not; nærmere begrunnelse, appeal,
    payment or a question of how access is given make it so (arkivforskrifta § 14 third ledd).

    grunn: which of them; none given: the one that the request itself has. Refused without one, with «annet» unless it
    is said what, and twice.

    The entry names the request and not who asked: no name is needed (offl. § 28), and the journal is public.
    """
    krev(av, Handling.JOURNALFOERE_INNSYNSKRAV, krav)
    krav = laas_krav(krav)
    if krav.journalpost_id is not None:
        raise Avvist(f"{krav} er allerede journalført som {krav.journalpost}.")
    grunn = grunn or journalgrunn(krav)
    merknad = rens(merknad, "merknad", 500)
    if grunn not in Journalgrunn.values:
        raise UgyldigInndata({"grunn": "Velg hvorfor kravet journalføres. Krav om innsyn journalføres ellers ikke."})
    if grunn == Journalgrunn.ANNET and not merknad:
        raise UgyldigInndata({"merknad": "Skriv hvorfor kravet journalføres."})
    paaklaget = krav.klager.exists()
    navn = f"krav-{krav.aar}-{krav.sekvens}.pdf"
    fil = trykk_brev(kravdata(krav, numre(krav), paaklaget=paaklaget), navn)
    journalpost = registrer_i_arkivet(
        sak,
        status="J",
        tittel=f"{'Klage på avslag' if paaklaget else 'Krav'} om innsyn, {krav}",
        avsendere=[Part(navn=f"Innsynskrever, {krav}")],
        dokumentdato=krav.mottatt_dato,
        mottatt_dato=krav.mottatt_dato,
        enhet=sak.enhet,
        dokumenter=[Vedlagt(fil, navn)],
        av=av,
    )
    krav.journalpost, krav.journalgrunn, krav.journalmerknad = journalpost, grunn, merknad
    krav.save(update_fields=["journalpost", "journalgrunn", "journalmerknad"])
    logg(
        krav,
        Handling.JOURNALFOERE_INNSYNSKRAV,
        av=av,
        endringer={"journalpost": (None, str(journalpost))},
        detaljer={"grunn": krav.get_journalgrunn_display()},
    )
    return journalpost
