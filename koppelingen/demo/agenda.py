"""Appointments of today and this week, and things to do, for each colleague who has cases."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from casework.kalender import add_werkdagen
from casework.models import Actie, Afspraak, Werkproces
from casework.schooljaar import AMSTERDAM
from doorstroompunt.models import Traject
from koppelingen.demo.kans import Kans
from koppelingen.demo.sleutels import ids_of

Zaak = Werkproces | Traject
TIJDEN: Final = (time(9, 30), time(11), time(14), time(15, 30))
# Working days from today, and which of the times.
AGENDA: Final = (
    (0, 0),
    (0, 1),
    (0, 3),
    (1, 0),
    (1, 2),
    (2, 1),
    (3, 2),
    (4, 0),
    (6, 1),
    (-1, 0),
    (-3, 2),
    (-8, 1),
)
TE_DOEN: Final = (
    ("School bellen over de afspraken", -4),
    ("Verslag van het gesprek afmaken", -1),
    ("Ouders terugbellen", 0),
    ("Brief versturen", 1),
    ("Overleg met het wijkteam voorbereiden", 2),
    ("Roosters en verzuimoverzicht opvragen", 5),
    ("Nagaan of de jongere weer naar school gaat", 8),
)
# Kind and place; the agenda itself adds the address of a home visit.
SOORTEN: Final = (
    ("gesprek", "Gemeentehuis, kamer 1.12"),
    ("overleg", "Op school"),
    ("huisbezoek", ""),
    ("telefoon", ""),
    ("mdo", "Wijkcentrum"),
    ("spreekuur", "Op school"),
)
# Of one without an outcome, which then counts in the werkproces.
WIE: Final = {"gesprek": "beiden", "huisbezoek": "beiden", "telefoon": "ouders"}
# How appointments of before today went; the newest one waits for its outcome.
GEWEEST: Final = {-1: "gepland", -3: "niet_verschenen", -8: "geweest"}


def write_agenda(
    peildatum: date, werkprocessen: Sequence[Werkproces], trajecten: Sequence[Traject]
) -> None:
    users = ids_of("gebruikers")
    zaken: dict[int, list[Zaak]] = {}
    alle: list[Zaak] = [*werkprocessen, *trajecten]
    for zaak in alle:
        if zaak.behandelaar_id and zaak.gemeente_id:
            zaken.setdefault(zaak.behandelaar_id, []).append(zaak)
    # The teamleider looks in on cases of others.
    zaken[users["u-teamleider"]] = [*werkprocessen[:3], *trajecten[:3]]
    kans = Kans("agenda")
    for sleutel in ("u-lpa", "u-lpa2", "u-boa", "u-coach", "u-coach2", "u-teamleider"):
        eigen = zaken.get(users[sleutel], [])
        if eigen:
            _appointments(kans, peildatum, users[sleutel], eigen)
            _things_to_do(kans, peildatum, users[sleutel], eigen)


def _appointments(kans: Kans, peildatum: date, user: int, zaken: Sequence[Zaak]) -> None:
    rows = []
    for dagen, tijd in AGENDA:
        dag = add_werkdagen(peildatum, dagen) if dagen else peildatum
        soort, plaats = SOORTEN[kans.between(0, len(SOORTEN) - 1)]
        uitkomst = GEWEEST.get(dagen, "gepland")
        if soort == "huisbezoek" and uitkomst == "niet_verschenen":
            uitkomst = "niemand_thuis"
        begin = datetime.combine(dag, TIJDEN[tijd], AMSTERDAM)
        rows.append(
            Afspraak(
                gebruiker_id=user,
                soort=soort,
                plaats=plaats,
                begin=begin,
                einde=begin + timedelta(minutes=45),
                uitkomst=uitkomst,
                wie=WIE.get(soort, "") if uitkomst == "gepland" else "",
                **_about(kans.pick(zaken)),
            )
        )
    Afspraak.objects.bulk_create(rows)


def _things_to_do(kans: Kans, peildatum: date, user: int, zaken: Sequence[Zaak]) -> None:
    Actie.objects.bulk_create(
        Actie(
            omschrijving=tekst,
            toegewezen_aan_id=user,
            vervalt_op=add_werkdagen(peildatum, dagen),
            **_about(kans.pick(zaken)),
        )
        for tekst, dagen in TE_DOEN
    )


def _about(zaak: Zaak) -> dict[str, Any]:
    is_traject = isinstance(zaak, Traject)
    return {
        "jongere_id": zaak.jongere_id,
        "gemeente_id": zaak.gemeente_id,
        "taak": "doorstroompunt" if isinstance(zaak, Traject) else zaak.taak,
        "werkproces": None if is_traject else zaak,
    }
