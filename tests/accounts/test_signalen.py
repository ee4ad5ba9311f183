"""Peaks and odd places in the log become signals, once, and somebody says what they were."""

from datetime import datetime, timedelta

import pytest
from django.core import mail

from accounts import tasks
from accounts.domain.signalen import look
from accounts.models import AMSTERDAM, Gebeurtenis, Signaal
from accounts.rechten import Rol, Taak
from tests.accounts.conftest import events
from tests.factories import make_gebruiker

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NU = datetime(2025, 11, 12, 15, 0, tzinfo=AMSTERDAM)  # a Wednesday


@pytest.fixture
def privacy(gemeente):
    return make_gebruiker(
        (Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente, email="pf@voorbeeld.nl"
    )


@pytest.fixture
def lezer(gemeente):
    return make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente, naam="Lea Lezer")


def log(user, moment, actie="dossier.gelezen", n=1, **fields):
    rows = [
        Gebeurtenis(
            gebruiker=user,
            tijd=moment,
            actie=actie,
            object_type="casework.jongere",
            object_id=i + 1,
            jongere_id=i + 1,
            **fields,
        )
        for i in range(n)
    ]
    Gebeurtenis.objects.bulk_create(rows)


def found(**fields):
    return [(s.soort, s.aantal, s.gewoon) for s in Signaal.objects.filter(**fields)]


@pytest.mark.eis("D4")
@pytest.mark.parametrize(("n", "signaal"), [(40, []), (41, [("veel_gelezen", 41, 40)])])
def test_above_the_ceiling_for_everyone(lezer, n, signaal):
    log(lezer, NU - timedelta(hours=2), n=n)

    look(until=NU)

    assert found() == signaal


@pytest.mark.eis("D4")
@pytest.mark.parametrize(("n", "signaal"), [(15, []), (16, [("veel_gelezen", 16, 15)])])
def test_far_above_the_own_busiest_hour(lezer, n, signaal):
    log(lezer, NU - timedelta(days=5), n=5)
    log(lezer, NU - timedelta(days=40), n=30)  # too long ago to count
    log(lezer, NU - timedelta(hours=2), n=n)

    look(until=NU)

    assert found() == signaal


@pytest.mark.eis("D4")
def test_the_same_dossier_often_and_few_dossiers_are_no_peak(lezer):
    for _ in range(60):
        log(lezer, NU - timedelta(hours=2), n=1)
    log(lezer, NU - timedelta(days=5), n=1)
    log(lezer, NU - timedelta(hours=4), n=9)

    assert look(until=NU) == []


@pytest.mark.eis("D4")
def test_many_refusals_of_a_user_and_at_the_door_of_his_account(lezer, privacy):
    refused = {"resultaat": "geweigerd"}
    log(lezer, NU - timedelta(hours=3), "pagina.geweigerd", n=11, **refused)
    for _ in range(11):
        Gebeurtenis.objects.create(
            tijd=NU - timedelta(hours=3),
            actie="gebruiker.geweigerd",
            object_id=privacy.pk,
            object_type="accounts.gebruiker",
            **refused,
        )

    look(until=NU)

    assert sorted(Signaal.objects.values_list("gebruiker", "soort", "aantal")) == sorted(
        [(lezer.pk, "geweigerd", 11), (privacy.pk, "geweigerd", 11)]
    )


@pytest.mark.eis("D4")
@pytest.mark.parametrize(
    ("uur", "signalen"), [(21, 0), (22, 1), (23, 1), (0, 1), (5, 1), (6, 0), (12, 0)]
)
def test_an_export_at_night(lezer, uur, signalen):
    log(lezer, NU.replace(hour=uur) - timedelta(days=uur >= 15), "pakket.opgehaald")

    look(until=NU)

    assert Signaal.objects.filter(soort="nacht").count() == signalen


