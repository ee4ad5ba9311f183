"""Letters that go with a step: which one, and what the steps already tell for its fields."""

from collections.abc import Mapping
from typing import Any, Final

from accounts.models import Gebruiker
from casework.briefsoorten import VAN_AFSPRAAK, Briefsoort
from casework.codes import Werkprocessoort
from casework.domain.brieven import long_date, of_appointment
from casework.domain.proces import Stap
from casework.models import Actie, Afspraak, Werkproces
from casework.schooljaar import today
from leerplicht.domain.bijzonder import told_to
from leerplicht.models import Luxeverzuim, Verlof, Vrijstelling

# Of one step that serves more kinds of case.
PER_SOORT: Final[Mapping[tuple[str, str], str]] = {
    (Briefsoort.BESLUIT_VRIJSTELLING, Werkprocessoort.VERLOF): Briefsoort.BESLUIT_VERLOF,
}
BESLUITZIN: Final[Mapping[str, str]] = {
    "toegekend": "Wij keuren uw aanvraag goed.",
    "deels": "Wij keuren een deel van uw aanvraag goed.",
    "geweigerd": "Wij keuren uw aanvraag niet goed.",
}
# Field of a letter -> the answers it may come from, the first one that was given.
UIT_STAPPEN: Final[Mapping[str, tuple[str, ...]]] = {
    "reden": ("motivering", "reden"),
    "afspraken": ("afspraken", "afspraken_jongere", "afspraken_ouders"),
}


def letter_for(stap: Stap[Werkproces], werkproces: Werkproces) -> str:
    return PER_SOORT.get((stap.brief, werkproces.soort), stap.brief)


def letter_values(werkproces: Werkproces, soort: str, by: Gebruiker) -> dict[str, str]:
    """For the form of the letter, where the user reads and changes it."""
    found = {**_of_steps(werkproces, by), **_of_appointment(werkproces, by)}
    if periode := _period(werkproces):
        found["periode"] = periode
    terms = (
        Actie.objects.visible_to(by)
        .open()
        .filter(werkproces=werkproces, grondslag__startswith="termijn:")
    )
    term = terms.order_by("vervalt_op").first()
    # A letter asks an answer before the term of the state; one that is over is no term to give.
    if term and term.vervalt_op > today():
        found["reageren_voor"] = long_date(term.vervalt_op)
    return found


def _of_steps(werkproces: Werkproces, by: Gebruiker) -> dict[str, str]:
    answers: dict[str, Any] = {}
    for row in werkproces.stappen.order_by("volgorde"):
        answers |= row.gegevens
    if not _told(werkproces, by):
        answers.pop("motivering", None)
        answers.pop("reden", None)
    found = {
        veld: text
        for veld, names in UIT_STAPPEN.items()
        if (text := next((str(answers[n]) for n in names if answers.get(n)), ""))
    }
    if zin := BESLUITZIN.get(str(answers.get("besluit"))):
        found["besluit"] = zin
    return found


def _told(werkproces: Werkproces, by: Gebruiker) -> bool:
    """Reasons in a case of health or belief are for who has the right to those."""
    own = [
        row
        for model in (Verlof, Vrijstelling)
        for row in model.objects.filter(werkproces=werkproces).select_related("jongere")
    ]
    return all(told_to(row, by) for row in own)


def _period(werkproces: Werkproces) -> str:
    for model in (Luxeverzuim, Verlof):
        if row := model.objects.filter(werkproces=werkproces).first():
            return f"{long_date(row.van)} tot en met {long_date(row.tot)}"
    vrij = Vrijstelling.objects.filter(werkproces=werkproces).first()
    if vrij is None or vrij.einddatum is None:
        return ""
    return f"{long_date(vrij.begindatum)} tot en met {long_date(vrij.einddatum)}"


def _of_appointment(werkproces: Werkproces, by: Gebruiker) -> dict[str, str]:
    """The next one that is planned."""
    rows = Afspraak.objects.visible_to(by).filter(werkproces=werkproces, uitkomst="gepland")
    values = of_appointment(rows.order_by("begin").first())
    return {naam: values[naam] for naam in VAN_AFSPRAAK if values.get(naam)}
