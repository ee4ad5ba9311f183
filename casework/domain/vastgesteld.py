"""What the ambtenaar finds the absence to be; what the reporter said is never edited."""

from datetime import datetime

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.codes import DuoStatus, Meldingsoort
from casework.domain.bevoegd import require_for
from casework.errors import DomainError
from casework.models import Verzuimmelding

OUD = frozenset({Meldingsoort.V1, Meldingsoort.V2})  # codes of before 2020
TE_KIEZEN = [(soort.value, soort.label) for soort in Meldingsoort if soort not in OUD]


@transaction.atomic
def establish_soort(
    melding: Verzuimmelding, soort: str, reden: str, *, by: Gebruiker, now: datetime
) -> Verzuimmelding:
    """Again is possible, with a new reason. Raises NotAuthorised, DomainError."""
    rows = Verzuimmelding.objects.select_for_update(of=("self",)).select_related("jongere")
    melding = rows.get(pk=melding.pk)
    require_for(by, melding.taak, melding.jongere, melding.gemeente_id)
    if melding.status == DuoStatus.I:
        raise DomainError("Deze melding is ingetrokken.")
    if soort not in dict(TE_KIEZEN):
        raise DomainError("Kies een soort verzuim uit de lijst.")
    set_soort(melding, soort, reden, by=by, now=now)
    return melding


def set_soort(
    melding: Verzuimmelding, soort: str, reden: str, *, by: Gebruiker, now: datetime
) -> None:
    was = melding.vastgestelde_soort
    melding.vastgestelde_soort, melding.soort_reden = soort, reden
    melding.soort_vastgesteld_op, melding.soort_vastgesteld_door = now, by
    melding.save(
        update_fields=[
            "vastgestelde_soort",
            "soort_reden",
            "soort_vastgesteld_op",
            "soort_vastgesteld_door",
        ]
    )
    record("melding.soort_vastgesteld", melding, by=by, soort=soort, was=was)
