"""The API: the same figures as the command, within rights, by the NLGov API Design Rules."""

import pytest
from django.urls import reverse

from accounts.rechten import Rol, Taak
from koppelingen.api import VERSIE
from reporting.catalogus import CATALOGUS
from tests.factories import GemeenteFactory, make_gebruiker

pytestmark = pytest.mark.django_db

VRAAG = {"gemeente": "9901", "schooljaar": "2022-2023", "indicator": "lp_meldingen"}


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="9901", naam="Waterhoven")


@pytest.fixture
def adviseur(client, gemeente):
    user = make_gebruiker((Taak.BELEID, Rol.LEZER), gemeente=gemeente)
    client.force_login(user)
    return user


def get(client, name, params=None):
    return client.get(reverse(f"api:{name}"), params)


def test_catalogue_lists_each_indicator(client, adviseur):
    answer = get(client, "indicatoren").json()

    assert [row["id"] for row in answer] == list(CATALOGUS)
    available = {row["id"]: row["beschikbaar"] for row in answer}
    assert available["lp_meldingen"]
    assert not available["vsv_raming_pct"]


def test_figures_as_the_contract_writes_them(client, adviseur):
    response = get(client, "cijfers", VRAAG)

    answer = response.json()
    assert answer["versie"] == 1
    assert answer["gemeenten"] == ["9901"]
    total = answer["cijfers"][0]
    assert (total["indicator"], total["dim"], total["waarde"]) == ("lp_meldingen", {}, 0)
    assert response["API-Version"] == VERSIE
    assert response["Cache-Control"] == "no-store"


def test_what_cannot_be_counted_yet_is_named_and_never_zero(client, adviseur):
    answer = get(client, "cijfers", VRAAG | {"indicator": "vsv_raming_pct"}).json()

    assert answer["cijfers"] == []
    assert answer["nogNietBeschikbaar"] == ["vsv_raming_pct"]


@pytest.mark.parametrize("code", ["9902", "0000"])
def test_another_gemeente_and_an_unknown_one_sound_the_same(client, adviseur, code):
    GemeenteFactory(code="9902")

    response = get(client, "cijfers", VRAAG | {"gemeente": code})

    assert response.status_code == 403
    assert response.json()["detail"] == f"U hebt geen recht op cijfers van {code}."


def test_without_login_401_and_without_right_403(client, gemeente):
    assert get(client, "cijfers", VRAAG).status_code == 401

    client.force_login(make_gebruiker((Taak.BEHEER, Rol.LEZER), gemeente=gemeente))

    response = get(client, "cijfers", VRAAG)
    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"


def test_all_wrong_parameters_at_once(client, adviseur):
    response = get(client, "cijfers", {"schooljaar": "2022", "indicator": "lp_meldigen"})

    assert response.status_code == 400
    problem = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert {p["name"] for p in problem["invalidParams"]} == {"gemeente", "schooljaar", "indicator"}
    assert all(p["reason"] for p in problem["invalidParams"])


def test_other_addresses_and_methods_give_a_problem_document(client, adviseur):
    unknown = client.get("/api/v1/jongeren/")
    method = client.post(reverse("api:cijfers"), VRAAG)

    assert (unknown.status_code, method.status_code) == (404, 405)
    for response in (unknown, method):
        assert response["Content-Type"] == "application/problem+json"
        assert response["API-Version"] == VERSIE


def test_a_burst_gets_429_with_a_time_to_wait(client, adviseur):
    answers = [get(client, "cijfers", VRAAG | {"schooljaar": "x"}) for _ in range(31)]

    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_openapi_is_public_and_complete(client):
    response = get(client, "openapi")

    document = response.json()
    assert response["Access-Control-Allow-Origin"] == "*"
    assert document["info"]["version"] == VERSIE
    assert set(document["info"]["contact"]) == {"name", "url", "email"}
    assert set(document["paths"]) == {"/api/v1/cijfers", "/api/v1/indicatoren"}
    for path in document["paths"].values():
        assert {"400", "401", "403"} <= set(path["get"]["responses"])
        assert path["get"]["security"] == [{"sessie": []}]
    assert not any(path.endswith("/") for path in document["paths"])
