"""The blind index by which BSN and onderwijsnummer are found, their check and their mask."""

import hashlib
import hmac
from functools import lru_cache

from django.conf import settings


@lru_cache(maxsize=1)
def _index_key() -> bytes:
    return hashlib.sha256(b"leerrecht-index:" + settings.BLIND_INDEX_KEY.encode()).digest()


def blind_index(text: str) -> bytes:
    """Keyed hash (16 bytes): equal numbers are found without being readable."""
    return hmac.digest(_index_key(), text.encode(), "sha256")[:16]


def passes_elfproef(bsn: str) -> bool:
    """Whether nine digits can be a BSN or onderwijsnummer-shaped BSN (Wabb, elfproef)."""
    if len(bsn) != 9 or not bsn.isascii() or not bsn.isdigit() or bsn == "000000000":
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(w * int(c) for w, c in zip(weights, bsn, strict=True)) % 11 == 0


def mask(number: str) -> str:
    """All but the last three digits hidden, for the screen."""
    return "•" * max(len(number) - 3, 0) + number[-3:] if number else ""
