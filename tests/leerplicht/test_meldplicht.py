"""What SVB and Arbeidsinspectie must be told: rules on their borders, twice, and by a person."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from casework.models import Actie, WerkprocesStap
from leerplicht.domain import meldplicht
from leerplicht.models import Thuiszitter
from tests.factories import (
    DiplomaFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

DAG = date(2025, 10, 1)


def make_home(gemeente, geboren, *, geoorloofd=False, sinds=date(2025, 8, 20)):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    Thuiszitter.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        bron="HAND",
        sinds=sinds,
        label_op=DAG,
        geoorloofd=geoorloofd,
    )
    return jongere


def open_notices():
    return sorted(Actie.objects.open().values_list("grondslag", flat=True))


# born, absence allowed, startkwalificatie on, what must be told
KINDERBIJSLAG = [
    ("2009-07-31", False, None, True),  # kwalificatieplichtig since August
    ("2009-10-01", False, None, False),  # 16 in this schooljaar: leerplichtig
    ("2009-07-31", None, None, False),  # nobody said yet that it is unlawful
    ("2009-07-31", True, None, False),
    ("2009-07-31", False, "2025-09-30", False),
    ("2007-10-02", False, None, True),  # 18 tomorrow
    ("2007-10-01", False, None, False),
]


@pytest.mark.parametrize(("geboren", "geoorloofd", "diploma", "melden"), KINDERBIJSLAG)
def test_kinderbijslag_of_who_is_16_or_17_and_at_home(
    gemeente, geboren, geoorloofd, diploma, melden
):
    jongere = make_home(gemeente, geboren, geoorloofd=geoorloofd)
    if diploma:
        DiplomaFactory(jongere=jongere, startkwalificatie=True, datum=diploma)

    meldplicht.follow(DAG)
    again = meldplicht.follow(DAG)

    assert open_notices() == (["svb:melden"] if melden else [])
    assert again == {"nodig": 0, "vervallen": 0}


@pytest.mark.parametrize(
    ("soort", "toestand", "melden"),
    [
        ("ABSOLUUT", "controle", False),
        ("ABSOLUUT", "plaats_zoeken", False),
        ("ABSOLUUT", "brief_2", True),
        ("RELATIEF", "weging", False),
        ("RELATIEF", "strafrecht", True),
        ("LUXE", "strafrecht", False),
    ],
)
def test_kinderbijslag_without_school_once_that_is_sure(gemeente, soort, toestand, melden):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2009, 7, 31))
    WerkprocesFactory(jongere=jongere, gemeente=gemeente, soort=soort, toestand=toestand)

    meldplicht.follow(DAG)

    assert bool(open_notices()) is melden


def test_report_and_revoke_are_two_things_to_do(gemeente):
    ambtenaar = make_ambtenaar(gemeente)
    gemeld = make_home(gemeente, "2009-07-31")
    ongemeld = make_home(gemeente, "2009-07-30")
    meldplicht.follow(DAG)
    actie = Actie.objects.get(jongere=gemeld)
    Actie.objects.update(aangemaakt_op="2025-10-01T03:00Z")
    meldplicht.tell(Actie.objects.get(pk=actie.pk), by=ambtenaar, datum=DAG, day=DAG)
    back = date(2025, 11, 3)
    for jongere in (gemeld, ongemeld):
        InschrijvingFactory(jongere=jongere, begindatum=back, einddatum=None)
    Thuiszitter.objects.update(einde_op=back, resultaat="school")

    eerste, tweede = meldplicht.follow(back), meldplicht.follow(back)

    assert (eerste, tweede) == ({"nodig": 1, "vervallen": 1}, {"nodig": 0, "vervallen": 0})
    assert open_notices() == ["svb:intrekken"]  # what was not told yet fell away
    assert Actie.objects.open().get().jongere == gemeld
    assert Gebeurtenis.objects.filter(actie="meldplicht.vervallen").count() == 1


# ground, decision on, born, what must be told
VRIJSTELLINGEN = [
    ("3b", "2025-09-20", "2010-01-01", "arbeid:3b:"),
    ("3b", "2025-06-20", "2010-01-01", ""),  # long before: of a package
    ("5a", "2025-09-20", "2009-10-01", "arbeid:16:"),
    ("5a", "2025-09-20", "2009-10-02", ""),  # 16 tomorrow
    ("5b", "2024-09-20", "2009-10-01", "arbeid:16:"),  # 16 today
    ("5c", "2025-09-20", "2009-09-01", ""),
]


@pytest.mark.parametrize(("grond", "besloten", "geboren", "verwacht"), VRIJSTELLINGEN)
def test_exemptions_the_arbeidsinspectie_hears_of(gemeente, grond, besloten, geboren, verwacht):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    row = VrijstellingFactory(
        jongere=jongere,
        gemeente=gemeente,
        grond=grond,
        begindatum=date(2025, 8, 1),
        einddatum=date(2026, 7, 31),
        besluitdatum=date.fromisoformat(besloten),
        besluit="VERLEEND" if grond == "3b" else "VAN_RECHTSWEGE",
    )

    meldplicht.follow(DAG)
    meldplicht.follow(DAG)

    assert open_notices() == ([f"{verwacht}{row.pk}"] if verwacht else [])
    assert not [a for a in Actie.objects.all() if "5" in a.omschrijving]  # the ground is not told


def test_work_as_cause_is_told_at_once(gemeente):
    werkproces = WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente), gemeente=gemeente)
    for volgorde, oorzaak in enumerate(("WERK", "MOTIVATIE", "WERK")):
        WerkprocesStap.objects.create(
            werkproces=werkproces,
            volgorde=volgorde,
            soort="BEOORDELING",
            stap="weging_vastleggen",
            uitgevoerd_op=date(2025, 9, 29),
            gegevens={"oorzaak": oorzaak},
        )

    meldplicht.follow(DAG)

    assert Actie.objects.open().get().vervalt_op == date(2025, 10, 2)


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_night_costs_no_query_per_youth(gemeente, aantal, django_assert_max_num_queries):
    for _ in range(aantal):
        make_home(gemeente, "2009-07-31")
    with django_assert_max_num_queries(24):
        assert meldplicht.follow(DAG)["nodig"] == aantal


def test_a_person_tells_it_takes_it_back_or_says_why_not(client, gemeente):
    make_home(gemeente, "2009-07-31")
    make_home(GemeenteFactory(), "2009-07-31")
    meldplicht.follow(DAG)
    client.force_login(make_ambtenaar(gemeente))
    [actie] = client.get("/meldplicht/?aan=svb").context["object_list"]
    ander = Actie.objects.open().exclude(pk=actie.pk).get()
    url = f"/meldplicht/{actie.uuid}/"
    vandaag = f"{date.today():%d-%m-%Y}"

    fout = client.post(url, {"gemeld": "1", "datum": "1-1-2020"})
    client.post(url, {"gemeld": "1", "datum": vandaag})
    gedaan = Actie.objects.get(pk=actie.pk).gedaan_op
    client.post(url, {"terug": "1"})
    client.post(url, {"niet_nodig": "1", "reden": "Woont bij een pleeggezin"})

    actie.refresh_from_db()
    assert client.get(f"/meldplicht/{ander.uuid}/").status_code == 404
    assert "ligt voor de opdracht" in fout.content.decode()
    assert gedaan is not None
    assert actie.omschrijving == "Niet nodig: Woont bij een pleeggezin"
    assert list(client.get("/meldplicht/").context["object_list"]) == []
    acties = Gebeurtenis.objects.filter(actie__startswith="meldplicht.", gebruiker__isnull=False)
    assert sorted(acties.values_list("actie", flat=True)) == [
        "meldplicht.gedaan",
        "meldplicht.niet_nodig",
        "meldplicht.terug",
    ]
    assert meldplicht.follow(DAG)["nodig"] == 0  # not needed stays so for this stay at home
