"""What the Doorstroompunt adds to the shared dossier: steps and attempts, and a link."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import Gebruiker
from casework.domain.proces import answers_of
from casework.domain.tijdlijn import as_moment
from casework.models import Jongere
from casework.uitbreiding import UITBREIDINGEN, Koppeling, Regel
from doorstroompunt.domain.traject import TRAJECT
from doorstroompunt.models import Contactpoging, Trajectstap


def _stappen(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Trajectstap.objects.visible_to(user).filter(traject__jongere=jongere)
    rows = rows.select_related("traject", "gebruiker").order_by("-datum", "-pk")
    # A date counts as midnight, so the day of `before` itself may still be older.
    rows = rows.filter(datum__lte=before.date()) if before else rows
    for row in rows[:limit]:
        if before is None or as_moment(row.datum) < before:
            yield line_of(row, url=row.traject.get_absolute_url())


def line_of(row: Trajectstap, url: str = "") -> Regel:
    stap = TRAJECT.stappen.get(row.stap)
    return Regel(
        row.datum,
        stap.label if stap else row.stap,
        tekst="\n".join([*answers_of(stap, row.gegevens), row.toelichting]).strip(),
        actor=str(row.gebruiker or "systeem"),
        url=url,
        soort="traject",
    )


def _pogingen(
    jongere: Jongere, user: Gebruiker, before: datetime | None, limit: int
) -> Iterator[Regel]:
    rows = Contactpoging.objects.visible_to(user).filter(traject__jongere=jongere)
    rows = rows.filter(datum__lt=before) if before else rows
    rows = rows.select_related("traject", "uitvoerder").order_by("-datum", "-pk")
    yield from (attempt_line(row, url=row.traject.get_absolute_url()) for row in rows[:limit])


def attempt_line(row: Contactpoging, url: str = "") -> Regel:
    return Regel(
        row.datum,
        f"Contactpoging: {row.get_kanaal_display().lower()}",
        tekst="\n".join(part for part in (row.get_resultaat_display(), row.opmerking) if part),
        actor=str(row.uitvoerder or ""),
        bron="ketenpartner" if row.door_partner else "",
        url=url,
        soort="poging",
    )


def register() -> None:
    UITBREIDINGEN.bronnen += [_stappen, _pogingen]
    UITBREIDINGEN.koppelingen.append(
        Koppeling("Traject openen", "doorstroompunt:traject_bij", "doorstroompunt.schrijven")
    )
    UITBREIDINGEN.gebeurtenissen |= {
        "traject.geopend": "Traject geopend",
        "traject.melding_erbij": "Melding bij het traject gevoegd",
        "traject.behandelaar": "Traject van een ander geworden",
    }
