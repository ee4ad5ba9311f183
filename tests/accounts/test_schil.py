"""Words of the shell: terms, numbers, dates, menu and filters."""

from datetime import date

import pytest
from django.template import Context, Template

from accounts.rechten import Rol, Taak
from accounts.velden import DatumVeld
from config.templatetags.ui import datum, getal, procent
from config.termijnen import word_for
from tests.factories import make_gebruiker

DINSDAG = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "word", "kind"),
    [
        (date(2026, 11, 24), "vandaag", "warning"),
        (date(2026, 11, 25), "morgen", "warning"),
        (date(2026, 11, 26), "over 2 schooldagen", "warning"),
        (date(2026, 11, 30), "over 4 schooldagen", "neutral"),  # a weekend between
        (date(2026, 11, 23), "1 schooldag te laat", "danger"),
        (date(2026, 11, 20), "2 schooldagen te laat", "danger"),
        (date(2026, 1, 5), "te laat", "danger"),
        (date(2027, 2, 2), "over 10 weken", "neutral"),
    ],
)
def test_word_of_a_term(day, word, kind):
    assert word_for(day, today=DINSDAG) == (word, kind)


@pytest.mark.parametrize(
    ("klaar", "expected"),
    [(date(2026, 11, 2), ("klaar", "success")), (date(2026, 11, 3), ("te laat klaar", "warning"))],
)
def test_word_of_a_finished_term(klaar, expected):
    assert word_for(date(2026, 11, 2), today=DINSDAG, klaar=klaar) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1204, "1.204"),
        (0, "0"),
        (1234.5, "1.234,5"),
        ("17.00", "17"),
        (100, "100"),
        (None, "n.v.t."),
    ],
)
def test_numbers_in_dutch(value, text):
    assert getal(value) == text


def test_share_without_denominator_is_no_zero():
    assert (procent(None), procent(0), procent("12.3")) == ("n.v.t.", "0,0%", "12,3%")


def test_dates_in_dutch():
    assert (datum(date(2025, 11, 3)), datum(None)) == ("3 november 2025", "-")


@pytest.mark.parametrize(
    "text", ["3-11-2025", "03-11-2025", "2025-11-03", "3 november 2025", "3 nov 2025", "3/11/2025"]
)
def test_date_as_people_type_it(text):
    assert DatumVeld().clean(text) == date(2025, 11, 3)


def test_text_of_others_is_escaped_in_a_badge():
    html = Template("{% load ui %}{% badge naam 'info' %}").render(Context({"naam": "<b>x</b>"}))

    assert html == (
        '<span class="utrecht-status-badge utrecht-status-badge--neutral lr-badge">'
        "&lt;b&gt;x&lt;/b&gt;</span>"
    )


def test_menu_shows_only_what_the_user_may_do(client, db):
    user = make_gebruiker((Taak.BELEID, Rol.LEZER))
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")

    groups = {groep.naam for groep in client.get("/profiel/").context["navigatie"]}

    assert groups <= {"Cijfers en verslag"}


@pytest.mark.parametrize("rights", [[], [(Taak.LEERPLICHT, Rol.LEZER)]])
def test_start_page_always_leads_somewhere(client, db, rights):
    client.force_login(
        make_gebruiker(*rights), "allauth.account.auth_backends.AuthenticationBackend"
    )

    assert client.get("/").status_code == 302
