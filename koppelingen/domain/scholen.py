"""Schools after DUO: opened, closed, renamed; never deleted, so that old dossiers keep theirs."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from casework.errors import DomainError
from casework.models import Gemeente, School, Schoolcode
from casework.namen import normalise
from koppelingen.scholen import SECTOREN, Scholenlijst, Schoolrij

# A list that closes more of a sector than this is cut off or of another kind.
MAX_DICHT: Final = 0.10
VELDEN: Final = (
    "naam", "brin", "vestigingscode", "soort", "straat", "huisnummer", "postcode", "plaats",
    "denominatie", "gemeente_id", "zoeknaam",
)  # fmt: skip  # read as a table


@dataclass(slots=True)
class Uitkomst:
    """What one list did, counted in schools."""

    gelezen: int = 0
    eerste_keer: int = 0  # of a sector that was not here yet: nobody knows when they opened
    geopend: int = 0
    heropend: int = 0
    gesloten: int = 0
    hernoemd: int = 0
    gewijzigd: int = 0
    gelijk: int = 0
    overgenomen: int = 0  # here already, made by hand or by a package
    dubbel: int = 0
    zonder_gemeente: int = 0

    def as_dict(self) -> dict[str, int]:
        return asdict(self)


@dataclass(slots=True)
class Stand:
    """A school with the code by which DUO knows it now; None when DUO did not name it yet."""

    school: School
    code: Schoolcode | None


@transaction.atomic
def update_scholen(lijst: Scholenlijst, *, toch: bool = False) -> Uitkomst:
    """Bring the schools to this list. Raises DomainError when it is older than what is here, or
    closes very many; `toch` allows the latter."""
    bijwerken = Bijwerken(lijst)
    bijwerken.check(toch=toch)
    return bijwerken.perform()


class Bijwerken:
    """One list; collects what changes and writes it in bulk."""

    def __init__(self, lijst: Scholenlijst) -> None:
        self.lijst, self.dag = lijst, lijst.peildatum
        self.uitkomst = Uitkomst(gelezen=len(lijst.scholen) + lijst.dubbel, dubbel=lijst.dubbel)
        self.gemeenten = dict(Gemeente.objects.values_list("code", "pk"))
        self.standen = _known()
        self.nieuw: list[tuple[School, Schoolrij]] = []
        self.scholen: list[School] = []
        self.codes: list[Schoolcode] = []
        self.dicht: list[Schoolcode] = []
        self.bekend = {
            SECTOREN[stand.school.soort]
            for stand in self.standen.values()
            if stand.code and stand.school.soort in SECTOREN
        }

    def check(self, *, toch: bool) -> None:
        dagen = [
            dag
            for stand in self.standen.values()
            if stand.code and SECTOREN.get(stand.school.soort) in self.lijst.sectoren
            for dag in (stand.code.van, stand.code.tot)
            if dag
        ]
        if dagen and max(dagen) > self.dag:
            raise DomainError(
                f"De lijst van {self.dag:%d-%m-%Y} is ouder dan die van"
                f" {max(dagen):%d-%m-%Y}, die al is ingelezen."
            )
        for sector in sorted(self.lijst.sectoren):
            open_nu = [s for s in self._open() if SECTOREN[s.school.soort] == sector]
            weg = [s for s in open_nu if s.code and s.code.code not in self.lijst.scholen]
            if len(weg) > max(MAX_DICHT * len(open_nu), 5) and not toch:
                raise DomainError(
                    f"Deze lijst zou {len(weg)} van de {len(open_nu)} scholen ({sector}) sluiten."
                    " Is het bestand compleet? Geef --toch als dit klopt."
                )

    def _open(self) -> Iterable[Stand]:
        """Schools of the sectors of this list that DUO still named the last time."""
        for stand in self.standen.values():
            sector = SECTOREN.get(stand.school.soort)
            if stand.code and stand.code.tot is None and sector in self.lijst.sectoren:
                yield stand

    def perform(self) -> Uitkomst:
        for stand in self._open():
            if stand.code and stand.code.code not in self.lijst.scholen:
                self._close(stand)
        for rij in self.lijst.scholen.values():
            bekend = self.standen.get(rij.code)
            if rij.gemeentecode not in self.gemeenten:
                self.uitkomst.zonder_gemeente += 1
            if bekend is None:
                self._open_new(rij)
            else:
                self._compare(bekend, rij)
        self._write()
        return self.uitkomst

    def _close(self, stand: Stand) -> None:
        assert stand.code
        stand.school.tot = stand.code.tot = self.dag
        self.scholen.append(stand.school)
        self.dicht.append(stand.code)
        self.uitkomst.gesloten += 1

    def _open_new(self, rij: Schoolrij) -> None:
        eerste = SECTOREN[rij.soort] not in self.bekend
        school = School(van=None if eerste else self.dag, **self._fields(rij))
        self.nieuw.append((school, rij))
        if eerste:
            self.uitkomst.eerste_keer += 1
        else:
            self.uitkomst.geopend += 1

    def _compare(self, stand: Stand, rij: Schoolrij) -> None:
        school, code = stand.school, stand.code
        fields = self._fields(rij)
        changed = any(getattr(school, naam) != value for naam, value in fields.items())
        if code is None:
            self.uitkomst.overgenomen += 1
        elif school.tot is not None or code.tot is not None:
            self.uitkomst.heropend += 1
        elif code.naam != rij.naam:
            code.tot = self.dag
            self.dicht.append(code)
            self.uitkomst.hernoemd += 1
        elif changed:
            self.uitkomst.gewijzigd += 1
        else:
            self.uitkomst.gelijk += 1
            return
        if code is None or code.tot is not None:
            self.codes.append(self._code(school, rij))
        for naam, value in fields.items():
            setattr(school, naam, value)
        school.tot, school.te_controleren = None, False
        self.scholen.append(school)

    def _fields(self, rij: Schoolrij) -> dict[str, Any]:
        values = {naam: getattr(rij, naam) for naam in VELDEN[:9]}
        return values | {
            "gemeente_id": self.gemeenten.get(rij.gemeentecode),
            "zoeknaam": normalise(f"{rij.naam} {rij.plaats}"),
        }

    def _code(self, school: School, rij: Schoolrij) -> Schoolcode:
        soort = Schoolcode.Soort.VESTIGING if rij.vestigingscode else Schoolcode.Soort.BRIN
        return Schoolcode(school=school, soort=soort, code=rij.code, naam=rij.naam, van=self.dag)

    def _write(self) -> None:
        School.objects.bulk_create([school for school, _ in self.nieuw], batch_size=1000)
        self.codes += [self._code(school, rij) for school, rij in self.nieuw]
        Schoolcode.objects.bulk_update(self.dicht, ["tot"], batch_size=1000)
        Schoolcode.objects.bulk_create(self.codes, batch_size=1000)
        velden = [*VELDEN[:9], "gemeente", "zoeknaam", "tot", "te_controleren"]
        School.objects.bulk_update(self.scholen, velden, batch_size=500)


def _known() -> dict[str, Stand]:
    """Every school with a code of DUO, by that code; its latest Schoolcode tells the name."""
    rows = School.objects.exclude(Q(vestigingscode="") & Q(brin=""))
    scholen = {s.pk: s for s in rows.order_by("pk")}
    codes: dict[int, Schoolcode] = {}
    soorten = (Schoolcode.Soort.VESTIGING, Schoolcode.Soort.BRIN)
    for code in Schoolcode.objects.filter(soort__in=soorten).order_by("van", "pk"):
        codes[code.school_id] = code
    return {
        school.vestigingscode or school.brin: Stand(school, codes.get(pk))
        for pk, school in scholen.items()
    }
