"""A report that its school changed at DUO: the new words, and the old to who works on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.formats import date_format

from accounts.gebeurtenissen import record
from casework.codes import DuoStatus, Meldingsoort
from casework.domain.statusbericht import Intrekking, ask_to_look, process_intrekking
from casework.domain.verzuimdagen import Dagen, store_days
from casework.errors import DomainError
from casework.models import Berichtstand, Statusbericht, Verzuimmelding

# What the school says and may say anew; what the gemeente found and did is not among it.
VELDEN: Final = frozenset(
    """soort begindatum einddatum alle_lessen reden actie_school actie_gewenst melder_naam
    melder_functie melder_telefoon melder_email""".split()  # noqa: SIM905  # as the contract
)
# Long texts and contacts: the name of the field says enough.
GETOOND: Final = ("soort", "begindatum", "einddatum")
_OPEN = (Berichtstand.KLAAR, Berichtstand.VERZONDEN, Berichtstand.AFGEWEZEN)


@dataclass(frozen=True, slots=True)
class Schoolwijziging:
    """A report as DUO has it at `mutatie`; `velden` are of VELDEN."""

    meldingnummer: str
    status: str
    mutatie: datetime
    velden: Mapping[str, Any]
    reden_ingetrokken: str = ""


@transaction.atomic
def process_wijziging(wijziging: Schoolwijziging, *, now: datetime) -> bool:
    """False when nothing is new: older than what we have seen, or equal to it.

    Raises DomainError when the new days cannot be.
    """
    if wijziging.status == DuoStatus.I:
        reden = wijziging.reden_ingetrokken
        return process_intrekking(
            Intrekking(wijziging.meldingnummer, reden, wijziging.mutatie), now=now
        )
    rows = Verzuimmelding.objects.select_for_update(of=("self",)).select_related("werkproces")
    melding = rows.get(duo_meldingnummer=wijziging.meldingnummer)
    seen = melding.laatste_mutatie
    if melding.status == DuoStatus.I or (seen and wijziging.mutatie < seen):
        return False
    changes = _apply(melding, wijziging.velden)
    elsewhere = _status_elsewhere(melding, wijziging)
    if not (changes or elsewhere):
        return False
    melding.laatste_mutatie = wijziging.mutatie
    melding.save()
    if changes:
        record("melding.school_gewijzigd", melding, by=None, velden=sorted(changes))
        if melding.beoordeeld_op:
            ask_to_look(melding, _sentence(changes), now)
    if elsewhere:
        ask_to_look(melding, elsewhere, now)
    return True


def _apply(melding: Verzuimmelding, velden: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Field -> (old, new), set on the melding and not saved."""
    changes = {}
    for naam in VELDEN & velden.keys():
        was, nieuw = getattr(melding, naam), velden[naam]
        if was != nieuw:
            changes[naam] = (was, nieuw)
            setattr(melding, naam, nieuw)
    begin, einde = melding.begindatum, melding.einddatum
    if begin and einde and einde < begin:
        raise DomainError("Het verzuim eindigt voor het begint.")
    return changes


def _status_elsewhere(melding: Verzuimmelding, wijziging: Schoolwijziging) -> str:
    """Another status at DUO than here, and nothing on its way: both are shown, none overwritten."""
    seen = melding.laatste_mutatie
    if wijziging.status == melding.status or (seen and wijziging.mutatie <= seen):
        return ""
    if Statusbericht.objects.filter(melding=melding, stand__in=_OPEN).exists():
        return ""
    bij_duo = DuoStatus(wijziging.status).label
    return f"Bij DUO staat de melding op {bij_duo}, hier op {melding.get_status_display()}."


def _sentence(changes: Mapping[str, tuple[Any, Any]]) -> str:
    parts = [
        f"{naam} was {_words(was)}, is nu {_words(nieuw)}"
        for naam in GETOOND
        if naam in changes
        for was, nieuw in [changes[naam]]
    ]
    if changes.keys() - set(GETOOND):
        parts.append("toelichting of melder")
    return f"De school wijzigde de melding: {'; '.join(parts)}."[:300]


def _words(value: Any) -> str:
    if isinstance(value, date):
        return date_format(value, "j F Y")
    return Meldingsoort(value).label if value else "leeg"


@transaction.atomic
def set_days(meldingnummer: str, dagen: Dagen) -> bool:
    """Days of absence of a report that DUO delivered; days that are not named stay.

    False when nothing changed. Raises DomainError for a number that nobody knows.
    """
    rows = Verzuimmelding.objects.select_for_update(of=("self",))
    melding = rows.filter(duo_meldingnummer=meldingnummer).exclude(duo_meldingnummer="").first()
    if melding is None:
        raise DomainError("Deze melding kennen wij niet.")
    return bool(store_days(melding, dagen, by=None))
