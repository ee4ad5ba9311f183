"""Mijn dag, the inbox, the page of a report and entering one: rights, counts, traces."""

from datetime import date, datetime, timedelta

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.models import Verzuimmelding
from casework.schooljaar import AMSTERDAM, today
from tests.factories import (
    ActieFactory,
    AfspraakFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    VerlofFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


@pytest.fixture
def logged_in(client, ambtenaar):
    client.force_login(ambtenaar)
    return client


@pytest.mark.parametrize(
    ("taak", "begin"),
    [
        (Taak.LEERPLICHT, "/mijn-dag/"),
        (Taak.BELEID, "/cijfers/"),
        (Taak.BEHEER, None),
    ],
)
def test_the_start_page_is_the_first_of_the_own_menu(client, gemeente, taak, begin):
    client.force_login(make_gebruiker((taak, Rol.LEIDINGGEVENDE), gemeente=gemeente))

    response = client.get("/")

    assert response.status_code == 302
    if begin == "/mijn-dag/":
        assert response.url == begin
    assert response.url != "/"


def test_who_has_no_taak_starts_at_the_own_profile(client, db):
    client.force_login(make_gebruiker())

    assert client.get("/").url == "/profiel/"


@pytest.mark.parametrize("item_count", (1, 3))
def test_mijn_dag_shows_what_is_mine_and_due(
    logged_in, gemeente, ambtenaar, item_count, django_assert_num_queries
):
    day = today()
    noon = datetime.combine(day, datetime.min.time(), AMSTERDAM).replace(hour=12)
    ander = make_ambtenaar(gemeente)
    for _ in range(item_count):
        jongere = JongereFactory(gemeente=gemeente)
        werkproces = WerkprocesFactory(jongere=jongere)
        VerzuimmeldingFactory(jongere=jongere)
        VerzuimmeldingFactory(jongere=jongere, status="B")
        VerzuimmeldingFactory(jongere=jongere, taak=Taak.DOORSTROOMPUNT)
        VerzuimmeldingFactory()
        AfspraakFactory(jongere=jongere, gebruiker=ambtenaar, begin=noon)
        AfspraakFactory(jongere=jongere, gebruiker=ambtenaar, begin=noon + timedelta(days=1))
        AfspraakFactory(jongere=jongere, gebruiker=ander, begin=noon)
        term = {"jongere": jongere, "werkproces": werkproces, "grondslag": "termijn:onderzoek"}
        ActieFactory(toegewezen_aan=ambtenaar, vervalt_op=day - timedelta(days=1), **term)
        ActieFactory(toegewezen_aan=ambtenaar, vervalt_op=day + timedelta(days=60), **term)
        ActieFactory(toegewezen_aan=ander, vervalt_op=day, **term)
        ActieFactory(jongere=jongere, toegewezen_aan=ambtenaar, vervalt_op=day)
        ActieFactory(jongere=jongere, toegewezen_aan=ambtenaar, gedaan_op=noon)

    # session (read, write), user, rights, the person set and set back, six savepoints;
    # four lists with counts (of the reports two parts), one count, whom one stands in for (twice)
    with django_assert_num_queries(29):
        response = logged_in.get("/mijn-dag/")

    blokken = response.context["blokken"]
    assert {naam: blok["aantal"] for naam, blok in blokken.items()} == dict.fromkeys(
        ("meldingen", "termijnen", "afspraken", "acties"), item_count
    )
    assert response.context["te_laat"] == item_count


@pytest.mark.parametrize("item_count", (1, 3))
@pytest.mark.parametrize(
    ("path", "factory"),
    [
        ("/meldingen/", VerzuimmeldingFactory),
        ("/werkprocessen/?wie=alle", WerkprocesFactory),
        ("/vrijstellingen/", VrijstellingFactory),
    ],
)
def test_lists_show_the_own_taak_and_gemeente_in_few_queries(
    logged_in, gemeente, path, factory, item_count, django_assert_num_queries
):
    own = [factory(jongere=JongereFactory(gemeente=gemeente)) for _ in range(item_count)]
    factory()  # another gemeente
    if factory is not VrijstellingFactory:
        factory(jongere=JongereFactory(gemeente=gemeente), taak=Taak.DOORSTROOMPUNT)

    # session (read, write), user, rights, the person set and set back, six savepoints;
    # gemeenten, count, rows; earlier reports of those on the page
    with django_assert_num_queries(18 if factory is VerzuimmeldingFactory else 17):
        response = logged_in.get(path)

    assert set(response.context["object_list"]) == set(own)
    assert response.content.decode().count('<th scope="row">') == item_count


def test_school_list_in_few_queries(logged_in, django_assert_num_queries):
    SchoolFactory.create_batch(3)

    with django_assert_num_queries(16):
        response = logged_in.get("/scholen/?naam=proefcollege")

    assert len(response.context["object_list"]) == 3


FILTERS = [
    ("", {"nieuw", "luxe"}),
    ("soort=L", {"luxe"}),
    ("stand=B", {"bezig"}),
    ("stand=klaar", {"klaar"}),
    ("stand=alle", {"nieuw", "luxe", "bezig", "klaar"}),
    ("school=zeecol", {"luxe"}),
    ("school=00ZC", {"luxe"}),
    ("vanaf=9-9-2025", {"luxe"}),
    ("tot=8-9-2025", {"nieuw"}),
    ("vanaf=gisteren", {"nieuw", "luxe"}),  # not a date: said at the field, nothing lost
]


@pytest.mark.parametrize(("query", "verwacht"), FILTERS)
def test_filters_of_the_inbox(logged_in, jongere, query, verwacht):
    moment = datetime(2025, 9, 9, tzinfo=AMSTERDAM)
    zee = SchoolFactory(naam="Zeecollege", brin="00ZC")
    rows = {
        "nieuw": VerzuimmeldingFactory(jongere=jongere),
        "luxe": VerzuimmeldingFactory(
            jongere=jongere, soort="L", school=zee, melddatum=date(2025, 9, 9)
        ),
        "bezig": VerzuimmeldingFactory(jongere=jongere, status="B", beoordeeld_op=moment),
        "klaar": VerzuimmeldingFactory(
            jongere=jongere, status="K", beoordeeld_op=moment, afgesloten_op=date(2025, 9, 9)
        ),
    }

    found = set(logged_in.get(f"/meldingen/?{query}").context["object_list"])

    assert {naam for naam, row in rows.items() if row in found} == verwacht


@pytest.mark.parametrize(
    ("sort", "namen"),
    [("naam", ["Aal", "Bos"]), ("-naam", ["Bos", "Aal"]), ("onzin", ["Bos", "Aal"])],
)
def test_sorting(logged_in, gemeente, sort, namen):
    for naam, day in (("Aal", 8), ("Bos", 9)):
        VerzuimmeldingFactory(
            jongere=JongereFactory(gemeente=gemeente, achternaam=naam),
            melddatum=date(2025, 9, day),
        )

    rows = logged_in.get(f"/meldingen/?sort={sort}").context["object_list"]

    assert [row.jongere.achternaam for row in rows] == namen


def test_ter_kennisgeving_for_many(logged_in, gemeente, jongere):
    een, twee = VerzuimmeldingFactory.create_batch(2, jongere=jongere)
    klaar = VerzuimmeldingFactory(jongere=jongere, status="I")
    vreemd = VerzuimmeldingFactory()
    ids = [str(m.uuid) for m in (een, twee, klaar, vreemd)] + ["x"]

    response = logged_in.post("/meldingen/?soort=V3", {"id": ids}, follow=True)

    status = {m.pk: m.status for m in Verzuimmelding.objects.all()}
    assert status == {een.pk: "K", twee.pk: "K", klaar.pk: "I", vreemd.pk: "R"}
    assert [str(m) for m in response.context["messages"]] == [
        f"{jongere.naam}: Deze melding is al beoordeeld of ingetrokken.",
        "2 ter kennisgeving aangenomen.",
    ]


def test_what_is_only_noted_leads_to_the_letter_when_duo_tells_the_school_nothing(
    logged_in, jongere
):
    own = {"jongere": jongere, "school": SchoolFactory()}
    rows = [
        VerzuimmeldingFactory(**own, duo_meldingnummer="1"),
        VerzuimmeldingFactory(**own, duo_meldingnummer="", kanaal="SCHOOL_DIRECT"),
        VerzuimmeldingFactory(**own, duo_meldingnummer="", kanaal="OUDER"),
    ]

    urls = [logged_in.post(f"{row.get_absolute_url()}kennisgeving/").url for row in rows]

    assert urls == ["/meldingen/", rows[1].get_absolute_url(), "/meldingen/"]


def test_the_page_of_a_report_shows_what_bears_on_the_choice(logged_in, jongere):
    melding = VerzuimmeldingFactory(jongere=jongere)
    eerder = VerzuimmeldingFactory(
        jongere=jongere,
        melddatum=date(2024, 10, 1),
        begindatum=date(2024, 9, 2),
        einddatum=date(2024, 9, 6),
    )
    lopend = WerkprocesFactory(jongere=jongere)
    WerkprocesFactory(jongere=jongere, status="GESLOTEN")
    WerkprocesFactory(jongere=jongere, soort="VERLOF", toestand="av_ontvangen")
    vrijstelling = VrijstellingFactory(jongere=jongere)
    verlof = VerlofFactory(jongere=jongere)

    context = logged_in.get(melding.get_absolute_url()).context

    assert context["eerder"] == [eerder]
    assert context["per_schooljaar"] == [("2025-2026", 1), ("2024-2025", 1)]
    assert context["lopend"] == [lopend]
    assert list(context["vrijstellingen"]) == [vrijstelling]
    assert list(context["verloven"]) == [verlof]
    assert context["te_beoordelen"] is True
    assert Gebeurtenis.objects.get().gegevens == {"onderdeel": "melding"}


def test_a_report_of_the_doorstroompunt_is_not_here(client, gemeente, jongere):
    melding = VerzuimmeldingFactory(jongere=jongere, taak=Taak.DOORSTROOMPUNT)
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR),
        (Taak.DOORSTROOMPUNT, Rol.BEHANDELAAR),
        gemeente=gemeente,
    )
    client.force_login(user)

    assert client.get(melding.get_absolute_url()).status_code == 404


