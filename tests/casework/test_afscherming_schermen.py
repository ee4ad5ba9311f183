"""Closed dossiers and own family on every route: nothing differs from what does not exist."""

import re
from threading import Barrier, Thread

import pytest
from django.db import connection

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain import afscherming as domein
from casework.errors import DomainError
from casework.models import Afscherming, Afschermingverzoek, Betrokkenheid, Jongere
from tests.casework.test_afscherming import close
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    make_bsn,
    make_gebruiker,
)
from tests.factories_doorstroompunt import ContactpogingFactory
from tests.ingangen import ingangen, routes
from tests.test_ingangen import ALLES, BACKEND, body, differences

pytestmark = pytest.mark.django_db
LEIDING = (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE)


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def eigenaar(gemeente):
    return make_gebruiker(*ALLES, gemeente=gemeente)


@pytest.fixture
def deuren(gemeente, eigenaar):
    return ingangen(gemeente, eigenaar)


@pytest.fixture
def site(client, eigenaar):
    client.force_login(eigenaar, BACKEND)
    return client


def of_jongere(deuren):
    """Doors to something of the youth of the sweep; not a colleague, a package or a report."""
    start = ("jongere/", "doorstroompunt/", "melding/", "werkproces/", "vrijstelling/", "actie/")
    found = [d for d in deuren if d.voorwerp and d.route.startswith((*start, "document/"))]
    assert len(found) > 40
    return found


@pytest.mark.eis("P26", "Z2")
def test_every_door_to_a_closed_dossier_answers_as_if_it_were_not_there(site, deuren, gemeente):
    doors = of_jongere(deuren)
    ander = make_gebruiker(LEIDING, gemeente=gemeente)
    for jongere in Jongere.objects.exclude(afschermingen__tot=None, afschermingen__isnull=False):
        close(jongere, ander)

    assert differences(site, doors, lambda door: {404}) == []


@pytest.mark.eis("P27")
def test_every_door_to_own_family_is_shut_and_a_try_is_on_record(site, deuren, eigenaar):
    doors = of_jongere(deuren)
    jongere = Jongere.objects.get(
        uuid=next(d for d in doors if d.route.startswith("jongere/")).voorwerp.waarde
    )
    for row in Jongere.objects.all():
        Betrokkenheid.objects.create(gebruiker=eigenaar, jongere=row, soort="eigen", door=eigenaar)

    assert differences(site, doors, lambda door: {404}) == []
    refused = Gebeurtenis.objects.filter(actie="betrokkene.geweigerd", jongere_id=jongere.pk)
    assert refused.first().resultaat == "geweigerd"
    assert refused.first().gebruiker == eigenaar


@pytest.mark.eis("P27")
@pytest.mark.parametrize("maak", [VerzuimmeldingFactory, ContactpogingFactory])
def test_a_try_by_the_address_of_a_part_is_on_record_too(site, gemeente, eigenaar, maak):
    row = maak(traject__gemeente=gemeente) if maak is ContactpogingFactory else maak()
    jongere = row.traject.jongere if maak is ContactpogingFactory else row.jongere
    Betrokkenheid.objects.create(gebruiker=eigenaar, jongere=jongere, soort="eigen", door=eigenaar)
    start = "/doorstroompunt/poging" if maak is ContactpogingFactory else "/melding"
    door = next(r for r, _ in routes() if f"/{r}".startswith(f"{start}/<uuid"))

    site.get("/" + door.replace("<uuid:uuid>", str(row.uuid)).replace("<slug:actie>", "oppakken"))

    assert Gebeurtenis.objects.get(actie="betrokkene.geweigerd").jongere_id == jongere.pk


LIJSTEN = [
    "/jongeren/", "/zoeken/?q=Proefsteen", "/mijn-dag/", "/meldingen/", "/werkprocessen/?wie=alle",
    "/vrijstellingen/", "/absoluut-verzuim/", "/thuiszitters/", "/doorstroompunt/",
    "/doorstroompunt/trajecten/?wie=alle", "/doorstroompunt/verzuim/", "/scholen/",
]  # fmt: skip  # read as a table


