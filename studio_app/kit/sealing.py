"""Secrets of a studio at rest: sealed with a key that is not in the database.

AES-256-GCM (NIST SP 800-38D) under a key derived from STUDIO_SECRET. What it is bound to is
authenticated too, so a sealed text moved to another row cannot be opened there.
"""

import base64
import os
from binascii import Error

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from studio_app.kit.settings import settings

NONCE = 12  # bytes


class Sealed(Exception):
    """It cannot be opened here: another STUDIO_SECRET sealed it, or it was tampered with."""


def seal(secret: str, *, bound_to: str) -> str:
    """Text that only `unseal` with the same binding opens; another one each time."""
    nonce = os.urandom(NONCE)
    closed = _key().encrypt(nonce, secret.encode(), bound_to.encode())
    return base64.urlsafe_b64encode(nonce + closed).decode()


def unseal(sealed: str, *, bound_to: str) -> str:
    """Raises Sealed."""
    try:
        raw = base64.urlsafe_b64decode(sealed.encode())
        return _key().decrypt(raw[:NONCE], raw[NONCE:], bound_to.encode()).decode()
    except (InvalidTag, ValueError, Error) as fault:
        raise Sealed from fault


def _key() -> AESGCM:
    return AESGCM(bytes.fromhex(settings().derived("sealed secrets")))
