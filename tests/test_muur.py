"""The wall inside PostgreSQL: the same rule as visible_to, on every table, for every role."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from accounts import muur
from accounts.rechten import Politiezicht
from casework.models import Dossier, Jongere, Verzuimmelding
from config.muur import ONGETELD, REGELS
from tests import muurwereld
from tests.factories import (
    DossierFactory,
    GemeenteFactory,
    JongereFactory,
    VerzuimmeldingFactory,
    make_ambtenaar,
    make_gebruiker,
)

pytestmark = pytest.mark.django_db

# Tables beside those of a youth, with the reason why they have no rule.
ZONDER = {
    "casework_gemeente": "areas",
    "casework_regio": "areas",
    "casework_school": "schools",
    "casework_schoolcode": "schools",
    "casework_briefsjabloon": "texts of a gemeente",
    "casework_ambtseed": "colleagues",
    "casework_boaakte": "colleagues",
    "casework_briefafzender": "the sender of a gemeente",
    "leerplicht_verzuimtrede": "the verzuimkaart of a region",
    "leerplicht_toewijzingsregel": "which colleague gets which work",
    "doorstroompunt_vsvcijfer": "published figures",
    "reporting_": "counts and texts of a report, no persons",
    "accounts_gebruiker": "colleagues; rights are read from here before anything else",
    "accounts_bevoegdheid": "colleagues",
    "accounts_rechtcontrole": "colleagues",
    "accounts_vervanging": "colleagues",
    "accounts_agendalink": "hashes of secrets of colleagues",
    "accounts_signaal": "counts about colleagues",
    "accounts_steekproefoordeel": "judgements on lines of the log, by key",
    "accounts_ketenregel": "hashes",
    "accounts_ketenwacht": "keys of events",
    "accounts_logboekcontrole": "outcomes of checks",
}
EIGEN = ("accounts", "casework", "leerplicht", "doorstroompunt", "reporting", "koppelingen")


def own_models():
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in EIGEN:
            yield model


def rows_of(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


@pytest.mark.eis("Z4")
def test_every_table_has_a_rule_or_a_reason():
    known = tuple(ZONDER)
    tables = {m._meta.db_table for m in own_models()}

    assert {t for t in tables - set(REGELS) if not t.startswith(known)} == set()
    assert set(REGELS) <= tables


def points_to_jongere(model, seen=()):
    for field in model._meta.concrete_fields:
        target = field.related_model
        if target is Jongere:
            return True
        if target is None or target in seen or target._meta.db_table.startswith(tuple(ZONDER)):
            continue
        if points_to_jongere(target, (*seen, model)):
            return True
    return False


@pytest.mark.eis("Z4")
def test_what_leads_to_a_youth_is_never_without_a_rule():
    found = {m._meta.db_table for m in own_models() if points_to_jongere(m)}

    assert len(found) > 35
    assert found - set(REGELS) == set()


@pytest.mark.eis("Z3", "Z4")
def test_rules_are_on_and_forced_for_the_owner_too():
    found = {
        name: (on, forced)
        for name, on, forced in rows_of(
            "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
            " WHERE relkind IN ('r', 'p')"
        )
    }

    assert {t for t in REGELS if found[t] != (True, True)} == set()


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.eis("Z2", "Z3", "P26", "P27")
def test_python_the_database_and_the_plain_rule_agree(seed):
    wereld = muurwereld.build(seed)
    keys = [jongere.pk for jongere in wereld.jongeren]
    zicht = Politiezicht(muurwereld.DAG, dict.fromkeys(keys, "OPSPORING"), frozenset(keys))

    for user in wereld.gebruikers:
        user.politiezicht = zicht
        for soort, rows in wereld.rijen.items():
            manager = type(rows[0])._default_manager
            page = {row.pk for row in rows if muurwereld.sees(user, soort, row)}
            wall = {row.pk for row in rows if muurwereld.wall_gives(user, soort, row)}

            assert set(manager.visible_to(user).values_list("pk", flat=True)) == page, soort
            with muur.voor_gebruiker(user):
                assert set(manager.values_list("pk", flat=True)) == wall, soort
                assert set(manager.visible_to(user).values_list("pk", flat=True)) == page, soort


@pytest.mark.eis("Z3")
@pytest.mark.parametrize("rol", muur.ROLLEN)
def test_without_context_no_table_gives_a_row(rol):
    muurwereld.build(1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [rol])
        for table in REGELS:
            nooit = table in ONGETELD or table.startswith(("accounts_", "koppelingen_"))
            if rol == muur.CIJFERS and nooit:
                continue  # no right to ask at all
            cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table}) x")
            assert cursor.fetchone() == (0,), table
        transaction.set_rollback(True)


@pytest.mark.eis("Z3")
def test_another_gemeente_cannot_be_written():
    here, there = GemeenteFactory(), GemeenteFactory()
    user = make_ambtenaar(here)
    melding = VerzuimmeldingFactory(jongere=JongereFactory(gemeente=there), taak="leerplicht")
    own = DossierFactory(jongere=JongereFactory(gemeente=here))

    with muur.voor_gebruiker(user):
        assert Verzuimmelding.objects.filter(pk=melding.pk).update(uren=1) == 0
        assert Verzuimmelding.objects.filter(pk=melding.pk).delete()[0] == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Dossier.objects.create(
                jongere_id=melding.jongere_id,
                taak="leerplicht",
                gemeente=there,
                geopend_op=muurwereld.DAG,
            )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            Dossier.objects.filter(pk=own.pk).update(gemeente=there)

    melding.refresh_from_db()
    assert melding.uren == 17


@pytest.mark.eis("Z3")
def test_nothing_of_one_request_is_left_for_the_next(client):
    here = GemeenteFactory()
    JongereFactory(gemeente=here)
    stand = "SELECT current_setting('role'), current_setting('leerrecht.gebruiker', true)"
    before = rows_of(stand)
    client.force_login(
        make_ambtenaar(here), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    assert client.get("/mijn-dag/").status_code == 200
    after = rows_of(stand)

    assert [(rol, wie or "") for rol, wie in after] == [(rol, wie or "") for rol, wie in before]


def test_a_page_never_becomes_the_system():
    with (
        muur.voor_gebruiker(make_gebruiker()),
        pytest.raises(muur.PaginaWordtSysteem),
        muur.systeem(),
    ):
        pass


@pytest.mark.eis("P41", "Z5")
def test_counting_reads_no_column_that_names_a_person():
    """Nor can it write."""
    names = ("achternaam", "voornamen", "bsn", "telefoon", "email", "straat", "verslag", "titel")
    granted = {
        (table, column)
        for table, column in rows_of(
            "SELECT table_name, column_name FROM information_schema.column_privileges"
            " WHERE grantee = %s",
            muur.CIJFERS,
        )
        if table in REGELS
    }
    kinds = rows_of(
        "SELECT DISTINCT privilege_type FROM information_schema.column_privileges"
        " WHERE grantee = %s",
        muur.CIJFERS,
    )

    assert len(granted) > 100
    assert {pair for pair in granted if pair[1] in names} == set()
    assert kinds == [("SELECT",)]


LOGBOEK = ("accounts_gebeurtenis", "accounts_ketenregel", "accounts_ketenwacht")


@pytest.mark.eis("D2", "D8")
@pytest.mark.parametrize("rol", [muur.WEB, muur.DOEL, muur.WERK])
def test_roles_may_only_add_to_the_log(rol):
    found = rows_of(
        "SELECT table_name, privilege_type FROM information_schema.table_privileges"
        " WHERE grantee = %s AND table_name = ANY (%s)",
        rol,
        list(LOGBOEK),
    )

    assert sorted(found) == [
        ("accounts_gebeurtenis", "INSERT"),
        ("accounts_gebeurtenis", "SELECT"),
        ("accounts_ketenregel", "SELECT"),
        ("accounts_ketenwacht", "SELECT"),
    ]


@pytest.mark.eis("D8")
def test_roles_own_nothing_and_pass_no_wall():
    found = rows_of(
        "SELECT rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolcanlogin"
        " FROM pg_roles WHERE rolname = ANY (%s)",
        list(muur.ROLLEN),
    )
    owners = {owner for (owner,) in rows_of("SELECT DISTINCT tableowner FROM pg_tables")}

    assert sorted(found) == sorted((rol, *[False] * 5) for rol in muur.ROLLEN)
    assert owners & set(muur.ROLLEN) == set()


@pytest.mark.eis("Z3")
def test_nobody_writes_past_the_wall_by_the_view_of_homes():
    found = rows_of(
        "SELECT grantee, privilege_type FROM information_schema.table_privileges"
        " WHERE table_name = 'muur_woonplaats' AND grantee = ANY (%s)",
        list(muur.ROLLEN),
    )

    assert sorted(found) == [(muur.DOEL, "SELECT"), (muur.WEB, "SELECT")]
