"""Flag messages: sent, answered, handled (krav R-C.2)."""

from __future__ import annotations

from typing import Any

from saksgang.flyt.models import Flagg
from saksgang.flyt.queries import er_mottaker, ledere_for
from saksgang.flyt.rules import SPOERSMAAL_TIL_LEDER, Aarsak, Flaggtype, Koe
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, IkkeTilgang, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.felles import krev_aktiv_bruker
from saksgang.sakarkiv.commands.fordeling import fordel
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.commands.sak import rediger_sak
from saksgang.sakarkiv.commands.skriveregel import MAKS_BEGRUNNELSE, krev_tittel
from saksgang.sakarkiv.models import InternMottaker, Journalpost, Sak
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import kan, rettigheter, synlig
from saksgang.tilgang.rules import Handling

MAKS_TEKST = 4000


@kommando
def send_flagg(
    objekt: Sak | Journalpost,
    *,
    av: Bruker,
    tekst: str,
    til: Bruker | None = None,
    koe: str = "",
    aarsak: str = Aarsak.MELDING,
    foreslaatt_tittel: str = "",
    maalsak: Sak | None = None,
) -> Flagg:
    """Send a Beskjed/Merknad about a case or journalpost to a person, or to the archive's queue (krav R-10.1.2b).

    A proposed title (R-10.1.4b) or a case to move to (R-10.11.1) may come with it. Refused without text, to somebody
    who is no active user, and to somebody who may not see the object or that case: the answer names the person.
    """
    krev(av, Handling.SENDE_FLAGG, objekt)
    if aarsak not in set(Aarsak) - {Aarsak.SVAR}:
        raise UgyldigInndata({"aarsak": "Velg hva meldingen gjelder."})
    felter = {"tekst": _krev_tekst(tekst)}
    if (til is None) == (koe == ""):
        raise UgyldigInndata({"til": "Velg én mottaker: en person eller arkivet."})
    if til is not None:
        _krev_mottaker(til, objekt, av=av)
    elif koe not in set(Koe):
        raise UgyldigInndata({"til": "Køen finnes ikke. Velg en person eller arkivet."})
    if foreslaatt_tittel or aarsak == Aarsak.TITTEL:
        felter["foreslaatt_tittel"] = _krev_ny_tittel(objekt, foreslaatt_tittel, aarsak, tekst)
    if maalsak is not None:
        _krev_maalsak(objekt, maalsak, aarsak, av=av, til=til)
    flagg = opprett_flagg(objekt, av=av, til=til, koe=koe, aarsak=aarsak, maalsak=maalsak, **felter)
    logg(flagg, Handling.SENDE_FLAGG, av=av, detaljer=flaggdetaljer(flagg))
    return flagg


def opprett_flagg(objekt: Sak | Journalpost, *, av: Bruker, til: Bruker | None, koe: str = "", **felter: Any) -> Flagg:
    """Make the row of a flag; part of another act, which asks and logs."""
    return Flagg.objects.create(
        sak=objekt.sak if isinstance(objekt, Journalpost) else objekt,
        journalpost=objekt if isinstance(objekt, Journalpost) else None,
        fra=av,
        til_bruker=til,
        til_koe=koe,
        sendt_tid=klokke.naa(),
        **felter,
    )


def flaggdetaljer(flagg: Flagg) -> dict[str, Any]:
    """Return what the log keeps of a flag."""
    detaljer: dict[str, Any] = {
        "type": flagg.type,
        "til": flagg.til_bruker or Koe(flagg.til_koe).label,
        "tekst": flagg.tekst,
    }
    if flagg.type == Flaggtype.BESKJED:
        detaljer["årsak"] = Aarsak(flagg.aarsak).label
    if flagg.foreslaatt_tittel:
        detaljer["foreslått tittel"] = flagg.foreslaatt_tittel
    if flagg.maalsak is not None:
        detaljer["flyttes til"] = flagg.maalsak.saksnummer
    return detaljer


def _krev_tekst(tekst: str, felt: str = "tekst") -> str:
    tekst = tekst.strip()
    if not tekst:
        raise UgyldigInndata({felt: "Meldingen er tom. Skriv hva den gjelder."})
    if len(tekst) > MAKS_TEKST:
        raise UgyldigInndata({felt: f"Meldingen er {len(tekst)} tegn. Kort den ned til {MAKS_TEKST} eller færre."})
    return tekst


