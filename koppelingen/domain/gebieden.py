"""Gemeenten after a list: names, mergers with a successor, and their Doorstroompunt region."""

from dataclasses import asdict, dataclass

from django.db import transaction

from accounts.models import Bevoegdheid
from casework.errors import DomainError
from casework.models import Gemeente, Jongere, Regio
from koppelingen.gebieden import Gebieden


@dataclass(slots=True)
class Uitkomst:
    """What the lists did, and what a person has to look at."""

    regios: int = 0
    nieuw: int = 0
    gewijzigd: int = 0
    gelijk: int = 0
    opgeheven: int = 0
    # Left with a gemeente that is no more.
    jongeren_bij_opgeheven: int = 0
    rechten_bij_opgeheven: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@transaction.atomic
def update_gebieden(gebieden: Gebieden) -> Uitkomst:
    """Bring gemeenten and regions to these lists. Raises DomainError when they contradict."""
    _check(gebieden)
    uitkomst = Uitkomst()
    regios = _regios(gebieden, uitkomst)
    gemeenten = {g.code: g for g in Gemeente.objects.all()}
    for code, naam in (gebieden.oude_namen | gebieden.namen).items():
        nieuw = code not in gemeenten
        gemeente = gemeenten.setdefault(code, Gemeente(code=code))
        fields = _fields(gebieden, code, naam, regios, gemeente)
        if not nieuw and all(getattr(gemeente, key) == value for key, value in fields.items()):
            uitkomst.gelijk += 1
            continue
        for key, value in fields.items():
            setattr(gemeente, key, value)
        gemeente.save()
        if nieuw:
            uitkomst.nieuw += 1
        else:
            uitkomst.gewijzigd += 1
    _mergers(gebieden, gemeenten, uitkomst)
    dood = Gemeente.objects.filter(tot__isnull=False)
    uitkomst.jongeren_bij_opgeheven = Jongere.objects.filter(gemeente__in=dood).count()
    uitkomst.rechten_bij_opgeheven = Bevoegdheid.objects.filter(
        gemeente__in=dood, tot__isnull=True
    ).count()
    return uitkomst


def _check(gebieden: Gebieden) -> None:
    for oud, (dag, nieuw) in gebieden.opgeheven.items():
        verder = gebieden.opgeheven.get(nieuw)
        if oud == nieuw or (verder and verder[0] < dag):
            raise DomainError(
                f"Gemeente {oud} gaat op in {nieuw}, maar die bestond toen niet meer."
            )


def _regios(gebieden: Gebieden, uitkomst: Uitkomst) -> dict[str, Regio]:
    for code in {*gebieden.regios, *gebieden.lid_van.values()}:
        naam = gebieden.regios.get(code)
        Regio.objects.update_or_create(
            soort=Regio.Soort.DOORSTROOMPUNT,
            code=code,
            defaults={"naam": naam} if naam else {},
            create_defaults={"naam": naam or f"Regio {code}"},
        )
    rows = Regio.objects.filter(soort=Regio.Soort.DOORSTROOMPUNT)
    uitkomst.regios = len(gebieden.regios)
    return {regio.code: regio for regio in rows}


def _fields(
    gebieden: Gebieden, code: str, naam: str, regios: dict[str, Regio], nu: Gemeente
) -> dict[str, object]:
    fields: dict[str, object] = {
        "naam": naam,
        "provincie": gebieden.provincies.get(code) or nu.provincie,
        "van": gebieden.van.get(code, nu.van),
    }
    if code in gebieden.lid_van:
        fields["doorstroompuntregio_id"] = regios[gebieden.lid_van[code]].pk
    return fields


def _mergers(gebieden: Gebieden, gemeenten: dict[str, Gemeente], uitkomst: Uitkomst) -> None:
    """Facts keep their gemeente; it ends and points to where its people went."""
    for oud, (dag, nieuw) in gebieden.opgeheven.items():
        opvolger = gemeenten.get(nieuw)
        if opvolger is None:
            raise DomainError(
                f"Gemeente {oud} gaat op in {nieuw}, maar die staat niet in de lijst van gemeenten."
            )
        gemeente = gemeenten[oud]
        if (gemeente.tot, gemeente.opvolger_id) == (dag, opvolger.pk):
            continue
        gemeente.tot, gemeente.opvolger = dag, opvolger
        gemeente.save(update_fields=["tot", "opvolger"])
        uitkomst.opgeheven += 1
