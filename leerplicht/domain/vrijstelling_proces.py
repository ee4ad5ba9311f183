"""Exemptions that are handled: opening the werkproces, the calendar, renewals and DUO."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Werkprocessoort
from casework.domain.acties import make_actie
from casework.domain.bevoegd import require_for
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.gronden import VERVANGEND
from casework.kalender import next_werkdag
from casework.models import Actie, Jongere, Werkproces, WerkprocesStap
from casework.parameters import waarde
from casework.schooljaar import Schooljaar
from leerplicht.codes import GELDIG, Besluit, Grond, RedenEinde
from leerplicht.models import Vrijstelling

from . import vrijstelling_regels as regels
from .aanvraag_effecten import ONTWIKKELING, end_exemption, start_clock
from .aanvraag_tabel import AANVRAAG
from .bijzonder import grounds_told
from .kennisgeving_tabel import KENNISGEVING
from .tabellen import tabel_of
from .verlof import open_request
from .vrijstelling import VAN_RECHTSWEGE, Vrijstellinginvoer, register_vrijstelling

DAG = timedelta(days=1)
LOPEND = ("kg_lopend", "av_lopend")
JAARLIJKS = (Grond.G5A, Grond.G5B, Grond.G5C)


@transaction.atomic
def handle(vrijstelling: Vrijstelling, *, by: Gebruiker, day: date) -> Werkproces:
    """Open the werkproces of a notice or request that waits for a judgment.

    Raises NotAuthorised, DomainError.
    """
    rows = Vrijstelling.objects.select_for_update(of=("self",)).select_related("jongere")
    vrijstelling = rows.get(pk=vrijstelling.pk)
    if vrijstelling.werkproces_id or vrijstelling.besluit != Besluit.IN_BEHANDELING:
        raise DomainError("Deze vrijstelling wordt al behandeld, of is al beoordeeld.")
    tabel = KENNISGEVING if vrijstelling.grond in VAN_RECHTSWEGE else AANVRAAG
    soort = (
        Werkprocessoort.VERV_LEERPLICHT
        if vrijstelling.grond in VERVANGEND
        else Werkprocessoort.VRIJSTELLING
    )
    werkproces = open_request(vrijstelling.jongere, soort, tabel.begin, by=by, day=day)
    vrijstelling.werkproces = werkproces
    vrijstelling.save(update_fields=["werkproces"])
    if tabel is AANVRAAG:
        start_clock(werkproces, vrijstelling.aanvraagdatum)
    return werkproces


@transaction.atomic
def enter(
    jongere: Jongere, *, by: Gebruiker, day: date, invoer: Vrijstellinginvoer
) -> Vrijstelling:
    """A notice or request that came in, with the werkproces that decides on it.

    Raises NotAuthorised, DomainError.
    """
    vrijstelling = register_vrijstelling(jongere, by=by, invoer=invoer)
    vrijstelling.werkproces = handle(vrijstelling, by=by, day=day)
    return vrijstelling


@transaction.atomic
def return_to_school(
    vrijstelling: Vrijstelling, *, terug_op: date, by: Gebruiker, day: date
) -> Vrijstelling:
    """The jongere goes (back) to school: the exemption ends the day before, and DUO hears that.

    By the step of its table while it runs; one of a package, or that ended already, has no step.
    Raises NotAuthorised, DomainError.
    """
    rows = Vrijstelling.objects.select_for_update(of=("self",)).select_related("jongere")
    row = rows.get(pk=vrijstelling.pk)
    require_for(by, Taak.LEERPLICHT, row.jongere, row.gemeente_id)
    if row.besluit not in GELDIG:
        raise DomainError("Deze vrijstelling geldt niet, dus zij kan ook niet eindigen.")
    if terug_op <= row.begindatum:
        raise DomainError("De jongere kan pas na het begin van de vrijstelling terug naar school.")
    werkproces = row.werkproces
    if werkproces and werkproces.is_open:
        raise DomainError("Rond eerst de stappen van het werkproces van deze vrijstelling af.")
    gegevens = {"per": terug_op, "reden_einde": RedenEinde.SCHOOL.value}
    if werkproces and werkproces.toestand in LOPEND:
        tabel = tabel_of(werkproces)
        perform(werkproces, "beeindigen", tabel=tabel, by=by, day=day, gegevens=gegevens)
    else:
        end_exemption(row, gegevens, by)
    row.refresh_from_db()
    return row


# The calendar


def follow(day: date) -> dict[str, int]:
    """Each night: end by birthday, diploma, departure or date, and the yearly look at 5 onder a.

    Each row in its own transaction; a second run does only what is left.
    """
    return {
        "beeindigd": sum(_end_early(row, day) for row in _running(day)),
        "verlopen": sum(_past(row, day) for row in _expired(day)),
        "ontwikkeling": sum(_watch(row, day) for row in _to_watch(day)),
    }


def _running(day: date) -> Iterator[Vrijstelling]:
    rows = Vrijstelling.objects.valid_on(day).filter(werkproces__toestand__in=LOPEND)
    rows = rows.select_related("werkproces", "jongere__gemeente").order_by("pk")
    return rows.prefetch_related(
        "jongere__diplomas", "jongere__inschrijvingen", "jongere__vrijstellingen"
    ).iterator(chunk_size=200)


def _end_early(vrijstelling: Vrijstelling, day: date) -> int:
    found = _ended_on(vrijstelling, day)
    if not found:
        return 0
    reden, per = found
    return _step(vrijstelling, "beeindigen", day, per=per, reden_einde=reden)


def _ended_on(vrijstelling: Vrijstelling, day: date) -> tuple[str, date] | None:
    """Why it ended early, and the first day without: the legal one, also when heard of later."""
    jongere = vrijstelling.jongere
    overleden, vertrek = jongere.datum_overlijden, jongere.datum_vertrek
    terug = jongere.datum_vestiging_nl
    achttien = regels.birthday_of_eighteen(vrijstelling)
    einde = regels.end_by_law(vrijstelling) + DAG
    reden = RedenEinde.ACHTTIEN if einde >= achttien else RedenEinde.STARTKWALIFICATIE
    ends: list[tuple[date, str]] = [(einde, reden)]
    if overleden:
        ends.append((overleden, RedenEinde.OVERLEDEN))
    if vertrek and not (terug and terug > vertrek):
        ends.append((vertrek, RedenEinde.VERHUISD))
    per, waarom = min(ends)
    return (waarom, per) if per <= day else None


def _expired(day: date) -> Iterator[Vrijstelling]:
    rows = Vrijstelling.objects.filter(einddatum__lt=day, werkproces__toestand__in=LOPEND)
    return rows.select_related("werkproces").order_by("pk").iterator(chunk_size=200)


def _past(vrijstelling: Vrijstelling, day: date) -> int:
    renewed = renewals_of(vrijstelling).exists()
    kg = vrijstelling.werkproces and vrijstelling.werkproces.toestand == "kg_lopend"
    return _step(vrijstelling, "verlengd" if renewed and kg else "verlopen", day)


def renewals_of(vrijstelling: Vrijstelling) -> "QuerySet[Vrijstelling]":
    """A later notice on the same ground that was not found invalid."""
    rows = Vrijstelling.objects.filter(jongere=vrijstelling.jongere_id, grond=vrijstelling.grond)
    return rows.filter(
        besluit__in=[*GELDIG, Besluit.IN_BEHANDELING], begindatum__gt=vrijstelling.begindatum
    )


def _step(vrijstelling: Vrijstelling, naam: str, day: date, **gegevens: object) -> int:
    """1 when moved; 0 when a colleague was faster."""
    werkproces = vrijstelling.werkproces
    assert werkproces
    try:
        with transaction.atomic():
            tabel = tabel_of(werkproces)
            perform(werkproces, naam, tabel=tabel, by=None, day=day, gegevens=gegevens)
    except DomainError:
        return 0
    return 1


def _to_watch(day: date) -> Iterator[Vrijstelling]:
    """5 onder a without a look in the last months, and nothing open to take it."""
    sinds = regels.months_before(day, waarde("ontwikkeling_5a_maanden", day))
    looked = WerkprocesStap.objects.filter(
        werkproces=OuterRef("werkproces"), stap="ontwikkeling", uitgevoerd_op__gt=sinds
    )
    asked = Actie.objects.open().filter(werkproces=OuterRef("werkproces"), grondslag=ONTWIKKELING)
    rows = Vrijstelling.objects.valid_on(day).filter(
        ~Exists(looked),
        ~Exists(asked),
        grond=Grond.G5A,
        begindatum__lte=sinds,
        werkproces__toestand="kg_lopend",
    )
    return rows.select_related("werkproces").order_by("pk").iterator(chunk_size=200)


@transaction.atomic
def _watch(vrijstelling: Vrijstelling, day: date) -> int:
    werkproces = Werkproces.objects.select_for_update().get(vrijstellingen=vrijstelling)
    make_actie(
        werkproces,
        "Bekijk of de jongere weer naar school kan",
        next_werkdag(day + timedelta(weeks=4)),
        taak=Taak.LEERPLICHT,
        grondslag=ONTWIKKELING,
        werkproces=werkproces,
        toegewezen_aan_id=werkproces.behandelaar_id,
    ).save()
    return 1


# The season of renewals


class Ronde(StrEnum):
    """The batches of a season: two letters, then the list of who is missing."""

    EERSTE = "eerste"
    TWEEDE = "tweede"
    ONTBREEKT = "ontbreekt"


def day_of_round(ronde: Ronde, jaar: int) -> date:
    namen = {
        Ronde.EERSTE: "verlengen_brief_1",
        Ronde.TWEEDE: "verlengen_brief_2",
        Ronde.ONTBREEKT: "verlengen_lijst",
    }
    return date.fromisoformat(f"{jaar}-{waarde(namen[ronde], date(jaar, 1, 1))}")


def to_renew(schooljaar: Schooljaar) -> "QuerySet[Vrijstelling]":
    """Yearly exemptions that end in this schooljaar and have no later notice.

    Who is 18 before the next schooljaar needs none.
    """
    later = Vrijstelling.objects.filter(
        jongere=OuterRef("jongere"),
        grond=OuterRef("grond"),
        besluit__in=[*GELDIG, Besluit.IN_BEHANDELING],
        begindatum__gt=OuterRef("begindatum"),
    )
    volwassen = schooljaar.end.replace(year=schooljaar.end.year - 18)
    rows = Vrijstelling.objects.filter(
        ~Exists(later),
        grond__in=JAARLIJKS,
        besluit__in=sorted(GELDIG),
        einddatum__gte=schooljaar.start,
        einddatum__lt=schooljaar.end,
        terug_naar_school_op__isnull=True,
        reden_einde="",
        jongere__geboortedatum__gt=volwassen,
        jongere__datum_overlijden__isnull=True,
    ).filter(
        Q(jongere__datum_vertrek__isnull=True)
        | Q(jongere__datum_vestiging_nl__gt=F("jongere__datum_vertrek"))
    )
    return rows.exclude(nooit_geschikt=True)


def recipients(ronde: Ronde, jaar: int, user: Gebruiker) -> "QuerySet[Vrijstelling]":
    """Whose parents get the letter of this batch, in sight of the user: for the bulk letters."""
    day = day_of_round(ronde, jaar)
    visible = Vrijstelling.objects.visible_to(user).values("pk")
    rows = to_renew(Schooljaar.of(day)).filter(grounds_told(user), pk__in=visible)
    return rows.select_related("jongere__gemeente", "gemeente").order_by("jongere", "pk")


# DUO


# The register knows three kinds, and of a beroep not which of its grounds.
SOORT_REGISTER: Final[Mapping[str, str]] = {
    **dict.fromkeys(sorted(VERVANGEND), "vervangende_leerplicht"),
    **dict.fromkeys(("5a", "5b", "5c", "5a_trekkend"), "beroep_5_5a"),
    "15": "vrijstelling_15",
}


@dataclass(frozen=True, slots=True)
class DuoVrijstelling:
    """What the vrijstellingenregister takes (BRO 9-12): no ground and no document."""

    jongere_id: int
    soort_register: str
    begindatum: date
    einddatum: date | None
    eerder: bool


def duo_message(vrijstelling: Vrijstelling) -> DuoVrijstelling:
    """Raises DomainError when there is nothing to report."""
    if vrijstelling.besluit not in GELDIG:
        raise DomainError("Alleen een vrijstelling die geldt, gaat naar DUO.")
    return DuoVrijstelling(
        jongere_id=vrijstelling.jongere_id,
        soort_register=SOORT_REGISTER[vrijstelling.grond],
        begindatum=vrijstelling.begindatum,
        einddatum=vrijstelling.einddatum,
        eerder=vrijstelling.nieuw is False,
    )


def to_report() -> "QuerySet[Vrijstelling]":
    """Valid exemptions DUO does not know yet, or not with this end date.

    Without a werkproces it came with a package, so DUO knew it; new is only that a person ended it.
    """
    rows = Vrijstelling.objects.filter(besluit__in=sorted(GELDIG), gemeld_duo_op__isnull=True)
    moved = Q(reden_einde=RedenEinde.SCHOOL, terug_naar_school_op=F("einddatum") + DAG)
    here = Q(werkproces__isnull=False) | moved
    return rows.filter(here).order_by("pk")
