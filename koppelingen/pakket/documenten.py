"""Documents of a package: checked against their hash, stored under a name of our own."""

import uuid
from collections.abc import Mapping
from typing import Final

from django.core.files import File
from django.core.files.storage import default_storage

from koppelingen.pakket.bron import DOCUMENTEN, Pakket

_NAMESPACE: Final = uuid.UUID("6c1f3d1e-90b4-5c0e-8c6a-3d9f6a3f7a51")


def storage_name(bron: str, bron_id: str, sha256: str) -> str:
    """Always the same for one row, so a second try after a crash writes the same file."""
    return f"documenten/pakket/{uuid.uuid5(_NAMESPACE, f'{bron}/{bron_id}')}-{sha256[:12].lower()}"


def member(pad: str) -> str:
    """`pad` may be given with or without the folder documenten/ itself."""
    return pad if pad.startswith(DOCUMENTEN) else DOCUMENTEN + pad


class Documentenkast:
    """Where the files of one run go. `schrijven` False: a dry run."""

    def __init__(self, pakket: Pakket, *, schrijven: bool) -> None:
        self.pakket, self.schrijven = pakket, schrijven
        self.written: list[str] = []

    def check(self, values: Mapping[str, str]) -> tuple[str, str] | None:
        """Column and Dutch sentence when the file is not what the row says."""
        naam = member(values["pad"])
        if naam not in self.pakket.namen:
            return "pad", "Dit document zit niet in het pakket."
        sha256, size = self.pakket.sha256(naam)
        if size != int(values["bytes"]):
            return "bytes", f"Het document heeft {size} bytes, niet het genoemde aantal."
        if sha256 != values["sha256"].lower():
            return "sha256", "Het document is niet het document dat de rij noemt (sha256)."
        return None

    def store(self, pad: str, opslag: str) -> None:
        if not self.schrijven:
            return
        naam = member(pad)
        if default_storage.exists(opslag):
            if default_storage.size(opslag) == self.pakket.namen[naam]:
                return
            default_storage.delete(opslag)  # half written by a run that was cut off
        with self.pakket.open(naam) as stream:
            self.written.append(default_storage.save(opslag, File(stream)))

    def undo(self) -> None:
        """Remove what this run wrote; its records were rolled back."""
        for naam in self.written:
            default_storage.delete(naam)
