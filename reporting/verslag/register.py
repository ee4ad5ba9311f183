"""Finding figures by their value, to compare what people typed with what was counted."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from casework.schooljaar import Schooljaar
from reporting.cijfer import Cijfer
from reporting.verslag import opmaak
from reporting.verslag.cijferset import Cijferset
from reporting.verslag.getallen import Getal

NEAR = Decimal("0.05")  # a typed count within 5% of a figure is likely meant to be it
NEAR_POINTS = Decimal("0.5")  # and a percentage within half a point


class Register:
    def __init__(self, cijfers: Cijferset) -> None:
        self.cijfers = cijfers
        self.counts: dict[int, list[Cijfer]] = defaultdict(list)
        self.shares: dict[str, list[Cijfer]] = defaultdict(list)
        for figure in cijfers.cijfers:
            if figure.waarde is None:
                continue
            if figure.is_share:
                for decimals in (0, 1, 2):
                    self.shares[opmaak.share_text(figure, decimals)].append(figure)
            else:
                self.counts[int(figure.waarde)].append(figure)
        self._add_parts()

    def _add_parts(self) -> None:
        """A part of a breakdown as percentage of its total, as tables print it."""
        for figure in self.cijfers.cijfers:
            whole = self.cijfers.get(figure.indicator, figure.schooljaar, figure.gebied)
            if len(figure.dim) != 1 or whole is None or not whole.waarde or not figure.waarde:
                continue
            for decimals in (0, 1, 2):
                text = opmaak.aandeel(int(figure.waarde), int(whole.waarde), decimals)
                self.shares[text].append(figure)

    def equal(self, getal: Getal) -> list[Cijfer]:
        if getal.is_percentage:
            return self.shares.get(opmaak.procent(getal.waarde, min(getal.decimalen, 2)), [])
        if getal.decimalen:
            return []
        return self.counts.get(int(getal.waarde), [])

    def is_difference(self, getal: Getal) -> bool:
        """Whether it is the change of one figure from a schooljaar to the next."""
        return any(abs(now - before) == getal.waarde for now, before in self._pairs(getal))

    def _pairs(self, getal: Getal) -> Iterator[tuple[Decimal | int, Decimal | int]]:
        for figure in self.cijfers.cijfers:
            if figure.is_share != getal.is_percentage or len(figure.dim) > 1:
                continue
            year = str(Schooljaar.parse(figure.schooljaar).vorige)
            before = self.cijfers.get(figure.indicator, year, figure.gebied, figure.dim)
            if before and figure.waarde is not None and before.waarde is not None:
                yield figure.waarde, before.waarde

    def near(self, getal: Getal, schooljaar: str, gebied: str) -> Cijfer | None:
        """The figure that was probably meant: close by, of this year and area."""
        best, distance = None, None
        for figure in self.cijfers.cijfers:
            if (figure.schooljaar, figure.gebied) != (schooljaar, gebied) or len(figure.dim) > 1:
                continue
            if figure.waarde is None or figure.is_share != getal.is_percentage:
                continue
            gap = abs(Decimal(figure.waarde) - getal.waarde)
            limit = NEAR_POINTS if figure.is_share else max(NEAR * getal.waarde, Decimal(1))
            if gap <= limit and (distance is None or gap < distance):
                best, distance = figure, gap
        return best
