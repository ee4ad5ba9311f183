"""How much work everybody has, moving it to a colleague, and notes for who takes over."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from accounts.gebeurtenissen import record_list
from accounts.models import Gebruiker
from accounts.toegang import RechtMixin
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.models import Werkproces
from casework.schooljaar import today
from casework.views.basis import JongereMixin, identity_of
from casework.views.lijst import BegrensdPaginator
from leerplicht.domain import toewijzing, verdelen
from leerplicht.forms.toewijzing import GevenForm, OverdrachtForm, OverdragenForm
from leerplicht.models import Overdracht
from leerplicht.views.werkprocessen import WerkprocesMixin

PER_PAGINA = 100


class WerkverdelingView(RechtMixin, TemplateView):
    permission = verdelen.VERDELEN
    template_name = "leerplicht/werkverdeling.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        return super().get_context_data(
            rijen=verdelen.workload(user, today()),
            team_meldingen=_count(toewijzing.team_meldingen(user)),
            team_werk=_count(toewijzing.team_werkprocessen(user)),
            **kwargs,
        )


class WerkVanView(RechtMixin, TemplateView):
    """The open work of one colleague: tick, look what would move, and move it."""

    permission = verdelen.VERDELEN
    template_name = "leerplicht/werk_van.html"

    def collega(self) -> Gebruiker:
        """Who has work, or handles cases, where this user divides it."""
        user: Any = self.request.user
        rows = verdelen.workload(user, today())
        found = next((row.wie for row in rows if row.wie.pk == self.kwargs["pk"]), None)
        if found is None:
            raise Http404("Deze collega is er niet.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        van = kwargs.pop("van", None) or self.collega()
        kwargs.setdefault("form", OverdragenForm(by=user, van=van))
        page = self.request.GET.get("page")
        werk = verdelen.open_werkprocessen(user).filter(behandelaar=van)
        werk = werk.select_related("jongere", "gemeente").order_by("gestart_op", "pk")
        page_obj = BegrensdPaginator(werk, PER_PAGINA).get_page(page)
        meldingen = verdelen.open_meldingen(user).filter(behandelaar=van)
        meldingen = meldingen.select_related("jongere", "school").order_by("melddatum", "pk")
        shown = list(meldingen[:PER_PAGINA])
        record_list([*page_obj, *shown], by=user, filters=["behandelaar"], per_regel=False)
        return super().get_context_data(van=van, page_obj=page_obj, meldingen=shown, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user: Any = request.user
        van = self.collega()
        form = OverdragenForm(request.POST, by=user, van=van)
        alles = "alles" in request.POST
        keuze = None if alles else [UUID(t) for t in request.POST.getlist("id") if _is_uuid(t)]
        if keuze == []:
            form.add_error(None, "Kies eerst een of meer regels, of kies alles.")
        if form.is_valid():
            naar, notitie = form.cleaned_data["naar"], form.cleaned_data["notitie"]
            voorstel = verdelen.propose(van, naar, by=user, day=today(), keuze=keuze)
            if "doe" in request.POST:
                return self._move(voorstel, notitie)
            shown = [*voorstel.rijen, *(row for row, _ in voorstel.blijft)]
            record_list(shown, by=user, filters=["behandelaar"], per_regel=False)
            self.template_name = "leerplicht/werk_verhuist.html"
            return self.render_to_response(
                {"view": self, "voorstel": voorstel, "form": form, "alles": alles}
            )
        return self.render_to_response(
            self.get_context_data(van=van, form=form, gekozen=set(request.POST.getlist("id")))
        )

    def _move(self, voorstel: verdelen.Voorstel, notitie: str) -> HttpResponse:
        now = timezone.now()
        aantal = verdelen.hand_over(voorstel, notitie, by=self.request.user, now=now)
        messages.success(self.request, f"{aantal} overgedragen aan {voorstel.naar}.")
        return redirect("leerplicht:werkverdeling")


class OverdrachtSchrijfView(JongereMixin, FormView):
    """A note about this youth for a colleague, who finds it on Mijn dag."""

    permission = "leerplicht.schrijven"
    template_name = "leerplicht/overdracht.html"
    form_class = OverdrachtForm

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"by": self.request.user, "jongere": self.jongere}
        return super().get_form_kwargs() | own

    def form_valid(self, form: Any) -> HttpResponse:
        naar, notitie = form.cleaned_data["naar"], form.cleaned_data["notitie"]
        try:
            verdelen.write_note(
                self.jongere, naar, notitie, by=self.request.user, now=timezone.now()
            )
        except DomainError as error:
            form.add_error("naar", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"{naar} ziet de overdracht op Mijn dag.")
        return redirect(self.jongere)


class GevenView(WerkprocesMixin, FormView):
    """Own work to a colleague."""

    permission = "leerplicht.schrijven"
    template_name = "casework/contactformulier.html"
    form_class = GevenForm

    @cached_property
    def werkproces(self) -> Werkproces:
        return self.get_werkproces()

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {"by": self.request.user, "werkproces": self.werkproces}
        return super().get_form_kwargs() | own

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        werkproces = self.werkproces
        record_shown([werkproces], by=user, handeling="tonen")
        return super().get_context_data(
            titel="Aan een collega geven",
            knop="Werkproces geven",
            terug=werkproces.get_absolute_url(),
            werkproces=werkproces,
            jongere=werkproces.jongere,
            identiteit=identity_of(werkproces.jongere, user),
            concept=f"geven-{werkproces.pk}",
            **kwargs,
        )

    def form_valid(self, form: Any) -> HttpResponse:
        werkproces = self.werkproces
        data, user = form.cleaned_data, self.request.user
        try:
            verdelen.give(werkproces, data["naar"], data["notitie"], by=user, now=timezone.now())
        except DomainError as error:
            form.add_error("naar", str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"{data['naar']} is nu de behandelaar.")
        return redirect(werkproces)


class OverdrachtGelezenView(RechtMixin, View):
    permission = "leerplicht.lezen"

    def post(self, request: HttpRequest, uuid: Any) -> HttpResponse:
        user: Any = request.user
        rows = Overdracht.objects.visible_to(user).filter(naar=user)
        verdelen.mark_read(get_object_or_404(rows, uuid=uuid), by=user, now=timezone.now())
        return redirect("leerplicht:mijn_dag")


def _count(rows: Any) -> int:
    return int(BegrensdPaginator(rows.order_by("pk"), 1).count)


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
