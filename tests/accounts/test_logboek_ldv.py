"""The Logboek Dataverwerkingen: one row for each person in each processing, and no user in it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from accounts import tasks
from accounts.domain.logboek_ldv import as_standard, betrokkene_index, write_verwerkingen
from accounts.domain.logboek_verwerkingen import ACTIVITEITEN, activiteit_of
from accounts.gebeurtenissen import build, record, record_many
from accounts.models import Gebeurtenis, Verwerkingsregel
from accounts.rechten import Rol, Taak
from accounts.versleuteling import decrypt
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
DAG = date(2026, 11, 1)


@pytest.fixture
def user(db):
    return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=GemeenteFactory())


@pytest.fixture
def jongere(user):
    return JongereFactory(gemeente_id=user.bevoegdheden.get().gemeente_id)


def rows():
    tasks.chain_logboek()
    return list(Verwerkingsregel.objects.order_by("nr"))


def test_a_page_leaves_a_row_that_the_audit_log_joins_by_trace(client, user, jongere):
    client.force_login(user)
    client.get(jongere.get_absolute_url(), headers={"traceparent": f"00-{TRACE}-{SPAN}-01"})

    [row] = rows()

    event = Gebeurtenis.objects.get(trace_id=row.trace_id, actie="dossier.gelezen")
    assert event.gebruiker == user
    found = as_standard(row)
    attributes = found.pop("attributes")
    assert found == {
        "trace_id": TRACE,
        "span_id": row.span_id,
        "status": "Ok",
        "name": "dossier.gelezen",
        "start_time": int(event.tijd.timestamp() * 1000),
        "end_time": int(event.tijd.timestamp() * 1000),
    }
    assert len(row.span_id) == 16
    assert attributes["dpl.core.processing_activity_id"].endswith("/verwerkingen/leerplicht/1")
    assert attributes["dpl.core.data_subject_id_type"] == "leerrecht.jongere"
    assert attributes["dpl.core.foreign_operation.span_id"] == SPAN
    assert decrypt(bytes(row.data_subject_id)) == str(jongere.pk)


@pytest.mark.eis("P35")
def test_no_user_and_no_readable_person_in_a_row(user, jongere):
    record("dossier.gelezen", jongere, by=user)
    rows()

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(v)::text FROM accounts_verwerkingsregel v")
        text = cursor.fetchone()[0]

    columns = {field.name for field in Verwerkingsregel._meta.fields}
    assert not {name for name in columns if "gebruiker" in name or "user" in name}
    assert jongere.achternaam not in text
    assert user.naam not in text


def test_one_row_for_each_person_and_each_processing_also_in_bulk(user):
    jongeren = [JongereFactory() for _ in range(3)]
    record_many([build("traject.nacht", j, by=None, taak="doorstroompunt") for j in jongeren])
    record("gebruiker.ingelogd", user, by=user)  # nobody's data
    for taak in (Taak.LEERPLICHT, Taak.OPSPORING):
        record("dossier.gelezen", jongeren[0], by=user, taak=taak)

    written = rows()

    assert len(written) == 5
    own = [r for r in written if bytes(r.betrokkene_index) == betrokkene_index(jongeren[0].pk)]
    assert [r.processing_activity_id.split("/")[-2] for r in own] == [
        "doorstroompunt",
        "leerplicht",
        "opsporing",
    ]


def test_nothing_is_written_twice_and_refusals_are_errors(user, jongere):
    record("dossier.gelezen", jongere, by=user, geweigerd=True)

    assert [row.status for row in rows()] == ["Error"]
    assert write_verwerkingen() == 0


@pytest.mark.parametrize("taak", [*Taak, ""])
def test_every_taak_has_an_activity(taak):
    assert activiteit_of("dossier.gelezen", taak, DAG).naam


def test_police_work_is_confidential_and_packages_have_their_own_activity():
    assert activiteit_of("pv.opgemaakt", Taak.OPSPORING, DAG).vertrouwelijk
    assert activiteit_of("pakket.ingelezen", "", DAG).code == "uitwisseling"


@pytest.mark.eis("P38")
def test_a_new_version_holds_from_its_day_and_older_rows_keep_theirs():
    first = ACTIVITEITEN[0]
    register = [first, replace(first, versie=2, van=date(2027, 1, 1), naam="Anders")]

    before = activiteit_of("x.y", Taak.LEERPLICHT, date(2026, 12, 31), register=register)
    after = activiteit_of("x.y", Taak.LEERPLICHT, date(2027, 1, 1), register=register)

    assert (before.versie, after.versie) == (1, 2)
    assert before.uri != after.uri


def test_codes_and_versions_are_unique():
    keys = [(a.code, a.versie) for a in ACTIVITEITEN]

    assert len(keys) == len(set(keys))
