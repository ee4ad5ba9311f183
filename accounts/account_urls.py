"""The pages of allauth that are in use. Sign-up and changing the own e-mail address are not."""

from allauth.account import views
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path

from accounts import views_factor as factor
from accounts import views_oidc as oidc
from accounts import views_sleutel as sleutel
from accounts.oidc import PROVIDER
from accounts.views import UitlogView


@login_not_required
def not_here(request: HttpRequest, **kwargs: object) -> HttpResponse:
    """allauth asks for these names; the pages do not exist here."""
    raise Http404("Deze pagina bestaat niet.")


urlpatterns = [
    path("login/", views.login, name="account_login"),
    path("logout/", UitlogView.as_view(), name="account_logout"),
    path("inactief/", views.account_inactive, name="account_inactive"),
    path("bevestigen/", factor.WachtwoordBevestigView.as_view(), name="account_reauthenticate"),
    path("bevestigen/code/", factor.CodeBevestigView.as_view(), name="mfa_reauthenticate"),
    path(
        "organisatie/",
        login_not_required(oidc.OrganisatieLoginView.as_view()),
        name="organisatie_login",
    ),
    path(
        "organisatie/terug/",
        login_not_required(oidc.OrganisatieTerugView.as_view()),
        {"provider_id": PROVIDER},
        name="openid_connect_callback",
    ),
    path("login/code/", factor.CodeView.as_view(), name="mfa_authenticate"),
    path("tweede-stap/", factor.FactorenView.as_view(), name="mfa_index"),
    path("tweede-stap/instellen/", factor.TotpInstelView.as_view(), name="mfa_activate_totp"),
    path("tweede-stap/verwijderen/", factor.TotpWegView.as_view(), name="mfa_deactivate_totp"),
    path(
        "bevestigen/sleutel/",
        sleutel.SleutelBevestigView.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("tweede-stap/sleutel/nieuw/", sleutel.SleutelNieuwView.as_view(), name="mfa_add_webauthn"),
    path(
        "tweede-stap/sleutel/<int:pk>/naam/",
        sleutel.SleutelNaamView.as_view(),
        name="mfa_edit_webauthn",
    ),
    path(
        "tweede-stap/sleutel/<int:pk>/verwijderen/",
        sleutel.SleutelWegView.as_view(),
        name="mfa_remove_webauthn",
    ),
    path(
        "tweede-stap/herstelcodes/",
        factor.HerstelcodesView.as_view(),
        name="mfa_view_recovery_codes",
    ),
    path(
        "tweede-stap/herstelcodes/nieuw/",
        factor.HerstelcodesNieuwView.as_view(),
        name="mfa_generate_recovery_codes",
    ),
    path("wachtwoord/", views.password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", views.password_reset, name="account_reset_password"),
    path("wachtwoord/gestuurd/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/klaar/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("aanmelden/", not_here, name="account_signup"),
    path("wachtwoord/eerste/", not_here, name="account_set_password"),
    path("e-mail/", not_here, name="account_email"),
    path("e-mail/bevestigen/", not_here, name="account_email_verification_sent"),
]
