"""Chromium on a live server with PostgreSQL, Redis and, when asked, a real Celery worker.

Every pytest-xdist worker has its own database, queue and worker process, so `-n 2` works.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

from accounts.models import Gebruiker
from config.celery import app as celery_app
from tests.browser.controle import Bezoek, check

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright ontbreekt")
    if not CHROMIUM:
        pytest.skip("Chromium ontbreekt; installeer chromium of zet CHROMIUM op het pad.")
    if not AXE.exists():
        pytest.skip("axe-core ontbreekt; draai eerst `npm ci`.")
    # Playwright keeps an event loop in this thread; Django would refuse the ORM in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def live(browser, live_server):
    """The live server; its `url` is the address of the site."""
    return live_server


@pytest.fixture
def context(browser, live) -> Iterator[object]:
    context = browser.new_context(
        base_url=live.url, locale="nl-NL", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context):
    """A tab whose console errors, script errors and CSP reports are kept by check_page."""
    page = context.new_page()
    Bezoek.of(page)
    return page


@pytest.fixture
def login(context, live) -> Callable[[str | Gebruiker], Gebruiker]:
    """Log in without the login page: `login(user)` or `login("naam@voorbeeld.nl")`."""

    def log_in(who: str | Gebruiker) -> Gebruiker:
        user = Gebruiker.objects.get(email=who) if isinstance(who, str) else who
        client = Client()
        client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[-1])
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live.url}])
        return user

    return log_in


@pytest.fixture
def check_page() -> Callable[..., None]:
    """`check_page(page, "mijn-dag")`: axe, 320 px, one h1, no console or CSP error, screenshots."""
    return check


@pytest.fixture(scope="session")
def _worker(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[subprocess.Popen]:
    queue = celery_app.conf.task_default_queue
    log = tmp_path_factory.mktemp("celery") / "worker.log"
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel=INFO"]
    command += ["--concurrency=1", f"--queues={queue}", f"--hostname={queue}@%h"]
    command += ["--without-gossip", "--without-mingle"]
    with log.open("w") as out:
        process = subprocess.Popen(
            command, cwd=ROOT, env=_worker_env(queue), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        _wait(lambda: "ready." in log.read_text(), lambda: log.read_text(), process)
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)
        with celery_app.connection_for_write() as broker:
            broker.default_channel.queue_delete(queue)


@pytest.fixture
def worker(_worker, transactional_db) -> Iterator[subprocess.Popen]:
    """A real worker process on the test database; tasks sent with .delay() run there.

    It listens only while a test asks for it: another test does the work itself, with files that
    this process does not know.
    """
    queue = celery_app.conf.task_default_queue
    whom = {"destination": [f"{queue}@{socket.gethostname()}"], "reply": True, "timeout": 5}
    with celery_app.connection_for_write() as broker:
        broker.default_channel.queue_purge(queue)
    celery_app.control.add_consumer(queue, **whom)
    yield _worker
    celery_app.control.cancel_consumer(queue, **whom)


def _worker_env(queue: str) -> dict[str, str]:
    db = connection.settings_dict
    host = f"{quote(db['USER'])}:{quote(db['PASSWORD'])}@{db['HOST']}:{db['PORT'] or 5432}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{host}/{quote(db['NAME'])}",
        "REDIS_URL": django_settings.REDIS_URL,
        "CELERY_QUEUE": queue,
        "LEERRECHT_DEMO": "1",
    }


def _wait(done: Callable[[], bool], log: Callable[[], str], process: subprocess.Popen) -> None:
    end = time.monotonic() + 40
    while not done():
        if process.poll() is not None or time.monotonic() > end:
            pytest.fail(f"De Celery-worker startte niet:\n{log()}")
        time.sleep(0.1)
