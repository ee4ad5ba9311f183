"""Rounding of shares: once, half up, from unrounded counts."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_CENT: Final = Decimal("0.01")


def half_up(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)


def percentage(teller: int, noemer: int) -> Decimal | None:
    """None without a denominator: printed as "n.v.t.", never as 0%."""
    return half_up(Decimal(100 * teller) / noemer) if noemer else None
