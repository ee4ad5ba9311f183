"""Schools after the address files of DUO: open, close, rename, and never lose history."""

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from casework.models import Gemeente, School, Schoolcode
from tests.factories import SchoolFactory

pytestmark = pytest.mark.django_db

KOP = (
    "brin;vestigingscode;naam;sector;onderwijssoort;denominatie;internetadres;straat;huisnummer;"
    "huisletter;huisnummertoevoeging;postcode;plaats;gemeentenaam_duo;afgeleid_gemeentecode;"
    "provincie;onderwijsgebied;leerlingen;afgeleid_doorstroompuntregio_2026;lon;lat\n"
)
ECHT = Path(__file__).resolve().parents[3] / "shared" / "data" / "scholen"


def rij(code: str, naam: str, soort: str = "bo", straat: str = "Kade") -> str:
    return (
        f"{code[:4]};{code};{naam};PO;{soort};Openbaar;;{straat};1;a;bis;2711AA;Meetdorp;MEETDORP;"
        "8001;;;;;;\n"
    )


def write(tmp_path: Path, dag: str, *rijen: str) -> Path:
    pad = tmp_path / f"scholen-{dag}.csv"
    pad.write_text(KOP + "".join(rijen))
    return pad


def read(*paden: Path, **opties) -> list[dict[str, int]]:
    out = io.StringIO()
    call_command("import_scholen", *map(str, paden), json=True, stdout=out, **opties)
    result: list[dict[str, int]] = json.loads(out.getvalue())
    return result


def names(code: str) -> list[tuple[str, date | None, date | None]]:
    rows = Schoolcode.objects.filter(code=code).order_by("van", "pk")
    return list(rows.values_list("naam", "van", "tot"))


EERST = [rij("98AA00", "De Boom"), rij("98AB00", "De Bron"), rij("98AC00", "De Brug")]
DAG1, DAG2 = date(2022, 5, 1), date(2024, 11, 22)


def test_the_first_list_fills_and_knows_no_opening_days(tmp_path):
    gemeente = Gemeente.objects.create(code="8001", naam="Meetdorp")

    (telling,) = read(write(tmp_path, "2022-05-01", *EERST))

    assert (telling["eerste_keer"], telling["geopend"], telling["zonder_gemeente"]) == (3, 0, 0)
    school = School.objects.get(vestigingscode="98AA00")
    assert (school.naam, school.brin, school.soort) == ("De Boom", "98AA", "BO")
    assert (school.straat, school.huisnummer, school.postcode) == ("Kade", "1a-bis", "2711AA")
    assert (school.gemeente, school.van, school.tot) == (gemeente, None, None)
    assert school.zoeknaam == "de boom meetdorp"


def test_open_close_rename_and_change(tmp_path):
    read(write(tmp_path, "2022-05-01", *EERST))

    nieuw = [
        rij("98AA00", "De Eik"),
        rij("98AC00", "De Brug", straat="Laan"),
        rij("98AD00", "Nova"),
    ]
    (telling,) = read(write(tmp_path, "20241122", *nieuw))

    assert {k: v for k, v in telling.items() if k in {"geopend", "gesloten", "hernoemd"}} == {
        "geopend": 1,
        "gesloten": 1,
        "hernoemd": 1,
    }
    assert telling["gewijzigd"] == 1
    assert names("98AA00") == [("De Boom", DAG1, DAG2), ("De Eik", DAG2, None)]
    assert School.objects.get(vestigingscode="98AA00").zoeknaam == "de eik meetdorp"
    dicht = School.objects.get(vestigingscode="98AB00")
    assert (dicht.tot, names("98AB00")) == (DAG2, [("De Bron", DAG1, DAG2)])
    assert School.objects.get(vestigingscode="98AD00").van == DAG2
    assert School.objects.get(vestigingscode="98AC00").straat == "Laan"


def test_both_days_in_one_folder_in_order_and_again_changes_nothing(tmp_path):
    write(tmp_path, "2024-11-22", rij("98AA00", "De Eik"), *EERST[1:])
    write(tmp_path, "2022-05-01", *EERST)

    eerste, tweede = read(tmp_path)
    (weer,) = read(tmp_path / "scholen-2024-11-22.csv")

    assert (eerste["eerste_keer"], tweede["hernoemd"]) == (3, 1)
    assert (weer["gelijk"], weer["hernoemd"]) == (3, 0)
    assert len(names("98AA00")) == 2


def test_an_older_list_is_refused(tmp_path):
    read(write(tmp_path, "2024-11-22", *EERST))

    with pytest.raises(CommandError, match="ouder dan die van 22-11-2024"):
        read(write(tmp_path, "2022-05-01", rij("98AA00", "Oud")))

    assert School.objects.get(vestigingscode="98AA00").naam == "De Boom"


