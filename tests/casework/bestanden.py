"""Files as people and others send them: good ones, and bad ones that look good."""

import io
import struct
import zipfile
import zlib

import pikepdf
from PIL import Image

TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ODT = b"application/vnd.oasis.opendocument.text"
EXE = b"MZ\x90\x00" + b"\0" * 200
HTML = b"<html><script>alert(document.cookie)</script></html>"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def pdf(root: dict | None = None, **save) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as doc:
        doc.add_blank_page()
        for key, value in (root or {}).items():
            doc.Root[key] = value
        doc.save(target, **save)
    return target.getvalue()


def locked_pdf() -> bytes:
    return pdf(encryption=pikepdf.Encryption(owner="x", user="x"))


def acting_pdf(kind: str) -> bytes:
    action = pikepdf.Dictionary(S=pikepdf.Name(kind), JS=pikepdf.String("app.alert(1)"))
    return pdf({"/OpenAction": action})


def pdf_with_names(name: str) -> bytes:
    return pdf({"/Names": pikepdf.Dictionary({name: pikepdf.Dictionary()})})


def zipped(*parts: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            archive.writestr(name, data)
    return target.getvalue()


def docx(*more: tuple[str, bytes], types: bytes = TYPES) -> bytes:
    return zipped(("[Content_Types].xml", types), ("word/document.xml", b"<w/>"), *more)


def odt(*more: tuple[str, bytes], mimetype: bytes = ODT) -> bytes:
    return zipped(("mimetype", mimetype), ("content.xml", b"<o/>"), *more)


def bomb() -> bytes:
    """Small on the line, 300 MB unpacked."""
    return docx(*((f"word/{n}.xml", b"\0" * (50 << 20)) for n in range(6)))


def lying_bomb() -> bytes:
    """The directory says that the large part is one byte."""
    data = docx(("word/groot.xml", b"\0" * (1 << 20)))
    return data.replace(struct.pack("<L", 1 << 20), struct.pack("<L", 1))


def picture(form: str, size=(8, 6), **save) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, form, **save)
    return target.getvalue()


def photo_with_place() -> bytes:
    """A photo from a telephone: on its side, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter
    exif[0x010F] = "Telefoonmerk"
    exif.get_ifd(0x8825)[2] = (52.0, 3.0, 0.0)
    return picture("JPEG", exif=exif, comment=b"opmerking")


def huge_png(side: int) -> bytes:
    """Only a header: 60,000 by 60,000 pixels would be 10 GB in memory."""
    header = struct.pack("!LLBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!L", len(data)) + kind + data + struct.pack("!L", zlib.crc32(kind + data))
        )

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")
