"""The post of a municipality: whole files with text, tables, pictures and attachments."""

import email.message
import email.policy
import io

import docx
import openpyxl
import typst
from PIL import Image, ImageDraw

from . import innhold

TITTEL = "Søknad om skjenkebevilling for Kroa på Ås"
AVSNITT = [
    "Vi søker om løyve til å skjenke øl og vin på uteplassen i sommer, fra påske til høstferien.",
    "Vedlagt følger tegninger, budsjett og bilder. Naboene er varslet, og ingen har protestert.",
]
LINJER = [("Bord", 12, 4500.5), ("Stoler", 48, 990.0), ("Parasoll på fot", 6, 2750.0)]


def bilde(slag: str, bredde: int = 640, **valg) -> bytes:
    """A picture with words in it: a photograph, a drawing, or (TIFF) a scanned letter."""
    lerret = Image.new("RGB", (bredde, bredde * 3 // 4), "white")
    penn = ImageDraw.Draw(lerret)
    penn.rectangle((20, 20, bredde - 20, bredde // 2), outline="navy", width=4)
    penn.text((40, 40), f"{TITTEL}\n{AVSNITT[0]}", fill="black")
    ut = io.BytesIO()
    lerret.save(ut, slag, **valg)
    return ut.getvalue()


def skannet() -> bytes:
    """Three sheets in one TIFF, black and white, as the scanner gives them."""
    ark = [Image.open(io.BytesIO(bilde("PNG", 800 + n))).convert("1") for n in range(3)]
    ut = io.BytesIO()
    ark[0].save(ut, "TIFF", save_all=True, append_images=ark[1:], compression="group4", dpi=(300, 300))
    return ut.getvalue()


def foto() -> bytes:
    """A photograph with what the camera noted, and without the JFIF head that a camera leaves out."""
    notert = Image.Exif()
    notert[0x010F], notert[0x0132] = "Kamera", "2026:02:27 12:00:00"
    jpeg = bilde("JPEG", exif=notert, quality=85)
    return jpeg[:2] + jpeg[4 + int.from_bytes(jpeg[4:6], "big") :]


def docx_() -> bytes:
    dokument = docx.Document()
    dokument.add_heading(TITTEL, 1)
    for avsnitt in AVSNITT:
        dokument.add_paragraph(avsnitt)
    dokument.add_picture(io.BytesIO(bilde("PNG", 200)))
    tabell = dokument.add_table(rows=0, cols=3)
    for linje in LINJER:
        for celle, verdi in zip(tabell.add_row().cells, linje, strict=True):
            celle.text = str(verdi)
    ut = io.BytesIO()
    dokument.save(ut)
    return ut.getvalue()


def docm() -> bytes:
    """A letter that brings a macro, typed as Word types it."""
    hoved = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    med_makro = "application/vnd.ms-word.document.macroEnabled.main+xml"
    return innhold.med_i_zip(
        innhold.bytt_i_zip(docx_(), "[Content_Types].xml", hoved.encode(), med_makro.encode()),
        **{"word/vbaProject.bin": innhold.ole("VBA", "PROJECT", "dir")},
    )


def odt() -> bytes:
    """A letter as LibreOffice keeps it: type first and unpacked, then manifest, styles and text."""
    ns = " ".join(
        f'xmlns:{navn}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
        for navn, urn in (("office", "office"), ("text", "text"), ("style", "style"), ("manifest", "manifest"))
    )
    avsnitt = "".join(f"<text:p>{tekst}</text:p>" for tekst in AVSNITT)
    type_ = "application/vnd.oasis.opendocument.text"
    poster = "".join(
        f'<manifest:file-entry manifest:full-path="{vei}" manifest:media-type="{slag}"/>'
        for vei, slag in (("/", type_), ("content.xml", "text/xml"), ("styles.xml", "text/xml"))
    )
    xml = '<?xml version="1.0" encoding="UTF-8"?>'
    manifest = f'<manifest:manifest {ns} manifest:version="1.3">{poster}</manifest:manifest>'
    return innhold.odf(
        **{
            "META-INF/manifest.xml": f"{xml}{manifest}",
            "content.xml": f'{xml}<office:document-content {ns} office:version="1.3"><office:body><office:text>'
            f'<text:h text:outline-level="1">{TITTEL}</text:h>{avsnitt}'
            "</office:text></office:body></office:document-content>",
            "styles.xml": f'{xml}<office:document-styles {ns} office:version="1.3"/>',
        }
    )


def pdf(**valg) -> bytes:
    """A letter of two sheets, set by Typst."""
    linjer = ", ".join(f"[{navn}], [{antall}], [{pris}]" for navn, antall, pris in LINJER)
    kilde = f"""#set document(title: "{TITTEL}", date: datetime(year: 2026, month: 2, day: 27))
#set text(lang: "nb")
= {TITTEL}
{AVSNITT[0]}
#pagebreak()
{AVSNITT[1]}
#table(columns: 3, {linjer})
"""
    return typst.compile(kilde.encode(), format="pdf", **valg)


def pdfa() -> bytes:
    return pdf(pdf_standards="a-2b")


def xlsx() -> bytes:
    bok = openpyxl.Workbook()
    ark = bok.active
    ark.title = "Budsjett"
    for linje in LINJER:
        ark.append(linje)
    ark["D4"] = "=SUM(C1:C3)"
    ut = io.BytesIO()
    bok.save(ut)
    return ut.getvalue()


def eml() -> bytes:
    """A letter by e-mail, plain and as HTML, with the drawing and the budget attached."""
    brev = email.message.EmailMessage(policy=email.policy.SMTP)
    brev["From"], brev["To"] = "Kåre Kro <kare@kroa.example>", "Fjordvik kommune <post@fjordvik.example>"
    brev["Subject"], brev["Date"] = TITTEL, "Fri, 27 Feb 2026 12:00:00 +0100"
    brev["Message-ID"] = "<kro-1@kroa.example>"
    brev.set_content("\n\n".join(AVSNITT))
    brev.add_alternative("".join(f"<p>{avsnitt}</p>" for avsnitt in AVSNITT), subtype="html")
    brev.add_attachment(pdf(), maintype="application", subtype="pdf", filename="Søknad.pdf")
    brev.add_attachment(xlsx(), maintype="application", subtype="octet-stream", filename="Budsjett.xlsx")
    return brev.as_bytes()
