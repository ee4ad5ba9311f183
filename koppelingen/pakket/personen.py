"""Who is who: rows of jongeren.csv to persons, by key, BSN and onderwijsnummer.

Works on the whole file in the staging table, since a later row may tie two earlier ones together.
"""

from typing import Any

from koppelingen.pakket.opdrachten import Opdrachten, sleutel_join

# Rows of one person get one group. A row with a BSN belongs to that BSN; a row with only an
# onderwijsnummer to the one person with that number, and to nobody when it names two.
_GROEPEN = """
CREATE TEMP TABLE persoon ON COMMIT DROP AS
WITH basis AS (
    SELECT s.rij, s.bron_id, s.bsn_index AS bi, s.onderwijsnummer_index AS oi, s.doel_uuid,
           CASE WHEN s.bsn_index IS NOT NULL
                THEN min(s.rij) OVER (PARTITION BY s.bsn_index) END AS bgroep
      FROM st s
), met_bsn AS (
    SELECT oi, min(bgroep) AS groep, count(DISTINCT bgroep) AS aantal
      FROM basis WHERE oi IS NOT NULL AND bi IS NOT NULL GROUP BY oi
), zonder AS (
    SELECT oi, min(rij) AS groep FROM basis WHERE oi IS NOT NULL AND bi IS NULL GROUP BY oi
)
SELECT b.rij, b.bron_id, b.bi, b.oi, b.doel_uuid,
       CASE WHEN b.bgroep IS NOT NULL THEN b.bgroep
            WHEN m.aantal = 1 THEN m.groep
            WHEN m.aantal IS NULL AND z.groep IS NOT NULL THEN z.groep
            ELSE b.rij END AS groep,
       k.object_id AS sleutel,
       NULL::bigint AS object_id, false AS nieuw, false AS koppel
  FROM basis b
  LEFT JOIN met_bsn m ON m.oi = b.oi
  LEFT JOIN zonder z ON z.oi = b.oi
  """ + sleutel_join("k", "jongeren", "b.bron_id")

# One record for each group: known by key, BSN, uuid (own packages) or onderwijsnummer, else new.
# New numbers follow the rows, so that the same package always asks the same questions.
_OBJECTEN = """
CREATE TEMP TABLE persoongroep ON COMMIT DROP AS
WITH groepen AS (
    SELECT p.groep, min(p.sleutel) AS sleutel, min(jb.id) AS op_bsn, min(ju.id) AS op_uuid,
           bool_or(p.bi IS NOT NULL) AS met_bsn
      FROM persoon p
      LEFT JOIN casework_jongere jb ON jb.bsn_index = p.bi
      LEFT JOIN casework_jongere ju ON ju.uuid = p.doel_uuid
     GROUP BY p.groep
), op_nummer AS (
    SELECT p.groep, min(j.id) AS object_id
      FROM persoon p
      JOIN groepen g ON g.groep = p.groep
      JOIN casework_jongere j ON j.onderwijsnummer_index = p.oi
     WHERE COALESCE(g.op_bsn, g.sleutel) IS NULL
       AND (NOT g.met_bsn OR j.bsn_index IS NULL)
     GROUP BY p.groep HAVING count(DISTINCT j.id) = 1
)
SELECT groep, bestaand, COALESCE(bestaand, nextval('casework_jongere_id_seq')) AS object_id
  FROM (SELECT g.groep, COALESCE(g.op_bsn, g.sleutel, g.op_uuid, n.object_id) AS bestaand
          FROM groepen g LEFT JOIN op_nummer n ON n.groep = g.groep
         ORDER BY g.groep) x
"""

_TOEWIJZEN = """
WITH volgorde AS (
    SELECT rij, row_number() OVER (PARTITION BY groep ORDER BY bi IS NULL, rij) AS nummer
      FROM persoon
)
UPDATE persoon p
   SET object_id = COALESCE(p.sleutel, g.object_id),
       nieuw = p.sleutel IS NULL AND g.bestaand IS NULL AND v.nummer = 1,
       koppel = p.sleutel IS NULL AND NOT (g.bestaand IS NULL AND v.nummer = 1)
  FROM persoongroep g, volgorde v
 WHERE g.groep = p.groep AND v.rij = p.rij
"""

