"""Every figure of the reports, counted from the facts: one indicator is one row or function.

Screen, report, command and exports only arrange what `collect` gives.
"""

from reporting.indicatoren.rijen import Rijen, rows_behind
from reporting.indicatoren.verzamelen import BESCHIKBAAR, collect, not_available

__all__ = ["BESCHIKBAAR", "Rijen", "collect", "not_available", "rows_behind"]
