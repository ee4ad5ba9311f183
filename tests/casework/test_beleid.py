"""The policy documents name every parameter of the law, and no test or file that is not there."""

import re
from itertools import pairwise
from pathlib import Path

import pytest

from casework.parameters import NAMEN, PARAMETERS

ROOT = Path(__file__).parent.parent.parent
TEXTS = {
    path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/beleid").glob("*.md")
}


@pytest.mark.parametrize("naam", NAMEN)
def test_every_parameter_is_described(naam):
    assert [name for name, text in TEXTS.items() if f"`{naam}`" in text] != []


def test_periods_of_a_parameter_do_not_overlap():
    for naam in NAMEN:
        rows = [row for row in PARAMETERS if row.naam == naam]
        for earlier, later in pairwise(rows):
            assert earlier.tot == later.van


def test_every_file_named_in_the_documents_exists():
    named = {
        path
        for text in TEXTS.values()
        for path in re.findall(r"`((?:casework|leerplicht|doorstroompunt|tests)/[\w/]+\.py)`", text)
    }

    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []
