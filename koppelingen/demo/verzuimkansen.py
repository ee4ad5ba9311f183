"""How often which absence is reported in the demo region, and how it ends."""

from collections.abc import Mapping
from typing import Final

# Chance that a youth is reported in a schooljaar, by kind of education on 1 October.
KANS: Final[Mapping[str, float]] = {
    "BO": 0.010,
    "SBO": 0.025,
    "SO": 0.03,
    "VSO": 0.09,
    "PRO": 0.12,
    "VMBO_B": 0.13,
    "VMBO_K": 0.11,
    "VMBO_GT": 0.08,
    "HAVO": 0.045,
    "VWO": 0.022,
    "BRUGJAAR": 0.035,
    "ISK": 0.16,
    "VAVO": 0.12,
    "MBO1": 0.42,
    "MBO2": 0.38,
    "MBO3": 0.28,
    "MBO4": 0.25,
}
JAARFACTOR: Final = (0.76, 0.82, 0.9, 0.87, 0.9)
HOEVEEL: Final = {1: 58.0, 2: 20.0, 3: 10.0, 4: 6.0, 6: 4.0, 9: 2.0}
JONG: Final = {
    "L": 29.0,
    "ZORG": 22.0,
    "V3": 15.0,
    "O": 14.0,
    "ZIEK": 11.0,
    "TELAAT": 6.0,
    "LRV": 3.0,
}
MIDDEN: Final = {
    "V3": 47.0,
    "O": 22.0,
    "TELAAT": 8.0,
    "ZORG": 11.0,
    "ZIEK": 5.0,
    "LRV": 4.0,
    "L": 3.0,
}
OUDER: Final = {"V4": 66.0, "RMC": 17.0, "O": 9.0, "ZORG": 6.0, "TELAAT": 2.0}
REDENEN: Final = {
    "MOTIVATIE": 30.0,
    "THUIS": 22.0,
    "PSYCHOSOCIAAL": 17.0,
    "TE_LAAT": 5.0,
    "ZIEKTE": 7.0,
    "SCHOOLCONFLICT": 6.0,
    "GEDRAG": 4.0,
    "MIDDELEN": 2.0,
    "STUDIEKEUZE": 3.0,
    "WERK": 2.0,
    "WOONSITUATIE": 1.0,
    "WACHT_HULP": 1.0,
}
RESULTAAT: Final = {
    "naar_school": 52.0,
    "waarschuwing": 10.0,
    "hulpverlening": 9.0,
    "ter_kennisname": 9.0,
    "niet_verwijtbaar": 7.0,
    "svt": 1.5,
    "oza": 0.8,
    "andere_school": 2.0,
    "geoorloofd": 1.2,
    "niet_zorgelijk": 1.5,
    "geen_verzuim": 2.2,
    "verhuisd": 0.8,
    "thuiszitter": 0.6,
    "niet_opgelost": 0.8,
    "alsnog_ongeoorloofd": 0.6,
}
RESULTAAT_LUXE: Final = {"waarschuwing": 48.0, "pv": 18.0, "geoorloofd": 14.0, "geen_verzuim": 20.0}
RESULTAAT_ABSOLUUT: Final = {
    "naar_school": 52.0,
    "geen_verzuim": 24.0,
    "verhuisd": 8.0,
    "vrijstelling": 6.0,
    "doorstroompunt": 5.0,
    "svt": 3.0,
    "niet_opgelost": 2.0,
}
PROCES: Final = {"L": "LUXE", "TELAAT": "TELAAT", "ABSOLUUT": "ABSOLUUT", "ZORG": "ZORG"}
PROCES_OVERIG: Final = {"ZIEK": "ZORG", "LRV": "THUISZITTER", "V4": "VERZUIM_18PLUS"}
LOKAAL: Final = frozenset({"ABSOLUUT", "ZORG", "ZIEK"})
