"""Who sees which rows: one truth table for every door `visible_to`, and for its pages."""

import re
from datetime import date

import pytest

from accounts.models import Bevoegdheid, Gebeurtenis
from accounts.rechten import Rol, Taak
from casework.models import (
    Actie,
    Adres,
    Afspraak,
    Contactmoment,
    Diploma,
    Document,
    Dossier,
    Inschrijving,
    Jongere,
    Relatie,
    Verzuimmelding,
    Werkproces,
    WerkprocesStap,
)
from leerplicht.models import Haltverwijzing, ProcesVerbaal, Verlof, Vrijstelling
from tests.factories import (
    ActieFactory,
    AdresFactory,
    AfspraakFactory,
    ContactmomentFactory,
    DiplomaFactory,
    DossierFactory,
    GemeenteFactory,
    InschrijvingFactory,
    JongereFactory,
    ProcesVerbaalFactory,
    RelatieFactory,
    VerlofFactory,
    VerzuimmeldingFactory,
    VrijstellingFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import with_reason

LP, DSP, OPS = Taak.LEERPLICHT, Taak.DOORSTROOMPUNT, Taak.OPSPORING
EVERYONE = {"lp", "dsp", "lp+ops"}
# Rows of one youth in one gemeente, and which reader of that gemeente sees them.
TABLE = {
    "jongere": EVERYONE,
    "relatie": EVERYONE,
    "adres": EVERYONE,
    "adres_ouder": EVERYONE,
    "inschrijving": EVERYONE,
    "diploma": EVERYONE,
    "dossier_lp": {"lp", "lp+ops"},
    "dossier_dsp": {"dsp"},
    "melding_lp": {"lp", "lp+ops"},
    "melding_dsp": {"dsp"},
    "werkproces": {"lp", "lp+ops"},
    "werkproces_wpg": {"lp+ops"},
    "stap": {"lp", "lp+ops"},
    "stap_wpg": {"lp+ops"},
    "contact_lp": {"lp", "lp+ops"},
    "contact_dsp": {"dsp"},
    "contact_wpg": {"lp+ops"},
    "document": {"lp", "lp+ops"},
    "document_wpg": {"lp+ops"},
    "actie": {"lp", "lp+ops"},
    "actie_wpg": {"lp+ops"},
    "afspraak": {"lp", "lp+ops"},
    "afspraak_wpg": {"lp+ops"},
    "vrijstelling": {"lp", "lp+ops"},
    "verlof": {"lp", "lp+ops"},
    "halt": {"lp", "lp+ops"},
    "halt_wpg": {"lp+ops"},
    "pv": {"ops", "lp+ops"},
}


def make_rows(gemeente):
    jongere = JongereFactory(gemeente=gemeente)
    own = {"jongere": jongere, "gemeente": gemeente}
    relatie = RelatieFactory(jongere=jongere)
    werkproces = WerkprocesFactory(**own)
    werkproces_wpg = WerkprocesFactory(regime="WPG", **own)
    file = {"bestand": "x", "bestandsnaam": "x", "bytes": 1, "sha256": "0" * 64}
    step = {"volgorde": 1, "soort": "OVERIG"}
    return {
        "jongere": jongere,
        "relatie": relatie,
        "adres": AdresFactory(jongere=jongere),
        "adres_ouder": Adres.objects.create(relatie=relatie, gemeente=gemeente),
        "inschrijving": InschrijvingFactory(jongere=jongere),
        "diploma": DiplomaFactory(jongere=jongere),
        "dossier_lp": DossierFactory(**own),
        "dossier_dsp": DossierFactory(taak=DSP, **own),
        "melding_lp": VerzuimmeldingFactory(**own),
        "melding_dsp": VerzuimmeldingFactory(taak=DSP, **own),
        "werkproces": werkproces,
        "werkproces_wpg": werkproces_wpg,
        "stap": WerkprocesStap.objects.create(werkproces=werkproces, **step),
        "stap_wpg": WerkprocesStap.objects.create(werkproces=werkproces_wpg, **step),
        "contact_lp": ContactmomentFactory(**own),
        "contact_dsp": ContactmomentFactory(taak=DSP, **own),
        "contact_wpg": ContactmomentFactory(regime="WPG", **own),
        "document": Document.objects.create(**own, **file),
        "document_wpg": Document.objects.create(
            regime="WPG", eerste_verwerking=date(2025, 9, 8), **own, **file
        ),
        "actie": ActieFactory(**own),
        "actie_wpg": ActieFactory(regime="WPG", **own),
        "afspraak": AfspraakFactory(**own),
        "afspraak_wpg": AfspraakFactory(regime="WPG", **own),
        "vrijstelling": VrijstellingFactory(**own),
        "verlof": VerlofFactory(**own),
        "halt": Haltverwijzing.objects.create(datum_verwijzing=date(2025, 9, 1), **own),
        "halt_wpg": Haltverwijzing.objects.create(
            regime="WPG",
            eerste_verwerking=date(2025, 9, 1),
            datum_verwijzing=date(2025, 9, 1),
            **own,
        ),
        "pv": ProcesVerbaalFactory(**own),
    }


MODELS = (
    Jongere,
    Relatie,
    Adres,
    Inschrijving,
    Diploma,
    Dossier,
    Verzuimmelding,
    Werkproces,
    WerkprocesStap,
    Contactmoment,
    Document,
    Actie,
    Afspraak,
    Vrijstelling,
    Verlof,
    Haltverwijzing,
    ProcesVerbaal,
)
READERS = {
    "lp": [(LP, Rol.LEZER)],
    "dsp": [(DSP, Rol.LEZER)],
    "ops": [(OPS, Rol.LEZER)],
    "lp+ops": [(LP, Rol.LEZER), (OPS, Rol.LEZER)],
    "beleid": [(Taak.BELEID, Rol.LEIDINGGEVENDE)],
    "beheer": [(Taak.BEHEER, Rol.LEIDINGGEVENDE)],
    "privacy": [(Taak.PRIVACY, Rol.LEIDINGGEVENDE)],
    "niemand": [],
}


def seen_by(user, rows):
    return {
        naam
        for naam, row in rows.items()
        if type(row).objects.visible_to(user).filter(pk=row.pk).exists()
    }


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
def test_rows_within_the_own_gemeente(reader):
    gemeente = GemeenteFactory()
    rows = make_rows(gemeente)
    user = make_gebruiker(*READERS[reader], gemeente=gemeente)
    with_reason(user, rows["jongere"])

    seen = seen_by(user, rows)

    assert {type(row) for row in rows.values()} == set(MODELS)
    assert seen == {naam for naam, readers in TABLE.items() if reader in readers}


@pytest.mark.django_db
@pytest.mark.parametrize("reader", READERS)
def test_nothing_of_another_gemeente(reader):
    rows = make_rows(GemeenteFactory())
    user = make_gebruiker(*READERS[reader], gemeente=GemeenteFactory())
    with_reason(user, *Jongere.objects.all(), gericht=True)

    assert seen_by(user, rows) == set()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("van", "tot", "ziet"),
    [
        (date(2020, 1, 1), None, True),
        (date(2020, 1, 1), date(2021, 1, 1), False),
        (date(2999, 1, 1), None, False),
    ],
)
def test_a_right_holds_between_its_dates(van, tot, ziet):
    jongere = JongereFactory()
    user = make_gebruiker()
    Bevoegdheid.objects.create(
        gebruiker=user, taak=LP, rol=Rol.LEZER, gemeente=jongere.gemeente, van=van, tot=tot
    )

    assert Jongere.objects.visible_to(user).exists() is ziet


