"""What every template knows about whoever looks at it."""

from dataclasses import dataclass

from flask import Flask
from flask_login import current_user
from jinja2 import StrictUndefined

from app.core.access import Desk, Role, principal


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
    def views(self) -> tuple[Desk, ...]:
        """Where the account may work; the switch in the masthead offers them."""
        return principal().desks

    @property
    def view(self) -> Desk:
        """Where it works now."""
        return principal().desk

    def shows(self, role: str) -> bool:
        """Return whether the pages of a role belong to where the account works now; on one's own pages, all do."""
        view = principal().desk
        return view.role is Role(role) or (view.role is Role.SIGNED_IN and principal().has(Role(role)))

    def manages(self, role: str) -> bool:
        """Return whether there are units with this role (a host's staff, a school's) to look after."""
        return not principal().units(Role.MANAGER).isdisjoint(principal().units_in_view(Role(role)))

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
