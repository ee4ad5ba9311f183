"""A round of letters: written as a concept, looked at, confirmed, and made after a while."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.template.defaultfilters import date as format_date
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.briefsoorten import SOORTEN, VAN_AFSPRAAK, Verzendwijze
from casework.domain import ontvangers
from casework.domain.bevoegd import require_for
from casework.domain.briefsjablonen import Tekst, text_on
from casework.domain.jongere import may_reveal
from casework.domain.ontvangers import Ontvanger
from casework.domain.plaats import gemeente_on
from casework.domain.politie import follow
from casework.domain.samenvoegen import fill
from casework.errors import DomainError
from casework.models import (
    Afspraak,
    Brief,
    Briefafzender,
    Brievenronde,
    Gemeente,
    Inschrijving,
    Jongere,
    School,
    Verzuimmelding,
    Werkproces,
)
from casework.schooljaar import AMSTERDAM, today

Status = Brievenronde.Status
GEEN_RECHT = "Dit is een geheim adres. U mag deze brief niet maken."


@dataclass(frozen=True, slots=True)
class Aanleiding:
    """What a letter is about."""

    jongere: Jongere
    werkproces: Werkproces | None = None
    afspraak: Afspraak | None = None
    melding: Verzuimmelding | None = None
    moment: str = ""

    @property
    def melder(self) -> School | None:
        return self.melding.school if self.melding else None

    @property
    def gemeente(self) -> Gemeente:
        row = self.werkproces.gemeente if self.werkproces else None
        row = row or gemeente_on(self.jongere, today()) or self.jongere.gemeente
        if row is None:
            raise DomainError("Deze jongere woont nu in geen gemeente. Een brief kan niet.")
        return row


def long_date(day: Any) -> str:
    return str(format_date(day, "j F Y"))


def of_appointment(afspraak: Afspraak | None) -> dict[str, str]:
    if afspraak is None:
        return {}
    begin = afspraak.begin.astimezone(AMSTERDAM)
    waarden = (long_date(begin), f"{begin:%H.%M} uur", afspraak.plaats)
    return dict(zip(VAN_AFSPRAAK, waarden, strict=True))


def own_values(over: Aanleiding, one: Ontvanger, by: Gebruiker) -> dict[str, str]:
    gemeente = over.gemeente
    afzender = Briefafzender.objects.filter(gemeente=gemeente).first()
    school = (
        Inschrijving.objects.on(today())
        .filter(jongere=over.jongere)
        .select_related("school")
        .order_by("-begindatum", "-pk")
        .first()
    )
    return {
        "aanhef": one.aanhef,
        "jongere": over.jongere.naam,
        "school": str(school.school) if school and school.school else "",
        "gemeente": gemeente.naam,
        "medewerker": by.naam,
        "functie": by.functie or "medewerker",
        "telefoon": afzender.telefoon if afzender else "",
        "datum": long_date(today()),
    }


@transaction.atomic
def write(
    aanleidingen: Iterable[Aanleiding],
    soort: str,
    *,
    by: Gebruiker,
    taak: str,
    waarden: Mapping[str, str],
    gekozen: Iterable[str] | None = None,
    bulk: bool = False,
    verzendwijze: str = "post",
) -> Brievenronde:
    """A concept of every letter; `gekozen` names the readers, None is all. Raises DomainError."""
    ronde = Brievenronde.objects.create(
        soort=soort, taak=taak, gemaakt_door=by, bulk=bulk, verzendwijze=verzendwijze
    )
    wanted = set(gekozen) if gekozen is not None else None
    households: set[tuple[str, ...]] = set()
    for over in aanleidingen:
        require_for(by, taak, over.jongere, over.gemeente.pk)
        for one in ontvangers.readers(over.jongere, SOORTEN[soort].partijen, today(), over.melder):
            if wanted is None or one.sleutel in wanted:
                brief = _concept(ronde, over, one, by, waarden)
                _one_per_household(brief, one, households)
    if not ronde.brieven.exists():
        raise DomainError("Er is niemand die deze brief kan krijgen. Kies een ontvanger.")
    record("brievenronde.geschreven", ronde, by=by, soort=soort, rijen=ronde.brieven.count())
    return ronde


def _concept(
    ronde: Brievenronde, over: Aanleiding, one: Ontvanger, by: Gebruiker, waarden: Mapping[str, str]
) -> Brief:
    tekst: Tekst = text_on(over.gemeente, ronde.soort, today())
    brief = Brief(
        ronde=ronde,
        jongere=over.jongere,
        werkproces=over.werkproces,
        afspraak=over.afspraak,
        verzuimmelding=over.melding,
        moment=over.moment,
        taak=ronde.taak,
        gemeente=over.gemeente,
        soort=ronde.soort,
        partij=one.partij,
        relatie=one.relatie,
        tweede=one.tweede,
        school=one.school,
        adres=one.adres,
        geheim=one.geheim,
        aan=one.aan,
        datum=today(),
        tekst="-",
        **follow(over.werkproces),
    )
    brief.save()
    values = {**waarden, **of_appointment(over.afspraak), **own_values(over, one, by)}
    values["kenmerk"] = brief.kenmerk
    brief.onderwerp = fill(ronde.soort, tekst.onderwerp, values)[:200]
    brief.tekst = fill(ronde.soort, tekst.tekst, values)
    if ontvangers.leaked(f"{brief.onderwerp}\n{brief.tekst}", one, over.jongere):
        raise DomainError(
            "In de tekst staat een adres van iemand anders uit dit dossier. Haal het weg."
        )
    if one.bezwaar or (one.geheim and not may_reveal(over.jongere, "adres", by)):
        brief.status, brief.melding = Brief.Status.UITGESLOTEN, one.bezwaar or GEEN_RECHT
    brief.save()
    return brief


def _one_per_household(brief: Brief, one: Ontvanger, seen: set[tuple[str, ...]]) -> None:
    """A second letter to the same readers at the same address waits for a choice of the user."""
    if not brief.ronde.bulk or not one.plek:
        return
    key = (one.partij, one.aan, *one.plek)
    if key in seen and brief.status == Brief.Status.CONCEPT:
        brief.status = Brief.Status.UITGESLOTEN
        brief.melding = "Dit huishouden krijgt al een brief in deze ronde."
        brief.save(update_fields=["status", "melding"])
    seen.add(key)


def _choose(
    ronde: Brievenronde, by: Gebruiker, mee: Iterable[str], rows: "QuerySet[Brief]"
) -> None:
    """Of these letters the chosen ones will be made, as far as they can be."""
    wanted = set(mee)
    for brief in rows.select_related("jongere"):
        blocked = brief.adres_id is None and brief.school_id is None
        blocked |= brief.geheim and not may_reveal(brief.jongere, "adres", by)
        chosen = str(brief.uuid) in wanted and not blocked
        brief.status = Brief.Status.CONCEPT if chosen else Brief.Status.UITGESLOTEN
        brief.save(update_fields=["status"])


@transaction.atomic
def choose(
    ronde: Brievenronde, *, by: Gebruiker, mee: Iterable[str], getoond: Iterable[str]
) -> None:
    """Keep the choice of one page of a concept (uuids). Raises DomainError."""
    ronde = _mine(ronde, by)
    if ronde.status != Status.CONCEPT:
        raise DomainError("Deze brieven zijn al bevestigd of ingetrokken.")
    _choose(ronde, by, mee, ronde.brieven.filter(uuid__in=list(getoond)))


@transaction.atomic
def confirm(
    ronde: Brievenronde,
    *,
    by: Gebruiker,
    mee: Iterable[str],
    getoond: Iterable[str] | None = None,
) -> Brievenronde:
    """Make the chosen letters (uuids); those of other pages than `getoond` as chosen there.

    On paper to one youth at once, else after the time to think again.
    """
    ronde = _mine(ronde, by)
    if ronde.status != Status.CONCEPT:
        raise DomainError("Deze brieven zijn al bevestigd of ingetrokken.")
    rows = ronde.brieven.all()
    _choose(ronde, by, mee, rows if getoond is None else rows.filter(uuid__in=list(getoond)))
    if not ronde.brieven.filter(status=Brief.Status.CONCEPT).exists():
        raise DomainError("Kies ten minste een brief.")
    waits = ronde.bulk or ronde.verzendwijze != Verzendwijze.POST
    minutes = settings.BRIEF_BEDENKTIJD_MINUTEN if waits else 0
    ronde.status = Status.WACHT
    ronde.maken_vanaf = timezone.now() + timedelta(minutes=minutes)
    ronde.save(update_fields=["status", "maken_vanaf"])
    record("brievenronde.bevestigd", ronde, by=by, soort=ronde.soort)
    from casework.tasks import make_brieven

    # What waits is for the round of the beat.
    if not minutes:
        transaction.on_commit(partial(make_brieven.delay, ronde.pk), robust=True)
    return ronde


@transaction.atomic
def withdraw(ronde: Brievenronde, *, by: Gebruiker) -> None:
    """Take it back while nothing was made; the concepts go."""
    ronde = _mine(ronde, by)
    if ronde.status not in {Status.CONCEPT, Status.WACHT}:
        raise DomainError("Dat kan niet meer: de brieven worden al gemaakt.")
    ronde.brieven.all().delete()
    ronde.status = Status.INGETROKKEN
    ronde.save(update_fields=["status"])
    record("brievenronde.ingetrokken", ronde, by=by, soort=ronde.soort)


@transaction.atomic
def mark_sent(ronde: Brievenronde, *, by: Gebruiker) -> int:
    ronde = _mine(ronde, by)
    rows = list(ronde.brieven.filter(status=Brief.Status.GEMAAKT))
    for brief in rows:
        brief.status, brief.verstuurd_op = Brief.Status.VERSTUURD, today()
        brief.save(update_fields=["status", "verstuurd_op"])
        record("brief.verstuurd", brief, by=by, soort=brief.soort)
    return len(rows)


def _mine(ronde: Brievenronde, by: Gebruiker) -> Brievenronde:
    return Brievenronde.objects.visible_to(by).select_for_update().get(pk=ronde.pk)
