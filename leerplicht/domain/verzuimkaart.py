"""Who acts on the absence of a youth, by the card of the region: school, leerplicht, or the
Doorstroompunt when no duty runs any more.

Without a card of its own a region has the standard one. The highest step that is reached counts;
a step of leerplicht goes before a step of school alone. The sources of the standard card are in
docs/beleid/verzuimkaart.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_for
from casework.codes import DuoStatus, Meldingsoort, Resultaat
from casework.domain.plausibiliteit import hours_of
from casework.errors import DomainError, NotAuthorised
from casework.kalender import start_of_lesweken
from casework.models import Regio, Verzuimdag, Verzuimmelding
from casework.parameters import waarde
from casework.schooljaar import Schooljaar
from casework.schoolvakanties import Regio as Vakantieregio
from leerplicht.codes import Eenheid, Leeftijdsgroep, Schoolgroep, Verzuimperiode
from leerplicht.models import Verzuimtrede

from .dossierfeiten import feiten_of
from .status import leerplichtstatus

BEHEREN: Final = "verzuimkaart.beheren"
STANDAARDKAART: Final = "de standaardkaart"
SCHOOL: Final = "School"
GROEP: Final[Mapping[str, str]] = {
    **dict.fromkeys(("PO", "BO", "SBO", "SO"), Schoolgroep.PO),
    **dict.fromkeys(("VO", "VSO", "PRO", "ISK"), Schoolgroep.VO),
    **dict.fromkeys(("MBO", "VAVO"), Schoolgroep.MBO),
}
Sleutel = tuple[str, str]  # unit and period
# Kinds that are never for school alone, whatever the hours, and why.
ALTIJD: Final[Mapping[str, str]] = {
    Meldingsoort.L: "Luxeverzuim: weg zonder verlof.",
    Meldingsoort.LRV: "Langdurig verzuim: meer dan 4 weken.",
    Meldingsoort.RMC: "Meer dan 4 weken niet op school, zonder startkwalificatie.",
    Meldingsoort.ABSOLUUT: "Niet ingeschreven: er is geen school die kan handelen.",
    Meldingsoort.ZORG: "Een zorgmelding vraagt om overleg.",
}
# Reported because the hours were reached; a report does not always name them.
UREN_BEREIKT: Final = frozenset(
    {Meldingsoort.V1, Meldingsoort.V2, Meldingsoort.V3, Meldingsoort.V4}
)


@dataclass(frozen=True, slots=True)
class Trede:
    """A step of a card, of the database or of the standard one."""

    eenheid: str
    drempel: int
    periode: str
    actie_school: str
    actie_leerplicht: str = ""
    schoolsoort: str = ""
    leeftijdsgroep: str = ""

    def fits(self, school: str, leeftijd: str) -> bool:
        return self.schoolsoort in ("", school) and self.leeftijdsgroep in ("", leeftijd)


STANDAARD: Final = (
    Trede("UREN", 1, "LESWEKEN", "Spreek met de leerling en vertel het de ouders."),
    Trede(
        "UREN",
        9,
        "LESWEKEN",
        "Nodig leerling en ouders uit en leg afspraken vast.",
        "Preventief gesprek of waarschuwing. Vanaf 12 jaar kan Halt.",
    ),
    Trede(
        "UREN",
        16,
        "LESWEKEN",
        "Meld binnen 5 werkdagen, met het verzuimoverzicht.",
        "Onderzoek: hoor school, ouders en jongere (artikel 22).",
    ),
    Trede("KEREN", 5, "SCHOOLJAAR", "Stuur de ouders een brief."),
    Trede(
        "KEREN",
        9,
        "SCHOOLJAAR",
        "Meld het te laat komen als overig verzuim.",
        "Stuur een waarschuwing of voer een gesprek.",
    ),
    Trede(
        "KEREN",
        12,
        "SCHOOLJAAR",
        "Meld het te laat komen als overig verzuim.",
        "Voer een gesprek. Vanaf 12 jaar kan Halt.",
    ),
)


@dataclass(frozen=True, slots=True)
class Beurt:
    """Who acts, by which step, and why."""

    wie: str
    waarom: str
    kaart: str
    trede: Trede | None = None


def card_of(regio: Regio | None, day: date) -> tuple[str, Sequence[Trede]]:
    rows = Verzuimtrede.objects.on(day).filter(regio=regio) if regio else ()
    own = [Trede(**{naam: getattr(row, naam) for naam in Trede.__slots__}) for row in rows]
    return (f"de kaart van {regio}", own) if own else (STANDAARDKAART, STANDAARD)


def turn(
    melding: Verzuimmelding,
    meldingen: Iterable[Verzuimmelding],
    dagen: Iterable[Verzuimdag],
    *,
    vandaag: date,
) -> Beurt:
    """By the absence in these reports up to the last day of this one; who acts is asked today."""
    day = melding.einddatum or melding.melddatum
    gemeente = melding.gemeente
    naam, kaart = card_of(gemeente.doorstroompuntregio if gemeente else None, day)
    soort = melding.school.soort.upper() if melding.school else ""
    school, leeftijd = GROEP.get(soort, ""), age_group(melding.jongere.leeftijd(day))
    own = [trede for trede in kaart if trede.fits(school, leeftijd)]
    found = amounts(
        [m for m in meldingen if counts(m)],
        list(dagen),
        day,
        Vakantieregio(gemeente.vakantieregio) if gemeente else None,
    )
    status = leerplichtstatus(feiten_of(melding.jongere, vandaag), vandaag)
    beurt = decide(own, found, naam, onder_plicht=status.code.under_duty)
    if beurt.wie != SCHOOL:
        return beurt
    waarom = _not_for_school(melding, found)
    if not waarom:
        return beurt
    return Beurt(_whose(status.code.under_duty), _with_end(waarom, status.code.under_duty), naam)


def _not_for_school(melding: Verzuimmelding, found: Mapping[Sleutel, Decimal]) -> str:
    soort = melding.vastgestelde_soort or melding.soort
    if soort in UREN_BEREIKT and (Eenheid.UREN, Verzuimperiode.LESWEKEN) not in found:
        return "School meldt dat de 16 uur is bereikt; de uren zelf staan er niet bij."
    return ALTIJD.get(soort, "")


def _whose(onder_plicht: bool) -> str:
    return "Leerplicht" if onder_plicht else "Doorstroompunt"


def _with_end(waarom: str, onder_plicht: bool) -> str:
    if onder_plicht:
        return waarom
    return f"{waarom} De jongere valt niet meer onder de leerplicht of kwalificatieplicht."


def age_group(jaren: int) -> str:
    if jaren < 12:
        return Leeftijdsgroep.TOT12
    return Leeftijdsgroep.VAN12 if jaren < 18 else Leeftijdsgroep.VAN18


def counts(melding: Verzuimmelding) -> bool:
    return melding.status != DuoStatus.I and melding.resultaat != Resultaat.GEEN_VERZUIM


def amounts(
    meldingen: Sequence[Verzuimmelding],
    dagen: Sequence[Verzuimdag],
    day: date,
    regio: Vakantieregio | None,
) -> dict[Sleutel, Decimal]:
    """Hours and times late in each period that ends on this day; what is not known is not there."""
    weken = waarde("verzuim_lesweken", day)
    begin = {
        Verzuimperiode.LESWEKEN: start_of_lesweken(day, weken, regio),
        Verzuimperiode.SCHOOLJAAR: Schooljaar.of(day).start,
    }
    found: dict[Sleutel, Decimal] = {}
    for periode, van in begin.items():
        for eenheid, parts in (
            (Eenheid.UREN, _hours(meldingen, dagen, van, day)),
            (Eenheid.KEREN, _late(meldingen, van, day)),
        ):
            if parts:
                found[eenheid, periode] = sum(parts, Decimal(0))
    return found


def _hours(
    meldingen: Sequence[Verzuimmelding], dagen: Sequence[Verzuimdag], van: date, tot: date
) -> list[Decimal]:
    """Per day, counted once where reports overlap; a report without days by its total."""
    per_day: dict[date, Decimal] = {}
    with_days = set()
    keys = {m.pk for m in meldingen}
    for dag in dagen:
        hours = hours_of(dag)
        if dag.melding_id in keys and hours is not None:
            with_days.add(dag.melding_id)
            if van <= dag.datum <= tot:
                per_day[dag.datum] = max(hours, per_day.get(dag.datum, Decimal(0)))
    rest = [
        m.uren
        for m in meldingen
        if m.uren is not None and m.pk not in with_days and van <= _moment(m) <= tot
    ]
    return [*per_day.values(), *rest]


def _late(meldingen: Sequence[Verzuimmelding], van: date, tot: date) -> list[Decimal]:
    return [
        Decimal(m.aantal_te_laat)
        for m in meldingen
        if m.aantal_te_laat is not None and van <= _moment(m) <= tot
    ]


def _moment(melding: Verzuimmelding) -> date:
    return melding.einddatum or melding.melddatum


def decide(
    kaart: Sequence[Trede],
    found: Mapping[Sleutel, Decimal],
    naam: str,
    *,
    onder_plicht: bool,
) -> Beurt:
    reached = [
        trede
        for trede in kaart
        if found.get((trede.eenheid, trede.periode), Decimal(0)) >= trede.drempel
    ]
    if not reached:
        return Beurt(SCHOOL, _below(kaart, found), naam)
    trede = max(reached, key=lambda t: (bool(t.actie_leerplicht), t.drempel, t.eenheid == "UREN"))
    waarom = f"{_told(found, trede)}; deze trede begint bij {trede.drempel}."
    if not trede.actie_leerplicht:
        return Beurt(SCHOOL, waarom, naam, trede)
    return Beurt(_whose(onder_plicht), _with_end(waarom, onder_plicht), naam, trede)


def _below(kaart: Sequence[Trede], found: Mapping[Sleutel, Decimal]) -> str:
    near = [t for t in kaart if (t.eenheid, t.periode) in found]
    if not near:
        return "Er zijn geen uren of keren te laat bekend."
    trede = min(near, key=lambda t: t.drempel)
    return f"{_told(found, trede)}; de eerste trede begint bij {trede.drempel}."


def _told(found: Mapping[Sleutel, Decimal], trede: Trede) -> str:
    amount = found[trede.eenheid, trede.periode].normalize()
    number = f"{amount:f}".replace(".", ",")
    unit = "uur verzuim" if trede.eenheid == Eenheid.UREN else "keer te laat"
    where = "4 lesweken" if trede.periode == Verzuimperiode.LESWEKEN else "dit schooljaar"
    return f"{number} {unit} in {where}"


def regions_of(by: Gebruiker) -> "QuerySet[Regio]":
    here = gemeenten_for(by, BEHEREN)
    return Regio.objects.filter(gemeenten__in=here).distinct().order_by("naam", "pk")


def _require(by: Gebruiker, regio_id: int) -> None:
    if not regions_of(by).filter(pk=regio_id).exists():
        raise NotAuthorised("U beheert de verzuimkaart van deze regio niet.")


@transaction.atomic
def add_step(
    regio: Regio,
    *,
    by: Gebruiker,
    geldig_van: date,
    laatste_dag: date | None = None,
    **fields: Any,
) -> Verzuimtrede:
    """Raises NotAuthorised, or ValidationError when the step is there already."""
    _require(by, regio.pk)
    tot = laatste_dag + timedelta(days=1) if laatste_dag else None
    row = Verzuimtrede(regio=regio, geldig_van=geldig_van, geldig_tot=tot, **fields)
    row.validate_constraints()
    row.save()
    record("verzuimkaart.trede_gemaakt", row, by=by, taak=Taak.LEERPLICHT)
    return row


@transaction.atomic
def copy_standard(regio: Regio, *, by: Gebruiker, day: date) -> int:
    """The standard card as the region's own, to change from there. Raises DomainError."""
    _require(by, regio.pk)
    if Verzuimtrede.objects.filter(regio=regio).exclude(geldig_tot__lte=day).exists():
        raise DomainError("Deze regio heeft al een eigen kaart.")
    for trede in STANDAARD:
        fields = {naam: getattr(trede, naam) for naam in Trede.__slots__}
        add_step(regio, by=by, geldig_van=day, **fields)
    return len(STANDAARD)


@transaction.atomic
def end_step(row: Verzuimtrede, laatste_dag: date, *, by: Gebruiker, day: date) -> None:
    """One that never held is gone. Raises NotAuthorised, DomainError."""
    row = Verzuimtrede.objects.select_for_update().get(pk=row.pk)
    _require(by, row.regio_id)
    if laatste_dag < day - timedelta(days=1):
        raise DomainError("Kies gisteren, vandaag of een latere dag.")
    record("verzuimkaart.trede_gestopt", row, by=by, taak=Taak.LEERPLICHT)
    if laatste_dag < row.geldig_van:
        row.delete()
        return
    row.geldig_tot = laatste_dag + timedelta(days=1)
    row.validate_constraints()
    row.save(update_fields=["geldig_tot"])