# Two records for what may be one person: the same name and birth date and nothing that tells them
# apart, or a number in the package that another record already has. A few at most for each new
# record: a package full of one invented name would ask about every pair.
_VRAGEN = """
INSERT INTO koppelingen_persoonsvraag (run_id, nieuw_id, bestaand_id, besluit)
SELECT %(run)s, n.id, o.id, 'open'
  FROM persoon p
  JOIN casework_jongere n ON n.id = p.object_id
 CROSS JOIN LATERAL (
    SELECT x.id FROM casework_jongere x
     WHERE x.geboortedatum = n.geboortedatum AND x.sorteernaam = n.sorteernaam AND x.id < n.id
       AND x.geboortedatum_precisie = 'D'
       AND (n.bsn_index IS NULL OR x.bsn_index IS NULL)
       AND (n.onderwijsnummer_index IS NULL OR x.onderwijsnummer_index IS NULL
            OR n.onderwijsnummer_index = x.onderwijsnummer_index)
     ORDER BY x.id LIMIT 3) o
 WHERE p.nieuw AND n.geboortedatum_precisie = 'D'
"""
_BOTSINGEN = """
INSERT INTO koppelingen_persoonsvraag (run_id, nieuw_id, bestaand_id, besluit)
SELECT DISTINCT %(run)s, p.object_id, o.id, 'open'
  FROM persoon p JOIN casework_jongere o ON o.bsn_index = p.bi
 WHERE o.id <> p.object_id
   AND NOT EXISTS (SELECT 1 FROM koppelingen_persoonsvraag v
                    WHERE v.nieuw_id = p.object_id AND v.bestaand_id = o.id)
"""


def match(cursor: Any, bron: str) -> None:
    """Fill `persoon`: the record of every staged row, and whether it is new."""
    cursor.execute(_GROEPEN, {"bron": bron})
    cursor.execute("ANALYZE persoon")
    cursor.execute(_OBJECTEN)
    cursor.execute("ANALYZE persoongroep")
    cursor.execute(_TOEWIJZEN)
    cursor.execute("CREATE INDEX ON persoon (rij)")
    cursor.execute("ANALYZE persoon")


def ask(cursor: Any, run_id: int) -> int:
    """Leave the doubtful pairs to a person; how many."""
    cursor.execute(_VRAGEN, {"run": run_id})
    vragen: int = cursor.rowcount
    cursor.execute(_BOTSINGEN, {"run": run_id})
    return vragen + int(cursor.rowcount)


def resolve() -> str:
    """As Opdrachten.resolve, from `persoon`."""
    return f"""
    INSERT INTO ok
    SELECT s.*, p.object_id, p.nieuw, p.sleutel IS NULL,
           p.sleutel IS NOT NULL AND k.hash IS DISTINCT FROM s.hash, p.koppel, NULL, k.id,
           (SELECT g.id FROM casework_gemeente g WHERE g.code = s.gemeentecode)
      FROM st s
      JOIN persoon p ON p.rij = s.rij
      {sleutel_join("k", "jongeren", "s.bron_id")}
     WHERE s.rij BETWEEN %(laag)s AND %(hoog)s
    """


_GEDEELD = (
    "EXISTS (SELECT 1 FROM koppelingen_bronsleutel d WHERE d.bestand = 'jongeren'"
    " AND d.object_id = s.object_id AND (d.bronsysteem, d.bron_id) <> (%(bron)s, s.bron_id))"
)
# A number of somebody else is not taken over: a person decides.
_BSN_VRIJ = (
    "s.bsn_index IS NOT NULL AND NOT EXISTS (SELECT 1 FROM casework_jongere x"
    " WHERE x.bsn_index = s.bsn_index AND x.id <> t.id)"
)


