"""The auditor gets the register of provisions and the purposes of onderzoeken."""

import csv
from datetime import UTC, date, datetime
from io import StringIO
from uuid import uuid4

import pytest

from accounts.rechten import Rol, Taak
from casework.models import Onderzoek, Verstrekking
from tests.factories import GemeenteFactory, JongereFactory, make_gebruiker

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def download(client, soort):
    period = {"van": "1-10-2026", "tot": "31-10-2026"}
    page = client.post("/beheer/logboek/uitvoer/", {"soort": soort, **period})
    text = b"".join(page.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text), delimiter=";"))


def give(gemeente, boa, op):
    return Verstrekking.objects.create(
        jongere=JongereFactory(gemeente=gemeente),
        gemeente=gemeente,
        soort="document",
        object_uuid=uuid4(),
        ontvanger="OM",
        doel="Zitting",
        grondslag="WPG_16",
        verstrekt_op=op.date(),
        gevraagd_door=boa,
        gevraagd_op=op,
        akkoord=True,
    )


@pytest.mark.eis("P33")
def test_provisions_and_onderzoeken_of_the_own_gemeente_in_the_period(client):
    gemeente, elders = GemeenteFactory(), GemeenteFactory()
    boa = make_gebruiker((Taak.OPSPORING, Rol.BEHANDELAAR), gemeente=gemeente)
    oktober = datetime(2026, 10, 5, 9, 0, tzinfo=UTC)
    row = give(gemeente, boa, oktober)
    give(gemeente, boa, datetime(2026, 11, 1, 9, 0, tzinfo=UTC))
    give(elders, boa, oktober)
    onderzoek = Onderzoek.objects.create(
        gemeente=gemeente, naam="Zomer", doel="Luxeverzuim", geopend_op=date(2026, 9, 1)
    )
    onderzoek.functionarissen.add(boa)
    fay = make_gebruiker((Taak.PRIVACY, Rol.LEIDINGGEVENDE), gemeente=gemeente)
    client.force_login(fay, BACKEND)

    [line] = download(client, "verstrekkingen")
    assert (line["ontvanger"], line["doel"], line["grondslag"]) == ("OM", "Zitting", "WPG_16")
    assert (line["object_uuid"], line["gevraagd_door_id"]) == (str(row.object_uuid), str(boa.pk))
    [line] = download(client, "onderzoeken")
    assert (line["doel"], line["functionarissen"]) == ("Luxeverzuim", str(boa.pk))
