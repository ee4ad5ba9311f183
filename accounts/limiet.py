"""How often one user, and one address, may ask for what is heavy or gives much away."""

import time
from dataclasses import dataclass
from typing import Any

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

DUUR = {"m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Limiet:
    aantal: int
    seconden: int

    @classmethod
    def read(cls, text: str) -> "Limiet":
        """`30/m` or `100/h`."""
        aantal, _, duur = text.partition("/")
        return cls(int(aantal), DUUR[duur])


def too_often(request: HttpRequest, naam: str) -> int:
    """Seconds to wait, 0 when this request may go on. Counts it, for the user and the address.

    Colleagues share an address, so that has room for more of them. Who is not logged in has
    only an address: all of those together are not one user.
    """
    limiet = Limiet.read(settings.LIMIETEN[naam])
    user: Any = request.user
    moment = int(time.time())
    venster = moment // limiet.seconden
    # Both are counted, also when the first is already over.
    te_veel = [
        _count(f"limiet:{naam}:{wie}:{venster}", limiet.seconden) > aantal
        for wie, aantal in (
            *([(f"u{user.pk}", limiet.aantal)] if user.pk else []),
            (f"a{get_client_ip_address(request)}", limiet.aantal * settings.LIMIET_PER_ADRES),
        )
    ]
    return (venster + 1) * limiet.seconden - moment if any(te_veel) else 0


def _count(key: str, seconden: int) -> int:
    cache.add(key, 0, seconden + 1)
    return int(cache.incr(key))


def refusal(request: HttpRequest, wacht: int) -> HttpResponse:
    answer = render(request, "429.html", {"wacht": wacht}, status=429)
    answer["Retry-After"] = str(wacht)
    return answer
