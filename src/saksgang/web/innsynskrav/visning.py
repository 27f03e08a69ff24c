"""The page of a request: what may be done now, and the documents as their reader may see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from saksgang.innsynskrav import queries
from saksgang.innsynskrav.rules import UBESVART, Kravtilstand
from saksgang.tilgang.queries import rettigheter
from saksgang.tilgang.rules import Rolle
from saksgang.web.adresser import journalpost_url
from saksgang.web.journalpost.historikk import linjer as historikklinjer

if TYPE_CHECKING:
    from saksgang.innsynskrav.models import Innsynskrav, Kravlinje
    from saksgang.organisasjon.models import Bruker


@dataclass
class Dokumentvisning:
    """One document: where its assessment stands, and who is to decide."""

    linje: Kravlinje
    navn: str
    tittel: str
    avgjort: Any
    foreldet: str
    forslag: Any
    leder: bool
    taus: bool
    spoersmaal: list[Any]
    aapent: Any
    tidligere: list[Any]
    vurderinger: list[Any]
    avgjoer: bool


@dataclass
class Postvisning:
    jp: Any
    url: str
    dokumenter: list[Dokumentvisning] = field(default_factory=list)


def _dokument(leser: Bruker, linje: Kravlinje) -> Dokumentvisning:
    leder = queries.krever_leder(linje)
    dokument = linje.dokument
    hva = "Hoveddokument" if dokument is None or dokument.nummer == 1 else f"Vedlegg {dokument.nummer - 1}"
    spoersmaal = list(linje.samtykker.all())
    avgjort = queries.avgjoerelse(linje)
    foreldet = ""
    if avgjort is not None and linje.krav.tilstand in UBESVART:
        foreldet = queries.foreldet(linje, avgjort) or queries.overproevd(linje, avgjort)
    return Dokumentvisning(
        linje=linje,
        navn=hva,
        tittel=dokument.tittel if dokument is not None else "Ingen dokumenter",
        avgjort=avgjort,
        foreldet=foreldet[:1].upper() + foreldet[1:],
        forslag=queries.forslag(linje),
        leder=leder,
        taus=queries.taushetsbelagt(linje) is not None,
        spoersmaal=spoersmaal,
        aapent=next((s for s in spoersmaal if not s.svar), None),
        tidligere=queries.tidligere_svar(linje),
        vurderinger=list(linje.vurderinger.all()),
        avgjoer=queries.avgjoer_selv(leser, linje),
    )


def oversikt(leser: Bruker, krav: Innsynskrav) -> dict[str, Any]:
    """Return what the page shows."""
    arkiv = rettigheter(leser).har(Rolle.ARK)
    linjer, flere = queries.synlige_linjer(leser, krav)
    poster = [
        Postvisning(jp, journalpost_url(jp), [_dokument(leser, linje) for linje in under])
        for jp, under in queries.poster(linjer)
    ]
    svar, klager, meldinger = queries.hva_har_skjedd(krav)
    ubesvart = krav.tilstand in UBESVART
    side = queries.siden_til(krav)
    klage = queries.aapen_klage(krav)
    return {
        "krav": krav,
        "tittel": f"Innsynskrav {krav}",
        "arkiv": arkiv,
        "poster": poster,
        "flere": flere,
        "frister": side.frister,
        "svar": svar,
        "klager": klager,
        "meldinger": meldinger,
        "mangler": queries.mangler_foer_svar(krav) if arkiv and ubesvart else [],
        "kan_vurdere": ubesvart,
        "kan_svare": arkiv and ubesvart,
        "kan_begrunne": arkiv and krav.begrunnelsesoensker.filter(svar__isnull=True).exists(),
        "kan_be_om_begrunnelse": arkiv
        and krav.tilstand == Kravtilstand.BESVART
        and side.klagefrist is not None
        and not queries.har_bedt_om_begrunnelse(krav),
        "kan_klage": arkiv and klage is None and (side.klagefrist is not None or side.kan_klage),
        "klage": klage,
        "maa_journalfoeres": queries.maa_journalfoeres(krav),
        "kan_journalfoere": arkiv and krav.journalpost_id is None,
        "journalpost_url": journalpost_url(krav.journalpost) if krav.journalpost else "",
        "historikk": historikklinjer(queries.hendelser(krav)),
        "side_url": f"/innsyn/krav/{queries.noekkel_for(krav.system_id)}/" if arkiv else "",
    }
