"""Screens of leave, luxeverzuim, absoluut verzuim and renewals: through the client."""

from datetime import date

import pytest

from casework.models import Werkproces
from casework.schooljaar import Schooljaar, today
from leerplicht.models import Luxeverzuim, Verlof
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerlofFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)


@pytest.fixture
def logged_in(client, gemeente):
    client.force_login(make_ambtenaar(gemeente))
    return client


def absoluut(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    return WerkprocesFactory(jongere=jongere, soort="ABSOLUUT", toestand="gesignaleerd")


def verlof(gemeente):
    return VerlofFactory(jongere=JongereFactory(gemeente=gemeente))


def te_verlengen(gemeente):
    jaar = Schooljaar.of(today())
    return VrijstellingFactory(
        jongere__gemeente=gemeente,
        jongere__geboortedatum=today().replace(year=today().year - 10, day=1),
        grond="5c",
        begindatum=jaar.start,
        einddatum=jaar.last_day,
    )


LIJSTEN = [
    ("/absoluut-verzuim/", absoluut),
    ("/verlof/", verlof),
    ("/vrijstellingen/verlengen/", te_verlengen),
]


@pytest.mark.parametrize(("path", "make"), LIJSTEN)
def test_a_list_shows_own_rows_and_needs_no_more_queries_for_more(
    logged_in, gemeente, django_assert_max_num_queries, path, make
):
    make(gemeente)
    make(GemeenteFactory())
    logged_in.get(path)
    with django_assert_max_num_queries(60) as one:
        assert len(logged_in.get(path).context["object_list"]) == 1
    make(gemeente)
    make(gemeente)

    with django_assert_max_num_queries(len(one)):
        assert len(logged_in.get(path).context["object_list"]) == 3


@pytest.mark.parametrize(
    ("path", "aantal"),
    [
        ("/absoluut-verzuim/?toestand=brief_1", 0),
        ("/absoluut-verzuim/?toestand=gesignaleerd", 1),
        ("/absoluut-verzuim/?wie=niemand", 1),
        ("/absoluut-verzuim/?wie=ik", 0),
        ("/absoluut-verzuim/?stand=gesloten", 0),
        ("/verlof/?besluit=TOEGEKEND", 1),
        ("/verlof/?besluit=open", 0),
        ("/verlof/?beslisser=LEERPLICHT", 0),
    ],
)
def test_filters(logged_in, gemeente, path, aantal):
    absoluut(gemeente)
    verlof(gemeente)

    assert len(logged_in.get(path).context["object_list"]) == aantal


def test_the_page_of_absoluut_verzuim_shows_its_own_route(logged_in, gemeente):
    werkproces = absoluut(gemeente)

    page = logged_in.get(werkproces.get_absolute_url()).content.decode()

    assert "Gesignaleerd" in page and "Eerste brief" in page and "Signaal controleren" in page
    assert "Halt" not in page


def ask(client, jongere, **meer):
    data = {
        "soort": "GEWICHTIG",
        "ingediend_op": "01-09-2025",
        "van": "03-11-2025",
        "tot": "17-11-2025",
        "plichtdagen": "5",
        **meer,
    }
    return client.post(f"/jongere/{jongere.uuid}/verlof/", data)


def test_leave_above_ten_days_opens_a_werkproces(logged_in, gemeente):
    response = ask(logged_in, JongereFactory(gemeente=gemeente), omstandigheid="GEEN")

    row = Verlof.objects.get()
    assert response.url == row.get_absolute_url()
    page = logged_in.get(response.url).content.decode()
    assert row.werkproces.get_absolute_url() in page
    assert "nooit een gewichtige omstandigheid" in page
    # From the werkproces back to what was asked, and what was said at a hearing.
    case = row.werkproces.get_absolute_url()
    logged_in.post(f"{case}stap/verlof_behandelen/")
    said = {"wie": "hoofd", "datum": "1-9-2025", "verschenen": "ja", "samenvatting": "Past niet."}
    logged_in.post(f"{case}stap/horen/", said)
    page = logged_in.get(case).content.decode()
    assert row.get_absolute_url() in page
    assert "Wat is er gezegd: Past niet." in page


def test_leave_of_another_gemeente_counts_through_the_wall(logged_in, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    VerlofFactory(
        jongere=jongere, gemeente=GemeenteFactory(), van=date(2025, 9, 15), tot=date(2025, 9, 19)
    )

    ask(logged_in, jongere, tot="10-11-2025")

    assert Verlof.objects.get(van=date(2025, 11, 3)).beslisser == "LEERPLICHT"


def test_a_wrong_form_keeps_what_was_typed(logged_in, gemeente):
    response = ask(
        logged_in,
        JongereFactory(gemeente=gemeente),
        tot="01-10-2025",
        toelichting="Bruiloft van oma",
    )

    assert "Het verlof eindigt voor het begint." in response.content.decode()
    assert "Bruiloft van oma" in response.content.decode()
    assert not Verlof.objects.exists()


def test_a_household_from_start_to_decision(logged_in, gemeente):
    een, twee = JongereFactory.create_batch(2, gemeente=gemeente, gezin_id="g1")
    response = logged_in.post(
        f"/jongere/{een.uuid}/luxeverzuim/",
        {
            "kinderen": [str(een.uuid), str(twee.uuid)],
            "van": "15-09-2025",
            "tot": "19-09-2025",
            "verlof": "NIET_GEVRAAGD",
        },
    )
    page = response.url
    p = "verlof_gecontroleerd"
    logged_in.post(page, {"stap": p, f"{p}-verlof": "NIET_GEVRAAGD", f"{p}-bevinding": "Nee"})
    p = "ouders_horen"
    horen = {f"{p}-datum": "01-10-2025", f"{p}-hoe": "GESPREK", f"{p}-samenvatting": "Tickets"}
    logged_in.post(page, {"stap": p, **horen})
    fout = logged_in.post(page, {"oordeel": "", "motivering": "Omdat"}).content.decode()
    assert "Omdat" in fout
    assert "Richtlijn: proces-verbaal: 5 schooldagen weg zonder verlof" in fout
    besluit = {"oordeel": "WAARSCHUWING", "motivering": "Eerste keer"}
    assert "Kies dan waarom" in logged_in.post(page, besluit).content.decode()
    logged_in.post(page, besluit | {"afwijking": "maatwerk"})

    assert list(Luxeverzuim.objects.values_list("oordeel", flat=True)) == ["WAARSCHUWING"] * 2
    assert set(Werkproces.objects.values_list("resultaat", flat=True)) == {"waarschuwing"}
    assert "Eerste keer" in logged_in.get(page).content.decode()


def test_a_notice_is_handled_step_by_step(logged_in, gemeente):
    row = VrijstellingFactory(jongere__gemeente=gemeente, grond="5c", besluit="IN_BEHANDELING")
    assert "Werkproces openen" in logged_in.get(row.get_absolute_url()).content.decode()

    response = logged_in.post(row.get_absolute_url(), {"behandelen": "ja"})

    row.refresh_from_db()
    assert response.url == row.werkproces.get_absolute_url()
    assert "Kennisgeving is compleet" in logged_in.get(response.url).content.decode()
    assert logged_in.get(f"{response.url}stap/compleet/").status_code == 200
    logged_in.post(row.get_absolute_url(), {"besluit": "ONGELDIG", "besluitdatum": "1-9-2025"})
    row.refresh_from_db()
    assert row.besluit == "IN_BEHANDELING"  # only by the steps
