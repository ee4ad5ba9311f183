"""Speed and memory of reading a package, beside a plain COPY of the same rows.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/import_pakket.py [--rows 1000000]

Needs a database of its own, with the migrations done: the rows stay in it. All persons are made
up; their BSNs begin with 9 and pass the elfproef.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction

from koppelingen.domain.inlezen import new_run, perform_run
from koppelingen.pakket.inlezen import Opties

RIJEN = 1_000_000
KLEIN = 100_000  # what memory is compared with
GRENS = 5_000  # rows a second, by the contract of the package
GROEI = 1.25  # memory at a million rows against that at a hundred thousand
VANDAAG = date(2026, 1, 5)
NAMEN = ("Jansen", "De Vries", "Bakker", "Çelik", "El Amrani", "Visser", "Smit", "Nguyen", "Kok")
VOORNAMEN = ("Sam", "Noor", "Yusuf", "Zoë", "Daan", "Fatima", "Lars", "Mila", "Ravi", "Eline")
TEKST = "Gesproken over de reden van het verzuim; afgesproken wat school, ouder en jongere doen. "
Rij = tuple[object, ...]


def bsns(eerste: int) -> Iterator[str]:
    """Fictional BSNs that pass the elfproef, upwards."""
    for acht in range(90_000_000 + eerste, 100_000_000):
        digits = str(acht)
        check = sum((9 - i) * int(d) for i, d in enumerate(digits)) % 11
        if check < 10:
            yield f"{digits}{check}"


def dag(n: int, vanaf: date, bereik: int) -> str:
    return (vanaf + timedelta(days=n * 7919 % bereik)).isoformat()


def geboren(n: int) -> str:
    return dag(n, date(2004, 1, 1), 5500)


def schooldag(n: int) -> str:
    return dag(n, date(2023, 8, 21), 800)


def files(rijen: int, eerste: int) -> dict[str, tuple[str, int, Callable[[int], Rij]]]:
    """Name -> header, number of rows, row by number; shares as in a large gemeente."""
    j, w, m = rijen * 15 // 100, rijen * 5 // 100, rijen * 10 // 100
    bsn = bsns(eerste)
    return {
        "scholen": (
            "bron_id;naam;brin;soort;plaats;gemeentecode",
            300,
            lambda n: (f"s{n}", f"Meetcollege {n}", "", "VO", "Meetdorp", "8001"),
        ),
        "jongeren": (
            "bron_id;bsn;achternaam;voornamen;geboortedatum;geslacht;gemeentecode;telefoon",
            j,
            lambda n: (
                f"j{n}",
                next(bsn),
                NAMEN[n % 9],
                VOORNAMEN[n * 7 % 10],
                geboren(n),
                "MVO?"[n % 4],
                f"80{n % 5:02}",
                f"06{n:08}",
            ),
        ),
        "relaties": (
            "bron_id;jongere_id;soort;achternaam;voornamen;gezag;telefoon;email",
            rijen * 15 // 100,
            lambda n: (
                f"r{n}",
                f"j{n % j}",
                "OUDER",
                NAMEN[n % 9],
                VOORNAMEN[n % 10],
                "J",
                f"06{n:08}",
                f"ouder{n}@voorbeeld.nl",
            ),
        ),
        "adressen": (
            "bron_id;jongere_id;straat;huisnummer;postcode;woonplaats;gemeentecode;van",
            rijen * 20 // 100,
            lambda n: (
                f"a{n}",
                f"j{n % j}",
                "Meetstraat",
                n % 200 + 1,
                f"{1000 + n % 8999}AB",
                "Meetdorp",
                f"80{n % 5:02}",
                dag(n, date(2010, 1, 1), 4000),
            ),
        ),
        "inschrijvingen": (
            "bron_id;jongere_id;school_id;onderwijssoort;leerjaar;begindatum;einddatum",
            rijen * 15 // 100,
            lambda n: (
                f"i{n}",
                f"j{n % j}",
                f"s{n % 300}",
                ("HAVO", "VWO", "VMBO_B")[n % 3],
                n % 6 + 1,
                dag(n, date(2019, 8, 1), 1400),
                "",
            ),
        ),
        "werkprocessen": (
            "bron_id;jongere_id;soort;gestart_op;status;gesloten_op;resultaat",
            w,
            lambda n: (
                f"w{n}",
                f"j{n * 3 % j}",
                "RELATIEF",
                schooldag(n),
                "GESLOTEN",
                "2025-12-20",
                "naar_school",
            ),
        ),
        "verzuimmeldingen": (
            "bron_id;jongere_id;soort;school_id;melddatum;begindatum;uren;reden;status;werkproces_id",
            m,
            lambda n: (
                f"m{n}",
                f"j{n * 3 % j}",
                ("V3", "O", "LRV")[n % 3],
                f"s{n % 300}",
                schooldag(n),
                schooldag(n),
                n % 40,
                "MOTIVATIE",
                "G",
                f"w{n % w}" if n % 2 else "",
            ),
        ),
        "verzuimdagen": (
            "melding_id;datum;hele_dag;klokuren",
            rijen * 10 // 100,
            lambda n: (f"m{n % m}", dag(n // m, date(2024, 1, 8), 300), "J", "5.5"),
        ),
        "contactmomenten": (
            "bron_id;jongere_id;datum;kanaal;met;richting;verslag",
            rijen - 300 - sum(rijen * deel // 100 for deel in (15, 15, 20, 15, 5, 10, 10)),
            lambda n: (
                f"c{n}",
                f"j{n * 3 % j}",
                f"{schooldag(n)}T10:15:00+02:00",
                "TELEFOON",
                "OUDER",
                "UIT",
                TEKST * (n % 3 + 1),
            ),
        ),
    }


def write_package(pad: Path, rijen: int, *, eerste: int) -> None:
    """Row by row, so that a package of any size can be made."""
    rows = []
    for naam, (kop, aantal, rij) in files(rijen, eerste).items():
        with (pad / f"{naam}.csv").open("w", encoding="utf-8", newline="") as stream:
            stream.write(kop + "\n")
            writer = csv.writer(stream, delimiter=";", lineterminator="\n")
            writer.writerows(rij(n) for n in range(aantal))
        rows.append({"naam": f"{naam}.csv", "rijen": aantal})
    manifest = {
        "pakketversie": 1,
        "bronsysteem": f"meting-{rijen}",
        "gemeentecodes": ["8001"],
        "peilmoment": VANDAAG.isoformat(),
        "bestanden": rows,
    }
    (pad / "manifest.json").write_text(json.dumps(manifest))


def read_package(pad: Path) -> dict[str, float]:
    """In this process, by the call the command makes."""
    run = new_run(bestandsnaam=pad.name, gebruiker=None, proef=False, wpg_akkoord="")
    begin = time.perf_counter()
    rapport = perform_run(run, pad, Opties(vandaag=VANDAAG))
    seconds = time.perf_counter() - begin
    totaal = rapport.telraam.totaal
    if totaal.quarantaine or totaal.geladen != totaal.gelezen:
        raise SystemExit(f"Niet alles is geladen: {totaal}, {next(rapport.refused(), None)}")
    rapport.telraam.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rijen": totaal.gelezen, "seconden": seconds, "mib": peak}


def in_own_process(pad: Path) -> dict[str, float]:
    """Peak memory is that of a process, so every reading has one."""
    command = [sys.executable, __file__, "--lees", str(pad)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def plain_copy(pad: Path) -> float:
    """The floor: the same files into tables without types, keys or log."""
    begin = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for file in sorted(pad.glob("*.csv")):
            kop = file.open(encoding="utf-8").readline().strip().split(";")
            columns = ", ".join(f"{naam} text" for naam in kop)
            cursor.execute(f"CREATE TEMP TABLE kaal_{file.stem} ({columns}) ON COMMIT DROP")
            sql = f"COPY kaal_{file.stem} FROM STDIN (FORMAT csv, HEADER, DELIMITER ';')"
            with file.open("rb") as stream, cursor.copy(sql) as copy:
                while block := stream.read(1 << 20):
                    copy.write(block)
    return time.perf_counter() - begin


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=RIJEN)
    parser.add_argument("--lees", type=Path, metavar="PAD", help="only read this package")
    options = parser.parse_args()
    if options.lees:
        print(json.dumps(read_package(options.lees)))
        return 0
    with tempfile.TemporaryDirectory(prefix="meting-") as folder:
        klein, groot = Path(folder) / "klein", Path(folder) / "groot"
        for pad, rijen, eerste in ((klein, KLEIN, 0), (groot, options.rows, 1_000_000)):
            pad.mkdir()
            write_package(pad, rijen, eerste=eerste)
        eerst, dan = in_own_process(klein), in_own_process(groot)
        kaal = plain_copy(groot)
    for meting in (eerst, dan):
        tempo = meting["rijen"] / meting["seconden"]
        print(
            f"{meting['rijen']:>9,.0f} rijen in {meting['seconden']:6.1f} s:"
            f" {tempo:6,.0f} per seconde, hoogste geheugen {meting['mib']:.0f} MiB"
        )
    print(
        f"kale COPY {kaal:.1f} s ({dan['rijen'] / kaal:,.0f} per seconde):"
        f" inlezen duurt {dan['seconden'] / kaal:.1f} keer zo lang"
    )
    traag = dan["rijen"] / dan["seconden"] < GRENS
    groeit = dan["mib"] > eerst["mib"] * GROEI
    print(f"grens {GRENS:,} per seconde: {'niet ' if traag else ''}gehaald;", end=" ")
    print(f"geheugen {'groeit' if groeit else 'blijft gelijk'}")
    return 1 if traag or groeit else 0


if __name__ == "__main__":
    raise SystemExit(main())
