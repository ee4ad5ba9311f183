"""The vermoedelijke soort stays as reported; the vastgestelde soort stands beside it."""

from datetime import UTC, datetime

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.codes import Meldingsoort
from casework.domain.vastgesteld import establish_soort
from casework.errors import DomainError, NotAuthorised
from leerplicht.forms.melding import MeldingForm
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    make_ambtenaar,
    make_gebruiker,
)

NU = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


def test_the_screen_records_what_was_found_with_who_when_and_why(client, ambtenaar, jongere):
    melding = VerzuimmeldingFactory(jongere=jongere, soort="V3")
    client.force_login(ambtenaar)
    url = f"/melding/{melding.uuid}/soort/"

    leeg = client.post(url, {"vastgestelde_soort": "O"})
    client.post(url, {"vastgestelde_soort": "O", "soort_reden": "12 uur geteld", "soort": "L"})

    melding.refresh_from_db()
    assert leeg.context["soort_form"].errors == {
        "soort_reden": ["Schrijf op waarom u deze soort vaststelt."]
    }
    assert (melding.soort, melding.vastgestelde_soort) == ("V3", "O")
    assert (melding.soort_vastgesteld_door, melding.soort_reden) == (ambtenaar, "12 uur geteld")
    event = Gebeurtenis.objects.get(actie="melding.soort_vastgesteld")
    assert (event.gebruiker, event.gegevens) == (ambtenaar, {"soort": "O", "was": ""})
    page = client.get(melding.get_absolute_url()).content.decode()
    assert "16 uur in 4 lesweken</dd>" in page
    assert "12 uur geteld" in page


def test_who_only_reads_sees_no_form_and_cannot_record(client, gemeente, jongere):
    melding = VerzuimmeldingFactory(jongere=jongere)
    client.force_login(make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente))

    page = client.get(melding.get_absolute_url())
    refused = client.post(f"/melding/{melding.uuid}/soort/", {"vastgestelde_soort": "O"})

    assert page.context["mag_soort"] is False
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("status", "soort", "mag"),
    [
        ("R", "L", True),
        ("B", "LRV", True),
        ("G", "O", True),
        ("LOKAAL", "ZORG", True),
        ("I", "O", False),
        ("R", "V1", False),
        ("R", "", False),
    ],
)
def test_when_a_soort_can_be_established(ambtenaar, jongere, status, soort, mag):
    melding = VerzuimmeldingFactory(jongere=jongere, status=status)
    if not mag:
        with pytest.raises(DomainError):
            establish_soort(melding, soort, "reden", by=ambtenaar, now=NU)
        return

    found = establish_soort(melding, soort, "reden", by=ambtenaar, now=NU)

    assert (found.vastgestelde_soort, found.soort_vastgesteld_op) == (soort, NU)
    with pytest.raises(NotAuthorised):
        establish_soort(melding, soort, "reden", by=make_ambtenaar(GemeenteFactory()), now=NU)


@pytest.mark.parametrize(
    ("query", "verwacht"),
    [
        ("vastgesteld=geen", {"niet"}),
        ("vastgesteld=anders", {"anders"}),
        ("vastgesteld=O", {"anders"}),
        ("vastgesteld=V3", {"zelfde"}),
        ("soort=V3", {"niet", "anders", "zelfde"}),
    ],
)
def test_the_list_filters_on_both(client, ambtenaar, jongere, query, verwacht):
    found = {"niet": "", "anders": "O", "zelfde": "V3"}
    rows = {
        naam: VerzuimmeldingFactory(jongere=jongere, soort="V3", vastgestelde_soort=soort)
        for naam, soort in found.items()
    }
    client.force_login(ambtenaar)

    shown = set(client.get(f"/meldingen/?{query}").context["object_list"])

    assert {naam for naam, row in rows.items() if row in shown} == verwacht


def test_entering_offers_every_origin_and_local_kind(jongere):
    form = MeldingForm(jongere=jongere)

    kanalen = {value for value, _ in form.fields["kanaal"].choices}
    soorten = {value for value, _ in form.fields["soort"].choices}

    assert kanalen == {"SCHOOL_DIRECT", "OUDER", "POLITIE", "EIGEN"}
    assert {Meldingsoort.ZORG, Meldingsoort.ZIEK, "O", "L", "LRV", "TELAAT", "ABSOLUUT"} <= soorten
