"""Which host's desk a page is about."""

from flask import abort, request

from app.core.access import Role, principal
from app.core.finding import read_id
from app.organisations.models import Organisation
from app.organisations.queries import units


def own_host(role: Role = Role.STAFF) -> Organisation:
    """Return the host one works for, or manages; whoever has several says which by ``unit``, or has chosen its desk."""
    own = principal().units(Role.STAFF) & principal().units(role)
    asked, in_view = request.values.get("unit", type=read_id), principal().units_in_view(Role.STAFF)
    return min(units(own), key=lambda unit: (unit.id != asked, unit.id not in in_view), default=None) or abort(404)


def manages(host: Organisation) -> bool:
    """Return whether whoever asks is one of a host's managers."""
    return host.id in principal().units(Role.MANAGER)
