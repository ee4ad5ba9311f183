"""What every list shares: filters, sort, and pages without an exact total above 10,000."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import QuerySet
from django.http import HttpRequest
from django.views.generic import ListView

from accounts.gebeurtenissen import record_list
from accounts.toegang import RechtMixin
from accounts.zoekvragen import ZoekvraagMixin
from casework.domain.politiezicht import record_shown
from casework.models import Gemeente


class BegrensdPaginator(Paginator):
    """Counts no further than `grens`: beyond that a filter helps more than a page number.

    The rows of a page are found by key first: only those are joined with what they show.
    """

    grens = 10_000

    def page(self, number: int | str) -> Page[Any]:
        page = super().page(number)
        if isinstance(page.object_list, QuerySet):
            with self._walking(page):
                keys = list(page.object_list.values_list("pk", flat=True))
            rows = {row.pk: row for row in self.object_list.order_by().filter(pk__in=keys)}
            page.object_list = [rows[key] for key in keys]
        return page

    @contextmanager
    def _walking(self, page: Page[Any]) -> Iterator[None]:
        """The first pages of very many rows: walk an index in order, do not sort them all.

        PostgreSQL multiplies the chances of `visible_to` and of its own rules, expects few rows
        and would sort; here they are counted already.
        """
        first_rows = page.end_index() <= self.grens / 4
        if not (self.meer and first_rows and _own_order(self.object_list)):
            yield
            return
        _plan_with_sorts("off")
        yield
        _plan_with_sorts("on")

    @cached_property
    def count(self) -> int:
        if not isinstance(self.object_list, QuerySet):
            return min(len(self.object_list), self.grens)
        rows = self.object_list.order_by().values("pk")  # no order, no columns of the page
        return min(rows[: self.grens + 1].count(), self.grens)

    @cached_property
    def meer(self) -> bool:
        """Whether there may be more rows than counted."""
        return self.count >= self.grens


def _own_order(rows: QuerySet[Any]) -> bool:
    own = {"pk", *(field.name for field in rows.model._meta.concrete_fields)}
    return all(isinstance(f, str) and f.lstrip("-") in own for f in rows.query.order_by)


def _plan_with_sorts(on: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('enable_sort', %s, true), set_config('enable_bitmapscan', %s, true)",
            [on, on],
        )


class Lijst(RechtMixin, ZoekvraagMixin, ListView):
    """List of rows in the user's sight; `rijen` gives them, the filter set narrows them."""

    paginate_by = 50
    paginator_class = BegrensdPaginator
    filterset_class: Any = None
    personen = True  # looking at a page of persons leaves an event
    politie = False  # of police data every row leaves one
    reden_code = ""  # of a list of police data: why it is looked at
    # ?sort= name -> order_by fields; the first one is the default, "-name" turns it round.
    sorteringen: Mapping[str, tuple[str, ...]] = {}

    def rijen(self) -> QuerySet[Any]:
        raise NotImplementedError  # every subclass says its own

    def filter_fields(self) -> Mapping[str, forms.Field]:
        if not self.filterset_class:
            return {}
        filterset = self.filterset_class(None, queryset=self.rijen(), request=self.request)
        fields: Mapping[str, forms.Field] = filterset.form.fields
        return fields

    def get_queryset(self) -> QuerySet[Any]:
        rows = self.rijen()
        self.filter = None
        if self.filterset_class:
            self.filter = self.filterset_class(self.vraag, queryset=rows, request=self.request)
            rows = self.filter.qs
        return rows.order_by(*self._order()) if self.sorteringen else rows

    def _order(self) -> list[str]:
        asked = self.request.GET.get("sort", "")
        fields = self.sorteringen.get(asked.lstrip("-"))
        if fields is None:
            return [*next(iter(self.sorteringen.values()))]
        return [_turn(f) for f in fields] if asked.startswith("-") else [*fields]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(filter=self.filter, **kwargs)
        user: Any = self.request.user
        shown: Any = context["object_list"]
        record_shown(shown, by=user, handeling="lijst", reden_code=self.reden_code)
        if self.personen:
            record_list(
                context["object_list"], by=user, filters=self._used(), per_regel=self.politie
            )
        return context

    def _used(self) -> list[str]:
        known = self.filter.form.fields if self.filter else {}
        return [name for name in known if self.request.GET.get(name)]


def _turn(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def gemeenten_with(permission: str) -> "Callable[[HttpRequest | None], QuerySet[Gemeente]]":
    """The choices of a filter: gemeenten where the user of the request has this permission."""

    def own(request: HttpRequest | None) -> "QuerySet[Gemeente]":
        if request is None:
            return Gemeente.objects.none()
        return Gemeente.objects.permitted(request.user, permission)

    return own
