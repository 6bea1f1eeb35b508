"""Secrets that lean on keys outside the database: sealed ones, and codes that the server can say again but the database
cannot.

What is sealed begins with the mark of its key. The newest of `DATA_KEYS` seals; all of them, and `SECRET_KEY`, open.
`flask rotate-keys` seals anew what an older one sealed, see `app.core.rotating`.
"""

import hmac
import secrets
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from app.core.codes import ALPHABET, LENGTH

_SALT = b"tongxing"
_FERNET = b"1"  # the mark of what was sealed before keys had marks, by Fernet
_NONCE = 12  # bytes (NIST SP 800-38D 8.2)


def seal(purpose: str, text: str) -> str:
    """Return a text as nobody without the key can read or change it: ``0f3a91bc.…``."""
    mark, _, sealed = seal_bytes(purpose, text.encode()).partition(b".")
    return f"{mark.decode()}.{urlsafe_b64encode(sealed).decode()}"


def unseal(purpose: str, sealed: str) -> str | None:
    """Return what was sealed for the same purpose, or None when none of the keys opens it."""
    mark, _, token = sealed.partition(".")
    try:
        plain = unseal_bytes(purpose, f"{mark}.".encode() + b64decode(token, b"-_", validate=True))
    except ValueError:
        return None
    return None if plain is None else plain.decode()


def seal_bytes(purpose: str, content: bytes) -> bytes:
    """Return a file's content as nobody without the key can read or change it: a quarter shorter than `seal`."""
    newest, nonce = next(_keys()), secrets.token_bytes(_NONCE)
    sealed = AESGCM(_derived_from(newest, f"seal:{purpose}")).encrypt(nonce, content, None)
    return f"{_mark(newest)}.".encode() + nonce + sealed


def unseal_bytes(purpose: str, sealed: bytes) -> bytes | None:
    """Return what was sealed for the same purpose, or None when none of the keys opens it."""
    mark, _, token = sealed.partition(b".")
    opens = _opened_by_fernet if mark == _FERNET else _opened
    meant = (key for key in _keys() if mark in (_FERNET, _mark(key).encode()))
    opened = (opens(_derived_from(key, f"seal:{purpose}"), token) for key in meant)
    return next((plain for plain in opened if plain is not None), None)


def is_sealed_anew(sealed: str | bytes) -> bool:
    """Return whether the newest key sealed it."""
    mark = f"{_mark(next(_keys()))}."
    return sealed.startswith(mark) if isinstance(sealed, str) else sealed.startswith(mark.encode())


def new_nonce() -> str:
    """Return the public half of a derived code: 96 random bits."""
    return secrets.token_urlsafe(12)


def derived_code(purpose: str, nonce: str, length: int = LENGTH) -> str:
    """Return the code that belongs to a nonce, in Crockford's signs (5 bits each).

    The database keeps the nonce and a hash of the code. Whoever reads both cannot say the code; the server can, so
    that a slip is printed and a link copied a second time.
    """
    signs = hmac.digest(_derived(f"code:{purpose}"), nonce.encode(), "sha256")
    return "".join(ALPHABET[sign % 32] for sign in signs[:length])


def keyed_hash(purpose: str, text: str) -> str:
    """Return the hash of something short or guessable: without the server's key nobody can try what fits."""
    return hmac.new(_derived(f"hash:{purpose}"), text.encode(), sha256).hexdigest()


def _keys() -> Iterator[str]:
    """Yield the keys, the newest first; the server's own is always the last."""
    yield from current_app.config["DATA_KEYS"]
    yield str(current_app.config["SECRET_KEY"])


def _mark(key: str) -> str:
    return _derived_from(key, "mark").hex()[:8]


def _opened(key: bytes, token: bytes) -> bytes | None:
    try:
        return AESGCM(key).decrypt(token[:_NONCE], token[_NONCE:], None)
    except (InvalidTag, ValueError):
        return None


def _opened_by_fernet(key: bytes, token: bytes) -> bytes | None:
    try:
        return Fernet(urlsafe_b64encode(key)).decrypt(urlsafe_b64encode(token))
    except InvalidToken:
        return None


def _derived(purpose: str) -> bytes:
    return _derived_from(str(current_app.config["SECRET_KEY"]), purpose)


@lru_cache
def _derived_from(key: str, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, _SALT, purpose.encode()).derive(key.encode())
