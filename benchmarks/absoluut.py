"""Time of the nightly look for absoluut verzuim at one million youths.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/absoluut.py

Needs a database of its own, with the migrations done: the rows stay in it. Nearly all youths have
an enrolment and an address; one in 200 has none. The floor is a plain count of the same youths.
"""

import time
from datetime import date

from benchmarks import zoeken  # sets Django up

from django.db import connection, transaction

from casework.models import Inschrijving, Jongere, Werkproces
from leerplicht.domain.absoluut import signal
from leerplicht.domain.status_sql import under_duty_on

DAG = date(2025, 11, 12)
GRENS_S = 60


def build() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO casework_school (naam, brin, vestigingscode, soort, straat, huisnummer,"
            " postcode, plaats, denominatie, zoeknaam, te_controleren)"
            " VALUES ('Meetschool', '', '', '', '', '', '', '', '', '', false) RETURNING id"
        )
        school = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO casework_inschrijving (jongere_id, school_id, onderwijssoort,"
            " uitstroomprofiel, opleidingscode, opleidingsnaam, leerweg, bekostigd, begindatum,"
            " reden_einde, herkomst) SELECT id, %s, 'BO', '', '', '', '', true, date '2023-08-01',"
            " '', '' FROM casework_jongere WHERE id %% 200 <> 0",
            [school],
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE casework_inschrijving, casework_adres, casework_jongere")


def seconds(work) -> tuple[float, object]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main() -> int:
    if Jongere.objects.count() < zoeken.JONGEREN:
        zoeken.build()
    if not Inschrijving.objects.exists():
        build()
    vloer, aantal = seconds(Jongere.objects.filter(under_duty_on(DAG)).count)
    print(f"  {aantal} jongeren onder de plicht geteld   {vloer:6.1f} s")
    for naam in ("eerste keer", "tweede keer"):
        tijd, found = seconds(lambda: signal(DAG))
        print(f"  {naam}: {found}   {tijd:6.1f} s  {tijd / vloer:5.1f} x de telling")
        if tijd > GRENS_S:
            print(f"  langer dan {GRENS_S} s")
            return 1
    print(f"  {Werkproces.objects.count()} werkprocessen")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
