"""The text of a document that is made from a template: made, written, merged anew, given its versions.

An autosave keeps the draft on `Tekst` and makes no version. In the log it leaves one event for each writer between two
versions, not one for each pause in the typing: who has been writing is on record, what was written is in the version.
"""

from __future__ import annotations

import nh3
from django.utils import timezone

from saksgang.kjerne import klokke
from saksgang.kjerne.errors import Avvist, UgyldigInndata
from saksgang.kjerne.tekst import rens_filnavn
from saksgang.lager.commands import lagre_fil
from saksgang.lager.queries import innhold
from saksgang.logg.commands import kommando, logg
from saksgang.organisasjon.models import Bruker
from saksgang.produksjon.docx.brodtekst import TAGGER, les_html, til_html
from saksgang.produksjon.docx.prosess import Bestilling, flett
from saksgang.produksjon.models import Tekst, Tekstmal, Tekstmalversjon
from saksgang.produksjon.queries.fakta import Fakta, fakta_for
from saksgang.produksjon.queries.fletting import (
    bestilling,
    egenskaper,
    faktaavtrykk,
    gjeldende_malversjon,
    siste_versjon,
    skrives_i_fil,
)
from saksgang.produksjon.queries.maler import brukbare, versjon_i_bruk
from saksgang.produksjon.rules import Skriveform
from saksgang.sakarkiv.commands.dokument import (
    krev_ulaast,
    laas_for_endring,
    legg_til_dokument,
    legg_til_versjon,
    meld_endret,
)
from saksgang.sakarkiv.models import Dokument, Dokumentversjon, Journalpost
from saksgang.tilgang.rules import Handling

LENGSTE_TEKST = 3_000_000


@kommando
def lag_dokument(journalpost: Journalpost, mal: Tekstmal, *, tittel: str = "", av: Bruker) -> Dokument:
    """Make a document from a template, with the journalpost's facts in it: the main document, else the next attachment.

    Refused where the documents are locked, and with a template that is not in use or not for this type.
    """
    journalpost = laas_for_endring(journalpost, av=av, handling=Handling.LEGGE_VED)
    versjon = krev_malversjon(journalpost, mal)
    hoved = not journalpost.dokumenter.filter(utgaatt_tid__isnull=True).exists()
    tittel = (tittel.strip() or (journalpost.tittel if hoved else mal.navn))[:300]
    fakta = fakta_for(journalpost, spraak=mal.spraak)
    resultat = flett(
        innhold(versjon.fil),
        [Bestilling(fakta=fakta.felter, egenskaper=egenskaper(tittel, mal.spraak), rike=fakta.rike)],
    )[0]
    filnavn = rens_filnavn(f"{tittel}.docx")
    dokument = legg_til_dokument(
        journalpost,
        fil := lagre_fil(resultat.fil, filnavn=filnavn),
        filnavn=filnavn,
        tittel=tittel,
        kilde=Dokument.Kilde.MAL,
        av=av,
    )
    Tekst.objects.create(
        dokument=dokument,
        malversjon=versjon,
        form=Skriveform.FIL if resultat.starttekst is None else Skriveform.NETTLESER,
        brodtekst=rens_brodtekst(resultat.starttekst or ""),
        versjon=siste_versjon(dokument),
        utgave_i_versjon=1,
        faktaavtrykk=faktaavtrykk(fakta, versjon),
        flettet_tid=klokke.naa(),
        endret_av=av,
        endret_tid=klokke.naa(),
    )
    endringer = {}
    if mal.enkeltvedtak and not journalpost.enkeltvedtak:
        journalpost.enkeltvedtak = True
        journalpost.save(update_fields=["enkeltvedtak"])
        endringer["enkeltvedtak"] = (False, True)
    logg(
        journalpost,
        Handling.LEGGE_VED,
        av=av,
        endringer=endringer,
        detaljer={"dokument": dokument.nummer, "tittel": dokument.tittel, "mal": str(versjon), "sha256": fil.sha256},
    )
    meld_endret(journalpost, av=av)
    return dokument


