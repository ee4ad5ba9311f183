"""Gemeenten after the lists of CBS, BRP and the Regeling: names, mergers, regions."""

import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework.models import Gemeente, Regio
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

pytestmark = pytest.mark.django_db
ECHT = Path(__file__).resolve().parents[3] / "shared" / "data"

LIJSTEN = {
    "gemeenten.csv": "gemeentecode;gemeentecode_gm;gemeentenaam;provinciecode;provincienaam\n"
    "8001;GM8001;Meetdorp;1;Meetland\n8005;GM8005;Nieuwdorp;1;Meetland\n",
    "leden.csv": "gemeentecode;gemeentenaam;provincienaam;doorstroompuntregio\n"
    "8001;Meetdorp;Meetland;7\n8005;Nieuwdorp;Meetland;07\n",
    "regios.csv": "doorstroompuntregio;naam;aantal_gemeenten\n7;Meetstreek;2\n",
    "herindelingen.csv": "oude_code;oude_naam;einddatum;nieuwe_code;nieuwe_naam\n"
    "8002;Ouddorp;2021-01-01;8003;Tussendorp\n8003;Tussendorp;2023-01-01;8005;Nieuwdorp\n",
    "tabel33.csv": '"92.10 Gemeentecode","92.11 Omschrijving","99.98 Datum ingang"\n'
    '"8005","Nieuwdorp","20230101"\n"8001","Meetdorp",""\n',
}


@pytest.fixture
def map_(tmp_path) -> Path:
    for naam, text in LIJSTEN.items():
        (tmp_path / naam).write_text(text)
    return tmp_path


def read(*paden: Path) -> dict[str, int]:
    out = io.StringIO()
    call_command("import_gemeenten", *map(str, paden), json=True, stdout=out)
    result: dict[str, int] = json.loads(out.getvalue())
    return result


def test_gemeenten_with_region_validity_and_successor(map_):
    telling = read(map_)

    assert (telling["nieuw"], telling["opgeheven"], telling["regios"]) == (4, 2, 1)
    nieuw = Gemeente.objects.get(code="8005")
    assert (nieuw.naam, nieuw.provincie, nieuw.van) == ("Nieuwdorp", "Meetland", date(2023, 1, 1))
    regio = Regio.objects.get()
    assert (regio.soort, regio.code, regio.naam) == ("doorstroompunt", "7", "Meetstreek")
    assert {g.code for g in regio.gemeenten.all()} == {"8001", "8005"}
    oud = Gemeente.objects.get(code="8002")
    assert (oud.tot, oud.opvolger.code) == (date(2021, 1, 1), "8003")
    assert (oud.opvolger.tot, oud.opvolger.opvolger) == (date(2023, 1, 1), nieuw)


def test_again_changes_nothing_and_a_new_name_is_taken_over(map_):
    read(map_)

    weer = read(map_)
    assert (weer["nieuw"], weer["gewijzigd"], weer["opgeheven"]) == (0, 0, 0)
    text = LIJSTEN["gemeenten.csv"].replace("Meetdorp", "Meetstad")
    (map_ / "gemeenten.csv").write_text(text)
    (map_ / "leden.csv").unlink()

    assert read(map_)["gewijzigd"] == 1
    gemeente = Gemeente.objects.get(code="8001")
    assert (gemeente.naam, gemeente.doorstroompuntregio.naam) == ("Meetstad", "Meetstreek")


def test_a_gemeente_that_a_package_made_gets_its_name(map_):
    GemeenteFactory(code="8001", naam="8001")

    telling = read(map_)

    assert (telling["nieuw"], telling["gewijzigd"]) == (3, 1)
    assert Gemeente.objects.get(code="8001").naam == "Meetdorp"


def test_who_still_is_with_a_gemeente_that_ended_is_told(map_):
    oud = GemeenteFactory(code="8002", naam="Ouddorp")
    jongere = JongereFactory(gemeente=oud)
    make_gebruiker(("leerplicht", "lezer"), gemeente=oud)

    telling = read(map_)

    assert (telling["jongeren_bij_opgeheven"], telling["rechten_bij_opgeheven"]) == (1, 1)
    jongere.refresh_from_db()
    assert jongere.gemeente == oud
    out = io.StringIO()
    call_command("import_gemeenten", str(map_), stdout=out)
    assert "Let op, jongeren die nog bij een opgeheven gemeente staan: 1" in out.getvalue()


@pytest.mark.parametrize(
    ("naam", "text", "zin"),
    [
        ("gemeenten.csv", "gemeentecode;gemeentenaam\n80x1;Meetdorp\n", "een code of datum"),
        (
            "herindelingen.csv",
            "oude_code;oude_naam;einddatum;nieuwe_code\n8002;Ouddorp;2021-01-01;8099\n",
            "staat niet in de lijst",
        ),
        (
            "herindelingen.csv",
            "oude_code;oude_naam;einddatum;nieuwe_code\n8002;Oud;2023-01-01;8003\n"
            "8003;Tussen;2021-01-01;8005\n",
            "bestond toen niet meer",
        ),
    ],
)
def test_a_wrong_list_changes_nothing(map_, naam, text, zin):
    (map_ / naam).write_text(text)

    with pytest.raises(CommandError, match=zin):
        read(map_)

    assert not Gemeente.objects.exists()


def test_a_file_of_another_kind_is_named(map_, tmp_path):
    (map_ / "vreemd.csv").write_text("a;b\n1;2\n")
    assert read(map_)["overgeslagen"] == ["vreemd.csv"]

    with pytest.raises(CommandError, match="Geen van deze bestanden"):
        read(map_ / "vreemd.csv")
    with pytest.raises(CommandError, match="Er is geen bestand of map"):
        read(map_ / "weg.csv")


@pytest.mark.skipif(
    not (ECHT / "gemeenten").is_dir(), reason="De lijsten staan niet naast het project."
)
def test_the_lists_of_2025():
    telling = read(ECHT / "gemeenten", ECHT / "brp" / "tabel33_gemeenten.csv")

    assert (telling["regios"], telling["opgeheven"]) == (40, 134)
    assert Gemeente.objects.filter(tot__isnull=True).count() == 342
    assert not Gemeente.objects.filter(tot__isnull=True, doorstroompuntregio=None).exists()
    delfzijl = Gemeente.objects.get(code="0010")
    assert (delfzijl.tot, delfzijl.opvolger.naam) == (date(2021, 1, 1), "Eemsdelta")
    assert delfzijl.opvolger.van == date(2021, 1, 1)
