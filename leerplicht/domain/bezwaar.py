"""Bezwaar and beroep: the term, the hearing, and what becomes of the decision."""

from datetime import date
from typing import Any, Final

from django.utils import timezone

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.domain.acties import make_actie
from casework.domain.proces import Gegevens, Veld
from casework.models import Werkproces, WerkprocesStap

from . import aanvraag_effecten as aanvraag
from . import vrijstelling_regels as regels
from .mas_velden import GEBEURD, JA_NEE

TERMIJN: Final = "beslistermijn bezwaar"
BESLUITEN: Final = (
    ("toegekend", "Toegekend"),
    ("deels", "Deels toegekend"),
    ("geweigerd", "Geweigerd"),
)
UITKOMSTEN: Final = (
    ("gegrond", "Gegrond"),
    ("ongegrond", "Ongegrond"),
    ("niet_ontvankelijk", "Niet-ontvankelijk"),
    ("ingetrokken", "Ingetrokken"),
)
NIET_GEHOORD: Final = (  # Awb 7:3
    ("niet_ontvankelijk", "Kennelijk niet-ontvankelijk"),
    ("ongegrond", "Kennelijk ongegrond"),
    ("afgezien", "Bezwaarmaker wil niet worden gehoord"),
    ("geen_antwoord", "Bezwaarmaker liet niet binnen de termijn weten dat hij wil worden gehoord"),
    ("tegemoet", "Het bezwaar krijgt helemaal gelijk"),
)
_NIEUW: Final = (
    Veld("besluit", "Nieuw besluit", "keuze", keuzes=BESLUITEN, verplicht=False,
         hulp="Verplicht bij gegrond."),
    Veld("dagen", "Toegekende schooldagen (verlof)", "getal", verplicht=False),
    Veld("tot", "Toegekend tot en met (vrijstelling)", "datum", verplicht=False),
)  # fmt: skip  # read as a table
ONTVANGEN: Final = (
    Veld("datum", "Ontvangen op", "datum", gebeurd=True),
    Veld("commissie", "Een commissie geeft advies", JA_NEE, verplicht=False,
         hulp="Dan is de termijn 12 weken (Awb 7:13)."),
    Veld("verschoonbaar", "Waarom te laat toch kan", "lange_tekst", verplicht=False),
)  # fmt: skip  # read as a table
BESLISSEN: Final = (
    Veld("uitkomst", "Uitkomst", "keuze", keuzes=UITKOMSTEN),
    *_NIEUW,
    Veld("gehoord_op", "Gehoord op", "datum", verplicht=False, gebeurd=True),
    Veld("niet_gehoord", "Niet gehoord, omdat", "keuze", keuzes=NIET_GEHOORD, verplicht=False),
    Veld("motivering", "Motivering", "lange_tekst"),
)
UITSPRAAK: Final = (
    GEBEURD,
    Veld("uitkomst", "Uitkomst", "keuze", keuzes=UITKOMSTEN),
    Veld("opnieuw", "De gemeente moet opnieuw beslissen op het bezwaar", JA_NEE, verplicht=False),
    *_NIEUW,
    Veld("uitspraak", "Wat besliste de rechter", "lange_tekst"),
)


def _last(zaak: Werkproces, *stappen: str) -> WerkprocesStap | None:
    return zaak.stappen.filter(stap__in=stappen).order_by("-volgorde").first()


def _end_of_objection(zaak: Werkproces, ontvangen: date) -> date:
    bekend = _last(zaak, "bekendmaken")
    if bekend is None:
        return ontvangen
    return regels.objection_before(date.fromisoformat(bekend.gegevens["datum"]))


def objection_in_time(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """Too late is told, and can be excused (Awb 6:11): then with a reason."""
    ontvangen = gegevens.get("datum")
    if not ontvangen or gegevens.get("verschoonbaar"):
        return None
    laatste = _end_of_objection(zaak, ontvangen)
    if ontvangen <= laatste:
        return None
    return f"Bezwaar kon tot en met {laatste:%d-%m-%Y}. Schrijf op waarom het toch kan."


def heard_or_why(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("uitkomst") in (None, "", "ingetrokken"):
        return None
    if gegevens.get("gehoord_op") or gegevens.get("niet_gehoord"):
        return None
    return "Hoor de bezwaarmaker, of kies waarom dat niet hoeft (Awb 7:2, 7:3)."


def new_decision_fits(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """Gegrond asks a new decision (Awb 7:11, 8:72): here, or of the gemeente once more."""
    gegrond, besluit = gegevens.get("uitkomst") == "gegrond", gegevens.get("besluit")
    again = gegevens.get("opnieuw") == "ja"
    if gegrond and not besluit and not again:
        return "Bij gegrond komt er een nieuw besluit. Vul het in."
    if (besluit or again) and not gegrond:
        return "Een nieuw besluit is er alleen bij gegrond."
    if besluit and again:
        return "De rechter beslist zelf, of de gemeente opnieuw. Kies een van de twee."
    return None


def not_extended_yet(zaak: Werkproces, day: date) -> str | None:
    row = _last(zaak, "bezwaar_ontvangen", "opnieuw_beslissen", "verdagen")
    if row is None or row.stap != "bezwaar_ontvangen":
        return "Verdagen kan een keer, en niet na een uitspraak (Awb 7:10)."
    if zaak.acties.open().filter(grondslag=TERMIJN, vervalt_op__gte=day).exists():
        return None
    return "De termijn om te beslissen is al voorbij."


def must_decide_again(zaak: Werkproces) -> bool:
    row = _last(zaak, "uitspraak", "opnieuw_beslissen")
    return row is not None and row.stap == "uitspraak" and row.gegevens.get("opnieuw") == "ja"


def nothing_to_decide(zaak: Werkproces, day: date) -> str | None:
    if zaak.toestand == "av_uitspraak" and must_decide_again(zaak):
        return "Beslis eerst opnieuw op het bezwaar."
    return None


def something_to_decide(zaak: Werkproces, day: date) -> str | None:
    return None if must_decide_again(zaak) else "De rechter vroeg geen nieuw besluit."


def _set_term(zaak: Werkproces, before: date) -> None:
    make_actie(
        zaak,
        "Beslissen op bezwaar binnen de wettelijke termijn",
        before,
        taak=Taak.LEERPLICHT,
        grondslag=TERMIJN,
        werkproces=zaak,
        toegewezen_aan_id=zaak.behandelaar_id,
    ).save()


def receive(zaak: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    aanvraag.reopen(zaak, gegevens, by, day)
    laatste = _end_of_objection(zaak, gegevens["datum"])
    commissie = gegevens.get("commissie") == "ja"
    _set_term(zaak, regels.decide_on_objection_before(laatste, commissie=commissie))


def extend(zaak: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    row = _last(zaak, "bezwaar_ontvangen")
    assert row is not None  # the condition of the step
    given: Any = row.gegevens
    laatste = _end_of_objection(zaak, date.fromisoformat(given["datum"]))
    before = regels.decide_on_objection_before(
        laatste, commissie=given.get("commissie") == "ja", verdaagd=True
    )
    zaak.acties.open().filter(grondslag=TERMIJN).update(vervalt_op=before)


def decide(zaak: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """Gegrond: a new decision takes the place of the old one (Awb 7:11)."""
    if gegevens.get("besluit"):
        aanvraag.write_decision(zaak, str(gegevens["besluit"]), gegevens, by, day)
    zaak.acties.open().filter(grondslag=TERMIJN).update(gedaan_op=timezone.now(), gedaan_door=by)


def decide_again(zaak: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    _set_term(zaak, gegevens["voor"])
