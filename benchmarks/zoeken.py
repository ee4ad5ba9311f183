"""Time of the search box at one million youths, within the rights of three kinds of users.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/zoeken.py            # build and time
    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/zoeken.py --explain  # plans as well

Needs a database of its own, with the migrations done: the rows stay in it. All persons are made
up from lists of common names; the same run gives the same rows.
"""

import argparse
import os
import statistics
import sys
import time
from datetime import date
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction

from accounts import muur
from accounts.models import Bevoegdheid, Gebruiker
from casework.domain.zoeken import find, find_number, read
from casework.models import Gemeente, Jongere

JONGEREN = 1_000_000
GEMEENTEN = 342
RUNS = 7
GRENS_MS = 100
GRENS_LAND_MS = 200  # nobody works for the whole country; it shows the worst case


def words(text: str) -> list[str]:
    return text.split()


ROEPNAMEN = words("""
Aisha Amir Anna Anouk Bas Ben Bilal Bram Britt Daan Dani Daniel David Demi Dex Eline
Elif Ella Emma Esra Eva Fatima Feline Femke Fenna Fleur Floor Gijs Hamza Hanna Hugo Ilse
Imran Iris Isa Isabel Jack Jan Jayden Jens Jesse Jip Job Joep Jonas Julia Juul Kevin
Khadija Koen Lars Lena Levi Lieke Lina Lisa Liv Loes Lotte Luca Lucas Luuk Maan Malak
Marijn Mats Max Maud Mees Merel Mia Mila Milan Mohamed Mohammed Naomi Nick Niels Nina
Noa Noah Noor Nora Olaf Olivia Omar Owen Pepijn Pien Pim Quinn Rayan Ravi Rik Robin Roos
Ruben Saar Sam Sami Sanne Sara Senna Siem Sofie Sophie Stan Sterre Stijn Suus Sven Tara
Teun Tess Thijs Thomas Tim Tobias Tom Umar Vera Vince Willem Xavi Yara Yasmin Youssef
Yusuf Zoe
""")
# Surname with tussenvoegsel, per thousand of all names.
VAAK = {
    "de Jong": 5.3, "Jansen": 4.6, "de Vries": 4.5, "van den Berg": 3.8, "van Dijk": 3.6,
    "Bakker": 3.5, "Janssen": 3.4, "Visser": 3.2, "Smit": 2.6, "Meijer": 2.6, "de Boer": 2.5,
    "Mulder": 2.4, "de Groot": 2.3, "Bos": 2.2, "Vos": 2.0, "Peters": 2.0, "Hendriks": 1.9,
    "van Leeuwen": 1.8, "Dekker": 1.8, "Brouwer": 1.7, "de Wit": 1.6, "Dijkstra": 1.6,
    "Smits": 1.5, "de Graaf": 1.4, "van der Meer": 1.4, "van der Linden": 1.3, "Kok": 1.3,
    "Jacobs": 1.3, "de Haan": 1.3, "Vermeulen": 1.2, "van den Heuvel": 1.2, "van der Veen": 1.1,
}  # fmt: skip  # read as a table
DELEN = words("""
Aal Beek Berg Bloem Boom Bosch Brand Brug Dam Dijk Duin Eik Gaast Haag Heer Hof Hout
Kamp Kerk Klei Koop Kroon Laan Land Linde Meer Molen Moer Olden Paal Plas Poel Rijk Roos
Ruiter Schip Snijder Steen Storm Tol Veld Vliet Water Weide Wier Wind Zand Zee Zomer
Zwaan
""")
EINDEN = words("""
aar ama ink ens er ers huis ing ker laan man mans meijer sma stra tra veld vis wijk
zicht
""")


def surnames() -> list[tuple[str, str, float]]:
    """(voorvoegsel, achternaam, weight): the common ones, and thousands of rare ones."""
    rows = []
    for naam, weight in VAAK.items():
        *voor, achter = naam.split()
        rows.append((" ".join(voor), achter, weight))
    rare = [
        (voor, f"{a}{b.lower()}{eind}")
        for voor in ("", "", "van", "van de")
        for a in DELEN
        for b in ("", *DELEN[::7])
        for eind in EINDEN
    ]
    share = (1000 - sum(VAAK.values())) / len(rare)
    return rows + [(voor, naam, share) for voor, naam in rare]


