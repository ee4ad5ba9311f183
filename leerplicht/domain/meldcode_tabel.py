"""The meldcode as a table: five steps, and the decision on a melding by the afwegingskader.

In acute danger steps may be skipped, with a reason. Terms are ours; the meldcode names none.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Final

from django.db.models import Max

from accounts.gebeurtenissen import record
from accounts.rechten import Taak
from casework.domain.proces import Gegevens, Procestabel, Stap, Toestand, Veld, Verricht
from casework.kalender import add_werkdagen
from casework.models.zaak import Zaak
from casework.parameters import waarde
from leerplicht.models import Meldcodestap, Meldcodetraject

from .mas_velden import GEBEURD, JA_NEE, REDEN

_stap = partial(Stap[Meldcodetraject], permissie="meldcode.werken")
# The afwegingskader for leerplicht and Doorstroompunt, since 1 January 2019.
AFWEGEN: Final = (
    ("vermoeden", "1. Is er een vermoeden van huiselijk geweld of kindermishandeling?"),
    ("onveilig", "2. Is er acute of structurele onveiligheid?"),
    ("kan_helpen", "3. Kunnen wij zelf passende hulp bieden of regelen?"),
    ("aanvaardt", "4. Aanvaarden de betrokkenen de hulp, en doen zij mee?"),
    ("werkt", "5. Leidt de hulp op tijd tot blijvende veiligheid?"),
)
BESLUITEN: Final = (
    ("geen", "Geen melding en geen hulp nodig"),
    ("hulp", "Hulp bieden of regelen"),
    ("melding", "Melden bij Veilig Thuis"),
    ("beide", "Melden en hulp bieden"),
)
MELDEN: Final = frozenset({"melding", "beide"})
OPEN: Final = frozenset(
    {"mc_signalen", "mc_overleg", "mc_gesprek", "mc_weging", "mc_besluit", "mc_volgen"}
)


def _werkdagen(naam: str) -> Callable[[date], date]:
    return lambda day: add_werkdagen(day, waarde(naam, day))


def melding_is_reasoned(zaak: Zaak, gegevens: Gegevens, day: date) -> str | None:
    """Who reports to Veilig Thuis answers all five questions and says when."""
    if gegevens.get("besluit") not in MELDEN:
        return None
    if all(gegevens.get(naam) for naam, _ in AFWEGEN) and gegevens.get("gemeld_op"):
        return None
    return "Melden bij Veilig Thuis: beantwoord de vijf vragen en vul de datum in."


def report_follows(zaak: Zaak, gegevens: Gegevens, day: date) -> str | None:
    """Unsafe, and no help that works: then the kader asks a report."""
    unsafe = gegevens.get("onveilig") == "ja"
    if unsafe and gegevens.get("besluit") not in MELDEN and not gegevens.get("waarom_niet"):
        return "Bij onveiligheid meldt u bij Veilig Thuis. Meldt u niet, schrijf dan op waarom."
    return None


def acute(zaak: Zaak, gegevens: Gegevens, day: date) -> str | None:
    if gegevens.get("acuut") == "nee":
        return "Stappen overslaan kan alleen bij acuut gevaar."
    return None


def lock(traject: Meldcodetraject) -> Meldcodetraject:
    return Meldcodetraject.objects.select_for_update().get(pk=traject.pk)


def write(traject: Meldcodetraject, verricht: Verricht[Meldcodetraject]) -> None:
    """No Actie and no contact: those are for more eyes."""
    final = verricht.toestand.final
    traject.gesloten_op = verricht.day if final else None
    traject.save()
    laatste = traject.stappen.aggregate(hoogste=Max("volgorde"))["hoogste"] or 0
    assert verricht.by
    Meldcodestap.objects.create(
        traject=traject,
        volgorde=laatste + 1,
        stap=verricht.stap.naam,
        van_toestand=verricht.van,
        naar_toestand=verricht.toestand.naam,
        uitgevoerd_op=verricht.day,
        uitvoerder=verricht.by,
        verslag=verricht.verslag,
        gegevens=dict(verricht.gegevens),
    )
    record(f"meldcode.{verricht.stap.naam}", traject, by=verricht.by, taak=Taak.LEERPLICHT)


def _rows() -> Iterator[Toestand]:
    yield Toestand(
        "mc_signalen",
        "1. Signalen",
        "Breng de signalen in kaart.",
        _werkdagen("meldcode_signalen_werkdagen"),
        "binnen 5 werkdagen",
        "meldcode stap 1",
        plaats=(0, 2),
    )
    yield Toestand(
        "mc_overleg",
        "2. Overleg",
        "Overleg met een collega of met Veilig Thuis.",
        _werkdagen("meldcode_stap_werkdagen"),
        "binnen 5 werkdagen",
        "meldcode stap 2",
        plaats=(1, 2),
    )
    yield Toestand(
        "mc_gesprek",
        "3. Gesprek",
        "Praat met de ouders en met het kind.",
        _werkdagen("meldcode_stap_werkdagen"),
        "binnen 5 werkdagen",
        "meldcode stap 3",
        plaats=(2, 2),
    )
    yield Toestand(
        "mc_weging",
        "4. Wegen",
        "Weeg het geweld of de mishandeling.",
        _werkdagen("meldcode_stap_werkdagen"),
        "binnen 5 werkdagen",
        "meldcode stap 4",
        plaats=(3, 2),
    )
    yield Toestand(
        "mc_besluit",
        "5. Beslissen",
        "Beslis: melden, hulp, of allebei.",
        _werkdagen("meldcode_besluit_werkdagen"),
        "binnen 2 werkdagen",
        "meldcode stap 5",
        plaats=(4, 2),
    )
    yield Toestand(
        "mc_volgen",
        "Volgen",
        "Is het kind veilig, en blijft dat zo?",
        _werkdagen("meldcode_volgen_werkdagen"),
        "opnieuw kijken na 20 werkdagen",
        "meldcode",
        plaats=(5, 2),
    )
    yield Toestand("mc_klaar", "Afgesloten", "De meldcode is klaar.", final=True, plaats=(6, 2))


_OVERSLAAN: Final = (
    Veld("acuut", "Er is acuut gevaar", JA_NEE),
    Veld("reden", "Waarom u stappen overslaat", "lange_tekst"),
)
_BESLUIT: Final = (
    *(Veld(naam, vraag, JA_NEE, verplicht=False) for naam, vraag in AFWEGEN),
    Veld("besluit", "Besluit", "keuze", keuzes=BESLUITEN),
    Veld("gemeld_op", "Gemeld bij Veilig Thuis op", "datum", verplicht=False, gebeurd=True),
    Veld("gezin_weet", "Het gezin weet van de melding", JA_NEE, verplicht=False),
    Veld("hulp", "Welke hulp", "lange_tekst", verplicht=False),
    Veld("waarom_niet", "Waarom u niet meldt", "lange_tekst", verplicht=False),
)
_SIGNAAL: Final = (
    GEBEURD,
    Veld(
        "herkomst", "Van wie", "keuze",
        keuzes=(("eigen", "Zelf gezien of gehoord"), ("school", "School"), ("ander", "Ander")),
    ),
    Veld("feiten", "Wat is er gezien of gehoord", "lange_tekst", hulp="Feiten, geen oordeel."),
    Veld("oordeel", "Wat u ervan denkt", "lange_tekst", verplicht=False),
)  # fmt: skip  # read as a table
_STAPPEN: Final = (
    _stap(
        "signalen", "Signalen vastleggen", frozenset({"mc_signalen"}), "mc_overleg",
        velden=_SIGNAAL, artikel="meldcode stap 1",
    ),
    _stap(
        "overleg", "Overleg vastleggen", frozenset({"mc_overleg"}), "mc_gesprek",
        velden=(
            GEBEURD,
            Veld(
                "met", "Met wie", "keuze",
                keuzes=(
                    ("collega", "Collega"), ("aandacht", "Aandachtsfunctionaris"),
                    ("vt", "Veilig Thuis"),
                ),
            ),
            Veld("advies", "Advies", "lange_tekst"),
        ),
        uitleg="Bij advies van Veilig Thuis noemt u geen naam van het kind.",
        artikel="meldcode stap 2",
    ),
    _stap(
        "gesprek", "Gesprek vastleggen", frozenset({"mc_gesprek"}), "mc_weging",
        velden=(GEBEURD, Veld("met", "Met wie"), Veld("samenvatting", "Wat is er gezegd",
                                                    "lange_tekst")),
        artikel="meldcode stap 3",
    ),
    _stap(
        "weging", "Weging vastleggen", frozenset({"mc_weging"}), "mc_besluit",
        velden=(
            Veld("ernst", "Hoe ernstig en hoe groot is het risico", "lange_tekst"),
            Veld("bescherming", "Wat beschermt het kind", "lange_tekst", verplicht=False),
        ),
        uitleg="Gebruik het afwegingskader. Vraag bij twijfel Veilig Thuis om advies.",
        artikel="meldcode stap 4",
    ),
    _stap(
        "besluiten", "Beslissen", frozenset({"mc_besluit"}), "mc_volgen",
        velden=_BESLUIT, controles=(melding_is_reasoned, report_follows),
        document="melding aan Veilig Thuis", artikel="meldcode stap 5",
    ),
    _stap(
        "overslaan", "Naar het besluit: acuut gevaar",
        frozenset({"mc_overleg", "mc_gesprek", "mc_weging"}), "mc_besluit",
        velden=_OVERSLAAN, controles=(acute,), bijzonder=True,
        uitleg="Bel bij direct gevaar eerst 112.",
    ),
    _stap("signaal_erbij", "Signaal toevoegen", OPEN - {"mc_signalen"}, "", velden=_SIGNAAL),
    _stap(
        "opnieuw", "Opnieuw wegen", frozenset({"mc_volgen"}), "mc_weging", velden=(REDEN,),
    ),
    _stap(
        "afsluiten", "Afsluiten", frozenset({"mc_signalen", "mc_volgen"}), "mc_klaar",
        velden=(REDEN,),
    ),
    _stap("heropenen", "Heropenen", frozenset({"mc_klaar"}), "mc_signalen", velden=(REDEN,)),
)  # fmt: skip  # read as a table

MELDCODE: Final = Procestabel(
    naam="meldcode",
    titel="Stappen van de meldcode",
    onderwerp="de meldcode",
    begin="mc_signalen",
    toestanden={t.naam: t for t in _rows()},
    open=OPEN,
    stappen={stap.naam: stap for stap in _STAPPEN},
    lock=lock,
    write=write,
)
