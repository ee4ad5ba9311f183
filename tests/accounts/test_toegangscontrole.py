"""Every right is looked at by somebody else in time, or it lapses."""

from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.db import IntegrityError, transaction

from accounts.domain import toegangscontrole
from accounts.domain.beheer import BeheerFout
from accounts.models import Bevoegdheid, Gebeurtenis
from accounts.models_controle import Rechtcontrole
from accounts.rechten import Rol, Taak
from accounts.tasks import end_rights
from tests.factories import GemeenteFactory, make_gebruiker
from tests.test_ingangen import BACKEND, body

pytestmark = pytest.mark.django_db
BEHEER = (Taak.BEHEER, Rol.LEIDINGGEVENDE)
DAG = date(2026, 6, 1)


@pytest.fixture
def gemeente():
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def twee(gemeente):
    return [make_gebruiker(BEHEER, gemeente=gemeente) for _ in range(2)]


def give(gemeente, taak=Taak.LEERPLICHT, **fields):
    user = make_gebruiker((taak, Rol.BEHANDELAAR), gemeente=gemeente, **fields)
    return user.bevoegdheden.get()


def late(by, day):
    rows = toegangscontrole.visible_to(by, day)
    return set(toegangscontrole.due(rows, day).values_list("pk", flat=True))


@pytest.mark.eis("P31", "Z10")
@pytest.mark.parametrize(
    ("taak", "dagen"),
    [(Taak.LEERPLICHT, 365), (Taak.BELEID, 365), (Taak.OPSPORING, 92), (Taak.PRIVACY, 92)],
)
def test_a_right_waits_after_its_term_and_lapses_after_the_grace(gemeente, twee, taak, dagen):
    recht = give(gemeente, taak)
    toegangscontrole.begin(DAG)
    last = DAG + timedelta(days=dagen)
    Rechtcontrole.objects.exclude(bevoegdheid=recht).update(op=last + timedelta(days=40))

    assert recht.pk not in late(twee[0], last)
    assert recht.pk in late(twee[0], last + timedelta(days=1))
    assert toegangscontrole.lapse(last + timedelta(days=30)) == 0
    end = last + timedelta(days=31)
    assert (toegangscontrole.lapse(end), toegangscontrole.lapse(end)) == (1, 0)
    recht.refresh_from_db()
    assert recht.tot == end
    assert Rechtcontrole.objects.filter(bevoegdheid=recht, uitkomst="vervallen", door=None).exists()
    assert Gebeurtenis.objects.filter(actie="bevoegdheid.beeindigd", object_id=recht.pk).exists()


def test_the_first_night_begins_every_term_and_takes_nothing(gemeente, twee):
    recht = give(gemeente, Taak.PRIVACY)  # held since 2020

    assert late(twee[0], DAG) == set()
    assert toegangscontrole.begin(DAG) == 3
    assert toegangscontrole.begin(DAG + timedelta(days=1)) == 0
    assert toegangscontrole.lapse(DAG) == 0
    assert recht.pk in late(twee[0], DAG + timedelta(days=93))


@pytest.mark.eis("P31")
def test_the_last_beheerder_of_a_gemeente_never_lapses(gemeente, twee):
    toegangscontrole.begin(DAG)

    assert toegangscontrole.lapse(DAG + timedelta(days=400)) == 1

    left = Bevoegdheid.objects.valid(DAG + timedelta(days=400)).filter(taak=Taak.BEHEER)
    assert left.count() == 1


