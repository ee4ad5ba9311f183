"""How figures are written in Dutch; rounding happens here, once, half-up."""

from decimal import ROUND_HALF_UP, Decimal

from reporting.cijfer import Cijfer

NOG_NIET = "nog niet beschikbaar"
NVT = "n.v.t."
VERBORGEN = "*"  # too small to publish, explained under the table
NNB = "n.n.b."  # NOG_NIET in a table, explained under it


def getal(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def decimaal(value: Decimal, decimals: int) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return f"{rounded:,}".translate(str.maketrans(",.", ".,"))


def procent(value: Decimal, decimals: int = 2) -> str:
    return decimaal(value, decimals) + "%"


def waarde(value: Decimal | int, decimals: int = 2) -> str:
    return procent(value, decimals) if isinstance(value, Decimal) else getal(value)


def cijfer(figure: Cijfer | None, decimals: int = 2, *, missing: str = NOG_NIET) -> str:
    """A figure as text: never 0 for what is not known, "n.v.t." for a share of nothing."""
    if figure is None:
        return missing
    if figure.verborgen:
        return VERBORGEN
    if figure.waarde is None:
        return NVT if figure.has_empty_denominator else missing
    return share_text(figure, decimals) if figure.is_share else getal(int(figure.waarde))


def share_text(figure: Cijfer, decimals: int) -> str:
    """From the unrounded counts where they are known, so that nothing is rounded twice."""
    if figure.teller is not None and figure.noemer:
        return procent(Decimal(100 * figure.teller) / figure.noemer, decimals)
    return procent(Decimal(figure.waarde or 0), decimals)


def aandeel(deel: int, geheel: int, decimals: int = 1) -> str:
    return procent(Decimal(100 * deel) / geheel, decimals) if geheel else NVT
