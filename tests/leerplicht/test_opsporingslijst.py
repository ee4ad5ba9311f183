"""The lists of Halt and proces-verbaal: a reason first, own filters, and the next term."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.werkproces import make_term
from casework.schooljaar import today
from leerplicht.domain.mas import MAS
from leerplicht.domain.opsporingslijst import strafzaken
from leerplicht.domain.strafzaak import terms
from leerplicht.models import Haltzaak, Verhoor
from tests.factories import (
    GemeenteFactory,
    HaltzaakFactory,
    StrafzaakFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_gebruiker,
)

GISTEREN = today() - timedelta(days=1)


@pytest.fixture
def boa(gemeente):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )


@pytest.fixture
def logged_in(client, boa):
    client.force_login(boa)
    return client


def make(factory, gemeente, boa, **anders):
    return factory(jongere__gemeente=gemeente, boa=boa, **{"toestand_sinds": GISTEREN} | anders)


def shown(response):
    return [row for row, *_ in response.context["rijen"]]


LIJSTEN = [("/halt/", HaltzaakFactory), ("/strafzaken/", StrafzaakFactory)]


@pytest.mark.parametrize(("path", "factory"), LIJSTEN)
def test_a_reason_first_then_each_row_leaves_a_line_and_more_rows_ask_no_more_queries(
    logged_in, gemeente, boa, path, factory, django_assert_max_num_queries
):
    zaak = make(factory, gemeente, boa)
    make(factory, GemeenteFactory(), boa)
    make(factory, gemeente, boa, eerste_verwerking=today() - timedelta(days=366))
    lines = Gebeurtenis.objects.filter(actie="politiegegevens.geraadpleegd")

    assert shown(logged_in.get(path)) == []
    assert "Kies een reden" in logged_in.post(path, {"code": "KLACHT"}).content.decode()
    assert not lines.exists()
    assert logged_in.post(path, {"code": "ZITTING"}, follow=True).status_code == 200
    line = lines.get()
    assert (line.object_id, line.gegevens["reden_code"], line.gegevens["handeling"]) == (
        zaak.pk,
        "ZITTING",
        "lijst",
    )
    with django_assert_max_num_queries(60) as one:
        assert shown(logged_in.get(path)) == [zaak]
    make(factory, gemeente, boa)
    make(factory, gemeente, boa)
    with django_assert_max_num_queries(len(one)):
        assert len(shown(logged_in.get(path))) == 3
    # The reason of the list opens no dossier.
    assert "politiegegevens" in logged_in.get(zaak.get_absolute_url()).url


@pytest.mark.parametrize(("path", "factory"), LIJSTEN)
def test_filters_of_the_lists(logged_in, gemeente, boa, path, factory):
    other = make_gebruiker((Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente)
    klaar, begin = (
        ("positief", "voorgesteld") if factory is HaltzaakFactory else ("gesloten", "concept")
    )
    mine = make(factory, gemeente, boa)
    ended = make(factory, gemeente, boa, toestand=klaar)
    of_other = make(factory, gemeente, other)
    logged_in.post(path, {"code": "OPSPORING"})

    for query, expected in (
        ("", {mine}),
        ("?stand=klaar", {ended}),
        ("?stand=alle", {mine, ended}),
        ("?wie=alle", {mine, of_other}),
        (f"?wie={other.pk}", {of_other}),
        (f"?wie=alle&stand=alle&toestand={begin}", {mine, of_other}),
        (f"?toestand={klaar}", {ended}),
        (f"?wie=alle&gemeente={gemeente.pk}&sort=-naam", {mine, of_other}),
    ):
        assert set(shown(logged_in.get(path + query))) == expected, query


DAG = date(2026, 1, 20)
TERMIJNEN = [
    ({"toestand": "concept", "feit_tot": None}, None),
    ({"toestand": "concept"}, date(2026, 2, 28)),  # a month after 31 January
    ({"toestand": "ondertekend", "melding": date(2025, 12, 5)}, date(2026, 2, 5)),
    ({"toestand": "concept", "verhoor": None, "feit_tot": date(2023, 2, 1)}, date(2026, 2, 1)),
    ({"toestand": "strafbeschikking", "verzet_tot": date(2026, 2, 3)}, date(2026, 2, 3)),
    ({"toestand": "verzonden"}, None),
]


@pytest.mark.parametrize(("anders", "termijn"), TERMIJNEN)
def test_the_term_in_the_list_is_the_first_of_those_on_the_page(gemeente, boa, anders, termijn):
    fields = {"toestand_sinds": DAG, "feit_tot": date(2026, 1, 5)} | anders
    # Half past eleven UTC in the evening: the next day here.
    heard = fields.pop("verhoor", datetime(2026, 1, 30, 23, 30, tzinfo=UTC))
    melding = fields.pop("melding", None)
    zaak = make(StrafzaakFactory, gemeente, boa, **fields)
    if melding:
        VerzuimmeldingFactory(jongere=zaak.jongere, werkproces=zaak.werkproces, melddatum=melding)
    if heard and fields["feit_tot"]:
        Verhoor.objects.create(
            zaak=zaak,
            jongere=zaak.jongere,
            gemeente=gemeente,
            boa=boa,
            rol="VERDACHTE",
            naam="Sam",
            begin=heard,
            plaats="Stadhuis",
            verklaring="Ja.",
            cautie_gegeven_op=heard,
            eerste_verwerking=DAG,
        )

    row = strafzaken(boa, DAG).get()

    assert row.termijn == termijn
    dates = [
        datetime.strptime(found, "%d-%m-%Y").date()
        for text in terms(zaak, DAG)
        for found in re.findall(r"\d\d-\d\d-\d{4}", text)
    ]
    assert min(dates, default=None) == termijn


def test_halt_has_the_term_of_its_werkproces(logged_in, gemeente, boa):
    werkproces = WerkprocesFactory(jongere__gemeente=gemeente, toestand="halt")
    make_term(werkproces, MAS.toestanden["halt"], day=GISTEREN).save()
    HaltzaakFactory(
        jongere=werkproces.jongere,
        werkproces=werkproces,
        boa=boa,
        toestand="verzonden",
        toestand_sinds=GISTEREN,
    )
    logged_in.post("/halt/", {"code": "OPSPORING"})

    page = logged_in.get("/halt/")

    assert shown(page)[0].termijn == MAS.toestanden["halt"].term(GISTEREN, None)
    assert "over 1" in page.content.decode()
    Haltzaak.objects.update(toestand="positief")
    assert shown(logged_in.get("/halt/?stand=klaar"))[0].termijn is None
