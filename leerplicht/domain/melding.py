"""Triage: what a leerplichtambtenaar does with a report (Lpw art. 22)."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.db import transaction

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from accounts.rechten import Taak
from casework.codes import Meldingsoort, Resultaat, Werkprocessoort
from casework.domain import melding as meldingen
from casework.domain.dossier import ensure_dossier
from casework.domain.melding import Meldinginvoer, close_melding, lock_untouched, mark_taken_up
from casework.domain.plaats import gemeente_on
from casework.domain.proces import perform
from casework.errors import DomainError
from casework.models import Jongere, Verzuimmelding, Werkproces

from . import luxe, toewijzing
from .dossierfeiten import feiten_of
from .plicht import einde_schooljaren
from .regels import Regels
from .taak import taak_of_melding
from .tabellen import begin_tabel, tabel_of

SOORT_WERKPROCES: Final[Mapping[str, str]] = {
    Meldingsoort.L: Werkprocessoort.LUXE,
    Meldingsoort.TELAAT: Werkprocessoort.TELAAT,
    Meldingsoort.ABSOLUUT: Werkprocessoort.ABSOLUUT,
    Meldingsoort.ZORG: Werkprocessoort.ZORG,
    Meldingsoort.ZIEK: Werkprocessoort.ZORG,
}

# A request or a notice is decided on its own; absence does not join it.
VERZOEKEN: Final = (
    Werkprocessoort.VERLOF,
    Werkprocessoort.VRIJSTELLING,
    Werkprocessoort.VERV_LEERPLICHT,
)


def taak_for(jongere: Jongere, invoer: Meldinginvoer) -> Taak:
    """Leerplicht while a duty runs on the first day of absence, else the Doorstroompunt."""
    day = invoer.begindatum or invoer.melddatum
    feiten = feiten_of(jongere, day)
    return taak_of_melding(
        invoer.soort,
        geboortedatum=jongere.geboortedatum,
        begindatum=invoer.begindatum,
        melddatum=invoer.melddatum,
        startkwalificatie_datum=feiten.startkwalificatie_datum,
        uitgezonderd_vanaf=feiten.uitstroom_bewijs_datum,
        twaalf_jaar_op=einde_schooljaren(feiten.schooljaren_voltooid, day, Regels.on(day)),
    )


@transaction.atomic
def register_melding(
    jongere: Jongere, *, by: Gebruiker, invoer: Meldinginvoer, day: date
) -> Verzuimmelding:
    """A report by phone, of a parent or the police; the rules say who gets it.

    Raises NotAuthorised.
    """
    taak = taak_for(jongere, invoer)
    melding = meldingen.register(jongere, by=by, taak=taak, invoer=invoer)
    if taak == Taak.LEERPLICHT:
        toewijzing.assign(melding, day=day)
    return melding


def open_werkprocessen(jongere: Jongere, user: Gebruiker) -> list[Werkproces]:
    """Open werkprocessen of leerplicht that a new report can join."""
    rows = Werkproces.objects.visible_to(user).open().select_related("behandelaar")
    rows = rows.filter(jongere=jongere, taak=Taak.LEERPLICHT).exclude(soort__in=VERZOEKEN)
    return list(rows.order_by("-gestart_op", "-pk"))


@transaction.atomic
def take_up(
    melding: Verzuimmelding, *, by: Gebruiker, day: date, werkproces: Werkproces | None = None
) -> Werkproces:
    """Join the report to an open werkproces, or open one for it.

    Raises NotAuthorised, or DomainError when the report was taken up before.
    """
    melding = lock_untouched(melding, by=by, taak=Taak.LEERPLICHT)
    toewijzing.refuse_excluded(by, melding, day)
    if werkproces is None:
        werkproces = _open(melding, by=by, day=day)
    else:
        werkproces = _join(melding, werkproces, by=by, day=day)
    mark_taken_up(melding, werkproces, by=by)
    return werkproces


def kind_of(melding: Verzuimmelding) -> str:
    """Kind of werkproces: by what the ambtenaar found it to be, else by what was reported."""
    soort = melding.vastgestelde_soort or melding.soort
    return SOORT_WERKPROCES.get(soort, Werkprocessoort.RELATIEF)


def _open(melding: Verzuimmelding, *, by: Gebruiker, day: date) -> Werkproces:
    gemeente = gemeente_on(melding.jongere, day)
    if gemeente and not by.may("leerplicht.schrijven", gemeente.pk):
        raise DomainError(f"De jongere woont nu in {gemeente}. Draag de melding over.")
    soort = kind_of(melding)
    if soort == Werkprocessoort.LUXE:
        return luxe.open_for(melding, by=by, day=day)
    werkproces = Werkproces.objects.create(
        jongere=melding.jongere,
        gemeente=gemeente,
        taak=Taak.LEERPLICHT,
        soort=soort,
        toestand=begin_tabel(soort).begin,
        toestand_sinds=day,
        gestart_op=day,
        behandelaar=by,
    )
    record("werkproces.geopend", werkproces, by=by, soort=soort)
    ensure_dossier(melding.jongere, Taak.LEERPLICHT, gemeente, by=by, day=day)
    return perform(werkproces, "beoordelen", tabel=begin_tabel(soort), by=by, day=day)


def _join(
    melding: Verzuimmelding, werkproces: Werkproces, *, by: Gebruiker, day: date
) -> Werkproces:
    """New hours are weighed anew; they never silently restart the route."""
    werkproces = Werkproces.objects.select_for_update().get(pk=werkproces.pk)
    if werkproces.jongere_id != melding.jongere_id or not werkproces.is_open:
        raise DomainError("Kies een open werkproces van deze jongere.")
    tabel = tabel_of(werkproces)
    for stap in tabel.from_state(werkproces.toestand):
        if stap.naam.startswith("nieuwe_melding"):
            return perform(
                werkproces,
                stap.naam,
                tabel=tabel,
                by=by,
                day=day,
                gegevens={"melding": melding.pk},
            )
    return werkproces


@transaction.atomic
def note_only(
    melding: Verzuimmelding, *, by: Gebruiker, day: date, reden: str = ""
) -> Verzuimmelding:
    """Ter kennisgeving: read, no action of our own. Raises NotAuthorised, DomainError."""
    melding = lock_untouched(melding, by=by, taak=Taak.LEERPLICHT)
    toewijzing.refuse_excluded(by, melding, day)
    close_melding(melding, Resultaat.TER_KENNISNAME, by=by, day=day)
    if reden:
        melding.reden_afgesloten = reden
        melding.save(update_fields=["reden_afgesloten"])
    return melding


@transaction.atomic
def back_to_school(melding: Verzuimmelding, *, by: Gebruiker, day: date, reden: str) -> Werkproces:
    """School must act first; the werkproces keeps the term of its answer."""
    if "terug_naar_school" not in begin_tabel(kind_of(melding)).stappen:
        raise DomainError("Bij dit soort verzuim gaat de melding niet terug naar school.")
    werkproces = take_up(melding, by=by, day=day)
    return perform(
        werkproces,
        "terug_naar_school",
        tabel=tabel_of(werkproces),
        by=by,
        day=day,
        gegevens={"reden": reden},
    )
