"""A notice as a table: 5 onder a, b, c and 5a hold by law; the gemeente only tests."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import Final

from casework.briefsoorten import Briefsoort
from casework.codes import Resultaat, Stapsoort
from casework.domain import werkproces
from casework.domain.proces import Gegevens, Procestabel, Stap, Toestand, Veld
from casework.kalender import next_werkdag
from casework.models import Werkproces
from casework.parameters import waarde
from leerplicht.codes import Besluit, Grond, Hoedanigheid
from leerplicht.models import Vrijstelling

from . import aanvraag_effecten as effect
from . import mas_effecten
from . import mas_voorwaarden as eis
from . import vrijstelling_regels as regels
from .mas_toestanden import weken, werkdagen
from .mas_velden import GEBEURD, HOE, JA_NEE, REDEN


def _toetsen(day: date) -> date:
    return next_werkdag(day + timedelta(weeks=waarde("toetsen_kennisgeving_weken", day)))


def _of(zaak: Werkproces) -> Vrijstelling:
    row = effect.subject(zaak)
    assert isinstance(row, Vrijstelling)
    return row


def statement_given(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """5 onder a: a statement with its date, writer and capacity (art. 7)."""
    if _of(zaak).grond != Grond.G5A:
        return None
    need = ("verklaring_datum", "verklaring_door", "verklaring_hoedanigheid", "nooit_geschikt")
    if all(gegevens.get(naam) for naam in need):
        return None
    return "Vul bij 5 onder a in: datum, schrijver, hoedanigheid, en of er 'nooit' staat."


def declaration_given(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """5 onder b and c: a declaration (art. 8, 9); 5a: proof of the life of kermis or circus."""
    stuk = {Grond.G5B: "artikel_8", Grond.G5C: "artikel_9", Grond.G5A_TREKKEND: "trekkend"}.get(
        Grond(_of(zaak).grond)
    )
    if stuk is None or stuk in (gegevens.get("stukken") or ()):
        return None
    return f"Nog niet compleet: {dict(STUKKEN)[stuk].lower()}. Vraag om bewijs, of vink het aan."


def holds_by_law(zaak: Werkproces, day: date) -> str | None:
    return " ".join(regels.hindrances(_of(zaak))) or None


def weighed_5b(zaak: Werkproces, gegevens: Gegevens, day: date) -> str | None:
    """Placed in the year before, or a first appeal after the start: in beginsel ongeldig."""
    row = _of(zaak)
    suspect = regels.was_placed(row) or regels.began_after_start(row)
    if row.grond != Grond.G5B or not suspect or gegevens.get("afweging"):
        return None
    return (
        "De jongere stond in het jaar ervoor op een school, of de leerplicht liep al. Schrijf bij"
        " de afweging waarom het beroep toch geldig is (artikel 8 lid 2)."
    )


def only_5a(zaak: Werkproces, day: date) -> str | None:
    return None if _of(zaak).grond == Grond.G5A else "Dit is er alleen bij 5 onder a."


def _rows() -> Iterator[Toestand]:
    yield Toestand(
        "kg_ontvangen",
        "Ontvangen",
        "Is de kennisgeving compleet?",
        werkdagen(5),
        "controleren binnen 5 werkdagen",
        "Lpw 6",
        plaats=(0, 2),
    )
    yield Toestand(
        "kg_onvolledig",
        "Onvolledig",
        "Er is nog geen geldige kennisgeving.",
        weken(2),
        "bewijs binnen 2 weken",
        "Lpw 6 tot en met 9",
        plaats=(1, 4),
    )
    yield Toestand(
        "kg_compleet",
        "Compleet",
        "Toets de vorm. Tot dan geldt de kennisgeving als geldig.",
        _toetsen,
        "toetsen binnen 4 weken",
        "GHARL 2015:5814",
        plaats=(1, 2),
    )
    yield Toestand(
        "kg_getoetst",
        "Getoetst",
        "Registreer de vrijstelling, of noem het beroep ongeldig.",
        werkdagen(5),
        "afronden binnen 5 werkdagen",
        "richtlijn",
        plaats=(2, 2),
    )
    yield Toestand(
        "kg_geregistreerd",
        "Geregistreerd",
        "Meld de vrijstelling aan DUO.",
        werkdagen(5),
        "melden binnen 5 werkdagen",
        "BRO 9-12",
        plaats=(3, 2),
    )
    yield Toestand("kg_lopend", "Lopend", "De vrijstelling geldt.", plaats=(4, 2))
    yield Toestand(
        "kg_ongeldig",
        "Ongeldig",
        "Nodig de ouders uit voor een gesprek.",
        weken(3),
        "gesprek binnen 3 weken",
        "Lpw 22",
        plaats=(3, 4),
    )
    yield Toestand(
        "kg_gesprek",
        "Gesprek gevoerd",
        "Gaat de jongere naar school?",
        weken(4),
        "inschrijving binnen 4 weken",
        "Lpw 22",
        plaats=(4, 4),
    )
    yield Toestand(
        "strafrecht",
        "Strafrecht (route 4)",
        "Er is een proces-verbaal opgemaakt.",
        weken(9),
        "voortgang na 2 maanden",
        "MAS route 4",
        plaats=(5, 5),
    )
    yield Toestand(
        "kg_verlengd", "Verlengd", "Er is een nieuwe kennisgeving.", final=True, plaats=(5, 1)
    )
    yield Toestand(
        "kg_verlopen", "Verlopen", "De vrijstelling is voorbij.", final=True, plaats=(5, 2)
    )
    yield Toestand(
        "kg_beeindigd", "Beëindigd", "De vrijstelling stopte eerder.", final=True, plaats=(5, 3)
    )
    yield Toestand("kg_klaar", "Klaar", "Er is niets meer te doen.", final=True, plaats=(6, 4))


TOESTANDEN: Final = {t.naam: t for t in _rows()}
OPEN: Final = frozenset(naam for naam, t in TOESTANDEN.items() if not t.final)
_stap = partial(Stap[Werkproces], permissie="leerplicht.schrijven")
STUKKEN: Final = (
    ("artikel_8", "5 onder b: verklaring over de richting van alle scholen in de buurt"),
    ("artikel_9", "5 onder c: verklaring van de school, ingeschreven en bezoekt die geregeld"),
    ("trekkend", "5a: bewijs van kermis of circus, en het kind trekt mee"),
)
_VERKLARING: Final = (
    Veld(
        "stukken", "Welk stuk is binnen", "meerkeuze", verplicht=False, keuzes=STUKKEN,
        hulp="Bij 5 onder a vult u hieronder de verklaring in.",
    ),
    Veld("verklaring_datum", "Datum van de verklaring", "datum", verplicht=False),
    Veld("verklaring_door", "Wie schreef de verklaring", verplicht=False),
    Veld(
        "verklaring_hoedanigheid", "Hoedanigheid", "keuze", verplicht=False,
        keuzes=tuple((h.value, str(h.label)) for h in Hoedanigheid),
    ),
    Veld("nooit_geschikt", "De verklaring zegt: nooit geschikt", JA_NEE, verplicht=False),
    Veld(
        "bijzondere_omstandigheid", "Bijzondere omstandigheid", "lange_tekst", verplicht=False,
        hulp="Zoals een verhuizing of een school die sluit. Geen diagnose.",
    ),
)  # fmt: skip  # read as a table

_STAPPEN: Final = (
    _stap(
        "onvolledig_melden", "Om bewijs vragen", frozenset({"kg_ontvangen"}), "kg_onvolledig",
        Stapsoort.BRIEF, velden=(Veld("ontbreekt", "Wat ontbreekt", "lange_tekst"),),
    ),
    _stap(
        "compleet", "Kennisgeving is compleet", frozenset({"kg_ontvangen", "kg_onvolledig"}),
        "kg_compleet", Stapsoort.ONTVANGST, velden=_VERKLARING,
        controles=(statement_given, declaration_given),
        effect=effect.write_statement,
        uitleg="Bewaar geen diagnose en geen medische bijlage. Geef die terug.",
        artikel="Lpw 6 tot en met 9",
    ),
    _stap(
        "toetsen", "Toetsen", frozenset({"kg_compleet"}), "kg_getoetst", Stapsoort.BEOORDELING,
        velden=(Veld("bevinding", "Wat u vond", "lange_tekst"),),
        voorwaarden=(eis.gemeente_bekend,),
    ),
    _stap(
        "registreren", "Registreren: geldt van rechtswege", frozenset({"kg_getoetst"}),
        "kg_geregistreerd", Stapsoort.BEOORDELING,
        velden=(Veld("afweging", "Afweging", "lange_tekst", verplicht=False),),
        voorwaarden=(holds_by_law,), controles=(weighed_5b,),
        effect=effect.judge(Besluit.VAN_RECHTSWEGE), artikel="Lpw 5",
        document="brief aan de ouders", brief=Briefsoort.KENNISGEVING_GEREGISTREERD,
    ),
    _stap(
        "ongeldig", "Beroep is ongeldig", frozenset({"kg_getoetst", "kg_onvolledig"}),
        "kg_ongeldig", Stapsoort.BEOORDELING, velden=(REDEN,),
        effect=effect.judge(Besluit.ONGELDIG),
        uitleg="Dit is geen besluit: er staat geen bezwaar open.", artikel="HR 2011 BM6898",
        document="brief aan de ouders", brief=Briefsoort.KENNISGEVING_ONGELDIG,
    ),
    _stap(
        "duo_melden", "Aan DUO gemeld", frozenset({"kg_geregistreerd"}), "kg_lopend",
        Stapsoort.OVERIG, velden=(GEBEURD,), effect=effect.report_to_duo, nachtelijk=True,
        uitleg="De grond en de verklaring gaan niet mee naar DUO.", artikel="BRO 9-12",
    ),
    _stap(
        "gesprek", "Gesprek met ouders", frozenset({"kg_ongeldig"}), "kg_gesprek",
        Stapsoort.GESPREK,
        velden=(GEBEURD, HOE, Veld("samenvatting", "Wat is er gezegd", "lange_tekst")),
        effect=mas_effecten.record_hearing("ouders"), brief=Briefsoort.UITNODIGING,
        artikel="Lpw 22",
    ),
    _stap(
        "ingeschreven", "Alsnog ingeschreven", frozenset({"kg_ongeldig", "kg_gesprek"}),
        "kg_klaar", Stapsoort.AFSLUITING, velden=(GEBEURD,),
        effect=effect.finish(Resultaat.NAAR_SCHOOL),
    ),
    _stap(
        "strafrecht_inzetten", "Proces-verbaal (route 4)", frozenset({"kg_gesprek"}),
        "strafrecht", Stapsoort.PV, permissie="opsporing.schrijven",
        voorwaarden=(eis.verzuim_onder_plicht, eis.niet_verjaard),
        controles=(eis.pv_opgemaakt, eis.pv_tegen_ouder), effect=mas_effecten.set_route("4"),
        artikel="Lpw 22 lid 3",
    ),
    _stap(
        "afsluiten", "Afsluiten na het proces-verbaal", frozenset({"strafrecht"}), "kg_klaar",
        Stapsoort.AFSLUITING, velden=(REDEN,), effect=effect.finish(Resultaat.PV),
    ),
    _stap(
        "ontwikkeling", "Ontwikkeling volgen", frozenset({"kg_lopend"}), "kg_lopend",
        Stapsoort.OVERLEG,
        velden=(
            GEBEURD,
            Veld("met", "Besproken met", verplicht=False),
            Veld("school_kan", "Kan de jongere weer naar school", JA_NEE),
            Veld("aanbod", "Wat is het aanbod om te leren", "lange_tekst", verplicht=False),
        ),
        voorwaarden=(only_5a,), effect=effect.watched,
        uitleg="Kijk elk jaar of school weer kan. Schrijf geen diagnose op.",
    ),
    _stap(
        "beeindigen", "Eerder beëindigen", frozenset({"kg_lopend"}), "kg_beeindigd",
        Stapsoort.AFSLUITING, velden=effect.EINDE, effect=effect.end, nachtelijk=True,
    ),
    _stap(
        "verlengd", "Verlengd", frozenset({"kg_lopend"}), "kg_verlengd", Stapsoort.AFSLUITING,
        effect=effect.lapse, knop=False, nachtelijk=True,
    ),
    _stap(
        "verlopen", "Verlopen", frozenset({"kg_lopend"}), "kg_verlopen", Stapsoort.AFSLUITING,
        effect=effect.lapse, knop=False, nachtelijk=True,
    ),
    _stap(
        "intrekken", "Kennisgeving is ingetrokken",
        frozenset({"kg_ontvangen", "kg_onvolledig", "kg_compleet", "kg_getoetst"}), "kg_klaar",
        Stapsoort.AFSLUITING, velden=(REDEN,), effect=effect.withdraw, bijzonder=True,
    ),
)  # fmt: skip  # read as a table

KENNISGEVING: Final = Procestabel(
    naam="kennisgeving",
    titel="Toestanden van een kennisgeving",
    onderwerp="de kennisgeving",
    begin="kg_ontvangen",
    toestanden=TOESTANDEN,
    open=OPEN,
    stappen={stap.naam: stap for stap in _STAPPEN},
    lock=werkproces.lock,
    write=werkproces.write,
)
