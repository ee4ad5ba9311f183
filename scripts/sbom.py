"""Lists of parts (CycloneDX) of what runs in production: Python packages and front-end files.

Audit these where advisories can be reached; without that an audit finds nothing and says so green.
"""

import subprocess
from pathlib import Path

from scripts.paths import DATA, ROOT, say, stop
from scripts.setup import find_uv


def commands(uv: str) -> dict[str, list[str]]:
    """File -> command that prints it."""
    python = [uv, "export", "--quiet", "--frozen", "--no-dev", "--format", "cyclonedx1.5"]
    return {
        "python.cdx.json": [*python, "--preview-features", "sbom-export"],
        "frontend.cdx.json": [
            "npm",
            "sbom",
            "--sbom-format=cyclonedx",
            "--package-lock-only",
            "--omit=dev",
        ],
    }


def write(folder: Path) -> list[Path]:
    uv = find_uv()
    if uv is None:
        stop("uv is er niet; zonder uv is er geen lijst van Python-pakketten.")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, command in commands(uv).items():
        result = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        if result.returncode:
            stop(result.stderr.decode(errors="replace"))
        (folder / name).write_bytes(result.stdout)
        written.append(folder / name)
    return written


if __name__ == "__main__":
    for file in write(DATA / "sbom"):
        say(f"{file.relative_to(ROOT)}")