@pytest.mark.django_db
def test_a_dossier_keeps_the_youth_in_sight_after_a_move_but_not_what_is_new():
    oud, nieuw = GemeenteFactory(), GemeenteFactory()
    jongere = JongereFactory(gemeente=nieuw)
    DossierFactory(jongere=jongere, gemeente=oud)
    VerzuimmeldingFactory(jongere=jongere, gemeente=nieuw)
    user = make_ambtenaar(oud)

    assert Jongere.objects.visible_to(user).get() == jongere
    assert Verzuimmelding.objects.visible_to(user).count() == 0


def paths(rows):
    jongere = rows["jongere"].uuid
    tabs = ("", "gezin/", "school/", "meldingen/", "werkprocessen/", "documenten/")
    forms = ("notitie/", "afspraak/", "actie/", "melding/", "vrijstelling/", "wie-keek/")
    return [
        *(f"/jongere/{jongere}/{part}" for part in (*tabs, *forms)),
        f"/melding/{rows['melding_lp'].uuid}/",
        f"/werkproces/{rows['werkproces'].uuid}/",
        f"/werkproces/{rows['werkproces'].uuid}/stap/beoordelen/",
        f"/vrijstelling/{rows['vrijstelling'].uuid}/",
        f"/document/{rows['document'].uuid}/",
    ]


