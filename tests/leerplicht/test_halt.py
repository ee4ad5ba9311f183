"""Halt: every criterium at its border, the way of a referral, and that nobody else sees it."""

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
from pypdf import PdfReader

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised
from casework.models import BoaAkte, Verstrekking, Werkproces, WerkprocesStap
from casework.schooljaar import AMSTERDAM, today
from leerplicht.domain.halt import Haltinvoer, UitlegNodig, facts_of, propose
from leerplicht.domain.halt_tabel import HALT
from leerplicht.domain.mas_routes import routes
from leerplicht.models import Haltverwijzing, Haltzaak
from tests.factories import (
    BoaAkteFactory,
    ContactmomentFactory,
    HaltzaakFactory,
    JongereFactory,
    RelatieFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import give_reason

DAG = date(2025, 10, 1)
GEBOREN = date(2011, 3, 1)  # 14 years old
DAGEN = (date(2025, 9, 8), date(2025, 9, 9))


@pytest.fixture
def boa(gemeente):
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    BoaAkteFactory(gebruiker=user)
    return user


def make_weighed(gemeente, geboren=GEBOREN, verwijt="verwijtbaar", **fields):
    werkproces = WerkprocesFactory(
        jongere=JongereFactory(gemeente=gemeente, geboortedatum=geboren),
        toestand="weging",
        **fields,
    )
    melding = VerzuimmeldingFactory(
        jongere=werkproces.jongere,
        werkproces=werkproces,
        begindatum=DAGEN[0],
        einddatum=DAGEN[1],
        uren=20,
        actie_school="Gesprek met de mentor.",
    )
    for day in DAGEN:
        melding.dagen.create(datum=day, lesuren="1,2,3", klokuren=Decimal("7.5"))
    WerkprocesStap.objects.create(
        werkproces=werkproces,
        volgorde=1,
        soort="BEOORDELING",
        stap="weging_vastleggen",
        gegevens={"verwijt_jongere": verwijt},
    )
    return werkproces


CAUTIE = {
    "cautie_gegeven_op": datetime(2025, 9, 30, 14, tzinfo=AMSTERDAM),
    "recht_op_raadsman_meegedeeld": True, "raadsman": "AFSTAND", "tolk": "Mw. Ay",
}  # fmt: skip  # read as a table


def invoer(**anders):
    eigen = {
        "uren": Decimal(15),
        "aantal_te_laat": 0,
        "school_deed": "Mentor.",
        "ouders_ingelicht": True,
        "bekent": True,
        "verklaring": "Ik had geen zin.",
        **CAUTIE,
    }
    return Haltinvoer(**(eigen | anders))


def step(zaak, naam, by, **gegevens):
    return perform(zaak, naam, tabel=HALT, by=by, day=DAG, gegevens=gegevens)


JA = {"datum": DAG, "uitgelegd": True, "jongere": "ja", "ouders": "ja", "ouder_naam": "K. Bos"}


def sent(gemeente, boa, **fields):
    werkproces = make_weighed(gemeente, **fields)
    zaak = propose(werkproces, by=boa, day=DAG, invoer=invoer())
    step(zaak, "toestemming", boa, **JA)
    return werkproces, step(zaak, "verzenden", boa)


def test_the_dossier_fills_the_facts(gemeente):
    werkproces = make_weighed(gemeente, verwijt="deels")

    facts = facts_of(werkproces, DAG)

    assert (facts.uren, facts.te_laat, facts.dagen) == (Decimal(15), 0, DAGEN)  # hours of the days
    assert (facts.verwijt, facts.eerder, facts.school_deed) == (
        "deels",
        False,
        "Gesprek met de mentor.",
    )
    assert facts.dagen_zonder_plicht == frozenset()


def test_what_is_not_met_asks_an_explanation_and_then_it_may(gemeente, boa):
    werkproces = make_weighed(gemeente, verwijt="deels")

    with pytest.raises(UitlegNodig) as error:
        propose(werkproces, by=boa, day=DAG, invoer=invoer(uren=Decimal(8), bekent=False))
    uitleg = dict.fromkeys(error.value.open, "Overlegd met Halt.")
    zaak = propose(
        werkproces, by=boa, day=DAG, invoer=invoer(uren=Decimal(8), bekent=False, uitleg=uitleg)
    )

    assert set(error.value.open) == {"ondergrens", "verwijt", "bekent"}
    kept = {row["code"]: row["uitleg"] for row in zaak.criteria}
    assert {code for code, text in kept.items() if text} == set(uitleg)
    assert (zaak.regime, zaak.eerste_verwerking, zaak.categorie) == ("WPG", DAG, "VERDACHTE")


GESPREK = "Ik durf al weken niet naar school omdat ik word gepest. Thuis gaat het niet goed."
ZWIJGT = {"bekent": False, "verklaring": "", "cautie_gegeven_op": None}
RECHTEN = [
    ({}, ""),
    ({"cautie_gegeven_op": None}, "wanneer u de cautie gaf"),
    ({"cautie_gegeven_op": None, "bekent": False}, "wanneer u de cautie gaf"),
    ({"cautie_gegeven_op": None, "verklaring": " "}, "wanneer u de cautie gaf"),
    (ZWIJGT, ""),
    ({"cautie_gegeven_op": datetime(2025, 10, 1, 23, tzinfo=AMSTERDAM)}, ""),
    ({"cautie_gegeven_op": datetime(2025, 10, 2, 0, tzinfo=AMSTERDAM)}, "nog niet gegeven"),
    ({"cautie_gegeven_op": datetime(2019, 1, 1, tzinfo=AMSTERDAM)}, "geen geldige boa-akte"),
    ({"recht_op_raadsman_meegedeeld": False}, "recht op een raadsman"),
    ({"raadsman": ""}, "recht op een raadsman"),
    ({"tolk": ""}, ""),
    ({"verklaring": GESPREK.split(".")[0] + "."}, "gewoon gesprek"),
]


@pytest.mark.parametrize(("anders", "zin"), RECHTEN)
def test_an_admission_or_statement_has_the_rights_of_a_suspect_first(gemeente, boa, anders, zin):
    werkproces = make_weighed(gemeente)
    ContactmomentFactory(jongere=werkproces.jongere, werkproces=werkproces, verslag=GESPREK)
    uitleg = {"bekent": "Vraagt Halt nog."}

    try:
        propose(werkproces, by=boa, day=DAG, invoer=invoer(**anders, uitleg=uitleg))
        found = ""
    except DomainError as error:
        found = str(error)

    assert (zin in found) if zin else found == ""
    assert Haltzaak.objects.count() == (0 if zin else 1)


def test_refused_without_akte_weighing_right_or_offence(gemeente, boa):
    werkproces = make_weighed(gemeente)
    ongewogen = WerkprocesFactory(jongere=JongereFactory(gemeente=gemeente), toestand="weging")
    jong = make_weighed(gemeente, geboren=date(2014, 1, 1))
    ander = make_gebruiker((Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente)
    BoaAkteFactory(gebruiker=ander, geldig_tot=date(2025, 9, 30))

    for zaak, by, fout in [
        (werkproces, make_ambtenaar(gemeente), NotAuthorised),
        (werkproces, ander, DomainError),
        (ongewogen, boa, DomainError),
        (jong, boa, DomainError),
    ]:
        with pytest.raises(fout):
            propose(zaak, by=by, day=DAG, invoer=invoer())
    propose(werkproces, by=boa, day=DAG, invoer=invoer())
    with pytest.raises(DomainError, match="loopt al"):
        propose(werkproces, by=boa, day=DAG, invoer=invoer())

    assert Haltzaak.objects.count() == 1


@pytest.mark.parametrize(
    ("geboren", "anders", "zin"),
    [
        (GEBOREN, {"ouders": ""}, "Onder de 16 jaar moeten ook de ouders instemmen met Halt."),
        (GEBOREN, {"jongere": "nee"}, "Halt kan alleen als de jongere instemt"),
        (GEBOREN, {"uitgelegd": False}, "Vertel eerst op papier"),
        (date(2009, 10, 2), {"ouders": ""}, "Onder de 16 jaar"),  # sixteen tomorrow
        (date(2009, 10, 1), {"ouders": ""}, ""),
    ],
)
def test_consent_of_the_youth_and_of_the_parents_under_sixteen(gemeente, boa, geboren, anders, zin):
    zaak = propose(make_weighed(gemeente, geboren), by=boa, day=DAG, invoer=invoer())

    if not zin:
        assert step(zaak, "toestemming", boa, **JA | anders).toestand == "toestemming"
        return
    with pytest.raises(DomainError, match=zin):
        step(zaak, "toestemming", boa, **JA | anders)


def test_only_what_was_sent_counts_and_is_a_provision(gemeente, boa):
    werkproces = make_weighed(gemeente)
    zaak = propose(werkproces, by=boa, day=DAG, invoer=invoer())
    step(zaak, "toestemming", boa, **JA)
    before = (Haltverwijzing.objects.count(), werkproces.toestand)

    step(zaak, "verzenden", boa)

    halt = Haltverwijzing.objects.get()
    werkproces.refresh_from_db()
    assert before == (0, "weging")
    assert (werkproces.toestand, werkproces.route) == ("halt", "2")
    assert (halt.regime, halt.uren, halt.instemming_ouder) == ("WPG", 15, True)
    given = Verstrekking.objects.get()
    assert (given.ontvanger, given.grondslag, given.akkoord) == ("HALT", "WPG_18", True)
    assert werkproces.stappen.get(stap="halt_verwijzen").gegevens == {}
    assert "Ik had geen zin" not in str([e.gegevens for e in Gebeurtenis.objects.all()])


@pytest.mark.parametrize(
    ("stappen", "toestand", "resultaat", "werkproces_naar"),
    [
        (("starten", "positief"), "positief", "POSITIEF", "volgen"),
        (("starten", "negatief"), "negatief", "NEGATIEF", "weging"),
        (("niet_starten",), "niet_gestart", "NIET_GESTART", "weging"),
        (("intrekken",), "ingetrokken", "TERUGGEZONDEN", "weging"),
        (("starten", "intrekken"), "ingetrokken", "TERUGGEZONDEN", "weging"),
    ],
)
def test_how_it_ends(gemeente, boa, stappen, toestand, resultaat, werkproces_naar):
    werkproces, zaak = sent(gemeente, boa)

    for naam in stappen:
        zaak = step(zaak, naam, boa, datum=DAG, reden="Niet verschenen.")

    werkproces.refresh_from_db()
    halt = Haltverwijzing.objects.get()
    assert (zaak.toestand, werkproces.toestand) == (toestand, werkproces_naar)
    assert (halt.resultaat, halt.datum_retour) == (resultaat, DAG)


@pytest.mark.parametrize("toestand", ["weging", "strafrecht", "afgesloten"])
def test_what_halt_reports_reaches_a_case_that_went_on(gemeente, boa, toestand):
    werkproces, zaak = sent(gemeente, boa)
    Werkproces.objects.update(toestand=toestand)  # as a new melding brings it
    step(zaak, "starten", boa, datum=DAG)

    zaak = step(zaak, "positief", boa, datum=DAG)

    werkproces.refresh_from_db()
    ended = [row.tot for row in routes(werkproces.stappen.order_by("volgorde"))]
    assert (zaak.toestand, werkproces.toestand) == ("positief", toestand)
    assert ended == [None if toestand == "afgesloten" else DAG]
    assert Haltverwijzing.objects.get().resultaat == "POSITIEF"


def test_withdrawn_before_it_was_sent_leaves_no_referral(gemeente, boa):
    werkproces = make_weighed(gemeente)
    zaak = propose(werkproces, by=boa, day=DAG, invoer=invoer())

    step(zaak, "intrekken", boa, reden="De jongere wil niet.")

    werkproces.refresh_from_db()
    assert (Haltverwijzing.objects.count(), werkproces.toestand) == (0, "weging")


def test_the_akte_must_still_hold_when_it_is_sent(gemeente, boa):
    zaak = propose(make_weighed(gemeente), by=boa, day=DAG, invoer=invoer())
    step(zaak, "toestemming", boa, **JA)
    BoaAkte.objects.update(geldig_tot=date(2025, 9, 30))

    with pytest.raises(DomainError, match="geen geldige boa-akte"):
        step(zaak, "verzenden", boa)


def test_the_screens_are_for_opsporing_with_a_reason_and_the_form_is_a_pdf(client, gemeente, boa):
    werkproces = make_weighed(gemeente)
    RelatieFactory(jongere=werkproces.jongere, voornamen="Karin", achternaam="Bos")
    url = f"/werkproces/{werkproces.uuid}/halt/"
    BoaAkte.objects.update(geldig_tot=date(2099, 1, 1))
    client.force_login(boa)
    data = {
        "uren": "15",
        "school_deed": "Mentor.",
        "ouders_ingelicht": "ja",
        "bekent": "nee",
        "verklaring": "Ik had geen zin.",
        "cautie_gegeven_op": "30-9-2025 14:00",
        "recht_op_raadsman_meegedeeld": "on",
        "raadsman": "AFSTAND",
        "tolk": "Mw. Ay",
    }

    fout = client.post(url, data)
    goed = client.post(url, data | {"uitleg_bekent": "Later alsnog erkend."})
    zaak = Haltzaak.objects.get()
    zonder_reden = client.get(zaak.get_absolute_url())
    give_reason(client, werkproces.jongere)
    pagina = client.get(zaak.get_absolute_url()).content.decode()
    pdf = client.get(f"{zaak.get_absolute_url()}formulier/")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf.content)).pages)
    client.force_login(make_ambtenaar(gemeente))
    dicht = client.get(zaak.get_absolute_url()).status_code
    overal = client.get(werkproces.get_absolute_url()).content.decode()

    assert "uitleg_bekent" in fout.context["form"].errors
    assert "Ik had geen zin." in fout.content.decode()
    assert goed.url == zaak.get_absolute_url()
    assert zonder_reden.status_code == 302
    assert "Later alsnog erkend." in pagina
    for wanted in ("Karin", "7,5", "Ik had geen zin.", "Mentor.", "BOA-1", "8 september 2025"):
        assert wanted in text
    assert werkproces.jongere.bsn not in text
    assert dicht == 403
    assert str(zaak.uuid) not in overal


