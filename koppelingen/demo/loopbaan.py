"""The school career of a youth, one schooljaar after another, with diplomas and dropping out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from casework.schooljaar import Schooljaar
from koppelingen.demo.gebied import choose_school
from koppelingen.demo.kans import Kans
from koppelingen.demo.pakket import Demopakket
from koppelingen.demo.personen import Diploma, Jongere, Plek, Uitval

ROUTES: Final = {
    "VSO": 3.0,
    "PRO": 3.0,
    "VMBO_B": 12.0,
    "VMBO_K": 15.0,
    "VMBO_GT": 25.0,
    "HAVO": 24.0,
    "VWO": 18.0,
}
# Last year of each kind, and the chance to stop without a startkwalificatie in a year.
DUUR: Final[Mapping[str, int]] = {
    "VMBO_B": 4,
    "VMBO_K": 4,
    "VMBO_GT": 4,
    "HAVO": 5,
    "VWO": 6,
    "PRO": 5,
    "VSO": 6,
    "ISK": 2,
    "VAVO": 1,
    "MBO1": 1,
    "MBO2": 2,
    "MBO3": 3,
    "MBO4": 4,
    "HO": 4,
}
UITVAL: Final[Mapping[str, float]] = {
    "VMBO_B": 0.012,
    "VMBO_K": 0.008,
    "VMBO_GT": 0.006,
    "HAVO": 0.008,
    "VWO": 0.003,
    "ISK": 0.05,
    "VAVO": 0.1,
    "MBO1": 0.28,
    "MBO2": 0.15,
    "MBO3": 0.09,
    "MBO4": 0.06,
    "HO": 0.08,
}
UITVAL_VANAF: Final = 17  # below this age hardly anyone gets away with it
LAGER: Final = {"VWO": "HAVO", "HAVO": "VMBO_GT", "VMBO_GT": "VMBO_K", "VMBO_K": "VMBO_B"}
OPLEIDINGEN: Final = {
    "MBO1": ("Entree, assistent dienstverlening", "Entree, assistent logistiek"),
    "MBO2": ("Helpende zorg en welzijn", "Medewerker horeca", "Monteur", "Kapper"),
    "MBO3": ("Verzorgende", "Allround timmerman", "Kok", "Beveiliger"),
    "MBO4": ("Verpleegkundige", "Software developer", "Pedagogisch werk", "Sport en bewegen"),
    "HO": ("Bedrijfskunde", "Verpleegkunde", "Informatica", "Rechten", "Leraar basisonderwijs"),
}
NA_VMBO: Final = {
    "VMBO_B": {"MBO2": 92.0, "MBO3": 6.0, "": 2.0},
    "VMBO_K": {"MBO3": 58.0, "MBO4": 40.0, "": 2.0},
    "VMBO_GT": {"MBO4": 72.0, "MBO3": 11.0, "HAVO": 15.5, "": 1.5},
}
NA_MBO: Final = {
    "MBO1": {"MBO2": 62.0, "": 38.0},
    "MBO2": {"MBO3": 33.0, "": 67.0},
    "MBO3": {"MBO4": 24.0, "": 76.0},
    "MBO4": {"HO": 38.0, "": 62.0},
}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a youth is at the start of a schooljaar; soort "" is not at school."""

    soort: str
    jaar: int = 1
    school: str = ""
    leerweg: str = ""
    opleiding: str = ""
    profiel: str = ""


GEEN: Final = Stand("")


