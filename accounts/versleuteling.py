"""Encryption of single values at rest: numbers of a youth, secrets of a second factor."""

import hashlib
import os
from collections.abc import Mapping
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


@lru_cache(maxsize=1)
def _ciphers() -> tuple[bytes, Mapping[bytes, AESGCM]]:
    """Identifier of the newest key, and every key by its identifier (rotation)."""
    ciphers = {}
    for secret in reversed(settings.FIELD_KEYS):
        key = hashlib.sha256(b"leerrecht-veld:" + secret.encode()).digest()
        newest = hashlib.sha256(key).digest()[:2]
        ciphers[newest] = AESGCM(key)
    return newest, ciphers


def encrypt(text: str) -> bytes:
    """Key identifier (2 bytes), nonce (12), AES-GCM ciphertext with tag."""
    key_id, ciphers = _ciphers()
    nonce = os.urandom(NONCE_BYTES)
    return key_id + nonce + ciphers[key_id].encrypt(nonce, text.encode(), None)


def newest_key_id() -> bytes:
    """What every value starts with once all keys have been changed."""
    return _ciphers()[0]


def decrypt(data: bytes) -> str:
    key_id, nonce, body = data[:2], data[2 : 2 + NONCE_BYTES], data[2 + NONCE_BYTES :]
    return _ciphers()[1][key_id].decrypt(nonce, body, None).decode()
