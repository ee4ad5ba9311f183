"""The list behind a number holds what was counted, no more and no less, within rights."""

from collections.abc import Iterator
from datetime import date
from itertools import product

import pytest
from django.db import transaction
from django.urls import reverse

from accounts.models import Bevoegdheid
from accounts.rechten import Taak
from casework.models import Jongere
from casework.schooljaar import Schooljaar, today
from reporting.catalogus import CATALOGUS
from reporting.domain.cijferkeuze import Keuze
from reporting.domain.cijferlijst import list_behind, why_no_list
from reporting.indicatoren import collect
from reporting.indicatoren.register import GETELD, SOMMEN
from tests.factories import (
    DossierFactory,
    GebruikerFactory,
    GemeenteFactory,
    JongereFactory,
    ProcesVerbaalFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_gebruiker,
)
from tests.politie import with_reason
from tests.reporting.verzonnen import Regio

pytestmark = pytest.mark.django_db

JAAR = Schooljaar(2022)
JAREN = [Schooljaar(2021), JAAR, Schooljaar(2023)]
NU = Schooljaar.of(today())
ALLES = [(Taak.BELEID, "lezer"), (Taak.LEERPLICHT, "lezer"), (Taak.DOORSTROOMPUNT, "lezer")]


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker) -> Iterator[Regio]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Regio(900, seed=11, begin=2021, einde=2023).make()
        transaction.set_rollback(True)


@pytest.fixture
def everyone(region):
    """May see every row of the region."""
    user = GebruikerFactory()
    for gemeente in region.gemeenten:
        for taak in (Taak.LEERPLICHT, Taak.DOORSTROOMPUNT, Taak.OPSPORING):
            Bevoegdheid.objects.create(
                gebruiker=user,
                taak=taak,
                rol="behandelaar",
                gemeente=gemeente,
                van=date(2020, 1, 1),
            )
    return with_reason(user, *Jongere.objects.all(), gericht=True)


def filled(figures):
    """The total and, of every breakdown, one figure that is not 0."""
    found = {}
    for cijfer in figures:
        if cijfer.waarde:
            found.setdefault(tuple(cijfer.dim), cijfer)
    return found.values()


@pytest.mark.parametrize("name", sorted(GETELD))
def test_the_list_is_as_long_as_the_figure(region, everyone, name):
    two = region.gemeenten[:2]
    figures = collect([g.code for g in two], JAREN, [name])
    checked = 0
    for jaar, (gebied, gemeenten) in product(JAREN, (("totaal", two), (two[0].code, two[:1]))):
        for cijfer in filled(c for c in figures if (c.gebied, c.schooljaar) == (gebied, str(jaar))):
            keuze = Keuze(CATALOGUS[name], gemeenten, [jaar], alleen=cijfer.dim)
            (deel,) = list_behind(keuze, everyone)

            assert (deel.totaal, deel.zichtbaar) == (cijfer.waarde, cijfer.waarde), cijfer
            assert len(deel.rows(deel.sleutels)) >= deel.zichtbaar
            checked += 1
    assert checked


def test_a_sum_has_a_list_for_each_part(region, everyone):
    keuze = Keuze(CATALOGUS["hv_totaal"], region.gemeenten, [JAAR])
    (total,) = [c for c in collect(region.codes, [JAAR], ["hv_totaal"]) if c.gebied == "totaal"]

    delen = list_behind(keuze, everyone)

    assert [deel.naam for deel in delen] == list(SOMMEN["hv_totaal"])
    assert sum(deel.zichtbaar for deel in delen) == total.waarde > 0


def test_an_imported_figure_has_no_list(region, everyone):
    assert list_behind(Keuze(CATALOGUS["vsv_duo_nieuw"], region.gemeenten, [JAAR]), everyone) == []


# Rights

# Own taken -> how many of the one melding of each taak, and of the one werkproces, are seen.
RECHTEN = [
    ((), None),
    ((Taak.BELEID,), None),
    ((Taak.BEHEER, Taak.PRIVACY), None),
    ((Taak.LEERPLICHT,), 1),
    ((Taak.BELEID, Taak.LEERPLICHT), 1),
    ((Taak.BELEID, Taak.DOORSTROOMPUNT), 1),
    ((Taak.LEERPLICHT, Taak.DOORSTROOMPUNT), 2),
]


@pytest.fixture
def two_meldingen(hier):
    for taak in (Taak.LEERPLICHT, Taak.DOORSTROOMPUNT):
        VerzuimmeldingFactory(
            jongere=JongereFactory(gemeente=hier), taak=taak, melddatum=date(2022, 11, 1)
        )


@pytest.mark.parametrize(("taken", "seen"), RECHTEN)
def test_who_sees_which_rows_behind_a_figure_of_both_taken(hier, two_meldingen, taken, seen):
    user = make_gebruiker(*((taak, "lezer") for taak in taken), gemeente=hier)
    keuze = Keuze(CATALOGUS["verzuim_meldingen"], [hier], [JAAR])

    if seen is None:
        assert "leerplicht of het Doorstroompunt" in why_no_list(keuze, user)
    else:
        assert why_no_list(keuze, user) == ""
    (deel,) = list_behind(keuze, user)
    assert (deel.zichtbaar, deel.totaal) == (seen or 0, 2)
    assert deel.verborgen == 2 - (seen or 0)


