"""Runs commands with a PostgreSQL and Valkey for tests, and ends those afterwards."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from scripts import services
from scripts.paths import PYTHON, ROOT, VENV, say

Command = Sequence[str | Path]
BIN = VENV / "bin"
CHECKS: dict[str, Command] = {
    "ruff": [BIN / "ruff", "check", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "mypy": [BIN / "mypy"],
    "djlint": [BIN / "djlint", "templates", "--lint", "--quiet"],
    "makemigrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
}
# Who is done takes over from the other: the slow tests of a browser stand together.
PARALLEL = ("-n", "2", "--dist", "worksteal")
DEPLOY: Command = [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]


def run(name: str, command: Command, env: dict[str, str]) -> bool:
    say(name)
    return subprocess.run(command, cwd=ROOT, env=env, check=False).returncode == 0


def production(env: dict[str, str]) -> dict[str, str]:
    """Settings as on a real server, with secrets that only pass the length check."""
    secret = "x" * 25 + "".join(chr(97 + n) for n in range(25))
    names = ("SECRET_KEY", "FIELD_KEYS", "BLIND_INDEX_KEY")
    return env | dict.fromkeys(names, secret) | {"LEERRECHT_DEMO": "0"}


def static_checks(env: dict[str, str]) -> list[str]:
    failed = [name for name, command in CHECKS.items() if not run(name, command, env)]
    return failed if run("deploy", DEPLOY, production(env)) else [*failed, "deploy"]


def tests(env: dict[str, str], arguments: list[str]) -> list[str]:
    pytest = [str(BIN / "pytest"), *(arguments or PARALLEL)]
    return [] if run("pytest", pytest, env) else ["pytest"]


def benchmark(script: Path, env: dict[str, str]) -> bool:
    """In an empty database of its own, which is gone afterwards."""
    server = env["DATABASE_URL"].rpartition("/")[0]
    url = f"{server}/bench_{script.stem}"
    services.drop_database(url)
    services.create_database(url)
    own = env | {"DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    try:
        migrated = run("migrate", [PYTHON, "manage.py", "migrate", "--verbosity", "0"], own)
        return migrated and run(script.name, [PYTHON, script], own)
    finally:
        services.drop_database(url)


def benchmarks(env: dict[str, str]) -> list[str]:
    scripts = sorted((ROOT / "benchmarks").glob("[a-z]*.py"))
    return [script.name for script in scripts if not benchmark(script, env)]


def main(purpose: str, arguments: list[str]) -> list[str]:
    options = services.LARGE if purpose == "bench" else services.FAST
    with services.running(purpose, options) as env:
        if purpose == "bench":
            return benchmarks(env)
        if purpose == "check":
            return static_checks(env)
        if arguments:
            return tests(env, arguments)
        return static_checks(env) + tests(env, [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=["test", "check", "bench"])
    parser.add_argument("pytest", nargs=argparse.REMAINDER, help="arguments for pytest")
    options = parser.parse_args()
    begin = time.monotonic()
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    failed = main(options.purpose, options.pytest)
    print(f"{time.monotonic() - begin:.0f} s", flush=True)
    sys.exit(f"Niet in orde: {', '.join(failed)}" if failed else 0)
