"""Letters from the steps of a case, filled with what the steps tell, and the season of renewals."""

from datetime import date, datetime, timedelta

import pytest

from accounts.rechten import Rol, Taak
from casework.briefsoorten import EIGEN, SOORTEN, standaardtekst
from casework.models import Briefafzender, Brievenronde, WerkprocesStap
from casework.schooljaar import AMSTERDAM, Schooljaar, today
from leerplicht.domain.kennisgeving_tabel import KENNISGEVING
from leerplicht.domain.stapbrief import BESLUITZIN, letter_for, letter_values
from leerplicht.domain.tabellen import ALLE
from tests.factories import (
    ActieFactory,
    AdresFactory,
    AfspraakFactory,
    GemeenteFactory,
    JongereFactory,
    RelatieFactory,
    VerlofFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.test_ingangen import BACKEND


def test_every_letter_of_a_step_exists():
    brieven = {stap.brief for tabel in ALLE for stap in tabel.stappen.values() if stap.brief}

    assert brieven <= set(SOORTEN)
    assert brieven >= {"absoluut-1", "absoluut-2", "uitnodiging", "besluit-vrijstelling"}


pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeente():
    gemeente = GemeenteFactory(naam="Proefdorp")
    Briefafzender.objects.create(
        gemeente=gemeente,
        afdeling="Leerplicht",
        postadres="Postbus 1",
        postcode_plaats="1000 AA PROEFDORP",
        telefoon="14 000",
    )
    return gemeente


@pytest.fixture
def lea(gemeente):
    return make_ambtenaar(gemeente)


def done(werkproces, stap, **gegevens):
    return WerkprocesStap.objects.create(
        werkproces=werkproces,
        volgorde=werkproces.stappen.count() + 1,
        soort="BEOORDELING",
        stap=stap,
        gegevens=gegevens,
        uitgevoerd_op=today(),
    )


def test_a_letter_opens_with_what_is_known(client, gemeente, lea):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=today() - timedelta(days=4000))
    zaak = WerkprocesFactory(jongere=jongere, soort="VERLOF", toestand="av_besloten")
    VerlofFactory(jongere=jongere, werkproces=zaak, van=date(2026, 10, 5), tot=date(2026, 10, 9))
    done(zaak, "besluiten", besluit="geweigerd", motivering="De bruiloft is in een vakantie.")
    ActieFactory(
        jongere=jongere,
        werkproces=zaak,
        grondslag="termijn:av_besloten",
        vervalt_op=today() + timedelta(days=3),
    )
    morgen = datetime.combine(today() + timedelta(days=1), datetime.min.time(), AMSTERDAM)
    AfspraakFactory(
        jongere=jongere, werkproces=zaak, plaats="Gemeentehuis", begin=morgen + timedelta(hours=9)
    )
    client.force_login(lea, BACKEND)

    page = client.get(zaak.get_absolute_url()).content.decode()
    url = f"/jongere/{jongere.uuid}/brief/besluit-verlof/?werkproces={zaak.uuid}"
    form = client.get(url).context["form"]

    assert url in page
    assert form.initial["periode"] == "5 oktober 2026 tot en met 9 oktober 2026"
    assert form.initial["besluit"] == BESLUITZIN["geweigerd"]
    assert form.initial["reden"] == "De bruiloft is in een vakantie."
    values = letter_values(zaak, "uitnodiging", lea)
    assert (values["afspraak_tijd"], values["afspraak_plaats"]) == ("09.00 uur", "Gemeentehuis")
    assert str((today() + timedelta(days=3)).day) in values["reageren_voor"]


def test_the_reason_in_a_case_of_belief_is_for_who_may_know_it(gemeente, lea):
    zaak = WerkprocesFactory(
        jongere=JongereFactory(gemeente=gemeente), soort="VRIJSTELLING", toestand="kg_gesprek"
    )
    VrijstellingFactory(jongere=zaak.jongere, werkproces=zaak, grond="5b")
    done(zaak, "ongeldig", reden="Bedenking tegen de richting")
    lezer = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)

    assert letter_values(zaak, "voornemen", lea)["reden"] == "Bedenking tegen de richting"
    assert "reden" not in letter_values(zaak, "voornemen", lezer)


