"""One small world with everybody and everything in it, for tests that walk over all addresses."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.accounts.models import User
from app.accounts.slips import code_of as slip_code
from app.accounts.slips import make_slip
from app.care.erasing.requests import ask as ask_to_erase
from app.certificates.bundles import Bundle
from app.certificates.jobs import collect
from app.certificates.operations import issue
from app.checkin.operations import correct
from app.core.clock import now
from app.core.jobs import Asker
from app.core.searching import sealed_word
from app.events.models import Event
from app.events.registration.operations import cancel
from app.organisations.invitations import code_of as invitation_code
from app.organisations.invitations import invite
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.people.operations import refuse_enrolments
from app.site.operations import add_file
from tests import announced, asked, undelivered
from tests.accepting_rows import own_pair_rows
from tests.after_rows import after_rows, family_rows
from tests.class_rows import class_rows
from tests.consents import guardian_places
from tests.desk_rows import desk_rows
from tests.exchanges import programme_places
from tests.factories import Factory
from tests.letters import first_letter
from tests.lines import line_rows
from tests.pairing_rows import pairing_rows
from tests.papers import paper_places
from tests.partner_rows import partner_rows
from tests.series_rows import series_rows
from tests.shifts import shift_places
from tests.signing_in import signed_in
from tests.travel import travel_places
from tests.trip_rows import trip_rows
from tests.ways import way_places

PERSONAS = (
    "anonymous",  # nobody is signed in
    "young",  # the young person whose place and certificate it is
    "stranger",  # a young person of another family
    "gate",  # a phone at the door, with its token and without an account
    "school",  # the office of the young person's school
    "staff",  # of the host
    "manager",  # of the host
    "outsider",  # staff of another host
    "auditor",
    "admin",
)
_PLACE = re.compile(r"<(?:any\([^)]*\):|\w+:)?(\w+?)(?:_id)?>")


def plain(rule: str) -> str:
    """Return an address pattern as people read it: /events/<event>."""
    return _PLACE.sub(r"<\1>", rule)


@dataclass
class World:
    """What the places in address patterns stand for, and a fresh browser for whoever asks."""

    places: dict[str, str]
    browsers: dict[str, Callable[[], FlaskClient]]
    token: str

    def ask(self, persona: str, method: str, address: str, language: str = "zh_Hans_CN") -> TestResponse:
        """Ask for an address in a fresh browser; a form is sent empty, the API what a phone sends."""
        client = self.browsers[persona]()
        client.set_cookie("language", language)
        headers = {"Authorization": f"Bearer {self.token}"} if persona == "gate" else {}
        path = re.sub(r"<(\w+)>", lambda place: self.places[place[1]], address)
        if path.startswith("/api/"):
            return client.post(path, headers=headers, json=_one_scan() if path.endswith("/scans") else {"q": "lin"})
        return client.open(path, method=method, headers=headers)


def _one_scan() -> dict[str, object]:
    moment = now().isoformat()
    scan = {
        "id": "0d9bd4fe-0000-4000-8000-000000000001",
        "code": "7Q3KXF9MT2AB5CDE",
        "scanned_at": moment,
        "source": "camera",
    }
    return {"device_time": moment, "scans": [scan]}


def build(app: Flask, make: Factory, file_name: str = "MP_verify_abc123.txt") -> World:
    """Make an event that is going on, with everything that can happen to it, and a draft beside it."""
    host, other, school = make.organisation(), make.organisation(), make.school()
    event = make.going_on(host)
    draft = make.event(host, title="还没发布的活动", is_published=False)
    young = make.user("林晓雨")
    registration = make.registration(event.slots[0], user=young, school=school)
    make.arrival(registration)
    (certificate,) = make.do(issue, event.id, by=make.user().id, at=now())
    _neighbours(make, event, school)
    pupil = announced.pupil(make, event, school)
    _, token = make.device(event)
    members = {
        "school": make.member(school),
        "staff": make.member(host),
        "manager": make.member(host, MembershipRole.MANAGER),
        "outsider": make.member(other),
        "auditor": make.member(other, MembershipRole.AUDITOR),
        "admin": make.member(other, MembershipRole.ADMINISTRATOR),
    }
    family = make.user("何家长")
    keys = _account_places(make, host, members["admin"])
    alert = announced.told(make, event)
    letter = first_letter(make, registration.person_id)
    file = make.do(add_file, file_name, "abc123", by=make.user().id, at=now())
    places = {
        "event": event.id,
        "slot": event.slots[0].id,
        "question": asked.a_question(make, event, registration),
        "spare": make.slot(event, title="备用场").id,
        "draft": draft.id,
        "draft_slot": draft.slots[0].id,
        "device": make.device(event)[0].id,
        "person": registration.person_id,
        "double": make.person(make.user("林爸爸")).id,
        "registration": registration.id,
        "certificate": certificate.id,
        "enrolment": make.enrolment(make.person(family, name="何晨"), school).id,
        "membership": make.membership(host).id,
        "user": family.id,
        "organisation": host.id,
        "picture": make.picture().digest,
        "school": school.id,
        "message": letter,
        "announcement": alert,
        "waiting": announced.waiting(make, event),
        "urgent": announced.message_to(make, alert, pupil),
        "kind": "registered",
        "channel": "sms",
        "delivery": undelivered.delivery(make, letter, young.id),
        "doubtful": undelivered.delivery(make, letter, young.id, address="13987654322"),
        "key": "privacy",
        "file_name": file.name,
        "file": file.id,
        "erasure": an_erasure(make, make.user("孙家长")),
        "job": a_job(make, members["staff"], event),
        "who": "child",
        "friend": "friend",
        "language": "en",
        "filename": "img/favicon.svg",
    }
    signed = {"young": young, "stranger": make.user("陈思远"), **members}
    browsers = {name: partial(signed_in, app, user) for name, user in signed.items()}
    nobody = {"anonymous": app.test_client, "gate": app.test_client}
    codes = {"pass_code": registration.code, "paper_code": certificate.code, **keys}
    with app.app_context():
        codes["word"] = sealed_word("lin")
    school_class = make.school_class(school)
    codes |= {"class": str(school_class.id), **class_rows(make, school_class, members["school"].id, event)}
    codes |= way_places(make, host, school, members["staff"])
    codes |= guardian_places(make, event, young, school)
    codes |= paper_places(make, event, int(codes["held"]), make.user("王老师").id)
    places |= desk_rows(make, event, members["staff"].id)
    places |= shift_places(make, host, young)
    places |= series_rows(make, host, young)
    places |= line_rows(make, host, young)
    places |= programme_places(make, host, school, young)
    places |= {"part": "groups", "how": "filling", "step": "done"}
    places |= trip_rows(make, places["programme"], members["staff"])
    places |= travel_places(make, host, young, members["staff"]) | {"sheet": "roster"}
    codes |= partner_rows(make, host, int(places["programme"]), (members["staff"].id, members["manager"].id))
    places |= pairing_rows(make, host, young.id)
    places |= own_pair_rows(make, host, young)
    helpers = (young, members["school"], members["staff"])
    places |= after_rows(make, host, school, int(places["own_pair"]), helpers)
    places |= family_rows(make, host, int(places["programme"]))
    return World({name: str(value) for name, value in places.items()} | codes, browsers | nobody, token)


def an_erasure(make: Factory, parent: User) -> int:
    """Let a parent ask to have a child erased."""
    child = make.person(parent, name="何小晨")
    return make.do(ask_to_erase, child.id, by=parent.id, at=now()).id


def a_job(make: Factory, asker: User, event: Event) -> int:
    """Let somebody ask, in a session that is over, for all certificates of an event."""
    return make.do(collect, event.id, Bundle.ZIP, "print", asker=Asker(asker.id), at=now())


def _account_places(make: Factory, host: Organisation, admin: User) -> dict[str, str]:
    """Print a slip, and invite somebody to the host, and somebody to a base, where a role opens no page."""
    slip = make.do(make_slip, make.user().id, by=admin.id, at=now())
    base = make.organisation(OrganisationKind.BASE)
    here, there = (
        make.do(invite, unit.id, MembershipRole.STAFF, "苏小禾", by=admin.id, at=now()) for unit in (host, base)
    )
    with make.app.app_context():
        codes = {"slip_code": slip_code(slip), "invitation_code": invitation_code(there)}
    return codes | {"slip": str(slip.id), "invitation": str(here.id), "session": "1"}


def _neighbours(make: Factory, event: Event, school: Organisation) -> None:
    """Fill the lists: somebody held, somebody who gave the place back, somebody put right, pupils who wait."""
    slot = event.slots[0]
    make.registration(slot, name="小小", age=9, school=school)
    absent = make.registration(slot, name="O’Brien")
    make.arrival(absent)
    make.do(correct, absent.id, None, "认错人了", by=make.user().id, at=now())
    later = make.slot(event, title="下午场", starts_at=now() + timedelta(hours=1))
    gone = make.registration(later, name="王芳", school=school)
    make.do(cancel, gone.id, by=make.user().id, at=now())
    refused = make.enrolment(make.person(name="别校生"), school, is_confirmed=False)
    make.do(refuse_enrolments, [refused.id], school.id, by=make.user().id, at=now())
