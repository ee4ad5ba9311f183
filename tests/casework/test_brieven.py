"""Letters: texts with known fields only, the right readers, and no address of anybody else."""

import io
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pypdf import PdfReader

from accounts.models import Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.briefsoorten import SOORTEN, Briefsoort, standaardtekst
from casework.domain import brieven, brieven_maken
from casework.domain.briefsjablonen import Tekst, save_text, text_on
from casework.domain.ontvangers import readers
from casework.domain.samenvoegen import SjabloonFout, asked, blocks, check_text, fill
from casework.errors import DomainError, NotAuthorised
from casework.models import Brief, Briefafzender, Brievenronde, Contactmoment, Document
from casework.schooljaar import today
from tests.factories import (
    AdresFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    RelatieFactory,
    SchoolFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.test_ingangen import BACKEND

WAARDEN = {
    "afspraak_datum": "8 september 2026", "afspraak_tijd": "9.30 uur",
    "afspraak_plaats": "het gemeentehuis", "reden": "er is verzuim gemeld",
    "periode": "september", "besluit": "U krijgt geen verlof.", "reageren_voor": "1 oktober 2026",
    "afspraken": "Sam gaat elke dag naar school.",
}  # fmt: skip  # read as a table


@pytest.mark.parametrize("soort", Briefsoort.values)
def test_the_texts_of_the_program_hold_known_fields_only(soort):
    onderwerp, tekst = standaardtekst(soort)

    check_text(soort, onderwerp, tekst)
    assert set(asked(soort, onderwerp, tekst)) <= SOORTEN[soort].invoer
    assert len(tekst) > 200


@pytest.mark.parametrize(
    "tekst", ["{bsn}", "{adres}", "{jongere.bsn}", "{% if x %}", "{{ jongere }}", "{"]
)
def test_an_unknown_field_is_refused_and_nothing_is_code(tekst):
    with pytest.raises(SjabloonFout):
        check_text("halt", tekst)


def test_a_field_without_value_is_named_and_a_value_is_no_field():
    with pytest.raises(SjabloonFout, match="telefoonnummer van de afdeling"):
        fill("halt", "Bel {telefoon} over {jongere}", {"jongere": "Sam", "telefoon": " "})
    assert fill("halt", "{jongere}", {"jongere": "{telefoon}"}) == "{telefoon}"


@pytest.mark.parametrize(
    ("waarde", "zin"), [("Sam", "Bel Sam."), ("Sam.", "Bel Sam."), ("Sam!", "Bel Sam!")]
)
def test_a_sentence_ends_once(waarde, zin):
    assert fill("halt", "Bel {jongere}.", {"jongere": waarde}) == zin


def test_headings_lists_and_paragraphs():
    assert blocks("## Kop\r\n\r\n- een\r\n- twee\r\n\r\nRegel") == [
        ("kop", ["Kop"]),
        ("lijst", ["een", "twee"]),
        ("alinea", ["Regel"]),
    ]


pytestmark = pytest.mark.django_db


@pytest.fixture
def gemeente():
    gemeente = GemeenteFactory(naam="Proefdorp")
    Briefafzender.objects.create(
        gemeente=gemeente,
        afdeling="Leerplicht",
        postadres="Postbus 1",
        postcode_plaats="1000 AA PROEFDORP",
        telefoon="14 000",
    )
    return gemeente


@pytest.fixture
def lea(gemeente):
    return make_ambtenaar(gemeente, naam="Lea Zonnebloem", functie="leerplichtambtenaar")


@pytest.fixture
def jongere(gemeente):
    """Lives with parent B at a secret address; parent A lives elsewhere."""
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=today() - timedelta(days=15 * 365))
    AdresFactory(
        jongere=jongere, straat="Schuilstraat", huisnummer=7, postcode="9876ZZ", geheim=True
    )
    ouder(jongere, "Anna", "Bekendelaan", "1111AA")
    ouder(jongere, "Bram", "Schuilstraat", "9876ZZ", geheim=True, huisnummer=7)
    return jongere


