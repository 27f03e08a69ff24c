"""The merge: facts into the fields of a template, and the text into its place."""

from __future__ import annotations

import io
import secrets
from copy import deepcopy
from typing import Any

from docx.oxml.ns import qn
from docxcompose.composer import Composer
from docxtpl import DocxTemplate
from jinja2 import TemplateError

from . import avsnitt, omraade, pakke
from .brodtekst import Blokk, les_html, til_html
from .feil import Filfeil
from .felter import OMRAADE, OMRAADE_SLUTT, OMRAADE_START, RIK, les_felter, miljoe
from .ooxml import SECTPR, P, blokker, element, tekst

TITTELSIDE = qn("w:titlePg")
HODE_OG_FOT = (qn("w:headerReference"), qn("w:footerReference"), TITTELSIDE)


def undersoek(innhold: bytes, skjema: dict[str, Any], eksempel: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a template, those that nobody knows, and what else must be mended. Filfeil: unreadable.

    One in which nothing is to be mended is merged with sample data too.
    """
    pakke.aapne(innhold)
    mal = DocxTemplate(io.BytesIO(innhold))
    omraadefelter = dict.fromkeys((OMRAADE, OMRAADE_START, OMRAADE_SLUTT), RIK)
    try:
        leser = les_felter(mal, {**skjema, **omraadefelter})
        feil = [*leser.feil, *_plassering(mal, skjema)]
        if not feil and not leser.ukjente:
            Flettet(innhold, eksempel, [navn for navn, type_ in skjema.items() if type_ == RIK]).behold_starttekst()
    except Filfeil as funnet:
        return {"felter": [], "ukjente": [], "feil": funnet.setninger}
    return {"felter": [f for f in leser.felter if f not in omraadefelter], "ukjente": list(leser.ukjente), "feil": feil}


def _plassering(mal: DocxTemplate, skjema: dict[str, Any]) -> list[str]:
    """Say whether the text has exactly one place, and formatted fields stand alone."""
    kropp = mal.docx.element.body
    alene = [tekst(b).strip("{} ") for b in blokker(kropp) if b.tag == P and tekst(b).startswith("{{")]
    ett, par = alene.count(OMRAADE), (alene.count(OMRAADE_START), alene.count(OMRAADE_SLUTT))
    feil = []
    if (ett, par) not in ((1, (0, 0)), (0, (1, 1))):
        feil.append(
            "Malen må ha feltet {{ tekst }} alene i ett avsnitt, eller {{ tekst_start }} og {{ tekst_slutt }} i hvert "
            "sitt avsnitt rundt teksten som skal stå der fra før."
        )
    elif par == (1, 1) and alene.index(OMRAADE_START) > alene.index(OMRAADE_SLUTT):
        feil.append("{{ tekst_start }} må stå foran {{ tekst_slutt }}.")
    rike = {navn for navn, type_ in skjema.items() if type_ == RIK}
    hele = " ".join(tekst(b) for b in blokker(kropp))
    for navn in sorted(rike):
        if hele.count(navn) and navn not in alene:
            feil.append(f"Feltet {{{{ {navn} }}}} må stå alene i et avsnitt.")
    return feil


class Flettet:
    """A document in the making: the template rendered with facts, with marks where formatted contents go."""

    def __init__(self, innhold: bytes, fakta: dict[str, Any], rike: list[str]) -> None:
        pakke.kontroller(innhold)
        mal = DocxTemplate(io.BytesIO(innhold))
        mal.init_docx()
        _toem_egenskaper(mal.docx)
        # Not guessable, so that no fact can pretend to be the place of the text.
        noekkel = secrets.token_hex(8)
        self.merker = {navn: f"[[{noekkel}:{navn}]]" for navn in [OMRAADE, OMRAADE_START, OMRAADE_SLUTT, *rike]}
        try:
            mal.render({**fakta, **self.merker}, jinja_env=miljoe())
        except TemplateError as feil:
            raise Filfeil(f"Malen kan ikke flettes: {feil.__class__.__name__}. Rett malen, og prøv igjen.") from feil
        self.dokument = mal.docx
        _fjern_mal_og_kommentarer(self.dokument)
        self.kropp = self.dokument.element.body
        self.omraade = self._finn_omraade()

    def _avsnitt_med(self, navn: str) -> Any:
        return next((b for b in blokker(self.kropp) if b.tag == P and tekst(b) == self.merker[navn]), None)

    def _finn_omraade(self) -> list[Any]:
        """Return the elements that stand where the text goes; the marks of a pair are removed."""
        if (ett := self._avsnitt_med(OMRAADE)) is not None:
            self.moenster, self.har_starttekst = ett, False
            return [ett]
        start, slutt = self._avsnitt_med(OMRAADE_START), self._avsnitt_med(OMRAADE_SLUTT)
        if start is None or slutt is None:
            raise Filfeil("Malen mangler feltet {{ tekst }}. Rett malen, og prøv igjen.")
        alle = list(blokker(self.kropp))
        mellom = alle[alle.index(start) + 1 : alle.index(slutt)]
        self.moenster, self.har_starttekst = start, bool(mellom)
        self.kropp.remove(slutt)
        if mellom:
            self.kropp.remove(start)
        return mellom or [start]

    def behold_starttekst(self) -> str | None:
        """Leave the template's own text; return it as HTML, or None when it is more than the browser can hold."""
        if not self.har_starttekst:
            self.sett_tekst([])
            return ""
        omraade.merk(self.kropp, self.omraade)
        try:
            return til_html(avsnitt.les_avsnitt(self.dokument, self.omraade))
        except avsnitt.Uforenklet:
            return None

    def sett_tekst(self, brodtekst: list[Blokk]) -> None:
        """Put the browser's text in its place."""
        nye = avsnitt.Setter(self.dokument, self.moenster).sett(brodtekst)
        self._bytt(self.omraade, nye)
        omraade.merk(self.kropp, nye)

    def sett_fra_fil(self, innhold: bytes) -> None:
        """Put the text between the marks of an earlier document in its place, with its formatting."""
        fra = pakke.aapne(innhold)
        omraade.behold_bare(fra, omraade.finn(fra.element.body))
        omraade.merk(self.kropp, self._sett_inn(self.omraade, fra))

    def sett_rik(self, navn: str, innhold: bytes) -> None:
        """Put formatted contents in the paragraph of a field; an empty one takes the paragraph away."""
        plass = self._avsnitt_med(navn)
        if plass is None:
            return
        if innhold:
            fra = pakke.aapne(innhold)
            omraade.behold_bare(fra, list(blokker(fra.element.body)))
            self._sett_inn([plass], fra)
        else:
            self.kropp.remove(plass)

    def _bytt(self, gamle: list[Any], nye: list[Any]) -> None:
        for ny in nye:
            gamle[0].addprevious(ny)
        for gammel in gamle:
            self.kropp.remove(gammel)

    def _sett_inn(self, gamle: list[Any], fra: Any) -> list[Any]:
        hode = [deepcopy(e) for e in next(self.kropp.iter(SECTPR)) if e.tag in HODE_OG_FOT]
        foer = {id(b) for b in self.kropp}
        plass = list(self.kropp).index(gamle[0])
        Composer(self.dokument).insert(plass, fra)
        nye = [b for b in self.kropp if id(b) not in foer]
        for gammel in gamle:
            self.kropp.remove(gammel)
        if not nye:
            nye = avsnitt.Setter(self.dokument, gamle[0]).sett([])
            self.kropp.insert(plass, nye[0])
        _gi_hode(next(self.kropp.iter(SECTPR)), hode)
        return nye

    def ferdig(self, egenskaper: dict[str, str]) -> bytes:
        """Return the document, with what it says about itself."""
        om = self.dokument.core_properties
        om.title, om.author = egenskaper.get("tittel", "")[:255], egenskaper.get("forfatter", "")[:255]
        om.language = egenskaper.get("spraak", "")
        ut = io.BytesIO()
        self.dokument.save(ut)
        return ut.getvalue()


def _gi_hode(avdeling: Any, hode: list[Any]) -> None:
    """Let the first section carry header and footer, though the section breaks came with the text."""
    for e in [e for e in avdeling if e.tag in HODE_OG_FOT]:
        avdeling.remove(e)
    for nr, e in enumerate(e for e in hode if e.tag != TITTELSIDE):
        avdeling.insert(nr, e)
    if any(e.tag == TITTELSIDE for e in hode):
        etter = (qn("w:textDirection"), qn("w:bidi"), qn("w:rtlGutter"), qn("w:docGrid"), qn("w:printerSettings"))
        plass = next((nr for nr, e in enumerate(avdeling) if e.tag in etter), len(avdeling))
        avdeling.insert(plass, element("titlePg"))


def _toem_egenskaper(dokument: Any) -> None:
    """A template says who wrote it and what it was for; a letter must not."""
    om = dokument.core_properties
    for navn in ("author", "comments", "identifier", "language", "subject", "title", "category", "keywords"):
        setattr(om, navn, "")
    om.last_modified_by = ""


def _fjern_mal_og_kommentarer(dokument: Any) -> None:
    for navn in ("attachedTemplate",):
        for e in list(dokument.settings.element.iter(qn(f"w:{navn}"))):
            e.getparent().remove(e)
    regler = dokument.part._settings_part.rels if hasattr(dokument.part, "_settings_part") else {}
    for merke, rel in list(regler.items()):
        if rel.reltype.endswith("/attachedTemplate"):
            del regler[merke]


def flett(mal: bytes, bestilling: dict[str, Any], innhold: dict[str, bytes]) -> tuple[bytes, dict[str, Any]]:
    """Merge once. bestilling: fakta, egenskaper, rike, and brodtekst or the name of a file the text is taken from.

    Without either the template's own text stands, and comes back as HTML where the browser can hold it.
    """
    flettet = Flettet(mal, bestilling["fakta"], bestilling["rike"])
    svar: dict[str, Any] = {}
    if bestilling.get("brodtekst") is not None:
        flettet.sett_tekst(les_html(bestilling["brodtekst"]))
    elif bestilling.get("fra_fil"):
        flettet.sett_fra_fil(innhold["fra_fil"])
    else:
        svar["starttekst"] = flettet.behold_starttekst()
    for navn in bestilling["rike"]:
        flettet.sett_rik(navn, innhold.get(f"rik:{navn}", b""))
    return flettet.ferdig(bestilling["egenskaper"]), svar


def tekst_som_html(innhold: bytes) -> str:
    """Return the text between the marks as the browser writes it. Filfeil when it holds more than the browser can."""
    dokument = pakke.aapne(innhold)
    try:
        return til_html(avsnitt.les_avsnitt(dokument, omraade.finn(dokument.element.body)))
    except avsnitt.Uforenklet:
        raise Filfeil(
            "Teksten har tabeller, bilder eller annet som bare Word og LibreOffice kan vise. Fortsett å skrive der."
        ) from None
