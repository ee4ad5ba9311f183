"""The task of a boa whose akte ends: made once, and of the boa alone."""

from datetime import date, timedelta

import pytest

from accounts.rechten import Rol, Taak
from casework.domain.akte import remind
from casework.kalender import add_months
from casework.models import Actie, BoaAkte
from tests.factories import BoaAkteFactory, GemeenteFactory, make_ambtenaar, make_gebruiker

BOA = ((Taak.LEERPLICHT, Rol.BEHANDELAAR), (Taak.OPSPORING, Rol.BEHANDELAAR))


@pytest.mark.django_db
def test_a_boa_gets_something_to_do_once_and_alone(client):
    gemeente = GemeenteFactory()
    boa, collega = (make_gebruiker(*BOA, gemeente=gemeente) for _ in range(2))
    BoaAkteFactory(gebruiker=boa)
    akte = BoaAkte.objects.get(gebruiker=boa)
    zonder = BoaAkteFactory(gebruiker=make_ambtenaar(gemeente))  # does no opsporing any more
    dag = add_months(akte.geldig_tot, -4)

    assert [remind(dag - timedelta(days=1)), remind(dag), remind(dag)] == [0, 1, 0]

    actie = Actie.objects.get()
    assert (actie.toegewezen_aan, actie.jongere) == (boa, None)
    assert actie.vervalt_op == date(2028, 9, 30)  # asked three months before (Besluit BOA)
    assert actie.grondslag == f"akte:{akte.pk}" != f"akte:{zonder.pk}"
    client.force_login(collega)
    assert "nieuwe boa-akte" not in client.get("/mijn-dag/").content.decode()
    gedaan = f"/actie/{actie.uuid}/gedaan/"
    assert client.post(gedaan).status_code == 404
    client.force_login(boa)
    page = client.get("/mijn-dag/").content.decode()
    assert "Vraag een nieuwe boa-akte aan." in page
    client.post(gedaan)
    assert remind(dag) == 0 and Actie.objects.get().gedaan_op  # done stays done
    Actie.objects.update(gedaan_op=None)
    BoaAkteFactory(gebruiker=boa, geldig_van=dag, geldig_tot=date(2033, 1, 1))
    assert remind(dag) == 0 and not Actie.objects.exists()  # the new one is there
