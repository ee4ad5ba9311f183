"""What the second wall costs: pages and figures at one million youths, with it and without it.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/muur.py

Needs a database of its own, with the migrations done: the rows stay in it. Each page is asked
through the web stack. "Without" is the same page with row level security switched off on every
table, in turns in one run; transaction, role and queries stay the same. The bound is asked of
every page, but not of the user of every gemeente: nobody works for the whole country.
"""

import statistics
import time

from benchmarks import lijsten, zoeken  # sets Django up

from django.conf import settings
from django.db import connection
from django.test import Client

from accounts.models import Bevoegdheid, Gebruiker
from casework.models import Jongere, Verzuimmelding
from config.muur import REGELS

BEURTEN = 4
RUNS = 4
GRENS = 1.15
CIJFERS = ("/cijfers/lp_meldingen/", "/cijfers/pop_5_18/")
ZOEKEN = ("jansen", "van den berg", "kees zeldzaamnaam")


def switch(on: bool) -> None:
    word = "ENABLE" if on else "DISABLE"
    with connection.cursor() as cursor:
        for table in REGELS:
            cursor.execute(f"ALTER TABLE {table} {word} ROW LEVEL SECURITY")


def ask(client: Client, page: str) -> None:
    if page.startswith("/"):
        answer = client.get(page, follow=True)
    else:
        answer = client.post("/zoeken/", {"q": page}, follow=True)
    assert answer.status_code == 200, (page, answer.status_code)


def milliseconds(client: Client, page: str) -> list[float]:
    ask(client, page)  # plans and caches of this stand
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        ask(client, page)
        times.append((time.perf_counter() - start) * 1000)
    return times


def measure(user: Gebruiker, pages: tuple[str, ...]) -> list[float]:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    ratios = []
    for page in pages:
        found: dict[bool, list[float]] = {True: [], False: []}
        for turn in range(2 * BEURTEN):
            on = turn % 2 == 0
            switch(on)
            found[on] += milliseconds(client, page)
        with_wall, without = (statistics.median(found[on]) for on in (True, False))
        ratios.append(with_wall / without)
        print(
            f"  {page:36} {with_wall:8.1f} ms  {without:8.1f} ms  {ratios[-1]:5.2f} x", flush=True
        )
    return ratios


def main() -> int:
    start = time.perf_counter()
    if Jongere.objects.count() < zoeken.JONGEREN:
        zoeken.build()
    if Verzuimmelding.objects.count() == 0:
        lijsten.build()
    print(f"gegevens gemaakt in {time.perf_counter() - start:.0f} s")
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    settings.LIMIETEN = dict.fromkeys(settings.LIMIETEN, "100000/m")
    print(f"  {'':36} {'met muur':>11}  {'zonder':>11}")
    worst = 0.0
    try:
        for naam, user in zoeken.readers().items():
            print(naam)
            for recht in user.rechten:
                Bevoegdheid.objects.get_or_create(
                    gebruiker=user,
                    taak="beleid",
                    gemeente_id=recht.gemeente_id,
                    rol="lezer",
                    van="2020-01-01",
                )
            user = Gebruiker.objects.get(pk=user.pk)
            ratios = measure(user, lijsten.PAGINAS + CIJFERS + ZOEKEN)
            if naam != "heel Nederland":
                worst = max(worst, *ratios)
    finally:
        switch(True)
    print(f"duurste pagina {worst:.2f} (grens {GRENS})")
    return int(worst > GRENS)


if __name__ == "__main__":
    raise SystemExit(main())