@pytest.mark.eis("Z10", "P31")
def test_somebody_else_confirms_or_ends(gemeente, twee):
    een, ander = twee
    eigen = een.bevoegdheden.get()
    een_recht, twee_recht = give(gemeente), give(gemeente)
    toegangscontrole.begin(DAG - timedelta(days=400))
    assert een_recht.pk in late(een, DAG)

    with pytest.raises(BeheerFout, match="andere beheerder"):
        toegangscontrole.judge([een_recht.pk, eigen.pk], "bevestigd", by=een, day=DAG)
    assert een_recht.pk in late(een, DAG)
    assert (
        toegangscontrole.judge(
            [
                een_recht.pk,
            ],
            "bevestigd",
            by=een,
            day=DAG,
        )
        == 1
    )
    assert toegangscontrole.judge([twee_recht.pk], "beeindigd", by=een, day=DAG) == 1
    assert toegangscontrole.judge([eigen.pk], "bevestigd", by=ander, day=DAG) == 1

    assert not {een_recht.pk, twee_recht.pk, eigen.pk} & late(een, DAG)
    twee_recht.refresh_from_db()
    assert twee_recht.tot == DAG
    with pytest.raises(IntegrityError), transaction.atomic():
        Rechtcontrole.objects.filter(bevoegdheid=eigen).update(door=een)


def test_only_in_the_own_gemeente(gemeente, twee):
    elders = give(GemeenteFactory())

    assert elders not in toegangscontrole.visible_to(twee[0], DAG)
    with pytest.raises(BeheerFout, match="geen beheerder"):
        toegangscontrole.judge([elders.pk], "bevestigd", by=twee[0], day=DAG)


@pytest.mark.eis("Z10")
def test_the_file_has_every_right_and_no_formula(client, gemeente, twee):
    give(gemeente, naam="=SOM(A1)", functie="Consulent")
    give(GemeenteFactory(), naam="Iemand Elders")
    client.force_login(twee[0], BACKEND)

    text = body(client.get("/beheer/toegangscontrole/uitvoer/"))

    lines = text.strip().split("\r\n")
    assert len(lines) == 4
    assert "'=SOM(A1);" in text and "Iemand Elders" not in text
    assert "Leerplicht;Oosterhaven;Behandelaar;2020-01-01" in text
    assert Gebeurtenis.objects.filter(actie="bevoegdheid.uitgevoerd").exists()


@pytest.mark.eis("P31")
def test_the_page_is_red_and_confirms_what_is_ticked(client, gemeente, twee):
    recht = give(gemeente, naam="Lea van den Oosterbaan")
    Rechtcontrole.objects.create(
        bevoegdheid=recht, gebruiker=recht.gebruiker, uitkomst="bevestigd", op=date(2020, 1, 1)
    )
    Rechtcontrole.objects.bulk_create(
        Rechtcontrole(bevoegdheid=r, gebruiker=r.gebruiker, uitkomst="bevestigd", op=date.today())
        for r in Bevoegdheid.objects.exclude(pk=recht.pk)
    )
    client.force_login(twee[0], BACKEND)
    for page in ("/beheer/toegangscontrole/", "/beheer/gebruikers/"):
        assert "1 recht wacht op controle" in body(client.get(page))

    data = {"recht": [recht.pk], "actie": "bevestig"}
    answer = body(client.post("/beheer/toegangscontrole/oordeel/", data, follow=True))

    assert "1 recht is bevestigd." in answer and "Alles is gecontroleerd" in answer
    assert "Lea van den" in body(client.get("/beheer/toegangscontrole/?stand=alle"))


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_as_many_queries_for_one_as_for_three(
    client, gemeente, twee, django_assert_max_num_queries, aantal
):
    for _ in range(aantal):
        give(gemeente)
    client.force_login(twee[0], BACKEND)

    with django_assert_max_num_queries(20):
        client.get("/beheer/toegangscontrole/?stand=alle")


@pytest.mark.eis("P29")
def test_who_has_no_right_left_is_logged_out_the_same_night(client, gemeente, twee):
    user = give(gemeente).gebruiker
    nieuw = make_gebruiker()
    for who in (user, nieuw):
        client.force_login(who, BACKEND)
        UserSession.objects.create(
            user=who, session_key=client.session.session_key, ip="10.0.0.1", user_agent=""
        )
    user.bevoegdheden.update(tot=date.today())

    assert end_rights()["uitgelogd"] == 1
    assert end_rights()["uitgelogd"] == 0

    assert UserSession.objects.get().user == nieuw  # is still being set up
