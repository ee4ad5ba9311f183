"""Time of the nightly rules of leerplicht at one million youths and full registers.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/nacht.py

Needs a database of its own, with the migrations done: the rows stay in it. The floor is one count
of the youths. Each rule runs twice: a first night with all that waited, and the night after.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from benchmarks import _registers, absoluut, lijsten, zoeken  # sets Django up

from accounts import muur
from casework.models import Inschrijving, Jongere, Verzuimmelding
from casework.schooljaar import today
from leerplicht.domain import plichteinde, thuiszitlabel, thuiszitters, vrijstelling_proces
from leerplicht.domain.absoluut import signal
from leerplicht.models import Vrijstelling

GRENS_S = 120
REGELS: dict[str, Callable[..., object]] = {
    "vrijstellingen": vrijstelling_proces.follow,
    "absoluut verzuim": signal,
    "einde van de plicht": plichteinde.follow,
    "thuiszitters: label": thuiszitlabel.label_due,
    "thuiszitters: opschalen": thuiszitters.escalate,
}


def build() -> None:
    if Jongere.objects.count() < zoeken.JONGEREN:
        zoeken.build()
    if Verzuimmelding.objects.count() == 0:
        lijsten.build()
    zoeken.readers()
    if not Vrijstelling.objects.exists():
        _registers.build(today())
    if not Inschrijving.objects.exists():
        absoluut.build()


def seconds(work: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    found = work()
    return time.perf_counter() - start, found


def main() -> int:
    build()
    floor, _ = seconds(Jongere.objects.filter(geboortedatum__gte="2000-01-01").count)
    print(f"  {'telling van de jongeren':28} {floor:7.1f} s")
    worst = 0.0
    for night in (today(), today() + timedelta(days=1)):
        for naam, regel in REGELS.items():
            with muur.systeem():
                tijd, found = seconds(lambda regel=regel, night=night: regel(night))
            worst = max(worst, tijd)
            print(f"  {naam:28} {tijd:7.1f} s  {tijd / floor:7.1f} x  {found}", flush=True)
    print(f"langste regel {worst:.0f} s (grens {GRENS_S} s)")
    return int(worst > GRENS_S)


if __name__ == "__main__":
    raise SystemExit(main())
