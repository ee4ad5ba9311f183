"""Trajecten of the Doorstroompunt: dropping out, absence at 18 and older, and side-trajecten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from casework.schooljaar import Schooljaar
from koppelingen.demo import teksten
from koppelingen.demo.kans import Kans
from koppelingen.demo.medewerkers import behandelaar_for
from koppelingen.demo.pakket import Demopakket, moment
from koppelingen.demo.personen import Jongere, Uitval
from koppelingen.demo.zaken import Melding

REDENEN: Final = {
    "MOTIVATIE": 38.0,
    "WERK": 14.0,
    "STUDIEKEUZE": 13.0,
    "NIET_HAALBAAR": 8.0,
    "PSYCHOSOCIAAL": 15.0,
    "THUIS": 7.0,
    "WOONSITUATIE": 3.0,
    "OVERIG": 2.0,
}
BEGELEID: Final = {
    "ond_gestart": 27.0,
    "werk": 26.0,
    "werk_leren_combi": 7.0,
    "traject_reintegratie": 8.0,
    "hulpverlening": 9.0,
    "traject_arbeidsbeperkt": 3.0,
    "inburgering": 2.0,
    "uitkering_pw": 5.0,
    "dagbesteding": 2.0,
    "geen_motivatie": 7.0,
    "verhuisd": 4.0,
}
NIET_BEGELEID: Final = {
    "werk_en_of_studie_zelf": 46.0,
    "onbekend": 26.0,
    "geweigerd": 12.0,
    "geen_motivatie": 8.0,
    "verhuisd": 8.0,
}
PREVENTIEF: Final = {"ond_gebleven": 72.0, "uitgeschreven": 17.0, "startkw_of_ho": 11.0}
# Kind -> how many a schooljaar in a region of 12,000, ages, sex ("" both), outflow.
OVERIG: Final[Mapping[str, tuple[int, int, int, str, Mapping[str, float]]]] = {
    "ZORG_18PLUS": (22, 18, 22, "", {"hulpverlening": 45.0, "ond_gebleven": 40.0, "werk": 15.0}),
    "OVERSTAPCOACH": (14, 15, 18, "", {"ond_gestart": 80.0, "onbekend": 20.0}),
    "BWJ": (
        8,
        18,
        22,
        "",
        {"zelfstandig_wonen": 60.0, "niet_passend": 15.0, "hulpverlening": 25.0},
    ),
    "JONGE_MOEDER": (6, 17, 22, "V", {"ond_gestart": 40.0, "werk": 25.0, "uitkering_pw": 35.0}),
    "DETENTIE": (9, 18, 26, "M", {"werk": 35.0, "onbekend": 30.0, "hulpverlening": 35.0}),
    "NAZORG_23_27": (16, 23, 26, "", {"werk": 55.0, "uitkering_pw": 20.0, "onbekend": 25.0}),
}
FASEN: Final = ("INTAKE", "JOBHUNTING", "JOBCOACHING", "NAZORG")
KANALEN: Final = ("TELEFOON", "APP", "MAIL", "BRIEF", "HUISBEZOEK")
# States an open traject may have, by how far it came (set after the import).
BEGONNEN: Final = {
    "ontvangen": 30.0,
    "gescreend": 20.0,
    "te_benaderen": 40.0,
    "in_beeld_elders": 10.0,
}
BENADERD: Final = {"in_benadering": 70.0, "intake": 30.0}
BEGELEIDING: Final = {"in_begeleiding": 92.0, "in_overdracht": 8.0}
RUST: Final = {"onbekend": "niet_traceerbaar", "geweigerd": "geen_behoefte"}


@dataclass(slots=True)
class Trajectstand:
    """The state the package cannot say; set after the import."""

    bron_id: str
    toestand: str
    sinds: date


class Trajecten:
    def __init__(self, pakket: Demopakket, jaren: Sequence[Schooljaar], peildatum: date) -> None:
        self.pakket, self.jaren, self.peildatum = pakket, jaren, peildatum
        self.kans = Kans("trajecten")
        self.standen: list[Trajectstand] = []

    def write(self, jongeren: Sequence[Jongere], gemeld: Mapping[str, list[Melding]]) -> None:
        for j in jongeren:
            for uitval in j.uitval:
                if uitval.datum >= self.jaren[0].start and j.leeftijd(uitval.datum) >= 16:
                    self._vsv(j, uitval)
            self._preventief(j, gemeld.get(j.bron_id, []))
            self._kwetsbaar(j)
        for soort in OVERIG:
            self._overig(jongeren, soort)

    def _vsv(self, j: Jongere, uitval: Uitval) -> None:
        kans = self.kans
        melding = uitval.datum + timedelta(days=kans.between(6, 45))
        if melding > self.peildatum or not j.gemeente_op(melding) or j.vertrokken:
            return
        bereikt = kans.chance(0.9)
        begeleid = bereikt and kans.chance(0.55)
        lijst = BEGELEID if begeleid else NIET_BEGELEID
        uitstroom = "ond_gestart" if uitval.terug and begeleid else kans.weighted(lijst)
        traject = self._traject(
            j,
            "VSV",
            melding,
            uitstroom,
            bereikt=bereikt,
            begeleid=begeleid,
            datum_uitval=uitval.datum,
            laatste_onderwijssoort=uitval.soort,
            reden=kans.weighted(REDENEN),
            bron_melding=kans.weighted(
                {"DUO_A04": 70.0, "SCHOOL": 18.0, "P_LEVERING": 8.0, "ZELF": 4.0}
            ),
        )
        if begeleid and kans.chance(0.22):
            self._jobhunter(j, melding + timedelta(days=40), traject)

    def _preventief(self, j: Jongere, meldingen: Sequence[Melding]) -> None:
        per_jaar: dict[int, Melding] = {}
        for m in meldingen:
            plus = m.soort in ("V4", "RMC") or j.leeftijd(m.begindatum) >= 18
            if plus and m.rij.get("werkproces_id"):
                per_jaar.setdefault(Schooljaar.of(m.melddatum).beginjaar, m)
        for m in per_jaar.values():
            self._traject(
                j,
                "VERZUIM_18PLUS",
                m.melddatum,
                self.kans.weighted(PREVENTIEF),
                bereikt=True,
                begeleid=self.kans.chance(0.6),
                reden=m.rij["reden"],
                bron_melding="DUO_A04" if m.rij["kanaal"] == "DUO" else "SCHOOL",
                lengte=(20, 120),
            )

    def _kwetsbaar(self, j: Jongere) -> None:
        for diploma in j.diplomas:
            if diploma.niveau not in ("pro", "vso", "mbo1") or diploma.datum < self.jaren[0].start:
                continue
            if self.kans.chance(0.75):
                uitstroom = self.kans.weighted(
                    {
                        "ond_gestart": 45.0,
                        "werk": 24.0,
                        "dagbesteding": 16.0,
                        "traject_arbeidsbeperkt": 15.0,
                    }
                )
                dag = diploma.datum + timedelta(days=self.kans.between(60, 110))
                self._traject(
                    j,
                    "KWETSBAAR",
                    dag,
                    uitstroom,
                    bereikt=True,
                    begeleid=False,
                    bron_melding="MONITOR",
                )

    def _overig(self, jongeren: Sequence[Jongere], soort: str) -> None:
        kans = self.kans
        aantal, jongst, oudst, geslacht, uitstroom = OVERIG[soort]
        for jaar in self.jaren:
            einde = min(jaar.end, self.peildatum)
            deel = (einde - jaar.start).days / 365 * kans.between(75, 125) / 100
            for _ in range(max(round(aantal * deel * len(jongeren) / 12000), 1)):
                dag = kans.day(jaar.start, einde)
                j = self._candidate(jongeren, dag, jongst, oudst, geslacht)
                if j:
                    self._traject(
                        j,
                        soort,
                        dag,
                        kans.weighted(uitstroom),
                        bereikt=True,
                        begeleid=True,
                        reden=kans.weighted(REDENEN) if soort in ("ZORG_18PLUS", "BWJ") else "",
                        intensiteit=kans.weighted({"INTENSIEF": 60.0, "ADVIES": 40.0}),
                        bron_melding=kans.weighted({"SCHOOL": 40.0, "PARTNER": 40.0, "ZELF": 20.0}),
                    )

    def _candidate(
        self, jongeren: Sequence[Jongere], dag: date, jongst: int, oudst: int, geslacht: str
    ) -> Jongere | None:
        for _ in range(200):
            j = self.kans.pick(jongeren)
            past = jongst <= j.leeftijd(dag) <= oudst and geslacht in ("", j.geslacht)
            if past and j.gemeente_op(dag) and not j.startkwalificatie_voor(dag):
                return j
        return None

    def _traject(
        self,
        j: Jongere,
        soort: str,
        dag: date,
        uitstroom: str,
        *,
        bereikt: bool,
        begeleid: bool,
        lengte: tuple[int, int] = (25, 260),
        **rij: Any,
    ) -> str:
        kans, peil = self.kans, self.peildatum
        if dag > peil or not j.gemeente_op(dag):
            return ""
        benaderd = dag + timedelta(days=kans.between(2, 21)) if bereikt else None
        begin = benaderd + timedelta(days=kans.between(5, 40)) if benaderd and begeleid else None
        einde = (begin or benaderd or dag) + timedelta(days=kans.between(*lengte))
        # What ended lately may still be open; what ended long ago is not.
        uitloop = begeleid and einde > peil - timedelta(days=150) and kans.chance(0.2)
        klaar = einde <= peil and not uitloop
        bron_id = self.pakket.next_id("trajecten", "t")
        wie = behandelaar_for(kans, "doorstroompunt", j.gemeente_op(dag))
        benaderd = benaderd if benaderd and benaderd <= peil else None
        begin = begin if begin and begin <= peil else None
        later = einde + timedelta(days=kans.between(150, 365))
        opnieuw = klaar and soort == "VSV" and uitstroom in RUST
        self.pakket.add(
            "trajecten",
            bron_id=bron_id,
            jongere_id=j.bron_id,
            soort=soort,
            datum_melding=dag,
            benaderd_op=benaderd,
            begeleid_van=begin,
            behandelaar_id=wie,
            status="GESLOTEN" if klaar else "OPEN",
            gesloten_op=einde if klaar else None,
            uitstroom=uitstroom if klaar else "",
            uitstroom_onderwijs=_education(kans, uitstroom) if klaar else "",
            volgende_benadering=later if opnieuw and j.leeftijd(later) < 27 else None,
            **rij,
        )
        self._pogingen(bron_id, benaderd, begin, min(einde, peil), uitstroom, wie)
        if begin and soort in ("VSV", "NAZORG_23_27", "ZORG_18PLUS", "JONGE_MOEDER"):
            self._plan(bron_id, begin, klaar)
        self._stand(bron_id, dag, benaderd, begin, einde if klaar else None, uitstroom, opnieuw)
        return bron_id

    def _stand(
        self,
        bron_id: str,
        dag: date,
        benaderd: date | None,
        begin: date | None,
        klaar: date | None,
        uitstroom: str,
        opnieuw: bool,
    ) -> None:
        kans = self.kans
        if klaar:
            if opnieuw:
                self.standen.append(Trajectstand(bron_id, RUST[uitstroom], klaar))
            elif uitstroom == "werk_en_of_studie_zelf":
                self.standen.append(Trajectstand(bron_id, "zelfredzaam", klaar))
            return
        if begin:
            toestand = kans.weighted(BEGELEIDING)
        elif benaderd:
            toestand = kans.weighted(BENADERD)
        else:
            toestand = kans.weighted(BEGONNEN)
        self.standen.append(Trajectstand(bron_id, toestand, begin or benaderd or dag))

    def _pogingen(
        self,
        traject: str,
        benaderd: date | None,
        begin: date | None,
        einde: date,
        uitstroom: str,
        wie: str,
    ) -> None:
        """Attempts until there is contact; who stays unknown was tried on every channel."""
        if benaderd is None:
            return
        kans = self.kans
        zoek = uitstroom == "onbekend"
        kanalen = (
            list(KANALEN) if zoek else [kans.pick(KANALEN[:3]) for _ in range(kans.between(1, 3))]
        )
        dag = benaderd
        for number, kanaal in enumerate(kanalen):
            laatst = number == len(kanalen) - 1 and not zoek
            if laatst:
                resultaat = "WEIGERT" if uitstroom == "geweigerd" else "GESPROKEN_JONGERE"
                if begin and kans.chance(0.4):
                    resultaat = "AFSPRAAK"
            else:
                resultaat = kans.weighted(
                    {"GEEN_REACTIE": 50.0, "BERICHT_ACHTERGELATEN": 38.0, "GESPROKEN_OUDER": 12.0}
                )
            huis = kanaal == "HUISBEZOEK"
            self.pakket.add(
                "contactpogingen",
                bron_id=self.pakket.next_id("contactpogingen", "k"),
                traject_id=traject,
                datum=moment(dag, kans.between(9, 19), kans.between(0, 11) * 5),
                kanaal=kanaal,
                resultaat=resultaat,
                door_partner=huis and kans.chance(0.5),
                uitkomst=uitstroom if huis and kans.chance(0.6) else "",
                uitvoerder_id=wie,
                opmerking=kans.pick(teksten.POGING[resultaat]),
            )
            dag = min(dag + timedelta(days=kans.between(2, 9)), einde)

    def _plan(self, traject: str, begin: date, klaar: bool) -> None:
        kans = self.kans
        gebieden = list(teksten.DOELEN)
        start = kans.between(0, len(gebieden) - 1)
        for number in range(kans.between(1, 3)):
            gebied = gebieden[(start + number * 3) % len(gebieden)]
            doel, actie = teksten.DOELEN[gebied]
            open_nu = kans.weighted({"OPEN": 35.0, "BEZIG": 50.0, "BEHAALD": 15.0})
            self.pakket.add(
                "plannen",
                bron_id=self.pakket.next_id("plannen", "g"),
                traject_id=traject,
                leefgebied=gebied,
                doel=doel,
                actie=actie,
                wie=kans.pick(("Jongere", "Jongere en coach", "Coach", "Jongere en ouder")),
                status=kans.weighted({"BEHAALD": 70.0, "VERVALLEN": 30.0}) if klaar else open_nu,
                datum=begin + timedelta(days=kans.between(20, 90)),
            )

    def _jobhunter(self, j: Jongere, dag: date, hoofd: str) -> None:
        if not hoofd or dag > self.peildatum:
            return
        kans = self.kans
        traject = self._traject(
            j,
            "JOBHUNTER",
            dag,
            kans.weighted(
                {"werk": 60.0, "ond_gestart": 15.0, "baan_verloren": 10.0, "werkzoekend": 15.0}
            ),
            bereikt=True,
            begeleid=True,
            bron_melding="PARTNER",
        )
        van = dag
        for fase in FASEN[: kans.between(1, 4)]:
            tot = van + timedelta(days=kans.between(14, 60))
            if van > self.peildatum or not traject:
                break
            loopt = tot > self.peildatum
            self.pakket.add(
                "trajectfasen",
                bron_id=self.pakket.next_id("trajectfasen", "f"),
                traject_id=traject,
                fase=fase,
                van=van,
                tot=None if loopt else tot,
                uitkomst="" if loopt else kans.weighted({"werk": 60.0, "werkzoekend": 40.0}),
                instrument=kans.pick(("", "Proefplaatsing", "Jobcoach", "Sollicitatietraining")),
            )
            van = tot


def _education(kans: Kans, uitstroom: str) -> str:
    if uitstroom not in ("ond_gestart", "ond_gebleven", "werk_leren_combi"):
        return ""
    return kans.weighted({"MBO2": 40.0, "MBO3": 22.0, "MBO4": 18.0, "MBO1": 10.0, "VAVO": 10.0})
