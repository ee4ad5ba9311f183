"""From AVG to Wpg by one boa; back by two (Wpg 3 and 6)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Regime
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Actie, Jongere, Onderzoek, Regimeverzoek, politiemodellen

SCHRIJVEN: Final = "opsporing.schrijven"


@dataclass(frozen=True, slots=True)
class Overgang:
    """Why an object becomes police data, and the facts that police data carry."""

    reden: str
    herkomst: str
    categorie: str
    wpg_grond: str
    onderzoek: Onderzoek | None = None


def model_of(soort: str) -> type[Any] | None:
    """The model behind the name in an address or a row."""
    return next((m for m in politiemodellen() if m._meta.model_name == soort), None)


def _lock(obj: Any) -> Any:
    return type(obj).objects.select_for_update(of=("self",)).get(pk=obj.pk)


def gemeente_of(obj: Any) -> int:
    """Of the object, else of the jongere. Raises DomainError when neither is known."""
    found: int | None = obj.gemeente_id or (obj.jongere and obj.jongere.gemeente_id)
    if found is None:
        raise DomainError("De gemeente van dit onderdeel is niet bekend.")
    return found


@transaction.atomic
def to_wpg(obj: Any, overgang: Overgang, *, by: Gebruiker, day: date) -> Any:
    """The object is police data from now on: who does no opsporing loses it at once.

    Raises NotAuthorised, DomainError.
    """
    obj = _lock(obj)
    require(by, SCHRIJVEN, gemeente_of(obj))
    if obj.is_wpg:
        raise DomainError("Dit onderdeel is al een politiegegeven.")
    if not obj.verzetbaar:
        raise DomainError("Dit onderdeel kan geen politiegegeven worden.")
    if isinstance(obj, Actie) and obj.is_termijn:
        raise DomainError("Een termijn hoort bij het werkproces.")
    obj.regime, obj.eerste_verwerking = Regime.WPG, day
    obj.herkomst, obj.categorie = overgang.herkomst, overgang.categorie
    obj.wpg_grond, obj.onderzoek = overgang.wpg_grond, overgang.onderzoek
    obj.save()
    _record("regime.naar_wpg", obj, by, reden=overgang.reden, van=Regime.AVG, naar=Regime.WPG)
    return obj


@transaction.atomic
def ask_back(obj: Any, *, by: Gebruiker, reden: str, now: datetime) -> Regimeverzoek:
    """Ask to make it an ordinary object again; nothing changes yet.

    Raises NotAuthorised, DomainError.
    """
    obj = _lock(obj)
    gemeente_id = gemeente_of(obj)
    require(by, SCHRIJVEN, gemeente_id)
    if not obj.verzetbaar or not obj.is_wpg:
        raise DomainError("Dit onderdeel kan niet terug naar AVG.")
    if obj.werkproces and obj.werkproces.is_wpg:
        raise DomainError("Dit hoort bij een werkproces met politiegegevens en kan niet terug.")
    try:
        with transaction.atomic():
            verzoek = Regimeverzoek.objects.create(
                jongere_id=obj.jongere_id,
                gemeente_id=gemeente_id,
                soort=obj.modelcode,
                object_uuid=obj.uuid,
                reden=reden,
                gevraagd_door=by,
                gevraagd_op=now,
            )
    except IntegrityError as error:
        raise DomainError("Er wacht al een verzoek voor dit onderdeel.") from error
    _record("regime.terug_gevraagd", obj, by, reden=reden)
    return verzoek


@transaction.atomic
def decide_back(
    verzoek: Regimeverzoek, *, by: Gebruiker, akkoord: bool, now: datetime
) -> Regimeverzoek:
    """The second person decides; with akkoord the object is AVG again.

    Raises NotAuthorised, DomainError.
    """
    row: Any = Regimeverzoek.objects.select_for_update().get(pk=verzoek.pk)
    verzoek = row
    require(by, SCHRIJVEN, verzoek.gemeente_id)
    if not verzoek.wacht:
        raise DomainError("Over dit verzoek is al besloten.")
    if by.pk == verzoek.gevraagd_door_id:
        raise DomainError("Een andere boa dan de vrager beslist hierover.")
    model = model_of(verzoek.soort)
    assert model  # the name was written by ask_back
    obj = model.objects.select_for_update(of=("self",)).get(uuid=verzoek.object_uuid)
    verzoek.besloten_door, verzoek.besloten_op, verzoek.akkoord = by, now, akkoord
    verzoek.save()
    if akkoord:
        obj.regime, obj.eerste_verwerking, obj.onderzoek = Regime.AVG, None, None
        obj.herkomst = obj.categorie = obj.wpg_grond = ""
        obj.save()
    actie = "regime.naar_avg" if akkoord else "regime.terug_geweigerd"
    _record(actie, obj, by, van=Regime.WPG, naar=obj.regime)
    return verzoek


def may_decide(verzoek: Regimeverzoek, user: Gebruiker) -> bool:
    """Whether a screen offers it."""
    second = user.pk != verzoek.gevraagd_door_id
    return verzoek.wacht and second and user.may(SCHRIJVEN, verzoek.gemeente_id)


def _record(actie: str, obj: Any, by: Gebruiker, **more: Any) -> None:
    record(actie, obj, by=by, gemeente_id=gemeente_of(obj), taak=Taak.OPSPORING, **more)


def objects_of(jongere: Jongere, user: Gebruiker, *, wpg: bool) -> list[Any]:
    """What the user sees of this dossier in one regime, by kind and newest first."""
    models = [model for model in politiemodellen() if wpg or model.verzetbaar]
    regime = Regime.WPG if wpg else Regime.AVG
    return [
        row
        for model in models
        for row in model.objects.visible_to(user)
        .filter(jongere=jongere, regime=regime)
        .order_by("-pk")[:100]
    ]