@pytest.mark.parametrize(("toestand", "telt"), [("voorgesteld", True), ("positief", False)])
def test_a_running_case_stands_among_the_own_dossiers(client, gemeente, boa, toestand, telt):
    day = today()
    jongere = JongereFactory(gemeente=gemeente, achternaam="Haltman")
    HaltzaakFactory(jongere=jongere, boa=boa, toestand=toestand, toestand_sinds=day)
    client.force_login(boa)

    page = client.get("/politiegegevens/").content.decode()

    assert ("Haltman" in page) is telt


def test_an_akte_is_written_by_another_beheerder_and_reminds(client, gemeente, boa):
    beheerder = make_gebruiker((Taak.BEHEER, Rol.BEHANDELAAR), gemeente=gemeente)
    data = {
        "nummer": "BOA-2",
        "geldig_van": "1-1-2025",
        "geldig_tot": "1-1-2030",
        "standplaats": "Oosterhaven",
        "domein": "III",
        "eed": "BELOFTE",
    }
    client.force_login(beheerder)

    te_lang = client.post(f"/beheer/gebruikers/{boa.pk}/akte/", data)
    client.post(f"/beheer/gebruikers/{boa.pk}/akte/", data | {"geldig_tot": "31-12-2029"})
    zelf = client.post(f"/beheer/gebruikers/{beheerder.pk}/akte/", data)

    assert te_lang.context["form"].non_field_errors() == ["Een akte geldt hoogstens 5 jaar."]
    assert set(BoaAkte.objects.values_list("nummer", flat=True)) == {"BOA-1", "BOA-2"}
    assert "Een andere beheerder" in zelf.content.decode()


@pytest.mark.parametrize(
    ("dag", "zin"),
    [
        (date(2028, 8, 30), ""),
        (date(2028, 8, 31), "Vraag voor 30-09-2028"),
        (date(2028, 12, 31), "Vraag voor"),
        (date(2029, 1, 1), "verlopen op 31-12-2028"),
    ],
)
def test_the_reminder_begins_four_months_before(boa, dag, zin):
    from casework.domain.akte import reminder

    assert zin in reminder(boa, dag)
    assert bool(reminder(boa, dag)) is bool(zin)
