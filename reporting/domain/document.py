"""The report as HTML for the PDF, and the PDF itself."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pikepdf
from django.template.loader import render_to_string

from reporting.pdf.check import check
from reporting.pdf.render import PdfFout, render_pdf
from reporting.verslag.opbouw import Inhoud, build
from reporting.verslag.plaatshouders import Kader, datum
from reporting.verslag.secties import Sectiedata
from reporting.verslag.tekst import render_line


@dataclass(frozen=True, slots=True)
class Gegevens:
    """What cover and colofon print about a version."""

    titel: str
    schooljaar: str
    gemeenten: Sequence[str]
    omslag: str
    nummer: int
    gemaakt_op: date
    catalogusversie: str
    stand_sha256: str


def render_html(inhoud: Inhoud, gegevens: Gegevens, kader: Kader) -> str:
    titel, _ = render_line(gegevens.titel, kader)
    return render_to_string(
        "reporting/pdf/jaarverslag.html",
        {
            "inhoud": inhoud,
            "gegevens": gegevens,
            "titel": titel,
            "peildatum": datum(kader),
            "jaren": kader.cijfers.schooljaren,
            "meerdere": len(gegevens.gemeenten) > 1,
        },
    )


def make_pdf(secties: Sequence[Sectiedata], kader: Kader, gegevens: Gegevens) -> bytes:
    """Raises PdfFout when a placeholder or table is wrong or the gate finds something."""
    inhoud = build(secties, kader)
    if inhoud.fouten:
        texts = "; ".join(dict.fromkeys(text for _, text in inhoud.fouten))
        raise PdfFout(f"Het verslag is nog niet goed: {texts}")
    return checked_pdf(render_html(inhoud, gegevens, kader))


def checked_pdf(html: str) -> bytes:
    """Raises PdfFout when the gate finds something."""
    data = render_pdf(html)
    findings = check(data)
    if findings:
        raise PdfFout(f"De PDF is niet toegankelijk: {'; '.join(findings[:5])}")
    return data


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def page_count(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)
