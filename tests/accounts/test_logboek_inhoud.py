"""What the log takes: known keys and codes, never a number, a name or free text; and from where."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts.domain.logboek_inhoud import NotForTheLog
from accounts.gebeurtenissen import record, record_list
from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from accounts.spoor import network_of
from tests.factories import GemeenteFactory, JongereFactory, VerzuimmeldingFactory, make_gebruiker

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=GemeenteFactory())


@pytest.mark.eis("P35", "D3")
@pytest.mark.parametrize(
    "gegevens",
    [
        {"vraag": 999990019},
        {"vraag": "999990019"},
        {"vraag": "999.990.019"},
        {"vraag": ["1", "999990019"]},
        {"bestand": "999990019.csv"},
        {"bestand": "jongeren 999 990 019.csv"},
        {"soort": "Jan de Boer"},
        {"soort": "regel\nnog een regel"},
        {"soort": "x" * 81},
        {"soort": {"naam": "Jan"}},
        {"naam": "Jan"},
        {"bsn": "x"},
        {"opmerking": "Vader belde"},
    ],
)
def test_number_name_or_free_text_is_refused(user, gegevens):
    [key] = gegevens

    with pytest.raises(NotForTheLog) as refused:
        record("proef.gedaan", user, by=user, **gegevens)

    assert key in str(refused.value)
    assert "999" not in str(refused.value)
    assert not Gebeurtenis.objects.exists()


def test_codes_numbers_dates_and_hashes_are_taken(user):
    gegevens = {
        "soort": "WETTELIJK",
        "rijen": 50,
        "proef": False,
        "van": "2026-10-01",
        "sectie": "12345678-1234-4123-8123-123456789012",
        "sha256": "0123456789" * 6 + "abcd",
        "velden": ["email", "naam"],
        "programma": "Chrome op Windows",
        "stap": None,
    }

    event = record("proef.gedaan", user, by=user, **gegevens)

    assert event.gegevens == {k: v for k, v in gegevens.items() if v is not None}


@pytest.mark.eis("P35", "D3")
def test_reason_loses_numbers_and_lines(user):
    event = record(
        "proef.gedaan", user, by=user, reden="Vraag over 999990019\r\nen 999.990.019\tklaar"
    )

    assert event.reden == "Vraag over [nummer] en [nummer] klaar"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.20.30.40", "10.20.30.0/24"),
        ("2001:db8:1:2:3::4", "2001:db8:1::/48"),
        ("", ""),
        ("onzin", ""),
    ],
)
def test_origin_is_the_network_not_the_device(address, network):
    assert network_of(address) == network


@pytest.mark.eis("D3")
def test_event_of_a_page_says_who_what_when_where_and_with_what_result(client, user):
    jongere = JongereFactory(gemeente_id=user.bevoegdheden.get().gemeente_id)
    client.force_login(user)

    client.get(jongere.get_absolute_url(), REMOTE_ADDR="10.20.30.40")

    event = Gebeurtenis.objects.get(actie="dossier.gelezen")
    assert (event.gebruiker, event.object_type, event.object_id) == (
        user,
        "casework.jongere",
        jongere.pk,
    )
    assert (event.resultaat, event.oorsprong) == ("gelukt", "10.20.30.0/24")
    assert event.tijd.utcoffset().total_seconds() == 0


TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        (f"00-{TRACE}-00f067aa0ba902b7-01", True),
        (f"00-{TRACE}-0000000000000000-01", False),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", False),
        (f"ff-{TRACE}-00f067aa0ba902b7-01", False),
        ("onzin", False),
        ("", False),
    ],
)
def test_trace_of_the_calling_program_is_taken_over(client, user, header, taken):
    jongere = JongereFactory(gemeente_id=user.bevoegdheden.get().gemeente_id)
    client.force_login(user)

    client.get(jongere.get_absolute_url(), headers={"traceparent": header})

    event = Gebeurtenis.objects.get(actie="dossier.gelezen")
    assert (event.trace_id == TRACE) is taken
    assert len(event.trace_id) == 32
    assert event.gegevens.get("ouder_span") == ("00f067aa0ba902b7" if taken else None)


@pytest.mark.eis("D4")
def test_refused_page_is_recorded_without_its_address(client, user):
    client.force_login(user)

    answer = client.get("/beheer/logboek/?gebruiker=geheim")

    event = Gebeurtenis.objects.get(actie="pagina.geweigerd")
    assert answer.status_code == 403
    assert (event.gebruiker, event.resultaat) == (user, "geweigerd")
    assert event.gegevens == {"pagina": "accounts:logboek", "methode": "GET"}


@pytest.mark.eis("P04", "D10")
def test_page_fails_when_the_log_takes_nothing(client, user):
    """The read itself is refused: no dossier leaves without its line."""
    jongere = JongereFactory(gemeente_id=user.bevoegdheden.get().gemeente_id)
    client.force_login(user)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE accounts_gebeurtenis ADD CONSTRAINT dicht CHECK (id < 0) NOT VALID"
        )

    with transaction.atomic(), pytest.raises(DatabaseError, match="dicht"):
        client.get(jongere.get_absolute_url())


@pytest.mark.eis("P04", "D10")
def test_change_is_undone_when_the_log_takes_nothing(user):
    """One transaction: what fails at its line leaves nothing behind."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE accounts_gebeurtenis ADD CONSTRAINT dicht CHECK (id < 0) NOT VALID"
        )

    with pytest.raises(DatabaseError, match="dicht"), transaction.atomic():
        user.functie = "gewijzigd"
        user.save()
        record("gebruiker.gewijzigd", user, by=user)

    user.refresh_from_db()
    assert user.functie != "gewijzigd"


