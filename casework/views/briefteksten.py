"""The texts of letters of a gemeente, with a preview about a youth who does not exist."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.briefsoorten import SOORTEN, Briefsoort
from casework.domain.briefsjablonen import BEHEREN, Tekst, save_sender, save_text, text_on
from casework.domain.samenvoegen import blocks, fill
from casework.errors import DomainError
from casework.forms.brief import AfzenderForm, SjabloonForm
from casework.models import Briefafzender, Briefsjabloon, Gemeente
from casework.schooljaar import today

# Nobody: for the preview only.
VERZONNEN = {
    "aanhef": "Beste Robin Voorbeeld", "jongere": "Sam Voorbeeld", "school": "Voorbeeldcollege",
    "medewerker": "Alex de Vries", "functie": "leerplichtambtenaar", "telefoon": "14 000",
    "datum": "1 september 2026", "kenmerk": "B1", "afspraak_datum": "8 september 2026",
    "afspraak_tijd": "9.30 uur", "afspraak_plaats": "het gemeentehuis, kamer 1.12",
    "reden": "er is veel verzuim gemeld", "periode": "1 tot en met 12 september 2026",
    "besluit": "U krijgt geen verlof.", "reageren_voor": "22 september 2026",
    "afspraken": "Sam gaat elke dag naar school en praat elke week met de mentor.",
}  # fmt: skip  # read as a table


class GemeenteMixin(RechtMixin):
    permission = BEHEREN
    request: Any
    kwargs: dict[str, Any]

    @property
    def gemeente(self) -> Gemeente:
        rows = Gemeente.objects.permitted(self.request.user, BEHEREN)
        return get_object_or_404(rows, code=self.kwargs["code"])


class BriefTekstenView(RechtMixin, TemplateView):
    permission = BEHEREN
    template_name = "casework/brieven/teksten.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gemeenten = list(Gemeente.objects.permitted(self.request.user, BEHEREN))
        code = self.request.GET.get("gemeente", "")
        gemeente = next((g for g in gemeenten if g.code == code), gemeenten[0])
        own = Briefsjabloon.objects.visible_to(self.request.user).filter(
            gemeente=gemeente, van__lte=today()
        )
        since = dict(own.order_by("van", "pk").values_list("soort", "van"))
        return super().get_context_data(
            gemeenten=gemeenten,
            gemeente=gemeente,
            afzender=Briefafzender.objects.filter(gemeente=gemeente).first(),
            soorten=[(soort, label, since.get(soort)) for soort, label in Briefsoort.choices],
            **kwargs,
        )


class BriefTekstView(GemeenteMixin, FormView):
    template_name = "casework/brieven/tekst.html"
    form_class = SjabloonForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.soort = kwargs["soort"]
        if self.soort not in SOORTEN:
            raise Http404("Deze brief bestaat niet.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "soort": self.soort}

    def get_initial(self) -> dict[str, Any]:
        tekst = text_on(self.gemeente, self.soort, today())
        return {"onderwerp": tekst.onderwerp, "tekst": tekst.tekst, "van": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        if "voorbeeld" in self.request.POST:
            return self.render_to_response(
                self.get_context_data(form=form, voorbeeld=self._example(form.als_tekst))
            )
        try:
            save_text(
                self.gemeente,
                self.soort,
                form.als_tekst,
                van=form.cleaned_data["van"],
                day=today(),
                by=self.request.user,
            )
        except DomainError as error:
            form.add_error("van" if "verleden" in str(error) else None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, "De tekst is opgeslagen. Oude brieven veranderen niet.")
        return redirect(f"{reverse('casework:briefteksten')}?gemeente={self.gemeente.code}")

    def _example(self, tekst: Tekst) -> dict[str, Any]:
        values = {**VERZONNEN, "gemeente": self.gemeente.naam}
        return {
            "onderwerp": fill(self.soort, tekst.onderwerp, values),
            "blokken": blocks(fill(self.soort, tekst.tekst, values)),
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Briefsjabloon.objects.visible_to(self.request.user)
        rows = rows.filter(gemeente=self.gemeente, soort=self.soort).select_related("gemaakt_door")
        return super().get_context_data(
            gemeente=self.gemeente,
            titel=Briefsoort(self.soort).label,
            velden=SOORTEN[self.soort].velden.items(),
            versies=rows.order_by("-van", "-pk")[:10],
            **kwargs,
        )


class BriefAfzenderView(GemeenteMixin, FormView):
    template_name = "casework/brieven/afzender.html"
    form_class = AfzenderForm

    def get_initial(self) -> dict[str, Any]:
        row = Briefafzender.objects.filter(gemeente=self.gemeente).first()
        return {n: getattr(row, n) for n in AfzenderForm.base_fields} if row else {}

    def form_valid(self, form: Any) -> HttpResponse:
        save_sender(self.gemeente, form.cleaned_data, by=self.request.user)
        messages.success(self.request, "De afzender is opgeslagen.")
        return redirect(f"{reverse('casework:briefteksten')}?gemeente={self.gemeente.code}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gemeente=self.gemeente, **kwargs)
