"""Which records go into a package: those of the jongeren of some gemeenten, or of one jongere.

Facts of another gemeente stay behind, except those that an own fact refers to: without its
werkproces a melding would lose its result.
"""

from collections.abc import Sequence
from typing import Any, Final, Protocol

from casework.versleuteling import blind_index
from koppelingen.models import Bronsleutel
from koppelingen.pakket.spec import BY_NAME, EIGEN_BRON
from leerplicht.codes import Verlofsoort
from leerplicht.domain.bijzonder import GRONDEN

# File -> columns of the table that hold a frozen gemeente.
EIGEN_FEITEN: Final = {
    naam: tuple(BY_NAME[naam].bevries)
    for naam in (
        "werkprocessen",
        "verzuimmeldingen",
        "contactmomenten",
        "vrijstellingen",
        "verlof",
        "halt",
        "processen_verbaal",
        "trajecten",
        "documenten",
    )
}
TABELLEN: Final = {
    "werkprocessen": "casework_werkproces",
    "verzuimmeldingen": "casework_verzuimmelding",
    "contactmomenten": "casework_contactmoment",
    "vrijstellingen": "leerplicht_vrijstelling",
    "verlof": "leerplicht_verlof",
    "halt": "leerplicht_haltverwijzing",
    "processen_verbaal": "leerplicht_procesverbaal",
    "trajecten": "doorstroompunt_traject",
    "documenten": "casework_document",
}
POLITIE: Final = ("werkprocessen", "contactmomenten", "documenten", "halt", "processen_verbaal")
# Files whose rows hang on a selected row of another file: file, table, column.
KINDEREN: Final = (
    ("relaties", "casework_relatie", "jongere_id", "jongeren"),
    ("inschrijvingen", "casework_inschrijving", "jongere_id", "jongeren"),
    ("diplomas", "casework_diploma", "jongere_id", "jongeren"),
    ("werkproces_stappen", "casework_werkprocesstap", "werkproces_id", "werkprocessen"),
    ("verzuimdagen", "casework_verzuimdag", "melding_id", "verzuimmeldingen"),
    ("trajectfasen", "doorstroompunt_trajectfase", "traject_id", "trajecten"),
    ("contactpogingen", "doorstroompunt_contactpoging", "traject_id", "trajecten"),
    ("plannen", "doorstroompunt_plan", "traject_id", "trajecten"),
)
# Referred-to files that complete the selection, in this order.
AANVULLING: Final = (
    ("verzuimmeldingen", "melding_id", ("halt", "processen_verbaal")),
    (
        "werkprocessen",
        "werkproces_id",
        (
            "verzuimmeldingen",
            "contactmomenten",
            "vrijstellingen",
            "halt",
            "processen_verbaal",
            "documenten",
        ),
    ),
)


# Rows that tell of health or belief: file, column, codes.
BIJZONDER: Final = (
    ("vrijstellingen", "grond", GRONDEN),
    ("verlof", "soort", {Verlofsoort.RELIGIE}),
)
# An address that is secret itself, or of a youth whose data are kept secret.
GEHEIM: Final = (
    "(t.geheim OR EXISTS (SELECT 1 FROM casework_jongere j WHERE j.geheimhouding AND j.id ="
    " coalesce(t.jongere_id, (SELECT r.jongere_id FROM casework_relatie r"
    " WHERE r.id = t.relatie_id))))"
)


class Keuze(Protocol):
    """What `select` needs to know of the question."""

    @property
    def codes(self) -> Sequence[str]: ...
    @property
    def jongere_id(self) -> int | None: ...
    @property
    def wpg(self) -> bool: ...
    @property
    def geheim(self) -> bool: ...
    @property
    def bijzonder(self) -> bool: ...
    @property
    def verborgen(self) -> Sequence[int]: ...


