"""Progress that others see while the work itself is not committed, and one worker per piece."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from django.db import DatabaseError, connection, models

from koppelingen.pakket.fouten import NogBezig

# First half of the keys of pg_advisory_lock; the second half is the number of the row.
SLOT: Final = 740_531


@contextmanager
def outside_transaction(row: models.Model) -> Iterator[Callable[[str, int], None]]:
    """Writes `stap` and `voortgang` of the row over a connection of its own."""
    other = connection.copy()
    other.settings_dict = other.settings_dict | {"ATOMIC_REQUESTS": False}
    last: tuple[str, int] = ("", -1)
    sql = f"UPDATE {row._meta.db_table} SET stap = %s, voortgang = %s WHERE id = %s"  # noqa: S608  # our own table

    def write(stap: str, percentage: int) -> None:
        nonlocal last
        if (stap, percentage) == last:
            return
        last = (stap, percentage)
        try:
            with other.cursor() as cursor:
                cursor.execute(sql, [stap[:100], percentage, row.pk])
        except DatabaseError:
            return  # progress is a courtesy; the work goes on without it

    try:
        yield write
    finally:
        other.close()


@contextmanager
def only_worker(row: models.Model) -> Iterator[None]:
    """Nobody else works on this row until the end of the block or the process.

    Raises NogBezig: a message may come again while the first delivery is still at work, or while
    the database has not yet seen that the process of that delivery is gone.
    """
    key = [SLOT, hash_of(row)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", key)
        if not cursor.fetchone()[0]:
            raise NogBezig
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", key)


def hash_of(row: models.Model) -> int:
    """A number for the kind of row and its key, within 31 bits."""
    return (int(row.pk) * 2 + (row._meta.model_name == "uitvoer")) % (2**31)
