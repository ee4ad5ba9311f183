"""Time of all figures of five schooljaren, beside the same answers in SQL written by hand.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/cijfers.py

Needs a database of its own, with the migrations done: the rows stay in it. The region is invented
(20,000 youths in three gemeenten); the same run gives the same rows. Fails when an answer differs,
or when the layer needs more than one and a half times the hand-written SQL.
"""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks._cijfers_sql import (
    BEWONERS,
    DIMS,
    GEKOZEN,
    HAND,
    INGESCHREVEN,
    NAAR_SOORT,
    POPULATIE,
)
from casework.models import Gemeente, Jongere
from casework.schooljaar import Schooljaar
from leerplicht.domain.grenzen import birth_limit, grenzen
from leerplicht.domain.regels import Regels
from reporting.indicatoren import BESCHIKBAAR, collect
from tests.reporting.verzonnen import Regio

JONGEREN = 20_000
CODES = ("9101", "9102", "9103")
JAREN = [Schooljaar(year) for year in range(2020, 2025)]
RUNS = 9
GRENS = 1.5

Figures = dict[tuple[str, int, int | None, tuple[str, ...]], int]


def literal(sql: str, params: dict[str, Any]) -> str:
    """Keys and dates of our own as literals, as the layer writes them."""
    shown = {
        name: f"({', '.join(map(str, value))})" if isinstance(value, tuple) else f"'{value}'"
        for name, value in params.items()
    }
    return sql % shown


def by_hand() -> Figures:
    gemeenten = tuple(Gemeente.objects.filter(code__in=CODES).values_list("pk", flat=True))
    span = {"gemeenten": gemeenten, "van": JAREN[0].start, "tot": JAREN[-1].end}
    found: Figures = {}
    with connection.cursor() as cursor:
        for sql in HAND.values():
            cursor.execute(literal(sql, span))
            for name, jaar, gem, *codes, number in cursor.fetchall():
                found[name, jaar, gem, tuple(codes)] = number
        for jaar in JAREN:
            limits = _limits(jaar) | {"gemeenten": gemeenten}
            cursor.execute(literal(INGESCHREVEN, limits))
            for gem, *codes, number in cursor.fetchall():
                found[NAAR_SOORT, jaar.beginjaar, gem, tuple(codes)] = number
            cursor.execute(literal(BEWONERS, limits))
            for gem, *numbers in cursor.fetchall():
                for name, number in zip(POPULATIE, numbers, strict=True):
                    found[name, jaar.beginjaar, gem, ()] = number
    return found


def _limits(jaar: Schooljaar) -> dict[str, Any]:
    day, regels = jaar.peildatum, Regels.on(jaar.peildatum)
    op = grenzen(day)
    return {
        "dag": day,
        "begin": op.begin,
        "einde": op.einde,
        "achttien": op.achttien,
        "vijf": birth_limit(day, 5, regels),
        "genoeg": regels.schooljaren_einde_leerplicht,
        "pro": "(^|[^a-z])pro([^a-z]|$)|praktijkonderwijs",
    }


def by_layer(names: tuple[str, ...] | None) -> list[Any]:
    return collect(CODES, JAREN, names)


def as_figures(cijfers: list[Any]) -> Figures:
    """What was counted, in the shape of `by_hand`: only what is not 0."""
    keys = dict(Gemeente.objects.values_list("code", "pk"))
    found: Figures = {}
    for c in cijfers:
        if c.waarde:
            codes = tuple(f"{name}={code}" for name, code in c.dim.items())
            key = (c.indicator, int(c.schooljaar[:4]), keys.get(c.gebied), codes)
            found[key] = int(c.waarde)
    return found


def named(figures: Figures) -> Figures:
    """Codes with the name of their breakdown; a row without code belongs to no breakdown."""
    found: Figures = {}
    for (name, jaar, gem, codes), number in figures.items():
        pairs = zip(DIMS.get(name, ()), codes, strict=False)
        shown = [(dim, code) for dim, code in pairs if code is not None]
        if number and all(code for _, code in shown):
            found[name, jaar, gem, tuple(f"{d}={c}" for d, c in shown)] = number
    return found


def measure(*whats: Callable[[], Any]) -> list[tuple[float, Any]]:
    """Shortest of the runs in seconds, and the answer; in turns, so that noise hits them alike."""
    times: list[list[float]] = [[] for _ in whats]
    answers: list[Any] = [None for _ in whats]
    for _ in range(RUNS):
        for n, what in enumerate(whats):
            start = time.perf_counter()
            answers[n] = what()
            times[n].append(time.perf_counter() - start)
    return [(min(runs), answer) for runs, answer in zip(times, answers, strict=True)]


def count_queries(what: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        what()
    return len(queries)


def build() -> None:
    start = time.perf_counter()
    with transaction.atomic():
        Regio(JONGEREN, seed=1, begin=2020, einde=2024, codes=CODES).make()
    print(f"{JONGEREN:,} jongeren gemaakt in {time.perf_counter() - start:.0f} s")
    ((just_loaded, _),) = measure(lambda: by_layer(POPULATIE))
    print(f"bevolking zonder statistieken van de tabellen: {just_loaded:.2f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> int:
    if Jongere.objects.count() < JONGEREN:
        build()
    (hand, answer), (layer, cijfers) = measure(by_hand, lambda: by_layer(GEKOZEN))
    wanted, found = named(answer), as_figures(cijfers)
    wrong = [key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)]
    for key in sorted(map(str, wrong))[:10]:
        print(f"  verschilt: {key}")
    ratio = layer / hand
    ((everything, all_of_them),) = measure(lambda: by_layer(None))
    print(
        f"{len(GEKOZEN)} indicatoren, {len(found):,} cijfers die niet 0 zijn, {len(wrong)} anders"
    )
    print(f"  met de hand  {hand:6.2f} s  {count_queries(by_hand):3} queries")
    print(f"  de laag      {layer:6.2f} s  {count_queries(lambda: by_layer(GEKOZEN)):3} queries")
    print(f"  verhouding   {ratio:6.2f}    (grens {GRENS})")
    print(
        f"alle {len(BESCHIKBAAR)} indicatoren, {len(all_of_them):,} cijfers: {everything:.2f} s,"
        f" {count_queries(lambda: by_layer(None))} queries"
    )
    return 1 if wrong or ratio > GRENS else 0


if __name__ == "__main__":
    raise SystemExit(main())
