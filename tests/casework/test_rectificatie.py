"""A corrected fact: old and new, who and why, and who must hear of it."""

from datetime import date

import pytest
from django.db import connection

from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain import rectificatie as domain
from casework.errors import DomainError, NotAuthorised
from casework.models import Kennisgeving, Rectificatie
from tests.factories import (
    AdresFactory,
    ContactmomentFactory,
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    make_bsn,
    make_gebruiker,
)

pytestmark = [pytest.mark.django_db, pytest.mark.eis("P17")]


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637")


@pytest.fixture
def fay(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente, naam="Fay")


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente, achternaam="Janssen", roepnaam="Noor")


def correct(jongere, gemeente, by, row, veld, nieuw, reden="Volgens de BRP"):
    sleutel = f"{row._meta.label_lower}-{row.pk}-{veld}"
    return domain.rectify(jongere, gemeente, sleutel, nieuw, reden, by=by)


def test_old_and_new_who_and_why_stay_and_search_follows(jongere, gemeente, fay):
    row = correct(jongere, gemeente, fay, jongere, "achternaam", "Jansen")

    jongere.refresh_from_db()
    assert (jongere.achternaam, "jansen" in jongere.zoeknaam) == ("Jansen", True)
    row.refresh_from_db()
    assert (row.oud, row.nieuw, row.reden, row.door) == ("Janssen", "Jansen", "Volgens de BRP", fay)
    event = Gebeurtenis.objects.get(actie="rectificatie.gedaan")
    assert event.gegevens == {"velden": ["achternaam"], "soort": "casework.jongere"}
    assert "Jans" not in f"{event.reden}{event.gegevens}"


def test_values_are_encrypted_in_the_table(jongere, gemeente, fay):
    correct(jongere, gemeente, fay, jongere, "bsn", make_bsn(777))

    with connection.cursor() as cursor:
        cursor.execute("SELECT oud, nieuw FROM casework_rectificatie")
        oud, nieuw = cursor.fetchone()
    assert make_bsn(777).encode() not in bytes(nieuw)
    assert b"900" not in bytes(oud)
    assert Rectificatie.objects.get().nieuw == make_bsn(777)


@pytest.mark.parametrize(
    ("veld", "nieuw", "fout"),
    [
        ("bsn", "123456789", "elfproef"),
        ("achternaam", "Janssen", "al de waarde"),
        ("geboortedatum", None, "leeg|null"),
        ("zoeknaam", "x", "er niet"),
        ("gemeente", None, "er niet"),
    ],
)
def test_wrong_value_is_refused_and_nothing_changes(jongere, gemeente, fay, veld, nieuw, fout):
    with pytest.raises(DomainError, match=fout):
        correct(jongere, gemeente, fay, jongere, veld, nieuw)

    assert not Rectificatie.objects.exists()
    jongere.refresh_from_db()
    assert jongere.achternaam == "Janssen"


def test_bsn_of_somebody_else_is_refused(jongere, gemeente, fay):
    other = JongereFactory()

    with pytest.raises(DomainError, match="al een jongere"):
        correct(jongere, gemeente, fay, jongere, "bsn", other.bsn)


def test_facts_of_a_report_and_an_address(jongere, gemeente, fay):
    melding = VerzuimmeldingFactory(jongere=jongere, einddatum=date(2025, 9, 5))
    adres = AdresFactory(jongere=jongere, huisnummer=1)

    correct(jongere, gemeente, fay, adres, "huisnummer", 11)
    row = correct(jongere, gemeente, fay, melding, "einddatum", date(2025, 9, 4))

    assert (row.oud, row.nieuw) == ("05-09-2025", "04-09-2025")
    adres.refresh_from_db()
    assert adres.huisnummer == 11
    with pytest.raises(DomainError, match="eindigt voor"):
        correct(jongere, gemeente, fay, melding, "einddatum", date(2025, 8, 1))


def test_police_data_and_another_youth_are_not_there(jongere, gemeente, fay):
    police = ContactmomentFactory(
        jongere=jongere, regime="WPG", eerste_verwerking=date(2025, 9, 1), verslag="Verhoor"
    )

    for row in (police, VerzuimmeldingFactory(gemeente=gemeente)):
        with pytest.raises(DomainError, match="er niet"):
            correct(jongere, gemeente, fay, row, "reden", "x")
    assert "Verhoor" not in " ".join(g.tekst for g in domain.facts_of(jongere))


def test_who_got_the_old_value_is_listed_and_ticked_once(jongere, gemeente, fay):
    other = JongereFactory(gemeente=gemeente)
    record("pakket.uitgevoerd", jongere, by=fay, gemeenten="0637")
    record("pakket.uitgevoerd", other, by=fay, gemeenten="0637")
    record("dossier.gelezen", jongere, by=fay)

    row = correct(jongere, gemeente, fay, jongere, "achternaam", "Jansen")

    [bericht] = Kennisgeving.objects.all()
    assert (bericht.rectificatie, bericht.gestuurd_op) == (row, None)
    assert bericht.ontvanger == "pakket 0637, opgehaald door Fay"
    domain.mark_sent(bericht, by=fay)
    domain.mark_sent(bericht, by=fay)
    bericht.refresh_from_db()
    assert bericht.gestuurd_door == fay
    assert Gebeurtenis.objects.filter(actie="kennisgeving.gestuurd").count() == 1


def test_only_with_the_right_and_a_reason(jongere, gemeente, fay):
    with pytest.raises(DomainError, match="waarom"):
        correct(jongere, gemeente, fay, jongere, "achternaam", "Jansen", reden=" ")
    with pytest.raises(NotAuthorised):
        reader = make_gebruiker((Taak.PRIVACY, Rol.LEZER), gemeente=gemeente)
        correct(jongere, gemeente, reader, jongere, "achternaam", "Jansen")
