"""PDF files for the tests, made by a library or by hand: the dangerous ones hide what they bring along."""

import binascii
import io
from collections.abc import Callable

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from .corpus import pdf, with_table

ACTION = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def made(change: Callable[[Pdf], None], **options: object) -> bytes:
    """A page of a real writer, changed; objects packed unless told otherwise."""
    out = io.BytesIO()
    with Pdf.new() as new:
        new.add_blank_page()
        change(new)
        new.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, **options)
    return out.getvalue()


def opening(**action: object) -> Callable[[Pdf], None]:
    def change(new: Pdf) -> None:
        new.Root.OpenAction = new.make_indirect(Dictionary(**action))

    return change


def with_comments() -> bytes:
    """To who looks for streams by their words, all of it is inside one."""
    return with_table(
        b"%PDF-1.5\n% stream\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
        b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
        b"4 0 obj\n" + ACTION + b"\nendobj\n% endstream\n"
    )


def in_hexadecimal() -> bytes:
    """The action is packed, and what is packed is written in hexadecimal."""
    text = b"4 0 " + ACTION
    packed = binascii.hexlify(text) + b">"
    body = b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>\nendobj\n"
    body += b"2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    body += b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\n"
    body += b"5 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/ASCIIHexDecode/Length %d>>\nstream\n" % len(packed)
    body += packed + b"\nendstream\nendobj\n"
    places = [body.find(b"%d 0 obj" % number) for number in (1, 2, 3)]
    rows = [(0, 0, 65535), *((1, place, 0) for place in places), (2, 5, 0), (1, body.find(b"5 0 obj"), 0)]
    rows.append((1, len(body), 0))
    table = b"".join(bytes([kind]) + place.to_bytes(4) + rest.to_bytes(2) for kind, place, rest in rows)
    end = b"6 0 obj\n<</Type/XRef/W[1 4 2]/Size 7/Root 1 0 R/Length %d>>\nstream\n" % len(table) + table
    return body + end + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(body)


def beside_the_table() -> bytes:
    """A second catalogue that only a program sees that puts the file together again."""
    whole = pdf()
    place = whole.find(b"xref\n")
    extra = b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction 9 0 R>>\nendobj\n9 0 obj\n" + ACTION + b"\nendobj\n"
    return (
        whole[:place] + extra + whole[place:].replace(b"startxref\n%d" % place, b"startxref\n%d" % (place + len(extra)))
    )


def hostile() -> dict[str, bytes]:
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))

    def named(new: Pdf) -> None:
        new.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), new.make_indirect(script)])))

    def deep(new: Pdf) -> None:
        new.Root.AA = Dictionary(WC=Dictionary(S=Name.GoTo, Next=Array([Dictionary(S=Name.Launch, F=String("a.exe"))])))

    def attached(new: Pdf) -> None:
        new.attachments["a.exe"] = b"MZ"

    def carried(new: Pdf) -> None:
        file = Dictionary(Type=Name.Filespec, F=String("a.exe"), EF=Dictionary(F=new.make_stream(b"MZ")))
        note = Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment, Rect=[0, 0, 1, 1], FS=file)
        new.pages[0].Annots = Array([new.make_indirect(note)])

    def elsewhere(new: Pdf) -> None:
        """The name of the action is an object of its own."""
        action = Dictionary(F=String("a.exe"))
        action.S = new.make_indirect(Name.Launch)
        new.Root.OpenAction = new.make_indirect(action)

    def rich(new: Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=[0, 0, 1, 1])
        new.pages[0].Annots = Array([new.make_indirect(note)])

    def form(new: Pdf) -> None:
        new.Root.AcroForm = Dictionary(Fields=Array([]), XFA=new.make_stream(b"<xdp/>"))

    barred = pikepdf.Encryption(owner="pemilik", user="")
    return {
        "script": made(opening(S=Name.JavaScript, JS=String("app.alert(1)"))),
        "script by name": made(named),
        "script behind comments": with_comments(),
        "script in hexadecimal": in_hexadecimal(),
        "script beside the table": beside_the_table(),
        "script that may not be printed": made(opening(S=Name.JavaScript, JS=String("a()")), encryption=barred),
        "program deep inside": made(deep),
        "program named elsewhere": made(elsewhere),
        "form that is sent": made(opening(S=Name.SubmitForm, F=String("http://jahat.example/"))),
        "form that loads": made(opening(S=Name.ImportData, F=String("a.fdf"))),
        "form of XML": made(form),
        "media": made(rich),
        "file inside": made(attached),
        "file in a note": made(carried),
        "password": made(lambda new: None, encryption=pikepdf.Encryption(owner="a", user="rahasia")),
    }


def signed() -> bytes:
    """A second revision with a signature over the first, as a signing service appends it."""
    first = pdf()
    begin = len(first)
    body = (
        b"1 0 obj\n<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[4 0 R]>>>>\nendobj\n"
        b"4 0 obj\n<</FT/Sig/T(Tanda tangan)/V 5 0 R/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/P 3 0 R>>\nendobj\n"
        b"5 0 obj\n<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached/ByteRange[0 840 4938 700]/Contents<"
        + b"30820a"
        + b"0" * 4000
        + b">/M(D:20191008101500+07'00')>>\nendobj\n"
    )
    places = {number: begin + body.find(b"%d 0 obj" % number) for number in (1, 4, 5)}
    table = b"xref\n0 2\n0000000000 65535 f \n%010d 00000 n \n4 2\n%010d 00000 n \n%010d 00000 n \n" % tuple(
        places.values()
    )
    before = first.rfind(b"xref\n0 ")
    end = b"trailer\n<</Root 1 0 R/Size 6/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (before, begin + len(body))
    return first + body + table + end


def scan(pages: int, *, size: tuple[int, int] = (1000, 1414)) -> bytes:
    """Pages of grey noise, as a scanner makes them: about 300 KB each."""
    picture = Image.effect_noise(size, 30)
    out = io.BytesIO()
    picture.save(out, "PDF", save_all=True, append_images=[picture] * (pages - 1), quality=40)
    return out.getvalue()


def good() -> dict[str, bytes]:
    def linked(new: Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=[0, 0, 90, 20],
            A=Dictionary(S=Name.URI, URI=String("https://bappeda.example/?q=/JavaScript")),
        )
        new.pages[0].Annots = Array([new.make_indirect(note)])
        new.docinfo["/Title"] = "Cara kerja /JavaScript dan /Launch"

    barred = pikepdf.Permissions(print_lowres=False, print_highres=False, extract=False)
    locked = pikepdf.Encryption(owner="pemilik", user="", allow=barred)
    return {
        "signed": signed(),
        "not to be printed": made(lambda new: None, encryption=locked),
        "links and words": made(linked),
        "scan": scan(3),
        "objects of all kinds": pdf(
            inside=b"4 0 obj\n5\nendobj\n5 0 obj\n/Nama\nendobj\n6 0 obj\ntrue\nendobj\n"
            b"7 0 obj\nnull\nendobj\n8 0 obj\n(a)\nendobj\n9 0 obj\n5.5\nendobj\n"
        ),
        "opens on a page": made(lambda new: setattr(new.Root, "OpenAction", Array([new.pages[0].obj, Name.Fit]))),
    }
