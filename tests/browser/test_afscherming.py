"""Closed dossiers, noodtoegang, the review of rights and standing in, in a browser."""

import pytest
from playwright.sync_api import expect

from accounts.models_controle import Rechtcontrole
from accounts.rechten import Rol, Taak
from casework.models import Afscherming, Noodtoegang
from tests.factories import GemeenteFactory, JongereFactory, make_bsn, make_gebruiker

LEIDING = (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE)


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente, achternaam="Proefsteen", bsn=make_bsn(7))


@pytest.fixture
def drie(gemeente):
    return [
        make_gebruiker(LEIDING, gemeente=gemeente, naam=naam, functie="Teamleider")
        for naam in ("Lea van den Oosterbaan", "Bram de Wit", "Noor Haddad")
    ]


def heading(page, text):
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def test_close_ask_and_decide(page, live, login, jongere, drie, check_page):
    een, twee, _ = drie
    login(een)
    page.goto(f"/jongere/{jongere.uuid}/afscherming/")
    check_page(page, "afscherming-open")
    page.get_by_role("link", name="Dossier afsluiten").click()
    page.get_by_role("button", name="Afsluiten").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Kies ten minste een collega.")
    check_page(page, "afsluiten-fout")
    page.get_by_label("Reden").select_option(label="Familie van een collega")
    page.get_by_label("Toelichting").fill("Zoon van een collega van het team.")
    page.get_by_label("Lea van den Oosterbaan (teamleider)").check()
    page.get_by_role("button", name="Afsluiten").click()
    expect(page.get_by_role("status").first).to_contain_text("Het dossier is afgesloten.")
    check_page(page, "afscherming-dicht")

    page.get_by_role("link", name="Dossier weer openen").click()
    check_page(page, "afscherming-vraag")
    page.get_by_label("Waarom kan het dossier weer open?").fill("De collega werkt elders.")
    page.get_by_role("button", name="Vragen").click()
    expect(page.get_by_role("main")).to_contain_text("Er wacht een verzoek")

    login(twee)
    page.goto("/afschermingen/")
    check_page(page, "afschermingen")
    page.get_by_role("link", name=f"{Afscherming.objects.get()}: dossier weer openen").click()
    check_page(page, "afscherming-besluit")
    page.get_by_role("button", name="Akkoord", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Er wacht niets.")
    page.goto(f"/jongere/{jongere.uuid}/afscherming/")
    page.get_by_role("link", name="Collega toevoegen").click()
    check_page(page, "betrokken")
    page.get_by_label("Collega", exact=True).select_option(label="Noor Haddad")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("Noor Haddad")
    check_page(page, "afscherming-betrokkenen")


def test_break_glass_and_its_review(page, live, login, gemeente, jongere, drie, check_page):
    een, twee, _ = drie
    rij = Afscherming.objects.create(
        jongere=jongere, gemeente=gemeente, reden="bekend", toelichting="x", gesloten_door=een
    )
    rij.leden.add(een)
    login(twee)
    page.goto("/zoeken/?q=Proefsteen")
    page.get_by_role("link", name="noodtoegang").click()
    check_page(page, "noodtoegang")
    page.get_by_label("BSN of onderwijsnummer").fill(make_bsn(8))
    page.get_by_label("Waarom kan dit niet wachten?").fill("De jongere staat nu aan de balie.")
    page.get_by_role("button", name="Noodtoegang vragen").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("kunt u geen dossier openen")
    check_page(page, "noodtoegang-niets")
    page.get_by_label("BSN of onderwijsnummer").fill(make_bsn(7))
    page.get_by_role("button", name="Noodtoegang vragen").click()
    expect(page.get_by_role("main")).to_contain_text("U hebt noodtoegang tot dit dossier.")
    check_page(page, "noodtoegang-open")

    login(make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente))
    page.goto("/noodtoegangen/")
    check_page(page, "noodtoegangen")
    page.get_by_role("link", name=f"{Noodtoegang.objects.get()} beoordelen").click()
    check_page(page, "noodtoegang-oordeel")
    page.get_by_label("Terecht gebruikt").check()
    page.get_by_label("Toelichting").fill("Nagevraagd bij de teamleider.")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("main")).to_contain_text("Alles is beoordeeld.")
    check_page(page, "noodtoegangen-klaar")


def test_own_family_and_standing_in(page, live, login, jongere, drie, check_page):
    een, _, _ = drie
    login(een)
    page.goto("/profiel/")
    check_page(page, "profiel")
    page.get_by_role("link", name="Familie of bekende vastleggen").click()
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.locator("[data-foutenlijst]")).to_contain_text("Vul een nummer in")
    check_page(page, "betrokken-zelf-fout")
    page.get_by_label("BSN of onderwijsnummer").fill(make_bsn(7))
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("status").first).to_contain_text("Dank u.")

    page.goto("/vervanging/")
    page.get_by_label("Wie vervangt?").select_option(label="Bram de Wit")
    page.get_by_label("Eerste dag").fill("1-1-2020")
    page.get_by_label("Laatste dag").fill("1-1-2090")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("main")).to_contain_text("Bram de Wit vervangt Lea van den Oosterbaan")
    check_page(page, "vervanging")
    login(drie[1])
    page.goto("/mijn-dag/")
    expect(page.get_by_role("main")).to_contain_text("Lea van den Oosterbaan")
    check_page(page, "mijn-dag-vervanging")


def test_review_of_rights_and_a_last_day(page, live, login, gemeente, drie, check_page):
    een = drie[0]
    recht = een.bevoegdheden.get()
    Rechtcontrole.objects.create(
        bevoegdheid=recht, gebruiker=een, uitkomst="bevestigd", op="2020-01-01"
    )
    login(make_gebruiker((Taak.BEHEER, Rol.LEIDINGGEVENDE), gemeente=gemeente))
    page.goto("/beheer/toegangscontrole/")
    check_page(page, "toegangscontrole")
    page.get_by_label("Lea van den Oosterbaan: Leerplicht (leidinggevende)").check()
    page.get_by_role("button", name="Gekozen rechten bevestigen").click()
    expect(page.get_by_role("status").first).to_contain_text("1 recht is bevestigd.")
    page.get_by_role("link", name="Alle rechten", exact=True).click()
    check_page(page, "toegangscontrole-alle")
    with page.expect_download() as download:
        page.get_by_role("link", name="Alle rechten als CSV").click()
    assert "Lea van den Oosterbaan" in download.value.path().read_text(encoding="utf-8-sig")

    page.goto(f"/beheer/gebruikers/{een.pk}/")
    page.get_by_role("link", name="Laatste werkdag").click()
    page.get_by_label("Laatste werkdag").fill("1-1-2090")
    check_page(page, "vertrek")
    page.get_by_role("button", name="Vastleggen").click()
    heading(page, "Lea van den Oosterbaan")
    expect(page.get_by_role("main")).to_contain_text("tot en met 01-01-2090")