def update(opdrachten: Opdrachten) -> list[str]:
    """Changed rows: the record follows the row, but of a record with several rows nothing is
    emptied by one of them."""
    heel = opdrachten.waarden | opdrachten.afgeleid
    met_bsn = "bsn" in opdrachten.aanwezig
    if met_bsn:
        for naam in ("bsn", "bsn_index"):
            heel[naam] = (
                f"CASE WHEN s.bsn_index IS NULL OR ({_BSN_VRIJ}) THEN s.{naam} ELSE t.{naam} END"
            )
    deels = {naam: _filled(naam, value) for naam, value in heel.items()}
    if met_bsn:
        for naam in ("bsn", "bsn_index"):
            deels[naam] = f"CASE WHEN {_BSN_VRIJ} THEN s.{naam} ELSE t.{naam} END"
    return [
        f"UPDATE casework_jongere t SET {_zet(columns)} FROM ok s"
        f" WHERE s.is_gewijzigd AND t.id = s.object_id AND {voorwaarde}"
        for columns, voorwaarde in ((heel, f"NOT {_GEDEELD}"), (deels, _GEDEELD))
    ]


def fill(opdrachten: Opdrachten) -> str:
    """A row that leads to a record that is there already fills what is empty in it."""
    columns = {}
    for naam, value in (opdrachten.waarden | opdrachten.afgeleid).items():
        if naam in {"geboortedatum", "geboortedatum_precisie", "zoeknaam", "sorteernaam"}:
            continue
        columns[naam] = _when_empty(naam, value)
    if "bsn" in opdrachten.aanwezig:
        for naam in ("bsn", "bsn_index"):
            columns[naam] = (
                f"CASE WHEN t.bsn_index IS NULL AND {_BSN_VRIJ} THEN s.{naam} ELSE t.{naam} END"
            )
    return (
        f"UPDATE casework_jongere t SET {_zet(columns)} FROM (SELECT *, row_number()"
        " OVER (PARTITION BY object_id ORDER BY rij) AS nummer FROM vul) s"
        " WHERE t.id = s.object_id AND s.nummer = %(nummer)s"
    )


_VLAGGEN = frozenset({"geheimhouding", "tolk"})
_MAG_NULL = frozenset(
    {
        "bsn_index",
        "onderwijsnummer_index",
        "gemeente_id",
        "datum_overlijden",
        "datum_vestiging_nl",
        "datum_vertrek",
        "geboortedatum",
    }
)
_GEHEIM = frozenset({"bsn", "onderwijsnummer"})


def _leeg(naam: str) -> str:
    if naam in _GEHEIM:
        return r"'\x'::bytea"
    return "'?'" if naam == "geslacht" else "''"


def _filled(naam: str, value: str) -> str:
    """The new value unless it is empty."""
    if naam in _VLAGGEN:
        return f"(t.{naam} OR {value})"
    if naam in _MAG_NULL:
        return f"COALESCE({value}, t.{naam})"
    return f"COALESCE(NULLIF({value}, {_leeg(naam)}), t.{naam})"


def _when_empty(naam: str, value: str) -> str:
    """The old value unless that is empty."""
    if naam in _VLAGGEN:
        return f"(t.{naam} OR {value})"
    if naam in _MAG_NULL:
        return f"COALESCE(t.{naam}, {value})"
    return f"COALESCE(NULLIF(t.{naam}, {_leeg(naam)}), {value})"


def _zet(columns: dict[str, str]) -> str:
    return ", ".join(f"{naam} = {value}" for naam, value in columns.items())


# Where they live now: the WOON address of the day, else the gemeentecode stays.
CURRENT_GEMEENTE = """
UPDATE casework_jongere j SET gemeente_id = w.gemeente_id
  FROM geraakt g
 CROSS JOIN LATERAL (
    SELECT a.gemeente_id FROM casework_adres a
     WHERE a.jongere_id = g.jongere_id AND a.soort = 'WOON' AND a.gemeente_id IS NOT NULL
       AND (a.van IS NULL OR a.van <= %(dag)s) AND (a.tot IS NULL OR a.tot > %(dag)s)
     ORDER BY a.van DESC NULLS LAST, a.id DESC LIMIT 1) w
 WHERE j.id = g.jongere_id AND j.gemeente_id IS DISTINCT FROM w.gemeente_id
"""
