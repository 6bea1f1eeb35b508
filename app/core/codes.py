"""Codes that people show, type and read aloud: 80 random bits as 16 Crockford characters."""

import re
import secrets
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
ENDING = 4
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SIGNS = re.compile(f"[{ALPHABET}]+")


def new_code() -> str:
    """Return a fresh code; two never meet in practice (2^80)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Return the code in what was typed or scanned (a bare code, or a URL that ends in one), or None.

    Spaces, hyphens, lower case and the letters O, I, L that people confuse with digits are forgiven.
    """
    last = text.strip().rstrip("/").rsplit("/", 1)[-1].split("?", 1)[0]
    return read_signs(last, LENGTH)


def read_ending(text: str) -> str | None:
    """Return the last four characters of a code, as a printed list shows them, forgiving what `read_code` forgives."""
    return read_signs(text, ENDING)


def read_signs(text: str, how_many: int) -> str | None:
    """Return that many of our signs in what was typed, forgiving what `read_code` forgives, or None."""
    plain = re.sub(r"[\s\-]", "", text).upper().translate(_LOOKALIKES)
    return plain if len(plain) == how_many and _SIGNS.fullmatch(plain) else None


def grouped(code: str) -> str:
    """Return a code in groups of four: ``7Q3K XF9M T2AB 5CDE``."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a high-entropy secret, so that a database leak does not hand out the secret."""
    return sha256(secret.encode()).hexdigest()
