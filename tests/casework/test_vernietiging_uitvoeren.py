"""What is destroyed is gone everywhere; a hold stops it, and figures of closed years stay."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain import bewaartermijn, vernietigen
from casework.domain.verklaring import destroyed_years
from casework.models import (
    Bewaarstop,
    Contactmoment,
    Document,
    Jongere,
    Verzoek,
    Verzuimmelding,
)
from koppelingen.models import Quarantaine
from reporting.models import Cijferstand
from tests.casework.vernietigen import NEGENTIEN, approved, leftovers, make_youth
from tests.factories import (
    ContactmomentFactory,
    GemeenteFactory,
    VerzuimmeldingFactory,
    make_gebruiker,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0637", naam="Zoetermeer")


@pytest.fixture
def fay(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


@pytest.fixture
def bob(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


def places_with(*words):
    """Table.column of every text in the whole database that holds one of these words."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' ORDER BY 1, 2"
        )
        columns = cursor.fetchall()
        for table, column in columns:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" WHERE "{column}"::text ILIKE ANY(%s)',
                [[f"%{word}%" for word in words]],
            )
            if cursor.fetchone()[0]:
                found.append(f"{table}.{column}")
    assert len(columns) > 400
    return found


def files(settings):
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.eis("P07")
def test_police_data_of_ten_years_ago_is_gone_and_the_dossier_stays(gemeente, fay, bob, settings):
    day = date(2026, 3, 1)
    jongere = make_youth(gemeente, date(2010, 1, 1))
    wpg = {"regime": "WPG", "eerste_verwerking": date(2016, 3, 1), "jongere": jongere}
    ContactmomentFactory(verslag="Verhoorverslag", **wpg)
    Document.objects.create(
        gemeente=gemeente,
        bytes=4,
        sha256="0" * 64,
        bestand=ContentFile(b"%PDF", "pv.pdf"),
        bestandsnaam="Verhoorverslag.pdf",
        **wpg,
    )
    assert len(places_with("Verhoorverslag")) == 2
    lijst = approved(gemeente, fay, bob, day)

    vernietigen.perform(lijst.pk, day)

    assert places_with("Verhoorverslag") == []
    assert len(files(settings)) == jongere.documenten.count() == 1
    assert jongere.verzuimmeldingen.count() == 1


@pytest.mark.eis("P21")
def test_after_destruction_no_table_and_no_file_knows_the_youth(gemeente, fay, bob, settings):
    day = date(2036, 3, 15)
    jongere = make_youth(gemeente)
    leftovers(jongere, gemeente, fay)
    record("dossier.gelezen", jongere, by=fay)
    blijft = make_youth(gemeente, date(2020, 1, 1))
    kept = Document.objects.get(jongere=blijft)
    kept.bestandsnaam, kept.titel = "ander.pdf", "ander"
    kept.save()
    words = (str(jongere.uuid), jongere.bsn, "J77", jongere.bsn_index.hex())
    assert places_with(*words) == [  # the search itself works, also in bytes
        "casework_jongere.bsn_index",
        "casework_jongere.uuid",
        "koppelingen_bronsleutel.bron_id",
    ]
    Jongere.objects.filter(pk=blijft.pk).update(
        achternaam="Zonlicht",
        roepnaam="Ander",
        voornamen="Ander",
        zoeknaam="ander",
        sorteernaam="ander",
    )
    for row in (*blijft.werkprocessen.all(), *blijft.contactmomenten.all()):
        type(row).objects.filter(pk=row.pk).update(
            **{"toelichting" if hasattr(row, "toelichting") else "verslag": ""}
        )
    blijft.relaties.update(achternaam="Zonlicht", voornamen="Ander")
    blijft.trajecten.get().contactpogingen.update(opmerking="")
    lijst = approved(gemeente, fay, bob, day)

    vernietigen.perform(lijst.pk, day)

    lijst.refresh_from_db()
    assert lijst.status == "vernietigd"
    assert places_with(*words, "Maanlicht", "Noortje", "Roelofje") == []
    assert [path.name for path in files(settings)] == [Path(kept.bestand.name).name]
    assert Quarantaine.objects.count() == 1
    verzoek = Verzoek.objects.get()
    assert (verzoek.jongere, verzoek.besluit, verzoek.besluit_reden) == (None, "geweigerd", "")
    assert Gebeurtenis.objects.filter(jongere_id=jongere.pk).count() > 3
    assert Jongere.objects.get() == blijft
    assert blijft.verzuimmeldingen.count() == blijft.adressen.count() == 1


