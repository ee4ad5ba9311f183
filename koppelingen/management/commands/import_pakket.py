"""Read a package from the command line; see docs/pakket."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from accounts.opdracht import Opdracht
from casework.errors import DomainError
from casework.schooljaar import today
from koppelingen.domain.inlezen import new_run, perform_run
from koppelingen.pakket.inlezen import Opties
from koppelingen.pakket.rapport import Rapport


class Command(Opdracht):
    help = "Leest een pakket (map of zip) in: dossiers uit een ander systeem of een export."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pad", type=Path, help="map of zip met manifest.json en CSV-bestanden")
        parser.add_argument("--proef", action="store_true", help="controleer en tel, laad niets")
        parser.add_argument("--rapport", type=Path, metavar="BESTAND.json", help="schrijf verslag")
        parser.add_argument("--json", action="store_true", help="het verslag als JSON op stdout")
        parser.add_argument(
            "--wpg-akkoord",
            default="",
            metavar="NAAM",
            help="naam van wie akkoord geeft voor politiegegevens; zonder blijven die achterwege",
        )
        parser.add_argument(
            "--strikt", action="store_true", help="weiger het pakket ook bij een waarschuwing"
        )
        parser.add_argument(
            "--bronsysteem", default="", metavar="NAAM", help="als manifest.json ontbreekt"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        pad: Path = options["pad"]
        opties = Opties(
            vandaag=today(),
            proef=options["proef"],
            strikt=options["strikt"],
            wpg_akkoord=options["wpg_akkoord"].strip(),
            bronsysteem=options["bronsysteem"].strip()[:64],
        )
        rapportpad: Path | None = options["rapport"]
        if rapportpad and not rapportpad.parent.is_dir():
            raise CommandError(f"De map {rapportpad.parent} bestaat niet.", returncode=2)
        run = new_run(
            bestandsnaam=pad.name,
            gebruiker=None,
            proef=opties.proef,
            wpg_akkoord=opties.wpg_akkoord,
        )
        try:
            rapport = perform_run(run, pad, opties)
        except DomainError as error:
            raise CommandError(f"Het pakket is geweigerd. {error}") from error
        try:
            if rapportpad:
                with rapportpad.open("w", encoding="utf-8") as stream:
                    rapport.write_json(stream)
            if options["json"]:
                rapport.write_json(self.stdout)
            else:
                self.print(rapport)
        finally:
            rapport.telraam.close()
        sys.stdout.flush()

    def print(self, rapport: Rapport) -> None:
        write = self.stdout.write
        kop = "Proef van" if rapport.proef else "Ingelezen:"
        write(f"{kop} {rapport.pakket} (bronsysteem {rapport.bronsysteem})")
        for zin in rapport.waarschuwingen:
            write(f"Let op: {zin}")
        for naam, telling in rapport.telraam.per_bestand.items():
            wpg = f", weggelaten (Wpg) {telling.weggelaten_wpg}" if telling.weggelaten_wpg else ""
            write(
                f"  {naam}.csv: gelezen {telling.gelezen}, geladen {telling.geladen},"
                f" bijgewerkt {telling.bijgewerkt}, ongewijzigd {telling.ongewijzigd},"
                f" quarantaine {telling.quarantaine}{wpg}"
            )
        for nummer, row in enumerate(rapport.refused()):
            if nummer == 50:
                write("  Meer afgekeurde rijen staan in het verslag (--rapport).")
                break
            write(f"  {row['bestand']} rij {row['rij']}, {row['kolom'] or 'rij'}: {row['reden']}")
        if rapport.persoonsvragen:
            write(f"Te beslissen: {rapport.persoonsvragen} keer is misschien dezelfde persoon.")
        if rapport.proef:
            write("Er is niets geladen.")
        totaal = rapport.telraam.totaal
        tempo = totaal.gelezen / rapport.duur if rapport.duur else 0
        write(f"{totaal.gelezen} rijen in {rapport.duur:.1f} s ({tempo:.0f} per seconde).")
