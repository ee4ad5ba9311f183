"""User administration: the list, a user with his rights, and what may be changed."""

from collections.abc import Mapping
from datetime import date
from smtplib import SMTPException
from typing import Any

from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from accounts.domain import beheer, toegangscontrole
from accounts.forms_beheer import EindeForm, GebruikerForm, GebruikersFilter, RechtForm
from accounts.gebeurtenissen import record
from accounts.models import Bevoegdheid, Gebruiker
from accounts.rechten import gemeenten_for
from accounts.toegang import RechtMixin
from accounts.zoekvragen import ZoekvraagMixin

PER_PAGINA = 50
ZONDER_MAIL = "django.core.mail.backends.dummy.EmailBackend"


class GebruikersView(RechtMixin, ZoekvraagMixin, TemplateView):
    permission = "beheer.lezen"
    template_name = "accounts/beheer/gebruikers.html"

    def filter_fields(self) -> Mapping[str, forms.Field]:
        by: Any = self.request.user
        return GebruikersFilter(by=by).fields

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        day = beheer.vandaag()
        form = GebruikersFilter(self.vraag, by=by)
        geldig = form.rechten.select_related("gemeente")
        rows = Gebruiker.objects.visible_to(by).prefetch_related(
            Prefetch("bevoegdheden", geldig.order_by("taak", "rol", "gemeente__naam"), "rechten_nu")
        )
        page = Paginator(form.apply(rows).order_by("naam", "pk"), PER_PAGINA).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(
            form=form,
            page_obj=page,
            mag=by.may(beheer.SCHRIJVEN),
            te_laat=toegangscontrole.due(toegangscontrole.visible_to(by, day), day).count(),
            **kwargs,
        )


class GebruikerMixin(RechtMixin):
    """The user of the address, when this beheerder may see him."""

    permission = beheer.SCHRIJVEN
    kwargs: dict[str, Any]
    request: HttpRequest

    def get_gebruiker(self) -> Gebruiker:
        by: Any = self.request.user
        user: Gebruiker = get_object_or_404(Gebruiker.objects.visible_to(by), pk=self.kwargs["pk"])
        return user


class GebruikerView(GebruikerMixin, TemplateView):
    permission = "beheer.lezen"
    template_name = "accounts/beheer/gebruiker.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by: Any = self.request.user
        user = self.get_gebruiker()
        day = beheer.vandaag()
        eigen = gemeenten_for(by, "beheer.lezen")
        rows = list(user.bevoegdheden.select_related("gemeente").order_by("taak", "-van", "pk"))
        rechten = [
            {
                "recht": recht,
                "stand": _state(recht, day),
                "mag": beheer.may_end(recht, by=by, day=day),
                "goedkeuren": beheer.may_approve(recht, by=by, day=day),
            }
            for recht in rows
            if recht.gemeente_id in eigen
        ]
        return super().get_context_data(
            gebruiker=user,
            rechten=rechten,
            wacht=any(r.wacht and not r.is_over(day) for r in rows),
            elders=any(r.gemeente_id not in eigen and not r.is_over(day) for r in rows),
            mag=by.may(beheer.SCHRIJVEN),
            geven=by.may(beheer.SCHRIJVEN) and user.is_active and user.pk != by.pk,
            zelf=user.pk == by.pk,
            **kwargs,
        )


def _state(recht: Bevoegdheid, day: date) -> tuple[str, str]:
    """Word and colour of the badge."""
    if recht.is_over(day):
        return "Voorbij", "neutral"
    if recht.wacht:
        return "Wacht op goedkeuring", "warning"
    return ("Geldt", "success") if recht.holds_on(day) else ("Geldt later", "info")


class _Formulier(GebruikerMixin, FormView):
    """A form about one user whose refusal by the domain is shown at the field."""

    vers = True
    klaar = ""

    def perform(self, form: Any) -> Gebruiker:
        raise NotImplementedError  # every subclass says its own

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            user = self.perform(form)
        except beheer.BeheerFout as error:
            veld = error.veld if error.veld in form.fields else None
            form.add_error(veld, str(error))
            return self.form_invalid(form)
        messages.success(self.request, self.klaar)
        return redirect("accounts:gebruiker", pk=user.pk)


class GebruikerNieuwView(_Formulier):
    form_class = GebruikerForm
    template_name = "accounts/beheer/gebruiker_nieuw.html"
    klaar = "De gebruiker is gemaakt. Geef nu een recht."

    def perform(self, form: Any) -> Gebruiker:
        by: Any = self.request.user
        user = beheer.create_gebruiker(by=by, **form.cleaned_data)
        send_password_link(self.request, user)
        return user


