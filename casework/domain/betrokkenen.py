"""Other persons in a piece of police data: told apart by kind (Wpg 6b)."""

from typing import Any

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require
from casework.domain.regime import SCHRIJVEN, gemeente_of
from casework.errors import DomainError
from casework.models import Betrokkene
from casework.politiecodes import Categorie


@transaction.atomic
def add_betrokkene(obj: Any, *, by: Gebruiker, naam: str, categorie: str) -> Betrokkene:
    """Raises NotAuthorised; DomainError without a kind, or when the object is no police data."""
    require(by, SCHRIJVEN, gemeente_of(obj))
    if not obj.is_wpg:
        raise DomainError("Dit onderdeel is geen politiegegeven.")
    if categorie not in Categorie.values:
        raise DomainError("Kies wat deze persoon is: verdachte, getuige of iets anders.")
    betrokkene = Betrokkene.objects.create(
        jongere_id=obj.jongere_id,
        gemeente_id=gemeente_of(obj),
        soort=obj.modelcode,
        object_uuid=obj.uuid,
        naam=naam,
        categorie=categorie,
    )
    record("politiepersoon.toegevoegd", betrokkene, by=by, taak=Taak.OPSPORING, soort=categorie)
    return betrokkene
