"""Reports of absence with their werkprocessen, contacts and measures over all schooljaren."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from casework.kalender import is_schooldag, schooldagen
from casework.schooljaar import Schooljaar
from casework.schoolvakanties import Regio
from koppelingen.demo import teksten
from koppelingen.demo.kans import Kans
from koppelingen.demo.medewerkers import behandelaar_for
from koppelingen.demo.pakket import Demopakket, moment
from koppelingen.demo.personen import Jongere
from koppelingen.demo.stappen import write_contacten, write_stappen
from koppelingen.demo.verzuimkansen import (
    HOEVEEL,
    JAARFACTOR,
    JONG,
    KANS,
    LOKAAL,
    MIDDEN,
    OUDER,
    PROCES,
    PROCES_OVERIG,
    REDENEN,
    RESULTAAT,
    RESULTAAT_ABSOLUUT,
    RESULTAAT_LUXE,
)
from koppelingen.demo.zaken import Lopend, Melding, Zaak

VERS: Final = timedelta(days=14)  # reports of this age are not dealt with yet
LOPEND: Final = timedelta(days=75)  # younger ones may still be running


class Verzuim:
    def __init__(self, pakket: Demopakket, jaren: Sequence[Schooljaar], peildatum: date) -> None:
        self.pakket, self.jaren, self.peildatum = pakket, jaren, peildatum
        self.kans = Kans("verzuim")
        self.gemeld: dict[str, list[Melding]] = {}
        self.lopend: list[Lopend] = []
        self.zaken: dict[tuple[str, str], Zaak] = {}
        self.halt: set[str] = set()
        self.nummer = 0
        self.teller: Counter[str] = Counter()

    def write(self, jongeren: Sequence[Jongere]) -> None:
        for index, jaar in enumerate(self.jaren):
            for j in jongeren:
                self._year(j, jaar, JAARFACTOR[index])
        self._write_absoluut(jongeren)
        self._write_fresh(jongeren)
        self._write_preventief(jongeren)

    def _year(self, j: Jongere, jaar: Schooljaar, factor: float) -> None:
        dagen = _dagen(jaar, self.peildatum - VERS)
        if not dagen or not j.gemeente_op(jaar.peildatum):
            return
        plek = j.plek_op(jaar.peildatum) or j.plek_op(dagen[-1])
        if plek is None:
            return
        p = KANS.get(plek.soort, 0.0) * factor
        deel = len(dagen) / 190
        if j.startkwalificatie_voor(jaar.start) or not self.kans.chance(p * min(1.7 * deel, 1)):
            return
        soorten = self._soorten(j, jaar)
        aantal = max(round(self.kans.weighted(HOEVEEL) * min(2.5 * deel, 1)), 1)
        for dag in sorted(self._school_day(dagen) for _ in range(aantal)):
            if j.plek_op(dag) is None or not j.gemeente_op(dag):
                continue
            soort = self.kans.weighted(soorten)
            if j.leeftijd(dag) >= 18 and soorten is not OUDER:
                soort = self.kans.weighted(OUDER)
            self._melding(j, soort, dag)

    def _soorten(self, j: Jongere, jaar: Schooljaar) -> Mapping[str, float]:
        leeftijd = j.leeftijd(jaar.peildatum)
        if leeftijd >= 18:
            return OUDER
        return MIDDEN if leeftijd >= 12 else JONG

    def _school_day(self, dagen: Sequence[date]) -> date:
        """Absence grows through autumn: early days are drawn less often."""
        dag = self.kans.pick(dagen)
        return self.kans.pick(dagen) if dag.month in (8, 9) and self.kans.chance(0.5) else dag

    def _melding(self, j: Jongere, soort: str, dag: date) -> Melding:
        melding = self._draft(j, soort, dag)
        self._handle(melding)
        self.pakket.add("verzuimmeldingen", **melding.rij)
        self._days(melding)
        return melding

    def _draft(self, j: Jongere, soort: str, dag: date) -> Melding:
        kans = self.kans
        begin = dag - timedelta(
            days=kans.between(29, 55) if soort in ("LRV", "RMC") else kans.between(5, 26)
        )
        while not is_schooldag(begin, Regio.MIDDEN):
            begin -= timedelta(days=1)
        begin = max(begin, j.geboren)
        uren = {
            "V3": (16, 48),
            "V4": (16, 60),
            "O": (4, 15),
            "LRV": (80, 160),
            "RMC": (80, 150),
        }.get(soort)
        plek = j.plek_op(dag)
        self.nummer += 1
        melder, functie = kans.pick(teksten.MELDERS)
        lokaal = soort in LOKAAL
        kanaal = "REGISTER" if soort == "ABSOLUUT" else "DUO"
        if soort in ("ZORG", "ZIEK", "TELAAT"):
            kanaal = kans.weighted(
                {"SCHOOL_DIRECT": 92.0, "OUDER": 5.0, "POLITIE": 1.0, "EIGEN": 2.0}
            )
        melding = Melding(
            f"m{self.nummer:05}", j, soort, dag, begin, kans.between(*uren) if uren else None
        )
        melding.rij = {
            "bron_id": melding.bron_id,
            "jongere_id": j.bron_id,
            "duo_meldingnummer": f"99{self.nummer:06}" if kanaal == "DUO" else "",
            "kanaal": kanaal,
            "soort": soort,
            "school_id": plek.school if plek else "",
            "melddatum": dag,
            "begindatum": begin,
            "einddatum": dag - timedelta(days=1) if soort not in ("RMC", "ABSOLUUT") else None,
            "uren": melding.uren,
            "aantal_te_laat": kans.between(9, 24) if soort == "TELAAT" else None,
            "reden": "TE_LAAT"
            if soort == "TELAAT"
            else kans.weighted(REDENEN)
            if kans.chance(0.8)
            else "",
            "actie_school": kans.pick(teksten.ACTIE_SCHOOL) if not lokaal else "",
            "actie_gewenst": kans.chance(0.85),
            "melder_naam": melder if kanaal != "REGISTER" else "",
            "melder_functie": functie if kanaal != "REGISTER" else "",
            "melder_telefoon": f"088-000{kans.between(1000, 9999)}" if kanaal != "REGISTER" else "",
            "status": "R" if kanaal == "DUO" else "LOKAAL",
            "laatste_mutatie": moment(dag, 9, kans.between(0, 59)),
        }
        self.gemeld.setdefault(j.bron_id, []).append(melding)
        return melding

    def _handle(self, m: Melding) -> None:
        """What became of the report, in a werkproces or at once."""
        kans = self.kans
        lijst = {"L": RESULTAAT_LUXE, "ABSOLUUT": RESULTAAT_ABSOLUUT}.get(m.soort, RESULTAAT)
        resultaat = kans.weighted(lijst)
        if kans.chance(0.012):
            m.rij |= {"status": "I"} if m.rij["status"] == "R" else {}
            m.rij |= {"resultaat": "geen_verzuim", "reden_afgesloten": "Ingetrokken door school"}
            return
        recent = m.melddatum > self.peildatum - LOPEND
        p = 0.72 if recent else 0.42
        in_proces = m.soort in ("ABSOLUUT", "LRV", "L") or kans.chance(p)
        if in_proces:
            self._werkproces(m, resultaat)
            return
        self._close(m, m.melddatum + timedelta(days=kans.between(1, 9)), resultaat)

    def _close(self, m: Melding, dag: date, resultaat: str, *, eigen: bool = True) -> None:
        if dag > self.peildatum:
            dag = self.peildatum
        if m.rij["status"] == "R":
            m.rij["status"] = "K" if resultaat == "ter_kennisname" else "G"
        m.rij["afgesloten_op"] = dag
        m.rij["reden_afgesloten"] = teksten.AFGESLOTEN.get(resultaat, "Afgehandeld door leerplicht")
        if eigen:
            m.rij["resultaat"] = resultaat

    def _werkproces(self, m: Melding, resultaat: str) -> None:
        kans = self.kans
        start = m.melddatum + timedelta(days=kans.between(0, 3))
        lang = kans.between(90, 260) if m.soort == "LRV" else kans.between(21, 110)
        einde = start + timedelta(days=lang)
        open_nu = einde > self.peildatum and m.melddatum <= self.peildatum
        gemeente = m.j.gemeente_op(start) or m.j.gemeente_op(m.melddatum)
        plus = m.soort in ("V4", "RMC") or m.j.leeftijd(m.begindatum) >= 18
        soort = (
            "VERZUIM_18PLUS"
            if plus
            else PROCES.get(m.soort, PROCES_OVERIG.get(m.soort, "RELATIEF"))
        )
        zaak = self.zaken.get((m.j.bron_id, soort))
        if zaak and zaak.takes(m):
            self._join(m, zaak)
            return
        if not plus and m.soort in ("V3", "TELAAT", "O"):
            resultaat = self._measure_of(m, resultaat, start)
        wie = behandelaar_for(kans, "doorstroompunt" if plus else "leerplicht", gemeente)
        bron_id = self.pakket.next_id("werkprocessen", "w")
        self.pakket.add(
            "werkprocessen",
            bron_id=bron_id,
            jongere_id=m.j.bron_id,
            soort=soort,
            gestart_op=start,
            behandelaar_id=wie,
            route={"halt": "2", "pv": "4", "hulpverlening": "1"}.get(resultaat, "")
            if not open_nu
            else "",
            status="OPEN" if open_nu else "GESLOTEN",
            gesloten_op=None if open_nu else einde,
            resultaat="" if open_nu else resultaat,
        )
        m.rij["werkproces_id"] = bron_id
        zaak = Zaak(bron_id, gemeente, start, einde, resultaat, open_nu)
        self.zaken[m.j.bron_id, soort] = zaak
        write_contacten(self.pakket, kans, bron_id, m.j, start, min(einde, self.peildatum), wie)
        if open_nu:
            m.rij["status"] = "B" if m.rij["status"] == "R" else m.rij["status"]
            self.lopend.append(Lopend(bron_id, gemeente, start, wie))
            return
        self._close(m, einde, resultaat, eigen=kans.chance(0.5))
        if start >= self.jaren[2].start:
            write_stappen(self.pakket, kans, bron_id, start, einde, resultaat, wie)
        self._measure(m, bron_id, resultaat, start, soort, wie)

    def _join(self, m: Melding, zaak: Zaak) -> None:
        """A report during a werkproces of its kind belongs to that one."""
        m.rij["werkproces_id"] = zaak.bron_id
        if not zaak.open_nu:
            self._close(m, zaak.einde, zaak.resultaat)
        elif m.rij["status"] == "R":
            m.rij["status"] = "B"

    def _measure_of(self, m: Melding, resultaat: str, start: date) -> str:
        """Some of what would end otherwise ends at Halt or in a proces-verbaal."""
        kan = 12 <= m.j.leeftijd(start) < 18 and m.soort != "O" and m.j.bron_id not in self.halt
        if kan and self.kans.chance(0.16):
            self.halt.add(m.j.bron_id)
            return "halt"
        return "pv" if self.kans.chance(0.012) else resultaat

    def _measure(
        self, m: Melding, werkproces: str, resultaat: str, start: date, soort: str, wie: str
    ) -> None:
        kans = self.kans
        dag = start + timedelta(days=kans.between(6, 13))
        hvs = {"LUXE": "LUXE", "ABSOLUUT": "ABSOLUUT"}.get(soort, "RELATIEF")
        if resultaat == "halt":
            retour = dag + timedelta(days=kans.between(35, 85))
            klaar = retour <= self.peildatum
            self.pakket.add(
                "halt",
                bron_id=self.pakket.next_id("halt", "h"),
                jongere_id=m.j.bron_id,
                melding_id=m.bron_id,
                werkproces_id=werkproces,
                datum_verwijzing=dag,
                uren=m.uren or 12,
                aantal_te_laat=m.rij["aantal_te_laat"],
                instemming_jongere=True,
                instemming_ouder=True,
                datum_retour=retour if klaar else None,
                resultaat=kans.weighted({"POSITIEF": 82.0, "NEGATIEF": 12.0, "NIET_GESTART": 6.0})
                if klaar
                else "",
                verzuimsoort=hvs,
            )
        if resultaat == "pv":
            self._proces_verbaal(m, werkproces, dag, hvs)

    def _proces_verbaal(self, m: Melding, werkproces: str, dag: date, hvs: str) -> None:
        kans = self.kans
        zitting = dag + timedelta(days=kans.between(90, 210))
        klaar = zitting <= self.peildatum
        afdoening = kans.weighted(
            {"BOETE": 50.0, "SEPOT": 14.0, "WAARSCHUWING": 12.0, "TAAKSTRAF": 16.0, "TOEZICHT": 8.0}
        )
        jongere = hvs == "RELATIEF" and m.j.leeftijd(dag) >= 12
        self.teller["pv"] += 1
        self.pakket.add(
            "processen_verbaal",
            bron_id=self.pakket.next_id("processen_verbaal", "p"),
            jongere_id=m.j.bron_id,
            melding_id=m.bron_id,
            werkproces_id=werkproces,
            pv_nummer=f"DEMO-{dag.year}-{self.teller['pv']:04}",
            verdachte="JONGERE" if jongere else "OUDER1",
            verzuimsoort=hvs,
            pv_datum=dag,
            verbalisant_id="u-boa",
            ingezonden_op=dag + timedelta(days=kans.between(1, 10)),
            afdoening=afdoening if klaar else "ONBEKEND",
            zittingsdatum=zitting if klaar else None,
            geldboete=kans.between(2, 12) * 50 if klaar and afdoening == "BOETE" else None,
        )

    def _days(self, m: Melding) -> None:
        """Days of absence of the reports of the last two schooljaren."""
        if m.uren is None or m.soort in ("LRV", "RMC") or m.melddatum < self.jaren[-2].start:
            return
        dagen = schooldagen(m.begindatum, m.melddatum, Regio.MIDDEN)[:8]
        for number, dag in enumerate(dagen):
            heel = number % 3 != 1
            self.pakket.add(
                "verzuimdagen",
                melding_id=m.bron_id,
                datum=dag,
                hele_dag=heel,
                lesuren="" if heel else "1,2,3",
                klokuren=round(m.uren / len(dagen), 1),
            )

    def _write_absoluut(self, jongeren: Sequence[Jongere]) -> None:
        """Compulsory, resident and not enrolled at the comparison of registers."""
        for jaar in self.jaren:
            for j in jongeren:
                dag = jaar.peildatum + timedelta(days=self.kans.between(8, 230))
                if dag > self.peildatum - VERS or not 5 <= j.leeftijd(jaar.start) < 18:
                    continue
                if not j.gemeente_op(dag) or j.thuis.get(jaar.beginjaar):
                    continue
                kwijt = j.plek_op(dag) is None and not j.startkwalificatie_voor(dag)
                if (kwijt and self.kans.chance(0.5)) or self.kans.chance(0.0022):
                    self._melding(j, "ABSOLUUT", dag)

    def _write_fresh(self, jongeren: Sequence[Jongere]) -> None:
        """Reports of the last two weeks; most wait for triage, so that every day has work."""
        kans, dag = self.kans, self.peildatum
        werkdagen = [d for n in range(14) if (d := dag - timedelta(days=n)).weekday() < 5]
        rows = [
            j
            for j in jongeren
            if (plek := j.plek_op(dag)) and KANS.get(plek.soort, 0) > 0.02 and j.gemeente_op(dag)
        ]
        jong = [j for j in rows if 7 <= j.leeftijd(dag) < 18]
        oud = [j for j in rows if 18 <= j.leeftijd(dag) < 23 and not j.startkwalificatie_voor(dag)]
        aantal = max(len(jongeren) // 240, 20)
        for number in range(aantal):
            van = werkdagen[number % len(werkdagen)]
            groep = oud if number % 3 == 2 and oud else jong
            bekend = [j for j in groep if j.bron_id in self.gemeld] if number % 2 else []
            j = kans.pick(bekend or groep)
            soort = kans.weighted(OUDER if groep is oud else MIDDEN)
            melding = self._draft(j, soort, van)
            if number % 5 == 4:
                self._handle(melding)
            self.pakket.add("verzuimmeldingen", **melding.rij)
            self._days(melding)

    def _write_preventief(self, jongeren: Sequence[Jongere]) -> None:
        kans = self.kans
        for jaar in self.jaren:
            dagen = _dagen(jaar, self.peildatum)
            for _ in range(len(jongeren) * len(dagen) // (190 * 90)):
                j, dag = kans.pick(jongeren), kans.pick(dagen)
                plek, gemeente = j.plek_op(dag), j.gemeente_op(dag)
                if plek is None or not gemeente or not 11 <= j.leeftijd(dag) < 18:
                    continue
                self.pakket.add(
                    "contactmomenten",
                    bron_id=self.pakket.next_id("contactmomenten", "c"),
                    jongere_id=j.bron_id,
                    datum=moment(dag, kans.between(9, 15), 30),
                    kanaal="SPREEKUUR" if kans.chance(0.75) else "GESPREK",
                    met="JONGERE",
                    richting="UIT",
                    preventief=True,
                    verslag=kans.pick(teksten.PREVENTIEF),
                    gebruiker_id=behandelaar_for(kans, "leerplicht", gemeente),
                )


_CACHE: dict[tuple[int, date], list[date]] = {}


def _dagen(jaar: Schooljaar, voor: date) -> list[date]:
    """School days of the schooljaar before a day; outside the table of holidays no summer."""
    key = (jaar.beginjaar, voor)
    if key not in _CACHE:
        dagen = schooldagen(jaar.start, min(jaar.end, voor), Regio.MIDDEN)
        _CACHE[key] = [d for d in dagen if not (d.month == 8 and d.day < 20)]
    return _CACHE[key]