@pytest.mark.eis("P26")
def test_lists_and_search_are_the_same_as_without_the_youth(site, deuren, eigenaar, gemeente):
    """All pages without a parameter; the name is one that nobody else has."""
    Jongere.objects.update(achternaam="Proefsteen", sorteernaam="proefsteen", zoeknaam="proefsteen")
    own = {d.path for d in deuren if not d.voorwerp and not d.route.startswith("account/")}
    pages = sorted(own | set(LIJSTEN))
    assert any("Proefsteen" in body(site.get(page)) for page in pages)
    ander = make_gebruiker(LEIDING, gemeente=gemeente)
    for jongere in Jongere.objects.exclude(afschermingen__tot=None, afschermingen__isnull=False):
        close(jongere, ander)

    shown = [page for page in pages if "Proefsteen" in _answer(site, page)]

    assert shown == []


def _answer(site, page) -> str:
    """Without the search text itself, which the page repeats."""
    return re.sub(r'(value="|“)Proefsteen', "", body(site.get(page)))


@pytest.mark.eis("P26")
@pytest.mark.parametrize("zoek", ["nummer", "naam"])
def test_search_for_a_closed_dossier_finds_what_a_stranger_finds(client, gemeente, zoek):
    jongere = JongereFactory(gemeente=gemeente, bsn=make_bsn(7), achternaam="Proefsteen")
    client.force_login(make_gebruiker(LEIDING, gemeente=gemeente), BACKEND)
    asked = {
        "nummer": lambda bsn, naam: client.post("/zoeken/", {"q": bsn}),
        "naam": lambda bsn, naam: client.get("/zoeken/", {"q": naam}),
    }[zoek]
    nothing = asked(make_bsn(8), "Zilverkwarts")
    found = asked(make_bsn(7), "Proefsteen")
    close(jongere)

    closed = asked(make_bsn(7), "Proefsteen")

    assert found.status_code == (302 if zoek == "nummer" else 200)
    assert closed.status_code == nothing.status_code == 200
    same = body(nothing).replace("Zilverkwarts", "Proefsteen")
    assert re.sub(r'value="\d{9}"', "", body(closed)) == re.sub(r'value="\d{9}"', "", same)


def vraag(jongere, by, soort="openen", leden=()):
    row = Afscherming.objects.get(jongere=jongere, tot=None)
    return domein.ask(row, by=by, soort=soort, reden="Niet meer nodig", leden=leden)


@pytest.fixture
def drie(gemeente):
    return [make_gebruiker(LEIDING, gemeente=gemeente) for _ in range(3)]


@pytest.mark.eis("Z8")
def test_opening_takes_two_persons(gemeente, drie):
    een, twee, _ = drie
    jongere = JongereFactory(gemeente=gemeente)
    domein.close(jongere, by=een, reden="bekend", toelichting="x", leden=[een])
    verzoek = vraag(jongere, een)

    with pytest.raises(DomainError, match="Een ander"):
        domein.decide(verzoek, by=een, akkoord=True)
    assert not Jongere.objects.visible_to(twee).exists()
    domein.decide(verzoek, by=twee, akkoord=True)

    assert Jongere.objects.visible_to(twee).exists()
    with pytest.raises(DomainError, match="al beslist"):
        domein.decide(verzoek, by=twee, akkoord=False)
    assert list(
        Gebeurtenis.objects.filter(actie__startswith="afscherming.")
        .order_by("pk")
        .values_list("actie", flat=True)
    ) == ["afscherming.gesloten", "afscherming.gevraagd", "afscherming.besloten"]


