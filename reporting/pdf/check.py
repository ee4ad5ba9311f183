"""Structural PDF/UA-1 gate: about 50 of the 106 machine rules of ISO 14289-1 (Matterhorn).

Rule numbers name clause and test. No findings is not a claim of conformance: it is the gate that
every report passes before it is stored. Usage: python -m reporting.pdf.check FILE...
"""

import io
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf

from reporting.pdf.content import check_content
from reporting.pdf.post import is_element, kids

STANDARD = frozenset(
    """Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3
    H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry
    Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form""".split()  # noqa: SIM905  # fifty quoted names read worse
)
# Element -> (what it may hold, rule); an element not named here may hold anything.
MAY_HOLD: dict[str, tuple[frozenset[str], str]] = {
    "Table": (frozenset({"TR", "THead", "TBody", "TFoot", "Caption"}), "7.2-3"),
    "THead": (frozenset({"TR"}), "7.2-36"),
    "TBody": (frozenset({"TR"}), "7.2-37"),
    "TFoot": (frozenset({"TR"}), "7.2-38"),
    "TR": (frozenset({"TH", "TD"}), "7.2-10"),
    "L": (frozenset({"L", "LI", "Caption"}), "7.2-19"),
    "LI": (frozenset({"Lbl", "LBody"}), "7.2-20"),
}
# Element -> (where it must stand, rule)
MUST_STAND_IN: dict[str, tuple[frozenset[str], str]] = {
    "THead": (frozenset({"Table"}), "7.2-5"),
    "TBody": (frozenset({"Table"}), "7.2-6"),
    "TFoot": (frozenset({"Table"}), "7.2-7"),
    "TR": (frozenset({"Table", "THead", "TBody", "TFoot"}), "7.2-4"),
    "TH": (frozenset({"TR"}), "7.2-8"),
    "TD": (frozenset({"TR"}), "7.2-9"),
    "LI": (frozenset({"L"}), "7.2-17"),
    "LBody": (frozenset({"LI"}), "7.2-18"),
}
# Element -> (it needs one of these to be read aloud, rule)
NEEDS_TEXT = {"Figure": "7.3-1", "Formula": "7.7-1"}


def tag(element: Any) -> str:
    return str(element.S)[1:]


def children(element: Any) -> list[Any]:
    return [kid for kid in kids(element) if is_element(kid)]


