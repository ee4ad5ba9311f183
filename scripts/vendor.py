"""Copies the few front-end files that the pages use from node_modules to static/vendor."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FONT = "@fontsource/noto-sans"
FACES = [
    f"{script}-{face}"
    for face in ("400", "400-italic", "700", "700-italic")
    for script in ("latin-ext", "latin")
]

FILES = {
    "@utrecht/component-library-css/dist/index.css": "utrecht/index.css",
    "@utrecht/component-library-css/LICENSE.md": "utrecht/LICENSE.md",
    "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css": "voorbeeld/theme.css",
    "@nl-design-system-unstable/voorbeeld-design-tokens/LICENSE.md": "voorbeeld/LICENSE.md",
    "@nl-design-system-candidate/button-css/dist/button.css": "nl-button/button.css",
    "@nl-design-system-candidate/button-css/dist/button.css.map": "nl-button/button.css.map",
    "@nl-design-system-candidate/button-css/LICENSE.md": "nl-button/LICENSE.md",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx.org/LICENSE": "htmx/LICENSE",
    f"{FONT}/LICENSE": "noto-sans/LICENSE",
}


def copy_files() -> None:
    for source, target in FILES.items():
        destination = VENDOR / target
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(MODULES / source, destination)


def copy_fonts() -> None:
    """The faces in use, with one style sheet for all of them."""
    target = VENDOR / "noto-sans"
    (target / "files").mkdir(parents=True, exist_ok=True)
    sheets = []
    for face in FACES:
        sheets.append((MODULES / FONT / f"{face}.css").read_text())
        stem = face if face.endswith("italic") else f"{face}-normal"
        for font in (MODULES / FONT / "files").glob(f"noto-sans-{stem}.*"):
            shutil.copyfile(font, target / "files" / font.name)
    (target / "noto-sans.css").write_text("\n".join(sheets))


if __name__ == "__main__":
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_files()
    copy_fonts()
