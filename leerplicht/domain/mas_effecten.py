"""What a step of the MAS does besides moving the werkproces; same transaction, no save of it."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Final

from django.db import connection
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import (
    Contactkanaal,
    ContactMet,
    Processtatus,
    Resultaat,
)
from casework.domain.acties import make_actie
from casework.domain.contact import Contactinvoer, add_contact
from casework.domain.melding import close_melding
from casework.domain.plaats import gemeente_on
from casework.domain.proces import Effect, Gegevens
from casework.domain.vastgesteld import set_soort
from casework.kalender import add_werkdagen
from casework.models import Dossier, Verzuimmelding, Werkproces
from casework.politiecodes import Categorie, Herkomst
from casework.schooljaar import AMSTERDAM
from leerplicht.codes import Haltresultaat
from leerplicht.models import Haltverwijzing

from .mas_velden import UIT_AFSPRAAK

OVERDRACHT_WERKDAGEN: Final = 5


def set_route(route: str) -> Effect[Werkproces]:
    def effect(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
        werkproces.route = route

    return effect


def set_vastgestelde_soort(
    werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date
) -> None:
    """What the ambtenaar finds stands beside what the school reported."""
    if soort := gegevens.get("vastgestelde_soort"):
        now = timezone.now()
        # One that was looked at apart keeps what was found then.
        for melding in werkproces.meldingen.filter(vastgestelde_soort="").order_by("pk"):
            set_soort(melding, soort, "Bij het starten van het onderzoek", by=by, now=now)


def halt_result(vast: str = "") -> Effect[Werkproces]:
    """Write what Halt reported back on the open referral of this werkproces."""

    def effect(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
        resultaat = vast or gegevens.get("halt_resultaat") or Haltresultaat.ONBEKEND
        Haltverwijzing.objects.filter(werkproces=werkproces, resultaat="").update(
            resultaat=resultaat, datum_retour=day
        )

    return effect


def close(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """Result and date of the outflow, with the gemeente of that day frozen."""
    werkproces.status = Processtatus.GESLOTEN
    werkproces.gesloten_op = day
    werkproces.resultaat = gegevens["resultaat"]
    werkproces.toelichting = gegevens.get("toelichting") or ""
    werkproces.gemeente_sluiting = (
        werkproces.gemeente
        if werkproces.gemeente_opgegeven
        else gemeente_on(werkproces.jongere, day)
    )
    if gegevens.get("meldingen_sluiten", True):
        for melding in open_meldingen(werkproces):
            close_melding(melding, werkproces.resultaat, by=by, day=day)


def close_with(resultaat: str) -> Effect[Werkproces]:
    def effect(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
        close(werkproces, {**gegevens, "resultaat": resultaat}, by, day)

    return effect


def close_moved(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """The dossier is passed on; a proces-verbaal stays with the boa who drew it up."""
    close_with(Resultaat.VERHUISD)(werkproces, gegevens, by, day)
    make_actie(
        werkproces,
        "Verhuisd: draag het dossier over aan de nieuwe gemeente.",
        add_werkdagen(day, OVERDRACHT_WERKDAGEN),
        taak=Taak.LEERPLICHT,
        grondslag="Leerplichtregeling 3 lid 2",
        werkproces=werkproces,
        toegewezen_aan_id=werkproces.behandelaar_id,
    ).save()


def open_meldingen(werkproces: Werkproces) -> list[Verzuimmelding]:
    return list(werkproces.meldingen.filter(afgesloten_op__isnull=True).order_by("pk"))


def reopen(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    werkproces.status = Processtatus.HEROPEND
    werkproces.gesloten_op = None
    werkproces.gemeente_sluiting = None
    werkproces.resultaat = ""
    werkproces.route = ""


def hand_over(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    """End of the duty: the Doorstroompunt of the gemeente gets a dossier and something to do."""
    close(werkproces, {**gegevens, "resultaat": Resultaat.DOORSTROOMPUNT}, by, day)
    own = {"jongere_id": werkproces.jongere_id, "gemeente": werkproces.gemeente_sluiting}
    dossier = Dossier(**own, taak=Taak.DOORSTROOMPUNT)
    tekst = "Overgedragen door leerplicht: neem contact op met de jongere."
    uiterlijk = add_werkdagen(day, OVERDRACHT_WERKDAGEN)
    with connection.cursor() as cursor:  # rows of the other taak: the wall writes them
        cursor.execute(
            "SELECT muur_draag_over(%s, %s, %s, %s, %s)",
            [dossier.jongere_id, dossier.gemeente_id, day, tekst, uiterlijk],
        )
        dossier.pk = cursor.fetchone()[0]
    if dossier.pk:
        record("dossier.geopend", dossier, by=by)


_MET: Final[Mapping[str, str]] = {
    "school": ContactMet.SCHOOL,
    "ouders": ContactMet.OUDER,
    "jongere": ContactMet.JONGERE,
    "beiden": ContactMet.OUDER,
}


def record_hearing(wie: str) -> Effect[Werkproces]:
    """A hearing is a contact as well: written once, counted once."""

    def effect(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
        _contact(werkproces, gegevens, wie=wie, kanaal=gegevens["hoe"], by=by, day=day)

    return effect


def record_home_visit(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    kanaal = Contactkanaal.HUISBEZOEK
    _contact(werkproces, gegevens, wie=gegevens["wie"], kanaal=kanaal, by=by, day=day)


def record_call(werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date) -> None:
    kanaal = Contactkanaal.TELEFOON
    _contact(werkproces, gegevens, wie="ouders", kanaal=kanaal, by=by, day=day)


def record_visit_to_parents(
    werkproces: Werkproces, gegevens: Gegevens, by: Gebruiker, day: date
) -> None:
    kanaal = Contactkanaal.HUISBEZOEK
    _contact(werkproces, gegevens, wie="ouders", kanaal=kanaal, by=by, day=day)


def _contact(
    werkproces: Werkproces, gegevens: Gegevens, *, wie: str, kanaal: str, by: Gebruiker, day: date
) -> None:
    if gegevens.get(UIT_AFSPRAAK) and gegevens.get("samenvatting"):
        return  # the note was written with the appointment
    datum = gegevens.get("datum") or day
    add_contact(
        werkproces.jongere,
        by=by,
        taak=werkproces.taak,
        werkproces=werkproces,
        invoer=Contactinvoer(
            datum=datetime.combine(datum, time(12), AMSTERDAM),
            kanaal=kanaal,
            met=_MET[wie],
            uitkomst=gegevens.get("met") or "",
            verslag=gegevens.get("samenvatting") or "",
            # Of police data; the form of a step does not ask it.
            herkomst=werkproces.herkomst or Herkomst.EIGEN,
            categorie=werkproces.categorie or Categorie.OVERIG,
        ),
    )
