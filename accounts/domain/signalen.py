"""Peaks and odd places in the log, for a privacy officer to look into.

A signal is no accusation: it says what was seen and what was usual. Looking twice at the same
hours makes no second row.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone

from accounts.domain.beheer import BeheerFout
from accounts.gebeurtenissen import record
from accounts.models import AMSTERDAM, Gebeurtenis, Gebruiker, Signaal

SCHRIJVEN: Final = "privacy.schrijven"
LEZEN: Final = ("dossier.gelezen", "document.gelezen")
UITVOER: Final = ("logboek.uitgevoerd", "pakket.gevraagd", "pakket.opgehaald", "inzage.opgehaald")
ACCOUNT: Final = "accounts.gebruiker"
Soort = Signaal.Soort


def look(*, until: datetime) -> list[Signaal]:
    """New signals of the last day before `until`, the running hour left out."""
    until = until.replace(minute=0, second=0, microsecond=0)
    rows = Gebeurtenis.objects.filter(tijd__gte=until - timedelta(days=1), tijd__lt=until)
    found = [*_peaks(rows, until), *_refusals(rows), *_at_night(rows), *_new_places(rows)]
    with transaction.atomic():
        last = Signaal.objects.aggregate(last=Max("pk"))["last"] or 0
        Signaal.objects.bulk_create(found, ignore_conflicts=True)
        return list(Signaal.objects.filter(pk__gt=last).order_by("pk"))


def _per_hour(rows: QuerySet[Gebeurtenis]) -> Any:
    """Youths whose dossier a user opened, for each user and hour."""
    read = rows.filter(actie__in=LEZEN, gebruiker__isnull=False, resultaat="gelukt")
    hours = read.annotate(uur=TruncHour("tijd", tzinfo=AMSTERDAM)).values("gebruiker", "uur")
    return hours.annotate(n=Count("jongere_id", distinct=True)).order_by("gebruiker", "uur")


def _peaks(rows: QuerySet[Gebeurtenis], until: datetime) -> Iterator[Signaal]:
    """Above the ceiling for everyone, or far above the own busiest hour of the time before."""
    for row in _per_hour(rows).filter(n__gte=settings.SIGNAAL_DOSSIERS_MINSTENS):
        usual = _busiest(row["gebruiker"], row["uur"])
        limit = settings.SIGNAAL_DOSSIERS_PER_UUR
        if usual:
            limit = min(limit, usual * settings.SIGNAAL_MAAL_GEWOON)
        if row["n"] > limit:
            yield _signal(Soort.VEEL_GELEZEN, row["gebruiker"], row["uur"], row["n"], limit)


def _busiest(gebruiker: int, before: datetime) -> int:
    start = before - timedelta(days=settings.SIGNAAL_GESCHIEDENIS_DAGEN)
    rows = Gebeurtenis.objects.filter(gebruiker=gebruiker, tijd__gte=start, tijd__lt=before)
    return max((row["n"] for row in _per_hour(rows)), default=0)


def _refusals(rows: QuerySet[Gebeurtenis]) -> Iterator[Signaal]:
    """Of the user himself, or at the door of his account."""
    counts: dict[tuple[int, datetime], int] = {}
    refused = rows.filter(resultaat=Gebeurtenis.Resultaat.GEWEIGERD).filter(
        Q(gebruiker__isnull=False) | Q(object_type=ACCOUNT)
    )
    for gebruiker, account, tijd in refused.values_list("gebruiker", "object_id", "tijd"):
        key = (gebruiker or account or 0, _midnight(tijd))
        counts[key] = counts.get(key, 0) + 1
    most = settings.SIGNAAL_WEIGERINGEN
    for (gebruiker, day), n in counts.items():
        if n > most:
            yield _signal(Soort.GEWEIGERD, gebruiker, day, n, most)


def _at_night(rows: QuerySet[Gebeurtenis]) -> Iterator[Signaal]:
    begin, end = settings.SIGNAAL_NACHT
    out = rows.filter(actie__in=UITVOER, gebruiker__isnull=False)
    for gebruiker, tijd in out.values_list("gebruiker", "tijd"):
        hour = tijd.astimezone(AMSTERDAM).hour
        if hour >= begin or hour < end:
            yield _signal(Soort.NACHT, gebruiker, tijd, 1, 0)


def _new_places(rows: QuerySet[Gebeurtenis]) -> Iterator[Signaal]:
    """A login from a network the user was not in before, when earlier logins are known."""
    logins = rows.filter(actie="gebruiker.ingelogd", gebruiker__isnull=False).exclude(oorsprong="")
    for gebruiker, tijd, network in logins.order_by("tijd").values_list(
        "gebruiker", "tijd", "oorsprong"
    ):
        before = Gebeurtenis.objects.filter(
            gebruiker=gebruiker, actie="gebruiker.ingelogd", tijd__lt=tijd
        ).exclude(oorsprong="")
        if before.exists() and not before.filter(oorsprong=network).exists():
            yield _signal(Soort.NIEUWE_PLEK, gebruiker, tijd, 1, 0, network)


def _signal(
    soort: Signaal.Soort, gebruiker: int, begin: datetime, n: int, usual: int, network: str = ""
) -> Signaal:
    return Signaal(
        soort=soort, gebruiker_id=gebruiker, begin=begin, aantal=n, gewoon=usual, oorsprong=network
    )


def _midnight(tijd: datetime) -> datetime:
    return tijd.astimezone(AMSTERDAM).replace(hour=0, minute=0, second=0, microsecond=0)


def officers_for(signalen: Iterable[Signaal]) -> set[str]:
    """Addresses of the privacy officers who see at least one of these."""
    pks = [s.pk for s in signalen]
    rows = Gebruiker.objects.filter(is_active=True, bevoegdheden__taak="privacy").distinct()
    return {
        user.email
        for user in rows
        if user.email
        and user.may("privacy.lezen")
        and Signaal.objects.visible_to(user).filter(pk__in=pks).exists()
    }


def judge(signaal: Signaal, *, by: Gebruiker, uitkomst: str, reden: str) -> None:
    """What the privacy officer found. Raises BeheerFout about oneself."""
    if signaal.gebruiker_id == by.pk:
        raise BeheerFout("Dit signaal gaat over u. Een collega beoordeelt het.")
    with transaction.atomic():
        row = Signaal.objects.select_for_update().get(pk=signaal.pk)
        row.uitkomst, row.reden, row.door, row.op = uitkomst, reden, by, timezone.now()
        row.save(update_fields=["uitkomst", "reden", "door", "op"])
        record("signaal.beoordeeld", row, by=by, taak="privacy", uitkomst=uitkomst, soort=row.soort)
