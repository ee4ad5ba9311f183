"""Programs and libraries of the operating system: what is missing, and apt when we may."""

import ctypes
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.paths import say


@dataclass(frozen=True, slots=True)
class Need:
    what: str
    packages: tuple[str, ...]
    present: Callable[[], bool]


def library(name: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def program(*names: str) -> Callable[[], bool]:
    return lambda: any(shutil.which(name) for name in names)


def jar(name: str) -> Callable[[], bool]:
    return lambda: Path("/usr/share/java", name).exists()


PANGO = Need(
    "Pango (PDF)",
    ("libpango-1.0-0", "libpangoft2-1.0-0"),
    lambda: library("libpango-1.0.so.0")() and library("libpangoft2-1.0.so.0")(),
)
FOR_DEMO = [PANGO]
FOR_TEST = [
    PANGO,
    Need("Chromium (browsertests)", ("chromium",), program("chromium", "chromium-browser")),
    Need("qpdf (PDF-controle)", ("qpdf",), program("qpdf")),
    Need("poppler (PDF-controle)", ("poppler-utils",), program("pdftoppm")),
    Need("Java (PDF/A-controle)", ("default-jre-headless",), program("java")),
    Need(
        "PDFBox preflight (PDF/A-controle)",
        ("libpdfbox2-java", "libactivation-java", "libjaxb-api-java"),
        jar("preflight.jar"),
    ),
]
PYTHON_VENV = Need("python3-venv", ("python3-venv",), lambda: library_module("ensurepip"))


def library_module(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None


def privilege() -> list[str] | None:
    """What to put before a command to run it as root; None when we may not."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if allowed.returncode == 0 else None


def apt_install(packages: list[str]) -> bool:
    prefix = privilege()
    if prefix is None or not shutil.which("apt-get"):
        return False
    say(f"Systeempakketten: {' '.join(packages)}")
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    update = ["apt-get", "update", "-qq"]
    for command in (install, update, install):  # lists may be absent on a new machine
        result = subprocess.run(
            prefix + environment + command, stdout=subprocess.DEVNULL, check=False
        )
        if command is install and result.returncode == 0:
            return True
    return False


def ensure(needs: list[Need]) -> list[Need]:
    """Install what is missing when we may; returns what is still missing."""
    missing = [need for need in needs if not need.present()]
    if missing:
        apt_install([package for need in missing for package in need.packages])
        missing = [need for need in missing if not need.present()]
    return missing


def advice(missing: list[Need]) -> str:
    """What a person has to type, in one line per cause."""
    lines = [f"  - {need.what}" for need in missing]
    packages = " ".join(package for need in missing for package in need.packages)
    return "\n".join(["Niet gevonden:", *lines, f"Installeer: sudo apt-get install {packages}"])
