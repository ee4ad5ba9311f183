"""The meldcode: five steps, when they may be skipped, and who sees that there is one."""

from datetime import date

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.proces import missing, perform
from casework.errors import DomainError, NotAuthorised
from leerplicht.domain.meldcode import begin, bring_in
from leerplicht.domain.meldcode_tabel import AFWEGEN, MELDCODE
from leerplicht.models import Meldcodetraject, ProcesVerbaal
from tests.factories import GemeenteFactory, JongereFactory, make_ambtenaar, make_gebruiker

DAG = date(2025, 10, 1)
SIGNAAL = {"datum": DAG, "herkomst": "eigen", "feiten": "Blauwe plek gezien."}
MELDING = {"besluit": "melding", "gemeld_op": DAG} | {naam: "ja" for naam, _ in AFWEGEN}


@pytest.fixture
def maker(gemeente):
    return make_ambtenaar(gemeente)


def step(traject, naam, by, **gegevens):
    return perform(traject, naam, tabel=MELDCODE, by=by, day=DAG, gegevens=gegevens)


# state, step, answers, what stands in the way
STAPPEN = [
    ("mc_overleg", "overslaan", {"acuut": "ja", "reden": "Direct gevaar"}, ""),
    ("mc_overleg", "overslaan", {"acuut": "nee", "reden": "Haast"}, "alleen bij acuut gevaar"),
    ("mc_overleg", "overslaan", {"acuut": "ja"}, "waarom u stappen overslaat"),
    ("mc_besluit", "besluiten", MELDING, ""),
    ("mc_besluit", "besluiten", {**MELDING, "werkt": ""}, "beantwoord de vijf vragen"),
    ("mc_besluit", "besluiten", {**MELDING, "gemeld_op": None}, "vul de datum in"),
    ("mc_besluit", "besluiten", {"besluit": "hulp"}, ""),
    ("mc_besluit", "besluiten", {"besluit": "hulp", "onveilig": "ja"}, "Bij onveiligheid"),
    (
        "mc_besluit", "besluiten",
        {"besluit": "hulp", "onveilig": "ja", "waarom_niet": "Opgenomen"}, "",
    ),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("toestand", "naam", "gegevens", "zin"), STAPPEN)
def test_steps_ask_what_the_kader_asks(toestand, naam, gegevens, zin):
    traject = Meldcodetraject(toestand=toestand)
    stap = MELDCODE.stappen[naam]

    found = " ".join(missing(stap, traject, gegevens, DAG))

    assert toestand in stap.van
    assert (zin in found) if zin else found == ""


def test_all_five_steps_and_again(gemeente, maker):
    traject = begin(JongereFactory(gemeente=gemeente), by=maker, day=DAG)
    with pytest.raises(DomainError):
        begin(traject.jongere, by=maker, day=DAG)
    for naam, gegevens in (
        ("signalen", SIGNAAL),
        ("overleg", {"datum": DAG, "met": "vt", "advies": "Praat met ouders"}),
        ("gesprek", {"datum": DAG, "met": "Moeder", "samenvatting": "Erkent"}),
        ("weging", {"ernst": "Ernstig"}),
        ("besluiten", MELDING),
        ("afsluiten", {"reden": "Veilig"}),
    ):
        traject = step(traject, naam, maker, **gegevens)

    assert (traject.toestand, traject.gesloten_op) == ("mc_klaar", DAG)
    assert traject.stappen.get(stap="besluiten").gegevens["onveilig"] == "ja"
    events = Gebeurtenis.objects.filter(actie__startswith="meldcode.").values("gegevens")
    assert len(events) == 7 and "Blauwe plek" not in str(list(events))
    traject = step(traject, "heropenen", maker, reden="Nieuw signaal")
    assert (traject.toestand, traject.gesloten_op) == ("mc_signalen", None)


def test_it_hangs_on_nothing_of_the_case_or_the_police():
    leads_to = {
        f.related_model.__name__ for f in Meldcodetraject._meta.get_fields() if f.is_relation
    }

    assert leads_to == {"Jongere", "Gemeente", "Gebruiker", "Meldcodestap", "Meldcodelid"}
    related = {f.related_model.__name__ for f in ProcesVerbaal._meta.get_fields() if f.is_relation}
    assert not [name for name in related if name.startswith("Meldcode")]


@pytest.mark.eis("Z2")
def test_only_who_began_was_brought_in_or_leads_sees_that_it_is_there(client, gemeente, maker):
    jongere = JongereFactory(gemeente=gemeente)
    traject = step(begin(jongere, by=maker, day=DAG), "signalen", maker, **SIGNAAL)
    erbij, ander = make_ambtenaar(gemeente), make_ambtenaar(gemeente)
    leider = make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    elders = make_ambtenaar(GemeenteFactory())
    lezer = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente)
    with pytest.raises(NotAuthorised):
        begin(jongere, by=elders, day=DAG)
    with pytest.raises(DomainError):
        bring_in(traject, elders, by=maker, day=DAG)
    client.force_login(maker)
    client.post(traject.get_absolute_url(), {"collega": erbij.pk})

    seen = {}
    for wie, user in (
        ("maker", maker),
        ("erbij", erbij),
        ("leider", leider),
        ("ander", ander),
        ("lezer", lezer),
        ("elders", elders),
    ):
        client.force_login(user)
        one = client.get(traject.get_absolute_url()).status_code
        listed = client.get("/meldcode/")
        rows = len(listed.context["object_list"]) if listed.status_code == 200 else 0
        seen[wie] = (one, rows)

    assert seen == {
        "maker": (200, 1),
        "erbij": (200, 1),
        "leider": (200, 1),
        "ander": (404, 0),
        "lezer": (403, 0),
        "elders": (404, 0),
    }


def test_nothing_of_it_stands_on_the_pages_of_the_dossier(client, gemeente, maker):
    jongere = JongereFactory(gemeente=gemeente)
    traject = step(begin(jongere, by=maker, day=DAG), "signalen", maker, **SIGNAAL)
    client.force_login(maker)
    client.get(traject.get_absolute_url())
    leider = make_gebruiker(
        (Taak.LEERPLICHT, Rol.LEIDINGGEVENDE),
        (Taak.DOORSTROOMPUNT, Rol.LEIDINGGEVENDE),
        gemeente=gemeente,
    )
    client.force_login(leider)
    base = jongere.get_absolute_url()

    pages = [
        client.get(path).content.decode()
        for path in (base, f"{base}tijdlijn/", f"{base}wie-keek/", "/mijn-dag/")
    ]

    assert [page.count("Blauwe plek") + page.count("meldcode.") for page in pages] == [0] * 4


def test_a_step_from_its_form(client, gemeente, maker):
    traject = begin(JongereFactory(gemeente=gemeente), by=maker, day=DAG)
    client.force_login(maker)
    url = f"{traject.get_absolute_url()}stap/signalen/"

    fout = client.post(url, {"herkomst": "eigen", "feiten": "Gezien"})
    client.post(url, {"datum": "1-10-2025", "herkomst": "eigen", "feiten": "Gezien"})

    traject.refresh_from_db()
    assert fout.context["form"].errors == {"datum": ["Vul dit in."]}
    assert traject.toestand == "mc_overleg"
    assert client.get(f"{traject.get_absolute_url()}stap/niets/").status_code == 404
