"""Objects behind the doors of thuiszitters."""

from datetime import UTC, date, datetime
from typing import Any

from casework.models import Regio
from leerplicht.models import (
    Luxeverzuim,
    Meldcodetraject,
    Noshowactie,
    Overdracht,
    Overleg,
    Plaatswacht,
    Thuiszitter,
    Thuiszitterstafel,
    Toewijzingsregel,
    Verzuimtrede,
)
from tests.factories import (
    ActieFactory,
    HaltzaakFactory,
    StrafzaakFactory,
    VerlofFactory,
    WerkprocesFactory,
    make_ambtenaar,
)

BEGIN = date(2025, 9, 1)


def of_thuiszitters(gemeente: Any, jongere: Any) -> dict[str, Any]:
    """A stay at home, on the agenda of a table; a youth who waits for a place."""
    own = {"jongere": jongere, "gemeente": gemeente}
    row = Thuiszitter.objects.create(bron="HAND", sinds=BEGIN, label_op=BEGIN, **own)
    tafel = Thuiszitterstafel.objects.create(
        gemeente=gemeente, datum=BEGIN, deelnemers="school", gemaakt_door=make_ambtenaar(gemeente)
    )
    tafel.punten.create(thuiszitter=row)
    row.afspraken.create(tekst="Bellen", eigenaar="school", uiterlijk_op=BEGIN)
    svb = ActieFactory(grondslag="svb:melden", **own)
    wacht = Plaatswacht.objects.create(soort="VSO", aangevraagd_op=BEGIN, **own)
    return {
        "thuiszitter/<uuid>": row.uuid,
        "thuiszitters/tafel/<uuid>": tafel.uuid,
        "thuiszitters/plaats/<uuid>": wacht.uuid,
        "meldplicht/<uuid>": svb.uuid,
        "overleg/<uuid>": Overleg.objects.create(
            datum=BEGIN, grondslag="WET", gemaakt_door=tafel.gemaakt_door, **own
        ).uuid,
        "meldcode/<uuid>": Meldcodetraject.objects.create(
            soort="MELDCODE", gestart_op=BEGIN, gemaakt_door=tafel.gemaakt_door, **own
        ).uuid,
    }


def of_toewijzing(gemeente: Any) -> dict[str, Any]:
    """A rule, a colleague whose work is divided, and a note for the owner alone."""
    collega = make_ambtenaar(gemeente)
    regel = Toewijzingsregel.objects.create(gemeente=gemeente, behandelaar=collega, van=BEGIN)
    regio = gemeente.doorstroompuntregio = Regio.objects.create(code="41", naam="Regio")
    gemeente.save(update_fields=["doorstroompuntregio"])
    trede = Verzuimtrede.objects.create(
        regio=regio,
        eenheid="UREN",
        drempel=9,
        periode="LESWEKEN",
        actie_school="Praat",
        geldig_van=BEGIN,
    )
    return {
        "toewijzing/<uuid>": regel.uuid,
        "verzuimkaart/<uuid>": trede.uuid,
        "werkverdeling/<pk>": collega.pk,
    }


def overdracht(gemeente: Any, jongere: Any, eigenaar: Any) -> Any:
    """For who it was written; a colleague with the same rights does not tick it off."""
    return Overdracht.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        naar=eigenaar,
        door=make_ambtenaar(gemeente),
        notitie="Bel school",
        op=datetime(2025, 9, 10, 10, 0, tzinfo=UTC),
    ).uuid


def of_opsporing(gemeente: Any, jongere: Any, boa: Any) -> dict[str, Any]:
    """Halt and a case: police data, so no taak alone sees it."""
    own = {"jongere": jongere, "gemeente": gemeente, "boa": boa}
    return {
        "halt/<uuid>": HaltzaakFactory(**own).uuid,
        "strafzaak/<uuid>": StrafzaakFactory(**own).uuid,
    }


def of_noshow(gemeente: Any, jongere: Any) -> dict[str, Any]:
    actie = Noshowactie.objects.create(
        gemeente=gemeente, gestart_op=BEGIN, door=make_ambtenaar(gemeente)
    )
    actie.rijen.create(jongere=jongere, gemeente=gemeente)
    return {"preventie/no-show/<uuid>": actie.uuid}


def of_verlof(gemeente: Any, jongere: Any) -> dict[str, Any]:
    """Leave, and a child of a household that was away without it."""
    own = {"jongere": jongere, "gemeente": gemeente}
    luxe = Luxeverzuim.objects.create(
        werkproces=WerkprocesFactory(soort="LUXE", toestand="luxe_controle", **own),
        van=BEGIN,
        tot=BEGIN,
        verlof="NIET_GEVRAAGD",
        **own,
    )
    return {"verlof/<uuid>": VerlofFactory(**own).uuid, "luxeverzuim/<uuid>": luxe.gezinszaak}
