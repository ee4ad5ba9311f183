"""Notices and requests: both tables walked, the clock of Awb, hearing, bezwaar, the calendar."""

from datetime import date, timedelta
from functools import partial

import pytest

from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Actie, Werkproces
from leerplicht.domain.aanvraag_tabel import AANVRAAG
from leerplicht.domain.kennisgeving_tabel import KENNISGEVING
from leerplicht.domain.vrijstelling_proces import duo_message, follow, to_report
from tests.factories import (
    DiplomaFactory,
    InschrijvingFactory,
    VrijstellingFactory,
)
from tests.leerplicht.aanvragen import DAG, STUKKEN, begin, decided, step


@pytest.fixture
def start(gemeente, ambtenaar):
    return partial(begin, gemeente, ambtenaar)


@pytest.mark.parametrize("tabel", [KENNISGEVING, AANVRAAG], ids=lambda t: t.naam)
def test_every_toestand_can_be_reached_and_has_a_place(tabel):
    reached, frontier = set(), {tabel.begin}
    while frontier:
        reached |= frontier
        frontier = {s.naar or t for t in frontier for s in tabel.from_state(t)} - reached

    assert reached == set(tabel.toestanden)
    assert len({t.plaats for t in tabel.toestanden.values()}) == len(tabel.toestanden)
    assert all(list(tabel.from_state(t)) for t in tabel.open)


@pytest.mark.parametrize(
    ("tabel", "toestand", "naam"),
    [
        (tabel, t, s.naam)
        for tabel in (KENNISGEVING, AANVRAAG)
        for t in tabel.toestanden
        for s in tabel.stappen.values()
        if t not in s.van
    ],
)
def test_a_step_outside_the_table_is_refused(start, ambtenaar, tabel, toestand, naam):
    row = start("5b" if tabel is KENNISGEVING else "15")
    Werkproces.objects.update(toestand=toestand)

    with pytest.raises(DomainError, match="kan niet"):
        perform(row.werkproces, naam, tabel=tabel, by=ambtenaar, day=DAG)


VERKLARING = {
    "verklaring_datum": date(2025, 8, 1),
    "verklaring_door": "A. Arts",
    "verklaring_hoedanigheid": "ARTS",
    "nooit_geschikt": "nee",
}


# What belongs to every ground; a step asks only what its own needs.
BIJ = {"stukken": ["artikel_8", "artikel_9", "trekkend"]}


def run_notice(row, by):
    step(row, "compleet", by, **BIJ | (VERKLARING if row.grond == "5a" else {}))
    step(row, "toetsen", by, bevinding="Vorm klopt")
    step(row, "registreren", by)
    return step(row, "duo_melden", by, datum=DAG)


@pytest.mark.parametrize("grond", ["5a", "5c"])
def test_a_notice_until_it_runs(start, ambtenaar, grond):
    row = start(grond)

    assert run_notice(row, ambtenaar) == "kg_lopend"

    assert (row.besluit, row.gemeld_duo_op) == ("VAN_RECHTSWEGE", DAG)
    assert (row.werkproces.status, row.werkproces.resultaat) == ("GESLOTEN", "vrijstelling")


def test_5a_without_a_statement_is_not_complete(start, ambtenaar):
    with pytest.raises(DomainError, match="Vul bij 5 onder a in"):
        step(start("5a"), "compleet", ambtenaar)


@pytest.mark.parametrize(
    ("grond", "stuk"), [("5b", "artikel_8"), ("5c", "artikel_9"), ("5a_trekkend", "trekkend")]
)
def test_a_notice_is_complete_with_the_paper_of_its_ground(start, ambtenaar, grond, stuk):
    row, andere = start(grond), [naam for naam in BIJ["stukken"] if naam != stuk]
    with pytest.raises(DomainError, match="Nog niet compleet"):
        step(row, "compleet", ambtenaar, stukken=andere)

    assert step(row, "compleet", ambtenaar, stukken=[stuk]) == "kg_compleet"


