"""Copies the few front-end files that the pages use from node_modules to static/vendor."""

import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
FONT = "@fontsource/noto-sans"
FACES = ("400", "400-italic", "700", "700-italic")
SCRIPTS = ("latin-ext", "latin")

FILES = {
    "@utrecht/component-library-css/dist/index.css": "utrecht/index.css",
    "@utrecht/component-library-css/dist/html.css": "utrecht/html.css",
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


def subsets(face: str) -> list[Path]:
    style = face if face.endswith("italic") else f"{face}-normal"
    return [MODULES / FONT / "files" / f"noto-sans-{s}-{style}.woff2" for s in SCRIPTS]


def copy_web_fonts() -> None:
    """The faces in use, with one style sheet for all of them."""
    target = VENDOR / "noto-sans"
    (target / "files").mkdir(parents=True, exist_ok=True)
    sheets = []
    for face in FACES:
        for script, font in zip(SCRIPTS, subsets(face), strict=True):
            shutil.copyfile(font, target / "files" / font.name)
            sheet = (MODULES / FONT / f"{script}-{face}.css").read_text()
            sheets.append(re.sub(r", url\(\S+\.woff\) format\('woff'\)", "", sheet))
    (target / "noto-sans.css").write_text("\n".join(sheets))


def merge_pdf_fonts() -> None:
    """One file per face for paper: WeasyPrint confuses the glyphs of two files of one family."""
    target = VENDOR / "noto-sans-pdf"
    target.mkdir(parents=True, exist_ok=True)
    rules = []
    with TemporaryDirectory() as folder:
        for face in FACES:
            parts = []
            for font in subsets(face):
                plain = TTFont(font)
                plain.flavor = None
                parts.append(f"{folder}/{font.stem}.ttf")
                plain.save(parts[-1])
            Merger().merge(parts).save(target / f"noto-sans-{face}.ttf")
            weight, _, style = face.partition("-")
            rules.append(
                "@font-face { font-family: 'Noto Sans'; "
                f"font-style: {style or 'normal'}; font-weight: {weight}; "
                f"src: url(noto-sans-{face}.ttf) format('truetype'); }}\n"
            )
    (target / "noto-sans.css").write_text("".join(rules))


if __name__ == "__main__":
    shutil.rmtree(VENDOR, ignore_errors=True)
    copy_files()
    copy_web_fonts()
    merge_pdf_fonts()
