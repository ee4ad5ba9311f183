"""The headers of every kind of answer, from a page to an error."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from accounts.rechten import Rol, Taak
from casework.views.documenten import ZANDBAK
from config import urls
from tests.accounts.test_csp import POLICY, policy_of
from tests.factories import GemeenteFactory, make_gebruiker
from tests.ingangen import ingangen

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
KOPPEN = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def boom(request: object) -> HttpResponse:
    raise ValueError("geheim detail 4711")


urlpatterns = [*urls.urlpatterns, path("knal/", boom)]


def wrong_headers(response) -> dict[str, str]:
    """What differs from the policy of the site; a document has a stricter one of its own."""
    found = {name: response.headers.get(name, "") for name in KOPPEN}
    wrong = {name: value for name, value in found.items() if value != KOPPEN[name]}
    policy = response.headers.get("Content-Security-Policy", "")
    if policy != ZANDBAK and (not policy or policy_of(response) != POLICY):
        wrong["Content-Security-Policy"] = policy
    return wrong


@pytest.fixture
def deuren():
    gemeente = GemeenteFactory()
    user = make_gebruiker(*((t, Rol.LEIDINGGEVENDE) for t in Taak), gemeente=gemeente)
    site = Client(raise_request_exception=False)
    site.force_login(user, BACKEND)
    return site, ingangen(gemeente, user)


@pytest.mark.eis("H1", "H2")
def test_every_route_carries_them_by_every_method(deuren):
    site, doors = deuren
    wrong, codes = {}, set()

    for number, door in enumerate(doors):
        # The middleware does not look at the method: the other two take their turns.
        for target in {door.path, door.absent}:
            for method in ("get", ("head", "put")[number % 2]):
                response = getattr(site, method)(target)
                response.getvalue()
                codes.add(response.status_code)
                if found := wrong_headers(response):
                    wrong[f"{method} {target}"] = found

    assert wrong == {}
    assert {200, 302, 404, 405} <= codes


@pytest.mark.eis("H1", "H2", "H7")
@pytest.mark.urls("tests.test_koppen")
def test_an_error_carries_them_and_tells_nothing(deuren):
    site, _ = deuren

    response = site.get("/knal/")

    text = response.content.decode()
    assert response.status_code == 500
    assert wrong_headers(response) == {}
    assert "4711" not in text
    assert "Traceback" not in text
    assert "Django" not in text


@pytest.mark.eis("H1", "H2")
def test_refusals_carry_them(settings):
    settings.LIMIETEN = {**settings.LIMIETEN, "zoeken": "0/m"}
    user = make_gebruiker((Taak.LEERPLICHT, Rol.LEZER))
    site = Client(enforce_csrf_checks=True)
    anonymous = site.get("/jongeren/")
    site.force_login(user, BACKEND)

    answers = {
        302: anonymous,
        403: site.post("/jongere/nieuw/"),
        404: site.get("/bestaat-niet/"),
        429: site.get("/zoeken/"),
        400: site.get("/", headers={"Host": "elders.example"}),
    }

    assert {code: r.status_code for code, r in answers.items()} == {c: c for c in answers}
    assert {code: wrong_headers(r) for code, r in answers.items()} == {c: {} for c in answers}
