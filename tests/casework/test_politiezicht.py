"""Police data: a reason first, a line in the log for every object, and not a trace for others."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.models import Document, WerkprocesStap
from casework.schooljaar import today
from leerplicht.models import Haltverwijzing
from tests.factories import (
    ActieFactory,
    AfspraakFactory,
    ContactmomentFactory,
    DossierFactory,
    GemeenteFactory,
    JongereFactory,
    ProcesVerbaalFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import give_reason

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WOORD = "geheimwoord"
GELEZEN = "politiegegevens.geraadpleegd"


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def jongere(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    DossierFactory(jongere=jongere)
    return jongere


def logged_in(user):
    client = Client()
    client.force_login(user, BACKEND)
    return client


def make_boa(gemeente, **extra):
    return make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )


@pytest.fixture
def boa(gemeente):
    return make_boa(gemeente)


@pytest.fixture
def site(boa):
    return logged_in(boa)


def make_document(jongere, **fields):
    return Document.objects.create(
        jongere=jongere,
        gemeente=jongere.gemeente,
        bestand=ContentFile(b"%PDF", "brief.pdf"),
        bestandsnaam=f"{WOORD}.pdf",
        datum=date(2025, 9, 9),
        bytes=4,
        sha256="0" * 64,
        **fields,
    )


def make_police_data(jongere, user):
    """One of every kind, made today, also below a melding that stays AVG."""
    wpg = {"jongere": jongere, "regime": "WPG", "eerste_verwerking": today()}
    werkproces = WerkprocesFactory(toestand="onderzoek", behandelaar=user, **wpg)
    WerkprocesStap.objects.create(
        werkproces=werkproces,
        volgorde=1,
        soort="OVERIG",
        uitgevoerd_op=date(2025, 9, 9),
        verslag=WOORD,
    )
    now = datetime.now(UTC)
    return [
        werkproces,
        ContactmomentFactory(verslag=WOORD, oordeel=WOORD, werkproces=werkproces, **wpg),
        ActieFactory(omschrijving=WOORD, toegewezen_aan=user, vervalt_op=today(), **wpg),
        AfspraakFactory(plaats=WOORD, gebruiker=user, begin=now, **wpg),
        make_document(jongere, regime="WPG", eerste_verwerking=today()),
        Haltverwijzing.objects.create(
            gemeente=jongere.gemeente, datum_verwijzing=date(2025, 9, 1), **wpg
        ),
        ProcesVerbaalFactory(jongere=jongere, eerste_verwerking=today(), werkproces=werkproces),
    ]


def plain(response) -> str:
    """Without what differs between two requests of the same page."""
    text = response.getvalue().decode(errors="replace")
    text = re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", text)
    text = re.sub(r'nonce="[^"]*"', "", text)
    return re.sub(r'data-sessie-einde="\d+"', "", text)


def paths(jongere, melding):
    own = f"/jongere/{jongere.uuid}/"
    tabs = ("", "gezin/", "school/", "meldingen/", "werkprocessen/", "documenten/", "notitie/")
    return [
        *(own + tab for tab in (*tabs, "wie-keek/", "afspraak/", "actie/", "melding/")),
        f"/melding/{melding.uuid}/",
        "/mijn-dag/",
        "/werkprocessen/?wie=alle&stand=alle",
        "/meldingen/",
        "/jongeren/",
        f"/zoeken/?q={jongere.achternaam}",
        "/mijn-jongeren/",
        "/cijfers/",
        "/cijfers/lp_meldingen/lijst/",
        "/pakket/",
        "/logboek/",
        "/api/v1/niets",
    ]


@pytest.mark.eis("P01")
def test_without_opsporing_the_dossier_is_the_same_as_without_police_data(gemeente, jongere):
    """Every page for every taak but opsporing: byte for byte the same before and after."""
    andere = [(taak, Rol.LEIDINGGEVENDE) for taak in Taak if taak != Taak.OPSPORING]
    collega = make_gebruiker(*andere, gemeente=gemeente)
    client = logged_in(collega)
    melding = VerzuimmeldingFactory(jongere=jongere)
    WerkprocesFactory(jongere=jongere, toestand="onderzoek")
    pages = paths(jongere, melding)
    for path in pages:  # what a first visit leaves, such as a line of who looked
        client.get(path)
    before = {path: plain(client.get(path)) for path in pages if "wie-keek" not in path}

    rows = make_police_data(jongere, collega)
    melding.werkproces = rows[0]
    melding.save()
    boa = logged_in(make_boa(gemeente))
    assert give_reason(boa, jongere).status_code == 302
    assert plain(boa.get(f"/document/{rows[4].uuid}/"))

    after = {path: plain(client.get(path)) for path in before}
    changed = [path for path in before if before[path] != after[path]]
    assert [path for path in changed if "/logboek/" not in path] == []
    assert len(before) > 20
    assert WOORD not in plain(client.get(f"/jongere/{jongere.uuid}/wie-keek/"))
    assert client.get(f"/zoeken/?q=W{rows[0].pk}").content.decode().count("W" + str(rows[0].pk)) < 3


@pytest.mark.eis("P01")
def test_police_data_do_not_exist_for_who_does_no_opsporing(gemeente, jongere, boa):
    rows = make_police_data(jongere, boa)
    client = logged_in(make_ambtenaar(gemeente))

    for path in (
        f"/werkproces/{rows[0].uuid}/",
        f"/document/{rows[4].uuid}/",
        f"/actie/{rows[2].uuid}/gedaan/",
    ):
        assert client.post(path).status_code in {404, 405}
        assert client.get(path).status_code in {404, 405}
    for row in rows:
        assert (
            client.get(f"/politiegegevens/onderdeel/{row.uuid}/{row.modelcode}/").status_code == 403
        )


@pytest.mark.eis("P02")
def test_without_a_reason_nothing_is_shown_and_the_refusal_is_on_record(site, boa, jongere):
    rows = make_police_data(jongere, boa)
    own = f"/jongere/{jongere.uuid}/"

    for tab in ("", "werkprocessen/", "documenten/", "politiegegevens/"):
        assert WOORD not in site.get(own + tab).content.decode()
    answers = [site.get(f"/document/{rows[4].uuid}/"), site.get(f"/werkproces/{rows[0].uuid}/")]

    assert [a.status_code for a in answers] == [302, 302]
    assert all(a.url.startswith(f"{own}politiegegevens/?volgende=") for a in answers)
    assert not Gebeurtenis.objects.filter(actie=GELEZEN).exists()
    assert not Gebeurtenis.objects.filter(actie="document.gelezen").exists()
    refusals = Gebeurtenis.objects.filter(actie="politiegegevens.geweigerd", resultaat="geweigerd")
    assert sorted(refusals.values_list("object_id", flat=True)) == sorted([rows[4].pk, rows[0].pk])
    assert "Politiegegevens (7)" in site.get(own).content.decode()


@pytest.mark.eis("P02")
def test_a_reason_must_be_chosen(site, boa, jongere):
    make_police_data(jongere, boa)

    answer = site.post(f"/jongere/{jongere.uuid}/politiegegevens/", {"toelichting": "zomaar"})

    assert "Kies een reden." in answer.content.decode()
    assert WOORD not in site.get(f"/jongere/{jongere.uuid}/").content.decode()


def lines(**filters):
    return list(
        Gebeurtenis.objects.filter(actie=GELEZEN, **filters)
        .order_by("pk")
        .values_list("object_type", "object_id")
    )


@pytest.mark.eis("P03")
def test_after_a_reason_every_object_shown_leaves_one_line(site, boa, jongere):
    rows = make_police_data(jongere, boa)
    own = f"/jongere/{jongere.uuid}/"
    keys = {row.modelcode: (row._meta.label_lower, row.pk) for row in rows}
    site.post(own + "politiegegevens/", {"code": "ZITTING", "toelichting": "Zaak 900000012"})
    seen = {
        own + "politiegegevens/": set(keys),
        own: {"werkproces", "contactmoment", "document", "afspraak", "haltverwijzing"},
        own + "werkprocessen/": {"werkproces"},
        own + "documenten/": {"document"},
        f"/document/{rows[4].uuid}/": {"document"},
        f"/werkproces/{rows[0].uuid}/": {"werkproces", "contactmoment"},
        f"/werkproces/{rows[0].uuid}/proces-verbaal/": {"werkproces", "procesverbaal"},
        f"/werkproces/{rows[0].uuid}/stap/beoordelen/": {"werkproces"},
        f"{own}notitie/?werkproces={rows[0].uuid}": {"werkproces"},
        "/mijn-dag/": {"afspraak", "actie"},
        f"/zoeken/?q=W{rows[0].pk}": {"werkproces"},
        f"/politiegegevens/onderdeel/{rows[2].uuid}/actie/": {"actie"},
    }
    for path, codes in seen.items():
        last = Gebeurtenis.objects.order_by("-pk").first().pk
        response = site.get(path)
        assert response.status_code == 200, path
        response.getvalue()
        assert sorted(lines(pk__gt=last)) == sorted(keys[code] for code in codes), path

    event = Gebeurtenis.objects.filter(actie=GELEZEN).order_by("pk").first()
    assert event.gegevens["regime"] == "WPG"
    assert event.gegevens["reden_code"] == "ZITTING"
    assert (event.gegevens["handeling"], event.taak) == ("lijst", "opsporing")
    assert (event.gebruiker, event.jongere_id) == (boa, jongere.pk)
    reden = Gebeurtenis.objects.get(actie="politiegegevens.reden")
    assert (reden.reden, reden.gegevens["reden_code"]) == ("Zaak [nummer]", "ZITTING")


def test_a_reason_is_for_one_dossier_one_session_and_one_hour(site, boa, jongere):
    andere = JongereFactory(gemeente=jongere.gemeente)
    for each in (jongere, andere):
        make_police_data(each, boa)
    give_reason(site, jongere)
    own = f"/jongere/{jongere.uuid}/"

    assert WOORD in site.get(own).content.decode()
    assert WOORD not in site.get(f"/jongere/{andere.uuid}/").content.decode()
    assert WOORD not in logged_in(boa).get(own).content.decode()
    for minuten, ziet in ((59, True), (1, False)):
        session = site.session
        session["politiezicht"][str(jongere.pk)]["tot"] -= minuten * 60
        session.save()
        assert (WOORD in site.get(own).content.decode()) is ziet


@pytest.mark.eis("P05")
@pytest.mark.parametrize(("dagen", "ziet"), [(365, True), (366, False)])
def test_after_a_year_only_a_targeted_search_finds_it(site, boa, jongere, dagen, ziet):
    document = make_document(
        jongere, regime="WPG", eerste_verwerking=today() - timedelta(days=dagen)
    )
    own = f"/jongere/{jongere.uuid}/"
    give_reason(site, jongere)

    pages = [
        site.get(own + tab).content.decode() for tab in ("", "documenten/", "politiegegevens/")
    ]
    assert [WOORD in page for page in pages] == [ziet] * 3
    download = site.get(f"/document/{document.uuid}/")
    download.getvalue()
    assert (download.status_code == 200) is ziet

    assert give_reason(site, jongere, gericht=True).status_code == 302
    assert WOORD in site.get(own + "documenten/").content.decode()


@pytest.mark.eis("P05")
def test_targeted_is_the_exact_case_or_person_with_a_reason(site, boa, jongere):
    oud = {"regime": "WPG", "eerste_verwerking": today() - timedelta(days=400)}
    zaak = WerkprocesFactory(jongere=jongere, toestand="onderzoek", **oud)
    geboren = f"{jongere.geboortedatum:%d-%m-%Y}"
    wrong = [
        {"zoek": f"W{zaak.pk + 999}", "code": "OPSPORING"},
        {"zoek": f"W{zaak.pk}"},
        {"zoek": "jansen", "code": "OPSPORING"},
        {"achternaam": jongere.achternaam[:-1], "geboren": geboren, "code": "OPSPORING"},
        {"achternaam": jongere.achternaam, "geboren": "1-1-2001", "code": "OPSPORING"},
        {"achternaam": jongere.achternaam, "code": "OPSPORING"},
    ]

    assert [site.post("/politiegegevens/zoeken/", data).status_code for data in wrong] == [200] * 6
    assert site.get(f"/zoeken/?q=W{zaak.pk}").context["uitslag"].leeg
    found = site.post("/politiegegevens/zoeken/", {"zoek": f"w{zaak.pk}", "code": "OPSPORING"})
    assert found.url == f"/jongere/{jongere.uuid}/politiegegevens/"
    assert site.get(f"/werkproces/{zaak.uuid}/").status_code == 200
