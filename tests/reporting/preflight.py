"""Apache PDFBox Preflight: an independent judge of PDF/A-1b, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

JAVA = Path("/usr/share/java")
JARS = (
    "preflight",
    "pdfbox2",
    "fontbox2",
    "xmpbox",
    "commons-logging",
    "commons-io",
    "javax.activation",
    "jaxb-api",
)
VALID = "The file verslag.pdf is a valid PDF/A-1b file"


def preflight(data: bytes) -> str:
    """What Preflight says about a PDF; skips the test when it is not installed."""
    jars = [JAVA / f"{name}.jar" for name in JARS]
    if not shutil.which("java") or not all(jar.exists() for jar in jars):
        pytest.skip("java or the PDFBox Preflight jars are not installed")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "verslag.pdf"
        path.write_bytes(data)
        validator = "org.apache.pdfbox.preflight.Validator_A1b"
        command = ["java", "-cp", ":".join(map(str, jars)), validator, str(path)]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
