"""Events per second that the log takes, with the hash chain and without it, in one run.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/logboek.py
    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/logboek.py --seconds 20

Four processes write events, one or ten in a transaction, while one more gives them their place in
the chain; the clock stops when the last event has its place. Without the chain the trigger that
queues an event is off. Ends with 1 when one event per transaction stays below 2,000 a second.

Needs a database of its own, as superuser, with the migrations done: the events stay in it.
"""

import argparse
import multiprocessing
import os
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

import psycopg
from django.db import connection

from accounts.domain.logboek_keten import chain_waiting, check

SCHRIJVERS = 4
GRENS = 2000  # events per second
INSERT = """
INSERT INTO accounts_gebeurtenis (tijd, rol, actie, object_type, object_id, jongere_id,
       gemeente_id, taak, reden, gegevens, trace_id, resultaat, oorsprong)
VALUES (now(), 'behandelaar', 'dossier.gelezen', 'casework.jongere', %(n)s, %(n)s, 1,
       'leerplicht', '', '{"onderdeel": "dossier"}', '4bf92f3577b34da6a3ce929d0e0e4736',
       'gelukt', '10.0.0.0/24') RETURNING id
"""


def connect() -> psycopg.Connection:
    db = connection.settings_dict
    return psycopg.connect(
        host=db["HOST"],
        port=db["PORT"] or None,
        user=db["USER"],
        password=db["PASSWORD"],
        dbname=db["NAME"],
        prepare_threshold=1,
    )


def write(seconds: float, per_transaction: int, start, counted) -> None:
    with connect() as db:
        start.wait()
        end, done = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            for _ in range(per_transaction):
                db.execute(INSERT, {"n": done})
            db.commit()
            done += per_transaction
    counted.put(done)


def chain(start, stop) -> None:
    """As the scheduled task does, only without its minute of rest."""
    start.wait()
    while not stop.is_set():
        chain_waiting()
        stop.wait(0.2)
    chain_waiting()


def measure(seconds: float, per_transaction: int, *, chained: bool) -> float:
    """Events per second; with the chain the time to catch up counts."""
    trigger("ENABLE" if chained else "DISABLE")
    connection.close()
    context = multiprocessing.get_context("fork")
    start, stop, counted = context.Barrier(SCHRIJVERS + chained), context.Event(), context.Queue()
    writers = [
        context.Process(target=write, args=(seconds, per_transaction, start, counted))
        for _ in range(SCHRIJVERS)
    ]
    chainer = context.Process(target=chain, args=(start, stop))
    begin = time.monotonic()
    for process in [*writers, *([chainer] if chained else [])]:
        process.start()
    total = sum(counted.get() for _ in writers)
    for process in writers:
        process.join()
    if chained:
        stop.set()
        chainer.join()
    rate = total / (time.monotonic() - begin)
    trigger("ENABLE")
    return rate


def trigger(how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE accounts_gebeurtenis {how} TRIGGER gebeurtenis_wacht")


def forget_unchained() -> None:
    """The events without a place, written on purpose, would be reported by every later check."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_ketenwacht SELECT e.id FROM accounts_gebeurtenis e WHERE NOT"
            " EXISTS (SELECT FROM accounts_ketenregel k WHERE k.gebeurtenis_id = e.id)"
            " ON CONFLICT DO NOTHING"
        )
    chain_waiting()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10)
    seconds = parser.parse_args().seconds
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        print("fsync {}, synchronous_commit {}".format(*cursor.fetchone()))
    rates = {}
    for size in (1, 10):
        for chained in (False, True):
            rates[size, chained] = measure(seconds, size, chained=chained)
            name = "met keten" if chained else "zonder keten"
            print(f"{size:>2} per transactie, {name:<12}: {rates[size, chained]:>7,.0f} events/s")
    forget_unchained()
    begin = time.monotonic()
    outcome = check()
    print(f"controle van {outcome.regels:,} regels: {time.monotonic() - begin:.1f} s")
    print(outcome.uitleg)
    return 0 if outcome.goed and rates[1, True] >= GRENS else 1


if __name__ == "__main__":
    raise SystemExit(main())
