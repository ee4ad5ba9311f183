"""The hash chain of the log: whoever changes, removes or cuts is found."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts import tasks
from accounts.domain import logboek_keten as keten
from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis, Ketenregel, Ketenwacht, Logboekcontrole
from tests.factories import make_gebruiker

pytestmark = pytest.mark.django_db
TABELLEN = ("accounts_gebeurtenis", "accounts_ketenregel")


@pytest.fixture
def rows():
    """Five events with a place in the chain."""
    user = make_gebruiker()
    with transaction.atomic():
        events = [record("proef.gedaan", user, by=user, rijnummer=n) for n in range(5)]
    keten.chain_waiting()
    return events


def sql(text, *values):
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def as_superuser(text, *values):
    """What somebody can do who may switch the triggers off."""
    sql("SET LOCAL session_replication_role = replica")
    sql(text, *values)
    sql("SET LOCAL session_replication_role = origin")


def run(*args):
    out = StringIO()
    try:
        call_command("controleer_logboek", *args, stdout=out)
    except SystemExit as end:
        return end.code, out.getvalue()
    return 0, out.getvalue()


@pytest.mark.eis("P34", "D2")
def test_whole_chain_is_accepted(rows):
    code, text = run("--json")

    assert code == 0
    assert json.loads(text) == {
        "goed": True,
        "regels": 5,
        "wachtend": 0,
        "ankers": 0,
        "gebeurtenis": None,
        "uitleg": "Alle regels kloppen.",
    }
    assert list(Ketenregel.objects.order_by("nr").values_list("nr", "gebeurtenis_id")) == [
        (n + 1, event.pk) for n, event in enumerate(rows)
    ]


@pytest.mark.eis("P34", "D2")
@pytest.mark.parametrize(
    "wijziging",
    [
        "gegevens = '{}'",
        "actie = 'anders'",
        "tijd = tijd + interval '1 microsecond'",
        "gebruiker_id = null",
        "reden = 'om te verbergen'",
        "jongere_id = 7",
        "resultaat = 'geweigerd'",
        "oorsprong = '10.0.0.0/24'",
        "trace_id = 'x'",
    ],
)
def test_change_in_the_middle_names_the_row(rows, wijziging):
    as_superuser(f"UPDATE accounts_gebeurtenis SET {wijziging} WHERE id = %s", rows[2].pk)

    code, text = run()

    assert code == 1
    assert text.startswith(f"Gebeurtenis {rows[2].pk}: deze gebeurtenis of haar plaats")


@pytest.mark.eis("P34", "D2")
def test_deletion_in_the_middle_names_the_row(rows):
    as_superuser("DELETE FROM accounts_gebeurtenis WHERE id = %s", rows[2].pk)

    code, text = run()

    assert (code, text.splitlines()[0]) == (
        1,
        f"Gebeurtenis {rows[2].pk}: deze gebeurtenis is gewist.",
    )


@pytest.mark.eis("P34", "D2")
def test_deletion_with_its_place_names_the_next_row(rows):
    for tabel, kolom in (("accounts_gebeurtenis", "id"), ("accounts_ketenregel", "gebeurtenis_id")):
        as_superuser(f"DELETE FROM {tabel} WHERE {kolom} = %s", rows[2].pk)

    code, text = run("--json")

    assert (code, json.loads(text)["gebeurtenis"]) == (1, rows[3].pk)


@pytest.mark.eis("P34", "D2")
def test_cutting_the_tail_is_found_by_the_anchor_alone(rows):
    assert keten.check_and_anchor().goed
    for tabel, kolom in (("accounts_gebeurtenis", "id"), ("accounts_ketenregel", "gebeurtenis_id")):
        as_superuser(f"DELETE FROM {tabel} WHERE {kolom} >= %s", rows[3].pk)

    code, text = run()

    assert keten._first_break() is None  # the chain itself shows nothing
    assert code == 1
    assert "noemt plaats 5, maar die ontbreekt" in text


@pytest.mark.eis("P34", "D2")
def test_new_events_over_a_cut_tail_do_not_hide_it(rows):
    keten.check_and_anchor()
    for tabel, kolom in (("accounts_gebeurtenis", "id"), ("accounts_ketenregel", "gebeurtenis_id")):
        as_superuser(f"DELETE FROM {tabel} WHERE {kolom} >= %s", rows[3].pk)
    user = make_gebruiker()
    for _ in range(4):
        record("proef.gedaan", user, by=user)
    keten.chain_waiting()

    code, text = run()

    assert code == 1
    assert "noemt op plaats 5 een andere regel" in text


@pytest.mark.eis("D2")
def test_event_written_past_the_trigger_is_outside_the_chain(rows):
    as_superuser(
        "INSERT INTO accounts_gebeurtenis"
        " (tijd, rol, actie, object_type, taak, reden, gegevens, trace_id)"
        " VALUES (now(), '', 'vals', 'x', '', '', '{}', '')"
    )

    assert "staat buiten de keten" in run()[1]


@pytest.mark.eis("D2")
def test_waiting_event_cannot_be_removed_unseen(rows):
    last = record("proef.gedaan", make_gebruiker(), by=None)
    as_superuser("DELETE FROM accounts_gebeurtenis WHERE id = %s", last.pk)

    keten.chain_waiting()

    assert "gewist voordat zij haar plaats" in run()[1]


@pytest.mark.eis("D2")
@pytest.mark.parametrize("tabel", TABELLEN)
@pytest.mark.parametrize(
    "opdracht", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
@pytest.mark.parametrize("wachtend", [False, True])
def test_owner_and_superuser_are_refused_by_the_triggers(rows, tabel, opdracht, wachtend):
    """Also for an event that still waits. The tests' own leave to empty tables is taken back."""
    sql("SET CONSTRAINTS ALL IMMEDIATE")  # else the tables may not be altered
    sql("ALTER TABLE accounts_gebeurtenis ENABLE TRIGGER gebeurtenis_niet_leeg")
    sql("ALTER TABLE accounts_ketenregel ENABLE TRIGGER ketenregel_niet_leeg")
    if wachtend:
        record("proef.gedaan", make_gebruiker(), by=None)

    sleutel = "nr" if tabel == "accounts_ketenregel" else "id"
    with pytest.raises(DatabaseError, match="kan niet worden gewijzigd of gewist"):
        sql(opdracht.format(tabel, sleutel, sleutel))


