"""The list of werkprocessen, one werkproces as a task list, and its steps."""

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from accounts.domain.vertrek import whose_work
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.codes import Werkprocessoort
from casework.domain.dossier import record_read
from casework.domain.politiezicht import record_shown
from casework.domain.proces import Stap, answers_of, departures, hindrance, perform
from casework.errors import DomainError
from casework.forms.stap import StapForm
from casework.models import Actie, Afspraak, Contactmoment, Document, Verzuimmelding, Werkproces
from casework.schooljaar import today
from casework.views.basis import identity_of
from casework.views.lijst import Lijst
from casework.views.politie import RedenMixin
from leerplicht.domain.mas_afspraak import FEITEN
from leerplicht.domain.mas_richtlijn import departures_of
from leerplicht.domain.mas_routes import routes
from leerplicht.domain.mas_velden import AFWIJKREDENEN, UITNODIGEN
from leerplicht.domain.tabellen import LABELS, stap_of, tabel_of
from leerplicht.domain.werkproces import possible_steps, route_of
from leerplicht.forms.schooljaar import SchooljaarForm
from leerplicht.models import Haltzaak, Luxeverzuim, Strafzaak, Verlof, Vrijstelling
from leerplicht.templatetags.stapbrief import brief_url
from leerplicht.views.meldingen import own_gemeenten


def own_werkprocessen(user: Any) -> "QuerySet[Werkproces]":
    return Werkproces.objects.visible_to(user).filter(taak=Taak.LEERPLICHT)


