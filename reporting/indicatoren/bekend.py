"""Whether a figure can be known: 0 is an answer, "not yet there" is another."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from django.db.models import Model, OuterRef, Subquery

from accounts import muur
from accounts.rechten import Taak
from casework.models import Gemeente, Verzuimmelding, Werkproces
from casework.schooljaar import Schooljaar
from doorstroompunt.models import Traject
from reporting.catalogus import CATALOGUS, Indicator, Thema
from reporting.cijfer import Cijfer
from reporting.indicatoren import duo
from reporting.indicatoren.vraag import TOTAAL

NA_HET_JAAR: Final = frozenset({"vsv_gem_teruggeleid", "vsv_gem_nieuw"})


def counts_residents(indicator: Indicator) -> bool:
    return indicator.thema is Thema.POPULATIE


def known_from(name: str, jaar: Schooljaar) -> date:
    """The day on which this figure of the schooljaar first says something."""
    indicator = CATALOGUS[name]
    if name in NA_HET_JAAR:
        return jaar.volgende.peildatum
    parts = [CATALOGUS[part] for part in (indicator.teller, indicator.noemer) if part]
    if indicator.thema is Thema.RAMING or any(map(counts_residents, [indicator, *parts])):
        return jaar.peildatum
    return date(jaar.beginjaar + 1, 1, 1) if name == "jm_jongeren" else jaar.start


def first_years(gemeenten: Collection[int]) -> Mapping[int, Schooljaar]:
    """Per gemeente the schooljaar of its first melding, werkproces or traject.

    What happened earlier was never registered here, so it is not 0. A gemeente without any of
    these is left out.
    """
    facts = {
        "melding_leerplicht": _first(Verzuimmelding, "melddatum", taak=Taak.LEERPLICHT),
        "melding_doorstroompunt": _first(Verzuimmelding, "melddatum", taak=Taak.DOORSTROOMPUNT),
        "werkproces": _first(Werkproces, "gestart_op"),
        "traject": _first(Traject, "datum_melding"),
    }
    rows = Gemeente.objects.filter(pk__in=gemeenten).annotate(**facts)
    with muur.tellen():
        found = {pk: [*filter(None, days)] for pk, *days in rows.values_list("pk", *facts)}
    return {pk: Schooljaar.of(min(days)) for pk, days in found.items() if days}


def _first(model: type[Model], field: str, **own: str) -> Subquery:
    """The first row of an index per gemeente; a minimum of a group would read all of them."""
    rows = model._default_manager.filter(gemeente=OuterRef("pk"), **own).order_by(field)
    return Subquery(rows.values(field)[:1])


def is_published(indicator: Indicator) -> bool:
    """Imported from DUO: known where it was published, whatever is registered here."""
    return indicator.id in duo.IDS


class Bekend:
    """Whether a figure of these gemeenten says something on a day; `cijfers` as collected."""

    def __init__(
        self, gemeenten: Iterable[Gemeente], cijfers: Iterable[Cijfer], vandaag: date
    ) -> None:
        pks = {gemeente.code: gemeente.pk for gemeente in gemeenten}
        first = first_years(set(pks.values()))
        self.eerste = {code: first.get(pk) for code, pk in pks.items()}
        self.vandaag = vandaag
        self.bewoond = {
            (c.indicator, c.schooljaar, c.gebied) for c in cijfers if not c.dim and c.waarde
        }

    def __contains__(self, cijfer: Cijfer) -> bool:
        jaar = Schooljaar.parse(cijfer.schooljaar)
        return self.is_known(CATALOGUS[cijfer.indicator], jaar, cijfer.gebied)

    def is_known(self, indicator: Indicator, jaar: Schooljaar, gebied: str) -> bool:
        """Of a total only when every gemeente is known."""
        if is_published(indicator):
            return True
        if self.vandaag < known_from(indicator.id, jaar):
            return False
        if counts_residents(indicator):
            # A gemeente without any resident has not been loaded.
            return (indicator.id, str(jaar), gebied) in self.bewoond
        asked = self.eerste if gebied == TOTAAL else [gebied]
        return all((first := self.eerste[code]) and first <= jaar for code in asked)