class Loopbaan:
    def __init__(self, peildatum: date) -> None:
        self.peildatum = peildatum
        self.laatste = Schooljaar.of(peildatum)
        self.kans = Kans("loopbaan")

    def follow(self, j: Jongere) -> None:
        """Fill enrolments, diplomas and dropping out from the fourth birthday up to today."""
        kans = self.kans
        route = kans.weighted(ROUTES)
        stand = Stand(_primary(kans, route))
        vo_begin = j.geboren.year + (12 if j.geboren.month <= 9 else 13) + kans.chance(0.09)
        eerste = max(Schooljaar.of(_birthday(j, 4)), Schooljaar.of(j.woningen[0].van))
        for jaar in range(eerste.beginjaar, self.laatste.beginjaar + 1):
            schooljaar = Schooljaar(jaar)
            if jaar == vo_begin and stand.soort in ("BO", "SBO", "SO"):
                stand = self._start_vo(route)
            elif schooljaar == eerste and jaar >= vo_begin:  # a newcomer of school age or older
                stand = Stand("ISK" if j.leeftijd(schooljaar.start) < 18 else "EDUCATIE")
            stand = self._year(j, stand, schooljaar)
        self._cut(j)

    def _start_vo(self, route: str) -> Stand:
        kans = self.kans
        if route == "VSO":
            return Stand(
                "VSO", profiel=kans.weighted({"ARBEID": 5, "DAGBESTEDING": 3, "VERVOLG": 4})
            )
        if route in ("VMBO_GT", "HAVO") and kans.chance(0.35):
            return Stand("BRUGJAAR", opleiding=route)
        return Stand(route)

    def _year(self, j: Jongere, stand: Stand, schooljaar: Schooljaar) -> Stand:
        """One schooljaar; gives the stand at the start of the next one."""
        kans = self.kans
        if grond := j.thuis.get(schooljaar.beginjaar):
            if grond == "5c":
                self._enrol(j, Stand("BUITENLAND"), schooljaar)
            return replace(stand, jaar=stand.jaar + 1) if stand.jaar < 3 else stand
        if not stand.soort:
            return self._return(j, schooljaar)
        oud = stand.soort
        stand = self._with_school(j, stand, schooljaar)
        p = UITVAL.get(stand.soort, 0.0)
        if stand.soort not in ("MBO1", "ISK") and j.leeftijd(schooljaar.start) < UITVAL_VANAF:
            p = 0.0
        if p and stand.soort != "HO" and kans.chance(p):
            return self._drop_out(j, stand, schooljaar)
        self._enrol(j, stand, schooljaar)
        if schooljaar == self.laatste:
            return stand
        if oud == "HO" and kans.chance(UITVAL["HO"]):
            return GEEN
        return self._next(j, stand, schooljaar)

    def _with_school(self, j: Jongere, stand: Stand, schooljaar: Schooljaar) -> Stand:
        if stand.school:
            return stand
        kans = self.kans
        gemeente = j.gemeente_op(schooljaar.start)
        soort = stand.soort
        school = choose_school(kans, soort, gemeente).bron_id
        namen = OPLEIDINGEN.get(soort)
        mbo = soort.startswith("MBO")
        leerweg = ("BBL" if kans.chance(0.24) else "BOL") if mbo else ""
        opleiding = kans.pick(namen) if namen else stand.opleiding
        return replace(stand, school=school, leerweg=leerweg, opleiding=opleiding)

    def _enrol(
        self,
        j: Jongere,
        stand: Stand,
        schooljaar: Schooljaar,
        tot: date | None = None,
        reden: str = "",
    ) -> None:
        van = max(schooljaar.start, _birthday(j, 4))
        if j.gezin.aankomst and j.gezin.aankomst > j.geboren:  # some weeks before a place is found
            van = max(van, j.gezin.aankomst + timedelta(days=20 + j.gezin.nummer % 80))
        if stand.soort == "BUITENLAND" and not stand.school:
            stand = replace(stand, school=choose_school(self.kans, "BUITENLAND", "").bron_id)
        einde = tot or schooljaar.last_day
        if van > min(einde, self.peildatum):
            return
        vorige = j.plekken[-1] if j.plekken else None
        per_jaar = stand.soort in PER_JAAR
        if (
            vorige
            and not per_jaar
            and (vorige.soort, vorige.school, vorige.opleiding)
            == (stand.soort, stand.school, stand.opleiding)
            and vorige.tot == schooljaar.start - timedelta(days=1)
        ):
            vorige.tot, vorige.reden = einde, reden
            return
        opleiding = "" if stand.soort == "BRUGJAAR" else stand.opleiding
        leerjaar = stand.jaar if per_jaar else None
        j.plekken.append(
            Plek(
                stand.soort,
                stand.school,
                van,
                einde,
                leerjaar,
                stand.leerweg,
                opleiding,
                stand.profiel,
                reden,
            )
        )

    def _drop_out(self, j: Jongere, stand: Stand, schooljaar: Schooljaar) -> Stand:
        kans = self.kans
        dag = kans.day(date(schooljaar.beginjaar, 9, 20), date(schooljaar.beginjaar + 1, 7, 15))
        if dag > self.peildatum or j.startkwalificatie_voor(dag):
            self._enrol(j, stand, schooljaar)
            return stand if schooljaar == self.laatste else self._next(j, stand, schooljaar)
        terug = kans.chance(0.33)
        self._enrol(j, stand, schooljaar, dag, "Voortijdig gestopt")
        if j.plekken and j.plekken[-1].tot == dag:
            j.uitval.append(Uitval(dag, stand.soort, terug))
        if not terug:
            return GEEN
        if stand.soort.startswith("MBO"):
            lager = stand.soort if kans.chance(0.6) else f"MBO{max(int(stand.soort[3]) - 1, 1)}"
            return Stand(lager)
        return Stand("MBO2" if stand.soort.startswith("VMBO") else "VAVO")

    def _return(self, j: Jongere, schooljaar: Schooljaar) -> Stand:
        """Now and then somebody comes back to school after a year or more."""
        wil = not j.startkwalificatie_voor(schooljaar.start) and j.plekken
        if wil and j.leeftijd(schooljaar.start) < 24 and self.kans.chance(0.12):
            return Stand("MBO2")
        return GEEN

    def _next(self, j: Jongere, stand: Stand, schooljaar: Schooljaar) -> Stand:
        kans, soort = self.kans, stand.soort
        if soort in ("BO", "SBO", "SO", "BUITENLAND", "EDUCATIE"):
            return self._stay_or_leave(j, stand)
        if soort == "BRUGJAAR":
            return Stand(stand.opleiding, 2, stand.school)
        if stand.jaar < DUUR[soort]:
            if soort in LAGER and stand.jaar < 4 and kans.chance(0.03):
                return replace(stand, soort=LAGER[soort], jaar=min(stand.jaar + 1, 4))
            dubbel = soort in PER_JAAR and kans.chance(0.04)
            return stand if dubbel else replace(stand, jaar=stand.jaar + 1)
        return self._finish(j, stand, schooljaar)

    def _stay_or_leave(self, j: Jongere, stand: Stand) -> Stand:
        if stand.soort == "EDUCATIE" and self.kans.chance(0.5):
            return Stand("MBO2") if self.kans.chance(0.3) else GEEN
        return stand

    def _finish(self, j: Jongere, stand: Stand, schooljaar: Schooljaar) -> Stand:
        """The last year: a diploma and what comes after it, or another try."""
        kans, soort = self.kans, stand.soort
        dag = date(schooljaar.beginjaar + 1, 7, 1 + kans.between(0, 11))
        if soort in ("PRO", "VSO"):
            j.diplomas.append(
                Diploma(
                    "GETUIGSCHRIFT", f"Getuigschrift {soort.lower()}", soort.lower(), dag, False
                )
            )
            verder = kans.chance(0.55) if soort == "PRO" else stand.profiel == "VERVOLG"
            return Stand("MBO1") if verder else GEEN
        if soort == "ISK":
            return Stand(
                "MBO1" if j.leeftijd(dag) >= 16 else "VMBO_B", 1 if j.leeftijd(dag) >= 16 else 3
            )
        if not kans.chance(0.92) and soort != "HO":
            return Stand("VAVO") if soort in ("HAVO", "VWO") and kans.chance(0.4) else stand
        return self._graduate(j, soort, dag)

    def _graduate(self, j: Jongere, soort: str, dag: date) -> Stand:
        kans = self.kans
        niveau = "havo" if soort == "VAVO" else soort.lower().replace("_", "-")
        start = soort in ("HAVO", "VWO", "VAVO", "MBO2", "MBO3", "MBO4", "HO")
        j.diplomas.append(Diploma("DIPLOMA", f"Diploma {niveau}", niveau, dag, start))
        if soort in NA_VMBO:
            volgende = kans.weighted(NA_VMBO[soort])
            return Stand(volgende, 4 if volgende == "HAVO" else 1) if volgende else GEEN
        if soort in NA_MBO:
            return Stand(kans.weighted(NA_MBO[soort]))
        if soort in ("HAVO", "VWO", "VAVO"):
            return Stand(kans.weighted({"HO": 78.0, "MBO4": 8.0, "": 14.0}))
        return GEEN

    def _cut(self, j: Jongere) -> None:
        """Open what still runs; end everything at a departure or death."""
        for plek in j.plekken:
            if plek.tot and plek.tot > self.peildatum:
                plek.tot = None
        einde = j.overleden or j.vertrokken
        if einde is None:
            return
        j.plekken = [p for p in j.plekken if p.van < einde]
        for plek in j.plekken:
            if plek.tot is None or plek.tot > einde:
                plek.tot, plek.reden = einde, "Vertrokken"
        j.diplomas = [d for d in j.diplomas if d.datum < einde]
        j.uitval = [u for u in j.uitval if u.datum < einde]


