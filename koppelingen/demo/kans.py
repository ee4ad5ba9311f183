"""Chance without surprise: every part of the region has its own seeded generator."""

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")


class Kans:
    """A random generator that depends on nothing but its name."""

    def __init__(self, naam: str) -> None:
        self.rng = random.Random(f"leerrecht-demo:{naam}")  # noqa: S311  # must be repeatable

    def chance(self, p: float) -> bool:
        return self.rng.random() < p

    def pick(self, rows: Sequence[T]) -> T:
        return rows[int(self.rng.random() * len(rows))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        names, sums, total = _cumulative(tuple(weights.items()))
        position = self.rng.random() * total
        return next(name for name, end in zip(names, sums, strict=True) if position < end)

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self.rng.random() * (high - low + 1))

    def day(self, van: date, tot: date) -> date:
        """A day in van <= day < tot (van when there is none)."""
        return van + timedelta(days=int(self.rng.random() * max((tot - van).days, 1)))


@lru_cache(maxsize=512)
def _cumulative(items: tuple[tuple[T, float], ...]) -> tuple[list[T], list[float], float]:
    sums: list[float] = []
    total = 0.0
    for _, weight in items:
        total += weight
        sums.append(total)
    return [name for name, _ in items], sums, total


class Nummers:
    """Invented BSNs in order: `begin` (which starts with 9), a counter, and a digit that fits."""

    def __init__(self, begin: str) -> None:
        assert begin.startswith("9")
        self.begin, self.teller = begin, 0

    def next(self) -> str:
        while True:
            self.teller += 1
            eight = f"{self.begin}{self.teller:0{8 - len(self.begin)}}"
            check = sum(w * int(c) for w, c in zip(range(9, 1, -1), eight, strict=True)) % 11
            if check < 10:  # the last digit counts for -1
                return f"{eight}{check}"
