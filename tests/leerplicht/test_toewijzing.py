"""Who gets new work, the list of the team, moving work to a colleague, and notes with it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import Bevoegdheid, Gebeurtenis
from accounts.models_controle import Vervanging
from accounts.rechten import Rol, Taak
from casework.errors import DomainError
from casework.models import Afscherming, Betrokkenheid, Dossier, Verzuimmelding, Werkproces
from casework.schooljaar import today
from leerplicht.domain import absoluut, toewijzing, verdelen
from leerplicht.domain.melding import take_up
from leerplicht.domain.toewijzing import Regelinvoer, Werk, add_rule, choose, end_rule
from leerplicht.models import Overdracht, Toewijzingsregel
from tests.factories import (
    ActieFactory,
    AdresFactory,
    DossierFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DAG = date(2025, 10, 1)


@pytest.fixture
def gemeente():
    return GemeenteFactory(naam="Duindorp")


@pytest.fixture
def elders():
    return GemeenteFactory(naam="Elders")


@pytest.fixture
def leider(gemeente, elders):
    user = make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente, naam="Leider")
    give(user, elders, rol=Rol.LEIDINGGEVENDE)
    return user


def give(user, gemeente, taak=Taak.LEERPLICHT, rol=Rol.BEHANDELAAR, **fields):
    fields = {"van": date(2020, 1, 1)} | fields
    return Bevoegdheid.objects.create(
        gebruiker=user, taak=taak, rol=rol, gemeente=gemeente, **fields
    )


def rule(gemeente, behandelaar, **fields):
    fields = {"van": date(2025, 8, 1)} | fields
    return Toewijzingsregel.objects.create(gemeente=gemeente, behandelaar=behandelaar, **fields)


def chosen(jongere, day=DAG, school=None, gemeente=None):
    place = gemeente or jongere.gemeente
    [wie] = choose([Werk(jongere.pk, place.pk, school and school.pk)], day)
    return wie


def test_most_specific_rule_wins_of_who_may_do_it_there(gemeente, elders):
    school = SchoolFactory()
    breed, jong, van_school = (make_ambtenaar(gemeente, naam=n) for n in ("A", "B", "C"))
    rule(gemeente, breed)
    rule(gemeente, jong, leeftijd_van=5, leeftijd_tot=12)
    rule(gemeente, van_school, school=school)
    # Twelve until the day before the thirteenth birthday.
    kind = JongereFactory(gemeente=gemeente, geboortedatum=date(2012, 10, 2))

    assert chosen(kind) == jong.pk
    assert chosen(kind, DAG + timedelta(days=1)) == breed.pk
    assert chosen(kind, school=school) == van_school.pk
    assert chosen(kind, date(2025, 7, 31)) is None  # before the first day of the rules
    # Across gemeenten: only where the colleague of the school has a right.
    ver = JongereFactory(gemeente=elders)
    assert chosen(ver, school=school) is None
    give(van_school, elders)
    assert chosen(ver, school=school) == van_school.pk


@pytest.mark.parametrize(
    ("recht", "krijgt"),
    [
        ({}, True),
        ({"van": DAG}, True),
        ({"van": DAG + timedelta(days=1)}, False),
        ({"tot": DAG}, False),
        ({"tot": DAG + timedelta(days=1)}, True),
        ({"wacht": True}, False),
        ({"rol": Rol.LEZER}, False),
        ({"taak": Taak.DOORSTROOMPUNT}, False),
    ],
)
def test_never_to_who_has_no_valid_right_on_that_day(gemeente, recht, krijgt):
    user = make_gebruiker(gemeente=gemeente)
    give(user, gemeente, **recht)
    rule(gemeente, user)

    assert (chosen(JongereFactory(gemeente=gemeente)) == user.pk) is krijgt


def test_never_to_who_may_not_see_the_dossier_or_cannot_log_in(gemeente, leider):
    user = make_ambtenaar(gemeente)
    rule(gemeente, user)
    dicht, familie, open_ = (JongereFactory(gemeente=gemeente) for _ in range(3))
    slot = Afscherming.objects.create(
        jongere=dicht, gemeente=gemeente, reden="COLLEGA", gesloten_door=leider
    )
    Betrokkenheid.objects.create(jongere=familie, gebruiker=user, gemeente=gemeente, door=user)

    assert [chosen(j) for j in (dicht, familie, open_)] == [None, None, user.pk]
    slot.lijst.create(gebruiker=user)
    assert chosen(dicht) == user.pk
    user.is_active = False
    user.save()
    assert chosen(open_) is None


@pytest.mark.parametrize(
    ("van", "tot", "mag"),
    [
        (DAG, None, False),
        (DAG + timedelta(days=1), None, True),
        (date(2025, 8, 1), DAG, True),
        (date(2025, 8, 1), DAG + timedelta(days=1), False),
    ],
)
@pytest.mark.parametrize("via", ["melding", "inschrijving"])
def test_who_supervises_the_school_for_the_inspectie_does_none_of_its_work(
    gemeente, van, tot, mag, via
):
    """Lpw 16a: by no rule, not from the list of the team, not by hand."""
    school, wie = SchoolFactory(), make_ambtenaar(gemeente)
    jongere = JongereFactory(gemeente=gemeente)
    rule(gemeente, wie)
    rule(gemeente, wie, school=school, nooit=True, van=van, tot=tot)
    own = school if via == "melding" else None
    if via == "inschrijving":
        InschrijvingFactory(jongere=jongere, school=school, begindatum=date(2025, 8, 1))
    melding = VerzuimmeldingFactory(jongere=jongere, gemeente=gemeente, school=own)

    assert (chosen(jongere, school=own) == wie.pk) is mag
    for act in (toewijzing.take, take_up):
        try:
            act(melding, by=wie, day=DAG)
            done = True
        except DomainError as error:
            assert "Inspectie" in str(error)
            done = False
        assert done is mag


def test_an_exclusion_needs_its_school_and_stands_beside_the_rule_of_the_school(gemeente, leider):
    school, wie = SchoolFactory(), make_ambtenaar(gemeente)
    own = {"gemeente": gemeente, "behandelaar": wie, "van": DAG, "nooit": True}
    with pytest.raises(ValidationError, match="Kies de school"):
        add_rule(Regelinvoer(**own), by=leider, day=DAG)
    add_rule(Regelinvoer(**own, school=school), by=leider, day=DAG)
    with pytest.raises(ValidationError, match="loopt"):
        add_rule(Regelinvoer(**own, school=school), by=leider, day=DAG)
    ander = Regelinvoer(**own | {"nooit": False, "behandelaar": leider}, school=school)
    assert add_rule(ander, by=leider, day=DAG).wat == str(school)


def test_own_report_package_and_night_follow_the_rules(client, gemeente, leider):
    user = make_ambtenaar(gemeente)
    school = SchoolFactory()
    rule(gemeente, user, van=date(2020, 8, 1))
    kind = JongereFactory(gemeente=gemeente, geboortedatum=today() - timedelta(days=12 * 366))
    client.force_login(leider, backend=BACKEND)
    client.post(
        f"/jongere/{kind.uuid}/melding/",
        {"kanaal": "SCHOOL_DIRECT", "soort": "O", "melddatum": f"{today():%d-%m-%Y}"}
        | {"andere_school": school.vestigingscode},
    )
    oud = VerzuimmeldingFactory(jongere=kind, gemeente=gemeente, beoordeeld_op=timezone.now())
    nieuw, vreemd = VerzuimmeldingFactory(jongere=kind, gemeente=gemeente), VerzuimmeldingFactory()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE geraakt AS SELECT %s::bigint AS jongere_id", [kind.pk])
        toewijzing.assign_read(cursor, today())
        cursor.execute("DROP TABLE geraakt")
    thuis = JongereFactory(gemeente=gemeente, geboortedatum=date(2013, 3, 1))
    AdresFactory(jongere=thuis, gemeente=gemeente, van=date(2013, 3, 1))
    absoluut.signal(date(2025, 11, 3))

    assert kind.verzuimmeldingen.get(kanaal="SCHOOL_DIRECT").behandelaar == user
    rows = Verzuimmelding.objects.in_bulk([oud.pk, nieuw.pk, vreemd.pk])
    assert [rows[m.pk].behandelaar for m in (oud, nieuw, vreemd)] == [None, user, None]
    werk = Werkproces.objects.get(jongere=thuis)
    assert (werk.behandelaar, werk.acties.get().toegewezen_aan) == (user, user)


def test_two_rules_for_the_same_work_do_not_overlap(gemeente, leider):
    user, school = make_ambtenaar(gemeente), SchoolFactory()
    werk = {"gemeente": gemeente, "behandelaar": user, "van": DAG}

    def add(**fields):
        return add_rule(Regelinvoer(**(werk | fields)), by=leider, day=DAG)

    for own in ({}, {"school": school}, {"leeftijd_van": 5, "leeftijd_tot": 11}):
        first = add(**own)
        with pytest.raises(ValidationError, match="loopt in deze dagen al een regel"):
            add(**own, laatste_dag=DAG)
        end_rule(first, DAG, by=leider, day=DAG)
        add(**own, van=DAG + timedelta(days=1))
    with pytest.raises(ValidationError):  # ages that share one year
        add(leeftijd_van=11, leeftijd_tot=17, van=DAG + timedelta(days=9))
    add(leeftijd_van=12, leeftijd_tot=17)
    with pytest.raises(ValidationError):
        add(school=school, leeftijd_van=5, leeftijd_tot=11, van=DAG + timedelta(days=99))
    assert Toewijzingsregel.objects.count() == 7


def test_screen_of_the_rules(client, gemeente, leider, django_assert_num_queries):
    user, school = make_ambtenaar(gemeente, naam="Sanne Vos"), SchoolFactory()
    client.force_login(leider, backend=BACKEND)
    data = {"gemeente": gemeente.pk, "behandelaar": user.pk, "van": f"{today():%d-%m-%Y}"}
    new = "/toewijzing/nieuw/"

    twijfel = client.post(new, data | {"leeftijd_van": "12", "leeftijd_tot": "5"})
    assert "Vul beide leeftijden in" in twijfel.text
    assert "niet gevonden" in client.post(new, data | {"school": "bestaat niet"}).text
    assert client.post(new, data | {"school": school.vestigingscode}).status_code == 302
    assert "loopt in deze dagen al" in client.post(new, data | {"school": school.naam}).text
    client.get("/toewijzing/")
    with django_assert_num_queries(13):
        een = client.get("/toewijzing/").text
    client.post(new, data)
    client.post(new, data | {"leeftijd_van": "5", "leeftijd_tot": "11"})
    with django_assert_num_queries(13):
        client.get("/toewijzing/")

    assert "Sanne Vos" in een
    assert school.naam in een
    [regel] = Toewijzingsregel.objects.filter(school=school)
    client.post(f"/toewijzing/{regel.uuid}/", {"laatste_dag": f"{today():%d-%m-%Y}"})
    regel.refresh_from_db()
    assert regel.laatste_dag == today()
    client.force_login(user, backend=BACKEND)
    assert client.get(new).status_code == 403


@pytest.mark.parametrize("aantal", [1, 3])
def test_list_of_the_team_and_taking_from_it(client, gemeente, aantal, django_assert_num_queries):
    user, ander = make_ambtenaar(gemeente), make_ambtenaar(gemeente)
    own = {"gemeente": gemeente}
    meldingen = [VerzuimmeldingFactory(jongere=JongereFactory(**own), **own) for _ in range(aantal)]
    werk = [WerkprocesFactory(jongere=JongereFactory(**own), **own) for _ in range(aantal)]
    actie = ActieFactory(jongere=werk[0].jongere, werkproces=werk[0], **own)
    VerzuimmeldingFactory(jongere=JongereFactory(**own), behandelaar=ander, **own)
    VerzuimmeldingFactory()  # another gemeente
    client.force_login(user, backend=BACKEND)
    client.get("/teamlijst/")

    with django_assert_num_queries(15):
        eerst = client.get("/teamlijst/")
    with django_assert_num_queries(15):
        werklijst = client.get("/teamlijst/werkprocessen/")
    Verzuimmelding.objects.filter(pk=meldingen[0].pk).update(behandelaar=ander)
    client.post("/teamlijst/", {"id": [str(m.uuid) for m in meldingen]})
    client.post("/teamlijst/werkprocessen/", {"een": str(werk[0].uuid)})

    assert {m.pk for m in eerst.context["object_list"]} == {m.pk for m in meldingen}
    assert {w.pk for w in werklijst.context["object_list"]} == {w.pk for w in werk}
    assert Verzuimmelding.objects.filter(behandelaar=user).count() == aantal - 1
    assert [w.pk for w in Werkproces.objects.filter(behandelaar=user)] == [werk[0].pk]
    actie.refresh_from_db()
    assert actie.toegewezen_aan == user


def police(gemeente, wie):
    return WerkprocesFactory(
        jongere=JongereFactory(gemeente=gemeente),
        gemeente=gemeente,
        behandelaar=wie,
        regime="WPG",
        eerste_verwerking=DAG,
    )


def test_work_moves_after_a_look_and_only_to_who_may_do_it(client, gemeente, elders, leider):
    van, naar = make_ambtenaar(gemeente, naam="Van"), make_ambtenaar(gemeente, naam="Naar")
    give(van, elders)
    give(leider, gemeente, taak=Taak.OPSPORING)
    hier = WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente), gemeente=gemeente)
    daar = WerkprocesFactory(jongere=JongereFactory(gemeente=elders), gemeente=elders)
    Werkproces.objects.update(behandelaar=van)
    melding = VerzuimmeldingFactory(jongere=hier.jongere, gemeente=gemeente, behandelaar=van)
    wpg = police(gemeente, van)
    actie = ActieFactory(
        jongere=hier.jongere, werkproces=hier, gemeente=gemeente, toegewezen_aan=van
    )
    DossierFactory(jongere=hier.jongere, gemeente=gemeente, behandelaar=van)
    client.force_login(leider, backend=BACKEND)
    vraag = {"naar": naar.pk, "notitie": "Bel school op maandag", "alles": "1"}
    page = f"/werkverdeling/{van.pk}/"

    overzicht = client.get("/werkverdeling/").context["rijen"]
    eerst = client.post(page, vraag).text

    assert {(r.wie, r.werkprocessen, r.meldingen) for r in overzicht} >= {(van, 2, 1)}
    assert not Werkproces.objects.filter(behandelaar=naar).exists()  # only looked
    assert f"{daar.jongere.naam}: Naar heeft daar geen recht" in eerst
    assert "1 met politiegegevens: Naar doet daar geen opsporing" in eerst
    assert wpg.jongere.naam not in eerst
    client.post(page, vraag | {"doe": "1"})
    assert [w.pk for w in Werkproces.objects.filter(behandelaar=naar)] == [hier.pk]
    melding.refresh_from_db()
    actie.refresh_from_db()
    assert (melding.behandelaar, actie.toegewezen_aan) == (naar, naar)
    assert Dossier.objects.get(jongere=hier.jongere).behandelaar == naar
    note = Overdracht.objects.get()
    assert (note.jongere, note.naar, note.notitie) == (
        hier.jongere,
        naar,
        "Bel school op maandag",
    )
    assert Gebeurtenis.objects.filter(actie="werkproces.overgedragen").count() == 1

    give(naar, gemeente, taak=Taak.OPSPORING)
    client.post(page, {"naar": naar.pk, "alles": "1", "doe": "1"})
    wpg.refresh_from_db()
    assert wpg.behandelaar == naar
    assert Gebeurtenis.objects.filter(object_id=wpg.pk, taak=Taak.OPSPORING).exists()


def test_ticked_rows_move_and_a_colleague_who_took_it_meanwhile_keeps_it(client, gemeente, leider):
    van, naar, snel = (make_ambtenaar(gemeente) for _ in range(3))
    own = {"gemeente": gemeente, "behandelaar": van}
    een, twee, drie = (
        WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente), **own) for _ in range(3)
    )
    voorstel = verdelen.propose(van, naar, by=leider, day=DAG, keuze=[een.uuid, twee.uuid])
    Werkproces.objects.filter(pk=twee.pk).update(behandelaar=snel)

    verdelen.hand_over(voorstel, "", by=leider, now=timezone.now())

    rows = Werkproces.objects.in_bulk([een.pk, twee.pk, drie.pk])
    assert [rows[w.pk].behandelaar for w in (een, twee, drie)] == [naar, snel, van]
    client.force_login(leider, backend=BACKEND)
    leeg = client.post(f"/werkverdeling/{van.pk}/", {"naar": naar.pk, "notitie": "Let op"})
    assert "Kies eerst een of meer regels" in leeg.text
    assert "Let op" in leeg.text  # nothing that was typed is lost


def test_notes_for_who_stands_in_stand_on_mijn_dag(client, gemeente):
    weg, vervanger, derde = (make_ambtenaar(gemeente) for _ in range(3))
    jongere = JongereFactory(gemeente=gemeente)
    client.force_login(weg, backend=BACKEND)
    dagen = {"van": f"{today():%d-%m-%Y}", "laatste_dag": f"{today():%d-%m-%Y}"}
    client.post(
        "/vervanging/",
        dagen | {"afwezige": weg.pk, "vervanger": vervanger.pk, "notitie": "Maandag is overleg"},
    )
    schrijf = f"/jongere/{jongere.uuid}/overdracht/"
    leeg = client.post(schrijf, {"naar": vervanger.pk, "notitie": ""})
    client.post(schrijf, {"naar": vervanger.pk, "notitie": "Moeder belt dinsdag"})

    assert "Schrijf op wat uw collega moet weten" in leeg.text
    assert Vervanging.objects.get().notitie == "Maandag is overleg"
    client.force_login(derde, backend=BACKEND)
    assert "Moeder belt dinsdag" not in client.get("/mijn-dag/").text
    client.force_login(vervanger, backend=BACKEND)
    dag = client.get("/mijn-dag/").text
    assert "Maandag is overleg" in dag
    assert "Moeder belt dinsdag" in dag
    client.post(f"/overdracht/{Overdracht.objects.get().uuid}/gelezen/")
    assert "Moeder belt dinsdag" not in client.get("/mijn-dag/").text


def test_mijn_dag_shows_own_reports_then_those_of_nobody(client, gemeente):
    user, ander = make_ambtenaar(gemeente), make_ambtenaar(gemeente)
    own = {"gemeente": gemeente}
    van_niemand, van_mij, van_ander = (
        VerzuimmeldingFactory(jongere=JongereFactory(**own), behandelaar=wie, **own)
        for wie in (None, user, ander)
    )
    client.force_login(user, backend=BACKEND)

    shown = client.get("/mijn-dag/").context["blokken"]["meldingen"]["rijen"]

    assert shown == [van_mij, van_niemand]
    lijst = client.get("/meldingen/?wie=mij").context["object_list"]
    assert van_ander not in lijst
    assert len(lijst) == 2
