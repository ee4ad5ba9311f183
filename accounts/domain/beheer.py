"""Users and their rights: made, granted, ended. Every change leaves an event.

A beheerder works only in the gemeenten where he is beheerder himself, gives himself nothing,
and touches no beheerder whose role is heavier than his own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.domain import agendalink
from accounts.gebeurtenissen import record
from accounts.models import AMSTERDAM, Bevoegdheid, Gebruiker
from accounts.rechten import ZWAARTE, Rol, Taak, rights_for, valid_on
from accounts.sessies import end_sessions

SCHRIJVEN: Final = "beheer.schrijven"
OPSPORING_DAGEN: Final = 366  # a year, whatever year it is
GEEN_BEHEERDER: Final = "U bent geen beheerder in deze gemeente."
BEZET: Final = "Er is al een gebruiker met dit e-mailadres."
BEHEREND: Final = frozenset({Rol.BEHANDELAAR, Rol.LEIDINGGEVENDE})


class BeheerFout(ValueError):
    """Refused, with a Dutch sentence that can be shown; `veld` is the form field it is about."""

    def __init__(self, zin: str, veld: str | None = None) -> None:
        super().__init__(zin)
        self.veld = veld


@dataclass(frozen=True, slots=True)
class Rechtinvoer:
    """The right to be granted; `laatste_dag` is the last day on which it holds."""

    taak: str
    gemeente_id: int
    rol: str
    van: date
    laatste_dag: date | None = None

    @property
    def tot(self) -> date | None:
        return self.laatste_dag + timedelta(days=1) if self.laatste_dag else None


def vandaag() -> date:
    return datetime.now(AMSTERDAM).date()


@transaction.atomic
def create_gebruiker(*, by: Gebruiker, email: str, naam: str, functie: str = "") -> Gebruiker:
    """A user without rights and without a password; a link lets him choose one.

    Raises BeheerFout when the address is taken.
    """
    if not by.may(SCHRIJVEN):
        raise BeheerFout(GEEN_BEHEERDER)
    if Gebruiker.objects.filter(email__iexact=email).exists():
        raise BeheerFout(BEZET, "email")
    user = Gebruiker.objects.create_user(email, naam=naam, functie=functie)
    record("gebruiker.aangemaakt", user, by=by, taak=Taak.BEHEER)
    return user


@transaction.atomic
def change_gebruiker(
    user: Gebruiker, *, by: Gebruiker, email: str, naam: str, functie: str
) -> Gebruiker:
    """Raises BeheerFout when the address is taken or the user has rights elsewhere."""
    require_everywhere(user, by, vandaag())
    if Gebruiker.objects.filter(email__iexact=email).exclude(pk=user.pk).exists():
        raise BeheerFout(BEZET, "email")
    nieuw = {"email": email.lower(), "naam": naam, "functie": functie}
    gewijzigd = sorted(veld for veld, waarde in nieuw.items() if getattr(user, veld) != waarde)
    for veld in gewijzigd:
        setattr(user, veld, nieuw[veld])
    if gewijzigd:
        user.save(update_fields=gewijzigd)
        record("gebruiker.gewijzigd", user, by=by, taak=Taak.BEHEER, velden=gewijzigd)
    return user


@transaction.atomic
def grant(user: Gebruiker, invoer: Rechtinvoer, *, by: Gebruiker, day: date) -> Bevoegdheid:
    """Give a right from a day on; one to police data waits for `approve`. Raises BeheerFout."""
    Gebruiker.objects.select_for_update().get(pk=user.pk)
    _check_may_grant(user, invoer, by)
    _check_period(invoer, day)
    _check_overlap(user, invoer)
    recht = Bevoegdheid(
        gebruiker=user,
        taak=invoer.taak,
        gemeente_id=invoer.gemeente_id,
        rol=invoer.rol,
        van=invoer.van,
        tot=invoer.tot,
        wacht=invoer.taak == Taak.OPSPORING,
        aangevraagd_door=by,
    )
    try:
        recht.full_clean()
    except ValidationError as error:
        raise BeheerFout(" ".join(error.messages)) from error
    recht.save()
    _record_right("bevoegdheid.toegekend", recht, by)
    return recht


@transaction.atomic
def approve(recht: Bevoegdheid, *, by: Gebruiker, day: date) -> None:
    """The second person lets a waiting right begin. Twice changes nothing. Raises BeheerFout."""
    recht = Bevoegdheid.objects.select_for_update().get(pk=recht.pk)
    if not by.may(SCHRIJVEN, recht.gemeente_id):
        raise BeheerFout(GEEN_BEHEERDER)
    if by.pk in (recht.aangevraagd_door_id, recht.gebruiker_id):
        raise BeheerFout("Een andere beheerder dan de aanvrager keurt dit recht goed.")
    if recht.is_over(day):
        raise BeheerFout("Dit recht is al voorbij.")
    if recht.wacht:
        recht.wacht, recht.goedgekeurd_door = False, by
        recht.save(update_fields=["wacht", "goedgekeurd_door"])
        _record_right("bevoegdheid.goedgekeurd", recht, by)


def may_approve(recht: Bevoegdheid, *, by: Gebruiker, day: date) -> bool:
    """Whether a screen offers it."""
    second = by.pk not in (recht.aangevraagd_door_id, recht.gebruiker_id)
    return (
        recht.wacht and second and not recht.is_over(day) and by.may(SCHRIJVEN, recht.gemeente_id)
    )


def _check_may_grant(user: Gebruiker, invoer: Rechtinvoer, by: Gebruiker) -> None:
    if not by.may(SCHRIJVEN, invoer.gemeente_id):
        raise BeheerFout(GEEN_BEHEERDER, "gemeente")
    if not user.is_active:
        raise BeheerFout("Deze gebruiker kan niet inloggen. Maak de gebruiker eerst weer actief.")
    if user.pk == by.pk:
        raise BeheerFout("U kunt uzelf geen recht geven. Vraag een andere beheerder.")
    if invoer.taak == Taak.BEHEER and ZWAARTE[invoer.rol] > _own_weight(by, invoer.gemeente_id):
        raise BeheerFout("U kunt geen zwaardere rol in beheer geven dan uw eigen rol.", "rol")


def _own_weight(by: Gebruiker, gemeente_id: int) -> int:
    rows = [r for r in rights_for(by, SCHRIJVEN) if r.gemeente_id == gemeente_id]
    return max((ZWAARTE[r.rol] for r in rows), default=0)


def _check_period(invoer: Rechtinvoer, day: date) -> None:
    if invoer.van < day:
        raise BeheerFout("Een recht kan niet in het verleden beginnen.", "van")
    if invoer.laatste_dag and invoer.laatste_dag < invoer.van:
        raise BeheerFout("De laatste dag ligt voor de eerste dag.", "laatste_dag")
    if invoer.taak != Taak.OPSPORING:
        return
    if invoer.tot is None or (invoer.tot - invoer.van).days > OPSPORING_DAGEN:
        raise BeheerFout(
            "Opsporing geldt hoogstens een jaar. Vul een laatste dag in.", "laatste_dag"
        )


def _check_overlap(user: Gebruiker, invoer: Rechtinvoer) -> None:
    rows = user.bevoegdheden.filter(taak=invoer.taak, gemeente_id=invoer.gemeente_id)
    rows = rows.filter(Q(tot__isnull=True) | Q(tot__gt=invoer.van))
    if invoer.tot:
        rows = rows.filter(van__lt=invoer.tot)
    if rows.exists():
        raise BeheerFout(
            "Deze gebruiker heeft deze taak hier al in die periode. Beëindig eerst het oude recht.",
            "taak",
        )


@transaction.atomic
def end_right(
    recht: Bevoegdheid, *, by: Gebruiker, day: date, laatste_dag: date | None = None
) -> None:
    """End a right: at once, or after its last day. A right that never held is taken away.

    Raises BeheerFout.
    """
    recht = Bevoegdheid.objects.select_for_update().get(pk=recht.pk)
    _check_may_end(recht, by)
    tot = day if laatste_dag is None else laatste_dag + timedelta(days=1)
    if tot < day:
        raise BeheerFout("Kies vandaag of een latere dag.", "laatste_dag")
    if recht.tot and tot >= recht.tot:
        raise BeheerFout(
            "Dit recht is dan al voorbij. Geef een nieuw recht voor de tijd daarna.", "laatste_dag"
        )
    _check_beheerder_stays(recht, tot)
    _stop(recht, tot, by)


def _check_may_end(recht: Bevoegdheid, by: Gebruiker) -> None:
    if not by.may(SCHRIJVEN, recht.gemeente_id):
        raise BeheerFout(GEEN_BEHEERDER)
    if recht.taak == Taak.BEHEER and recht.gebruiker_id == by.pk:
        raise BeheerFout("U kunt uw eigen recht op beheer niet beëindigen. Vraag een collega.")
    _check_not_heavier(recht, by)


def may_end(recht: Bevoegdheid, *, by: Gebruiker, day: date) -> bool:
    """Whether a screen offers to end it; that a beheerder must stay is asked when it is done."""
    try:
        _check_may_end(recht, by)
    except BeheerFout:
        return False
    return not recht.is_over(day)


def _check_not_heavier(recht: Bevoegdheid, by: Gebruiker) -> None:
    if recht.taak == Taak.BEHEER and ZWAARTE[recht.rol] > _own_weight(by, recht.gemeente_id):
        raise BeheerFout("Deze beheerder heeft een zwaardere rol dan u. Vraag een collega.")


def _check_beheerder_stays(recht: Bevoegdheid, tot: date) -> None:
    """Some other beheerder of at least this role must hold on after `tot`.

    The rows are locked and read again, so that two beheerders cannot end each other.
    """
    if recht.taak != Taak.BEHEER or recht.rol not in BEHEREND:
        return
    rows = Bevoegdheid.objects.select_for_update().filter(
        Q(tot__isnull=True) | Q(tot__gt=tot),
        taak=Taak.BEHEER,
        gemeente_id=recht.gemeente_id,
        van__lte=tot,
        gebruiker__is_active=True,
    )
    others = [r for r in rows if r.gebruiker_id != recht.gebruiker_id]
    if not any(ZWAARTE[r.rol] >= ZWAARTE[recht.rol] for r in others):
        raise BeheerFout(
            f"Dit is de laatste beheerder van {recht.gemeente}. Maak eerst een andere beheerder."
        )


def _stop(recht: Bevoegdheid, tot: date, by: Gebruiker | None) -> None:
    _record_right("bevoegdheid.beeindigd", recht, by, tot=tot)
    if tot <= recht.van:
        recht.delete()
        return
    recht.tot = tot
    recht.save(update_fields=["tot"])


def lapse(recht: Bevoegdheid, *, day: date) -> bool:
    """End a right nobody reviewed; not that of the last beheerder. Call with the row locked."""
    try:
        _check_beheerder_stays(recht, day)
    except BeheerFout:
        return False
    _stop(recht, day, None)
    return True


@transaction.atomic
def deactivate(user: Gebruiker, *, by: Gebruiker, day: date) -> None:
    """No login from now on, and every right ends. Twice changes nothing. Raises BeheerFout."""
    if user.pk == by.pk:
        raise BeheerFout("U kunt uzelf niet uitschakelen. Vraag een andere beheerder.")
    require_everywhere(user, by, day)
    if not user.is_active:
        return
    for recht in _open_rights(user, day).select_related("gemeente"):
        _check_beheerder_stays(recht, day)
        _stop(recht, day, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user)
    agendalink.forget(user)
    record("gebruiker.uitgeschakeld", user, by=by, taak=Taak.BEHEER)


@transaction.atomic
def activate(user: Gebruiker, *, by: Gebruiker) -> None:
    """Let the user log in again; rights must be granted anew. Raises BeheerFout."""
    if not by.may(SCHRIJVEN):
        raise BeheerFout(GEEN_BEHEERDER)
    if user.is_active:
        return
    if not user.email:
        raise BeheerFout("Zonder e-mailadres kan iemand niet inloggen. Vul het eerst in.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("gebruiker.ingeschakeld", user, by=by, taak=Taak.BEHEER)


def _open_rights(user: Gebruiker, day: date) -> QuerySet[Bevoegdheid]:
    """Rights that hold on this day or will hold later."""
    return user.bevoegdheden.filter(Q(tot__isnull=True) | Q(tot__gt=day))


def require_everywhere(user: Gebruiker, by: Gebruiker, day: date) -> None:
    """Who has rights in other gemeenten, or a heavier role, is not for this beheerder alone."""
    if not by.may(SCHRIJVEN):
        raise BeheerFout(GEEN_BEHEERDER)
    for recht in _open_rights(user, day):
        if not by.may(SCHRIJVEN, recht.gemeente_id):
            raise BeheerFout(
                "Deze gebruiker heeft ook rechten in gemeenten waar u geen beheerder bent."
            )
        _check_not_heavier(recht, by)


def _record_right(actie: str, recht: Bevoegdheid, by: Gebruiker | None, **more: Any) -> None:
    tot = more.get("tot", recht.tot)
    record(
        actie,
        recht,
        by=by,
        taak=Taak.BEHEER,
        gebruiker=recht.gebruiker_id,
        recht=recht.taak,
        recht_rol=recht.rol,
        van=recht.van.isoformat(),
        tot=tot.isoformat() if tot else None,
    )


@transaction.atomic
def make_beheerder(
    email: str, *, naam: str, gemeenten: Sequence[Any], wachtwoord: str, day: date
) -> tuple[Gebruiker, list[Bevoegdheid]]:
    """The first beheerder of these gemeenten, by the operator on the server.

    A user who exists keeps name and password, and gets the rights that were missing.
    """
    user = Gebruiker.objects.filter(email__iexact=email).first()
    if user is None:
        user = Gebruiker.objects.create_user(email, wachtwoord, naam=naam)
        record("gebruiker.aangemaakt", user, by=None, taak=Taak.BEHEER)
    elif not user.is_active:
        raise BeheerFout("Deze gebruiker is uitgeschakeld. Kies een ander e-mailadres.")
    rechten = [_give_beheer(user, gemeente, day) for gemeente in gemeenten]
    return user, [recht for recht in rechten if recht]


def _give_beheer(user: Gebruiker, gemeente: Any, day: date) -> Bevoegdheid | None:
    """The heaviest role from this day on, in place of a lighter one; None when it was there."""
    rows = user.bevoegdheden.filter(valid_on(day), taak=Taak.BEHEER, gemeente=gemeente)
    if rows.filter(rol=Rol.LEIDINGGEVENDE).exists():
        return None
    for lichter in rows:
        _stop(lichter, day, None)
    recht = Bevoegdheid.objects.create(
        gebruiker=user, taak=Taak.BEHEER, gemeente=gemeente, rol=Rol.LEIDINGGEVENDE, van=day
    )
    _record_right("bevoegdheid.toegekend", recht, None)
    return recht
