"""Is it one person? The questions a run leaves to a person."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import TemplateView

from casework.errors import DomainError
from casework.models import Jongere
from casework.schooljaar import today
from koppelingen.domain import personen
from koppelingen.models import Persoonsvraag
from koppelingen.views.inlezen import RunMixin

PER_PAGINA = 50


class PersonenView(RunMixin, TemplateView):
    template_name = "koppelingen/personen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.run()
        rows = run.persoonsvragen.select_related(
            "nieuw__gemeente", "bestaand__gemeente", "besloten_door"
        ).order_by("besluit", "pk")
        return super().get_context_data(
            **self.shared(run, "personen"),
            page_obj=Paginator(rows, PER_PAGINA).get_page(self.request.GET.get("page")),
            **kwargs,
        )


class PersoonsvraagView(RunMixin, TemplateView):
    """The two records side by side, and the decision."""

    template_name = "koppelingen/persoonsvraag.html"

    def vraag(self) -> Persoonsvraag:
        rows = Persoonsvraag.objects.visible_to(self.request.user).select_related(
            "run", "nieuw__gemeente", "bestaand__gemeente", "besloten_door"
        )
        return get_object_or_404(rows, run__uuid=self.kwargs["uuid"], pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vraag = self.vraag()
        personen.look_at(vraag, by=self.request.user)
        paar = [j for j in (vraag.nieuw, vraag.bestaand) if j is not None]
        elders = [j.gemeente for j in paar if not self._administers(j)]
        return super().get_context_data(
            **self.shared(vraag.run, "personen"),
            vraag=vraag,
            feiten=_compare(*paar) if len(paar) == 2 else [],
            elders=elders,
            mag=vraag.besluit == "open" and not elders,
            **kwargs,
        )

    def _administers(self, jongere: Jongere) -> bool:
        pk = jongere.gemeente_id
        return pk is None or self.request.user.may("pakket.inlezen", pk)

    def post(self, request: Any, uuid: Any, pk: int) -> HttpResponse:
        vraag = self.vraag()
        besluit = request.POST.get("besluit", "")
        if besluit not in {"zelfde", "ander"}:
            messages.error(request, "Kies of het dezelfde persoon is.")
            return redirect("koppelingen:persoonsvraag", uuid, pk)
        try:
            personen.decide(vraag, besluit, by=request.user)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect("koppelingen:persoonsvraag", uuid, pk)
        messages.success(
            request,
            "De twee zijn samengevoegd." if besluit == "zelfde" else "Het blijven twee personen.",
        )
        return redirect("koppelingen:personen", uuid)


def _compare(nieuw: Jongere, bestaand: Jongere) -> list[tuple[str, str, str]]:
    return [
        (label, een, ander)
        for (label, een), (_, ander) in zip(_facts(nieuw), _facts(bestaand), strict=True)
    ]


def _facts(jongere: Jongere) -> list[tuple[str, str]]:
    """Enough to tell two people apart; numbers by their last digits only."""
    adres = jongere.adressen.on(today()).filter(soort="WOON", geheim=False).first()
    inschrijving = jongere.inschrijvingen.select_related("school").order_by("-begindatum").first()
    return [
        ("Naam", jongere.naam),
        ("Voornamen", jongere.voornamen),
        ("Geboren", f"{jongere.geboortedatum:%d-%m-%Y}"),
        ("BSN", jongere.bsn_masked),
        ("Onderwijsnummer", jongere.onderwijsnummer_masked),
        ("Gemeente", str(jongere.gemeente or "")),
        ("Woonadres", str(adres) if adres and not jongere.geheimhouding else ""),
        ("Laatste school", str(inschrijving.school) if inschrijving else ""),
    ]
