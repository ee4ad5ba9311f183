"""Guidance of youths without a startkwalificatie, and the published vsv figures."""

from doorstroompunt.models.cijfer import VsvCijfer
from doorstroompunt.models.traject import (
    Contactpoging,
    Plan,
    Traject,
    TrajectDocument,
    Trajectfase,
    Trajectstap,
)

__all__ = [
    "Contactpoging",
    "Plan",
    "Traject",
    "TrajectDocument",
    "Trajectfase",
    "Trajectstap",
    "VsvCijfer",
]
