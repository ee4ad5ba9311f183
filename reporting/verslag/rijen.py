"""Rows of a table or chart as lines of text, for who edits a section in the browser.

One row a line: `lp_meldingen vs=licht | Licht verzuim`, or `lp_meldingen per=vs` for a row per
code. The words are those of a placeholder, so that a person learns one way of asking.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reporting.verslag.cijferset import Cijferset
from reporting.verslag.namen import CODES
from reporting.verslag.plaatshouders import PlaatshouderFout, meant

FLAGS = {"met_lege": ("leeg_weg", False), "zonder_totaal": ("totaal", False)}


def write_rows(rows: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(_line(row) for row in rows)


def _line(row: Mapping[str, Any]) -> str:
    words = [row["indicator"]]
    words += [f"{dim}={code}" for dim, code in row.get("dim", {}).items()]
    words += [f"per={row['per']}"] if row.get("per") else []
    words += [word for word, (key, value) in FLAGS.items() if row.get(key) is value]
    words += [row["soort"]] if row.get("soort") in ("totaal", "onderdeel") else []
    label = f" | {row['label']}" if row.get("label") else ""
    return " ".join(words) + label


def read_rows(text: str, known: Cijferset | Mapping[str, Iterable[str]]) -> list[dict[str, Any]]:
    """Rows of all lines; raises PlaatshouderFout that names the line."""
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            rows.append(_read(line, known))
        except PlaatshouderFout as error:
            raise PlaatshouderFout(f"Regel {number}: {error}") from None
    return rows


def _read(line: str, known: Cijferset | Mapping[str, Iterable[str]]) -> dict[str, Any]:
    words, _, label = line.partition("|")
    indicator, *options = words.split() or [""]
    names = known.definities if isinstance(known, Cijferset) else known
    if indicator not in names:
        raise PlaatshouderFout(
            f"het cijfer '{indicator}' bestaat niet.{meant(indicator, [*names])}"
        )
    dims = known.dimensies(indicator) if isinstance(known, Cijferset) else set(known[indicator])
    row: dict[str, Any] = {"indicator": indicator}
    for option in options:
        _apply(row, option, dims)
    if label.strip():
        row["label"] = label.strip()
    return row


def _apply(row: dict[str, Any], option: str, dims: set[str]) -> None:
    if option in FLAGS:
        key, kept = FLAGS[option]
        row[key] = kept
        return
    if option in ("totaal", "onderdeel"):
        row["soort"] = option
        return
    name, _, value = option.partition("=")
    dim = value if name == "per" else name
    if dim not in dims and not (name == "per" and value == "gebied"):
        ways = ", ".join(sorted(dims)) or "geen"
        raise PlaatshouderFout(f"'{option}' kan niet bij {row['indicator']}. Mogelijk: {ways}.")
    if name == "per":
        row["per"] = value
    else:
        if value not in CODES.get(name, {}) and name != "lft":
            raise PlaatshouderFout(
                f"'{value}' is geen {name}.{meant(value, list(CODES.get(name, {})))}"
            )
        row.setdefault("dim", {})[name] = value
