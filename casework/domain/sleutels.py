"""Changing the key of encrypted fields: every value is written anew with the newest key."""

from collections.abc import Iterator
from typing import Final

from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

from accounts.models import Verwerkingsregel
from accounts.versleuteling import decrypt, encrypt, newest_key_id
from casework.fields import VersleuteldField

PARTIJ = 1000
OLD: Final = sql.SQL(
    "SELECT id, {column} FROM {table} WHERE id > %s AND {column} <> ''::bytea"
    " AND substring({column} FROM 1 FOR 2) <> %s ORDER BY id LIMIT %s FOR UPDATE"
)
ANEW: Final = sql.SQL("UPDATE {table} SET {column} = %s WHERE id = %s")


def encrypted_columns() -> Iterator[tuple[str, str]]:
    """(table, column) of each encrypted field."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, VersleuteldField):
                yield model._meta.db_table, str(field.column)
    yield Verwerkingsregel._meta.db_table, "data_subject_id"  # below this app, so no field of it


def rotate(table: str, column: str) -> int:
    """Number of values written anew. Safe to stop and start again: old and new keys both read.

    Raises KeyError when a value was written with a key that is no longer given.
    """
    names = {"table": sql.Identifier(table), "column": sql.Identifier(column)}
    done, last = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(OLD.format(**names), [last, newest_key_id(), PARTIJ])
            rows = cursor.fetchall()
            if not rows:
                return done
            values = [(encrypt(decrypt(bytes(value))), pk) for pk, value in rows]
            cursor.executemany(ANEW.format(**names), values)
        done, last = done + len(rows), rows[-1][0]
