"""The whole region as one package."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from casework.schooljaar import Schooljaar
from koppelingen.demo import loopbaan, vsvcijfers
from koppelingen.demo.bevolking import Bevolking, Schrijver
from koppelingen.demo.gebied import GEMEENTEN, SCHOLEN
from koppelingen.demo.loopbaan import Loopbaan
from koppelingen.demo.medewerkers import MEDEWERKERS
from koppelingen.demo.pakket import Demopakket, days
from koppelingen.demo.personen import Jongere
from koppelingen.demo.trajecten import Trajecten, Trajectstand
from koppelingen.demo.verzuim import Verzuim
from koppelingen.demo.vrij import Vrijstellingen, write_verlof
from koppelingen.demo.zaken import Lopend

JONGEREN: Final = 12_000
AANTAL_JAREN: Final = 5


@dataclass(frozen=True, slots=True)
class Demoregio:
    peildatum: date
    jaren: tuple[Schooljaar, ...]
    pakket: Demopakket
    jongeren: list[Jongere]
    werkprocessen: list[Lopend]
    trajecten: list[Trajectstand]

    def write(self, pad: Path) -> None:
        codes = [g.code for g in GEMEENTEN]
        self.pakket.write(pad, peildatum=self.peildatum, jaren=self.jaren, codes=codes)


def make_region(peildatum: date, aantal: int = JONGEREN) -> Demoregio:
    """Five schooljaren up to the one that runs on `peildatum`; equal input, equal region."""
    laatste = Schooljaar.of(peildatum).beginjaar
    jaren = tuple(Schooljaar(laatste - n) for n in reversed(range(AANTAL_JAREN)))
    pakket = Demopakket()
    _write_vast(pakket)
    jongeren = Bevolking(peildatum).make(aantal)
    vrij, carriere = Vrijstellingen(jaren, peildatum), Loopbaan(peildatum)
    vanaf = jaren[0].start - days(365)
    schrijver = Schrijver(pakket, peildatum, vanaf)
    for j in jongeren:
        vrij.choose(j)
        carriere.follow(j)
        schrijver.write(j)
        loopbaan.write(pakket, j, vanaf)
        vrij.write(pakket, j)
    vrij.write_refused(pakket, jongeren)
    write_verlof(pakket, jongeren, jaren, peildatum)
    verzuim = Verzuim(pakket, jaren, peildatum)
    verzuim.write(jongeren)
    trajecten = Trajecten(pakket, jaren, peildatum)
    trajecten.write(jongeren, verzuim.gemeld)
    vsvcijfers.write(pakket, jongeren, jaren, peildatum)
    return Demoregio(peildatum, jaren, pakket, jongeren, verzuim.lopend, trajecten.standen)


def _write_vast(pakket: Demopakket) -> None:
    for m in MEDEWERKERS:
        pakket.add(
            "gebruikers",
            bron_id=m.bron_id,
            naam=m.naam,
            functie=m.functie,
            email=m.email,
            actief=True,
        )
    for school in SCHOLEN:
        pakket.add(
            "scholen",
            bron_id=school.bron_id,
            naam=school.naam,
            brin=school.brin,
            vestigingscode=school.vestiging,
            soort=school.soort,
            plaats=school.plaats,
            gemeentecode=school.gemeente,
        )
