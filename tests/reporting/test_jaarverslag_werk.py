"""From concept to approved report: building, freezing, who may do what."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from accounts.models import Gebeurtenis
from casework.errors import NotAuthorised
from casework.schooljaar import Schooljaar
from doorstroompunt.models import VsvCijfer
from reporting.catalogus import CATALOGUS
from reporting.domain import jaarverslag as domain
from reporting.domain.bouwen import count_figures, produce
from reporting.domain.overzicht import compare_versies
from reporting.models import Cijferstand, Jaarverslag, Versie
from reporting.pdf.check import check
from reporting.verslag.secties import Sectiedata
from reporting.verslag.sjabloon import get_sjabloon
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    make_gebruiker,
)
from tests.reporting.preflight import VALID, preflight
from tests.reporting.verslagen import with_figures

pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeente():
    return GemeenteFactory(code="0164", naam="Hengelo")


@pytest.fixture
def adviseur(gemeente):
    return make_gebruiker(("beleid", "leidinggevende"), gemeente=gemeente)


@pytest.fixture
def verslag(gemeente, adviseur):
    """A short concept (three sections of the template) with its figures counted."""
    verslag = domain.create_verslag([gemeente], Schooljaar(2022), "standaard", by=adviseur, jaren=2)
    verslag.secties.filter(volgorde__gt=3).delete()
    return with_figures(verslag)


def built(verslag: Jaarverslag, by) -> Versie:
    domain.request_build(verslag, by=by, queue=False)
    produce(verslag.pk)
    verslag.refresh_from_db()
    assert verslag.fout == ""
    return verslag.laatste_versie


def test_a_new_report_has_the_sections_of_its_template(verslag):
    model = get_sjabloon("standaard")

    assert [s.kop for s in verslag.secties.all()] == [s.kop for s in model.secties[:3]]
    assert (verslag.status, verslag.schooljaar) == ("concept", "2022-2023")


def test_building_stores_a_pdf_with_the_frozen_figures(verslag, adviseur):
    versie = built(verslag, adviseur)

    assert (verslag.status, verslag.voortgang) == ("te_controleren", 100)
    assert (versie.nummer, versie.stand_id, versie.gemaakt_door) == (1, verslag.stand_id, adviseur)
    with versie.pdf.open() as file:
        data = file.read()
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == versie.paginas
        assert str(pdf.docinfo["/Title"]) == (
            "Jaarverslag Leerplicht en Doorstroompunt, schooljaar 2022-2023, Hengelo"
        )


def test_a_second_delivery_of_the_task_changes_nothing(verslag, adviseur):
    versie = built(verslag, adviseur)
    Jaarverslag.objects.update(status="in_bouw")  # the worker was lost before the last step

    produce(verslag.pk)
    produce(verslag.pk)

    verslag.refresh_from_db()
    assert verslag.status == "te_controleren"
    assert list(verslag.versies.values_list("pk", "sha256")) == [(versie.pk, versie.sha256)]


def test_a_wrong_placeholder_stops_the_build_and_says_why(verslag, adviseur):
    sectie = verslag.secties.first()
    domain.save_sectie(sectie, Sectiedata("tekst", "Kop", 1, "{{ lp_melding }}"), by=adviseur)

    domain.request_build(verslag, by=adviseur, queue=False)
    produce(verslag.pk)

    verslag.refresh_from_db()
    assert (verslag.status, verslag.versies.count()) == ("concept", 0)
    assert verslag.fout == (
        "Het verslag is nog niet goed: Het cijfer 'lp_melding' bestaat niet."
        " Bedoelt u 'lp_meldingen'?"
    )


def test_an_approved_version_and_its_figures_can_never_change(verslag, adviseur):
    versie = built(verslag, adviseur)

    domain.approve(versie, by=adviseur, akkoord=True, toelichting="Nagekeken.")

    verslag.refresh_from_db()
    assert verslag.status == "vastgesteld"
    for change in (
        lambda: Versie.objects.filter(pk=versie.pk).update(titel="Anders"),
        lambda: Versie.objects.filter(pk=versie.pk).update(vastgesteld_op=None),
        lambda: Versie.objects.filter(pk=versie.pk).delete(),
        lambda: Cijferstand.objects.filter(pk=versie.stand_id).update(cijfers=[]),
    ):
        with (
            pytest.raises(DatabaseError, match="kunnen niet worden gewijzigd"),
            transaction.atomic(),
        ):
            change()


def test_an_approved_report_is_not_written_in_until_it_is_reopened(verslag, adviseur):
    first = built(verslag, adviseur)
    domain.approve(first, by=adviseur, akkoord=True, toelichting="Nagekeken.")
    sectie = verslag.secties.first()

    with pytest.raises(domain.VerslagFout, match="niet te wijzigen"):
        domain.save_sectie(sectie, Sectiedata("tekst", "Nieuw", 1, "Anders."), by=adviseur)
    domain.reopen(verslag, by=adviseur, reden="Fout in de inleiding.")
    sectie.refresh_from_db()
    domain.save_sectie(sectie, Sectiedata("tekst", sectie.kop, 1, "Anders."), by=adviseur)
    second = built(Jaarverslag.objects.get(), adviseur)

    changes = compare_versies(first, second)
    assert [(w.onderdeel, w.tekst, w.nieuw) for w in changes] == [
        ("Inleiding", "Tekst gewijzigd", "Anders.")
    ]
    assert second.nummer == 2


def test_differences_must_be_explained_before_approval(verslag, adviseur):
    sectie = verslag.secties.first()
    text = "Er waren 5.000 meldingen."
    domain.save_sectie(sectie, Sectiedata("tekst", "Kop", 1, text), by=adviseur)
    versie = built(verslag, adviseur)

    for akkoord, toelichting in ((False, ""), (True, " "), (False, "Telling van de regio.")):
        with pytest.raises(domain.VerslagFout, match="verschillen"):
            domain.approve(versie, by=adviseur, akkoord=akkoord, toelichting=toelichting)
    domain.approve(versie, by=adviseur, akkoord=True, toelichting="Telling van de regio.")

    versie.refresh_from_db()
    assert versie.toelichting == "Telling van de regio."


def test_writing_after_a_build_makes_it_a_concept_again(verslag, adviseur):
    versie = built(verslag, adviseur)

    domain.move_sectie(verslag.secties.all()[1], "omhoog", by=adviseur)

    verslag.refresh_from_db()
    assert verslag.status == "concept"
    assert [s.kop for s in verslag.secties.all()][:2] == ["Het jaar in het kort", "Inleiding"]
    with pytest.raises(domain.VerslagFout, match="laatste gemaakte"):
        domain.approve(versie, by=adviseur, akkoord=True, toelichting="x")


def test_sections_are_added_moved_and_removed_in_order(verslag, adviseur):
    first = verslag.secties.first()

    new = domain.add_sectie(verslag, "kader", by=adviseur, na=first)
    domain.move_sectie(new, "omhoog", by=adviseur)
    domain.remove_sectie(first, by=adviseur)

    rows = list(verslag.secties.all())
    assert rows[0] == new
    assert [s.volgorde for s in rows] == list(range(1, len(rows) + 1))


def test_counting_anew_drops_the_old_figures(verslag, adviseur):
    domain.refresh_figures(verslag, by=adviseur)

    verslag.refresh_from_db()
    assert verslag.stand is None


def test_only_the_right_role_may_write_and_approve(verslag, gemeente):
    lezer = make_gebruiker(("beleid", "lezer"), gemeente=gemeente)
    schrijver = make_gebruiker(("beleid", "behandelaar"), gemeente=gemeente)
    elders = make_gebruiker(("beleid", "leidinggevende"))

    with pytest.raises(NotAuthorised):
        domain.request_build(verslag, by=lezer, queue=False)
    versie = built(verslag, schrijver)
    for person in (lezer, schrijver, elders):
        with pytest.raises(NotAuthorised):
            domain.approve(versie, by=person, akkoord=True, toelichting="x")


def test_a_report_is_seen_only_with_rights_in_all_its_gemeenten(verslag, adviseur, gemeente):
    borne = GemeenteFactory(code="0147", naam="Borne")
    verslag.gemeenten.add(borne)
    beide = make_gebruiker(("beleid", "lezer"), gemeente=gemeente)
    beide.bevoegdheden.create(taak="beleid", rol="lezer", gemeente=borne, van=date(2020, 1, 1))

    assert list(Jaarverslag.objects.visible_to(adviseur)) == []
    assert list(Jaarverslag.objects.visible_to(beide)) == [verslag]


def test_every_step_leaves_an_event(verslag, adviseur):
    versie = built(verslag, adviseur)
    domain.approve(versie, by=adviseur, akkoord=True, toelichting="Nagekeken.")

    assert list(Gebeurtenis.objects.order_by("pk").values_list("actie", flat=True)) == [
        "verslag.aangemaakt",
        "verslag.gevraagd",
        "verslag.gemaakt",
        "verslag.vastgesteld",
    ]


def test_in_august_every_gemeente_with_youths_gets_one_concept(gemeente):
    JongereFactory(gemeente=gemeente)
    GemeenteFactory(code="0147", naam="Borne")  # nobody lives there yet

    made = [domain.make_concepten(date(2025, 8, 15)) for _ in range(2)]

    assert made == [1, 0]
    verslag = Jaarverslag.objects.get()
    assert (verslag.schooljaar, verslag.status, verslag.aangemaakt_door) == (
        "2024-2025",
        "concept",
        None,
    )


def test_figures_are_counted_once_and_named(gemeente, adviseur):
    jongere = JongereFactory(gemeente=gemeente)
    VerzuimmeldingFactory(jongere=jongere, gemeente=gemeente, melddatum=date(2021, 10, 1))
    VsvCijfer.objects.create(
        gebied_soort="regio",
        gebied_code="12",
        gebied_naam="Twente",
        beginjaar=2022,
        vsv=10,
        startpopulatie=100,
        status="definitief",
    )
    verslag = domain.create_verslag([gemeente], Schooljaar(2022), "standaard", by=adviseur)

    count_figures(verslag.pk, peildatum=date(2023, 11, 15))
    count_figures(verslag.pk, peildatum=date(2024, 1, 1))

    verslag.refresh_from_db()
    cijfers = verslag.stand.cijferset()
    assert cijfers.peildatum == date(2023, 11, 15)
    assert list(cijfers.definities) == list(CATALOGUS)
    assert list(cijfers.gebieden.items()) == [("regio:12", "Twente"), ("0164", "Hengelo")]
    assert cijfers.schooljaren == ["2020-2021", "2021-2022", "2022-2023"]
    meldingen = [cijfers.get("lp_meldingen", jaar, "0164") for jaar in cijfers.schooljaren]
    # Nothing was registered before 2021-2022: that is no 0.
    assert [c and c.waarde for c in meldingen] == [None, 1, 0]


def test_the_command_writes_the_pdf_of_a_whole_report(gemeente, tmp_path, capsys):
    JongereFactory(gemeente=gemeente)
    uit = tmp_path / "verslag.pdf"

    call_command("jaarverslag", *arguments("0164"), "--uit", str(uit))

    assert check(uit.read_bytes()) == []
    assert capsys.readouterr().out == (
        f"Jaarverslag Leerplicht en Doorstroompunt 2022-2023 is gemaakt: {uit}\n"
    )


@pytest.mark.parametrize("sjabloon", ["standaard", "raadsmemo", "regio-per-gemeente"])
def test_preflight_calls_a_whole_report_valid_pdf_a(gemeente, tmp_path, sjabloon):
    uit = tmp_path / "verslag.pdf"
    borne = GemeenteFactory(code="0147", naam="Borne")
    JongereFactory(gemeente=borne)

    call_command("jaarverslag", *arguments("0164", "0147", sjabloon=sjabloon), "--uit", str(uit))

    assert preflight(uit.read_bytes()) == VALID


def arguments(*codes: str, sjabloon: str = "standaard") -> list[str]:
    return ["--gemeente", *codes, "--schooljaar", "2022-2023", "--sjabloon", sjabloon]


@pytest.mark.parametrize(
    ("args", "uit", "fout"),
    [
        (arguments("9999"), "a.pdf", "Deze gemeente is niet bekend: 9999."),
        (arguments("0164", sjabloon="x"), "a.pdf", "Er is geen sjabloon 'x'."),
        (arguments("0164"), "weg/a.pdf", "bestaat niet."),
    ],
)
def test_a_refused_command_changes_nothing(gemeente, tmp_path, args, uit, fout):
    with pytest.raises(CommandError) as error:
        call_command("jaarverslag", *args, "--uit", str(tmp_path / uit))

    assert error.value.returncode == 2  # wrong arguments, by the contract
    assert str(error.value).count(fout) == 1
    assert Jaarverslag.objects.count() == 0
