"""Numbers that identify a person, sealed at rest and found again by a keyed fingerprint.

``PERSONAL_DATA_KEYS`` holds secrets, the newest first: the first one seals, all of them open. Fingerprints are made
with the last (oldest) one, so that adding a key in front changes none of them.
"""

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import MultiFernet


class SealBroken(Exception):
    """No key of this installation opens the sealed text."""


def seal(text: str) -> str:
    """``text`` encrypted and authenticated (Fernet: AES-128-CBC with HMAC-SHA256); each call gives another result."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What ``seal`` was given. Raises ``SealBroken`` when the text was changed or its key is gone."""
    from cryptography.fernet import InvalidToken

    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def fingerprint(text: str) -> str:
    """64 hexadecimal digits that are equal for equal texts and tell nothing without the key (HMAC-SHA256)."""
    key = _derived(settings.PERSONAL_DATA_KEYS[-1], b"p2emas fingerprint")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _box() -> "MultiFernet":
    from cryptography.fernet import Fernet, MultiFernet

    keys = (_derived(secret, b"p2emas seal") for secret in settings.PERSONAL_DATA_KEYS)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])


def _derived(secret: str, purpose: bytes) -> bytes:
    """32 bytes for one purpose, so that no secret is used for two. The secrets are long and random: no slow hash."""
    return hmac.new(secret.encode(), purpose, hashlib.sha256).digest()