class Gate:
    def __init__(self, data: bytes) -> None:
        self.findings: list[str] = []
        self.data = data
        self.seen: set[tuple[int, int]] = set()
        self.headings: list[int] = []
        self.cells: list[Any] = []
        self.headers: list[Any] = []

    def bad(self, rule: str, message: str) -> None:
        self.findings.append(f"{rule}: {message}")

    def run(self) -> list[str]:
        with pikepdf.open(io.BytesIO(self.data)) as pdf:
            self.catalog(pdf)
            root: Any = pdf.Root.get("/StructTreeRoot")
            if root is None:
                self.bad("7.1-11", "no StructTreeRoot")
                return self.findings
            self.role_map = root.get("/RoleMap", {})
            if any(str(name)[1:] in STANDARD for name in self.role_map):
                self.bad("7.1-7", "standard tag remapped")
            for top in kids(root):
                self.element(top, "StructTreeRoot")
            self.heading_levels()
            self.header_cells()
            check_content(pdf, root, self.seen, self.bad)
        return self.findings

    def catalog(self, pdf: pikepdf.Pdf) -> None:
        catalog: Any = pdf.Root
        meta = catalog.Metadata.read_bytes().decode() if "/Metadata" in catalog else ""
        marked = catalog.get("/MarkInfo") or {}
        viewer = catalog.get("/ViewerPreferences") or {}
        language = str(catalog.get("/Lang", ""))
        rules = [
            (
                "6.1-1",
                re.match(rb"%PDF-1\.[0-7][\r\n]", self.data),
                "header is not PDF 1.0-1.7",
            ),
            ("7.1-8", meta, "no XMP metadata"),
            (
                "5-1",
                re.search(r"pdfuaid:part(=\"1\"|>1<)", meta),
                "pdfuaid:part is not 1",
            ),
            (
                "7.1-9",
                re.search(r"<dc:title>\s*<rdf:Alt>\s*<rdf:li[^>]*>[^<]*[^\s<]", meta, re.DOTALL),
                "no title",
            ),
            ("6.2-1", marked.get("/Marked", False), "Marked is not true"),
            ("7.1-4", not marked.get("/Suspects", False), "Suspects is true"),
            (
                "7.1-10",
                viewer.get("/DisplayDocTitle", False),
                "DisplayDocTitle is not true",
            ),
            (
                "7.2-29",
                re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language),
                "language missing or malformed",
            ),
            ("7.15-1", "/XFA" not in (catalog.get("/AcroForm") or {}), "XFA form"),
        ]
        for rule, holds, message in rules:
            if not holds:
                self.bad(rule, message)

    def element(self, element: Any, parent: str) -> None:
        name = tag(element)
        self.seen.add(element.objgen)
        inside = [tag(child) for child in children(element)]
        if "/P" not in element:
            self.bad("7.1-12", f"{name} without P")
        if name not in STANDARD and "/" + name not in self.role_map:
            self.bad("7.1-5", f"non-standard tag {name}")
        allowed, rule = MAY_HOLD.get(name, (frozenset(inside), ""))
        if set(inside) - allowed:
            self.bad(rule, f"{name} holds {sorted(set(inside) - allowed)}")
        places, rule = MUST_STAND_IN.get(name, (frozenset({parent}), ""))
        if parent not in places:
            self.bad(rule, f"{name} inside {parent}")
        if name in NEEDS_TEXT and not str(element.get("/Alt", element.get("/ActualText", ""))):
            self.bad(NEEDS_TEXT[name], f"{name} without alternative text")
        if name == "Note" and "/ID" not in element:
            self.bad("7.9-1", "Note without ID")
        self.collect(element, name, inside)
        for child in children(element):
            self.element(child, name)

    def collect(self, element: Any, name: str, inside: list[str]) -> None:
        if name == "Table":
            self.table(element, inside)
        elif name == "TH":
            self.headers.append(element)
        elif name == "TD":
            self.cells.append(element)
        elif re.fullmatch(r"H[1-6]", name):
            self.headings.append(int(name[1]))
            if not kids(element):
                self.bad("7.4.2-1", "empty heading")

    def table(self, table: Any, inside: list[str]) -> None:
        count = Counter(inside)
        if max(count["THead"], count["TFoot"], count["Caption"]) > 1:
            self.bad("7.2-11", f"Table holds {dict(count)}")
        if (count["THead"] or count["TFoot"]) and not count["TBody"]:
            self.bad("7.2-13", "THead or TFoot without TBody")
        if "Caption" in inside[1:-1]:
            self.bad("7.2-16", "Caption not first or last")
        rows = [
            r for part in children(table) for r in ([part] if tag(part) == "TR" else children(part))
        ]
        cells = [
            [cell.get("/A") or {} for cell in children(row)] for row in rows if tag(row) == "TR"
        ]
        if any("/RowSpan" in cell for row in cells for cell in row):
            return  # widths then differ per row by right
        widths = {sum(int(cell.get("/ColSpan", 1)) for cell in row) for row in cells}
        if len(widths) > 1:
            self.bad("7.2-42", f"rows of different width {sorted(widths)}")

    def heading_levels(self) -> None:
        previous = 0
        for level in self.headings:
            if level > previous + 1:
                self.bad("7.4.2-1", f"heading level jumps from {previous} to {level}")
            previous = level
        if not self.headings:
            self.bad("own", "no headings at all")

    def header_cells(self) -> None:
        known = {bytes(th.ID) for th in self.headers if "/ID" in th}
        scoped = all("/Scope" in (th.get("/A") or {}) for th in self.headers)
        for cell in self.cells:
            named = (cell.get("/A") or {}).get("/Headers")
            if named is not None and any(bytes(header) not in known for header in named):
                self.bad("7.5-1", "TD names an unknown header")
            if not named and not scoped:
                self.bad("7.5-1", "TD without headers in a table whose TH lack Scope")
                return


def check(data: bytes) -> list[str]:
    """Findings in one PDF, in order of discovery; none means it passes."""
    return Gate(data).run()


def main(names: list[str]) -> int:
    found = {name: check(Path(name).read_bytes()) for name in names}
    for name, findings in found.items():
        for finding in sorted(set(findings)):
            sys.stdout.write(f"{name}: {finding}\n")
        sys.stdout.write(f"{name}: {len(findings)} findings\n")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
