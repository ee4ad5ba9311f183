"""The end of a run: current gemeente, frozen gemeenten, dossiers and events, in bulk."""

import re
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection

from koppelingen.pakket.bevriezing import gemeente_on_sql
from koppelingen.pakket.kolom import Bestand
from koppelingen.pakket.personen import CURRENT_GEMEENTE
from koppelingen.pakket.spec import BESTANDEN

_DOSSIERS = """
INSERT INTO casework_dossier (uuid, jongere_id, taak, gemeente_id, geopend_op)
SELECT gen_random_uuid(), n.jongere_id, n.taak, n.gemeente_id, min(n.datum)
  FROM dossiernodig n
 WHERE NOT EXISTS (SELECT 1 FROM casework_dossier d
                    WHERE d.jongere_id = n.jongere_id AND d.taak = n.taak
                      AND d.gesloten_op IS NULL
                      AND d.gemeente_id IS NOT DISTINCT FROM n.gemeente_id)
 GROUP BY n.jongere_id, n.taak, n.gemeente_id
"""
_EVENTS = """
INSERT INTO accounts_gebeurtenis
       (tijd, gebruiker_id, rol, actie, object_type, object_id, jongere_id, gemeente_id, taak,
        reden, gegevens, trace_id)
SELECT now(), %(gebruiker)s, '', 'pakket.ingelezen', 'casework.jongere', j.id, j.id, j.gemeente_id,
       '', '', jsonb_build_object('run', %(run)s::bigint, 'bronsysteem', %(bron)s::text), ''
  FROM geraakt g JOIN casework_jongere j ON j.id = g.jongere_id
"""


def set_current_gemeente(cursor: Any, day: date) -> None:
    cursor.execute(CURRENT_GEMEENTE, {"dag": day})


def open_dossiers(cursor: Any) -> None:
    cursor.execute("ANALYZE dossiernodig")
    cursor.execute(_DOSSIERS)


def record_events(cursor: Any, *, gebruiker_id: int | None, run_id: int, bron: str) -> None:
    """One event for every jongere whose dossier this run changed."""
    cursor.execute(_EVENTS, {"gebruiker": gebruiker_id, "run": run_id, "bron": bron})


def analyze() -> None:
    """Statistics on what was just loaded; without them the figures would be planned blindly."""
    with connection.cursor() as cursor:
        for bestand in BESTANDEN:
            # By a function: ANALYZE is for the owner of a table.
            cursor.execute(
                "SELECT muur_analyseer(%s)", [apps.get_model(bestand.model)._meta.db_table]
            )


def freeze_again(cursor: Any) -> None:
    """Facts that came in earlier, of jongeren whose addresses this run added or corrected.

    Only a known address on the day changes a fact; a fact never becomes unplaced by it. A later
    move has another period and so shifts nothing.
    """
    cursor.execute("SELECT EXISTS (SELECT 1 FROM verhuisd)")
    if not cursor.fetchone()[0]:
        return
    for bestand in BESTANDEN:
        if bestand.bevries:
            cursor.execute(_refreeze(bestand))


def _refreeze(bestand: Bestand) -> str:
    tabel = apps.get_model(bestand.model)._meta.db_table
    jongere = _of_table(bestand.jongere)
    zet = ", ".join(
        f"{kolom} = COALESCE({gemeente_on_sql(jongere, _of_table(datum))}, t.{kolom})"
        for kolom, datum in bestand.bevries.items()
    )
    opgegeven = " AND NOT t.gemeente_opgegeven" if bestand.naam == "werkprocessen" else ""
    return (
        f"UPDATE {tabel} t SET {zet} WHERE {jongere} IN (SELECT jongere_id FROM verhuisd)"
        " AND EXISTS (SELECT 1 FROM koppelingen_bronsleutel b"
        f" WHERE b.bestand = '{bestand.naam}' AND b.object_id = t.id){opgegeven}"
    )


def _of_table(expression: str) -> str:
    """An expression on the staged row, on the table instead."""
    return re.sub(r"\bs\.(r_)?", "t.", expression)
