"""The proces-verbaal: by opsporing only, out of the sight of others, one suspect each."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.errors import DomainError, NotAuthorised
from casework.models import BoaAkte, WerkprocesStap
from leerplicht.domain.opsporing import PvInvoer, draw_up_pv
from leerplicht.models import ProcesVerbaal, Strafzaak
from tests.factories import (
    BoaAkteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import give_reason

DAG = date(2025, 10, 1)


@pytest.fixture
def boa(gemeente):
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    BoaAkteFactory(gebruiker=user)
    return user


def make_weighed(gemeente, **jongere):
    werkproces = WerkprocesFactory(
        jongere=JongereFactory(gemeente=gemeente, **jongere), toestand="weging"
    )
    WerkprocesStap.objects.create(
        werkproces=werkproces,
        volgorde=1,
        soort="BEOORDELING",
        stap="weging_vastleggen",
        gegevens={"verwijt_ouder1": "verwijtbaar"},
    )
    return werkproces


def test_one_per_suspect_and_the_route_once(gemeente, boa):
    werkproces = make_weighed(gemeente)

    eerste = draw_up_pv(
        werkproces, by=boa, day=DAG, invoer=PvInvoer("OUDER1", DAG, "PV-7", afwijking="spoed")
    )
    werkproces.refresh_from_db()
    draw_up_pv(werkproces, by=boa, day=DAG, invoer=PvInvoer("OUDER2", DAG))

    assert (werkproces.toestand, werkproces.route) == ("strafrecht", "4")
    assert (eerste.gemeente, eerste.verbalisant, eerste.verzuimsoort) == (gemeente, boa, "RELATIEF")
    assert ProcesVerbaal.objects.count() == 2
    assert [e.taak for e in Gebeurtenis.objects.filter(actie="pv.opgemaakt")] == ["opsporing"] * 2
    assert "PV-7" not in str([e.gegevens for e in Gebeurtenis.objects.all()])


def test_refused_without_opsporing_under_twelve_or_unweighed(gemeente, boa):
    jong = make_weighed(gemeente, geboortedatum=date(2014, 1, 1))
    ongewogen = WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente), toestand="weging")

    with pytest.raises(NotAuthorised):
        draw_up_pv(jong, by=make_ambtenaar(gemeente), day=DAG, invoer=PvInvoer("OUDER1", DAG))
    with pytest.raises(DomainError):
        draw_up_pv(jong, by=boa, day=DAG, invoer=PvInvoer("JONGERE", DAG))
    with pytest.raises(DomainError):
        draw_up_pv(ongewogen, by=boa, day=DAG, invoer=PvInvoer("OUDER1", DAG))

    assert ProcesVerbaal.objects.count() == 0


def test_the_screen_is_for_opsporing_and_shows_nothing_to_others(client, gemeente, boa):
    werkproces = make_weighed(gemeente)
    url = f"/werkproces/{werkproces.uuid}/proces-verbaal/"
    client.force_login(boa)
    give_reason(client, werkproces.jongere)
    BoaAkte.objects.update(geldig_tot=date(2099, 1, 1))
    zonder_naam = client.post(url, {"verdachte": "OUDER1"})
    client.post(url, {"verdachte": "OUDER1", "naam": "Kim de Boer"})
    sleutel = str(Strafzaak.objects.get().uuid)
    own = client.get(url).content.decode()

    client.force_login(make_ambtenaar(gemeente))
    refused = client.get(url)
    pages = [
        client.get(path).content.decode()
        for path in (
            werkproces.get_absolute_url(),
            werkproces.jongere.get_absolute_url(),
            f"{werkproces.jongere.get_absolute_url()}werkprocessen/",
        )
    ]

    assert "naam" in zonder_naam.context["form"].errors
    assert own.count(sleutel) == 1
    assert refused.status_code == 403
    assert [page.count(sleutel) for page in pages] == [0, 0, 0]
