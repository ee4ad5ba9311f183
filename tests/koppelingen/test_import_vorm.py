"""The form of a package: what is refused as a whole, and what is read."""

import json
import stat
import subprocess
import sys
import zipfile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from casework.models import Contactmoment, Jongere
from koppelingen.models import Bronsleutel, Inleesrun
from tests.koppelingen.pakketten import (
    EEN_JONGERE,
    JONGEREN,
    RIJK,
    as_files,
    geladen,
    lees,
    lees_in,
    make_map,
    make_zip,
    manifest_of,
)

pytestmark = pytest.mark.django_db


def geweigerd(pad, **opties) -> str:
    """The sentence with which a package is refused; nothing was loaded."""
    with pytest.raises(CommandError) as error:
        call_command("import_pakket", str(pad), **opties)
    assert error.value.returncode == 1
    assert Jongere.objects.count() == 0
    return str(error.value)


def test_every_file_and_column_loads(tmp_path):
    rapport = lees(make_zip(tmp_path / "rijk.zip", RIJK), wpg_akkoord="A. Boa")

    assert geladen(rapport) == {
        "gebruikers.csv": 2,
        "scholen.csv": 2,
        "jongeren.csv": 3,
        "relaties.csv": 1,
        "adressen.csv": 3,
        "inschrijvingen.csv": 2,
        "diplomas.csv": 1,
        "werkprocessen.csv": 3,
        "werkproces_stappen.csv": 2,
        "verzuimmeldingen.csv": 3,
        "verzuimdagen.csv": 2,
        "contactmomenten.csv": 2,
        "vrijstellingen.csv": 1,
        "verlof.csv": 1,
        "halt.csv": 1,
        "processen_verbaal.csv": 1,
        "trajecten.csv": 2,
        "trajectfasen.csv": 1,
        "contactpogingen.csv": 1,
        "plannen.csv": 1,
        "vsv_duo.csv": 2,
        "documenten.csv": 2,
    }
    assert rapport["afgekeurde_rijen"] == []


@pytest.mark.parametrize(
    ("bestanden", "zin"),
    [
        (
            {"jongeren": EEN_JONGERE.replace("voornamen", "Voornaam")},
            "jongeren.csv: kolom 'Voornaam' is onbekend. Een eigen kolom begint met x_.",
        ),
        (
            {"jongeren": "bron_id;achternaam\nj1;Jansen\n"},
            "jongeren.csv: de verplichte kolom 'geboortedatum' ontbreekt.",
        ),
        (
            {"jongeren": "achternaam;geboortedatum\nJansen;2010-05-01\n"},
            "jongeren.csv: de verplichte kolom 'bron_id' ontbreekt.",
        ),
        (
            {"jongeren": "bron_id;achternaam;geboortedatum;bsn;bsn\nj1;J;2010-05-01;;\n"},
            "jongeren.csv: kolom 'bsn' staat twee keer in de kop.",
        ),
        ({"jongeren": ""}, "jongeren.csv: de kopregel ontbreekt of is onleesbaar."),
        (
            {"jongeren": b"\xef\xbb\xbf" + EEN_JONGERE.encode()},
            "jongeren.csv begint met een BOM. Bewaar het als UTF-8 zonder BOM.",
        ),
        (
            {"jongeren": EEN_JONGERE.replace("Jansen", "Çelik").encode("cp1252")},
            "jongeren.csv is geen UTF-8 (na regel 0). Bewaar het bestand als UTF-8;"
            " Windows-1252 en Latin-1 worden niet gelezen.",
        ),
        (
            {"jongeren": EEN_JONGERE + 'j2;;;"De Wit;Kim;2010-05-01;0637\n'},
            "jongeren.csv: een aanhalingsteken is geopend en nooit gesloten.",
        ),
        (
            {"jongeren": EEN_JONGERE, "adressen": "bron_id;straat\na1;Kade\n"},
            "adressen.csv: een van de kolommen jongere_id en relatie_id moet er zijn.",
        ),
        (
            {
                "jongeren": EEN_JONGERE,
                "verzuimdagen": "bron_id;melding_id;datum\n1;m1;2025-01-01\n",
            },
            "verzuimdagen.csv: kolom 'bron_id' is onbekend. Een eigen kolom begint met x_.",
        ),
        (
            {"readme.txt": "niets"},
            "Dit is geen pakket: er zit geen enkel bekend CSV-bestand in.",
        ),
    ],
)
def test_a_wrong_form_refuses_the_package(tmp_path, bestanden, zin):
    pad = make_map(tmp_path / "pakket", bestanden)

    assert geweigerd(pad) == f"Het pakket is geweigerd. {zin}"
    assert Inleesrun.objects.get().status == "geweigerd"
    assert Inleesrun.objects.get().melding == zin


