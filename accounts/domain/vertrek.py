"""Who leaves or is away: sessions end, rights end, and a colleague does the open work."""

from datetime import date, timedelta
from typing import Final

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.domain import beheer
from accounts.domain.beheer import BeheerFout
from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.models_controle import Vervanging
from accounts.rechten import UITVOEREND, gemeenten_for, valid_on
from accounts.sessies import end_sessions

REGELEN: Final = "vervanging.regelen"


@transaction.atomic
def leave(user: Gebruiker, laatste_dag: date, *, by: Gebruiker, day: date) -> None:
    """Every right ends after this day. Raises BeheerFout."""
    if user.pk == by.pk:
        raise BeheerFout("U kunt uw eigen vertrek niet regelen. Vraag een andere beheerder.")
    beheer.require_everywhere(user, by, day)
    if laatste_dag < day:
        raise BeheerFout("Kies vandaag of een latere dag.", "laatste_dag")
    tot = laatste_dag + timedelta(days=1)
    for recht in user.bevoegdheden.filter(Q(tot__isnull=True) | Q(tot__gt=tot)):
        beheer.end_right(recht, by=by, day=day, laatste_dag=laatste_dag)
    record("gebruiker.vertrekt", user, by=by, taak="beheer", tot=tot.isoformat())


def end_sessions_without_rights(day: date) -> int:
    """Whose last right ended is logged out; who never had one is still being set up."""
    rights = Bevoegdheid.objects.filter(gebruiker=OuterRef("user"))
    rows = UserSession.objects.filter(Exists(rights), ~Exists(rights.filter(valid_on(day))))
    users = list(Gebruiker.objects.filter(pk__in=rows.values("user")))
    for user in users:
        end_sessions(user)
    return len(users)


def colleagues(user: Gebruiker, day: date) -> "QuerySet[Gebruiker]":
    """Others with a right of a taak and gemeente that this user has too."""
    own = Q(pk__in=())
    for recht in user.rechten:
        if recht.taak in UITVOEREND:
            own |= Q(taak=recht.taak, gemeente=recht.gemeente_id)
    rights = Bevoegdheid.objects.filter(own, valid_on(day), gebruiker=OuterRef("pk"))
    rows = Gebruiker.objects.filter(Exists(rights), is_active=True).exclude(pk=user.pk)
    return rows.order_by("naam", "pk")


def team(by: Gebruiker, day: date) -> "QuerySet[Gebruiker]":
    """For whom this user may arrange it: himself, and the team of a leidinggevende."""
    rights = Bevoegdheid.objects.filter(
        valid_on(day),
        gebruiker=OuterRef("pk"),
        taak__in=sorted(UITVOEREND),
        gemeente__in=gemeenten_for(by, REGELEN),
    )
    rows = Gebruiker.objects.filter(Q(pk=by.pk) | Exists(rights), is_active=True)
    return rows.order_by("naam", "pk")


@transaction.atomic
def replace(
    afwezige: Gebruiker,
    vervanger: Gebruiker,
    van: date,
    laatste_dag: date,
    *,
    by: Gebruiker,
    day: date,
    notitie: str = "",
) -> Vervanging:
    """The replacement sees the open work, within rights of his own. Raises BeheerFout."""
    if not team(by, day).filter(pk=afwezige.pk).exists():
        raise BeheerFout("Voor deze collega kunt u geen vervanging regelen.", "afwezige")
    if laatste_dag < van or laatste_dag < day:
        raise BeheerFout("Kies een laatste dag die nog komt, na de eerste dag.", "laatste_dag")
    if not colleagues(afwezige, day).filter(pk=vervanger.pk).exists():
        raise BeheerFout("Deze collega heeft geen recht op hetzelfde werk.", "vervanger")
    row = Vervanging.objects.create(
        afwezige=afwezige,
        vervanger=vervanger,
        van=van,
        tot=laatste_dag + timedelta(days=1),
        door=by,
        notitie=notitie,
    )
    record(
        "vervanging.geregeld",
        row,
        by=by,
        gebruiker=vervanger.pk,
        van=van.isoformat(),
        tot=row.tot.isoformat(),
    )
    return row


def known(by: Gebruiker, day: date) -> "QuerySet[Vervanging]":
    """Replacements that still count and that this user may end, or does himself."""
    rows = Vervanging.objects.filter(tot__gt=day)
    rows = rows.filter(Q(afwezige__in=team(by, day)) | Q(vervanger=by))
    return rows.select_related("afwezige", "vervanger").order_by("van", "pk")


@transaction.atomic
def stop(row: Vervanging, *, by: Gebruiker, day: date) -> None:
    """Over from now on; one that did not begin yet is gone. Twice changes nothing."""
    row = Vervanging.objects.select_for_update().get(pk=row.pk)
    if not known(by, day).filter(pk=row.pk).exists():
        return
    record("vervanging.gestopt", row, by=by, gebruiker=row.vervanger_id)
    if row.van >= day:
        row.delete()
    else:
        row.tot = day
        row.save(update_fields=["tot"])


def whose_work(user: Gebruiker, day: date) -> list[int]:
    """Keys of the user and of the colleagues he replaces on this day."""
    away = Vervanging.objects.on(day).filter(vervanger=user).order_by("pk")
    return [user.pk, *away.values_list("afwezige", flat=True)]


def replaced_by(user: Gebruiker, day: date) -> "QuerySet[Vervanging]":
    rows = Vervanging.objects.on(day).filter(vervanger=user)
    return rows.select_related("afwezige").order_by("tot", "pk")
