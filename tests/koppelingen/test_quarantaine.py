"""Refused rows: look, correct, drop, offer again."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from casework.models import Document, Jongere, Verzuimmelding
from koppelingen.domain.inlezen import perform_upload
from koppelingen.models import Inleesrun, Quarantaine
from koppelingen.tasks import forget_packages
from tests.factories import GemeenteFactory, make_gebruiker
from tests.koppelingen.pakketten import BSN1, JONGEREN, MELDINGEN, RIJK
from tests.koppelingen.test_pakketscherm import DAG, read, zip_of

pytestmark = pytest.mark.django_db

FOUT = JONGEREN + f"j1;{BSN1};;Jansen;Sam;2010-13-01;0637\nj2;;;De Wit;Kim;2011-02-03;0637\n"
MELDING = MELDINGEN + "m1;j1;V3;2023-10-02;;B;;\nm2;j2;V3;2023-10-03;;B;;\n"
BESTANDEN: dict[str, str | bytes] = {"jongeren": FOUT, "verzuimmeldingen": MELDING}


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def beheerder(gemeente):
    return make_gebruiker(("beheer", "leidinggevende"), gemeente=gemeente)


@pytest.fixture
def scherm(client, beheerder):
    client.force_login(beheerder)
    return client


@pytest.fixture
def run(scherm, tmp_path) -> Inleesrun:
    return read(scherm, zip_of(tmp_path, BESTANDEN))


def row(bestand: str) -> Quarantaine:
    return Quarantaine.objects.open().filter(bestand=bestand).first()


def url_of(rij: Quarantaine) -> str:
    return f"{rij.run.get_absolute_url()}quarantaine/{rij.pk}/"


def cells(scherm, rij: Quarantaine) -> dict[str, str]:
    form = scherm.get(url_of(rij)).context["form"]
    return {naam: form[naam].value() or "" for naam in form.fields}


def follow(run: Inleesrun) -> Inleesrun:
    """The run that offers rows of this run again, done."""
    later = run.vervolgen.first()
    perform_upload(later.pk, DAG)
    later.refresh_from_db()
    return later


def test_the_list_names_file_row_column_and_reason(scherm, run):
    page = scherm.get(f"{run.get_absolute_url()}quarantaine/").content.decode()

    assert "jongeren, rij 2" in page
    assert "Deze datum bestaat niet." in page
    assert "is zelf afgekeurd" in page
    een = scherm.get(f"{run.get_absolute_url()}quarantaine/?bestand=jongeren").content.decode()
    assert "verzuimmeldingen, rij 2" not in een


def test_correct_one_row_and_offer_all_again(scherm, run):
    rij = row("jongeren")
    goed = cells(scherm, rij) | {"geboortedatum": "2010-12-01"}

    scherm.post(url_of(rij), goed)
    rij.refresh_from_db()
    assert rij.stand == ("Hersteld", "info")
    response = scherm.post(f"{run.get_absolute_url()}aanbieden/")
    later = follow(run)

    assert response.url == later.get_absolute_url()
    assert (later.status, later.rapport["totaal"]["geladen"]) == ("klaar", 2)
    jongere = Jongere.objects.with_bsn(BSN1).get()
    assert jongere.geboortedatum == date(2010, 12, 1)
    # The melding that went with it found its jongere.
    assert Verzuimmelding.objects.filter(jongere=jongere).count() == 1
    assert not Quarantaine.objects.open().exists()
    assert (
        "Niets meer te doen" in scherm.get(f"{run.get_absolute_url()}quarantaine/").content.decode()
    )


def test_save_and_offer_one_row_at_once(scherm, run):
    rij = row("jongeren")
    goed = cells(scherm, rij) | {"geboortedatum": "2010-12-01", "opnieuw": "1"}

    scherm.post(url_of(rij), goed)
    later = follow(run)

    assert later.rapport["totaal"]["gelezen"] == 1
    assert Jongere.objects.count() == 2
    # The row that followed it still waits.
    assert row("verzuimmeldingen") is not None


@pytest.mark.parametrize(
    ("cel", "waarde", "zin"),
    [
        ("geboortedatum", "1-2-2010", "vorm JJJJ-MM-DD"),
        ("geboortedatum", "", "is verplicht"),
        ("bsn", "123456789", "elfproef"),
        ("gemeentecode", "Zoetermeer", "vier cijfers"),
        ("bron_id", "", "is verplicht"),
        ("achternaam", "x" * 201, "langer dan 200"),
    ],
)
def test_a_wrong_cell_is_told_at_the_cell_and_nothing_is_lost(scherm, run, cel, waarde, zin):
    rij = row("jongeren")
    fout = cells(scherm, rij) | {"geboortedatum": "2010-12-01", "voornamen": "Samira", cel: waarde}

    response = scherm.post(url_of(rij), fout)

    form = response.context["form"]
    assert zin in form.errors[cel][0]
    assert form["voornamen"].value() == "Samira"
    rij.refresh_from_db()
    assert rij.gewijzigd_op is None


def test_still_wrong_comes_back_in_the_quarantine_of_the_new_run(scherm, run):
    scherm.post(f"{run.get_absolute_url()}aanbieden/")
    later = follow(run)

    assert later.rapport["totaal"] == later.rapport["totaal"] | {"gelezen": 2, "quarantaine": 2}
    assert {r.run_id for r in Quarantaine.objects.open()} == {later.pk}
    # And from there once more.
    rij = later.quarantaine.get(bestand="jongeren")
    scherm.post(url_of(rij), cells(scherm, rij) | {"geboortedatum": "2010-12-01"})
    scherm.post(f"{later.get_absolute_url()}aanbieden/")
    assert follow(later).rapport["totaal"]["geladen"] == 2


def test_a_refused_run_gives_the_rows_back(scherm, run, monkeypatch):
    from koppelingen.pakket import afronden

    def fail(*args, **kwargs):
        raise RuntimeError("stroom weg")

    scherm.post(f"{run.get_absolute_url()}aanbieden/")
    assert not Quarantaine.objects.open().exists()
    monkeypatch.setattr(afronden, "open_dossiers", fail)
    with pytest.raises(RuntimeError):
        follow(run)

    assert Quarantaine.objects.open().filter(run=run).count() == 2
    assert Inleesrun.objects.first().status == "mislukt"


def test_a_row_is_dropped_with_a_reason(scherm, run):
    rij = row("jongeren")

    scherm.post(f"{url_of(rij)}vervallen/", {"reden": ""})
    rij.refresh_from_db()
    assert rij.is_open
    scherm.post(f"{url_of(rij)}vervallen/", {"reden": "Testpersoon van de leverancier"})

    rij.refresh_from_db()
    assert rij.stand == ("Vervallen", "neutral")
    event = Gebeurtenis.objects.get(actie="quarantaine.vervallen")
    assert (event.reden, event.gegevens["rijnummer"]) == ("Testpersoon van de leverancier", 2)
    # Once dropped it is not changed any more.
    response = scherm.post(url_of(rij), {"bron_id": "j1"}, follow=True)
    assert "niet (meer) herstellen" in response.content.decode()
    scherm.post(f"{run.get_absolute_url()}aanbieden/")
    assert follow(run).rapport["totaal"]["gelezen"] == 1


def test_looking_and_changing_leave_a_trace_without_the_values(scherm, run, beheerder):
    rij = row("jongeren")
    scherm.post(url_of(rij), cells(scherm, rij) | {"geboortedatum": "2010-12-01"})

    seen = Gebeurtenis.objects.filter(actie="quarantaine.bekeken", gebruiker=beheerder)
    assert seen.exists()
    event = Gebeurtenis.objects.get(actie="quarantaine.gewijzigd")
    assert event.gegevens == {
        "bestand": "jongeren",
        "rijnummer": 2,
        "kolommen": ["geboortedatum"],
    }
    assert BSN1 not in str(list(Gebeurtenis.objects.values()))


def test_a_corrected_row_is_stored_encrypted(scherm, run):
    rij = row("jongeren")
    scherm.post(url_of(rij), cells(scherm, rij) | {"geboortedatum": "2010-12-01"})

    rij.refresh_from_db()
    assert list(rij.rij) == ["versleuteld"]
    assert BSN1 not in str(rij.rij)


def test_a_second_row_with_one_key_never_overwrites_the_first(scherm, tmp_path):
    dubbel = JONGEREN + "j1;;;Eerste;Sam;2010-05-01;0637\nj1;;;Tweede;Kim;2011-05-01;0637\n"
    run = read(scherm, zip_of(tmp_path, {"jongeren": dubbel}))

    scherm.post(f"{run.get_absolute_url()}aanbieden/")
    assert not run.vervolgen.exists()
    rij = row("jongeren")
    scherm.post(url_of(rij), cells(scherm, rij) | {"bron_id": "j9", "opnieuw": "1"})
    follow(run)

    assert sorted(Jongere.objects.values_list("achternaam", flat=True)) == ["Eerste", "Tweede"]


def test_codes_of_the_other_system_are_still_translated(scherm, tmp_path):
    bestanden: dict[str, str | bytes] = {
        "codemapping": "lijst;bron_code;doel_code\nsoort;SPIJBELEN;V3\n",
        "jongeren": FOUT,
        "verzuimmeldingen": MELDINGEN + "m1;j1;SPIJBELEN;2023-10-02;;B;;\n",
    }
    run = read(scherm, zip_of(tmp_path, bestanden))
    rij = row("jongeren")
    scherm.post(url_of(rij), cells(scherm, rij) | {"geboortedatum": "2010-12-01"})

    scherm.post(f"{run.get_absolute_url()}aanbieden/")
    follow(run)

    assert Verzuimmelding.objects.get().soort == "V3"


def test_a_wrong_translation_is_shown_and_mended_in_the_package(scherm, tmp_path):
    mapping = "lijst;bron_code;doel_code\nsoort;SPIJBELEN;V99\n"
    read(scherm, zip_of(tmp_path, {"codemapping": mapping, "jongeren": FOUT}))
    rij = row("codemapping")

    page = scherm.get(url_of(rij)).content.decode()
    assert "in codemapping.csv zelf" in page
    assert "SPIJBELEN" in page
    response = scherm.post(url_of(rij), {"doel_code": "V3"}, follow=True)
    assert "niet (meer) herstellen" in response.content.decode()


def test_a_document_of_a_refused_row_is_still_there(scherm, tmp_path, settings):
    tekst = str(RIJK["documenten"]).replace(";VERSLAG;", ";VERSLAGJE;", 1)
    run = read(scherm, zip_of(tmp_path, RIJK | {"documenten": tekst}))
    rij = row("documenten")
    assert rij is not None
    voor = Document.objects.count()

    goed = cells(scherm, rij) | {"soort": "VERSLAG", "opnieuw": "1"}
    scherm.post(url_of(rij), goed)
    later = follow(run)

    assert later.rapport["totaal"]["geladen"] == 1, later.rapport
    assert Document.objects.count() == voor + 1


def test_rows_of_a_dry_run_are_only_looked_at(scherm, tmp_path):
    proef = read(scherm, zip_of(tmp_path, BESTANDEN), "proef")
    rij = row("jongeren")

    page = scherm.get(url_of(rij)).content.decode()
    assert "Opslaan en opnieuw aanbieden" not in page
    scherm.post(f"{proef.get_absolute_url()}aanbieden/")
    assert Inleesrun.objects.count() == 1


def test_rows_that_are_done_with_are_forgotten_after_a_week(scherm, run, tmp_path):
    rij = row("jongeren")
    scherm.post(f"{url_of(rij)}vervallen/", {"reden": "Testpersoon"})
    read(scherm, zip_of(tmp_path, BESTANDEN), "proef")
    forget_packages()
    assert Quarantaine.objects.count() == 4

    Quarantaine.objects.filter(pk=rij.pk).update(opgelost_op="2025-01-01T00:00Z")
    Inleesrun.objects.update(klaar_op="2025-01-01T00:00Z")
    forget_packages()

    assert Quarantaine.objects.get() == row("verzuimmeldingen")


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    scherm, tmp_path, aantal, django_assert_num_queries
):
    fout = "".join(f"j{n};;;Jansen;Sam;2010-13-01;0637\n" for n in range(aantal))
    run = read(scherm, zip_of(tmp_path, {"jongeren": JONGEREN + fout}))
    url = f"{run.get_absolute_url()}quarantaine/"

    scherm.get(url)
    with django_assert_num_queries(17):
        scherm.get(url)
