"""The log of events: for the privacy officer of the gemeente, without persons."""

from datetime import UTC, datetime
from itertools import product

import pytest
from django.db import transaction

from accounts import views_logboek
from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

LOGBOEK = "/beheer/logboek/"


@pytest.fixture
def gemeente(db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def privacy(client, gemeente):
    user = make_gebruiker((Taak.PRIVACY, Rol.LEZER), gemeente=gemeente, naam="Fay Functionaris")
    client.force_login(user)
    return user


@pytest.fixture
def ambtenaar(gemeente):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente, naam="Lea Leerplicht"
    )


def happen(by, jongere, actie="dossier.gelezen", **more):
    with transaction.atomic():
        return record(actie, jongere, by=by, taak=Taak.LEERPLICHT, **more)


def shown(page):
    return [regel["actie"] for regel in page.context["regels"]]


@pytest.mark.parametrize(("taak", "rol"), [*product(Taak, Rol)])
def test_only_the_privacy_officer_reads_the_log(client, gemeente, taak, rol):
    client.force_login(make_gebruiker((taak, rol), gemeente=gemeente))

    assert client.get(LOGBOEK).status_code == (200 if taak == Taak.PRIVACY else 403)


def test_own_gemeente_only_and_what_its_users_did_without_one(client, gemeente, privacy, ambtenaar):
    vreemd = make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR))
    happen(ambtenaar, JongereFactory(gemeente=gemeente))
    happen(ambtenaar, ambtenaar, "gebruiker.ingelogd")
    happen(vreemd, JongereFactory(), "melding.afgesloten")
    happen(vreemd, vreemd, "gebruiker.uitgelogd")

    assert shown(client.get(LOGBOEK)) == ["Gebruiker ingelogd", "Dossier gelezen"]


def test_no_name_number_or_free_text_of_a_youth(client, gemeente, privacy, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente, roepnaam="Zonneschijn", achternaam="Maanlicht")
    happen(ambtenaar, jongere, reden="Vader belde over ruzie", kanaal="TELEFOON")

    html = client.get(LOGBOEK).content.decode()

    assert "Lea Leerplicht" in html
    assert f"?jongere={jongere.pk}" in html
    for geheim in ("Zonneschijn", "Maanlicht", str(jongere.uuid), "ruzie", "TELEFOON"):
        assert geheim not in html


def test_reading_the_log_is_recorded_and_shown_the_next_time(client, privacy):
    client.get(LOGBOEK)

    page = client.get(LOGBOEK)

    assert shown(page) == ["Logboek gelezen"]
    assert Gebeurtenis.objects.filter(actie="logboek.gelezen", gebruiker=privacy).count() == 2


FILTERS = [
    ("", 4),
    ("gebruiker=lea", 3),
    ("gebruiker=niemand", 0),
    ("actie=dossier", 2),
    ("actie=Dossier+gelezen", 2),
    ("actie=melding.ter_kennis", 1),
    ("actie=melding+ter+kennis", 1),
    ("actie=%25", 0),
    ("jongere=EEN", 3),
    ("jongere=0", 4),
    ("jongere=99999999999999999999", 4),
    ("van=2-3-2026", 3),
    ("tot=1-3-2026", 1),
    ("van=2-3-2026&tot=2-3-2026", 2),
    ("van=onzin", 4),
    ("van=1-1-1&tot=31-12-9999", 4),
    ("van=1-1-1", 4),
    ("van=3-3-2026&tot=1-3-2026", 4),
    ("voor=onzin", 4),
]


@pytest.mark.parametrize(("vraag", "aantal"), FILTERS)
def test_filters(client, gemeente, privacy, ambtenaar, vraag, aantal):
    """Days are days in Amsterdam; wrong input shows everything, with an error at its field."""
    een, ander = JongereFactory(gemeente=gemeente), JongereFactory(gemeente=gemeente)
    rows = [
        (ambtenaar, een, "dossier.gelezen", datetime(2026, 3, 1, 22, 59, tzinfo=UTC)),
        (ambtenaar, een, "dossier.gelezen", datetime(2026, 3, 1, 23, 0, tzinfo=UTC)),
        (ambtenaar, ander, "melding.ter_kennisgeving", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)),
        (None, een, "traject.nacht", datetime(2026, 3, 3, 9, 0, tzinfo=UTC)),
    ]
    for by, jongere, actie, tijd in rows:
        Gebeurtenis.objects.create(
            gebruiker=by,
            actie=actie,
            tijd=tijd,
            object_type="casework.jongere",
            object_id=jongere.pk,
            jongere_id=jongere.pk,
            gemeente_id=gemeente.pk,
        )

    page = client.get(f"{LOGBOEK}?{vraag.replace('EEN', str(een.pk))}")

    assert (page.status_code, len(page.context["regels"])) == (200, aantal)


def test_pages_follow_each_other_without_gap_and_keep_the_filter(
    client, gemeente, privacy, ambtenaar, monkeypatch
):
    monkeypatch.setattr(views_logboek, "PER_PAGINA", 2)
    jongere = JongereFactory(gemeente=gemeente)
    for n in range(5):
        happen(ambtenaar, jongere, f"proef.nummer_{n}")
    seen, address = [], "?actie=proef"

    while address:
        page = client.get(LOGBOEK + address)
        seen.append(shown(page))
        address = page.context["volgende"]

    assert seen == [
        ["Proef nummer 4", "Proef nummer 3"],
        ["Proef nummer 2", "Proef nummer 1"],
        ["Proef nummer 0"],
    ]
    assert page.context["nieuwste"] == "?actie=proef"


@pytest.mark.parametrize("item_count", (1, 3))
def test_log_asks_the_same_number_of_questions(
    client, gemeente, privacy, ambtenaar, item_count, django_assert_num_queries
):
    for _ in range(item_count):
        happen(ambtenaar, JongereFactory(gemeente=gemeente))

    with django_assert_num_queries(18):
        page = client.get(LOGBOEK)

    assert len(page.context["regels"]) == item_count
