"""The case against one suspect: opening, writing the proces-verbaal, and its terms."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Relatiesoort
from casework.domain.akte import require_akte
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.kalender import add_months
from casework.models import Werkproces
from casework.parameters import waarde
from casework.politiecodes import Categorie
from casework.schooljaar import amsterdam_date
from leerplicht.codes import Verdachte
from leerplicht.models import Haltzaak, ProcesVerbaal, Strafzaak
from leerplicht.opsporingscodes import Feit

from .halt import opening
from .mas import BOA
from .mas_voorwaarden import lapses_after, no_suspect
from .tabellen import stap_of
from .verzuimdagen import NIET_INGESCHREVEN, days_of, hours, offence_days

INHOUD: Final = (
    "naam", "geboren", "adres", "identiteit_op", "parket", "pv_nummer", "feit", "feit_van",
    "feit_tot", "feit_plaats", "uren", "bevindingen", "verklaringen", "geprobeerd", "eerder",
    "oordeel", "advies", "rvdk_advies", "niet_gehoord",
)  # fmt: skip  # read as a table
GEPROBEERD: Final = frozenset(
    {
        "school_horen", "ouders_horen", "jongere_horen", "huisbezoek", "oproepen",
        "afspraken_maken", "hulp_inzetten", "hulp_ernaast", "halt_verwijzen", "halt_mislukt",
        "verplicht_kader_vragen",
    }
)  # fmt: skip  # read as a table


@transaction.atomic
def open_strafzaak(
    werkproces: Werkproces, *, by: Gebruiker, day: date, verdachte: str, naam: str
) -> Strafzaak:
    """A concept with what the dossier already tells; one running case per suspect.

    Raises NotAuthorised, DomainError without akte or against who cannot be suspect of it.
    """
    require(by, BOA, werkproces.gemeente_id or werkproces.jongere.gemeente_id)
    require_akte(by, day)
    if text := no_suspect(werkproces, verdachte, day):
        raise DomainError(text)
    youth = verdachte == Verdachte.JONGERE
    days = offence_days(werkproces, day, youth=youth)
    try:
        with transaction.atomic():
            zaak = Strafzaak.objects.create(
                werkproces=werkproces,
                soort=verdachte,
                toestand_sinds=day,
                naam=naam,
                geboren=werkproces.jongere.geboortedatum if youth else None,
                feit=_offence(werkproces, youth),
                feit_van=days[0],
                feit_tot=days[-1],
                uren=_hours(werkproces, days),
                geprobeerd=tried(werkproces),
                eerder=_earlier(werkproces, by),
                **opening(werkproces, by, day, Categorie.VERDACHTE if youth else Categorie.OVERIG),
            )
    except IntegrityError as error:
        raise DomainError("Tegen deze verdachte loopt al een zaak.") from error
    record("strafzaak.geopend", zaak, by=by, taak=Taak.OPSPORING, soort=verdachte)
    return zaak


def _hours(werkproces: Werkproces, days: Collection[date]) -> Decimal | None:
    """Of these days; whoever is not enrolled has no hours."""
    if werkproces.soort in NIET_INGESCHREVEN:
        return None
    return hours(werkproces.meldingen.order_by("melddatum", "pk"), days_of(werkproces), days)


def _offence(werkproces: Werkproces, youth: bool) -> str:
    if werkproces.soort in NIET_INGESCHREVEN:
        return Feit.INSCHRIJVEN
    return Feit.BEZOEK_JONGERE if youth else Feit.BEZOEK_OUDER


def tried(werkproces: Werkproces) -> str:
    """Talks, warnings, help and Halt as dated lines: that they were, never what was said."""
    rows = werkproces.stappen.filter(stap__in=GEPROBEERD).order_by("volgorde")
    lines = []
    for row in rows:
        stap = stap_of(werkproces, row.stap)
        if stap and row.uitgevoerd_op:
            lines.append(f"{row.uitgevoerd_op:%d-%m-%Y}: {stap.label}")
    return "\n".join(lines)


def _earlier(werkproces: Werkproces, by: Gebruiker) -> str:
    rows = ProcesVerbaal.objects.visible_to(by).filter(jongere=werkproces.jongere_id)
    return "\n".join(f"{r.pv_datum:%d-%m-%Y}: {r}" for r in rows.order_by("pv_datum", "pk"))


def suspects(werkproces: Werkproces) -> Mapping[str, str]:
    """Who can be a suspect, with the name in the dossier."""
    jongere = werkproces.jongere
    adults = list(jongere.relaties.filter(tot=None).order_by("pk"))
    parents = [r for r in adults if r.soort == Relatiesoort.OUDER][:2]
    carers = [r for r in adults if r.soort in (Relatiesoort.VOOGD, Relatiesoort.VERZORGER)][:1]
    enrolment = werkproces.soort in NIET_INGESCHREVEN
    found = {} if enrolment else {Verdachte.JONGERE.value: jongere.naam}
    codes = (Verdachte.OUDER1, Verdachte.OUDER2)
    found |= {code.value: row.naam for code, row in zip(codes, parents, strict=False)}
    if carers:
        found[Verdachte.VERZORGER.value] = carers[0].naam
    return found


@transaction.atomic
def change(zaak: Strafzaak, *, by: Gebruiker, gegevens: Mapping[str, Any]) -> Strafzaak:
    """The text of a concept. Raises NotAuthorised, DomainError once it is signed."""
    require(by, BOA, zaak.gemeente_id)
    locked = Strafzaak.objects.select_for_update(of=("self",)).get(pk=zaak.pk)
    if locked.toestand != "concept":
        raise DomainError("Het proces-verbaal is ondertekend en verandert niet meer.")
    if locked.boa_id != by.pk:
        raise DomainError("Alleen de verbalisant schrijft in dit proces-verbaal.")
    for veld in INHOUD:
        setattr(locked, veld, gegevens[veld])
    locked.save()
    record("strafzaak.geschreven", locked, by=by, taak=Taak.OPSPORING)
    return locked


def terms(zaak: Strafzaak, day: date) -> list[str]:
    """Warnings; nothing is stopped by a term."""
    found = []
    if zaak.verzonden_op is None and zaak.toestand in ("concept", "ondertekend"):
        first = zaak.verhoren.of_suspect().order_by("begin").first()
        if first:
            months = waarde("pv_na_verhoor_maanden", day)
            before = add_months(amsterdam_date(first.begin), months)
            found.append(_until("Verzenden binnen een maand na het eerste verhoor", before, day))
        melding = _melding(zaak)
        if melding:
            before = add_months(melding, waarde("mas_pv_maanden", day))
            found.append(_until("Verzenden binnen twee maanden na de melding", before, day))
        if zaak.feit_tot:
            before = lapses_after(zaak.feit_tot, day)
            if day > add_months(before, -6):
                found.append(_until("Het feit verjaart", before, day))
    if zaak.toestand == "strafbeschikking" and zaak.verzet_tot:
        found.append(_until("Verzet kan", zaak.verzet_tot, day))
    return found


def _melding(zaak: Strafzaak) -> date | None:
    rows = zaak.werkproces.meldingen.order_by("-melddatum") if zaak.werkproces else None
    melding = rows.first() if rows is not None else None
    return melding.melddatum if melding else None


def _until(what: str, before: date, day: date) -> str:
    late = " Deze termijn is voorbij." if day > before else ""
    return f"{what}: tot en met {before:%d-%m-%Y}.{late}"


def halt_of(zaak: Strafzaak, by: Gebruiker) -> list[Haltzaak]:
    rows = Haltzaak.objects.visible_to(by).filter(jongere=zaak.jongere_id)
    return list(rows.order_by("pk"))


def last_day_of_verzet(day: date) -> date:
    return day + timedelta(days=waarde("verzet_dagen", day))