@pytest.mark.eis("D4")
def test_a_login_from_a_network_not_seen_before(lezer):
    def login(moment, network):
        log(lezer, moment, "gebruiker.ingelogd", oorsprong=network)

    login(NU - timedelta(hours=9), "10.0.0.0/24")  # the first one ever
    first = look(until=NU)
    login(NU - timedelta(hours=8), "10.0.0.0/24")
    login(NU - timedelta(hours=7), "203.0.113.0/24")
    login(NU - timedelta(hours=6), "203.0.113.0/24")

    look(until=NU)

    assert first == []
    assert [(s.soort, s.oorsprong) for s in Signaal.objects.all()] == [
        ("nieuwe_plek", "203.0.113.0/24")
    ]


@pytest.mark.eis("D4")
def test_looking_again_makes_no_second_row_and_no_second_mail(lezer, privacy, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    elders = make_gebruiker((Taak.PRIVACY, Rol.LEZER), email="elders@voorbeeld.nl")
    moment = datetime.now(AMSTERDAM) - timedelta(hours=2)
    log(lezer, moment, n=50)

    tasks.look_for_signals()
    tasks.look_for_signals()

    assert Signaal.objects.filter(soort="veel_gelezen").count() == 1
    assert [m.to for m in mail.outbox] == [[privacy.email]]
    assert elders.email not in str(mail.outbox[0].recipients())
    assert mail.outbox[0].subject == "Leerrecht: Nieuwe signalen in het logboek"
    assert "Lea" not in mail.outbox[0].body


def test_mail_server_that_is_down_loses_no_signal(lezer, privacy, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    log(lezer, datetime.now(AMSTERDAM) - timedelta(hours=2), n=50)

    tasks.look_for_signals()

    assert Signaal.objects.count() == 1


def make_signaal(user, **fields):
    return Signaal.objects.create(
        soort="veel_gelezen", gebruiker=user, begin=NU, aantal=50, gewoon=40, **fields
    )


def test_privacy_officer_judges_and_the_list_shows_what_is_left(client, lezer, privacy):
    signaal = make_signaal(lezer)
    client.force_login(privacy, BACKEND)
    path = f"/beheer/logboek/signalen/{signaal.pk}/"
    before = client.get("/beheer/logboek/signalen/").content.decode()
    nothing = client.post(path, {"uitkomst": "navragen"}).content.decode()

    client.post(path, {"uitkomst": "navragen", "reden": "Gesprek gepland."})

    signaal.refresh_from_db()
    assert "Lea Lezer" in before
    assert "Schrijf op waarom u navraagt of meldt." in nothing
    assert (signaal.uitkomst, signaal.door, bool(signaal.op)) == ("navragen", privacy, True)
    assert "Lea Lezer" not in client.get("/beheer/logboek/signalen/").content.decode()
    assert "Navragen" in client.get("/beheer/logboek/signalen/?stand=alle").content.decode()
    (event,) = events("signaal.beoordeeld")
    assert (event.object_id, event.gegevens["uitkomst"]) == (signaal.pk, "navragen")


@pytest.mark.eis("Z8")
def test_nobody_judges_a_signal_about_himself_or_reads_one_elsewhere(client, lezer, privacy):
    own, elsewhere = make_signaal(privacy), make_signaal(make_gebruiker(("leerplicht", "lezer")))
    client.force_login(privacy, BACKEND)

    client.post(f"/beheer/logboek/signalen/{own.pk}/", {"uitkomst": "in_orde"})

    own.refresh_from_db()
    assert own.uitkomst == ""
    assert client.get(f"/beheer/logboek/signalen/{elsewhere.pk}/").status_code == 404


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_asks_the_same_number_of_questions(
    client, gemeente, privacy, aantal, django_assert_max_num_queries
):
    for _ in range(aantal):
        make_signaal(make_gebruiker(("leerplicht", "lezer"), gemeente=gemeente))
    client.force_login(privacy, BACKEND)

    with django_assert_max_num_queries(14):
        page = client.get("/beheer/logboek/signalen/")

    assert len(page.context["page_obj"].object_list) == aantal
