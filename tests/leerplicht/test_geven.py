"""Who handles a werkproces gives it to a colleague, such as a boa."""

import pytest

from accounts.models import Bevoegdheid, Gebeurtenis
from accounts.rechten import Rol, Taak
from leerplicht.models import Overdracht
from tests.factories import (
    ActieFactory,
    GemeenteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def lea(gemeente):
    return make_ambtenaar(gemeente, naam="Lea")


@pytest.fixture
def boa(gemeente):
    boa = make_ambtenaar(gemeente, naam="Bas")
    Bevoegdheid.objects.create(
        gebruiker=boa, gemeente=gemeente, taak=Taak.OPSPORING, rol=Rol.BEHANDELAAR, van="2020-01-01"
    )
    return boa


def case(gemeente, wie):
    jongere = JongereFactory(gemeente=gemeente)
    return WerkprocesFactory(jongere=jongere, gemeente=gemeente, behandelaar=wie)


def test_own_work_goes_with_its_actions_and_a_note(client, gemeente, lea, boa):
    werkproces = case(gemeente, lea)
    actie = ActieFactory(
        jongere=werkproces.jongere, werkproces=werkproces, gemeente=gemeente, toegewezen_aan=lea
    )
    client.force_login(lea, backend=BACKEND)
    page = f"{werkproces.get_absolute_url()}collega/"

    assert page in client.get(werkproces.get_absolute_url()).text
    assert "Bas, boa" in client.get(page).text
    response = client.post(page, {"naar": boa.pk, "notitie": "Route 4"}, follow=True)

    assert "Bas is nu de behandelaar" in response.text
    werkproces.refresh_from_db()
    actie.refresh_from_db()
    assert (werkproces.behandelaar, actie.toegewezen_aan) == (boa, boa)
    assert Overdracht.objects.get().naar == boa
    assert Gebeurtenis.objects.filter(actie="werkproces.overgedragen").count() == 1
    assert "collega/" not in client.get(werkproces.get_absolute_url()).text
    # The second click finds work that is no longer his.
    assert "waarvan u de behandelaar bent" in client.post(page, {"naar": boa.pk}).text


@pytest.mark.parametrize("wie", ["elders", "lezer", "zelf"])
def test_not_to_who_may_not_do_it_there(client, gemeente, lea, wie):
    collega = {
        "elders": lambda: make_ambtenaar(GemeenteFactory()),
        "lezer": lambda: make_ambtenaar(gemeente),
        "zelf": lambda: lea,
    }[wie]()
    if wie == "lezer":
        Bevoegdheid.objects.filter(gebruiker=collega).update(rol=Rol.LEZER)
    werkproces = case(gemeente, lea)
    client.force_login(lea, backend=BACKEND)

    response = client.post(f"{werkproces.get_absolute_url()}collega/", {"naar": collega.pk})

    assert response.status_code == 200  # the form again, with what is wrong
    werkproces.refresh_from_db()
    assert werkproces.behandelaar == lea


def test_not_the_work_of_somebody_else(client, gemeente, lea, boa):
    werkproces = case(gemeente, boa)
    client.force_login(lea, backend=BACKEND)

    client.post(f"{werkproces.get_absolute_url()}collega/", {"naar": lea.pk})
    client.post(f"{werkproces.get_absolute_url()}collega/", {"naar": boa.pk})

    werkproces.refresh_from_db()
    assert werkproces.behandelaar == boa
