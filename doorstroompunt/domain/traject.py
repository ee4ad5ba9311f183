"""The state machine of a traject (WEB 9.2.4): one table, and the one function that moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from accounts.models import Gebruiker
from casework.domain.proces import Gegevens
from casework.errors import DomainError, NotAuthorised, TransitionNotAllowed
from doorstroompunt.codes import Trajectstatus
from doorstroompunt.models import Traject, Trajectstap

from .aanleg import record_traject
from .effecten import close_meldingen
from .stappen import STAPPEN
from .tabel import SCHRIJVEN, Stap, Tabel
from .toestanden import OPEN, TOESTANDEN

TRAJECT: Final = Tabel("ontvangen", TOESTANDEN, {stap.naam: stap for stap in STAPPEN})


def lock(traject: Traject) -> Traject:
    """The row as it is now, held until the end of the transaction."""
    rows = Traject.objects.select_for_update(of=("self",)).select_related("jongere")
    return rows.get(pk=traject.pk)


def may_write(by: Gebruiker, traject: Traject, permissie: str = SCHRIJVEN) -> bool:
    return by.may(permissie, traject.gemeente_id or traject.jongere.gemeente_id)


def require_write(by: Gebruiker, traject: Traject) -> None:
    """Raises NotAuthorised."""
    if not may_write(by, traject):
        raise NotAuthorised("U bent niet bevoegd voor dit traject in deze gemeente.")


@transaction.atomic
def perform(
    traject: Traject,
    naam: str,
    *,
    by: Gebruiker | None,
    day: date,
    gegevens: Gegevens | None = None,
    toelichting: str = "",
) -> Traject:
    """Perform one step of the table; `by` is None for scheduled work.

    Raises NotAuthorised, TransitionNotAllowed, or DomainError when something is missing.
    """
    gegevens = gegevens or {}
    traject = lock(traject)
    stap = TRAJECT.stappen.get(naam)
    if stap is None or not stap.possible_from(traject):
        label, nu = (stap.label if stap else naam), TOESTANDEN[traject.toestand].label
        raise TransitionNotAllowed(f"'{label}' kan niet: het traject staat op '{nu}'.")
    if not (stap.nachtelijk if by is None else may_write(by, traject, stap.permissie)):
        raise NotAuthorised("U bent niet bevoegd voor deze stap in deze gemeente.")
    if redenen := missing(stap, traject, gegevens, day):
        raise DomainError(" ".join(redenen))
    _move(traject, stap, by=by, day=day, gegevens=gegevens, toelichting=toelichting)
    return traject


def missing(stap: Stap, traject: Traject, gegevens: Gegevens, day: date) -> list[str]:
    """Dutch sentences of everything that stands in the way of this step."""
    leeg = [
        f"Vul in: {veld.label.lower()}."
        for veld in stap.velden
        if veld.verplicht and gegevens.get(veld.naam) in (None, "", [], ())
    ]
    facts = [text for check in stap.voorwaarden if (text := check(traject, day))]
    answers = [text for check in stap.controles if (text := check(traject, gegevens, day))]
    return leeg + facts + answers


def _move(
    traject: Traject,
    stap: Stap,
    *,
    by: Gebruiker | None,
    day: date,
    gegevens: Gegevens,
    toelichting: str,
) -> None:
    van, was_open = traject.toestand, traject.is_open
    if stap.effect:
        stap.effect(traject, gegevens, by, day)
    traject.toestand, traject.toestand_sinds = stap.naar, day
    if van == "herbenaderen":
        traject.volgende_benadering = None
    _follow_state(traject, day)
    traject.save()
    if was_open and not traject.is_open:
        close_meldingen(traject, by=by, day=day)
    Trajectstap.objects.create(
        traject=traject,
        stap=stap.naam,
        van_toestand=van,
        naar_toestand=stap.naar,
        datum=day,
        gebruiker=by,
        toelichting=toelichting,
        gegevens={k: _plain(v) for k, v in gegevens.items() if v not in (None, "")},
    )
    record_traject(f"traject.{stap.naam}", traject, by=by, van=van, naar=stap.naar)


def _follow_state(traject: Traject, day: date) -> None:
    """Open or closed follows from the state; closing freezes the outcome and its day.

    Approaching again keeps the last outcome: only guidance replaces it, so the figures of the
    year in which the youth refused or was not found stay as they were.
    """
    if traject.toestand in OPEN:
        traject.status, traject.gesloten_op = Trajectstatus.OPEN, None
        if traject.toestand == "in_begeleiding":
            traject.uitstroom = traject.uitstroom_onderwijs = ""
    elif traject.is_open:
        traject.status, traject.gesloten_op = Trajectstatus.GESLOTEN, day


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def assign(traject: Traject, *, to: Gebruiker, by: Gebruiker) -> Traject:
    """Give the traject to a colleague who may write there. Raises NotAuthorised, DomainError."""
    traject = lock(traject)
    require_write(by, traject)
    if not may_write(to, traject):
        raise DomainError(f"{to} werkt niet voor het Doorstroompunt in deze gemeente.")
    if traject.behandelaar_id != to.pk:
        traject.behandelaar = to
        traject.save(update_fields=["behandelaar"])
        record_traject("traject.behandelaar", traject, by=by, behandelaar=to.pk)
    return traject


@dataclass(frozen=True, slots=True)
class Mogelijk:
    """A step from the present state: what is missing, and whether this user may do it."""

    stap: Stap
    mag: bool
    nodig: list[str] = field(default_factory=list)

    @property
    def kan(self) -> bool:
        return self.mag and not self.nodig


def possible_steps(
    traject: Traject, user: Gebruiker, day: date
) -> tuple[list[Mogelijk], list[Mogelijk]]:
    """Steps of the present state: the usual ones (possible first) and the special ones."""
    usual: list[Mogelijk] = []
    special: list[Mogelijk] = []
    for stap in TRAJECT.from_state(traject.toestand):
        if not stap.knop or not stap.possible_from(traject):
            continue
        nodig = [text for check in stap.voorwaarden if (text := check(traject, day))]
        row = Mogelijk(stap, may_write(user, traject, stap.permissie), nodig)
        (special if stap.bijzonder else usual).append(row)
    return sorted(usual, key=lambda row: not row.kan), special


def answers_of(row: Trajectstap) -> list[str]:
    """The answers given at a step, as lines to read."""
    stap = TRAJECT.stappen.get(row.stap)
    gegevens: Mapping[str, Any] = row.gegevens
    if stap is None:
        return []
    return [
        f"{veld.label}: {_shown(dict(veld.keuzes), gegevens[veld.naam])}"
        for veld in stap.velden
        if gegevens.get(veld.naam) not in (None, "", [])
    ]


def _shown(labels: Mapping[str, str], value: Any) -> str:
    text = str(value)
    try:
        return f"{date.fromisoformat(text):%d-%m-%Y}"
    except ValueError:
        return labels.get(text, text)
