"""The case against a suspect: verhoor apart from a talk, the way to a verdict, and the bundle."""

import io
import re
from datetime import date, datetime, timedelta

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from pypdf import PdfReader

from accounts import muur
from accounts.rechten import Rol, Taak
from casework.domain.proces import perform
from casework.errors import DomainError, NotAuthorised
from casework.models import BoaAkte, Document, Verstrekking, WerkprocesStap
from casework.schooljaar import AMSTERDAM, today
from leerplicht.domain import bundel
from leerplicht.domain.straf_tabel import STRAF
from leerplicht.domain.strafzaak import INHOUD, change, open_strafzaak, suspects, terms
from leerplicht.domain.verhoor import Verhoorinvoer, add_verhoor
from leerplicht.models import ProcesVerbaal, Strafzaak, Verhoor
from tests.factories import (
    BoaAkteFactory,
    ContactmomentFactory,
    JongereFactory,
    RelatieFactory,
    VerzuimmeldingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import give_reason, with_reason

DAG = date(2025, 10, 1)
BEGIN = datetime(2025, 9, 30, 14, 0, tzinfo=AMSTERDAM)
NU = datetime(2025, 10, 1, 9, 0, tzinfo=AMSTERDAM)
CAUTIE = BEGIN - timedelta(minutes=5)
GESPREK = "Ik durf al weken niet naar school omdat ik word gepest. Thuis gaat het ook niet goed."


@pytest.fixture
def boa(gemeente):
    user = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    BoaAkteFactory(gebruiker=user)
    return user


@pytest.fixture
def werkproces(gemeente, boa):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date(2011, 3, 1))
    RelatieFactory(jongere=jongere, voornamen="Karin", achternaam="Bos", soort="OUDER")
    werkproces = WerkprocesFactory(jongere=jongere, toestand="weging")
    VerzuimmeldingFactory(
        jongere=jongere,
        werkproces=werkproces,
        melddatum=date(2025, 9, 10),
        begindatum=date(2025, 9, 1),
        einddatum=date(2025, 9, 9),
        uren=20,
    )
    rows = [
        ("hulp_inzetten", "weging", "hulp", {}),
        ("weging_vastleggen", "weging", "weging", {"verwijt_jongere": "verwijtbaar"}),
    ]
    for n, (stap, van, naar, gegevens) in enumerate(rows, 1):
        WerkprocesStap.objects.create(
            werkproces=werkproces, volgorde=n, soort="OVERIG", stap=stap, gegevens=gegevens,
            van_toestand=van, naar_toestand=naar, uitgevoerd_op=date(2025, 9, 12),
        )  # fmt: skip  # one call, kept short
    ContactmomentFactory(jongere=jongere, werkproces=werkproces, verslag=GESPREK)
    with_reason(boa, jongere, dag=DAG)
    return werkproces


def opened(werkproces, boa, verdachte="JONGERE", naam="Sam"):
    return open_strafzaak(werkproces, by=boa, day=DAG, verdachte=verdachte, naam=naam)


def invoer(**anders):
    eigen = {
        "rol": "VERDACHTE", "naam": "Sam", "begin": BEGIN, "plaats": "Stadhuis",
        "verklaring": "Ik sliep uit en ging daarna gamen.", "cautie_gegeven_op": CAUTIE,
        "recht_op_raadsman_meegedeeld": True, "raadsman": "AFSTAND",
        "ouders_ingelicht": "Moeder gebeld.",
    }  # fmt: skip  # one call, kept short
    return Verhoorinvoer(**(eigen | anders))


