"""A request comes in: from the public site, or registered by the archive as it was said or written (offl. § 28)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from saksgang.arkivstruktur.commands import neste_nummer
from saksgang.innsynskrav.models import Innsynskrav, Kravlinje
from saksgang.innsynskrav.queries.bestilling import bestilte_poster
from saksgang.innsynskrav.queries.noekkel import hash_av, noekkel_for
from saksgang.innsynskrav.rules import FLEST_POSTER, NOEKKEL_GJELDER, Kanal, Kravtilstand, Meldingsslag, svarfrist
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.models import Journalpost
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .epost import legg_i_koe
from .felles import krev_ubesvart, laas_krav, legg_til_linjer, rens, sett_tilstand

LENGST_SIDEN = dt.timedelta(days=366)
IKKE_PAA_LISTA = (
    "{antall} av journalpostene i kurven står ikke på postlista. Ta dem ut, eller beskriv det du vil ha innsyn i."
)


def _epost(epost: str) -> str:
    epost = epost.strip()
    if epost:
        try:
            validate_email(epost)
        except ValidationError:
            raise UgyldigInndata(
                {"epost": "E-postadressen kan ikke brukes. Skriv den som navn@eksempel.no, eller la feltet stå tomt."}
            ) from None
    return epost


def _nytt(
    *,
    kanal: str,
    mottatt: dt.date,
    poster: Sequence[Journalpost],
    navn: str,
    epost: str,
    tekst: str,
    om_sak: str,
    av: Bruker | None,
    kontaktpunkt: str = "",
) -> Innsynskrav:
    tekst, om_sak = rens(tekst, "tekst"), rens(om_sak, "om_sak", 300)
    if not poster and not tekst and not om_sak:
        raise UgyldigInndata(
            {"tekst": "Skriv hvilken sak eller hvilke dokumenter kravet gjelder, eller velg dem på postlista."}
        )
    system_id = uuid.uuid4()
    krav = Innsynskrav.objects.create(
        system_id=system_id,
        aar=klokke.idag().year,
        sekvens=neste_nummer("innsynskrav", klokke.idag().year),
        kanal=kanal,
        mottatt_dato=mottatt,
        registrert_tid=klokke.naa(),
        registrert_av=av,
        navn=rens(navn, "navn", 200),
        epost=_epost(epost),
        kontaktpunkt=rens(kontaktpunkt, "kontaktpunkt", 300),
        tekst=tekst,
        om_sak=om_sak,
        frist=svarfrist(mottatt, [], mottatt),
        noekkel_hash=hash_av(noekkel_for(system_id)),
    )
    legg_til_linjer(krav, poster, av=av)
    logg(krav, Handling.REGISTRERE_INNSYNSKRAV, av=av, detaljer={"kanal": krav.get_kanal_display()})
    legg_i_koe(krav, Meldingsslag.KVITTERING)
    return krav


@kommando
def krev_innsyn(
    referanser: Sequence[tuple[int, int, int]], *, navn: str = "", epost: str = "", tekst: str = "", om_sak: str = ""
) -> Innsynskrav:
    """Receive a request from the public site: nobody is asked who they are (offl. § 28).

    referanser: year, case and entry number. Refused where one of them is not on the public list now, whether it is
    hidden or never was; and where nothing is asked for.
    """
    if len(referanser) > FLEST_POSTER:
        raise UgyldigInndata(
            {"poster": f"Et krav kan gjelde høyst {FLEST_POSTER} journalposter. Send resten i et nytt krav."}
        )
    poster = bestilte_poster(referanser)
    if mangler := len(set(referanser)) - len(poster):
        raise UgyldigInndata({"poster": IKKE_PAA_LISTA.format(antall=mangler)})
    return _nytt(
        kanal=Kanal.NETT,
        mottatt=klokke.idag(),
        poster=poster,
        navn=navn,
        epost=epost,
        tekst=tekst,
        om_sak=om_sak,
        av=None,
    )


@kommando
def registrer_krav(
    *,
    kanal: str,
    mottatt_dato: dt.date,
    av: Bruker,
    poster: Sequence[Journalpost] = (),
    navn: str = "",
    epost: str = "",
    kontaktpunkt: str = "",
    tekst: str = "",
    om_sak: str = "",
) -> Innsynskrav:
    """Register a request that came orally, by letter or by e-mail. For the archive.

    Refused with a date to come, or more than a year back.
    """
    krev(av, Handling.REGISTRERE_INNSYNSKRAV)
    if kanal not in Kanal.values or kanal == Kanal.NETT:
        raise UgyldigInndata({"kanal": "Velg hvordan kravet kom: e-post, muntlig eller brev."})
    if mottatt_dato > klokke.idag():
        raise UgyldigInndata({"mottatt_dato": "Mottatt dato kan ikke være i fremtiden."})
    if mottatt_dato < klokke.idag() - LENGST_SIDEN:
        raise UgyldigInndata({"mottatt_dato": "Mottatt dato er mer enn ett år tilbake. Kontroller årstallet."})
    for jp in poster:
        krev(av, Handling.LESE, jp)
    return _nytt(
        kanal=kanal,
        mottatt=mottatt_dato,
        poster=poster,
        navn=navn,
        epost=epost,
        kontaktpunkt=kontaktpunkt,
        tekst=tekst,
        om_sak=om_sak,
        av=av,
    )


@kommando
def legg_til_poster(krav: Innsynskrav, poster: Sequence[Journalpost], *, av: Bruker) -> Innsynskrav:
    """Add the entries that a request described in words is about. Refused when it is answered."""
    krev(av, Handling.BEHANDLE_INNSYNSKRAV, krav)
    for jp in poster:
        krev(av, Handling.LESE, jp)
    krav = laas_krav(krav)
    krev_ubesvart(krav)
    if not poster:
        raise UgyldigInndata({"poster": "Skriv nummeret på minst én journalpost, som 2026/101-5."})
    legg_til_linjer(krav, poster, av=av)
    logg(krav, Handling.BEHANDLE_INNSYNSKRAV, av=av, detaljer={"til": [str(jp) for jp in poster]})
    return krav


@kommando
def ta_ut_linje(linje: Kravlinje, begrunnelse: str, *, av: Bruker) -> Kravlinje:
    """Take a document out of the request: put in by mistake, or no longer wanted. The row stays, with the reason."""
    krev(av, Handling.BEHANDLE_INNSYNSKRAV, linje)
    krav = laas_krav(linje.krav)
    krev_ubesvart(krav)
    if not Kravlinje.objects.filter(pk=linje.pk, tatt_ut_tid__isnull=True).exists():
        raise Avvist(f"{linje} er alt tatt ut av kravet.")
    if not begrunnelse.strip():
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv hvorfor dokumentet tas ut av kravet."})
    linje.tatt_ut_tid, linje.tatt_ut_grunn = klokke.naa(), rens(begrunnelse, "begrunnelse", 500)
    linje.save(update_fields=["tatt_ut_tid", "tatt_ut_grunn"])
    logg(krav, Handling.BEHANDLE_INNSYNSKRAV, av=av, detaljer={"tatt ut": str(linje)})
    return linje


@kommando
def avslutt_uten_svar(krav: Innsynskrav, begrunnelse: str, *, av: Bruker) -> Innsynskrav:
    """End a request that was withdrawn, or that is none. Refused without the reason, and when it is answered."""
    krev(av, Handling.AVSLUTTE_INNSYNSKRAV, krav)
    krav = laas_krav(krav)
    krev_ubesvart(krav)
    if not begrunnelse.strip():
        raise UgyldigInndata({"begrunnelse": "Begrunnelse mangler. Skriv hvorfor kravet ikke besvares."})
    grunn = rens(begrunnelse, "begrunnelse", 500)
    endringer = sett_tilstand(
        krav, Kravtilstand.TRUKKET, avsluttet_grunn=grunn, noekkel_til=klokke.idag() + NOEKKEL_GJELDER
    )
    logg(krav, Handling.AVSLUTTE_INNSYNSKRAV, av=av, endringer=endringer)
    return krav