# Ground, an earlier 3a, papers, care involved -> what is said (None: taken in treatment).
PAPIEREN = [
    ("3a", False, ["plan"], "", "instemming van het bevoegd gezag"),
    ("3a", False, ["plan", "bevoegd_gezag"], "", None),
    ("3a", True, ["plan", "bevoegd_gezag"], "", "verklaring van het hoofd"),
    ("3a", True, ["plan", "bevoegd_gezag", "hoofd"], "", None),
    ("3b", False, [], "nee", "plan van aanpak"),
    ("3b", False, ["plan"], "", "zorg of hulp"),
    ("3b", False, ["plan"], "nee", None),
    ("3b", True, ["plan"], "nee", "verklaring van het hoofd"),
    ("15", False, ["plan"], "", "voldoende ander onderwijs"),
    ("15", False, ["onderwijs"], "", None),
]


@pytest.mark.parametrize(("grond", "eerder", "stukken", "zorg", "zin"), PAPIEREN)
@pytest.mark.parametrize("aangevuld", [False, True])
def test_a_request_is_complete_by_its_ground(
    start, ambtenaar, aangevuld, grond, eerder, stukken, zorg, zin
):
    row = start(grond)
    if eerder:
        VrijstellingFactory(
            jongere=row.jongere,
            grond="3a",
            begindatum=date(2024, 8, 1),
            einddatum=date(2025, 7, 31),
            besluit="VERLEEND",
        )
    if aangevuld:
        step(row, "onvolledig_melden", ambtenaar, ontbreekt="Papieren")
    naam, gegevens = ("aangevuld", {"datum": DAG}) if aangevuld else ("behandelen", {})
    gegevens |= {"stukken": stukken, "zorg_betrokken": zorg}

    if zin:
        with pytest.raises(DomainError, match=zin):
            step(row, naam, ambtenaar, **gegevens)
        gegevens |= {"zonder_stukken": "Kwam niet", "zorg_betrokken": zorg or "nee"}
    assert step(row, naam, ambtenaar, **gegevens) == "av_in_behandeling"


def test_5b_after_a_school_needs_a_reason(start, ambtenaar):
    row = start("5b")
    InschrijvingFactory(jongere=row.jongere)
    step(row, "compleet", ambtenaar, **BIJ)
    step(row, "toetsen", ambtenaar, bevinding="Stond op school")

    with pytest.raises(DomainError, match="artikel 8 lid 2"):
        step(row, "registreren", ambtenaar)

    assert step(row, "registreren", ambtenaar, afweging="Andere richting") == "kg_geregistreerd"


def test_an_invalid_notice_leads_to_a_talk(start, ambtenaar):
    row = start("5b")
    step(row, "compleet", ambtenaar, **BIJ)
    step(row, "toetsen", ambtenaar, bevinding="Gaat over de methode")
    step(row, "ongeldig", ambtenaar, reden="Geen bezwaar tegen de richting")
    step(row, "gesprek", ambtenaar, datum=DAG, hoe="GESPREK", samenvatting="Uitgelegd")

    assert step(row, "ingeschreven", ambtenaar, datum=DAG) == "kg_klaar"
    assert (row.besluit, row.werkproces.resultaat) == ("ONGELDIG", "naar_school")


def hear(row, by, *wie):
    for persoon in wie:
        step(row, "horen", by, wie=persoon, datum=DAG, verschenen="ja")


HOREN = [
    ("3a", "2011-03-15", "ja", ("aanvrager", "jongere", "hoofd")),
    ("3b", "2010-03-15", "ja", ("aanvrager", "jongere", "hoofd", "instelling", "zorg")),
    ("3b", "2010-03-15", "nee", ("aanvrager", "jongere", "hoofd", "instelling")),
]


