"""The guideline as checks: who departs from one says why (pas toe of leg uit)."""

from collections import Counter
from datetime import date
from typing import Final

from django.db.models import Count

from accounts.models import Gebruiker
from casework.domain.proces import AFWIJKING, Gegevens
from casework.kalender import add_months, end_of_lesweken
from casework.models import Werkproces, WerkprocesStap
from casework.parameters import waarde
from casework.schooljaar import Schooljaar
from casework.schoolvakanties import Regio
from leerplicht.codes import GELDIG, Verlofbesluit
from leerplicht.models import Verlof, Vrijstelling

from .mas_routes import running_routes
from .mas_velden import AFWIJKREDENEN
from .mas_voorwaarden import (
    last_weighing,
    steps_of_round,
    verzuim_onder_plicht,
)
from .mas_weging import blamed
from .verzuimdagen import absence_of

LICHTER: Final = frozenset({"afspraken", "hulp", "halt", "verplicht_kader"})
Check = str | None


def duty_on_absence(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    return verzuim_onder_plicht(werkproces, day)


def no_leave(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    first, last = absence_of(werkproces)
    leave = Verlof.objects.filter(
        jongere=werkproces.jongere_id,
        van__lte=last,
        tot__gte=first,
        besluit__in=(Verlofbesluit.TOEGEKEND, Verlofbesluit.DEELS),
    )
    exempt = Vrijstelling.objects.filter(
        jongere=werkproces.jongere_id, begindatum__lte=last, besluit__in=sorted(GELDIG)
    ).exclude(einddatum__lt=first)
    if leave.exists() or exempt.exists():
        return "Op dagen van het verzuim was er verlof of een vrijstelling."
    return None


def school_acted(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if gegevens.get("school_deed") == "nee":
        return "School moet eerst zelf iets doen: de richtlijn is dan 'terug naar school'."
    return None


def school_was_told(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if gegevens.get("bevinding") and not gegevens.get("school_bericht_op"):
        return "School heeft nog geen bericht gekregen. Vul de datum in."
    return None


def first_warning(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if any(row.stap == "afspraken_maken" for row in steps_of_round(werkproces)):
        return "Er zijn in dit werkproces al eerder afspraken gemaakt of er is gewaarschuwd."
    return None


def not_unsafe(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if last_weighing(werkproces).get("veiligheid") == "onveilig":
        return "De weging zegt 'onveilig': alleen afspraken passen dan niet."
    return None


def help_was_tried(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if last_weighing(werkproces).get("veiligheid") == "onveilig":
        return None
    if any(row.stap in ("hulp_inzetten", "hulp_ernaast") for row in steps_of_round(werkproces)):
        return None
    return "In dit werkproces is nog geen vrijwillige hulp ingezet."


def somebody_blamed(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if blamed(last_weighing(werkproces)):
        return None
    return "Volgens de weging is het verzuim aan niemand te verwijten."


def lighter_tried(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if any(row.naar_toestand in LICHTER for row in steps_of_round(werkproces)):
        return None
    return "In dit werkproces is nog geen lichtere route geprobeerd."


def pv_in_time(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    months = waarde("mas_pv_maanden", day)
    row = werkproces.meldingen.order_by("-melddatum").values_list("melddatum").first()
    if row is None or day <= add_months(row[0], months):
        return None
    return f"Tussen de laatste melding en het proces-verbaal zit meer dan {months} maanden."


def followed_long_enough(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if werkproces.toestand != "volgen" or gegevens.get("resultaat") != "naar_school":
        return None
    since = werkproces.toestand_sinds or werkproces.gestart_op
    gemeente = werkproces.gemeente
    regio = Regio(gemeente.vakantieregio) if gemeente else None
    weken = waarde("mas_volgen_lesweken", since)
    if day >= end_of_lesweken(since, weken, regio):
        return None
    return f"De {weken} lesweken van het volgen zijn nog niet om."


def attendance_asked(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if werkproces.toestand != "volgen":
        return None
    for row in reversed(steps_of_round(werkproces)):
        if row.stap == "aanwezigheid":
            return None
        if row.van_toestand != row.naar_toestand:
            break
    return "De aanwezigheid is nog niet bij school opgevraagd."


def no_route_left(werkproces: Werkproces, gegevens: Gegevens, day: date) -> Check:
    if names := [route.label.lower() for route in running_routes(werkproces)]:
        return f"Dit loopt nog: {', '.join(names)}. Rond het eerst af."
    return None


# How often, by whom is asked


def departures_of(user: Gebruiker, schooljaar: Schooljaar) -> list[tuple[str, dict[str, int], int]]:
    """Per gemeente: how often each reason was given in this schooljaar, and how often in all."""
    rows = WerkprocesStap.objects.visible_to(user).filter(
        gegevens__has_key=AFWIJKING,
        uitgevoerd_op__gte=schooljaar.start,
        uitgevoerd_op__lt=schooljaar.end,
    )
    counts: dict[str, Counter[str]] = {}
    keys = rows.values_list("werkproces__gemeente__naam", f"gegevens__{AFWIJKING}")
    for gemeente, reden, aantal in keys.annotate(aantal=Count("pk")).order_by():
        counts.setdefault(gemeente or "Onbekend", Counter())[reden] += aantal
    return [
        (naam, {code: counts[naam][code] for code, _ in AFWIJKREDENEN}, counts[naam].total())
        for naam in sorted(counts)
    ]
