"""Parents and child each read for themselves: what one has opened is new to the other all the same."""

from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.people.models import ActsFor, Relation
from tests.factories import Factory
from tests.letters import first_letter, letters
from tests.messages.test_inbox import unread
from tests.signing_in import signed_in

NEW = '<span class="letter__state">未读</span>'


def both(app: Flask, make: Factory) -> tuple[FlaskClient, FlaskClient, int]:
    """A child's own browser, that of a parent who acts for it, too, and the child's number."""
    child, parent = make.user("林晓雨"), make.user("林建国")
    person_id = make.registration(user=child).person_id
    row = ActsFor(user_id=parent.id, person_id=person_id, relation=Relation.CHILD, since=now())
    make.do(db.session.add, row)
    return signed_in(app, child), signed_in(app, parent), person_id


def test_what_the_child_has_opened_is_new_to_the_parent(app: Flask, make: Factory) -> None:
    child, parent, person_id = both(app, make)
    address = f"/messages/{first_letter(make, person_id)}"
    child.get(address)
    assert (unread(child), unread(parent)) == ("", "1 条未读")
    assert NEW in parent.get("/messages?view=unread").text
    assert NEW not in child.get("/messages").text
    parent.get(address)
    assert (unread(child), unread(parent)) == ("", "")


def test_the_first_of_them_has_told_the_person(app: Flask, make: Factory) -> None:
    child, parent, person_id = both(app, make)
    moments = []
    for browser in (parent, child):
        browser.get(f"/messages/{first_letter(make, person_id)}")
        with app.app_context():
            moments.append(letters(person_id)[0].read_at)
    assert moments[0] is not None
    assert moments[0] == moments[1]


def test_marking_all_as_read_is_for_oneself(app: Flask, make: Factory) -> None:
    child, parent, _person_id = both(app, make)
    for _twice in range(2):
        child.post("/messages/reading")
        assert (unread(child), unread(parent)) == ("", "1 条未读")
    parent.post("/messages/reading")
    assert unread(parent) == ""


def test_whoever_acts_for_the_person_no_more_has_nothing_new(app: Flask, make: Factory) -> None:
    child, parent, person_id = both(app, make)
    child.get(f"/messages/{first_letter(make, person_id)}")
    make.do(_leave, person_id, "林建国")
    assert unread(parent) == ""


def _leave(person_id: int, name: str) -> None:
    (row,) = db.session.query(ActsFor).join(ActsFor.user).filter(ActsFor.person_id == person_id, User.name == name)
    db.session.delete(row)
