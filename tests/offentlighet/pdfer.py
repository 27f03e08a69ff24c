"""PDFs with what may not be on the net, made here, so that no binary lies in the repository."""

import io
import re

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image, ImageDraw, ImageFont

FORFATTER = "Hemmelige Hansen"
INGEN = pikepdf.ObjectStreamMode.disable


def pdf(tegning: str = "", *, bilder: bytes | None = None, etter=None) -> bytes:
    """One page of 400 × 200 points with these drawing operators, F1 as Helvetica, and «B» a picture."""
    ut = pikepdf.new()
    side = ut.add_blank_page(page_size=(400, 200)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    side.Resources = Dictionary(Font=Dictionary(F1=font))
    if bilder is not None:
        with Image.open(io.BytesIO(bilder)) as b:
            felter = {"Width": b.width, "Height": b.height, "BitsPerComponent": 8, "ColorSpace": Name.DeviceRGB}
        side.Resources.XObject = Dictionary(
            B=Stream(ut, bilder, Type=Name.XObject, Subtype=Name.Image, Filter=Name.DCTDecode, **felter)
        )
    side.Contents = ut.make_stream(tegning.encode("cp1252"))
    if etter is not None:
        etter(ut, side)
    fil = io.BytesIO()
    ut.save(fil)
    return fil.getvalue()


def tekst(ordene: str, *, x: int = 20, y: int = 100, stoerrelse: float = 12, foer: str = "", modus: int = 0) -> str:
    """Draw words there."""
    return f"q {foer} BT /F1 {stoerrelse} Tf {modus} Tr {x} {y} Td ({ordene}) Tj ET Q\n"


def merknad(slag: str, **felter):
    """Put an annotation on the page."""

    def etter(ut, side):
        felt = {"Contents": String("Dette må ikke ut"), **felter}
        side.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name(slag), Rect=[10, 10, 90, 40], **felt)])

    return etter


def med_skjema(verdi: str):
    """Put a form field with a value on the page."""

    def etter(ut, side):
        felt = ut.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T=String("felt"),
                V=String(verdi),
                F=4,
                Rect=[20, 20, 300, 50],
                DA=String("/F1 12 Tf 0 g"),
            )  # fmt: skip
        )
        side.Annots = Array([felt])
        ut.Root.AcroForm = Dictionary(
            Fields=Array([felt]), DR=Dictionary(Font=side.Resources.Font), NeedAppearances=True
        )

    return etter


def med_alt_som_forteller(ut, side):
    """Author, XMP, a script, a private note of the program, and who took the picture."""
    ut.docinfo["/Author"] = FORFATTER
    with ut.open_metadata() as xmp:
        xmp["dc:creator"] = [FORFATTER]
    ut.Root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array([String("a"), Dictionary(S=Name.JavaScript, JS=String(FORFATTER))]))
    )
    side.PieceInfo = Dictionary(Word=Dictionary(Private=String(FORFATTER)))


def jpeg(*, forteller: bool = True, retning: int = 1) -> bytes:
    """A photo that says who took it, and where."""
    b = Image.linear_gradient("L").resize((40, 20)).convert("RGB")
    ut, exif = io.BytesIO(), Image.Exif()
    if forteller:
        exif[0x013B] = FORFATTER
        exif.get_ifd(0x8825)[1] = "N"
    if retning != 1:
        exif[0x0112] = retning
    b.save(ut, "JPEG", exif=exif, comment=FORFATTER if forteller else "")
    return ut.getvalue()


def png() -> bytes:
    """A picture that says who made it."""
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415 - only here

    info, ut = PngInfo(), io.BytesIO()
    info.add_text("Author", FORFATTER)
    info.add_itxt("XML:com.adobe.xmp", FORFATTER)
    Image.new("RGB", (40, 20), (200, 10, 10)).save(ut, "PNG", pnginfo=info)
    return ut.getvalue()


def tiff() -> bytes:
    """Two pages, with who scanned them."""
    ut = io.BytesIO()
    sider = [Image.new("RGB", (40, 20), farge) for farge in ((200, 10, 10), (10, 200, 10))]
    sider[0].save(ut, "TIFF", save_all=True, append_images=sider[1:], tiffinfo={315: FORFATTER})
    return ut.getvalue()


def piksler(innhold: bytes) -> list[bytes]:
    """Every page of a picture, pixel by pixel, as it is shown."""
    from PIL import ImageOps  # noqa: PLC0415 - only here

    with Image.open(io.BytesIO(innhold)) as b:
        ut = []
        for nr in range(getattr(b, "n_frames", 1)):
            b.seek(nr)
            ut.append(ImageOps.exif_transpose(b).convert("RGB").tobytes())
        return ut


def med_noe_gammelt(hvordan: str, gammelt: str) -> bytes:
    """A page that says «Nytt», in a file that still has what it said before."""
    if hvordan == "etter slutten":
        return pdf(tekst("Nytt")) + gammelt.encode()
    rent = io.BytesIO()
    if hvordan == "løst objekt":
        # qpdf leaves out what nothing points to: it is pointed to, and then is so no longer.
        with pikepdf.open(io.BytesIO(pdf(tekst("Nytt")))) as fil:
            fil.Root.Loest = fil.make_stream(gammelt.encode())
            fil.save(
                rent,
                object_stream_mode=INGEN,
                stream_decode_level=pikepdf.StreamDecodeLevel.all,
                compress_streams=False,
            )
        return re.sub(rb"/Loest \d+ 0 R", lambda treff: b" " * len(treff[0]), rent.getvalue())
    with pikepdf.open(io.BytesIO(pdf(tekst(gammelt)))) as fil:
        fil.save(
            rent, object_stream_mode=INGEN, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False
        )
    foerst = rent.getvalue()
    with pikepdf.open(io.BytesIO(foerst)) as fil:
        nummer, rot, antall = fil.pages[0].obj.Contents.objgen[0], fil.Root.objgen[0], len(fil.objects) + 1
    ny = tekst("Nytt").encode()
    oppaa = foerst + b"\n%d 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n" % (nummer, len(ny), ny)
    forrige = int(foerst.rpartition(b"startxref")[2].split()[0])
    hale = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<< /Size %d /Root %d 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
    return oppaa + hale % (nummer, len(foerst) + 1, antall, rot, forrige, len(oppaa))


def utpakket(innhold: bytes) -> bytes:
    """Return a PDF with all that it holds readable."""
    ut = io.BytesIO()
    with pikepdf.open(io.BytesIO(innhold)) as fil:
        fil.save(ut, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return ut.getvalue() + innhold


def skann(*linjer: str, lag=(1240, 620)) -> bytes:
    """A page as a scanner gives it: the words are in the picture alone."""
    bilde = Image.new("RGB", lag, (250, 250, 250))
    tegner = ImageDraw.Draw(bilde)
    for nr, linje in enumerate(linjer):
        tegner.text((80, 60 + 70 * nr), linje, fill=(20, 20, 20), font=ImageFont.load_default(size=40))
    ut = io.BytesIO()
    bilde.save(ut, "JPEG", quality=90)
    return ut.getvalue()


HELE_SIDEN = "q 400 0 0 200 0 0 cm /B Do Q\n"
