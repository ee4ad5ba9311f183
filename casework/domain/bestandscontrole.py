"""What a file really is, and whether its kind may be kept; its content decides, not its name."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pikepdf
from django.conf import settings
from PIL import Image, ImageOps

from casework.errors import DomainError

BLOK = 1 << 20
MACROS = ("vbaproject.bin", "vbadata.xml", "activex/", "/embeddings/")
TE_GROOT = "Deze foto heeft te veel beeldpunten. Maak hem kleiner."
MACROFOUT = "In dit document zitten macro's of ingesloten bestanden. Maak er een pdf van."
WOORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"


class BestandFout(DomainError):
    """This file is not kept; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Soort:
    mediatype: str
    check: Callable[[bytes], bytes]  # the bytes to keep; raises BestandFout


def check_file(naam: str, data: bytes) -> bytes:
    """The bytes to keep: of an image without its metadata. Raises BestandFout."""
    if len(data) > settings.DOCUMENT_MAX_BYTES:
        raise BestandFout(f"Dit bestand is groter dan {settings.DOCUMENT_MAX_BYTES >> 20} MB.")
    soort = SOORTEN.get(extension(naam))
    if soort is None:
        raise BestandFout("Dit soort bestand kan niet. Kies een pdf, docx, odt, jpg of png.")
    return soort.check(data)


def extension(naam: str) -> str:
    return naam.rpartition(".")[2].lower()


def mediatype(naam: str) -> str:
    """By the name; for a name we do not know a type that no browser opens."""
    soort = SOORTEN.get(extension(naam))
    return soort.mediatype if soort else "application/octet-stream"


def _pdf(data: bytes) -> bytes:
    end = data.rfind(b"%%EOF")
    if not data.startswith(b"%PDF-") or end < 0 or data[end + 5 :].strip():
        raise BestandFout("De inhoud van dit bestand is geen pdf.")
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            active = _acts(pdf.Root)
    except pikepdf.PasswordError:
        raise BestandFout("Deze pdf heeft een wachtwoord. Sla hem op zonder wachtwoord.") from None
    except (pikepdf.PdfError, ValueError, RecursionError):
        raise BestandFout("Deze pdf is beschadigd en kan niet worden gelezen.") from None
    if active:
        raise BestandFout("In deze pdf zit een script of bijlage. Druk hem opnieuw af naar pdf.")
    return data


def _acts(root: Any) -> bool:
    """Whether opening it does something: a script, a program, a file inside."""
    names: Any = root.get("/Names", {})
    opens: Any = root.get("/OpenAction", {})
    does = opens.get("/S", "") if isinstance(opens, pikepdf.Dictionary) else ""
    return (
        "/AA" in root
        or "/JavaScript" in names
        or "/EmbeddedFiles" in names
        or str(does) in {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"}
    )


def _docx(data: bytes) -> bytes:
    with _opened(data) as archive:
        names = {name.lower() for name in archive.namelist()}
        if not {"[content_types].xml", "word/document.xml"} <= names:
            raise BestandFout("De inhoud van dit bestand is geen docx.")
        types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or any(part in name for name in names for part in MACROS):
        raise BestandFout("" + MACROFOUT + "")
    return data


def _odt(data: bytes) -> bytes:
    with _opened(data) as archive:
        names = archive.namelist()
        if not names or names[0] != "mimetype" or archive.read("mimetype") != ODT.encode():
            raise BestandFout("De inhoud van dit bestand is geen odt.")
    if any(name.startswith(("Basic/", "Scripts/", "Object ")) for name in names):
        raise BestandFout("" + MACROFOUT + "")
    return data


def _opened(data: bytes) -> zipfile.ZipFile:
    """A zip from its first byte to its last, within the limits once unpacked."""
    if not data.startswith(b"PK\x03\x04"):
        raise BestandFout("De inhoud van dit bestand past niet bij de naam.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _measure(archive, data)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise BestandFout("Dit document is beschadigd en kan niet worden gelezen.") from None
    return archive


def _measure(archive: zipfile.ZipFile, data: bytes) -> None:
    parts = archive.infolist()
    if archive.comment or not data[-22:].startswith(b"PK\x05\x06") or parts[0].header_offset != 0:
        raise BestandFout("Voor of achter dit document zit iets anders. Sla het opnieuw op.")
    if len(parts) > settings.DOCUMENT_MAX_DELEN:
        raise BestandFout("Dit document heeft te veel onderdelen.")
    if len({part.filename for part in parts}) != len(parts):
        raise BestandFout("Dit document noemt een onderdeel twee keer.")
    left = settings.DOCUMENT_MAX_UITGEPAKT
    for part in parts:
        with archive.open(part) as stream:  # the size it names may be a lie
            while block := stream.read(BLOK):
                left -= len(block)
                if left < 0:
                    raise BestandFout("Dit document is uitgepakt veel te groot.")


def _image(form: str, begin: bytes) -> Callable[[bytes], bytes]:
    def check(data: bytes) -> bytes:
        if not data.startswith(begin):
            raise BestandFout(f"De inhoud van dit bestand is geen {form.lower()}.")
        try:
            with Image.open(io.BytesIO(data), formats=[form]) as image:
                if image.width * image.height > settings.DOCUMENT_MAX_PIXELS:
                    raise BestandFout(TE_GROOT)
                return _redrawn(image, form)
        except Image.DecompressionBombError:  # what Pillow itself does not even open
            raise BestandFout(TE_GROOT) from None
        except (OSError, ValueError, SyntaxError):
            raise BestandFout("Deze foto is beschadigd en kan niet worden gelezen.") from None

    return check


def _redrawn(image: Image.Image, form: str) -> bytes:
    """The same picture upright, without place, camera, comments or anything behind it."""
    upright = ImageOps.exif_transpose(image)
    if upright.mode == "P":
        upright = upright.convert("RGBA")
    plain = Image.new(upright.mode, upright.size)
    plain.paste(upright)
    target = io.BytesIO()
    plain.save(target, form, **({"quality": 90} if form == "JPEG" else {}))
    return target.getvalue()


SOORTEN: Final[Mapping[str, Soort]] = {
    "pdf": Soort("application/pdf", _pdf),
    "docx": Soort(WOORD, _docx),
    "odt": Soort(ODT, _odt),
    "jpg": Soort("image/jpeg", _image("JPEG", b"\xff\xd8\xff")),
    "jpeg": Soort("image/jpeg", _image("JPEG", b"\xff\xd8\xff")),
    "png": Soort("image/png", _image("PNG", b"\x89PNG\r\n\x1a\n")),
}
