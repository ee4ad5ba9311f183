"""The inventory of events in docs/logboek.md and the keys of the log cover what the code writes."""

import ast
import re

import pytest

from accounts.domain.logboek_inhoud import CODES, TEKSTEN
from tests.source import APPS, ROOT, modules, tree

WRITERS = {"record", "record_traject", "build"}
COLUMNS = {"by", "jongere_id", "gemeente_id", "taak", "reden", "geweigerd", "oorsprong"}
SOORT = re.compile(r"[a-z_]+\.(?:[a-z_]+|\*)")


def calls():
    for _, file in modules(*APPS):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name in WRITERS and node.args and any(k.arg == "by" for k in node.keywords):
                    yield node


def written():
    """Names of events; a part that is only known at run time is a star."""
    for call in calls():
        match call.args[0]:
            case ast.Constant(value=str(text)) if SOORT.fullmatch(text):
                yield text
            case ast.JoinedStr(values=[ast.Constant(value=str(start)), *_]) if "." in start:
                yield f"{start.partition('.')[0]}.*"


def inventory():
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/logboek.md").read_text(), re.MULTILINE)
    return {soort for row in rows for soort in SOORT.findall(row)}


@pytest.mark.eis("D4")
def test_every_event_in_the_code_stands_in_the_inventory():
    known = inventory()

    missing = {
        soort
        for soort in written()
        if soort not in known and f"{soort.partition('.')[0]}.*" not in known
    }

    assert missing == set()
    assert len(set(written())) > 40  # the walk itself works


@pytest.mark.eis("P35")
def test_every_key_in_the_code_is_one_the_log_takes():
    used = {keyword.arg for call in calls() for keyword in call.keywords if keyword.arg is not None}

    assert used - COLUMNS <= CODES | TEKSTEN
