"""Preventive work: what the figures count, groups without names, and the no-show-actie."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from casework.models import Contactmoment
from casework.schooljaar import Schooljaar, today
from leerplicht.models import Groepsactie, Noshow, Noshowactie
from reporting.indicatoren import collect
from tests.factories import (
    ContactmomentFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    make_ambtenaar,
    make_gebruiker,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637")


@pytest.fixture
def school():
    return SchoolFactory(naam="Zeecollege")


@pytest.fixture
def scherm(client, gemeente):
    client.force_login(make_ambtenaar(gemeente), backend=BACKEND)
    return client


def pupil(gemeente, school, **fields):
    jongere = JongereFactory(gemeente=gemeente, **fields)
    begin = Schooljaar.of(today()).start
    InschrijvingFactory(jongere=jongere, school=school, begindatum=begin)
    return jongere


def figures(gemeente, *names):
    found = collect([gemeente.code], [Schooljaar.of(today())], names)
    return [cijfer.waarde for cijfer in found if cijfer.gebied == gemeente.code]


def dutch(day):
    return f"{day:%d-%m-%Y}"


def test_an_incident_is_a_contact_that_the_figures_count(scherm, gemeente, school):
    jongere = pupil(gemeente, school)
    page = f"/jongere/{jongere.uuid}/incident/"
    data = {"datum": dutch(today()), "kanaal": "TELEFOON", "met": "SCHOOL", "verslag": "Gebeld"}

    leeg = scherm.post(page, data | {"verslag": "", "uitkomst": "Morgen terug"})
    later = scherm.post(page, data | {"datum": dutch(today() + timedelta(days=1))})
    assert "Schrijf een korte notitie" in leeg.text
    assert "Morgen terug" in leeg.text
    assert "in de toekomst" in later.text
    assert not Contactmoment.objects.exists()
    for kanaal in ("TELEFOON", "TELEFOON", "SPREEKUUR"):  # several for one child
        assert scherm.post(page, data | {"kanaal": kanaal}).status_code == 302
    ContactmomentFactory(jongere=jongere, gemeente=gemeente)  # with a case, not preventive

    lijst = scherm.get("/preventie/")
    tellers = lijst.context["tellers"]
    assert (tellers.incidenten, tellers.bas, tellers.jongeren) == (3, 1, 1)
    assert figures(gemeente, "lp_incidenten", "lp_bas_gesprekken") == [3, 1]
    assert not jongere.verzuimmeldingen.exists()
    bas = scherm.get("/preventie/?soort=bas").context["object_list"]
    assert [c.kanaal for c in bas] == ["SPREEKUUR"]
    assert len(scherm.get("/preventie/?soort=ander").context["object_list"]) == 2
    gisteren = dutch(today() - timedelta(days=1))
    assert not scherm.get(f"/preventie/?tot={gisteren}").context["object_list"]
    van_school = dict(scherm.get(f"/school/{school.uuid}/").context["werk"])
    assert van_school == {"Preventieve contacten": [3, 0], "waarvan BAS-gesprekken": [1, 0]}


@pytest.mark.parametrize("aantal", [1, 3])
def test_lists_cost_the_same_for_more_rows(
    scherm, gemeente, school, aantal, django_assert_num_queries
):
    user = make_ambtenaar(gemeente)
    for _ in range(aantal):
        jongere = pupil(gemeente, school)
        ContactmomentFactory(jongere=jongere, gemeente=gemeente, preventief=True)
        Groepsactie.objects.create(
            gemeente=gemeente, school=school, datum=today(), soort="LES", aantal=20, door=user
        )
        actie = Noshowactie.objects.create(gemeente=gemeente, gestart_op=today(), door=user)
    for _ in range(aantal):
        actie.rijen.create(jongere=pupil(gemeente, school), gemeente=gemeente)
    pages = {
        "/preventie/": 15,
        "/preventie/groepsacties/": 13,
        "/preventie/no-show/": 12,
        actie.get_absolute_url(): 17,
    }
    for path, queries in pages.items():
        scherm.get(path)
        with django_assert_num_queries(queries):
            scherm.get(path)


def test_who_moved_counts_and_is_not_listed(scherm, gemeente, school):
    weg = JongereFactory()  # lives elsewhere now, and there is no dossier here
    ContactmomentFactory(jongere=weg, gemeente=gemeente, preventief=True, datum=timezone.now())
    actie = Noshowactie.objects.create(
        gemeente=gemeente, gestart_op=today(), door=make_ambtenaar(gemeente)
    )
    actie.rijen.create(jongere=weg, gemeente=gemeente)

    lijst = scherm.get("/preventie/")
    noshow = scherm.get(actie.get_absolute_url())

    assert lijst.context["tellers"].incidenten == 1
    assert not lijst.context["object_list"]
    assert noshow.status_code == 200
    assert not noshow.context["rijen"]


def test_actions_for_groups_have_a_number_and_no_persons(client, scherm, gemeente, school):
    new = "/preventie/groepsacties/nieuw/"
    data = {
        "gemeente": gemeente.pk,
        "school": school.vestigingscode,
        "datum": dutch(today()),
        "soort": "LES",
        "aantal": "",
        "toelichting": "Les over te laat komen",
    }

    leeg = scherm.post(new, data)
    assert "0 mag ook" in leeg.text
    assert "Les over te laat komen" in leeg.text
    assert "niet gevonden" in scherm.post(new, data | {"school": "bestaat niet"}).text
    for aantal in ("25", "30"):
        assert scherm.post(new, data | {"aantal": aantal}).status_code == 302
    vreemd = GemeenteFactory()
    assert scherm.post(new, data | {"aantal": "5", "gemeente": vreemd.pk}).status_code == 200

    assert sorted(Groepsactie.objects.values_list("aantal", flat=True)) == [25, 30]
    werk = dict(scherm.get(f"/school/{school.uuid}/").context["werk"])
    assert werk == {"Groepsacties": [2, 0], "Bereikte leerlingen": [55, 0]}
    client.force_login(make_ambtenaar(vreemd), backend=BACKEND)
    assert not client.get("/preventie/groepsacties/").context["object_list"]
    client.force_login(make_gebruiker(("leerplicht", "lezer"), gemeente=gemeente), BACKEND)
    assert client.get(new).status_code == 403


def test_no_show_from_list_to_result(scherm, gemeente, school):
    een, twee, drie = (pupil(gemeente, school) for _ in range(3))
    oud = JongereFactory(gemeente=gemeente, achternaam="Oudgediende")
    InschrijvingFactory(jongere=oud, school=school, begindatum=today() - timedelta(days=800))
    ver = pupil(GemeenteFactory(), school)  # out of sight
    elders = pupil(gemeente, SchoolFactory())
    scherm.post(
        "/preventie/no-show/nieuw/",
        {"gemeente": gemeente.pk, "school": school.naam, "gestart_op": dutch(today())},
    )
    page = Noshowactie.objects.get().get_absolute_url()

    voorstel = scherm.get(page).context["voorstel"]
    assert {j.pk for j in voorstel} == {een.pk, twee.pk, drie.pk}
    gevonden = scherm.post(page, {"zoek": "1", "naam": "oudged"}).context["voorstel"]
    assert gevonden == [oud]
    chosen = [str(j.uuid) for j in (een, twee, oud, ver, elders)]
    scherm.post(page, {"jongere": chosen})
    scherm.post(page, {"jongere": chosen})  # twice changes nothing
    assert {n.jongere_id for n in Noshow.objects.all()} == {een.pk, twee.pk, oud.pk}

    rijen = {n.jongere_id: n for n in Noshow.objects.all()}

    def save(jongere, **fields):
        row = rijen[jongere.pk]
        data = {f"n{row.pk}-{naam}": waarde for naam, waarde in fields.items()}
        return scherm.post(page, {"rij": str(row.uuid)} | data)

    fout = save(een, resultaat="OP_SCHOOL", notitie="Gebeld met moeder")
    assert "Kies eerst of de jongere is gezien" in fout.text
    assert "Gebeld met moeder" in fout.text
    save(een, gezien="ja", resultaat="OP_SCHOOL")
    save(twee, gezien="nee", resultaat="VERHUISD")
    context = scherm.get(page).context
    assert context["tellers"] == {"aantal": 3, "gezien": 1, "niet_gezien": 1, "onbekend": 1}
    assert dict(context["resultaten"]) == {"Toch op school": 1, "Verhuisd of vertrokken": 1}
    werk = dict(scherm.get(f"/school/{school.uuid}/").context["werk"])
    assert werk == {"Op de no-show-lijst": [3, 0], "waarvan gezien": [1, 0]}
    with pytest.raises(IntegrityError), transaction.atomic():
        Noshow.objects.filter(jongere=oud).update(resultaat="HULP")