def select(cursor: Any, vraag: Keuze) -> dict[str, int]:
    """Fill the temporary table `keuze` (bestand, id) with everything that goes along.

    Returns how much stayed behind because who asks may not see it.
    """
    codes, wpg = vraag.codes, vraag.wpg
    cursor.execute(
        "CREATE TEMP TABLE keuze (bestand text, id bigint, PRIMARY KEY (bestand, id))"
        " ON COMMIT DROP"
    )
    cursor.execute("CREATE TEMP TABLE keuzegemeente (id bigint PRIMARY KEY) ON COMMIT DROP")
    cursor.execute(
        "INSERT INTO keuzegemeente SELECT id FROM casework_gemeente WHERE code = ANY(%s)",
        [list(codes)],
    )
    _select_jongeren(cursor, vraag.jongere_id, wpg=wpg)
    cursor.execute(
        "DELETE FROM keuze WHERE bestand = 'jongeren' AND id = ANY(%s)", [list(vraag.verborgen)]
    )
    weg = {"afgesloten dossiers": cursor.rowcount}
    for bestand in EIGEN_FEITEN:
        if bestand == "processen_verbaal" and not wpg:
            continue
        cursor.execute(_own_facts(bestand, wpg=wpg))
    for bestand, kolom, bronnen in AANVULLING:
        for bron in bronnen:
            cursor.execute(_referred(bestand, kolom, bron, wpg=wpg))
    for bestand, tabel, kolom, ouder in KINDEREN:
        cursor.execute(_children(bestand, tabel, kolom, ouder))
    _select_shared(cursor, codes, only_one=vraag.jongere_id is not None)
    if not vraag.geheim:
        cursor.execute(
            "DELETE FROM keuze k USING casework_adres t WHERE k.bestand = 'adressen'"
            f" AND t.id = k.id AND {GEHEIM}"
        )
        weg["geheime adressen"] = cursor.rowcount
        cursor.execute(
            "DELETE FROM keuze k USING casework_document t WHERE k.bestand = 'documenten'"
            " AND t.id = k.id AND t.adres_geheim"
        )
        weg["brieven aan een geheim adres"] = cursor.rowcount
    if not vraag.bijzonder:
        weg["vrijstellingen om gezondheid of geloof"] = 0
        for bestand, kolom, waarden in BIJZONDER:
            cursor.execute(
                f"DELETE FROM keuze k USING {TABELLEN[bestand]} t WHERE k.bestand = %s"
                f" AND t.id = k.id AND t.{kolom} = ANY(%s)",
                [bestand, sorted(waarden)],
            )
            weg["vrijstellingen om gezondheid of geloof"] += cursor.rowcount
    cursor.execute("ANALYZE keuze")
    return {naam: aantal for naam, aantal in weg.items() if aantal}


def left_out(cursor: Any) -> int:
    """Police records of the chosen jongeren that did not come along."""
    som = " + ".join(
        f"(SELECT count(*) FROM {tabel} t WHERE {regime}"
        " AND t.jongere_id IN (SELECT id FROM keuze WHERE bestand = 'jongeren')"
        f" AND {_here(bestand)}"
        f" AND NOT EXISTS (SELECT 1 FROM keuze k WHERE k.bestand = '{bestand}' AND k.id = t.id))"
        for bestand, tabel, regime in (
            ("processen_verbaal", TABELLEN["processen_verbaal"], "true"),
            ("werkprocessen", TABELLEN["werkprocessen"], "t.regime = 'WPG'"),
            ("documenten", TABELLEN["documenten"], "t.regime = 'WPG'"),
        )
    )
    cursor.execute(f"SELECT {som}")
    return int(cursor.fetchone()[0])


def _select_jongeren(cursor: Any, jongere_id: int | None, *, wpg: bool) -> None:
    if jongere_id is not None:
        cursor.execute("INSERT INTO keuze VALUES ('jongeren', %s)", [jongere_id])
        return
    here = ["SELECT j.id FROM casework_jongere j JOIN keuzegemeente g ON g.id = j.gemeente_id"]
    for bestand, kolommen in EIGEN_FEITEN.items():
        here += [
            f"SELECT t.jongere_id FROM {TABELLEN[bestand]} t"
            f" JOIN keuzegemeente g ON g.id = t.{k}{_without_wpg(bestand, wpg)}"
            for k in kolommen
        ]
    cursor.execute(f"INSERT INTO keuze SELECT 'jongeren', id FROM ({' UNION '.join(here)}) x")


def _here(bestand: str) -> str:
    """A fact of one of these gemeenten; without any gemeente that of its jongere."""
    kolommen = EIGEN_FEITEN[bestand]
    own = " OR ".join(f"t.{k} IN (SELECT id FROM keuzegemeente)" for k in kolommen)
    nowhere = " AND ".join(f"t.{k} IS NULL" for k in kolommen)
    return (
        f"({own} OR ({nowhere} AND (SELECT j.gemeente_id FROM casework_jongere j"
        " WHERE j.id = t.jongere_id) IN (SELECT id FROM keuzegemeente)))"
    )


