"""Some tricky indicators once more: slow, in plain Python, written from the contract alone.

`Naief(rows...)` reads every row; a figure is a loop over them. Areas are a set of gemeenten: one
gemeente, or all asked for the total.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from casework.models import (
    Adres,
    Contactmoment,
    Inschrijving,
    Jongere,
    Relatie,
    Verzuimmelding,
    Werkproces,
)
from casework.schooljaar import Schooljaar
from doorstroompunt.models import Traject
from leerplicht.domain.dossierfeiten import feiten_of
from leerplicht.domain.status import leerplichtstatus
from leerplicht.models import Haltverwijzing, ProcesVerbaal, Vrijstelling

Gebied = set[int]
Figure = Counter[tuple[str, ...]]

ORDER = [
    *("bo_sbo", "so", "vso", "pro", "onderbouw_vo", "vmbo", "havo", "vwo", "vavo", "isk"),
    *("mbo1", "mbo2", "mbo3", "mbo4", "ho"),
]
NAMES = {
    "BO": "bo_sbo",
    "SBO": "bo_sbo",
    "BRUGJAAR": "onderbouw_vo",
    "EDUCATIE": "overig",
    "PARTICULIER": "overig",
}


def os_of(soort: str, leerjaar: int | None = None) -> str:
    if soort.startswith("VMBO") or soort in ("HAVO", "VWO"):
        if leerjaar in (1, 2):
            return "onderbouw_vo"
        return soort.split("_")[0].lower()
    return NAMES.get(soort, soort.lower() or "geen")


def rank(os: str) -> int:
    return ORDER.index(os) if os in ORDER else {"overig": -1, "buitenland": -2}[os]


def vs_of(m: Verzuimmelding) -> str:
    if m.soort == "ABSOLUUT":
        return "absoluut"
    if m.soort in ("V1", "V2", "V3"):
        return "wettelijk"
    if m.soort == "V4":
        return "wettelijk_18plus"
    if m.soort == "RMC":
        return "vier_weken_18plus"
    if m.taak == "doorstroompunt":
        return "overig_18plus"
    return {"O": "licht", "TELAAT": "licht", "LRV": "langdurig", "L": "luxe"}.get(m.soort, "zorg")


def result_of(m: Verzuimmelding) -> str:
    if m.resultaat:
        return m.resultaat
    if m.werkproces and m.werkproces.resultaat:
        return m.werkproces.resultaat
    return "open"


class Naief:
    def __init__(self) -> None:
        self.jongeren = list(
            Jongere.objects.select_related("gemeente").prefetch_related(
                "diplomas", "inschrijvingen", "vrijstellingen"
            )
        )
        self.jongere = {j.pk: j for j in self.jongeren}
        self.meldingen = list(Verzuimmelding.objects.select_related("werkproces").order_by("pk"))
        self.werkprocessen = list(Werkproces.objects.all())
        self.inschrijvingen = list(Inschrijving.objects.order_by("pk"))
        self.adressen = list(Adres.objects.filter(soort="WOON", jongere__isnull=False))
        self.relaties = list(Relatie.objects.filter(soort="OUDER", bsn_index__isnull=False))
        self.pvs = list(ProcesVerbaal.objects.select_related("melding"))
        self.halt = list(Haltverwijzing.objects.select_related("melding"))
        self.vrijstellingen = list(Vrijstelling.objects.all())
        self.contacten = list(Contactmoment.objects.all())
        self.trajecten = list(Traject.objects.order_by("pk"))

    # Shared rules

    def valid(self, jaar: Schooljaar, gebied: Gebied) -> list[Verzuimmelding]:
        return [
            m
            for m in self.meldingen
            if m.gemeente_id in gebied
            and m.melddatum in jaar
            and m.status != "I"
            and result_of(m) != "geen_verzuim"
        ]

    def lp(self, jaar: Schooljaar, gebied: Gebied) -> list[Verzuimmelding]:
        return [m for m in self.valid(jaar, gebied) if m.taak == "leerplicht"]

    def enrolment(self, jongere: int, day: date) -> Inschrijving | None:
        on_day = [
            i
            for i in self.inschrijvingen
            if i.jongere_id == jongere
            and i.begindatum <= day
            and (i.einddatum is None or day <= i.einddatum)
        ]
        return max(
            on_day,
            key=lambda i: (rank(os_of(i.onderwijssoort, i.leerjaar)), i.begindatum, i.pk),
            default=None,
        )

    def os_on(self, jongere: int, day: date) -> str:
        found = self.enrolment(jongere, day)
        return os_of(found.onderwijssoort, found.leerjaar) if found else "geen"

    def home(self, jongere: Jongere, day: date) -> int | None:
        mine = [a for a in self.adressen if a.jongere_id == jongere.pk]
        if not mine:
            return jongere.gemeente_id
        valid = [a for a in mine if (not a.van or a.van <= day) and (not a.tot or day < a.tot)]
        if not valid:
            return None
        return max(valid, key=lambda a: (a.van or date.min, a.pk)).gemeente_id

    def residents(self, jaar: Schooljaar, gebied: Gebied) -> list[Jongere]:
        day = jaar.peildatum
        return [
            j
            for j in self.jongeren
            if not (j.datum_overlijden and j.datum_overlijden <= day)
            and self.lives_here(j, day)
            and self.home(j, day) in gebied
        ]

    def lives_here(self, j: Jongere, day: date) -> bool:
        if j.datum_vestiging_nl and j.datum_vertrek and j.datum_vertrek < j.datum_vestiging_nl:
            return day < j.datum_vertrek or j.datum_vestiging_nl <= day
        arrived = j.datum_vestiging_nl is None or j.datum_vestiging_nl <= day
        return arrived and (j.datum_vertrek is None or day < j.datum_vertrek)

    def households(self, jongeren: Iterable[int]) -> int:
        """Number of households: spread a label over everyone who shares a parent."""
        parents = {
            j.pk: {bytes(r.bsn_index) for r in self.relaties if r.jongere_id == j.pk}
            for j in self.jongeren
        }
        label = {
            j.pk: f"gezin {j.gezin_id}" if j.gezin_id else f"zelf {j.pk:09}" for j in self.jongeren
        }
        changed = True
        while changed:
            changed = False
            for j in self.jongeren:
                if j.gezin_id:
                    continue
                near = [label[o] for o in parents if parents[o] & parents[j.pk]]
                best = min([label[j.pk], *near])
                if best != label[j.pk]:
                    label[j.pk], changed = best, True
        return len({label[pk] for pk in jongeren})

    # Figures: () is the total, codes in the order of the breakdown behind a name

    def pop_leer_kwalificatieplichtigen(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        day = jaar.peildatum
        return Counter(
            ()
            for j in self.residents(jaar, gebied)
            if leerplichtstatus(feiten_of(j, day), day).code.under_duty
        )

    def pop_5_18_ingeschreven(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        day = jaar.peildatum
        return Counter(
            ()
            for j in self.residents(jaar, gebied)
            if 5 <= j.leeftijd(day) <= 17 and self.enrolment(j.pk, day)
        )

    def pop_ingeschreven_naar_soort(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        found: Figure = Counter()
        for j in self.residents(jaar, gebied):
            i = self.enrolment(j.pk, jaar.peildatum)
            if i:
                found[()] += 1
                found["os", os_of(i.onderwijssoort, i.leerjaar)] += 1
                found["onderwijssoort", i.onderwijssoort] += 1
                found["leerweg", i.leerweg or "onbekend"] += 1
        return found

    def lp_meldingen(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        found: Figure = Counter()
        for m in self.lp(jaar, gebied):
            vs, os = vs_of(m), self.os_on(m.jongere_id, m.melddatum)
            found.update([(), ("vs", vs), ("os", os), ("vs", vs, "os", os)])
        return found

    def lp_spijbel(self, jaar: Schooljaar, gebied: Gebied) -> list[Verzuimmelding]:
        return [m for m in self.lp(jaar, gebied) if vs_of(m) in ("licht", "wettelijk")]

    def lp_spijbel_eenmalig(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        each = Counter(m.jongere_id for m in self.lp_spijbel(jaar, gebied))
        return Counter(() for n in each.values() if n == 1)

    def lp_spijbel_herhaald(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        each = Counter(m.jongere_id for m in self.lp_spijbel(jaar, gebied))
        return Counter({(): sum(n - 1 for n in each.values())})

    def lp_betrokkenheid(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        persons = {m.jongere_id for m in self.lp(jaar, gebied)}
        days = [jaar.start + timedelta(days=n) for n in range((jaar.end - jaar.start).days)]
        for w in self.werkprocessen:
            if w.soort == "VERZUIM_18PLUS" or w.gemeente_id not in gebied:
                continue
            if any(w.gestart_op <= d and (not w.gesloten_op or d <= w.gesloten_op) for d in days):
                persons.add(w.jongere_id)
        return Counter({(): len(persons)})

    def lp_luxe_gezinnen(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        persons = {m.jongere_id for m in self.lp(jaar, gebied) if vs_of(m) == "luxe"}
        return Counter({(): self.households(persons)})

    def lp_incidenten(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        zone = ZoneInfo("Europe/Amsterdam")
        return Counter(
            ()
            for c in self.contacten
            if c.preventief
            and c.gemeente_id in gebied
            and jaar.start <= c.datum.astimezone(zone).date() < jaar.end
        )

    def _measures(self, rows: list, date_field: str, jaar: Schooljaar, gebied: Gebied) -> Figure:
        relatief = ("V3", "V4", "RMC", "O", "TELAAT", "LRV", "ZORG", "ZIEK", "V1", "V2")
        found: Figure = Counter()
        for row in rows:
            if row.gemeente_id not in gebied or getattr(row, date_field) not in jaar:
                continue
            hvs = row.verzuimsoort.lower()
            if not hvs and row.melding:
                soort = row.melding.soort
                hvs = {"ABSOLUUT": "absoluut", "L": "luxe"}.get(soort, "")
                hvs = "relatief" if soort in relatief else hvs
            found[()] += 1
            if hvs:
                found["hvs", hvs] += 1
        return found

    def hv_pv(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        return self._measures(self.pvs, "pv_datum", jaar, gebied)

    def hv_halt(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        return self._measures(self.halt, "datum_verwijzing", jaar, gebied)

    def hv_totaal(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        both = self.hv_pv(jaar, gebied) + self.hv_halt(jaar, gebied)
        return Counter({(): both[()]})

    def hv_pv_onderwijs(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        found: Figure = Counter()
        for p in self.pvs:
            if p.gemeente_id in gebied and p.pv_datum in jaar:
                hvs, os = p.verzuimsoort.lower(), self.os_on(p.jongere_id, p.pv_datum)
                found.update([(), ("hvs", hvs), ("os", os), ("hvs", hvs, "os", os)])
        return found

    def thz_langdurig(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        rows = [m for m in self.valid(jaar, gebied) if m.soort == "LRV"]
        found: Figure = Counter({(): len({m.jongere_id for m in rows})})
        pairs = {(m.jongere_id, self.os_on(m.jongere_id, m.melddatum)) for m in rows}
        found.update(("os", os) for _, os in pairs)
        return found

    def thz_afhandeling(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        last: dict[int, Verzuimmelding] = {}
        for m in self.valid(jaar, gebied):
            other = last.get(m.jongere_id)
            if m.soort == "LRV" and (not other or m.melddatum >= other.melddatum):
                last[m.jongere_id] = m
        found: Figure = Counter({(): len(last)})
        found.update(("res", result_of(m)) for m in last.values())
        return found

    def vst_lopend(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        found: Figure = Counter()
        for v in self.vrijstellingen:
            valid = v.besluit in ("VERLEEND", "VAN_RECHTSWEGE") and v.gemeente_id in gebied
            still = v.einddatum is None or v.einddatum >= jaar.start
            if valid and v.begindatum <= jaar.last_day and still:
                found.update([(), ("grd", v.grond)])
        return found

    def wp_afgesloten(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        found: Figure = Counter()
        for w in self.werkprocessen:
            if w.gesloten_op and w.gesloten_op in jaar and w.gemeente_sluiting_id in gebied:
                found.update([(), ("soort", w.soort), ("res", w.resultaat or "open")])
        return found

    def dsp_prev_resultaat(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        found: Figure = Counter()
        for m in self.valid(jaar, gebied):
            if m.taak != "doorstroompunt":
                continue
            open_then = [
                t
                for t in self.trajecten
                if t.jongere_id == m.jongere_id
                and t.soort == "VERZUIM_18PLUS"
                and t.datum_melding <= m.melddatum
                and (t.gesloten_op is None or m.melddatum <= t.gesloten_op)
            ]
            last = max(open_then, key=lambda t: (t.datum_melding, t.pk), default=None)
            found.update([(), ("uit", (last and last.uitstroom) or "traject_dsp")])
        return found

    def _stopped(self, jaar: Schooljaar, gebied: Gebied) -> list[Traject]:
        return [
            t
            for t in self.trajecten
            if t.soort == "VSV"
            and t.datum_uitval
            and t.datum_uitval in jaar
            and t.gemeente_uitval_id in gebied
        ]

    def vsv_gem_nieuw(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        persons = {t.jongere_id for t in self._stopped(jaar, gebied)}
        after = date(jaar.beginjaar + 1, 10, 1)
        return Counter(() for pk in persons if not self.enrolment(pk, after))

    def vsv_gem_onderwijs_leeftijd(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        seen: set[tuple[int, tuple[str, ...]]] = set()
        for t in self._stopped(jaar, gebied):
            assert t.datum_uitval
            os = os_of(t.laatste_onderwijssoort)
            lft = str(self.jongere[t.jongere_id].leeftijd(t.datum_uitval))
            ways = [(), ("os", os), ("lft", lft), ("os", os, "lft", lft)]
            seen |= {(t.jongere_id, way) for way in ways}
        return Counter(way for _, way in seen)

    def vsv_gem_begeleidingsaanbod(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        seen: set[tuple[int, tuple[str, ...]]] = set()
        for t in self._stopped(jaar, gebied):
            guided = t.begeleid_van is not None
            ways: list[tuple[str, ...]] = [
                (),
                ("geb", "begeleid" if guided else "niet_begeleid"),
            ]
            if not guided:
                ways.append(("uit", t.uitstroom or "traject_dsp"))
            seen |= {(t.jongere_id, way) for way in ways}
        return Counter(way for _, way in seen)

    def jm_jongeren(self, jaar: Schooljaar, gebied: Gebied) -> Figure:
        day = date(jaar.beginjaar + 1, 1, 1)
        persons = {
            t.jongere_id
            for t in self.trajecten
            if t.soort == "JONGE_MOEDER"
            and t.gemeente_id in gebied
            and t.datum_melding <= day
            and (t.gesloten_op is None or day <= t.gesloten_op)
        }
        found: Figure = Counter({(): len(persons)})
        found.update(("lft", str(self.jongere[pk].leeftijd(day))) for pk in persons)
        return found


INDICATOREN: dict[str, Callable[[Naief, Schooljaar, Gebied], Figure]] = {
    name: rule
    for name, rule in vars(Naief).items()
    if name.startswith(("pop_", "lp_", "hv_", "thz_", "vst_", "wp_", "dsp_", "vsv_", "jm_"))
    and name != "lp_spijbel"
}
