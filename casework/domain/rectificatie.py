"""Correcting a fact: old and new value, who and why stay visible, and who got the old one.

AVG art. 16 and 19. Police data is corrected where it is kept, by who does opsporing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebeurtenis, Gebruiker
from accounts.rechten import Taak
from casework.domain.bevoegd import require
from casework.domain.inzage_inhoud import VERSTREKKINGEN, name_of
from casework.domain.jongere import Adresinvoer
from casework.domain.verzoeken import SCHRIJVEN
from casework.errors import DomainError
from casework.fields import VersleuteldField
from casework.models import Gemeente, Jongere, Kennisgeving, Rectificatie, Verzoek
from casework.versleuteling import passes_elfproef

# Facts about a person that a request can change; what the office itself decided is not one.
VELDEN: Final[Mapping[str, tuple[str, str]]] = {
    "casework.jongere": (
        "pk",
        "bsn onderwijsnummer achternaam voorvoegsel voornamen roepnaam geboortedatum geslacht"
        " geboorteland telefoon email voorkeurstaal tolk opmerking",
    ),
    "casework.relatie": (
        "jongere",
        "soort achternaam voorvoegsel voornamen geboortedatum gezag telefoon email van tot",
    ),
    "casework.adres": (
        "jongere",
        "soort straat huisnummer huisletter toevoeging postcode woonplaats geheim van tot",
    ),
    "casework.inschrijving": (
        "jongere",
        "onderwijssoort leerjaar opleidingsnaam begindatum einddatum reden_einde",
    ),
    "casework.diploma": ("jongere", "soort naam niveau datum startkwalificatie"),
    "casework.verzuimmelding": (
        "jongere",
        "vastgestelde_soort begindatum einddatum uren aantal_te_laat reden actie_school"
        " melder_naam melder_functie",
    ),
    "casework.contactmoment": ("jongere", "datum kanaal met uitkomst verslag"),
    "leerplicht.vrijstelling": ("jongere", "aanvraagdatum begindatum einddatum"),
    "leerplicht.verlof": ("jongere", "van tot dagen"),
}


@dataclass(frozen=True, slots=True)
class Gegeven:
    """One field of one row that may be corrected."""

    rij: Any
    veld: str

    @property
    def label(self) -> str:
        return str(self.rij._meta.label_lower)

    @property
    def sleutel(self) -> str:
        """How a page names it: "casework.jongere-12-achternaam"."""
        return f"{self.label}-{self.rij.pk}-{self.veld}"

    @property
    def field(self) -> Any:
        return self.rij._meta.get_field(self.veld)

    @property
    def naam(self) -> str:
        return name_of(self.field)

    @property
    def groep(self) -> str:
        soort = str(self.rij._meta.verbose_name).capitalize()
        if self.label == "casework.jongere":
            return soort
        return f"{soort}: geheim" if self._secret_address else f"{soort}: {self.rij}"

    @property
    def verhuld(self) -> bool:
        """A number of the person or a secret address: this page does not show what it is."""
        number = self.veld in {"bsn", "onderwijsnummer"}
        return number or (self._secret_address and self.veld in Adresinvoer.__slots__)

    @property
    def _secret_address(self) -> bool:
        row = self.rij
        return self.label == "casework.adres" and (row.geheim or row.jongere.geheimhouding)

    @property
    def waarde(self) -> Any:
        return getattr(self.rij, self.veld)

    @property
    def tekst(self) -> str:
        return as_text(self.field, self.waarde)


def as_text(field: Any, value: Any) -> str:
    """A value as it is kept and shown; codes in words."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DateTimeField):
        return f"{timezone.localtime(value):%d-%m-%Y %H:%M}"
    if isinstance(field, models.DateField):
        return f"{value:%d-%m-%Y}"
    return str(value)


def facts_of(jongere: Jongere) -> Iterator[Gegeven]:
    """Everything of this youth that can be corrected here; police data is not among it."""
    for label, (pad, velden) in VELDEN.items():
        model: Any = apps.get_model(label)
        rows = model.objects.filter(**{pad: jongere.pk}).order_by("pk")
        if any(field.name == "regime" for field in model._meta.concrete_fields):
            rows = rows.filter(regime="AVG")
        for row in rows:
            for veld in velden.split():
                yield Gegeven(row, veld)


