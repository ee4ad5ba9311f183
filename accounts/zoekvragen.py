"""What somebody types to search stays out of addresses: the address holds a key of the session.

A form with a field for free text is sent by POST and answered with an address in which that text
is replaced (`?naam=~x7Kp2Qa9&taak=leerplicht`), so that paging, sorting, reloading and going back
work as with any list. Choices and dates stay readable and can be kept as a bookmark.
"""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect

from accounts.versleuteling import decrypt, encrypt

IN_SESSIE: Final = "zoekvragen"
TEKEN: Final = "~"  # no name starts with it
BEWAARD: Final = 40  # the newest texts of a session
LENGTE: Final = 100  # longer texts find nothing more


def keep(request: HttpRequest, text: str) -> str:
    """The key that stands for this text in an address, the same for the same text."""
    kept: dict[str, str] = request.session.get(IN_SESSIE, {})
    text = text[:LENGTE]
    for key, value in kept.items():
        if _read(value) == text:
            return TEKEN + key
    key = secrets.token_urlsafe(8)
    kept[key] = encrypt(text).hex()
    request.session[IN_SESSIE] = dict(list(kept.items())[-BEWAARD:])
    return TEKEN + key


def _read(value: str) -> str:
    return decrypt(bytes.fromhex(value))


def recall(request: HttpRequest, value: str) -> str | None:
    """The text behind a key; None when the session does not know it. Other texts as they are."""
    if not value.startswith(TEKEN):
        return value
    found = request.session.get(IN_SESSIE, {}).get(value[len(TEKEN) :])
    return _read(found) if found else None


def question(request: HttpRequest) -> QueryDict:
    """The query of the address with the texts that its keys stand for."""
    query = request.GET.copy()
    for name, values in request.GET.lists():
        if any(value.startswith(TEKEN) for value in values):
            texts = [recall(request, value) for value in values]
            query.setlist(name, [text for text in texts if text is not None])
            if None in texts:
                messages.info(request, "Uw zoektekst is niet meer bekend. Vul die opnieuw in.")
    return query


def free_texts(fields: Mapping[str, forms.Field]) -> list[str]:
    """Fields in which people may type anything: by these no form is sent with GET."""
    return [name for name, field in fields.items() if isinstance(field, forms.CharField)]


def to_address(request: HttpRequest, names: Iterable[str], texts: Iterable[str]) -> HttpResponse:
    """From what was posted to the address that shows it; empty fields are left out."""
    query = QueryDict(mutable=True)
    hidden = set(texts)
    for name in names:
        values = [value.strip() for value in request.POST.getlist(name) if value.strip()]
        query.setlist(name, [keep(request, v) if name in hidden else v for v in values])
    for name in [name for name in query if not query.getlist(name)]:
        del query[name]
    return redirect(f"{request.path}?{query.urlencode(safe=TEKEN)}" if query else request.path)


class ZoekvraagMixin:
    """A page whose filter form comes by POST with the mark `zoekvraag`, and shows by GET."""

    request: HttpRequest

    def filter_fields(self) -> Mapping[str, forms.Field]:
        raise NotImplementedError  # every subclass says its own

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.vraag = question(request)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # mixed into a View

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        fields = self.filter_fields()
        return to_address(request, fields, free_texts(fields))
