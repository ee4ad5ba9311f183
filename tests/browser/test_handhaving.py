"""Reported again: help, Halt, proces-verbaal, sitting and jeugdreclassering, by screens only."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.rechten import Rol, Taak
from casework.models import Verzuimmelding, Werkproces
from casework.schooljaar import today
from leerplicht.models import Haltverwijzing, ProcesVerbaal, Strafzaak
from tests.browser.stappen import WEGING, do, fill
from tests.factories import (
    AdresFactory,
    BoaAkteFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    RelatieFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    make_gebruiker,
)


@pytest.fixture
def gemeente(transactional_db):
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def boa(gemeente):
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE),
        (Taak.OPSPORING, Rol.BEHANDELAAR),
        gemeente=gemeente,
        naam="Noor van Dam",
    )
    day = today()
    BoaAkteFactory(
        gebruiker=user, geldig_van=day - timedelta(days=400), geldig_tot=day + timedelta(days=400)
    )
    return user


@pytest.fixture
def jongere(gemeente):
    jongere = JongereFactory(
        gemeente=gemeente,
        roepnaam="Femke",
        voornamen="Femke",
        achternaam="Wit",
        geboortedatum=today().replace(year=today().year - 15, month=1, day=15),
    )
    RelatieFactory(jongere=jongere, voornamen="Karin", achternaam="Bos", soort="OUDER")
    AdresFactory(jongere=jongere, straat="Kade", huisnummer=7)
    InschrijvingFactory(jongere=jongere, school=SchoolFactory(naam="Zeecollege"))
    return jongere


def report(jongere, days_ago):
    day = today()
    return VerzuimmeldingFactory(
        jongere=jongere,
        school=jongere.inschrijvingen.get().school,
        melddatum=day - timedelta(days=days_ago),
        begindatum=day - timedelta(days=days_ago + 5),
        einddatum=day - timedelta(days=days_ago + 3),
        uren=18,
        actie_school="Gesprek met de mentor, ouders gebeld.",
    )


def weigh(page):
    do(
        page,
        "Weging vastleggen",
        **WEGING,
        grond_jongere="Spijbelt.",
        grond_ouder1="Werkt mee.",
        afweging="Herhaald.",
    )


def test_reported_again_help_halt_proces_verbaal_sitting_jeugdreclassering(
    page, live, login, boa, jongere, check_page
):
    dag = f"{today():%d-%m-%Y}"
    eerste = report(jongere, 20)
    login(boa)

    page.goto(eerste.get_absolute_url())
    page.get_by_role("button", name="Werkproces openen").click()
    werkproces = Werkproces.objects.get()
    do(page, "Onderzoek starten", bevinding="Verzuim.", school_deed="ja", school_bericht_op=dag)
    for wie in ("School", "Ouders", "Jongere"):
        do(page, f"{wie} horen", hoe="GESPREK", samenvatting=f"{wie} vertelt.")
    do(page, "Onderzoek afronden en wegen")
    weigh(page)
    do(
        page,
        "Vrijwillige hulp inzetten (route 1)",
        toestemming="ja",
        hulpverlener="Wijkteam",
    )

    tweede = report(jongere, 3)
    page.goto(tweede.get_absolute_url())
    page.get_by_role("button", name=f"Bij {werkproces.zaaknummer} voegen").click()
    expect(page.get_by_role("status").first).to_be_visible()
    page.goto(werkproces.get_absolute_url())
    assert {m.werkproces_id for m in Verzuimmelding.objects.all()} == {werkproces.pk}
    weigh(page)

    page.get_by_role("link", name="Naar Halt verwijzen (route 2)", exact=True).click()
    check_page(page, "halt-voorstel")
    fill(
        page,
        {
            "ouders_ingelicht": "ja",
            "bekent": "ja",
            "verklaring": "Ik had geen zin.",
            "cautie_gegeven_op": f"{dag} 00:00",
            "recht_op_raadsman_meegedeeld": True,
            "raadsman": "AFSTAND",
        },
    )
    page.get_by_role("button", name="Voorstel maken").click()
    page.get_by_label("Ik werk aan dit strafbare feit").check()
    page.get_by_role("button", name="Politiegegevens bekijken").click()
    check_page(page, "haltzaak")
    do(page, "Toestemming vastleggen", uitgelegd=True, jongere="ja", ouders="ja")
    do(page, "Naar Halt verzenden")
    do(page, "Halt is gestart")
    do(page, "Negatief afgerond", reden="Niet verschenen.")
    assert Haltverwijzing.objects.get().resultaat == "NEGATIEF"

    page.goto(werkproces.get_absolute_url())
    weigh(page)
    page.get_by_role("link", name="Proces-verbaal (route 4)", exact=True).click()
    check_page(page, "proces-verbaal")
    fill(page, {"verdachte": "JONGERE"})
    page.get_by_role("button", name="Concept maken").click()
    check_page(page, "strafzaak-concept")
    page.get_by_role("link", name="Verhoor", exact=True).click()
    page.get_by_role("button", name="Verhoor vastleggen").click()
    expect(page.locator("[data-foutenlijst]")).to_be_focused()
    check_page(page, "verhoor-fout")
    fill(
        page,
        {
            "cautie_gegeven_op": f"{dag} 00:00",
            "begin": f"{dag} 00:00",
            "plaats": "Stadhuis",
            "raadsman": "AFSTAND",
            "recht_op_raadsman_meegedeeld": True,
            "ouders_ingelicht": "Moeder was erbij.",
            "verklaring": "Ik ging gamen.",
        },
    )
    page.get_by_role("button", name="Verhoor vastleggen").click()
    page.get_by_role("link", name="Schrijven", exact=True).click()
    check_page(page, "pv-schrijven")
    fill(
        page,
        {
            "adres": "Kade 7",
            "identiteit_op": dag,
            "feit_plaats": "Oosterhaven",
            "bevindingen": "Het overzicht van school.",
            "oordeel": "Verwijtbaar.",
        },
    )
    page.get_by_role("button", name="Opslaan").click()
    do(page, "Ondertekenen", eed="EED")
    do(page, "Verzenden naar de officier van justitie")
    do(page, "Dagvaarding")
    do(page, "Zitting is geweest", rechter="KINDER")
    do(
        page,
        "Vonnis vastleggen",
        straffen=["TAAKSTRAF", "JEUGDRECLASSERING"],
        taakstraf_uren="40",
    )
    expect(page.get_by_role("main")).to_contain_text("Jeugdreclassering (Maatregel Hulp en Steun)")
    check_page(page, "strafzaak-vonnis")
    page.goto("/strafzaken/")
    page.get_by_label("Ik werk aan dit strafbare feit").check()
    page.get_by_role("button", name="Lijst bekijken").click()
    expect(page.get_by_role("main")).to_contain_text("Vonnis")
    check_page(page, "strafzaken")
    page.get_by_role("link", name="Femke Wit").click()
    do(page, "Zaak sluiten")

    page.goto(werkproces.get_absolute_url())
    do(page, "Volgen")
    do(page, "Aanwezigheid van school vastleggen", tot=dag, uren_afwezig="0")
    do(page, "Een route afronden die ernaast loopt", route="1", afloop="Hulp is klaar.")
    do(page, "Afsluiten met een resultaat", resultaat="pv")

    werkproces.refresh_from_db()
    zaak, pv = Strafzaak.objects.get(), ProcesVerbaal.objects.get()
    assert (werkproces.toestand, werkproces.route) == ("afgesloten", "4")
    assert (zaak.toestand, zaak.straffen) == ("gesloten", ["TAAKSTRAF", "JEUGDRECLASSERING"])
    assert (pv.afdoening, pv.verbalisant, pv.regime) == ("TAAKSTRAF", boa, "WPG")