class GebruikerWijzigView(_Formulier):
    form_class = GebruikerForm
    template_name = "accounts/beheer/gebruiker_wijzig.html"
    klaar = "De gegevens zijn gewijzigd."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.get_gebruiker()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gebruiker=self.get_gebruiker(), **kwargs)

    def perform(self, form: Any) -> Gebruiker:
        by: Any = self.request.user
        # The form has already written the new values on its own instance.
        return beheer.change_gebruiker(self.get_gebruiker(), by=by, **form.cleaned_data)


class RechtNieuwView(_Formulier):
    form_class = RechtForm
    template_name = "accounts/beheer/recht_nieuw.html"
    klaar = "Het recht is gegeven."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        return {"van": beheer.vandaag()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gebruiker=self.get_gebruiker(), **kwargs)

    def perform(self, form: Any) -> Gebruiker:
        by: Any = self.request.user
        user = self.get_gebruiker()
        beheer.grant(user, form.invoer(), by=by, day=beheer.vandaag())
        return user


class RechtGoedkeurenView(GebruikerMixin, View):
    """POST only: the second person of a right to police data."""

    vers = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        user = self.get_gebruiker()
        recht = get_object_or_404(user.bevoegdheden, pk=self.kwargs["recht"])
        try:
            beheer.approve(recht, by=by, day=beheer.vandaag())
        except beheer.BeheerFout as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Het recht is goedgekeurd.")
        return redirect("accounts:gebruiker", pk=user.pk)


class RechtEindeView(_Formulier):
    form_class = EindeForm
    template_name = "accounts/beheer/recht_einde.html"
    klaar = "Het recht is beëindigd."

    def get_recht(self) -> Bevoegdheid:
        rows = self.get_gebruiker().bevoegdheden.select_related("gemeente", "gebruiker")
        recht: Bevoegdheid = get_object_or_404(rows, pk=self.kwargs["recht"])
        return recht

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        recht = self.get_recht()
        return super().get_context_data(recht=recht, gebruiker=recht.gebruiker, **kwargs)

    def perform(self, form: Any) -> Gebruiker:
        by: Any = self.request.user
        recht = self.get_recht()
        beheer.end_right(
            recht, by=by, day=beheer.vandaag(), laatste_dag=form.cleaned_data["laatste_dag"]
        )
        return recht.gebruiker


class GebruikerStandView(GebruikerMixin, TemplateView):
    """Check page, then no login any more; or login again."""

    vers = True
    template_name = "accounts/beheer/gebruiker_stand.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(gebruiker=self.get_gebruiker(), **kwargs)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        by: Any = request.user
        user = self.get_gebruiker()
        try:
            # The wanted state is sent along: a second click must not undo the first.
            if request.POST.get("stand") == "uit":
                beheer.deactivate(user, by=by, day=beheer.vandaag())
            elif request.POST.get("stand") == "aan":
                beheer.activate(user, by=by)
        except beheer.BeheerFout as error:
            messages.error(request, str(error))
        else:
            woord = "kan weer inloggen" if user.is_active else "kan niet meer inloggen"
            messages.success(request, f"{user.naam} {woord}.")
        return redirect("accounts:gebruiker", pk=user.pk)


class WachtwoordLinkView(GebruikerMixin, View):
    vers = True

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        user = self.get_gebruiker()
        if user.is_active:
            send_password_link(request, user)
        else:
            messages.error(request, "Deze gebruiker kan niet inloggen en krijgt dus geen link.")
        return redirect("accounts:gebruiker", pk=user.pk)


def send_password_link(request: HttpRequest, user: Gebruiker) -> None:
    """Mail a link to choose a password. Without mail a new user's link is shown to pass on."""
    if settings.EMAIL_BACKEND == ZONDER_MAIL:
        _show_link(request, user)
        return
    _record_link(request, user)
    form = ResetPasswordForm({"email": user.email})
    try:
        if form.is_valid():
            form.save(request)
    except (SMTPException, OSError):
        messages.error(request, "De e-mail kon niet worden verstuurd. Probeer het later opnieuw.")
        return
    messages.success(request, f"{user.naam} krijgt een e-mail om een wachtwoord te kiezen.")


def _record_link(request: HttpRequest, user: Gebruiker) -> None:
    by: Any = request.user
    with transaction.atomic():
        record("gebruiker.wachtwoordlink", user, by=by, taak="beheer")


def _show_link(request: HttpRequest, user: Gebruiker) -> None:
    if user.has_usable_password():
        messages.error(
            request,
            "E-mail is hier niet ingesteld. Alleen een nieuwe gebruiker kan een link krijgen.",
        )
        return
    _record_link(request, user)
    url = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(user),
            "key": default_token_generator.make_token(user),
        },
    )
    messages.info(
        request,
        f"E-mail is hier niet ingesteld. Geef deze link aan {user.naam}:"
        f" {request.build_absolute_uri(url)}",
    )