def test_open_or_join_or_send_back(logged_in, jongere):
    een, twee, drie = VerzuimmeldingFactory.create_batch(3, jongere=jongere)

    def act(melding, actie, **data):
        return logged_in.post(f"/melding/{melding.uuid}/{actie}/", data)

    opened = act(een, "oppakken")
    werkproces = jongere.werkprocessen.get()
    act(twee, "oppakken", werkproces=str(werkproces.uuid))
    leeg = act(drie, "school")
    back = act(drie, "school", reden="Eerst een gesprek op school.")
    onzin = act(drie, "weggooien")

    for melding in (een, twee, drie):
        melding.refresh_from_db()
    assert opened.url == werkproces.get_absolute_url()
    assert een.werkproces == twee.werkproces == werkproces
    assert leeg.context["form"].errors == {"reden": ["Schrijf op wat u van school verwacht."]}
    assert drie.werkproces.toestand == "terug_naar_school"
    assert back.url == drie.werkproces.get_absolute_url()
    assert onzin.status_code == 404


INVOER = {"kanaal": "OUDER", "soort": "O", "melddatum": "8-9-2025", "begindatum": "1-9-2025"}


def test_register_by_phone_with_another_school(logged_in, jongere):
    InschrijvingFactory(jongere=jongere)
    zee = SchoolFactory(naam="Zeecollege")
    url = f"/jongere/{jongere.uuid}/melding/"

    response = logged_in.post(url, {**INVOER, "andere_school": "zeecollege", "uren": "4,5"})

    melding = Verzuimmelding.objects.get()
    assert response.url == melding.get_absolute_url()
    assert (melding.school, str(melding.uren), melding.status) == (zee, "4.50", "LOKAAL")