@pytest.mark.parametrize(("grond", "geboren", "zorg", "wie"), HOREN)
def test_who_must_be_heard(start, ambtenaar, grond, geboren, zorg, wie):
    row = start(grond, geboren)
    step(row, "behandelen", ambtenaar, **STUKKEN | {"zorg_betrokken": zorg})
    for persoon in wie:
        with pytest.raises(DomainError, match="Hoor eerst"):
            step(row, "horen_afronden", ambtenaar)
        hear(row, ambtenaar, persoon)

    assert step(row, "horen_afronden", ambtenaar) == "av_gehoord"


def test_a_grant_is_reported_to_duo_without_its_ground(start, ambtenaar):
    row = decided(start, ambtenaar, "toegekend")

    assert list(to_report()) == [row]
    assert "grond" not in type(duo_message(row)).__slots__
    assert step(row, "duo_melden", ambtenaar, datum=DAG) == "av_lopend"
    assert not to_report().exists()


def test_a_refusal_has_nothing_for_duo(start, ambtenaar):
    row = decided(start, ambtenaar, "geweigerd")

    with pytest.raises(DomainError):
        step(row, "duo_melden", ambtenaar, datum=DAG)

    assert step(row, "afronden", ambtenaar) == "av_klaar"
    assert row.besluit == "GEWEIGERD"
    with pytest.raises(DomainError):
        duo_message(row)


def test_what_the_law_does_not_allow_cannot_be_granted(start, ambtenaar):
    with pytest.raises(DomainError, match="na het einde van de leerplicht"):
        decided(start, ambtenaar, "toegekend", geboren="2011-03-15")


def test_a_decision_has_a_bezwaarclausule(start, ambtenaar):
    row = start("15", "2009-03-15")
    step(row, "behandelen", ambtenaar, **STUKKEN)
    step(row, "horen_afronden", ambtenaar)
    gegevens = {"motivering": "Nee", "mandaat": "M", "niet_gehoord": "Awb 4:7"}
    step(row, "besluiten", ambtenaar, besluit="geweigerd", **gegevens)

    with pytest.raises(DomainError, match="bezwaarclausule"):
        step(row, "bekendmaken", ambtenaar, datum=DAG, clausule="nee")


# Asked on Monday 1 September, two weeks to complete: received on, entered on, days added to a term
# that began on 28 August (six weeks: Thursday 9 October).
AANGEVULD = [
    ("2025-09-01", "2025-09-01", 0),
    ("2025-09-02", "2025-09-02", 0),  # nothing between the day after and that day
    ("2025-09-03", "2025-09-03", 1),
    ("2025-09-10", "2025-09-10", 8),
    ("2025-09-10", "2025-09-30", 8),  # entering it late gives no time
    ("2025-09-15", "2025-09-15", 13),
    ("2025-09-16", "2025-09-16", 14),  # the term ended on the 15th
    ("2025-10-20", "2025-10-20", 14),
    ("2025-09-04", "2025-09-04", 4),  # two days bring it to a Saturday, so to Monday
]


@pytest.mark.parametrize(("ontvangen", "ingevoerd", "erbij"), AANGEVULD)
def test_the_clock_stands_still_while_incomplete(start, ambtenaar, ontvangen, ingevoerd, erbij):
    row = start("3a")
    term = Actie.objects.filter(grondslag="beslistermijn")
    before = term.get().vervalt_op
    step(row, "onvolledig_melden", ambtenaar, ontbreekt="Plan")

    day = date.fromisoformat(ingevoerd)
    step(row, "aangevuld", ambtenaar, day=day, datum=date.fromisoformat(ontvangen), **STUKKEN)

    assert before == date(2025, 10, 9)
    assert term.get().vervalt_op == before + timedelta(days=erbij)


@pytest.mark.parametrize("ontvangen", ["2025-08-31", "2025-09-11"])
def test_it_was_completed_between_the_question_and_today(start, ambtenaar, ontvangen):
    row = start("3a")
    step(row, "onvolledig_melden", ambtenaar, ontbreekt="Plan")

    with pytest.raises(DomainError, match="na de vraag"):
        step(row, "aangevuld", ambtenaar, date(2025, 9, 10), datum=date.fromisoformat(ontvangen))


