"""Borders and settings that the case table does not hold."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from accounts.rechten import Taak
from casework.gronden import GRONDEN, from_pakket, from_statuscode
from casework.perioden import Periode
from casework.schoolvakanties import Regio
from leerplicht.domain.feiten import Feiten, Profiel, Vrijstelling
from leerplicht.domain.regels import Regels
from leerplicht.domain.status import Statuscode, leerplichtstatus
from leerplicht.domain.taak import taak_of_melding
from leerplicht.domain.wijziging import next_change

ZEVENTIEN = Feiten(geboortedatum=date(2009, 4, 4), ingeschreven=True)  # kwalificatieplichtig
NOVEMBER = date(2026, 11, 23)


def code(feiten: Feiten, day: date, **rules: object) -> str:
    return leerplichtstatus(feiten, day, replace(Regels.on(day), **rules)).code.value


def exempt(grond: str, van: date, tot: date | None = None) -> Vrijstelling:
    return Vrijstelling(GRONDEN[grond], Periode.through(van, tot))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 2, 28), "leerplichtig"),
        (date(2026, 3, 1), "vrijgesteld"),
        (date(2026, 10, 31), "vrijgesteld"),
        (date(2026, 11, 1), "leerplichtig"),
    ],
)
def test_trekkend_bestaan_holds_from_march_up_to_and_with_october(day, expected):
    kermis = Feiten(
        geboortedatum=date(2016, 4, 10),
        vrijstellingen=(exempt("5a_trekkend", date(2025, 8, 1)),),
    )

    assert code(kermis, day) == expected


def test_trekkend_bestaan_for_a_17_year_old_is_a_setting():
    kermis = replace(ZEVENTIEN, vrijstellingen=(exempt("5a_trekkend", date(2025, 8, 1)),))
    day = date(2026, 9, 1)

    assert code(kermis, day) == "kwalificatieplichtig"
    assert code(kermis, day, trekkend_ook_kwalificatieplicht=True) == "vrijgesteld"


def test_one_of_several_exemptions_is_enough():
    feiten = replace(
        ZEVENTIEN,
        vrijstellingen=(
            exempt("5c", date(2025, 8, 1), date(2026, 7, 31)),
            exempt("15", date(2026, 11, 1), date(2027, 4, 3)),
        ),
    )

    assert code(feiten, date(2026, 10, 31)) == "kwalificatieplichtig"
    assert code(feiten, NOVEMBER) == "vrijgesteld"


@pytest.mark.parametrize("profiel", [Profiel.ARBEIDSMARKTGERICHT, Profiel.DAGBESTEDING])
def test_still_in_vso_is_a_setting(profiel):
    leerling = replace(ZEVENTIEN, onderwijssoort="vso", uitstroomprofiel=profiel)

    strict = leerplichtstatus(leerling, NOVEMBER)
    lenient = leerplichtstatus(leerling, NOVEMBER, replace(Regels.on(NOVEMBER), vso_lezing="ruim"))

    assert (strict.code, strict.doorstroompunt_actief) == ("kwalificatieplichtig", None)
    assert (lenient.code, lenient.doorstroompunt_actief) == ("doorstroompunt", False)
    assert lenient.kwalificatieplicht is None


@pytest.mark.parametrize(
    ("soort", "expected"),
    [("pro", "doorstroompunt"), ("mbo", "doorstroompunt"), ("vo", "kwalificatieplichtig"),
     ("vso", "kwalificatieplichtig")],
)  # fmt: skip  # read as a table
def test_a_praktijkonderwijs_bewijs_keeps_its_value_in_mbo(soort, expected):
    """In vo the bewijs is a vmbo diploma, in vso without profile it shows no exception."""
    feiten = replace(ZEVENTIEN, onderwijssoort=soort, uitstroom_bewijs_datum=date(2026, 7, 10))

    assert code(feiten, NOVEMBER) == expected


def test_nooit_geschikt_after_18_is_a_setting():
    feiten = Feiten(
        geboortedatum=date(2008, 5, 20), vrijstellingen=(exempt("5a", date(2013, 6, 3)),)
    )

    assert code(feiten, NOVEMBER) == "doorstroompunt"
    assert code(feiten, NOVEMBER, dsp_open_vrijstelling_telt=False) == "buiten_doelgroep"


@pytest.mark.parametrize(
    ("day", "voltooid", "expected", "einde"),
    [
        (date(2025, 7, 31), 12, "leerplichtig", date(2025, 7, 31)),
        (date(2025, 8, 1), 12, "kwalificatieplichtig", date(2025, 7, 31)),
        (date(2026, 7, 30), 12, "kwalificatieplichtig", date(2025, 7, 31)),
        (date(2025, 8, 1), 0, "leerplichtig", date(2026, 7, 31)),
        (date(2025, 8, 1), None, "leerplichtig", date(2026, 7, 31)),
    ],
)
def test_twelve_school_years_end_on_a_31_july(day, voltooid, expected, einde):
    feiten = Feiten(geboortedatum=date(2009, 8, 15), schooljaren_voltooid=voltooid)

    status = leerplichtstatus(feiten, day)

    assert (status.code, status.leerplicht.laatste_dag) == (expected, einde)


def test_school_years_counted_on_another_day():
    feiten = Feiten(
        geboortedatum=date(2009, 8, 15),
        schooljaren_voltooid=12,
        schooljaren_geteld_op=date(2025, 9, 1),
    )

    assert code(feiten, date(2025, 7, 31)) == "leerplichtig"
    assert code(feiten, date(2026, 9, 1)) == "kwalificatieplichtig"


def test_the_school_calendar_of_the_region_shifts_the_start():
    kind = Feiten(geboortedatum=date(2021, 7, 20))

    starts = {
        regio: leerplichtstatus(replace(kind, regio=regio), NOVEMBER).leerplicht.van
        for regio in (None, *Regio)
    }

    assert starts == {
        None: date(2026, 8, 3),
        Regio.NOORD: date(2026, 8, 17),
        Regio.MIDDEN: date(2026, 8, 31),
        Regio.ZUID: date(2026, 8, 24),
    }


def test_public_holidays_are_no_school_day_unless_set_so():
    kind = Feiten(geboortedatum=date(2020, 12, 10))

    found = [
        leerplichtstatus(
            kind, NOVEMBER, replace(Regels.on(NOVEMBER), feestdagen_schoolvrij=free)
        ).leerplicht.van
        for free in (True, False)
    ]

    assert found == [date(2026, 1, 2), date(2026, 1, 1)]


def test_two_stays_in_the_netherlands():
    feiten = Feiten(
        geboortedatum=date(2014, 1, 30),
        verblijf=(
            Periode(date(2026, 1, 12), None),
            Periode.through(None, date(2024, 12, 31)),
        ),
    )

    found = {
        day: (status.code.value, status.leerplicht.van, status.leerplicht.laatste_dag)
        for day in (date(2024, 12, 31), date(2025, 6, 1), date(2026, 1, 12))
        for status in [leerplichtstatus(feiten, day)]
    }

    assert found == {
        date(2024, 12, 31): ("leerplichtig", date(2019, 2, 1), date(2024, 12, 31)),
        date(2025, 6, 1): ("buiten_doelgroep", date(2026, 1, 12), date(2030, 7, 31)),
        date(2026, 1, 12): ("leerplichtig", date(2026, 1, 12), date(2030, 7, 31)),
    }


@pytest.mark.parametrize(
    ("ingeschreven", "soort", "weken", "grens", "actief"),
    [
        (True, "mbo", "3", None, False),
        (True, "mbo", "4", None, True),
        (True, "mbo", "3.5", None, False),
        (True, "mbo", "2", "2", True),
        (True, "mbo", "4", "6", True),  # a school cannot make the period longer
        (True, "buitenland", "0", None, True),
        (False, "geen", "0", None, True),
        (None, "geen", "0", None, True),
        (None, "", "0", None, None),
    ],
)
def test_active_case(ingeschreven, soort, weken, grens, actief):
    feiten = Feiten(
        geboortedatum=date(2005, 1, 1),
        ingeschreven=ingeschreven,
        onderwijssoort=soort,
        afwezig_weken=Decimal(weken),
        afwezig_weken_grens=Decimal(grens) if grens else None,
    )

    assert leerplichtstatus(feiten, NOVEMBER).doorstroompunt_actief is actief


def test_a_setting_may_be_dated(settings):
    settings.LEERRECHT_REGELS = {"leeftijdsgrens_dsp": [(30, "2026-06-01", "2026-07-01")]}
    feiten = Feiten(geboortedatum=date(1997, 1, 1))

    found = [code(feiten, date(2026, maand, 1)) for maand in (5, 6, 7)]

    assert found == ["buiten_doelgroep", "doorstroompunt", "buiten_doelgroep"]


def test_an_unknown_setting_is_refused(settings):
    settings.LEERRECHT_REGELS = {"leeftijd": 5}

    with pytest.raises(LookupError) as error:
        Regels.on(NOVEMBER)

    assert str(error.value) == "LEERRECHT_REGELS kent geen leeftijd."


def test_the_two_spellings_of_grounds_meet_in_one_table():
    assert from_statuscode("5_a") == from_pakket("5a")
    assert from_statuscode("5a") == from_pakket("5a_trekkend")
    assert from_statuscode("5_a") != from_pakket("5a_trekkend")
    assert {from_statuscode(grond.statuscode) for grond in GRONDEN.values()} == set(
        GRONDEN.values()
    )


@pytest.mark.parametrize(
    ("soort", "geboren", "begin", "taak"),
    [
        ("V3", date(2008, 11, 23), date(2026, 11, 22), Taak.LEERPLICHT),
        ("V3", date(2008, 11, 23), date(2026, 11, 23), Taak.DOORSTROOMPUNT),
        ("V3", date(2008, 11, 23), None, Taak.DOORSTROOMPUNT),  # melddatum, the birthday
        ("O", date(2008, 11, 23), date(2026, 11, 1), Taak.LEERPLICHT),
        ("V4", date(2010, 1, 1), date(2026, 11, 1), Taak.DOORSTROOMPUNT),
        ("RMC", date(2010, 1, 1), date(2026, 11, 1), Taak.DOORSTROOMPUNT),
    ],
)
def test_task_of_a_melding(soort, geboren, begin, taak):
    found = taak_of_melding(
        soort, geboortedatum=geboren, begindatum=begin, melddatum=date(2026, 11, 23)
    )

    assert found == taak


def test_task_of_a_17_year_old_with_a_startkwalificatie():
    found = taak_of_melding(
        "V3",
        geboortedatum=date(2009, 1, 20),
        begindatum=date(2026, 2, 1),
        melddatum=date(2026, 2, 9),
        startkwalificatie_datum=date(2026, 1, 30),
    )

    assert found == Taak.DOORSTROOMPUNT


@pytest.mark.parametrize(
    ("feiten", "day", "expected"),
    [
        (Feiten(date(2022, 5, 5)), NOVEMBER, (date(2027, 6, 1), "leerplichtig")),
        (Feiten(date(2010, 8, 1)), NOVEMBER, (date(2027, 8, 1), "kwalificatieplichtig")),
        (ZEVENTIEN, NOVEMBER, (date(2027, 4, 4), "doorstroompunt")),
        (
            Feiten(date(2002, 1, 1), ingeschreven=False),
            date(2024, 12, 1),
            (date(2025, 1, 1), "buiten_doelgroep"),
        ),
        (Feiten(date(1999, 1, 1)), NOVEMBER, None),
        (
            Feiten(date(2016, 4, 10), vrijstellingen=(exempt("5a_trekkend", date(2026, 3, 1)),)),
            date(2026, 9, 1),
            (date(2026, 11, 1), "leerplichtig"),
        ),
        (
            Feiten(date(2018, 2, 2), vrijstellingen=(
                exempt("5a", date(2026, 8, 1), date(2027, 7, 31)),
            )),
            NOVEMBER,
            (date(2027, 8, 1), "leerplichtig"),
        ),
    ],
)  # fmt: skip  # read as a table
def test_next_change(feiten, day, expected):
    assert next_change(feiten, day) == expected


def test_next_change_sees_the_new_age_limit_of_2026():
    uit_beeld = Feiten(date(2002, 10, 10), ingeschreven=False)

    assert next_change(uit_beeld, date(2025, 11, 1)) == (
        date(2026, 1, 1),
        Statuscode.DOORSTROOMPUNT,
    )