def test_doubles_are_shown_before_saving(logged_in, jongere):
    eerder = VerzuimmeldingFactory(jongere=jongere)
    url = f"/jongere/{jongere.uuid}/melding/"

    first = logged_in.post(url, INVOER)
    logged_in.post(url, {**INVOER, "toch": "1"})

    assert first.context["dubbel"] == [eerder]
    assert jongere.verzuimmeldingen.count() == 2


@pytest.mark.parametrize(
    ("anders", "fouten"),
    [
        ({"einddatum": "31-8-2025"}, {"einddatum": ["Het verzuim eindigt voor het begint."]}),
        ({"begindatum": "9-9-2025"}, {"begindatum": ["De eerste verzuimdag ligt na de melding."]}),
        (
            {"kanaal": "SCHOOL_DIRECT"},
            {"andere_school": ["De school meldt. Vul in welke school dat is."]},
        ),
        ({"melddatum": "1-1-2999"}, {"melddatum": ["De melddatum ligt in de toekomst."]}),
        (
            {"andere_school": "bestaat niet"},
            {"andere_school": ["Deze school is niet gevonden. Probeer de BRIN-code."]},
        ),
        (
            {"andere_school": "dubbel"},
            {
                "andere_school": [
                    "Er zijn meer scholen: Dubbel A (00DB01); Dubbel B (00DB02). Typ de code."
                ]
            },
        ),
    ],
)
def test_wrong_input_is_told_and_kept(logged_in, jongere, anders, fouten):
    for letter, code in (("A", "00DB01"), ("B", "00DB02")):
        SchoolFactory(naam=f"Dubbel {letter}", vestigingscode=code)

    response = logged_in.post(
        f"/jongere/{jongere.uuid}/melding/", {**INVOER, "melder_naam": "A. Mentor", **anders}
    )

    assert response.context["form"].errors == fouten
    assert response.content.decode().count('value="A. Mentor"') == 1
    assert Verzuimmelding.objects.count() == 0


def test_a_bsn_finds_the_person_without_an_address(logged_in, jongere):
    response = logged_in.post("/melding/nieuw/", {"q": jongere.bsn})

    assert list(response.context["uitslag"].jongeren) == [jongere]


def test_school_page_counts_reports_by_kind_within_sight(logged_in, jongere):
    jaar = today().year if today().month >= 8 else today().year - 1
    school = SchoolFactory()
    fields = {"school": school, "melder_naam": "A. Mentor"}
    VerzuimmeldingFactory(jongere=jongere, melddatum=date(jaar, 9, 8), **fields)
    VerzuimmeldingFactory(jongere=jongere, melddatum=date(jaar - 1, 9, 8), soort="L", **fields)
    VerzuimmeldingFactory(melddatum=date(jaar, 9, 8), **fields)

    context = logged_in.get(f"/school/{school.uuid}/").context

    assert context["cijfers"] == [("16 uur in 4 lesweken", [1, 0]), ("Luxeverzuim", [0, 1])]
    assert [(m["melder_naam"], m["n"]) for m in context["melders"]] == [("A. Mentor", 1)]
    assert context["te_beoordelen"] == 2
