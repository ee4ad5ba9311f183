"""From the question to the figures: count each fact once, fill in zeros, divide, round."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.db import connection

from accounts import muur
from casework.errors import DomainError
from casework.schooljaar import Schooljaar
from reporting.catalogus import CATALOGUS, Indicator
from reporting.cijfer import Cijfer
from reporting.indicatoren import duo
from reporting.indicatoren.afronden import percentage
from reporting.indicatoren.codes import codes_of
from reporting.indicatoren.feit import GEZIN, Aantal, Feit, counting_sql, read
from reporting.indicatoren.gezinnen import households
from reporting.indicatoren.register import FEITEN, GETELD, SOMMEN
from reporting.indicatoren.vraag import Vraag

Dim = tuple[tuple[str, str], ...]
Counts = dict[tuple[str, int, int], dict[Dim, int]]  # (indicator, beginjaar, area) -> breakdown


def _is_available(indicator: Indicator) -> bool:
    if indicator.id in GETELD or indicator.id in SOMMEN or indicator.id in duo.IDS:
        return True
    return indicator.is_share and {indicator.teller, indicator.noemer} <= GETELD


BESCHIKBAAR: Final = frozenset(i.id for i in CATALOGUS.values() if _is_available(i))


def not_available(indicatoren: Collection[str] | None = None) -> list[str]:
    """Of these indicators (None: all) the ones that cannot be counted yet."""
    asked = CATALOGUS if indicatoren is None else indicatoren
    return [name for name in asked if name not in BESCHIKBAAR]


def collect(
    gemeenten: Sequence[str],
    schooljaren: Sequence[Schooljaar],
    indicatoren: Collection[str] | None = None,
) -> list[Cijfer]:
    """Figures in the order of the catalogue; what cannot be counted yet is left out.

    `gemeenten` are CBS codes. Raises DomainError when a gemeente or indicator is not known.
    """
    unknown = sorted(set(indicatoren or ()) - set(CATALOGUS))
    if unknown:
        raise DomainError(f"Deze indicator is niet bekend: {', '.join(unknown)}.")
    vraag = Vraag.of(gemeenten, schooljaren)
    asked = [name for name in CATALOGUS if indicatoren is None or name in indicatoren]
    if not vraag.gemeenten or not vraag.schooljaren:
        return []
    with muur.tellen():
        counts = _count(vraag, _needed(asked))
    published: dict[str, list[Cijfer]] = defaultdict(list)
    for cijfer in duo.figures(vraag) if set(asked) & set(duo.IDS) else ():
        published[cijfer.indicator].append(cijfer)
    found: list[Cijfer] = []
    for name in asked:
        found += published[name] if name in duo.IDS else _figures(CATALOGUS[name], vraag, counts)
    return found


def _needed(asked: Iterable[str]) -> set[str]:
    """What to count for these: shares and sums need their parts."""
    names: set[str] = set()
    for name in asked:
        indicator = CATALOGUS[name]
        names |= {name, indicator.teller, indicator.noemer, *SOMMEN.get(name, ())}
    return names & GETELD


def _count(vraag: Vraag, ids: Collection[str]) -> Counts:
    counts: Counts = defaultdict(dict)
    gezinnen: list[Aantal] = []
    for feit in FEITEN:
        wanted = {telling.id for telling in feit.tellingen} & set(ids)
        for row in _counted(feit, wanted, vraag) if wanted else ():
            if row.telling.uniek == GEZIN:
                gezinnen.append(row)
            else:
                counts[row.telling.id, row.beginjaar, row.gebied][row.dim] = row.aantal
    if gezinnen:
        of = households(jongere for row in gezinnen for jongere in row.jongeren)
        for row in gezinnen:
            unique = {of[jongere] for jongere in row.jongeren}
            counts[row.telling.id, row.beginjaar, row.gebied][row.dim] = len(unique)
    return counts


def _counted(feit: Feit, ids: Collection[str], vraag: Vraag) -> list[Aantal]:
    rows, params = feit.grouped_sql(vraag)
    with connection.cursor() as cursor:
        cursor.execute(counting_sql(feit, ids, rows), params or None)
        answer: list[Any] = cursor.fetchall()
    return read(feit, answer)


def _figures(indicator: Indicator, vraag: Vraag, counts: Counts) -> Iterator[Cijfer]:
    if indicator.id not in BESCHIKBAAR:
        return
    for jaar in vraag.schooljaren:
        schooljaar = str(jaar)
        for pk, gebied in vraag.gebieden.items():
            key = jaar.beginjaar, pk
            if indicator.is_share:
                teller, noemer = (
                    counts.get((part, *key), {}).get((), 0)
                    for part in (indicator.teller, indicator.noemer)
                )
                share = percentage(teller, noemer)
                yield Cijfer(indicator.id, schooljaar, gebied, {}, share, teller, noemer)
                continue
            groups = _groups(indicator.id, key, counts)
            for dim in _breakdowns(indicator, groups):
                yield Cijfer(indicator.id, schooljaar, gebied, dict(dim), groups.get(dim, 0))


def _groups(name: str, key: tuple[int, int], counts: Counts) -> Mapping[Dim, int]:
    if name not in SOMMEN:
        return counts.get((name, *key), {})
    parts = [counts.get((part, *key), {}) for part in SOMMEN[name]]
    return {dim: sum(p.get(dim, 0) for p in parts) for dim in {d for p in parts for d in p}}


def _breakdowns(indicator: Indicator, groups: Collection[Dim]) -> Iterator[Dim]:
    """Every known code of every breakdown, the total first."""
    seen: dict[str, set[str]] = defaultdict(set)
    for dim in groups:
        for name, code in dim:
            seen[name].add(code)
    for way in indicator.uitsplitsingen:
        combinations: list[Dim] = [()]
        for name in way:
            codes = codes_of(indicator.id, name, seen[name])
            combinations = [(*dim, (name, code)) for dim in combinations for code in codes]
        yield from combinations
