"""The thuiszitterstafel: whom it is about, what was said, and figures without persons."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Final

from django.db import transaction

from accounts.cellen import as_text
from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Gemeente
from casework.parameters import waarde
from leerplicht.codes import Thuiszitreden, Thuiszitresultaat
from leerplicht.domain.thuiszitters import SCHRIJVEN, clock
from leerplicht.models import Tafelpunt, Thuiszitter, Thuiszitterafspraak, Thuiszitterstafel

Groep = tuple[str, ...]
SAMEN: Final = "samen"  # this is not told apart
KOP: Final = ("gemeente", "stand", "fase", "reden", "geoorloofd", "resultaat", "aantal")


@transaction.atomic
def plan(
    *, by: Gebruiker, gemeente: Gemeente, datum: date, deelnemers: str, plaats: str = ""
) -> Thuiszitterstafel:
    """Everybody at home in this gemeente is on the agenda, longest first.

    Only those in sight of who plans it. Raises NotAuthorised.
    """
    require(by, SCHRIJVEN, gemeente.pk)
    tafel = Thuiszitterstafel.objects.create(
        gemeente=gemeente, datum=datum, plaats=plaats, deelnemers=deelnemers, gemaakt_door=by
    )
    rows = Thuiszitter.objects.visible_to(by).open().filter(gemeente=gemeente)
    rows = rows.filter(sinds__lte=datum).order_by("sinds", "pk")
    Tafelpunt.objects.bulk_create(Tafelpunt(tafel=tafel, thuiszitter=row) for row in rows)
    record("tafel.gepland", tafel, by=by, taak=Taak.LEERPLICHT)
    return tafel


@transaction.atomic
def discuss(punt: Tafelpunt, besproken: str, *, by: Gebruiker) -> None:
    """Raises NotAuthorised."""
    punt = Tafelpunt.objects.select_for_update().select_related("tafel").get(pk=punt.pk)
    require(by, SCHRIJVEN, punt.tafel.gemeente_id)
    punt.besproken = besproken
    punt.save(update_fields=["besproken"])
    record("tafel.besproken", punt.thuiszitter, by=by, taak=Taak.LEERPLICHT)


@transaction.atomic
def take_off(punt: Tafelpunt, *, by: Gebruiker) -> None:
    """Not about this youth after all. Raises NotAuthorised, DomainError once something was said."""
    punt = Tafelpunt.objects.select_for_update().select_related("tafel").get(pk=punt.pk)
    require(by, SCHRIJVEN, punt.tafel.gemeente_id)
    if punt.besproken:
        raise DomainError("Over deze jongere is al iets opgeschreven.")
    record("tafel.van_de_agenda", punt.thuiszitter, by=by, taak=Taak.LEERPLICHT)
    punt.delete()


def agreements(punt: Tafelpunt) -> tuple[list[Thuiszitterafspraak], list[Thuiszitterafspraak]]:
    """Agreed at this table, and of before what was not done yet then."""
    here, earlier = [], []
    for row in punt.thuiszitter.afspraken.all():
        if row.tafel_id == punt.tafel_id:
            here.append(row)
        elif (row.tafel is None or row.tafel.datum <= punt.tafel.datum) and (
            row.gedaan_op is None or row.gedaan_op >= punt.tafel.datum
        ):
            earlier.append(row)
    return here, earlier


def quarter(day: date) -> tuple[date, date]:
    """The quarter of this day, half open."""
    month = (day.month - 1) // 3 * 3 + 1
    end = date(day.year + (month == 10), month % 12 + 3 if month != 10 else 1, 1)
    return date(day.year, month, 1), end


def quarter_csv(gemeenten: Collection[Gemeente], day: date) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(KOP)
    writer.writerows(quarter_rows(gemeenten, day))
    return text.getvalue()


def quarter_rows(gemeenten: Collection[Gemeente], day: date) -> Iterator[tuple[str, ...]]:
    """Counts of this quarter: who is at home at its end, or came back.

    What is told of fewer than five youths gives someone away, so such rows are one row without
    phase, reason and result, per gemeente and then for all together; then still few: only that.
    """
    minimum = waarde("thuiszitter_kwartaal_minimum", day)
    groups = _folded(_counted(gemeenten, day), minimum)
    for key, count in sorted(groups.items()):
        yield (*map(as_text, key), str(count) if count >= minimum else f"minder dan {minimum}")


def _folded(counts: Counter[Groep], minimum: int) -> Counter[Groep]:
    """Small groups together, with less told: first of a gemeente and stand, then of a gemeente,
    at last of all."""
    for known in (2, 1, 0):
        counts = _fold_small(counts, known, minimum)
    return counts


def _fold_small(counts: Counter[Groep], known: int, minimum: int) -> Counter[Groep]:
    """A sum of one small group would still be small, so the least of the others goes with it."""
    families: dict[Groep, list[Groep]] = {}
    for key in counts:
        families.setdefault(key[:known], []).append(key)
    folded: Counter[Groep] = Counter()
    for family, keys in families.items():
        keys.sort(key=lambda key: (counts[key], key))
        small = [key for key in keys if counts[key] < minimum]
        while small and sum(counts[key] for key in small) < minimum and len(small) < len(keys):
            small = keys[: len(small) + 1]
        for key in keys:
            rest = (*family, *[SAMEN] * (len(KOP) - 1 - known))
            folded[rest if key in small else key] += counts[key]
    return folded


def _counted(gemeenten: Collection[Gemeente], day: date) -> Counter[Groep]:
    begin, end = quarter(day)
    last = min(day, end)
    counts: Counter[Groep] = Counter()
    rows = Thuiszitter.objects.filter(gemeente__in=gemeenten, sinds__lt=end)
    for row in rows.select_related("gemeente").iterator(chunk_size=1000):
        if row.einde_op and row.einde_op < begin:
            continue
        back = bool(row.einde_op and row.einde_op < end)
        fase = clock(row.sinds, row.einde_op if back and row.einde_op else last).fase
        counts[
            str(row.gemeente),
            "teruggekeerd" if back else "thuis",
            fase,
            Thuiszitreden(row.reden).label if row.reden else "niet bekend",
            {True: "ja", False: "nee", None: "niet bekend"}[row.geoorloofd],
            Thuiszitresultaat(row.resultaat).label if back else "",
        ] += 1
    return counts
