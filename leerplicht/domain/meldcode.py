"""Beginning the meldcode for a child, and who may see it."""

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Rol, Taak, valid_on
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Jongere
from leerplicht.models import Meldcodelid, Meldcodetraject
from leerplicht.models.meldcode import RECHT

from .meldcode_tabel import MELDCODE


@transaction.atomic
def begin(jongere: Jongere, *, by: Gebruiker, day: date) -> Meldcodetraject:
    """Raises NotAuthorised; DomainError without a gemeente, or when one runs in sight."""
    if jongere.gemeente_id is None:
        raise DomainError("De woongemeente is niet bekend. Controleer eerst het adres.")
    require(by, RECHT, jongere.gemeente_id)
    running = Meldcodetraject.objects.visible_to(by).open().filter(jongere=jongere)
    if running.exists():
        raise DomainError("Voor dit kind loopt de meldcode al.")
    traject = Meldcodetraject.objects.create(
        jongere=jongere,
        gemeente_id=jongere.gemeente_id,
        soort="MELDCODE",
        toestand=MELDCODE.begin,
        toestand_sinds=day,
        gestart_op=day,
        gemaakt_door=by,
    )
    record("meldcode.begonnen", traject, by=by, taak=Taak.LEERPLICHT)
    return traject


def colleagues(traject: Meldcodetraject, day: date) -> "QuerySet[Gebruiker]":
    """Who may be brought in: who handles leerplicht in this gemeente, and is not in yet."""
    able = Bevoegdheid.objects.filter(
        valid_on(day),
        taak=Taak.LEERPLICHT,
        gemeente=traject.gemeente_id,
        rol__in=(Rol.BEHANDELAAR, Rol.LEIDINGGEVENDE),
    )
    rows = Gebruiker.objects.filter(pk__in=able.values("gebruiker"), is_active=True)
    inside = traject.leden.values("gebruiker")
    return rows.exclude(pk__in=inside).exclude(pk=traject.gemaakt_door_id).order_by("naam")


@transaction.atomic
def bring_in(
    traject: Meldcodetraject, colleague: Gebruiker, *, by: Gebruiker, day: date
) -> Meldcodelid:
    """Raises NotAuthorised, DomainError for who cannot be brought in."""
    require(by, RECHT, traject.gemeente_id)
    if not colleagues(traject, day).filter(pk=colleague.pk).exists():
        raise DomainError("Deze collega kan er niet bij.")
    lid = Meldcodelid.objects.create(traject=traject, gebruiker=colleague, sinds=day)
    record("meldcode.collega", traject, by=by, taak=Taak.LEERPLICHT, gebruiker=colleague.pk)
    return lid
