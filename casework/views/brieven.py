"""Making letters: choose one, fill it, look at every letter, and have them made."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from accounts.gebeurtenissen import record_list
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.briefsoorten import SOORTEN, Briefsoort
from casework.domain import brieven, brieven_afdruk, ontvangers, schoolbericht
from casework.domain.briefsjablonen import text_on
from casework.domain.politiezicht import record_shown
from casework.domain.samenvoegen import blocks
from casework.errors import DomainError
from casework.forms.brief import BriefForm, BulkKiesForm, VeldenForm
from casework.models import Afspraak, Brief, Brievenronde, Gemeente, Verzuimmelding, Werkproces
from casework.schooljaar import today
from casework.uitbreiding import UITBREIDINGEN
from casework.views.contact import BijJongereView, _uuid
from casework.views.lijst import BegrensdPaginator, Lijst

HOOGSTENS = 500  # letters in one round
PER_PAGINA = 25
KLEUREN = {
    "concept": "info", "wacht": "info", "bezig": "info", "klaar": "success", "gemaakt": "success",
    "verstuurd": "success", "mislukt": "danger", "uitgesloten": "neutral", "ingetrokken": "neutral",
}  # fmt: skip  # read as a table


class BriefKiezenView(BijJongereView):
    """The kinds of letters, each a link; the case and the appointment go along."""

    form_class = None  # type: ignore[assignment]  # a page of links
    template_name = "casework/brieven/kiezen.html"
    http_method_names = ["get"]
    titel = "Brief maken"

    def get_form(self, form_class: Any = None) -> None:
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        vraag = self.request.GET.urlencode()
        return super().get_context_data(
            soorten=Briefsoort.choices, vraag=f"?{vraag}" if vraag else "", **kwargs
        )


class BriefNieuwView(BijJongereView):
    template_name = "casework/brieven/nieuw.html"
    form_class = BriefForm
    knop = "Verder naar het voorbeeld"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.soort = kwargs["soort"]
        if self.soort not in SOORTEN:
            raise Http404("Deze brief bestaat niet.")
        self.titel = Briefsoort(self.soort).label

    @property
    def afspraak(self) -> Afspraak | None:
        if not (asked := self.request.GET.get("afspraak")):
            return None
        rows = Afspraak.objects.visible_to(self.request.user)
        return get_object_or_404(rows, uuid=_uuid(asked), jongere=self.jongere)

    def get_initial(self) -> dict[str, Any]:
        found = {**super().get_initial(), "ontvangers": self.request.GET.getlist("aan")}
        if self.werkproces and UITBREIDINGEN.briefwaarden:
            found |= UITBREIDINGEN.briefwaarden(self.werkproces, self.soort, self.request.user)
        melding, moment = self.bericht
        if melding:  # the answer to a report, not what was agreed with the family
            found |= schoolbericht.proposal(melding, moment)
        return found

    @cached_property
    def bericht(self) -> tuple[Verzuimmelding | None, str]:
        """The report this letter answers (?melding=uuid&moment=...), and with what."""
        asked, moment = self.request.GET.get("melding"), self.request.GET.get("moment", "")
        if not asked or self.soort != schoolbericht.SOORT.get(moment):
            return None, ""
        rows = Verzuimmelding.objects.visible_to(self.request.user)
        melding = get_object_or_404(rows, uuid=_uuid(asked), jongere=self.jongere)
        if moment not in schoolbericht.moments(melding):
            raise Http404("Over deze melding gaat nu geen bericht naar de school.")
        return melding, moment

    @property
    def over(self) -> brieven.Aanleiding:
        return brieven.Aanleiding(self.jongere, self.werkproces, self.afspraak, *self.bericht)

    def get_form_kwargs(self) -> dict[str, Any]:
        gemeente = (self.werkproces and self.werkproces.gemeente) or self.jongere.gemeente
        if gemeente is None:
            raise Http404("Deze jongere woont in geen gemeente.")
        partijen, melder = SOORTEN[self.soort].partijen, self.over.melder
        found = ontvangers.readers(self.jongere, partijen, today(), melder)
        return {
            **super().get_form_kwargs(),
            "soort": self.soort,
            "tekst": text_on(gemeente, self.soort, today()),
            "van_afspraak": self.afspraak is not None,
            "ontvangers": found,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        data = form.cleaned_data
        try:
            ronde = brieven.write(
                [self.over],
                self.soort,
                by=self.request.user,
                taak=data["taak"],
                waarden=form.waarden,
                gekozen=data["ontvangers"],
                verzendwijze=data["verzendwijze"],
            )
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return redirect(ronde)


class BulkKiezenView(RechtMixin, FormView):
    """Which letter to many; the choice is no personal data and goes in the address."""

    permission = "leerplicht.schrijven"
    template_name = "casework/brieven/bulk_kiezen.html"
    form_class = BulkKiesForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        d = form.cleaned_data
        url = reverse("casework:brieven_bulk", args=[d["soort"]])
        return redirect(f"{url}?gemeente={d['gemeente'].code}&zaken={d['zaken']}&wie={d['wie']}")


class BulkView(RechtMixin, FormView):
    """The fields that are the same in every letter; then the preview of all."""

    permission = "leerplicht.schrijven"
    template_name = "casework/brieven/bulk.html"
    form_class = VeldenForm
    soort = ""
    wat = "open werkprocessen"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.soort = kwargs.get("soort", self.soort)
        if self.soort not in SOORTEN:
            raise Http404("Deze brief bestaat niet.")

    @property
    def gemeente(self) -> Gemeente:
        rows = Gemeente.objects.permitted(self.request.user, self.permission)
        code = self.kwargs.get("code") or self.request.GET.get("gemeente", "")
        return get_object_or_404(rows, code=code)

    def rijen(self) -> Any:
        """What the letters are about, one row for each."""
        rows = Werkproces.objects.visible_to(self.request.user).open()
        rows = rows.filter(
            taak=Taak.LEERPLICHT, gemeente=self.gemeente, soort=self.request.GET.get("zaken", "")
        )
        if self.request.GET.get("wie") != "alle":
            rows = rows.filter(behandelaar=self.request.user)
        return rows.select_related("jongere__gemeente", "gemeente").order_by("pk")

    def aanleiding(self, row: Any) -> brieven.Aanleiding:
        return brieven.Aanleiding(row.jongere, row)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "taken": [Taak.LEERPLICHT],
            "soort": self.soort,
            "tekst": text_on(self.gemeente, self.soort, today()),
            "van_afspraak": False,
        }

    def form_valid(self, form: Any) -> HttpResponse:
        rows = list(self.rijen()[: HOOGSTENS + 1])
        try:
            if len(rows) > HOOGSTENS:
                raise DomainError(f"Dit zijn meer dan {HOOGSTENS} brieven. Kies er minder.")
            ronde = brieven.write(
                [self.aanleiding(row) for row in rows],
                self.soort,
                by=self.request.user,
                taak=Taak.LEERPLICHT,
                waarden=form.waarden,
                bulk=True,
                verzendwijze=form.cleaned_data["verzendwijze"],
            )
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        return redirect(ronde)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            titel=Briefsoort(self.soort).label,
            gemeente=self.gemeente,
            aantal=self.rijen().count(),
            wat=self.wat,
            **kwargs,
        )


class BrievenView(Lijst):
    """The rounds of the user."""

    permission = "dossier.schrijven"
    template_name = "casework/brieven/lijst.html"
    paginate_by = PER_PAGINA
    personen = False
    sorteringen = {"nieuw": ("-pk",)}

    def rijen(self) -> Any:
        return Brievenronde.objects.visible_to(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user: Any = self.request.user
        # A round for many is named by what it is; one letter by whom it is about.
        one = [row.pk for row in context["object_list"] if not row.bulk]
        rows = Brief.objects.visible_to(user).filter(ronde__in=one).select_related("jongere")
        over = {brief.ronde_id: brief for brief in rows.order_by("-pk")}
        record_shown(over.values(), by=user, handeling="lijst")
        record_list(over.values(), by=user, filters=[], per_regel=False)
        context["rondes"] = [
            (row, KLEUREN[row.status], over.get(row.pk)) for row in context["object_list"]
        ]
        return context


class RondeMixin(RechtMixin):
    """Only who wrote the letters sees the round."""

    permission = "dossier.schrijven"
    request: Any
    kwargs: dict[str, Any]

    def ronde(self) -> Brievenronde:
        rows = Brievenronde.objects.visible_to(self.request.user)
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class RondeView(RondeMixin, TemplateView):
    template_name = "casework/brieven/ronde.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, ronde = self.request.user, self.ronde()
        rows = Brief.objects.visible_to(user).filter(ronde=ronde)
        rows = rows.select_related("jongere", "document", "werkproces").order_by("pk")
        page = BegrensdPaginator(rows, PER_PAGINA).get_page(self.request.GET.get("page"))
        found = list(page)
        record_shown(found, by=user, handeling="lijst")
        record_list(found, by=user, filters=[], per_regel=False)
        return super().get_context_data(
            ronde=ronde,
            over=found[0] if found and not ronde.bulk else None,
            page_obj=page,
            kleur=KLEUREN[ronde.status],
            brieven=[(b, KLEUREN[b.status], blocks(b.tekst)) for b in found],
            concept=ronde.status == "concept",
            wacht=ronde.status == "wacht",
            direct=ronde.maken_vanaf is not None and ronde.maken_vanaf <= timezone.now(),
            gekozen=rows.filter(status="concept").count(),
            afdruk_kan=ronde.status == "klaar" and brieven_afdruk.letters(ronde, user).exists(),
            bewaard_dagen=settings.BRIEF_AFDRUK_DAGEN,
            te_versturen=rows.filter(status="gemaakt").exists(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        ronde, by = self.ronde(), request.user
        doen = request.POST.get("doen", "")
        keuze = {"mee": request.POST.getlist("brief"), "getoond": request.POST.getlist("getoond")}
        try:
            if (
                doen.isdecimal() and len(doen) < 6
            ):  # to another page, and keep what was chosen on this one
                brieven.choose(ronde, by=by, **keuze)
                return redirect(f"{ronde.get_absolute_url()}?page={int(doen)}")
            if doen == "afdruk":
                brieven_afdruk.request(ronde, by=by)
            elif doen == "maken":
                brieven.confirm(ronde, by=by, **keuze)
                messages.success(request, "De brieven worden gemaakt.")
            elif doen == "intrekken":
                brieven.withdraw(ronde, by=by)
                messages.success(request, "De brieven zijn ingetrokken. Er is niets gemaakt.")
            elif doen == "verstuurd":
                aantal = brieven.mark_sent(ronde, by=by)
                messages.success(request, f"Genoteerd als verstuurd: {aantal}.")
        except DomainError as error:
            messages.error(request, str(error))
        return redirect(ronde)


class RondeVoortgangView(RondeMixin, View):
    def get(self, request: Any, uuid: Any) -> HttpResponse:
        ronde = self.ronde()
        if not request.htmx:
            return redirect(ronde)
        if not ronde.afdruk_bezig and ronde.status not in {"bezig", "wacht"}:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "includes/werk.html", {"werk": ronde, "url": request.path})


class RondeAfdrukView(RondeMixin, View):
    """Many addresses at once: an export, so prove first who you are."""

    vers = True
    limiet = "downloaden"

    def get(self, request: Any, uuid: Any) -> HttpResponseBase:
        ronde = self.ronde()
        if not ronde.afdruk:
            raise Http404("Deze afdruk is er niet (meer).")
        brieven_afdruk.fetched(ronde, by=request.user)
        return FileResponse(
            ronde.afdruk.open(), as_attachment=True, filename=f"brieven-{ronde.pk}.pdf"
        )
