"""Which chart goes with which table."""

import pytest

from casework.models import Gemeente
from casework.schooljaar import Schooljaar
from reporting.catalogus import CATALOGUS
from reporting.cijfer import Cijfer
from reporting.domain.cijfergrafiek import REEKSEN, chart_of, values_of
from reporting.domain.cijferkeuze import Keuze
from reporting.domain.cijfertabel import Cel, Rij, Tabel

JAREN = [Schooljaar(2022), Schooljaar(2023)]


def make_tabel(name="lp_meldingen", *, gemeenten=1, jaren=2, codes=(), waarde=3):
    areas = [Gemeente(code=f"{n:04}", naam=f"Proefdorp {n}") for n in range(gemeenten)]
    keuze = Keuze(CATALOGUS[name], areas, JAREN[:jaren], per=("vs",) if codes else ())
    places = [(g.code, g.naam) for g in areas] + ([("totaal", "Samen")] if gemeenten > 1 else [])
    rows = [
        Rij(
            gebied,
            naam,
            (("vs", code),) if code else (),
            [
                Cel(j, None if waarde is None else Cijfer(name, str(j), gebied, {}, waarde))
                for j in keuze.jaren
            ],
            is_totaal=bool(codes) and not code,
        )
        for gebied, naam in places
        for code in [*codes, ""]
    ]
    return Tabel(keuze, rows)


@pytest.mark.parametrize(
    ("asked", "soort", "groepen", "reeksen"),
    [
        ({}, "lijn", 2, 1),
        ({"gemeenten": 3}, "lijn", 2, 3),
        ({"gemeenten": 3, "name": "verzuim_pct"}, "lijn", 2, 4),  # a share has its total beside it
        ({"gemeenten": 3, "jaren": 1}, "staaf", 3, 1),
        ({"gemeenten": REEKSEN + 1}, "staaf", REEKSEN + 1, 1),
        ({"codes": ("licht", "luxe")}, "gegroepeerd", 2, 2),
        ({"codes": ("licht", "luxe"), "gemeenten": 3, "jaren": 1}, "gegroepeerd", 2, 3),
        ({"codes": ("licht", "luxe"), "gemeenten": 3}, "gegroepeerd", 2, 2),  # of all together
    ],
)
def test_kind_of_chart(asked, soort, groepen, reeksen):
    tabel = make_tabel(**asked)

    grafiek = chart_of(tabel, "Proef")

    assert (grafiek.soort, len(grafiek.groepen), len(grafiek.reeksen)) == (soort, groepen, reeksen)
    table = values_of(grafiek, tabel)
    assert (len(table["rijen"]), len(table["kolommen"])) == (groepen, reeksen + 1)
    assert grafiek.omschrijving


def test_nothing_known_gives_no_chart():
    assert chart_of(make_tabel(waarde=None), "Proef") is None


def test_a_value_that_is_not_known_is_not_drawn_as_0():
    tabel = make_tabel(gemeenten=1)
    tabel.rijen[0].cellen[0] = Cel(JAREN[0], None)

    grafiek = chart_of(tabel, "Proef")

    assert [punt.waarde for punt in grafiek.punten] == [None, 3]
    assert values_of(grafiek, tabel)["rijen"][0] == ["2022-2023", "nog niet beschikbaar"]
