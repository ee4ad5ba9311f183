"""The review of rights: each is confirmed or ended by somebody else, or it lapses.

Rights to police data, administration and privacy every quarter, the others every year.
"""

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, DateField, F, Max, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Greatest

from accounts.cellen import as_text
from accounts.domain import beheer
from accounts.domain.beheer import BeheerFout
from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.models_controle import Rechtcontrole
from accounts.rechten import Taak, gemeenten_for

LEZEN: Final = "beheer.lezen"
BIJZONDER: Final = frozenset({Taak.OPSPORING, Taak.BEHEER, Taak.PRIVACY})
Uitkomst = Rechtcontrole.Uitkomst


@dataclass(frozen=True, slots=True)
class Termijn:
    """Days, from a day on; a municipality that wants others adds a row."""

    van: date
    gewoon: int
    bijzonder: int
    respijt: int
    bron: str


TERMIJNEN: Final = (
    Termijn(date(2026, 1, 1), 365, 92, 30, "BIO2 5.18.02 en 8.02.01; respijt: werkwijze"),
)


def termijn_on(day: date) -> Termijn:
    return next((t for t in reversed(TERMIJNEN) if t.van <= day), TERMIJNEN[0])


def rights(day: date) -> "QuerySet[Any]":
    """Rights that hold now or later, with `uiterlijk`: the day by which somebody looks again."""
    termijn = termijn_on(day)
    rows = Bevoegdheid.objects.filter(Q(tot__isnull=True) | Q(tot__gt=day), wacht=False)
    # Before the first review of this installation every term begins today.
    begin = F("van") if Rechtcontrole.objects.exists() else Value(day)
    laatst = Greatest(begin, Coalesce(Max("controles__op"), begin))
    dagen = Case(
        When(taak__in=sorted(BIJZONDER), then=Value(timedelta(days=termijn.bijzonder))),
        default=Value(timedelta(days=termijn.gewoon)),
    )
    return rows.annotate(
        gecontroleerd=Max("controles__op"), uiterlijk=Cast(laatst + dagen, DateField())
    )


def visible_to(by: Gebruiker, day: date) -> "QuerySet[Any]":
    rows = rights(day).filter(gemeente__in=gemeenten_for(by, LEZEN))
    return rows.select_related("gebruiker", "gemeente").order_by("gebruiker__naam", "pk")


def due(rows: "QuerySet[Any]", day: date) -> "QuerySet[Any]":
    """What a screen shows red."""
    return rows.filter(uiterlijk__lt=day)


def lapses_on(uiterlijk: date, day: date) -> date:
    return uiterlijk + timedelta(days=termijn_on(day).respijt)


@transaction.atomic
def judge(keys: Collection[int], uitkomst: str, *, by: Gebruiker, day: date) -> int:
    """Confirm these rights, or end them. Nothing happens when one of them is not for this user.

    Raises BeheerFout.
    """
    rows = Bevoegdheid.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    done = 0
    for recht in rows.select_related("gebruiker", "gemeente").order_by("pk"):
        if recht.is_over(day):
            continue
        _check(recht, by)
        if uitkomst == Uitkomst.BEVESTIGD:
            _note(recht, Uitkomst.BEVESTIGD, by, day)
            record("bevoegdheid.bevestigd", recht, by=by, taak=Taak.BEHEER, recht=recht.taak)
        else:
            beheer.end_right(recht, by=by, day=day)
            if recht.van < day:  # a right that never held is gone
                _note(recht, Uitkomst.BEEINDIGD, by, day)
        done += 1
    return done


def may_judge(recht: Bevoegdheid, by: Gebruiker) -> bool:
    try:
        _check(recht, by)
    except BeheerFout:
        return False
    return True


def _check(recht: Bevoegdheid, by: Gebruiker) -> None:
    if not by.may(beheer.SCHRIJVEN, recht.gemeente_id):
        raise BeheerFout(beheer.GEEN_BEHEERDER)
    if recht.gebruiker_id == by.pk:
        raise BeheerFout("Uw eigen rechten controleert een andere beheerder.")


def _note(recht: Bevoegdheid, uitkomst: str, by: Gebruiker | None, day: date) -> None:
    Rechtcontrole.objects.create(
        bevoegdheid=recht, gebruiker_id=recht.gebruiker_id, uitkomst=uitkomst, door=by, op=day
    )


@transaction.atomic
def begin(day: date) -> int:
    """The first night of this installation: the term of every right begins."""
    if Rechtcontrole.objects.exists():
        return 0
    rows = [
        Rechtcontrole(
            bevoegdheid=recht, gebruiker_id=recht.gebruiker_id, uitkomst=Uitkomst.BEVESTIGD, op=day
        )
        for recht in rights(day)
    ]
    return len(Rechtcontrole.objects.bulk_create(rows))


def lapse(day: date) -> int:
    """Rights that nobody looked at within the grace end; the last beheerder of a gemeente stays.

    Twice on one day changes nothing.
    """
    late = day - timedelta(days=termijn_on(day).respijt)
    keys = due(rights(day), late).order_by("pk").values_list("pk", flat=True)
    return sum(_lapse(key, day) for key in list(keys))


@transaction.atomic
def _lapse(key: int, day: date) -> bool:
    recht = Bevoegdheid.objects.select_for_update().get(pk=key)
    if recht.is_over(day) or not beheer.lapse(recht, day=day):
        return False
    if recht.van < day:
        _note(recht, Uitkomst.VERVALLEN, None, day)
    return True


KOP: Final = (
    "gebruiker", "e-mail", "functie", "kan inloggen", "taak", "gemeente", "rol", "eerste dag",
    "laatste dag", "gecontroleerd op", "uiterlijk", "stand",
)  # fmt: skip  # read as a table


def csv_lines(by: Gebruiker, day: date) -> Iterator[str]:
    """All rights of the gemeenten of this beheerder, one a line."""
    writer = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield "\ufeff" + writer.writerow(KOP)
    for recht in visible_to(by, day).iterator(chunk_size=500):
        yield writer.writerow([_cell(value) for value in _line(recht, day)])


def _line(recht: Any, day: date) -> tuple[Any, ...]:
    user = recht.gebruiker
    return (
        user.naam,
        user.email,
        user.functie,
        "ja" if user.is_active else "nee",
        recht.get_taak_display(),
        recht.gemeente.naam,
        recht.get_rol_display(),
        recht.van,
        recht.laatste_dag,
        recht.gecontroleerd,
        recht.uiterlijk,
        "te laat" if recht.uiterlijk < day else "op tijd",
    )


def _cell(value: Any) -> str:
    return as_text("" if value is None else str(value))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text
