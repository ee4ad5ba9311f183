"""Opening a traject: who may, what is frozen, doubles, and who belongs to the group."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.errors import DomainError, NotAuthorised
from casework.models import Dossier
from doorstroompunt.domain.aanleg import Trajectinvoer
from doorstroompunt.domain.openen import open_traject
from doorstroompunt.domain.soorten import is_new_vsv, reason_outside
from doorstroompunt.models import Traject
from tests.factories import (
    AdresFactory,
    DiplomaFactory,
    GemeenteFactory,
    JongereFactory,
    make_gebruiker,
)
from tests.factories_doorstroompunt import (
    GEBOREN,
    TrajectFactory,
    make_coach,
)

DAG = date(2025, 10, 1)
NIEUW = date(2026, 2, 2)  # under the law of 2026
INVOER = Trajectinvoer(
    soort="VSV", datum_melding=date(2025, 9, 8), bron_melding="ZELF", datum_uitval=date(2025, 9, 1)
)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def coach(gemeente):
    return make_coach(gemeente)


def make_traject(gemeente, toestand="ontvangen", **fields):
    return TrajectFactory(jongere__gemeente=gemeente, toestand=toestand, **fields)


def test_open_by_a_coach_goes_to_the_work_list(gemeente, coach):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)

    traject, made = open_traject(jongere, by=coach, day=DAG, invoer=INVOER, op_werklijst=True)

    assert made
    assert (traject.toestand, traject.status, traject.behandelaar) == (
        "te_benaderen",
        "OPEN",
        coach,
    )
    assert (traject.gemeente, traject.gemeente_uitval) == (gemeente, gemeente)
    assert Dossier.objects.get().taak == Taak.DOORSTROOMPUNT
    assert list(Gebeurtenis.objects.order_by("pk").values_list("actie", "taak")) == [
        ("traject.geopend", "doorstroompunt"),
        ("dossier.geopend", "doorstroompunt"),
        ("traject.screenen", "doorstroompunt"),
        ("traject.op_werklijst", "doorstroompunt"),
    ]


def test_the_gemeente_of_each_date_is_frozen(gemeente, coach):
    elders = GemeenteFactory()
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)
    AdresFactory(jongere=jongere, gemeente=elders, tot=date(2025, 9, 5))
    AdresFactory(jongere=jongere, gemeente=gemeente, van=date(2025, 9, 5))

    traject, _ = open_traject(jongere, by=coach, day=DAG, invoer=INVOER)

    assert (traject.gemeente, traject.gemeente_uitval) == (gemeente, elders)


def test_a_second_signal_joins_the_running_traject(gemeente, coach):
    running = make_traject(gemeente, "in_begeleiding")
    ander_soort = make_traject(gemeente, jongere=running.jongere, soort="BWJ")

    traject, made = open_traject(running.jongere, by=coach, day=DAG, invoer=INVOER)

    assert (traject, made) == (running, False)
    assert set(Traject.objects.all()) == {running, ander_soort}


def test_a_closed_traject_is_not_joined(gemeente, coach):
    closed = make_traject(
        gemeente, "geen_behoefte", status="GESLOTEN", uitstroom="geweigerd", gesloten_op=DAG
    )

    traject, made = open_traject(closed.jongere, by=coach, day=DAG, invoer=INVOER)

    assert made
    assert traject != closed


FOUT = [
    ({"datum_melding": date(2025, 10, 2)}, "De datum van de melding ligt in de toekomst."),
    ({"datum_uitval": date(2025, 10, 2)}, "De datum van uitval ligt in de toekomst."),
    (
        {"datum_uitval": None},
        "Vul bij een voortijdig schoolverlater de datum van uitval in.",
    ),
]


@pytest.mark.parametrize(("fields", "tekst"), FOUT)
def test_what_cannot_be_opened(gemeente, coach, fields, tekst):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)
    invoer = Trajectinvoer(**{n: getattr(INVOER, n) for n in INVOER.__slots__} | fields)

    with pytest.raises(DomainError) as error:
        open_traject(jongere, by=coach, day=DAG, invoer=invoer)

    assert str(error.value) == tekst
    assert Traject.objects.count() == 0


def test_a_running_traject_elsewhere_must_be_handed_over(gemeente, coach):
    elders = make_traject(GemeenteFactory(naam="Verderop"), "in_begeleiding")
    elders.jongere.gemeente = gemeente
    elders.jongere.save()

    with pytest.raises(DomainError) as error:
        open_traject(elders.jongere, by=coach, day=DAG, invoer=INVOER)

    assert str(error.value) == (
        "Er loopt al een traject in Verderop. Vraag die gemeente om een overdracht."
    )


def test_a_reader_or_a_leerplichtambtenaar_cannot_open(gemeente):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=GEBOREN)
    users = [
        make_gebruiker((Taak.DOORSTROOMPUNT, Rol.LEZER), gemeente=gemeente),
        make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente),
        make_coach(GemeenteFactory()),
    ]

    for user in users:
        with pytest.raises(NotAuthorised):
            open_traject(jongere, by=user, day=DAG, invoer=INVOER)
    assert Traject.objects.count() == 0


# 23 until the end of 2025, 27 from then on; nazorg always 27.
LEEFTIJD = [
    ("VSV", "2002-10-01", DAG, "leeftijd"),
    ("VSV", "2002-10-02", DAG, ""),
    ("VSV", "1999-02-02", NIEUW, "leeftijd"),
    ("VSV", "1999-02-03", NIEUW, ""),
    ("NAZORG_23_27", "1998-10-02", DAG, ""),
    ("NAZORG_23_27", "1998-10-01", DAG, "leeftijd"),
    ("DETENTIE", "1999-10-02", DAG, ""),
]


@pytest.mark.parametrize(("soort", "geboren", "day", "reden"), LEEFTIJD)
def test_the_age_limit_follows_date_and_kind(db, soort, geboren, day, reden):
    jongere = JongereFactory(geboortedatum=date.fromisoformat(geboren))

    assert reason_outside(jongere, soort, day) == reden


def test_registers_take_a_youth_out_of_the_group(db):
    overleden = JongereFactory(geboortedatum=GEBOREN, datum_overlijden=DAG)
    vertrokken = JongereFactory(geboortedatum=GEBOREN, datum_vertrek=DAG)
    later_weg = JongereFactory(geboortedatum=GEBOREN, datum_vertrek=date(2025, 10, 2))
    gehaald = DiplomaFactory(jongere__geboortedatum=GEBOREN, datum=DAG).jongere

    assert reason_outside(overleden, "VSV", DAG) == "overleden"
    assert reason_outside(vertrokken, "VSV", DAG) == "buitenland"
    assert reason_outside(later_weg, "VSV", DAG) == ""
    assert reason_outside(gehaald, "VSV", DAG) == "startkwalificatie"
    assert reason_outside(gehaald, "BWJ", DAG) == ""


@pytest.mark.parametrize(
    ("uitval", "day", "nieuw"),
    [
        ("2025-07-31", "2025-09-30", True),  # not old on 1 August
        ("2025-07-31", "2025-10-01", False),
        ("2025-08-01", "2026-09-30", True),
        ("2025-08-01", "2026-10-01", False),
    ],
)
def test_a_vsv_is_new_until_1_october_after_the_schooljaar(uitval, day, nieuw):
    assert is_new_vsv(date.fromisoformat(uitval), date.fromisoformat(day)) is nieuw
