"""The templates that the product comes with, built in code: a municipality's letterhead, set to be read.

Laid out for the window of a C5 envelope: the address stands 25 mm from the left and 50 mm from the top.
"""

from __future__ import annotations

import io
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt, RGBColor
from lxml import etree

from .ooxml import element, plasser
from .standardtekster import TEKSTER, Innhold
from .vaapen import vaapen

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SKRIFT = "Arial"
AKSENT, DEMPET = RGBColor(0x0B, 0x3B, 0x5C), RGBColor(0x4A, 0x55, 0x60)
STILER = frozenset(
    "normal,heading 1,heading 2,heading 3,header,footer,list bullet,list number,list paragraph,"
    "default paragraph font,normal table,no list".split(",")
)
VENSTRE, HOEYRE, BREDDE = 25, 20, 165
# A head of this height puts the first line of a letter 50 mm from the top, in the window of the envelope.
HODE_BREV, HODE_INTERNT = 36.5, 25


def bygg(kode: str, spraak: str) -> bytes:
    """Return one template as DOCX."""
    mal = _Mal(TEKSTER[spraak], spraak)
    mal.bygg(TEKSTER[spraak].maler[kode])
    ut = io.BytesIO()
    mal.dokument.save(ut)
    return ut.getvalue()


class _Mal:
    def __init__(self, ord_: Any, spraak: str) -> None:
        self.ord = ord_
        self.dokument = Document()
        self._sett_side()
        self._sett_stiler(spraak)

    # --- The sheet ---------------------------------------------------------------------------------------------------

    def _sett_side(self) -> None:
        side = self.dokument.sections[0]
        side.page_width, side.page_height = Mm(210), Mm(297)
        side.left_margin, side.right_margin = Mm(VENSTRE), Mm(HOEYRE)
        side.top_margin, side.bottom_margin = Mm(25), Mm(27)
        side.header_distance, side.footer_distance = Mm(13), Mm(11)
        side.different_first_page_header_footer = True
        kropp = self.dokument.element.body
        for e in [e for e in kropp if e.tag != qn("w:sectPr")]:
            kropp.remove(e)

    def _sett_stiler(self, spraak: str) -> None:
        stiler = self.dokument.styles
        self._rydd()
        standard = stiler.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        for e in list(standard):
            standard.remove(e)
        standard.append(
            parse_xml(f'<w:rFonts {W} w:ascii="{SKRIFT}" w:hAnsi="{SKRIFT}" w:eastAsia="{SKRIFT}" w:cs="{SKRIFT}"/>')
        )
        standard.append(parse_xml(f'<w:sz {W} w:val="21"/>'))
        standard.append(parse_xml(f'<w:lang {W} w:val="{spraak}-NO" w:eastAsia="{spraak}-NO" w:bidi="ar-SA"/>'))
        self._stil("Normal", etter=7, linje=1.15)
        self._stil("Heading 1", stoerrelse=15, fet=True, farge=AKSENT, foer=0, etter=9, linje=1.1)
        self._stil("Heading 2", stoerrelse=11.5, fet=True, farge=AKSENT, foer=13, etter=3, linje=1.1)
        self._stil("Heading 3", stoerrelse=10.5, fet=True, foer=9, etter=2, linje=1.1)
        self._stil("Header", stoerrelse=8.5, farge=DEMPET, etter=0, linje=1.1)
        self._stil("Footer", stoerrelse=8, farge=DEMPET, etter=0, linje=1.15)
        for navn in ("List Bullet", "List Number"):
            self._stil(navn, etter=7, linje=1.15)
            plasser(stiler[navn].element.get_or_add_pPr(), element("contextualSpacing"))
        for navn, paa in (
            ("Opplysning", "Normal"),
            ("Adresse", "Normal"),
            ("Skjerming", "Normal"),
            ("Vedtakstekst", "Normal"),
        ):
            stiler.add_style(navn, WD_STYLE_TYPE.PARAGRAPH).base_style = stiler[paa]
        self._stil("Opplysning", stoerrelse=9, etter=2, linje=1.1)
        self._stil("Adresse", stoerrelse=10.5, etter=0, linje=1.15)
        self._stil("Skjerming", stoerrelse=9.5, fet=True, etter=6, linje=1.1)
        self._stil("Vedtakstekst", etter=6, linje=1.15)
        plasser(
            stiler["Vedtakstekst"].element.get_or_add_pPr(),
            parse_xml(f'<w:pBdr {W}><w:left w:val="single" w:sz="18" w:space="9" w:color="{AKSENT}"/></w:pBdr>'),
        )

    def _rydd(self) -> None:
        """Leave out what the empty document brings and a letter never uses: styles, and a picture of itself."""
        for s in self.dokument.styles.element.findall(qn("w:style")):
            if s.find(qn("w:name")).get(qn("w:val")).lower() not in STILER:
                self.dokument.styles.element.remove(s)
                continue
            for e in (s.find(qn("w:link")), s.find(qn("w:next"))):
                if e is not None:
                    s.remove(e)
        pakke = self.dokument.part.package
        for merke, rel in list(pakke.rels.items()):
            if rel.reltype.endswith("/thumbnail"):
                del pakke.rels[merke]

    def _stil(
        self,
        navn: str,
        *,
        stoerrelse: float | None = None,
        fet: bool | None = None,
        farge: RGBColor | None = None,
        foer: float | None = None,
        etter: float | None = None,
        linje: float | None = None,
    ) -> None:
        s = self.dokument.styles[navn]
        egen = s.element.get_or_add_rPr()
        for e in list(egen):
            egen.remove(e)
        if stoerrelse is not None:
            s.font.size = Pt(stoerrelse)
        s.font.bold, s.font.color.rgb = fet, farge or RGBColor(0x1A, 0x1A, 0x1A)
        for maal, verdi in (("space_before", foer), ("space_after", etter)):
            if verdi is not None:
                setattr(s.paragraph_format, maal, Pt(verdi))
        s.paragraph_format.line_spacing = linje

    # --- Parts -------------------------------------------------------------------------------------------------------

    def _avsnitt(self, tekst: str, stil: str = "Normal", sted: Any = None) -> Any:
        return (sted or self.dokument).add_paragraph(tekst, style=stil)

    def _brevhode(self, hoeyde: float) -> None:
        side = self.dokument.sections[0]
        hode = side.first_page_header
        venstre, hoeyre = self._celler(hode.add_table(1, 2, Mm(BREDDE)), [19, BREDDE - 19])
        rad = venstre._tc.getparent()
        rad.get_or_add_trPr().append(element("trHeight", val=str(round(hoeyde * 56.6929)), hRule="exact"))
        bilde = venstre.paragraphs[0].add_run().add_picture(io.BytesIO(vaapen()), height=Mm(16))
        bilde._inline.docPr.set("descr", self.ord.vaapen)
        for kant in ("distT", "distB", "distL", "distR"):
            bilde._inline.set(kant, "0")
        navn = hoeyre.paragraphs[0]
        navn.style, navn.text = self.dokument.styles["Header"], "{{ kommune.navn }}"
        navn.paragraph_format.space_before, navn.paragraph_format.space_after = Pt(7), Pt(1)
        loep = navn.runs[0].font
        loep.size, loep.bold, loep.color.rgb = Pt(16), True, AKSENT
        enhet = hoeyre.add_paragraph("{{ enhet.navn }}", style="Header")
        enhet.runs[0].font.size = Pt(10)
        # The paragraph that must stand behind a table takes no room.
        siste = hode.paragraphs[-1]
        hode._element.remove(siste._p)
        hode._element.append(siste._p)
        siste.paragraph_format.line_spacing = Pt(1)
        neste = side.header.paragraphs[0]
        neste.text = "{{ kommune.navn }}\t{{ vaar_ref }}"
        self._tabulator(neste)
        for fot in (side.first_page_footer, side.footer):
            self._bunntekst(fot)

    def _tabulator(self, avsnitt: Any) -> None:
        for stopp in list(avsnitt.style.paragraph_format.tab_stops):
            avsnitt.paragraph_format.tab_stops.add_tab_stop(stopp.position, WD_TAB_ALIGNMENT.CLEAR)
        avsnitt.paragraph_format.tab_stops.add_tab_stop(Mm(BREDDE), WD_TAB_ALIGNMENT.RIGHT)

    def _bunntekst(self, fot: Any) -> None:
        avsnitt = fot.paragraphs[0]
        plasser(
            avsnitt._p.get_or_add_pPr(),
            parse_xml(f'<w:pBdr {W}><w:top w:val="single" w:sz="4" w:space="5" w:color="C9CFD6"/></w:pBdr>'),
        )
        self._tabulator(avsnitt)
        avsnitt.add_run(
            "{{ kommune.navn }}{% if kommune.adresse %}  ·  {{ kommune.adresse }}{% endif %}\t" + f"{self.ord.side} "
        )
        self._felt(avsnitt, "PAGE")
        avsnitt.add_run(f" {self.ord.av} ")
        self._felt(avsnitt, "NUMPAGES")
        fot.add_paragraph(
            "{% if kommune.telefon %}" + f"{self.ord.telefon} " + "{{ kommune.telefon }}{% endif %}"
            "{% if kommune.epost %}  ·  {{ kommune.epost }}{% endif %}"
            "{% if kommune.nettsted %}  ·  {{ kommune.nettsted }}{% endif %}"
            "{% if kommune.organisasjonsnummer %}  ·  "
            + f"{self.ord.orgnr} "
            + "{{ kommune.organisasjonsnummer }}{% endif %}",
            style="Footer",
        )

    def _felt(self, avsnitt: Any, kode: str) -> None:
        felt = element("fldSimple", instr=kode)
        loep = element("r")
        t = element("t")
        t.text = "1"
        loep.append(t)
        felt.append(loep)
        avsnitt._p.append(felt)

    def _tabell(self, bredder: list[float], hoeyde: float | None = None) -> list[Any]:
        celler = self._celler(self.dokument.add_table(rows=1, cols=len(bredder)), bredder)
        if hoeyde:
            rad = celler[0]._tc.getparent()
            rad.get_or_add_trPr().append(element("trHeight", val=str(round(hoeyde * 56.6929)), hRule="atLeast"))
        return celler

    def _celler(self, tabell: Any, bredder: list[float]) -> list[Any]:
        tabell.autofit = False
        tabell._tbl.tblPr.find(qn("w:tblLook")).addprevious(
            parse_xml(f'<w:tblCellMar {W}><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>')
        )
        celler = list(tabell.rows[0].cells)
        for kolonne, celle, bredde in zip(tabell.columns, celler, bredder, strict=True):
            kolonne.width = celle.width = Mm(bredde)
        return celler

    def _rad(self, celle: Any, navn: str, felt: str, *, hvis: str = "", innrykk: float = 25) -> None:
        if hvis:
            self._linje(celle, "{%p if " + hvis + " %}")
        avsnitt = self._linje(celle, "")
        avsnitt.paragraph_format.tab_stops.add_tab_stop(Mm(innrykk))
        avsnitt.paragraph_format.left_indent, avsnitt.paragraph_format.first_line_indent = Mm(innrykk), Mm(-innrykk)
        merke = avsnitt.add_run(f"{navn}\t")
        merke.font.color.rgb = DEMPET
        avsnitt.add_run(felt)
        if hvis:
            self._linje(celle, "{%p endif %}")

    def _linje(self, celle: Any, tekst: str) -> Any:
        foerste = celle.paragraphs[0]
        if len(celle.paragraphs) == 1 and not foerste.text and not foerste.runs:
            foerste.style = self.dokument.styles["Opplysning"]
            foerste.text = tekst
            if tekst:
                return foerste
            foerste.add_run("")
            return foerste
        return celle.add_paragraph(tekst, style="Opplysning")

    def _adressefelt(self) -> None:
        venstre, hoeyre = self._tabell([95, 70], 42)
        venstre.paragraphs[0].style = self.dokument.styles["Adresse"]
        venstre.paragraphs[0].text = "{{ mottaker.adresseblokk }}"
        o = self.ord
        self._rad(hoeyre, o.dato, "{{ dato }}")
        self._rad(hoeyre, o.vaar_ref, "{{ vaar_ref }}")
        self._rad(hoeyre, o.deres_ref, "{{ deres_ref }}", hvis="deres_ref")
        self._rad(hoeyre, o.saksbehandler, "{{ saksbehandler.navn }}", hvis="saksbehandler.navn")
        self._rad(hoeyre, o.telefon, "{{ saksbehandler.telefon }}", hvis="saksbehandler.telefon")
        self._rad(hoeyre, o.epost, "{{ saksbehandler.epost }}", hvis="saksbehandler.epost")

    def _notathode(self, overskrift: str) -> None:
        etikett = self._avsnitt(overskrift, "Opplysning")
        etikett.runs[0].font.size, etikett.runs[0].font.bold = Pt(11), True
        etikett.paragraph_format.space_after = Pt(6)
        venstre, hoeyre = self._tabell([95, 70])
        o = self.ord
        self._linje(venstre, "{%p for m in mottakere %}")
        self._rad(venstre, o.til, "{{ m.navn }}", innrykk=20)
        self._linje(venstre, "{%p endfor %}")
        self._rad(venstre, o.fra, "{{ saksbehandler.navn }}, {{ enhet.navn }}", innrykk=20)
        self._linje(venstre, "{%p for k in kopimottakere %}")
        self._rad(venstre, o.kopi, "{{ k.navn }}", innrykk=20)
        self._linje(venstre, "{%p endfor %}")
        self._rad(hoeyre, o.dato, "{{ dato }}")
        self._rad(hoeyre, o.vaar_ref, "{{ vaar_ref }}")
        self._rad(hoeyre, o.sak, "{{ sak.tittel }}")
        self._strek()

    def _frameleggshode(self, overskrift: str) -> None:
        etikett = self._avsnitt(overskrift, "Opplysning")
        etikett.runs[0].font.size, etikett.runs[0].font.bold = Pt(11), True
        etikett.paragraph_format.space_after = Pt(6)
        venstre, hoeyre = self._tabell([95, 70])
        o = self.ord
        self._rad(venstre, o.saksnummer, "{{ sak.nummer }}", innrykk=28)
        self._rad(venstre, o.ordningsverdi, "{{ sak.ordningsverdi }}", hvis="sak.ordningsverdi", innrykk=28)
        self._rad(venstre, o.saksbehandler, "{{ saksbehandler.navn }}", innrykk=28)
        self._rad(hoeyre, o.dato, "{{ dato }}")
        self._rad(hoeyre, o.vaar_ref, "{{ vaar_ref }}")
        self._rad(hoeyre, o.enhet, "{{ enhet.navn }}")
        self._strek()

    def _strek(self) -> None:
        strek = self._avsnitt("", "Opplysning")
        plasser(
            strek._p.get_or_add_pPr(),
            parse_xml(f'<w:pBdr {W}><w:bottom w:val="single" w:sz="6" w:space="1" w:color="C9CFD6"/></w:pBdr>'),
        )
        strek.paragraph_format.space_after = Pt(14)

    def _tittel(self) -> None:
        self._avsnitt("{%p if unntatt %}")
        self._avsnitt("{{ unntatt }}", "Skjerming")
        self._avsnitt("{%p endif %}")
        self._avsnitt("{{ tittel }}", "Heading 1")

    def _omraade(self, innhold: Innhold) -> None:
        if not innhold.start:
            self._avsnitt("{{ tekst }}")
            return
        self._avsnitt("{{ tekst_start }}")
        for linje in innhold.start:
            self._linje_i_tekst(linje)
        if innhold.avgrenset:
            self._avgrenset(innhold)
        self._avsnitt("{{ tekst_slutt }}")

    def _linje_i_tekst(self, linje: str) -> None:
        if linje.startswith("# "):
            self._avsnitt(linje[2:], "Heading 2")
        else:
            self._avsnitt(linje)

    def _avgrenset(self, innhold: Innhold) -> None:
        """Two section breaks with the area between them that is read as innstilling or vedtak (krav C.8)."""
        self._avsnitt(innhold.avgrenset, "Heading 2")
        self._inndelingsskift()
        self._avsnitt("", "Vedtakstekst")
        self._inndelingsskift()

    def _inndelingsskift(self) -> None:
        avsnitt = self._avsnitt("")
        avsnitt.paragraph_format.space_after, avsnitt.paragraph_format.line_spacing = Pt(0), Pt(2)
        hoved = self.dokument.element.body.sectPr
        skift = parse_xml(f"<w:sectPr {W}/>")
        foerste = next(self.dokument.element.body.iter(qn("w:sectPr"))) is hoved
        for e in list(hoved):
            if e.tag in (qn("w:headerReference"), qn("w:footerReference"), qn("w:titlePg")):
                if foerste:
                    skift.append(e)
            else:
                skift.append(parse_xml(_som_xml(e)))
        self._fortloepende(skift)
        self._fortloepende(hoved)
        plasser(avsnitt._p.get_or_add_pPr(), skift)

    def _fortloepende(self, avdeling: Any) -> None:
        for e in avdeling.findall(qn("w:type")):
            avdeling.remove(e)
        refs = sum(1 for e in avdeling if e.tag in (qn("w:headerReference"), qn("w:footerReference")))
        avdeling.insert(refs, element("type", val="continuous"))

    def _hilsen(self) -> None:
        hilsen = self._avsnitt(self.ord.hilsen)
        hilsen.paragraph_format.space_before, hilsen.paragraph_format.space_after = Pt(16), Pt(22)
        hilsen.paragraph_format.keep_with_next = True
        self._avsnitt("{%p if godkjenner.navn %}")
        self._navn("godkjenner")
        self._avsnitt("{%p endif %}")
        self._avsnitt("{%p if saksbehandler.navn and saksbehandler.navn != godkjenner.navn %}")
        self._navn("saksbehandler")
        self._avsnitt("{%p endif %}")
        self._avsnitt("{%p if elektronisk_godkjent %}")
        liten = self._avsnitt(self.ord.elektronisk, "Opplysning")
        liten.paragraph_format.space_before = Pt(8)
        self._avsnitt("{%p endif %}")

    def _navn(self, hvem: str) -> None:
        avsnitt = self._avsnitt(f"{{{{ {hvem}.navn }}}}")
        avsnitt.paragraph_format.space_after, avsnitt.paragraph_format.keep_with_next = Pt(0), True
        tittel = self._avsnitt(f"{{{{ {hvem}.tittel }}}}", "Opplysning")
        tittel.paragraph_format.space_after = Pt(8)

    def _lister(self) -> None:
        o = self.ord
        for navn, liste, felt in (
            (o.vedlegg, "vedlegg", "tittel"),
            (o.kopi_til, "kopimottakere", "navn"),
        ):
            self._liste(navn, liste, felt, f"{liste}|length > 0")
        self._liste(o.mottakere, "mottakere", "navn", "mottakere|length > 1")

    def _liste(self, navn: str, liste: str, felt: str, hvis: str) -> None:
        self._avsnitt("{%p if " + hvis + " %}")
        merke = self._avsnitt(navn, "Opplysning")
        merke.runs[0].font.bold = True
        merke.paragraph_format.space_before, merke.paragraph_format.keep_with_next = Pt(10), True
        self._avsnitt("{%p for x in " + liste + " %}")
        self._avsnitt("{{ x." + felt + " }}", "Opplysning")
        self._avsnitt("{%p endfor %}")
        self._avsnitt("{%p endif %}")

    # --- The whole ---------------------------------------------------------------------------------------------------

    def bygg(self, innhold: Innhold) -> None:
        self._brevhode(HODE_BREV if innhold.form == "brev" else HODE_INTERNT)
        if innhold.form == "brev":
            self._adressefelt()
        elif innhold.form == "notat":
            self._notathode(innhold.overskrift)
        else:
            self._frameleggshode(innhold.overskrift)
        self._tittel()
        self._omraade(innhold)
        for linje in innhold.fast:
            self._linje_i_tekst(linje)
        if innhold.form == "brev":
            self._hilsen()
            self._lister()
        else:
            self._liste(self.ord.vedlegg, "vedlegg", "tittel", "vedlegg|length > 0")


def _som_xml(e: Any) -> str:
    return etree.tostring(e, encoding="unicode")
