"""Appointments: what comes after each outcome, who reads which agenda, a feed that names nobody."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.domain import agendalink
from accounts.domain.beheer import deactivate
from accounts.models import Bevoegdheid, Gebeurtenis
from accounts.models_agenda import Agendalink
from accounts.rechten import Rol, Taak
from casework.domain import afspraken
from casework.domain.afspraken import NA_MISLUKT, OPNIEUW, VERDER, VERSLAG, Afspraakinvoer, Verloop
from casework.errors import DomainError, NotAuthorised
from casework.models import Afspraak, Betrokkenheid, Contactmoment
from casework.schooljaar import AMSTERDAM, today
from tests.factories import (
    AdresFactory,
    AfspraakFactory,
    GemeenteFactory,
    JongereFactory,
    RelatieFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.test_ingangen import BACKEND

pytestmark = pytest.mark.django_db


def om(uur, dagen=0):
    return datetime.combine(today() + timedelta(days=dagen), time(uur), AMSTERDAM)


@pytest.fixture
def gemeente():
    return GemeenteFactory(naam="Proefdorp")


@pytest.fixture
def lea(gemeente):
    return make_ambtenaar(gemeente, naam="Lea Zonnebloem")


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(
        gemeente=gemeente,
        achternaam="Proefpersoon",
        geboortedatum=today() - timedelta(days=17 * 365),
    )


@pytest.fixture
def site(client, lea):
    client.force_login(lea, BACKEND)
    return client


def make(jongere, gebruiker, uitkomst="gepland", soort="gesprek", begin=None, **velden):
    return AfspraakFactory(
        jongere=jongere,
        gebruiker=gebruiker,
        uitkomst=uitkomst,
        soort=soort,
        begin=begin or om(9, -1),
        **velden,
    )


@pytest.mark.parametrize(
    ("taak", "eerder", "uitkomst", "voorstel"),
    [
        (Taak.LEERPLICHT, [], "geweest", VERSLAG),
        (Taak.LEERPLICHT, [], "afgezegd", OPNIEUW),
        (Taak.LEERPLICHT, [], "gepland", None),
        (Taak.LEERPLICHT, [], "niet_verschenen", NA_MISLUKT[1, 0]),
        (Taak.LEERPLICHT, ["niet_verschenen"], "niet_verschenen", NA_MISLUKT[2, 0]),
        (Taak.LEERPLICHT, ["niet_verschenen"], "niemand_thuis", NA_MISLUKT[1, 1]),
        (Taak.LEERPLICHT, ["niet_verschenen"] * 2, "niemand_thuis", VERDER),
        (Taak.LEERPLICHT, ["niet_verschenen"] * 3 + ["niemand_thuis"], "geweigerd", VERDER),
        (Taak.LEERPLICHT, ["geweigerd", "niet_verschenen"], "niet_verschenen", VERDER),
        (Taak.LEERPLICHT, ["niet_verschenen", "afgezegd"], "niet_verschenen", NA_MISLUKT[2, 0]),
        (Taak.DOORSTROOMPUNT, ["niet_verschenen"] * 2, "niemand_thuis", OPNIEUW),
    ],
)
def test_what_is_proposed_after_each_outcome(jongere, lea, taak, eerder, uitkomst, voorstel):
    zaak = WerkprocesFactory(jongere=jongere, taak=taak)
    for n, was in enumerate(eerder):
        make(jongere, lea, was, begin=om(9, n - 20), werkproces=zaak, taak=taak)
    # What happened in another case, or afterwards, does not count.
    make(jongere, lea, "niet_verschenen", begin=om(9, -30), taak=taak)
    laatste = make(jongere, lea, uitkomst, werkproces=zaak, taak=taak)
    make(jongere, lea, "niet_verschenen", begin=om(9), werkproces=zaak, taak=taak)

    assert afspraken.next_step(laatste) is voorstel


def test_an_outcome_is_recorded_with_its_note_and_only_where_it_fits(jongere, lea):
    bezoek = make(jongere, lea, soort="huisbezoek")
    gesprek = make(jongere, lea)
    later = make(jongere, lea, begin=om(23, 1))
    wpg = make(jongere, lea, regime="WPG")
    ander = make_ambtenaar(GemeenteFactory())

    afspraken.set_outcome(bezoek, Verloop("geweigerd", "Vader deed open."), by=lea)

    contact = Contactmoment.objects.get()
    assert (contact.kanaal, contact.uitkomst) == ("HUISBEZOEK", "Niet binnengelaten")
    assert contact.datum == bezoek.begin
    event = Gebeurtenis.objects.get(actie="afspraak.uitkomst")
    assert event.gegevens == {"was": "gepland", "uitkomst": "geweigerd"}
    for row, uitkomst, by, verslag, fout in [
        (gesprek, "niemand_thuis", lea, "", DomainError),
        (bezoek, "niet_verschenen", lea, "", DomainError),
        (gesprek, "gepland", lea, "", DomainError),
        (later, "geweest", lea, "", DomainError),
        (wpg, "geweest", lea, "Feiten", DomainError),
        (gesprek, "geweest", ander, "", NotAuthorised),
    ]:
        with pytest.raises(fout):
            afspraken.set_outcome(row, Verloop(uitkomst, verslag), by=by)
    afspraken.set_outcome(later, Verloop("afgezegd"), by=lea)
    with pytest.raises(DomainError, match="uitkomst al vast"):
        afspraken.move(later, Afspraakinvoer(om(10, 2), "gesprek"), by=lea)
    assert Contactmoment.objects.count() == 1


def test_planning_inviting_moving_and_ending_on_screen(site, jongere, lea):
    RelatieFactory(jongere=jongere, voornamen="Anna", adres_zelfde=True)
    AdresFactory(jongere=jongere, straat="Dorpsstraat", huisnummer=7)
    planning = f"/jongere/{jongere.uuid}/afspraak/?soort=huisbezoek"
    page = site.get(planning)
    keys = [key for key, _ in page.context["form"].fields["uitnodigen"].choices]
    data = {"soort": "huisbezoek", "datum": f"{om(9, -1):%d-%m-%Y}", "tijd": "9:30"}

    answer = site.post(planning, {**data, "met": "de wijkagent", "uitnodigen": keys[1:]})

    row = Afspraak.objects.get()
    letter = site.get(answer.url)
    assert len(keys) == 2 and letter.context["form"].initial["ontvangers"] == keys[1:]
    assert "/brief/huisbezoek/" in answer.url and str(row.uuid) in answer.url
    moved = {**data, "tijd": "10:00", "plaats": "Op school", "soort": "gesprek"}
    assert site.post(f"/afspraak/{row.uuid}/verzetten/", moved).status_code == 302
    row.refresh_from_db()
    assert (row.soort, row.plaats, row.met) == ("gesprek", "Op school", "")
    outcome = {"uitkomst": "niet_verschenen"}
    page = site.post(f"/afspraak/{row.uuid}/uitkomst/", outcome, follow=True)
    assert "Opnieuw uitnodigen" in page.content.decode()
    kinds = ["afspraak.gepland", "afspraak.verzet", "afspraak.uitkomst"]
    own = Gebeurtenis.objects.filter(actie__startswith="afspraak.").order_by("pk")
    assert [event.actie for event in own] == kinds


def test_an_agenda_shows_where_to_go_but_no_secret_address(site, jongere, lea, gemeente):
    AdresFactory(jongere=jongere, straat="Dorpsstraat", huisnummer=7, gemeente=gemeente)
    AdresFactory(jongere=jongere, straat="Postbus", huisnummer=1, soort="BRIEF", gemeente=gemeente)
    verborgen = JongereFactory(gemeente=gemeente, achternaam="Verborgen")
    AdresFactory(jongere=verborgen, straat="Schuilstraat", huisnummer=9, geheim=True)
    make(jongere, lea, soort="huisbezoek", begin=om(9))
    make(verborgen, lea, soort="huisbezoek", begin=om(10))
    kennis = JongereFactory(gemeente=gemeente, achternaam="Kennis")
    Betrokkenheid.objects.create(
        gebruiker=lea, jongere=kennis, gemeente=gemeente, soort="bekende", door=lea
    )
    make(kennis, lea, begin=om(11))
    make(jongere, make_ambtenaar(gemeente), plaats="Elders", begin=om(12))
    make(jongere, lea, plaats="Volgende week", begin=om(12, 7))
    make(jongere, lea, plaats="Nog te vullen")

    text = site.get("/agenda/").content.decode()

    for word in ("Dorpsstraat 7", "Geheim adres", "Verborgen", "Hoe ging het?"):
        assert word in text
    for word in ("Schuilstraat", "Postbus", "Kennis", "Elders", "Volgende week"):
        assert word not in text
    invoer = Afspraakinvoer(om(9, 1), "gesprek", plaats="schuilstraat 9, achterom")
    with pytest.raises(DomainError, match="geheim adres"):
        afspraken.plan_afspraak(verborgen, by=lea, taak=Taak.LEERPLICHT, invoer=invoer)


@pytest.mark.parametrize("weergave", ["dag", "week"])
def test_the_questions_of_an_agenda_do_not_grow(site, lea, gemeente, weergave):
    site.get("/agenda/")  # the first page of a session asks more
    counts = []
    for extra in (1, 2):
        for _ in range(extra):
            rij = JongereFactory(gemeente=gemeente)
            AdresFactory(jongere=rij)
            make(rij, lea, soort="huisbezoek", begin=om(9))
        with CaptureQueriesContext(connection) as queries:
            site.get(f"/agenda/?weergave={weergave}")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_leader_sees_the_team_of_the_own_taak_without_addresses(client, jongere, lea, gemeente):
    AdresFactory(jongere=jongere, straat="Dorpsstraat", huisnummer=7)
    make(jongere, lea, soort="huisbezoek", begin=om(9), plaats="Thuis")
    elders = JongereFactory()
    make(elders, lea, begin=om(9), plaats="Andere gemeente")
    make(jongere, lea, begin=om(9), plaats="Andere taak", taak=Taak.DOORSTROOMPUNT)
    leider = make_gebruiker(
        (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), (Taak.DOORSTROOMPUNT, Rol.LEZER), gemeente=gemeente
    )
    client.force_login(leider, BACKEND)

    text = client.get("/agenda/team/").content.decode()

    assert "Thuis" in text and "Lea Zonnebloem" in text
    for word in ("Dorpsstraat", "Andere gemeente", "Andere taak"):
        assert word not in text
    client.force_login(lea, BACKEND)
    assert client.get("/agenda/team/").status_code == 403


def feed(client, sleutel):
    client.logout()
    return client.get(f"/agenda/feed/{sleutel}.ics")


def test_a_feed_holds_kind_time_and_link_and_nobody(client, jongere, lea, gemeente):
    lea.last_login = timezone.now()
    lea.save()
    own = make(
        jongere,
        lea,
        soort="mdo",
        plaats="Achter de kerk",
        met="Moeder, de mentor",
        begin=om(9),
        einde=om(10),
        werkproces=WerkprocesFactory(jongere=jongere),
    )
    weg = make(jongere, lea, "afgezegd", begin=om(11))
    make(jongere, lea, regime="WPG", begin=om(12))
    make(jongere, make_ambtenaar(gemeente), begin=om(12))
    make(JongereFactory(), lea, begin=om(12))
    kennis = JongereFactory(gemeente=gemeente)
    Betrokkenheid.objects.create(
        gebruiker=lea, jongere=kennis, gemeente=gemeente, soort="bekende", door=lea
    )
    make(kennis, lea, begin=om(12))
    make(jongere, lea, begin=om(12, 200))
    sleutel = agendalink.make(lea)

    answer = feed(client, sleutel)

    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    raw = answer.content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n")) and raw.count(b"\n") == raw.count(
        b"\r\n"
    )
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    link = f"http://testserver/afspraak/{own.uuid}/"
    event = lines[lines.index(f"UID:{own.uuid}@testserver") :]
    assert event[event.index("CLASS:PRIVATE") - 5 : event.index("CLASS:PRIVATE") + 2] == [
        f"DTSTART:{_utc(own.begin)}",
        f"DTEND:{_utc(own.einde)}",
        "SUMMARY:Multidisciplinair overleg (MDO)",
        f"DESCRIPTION:{link}",
        f"URL:{link}",
        "CLASS:PRIVATE",
        "STATUS:CONFIRMED",
    ]
    assert [line for line in lines if line.startswith("UID")] == [
        f"UID:{own.uuid}@testserver",
        f"UID:{weg.uuid}@testserver",
    ]
    assert lines.count("STATUS:CANCELLED") == 1
    for word in ("Proefpersoon", jongere.roepnaam or "-none-", "kerk", "mentor", "Proefdorp"):
        assert word not in raw.decode()


def _utc(moment):
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


@pytest.mark.eis("A10")
def test_a_feed_ends_and_every_end_looks_the_same(client, lea, gemeente):
    lea.last_login = timezone.now()
    lea.save()
    oud = agendalink.make(lea)
    sleutel = agendalink.make(lea)
    assert sleutel not in Agendalink.objects.get().hash
    assert [feed(client, s).status_code for s in (sleutel, oud)] == [200, 404]
    body = feed(client, "onbekend").content

    type(lea).objects.update(last_login=timezone.now() - timedelta(days=31))
    lang_weg = feed(client, sleutel)
    type(lea).objects.update(last_login=timezone.now())
    Bevoegdheid.objects.update(tot=today())
    zonder_recht = feed(client, sleutel)
    Bevoegdheid.objects.update(tot=None)
    assert feed(client, sleutel).status_code == 200
    deactivate(lea, by=make_gebruiker(("beheer", "leidinggevende"), gemeente=gemeente), day=today())
    uit = feed(client, sleutel)

    for answer in (lang_weg, zonder_recht, uit):
        assert (answer.status_code, len(answer.content)) == (404, len(body))
    assert not Agendalink.objects.exists()


def test_a_user_makes_renews_and_stops_the_own_link(site, lea, settings):
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 10**10

    shown = site.post("/agenda/link/", {"doen": "maken"}).context["url"]
    again = site.post("/agenda/link/", {"doen": "maken"}).context["url"]
    assert shown != again and shown not in site.get("/agenda/link/").content.decode()
    site.post("/agenda/link/", {"doen": "uit"})

    assert not Agendalink.objects.exists()
    kinds = Gebeurtenis.objects.filter(actie__startswith="agendalink").order_by("pk")
    assert [e.actie.partition(".")[2] for e in kinds] == ["gemaakt", "vernieuwd", "uit"]
    assert shown.rpartition("/")[2][:43] not in str(list(kinds.values()))
