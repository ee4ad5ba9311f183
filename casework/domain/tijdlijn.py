"""The timeline of a jongere: rows of many tables and the event log, newest first, paged."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import Gebeurtenis, Gebruiker
from accounts.rechten import UITVOEREND, Taak, by_taak_and_gemeente
from casework.models import (
    Afspraak,
    Contactmoment,
    Document,
    Jongere,
    Verzuimmelding,
    WerkprocesStap,
)
from casework.schooljaar import AMSTERDAM, amsterdam_date
from casework.uitbreiding import UITBREIDINGEN, Bron, Regel

PER_PAGE = 25
EIGEN_GEBEURTENISSEN = {
    "dossier.geopend": "Dossier geopend",
    "jongere.gemaakt": "Jongere ingevoerd",
    "relatie.toegevoegd": "Ouder of verzorger toegevoegd",
    "relatie.gewijzigd": "Gegevens van ouder of verzorger gewijzigd",
    "adres.toegevoegd": "Verhuizing vastgelegd",
    "inschrijving.toegevoegd": "Inschrijving toegevoegd",
    "inschrijving.beeindigd": "Uitschrijving vastgelegd",
    "diploma.toegevoegd": "Diploma toegevoegd",
    "bsn.getoond": "BSN bekeken",
    "adres.getoond": "Geheim adres bekeken",
    "werkproces.geopend": "Werkproces geopend",
}


def as_moment(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.combine(value, time(0), AMSTERDAM)


def page_of(
    jongere: Jongere, user: Gebruiker, *, before: datetime | None = None, size: int = PER_PAGE
) -> tuple[list[Regel], datetime | None]:
    """One page of lines the user may see, and the moment before which the next page begins."""
    sources: list[Bron] = [*_SOURCES, *UITBREIDINGEN.bronnen]
    found = [line for source in sources for line in source(jongere, user, before, size + 1)]
    found.sort(key=lambda line: as_moment(line.moment), reverse=True)
    if len(found) <= size:
        return found, None
    border = as_moment(found[size - 1].moment)
    # Lines of the same moment stay together, or the next page would skip some.
    end = next((n for n in range(size, len(found)) if as_moment(found[n].moment) < border), None)
    return found[:end], border if end is not None else None


def _day_before(before: datetime | None, field: str) -> Q:
    """Rows with a date: their moment is midnight, so the day of `before` itself may still count."""
    if before is None:
        return Q()
    day = amsterdam_date(before)
    lookup = "lt" if before <= as_moment(day) else "lte"
    return Q(**{f"{field}__{lookup}": day})


def _moment_before(before: datetime | None, field: str) -> Q:
    return Q(**{f"{field}__lt": before}) if before else Q()


def _meldingen(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Verzuimmelding.objects.visible_to(user).filter(
        _day_before(before, "melddatum"), jongere=jongere
    )
    for row in rows.select_related("school").order_by("-melddatum", "-pk")[:limit]:
        yield Regel(
            row.melddatum,
            f"Melding: {row.get_soort_display().lower()}",
            tekst=f"Status: {row.get_status_display()}",
            actor=str(row.school or ""),
            bron=row.get_kanaal_display(),
            url=row.get_absolute_url() if row.taak == Taak.LEERPLICHT else "",
            soort="melding",
        )


def _contacten(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Contactmoment.objects.visible_to(user).filter(
        _moment_before(before, "datum"), jongere=jongere
    )
    for row in rows.select_related("gebruiker").order_by("-datum", "-pk")[:limit]:
        met = f" met {row.get_met_display().lower()}" if row.met else ""
        yield Regel(
            row.datum,
            f"{row.get_kanaal_display()}{met}",
            tekst="\n".join(part for part in (row.uitkomst, row.verslag, _opinion(row)) if part),
            actor=str(row.gebruiker or ""),
            soort="contact",
            gegeven=row,
        )


def _opinion(row: Contactmoment) -> str:
    return f"Oordeel: {row.oordeel}" if row.oordeel else ""


def _stappen(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = WerkprocesStap.objects.visible_to(user).filter(
        _day_before(before, "uitgevoerd_op"),
        werkproces__jongere=jongere,
        uitgevoerd_op__isnull=False,
    )
    rows = rows.select_related("uitvoerder", "werkproces").order_by("-uitgevoerd_op", "-pk")
    for row in rows[:limit]:
        yield Regel(
            row.uitgevoerd_op or date.min,
            UITBREIDINGEN.staplabels.get(row.stap, row.get_soort_display()),
            tekst="\n".join(part for part in (row.uitkomst, row.verslag) if part),
            actor=str(row.uitvoerder or ""),
            url=row.werkproces.get_absolute_url() if row.werkproces.taak == Taak.LEERPLICHT else "",
            soort="stap",
            gegeven=row.werkproces,
        )


def _documenten(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Document.objects.visible_to(user).filter(
        _day_before(before, "datum"), jongere=jongere, datum__isnull=False
    )
    for row in rows.order_by("-datum", "-pk")[:limit]:
        yield Regel(
            row.datum or date.min,
            str(row),
            url=reverse("casework:document", args=[row.uuid]),
            soort="document",
            gegeven=row,
        )


def _afspraken(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Afspraak.objects.visible_to(user).filter(
        _moment_before(before, "begin"), jongere=jongere
    )
    for row in rows.select_related("gebruiker").order_by("-begin", "-pk")[:limit]:
        yield Regel(
            row.begin,
            row.get_soort_display(),
            tekst=", ".join(part for part in (row.plaats, row.get_uitkomst_display()) if part),
            actor=str(row.gebruiker),
            url=row.get_absolute_url(),
            soort="afspraak",
            gegeven=row,
        )


def events_for(jongere: Jongere, user: Gebruiker) -> "QuerySet[Gebeurtenis]":
    """Events of this jongere within the taken and gemeenten of the user."""
    allowed = by_taak_and_gemeente(user.rechten, {*UITVOEREND, Taak.OPSPORING})
    rows = Gebeurtenis.objects.filter(jongere_id=jongere.pk).select_related("gebruiker")
    # Who read a document before it became police data would still tell that it is there.
    seen = Document.objects.visible_to(user).filter(jongere=jongere).values("pk")
    of_document = Q(object_type=Document._meta.label_lower)
    return rows.filter(allowed | Q(taak=""), ~of_document | Q(object_id__in=seen))


def _gebeurtenissen(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    texts = {**EIGEN_GEBEURTENISSEN, **UITBREIDINGEN.gebeurtenissen}
    rows = events_for(jongere, user).filter(_moment_before(before, "tijd"), actie__in=list(texts))
    for row in rows.order_by("-tijd", "-pk")[:limit]:
        yield Regel(row.tijd, texts[row.actie], actor=str(row.gebruiker or "systeem"))


_SOURCES: tuple[Bron, ...] = (
    _meldingen,
    _contacten,
    _stappen,
    _documenten,
    _afspraken,
    _gebeurtenissen,
)