@pytest.mark.django_db
def test_a_stranger_gets_the_same_404_as_for_what_is_not_there(client):
    rows = make_rows(GemeenteFactory())
    client.force_login(make_gebruiker((LP, Rol.LEIDINGGEVENDE), gemeente=GemeenteFactory()))

    for path in paths(rows):
        stranger = client.get(path)
        part = path.split("/")[2]
        absent = client.get(path.replace(part, "00000000-0000-4000-8000-000000000000"))

        assert (path, stranger.status_code, absent.status_code) == (path, 404, 404)
        assert _without_token(stranger, path) == _without_token(absent, path)
    assert Gebeurtenis.objects.count() == 0


def _without_token(response, path):
    """The body without what differs on every request: the tokens of forms and the seconds left."""

    text = response.content.decode()
    text = re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", text)
    return re.sub(r'data-sessie-einde="\d+"', "", text)


@pytest.mark.django_db
@pytest.mark.parametrize("reader", ["beleid", "beheer", "privacy", "niemand"])
def test_other_taken_are_refused_at_the_door(client, reader):
    gemeente = GemeenteFactory()
    rows = make_rows(gemeente)
    client.force_login(make_gebruiker(*READERS[reader], gemeente=gemeente))

    codes = {path: client.get(path).status_code for path in paths(rows)}
    codes |= {
        path: client.get(path).status_code
        for path in ("/zoeken/?q=proef", "/jongeren/", "/mijn-dag/", "/meldingen/")
    }

    refused = set(codes.values())
    # Privacy may ask who looked, but only about youths in sight: there are none.
    assert refused == ({403, 404} if reader == "privacy" else {403})


@pytest.mark.django_db
def test_a_reader_may_look_but_not_write(client):
    gemeente = GemeenteFactory()
    rows = make_rows(gemeente)
    client.force_login(make_gebruiker((LP, Rol.LEZER), gemeente=gemeente))
    melding, jongere = rows["melding_lp"], rows["jongere"]

    codes = [
        client.post(f"/melding/{melding.uuid}/oppakken/").status_code,
        client.post(f"/melding/{melding.uuid}/kennisgeving/").status_code,
        client.get(f"/jongere/{jongere.uuid}/melding/").status_code,
        client.get(f"/jongere/{jongere.uuid}/vrijstelling/").status_code,
        client.get(f"/jongere/{jongere.uuid}/notitie/").status_code,
        client.get(f"/jongere/{jongere.uuid}/wie-keek/").status_code,
        client.post(f"/actie/{rows['actie'].uuid}/gedaan/").status_code,
        client.get("/jongere/nieuw/").status_code,
    ]
    client.post(f"/werkproces/{rows['werkproces'].uuid}/stap/beoordelen/")

    assert codes == [403] * 8
    rows["werkproces"].refresh_from_db()
    assert rows["werkproces"].toestand == "ontvangen"


@pytest.mark.django_db
def test_residents_and_who_has_a_dossier_here_are_what_is_visible():
    here, elsewhere = GemeenteFactory(), GemeenteFactory()
    user = make_ambtenaar(here)
    resident = JongereFactory(gemeente=here)
    both = JongereFactory(gemeente=here)
    moved = JongereFactory(gemeente=elsewhere)
    abroad = JongereFactory(gemeente=None)
    JongereFactory(gemeente=elsewhere)
    for jongere in (both, moved, abroad):
        DossierFactory(jongere=jongere, gemeente=here)

    assert set(Jongere.objects.visible_to(user)) == {resident, both, moved, abroad}