def find(jongere: Jongere, sleutel: str) -> Gegeven:
    for gegeven in facts_of(jongere):
        if gegeven.sleutel == sleutel:
            return gegeven
    raise DomainError("Dit gegeven is er niet (meer). Kies een ander gegeven.")


@transaction.atomic
def rectify(
    jongere: Jongere,
    gemeente: Gemeente,
    sleutel: str,
    nieuw: Any,
    reden: str,
    *,
    by: Gebruiker,
    verzoek: Verzoek | None = None,
) -> Rectificatie:
    """Change the value and keep what it was. Raises DomainError with a sentence to show."""
    require(by, SCHRIJVEN, gemeente.pk)
    if not reden.strip():
        raise DomainError("Schrijf op waarom u dit verbetert.")
    Jongere.objects.select_for_update().get(pk=jongere.pk)
    gegeven = find(jongere, sleutel)
    oud = gegeven.tekst
    if as_text(gegeven.field, nieuw) == oud:
        raise DomainError("Dit is al de waarde. Vul een andere in.")
    _change(gegeven, nieuw)
    row = Rectificatie.objects.create(
        jongere=jongere,
        gemeente=gemeente,
        verzoek=verzoek,
        object_type=gegeven.label,
        object_id=gegeven.rij.pk,
        veld=gegeven.veld,
        oud=oud,
        nieuw=as_text(gegeven.field, nieuw),
        reden=reden,
        door=by,
    )
    _list_recipients(row)
    record(
        "rectificatie.gedaan",
        row,
        by=by,
        taak=Taak.PRIVACY,
        velden=[gegeven.veld],
        soort=gegeven.label,
    )
    return row


def _change(gegeven: Gegeven, nieuw: Any) -> None:
    row = gegeven.rij
    if isinstance(gegeven.field, VersleuteldField) and nieuw and not passes_elfproef(nieuw):
        raise DomainError("Dit nummer klopt niet: het voldoet niet aan de elfproef.")
    setattr(row, gegeven.veld, nieuw)
    if hasattr(row, "derive"):
        row.derive()
    try:
        row.clean_fields(
            exclude={f.name for f in row._meta.concrete_fields if f.name != gegeven.veld}
        )
        row.validate_constraints()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error
    row.save()


def _list_recipients(row: Rectificatie) -> None:
    """Everyone who got data of this youth before, out of the log (AVG art. 19)."""
    given = Gebeurtenis.objects.filter(jongere_id=row.jongere_id, actie__in=VERSTREKKINGEN)
    Kennisgeving.objects.bulk_create(
        Kennisgeving(
            rectificatie=row, gebeurtenis=event, verstrekt_op=event.tijd, ontvanger=recipient(event)
        )
        for event in given.select_related("gebruiker").order_by("pk")
    )


def recipient(event: Gebeurtenis) -> str:
    """In words for a letter: who the log says it went to."""
    if event.actie.startswith("inzage"):
        return "wie om inzage vroeg"
    gemeenten = event.gegevens.get("gemeenten")
    codes = gemeenten if isinstance(gemeenten, str) else ", ".join(gemeenten or [])
    via = event.gebruiker.naam if event.gebruiker else "de beheerder van de server"
    soort = {"pakket.uitgevoerd": "pakket", "melding.terugkoppeling": "bericht aan school"}
    return f"{soort.get(event.actie, 'verstrekking')} {codes}, opgehaald door {via}".replace(
        "  ", " "
    )


@transaction.atomic
def mark_sent(kennisgeving: Kennisgeving, *, by: Gebruiker) -> None:
    """The recipient knows; a second tick changes nothing."""
    locked = Kennisgeving.objects.select_for_update().get(pk=kennisgeving.pk)
    row = Rectificatie.objects.get(pk=locked.rectificatie_id)
    require(by, SCHRIJVEN, row.gemeente_id)
    if locked.gestuurd_op:
        return
    locked.gestuurd_op, locked.gestuurd_door = timezone.now(), by
    locked.save(update_fields=["gestuurd_op", "gestuurd_door"])
    record(
        "kennisgeving.gestuurd",
        locked,
        by=by,
        taak=Taak.PRIVACY,
        jongere_id=row.jongere_id,
        gemeente_id=row.gemeente_id,
    )
