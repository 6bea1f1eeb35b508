"""What becomes of pairs that have come about: the journal, letters and who looks after them, ends; host families."""

from sqlalchemy import select

from app.accounts.models import User
from app.core.clock import local_day, now
from app.core.db import db
from app.organisations.models import Organisation
from app.pairing.ending import operations as ending
from app.pairing.ending.operations import Why
from app.pairing.journal import operations as journal
from app.pairing.journal.models import EntryKind, Way
from app.pairing.journal.operations import Group, What
from app.pairing.letters import handing, opening, readers, worries, writing
from app.pairing.letters.models import OpenLetter
from app.pairing.letters.readers import Checked
from app.pairing.models import Pair, PairingMember
from app.people.consents.models import Strength
from app.people.models import Person
from app.programmes.applications import answering
from app.programmes.applications.deciding import Verdict
from app.programmes.host_families import operations as families
from app.programmes.host_families.models import Guests
from app.programmes.host_families.operations import Adult, FamilyWords
from app.programmes.models import Programme
from tests.accepting_rows import published, say_yes
from tests.exchanges import decide, entered
from tests.factories import Factory

LETTER = "你好！我喜欢画画，你呢？"


def what(kind: EntryKind = EntryKind.LETTER, way: Way | None = Way.SENT, count: int = 48) -> What:
    """Return what may be noted today."""
    return What(kind, way, count, local_day(now()))


def members_of(make: Factory, pair_id: int) -> tuple[int, int]:
    """Return the members of a pair, the first side's first."""
    first, second = make.do(lambda: [one.id for one in db.session.get_one(Pair, pair_id).members])
    return first, second


def formed(make: Factory, host: Organisation, *names: str) -> Pair:
    """Make a pair of two grown-ups that has come about."""
    people = [make.person(name=name, age=19) for name in names or ("周舟", "吴越")]
    made = published(make, host, people)
    for person in people:
        say_yes(make, made, person, strength=Strength.CALLED, by=make.user().id)
    return make.do(lambda: db.session.scalars(select(Pair).where(Pair.round_id == made.id)).one())


def look_after(make: Factory, round_id: int, teacher: User, contact: User) -> dict[str, int]:
    """Name who hands the letters of both sides on, and whom one turns to."""
    by = make.user().id
    make.do(readers.settle, round_id, contact.id, 30, by=by, at=now())
    checked = Checked(local_day(now()), "清溪派出所")
    first = make.do(readers.name_reader, round_id, Group(0), teacher.id, checked, by=by, at=now())
    make.do(readers.name_reader, round_id, Group(1), teacher.id, Checked(), by=by, at=now())
    return {"reader": first.id}


def handed_on(make: Factory, writer_id: int, reader_id: int, teacher: User, words: str = LETTER) -> OpenLetter:
    """Write a letter and let the teacher hand it on."""
    letter = make.do(writing.hand_in, writer_id, reader_id, words, by=make.user().id, at=now())
    return make.do(handing.hand_on, letter.id, by=teacher.id, at=now())


def after_rows(
    make: Factory, host: Organisation, school: Organisation, pair_id: int, people: tuple[User, User, User]
) -> dict[str, int]:
    """Make some of everything for a pair; ``people`` are its young account, a teacher of the school, and the protection
    contact. Returns what the places of addresses stand for."""
    young, teacher, contact = people
    round_id, partner_person = make.do(lambda: _round_and_partner(pair_id))
    make.enrolment(partner_person, school)
    own, partner = members_of(make, pair_id)
    places = look_after(make, round_id, teacher, contact)
    entry = make.do(journal.note_group, round_id, Group(0), what(), by=teacher.id, at=now())
    call = make.do(journal.note_own, own, what(EntryKind.CALL, None, 1), by=young.id, at=now())
    places |= _letter_rows(make, (own, partner), (young, teacher, contact))
    over, parted = formed(make, host), formed(make, host, "郑爽", "冯远")
    why = Why(local_day(now()), "搬家了")
    end = make.do(ending.end_in_time, over.id, why, by=teacher.id, at=now())
    make.do(ending.leave_pair, members_of(make, parted.id)[0], why, by=teacher.id, at=now())
    return places | {
        "shared_round": round_id,
        "own_member": partner,
        "entry": entry.id,
        "own_entry": entry.id,
        "family_entry": call.id,
        "ending": end.id,
    }


def _letter_rows(make: Factory, pair: tuple[int, int], people: tuple[User, User, User]) -> dict[str, int]:
    own, partner = pair
    young, teacher, contact = people
    received, troubling = (handed_on(make, partner, own, teacher) for _twice in range(2))
    told = make.do(worries.worry, troubling.id, "我有点害怕", by=young.id, at=now())
    make.do(worries.answer, told.id, "两边老师都谈过了", by=contact.id, at=now())
    make.do(opening.open_in_emergency, troubling.id, "孩子联系不上", by=contact.id, at=now())
    waiting = make.do(writing.hand_in, own, partner, LETTER, by=young.id, at=now())
    draft = make.do(writing.keep, own, partner, "还没写完", by=young.id, at=now())
    return {
        "received": received.id,
        "letter": received.id,
        "worry": told.id,
        "waiting_letter": waiting.id,
        "own_letter": draft.id,
    }


def family_words(**changes: object) -> FamilyWords:
    """Return a host family that may be approved."""
    today = local_day(now())
    values: dict[str, object] = {
        "name": "王家",
        "address": "清溪镇古道街 8 号",
        "phone": "13800007777",
        "guests": Guests.ANY,
        "capacity": 2,
        "adults": (Adult("王建国", today, "清溪派出所"), Adult("李梅", today, "清溪派出所")),
        "visited_on": today,
        "visited_by": "苏老师",
    }
    return FamilyWords(**(values | changes))  # type: ignore[arg-type]


def confirmed_guest(make: Factory, programme: Programme, name: str = "吴限") -> Person:
    """Make a grown-up with a confirmed place in a programme."""
    application = entered(make, programme, name=name, age=19)
    decide(make, Verdict.ACCEPT, application)
    make.do(answering.say_yes, application.id, by=make.user().id, at=now())
    return make.do(lambda: db.session.get_one(Person, application.person_id))


def family_rows(make: Factory, host: Organisation, programme_id: int) -> dict[str, int]:
    """Make a host family with a guest; returns the places of addresses."""
    programme = make.do(lambda: db.session.get_one(Programme, programme_id))
    family = make.do(families.enter_family, programme_id, family_words(), by=make.member(host).id, at=now())
    make.do(families.approve, family.id, by=make.member(host).id, at=now())
    guest, nights = confirmed_guest(make, programme), (programme.starts_on, programme.ends_on)
    placed = make.do(families.place, family.id, guest.id, nights, by=make.user().id, at=now())
    return {"family": family.id, "placement": placed.id}


def _round_and_partner(pair_id: int) -> tuple[int, Person]:
    pair = db.session.get_one(Pair, pair_id)
    partner = db.session.get_one(PairingMember, pair.members[1].id)
    return pair.round_id, partner.person
