"""What the process engine writes for a werkproces: history, terms and event."""

from datetime import date

from django.db.models import Max

from accounts.gebeurtenissen import record
from casework.domain.acties import make_actie
from casework.domain.proces import Toestand, Verricht
from casework.models import Actie, Werkproces, WerkprocesStap
from casework.schoolvakanties import Regio


def lock(werkproces: Werkproces) -> Werkproces:
    return Werkproces.objects.select_for_update().get(pk=werkproces.pk)


def write(werkproces: Werkproces, verricht: Verricht[Werkproces]) -> None:
    werkproces.save()
    stap, van, day = verricht.stap, verricht.van, verricht.day
    naar = verricht.toestand.naam
    volgorde = werkproces.stappen.aggregate(hoogste=Max("volgorde"))["hoogste"] or 0
    WerkprocesStap.objects.create(
        werkproces=werkproces,
        volgorde=volgorde + 1,
        soort=stap.soort,
        stap=stap.naam,
        van_toestand=van,
        naar_toestand=naar,
        uitgevoerd_op=day,
        uitvoerder=verricht.by,
        verslag=verricht.verslag,
        gegevens=dict(verricht.gegevens),
    )
    if naar != van:
        replace_term(werkproces, verricht.toestand, day=day)
    record(
        f"werkproces.{stap.naam}",
        werkproces,
        by=verricht.by,
        stap=stap.naam,
        van=van,
        naar=naar,
    )


def replace_term(werkproces: Werkproces, toestand: Toestand, *, day: date) -> None:
    """The term of the state left falls away; that of the new state is set."""
    werkproces.acties.filter(gedaan_op__isnull=True, grondslag__startswith="termijn:").delete()
    if actie := make_term(werkproces, toestand, day=day):
        actie.save()


def make_term(werkproces: Werkproces, toestand: Toestand, *, day: date) -> Actie | None:
    """To leave this state in time; not saved."""
    gemeente = werkproces.gemeente
    uiterlijk = toestand.term(day, Regio(gemeente.vakantieregio) if gemeente else None)
    if uiterlijk is None:
        return None
    return make_actie(
        werkproces,
        f"{toestand.label}: {toestand.termijn}",
        uiterlijk,
        taak=werkproces.taak,
        grondslag=f"termijn:{toestand.naam}",
        werkproces=werkproces,
        toegewezen_aan_id=werkproces.behandelaar_id,
    )
