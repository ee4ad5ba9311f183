"""Asking figures in tests: one indicator, one schooljaar, as a plain dict."""

from datetime import date

from casework.schooljaar import Schooljaar
from reporting.indicatoren import collect
from tests.factories import VerzuimmeldingFactory

JAAR = Schooljaar(2022)


def figures(name, *gemeenten, jaar=JAAR):
    """(area, breakdown as text) -> value."""
    return {
        (c.gebied, ",".join(f"{k}={v}" for k, v in c.dim.items())): c.waarde
        for c in collect(gemeenten or ["8001"], [jaar], [name])
    }


def count(name, *gemeenten, gebied="8001", dim="", jaar=JAAR):
    return figures(name, *gemeenten, jaar=jaar)[gebied, dim]


def melding(jongere, day=date(2022, 11, 1), **fields):
    return VerzuimmeldingFactory(
        jongere=jongere, melddatum=day, begindatum=day, einddatum=None, **fields
    )
