import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from reporting.charts import (
    COLOURS,
    JAARKLEUREN,
    SOORTEN,
    Grafiek,
    Punt,
    described,
    draw,
)

JAREN = ["2021-2022", "2022-2023"]
PUNTEN = [
    Punt(soort, jaar, waarde)
    for soort, waarden in {"Licht": (1520, 535), "Luxe": (30, None)}.items()
    for jaar, waarde in zip(JAREN, waarden, strict=True)
]


def chart(soort: str, **options) -> Grafiek:
    return Grafiek(soort, PUNTEN, "Meldingen <naar> soort", "Licht & luxe.", **options)


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return [e.text for e in root.iter("{http://www.w3.org/2000/svg}text") if e.text]


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


@pytest.mark.parametrize("soort", SOORTEN)
def test_every_kind_has_a_name_and_fits_a_strict_csp(soort):
    root = ElementTree.fromstring(svg := draw(chart(soort), id="g1"))

    assert root.get("role") == "img"
    assert [root[0].text, root[1].text] == ["Meldingen <naar> soort", "Licht & luxe."]
    assert root.get("aria-labelledby") == f"{root[0].get('id')} {root[1].get('id')}"
    assert re.findall(r'style=|<style|<script|\son[a-z]+="|href="http', svg) == []


def test_two_charts_on_one_page_share_no_id():
    ids = [re.findall(r' id="([^"]+)"', draw(chart("lijn"), id=name)) for name in ("a", "b")]

    assert set(ids[0]) & set(ids[1]) == set()


def test_numbers_are_written_the_dutch_way_and_years_stand_beside_their_bars():
    written = texts(draw(chart("gegroepeerd", reeks_is_jaar=True), id="g"))

    assert {"1.520", "535", "30", "2021-2022", "2022-2023", "Licht", "Luxe"} <= set(written)


def test_a_percentage_has_a_comma_and_two_decimals():
    punten = [Punt("2022-2023", "Hengelo", Decimal("4.2"))]

    assert "4,20%" in texts(draw(Grafiek("lijn", punten, "t", "o", "%"), id="g"))


def test_an_unknown_value_is_left_out_and_is_not_zero():
    written = texts(draw(Grafiek("staaf", [Punt("Luxe", "", None)], "t", "o"), id="g"))

    assert [t for t in written if t == "Luxe"] == ["Luxe"]
    assert (
        described(chart("lijn")).omschrijving
        == "2021-2022: Licht 1.520, Luxe 30. 2022-2023: Licht 535."
    )


@pytest.mark.parametrize("colour", [*COLOURS, *JAARKLEUREN])
def test_colours_stand_out_from_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 3


@pytest.mark.parametrize("top", [1, 2, 3, 7])
def test_an_axis_of_counts_names_every_number_once(top):
    punten = [Punt("2021-2022", "Hengelo", top), Punt("2022-2023", "Hengelo", 0)]

    svg = draw(Grafiek("lijn", punten, "Halt", ""), id="a")

    numbers = re.findall(r"translate\(-[^>]*>(\d+)</text>", svg)  # left of the drawing
    assert len(numbers) == len(set(numbers)) >= 2


def test_a_chart_stays_plain_svg_when_another_library_took_the_empty_prefix():
    ElementTree.register_namespace("", "urn:iets-anders")

    assert draw(Grafiek("staaf", PUNTEN[:1], "Licht", ""), id="a").startswith("<svg ")
