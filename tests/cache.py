"""The cache of the tests: one Redis for all workers, a corner of it for each."""

from typing import Any

from django.conf import settings
from django.core.cache import cache


def forget_own_keys() -> None:
    """Counters and the like of this worker; `cache.clear()` would empty the Redis of all, with
    the tasks that wait in it."""
    backend: Any = cache
    client = backend._cache.get_client(write=True)
    for key in client.scan_iter(match=f"{settings.CACHES['default']['KEY_PREFIX']}:*"):
        client.delete(key)