def test_bulk_and_single_events_get_one_place_each_in_batches(monkeypatch):
    monkeypatch.setattr(keten, "PER_KEER", 3)
    user = make_gebruiker()
    Gebeurtenis.objects.bulk_create(
        [Gebeurtenis(actie="proef.veel", object_type="x") for _ in range(7)]
    )
    record("proef.een", user, by=user)

    assert keten.chain_waiting() == 8
    assert not Ketenwacht.objects.exists()
    assert keten.check().goed


def test_hash_does_not_depend_on_the_session(rows):
    sql("SET LOCAL timezone = 'Asia/Tokyo'")
    sql("SET LOCAL datestyle = 'German'")
    sql("SET LOCAL bytea_output = 'escape'")

    assert keten.check().goed


@pytest.mark.eis("D2")
def test_nightly_check_keeps_its_outcome_and_never_anchors_a_broken_log(rows, caplog):
    tasks.check_logboek()
    as_superuser("UPDATE accounts_gebeurtenis SET actie = 'anders' WHERE id = %s", rows[0].pk)
    tasks.check_logboek()

    goed, fout = Logboekcontrole.objects.order_by("pk")
    assert (goed.goed, goed.regels, goed.gebeurtenis_id) == (True, 5, None)
    assert (fout.goed, fout.gebeurtenis_id) == (False, rows[0].pk)
    assert [anker.nr for anker in keten.read_ankers()] == [5]
    assert "Het logboek klopt niet" in caplog.text


def test_task_of_every_minute_gives_places():
    record("proef.een", make_gebruiker(), by=None)

    tasks.chain_logboek()

    assert Ketenregel.objects.count() == 1


def test_empty_log_is_whole_and_has_no_anchor():
    assert keten.check_and_anchor().goed
    assert list(keten.read_ankers()) == []
