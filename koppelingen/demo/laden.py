"""From an empty database to the demo region, in steps that may be taken again after a failure."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.domain import toegangscontrole
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import Taak
from casework.domain.afscherming import close
from casework.errors import DomainError
from casework.models import (
    Afscherming,
    BoaAkte,
    Briefafzender,
    Dossier,
    Gemeente,
    Jongere,
    Regio,
)
from casework.politiecodes import Eed
from casework.schooljaar import Schooljaar
from koppelingen.demo import medewerkers
from koppelingen.demo.gebied import GEMEENTEN, PROVINCIE, REGIO, SUBREGIOS
from koppelingen.demo.handhaving import set_handhaving
from koppelingen.demo.maken import Demoregio, make_region
from koppelingen.demo.pakket import BRONSYSTEEM
from koppelingen.demo.preventie import set_preventie
from koppelingen.demo.sleutels import ids_of
from koppelingen.demo.werk import set_open_work
from koppelingen.demo.zorg import set_zorg
from koppelingen.domain.inlezen import new_run, perform_run
from koppelingen.models import Bronsleutel
from koppelingen.pakket.inlezen import Opties
from reporting.domain.bouwen import count_figures
from reporting.domain.jaarverslag import create_verslag

Melden = Callable[[str], None]
WPG_AKKOORD: Final = "demo"


class DemoGeweigerd(DomainError):
    """The demo region may not be made here."""


def is_filled() -> bool:
    """The accounts come last, so an account that can log in means that all is there."""
    return (
        _rows_of_demo()
        and Gebruiker.objects.filter(
            email=medewerkers.MEDEWERKERS[0].email, is_active=True
        ).exists()
    )


def _rows_of_demo() -> bool:
    return Bronsleutel.objects.filter(bronsysteem=BRONSYSTEEM).exists()


def check_empty() -> None:
    """Raises DemoGeweigerd when the database holds people who are not of the demo."""
    eigen = Bronsleutel.objects.filter(bronsysteem=BRONSYSTEEM, bestand="jongeren")
    vreemd = Jongere.objects.exclude(pk__in=eigen.values("object_id"))
    if vreemd.exists():
        raise DemoGeweigerd(
            "In deze database staan andere jongeren dan die van de demo."
            " De demo-regio komt alleen in een lege database."
        )
    if Gebruiker.objects.filter(is_active=True).exists():
        raise DemoGeweigerd(
            "In deze database staan al gebruikers. De demo-regio komt alleen in een lege database."
        )


def fill(peildatum: date, aantal: int, melden: Melden) -> Demoregio:
    """Make the region and read it. Raises DemoGeweigerd; then nothing was changed."""
    check_empty()
    melden("De demo-regio wordt gemaakt")
    regio = make_region(peildatum, aantal)
    make_gebied()
    melden(f"Pakket inlezen: {sum(map(len, regio.pakket.rijen.values()))} rijen")
    read_region(regio)
    melden("Werk klaarzetten")
    with transaction.atomic():
        set_open_work(regio)
        open_accounts(peildatum)
        toegangscontrole.begin(peildatum)
        close_a_dossier()
        set_preventie(peildatum)
        set_handhaving(peildatum)
        set_zorg(peildatum)
        make_verslag(peildatum)
    return regio


@transaction.atomic
def make_gebied() -> None:
    code, naam = REGIO
    regio, _ = Regio.objects.get_or_create(
        soort=Regio.Soort.DOORSTROOMPUNT, code=code, defaults={"naam": naam}
    )
    subregios = {
        sub: Regio.objects.get_or_create(
            soort=Regio.Soort.SUBREGIO, code=sub, defaults={"naam": titel, "deel_van": regio}
        )[0]
        for sub, titel in SUBREGIOS.items()
    }
    for g in GEMEENTEN:
        gemeente, _ = Gemeente.objects.update_or_create(
            code=g.code,
            defaults={
                "naam": g.naam,
                "provincie": PROVINCIE,
                "doorstroompuntregio": regio,
                "subregio": subregios[g.subregio],
            },
        )
        Briefafzender.objects.get_or_create(
            gemeente=gemeente,
            defaults={
                "afdeling": "Team Leerplicht",
                "postadres": "Postbus 1",
                "postcode_plaats": f"{g.postcode}AA {g.naam}",
                "telefoon": "088 000 00 00",
            },
        )


def read_region(regio: Demoregio) -> None:
    """Through the import of real packages. Raises DemoGeweigerd when it refuses a single row."""
    with tempfile.TemporaryDirectory() as folder:
        pad = Path(folder) / "demo-regio.zip"
        regio.write(pad)
        run = new_run(bestandsnaam=pad.name, gebruiker=None, proef=False, wpg_akkoord=WPG_AKKOORD)
        rapport = perform_run(run, pad, Opties(vandaag=regio.peildatum, wpg_akkoord=WPG_AKKOORD))
        try:
            if refused := next(iter(rapport.refused()), None):
                plaats = f"{refused['bestand']} rij {refused['rij']}, {refused['kolom']}"
                raise DemoGeweigerd(f"{plaats}: {refused['reden']}")
        finally:
            rapport.telraam.close()


def open_accounts(peildatum: date) -> None:
    """The authors of the package become accounts, with their rights; one shared hash is enough."""
    wachtwoord = make_password(medewerkers.DEMO_WACHTWOORD)
    gemeenten = {g.code: g for g in Gemeente.objects.all()}
    van = peildatum.replace(year=peildatum.year - 6, day=1)
    einde_opsporing = peildatum.replace(year=peildatum.year + 1, day=1)
    sleutels = ids_of("gebruikers")
    for m in medewerkers.MEDEWERKERS:
        user = Gebruiker.objects.get(pk=sleutels[m.bron_id])
        user.email, user.is_active, user.password = m.email, True, wachtwoord
        user.save(update_fields=["email", "is_active", "password"])
        Bevoegdheid.objects.bulk_create(
            Bevoegdheid(
                gebruiker=user,
                taak=taak,
                gemeente=gemeenten[code],
                rol=rol,
                van=van,
                tot=einde_opsporing if taak == Taak.OPSPORING else None,
            )
            for taak, rol, codes in m.rechten
            for code in codes
        )
        if any(taak == Taak.OPSPORING for taak, _, _ in m.rechten):
            _give_akte(user, peildatum)


def _give_akte(boa: Gebruiker, peildatum: date) -> None:
    """Without it a boa draws up nothing."""
    BoaAkte.objects.create(
        gebruiker=boa,
        nummer="DEMO-1",
        geldig_van=peildatum.replace(year=peildatum.year - 2, day=1),
        geldig_tot=peildatum.replace(year=peildatum.year + 2, day=1),
        standplaats=GEMEENTEN[0].naam,
        domein="III, onderwijs",
        eed=Eed.EED,
    )


def close_a_dossier() -> None:
    """One dossier that only two colleagues see, to try noodtoegang and the second person on."""
    leider, lpa = (
        Gebruiker.objects.get(email=medewerkers.BY_SLEUTEL[sleutel].email)
        for sleutel in ("teamleider", "lpa")
    )
    dossiers = Dossier.objects.filter(
        taak=Taak.LEERPLICHT, gemeente__code=GEMEENTEN[0].code, behandelaar=lpa, gesloten_op=None
    )
    if dossier := dossiers.select_related("jongere").order_by("pk").first():
        close(
            dossier.jongere,
            by=leider,
            reden=Afscherming.Reden.COLLEGA,
            toelichting="Kind van een collega van een ander team.",
            leden=[leider, lpa],
        )


def make_verslag(peildatum: date) -> None:
    """A concept of the yearly report, counted, so that the beleidsadviseur can begin to write."""
    verslag = create_verslag(
        [Gemeente.objects.get(code=GEMEENTEN[0].code)],
        Schooljaar.of(peildatum).vorige,
        "standaard",
        by=Gebruiker.objects.get(email=f"beleid@{medewerkers.DOMEIN}"),
        queue=False,
    )
    count_figures(verslag.pk, peildatum=peildatum)
