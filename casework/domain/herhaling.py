"""How often somebody was reported: this schooljaar, earlier, and at another school."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from accounts.models import Gebruiker
from casework.codes import DuoStatus
from casework.models import Verzuimmelding
from casework.schooljaar import Schooljaar


@dataclass(frozen=True, slots=True)
class Herhaling:
    """Other reports than this one; `elders` are those of another school, of any schooljaar."""

    dit_jaar: int = 0
    eerder: int = 0
    elders: int = 0

    def __bool__(self) -> bool:
        return bool(self.dit_jaar or self.eerder)


def herhaling(melding: Verzuimmelding, others: Iterable[Verzuimmelding]) -> Herhaling:
    """Of reports up to the melddatum; withdrawn ones do not count."""
    start = Schooljaar.of(melding.melddatum).start
    before = [
        m
        for m in others
        if m.pk != melding.pk and m.status != DuoStatus.I and m.melddatum <= melding.melddatum
    ]
    here = [m for m in before if m.melddatum >= start]
    elsewhere = [m for m in before if m.school_id and m.school_id != melding.school_id]
    return Herhaling(len(here), len(before) - len(here), len(elsewhere) if melding.school_id else 0)


def herhalingen(meldingen: Iterable[Verzuimmelding], user: Gebruiker) -> Mapping[int, Herhaling]:
    """By melding, for a page of a list; what this user may see, in one query."""
    page = list(meldingen)
    rows = Verzuimmelding.objects.visible_to(user).filter(jongere__in={m.jongere_id for m in page})
    per_jongere: dict[int, list[Verzuimmelding]] = {}
    for row in rows.only("jongere_id", "melddatum", "school_id", "status"):
        per_jongere.setdefault(row.jongere_id, []).append(row)
    return {m.pk: herhaling(m, per_jongere.get(m.jongere_id, ())) for m in page}
