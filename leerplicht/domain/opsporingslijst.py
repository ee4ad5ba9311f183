"""The lists of Halt and of strafzaken, with the next term of every row to sort on."""

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, Func, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Least, TruncDate

from accounts.models import Gebruiker
from casework.domain.politiezicht import in_a_list
from casework.models import Actie, Verzuimmelding
from casework.parameters import waarde
from casework.schooljaar import AMSTERDAM
from leerplicht.models import Haltzaak, Strafzaak, Verhoor
from leerplicht.opsporingscodes import HALT_EINDE


def haltzaken(user: Gebruiker, day: date) -> "QuerySet[Haltzaak]":
    """With the term of the werkproces: how long Halt may take is a term of the MAS."""
    terms = Actie.objects.open().filter(
        werkproces=OuterRef("werkproces"), grondslag__startswith="termijn:"
    )
    rows: QuerySet[Haltzaak] = in_a_list(Haltzaak, user, day)
    first = Subquery(terms.order_by("vervalt_op").values("vervalt_op")[:1])
    ended = When(toestand__in=HALT_EINDE, then=None)
    return rows.annotate(termijn=Case(ended, default=first, output_field=DateField()))


def strafzaken(user: Gebruiker, day: date) -> "QuerySet[Strafzaak]":
    """With the first of the terms that `strafzaak.terms` tells in words, or the sitting."""
    heard = Verhoor.objects.of_suspect().filter(zaak=OuterRef("pk"))
    reports = Verzuimmelding.objects.filter(werkproces=OuterRef("werkproces"))
    first_heard = TruncDate(Subquery(heard.order_by("begin").values("begin")[:1]), tzinfo=AMSTERDAM)
    last_report = Subquery(reports.order_by("-melddatum").values("melddatum")[:1])
    send = Least(
        _months_after(first_heard, waarde("pv_na_verhoor_maanden", day)),
        _months_after(last_report, waarde("mas_pv_maanden", day)),
        _months_after(F("feit_tot"), 12 * waarde("mas_verjaring_jaren", day)),
    )
    rows: QuerySet[Strafzaak] = in_a_list(Strafzaak, user, day)
    return rows.annotate(
        termijn=Case(
            When(toestand__in=("concept", "ondertekend"), then=send),
            When(toestand="strafbeschikking", then=F("verzet_tot")),
            When(toestand="dagvaarding", then=F("zitting_op")),
            output_field=DateField(),
        )
    )


def _months_after(day: Any, months: int) -> Func:
    """As `add_months`: PostgreSQL too stops at the last day of a shorter month."""
    return Func(
        day,
        template="(%(expressions)s + make_interval(months => %(months)s))::date",
        months=int(months),
        output_field=DateField(),
    )
