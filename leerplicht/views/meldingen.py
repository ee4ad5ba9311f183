"""The triage inbox, the page of one report, and entering a report."""

from typing import Any

import django_filters
from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import FormView, TemplateView, View

from accounts.domain.vertrek import whose_work
from accounts.rechten import Taak
from accounts.toegang import RechtMixin
from casework.domain.dossier import record_read
from casework.domain.herhaling import herhaling, herhalingen
from casework.domain.melding import count_per_schooljaar, find_doubles
from casework.domain.meldingstatus import Door, may_move
from casework.domain.plausibiliteit import plausibility
from casework.domain.politiezicht import record_shown
from casework.domain.schoolbericht import messages_of, moments
from casework.domain.statusbericht import send_again, withdraw_local
from casework.domain.vastgesteld import TE_KIEZEN, establish_soort
from casework.domain.verzuimdagen import days_as_text, replace_days
from casework.domain.zoeken import find, find_number, looks_like_number, read
from casework.errors import DomainError
from casework.models import Brief, Statusbericht, Verzuimdag, Verzuimmelding, Werkproces
from casework.schooljaar import today
from casework.views.basis import JongereMixin, identity_of
from casework.views.lijst import gemeenten_with
from casework.views.meldingen import Meldingenlijst, MeldingFilter
from leerplicht.domain.melding import back_to_school, note_only, open_werkprocessen, take_up
from leerplicht.domain.toewijzing import mine_or_nobodys
from leerplicht.domain.verzuimkaart import turn
from leerplicht.forms.melding import DagenForm, MeldingForm, RedenForm, SoortForm
from leerplicht.models import Verlof, Vrijstelling


def own_meldingen(user: Any) -> "QuerySet[Verzuimmelding]":
    return Verzuimmelding.objects.visible_to(user).filter(taak=Taak.LEERPLICHT)


own_gemeenten = gemeenten_with("leerplicht.lezen")


class EigenFilter(MeldingFilter):
    wie = django_filters.ChoiceFilter(
        label="Behandelaar",
        empty_label="Van iedereen",
        method="by_wie",
        choices=[("mij", "Van mij of van niemand"), ("niemand", "Nog van niemand")],
    )
    gemeente = django_filters.ModelChoiceFilter(
        label="Gemeente", queryset=own_gemeenten, empty_label="Alle"
    )
    vastgesteld = django_filters.ChoiceFilter(
        label="Vastgestelde soort",
        empty_label="Alle",
        method="by_vastgesteld",
        choices=[("geen", "Nog niet vastgesteld"), ("anders", "Anders dan gemeld"), *TE_KIEZEN],
    )

    def by_vastgesteld(self, rows: Any, name: str, value: str) -> Any:
        if value == "anders":
            return rows.exclude(vastgestelde_soort__in=["", F("soort")])
        return rows.filter(vastgestelde_soort="" if value == "geen" else value)

    def by_wie(self, rows: Any, name: str, value: str) -> Any:
        if value == "niemand":
            return rows.filter(behandelaar__isnull=True)
        return rows.filter(mine_or_nobodys(whose_work(self.request.user, today())))


