"""Code lists of the breakdowns, and the SQL that gives a row its code.

A breakdown answers every code of its list, also those that nothing counted for.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from casework.codes import (
    Herkomst,
    Leerweg,
    Meldingsoort,
    Onderwijssoort,
    Reden,
    Resultaat,
    Werkprocessoort,
)
from doorstroompunt.codes import TRAJECTREDENEN, Fase, Intensiteit, Uitstroom
from leerplicht.codes import VERZUIMSOORT_VAN_MELDING, Grond, Voorziening

ONBEKEND: Final = "onbekend"
LEEG: Final = "''"
GEEN: Final = "geen"  # no enrolment on the day

# Kind of absence: soort of the melding -> code; those of 18 and older go by their taak.
ABSOLUUT, WETTELIJK, LICHT, LUXE, ZORG = "absoluut", "wettelijk", "licht", "luxe", "zorg"
_VS: Final[Mapping[str, str]] = {
    Meldingsoort.ABSOLUUT: ABSOLUUT,
    Meldingsoort.V3: WETTELIJK,
    Meldingsoort.V1: WETTELIJK,
    Meldingsoort.V2: WETTELIJK,
    Meldingsoort.V4: "wettelijk_18plus",
    Meldingsoort.RMC: "vier_weken_18plus",
}
_VS_LEERPLICHT: Final[Mapping[str, str]] = {
    Meldingsoort.O: LICHT,
    Meldingsoort.TELAAT: LICHT,
    Meldingsoort.LRV: "langdurig",
    Meldingsoort.L: LUXE,
    Meldingsoort.ZORG: ZORG,
    Meldingsoort.ZIEK: ZORG,
}
_VS_DOORSTROOMPUNT: Final = dict.fromkeys(_VS_LEERPLICHT, "overig_18plus")

# Kind of education, lowest first: of several enrolments the last in this order counts.
OS_VOLGORDE: Final = (
    "buitenland",
    "overig",
    "bo_sbo",
    "so",
    "vso",
    "pro",
    "onderbouw_vo",
    "vmbo",
    "havo",
    "vwo",
    "vavo",
    "isk",
    "mbo1",
    "mbo2",
    "mbo3",
    "mbo4",
    "ho",
)
_OS: Final[Mapping[str, str]] = {
    Onderwijssoort.BO: "bo_sbo",
    Onderwijssoort.SBO: "bo_sbo",
    Onderwijssoort.BRUGJAAR: "onderbouw_vo",
    Onderwijssoort.VMBO_B: "vmbo",
    Onderwijssoort.VMBO_K: "vmbo",
    Onderwijssoort.VMBO_GT: "vmbo",
    Onderwijssoort.EDUCATIE: "overig",
    Onderwijssoort.PARTICULIER: "overig",
    **{
        soort: soort.value.lower() for soort in Onderwijssoort if soort.value.lower() in OS_VOLGORDE
    },
}
_MET_ONDERBOUW: Final = sorted(s for s, os in _OS.items() if os in {"vmbo", "havo", "vwo"})

_RES: Final = tuple(r for r in Resultaat.values if r != Resultaat.GEEN_VERZUIM)
_REDEN: Final = (*Reden.values, ONBEKEND)

_CODES: Final[Mapping[str, Sequence[str]]] = {
    "vs": (
        ABSOLUUT,
        WETTELIJK,
        LICHT,
        "langdurig",
        LUXE,
        ZORG,
        "wettelijk_18plus",
        "vier_weken_18plus",
        "overig_18plus",
    ),
    "hvs": ("relatief", "absoluut", "luxe"),
    "res": _RES,
    "os": (*OS_VOLGORDE[2:], *OS_VOLGORDE[:2], GEEN),
    "grd": tuple(Grond.values),
    "rdn": _REDEN,
    "herkomst": (*Herkomst.values, ONBEKEND),
    "nieuw": ("J", "N", ONBEKEND),
    "soort": tuple(Werkprocessoort.values),
    "voorziening": (*Voorziening.values, ONBEKEND),
    "leerweg": (*Leerweg.values, ONBEKEND),
    "onderwijssoort": tuple(Onderwijssoort.values),
    "intensiteit": (*Intensiteit.values, ONBEKEND),
    "fase": tuple(Fase.values),
    "uit": tuple(Uitstroom.values),
    "geb": ("begeleid", "niet_begeleid"),
    "sector": ("vo", "mbo", "vavo"),
}
_TRAJECTREDEN: Final = (*(code for code, _ in TRAJECTREDENEN), ONBEKEND)
_EIGEN: Final[Mapping[tuple[str, str], Sequence[str]]] = {
    ("wp_afgesloten", "res"): (*_RES, Resultaat.GEEN_VERZUIM.value),
    ("dsp_zorg_jongeren", "rdn"): _TRAJECTREDEN,
    ("vsv_gem_reden", "rdn"): _TRAJECTREDEN,
    ("bwj_resultaat", "rdn"): _TRAJECTREDEN,
}
LEEFTIJD: Final = "lft"


def codes_of(indicator: str, dim: str, counted: Iterable[str]) -> Sequence[str]:
    """Every code of the breakdown; ages run from the lowest to the highest counted."""
    if dim == LEEFTIJD:
        ages = [int(code) for code in counted]
        return [str(age) for age in range(min(ages), max(ages) + 1)] if ages else []
    return _EIGEN.get((indicator, dim)) or _CODES[dim]


def _case(column: str, table: Mapping[str, str | int], otherwise: str = "NULL") -> str:
    """A CASE over codes of our own lists; no text from outside."""
    per_result: dict[str, list[str]] = {}
    for source, result in table.items():
        text = str(result) if isinstance(result, int) else f"'{result}'"
        per_result.setdefault(text, []).append(f"'{source}'")
    whens = " ".join(
        f"WHEN {column} IN ({', '.join(sources)}) THEN {text}"
        for text, sources in per_result.items()
    )
    return f"CASE {whens} ELSE {otherwise} END"


def vs_sql() -> str:
    """Kind of absence of melding `m`."""
    volwassen = _case("m.soort", _VS_DOORSTROOMPUNT)
    jong = _case("m.soort", _VS_LEERPLICHT)
    rest = f"CASE WHEN m.taak = 'doorstroompunt' THEN {volwassen} ELSE {jong} END"
    return _case("m.soort", _VS, rest)


def hvs_sql(alias: str) -> str:
    """Kind of absence of a pv or Halt; an empty one follows its melding `m`."""
    table = {soort: code.lower() for soort, code in VERZUIMSOORT_VAN_MELDING.items()}
    return f"coalesce(lower(nullif({alias}.verzuimsoort, '')), {_case('m.soort', table, LEEG)})"


def os_rank_sql(soort: str, leerjaar: str = "NULL::int") -> str:
    """Place of an enrolment in OS_VOLGORDE, from 1."""
    place = {code: n for n, code in enumerate(OS_VOLGORDE, start=1)}
    onderbouw = ", ".join(f"'{s}'" for s in _MET_ONDERBOUW)
    rest = _case(soort, {s: place[os] for s, os in _OS.items()})
    return (
        f"CASE WHEN {leerjaar} IN (1, 2) AND {soort} IN ({onderbouw}) "
        f"THEN {place['onderbouw_vo']} ELSE {rest} END"
    )


def os_name_sql(rank: str) -> str:
    names = ", ".join(f"'{code}'" for code in OS_VOLGORDE)
    return f"coalesce((ARRAY[{names}])[{rank}], '{GEEN}')"
