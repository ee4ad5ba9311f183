"""The proces-verbaal with its annexes as one PDF, pages numbered through the whole.

The renderer makes the statement and, for every page of an annex, an empty page with a heading and
its number; the page of the annex is laid under it.
"""

import hashlib
import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Documentsoort
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Document
from casework.models.document import random_name
from casework.schooljaar import amsterdam_date
from casework.uitbreiding import UITBREIDINGEN
from leerplicht.models import Strafzaak

from .halt_tabel import police_fields
from .mas import BOA
from .strafzaak import halt_of

HOOGSTENS = 300  # pages of all annexes together
RAND = (56, 60, 539, 760)  # of A4 in points: what the heading and the number leave free


@dataclass(frozen=True, slots=True)
class Regel:
    dag: date
    tekst: str


def chronology(zaak: Strafzaak, by: Gebruiker) -> list[Regel]:
    """From reports of absence and the police process alone: no talk, help or note is in it."""
    rows = list(_reports(zaak)) + [
        Regel(amsterdam_date(v.begin), f"Verhoor van {v.naam} ({v.get_rol_display().lower()})")
        for v in zaak.verhoren.order_by("begin")
    ]
    for halt in halt_of(zaak, by):
        for row in halt.verloop:
            text = f"Halt: {row['stap'].replace('_', ' ')}"
            rows.append(Regel(date.fromisoformat(row["op"]), text))
    return sorted(rows, key=lambda regel: regel.dag)


def _reports(zaak: Strafzaak) -> Iterator[Regel]:
    for m in zaak.werkproces.meldingen.order_by("melddatum", "pk") if zaak.werkproces else ():
        size = [f"{m.uren.normalize():f} uur".replace(".", ",")] if m.uren else []
        size += [f"{m.aantal_te_laat} keer te laat"] if m.aantal_te_laat else []
        text = f"Verzuimmelding van school: {m.get_soort_display().lower()}"
        yield Regel(m.melddatum, ", ".join([text, *size]))


def compose(zaak: Strafzaak, bijlagen: Sequence[Document], *, by: Gebruiker, day: date) -> bytes:
    """Raises DomainError when an annex cannot be read or there are too many pages."""
    with ExitStack() as stack:
        opened = [(d, stack.enter_context(_open(d))) for d in bijlagen]
        if sum(len(pdf.pages) for _, pdf in opened) > HOOGSTENS:
            raise DomainError(f"De bijlagen hebben samen meer dan {HOOGSTENS} bladzijden.")
        parts = [(n, d, range(len(pdf.pages))) for n, (d, pdf) in enumerate(opened, 1)]
        context = {
            "zaak": zaak,
            "jongere": zaak.jongere,
            "verhoren": zaak.verhoren.order_by("begin", "pk"),
            "chronologie": chronology(zaak, by),
            "bijlagen": parts,
            "vandaag": day,
        }
        assert UITBREIDINGEN.pdf is not None
        html = render_to_string("leerplicht/pdf/proces_verbaal.html", context)
        return _lay_under(UITBREIDINGEN.pdf(html), [pdf for _, pdf in opened])


def _open(document: Document) -> pikepdf.Pdf:
    try:
        with document.bestand.open("rb") as stream:
            return pikepdf.open(io.BytesIO(stream.read()))
    except (pikepdf.PdfError, OSError) as error:
        raise DomainError(f"De bijlage '{document}' is niet te lezen als pdf.") from error


def _lay_under(data: bytes, annexes: list[pikepdf.Pdf]) -> bytes:
    pages = [page for pdf in annexes for page in pdf.pages]
    if not pages:
        return data
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for target, page in zip(pdf.pages[len(pdf.pages) - len(pages) :], pages, strict=True):
            target.add_underlay(page, pikepdf.Rectangle(*RAND))
        with pdf.open_metadata() as meta:  # of what others made nothing is promised
            for key in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part"):
                meta.pop(key, None)
        pdf.save(out)
    return out.getvalue()


@transaction.atomic
def make_bundle(
    zaak: Strafzaak, bijlagen: Sequence[Document], *, by: Gebruiker, day: date
) -> Document:
    """Kept in the dossier as police data. Raises NotAuthorised, DomainError."""
    require(by, BOA, zaak.gemeente_id)
    data = compose(zaak, bijlagen, by=by, day=day)
    document = Document(
        jongere_id=zaak.jongere_id,
        werkproces=zaak.werkproces,
        taak=Taak.LEERPLICHT,
        gemeente_id=zaak.gemeente_id,
        bestandsnaam=f"proces-verbaal-S{zaak.pk}.pdf",
        titel=f"{zaak}, met bijlagen",
        soort=Documentsoort.PV,
        datum=day,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        **police_fields(zaak) | {"eerste_verwerking": day},
    )
    name: Any = random_name(document, "")  # type: ignore[arg-type]  # asks no more of the row
    document.bestand.save(name.rpartition("/")[2], ContentFile(data), save=False)
    document.save()
    record("bundel.gemaakt", document, by=by, taak=Taak.OPSPORING, soort=document.soort)
    return document
