"""Leave: who decides at each border, what is pointed out, and the decision above ten days."""

from datetime import date
from decimal import Decimal

import pytest

from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised
from casework.kalender import Regio
from casework.schooljaar import Schooljaar
from leerplicht.domain.aanvraag_tabel import AANVRAAG
from leerplicht.domain.verlof import Verlofinvoer, request_verlof
from leerplicht.domain.verlof_regels import (
    Aanvraag,
    end_of_first_lesweken,
    per_schooljaar,
    points,
    who_decides,
)
from leerplicht.models import Verlof
from leerplicht.models.verlof import Opgenomen
from tests.factories import GemeenteFactory, JongereFactory, VerlofFactory, make_ambtenaar

D = date.fromisoformat
DAG = D("2025-09-01")


def ask(van, tot, **meer):
    meer.setdefault("soort", "GEWICHTIG")
    meer.setdefault("ingediend_op", D("2025-09-01"))
    return Aanvraag(van=D(van), tot=D(tot), **meer)


def had(van, tot, soort="GEWICHTIG", dagen=None):
    return Opgenomen(1, soort, D(van), D(tot), dagen and Decimal(dagen))


GEVALLEN = [
    # asked, had before, who decides, over how many days
    (ask("2025-11-03", "2025-11-14"), [], "SCHOOL", 10),
    (ask("2025-11-03", "2025-11-17"), [], "LEERPLICHT", 11),
    (ask("2025-11-03", "2025-11-07"), [had("2025-09-15", "2025-09-19")], "SCHOOL", 5),
    (ask("2025-11-03", "2025-11-10"), [had("2025-09-15", "2025-09-19")], "LEERPLICHT", 6),
    # leave of the schooljaar before, and leave of another kind, do not count
    (ask("2025-11-03", "2025-11-14"), [had("2025-06-02", "2025-06-13")], "SCHOOL", 10),
    (ask("2025-11-03", "2025-11-14"), [had("2025-09-15", "2025-09-19", "VAKANTIE_BEROEP")],
     "SCHOOL", 10),
    # days that were counted by hand win over the calendar
    (ask("2025-11-03", "2025-11-17", dagen=Decimal(10)), [], "SCHOOL", 10),
    (ask("2025-11-03", "2025-11-07"), [had("2025-09-15", "2025-09-19", dagen="5.5")],
     "LEERPLICHT", 5),
    # a leave over two schooljaren: each year has its own ten days
    (ask("2025-07-21", "2025-08-14", ingediend_op=D("2025-05-01")), [], "SCHOOL", 19),
    (ask("2025-07-18", "2025-08-15", ingediend_op=D("2025-05-01")), [], "LEERPLICHT", 21),
    # four days a week under the duty: eight days
    (ask("2025-11-03", "2025-11-12", plichtdagen=4), [], "SCHOOL", 8),
    (ask("2025-11-03", "2025-11-13", plichtdagen=4), [], "LEERPLICHT", 9),
    (ask("2025-11-03", "2025-11-28", soort="VAKANTIE_BEROEP"), [], "SCHOOL", 20),
    (ask("2025-11-03", "2025-11-28", soort="RELIGIE"), [], "", 0),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("aanvraag", "eerder", "wie", "dagen"), GEVALLEN)
def test_who_decides(aanvraag, eerder, wie, dagen):
    assert who_decides(aanvraag, eerder) == (wie, dagen)


def test_only_the_days_above_ten_is_a_setting(settings):
    settings.LEERRECHT_REGELS = {"verlof_hele_aanvraag": False}

    assert who_decides(ask("2025-11-03", "2025-11-17"), []) == ("LEERPLICHT", 1)


def test_not_pro_rata_is_a_setting(settings):
    settings.LEERRECHT_REGELS = {"verlof_naar_rato": False}

    assert who_decides(ask("2025-11-03", "2025-11-14", plichtdagen=4), [])[0] == "SCHOOL"


def test_holidays_and_weekends_are_no_school_days():
    """Autumn holiday of region noord: 18 up to and with 26 October 2025."""
    found = per_schooljaar(D("2025-10-17"), D("2025-10-27"), None, Regio.NOORD)

    assert found == {Schooljaar(2025): 2}


PUNTEN = [
    (ask("2025-09-03", "2025-09-03", soort="RELIGIE"), []),
    (ask("2025-09-02", "2025-09-02", soort="RELIGIE"), ["tevoren gemeld"]),
    (ask("2025-11-03", "2025-11-03", omstandigheid="VERHUIZING"), []),
    (ask("2025-11-03", "2025-11-04", omstandigheid="VERHUIZING"), ["ten hoogste 1 schooldag"]),
    (ask("2025-11-03", "2025-11-07", omstandigheid="HUWELIJK"), []),
    (ask("2025-11-03", "2025-11-10", omstandigheid="HUWELIJK"), ["ten hoogste 5 schooldag"]),
    (ask("2025-11-03", "2025-11-03", omstandigheid="GEEN"), ["nooit een gewichtige"]),
    (ask("2025-08-30", "2025-09-05", omstandigheid="OVERIG"), []),
    (ask("2025-08-29", "2025-09-05", omstandigheid="OVERIG"), ["artikel 14 lid 2"]),
    (ask("2025-11-03", "2025-11-14", soort="VAKANTIE_BEROEP", aard_beroep=True), []),
    (ask("2025-11-03", "2025-11-17", soort="VAKANTIE_BEROEP", aard_beroep=True),
     ["meer dan 10 schooldagen"]),
    (ask("2025-11-03", "2025-11-07", soort="VAKANTIE_BEROEP"), ["specifieke aard"]),
    (ask("2025-09-01", "2025-09-05", soort="VAKANTIE_BEROEP", aard_beroep=True,
         regio=Regio.NOORD), ["moet voor de vakantie", "eerste twee lesweken"]),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("aanvraag", "zinnen"), PUNTEN)
