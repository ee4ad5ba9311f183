"""SQL for one file: staging, resolving keys and references, inserting and updating.

Identifiers come from the spec tables and the models, never from the package.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db.models import Model

from koppelingen.pakket.bevriezing import gemeente_on_sql
from koppelingen.pakket.kolom import Bestand, Kolom

SLEUTELTABEL = "koppelingen_bronsleutel"


def sleutel_join(alias: str, bestand: str, bron_id: str) -> str:
    """The record behind a bron_id. LIMIT keeps this one index probe for each row: the planner
    has no statistics on what this very transaction wrote."""
    return (
        f"LEFT JOIN LATERAL (SELECT x.id, x.object_id, x.hash FROM {SLEUTELTABEL} x"
        f" WHERE x.bronsysteem = %(bron)s AND x.bestand = '{bestand}' AND x.bron_id = {bron_id}"
        f" LIMIT 1) {alias} ON true"
    )


def sql_literal(value: Any) -> str:
    """A default of a model field as SQL; only the few kinds that fields have."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "'{}'::jsonb"
    text = str(value).replace("'", "''")
    return f"'{text}'"


@dataclass(frozen=True)
class Opdrachten:
    """All statements for one file with these columns present."""

    bestand: Bestand
    aanwezig: frozenset[str]
    eigen_bron: bool

    @cached_property
    def model(self) -> type[Model]:
        return apps.get_model(self.bestand.model)

    @cached_property
    def tabel(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def verwijzingen(self) -> list[Kolom]:
        return [k for k in self.bestand.verwijzingen if k.naam in self.aanwezig]

    @cached_property
    def verwijst_naar_gemeente(self) -> bool:
        return any(k.type == "gem" for k in self.bestand.kolommen)

    @cached_property
    def _staging_columns(self) -> list[str]:
        columns = [
            "rij integer NOT NULL",
            "bron_id text NOT NULL",
            "hash bytea NOT NULL",
            "extra jsonb",
            "doel_uuid uuid",
        ]
        for kolom in self.bestand.kolommen:
            for naam, soort in kolom.staging:
                columns.append(f"{naam} {soort}{_default(kolom, naam)}")
        zoek = {"jongeren": ("zoeknaam", "sorteernaam"), "scholen": ("zoeknaam",)}
        columns += [f"{naam} text DEFAULT ''" for naam in zoek.get(self.bestand.naam, ())]
        if self.bestand.naam == "documenten":
            columns.append("opslag text DEFAULT ''")
        return columns

    @cached_property
    def resolved_columns(self) -> list[str]:
        columns = [
            "object_id bigint",
            "is_nieuw boolean",
            "sleutel_nieuw boolean",
            "is_gewijzigd boolean",
            "los boolean",
            "afval text",
            "sleutel_id bigint",
        ]
        columns += [f"r_{k.naam} bigint" for k in self.bestand.verwijzingen]
        if self.verwijst_naar_gemeente:
            columns.append("r_gemeentecode bigint")
        return columns

    def create(self) -> list[str]:
        """Temporary tables of this file; `st` as read, `ok` with keys resolved."""
        return [
            f"CREATE TEMP TABLE st ({', '.join(self._staging_columns)}) ON COMMIT DROP",
            "CREATE TEMP TABLE ok (LIKE st INCLUDING DEFAULTS) ON COMMIT DROP",
            "ALTER TABLE ok " + ", ".join(f"ADD COLUMN {c}" for c in self.resolved_columns),
            "CREATE TEMP TABLE gezien (bron_id text PRIMARY KEY, rij integer NOT NULL)"
            " ON COMMIT DROP",
            "CREATE TEMP TABLE taken (rij integer PRIMARY KEY, taak text NOT NULL) ON COMMIT DROP",
        ]

    @staticmethod
    def drop() -> str:
        return "DROP TABLE st, ok, gezien, taken"

    def copy(self, namen: Collection[str]) -> str:
        teksten = {n for k in self.bestand.kolommen if k.is_tekst for n, _ in k.staging}
        teksten |= {"bron_id", "zoeknaam", "sorteernaam", "opslag"}
        teksten |= {f"{k.naam}_precisie" for k in self.bestand.kolommen if k.type == "gd"}
        verplicht = [naam for naam in namen if naam in teksten]
        return (
            f"COPY st ({', '.join(namen)}) FROM STDIN"
            f" WITH (FORMAT csv, FORCE_NOT_NULL ({', '.join(verplicht)}))"
        )

    def resolve(self, *, met_afval: bool) -> str:
        """Fill `ok` for the rows between %(laag)s and %(hoog)s."""
        joins = [sleutel_join("b", self.bestand.naam, "s.bron_id")]
        for kolom in self.verwijzingen:
            joins.append(sleutel_join(f"k_{kolom.naam}", kolom.verwijst, f"s.{kolom.naam}"))
            if met_afval:
                joins.append(
                    "LEFT JOIN LATERAL (SELECT a.soort FROM afgevallen a"
                    f" WHERE a.bestand = '{kolom.verwijst}' AND a.bron_id = s.{kolom.naam}"
                    f" LIMIT 1) a_{kolom.naam} ON true"
                )
        inner = f"SELECT s.*, {', '.join(self._resolved(met_afval))} FROM st s {' '.join(joins)}"
        inner += " WHERE s.rij BETWEEN %(laag)s AND %(hoog)s"
        return f"INSERT INTO ok {self._with_object(inner)}"

    def _with_object(self, inner: str) -> str:
        """Second layer: the record by key, else by what it is, else a new number."""
        natuurlijk = self._natuurlijk()
        lateral = (
            f" LEFT JOIN LATERAL (SELECT t.id FROM {self.tabel} t WHERE q.sleutel IS NULL"
            f" AND ({natuurlijk}) LIMIT 1) n ON true"
            if natuurlijk
            else " LEFT JOIN (SELECT NULL::bigint AS id) n ON true"
        )
        # A row without its reference to police data is another row than the one with it.
        row_hash = "CASE WHEN q.los THEN decode(md5(q.hash), 'hex') ELSE q.hash END"
        bekend = "q.sleutel IS NOT NULL"
        if self.bestand.koppel_overschrijft:
            bekend = "(q.sleutel IS NOT NULL OR n.id IS NOT NULL)"
        gewijzigd = f"({bekend} AND q.sleutel_hash IS DISTINCT FROM {row_hash})"
        staged = [c.split(" ", 1)[0] for c in self._staging_columns]
        refs = [c.split(" ", 1)[0] for c in self.resolved_columns[7:]]
        select = [row_hash if naam == "hash" else f"q.{naam}" for naam in staged]
        select += [
            f"COALESCE(q.sleutel, n.id, nextval('{self._sequence}'))",
            "q.sleutel IS NULL AND n.id IS NULL",
            "q.sleutel IS NULL",
            gewijzigd,
            "q.los",
            "q.afval",
            "q.sleutel_id",
        ]
        select += [f"q.{naam}" for naam in refs]
        return f"SELECT {', '.join(select)} FROM ({inner}) q{lateral}"

    def _resolved(self, met_afval: bool) -> list[str]:
        los = " OR ".join(
            f"(a_{k.naam}.soort = 'wpg' AND k_{k.naam}.object_id IS NULL)"
            for k in self.verwijzingen
            if met_afval
        )
        columns = [
            "b.object_id AS sleutel",
            "b.hash AS sleutel_hash",
            f"COALESCE({los}, false) AS los" if los else "false AS los",
            f"{self._afval(met_afval)} AS afval",
            "b.id AS sleutel_id",
        ]
        for kolom in self.bestand.verwijzingen:
            aanwezig = kolom.naam in self.aanwezig
            value = f"k_{kolom.naam}.object_id" if aanwezig else "NULL::bigint"
            columns.append(f"{value} AS r_{kolom.naam}")
        if self.verwijst_naar_gemeente:
            columns.append(
                "(SELECT g.id FROM casework_gemeente g WHERE g.code = s.gemeentecode)"
                " AS r_gemeentecode"
            )
        return columns

    def _afval(self, met_afval: bool) -> str:
        """Why a row cannot be loaded: kind and column of the first reference that fails."""
        cases = []
        for kolom in self.verwijzingen:
            naam = kolom.naam
            gevuld, onbekend = f"s.{naam} <> ''", f"k_{naam}.object_id IS NULL"
            if met_afval:
                mee = "true" if kolom.verplicht or self.bestand.wpg_volgt else "false"
                cases += [
                    f"WHEN {gevuld} AND a_{naam}.soort = 'quarantaine' THEN 'volgt:{naam}'",
                    f"WHEN {gevuld} AND a_{naam}.soort = 'wpg' AND {mee} THEN 'wpg:{naam}'",
                ]
                onbekend += f" AND a_{naam}.soort IS DISTINCT FROM 'wpg'"
            cases.append(f"WHEN {gevuld} AND {onbekend} THEN 'onbekend:{naam}'")
        return f"CASE {' '.join(cases)} END" if cases else "NULL::text"

    def _natuurlijk(self) -> str:
        conditions = []
        if self.eigen_bron and self.bestand.uuid:
            conditions.append("t.uuid = q.doel_uuid")
        if self.bestand.natuurlijk:
            conditions.append(self.bestand.natuurlijk.replace("s.", "q."))
        return " OR ".join(f"({c})" for c in conditions)

    @cached_property
    def _sequence(self) -> str:
        return f"{self.tabel}_id_seq"

    @cached_property
    def waarden(self) -> dict[str, str]:
        """Database column -> expression, for the columns that the package has."""
        found: dict[str, str] = {}
        for kolom in self.bestand.kolommen:
            if kolom.naam not in self.aanwezig or kolom.naam in self.bestand.niet_opgeslagen:
                continue
            if kolom.type == "ref":
                found[kolom.naam] = f"s.r_{kolom.naam}"
            elif kolom.type == "gem":
                found["gemeente_id"] = "s.r_gemeentecode"
            else:
                for naam, _ in kolom.staging:
                    leeg = kolom.leeg if naam == kolom.naam else ""
                    found[naam] = f"COALESCE(s.{naam}, {leeg})" if leeg else f"s.{naam}"
        return found

    @cached_property
    def afgeleid(self) -> dict[str, str]:
        found = dict(self.bestand.altijd)
        for kolom, datum in self.bestand.bevries.items():
            expression = gemeente_on_sql(self.bestand.jongere, datum)
            if self.bestand.naam == "werkprocessen":
                leeg = f"CASE WHEN {datum} IS NULL THEN NULL ELSE s.r_gemeentecode END"
                expression = f"COALESCE({leeg}, {expression})"
            found[kolom] = expression
        return found

    def insert(self) -> str:
        columns = {"id": "s.object_id"}
        if self.bestand.uuid:
            eigen = "COALESCE(s.doel_uuid, gen_random_uuid())" if self.eigen_bron else None
            columns["uuid"] = eigen or "gen_random_uuid()"
        columns |= {**self._defaults(), **self.waarden, **self.bestand.vast, **self.afgeleid}
        return (
            f"INSERT INTO {self.tabel} ({', '.join(columns)})"
            f" SELECT {', '.join(columns.values())} FROM ok s WHERE s.is_nieuw"
        )

    def _defaults(self) -> dict[str, str]:
        """Every other column that may not be NULL, by the default of its field."""
        found: dict[str, str] = {}
        for veld in self.model._meta.concrete_fields:
            if veld.column in {None, "id", "uuid"} or veld.null:
                continue
            default = veld.get_default()
            if veld.get_internal_type() == "BinaryField":
                found[veld.column] = r"'\x'::bytea"
            elif default is not None and not callable(default):
                found[veld.column] = sql_literal(default)
        for kolom in self.bestand.kolommen:
            if kolom.standaard and kolom.naam not in self.aanwezig:
                found[kolom.naam] = f"'{kolom.standaard}'" if kolom.type == "c" else "true"
        return {
            naam: value
            for naam, value in found.items()
            if naam not in self.waarden and naam not in self.afgeleid
        }

    def update(self) -> str:
        columns = {**self.waarden, **self.afgeleid, **self._vast_bij_wijziging()}
        zet = ", ".join(f"{naam} = {value}" for naam, value in columns.items())
        return (
            f"UPDATE {self.tabel} t SET {zet} FROM ok s WHERE s.is_gewijzigd AND t.id = s.object_id"
        )

    def _vast_bij_wijziging(self) -> dict[str, str]:
        """A case closed in the other system closes here; what was done here otherwise stays."""
        if "toestand" not in self.bestand.vast:
            return {}
        sluit = "s.status = 'GESLOTEN' AND t.status <> 'GESLOTEN'"
        return {
            naam: f"CASE WHEN {sluit} THEN {self.bestand.vast[naam]} ELSE t.{naam} END"
            for naam in ("toestand", "toestand_sinds")
        }

    def insert_sleutels(self) -> str:
        return (
            f"INSERT INTO {SLEUTELTABEL} (bronsysteem, bestand, bron_id, object_id, hash, extra)"
            f" SELECT %(bron)s, '{self.bestand.naam}', s.bron_id, s.object_id, s.hash, s.extra"
            " FROM ok s WHERE s.sleutel_nieuw"
        )

    def update_sleutels(self) -> str:
        return (
            f"UPDATE {SLEUTELTABEL} b SET hash = s.hash, extra = s.extra FROM ok s"
            " WHERE s.is_gewijzigd AND b.id = s.sleutel_id"
        )

    def touch(self) -> str:
        """Remember which jongeren changed in this run, for their event."""
        return (
            f"INSERT INTO geraakt (jongere_id) SELECT DISTINCT {self.bestand.jongere} FROM ok s"
            f" WHERE (s.is_nieuw OR s.is_gewijzigd) AND {self.bestand.jongere} IS NOT NULL"
            " ON CONFLICT DO NOTHING"
        )

    def note_dossiers(self) -> str | None:
        """The dossiers that these rows need, made at the end of the run."""
        if not self.bestand.dossier_datum:
            return None
        heeft_taak = any(veld.name == "taak" for veld in self.model._meta.concrete_fields)
        taak = "t.taak" if heeft_taak else self.bestand.dossier_taak
        return (
            "INSERT INTO dossiernodig (jongere_id, taak, gemeente_id, datum)"
            f" SELECT t.jongere_id, {taak}, t.gemeente_id, min({self.bestand.dossier_datum})"
            f" FROM ok s JOIN {self.tabel} t ON t.id = s.object_id"
            " WHERE s.is_nieuw OR s.is_gewijzigd GROUP BY 1, 2, 3"
        )


def _default(kolom: Kolom, naam: str) -> str:
    if naam.endswith("_precisie"):
        return " DEFAULT 'D'"
    if kolom.type in {"bsn", "nr"} and naam == kolom.naam:
        return r" DEFAULT '\x'"
    if kolom.is_tekst:
        return f" DEFAULT '{kolom.standaard}'"
    return ""
