"""Whose rows a user sees: the rule of `visible_to`, written once."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import BigIntegerField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.db.models.lookups import In

from accounts.models import Gebruiker
from accounts.rechten import UITVOEREND, Taak, gemeenten_of
from casework.models.afscherming import Afscherming, AfschermingLid, Betrokkenheid, Noodtoegang
from casework.models.politie import Onderzoek
from casework.parameters import waarde


def in_gemeenten(gemeenten: Collection[int]) -> Q:
    """Rows whose own gemeente is one of these; rows without one follow their jongere.

    Where the jongere lives is asked per row, not by a join or EXISTS: then the index on gemeente
    serves both halves, and nobody reads all jongeren of a gemeente for a few rows. By a function,
    since the jongere himself may be out of sight.
    """
    if not gemeenten:
        return Q(pk__in=())
    woont = Func(F("jongere_id"), function="muur_woont", output_field=BigIntegerField())
    return Q(gemeente_id__in=gemeenten) | Q(In(woont, sorted(gemeenten)), gemeente__isnull=True)


def own_taak(user: Gebruiker) -> Q:
    """Rows with a taak of their own, where the user does that taak, of no hidden youth."""
    allowed = Q(pk__in=())
    for taak in sorted(UITVOEREND):
        allowed |= Q(in_gemeenten(gemeenten_of(user, taak)), taak=taak)
    return allowed & not_hidden(user)


def regime_allowed(user: Gebruiker) -> Q:
    """Police data (Wpg) only where the user does opsporing, and of whom he said why he looks.

    Older than a year only after a targeted search (Wpg 8).
    """
    zicht = user.politiezicht
    if zicht is None or not zicht.redenen:
        return Q(regime="AVG")
    wide = Q(jongere__in=list(zicht.redenen)) & in_wide_use(user, zicht.dag)
    targeted = Q(jongere__in=sorted(zicht.gericht))
    return Q(regime="AVG") | (police_data_of(user) & (wide | targeted))


def police_data_of(user: Gebruiker) -> Q:
    """Police data in use that this user may ask for; of an onderzoek only who is named in it."""
    named = Onderzoek.objects.filter(functionarissen=user.pk).values("pk")
    own = Q(onderzoek=None) | Q(onderzoek__in=named)
    here = in_gemeenten(gemeenten_of(user, Taak.OPSPORING))
    return Q(here, own, regime="WPG", verwijderd_op=None)


def in_wide_use(user: Gebruiker, day: date) -> Q:
    """The first year after the first processing; in an onderzoek as long as that runs."""
    first = day - timedelta(days=waarde("wpg_ruim_dagen", day))
    running = Onderzoek.objects.filter(functionarissen=user.pk, gesloten_op=None).values("pk")
    return Q(onderzoek=None, eerste_verwerking__gte=first) | Q(onderzoek__in=running)


def closed_for(user: Gebruiker) -> "QuerySet[Afscherming, int]":
    """Keys of the youths whose dossier is closed and who are not open to this user.

    Open to the names on the list, and for a few hours to who asked noodtoegang.
    """
    own = {"gebruiker": user}
    lid = AfschermingLid.objects.filter(afscherming=OuterRef("pk"), **own)
    nood = Noodtoegang.objects.filter(jongere=OuterRef("jongere"), tot__gt=Now(), **own)
    rows = Afscherming.objects.open().filter(~Exists(lid), ~Exists(nood))
    return rows.values_list("jongere", flat=True)


def known_to(user: Gebruiker) -> "QuerySet[Betrokkenheid, int]":
    """Keys of the youths whom this user knows outside work: no list and no emergency helps."""
    rows = Betrokkenheid.objects.filter(gebruiker=user, vervallen_op__isnull=True)
    return rows.values_list("jongere", flat=True)


def hidden_from(user: Gebruiker) -> list[int]:
    """Keys of all youths who are hidden from this user, for SQL of our own."""
    return sorted({*closed_for(user), *known_to(user)})


def not_hidden(user: Gebruiker, jongere: str = "jongere") -> Q:
    """Rows of youths who are not hidden from this user, whatever his rights.

    Each list is asked once per statement (a hashed subplan), not once per row.
    """
    return ~Q(**{f"{jongere}__in": closed_for(user)}) & ~Q(**{f"{jongere}__in": known_to(user)})
