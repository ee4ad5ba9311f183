from casework.diagramopdracht import DiagramCommand
from doorstroompunt.domain.traject import TRAJECT


class Command(DiagramCommand):
    tabellen = (TRAJECT,)
