"""Secrets that lean on the server's key: sealed ones, and codes that the key can say again but the database cannot."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from flask import current_app

from app.core.codes import ALPHABET, LENGTH

_SALT = b"tongxing"
_KEY = "1"  # stands before everything sealed, so that a later key can be told from this one


def seal(purpose: str, text: str) -> str:
    """Return a text as nobody without the server's key can read or change it: ``1.…``."""
    return f"{_KEY}.{_fernet(purpose).encrypt(text.encode()).decode()}"


def unseal(purpose: str, sealed: str) -> str | None:
    """Return what was sealed for the same purpose, or None when it was sealed with another key."""
    key, _, token = sealed.partition(".")
    try:
        return _fernet(purpose).decrypt(token).decode() if key == _KEY else None
    except InvalidToken:
        return None


def seal_bytes(purpose: str, content: bytes) -> bytes:
    """Return a file's content as nobody without the server's key can read or change it: a third shorter than `seal`."""
    return f"{_KEY}.".encode() + urlsafe_b64decode(_fernet(purpose).encrypt(content))


def unseal_bytes(purpose: str, sealed: bytes) -> bytes | None:
    """Return what was sealed for the same purpose, or None when it was sealed with another key."""
    key, _, token = sealed.partition(b".")
    try:
        return _fernet(purpose).decrypt(urlsafe_b64encode(token)) if key == _KEY.encode() else None
    except InvalidToken:
        return None


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


def _fernet(purpose: str) -> Fernet:
    return Fernet(urlsafe_b64encode(_derived(f"seal:{purpose}")))


def _derived(purpose: str) -> bytes:
    secret = str(current_app.config["SECRET_KEY"]).encode()
    return HKDF(SHA256(), 32, _SALT, purpose.encode()).derive(secret)