VERHOREN = [
    ("JONGERE", {}, ""),
    ("JONGERE", {"cautie_gegeven_op": None}, "wanneer u de cautie gaf"),
    ("JONGERE", {"cautie_gegeven_op": BEGIN}, ""),
    ("JONGERE", {"cautie_gegeven_op": BEGIN + timedelta(minutes=1)}, "gaat vooraf"),
    ("JONGERE", {"recht_op_raadsman_meegedeeld": False}, "recht op een raadsman"),
    ("JONGERE", {"raadsman": ""}, "recht op een raadsman"),
    ("JONGERE", {"ouders_ingelicht": " "}, "Onder de 16 jaar"),
    ("OUDER1", {"ouders_ingelicht": ""}, ""),
    ("JONGERE", {"begin": NU + timedelta(minutes=1)}, "nog niet geweest"),
    ("JONGERE", {"verklaring": "Ik  durf al weken niet naar school omdat ik word GEPEST"}, "zin"),
    ("JONGERE", {"verklaring": "Thuis ging het niet goed."}, ""),
    ("OUDER1", {"rol": "GETUIGE", "cautie_gegeven_op": None, "raadsman": "",
                "recht_op_raadsman_meegedeeld": False}, ""),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("verdachte", "anders", "zin"), VERHOREN)
def test_a_verhoor_has_its_rights_first_and_no_words_of_a_talk(
    werkproces, boa, verdachte, anders, zin
):
    zaak = opened(werkproces, boa, verdachte)

    if zin:
        with pytest.raises(DomainError, match=zin):
            add_verhoor(zaak, by=boa, now=NU, invoer=invoer(**anders))
        assert Verhoor.objects.count() == 0
        return
    verhoor = add_verhoor(zaak, by=boa, now=NU, invoer=invoer(**anders))
    assert (verhoor.regime, verhoor.eerste_verwerking) == ("WPG", DAG)


def test_without_akte_or_right_nothing_of_it(werkproces, boa, gemeente):
    zaak = opened(werkproces, boa)
    BoaAkte.objects.update(geldig_van=date(2025, 10, 1))

    with pytest.raises(DomainError, match=r"op 30-09-2025 geen geldige boa-akte"):
        add_verhoor(zaak, by=boa, now=NU, invoer=invoer())
    with pytest.raises(NotAuthorised):
        add_verhoor(zaak, by=make_ambtenaar(gemeente), now=NU, invoer=invoer())
    BoaAkte.objects.all().delete()
    with pytest.raises(DomainError, match="geen geldige"):
        opened(werkproces, boa, "OUDER1")


def test_one_case_per_suspect_none_under_twelve_and_names_of_the_dossier(werkproces, boa):
    opened(werkproces, boa)
    opened(werkproces, boa, "OUDER1")
    with pytest.raises(DomainError, match="loopt al"):
        opened(werkproces, boa)
    werkproces.jongere.geboortedatum = date(2013, 9, 10)  # twelve the day after the absence
    werkproces.jongere.save()
    with pytest.raises(DomainError, match="Onder de 12"):
        opened(werkproces, boa, "JONGERE")

    zaak = Strafzaak.objects.get(soort="OUDER1")
    assert suspects(werkproces)["OUDER1"] == "Karin Bos"
    assert zaak.geprobeerd == "12-09-2025: Vrijwillige hulp inzetten (route 1)"
    assert GESPREK.split(".")[0] not in str(vars(zaak))


def written(werkproces, boa, verdachte="JONGERE"):
    zaak = opened(werkproces, boa, verdachte)
    gegevens = {veld: getattr(zaak, veld) for veld in INHOUD} | {
        "adres": "Kade 7, Oosterhaven",
        "identiteit_op": DAG,
        "feit_plaats": "Oosterhaven",
        "bevindingen": "Ik zag in het overzicht van school 20 uur verzuim.",
        "oordeel": "Verwijtbaar.",
        "pv_nummer": "PV-7",
    }
    return change(zaak, by=boa, gegevens=gegevens)


def step(zaak, naam, by, day=DAG, **gegevens):
    return perform(zaak, naam, tabel=STRAF, by=by, day=day, gegevens=gegevens)


