from casework.diagramopdracht import DiagramCommand
from leerplicht.domain.mas import MAS


class Command(DiagramCommand):
    tabel = MAS
