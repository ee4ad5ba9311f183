"""The register of data breaches: clocks, decision, and what was touched."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain import datalek as domain
from casework.errors import DomainError, NotAuthorised
from casework.models import Datalek
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

ONTDEKT = datetime(2026, 3, 27, 17, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.eis("P43")]


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def fay(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


def lek(gemeente, fay, **more):
    fields = {"gemeente": gemeente, "ontdekt_op": ONTDEKT, "omschrijving": "Verkeerd adres"}
    return domain.save(Datalek(**(fields | more)), by=fay)


@pytest.mark.parametrize(
    ("uren", "laat", "intern_laat"), [(24, False, False), (25, False, True), (72, False, True),
                                      (72.01, True, True)],
)  # fmt: skip  # read as a table
def test_clock_runs_through_the_weekend(gemeente, fay, uren, laat, intern_laat):
    row = lek(gemeente, fay)
    now = ONTDEKT + timedelta(hours=uren)

    assert (domain.is_late(row, now), domain.is_known_late(row, now)) == (laat, intern_laat)


def test_decision_stops_the_clock_and_stays(gemeente, fay):
    row = lek(gemeente, fay, ontdekt_op=timezone.now() - timedelta(hours=71))

    with pytest.raises(DomainError, match="waarom"):
        domain.decide(row, "gemeld", " ", by=fay)
    decided = domain.decide(row, "niet_gemeld", "De mail is ongelezen gewist.", by=fay)

    assert not domain.is_late(decided, timezone.now() + timedelta(days=9))
    for again in (
        lambda: domain.decide(row, "gemeld", "Toch", by=fay),
        lambda: domain.save(decided, by=fay),
    ):
        with pytest.raises(DomainError, match="al besloten"):
            again()
    events = Gebeurtenis.objects.filter(actie__startswith="datalek.").order_by("pk")
    assert [e.actie for e in events] == ["datalek.vastgelegd", "datalek.besloten"]


def test_moments_are_checked(gemeente, fay):
    with pytest.raises(DomainError, match="toekomst"):
        lek(gemeente, fay, ontdekt_op=timezone.now() + timedelta(hours=1))
    with pytest.raises(DomainError, match="voordat"):
        lek(gemeente, fay, intern_gemeld_op=ONTDEKT - timedelta(hours=1))
    with pytest.raises(NotAuthorised):
        lek(GemeenteFactory(), fay)


def test_touched_records_come_from_the_log(gemeente, fay):
    lea = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)
    one, two = JongereFactory(gemeente=gemeente), JongereFactory(gemeente=gemeente)

    def event(jongere, moment, actie="dossier.gelezen", by=lea, plaats=gemeente):
        return Gebeurtenis.objects.create(
            gebruiker=by,
            actie=actie,
            object_type="casework.jongere",
            object_id=jongere.pk,
            jongere_id=jongere.pk,
            gemeente_id=plaats.pk,
            tijd=moment,
        )

    first = event(one, datetime(2026, 3, 1, 9, tzinfo=UTC))
    last = event(two, datetime(2026, 3, 31, 21, 59, tzinfo=UTC), "document.gelezen")
    event(one, datetime(2026, 3, 31, 22, 1, tzinfo=UTC))  # already 1 April in Amsterdam
    event(one, datetime(2026, 3, 2, tzinfo=UTC), by=fay)
    event(one, datetime(2026, 3, 2, tzinfo=UTC), plaats=GemeenteFactory())
    row = lek(gemeente, fay, gebruiker=lea, van=date(2026, 3, 1), tot=date(2026, 3, 31))

    assert set(domain.touched(row, by=fay)) == {first, last}
    assert domain.summary(row, by=fay) == {"regels": 2, "jongeren": 2}
    row.acties = "document.gelezen"
    assert list(domain.touched(row, by=fay)) == [last]
    assert not domain.touched(lek(gemeente, fay), by=fay).exists()
