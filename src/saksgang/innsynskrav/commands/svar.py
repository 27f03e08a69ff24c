"""The answer: a letter with every outcome and its hjemmel, and the files that it hands out (offl. §§ 30, 31)."""

from __future__ import annotations

from saksgang.innsynskrav.models import Innsynskrav, Innsynssvar, Innsynsvurdering, Kravlinje, Utlevering
from saksgang.innsynskrav.queries.filer import kodede, utlevert_fil_for
from saksgang.innsynskrav.queries.svar import avgjorte, brevdata, har_avslag, mangler_foer_svar
from saksgang.innsynskrav.rules import NOEKKEL_GJELDER, VEDLEGG_I_EPOST, Kravtilstand, Meldingsslag, Utfall
from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.tilgang.commands import krev
from saksgang.tilgang.rules import Handling

from .epost import legg_i_koe
from .felles import laas_krav, rens, sett_tilstand, trykk_brev

ENDELSER = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "text/plain": "txt"}


@kommando
def svar_paa_krav(krav: Innsynskrav, tekst: str = "", *, av: Bruker) -> Innsynssvar:
    """Send the answer. Refused with every reason at once while a document is undecided, a redacted variant is not
    approved, taushetsplikt stands, or consent is waited for (krav R-7.1.1.f, R-7.1.6.a).

    What is given is handed out as it is now; the code of the entry stays what it was.
    """
    krev(av, Handling.SVARE_INNSYNSKRAV, krav)
    krav = laas_krav(krav)
    tekst = rens(tekst, "tekst")
    if mangler := mangler_foer_svar(krav, tekst):
        raise Avvist(mangler)
    vurdert, idag = avgjorte(krav), klokke.idag()
    svar = Innsynssvar.objects.create(
        krav=krav,
        slag=Meldingsslag.SVAR,
        tekst=tekst,
        har_avslag=har_avslag(vurdert),
        brev=trykk_brev(brevdata(krav, tekst, idag, vurdert), f"svar-{krav.aar}-{krav.sekvens}.pdf"),
        av=av,
        tid=klokke.naa(),
        dato=idag,
    )
    i_epost = 0
    for linje, vurdering in vurdert:
        i_epost = _lever(svar, linje, vurdering, i_epost)
    endringer = sett_tilstand(krav, Kravtilstand.BESVART, noekkel_til=idag + NOEKKEL_GJELDER)
    utfall = {str(linje): v.get_utfall_display() for linje, v in vurdert}
    logg(krav, Handling.SVARE_INNSYNSKRAV, av=av, endringer=endringer, detaljer=utfall)
    legg_i_koe(krav, Meldingsslag.SVAR, svar)
    return svar


def _lever(svar: Innsynssvar, linje: Kravlinje, vurdering: Innsynsvurdering, i_epost: int) -> int:
    """Hand out the document as far as it is given; return the size of what goes with the e-mail."""
    if vurdering.utfall == Utfall.AVSLAG or linje.dokument is None:
        return i_epost
    helt = vurdering.utfall == Utfall.HELT
    fil = utlevert_fil_for(linje.dokument, helt=helt)
    assert fil is not None  # noqa: S101 - mangler_foer_svar has asked
    # What a coded document says does not go over an open line, nor identity numbers; it is fetched with the key.
    aapen = not helt or not (kodede(linje) or vurdering.foedselsnummer_gis)
    med = aapen and i_epost + fil.stoerrelse <= VEDLEGG_I_EPOST
    sak = linje.journalpost.sak
    Utlevering.objects.create(
        svar=svar,
        vurdering=vurdering,
        fil=fil,
        filnavn=(
            f"{sak.aar}-{sak.sekvens}-{linje.journalpost.journalpostnummer}-{linje.dokument.nummer}."
            f"{ENDELSER.get(fil.mimetype, 'bin')}"
        ),
        i_epost=med,
    )
    return i_epost + fil.stoerrelse if med else i_epost


@kommando
def noter_henting(utlevert: Utlevering) -> None:
    """Log that the requester fetched a file; who that is, nobody asks."""
    jp = utlevert.vurdering.linje.journalpost
    logg(jp, Handling.HENTE_INNSYN, av=None, detaljer={"krav": str(utlevert.svar.krav)}, lesing=True)