def test_a_step_goes_on_to_its_letter(client, gemeente, lea):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=today() - timedelta(days=4000))
    zaak = WerkprocesFactory(jongere=jongere, soort="ABSOLUUT", toestand="controle")
    client.force_login(lea, BACKEND)
    step = f"/werkproces/{zaak.uuid}/stap/eerste_brief/"
    data = {"datum": f"{today():%d-%m-%Y}", "gecontroleerd": "Inschrijving", "brief": "1"}

    page = client.get(step).content.decode()
    answer = client.post(step, data)

    assert "Opslaan en de brief maken" in page
    assert answer.url == f"/jongere/{jongere.uuid}/brief/absoluut-1/?werkproces={zaak.uuid}"
    assert client.get(answer.url).context["form"].initial["reageren_voor"]
    tabel = next(t for t in ALLE if t.naam == "aanvraag")
    kinds = ("VERLOF", "VRIJSTELLING")
    found = [letter_for(tabel.stappen["bekendmaken"], WerkprocesFactory(soort=k)) for k in kinds]
    assert found == ["besluit-verlof", "besluit-vrijstelling"]


def test_the_renewals_of_a_gemeente_get_their_letter(client, gemeente, lea):
    jaar = Schooljaar.of(today())

    def exempt(woont=gemeente, grond="5c"):
        jongere = JongereFactory(gemeente=woont, geboortedatum=today() - timedelta(days=4000))
        ouder = RelatieFactory(jongere=jongere)
        AdresFactory(jongere=None, relatie=ouder, gemeente=woont, straat=f"Straat{jongere.pk}")
        VrijstellingFactory(
            jongere=jongere,
            gemeente=gemeente,
            grond=grond,
            besluit="VAN_RECHTSWEGE",
            begindatum=jaar.start,
            einddatum=jaar.end - timedelta(days=1),
        )
        return jongere

    two = [exempt(), exempt()]
    exempt(woont=GemeenteFactory())  # moved: the new gemeente writes
    client.force_login(lea, BACKEND)
    url = f"/vrijstellingen/verlengen/{gemeente.code}/brieven/"

    assert url in client.get("/vrijstellingen/verlengen/").content.decode()
    page = client.get(url)
    assert (
        page.context["aantal"] == 2 and "30 juni" in page.context["form"].initial["reageren_voor"]
    )
    client.post(url, {**page.context["form"].initial, "verzendwijze": "post"})

    ronde = Brievenronde.objects.get()
    assert ronde.bulk and ronde.soort == "verlenging"
    assert {b.jongere_id for b in ronde.brieven.all()} == {j.pk for j in two}
    assert "30 juni" in ronde.brieven.first().tekst
    client.force_login(make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente), BACKEND)
    assert client.get(url).status_code == 403
    assert url not in client.get("/vrijstellingen/verlengen/").content.decode()


@pytest.mark.parametrize(
    ("stap", "soort", "staat_er"),
    [
        ("ongeldig", "kennisgeving-ongeldig", "De verklaring is te oud."),
        ("registreren", "kennisgeving-geregistreerd", "1 augustus 2026 tot en met 31 juli 2027"),
    ],
)
def test_a_kennisgeving_is_answered_by_a_letter_that_is_no_besluit(
    gemeente, lea, stap, soort, staat_er
):
    jongere = JongereFactory(gemeente=gemeente)
    zaak = WerkprocesFactory(jongere=jongere, soort="VRIJSTELLING", toestand="kg_getoetst")
    VrijstellingFactory(
        jongere=jongere, werkproces=zaak, begindatum=date(2026, 8, 1), einddatum=date(2027, 7, 31)
    )
    ActieFactory(
        jongere=jongere,
        werkproces=zaak,
        grondslag="termijn:kg_ongeldig",
        vervalt_op=today() + timedelta(days=21),
    )
    done(zaak, "ongeldig", reden="De verklaring is te oud.")
    assert letter_for(KENNISGEVING.stappen[stap], zaak) == soort

    waarden = letter_values(zaak, soort, lea)
    onderwerp, tekst = standaardtekst(soort)
    brief = f"{onderwerp} {tekst}".format_map({**dict.fromkeys(EIGEN, "X"), **waarden})

    assert staat_er in brief
    assert "U kunt bezwaar maken" not in brief  # it holds by law, or does not (HR 2011 BM6898)
