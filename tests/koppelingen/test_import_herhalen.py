"""Reading again updates what changed and leaves the rest; interrupted is not begun."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.db import connection

from accounts.models import Gebeurtenis
from casework.models import Contactmoment, Document, Inschrijving, Jongere, School
from casework.models import Verzuimmelding as Melding
from doorstroompunt.models import VsvCijfer
from koppelingen.models import Bronsleutel, Inleesrun
from leerplicht.models import ProcesVerbaal, Vrijstelling
from tests.factories import SchoolFactory
from tests.koppelingen.pakketten import (
    DOCUMENT,
    EEN_JONGERE,
    JONGEREN,
    MELDINGEN,
    RIJK,
    SCHOOL,
    database_url,
    lees,
    lees_in,
    make_map,
)

pytestmark = pytest.mark.django_db


def database_text() -> dict[str, list[str]]:
    """All rows of the tables that a package fills."""
    tables = [
        t
        for t in connection.introspection.table_names()
        if t.split("_")[0] in {"casework", "leerplicht", "doorstroompunt"}
    ] + ["koppelingen_bronsleutel", "accounts_gebruiker"]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")
            found[table] = [row[0] for row in cursor.fetchall()]
    return found


def test_the_same_package_twice_changes_nothing(tmp_path):
    pad = make_map(tmp_path / "p", RIJK)
    lees(pad, wpg_akkoord="A. Boa")
    before, events = database_text(), Gebeurtenis.objects.filter(actie="pakket.ingelezen").count()

    rapport = lees(pad, wpg_akkoord="A. Boa")

    assert rapport["totaal"] == {
        "gelezen": 39,
        "geladen": 0,
        "bijgewerkt": 0,
        "ongewijzigd": 39,
        "quarantaine": 0,
        "weggelaten_wpg": 0,
    }
    assert database_text() == before
    assert Gebeurtenis.objects.filter(actie="pakket.ingelezen").count() == events


def test_the_same_package_twice_without_agreement_changes_nothing_either(tmp_path):
    pad = make_map(tmp_path / "p", RIJK)
    lees(pad)
    before = database_text()

    rapport = lees(pad)

    assert rapport["totaal"]["ongewijzigd"] == 36
    assert rapport["totaal"]["bijgewerkt"] == 0
    assert database_text() == before


def test_a_changed_row_updates_its_record(tmp_path):
    rijen = "m1;j1;V3;2023-10-01;;B;;\nm2;j1;V3;2023-10-02;;B;;\n"
    lees_in(tmp_path, jongeren=EEN_JONGERE, verzuimmeldingen=MELDINGEN + rijen)
    before = set(Melding.objects.values_list("pk", "uuid"))

    rapport = lees_in(
        tmp_path,
        jongeren=EEN_JONGERE.replace("Sam", "Samuel"),
        verzuimmeldingen=MELDINGEN
        + rijen.replace("m2;j1;V3;2023-10-02;;B", "m2;j1;O;2023-10-03;;G"),
    )

    assert set(Melding.objects.values_list("pk", "uuid")) == before
    assert sorted(Melding.objects.values_list("soort", "status")) == [("O", "G"), ("V3", "B")]
    assert Jongere.objects.get().zoeknaam == "samuel jansen"
    assert rapport["totaal"]["bijgewerkt"] == 2
    assert rapport["totaal"]["ongewijzigd"] == 1


def test_a_column_that_is_absent_keeps_its_value(tmp_path):
    lees_in(tmp_path, jongeren=EEN_JONGERE)

    lees_in(tmp_path, jongeren="bron_id;achternaam;geboortedatum\nj1;Janssen;2010-05-01\n")

    jongere = Jongere.objects.get()
    assert (jongere.achternaam, jongere.voornamen, jongere.bsn) == ("Janssen", "Sam", "910000001")


def test_the_order_of_columns_makes_no_difference(tmp_path):
    lees_in(tmp_path, scholen="bron_id;naam;brin\ns1;School;00ZZ\n")

    rapport = lees_in(tmp_path, scholen="brin;bron_id;naam;plaats\n00ZZ;s1;School;\n")

    assert rapport["totaal"]["ongewijzigd"] == 1


def test_a_reference_may_lead_to_an_earlier_package_of_the_same_system(tmp_path):
    lees_in(tmp_path, jongeren=EEN_JONGERE, scholen=SCHOOL)

    rapport = lees_in(tmp_path, verzuimmeldingen=MELDINGEN + "m1;j1;V3;2023-10-01;;B;;\n")

    assert rapport["totaal"]["geladen"] == 1
    assert Melding.objects.get().jongere.achternaam == "Jansen"


def test_a_known_vestiging_is_joined_and_kept(tmp_path):
    school = SchoolFactory(vestigingscode="00ZZ01", naam="Officiële naam")

    lees_in(
        tmp_path,
        scholen=SCHOOL + "s2;Dezelfde school;00ZZ;00ZZ01\ns3;Nieuw;00ZZ;00ZZ02\n"
        "s4;Weer nieuw;00ZZ;00ZZ02\n",
        jongeren=EEN_JONGERE,
        inschrijvingen="bron_id;jongere_id;school_id;onderwijssoort;begindatum\n"
        "i1;j1;s1;HAVO;2023-08-01\ni2;j1;s2;HAVO;2023-08-01\ni3;j1;s4;HAVO;2023-08-01\n",
    )

    assert sorted(School.objects.values_list("naam", "vestigingscode")) == [
        ("Nieuw", "00ZZ02"),
        ("Officiële naam", "00ZZ01"),
    ]
    scholen = Inschrijving.objects.order_by("pk").values_list("school__naam", flat=True)
    assert list(scholen) == [school.naam, school.naam, "Nieuw"]


def test_a_published_figure_is_replaced_not_doubled(tmp_path):
    kop = "gebied_soort;gebied_naam;schooljaar;vsv;status;publicatie\n"
    lees_in(tmp_path, vsv_duo=kop + "land;Nederland;2022-2023;100;voorlopig;2024-01-01\n")

    lees_in(
        tmp_path,
        vsv_duo=kop + "land;Nederland;2022-2023;101;voorlopig;2024-01-01\n"
        "land;Nederland;2022-2023;99;definitief;2024-11-01\n",
    )

    assert sorted(VsvCijfer.objects.values_list("vsv", "status")) == [
        (99, "definitief"),
        (101, "voorlopig"),
    ]


# Police data


def test_without_agreement_police_data_stay_out_and_are_counted(tmp_path):
    rapport = lees(make_map(tmp_path / "p", RIJK))

    weggelaten = {n: t["weggelaten_wpg"] for n, t in rapport["bestanden"].items()}
    assert {n: aantal for n, aantal in weggelaten.items() if aantal} == {
        "werkprocessen.csv": 1,
        "werkproces_stappen.csv": 1,
        "processen_verbaal.csv": 1,
    }
    assert rapport["totaal"]["quarantaine"] == 0
    assert ProcesVerbaal.objects.count() == 0
    # The melding itself is no police data: it is here, without its werkproces.
    assert Melding.objects.get(soort="L").werkproces is None


def test_a_second_reading_with_agreement_completes_it(tmp_path):
    pad = make_map(tmp_path / "p", RIJK)
    lees(pad)

    rapport = lees(pad, wpg_akkoord="A. Boa")

    assert rapport["totaal"]["geladen"] == 3
    assert Melding.objects.get(soort="L").werkproces.regime == "WPG"
    assert ProcesVerbaal.objects.get().werkproces.soort == "LUXE"


def test_a_contact_in_a_police_werkproces_is_police_data(tmp_path):
    contact = "bron_id;jongere_id;werkproces_id;datum;kanaal\nc1;j1;w3;2023-11-05;GESPREK\n"
    bestanden = {
        "gebruikers": RIJK["gebruikers"],
        "jongeren": RIJK["jongeren"],
        "werkprocessen": RIJK["werkprocessen"],
        "contactmomenten": contact,
    }

    rapport = lees_in(tmp_path, **bestanden)
    assert rapport["bestanden"]["contactmomenten.csv"]["weggelaten_wpg"] == 1
    lees(make_map(tmp_path / "met", bestanden), wpg_akkoord="A. Boa")

    assert Contactmoment.objects.get().regime == "WPG"


# Documents


def test_documents_are_stored_once(tmp_path, settings):
    pad = make_map(tmp_path / "p", RIJK)
    lees(pad)
    lees(pad)

    stored = [p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()]
    assert [p.read_bytes() for p in stored] == [DOCUMENT, DOCUMENT]
    documenten = Document.objects.order_by("bestandsnaam")
    assert [d.taak for d in documenten] == ["doorstroompunt", "leerplicht"]
    assert documenten[0].traject_koppeling.traject.soort == "VSV"


@pytest.mark.parametrize(
    ("van", "naar", "kolom"),
    [
        (f";{len(DOCUMENT)};", ";19;", "bytes"),
        ("a/verslag.pdf;", "a/weg.pdf;", "pad"),
    ],
)
def test_a_document_that_is_not_as_said_is_refused(tmp_path, van, naar, kolom):
    bestanden = RIJK | {"documenten": str(RIJK["documenten"]).replace(van, naar, 1)}

    rapport = lees(make_map(tmp_path / "p", bestanden))

    assert [r["kolom"] for r in rapport["afgekeurde_rijen"]] == [kolom]
    assert Document.objects.count() == 1


def test_a_dry_run_and_a_refusal_store_no_documents(tmp_path, settings):
    lees(make_map(tmp_path / "p", RIJK), proef=True)

    assert not settings.MEDIA_ROOT.exists() or not any(settings.MEDIA_ROOT.rglob("*-*"))


def test_documents_of_a_failed_run_are_removed(tmp_path, settings, monkeypatch):
    from koppelingen.pakket import afronden

    def fail(*args, **kwargs):
        raise RuntimeError("stroom weg")

    monkeypatch.setattr(afronden, "open_dossiers", fail)
    with pytest.raises(RuntimeError):
        lees(make_map(tmp_path / "p", RIJK))

    assert [p for p in settings.MEDIA_ROOT.rglob("*") if p.is_file()] == []
    assert Jongere.objects.count() == 0
    assert Inleesrun.objects.get().status == "mislukt"


# All or nothing


@pytest.mark.django_db(transaction=True)
def test_killed_halfway_nothing_and_a_second_try_everything(tmp_path):
    """The process is killed by force while it loads; PostgreSQL rolls back."""
    jongeren = "".join(f"j{n};;;Jansen{n};Sam;2010-05-01;0637\n" for n in range(30_000))
    meldingen = "".join(f"m{n};j{n};V3;2023-10-01;;B;;\n" for n in range(30_000))
    pad = make_map(
        tmp_path / "p", {"jongeren": JONGEREN + jongeren, "verzuimmeldingen": MELDINGEN + meldingen}
    )
    env = os.environ | {"DATABASE_URL": database_url()}
    command = [sys.executable, "manage.py", "import_pakket", str(pad)]
    process = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL)
    seen = ""
    deadline = time.monotonic() + 120
    while "verzuimmeldingen" not in seen and process.poll() is None:
        run = Inleesrun.objects.first()
        seen = run.stap if run else ""
        assert time.monotonic() < deadline
        time.sleep(0.02)

    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    # The progress was seen from outside while nothing was committed.
    assert seen == "verzuimmeldingen.csv"
    _wait_for_rollback()
    assert (Jongere.objects.count(), Bronsleutel.objects.count()) == (0, 0)

    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stderr
    assert (Jongere.objects.count(), Melding.objects.count()) == (30_000, 30_000)
    assert Vrijstelling.objects.count() == 0


def _wait_for_rollback() -> None:
    """Until the backend of the killed process is gone."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state LIKE '%transaction%' OR state = 'active'"
                " AND pid <> pg_backend_pid() AND datname = current_database()"
            )
            if cursor.fetchone() == (0,):
                return
        time.sleep(0.05)
    raise AssertionError("De afgebroken verbinding blijft bestaan.")
