"""The rooms and the direction of the imports, read from the source."""

import ast

import pytest

from tests.source import APPS, ROOT, imports, modules, tree

BELOW = {
    "accounts": set(),
    "casework": {"accounts"},
    "leerplicht": {"accounts", "casework"},
    "doorstroompunt": {"accounts", "casework"},
    "reporting": {"accounts", "casework", "leerplicht", "doorstroompunt"},
    # The outer edge serves figures as well (docs/adr/0010); nothing imports it.
    "koppelingen": {"accounts", "casework", "leerplicht", "doorstroompunt", "reporting"},
}
# Inside an app every layer may use the ones to its right.
LAYERS = ("views", "forms", "domain", "models")
SIGNALS = ("django.db.models.signals", "django.dispatch", "django.core.signals")


def layer(module: str) -> int | None:
    parts = module.split(".")
    return next((n for n, name in enumerate(LAYERS) if name in parts[1:2]), None)


def arrow_is_wrong(source: str, target: str) -> bool:
    app, other = source.split(".")[0], target.split(".")[0]
    if other not in APPS:
        return other in {"scripts", "tests", "benchmarks"}
    if app != other and other not in BELOW[app]:
        return True
    here, there = layer(source), layer(target)
    return here is not None and there is not None and there < here


@pytest.mark.parametrize(
    ("source", "target", "wrong"),
    [
        ("casework.models.dossier", "accounts.models", False),
        ("casework.models.dossier", "leerplicht.models", True),
        ("leerplicht.domain.status", "doorstroompunt.models", True),
        ("doorstroompunt.domain.vsv", "leerplicht.models", True),
        ("reporting.domain.stand", "leerplicht.domain.status", False),
        ("reporting.views", "koppelingen.models", True),
        ("koppelingen.api.views", "reporting.catalogus", False),
        ("leerplicht.views.dossier", "leerplicht.forms.dossier", False),
        ("leerplicht.forms.dossier", "leerplicht.views.dossier", True),
        ("leerplicht.models", "leerplicht.domain.status", True),
        ("leerplicht.domain.status", "leerplicht.forms", True),
        ("casework.models.jongere", "casework.schooljaar", False),
        ("casework.domain.zoeken", "scripts.services", True),
    ],
)
def test_arrow(source, target, wrong):
    assert arrow_is_wrong(source, target) is wrong


def test_imports_point_one_way():
    wrong = [
        f"{name} -> {target}"
        for name, file in modules(*APPS)
        for target in imports(name, tree(file), is_package=file.name == "__init__.py")
        if arrow_is_wrong(name, target)
    ]

    assert wrong == []


def test_config_is_wiring_and_nobody_imports_it():
    """Except the Celery app, which tasks may need by name."""
    wrong = [
        f"{name} -> {target}"
        for name, file in modules(*APPS)
        for target in imports(name, tree(file))
        if target.split(".")[0] == "config" and not target.startswith("config.celery")
    ]

    assert wrong == []


def test_tasks_import_the_domain_inside_the_function():
    wrong = [
        f"{name} -> {target}"
        for name, file in modules(*APPS)
        if "tasks" in name.split(".")[1:]
        for statement in tree(file).body
        if not isinstance(statement, ast.FunctionDef)
        for target in imports(name, statement)
        if ".domain" in target and target.split(".")[0] in APPS
    ]

    assert wrong == []


def test_modules_stay_readable():
    """400 lines is the limit; split by noun."""
    long = {
        name: lines
        for name, file in modules(*APPS, "config", "scripts", "tests", "benchmarks")
        if (lines := len(file.read_text().splitlines())) > 400
    }

    assert long == {}


def test_no_signals():
    wrong = [
        f"{name} -> {target}"
        for name, file in modules(*APPS, "config")
        for target in imports(name, tree(file))
        if target.startswith(SIGNALS)
    ]

    assert wrong == []


def test_no_model_overrides_save():
    wrong = [
        f"{name}.{node.name}"
        for name, file in modules(*APPS)
        if layer(name) == LAYERS.index("models")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.ClassDef)
        for child in node.body
        if isinstance(child, ast.FunctionDef) and child.name in {"save", "delete"}
    ]

    assert wrong == []


def test_every_app_is_checked():
    assert {p.parent.name for p in ROOT.glob("*/apps.py")} == {*APPS, "config"}
