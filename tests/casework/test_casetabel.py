"""Refusals of the two table commands: everything told, nothing written."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

DATA = Path(__file__).parent.parent / "data"
HEADER = (
    "id,geboortedatum,peildatum,verblijf_van,verblijf_tot,brp,onderwijssoort,uitstroomprofiel,"
    "uitstroom_bewijs_datum,startkwalificatie_datum,startkwalificatie_soort,schooljaren_voltooid,"
    "vrijstelling,vrijstelling_van,vrijstelling_tot,ingeschreven,afwezig_weken,schoolvrij"
)
GOOD = "L1,2010-05-10,2026-05-10,,,,vo,,,,,,,,,ja,,"


def run(command: str, tmp_path: Path, text: str, *extra: str) -> str:
    source = tmp_path / "in.csv"
    source.write_text(text, encoding="utf-8")
    out = StringIO()
    call_command(
        command, "--csv", str(source), "--uit", str(tmp_path / "uit.csv"), *extra, stdout=out
    )
    return out.getvalue()


def refuse(command: str, tmp_path: Path, text: str) -> str:
    with pytest.raises(CommandError) as error:
        run(command, tmp_path, text)
    assert not (tmp_path / "uit.csv").exists()
    assert error.value.returncode == 1
    return str(error.value).removeprefix("De invoer is geweigerd; er is niets geschreven.\n")


def test_the_status_command_adds_seven_columns(tmp_path):
    run("leerplichtstatus", tmp_path, f"{HEADER}\n{GOOD}\n")

    assert (tmp_path / "uit.csv").read_text(encoding="utf-8") == (
        f"{HEADER},status,doorstroompunt_actief,verantwoordelijk,leerplicht_start,"
        "leerplicht_einde,kwalificatieplicht_start,kwalificatieplicht_einde\n"
        f"{GOOD},leerplichtig,,ouders+jongere,2015-06-01,2026-07-31,2026-08-01,2028-05-09\n"
    )


@pytest.mark.parametrize(
    ("soort", "status"),
    [
        ("mbo-2", "buiten_doelgroep"),
        ("mbo 4", "buiten_doelgroep"),
        ("havo", "buiten_doelgroep"),
        ("", "buiten_doelgroep"),
        ("mbo-1", "kwalificatieplichtig"),
        ("entree", "kwalificatieplichtig"),
        ("vmbo-gl/tl", "kwalificatieplichtig"),
    ],
)
def test_only_a_startkwalificatie_ends_the_duty(tmp_path, soort, status):
    row = f"L1,2009-04-04,2026-09-15,,,,mbo,,,2026-07-01,{soort},,,,,ja,,"

    run("leerplichtstatus", tmp_path, f"{HEADER}\n{row}\n")

    last = (tmp_path / "uit.csv").read_text(encoding="utf-8").splitlines()[1]
    assert last.split(",")[18] == status


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path):
    run("leerplichtstatus", tmp_path, "\ufeff" + f"{HEADER}\n{GOOD}\n".replace(",", ";"))

    last = (tmp_path / "uit.csv").read_text(encoding="utf-8").splitlines()[1]
    assert last.split(";")[18] == "leerplichtig"


def test_json_is_all_that_stands_on_stdout(tmp_path):
    out = run("leerplichtstatus", tmp_path, f"{HEADER}\n{GOOD}\n", "--json")

    assert json.loads(out) == {"rijen": 1, "uit": str(tmp_path / "uit.csv")}


def test_the_vsv_command_replaces_its_own_columns(tmp_path):
    source = (DATA / "vsv-cases.csv").read_text(encoding="utf-8")

    run("vsv", tmp_path, source)

    assert (tmp_path / "uit.csv").read_text(encoding="utf-8") == source


def test_an_empty_table_gives_an_empty_table(tmp_path):
    run("leerplichtstatus", tmp_path, f"{HEADER}\n")

    assert (tmp_path / "uit.csv").read_text(encoding="utf-8").count("\n") == 1


def test_every_fault_is_told_with_row_and_column(tmp_path):
    text = "\n".join(
        [
            HEADER,
            GOOD,
            "L2,2010-13-10,2026-05-10,,,,vo,,,,,,,,,ja,,",
            "L3,,2026-05-10,,,,vo,,,,,,,,,ja,,",
            "L4,2010-05-10,2026-05-10,,,,vo,,,,,,5_d,2026-01-01,,ja,,",
            "L5,2010-05-10,2026-05-10,2026-05-01,2026-04-01,,vo,,,,,,,,,ja,,",
        ]
    )

    assert refuse("leerplichtstatus", tmp_path, text).splitlines() == [
        "Rij 3 (L2): kolom geboortedatum: '2010-13-10' is geen datum (JJJJ-MM-DD).",
        "Rij 4 (L3): kolom geboortedatum: vul een datum in (JJJJ-MM-DD).",
        "Rij 5 (L4): kolom vrijstelling: '5_d' is geen grond. Kies uit 5_a, 5_b, 5_c, 5a, 15, "
        "3a, 3b, 11a, 11_a, 11_b, 11_c, 11_d, 11_e, 11_f, 11_g.",
        "Rij 6 (L5): kolom verblijf_tot: 2026-04-01 ligt voor verblijf_van 2026-05-01.",
    ]


@pytest.mark.parametrize(
    ("kolom", "cell", "sentence"),
    [
        ("geboortedatum", "20100510", "'20100510' is geen datum (JJJJ-MM-DD)."),
        ("geboortedatum", "2027-01-01", "2027-01-01 ligt na de peildatum 2026-05-10."),
        ("brp", "misschien", "'misschien' is geen ja of nee."),
        (
            "uitstroomprofiel",
            "werk",
            "'werk' is onbekend. Kies uit vervolgonderwijs, arbeidsmarktgericht, dagbesteding.",
        ),
        ("schooljaren_voltooid", "11,5", "'11.5' is geen heel getal."),
        ("schooljaren_voltooid", "-1", "'-1' moet een getal van 0 of hoger zijn."),
        ("schooljaren_voltooid", "30", "30 volledige schooljaren kan niet op deze leeftijd."),
        ("afwezig_weken", "veel", "'veel' is geen getal."),
        (
            "schoolvrij",
            "2025-12-20/2025-12-01",
            "'2025-12-20/2025-12-01' is geen periode (JJJJ-MM-DD/JJJJ-MM-DD).",
        ),
        (
            "startkwalificatie_soort",
            "zwemdiploma",
            "'zwemdiploma' is onbekend. Kies uit havo, hbo, ho, mbo2, mbo3, mbo4, vwo, wo.",
        ),
    ],
)
def test_a_wrong_cell_is_named(tmp_path, kolom, cell, sentence):
    cells = dict(zip(HEADER.split(","), GOOD.split(","), strict=True)) | {kolom: f'"{cell}"'}

    found = refuse("leerplichtstatus", tmp_path, f"{HEADER}\n{','.join(cells.values())}\n")

    assert found == f"Rij 2 (L1): kolom {kolom}: {sentence}"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Het bestand is leeg: de eerste regel moet de kolomnamen bevatten."),
        (
            HEADER.replace(",peildatum", "").replace(",schoolvrij", ""),
            "Deze kolommen ontbreken: peildatum, schoolvrij.",
        ),
        (f"{HEADER},id", "Deze kolommen staan er meer dan een keer: id."),
        (f"{HEADER}\n{GOOD},extra", "Rij 2: 19 waarden, verwacht 18."),
    ],
)
def test_a_wrong_file_is_refused(tmp_path, text, sentence):
    assert refuse("leerplichtstatus", tmp_path, text) == sentence


def test_a_missing_file_is_refused(tmp_path):
    source = tmp_path / "weg.csv"

    with pytest.raises(CommandError) as error:
        call_command("vsv", "--csv", str(source), "--uit", str(tmp_path / "uit.csv"))

    assert str(error.value).splitlines()[1] == (
        f"Het bestand {source} kan niet worden gelezen: het bestaat niet."
    )


def test_a_full_enough_target_keeps_its_old_text_on_refusal(tmp_path):
    target = tmp_path / "uit.csv"
    target.write_text("oud", encoding="utf-8")
    source = tmp_path / "in.csv"
    source.write_text(f"{HEADER}\n{GOOD.replace('2010-05-10', 'x')}\n", encoding="utf-8")

    with pytest.raises(CommandError):
        call_command("leerplichtstatus", "--csv", str(source), "--uit", str(target))

    assert target.read_text(encoding="utf-8") == "oud"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "uit.csv"]


@pytest.mark.parametrize("arguments", [(), ("--csv", "in.csv"), ("--uit", "uit.csv")])
def test_a_missing_argument_is_another_exit_code(arguments):
    with pytest.raises(CommandError) as error:
        call_command("leerplichtstatus", *arguments)

    assert error.value.returncode == 2
    assert str(error.value) == "Geef de invoer met --csv IN.csv en de uitvoer met --uit UIT.csv."
