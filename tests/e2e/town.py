"""A small town for tests that look at pages: somebody in every role, and an event at which somebody was."""

from dataclasses import dataclass

from app.accounts.models import User
from app.certificates.models import Certificate
from app.certificates.operations import issue
from app.core.clock import now
from app.core.searching import sealed_word
from app.events.models import Event, Registration
from app.organisations.models import MembershipRole, Organisation
from app.people.models import Relation, SchoolClass
from app.people.operations import confirm_enrolments
from app.people.queries import current_enrolment
from tests import announced, asked, undelivered
from tests.accepting_rows import own_pair_rows
from tests.account_rows import guarded, invited, slip
from tests.after_rows import after_rows, family_rows
from tests.class_rows import class_rows
from tests.consents import guardian_places
from tests.exchanges import programme_places
from tests.factories import Factory
from tests.letters import first_letter
from tests.lines import line_rows
from tests.pairing_rows import pairing_rows
from tests.papers import opened_page, paper_places
from tests.partner_rows import partner_rows
from tests.series_rows import series_rows
from tests.shifts import shift_places
from tests.travel import travel_places
from tests.trip_rows import trip_rows
from tests.ways import way_places
from tests.world import a_job, an_erasure


@dataclass(frozen=True)
class Town:
    """Who and what there is. ``young`` has a place, was there, and has the certificate."""

    host: Organisation
    school: Organisation
    staff: User
    manager: User
    office: User
    administrator: User
    auditor: User
    young: User
    event: Event
    registration: Registration
    certificate: Certificate
    school_class: SchoolClass
    guarded: User  # with printed codes, and just setting up an app
    invitation: str  # the code of a link to the host
    message: int  # to ``young``
    announcement: int  # something urgent
    waiting: int  # an announcement that can still be taken back
    slip: tuple[int, str]  # the id and the code of one that the manager printed
    question: int  # that the event asks
    word: str  # somebody who is not there, sealed, as a search has it
    erasure: int  # that a parent asked for
    job: int  # what the staff asked for; nobody does it
    ways: dict[str, str]  # of tests/ways.py
    shifts: dict[str, object]  # all that shifts have addresses for
    lines: dict[str, int]  # of tests/lines.py and tests/exchanges.py
    series_place: int  # of a child of ``young``: a date of a class series, with leave

    @property
    def slot_id(self) -> int:
        """The event's only slot."""
        return self.event.slots[0].id


def build(rows: Factory) -> Town:
    """Build the town."""
    host, school = rows.organisation(name="清溪县青少年宫"), rows.school("清溪县第一中学")
    young = rows.user("林晓雨")
    event = rows.going_on(host, capacity=300)
    registration = rows.registration(
        event.slots[0], user=young, name="林晓雨", relation=Relation.ONESELF, school=school
    )
    rows.arrival(registration)
    rows.registration(event.slots[0], name="阿依古丽·买买提", school=school)
    with rows.app.app_context():
        enrolment = current_enrolment(registration.person_id)
        rows.do(confirm_enrolments, [enrolment.id], school.id, by=rows.user().id, at=now())
    (certificate,) = rows.do(issue, event.id, by=rows.user().id, at=now())
    letter = first_letter(rows, registration.person_id)
    undelivered.delivery(rows, letter, young.id)
    undelivered.unproven(rows, young.id)
    manager, staff = rows.member(host, MembershipRole.MANAGER), rows.member(host)
    school_class = rows.school_class(school)
    asked_family = guardian_places(rows, event, young, school)
    papers = paper_places(rows, event, int(asked_family["held"]), staff.id)
    with rows.app.app_context():
        word = sealed_word("x")
    exchanges = programme_places(rows, host, school, young)
    exchanges |= trip_rows(rows, exchanges["programme"], staff)
    exchanges |= family_rows(rows, host, exchanges["programme"])
    office, pairs = rows.member(school), own_pair_rows(rows, host, young)
    exchanges |= after_rows(rows, host, school, int(pairs["own_pair"]), (young, office, staff))
    return Town(
        host=host,
        school=school,
        staff=staff,
        manager=manager,
        office=office,
        administrator=rows.member(rows.organisation(), MembershipRole.ADMINISTRATOR),
        auditor=rows.member(rows.organisation(), MembershipRole.AUDITOR),
        young=young,
        event=event,
        registration=registration,
        certificate=certificate,
        school_class=school_class,
        guarded=guarded(rows),
        message=letter,
        invitation=invited(rows, host, manager),
        announcement=announced.told(rows, event),
        waiting=announced.waiting(rows, event),
        slip=slip(rows, manager),
        question=asked.a_question(rows, event, registration),
        word=word,
        erasure=an_erasure(rows, rows.user("何家长")),
        job=a_job(rows, staff, event),
        ways=way_places(rows, host, school, staff)
        | class_rows(rows, school_class, staff.id, event)
        | asked_family
        | papers
        | {"opened_page": opened_page(rows, event)}
        | pairing_rows(rows, host, young.id)
        | pairs
        | partner_rows(rows, host, exchanges["programme"], (staff.id, manager.id))
        | {"double": str(rows.person(rows.user("林爸爸")).id)},
        shifts=shift_places(rows, host, young),
        lines=line_rows(rows, host, young) | exchanges | travel_places(rows, host, young, staff),
        series_place=series_rows(rows, host, young)["series_place"],
    )
