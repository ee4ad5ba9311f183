"""Export, import in an empty database, export again: the same files, byte for byte."""

import filecmp
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Gebeurtenis
from casework.models import Document, Jongere, Werkproces
from leerplicht.models import Haltverwijzing, ProcesVerbaal
from tests.factories import ContactmomentFactory, GemeenteFactory, JongereFactory
from tests.koppelingen.pakketten import DOCUMENT, RIJK, leeg_database, lees, make_map

SHARED = Path(__file__).resolve().parents[3] / "shared" / "acceptance"


def export(pad: Path, *codes: str, **opties: object) -> dict[str, object]:
    out = io.StringIO()
    gemeenten = [word for code in codes for word in ("--gemeente", code)]
    call_command("export_pakket", *gemeenten, str(pad), json=True, stdout=out, **opties)
    return json.loads(out.getvalue())


def all_files(pad: Path) -> list[str]:
    return sorted(p.relative_to(pad).as_posix() for p in pad.rglob("*") if p.is_file())


def assert_equal_folders(one: Path, two: Path) -> None:
    assert all_files(one) == all_files(two)
    assert filecmp.cmpfiles(one, two, all_files(one), shallow=False) == (all_files(one), [], [])


@pytest.mark.django_db(transaction=True)
def test_round_trip_of_every_file(tmp_path):
    lees(make_map(tmp_path / "bron", RIJK), wpg_akkoord="A. Boa")
    export(tmp_path / "een", "0637", "0518", wpg_akkoord="A. Boa")
    leeg_database()

    rapport = lees(tmp_path / "een", wpg_akkoord="A. Boa")
    export(tmp_path / "twee", "0637", "0518", wpg_akkoord="A. Boa")

    assert rapport["totaal"]["quarantaine"] == 0
    assert len([naam for naam in all_files(tmp_path / "een") if naam.endswith(".csv")]) == 22
    assert_equal_folders(tmp_path / "een", tmp_path / "twee")


@pytest.mark.django_db(transaction=True)
def test_round_trip_as_zip_gives_the_same_zip(tmp_path):
    lees(make_map(tmp_path / "bron", RIJK))
    export(tmp_path / "een.zip", "0637")
    leeg_database()
    lees(tmp_path / "een.zip")

    export(tmp_path / "twee.zip", "0637")

    assert (tmp_path / "een.zip").read_bytes() == (tmp_path / "twee.zip").read_bytes()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("naam", "codes"), [("hengelo-borne", ("0164", "0147"))])
def test_round_trip_of_acceptance_data(tmp_path, naam, codes):
    pakket = SHARED / f"{naam}.zip"
    if not pakket.exists():
        pytest.skip("De acceptatiepakketten staan niet naast dit project.")
    lees(pakket, wpg_akkoord="acceptatie")
    export(tmp_path / "een", *codes, wpg_akkoord="acceptatie")
    leeg_database()

    lees(tmp_path / "een", wpg_akkoord="acceptatie")
    export(tmp_path / "twee", *codes, wpg_akkoord="acceptatie")

    assert_equal_folders(tmp_path / "een", tmp_path / "twee")


@pytest.mark.django_db(transaction=True)
def test_reading_an_own_package_where_it_came_from_changes_nothing(tmp_path):
    lees(make_map(tmp_path / "bron", RIJK), wpg_akkoord="A. Boa")
    export(tmp_path / "een", "0637", "0518", wpg_akkoord="A. Boa")

    lees(tmp_path / "een", wpg_akkoord="A. Boa")
    export(tmp_path / "twee", "0637", "0518", wpg_akkoord="A. Boa")

    assert (Jongere.objects.count(), Document.objects.count()) == (3, 2)
    assert_equal_folders(tmp_path / "een", tmp_path / "twee")


@pytest.mark.eis("P01")
@pytest.mark.django_db
def test_without_agreement_a_package_is_the_same_as_without_police_data(tmp_path):
    """Byte for byte, also when a Halt referral, a note and a document are police data."""
    lees(make_map(tmp_path / "bron", RIJK))
    export(tmp_path / "een", "0637")
    jongere = Jongere.objects.filter(gemeente__code="0637").earliest("pk")
    own = {"jongere": jongere, "gemeente": jongere.gemeente, "regime": "WPG"}
    own |= {"eerste_verwerking": date(2025, 9, 8)}
    ContactmomentFactory(verslag="Verhoor", **own)
    Haltverwijzing.objects.create(datum_verwijzing=date(2025, 9, 8), **own)
    Document.objects.create(
        bestand="x", bestandsnaam="x.pdf", bytes=1, sha256="0" * 64, datum=date(2025, 9, 8), **own
    )
    stranger = JongereFactory()
    ContactmomentFactory(**own | {"jongere": stranger})

    export(tmp_path / "twee", "0637")

    assert_equal_folders(tmp_path / "een", tmp_path / "twee")


