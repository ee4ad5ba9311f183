"""Time of a round of 200 letters: its concept, the letters one by one, and all in one file.

    DATABASE_URL=postgres://.../leerrecht_x python benchmarks/brieven.py

Needs an empty database of its own, with the migrations done: the rows stay in it; the files go.
Pages are asked through the web stack. Floors, of the same run: saving as many households, the page
of all rounds (one row), and one bare PDF of as many letters, of a plain paragraph each.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts import muur
from accounts.models import Bevoegdheid, Gebruiker
from casework.domain import brieven, brieven_afdruk, brieven_maken
from casework.models import (
    Adres,
    Brief,
    Briefafzender,
    Brievenronde,
    Dossier,
    Gemeente,
    Jongere,
    Relatie,
)
from casework.uitbreiding import UITBREIDINGEN

BRIEVEN = 200
RUNS = 5
# Times the floor of its kind, with room for a busy machine.
GRENS_PAGINA, GRENS_CONCEPT, GRENS_MAKEN, GRENS_AFDRUK = 30, 25, 60, 15
BEGIN = date(2020, 8, 1)


def build() -> tuple[Gebruiker, list[Jongere]]:
    """A gemeente with as many households as there are letters."""
    gemeente = Gemeente.objects.create(code="B900", naam="Meetdorp")
    Briefafzender.objects.create(gemeente=gemeente, telefoon="14 030")
    user = Gebruiker.objects.create(email="meten@example.org", naam="Meten")
    Bevoegdheid.objects.create(
        gebruiker=user, taak="leerplicht", rol="behandelaar", gemeente=gemeente, van=BEGIN
    )
    jongeren = []
    for n in range(BRIEVEN):
        persoon = {"achternaam": f"Meetman{n}", "voornamen": "Sam"}
        jongere = Jongere(gemeente=gemeente, geboortedatum=date(2015, 3, 1), **persoon).derive()
        jongere.save()
        Relatie(
            jongere=jongere, soort="OUDER", gezag="J", adres_zelfde=True, **persoon
        ).derive().save()
        Adres.objects.create(
            jongere=jongere,
            straat="Meetstraat",
            huisnummer=n + 1,
            postcode="9999ZZ",
            woonplaats="Meetdorp",
            gemeente=gemeente,
            van=BEGIN,
        )
        Dossier.objects.create(
            jongere=jongere, gemeente=gemeente, taak="leerplicht", geopend_op=BEGIN
        )
        jongeren.append(jongere)
    return user, jongeren


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def median(work: Callable[[], object]) -> float:
    return statistics.median(seconds(work) for _ in range(RUNS))


def bare_pdf() -> None:
    paragraphs = "".join(
        f'<section class="brief"><h1>Brief {n}</h1><p>{"Dit is een zin. " * 40}</p></section>'
        for n in range(BRIEVEN)
    )
    assert UITBREIDINGEN.pdf is not None
    UITBREIDINGEN.pdf(
        '<!doctype html><html lang="nl"><head><title>Kaal</title>'
        f'<link rel="stylesheet" href="static:post.css"></head><body>{paragraphs}</body></html>'
    )


def write(user: Gebruiker, jongeren: list[Jongere]) -> Brievenronde:
    with muur.systeem():
        return brieven.write(
            [brieven.Aanleiding(jongere) for jongere in jongeren],
            "verlenging",
            by=user,
            taak="leerplicht",
            waarden={"reageren_voor": "1 juli"},
            gekozen=None,
            bulk=True,
        )


def make(ronde: Brievenronde) -> None:
    rows = Brievenronde.objects.filter(pk=ronde.pk)
    rows.update(status="wacht", maken_vanaf=timezone.now())
    with muur.systeem():
        brieven_maken.make(ronde.pk)


def print_all(ronde: Brievenronde) -> None:
    Brievenronde.objects.filter(pk=ronde.pk).update(afdruk_stand="wacht")
    with muur.systeem():
        brieven_afdruk.make(ronde.pk)


def show(naam: str, tijd: float, vloer: float, grens: float) -> bool:
    """One line; whether it is over its limit."""
    print(f"  {naam:28} {tijd:8.3f} s  {tijd / vloer:6.1f} x (grens {grens} x)", flush=True)
    return tijd / vloer > grens


def measure(user: Gebruiker, jongeren: list[Jongere], opslaan: float) -> bool:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user)
    start = time.perf_counter()
    ronde = write(user, jongeren)
    schrijven = time.perf_counter() - start
    url = ronde.get_absolute_url()

    def ask(url: str, text: bytes) -> Callable[[], None]:
        def page() -> None:
            response = client.get(url)
            assert response.status_code == 200 and text in response.content

        return page

    print(f"  {'200 gezinnen opslaan':28} {opslaan:8.3f} s")
    page = ask(url, b"Meetman0")
    lijst, kaal = median(ask("/brieven/", url.encode())), seconds(bare_pdf)
    print(f"  {'pagina met de rondes':28} {lijst:8.3f} s")
    print(f"  {'kale pdf van 200 brieven':28} {kaal:8.3f} s")
    over = [show("200 concepten schrijven", schrijven, opslaan, GRENS_CONCEPT)]
    over.append(show("pagina met concepten", median(page), lijst, GRENS_PAGINA))
    over.append(show("200 brieven maken", seconds(lambda: make(ronde)), kaal, GRENS_MAKEN))
    assert Brief.objects.filter(ronde=ronde, status="gemaakt").count() == BRIEVEN
    over.append(show("pagina met brieven", median(page), lijst, GRENS_PAGINA))
    over.append(show("alles in een bestand", seconds(lambda: print_all(ronde)), kaal, GRENS_AFDRUK))
    assert Brievenronde.objects.get(pk=ronde.pk).afdruk_stand == "klaar"
    return any(over)


def main() -> int:
    # Without `collectstatic` there is no manifest to look names up in.
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        start = time.perf_counter()
        user, jongeren = build()
        return int(measure(user, jongeren, time.perf_counter() - start))


if __name__ == "__main__":
    raise SystemExit(main())
