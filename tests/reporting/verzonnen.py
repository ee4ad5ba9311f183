"""An invented region for counting: deterministic, with many borderline facts on purpose.

Facts freeze their gemeente as the application does it, worked out here in plain Python.
"""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from casework.codes import Herkomst, Meldingsoort, Onderwijssoort, Reden, Resultaat
from casework.codes import Werkprocessoort as Wp
from casework.models import (
    Adres,
    Contactmoment,
    Diploma,
    Gemeente,
    Inschrijving,
    Jongere,
    Relatie,
    School,
    Verzuimmelding,
    Werkproces,
)
from doorstroompunt.codes import Fase, Pogingresultaat, Trajectsoort, Uitstroom
from doorstroompunt.models import Contactpoging, Traject, Trajectfase
from leerplicht.codes import Besluit, Grond, Voorziening
from leerplicht.models import Haltverwijzing, ProcesVerbaal, Vrijstelling

DAY = timedelta(days=1)


@dataclass
class Regio:
    """`size` youths over the gemeenten, facts in the schooljaren from `begin` to `einde`."""

    size: int
    seed: int = 1
    begin: int = 2020
    einde: int = 2024
    codes: tuple[str, ...] = ("9101", "9102", "9103")
    gemeenten: list[Gemeente] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.pending: dict[type, list[Any]] = defaultdict(list)
        self.adressen: dict[int, list[Adres]] = defaultdict(list)

    # Chances and dates

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, options: Any) -> Any:
        return self.random.choice(list(options))

    def day(self, border: float = 0.1) -> date:
        """Any day of the years and a little outside; often just around 1 August."""
        year = self.random.randint(self.begin, self.einde + 1)
        if self.chance(border):
            return date(year, 8, 1) + self.random.randint(-1, 1) * DAY
        return date(year, 8, 1) - self.random.randint(-40, 364) * DAY

    def moment(self) -> datetime:
        """UTC, often so late that it is already tomorrow in Amsterdam."""
        hour = self.random.choice((9, 13, 21, 22, 23))
        return datetime.combine(self.day(0.3), datetime.min.time(), UTC) + timedelta(
            hours=hour, minutes=30
        )

    def maybe(self, value: Any, share: float = 0.5, otherwise: Any = None) -> Any:
        return value if self.chance(share) else otherwise

    # Persons

    def make(self) -> "Regio":
        self.gemeenten = [
            Gemeente.objects.get_or_create(code=code, defaults={"naam": f"Verzonnen {code}"})[0]
            for code in self.codes
        ]
        self.scholen = [
            School.objects.create(naam=f"School {n}", vestigingscode=f"{n:02}VZ00")
            for n in range(3)
        ]
        self.jongeren = Jongere.objects.bulk_create(
            [self._jongere(n) for n in range(self.size)], batch_size=2000
        )
        for jongere in self.jongeren:
            self._around(jongere)
        self._save(Adres, Relatie, Inschrijving, Diploma)
        for jongere in self.jongeren:
            self._werkprocessen(jongere)
        self._save(Werkproces)
        self.werkprocessen = defaultdict(list)
        for werkproces in self.saved:
            self.werkprocessen[werkproces.jongere_id].append(werkproces)
        for jongere in self.jongeren:
            self._meldingen(jongere)
        self._save(Verzuimmelding)
        self.meldingen = self.saved
        for jongere in self.jongeren:
            self._leerplicht(jongere)
            self._trajecten(jongere)
        self._measures()
        self._save(Vrijstelling, Contactmoment, Haltverwijzing, ProcesVerbaal, Traject)
        for traject in self.saved:
            self._traject_events(traject)
        self._save(Trajectfase, Contactpoging)
        return self

    def _save(self, *models: type) -> None:
        for model in models:
            self.saved = model.objects.bulk_create(self.pending.pop(model, []), batch_size=2000)

    def _jongere(self, n: int) -> Jongere:
        born = date(self.einde - 4, 12, 1) - self.random.randint(0, 20 * 365) * DAY
        return Jongere(
            achternaam=f"Verzonnen{n}",
            geboortedatum=born,
            gemeente=self.pick(self.gemeenten),
            gezin_id=self.maybe(f"gezin{self.random.randint(0, self.size // 8)}", 0.3, ""),
            herkomst=self.maybe(self.pick(Herkomst.values), 0.1, ""),
            datum_overlijden=self.maybe(max(self.day(), born), 0.01),
            datum_vertrek=self.maybe(self.day(), 0.02),
            datum_vestiging_nl=self.maybe(self.day(), 0.02),
        )

    def _around(self, jongere: Jongere) -> None:
        if self.chance(0.9):
            self._addresses(jongere)
        if not jongere.gezin_id or self.chance(0.2):
            for _ in range(self.random.randint(0, 2)):
                # A guardian shared by many is no parent.
                soort = "VOOGD" if self.chance(0.1) else "OUDER"
                number = 0 if soort == "VOOGD" else self.random.randint(0, self.size // 3)
                index = number.to_bytes(16, "big")
                self.pending[Relatie].append(
                    Relatie(jongere=jongere, soort=soort, achternaam="Verzonnen", bsn_index=index)
                )
        for _ in range(self.random.randint(0, 3)):
            begin = self.day(0.05)
            self.pending[Inschrijving].append(
                Inschrijving(
                    jongere=jongere,
                    school=self.pick(self.scholen),
                    onderwijssoort=self.pick(Onderwijssoort.values),
                    leerjaar=self.maybe(self.random.randint(1, 4), 0.8),
                    leerweg=self.maybe(self.pick(("BOL", "BBL")), 0.3, ""),
                    begindatum=begin,
                    einddatum=self.maybe(begin + self.random.randint(0, 900) * DAY, 0.7),
                )
            )
        if self.chance(0.1):
            self.pending[Diploma].append(
                Diploma(
                    jongere=jongere,
                    soort="DIPLOMA",
                    naam="Mbo 2",
                    datum=self.day(),
                    startkwalificatie=self.chance(0.7),
                )
            )

    def _addresses(self, jongere: Jongere) -> None:
        """One or more homes after each other, at times with a gap, an overlap or a post address."""
        van: date | None = self.maybe(jongere.geboortedatum, 0.9)
        for last in (False,) * self.random.randint(0, 2) + (True,):
            tot = None if last else self.day()
            if tot and van and tot < van:
                tot = van
            adres = Adres(
                jongere=jongere,
                soort="WOON",
                gemeente=self.maybe(self.pick(self.gemeenten), 0.95),
                van=van,
                tot=tot,
            )
            self.adressen[jongere.pk].append(adres)
            van = tot and tot + self.random.choice((0, 0, 0, 20, -20)) * DAY
            if van is None:
                break
        self.pending[Adres] += self.adressen[jongere.pk]
        if self.chance(0.1):
            self.pending[Adres].append(
                Adres(jongere=jongere, soort="BRIEF", gemeente=self.pick(self.gemeenten))
            )

    def home(self, jongere: Jongere, day: date | None) -> Gemeente | None:
        if day is None:
            return None
        mine = self.adressen[jongere.pk]
        if not mine:
            return jongere.gemeente
        valid = [
            (a.van or date.min, n, a)
            for n, a in enumerate(mine)
            if (a.van is None or a.van <= day) and (a.tot is None or day < a.tot)
        ]
        return max(valid, key=lambda row: row[:2])[2].gemeente if valid else None

    # Facts

    def _often(self, share: float, most: int = 3) -> range:
        return range(self.random.randint(1, most) if self.chance(share) else 0)

    def _werkprocessen(self, jongere: Jongere) -> None:
        for _ in self._often(0.15):
            start = self.day()
            einde = self.maybe(start + self.random.randint(0, 500) * DAY, 0.8)
            own = self.chance(0.1)
            gemeente = self.pick(self.gemeenten) if own else self.home(jongere, start)
            self.pending[Werkproces].append(
                Werkproces(
                    jongere=jongere,
                    soort=self.pick(Wp.values),
                    gestart_op=start,
                    gesloten_op=einde,
                    status="GESLOTEN" if einde else "OPEN",
                    gemeente=gemeente,
                    gemeente_opgegeven=own,
                    gemeente_sluiting=einde and (gemeente if own else self.home(jongere, einde)),
                    resultaat=self.maybe(self.pick(Resultaat.values), 0.8, "") if einde else "",
                )
            )

    def _meldingen(self, jongere: Jongere) -> None:
        for _ in self._often(0.3, 5):
            soort, day = self.pick(Meldingsoort.values), self.day()
            adult = soort in ("V4", "RMC") or self.chance(0.2)
            self.pending[Verzuimmelding].append(
                Verzuimmelding(
                    jongere=jongere,
                    soort=soort,
                    taak="doorstroompunt" if adult else "leerplicht",
                    melddatum=day,
                    gemeente=self.home(jongere, day),
                    status=self.random.choice(("R", "G", "B", "K", "LOKAAL", "I")),
                    reden=self.maybe(self.pick(Reden.values), 0.8, ""),
                    resultaat=self.maybe(self.pick(Resultaat.values), 0.6, ""),
                    werkproces=self.maybe(
                        self.pick(self.werkprocessen.get(jongere.pk) or [None]), 0.7
                    ),
                )
            )

    def _leerplicht(self, jongere: Jongere) -> None:
        for _ in self._often(0.08):
            asked, begin, back = self.day(), self.day(), self.maybe(self.day(), 0.2)
            self.pending[Vrijstelling].append(
                Vrijstelling(
                    jongere=jongere,
                    grond=self.pick(Grond.values),
                    aanvraagdatum=asked,
                    begindatum=begin,
                    einddatum=self.maybe(begin + self.random.randint(0, 800) * DAY, 0.7),
                    besluit=self.pick(Besluit.values),
                    nieuw=self.random.choice((True, False, None)),
                    voorziening=self.maybe(self.pick(Voorziening.values), 0.7, ""),
                    tot_einde_leerplicht=self.random.choice((True, False, None)),
                    terug_naar_school_op=back,
                    gemeente=self.home(jongere, begin),
                    gemeente_aanvraag=self.home(jongere, asked),
                    gemeente_terug=self.home(jongere, back),
                )
            )
        for _ in self._often(0.1):
            moment = self.moment()
            self.pending[Contactmoment].append(
                Contactmoment(
                    jongere=jongere,
                    datum=moment,
                    kanaal=self.random.choice(("SPREEKUUR", "TELEFOON")),
                    preventief=self.chance(0.7),
                    gemeente=self.home(jongere, _dutch_date(moment)),
                )
            )

    def _measures(self) -> None:
        for melding in self.meldingen:
            if not self.chance(0.1):
                continue
            day = melding.melddatum + self.random.randint(0, 60) * DAY
            jongere = melding.jongere
            shared = {"jongere": jongere, "gemeente": self.home(jongere, day)}
            soort = self.random.choice(("RELATIEF", "ABSOLUUT", "LUXE"))
            self.pending[ProcesVerbaal].append(
                ProcesVerbaal(
                    pv_datum=day,
                    eerste_verwerking=day,
                    verzuimsoort=soort,
                    melding=melding,
                    **shared,
                )
            )
            self.pending[Haltverwijzing].append(
                Haltverwijzing(
                    datum_verwijzing=day,
                    verzuimsoort=self.maybe(soort, 0.5, ""),
                    melding=self.maybe(melding, 0.8),
                    **shared,
                )
            )

    def _trajecten(self, jongere: Jongere) -> None:
        for _ in self._often(0.2):
            start, uitval, benaderd = self.day(), self.maybe(self.day()), self.maybe(self.day())
            einde = self.maybe(start + self.random.randint(0, 500) * DAY, 0.6)
            onderwijs = [*Onderwijssoort.values, ""]
            self.pending[Traject].append(
                Traject(
                    jongere=jongere,
                    soort=self.maybe("VSV", 0.4, self.pick(Trajectsoort.values)),
                    datum_melding=start,
                    datum_uitval=uitval,
                    benaderd_op=benaderd,
                    begeleid_van=self.maybe(start),
                    gesloten_op=einde,
                    status="GESLOTEN" if einde else "OPEN",
                    uitstroom=self.maybe(self.pick(Uitstroom.values), 0.7, ""),
                    reden=self.maybe(self.pick(Reden.values), 0.7, ""),
                    laatste_onderwijssoort=self.pick(onderwijs),
                    uitstroom_onderwijs=self.pick(onderwijs),
                    intensiteit=self.random.choice(("INTENSIEF", "ADVIES", "")),
                    gemeente=self.home(jongere, start),
                    gemeente_uitval=self.home(jongere, uitval),
                    gemeente_benaderd=self.home(jongere, benaderd),
                )
            )

    def _traject_events(self, traject: Traject) -> None:
        for _ in self._often(0.5):
            day = self.day()
            self.pending[Trajectfase].append(
                Trajectfase(
                    traject=traject,
                    fase=self.pick(Fase.values),
                    van=day,
                    uitkomst=self.maybe(self.pick(Uitstroom.values), 0.6, ""),
                    gemeente=self.home(traject.jongere, day),
                )
            )
        for _ in self._often(0.5):
            moment = self.moment()
            self.pending[Contactpoging].append(
                Contactpoging(
                    traject=traject,
                    datum=moment,
                    kanaal=self.random.choice(("HUISBEZOEK", "TELEFOON")),
                    resultaat=self.pick(Pogingresultaat.values),
                    door_partner=self.chance(0.5),
                    uitkomst=self.maybe(self.pick(Uitstroom.values), 0.6, ""),
                    gemeente=self.home(traject.jongere, _dutch_date(moment)),
                )
            )


def _dutch_date(moment: datetime) -> date:
    """Amsterdam: an hour later than UTC, two hours in summer (last Sundays of March, October)."""
    first, last = (_last_sunday(moment.year, month) for month in (3, 10))
    return (moment + timedelta(hours=2 if first <= moment < last else 1)).date()


def _last_sunday(year: int, month: int) -> datetime:
    day = datetime(year, month, 31, 1, tzinfo=UTC)
    return day - ((day.weekday() + 1) % 7) * DAY
