"""What is written at a police process is police data, whoever writes it and wherever it shows."""

import pytest

from accounts.rechten import Rol, Taak
from casework.models import Contactmoment
from tests.factories import (
    GemeenteFactory,
    JongereFactory,
    WerkprocesFactory,
    make_ambtenaar,
    make_gebruiker,
)
from tests.politie import give_reason

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.mark.eis("P01")
@pytest.mark.django_db
def test_a_note_at_a_police_process_stays_with_who_does_opsporing(client):
    gemeente = GemeenteFactory()
    jongere = JongereFactory(gemeente=gemeente)
    wpg = WerkprocesFactory(jongere=jongere, gemeente=gemeente, regime="WPG")
    writer = make_gebruiker(
        (Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente
    )
    client.force_login(writer, BACKEND)
    give_reason(client, jongere, gericht=True)
    note = {"kanaal": "TELEFOON", "datum": "10-09-2025", "verslag": "Gehoord als verdachte."}
    note |= {"herkomst": "VERDACHTE", "categorie": "VERDACHTE"}

    answer = client.post(f"/jongere/{jongere.uuid}/notitie/?werkproces={wpg.uuid}", note)

    assert answer.status_code == 302
    assert Contactmoment.objects.get().regime == "WPG"
    assert "verdachte" in client.get(f"/jongere/{jongere.uuid}/").content.decode()
    client.force_login(make_ambtenaar(gemeente), BACKEND)
    assert "verdachte" not in client.get(f"/jongere/{jongere.uuid}/").content.decode()