def test_signing_asks_content_and_a_verhoor_and_then_it_counts(werkproces, boa, gemeente):
    leeg = opened(werkproces, boa, "OUDER1")
    zaak = written(werkproces, boa)
    collega = make_gebruiker((Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente)
    BoaAkteFactory(gebruiker=collega)

    for case, by, eed, zin in [
        (leeg, boa, "EED", "Schrijf eerst"),
        (zaak, boa, "EED", "Verhoor de verdachte"),
    ]:
        with pytest.raises(DomainError, match=zin):
            step(case, "ondertekenen", by, eed=eed)
    add_verhoor(zaak, by=boa, now=NU, invoer=invoer())
    for by, eed, zin in [(collega, "EED", "Alleen de verbalisant"), (boa, "BELOFTE", "een andere")]:
        with pytest.raises(DomainError, match=zin):
            step(zaak, "ondertekenen", by, eed=eed)
    assert ProcesVerbaal.objects.count() == 0
    zaak = step(zaak, "ondertekenen", boa, eed="EED")

    werkproces.refresh_from_db()
    assert (zaak.toestand, zaak.pv.pv_nummer, zaak.pv.pv_datum) == ("ondertekend", "PV-7", DAG)
    assert (werkproces.toestand, werkproces.route) == ("strafrecht", "4")
    with pytest.raises(DomainError, match="verandert niet meer"):
        change(zaak, by=boa, gegevens=dict.fromkeys(INHOUD))
    with pytest.raises(DomainError, match="al ondertekend"):
        add_verhoor(zaak, by=boa, now=NU, invoer=invoer())


def sent(werkproces, boa, verdachte="JONGERE", **gegevens):
    zaak = written(werkproces, boa, verdachte)
    add_verhoor(zaak, by=boa, now=NU, invoer=invoer())
    step(zaak, "ondertekenen", boa, eed="EED")
    return step(zaak, "verzenden", boa, **{"eerder_veroordeeld": "nee"} | gegevens)


@pytest.mark.parametrize(
    ("verdachte", "gegevens", "ontvangers"),
    [
        ("JONGERE", {}, ["OM", "RVDK"]),
        ("OUDER1", {}, ["OM"]),
        ("OUDER1", {"rvdk": True}, ["OM", "RVDK"]),
        ("OUDER1", {"eerder_veroordeeld": "ja"}, ["OM", "RVDK"]),
    ],
)
def test_the_raad_gets_a_copy_of_a_youth(werkproces, boa, verdachte, gegevens, ontvangers):
    zaak = sent(werkproces, boa, verdachte, **gegevens)

    given = Verstrekking.objects.order_by("ontvanger").values_list("ontvanger", flat=True)
    assert list(given) == ontvangers
    assert zaak.pv.ingezonden_op == DAG


NAAR_VONNIS = (
    ("dagvaarden", {"datum": DAG}),
    ("zitting", {"datum": date(2025, 12, 1), "rechter": "KINDER"}),
)
VONNIS = {"datum": date(2025, 12, 1)}
WEGEN = [
    ((("sepot", {"datum": DAG}),), "SEPOT", []),
    ((("tul_gesprek", {"datum": DAG}), ("sepot", {"datum": DAG})), "SEPOT", []),
    ((("strafbeschikking", {"datum": DAG, "boete": 100}),), "BOETE", ["BOETE"]),
    ((("strafbeschikking", {"datum": DAG, "taakstraf_uren": 20}),), "TAAKSTRAF", ["TAAKSTRAF"]),
    ((*NAAR_VONNIS, ("vonnis", VONNIS | {"straffen": ["JEUGDRECLASSERING"]})), "TOEZICHT",
     ["JEUGDRECLASSERING"]),
    ((*NAAR_VONNIS, ("vonnis", VONNIS | {
        "straffen": ["TAAKSTRAF", "VOORWAARDELIJK", "JEUGDRECLASSERING"], "taakstraf_uren": 40,
        "voorwaardelijk": "20 uur"})), "TAAKSTRAF",
     ["TAAKSTRAF", "VOORWAARDELIJK", "JEUGDRECLASSERING"]),
    ((*NAAR_VONNIS, ("vonnis", VONNIS | {"straffen": ["BOETE"], "boete": 150})), "BOETE",
     ["BOETE"]),
    ((*NAAR_VONNIS, ("vonnis", VONNIS | {"straffen": ["GEEN_STRAF"]})), "GEEN_OPLEGGING",
     ["GEEN_STRAF"]),
    ((*NAAR_VONNIS, ("vonnis", VONNIS | {"straffen": ["VRIJSPRAAK"]})), "VRIJSPRAAK",
     ["VRIJSPRAAK"]),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("stappen", "afdoening", "straffen"), WEGEN)
def test_every_outcome_is_kept_and_the_case_closes(werkproces, boa, stappen, afdoening, straffen):
    zaak = sent(werkproces, boa)

    for naam, gegevens in stappen:
        zaak = step(zaak, naam, boa, **gegevens)
    later = DAG + timedelta(days=15)
    zaak = step(zaak, "sluiten", boa, day=later)

    pv = ProcesVerbaal.objects.get()
    assert (zaak.toestand, zaak.straffen, pv.afdoening) == ("gesloten", straffen, afdoening)


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"straffen": ["VRIJSPRAAK", "BOETE"], "boete": 5}, "gaan niet samen"),
        ({"straffen": ["TAAKSTRAF"]}, "de uren taakstraf"),
        ({"straffen": ["BOETE"]}, "het bedrag"),
        ({"straffen": ["VOORWAARDELIJK"]}, "wat voorwaardelijk is"),
    ],
)
def test_a_verdict_fits_together(werkproces, boa, anders, zin):
    zaak = sent(werkproces, boa)
    for naam, gegevens in NAAR_VONNIS:
        zaak = step(zaak, naam, boa, **gegevens)

    with pytest.raises(DomainError, match=zin):
        step(zaak, "vonnis", boa, **VONNIS | anders)


