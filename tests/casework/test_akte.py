"""The akte of a boa to its last day, and the oath of the leerplichtambtenaar beside it."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.akte import last_day
from casework.models import Ambtseed, BoaAkte
from tests.factories import GemeenteFactory, make_ambtenaar, make_gebruiker


@pytest.mark.parametrize(
    ("van", "tot"),
    [
        ("2026-01-01", "2030-12-31"), ("2025-03-01", "2030-02-28"), ("2023-03-01", "2028-02-29"),
        ("2024-02-29", "2029-02-28"),
    ],
)  # fmt: skip  # read as a table
def test_five_years_end_the_day_before_the_same_date(van, tot):
    assert last_day(date.fromisoformat(van), 5) == date.fromisoformat(tot)


def test_the_oath_before_the_mayor_stands_beside_the_akte(client, db):
    gemeente = GemeenteFactory(naam="Oosterhaven")
    lpa = make_ambtenaar(gemeente)
    beheerder = make_gebruiker((Taak.BEHEER, Rol.BEHANDELAAR), gemeente=gemeente)
    url = f"/beheer/gebruikers/{lpa.pk}/akte/"
    data = {
        "ambtseed": "ja",
        "eed-gemeente": gemeente.pk,
        "eed-afgelegd_op": "1-9-2025",
        "eed-vorm": "BELOFTE",
    }
    client.force_login(beheerder)

    morgen = client.post(url, data | {"eed-afgelegd_op": "1-9-2099"})
    client.post(url, data)
    weer = client.post(url, data)
    zelf = client.post(f"/beheer/gebruikers/{beheerder.pk}/akte/", data)
    page = client.get(url).content.decode()
    client.force_login(lpa)
    geweigerd = client.get(url)

    eed = Ambtseed.objects.get()
    assert (eed.gebruiker, eed.gemeente, eed.afgelegd_op, eed.vorm) == (
        lpa,
        gemeente,
        date(2025, 9, 1),
        "BELOFTE",
    )
    assert morgen.context["eedform"].non_field_errors() == ["Deze dag komt nog."]
    assert weer.context["eedform"].non_field_errors() == [
        "De ambtseed voor deze gemeente staat er al."
    ]
    assert morgen.context["akteform"].errors == {}
    assert zelf.context["eedform"].non_field_errors() == [
        "Een andere beheerder legt dit voor u vast."
    ]
    assert "Ambtsbelofte, gemeente Oosterhaven" in page
    assert geweigerd.status_code == 403
    assert Gebeurtenis.objects.filter(actie="ambtseed.vastgelegd").count() == 1
    assert not BoaAkte.objects.exists()
