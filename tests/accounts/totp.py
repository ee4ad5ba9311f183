"""The code that an app on a telephone would show (RFC 6238), computed apart from allauth."""

import base64
import hashlib
import hmac
import time


def code(secret: str, step: int = 0) -> str:
    """Code of now, or of this many half minutes later."""
    counter = int(time.time()) // 30 + step
    digest = hmac.digest(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1)
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def wait_for_room(seconds: int = 5) -> None:
    """Do not start so late in a half minute that the code is old when it arrives."""
    left = 30 - time.time() % 30
    if left < seconds:
        time.sleep(left)
