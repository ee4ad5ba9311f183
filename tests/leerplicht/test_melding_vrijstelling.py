"""Exemptions: notice against decision, limits of a ground, return to school."""

from dataclasses import replace
from datetime import date

import pytest

from accounts.models import Gebeurtenis
from casework.errors import DomainError, NotAuthorised
from leerplicht.domain.vrijstelling import (
    Vrijstellinginvoer,
    decide_vrijstelling,
    points_to_check,
    register_vrijstelling,
    return_to_school,
)
from tests.factories import (
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    VrijstellingFactory,
    make_ambtenaar,
)

INVOER = Vrijstellinginvoer(
    grond="5b",
    aanvraagdatum=date(2025, 6, 20),
    begindatum=date(2025, 8, 1),
    einddatum=date(2026, 7, 31),
)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)


def test_register_and_judge_a_notice(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente)

    eerste = register_vrijstelling(jongere, by=ambtenaar, invoer=INVOER)
    besloten = decide_vrijstelling(
        eerste, besluit="VAN_RECHTSWEGE", besluitdatum=date(2025, 7, 1), by=ambtenaar
    )
    tweede = register_vrijstelling(jongere, by=ambtenaar, invoer=INVOER)

    assert (eerste.nieuw, tweede.nieuw) == (True, False)
    assert (eerste.gemeente, eerste.gemeente_aanvraag) == (gemeente, gemeente)
    assert besloten.besluit == "VAN_RECHTSWEGE"
    assert Gebeurtenis.objects.filter(taak="leerplicht").count() == 3


FOUT = [
    (
        {"besluit": "VERLEEND", "besluitdatum": date(2025, 7, 1)},
        "'Verleend' past niet: Lpw 5 onder b is een kennisgeving.",
    ),
    (
        {"grond": "15", "besluit": "VAN_RECHTSWEGE"},
        "'Van rechtswege' past niet: Lpw 15 is een aanvraag.",
    ),
    (
        {"besluit": "VAN_RECHTSWEGE"},
        "Vul de datum van het besluit of van de beoordeling in.",
    ),
    ({"grond": "15"}, "Artikel 15 is er alleen voor wie kwalificatieplichtig is."),
    (
        {"einddatum": None},
        "Vul de laatste dag in: deze vrijstelling geldt voor een schooljaar.",
    ),
    (
        {"einddatum": date(2026, 8, 1)},
        "Deze vrijstelling loopt niet langer dan een schooljaar.",
    ),
    ({"einddatum": date(2025, 7, 1)}, "De vrijstelling eindigt voor zij begint."),
]


@pytest.mark.parametrize(("anders", "zin"), FOUT)
def test_what_does_not_fit_the_ground_is_refused(gemeente, ambtenaar, anders, zin):
    jongere = JongereFactory(gemeente=gemeente)

    with pytest.raises(DomainError) as error:
        register_vrijstelling(jongere, by=ambtenaar, invoer=replace(INVOER, **anders))

    assert str(error.value) == zin


def test_3a_from_fourteen(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2011, 8, 2))

    with pytest.raises(DomainError) as error:
        register_vrijstelling(jongere, by=ambtenaar, invoer=replace(INVOER, grond="3a"))

    assert str(error.value) == "Artikel 3a kan pas vanaf 14 jaar."


def test_going_to_school_ends_the_exemption_the_day_before(gemeente, ambtenaar):
    vrijstelling = VrijstellingFactory(jongere=JongereFactory(gemeente=gemeente))

    vrijstelling = return_to_school(vrijstelling, day=date(2026, 1, 5), by=ambtenaar)

    assert vrijstelling.einddatum == date(2026, 1, 4)
    assert vrijstelling.gemeente_terug == gemeente


@pytest.mark.parametrize("besluit", ["IN_BEHANDELING", "GEWEIGERD", "ONGELDIG", "INGETROKKEN"])
def test_what_does_not_hold_cannot_end(gemeente, ambtenaar, besluit):
    vrijstelling = VrijstellingFactory(jongere=JongereFactory(gemeente=gemeente), besluit=besluit)

    with pytest.raises(DomainError) as error:
        return_to_school(vrijstelling, day=date(2026, 1, 5), by=ambtenaar)

    assert str(error.value) == "Deze vrijstelling geldt niet, dus zij kan ook niet eindigen."


def test_someone_of_another_gemeente_may_not_decide(gemeente):
    vrijstelling = VrijstellingFactory(jongere=JongereFactory(gemeente=gemeente))

    with pytest.raises(NotAuthorised):
        decide_vrijstelling(
            vrijstelling,
            besluit="ONGELDIG",
            besluitdatum=date(2025, 9, 1),
            by=make_ambtenaar(GemeenteFactory()),
        )


def test_5b_after_a_school_is_pointed_out(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=jongere)
    ooit = JongereFactory(gemeente=gemeente)
    InschrijvingFactory(jongere=ooit, einddatum=date(2024, 1, 1))

    assert len(points_to_check(VrijstellingFactory(jongere=jongere, grond="5b"))) == 1
    assert points_to_check(VrijstellingFactory(jongere=ooit, grond="5b")) == []
