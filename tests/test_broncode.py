"""What our own code may never do: run data as code, read unsafe formats, search without end."""

import ast
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.celery import app as celery_app
from tests.source import APPS, ROOT, modules, tree

OWN = (*APPS, "config", "scripts")
# Modules that make objects or run code out of what they read.
NEVER = {
    "pickle", "cPickle", "dill", "shelve", "marshal", "jsonpickle", "cloudpickle", "joblib",
    "yaml", "xml.etree", "xml.dom", "xml.sax", "xmlrpc", "pyexpat", "lxml.etree", "lxml.html",
    "lxml.objectify", "code", "codeop", "ctypes", "jinja2", "mako",
}  # fmt: skip  # read as a table
CALLS = {"eval", "exec", "compile", "__import__", "execfile"}
# A template out of a text: only Django's loader may do that, out of files of the program.
TEMPLATES = {"Template", "from_string", "get_template_from_string"}
ALLOWED = {"compile": {"re.compile"}}
# By module: what is in use there, and why that is safe.
REASONS = {
    "casework.domain.diagram": {"xml.sax.saxutils", "xml.sax.saxutils.escape"},  # only writes
    "reporting.svg": {"xml.etree", "xml.etree.ElementTree"},  # reads charts we drew ourselves
    "reporting.indicatoren.feit": {"Template()"},  # string.Template, filled with our own SQL
    "scripts.system": {"ctypes"},  # of the developer's machine, no part of the server
}


def imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def unsafe(source: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(source):
        found += [
            name
            for name in imported(node)
            if any(name == one or name.startswith(f"{one}.") for one in NEVER)
        ]
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            last = name.rpartition(".")[2]
            if (last in CALLS and name not in ALLOWED.get(last, set())) or last in TEMPLATES:
                found.append(f"{name}()")
            shell = [k for k in node.keywords if k.arg == "shell"]
            found += [f"{name}(shell=...)" for _ in shell]
    return found


@pytest.mark.eis("F9")
def test_no_module_reads_or_runs_what_is_unsafe():
    found = {name: wrong for name, file in modules(*OWN) if (wrong := set(unsafe(tree(file))))}

    assert found == REASONS
    assert len(list(modules(*OWN))) > 200


@pytest.mark.parametrize(
    "line",
    [
        "import pickle",
        "from yaml import load",
        "from xml.etree import ElementTree",
        "import xml.etree.ElementTree as ET",
        "eval(text)",
        "builtins.exec(text)",
        "Template(row.tekst).render(context)",
        "engines['django'].from_string(row.tekst)",
        "subprocess.run(text, shell=True)",
    ],
)
def test_what_is_unsafe_is_found(line):
    assert unsafe(ast.parse(line))


@pytest.mark.eis("F9")
def test_tasks_and_sessions_carry_json_only(settings):
    conf = celery_app.conf

    assert (conf.task_serializer, conf.result_serializer, conf.event_serializer) == ("json",) * 3
    assert list(conf.accept_content) == ["json"]
    assert settings.SESSION_SERIALIZER.endswith("JSONSerializer")
    assert "pickle" not in str(settings.CACHES).lower()


@pytest.mark.eis("F9")
def test_templates_come_from_files_of_the_program(settings):
    (engine,) = settings.TEMPLATES

    assert engine["DIRS"] == [ROOT / "templates"]
    assert "loaders" not in engine["OPTIONS"]


MATCHERS = {
    "compile",
    "match",
    "fullmatch",
    "search",
    "sub",
    "subn",
    "split",
    "findall",
    "finditer",
}


def patterns() -> dict[str, str]:
    """Every regular expression that our code writes out, by where it stands."""
    found = {}
    for name, file in modules(*OWN):
        for node in ast.walk(tree(file)):
            if not (isinstance(node, ast.Call) and node.args):
                continue
            call = ast.unparse(node.func)
            is_re = call.startswith("re.") and call[3:] in MATCHERS
            if is_re or call.rpartition(".")[2] in {"RegexValidator", "re_path"}:
                text = node.args[0]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found[f"{name}:{node.lineno}"] = text.value
    return found


RUN = """
import json, re, sys, time
slow = {}
for place, text in json.load(sys.stdin).items():
    pattern = re.compile(text)
    letters = sorted({c for c in text if c.isalnum() or c in " .-_/=,;:{}()|&<>#*"})[:12]
    seeds = [*letters, "a", "1", " ", "a1", "1 ", " a", "a.", "1-", "{{ ", "é", "\\n", "aa1 "]
    start = time.perf_counter()
    for seed in seeds:
        for end in ("", "!", "\\x00", "}"):
            long = seed * (LENGTH // len(seed)) + end
            pattern.search(long); pattern.match(long); pattern.fullmatch(long)
    slow[place] = time.perf_counter() - start
print(json.dumps(slow))
"""


def run(found: dict[str, str], *, length: int, seconds: int) -> dict[str, float]:
    """Time for each pattern, in a process that is stopped when it takes too long."""
    done = subprocess.run(
        [sys.executable, "-c", RUN.replace("LENGTH", str(length))],
        input=json.dumps(found),
        capture_output=True,
        text=True,
        timeout=seconds,
        check=True,
    )
    times: dict[str, float] = json.loads(done.stdout)
    return times


@pytest.mark.eis("F10")
def test_every_pattern_is_quick_on_long_hostile_text():
    found = patterns()

    times = run(found, length=5_000, seconds=60)

    # 250 questions of 5,000 signs each; one that tries every combination takes years.
    assert {place: found[place] for place, taken in times.items() if taken > 3} == {}
    assert len(found) > 40


def test_a_pattern_that_never_ends_is_stopped():
    with pytest.raises(subprocess.TimeoutExpired):
        run({"hier": r"(a+)+$"}, length=200, seconds=3)


@pytest.mark.eis("F10")
@pytest.mark.django_db
@pytest.mark.parametrize("letter", ["a", "%", "_", "\\", "'", " a", "1", "é", "1-1-", "(", "\x00"])
def test_a_long_or_odd_search_text_is_answered_quickly(client, letter):
    from tests.factories import GemeenteFactory, JongereFactory, make_ambtenaar

    gemeente = GemeenteFactory()
    JongereFactory.create_batch(3, gemeente=gemeente)
    client.force_login(make_ambtenaar(gemeente))
    start = time.monotonic()

    url = client.post("/zoeken/", {"q": letter * 20_000}).url
    answer = client.get(url)

    assert answer.status_code == 200
    assert time.monotonic() - start < 3


def test_the_walk_reads_the_whole_program():
    assert {Path(file).suffix for _, file in modules(*OWN)} == {".py"}
    assert re.compile("x") and any(place.startswith("casework.") for place in patterns())