class WerkprocesFilter(django_filters.FilterSet):
    """Without a choice: the open werkprocessen of the user."""

    wie = django_filters.ChoiceFilter(
        label="Behandelaar",
        empty_label="Van mij",
        method="by_wie",
        choices=[("alle", "Van iedereen"), ("niemand", "Nog van niemand")],
    )
    stand = django_filters.ChoiceFilter(
        label="Stand",
        empty_label="Open",
        method="by_stand",
        choices=[("gesloten", "Gesloten"), ("alle", "Alle")],
    )
    toestand = django_filters.ChoiceFilter(
        label="Toestand",
        empty_label="Alle",
        method="by_toestand",
        choices=sorted(
            ((naam, label) for label, naam in {v: k for k, v in LABELS.items()}.items()),
            key=lambda row: row[1],
        ),
    )
    soort = django_filters.ChoiceFilter(
        label="Soort", empty_label="Alle", choices=Werkprocessoort.choices
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )

    class Meta:
        model = Werkproces
        fields: list[str] = []

    def by_toestand(self, rows: Any, name: str, value: str) -> Any:
        """More tables have a state of the same name."""
        return rows.filter(
            toestand__in=[n for n, label in LABELS.items() if label == LABELS[value]]
        )

    def by_wie(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(behandelaar__isnull=True) if value == "niemand" else rows

    def by_stand(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(status="GESLOTEN") if value == "gesloten" else rows

    def filter_queryset(self, queryset: Any) -> Any:
        rows = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("wie"):
            rows = rows.filter(behandelaar__in=whose_work(self.request.user, today()))
        return rows if self.form.cleaned_data.get("stand") else rows.open()


class WerkprocessenView(Lijst):
    permission = "leerplicht.lezen"
    template_name = "leerplicht/werkprocessen.html"
    filterset_class = WerkprocesFilter
    sorteringen = {
        "termijn": ("termijn", "toestand_sinds", "pk"),
        "naam": ("jongere__sorteernaam", "pk"),
        "gestart": ("gestart_op", "pk"),
    }

    def rijen(self) -> "QuerySet[Werkproces]":
        termen = Actie.objects.open().filter(
            werkproces=OuterRef("pk"), grondslag__startswith="termijn:"
        )
        first = termen.order_by("vervalt_op").values("vervalt_op")[:1]
        rows = own_werkprocessen(self.request.user).select_related("jongere", "behandelaar")
        return rows.annotate(termijn=Subquery(first))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["werkprocessen"] = [
            (w, state.label if (state := tabel_of(w).toestanden.get(w.toestand)) else w.toestand)
            for w in context["object_list"]
        ]
        user: Any = self.request.user
        context["mag_leiden"] = user.may("leerplicht.leiden")
        return context


class WerkprocesMixin(RechtMixin, RedenMixin):
    politiemodel = Werkproces
    request: HttpRequest
    kwargs: dict[str, Any]

    def get_werkproces(self) -> Werkproces:
        rows = own_werkprocessen(self.request.user).select_related(
            "jongere__gemeente", "behandelaar", "gemeente"
        )
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class WerkprocesView(WerkprocesMixin, TemplateView):
    permission = "leerplicht.lezen"
    template_name = "leerplicht/werkproces.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        werkproces = self.get_werkproces()
        jongere = werkproces.jongere
        record_read(jongere, by=user, onderdeel="werkproces")
        stappen = list(werkproces.stappen.select_related("uitvoerder").order_by("volgorde"))
        gewoon, bijzonder = possible_steps(werkproces, user, today())
        own = {"werkproces": werkproces}
        acties = list(Actie.objects.visible_to(user).open().filter(**own).order_by("vervalt_op"))
        afspraken = list(Afspraak.objects.visible_to(user).filter(**own).order_by("-begin")[:5])
        contacten = Contactmoment.objects.visible_to(user).filter(**own)
        contacten = list(contacten.select_related("gebruiker").order_by("-datum", "-pk")[:10])
        documenten = Document.objects.visible_to(user).filter(**own).order_by("-datum", "-pk")
        shown = [werkproces, *acties, *afspraken, *contacten, *documenten]
        record_shown(shown, by=user, handeling="tonen")
        return super().get_context_data(
            werkproces=werkproces,
            jongere=jongere,
            identiteit=identity_of(jongere, user),
            toestand=tabel_of(werkproces).toestanden[werkproces.toestand],
            route=route_of(werkproces, stappen),
            routes=routes(stappen),
            gewoon=gewoon,
            bijzonder=bijzonder,
            geschiedenis=_history(werkproces, stappen),
            meldingen=Verzuimmelding.objects.visible_to(user).filter(**own).for_list(),
            acties=acties,
            afspraken=afspraken,
            zonder_uitkomst=[a for a in afspraken if a.is_gepland and a.begin <= timezone.now()],
            contacten=contacten,
            documenten=documenten,
            opsporing=police_cases(werkproces, user),
            gezin=Luxeverzuim.objects.visible_to(user).filter(**own).first()
            if werkproces.soort == Werkprocessoort.LUXE
            else None,
            aanvragen=asked_for(werkproces, user),
            mag_schrijven=user.may(
                "leerplicht.schrijven", werkproces.gemeente_id or jongere.gemeente_id
            ),
            **kwargs,
        )


def planning_url(werkproces: Werkproces) -> str:
    url = reverse("casework:afspraak", args=[werkproces.jongere.uuid])
    return f"{url}?{urlencode({'werkproces': str(werkproces.uuid)})}"


# What a werkproces of these kinds is about.
AANVRAGEN: dict[str, Any] = {
    Werkprocessoort.VERLOF: Verlof,
    Werkprocessoort.VRIJSTELLING: Vrijstelling,
    Werkprocessoort.VERV_LEERPLICHT: Vrijstelling,
}


def asked_for(werkproces: Werkproces, user: Any) -> list[Any]:
    """The leave or exemption that this werkproces decides on."""
    model = AANVRAGEN.get(werkproces.soort)
    if model is None:
        return []
    return list(model.objects.visible_to(user).filter(werkproces=werkproces).order_by("pk"))


def police_cases(werkproces: Werkproces, user: Any) -> list[Any]:
    """Halt and strafzaken of this werkproces, for opsporing, each with a line in the log."""
    if not user.may("opsporing.lezen"):
        return []
    models: tuple[Any, ...] = (Haltzaak, Strafzaak)
    own = {"werkproces": werkproces}
    zaken = [z for m in models for z in m.objects.visible_to(user).filter(**own).order_by("pk")]
    record_shown(zaken, by=user, handeling="lijst")
    return zaken


def _history(werkproces: Werkproces, stappen: list[Any]) -> list[dict[str, Any]]:
    """Steps as lines of a timeline, newest first, with the answers given."""
    return [
        {
            "moment": row.uitgevoerd_op or row.gepland_op,
            "titel": stap.label if stap else row.get_soort_display(),
            "tekst": "\n".join([*_answers(stap, row), row.verslag]).strip(),
            "actor": str(row.uitvoerder or ""),
        }
        for row in reversed(stappen)
        for stap in [stap_of(werkproces, row.stap)]
    ]


def _answers(stap: Stap[Werkproces] | None, row: Any) -> list[str]:
    """What was answered; imported steps have an outcome instead."""
    return answers_of(stap, row.gegevens) if stap else [row.uitkomst] if row.uitkomst else []


class StapView(WerkprocesMixin, FormView):
    """One step: its form, made from the table, and performing it."""

    permission = "leerplicht.lezen"  # the table names the permission of each step
    template_name = "leerplicht/stap.html"
    form_class = StapForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self._werkproces: Werkproces | None = None

    @property
    def werkproces(self) -> Werkproces:
        if self._werkproces is None:
            self._werkproces = self.get_werkproces()
        return self._werkproces

    @property
    def stap(self) -> Stap[Werkproces]:
        stap = tabel_of(self.werkproces).stappen.get(self.kwargs["stap"])
        if stap is None or not stap.knop:
            raise Http404("Deze stap bestaat niet.")
        return stap

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stap.naam == UITNODIGEN:  # planning the appointment does this step
            return redirect(planning_url(self.werkproces))
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "stap": self.stap}

    def get_initial(self) -> dict[str, Any]:
        return {"datum": today()}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            perform(
                self.werkproces,
                self.stap.naam,
                tabel=tabel_of(self.werkproces),
                by=self.request.user,
                day=today(),
                gegevens=form.gegevens,
                verslag=form.verslag,
            )
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        messages.success(self.request, f"Gedaan: {self.stap.label.lower()}.")
        brief = brief_url(self.stap, self.werkproces) if "brief" in self.request.POST else ""
        return redirect(brief or self.werkproces)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        jongere, user = self.werkproces.jongere, self.request.user
        record_shown([self.werkproces], by=user, handeling="tonen")
        case, stap, day = self.werkproces, self.stap, today()
        nodig = hindrance(case, stap, self.request.user, tabel=tabel_of(case), day=day)
        return super().get_context_data(
            werkproces=case,
            jongere=jongere,
            identiteit=identity_of(jongere, user),
            stap=stap,
            nodig=nodig,
            # What stands in the way of a step of another may be police data.
            afwijkend=[] if nodig else departures(stap, case, {}, day),
            afspraken=self._appointments() if stap.naam in FEITEN else [],
            **kwargs,
        )

    def _appointments(self) -> list[Afspraak]:
        """Whose outcome does this step: typed there, it need not be typed here."""
        rows = Afspraak.objects.visible_to(self.request.user).filter(werkproces=self.werkproces)
        found = list(rows.filter(uitkomst=Afspraak.Uitkomst.GEPLAND).order_by("begin")[:5])
        record_shown(found, by=self.request.user, handeling="tonen")
        return found


class AfwijkenView(RechtMixin, TemplateView):
    """Pas toe of leg uit: how often which reason, per gemeente, in one schooljaar."""

    permission = "leerplicht.leiden"
    template_name = "leerplicht/afwijken.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SchooljaarForm(self.request.GET or None, day=today())
        rijen = departures_of(self.request.user, form.gekozen)
        return super().get_context_data(
            form=form,
            schooljaar=form.gekozen,
            redenen=[label for _, label in AFWIJKREDENEN],
            rijen=[(naam, list(aantal.values()), totaal) for naam, aantal, totaal in rijen],
            **kwargs,
        )