def ouder(jongere, naam, straat, postcode, **velden):
    relatie = RelatieFactory(jongere=jongere, voornamen=naam, email=f"{naam.lower()}@voorbeeld.nl")
    AdresFactory(
        jongere=None,
        relatie=relatie,
        gemeente=jongere.gemeente,
        straat=straat,
        postcode=postcode,
        **velden,
    )
    return relatie


def write(jongere, by, soort="waarschuwing", werkproces=None, **velden):
    over = brieven.Aanleiding(jongere, werkproces)
    waarden = velden.pop("waarden", WAARDEN)
    return brieven.write([over], soort, by=by, taak="leerplicht", waarden=waarden, **velden)


def send(ronde, by):
    mee = [str(b.uuid) for b in ronde.brieven.filter(status="concept")]
    brieven.confirm(ronde, by=by, mee=mee)
    brieven_maken.make(ronde.pk)
    ronde.refresh_from_db()
    return list(ronde.brieven.order_by("pk"))


def text_of(document) -> str:
    with document.bestand.open("rb") as stream:
        return "\n".join(page.extract_text() for page in PdfReader(stream).pages)


@pytest.mark.eis("P25")
def test_a_letter_to_one_parent_holds_nothing_of_the_other(jongere, lea):
    anna, bram = send(write(jongere, lea), lea)

    assert (anna.status, bram.status) == ("gemaakt", "gemaakt"), (anna.melding, bram.melding)
    assert "Bekendelaan" in text_of(anna.document) and "Schuilstraat" in text_of(bram.document)
    with anna.document.bestand.open("rb") as stream:
        raw = stream.read()
    reader = PdfReader(io.BytesIO(raw))
    around = f"{reader.metadata}{reader.xmp_metadata.stream.get_data()}{anna.document.bestandsnaam}"
    around += f"{anna.document.titel}{anna.document.bestand.name}{anna.tekst}{anna.onderwerp}"
    for secret in ("Schuilstraat", "9876"):
        assert secret not in text_of(anna.document)
        assert secret not in around and secret.encode() not in raw
    assert jongere.achternaam not in str(reader.metadata)
    assert (anna.document.adres_geheim, bram.document.adres_geheim) == (False, True)


@pytest.mark.eis("P25")
def test_a_text_with_the_address_of_another_is_refused(jongere, lea):
    with pytest.raises(DomainError, match="adres van iemand anders"):
        write(jongere, lea, waarden={**WAARDEN, "reden": "Bram woont op schuilstraat 7"})
    assert not Brief.objects.exists()


@pytest.mark.eis("P24")
def test_a_letter_to_a_secret_address_opens_only_with_the_right(client, jongere, gemeente, lea):
    _, bram = send(write(jongere, lea), lea)
    url = f"/document/{bram.document.uuid}/"
    client.force_login(make_gebruiker((Taak.LEERPLICHT, Rol.LEZER), gemeente=gemeente), BACKEND)
    assert client.get(url).status_code == 403
    client.force_login(lea, BACKEND)
    answer = client.get(url)
    assert answer.getvalue().startswith(b"%PDF")
    assert Gebeurtenis.objects.filter(actie="adres.getoond", gebruiker=lea).count() == 2


def test_document_contact_and_events_come_with_the_letter_and_only_once(jongere, lea):
    ronde = write(jongere, lea)
    anna, _ = send(ronde, lea)
    brieven_maken.make(ronde.pk)

    assert Document.objects.count() == 2
    contact = Contactmoment.objects.order_by("pk")[0]
    assert (contact.kanaal, contact.met, contact.richting) == ("BRIEF", "OUDER", "UIT")
    assert anna.document.bestandsnaam == f"brief-{anna.kenmerk}.pdf"
    assert Gebeurtenis.objects.filter(actie="brief.gemaakt").count() == 2


