"""The list behind one number: the same rows that were counted, as far as the user may see them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, QuerySet

from accounts.models import Gebruiker
from accounts.rechten import Taak, gemeenten_of
from casework.models import Jongere
from casework.schooljaar import amsterdam_date
from doorstroompunt.models import Contactpoging, Traject, Trajectfase
from leerplicht.domain.bijzonder import grounds_told
from leerplicht.models import Vrijstelling
from reporting.cijfer import Cijfer
from reporting.domain.cijferkeuze import Keuze
from reporting.indicatoren import Rijen, collect, rows_behind
from reporting.indicatoren.gezinnen import households
from reporting.indicatoren.register import SOMMEN
from reporting.indicatoren.vraag import TOTAAL
from reporting.verslag.namen import telt_naam

Waarde = str | date | None


@dataclass(frozen=True, slots=True)
class Kolom:
    label: str
    waarde: Callable[[Any], Waarde]


def _of(name: str) -> Callable[[Any], Waarde]:
    """A field, in words where it has choices."""

    def read(row: Any) -> Waarde:
        shown = getattr(row, f"get_{name}_display", None)
        value: Any = shown() if shown else getattr(row, name)
        if isinstance(value, datetime):
            return amsterdam_date(value)
        return value if value is None or isinstance(value, date) else str(value)

    return read


def _columns(**fields: str) -> tuple[Kolom, ...]:
    return tuple(Kolom(label.replace("_", " "), _of(name)) for label, name in fields.items())


# What a row of each model shows, beside the name of the jongere.
KOLOMMEN: Final[Mapping[str, tuple[Kolom, ...]]] = {
    "casework.Jongere": _columns(Geboren="geboortedatum", Woont_nu_in="gemeente"),
    "casework.Verzuimmelding": _columns(
        Gemeld_op="melddatum", Soort="soort", School="school", Status="status"
    ),
    "casework.Werkproces": _columns(
        Soort="soort", Gestart="gestart_op", Gesloten="gesloten_op", Resultaat="resultaat"
    ),
    "casework.Contactmoment": _columns(Datum="datum", Kanaal="kanaal"),
    "leerplicht.Haltverwijzing": _columns(
        Verwezen_op="datum_verwijzing", Verzuim="verzuimsoort", Resultaat="resultaat"
    ),
    "leerplicht.ProcesVerbaal": _columns(Opgemaakt_op="pv_datum", Verzuim="verzuimsoort"),
    "leerplicht.Vrijstelling": _columns(
        Artikel="grond", Begint="begindatum", Eindigt="einddatum", Besluit="besluit"
    ),
    "doorstroompunt.Traject": _columns(
        Soort="soort", Gemeld_op="datum_melding", Status="status", Uitstroom="uitstroom"
    ),
    "doorstroompunt.Contactpoging": _columns(Datum="datum", Kanaal="kanaal", Resultaat="resultaat"),
}
MET_SCHOOL: Final = frozenset({"casework.Verzuimmelding"})
VIA_TRAJECT: Final = (Contactpoging, Trajectfase)


@dataclass(frozen=True, slots=True)
class Onderdeel:
    """One kind of rows behind the number; `sleutels` are those this user may see, in order."""

    naam: str  # id of the indicator that counts them
    model: str
    sleutels: Sequence[int]
    zichtbaar: int
    totaal: int

    @property
    def verborgen(self) -> int:
        return self.totaal - self.zichtbaar

    @property
    def kolommen(self) -> Sequence[Kolom]:
        return KOLOMMEN[self.model]

    def rows(self, sleutels: Sequence[int]) -> list[Any]:
        """The rows of one page, with what their columns need."""
        model: Any = apps.get_model(self.model)
        if model is Jongere:
            joined = ["gemeente"]
        else:
            joined = [_path(model), *(["school"] if self.model in MET_SCHOOL else [])]
        found = model.objects.select_related(*joined).in_bulk(sleutels)
        return [found[key] for key in sleutels]


def list_behind(keuze: Keuze, user: Gebruiker) -> list[Onderdeel]:
    """Of the one schooljaar of `keuze`; empty when the figure rests on no rows.

    `totaal` is the figure itself; a sum has a part for each thing it adds.
    """
    (jaar,) = keuze.jaren
    parts = SOMMEN.get(keuze.indicator.id, (keuze.indicator.id,))
    figures = collect(keuze.codes, [jaar], parts)
    return [
        _part(rijen, user, _total(figures, rijen, keuze))
        for rijen in rows_behind(keuze.indicator.id, keuze.codes, jaar, keuze.alleen)
    ]


def _total(figures: Iterable[Cijfer], rijen: Rijen, keuze: Keuze) -> int:
    gebied = TOTAAL if len(keuze.gemeenten) > 1 else keuze.codes[0]
    wanted = (rijen.telling.id, gebied, dict(keuze.alleen))
    for cijfer in figures:
        if (cijfer.indicator, cijfer.gebied, cijfer.dim) == wanted:
            return int(cijfer.waarde or 0)
    return 0


def _part(rijen: Rijen, user: Gebruiker, totaal: int) -> Onderdeel:
    """Asks the fact once: the keys of all that is seen, by name of the jongere."""
    rows = _visible(rijen, user)
    prefix = "" if rows.model is Jongere else f"{_path(rows.model)}__"
    keys = list(rows.order_by(f"{prefix}sorteernaam", "pk").values_list("pk", flat=True))
    zichtbaar = len(keys)
    if rijen.telling.uniek == "gezin":
        of = households(keys)  # relatives of these as well
        zichtbaar = len({of[key] for key in keys})
    return Onderdeel(rijen.telling.id, rijen.eenheid, keys, zichtbaar, totaal)


def _visible(rijen: Rijen, user: Gebruiker) -> QuerySet[Any]:
    """What was counted, by rows of the fact that the user may see."""
    model: Any = apps.get_model(rijen.model)
    allowed = gemeenten_of(user, *rijen.feit.taken)
    rows: QuerySet[Any] = model.objects.visible_to(user).filter(rijen.counted(allowed))
    if model is Vrijstelling:  # the figure itself may tell the ground
        rows = rows.filter(grounds_told(user))
    if rijen.eenheid == rijen.model:
        return rows
    if rijen.telling.uniek == "traject":
        return Traject.objects.filter(pk__in=rows.order_by().values("traject_id"))
    return Jongere.objects.filter(pk__in=rows.order_by().values(f"{_path(model)}_id"))


def _path(model: type[Model]) -> str:
    """From a row to its jongere."""
    return "traject__jongere" if model in VIA_TRAJECT else "jongere"


def jongere_of(row: Any) -> Jongere:
    if isinstance(row, Jongere):
        return row
    jongere: Jongere = row.traject.jongere if isinstance(row, VIA_TRAJECT) else row.jongere
    return jongere


TAKEN: Final = {
    Taak.LEERPLICHT: "leerplicht",
    Taak.DOORSTROOMPUNT: "het Doorstroompunt",
    Taak.OPSPORING: "opsporing",
}


def why_no_list(keuze: Keuze, user: Gebruiker) -> str:
    """Why this user sees the number and not the rows behind it; "" when he may see some."""
    parts = rows_behind(keuze.indicator.id, keuze.codes, keuze.jaren[0], keuze.alleen)
    taken = {taak for rijen in parts for taak in rijen.feit.taken}
    asked = {gemeente.pk for gemeente in keuze.gemeenten}
    if not taken or asked & gemeenten_of(user, *taken):
        return ""
    work = " of ".join(name for taak, name in TAKEN.items() if taak in taken)
    where = ", ".join(gemeente.naam for gemeente in keuze.gemeenten)
    what = telt_naam(keuze.indicator.telt)
    return (
        f"U ziet het aantal, maar niet welke {what} het zijn. "
        f"Die zijn alleen te zien voor wie in {where} voor {work} werkt."
    )
