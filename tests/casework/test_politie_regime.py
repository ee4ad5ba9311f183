"""Moves between AVG and Wpg, facts of police data, onderzoeken, provisions: who, and how many."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.codes import Contactkanaal
from casework.domain import regime
from casework.domain.afspraken import Afspraakinvoer, plan_afspraak
from casework.domain.betrokkenen import add_betrokkene
from casework.domain.contact import Contactinvoer, add_actie, add_contact
from casework.domain.onderzoek import open_onderzoek
from casework.domain.verstrekking import Verstrekkinginvoer, decide, register
from casework.errors import DomainError, NotAuthorised
from casework.models import (
    Actie,
    Afspraak,
    Betrokkene,
    Contactmoment,
    Document,
    Regimeverzoek,
    Verstrekking,
)
from tests.factories import (
    ActieFactory,
    AfspraakFactory,
    ContactmomentFactory,
    GemeenteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import give_reason, with_reason

pytestmark = pytest.mark.django_db
DAG = date(2025, 9, 10)
NU = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OVERGANG = regime.Overgang("Verhoor als verdachte", "EIGEN", "VERDACHTE", "8")


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


def make_boa(gemeente, rol=Rol.BEHANDELAAR):
    return make_gebruiker((Taak.LEERPLICHT, rol), (Taak.OPSPORING, rol), gemeente=gemeente)


@pytest.fixture
def boa(gemeente):
    return make_boa(gemeente)


@pytest.fixture
def tweede(gemeente):
    return make_boa(gemeente)


def make_document(jongere, **fields):
    return Document.objects.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        bestand="x",
        bestandsnaam="x.pdf",
        bytes=1,
        sha256="0" * 64,
        **fields,
    )


MAKERS = {
    Document: make_document,
    Contactmoment: lambda jongere: ContactmomentFactory(jongere=jongere),
    Afspraak: lambda jongere: AfspraakFactory(jongere=jongere),
    Actie: lambda jongere: ActieFactory(jongere=jongere),
}


def wpg_document(jongere, **fields):
    return make_document(jongere, regime="WPG", eerste_verwerking=DAG, **fields)


@pytest.mark.eis("P12")
@pytest.mark.parametrize("model", MAKERS)
def test_to_wpg_takes_it_from_who_does_no_opsporing_at_once(jongere, boa, gemeente, model):
    obj = MAKERS[model](jongere)
    ambtenaar = make_ambtenaar(gemeente)
    before = model.objects.visible_to(ambtenaar).filter(pk=obj.pk).exists()

    regime.to_wpg(obj, OVERGANG, by=boa, day=DAG)

    obj.refresh_from_db()
    assert before and not model.objects.visible_to(ambtenaar).filter(pk=obj.pk).exists()
    assert not model.objects.visible_to(boa).filter(pk=obj.pk).exists()  # no reason yet
    assert model.objects.visible_to(with_reason(boa, jongere)).filter(pk=obj.pk).exists()
    assert (obj.regime, obj.eerste_verwerking, obj.herkomst) == ("WPG", DAG, "EIGEN")
    event = Gebeurtenis.objects.get(actie="regime.naar_wpg")
    assert (event.reden, event.gebruiker, event.taak) == ("Verhoor als verdachte", boa, "opsporing")
    assert (event.gegevens["van"], event.gegevens["naar"]) == ("AVG", "WPG")


@pytest.mark.parametrize("who", ["ambtenaar", "lezer", "elders"])
def test_only_a_boa_of_the_gemeente_moves_an_object(jongere, gemeente, who):
    by = {
        "ambtenaar": lambda: make_ambtenaar(gemeente),
        "lezer": lambda: make_boa(gemeente, Rol.LEZER),
        "elders": lambda: make_boa(GemeenteFactory()),
    }[who]()
    obj = ActieFactory(jongere=jongere)

    with pytest.raises(NotAuthorised):
        regime.to_wpg(obj, OVERGANG, by=by, day=DAG)

    obj.refresh_from_db()
    assert obj.regime == "AVG"


@pytest.mark.eis("P13")
def test_back_to_avg_takes_a_second_boa(jongere, boa, tweede, gemeente):
    document = wpg_document(jongere)
    verzoek = regime.ask_back(document, by=boa, reden="Toch geen verdenking", now=NU)

    document.refresh_from_db()
    assert document.regime == "WPG"
    with pytest.raises(DomainError, match="Een andere boa"):
        regime.decide_back(verzoek, by=boa, akkoord=True, now=NU)
    with pytest.raises(NotAuthorised):
        regime.decide_back(verzoek, by=make_ambtenaar(gemeente), akkoord=True, now=NU)
    with pytest.raises(DomainError, match="al een verzoek"):
        regime.ask_back(document, by=tweede, reden="Nog eens", now=NU)

    regime.decide_back(verzoek, by=tweede, akkoord=True, now=NU)

    document.refresh_from_db()
    assert (document.regime, document.eerste_verwerking, document.herkomst) == ("AVG", None, "")
    assert Gebeurtenis.objects.filter(actie="regime.naar_avg", gebruiker=tweede).count() == 1
    with pytest.raises(DomainError, match="al besloten"):
        regime.decide_back(verzoek, by=tweede, akkoord=False, now=NU)


@pytest.mark.eis("P13")
def test_the_database_refuses_one_person_for_both(jongere, boa):
    verzoek = regime.ask_back(wpg_document(jongere), by=boa, reden="Vergissing", now=NU)

    with pytest.raises(IntegrityError, match="regimeverzoek_tweede_persoon"), transaction.atomic():
        Regimeverzoek.objects.filter(pk=verzoek.pk).update(besloten_door=boa, akkoord=True)


def test_a_refused_request_leaves_it_police_data(jongere, boa, tweede):
    document = wpg_document(jongere)
    verzoek = regime.ask_back(document, by=boa, reden="Vergissing", now=NU)

    regime.decide_back(verzoek, by=tweede, akkoord=False, now=NU)

    document.refresh_from_db()
    assert document.regime == "WPG"
    assert regime.ask_back(document, by=boa, reden="Nog eens", now=NU).wacht


def test_what_belongs_to_a_police_process_does_not_go_back(jongere, boa):
    wpg = WerkprocesFactory(jongere=jongere, regime="WPG")

    with pytest.raises(DomainError, match="kan niet terug"):
        regime.ask_back(wpg_document(jongere, werkproces=wpg), by=boa, reden="x", now=NU)


@pytest.mark.eis("P01")
def test_what_is_made_at_a_police_process_is_police_data(jongere, boa):
    wpg = WerkprocesFactory(jongere=jongere, regime="WPG", herkomst="SCHOOL", categorie="GETUIGE")
    own = {"by": boa, "taak": Taak.LEERPLICHT, "werkproces": wpg}

    actie = add_actie(jongere, omschrijving="Bellen", vervalt_op=DAG, **own)
    afspraak = plan_afspraak(jongere, invoer=Afspraakinvoer(NU, "gesprek"), **own)

    for row in (actie, afspraak):
        facts = (row.regime, row.herkomst, row.categorie, row.wpg_grond)
        assert facts == ("WPG", "SCHOOL", "GETUIGE", "8")
        assert row.eerste_verwerking is not None


@pytest.mark.eis("P11")
def test_a_note_of_police_data_has_origin_and_keeps_opinion_apart(jongere, boa, client):
    wpg = WerkprocesFactory(jongere=jongere, regime="WPG")
    own = {"by": boa, "taak": Taak.LEERPLICHT, "werkproces": wpg}
    feiten = {"datum": NU, "kanaal": Contactkanaal.GESPREK, "verslag": "Was er niet."}

    with pytest.raises(DomainError, match="vandaan komen"):
        add_contact(jongere, invoer=Contactinvoer(**feiten, categorie="VERDACHTE"), **own)
    with pytest.raises(DomainError, match="wat de jongere is"):
        add_contact(jongere, invoer=Contactinvoer(**feiten, herkomst="EIGEN"), **own)
    invoer = Contactinvoer(**feiten, herkomst="EIGEN", categorie="VERDACHTE", oordeel="Onwillig.")
    note = add_contact(jongere, invoer=invoer, **own)

    assert (note.verslag, note.oordeel, note.herkomst) == ("Was er niet.", "Onwillig.", "EIGEN")
    client.force_login(boa, BACKEND)
    give_reason(client, jongere, gericht=True)
    url = f"/jongere/{jongere.uuid}/notitie/?werkproces={wpg.uuid}"
    page = client.post(url, {"kanaal": "GESPREK", "datum": "10-09-2025", "verslag": "Feit"})
    assert {"herkomst", "categorie"} <= set(page.context["form"].errors)
    assert "Feit" in page.content.decode()
    gewoon = client.get(f"/jongere/{jongere.uuid}/notitie/").context["form"]
    assert "herkomst" not in gewoon.fields


@pytest.mark.eis("P10")
def test_a_person_in_police_data_has_a_kind(jongere, boa):
    document = wpg_document(jongere)

    with pytest.raises(DomainError, match="Kies wat deze persoon is"):
        add_betrokkene(document, by=boa, naam="A. Proef", categorie="")
    with pytest.raises(IntegrityError, match="betrokkene_categorie"), transaction.atomic():
        Betrokkene.objects.create(
            jongere=jongere,
            gemeente=jongere.gemeente,
            soort="document",
            object_uuid=document.uuid,
            naam="A. Proef",
            categorie="",
        )

    assert add_betrokkene(document, by=boa, naam="A. Proef", categorie="GETUIGE").pk
    assert "Proef" not in str(Gebeurtenis.objects.latest("pk").gegevens)


def give(document, boa, **change):
    fields = {"ontvanger": "OM", "doel": "Zitting", "verstrekt_op": DAG} | change
    return register(document, Verstrekkinginvoer(**fields), by=boa, now=NU)


@pytest.mark.eis("P03")
def test_to_the_standing_list_it_counts_at_once_with_recipient_and_ground(jongere, boa):
    document = wpg_document(jongere)

    row = give(document, with_reason(boa, jongere))

    assert (row.akkoord, row.grondslag) == (True, "WPG_16")
    event = Gebeurtenis.objects.get(actie="politiegegevens.verstrekt")
    assert (event.object_type, event.object_id) == ("casework.document", document.pk)
    assert event.gegevens == {
        "regime": "WPG",
        "reden_code": "OPSPORING",
        "handeling": "verstrekken",
        "ontvanger": "OM",
        "grond": "WPG_16",
    }


ANDER = {"ontvanger": "ANDERS", "ontvanger_naam": "Sportclub", "grondslag": "WPG_19"}


@pytest.mark.eis("P14")
@pytest.mark.parametrize(
    ("change", "melding"),
    [
        ({"grondslag": ""}, "grondslag"),
        ({"ontvanger_naam": ""}, "wie de gegevens krijgt"),
        ({"doel": " "}, "waarvoor"),
        ({"ontvanger": "BUUR"}, "wie de gegevens krijgt"),
    ],
)
def test_another_recipient_is_refused_without_ground_name_or_purpose(jongere, boa, change, melding):
    with pytest.raises(DomainError, match=melding):
        give(wpg_document(jongere), boa, **ANDER | change)

    assert Verstrekking.objects.count() == 0


@pytest.mark.eis("P14")
def test_another_recipient_counts_after_a_second_person(jongere, boa, tweede):
    row = give(wpg_document(jongere), boa, **ANDER)

    assert row.akkoord is None
    assert not Gebeurtenis.objects.filter(actie="politiegegevens.verstrekt").exists()
    with pytest.raises(DomainError, match="Een andere boa"):
        decide(row, by=boa, akkoord=True, now=NU)
    with pytest.raises(IntegrityError, match="verstrekking_buiten_lijst"), transaction.atomic():
        Verstrekking.objects.update(akkoord=True)
    with pytest.raises(IntegrityError, match="tweede_persoon"), transaction.atomic():
        Verstrekking.objects.update(akkoord=True, besloten_door=boa)

    decide(row, by=tweede, akkoord=True, now=NU)

    event = Gebeurtenis.objects.get(actie="politiegegevens.verstrekt")
    assert (event.gegevens["ontvanger"], event.gegevens["grond"]) == ("ANDERS", "WPG_19")
    assert "Sportclub" not in str(event.gegevens)


def test_the_screens_of_one_object(client, jongere, boa, tweede, gemeente):
    """The whole way: switch, person, provision, back; each by its form."""
    actie = ActieFactory(jongere=jongere)
    page = f"/politiegegevens/onderdeel/{actie.uuid}/actie/"
    client.force_login(boa, BACKEND)
    give_reason(client, jongere)
    data = {"reden": "Verdenking", "herkomst": "EIGEN", "categorie": "VERDACHTE", "wpg_grond": "8"}

    assert "Politiegegeven maken" in client.get(page).content.decode()
    assert client.post(page + "naar-wpg/", data).status_code == 302
    assert client.post(page + "persoon/", {"naam": "A. Proef", "categorie": "GETUIGE"}).url
    ander = {**ANDER, "doel": "Overleg", "verstrekt_op": "10-09-2025"}
    assert client.post(page + "verstrekken/", ander).status_code == 302
    assert client.post(page + "naar-avg/", {"reden": "Vergissing"}).status_code == 302
    text = client.get(page).content.decode()
    assert "A. Proef" in text and "Overleg" in text and "Bekijk de vraag" in text

    verzoek, verstrekking = Regimeverzoek.objects.get(), Verstrekking.objects.get()
    besluiten = [
        f"/politiegegevens/verzoek/{verzoek.uuid}/",
        f"/verstrekkingen/{verstrekking.uuid}/",
    ]
    for url in besluiten:  # nobody decides on the own request
        assert "Wacht op een andere boa" in client.get(url).content.decode()
        client.post(url, {"akkoord": "ja"})
    assert Regimeverzoek.objects.get().wacht and Verstrekking.objects.get().wacht

    client.force_login(tweede, BACKEND)
    lijst = client.get("/politiegegevens/").content.decode()
    assert all(url in lijst for url in besluiten)
    assert all(client.get(url).status_code == 302 for url in besluiten)  # a reason first
    give_reason(client, jongere)
    for url in reversed(besluiten):
        assert "Akkoord" in client.get(url).content.decode()
        assert client.post(url, {"akkoord": "ja"}).status_code == 302
    actie.refresh_from_db()
    assert (actie.regime, Verstrekking.objects.get().akkoord) == ("AVG", True)
    assert "Sportclub" not in client.get("/verstrekkingen/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_the_same_number_of_questions(
    client, gemeente, boa, number, django_assert_max_num_queries
):
    for n in range(number):
        jongere = JongereFactory(gemeente=gemeente)
        give(wpg_document(jongere), boa, **ANDER)
        open_onderzoek(gemeente, by=boa, naam=f"O{n}", doel="Doel", functionarissen=[boa], day=DAG)
    client.force_login(boa, BACKEND)
    for path in ("/politiegegevens/", "/verstrekkingen/", "/onderzoeken/"):
        client.get(path)
        with django_assert_max_num_queries(19):
            assert client.get(path).status_code == 200
