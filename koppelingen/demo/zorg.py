"""Meldcode, overleg, who is at home, and what DUO and others are told; by the functions of the
screens and of the night."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from accounts.models import Gebruiker
from casework.domain.proces import perform
from casework.domain.statusbericht import Antwoord, mark_sent, process_antwoord, to_send
from casework.kalender import add_werkdagen
from casework.models import Jongere, Verzuimmelding, Werkproces
from casework.schooljaar import AMSTERDAM
from koppelingen.demo.medewerkers import BY_SLEUTEL
from koppelingen.duo.simulator import Simulator
from leerplicht.codes import Thuiszitreden
from leerplicht.domain import meldcode, meldplicht, overleg, thuiszitlabel, thuiszitters
from leerplicht.domain.meldcode_tabel import MELDCODE
from leerplicht.domain.melding import note_only, take_up
from leerplicht.models import Thuiszitter

# How many working days ago, and the answers.
MELDCODE_STAPPEN: Final[tuple[tuple[str, int, dict[str, Any]], ...]] = (
    (
        "signalen",
        8,
        {
            "herkomst": "school",
            "feiten": "De leerling had drie keer blauwe plekken en schrok van een harde stem.",
        },
    ),
    (
        "overleg",
        6,
        {
            "met": "aandacht",
            "advies": "Spreek eerst met de ouders en vraag school om erbij te zijn.",
        },
    ),
    (
        "gesprek",
        3,
        {
            "met": "Moeder en de leerling",
            "samenvatting": "Moeder vertelt dat er thuis spanning is.",
        },
    ),
)
DEELNEMERS: Final = (
    ("Samenwerkingsverband", "Consulent"),
    ("Jeugdgezondheidszorg", "Jeugdarts"),
    ("School", "Zorgcoördinator"),
)
AFSPRAKEN: Final = (
    ("Een rooster met halve dagen maken", "School, zorgcoördinator", 4),
    ("Onderzoek plannen bij de jeugdarts", "Jeugdgezondheidszorg", 9),
)
NAAR_DUO: Final = 4  # reports whose status goes to DUO; of the last one DUO knows better


def set_zorg(peildatum: date) -> None:
    """After the accounts: each of these asks a right."""
    lpa = Gebruiker.objects.get(email=BY_SLEUTEL["lpa"].email)
    rows = Werkproces.objects.open().filter(
        behandelaar=lpa, gemeente__code="9901", jongere__gemeente__code="9901", regime="AVG"
    )
    found = [row.jongere for row in rows.select_related("jongere").order_by("pk")[:12]]
    jongeren = list(dict.fromkeys(found))
    for jongere in jongeren[-1:]:
        _meldcode(jongere, lpa, peildatum)
    for jongere in jongeren[-2:-1]:
        _overleg(jongere, lpa, peildatum)
    _duo(lpa, peildatum)
    _home(peildatum)


def _meldcode(jongere: Jongere, lpa: Gebruiker, peildatum: date) -> None:
    traject = meldcode.begin(jongere, by=lpa, day=add_werkdagen(peildatum, -9))
    boa = Gebruiker.objects.get(email=BY_SLEUTEL["boa"].email)
    meldcode.bring_in(traject, boa, by=lpa, day=peildatum)
    for naam, ago, gegevens in MELDCODE_STAPPEN:
        day = add_werkdagen(peildatum, -ago)
        traject = perform(
            traject, naam, tabel=MELDCODE, by=lpa, day=day, gegevens=gegevens | {"datum": day}
        )


def _overleg(jongere: Jongere, lpa: Gebruiker, peildatum: date) -> None:
    datum = add_werkdagen(peildatum, -5)
    invoer = overleg.Overleginvoer(
        datum,
        "CONVENANT",
        DEELNEMERS,
        grondslag_uitleg="Samenwerkingsafspraken passend onderwijs",
        ouders_weten_op=add_werkdagen(datum, -5),
        verslag="De leerling wil terug naar school, maar hele dagen lukken nog niet.",
    )
    row = overleg.hold(jongere, by=lpa, day=peildatum, invoer=invoer)
    for tekst, eigenaar, dagen in AFSPRAKEN:
        uiterlijk = add_werkdagen(peildatum, dagen)
        overleg.agree(row, by=lpa, tekst=tekst, eigenaar=eigenaar, uiterlijk_op=uiterlijk)


def _duo(lpa: Gebruiker, peildatum: date) -> None:
    """Sent and answered this morning; one was withdrawn by its school in the meantime."""
    rows = Verzuimmelding.objects.to_triage().filter(taak="leerplicht", behandelaar=lpa)
    rows = rows.exclude(duo_meldingnummer="").select_related("jongere").order_by("pk")
    for number, melding in enumerate(rows[:NAAR_DUO]):
        if number % 2:
            note_only(melding, by=lpa, day=peildatum)
        else:
            take_up(melding, by=lpa, day=peildatum)
    now = datetime.combine(peildatum, time(8, 15), AMSTERDAM)
    berichten = mark_sent([bericht.pk for bericht in to_send()], now=now)
    antwoorden = Simulator().send("9901", berichten, now)
    if antwoorden:
        late = antwoorden[-1].bericht_id
        antwoorden[-1] = Antwoord(late, False, "SIM-I", "De melding is ingetrokken.")
    for antwoord in antwoorden:
        process_antwoord(antwoord, now=now + timedelta(minutes=15))


def _home(peildatum: date) -> None:
    """As after a night; one of 16 or 17 works instead of going to school, so SVB and the
    Arbeidsinspectie must hear of it."""
    thuiszitlabel.label_due(peildatum)
    boa = Gebruiker.objects.get(email=BY_SLEUTEL["boa"].email)
    sixteen = peildatum.replace(year=peildatum.year - 16, day=1)
    rows = Thuiszitter.objects.open().filter(
        jongere__geboortedatum__range=(sixteen.replace(year=sixteen.year - 2), sixteen)
    )
    if row := rows.order_by("-sinds", "pk").first():
        thuiszitters.update(row, by=boa, day=peildatum, reden=Thuiszitreden.WERK, geoorloofd=False)
    meldplicht.follow(peildatum)