def test_a_header_error_in_the_last_file_loads_nothing_of_the_first(tmp_path):
    pad = make_map(tmp_path / "p", {"jongeren": EEN_JONGERE, "vsv_duo": "gebied;jaar\nx;y\n"})

    assert "vsv_duo.csv: kolom 'gebied' is onbekend" in geweigerd(pad)


def test_crlf_column_order_quotes_and_line_breaks(tmp_path):
    kop = "geboortedatum;opmerking;achternaam;bron_id\r\n"
    text = kop + '2010-05-01;"een\r\ntwee; ""drie""";"D;W";j1\r\n'

    rapport = lees_in(tmp_path, jongeren=text)

    jongere = Jongere.objects.get()
    assert rapport["totaal"]["geladen"] == 1
    assert (jongere.achternaam, jongere.opmerking) == ("D;W", 'een\r\ntwee; "drie"')


def test_own_columns_stay_with_the_row(tmp_path):
    lees_in(
        tmp_path,
        jongeren="bron_id;achternaam;geboortedatum;x_kast;x_leeg\nj1;Jansen;2010-05-01;A-12;\n",
    )

    assert Bronsleutel.objects.get().extra == {"x_kast": "A-12"}


@pytest.mark.parametrize(
    ("waarde", "datum", "precisie"),
    [
        ("2010-05-17", "2010-05-17", "D"),
        ("2010-05", "2010-05-01", "M"),
        ("2010", "2010-01-01", "J"),
    ],
)
def test_incomplete_birth_date(tmp_path, waarde, datum, precisie):
    lees_in(tmp_path, jongeren=f"bron_id;achternaam;geboortedatum\nj1;Jansen;{waarde}\n")

    jongere = Jongere.objects.get()
    assert (str(jongere.geboortedatum), jongere.geboortedatum_precisie) == (datum, precisie)


@pytest.mark.parametrize(
    ("waarde", "utc"),
    [
        ("2023-10-05", "2023-10-05T10:00:00+00:00"),  # a date alone: noon in Amsterdam
        ("2023-12-05", "2023-12-05T11:00:00+00:00"),
        ("2023-10-05T23:30:00+00:00", "2023-10-05T23:30:00+00:00"),
        ("2023-10-05T08:00:00Z", "2023-10-05T08:00:00+00:00"),
    ],
)
def test_moments(tmp_path, waarde, utc):
    lees_in(
        tmp_path,
        jongeren=EEN_JONGERE,
        contactmomenten=f"bron_id;jongere_id;datum;kanaal\nc1;j1;{waarde};MAIL\n",
    )

    assert Contactmoment.objects.get().datum.isoformat() == utc


# Manifest


def test_a_missing_manifest_is_a_warning_and_strikt_refuses(tmp_path):
    pad = make_map(tmp_path / "pakket", {"jongeren": EEN_JONGERE})
    (pad / "manifest.json").unlink()

    assert "manifest.json ontbreekt" in geweigerd(pad, strikt=True)
    rapport = lees(pad)

    assert rapport["waarschuwingen"] == [
        "manifest.json ontbreekt: aantallen en hashes zijn niet te controleren."
    ]
    assert rapport["bronsysteem"] == "zonder manifest: pakket"
    assert rapport["totaal"]["geladen"] == 1


