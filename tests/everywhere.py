"""A row in every table, for tests of what holds for all of them."""

from app.checkin.operations import correct
from app.core.audit import note_access
from app.core.changes import note_change
from app.core.clock import now
from app.events.rules import Rules, change_rules
from app.site.models import TextKey
from app.site.operations import add_file, name_operator, write_text
from app.site.operator import Operator
from tests.accepting_rows import own_pair_rows
from tests.account_rows import account_rows
from tests.after_rows import after_rows, family_rows
from tests.asked import a_question
from tests.care_rows import care_rows
from tests.class_rows import class_rows
from tests.consents import consent_rows
from tests.desk_rows import desk_rows
from tests.exchanges import programme_places
from tests.factories import Factory
from tests.letters import message_rows
from tests.lines import line_rows
from tests.pairing_rows import pairing_rows
from tests.papers import collecting_rows
from tests.partner_rows import partner_rows
from tests.person_rows import person_rows
from tests.series_rows import series_rows
from tests.shifts import shift_places
from tests.travel import travel_places
from tests.trip_rows import trip_rows
from tests.ways import way_places
from tests.world import a_job


def rows_everywhere(make: Factory) -> None:
    """Make at least one row in every table."""
    host, school = make.organisation(), make.school()
    user = make.member(host)
    event = make.going_on(host)
    make.device(event)
    absent = make.registration(event.slots[0], school=school)
    make.arrival(absent)
    make.do(correct, absent.id, None, "认错人了", by=user.id, at=now())
    make.certificate(host)
    make.picture()
    class_rows(make, make.school_class(school), user.id, event)
    make.do(add_file, "abc.txt", "abc", by=user.id, at=now())
    make.do(name_operator, Operator("清溪县青少年宫"), by=user.id, at=now())
    make.do(write_text, TextKey.ABOUT, "en", "Hello", by=user.id, at=now())
    account_rows(make, user.id, host.id)
    message_rows(make, user.id, host, event.id)
    a_job(make, user, event)
    a_question(make, event, absent)
    desk_rows(make, event, user.id)
    person_rows(make, absent, user.id)
    shift_places(make, host, user)
    series_rows(make, host, user)
    line_rows(make, host, user)
    pairing_rows(make, host, user.id)
    pair_id = int(own_pair_rows(make, host, user)["own_pair"])
    after_rows(make, host, school, pair_id, (user, make.member(host), make.member(host)))
    way_places(make, host, school, user)
    exchanges = programme_places(make, host, school, user)
    travel_places(make, host, make.user(), make.member(host))
    trip_rows(make, exchanges["programme"], user)
    family_rows(make, host, exchanges["programme"])
    partner_rows(make, host, exchanges["programme"], (make.member(host).id, make.member(host).id))
    consent_rows(make, school)
    collecting_rows(make)
    make.do(change_rules, host.id, Rules(), by=user.id, at=now())
    care_rows(make, user.id)
    make.do(note_change, "event", event.id, "published", by=user.id, at=now())
    make.do(note_access, "download", "event", event.id, people=1, purpose="check", by=user.id, at=now())
