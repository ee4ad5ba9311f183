"""Requests of persons: the clock, who may ask, and the decision that stays."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.codes import Gezag
from casework.domain import verzoeken
from casework.errors import DomainError, NotAuthorised
from casework.models import Verzoek
from tests.factories import (
    DossierFactory,
    GemeenteFactory,
    JongereFactory,
    RelatieFactory,
    make_gebruiker,
)

Aanvrager = Verzoek.Aanvrager


@pytest.mark.eis("P15", "P16")
@pytest.mark.parametrize(
    ("regime", "ontvangen", "verlengd", "uiterlijk"),
    [
        ("AVG", date(2026, 1, 31), False, date(2026, 2, 28)),
        ("AVG", date(2028, 1, 31), False, date(2028, 2, 29)),
        ("AVG", date(2026, 1, 28), False, date(2026, 2, 28)),
        ("AVG", date(2026, 2, 28), False, date(2026, 3, 28)),
        ("AVG", date(2026, 3, 31), False, date(2026, 4, 30)),
        ("AVG", date(2026, 12, 31), False, date(2027, 1, 31)),
        ("AVG", date(2026, 11, 30), True, date(2027, 2, 28)),
        ("AVG", date(2027, 11, 30), True, date(2028, 2, 29)),
        ("AVG", date(2026, 1, 31), True, date(2026, 4, 30)),
        ("WPG", date(2026, 1, 31), False, date(2026, 3, 14)),
        ("WPG", date(2028, 1, 31), False, date(2028, 3, 13)),
        ("WPG", date(2026, 12, 1), False, date(2027, 1, 12)),
    ],
)
def test_last_day_in_time(regime, ontvangen, verlengd, uiterlijk):
    assert verzoeken.due_day(regime, ontvangen, verlengd=verlengd) == uiterlijk


pytestmark = pytest.mark.django_db
ONTVANGEN = date(2026, 1, 31)


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def fay(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


def invoer(gemeente, **more):
    fields = {"soort": "inzage", "regime": "AVG", "aanvrager": Aanvrager.JONGERE}
    return verzoeken.Invoer(gemeente=gemeente, **(fields | {"ontvangen_op": ONTVANGEN} | more))


def make(gemeente, by, **more):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2009, 5, 1))
    return verzoeken.register(jongere, invoer(gemeente, **more), by=by, today=ONTVANGEN)


@pytest.mark.parametrize(
    ("geboren", "aanvrager", "gezag", "gecontroleerd", "fout"),
    [
        (date(2010, 1, 31), Aanvrager.JONGERE, None, False, None),
        (date(2010, 2, 1), Aanvrager.JONGERE, None, False, "nog geen 16"),
        (date(2010, 2, 1), Aanvrager.VERTEGENWOORDIGER, Gezag.JA, True, None),
        (date(2010, 2, 1), Aanvrager.VERTEGENWOORDIGER, Gezag.ONBEKEND, True, None),
        (date(2010, 2, 1), Aanvrager.VERTEGENWOORDIGER, Gezag.JA, False, "gezagsregister"),
        (date(2010, 2, 1), Aanvrager.VERTEGENWOORDIGER, Gezag.NEE, True, "geen gezag"),
        (date(2010, 2, 1), Aanvrager.VERTEGENWOORDIGER, None, True, "Kies welke"),
        (date(2010, 1, 31), Aanvrager.VERTEGENWOORDIGER, Gezag.JA, True, "zelf"),
    ],
)
def test_who_may_ask(gemeente, fay, geboren, aanvrager, gezag, gecontroleerd, fout):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=geboren)
    ouder = RelatieFactory(jongere=jongere, gezag=gezag) if gezag else None
    asked = invoer(
        gemeente, aanvrager=aanvrager, vertegenwoordiger=ouder, gezag_gecontroleerd=gecontroleerd
    )

    if fout:
        with pytest.raises(DomainError, match=fout):
            verzoeken.register(jongere, asked, by=fay, today=ONTVANGEN)
        assert not Verzoek.objects.exists()
    else:
        verzoek = verzoeken.register(jongere, asked, by=fay, today=ONTVANGEN)
        assert (verzoek.uiterlijk_op, verzoek.vertegenwoordiger) == (date(2026, 2, 28), ouder)
        assert Gebeurtenis.objects.get(actie="verzoek.vastgelegd").jongere_id == jongere.pk


def test_extension_within_the_first_month_and_once(gemeente, fay):
    verzoek = make(gemeente, fay)

    with pytest.raises(DomainError, match="eerste maand"):
        verzoeken.extend(verzoek, "Veel werk", by=fay, today=date(2026, 3, 1))
    extended = verzoeken.extend(verzoek, "Veel dossiers", by=fay, today=date(2026, 2, 28))

    assert extended.uiterlijk_op == date(2026, 4, 30)
    with pytest.raises(DomainError, match="al verlengd"):
        verzoeken.extend(verzoek, "Nog eens", by=fay, today=date(2026, 2, 28))


@pytest.mark.eis("P16")
def test_police_data_six_weeks_no_extension_and_a_refusal_on_record(gemeente, fay):
    verzoek = make(gemeente, fay, regime="WPG")

    with pytest.raises(DomainError, match="Wpg"):
        verzoeken.extend(verzoek, "Veel werk", by=fay, today=ONTVANGEN)
    with pytest.raises(DomainError, match="waarom"):
        verzoeken.decide(verzoek, "geweigerd", " ", by=fay, today=date(2026, 3, 14))
    verzoeken.decide(verzoek, "geweigerd", "Loopt nog.", by=fay, today=date(2026, 3, 15))

    verzoek.refresh_from_db()
    assert (verzoek.besluit, verzoek.besluit_reden) == ("geweigerd", "Loopt nog.")
    assert (verzoek.besloten_door, verzoek.is_laat(date(2026, 3, 20))) == (fay, True)
    event = Gebeurtenis.objects.get(actie="verzoek.besloten")
    assert (event.taak, event.gegevens["besluit"]) == ("opsporing", "geweigerd")
    assert "Loopt" not in f"{event.reden}{event.gegevens}"
    with pytest.raises(DomainError, match="al besloten"):
        verzoeken.decide(verzoek, "toegewezen", "Toch", by=fay, today=date(2026, 3, 16))


def test_only_in_the_gemeente_of_the_officer(gemeente, fay):
    elsewhere = JongereFactory()
    with pytest.raises(DomainError, match="niet gevonden"):
        verzoeken.find_jongere(str(elsewhere.pk), by=fay)
    with pytest.raises(DomainError, match="niet gevonden"):
        verzoeken.find_jongere("onzin", by=fay)
    DossierFactory(jongere=elsewhere, gemeente=gemeente)
    assert verzoeken.find_jongere(elsewhere.bsn, by=fay) == elsewhere
    reader = make_gebruiker((Taak.PRIVACY, Rol.LEZER), gemeente=gemeente)
    with pytest.raises(NotAuthorised):
        make(gemeente, reader)
