"""A notice or request as the tests bring it to a step."""

from datetime import date

from casework.domain.proces import perform
from casework.models import Werkproces
from leerplicht.domain.tabellen import tabel_of
from leerplicht.domain.vrijstelling_proces import handle
from tests.factories import JongereFactory, VrijstellingFactory

DAG = date(2025, 9, 1)
IN = {"besluit": "IN_BEHANDELING", "aanvraagdatum": date(2025, 8, 28)}
STUKKEN = {"stukken": ["plan", "bevoegd_gezag", "onderwijs"], "zorg_betrokken": "ja"}


def begin(gemeente, by, grond, geboren="2011-03-15", **velden):
    jongere = JongereFactory(gemeente=gemeente, geboortedatum=date.fromisoformat(geboren))
    row = VrijstellingFactory(jongere=jongere, grond=grond, **{**IN, **velden})
    handle(row, by=by, day=DAG)
    row.refresh_from_db()
    return row


def step(row, naam, by, day=DAG, **gegevens):
    werkproces = Werkproces.objects.get(pk=row.werkproces_id)
    perform(werkproces, naam, tabel=tabel_of(werkproces), by=by, day=day, gegevens=gegevens)
    row.refresh_from_db()
    return row.werkproces.toestand


def decided(start, by, besluit, grond="15", geboren="2009-03-15", **velden):
    row = start(grond, geboren, **velden)
    step(row, "behandelen", by, **STUKKEN)
    step(row, "horen_afronden", by)
    gegevens = {"motivering": "Reden", "mandaat": "College, mandaat 1", "niet_gehoord": "Awb 4:7"}
    step(row, "besluiten", by, besluit=besluit, **gegevens)
    step(row, "bekendmaken", by, datum=DAG, clausule="ja")
    return row
