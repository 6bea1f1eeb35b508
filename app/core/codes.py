"""Codes that people show, type and read aloud: 80 random bits as 16 Crockford characters."""

import re
import secrets
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_code() -> str:
    """Return a fresh code; two never meet in practice (2^80)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str) -> str | None:
    """Return the code in what was typed or scanned (a bare code, or a URL that ends in one), or None.

    Spaces, hyphens, lower case and the letters O, I, L that people confuse with digits are forgiven.
    """
    last = text.strip().rstrip("/").rsplit("/", 1)[-1].split("?", 1)[0]
    plain = re.sub(r"[\s\-]", "", last).upper().translate(_LOOKALIKES)
    return plain if _CODE.fullmatch(plain) else None


def grouped(code: str) -> str:
    """Return a code in groups of four: ``7Q3K XF9M T2AB 5CDE``."""
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a high-entropy secret, so that a database leak does not hand out the secret."""
    return sha256(secret.encode()).hexdigest()