def build() -> None:
    """Fill an empty database; the weights become ranges that a random number falls in."""
    names, edge = [], 0.0
    for voor, achter, weight in surnames():
        names.append((voor, achter, edge / 1000, (edge + weight) / 1000))
        edge += weight
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.42)")
        cursor.execute("CREATE TEMP TABLE namen (voor text, achter text, van float8, tot float8)")
        cursor.executemany("INSERT INTO namen VALUES (%s, %s, %s, %s)", names)
        cursor.execute("CREATE INDEX ON namen (van)")
        cursor.execute(
            "INSERT INTO casework_gemeente (code, naam, provincie, vakantieregio)"
            " SELECT 'B' || lpad(n::text, 3, '0'), 'Meetdorp ' || n, '', 'midden'"
            " FROM generate_series(1, %s) n",
            [GEMEENTEN],
        )
        _youths(cursor)
        _around(cursor)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE casework_jongere, casework_adres, casework_dossier")


def _youths(cursor) -> None:
    """Sizes of the gemeenten as in reality: a few large ones, many small ones."""
    cursor.execute(
        """
        WITH g AS (SELECT array_agg(id ORDER BY code) AS ids FROM casework_gemeente
                   WHERE naam LIKE 'Meetdorp %%'),
        ruw AS (SELECT n, random() AS naam, random() AS roep, random() AS tweede,
                       power(random(), 2.5) AS plek, random() AS dag
                FROM generate_series(1, %(aantal)s) n),
        rij AS (
          SELECT ruw.*, nm.voor, nm.achter,
                 (%(roepnamen)s::text[])[1 + floor(roep * %(roepen)s)::int] AS roepnaam,
                 (%(roepnamen)s::text[])[1 + floor(tweede * %(roepen)s)::int] AS tweede_naam
          FROM ruw CROSS JOIN LATERAL
               (SELECT voor, achter FROM namen WHERE van <= ruw.naam ORDER BY van DESC LIMIT 1) nm)
        INSERT INTO casework_jongere
          (bsn, bsn_index, onderwijsnummer, achternaam, voorvoegsel, voornamen, roepnaam, zoeknaam,
           sorteernaam, geboortedatum, geboortedatum_precisie, geslacht, geboorteland, gemeente_id,
           gezin_id, geheimhouding, herkomst, telefoon, email, voorkeurstaal, tolk, opmerking)
        SELECT ''::bytea, decode(md5(n::text), 'hex'), ''::bytea, achter, voor,
               roepnaam || ' ' || tweede_naam, roepnaam,
               lower(concat_ws(' ', roepnaam, roepnaam, tweede_naam, nullif(voor, ''), achter)),
               lower(concat_ws(' ', achter, roepnaam, tweede_naam, nullif(voor, ''))),
               date '2000-01-01' + floor(dag * 8400)::int, 'D', 'V', '',
               g.ids[1 + floor(plek * %(gemeenten)s)::int], '', false, '', '', '', '', false, ''
        FROM rij, g
        """,
        {
            "aantal": JONGEREN,
            "roepnamen": ROEPNAMEN,
            "roepen": len(ROEPNAMEN),
            "gemeenten": GEMEENTEN,
        },
    )


