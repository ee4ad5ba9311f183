"""One appointment: planned from the dossier, moved, how it went and what may come next."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from accounts.toegang import RechtMixin
from casework.briefsoorten import Briefsoort, Partij
from casework.domain import afspraken
from casework.domain.dossier import record_read
from casework.domain.ontvangers import readers
from casework.domain.politiezicht import record_shown
from casework.errors import DomainError
from casework.forms.afspraak import AfspraakForm, MomentForm, UitkomstForm
from casework.models import Afspraak, Brief, Werkproces
from casework.schooljaar import AMSTERDAM, today
from casework.views.basis import identity_of
from casework.views.contact import BijJongereView
from casework.views.politie import RedenMixin


class AfspraakView(BijJongereView):
    form_class = AfspraakForm
    titel, knop, klaar = "Afspraak plannen", "Afspraak opslaan", "De afspraak staat in uw agenda."

    def get_form_kwargs(self) -> dict[str, Any]:
        found = readers(self.jongere, (Partij.JONGERE, Partij.OUDERS), today())
        kwargs = super().get_form_kwargs()
        return {**kwargs, "ontvangers": found, "werkprocessen": self._open_cases()}

    def _open_cases(self) -> list[Werkproces]:
        """To choose from, when the page was not opened from one of them."""
        if self.werkproces:
            return []
        user: Any = self.request.user
        rows = Werkproces.objects.visible_to(user).open().filter(jongere=self.jongere)
        found = list(rows.filter(taak__in=self.taken()).order_by("pk"))
        record_shown(found, by=user, handeling="lijst")
        return found

    def get_initial(self) -> dict[str, Any]:
        soort = self.request.GET.get("soort", "")
        known = soort in Afspraak.Soort.values
        return {**super().get_initial(), **({"soort": soort} if known else {})}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            afspraak = form.apply(self.jongere, by=self.request.user, werkproces=self.werkproces)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        if aan := form.cleaned_data.get("uitnodigen"):
            return redirect(letter_url(afspraak, aan))
        return redirect(afspraak)


def letter_url(afspraak: Afspraak, aan: list[str]) -> str:
    """The letter about this appointment, with its readers; keys only, no names."""
    visit = afspraak.soort == Afspraak.Soort.HUISBEZOEK
    soort = Briefsoort.HUISBEZOEK if visit else Briefsoort.UITNODIGING
    query = [("afspraak", str(afspraak.uuid)), *(("aan", key) for key in aan)]
    if afspraak.werkproces:
        query.append(("werkproces", str(afspraak.werkproces.uuid)))
    url = reverse("casework:brief_nieuw", args=[afspraak.jongere.uuid, soort])
    return f"{url}?{urlencode(query)}"


class AfspraakMixin(RechtMixin, RedenMixin):
    politiemodel = Afspraak
    request: HttpRequest
    kwargs: dict[str, Any]
    titel = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # mixed into View
        self._afspraak: Afspraak | None = None

    @property
    def afspraak(self) -> Afspraak:
        if self._afspraak is None:
            rows = Afspraak.objects.visible_to(self.request.user).select_related(
                "jongere__gemeente", "werkproces", "gebruiker", "gemeente"
            )
            self._afspraak = get_object_or_404(rows, uuid=self.kwargs["uuid"])
        return self._afspraak

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        row = self.afspraak
        record_read(row.jongere, by=user, onderdeel="afspraak")
        record_shown([row], by=user, handeling="tonen")
        here = row.gemeente_id or row.jongere.gemeente_id
        return super().get_context_data(  # type: ignore[misc]  # mixed into a ContextMixin
            afspraak=row,
            jongere=row.jongere,
            identiteit=identity_of(row.jongere, user),
            titel=self.titel,
            mag=user.may(f"{row.taak}.schrijven", here),
            **kwargs,
        )


class AfspraakBijView(AfspraakMixin, TemplateView):
    permission = "dossier.lezen"
    template_name = "casework/afspraak.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.afspraak, self.request.user
        step = afspraken.next_step(row)
        brieven = Brief.objects.visible_to(user).filter(afspraak=row).exclude(status="uitgesloten")
        brieven = brieven.select_related("document").order_by("pk")
        record_shown(brieven, by=user, handeling="tonen")
        return super().get_context_data(
            vervolg=step,
            vervolg_url=self._next_url(step) if step else "",
            brieven=brieven,
            brief_url=letter_url(row, []),
            vastgelegd=afspraken.recorded(row),
            **kwargs,
        )

    def _next_url(self, step: afspraken.Vervolg) -> str:
        row = self.afspraak
        if not (step.soort or step.notitie):
            return row.werkproces.get_absolute_url() if row.werkproces else ""
        url = reverse(
            "casework:notitie" if step.notitie else "casework:afspraak", args=[row.jongere.uuid]
        )
        query = {"soort": step.soort} if step.soort else {}
        if row.werkproces:
            query["werkproces"] = str(row.werkproces.uuid)
        return f"{url}?{urlencode(query)}" if query else url


class AfspraakFormView(AfspraakMixin, FormView):
    permission = "dossier.schrijven"
    template_name = "casework/afspraak_formulier.html"
    knop = klaar = ""

    def doe(self, form: Any) -> None:
        raise NotImplementedError  # every subclass says its own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            self.doe(form)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return redirect(self.afspraak)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(knop=self.knop, **kwargs)


class UitkomstView(AfspraakFormView):
    form_class = UitkomstForm
    titel, knop = "Uitkomst van de afspraak", "Uitkomst opslaan"
    klaar = "De uitkomst is opgeslagen."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "afspraak": self.afspraak}

    def get_initial(self) -> dict[str, Any]:
        return {} if self.afspraak.is_gepland else {"uitkomst": self.afspraak.uitkomst}

    def doe(self, form: Any) -> None:
        afspraken.set_outcome(self.afspraak, form.verloop, by=self.request.user)


class VerzettenView(AfspraakFormView):
    form_class = MomentForm
    titel, knop, klaar = "Afspraak verzetten", "Afspraak verzetten", "De afspraak is verzet."

    def get_initial(self) -> dict[str, Any]:
        row = self.afspraak
        begin = row.begin.astimezone(AMSTERDAM)
        einde = row.einde.astimezone(AMSTERDAM).time() if row.einde else None
        return {
            "soort": row.soort,
            "datum": begin.date(),
            "tijd": begin.time(),
            "einde": einde,
            "plaats": row.plaats,
            "met": row.met,
            "wie": row.wie,
        }

    def doe(self, form: Any) -> None:
        afspraken.move(self.afspraak, form.invoer, by=self.request.user)
