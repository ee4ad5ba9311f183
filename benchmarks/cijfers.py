"""Time of all figures of five schooljaren, beside the same answers in SQL written by hand.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/cijfers.py

Needs a database of its own, with the migrations done: the rows stay in it. The region is invented
(20,000 youths in three gemeenten); the same run gives the same rows. Fails when an answer differs,
or when the layer needs more than one and a half times the hand-written SQL.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  # Django first
from django.test.utils import CaptureQueriesContext  # noqa: E402

from casework.models import Gemeente, Jongere  # noqa: E402
from casework.schooljaar import Schooljaar  # noqa: E402
from leerplicht.domain.grenzen import birth_limit, grenzen  # noqa: E402
from leerplicht.domain.regels import Regels  # noqa: E402
from reporting.indicatoren import BESCHIKBAAR, collect  # noqa: E402
from tests.reporting.verzonnen import Regio  # noqa: E402

JONGEREN = 20_000
CODES = ("9101", "9102", "9103")
JAREN = [Schooljaar(year) for year in range(2020, 2025)]
RUNS = 5
GRENS = 1.5

Figures = dict[tuple[str, int, int | None, tuple[str, ...]], int]

# By hand: one plain statement a fact or indicator. Every statement gives
# indicator, schooljaar, gemeente (NULL: all), one column per code (NULL: not broken down), number.

# The columns of a melding that counts; `os` only where it is asked.
GELDIG = """m.gemeente_id IN %(gemeenten)s AND m.melddatum >= %(van)s AND m.melddatum < %(tot)s
    AND m.status <> 'I'
    AND coalesce(nullif(m.resultaat, ''), w.resultaat, '') <> 'geen_verzuim'"""
SJ = "extract(year FROM m.melddatum - interval '7 months')::int"
VS = """CASE
    WHEN m.soort = 'ABSOLUUT' THEN 'absoluut'
    WHEN m.soort IN ('V1', 'V2', 'V3') THEN 'wettelijk'
    WHEN m.soort = 'V4' THEN 'wettelijk_18plus'
    WHEN m.soort = 'RMC' THEN 'vier_weken_18plus'
    WHEN m.taak = 'doorstroompunt' THEN 'overig_18plus'
    WHEN m.soort IN ('O', 'TELAAT') THEN 'licht'
    WHEN m.soort = 'LRV' THEN 'langdurig'
    WHEN m.soort = 'L' THEN 'luxe'
    ELSE 'zorg' END"""
MELDING = """casework_verzuimmelding m LEFT JOIN casework_werkproces w ON w.id = m.werkproces_id"""
OS = """coalesce((ARRAY['buitenland', 'overig', 'bo_sbo', 'so', 'vso', 'pro', 'onderbouw_vo',
    'vmbo', 'havo', 'vwo', 'vavo', 'isk', 'mbo1', 'mbo2', 'mbo3', 'mbo4', 'ho'])[(
    SELECT max(CASE
        WHEN i.onderwijssoort = 'BRUGJAAR' THEN 7
        WHEN i.leerjaar IN (1, 2)
            AND i.onderwijssoort IN ('VMBO_B', 'VMBO_K', 'VMBO_GT', 'HAVO', 'VWO') THEN 7
        WHEN i.onderwijssoort LIKE 'VMBO%%' THEN 8
        WHEN i.onderwijssoort IN ('BO', 'SBO') THEN 3
        WHEN i.onderwijssoort IN ('EDUCATIE', 'PARTICULIER', 'OVERIG') THEN 2
        ELSE array_position(ARRAY['BUITENLAND', '', '', 'SO', 'VSO', 'PRO', '', '', 'HAVO', 'VWO',
            'VAVO', 'ISK', 'MBO1', 'MBO2', 'MBO3', 'MBO4', 'HO'], i.onderwijssoort::text) END)
    FROM casework_inschrijving i
    WHERE i.jongere_id = m.jongere_id AND i.begindatum <= m.melddatum
        AND (i.einddatum IS NULL OR i.einddatum >= m.melddatum)
)], 'geen')"""

HAND = {
    "lp_meldingen": f"""
        SELECT 'lp_meldingen', sj, gem, vs, os, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs, {OS} AS os
              FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht') m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, vs), (sj, vs), (sj, gem, os), (sj, os),
            (sj, gem, vs, os), (sj, vs, os))""",
    "lp_afhandeling": f"""
        SELECT 'lp_afhandeling', sj, gem, vs, res, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs,
                  coalesce(nullif(m.resultaat, ''), nullif(w.resultaat, ''), 'open') AS res
              FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht') m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, vs), (sj, vs), (sj, gem, res),
            (sj, res), (sj, gem, vs, res), (sj, vs, res))""",
    "verzuim_meldingen": f"""
        SELECT 'verzuim_meldingen', {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs, count(*)
        FROM {MELDING} WHERE {GELDIG}
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "lp_meldingen_jongeren": f"""
        SELECT 'lp_meldingen_jongeren', {SJ} AS sj, m.gemeente_id AS gem, {VS} AS vs,
            count(DISTINCT m.jongere_id)
        FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht'
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "verzuim_jongeren": f"""
        SELECT 'verzuim_jongeren', {SJ} AS sj, m.gemeente_id AS gem, count(DISTINCT m.jongere_id)
        FROM {MELDING} WHERE {GELDIG} GROUP BY GROUPING SETS ((2, 3), (2))""",
    "lp_spijbel_eenmalig": f"""
        SELECT 'lp_spijbel_eenmalig', sj, gem, count(*)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, m.jongere_id
              FROM {MELDING}
              WHERE {GELDIG} AND m.taak = 'leerplicht'
                  AND m.soort IN ('O', 'TELAAT', 'V1', 'V2', 'V3')
              GROUP BY GROUPING SETS ((1, 2, 3), (1, 3)) HAVING count(*) = 1) m
        GROUP BY sj, gem""",
    "thz_langdurig": f"""
        SELECT 'thz_langdurig', sj, gem, os, count(DISTINCT jongere_id)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, {OS} AS os, m.jongere_id
              FROM {MELDING} WHERE {GELDIG} AND m.soort = 'LRV') m
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, os), (sj, os))""",
    "lp_betrokkenheid": f"""
        SELECT 'lp_betrokkenheid', sj, gem, count(DISTINCT jongere_id)
        FROM (SELECT {SJ} AS sj, m.gemeente_id AS gem, m.jongere_id
              FROM {MELDING} WHERE {GELDIG} AND m.taak = 'leerplicht'
              UNION
              SELECT j.sj, w.gemeente_id, w.jongere_id
              FROM casework_werkproces w
              JOIN (SELECT generate_series(2020, 2024) AS sj) j
                  ON w.gestart_op < make_date(j.sj + 1, 8, 1)
                  AND (w.gesloten_op IS NULL OR w.gesloten_op >= make_date(j.sj, 8, 1))
              WHERE w.gemeente_id IN %(gemeenten)s AND w.soort <> 'VERZUIM_18PLUS') b
        GROUP BY GROUPING SETS ((sj, gem), (sj))""",
    "wp_gestart": """
        SELECT 'wp_gestart', extract(year FROM gestart_op - interval '7 months')::int,
            gemeente_id, soort, count(*)
        FROM casework_werkproces
        WHERE gemeente_id IN %(gemeenten)s AND gestart_op >= %(van)s AND gestart_op < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "wp_afgesloten": """
        SELECT 'wp_afgesloten', sj, gem, soort, res, count(*)
        FROM (SELECT extract(year FROM gesloten_op - interval '7 months')::int AS sj,
                  gemeente_sluiting_id AS gem, soort,
                  coalesce(nullif(resultaat, ''), 'open') AS res
              FROM casework_werkproces
              WHERE gemeente_sluiting_id IN %(gemeenten)s
                  AND gesloten_op >= %(van)s AND gesloten_op < %(tot)s) w
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, soort), (sj, soort), (sj, gem, res),
            (sj, res))""",
    "hv_halt": """
        SELECT 'hv_halt', extract(year FROM h.datum_verwijzing - interval '7 months')::int,
            h.gemeente_id,
            CASE WHEN h.verzuimsoort <> '' THEN lower(h.verzuimsoort)
                WHEN m.soort = 'ABSOLUUT' THEN 'absoluut' WHEN m.soort = 'L' THEN 'luxe'
                WHEN m.id IS NOT NULL THEN 'relatief' ELSE '' END AS hvs,
            count(*)
        FROM leerplicht_haltverwijzing h
        LEFT JOIN casework_verzuimmelding m ON m.id = h.melding_id
        WHERE h.gemeente_id IN %(gemeenten)s
            AND h.datum_verwijzing >= %(van)s AND h.datum_verwijzing < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "vst_verleend": """
        SELECT 'vst_verleend', sj, gem, grond, voorziening, count(*)
        FROM (SELECT extract(year FROM begindatum - interval '7 months')::int AS sj,
                  gemeente_id AS gem, grond,
                  coalesce(nullif(voorziening, ''), 'onbekend') AS voorziening
              FROM leerplicht_vrijstelling
              WHERE gemeente_id IN %(gemeenten)s AND begindatum >= %(van)s
                  AND begindatum < %(tot)s AND besluit IN ('VERLEEND', 'VAN_RECHTSWEGE')) v
        GROUP BY GROUPING SETS ((sj, gem), (sj), (sj, gem, grond), (sj, grond),
            (sj, gem, voorziening), (sj, voorziening), (sj, gem, grond, voorziening),
            (sj, grond, voorziening))""",
    "vsv_gem_reden": """
        SELECT 'vsv_gem_reden', extract(year FROM datum_uitval - interval '7 months')::int,
            gemeente_uitval_id, coalesce(nullif(reden, ''), 'onbekend'),
            count(DISTINCT jongere_id)
        FROM doorstroompunt_traject
        WHERE gemeente_uitval_id IN %(gemeenten)s AND soort = 'VSV'
            AND datum_uitval >= %(van)s AND datum_uitval < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2), (2, 3, 4), (2, 4))""",
    "hb_bezoeken": """
        SELECT 'hb_bezoeken',
            extract(year FROM (datum AT TIME ZONE 'Europe/Amsterdam') - interval '7 months')::int,
            gemeente_id, count(*)
        FROM doorstroompunt_contactpoging
        WHERE gemeente_id IN %(gemeenten)s AND kanaal = 'HUISBEZOEK' AND door_partner
            AND (datum AT TIME ZONE 'Europe/Amsterdam')::date >= %(van)s
            AND (datum AT TIME ZONE 'Europe/Amsterdam')::date < %(tot)s
        GROUP BY GROUPING SETS ((2, 3), (2))""",
}
# The population: three numbers at once, one statement a year. The birth dates of the law come
# from the same table as in the application; who lives where and who is exempted by a diploma does
# not.
BEWONERS = """
    WITH woon AS (
        SELECT DISTINCT ON (a.jongere_id) a.jongere_id, a.gemeente_id
        FROM casework_adres a
        WHERE a.soort = 'WOON' AND (a.van IS NULL OR a.van <= %(dag)s)
            AND (a.tot IS NULL OR a.tot > %(dag)s)
        ORDER BY a.jongere_id, a.van DESC NULLS LAST, a.id DESC
    ), bewoner AS (
        SELECT j.*, CASE
            WHEN w.jongere_id IS NOT NULL THEN w.gemeente_id
            WHEN NOT EXISTS (
                SELECT 1 FROM casework_adres a WHERE a.jongere_id = j.id AND a.soort = 'WOON'
            ) THEN j.gemeente_id END AS gem
        FROM casework_jongere j
        LEFT JOIN woon w ON w.jongere_id = j.id
        WHERE (j.datum_overlijden IS NULL OR j.datum_overlijden > %(dag)s)
            AND CASE WHEN j.datum_vestiging_nl > j.datum_vertrek
                THEN j.datum_vestiging_nl <= %(dag)s OR j.datum_vertrek > %(dag)s
                ELSE (j.datum_vestiging_nl IS NULL OR j.datum_vestiging_nl <= %(dag)s)
                    AND (j.datum_vertrek IS NULL OR j.datum_vertrek > %(dag)s) END
    )
    SELECT gem, count(*) FILTER (WHERE plicht), count(*) FILTER (WHERE jong),
        count(*) FILTER (WHERE jong AND EXISTS (
            SELECT 1 FROM casework_inschrijving i
            WHERE i.jongere_id = b.id AND i.begindatum <= %(dag)s
                AND (i.einddatum IS NULL OR i.einddatum >= %(dag)s)))
    FROM (
        SELECT id, gem, geboortedatum >= %(achttien)s AND geboortedatum < %(vijf)s AS jong,
            geboortedatum < %(begin)s AND (
                (geboortedatum >= %(einde)s AND coalesce(schooljaren_voltooid, 0) < %(genoeg)s)
                OR (geboortedatum >= %(achttien)s
                    AND NOT EXISTS (
                        SELECT 1 FROM casework_diploma d
                        WHERE d.jongere_id = b.id AND d.startkwalificatie AND d.datum <= %(dag)s)
                    AND NOT EXISTS (
                        SELECT 1 FROM casework_diploma d
                        WHERE d.jongere_id = b.id AND NOT d.startkwalificatie
                            AND d.datum <= %(dag)s AND d.soort <> 'CERTIFICAAT'
                            AND (d.naam ~* %(pro)s OR d.niveau ~* %(pro)s))
                    AND NOT EXISTS (
                        SELECT 1 FROM casework_inschrijving i
                        WHERE i.jongere_id = b.id AND i.onderwijssoort = 'VSO'
                            AND i.uitstroomprofiel IN ('ARBEID', 'DAGBESTEDING')
                            AND i.begindatum <= %(dag)s))) AS plicht
        FROM bewoner b
        WHERE gem IN %(gemeenten)s
    ) b
    GROUP BY GROUPING SETS ((gem), ())"""
POPULATIE = ("pop_leer_kwalificatieplichtigen", "pop_5_18", "pop_5_18_ingeschreven")
GEKOZEN = (*HAND, *POPULATIE)


def literal(sql: str, params: dict[str, Any]) -> str:
    """Keys and dates of our own as literals, as the layer writes them."""
    shown = {
        name: f"({', '.join(map(str, value))})" if isinstance(value, tuple) else f"'{value}'"
        for name, value in params.items()
    }
    return sql % shown


def by_hand() -> Figures:
    gemeenten = tuple(Gemeente.objects.filter(code__in=CODES).values_list("pk", flat=True))
    span = {"gemeenten": gemeenten, "van": JAREN[0].start, "tot": JAREN[-1].end}
    found: Figures = {}
    with connection.cursor() as cursor:
        for sql in HAND.values():
            cursor.execute(literal(sql, span))
            for name, jaar, gem, *codes, number in cursor.fetchall():
                found[name, jaar, gem, tuple(codes)] = number
        for jaar in JAREN:
            cursor.execute(literal(BEWONERS, _limits(jaar) | {"gemeenten": gemeenten}))
            for gem, *numbers in cursor.fetchall():
                for name, number in zip(POPULATIE, numbers, strict=True):
                    found[name, jaar.beginjaar, gem, ()] = number
    return found


def _limits(jaar: Schooljaar) -> dict[str, Any]:
    day, regels = jaar.peildatum, Regels.on(jaar.peildatum)
    op = grenzen(day)
    return {
        "dag": day,
        "begin": op.begin,
        "einde": op.einde,
        "achttien": op.achttien,
        "vijf": birth_limit(day, 5, regels),
        "genoeg": regels.schooljaren_einde_leerplicht,
        "pro": "(^|[^a-z])pro([^a-z]|$)|praktijkonderwijs",
    }


def by_layer(names: tuple[str, ...] | None) -> list[Any]:
    return collect(CODES, JAREN, names)


def as_figures(cijfers: list[Any]) -> Figures:
    """What was counted, in the shape of `by_hand`: only what is not 0."""
    keys = dict(Gemeente.objects.values_list("code", "pk"))
    found: Figures = {}
    for c in cijfers:
        if c.waarde:
            codes = tuple(f"{name}={code}" for name, code in c.dim.items())
            key = (c.indicator, int(c.schooljaar[:4]), keys.get(c.gebied), codes)
            found[key] = int(c.waarde)
    return found


DIMS = {
    "lp_meldingen": ("vs", "os"), "lp_afhandeling": ("vs", "res"), "verzuim_meldingen": ("vs",),
    "lp_meldingen_jongeren": ("vs",), "thz_langdurig": ("os",), "wp_gestart": ("soort",),
    "wp_afgesloten": ("soort", "res"), "hv_halt": ("hvs",), "vst_verleend": ("grd", "voorziening"),
    "vsv_gem_reden": ("rdn",),
}  # fmt: skip


def named(figures: Figures) -> Figures:
    """Codes with the name of their breakdown; a row without code belongs to no breakdown."""
    found: Figures = {}
    for (name, jaar, gem, codes), number in figures.items():
        pairs = zip(DIMS.get(name, ()), codes, strict=False)
        shown = [(dim, code) for dim, code in pairs if code is not None]
        if number and all(code for _, code in shown):
            found[name, jaar, gem, tuple(f"{d}={c}" for d, c in shown)] = number
    return found


def measure(what: Callable[[], Any]) -> tuple[float, Any]:
    """Median of the runs in seconds, and the answer."""
    times, answer = [], None
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = what()
        times.append(time.perf_counter() - start)
    return statistics.median(times), answer


def count_queries(what: Callable[[], Any]) -> int:
    with CaptureQueriesContext(connection) as queries:
        what()
    return len(queries)


def build() -> None:
    start = time.perf_counter()
    with transaction.atomic():
        Regio(JONGEREN, seed=1, begin=2020, einde=2024, codes=CODES).make()
    print(f"{JONGEREN:,} jongeren gemaakt in {time.perf_counter() - start:.0f} s")
    just_loaded, _ = measure(lambda: by_layer(POPULATIE))
    print(f"bevolking zonder statistieken van de tabellen: {just_loaded:.2f} s")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> int:
    if Jongere.objects.count() < JONGEREN:
        build()
    hand, answer = measure(by_hand)
    layer, cijfers = measure(lambda: by_layer(GEKOZEN))
    wanted, found = named(answer), as_figures(cijfers)
    wrong = [key for key in wanted.keys() | found.keys() if wanted.get(key) != found.get(key)]
    for key in sorted(map(str, wrong))[:10]:
        print(f"  verschilt: {key}")
    ratio = layer / hand
    everything, all_of_them = measure(lambda: by_layer(None))
    print(
        f"{len(GEKOZEN)} indicatoren, {len(found):,} cijfers die niet 0 zijn, {len(wrong)} anders"
    )
    print(f"  met de hand  {hand:6.2f} s  {count_queries(by_hand):3} queries")
    print(f"  de laag      {layer:6.2f} s  {count_queries(lambda: by_layer(GEKOZEN)):3} queries")
    print(f"  verhouding   {ratio:6.2f}    (grens {GRENS})")
    print(
        f"alle {len(BESCHIKBAAR)} indicatoren, {len(all_of_them):,} cijfers: {everything:.2f} s,"
        f" {count_queries(lambda: by_layer(None))} queries"
    )
    return 1 if wrong or ratio > GRENS else 0


if __name__ == "__main__":
    raise SystemExit(main())
