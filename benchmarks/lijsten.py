"""Time of the lists of leerplicht at one million youths, 500,000 meldingen and full registers.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/lijsten.py

Needs a database of its own, with the migrations done: the rows stay in it. Each page is asked
through the web stack (middleware, view, template); the floor is the same list as one query by
hand, on the gemeenten of the user alone.
"""

import statistics
import time
from collections.abc import Callable

from benchmarks import _registers, zoeken  # sets Django up

from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from accounts.models import Bevoegdheid, Gebruiker
from casework.models import Jongere, Verzuimmelding
from casework.schooljaar import today
from leerplicht.models import Vrijstelling

MELDINGEN = 500_000
RUNS = 5
PAGINAS = (
    "/meldingen/",
    "/meldingen/?stand=alle",
    "/meldingen/?stand=klaar&soort=V3",
    "/werkprocessen/?wie=alle",
    "/mijn-dag/",
    "/teamlijst/",
    "/teamlijst/werkprocessen/",
    "/meldingen/duo/",
)
REGISTERS = (
    "/absoluut-verzuim/",
    "/vrijstellingen/",
    "/vrijstellingen/verlengen/",
    "/verlof/",
    "/thuiszitters/",
    "/thuiszitters/plaatsen/",
    "/thuiszitters/tafels/",
    "/spreekuur/",
    "/preventie/",
    "/preventie/groepsacties/",
    "/meldplicht/",
    "/agenda/",
    "/scholen/",
    "/brieven/",
    "/jongeren/",
)
GRENS_MS = 100
VLOER = """
    SELECT m.id, j.achternaam FROM casework_verzuimmelding m
    JOIN casework_jongere j ON j.id = m.jongere_id
    WHERE m.taak = 'leerplicht' AND m.gemeente_id = ANY(%s)
    ORDER BY m.melddatum DESC, m.id DESC LIMIT 50
"""


def build() -> None:
    """One melding for every second youth, over three years; one in ten is still to be judged, the
    rest has a werkproces. Half of what began in the last 200 days is open."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO casework_werkproces (jongere_id, gemeente_id, gemeente_opgegeven, taak,
              soort, toestand, toestand_sinds, gestart_op, route, status, resultaat, toelichting,
              regime)
            SELECT id, gemeente_id, false, 'leerplicht', 'RELATIEF',
                   CASE WHEN id % 4 = 0 AND id % 1095 > 895 THEN 'onderzoek' ELSE 'afgesloten' END,
                   date '2023-08-01' + (id % 1095)::int, date '2023-08-01' + (id % 1095)::int, '',
                   CASE WHEN id % 4 = 0 AND id % 1095 > 895 THEN 'OPEN' ELSE 'GESLOTEN' END,
                   CASE WHEN id % 4 = 0 AND id % 1095 > 895 THEN '' ELSE 'naar_school' END,
                   '', 'AVG'
            FROM casework_jongere WHERE id % 2 = 0 AND id % 10 <> 0
            """
        )
        cursor.execute(
            """
            INSERT INTO casework_verzuimmelding (jongere_id, gemeente_id, taak, duo_meldingnummer,
              kanaal, soort, vastgestelde_soort, melddatum, reden, actie_school, melder_naam,
              melder_functie, melder_telefoon, melder_email, status, reden_afgesloten,
              afgesloten_op, resultaat, beoordeeld_op, werkproces_id)
            SELECT j.id, CASE WHEN j.id % 1000 = 0 THEN NULL ELSE j.gemeente_id END, 'leerplicht',
                   '', 'DUO', (ARRAY['V3','O','L','TELAAT'])[1 + j.id % 4], '',
                   date '2023-08-01' + (j.id % 1095)::int, '', '', '', '', '', '',
                   CASE WHEN w.id IS NULL THEN 'R' ELSE 'G' END, '',
                   CASE WHEN w.status = 'GESLOTEN' THEN w.gestart_op + 30 END, '',
                   CASE WHEN w.id IS NOT NULL THEN w.gestart_op END, w.id
            FROM casework_jongere j LEFT JOIN casework_werkproces w ON w.jongere_id = j.id
            WHERE j.id % 2 = 0
            """
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE casework_werkproces, casework_verzuimmelding")


def median(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def floor(user: Gebruiker) -> float:
    gemeenten = [recht.gemeente_id for recht in user.rechten]

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(VLOER, [gemeenten])
            cursor.fetchall()

    return median(ask)


def measure(user: Gebruiker) -> float:
    """Milliseconds of the slowest page."""
    # Without `collectstatic` there is no manifest to look names up in.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    # Letters are of who handles cases.
    Bevoegdheid.objects.filter(gebruiker=user, taak="leerplicht").update(rol="behandelaar")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    laagst = floor(user)
    print(f"  {'50 rijen met de hand':36} {laagst:7.1f} ms")
    slowest = 0.0
    for pagina in PAGINAS + REGISTERS:

        def ask(pagina: str = pagina) -> None:
            response = client.get(pagina)
            assert response.status_code == 200, (pagina, response.status_code)

        tijd = median(ask)
        slowest = max(slowest, tijd)
        print(f"  {pagina:36} {tijd:7.1f} ms  {tijd / laagst:7.1f} x")
    return slowest


def main() -> int:
    start = time.perf_counter()
    if Jongere.objects.count() < zoeken.JONGEREN:
        zoeken.build()
    if Verzuimmelding.objects.count() == 0:
        build()
    readers = zoeken.readers()
    if not Vrijstelling.objects.exists():
        _registers.build(today())
    print(f"gegevens gemaakt in {time.perf_counter() - start:.0f} s")
    worst = 0.0
    for naam, user in readers.items():
        print(f"\n{naam}")
        slowest = measure(user)
        # Nobody works for the whole country; it shows the worst case.
        worst = worst if naam == "heel Nederland" else max(worst, slowest)
    print(f"\ntraagste pagina {worst:.0f} ms (grens {GRENS_MS} ms)")
    return int(worst > GRENS_MS)


if __name__ == "__main__":
    raise SystemExit(main())
