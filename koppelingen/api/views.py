"""The resources of the API."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.http import QueryDict
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiResponse, extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.rechten import INGELOGD, OPENBAAR, gemeenten_for
from casework.models import Gemeente
from koppelingen.api import VERSIE
from koppelingen.api.basis import PROBLEM, Bron
from koppelingen.api.vormen import Antwoordvorm, Indicatorvorm, Probleemvorm, Vraagvorm
from reporting.catalogus import CATALOGUS
from reporting.indicatoren import collect, not_available
from reporting.indicatoren.uitvoer import Antwoord, document

FOUTEN = {
    (code, PROBLEM): OpenApiResponse(Probleemvorm, description=text)
    for code, text in {
        400: "De vraag klopt niet",
        401: "Niet ingelogd",
        403: "Geen recht",
        429: "Te veel vragen",
    }.items()
}


class SessieSchema(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # registers itself
    """How the OpenAPI document names the login."""

    target_class = "koppelingen.api.toegang.Sessie"
    name = "sessie"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}


class Indicatoren(Bron):
    permission = "cijfers.lezen"

    @extend_schema(
        summary="De catalogus van cijfers, met wat elk cijfer telt",
        responses={200: Indicatorvorm(many=True), **FOUTEN},
    )
    def get(self, request: Request) -> Response:
        missing = set(not_available())
        rows = [
            asdict(i)
            | {"thema": str(i.thema), "eenheid": i.eenheid, "beschikbaar": i.id not in missing}
            for i in CATALOGUS.values()
        ]
        return Response(rows)


class Cijfers(Bron):
    permission = "cijfers.lezen"
    throttle_scope = "cijfers"

    @extend_schema(
        summary="Cijfers van gemeenten en schooljaren, zoals ook in het jaarverslag",
        parameters=[Vraagvorm],
        responses={200: Antwoordvorm, **FOUTEN},
    )
    def get(self, request: Request) -> Response:
        vorm = Vraagvorm(data=_lists(request.query_params))
        vorm.is_valid(raise_exception=True)
        vraag: dict[str, Any] = vorm.validated_data
        gemeenten = list(dict.fromkeys(vraag["gemeente"]))
        self._check_gemeenten(request, gemeenten)
        asked = vraag.get("indicator")
        cijfers = collect(gemeenten, vraag["schooljaar"], asked)
        answer = document(Antwoord(gemeenten, vraag["schooljaar"], cijfers))
        return Response(answer | {"nogNietBeschikbaar": not_available(asked)})

    def _check_gemeenten(self, request: Request, codes: list[str]) -> None:
        """Unknown and not allowed sound the same."""
        own = Gemeente.objects.filter(pk__in=gemeenten_for(request.user, self.permission))
        strange = sorted(set(codes) - set(own.values_list("code", flat=True)))
        if strange:
            raise PermissionDenied(f"U hebt geen recht op cijfers van {', '.join(strange)}.")


def _lists(parameters: QueryDict) -> dict[str, list[str]]:
    return {name: values for name, values in parameters.lists() if name in Vraagvorm().fields}


class OpenApi(SpectacularJSONAPIView):
    """The description of the API, for everyone, from every site."""

    permission = OPENBAAR
    custom_settings = {"VERSION": VERSIE}

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response = super().get(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["API-Version"] = VERSIE
        return response


class Onbekend(Bron):
    """Any other address: a problem document too, not the page of the website."""

    permission = INGELOGD

    @extend_schema(exclude=True)
    def get(self, request: Request, rest: str = "") -> Response:
        raise NotFound("Dit adres bestaat niet in de API. Zie /api/v1/openapi.json.")
