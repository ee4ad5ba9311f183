"""The proces-verbaal with its annexes as one PDF, pages numbered through the whole.

A worker makes it: hundreds of pages of annexes take longer than somebody waits. The renderer makes
the statement and, for every page of an annex, an empty page with a heading and its number; the page
of the annex is laid under it.
"""

import hashlib
import io
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

import pikepdf
from django.core.files.base import ContentFile
from django.db import transaction
from django.template.loader import render_to_string

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Politiezicht, Taak
from casework.codes import Documentsoort
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Document
from casework.models.document import random_name
from casework.schooljaar import amsterdam_date, today
from casework.uitbreiding import UITBREIDINGEN
from leerplicht.models import Strafzaak
from leerplicht.models.opsporing import Bundelstand

from .halt_tabel import police_fields
from .mas import BOA
from .strafzaak import halt_of

logger = logging.getLogger(__name__)
BEZIG: Final = (Bundelstand.WACHT, Bundelstand.BEZIG)
WACHTEN: Final = timedelta(minutes=30)  # then the work was lost, and one may ask again
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


Tell = Callable[[int, str], None]


def compose(
    zaak: Strafzaak,
    bijlagen: Sequence[Document],
    *,
    by: Gebruiker,
    day: date,
    tell: Tell = lambda procent, stap: None,
) -> bytes:
    """Raises DomainError when an annex cannot be read or there are too many pages."""
    with ExitStack() as stack:
        opened = []
        for number, d in enumerate(bijlagen):
            tell(30 * number // len(bijlagen), f"Bijlage {number + 1} van {len(bijlagen)} lezen")
            opened.append((d, stack.enter_context(_open(d))))
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
        tell(30, "Bladzijden opmaken")
        html = render_to_string("leerplicht/pdf/proces_verbaal.html", context)
        data = UITBREIDINGEN.pdf(html)
        tell(80, "Bijlagen toevoegen")
        return _lay_under(data, [pdf for _, pdf in opened])


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
def request(zaak: Strafzaak, bijlagen: Sequence[Document], *, by: Gebruiker, now: datetime) -> None:
    """Have it made, again when it was made before. Raises NotAuthorised, DomainError."""
    require(by, BOA, zaak.gemeente_id)
    zaak = Strafzaak.objects.select_for_update(of=("self",)).get(pk=zaak.pk)
    if is_busy(zaak, now):
        raise DomainError("De pdf wordt al gemaakt.")
    zicht = by.politiezicht
    zaak.bundel_vraag = {
        "door": by.pk,
        "op": now.isoformat(),
        "bijlagen": [d.pk for d in bijlagen],
        "reden": zicht.redenen[zaak.jongere_id] if zicht else "",
        "gericht": bool(zicht and zaak.jongere_id in zicht.gericht),
    }
    zaak.bundel_stand, zaak.bundel_voortgang, zaak.bundel_stap = Bundelstand.WACHT, 0, ""
    zaak.save(update_fields=["bundel_vraag", "bundel_stand", "bundel_voortgang", "bundel_stap"])
    record("bundel.gevraagd", zaak, by=by, taak=Taak.OPSPORING)
    from leerplicht.tasks import make_bundel

    transaction.on_commit(partial(make_bundel.delay, zaak.pk), robust=True)


def is_busy(zaak: Strafzaak, now: datetime) -> bool:
    if zaak.bundel_stand not in BEZIG:
        return False
    return now - datetime.fromisoformat(zaak.bundel_vraag["op"]) < WACHTEN


def make(pk: int) -> None:
    """The worker's part: once, however often it is called; with the rights of this moment."""
    rows = Strafzaak.objects.filter(pk=pk, bundel_stand__in=BEZIG)
    if not rows.update(bundel_stand=Bundelstand.BEZIG):
        return
    zaak = Strafzaak.objects.select_related("jongere", "werkproces", "gemeente").get(pk=pk)
    vraag = zaak.bundel_vraag
    rows = rows.filter(bundel_vraag=vraag)  # not what is asked again meanwhile
    try:
        day = today()
        by = _asker(zaak, day)
        found = Document.objects.visible_to(by).filter(jongere=zaak.jongere_id)
        bijlagen = list(found.filter(pk__in=vraag["bijlagen"]).order_by("datum", "pk"))
        if len(bijlagen) < len(vraag["bijlagen"]):
            raise DomainError("Een bijlage is niet meer voor u te zien. Kies de bijlagen opnieuw.")
        data = compose(zaak, bijlagen, by=by, day=day, tell=partial(_tell, rows))
        _keep(zaak, data, rows, by=by, day=day)
    except Exception as error:
        why = str(error) if isinstance(error, DomainError) else ""
        if not why:
            logger.exception("De bundel van strafzaak %s is niet gemaakt", pk)
        rows.update(bundel_stand=Bundelstand.MISLUKT, bundel_stap=why[:300], bundel_vraag={})


def _asker(zaak: Strafzaak, day: date) -> Gebruiker:
    """The officer as he was when he asked: with his reason to see this dossier."""
    vraag = zaak.bundel_vraag
    by = Gebruiker.objects.get(pk=vraag["door"])
    keys = [zaak.jongere_id]
    by.politiezicht = Politiezicht(
        day, dict.fromkeys(keys, vraag["reden"]), frozenset(keys if vraag["gericht"] else ())
    )
    require(by, BOA, zaak.gemeente_id)
    return by


def _tell(rows: Any, procent: int, stap: str) -> None:
    rows.update(bundel_voortgang=procent, bundel_stap=stap)


@transaction.atomic
def _keep(zaak: Strafzaak, data: bytes, rows: Any, *, by: Gebruiker, day: date) -> None:
    """Unless another worker was first."""
    if rows.select_for_update().first() is None:
        return
    document = keep(zaak, data, by=by, day=day)
    rows.update(bundel=document, bundel_stand=Bundelstand.KLAAR, bundel_stap="", bundel_vraag={})


def keep(zaak: Strafzaak, data: bytes, *, by: Gebruiker, day: date) -> Document:
    """In the dossier as police data."""
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
