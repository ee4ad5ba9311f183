"""The work of the doorstroomcoach in a browser: a whole traject, every page type checked."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.schooljaar import today
from doorstroompunt.models import Contactpoging, Traject
from tests.factories import (
    ActieFactory,
    AfspraakFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    make_gebruiker,
)
from tests.factories_doorstroompunt import (
    ContactpogingFactory,
    Melding18Factory,
    TrajectFactory,
)

GISTEREN = timedelta(days=1)


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def coach(gemeente):
    return make_gebruiker(
        (Taak.DOORSTROOMPUNT, Rol.BEHANDELAAR), gemeente=gemeente, naam="Bram Kuiper"
    )


@pytest.fixture
def jongere(gemeente):
    """Nineteen or twenty years old today, stopped at an mbo a month ago."""
    day = today()
    jongere = JongereFactory(
        gemeente=gemeente,
        roepnaam="Jaro",
        voornamen="Jaro",
        achternaam="Smit",
        telefoon="06 12345678",
        geboortedatum=day.replace(year=day.year - 20, month=2, day=15),
    )
    InschrijvingFactory(
        jongere=jongere,
        school=SchoolFactory(naam="Zeecollege mbo", plaats="Oosterhaven"),
        onderwijssoort="MBO2",
        einddatum=day - timedelta(days=30),
    )
    return jongere


def heading(page, text):
    """Wait until the page with this h1 is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def attempt(page, kanaal, resultaat):
    """Two clicks: the channel, then what came of it."""
    page.locator("summary").filter(has_text=kanaal).click()
    page.get_by_role("group", name=kanaal).get_by_role("button", name=resultaat).click()
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd")


def step(page, label):
    page.get_by_role("link", name=label).click()
    heading(page, label)


def confirm(page, label):
    page.get_by_role("button", name=label).click()
    expect(page.get_by_role("status")).to_contain_text("Gedaan")


def test_from_signal_to_outflow(page, live, login, coach, jongere, check_page):
    login(coach)

    page.goto("/")
    expect(page).to_have_url(f"{live.url}/doorstroompunt/mijn-jongeren/")
    check_page(page, "mijn-jongeren-leeg")
    page.get_by_role("link", name="Traject openen").click()
    page.get_by_role("searchbox", name="Zoek de jongere").fill("jaro smit")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Gevonden")
    check_page(page, "traject-zoek")
    page.get_by_role("link", name="Jaro Smit").click()
    expect(page.get_by_label("Soort traject")).to_be_visible()
    check_page(page, "traject-invoeren")
    page.get_by_label("Gestopt met school op").fill("vorige week")
    page.get_by_role("button", name="Traject openen").click()
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    check_page(page, "traject-invoeren-fout")
    page.get_by_label("Gestopt met school op").fill(
        (today() - timedelta(days=30)).strftime("%d-%m-%Y")
    )
    page.get_by_role("button", name="Traject openen").click()

    heading(page, "Voortijdig schoolverlater")
    check_page(page, "traject")
    page.locator("summary").filter(has_text="Telefoon").click()
    check_page(page, "traject-poging")
    page.get_by_role("group", name="Telefoon").get_by_role("button", name="Geen reactie").click()
    expect(page.get_by_role("status")).to_have_text("Vastgelegd: telefoon, geen reactie.")
    attempt(page, "App", "Afspraak gemaakt")
    assert Traject.objects.get().toestand == "in_benadering"
    assert Contactpoging.objects.count() == 2

    page.get_by_role("link", name="Niet te vinden").click()
    expect(page.get_by_role("main")).to_contain_text("Probeer eerst ook")
    check_page(page, "traject-stap-nodig")
    page.get_by_role("link", name="Terug naar het traject").click()
    step(page, "Naar de intake")
    check_page(page, "traject-stap")
    confirm(page, "Naar de intake")

    page.get_by_role("link", name="Doel toevoegen").click()
    heading(page, "Doel toevoegen")
    check_page(page, "doel")
    page.get_by_label("Leefgebied").select_option("ONDERWIJS")
    page.get_by_label("Doel", exact=True).fill("Een opleiding die past")
    page.get_by_label("Wie doet het").fill("Jaro")
    page.get_by_role("button", name="Doel opslaan").click()
    expect(page.get_by_role("status")).to_have_text("Het doel staat in het plan.")

    step(page, "Begeleiding starten")
    check_page(page, "begeleiding-starten")
    confirm(page, "Begeleiding starten")
    page.get_by_role("link", name="Een opleiding die past").click()
    page.get_by_label("Status").select_option("BEHAALD")
    page.get_by_role("button", name="Doel opslaan").click()
    check_page(page, "traject-begeleiding")

    step(page, "Afsluiten met een uitkomst")
    page.get_by_label("Uitkomst").select_option("ond_gestart")
    page.get_by_role("button", name="Afsluiten met een uitkomst").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("soort onderwijs")
    check_page(page, "uitstroom-fout")
    page.get_by_label("Soort onderwijs").select_option("MBO2")
    confirm(page, "Afsluiten met een uitkomst")

    check_page(page, "traject-afgesloten")
    traject = Traject.objects.get()
    assert (traject.toestand, traject.uitstroom) == ("afgesloten", "ond_gestart")
    assert (traject.benaderd_op, traject.begeleid_van) == (today(), today())


