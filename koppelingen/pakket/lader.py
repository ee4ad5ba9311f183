"""Loading: batches of staged rows into the records, by set-based SQL, in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import psycopg
from django.db import DatabaseError, connection, transaction
from django.db.models import CheckConstraint, Max

from casework.models import Gemeente, Jongere
from koppelingen.pakket import personen
from koppelingen.pakket.bevriezing import freeze_taken
from koppelingen.pakket.documenten import Documentenkast
from koppelingen.pakket.fouten import Afkeuring, waardesoort
from koppelingen.pakket.kolom import Bestand
from koppelingen.pakket.lezer import PARTIJ, Kop, Partij, as_dict
from koppelingen.pakket.opdrachten import Opdrachten
from koppelingen.pakket.spec import BY_NAME
from koppelingen.pakket.telling import Telraam

RUN_TABELLEN: Final = (
    "CREATE TEMP TABLE afgevallen (bestand text, bron_id text, soort text,"
    " PRIMARY KEY (bestand, bron_id)) ON COMMIT DROP",
    "CREATE TEMP TABLE geraakt (jongere_id bigint PRIMARY KEY) ON COMMIT DROP",
    "CREATE TEMP TABLE dossiernodig (jongere_id bigint, taak text, gemeente_id bigint, datum date)"
    " ON COMMIT DROP",
    "CREATE TEMP TABLE verhuisd (jongere_id bigint PRIMARY KEY) ON COMMIT DROP",
)
# Reads the cells of some rows once more, when they are no longer in memory.
Herlezen = Callable[[set[int]], Mapping[int, list[str]]]


@dataclass(slots=True)
class Resultaat:
    """What one range of rows became."""

    geladen: int = 0
    bijgewerkt: int = 0
    ongewijzigd: int = 0
    afgekeurd: list[Afkeuring] = field(default_factory=list)
    wpg: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Resultaat") -> None:
        self.geladen += other.geladen
        self.bijgewerkt += other.bijgewerkt
        self.ongewijzigd += other.ongewijzigd
        self.afgekeurd += other.afgekeurd
        self.wpg += other.wpg


class Lader:
    """Loads the files of one package; call inside one transaction."""

    def __init__(
        self, *, bron: str, eigen_bron: bool, run_id: int, telraam: Telraam, kast: Documentenkast
    ) -> None:
        self.bron, self.eigen_bron, self.run_id = bron, eigen_bron, run_id
        self.telraam, self.kast = telraam, kast
        self.cursor = connection.cursor().cursor  # psycopg's own: COPY
        self.gemeentecodes = set(Gemeente.objects.values_list("code", flat=True))
        self.met_afval = False
        self.vragen = 0
        # Jongeren with a higher number are made by this run.
        self.grens = Jongere.objects.aggregate(hoogste=Max("pk"))["hoogste"] or 0
        for sql in RUN_TABELLEN:
            self.cursor.execute(sql)

    def load(
        self,
        kop: Kop,
        partijen: Iterator[Partij],
        kolommen: list[str],
        *,
        herlezen: Herlezen,
        stap: Callable[[Partij], None] = lambda partij: None,
    ) -> None:
        """Load one file; `stap` hears of every batch."""
        bestand = kop.bestand
        self.kop, self.telling = kop, self.telraam.bestand(bestand.naam)
        self.opdrachten = Opdrachten(bestand, kop.aanwezig, self.eigen_bron)
        for sql in self.opdrachten.create():
            self.cursor.execute(sql)
        for partij in partijen:
            self._stage(partij, kolommen)
            if bestand.naam != "jongeren":
                self._finish(self._range(2, 2**31 - 1), partij.cellen)
                self.cursor.execute("TRUNCATE st")
            stap(partij)
        if bestand.naam == "jongeren":
            self._load_jongeren(herlezen)
        self.cursor.execute(self.opdrachten.drop())

    def close(self) -> None:
        self.cursor.execute("DROP TABLE afgevallen, geraakt, dossiernodig, verhuisd")

    # Staging

    def _stage(self, partij: Partij, kolommen: list[str]) -> None:
        self.telling.gelezen += partij.gelezen
        self._ensure_gemeenten(partij.gemeentecodes)
        with self.cursor.copy(self.opdrachten.copy(kolommen)) as copy:
            copy.write(partij.data.getvalue().encode())
        self._refuse_all(partij.afkeuringen, partij.cellen)
        self._leave_out(partij.weggelaten)
        self._refuse_doubles(partij)

    def _ensure_gemeenten(self, codes: set[str]) -> None:
        new = sorted(codes - self.gemeentecodes)
        if new:
            # The real name comes with `import_gemeenten`.
            rows = [Gemeente(code=code, naam=f"Gemeente {code}") for code in new]
            Gemeente.objects.bulk_create(rows, ignore_conflicts=True)
            self.gemeentecodes.update(new)

    def _refuse_doubles(self, partij: Partij) -> None:
        """Of rows with one bron_id the first counts, whether it is right or wrong."""
        rejected = [(a.bron_id, a.rij) for a in partij.afkeuringen if a.bron_id]
        rejected += [(bron_id, rij) for rij, bron_id in partij.weggelaten if bron_id]
        self.cursor.execute(
            "INSERT INTO gezien (bron_id, rij) SELECT bron_id, rij FROM ("
            " SELECT bron_id, rij FROM st WHERE rij >= %s UNION ALL"
            " SELECT * FROM unnest(%s::text[], %s::integer[])) alle ORDER BY rij"
            " ON CONFLICT DO NOTHING",
            [
                min(partij.cellen, default=0),
                [bron_id for bron_id, _ in rejected],
                [rij for _, rij in rejected],
            ],
        )
        if self.cursor.rowcount == partij.gestaged + len(rejected):
            return
        self.cursor.execute(
            "DELETE FROM st USING gezien g WHERE st.bron_id = g.bron_id AND st.rij <> g.rij"
            " RETURNING st.rij, st.bron_id"
        )
        bestand = self.kop.bestand
        kolom = "bron_id" if bestand.met_bron_id else bestand.sleutel[-1]
        zin = (
            "Dit bron_id staat al eerder in het bestand."
            if bestand.met_bron_id
            else f"Een rij met dezelfde {' en '.join(bestand.sleutel)} staat al in het bestand."
        )
        doubles = [
            Afkeuring(
                bestand.naam,
                rij,
                bron_id if bestand.met_bron_id else "",
                kolom,
                waardesoort(bron_id) if bestand.met_bron_id else "",
                zin,
            )
            for rij, bron_id in self.cursor.fetchall()
        ]
        # The first row with this key is loaded, so what refers to it may stay.
        self._refuse_all(doubles, partij.cellen, noemen=False)

    def _refuse_all(
        self,
        afkeuringen: list[Afkeuring],
        cellen: Mapping[int, list[str]],
        *,
        noemen: bool = True,
    ) -> None:
        for afkeuring in sorted(afkeuringen, key=lambda a: a.rij):
            self.telraam.refuse(afkeuring, as_dict(self.kop, cellen.get(afkeuring.rij, [])))
        if noemen:
            self._fell([a.bron_id for a in afkeuringen if a.bron_id], "quarantaine")

    def _leave_out(self, rows: list[tuple[int, str]]) -> None:
        self.telling.weggelaten_wpg += len(rows)
        self._fell([bron_id for _, bron_id in rows if bron_id], "wpg")

    def _fell(self, bron_ids: list[str], soort: str) -> None:
        if bron_ids and self.kop.bestand.met_bron_id:
            self.met_afval = True
            self.cursor.execute(
                "INSERT INTO afgevallen SELECT %s, x, %s FROM unnest(%s::text[]) x"
                " ON CONFLICT DO NOTHING",
                [self.kop.bestand.naam, soort, bron_ids],
            )

    # Loading

    def _load_jongeren(self, herlezen: Herlezen) -> None:
        self.cursor.execute("CREATE INDEX ON st (rij)")
        self.cursor.execute("ANALYZE st")
        personen.match(self.cursor, self.bron)
        self.cursor.execute("CREATE TEMP TABLE vul (LIKE ok) ON COMMIT DROP")
        self.cursor.execute("SELECT max(rij) FROM st")
        hoogste = (self.cursor.fetchone() or (0,))[0] or 0
        resultaat = Resultaat()
        for laag in range(2, hoogste + 1, PARTIJ):
            resultaat.add(self._range(laag, laag + PARTIJ - 1))
        self._fill_jongeren()
        self.vragen += personen.ask(self.cursor, self.run_id)
        fout = {a.rij for a in resultaat.afgekeurd}
        self._finish(resultaat, herlezen(fout) if fout else {})
        self.cursor.execute("DROP TABLE persoon, persoongroep, vul")

    def _fill_jongeren(self) -> None:
        self.cursor.execute(
            "SELECT max(aantal) FROM (SELECT count(*) AS aantal FROM vul GROUP BY object_id) x"
        )
        hoogste = (self.cursor.fetchone() or (0,))[0] or 0
        if not hoogste:
            return
        self.cursor.execute(
            "INSERT INTO geraakt SELECT DISTINCT object_id FROM vul ON CONFLICT DO NOTHING"
        )
        for nummer in range(1, hoogste + 1):
            self.cursor.execute(personen.fill(self.opdrachten), {"nummer": nummer})

    def _finish(self, resultaat: Resultaat, cellen: Mapping[int, list[str]]) -> None:
        self.telling.geladen += resultaat.geladen
        self.telling.bijgewerkt += resultaat.bijgewerkt
        self.telling.ongewijzigd += resultaat.ongewijzigd
        self._refuse_all(resultaat.afgekeurd, cellen)
        self._leave_out(resultaat.wpg)

    def _range(self, laag: int, hoog: int) -> Resultaat:
        """Load the staged rows in this range; halve it when the database refuses one of them."""
        try:
            with transaction.atomic():
                return self._load_range(laag, hoog)
        except (psycopg.IntegrityError, psycopg.DataError, DatabaseError) as error:
            self.cursor.execute(
                "SELECT array_agg(rij ORDER BY rij) FROM st WHERE rij BETWEEN %s AND %s",
                [laag, hoog],
            )
            rijen: list[int] = (self.cursor.fetchone() or ([],))[0] or []
            if not _one_row_can_be_wrong(error) or not rijen:
                raise
            if len(rijen) == 1:
                return Resultaat(afgekeurd=[self._refused_by_database(rijen[0], error)])
            midden = rijen[len(rijen) // 2]
            resultaat = self._range(laag, midden - 1)
            resultaat.add(self._range(midden, hoog))
            return resultaat

    def _load_range(self, laag: int, hoog: int) -> Resultaat:
        opdrachten, cursor = self.opdrachten, self.cursor
        jongeren = opdrachten.bestand.naam == "jongeren"
        params = {"bron": self.bron, "laag": laag, "hoog": hoog}
        cursor.execute(
            personen.resolve() if jongeren else opdrachten.resolve(met_afval=self.met_afval), params
        )
        resultaat = Resultaat()
        self._drop_rows_without_parent(resultaat)
        if opdrachten.bestand.naam == "scholen":
            cursor.execute(ZELFDE_VESTIGING)
        if opdrachten.bestand.naam == "verzuimmeldingen":
            freeze_taken(cursor)
        cursor.execute(
            "SELECT count(*) FILTER (WHERE sleutel_nieuw), count(*) FILTER (WHERE is_gewijzigd),"
            " count(*), count(*) FILTER (WHERE is_gewijzigd AND NOT sleutel_nieuw) FROM ok"
        )
        nieuw, gewijzigd, alle, bijgewerkt = cursor.fetchone() or (0, 0, 0, 0)
        if nieuw:
            cursor.execute(opdrachten.insert())
            cursor.execute(opdrachten.insert_sleutels(), params)
        if gewijzigd:
            for sql in personen.update(opdrachten) if jongeren else [opdrachten.update()]:
                cursor.execute(sql, params)
            cursor.execute(opdrachten.update_sleutels(), params)
        if nieuw or gewijzigd:
            self._note()
        resultaat.geladen, resultaat.bijgewerkt = nieuw, bijgewerkt
        resultaat.ongewijzigd = alle - nieuw - bijgewerkt
        if jongeren:
            cursor.execute("INSERT INTO vul SELECT * FROM ok WHERE los")
        cursor.execute("TRUNCATE ok")
        return resultaat

    def _note(self) -> None:
        """Jongeren whose dossier changed, and the dossiers that must be there."""
        opdrachten = self.opdrachten
        bestand = opdrachten.bestand
        if bestand.naam == "jongeren":
            self.cursor.execute(
                "INSERT INTO geraakt SELECT object_id FROM ok s WHERE s.is_nieuw OR s.is_gewijzigd"
                " ON CONFLICT DO NOTHING"
            )
        elif any(kolom.verwijst == "jongeren" for kolom in bestand.kolommen) or (
            bestand.jongere != "s.r_jongere_id"
        ):
            self.cursor.execute(opdrachten.touch())
        if bestand.naam == "adressen":
            self.cursor.execute(
                "INSERT INTO verhuisd SELECT DISTINCT r_jongere_id FROM ok"
                " WHERE (is_nieuw OR is_gewijzigd) AND r_jongere_id <= %s ON CONFLICT DO NOTHING",
                [self.grens],
            )
        elif bestand.naam == "documenten":
            self._store_documenten()
        if sql := opdrachten.note_dossiers():
            self.cursor.execute(sql)

    def _store_documenten(self) -> None:
        self.cursor.execute(
            "INSERT INTO doorstroompunt_trajectdocument (document_id, traject_id)"
            " SELECT object_id, r_traject_id FROM ok"
            " WHERE r_traject_id IS NOT NULL AND (is_nieuw OR is_gewijzigd)"
            " ON CONFLICT (document_id) DO UPDATE SET traject_id = EXCLUDED.traject_id"
        )
        self.cursor.execute("SELECT pad, opslag FROM ok WHERE is_nieuw OR is_gewijzigd")
        for pad, opslag in self.cursor.fetchall():
            self.kast.store(pad, opslag)

    def _drop_rows_without_parent(self, resultaat: Resultaat) -> None:
        self.cursor.execute("DELETE FROM ok WHERE afval IS NOT NULL RETURNING rij, bron_id, afval")
        bestand = self.kop.bestand
        for rij, bron_id, afval in self.cursor.fetchall():
            soort, _, kolom = afval.partition(":")
            eigen_id = bron_id if bestand.met_bron_id else ""
            if soort == "wpg":
                resultaat.wpg.append((rij, eigen_id))
                continue
            resultaat.afgekeurd.append(
                Afkeuring(
                    bestand.naam, rij, eigen_id, kolom, "verwijzing", _parent(bestand, kolom, soort)
                )
            )

    def _refused_by_database(self, rij: int, error: Exception) -> Afkeuring:
        bestand = self.kop.bestand
        self.cursor.execute("SELECT bron_id FROM st WHERE rij = %s", [rij])
        bron_id = (self.cursor.fetchone() or ("",))[0] if bestand.met_bron_id else ""
        return Afkeuring(bestand.naam, rij, bron_id, "", "", _constraint(self.opdrachten, error))


# Two rows of one file for the same vestiging are one school.
ZELFDE_VESTIGING: Final = """
WITH eerste AS (
    SELECT vestigingscode, min(rij) AS rij FROM ok
     WHERE is_nieuw AND vestigingscode <> '' GROUP BY vestigingscode HAVING count(*) > 1
)
UPDATE ok SET is_nieuw = false, object_id = v.object_id
  FROM eerste e JOIN ok v ON v.rij = e.rij
 WHERE ok.vestigingscode = e.vestigingscode AND ok.is_nieuw AND ok.rij <> e.rij
"""


def _one_row_can_be_wrong(error: Exception) -> bool:
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    return isinstance(cause or error, psycopg.IntegrityError | psycopg.DataError)


def _parent(bestand: Bestand, kolom: str, soort: str) -> str:
    doel = BY_NAME[bestand.kolom(kolom).verwijst].csv
    if soort == "volgt":
        return f"De rij waarnaar {kolom} verwijst ({doel}) is zelf afgekeurd."
    return f"Geen rij in {doel} heeft het bron_id dat in {kolom} staat."


def _constraint(opdrachten: Opdrachten, error: Exception) -> str:
    cause = error.__cause__ if isinstance(error, DatabaseError) else error
    naam = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    for constraint in opdrachten.model._meta.constraints:
        if constraint.name == naam:
            default = CheckConstraint.default_violation_error_message
            if constraint.violation_error_message != default:
                return str(constraint.violation_error_message)
    if isinstance(cause, psycopg.errors.UniqueViolation):
        return "Dit gegeven bestaat al bij een andere rij."
    return f"De database weigert deze rij{f' ({naam})' if naam else ''}."
