"""Attempts to reach a youth, and what they tell together: channels, times of day, results."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Gebruiker
from casework.domain.plaats import gemeente_on
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.schooljaar import AMSTERDAM, amsterdam_date
from doorstroompunt.codes import CONTACT, Pogingkanaal
from doorstroompunt.models import Contactpoging, Traject

from .aanleg import record_traject
from .toestanden import TOESTANDEN
from .traject import TRAJECT, lock, require_write

# States in which one looks for contact; elsewhere the traject must move first.
BENADEREN: Final = frozenset(
    {"te_benaderen", "in_benadering", "intake", "in_begeleiding", "in_overdracht", "nazorg"}
)


@dataclass(frozen=True, slots=True)
class Poginginvoer:
    kanaal: str
    resultaat: str
    datum: datetime
    door_partner: bool = False
    uitkomst: str = ""
    opmerking: str = ""


@transaction.atomic
def log_contactpoging(
    traject: Traject, *, by: Gebruiker, day: date, invoer: Poginginvoer
) -> Contactpoging:
    """Write an attempt; the first one makes the youth 'benaderd' and starts the approach.

    Raises NotAuthorised, DomainError.
    """
    traject = lock(traject)
    require_write(by, traject)
    if traject.toestand not in BENADEREN:
        label = TOESTANDEN[traject.toestand].label.lower()
        raise DomainError(f"Het traject staat op '{label}'. Doe eerst de volgende stap.")
    dag = _day_of(invoer, traject, day)
    poging = Contactpoging.objects.create(
        traject=traject,
        gemeente=gemeente_on(traject.jongere, dag),
        uitvoerder=by,
        **{naam: getattr(invoer, naam) for naam in Poginginvoer.__slots__},
    )
    if traject.benaderd_op is None or dag < traject.benaderd_op:
        _set_benaderd(traject, poging)
    record_traject(
        "traject.poging", traject, by=by, kanaal=poging.kanaal, resultaat=poging.resultaat
    )
    if traject.toestand == "te_benaderen":
        perform(traject, "eerste_poging", tabel=TRAJECT, by=by, day=day)
    return poging


@transaction.atomic
def change_contactpoging(
    poging: Contactpoging, *, by: Gebruiker, day: date, invoer: Poginginvoer
) -> Contactpoging:
    """Mend a mistake; the day of 'benaderd' follows. Raises NotAuthorised, DomainError."""
    traject = lock(poging.traject)
    require_write(by, traject)
    dag = _day_of(invoer, traject, day)
    poging = Contactpoging.objects.select_for_update(of=("self",)).get(pk=poging.pk)
    before = amsterdam_date(poging.datum)
    for naam in Poginginvoer.__slots__:
        setattr(poging, naam, getattr(invoer, naam))
    poging.gemeente = gemeente_on(traject.jongere, dag)
    poging.save()
    # A date that came with a package and not from these attempts stays.
    if traject.benaderd_op is None or dag < traject.benaderd_op or traject.benaderd_op == before:
        first = traject.contactpogingen.select_related("gemeente").order_by("datum", "pk").first()
        _set_benaderd(traject, first or poging)
    record_traject(
        "traject.poging_verbeterd",
        traject,
        by=by,
        poging=poging.pk,
        kanaal=poging.kanaal,
        resultaat=poging.resultaat,
    )
    return poging


def _day_of(invoer: Poginginvoer, traject: Traject, day: date) -> date:
    dag = amsterdam_date(invoer.datum)
    if dag > day:
        raise DomainError("Een poging in de toekomst kan niet.")
    if dag < traject.datum_melding:
        raise DomainError(f"De melding was pas op {traject.datum_melding:%d-%m-%Y}.")
    return dag


def _set_benaderd(traject: Traject, poging: Contactpoging) -> None:
    traject.benaderd_op = amsterdam_date(poging.datum)
    traject.gemeente_benaderd = poging.gemeente
    traject.save(update_fields=["benaderd_op", "gemeente_benaderd"])


class Dagdeel(StrEnum):
    OCHTEND = "ochtend"  # before 12:00
    MIDDAG = "middag"  # 12:00 to 18:00
    AVOND = "avond"


def dagdeel(moment: datetime) -> Dagdeel:
    hour = moment.astimezone(AMSTERDAM).hour
    return Dagdeel.OCHTEND if hour < 12 else Dagdeel.MIDDAG if hour < 18 else Dagdeel.AVOND


@dataclass(frozen=True, slots=True)
class Kanaalregel:
    """Attempts over one channel: how many at each time of day, and whether it ever worked."""

    kanaal: Pogingkanaal
    aantallen: tuple[int, ...]  # in the order of Dagdeel
    bereikt: bool
    laatste: Contactpoging | None

    @property
    def totaal(self) -> int:
        return sum(self.aantallen)


def by_channel(pogingen: Iterable[Contactpoging]) -> list[Kanaalregel]:
    """One line for every channel, tried or not; counts attempts."""
    rows = sorted(pogingen, key=lambda row: row.datum)
    lines = []
    for kanaal in Pogingkanaal:
        own = [row for row in rows if row.kanaal == kanaal]
        counts = Counter(dagdeel(row.datum) for row in own)
        lines.append(
            Kanaalregel(
                kanaal,
                tuple(counts[deel] for deel in Dagdeel),
                any(row.resultaat in CONTACT for row in own),
                own[-1] if own else None,
            )
        )
    return lines


def never_reached(trajecten: QuerySet[Traject]) -> QuerySet[Traject]:
    """Trajecten in which no attempt ever led to contact."""
    contact = Contactpoging.objects.filter(traject=OuterRef("pk"), resultaat__in=CONTACT)
    return trajecten.exclude(Exists(contact))


def tried(pogingen: Sequence[Contactpoging]) -> dict[str, list[str]]:
    """Labels of the channels and times of day that were tried, and those that were not."""
    used = {row.kanaal for row in pogingen}
    times = {dagdeel(row.datum) for row in pogingen}
    return {
        "kanalen": [k.label for k in Pogingkanaal if k in used],
        "niet": [k.label for k in Pogingkanaal if k not in used],
        "dagdelen": [d.value for d in Dagdeel if d in times],
        "andere_dagdelen": [d.value for d in Dagdeel if d not in times],
    }
