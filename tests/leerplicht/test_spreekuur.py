"""The spreekuur: schools to visit, the sheet, and what it leaves."""

from datetime import timedelta

import pytest

from casework.models import Contactmoment
from casework.schooljaar import Schooljaar, today
from reporting.indicatoren import collect
from tests.factories import (
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    make_ambtenaar,
    make_gebruiker,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def school():
    return SchoolFactory(naam="Zeecollege")


@pytest.fixture
def scherm(client, gemeente):
    client.force_login(make_ambtenaar(gemeente), backend=BACKEND)
    return client


def pupil(gemeente, school, meldingen=1, **fields):
    jongere = JongereFactory(gemeente=gemeente, **fields)
    InschrijvingFactory(jongere=jongere, school=school)
    for _ in range(meldingen):
        VerzuimmeldingFactory(jongere=jongere, school=school, melddatum=today())
    return jongere


def address(school):
    return f"/spreekuur/{school.uuid}/"


def sheet_of(*jongeren, **row):
    data = {"datum": f"{today():%d-%m-%Y}", "leerling": [str(j.uuid) for j in jongeren]}
    return data | {f"{jongeren[0].uuid}-{name}": value for name, value in row.items()}


@pytest.mark.parametrize("aantal", [1, 3])
def test_schools_by_their_reports(scherm, gemeente, school, aantal, django_assert_num_queries):
    for _ in range(aantal):
        pupil(gemeente, SchoolFactory())
    pupil(gemeente, school, meldingen=4)
    pupil(GemeenteFactory(), SchoolFactory())
    scherm.get("/spreekuur/")

    with django_assert_num_queries(13):
        answer = scherm.get("/spreekuur/")

    rijen = answer.context["rijen"]
    assert len(rijen) == aantal + 1
    assert (rijen[0][0], rijen[0][0].meldingen) == (school, 4)


@pytest.mark.parametrize("aantal", [1, 3])
def test_sheet_has_pupils_with_most_reports(
    scherm, gemeente, school, aantal, django_assert_num_queries
):
    druk = pupil(gemeente, school, meldingen=2)
    for _ in range(aantal):
        pupil(gemeente, school)
    pupil(gemeente, school, meldingen=0)
    pupil(gemeente, SchoolFactory())
    pupil(GemeenteFactory(), school)
    scherm.get(address(school))

    with django_assert_num_queries(12):
        answer = scherm.get(address(school))

    rijen = [jongere for jongere, _ in answer.context["rijen"]]
    assert (rijen[0], len(rijen)) == (druk, aantal + 1)


def test_talks_become_preventive_contacts_that_count(scherm, gemeente, school):
    een, twee = pupil(gemeente, school), pupil(gemeente, school)

    scherm.post(address(school), sheet_of(een, twee, gesproken="on", uitkomst="Elke dag op tijd"))

    contact = Contactmoment.objects.get()
    assert (contact.jongere, contact.kanaal, contact.preventief) == (een, "SPREEKUUR", True)
    assert contact.uitkomst == "Elke dag op tijd"
    (cijfer,) = [
        c
        for c in collect([gemeente.code], [Schooljaar.of(today())], ["lp_bas_gesprekken"])
        if c.gebied == gemeente.code
    ]
    assert cijfer.waarde == 1


def test_a_pupil_is_added_and_what_was_typed_stays(scherm, gemeente, school):
    een = pupil(gemeente, school)
    ander = pupil(gemeente, school, meldingen=0, achternaam="Zeldzaam")
    data = sheet_of(een, uitkomst="Bellen") | {"erbij": "1", "naam": "zeldz"}

    answer = scherm.post(address(school), data)

    assert [j for j, _ in answer.context["rijen"]] == [een, ander]
    assert 'value="Bellen"' in answer.content.decode()
    assert not Contactmoment.objects.exists()


@pytest.mark.parametrize(
    ("dagen", "row", "zin"),
    [
        (1, {"gesproken": "on"}, "De datum ligt in de toekomst."),
        (0, {}, "Vink aan wie u hebt gesproken."),
        (0, {"uitkomst": "x" * 201}, "200"),
    ],
)
def test_wrong_input_keeps_everything(scherm, gemeente, school, dagen, row, zin):
    een = pupil(gemeente, school)
    datum = today() + timedelta(days=dagen)

    answer = scherm.post(address(school), sheet_of(een, **row) | {"datum": f"{datum:%d-%m-%Y}"})

    assert zin in answer.content.decode()
    assert not Contactmoment.objects.exists()


def test_who_is_not_on_this_school_or_in_sight_cannot_be_written_about(scherm, gemeente, school):
    elders = pupil(gemeente, SchoolFactory())
    vreemd = pupil(GemeenteFactory(), school)

    for jongere in (elders, vreemd):
        scherm.post(address(school), sheet_of(jongere, gesproken="on"))
    scherm.post(address(school), {"leerling": ["x"], "datum": "1-9-2025"})

    assert not Contactmoment.objects.exists()


def test_a_reader_may_not_open_the_sheet(client, gemeente, school):
    client.force_login(make_gebruiker(("leerplicht", "lezer"), gemeente=gemeente), backend=BACKEND)

    assert client.get("/spreekuur/").status_code == 200
    assert client.get(address(school)).status_code == 403
