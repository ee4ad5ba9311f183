"""Guidance of youths without a startkwalificatie, and the published vsv figures."""

from doorstroompunt.models.cijfer import VsvCijfer
from doorstroompunt.models.traject import (
    Contactpoging,
    Plan,
    Traject,
    TrajectDocument,
    Trajectfase,
    TrajectMelding,
    Trajectstap,
)

__all__ = [
    "Contactpoging",
    "Plan",
    "Traject",
    "TrajectDocument",
    "TrajectMelding",
    "Trajectfase",
    "Trajectstap",
    "VsvCijfer",
]
