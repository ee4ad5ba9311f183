"""Whose rows a user sees: the rule of `visible_to`, written once."""

from collections.abc import Collection

from django.db.models import OuterRef, Q, Subquery
from django.db.models.lookups import In

from accounts.models import Gebruiker
from accounts.rechten import UITVOEREND, Taak, gemeenten_of
from casework.models.jongere import Jongere


def in_gemeenten(gemeenten: Collection[int]) -> Q:
    """Rows whose own gemeente is one of these; rows without one follow their jongere.

    The gemeente of the jongere is asked per row, not by a join or EXISTS: then the index on
    gemeente serves both halves, and nobody reads all jongeren of a gemeente for a few rows.
    """
    if not gemeenten:
        return Q(pk__in=())
    jongere = Jongere.objects.filter(pk=OuterRef("jongere_id")).values("gemeente_id")
    return Q(gemeente_id__in=gemeenten) | Q(
        In(Subquery(jongere), sorted(gemeenten)), gemeente__isnull=True
    )


def own_taak(user: Gebruiker) -> Q:
    """Rows with a taak of their own, where the user does that taak."""
    allowed = Q(pk__in=())
    for taak in sorted(UITVOEREND):
        allowed |= Q(in_gemeenten(gemeenten_of(user, taak)), taak=taak)
    return allowed


def regime_allowed(user: Gebruiker) -> Q:
    """Police data (Wpg) only for who does opsporing in that gemeente."""
    opsporing = gemeenten_of(user, Taak.OPSPORING)
    return Q(regime="AVG") | Q(regime="WPG", gemeente_id__in=opsporing)
