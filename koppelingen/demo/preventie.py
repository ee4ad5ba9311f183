"""Who gets new work, and preventive work: rules, actions for groups, a no-show-actie, a note."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import Count

from accounts.models import Gebruiker
from casework.models import Gemeente, School, Verzuimmelding, Werkproces
from casework.schooljaar import AMSTERDAM, Schooljaar
from koppelingen.demo.kans import Kans
from koppelingen.demo.medewerkers import BY_SLEUTEL
from leerplicht.codes import Noshowresultaat
from leerplicht.domain import preventie
from leerplicht.domain.toewijzing import Regelinvoer, Werk, add_rule, choose
from leerplicht.domain.verdelen import write_note

# The third gemeente has no rule: what is new there stands in the list of the team.
REGELS: Final = (
    ("9901", "lpa", None, None),
    ("9902", "lpa", 5, 11),
    ("9902", "lpa2", 12, 18),
)
SOORTEN: Final = ("LES", "VOORLICHTING", "ZORGTEAM")
GROEPSACTIES: Final = 9
NO_SHOW: Final = 8


def set_preventie(peildatum: date) -> None:
    """After the accounts: rules go to who may do the work."""
    wie = {
        sleutel: Gebruiker.objects.get(email=BY_SLEUTEL[sleutel].email)
        for sleutel in ("lpa", "lpa2", "boa", "teamleider")
    }
    gemeenten = {g.code: g for g in Gemeente.objects.all()}
    scholen = list(
        School.objects.filter(gemeente__isnull=False)
        .annotate(n=Count("verzuimmeldingen"))
        .order_by("-n", "pk")[:4]
    )
    begin = Schooljaar.of(peildatum).start
    for code, sleutel, van, tot in REGELS:
        invoer = Regelinvoer(gemeenten[code], wie[sleutel], begin, None, van, tot)
        add_rule(invoer, by=wie["teamleider"], day=peildatum)
    keeper = scholen[0].gemeente
    assert keeper
    invoer = Regelinvoer(keeper, wie["boa"], begin, scholen[0])
    add_rule(invoer, by=wie["teamleider"], day=peildatum)
    _assign(peildatum)
    _groups(scholen, wie["lpa"], peildatum)
    _no_show(gemeenten["9901"], wie["lpa"], peildatum)
    _note(wie["lpa2"], wie["lpa"], peildatum)


def _assign(day: date) -> None:
    rows = list(Verzuimmelding.objects.to_triage().filter(taak="leerplicht").order_by("pk"))
    found = choose([Werk(m.jongere_id, m.gemeente_id, m.school_id) for m in rows], day)
    for melding, behandelaar in zip(rows, found, strict=True):
        melding.behandelaar_id = behandelaar
    Verzuimmelding.objects.bulk_update(rows, ["behandelaar"], batch_size=500)


def _groups(scholen: Sequence[School], by: Gebruiker, day: date) -> None:
    kans = Kans("groepsacties")
    for number in range(GROEPSACTIES):
        school = scholen[number % len(scholen)]
        if school.gemeente is None or not by.may(preventie.SCHRIJVEN, school.gemeente_id):
            continue
        invoer = preventie.Groepsinvoer(
            school.gemeente,
            day - timedelta(days=kans.between(2, 80)),
            SOORTEN[number % len(SOORTEN)],
            kans.between(8, 120),
            school,
            "Op tijd komen en ziek melden",
        )
        preventie.add_group(invoer, by=by)


def _no_show(gemeente: Gemeente, by: Gebruiker, day: date) -> None:
    kans = Kans("no-show")
    begin = date(Schooljaar.of(day).beginjaar, 9, 7)
    actie = preventie.start_noshow(gemeente, None, begin, by=by)
    preventie.put_on_list(actie, preventie.proposal(actie, by)[:NO_SHOW], by=by)
    for number, row in enumerate(actie.rijen.order_by("pk")):
        if number % 4 == 3:
            continue  # not known yet
        gezien = number % 4 != 2
        other = kans.pick([Noshowresultaat.ANDERE_SCHOOL, Noshowresultaat.NIET_BEREIKT])
        preventie.register(
            row,
            gezien=gezien,
            resultaat=Noshowresultaat.OP_SCHOOL if gezien else other,
            notitie="",
            by=by,
            day=begin + timedelta(days=10),
        )


def _note(van: Gebruiker, naar: Gebruiker, day: date) -> None:
    """A youth of a gemeente of both."""
    rows = Werkproces.objects.open().filter(behandelaar=van, gemeente__code="9902", regime="AVG")
    if werkproces := rows.select_related("jongere").order_by("pk").first():
        write_note(
            werkproces.jongere,
            naar,
            "School belt dinsdag over het gesprek met de ouders. Wil jij de afspraak nalopen?",
            by=van,
            now=datetime.combine(day, time(8, 30), AMSTERDAM),
        )
