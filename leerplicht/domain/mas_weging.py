"""The weighing: every signal of the instrument, and blame per person with its grounds.

Nobody weighs a case, only persons (Lpw 2 lid 2 and 3, 4a lid 3, 4c).
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from casework.codes import Reden
from casework.domain.proces import Gegevens, Veld
from casework.leeftijd import age_on
from casework.models import Werkproces

from .mas_velden import JA_NEE
from .verzuimdagen import absence_of

VERANTWOORDELIJK_VANAF: Final = 12  # Sv 486, Lpw 2 lid 3
VERWIJT: Final = (
    ("verwijtbaar", "Verwijtbaar"),
    ("deels", "Deels verwijtbaar"),
    ("niet", "Niet verwijtbaar"),
    ("onbekend", "Nog onbekend"),
)
PERSONEN: Final[Mapping[str, str]] = {
    "jongere": "Jongere",
    "ouder1": "Ouder 1",
    "ouder2": "Ouder 2",
    "verzorger": "Verzorger",
}
ONBEKEND: Final = ("onbekend", "Niet bekend")
REDENEN: Final = tuple((r.value, str(r.label)) for r in Reden)
WERKT_MEE: Final = (
    ("ja", "Werkt mee"),
    ("wisselend", "Wisselend"),
    ("nee", "Werkt niet mee"),
    ONBEKEND,
)
ZORG: Final = (("nee", "Nee"), ("enige", "Enige zorg"), ("ja", "Ja"), ONBEKEND)


def _keuze(naam: str, label: str, keuzes: Iterable[tuple[str, str]], **more: Any) -> Veld:
    return Veld(naam, label, "keuze", keuzes=tuple(keuzes), **more)


_VERZUIM: Final = (
    Veld("uren", "Uren verzuim", "getal", verplicht=False, groep="Het verzuim"),
    Veld(
        "patroon",
        "Patroon",
        "meerkeuze",
        verplicht=False,
        keuzes=(
            ("dagen", "Vaste dagen"),
            ("lessen", "Vaste lessen of vakken"),
            ("te_laat", "Te laat komen"),
            ("aaneen", "Aaneengesloten"),
        ),
    ),
    _keuze(
        "herhaling", "Eerste keer of herhaling", (("eerste", "Eerste keer"), ("herhaald", "Vaker"))
    ),
    Veld("weken", "Hoeveel weken al", "getal", verplicht=False),
)
_OORZAAK: Final = (
    _keuze("oorzaak", "Belangrijkste oorzaak, volgens u", REDENEN, groep="De oorzaak"),
    *(
        _keuze(f"oorzaak_{wie}", f"Oorzaak volgens {naam}", REDENEN, verplicht=False)
        for wie, naam in (
            ("jongere", "de jongere"),
            ("ouders", "de ouders"),
            ("school", "school"),
            ("jeugdarts", "de jeugdarts"),
        )
    ),
)
_OMGEVING: Final = (
    Veld(
        "school_acties",
        "Wat school deed",
        "meerkeuze",
        verplicht=False,
        keuzes=(
            ("gesprek", "Gesprek"),
            ("mentor", "Mentor"),
            ("zorgteam", "Zorgteam"),
            ("opp", "Ontwikkelingsperspectief"),
            ("onderwijstijd", "Afwijking onderwijstijd"),
        ),
        groep="School en thuis",
    ),
    _keuze("thuis", "Zorgen over de thuissituatie", ZORG),
    _keuze(
        "belastbaar",
        "Belastbaar",
        (("ja", "Ja"), ("deels", "Deels"), ("nee", "Nee"), ONBEKEND),
        hulp="Schrijf nooit een diagnose op.",
    ),
    _keuze("schulden", "Schulden of werk", ZORG),
    Veld(
        "contacten",
        "Eerder contact met",
        "meerkeuze",
        verplicht=False,
        keuzes=(
            ("politie", "Politie"),
            ("halt", "Halt"),
            ("raad", "Raad voor de Kinderbescherming"),
            ("gi", "Gezinsvoogd"),
            ("hulp", "Hulpverlening"),
            ("waarschuwing", "Eerdere waarschuwing voor verzuim"),
        ),
    ),
    Veld("tolk", "Er is een tolk nodig", JA_NEE, verplicht=False),
    Veld("taal", "Taal", verplicht=False),
    _keuze("medewerking_jongere", "Medewerking van de jongere", WERKT_MEE, verplicht=False),
    _keuze("medewerking_ouder1", "Medewerking van ouder 1", WERKT_MEE),
    _keuze("medewerking_ouder2", "Medewerking van ouder 2", WERKT_MEE, verplicht=False),
    _keuze("medewerking_verzorger", "Medewerking van verzorger", WERKT_MEE, verplicht=False),
)
_VEILIGHEID: Final = (
    _keuze(
        "veiligheid",
        "Veiligheid (meldcode)",
        (
            ("veilig", "Geen zorgen over veiligheid"),
            ("twijfel", "Twijfel: overleg met collega of Veilig Thuis"),
            ("onveilig", "Onveilig: zet de stappen van de meldcode"),
        ),
        groep="Veiligheid",
    ),
)


def _verwijt() -> Iterable[Veld]:
    for wie, naam in PERSONEN.items():
        kop = "Verwijt per persoon" if wie == "jongere" else ""
        yield _keuze(f"verwijt_{wie}", naam, VERWIJT, verplicht=wie == "ouder1", groep=kop)
        yield Veld(
            f"grond_{wie}",
            f"Waarom, bij {naam.lower()}",
            verplicht=False,
            hulp="Nodig zodra u hierboven iets anders kiest dan onbekend.",
        )


WEGING: Final = (
    *_VERZUIM,
    *_OORZAAK,
    *_OMGEVING,
    *_VEILIGHEID,
    *_verwijt(),
    Veld("afweging", "Afweging", "lange_tekst", groep="Uw oordeel"),
)


def blame_per_person(werkproces: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """Who was 12 during the absence is weighed too, who was not never; blame has its grounds."""
    last = absence_of(werkproces)[1]
    jong = age_on(werkproces.jongere.geboortedatum, last) < VERANTWOORDELIJK_VANAF
    if jong and gegevens.get("verwijt_jongere") in ("verwijtbaar", "deels"):
        return "Onder de 12 jaar is het verzuim nooit aan de jongere te verwijten."
    if not jong and not gegevens.get("verwijt_jongere"):
        return "Weeg ook of het verzuim aan de jongere te verwijten is."
    without = [
        naam.lower()
        for wie, naam in PERSONEN.items()
        if gegevens.get(f"verwijt_{wie}") in ("verwijtbaar", "deels", "niet")
        and not gegevens.get(f"grond_{wie}")
    ]
    return f"Schrijf op waarom, bij: {', '.join(without)}." if without else None


def blamed(gegevens: Gegevens) -> set[str]:
    """Who is to blame by this weighing, in part too."""
    return {wie for wie in PERSONEN if gegevens.get(f"verwijt_{wie}") in ("verwijtbaar", "deels")}
