"""The agenda of one colleague or of a team: which days, whose appointments, where to go."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from accounts.models import Gebruiker
from accounts.rechten import UITVOEREND, rights_for
from casework.codes import Adressoort
from casework.models import Adres, Afspraak, Jongere
from casework.models.zicht import in_gemeenten
from casework.schooljaar import AMSTERDAM, amsterdam_date

GEHEIM = "Geheim adres"
TEAM = "vervanging.regelen"
# One visits where somebody lives, not where the letters go.
LOOPT_NAAR = (Adressoort.FEITELIJK, Adressoort.WOON)


def moment(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)


def between(user: Gebruiker, van: date, tot: date) -> "QuerySet[Afspraak]":
    """Appointments that this user may see, up to but not on the day `tot`."""
    rows = Afspraak.objects.visible_to(user).filter(begin__gte=moment(van), begin__lt=moment(tot))
    return rows.select_related("jongere", "gebruiker").order_by("begin", "pk")


def own_agenda(user: Gebruiker, wie: Collection[int], van: date, tot: date) -> "QuerySet[Afspraak]":
    return between(user, van, tot).filter(gebruiker__in=wie)


def team_agenda(user: Gebruiker, van: date, tot: date) -> "QuerySet[Afspraak]":
    """Of every colleague, for the taken and gemeenten in which this user leads."""
    rows = between(user, van, tot)
    found = rows.none()
    for taak in sorted(UITVOEREND):
        here = {r.gemeente_id for r in rights_for(user, TEAM) if r.taak == taak}
        found = found | rows.filter(in_gemeenten(here), taak=taak)
    return found


def home_addresses(afspraken: Sequence[Afspraak], user: Gebruiker, day: date) -> dict[int, str]:
    """By youth, for the home visits among these: one question for the page. A secret address
    is only named as such."""
    wanted = {a.jongere_id for a in afspraken if a.soort == Afspraak.Soort.HUISBEZOEK}
    seen = {j.pk: j for j in Jongere.objects.visible_to(user).filter(pk__in=wanted)}
    rows: dict[int, list[Adres]] = {pk: [] for pk in seen}
    for adres in Adres.objects.on(day).filter(jongere__in=list(seen)).order_by("-van", "-pk"):
        if adres.jongere_id:
            rows[adres.jongere_id].append(adres)
    found = {}
    for pk, own in rows.items():
        if seen[pk].geheimhouding or any(adres.geheim for adres in own):
            found[pk] = GEHEIM
        elif home := [adres for soort in LOOPT_NAAR for adres in own if adres.soort == soort]:
            found[pk] = str(home[0])
    return found


@dataclass(frozen=True, slots=True)
class Dag:
    datum: date
    afspraken: list[tuple[Afspraak, str]]


def by_day(
    afspraken: Sequence[Afspraak], adressen: dict[int, str], van: date, dagen: int
) -> list[Dag]:
    """A day without appointments in a week stands there too, weekend days only when used."""
    days = [Dag(van + timedelta(days=n), []) for n in range(dagen)]
    for afspraak in afspraken:
        visit = afspraak.soort == Afspraak.Soort.HUISBEZOEK
        adres = adressen.get(afspraak.jongere_id, "") if visit else ""
        day = days[(amsterdam_date(afspraak.begin) - van).days]
        day.afspraken.append((afspraak, adres))
    return [d for d in days if d.afspraken or dagen == 1 or d.datum.weekday() < 5]
