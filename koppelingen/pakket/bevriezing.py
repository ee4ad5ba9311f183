"""Gemeente and taak that a fact freezes (counting rules 3 and 5), for loading in bulk."""

from dataclasses import replace
from datetime import date
from typing import Any

from casework.models import Jongere
from leerplicht.domain.dossierfeiten import VSO_UITGEZONDERD, feiten_of
from leerplicht.domain.plicht import leerplicht, uitgezonderd_vanaf
from leerplicht.domain.regels import Regels
from leerplicht.domain.taak import taak_of_melding


def gemeente_on_sql(jongere: str, datum: str) -> str:
    """Scalar expression: gemeente of the WOON address on the date; without any WOON address that
    of the jongere; with addresses but none on that date NULL, as for a date that is NULL."""
    return (
        f"(CASE WHEN {datum} IS NULL THEN NULL"
        " WHEN EXISTS (SELECT 1 FROM casework_adres w"
        f" WHERE w.jongere_id = {jongere} AND w.soort = 'WOON')"
        " THEN (SELECT w.gemeente_id FROM casework_adres w"
        f" WHERE w.jongere_id = {jongere} AND w.soort = 'WOON'"
        f" AND (w.van IS NULL OR w.van <= {datum}) AND (w.tot IS NULL OR w.tot > {datum})"
        " ORDER BY w.van DESC NULLS LAST, w.id DESC LIMIT 1)"
        f" ELSE (SELECT j.gemeente_id FROM casework_jongere j WHERE j.id = {jongere}) END)"
    )


_FACTS = """
SELECT s.rij, s.soort, s.begindatum, s.melddatum, j.id, j.geboortedatum,
       (SELECT min(d.datum) FROM casework_diploma d
         WHERE d.jongere_id = j.id AND d.startkwalificatie),
       j.schooljaren_voltooid IS NOT NULL
       OR EXISTS (SELECT 1 FROM casework_diploma d
                   WHERE d.jongere_id = j.id AND NOT d.startkwalificatie)
       OR EXISTS (SELECT 1 FROM casework_inschrijving i
                   WHERE i.jongere_id = j.id AND i.onderwijssoort = 'VSO'
                     AND i.uitstroomprofiel = ANY(%s))
  FROM ok s JOIN casework_jongere j ON j.id = s.r_jongere_id
 WHERE s.is_nieuw OR s.is_gewijzigd
"""


def freeze_taken(cursor: Any) -> None:
    """Fill the temporary table `taken` for the meldingen in `ok`."""
    cursor.execute(_FACTS, [sorted(VSO_UITGEZONDERD)])
    rows = cursor.fetchall()
    bijzonder = {row[4] for row in rows if row[7]}
    jongeren = Jongere.objects.filter(pk__in=bijzonder).prefetch_related(
        "diplomas", "inschrijvingen", "vrijstellingen"
    )
    by_id = {jongere.pk: jongere for jongere in jongeren.select_related("gemeente")}
    cursor.execute("TRUNCATE taken")
    with cursor.copy("COPY taken (rij, taak) FROM STDIN") as copy:
        for rij, soort, begin, meld, pk, geboren, startkwalificatie, _ in rows:
            taak = taak_of_melding(
                soort,
                geboortedatum=geboren,
                begindatum=begin,
                melddatum=meld,
                startkwalificatie_datum=startkwalificatie,
                **exceptions(by_id[pk], begin or meld) if pk in by_id else {},
            )
            copy.write(f"{rij}\t{taak.value}\n")


def exceptions(jongere: Jongere, day: date) -> dict[str, date | None]:
    """The two rare facts of taak_of_melding: an excepted school type, counted school years."""
    regels = Regels.on(day)
    feiten = replace(feiten_of(jongere, day), vrijstellingen=())
    leer = leerplicht(feiten, day, regels)
    assert leer.tot and leer.laatste_dag
    vroeg = leer.laatste_dag if feiten.schooljaren_voltooid is not None else None
    return {
        "uitgezonderd_vanaf": uitgezonderd_vanaf(feiten, leer.tot, regels),
        "twaalf_jaar_op": vroeg,
    }
