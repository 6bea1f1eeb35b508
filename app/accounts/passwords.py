"""Passwords: argon2id with the OWASP parameters (19 MiB, t=2, p=1; about 26 ms)."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_at_once = threading.BoundedSemaphore(2)  # a class that signs in together must not fill the memory


def hash_password(password: str) -> str:
    """Return the hash to store. Slow on purpose: never call it inside a write transaction."""
    with _at_once:
        return _hasher.hash(password)


def is_right(password_hash: str, password: str) -> bool:
    """Return whether the password belongs to the hash."""
    with _at_once:
        try:
            return _hasher.verify(password_hash, password)
        except (VerifyMismatchError, InvalidHashError):
            return False


NOBODYS_HASH = _hasher.hash("nobody signs in with this")
"""Compared against when there is no such account, so that the answer takes as long as for a real one."""
