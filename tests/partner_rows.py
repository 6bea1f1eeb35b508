"""A partner's link with people, a parent's paper and pairs; readers with a score; a round of choices."""

from datetime import date, timedelta

from sqlalchemy import select

from app.core.clock import now
from app.core.db import db
from app.organisations.models import Organisation
from app.partners import answering, entering, links
from app.partners.answering import Signed
from app.partners.lines import Guest
from app.partners.models import PartnerLink
from app.people.consents.guardians import GuardianWords
from app.people.consents.models import GuardianRelation, Purpose
from app.programmes import sides
from app.programmes.choices import operations as choices
from app.programmes.models import Application, Programme, Reading, Side
from app.programmes.reading import operations as reading
from app.programmes.reading.operations import ReadingWords
from tests.exchanges import a_programme, side_words
from tests.factories import Factory

GUESTS = (
    Guest(
        "阿娜尔·巴合提", date(2013, 5, 18), None, "云岭中学", "七年级（2）班", "画画、篮球", "普通话", "巴合提·努尔兰"
    ),
    Guest("韩梅", date(2012, 9, 1), None, "云岭中学", "八年级（1）班", "音乐", "普通话"),
)
CRITERIA = (("为什么想来", 3), ("能带来什么", 1))


def a_side(make: Factory, programme: Programme, name: str = "云岭区", places: int = 5) -> Side:
    """Let a district without accounts take part."""
    by = make.user().id
    return make.do(sides.add_side, programme.id, side_words(None, name, places=places), by=by, at=now())


def a_link(make: Factory, side: Side, by: int, label: str = "陈老师") -> tuple[PartnerLink, str]:
    """Make a link for a side; returns it and its code."""
    with make.app.app_context():
        ends_on = db.session.get_one(Programme, side.programme_id).ends_on
    link = make.do(links.make_link, side.id, label, ends_on, by=by, at=now())
    with make.app.app_context():
        return link, links.code_of(link)


def sent(make: Factory, link: PartnerLink, *guests: Guest) -> list[Application]:
    """Let a partner enter people; returns their applications."""
    make.do(entering.enter_list, link.id, guests or GUESTS, at=now())
    with make.app.app_context():
        wanted = {guest.name for guest in guests or GUESTS}
        known = entering.known_on(db.session.get_one(Side, link.side_id))
        return [one for (name, _born_on), one in known.items() if name in wanted]


def signed(name: str = "巴合提·努尔兰", *, takes_part: bool = True, **said: bool) -> Signed:
    """Return what a parent has signed."""
    answers = {Purpose.TAKING_PART: takes_part, **{Purpose(purpose): yes for purpose, yes in said.items()}}
    return Signed(GuardianWords(name, GuardianRelation.FATHER), answers)


def a_reading(make: Factory, programme_id: int, readers: tuple[int, ...], tolerance: int = 15) -> Reading:
    """Switch two readers on, or three."""
    first, second, third = (*readers, None)[:3]
    words = ReadingWords(first or 0, second or 0, third, tolerance, shows_school=False, criteria=CRITERIA)
    return make.do(reading.set_up, programme_id, words, by=make.user().id, at=now())


def give(make: Factory, one: Application, reader: int, *marks: int) -> None:
    """Let a reader give an application marks, in the order of the criteria."""
    with make.app.app_context():
        its = db.session.scalars(select(Reading).where(Reading.programme_id == one.programme_id)).one()
        by_id = {criterion.id: mark for criterion, mark in zip(its.criteria, marks, strict=True)}
    make.do(reading.give, one.id, by_id, by=reader, at=now())


def partner_rows(make: Factory, host: Organisation, programme_id: int, readers: tuple[int, int]) -> dict[str, str]:
    """Make some of everything that belongs to partners, readers and choices; returns what places of addresses stand
    for."""
    programme = make.do(lambda: db.session.get_one(Programme, programme_id))
    side = a_side(make, programme)
    link, code = a_link(make, side, make.member(host).id)
    first, second = sent(make, link)
    paper = make.do(answering.write_paper_down, link.id, first.id, signed(photos=True), at=now())
    reads = a_reading(make, programme_id, readers)
    give(make, second, readers[0], 8, 6)
    other = a_programme(make, host, title="秋季研学营")
    closes_at = now() + timedelta(days=3)
    both = [programme_id, other.id]
    opened = make.do(choices.open_round, host.id, "夏令营志愿", both, closes_at, by=make.user().id, at=now())
    make.do(choices.rank, opened.id, second.person_id, [second.id], at=now())
    return {
        "partner_code": code,
        "partner_link": str(link.id),
        "partner_side": str(side.id),
        "sent": str(first.id),
        "vouched": str(paper.id),
        "reading": str(reads.id),
        "read": str(second.id),
        "choice_round": str(opened.id),
    }