def test_the_same_taak_elsewhere_gives_no_sight(hier, daar, two_meldingen):
    user = make_gebruiker(("leerplicht", "leidinggevende"), gemeente=daar)
    keuze = Keuze(CATALOGUS["verzuim_jongeren"], [hier], [JAAR])

    assert why_no_list(keuze, user)
    assert list_behind(keuze, user)[0].zichtbaar == 0


def test_a_coach_does_not_learn_with_whom_leerplicht_was_busy(hier):
    """The rows are jongeren, whom a coach may see; that leerplicht was busy he may not."""
    jongere = JongereFactory(gemeente=hier)
    WerkprocesFactory(jongere=jongere, gestart_op=date(2022, 11, 1))
    coach = make_gebruiker(("doorstroompunt", "behandelaar"), gemeente=hier)
    keuze = Keuze(CATALOGUS["lp_betrokkenheid"], [hier], [JAAR])

    assert type(jongere).objects.visible_to(coach).count() == 1
    (deel,) = list_behind(keuze, coach)
    assert (deel.zichtbaar, deel.totaal) == (0, 1)
    assert "leerplicht" in why_no_list(keuze, coach)


def test_processen_verbaal_are_for_opsporing(hier):
    ProcesVerbaalFactory(jongere=JongereFactory(gemeente=hier), pv_datum=date(2022, 11, 1))
    keuze = Keuze(CATALOGUS["hv_pv"], [hier], [JAAR])
    leider = make_gebruiker(("leerplicht", "leidinggevende"), gemeente=hier)
    boa = make_gebruiker(("opsporing", "lezer"), gemeente=hier)

    assert list_behind(keuze, boa)[0].zichtbaar == 0
    with_reason(boa, *Jongere.objects.all(), gericht=True)
    assert "opsporing" in why_no_list(keuze, leider)
    assert [list_behind(keuze, user)[0].zichtbaar for user in (leider, boa)] == [0, 1]


# The page


@pytest.fixture
def site(client, hier):
    user = make_gebruiker(*ALLES, gemeente=hier)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def make_meldingen(gemeente, number):
    for _ in range(number):
        VerzuimmeldingFactory(
            jongere=JongereFactory(gemeente=gemeente), melddatum=NU.vorige.peildatum
        )


def address(name="lp_meldingen", **query):
    query = {"gemeente": "8001", "schooljaar": str(NU.vorige), **query}
    return reverse("reporting:cijfer_lijst", args=[name], query=query)


def test_the_page_names_the_jongeren_and_what_is_hidden(site, hier):
    make_meldingen(hier, 2)
    VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=hier),
        melddatum=NU.vorige.peildatum,
        gemeente=hier,
        taak="doorstroompunt",
    )
    Bevoegdheid.objects.filter(taak="doorstroompunt").delete()

    answer = site.get(address("verzuim_meldingen"))

    assert len(answer.context["rijen"]) == 2
    assert all(rij["url"] for rij in answer.context["rijen"])
    assert "3 meldingen geteld, waarvan u er 2 kunt zien" in answer.content.decode()
    assert "1 melding ziet u niet" in answer.content.decode()


def test_who_moved_away_stays_in_the_list_by_the_dossier_that_is_here(site, hier, daar):
    moved = JongereFactory(gemeente=daar)
    VerzuimmeldingFactory(jongere=moved, gemeente=hier, melddatum=NU.vorige.peildatum)
    DossierFactory(jongere=moved, gemeente=hier)

    (rij,) = site.get(address()).context["rijen"]

    assert rij["naam"] == moved.naam


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_many_queries_for_one_row_as_for_three(
    site, hier, number, django_assert_num_queries
):
    make_meldingen(hier, number)
    site.get(address())

    with django_assert_num_queries(20):
        answer = site.get(address())

    assert len(answer.context["rijen"]) == number


def test_the_list_has_pages(site, hier):
    make_meldingen(hier, 51)

    assert len(site.get(address()).context["rijen"]) == 50
    assert len(site.get(address(page="2")).context["rijen"]) == 1


def test_without_the_right_the_page_says_why(client, hier):
    make_meldingen(hier, 1)
    adviseur = make_gebruiker(("beleid", "lezer"), gemeente=hier)
    client.force_login(adviseur, backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.get(address())

    assert "U ziet het aantal, maar niet welke meldingen het zijn" in answer.content.decode()
    assert "deel" not in answer.context


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"schooljaar": "1999-2000"}, "Schooljaar 1999-2000 staat niet in de lijst"),
        ({"gemeente": "8002"}, "Gemeente 8002 hoort niet bij uw rechten"),
        ({"vs": "x"}, "x is geen soort verzuim uit de lijst"),
    ],
)
def test_wrong_input_goes_back_to_the_figure_with_the_reason(site, daar, query, text):
    answer = site.get(address(**query), follow=True)

    assert answer.redirect_chain[0][0].startswith("/cijfers/lp_meldingen/?")
    assert text in answer.content.decode()


def test_a_household_counts_once_and_shows_its_jongeren(site, hier):
    for _ in range(2):
        VerzuimmeldingFactory(
            jongere=JongereFactory(gemeente=hier, gezin_id="G1"),
            soort="L",
            melddatum=NU.vorige.peildatum,
        )
    other = GemeenteFactory()
    VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=other), soort="L", melddatum=NU.vorige.peildatum
    )

    answer = site.get(address("lp_luxe_gezinnen"))

    assert (answer.context["deel"].totaal, len(answer.context["rijen"])) == (1, 2)
    assert "1 gezin geteld" in answer.content.decode()
