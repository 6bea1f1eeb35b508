"""Who may ask for what: closed unless a view is expressly marked.

A view is marked with `public` or `allow`; one check before every request closes the rest. A mark says which *roles* may
ask; which *rows* they then find is the business of queries such as ``events_run_by(...)``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response

View = TypeVar("View", bound=Callable[..., Any])
API_PREFIX = "/api/"


class Role(StrEnum):
    """In which capacity somebody asks. One account may have several."""

    SIGNED_IN = "signed_in"
    GATE = "gate"  # a device at the door of one event: no account
    PARTNER = "partner"  # a district's link to its side of a programme: no account
    SCHOOL = "school"
    STAFF = "staff"
    MANAGER = "manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class Desk:
    """A place to work at: one's own pages, a host's desk, a school's, the administration.

    ``key`` is what a session remembers; ``name`` is the unit's, "" where there is none.
    """

    key: str
    role: Role
    name: str = ""
    unit: int | None = None


MINE = Desk("mine", Role.SIGNED_IN)


@dataclass(frozen=True)
class Principal:
    """Whoever asks. ``organisations`` are the ids of the units it acts in, by role.

    ``withheld`` are roles that wait for the second factor; ``proven_until`` is how long a full list may be taken away.
    ``desks`` are all there are, ``desk`` the one that was chosen last. A device at the door has ``device_id``,
    ``event_id``, the only event it works for, and ``opened_at``.
    """

    roles: frozenset[Role] = frozenset()
    user_id: int | None = None
    device_id: int | None = None
    event_id: int | None = None
    opened_at: datetime | None = None
    organisations: dict[Role, frozenset[int]] = field(default_factory=dict)
    withheld: frozenset[Role] = frozenset()
    proven_until: datetime | None = None
    desks: tuple[Desk, ...] = ()
    desk: Desk = MINE

    @property
    def actor(self) -> int:
        """The account that acts, for views that only accounts may ask for."""
        if self.user_id is None:
            raise LookupError("nobody is signed in")
        return self.user_id

    def has(self, *roles: Role) -> bool:
        """Return whether at least one of the roles is held."""
        return not self.roles.isdisjoint(roles)

    def units(self, role: Role) -> frozenset[int]:
        """Return the ids of the organisations in which the role is held."""
        return self.organisations.get(role, frozenset())

    def units_in_view(self, role: Role) -> frozenset[int]:
        """Return the same for a list: the unit whose desk was chosen, if the role is held there; else all."""
        own = self.units(role)
        return frozenset({self.desk.unit}) if self.desk.unit in own else own

    def has_proof(self, at: datetime) -> bool:
        """Return whether the second factor was passed lately, or on a computer that is remembered."""
        return self.proven_until is not None and at < self.proven_until


NOBODY = Principal()
Loader = Callable[[], Principal | None]


def public(view: View) -> View:
    """Mark a view that anyone may ask for."""
    view.__access__ = frozenset()  # type: ignore[attr-defined]
    return view


def allow(*roles: Role) -> Callable[[View], View]:
    """Mark a view that the holders of any of these roles may ask for."""

    def mark(view: View) -> View:
        view.__access__ = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def access_of(view: Callable[..., Any]) -> frozenset[Role] | None:
    """Return the roles a view is open to: empty means anyone, None means it was never marked."""
    mark: frozenset[Role] | None = getattr(view, "__access__", None)
    return mark


def init_access(app: Flask, *, session_loader: Loader, token_loader: Loader) -> None:
    """Close the house. People come by their session, the API by its token, and neither by the other."""
    app.extensions["principal_loaders"] = (session_loader, token_loader)
    app.before_request(_check)


def asks_the_api() -> bool:
    """Return whether this request is for the JSON API."""
    return request.path.startswith(API_PREFIX)


def principal() -> Principal:
    """Return whoever asks in this request, read once."""
    if "principal" not in g:
        by_session, by_token = current_app.extensions["principal_loaders"]
        g.principal = (by_token() if asks_the_api() else by_session()) or NOBODY
    found: Principal = g.principal
    return found


def known_already() -> Principal:
    """Return whoever asks if this request has read that before, else nobody; for pages that must not ask themselves."""
    found: Principal = g.get("principal", NOBODY)
    return found


def _check() -> Response | None:
    if request.endpoint is None:
        return None  # no such address: the router answers 404 or 405 by itself
    open_to = access_of(current_app.view_functions[request.endpoint])
    if open_to is None:
        abort(403)
    if not open_to or principal().has(*open_to):
        return None
    if not open_to.isdisjoint(principal().withheld):
        return redirect(url_for("second_factor.prove", next=_way_back()))
    if principal() is not NOBODY:
        abort(403)
    if asks_the_api():
        abort(401)
    return redirect(url_for("accounts.sign_in", next=_way_back()))


def _way_back() -> str:
    return request.full_path.rstrip("?") if request.method == "GET" else ""
