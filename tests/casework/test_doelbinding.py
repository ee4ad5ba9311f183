"""The Doorstroompunt and a youth of 15: nothing of leerplicht, on no route."""

from datetime import UTC, date, datetime

import pytest

from accounts.rechten import Rol, Taak
from casework.models import (
    Actie,
    Afspraak,
    Contactmoment,
    Document,
    Jongere,
    Verzuimmelding,
    Werkproces,
    WerkprocesStap,
)
from leerplicht.models import Haltverwijzing, Verlof, Vrijstelling
from tests.factories import GemeenteFactory, make_gebruiker
from tests.ingangen import ingangen
from tests.test_ingangen import ALLES, BACKEND, body

pytestmark = pytest.mark.django_db
WOORD = "Leerplichtwoord"
TEKST = {
    Actie: "omschrijving",
    Contactmoment: "verslag",
    Document: "titel",
    Verzuimmelding: "actie_school",
    Werkproces: "toelichting",
    Afspraak: "plaats",
}


@pytest.fixture
def gemeente():
    return GemeenteFactory()


@pytest.fixture
def deuren(gemeente):
    """One youth of 15 with a word of leerplicht in every text that leerplicht writes."""
    eigenaar = make_gebruiker(*ALLES, gemeente=gemeente)
    doors = ingangen(gemeente, eigenaar)
    today = date.today()
    Jongere.objects.update(geboortedatum=today.replace(year=today.year - 15, day=1))
    for werkproces in Werkproces.objects.all():
        own = {"jongere": werkproces.jongere, "gemeente": gemeente, "taak": Taak.LEERPLICHT}
        WerkprocesStap.objects.create(
            werkproces=werkproces,
            volgorde=1,
            soort="GESPREK",
            verslag=WOORD,
            uitvoerder=eigenaar,
            uitgevoerd_op=today,
        )
        Contactmoment.objects.create(
            datum=datetime.now(UTC),
            kanaal="TELEFOON",
            werkproces=werkproces,
            gebruiker=eigenaar,
            **own,
        )
        Afspraak.objects.create(begin=datetime.now(UTC), gebruiker=eigenaar, **own)
    for model, field in TEKST.items():
        model.objects.filter(taak=Taak.LEERPLICHT).update(**{field: WOORD})
    return doors


def words(client, user, doors) -> list[str]:
    client.force_login(user, BACKEND)
    pages = {d.path for d in doors if "account/" not in d.route and "beheer/" not in d.route}
    pages |= {f"/zoeken/?q={WOORD}", "/doorstroompunt/trajecten/?wie=alle", "/jongeren/"}
    found = []
    for page in sorted(pages):
        text = body(client.get(page)).replace(f"“{WOORD}”", "").replace(f'value="{WOORD}"', "")
        if WOORD in text:
            found.append(page)
    return found


@pytest.mark.eis("P23")
@pytest.mark.parametrize("rol", Rol)
def test_no_route_gives_the_doorstroompunt_a_word_of_leerplicht(client, gemeente, deuren, rol):
    coach = make_gebruiker((Taak.DOORSTROOMPUNT, rol), gemeente=gemeente)
    ambtenaar = make_gebruiker((Taak.LEERPLICHT, rol), gemeente=gemeente)

    assert words(client, coach, deuren) == []
    assert len(words(client, ambtenaar, deuren)) > 3  # the word is there to be found


@pytest.mark.eis("P23")
@pytest.mark.parametrize("model", [*TEKST, Vrijstelling, Verlof, Haltverwijzing])
def test_rows_of_leerplicht_are_not_for_the_doorstroompunt(gemeente, deuren, model):
    coach = make_gebruiker((Taak.DOORSTROOMPUNT, Rol.LEIDINGGEVENDE), gemeente=gemeente)

    rows = model.objects.visible_to(coach)

    assert not (rows.filter(taak=Taak.LEERPLICHT) if model in TEKST else rows).exists()