def krev_malversjon(journalpost: Journalpost, mal: Tekstmal) -> Tekstmalversjon:
    """Return the template's version in use; refused where it has none or is not for this type."""
    versjon = versjon_i_bruk(mal)
    if versjon is None or not brukbare().filter(pk=mal.pk, typer__contains=[journalpost.journalposttype]).exists():
        slag = journalpost.get_journalposttype_display().lower()
        raise UgyldigInndata({"mal": f"Malen «{mal}» er ikke for {slag}. Velg en annen mal."})
    return versjon


def rens_brodtekst(html: str) -> str:
    """Return the text in its one form: paragraphs, headings, lists, bold and italics. Everything else is dropped."""
    if len(html) > LENGSTE_TEKST:
        raise UgyldigInndata(
            {"brodtekst": "Teksten er for lang for skrivefeltet. Skriv den i Word eller LibreOffice, og last den opp."}
        )
    # What is dropped keeps its words, except for what never was text.
    rent = nh3.clean(
        html, tags=set(TAGGER), attributes={}, clean_content_tags={"script", "style", "template", "title", "head"}
    )
    return til_html(les_html(rent))


@kommando
def skriv_tekst(dokument: Dokument, brodtekst: str, *, utgave: int, av: Bruker) -> Tekst:
    """Keep what is written in the browser as the document's draft (autosave); no version is made.

    utgave: the number of the text that the writer began from. Refused when somebody has saved since, when the text is
    now written in Word or LibreOffice, and where the documents are locked.
    """
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=Handling.SKRIVE_TEKST)
    krev_ulaast(dokument, av=av)
    tekst = laas_tekst(dokument)
    if skrives_i_fil(tekst, siste_versjon(dokument)):
        raise Avvist(
            "Teksten er redigert i Word eller LibreOffice etter at du åpnet den her. Det du har skrevet, er ikke "
            "lagret. Fortsett i Word eller LibreOffice, og kopier med deg det du skrev."
        )
    if utgave != tekst.utgave:
        naar = timezone.localtime(tekst.endret_tid)
        raise Avvist(
            f"{tekst.endret_av.navn} lagret teksten {naar:%d.%m.%Y} kl. {naar:%H.%M}, etter at du åpnet den. "
            "Det du har skrevet, er ikke lagret ennå. Kopier det, last siden på nytt, og lim det inn."
        )
    ny = rens_brodtekst(brodtekst)
    if ny == tekst.brodtekst:
        return tekst
    foerste_gang = not tekst.er_ulagret or tekst.endret_av_id != av.pk
    tekst.brodtekst = ny
    tekst.utgave += 1
    tekst.endret_av, tekst.endret_tid = av, klokke.naa()
    tekst.save(update_fields=["brodtekst", "utgave", "endret_av", "endret_tid"])
    if foerste_gang:
        logg(journalpost, Handling.SKRIVE_TEKST, av=av, detaljer={"dokument": dokument.nummer, "utkast": True})
    meld_endret(journalpost, av=av)
    return tekst


@kommando
def lag_versjon(dokument: Dokument, *, av: Bruker) -> Dokumentversjon | None:
    """Make a version of the draft as it stands, merged with today's facts; None when nothing changed since the last.

    Refused where the documents are locked. A text that is written in Word or LibreOffice has its versions already.
    """
    if not trenger_versjon(dokument):
        return None
    laas_for_endring(dokument.journalpost, av=av, handling=Handling.SKRIVE_TEKST)
    krev_ulaast(dokument, av=av)
    return legg_til_flettet_versjon(dokument, av=av)


def trenger_versjon(dokument: Dokument) -> bool:
    """Whether the browser's text, or the facts around it, differ from the newest version."""
    tekst = Tekst.objects.select_related("malversjon__mal").filter(dokument=dokument).first()
    if tekst is None or skrives_i_fil(tekst, siste_versjon(dokument)):
        return False
    fakta = fakta_for(dokument.journalpost, spraak=tekst.malversjon.mal.spraak, dokument=dokument)
    return tekst.er_ulagret or faktaavtrykk(fakta, tekst.malversjon) != tekst.faktaavtrykk


