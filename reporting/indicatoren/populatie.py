"""Residents on 1 October: the denominators, and who is enrolled where.

A resident lives by his WOON address of that day in the gemeente; without any WOON address his own
gemeente counts, with addresses but none on the day he lives nowhere.

In tables just loaded, without statistics, the planner takes every join for one of a few rows and
reads a whole table for each: half a minute for 20,000 youths. So nothing here can become a nested
loop: keys go in as an array, and a full join can only hash or merge (`coalesce` keeps the planner
from turning it into another kind).
"""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import BooleanField, ExpressionWrapper, Q

from casework.models import Jongere
from casework.schooljaar import Schooljaar
from leerplicht.domain.grenzen import birth_limit
from leerplicht.domain.regels import Regels
from leerplicht.domain.status_sql import resident_on, under_duty_on
from reporting.indicatoren.feit import Feit, Telling


def personen(jaar: Schooljaar) -> tuple[str, tuple[Any, ...]]:
    """Who was alive and here on 1 October, under a duty or not, and aged 5 up to and with 17."""
    return _personen(jaar.peildatum, Regels.on(jaar.peildatum))


@lru_cache(maxsize=64)
def _personen(day: date, regels: Regels) -> tuple[str, tuple[Any, ...]]:
    van_vijf = Q(
        geboortedatum__gte=birth_limit(day, 18, regels),
        geboortedatum__lt=birth_limit(day, 5, regels),
    )
    rows = (
        Jongere.objects.filter(resident_on(day))
        .order_by()
        .annotate(plicht=_column(under_duty_on(day, regels=regels)), van_vijf=_column(van_vijf))
        .values("id", "gemeente_id", "plicht", "van_vijf")
    )
    sql, params = rows.query.sql_with_params()
    return sql, params


def _column(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


POPULATIE: Final = Feit(
    naam="populatie",
    model="casework.Jongere",
    deel=personen,
    groep=("plicht", "van_vijf", "onderwijssoort", "os", "leerweg"),
    sql="""
SELECT $sj AS sj, o.id, o.gem, o.id AS jongere, o.plicht, o.van_vijf, $os_naam AS os,
    coalesce(o.onderwijssoort, '') AS onderwijssoort,
    coalesce(nullif(o.leerweg, ''), 'onbekend') AS leerweg
FROM (
    WITH kandidaat AS MATERIALIZED (
        SELECT ARRAY(
            SELECT a.jongere_id
            FROM casework_adres a
            WHERE a.soort = 'WOON' AND a.gemeente_id = ANY($gemeenten)
                AND (a.van IS NULL OR a.van <= $peildatum)
                AND (a.tot IS NULL OR a.tot > $peildatum)
            UNION ALL
            SELECT z.id FROM casework_jongere z WHERE z.gemeente_id = ANY($gemeenten)
        ) AS ids
    ), op_adres AS MATERIALIZED (
        SELECT DISTINCT ON (a.jongere_id) a.jongere_id, a.gemeente_id
        FROM casework_adres a
        WHERE a.soort = 'WOON' AND a.jongere_id = ANY((SELECT ids FROM kandidaat)::bigint[])
            AND (a.van IS NULL OR a.van <= $peildatum)
            AND (a.tot IS NULL OR a.tot > $peildatum)
        ORDER BY a.jongere_id, a.van DESC NULLS LAST, a.id DESC
    ), op_school AS MATERIALIZED (
        SELECT DISTINCT ON (i.jongere_id) i.jongere_id, $os_rang AS rang, i.onderwijssoort,
            i.leerweg
        FROM casework_inschrijving i
        WHERE i.jongere_id = ANY((SELECT ids FROM kandidaat)::bigint[])
            AND i.begindatum <= $peildatum
            AND (i.einddatum IS NULL OR i.einddatum >= $peildatum)
        ORDER BY i.jongere_id, 2 DESC, i.begindatum DESC, i.id DESC
    )
    SELECT p.id, p.plicht, p.van_vijf, s.rang, s.onderwijssoort, s.leerweg,
        CASE
            WHEN w.jongere_id IS NOT NULL THEN w.gemeente_id
            WHEN NOT EXISTS (
                SELECT 1 FROM casework_adres a WHERE a.jongere_id = p.id AND a.soort = 'WOON'
            ) THEN p.gemeente_id
        END AS gem
    FROM (
        SELECT * FROM ($deel) alle WHERE id = ANY((SELECT ids FROM kandidaat)::bigint[])
    ) p
    FULL JOIN op_adres w ON w.jongere_id = p.id
    FULL JOIN op_school s ON s.jongere_id = p.id
    WHERE coalesce(p.id, 0) > 0
) o
WHERE o.gem = ANY($gemeenten)
""",
    tellingen=(
        Telling("pop_leer_kwalificatieplichtigen", "plicht"),
        Telling("pop_5_18", "van_vijf"),
        Telling("pop_5_18_ingeschreven", "van_vijf AND os <> 'geen'"),
        Telling("pop_ingeschreven_naar_soort", "os <> 'geen'"),
    ),
)