PER_JAAR: Final = frozenset({"BRUGJAAR", "VMBO_B", "VMBO_K", "VMBO_GT", "HAVO", "VWO"})


def _primary(kans: Kans, route: str) -> str:
    if route == "VSO" and kans.chance(0.8):
        return "SO"
    return "SBO" if kans.chance(0.4 if route == "PRO" else 0.02) else "BO"


def _birthday(j: Jongere, jaren: int) -> date:
    dag = 28 if (j.geboren.month, j.geboren.day) == (2, 29) else j.geboren.day
    return date(j.geboren.year + jaren, j.geboren.month, dag)


def write(pakket: Demopakket, j: Jongere, vanaf: date) -> None:
    """Enrolments that still ran on `vanaf` or began later, and every diploma."""
    for plek in j.plekken:
        if plek.tot is not None and plek.tot < vanaf:
            continue
        pakket.add(
            "inschrijvingen",
            bron_id=pakket.next_id("inschrijvingen", "i"),
            jongere_id=j.bron_id,
            school_id=plek.school,
            onderwijssoort=plek.soort,
            uitstroomprofiel=plek.profiel,
            leerjaar=plek.leerjaar,
            opleidingsnaam=plek.opleiding,
            leerweg=plek.leerweg,
            bekostigd=plek.soort not in ("PARTICULIER", "BUITENLAND"),
            begindatum=plek.van,
            einddatum=plek.tot,
            reden_einde=plek.reden,
            herkomst="EIGEN" if plek.soort in ("PARTICULIER", "BUITENLAND") else "DUO",
        )
    for diploma in j.diplomas:
        pakket.add(
            "diplomas",
            bron_id=pakket.next_id("diplomas", "d"),
            jongere_id=j.bron_id,
            soort=diploma.soort,
            naam=diploma.naam,
            niveau=diploma.niveau,
            datum=diploma.datum,
            startkwalificatie=diploma.startkwalificatie,
        )
