"""Factories of the Doorstroompunt: fixed and dull, as in tests/factories.py."""

from datetime import UTC, date, datetime

import factory

from accounts.models import Gebruiker
from accounts.rechten import Rol, Taak
from casework.models import Gemeente
from doorstroompunt.codes import (
    Bronmelding,
    Leefgebied,
    Pogingkanaal,
    Pogingresultaat,
    Trajectsoort,
)
from doorstroompunt.models import Contactpoging, Plan, Traject, Trajectfase, Trajectstap
from tests.factories import JongereFactory, VerzuimmeldingFactory, make_gebruiker

# Twenty years old in the autumn of 2025.
GEBOREN = date(2005, 3, 15)


def make_coach(gemeente: Gemeente, **fields: object) -> Gebruiker:
    """A doorstroomcoach who handles cases in this gemeente."""
    return make_gebruiker((Taak.DOORSTROOMPUNT, Rol.BEHANDELAAR), gemeente=gemeente, **fields)


class TrajectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Traject

    jongere = factory.SubFactory(JongereFactory, geboortedatum=GEBOREN)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    gemeente_uitval = factory.SelfAttribute("gemeente")
    soort = Trajectsoort.VSV
    bron_melding = Bronmelding.SCHOOL
    datum_melding = date(2025, 9, 8)
    datum_uitval = date(2025, 9, 1)
    toestand_sinds = date(2025, 9, 8)


class ContactpogingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contactpoging

    traject = factory.SubFactory(TrajectFactory)
    gemeente = factory.SelfAttribute("traject.gemeente")
    datum = datetime(2025, 9, 10, 8, 0, tzinfo=UTC)
    kanaal = Pogingkanaal.TELEFOON
    resultaat = Pogingresultaat.GEEN_REACTIE


class PlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Plan

    traject = factory.SubFactory(TrajectFactory)
    leefgebied = Leefgebied.ONDERWIJS
    doel = "Een opleiding kiezen"


class TrajectstapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Trajectstap

    traject = factory.SubFactory(TrajectFactory)
    stap = "screenen"
    van_toestand = "ontvangen"
    naar_toestand = "gescreend"
    datum = date(2025, 9, 9)


class TrajectfaseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Trajectfase

    traject = factory.SubFactory(TrajectFactory)
    gemeente = factory.SelfAttribute("traject.gemeente")
    fase = "INTAKE"
    van = date(2025, 9, 10)


class Melding18Factory(VerzuimmeldingFactory):
    """A report about somebody without leerplicht."""

    jongere = factory.SubFactory(JongereFactory, geboortedatum=GEBOREN)
    gemeente = factory.SelfAttribute("jongere.gemeente")
    taak = Taak.DOORSTROOMPUNT
    soort = "RMC"
