"""The figures pages: rights, filters, wrong input, files, and what is not known yet."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Bevoegdheid
from accounts.rechten import Rol, Taak
from casework.schooljaar import Schooljaar, today
from doorstroompunt.models import VsvCijfer
from reporting.catalogus import CATALOGUS
from reporting.domain.cijferkeuze import Keuze
from reporting.domain.cijfertabel import build
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VrijstellingFactory,
    make_gebruiker,
)
from tests.reporting.cijferscherm import EERDER, JAAR, NU, address, melding

pytestmark = pytest.mark.django_db


def figures(answer):
    """Row heads -> texts of the cells."""
    return {
        tuple(rij["koppen"]): [cel.tekst for cel, _ in rij["cellen"]]
        for rij in answer.context["rijen"]
    }


# Rights


@pytest.mark.parametrize("rol", Rol)
@pytest.mark.parametrize("taak", Taak)
def test_who_may_open_the_figures(client, hier, taak, rol):
    user = make_gebruiker((taak, rol), gemeente=hier)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = [
        reverse("reporting:cijfers"),
        address(),
        reverse("reporting:cijfer_lijst", args=["lp_meldingen"])
        + f"?gemeente=8001&schooljaar={JAAR}",
        reverse("reporting:cijfer_bestand", args=["lp_meldingen", "csv"])
        + f"?gemeente=8001&schooljaar={JAAR}",
    ]

    allowed = taak in {Taak.BELEID, Taak.LEERPLICHT, Taak.DOORSTROOMPUNT}
    assert {client.get(page).status_code for page in pages} == {200 if allowed else 403}


def test_a_stranger_goes_to_the_login(client, hier):
    assert client.get(address()).url.startswith("/account/")


@pytest.mark.parametrize("name", ["cijfer", "cijfer_bestand"])
def test_a_gemeente_outside_the_right_gives_no_figure(site, daar, name):
    melding(daar)
    more = ["csv"] if name == "cijfer_bestand" else []
    url = reverse(f"reporting:{name}", args=["lp_meldingen", *more])

    answer = site.get(f"{url}?gemeente=8001&gemeente=8002&schooljaar={JAAR}", follow=True)

    assert "tabel" not in answer.context
    assert "Gemeente 8002 hoort niet bij uw rechten" in answer.content.decode()


# Choice


def test_every_indicator_is_in_the_overview_and_has_a_page(site):
    answer = site.get(reverse("reporting:cijfers"))

    urls = [rij["url"] for _, rijen in answer.context["themas"] for rij in rijen]
    assert len(urls) == len(CATALOGUS)
    assert {site.get(f"{url}?gemeente=8001").status_code for url in urls} == {200}


def test_without_a_choice_the_address_gets_the_last_years_of_the_own_gemeente(site):
    answer = site.get(reverse("reporting:cijfer", args=["lp_meldingen"]))

    assert answer.url == (
        f"/cijfers/lp_meldingen/?gemeente=8001&schooljaar={EERDER}&schooljaar={JAAR}"
        f"&schooljaar={NU}"
    )


def test_an_empty_choice_says_what_to_do(site):
    answer = site.get(reverse("reporting:cijfer", args=["lp_meldingen"], query={"per": "vs"}))

    text = answer.content.decode()
    assert "Kies ten minste één gemeente." in text
    assert "Kies ten minste één schooljaar." in text
    assert "tabel" not in answer.context


@pytest.mark.parametrize(
    ("query", "field", "text"),
    [
        ({"schooljaar": "2022-2024"}, "schooljaar", "Schooljaar 2022-2024 staat niet in de lijst"),
        ({"gemeente": "' OR 1=1"}, "gemeente", "hoort niet bij uw rechten"),
        ({"per": "lft"}, "per", "Deze uitsplitsing is er bij dit cijfer niet."),
        ({"vs": "'; DROP"}, "vs", "is geen soort verzuim uit de lijst"),
    ],
)
def test_wrong_input_is_refused_in_dutch_and_loses_nothing(site, query, field, text):
    answer = site.get(address(**query))

    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert text in form.errors[field][0]
    assert all(form[name].value() for name in ("gemeente", "schooljaar") if name not in query)


def test_breakdowns_that_are_not_counted_together_are_refused(site):
    answer = site.get(address("vst_verleend", per="voorziening", grd="5a"))
    assert figures(answer)["Totaal",]
    answer = site.get(address("lp_spijbel", per="rdn", os="havo"))

    assert answer.context["form"].errors["per"] == [
        "Reden en onderwijssoort zijn bij dit cijfer niet samen geteld. "
        "Kies uit: Onderwijssoort; Reden."
    ]


def test_an_unknown_figure_or_format_is_not_found(site):
    pages = [
        "/cijfers/bestaat_niet/?x=1",
        "/cijfers/bestaat_niet/lijst/",
        "/cijfers/lp_meldingen/tabel.exe",
    ]

    assert {site.get(page).status_code for page in pages} == {404}


def test_a_tag_takes_away_one_value_and_keeps_the_others(site):
    answer = site.get(address(per="vs", schooljaar=[str(EERDER), str(JAAR)]))

    tags = {tag["waarde"]: tag["url"] for tag in answer.context["tags"]}
    assert tags[str(EERDER)] == f"?gemeente=8001&schooljaar={JAAR}&per=vs"
    assert tags["Soort verzuim"].endswith(f"schooljaar={EERDER}&schooljaar={JAAR}")


# Table


def test_years_are_columns_and_gemeenten_rows_with_their_total(site, adviseur, hier, daar):
    Bevoegdheid.objects.create(
        gebruiker=adviseur, taak="beleid", rol="lezer", gemeente=daar, van=date(2020, 1, 1)
    )
    for gemeente, jaar, number in ((hier, EERDER, 1), (hier, JAAR, 2), (daar, EERDER, 3)):
        for _ in range(number):
            melding(gemeente, jaar)

    answer = site.get(address(gemeente=["8001", "8002"], schooljaar=[str(EERDER), str(JAAR)]))

    assert figures(answer) == {
        (hier.naam,): ["1", "2"],
        (daar.naam,): ["3", "0"],
        ("Samen",): ["4", "2"],
    }
    assert "<svg" in answer.content.decode()


def test_a_breakdown_gives_a_row_for_each_code_with_something_in_it(site, hier):
    melding(hier, soort="L")
    melding(hier, soort="O")

    answer = site.get(address(per="vs"))

    assert list(figures(answer)) == [
        ("Licht verzuim (onder 16 uur)",),
        ("Luxeverzuim",),
        ("Totaal",),
    ]
    assert answer.context["tabel"].weggelaten == 7
    assert len(figures(site.get(address(per="vs", nullen="on")))) == 10


def test_one_code_of_a_cross_leaves_the_other_as_rows(site, hier):
    melding(hier, soort="L")

    answer = site.get(address(per="vs-os", vs="luxe"))

    assert figures(answer) == {("Geen onderwijs",): ["1"], ("Totaal",): ["1"]}


def test_a_share_shows_numerator_and_denominator(site, hier):
    jongere = melding(hier).jongere
    jongere.geboortedatum = date(JAAR.beginjaar - 10, 1, 1)
    jongere.save()
    for _ in range(2):
        JongereFactory(gemeente=hier, geboortedatum=date(JAAR.beginjaar - 10, 1, 1))

    answer = site.get(address("verzuim_pct"))

    ((cel, url),) = answer.context["rijen"][0]["cellen"]
    assert (cel.tekst, cel.verhouding) == ("33,33%", "1 van 3")
    assert url.startswith("/cijfers/verzuim_jongeren/lijst/")
    assert "pop_leer_kwalificatieplichtigen" in answer.context["noemer"]["url"]


# Not known yet


def test_years_before_the_first_registration_and_to_come_are_not_0(site, hier, daar):
    melding(hier)

    asked = [str(EERDER), str(JAAR), str(NU)]
    answer = site.get(address("lp_luxe_gezinnen", schooljaar=asked))
    after = site.get(address("vsv_gem_nieuw", schooljaar=str(NU)))

    assert figures(answer) == {(hier.naam,): ["nog niet beschikbaar", "0", "0"]}
    assert figures(after) == {(hier.naam,): ["nog niet beschikbaar"]}


def test_a_total_is_not_known_when_one_gemeente_is_not(hier, daar):
    melding(hier)

    tabel = build(Keuze(CATALOGUS["lp_meldingen"], [hier, daar], [JAAR]), vandaag=today())

    assert [rij.cellen[0].tekst for rij in tabel.rijen] == [
        "1",
        "nog niet beschikbaar",
        "nog niet beschikbaar",
    ]


def test_an_exemption_that_began_long_ago_does_not_make_those_years_known(site, hier):
    melding(hier)
    VrijstellingFactory(
        jongere=JongereFactory(gemeente=hier), begindatum=EERDER.vorige.start, einddatum=None
    )

    answer = site.get(address("vst_lopend", schooljaar=[str(EERDER), str(JAAR)]))

    assert figures(answer) == {(hier.naam,): ["nog niet beschikbaar", "1"]}


def test_a_population_of_nobody_has_not_been_loaded(site, hier):
    assert figures(site.get(address("pop_5_18"))) == {(hier.naam,): ["nog niet beschikbaar"]}
    JongereFactory(gemeente=hier, geboortedatum=date(JAAR.beginjaar - 10, 1, 1))

    assert figures(site.get(address("pop_5_18"))) == {(hier.naam,): ["1"]}


def vsv(jaar, gebied_soort, code, naam, number):
    VsvCijfer.objects.create(
        gebied_soort=gebied_soort,
        gebied_code=code,
        gebied_naam=naam,
        beginjaar=jaar.beginjaar,
        onderwijssoort="totaal",
        vsv=number,
        status="voorlopig",
    )


def test_what_duo_did_not_publish_is_not_known(site, hier):
    vsv(JAAR, "gemeente", "8001", hier.naam, 12)

    answer = site.get(address("vsv_duo_nieuw", schooljaar=[str(EERDER), str(JAAR)]))

    assert figures(answer) == {(hier.naam,): ["nog niet beschikbaar", "12"]}
    assert not any(url for rij in answer.context["rijen"] for _, url in rij["cellen"])


def test_published_figures_go_beside_country_and_region(site, hier):
    vsv(JAAR, "gemeente", "8001", hier.naam, 12)
    vsv(JAAR, "land", "", "Nederland", 30_000)
    vsv(JAAR, "regio", "15", "Twente", 700)

    answer = site.get(address("vsv_duo_nieuw", ruimer="on"))

    assert figures(answer) == {
        ("Nederland",): ["30.000"],
        ("Regio Twente",): ["700"],
        (hier.naam,): ["12"],
    }
    assert [rij[0] for rij in answer.context["grafiek"]["rijen"]] == [hier.naam]


# Queries


@pytest.mark.parametrize("number", [1, 4])
def test_queries_do_not_grow_with_gemeenten_and_years(
    site, adviseur, number, django_assert_max_num_queries
):
    codes = ["8001"]
    for _ in range(number):
        gemeente = GemeenteFactory()
        codes.append(gemeente.code)
        Bevoegdheid.objects.create(
            gebruiker=adviseur, taak="beleid", rol="lezer", gemeente=gemeente, van=date(2020, 1, 1)
        )
        melding(gemeente)
    years = [str(Schooljaar(NU.beginjaar - back)) for back in range(number)]
    url = address(gemeente=codes, schooljaar=years, per="vs")
    site.get(url)

    with django_assert_max_num_queries(18):
        answer = site.get(url)

    assert len(answer.context["tabel"].keuze.jaren) == number