def test_verzet_has_fourteen_days_and_later_asks_why(werkproces, boa):
    zaak = sent(werkproces, boa)
    zaak = step(zaak, "strafbeschikking", boa, datum=DAG, boete=100)

    assert zaak.verzet_tot == date(2025, 10, 15)
    with pytest.raises(DomainError, match="15-10-2025"):
        step(zaak, "sluiten", boa, day=date(2025, 10, 15))
    with pytest.raises(DomainError, match="Leg uit"):
        step(zaak, "verzet", boa, datum=date(2025, 10, 16))
    assert step(zaak, "verzet", boa, datum=date(2025, 10, 15)).toestand == "dagvaarding"


def test_terms_warn_and_stop_nothing(werkproces, boa):
    zaak = written(werkproces, boa)
    add_verhoor(zaak, by=boa, now=NU, invoer=invoer())

    found = {day: " ".join(terms(zaak, day)) for day in (date(2025, 10, 30), date(2025, 11, 11))}

    assert "30-10-2025" in found[date(2025, 10, 30)]
    assert "voorbij" not in found[date(2025, 10, 30)]
    assert found[date(2025, 11, 11)].count("Deze termijn is voorbij.") == 2
    assert "10-11-2025" in found[date(2025, 11, 11)]


def make_pdf(pages):
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out)
    return out.getvalue()


def make_document(jongere, data, titel, **fields):
    return Document.objects.create(
        jongere=jongere, gemeente=jongere.gemeente, bestand=ContentFile(data, "b.pdf"),
        bestandsnaam="b.pdf", titel=titel, bytes=len(data), sha256="0" * 64, datum=DAG, **fields,
    )  # fmt: skip  # one call, kept short


