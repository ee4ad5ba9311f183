"""Reading police data: a reason first, and one line in the log for every object shown."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.gebeurtenissen import build, record, record_many
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Regime
from casework.domain.bevoegd import require
from casework.models import Jongere, Werkproces, politiemodellen
from casework.models.zicht import in_wide_use, not_hidden, own_taak, police_data_of

LEZEN = "opsporing.lezen"


def may_ask(model: type[Any], user: Gebruiker) -> Any:
    """Police data of one kind that the user may see once he says why."""
    rows = model.objects.filter(police_data_of(user), not_hidden(user))
    with_taak = any(veld.name == "taak" for veld in model._meta.fields)
    return rows.filter(own_taak(user)) if with_taak else rows


def in_a_list(model: type[Any], user: Gebruiker, day: date) -> Any:
    """For who gave a reason for the list itself: of the first year, as `count_police_data`."""
    return may_ask(model, user).filter(in_wide_use(user, day))


def count_police_data(jongere: Jongere, user: Gebruiker, day: date) -> int:
    """How many objects a reason would show; older than a year does not count."""
    if not user.may(LEZEN):
        return 0
    wide = Q(in_wide_use(user, day), jongere=jongere)
    return sum(may_ask(model, user).filter(wide).count() for model in politiemodellen())


@transaction.atomic
def give_reason(
    jongere: Jongere, *, by: Gebruiker, code: str, toelichting: str = "", gericht: bool = False
) -> None:
    """Raises NotAuthorised."""
    require(by, LEZEN, None)
    record(
        "politiegegevens.reden",
        jongere,
        by=by,
        gemeente_id=jongere.gemeente_id,
        taak=Taak.OPSPORING,
        reden=toelichting,
        reden_code=code,
        methode="gericht" if gericht else "dossier",
    )


def refused(model: type[Any], by: Gebruiker, **key: Any) -> Any:
    """Police data that this user may see but asked for without a reason; leaves a refusal."""
    if not by.may(LEZEN) or model.objects.visible_to(by).filter(**key).exists():
        return None
    row = may_ask(model, by).filter(**key).first()
    if row is not None:
        record(
            "politiegegevens.geweigerd",
            row,
            by=by,
            taak=Taak.OPSPORING,
            geweigerd=True,
            regime=Regime.WPG,
        )
    return row


def record_shown(
    rows: Iterable[Any], *, by: Gebruiker, handeling: str, reden_code: str = ""
) -> None:
    """One line for every piece of police data among these, with the reason that holds: of the
    list that shows them, or of each dossier."""
    redenen = by.politiezicht.redenen if by.politiezicht else {}
    record_many(
        build(
            "politiegegevens.geraadpleegd",
            row,
            by=by,
            taak=Taak.OPSPORING,
            regime=Regime.WPG,
            reden_code=reden_code or redenen[row.jongere_id],
            handeling=handeling,
        )
        for row in rows
        if getattr(row, "is_wpg", False)
    )


def find_targeted(
    user: Gebruiker, *, zaak: int | None, nummer: str, achternaam: str, geboren: date | None
) -> Jongere | None:
    """Exactly one youth with police data: by case number, by number of the person, or by
    surname and birth date. None when there is none or more than one."""
    seen = Jongere.objects.visible_to(user)
    if zaak:
        seen = seen.filter(pk__in=may_ask(Werkproces, user).filter(pk=zaak).values("jongere"))
    elif nummer:
        seen = seen.filter(
            Q(pk__in=seen.with_bsn(nummer)) | Q(pk__in=seen.with_onderwijsnummer(nummer))
        )
    elif geboren:
        seen = seen.filter(achternaam__iexact=achternaam, geboortedatum=geboren)
    else:
        return None
    found = list(seen[:2])
    if len(found) != 1:
        return None
    own = {"jongere": found[0]}
    known = any(may_ask(model, user).filter(**own).exists() for model in politiemodellen())
    return found[0] if known else None
