"""One person or two: the decision, and what joining two records does."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from casework.models import Adres, Dossier, Gemeente, Inschrijving, Jongere, Verzuimmelding
from koppelingen.domain.personen import _referring
from koppelingen.models import Bronsleutel, Inleesrun, Persoonsvraag
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker
from tests.koppelingen.pakketten import BSN1, JONGEREN, MELDINGEN, RIJK, SCHOOL
from tests.koppelingen.test_pakketscherm import read, zip_of

pytestmark = pytest.mark.django_db
MELDING = MELDINGEN + "m1;j1;V3;2023-10-02;;B;;\n"


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


def make_sam(gemeente, **fields) -> Jongere:
    jongere: Jongere = JongereFactory(
        achternaam="Jansen",
        voornamen="Sam",
        geboortedatum=date(2010, 5, 1),
        gemeente=gemeente,
        **{"bsn": BSN1, "telefoon": "", **fields},
    )
    return jongere


def load(scherm, tmp_path, **bestanden: str) -> Inleesrun:
    """A package in which the same name and birth date stand without a number."""
    kop = JONGEREN.rstrip("\n") + ";telefoon;geheimhouding\n"
    files: dict[str, str | bytes] = {
        "jongeren": kop + "j1;;123456789;Jansen;Sam;2010-05-01;0637;0612345678;J\n",
        "verzuimmeldingen": MELDING,
        "scholen": SCHOOL,
        "inschrijvingen": "bron_id;jongere_id;school_id;onderwijssoort;begindatum\n"
        "i1;j1;s1;HAVO;2022-08-01\n",
        "adressen": "bron_id;jongere_id;straat;huisnummer;gemeentecode;van\n"
        "a1;j1;Dorpsstraat;1;0637;2015-01-01\n",
    }
    return read(scherm, zip_of(tmp_path, files | dict(bestanden)))


def url_of(vraag: Persoonsvraag) -> str:
    return f"{vraag.run.get_absolute_url()}personen/{vraag.pk}/"


def test_the_same_person_all_rows_go_to_the_one_who_was_here(scherm, gemeente, tmp_path):
    bestaand = make_sam(gemeente)
    run = load(scherm, tmp_path)
    vraag = Persoonsvraag.objects.get()
    was = vraag.nieuw_id

    page = scherm.get(url_of(vraag)).content.decode()
    assert "Dorpsstraat 1" not in page  # geheim
    assert BSN1 not in page
    scherm.post(url_of(vraag), {"besluit": "zelfde"})

    bestaand.refresh_from_db()
    assert Jongere.objects.get() == bestaand
    assert (bestaand.bsn, bestaand.onderwijsnummer) == (BSN1, "123456789")
    assert (bestaand.telefoon, bestaand.geheimhouding) == ("0612345678", True)
    assert Jongere.objects.with_bsn(BSN1).get() == bestaand
    for model in (Verzuimmelding, Inschrijving, Adres):
        assert model.objects.get().jongere_id == bestaand.pk
    assert Bronsleutel.objects.get(bestand="jongeren").object_id == bestaand.pk
    vraag.refresh_from_db()
    assert (vraag.besluit, vraag.nieuw) == ("zelfde", None)
    event = Gebeurtenis.objects.get(actie="jongere.samengevoegd")
    assert (event.jongere_id, event.gegevens) == (bestaand.pk, {"was": was})
    # Reading the package again keeps them together.
    again = load(scherm, tmp_path)
    assert again.pk != run.pk
    assert (Jongere.objects.count(), Persoonsvraag.objects.count()) == (1, 1)


def test_two_persons_stay_two_and_are_not_asked_again(scherm, gemeente, tmp_path):
    make_sam(gemeente)
    load(scherm, tmp_path)
    vraag = Persoonsvraag.objects.get()

    scherm.post(url_of(vraag), {"besluit": "ander"})
    load(scherm, tmp_path)

    vraag.refresh_from_db()
    assert (vraag.besluit, Jongere.objects.count()) == ("ander", 2)
    assert Persoonsvraag.objects.count() == 1


def test_open_dossiers_for_one_taak_become_one(scherm, gemeente, tmp_path):
    bestaand = make_sam(gemeente)
    Dossier.objects.create(
        jongere=bestaand, taak="leerplicht", gemeente=gemeente, geopend_op=date(2024, 1, 1)
    )
    load(scherm, tmp_path)
    assert Dossier.objects.count() == 2

    scherm.post(url_of(Persoonsvraag.objects.get()), {"besluit": "zelfde"})

    dossier = Dossier.objects.get()
    assert (dossier.jongere_id, dossier.geopend_op) == (bestaand.pk, date(2023, 10, 2))


def test_every_kind_of_row_of_a_rich_package_moves(scherm, beheerder, gemeente, tmp_path):
    run = read(scherm, zip_of(tmp_path, RIJK))
    beheerder.bevoegdheden.create(
        taak="beheer",
        rol="behandelaar",
        gemeente=Gemeente.objects.get(code="0518"),
        van=date(2020, 1, 1),
    )
    key = Bronsleutel.objects.get(bestand="jongeren", bron_id="j1")
    nieuw = Jongere.objects.get(pk=key.object_id)
    bestaand = JongereFactory(bsn="", gemeente=gemeente)
    vraag = Persoonsvraag.objects.create(run=run, nieuw=nieuw, bestaand=bestaand)
    tables = [
        (model, naam)
        for model, naam in _referring()
        if model is not Persoonsvraag and model._default_manager.filter(**{naam: nieuw}).exists()
    ]
    assert len(tables) > 10

    scherm.post(url_of(vraag), {"besluit": "zelfde"})

    assert not Jongere.objects.filter(pk=nieuw.pk).exists()
    assert all(model._default_manager.filter(**{n: bestaand}).exists() for model, n in tables)
    bestaand.refresh_from_db()
    assert bestaand.bsn == nieuw.bsn


def test_two_bsns_are_never_joined(scherm, gemeente, tmp_path):
    bestaand = make_sam(gemeente)
    load(scherm, tmp_path)
    vraag = Persoonsvraag.objects.get()
    nieuw = vraag.nieuw
    assert nieuw
    nieuw.bsn = "910000013"
    nieuw.derive().save()

    response = scherm.post(url_of(vraag), {"besluit": "zelfde"}, follow=True)

    assert "elk een eigen BSN" in response.content.decode()
    vraag.refresh_from_db()
    assert (vraag.besluit, Jongere.objects.count(), bestaand.bsn) == ("open", 2, BSN1)


def test_questions_about_a_joined_person_follow(scherm, gemeente, tmp_path):
    """Three times one name: after one answer the other question is about who is left."""
    bestaand = make_sam(gemeente)
    kop = JONGEREN + "j1;;;Jansen;Sam;2010-05-01;0637\nj2;;;Jansen;Sam;2010-05-01;0637\n"
    read(scherm, zip_of(tmp_path, {"jongeren": kop}))
    assert Persoonsvraag.objects.count() == 3
    een = Persoonsvraag.objects.filter(bestaand=bestaand).order_by("pk").first()
    assert een

    scherm.post(url_of(een), {"besluit": "zelfde"})

    rest = Persoonsvraag.objects.get(besluit="open")
    assert {rest.nieuw_id, rest.bestaand_id} == set(Jongere.objects.values_list("pk", flat=True))


def test_who_lives_elsewhere_is_for_the_beheerder_there(scherm, tmp_path, gemeente):
    bestaand = make_sam(GemeenteFactory(code="0518", naam="Den Haag"))
    load(scherm, tmp_path)
    vraag = Persoonsvraag.objects.get()

    page = scherm.get(url_of(vraag)).content.decode()
    assert "een van de twee woont in Den Haag" in page
    scherm.post(url_of(vraag), {"besluit": "zelfde"})

    vraag.refresh_from_db()
    assert (vraag.besluit, Jongere.objects.count()) == ("open", 2)
    seen = Gebeurtenis.objects.filter(actie="persoonsvraag.bekeken")
    assert {e.jongere_id for e in seen} == {vraag.nieuw_id, bestaand.pk}


@pytest.mark.parametrize("aantal", [1, 3])
def test_the_list_asks_the_same_number_of_questions(
    scherm, gemeente, tmp_path, aantal, django_assert_num_queries
):
    rows = ""
    for n in range(aantal):
        make_sam(gemeente, bsn=f"{n}", roepnaam="")
        Jongere.objects.filter(bsn_index__isnull=False).update(bsn_index=None)
        Jongere.objects.update(geboortedatum=date(2010, 5, 1))
    rows = "j1;;;Jansen;Sam;2010-05-01;0637\n"
    run = read(scherm, zip_of(tmp_path, {"jongeren": JONGEREN + rows}))
    assert run.persoonsvragen.count() == aantal
    url = f"{run.get_absolute_url()}personen/"

    scherm.get(url)
    with django_assert_num_queries(16):
        scherm.get(url)