@pytest.mark.parametrize(("dagen", "mag"), [(14, False), (15, True)])
def test_set_aside_only_after_the_term(start, ambtenaar, dagen, mag):
    row = start("15", "2009-03-15")
    step(row, "onvolledig_melden", ambtenaar, ontbreekt="Bewijs")

    try:
        step(row, "buiten_behandeling", ambtenaar, DAG + timedelta(days=dagen), reden="Niets")
    except DomainError:
        row.refresh_from_db()

    assert (row.werkproces.toestand == "av_klaar") is mag


# The calendar


@pytest.mark.parametrize(
    ("dag", "toestand"), [("2026-07-31", "kg_lopend"), ("2026-08-01", "kg_verlopen")]
)
def test_without_a_new_notice_it_lapses_after_31_july(start, ambtenaar, dag, toestand):
    row = start("5c")
    run_notice(row, ambtenaar)

    follow(date.fromisoformat(dag))
    assert sum(follow(date.fromisoformat(dag)).values()) == 0  # twice is once

    row.refresh_from_db()
    assert row.werkproces.toestand == toestand


def test_with_a_new_notice_it_is_renewed(start, ambtenaar):
    row = start("5c")
    run_notice(row, ambtenaar)
    VrijstellingFactory(
        jongere=row.jongere, grond="5c", begindatum=date(2026, 8, 1), einddatum=date(2027, 7, 31)
    )

    follow(date(2026, 8, 1))

    row.refresh_from_db()
    assert row.werkproces.toestand == "kg_verlengd"


@pytest.mark.parametrize(
    ("dag", "reden"), [("2026-03-14", ""), ("2026-03-15", "ACHTTIEN")]
)  # fmt: skip  # read as a table
def test_the_eighteenth_birthday_ends_it(start, ambtenaar, dag, reden):
    row = start("15", "2008-03-15")
    Werkproces.objects.update(toestand="av_lopend")
    type(row).objects.update(besluit="VERLEEND", gemeld_duo_op=DAG)

    follow(date.fromisoformat(dag))

    row.refresh_from_db()
    assert row.reden_einde == reden
    assert row.einddatum == (date(2026, 3, 14) if reden else date(2026, 7, 31))
    assert (row.gemeld_duo_op is None) is bool(reden)  # DUO must hear the new end


def test_a_diploma_ends_it(start, ambtenaar):
    row = start("15", "2009-03-15")
    Werkproces.objects.update(toestand="av_lopend")
    type(row).objects.update(besluit="VERLEEND")
    DiplomaFactory(jongere=row.jongere, datum=date(2025, 12, 1))

    follow(date(2025, 11, 30))
    row.refresh_from_db()
    assert row.reden_einde == ""
    follow(date(2025, 12, 1))
    row.refresh_from_db()
    assert (row.reden_einde, row.einddatum) == ("STARTKWALIFICATIE", date(2025, 11, 30))


@pytest.mark.parametrize(("dag", "aantal"), [("2026-08-31", 0), ("2026-09-01", 1)])
def test_5a_is_looked_at_each_year(start, ambtenaar, dag, aantal):
    row = start("5a", einddatum=None)
    step(row, "compleet", ambtenaar, **{**VERKLARING, "nooit_geschikt": "ja"})
    step(row, "toetsen", ambtenaar, bevinding="Goed")
    step(row, "registreren", ambtenaar)
    step(row, "duo_melden", ambtenaar, datum=DAG)
    day = date.fromisoformat(dag)

    assert [follow(day)["ontwikkeling"], follow(day)["ontwikkeling"]] == [aantal, 0]

    if aantal:
        step(row, "ontwikkeling", ambtenaar, day=day, datum=day, school_kan="nee")
        assert follow(day)["ontwikkeling"] == 0
