"""The list of youths per gemeente, and entering one by hand."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic import FormView, TemplateView

from accounts.gebeurtenissen import record_list
from accounts.toegang import RechtMixin
from accounts.zoekvragen import ZoekvraagMixin
from casework.domain.jongere import find_same
from casework.errors import DomainError
from casework.forms.jongere import JongereForm
from casework.models import Gemeente, Jongere
from casework.namen import normalise
from casework.schooljaar import today

PER_PAGE = 50


class JongerenView(RechtMixin, ZoekvraagMixin, TemplateView):
    """Residents of one gemeente by name; keyset pages on the index of gemeente and name."""

    permission = "dossier.lezen"
    template_name = "casework/jongeren.html"

    def filter_fields(self) -> Mapping[str, forms.Field]:
        return {"gemeente": forms.ChoiceField(), "vanaf": forms.CharField()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gemeenten = list(Gemeente.objects.permitted(self.request.user, self.permission))
        gekozen = self._chosen(gemeenten)
        rows = self._page(gekozen) if gekozen else []
        more = len(rows) > PER_PAGE
        used = [name for name in ("gemeente", "vanaf") if self.vraag.get(name)]
        record_list(rows[:PER_PAGE], by=self.request.user, filters=used, per_regel=False)
        return super().get_context_data(
            gemeenten=gemeenten,
            gemeente=gekozen,
            vanaf=self.vraag.get("vanaf", ""),
            jongeren=[(row, row.leeftijd(today())) for row in rows[:PER_PAGE]],
            na=rows[PER_PAGE - 1].pk if more else None,
            **kwargs,
        )

    def _chosen(self, gemeenten: list[Gemeente]) -> Gemeente | None:
        code = self.request.GET.get("gemeente", "")
        return next((g for g in gemeenten if g.code == code), gemeenten[0] if gemeenten else None)

    def _page(self, gemeente: Gemeente) -> list[Jongere]:
        rows = Jongere.objects.visible_to(self.request.user).filter(gemeente=gemeente)
        if vanaf := normalise(self.vraag.get("vanaf", "")):
            rows = rows.filter(sorteernaam__gte=vanaf)
        after = self.request.GET.get("na", "")
        if after.isdigit() and (last := rows.filter(pk=after).first()):
            rows = rows.filter(
                Q(sorteernaam__gt=last.sorteernaam) | Q(sorteernaam=last.sorteernaam, pk__gt=after)
            )
        return list(rows.order_by("sorteernaam", "pk")[: PER_PAGE + 1])


class JongereNieuwView(RechtMixin, FormView):
    """Enter a person; who looks the same is shown first, saving again means: another person."""

    permission = "dossier.schrijven"
    template_name = "casework/jongere_nieuw.html"
    form_class = JongereForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        data, user = form.cleaned_data, self.request.user
        same = find_same(data["achternaam"], data["geboortedatum"], user)
        if same and "toch" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, zelfde=same))
        try:
            jongere = form.apply(by=user, day=today())
        except DomainError as error:
            form.add_error("bsn" if "BSN" in str(error) else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"{jongere.naam} is ingevoerd.")
        return redirect(jongere)