def test_a_wrong_hash_refuses(tmp_path):
    pad = make_map(tmp_path / "pakket", {"jongeren": EEN_JONGERE})
    (pad / "jongeren.csv").write_text(EEN_JONGERE.replace("Jansen", "Jensen"))

    assert geweigerd(pad).endswith(
        "jongeren.csv is niet het bestand dat manifest.json noemt: de sha256 is anders."
    )


def test_a_file_of_the_manifest_that_is_missing_refuses(tmp_path):
    files = as_files({"jongeren": EEN_JONGERE, "scholen": "bron_id;naam\ns1;School\n"})
    pad = make_map(
        tmp_path / "pakket",
        {"jongeren": EEN_JONGERE, "manifest.json": manifest_of(files)},
    )

    assert "manifest.json noemt scholen.csv" in geweigerd(pad)


@pytest.mark.parametrize(
    ("manifest", "zin"),
    [
        (b"{", "manifest.json is geen leesbare JSON in UTF-8."),
        (b"[]", "manifest.json moet een JSON-object zijn."),
        (b'{"pakketversie": 2, "bronsysteem": "x"}', "heeft pakketversie 2"),
        (b'{"pakketversie": 1}', "vul bronsysteem in"),
        (b'{"pakketversie": 1, "bronsysteem": "x", "bestanden": [1]}', "niet de vorm"),
    ],
)
def test_a_wrong_manifest_refuses(tmp_path, manifest, zin):
    pad = make_map(tmp_path / "pakket", {"jongeren": EEN_JONGERE, "manifest.json": manifest})

    assert zin in geweigerd(pad)


def test_the_number_of_rows_is_compared_with_the_manifest(tmp_path):
    files = as_files({"jongeren": EEN_JONGERE})
    manifest = json.loads(manifest_of(files))
    manifest["bestanden"][0]["rijen"] = 3
    pad = make_map(tmp_path / "p", {"jongeren": EEN_JONGERE, "manifest.json": json.dumps(manifest)})

    assert "anders dan in het manifest: jongeren.csv" in geweigerd(pad, strikt=True)
    rapport = lees(pad)

    assert rapport["aansluiting"]["rijen"] == [
        {
            "bestand": "jongeren.csv",
            "manifest": 3,
            "gelezen": 1,
            "in_systeem": 1,
            "quarantaine": 0,
            "weggelaten_wpg": 0,
            "verschil": 2,
        }
    ]


def test_figures_of_the_manifest_are_compared(tmp_path):
    aantallen = [
        {"indicator": "verzuim_meldingen", "gebied": "0637", "schooljaar": "2025-2026", "dim": {}}
    ]
    pad = make_map(
        tmp_path / "p",
        {
            "jongeren": EEN_JONGERE,
            "verzuimmeldingen": "bron_id;jongere_id;soort;melddatum;status\n"
            "m1;j1;V3;2025-10-01;B\nm2;j1;O;2025-10-02;B\n",
        },
        aantallen=[row | {"waarde": 3} for row in aantallen],
    )

    rapport = lees(pad)

    assert rapport["aansluiting"]["cijfers"] == [
        aantallen[0] | {"manifest": 3, "berekend": 2, "verschil": -1}
    ]


# Zip and folder


@pytest.mark.parametrize("naam", ["../jongeren.csv", "/etc/jongeren.csv", "a/../../b", "c:\\x.csv"])
def test_a_zip_that_climbs_out_is_refused(tmp_path, naam):
    pad = make_zip(tmp_path / "p.zip", {"jongeren": EEN_JONGERE})
    with zipfile.ZipFile(pad, "a") as archive:
        archive.writestr(zipfile.ZipInfo(naam), b"x")

    assert "De zip bevat een pad dat niet mag" in geweigerd(pad)


