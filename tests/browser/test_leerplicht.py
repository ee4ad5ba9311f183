"""The work of the leerplichtambtenaar in a browser: whole routes, every page type checked."""

from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.models import Contactmoment, Verzuimmelding, Werkproces
from casework.schooljaar import AMSTERDAM, today
from leerplicht.models import Vrijstelling
from tests.browser.stappen import WEGING, do, fill
from tests.factories import (
    ActieFactory,
    AdresFactory,
    AfspraakFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    RelatieFactory,
    SchoolFactory,
    VerlofFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_gebruiker,
)


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def ambtenaar(gemeente):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente, naam="Noor van Dam"
    )


@pytest.fixture
def jongere(gemeente):
    """Fourteen or fifteen years old today, at school, with two parents and an address."""
    jongere = JongereFactory(
        gemeente=gemeente,
        roepnaam="Femke",
        voornamen="Femke Anna",
        voorvoegsel="de",
        achternaam="Wit",
        geboortedatum=today().replace(year=today().year - 14, month=1, day=15),
    )
    RelatieFactory(jongere=jongere, voornamen="Karin", achternaam="Bos", telefoon="06 12345678")
    RelatieFactory(jongere=jongere, voornamen="Piet", voorvoegsel="de", achternaam="Wit")
    AdresFactory(jongere=jongere, straat="Kade", huisnummer=7)
    school = SchoolFactory(naam="Zeecollege", plaats="Oosterhaven")
    InschrijvingFactory(jongere=jongere, school=school)
    return jongere


def make_melding(jongere, **fields):
    day = today()
    return VerzuimmeldingFactory(
        jongere=jongere,
        school=jongere.inschrijvingen.get().school,
        melddatum=day - timedelta(days=1),
        begindatum=day - timedelta(days=12),
        einddatum=day - timedelta(days=2),
        actie_school="Gesprek met de mentor, ouders gebeld.",
        melder_naam="A. Mentor",
        melder_telefoon="0101234567",
        **fields,
    )


