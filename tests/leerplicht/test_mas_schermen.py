"""The werkproces on screen: list, route, steps with what is missing, and exemptions."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import ProgrammingError, connection

from accounts import muur
from accounts.rechten import Rol, Taak
from casework.models import Actie, Dossier, WerkprocesStap
from casework.schooljaar import today
from leerplicht.domain.werkproces import possible_steps, route_of
from leerplicht.models import Vrijstelling
from tests.factories import (
    ActieFactory,
    GemeenteFactory,
    JongereFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)

DAG = date(2025, 10, 1)


@pytest.fixture
def werkproces(gemeente):
    return WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente), toestand="onderzoek")


@pytest.fixture
def logged_in(client, ambtenaar):
    client.force_login(ambtenaar)
    return client


def passed(werkproces, *pairs):
    for n, (van, naar) in enumerate(pairs):
        WerkprocesStap.objects.create(
            werkproces=werkproces,
            volgorde=n,
            soort="OVERIG",
            van_toestand=van,
            naar_toestand=naar,
            uitgevoerd_op=date(2025, 9, n + 1),
        )
    return list(werkproces.stappen.order_by("volgorde"))


ROUTES = [
    ("ontvangen beoordeling onderzoek", "klaar klaar nu later later later later"),
    ("ontvangen beoordeling onderzoek weging hulp", "klaar klaar klaar klaar nu later later"),
    ("ontvangen beoordeling terug_naar_school", "klaar klaar nu later"),
    ("ontvangen beoordeling ter_kennisgeving afgesloten", "klaar klaar klaar klaar"),
    ("ontvangen beoordeling afgesloten", "klaar klaar klaar"),
]


@pytest.mark.parametrize(("weg", "staten"), ROUTES)
def test_route_is_done_now_and_later(werkproces, weg, staten):
    toestanden = weg.split()
    werkproces.toestand = toestanden[-1]

    route = route_of(werkproces, passed(werkproces, *pairwise(toestanden)))

    assert [punt.staat for punt in route] == staten.split()
    assert route[0].klaar_op == date(2025, 9, 1)


def test_the_present_state_carries_its_term(werkproces):
    ActieFactory(
        jongere=werkproces.jongere,
        werkproces=werkproces,
        grondslag="termijn:onderzoek",
        vervalt_op=date(2025, 9, 29),
    )

    route = route_of(werkproces, passed(werkproces, ("beoordeling", "onderzoek")))

    assert [punt.termijn for punt in route if punt.staat == "nu"] == [date(2025, 9, 29)]


def test_steps_tell_what_is_missing_before_they_are_opened(werkproces, ambtenaar):
    usual, special = possible_steps(werkproces, ambtenaar, DAG)

    nodig = {row.stap.naam: row.nodig for row in usual}
    assert [row.stap.naam for row in special] == [
        "afsluiten_verhuisd",
        "overdragen_doorstroompunt",
    ]
    assert len(nodig.pop("wegen")) == 3
    assert set(map(len, nodig.values())) == {0}
    assert usual[-1].stap.naam == "wegen"  # what cannot be done yet stands last


def test_steps_of_a_boa_are_named_but_not_open_to_others(gemeente, werkproces, ambtenaar):
    werkproces.toestand = "weging"
    boa = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )

    def closed(user):
        return {row.stap.naam for row in possible_steps(werkproces, user, DAG)[0] if not row.mag}

    assert closed(ambtenaar) == {"halt_verwijzen", "strafrecht_inzetten"}
    assert closed(boa) == set()


def test_a_step_is_performed_from_its_form(logged_in, werkproces):
    url = f"/werkproces/{werkproces.uuid}/stap/school_horen/"
    data = {"datum": "8-9-2025", "hoe": "GESPREK", "met": "Mentor", "samenvatting": "Besproken."}

    response = logged_in.post(url, data)

    stap = werkproces.stappen.get()
    assert response.url == werkproces.get_absolute_url()
    assert stap.gegevens == {**data, "datum": "2025-09-08"}
    assert werkproces.contactmomenten.get().verslag == "Besproken."


def test_who_does_only_leerplicht_hands_over_to_the_doorstroompunt(logged_in, gemeente, werkproces):
    werkproces.jongere.geboortedatum = date(2007, 1, 1)  # the duty is over
    werkproces.jongere.save()

    response = logged_in.post(f"/werkproces/{werkproces.uuid}/stap/overdragen_doorstroompunt/")

    assert response.url == werkproces.get_absolute_url()
    assert Dossier.objects.get().taak == Actie.objects.get().taak == Taak.DOORSTROOMPUNT
    assert Actie.objects.get().gemeente == gemeente


def test_nobody_hands_over_a_youth_of_elsewhere(ambtenaar):
    elsewhere = JongereFactory(gemeente=GemeenteFactory())
    with (
        pytest.raises(ProgrammingError, match="muur_draag_over"),
        muur.voor_gebruiker(ambtenaar),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "SELECT muur_draag_over(%s, %s, %s, 'Bel.', %s)",
            [elsewhere.pk, elsewhere.gemeente_id, DAG, DAG],
        )


def test_a_talk_of_tomorrow_is_not_yet_held(logged_in, werkproces):
    url = f"/werkproces/{werkproces.uuid}/stap/school_horen/"
    tomorrow = f"{today() + timedelta(days=1):%d-%m-%Y}"

    response = logged_in.post(
        url, {"datum": tomorrow, "hoe": "GESPREK", "samenvatting": "Besproken."}
    )

    assert "Datum: deze dag is nog niet geweest." in response.content.decode()
    assert not werkproces.stappen.exists()


def test_a_step_that_cannot_be_done_has_no_form_to_fill(logged_in, werkproces):
    page = logged_in.get(f"/werkproces/{werkproces.uuid}/stap/wegen/").content.decode()

    assert "Deze stap kan nog niet" in page and 'name="verslag"' not in page


def test_missing_answers_and_conditions_are_told_and_nothing_is_lost(logged_in, werkproces):
    url = f"/werkproces/{werkproces.uuid}/stap/"

    fields = logged_in.post(f"{url}school_horen/", {"samenvatting": "Besproken."})
    conditions = logged_in.post(f"{url}wegen/", {"verslag": "Klaar."})
    elsewhere = logged_in.post(f"{url}volgen/")
    unknown = logged_in.get(f"{url}nieuwe_melding/")

    assert fields.context["form"].errors == {
        "datum": ["Vul dit in."],
        "hoe": ["Vul dit in."],
    }
    assert "Besproken." in fields.content.decode()
    assert len(conditions.context["nodig"]) == 3
    assert "Klaar." in conditions.content.decode()
    assert elsewhere.context["nodig"] == ["Deze stap kan niet vanuit 'Onderzoek'."]
    assert unknown.status_code == 404
    assert werkproces.stappen.count() == 0


@pytest.mark.parametrize(
    ("query", "verwacht"),
    [
        ("", {"mijn"}),
        ("wie=alle", {"mijn", "ander", "niemand"}),
        ("wie=niemand", {"niemand"}),
        ("stand=gesloten", {"dicht"}),
        ("wie=alle&stand=alle", {"mijn", "ander", "niemand", "dicht"}),
        ("wie=alle&toestand=weging", {"ander"}),
        ("wie=alle&soort=LUXE", {"niemand"}),
    ],
)
def test_filters_of_the_list(logged_in, gemeente, ambtenaar, query, verwacht):
    own = {"jongere": JongereFactory(gemeente=gemeente)}
    rows = {
        "mijn": WerkprocesFactory(behandelaar=ambtenaar, **own),
        "ander": WerkprocesFactory(behandelaar=make_ambtenaar(gemeente), toestand="weging", **own),
        "niemand": WerkprocesFactory(soort="LUXE", **own),
        "dicht": WerkprocesFactory(
            behandelaar=ambtenaar, status="GESLOTEN", toestand="afgesloten", **own
        ),
    }

    found = set(logged_in.get(f"/werkprocessen/?{query}").context["object_list"])

    assert {naam for naam, row in rows.items() if row in found} == verwacht


def test_the_list_is_sorted_by_term_and_none_comes_last(logged_in, gemeente, ambtenaar):
    rows = []
    for day in (20, 10, None):
        werkproces = WerkprocesFactory(
            jongere=JongereFactory(gemeente=gemeente), behandelaar=ambtenaar
        )
        rows.append(werkproces)
        if day:
            ActieFactory(
                jongere=werkproces.jongere,
                werkproces=werkproces,
                grondslag="termijn:ontvangen",
                vervalt_op=date(2025, 9, day),
            )

    found = list(logged_in.get("/werkprocessen/").context["object_list"])

    assert found == [rows[1], rows[0], rows[2]]


@pytest.mark.parametrize("item_count", (1, 3))
def test_queries_of_a_werkproces_do_not_grow(
    logged_in, werkproces, item_count, django_assert_max_num_queries
):
    for n in range(item_count):
        ActieFactory(jongere=werkproces.jongere, werkproces=werkproces)
        WerkprocesStap.objects.create(werkproces=werkproces, volgorde=n, soort="OVERIG")

    with django_assert_max_num_queries(38):
        logged_in.get(werkproces.get_absolute_url())


def test_no_screen_goes_around_the_steps_of_an_exemption(logged_in, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    besluit = {"besluit": "VAN_RECHTSWEGE", "besluitdatum": "1-7-2025"}
    data = {
        "grond": "5b",
        "aanvraagdatum": "20-6-2025",
        "begindatum": "1-8-2025",
        "einddatum": "31-7-2026",
    }

    naar = logged_in.post(f"/jongere/{jongere.uuid}/vrijstelling/", data | besluit)

    row = Vrijstelling.objects.get()
    assert naar.url == row.werkproces.get_absolute_url()
    logged_in.post(row.get_absolute_url(), besluit)
    pakket = VrijstellingFactory(jongere=jongere, besluit="IN_BEHANDELING")
    logged_in.post(pakket.get_absolute_url(), besluit)
    assert set(Vrijstelling.objects.values_list("besluit", flat=True)) == {"IN_BEHANDELING"}


def test_an_exemption_of_a_package_ends_by_a_return(logged_in, gemeente):
    row = VrijstellingFactory(jongere=JongereFactory(gemeente=gemeente), grond="5b")
    url = row.get_absolute_url()

    te_vroeg = logged_in.post(url, {"terug-terug_op": "1-8-2025"})
    logged_in.post(url, {"terug-terug_op": "5-1-2026"})

    row.refresh_from_db()
    assert te_vroeg.context["terugform"].non_field_errors() == [
        "De jongere kan pas na het begin van de vrijstelling terug naar school."
    ]
    assert (row.terug_naar_school_op, row.einddatum) == (date(2026, 1, 5), date(2026, 1, 4))


@pytest.mark.parametrize(
    ("query", "verwacht"),
    [
        ("", {"a", "b"}),
        ("grond=15", {"b"}),
        ("schooljaar=2025-2026", {"a"}),
        ("besluit=VERLEEND", {"b"}),
    ],
)
def test_filters_of_exemptions(logged_in, gemeente, query, verwacht):
    own = {"jongere": JongereFactory(gemeente=gemeente)}
    rows = {
        "a": VrijstellingFactory(**own),
        "b": VrijstellingFactory(
            grond="15",
            besluit="VERLEEND",
            begindatum=date(2024, 9, 1),
            einddatum=date(2025, 7, 31),
            **own,
        ),
    }

    found = set(logged_in.get(f"/vrijstellingen/?{query}").context["object_list"])

    assert {naam for naam, row in rows.items() if row in found} == verwacht