def test_a_school_that_comes_back_is_open_again_with_its_gap(tmp_path):
    read(write(tmp_path, "2022-05-01", *EERST))
    read(write(tmp_path, "2023-05-01", *EERST[:2]))

    (telling,) = read(write(tmp_path, "2024-11-22", *EERST))

    assert telling["heropend"] == 1
    assert School.objects.get(vestigingscode="98AC00").tot is None
    assert names("98AC00") == [("De Brug", DAG1, date(2023, 5, 1)), ("De Brug", DAG2, None)]


def test_other_sectors_and_own_schools_stay(tmp_path):
    eigen = SchoolFactory(naam="Zorgboerderij", brin="", vestigingscode="")
    hand = SchoolFactory(naam="Particulier", brin="", vestigingscode="E001")
    read(write(tmp_path, "2022-05-01", *EERST, rij("97AA00", "Lyceum", "HAVO/VWO")))

    read(write(tmp_path, "2023-05-01", *EERST, rij("96AA00", "De Kim", "(v)so")))

    assert not School.objects.filter(tot__isnull=False).exists()
    for school in (eigen, hand):
        school.refresh_from_db()
        assert school.tot is None
    assert School.objects.get(vestigingscode="97AA00").soort == "VO"


def test_a_school_that_a_melding_or_package_made_is_taken_over(tmp_path):
    stub = SchoolFactory(naam="?", brin="98AA", vestigingscode="98AA00", te_controleren=True)

    (telling,) = read(write(tmp_path, "2022-05-01", *EERST))

    stub.refresh_from_db()
    assert (telling["overgenomen"], telling["eerste_keer"]) == (1, 2)
    assert (stub.naam, stub.te_controleren, School.objects.count()) == ("De Boom", False, 3)


def test_a_cut_off_list_does_not_close_everything(tmp_path):
    veel = [rij(f"98{a}{b}00", f"School {a}{b}") for a in "ABCD" for b in "ABCDEFGHIJ"]
    read(write(tmp_path, "2022-05-01", *veel))
    half = write(tmp_path, "2024-11-22", *veel[:20])

    with pytest.raises(CommandError, match="zou 20 van de 40 scholen"):
        read(half)
    assert not School.objects.filter(tot__isnull=False).exists()
    (telling,) = read(half, toch=True)

    assert telling["gesloten"] == 20


def test_a_file_as_duo_writes_it(tmp_path):
    """Windows-1252, capitals, a space in the postcode, the kind of school in the name."""
    pad = tmp_path / "02.-alle-schoolvestigingen-basisonderwijs.csv"
    pad.write_bytes(
        (
            "PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;"
            "STRAATNAAM;HUISNUMMER-TOEVOEGING;POSTCODE;PLAATSNAAM;GEMEENTENUMMER\r\n"
            "Limburg;12345;98AA;98AA00;Café de School;Kade;28-a;2711 AA;MEETDORP;363\r\n"
        ).encode("cp1252")
    )

    with pytest.raises(CommandError, match="Van welke dag"):
        read(pad)
    read(pad, peildatum=DAG2)

    school = School.objects.get()
    assert (school.naam, school.soort, school.postcode) == ("Café de School", "BO", "2711AA")


@pytest.mark.parametrize(
    ("text", "zin"),
    [
        ("", "geen kopregel"),
        ("a;b\n1;2\n", "geen adressenbestand"),
        (KOP + "98AA;98AA00;De Boom\n", "3 cellen en de kop 21"),
        (KOP + rij("XX", "De Boom"), "de code of de naam van de school klopt niet"),
        (KOP + rij("98AA00", "De Boom", ""), "wat voor scholen"),
    ],
)
def test_a_wrong_file_changes_nothing(tmp_path, text, zin):
    pad = tmp_path / "2024-11-22.csv"
    pad.write_text(text)

    with pytest.raises(CommandError, match=zin):
        read(pad)

    assert not School.objects.exists()


@pytest.mark.skipif(not ECHT.is_dir(), reason="De bestanden van DUO staan niet naast het project.")
def test_the_lists_of_2022_and_2024():
    oud, nieuw = (
        {
            row["vestigingscode"]: row
            for row in csv.DictReader(pad.read_text().splitlines(), delimiter=";")
        }
        for pad in sorted(ECHT.glob("scholen_*.csv"))
    )
    eerste, tweede = read(ECHT)

    beide = oud.keys() & nieuw.keys()
    so = {code for code, row in nieuw.items() if row["sector"] == "SO"}
    assert eerste["eerste_keer"] == len(oud)
    assert tweede["gesloten"] == len(oud.keys() - nieuw.keys())
    assert tweede["geopend"] + tweede["eerste_keer"] == len(nieuw.keys() - oud.keys())
    assert tweede["eerste_keer"] == len(so - oud.keys())
    assert tweede["hernoemd"] == sum(oud[c]["naam"] != nieuw[c]["naam"] for c in beide)
    assert School.objects.filter(tot=DAG2).count() == tweede["gesloten"]
    assert School.objects.count() == len(oud.keys() | nieuw.keys())
