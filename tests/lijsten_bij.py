"""Rows for the pages of leerplicht and casework about one object with a list below it."""

from collections.abc import Callable
from typing import Any

from leerplicht import models as lp
from leerplicht.domain.overleg import agreements_of
from tests.factories import (
    ActieFactory,
    ContactmomentFactory,
    InschrijvingFactory,
    SchoolFactory,
)
from tests.lijsten import DAG, NUMMERS, Maker, Wereld, naam_van, stay

# Name of the route -> what makes the object, and one row of it.
Rijmaker = Callable[[Wereld, Any], Any]
LIJSTEN_BIJ: dict[str, tuple[Maker, Rijmaker]] = {
    "jongere": (
        lambda w: w.jongere(),
        lambda w, jongere: ContactmomentFactory(
            jongere=jongere, gebruiker=w.collega(), verslag=f"Gebeld {next(NUMMERS)}."
        ).verslag,
    ),
    "jongere_school": (
        lambda w: w.jongere(),
        lambda w, jongere: InschrijvingFactory(jongere=jongere).school.naam,
    ),
    "jongere_meldingen": (
        lambda w: w.jongere(),
        lambda w, jongere: w.melding(jongere=jongere, behandelaar=w.collega()).school.naam,
    ),
    "jongere_werkprocessen": (
        lambda w: w.jongere(),
        lambda w, jongere: w.zaak(jongere=jongere, behandelaar=w.collega()).zaaknummer,
    ),
    "noshowactie": (
        lambda w: lp.Noshowactie.objects.create(
            gemeente=w.gemeente, gestart_op=DAG, door=w.collega()
        ),
        lambda w, actie: naam_van(actie.rijen.create(**w.onder())),
    ),
    "tafel": (
        lambda w: lp.Thuiszitterstafel.objects.create(
            gemeente=w.gemeente, datum=DAG, deelnemers="school", gemaakt_door=w.collega()
        ),
        lambda w, tafel: naam_van(tafel.punten.create(thuiszitter=stay(w)).thuiszitter),
    ),
    "thuiszitter": (
        stay,
        lambda w, row: row.afspraken.create(
            tekst=f"Bellen {next(NUMMERS)}", eigenaar="school", uiterlijk_op=DAG
        ).tekst,
    ),
    "overleg": (
        lambda w: lp.Overleg.objects.create(
            datum=DAG, grondslag="WET", gemaakt_door=w.collega(), **w.onder()
        ),
        lambda w, overleg: ActieFactory(
            jongere=overleg.jongere, grondslag=agreements_of(overleg), toegewezen_aan=w.collega(),
            omschrijving=f"Bellen {next(NUMMERS)}",
        ).omschrijving,
    ),
    "meldcode": (
        lambda w: lp.Meldcodetraject.objects.create(
            soort="MELDCODE", gestart_op=DAG, toestand_sinds=DAG, gemaakt_door=w.zelf, **w.onder()
        ),
        lambda w, traject: traject.stappen.create(
            volgorde=next(NUMMERS), stap="signalen", uitgevoerd_op=DAG, uitvoerder=w.collega()
        ).uitvoerder.naam,
    ),
    "werk_van": (
        lambda w: w.collega(),
        lambda w, collega: (
            w.melding(behandelaar=collega) and naam_van(w.zaak(behandelaar=collega))
        ),
    ),
    "spreekuur": (
        lambda w: SchoolFactory(),
        lambda w, school: naam_van(
            w.melding(jongere=InschrijvingFactory(school=school, jongere=w.jongere()).jongere)
        ),
    ),
}  # fmt: skip  # read as a table
