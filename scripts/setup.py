"""Python packages, front-end files and system libraries; does nothing that is done already.

Runs with the Python of the machine, so only the standard library may be imported here.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import system
from scripts.paths import DATA, PYTHON, ROOT, VENV, say, stop

UV = "uv==0.13.9"
SOURCES = {
    "python": ("pyproject.toml", "uv.lock"),
    "vendor": ("package-lock.json", "scripts/vendor.py", "uv.lock"),
}
PRODUCTS = {"python": PYTHON, "vendor": ROOT / "static" / "vendor" / "noto-sans-pdf"}


def fingerprint(step: str) -> str:
    content = b"".join((ROOT / name).read_bytes() for name in SOURCES[step])
    return hashlib.sha256(content).hexdigest()


def stamp(step: str) -> Path:
    return DATA / f"setup-{step}"


def is_done(step: str) -> bool:
    file = stamp(step)
    return PRODUCTS[step].exists() and file.exists() and file.read_text() == fingerprint(step)


def mark_done(step: str) -> None:
    DATA.mkdir(exist_ok=True)
    stamp(step).write_text(fingerprint(step))


def run(*command: str | Path) -> None:
    result = subprocess.run([str(part) for part in command], cwd=ROOT, check=False)
    if result.returncode:
        stop(f"'{' '.join(str(part) for part in command)}' is mislukt (zie hierboven).")


def works(*command: str | Path) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def make_venv(folder: Path) -> None:
    missing = system.ensure([system.PYTHON_VENV])
    if missing:
        stop(system.advice(missing))
    run(sys.executable, "-m", "venv", folder)


def find_uv() -> str | None:
    """A uv that runs: the machine's own, or one in .data that we fetch with pip."""
    own = DATA / "uv" / "bin" / "uv"
    for candidate in (shutil.which("uv"), str(own)):
        if candidate and works(candidate, "--version"):
            return candidate
    make_venv(DATA / "uv")
    works(DATA / "uv" / "bin" / "pip", "install", "--quiet", UV)
    return str(own) if works(own, "--version") else None


def node_present() -> bool:
    return works("npm", "--version") and works("node", "--version")


def install_python() -> None:
    say("Python-pakketten uit uv.lock")
    uv = find_uv()
    if uv:
        os.environ["UV_PYTHON_DOWNLOADS"] = "never"
        if not PYTHON.exists():
            run(uv, "venv", "--quiet", "--python", sys.executable, VENV)
        node = [] if node_present() else ["--group", "node"]
        run(uv, "sync", "--quiet", "--frozen", *node)
    else:
        say("uv is er niet; verder met pip en requirements.txt")
        make_venv(VENV)
        pip = ("-m", "pip", "install", "--quiet", "--require-hashes")
        run(PYTHON, *pip, "-r", "requirements.txt")
    mark_done("python")


def install_vendor() -> None:
    say("Stijlen, lettertypen en htmx uit package-lock.json")
    # The node of the virtual environment, when the machine has none.
    os.environ["PATH"] += os.pathsep + str(VENV / "bin")
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    run(PYTHON, "-m", "scripts.vendor")
    mark_done("vendor")


def prepare(purpose: str) -> None:
    needs = system.FOR_TEST if purpose == "test" else system.FOR_DEMO
    missing = system.ensure(needs)
    if missing and purpose == "test":
        stop(system.advice(missing))
    if not is_done("python"):
        install_python()
    if not is_done("vendor"):
        install_vendor()
    if missing:
        say(f"{system.advice(missing)}\n    Alles werkt, behalve PDF's maken.")


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  # the Python of the machine, not of the project
        stop("Python 3.11 of nieuwer is nodig.")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("purpose", choices=["demo", "test"])
    prepare(parser.parse_args().purpose)
