"""docs/privacy-en-beveiliging.md from docs/eisen.csv and the tests that carry an id of it.

    python -m scripts.eisen        # writes the page; a test compares it

A row is met by tests marked `@pytest.mark.eis("A7")`, or says in the column `anders` why not and
what an operator must do instead. With both it is met in part: `anders` says what is missing.
"""

import ast
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts.paths import ROOT, stop

EISEN = ROOT / "docs" / "eisen.csv"
PAGINA = ROOT / "docs" / "privacy-en-beveiliging.md"
GROEPEN: Mapping[str, str] = {
    "A": "Inloggen",
    "S": "Sessies",
    "Z": "Rechten",
    "H": "Browser en HTTP",
    "F": "Invoer, uitvoer en bestanden",
    "D": "Gegevens, logboek en beheer",
    "P": "Privacy: Wpg en AVG",
}
KOP = """# Privacy en beveiliging: wat bewezen is

Deze pagina wordt gemaakt uit de tests (`python -m scripts.eisen`); een test vergelijkt haar. Bij
een eis staat de test die haar bewijst, of waarom die er niet is en wat een beheerder dan zelf doet.
"""


@dataclass(frozen=True, slots=True)
class Eis:
    id: str
    tekst: str
    anders: str


def requirements() -> list[Eis]:
    with EISEN.open(encoding="utf-8", newline="") as file:
        return [Eis(r["id"], r["eis"], r["anders"]) for r in csv.DictReader(file, delimiter=";")]


def _marks(node: ast.FunctionDef) -> Iterator[str]:
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "pytest.mark.eis":
            yield from (str(ast.literal_eval(argument)) for argument in decorator.args)


def proofs(folder: Path = ROOT / "tests") -> dict[str, list[str]]:
    """Id -> "file::test", in order of file and line."""
    found: dict[str, list[str]] = {}
    for file in sorted(folder.rglob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef):
                for name in _marks(node):
                    where = f"{file.relative_to(folder.parent)}::{node.name}"
                    found.setdefault(name, []).append(where)
    return found


def mistakes(eisen: list[Eis], bewijs: Mapping[str, list[str]]) -> list[str]:
    known = {eis.id for eis in eisen}
    wrong = [f"{name}: staat niet in {EISEN.name}" for name in sorted(set(bewijs) - known)]
    unmet = [eis.id for eis in eisen if not eis.anders and eis.id not in bewijs]
    return wrong + [f"{name}: geen test en geen uitleg" for name in unmet]


def page(eisen: list[Eis], bewijs: Mapping[str, list[str]]) -> str:
    tested = [eis for eis in eisen if eis.id in bewijs]
    part = sum(bool(eis.anders) for eis in tested)
    count = f"Van de {len(eisen)} eisen zijn er {len(tested) - part} bewezen en {part} deels."
    lines = [KOP, f"{count}\n"]
    for letter, titel in GROEPEN.items():
        lines += [
            f"## {titel}\n",
            "| Eis | Wat | Bewijs, of wat u zelf moet doen |",
            "|---|---|---|",
        ]
        for eis in eisen:
            if eis.id.startswith(letter):
                where = [f"`{test}`" for test in bewijs.get(eis.id, ())]
                where += [f"Deels. {eis.anders}" if where else eis.anders] if eis.anders else []
                lines.append(f"| {eis.id} | {eis.tekst} | {'<br>'.join(where)} |")
        lines.append("")
    return "\n".join(lines)


def main() -> None:
    eisen, bewijs = requirements(), proofs()
    if wrong := mistakes(eisen, bewijs):
        stop("\n".join(wrong))
    PAGINA.write_text(page(eisen, bewijs), encoding="utf-8")


if __name__ == "__main__":
    main()
