"""Exemptions by ground, renewed each schooljaar, and leave."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from casework.schooljaar import Schooljaar
from koppelingen.demo.kans import Kans
from koppelingen.demo.pakket import Demopakket
from koppelingen.demo.personen import Jongere

# Ground -> ages at which it begins, chance per youth, most years it lasts.
GRONDEN: Final = {
    "5a": (5, 16, 0.0150, 6),
    "5b": (5, 6, 0.0045, 10),
    "5c": (6, 15, 0.0100, 4),
    "5a_trekkend": (5, 12, 0.0006, 4),
    "3a": (14, 14, 0.0060, 1),
    "3b": (15, 15, 0.0100, 1),
    "15": (16, 17, 0.0080, 1),
}
BESLUIT: Final = {"3a": "VERLEEND", "3b": "VERLEEND", "15": "VERLEEND"}
AFGEWEZEN: Final = {
    "5a": "ONGELDIG",
    "5b": "ONGELDIG",
    "5c": "ONGELDIG",
    "15": "GEWEIGERD",
    "3a": "GEWEIGERD",
}
VERLOF: Final = {"GEWICHTIG": 55.0, "VAKANTIE_BEROEP": 25.0, "RELIGIE": 12.0, "OVERIG": 8.0}


class Vrijstellingen:
    """First `choose` (a career has no school in those years), later `write`."""

    def __init__(self, jaren: Sequence[Schooljaar], peildatum: date) -> None:
        self.jaren, self.peildatum = jaren, peildatum
        self.kans = Kans("vrijstellingen")
        self.laatste = jaren[-1].beginjaar

    def choose(self, j: Jongere) -> None:
        """Fill `thuis`: the schooljaren of an exemption, by its ground."""
        kans = self.kans
        for grond, (jongst, oudst, p, lang) in GRONDEN.items():
            if not kans.chance(p):
                continue
            leeftijd = kans.between(jongst, oudst)
            begin = j.geboren.year + leeftijd + (j.geboren.month > 9)
            duur = 1 if lang == 1 else kans.between(1, lang)
            for jaar in range(begin, begin + duur):
                if self.jaren[0].beginjaar <= jaar <= self.laatste:
                    j.thuis[jaar] = grond
            return

    def write(self, pakket: Demopakket, j: Jongere) -> None:
        for jaar, grond in sorted(j.thuis.items()):
            schooljaar = Schooljaar(jaar)
            if not j.gemeente_op(schooljaar.peildatum) or j.leeftijd(schooljaar.last_day) > 18:
                continue
            self._write_one(pakket, j, schooljaar, grond)

    def _write_one(self, pakket: Demopakket, j: Jongere, jaar: Schooljaar, grond: str) -> None:
        kans = self.kans
        nieuw = j.thuis.get(jaar.beginjaar - 1) != grond
        begin = (
            jaar.start if not nieuw or kans.chance(0.6) else kans.day(jaar.start, jaar.peildatum)
        )
        aanvraag = begin - timedelta(days=kans.between(3, 60))
        if aanvraag > self.peildatum:
            return
        laatst = grond == "5a" and j.thuis.get(jaar.beginjaar + 1) is None
        tot_einde = grond == "5a" and kans.chance(0.3)
        terug = laatst and kans.chance(0.2) and jaar.beginjaar < self.laatste
        besluit = BESLUIT.get(grond, "VAN_RECHTSWEGE")
        self._add(
            pakket,
            j,
            grond,
            aanvraagdatum=aanvraag,
            nieuw=nieuw,
            begindatum=begin,
            einddatum=jaar.last_day,
            besluit=besluit,
            besluitdatum=min(aanvraag + timedelta(days=kans.between(5, 30)), self.peildatum),
            voorziening=_provision(kans, grond),
            tot_einde_leerplicht=tot_einde if grond == "5a" else None,
            terug_naar_school_op=jaar.last_day - timedelta(days=kans.between(30, 200))
            if terug
            else None,
            gemeld_duo_op=begin if begin <= self.peildatum else None,
        )

    def write_refused(self, pakket: Demopakket, jongeren: Sequence[Jongere]) -> None:
        """A few requests a year that failed, and some that wait for a decision."""
        kans = self.kans
        rows = [j for j in jongeren if j.plekken and 5 <= j.leeftijd(self.peildatum) < 20]
        for jaar in self.jaren[:-1]:
            for _ in range(max(len(jongeren) // 2500, 1)):
                grond = kans.pick(tuple(AFGEWEZEN))
                dag = kans.day(jaar.start, jaar.last_day)
                self._refused(pakket, kans.pick(rows), grond, dag, AFGEWEZEN[grond])
        for number in range(max(len(jongeren) // 1000, 8)):
            grond = ("5b", "15", "5a", "3b", "5c")[number % 5]
            dag = self.peildatum - timedelta(days=kans.between(1, 28))
            j = kans.pick([r for r in rows if _fits(grond, r.leeftijd(dag)) and r.gemeente_op(dag)])
            self._refused(pakket, j, grond, dag, "IN_BEHANDELING")

    def _refused(self, pakket: Demopakket, j: Jongere, grond: str, dag: date, besluit: str) -> None:
        besloten = besluit != "IN_BEHANDELING"
        self._add(
            pakket,
            j,
            grond,
            aanvraagdatum=dag,
            nieuw=True,
            begindatum=dag,
            einddatum=Schooljaar.of(dag).last_day,
            besluit=besluit,
            besluitdatum=dag + timedelta(days=20) if besloten else None,
        )

    def _add(self, pakket: Demopakket, j: Jongere, grond: str, **rij: object) -> None:
        pakket.add(
            "vrijstellingen",
            bron_id=pakket.next_id("vrijstellingen", "v"),
            jongere_id=j.bron_id,
            grond=grond,
            **rij,
        )


def _fits(grond: str, leeftijd: int) -> bool:
    low, high, _, _ = GRONDEN[grond]
    return low <= leeftijd <= high


def _provision(kans: Kans, grond: str) -> str:
    if grond == "5a":
        return kans.weighted({"KDC": 50.0, "GEEN": 45.0, "PO": 3.0, "VO": 2.0})
    return "MBO" if grond in ("3a", "3b") else ""


def write_verlof(
    pakket: Demopakket, jongeren: Sequence[Jongere], jaren: Sequence[Schooljaar], peildatum: date
) -> None:
    """Leave of more than ten days, which the leerplichtambtenaar decides, and short leave."""
    kans = Kans("verlof")
    for jaar in jaren:
        einde = min(jaar.end, peildatum)
        for _ in range(len(jongeren) // 200):
            j = kans.pick(jongeren)
            van = kans.day(jaar.start + timedelta(days=30), einde)
            if not j.gemeente_op(van) or not 5 <= j.leeftijd(van) < 17:
                continue
            _write_leave(pakket, kans, j, van, peildatum)


def _write_leave(pakket: Demopakket, kans: Kans, j: Jongere, van: date, peildatum: date) -> None:
    lang = kans.chance(0.55)
    dagen = kans.between(11, 20) if lang else kans.between(1, 9)
    ingediend = van - timedelta(days=kans.between(10, 60))
    wacht = lang and van > peildatum - timedelta(days=20) and kans.chance(0.7)
    besluit = kans.weighted(
        {"TOEGEKEND": 62.0, "AFGEWEZEN": 30.0, "DEELS": 6.0, "INGETROKKEN": 2.0}
    )
    pakket.add(
        "verlof",
        bron_id=pakket.next_id("verlof", "l"),
        jongere_id=j.bron_id,
        soort=kans.weighted(VERLOF),
        van=van,
        tot=van + timedelta(days=dagen * 7 // 5),
        dagen=dagen,
        ingediend_op=ingediend,
        beslisser="LEERPLICHT" if lang else "SCHOOL",
        besluit="" if wacht else besluit,
        besluitdatum=None if wacht else ingediend + timedelta(days=kans.between(1, 9)),
    )