@pytest.mark.eis("P03")
@pytest.mark.django_db
def test_every_piece_of_police_data_in_a_package_leaves_a_line(tmp_path):
    lees(make_map(tmp_path / "bron", RIJK), wpg_akkoord="A. Boa")
    wpg = Werkproces.objects.filter(regime="WPG").get()
    ContactmomentFactory(
        jongere=wpg.jongere, regime="WPG", verwijderd_op=date(2025, 9, 8), verslag="Oud verhoor"
    )

    export(tmp_path / "een", "0637", wpg_akkoord="B. Boa")

    events = Gebeurtenis.objects.filter(actie="politiegegevens.geraadpleegd")
    found = set(events.values_list("object_type", "object_id"))
    assert {
        ("casework.werkproces", wpg.pk),
        ("leerplicht.procesverbaal", ProcesVerbaal.objects.get().pk),
    } <= found
    assert {e.gegevens["handeling"] for e in events} == {"uitvoeren"}
    assert "Oud verhoor" not in (tmp_path / "een" / "contactmomenten.csv").read_text()


@pytest.mark.django_db
def test_police_data_stay_behind_without_agreement(tmp_path):
    lees(make_map(tmp_path / "bron", RIJK), wpg_akkoord="A. Boa")

    uitkomst = export(tmp_path / "een", "0637")

    regels = (tmp_path / "een" / "werkprocessen.csv").read_text()
    # One proces-verbaal and one werkproces of regime Wpg.
    assert uitkomst["weggelaten_wpg"] == 2
    assert not (tmp_path / "een" / "processen_verbaal.csv").exists()
    assert "WPG" not in regels
    assert "Verhoor" not in (tmp_path / "een" / "werkproces_stappen.csv").read_text()


@pytest.mark.django_db
def test_agreement_for_police_data_is_logged(tmp_path):
    lees(make_map(tmp_path / "bron", RIJK), wpg_akkoord="A. Boa")

    export(tmp_path / "een", "0637", wpg_akkoord="B. Boa")

    redenen = Gebeurtenis.objects.filter(actie="pakket.wpg_akkoord").order_by("pk")
    assert [g.reden for g in redenen] == [
        "Politiegegevens ingelezen met akkoord van A. Boa.",
        "Politiegegevens uitgevoerd met akkoord van B. Boa.",
    ]
    assert ProcesVerbaal.objects.count() == 1


@pytest.mark.django_db
def test_one_dossier(tmp_path):
    lees(make_map(tmp_path / "bron", RIJK))
    jongere = Jongere.objects.get(voornamen="Sam")

    uitkomst = export(tmp_path / "een", "0637", jongere=str(jongere.uuid))

    assert uitkomst["rijen"]["jongeren.csv"] == 1
    assert "vsv_duo.csv" not in uitkomst["rijen"]
    assert uitkomst["documenten"] == 1
    assert (tmp_path / "een" / "documenten").is_dir()
    document = next((tmp_path / "een" / "documenten").iterdir())
    assert document.read_bytes() == DOCUMENT
    events = Gebeurtenis.objects.filter(actie="pakket.uitgevoerd")
    assert [e.jongere_id for e in events] == [jongere.pk]


@pytest.mark.django_db
def test_facts_of_another_gemeente_stay_behind(tmp_path):
    """j1 moved from 0637 to 0518: her exemption of 2023 is of 0637, nothing of it of 0518."""
    lees(make_map(tmp_path / "bron", RIJK))

    uitkomst = export(tmp_path / "een", "0518")

    # gemeente_terug of the exemption is 0518: she went back to school there.
    assert uitkomst["rijen"]["vrijstellingen.csv"] == 1
    assert uitkomst["rijen"]["jongeren.csv"] == 2
    assert "verzuimmeldingen.csv" not in uitkomst["rijen"]
    # The werkproces that the exemption refers to comes along.
    assert uitkomst["rijen"]["werkprocessen.csv"] == 1
    assert Werkproces.objects.count() == 2


@pytest.mark.django_db
def test_unknown_gemeente_and_existing_path_are_refused(tmp_path):
    GemeenteFactory(code="0637")
    (tmp_path / "er").mkdir()
    (tmp_path / "er" / "iets").write_text("x")

    with pytest.raises(CommandError, match="Gemeente 9999 is niet bekend"):
        export(tmp_path / "een", "9999")
    with pytest.raises(CommandError, match="bestaat al"):
        export(tmp_path / "er", "0637")
    with pytest.raises(CommandError, match="Deze jongere is niet bekend"):
        export(tmp_path / "een", "0637", jongere="nergens")
    assert not (tmp_path / "een").exists()


@pytest.mark.django_db
def test_records_made_here_are_exported_with_their_uuid(tmp_path):
    gemeente = GemeenteFactory(code="0637")
    jongere = JongereFactory(gemeente=gemeente, achternaam="Eigen")

    export(tmp_path / "een", "0637")

    kop, rij = (tmp_path / "een" / "jongeren.csv").read_text().splitlines()
    assert rij.split(";")[kop.split(";").index("bron_id")] == str(jongere.uuid)
    manifest = json.loads((tmp_path / "een" / "manifest.json").read_text())
    assert manifest["bronsysteem"] == "leerrecht"
    assert datetime.fromisoformat(manifest["peilmoment"]).replace(tzinfo=UTC).year > 2000
