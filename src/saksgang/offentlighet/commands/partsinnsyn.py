"""Partsinnsyn: what a party is given of a case, what is kept back and why, who agreed, who delivered (R-7.1.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saksgang.flyt.commands.flagg import flaggdetaljer, lukk_flagg, opprett_flagg, send_flagg
from saksgang.flyt.rules import Aarsak
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.logg.commands import kommando, logg
from saksgang.offentlighet.models import Partsinnsyn, Partsinnsynslinje
from saksgang.offentlighet.queries.kurver import sist_gradert
from saksgang.offentlighet.queries.partsinnsyn import (
    Partsgrunnlag,
    hent_partsinnsyn,
    hindre_for_utlevering,
    kan_avgjoere,
    partsgrunnlag,
    partsinnsynslinjer,
)
from saksgang.offentlighet.rules import Partsinnsynstilstand, Unntakssvar, Utleveringsmaate, unntaksfeil
from saksgang.organisasjon.models import Bruker
from saksgang.sakarkiv.commands.lesing import noter_lesing
from saksgang.sakarkiv.commands.sak import laas_sak
from saksgang.sakarkiv.models import Sakspart
from saksgang.tilgang.commands import krev
from saksgang.tilgang.queries import kan, rettigheter, synlig
from saksgang.tilgang.rules import Handling

from .partspakke import bestill_pakke


@dataclass(frozen=True)
class Unntak:
    """Why a document is kept from the party: the provision, and the weighty reason in words.

    sladdet: the party gets the approved redacted version instead.
    """

    grunnlag: str
    begrunnelse: str
    sladdet: bool = False


@kommando
def lag_partsinnsyn(part: Sakspart, valg: Mapping[str, Unntak | None], *, av: Bruker) -> Partsinnsyn:
    """Give a party the documents of the case, all of them unless one is kept back with a reason (krav R-7.1.5, A-29).

    valg: for every document that av was shown, by its key, None or why it is kept back (fvl. §§ 18 a, 18 b, 19). With
    nothing kept back the package is made at once; else a leader must agree first, who may be av. Refused while av does
    not see every document, while a grading is undecided, and when the documents are no longer those that were shown.
    """
    krev(av, Handling.LAGE_PARTSINNSYN, part.sak)
    sak = laas_sak(part.sak)
    if part.avsluttet_dato is not None:
        raise Avvist(f"{part.navn} er ikke lenger part i saken.")
    grunnlag = partsgrunnlag(av, sak)
    _krev_klart(grunnlag)
    if set(valg) != {d.noekkel for d in grunnlag.dokumenter}:
        raise Avvist("Dokumentene i saken er endret siden du åpnet siden. Se over lista på nytt.")
    feil = {
        f"{felt}_{d.noekkel}": tekst
        for d in grunnlag.dokumenter
        if (unntak := valg[d.noekkel]) is not None
        for felt, tekst in unntaksfeil(unntak.grunnlag, unntak.begrunnelse, internt=d.er_internt).items()
    }
    for d in grunnlag.dokumenter:
        if (unntak := valg[d.noekkel]) is not None and unntak.sladdet and d.sladdet is None:
            feil[f"sladdet_{d.noekkel}"] = "Dokumentet har ingen godkjent sladdet versjon. Lag den først."
    if feil:
        raise UgyldigInndata(feil)
    antall = sum(unntak is not None for unntak in valg.values())
    partsinnsyn = Partsinnsyn.objects.create(
        sak=sak,
        part=part,
        laget_av=av,
        laget_tid=klokke.naa(),
        antall_unntatt=antall,
        gradert_ved=sist_gradert({d.journalpost.pk: d.journalpost for d in grunnlag.dokumenter}.values()),
    )
    Partsinnsynslinje.objects.bulk_create(
        Partsinnsynslinje(
            partsinnsyn=partsinnsyn,
            nummer=nummer,
            journalpost=d.journalpost,
            dokument=d.dokument,
            versjon=d.versjon,
            unntatt=unntak is not None,
            grunnlag=unntak.grunnlag if unntak else "",
            begrunnelse=unntak.begrunnelse.strip() if unntak else "",
            sladdet=d.sladdet if unntak is not None and unntak.sladdet else None,
        )
        for nummer, d in enumerate(grunnlag.dokumenter, 1)
        for unntak in [valg[d.noekkel]]
    )
    detaljer = {"part": part.navn, "dokumenter": len(valg) - antall, "unntatt": antall}
    logg(partsinnsyn, Handling.LAGE_PARTSINNSYN, av=av, detaljer=detaljer)
    if not antall:
        bestill_pakke(partsinnsyn, av=av)
    elif kan(av, Handling.AVGJOERE_PARTSINNSYN, sak):
        avgjoer_unntak(partsinnsyn, Unntakssvar.GODKJENT, av=av)
    else:
        _spoer_leder(partsinnsyn, av=av)
    return hent_partsinnsyn(av, partsinnsyn.pk)


def _krev_klart(grunnlag: Partsgrunnlag) -> None:
    hindre = []
    if grunnlag.skjulte:
        antall = f"{grunnlag.skjulte} dokument{'er' if grunnlag.skjulte > 1 else ''} du ikke ser"
        hindre.append(f"Saken har {antall}. Be lederen eller arkivtjenesten gi partsinnsynet.")
    if grunnlag.uavklarte:
        hvilke = ", ".join(str(jp) for jp in grunnlag.uavklarte)
        hindre.append(f"Graderingen av {hvilke} er ikke avgjort. Be lederen avgjøre den først.")
    if not grunnlag.dokumenter and not hindre:
        hindre.append("Saken har ingen ferdige dokumenter ennå.")
    if hindre:
        raise Avvist(hindre)


def _spoer_leder(partsinnsyn: Partsinnsyn, *, av: Bruker) -> None:
    """Put it before the leaders and deputies who see all of it: a flag that stands with them until one has answered."""
    ledere = [leder for leder in kan_avgjoere(partsinnsyn) if leder.pk != av.pk]
    if not ledere:
        raise Avvist(
            f"Ingen leder av {partsinnsyn.sak.enhet.navn} ser alle dokumentene og kan godkjenne unntakene. "
            "Saksansvarlig kan gi lederen «Lese graderte» i saken."
        )
    tekst = (
        f"Partsinnsyn for {partsinnsyn.part.navn}: {_antall_unntatt(partsinnsyn)} foreslått unntatt. Åpne saken, "
        "Parter, og godkjenn eller avslå unntaket."
    )
    for leder in ledere:
        partsinnsyn.flagg.add(send_flagg(partsinnsyn.sak, av=av, til=leder, aarsak=Aarsak.GRADERING, tekst=tekst))


def _antall_unntatt(partsinnsyn: Partsinnsyn) -> str:
    n = partsinnsyn.antall_unntatt
    return f"{n} dokument{'er' if n > 1 else ''} er"


def _laas(partsinnsyn: Partsinnsyn, *, av: Bruker, handling: Handling) -> tuple[Partsinnsyn, int | None]:
    """Return the row under a lock, and on whose behalf av acts. Refused where av does not see every document of it."""
    hent_partsinnsyn(av, partsinnsyn.pk)
    rader = Partsinnsyn.objects.select_for_update(of=("self",)).select_related("sak__enhet", "part", "laget_av")
    rad = rader.get(pk=partsinnsyn.pk)
    return rad, krev(av, handling, rad.sak).paa_vegne_av_id


@kommando
def avgjoer_unntak(partsinnsyn: Partsinnsyn, svar: str, kommentar: str = "", *, av: Bruker) -> Partsinnsyn:
    """Agree to what is kept back, or not, with a comment; agreed, the package is made (krav R-7.1.5, A-29).

    Refused for all but the leader of the case's unit and the deputy, twice, a refusal without a comment, and a yes to
    what is no longer what was weighed.
    """
    partsinnsyn, for_id = _laas(partsinnsyn, av=av, handling=Handling.AVGJOERE_PARTSINNSYN)
    if partsinnsyn.tilstand != Partsinnsynstilstand.VENTER:
        raise Avvist("Unntakene er allerede avgjort. Last siden på nytt.")
    kommentar = kommentar.strip()
    if svar not in Unntakssvar:
        raise UgyldigInndata({"svar": "Velg om du godkjenner unntakene."})
    if svar == Unntakssvar.IKKE_GODKJENT and not kommentar:
        raise UgyldigInndata({"kommentar": "Skriv hva saksbehandleren må endre."})
    if svar == Unntakssvar.GODKJENT:
        _krev_uendret(partsinnsyn)
    if len(kommentar) > 1000:
        raise UgyldigInndata({"kommentar": f"Kommentaren er {len(kommentar)} tegn. Kort den ned til 1000."})
    partsinnsyn.svar, partsinnsyn.svar_kommentar, partsinnsyn.svart_av = svar, kommentar, av
    partsinnsyn.svart_paa_vegne_av_id, partsinnsyn.svart_tid = for_id, klokke.naa()
    partsinnsyn.save(update_fields=["svar", "svar_kommentar", "svart_av", "svart_paa_vegne_av", "svart_tid"])
    ord_ = Unntakssvar(svar).label
    logg(
        partsinnsyn,
        Handling.AVGJOERE_PARTSINNSYN,
        av=av,
        detaljer={"part": partsinnsyn.part.navn, "svar": ord_, "unntatt": partsinnsyn.antall_unntatt},
    )
    for flagg in partsinnsyn.flagg.filter(behandlet_tid__isnull=True).order_by("pk"):
        logg(flagg, Handling.BESVARE_FLAGG, av=av, endringer=lukk_flagg(flagg, ord_, av=av))
    _svar_til(partsinnsyn, ord_, av=av)
    if svar == Unntakssvar.GODKJENT:
        bestill_pakke(partsinnsyn, av=av)
    return hent_partsinnsyn(av, partsinnsyn.pk)


def _svar_til(partsinnsyn: Partsinnsyn, ord_: str, *, av: Bruker) -> None:
    """Tell who asked, as an answer to the flag; the reasons stand on the page, which not everybody may open."""
    spurte = partsinnsyn.laget_av
    if spurte.pk == av.pk or not synlig(partsinnsyn.sak, rettigheter(spurte)):
        return
    tekst = f"Unntakene i partsinnsynet for {partsinnsyn.part.navn}: {ord_.lower()}. Se saken, Parter."
    flagg = opprett_flagg(partsinnsyn.sak, av=av, til=spurte, aarsak=Aarsak.SVAR, tekst=tekst)
    logg(flagg, Handling.SENDE_FLAGG, av=av, detaljer=flaggdetaljer(flagg))


def _krev_uendret(partsinnsyn: Partsinnsyn) -> None:
    """Refuse to give out what is not what was weighed, with every reason."""
    if hindre := hindre_for_utlevering(partsinnsyn):
        raise Avvist([*hindre, "Lag et nytt partsinnsyn."])


@kommando
def lever_partsinnsyn(partsinnsyn: Partsinnsyn, maate: str, mottaker: str, *, av: Bruker) -> Partsinnsyn:
    """Note that the party has got the package: how, who received it, and what was in it (krav R-7.1.5).

    Refused before the package is made and twice; where something in it is no longer what was weighed, and where av no
    longer sees all of it; by e-mail when a document in it is coded (A-33).
    """
    partsinnsyn, _ = _laas(partsinnsyn, av=av, handling=Handling.LEVERE_PARTSINNSYN)
    if partsinnsyn.tilstand == Partsinnsynstilstand.LEVERT:
        raise Avvist("Pakken er allerede levert ut. Lag et nytt partsinnsyn om parten skal ha mer.")
    if partsinnsyn.tilstand != Partsinnsynstilstand.KLAR:
        raise Avvist("Pakken er ikke klar. Unntak må være godkjent, og pakken laget, før den leveres ut.")
    gitt = [linje for linje in partsinnsynslinjer(partsinnsyn) if linje.gis]
    poster = {linje.journalpost_id: linje.journalpost for linje in gitt}
    _krev_uendret(partsinnsyn)
    felter = {}
    if maate not in Utleveringsmaate:
        felter["maate"] = "Velg hvordan parten fikk pakken."
    elif maate == Utleveringsmaate.EPOST and any(jp.tilgangskode_id is not None for jp in poster.values()):
        felter["maate"] = "Pakken har skjermede dokumenter og sendes ikke med e-post. Lever den ut eller send i posten."
    if not mottaker.strip():
        felter["mottaker"] = "Skriv hvem som fikk pakken."
    if felter:
        raise UgyldigInndata(felter)
    partsinnsyn.levert_av, partsinnsyn.levert_tid = av, klokke.naa()
    partsinnsyn.levert_maate, partsinnsyn.mottaker = maate, mottaker.strip()[:300]
    partsinnsyn.save(update_fields=["levert_av", "levert_tid", "levert_maate", "mottaker"])
    felles = {
        "part": partsinnsyn.part.navn,
        "mottaker": partsinnsyn.mottaker,
        "måte": Utleveringsmaate(maate).label,
    }
    assert partsinnsyn.pakke is not None  # noqa: S101 - it is KLAR
    numre = ", ".join(str(jp.journalpostnummer) for jp in poster.values())
    logg(
        partsinnsyn,
        Handling.LEVERE_PARTSINNSYN,
        av=av,
        detaljer={**felles, "journalposter": numre, "pakke": partsinnsyn.pakke.sha256},
    )
    for jp in poster.values():
        egne = [linje for linje in gitt if linje.dokument is not None and linje.journalpost_id == jp.pk]
        dokumenter = [linje.dokument.nummer for linje in egne if linje.dokument and not linje.unntatt]
        sladdet = [linje.dokument.nummer for linje in egne if linje.dokument and linje.unntatt]
        logg(jp, Handling.GI_PARTEN_INNSYN, av=av, detaljer={**felles, "dokumenter": dokumenter, "sladdet": sladdet})
    return partsinnsyn


@kommando
def pakk_paa_nytt(partsinnsyn: Partsinnsyn, *, av: Bruker) -> Partsinnsyn:
    """Try again to make a package that failed, as when it was over the limit of size. Refused for all others."""
    partsinnsyn, _ = _laas(partsinnsyn, av=av, handling=Handling.LAGE_PARTSINNSYN)
    if partsinnsyn.tilstand != Partsinnsynstilstand.FEILET:
        raise Avvist("Pakken er laget eller lages nå. Last siden på nytt.")
    _krev_uendret(partsinnsyn)
    partsinnsyn.pakkefeil = ""
    partsinnsyn.save(update_fields=["pakkefeil"])
    logg(partsinnsyn, Handling.LAGE_PARTSINNSYN, av=av, detaljer={"part": partsinnsyn.part.navn, "forsøk": "på nytt"})
    bestill_pakke(partsinnsyn, av=av)
    return hent_partsinnsyn(av, partsinnsyn.pk)


@kommando
def noter_pakkelesing(partsinnsyn: Partsinnsyn, *, av: Bruker) -> None:
    """Log that av opened the package or its list; what is coded in it is logged as read, too (krav R-C.4).

    Refused before the delivery where something in it is no longer what was weighed: who has it, gives it out.
    """
    _krev_uendret(partsinnsyn)
    logg(
        partsinnsyn, Handling.LESE_PARTSINNSYN, av=av, detaljer={"part": partsinnsyn.part.navn}, lesing=True
    )  # fmt: skip
    for jp in {linje.journalpost_id: linje.journalpost for linje in partsinnsynslinjer(partsinnsyn)}.values():
        noter_lesing(jp, av=av)
