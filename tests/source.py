"""Reading the source of the project without running it, for the tests about the code itself."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "casework", "leerplicht", "doorstroompunt", "reporting", "koppelingen")


def modules(*folders: str) -> Iterator[tuple[str, Path]]:
    """Dotted name and file of each module, without migrations."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            parts = file.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                yield ".".join(p for p in parts if p != "__init__"), file


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), filename=str(file))


def imports(module: str, node: ast.AST, *, is_package: bool = False) -> Iterator[str]:
    """Dotted name of everything imported below a node, inside functions too."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            base = child.module or ""
            if child.level:
                parts = module.split(".")
                kept = len(parts) - child.level + is_package
                base = ".".join([*parts[:kept], *([base] if base else [])])
            yield from (f"{base}.{alias.name}" for alias in child.names)


def tracked_files() -> list[Path]:
    """The files that git keeps, or would keep at the next commit."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    output = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    files = [ROOT / name for name in output.decode().split("\0") if name]
    return [file for file in files if file.is_file()]
