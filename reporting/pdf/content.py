"""The part of the gate that reads page content: every mark is tagged or an artifact."""

from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Dictionary

Report = Callable[[str, str], None]
TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINT = frozenset({"Do", "INLINE IMAGE", "f", "f*", "S", "s", "B", "B*", "b", "b*", "sh"})


def _parents(root: Any) -> dict[int, Any]:
    """The parent tree: key of a page or annotation -> its elements."""
    nums: list[Any] = []
    todo = [root.ParentTree]
    while todo:
        node = todo.pop()
        nums.extend(node.get("/Nums", []))
        todo.extend(node.get("/Kids", []))
    return {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}


def check_content(pdf: pikepdf.Pdf, root: Any, seen: set[tuple[int, int]], bad: Report) -> None:
    parents = _parents(root)
    for number, page in enumerate(pdf.pages, 1):
        _links(page, parents, number, bad)
        marks = parents.get(int(page.get("/StructParents", -1)), [])
        _stream(page, marks, seen, number, bad)
        _fonts(page, bad)


def _links(page: Any, parents: dict[int, Any], number: int, bad: Report) -> None:
    annotations = page.get("/Annots", [])
    if len(annotations) and page.get("/Tabs") != "/S":
        bad("7.18.3-1", f"page {number}: Tabs is not S")
    for annotation in annotations:
        if annotation.get("/Subtype") != "/Link":
            continue
        if not str(annotation.get("/Contents", "")):
            bad("7.18.5-2", f"page {number}: link without Contents")
        parent = parents.get(int(annotation.get("/StructParent", -1)))
        if parent is None or str(parent.S) != "/Link":
            bad("7.18.5-1", f"page {number}: link not in a Link tag")


def _mcid(instruction: Any) -> int | None:
    if str(instruction.operator) != "BDC" or not isinstance(instruction.operands[1], Dictionary):
        return None
    value = instruction.operands[1].get("/MCID")
    return None if value is None else int(value)


def _stream(page: Any, marks: Any, seen: set[tuple[int, int]], number: int, bad: Report) -> None:
    stack: list[tuple[str, int | None]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            name, mcid = str(instruction.operands[0]), _mcid(instruction)
            if name == "/Artifact" and any(m is not None for _, m in stack):
                bad("7.1-1", f"page {number}: artifact inside tagged content")
            if mcid is not None and any(n == "/Artifact" for n, _ in stack):
                bad("7.1-2", f"page {number}: tagged content inside artifact")
            if mcid is not None and not _in_tree(marks, mcid, seen):
                bad("7.1-3", f"page {number}: mark {mcid} is not in the tag tree")
            stack.append((name, mcid))
        elif operator == "EMC":
            stack.pop()
        elif operator in TEXT | PAINT and not any(
            n == "/Artifact" or m is not None for n, m in stack
        ):
            bad("7.1-3", f"page {number}: {operator} outside tags and artifacts")


def _in_tree(marks: Any, mcid: int, seen: set[tuple[int, int]]) -> bool:
    if mcid >= len(marks):
        return False
    return isinstance(marks[mcid], Dictionary) and marks[mcid].objgen in seen


def _fonts(page: Any, bad: Report) -> None:
    for name, font in page.get("/Resources", {}).get("/Font", {}).items():
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        if not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
            bad("7.21.4.1-1", f"font {name} not embedded")
        if "/ToUnicode" not in font:
            bad("7.21.7-1", f"font {name} without ToUnicode")
        if inner.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
            bad("7.21.3.2-1", f"font {name} without CIDToGIDMap")
