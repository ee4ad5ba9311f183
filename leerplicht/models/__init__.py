"""Decisions and measures of the Leerplichtwet."""

from leerplicht.models.handhaving import Haltverwijzing, ProcesVerbaal
from leerplicht.models.luxe import Luxeverzuim
from leerplicht.models.meldcode import Meldcodelid, Meldcodestap, Meldcodetraject
from leerplicht.models.opsporing import Haltzaak, Strafzaak, Verhoor
from leerplicht.models.overleg import Overleg, Overlegdeelnemer, Zorgsignaal
from leerplicht.models.preventie import Groepsactie, Noshow, Noshowactie
from leerplicht.models.thuiszitter import (
    Plaatswacht,
    Tafelpunt,
    Thuiszitter,
    Thuiszitterafspraak,
    Thuiszitterstafel,
)
from leerplicht.models.toewijzing import Overdracht, Toewijzingsregel
from leerplicht.models.verlof import Verlof
from leerplicht.models.verzuimkaart import Verzuimtrede
from leerplicht.models.vrijstelling import Vrijstelling

__all__ = [
    "Groepsactie",
    "Haltverwijzing",
    "Haltzaak",
    "Luxeverzuim",
    "Meldcodelid",
    "Meldcodestap",
    "Meldcodetraject",
    "Noshow",
    "Noshowactie",
    "Overdracht",
    "Overleg",
    "Overlegdeelnemer",
    "Plaatswacht",
    "ProcesVerbaal",
    "Strafzaak",
    "Tafelpunt",
    "Thuiszitter",
    "Thuiszitterafspraak",
    "Thuiszitterstafel",
    "Toewijzingsregel",
    "Verhoor",
    "Verlof",
    "Verzuimtrede",
    "Vrijstelling",
    "Zorgsignaal",
]