def _krev_mottaker(til: Bruker, objekt: Sak | Journalpost, *, av: Bruker) -> None:
    krev_aktiv_bruker(til, "til")
    if til.pk == av.pk:
        raise UgyldigInndata({"til": "Du kan ikke sende flagg til deg selv. Velg en annen mottaker."})
    if not synlig(objekt, rettigheter(til)):
        raise UgyldigInndata(
            {"til": f"{til.navn} har ikke tilgang til {objekt}. Saksansvarlig eller leder kan gi tilgang først."}
        )


def _krev_ny_tittel(objekt: Sak | Journalpost, tittel: str, aarsak: str, hvorfor: str) -> str:
    if aarsak != Aarsak.TITTEL:
        raise UgyldigInndata({"foreslaatt_tittel": "Ny tittel foreslås med årsaken «Forslag til ny tittel»."})
    tittel = krev_tittel(tittel, felt="foreslaatt_tittel", begrunnelse=hvorfor[:MAKS_BEGRUNNELSE])
    if tittel == objekt.tittel:
        raise UgyldigInndata({"foreslaatt_tittel": "Forslaget er likt tittelen som står. Skriv den nye tittelen."})
    return tittel


def _krev_maalsak(objekt: Sak | Journalpost, maalsak: Sak, aarsak: str, *, av: Bruker, til: Bruker | None) -> None:
    if aarsak != Aarsak.FLYTTING or not isinstance(objekt, Journalpost):
        raise UgyldigInndata({"maalsak": "Ny sak velges når en journalpost skal flyttes."})
    if not kan(av, Handling.LESE_SAK, maalsak):
        raise UgyldigInndata({"maalsak": "Saken finnes ikke, eller du har ikke tilgang til den."})
    if maalsak.pk == objekt.sak_id:
        raise UgyldigInndata({"maalsak": f"{objekt} ligger allerede i sak {maalsak.saksnummer}. Velg en annen sak."})
    if til is not None and not synlig(maalsak, rettigheter(til)):
        raise UgyldigInndata({"til": f"{til.navn} har ikke tilgang til sak {maalsak.saksnummer}."})


@kommando
def spoer_leder(objekt: Sak | Journalpost, *, av: Bruker, tekst: str, aarsak: str = Aarsak.GRADERING) -> list[Flagg]:
    """«Spør leder»: a flag to those who lead the object's unit, about grading or a restanse (krav R-10.1.5b, R-10.8.3).

    Refused where the unit has no leader but av.
    """
    krev(av, Handling.SENDE_FLAGG, objekt)
    if aarsak not in SPOERSMAAL_TIL_LEDER:
        raise UgyldigInndata({"aarsak": "Velg om spørsmålet gjelder gradering eller restanse."})
    ledere = [leder for leder in ledere_for(objekt) if leder.pk != av.pk and synlig(objekt, rettigheter(leder))]
    if not ledere:
        raise Avvist(f"Enheten {objekt.enhet.navn} har ingen annen leder å spørre. Send meldingen til en person.")
    return [send_flagg(objekt, av=av, til=leder, aarsak=aarsak, tekst=tekst) for leder in ledere]


def _laas(flagg: Flagg) -> Flagg:
    return (
        Flagg.objects.select_for_update(of=("self",))
        .select_related("fra", "til_bruker", "sak", "journalpost__sak", "maalsak")
        .get(pk=flagg.pk)
    )


def _krev_aapent(flagg: Flagg, handling: Handling, *, av: Bruker) -> Flagg:
    """Return the flag under a row lock. Refused for others than its receiver, and when it is handled."""
    flagg = _laas(flagg)
    krev(av, handling, flagg)
    if not er_mottaker(flagg, av):
        raise IkkeTilgang("Flagget er til en annen.")
    if not flagg.er_aapent:
        raise Avvist("Flagget er allerede behandlet.")
    if flagg.type == Flaggtype.TIL_GODKJENNING:
        raise Avvist("Flagget ber om godkjenning. Svar «Godkjent» eller «Ikke godkjent».")
    return flagg


def lukk_flagg(flagg: Flagg, merknad: str = "", *, av: Bruker) -> dict[str, tuple[Any, Any]]:
    """Note that a flag is handled; part of another act, which asks and logs. Return what changed."""
    flagg.behandlet_tid, flagg.behandlet_av, flagg.behandlet_merknad = klokke.naa(), av, merknad
    flagg.lest_tid = flagg.lest_tid or flagg.behandlet_tid
    flagg.save(update_fields=["behandlet_tid", "behandlet_av", "behandlet_merknad", "lest_tid"])
    return {"behandlet": (None, flagg.behandlet_tid)}


