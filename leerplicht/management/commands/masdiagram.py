from casework.diagramopdracht import DiagramCommand
from leerplicht.domain.halt_tabel import HALT
from leerplicht.domain.meldcode_tabel import MELDCODE
from leerplicht.domain.straf_tabel import STRAF
from leerplicht.domain.tabellen import ALLE


class Command(DiagramCommand):
    tabellen = (*ALLE, HALT, STRAF, MELDCODE)
