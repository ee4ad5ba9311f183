"""The second wall: which role and person PostgreSQL works for in a piece of work.

Row level security (config/muur) repeats the rule of `visible_to` inside the database. It asks
which role runs and for whom; without either of the two there are no rows. ADR 0012.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from accounts.models import Gebruiker

WEB = "leerrecht_web"  # pages and API: rows of the person
DOEL = "leerrecht_doel"  # pages whose work is not a taak: rows that work is about
WERK = "leerrecht_werk"  # tasks and commands: rows of everybody, when they say so
CIJFERS = "leerrecht_cijfers"  # counting: every row, no column that names a person
ROLLEN = (WEB, DOEL, WERK, CIJFERS)

# In one question: what stood, and what stands from here on.
_ZET = """
SELECT current_setting('role'), current_setting('leerrecht.gebruiker', true),
       current_setting('leerrecht.doel', true), set_config('role', %s, %s),
       set_config('leerrecht.gebruiker', %s, %s), set_config('leerrecht.doel', %s, %s)
"""
Stand = tuple[str, str, str]


def _set(rol: str, gebruiker: str, doel: str, *, local: bool) -> Stand:
    with connection.cursor() as cursor:
        cursor.execute(_ZET, [rol, local, gebruiker, local, doel, local])
        outer_rol, outer_gebruiker, outer_doel, *_ = cursor.fetchone()
    return outer_rol, outer_gebruiker or "", outer_doel or ""


@contextmanager
def _within(rol: str, gebruiker: str, doel: str) -> Iterator[None]:
    """For one transaction: the end of it, or going back to its savepoint, undoes it."""
    with transaction.atomic():
        outer = _set(rol, gebruiker, doel, local=True)
        yield
        if connection.savepoint_ids:
            _set(*outer, local=True)


@contextmanager
def voor_gebruiker(user: Gebruiker | None) -> Iterator[None]:
    """One request, in one transaction, with the rows of this person (None: nobody's)."""
    with _within(WEB, str(user.pk) if user else "", ""):
        yield


def wordt(user: Gebruiker) -> None:
    """The rest of this transaction is for the person who just logged in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('leerrecht.gebruiker', %s, true)", [str(user.pk)])


@contextmanager
def systeem() -> Iterator[None]:
    """Scheduled work and commands: all rows, over as many transactions as it takes."""
    _refuse_within_page()
    local = connection.in_atomic_block
    outer = _set(WERK, "", "systeem", local=local)
    try:
        yield
    finally:
        # A lost connection took the setting along, and so does going back to a savepoint.
        if not _failed() if local else connection.is_usable():
            _set(*outer, local=local)


class PaginaWordtSysteem(RuntimeError):
    """A page never gets the rows of everybody; its own login cannot, so nor may the code."""


def _refuse_within_page() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        if cursor.fetchone()[0] in {WEB, DOEL, CIJFERS}:
            raise PaginaWordtSysteem("Geef dit werk een eigen doel (config/muur.sql).")


def met_doel(doel: str) -> bool:
    """The rest of this request is work of its own kind (muur_bij_doel in config/muur.sql).

    False outside a page.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('leerrecht.doel', %s, true)"
            " WHERE current_setting('role') = %s",
            [DOEL, doel, WEB],
        )
        return cursor.fetchone() is not None


@contextmanager
def even_met_doel(doel: str) -> Iterator[None]:
    """A piece of a request; what follows is the person's own work again."""
    with _back_to_page(met_doel(doel)):
        yield


@contextmanager
def tellen() -> Iterator[None]:
    """Counting over persons the user may not open: rows without names, and nothing to write.

    Only a page changes its role; work of the system keeps its own.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true) WHERE current_setting('role') = %s",
            [CIJFERS, WEB],
        )
        changed = cursor.fetchone() is not None
    with _back_to_page(changed):
        yield


@contextmanager
def _back_to_page(changed: bool) -> Iterator[None]:
    """After an error of the database, going back to the savepoint does it."""
    try:
        yield
    finally:
        if changed and not _failed():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('role', %s, true), set_config('leerrecht.doel', '', true)",
                    [WEB],
                )


def _failed() -> bool:
    status: TransactionStatus = connection.connection.info.transaction_status
    return status is TransactionStatus.INERROR
