"""By night: 18, a startkwalificatie or a move while work is still open; a stay at home ends."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from casework.models import Actie
from leerplicht import tasks
from leerplicht.domain import plichteinde, thuiszitlabel, thuiszitters
from leerplicht.models import Thuiszitter
from tests.factories import (
    DiplomaFactory,
    GemeenteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

DAG = date(2025, 10, 6)


def grounds():
    return sorted(Actie.objects.values_list("grondslag", flat=True))


# Facts of the youth -> whether the open werkproces gets a signal on 6 October.
FEITEN = [
    ({"geboortedatum": date(2007, 10, 7)}, None, False),  # 18 tomorrow
    ({"geboortedatum": date(2007, 10, 6)}, None, True),
    ({"geboortedatum": date(2006, 10, 8)}, None, True),  # a year ago but two days
    ({"geboortedatum": date(2006, 10, 7)}, None, False),  # longer: it came with a package
    ({"geboortedatum": date(2008, 8, 1)}, date(2025, 10, 6), True),
    ({"geboortedatum": date(2008, 8, 1)}, date(2025, 10, 7), False),
    # Leerplichtig until 31 July: a diploma changes nothing yet.
    ({"geboortedatum": date(2010, 3, 1)}, date(2025, 7, 1), False),
    ({"datum_vertrek": date(2025, 10, 6)}, None, True),
    ({"datum_vertrek": date(2025, 10, 7)}, None, False),
]


@pytest.mark.parametrize(("feiten", "diploma", "signaal"), FEITEN)
def test_the_end_of_the_duty_is_told_once(gemeente, feiten, diploma, signaal):
    jongere = JongereFactory(gemeente=gemeente, **feiten)
    if diploma:
        DiplomaFactory(jongere=jongere, datum=diploma)
    ambtenaar = make_ambtenaar(gemeente)
    werkproces = WerkprocesFactory(
        jongere=jongere, gestart_op=date(2025, 9, 1), behandelaar=ambtenaar
    )

    assert plichteinde.follow(DAG)["signalen"] == signaal
    assert plichteinde.follow(DAG)["signalen"] == 0

    acties = Actie.objects.values_list("werkproces", "toegewezen_aan", "grondslag", "vervalt_op")
    told = (werkproces.pk, ambtenaar.pk, "plicht:einde", date(2025, 10, 13))
    assert list(acties) == [told] * signaal
    assert Gebeurtenis.objects.filter(actie="plicht.signaal").count() == signaal


@pytest.mark.parametrize(
    ("velden", "signaal"),
    [
        ({"soort": "ABSOLUUT", "toestand": "brief_1"}, 1),
        ({"soort": "LUXE", "toestand": "luxe_horen"}, 1),
        ({"soort": "ZORG", "toestand": "ziekte_arts"}, 1),
        ({"soort": "VRIJSTELLING", "toestand": "kg_compleet"}, 0),  # has its own calendar
        ({"toestand": "strafrecht"}, 0),  # goes on after the duty
        ({"regime": "WPG"}, 0),
        ({"status": "GESLOTEN", "gesloten_op": DAG}, 0),
        ({"taak": "doorstroompunt"}, 0),
    ],
)
def test_which_open_work_is_looked_at(gemeente, velden, signaal):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2007, 10, 6))
    WerkprocesFactory(jongere=jongere, **velden)

    assert plichteinde.follow(DAG)["signalen"] == signaal


def test_a_move_is_told_and_falls_away_when_the_youth_is_back(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    werkproces = WerkprocesFactory(jongere=jongere)
    Thuiszitter.objects.create(
        jongere=jongere, gemeente=gemeente, bron="HAND", sinds=DAG, label_op=DAG
    )
    assert plichteinde.follow(DAG)["signalen"] == 0

    jongere.gemeente = GemeenteFactory()
    jongere.save()
    assert plichteinde.follow(DAG)["signalen"] == 2
    assert plichteinde.follow(DAG)["signalen"] == 0
    assert grounds() == ["plicht:verhuisd", "thuiszitter:verhuisd"]
    assert Actie.objects.get(grondslag="plicht:verhuisd").gemeente == gemeente

    jongere.gemeente = gemeente
    jongere.save()
    assert plichteinde.follow(DAG)["vervallen"] == 2
    assert werkproces.acties.count() == 0


def test_a_closed_werkproces_leaves_nothing_to_do(gemeente):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2007, 10, 6))
    werkproces = WerkprocesFactory(jongere=jongere)
    plichteinde.follow(DAG)

    type(werkproces).objects.update(status="GESLOTEN", gesloten_op=DAG)

    assert plichteinde.follow(DAG)["vervallen"] == 1


# Facts -> last day at home and how it ended, as seen on 6 October; None: still at home.
THUIS = [
    ({"geboortedatum": date(2007, 10, 7)}, None, None, ""),
    ({"geboortedatum": date(2007, 10, 6)}, None, date(2025, 10, 5), "einde_plicht"),
    ({"geboortedatum": date(2007, 9, 20)}, None, date(2025, 9, 19), "einde_plicht"),
    ({"geboortedatum": date(2008, 8, 1)}, date(2025, 10, 1), date(2025, 9, 30), "einde_plicht"),
    ({"datum_vertrek": date(2025, 10, 2)}, None, date(2025, 10, 1), "verhuisd"),
    ({"datum_overlijden": date(2025, 10, 3)}, None, date(2025, 10, 2), "einde_plicht"),
    # Heard of late: not before the first day at home.
    ({"datum_vertrek": date(2025, 8, 1)}, None, date(2025, 9, 1), "verhuisd"),
]


@pytest.mark.parametrize(("feiten", "diploma", "einde", "resultaat"), THUIS)
def test_a_stay_at_home_ends_with_the_duty(
    gemeente, monkeypatch, feiten, diploma, einde, resultaat
):
    jongere = JongereFactory(gemeente=gemeente, **feiten)
    if diploma:
        DiplomaFactory(jongere=jongere, datum=diploma)
    row = Thuiszitter.objects.create(
        jongere=jongere, gemeente=gemeente, bron="HAND", sinds=date(2025, 9, 1), label_op=DAG
    )
    thuiszitters.ask_for_table(row, DAG)
    monkeypatch.setattr("casework.schooljaar.today", lambda: DAG)

    assert tasks.follow_plicht()["beeindigd"] == (einde is not None)
    assert tasks.follow_thuiszitters() == {"label": 0, "opgeschaald": 0}

    row.refresh_from_db()
    assert (row.einde_op, row.resultaat) == (einde, resultaat)
    assert Actie.objects.exists() is (einde is None)
    assert thuiszitlabel.label_due(DAG) == 0


@pytest.mark.parametrize("aantal", [1, 3])
def test_number_of_queries_does_not_grow(gemeente, aantal, django_assert_max_num_queries):
    for _ in range(aantal):
        jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2007, 10, 6))
        WerkprocesFactory(jongere=jongere)
        Thuiszitter.objects.create(
            jongere=jongere, gemeente=gemeente, bron="HAND", sinds=DAG, label_op=DAG
        )

    with django_assert_max_num_queries(24):
        assert plichteinde.follow(DAG) == {"beeindigd": aantal, "signalen": aantal, "vervallen": 0}
