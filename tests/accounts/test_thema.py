"""Colours of each theme against WCAG: 4.5 to 1 for text, 3 to 1 for borders."""

import re

import pytest

from config import settings

THEMES = sorted((settings.BASE_DIR / "static" / "css" / "themes").glob("*.css"))
WHITE = "ffffff"


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_as_wcag_computes_it():
    assert round(contrast("000000", WHITE), 2) == 21
    assert round(contrast("767676", WHITE), 2) == 4.54


@pytest.mark.parametrize("theme", THEMES, ids=lambda path: path.stem)
def test_colours_of_a_theme(theme):
    tone = dict(re.findall(r"--lr-merk-(\d+): #([0-9a-f]{6})", theme.read_text()))
    text = [(dark, back) for dark in ("500", "600", "700") for back in ("50", "100", "200")]
    low = [(a, b) for a, b in text if contrast(tone[a], tone[b]) < 4.5]
    low += [(a, "wit") for a in ("500", "600", "700") if contrast(tone[a], WHITE) < 4.5]
    low += [(a, "wit") for a in ("400",) if contrast(tone[a], WHITE) < 3]

    assert low == []
    assert len(tone) == 8
