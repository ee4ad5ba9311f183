"""A small fixed set of figures for two gemeenten and two schooljaren."""

from datetime import date
from decimal import Decimal

from reporting.cijfer import Cijfer
from reporting.verslag.cijferset import Cijferset, Definitie
from reporting.verslag.plaatshouders import Kader

OUD, NU = "2021-2022", "2022-2023"
DEFINITIES = {
    "pop_leer_kwalificatieplichtigen": Definitie("n", "J", "Jongeren op 1 oktober.", "1"),
    "lp_meldingen": Definitie("n", "M", "Meldingen leerplicht.", "1", ("vs", "os", "vs x os")),
    "lp_meldingen_jongeren": Definitie("n", "J", "Jongeren met een melding.", "1", ("vs",)),
    "verzuim_pct": Definitie("%", "J", "Jongeren met verzuim.", "1"),
    "thz_langdurig": Definitie("n", "J", "Thuiszitters.", "1"),
    "vsv_gem_onderwijs_leeftijd": Definitie("n", "J", "Gestopt.", "1", ("os", "lft", "os x lft")),
    "hv_pv": Definitie("n", "Z", "Processen-verbaal.", "1", ("hvs",)),
}
SOORTEN = ("absoluut", "wettelijk", "licht", "langdurig", "luxe", "zorg")


def _counts(jaar: str, gebied: str, total: int, parts: dict[str, int]) -> list[Cijfer]:
    rows = [Cijfer("lp_meldingen", jaar, gebied, {}, total)]
    return rows + [
        Cijfer("lp_meldingen", jaar, gebied, {"vs": soort}, parts.get(soort, 0))
        for soort in SOORTEN
    ]


def make_cijfers() -> list[Cijfer]:
    """Hengelo 2022-2023: 1.234 meldingen = 700 wettelijk + 509 licht + 25 luxe."""
    share = Cijfer("verzuim_pct", NU, "0164", {}, Decimal("4.25"), 463, 10884)
    empty = Cijfer("verzuim_pct", NU, "0147", {}, None, 0, 0)
    return [
        *_counts(OUD, "0164", 1121, {"wettelijk": 600, "licht": 491, "luxe": 30}),
        *_counts(NU, "0164", 1234, {"wettelijk": 700, "licht": 509, "luxe": 25}),
        *_counts(OUD, "0147", 100, {"wettelijk": 60, "licht": 40}),
        *_counts(NU, "0147", 90, {"wettelijk": 50, "licht": 38, "luxe": 2}),
        *_counts(NU, "totaal", 1324, {"wettelijk": 750, "licht": 547, "luxe": 27}),
        Cijfer("pop_leer_kwalificatieplichtigen", NU, "0164", {}, 10884),
        Cijfer("lp_meldingen_jongeren", NU, "0164", {}, 10),
        Cijfer("lp_meldingen_jongeren", NU, "0164", {"vs": "licht"}, 8),
        Cijfer("lp_meldingen_jongeren", NU, "0164", {"vs": "luxe"}, 3),
        Cijfer("vsv_gem_onderwijs_leeftijd", NU, "0164", {}, 7),
        Cijfer("vsv_gem_onderwijs_leeftijd", NU, "0164", {"lft": "18"}, 7),
        Cijfer("verzuim_pct", OUD, "0164", {}, Decimal("3.40"), 365, 10742),
        share,
        empty,
    ]


def make_cijferset(*gemeenten: str, cijfers: list[Cijfer] | None = None) -> Cijferset:
    names = {"0164": "Hengelo", "0147": "Borne"}
    chosen = list(gemeenten or names)
    gebieden = {code: names.get(code, code) for code in chosen}
    if len(chosen) > 1:
        gebieden["totaal"] = "Totaal"
    return Cijferset(
        peildatum=date(2023, 11, 15),
        schooljaren=[OUD, NU],
        gemeenten=chosen,
        gebieden=gebieden,
        definities=DEFINITIES,
        cijfers=make_cijfers() if cijfers is None else cijfers,
    )


def make_kader(*gemeenten: str) -> Kader:
    return Kader(make_cijferset(*(gemeenten or ("0164",))), NU, "Jaarverslag")
