"""The PDF chain: PDF/A-1a with PDF/UA-1, nothing fetched, nothing wrong let through."""

import io
import re
import shutil
import subprocess

import pikepdf
import pytest

from reporting.charts import Grafiek, Punt, draw
from reporting.pdf.check import check
from reporting.pdf.render import PdfFout, render_pdf
from tests.reporting.preflight import VALID, preflight

CHART = draw(
    Grafiek("staaf", [Punt("Luxe", "", 25), Punt("Licht", "", 535)], "Soorten", "Luxe 25."),
    id="g",
)
PAGE = f"""<!doctype html><html lang="nl"><head><title>Jaarverslag Ypenbürg</title>
<meta name="author" content="Gemeente"><style>
@font-face {{ font-family: "Noto Sans"; src: url(static:fonts/NotoSans-Regular.ttf) }}
body {{ font-family: "Noto Sans" }}
@page {{ @top-left {{ content: "Jaarverslag" }} @bottom-right {{ content: counter(page) }} }}
.toc a::after {{ content: target-counter(attr(href url), page) }}
</style></head><body><main><h1>Jaarverslag</h1>
<nav class="toc"><ol><li><a href="#lp">Leerplicht</a></li></ol></nav>
<h2 id="lp">Leerplicht</h2><ul><li>één</li><li>twee<ul><li>drie</li></ul></li></ul>
<table><caption>Meldingen</caption>
<thead><tr><th scope="col">Soort</th><th scope="col">Aantal</th></tr></thead>
<tbody><tr><th scope="row">Luxe</th><td>25</td></tr></tbody></table>
{CHART}<!--extra--></main></body></html>"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_pdf(PAGE)


def test_a_whole_page_passes_the_gate(pdf):
    assert check(pdf) == []


def test_qpdf_finds_no_error(pdf, tmp_path):
    if not shutil.which("qpdf"):
        pytest.skip("qpdf is not installed")
    (tmp_path / "a.pdf").write_bytes(pdf)

    done = subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], capture_output=True)

    assert done.returncode == 0


def test_preflight_calls_it_valid_pdf_a(pdf):
    assert preflight(pdf) == VALID


def test_page_numbers_are_artifacts_and_headers_have_a_scope(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tags = [
            str(i.operands[0])
            for i in pikepdf.parse_content_stream(opened.pages[0])
            if str(i.operator) == "BDC"
        ]
    assert tags.count("/Artifact") == 2  # the running header and the page number
    assert pdf.count(b"/Scope /Column") == 2
    assert pdf.count(b"/Scope /Row") == 1


@pytest.mark.parametrize(
    "extra",
    [
        '<img src="https://example.org/a.png" alt="foto">',
        '<img src="file:///etc/hostname" alt="foto">',
        '<img src="static:../../manage.py" alt="foto">',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<img src="data:image/png;base64,AAAA" alt="foto">',
    ],
)
def test_nothing_is_fetched_from_elsewhere(extra):
    with pytest.raises(PdfFout, match="niet gemaakt"):
        render_pdf(PAGE.replace("<!--extra-->", extra))


def test_a_document_without_language_stops_the_render():
    with pytest.raises(PdfFout, match="lang"):
        render_pdf(PAGE.replace('<html lang="nl">', "<html>"))


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("<!--extra-->", "<h5>Te diep</h5>", "7.4.2-1"),
        ("<!--extra-->", '<p style="opacity: 0.5">Doorzichtig</p>', "7.1-3"),
        ("<title>Jaarverslag Ypenbürg</title>", "<title> </title>", "7.1-9"),
        (
            CHART,
            re.sub("<title.*?</title>", "", CHART),
            "7.3-1",
        ),  # the chart loses its name
    ],
)
def test_the_gate_bites(before, after, rule):
    found = check(render_pdf(PAGE.replace(before, after)))

    assert {finding.split(":")[0] for finding in found} == {rule}
