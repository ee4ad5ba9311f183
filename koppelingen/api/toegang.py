"""Login and right of the API. Settings name these, so nothing here imports the views of DRF."""

from typing import Any

from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import NotAuthenticated
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from accounts.rechten import INGELOGD, OPENBAAR


class Sessie(SessionAuthentication):
    """The session of the website. Naming a scheme makes "not logged in" a 401 and not a 403."""

    def authenticate_header(self, request: Request) -> str:
        return "Session"


class HeeftRecht(BasePermission):
    """The resource names its permission, as every page does."""

    message = "U hebt geen recht op deze gegevens."

    def has_permission(self, request: Request, view: Any) -> bool:
        permission: str = getattr(view, "permission", "")
        if permission == OPENBAAR:
            return True
        if not request.user.is_authenticated:
            raise NotAuthenticated("Log eerst in.")
        return permission == INGELOGD or bool(request.user.may(permission))
