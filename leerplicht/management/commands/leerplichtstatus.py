"""manage.py leerplichtstatus --csv IN.csv --uit UIT.csv"""

from collections.abc import Mapping

from accounts.rechten import SYSTEEM
from casework.casetabel import Row
from casework.tabelopdracht import TableCommand
from leerplicht.domain.statustabel import REQUIRED, compute_row


class Command(TableCommand):
    help = "Bereken de status onder de Leerplichtwet voor elke rij van een CSV-tabel."
    permission = SYSTEEM
    required = REQUIRED
    key = "id"

    def compute(self, row: Row) -> Mapping[str, str]:
        return compute_row(row)
