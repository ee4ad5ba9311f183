"""Signals out of the log: the list, and what the privacy officer found of one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import FormView, TemplateView

from accounts.domain import signalen
from accounts.domain.beheer import BeheerFout
from accounts.forms_logboek import SignaalForm, SignalenFilter
from accounts.models import Signaal
from accounts.toegang import RechtMixin

PER_PAGINA = 50


class SignalenView(RechtMixin, TemplateView):
    permission = "privacy.lezen"
    template_name = "accounts/beheer/signalen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        form = SignalenFilter(self.request.GET)
        rows = form.apply(Signaal.objects.visible_to(by)).select_related("gebruiker", "door")
        page = Paginator(rows.order_by("-begin", "-pk"), PER_PAGINA).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(form=form, page_obj=page, **kwargs)


class SignaalView(RechtMixin, FormView):
    permission = "privacy.lezen"
    template_name = "accounts/beheer/signaal.html"
    form_class = SignaalForm

    def get_object(self) -> Signaal:
        by: Any = self.request.user
        rows = Signaal.objects.visible_to(by).select_related("gebruiker", "door")
        row: Signaal = get_object_or_404(rows, pk=self.kwargs["pk"])
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        signaal = self.get_object()
        mag = by.may(signalen.SCHRIJVEN) and signaal.gebruiker_id != by.pk
        return super().get_context_data(signaal=signaal, mag=mag, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        by: Any = self.request.user
        signaal = self.get_object()
        try:
            if not by.may(signalen.SCHRIJVEN):
                raise BeheerFout("U mag signalen lezen, maar niet beoordelen.")
            signalen.judge(signaal, by=by, **form.cleaned_data)
        except BeheerFout as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "Uw oordeel is bewaard.")
        return redirect("accounts:signalen")
