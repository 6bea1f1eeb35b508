"""What every template knows about whoever looks at it."""

from dataclasses import dataclass

from flask import Flask
from flask_login import current_user
from jinja2 import StrictUndefined

from app.core.access import Role, principal


@dataclass(frozen=True)
class Viewer:
    """Whoever looks at a page; read only where a template asks."""

    @property
    def is_signed_in(self) -> bool:
        """Whether there is an account."""
        return bool(current_user.is_authenticated)

    @property
    def name(self) -> str:
        """What the account goes by."""
        return current_user.name if current_user.is_authenticated else ""

    @property
    def is_staff(self) -> bool:
        """Whether there is an organiser's desk to go to."""
        return principal().has(Role.STAFF)

    @property
    def is_school(self) -> bool:
        """Whether there is a school's desk to go to."""
        return principal().has(Role.SCHOOL)

    @property
    def is_administrator(self) -> bool:
        """Whether there are units to look after."""
        return principal().has(Role.ADMINISTRATOR)


def init_viewing(app: Flask) -> None:
    """Let templates ask; one that asks for something nobody gave it fails at once."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(lambda: {"viewer": Viewer()})