def test_a_letter_of_a_police_process_is_police_data(jongere, lea):
    wpg = WerkprocesFactory(jongere=jongere, regime="WPG", herkomst="SCHOOL", categorie="VERDACHTE")
    anna, _ = send(write(jongere, lea, werkproces=wpg), lea)

    rows = [anna, anna.document, Contactmoment.objects.first()]
    assert {row.regime for row in rows} == {"WPG"}


def test_readers_by_age_gezag_and_house(gemeente):
    day = date(2026, 9, 1)
    kind = JongereFactory(gemeente=gemeente, geboortedatum=date(2010, 9, 2))
    for naam in ("Anna", "Bram"):
        ouder(kind, naam, "Samenweg", "2222BB")
    RelatieFactory(jongere=kind, voornamen="Cor", gezag="N")
    InschrijvingFactory(jongere=kind, school=SchoolFactory(straat="Schoolweg", plaats="Dorp"))
    AdresFactory(jongere=kind)

    def names(when, soort="uitnodiging"):
        return [(o.partij, o.aan) for o in readers(kind, SOORTEN[soort].partijen, when)]

    achter = kind.achternaam
    samen = ("OUDERS", f"Anna {achter} en Bram {achter}")
    assert names(day) == [samen]
    assert names(date(2026, 9, 2)) == [("JONGERE", kind.naam), samen]
    assert names(date(2028, 9, 2)) == [("JONGERE", kind.naam)]
    assert [p for p, _ in names(day, "terugkoppeling")] == ["SCHOOL"]

    # Who cares for the youth has the duty too, without gezag.
    verzorger = ouder(kind, "Dora", "Andersweg", "3333CC")
    type(verzorger).objects.filter(pk=verzorger.pk).update(soort="VERZORGER", gezag="N")
    assert ("OUDERS", verzorger.naam) in names(day)


def test_bulk_waits_can_be_taken_back_and_writes_a_household_once(gemeente, lea):
    zaken = []
    for naam in ("Anna", "Anna", "Dirk"):
        kind = JongereFactory(
            gemeente=gemeente, achternaam="Proef", geboortedatum=today() - timedelta(days=4000)
        )
        ouder(kind, naam, "Samenweg", "2222BB")
        zaken.append(brieven.Aanleiding(kind, WerkprocesFactory(jongere=kind)))
    extra = {"taak": "leerplicht", "waarden": WAARDEN, "bulk": True}
    ronde = brieven.write(zaken, "absoluut-1", by=lea, **extra)

    assert [b.status for b in ronde.brieven.order_by("pk")] == ["concept", "uitgesloten", "concept"]
    brieven.confirm(ronde, by=lea, mee=[str(ronde.brieven.first().uuid)])
    assert brieven_maken.make_due() == 0
    brieven.withdraw(ronde, by=lea)
    assert (Brief.objects.count(), Document.objects.count()) == (0, 0)

    ronde = brieven.write(zaken, "absoluut-1", by=lea, **extra)
    eerste = ronde.brieven.order_by("pk").first()
    brieven.confirm(ronde, by=lea, mee=[str(eerste.uuid)])
    Brievenronde.objects.filter(pk=ronde.pk).update(maken_vanaf=timezone.now())
    assert brieven_maken.make_due() == 1
    assert Document.objects.get().brief == eerste
    with pytest.raises(DomainError):
        brieven.withdraw(ronde, by=lea)


def test_without_right_at_the_moment_of_making_there_is_no_letter(jongere, lea):
    ronde = write(jongere, lea)
    brieven.confirm(ronde, by=lea, mee=[str(b.uuid) for b in ronde.brieven.all()])
    lea.bevoegdheden.all().delete()
    brieven_maken.make(ronde.pk)

    assert set(ronde.brieven.values_list("status", flat=True)) == {"mislukt"}
    assert not Document.objects.exists()


