"""Special data (AVG 9): a ground of health or belief is told only to who has the right to it."""

from typing import Final

from django.db.models import Q

from accounts.models import Gebruiker
from accounts.rechten import gemeenten_for
from leerplicht.codes import Grond, Verlofsoort
from leerplicht.models import Verlof, Vrijstelling

RECHT: Final = "vrijstelling.bijzonder"
GRONDEN: Final = frozenset({Grond.G5A, Grond.G5B})  # unfit by body or mind; objections of belief
AFGESCHERMD: Final = "Grond afgeschermd"


def is_special(row: Vrijstelling | Verlof) -> bool:
    if isinstance(row, Vrijstelling):
        return row.grond in GRONDEN
    return row.soort == Verlofsoort.RELIGIE


def told_to(row: Vrijstelling | Verlof, user: Gebruiker) -> bool:
    """Whether this user may know the ground of this exemption or leave."""
    return not is_special(row) or user.may(RECHT, row.gemeente_id or row.jongere.gemeente_id)


def ground_for(row: Vrijstelling | Verlof, user: Gebruiker) -> str:
    if not told_to(row, user):
        return AFGESCHERMD
    shown = row.get_grond_display if isinstance(row, Vrijstelling) else row.get_soort_display
    return str(shown())


def grounds_told(user: Gebruiker) -> Q:
    """Exemptions whose ground this user may know: for a list that follows from the ground."""
    own = gemeenten_for(user, RECHT)
    here = Q(gemeente__in=own) | Q(gemeente=None, jongere__gemeente__in=own)
    return ~Q(grond__in=sorted(GRONDEN)) | here
