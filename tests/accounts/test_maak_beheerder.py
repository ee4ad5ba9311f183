"""The first beheerder of an installation, made on the server."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.domain.beheer import vandaag
from accounts.models import Bevoegdheid, Gebeurtenis, Gebruiker
from accounts.rechten import Rol, Taak
from casework.models import Gemeente
from tests.factories import GebruikerFactory, GemeenteFactory

WACHTWOORD = "Een-lang-wachtwoord-9"
EMAIL = "bea@voorbeeld.nl"


@pytest.fixture(autouse=True)
def _wachtwoord(db, monkeypatch):
    monkeypatch.setenv("LEERRECHT_WACHTWOORD", WACHTWOORD)


def run(*args, email=EMAIL, naam="Bea Beheer", **options):
    out = StringIO()
    call_command("maak_beheerder", email, "--naam", naam, *args, stdout=out, **options)
    return out.getvalue().strip()


def test_first_beheerder_can_log_in_and_give_rights(client):
    said = run("--gemeente", "9901", "--gemeentenaam", "Waterhoven", email="Bea@Voorbeeld.NL")

    user = Gebruiker.objects.get()
    assert said == "bea@voorbeeld.nl is nu beheerder in Waterhoven."
    assert user.check_password(WACHTWOORD)
    assert user.may("beheer.schrijven", Gemeente.objects.get(code="9901").pk)
    assert list(Gebeurtenis.objects.order_by("pk").values_list("actie", "rol", "gebruiker")) == [
        ("gebruiker.aangemaakt", "systeem", None),
        ("bevoegdheid.toegekend", "systeem", None),
    ]


def test_twice_is_once_and_keeps_the_password(monkeypatch):
    run("--gemeente", "9901")
    monkeypatch.setenv("LEERRECHT_WACHTWOORD", "Heel-iets-anders-7")

    said = run("--gemeente", "9901", naam="Andere Naam")

    user = Gebruiker.objects.get()
    assert said == "bea@voorbeeld.nl was hier al beheerder; er is niets veranderd."
    assert (user.naam, user.check_password(WACHTWOORD)) == ("Bea Beheer", True)
    assert Bevoegdheid.objects.count() == 1


def test_only_the_missing_gemeenten_are_added():
    bekend = GemeenteFactory(code="9901", naam="Waterhoven")
    run("--gemeente", "9901")

    said = run("--gemeente", "9901", "9902")

    assert said == "bea@voorbeeld.nl is nu beheerder in Gemeente 9902."
    assert Gemeente.objects.get(code="9901") == bekend
    assert Bevoegdheid.objects.count() == 2


@pytest.mark.parametrize("dagen", [0, 10])
def test_a_lighter_role_makes_place(dagen):
    user = GebruikerFactory(email=EMAIL)
    day = vandaag()
    Bevoegdheid.objects.create(
        gebruiker=user,
        taak=Taak.BEHEER,
        rol=Rol.LEZER,
        gemeente=GemeenteFactory(code="9901"),
        van=day - timedelta(days=dagen),
    )

    run("--gemeente", "9901")

    rows = user.bevoegdheden.order_by("van", "rol").values_list("rol", "van", "tot")
    old = [("lezer", day - timedelta(days=dagen), day)] if dagen else []
    assert list(rows) == [*old, ("leidinggevende", day, None)]


WRONG = [
    ({"email": "geen-adres"}, "'geen-adres' is geen e-mailadres."),
    ({"naam": "  "}, "Vul een naam in met --naam."),
    ({"wachtwoord": "kort"}, "Dit wachtwoord is te kort. Kies 15 tekens of meer."),
    ({"wachtwoord": "bea@voorbeeld.nl"}, "lijkt"),
    ({"code": "991"}, "gemeentecode van vier cijfers"),
    ({"code": "99x1"}, "gemeentecode van vier cijfers"),
]


@pytest.mark.parametrize(("anders", "zin"), WRONG)
def test_wrong_input_changes_nothing(monkeypatch, anders, zin):
    if "wachtwoord" in anders:
        monkeypatch.setenv("LEERRECHT_WACHTWOORD", anders["wachtwoord"])

    with pytest.raises(CommandError, match=zin):
        run(
            "--gemeente",
            anders.get("code", "9901"),
            email=anders.get("email", EMAIL),
            naam=anders.get("naam", "Bea Beheer"),
        )

    assert (Gebruiker.objects.count(), Gemeente.objects.count()) == (0, 0)


def test_a_user_who_was_switched_off_is_refused():
    GebruikerFactory(email=EMAIL, is_active=False)

    with pytest.raises(CommandError, match="uitgeschakeld"):
        run("--gemeente", "9901")

    assert (Bevoegdheid.objects.count(), Gemeente.objects.count()) == (0, 0)


def test_password_may_come_from_a_pipe(monkeypatch):
    monkeypatch.delenv("LEERRECHT_WACHTWOORD")
    monkeypatch.setattr("sys.stdin", StringIO(f"{WACHTWOORD}\n"))

    run("--gemeente", "9901")

    assert Gebruiker.objects.get().check_password(WACHTWOORD)
