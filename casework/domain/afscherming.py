"""Closing a dossier to all but a list of names; opening it or another list takes two persons."""

from collections.abc import Collection
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import UITVOEREND, gemeenten_for, valid_on
from casework.domain.bevoegd import require
from casework.errors import DomainError, NotAuthorised
from casework.models import (
    Afscherming,
    AfschermingLid,
    Afschermingverzoek,
    Betrokkenheid,
    Jongere,
)
from casework.models.zicht import known_to
from casework.schooljaar import today

AFSCHERMEN: Final = "dossier.afschermen"
BESLISSEN: Final = "afscherming.beslissen"
Soort = Afschermingverzoek.Soort


def gemeenten_around(jongere_id: int) -> list[int]:
    """Where the youth lives and where there are dossiers, the home first; also of who is hidden."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT muur_rond(%s)", [jongere_id])
        return list(dict.fromkeys(cursor.fetchone()[0]))


def possible_names(jongere_id: int) -> "QuerySet[Gebruiker]":
    """Colleagues whose rights reach this youth and who do not know him outside work."""
    rechten = Bevoegdheid.objects.filter(
        valid_on(today()),
        gebruiker=OuterRef("pk"),
        taak__in=sorted(UITVOEREND),
        gemeente__in=gemeenten_around(jongere_id),
    )
    known = Betrokkenheid.objects.filter(
        jongere=jongere_id, gebruiker=OuterRef("pk"), vervallen_op__isnull=True
    )
    rows = Gebruiker.objects.filter(Exists(rechten), ~Exists(known), is_active=True)
    return rows.order_by("naam", "pk")


def closed_dossier(jongere: Jongere) -> Afscherming | None:
    return Afscherming.objects.open().filter(jongere=jongere).first()


def open_to_ask(user: Gebruiker) -> "QuerySet[Afscherming]":
    """Closed dossiers for which this user may ask a change: on the list, or the team leader."""
    own = gemeenten_for(user, AFSCHERMEN)
    rows = Afscherming.objects.open().filter(Q(lijst__gebruiker=user) | Q(gemeente__in=own))
    return rows.exclude(jongere__in=known_to(user)).distinct()


def to_decide(user: Gebruiker) -> "QuerySet[Afschermingverzoek]":
    """Requests that wait for a second person, where this user may be that."""
    rows = Afschermingverzoek.objects.filter(
        besluit_op__isnull=True, afscherming__gemeente__in=gemeenten_for(user, BESLISSEN)
    )
    return rows.exclude(afscherming__jongere__in=known_to(user))


@transaction.atomic
def close(
    jongere: Jongere, *, by: Gebruiker, reden: str, toelichting: str, leden: Collection[Gebruiker]
) -> Afscherming:
    """From now on only these names see the youth. Raises NotAuthorised, DomainError."""
    Jongere.objects.select_for_update().get(pk=jongere.pk)
    gemeente = next((g for g in gemeenten_around(jongere.pk) if by.may(AFSCHERMEN, g)), None)
    if gemeente is None:
        raise NotAuthorised("U bent niet bevoegd om dit dossier af te sluiten.")
    if closed_dossier(jongere):
        raise DomainError("Dit dossier is al afgesloten.")
    _check_names(jongere.pk, leden)
    row = Afscherming.objects.create(
        jongere=jongere,
        gemeente_id=gemeente,
        reden=reden,
        toelichting=toelichting,
        gesloten_door=by,
    )
    _set_names(row, leden)
    record("afscherming.gesloten", row, by=by, soort=reden, rijen=len(leden))
    return row


@transaction.atomic
def ask(
    afscherming: Afscherming,
    *,
    by: Gebruiker,
    soort: str,
    reden: str,
    leden: Collection[Gebruiker] = (),
) -> Afschermingverzoek:
    """Ask another to open the dossier or to change its list. Raises DomainError."""
    row = Afscherming.objects.select_for_update().get(pk=afscherming.pk)
    if not open_to_ask(by).filter(pk=row.pk).exists():
        raise NotAuthorised("U kunt voor dit dossier niets vragen.")
    if row.verzoeken.filter(besluit_op__isnull=True).exists():
        raise DomainError("Er wacht al een verzoek voor dit dossier.")
    if soort == Soort.LIJST:
        _check_names(row.jongere_id, leden)
        if {lid.pk for lid in leden} == set(row.leden.values_list("pk", flat=True)):
            raise DomainError("Deze lijst is gelijk aan de lijst van nu.")
    verzoek = Afschermingverzoek.objects.create(
        afscherming=row, soort=soort, reden=reden, gevraagd_door=by
    )
    verzoek.leden.set(leden)
    _record("afscherming.gevraagd", verzoek, by, soort=soort)
    return verzoek


@transaction.atomic
def decide(verzoek: Afschermingverzoek, *, by: Gebruiker, akkoord: bool) -> Afschermingverzoek:
    """The second person says yes or no. Raises NotAuthorised, DomainError."""
    verzoek = Afschermingverzoek.objects.select_for_update().get(pk=verzoek.pk)
    afscherming = Afscherming.objects.select_for_update().get(pk=verzoek.afscherming_id)
    require(by, BESLISSEN, afscherming.gemeente_id)
    if verzoek.besluit_op is not None:
        raise DomainError("Over dit verzoek is al beslist.")
    if not to_decide(by).filter(pk=verzoek.pk).exists():
        raise NotAuthorised("U kunt over dit verzoek niet beslissen.")
    if akkoord:
        _check_second(verzoek, afscherming, by)
    elif by.pk == verzoek.gevraagd_door_id:
        raise DomainError("Een ander dan de aanvrager beslist.")
    verzoek.besluit_door, verzoek.besluit_op, verzoek.akkoord = by, timezone.now(), akkoord
    verzoek.save(update_fields=["besluit_door", "besluit_op", "akkoord"])
    if akkoord and verzoek.soort == Soort.OPENEN:
        afscherming.tot = verzoek.besluit_op
        afscherming.save(update_fields=["tot"])
    elif akkoord:
        _set_names(afscherming, verzoek.leden.all())
    _record("afscherming.besloten", verzoek, by, soort=verzoek.soort, uitkomst=str(akkoord))
    return verzoek


def _check_second(verzoek: Afschermingverzoek, afscherming: Afscherming, by: Gebruiker) -> None:
    if by.pk == verzoek.gevraagd_door_id:
        raise DomainError("Een ander dan de aanvrager beslist.")
    nieuw = verzoek.leden.exclude(pk__in=afscherming.leden.values("pk"))
    if verzoek.soort == Soort.LIJST and nieuw.filter(pk=by.pk).exists():
        raise DomainError("U komt zelf op de lijst. Een ander beslist.")


def _check_names(jongere_id: int, leden: Collection[Gebruiker]) -> None:
    if not leden:
        raise DomainError("Kies ten minste een naam. Anders kan niemand het dossier openen.")
    keys = {lid.pk for lid in leden}
    if possible_names(jongere_id).filter(pk__in=keys).count() != len(keys):
        raise DomainError("Niet iedereen op de lijst heeft recht op dossiers van deze gemeente.")


def _set_names(afscherming: Afscherming, leden: Collection[Gebruiker]) -> None:
    afscherming.lijst.exclude(gebruiker__in=leden).delete()
    AfschermingLid.objects.bulk_create(
        [AfschermingLid(afscherming=afscherming, gebruiker=lid) for lid in leden],
        ignore_conflicts=True,
    )


def _record(actie: str, verzoek: Afschermingverzoek, by: Gebruiker, **codes: str) -> None:
    about = verzoek.afscherming
    record(
        actie, verzoek, by=by, jongere_id=about.jongere_id, gemeente_id=about.gemeente_id, **codes
    )