def test_not_found_then_later_again(page, live, login, coach, jongere, check_page):
    traject = TrajectFactory(
        jongere=jongere,
        behandelaar=coach,
        toestand="in_benadering",
        datum_melding=today() - timedelta(days=20),
    )
    for kanaal in ("TELEFOON", "APP", "MAIL", "BRIEF"):
        ContactpogingFactory(traject=traject, kanaal=kanaal)
    login(coach)

    page.goto(traject.get_absolute_url())
    page.get_by_role("link", name="Met een andere tijd of een notitie vastleggen").click()
    heading(page, "Contactpoging vastleggen")
    check_page(page, "poging")
    page.get_by_label("Hoe").select_option("HUISBEZOEK")
    page.get_by_label("Wat kwam eruit").select_option("GEEN_REACTIE")
    page.get_by_label("Datum").fill((today() - GISTEREN).strftime("%d-%m-%Y"))
    page.get_by_label("Tijd").fill("19.30")
    page.get_by_role("textbox", name="Notitie").fill("Kaartje in de bus gedaan.")
    page.get_by_role("button", name="Poging opslaan").click()
    expect(page.get_by_role("status")).to_have_text("De contactpoging is opgeslagen.")
    check_page(page, "traject-pogingen")
    step(page, "Niet te vinden")
    confirm(page, "Niet te vinden")
    step(page, "Later opnieuw benaderen")
    check_page(page, "later-opnieuw")
    confirm(page, "Later opnieuw benaderen")

    traject.refresh_from_db()
    assert (traject.toestand, traject.uitstroom) == ("herbenaderen", "onbekend")
    assert traject.volgende_benadering.year == today().year + 1


def test_lists(page, live, login, coach, jongere, check_page):
    traject = TrajectFactory(jongere=jongere, behandelaar=coach, toestand="in_benadering")
    ContactpogingFactory(traject=traject)
    TrajectFactory(
        jongere__gemeente=jongere.gemeente,
        behandelaar=coach,
        toestand="herbenaderen",
        status="GESLOTEN",
        uitstroom="geweigerd",
        volgende_benadering=today() + timedelta(days=10),
    )
    ActieFactory(jongere=jongere, taak="doorstroompunt", toegewezen_aan=coach, vervalt_op=today())
    AfspraakFactory(jongere=jongere, taak="doorstroompunt", gebruiker=coach)
    Melding18Factory(jongere=jongere)
    login(coach)

    page.goto("/doorstroompunt/mijn-jongeren/")
    check_page(page, "mijn-jongeren")
    page.get_by_role("link", name="in benadering").click()
    heading(page, "Trajecten")
    expect(page.get_by_role("link", name="Jaro Smit")).to_be_visible()
    check_page(page, "trajecten")
    page.get_by_label("Soort").select_option("BWJ")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("main")).to_contain_text("Geen trajecten")
    check_page(page, "trajecten-leeg")
    page.goto("/hulp/doorstroompunt/")
    check_page(page, "hulp-doorstroompunt")


def test_verzuim_from_18(page, live, login, coach, jongere, check_page):
    day = today()
    melding = Melding18Factory(
        jongere=jongere,
        school=jongere.inschrijvingen.get().school,
        melddatum=day - GISTEREN,
        begindatum=day - timedelta(days=35),
        einddatum=day - timedelta(days=2),
        actie_school="Mentor belde twee keer.",
        melder_naam="A. Mentor",
    )
    login(coach)

    page.goto("/doorstroompunt/verzuim/")
    check_page(page, "verzuim-18")
    page.get_by_role("link", name="Jaro Smit").click()
    heading(page, "4 weken aaneengesloten, 18 jaar of ouder")
    check_page(page, "verzuim-18-melding")
    page.get_by_role("button", name="Traject openen").click()
    heading(page, "Verzuim 18 jaar of ouder")
    expect(page.get_by_role("status")).to_have_text("Het traject is geopend.")
    page.locator("summary").filter(has_text="Andere mogelijkheden").click()
    step(page, "Uitgeschreven bij de opleiding")
    page.get_by_label("Uitgeschreven op").fill(day.strftime("%d-%m-%Y"))
    confirm(page, "Uitgeschreven bij de opleiding")
    expect(page.get_by_role("link", name="Voortijdig schoolverlater")).to_be_visible()
    check_page(page, "traject-uitgeschreven")

    melding.refresh_from_db()
    assert (melding.status, melding.resultaat) == ("G", "niet_opgelost")
    assert sorted(Traject.objects.values_list("soort", "toestand")) == [
        ("VERZUIM_18PLUS", "afgesloten"),
        ("VSV", "ontvangen"),
    ]


def test_without_javascript_the_two_clicks_still_work(browser, live, login, coach, jongere):
    traject = TrajectFactory(jongere=jongere, behandelaar=coach, toestand="te_benaderen")
    client = Client()
    client.force_login(coach, backend=settings.AUTHENTICATION_BACKENDS[-1])
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(base_url=live.url, java_script_enabled=False)
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live.url}])
    page = context.new_page()

    page.goto(traject.get_absolute_url())
    attempt(page, "Huisbezoek", "Ouder gesproken")
    context.close()

    assert Contactpoging.objects.get().kanaal == "HUISBEZOEK"