def test_a_link_in_a_zip_is_refused(tmp_path):
    pad = make_zip(tmp_path / "p.zip", {"jongeren": EEN_JONGERE})
    info = zipfile.ZipInfo("documenten/wachtwoorden")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(pad, "a") as archive:
        archive.writestr(info, "/etc/passwd")

    assert "is een koppeling of geen gewoon bestand" in geweigerd(pad)


def test_a_link_in_a_folder_is_refused(tmp_path):
    pad = make_map(tmp_path / "p", {"jongeren": EEN_JONGERE})
    (pad / "documenten").mkdir()
    (pad / "documenten" / "x").symlink_to("/etc/passwd")

    assert "documenten/x is een koppeling (link); dat mag niet." in geweigerd(pad)


def test_a_zip_bomb_is_refused(tmp_path):
    pad = make_zip(tmp_path / "p.zip", {"jongeren": EEN_JONGERE})
    with zipfile.ZipFile(pad, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("documenten/leeg", b"\0" * (120 << 20))

    assert "dit lijkt een zipbom" in geweigerd(pad)


def test_no_zip_and_no_path(tmp_path):
    (tmp_path / "p.zip").write_bytes(b"geen zip")

    assert "Dit bestand is geen leesbare zip." in geweigerd(tmp_path / "p.zip")
    assert "Er is geen map of zip op" in geweigerd(tmp_path / "nergens")


def test_a_damaged_zip_is_refused(tmp_path):
    namen = "".join(f"j{n};;;Jansen{n};Sam;2010-05-01;0637\n" for n in range(3000))
    pad = make_zip(tmp_path / "p.zip", {"jongeren": JONGEREN + namen})
    data = bytearray(pad.read_bytes())
    data[200:210] = b"x" * 10
    pad.write_bytes(bytes(data))

    assert "De zip is beschadigd" in geweigerd(pad)


def test_a_zipped_folder_is_read(tmp_path):
    pad = tmp_path / "p.zip"
    files = as_files({"jongeren": EEN_JONGERE})
    with zipfile.ZipFile(pad, "w") as archive:
        for naam, data in (files | {"manifest.json": manifest_of(files)}).items():
            archive.writestr(f"migratie/{naam}", data)

    assert lees(pad)["totaal"]["geladen"] == 1


# The command


def test_proef_counts_and_writes_nothing(tmp_path):
    pad = make_map(tmp_path / "p", RIJK)

    rapport = lees(pad, proef=True)

    assert rapport["proef"] is True
    assert rapport["totaal"]["geladen"] == 36  # all 39 rows but three of regime Wpg
    assert Jongere.objects.count() == Bronsleutel.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_gebeurtenis")
        assert cursor.fetchone() == (0,)


def test_report_file_and_sentences(tmp_path, capsys):
    pad = make_map(
        tmp_path / "p", {"jongeren": EEN_JONGERE + "j2;123456789;;Wit;Kim;2010-05-01;0637\n"}
    )

    call_command("import_pakket", str(pad), rapport=tmp_path / "r.json")

    rapport = json.loads((tmp_path / "r.json").read_text())
    assert rapport["bestanden"]["jongeren.csv"] == {
        "gelezen": 2,
        "geladen": 1,
        "bijgewerkt": 0,
        "ongewijzigd": 0,
        "quarantaine": 1,
        "weggelaten_wpg": 0,
    }
    assert rapport["afgekeurde_rijen"] == [
        {
            "bestand": "jongeren.csv",
            "rij": 3,
            "bron_id": "j2",
            "kolom": "bsn",
            "waardesoort": "9 cijfers",
            "reden": "Dit is geen geldig BSN: negen cijfers die door de elfproef komen.",
        }
    ]
    out = capsys.readouterr().out
    assert "jongeren.csv: gelezen 2, geladen 1, bijgewerkt 0" in out
    assert "123456789" not in out + json.dumps(rapport)


def test_wrong_arguments_give_exit_code_2():
    result = subprocess.run(
        [sys.executable, "manage.py", "import_pakket"], capture_output=True, text=True, check=False
    )

    assert result.returncode == 2
