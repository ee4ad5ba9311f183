"""Steps that follow from an appointment (mas_afspraak.py): nobody types them at the werkproces."""

from collections.abc import Set
from datetime import date
from typing import Final

from casework.codes import Gesprekspartner, Stapsoort
from casework.domain.proces import Gegevens, Stap, Veld
from casework.models import Afspraak, Werkproces

from .mas_velden import DATUM, HERSTELD, UITNODIGEN

PLAN: Final = "Plan de afspraak. Deze stap staat dan vanzelf vast."


def of_an_appointment(werkproces: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    return None if gegevens.get("afspraak") else PLAN


def afspraakstappen(van: Set[str], alle: Set[str]) -> tuple[Stap[Werkproces], Stap[Werkproces]]:
    """Inviting, from the states in which people are heard; setting right, in every open state."""
    return (
        Stap(
            UITNODIGEN,
            "Uitnodigen of huisbezoek plannen",
            frozenset(van),
            "",
            Stapsoort.UITNODIGING,
            permissie="leerplicht.schrijven",
            velden=(
                DATUM,
                Veld("tijd", "Tijd"),
                Veld("vorm", "Soort afspraak", "keuze", keuzes=tuple(Afspraak.Soort.choices)),
                Veld("wie", "Wie", "keuze", keuzes=tuple(Gesprekspartner.choices)),
            ),
            controles=(of_an_appointment,),
            document="uitnodiging, oproep of aankondiging",
            uitleg="De afspraak komt in uw agenda. De uitkomst ervan telt vanzelf mee.",
            artikel="Lpw 22",
        ),
        Stap(
            HERSTELD,
            "Uitkomst van een afspraak hersteld",
            frozenset(alle),
            "",
            Stapsoort.OVERIG,
            permissie="leerplicht.schrijven",
            velden=(DATUM,),
            uitleg="Wat van de afspraak vaststond telt niet meer mee.",
            knop=False,
        ),
    )


def joined(van: Set[str]) -> Stap[Werkproces]:
    """A report that joins what runs: its line in the history, and nothing starts anew."""
    return Stap(
        "nieuwe_melding_erbij",
        "Nieuwe melding toegevoegd",
        frozenset(van),
        "",
        Stapsoort.ONTVANGST,
        permissie="leerplicht.schrijven",
        knop=False,
    )