@pytest.mark.eis("Z8")
def test_nobody_lets_himself_on_the_list(gemeente, drie):
    een, twee, drie_ = drie
    jongere = JongereFactory(gemeente=gemeente)
    domein.close(jongere, by=een, reden="bekend", toelichting="x", leden=[een])
    verzoek = vraag(jongere, een, "lijst", [een, twee])

    with pytest.raises(DomainError, match="zelf op de lijst"):
        domein.decide(verzoek, by=twee, akkoord=True)
    domein.decide(verzoek, by=drie_, akkoord=True)

    assert Jongere.objects.visible_to(twee).exists()
    assert not Jongere.objects.visible_to(drie_).exists()


@pytest.mark.eis("Z8")
@pytest.mark.django_db(transaction=True)
def test_two_decisions_at_the_same_moment_are_one(gemeente, drie):
    een, twee, drie_ = drie
    jongere = JongereFactory(gemeente=gemeente)
    domein.close(jongere, by=een, reden="bekend", toelichting="x", leden=[een])
    verzoek = vraag(jongere, een)
    start, refused = Barrier(2), []

    def act(user, akkoord):
        start.wait()
        try:
            domein.decide(verzoek, by=user, akkoord=akkoord)
        except DomainError as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=act, args=pair) for pair in [(twee, True), (drie_, False)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert Afschermingverzoek.objects.get().akkoord == (Afscherming.objects.get().tot is not None)


def test_the_screens_close_ask_and_decide(client, gemeente, drie):
    een, twee, _ = drie
    jongere = JongereFactory(gemeente=gemeente, achternaam="Proefsteen")
    client.force_login(een, BACKEND)
    assert "Dossier afsluiten" in body(client.get(f"/jongere/{jongere.uuid}/afscherming/"))
    data = {"reden": "collega", "toelichting": "x", "leden": [een.pk]}
    assert client.post(f"/jongere/{jongere.uuid}/afscherming/sluiten/", data).status_code == 302
    row = Afscherming.objects.get()
    assert "Afgesloten dossier" in body(client.get(f"/jongere/{jongere.uuid}/"))
    client.post(f"/afscherming/{row.uuid}/openen/", {"reden": "Klaar"})
    verzoek = Afschermingverzoek.objects.get()
    assert "U hebt dit zelf gevraagd" in body(client.get(f"/afschermingen/verzoek/{verzoek.uuid}/"))

    client.force_login(twee, BACKEND)
    for page in ("/afschermingen/", f"/afschermingen/verzoek/{verzoek.uuid}/"):
        assert str(row) in body(client.get(page))
        assert "Proefsteen" not in body(client.get(page))
    client.post(f"/afschermingen/verzoek/{verzoek.uuid}/", {"besluit": "ja"})

    assert client.get(f"/jongere/{jongere.uuid}/").status_code == 200


@pytest.mark.eis("P27")
def test_self_declared_family_gives_one_answer_whoever_it_is(client, gemeente):
    user = make_gebruiker(LEIDING, gemeente=gemeente)
    jongere = JongereFactory(gemeente=gemeente, bsn=make_bsn(7))
    client.force_login(user, BACKEND)

    answers = [
        body(client.post("/betrokken/", {"soort": "familie", "nummer": make_bsn(n)}, follow=True))
        for n in (7, 8)
    ]

    assert answers[0] == answers[1]
    assert Betrokkenheid.objects.get().jongere == jongere
    assert client.get(f"/jongere/{jongere.uuid}/").status_code == 404
    assert Gebeurtenis.objects.filter(actie="betrokkene.geweigerd").count() == 1


def test_a_team_leader_declares_and_withdraws(client, gemeente, drie):
    een, twee, _ = drie
    jongere = JongereFactory(gemeente=gemeente)
    client.force_login(een, BACKEND)
    client.post(f"/jongere/{jongere.uuid}/betrokken/", {"collega": twee.pk, "soort": "bekende"})
    assert not Jongere.objects.visible_to(twee).exists()

    row = Betrokkenheid.objects.get()
    client.post(f"/jongere/{jongere.uuid}/betrokken/{row.pk}/vervalt/")

    assert Jongere.objects.visible_to(twee).exists()