@pytest.mark.eis("P18", "P21")
def test_leerplicht_goes_at_nineteen_and_the_rest_stays(gemeente, fay, bob):
    jongere = make_youth(gemeente)
    police = ContactmomentFactory(
        jongere=jongere,
        regime="WPG",
        eerste_verwerking=date(2025, 3, 1),
        werkproces=jongere.werkprocessen.get(),
    )
    elders = VerzuimmeldingFactory(jongere=jongere, gemeente=GemeenteFactory())
    lijst = approved(gemeente, fay, bob)

    vernietigen.perform(lijst.pk, NEGENTIEN)

    assert list(Verzuimmelding.objects.all()) == [elders]
    assert list(Contactmoment.objects.all()) == [police]
    assert jongere.trajecten.count() == jongere.relaties.count() == 1
    assert not jongere.vrijstellingen.exists()
    lijst.refresh_from_db()
    assert lijst.aantallen["leerplicht"]["casework.verzuimmelding"] == 1


@pytest.mark.eis("P19")
def test_hold_after_approval_stops_that_line_and_not_the_others(gemeente, fay, bob):
    held, other = make_youth(gemeente), make_youth(gemeente)
    lijst = approved(gemeente, fay, bob)
    vernietigen.place_stop(held, gemeente, reden="Klacht", van=NEGENTIEN, tot=None, by=fay)

    vernietigen.perform(lijst.pk, NEGENTIEN)

    assert held.verzuimmeldingen.count() == 1
    assert other.verzuimmeldingen.count() == 0
    regels = {r.jongere_id: r.overgeslagen for r in lijst.regels.all()}
    assert regels == {held.pk: "er staat een bewaarstop", other.pk: ""}


@pytest.mark.eis("P19")
def test_hold_on_one_object_keeps_that_object(gemeente, fay, bob, settings):
    jongere = make_youth(gemeente)
    document = Document.objects.get()
    Bewaarstop.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        object_type="casework.document",
        object_id=document.pk,
        reden="Bezwaar",
        van=NEGENTIEN,
        geplaatst_door=fay,
    )

    vernietigen.perform(approved(gemeente, fay, bob).pk, NEGENTIEN)

    document.refresh_from_db()
    assert document.werkproces is None
    assert files(settings)
    assert not jongere.verzuimmeldingen.exists()


@pytest.mark.eis("P21")
def test_run_that_stopped_goes_on_and_a_second_run_finds_nothing(gemeente, fay, bob, monkeypatch):
    youths = [make_youth(gemeente) for _ in range(3)]
    lijst = approved(gemeente, fay, bob)
    done = []
    real = vernietigen.destroy

    def stop_at_the_second(regel, *args):
        if len(done) == 1:
            raise ConnectionError("stekker eruit")
        done.append(regel)
        return real(regel, *args)

    monkeypatch.setattr(vernietigen, "destroy", stop_at_the_second)
    with pytest.raises(ConnectionError):
        vernietigen.perform(lijst.pk, NEGENTIEN)
    assert Verzuimmelding.objects.count() == 2
    monkeypatch.setattr(vernietigen, "destroy", real)
    vernietigen.perform(lijst.pk, NEGENTIEN)
    events = Gebeurtenis.objects.count()
    vernietigen.perform(lijst.pk, NEGENTIEN)

    lijst.refresh_from_db()
    assert (lijst.status, lijst.aantallen["leerplicht"]["casework.verzuimmelding"]) == (
        "vernietigd",
        len(youths),
    )
    assert Gebeurtenis.objects.count() == events
    assert bewaartermijn.propose(NEGENTIEN) == 0


@pytest.mark.eis("P21")
def test_figures_of_closed_years_are_frozen_first_and_stay(gemeente, fay, bob):
    from casework.schooljaar import Schooljaar
    from reporting.indicatoren import collect

    jongere = make_youth(gemeente)
    Verzuimmelding.objects.update(melddatum=date(2023, 10, 2), begindatum=date(2023, 9, 25))
    year = Schooljaar(2023)
    before = {(c.indicator, str(c.dim)): c.waarde for c in collect(["0637"], [year])}
    assert before["lp_meldingen", "{}"] == 1
    lijst = approved(gemeente, fay, bob)

    vernietigen.perform(lijst.pk, NEGENTIEN)

    lijst.refresh_from_db()
    assert not jongere.verzuimmeldingen.exists()
    assert "2023-2024" in {row["schooljaar"] for row in lijst.cijfers}
    assert "2025-2026" not in {row["schooljaar"] for row in lijst.cijfers}  # runs still
    stand = Cijferstand.objects.get(pk=lijst.cijfers[0]["stand"])
    kept = {
        (c.indicator, str(c.dim)): c.waarde
        for c in stand.cijferset().cijfers
        if c.schooljaar == "2023-2024" and c.gebied == "0637"
    }
    assert kept == {key: before[key] for key in kept}
    assert kept["lp_meldingen", "{}"] == 1
    assert destroyed_years(["0637"]) == {row["schooljaar"] for row in lijst.cijfers}
    assert destroyed_years(["0344"]) == set()
    # A later list of the same gemeente does not count the years anew.
    make_youth(gemeente)
    later = approved(gemeente, fay, bob)
    vernietigen.perform(later.pk, NEGENTIEN)
    later.refresh_from_db()
    assert later.cijfers == []
