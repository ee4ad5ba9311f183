"""An appointment is typed once: planned it is a step, its outcome a fact of the werkproces."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casework.domain import afspraken
from casework.domain.afspraken import Afspraakinvoer, Verloop
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Afspraak, Contactmoment
from casework.schooljaar import AMSTERDAM, today
from leerplicht.domain.mas import MAS
from leerplicht.domain.mas_voorwaarden import jongere_gehoord, ouders_gehoord, school_gehoord
from leerplicht.domain.tabellen import tabel_of
from tests.factories import (
    AfspraakFactory,
    GemeenteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_ambtenaar,
)
from tests.test_ingangen import BACKEND

pytestmark = pytest.mark.django_db
GISTEREN = timezone.now() - timedelta(days=1)


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def lea(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def zaak(gemeente):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=today() - timedelta(days=15 * 365))
    return WerkprocesFactory(jongere=jongere, toestand="onderzoek")


def make(zaak, lea, **fields):
    fields = {"soort": "gesprek", "wie": "beiden", "begin": GISTEREN} | fields
    return AfspraakFactory(jongere=zaak.jongere, werkproces=zaak, gebruiker=lea, **fields)


def end(afspraak, lea, uitkomst, verslag="", **more):
    return afspraken.set_outcome(afspraak, Verloop(uitkomst, verslag, **more), by=lea)


def steps(zaak):
    """What was recorded, in words: step, who, and what came of it."""
    keys = ("wie", "verschenen", "aangetroffen", "hoe")
    rows = zaak.stappen.order_by("volgorde")
    return [" ".join([r.stap, *(r.gegevens[k] for k in keys if k in r.gegevens)]) for r in rows]


def still_to_do(zaak):
    zaak.refresh_from_db()
    checks = {"school": school_gehoord, "ouders": ouders_gehoord, "jongere": jongere_gehoord}
    return {wie for wie, check in checks.items() if check(zaak, today())}


@pytest.mark.parametrize(
    ("soort", "wie", "verloop", "stappen", "te_doen"),
    [
        (
            "gesprek", "beiden", Verloop("geweest", "Besproken."),
            ["ouders_horen GESPREK", "jongere_horen GESPREK"], {"school"},
        ),
        (
            "gesprek", "beiden", Verloop("geweest", "Moeder kwam.", gekomen=["ouders"]),
            ["ouders_horen GESPREK", "oproepen jongere nee"], {"school", "jongere"},
        ),
        ("telefoon", "school", Verloop("geweest", "Mentor."), ["school_horen TELEFOON"],
         {"ouders", "jongere"}),
        ("overleg", "", Verloop("geweest", "Mentor.", "school"), ["school_horen GESPREK"],
         {"ouders", "jongere"}),
        ("gesprek", "beiden", Verloop("niet_verschenen"), ["oproepen beiden nee"],
         {"school", "ouders", "jongere"}),
        (
            "huisbezoek", "ouders", Verloop("geweest", "Binnen."),
            ["huisbezoek ouders ja", "ouders_horen HUISBEZOEK"], {"school", "jongere"},
        ),
        ("huisbezoek", "beiden", Verloop("niemand_thuis"), ["huisbezoek beiden nee"],
         {"school", "ouders", "jongere"}),
        ("huisbezoek", "beiden", Verloop("geweigerd"), ["huisbezoek beiden ja"],
         {"school", "ouders", "jongere"}),
        # No fact: called off, nobody of these, no hearing, a call that nobody took.
        ("gesprek", "beiden", Verloop("afgezegd"), [], {"school", "ouders", "jongere"}),
        ("gesprek", "", Verloop("geweest", "Arts."), [], {"school", "ouders", "jongere"}),
        ("mdo", "ouders", Verloop("geweest", "Plan."), [], {"school", "ouders", "jongere"}),
        ("telefoon", "ouders", Verloop("niet_verschenen"), [], {"school", "ouders", "jongere"}),
    ],
)  # fmt: skip  # read as a table
def test_an_outcome_is_a_fact_of_the_werkproces(lea, zaak, soort, wie, verloop, stappen, te_doen):
    afspraak = make(zaak, lea, soort=soort, wie=wie)

    afspraken.set_outcome(afspraak, verloop, by=lea)

    assert steps(zaak) == stappen
    assert still_to_do(zaak) == te_doen
    # One talk is one contact, however many were heard; a visit is a contact without a note too.
    assert Contactmoment.objects.count() == bool(verloop.verslag or soort == "huisbezoek")


def test_two_summonses_and_a_visit_from_the_agenda_open_the_weighing(lea, zaak):
    end(make(zaak, lea, soort="telefoon", wie="school"), lea, "geweest", "School is gehoord.")
    for _ in range(2):
        end(make(zaak, lea), lea, "niet_verschenen")
    with pytest.raises(DomainError):
        perform(zaak, "wegen", tabel=MAS, by=lea, day=today())

    bezoek = end(make(zaak, lea, soort="huisbezoek"), lea, "niemand_thuis")

    assert afspraken.next_step(bezoek) is afspraken.VERDER
    assert perform(zaak, "wegen", tabel=MAS, by=lea, day=today()).toestand == "weging"


def test_an_outcome_set_right_takes_its_fact_along(lea, zaak):
    afspraak = make(zaak, lea)
    end(afspraak, lea, "geweest", "Besproken.")
    end(afspraak, lea, "geweest", "Ook nog besproken.")  # the same: nothing new
    assert len(steps(zaak)) == 2

    end(afspraak, lea, "niet_verschenen")

    assert steps(zaak)[2:] == ["uitkomst_hersteld", "oproepen beiden nee"]
    assert still_to_do(zaak) == {"school", "ouders", "jongere"}
    end(afspraak, lea, "geweest", "Toch wel.")
    assert still_to_do(zaak) == {"school"}
    zaak.refresh_from_db()
    zaak.toestand = "weging"  # moved on: what does not hold is taken back, nothing is added
    zaak.save()
    end(afspraak, lea, "afgezegd")
    assert steps(zaak)[-1] == "uitkomst_hersteld"
    assert not afspraken.recorded(Afspraak.objects.get())


def test_police_data_and_other_tables_keep_their_own_steps(lea, gemeente):
    for fields in ({"regime": "WPG"}, {"soort": "LUXE", "toestand": "luxe_horen"}):
        jongere = JongereFactory(gemeente=gemeente)
        zaak = WerkprocesFactory(jongere=jongere, **({"toestand": "onderzoek"} | fields))
        regime = fields.get("regime", "AVG")
        afspraak = make(zaak, lea, regime=regime)

        assert afspraken.counts(afspraak) is False
        end(afspraak, lea, "geweest")
        assert steps(zaak) == []


def test_at_absoluut_verzuim_the_parents_are_heard_by_an_appointment(lea, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    zaak = WerkprocesFactory(jongere=jongere, soort="ABSOLUUT", toestand="horen_ouders")
    begin = GISTEREN.astimezone(AMSTERDAM)
    invoer = Afspraakinvoer(begin, "gesprek", wie="ouders", plaats="Gemeentehuis")

    afspraak = afspraken.plan_afspraak(
        jongere, by=lea, taak="leerplicht", invoer=invoer, werkproces=zaak
    )
    end(afspraak, lea, "geweest", "Ouders zoeken een school.")

    assert steps(zaak) == ["uitnodigen ouders", "ouders_horen GESPREK"]
    assert tabel_of(zaak).naam == "absoluut"


def test_from_step_to_fact_on_screen(client, lea, zaak):
    client.force_login(lea, BACKEND)
    url = zaak.get_absolute_url()
    page = client.get(f"{url}stap/uitnodigen/")  # the step is the page of the appointment
    refused = client.post(f"{url}stap/uitnodigen/", {"datum": "1-1-2026", "tijd": "9:00"})
    data = {"soort": "gesprek", "datum": f"{GISTEREN:%d-%m-%Y}", "tijd": "9:30", "wie": "beiden"}

    client.post(page.url, data)

    afspraak = Afspraak.objects.get()
    assert refused.status_code == 200 and afspraak.werkproces == zaak
    assert steps(zaak) == ["uitnodigen beiden"]
    assert f"/afspraak/{afspraak.uuid}/uitkomst/" in client.get(url).content.decode()
    assert "Was dit een afspraak?" in client.get(f"{url}stap/ouders_horen/").content.decode()
    outcome = f"/afspraak/{afspraak.uuid}/uitkomst/"
    empty = client.post(outcome, {"uitkomst": "geweest"})
    assert set(empty.context["form"].errors) == {"verslag", "gekomen"}
    answer = {"uitkomst": "geweest", "verslag": "Besproken.", "gekomen": ["ouders", "jongere"]}
    shown = client.post(outcome, answer, follow=True)
    assert "Naar het werkproces" in shown.content.decode()
    assert still_to_do(zaak) == {"school"}


def test_an_appointment_from_the_dossier_is_tied_to_an_open_werkproces(client, lea, zaak, gemeente):
    client.force_login(lea, BACKEND)
    dicht = WerkprocesFactory(jongere=zaak.jongere, status="GESLOTEN", toestand="afgesloten")
    ander = WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente))
    url = f"/jongere/{zaak.jongere.uuid}/afspraak/"
    form = client.get(url).context["form"]
    data = {"soort": "gesprek", "datum": f"{GISTEREN:%d-%m-%Y}", "tijd": "9:30", "wie": "ouders"}

    refused = [client.post(url, data | {"werkproces": w.uuid}) for w in (dicht, ander)]
    client.post(url, data | {"werkproces": zaak.uuid})
    client.post(url, data)

    assert form["werkproces"].initial == zaak.uuid  # the only one that is open
    assert [set(r.context["form"].errors) for r in refused] == [{"werkproces"}] * 2
    assert [a.werkproces for a in Afspraak.objects.order_by("pk")] == [zaak, None]
