"""Own profile and sessions, help, and the accessibility statement."""

from typing import Any

from allauth.account.views import LogoutView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import TemplateDoesNotExist, get_template
from django.views.generic import TemplateView, View

from accounts.hulp import ONDERWERPEN
from accounts.navigatie import menu_for
from accounts.rechten import INGELOGD, OPENBAAR
from accounts.sessies import end_sessions, program_of, stand
from accounts.toegang import RechtMixin


class StartView(RechtMixin, View):
    """To the first page of the menu: the daily work of whoever logs in."""

    permission = INGELOGD

    def get(self, request: HttpRequest) -> HttpResponse:
        menu = menu_for(request.user, request)  # type: ignore[arg-type]  # logged in
        return redirect(menu[0].items[0].url if menu else "accounts:profiel")


class ProfielView(RechtMixin, TemplateView):
    permission = INGELOGD
    template_name = "accounts/profiel.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        rows = user.bevoegdheden.select_related("gemeente").order_by("taak", "gemeente__naam")
        return super().get_context_data(
            bevoegdheden=rows, mag_agenda=user.may("dossier.lezen"), **kwargs
        )


class SessiesView(RechtMixin, TemplateView):
    """The places where the user is logged in; all but this one can be ended."""

    permission = INGELOGD
    template_name = "accounts/sessies.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sessies = UserSession.objects.purge_and_list(self.request.user)
        for sessie in sessies:
            sessie.programma = program_of(sessie.user_agent)
        return super().get_context_data(sessies=sessies, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        end_sessions(request.user, keep=request.session.session_key)
        messages.success(request, "U bent op alle andere plekken uitgelogd.")
        return redirect("accounts:sessies")


class SessieView(RechtMixin, View):
    """Seconds left of this session; POST is activity and so extends it."""

    permission = INGELOGD

    def get(self, request: HttpRequest) -> HttpResponse:
        left = stand(request.session)
        return JsonResponse({"seconden": left.seconden, "verlengbaar": left.verlengbaar})

    post = get


class UitlogView(LogoutView):
    """Log out by POST; the browser forgets the pages and drafts of this site as well."""

    permission = INGELOGD

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(*args, **kwargs)
        response["Clear-Site-Data"] = '"cache", "storage"'
        return response


class HulpView(RechtMixin, TemplateView):
    permission = INGELOGD
    template_name = "hulp/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(onderwerpen=ONDERWERPEN, **kwargs)


class HulpPaginaView(RechtMixin, TemplateView):
    permission = INGELOGD

    def get_template_names(self) -> list[str]:
        slug = self.kwargs["onderwerp"]
        name = f"hulp/{slug}.html"
        try:
            get_template(name)
        except TemplateDoesNotExist as error:
            raise Http404("Deze hulppagina bestaat niet.") from error
        return [name]


class ToegankelijkheidView(RechtMixin, TemplateView):
    permission = OPENBAAR
    template_name = "hulp/toegankelijkheid.html"
