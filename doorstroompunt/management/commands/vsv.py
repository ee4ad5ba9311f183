"""manage.py vsv --csv IN.csv --uit UIT.csv"""

from collections.abc import Mapping

from accounts.rechten import SYSTEEM
from casework.casetabel import Row
from casework.tabelopdracht import TableCommand
from doorstroompunt.domain.vsvtabel import REQUIRED, compute_row


class Command(TableCommand):
    help = "Bereken voor elke rij van een CSV-tabel of iemand nieuwe vsv'er is."
    permission = SYSTEEM
    required = REQUIRED
    key = "case_id"

    def compute(self, row: Row) -> Mapping[str, str]:
        return compute_row(row)
