"""Objects behind the doors of closed dossiers, noodtoegang and own family."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from accounts.models_controle import Vervanging
from accounts.rechten import Taak
from casework.models import (
    Afscherming,
    AfschermingLid,
    Afschermingverzoek,
    Betrokkenheid,
    Noodtoegang,
)
from tests.factories import JongereFactory, make_gebruiker

BEGIN = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)


def of_afscherming(gemeente: Any, jongere: Any) -> dict[str, tuple[Any, frozenset[str]]]:
    """A closed dossier with a request that waits, a use of break-glass, an own family."""
    lp, dsp = Taak.LEERPLICHT, Taak.DOORSTROOMPUNT
    ander = JongereFactory(gemeente=gemeente)
    collega = make_gebruiker((lp, "leidinggevende"), gemeente=gemeente)
    own = {"gemeente": gemeente, "jongere": ander}
    dicht = Afscherming.objects.create(
        reden="anders", toelichting="x", gesloten_door=collega, **own
    )
    AfschermingLid.objects.create(afscherming=dicht, gebruiker=collega)
    verzoek = Afschermingverzoek.objects.create(
        afscherming=dicht, soort="openen", reden="x", gevraagd_door=collega
    )
    nood = Noodtoegang.objects.create(
        gebruiker=collega,
        reden="x",
        van=BEGIN,
        tot=BEGIN + timedelta(hours=4),
        beoordelen_voor=BEGIN.date(),
        **own,
    )
    kent = Betrokkenheid.objects.create(
        jongere=jongere, gebruiker=collega, gemeente=gemeente, soort="bekende", door=collega
    )
    return {
        "afscherming/<uuid>": (dicht.uuid, frozenset({lp, dsp})),
        "afschermingen/verzoek/<uuid>": (verzoek.uuid, frozenset({lp, dsp, Taak.BEHEER})),
        "noodtoegangen/<uuid>": (nood.uuid, frozenset({Taak.PRIVACY})),
        "vervanging/<pk>": (_vervanging(gemeente, collega).pk, frozenset({lp, dsp})),
        "jongere/<uuid>/betrokken/<pk>": (kent.pk, frozenset()),
    }


def _vervanging(gemeente: Any, collega: Any) -> Vervanging:
    ander = make_gebruiker((Taak.LEERPLICHT, "lezer"), gemeente=gemeente)
    return Vervanging.objects.create(
        afwezige=collega, vervanger=ander, van=BEGIN.date(), tot=date(2090, 1, 1), door=collega
    )
