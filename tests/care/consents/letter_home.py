"""A private page whose child has letters: what the tests of letters on a guardian's page begin with."""

import re
from dataclasses import dataclass

from flask.testing import FlaskClient

from app.care.consents import asking, opening
from app.care.consents.models import GuardianLink
from app.core.clock import now
from app.core.db import db
from app.organisations.models import MembershipRole
from app.pairing.letters import writing
from app.pairing.models import PairingRound
from app.people.consents.models import Strength
from tests.accepting_rows import member_of, published, say_yes
from tests.after_rows import handed_on, look_after
from tests.signing_in import Personas

SIGNED = {"name": "林建国", "relation": "father", "reason": "", "answer": "accepted"}


@dataclass
class Home:
    """A private page whose child has received a letter, written one, and keeps a draft."""

    personas: Personas
    client: FlaskClient
    made: PairingRound
    page: str
    link: str

    @property
    def letters(self) -> str:
        """The page of letters."""
        with self.personas.app.app_context():
            found = asking.known_link(self.page.split("/")[2])
            assert found
            return f"{self.page}/letters?ask={found.asks[0].id}"

    def open_up(self) -> None:
        """Let it be known whose page it is."""
        with self.personas.app.app_context():
            found = asking.known_link(self.page.split("/")[2])
            assert found
        self.personas.make.do(lambda: opening.open_for(db.session.get_one(GuardianLink, found.id).asks[0], at=now()))


def a_home(personas: Personas, client: FlaskClient) -> Home:
    """Make it."""
    make = personas.make
    child, partner = make.person(age=12, name="林小满"), make.person(age=19, name="韩梅梅")
    made = published(make, personas.host, (child, partner))
    ids = make.do(lambda: [member_of(made, one).id for one in (child, partner)])
    where = f"/desk/pairing/members/{ids[0]}/guardian"
    personas.staff.post(where)
    found = re.search(r"/G/\w+/pair", personas.staff.get(where).text)
    assert found
    link = found[0]
    asked = re.search(r'name="ask" value="(\d+)"', client.get(link).text)
    assert asked
    page = client.post(link, data={**SIGNED, "ask": asked[1]}).location
    say_yes(make, made, partner)
    say_yes(make, made, child, as_guardian=True, strength=Strength.CALLED, by=make.user().id)
    teacher, contact = (make.member(personas.host, MembershipRole.STAFF, make.user(name)) for name in ("陈静", "何安"))
    look_after(make, made.id, teacher, contact)
    handed_on(make, ids[1], ids[0], teacher, "收到你的画了，真好看")
    make.do(writing.hand_in, ids[0], ids[1], "我家门口有条古道", by=make.user().id, at=now())
    make.do(writing.keep, ids[0], ids[1], "这句还没想好", by=make.user().id, at=now())
    make.do(writing.keep, ids[1], ids[0], "她的草稿", by=make.user().id, at=now())
    return Home(personas, client, made, page, link)
