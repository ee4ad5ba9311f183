"""tests/data/velden.txt: every form, filter and serializer, its fields, and who fills them in.

    python -m scripts.velden        # writes the file; a test compares it

Who: the permissions of the views that use the form, found by reading their source.
"""

import ast
import inspect
import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from types import FunctionType, ModuleType
from typing import Any, Final

from scripts.paths import ROOT

BESTAND = ROOT / "tests" / "data" / "velden.txt"
APPS: Final = ("accounts", "casework", "leerplicht", "doorstroompunt", "reporting", "koppelingen")
# Data with a right of their own, beside the right to the page they stand on.
AFGESCHERMD: Final = (
    ("BSN en onderwijsnummer", "bsn.tonen"),
    ("geheim adres", "adres.geheim"),
    ("vrijstelling of verlof om gezondheid of geloof", "vrijstelling.bijzonder"),
    ("politiegegevens (Wpg)", "opsporing.lezen"),
)
KOP = """# Velden per formulier. Gemaakt door `python -m scripts.velden`; een test vergelijkt haar.
# "schrijft": wat wordt ingevuld (* is verplicht). "leest": wat de API teruggeeft.
# "door": rechten van de schermen die het formulier gebruiken, en wie die hebben.
"""


def own_views() -> list[type]:
    from django.urls import URLPattern, get_resolver

    found: dict[type, None] = {}

    def walk(patterns: list[Any]) -> None:
        for pattern in patterns:
            if not isinstance(pattern, URLPattern):
                walk(pattern.url_patterns)
                continue
            view = getattr(pattern.callback, "view_class", getattr(pattern.callback, "cls", None))
            if view is not None and _own(view):
                found[view] = None

    walk(get_resolver().url_patterns)
    return list(found)


def _own(thing: Any) -> bool:
    return str(getattr(thing, "__module__", "")).split(".")[0] in APPS


@cache
def _parts(module: ModuleType) -> Mapping[str, list[ast.AST]]:
    """Name of the module -> the source that gives it a value."""
    found: dict[str, list[ast.AST]] = {}
    for node in ast.parse(inspect.getsource(module)).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node)
    return found


def named_in(module: ModuleType, name: str, seen: set[tuple[str, str]]) -> Iterator[Any]:
    """Everything of our own that this part of the source leads to."""
    if (module.__name__, name) in seen:
        return
    seen.add((module.__name__, name))
    for node in _parts(module).get(name, ()):
        for child in ast.walk(node):
            value = _value(module, child)
            if isinstance(value, FunctionType | type) and _own(value):
                yield value
                there = sys.modules[value.__module__]
                yield from named_in(there, value.__name__, seen)
            elif isinstance(child, ast.Name):
                yield from named_in(module, child.id, seen)


def _value(module: ModuleType, node: ast.AST) -> Any:
    """What a name, or a name of an imported module of ours, stands for."""
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return getattr(getattr(module, node.value.id, None), node.attr, None)
    return None


def shapes() -> tuple[type, ...]:
    from django.forms import BaseForm
    from django_filters.filterset import BaseFilterSet
    from rest_framework.serializers import BaseSerializer

    return (BaseForm, BaseFilterSet, BaseSerializer)


def used_by() -> dict[type, set[str]]:
    """Form, filter or serializer -> permissions of the views that lead to it."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    bases = shapes()
    found: dict[type, set[str]] = {}
    for view in own_views():
        seen: set[tuple[str, str]] = set()
        inner = getattr(view, "filterset_class", None)  # may stand inside the view
        if isinstance(inner, type):
            found.setdefault(inner, set()).add(getattr(view, "permission", "?"))
        for cls in view.__mro__:
            if _own(cls):
                for thing in named_in(sys.modules[cls.__module__], cls.__name__, seen):
                    if isinstance(thing, type) and issubclass(thing, bases):
                        found.setdefault(thing, set()).add(getattr(view, "permission", "?"))
    for name in ("ACCOUNT_FORMS", "MFA_FORMS"):  # allauth asks these of who logs in
        for path in getattr(settings, name, {}).values():
            if _own(form := import_string(path)):
                found.setdefault(form, set()).add("inlogschermen")
    return found


def who(permissie: str) -> str:
    from accounts.rechten import PERMISSIES, Recht, Rol, Taak

    if permissie not in PERMISSIES:
        return permissie
    gevraagd = PERMISSIES[permissie]
    given = [(t, r) for t in Taak for r in Rol if gevraagd.given_by(Recht(t, 0, r))]
    per_taak = {t: [r for taak, r in given if taak == t] for t, _ in given}
    taken = ", ".join(f"{taak} ({'/'.join(rollen)})" for taak, rollen in per_taak.items())
    return f"{permissie}: {taken}"


def fields(shape: Any) -> Iterator[tuple[str, str]]:
    """("schrijft" or "leest", field), as declared."""
    from rest_framework.serializers import BaseSerializer

    if issubclass(shape, BaseSerializer):
        for name, field in shape._declared_fields.items():
            if not field.write_only:
                yield "leest", name
        return
    declared = getattr(shape, "base_filters", None) or shape.base_fields
    for name, field in declared.items():
        yield "schrijft", f"{name}{'*' if getattr(field, 'required', False) else ''}"


def _all_shapes() -> list[type]:
    def below(base: type) -> Iterator[type]:
        sub: type
        for sub in base.__subclasses__():
            yield sub
            yield from below(sub)

    found = {s for base in shapes() for s in below(base) if _own(s) and "<locals>" not in str(s)}
    return sorted(found, key=lambda s: (s.__module__, s.__qualname__))


def text() -> str:
    users = used_by()
    lines = [KOP, "## Afgeschermde gegevens\n"]
    lines += [f"{naam}\n  leest    {who(recht)}" for naam, recht in AFGESCHERMD]
    lines.append("\n## Formulieren, filters en vormen\n")
    for shape in _all_shapes():
        own = list(fields(shape))
        if not own or (shape not in users and shape.__name__.startswith("_")):
            continue
        lines.append(f"{shape.__module__}.{shape.__qualname__}")
        for soort in ("leest", "schrijft"):
            if names := [name for kind, name in own if kind == soort]:
                lines.append(f"  {soort:9}{', '.join(names)}")
        door = sorted(users.get(shape, {"geen eigen scherm"}))
        lines += [f"  door     {who(permissie)}" for permissie in door]
    lines += ["\n## Stappen\n", *_steps()]
    return "\n".join(lines) + "\n"


def _steps() -> Iterator[str]:
    """The fields of a step stand in its table."""
    from doorstroompunt.domain.traject import TRAJECT
    from leerplicht.domain.tabellen import ALLE

    for tabel in (*ALLE, TRAJECT):
        for stap in tabel.stappen.values():
            names = [f"{v.naam}{'*' if v.verplicht else ''}" for v in stap.velden]
            yield f"{tabel.naam}.{stap.naam}"
            if names:
                yield f"  schrijft {', '.join(names)}"
            yield f"  door     {who(stap.permissie)}"


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    BESTAND.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
