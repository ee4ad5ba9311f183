"""Pages of the privacy officer: from a request to its files, and from a proposal to a statement."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain import bewaartermijn, inzage, vernietigen
from casework.models import (
    Bewaarstop,
    Datalek,
    Inzage,
    Kennisgeving,
    Rectificatie,
    Vernietigingslijst,
    Verzoek,
)
from reporting.pdf.check import check
from tests.casework.vernietigen import NEGENTIEN, make_youth
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    for module in ("privacy", "bewaren"):
        monkeypatch.setattr(f"casework.views.{module}.today", lambda: NEGENTIEN)


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def fay(client, gemeente):
    user = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)
    client.force_login(user)
    return user


@pytest.fixture
def jongere(gemeente):
    return make_youth(gemeente)


def make_request(client, jongere, gemeente, soort="inzage", **more):
    found = client.post(reverse("casework:verzoek_zoeken"), {"jongere": jongere.bsn})
    assert found.status_code == 302, found.context["form"].errors
    assert jongere.bsn not in found.url
    data = {
        "gemeente": gemeente.pk,
        "soort": soort,
        "regime": "AVG",
        "ontvangen_op": "31-1-2026",
        "aanvrager": "jongere",
    }
    return client.post(found.url, data | more)


@pytest.mark.eis("P15")
def test_from_request_to_files_in_one_action(client, fay, jongere, gemeente):
    sent = make_request(client, jongere, gemeente)
    verzoek = Verzoek.objects.get()
    assert sent.url == verzoek.get_absolute_url()
    assert "Te laat" in client.get(sent.url).content.decode()  # 28 February is over

    made = client.post(reverse("casework:verzoek_inzage", args=[verzoek.uuid]), {"reden": "Brief"})
    row = Inzage.objects.get()
    assert made.url == row.get_absolute_url()
    assert "In de wachtrij" in client.get(made.url).content.decode()
    inzage.perform(row.pk)
    page = client.get(made.url).content.decode()
    assert "Lees het pakket na" in page
    url = reverse("casework:inzage_bestand", args=[row.uuid, "pdf"])
    assert url in page
    file = client.get(url)
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert Gebeurtenis.objects.filter(actie="inzage.opgehaald").count() == 1
    assert client.get(url.replace("pdf", "zip")).status_code == 404


def test_request_with_a_mistake_is_explained_and_keeps_what_was_typed(
    client, fay, jongere, gemeente
):
    page = make_request(client, jongere, gemeente, aanvrager="vertegenwoordiger")

    assert page.status_code == 200
    assert "doet het verzoek zelf" in page.content.decode()
    assert 'value="31-01-2026"' in page.content.decode() or "31-1-2026" in page.content.decode()
    page = client.post(reverse("casework:verzoek_zoeken"), {"jongere": "123"})
    assert "niet gevonden in uw gemeenten" in page.content.decode()


def test_decision_and_extension(client, fay, jongere, gemeente):
    make_request(client, jongere, gemeente, ontvangen_op="1-3-2026")
    verzoek = Verzoek.objects.get()

    client.post(reverse("casework:verzoek_verlengen", args=[verzoek.uuid]), {"reden": "Omvangrijk"})
    client.post(
        reverse("casework:verzoek_besluit", args=[verzoek.uuid]),
        {"besluit": "deels", "reden": "Zonder stukken van een ander."},
    )

    verzoek.refresh_from_db()
    assert (verzoek.uiterlijk_op, verzoek.besluit) == (date(2026, 6, 1), "deels")
    page = client.get(verzoek.get_absolute_url()).content.decode()
    assert "Zonder stukken" in page
    assert "Besluit vastleggen" not in page


@pytest.mark.eis("P17")
def test_correction_is_chosen_made_and_its_recipients_ticked(client, fay, jongere, gemeente):
    make_request(client, jongere, gemeente, soort="rectificatie")
    verzoek = Verzoek.objects.get()
    from accounts.gebeurtenissen import record

    record("pakket.uitgevoerd", jongere, by=fay, gemeenten="0637")
    url = reverse("casework:verzoek_rectificeren", args=[verzoek.uuid])
    choices = client.get(url).content.decode()
    assert jongere.bsn not in choices
    one = f"{url}?gegeven=casework.jongere-{jongere.pk}-geboortedatum"
    wrong = client.post(one, {"nieuw": "gisteren", "reden": "x"}).content.decode()
    assert "geen datum" in wrong
    assert "gisteren" in wrong

    sent = client.post(one, {"nieuw": "16-3-2007", "reden": "Volgens de BRP"})

    row = Rectificatie.objects.get()
    assert (row.oud, row.nieuw) == ("15-03-2007", "16-03-2007")
    page = client.get(sent.url).content.decode()
    assert "15-03-2007" in page
    assert "pakket 0637" in page
    bericht = Kennisgeving.objects.get()
    client.post(reverse("casework:kennisgeving", args=[bericht.uuid]))
    assert "Bericht gestuurd" in client.get(sent.url).content.decode()


@pytest.mark.eis("P20", "P21")
def test_list_is_offered_approved_by_another_and_gives_a_statement(client, fay, jongere, gemeente):
    bewaartermijn.propose(NEGENTIEN)
    lijst = Vernietigingslijst.objects.get()
    page = client.get(lijst.get_absolute_url()).content.decode()
    assert "Aanbieden voor akkoord" in page
    assert "Maanlicht" not in page
    doen = reverse("casework:vernietiging_actie", args=[lijst.uuid, "goedkeuren"])
    client.post(doen.replace("goedkeuren", "aanbieden"))
    page = client.post(doen, follow=True).content.decode()
    assert "Een collega keurt haar goed" in page

    bob = make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente, naam="Bob")
    client.force_login(bob)
    assert "Goedkeuren en vernietigen" in client.get(lijst.get_absolute_url()).content.decode()
    client.post(doen)
    vernietigen.perform(lijst.pk, NEGENTIEN)

    url = reverse("casework:verklaring", args=[lijst.uuid])
    lijst.refresh_from_db()
    page = client.get(url).content.decode()
    for text in ("Verzuimmeldingen", "resultaat 12.1.3", "Bob", lijst.sha256, fay.naam):
        assert text in page
    assert "Maanlicht" not in page
    assert str(jongere.uuid) not in page
    pdf = client.get(f"{url}?vorm=pdf").content
    assert check(pdf) == []


def test_list_can_be_refused(client, fay, jongere, gemeente):
    bewaartermijn.propose(NEGENTIEN)
    lijst = Vernietigingslijst.objects.get()
    vernietigen.offer(lijst, by=fay, today=NEGENTIEN)
    client.force_login(make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente))

    client.post(reverse("casework:vernietiging_afwijzen", args=[lijst.uuid]), {"reden": "Wacht"})

    assert not Vernietigingslijst.objects.exists()


@pytest.mark.eis("P19")
def test_hold_is_placed_and_lifted_on_screen(client, fay, jongere, gemeente):
    found = client.post(reverse("casework:bewaarstop_zoeken"), {"jongere": str(jongere.pk)})
    client.post(found.url, {"gemeente": gemeente.pk, "reden": "Klacht", "van": "15-3-2026"})
    stop = Bewaarstop.objects.get()
    assert "Klacht" in client.get(reverse("casework:bewaren")).content.decode()

    client.post(stop.get_absolute_url(), {"reden": "Klacht is klaar"})

    stop.refresh_from_db()
    assert stop.opgeheven_door == fay
    assert "Er staat geen bewaarstop" in client.get(reverse("casework:bewaren")).content.decode()


@pytest.mark.eis("P43")
def test_breach_is_recorded_changed_and_decided(client, fay, gemeente):
    data = {
        "gemeente": gemeente.pk,
        "regime": "AVG",
        "ontdekt_dag": "1-3-2026",
        "ontdekt_tijd": "9:30",
        "omschrijving": "Mail naar een verkeerd adres.",
    }
    wrong = client.post(reverse("casework:datalek_nieuw"), data | {"intern_dag": "1-3-2026"})
    assert "allebei" in wrong.content.decode()
    sent = client.post(reverse("casework:datalek_nieuw"), data)
    lek = Datalek.objects.get()
    page = client.get(sent.url).content.decode()
    assert "Te laat" in page
    client.post(
        reverse("casework:datalek_wijzigen", args=[lek.uuid]),
        data
        | {
            "gebruiker": fay.pk,
            "van": "1-1-2026",
            "intern_dag": "1-3-2026",
            "intern_tijd": "10:00",
        },
    )
    assert f"Van {fay.naam}" in client.get(sent.url).content.decode()
    client.post(
        reverse("casework:datalek_besluit", args=[lek.uuid]), {"besluit": "gemeld", "reden": "Ja"}
    )

    lek.refresh_from_db()
    assert (lek.besluit, lek.gebruiker, lek.besluit_reden) == ("gemeld", fay, "Ja")
    assert client.get(reverse("casework:datalek_wijzigen", args=[lek.uuid])).status_code == 404


def test_reader_sees_and_does_nothing(client, gemeente, fay, jongere):
    make_request(client, jongere, gemeente)
    verzoek = Verzoek.objects.get()
    client.force_login(make_gebruiker((Taak.PRIVACY, Rol.LEZER), gemeente=gemeente))

    page = client.get(verzoek.get_absolute_url()).content.decode()

    assert "Besluit vastleggen" not in page
    for naam in ("verzoek_besluit", "verzoek_inzage", "verzoek_rectificeren"):
        url = reverse(f"casework:{naam}", args=[verzoek.uuid])
        assert client.get(url).status_code == 403


@pytest.mark.parametrize("item_count", (1, 3))
def test_lists_ask_the_same_number_of_questions(
    client, fay, gemeente, item_count, django_assert_max_num_queries
):
    for _ in range(item_count):
        Verzoek.objects.create(
            jongere=JongereFactory(gemeente=gemeente),
            gemeente=gemeente,
            soort="inzage",
            aanvrager="jongere",
            ontvangen_op=NEGENTIEN,
            uiterlijk_op=NEGENTIEN,
            vastgelegd_door=fay,
        )
        Datalek.objects.create(
            gemeente=gemeente,
            ontdekt_op="2026-03-01T09:00Z",
            omschrijving="x",
            vastgelegd_door=fay,
        )
        Bewaarstop.objects.create(
            jongere=JongereFactory(gemeente=gemeente),
            gemeente=gemeente,
            reden="x",
            van=NEGENTIEN,
            geplaatst_door=fay,
        )
    for naam in ("verzoeken", "datalekken", "bewaren"):
        with django_assert_max_num_queries(22):
            assert client.get(reverse(f"casework:{naam}")).status_code == 200


@pytest.mark.parametrize(
    ("naam", "menu"),
    [("verzoek_nieuw", "Verzoeken"), ("bewaarstop_nieuw", "Bewaren en vernietigen")],
)
def test_the_page_says_at_once_whom_it_is_about_and_where_it_stands(
    client, fay, jongere, naam, menu
):
    page = client.get(reverse(f"casework:{naam}", args=[jongere.uuid]))

    assert jongere.naam in page.context["intro"]
    inside = [r.label for g in page.context["navigatie"] for r in g.items if r.binnen]
    assert inside == [menu]


def test_what_is_wrong_with_the_whole_form_is_told_once(client, fay, gemeente, jongere):
    data = {
        "gemeente": gemeente.pk,
        "soort": "inzage",
        "regime": "AVG",
        "ontvangen_op": "31-1-2010",
        "aanvrager": "jongere",
    }

    page = client.post(reverse("casework:verzoek_nieuw", args=[jongere.uuid]), data)

    (fout,) = page.context["form"].non_field_errors()
    assert page.content.decode().count(str(fout)) == 1
