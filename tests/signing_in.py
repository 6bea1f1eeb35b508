"""Browsers with somebody signed in."""

from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from tests.factories import Factory
from tests.sessions import open_sessions


def signed_in(app: Flask, user: User, language: str = "zh_Hans_CN", *, is_proven: bool = True) -> FlaskClient:
    """Return a browser in which the account is signed in, its second factor passed unless one asks not."""
    client = app.test_client()
    client.set_cookie("language", language)
    (token,) = open_sessions(app, [user.id], is_proven=is_proven)
    with client.session_transaction() as session:
        session["_user_id"] = token
        session["_fresh"] = True
    return client


@dataclass
class Personas:
    """Everybody who may ask; each unit and browser is made when first asked for."""

    app: Flask
    make: Factory
    _browsers: dict[str, FlaskClient] = field(default_factory=dict)
    _units: dict[str, Organisation] = field(default_factory=dict)

    @property
    def host(self) -> Organisation:
        """The unit that staff and manager work for."""
        return self._unit("host", OrganisationKind.HOST)

    @property
    def other_host(self) -> Organisation:
        """The unit of the outsider: the same trade, another house."""
        return self._unit("other host", OrganisationKind.HOST)

    @property
    def school(self) -> Organisation:
        """The school whose office asks."""
        return self._unit("school", OrganisationKind.SCHOOL)

    @property
    def anonymous(self) -> FlaskClient:
        """Nobody in particular."""
        return self._browsers.setdefault("anonymous", self.app.test_client())

    @property
    def staff(self) -> FlaskClient:
        """Staff of the host."""
        return self._member("staff", self.host, MembershipRole.STAFF)

    @property
    def manager(self) -> FlaskClient:
        """The host's manager."""
        return self._member("manager", self.host, MembershipRole.MANAGER)

    @property
    def outsider(self) -> FlaskClient:
        """Staff of another host."""
        return self._member("outsider", self.other_host, MembershipRole.STAFF)

    @property
    def school_office(self) -> FlaskClient:
        """Staff of the school."""
        return self._member("school", self.school, MembershipRole.STAFF)

    @property
    def administrator(self) -> FlaskClient:
        """Who looks after units and accounts."""
        return self._member("administrator", self.other_host, MembershipRole.ADMINISTRATOR)

    @property
    def auditor(self) -> FlaskClient:
        """Who reads the access log."""
        return self._member("auditor", self.other_host, MembershipRole.AUDITOR)

    def young(self, user: User | None = None) -> FlaskClient:
        """Somebody with an account and no role; without an account given, a stranger."""
        return signed_in(self.app, user or self.make.user("林晓雨"))

    def _member(self, name: str, unit: Organisation, role: MembershipRole) -> FlaskClient:
        if name not in self._browsers:
            self._browsers[name] = signed_in(self.app, self.make.member(unit, role))
        return self._browsers[name]

    def _unit(self, name: str, kind: OrganisationKind) -> Organisation:
        if name not in self._units:
            self._units[name] = self.make.organisation(kind)
        return self._units[name]
