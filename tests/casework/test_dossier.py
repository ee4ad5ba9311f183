"""The dossier pages: traces of reading, masked numbers, the timeline, entering a person."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.domain.jongere import household_of
from casework.domain.tijdlijn import page_of
from casework.models import Document, Jongere
from tests.factories import (
    ActieFactory,
    AdresFactory,
    ContactmomentFactory,
    DossierFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    RelatieFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_bsn,
    make_gebruiker,
)


@pytest.fixture
def gemeente(db):
    return GemeenteFactory()


@pytest.fixture
def ambtenaar(gemeente):
    return make_ambtenaar(gemeente, naam="Noor van Dam")


@pytest.fixture
def jongere(gemeente):
    return JongereFactory(gemeente=gemeente)


@pytest.fixture
def logged_in(client, ambtenaar):
    client.force_login(ambtenaar)
    return client


TABS = ["", "gezin/", "school/", "meldingen/", "werkprocessen/", "documenten/"]


@pytest.mark.parametrize("tab", TABS)
def test_reading_leaves_one_trace(logged_in, ambtenaar, jongere, tab):
    response = logged_in.get(f"/jongere/{jongere.uuid}/{tab}")

    [event] = Gebeurtenis.objects.all()
    assert response.status_code == 200
    assert (event.actie, event.gebruiker, event.jongere_id) == (
        "dossier.gelezen",
        ambtenaar,
        jongere.pk,
    )
    assert (event.taak, event.rol) == (Taak.LEERPLICHT, Rol.BEHANDELAAR)


def test_the_bsn_is_shown_after_a_recorded_post_only(logged_in, jongere):
    url = f"/jongere/{jongere.uuid}/"
    before = logged_in.get(f"{url}gezin/").content.decode()

    empty = logged_in.post(f"{url}toon/bsn/").content.decode()
    shown = logged_in.post(f"{url}toon/bsn/", {"bsn-reden": "controle"}).content.decode()

    assert jongere.bsn not in empty and "Kies waarom" in empty
    assert (before.count(jongere.bsn), shown.count(jongere.bsn)) == (0, 1)
    assert logged_in.get(f"{url}toon/bsn/").status_code == 405
    assert logged_in.post(f"{url}toon/naam/").status_code == 404
    assert Gebeurtenis.objects.get(actie="bsn.getoond").gegevens == {"soort": "controle"}


def test_a_secret_address_is_shown_after_a_recorded_post_only(logged_in, jongere):
    AdresFactory(jongere=jongere, straat="Geheimlaan", geheim=True)
    url = f"/jongere/{jongere.uuid}/"

    before = logged_in.get(f"{url}gezin/").content.decode()
    empty = logged_in.post(f"{url}toon/adres/").content.decode()
    shown = logged_in.post(f"{url}toon/adres/", {"adres-reden": "brief"}).content.decode()

    assert "Geheimlaan" not in empty and "Kies waarom" in empty
    assert (before.count("Geheimlaan"), shown.count("Geheimlaan")) == (0, 1)
    assert before.count("Geheim adres") == 2  # warning label and box
    assert Gebeurtenis.objects.get(actie="adres.getoond").gegevens == {"soort": "brief"}


def test_identity_bar_has_status_and_next_change(logged_in, jongere, ambtenaar):
    DossierFactory(jongere=jongere, behandelaar=ambtenaar)
    school = InschrijvingFactory(jongere=jongere).school
    jongere.tolk, jongere.voorkeurstaal = True, "Arabisch"
    jongere.save()

    identiteit = logged_in.get(f"/jongere/{jongere.uuid}/").context["identiteit"]

    assert identiteit["school"] == school
    assert identiteit["behandelaar"] == "Noor van Dam"
    assert identiteit["waarschuwingen"] == ["Tolk nodig (Arabisch)"]
    assert identiteit["status"]


def test_an_exemption_is_not_told_to_the_doorstroompunt(client, gemeente):
    vandaag = datetime.now(UTC).date()
    jongere = JongereFactory(
        gemeente=gemeente, geboortedatum=date(vandaag.year - 10, vandaag.month, 1)
    )
    VrijstellingFactory(
        jongere=jongere, begindatum=vandaag - timedelta(days=9), einddatum=None, grond="5a"
    )
    seen = []
    for taak in (Taak.LEERPLICHT, Taak.DOORSTROOMPUNT):
        client.force_login(make_gebruiker((taak, Rol.BEHANDELAAR), gemeente=gemeente))
        response = client.get(f"/jongere/{jongere.uuid}/")
        titels = [regel.titel for regel in response.context["regels"]]
        seen.append((response.context["identiteit"]["status"], titels))

    grond = "Vrijstelling: Artikel 5 onder a, lichamelijke of psychische gronden"
    assert seen == [("Vrijgesteld", [grond]), ("Leerplichtig", [])]


def test_timeline_newest_first_and_in_pages(gemeente, ambtenaar, jongere):
    VerzuimmeldingFactory(jongere=jongere, melddatum=date(2025, 9, 8))
    VrijstellingFactory(jongere=jongere, begindatum=date(2025, 9, 7))
    for day in (6, 6, 5):
        ContactmomentFactory(jongere=jongere, datum=datetime(2025, 9, day, 8, tzinfo=UTC))
    ContactmomentFactory(jongere=jongere, taak=Taak.DOORSTROOMPUNT)

    first, before = page_of(jongere, ambtenaar, size=3)
    second, end = page_of(jongere, ambtenaar, before=before, size=3)

    # Two contacts of the same moment stay on one page, or one of them would be skipped.
    assert [line.soort for line in first] == ["melding", "vrijstelling", "contact", "contact"]
    assert [line.soort for line in second] == ["contact"]
    assert end is None


def test_timeline_pages_by_address(logged_in, jongere):
    for hour in range(30):
        moment = datetime(2025, 9, 10, tzinfo=UTC) + timedelta(hours=hour)
        ContactmomentFactory(jongere=jongere, datum=moment)

    first = logged_in.get(f"/jongere/{jongere.uuid}/")
    second = logged_in.get(f"/jongere/{jongere.uuid}/{first.context['volgende']}")
    nonsense = logged_in.get(f"/jongere/{jongere.uuid}/?voor=gisteren")

    assert len(first.context["regels"]) == 25
    assert len(second.context["regels"]) == 5
    assert len(nonsense.context["regels"]) == 25


@pytest.mark.parametrize("item_count", (1, 3))
@pytest.mark.parametrize(("tab", "aantal"), [*zip(TABS, (36, 31, 25, 24, 24, 25), strict=True)])
def test_queries_of_a_tab_do_not_grow(
    logged_in, gemeente, jongere, tab, aantal, item_count, django_assert_max_num_queries
):
    for _ in range(item_count):
        VerzuimmeldingFactory(jongere=jongere)
        WerkprocesFactory(jongere=jongere)
        ContactmomentFactory(jongere=jongere)
        InschrijvingFactory(jongere=jongere)
        RelatieFactory(jongere=jongere)
        AdresFactory(jongere=jongere)
        VrijstellingFactory(jongere=jongere)

    with django_assert_max_num_queries(aantal):
        logged_in.get(f"/jongere/{jongere.uuid}/{tab}")


def test_household_by_gezin_or_shared_parent_within_sight(gemeente, ambtenaar):
    jongere = JongereFactory(gemeente=gemeente, gezin_id="G1")
    gezin = JongereFactory(gemeente=gemeente, gezin_id="G1", geboortedatum=date(2012, 1, 1))
    ouder = JongereFactory(gemeente=gemeente, geboortedatum=date(2013, 1, 1))
    JongereFactory(gezin_id="G1")  # another gemeente
    JongereFactory(gemeente=gemeente)
    for kind in (jongere, ouder):
        RelatieFactory(jongere=kind, bsn=make_bsn(500))

    assert household_of(jongere, ambtenaar) == [gezin, ouder]


def test_who_looked(client, gemeente, jongere, ambtenaar):
    client.force_login(ambtenaar)
    client.get(f"/jongere/{jongere.uuid}/gezin/")
    client.force_login(make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente))

    [event] = client.get(f"/jongere/{jongere.uuid}/wie-keek/").context["page_obj"]

    assert (event.gebruiker, event.gegevens) == (ambtenaar, {"onderdeel": "gezin"})


def test_a_document_is_downloaded_and_recorded(logged_in, jongere, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "brief.txt").write_bytes(b"brief")
    fields = {"bestandsnaam": "brief.txt", "bytes": 5, "sha256": "0" * 64}
    document = Document.objects.create(
        jongere=jongere, gemeente=jongere.gemeente, bestand="brief.txt", **fields
    )
    weg = Document.objects.create(
        jongere=jongere, gemeente=jongere.gemeente, bestand="weg.txt", **fields
    )

    response = logged_in.get(f"/document/{document.uuid}/")

    assert b"".join(response.streaming_content) == b"brief"
    assert response["Content-Disposition"] == 'attachment; filename="brief.txt"'
    assert logged_in.get(f"/document/{weg.uuid}/").status_code == 404
    assert Gebeurtenis.objects.filter(actie="document.gelezen").count() == 2


def test_notes_of_one_taak_and_of_one_werkproces(logged_in, jongere):
    werkproces = WerkprocesFactory(jongere=jongere)
    ander = WerkprocesFactory(jongere=JongereFactory(gemeente=jongere.gemeente))
    data = {"kanaal": "TELEFOON", "datum": "1-9-2025", "tijd": "9:30", "verslag": "Gebeld."}
    url = f"/jongere/{jongere.uuid}/notitie/"

    response = logged_in.post(f"{url}?werkproces={werkproces.uuid}", data)
    leeg = logged_in.post(url, {**data, "verslag": ""})
    vreemd = logged_in.get(f"{url}?werkproces={ander.uuid}")
    onzin = logged_in.get(f"{url}?werkproces=1")

    contact = werkproces.contactmomenten.get()
    assert response.url == werkproces.get_absolute_url()
    assert contact.datum == datetime(2025, 9, 1, 7, 30, tzinfo=UTC)
    assert (contact.taak, contact.verslag) == (Taak.LEERPLICHT, "Gebeld.")
    assert leeg.context["form"].errors == {"verslag": ["Schrijf een korte notitie."]}
    assert (vreemd.status_code, onzin.status_code) == (404, 404)


def test_ticking_off_goes_back_and_never_elsewhere(logged_in, jongere):
    actie = ActieFactory(jongere=jongere)
    termijn = ActieFactory(jongere=jongere, grondslag="termijn:onderzoek")

    back = logged_in.post(f"/actie/{actie.uuid}/gedaan/", {"terug": "/mijn-dag/"})
    away = logged_in.post(f"/actie/{termijn.uuid}/gedaan/", {"terug": "https://elders.example/"})

    actie.refresh_from_db()
    termijn.refresh_from_db()
    assert (back.url, away.url) == ("/mijn-dag/", "/")
    assert actie.gedaan_op is not None
    assert termijn.gedaan_op is None  # a term ends by the next step


GEEN_DATUM = "Dit is geen datum. Schrijf dag, maand en jaar, zoals 3-11-2025."
NIEUW = {"achternaam": "Wit", "geboortedatum": "15-3-2011", "geslacht": "V"}


def test_a_person_by_hand_with_address_and_index(logged_in, gemeente):
    bsn = make_bsn(123)
    data = {**NIEUW, "gemeente": gemeente.pk, "bsn": bsn, "straat": "Kade", "huisnummer": "7"}

    response = logged_in.post("/jongere/nieuw/", {**data, "postcode": "1234 ab"})

    jongere = Jongere.objects.with_bsn(bsn).get()
    assert response.url == jongere.get_absolute_url()
    assert jongere.zoeknaam == "wit"
    assert jongere.adressen.get().postcode == "1234AB"
    assert Gebeurtenis.objects.get().actie == "jongere.gemaakt"


def test_who_looks_the_same_is_shown_first(logged_in, gemeente):
    same = JongereFactory(gemeente=gemeente, achternaam="wit", geboortedatum=date(2011, 3, 15))
    data = {**NIEUW, "gemeente": gemeente.pk}

    first = logged_in.post("/jongere/nieuw/", data)
    second = logged_in.post("/jongere/nieuw/", {**data, "toch": "1"})

    assert first.context["zelfde"] == [same]
    assert second.status_code == 302
    assert Jongere.objects.count() == 2


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("bsn", "900000001", "Dit is geen geldig BSN: controleer de cijfers."),
        ("postcode", "12345", "Een postcode heeft vier cijfers en twee letters."),
        ("geboortedatum", "1-1-2999", "De geboortedatum ligt in de toekomst."),
        ("geboortedatum", "31-2-2011", GEEN_DATUM),
        ("achternaam", "", "Vul de achternaam in."),
    ],
)
def test_wrong_input_is_told_at_the_field(logged_in, gemeente, veld, waarde, zin):
    response = logged_in.post("/jongere/nieuw/", {**NIEUW, "gemeente": gemeente.pk, veld: waarde})

    assert response.context["form"].errors == {veld: [zin]}


def test_a_bsn_in_use_and_a_gemeente_of_others_are_refused(logged_in, gemeente):
    ander = JongereFactory()

    in_use = logged_in.post("/jongere/nieuw/", {**NIEUW, "gemeente": gemeente.pk, "bsn": ander.bsn})
    elders = logged_in.post("/jongere/nieuw/", {**NIEUW, "gemeente": ander.gemeente.pk})

    assert list(in_use.context["form"].errors) == ["bsn"]
    assert list(elders.context["form"].errors) == ["gemeente"]


def test_list_of_youths_in_keyset_pages(logged_in, gemeente):
    JongereFactory.create_batch(53, gemeente=gemeente, achternaam="Wit")
    JongereFactory(gemeente=gemeente, achternaam="Aal")

    first = logged_in.get("/jongeren/")
    second = logged_in.get(f"/jongeren/?na={first.context['na']}")
    from_w = logged_in.get("/jongeren/?vanaf=W")

    assert (len(first.context["jongeren"]), len(second.context["jongeren"])) == (50, 4)
    assert first.context["jongeren"][0][0].achternaam == "Aal"
    assert from_w.context["jongeren"][0][0].achternaam == "Wit"
