"""School holidays per region, as published by Rijksoverheid ("schoolvakanties per schooljaar").

Each text gives first and last day free, weekends included. Christmas, May (one week) and summer
are fixed by the minister for po and vo; autumn and spring are advice, and a school may differ.
`ONZEKER` names what could not be compared with the publication; a gemeente can correct or extend
the table through the setting LEERRECHT_SCHOOLVAKANTIES without new code.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Final

from .schooljaar import Schooljaar


class Regio(StrEnum):
    """Vakantieregio of a school."""

    NOORD = "noord"
    MIDDEN = "midden"
    ZUID = "zuid"


@dataclass(frozen=True, order=True, slots=True)
class Vakantie:
    """Half open: van <= day < tot."""

    van: date
    tot: date
    naam: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.van <= day < self.tot


_NAMEN: Final = ("Herfstvakantie", "Kerstvakantie", "Voorjaarsvakantie", "Meivakantie")

# beginjaar -> region -> autumn, Christmas, spring, May, summer.
# A day is mmdd; January to August belong to the year after beginjaar.
_TABEL: Final[Mapping[int, Mapping[str, str]]] = {
    2019: {
        "noord": "1019-1027 1221-0105 0215-0223 0425-0503 0704-0816",
        "midden": "1019-1027 1221-0105 0222-0301 0425-0503 0718-0830",
        "zuid": "1012-1020 1221-0105 0222-0301 0425-0503 0711-0823",
    },
    2020: {
        "noord": "1010-1018 1219-0103 0220-0228 0501-0509 0710-0822",
        "midden": "1017-1025 1219-0103 0220-0228 0501-0509 0717-0829",
        "zuid": "1017-1025 1219-0103 0213-0221 0501-0509 0724-0905",
    },
    2021: {
        "noord": "1016-1024 1225-0109 0219-0227 0430-0508 0716-0828",
        "midden": "1016-1024 1225-0109 0226-0306 0430-0508 0709-0821",
        "zuid": "1023-1031 1225-0109 0226-0306 0430-0508 0723-0904",
    },
    2022: {
        "noord": "1015-1023 1224-0108 0225-0305 0429-0507 0722-0903",
        "midden": "1022-1030 1224-0108 0225-0305 0429-0507 0708-0820",
        "zuid": "1022-1030 1224-0108 0218-0226 0429-0507 0715-0827",
    },
    2023: {
        "noord": "1021-1029 1223-0107 0217-0225 0427-0505 0720-0901",
        "midden": "1014-1022 1223-0107 0217-0225 0427-0505 0713-0825",
        "zuid": "1014-1022 1223-0107 0210-0218 0427-0505 0706-0818",
    },
    2024: {
        "noord": "1026-1103 1221-0105 0215-0223 0426-0504 0712-0824",
        "midden": "1026-1103 1221-0105 0222-0302 0426-0504 0719-0831",
        "zuid": "1019-1027 1221-0105 0222-0302 0426-0504 0705-0817",
    },
    2025: {
        "noord": "1018-1026 1220-0104 0221-0301 0425-0503 0704-0816",
        "midden": "1018-1026 1220-0104 0214-0222 0425-0503 0718-0830",
        "zuid": "1011-1019 1220-0104 0214-0222 0425-0503 0711-0823",
    },
    2026: {
        "noord": "1010-1018 1219-0103 0220-0228 0424-0502 0710-0822",
        "midden": "1017-1025 1219-0103 0220-0228 0424-0502 0717-0829",
        "zuid": "1017-1025 1219-0103 0213-0221 0424-0502 0724-0905",
    },
    2027: {
        "noord": "1016-1024 1225-0109 0219-0227 0429-0507 0715-0827",
        "midden": "1016-1024 1225-0109 0226-0305 0429-0507 0708-0820",
        "zuid": "1023-1031 1225-0109 0226-0305 0429-0507 0722-0903",
    },
}

ONZEKER: Final = frozenset({(2027, Regio.MIDDEN), (2027, Regio.ZUID)})
EERSTE, LAATSTE = Schooljaar(min(_TABEL)), Schooljaar(max(_TABEL))


def is_known(schooljaar: Schooljaar) -> bool:
    return schooljaar.beginjaar in _TABEL


def _day(beginjaar: int, mmdd: str) -> date:
    month = int(mmdd[:2])
    # The summer holiday that closes a schooljaar may run into September of the next one.
    jaar = beginjaar if month >= 10 else beginjaar + 1
    return date(jaar, month, int(mmdd[2:]))


@lru_cache(maxsize=128)
def parse_vakanties(beginjaar: int, text: str) -> tuple[Vakantie, ...]:
    """Read one cell of the table ("1019-1027 ..."): autumn, Christmas, spring, May, summer."""
    found = []
    for naam, cell in zip((*_NAMEN, "Zomervakantie"), text.split(), strict=True):
        eerste, laatste = (_day(beginjaar, part) for part in cell.split("-"))
        found.append(Vakantie(eerste, laatste + timedelta(days=1), naam))
    return tuple(found)


def vakanties(schooljaar: Schooljaar, regio: Regio) -> tuple[Vakantie, ...]:
    """Holidays that begin in this schooljaar; empty when the publication is not in the table."""
    text = {**_TABEL.get(schooljaar.beginjaar, {}), **_from_settings(schooljaar)}.get(regio)
    return parse_vakanties(schooljaar.beginjaar, text) if text else ()


def _from_settings(schooljaar: Schooljaar) -> Mapping[str, str]:
    """LEERRECHT_SCHOOLVAKANTIES = {2028: {"noord": "1014-1022 ..."}}; empty without Django."""
    from django.conf import settings

    if not settings.configured:
        return {}
    extra = getattr(settings, "LEERRECHT_SCHOOLVAKANTIES", {})
    return dict(extra.get(schooljaar.beginjaar, {}))
