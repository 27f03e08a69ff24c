"""What the writing page does in one act: an answer with its document, another template, another title."""

from __future__ import annotations

from collections.abc import Sequence

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist
from saksgang.lager.queries import innhold
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.docx.prosess import Bestilling, flett
from saksgang.produksjon.docx.rentekst import fra_ren_tekst
from saksgang.produksjon.models import Tekst, Tekstmal
from saksgang.produksjon.queries.fakta import fakta_for
from saksgang.produksjon.queries.fletting import egenskaper, siste_versjon, skrives_i_fil
from saksgang.produksjon.queries.maler import maler_for
from saksgang.sakarkiv.commands.besvarelse import besvar
from saksgang.sakarkiv.commands.dokument import endre_dokumenttittel, krev_ulaast, laas_for_endring, meld_endret
from saksgang.sakarkiv.commands.journalpost import rediger_journalpost
from saksgang.sakarkiv.models import Dokument, InternMottaker, Journalpost
from saksgang.sakarkiv.rules import Svarmaate
from saksgang.tilgang.rules import Handling

from .tekst import krev_malversjon, laas_tekst, lag_dokument, rens_brodtekst, skriv_tekst


@kommando
def begynn_svar(
    journalpost: Journalpost,
    maate: str,
    *,
    av: Bruker,
    journalposttype: str | None = None,
    ogsaa: Sequence[Journalpost] = (),
    mottaker: InternMottaker | None = None,
) -> Journalpost:
    """Make the answer to a letter or note, with a document from the template that suits it best (krav R-10.2.2.2).

    Refused where besvar is. Where no template is in use for the type, the answer comes without a document.
    """
    svar = besvar(journalpost, maate, journalposttype=journalposttype, ogsaa=ogsaa, mottaker=mottaker, av=av)
    maler = maler_for(svar.journalposttype, foreloepig=maate == Svarmaate.FORELOEPIG)
    if maler:
        lag_dokument(svar, maler[0], av=av)
    return svar


@kommando
def skriv_ren_tekst(dokument: Dokument, ren_tekst: str, *, utgave: int, av: Bruker) -> Tekst:
    """Keep what is written in the plain field as the document's draft. Refused where skriv_tekst is."""
    return skriv_tekst(dokument, fra_ren_tekst(ren_tekst), utgave=utgave, av=av)


@kommando
def bytt_mal(dokument: Dokument, mal: Tekstmal, *, av: Bruker) -> Tekst:
    """Let the document be made from another template; what is written stays, and comes with the next version.

    A text that nobody has written in yet is the new template's own. Refused where the documents are locked, when the
    text is written in Word or LibreOffice, and with a template that is not for this type or must be written there.
    """
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=Handling.SKRIVE_TEKST)
    krev_ulaast(dokument, av=av)
    tekst = laas_tekst(dokument)
    if skrives_i_fil(tekst, siste_versjon(dokument)):
        raise Avvist("Teksten er redigert i Word eller LibreOffice, og kan ikke flyttes til en annen mal her.")
    versjon = krev_malversjon(journalpost, mal)
    gammel = tekst.malversjon
    if gammel.mal_id == mal.pk:
        raise Avvist(f"Dokumentet er allerede laget fra malen «{mal}».")
    fakta = fakta_for(journalpost, spraak=mal.spraak, dokument=dokument)
    ordre = Bestilling(fakta=fakta.felter, egenskaper=egenskaper(dokument.tittel, mal.spraak), rike=fakta.rike)
    starttekst = flett(innhold(versjon.fil), [ordre])[0].starttekst
    if starttekst is None:
        raise Avvist(f"Malen «{mal}» skrives i Word eller LibreOffice. Lag et nytt dokument fra den.")
    if tekst.utgave == 1:
        tekst.brodtekst = rens_brodtekst(starttekst)
    tekst.malversjon = versjon
    tekst.utgave += 1
    tekst.endret_av, tekst.endret_tid = av, klokke.naa()
    tekst.save(update_fields=["malversjon", "brodtekst", "utgave", "endret_av", "endret_tid"])
    endringer: dict[str, tuple[object, object]] = {f"dokument {dokument.nummer} mal": (str(gammel), str(versjon))}
    hoved = dokument.tilknytning == Dokument.Tilknytning.HOVEDDOKUMENT
    if hoved and journalpost.enkeltvedtak != mal.enkeltvedtak:
        endringer["enkeltvedtak"] = (journalpost.enkeltvedtak, mal.enkeltvedtak)
        journalpost.enkeltvedtak = mal.enkeltvedtak
        journalpost.save(update_fields=["enkeltvedtak"])
    logg(journalpost, Handling.SKRIVE_TEKST, av=av, endringer=endringer)
    meld_endret(journalpost, av=av)
    return tekst


@kommando
def gi_tittel(journalpost: Journalpost, tittel: str, *, tittelbegrunnelse: str = "", av: Bruker) -> Journalpost:
    """Change the title of an own document, and with it the document's where they were the same."""
    foer = journalpost.tittel
    journalpost = rediger_journalpost(journalpost, tittel=tittel, tittelbegrunnelse=tittelbegrunnelse, av=av)
    hoved = Dokument.Tilknytning.HOVEDDOKUMENT
    for dokument in journalpost.dokumenter.filter(utgaatt_tid__isnull=True, tilknytning=hoved, tittel=foer[:300]):
        if journalpost.tittel != foer:
            endre_dokumenttittel(dokument, journalpost.tittel, av=av)
    return journalpost
