"""What an event may say besides its columns: known keys, codes and numbers, never a person."""

import re
from collections.abc import Mapping
from typing import Any

# Values are codes, dates, numbers and keys of rows: one word.
CODES = frozenset(
    """
    behandelaar besluit bijgewerkt codes filters functie gebruiker geladen gemeenten grond kanaal
    kolommen leefgebied lijst maand melding methode naar onderdeel ouder_span pagina poging proef
    quarantaine recht recht_rol resultaat rijen rijnummer run schooljaar sectie sha256 sjabloon
    soort stap status stand tot traject uitkomst van velden versie vraag was werkproces
    bron fase geplaatst handeling jongeren ontvanger reden_code regime
    """.split()  # noqa: SIM905  # sixty quoted names read worse
)
# Names of programs and of files in a package: a few words, made by software.
TEKSTEN = frozenset({"bestand", "bronsysteem", "programma"})
CODE = re.compile(r"[\w.:/+*%-]{0,80}")
TEKST = re.compile(r"[\w .:/+(),*%-]{0,100}")
# A number of a person, also with dots or dashes in it; no part of a uuid or a hash.
NUMMER = re.compile(r"(?<![\w-])\d{3}[. -]?\d{3}[. -]?\d{3}(?![\w-])")


class NotForTheLog(ValueError):
    """This key or value may hold a person; the log outlives the dossier and has other readers."""


def check_gegevens(gegevens: Mapping[str, Any]) -> None:
    """Raises NotForTheLog, naming the key and never the value."""
    for key, value in gegevens.items():
        if key not in CODES | TEKSTEN:
            raise NotForTheLog(f"Het logboek kent '{key}' niet; zie accounts/domain.")
        for part in value if isinstance(value, list | tuple) else [value]:
            _check(key, part)


def _check(key: str, value: Any) -> None:
    pattern = TEKST if key in TEKSTEN else CODE
    text = str(value)
    if not pattern.fullmatch(text) or NUMMER.search(text):
        raise NotForTheLog(f"Wat bij '{key}' staat hoort niet in het logboek.")


def without_numbers(reden: str) -> str:
    """A reason on one line, without what may be the number of a person."""
    return NUMMER.sub("[nummer]", " ".join(reden.split()))
