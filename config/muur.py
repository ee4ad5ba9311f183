"""Row level security: for every table with personal data, which rows a person has there.

The same rule as `visible_to`, said a second time inside PostgreSQL (ADR 0012). `migrate` puts it
up after the tables; what it put up before is replaced as a whole.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from accounts.muur import CIJFERS, DOEL, ROLLEN, WEB, WERK
from casework.fields import VersleuteldField

LEERPLICHT: Final = "((SELECT muur_gemeenten('leerplicht'))::bigint[])"
DOORSTROOMPUNT: Final = "((SELECT muur_gemeenten('doorstroompunt'))::bigint[])"
OPSPORING: Final = "((SELECT muur_gemeenten('opsporing'))::bigint[])"
PRIVACY: Final = "((SELECT muur_gemeenten('privacy'))::bigint[])"
UITVOEREND: Final = "((SELECT muur_gemeenten('leerplicht', 'doorstroompunt'))::bigint[])"
TOEZICHT: Final = (
    "((SELECT muur_gemeenten('leerplicht', 'doorstroompunt', 'privacy', 'beheer'))::bigint[])"
)


def _where(gemeenten: str) -> str:
    """The gemeente of the row; without one, where the jongere lives."""
    return (
        f"(gemeente_id = ANY {gemeenten}"
        " OR (gemeente_id IS NULL AND (SELECT w.gemeente_id FROM muur_woonplaats w"
        f" WHERE w.id = jongere_id) = ANY {gemeenten}))"
    )


EIGEN_TAAK: Final = (
    f"((taak = 'leerplicht' AND {_where(LEERPLICHT)})"
    f" OR (taak = 'doorstroompunt' AND {_where(DOORSTROOMPUNT)}))"
)
# Of police data: who does opsporing there, and of an onderzoek who is named in it. The reason that
# is asked before reading belongs to a session, which the database does not know.
REGIME: Final = (
    f"(regime = 'AVG' OR ({_where(OPSPORING)} AND verwijderd_op IS NULL AND (onderzoek_id IS NULL"
    " OR onderzoek_id = ANY ((SELECT muur_onderzoeken())::bigint[])))"
    # Removed from use: for complaints and control only (Wpg 14).
    f" OR (verwijderd_op IS NOT NULL AND {_where(PRIVACY)}))"
)
# Closed dossiers and the own family; a list that is read once a statement.
OPEN: Final = "{} <> ALL ((SELECT muur_verborgen())::bigint[])"
JONGERE: Final = (
    f"(gemeente_id = ANY {UITVOEREND} OR EXISTS (SELECT FROM casework_dossier d"
    " WHERE d.jongere_id = casework_jongere.id"
    f" AND ((d.taak = 'leerplicht' AND d.gemeente_id = ANY {LEERPLICHT})"
    f" OR (d.taak = 'doorstroompunt' AND d.gemeente_id = ANY {DOORSTROOMPUNT}))))"
)
# Who only does opsporing sees no dossier, but does see of whom a proces-verbaal is.
VERDACHTE: Final = "(id = ANY ((SELECT muur_verdachten())::bigint[]))"


def _follows(table: str, column: str) -> str:
    """Rows that follow another row; PostgreSQL asks the rule of that one."""
    return f"EXISTS (SELECT FROM {table} o WHERE o.id = {column})"


# Table -> the rows that the person of the request has there. Every table with a column that
# leads to a jongere stands here (a test walks them all).
REGELS: Final[Mapping[str, str]] = {
    "casework_jongere": f"({JONGERE} OR {VERDACHTE})",
    "casework_relatie": _follows("casework_jongere", "jongere_id"),
    "casework_adres": (
        f"({_follows('casework_jongere', 'jongere_id')}"
        f" OR {_follows('casework_relatie', 'relatie_id')})"
    ),
    "casework_inschrijving": _follows("casework_jongere", "jongere_id"),
    "casework_diploma": _follows("casework_jongere", "jongere_id"),
    "casework_dossier": EIGEN_TAAK,
    # Without a youth it is of the colleague alone.
    "casework_actie": (
        f"((jongere_id IS NOT NULL AND {EIGEN_TAAK})"
        " OR (jongere_id IS NULL AND toegewezen_aan_id = muur_gebruiker()))"
    ),
    "casework_afspraak": EIGEN_TAAK,
    "casework_verzuimmelding": EIGEN_TAAK,
    "casework_statusbericht": EIGEN_TAAK,
    "casework_verzuimdag": _follows("casework_verzuimmelding", "melding_id"),
    "casework_werkproces": EIGEN_TAAK,
    "casework_werkprocesstap": _follows("casework_werkproces", "werkproces_id"),
    "casework_contactmoment": EIGEN_TAAK,
    "casework_document": EIGEN_TAAK,
    "casework_aangeboden": EIGEN_TAAK,
    "casework_brief": EIGEN_TAAK,
    "casework_brievenronde": "(gemaakt_door_id = muur_gebruiker())",
    "leerplicht_haltverwijzing": _where(LEERPLICHT),
    "leerplicht_procesverbaal": _where(OPSPORING),
    "leerplicht_haltzaak": EIGEN_TAAK,
    "leerplicht_strafzaak": EIGEN_TAAK,
    "leerplicht_verhoor": EIGEN_TAAK,
    "leerplicht_verlof": _where(LEERPLICHT),
    "leerplicht_luxeverzuim": _where(LEERPLICHT),
    # Whether somebody is exempted is part of the duty, wherever it was granted.
    "leerplicht_vrijstelling": f"({_where(LEERPLICHT)}"
    f" OR {_follows('casework_jongere', 'jongere_id')})",
    "leerplicht_overdracht": _where(LEERPLICHT),
    "leerplicht_groepsactie": f"(gemeente_id = ANY {LEERPLICHT})",
    "leerplicht_noshowactie": f"(gemeente_id = ANY {LEERPLICHT})",
    "leerplicht_noshow": _where(LEERPLICHT),
    "leerplicht_thuiszitter": _where(LEERPLICHT),
    # Few eyes: who began it, who was brought in, who leads the team.
    "leerplicht_meldcodetraject": (
        f"({_where(LEERPLICHT)} AND (gemaakt_door_id = muur_gebruiker()"
        " OR id = ANY ((SELECT muur_meldcode())::bigint[])"
        " OR gemeente_id = ANY ((SELECT muur_leidend())::bigint[])))"
    ),
    "leerplicht_meldcodestap": _follows("leerplicht_meldcodetraject", "traject_id"),
    "leerplicht_meldcodelid": _follows("leerplicht_meldcodetraject", "traject_id"),
    **dict.fromkeys(("leerplicht_overleg", "leerplicht_zorgsignaal"), _where(LEERPLICHT)),
    "leerplicht_overlegdeelnemer": _follows("leerplicht_overleg", "overleg_id"),
    "leerplicht_plaatswacht": _where(LEERPLICHT),
    "leerplicht_thuiszitterstafel": f"(gemeente_id = ANY {LEERPLICHT})",
    "leerplicht_tafelpunt": _follows("leerplicht_thuiszitter", "thuiszitter_id"),
    "leerplicht_thuiszitterafspraak": _follows("leerplicht_thuiszitter", "thuiszitter_id"),
    "doorstroompunt_traject": _where(DOORSTROOMPUNT),
    **{
        f"doorstroompunt_{name}": _follows("doorstroompunt_traject", "traject_id")
        for name in (
            "trajectstap", "trajectfase", "contactpoging", "plan", "trajectdocument",
            "trajectmelding",
        )
    },
    **dict.fromkeys(
        (
            "casework_verzoek", "casework_inzage", "casework_rectificatie", "casework_datalek",
            "casework_bewaarstop", "casework_vernietigingslijst",
        ),
        f"(gemeente_id = ANY {PRIVACY})",
    ),
    "casework_kennisgeving": _follows("casework_rectificatie", "rectificatie_id"),
    "casework_vernietigingsregel": _follows("casework_vernietigingslijst", "lijst_id"),
    "casework_onderzoek": (
        f"(gemeente_id = ANY {OPSPORING} OR gemeente_id = ANY {PRIVACY}"
        " OR id = ANY ((SELECT muur_onderzoeken())::bigint[]))"
    ),
    "casework_onderzoek_functionarissen": _follows("casework_onderzoek", "onderzoek_id"),
    **dict.fromkeys(
        ("casework_betrokkene", "casework_regimeverzoek", "casework_verstrekking"),
        f"(gemeente_id = ANY {OPSPORING} OR gemeente_id = ANY {PRIVACY})",
    ),
    "casework_afscherming": f"(gemeente_id = ANY {TOEZICHT})",
    "casework_afscherminglid": _follows("casework_afscherming", "afscherming_id"),
    "casework_afschermingverzoek": _follows("casework_afscherming", "afscherming_id"),
    "casework_afschermingverzoek_leden": _follows(
        "casework_afschermingverzoek", "afschermingverzoek_id"
    ),
    "casework_betrokkenheid": (
        f"(gebruiker_id = muur_gebruiker() OR gemeente_id = ANY {TOEZICHT})"
    ),
    "casework_noodtoegang": f"(gebruiker_id = muur_gebruiker() OR gemeente_id = ANY {PRIVACY})",
    "koppelingen_inleesrun": (
        "(gebruiker_id = muur_gebruiker() OR (gebruiker_id IS NULL AND gemeentecodes <> '{}'"
        " AND gemeentecodes::text[] <@ (SELECT muur_codes('beheer'))))"
    ),
    "koppelingen_quarantaine": _follows("koppelingen_inleesrun", "run_id"),
    "koppelingen_persoonsvraag": _follows("koppelingen_inleesrun", "run_id"),
    "koppelingen_uitvoer": "(gebruiker_id = muur_gebruiker())",
    "koppelingen_bronsleutel": "false",
    "accounts_gebeurtenis": (
        f"(gebruiker_id = muur_gebruiker() OR gemeente_id = ANY {PRIVACY}"
        f" OR (gemeente_id IS NULL AND gebruiker_id = ANY ((SELECT muur_collega())::bigint[]))"
        " OR EXISTS (SELECT FROM casework_jongere j WHERE j.id = jongere_id)"
        " OR (gebruiker_id IS NULL AND jongere_id IS NULL AND object_type = 'accounts.gebruiker'"
        " AND (muur_gebruiker() IS NULL OR object_id = muur_gebruiker())))"
    ),
    "accounts_verwerkingsregel": f"(cardinality({PRIVACY}) > 0)",
}  # fmt: skip  # read as a table
# Work on youths whom the person may not open by his taak: only those the work is about.
BIJ_DOEL: Final = "muur_bij_doel({})"
# Two records become one with all that is in them, police data too; nobody reads it for that.
SAMENVOEGEN: Final = "(SELECT muur_doel()) = 'inlezen'"


def _columns(model: type[Model]) -> list[str]:
    """What counting needs: keys, days, codes and numbers; no name, number of a person or text."""
    return [
        str(field.column)
        for field in model._meta.local_concrete_fields
        if (field.get_internal_type() not in TEKST and not isinstance(field, VersleuteldField))
        or field.choices
        or (model._meta.db_table, field.column) in GETELD
    ]


TEKST: Final = frozenset({"CharField", "TextField", "EmailField", "FileField", "JSONField"})
# Texts that say which household or which diploma (Lpw art. 4b: praktijkonderwijs), not who.
GETELD: Final = frozenset(
    {("casework_jongere", "gezin_id"), ("casework_diploma", "naam"), ("casework_diploma", "niveau")}
)
OPENBAAR: Final = frozenset(
    {
        "casework_gemeente", "casework_regio", "casework_school", "casework_schoolcode",
        "doorstroompunt_vsvcijfer", "reporting_cijferstand",
    }
)  # fmt: skip  # read as a table


DOSSIER: Final = ("casework_", "leerplicht_", "doorstroompunt_")


# That there is one tells something already; nothing is counted there.
ONGETELD: Final = frozenset(
    {"leerplicht_meldcodetraject", "leerplicht_meldcodestap", "leerplicht_meldcodelid"}
)
# Where the youth may be empty.
LEEG: Final = frozenset({"casework_actie"})
# Rows about a youth that do not go along when his dossier is closed.
ZONDER_SLOT: Final = frozenset(
    {
        "casework_afscherming", "casework_betrokkenheid", "casework_noodtoegang",
        "casework_verzoek", "casework_inzage", "casework_rectificatie", "casework_bewaarstop",
    }
)  # fmt: skip  # read as a table


def _rules(table: str, columns: Collection[str]) -> tuple[str, str]:
    """What a person has of this table by his taken, and what in work with a purpose of its own."""
    rule = doel = REGELS[table]
    who = "id" if table == "casework_jongere" else "jongere_id"
    if who in columns and table.startswith(DOSSIER) and table not in ZONDER_SLOT:
        # No youth, no closed dossier.
        rule = f"({rule} AND {OPEN.format(f'coalesce({who}, 0)' if table in LEEG else who)})"
        doel = f"({rule} OR {BIJ_DOEL.format(who)})"
    elif table == "koppelingen_bronsleutel":
        doel = BIJ_DOEL.format("object_id")
    if "regime" in columns and "verwijderd_op" in columns:
        rule, doel = f"({rule} AND {REGIME})", f"({doel} AND ({REGIME} OR {SAMENVOEGEN}))"
    return rule, doel


def _policies() -> Iterator[str]:
    models = {m._meta.db_table: m for m in apps.get_models(include_auto_created=True)}
    for table in REGELS:
        fields = models[table]._meta.local_concrete_fields
        rule, doel = _rules(table, {str(field.column) for field in fields})
        # An event may be about anything; afterwards only who may read it sees it.
        check = table == "accounts_gebeurtenis"
        yield f"""
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS eigenaar ON {table};
DROP POLICY IF EXISTS systeem ON {table};
DROP POLICY IF EXISTS persoon ON {table};
DROP POLICY IF EXISTS doel ON {table};
DROP POLICY IF EXISTS tellen ON {table};
CREATE POLICY eigenaar ON {table} TO CURRENT_USER USING (true) WITH CHECK (true);
CREATE POLICY systeem ON {table} TO {WERK}
    USING ((SELECT muur_doel()) = 'systeem') WITH CHECK (muur_doel() = 'systeem');
