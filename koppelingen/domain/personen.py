"""One person or two: the decision on a match by name and birth date, and joining two records."""

from collections.abc import Iterator
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.gebeurtenissen import record
from accounts.models import Gebruiker
from casework.domain.bevoegd import require
from casework.errors import DomainError
from casework.models import Dossier, Jongere
from koppelingen.models import Bronsleutel, Persoonsvraag

Besluit = Persoonsvraag.Besluit
# A record keeps what it has; these are filled from the other one when they are empty.
AANVULLEN: Final = (
    "bsn",
    "onderwijsnummer",
    "voornamen",
    "roepnaam",
    "voorvoegsel",
    "geboorteland",
    "gemeente_id",
    "gezin_id",
    "datum_overlijden",
    "datum_vestiging_nl",
    "datum_vertrek",
    "herkomst",
    "telefoon",
    "email",
    "voorkeurstaal",
    "opmerking",
)


def look_at(vraag: Persoonsvraag, *, by: Gebruiker) -> None:
    """Both records are shown, so both have the trace."""
    with transaction.atomic():
        for jongere in (vraag.nieuw, vraag.bestaand):
            if jongere is not None:
                record("persoonsvraag.bekeken", jongere, by=by, vraag=vraag.pk)


@transaction.atomic
def decide(vraag: Persoonsvraag, besluit: str, *, by: Gebruiker) -> Jongere:
    """Answer the question. Raises NotAuthorised, DomainError when it was answered already."""
    locked = Persoonsvraag.objects.select_for_update().get(pk=vraag.pk)
    if locked.besluit != Besluit.OPEN or locked.nieuw_id is None:
        raise DomainError("Over deze vraag is al beslist.")
    pair = [locked.nieuw_id, locked.bestaand_id]
    rows = {j.pk: j for j in Jongere.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
    nieuw, bestaand = rows[locked.nieuw_id], rows[locked.bestaand_id]
    for jongere in (nieuw, bestaand):
        if jongere.gemeente_id is not None:
            require(by, "pakket.inlezen", jongere.gemeente_id)
    locked.besluit = besluit
    locked.besloten_door, locked.besloten_op = by, timezone.now()
    locked.save(update_fields=["besluit", "besloten_door", "besloten_op"])
    if besluit == Besluit.ZELFDE:
        _join(locked, nieuw, bestaand, by=by)
    record("persoonsvraag.beslist", bestaand, by=by, vraag=vraag.pk, besluit=besluit)
    return bestaand


def _join(vraag: Persoonsvraag, nieuw: Jongere, bestaand: Jongere, *, by: Gebruiker) -> None:
    """All rows of `nieuw` go to `bestaand`, its keys too; then it is gone."""
    if nieuw.bsn and bestaand.bsn and nieuw.bsn != bestaand.bsn:
        raise DomainError("Deze twee hebben elk een eigen BSN: het zijn twee personen.")
    _join_dossiers(nieuw, bestaand)
    _move_questions(vraag, nieuw, bestaand)
    for model, naam in _referring():
        if model not in {Dossier, Persoonsvraag}:
            model._default_manager.filter(**{naam: nieuw}).update(**{naam: bestaand})
    keys = Bronsleutel.objects.filter(bestand="jongeren", object_id=nieuw.pk)
    keys.update(object_id=bestaand.pk)
    was = nieuw.pk
    # Not by delete(): that empties the question first, and with it goes the right to the row.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("DELETE FROM casework_jongere WHERE id = %s", [was])
    Persoonsvraag.objects.filter(pk=vraag.pk).update(nieuw=None)
    for naam in AANVULLEN:
        if not getattr(bestaand, naam):
            setattr(bestaand, naam, getattr(nieuw, naam))
    bestaand.geheimhouding |= nieuw.geheimhouding
    bestaand.tolk |= nieuw.tolk
    bestaand.derive().save()
    record("jongere.samengevoegd", bestaand, by=by, was=was)


def _referring() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of every table that points to a jongere."""
    for relation in Jongere._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel):
            model: Any = relation.related_model
            yield model, relation.field.name


def _join_dossiers(nieuw: Jongere, bestaand: Jongere) -> None:
    """One open dossier for a taak in a gemeente; it is as old as the older one."""
    for dossier in Dossier.objects.filter(jongere=nieuw):
        same = Dossier.objects.filter(
            jongere=bestaand,
            taak=dossier.taak,
            gemeente=dossier.gemeente_id,
            gesloten_op__isnull=True,
        ).first()
        if same is None or dossier.gesloten_op is not None:
            Dossier.objects.filter(pk=dossier.pk).update(jongere=bestaand)
            continue
        same.geopend_op = min(same.geopend_op, dossier.geopend_op)
        same.behandelaar_id = same.behandelaar_id or dossier.behandelaar_id
        same.save(update_fields=["geopend_op", "behandelaar"])
        dossier.delete()


def _move_questions(vraag: Persoonsvraag, nieuw: Jongere, bestaand: Jongere) -> None:
    """Open questions about `nieuw` are about `bestaand` now; what became one pair is answered.

    This one names `nieuw` until that is gone: it is what gives the right to its rows.
    """
    rows = Persoonsvraag.objects.filter(besluit=Besluit.OPEN)
    between = Q(nieuw=nieuw, bestaand=bestaand) | Q(nieuw=bestaand, bestaand=nieuw)
    rows.filter(between).update(nieuw=None, bestaand=bestaand, besluit=Besluit.ZELFDE)
    rows.filter(nieuw=nieuw).update(nieuw=bestaand)
    rows.filter(bestaand=nieuw).update(bestaand=bestaand)
    # The answers that were given stay, about the record that is left.
    done = Persoonsvraag.objects.exclude(besluit=Besluit.OPEN)
    done.filter(nieuw=nieuw).exclude(bestaand=bestaand).update(nieuw=bestaand)
    done.filter(nieuw=nieuw).exclude(pk=vraag.pk).update(nieuw=None)
    done.filter(bestaand=nieuw, nieuw=bestaand).update(nieuw=None, bestaand=bestaand)
    done.filter(bestaand=nieuw).update(bestaand=bestaand)
    _drop_doubles(bestaand)


def _drop_doubles(jongere: Jongere) -> None:
    """Of two open questions about one pair the first stays."""
    rows = Persoonsvraag.objects.filter(besluit=Besluit.OPEN)
    own = rows.filter(Q(nieuw=jongere) | Q(bestaand=jongere)).order_by("pk")
    for pk, een, ander in own.values_list("pk", "nieuw", "bestaand"):
        pair = Q(nieuw=een, bestaand=ander) | Q(nieuw=ander, bestaand=een)
        rows.filter(pair, pk__gt=pk).delete()
