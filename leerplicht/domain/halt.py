"""A referral to Halt: what the dossier tells, the proposal, and the form that goes to Halt."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Regime
from casework.domain.akte import require_akte
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Werkproces
from casework.politiecodes import Categorie, Herkomst, Wpggrond
from casework.schooljaar import amsterdam_date
from leerplicht.models import Haltverwijzing, Haltzaak

from .halt_criteria import Criterium, Haltfeiten, criteria
from .halt_tabel import WERK_VOOR_HALT
from .mas import BOA
from .mas_voorwaarden import VERZUIMSOORT_VAN_WERKPROCES, steps_of_round, weging_vastgelegd
from .verhoor import copied
from .verzuimdagen import days_of, hours, known_days, under_duty


class UitlegNodig(DomainError):
    """Criteria that are not met and not explained, by code."""

    def __init__(self, open_: Mapping[str, str]) -> None:
        super().__init__("Leg uit waarom u toch naar Halt verwijst.")
        self.open = dict(open_)


@dataclass(frozen=True, slots=True)
class Haltinvoer:
    """What the officer tells; hours and times as he counts them."""

    uren: Decimal
    aantal_te_laat: int
    school_deed: str
    ouders_ingelicht: bool
    bekent: bool
    contra: tuple[str, ...] = ()
    verklaring: str = ""
    hulp: str = ""
    cautie_gegeven_op: datetime | None = None
    recht_op_raadsman_meegedeeld: bool = False
    raadsman: str = ""
    tolk: str = ""
    uitleg: Mapping[str, str] = field(default_factory=dict)


def facts_of(werkproces: Werkproces, day: date) -> Haltfeiten:
    """From the dossier alone, before the officer adds anything."""
    jongere = werkproces.jongere
    meldingen = list(werkproces.meldingen.order_by("melddatum", "pk"))
    rows = days_of(werkproces)
    days = known_days(meldingen, rows)
    return Haltfeiten(
        geboortedatum=jongere.geboortedatum,
        dagen=days,
        dagen_zonder_plicht=frozenset(days) - set(under_duty(jongere, days)),
        uren=hours(meldingen, rows) or Decimal(0),
        te_laat=sum(m.aantal_te_laat or 0 for m in meldingen),
        verwijt=_blame(werkproces),
        verzuimsoort=VERZUIMSOORT_VAN_WERKPROCES.get(werkproces.soort, "RELATIEF"),
        eerder=Haltverwijzing.objects.ever(werkproces.jongere_id),
        school_deed="\n".join(m.actie_school for m in meldingen if m.actie_school),
    )


def _blame(werkproces: Werkproces) -> str:
    rows = [row for row in steps_of_round(werkproces) if row.stap == "weging_vastleggen"]
    return str(rows[-1].gegevens.get("verwijt_jongere") or "") if rows else ""


def judged(werkproces: Werkproces, invoer: Haltinvoer, day: date) -> list[Criterium]:
    facts = replace(
        facts_of(werkproces, day),
        uren=invoer.uren,
        te_laat=invoer.aantal_te_laat,
        school_deed=invoer.school_deed,
        ouders_ingelicht=invoer.ouders_ingelicht,
        bekent=invoer.bekent,
        contra=invoer.contra,
    )
    return criteria(facts, day)


@transaction.atomic
def propose(werkproces: Werkproces, *, by: Gebruiker, day: date, invoer: Haltinvoer) -> Haltzaak:
    """A proposal, with what the officer says to each criterium that is not met.

    Raises NotAuthorised, UitlegNodig, DomainError without akte, weighing or by a hard criterium.
    """
    require(by, BOA, werkproces.gemeente_id or werkproces.jongere.gemeente_id)
    require_akte(by, day)
    if werkproces.toestand not in WERK_VOOR_HALT:
        raise DomainError("Halt kan vanuit de weging of vanuit vrijwillige hulp.")
    if text := weging_vastgelegd(werkproces, day):
        raise DomainError(text)
    if text := _rights(invoer, day) or copied(werkproces.jongere_id, invoer.verklaring, by):
        raise DomainError(text)
    if invoer.cautie_gegeven_op:
        require_akte(by, amsterdam_date(invoer.cautie_gegeven_op))
    found = judged(werkproces, invoer, day)
    if hard := [c for c in found if c.hard and c.open]:
        raise DomainError(" ".join(f"Halt kan niet: {c.bevinding}" for c in hard))
    if missing := {
        c.code: f"{c.bevinding} Leg uit waarom Halt toch past."
        for c in found
        if c.open and not invoer.uitleg.get(c.code, "").strip()
    }:
        raise UitlegNodig(missing)
    return _create(werkproces, found, by=by, day=day, invoer=invoer)


def _rights(invoer: Haltinvoer, day: date) -> str:
    """An admission or statement is that of a suspect: first his rights (Sv 27c, 29)."""
    if not invoer.bekent and not invoer.verklaring.strip():
        return ""
    if invoer.cautie_gegeven_op is None:
        return "Vul in wanneer u de cautie gaf, voor de jongere iets erkende of vertelde."
    if amsterdam_date(invoer.cautie_gegeven_op) > day:
        return "De cautie is nog niet gegeven."
    if not invoer.recht_op_raadsman_meegedeeld or not invoer.raadsman:
        return "Deel het recht op een raadsman mee en leg vast of de jongere afstand doet."
    return ""


def _create(
    werkproces: Werkproces, found: list[Criterium], *, by: Gebruiker, day: date, invoer: Haltinvoer
) -> Haltzaak:
    try:
        with transaction.atomic():
            zaak = Haltzaak.objects.create(
                werkproces=werkproces,
                toestand_sinds=day,
                uren=invoer.uren,
                aantal_te_laat=invoer.aantal_te_laat,
                school_deed=invoer.school_deed,
                verklaring=invoer.verklaring,
                hulp=invoer.hulp,
                cautie_gegeven_op=invoer.cautie_gegeven_op,
                recht_op_raadsman_meegedeeld=invoer.recht_op_raadsman_meegedeeld,
                raadsman=invoer.raadsman,
                tolk=invoer.tolk,
                criteria=[_kept(c, invoer.uitleg) for c in found],
                **opening(werkproces, by, day, Categorie.VERDACHTE),
            )
    except IntegrityError as error:
        raise DomainError("Er loopt al een verwijzing naar Halt.") from error
    record("haltzaak.voorgesteld", zaak, by=by, taak=Taak.OPSPORING)
    return zaak


def opening(werkproces: Werkproces, by: Gebruiker, day: date, categorie: str) -> dict[str, Any]:
    """Fields of a police process that begins at this werkproces."""
    ground = Wpggrond.ARTIKEL_9 if werkproces.onderzoek_id else Wpggrond.ARTIKEL_8
    return {
        "jongere": werkproces.jongere,
        "gemeente_id": werkproces.gemeente_id or werkproces.jongere.gemeente_id,
        "boa": by,
        "regime": Regime.WPG,
        "eerste_verwerking": day,
        "herkomst": Herkomst.EIGEN,
        "wpg_grond": ground,
        "categorie": categorie,
        "onderzoek_id": werkproces.onderzoek_id,
    }


def _kept(c: Criterium, uitleg: Mapping[str, str]) -> dict[str, str]:
    text = uitleg.get(c.code, "").strip() if c.open else ""
    return {
        "code": c.code,
        "label": c.label,
        "stand": c.stand,
        "bevinding": c.bevinding,
        "bron": c.bron,
        "uitleg": text,
    }
