from casework.diagramopdracht import DiagramCommand
from leerplicht.domain.tabellen import ALLE


class Command(DiagramCommand):
    tabellen = ALLE