def test_the_bundle_is_one_pdf_numbered_through_without_a_word_of_a_talk(werkproces, boa):
    zaak = written(werkproces, boa)
    add_verhoor(zaak, by=boa, now=NU, invoer=invoer())
    zaak = step(zaak, "ondertekenen", boa, eed="EED")
    bijlagen = [
        make_document(werkproces.jongere, make_pdf(2), "Verzuimoverzicht"),
        make_document(werkproces.jongere, make_pdf(1), "Brief aan ouders"),
    ]

    lost = timezone.now() - timedelta(minutes=31)  # may be asked again
    bundel.request(zaak, bijlagen, by=boa, now=lost)
    bundel.request(zaak, bijlagen, by=boa, now=timezone.now())
    bundel.make(zaak.pk)
    bundel.make(zaak.pk)

    document = Document.objects.get(soort="PV")
    with document.bestand.open("rb") as stream:
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(stream.read())).pages]
    total, text = len(pages), " ".join(" ".join(pages).split())
    assert all(f"{n} van {total}" in page for n, page in enumerate(pages, 1))
    assert "Bijlage 1: Verzuimoverzicht" in pages[-3]
    assert "Bijlage 2: Brief aan ouders" in pages[-1]
    assert re.search(rf"Verzuimoverzicht 1 oktober 2025 {total - 2} 2 Brief", text)
    for wanted in ("Ik sliep uit", "Verzuimmelding van school", "BOA-1", "ambtseed", "PV-7"):
        assert wanted in text
    assert "gepest" not in text
    assert (document.regime, document.soort) == ("WPG", "PV")


MISLUKT = [
    (lambda zaak, d, boa: None, "De bijlage 'Kapot' is niet te lezen als pdf."),
    (lambda zaak, d, boa: Document.objects.filter(pk=d.pk).update(verwijderd_op=DAG),
     "Een bijlage is niet meer voor u te zien. Kies de bijlagen opnieuw."),
    (lambda zaak, d, boa: boa.bevoegdheden.update(tot=DAG), "U bent niet bevoegd"),
]  # fmt: skip  # read as a table


@pytest.mark.parametrize(("between", "zin"), MISLUKT)
def test_a_bundle_that_cannot_be_made_says_why_and_may_be_asked_again(
    werkproces, boa, between, zin
):
    zaak = written(werkproces, boa)
    kapot = make_document(
        werkproces.jongere, b"geen pdf", "Kapot", regime="WPG", eerste_verwerking=today()
    )
    nu = timezone.now()
    bundel.request(zaak, [kapot], by=boa, now=nu)
    with pytest.raises(DomainError, match="wordt al gemaakt"):
        bundel.request(zaak, [], by=boa, now=nu + timedelta(minutes=29))
    between(zaak, kapot, boa)

    bundel.make(zaak.pk)

    zaak.refresh_from_db()
    assert (zaak.bundel_stand, zaak.bundel, zaak.bundel_vraag) == ("mislukt", None, {})
    assert zin in zaak.bundel_stap and not bundel.is_busy(zaak, nu)


def test_the_page_shows_how_far_the_bundle_is_and_then_the_document(client, werkproces, boa):
    zaak = written(werkproces, boa)
    Strafzaak.objects.update(eerste_verwerking=today())
    client.force_login(boa)
    give_reason(client, werkproces.jongere)
    url = zaak.get_absolute_url()

    page = client.post(f"{url}bundel/", {"bijlagen": []}, follow=True).content.decode()
    assert "In de wachtrij" in page
    htmx = {"HTTP_HX_REQUEST": "true"}
    assert "In de wachtrij" in client.get(f"{url}bundel/voortgang/", **htmx).content.decode()
    with muur.systeem():
        bundel.make(zaak.pk)
    assert client.get(f"{url}bundel/voortgang/", **htmx)["HX-Refresh"] == "true"
    document = Document.objects.get(soort="PV")
    assert f"/document/{document.uuid}/" in client.get(url).content.decode()
    answer = client.get(f"/document/{document.uuid}/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
