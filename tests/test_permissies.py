"""Every door names the right it asks: views, commands and scheduled work."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.rechten import INGELOGD, OPENBAAR, PERMISSIES, SYSTEEM, Permissie, Recht, Rol, Taak
from config.celery import app as celery_app

OWN = ("accounts", "casework", "leerplicht", "doorstroompunt", "reporting", "koppelingen")


def views(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from views(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback


def own_views() -> list[tuple[str, Any]]:
    found = []
    for route, callback in views(get_resolver().url_patterns):
        view = getattr(callback, "view_class", getattr(callback, "cls", None))
        if view is not None and view.__module__.split(".")[0] in OWN:
            found.append((route, view))
    return found


@pytest.mark.eis("Z1")
def test_every_view_names_a_permission():
    known = {*PERMISSIES, INGELOGD, OPENBAAR}

    nameless = [
        route for route, view in own_views() if getattr(view, "permission", "") not in known
    ]

    assert nameless == []
    assert len(own_views()) > 20  # the walk itself works


def test_every_command_names_a_permission():
    known = {*PERMISSIES, SYSTEEM, OPENBAAR}
    own = [(app, name) for name, app in get_commands().items() if app in OWN]

    nameless = [
        name
        for app, name in own
        if getattr(load_command_class(app, name), "permission", "") not in known
    ]

    assert nameless == []
    assert len(own) > 3


@pytest.mark.eis("Z1")
def test_every_task_names_a_permission():
    for app in OWN:
        try:
            import_module(f"{app}.tasks")
        except ModuleNotFoundError as error:
            assert error.name == f"{app}.tasks"
    own = {n: t for n, t in celery_app.tasks.items() if n.split(".")[0] in OWN}

    nameless = [
        name
        for name, task in own.items()
        if getattr(task, "permission", "") not in {*PERMISSIES, SYSTEEM}
    ]

    assert nameless == []
    assert len(own) > 1


@pytest.mark.eis("Z9")
def test_there_is_no_admin_of_django(settings):
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert not [route for route, _ in views(get_resolver().url_patterns) if "admin" in route]


HEAVIER = {Rol.LEZER: set(Rol), Rol.BEHANDELAAR: {Rol.BEHANDELAAR, Rol.LEIDINGGEVENDE}}


@pytest.mark.parametrize("naam", sorted(PERMISSIES))
def test_a_permission_is_given_by_its_taken_from_its_role_up(naam):
    permissie: Permissie = PERMISSIES[naam]
    enough = HEAVIER.get(Rol(permissie.rol), {Rol.LEIDINGGEVENDE})

    given = {(taak, rol) for taak in Taak for rol in Rol if permissie.given_by(Recht(taak, 1, rol))}

    assert given == {(taak, rol) for taak in permissie.taken for rol in enough}
