"""Triage of reports: registering, taking up, noting."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.melding import (
    Meldinginvoer,
    count_per_schooljaar,
    find_doubles,
)
from casework.domain.plausibiliteit import plausibility
from casework.errors import DomainError, NotAuthorised
from casework.models import Dossier, Verzuimmelding, Werkproces
from leerplicht.domain.melding import back_to_school, note_only, register_melding, take_up
from tests.factories import (
    AdresFactory,
    DiplomaFactory,
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_gebruiker,
)

DAG = date(2025, 10, 1)
INVOER = Meldinginvoer(
    soort="O", melddatum=date(2025, 9, 8), kanaal="OUDER", begindatum=date(2025, 9, 1)
)


def test_a_report_freezes_gemeente_and_taak(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=GemeenteFactory())
    AdresFactory(jongere=jongere, gemeente=gemeente, tot=date(2025, 9, 9))
    AdresFactory(jongere=jongere, van=date(2025, 9, 9))

    melding = register_melding(jongere, by=ambtenaar, invoer=INVOER, day=DAG)

    assert (melding.gemeente, melding.taak) == (gemeente, Taak.LEERPLICHT)
    assert (melding.status, melding.kanaal) == ("LOKAAL", "OUDER")
    [gebeurtenis] = Gebeurtenis.objects.all()
    assert gebeurtenis.actie == "melding.geregistreerd"
    assert (gebeurtenis.jongere_id, gebeurtenis.gemeente_id) == (jongere.pk, gemeente.pk)


@pytest.mark.parametrize(
    ("geboren", "diploma", "taak"),
    [
        ("2011-03-15", False, Taak.LEERPLICHT),
        ("2008-01-10", False, Taak.LEERPLICHT),
        ("2008-01-10", True, Taak.DOORSTROOMPUNT),
        ("2007-09-01", False, Taak.DOORSTROOMPUNT),
        ("2007-09-02", False, Taak.LEERPLICHT),  # turns 18 the day after
    ],
)
def test_the_taak_follows_the_status_on_the_first_day_of_absence(gemeente, geboren, diploma, taak):
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR),
        (Taak.DOORSTROOMPUNT, Rol.BEHANDELAAR),
        gemeente=gemeente,
    )
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    if diploma:
        DiplomaFactory(jongere=jongere)

    assert register_melding(jongere, by=user, invoer=INVOER, day=DAG).taak == taak


def test_a_reader_may_not_register(gemeente):
    lezer = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)

    with pytest.raises(NotAuthorised):
        register_melding(JongereFactory(gemeente=gemeente), by=lezer, invoer=INVOER, day=DAG)

    assert Verzuimmelding.objects.count() == 0


def test_taking_up_opens_a_werkproces_in_beoordeling(gemeente, ambtenaar):
    melding = VerzuimmeldingFactory(jongere=JongereFactory(gemeente=gemeente), soort="L")

    werkproces = take_up(melding, by=ambtenaar, day=DAG)

    melding.refresh_from_db()
    assert (werkproces.soort, werkproces.toestand) == ("LUXE", "luxe_controle")
    assert (werkproces.gestart_op, werkproces.gemeente, werkproces.behandelaar) == (
        DAG,
        gemeente,
        ambtenaar,
    )
    assert (melding.status, melding.werkproces, melding.beoordeeld_door) == (
        "B",
        werkproces,
        ambtenaar,
    )
    assert Dossier.objects.get().behandelaar == ambtenaar


def test_taking_up_twice_is_refused(gemeente, ambtenaar):
    melding = VerzuimmeldingFactory(jongere=JongereFactory(gemeente=gemeente))
    take_up(melding, by=ambtenaar, day=DAG)

    with pytest.raises(DomainError):
        take_up(melding, by=ambtenaar, day=DAG)

    assert Werkproces.objects.count() == 1


@pytest.mark.parametrize(
    ("toestand", "verwacht"),
    [
        ("beoordeling", "beoordeling"),
        ("onderzoek", "onderzoek"),
        ("volgen", "weging"),
        ("hulp", "weging"),
        ("terug_naar_school", "beoordeling"),
        ("brief_1", "brief_1"),
        ("adresonderzoek", "adresonderzoek"),
        ("luxe_horen", "luxe_horen"),
        ("ziekte_arts", "ziekte_arts"),
    ],
)
def test_joining_weighs_the_new_hours_where_a_route_ran(gemeente, ambtenaar, toestand, verwacht):
    """And leaves its line in the history, whatever the table."""
    soort = {"brief_1": "ABSOLUUT", "adresonderzoek": "ABSOLUUT", "luxe_horen": "LUXE"}
    soort["ziekte_arts"] = "ZORG"
    jongere = JongereFactory(gemeente=gemeente)
    lopend = WerkprocesFactory(
        jongere=jongere, toestand=toestand, soort=soort.get(toestand, "RELATIEF")
    )
    melding = VerzuimmeldingFactory(jongere=jongere)

    werkproces = take_up(melding, by=ambtenaar, day=DAG, werkproces=lopend)

    melding.refresh_from_db()
    assert werkproces == lopend == melding.werkproces
    assert werkproces.toestand == verwacht
    regel = werkproces.stappen.get()
    assert regel.stap.startswith("nieuwe_melding")
    assert regel.gegevens == {"melding": melding.pk}


def test_joining_someone_elses_or_a_closed_werkproces_is_refused(gemeente, ambtenaar):
    melding = VerzuimmeldingFactory(jongere=JongereFactory(gemeente=gemeente))
    ander = WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente))
    gesloten = WerkprocesFactory(jongere=melding.jongere, status="GESLOTEN")

    for werkproces in (ander, gesloten):
        with pytest.raises(DomainError):
            take_up(melding, by=ambtenaar, day=DAG, werkproces=werkproces)

    melding.refresh_from_db()
    assert melding.werkproces is None


def test_noting_ends_the_report_without_a_werkproces(gemeente, ambtenaar):
    melding = VerzuimmeldingFactory(jongere=JongereFactory(gemeente=gemeente))

    note_only(melding, by=ambtenaar, day=DAG)

    melding.refresh_from_db()
    assert (melding.status, melding.resultaat, melding.afgesloten_op) == (
        "K",
        "ter_kennisname",
        DAG,
    )
    assert Werkproces.objects.count() == 0
    assert Gebeurtenis.objects.get().actie == "melding.afgesloten"


def test_back_to_school_keeps_a_term_for_the_answer(gemeente, ambtenaar):
    melding = VerzuimmeldingFactory(jongere=JongereFactory(gemeente=gemeente))

    werkproces = back_to_school(melding, by=ambtenaar, day=DAG, reden="Eerst een gesprek op school")

    assert werkproces.toestand == "terug_naar_school"
    assert werkproces.acties.get().vervalt_op == date(2025, 10, 15)


def test_a_report_of_the_doorstroompunt_is_not_taken_up_here(gemeente, ambtenaar):
    melding = VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=gemeente), taak=Taak.DOORSTROOMPUNT
    )

    with pytest.raises(DomainError):
        take_up(melding, by=ambtenaar, day=DAG)


def test_doubles_are_the_same_kind_near_or_overlapping_days(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    zelfde = VerzuimmeldingFactory(
        jongere=jongere, soort="O", begindatum=None, einddatum=None, melddatum=date(2025, 9, 15)
    )
    overlap = VerzuimmeldingFactory(jongere=jongere)  # 1-5 September, another kind
    VerzuimmeldingFactory(jongere=jongere, status="I")
    VerzuimmeldingFactory(
        jongere=jongere,
        begindatum=date(2025, 6, 2),
        einddatum=date(2025, 6, 3),
        melddatum=date(2025, 6, 4),
    )
    VerzuimmeldingFactory()

    assert find_doubles(jongere, INVOER) == [zelfde, overlap]


def test_reports_are_counted_per_schooljaar_without_withdrawn_ones(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    rows = [
        VerzuimmeldingFactory(jongere=jongere, melddatum=date(2025, 7, 31)),
        VerzuimmeldingFactory(jongere=jongere, melddatum=date(2025, 8, 1)),
        VerzuimmeldingFactory(jongere=jongere, melddatum=date(2025, 9, 1)),
        VerzuimmeldingFactory(jongere=jongere, melddatum=date(2025, 9, 2), status="I"),
    ]

    assert count_per_schooljaar(rows) == [("2025-2026", 2), ("2024-2025", 1)]


def test_plausibility_hints(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    eerder = VerzuimmeldingFactory(jongere=jongere, melddatum=date(2025, 9, 8))
    melding = VerzuimmeldingFactory(
        jongere=jongere,
        uren=9,
        begindatum=date(2025, 8, 1),  # summer holiday
        einddatum=date(2025, 11, 14),
        melddatum=date(2025, 11, 17),
    )
    gewoon = VerzuimmeldingFactory(
        jongere=jongere,
        begindatum=date(2025, 9, 15),
        einddatum=date(2025, 9, 19),
        melddatum=date(2025, 9, 22),
    )

    assert plausibility(melding, [eerder]) == [
        "De eerste verzuimdag valt in de zomervakantie.",
        "De periode is langer dan 4 lesweken.",
        "Er staan minder dan 16 uren.",
        "De dagen overlappen met de melding van 08-09-2025.",
        "De melding kwam meer dan 60 dagen na de eerste verzuimdag.",
    ]
    assert plausibility(gewoon, [eerder]) == []
