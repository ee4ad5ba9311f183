"""All files of the package, in the order of loading (contract pakket.md, Loading 1)."""

from collections.abc import Mapping
from typing import Final

from koppelingen.pakket import bestanden_doorstroompunt as dsp
from koppelingen.pakket import bestanden_leerplicht as lp
from koppelingen.pakket import bestanden_personen as p
from koppelingen.pakket.kolom import Bestand, Kolom, kolommen

PAKKETVERSIE: Final = 1
# The bronsysteem of our own packages: there bron_id is the uuid of the record.
EIGEN_BRON: Final = "leerrecht"

BESTANDEN: Final[tuple[Bestand, ...]] = (
    p.GEBRUIKERS,
    p.SCHOLEN,
    p.JONGEREN,
    p.RELATIES,
    p.ADRESSEN,
    p.INSCHRIJVINGEN,
    p.DIPLOMAS,
    lp.WERKPROCESSEN,
    lp.STAPPEN,
    lp.MELDINGEN,
    lp.DAGEN,
    lp.CONTACTMOMENTEN,
    lp.VRIJSTELLINGEN,
    lp.VERLOF,
    lp.HALT,
    lp.PROCESSEN_VERBAAL,
    dsp.TRAJECTEN,
    dsp.FASEN,
    dsp.POGINGEN,
    dsp.PLANNEN,
    p.VSV_DUO,
    dsp.DOCUMENTEN,
)
BY_NAME: Final[Mapping[str, Bestand]] = {bestand.naam: bestand for bestand in BESTANDEN}

CODEMAPPING: Final = "codemapping"
CODEMAPPING_KOLOMMEN: Final[tuple[Kolom, ...]] = kolommen(
    "lijst* bron_code* doel_code* besluit_door toelichting"
)
