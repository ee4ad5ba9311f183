"""The Logboek Dataverwerkingen, written from the chained log: nothing skipped, nothing twice.

Each event about a person becomes one row: of a page, the API, a task or an import alike. A page of
a list becomes a row for each person on it.
"""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from accounts.domain.logboek_verwerkingen import activiteit_of
from accounts.models import AMSTERDAM, Gebeurtenis, Verwerkingsregel
from accounts.versleuteling import encrypt

PER_KEER = 500
SOORT_ID = "leerrecht.jongere"  # the number of the record: the log holds no BSN
_BRON = """
WITH nieuw AS (
    SELECT k.nr, e.*
      FROM accounts_ketenregel k JOIN accounts_gebeurtenis e ON e.id = k.gebeurtenis_id
     WHERE k.nr > %s
       AND (e.jongere_id IS NOT NULL OR jsonb_array_length(e.gegevens -> 'jongeren') > 0)
     ORDER BY k.nr LIMIT %s
)
SELECT nr, tijd, actie, taak, jongere_id, trace_id, resultaat,
       coalesce(gegevens ->> 'ouder_span', '')
  FROM nieuw WHERE jongere_id IS NOT NULL
UNION ALL
SELECT nr, tijd, actie, taak, persoon::bigint, trace_id, resultaat,
       coalesce(gegevens ->> 'ouder_span', '')
  FROM nieuw, jsonb_array_elements_text(gegevens -> 'jongeren') persoon
 WHERE jongere_id IS NULL
 ORDER BY nr
"""


def betrokkene_index(jongere_id: int) -> bytes:
    key = hashlib.sha256(b"leerrecht-ldv:" + settings.BLIND_INDEX_KEY.encode()).digest()
    return hmac.digest(key, str(jongere_id).encode(), "sha256")[:16]


def write_verwerkingen() -> int:
    """Rows for the events that got their place since the last time; returns how many."""
    total = 0
    while written := _write_once():
        total += written
    return total


@transaction.atomic
def _write_once() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(4242, 2)")  # one writer at a time
        last = Verwerkingsregel.objects.aggregate(last=Max("nr"))["last"] or 0
        cursor.execute(_BRON, [last, PER_KEER])
        rows = cursor.fetchall()
    Verwerkingsregel.objects.bulk_create([_row(*row) for row in rows])
    return len(rows)


def _row(
    nr: int,
    tijd: datetime,
    actie: str,
    taak: str,
    jongere_id: int,
    trace_id: str,
    resultaat: str,
    ouder_span: str,
) -> Verwerkingsregel:
    digest = hashlib.sha256(f"leerrecht:{nr}:{jongere_id}".encode()).hexdigest()
    geweigerd = resultaat == Gebeurtenis.Resultaat.GEWEIGERD
    return Verwerkingsregel(
        nr=nr,
        # Rows written in bulk have no trace of their own.
        trace_id=trace_id.replace("-", "") or digest[16:48],
        span_id=digest[:16],
        status=Verwerkingsregel.Status.ERROR if geweigerd else Verwerkingsregel.Status.OK,
        name=actie,
        start_time=tijd,
        end_time=tijd,
        processing_activity_id=activiteit_of(actie, taak, tijd.astimezone(AMSTERDAM).date()).uri,
        data_subject_id=encrypt(str(jongere_id)),
        betrokkene_index=betrokkene_index(jongere_id),
        foreign_span_id=ouder_span,
    )


def as_standard(row: Verwerkingsregel) -> dict[str, Any]:
    """The row with the names of the standard; the one place that knows them."""
    attributes = {
        "dpl.core.processing_activity_id": row.processing_activity_id,
        "dpl.core.data_subject_id": base64.b64encode(bytes(row.data_subject_id)).decode(),
        "dpl.core.data_subject_id_type": SOORT_ID,
    }
    if row.foreign_span_id:
        attributes["dpl.core.foreign_operation.span_id"] = row.foreign_span_id
    return {
        "trace_id": row.trace_id,
        "span_id": row.span_id,
        "status": row.status,
        "name": row.name,
        "start_time": _milliseconds(row.start_time),
        "end_time": _milliseconds(row.end_time),
        "attributes": attributes,
    }


def _milliseconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)
