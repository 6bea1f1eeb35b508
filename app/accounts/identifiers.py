"""What people type into the one sign-in field."""

import re
from enum import StrEnum

from app.core.typed import half_width, read_phone, squeezed

_LOGIN_NAME = re.compile(r"[\w.\-]{2,40}")


class Way(StrEnum):
    """By what an account is found; each is the name of a column of `User`."""

    PHONE = "phone"
    EMAIL = "email"
    LOGIN_NAME = "login_name"


def read_identifier(text: str) -> tuple[Way, str] | None:
    """Return what the text is and its stored form, or None when it is neither phone, e-mail nor name."""
    typed = squeezed(half_width(text)).casefold()
    if "@" in typed:
        return (Way.EMAIL, typed) if re.fullmatch(r"[^@\s]+@[^@\s]+", typed) else None
    phone = read_phone(typed) if re.fullmatch(r"[+\d][\d\s\-]*", typed) else None
    if phone:
        return Way.PHONE, phone
    if _LOGIN_NAME.fullmatch(typed) and not typed.isdigit():
        return Way.LOGIN_NAME, typed
    return None
