"""An art. 9 onderzoek: purpose, officers with the right, and who sees what belongs to it."""

from datetime import date

import pytest

from accounts.rechten import Rol, Taak
from casework.domain.onderzoek import close_onderzoek, link, open_onderzoek
from casework.errors import DomainError
from casework.models import Document, Onderzoek
from tests.factories import GemeenteFactory, JongereFactory, make_ambtenaar, make_gebruiker
from tests.politie import with_reason

pytestmark = pytest.mark.django_db
DAG = date(2025, 9, 10)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


def make_boa(gemeente):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )


@pytest.fixture
def boa(gemeente):
    return make_boa(gemeente)


@pytest.fixture
def tweede(gemeente):
    return make_boa(gemeente)


def wpg_document(jongere):
    return Document.objects.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        bestand="x",
        bestandsnaam="x.pdf",
        bytes=1,
        sha256="0" * 64,
        regime="WPG",
        eerste_verwerking=DAG,
    )


def start(gemeente, boa, **change):
    fields = {"naam": "Zomer", "doel": "Luxeverzuim", "functionarissen": [boa]} | change
    return open_onderzoek(gemeente, by=boa, day=DAG, **fields)


@pytest.mark.eis("P09")
@pytest.mark.parametrize(
    ("change", "melding"),
    [
        ({"doel": "  "}, "doel van het onderzoek"),
        ({"functionarissen": []}, "ten minste een functionaris"),
        ({"functionarissen": "vreemd"}, "Doet geen opsporing"),
    ],
)
def test_an_onderzoek_needs_a_purpose_and_officers_with_the_right(gemeente, boa, change, melding):
    if change.get("functionarissen") == "vreemd":
        change = {"functionarissen": [boa, make_ambtenaar(gemeente)]}

    with pytest.raises(DomainError, match=melding):
        start(gemeente, boa, **change)

    assert Onderzoek.objects.count() == 0


@pytest.mark.eis("P09")
def test_the_screen_of_an_onderzoek_asks_the_same(client, gemeente, boa):
    client.force_login(boa, BACKEND)
    page = client.post("/onderzoeken/nieuw/", {"gemeente": gemeente.pk, "naam": "Zomer"})

    assert {"doel", "functionarissen"} <= set(page.context["form"].errors)
    assert "Zomer" in page.content.decode()
    whole = {"gemeente": gemeente.pk, "naam": "Zomer", "doel": "Luxe", "functionarissen": [boa.pk]}
    assert client.post("/onderzoeken/nieuw/", whole).status_code == 302
    onderzoek = Onderzoek.objects.get()
    assert "Luxe" in client.get(f"/onderzoeken/{onderzoek.uuid}/").content.decode()
    client.post(f"/onderzoeken/{onderzoek.uuid}/sluiten/")
    onderzoek.refresh_from_db()
    assert onderzoek.gesloten_op is not None


def test_objects_of_an_onderzoek_are_for_its_officers_only(jongere, gemeente, boa, tweede):
    onderzoek = start(gemeente, boa)
    document = wpg_document(jongere)

    link(document, onderzoek, by=boa)

    def sees(user):
        return Document.objects.visible_to(with_reason(user, jongere)).exists()

    assert (sees(boa), sees(tweede)) == (True, False)
    close_onderzoek(onderzoek, by=boa, day=DAG)
    assert not sees(boa)
    targeted = with_reason(boa, jongere, gericht=True)
    assert Document.objects.visible_to(targeted).exists()
    with pytest.raises(DomainError, match="gesloten"):
        link(wpg_document(jongere), onderzoek, by=boa)
