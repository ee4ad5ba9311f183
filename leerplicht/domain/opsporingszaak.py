"""What the process engine writes for a police process: its own row and one event."""

from typing import Any

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from casework.domain.proces import Verricht


def lock(zaak: Any) -> Any:
    rows = type(zaak).objects.select_for_update(of=("self",))
    return rows.select_related("werkproces__jongere", "jongere").get(pk=zaak.pk)


def write(zaak: Any, verricht: Verricht[Any]) -> None:
    stap, by = verricht.stap, verricht.by
    zaak.verloop = [
        *zaak.verloop,
        {
            "stap": stap.naam,
            "van": verricht.van,
            "naar": stap.naar,
            "op": verricht.day.isoformat(),
            "door": str(by or ""),
            "gegevens": dict(verricht.gegevens),
        },
    ]
    zaak.save()
    record(
        f"{zaak.modelcode}.{stap.naam}",
        zaak,
        by=by,
        taak=Taak.OPSPORING,
        stap=stap.naam,
        van=verricht.van,
        naar=stap.naar,
    )
