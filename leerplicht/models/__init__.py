"""Decisions and measures of the Leerplichtwet."""

from leerplicht.models.handhaving import Haltverwijzing, ProcesVerbaal
from leerplicht.models.verlof import Verlof
from leerplicht.models.vrijstelling import Vrijstelling

__all__ = ["Haltverwijzing", "ProcesVerbaal", "Verlof", "Vrijstelling"]
