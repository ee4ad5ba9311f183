"""The Logboek Dataverwerkingen: one row for each person in each processing, and no user in it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection

from accounts import tasks
from accounts.domain import logboek_ldv
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


@pytest.mark.eis("P36", "P37")
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


@pytest.mark.eis("P36")
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


@pytest.mark.eis("P36")
def test_a_page_of_a_list_leaves_a_row_for_each_person_on_it(client, user, jongere):
    other = JongereFactory(gemeente=jongere.gemeente)
    JongereFactory()  # elsewhere, so not on the page
    client.force_login(user)
    client.get("/jongeren/")

    written = rows()

    assert {row.name for row in written} == {"lijst.gelezen"}
    assert {bytes(row.betrokkene_index) for row in written} == {
        betrokkene_index(jongere.pk),
        betrokkene_index(other.pk),
    }
    assert len({row.span_id for row in written}) == len({row.nr for row in written}) + 1 == 2
    assert write_verwerkingen() == 0


@pytest.mark.eis("P36")
def test_nothing_is_written_twice_and_refusals_are_errors(user, jongere):
    record("dossier.gelezen", jongere, by=user, geweigerd=True)

    assert [row.status for row in rows()] == ["Error"]
    assert write_verwerkingen() == 0


@pytest.mark.eis("P36")
def test_more_events_than_fit_in_one_go_are_all_written(user, jongere, monkeypatch):
    monkeypatch.setattr(logboek_ldv, "PER_KEER", 2)
    pages = [build("lijst.gelezen", jongere, by=user, jongeren=[1, 2, 3]) for _ in range(3)]
    for page in pages:
        page.jongere_id = None
    record_many([*pages, build("dossier.gelezen", jongere, by=user)])

    assert len(rows()) == 3 * 3 + 1


@pytest.mark.eis("P36")
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
