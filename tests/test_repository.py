"""What may not be in the repository, and files that must agree with each other."""

import json
import os
import re
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

from scripts.sbom import write
from tests.source import ROOT, tracked_files

# Built from parts, so that this file does not find itself.
MACHINE = re.compile("|".join(["/wo" + "rk/", "/fa" + "rm/", "/ho" + "me/[a-z]+/", "/ro" + "ot/"]))
HOSTS = re.compile("|".join(["py" + r"pi\.org", "python" + "hosted", r"registry\.np" + "mjs"]))
LOCKS = {"uv.lock", "package-lock.json"}
NINE_DIGITS = re.compile(rb"(?<![0-9a-fA-F.,_-])[0-9]{9}(?![0-9a-fA-F_-])")


def passes_elfproef(digits: str) -> bool:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    total = sum(w * int(d) for w, d in zip(weights, digits, strict=True))
    return digits != "000000000" and total % 11 == 0


def nine_digits(file: Path) -> set[str]:
    content = file.read_bytes()
    return set() if b"\0" in content else {n.decode() for n in NINE_DIGITS.findall(content)}


def test_elfproef_knows_a_good_and_a_bad_number():
    assert passes_elfproef("999990019") is True
    assert passes_elfproef("999990018") is False


@pytest.mark.eis("P42")
def test_no_number_that_could_be_somebodys_bsn():
    """Fictional numbers start with a 9: no such BSN is ever issued."""
    found = [
        f"{file.relative_to(ROOT)}: {number}"
        for file in tracked_files()
        if file.name not in {*LOCKS, "requirements.txt"}
        for number in nine_digits(file)
        if not number.startswith("9") and passes_elfproef(number)
    ]

    assert found == []


def test_no_machine_paths_and_no_registry_hosts():
    found = [
        f"{file.relative_to(ROOT)}: {match.group()}"
        for file in tracked_files()
        if file.name not in LOCKS
        for pattern in (MACHINE, HOSTS)
        for match in pattern.finditer(file.read_text(errors="ignore"))
    ]

    assert found == []


@pytest.mark.eis("D7")
def test_requirements_agree_with_the_lock():
    """`uv export` was run after the last `uv lock`, and every line carries hashes."""
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    packages = [p for p in lock["package"] if p["source"] != {"virtual": "."}]
    locked = {(p["name"], p["version"]) for p in packages}
    text = (ROOT / "requirements.txt").read_text()
    listed = re.findall(
        r"^([a-z0-9][a-z0-9._-]*)(?:\[[^\]]*\])?==([^ ;]+)(.*)$", text, re.MULTILINE
    )

    assert {(name, version) for name, version, _ in listed} == locked
    assert [name for name, _, rest in listed if not rest.endswith("\\")] == []


# Known holes below these versions; the lock may never go there.
FLOORS = {
    "weasyprint": (69, 0),  # CVE-2025-68616 and CVE-2026-49452: files and addresses in a report
}


@pytest.mark.eis("D7")
def test_no_package_below_its_floor_and_all_stand_in_the_list_of_parts(tmp_path):
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    versions = {p["name"]: p["version"] for p in lock["package"] if p["name"] != "leerrecht"}
    parts = {}
    for file in write(tmp_path):
        content = json.loads(file.read_text())
        assert content["bomFormat"] == "CycloneDX"
        parts |= {part["name"]: part["version"] for part in content["components"]}

    for name, floor in FLOORS.items():
        assert tuple(int(n) for n in versions[name].split(".")[:2]) >= floor, name
    assert {"django", "weasyprint", "celery", "htmx.org"} <= set(parts)
    assert [n for n in parts if n in versions and parts[n] != versions[n]] == []


def test_front_end_packages_are_pinned_and_locked():
    package = json.loads((ROOT / "package.json").read_text())
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = package["dependencies"] | package["devDependencies"]

    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    assert [name for name, entry in lock.items() if name and "integrity" not in entry] == []
    assert [name for name, entry in lock.items() if "resolved" in entry] == []


def test_ci_runs_make_test():
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert script.read_text().splitlines()[-1] == "make test"


def test_changelog_has_the_version_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    headings = re.findall(r"^## \[?([^\]\s]+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)

    assert headings[0] == project["version"]


def test_decisions_are_numbered_without_holes():
    numbers = [int(p.name[:4]) for p in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md"))]

    assert numbers[0] == 1
    assert [b - a for a, b in pairwise(numbers)] == [1] * (len(numbers) - 1)


def test_documents_point_at_files_that_exist():
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{document.relative_to(ROOT)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)", document.read_text())
        if "://" not in target and not target.startswith(("mailto:", "/"))
        if not (document.parent / target).exists()
    ]

    assert broken == []
