"""One figure: what was counted, where, in which schooljaar, and how many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Self


def dim_text(dim: Mapping[str, str]) -> str:
    """The breakdown as the CSV of the contract writes it: "vs=licht,res=halt"."""
    return ",".join(f"{name}={code}" for name, code in dim.items())


def parse_dim(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(",")) if text else {}


@dataclass(frozen=True, slots=True)
class Cijfer:
    """A count, or a share with its numerator and denominator.

    `waarde` is None when the figure is not known, or when a share has no denominator;
    `gebied` is a gemeente code, "totaal", "land", "regio:CODE" or "subregio:NAAM".
    """

    indicator: str
    schooljaar: str
    gebied: str
    dim: dict[str, str] = field(default_factory=dict)
    waarde: Decimal | int | None = None
    teller: int | None = None
    noemer: int | None = None
    verborgen: bool = False  # too small to publish; then it has no value

    @property
    def is_share(self) -> bool:
        return self.indicator.endswith("_pct")

    @property
    def is_known(self) -> bool:
        return self.waarde is not None

    @property
    def has_empty_denominator(self) -> bool:
        """Nothing to divide by: printed as "n.v.t.", never as 0%."""
        return self.waarde is None and self.noemer == 0

    def to_json(self) -> dict[str, Any]:
        """The answer of the contract; only a share carries teller and noemer."""
        row: dict[str, Any] = {
            "indicator": self.indicator,
            "schooljaar": self.schooljaar,
            "gebied": self.gebied,
            "dim": dict(self.dim),
        }
        if self.is_share:
            row |= {"teller": self.teller, "noemer": self.noemer}
        is_decimal = isinstance(self.waarde, Decimal)
        return row | {"waarde": float(self.waarde) if is_decimal else self.waarde}  # type: ignore[arg-type]  # is_decimal narrows it

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        waarde = row["waarde"]
        if row["indicator"].endswith("_pct") and waarde is not None:
            waarde = Decimal(str(waarde)).quantize(Decimal("0.01"))
        return cls(
            indicator=row["indicator"],
            schooljaar=row["schooljaar"],
            gebied=row["gebied"],
            dim=dict(row["dim"]),
            waarde=waarde,
            teller=row.get("teller"),
            noemer=row.get("noemer"),
        )