@pytest.mark.eis("D4")
def test_list_leaves_one_event_with_filter_names_and_no_search_text(client, user):
    gemeente = user.bevoegdheden.get().gemeente
    jongeren = JongereFactory.create_batch(3, gemeente=gemeente)
    for jongere in jongeren:
        VerzuimmeldingFactory(jongere=jongere, gemeente=gemeente)
    client.force_login(user)

    client.get(reverse("leerplicht:meldingen"), {"school": "Prins", "sort": "-gemeld"})
    client.get(reverse("leerplicht:meldingen"))

    event = Gebeurtenis.objects.get(actie="lijst.gelezen")  # nothing was shown the first time
    assert (event.object_type, event.object_id) == ("casework.verzuimmelding", None)
    keys = sorted(jongere.pk for jongere in jongeren)
    assert event.gegevens == {
        "lijst": "verzuimmelding",
        "rijen": 3,
        "filters": [],
        "jongeren": keys,
    }


@pytest.mark.eis("D4")
def test_search_leaves_that_there_was_one_and_not_what_was_sought(client, user):
    gemeente = user.bevoegdheden.get().gemeente
    jongere = JongereFactory(gemeente=gemeente, achternaam="Maanlicht")
    client.force_login(user)

    client.get(reverse("casework:zoeken"), {"q": "Maanlicht"})

    event = Gebeurtenis.objects.get(actie="lijst.gelezen")
    assert event.gegevens == {
        "lijst": "jongere",
        "rijen": 1,
        "filters": ["naam"],
        "jongeren": [jongere.pk],
    }


def test_police_data_leave_one_event_for_each_object(user):
    gemeente = user.bevoegdheden.get().gemeente
    rows = [JongereFactory(gemeente=gemeente) for _ in range(3)]

    record_list(rows, by=user, filters=["soort"], per_regel=True)

    events = Gebeurtenis.objects.filter(actie="lijst.regel_gelezen")
    assert {event.object_id for event in events} == {row.pk for row in rows}


@pytest.mark.eis("D4")
def test_logins_refusals_and_lockouts_are_recorded_with_their_network(client, gebruiker, aanmelden):
    van = {"REMOTE_ADDR": "10.20.30.40"}
    aanmelden(**van)
    client.post("/account/logout/", **van)
    for _ in range(6):
        aanmelden("fout", **van)

    events = Gebeurtenis.objects.filter(object_type="accounts.gebruiker").order_by("pk")

    kinds = [(event.actie, event.resultaat) for event in events]
    assert kinds[:3] == [
        ("gebruiker.ingelogd", "gelukt"),
        ("gebruiker.uitgelogd", "gelukt"),
        ("gebruiker.geweigerd", "geweigerd"),
    ]
    assert ("gebruiker.buitengesloten", "geweigerd") in kinds
    assert {event.oorsprong for event in events} == {"10.20.30.0/24"}
    assert "fout" not in str([event.gegevens for event in events])
