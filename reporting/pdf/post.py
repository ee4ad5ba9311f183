"""Repairs a tagged PDF of WeasyPrint 70 where it falls short of PDF/UA-1.

1. Text in page margins (running header, page number) has a tag outside the tag tree; it becomes
   a pagination artifact.
2. TH cells get a Scope: Column inside THead, else Row. WeasyPrint writes Headers and IDs only.

The pages look the same before and after.
"""

import io
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator


def kids(element: Dictionary) -> list[pikepdf.Object]:
    value = element.get("/K")
    if value is None:
        return []
    return list(value) if isinstance(value, Array) else [value]


def is_element(value: object) -> bool:
    return isinstance(value, Dictionary) and "/S" in value


def walk(root: Dictionary, in_head: bool = False) -> Iterator[tuple[Dictionary, bool]]:
    """Every structure element under root, with whether it stands in a THead."""
    todo: list[tuple[pikepdf.Object, bool]] = [(kid, in_head) for kid in kids(root)]
    while todo:
        element, head = todo.pop()
        if not is_element(element):
            continue
        yield element, head  # type: ignore[misc]  # checked by is_element
        head = head or element.S == "/THead"
        todo += [(kid, head) for kid in kids(element)]  # type: ignore[arg-type]  # a dictionary


def _margins_to_artifacts(pdf: pikepdf.Pdf, root: Dictionary) -> None:
    reachable = {element.objgen for element, _ in walk(root)}
    nums = root.ParentTree.Nums
    parents = {int(nums[i]): nums[i + 1] for i in range(0, len(nums), 2)}
    for page in pdf.pages:
        row = parents[int(page.StructParents)]
        orphans = {
            i
            for i, element in enumerate(row)
            if isinstance(element, Dictionary) and element.objgen not in reachable
        }
        page.Contents = pdf.make_stream(
            pikepdf.unparse_content_stream(list(_rewrite(page, orphans)))
        )
        for i in orphans:
            row[i] = pikepdf.Object.parse(b"null")


def _rewrite(page: pikepdf.Page, orphans: set[int]) -> Iterator[pikepdf.ContentStreamInstruction]:
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        if (
            str(instruction.operator) == "BDC"
            and isinstance(operands[1], Dictionary)
            and int(operands[1].get("/MCID", -1)) in orphans
        ):
            artifact = [Name.Artifact, Dictionary(Type=Name.Pagination)]
            instruction = pikepdf.ContentStreamInstruction(artifact, Operator("BDC"))
        yield instruction  # type: ignore[misc]  # inline images pass through unchanged


def _add_scopes(root: Dictionary) -> None:
    for element, in_head in walk(root):
        if element.S == "/TH" and "/A" in element and "/Scope" not in element.A:
            element.A.Scope = Name.Column if in_head else Name.Row


def finish(data: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root.StructTreeRoot
        _margins_to_artifacts(pdf, root)  # type: ignore[arg-type]  # a dictionary
        _add_scopes(root)  # type: ignore[arg-type]  # a dictionary
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()