CREATE POLICY persoon ON {table} TO {WEB} USING ({rule}) WITH CHECK ({check or rule});
CREATE POLICY doel ON {table} TO {DOEL} USING ({doel}) WITH CHECK ({check or doel});
REVOKE ALL ON {table} FROM {CIJFERS};
"""
        if table.startswith(DOSSIER) and table not in ONGETELD:
            yield f"""
CREATE POLICY tellen ON {table} FOR SELECT TO {CIJFERS}
    USING ((SELECT cardinality(muur_gemeenten('beleid', 'leerplicht', 'doorstroompunt'))) > 0);
GRANT SELECT ({", ".join(_columns(models[table]))}) ON {table} TO {CIJFERS};
"""


def sql() -> str:
    roles = "".join(
        f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{rol}') THEN
        CREATE ROLE {rol} NOLOGIN NOBYPASSRLS;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;  -- made meanwhile
END $$;"""
        for rol in ROLLEN
    )
    grants = f"""
GRANT USAGE ON SCHEMA public TO {", ".join(ROLLEN)};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {WEB}, {DOEL}, {WERK};
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {WEB}, {DOEL}, {WERK};
GRANT SELECT ON {", ".join(sorted(OPENBAAR))} TO {CIJFERS};
"""
    tables = sorted(m._meta.db_table for m in apps.get_models(include_auto_created=True))
    # A new table needs its grants, so it makes a new text.
    known = f"-- {' '.join(tables)}"
    zicht = f"{JONGERE} AND {OPEN.format('casework_jongere.id')}"
    functions = Path(__file__).with_suffix(".sql").read_text().replace("/*zicht*/", zicht)
    return "".join([roles, grants, functions, *_policies(), known])


def build() -> bool:
    """Put the wall up as the code has it; False when it stood there already.

    Run by the owner of the tables. Where that is no superuser, the roles must exist
    (deploy/roles.sh).
    """
    text = sql()
    mark = hashlib.sha256(text.encode()).hexdigest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regprocedure('muur_gebruiker()'), 'pg_proc')")
        if cursor.fetchone()[0] == mark:
            return False
        # psycopg's own: no parameters, so no percent signs to double.
        cursor.connection.execute(text)
        cursor.execute(f"COMMENT ON FUNCTION muur_gebruiker() IS '{mark}'")
    return True
