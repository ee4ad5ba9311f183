"""A ground of health or belief has a right of its own, on every way out (AVG 9)."""

import zipfile
from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.schooljaar import Schooljaar
from koppelingen.domain.uitvoeren import export_pakket
from leerplicht.domain.vrijstelling import Vrijstellinginvoer, register_vrijstelling
from leerplicht.models import Verlof, Vrijstelling
from reporting.catalogus import CATALOGUS
from reporting.domain.cijferkeuze import Keuze
from reporting.domain.cijferlijst import list_behind
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    make_gebruiker,
)
from tests.test_ingangen import BACKEND, body

pytestmark = pytest.mark.django_db
ROLLEN = [(Rol.LEZER, False), (Rol.BEHANDELAAR, True), (Rol.LEIDINGGEVENDE, True)]
GEHEIM = ("lichamelijke of psychische", "richtingbezwaren", "levensovertuiging", "Kinderdagcentrum")


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    VrijstellingFactory(jongere=jongere, voorziening="KDC")
    VrijstellingFactory(
        jongere=jongere, grond="5b", begindatum=date(2024, 9, 1), einddatum=date(2025, 7, 31)
    )
    VrijstellingFactory(
        jongere=jongere, grond="5c", begindatum=date(2023, 9, 1), einddatum=date(2024, 7, 31)
    )
    Verlof.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        soort="RELIGIE",
        van=date(2025, 9, 2),
        tot=date(2025, 9, 2),
    )
    return jongere


def pages(jongere):
    melding = VerzuimmeldingFactory(jongere=jongere)
    own = [row.get_absolute_url() for row in Vrijstelling.objects.all()]
    return [melding.get_absolute_url(), jongere.get_absolute_url(), *own]


def without_choices(text: str) -> str:
    """The filter names every ground, of nobody."""
    return text.split("</form>")[-1]


@pytest.mark.eis("P44", "Z5")
@pytest.mark.parametrize(("rol", "mag"), ROLLEN)
def test_on_pages(client, gemeente, jongere, rol, mag):
    client.force_login(make_gebruiker((Taak.LEERPLICHT, rol), gemeente=gemeente), BACKEND)

    shown = " ".join(body(client.get(page)) for page in pages(jongere))
    shown += without_choices(body(client.get("/vrijstellingen/")))

    assert [woord in shown for woord in GEHEIM] == [mag] * len(GEHEIM)
    assert ("Grond afgeschermd" in shown) is not mag
    assert "school in het buitenland" in shown  # no special data


@pytest.mark.eis("P44", "Z5")
@pytest.mark.parametrize(("rol", "mag"), ROLLEN)
@pytest.mark.parametrize(("grond", "bijzonder"), [("5a", True), ("5b", True), ("5c", False)])
def test_asking_for_a_ground_finds_no_names(client, gemeente, jongere, rol, mag, grond, bijzonder):
    client.force_login(make_gebruiker((Taak.LEERPLICHT, rol), gemeente=gemeente), BACKEND)

    found = client.get(f"/vrijstellingen/?grond={grond}").context["object_list"]

    assert len(found) == (mag or not bijzonder)


@pytest.mark.eis("P44", "Z5")
@pytest.mark.parametrize(("rol", "mag"), ROLLEN)
def test_behind_a_figure_are_no_names(gemeente, jongere, rol, mag):
    user = make_gebruiker((Taak.LEERPLICHT, rol), gemeente=gemeente)
    keuze = Keuze(CATALOGUS["vst_verleend"], [gemeente], [Schooljaar(2025)], {"grd": "5a"})

    (deel,) = list_behind(keuze, user)

    assert (deel.zichtbaar, deel.totaal) == (int(mag), 1)


@pytest.mark.eis("P44", "Z5")
def test_the_right_holds_only_where_it_was_given(client, gemeente, jongere):
    user = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)
    user.bevoegdheden.create(
        taak=Taak.LEERPLICHT, rol=Rol.BEHANDELAAR, gemeente=GemeenteFactory(), van=date(2020, 1, 1)
    )
    client.force_login(user, BACKEND)

    assert len(client.get("/vrijstellingen/?grond=5a").context["object_list"]) == 0
    assert GEHEIM[0] not in without_choices(body(client.get("/vrijstellingen/")))


def package(tmp_path, gemeente, by) -> tuple[str, dict[str, int]]:
    pad = tmp_path / f"{by and by.pk}.zip"
    uitkomst = export_pakket(pad, [gemeente], day=date(2026, 1, 1), by=by)
    with zipfile.ZipFile(pad) as archive:
        names = [n for n in archive.namelist() if "vrijstellingen" in n or "verlof" in n]
        return "".join(archive.read(n).decode() for n in names), uitkomst.weggelaten


@pytest.mark.eis("P44", "Z5")
def test_a_package_holds_it_only_for_who_has_the_right(tmp_path, gemeente, jongere):
    beheer = (Taak.BEHEER, Rol.LEIDINGGEVENDE)
    zonder = make_gebruiker(beheer, gemeente=gemeente)
    met = make_gebruiker(beheer, (Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente)

    (text, weg), *others = (package(tmp_path, gemeente, u) for u in (zonder, met, None))

    assert weg == {"vrijstellingen om gezondheid of geloof": 3}
    assert ";5c;" in text and not any(t in text for t in (";5a;", ";5b;", "RELIGIE"))
    for full, nothing in others:
        assert all(t in full for t in (";5a;", ";5b;", ";5c;", "RELIGIE"))
        assert nothing == {}


@pytest.mark.eis("P44", "Z5")
@pytest.mark.parametrize("grond", ["5a", "5b", "5c"])
def test_the_log_does_not_tell_it(gemeente, grond):
    user = make_gebruiker((Taak.LEERPLICHT, Rol.BEHANDELAAR), gemeente=gemeente)
    dag = date(2025, 6, 1)
    invoer = Vrijstellinginvoer(grond, dag, date(2025, 9, 1), date(2026, 7, 31))

    register_vrijstelling(JongereFactory(gemeente=gemeente), by=user, invoer=invoer)

    row = Gebeurtenis.objects.get(actie="vrijstelling.geregistreerd")
    assert row.gegevens["grond"] == ("5c" if grond == "5c" else "bijzonder")
