import csv
import io

import pytest
from django.urls import reverse

from casework.schooljaar import Schooljaar
from reporting.domain import jaarverslag as domain
from reporting.domain.bouwen import produce
from reporting.models import Jaarverslag, Sectie
from tests.factories import GemeenteFactory, make_gebruiker
from tests.reporting.verslagen import with_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0164", naam="Hengelo")


@pytest.fixture
def adviseur(gemeente):
    return make_gebruiker(("beleid", "leidinggevende"), gemeente=gemeente)


@pytest.fixture
def site(client, adviseur):
    client.force_login(adviseur, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def make_verslag(gemeente, adviseur) -> Jaarverslag:
    verslag = domain.create_verslag([gemeente], Schooljaar(2022), "standaard", by=adviseur, jaren=2)
    verslag.secties.filter(volgorde__gt=6).delete()
    return with_figures(verslag)


@pytest.fixture
def verslag(gemeente, adviseur):
    return make_verslag(gemeente, adviseur)


def url(name: str, verslag: Jaarverslag, *more) -> str:
    return reverse(f"reporting:{name}", args=[verslag.uuid, *more])


PAGES = ("jaarverslag", "verslag_tekst", "verslag_voorbeeld", "verslag_controle")


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_gets_404_on_every_page(client, verslag, name):
    elders = make_gebruiker(("beleid", "leidinggevende"))
    client.force_login(elders, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(url(name, verslag)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_with_and_without_figures(site, verslag, name):
    assert site.get(url(name, verslag)).status_code == 200
    Jaarverslag.objects.update(stand=None)

    assert site.get(url(name, verslag)).status_code == 200


def test_who_does_no_beleid_may_not_see_reports(client, gemeente):
    lpa = make_gebruiker(("leerplicht", "leidinggevende"), gemeente=gemeente)
    client.force_login(lpa, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get(reverse("reporting:verslagen")).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_many_queries_for_one_report_as_for_three(
    site, gemeente, adviseur, number, django_assert_max_num_queries
):
    for _ in range(number):
        make_verslag(gemeente, adviseur)

    with django_assert_max_num_queries(15):
        answer = site.get(reverse("reporting:verslagen"))

    assert len(answer.context["rijen"]) == number


def test_a_new_report_is_made_from_the_form(site, gemeente):
    answer = site.post(
        reverse("reporting:verslag_nieuw"),
        {"gemeenten": [gemeente.pk], "schooljaar": "2022-2023", "sjabloon": "standaard"},
    )

    verslag = Jaarverslag.objects.get()
    assert answer.url == verslag.get_absolute_url()
    assert list(verslag.gemeenten.all()) == [gemeente]


def test_a_gemeente_outside_the_right_cannot_be_chosen(site):
    elders = GemeenteFactory()

    answer = site.post(
        reverse("reporting:verslag_nieuw"),
        {"gemeenten": [elders.pk], "schooljaar": "2022-2023", "sjabloon": "standaard"},
    )

    assert list(answer.context["form"].errors) == ["gemeenten"]
    assert Jaarverslag.objects.count() == 0


def test_a_section_is_saved_with_its_placeholders(site, verslag):
    sectie = verslag.secties.first()

    answer = site.post(
        url("sectie", verslag, sectie.uuid),
        {"kop": "Begin", "niveau": "1", "tekst": "Er waren {{ lp_meldingen }} meldingen."},
    )

    sectie.refresh_from_db()
    assert answer.status_code == 302
    assert (sectie.kop, sectie.tekst) == ("Begin", "Er waren {{ lp_meldingen }} meldingen.")


def test_a_wrong_placeholder_is_refused_and_the_text_stays(site, verslag):
    sectie = verslag.secties.first()

    answer = site.post(
        url("sectie", verslag, sectie.uuid),
        {"kop": "Begin", "niveau": "1", "tekst": "Er waren {{ lp_melding }}."},
    )

    assert answer.context["form"].errors["tekst"] == [
        "Het cijfer 'lp_melding' bestaat niet. Bedoelt u 'lp_meldingen'?"
    ]
    assert answer.context["form"]["tekst"].value() == "Er waren {{ lp_melding }}."


def test_rows_of_a_chart_are_edited_as_lines(site, verslag):
    sectie = verslag.secties.get(soort="grafiek")
    fields = {
        "kop": "Meldingen",
        "niveau": "2",
        "tekst": "",
        "titel": "Soorten",
        "grafiek": "staaf",
        "kolommen": "jaar",
        "gebieden": "totaal",
        "jaren": "2",
    }

    site.post(
        url("sectie", verslag, sectie.uuid), fields | {"rijen": "lp_meldingen per=vs | Alles"}
    )
    wrong = site.post(url("sectie", verslag, sectie.uuid), fields | {"rijen": "lp_meldingen per=x"})

    sectie.refresh_from_db()
    assert sectie.instellingen == {
        "titel": "Soorten",
        "rijen": [{"indicator": "lp_meldingen", "per": "vs", "label": "Alles"}],
        "grafiek": "staaf",
        "kolommen": ["jaar"],
        "gebieden": "totaal",
        "jaren": 2,
    }
    assert wrong.context["form"].errors["rijen"] == [
        "Regel 1: 'per=x' kan niet bij lp_meldingen. Mogelijk: os, vs."
    ]


def test_sections_are_added_moved_and_removed_with_buttons(site, verslag):
    before = [s.uuid for s in verslag.secties.all()]

    site.post(url("sectie_verplaatsen", verslag, before[1]), {"richting": "omhoog"})
    site.post(url("sectie_verwijderen", verslag, before[0]))
    site.post(url("sectie_nieuw", verslag), {"soort": "kader", "na": "1"})

    after = [s.uuid for s in verslag.secties.all()]
    assert [after[0], *after[2:]] == [before[1], *before[2:]]
    assert verslag.secties.all()[1].soort == "kader"


def test_the_preview_shows_the_figures_of_the_pdf(site, verslag):
    answer = site.get(url("verslag_voorbeeld", verslag))

    text = answer.content.decode()
    assert text.count("er 1.234 meldingen bij leerplicht binnen") == 1
    assert text.count('style="') == 0
    assert text.count('<svg xmlns="http://www.w3.org/2000/svg"') == 1


def test_building_approving_downloading_and_reopening(site, verslag, adviseur):
    domain.request_build(verslag, by=adviseur, queue=False)
    produce(verslag.pk)

    approved = site.post(url("verslag_vaststellen", verslag), {})
    again = site.post(url("verslag_vaststellen", verslag), {})
    pdf = site.get(url("versie_pdf", verslag, 1))
    figures = site.get(url("versie_cijfers", verslag, 1))
    page = site.get(url("versie", verslag, 1))
    site.post(url("verslag_heropenen", verslag), {"reden": "Aanvulling."})

    verslag.refresh_from_db()
    # The small numbers in this report are only pointed at: approval needs no explanation.
    assert approved.url == verslag.get_absolute_url()
    assert again.context["form"].non_field_errors() == [
        "Alleen de laatste gemaakte versie kan worden vastgesteld."
    ]
    assert pdf.content[:7] == b"%PDF-1."
    rows = list(csv.DictReader(io.StringIO(figures.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["waarde"] == "1121"
    assert page.status_code == 200
    assert verslag.status == "concept"


def test_progress_is_asked_by_htmx_and_ends_with_a_refresh(site, verslag):
    Jaarverslag.objects.update(status="in_bouw", voortgang=50)
    busy = site.get(url("verslag_voortgang", verslag), headers={"HX-Request": "true"})
    Jaarverslag.objects.update(status="te_controleren")
    done = site.get(url("verslag_voortgang", verslag), headers={"HX-Request": "true"})
    plain = site.get(url("verslag_voortgang", verslag))

    assert busy.content.decode().count('value="50"') == 1
    assert done.headers["HX-Refresh"] == "true"
    assert plain.url == verslag.get_absolute_url()


def test_list_shows_the_text_without_markup_and_placeholders():
    sectie = Sectie(tekst="**Leerplicht.** Op {{ teldatum }} woonden er {{ pop toon=getal }}.")

    assert sectie.leestekst == "Leerplicht. Op … woonden er …."