def _own_facts(bestand: str, *, wpg: bool) -> str:
    return (
        f"INSERT INTO keuze SELECT '{bestand}', t.id FROM {TABELLEN[bestand]} t"
        " WHERE t.jongere_id IN (SELECT id FROM keuze WHERE bestand = 'jongeren')"
        f" AND {_here(bestand)}{_without_wpg(bestand, wpg)}"
    )


def _without_wpg(bestand: str, wpg: bool) -> str:
    """Never what is out of use, nor what is of an onderzoek: a package knows no officers."""
    if bestand not in POLITIE:
        return ""
    in_use = "t.verwijderd_op IS NULL AND t.onderzoek_id IS NULL"
    return f" AND {in_use}" if wpg else f" AND {in_use} AND t.regime <> 'WPG'"


def _referred(bestand: str, kolom: str, bron: str, *, wpg: bool) -> str:
    return (
        f"INSERT INTO keuze SELECT DISTINCT '{bestand}', t.id FROM {TABELLEN[bron]} b"
        f" JOIN keuze k ON k.bestand = '{bron}' AND k.id = b.id"
        f" JOIN {TABELLEN[bestand]} t ON t.id = b.{kolom}"
        f" WHERE t.jongere_id IN (SELECT id FROM keuze WHERE bestand = 'jongeren')"
        f"{_without_wpg(bestand, wpg)} ON CONFLICT DO NOTHING"
    )


def _children(bestand: str, tabel: str, kolom: str, ouder: str) -> str:
    return (
        f"INSERT INTO keuze SELECT '{bestand}', t.id FROM {tabel} t"
        f" JOIN keuze k ON k.bestand = '{ouder}' AND k.id = t.{kolom}"
    )


def _select_shared(cursor: Any, codes: Sequence[str], *, only_one: bool) -> None:
    """Addresses of both kinds, and the schools and users that the chosen rows name."""
    cursor.execute(
        "INSERT INTO keuze SELECT 'adressen', t.id FROM casework_adres t JOIN keuze k"
        " ON (k.bestand = 'jongeren' AND k.id = t.jongere_id)"
        " OR (k.bestand = 'relaties' AND k.id = t.relatie_id)"
    )
    for naam, doel in (("scholen", "scholen"), ("gebruikers", "gebruikers")):
        for bestand in BY_NAME.values():
            for kolom in bestand.verwijzingen:
                if kolom.verwijst == doel:
                    tabel = TABELLEN.get(bestand.naam) or next(
                        t for b, t, _, _ in KINDEREN if b == bestand.naam
                    )
                    cursor.execute(
                        f"INSERT INTO keuze SELECT DISTINCT '{naam}', t.{kolom.naam} FROM {tabel} t"
                        f" JOIN keuze k ON k.bestand = '{bestand.naam}' AND k.id = t.id"
                        f" WHERE t.{kolom.naam} IS NOT NULL ON CONFLICT DO NOTHING"
                    )
    if not only_one:
        cursor.execute(
            "INSERT INTO keuze SELECT 'vsv_duo', id FROM doorstroompunt_vsvcijfer"
            " WHERE gebied_soort <> 'gemeente' OR gebied_code = ANY(%s)",
            [list(codes)],
        )


def name_gebruikers(cursor: Any) -> None:
    """A user has no uuid: give the chosen ones a bron_id that stays, and that other
    installations do not use."""
    cursor.execute(
        "SELECT k.id FROM keuze k WHERE k.bestand = 'gebruikers' AND NOT EXISTS ("
        "SELECT 1 FROM koppelingen_bronsleutel b WHERE b.bestand = 'gebruikers'"
        " AND b.bronsysteem = %s AND b.object_id = k.id)",
        [EIGEN_BRON],
    )
    Bronsleutel.objects.bulk_create(
        Bronsleutel(
            bronsysteem=EIGEN_BRON,
            bestand="gebruikers",
            bron_id=blind_index(f"gebruiker:{pk}").hex(),
            object_id=pk,
            hash=b"",
        )
        for (pk,) in cursor.fetchall()
    )
