"""Host families: nobody lives there before a second person approved it, and no more than there are beds."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import insert, text, update

from app.core.clock import local_day, now
from app.core.db import db, table_of, transact
from app.organisations.models import Organisation
from app.people.models import Gender, Person
from app.programmes.host_families import operations, queries
from app.programmes.host_families.models import Guests, HostFamily, Placement
from app.programmes.host_families.operations import Adult
from app.programmes.host_families.problems import (
    AdultsUnchecked,
    FamilyFull,
    GuestsThere,
    NotAGuest,
    NotApproved,
    NotVisited,
    OtherGuests,
    PlacedAlready,
    SecondPersonApproves,
)
from app.programmes.models import Programme
from tests.after_rows import confirmed_guest, family_words
from tests.exchanges import a_programme
from tests.factories import Factory


@pytest.fixture
def host(inside: Flask, make: Factory) -> Organisation:
    """The unit that takes guests in."""
    return make.organisation()


@pytest.fixture
def programme(host: Organisation, make: Factory) -> Programme:
    """A programme with places."""
    return a_programme(make, host, places=5)


@pytest.fixture
def by(host: Organisation, make: Factory) -> int:
    """Who enters families."""
    return make.member(host).id


def family(make: Factory, programme: Programme, by: int, *, is_approved: bool = True, **changes: object) -> HostFamily:
    """Enter a family, and let a second person approve it."""
    made = make.do(operations.enter_family, programme.id, family_words(**changes), by=by, at=now())
    return make.do(operations.approve, made.id, by=make.user().id, at=now()) if is_approved else made


def nights(programme: Programme) -> tuple[date, date]:
    """Return the days of a programme."""
    return programme.starts_on, programme.ends_on


def test_a_second_person_approves_what_was_visited_and_looked_up(programme: Programme, by: int, make: Factory) -> None:
    unseen = family(make, programme, by, is_approved=False, visited_on=None, visited_by="")
    with pytest.raises(NotVisited):
        transact(operations.approve, unseen.id, by=make.user().id, at=now())
    unchecked = family(make, programme, by, is_approved=False, adults=(Adult("王建国"),))
    with pytest.raises(AdultsUnchecked):
        transact(operations.approve, unchecked.id, by=make.user().id, at=now())
    ready = family(make, programme, by, is_approved=False)
    with pytest.raises(SecondPersonApproves):
        transact(operations.approve, ready.id, by=by, at=now())
    first = make.do(operations.approve, ready.id, by=make.user().id, at=now()).approved_at
    assert make.do(operations.approve, ready.id, by=make.user().id, at=now()).approved_at == first


def test_nobody_lives_there_before_that_and_the_database_says_so_too(
    programme: Programme, by: int, make: Factory
) -> None:
    waiting, guest = family(make, programme, by, is_approved=False), confirmed_guest(make, programme)
    with pytest.raises(NotApproved):
        transact(operations.place, waiting.id, guest.id, nights(programme), by=by, at=now())
    row: dict[str, object] = {
        "programme_id": programme.id,
        "family_id": waiting.id,
        "family_is_approved": True,
        "person_id": guest.id,
    }
    row |= {"comes_on": programme.starts_on, "leaves_on": programme.ends_on, "placed_at": now(), "placed_by_id": by}
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        transact(db.session.execute, insert(table_of(Placement)).values(row))


def test_while_somebody_lives_there_nothing_is_changed_and_no_approval_taken_back(
    programme: Programme, by: int, make: Factory
) -> None:
    home, guest = family(make, programme, by), confirmed_guest(make, programme)
    placed = make.do(operations.place, home.id, guest.id, nights(programme), by=by, at=now())
    with pytest.raises(GuestsThere):
        transact(operations.edit_family, home.id, family_words(capacity=3), by=by, at=now())
    with pytest.raises(GuestsThere):
        transact(operations.withdraw_approval, home.id, by=by, at=now())
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        off = update(HostFamily).where(HostFamily.id == home.id)
        transact(db.session.execute, off.values(is_approved=False, approved_at=None, approved_by_id=None))
    for _twice in range(2):
        make.do(operations.end_placement, placed.id, by=by, at=now())
    edited = make.do(operations.edit_family, home.id, family_words(capacity=3), by=by, at=now())
    assert (edited.is_approved, edited.capacity) == (False, 3)


def test_no_more_than_beds_each_guest_once_and_only_who_takes_part(
    programme: Programme, by: int, make: Factory
) -> None:
    home, other = family(make, programme, by, capacity=1), family(make, programme, by)
    first, second = (confirmed_guest(make, programme, name) for name in ("吴限", "郑好"))
    make.do(operations.place, home.id, first.id, nights(programme), by=by, at=now())
    with pytest.raises(FamilyFull):
        transact(operations.place, home.id, second.id, nights(programme), by=by, at=now())
    with pytest.raises(PlacedAlready):
        transact(operations.place, other.id, first.id, nights(programme), by=by, at=now())
    with pytest.raises(NotAGuest):
        transact(operations.place, other.id, make.person().id, nights(programme), by=by, at=now())
    assert [one.id for one in queries.guests_to_place(programme.id)] == [second.id]
    assert [one.free for one in queries.rooms_of(programme.id)] == [0, 2]


@pytest.mark.parametrize(("gender", "fits"), [(Gender.FEMALE, True), (Gender.MALE, False), (None, False)])
def test_girls_live_where_girls_are_taken_in(
    programme: Programme, by: int, make: Factory, gender: Gender | None, fits: bool
) -> None:
    home, guest = family(make, programme, by, guests=Guests.GIRLS), confirmed_guest(make, programme)
    make.do(lambda: setattr(db.session.get_one(Person, guest.id), "gender", gender))
    if fits:
        make.do(operations.place, home.id, guest.id, nights(programme), by=by, at=now())
    else:
        with pytest.raises(OtherGuests):
            transact(operations.place, home.id, guest.id, nights(programme), by=by, at=now())


def test_the_address_is_sealed_and_old_checks_are_a_warning(programme: Programme, by: int, make: Factory) -> None:
    today = local_day(now())
    old = Adult("李梅", today.replace(year=today.year - 2, day=1), "派出所")
    words = family_words(adults=(Adult("王建国", today, "派出所"), old))
    home = make.do(operations.enter_family, programme.id, words, by=by, at=now())
    assert "古道街" not in str(db.session.execute(text("SELECT address, phone FROM host_families")).one())
    assert operations.words_of(home) == words
    assert queries.warnings_of(home, today) == ["李梅"]
    same = make.do(operations.edit_family, home.id, replace(words), by=make.user().id, at=now())
    assert same.changed_by_id == by