def _around(cursor) -> None:
    """An address for everyone; a dossier for one in twenty, some of those elsewhere."""
    cursor.execute(
        """
        INSERT INTO casework_adres (jongere_id, soort, straat, huisnummer, huisletter, toevoeging,
          postcode, woonplaats, gemeente_id, land, geheim)
        SELECT id, 'WOON', 'Meetstraat', 1 + id % 200, '', '',
               (1000 + id % 8999)::text || chr(65 + (id / 9000 % 26)::int)
                 || chr(65 + (id / 234000 % 26)::int), 'Meetdorp', gemeente_id, '', false
        FROM casework_jongere WHERE zoeknaam <> ''
        """
    )
    cursor.execute(
        """
        INSERT INTO casework_dossier (jongere_id, taak, gemeente_id, geopend_op)
        SELECT id, 'leerplicht', CASE WHEN id % 2500 = 0 THEN (SELECT min(id) FROM casework_gemeente
                 WHERE naam LIKE 'Meetdorp %') ELSE gemeente_id END, date '2025-09-01'
        FROM casework_jongere WHERE id % 20 = 0
        """
    )


def readers() -> dict[str, Gebruiker]:
    """Users of the largest gemeente, of a region, and (the worst case) of the whole country."""
    gemeenten = list(Gemeente.objects.filter(naam__startswith="Meetdorp ").order_by("code"))
    users = {}
    for naam, own in {
        "grootste gemeente": gemeenten[:1],
        "regio van 12": gemeenten[20:32],
        "heel Nederland": gemeenten,
    }.items():
        user, made = Gebruiker.objects.get_or_create(
            email=f"{naam.replace(' ', '.')}@voorbeeld.nl".lower(), defaults={"naam": naam}
        )
        if made:
            Bevoegdheid.objects.bulk_create(
                Bevoegdheid(
                    gebruiker=user, taak="leerplicht", gemeente=g, rol="lezer", van=date(2020, 1, 1)
                )
                for g in own
            )
        users[naam] = user
    return users


VRAGEN = (
    "femke de wit", "fem", "jan", "jansen", "de jong", "de vries", "mohamed", "jansenn",
    "dijkstar", "bakkr", "femke van der wit", "mohammad de vris", "zandmolenstra", "xqzwvk",
    "van den berg anna", "sam bakker 15-03-2011", "15-03-2011", "1234ab 35", "zeecollege",
    "W12",
)  # fmt: skip  # read as a table


def measure(vraag: str, user: Gebruiker, *, number: str = "") -> tuple[list[float], int]:
    times, found = [], 0
    for _ in range(RUNS):
        start = time.perf_counter()
        with muur.voor_gebruiker(user):
            uitslag = find_number(number, user) if number else find(read(vraag), user)
        times.append((time.perf_counter() - start) * 1000)
        found = len(uitslag.jongeren)
    return times, found


def explain(vraag: str, user: Gebruiker) -> None:
    """Plans of the queries of one search, as they ran."""
    from django.test.utils import CaptureQueriesContext

    with muur.voor_gebruiker(user), CaptureQueriesContext(connection) as queries:
        find(read(vraag), user)
    with transaction.atomic(), connection.cursor() as cursor:
        for query in queries:
            if not query["sql"].startswith("SELECT"):
                continue
            if "set_config" in query["sql"]:
                cursor.execute(query["sql"])
                continue
            cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + query["sql"])
            print("\n".join(f"    {line}" for (line,) in cursor.fetchall()))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--explain", metavar="TEKST", help="print the plans of this search")
    options = parser.parse_args()
    if Jongere.objects.count() < JONGEREN:
        start = time.perf_counter()
        build()
        print(f"{JONGEREN:,} jongeren gemaakt in {time.perf_counter() - start:.0f} s")
    slow = 0
    for naam, user in readers().items():
        grens = GRENS_LAND_MS if naam == "heel Nederland" else GRENS_MS
        print(f"\n{naam} (grens {grens} ms)")
        if options.explain:
            explain(options.explain, user)
            continue
        for vraag in VRAGEN:
            times, found = measure(vraag, user)
            slow += statistics.median(times) > grens
            print(
                f"  {vraag:24} {found:3} gevonden  eerste {times[0]:7.1f} ms"
                f"  mediaan {statistics.median(times):7.1f}  langste {max(times):7.1f}"
            )
    print(f"\n{slow} vragen langzamer dan de grens")
    return 1 if slow else 0


if __name__ == "__main__":
    raise SystemExit(main())
