"""Trajecten in every state, each with the steps of the table that led there."""

from datetime import date, timedelta
from functools import cache

from doorstroompunt.domain.traject import TRAJECT
from doorstroompunt.models import Traject, TrajectMelding, Trajectstap
from koppelingen.demo.maken import Demoregio
from koppelingen.demo.sleutels import ids_of


@cache
def path_to(toestand: str) -> tuple[str, ...]:
    """Shortest walk through the table from its beginning to this state."""
    walks: dict[str, tuple[str, ...]] = {TRAJECT.begin: ()}
    queue = [TRAJECT.begin]
    for hier in queue:
        for stap in TRAJECT.from_state(hier):
            if stap.naar not in walks:
                walks[stap.naar] = (*walks[hier], stap.naam)
                queue.append(stap.naar)
    return walks[toestand]


def set_trajecten(regio: Demoregio) -> list[Traject]:
    """Give the trajecten of `standen` their state; gives back those that are open."""
    ids = ids_of("trajecten")
    standen = {ids[s.bron_id]: s for s in regio.trajecten}
    trajecten = list(Traject.objects.filter(pk__in=standen).order_by("datum_melding", "pk"))
    stappen: list[Trajectstap] = []
    for number, traject in enumerate(trajecten):
        stand = standen[traject.pk]
        toestand = stand.toestand
        if traject.volgende_benadering and number % 2:
            toestand = "herbenaderen"
        traject.toestand, traject.toestand_sinds = toestand, stand.sinds
        if toestand == "herbenaderen":
            traject.volgende_benadering = _near(
                traject.volgende_benadering, regio.peildatum, number
            )
        stappen += _steps(traject, stand.sinds)
    velden = ["toestand", "toestand_sinds", "volgende_benadering"]
    Traject.objects.bulk_update(trajecten, velden, batch_size=500)
    Trajectstap.objects.bulk_create(stappen)
    _tie_meldingen()
    return [t for t in trajecten if t.is_open]


def _near(later: date | None, peildatum: date, number: int) -> date | None:
    """A date of re-approach in the past becomes one of the coming weeks."""
    if later and later <= peildatum:
        return peildatum + timedelta(days=1 + number % 40)
    return later


def _steps(traject: Traject, sinds: date) -> list[Trajectstap]:
    namen = path_to(traject.toestand)
    lang = max((sinds - traject.datum_melding).days, 0)
    toestand, rows = TRAJECT.begin, []
    for number, naam in enumerate(namen, 1):
        naar = TRAJECT.stappen[naam].naar
        rows.append(
            Trajectstap(
                traject=traject,
                stap=naam,
                van_toestand=toestand,
                naar_toestand=naar,
                datum=traject.datum_melding + timedelta(days=lang * number // len(namen)),
                gebruiker_id=traject.behandelaar_id,
            )
        )
        toestand = naar
    return rows


def _tie_meldingen() -> None:
    """The reports behind a traject for absence at 18 and older."""
    rows = Traject.objects.filter(soort="VERZUIM_18PLUS").order_by("pk")
    koppelingen = {}
    for traject in rows.prefetch_related("jongere__verzuimmeldingen"):
        einde = traject.gesloten_op or date.max
        for melding in traject.jongere.verzuimmeldingen.all():
            if (
                melding.taak == "doorstroompunt"
                and melding.beoordeeld_op
                and traject.datum_melding <= melding.melddatum <= einde
            ):
                koppelingen[melding.pk] = TrajectMelding(melding=melding, traject=traject)
    TrajectMelding.objects.bulk_create(koppelingen.values())