@kommando
def besvar_flagg(flagg: Flagg, tekst: str, *, av: Bruker) -> Flagg:
    """Answer a flag: a new flag to the sender, and the first is handled (krav R-10.1.5b). Return the answer.

    Refused for others than its receiver, when handled, without text, and when the sender may no longer see the object.
    """
    flagg = _krev_aapent(flagg, Handling.BESVARE_FLAGG, av=av)
    tekst = _krev_tekst(tekst)
    if flagg.fra_id == av.pk:
        raise Avvist("Du sendte flagget selv. Marker det som behandlet.")
    if not synlig(flagg, rettigheter(flagg.fra)):
        raise Avvist(f"{flagg.fra.navn} har ikke lenger tilgang til {flagg.objekt}. Marker flagget som behandlet.")
    svar = opprett_flagg(flagg.objekt, av=av, til=flagg.fra, koe="", aarsak=Aarsak.SVAR, tekst=tekst, svar_paa=flagg)
    logg(flagg, Handling.BESVARE_FLAGG, av=av, endringer=lukk_flagg(flagg, av=av))
    logg(svar, Handling.SENDE_FLAGG, av=av, detaljer=flaggdetaljer(svar))
    return svar


@kommando
def behandle_flagg(flagg: Flagg, *, av: Bruker, tekst: str = "") -> Flagg:
    """Mark a flag as handled, with a remark if wanted; the sender is notified (krav R-10.10.2).

    Refused for others than its receiver, or any archivist for the queue, and twice.
    """
    flagg = _krev_aapent(flagg, Handling.BEHANDLE_FLAGG, av=av)
    tekst = tekst.strip()
    if len(tekst) > 500:
        raise UgyldigInndata({"tekst": f"Merknaden er {len(tekst)} tegn. Kort den ned til 500 eller færre."})
    endringer = lukk_flagg(flagg, tekst, av=av)
    logg(flagg, Handling.BEHANDLE_FLAGG, av=av, endringer=endringer, detaljer={"merknad": tekst} if tekst else None)
    return flagg


@kommando
def les_flagg(flagg: Flagg, *, av: Bruker) -> Flagg:
    """Note when a receiver first opened the flag. Others who open it leave it unread."""
    flagg = _laas(flagg)
    krev(av, Handling.LESE_FLAGG, flagg)
    if flagg.lest_tid is None and er_mottaker(flagg, av):
        flagg.lest_tid = klokke.naa()
        flagg.save(update_fields=["lest_tid"])
        logg(flagg, Handling.LESE_FLAGG, av=av)
    return flagg


@kommando
def bruk_foreslaatt_tittel(flagg: Flagg, *, av: Bruker) -> Flagg:
    """Give the object the proposed title, and handle the flag (krav R-10.1.4b, A-11).

    Refused where no title is proposed, and where the title cannot be changed now: see rediger_journalpost.
    """
    flagg = _laas(flagg)
    krev(av, Handling.BRUKE_TITTELFORSLAG, flagg)
    if not flagg.er_aapent:
        raise Avvist("Flagget er allerede behandlet.")
    if flagg.aarsak != Aarsak.TITTEL:
        raise Avvist("Flagget foreslår ingen ny tittel.")
    if flagg.journalpost is not None:
        rediger_journalpost(
            flagg.journalpost,
            tittel=flagg.foreslaatt_tittel,
            tittelbegrunnelse=flagg.tekst[:MAKS_BEGRUNNELSE],
            av=av,
        )
    else:
        rediger_sak(flagg.sak, tittel=flagg.foreslaatt_tittel, tittelbegrunnelse=flagg.tekst[:MAKS_BEGRUNNELSE], av=av)
    logg(flagg, Handling.BRUKE_TITTELFORSLAG, av=av, endringer=lukk_flagg(flagg, "Forslaget er brukt.", av=av))
    return flagg


@kommando
def fordel_paa_nytt(flagg: Flagg, mottaker: InternMottaker, saksbehandler: Bruker, *, av: Bruker) -> Flagg:
    """Give a misdistributed letter or note to somebody else, and handle the flag about it (krav R-10.1.2b).

    Refused where the recipient's row is not of the flag's journalpost, and as fordel and behandle_flagg refuse.
    """
    if flagg.journalpost_id is None or mottaker.journalpost_id != flagg.journalpost_id:
        raise Avvist("Flagget gjelder ikke denne journalposten.")
    fordel(mottaker, saksbehandler, av=av)
    return behandle_flagg(flagg, tekst=f"Fordelt til {saksbehandler.navn}.", av=av)
