"""A report outside DUO: its school hears by letter that it came in, and how it ended."""

from functools import partial

import pytest

from casework.briefsoorten import EIGEN, Partij, standaardtekst
from casework.codes import Resultaat
from casework.domain import brieven
from casework.domain.melding import close_melding
from casework.domain.ontvangers import readers
from casework.domain.schoolbericht import SOORT, moments, proposal
from casework.models import Brief, Briefafzender, Brievenronde
from casework.schooljaar import today
from tests.factories import (
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    SchoolFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
)


@pytest.fixture
def gemeente(db):
    gemeente = GemeenteFactory()
    Briefafzender.objects.create(gemeente=gemeente, telefoon="030 123 45 67")
    return gemeente


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente)


@pytest.fixture
def melding(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    inschrijving = InschrijvingFactory(jongere=jongere, einddatum=None)
    return VerzuimmeldingFactory(
        jongere=jongere, school=inschrijving.school, status="LOKAAL", duo_meldingnummer=""
    )


def letter_url(melding, moment):
    soort = {"ontvangst": "melding-ontvangen", "uitkomst": "melding-afloop"}[moment]
    base = f"/jongere/{melding.jongere.uuid}/brief/{soort}/"
    return f"{base}?melding={melding.uuid}&moment={moment}"


def send(client, melding, moment, by):
    """From the proposal on the page of the report to a letter that left."""
    url = letter_url(melding, moment)
    form = client.get(url).context["form"]
    data = {"taak": "leerplicht", "verzendwijze": "post"}
    data |= {naam: form.initial[naam] for naam in form.gevraagd}
    data["ontvangers"] = [key for key, _ in form.fields["ontvangers"].choices]
    response = client.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    ronde = Brievenronde.objects.latest("pk")
    Brief.objects.filter(ronde=ronde).update(status=Brief.Status.GEMAAKT)
    brieven.mark_sent(ronde, by=by)
    return Brief.objects.get(ronde=ronde)


def test_both_letters_are_proposed_made_and_shown_as_sent(client, ambtenaar, melding):
    client.force_login(ambtenaar)
    page = melding.get_absolute_url()
    first = client.get(page).context["schoolberichten"]
    assert [(b.moment, b.open) for b in first] == [("ontvangst", True)]

    ontvangst = send(client, melding, "ontvangst", ambtenaar)
    close_melding(melding, "naar_school", by=ambtenaar, day=today())
    second = client.get(page).context["schoolberichten"]
    assert [(b.moment, b.open) for b in second] == [("ontvangst", False), ("uitkomst", True)]
    uitkomst = send(client, melding, "uitkomst", ambtenaar)

    response = client.get(page)
    assert [b.open for b in response.context["schoolberichten"]] == [False, False]
    assert f"verstuurd op {today():%d-%m-%Y}" in response.content.decode()
    assert "ontvangen" in ontvangst.tekst
    assert "gaat weer naar school" in uitkomst.tekst and "afgesproken" in uitkomst.tekst
    assert (uitkomst.verzuimmelding, uitkomst.partij) == (melding, "SCHOOL")


@pytest.mark.parametrize(
    ("anders", "verwacht"),
    [
        ({}, ["ontvangst"]),
        ({"afgesloten_op": today()}, ["ontvangst", "uitkomst"]),
        ({"duo_meldingnummer": "00000001"}, []),
        ({"status": "I"}, []),
        ({"kanaal": "OUDER"}, []),  # the school was no part of it
        ({"school": None}, []),
    ],
)
def test_which_messages_a_report_asks(melding, anders, verwacht):
    for naam, waarde in anders.items():
        setattr(melding, naam, waarde)

    assert moments(melding) == verwacht


def test_no_letter_about_an_end_that_is_not_there_or_a_report_of_another(
    client, ambtenaar, melding
):
    client.force_login(ambtenaar)
    vreemd = VerzuimmeldingFactory(
        jongere=JongereFactory(), school=SchoolFactory(), status="LOKAAL", duo_meldingnummer=""
    )

    assert client.get(letter_url(melding, "uitkomst")).status_code == 404
    anders = letter_url(melding, "ontvangst").replace(str(melding.uuid), str(vreemd.uuid))
    assert client.get(anders).status_code == 404
    assert client.get(letter_url(melding, "ontvangst")).status_code == 200


def test_what_was_agreed_with_the_family_is_not_the_answer_to_the_school(
    client, ambtenaar, melding
):
    werkproces = WerkprocesFactory(jongere=melding.jongere, toestand="volgen")
    afspraken = {"afspraken": "Hulp bij somberheid"}
    werkproces.stappen.create(volgorde=1, stap="afspraken_maken", gegevens=afspraken)
    close_melding(melding, "naar_school", by=ambtenaar, day=today())
    client.force_login(ambtenaar)

    page = client.get(f"{letter_url(melding, 'uitkomst')}&werkproces={werkproces.uuid}")

    assert "somberheid" not in page.content.decode()


@pytest.mark.parametrize("resultaat", [r for r in Resultaat if r != Resultaat.OPEN])
def test_the_school_hears_the_end_and_the_agreement_but_never_the_cause(melding, resultaat):
    melding.resultaat = resultaat
    tells = proposal(melding, "uitkomst")
    onderwerp, tekst = standaardtekst(SOORT["uitkomst"])

    brief = f"{onderwerp} {tekst}".format_map({**dict.fromkeys(EIGEN, "X"), **tells})

    assert tells["afloop"] and tells["afspraken"] in brief
    assert "DUO" not in brief  # it did not report there
    for word in ("Halt", "verbaal", "verwijtbaar", "hulp", "opname", "waarschuw", "thuiszit"):
        assert word not in brief


def test_a_letter_that_nobody_can_get_says_what_is_missing(client, ambtenaar, melding):
    melding.jongere.inschrijvingen.all().delete()
    client.force_login(ambtenaar)

    url = letter_url(melding, "ontvangst").partition("?")[0]  # about no report: to the own school
    page = client.get(url).content.decode()

    assert "Leg in het dossier eerst de school of de ouders vast." in page


def test_the_letter_goes_to_the_school_that_reported(melding):
    """Also when the youth goes to another school by now."""
    InschrijvingFactory(jongere=melding.jongere, begindatum=today())
    readers_of = partial(readers, melding.jongere, [Partij.SCHOOL], today())

    assert [one.school for one in readers_of(melding.school)] == [melding.school]
    assert len(readers_of()) == 2
