"""The file for the auditor: requests and decisions, destruction, data breaches."""

import csv
from datetime import UTC, date, datetime
from io import StringIO

import pytest

from accounts.domain.logboek_uitvoer import Soort, csv_lines
from accounts.rechten import Rol, Taak
from casework.domain import bewaartermijn, vernietigen, verzoeken
from casework.models import Bewaarstop, Datalek, Vernietigingslijst, Verzoek
from tests.casework.vernietigen import NEGENTIEN, approved, make_youth
from tests.factories import GemeenteFactory, make_gebruiker

pytestmark = [pytest.mark.django_db, pytest.mark.eis("P33")]


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637")


@pytest.fixture
def fay(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


def rows(soort, by, van=date(2026, 1, 1), tot=date(2026, 12, 31)):
    text = "".join(csv_lines(soort, van, tot, by=by)).removeprefix("\ufeff")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def test_requests_with_their_decision_also_refused(gemeente, fay):
    jongere = make_youth(gemeente)
    for dag in (date(2026, 1, 1), date(2026, 12, 31), date(2025, 12, 31)):
        invoer = verzoeken.Invoer("wissing", "AVG", Verzoek.Aanvrager.JONGERE, dag, gemeente)
        row = verzoeken.register(jongere, invoer, by=fay, today=dag)
        verzoeken.decide(row, "geweigerd", "=Archiefwet", by=fay, today=dag)

    found = rows(Soort.VERZOEKEN, fay)

    assert [r["ontvangen_op"] for r in found] == ["2026-01-01", "2026-12-31"]
    assert {(r["besluit"], r["besluit_reden"]) for r in found} == {("geweigerd", "'=Archiefwet")}
    assert "Maanlicht" not in str(found)
    elsewhere = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=GemeenteFactory())
    assert rows(Soort.VERZOEKEN, elsewhere) == []


def test_destruction_and_holds(gemeente, fay):
    bob = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)
    make_youth(gemeente)
    lijst = approved(gemeente, fay, bob)
    vernietigen.perform(lijst.pk, NEGENTIEN)
    Vernietigingslijst.objects.update(gemaakt_op=datetime(2026, 3, 15, tzinfo=UTC))
    other = make_youth(gemeente)
    Bewaarstop.objects.create(
        jongere=other, gemeente=gemeente, reden="Klacht", van=NEGENTIEN, geplaatst_door=fay
    )

    one, two = rows(Soort.VERNIETIGING, fay)

    assert (one["soort"], one["stand"], one["tweede_persoon"]) == (
        "lijst",
        "vernietigd",
        str(bob.pk),
    )
    assert "casework.verzuimmelding" in one["aantallen"]
    assert (two["soort"], two["reden"], two["begin"]) == ("bewaarstop", "Klacht", "2026-03-15")
    assert bewaartermijn.propose(NEGENTIEN) == 0


def test_data_breaches(gemeente, fay):
    for ontdekt in (datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)):
        Datalek.objects.create(
            gemeente=gemeente, ontdekt_op=ontdekt, omschrijving="Mail", vastgelegd_door=fay
        )

    [row] = rows(Soort.DATALEKKEN, fay)

    assert (row["omschrijving"], row["ontdekt_op"]) == ("Mail", "2026-03-01T00:00:00+00:00")
