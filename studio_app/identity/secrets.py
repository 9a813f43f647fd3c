"""Tokens and passwords. Only hashes of either are kept."""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from studio_app.kit.settings import settings

LINK = "sign-in link"
INVITATION = "invitation"
"""Purposes of tokens that stand in letters."""

# OWASP's first choice for Argon2id: 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Checked where there is no account, so that both answers take the same time.
_NOBODYS = _HASHER.hash(secrets.token_urlsafe(16))


def new_token() -> str:
    return secrets.token_urlsafe(32)


def token_about(purpose: str, subject: UUID) -> str:
    """A token that can be written into a letter later without being stored anywhere."""
    key = settings().derived(purpose).encode()
    seal = hmac.new(key, subject.bytes, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(subject.bytes + seal[:24]).decode().rstrip("=")


def subject_of(purpose: str, token: str) -> UUID | None:
    """What a token of `token_about` is about; None unless we made it for this purpose."""
    if not token.isascii():
        return None
    try:
        subject = UUID(bytes=base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))[:16])
    except ValueError:
        return None
    return subject if hmac.compare_digest(token_about(purpose, subject), token) else None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def password_matches(stored: str | None, password: str) -> bool:
    try:
        return _HASHER.verify(stored or _NOBODYS, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
