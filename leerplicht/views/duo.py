"""What was sent to the verzuimregister of DUO, and what came back."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet

from accounts.rechten import Taak
from casework.codes import DuoStatus
from casework.models import Berichtstand, Statusbericht
from casework.views.lijst import Lijst
from leerplicht.views.meldingen import own_gemeenten


class BerichtFilter(django_filters.FilterSet):
    stand = django_filters.ChoiceFilter(
        label="Stand", choices=Berichtstand.choices, empty_label="Alle"
    )
    nieuwe_status = django_filters.ChoiceFilter(
        label="Nieuwe status",
        choices=[
            (status.value, status.label) for status in (DuoStatus.B, DuoStatus.G, DuoStatus.K)
        ],
        empty_label="Alle",
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    class Meta:
        model = Statusbericht
        fields: list[str] = []


class BerichtenView(Lijst):
    permission = "leerplicht.lezen"
    template_name = "leerplicht/duo_berichten.html"
    filterset_class = BerichtFilter
    sorteringen = {"gemaakt": ("-aangemaakt_op", "-pk"), "antwoord": ("-antwoord_op", "-pk")}

    def rijen(self) -> "QuerySet[Statusbericht]":
        rows = Statusbericht.objects.visible_to(self.request.user).filter(taak=Taak.LEERPLICHT)
        return rows.select_related("melding__school", "jongere", "gemeente")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(verbonden=bool(settings.DUO_REGISTER), **kwargs)
