"""Yearly reports and their frozen figures."""

from reporting.models.jaarverslag import Cijferstand, Jaarverslag, Sectie, Versie

__all__ = ["Cijferstand", "Jaarverslag", "Sectie", "Versie"]