class MeldingenView(Meldingenlijst):
    permission = "leerplicht.lezen"
    schrijven = "leerplicht.schrijven"
    template_name = "leerplicht/meldingen.html"
    filterset_class = EigenFilter

    def own(self) -> "QuerySet[Verzuimmelding]":
        return own_meldingen(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user: Any = self.request.user
        counts = herhalingen(context["object_list"], user)
        for melding in context["object_list"]:
            melding.herhaling = counts[melding.pk]
        return context

    def note(self, melding: Verzuimmelding) -> None:
        user: Any = self.request.user
        note_only(melding, by=user, day=today())


class MeldingMixin(RechtMixin):
    """View about one report of leerplicht in the user's sight."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def get_melding(self) -> Verzuimmelding:
        rows = own_meldingen(self.request.user).select_related(
            "jongere__gemeente",
            "school",
            "gemeente__doorstroompuntregio",
            "werkproces",
            "beoordeeld_door",
            "behandelaar",
        )
        return get_object_or_404(rows, uuid=self.kwargs["uuid"])


class MeldingView(MeldingMixin, TemplateView):
    """One report with all that bears on the choice what to do with it."""

    permission = "leerplicht.lezen"
    template_name = "leerplicht/melding.html"
    form: RedenForm | None = None
    soort_form: SoortForm | None = None
    dagen_form: DagenForm | None = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        melding = self.get_melding()
        jongere = melding.jongere
        record_read(jongere, by=user, onderdeel="melding")
        others = list(own_meldingen(user).filter(jongere=jongere).for_list()[:200])
        before = [m for m in others if m.pk != melding.pk]
        alle_dagen = list(Verzuimdag.objects.filter(melding__in=others).order_by("datum"))
        dagen = [dag for dag in alle_dagen if dag.melding_id == melding.pk]
        open_ = melding.beoordeeld_op is None and melding.status in ("R", "LOKAAL")
        vrijstellingen = Vrijstelling.objects.visible_to(user).filter(jongere=jongere)
        verloven = Verlof.objects.visible_to(user).filter(jongere=jongere)
        lopend = list(open_werkprocessen(jongere, user))
        own = Werkproces.objects.visible_to(user).filter(pk=melding.werkproces_id).first()
        record_shown({*lopend, own} - {None}, by=user, handeling="lijst")
        return super().get_context_data(
            melding=melding,
            jongere=jongere,
            identiteit=identity_of(jongere, user),
            werkproces=own,
            eerder=before[:10],
            per_schooljaar=count_per_schooljaar(others),
            dagen=dagen,
            lopend=lopend,
            vrijstellingen=vrijstellingen.select_related("jongere").order_by("-begindatum", "-pk")[
                :5
            ],
            verloven=verloven.select_related("jongere").order_by("-van", "-pk")[:5],
            beurt=turn(melding, others, alle_dagen, vandaag=today()),
            hints=plausibility(melding, before, dagen),
            mag_sturen=user.may("leerplicht.schrijven", melding.gemeente_id),
            intrekbaar=may_move(melding.status, "I", Door.MELDER)
            and not melding.duo_meldingnummer
            and user.may("leerplicht.schrijven", melding.gemeente_id),
            herhaling=herhaling(melding, before),
            berichten=Statusbericht.objects.visible_to(user).filter(melding=melding).order_by("pk"),
            te_beoordelen=open_ and user.may("leerplicht.schrijven", melding.gemeente_id),
            schoolberichten=messages_of(
                melding,
                list(
                    Brief.objects.visible_to(user)
                    .filter(verzuimmelding=melding)
                    .select_related("ronde")
                    .order_by("pk")
                ),
            ),
            form=self.form or RedenForm(),
            soort_form=self.soort_form or SoortForm(initial=_found(melding)),
            dagen_form=self.dagen_form or DagenForm(initial={"dagen": days_as_text(dagen)}),
            mag_soort=melding.status != "I"
            and user.may("leerplicht.schrijven", melding.gemeente_id),
            **kwargs,
        )


def _found(melding: Verzuimmelding) -> dict[str, str]:
    soort = melding.vastgestelde_soort or melding.soort
    return {"vastgestelde_soort": soort, "soort_reden": melding.soort_reden}


class MeldingActieView(MeldingMixin, View):
    """POST only: take up, note, back to school, withdraw, tell DUO again, soort, days."""

    permission = "leerplicht.schrijven"
    acties = frozenset(
        {"oppakken", "kennisgeving", "school", "intrekken", "opnieuw", "soort", "dagen"}
    )

    def post(self, request: HttpRequest, uuid: Any, actie: str) -> HttpResponseBase:
        if actie not in self.acties:
            raise Http404("Deze actie bestaat niet.")
        melding = self.get_melding()
        try:
            return getattr(self, f"do_{actie}")(melding)
        except DomainError as error:
            messages.error(request, str(error))
            return redirect(melding)

    def do_oppakken(self, melding: Verzuimmelding) -> HttpResponseBase:
        chosen = None
        if asked := self.request.POST.get("werkproces"):
            rows = open_werkprocessen(melding.jongere, self.request.user)
            chosen = next((w for w in rows if str(w.uuid) == asked), None)
            if chosen is None:
                raise DomainError("Kies een open werkproces van deze jongere.")
        werkproces: Werkproces = take_up(
            melding, by=self.request.user, day=today(), werkproces=chosen
        )
        done = "De melding hoort nu bij dit werkproces." if chosen else "Het werkproces is geopend."
        messages.success(self.request, done)
        return redirect(werkproces)

    def do_kennisgeving(self, melding: Verzuimmelding) -> HttpResponseBase:
        melding = note_only(melding, by=self.request.user, day=today())
        done = f"De melding van {melding.jongere.naam} is ter kennisgeving aangenomen."
        if moments(melding):  # DUO does not tell this school
            messages.success(self.request, f"{done} Laat het de school weten met een brief.")
            return redirect(melding)
        messages.success(self.request, done)
        return redirect("leerplicht:meldingen")

    def do_intrekken(self, melding: Verzuimmelding) -> HttpResponseBase:
        withdraw_local(melding, by=self.request.user, now=timezone.now())
        messages.success(self.request, "De melding is ingetrokken.")
        return redirect(melding)

    def do_opnieuw(self, melding: Verzuimmelding) -> HttpResponseBase:
        rows = Statusbericht.objects.visible_to(self.request.user).filter(melding=melding)
        asked = self.request.POST.get("bericht", "")
        bericht = next((b for b in rows if str(b.uuid) == asked), None)
        if bericht is None:
            raise DomainError("Kies een bericht van deze melding.")
        send_again(bericht, by=self.request.user)
        messages.success(self.request, "Het bericht gaat opnieuw naar DUO.")
        return redirect(melding)

    def do_soort(self, melding: Verzuimmelding) -> HttpResponseBase:
        form = SoortForm(self.request.POST)
        if not form.is_valid():
            return self.show_again(melding, soort_form=form)
        data = form.cleaned_data
        establish_soort(
            melding,
            data["vastgestelde_soort"],
            data["soort_reden"],
            by=self.request.user,
            now=timezone.now(),
        )
        messages.success(self.request, "De soort verzuim is vastgesteld.")
        return redirect(melding)

    def do_dagen(self, melding: Verzuimmelding) -> HttpResponseBase:
        form = DagenForm(self.request.POST)
        if not form.is_valid():
            return self.show_again(melding, dagen_form=form)
        replace_days(melding, form.cleaned_data["dagen"], by=self.request.user)
        messages.success(self.request, "De dagen zijn opgeslagen.")
        return redirect(melding)

    def show_again(self, melding: Verzuimmelding, **forms: Any) -> HttpResponseBase:
        """The page with what was typed and what is wrong with it."""
        view = MeldingView(**forms)
        view.setup(self.request, uuid=melding.uuid)
        return view.render_to_response(view.get_context_data())

    def do_school(self, melding: Verzuimmelding) -> HttpResponseBase:
        form = RedenForm(self.request.POST)
        if not form.is_valid():
            return self.show_again(melding, form=form)
        werkproces = back_to_school(
            melding, by=self.request.user, day=today(), reden=form.cleaned_data["reden"]
        )
        messages.success(self.request, "De school is aan zet. U ziet de termijn bij Mijn dag.")
        return redirect(werkproces)


class MeldingNieuwView(RechtMixin, TemplateView):
    """First find the person; a BSN comes by POST."""

    limiet = "zoeken"
    permission = "leerplicht.schrijven"
    template_name = "leerplicht/melding_nieuw.html"

    def post(self, request: HttpRequest) -> HttpResponse:
        text = request.POST.get("q", "").strip()
        if looks_like_number(text):
            uitslag = find_number("".join(c for c in text if c.isdigit()), request.user)
        else:
            uitslag = find(read(text), request.user)
        context = self.get_context_data(uitslag=uitslag, tekst=text)
        return self.render_to_response(context)


class MeldingBijView(JongereMixin, FormView):
    """Enter a report of this jongere; what looks like the same absence is shown first."""

    permission = "leerplicht.schrijven"
    template_name = "leerplicht/melding_bij.html"
    form_class = MeldingForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "jongere": self.jongere}

    def get_initial(self) -> dict[str, Any]:
        return {"melddatum": today(), "kanaal": "SCHOOL_DIRECT", "soort": "O"}

    def form_valid(self, form: Any) -> HttpResponse:
        user = self.request.user
        if "toch" not in self.request.POST:
            doubles = find_doubles(self.jongere, form.invoer)
            seen = set(
                own_meldingen(user).filter(jongere=self.jongere).values_list("pk", flat=True)
            )
            doubles = [m for m in doubles if m.pk in seen]
            if doubles:
                context = self.get_context_data(form=form, dubbel=doubles)
                return self.render_to_response(context)
        try:
            melding = form.apply(by=user)
        except DomainError as error:
            form.add_error(None, str(error))
            return self.form_invalid(form)
        if melding.taak != Taak.LEERPLICHT:
            messages.success(
                self.request,
                "De melding is opgeslagen voor het Doorstroompunt: de jongere viel op de eerste"
                " verzuimdag niet onder de leerplicht of kwalificatieplicht.",
            )
            return redirect(self.jongere)
        messages.success(self.request, "De melding is opgeslagen.")
        return redirect(melding)
