"""The days of an offence: duty, exemption, age and lapse on every way to a proces-verbaal."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.rechten import Rol, Taak
from casework.errors import DomainError
from leerplicht.domain.mas_voorwaarden import lapses_after, no_suspect
from leerplicht.domain.opsporing import PvInvoer, draw_up_pv
from leerplicht.domain.strafzaak import open_strafzaak, suspects
from leerplicht.domain.tabellen import tabel_of
from leerplicht.domain.verzuimdagen import hours, offence_days
from leerplicht.models import ProcesVerbaal
from tests.factories import (
    BoaAkteFactory,
    InschrijvingFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_gebruiker,
)

DAG = date(2025, 10, 1)
WEEK = [date(2025, 9, day) for day in (8, 9, 10, 11, 12)]  # Monday to Friday
# From which state a proces-verbaal is drawn up, by kind of werkproces.
WEGEN = {
    "RELATIEF": "weging", "ABSOLUUT": "horen_ouders", "LUXE": "luxe_pv",
    "VRIJSTELLING": "kg_gesprek",
}  # fmt: skip  # read as a table


@pytest.fixture
def boa(gemeente):
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    BoaAkteFactory(gebruiker=user)
    return user


def make_case(gemeente, soort="RELATIEF", geboren="2011-03-15", van=WEEK[0], tot=WEEK[-1], **more):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    werkproces = WerkprocesFactory(
        jongere=jongere, soort=soort, gemeente=gemeente, gestart_op=van, toestand=WEGEN[soort]
    )
    if soort in ("RELATIEF", "LUXE"):
        VerzuimmeldingFactory(
            jongere=jongere,
            werkproces=werkproces,
            begindatum=van,
            einddatum=tot,
            melddatum=tot,
            **more,
        )
    return werkproces


# born, exempted from and to, days of the offence for the adults and for the youth
DAGEN = [
    ("2011-03-15", None, None, WEEK, WEEK),
    ("2013-09-08", None, None, WEEK, WEEK),
    ("2013-09-10", None, None, WEEK, WEEK[2:]),  # 12 on Wednesday
    ("2013-09-12", None, None, WEEK, WEEK[4:]),
    ("2013-09-13", None, None, WEEK, []),
    ("2007-09-10", None, None, WEEK[:2], WEEK[:2]),  # 18 on Wednesday
    ("2007-09-08", None, None, [], []),
    ("2011-03-15", WEEK[0], WEEK[4], [], []),
    ("2011-03-15", WEEK[0], WEEK[1], WEEK[2:], WEEK[2:]),
    ("2011-03-15", WEEK[1], None, WEEK[:1], WEEK[:1]),
    ("2011-03-15", WEEK[1], WEEK[3], [WEEK[0], WEEK[4]], [WEEK[0], WEEK[4]]),
]


@pytest.mark.parametrize(("geboren", "vrij_van", "vrij_tot", "ouders", "jongere"), DAGEN)
def test_the_days_of_the_offence(gemeente, geboren, vrij_van, vrij_tot, ouders, jongere):
    werkproces = make_case(gemeente, geboren=geboren)
    if vrij_van:
        VrijstellingFactory(
            jongere=werkproces.jongere,
            grond="5b",
            besluit="VAN_RECHTSWEGE",
            begindatum=vrij_van,
            einddatum=vrij_tot,
        )

    assert list(offence_days(werkproces, DAG)) == ouders
    assert list(offence_days(werkproces, DAG, youth=True)) == jongere
    assert bool(no_suspect(werkproces, "JONGERE", DAG)) is not bool(jongere)


@pytest.mark.parametrize("soort", WEGEN)
@pytest.mark.parametrize("waarom", ["vrijgesteld", "verjaard", "achttien"])
def test_no_way_to_a_pv_without_duty_or_after_the_lapse(gemeente, boa, soort, waarom):
    werkproces = make_case(gemeente, soort, "2007-09-08" if waarom == "achttien" else "2011-03-15")
    day = DAG
    if waarom == "vrijgesteld":
        VrijstellingFactory(
            jongere=werkproces.jongere,
            grond="5a",
            besluit="VAN_RECHTSWEGE",
            begindatum=date(2025, 8, 1),
            einddatum=None,
        )
    if waarom == "verjaard":
        InschrijvingFactory(
            jongere=werkproces.jongere, begindatum=date(2025, 9, 13), einddatum=None
        )
        day = date(2028, 9, 13)
    BoaAkteFactory(gebruiker=boa, geldig_van=date(2025, 10, 2), geldig_tot=date(2030, 1, 1))
    word = "verjaard" if waarom == "verjaard" else "geen plicht"
    stap = tabel_of(werkproces).stappen["strafrecht_inzetten"]

    assert any(word in (check(werkproces, day) or "") for check in stap.voorwaarden)
    for toestand in (werkproces.toestand, "strafrecht"):  # a second suspect no more than a first
        werkproces.toestand = toestand
        werkproces.save()
        with pytest.raises(DomainError, match=word):
            draw_up_pv(werkproces, by=boa, day=day, invoer=PvInvoer("OUDER1", day))
        with pytest.raises(DomainError, match=word):
            open_strafzaak(werkproces, by=boa, day=day, verdachte="OUDER1", naam="K. Bos")
    assert ProcesVerbaal.objects.count() == 0


@pytest.mark.parametrize(
    ("dag", "laatste"),
    [
        ("2022-10-01", "2025-10-01"), ("2024-02-29", "2027-02-28"), ("2025-01-01", "2028-01-01"),
    ],
)  # fmt: skip  # read as a table
def test_the_term_of_the_lapse_begins_the_day_after(db, dag, laatste):
    assert lapses_after(date.fromisoformat(dag), DAG) == date.fromisoformat(laatste)


@pytest.mark.parametrize("soort", ["ABSOLUUT", "VRIJSTELLING"])
def test_for_enrolment_the_youth_is_never_suspect(gemeente, boa, soort):
    werkproces = make_case(gemeente, soort)
    zaak = open_strafzaak(werkproces, by=boa, day=DAG, verdachte="OUDER1", naam="K. Bos")

    for toestand in (WEGEN[soort], "strafrecht"):
        werkproces.toestand = toestand
        werkproces.save()
        for attempt in (
            lambda: open_strafzaak(werkproces, by=boa, day=DAG, verdachte="JONGERE", naam="Sam"),
            lambda: draw_up_pv(werkproces, by=boa, day=DAG, invoer=PvInvoer("JONGERE", DAG)),
        ):
            with pytest.raises(DomainError, match="alleen een ouder"):
                attempt()
    pv = draw_up_pv(werkproces, by=boa, day=DAG, invoer=PvInvoer("OUDER1", DAG))

    assert "JONGERE" not in suspects(werkproces)
    assert (zaak.feit, zaak.uren) == ("INSCHRIJVEN", None)
    assert (zaak.feit_van, zaak.feit_tot) == (WEEK[0], DAG)  # it goes on
    assert pv.verzuimsoort == "ABSOLUUT"


def test_what_goes_on_ends_with_an_enrolment(gemeente, boa):
    werkproces = make_case(gemeente, "ABSOLUUT")
    InschrijvingFactory(jongere=werkproces.jongere, begindatum=date(2025, 9, 11), einddatum=None)

    assert list(offence_days(werkproces, DAG)) == WEEK[:3]


def test_a_case_tells_the_days_and_hours_of_its_own_offence(gemeente, boa):
    werkproces = make_case(gemeente, geboren="2013-09-11", uren=20)  # 12 on Thursday
    melding = werkproces.meldingen.get()
    whole = open_strafzaak(werkproces, by=boa, day=DAG, verdachte="JONGERE", naam="Sam")
    for day in WEEK:
        melding.dagen.create(datum=day, klokuren=4)
    adult = open_strafzaak(werkproces, by=boa, day=DAG, verdachte="OUDER1", naam="K. Bos")
    whole.toestand = "vervallen"
    whole.save()
    youth = open_strafzaak(werkproces, by=boa, day=DAG, verdachte="JONGERE", naam="Sam")

    assert whole.uren is None  # 20 hours in all, how many from Thursday is not known
    assert (adult.feit_van, adult.feit_tot, adult.uren) == (WEEK[0], WEEK[4], 20)
    assert (youth.feit_van, youth.feit_tot, youth.uren) == (WEEK[3], WEEK[4], 8)


# hours of the melding, per day (clock hours, lessons), only these days, what comes out
UREN = [
    (20, [], None, 20),
    (None, [], None, 0),
    (20, [("4.5", ""), ("3", "")], None, "7.5"),
    (20, [(None, "1,2,3"), (None, "5, 6")], None, 5),
    (20, [("4.5", "1,2"), (None, "1,2")], None, "6.5"),
    (20, [("0", ""), ("4", "")], None, 4),
    (20, [("4", ""), (None, "")], None, 20),  # a day is not known
    (None, [("4", ""), (None, "")], None, 4),
    (20, [("4", ""), ("3", "")], WEEK[:1], 4),
    (20, [("4", ""), (None, "")], WEEK[:1], None),
    (20, [("4", ""), (None, "")], WEEK[:2], 20),
    (20, [], WEEK[:1], None),
    (20, [], WEEK, 20),
]


@pytest.mark.parametrize(("geheel", "per_dag", "alleen", "verwacht"), UREN)
def test_hours_of_days_lessons_or_the_melding(gemeente, geheel, per_dag, alleen, verwacht):
    melding = make_case(gemeente, uren=geheel).meldingen.get()
    rows = [
        melding.dagen.create(datum=day, klokuren=klok and Decimal(klok), lesuren=lessen)
        for day, (klok, lessen) in zip(WEEK, per_dag, strict=False)
    ]

    found = hours([melding], rows, alleen)

    assert found == (None if verwacht is None else Decimal(verwacht))
