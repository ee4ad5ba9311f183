"""Pages for machines: is the installation healthy, and where to report a leak."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever is wrong, the answer is: not healthy
        return False
    return True


def redis_answers() -> bool:
    try:
        cache.get("gezond")
    except (RedisError, OSError):
        return False
    return True


@transaction.non_atomic_requests  # or a broken database is an error before the view
@login_not_required
@never_cache
@require_safe
def gezond(request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer, 503 otherwise; names which one does not."""
    parts = {"database": database_answers(), "redis": redis_answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. The expiry moves along: the contact is a setting of a running installation."""
    expires = (timezone.now() + timedelta(days=180)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
