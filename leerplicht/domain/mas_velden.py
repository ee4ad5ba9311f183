"""What the steps of the MAS ask: fields used more than once, and their choices."""

from typing import Final

from casework.codes import Resultaat
from casework.domain.proces import AFWIJKING, Veld

JA_NEE = "ja_nee"
REDEN = Veld("reden", "Reden", "lange_tekst")
DATUM = Veld("datum", "Datum", "datum")
GEBEURD = Veld("datum", "Datum", "datum", gebeurd=True)  # what was done, so not tomorrow
HOE = Veld(
    "hoe",
    "Hoe",
    "keuze",
    keuzes=(
        ("GESPREK", "Gesprek"),
        ("TELEFOON", "Telefoon"),
        ("HUISBEZOEK", "Huisbezoek"),
        ("MAIL", "E-mail"),
    ),
)
WIE = Veld(
    "wie",
    "Wie",
    "keuze",
    keuzes=(("jongere", "Jongere"), ("ouders", "Ouders"), ("beiden", "Jongere en ouders")),
)
# Steps that follow from an appointment, and the key by which its facts are found again.
UITNODIGEN: Final = "uitnodigen"
HERSTELD: Final = "uitkomst_hersteld"
UIT_AFSPRAAK: Final = "uit_afspraak"
VERSCHENEN = Veld("verschenen", "Is men verschenen", JA_NEE)
# Moving and handing over are steps of their own, with what they ask; the last is of ziekteverzuim.
ELDERS: Final = frozenset(
    {
        Resultaat.OPEN,
        Resultaat.VERHUISD,
        Resultaat.DOORSTROOMPUNT,
        Resultaat.ALSNOG_ONGEOORLOOFD,
    }
)
SLUITRESULTATEN = tuple((r.value, r.label) for r in Resultaat if r not in ELDERS)
MELDINGEN_SLUITEN = Veld(
    "meldingen_sluiten",
    "Sluit ook de meldingen van dit werkproces",
    "vink",
    verplicht=False,
    hulp="DUO krijgt dan de status 'Afgesloten' of 'Ter kennisgeving aangenomen'.",
)
TOELICHTING = Veld("toelichting", "Toelichting", "lange_tekst", verplicht=False)
# Why somebody departs from the guideline: a list, so that it can be counted.
AFWIJKREDENEN: Final = (
    ("spoed", "Spoed of direct gevaar"),
    ("school", "School kan niet op tijd meewerken"),
    ("onbereikbaar", "Het gezin is niet te bereiken"),
    ("eerder", "Is eerder al geprobeerd, buiten dit werkproces"),
    ("hulp_loopt", "Er loopt al passende hulp"),
    ("overlegd", "Overlegd met Openbaar Ministerie, Halt of Raad"),
    ("maatwerk", "Maatwerk in het belang van de jongere"),
    ("anders", "Anders, zie de uitleg"),
)
AFWIJKEN: Final = (
    Veld(
        AFWIJKING,
        "Waarom wijkt u af van de richtlijn",
        "keuze",
        verplicht=False,
        keuzes=AFWIJKREDENEN,
        hulp="Alleen als dat zo is. De richtlijn is geen wet: afwijken mag, met een reden.",
        groep="Pas toe of leg uit",
    ),
    Veld("afwijking_uitleg", "Uitleg bij het afwijken", "lange_tekst", verplicht=False),
)
PERSOONSAFLOOP: Final = (
    ("geen", "Geen maatregel"),
    ("afspraken", "Afspraken"),
    ("waarschuwing", "Waarschuwing"),
    ("hulp", "Hulp"),
    ("halt", "Halt"),
    ("verplicht", "Hulp in verplicht kader"),
    ("pv", "Proces-verbaal"),
)