def heading(page, text):
    """Wait until the page with this h1 is there."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_from_report_to_close(page, live, login, ambtenaar, jongere, check_page):
    melding = make_melding(jongere)
    make_melding(jongere, soort="O", uren=6, status="K", resultaat="ter_kennisname")
    AfspraakFactory(
        jongere=jongere,
        gebruiker=ambtenaar,
        begin=datetime.combine(today(), datetime.min.time(), AMSTERDAM).replace(hour=14),
    )
    ActieFactory(jongere=jongere, toegewezen_aan=ambtenaar, vervalt_op=today())
    VrijstellingFactory(jongere=jongere, besluit="INGETROKKEN")
    VerlofFactory(jongere=jongere)
    login(ambtenaar)

    page.goto("/")
    expect(page).to_have_url(f"{live.url}/mijn-dag/")
    check_page(page, "mijn-dag")
    page.get_by_role("link", name="1 te beoordelen").click()
    heading(page, "Meldingen")
    check_page(page, "meldingen")
    page.get_by_role("link", name="Femke de Wit").click()
    heading(page, "16 uur in 4 lesweken")
    check_page(page, "melding")
    page.get_by_role("button", name="Werkproces openen").click()
    expect(page.get_by_role("status")).to_have_text("Het werkproces is geopend.")
    check_page(page, "werkproces")

    page.get_by_role("link", name="Onderzoek starten", exact=True).click()
    heading(page, "Onderzoek starten")
    check_page(page, "stap")
    page.get_by_role("button", name="Onderzoek starten").click()
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    check_page(page, "stap-fout")
    fill(
        page,
        {
            "bevinding": "Herhaald verzuim.",
            "school_deed": "ja",
            "school_bericht_op": f"{today():%d-%m-%Y}",
        },
    )
    page.get_by_role("button", name="Onderzoek starten").click()

    for wie in ("School", "Ouders", "Jongere"):
        do(page, f"{wie} horen", hoe="GESPREK", samenvatting=f"{wie} vertelt.")
    check_page(page, "werkproces-onderzoek")
    do(page, "Onderzoek afronden en wegen")
    page.get_by_role("link", name="Weging vastleggen", exact=True).click()
    heading(page, "Weging vastleggen")
    check_page(page, "weging")
    fill(page, WEGING | {"grond_jongere": "Spijbelt.", "grond_ouder1": "Werkt mee."})
    page.get_by_label("Afweging").fill("Eerste keer.")
    page.get_by_role("button", name="Weging vastleggen").click()

    do(
        page,
        "Afspraken maken of waarschuwen",
        vorm="afspraken",
        afspraken_jongere="Elke dag op tijd.",
        gevolg="Nieuw gesprek.",
    )
    do(page, "Volgen")
    page.get_by_role("link", name="Afsluiten met een resultaat", exact=True).click()
    page.get_by_label("Resultaat").select_option("naar_school")
    page.get_by_role("button", name="Afsluiten met een resultaat").click()
    # Comply or explain: four weeks were not over.
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Kies dan waarom")
    check_page(page, "afsluiten-afwijken")
    fill(page, {"afwijking": "anders", "afwijking_uitleg": "School is tevreden."})
    page.get_by_role("button", name="Afsluiten met een resultaat").click()

    expect(page.locator("h1 + *, .lr-paginakop")).to_contain_text(["Afgesloten"])
    check_page(page, "werkproces-afgesloten")
    werkproces = Werkproces.objects.get()
    melding.refresh_from_db()
    assert (werkproces.toestand, werkproces.resultaat) == ("afgesloten", "naar_school")
    assert (melding.status, melding.resultaat) == ("G", "naar_school")
    assert werkproces.contactmomenten.count() == 3


def test_report_by_phone(page, live, login, ambtenaar, jongere, check_page):
    login(ambtenaar)

    page.goto("/mijn-dag/")
    page.get_by_role("link", name="Melding invoeren").click()
    page.get_by_role("searchbox", name="Zoek de jongere").fill("femke wit")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("Gevonden")
    check_page(page, "melding-zoek")
    page.get_by_role("link", name="Femke de Wit").click()
    expect(page.get_by_label("Soort verzuim")).to_be_visible()
    check_page(page, "melding-invoeren")
    page.get_by_label("Soort verzuim").select_option("L")
    page.get_by_label("Eerste verzuimdag").fill("gisteren")
    page.get_by_label("Naam van de melder").fill("A. Mentor")
    page.get_by_role("button", name="Melding opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    expect(page.get_by_label("Naam van de melder")).to_have_value("A. Mentor")
    check_page(page, "melding-invoeren-fout")
    page.get_by_label("Eerste verzuimdag").fill((today() - timedelta(days=3)).strftime("%d-%m-%Y"))
    page.get_by_label("Laatste verzuimdag").fill(today().strftime("%d-%m-%Y"))
    page.get_by_role("button", name="Melding opslaan").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Luxeverzuim")
    melding = Verzuimmelding.objects.get()
    assert (melding.soort, melding.status, melding.taak) == ("L", "LOKAAL", "leerplicht")
    assert melding.school.naam == "Zeecollege"

    page.get_by_role("button", name="Ter kennisgeving").click()
    melding.refresh_from_db()
    assert melding.resultaat == "ter_kennisname"


def test_new_person_by_hand(page, live, login, ambtenaar, jongere, check_page):
    login(ambtenaar)

    page.goto("/jongere/nieuw/")
    page.get_by_label("Achternaam").fill("Wit")
    page.get_by_label("Geboortedatum").fill(jongere.geboortedatum.strftime("%d-%m-%Y"))
    page.get_by_label("BSN").fill("123456789")
    page.get_by_role("button", name="Jongere opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Dit is geen geldig BSN")
    page.get_by_label("BSN").fill("")
    page.get_by_role("button", name="Jongere opslaan").click()
    expect(page.get_by_role("button", name="Toch opslaan als nieuwe jongere")).to_be_visible()
    check_page(page, "jongere-dubbel")
    page.get_by_role("button", name="Toch opslaan als nieuwe jongere").click()

    expect(page.get_by_role("status")).to_have_text("Wit is ingevoerd.")


def test_vrijstelling(page, live, login, ambtenaar, jongere, check_page):
    login(ambtenaar)
    jaar = today().year

    page.goto(jongere.get_absolute_url())
    page.get_by_role("link", name="Vrijstelling invoeren").click()
    heading(page, "Vrijstelling invoeren")
    check_page(page, "vrijstelling-invoeren")
    page.get_by_label("Grond").select_option("5b")
    page.get_by_label("Geldt vanaf").fill(f"1-1-{jaar}")
    page.get_by_role("button", name="Vrijstelling opslaan").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Vul de laatste dag in")
    page.get_by_label("Laatste dag").fill(f"31-7-{jaar}")
    page.get_by_role("button", name="Vrijstelling opslaan").click()
    expect(page.get_by_role("status")).to_contain_text("Dit zijn de stappen.")
    page.get_by_role("link", name="Kennisgeving is compleet").click()
    page.get_by_role("button", name="Kennisgeving is compleet").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Nog niet compleet")
    check_page(page, "kennisgeving-compleet")
    page.get_by_label("5 onder b: verklaring").check()
    page.get_by_role("button", name="Kennisgeving is compleet").click()
    expect(page.get_by_role("status")).to_have_text("Gedaan: kennisgeving is compleet.")
    page.goto(Vrijstelling.objects.get().get_absolute_url())
    heading(page, "Artikel 5 onder b, richtingbezwaren")
    check_page(page, "vrijstelling")
    page.get_by_role("navigation").get_by_role("link", name="Vrijstellingen").first.click()
    heading(page, "Vrijstellingen")
    check_page(page, "vrijstellingen")

    assert Vrijstelling.objects.get().besluit == "IN_BEHANDELING"


def test_dossier_note_and_search(page, live, login, ambtenaar, jongere, check_page):
    make_melding(jongere)
    werkproces = WerkprocesFactory(
        jongere=jongere, toestand="onderzoek", behandelaar=ambtenaar, gestart_op=today()
    )
    login(ambtenaar)

    page.goto("/mijn-dag/")
    page.get_by_label("Zoek een jongere, school of zaak").fill("femke de wid")
    page.get_by_role("button", name="Zoek", exact=True).click()
    heading(page, "Zoeken")
    check_page(page, "zoeken")
    page.get_by_role("main").get_by_role("link", name="Femke de Wit").click()
    heading(page, "Tijdlijn")
    check_page(page, "dossier-tijdlijn")
    page.get_by_role("link", name="Notitie maken").first.click()
    heading(page, "Notitie maken")
    check_page(page, "notitie")
    page.get_by_label("Notitie", exact=True).fill("Moeder belt terug.")
    page.get_by_role("button", name="Notitie opslaan").click()
    expect(page.locator(".lr-tijdlijn")).to_contain_text("Moeder belt terug.")
    for tab, name in [
        ("Gezin en adres", "gezin"),
        ("Schoolloopbaan", "schoolloopbaan"),
        ("Meldingen", "dossier-meldingen"),
        ("Werkprocessen", "dossier-werkprocessen"),
        ("Documenten", "documenten"),
        ("Wie keek", "wie-keek"),
    ]:
        page.get_by_label("Onderdelen van het dossier").get_by_role("link", name=tab).click()
        heading(page, tab)
        check_page(page, name)
    assert Contactmoment.objects.get().verslag == "Moeder belt terug."

    page.get_by_label("Onderdelen van het dossier").get_by_role("link", name="Gezin").click()
    page.get_by_label("Waarom hebt u dit nodig?").select_option(
        label="Controleren of het de goede persoon is"
    )
    page.get_by_role("button", name="BSN bekijken").click()
    expect(page.get_by_role("main")).to_contain_text(jongere.bsn)

    page.get_by_label("Zoek een jongere, school of zaak").fill(jongere.bsn)
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page).to_have_url(f"{live.url}{jongere.get_absolute_url()}")
    page.get_by_label("Zoek een jongere, school of zaak").fill(werkproces.zaaknummer)
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text(werkproces.zaaknummer)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/werkprocessen/", "werkprocessen"),
        ("/jongeren/", "jongeren"),
        ("/scholen/", "scholen"),
        ("/meldingen/?soort=L&school=zee", "meldingen-leeg"),
        ("/hulp/stappen/", "hulp-stappen"),
    ],
)
def test_list_is_accessible(page, live, login, ambtenaar, jongere, check_page, path, name):
    WerkprocesFactory(jongere=jongere, behandelaar=ambtenaar)
    login(ambtenaar)

    page.goto(path)

    check_page(page, name)


def test_school_page(page, live, login, ambtenaar, jongere, check_page):
    melding = make_melding(jongere)
    login(ambtenaar)

    page.goto(f"/school/{melding.school.uuid}/")

    check_page(page, "school")