def test_the_mail_says_only_that_there_is_a_letter(jongere, lea, settings):
    settings.BRIEF_BEDENKTIJD_MINUTEN = 0
    send(write(jongere, lea, verzendwijze="mail"), lea)

    assert [m.to for m in mail.outbox] == [["anna@voorbeeld.nl"], ["bram@voorbeeld.nl"]]
    assert jongere.achternaam not in f"{mail.outbox[0].subject}{mail.outbox[0].body}"
    assert "verzuim" not in mail.outbox[0].body


def test_a_text_of_the_gemeente_is_dated_and_old_letters_keep_theirs(jongere, gemeente, lea):
    lei = make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    old = write(jongere, lea).brieven.first()
    new = Tekst("Nieuw", "{aanhef}, dit is nieuw.")
    with pytest.raises(NotAuthorised):
        save_text(gemeente, "waarschuwing", new, van=today(), day=today(), by=lea)
    morgen = today() + timedelta(days=1)
    save_text(gemeente, "waarschuwing", new, van=morgen, day=today(), by=lei)
    assert text_on(gemeente, "waarschuwing", today()) != new
    assert text_on(gemeente, "waarschuwing", morgen) == new
    save_text(gemeente, "waarschuwing", new, van=today(), day=today(), by=lei)
    assert write(jongere, lea).brieven.first().onderwerp == "Nieuw"
    old.refresh_from_db()
    assert old.onderwerp.startswith("Waarschuwing")


def test_screens_from_choice_to_sent(client, jongere, gemeente, lea):
    client.force_login(lea, BACKEND)
    assert client.get(f"/jongere/{jongere.uuid}/brief/").status_code == 200
    url = f"/jongere/{jongere.uuid}/brief/halt/"
    keys = [o.sleutel for o in readers(jongere, ["OUDERS"], today())]
    leeg = client.post(url, {})
    assert "Kies ten minste een ontvanger" in leeg.content.decode()
    answer = client.post(url, {"ontvangers": keys[:1], "verzendwijze": "post"})
    ronde = Brievenronde.objects.get()
    assert answer["Location"] == ronde.get_absolute_url()
    page = client.get(ronde.get_absolute_url()).content.decode()
    assert "Informatie over de verwijzing naar Halt" in page and "Bekendelaan" not in page
    assert f'href="{jongere.get_absolute_url()}"' in page
    assert jongere.naam in client.get("/brieven/").content.decode()
    client.post(answer["Location"], {"doen": "maken", "brief": [str(ronde.brieven.get().uuid)]})
    brieven_maken.make(ronde.pk)
    client.post(answer["Location"], {"doen": "verstuurd"})
    assert ronde.brieven.get().status == "verstuurd"


def test_an_unknown_field_on_screen_is_a_clear_error(client, gemeente):
    lei = make_gebruiker((Taak.LEERPLICHT, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    client.force_login(lei, BACKEND)
    url = f"/briefteksten/{gemeente.code}/halt/"
    data = {"onderwerp": "Halt", "tekst": "Dag {bsn}", "van": today().strftime("%d-%m-%Y")}

    page = client.post(url, data).content.decode()
    assert "kent het veld {bsn} niet" in page and "Dag {bsn}" in page
    page = client.post(url, {**data, "tekst": "Dag {jongere}", "voorbeeld": "1"}).content.decode()
    assert "Dag Sam Voorbeeld" in page


@pytest.mark.parametrize("page", ["/brieven/", "ronde"])
def test_as_many_questions_for_three_as_for_one(client, jongere, gemeente, lea, page):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(lea, BACKEND)
    counts = []
    for extra in (1, 2):
        for _ in range(extra):
            ouder(jongere, "Cor", f"Weg{_}{extra}", f"33{_}{extra}CC")
            ronde = write(jongere, lea)
        url = ronde.get_absolute_url() if page == "ronde" else page
        client.get(url)
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
