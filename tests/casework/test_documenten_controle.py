"""Which files are kept, by what they are and not by what they are called."""

import io

import pytest
from PIL import Image

from casework.domain.bestandscontrole import BestandFout, check_file, mediatype
from casework.domain.documenten import safe_name
from tests.casework import bestanden as b

GOED = {
    "brief.pdf": b.pdf,
    "Brief.PDF": b.pdf,
    "brief.docx": b.docx,
    "brief.odt": b.odt,
    "foto.jpg": lambda: b.picture("JPEG"),
    "foto.jpeg": lambda: b.picture("JPEG"),
    "foto.png": lambda: b.picture("PNG"),
}
FOUT = {
    "renamed exe": ("brief.pdf", lambda: b.EXE, "geen pdf"),
    "exe": ("programma.exe", lambda: b.EXE, "Kies een pdf"),
    "exe after a pdf": ("brief.pdf.exe", b.pdf, "Kies een pdf"),
    "no ending": ("brief", b.pdf, "Kies een pdf"),
    "html as text": ("brief.txt", lambda: b.HTML, "Kies een pdf"),
    "html as pdf": ("brief.pdf", lambda: b.HTML, "geen pdf"),
    "html as png": ("foto.png", lambda: b.HTML, "geen png"),
    "svg": ("foto.svg", lambda: b"<svg onload='x()'/>", "Kies een pdf"),
    "jpg called png": ("foto.png", lambda: b.picture("JPEG"), "geen png"),
    "pdf behind html": ("brief.pdf", lambda: b.HTML + b.pdf(), "geen pdf"),
    "html behind a pdf": ("brief.pdf", lambda: b.pdf() + b.HTML, "geen pdf"),
    "pdf and zip in one": ("brief.pdf", lambda: b.pdf() + b.docx(), "geen pdf"),
    "zip behind a pdf": ("brief.docx", lambda: b.pdf() + b.docx(), "past niet bij de naam"),
    "zip before html": ("brief.docx", lambda: b.docx() + b.HTML, "iets anders"),
    "two zips": ("brief.docx", lambda: b.docx() + b.docx(), "iets anders"),
    "pdf with a password": ("brief.pdf", b.locked_pdf, "wachtwoord"),
    "pdf cut short": ("brief.pdf", lambda: b"%PDF-1.7\nniets\n%%EOF", "beschadigd"),
    "pdf that runs": ("brief.pdf", lambda: b.acting_pdf("/JavaScript"), "script of bijlage"),
    "pdf that starts": ("brief.pdf", lambda: b.acting_pdf("/Launch"), "script of bijlage"),
    "pdf with scripts": ("brief.pdf", lambda: b.pdf_with_names("/JavaScript"), "script"),
    "pdf with a file": ("brief.pdf", lambda: b.pdf_with_names("/EmbeddedFiles"), "bijlage"),
    "docm": ("brief.docm", b.docx, "Kies een pdf"),
    "macro": ("brief.docx", lambda: b.docx(("word/vbaProject.bin", b"x")), "macro"),
    "macro type": ("brief.docx", lambda: b.docx(types=b"ms-word.macroEnabled.12"), "macro"),
    "embedded": ("brief.docx", lambda: b.docx(("word/embeddings/a.bin", b"x")), "macro"),
    "odt macro": ("brief.odt", lambda: b.odt(("Basic/Standard/x.xml", b"x")), "macro"),
    "odt of calc": ("brief.odt", lambda: b.odt(mimetype=b"spreadsheet"), "geen odt"),
    "xlsx as docx": ("brief.docx", lambda: b.zipped(("xl/workbook.xml", b"")), "geen docx"),
    "zip as docx": ("brief.docx", lambda: b.zipped(("a.exe", b.EXE)), "geen docx"),
    "zip bomb": ("brief.docx", b.bomb, "veel te groot"),
    "zip that lies": ("brief.docx", b.lying_bomb, "beschadigd"),
    "many parts": (
        "brief.docx",
        lambda: b.docx(*((f"word/{n}.xml", b"") for n in range(2_001))),
        "te veel onderdelen",
    ),
    "huge png": ("foto.png", lambda: b.huge_png(60_000), "te veel beeldpunten"),
    "large png": ("foto.png", lambda: b.huge_png(8_000), "te veel beeldpunten"),
    "png cut short": ("foto.png", lambda: b.picture("PNG")[:40], "beschadigd"),
    "empty": ("brief.pdf", lambda: b"", "geen pdf"),
    "too large": ("brief.pdf", lambda: b"%PDF-" + b"\0" * (25 << 20), "groter dan 25 MB"),
}


@pytest.mark.eis("F1")
@pytest.mark.parametrize("naam", GOED)
def test_a_good_file_is_kept(naam):
    data = GOED[naam]()

    kept = check_file(naam, data)

    assert kept == data or naam.startswith("foto")
    assert mediatype(naam) != "application/octet-stream"


@pytest.mark.eis("F1")
@pytest.mark.parametrize("what", FOUT)
def test_a_bad_file_is_refused_with_a_reason(what):
    naam, make, reason = FOUT[what]

    with pytest.raises(BestandFout, match=reason):
        check_file(naam, make())


@pytest.mark.eis("F3")
def test_a_photo_loses_its_place_and_stands_upright():
    source = b.photo_with_place()

    kept = check_file("foto.jpg", source)

    with Image.open(io.BytesIO(source)) as before, Image.open(io.BytesIO(kept)) as after:
        assert before.getexif().get_ifd(0x8825)
        assert (dict(after.getexif()), after.info.get("comment")) == ({}, None)
        assert after.size == before.size[::-1]
    assert b"Telefoonmerk" not in kept


@pytest.mark.parametrize("form", ["P", "RGBA", "L", "LA", "1", "I;16"])
def test_every_kind_of_png_keeps_its_pixels(form):
    target = io.BytesIO()
    Image.new(form, (4, 3)).save(target, "PNG")

    with Image.open(io.BytesIO(check_file("foto.png", target.getvalue()))) as kept:
        assert kept.size == (4, 3)


@pytest.mark.eis("F3", "F1")
def test_what_hides_behind_a_photo_is_gone():
    kept = check_file("foto.png", b.picture("PNG") + b.docx() + b.HTML)

    assert b"PK" not in kept
    assert b"script" not in kept


@pytest.mark.eis("F3")
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("brief.pdf", "brief.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\sam\\brief.pdf", "brief.pdf"),
        ("brief\u202efdp.exe", "brieffdp.exe"),
        ('a"b\r\nc.pdf', "abc.pdf"),
        ("..", ""),
        ("x" * 300 + ".pdf", "x" * 200 + ".pdf"),
    ],
)
def test_a_name_is_only_a_name(given, kept):
    assert safe_name(given) == kept
