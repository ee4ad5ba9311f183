"""Passwords: what is accepted, how they are kept."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from config import settings as own_settings
from tests.factories import make_gebruiker

TE_MAKKELIJK = [
    "veertien-teken",
    "Leerplicht-2026-Welkom!",
    "wachtwoordwachtwoord",
    "aaaaaaaaaaaaaaaaaaaa",
    "abcabcabcabcabcabc",
    "qwertyuiopasdfghjkl",
    "0123456789012345",
    "Anneke-Bakker-2026-welkom",
    "a.bakker@voorbeeld.nl",
]
GOED = [
    "paard nietje accu juist",
    "ditisallemaalkleineletterzonder",
    "48151623421085926535",
    "correct paard batterij nietje " * 2 + "vier",
    "Zeven😀olifanten dansen",
]


@pytest.fixture
def anneke(db):
    return make_gebruiker(naam="Anneke Bakker", email="a.bakker@voorbeeld.nl")


@pytest.mark.eis("A6")
@pytest.mark.parametrize("wachtwoord", TE_MAKKELIJK)
def test_password_that_is_short_or_easy_to_guess_is_refused(anneke, wachtwoord):
    with pytest.raises(ValidationError):
        validate_password(wachtwoord, anneke)


@pytest.mark.eis("A6")
@pytest.mark.parametrize("wachtwoord", GOED)
def test_long_password_needs_no_capitals_digits_or_signs(anneke, wachtwoord):
    validate_password(wachtwoord, anneke)


@pytest.mark.eis("A6")
def test_passwords_are_kept_as_argon2id(settings):
    settings.PASSWORD_HASHERS = own_settings.PASSWORD_HASHERS

    kept = make_password("paard nietje accu juist")

    assert kept.startswith("argon2$argon2id$")
    assert check_password("paard nietje accu juist", kept)


@pytest.mark.eis("A6")
def test_form_takes_64_signs_and_says_what_is_wrong_with_a_short_one(client, anneke):
    anneke.set_password("paard nietje accu juist")
    anneke.save()
    client.force_login(anneke, "allauth.account.auth_backends.AuthenticationBackend")
    long = "x9-Q7!kL2mN4pR6sT8vW0yZ1aB3cD5eF7gH9jK2lM4nP6qR8sT0uV2wX4yZ6aB8cD"

    def change(nieuw):
        old = {"oldpassword": "paard nietje accu juist"}
        return client.post("/account/wachtwoord/", {**old, "password1": nieuw, "password2": nieuw})

    short = change("kort").content.decode()
    done = change(long)
    anneke.refresh_from_db()

    assert "Dit wachtwoord is te kort. Kies 15 tekens of meer." in short
    assert (len(long) >= 64, done.status_code) == (True, 302)
    assert anneke.check_password(long)
