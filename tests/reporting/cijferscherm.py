"""What the tests of the figures pages share."""

from django.urls import reverse

from casework.schooljaar import Schooljaar, today
from tests.factories import JongereFactory, VerzuimmeldingFactory

NU = Schooljaar.of(today())
JAAR, EERDER = NU.vorige, NU.vorige.vorige


def melding(gemeente, jaar=JAAR, **fields):
    return VerzuimmeldingFactory(
        jongere=JongereFactory(gemeente=gemeente), melddatum=jaar.peildatum, **fields
    )


def address(name="lp_meldingen", **query):
    query = {"gemeente": "8001", "schooljaar": str(JAAR), **query}
    return reverse("reporting:cijfer", args=[name], query=query)