def test_what_is_pointed_out(aanvraag, zinnen):
    found = list(points(aanvraag, []))

    assert len(found) == len(zinnen)
    assert all(zin in punt for zin, punt in zip(zinnen, found, strict=True))


def test_profession_once_a_schooljaar():
    aanvraag = ask("2025-11-03", "2025-11-07", soort="VAKANTIE_BEROEP", aard_beroep=True)

    assert any(
        "een keer per schooljaar" in punt
        for punt in points(aanvraag, [had("2025-09-22", "2025-09-23", "VAKANTIE_BEROEP")])
    )


@pytest.mark.parametrize(
    ("regio", "einde"), [(Regio.NOORD, "2025-09-08"), (Regio.ZUID, "2025-09-01")]
)
def test_the_first_two_lesweken_end(regio, einde):
    """School begins on 25 August in noord and on 18 August in zuid."""
    assert end_of_first_lesweken(Schooljaar(2025), regio) == D(einde)


# Writing it


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


def invoer(van="2025-11-03", tot="2025-11-17", **meer):
    return Verlofinvoer(soort="GEWICHTIG", van=D(van), tot=D(tot), ingediend_op=DAG, **meer)


def test_above_ten_days_over_schools_the_ambtenaar_decides(jongere, ambtenaar):
    VerlofFactory(
        jongere=jongere,
        gemeente=GemeenteFactory(),
        van=D("2025-09-15"),
        tot=D("2025-09-19"),
        besluit="TOEGEKEND",
    )

    verlof = request_verlof(jongere, by=ambtenaar, day=DAG, invoer=invoer(tot="2025-11-10"))

    assert (verlof.beslisser, verlof.dagen) == ("LEERPLICHT", 6)
    assert (verlof.werkproces.soort, verlof.werkproces.toestand) == ("VERLOF", "av_ontvangen")
    assert [
        (a.grondslag, a.vervalt_op) for a in verlof.werkproces.acties.order_by("vervalt_op")
    ] == [
        ("termijn:av_ontvangen", D("2025-09-08")),
        ("beslistermijn", D("2025-10-27")),
    ]


def test_a_decision_of_the_hoofd_is_only_noted(jongere, ambtenaar):
    besluit = {"besluit": "TOEGEKEND", "besluitdatum": DAG}

    verlof = request_verlof(
        jongere, by=ambtenaar, day=DAG, invoer=invoer(tot="2025-11-14", **besluit)
    )

    assert (verlof.beslisser, verlof.werkproces) == ("SCHOOL", None)


def test_the_hoofd_may_not_decide_above_ten_days(jongere, ambtenaar):
    besluit = {"besluit": "TOEGEKEND", "besluitdatum": DAG}

    with pytest.raises(DomainError, match="leerplichtambtenaar"):
        request_verlof(jongere, by=ambtenaar, day=DAG, invoer=invoer(**besluit))


def test_not_in_another_gemeente(jongere):
    with pytest.raises(NotAuthorised):
        request_verlof(jongere, by=make_ambtenaar(GemeenteFactory()), day=DAG, invoer=invoer())


def step(verlof, naam, by, **gegevens):
    werkproces = type(verlof.werkproces).objects.get(pk=verlof.werkproces_id)
    perform(werkproces, naam, tabel=AANVRAAG, by=by, day=DAG, gegevens=gegevens)
    verlof.refresh_from_db()
    return verlof.werkproces.toestand


@pytest.mark.parametrize(
    ("besluit", "dagen", "verwacht", "toegekend"),
    [
        ("toegekend", None, "TOEGEKEND", Decimal(11)),
        ("deels", Decimal(4), "DEELS", Decimal(4)),
        ("geweigerd", None, "AFGEWEZEN", None),
    ],
)
def test_the_hoofd_is_heard_and_then_a_decision(
    jongere, ambtenaar, besluit, dagen, verwacht, toegekend
):
    verlof = request_verlof(jongere, by=ambtenaar, day=DAG, invoer=invoer())
    step(verlof, "verlof_behandelen", ambtenaar)
    with pytest.raises(DomainError, match="hoofd"):
        step(verlof, "horen_afronden", ambtenaar)
    step(verlof, "horen", ambtenaar, wie="hoofd", datum=DAG, verschenen="ja")
    step(verlof, "horen_afronden", ambtenaar)
    step(
        verlof,
        "besluiten",
        ambtenaar,
        besluit=besluit,
        dagen=dagen,
        motivering="Reden",
        niet_gehoord="Awb 4:7",
        mandaat="Wet: ambtenaar zelf",
    )
    step(verlof, "bekendmaken", ambtenaar, datum=DAG, clausule="ja")

    assert step(verlof, "afronden", ambtenaar) == "av_klaar"
    assert (verlof.besluit, verlof.dagen_toegekend) == (verwacht, toegekend)
    assert not verlof.werkproces.acties.open().filter(grondslag="beslistermijn").exists()


def test_in_part_says_how_much(jongere, ambtenaar):
    verlof = request_verlof(jongere, by=ambtenaar, day=DAG, invoer=invoer())
    type(verlof.werkproces).objects.update(toestand="av_gehoord")

    with pytest.raises(DomainError, match="hoeveel dagen"):
        step(verlof, "besluiten", ambtenaar, besluit="deels", motivering="M", mandaat="M")


def test_granted_in_part_counts_for_what_was_granted(jongere):
    VerlofFactory(jongere=jongere, dagen=8, dagen_toegekend=3, besluit="DEELS")

    assert [row.dagen for row in Verlof.objects.granted_to(jongere.pk)] == [3]
