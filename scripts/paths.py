"""Folders of the set-up, and how it speaks to the person at the keyboard."""

import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / ".data"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


def say(text: str) -> None:
    print(f"==> {text}", flush=True)


def stop(text: str) -> NoReturn:
    sys.exit(f"\nFOUT: {text}")
