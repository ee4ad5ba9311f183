"""The package of an inzage: all of one person, nothing of others, nothing of the police."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pikepdf
import pytest
from django.apps import apps
from django.core.files.storage import default_storage

from accounts.domain import logboek_keten, logboek_ldv
from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.codes import Gezag
from casework.domain import inzage as domain
from casework.domain import verzoeken
from casework.domain.inzage_inhoud import Vraag, all_parts
from casework.domain.inzage_tabellen import TABELLEN, WEGGELATEN
from casework.errors import DomainError
from casework.models import Inzage, Jongere, Verzoek
from leerplicht.models import ProcesVerbaal
from reporting.pdf.check import check
from tests.factories import (
    AdresFactory,
    ContactmomentFactory,
    DossierFactory,
    GemeenteFactory,
    JongereFactory,
    RelatieFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_gebruiker,
)
from tests.factories_doorstroompunt import ContactpogingFactory, TrajectFactory

TABEL = {tabel.label: tabel for tabel in TABELLEN}
EIGEN = ("casework", "leerplicht", "doorstroompunt", "koppelingen", "reporting")
# Of no youth: areas, schools, figures, reports, runs, and what holds no column of a person.
ZAKELIJK = {
    "casework.regio", "casework.gemeente", "casework.school", "casework.schoolcode",
    "casework.ambtseed", "casework.boaakte", "casework.briefafzender", "casework.briefsjabloon",
    "casework.brievenronde",
    "casework.datalek", "casework.vernietigingslijst", "doorstroompunt.vsvcijfer",
    "reporting.cijferstand", "reporting.jaarverslag", "reporting.sectie", "reporting.versie",
    "koppelingen.inleesrun", "leerplicht.toewijzingsregel", "leerplicht.groepsactie",
    "leerplicht.noshowactie",
    "leerplicht.verzuimtrede",
}  # fmt: skip  # read as a table
VANDAAG = date(2026, 1, 31)


@pytest.mark.eis("P15")
def test_every_model_and_field_is_shown_or_left_out_with_a_reason():
    models = [m for m in apps.get_models() if m._meta.app_label in EIGEN]
    labels = {m._meta.label_lower for m in models}

    assert labels - TABEL.keys() - WEGGELATEN.keys() - ZAKELIJK == set()
    assert len(labels) > 30
    forgotten = []
    for label, tabel in TABEL.items():
        for field in apps.get_model(label)._meta.concrete_fields:
            shown, left = field.name in tabel.namen, field.name in tabel.weg
            # The gemeente stands in one place as a fact, elsewhere it is only where the row hangs.
            if not shown and not left:
                forgotten.append(f"{label}.{field.name}")
    assert forgotten == []
    for tabel in TABELLEN:
        names = {f.name for f in apps.get_model(tabel.label)._meta.concrete_fields}
        assert set(tabel.namen) <= names
    assert all(WEGGELATEN.values())


@pytest.mark.eis("P15")
def test_no_model_with_a_youth_counts_as_businesslike():
    for label in ZAKELIJK:
        model = apps.get_model(label)
        related = {f.related_model for f in model._meta.concrete_fields if f.is_relation}
        assert Jongere not in related


pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeente():
    return GemeenteFactory(naam="Oosterhaven")


@pytest.fixture
def fay(gemeente):
    return make_gebruiker((Taak.PRIVACY, Rol.BEHANDELAAR), gemeente=gemeente)


@pytest.fixture
def lea(gemeente):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR),
        gemeente=gemeente,
        naam="Lea Zonnebloem",
        functie="leerplichtambtenaar",
    )


@pytest.fixture
def jongere(gemeente, lea):
    jongere = JongereFactory(
        gemeente=gemeente,
        geboortedatum=date(2009, 5, 1),
        roepnaam="Noor",
        achternaam="Maanlicht",
        gezin_id="g1",
    )
    JongereFactory(gezin_id="g1", roepnaam="Thijmen", voornamen="Thijmen", achternaam="Maanlicht")
    ouder = RelatieFactory(
        jongere=jongere, voornamen="Roelofje", achternaam="Wintertuin", telefoon="0612345678"
    )
    AdresFactory(jongere=jongere, straat="Eigenstraat")
    AdresFactory(jongere=None, relatie=ouder, straat="Ouderstraat", gemeente=gemeente)
    DossierFactory(jongere=jongere, behandelaar=lea)
    werkproces = WerkprocesFactory(jongere=jongere, behandelaar=lea)
    VerzuimmeldingFactory(jongere=jongere, melder_naam="Meester Bakkeveen", werkproces=werkproces)
    ContactmomentFactory(
        jongere=jongere,
        gebruiker=lea,
        verslag="Roelofje Wintertuin belde met Lea Zonnebloem over Noor en Thijmen.",
    )
    VrijstellingFactory(jongere=jongere)
    ContactpogingFactory(traject=TrajectFactory(jongere=jongere), opmerking="Noor nam op")
    record("dossier.gelezen", jongere, by=lea, gemeente_id=gemeente.pk, taak="leerplicht")
    return jongere


def police(jongere, lea):
    wpg = {"regime": "WPG", "eerste_verwerking": date(2025, 9, 8)}
    verhoor = WerkprocesFactory(jongere=jongere, toelichting="Verhoorzaak", **wpg)
    ContactmomentFactory(jongere=jongere, verslag="Verhoorverslag", **wpg)
    pv = ProcesVerbaal.objects.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        pv_datum=date(2025, 10, 1),
        pv_nummer="GeheimPV",
        verzuimsoort="RELATIEF",
        eerste_verwerking=date(2025, 10, 1),
    )
    record("pv.opgemaakt", pv, by=lea, taak="opsporing")
    record("werkproces.verhoor_gepland", verhoor, by=lea)
    record("werkproces.strafrecht_inzetten", jongere.werkprocessen.filter(regime="AVG")[0], by=lea)


def parts(jongere, gemeente, **more):
    logboek_keten.chain_waiting()
    logboek_ldv.write_verwerkingen()
    vraag = Vraag(jongere, [gemeente.pk], more.pop("voor_ouder", False))
    return {deel.titel: deel.rijen for deel in all_parts(vraag)}


@pytest.mark.eis("P15")
def test_everything_of_the_youth_over_both_taken(jongere, gemeente):
    found = parts(jongere, gemeente)

    text = json.dumps(found, ensure_ascii=False)
    assert {"Persoon", "Adressen", "Verzuimmeldingen", "Vrijstellingen", "Trajecten"} <= set(found)
    assert jongere.bsn in text
    assert "Eigenstraat" in text
    assert "Noor nam op" in text
    assert {"Wat": "Dossier gelezen", "Waarvoor": "Toezicht op de leerplicht"}.items() <= found[
        "Wanneer gegevens zijn gebruikt"
    ][0].items()


@pytest.mark.eis("P15")
def test_nothing_of_others_but_the_function_of_a_colleague(jongere, gemeente):
    text = json.dumps(parts(jongere, gemeente), ensure_ascii=False)

    for naam in (
        "Roelofje",
        "Wintertuin",
        "Ouderstraat",
        "0612345678",
        "Thijmen",
        "Bakkeveen",
        "Zonnebloem",
        "Lea",
    ):
        assert naam not in text, naam
    assert "leerplichtambtenaar" in text
    assert "Noor" in text
    assert "[naam weggelaten] belde met [naam weggelaten] over Noor" in text


@pytest.mark.eis("P15", "P01")
def test_a_police_case_changes_nothing_at_all(jongere, gemeente, lea):
    before = parts(jongere, gemeente)
    police(jongere, lea)

    assert parts(jongere, gemeente) == before
    assert Gebeurtenis.objects.filter(actie="pv.opgemaakt").exists()


def test_result_of_a_police_route_is_not_told(jongere, gemeente):
    jongere.werkprocessen.update(resultaat="pv", route="4", toestand="strafrecht")

    text = json.dumps(parts(jongere, gemeente)["Werkprocessen"], ensure_ascii=False)

    assert "roces-verbaal" not in text
    assert "trafrecht" not in text


def test_rows_of_another_gemeente_stay_there(jongere, gemeente):
    VerzuimmeldingFactory(jongere=jongere, gemeente=GemeenteFactory(), duo_meldingnummer="ELDERS")

    assert "ELDERS" not in json.dumps(parts(jongere, gemeente))


def test_hidden_address_is_not_for_a_parent(jongere, gemeente):
    jongere.adressen.update(geheim=True)

    assert "Eigenstraat" not in json.dumps(parts(jongere, gemeente, voor_ouder=True))
    assert "Eigenstraat" in json.dumps(parts(jongere, gemeente))


def make(jongere, gemeente, fay, **more):
    fields = {"soort": "inzage", "regime": "AVG", "aanvrager": Verzoek.Aanvrager.JONGERE}
    invoer = verzoeken.Invoer(gemeente=gemeente, ontvangen_op=VANDAAG, **(fields | more))
    verzoek = verzoeken.register(jongere, invoer, by=fay, today=VANDAAG)
    return domain.request(verzoek, "Verzoek per brief", by=fay)


@pytest.mark.eis("P15")
def test_files_are_made_once_fetched_with_a_trace_and_gone_after_their_days(
    jongere, gemeente, fay, settings
):
    inzage = make(jongere, gemeente, fay)
    domain.perform(inzage.pk)
    inzage.refresh_from_db()
    first = inzage.pdf.name

    domain.perform(inzage.pk)  # delivered again
    inzage.refresh_from_db()

    assert (inzage.status, inzage.pdf.name, inzage.voortgang) == ("klaar", first, 100)
    assert "Maanlicht" not in first
    with inzage.pdf.open() as file:
        pdf = file.read()
    assert check(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert "Maanlicht" in str(document.docinfo["/Title"])
    with inzage.json.open() as file:
        assert json.load(file)["naam"] == "Noor Maanlicht"
    assert Gebeurtenis.objects.filter(actie="inzage.gemaakt").count() == 1

    domain.fetched(inzage, "pdf", by=fay)
    assert Gebeurtenis.objects.get(actie="inzage.opgehaald").gegevens == {"soort": "pdf"}
    days = timedelta(days=settings.INZAGE_BEWAREN_DAGEN)
    Inzage.objects.update(klaar_op=datetime.now(UTC) - days + timedelta(minutes=1))
    assert domain.forget_old() == 0
    Inzage.objects.update(klaar_op=datetime.now(UTC) - days - timedelta(minutes=1))
    assert domain.forget_old() == 1
    assert not default_storage.exists(first)
    assert domain.forget_old() == 0


def test_police_request_gives_no_such_package(jongere, gemeente, fay):
    with pytest.raises(DomainError, match="Politiegegevens"):
        make(jongere, gemeente, fay, regime="WPG")
    assert not Inzage.objects.exists()


def test_reason_of_gezag_is_kept(gemeente, fay):
    young = JongereFactory(gemeente=gemeente, geboortedatum=date(2015, 1, 1))
    ouder = RelatieFactory(jongere=young, gezag=Gezag.JA)

    inzage = make(
        young,
        gemeente,
        fay,
        aanvrager=Verzoek.Aanvrager.VERTEGENWOORDIGER,
        vertegenwoordiger=ouder,
        gezag_gecontroleerd=True,
    )

    assert inzage.verzoek.gezag_gecontroleerd