def legg_til_flettet_versjon(dokument: Dokument, *, av: Bruker) -> Dokumentversjon:
    """Merge the document with its facts and add it as a version; part of another act, which asks and locks."""
    tekst = laas_tekst(dokument)
    fakta = fakta_for(dokument.journalpost, spraak=tekst.malversjon.mal.spraak, dokument=dokument)
    return _ny_flettet(dokument, tekst, fakta, tekst.malversjon, av=av)


def ta_med_utkast(journalpost: Journalpost, *, av: Bruker) -> None:
    """Make a version of every draft that is newer than its last; part of the act that finishes the journalpost."""
    for dokument in Dokument.objects.filter(
        journalpost=journalpost, kilde=Dokument.Kilde.MAL, utgaatt_tid__isnull=True
    ).order_by("nummer", "pk"):
        if trenger_versjon(dokument):
            legg_til_flettet_versjon(dokument, av=av)


@kommando
def flett_paa_nytt(dokument: Dokument, *, av: Bruker) -> Dokumentversjon:
    """Merge today's facts into the document and keep the text (krav R-10.2.2.3b).

    The version of the template that is in use now is taken. Refused where the documents are locked, when nothing has
    changed, and when the marks around a text from Word or LibreOffice are gone.
    """
    journalpost = laas_for_endring(dokument.journalpost, av=av, handling=Handling.SKRIVE_TEKST)
    krev_ulaast(dokument, av=av)
    tekst = laas_tekst(dokument)
    malversjon = gjeldende_malversjon(tekst)
    fakta = fakta_for(dokument.journalpost, spraak=malversjon.mal.spraak, dokument=dokument)
    if not tekst.er_ulagret and faktaavtrykk(fakta, malversjon) == tekst.faktaavtrykk:
        raise Avvist("Opplysningene i dokumentet er de samme som på journalposten. Det er ikke noe å flette på nytt.")
    versjon = _ny_flettet(dokument, tekst, fakta, malversjon, av=av)
    meld_endret(journalpost, av=av)
    return versjon


def laas_tekst(dokument: Dokument) -> Tekst:
    """Return the text of a document under a row lock; refused for one that is not made from a template."""
    if dokument.utgaatt_tid is not None:
        raise Avvist("Dokumentet er tatt av journalposten.")
    tekst = (
        Tekst.objects.select_for_update(of=("self",))
        .select_related("malversjon__mal", "malversjon__fil", "endret_av")
        .filter(dokument=dokument)
        .first()
    )
    if tekst is None:
        raise Avvist("Dokumentet er ikke laget fra en tekstmal. Last opp en ny versjon av filen i stedet.")
    return tekst


def _ny_flettet(
    dokument: Dokument, tekst: Tekst, fakta: Fakta, malversjon: Tekstmalversjon, *, av: Bruker
) -> Dokumentversjon:
    siste = siste_versjon(dokument)
    i_fil = skrives_i_fil(tekst, siste)
    resultat = flett(innhold(malversjon.fil), [bestilling(dokument, tekst, fakta)])[0]
    filnavn = siste.filnavn if siste else rens_filnavn(f"{dokument.tittel}.docx")
    fil = lagre_fil(resultat.fil, filnavn=filnavn)
    versjon = legg_til_versjon(dokument, fil, filnavn=filnavn, av=av)
    tekst.form = Skriveform.FIL if i_fil else Skriveform.NETTLESER
    tekst.malversjon, tekst.versjon = malversjon, versjon
    tekst.utgave_i_versjon = tekst.utgave
    tekst.faktaavtrykk, tekst.flettet_tid = faktaavtrykk(fakta, malversjon), klokke.naa()
    tekst.save(update_fields=["form", "malversjon", "versjon", "utgave_i_versjon", "faktaavtrykk", "flettet_tid"])
    nummer = versjon.versjonsnummer
    logg(
        dokument.journalpost,
        Handling.SKRIVE_TEKST,
        av=av,
        endringer={f"dokument {dokument.nummer} versjon": (nummer - 1, nummer)},
        detaljer={"mal": str(malversjon), "sha256": fil.sha256},
    )
    return versjon
