"""What every resource of the API shares: version header, errors as problem+json."""

import logging
from typing import Any

from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler, set_rollback

from koppelingen.api import VERSIE

logger = logging.getLogger(__name__)

PROBLEM = "application/problem+json"
TITELS = {
    400: "De vraag klopt niet",
    401: "Niet ingelogd",
    403: "Geen recht",
    404: "Niet gevonden",
    405: "Deze methode kan hier niet",
    406: "Deze vorm kan niet worden gegeven",
    429: "Te veel vragen",
    500: "Er ging iets mis",
}


class Bron(APIView):
    """A resource: one permission, and the version of the API in each answer."""

    permission = ""

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        response = super().finalize_response(request, response, *args, **kwargs)
        response["API-Version"] = VERSIE
        response["Cache-Control"] = "no-store"
        return response


def as_problem(exc: Exception, context: dict[str, Any]) -> Response:
    """Each error as RFC 9457, with all wrong parameters at once."""
    response = exception_handler(exc, context)
    if response is None:
        logger.exception("Onverwachte fout in de API", exc_info=exc)
        set_rollback()
        response = Response(status=status.HTTP_500_INTERNAL_SERVER_ERROR)
    code = response.status_code
    problem = {"status": code, "title": TITELS.get(code, "De vraag kan niet worden beantwoord")}
    if isinstance(exc, exceptions.ValidationError) and isinstance(exc.detail, dict):
        problem["detail"] = "Een of meer parameters kloppen niet."
        problem["invalidParams"] = _parameters(exc.detail)
    elif isinstance(exc, exceptions.APIException):
        problem["detail"] = str(exc.detail)
    response.data = problem
    response.content_type = PROBLEM
    return response


def _parameters(detail: dict[str, Any]) -> list[dict[str, str]]:
    """One row a reason; the errors of a list come by the place of the value in it."""
    found = []
    for name, reasons in detail.items():
        groups = reasons.values() if isinstance(reasons, dict) else [reasons]
        found += [{"name": name, "reason": str(r)} for group in groups for r in group]
    return found
