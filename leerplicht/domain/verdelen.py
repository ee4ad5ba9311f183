"""Work that goes from one colleague to another, and how much everybody has."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Count, QuerySet

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_for
from casework.domain.bevoegd import require_for
from casework.errors import DomainError
from casework.models import Actie, Dossier, Jongere, Verzuimmelding, Werkproces
from casework.models.zicht import police_data_of
from casework.schooljaar import AMSTERDAM
from leerplicht.domain.toewijzing import colleagues_in
from leerplicht.models import Overdracht

VERDELEN: Final = "leerplicht.leiden"
GEEN_RECHT: Final = "heeft daar geen recht, of het dossier is voor deze collega afgesloten"


@dataclass(slots=True)
class Last:
    """What one colleague has open; police data only where they are in sight."""

    wie: Gebruiker
    werkprocessen: int = 0
    meldingen: int = 0
    te_laat: int = 0


@dataclass(slots=True)
class Voorstel:
    """What moves and what stays, before anything moved."""

    van: Gebruiker
    naar: Gebruiker
    werkprocessen: list[Werkproces] = field(default_factory=list)
    meldingen: list[Verzuimmelding] = field(default_factory=list)
    politie: list[Werkproces] = field(default_factory=list)
    politie_blijft: int = 0
    blijft: list[tuple[Any, str]] = field(default_factory=list)

    @property
    def aantal(self) -> int:
        return len(self.werkprocessen) + len(self.meldingen) + len(self.politie)

    @property
    def rijen(self) -> list[Werkproces | Verzuimmelding]:
        return [*self.werkprocessen, *self.meldingen]


def workload(by: Gebruiker, day: date) -> list[Last]:
    """Of everybody who handles cases in the gemeenten of this user, or still has work there."""
    here = gemeenten_for(by, VERDELEN)
    counts = {
        "werkprocessen": _per(open_werkprocessen(by), "behandelaar"),
        "meldingen": _per(open_meldingen(by), "behandelaar"),
        "te_laat": _per(
            Actie.objects.visible_to(by)
            .due_before(day)
            .filter(taak=Taak.LEERPLICHT, gemeente__in=here),
            "toegewezen_aan",
        ),
    }
    keys = {key for found in counts.values() for key in found}
    keys |= set(colleagues_in(here, day).values_list("pk", flat=True))
    users = Gebruiker.objects.filter(pk__in=keys).order_by("naam", "pk")
    return [
        Last(user, **{name: found.get(user.pk, 0) for name, found in counts.items()})
        for user in users
    ]


def _per(rows: Any, wie: str) -> dict[int, int]:
    found = rows.exclude(**{wie: None}).order_by().values_list(wie)
    return dict(found.annotate(n=Count("pk")))


def open_werkprocessen(by: Gebruiker) -> "QuerySet[Werkproces]":
    rows = Werkproces.objects.visible_to(by).open().filter(regime="AVG")
    return rows.filter(taak=Taak.LEERPLICHT, gemeente__in=gemeenten_for(by, VERDELEN))


def open_meldingen(by: Gebruiker) -> "QuerySet[Verzuimmelding]":
    rows = Verzuimmelding.objects.visible_to(by).to_triage()
    return rows.filter(taak=Taak.LEERPLICHT, gemeente__in=gemeenten_for(by, VERDELEN))


def _police(by: Gebruiker, van: Gebruiker) -> "QuerySet[Werkproces]":
    """Moved without being read: only that they are there. Of an onderzoek its own people decide."""
    rows = Werkproces.objects.filter(police_data_of(by), onderzoek=None, behandelaar=van)
    return rows.open().filter(taak=Taak.LEERPLICHT, gemeente__in=gemeenten_for(by, VERDELEN))


def propose(
    van: Gebruiker,
    naar: Gebruiker,
    *,
    by: Gebruiker,
    day: date,
    keuze: Collection[UUID] | None = None,
) -> Voorstel:
    """What would move; `keuze` None is all, police data included. Raises DomainError."""
    if van.pk == naar.pk:
        raise DomainError("Kies een andere collega.")
    voorstel = Voorstel(van, naar)
    for rows, names in (
        (open_werkprocessen(by), voorstel.werkprocessen),
        (open_meldingen(by), voorstel.meldingen),
    ):
        own: Any = rows.filter(behandelaar=van).select_related("jongere").order_by("pk")
        found = list(own if keuze is None else own.filter(uuid__in=list(keuze)))
        allowed = _allowed(naar, found, day, Taak.LEERPLICHT)
        names += [row for row in found if row.pk in allowed]
        voorstel.blijft += [(row, GEEN_RECHT) for row in found if row.pk not in allowed]
    if keuze is None:
        police = list(_police(by, van).select_related("jongere").order_by("pk"))
        allowed = _allowed(naar, police, day, Taak.LEERPLICHT, Taak.OPSPORING)
        voorstel.politie = [row for row in police if row.pk in allowed]
        voorstel.politie_blijft = len(police) - len(voorstel.politie)
    return voorstel


def _allowed(naar: Gebruiker, rows: Iterable[Any], day: date, *taken: str) -> set[int]:
    """Keys of the rows this colleague may be given."""
    rows = list(rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nr FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[])"
            " AS t(nr, wie, gemeente)"
            " WHERE muur_toewijsbaar(%s, wie, gemeente, %s, VARIADIC %s::text[])",
            [
                [row.pk for row in rows],
                [row.jongere_id for row in rows],
                [row.gemeente_id for row in rows],
                naar.pk,
                day,
                [str(taak) for taak in taken],
            ],
        )
        return {nr for (nr,) in cursor.fetchall()}


@transaction.atomic
def hand_over(voorstel: Voorstel, notitie: str, *, by: Gebruiker, now: datetime) -> int:
    """Move it with the open acties and the dossier; the note goes with every youth."""
    van, naar = voorstel.van, voorstel.naar
    werk = [*voorstel.werkprocessen, *voorstel.politie]
    moves: tuple[tuple[Any, Any, str], ...] = (
        (Werkproces, werk, "werkproces.overgedragen"),
        (Verzuimmelding, voorstel.meldingen, "melding.overgedragen"),
    )
    for model, rows, actie in moves:
        # Who did it meanwhile himself keeps it.
        moved = model.objects.select_for_update(of=("self",)).select_related("jongere")
        moved = moved.filter(pk__in=[row.pk for row in rows], behandelaar=van)
        for row in moved.order_by("pk"):
            require_for(by, Taak.LEERPLICHT, row.jongere, row.gemeente_id)
            row.behandelaar = naar
            row.save(update_fields=["behandelaar"])
            record(actie, row, by=by, behandelaar=naar.pk, was=van.pk)
    acties = Actie.objects.open().filter(toegewezen_aan=van)
    acties.filter(werkproces__in=[row.pk for row in werk]).update(toegewezen_aan=naar)
    jongeren = {row.jongere_id: row.gemeente_id for row in voorstel.rijen}
    Dossier.objects.filter(
        jongere__in=list(jongeren), taak=Taak.LEERPLICHT, gesloten_op=None, behandelaar=van
    ).update(behandelaar=naar)
    if notitie:
        for jongere_id, gemeente_id in jongeren.items():
            _note(jongere_id, gemeente_id, van, naar, notitie, by=by, now=now)
    return voorstel.aantal


@transaction.atomic
def give(
    werkproces: Werkproces, naar: Gebruiker, notitie: str, *, by: Gebruiker, now: datetime
) -> None:
    """Own work to a colleague, such as a boa for route 2 or 4.

    Raises NotAuthorised, DomainError.
    """
    rows = Werkproces.objects.select_for_update(of=("self",)).select_related("jongere")
    werkproces = rows.get(pk=werkproces.pk)
    require_for(by, Taak.LEERPLICHT, werkproces.jongere, werkproces.gemeente_id)
    if werkproces.behandelaar_id != by.pk or not werkproces.is_open:
        raise DomainError("U geeft alleen werk door waarvan u de behandelaar bent.")
    if naar.pk == by.pk:
        raise DomainError("Kies een andere collega.")
    taken = [Taak.LEERPLICHT, *([Taak.OPSPORING] if werkproces.is_wpg else [])]
    if not _allowed(naar, [werkproces], now.astimezone(AMSTERDAM).date(), *taken):
        raise DomainError(f"{naar} mag dit werk niet doen.")
    hand_over(Voorstel(by, naar, werkprocessen=[werkproces]), notitie, by=by, now=now)


def write_note(
    jongere: Jongere, naar: Gebruiker, notitie: str, *, by: Gebruiker, now: datetime
) -> Overdracht:
    """For a colleague who stands in. Raises NotAuthorised, DomainError."""
    require_for(by, Taak.LEERPLICHT, jongere)
    row = _Place(jongere.pk, jongere.pk, jongere.gemeente_id)
    if not _allowed(naar, [row], now.date(), Taak.LEERPLICHT):
        raise DomainError(f"{naar} mag dit dossier niet behandelen. Kies een andere collega.")
    return _note(jongere.pk, jongere.gemeente_id, by, naar, notitie, by=by, now=now)


@dataclass(frozen=True, slots=True)
class _Place:
    pk: int
    jongere_id: int
    gemeente_id: int | None


def _note(
    jongere_id: int,
    gemeente_id: int | None,
    van: Gebruiker,
    naar: Gebruiker,
    notitie: str,
    *,
    by: Gebruiker,
    now: datetime,
) -> Overdracht:
    row = Overdracht.objects.create(
        jongere_id=jongere_id,
        gemeente_id=gemeente_id,
        van=van,
        naar=naar,
        door=by,
        notitie=notitie,
        op=now,
    )
    record("overdracht.geschreven", row, by=by, taak=Taak.LEERPLICHT, behandelaar=naar.pk)
    return row


@transaction.atomic
def mark_read(row: Overdracht, *, by: Gebruiker, now: datetime) -> None:
    """Twice changes nothing; only who it was written for."""
    row = Overdracht.objects.select_for_update().get(pk=row.pk)
    if row.naar_id != by.pk or row.gelezen_op is not None:
        return
    row.gelezen_op = now
    row.save(update_fields=["gelezen_op"])
    record("overdracht.gelezen", row, by=by, taak=Taak.LEERPLICHT)
