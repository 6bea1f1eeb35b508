"""Two hosts and two schools in one database, each with everything: one side asks, the other is full of canaries."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import product

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from app.accounts.models import Session, User
from app.core.db import db
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from tests import canaries
from tests.factories import Factory
from tests.page_forms import PageForm
from tests.side_rows import PUBLIC, PUBLISHED, hidden, rows_of_all_tables
from tests.signing_in import signed_in
from tests.world import World, build

ASKING = (
    "anonymous",
    "guardian",  # came by the link of one of our families
    "young",
    "family",  # a parent of ours
    "gate",
    "school",
    "school_manager",
    "staff",
    "manager",
    "partner",  # works for a unit that has no pages of its own
)
"""Who asks. Auditors and administrators look after all sides: they see both by right, and that is written down."""
_ONE_OF = {"people": "person", "guardian_asks": "ask", "school_classes": "class", "organisations": "school"}
_IN_ADDRESSES = {"person", "event", "school", "registration"}  # also where a form has no such field
_PLACE = re.compile(r"<(\w+)>")
_CHANGES_THE_BROWSER = ("/sign-out", "/sessions", "/password", "/view", "/language")


@dataclass
class Sides:
    """Ours asks; ``rows`` and ``filled`` are theirs: which rows, and which columns hold a canary."""

    app: Flask
    ours: World
    theirs: World
    rows: canaries.Rows
    filled: set[str]
    _browsers: dict[str, FlaskClient] = field(default_factory=dict)

    def addresses(self, pattern: str) -> Iterator[tuple[str, bool]]:
        """Yield an address with an id of theirs in at least one of its places, and whether all are theirs."""
        names = _PLACE.findall(pattern)
        for chosen in product((self.theirs, self.ours), repeat=len(names)):
            whose = dict(zip(names, chosen, strict=True))
            foreign = [name for name in names if self.theirs.places[name] != self.ours.places[name]]
            given = [name for name in foreign if whose[name] is self.theirs]
            if given and all(whose[name] is self.theirs for name in names if name not in foreign):
                yield self._address(pattern, whose), given == foreign

    def own_address(self, pattern: str) -> str:
        """Return an address with our own ids."""
        return self._address(pattern, dict.fromkeys(_PLACE.findall(pattern), self.ours))

    def ask(self, persona: str, method: str, path: str, **more: object) -> TestResponse:
        """Ask in a browser that stays signed in, unless the address ends that."""
        client = self._browser(persona, is_fresh=any(end in path for end in _CHANGES_THE_BROWSER))
        headers = {"Authorization": f"Bearer {self.ours.token}"} if persona == "gate" else {}
        if path.startswith("/api/"):
            more = {"json": {"q": "lin"}}
        return client.open(path, method=method, headers=headers, **more)  # type: ignore[arg-type]

    def their_rows(self) -> dict[str, dict[int, tuple[object, ...]]]:
        """Return all that their rows hold, to be compared."""
        with self.app.app_context():
            return canaries.contents(self.rows)

    def changed_since(self, before: dict[str, dict[int, tuple[object, ...]]]) -> list[tuple[str, int]]:
        """Return which of their rows are not what they were."""
        after = self.their_rows()
        return [(name, one) for name, rows in before.items() for one in rows if rows[one] != after[name].get(one)]

    def with_their_ids(self, form: PageForm) -> dict[str, object]:
        """Return what a form of ours sends, with their ids in each field that names rows."""
        values = MultiDict((name, value) for name, given in form.values.items() for value in dict.fromkeys(given))
        for name, ids in self._named_ids():
            if name in form.values or name in _IN_ADDRESSES:
                values.setlist(name, ids)
        return {"query_string" if form.method == "GET" else "data": values}

    def _named_ids(self) -> Iterator[tuple[str, list[str]]]:
        """Yield the names under which forms send ids, with some of theirs."""
        for table, ids in self.rows.items():
            one = _ONE_OF.get(table, table.removesuffix("s"))
            some = [str(number) for number in sorted(ids)[:30]]
            yield from ((name, some) for name in (one, f"{one}_id", f"{one}_ids", table) if some)

    def _browser(self, persona: str, *, is_fresh: bool) -> FlaskClient:
        if is_fresh or persona not in self._browsers:
            client = self.ours.browsers[persona]()
            client.set_cookie("language", "zh_Hans_CN")
            if is_fresh:
                return client
            self._browsers[persona] = client
        return self._browsers[persona]

    @staticmethod
    def _address(pattern: str, whose: dict[str, World]) -> str:
        return _PLACE.sub(lambda place: whose[place[1]].places[place[1]], pattern)


def two_sides(app: Flask, make: Factory) -> Sides:
    """Build our side, then theirs, and write canaries into whatever came into being with theirs."""
    ours = build(app, make)
    ours.browsers |= _further_personas(app, make, ours)
    with app.app_context():
        before = canaries.rows_now()
    theirs = build(app, make, "MP_verify_def456.txt")
    with app.app_context():
        rows_of_all_tables(make, theirs)
        theirs.places["session"] = str(max(db.session.scalars(select(Session.id))))
        rows = {name: ids - before[name] for name, ids in canaries.rows_now().items()}
        filled = canaries.fill(hidden(rows), {}) | canaries.fill(rows, PUBLIC | PUBLISHED)
    return Sides(app, ours, theirs, rows, filled)


def _further_personas(app: Flask, make: Factory, world: World) -> dict[str, Callable[[], FlaskClient]]:
    with app.app_context():
        school = db.session.get_one(Organisation, int(world.places["school"]))
        family = db.session.get_one(User, int(world.places["user"]))
        users = {
            "family": family,
            "school_manager": make.member(school, MembershipRole.MANAGER),
            "partner": make.member(make.organisation(OrganisationKind.PARTNER), MembershipRole.MANAGER),
        }
        for user in users.values():
            db.session.refresh(user)
    signed: dict[str, Callable[[], FlaskClient]] = {name: partial(signed_in, app, user) for name, user in users.items()}

    def guardian() -> FlaskClient:
        client = app.test_client()
        client.get(f"/G/{world.places['guardian_page']}")
        return client

    return signed | {"guardian": guardian}
