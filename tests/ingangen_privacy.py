"""Objects behind the doors of the privacy officer."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.files.base import ContentFile

from accounts.gebeurtenissen import record
from casework.models import (
    Bewaarstop,
    Datalek,
    Inzage,
    Kennisgeving,
    Rectificatie,
    Vernietigingslijst,
    Verzoek,
)
from tests.factories import make_gebruiker

MOMENT = datetime(2025, 9, 10, 10, 0, tzinfo=UTC)


def of_privacy(gemeente: Any, jongere: Any) -> dict[str, Any]:
    """A request with its package and a correction, a list that was run, a hold, a breach."""
    een, ander = (make_gebruiker(("privacy", "behandelaar"), gemeente=gemeente) for _ in range(2))
    own = {"jongere": jongere, "gemeente": gemeente}
    verzoek = Verzoek.objects.create(
        soort="inzage",
        aanvrager="jongere",
        ontvangen_op=MOMENT.date(),
        uiterlijk_op=date(2025, 10, 10),
        vastgelegd_door=een,
        **own,
    )
    inzage = Inzage.objects.create(
        verzoek=verzoek,
        gemaakt_door=een,
        reden="x",
        status="klaar",
        klaar_op=MOMENT,
        pdf=ContentFile(b"%PDF", "i.pdf"),
        json=ContentFile(b"{}", "i.json"),
        **own,
    )
    row = Rectificatie.objects.create(
        verzoek=verzoek,
        object_type="casework.jongere",
        object_id=jongere.pk,
        veld="roepnaam",
        oud="Sem",
        nieuw="Sam",
        reden="x",
        door=een,
        **own,
    )
    bericht = Kennisgeving.objects.create(
        rectificatie=row,
        ontvanger="pakket",
        verstrekt_op=MOMENT,
        gebeurtenis=record("pakket.uitgevoerd", jongere, by=een),
    )
    lijst = Vernietigingslijst.objects.create(
        gemeente=gemeente,
        status="vernietigd",
        aangeboden_door=een,
        aangeboden_op=MOMENT,
        goedgekeurd_door=ander,
        goedgekeurd_op=MOMENT,
        klaar_op=MOMENT,
    )
    stop = Bewaarstop.objects.create(reden="x", van=MOMENT.date(), geplaatst_door=een, **own)
    lek = Datalek.objects.create(
        gemeente=gemeente, ontdekt_op=MOMENT, omschrijving="x", vastgelegd_door=een
    )
    return {
        "privacy/verzoeken/nieuw/<uuid>": jongere.uuid,
        "privacy/bewaarstop/nieuw/<uuid>": jongere.uuid,
        "privacy/verzoek/<uuid>": verzoek.uuid,
        "privacy/inzage/<uuid>": inzage.uuid,
        "privacy/rectificatie/<uuid>": row.uuid,
        "privacy/kennisgeving/<uuid>": bericht.uuid,
        "privacy/vernietiging/<uuid>": lijst.uuid,
        "privacy/bewaarstop/<uuid>": stop.uuid,
        "privacy/datalek/<uuid>": lek.uuid,
    }
