"""The terms of police data, each on its very day."""

from datetime import date, timedelta

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.politietermijnen import remove_due, to_destroy
from casework.kalender import add_months
from casework.models import Document, Onderzoek
from casework.tasks import remove_police_data
from tests.factories import (
    ActieFactory,
    ContactmomentFactory,
    GemeenteFactory,
    JongereFactory,
    ProcesVerbaalFactory,
    make_gebruiker,
)
from tests.politie import give_reason, with_reason

pytestmark = pytest.mark.django_db
DAG = date(2026, 9, 10)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def jongere():
    return JongereFactory(gemeente=GemeenteFactory())


def wpg(jongere, eerste, **fields):
    return ActieFactory(jongere=jongere, regime="WPG", eerste_verwerking=eerste, **fields)


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), -60, date(2023, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_one(day, months, result):
    assert add_months(day, months) == result


@pytest.mark.eis("P06")
def test_after_five_years_it_is_out_of_use(jongere):
    due = wpg(jongere, date(2021, 9, 10))
    pv = ProcesVerbaalFactory(jongere=jongere, eerste_verwerking=date(2016, 9, 11))
    later = wpg(jongere, date(2021, 9, 11))
    gewoon = ActieFactory(jongere=jongere)

    assert remove_due(DAG) == 2
    assert remove_due(DAG) == 0  # a second run finds nothing

    for row in (due, pv, later, gewoon):
        row.refresh_from_db()
    assert [r.verwijderd_op for r in (due, pv, later, gewoon)] == [DAG, DAG, None, None]
    events = Gebeurtenis.objects.filter(actie="politiegegevens.verwijderd")
    assert sorted(events.values_list("object_id", flat=True)) == sorted([due.pk, pv.pk])


@pytest.mark.eis("P06")
def test_out_of_use_only_complaints_and_audit_read_it_with_a_reason(client, jongere):
    old = ContactmomentFactory(
        jongere=jongere, regime="WPG", eerste_verwerking=date(2015, 1, 1), verslag="Oud verhoor"
    )
    remove_police_data()
    gemeente = jongere.gemeente
    boa = make_gebruiker(
        (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE),
        (Taak.OPSPORING, Rol.LEIDINGGEVENDE),
        gemeente=gemeente,
    )
    audit = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)
    lezer = make_gebruiker((Taak.PRIVACY, Rol.LEZER), gemeente=gemeente)
    elders = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=GemeenteFactory())
    person = {"achternaam": jongere.achternaam, "geboren": f"{jongere.geboortedatum:%d-%m-%Y}"}
    url = "/politiegegevens/verwijderd/"

    def ask(user, **more):
        client.force_login(user, BACKEND)
        return client.post(url, person | more)

    assert type(old).objects.visible_to(with_reason(boa, jongere, gericht=True)).count() == 0
    assert ask(boa, code="KLACHT").status_code == 403
    assert ask(lezer, code="KLACHT").status_code == 403
    assert "Oud verhoor" not in ask(elders, code="KLACHT").content.decode()
    assert "Oud verhoor" not in ask(audit).content.decode()
    assert not Gebeurtenis.objects.filter(actie="politiegegevens.geraadpleegd").exists()
    assert "Oud verhoor" in ask(audit, code="KLACHT").content.decode()
    event = Gebeurtenis.objects.get(actie="politiegegevens.geraadpleegd")
    assert (event.object_id, event.gegevens["reden_code"]) == (old.pk, "KLACHT")
    client.force_login(boa, BACKEND)
    assert give_reason(client, jongere, gericht=True).status_code == 200  # finds nobody


def destroyed(day):
    return {row for rows in to_destroy(day) for row in rows}


@pytest.mark.eis("P07")
def test_after_ten_years_it_is_on_the_list_to_destroy(jongere):
    due = wpg(jongere, date(2016, 9, 10))
    later = wpg(jongere, date(2016, 9, 11))
    ActieFactory(jongere=jongere)

    assert destroyed(DAG) == {due}
    assert destroyed(DAG + timedelta(days=1)) == {due, later}


@pytest.mark.eis("P08")
def test_a_closed_onderzoek_six_months_and_then_five_years(jongere):
    onderzoek = Onderzoek.objects.create(
        gemeente=jongere.gemeente, naam="O", doel="Doel", geopend_op=date(2020, 1, 1)
    )
    old = {"regime": "WPG", "eerste_verwerking": date(2010, 1, 1), "onderzoek": onderzoek}
    document = Document.objects.create(
        jongere=jongere, bestand="x", bestandsnaam="x", bytes=1, sha256="0" * 64, **old
    )

    assert remove_due(DAG) == 0 and destroyed(DAG) == set()  # while it runs, no term runs
    onderzoek.gesloten_op = date(2026, 3, 10)
    onderzoek.save()
    assert remove_due(date(2026, 9, 9)) == 0
    assert remove_due(date(2026, 9, 10)) == 1
    document.refresh_from_db()
    assert document.verwijderd_op == date(2026, 9, 10)
    assert destroyed(date(2031, 9, 9)) == set()
    assert destroyed(date(2031, 9, 10)) == {document}
