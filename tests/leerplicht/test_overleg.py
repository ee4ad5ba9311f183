"""MDO and signals for care: written, agreed, seen where leerplicht is done, refused elsewhere."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from casework.errors import DomainError
from casework.models import Actie
from leerplicht.domain.overleg import signal
from leerplicht.models import Overleg, Zorgsignaal
from tests.factories import GemeenteFactory, JongereFactory, make_ambtenaar

DAG = date(2025, 10, 1)
OVERLEG = {
    "datum": "1-10-2025",
    "deelnemers": "Proefcollege, mentor\nWijkteam",
    "grondslag": "CONVENANT",
    "ouders_weten_op": "29-9-2025",
    "verslag": "Besproken.",
}


def test_a_meeting_from_its_form_to_what_must_be_done(client, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    client.force_login(make_ambtenaar(gemeente))
    url = f"/jongere/{jongere.uuid}/overleg/"

    zonder = client.post(url, {**OVERLEG, "deelnemers": ", mentor", "grondslag": ""})
    client.post(url, OVERLEG)
    overleg = Overleg.objects.get()
    te_vroeg = client.post(
        overleg.get_absolute_url(),
        {"tekst": "Bellen", "eigenaar": "Mentor", "uiterlijk_op": "1-9-2025"},
    )
    client.post(
        overleg.get_absolute_url(),
        {"tekst": "Bellen", "eigenaar": "Mentor", "uiterlijk_op": "8-10-2025"},
    )
    page = client.get(overleg.get_absolute_url())
    tijdlijn = client.get(jongere.get_absolute_url()).content.decode()
    client.force_login(make_ambtenaar(GemeenteFactory()))
    elders = client.get(overleg.get_absolute_url())

    assert set(zonder.context["form"].errors) == {"deelnemers", "grondslag"}
    assert [str(d) for d in overleg.deelnemers.all()] == ["Proefcollege, mentor", "Wijkteam"]
    assert "voor het overleg" in te_vroeg.content.decode()
    actie = Actie.objects.get()
    assert (actie.omschrijving, actie.vervalt_op) == ("Mentor: Bellen", date(2025, 10, 8))
    assert list(page.context["acties"]) == [actie]
    assert overleg.get_absolute_url() in tijdlijn
    assert elders.status_code == 404
    assert Gebeurtenis.objects.filter(actie__startswith="overleg.").count() == 2


def test_the_verwijsindex_only_where_and_when_the_gemeente_uses_it(gemeente, settings):
    ambtenaar, jongere = make_ambtenaar(gemeente), JongereFactory(gemeente=gemeente)
    own = {"by": ambtenaar, "day": DAG, "ouders_weten_op": DAG, "datum": DAG}

    signal(jongere, soort="WIJKTEAM", **own)
    with pytest.raises(DomainError, match="gebruikt de verwijsindex niet"):
        signal(jongere, soort="VERWIJSINDEX", **own)
    gebruikt = {"verwijsindex_gemeenten": [(frozenset({gemeente.code}), "2025-10-01", None)]}
    settings.LEERRECHT_REGELS = gebruikt
    signal(jongere, soort="VERWIJSINDEX", **own)
    with pytest.raises(DomainError):
        signal(jongere, soort="VERWIJSINDEX", **{**own, "datum": date(2025, 9, 30)})

    assert [z.soort for z in Zorgsignaal.objects.order_by("pk")] == ["WIJKTEAM", "VERWIJSINDEX"]


def test_a_signal_for_care_from_its_form_tells_that_parents_know(client, gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    client.force_login(make_ambtenaar(gemeente))
    url = f"/jongere/{jongere.uuid}/zorg/"

    fout = client.post(url, {"soort": "WIJKTEAM", "datum": "1-10-2025"})
    client.post(url, {"soort": "WIJKTEAM", "datum": "1-10-2025", "ouders_weten_op": "1-10-2025"})

    assert set(fout.context["form"].errors) == {"ouders_weten_op"}
    assert [str(z) for z in client.get(url).context["eerder"]] == [str(Zorgsignaal.objects.get())]
