"""The right rows for every page: trajecten and meldingen in the user's sight."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.models import Verzuimmelding
from casework.views.basis import identity_of
from casework.views.lijst import gemeenten_with
from doorstroompunt.domain.traject import may_write
from doorstroompunt.models import Traject

own_gemeenten = gemeenten_with("doorstroompunt.lezen")


def own_meldingen(user: Any) -> "QuerySet[Verzuimmelding]":
    return Verzuimmelding.objects.visible_to(user).filter(taak=Taak.DOORSTROOMPUNT)


class TrajectMixin(RechtMixin):
    """View about one traject; a stranger gets 404."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # mixed into View
        self._traject: Traject | None = None

    def find_traject(self) -> Traject:
        rows = Traject.objects.visible_to(self.request.user).select_related(
            "jongere__gemeente", "gemeente", "behandelaar"
        )
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])

    @property
    def traject(self) -> Traject:
        if self._traject is None:
            self._traject = self.find_traject()
        return self._traject

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        traject = self.traject
        return super().get_context_data(  # type: ignore[misc]  # mixed into a ContextMixin
            traject=traject,
            jongere=traject.jongere,
            identiteit=identity_of(traject.jongere, self.request.user),
            mag_schrijven=may_write(self.request.user, traject),
            **kwargs,
        )
