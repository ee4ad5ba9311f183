"""What SVB and Arbeidsinspectie must be told: the list, and one with its outcome."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.domain.dossier import record_read
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.models import Actie
from casework.schooljaar import today
from casework.views.basis import identity_of
from casework.views.lijst import Lijst
from leerplicht.domain import meldplicht
from leerplicht.forms.meldplicht import GemeldForm, NietNodigForm, TerugForm
from leerplicht.views.meldingen import own_gemeenten


def own_notices(user: Any) -> "QuerySet[Actie]":
    rows = Actie.objects.visible_to(user).filter(meldplicht.all_notices(), taak=Taak.LEERPLICHT)
    return rows.select_related("jongere__gemeente", "gemeente", "gedaan_door", "werkproces")


class MeldplichtFilter(django_filters.FilterSet):
    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Nog te doen",
        method="by_stand",
        choices=[("klaar", "Gedaan of niet nodig"), ("alle", "Alle")],
    )
    aan = django_filters.ChoiceFilter(
        label="Aan wie", empty_label="Alle", method="by_aan", choices=meldplicht.SOORTEN
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    class Meta:
        model = Actie
        fields: list[str] = []

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(gedaan_op__isnull=False) if value == "klaar" else rows

    def by_aan(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(grondslag__startswith=f"{value}:")

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("stand") else rows.open()


class MeldplichtenView(Lijst):
    permission = "leerplicht.lezen"
    template_name = "leerplicht/meldplichten.html"
    filterset_class = MeldplichtFilter
    politie = True
    sorteringen = {
        "termijn": ("vervalt_op", "pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "gedaan": ("-gedaan_op", "pk"),
    }

    def rijen(self) -> "QuerySet[Actie]":
        return own_notices(self.request.user)


class MeldplichtView(RechtMixin, TemplateView):
    """Told on a day, not needed, or ticked off by mistake; the button says which."""

    permission = "leerplicht.schrijven"
    template_name = "leerplicht/meldplicht.html"
    FORMS = {"gemeld": GemeldForm, "niet_nodig": NietNodigForm, "terug": TerugForm}
    KLAAR = {
        "gemeld": "Vastgelegd dat het gemeld is.",
        "niet_nodig": "Vastgelegd dat het niet nodig is.",
        "terug": "De melding staat weer open.",
    }

    def get_object(self) -> Actie:
        return get_object_or_404(own_notices(self.request.user), uuid=self.kwargs["uuid"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        actie = self.get_object()
        record_read(actie.jongere, by=user, onderdeel="meldplicht")
        record_shown([actie], by=user, handeling="tonen")
        forms = {
            "gemeld": GemeldForm(initial={"datum": today()}),
            "niet_nodig": NietNodigForm(),
        } | kwargs.pop("forms", {})
        return super().get_context_data(
            actie=actie,
            jongere=actie.jongere,
            identiteit=identity_of(actie.jongere, user),
            kan_terug=actie.gedaan_op and actie.grondslag != meldplicht.SVB_NIET,
            forms=forms,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        actie = self.get_object()
        knop = next((naam for naam in self.FORMS if naam in request.POST), "gemeld")
        form = self.FORMS[knop](request.POST)
        if form.is_valid():
            try:
                self._apply(knop, actie, form.cleaned_data)
            except DomainError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, self.KLAAR[knop])
                return redirect("leerplicht:meldplichten")
        return self.render_to_response(self.get_context_data(forms={knop: form}, fout=form))

    def _apply(self, knop: str, actie: Actie, velden: dict[str, Any]) -> None:
        user: Any = self.request.user
        if knop == "gemeld":
            meldplicht.tell(actie, by=user, datum=velden["datum"], day=today())
        elif knop == "niet_nodig":
            meldplicht.skip(actie, by=user, reden=velden["reden"])
        else:
            meldplicht.undo(actie, by=user)
