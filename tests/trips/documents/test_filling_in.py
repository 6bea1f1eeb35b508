"""A document is kept for whoever takes part, replaced, deleted; two people at most take numbers out."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.db import db
from app.core.rotating import reseal_everything
from app.organisations.models import MembershipRole
from app.programmes import planning
from app.programmes.applications.answering import decline
from app.programmes.models import Programme
from app.trips.documents.models import DocumentReader, TravelDocument
from app.trips.documents.numbers import DocumentKind
from app.trips.documents.operations import Holder, fill_in, name_readers, take_out
from app.trips.documents.problems import NothingToFillIn, NotOfTheHost, OtherBirthday, WrongCheckSign
from app.trips.documents.queries import filled_in, filled_in_at
from app.trips.documents.sealing import opened
from tests.exchanges import a_programme, entered
from tests.factories import Factory
from tests.travel import a_trip, an_adult, document_of, filled, identity_number, person_of, travelling


def documents() -> int:
    """Return how many documents are kept."""
    return db.session.scalar(select(func.count()).select_from(TravelDocument)) or 0


@pytest.mark.usefixtures("inside")
def test_what_was_filled_in_is_there_once_and_the_second_time_replaces_it(make: Factory) -> None:
    one = travelling(make, a_trip(make))
    filled(make, one)
    filled(make, one, kind=DocumentKind.PASSPORT, number="e12345678")
    (words,) = opened(one.programme_id, [one.person_id], []).values()
    assert (words.kind, words.number) == (DocumentKind.PASSPORT, "E12345678")
    assert documents() == 1


@pytest.mark.usefixtures("inside")
def test_a_number_of_another_birthday_needs_a_second_look(make: Factory) -> None:
    one = travelling(make, a_trip(make))
    born_on = person_of(make, one).born_on + timedelta(days=400)
    words = document_of(make, one, number=identity_number(born_on))
    holder, by = Holder(one.programme_id, one.person_id), make.user().id
    with pytest.raises(OtherBirthday):
        make.do(fill_in, holder, words, by=by, at=now())
    make.do(fill_in, holder, words, is_sure=True, by=by, at=now())
    assert opened(one.programme_id, [one.person_id], [])[f"p{one.person_id}"].born_on == born_on


@pytest.mark.usefixtures("inside")
def test_a_wrong_number_is_never_kept(make: Factory) -> None:
    one = travelling(make, a_trip(make))
    with pytest.raises(WrongCheckSign):
        filled(make, one, number="110105194912310021")
    assert documents() == 0


@pytest.mark.usefixtures("inside")
def test_nothing_is_kept_of_who_does_not_take_part_where_none_is_needed_or_when_it_is_over(make: Factory) -> None:
    waiting = entered(make, a_trip(make), name="何晨", age=12)
    unmarked = travelling(make, a_programme(make))
    past = travelling(make, a_trip(make, in_days=-9))
    off = travelling(make, a_trip(make))
    make.do(planning.cancel, off.programme_id, "台风", by=make.user().id, at=now())
    for one in (waiting, unmarked, past, off):
        with pytest.raises(NothingToFillIn):
            filled(make, one)
    assert documents() == 0


@pytest.mark.usefixtures("inside")
def test_whoever_leaves_takes_the_document_along(make: Factory) -> None:
    trip = a_trip(make)
    leaving, staying = travelling(make, trip), travelling(make, trip, name="何小禾")
    filled(make, leaving)
    filled(make, staying)
    make.do(decline, leaving.id, by=make.user().id, at=now())
    assert filled_in_at(Holder(trip.id, leaving.person_id)) is None
    assert filled_in_at(Holder(trip.id, staying.person_id)) is not None


@pytest.mark.usefixtures("inside")
def test_it_can_be_deleted_and_a_second_time_nothing_happens(make: Factory) -> None:
    one = travelling(make, a_trip(make))
    filled(make, one)
    for _time in range(2):
        make.do(take_out, Holder(one.programme_id, one.person_id))
    assert documents() == 0


@pytest.mark.usefixtures("inside")
def test_a_grown_up_of_the_trip_has_one_too(make: Factory) -> None:
    trip = a_trip(make)
    one, adult = travelling(make, trip), an_adult(make, trip, make.user("赵老师"))
    an_adult(make, trip, None, name="赵师傅")
    words = document_of(make, one)
    make.do(fill_in, Holder(trip.id, adult_id=adult.id), words, by=make.user().id, at=now())
    found = filled_in(db.session.get_one(Programme, trip.id))
    assert (found.total, found.filled, len(found.missing)) == (2, 1, 1)  # the driver has no account to fill it in with
    assert opened(trip.id, [], [adult.id])[f"a{adult.id}"].number == words.number


@pytest.mark.usefixtures("inside")
def test_two_of_the_hosts_own_people_take_numbers_out_and_nobody_else(make: Factory) -> None:
    host = make.organisation()
    trip, stranger = a_trip(make, host), make.user().id
    staff = [make.member(host).id, make.member(host, MembershipRole.MANAGER).id, make.member(host).id]
    for wrong in ([stranger], staff, [staff[0], staff[0]]):
        with pytest.raises(NotOfTheHost):
            make.do(name_readers, trip.id, wrong, by=staff[0], at=now())
    for _time in range(2):
        make.do(name_readers, trip.id, staff[:2], by=staff[0], at=now())
    assert list(db.session.scalars(select(DocumentReader.user_id).order_by(DocumentReader.place))) == staff[:2]


@pytest.mark.usefixtures("inside")
def test_the_database_refuses_a_third(make: Factory) -> None:
    trip, user = a_trip(make), make.user()
    third = DocumentReader(programme_id=trip.id, place=3, user_id=user.id, named_at=now(), named_by_id=user.id)
    with pytest.raises(IntegrityError):
        make.do(lambda: (db.session.add(third), db.session.flush()))


def test_new_keys_open_what_older_ones_sealed(inside: Flask, make: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    one = travelling(make, a_trip(make))
    filled(make, one)
    before = db.session.scalar(select(TravelDocument.sealed))
    monkeypatch.setitem(inside.config, "DATA_KEYS", ["a new key, as long as it has to be, of random signs"])
    anew, lost = reseal_everything()
    after = db.session.scalar(select(TravelDocument.sealed))
    assert (anew >= 1, lost, before != after) == (True, 0, True)
    assert opened(one.programme_id, [one.person_id], [])[f"p{one.person_id}"].name == "林小雨"
