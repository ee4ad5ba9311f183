"""Break-glass: what it opens, what it tells, and who looks at it afterwards."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain import noodtoegang as domein
from casework.errors import DomainError, NotAuthorised
from casework.kalender import add_werkdagen
from casework.models import Betrokkenheid, Noodtoegang
from casework.schooljaar import today
from tests.casework.test_afscherming import break_glass, close
from tests.factories import GemeenteFactory, JongereFactory, make_bsn, make_gebruiker
from tests.test_ingangen import BACKEND, body

pytestmark = pytest.mark.django_db
REDEN = "Er is gevaar vandaag."


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente, bsn=make_bsn(7), achternaam="Proefsteen")


@pytest.fixture
def user(gemeente):
    return make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)


@pytest.fixture
def fg(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


@pytest.fixture
def site(client, user):
    client.force_login(user, BACKEND)
    return client


def ask(site, nummer=None, **data):
    data = {"nummer": nummer or make_bsn(7), "reden": REDEN} | data
    return site.post("/noodtoegang/", data)


@pytest.mark.eis("P28")
def test_it_opens_one_closed_dossier_for_a_few_hours(
    site, jongere, user, fg, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    other = JongereFactory(gemeente=jongere.gemeente)
    for row in (jongere, other):
        close(row)
    assert site.get(f"/jongere/{jongere.uuid}/").status_code == 404

    with django_capture_on_commit_callbacks(execute=True):
        response = ask(site)

    assert response.headers["Location"] == f"/jongere/{jongere.uuid}/"
    assert site.get(f"/jongere/{jongere.uuid}/").status_code == 200
    assert site.get(f"/jongere/{other.uuid}/").status_code == 404
    row = Noodtoegang.objects.get()
    assert row.tot - row.van == timedelta(hours=4)
    assert row.beoordelen_voor == add_werkdagen(today(), 5)
    (bericht,) = mail.outbox
    assert bericht.to == [fg.email]
    for geheim in ("Proefsteen", make_bsn(7), user.naam, REDEN):
        assert geheim not in bericht.subject + bericht.body
    voorbij = timezone.now() - timedelta(seconds=1)
    Noodtoegang.objects.update(van=voorbij - timedelta(hours=4), tot=voorbij)
    assert site.get(f"/jongere/{jongere.uuid}/").status_code == 404


@pytest.mark.eis("P28")
def test_without_a_reason_nothing_opens(site, jongere):
    close(jongere)

    assert "Schrijf op waarom" in body(ask(site, reden=""))
    assert not Noodtoegang.objects.exists()


@pytest.mark.eis("P27", "P28")
def test_nobody_elsewhere_and_own_family_give_one_answer(site, jongere, user):
    JongereFactory(bsn=make_bsn(9), gemeente=GemeenteFactory())
    close(jongere, user)
    Betrokkenheid.objects.create(gebruiker=user, jongere=jongere, soort="eigen", door=user)

    answers = {body(ask(site, make_bsn(n))).replace(make_bsn(n), "") for n in (7, 8, 9)}

    assert len(answers) == 1
    assert "kunt u geen dossier openen" in answers.pop()
    assert not Noodtoegang.objects.exists()
    events = Gebeurtenis.objects.filter(resultaat="geweigerd").values_list("actie", flat=True)
    assert sorted(events) == [
        "betrokkene.geweigerd",
        "noodtoegang.niets_gevonden",
        "noodtoegang.niets_gevonden",
    ]


def test_by_name_only_with_the_birth_date(site, jongere):
    close(jongere)
    geboren = f"{jongere.geboortedatum:%d-%m-%Y}"

    assert "Vul een nummer in" in body(ask(site, nummer=" ", achternaam="Proefsteen"))
    assert ask(site, nummer=" ", achternaam="proefsteen", geboortedatum=geboren).status_code == 302


def test_an_open_dossier_needs_no_break_glass(site, jongere):
    assert ask(site).headers["Location"] == f"/jongere/{jongere.uuid}/"
    assert not Noodtoegang.objects.exists()


@pytest.mark.eis("P28")
def test_it_stays_a_red_task_until_somebody_else_judged_it(client, jongere, user, fg):
    row = break_glass(jongere, user, uren=-1)
    Noodtoegang.objects.update(beoordelen_voor=today() - timedelta(days=1))
    client.force_login(fg, BACKEND)
    assert "te laat" in body(client.get("/noodtoegangen/"))
    page = body(client.get(f"/noodtoegangen/{row.uuid}/"))
    assert "Spoed" in page and "Proefsteen" not in page

    client.post(f"/noodtoegangen/{row.uuid}/", {"oordeel": "terecht", "toelichting": "Nagegaan."})

    row.refresh_from_db()
    assert (row.oordeel, row.beoordeeld_door) == ("terecht", fg)
    assert "Alles is beoordeeld" in body(client.get("/noodtoegangen/"))
    with pytest.raises(DomainError, match="al beoordeeld"):
        domein.review(row, by=fg, oordeel="onterecht", toelichting="x")


def test_nobody_judges_himself_or_elsewhere(jongere, gemeente):
    both = make_gebruiker(
        (Taak.LEERPLICHT, Rol.LEZER), (Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente
    )
    row = break_glass(jongere, both)

    with pytest.raises(DomainError, match="Een ander"):
        domein.review(row, by=both, oordeel="terecht", toelichting="x")
    with pytest.raises(NotAuthorised):
        stranger = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=GemeenteFactory())
        domein.review(row, by=stranger, oordeel="terecht", toelichting="x")


def test_the_officer_sees_who_asked_for_his_own_family(client, jongere, user, fg):
    Betrokkenheid.objects.create(gebruiker=user, jongere=jongere, soort="eigen", door=user)
    client.force_login(user, BACKEND)
    client.get(f"/jongere/{jongere.uuid}/")
    client.force_login(fg, BACKEND)

    page = body(client.get("/noodtoegangen/"))

    assert f"jongere {jongere.pk}" in page and user.naam in page


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_as_many_queries_for_one_as_for_three(
    client, gemeente, user, fg, django_assert_max_num_queries, aantal
):
    for _ in range(aantal):
        break_glass(JongereFactory(gemeente=gemeente), user)
    client.force_login(fg, BACKEND)

    with django_assert_max_num_queries(22):
        client.get("/noodtoegangen/")
