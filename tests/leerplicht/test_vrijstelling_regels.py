"""Borders of each term and check of an exemption, from the text of the law."""

from datetime import date

import pytest

from casework.schooljaar import Schooljaar
from leerplicht.domain import vrijstelling_regels as regels
from leerplicht.domain.vrijstelling_proces import (
    Ronde,
    day_of_round,
    follow,
    recipients,
    to_renew,
)
from tests.factories import (
    DiplomaFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

pytestmark = pytest.mark.django_db
D = date.fromisoformat


@pytest.mark.parametrize(
    ("begin", "start", "eerste", "laatste"),
    [
        ("2025-09-01", "2025-09-01", True, "2025-08-01"),  # a month before the duty
        ("2025-03-31", "2025-03-31", True, "2025-02-28"),  # a shorter month
        ("2025-08-01", "2020-09-01", True, "2025-06-30"),  # the duty runs: the yearly date
        ("2025-08-01", "2020-09-01", False, "2025-06-30"),  # before 1 July
        ("2026-01-05", "2020-09-01", False, "2025-06-30"),
    ],
)
def test_last_day_of_a_notice(begin, start, eerste, laatste):
    day = regels.last_day_of_notice(begin=D(begin), leerplicht_start=D(start), eerste=eerste)

    assert day == D(laatste)


@pytest.mark.parametrize(("ontvangen", "laat"), [("2025-06-30", False), ("2025-07-01", True)])
def test_a_late_notice_gets_a_flag(ontvangen, laat):
    row = VrijstellingFactory(
        aanvraagdatum=D(ontvangen), begindatum=D("2025-08-01"), nieuw=False, grond="5b"
    )

    assert regels.is_late(row) is laat


@pytest.mark.parametrize(
    ("verklaring", "kennisgeving", "oud"),
    [
        ("2025-03-20", "2025-06-20", False),
        ("2025-03-19", "2025-06-20", True),
        ("2025-02-28", "2025-05-31", False),
        ("2025-02-27", "2025-05-31", True),
    ],
)
def test_a_statement_is_three_months_good(verklaring, kennisgeving, oud):
    assert regels.is_statement_too_old(D(verklaring), D(kennisgeving)) is oud


@pytest.mark.parametrize(
    ("grond", "ontvangen", "uiterlijk"),
    [
        ("3a", "2025-09-01", "2025-10-13"),
        ("3b", "2025-09-06", "2025-10-20"),  # six weeks is a Saturday
        ("15", "2025-09-01", "2025-10-27"),
        ("11g", "2025-10-30", "2025-12-29"),  # eight weeks is Christmas Day
    ],
)
def test_term_to_decide(grond, ontvangen, uiterlijk):
    assert regels.decide_before(grond, D(ontvangen)) == D(uiterlijk)


@pytest.mark.parametrize(
    ("bekend", "laatste"), [("2025-09-01", "2025-10-13"), ("2025-11-13", "2025-12-29")]
)
def test_six_weeks_for_bezwaar(bekend, laatste):
    assert regels.objection_before(D(bekend)) == D(laatste)


def test_extending_3a_is_asked_eight_weeks_before_without_a_shift():
    assert regels.extend_3a_before(D("2026-07-31")) == D("2026-06-05")
    assert regels.extend_3a_before(D("2027-08-01")).weekday() == 6  # a Sunday stays


GEEN = "In deze periode is er geen plicht waarvoor deze grond vrijstelling geeft."
GEVALLEN = [
    # grond, born, begin, end, more, sentence (None: allowed)
    ("3a", "2011-08-01", "2025-08-01", "2026-07-31", {}, None),
    ("3a", "2011-08-02", "2025-08-01", "2026-07-31", {}, "Artikel 3a kan pas vanaf 14 jaar."),
    ("3b", "2010-03-15", "2025-08-01", "2026-07-31", {}, None),  # 16 in March 2026
    ("3b", "2010-08-01", "2025-08-01", "2026-07-31", {},
     "Artikel 3b kan alleen in het laatste schooljaar van de leerplicht."),
    ("15", "2009-03-15", "2025-08-01", "2026-07-31", {}, None),
    ("15", "2009-08-01", "2025-08-01", "2026-07-31", {},
     "Artikel 15 kan pas na het einde van de leerplicht."),
    ("15", "2007-07-31", "2025-08-01", "2026-07-31", {}, GEEN),
    ("5b", "2012-01-01", "2025-08-01", "2026-07-31", {}, None),
    ("5b", "2012-01-01", "2025-08-01", "2026-08-01", {},
     "De periode loopt over meer dan een schooljaar."),
    ("5c", "2012-01-01", "2025-08-01", None, {},
     "Zonder einddatum kan alleen bij 5 onder a, als de verklaring 'nooit' zegt."),
    ("5a", "2012-01-01", "2025-08-01", None,
     {"nooit_geschikt": True, "verklaring_datum": D("2025-06-01")}, None),
    ("5a", "2012-01-01", "2025-08-01", "2026-07-31", {},
     "De datum van de verklaring van de arts, pedagoog of psycholoog ontbreekt."),
    ("5a", "2012-01-01", "2025-08-01", "2026-07-31", {"verklaring_datum": D("2025-03-19")},
     "De verklaring was ouder dan drie maanden op de dag van de kennisgeving."),
    ("5a_trekkend", "2009-03-15", "2025-08-01", "2026-07-31", {}, GEEN),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("grond", "geboren", "begin", "einde", "meer", "zin"), GEVALLEN)
def test_what_the_law_does_not_allow(grond, geboren, begin, einde, meer, zin):
    row = VrijstellingFactory(
        jongere__geboortedatum=D(geboren),
        grond=grond,
        aanvraagdatum=D("2025-06-20"),
        begindatum=D(begin),
        einddatum=einde and D(einde),
        besluit="IN_BEHANDELING",
        **meer,
    )

    assert regels.hindrances(row) == ([zin] if zin else [])


@pytest.mark.parametrize(
    ("einde", "botst"), [("2025-08-31", False), ("2025-09-01", True), (None, True)]
)
def test_two_exemptions_do_not_overlap(einde, botst):
    jongere = JongereFactory()
    VrijstellingFactory(
        jongere=jongere, grond="5c", begindatum=D("2024-08-01"), einddatum=einde and D(einde)
    )
    row = VrijstellingFactory(jongere=jongere, besluit="IN_BEHANDELING")

    assert regels.overlapping(row) is botst


@pytest.mark.parametrize(
    ("einde", "geplaatst"), [("2024-08-19", False), ("2024-08-20", True), (None, True)]
)
def test_5b_after_a_school_in_the_year_before(einde, geplaatst):
    row = VrijstellingFactory(grond="5b", aanvraagdatum=D("2025-08-20"))
    InschrijvingFactory(jongere=row.jongere, einddatum=einde and D(einde))

    assert regels.was_placed(row) is geplaatst


@pytest.mark.parametrize(
    ("diploma", "laatste"),
    [(None, "2027-03-14"), ("2026-09-15", "2026-09-14"), ("2025-10-01", "2026-07-31")],
)
def test_an_exemption_ends_with_eighteen_or_a_diploma(diploma, laatste):
    row = VrijstellingFactory(jongere__geboortedatum=D("2009-03-15"), begindatum=D("2025-08-01"))
    if diploma:
        DiplomaFactory(jongere=row.jongere, datum=D(diploma))
        row.jongere.geboortedatum = D("2010-03-15") if diploma < "2026" else D("2009-03-15")

    assert regels.end_by_law(row) == D(laatste)


# Renewals

JAAR = Schooljaar(2025)


def test_the_days_of_the_season():
    assert [day_of_round(ronde, 2026) for ronde in Ronde] == [
        D("2026-04-01"),
        D("2026-05-15"),
        D("2026-07-01"),
    ]


@pytest.mark.parametrize(
    ("velden", "op_lijst"),
    [
        ({"grond": "5b"}, True),
        ({"grond": "5c"}, True),
        ({"grond": "5a"}, True),
        ({"grond": "5a", "einddatum": None, "nooit_geschikt": True}, False),
        ({"grond": "5a_trekkend"}, False),
        ({"grond": "15", "besluit": "VERLEEND"}, False),
        ({"grond": "5b", "besluit": "ONGELDIG"}, False),
        ({"grond": "5b", "einddatum": D("2025-07-31"), "begindatum": D("2024-08-01")}, False),
        ({"grond": "5b", "terug_naar_school_op": D("2026-01-05")}, False),
        ({"grond": "5b", "jongere__geboortedatum": D("2008-08-01")}, False),  # 18 on 1 August
        ({"grond": "5b", "jongere__geboortedatum": D("2008-08-02")}, True),
        ({"grond": "5b", "jongere__datum_vertrek": D("2026-01-01")}, False),
    ],
)
def test_who_has_to_renew(velden, op_lijst):
    VrijstellingFactory(**velden)

    assert to_renew(JAAR).exists() is op_lijst


def test_a_new_notice_takes_the_name_off_the_list():
    row = VrijstellingFactory(grond="5c")
    VrijstellingFactory(
        jongere=row.jongere,
        grond="5c",
        besluit="IN_BEHANDELING",
        begindatum=D("2026-08-01"),
        einddatum=D("2027-07-31"),
    )

    assert not to_renew(JAAR).filter(pk=row.pk).exists()


def test_recipients_are_those_in_sight():
    gemeente = GemeenteFactory()
    row = VrijstellingFactory(jongere__gemeente=gemeente, grond="5b")
    VrijstellingFactory(grond="5b")  # of another gemeente

    for ronde in Ronde:
        assert list(recipients(ronde, 2026, make_ambtenaar(gemeente))) == [row]


# What was heard of on 1 March -> why it ended and its last day; None: it runs on.
LATER_GEHOORD = [
    ({"diploma": date(2026, 2, 1)}, "STARTKWALIFICATIE", date(2026, 1, 31)),
    ({"datum_vertrek": date(2026, 1, 10)}, "VERHUISD", date(2026, 1, 9)),
    ({"datum_overlijden": date(2026, 1, 20)}, "OVERLEDEN", date(2026, 1, 19)),
    ({"datum_vertrek": date(2026, 1, 10), "diploma": date(2026, 1, 5)},
     "STARTKWALIFICATIE", date(2026, 1, 4)),
    ({"datum_vertrek": date(2026, 3, 2)}, "", date(2026, 7, 31)),
    # Away and back, long before.
    ({"datum_vertrek": date(2020, 1, 1), "datum_vestiging_nl": date(2022, 1, 1)},
     "", date(2026, 7, 31)),
    # Before it began: nothing of it is left but its first day.
    ({"datum_vertrek": date(2025, 6, 1)}, "VERHUISD", date(2025, 9, 1)),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("feiten", "reden", "laatste"), LATER_GEHOORD)
def test_it_ends_on_the_day_of_the_law_not_of_the_night(feiten, reden, laatste):
    feiten = {"geboortedatum": D("2009-03-15"), **feiten}
    diploma = feiten.pop("diploma", None)
    jongere = JongereFactory(**feiten)
    if diploma:
        DiplomaFactory(jongere=jongere, datum=diploma)
    werkproces = WerkprocesFactory(
        jongere=jongere, soort="VRIJSTELLING", toestand="av_lopend", status="GESLOTEN"
    )
    row = VrijstellingFactory(
        jongere=jongere,
        grond="15",
        besluit="VERLEEND",
        werkproces=werkproces,
        gemeld_duo_op=D("2025-09-08"),
    )

    follow(date(2026, 3, 1))

    row.refresh_from_db()
    assert (row.reden_einde, row.einddatum) == (reden, laatste)
    assert (row.gemeld_duo_op is None) is bool(reden)
