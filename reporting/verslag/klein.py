"""Small counts are hidden in what is published, also where a total would give them away.

A count from 1 up to the minimum is hidden. Then of every sum (codes of a breakdown, gemeenten of a
total) no single hidden member may be left, nor hidden ones that together stay below the minimum,
nor one that follows from several sums together: another member is hidden until that holds.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from fractions import Fraction

from reporting.catalogus import CATALOGUS
from reporting.cijfer import Cijfer
from reporting.verslag.cijferset import TOTAAL, Cijferset

Cel = tuple[str, frozenset[tuple[str, str]]]
Som = tuple[Cel, tuple[Cel, ...]]


def hide_small(cijfers: Cijferset, minimum: int) -> Cijferset:
    """The same figures, those that may not be shown without their value."""
    if not minimum:
        return cijfers
    groups: dict[tuple[str, str], dict[Cel, int]] = defaultdict(dict)
    for c in cijfers.cijfers:
        if not c.is_share and c.waarde is not None:
            groups[c.indicator, c.schooljaar][_cell(c)] = int(c.waarde)
    hidden = {
        (*group, *cell)
        for group, values in groups.items()
        for cell in hidden_cells(values, sums_of(values, cijfers.gemeenten), minimum)
    }
    shown = [
        replace(c, waarde=None, teller=None, noemer=None, verborgen=True)
        if _is_hidden(c, hidden, minimum)
        else c
        for c in cijfers.cijfers
    ]
    return replace(cijfers, cijfers=shown)


def _cell(c: Cijfer) -> Cel:
    return c.gebied, frozenset(c.dim.items())


def _is_hidden(c: Cijfer, hidden: Set[tuple[object, ...]], minimum: int) -> bool:
    if not c.is_share:
        return (c.indicator, c.schooljaar, *_cell(c)) in hidden
    if c.teller is None or c.noemer is None:
        return False
    if any(0 < n < minimum for n in (c.teller, c.noemer, c.noemer - c.teller)):
        return True
    indicator = CATALOGUS.get(c.indicator)
    parts = (indicator.teller, indicator.noemer) if indicator else ()
    return any((part, c.schooljaar, *_cell(c)) in hidden for part in parts)


def sums_of(values: Mapping[Cel, int], gemeenten: Sequence[str]) -> list[Som]:
    """Each total that is known with all its parts."""
    parts: dict[tuple[Cel, str], list[Cel]] = defaultdict(list)
    for gebied, dim in values:
        for name, code in dim:
            parts[(gebied, dim - {(name, code)}), name].append((gebied, dim))
        if gebied in gemeenten:
            parts[(TOTAAL, dim), "gebied"].append((gebied, dim))
    return [(total, tuple(cells)) for (total, _), cells in parts.items() if total in values]


def hidden_cells(values: Mapping[Cel, int], sums: Sequence[Som], minimum: int) -> set[Cel]:
    hidden = {cell for cell, value in values.items() if 0 < value < minimum}
    while more := _needed(values, sums, hidden, minimum) or _derivable(values, sums, hidden):
        hidden.add(more)
    return hidden


def _needed(
    values: Mapping[Cel, int], sums: Sequence[Som], hidden: set[Cel], minimum: int
) -> Cel | None:
    for total, parts in sums:
        inside = [cell for cell in (*parts, total) if cell in hidden]
        small = total not in hidden and sum(values[cell] for cell in inside) < minimum
        if inside and (len(inside) == 1 or small):
            extra = _smallest(values, (total, parts), hidden)
            if extra is not None:
                return extra
    return None


def _smallest(values: Mapping[Cel, int], som: Som, hidden: set[Cel]) -> Cel | None:
    """The least useful member that still shows: a small part, a zero, at last the total."""
    total, parts = som
    free = [cell for cell in parts if cell not in hidden]
    free.sort(key=lambda cell: (values[cell] == 0, values[cell], cell[0], sorted(cell[1])))
    if free:
        return free[0]
    return total if total not in hidden else None


def _derivable(values: Mapping[Cel, int], sums: Sequence[Som], hidden: set[Cel]) -> Cel | None:
    """A cell to hide because a hidden one is the only answer to all sums together."""
    known = determined(sums, hidden)
    for som in sums:
        if known & {som[0], *som[1]}:
            extra = _smallest(values, som, hidden)
            if extra is not None:
                return extra
    return None


def determined(sums: Iterable[Som], hidden: set[Cel]) -> set[Cel]:
    """Hidden cells that the sums fix: rows of one unknown after elimination."""
    rows: list[dict[Cel, Fraction]] = []
    for total, parts in sums:
        row = {cell: Fraction(1) for cell in parts if cell in hidden}
        if total in hidden:
            row[total] = Fraction(-1)
        for pivot, known in ((next(iter(r)), r) for r in rows):
            _subtract(row, known, pivot)
        if row:
            pivot = next(iter(row))
            factor = row[pivot]
            row = {cell: value / factor for cell, value in row.items()}
            for other in rows:
                _subtract(other, row, pivot)
            rows.append(row)
    return {next(iter(row)) for row in rows if len(row) == 1}


def _subtract(row: dict[Cel, Fraction], other: Mapping[Cel, Fraction], pivot: Cel) -> None:
    factor = row.get(pivot)
    if not factor:
        return
    for cell, value in other.items():
        left = row.get(cell, Fraction(0)) - factor * value
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
