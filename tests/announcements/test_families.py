"""An announcement that reaches a family: one line for all its children, and of which event."""

from flask import Flask
from flask.testing import FlaskClient

from app.messages.models import MessageKind
from tests.announcements.conftest import WORDS, Scene
from tests.factories import Factory
from tests.letters import letters
from tests.signing_in import signed_in


def told_family(app: Flask, make: Factory, scene: Scene) -> tuple[FlaskClient, list[int]]:
    """Tell two children of one parent the same, and return the parent's browser and the children."""
    parent = make.user()
    children = [
        make.registration(scene.tomorrow, user=parent, at=scene.before, name=name).person_id
        for name in ("周一诺", "周思远")
    ]
    scene.leave(scene.send(WORDS))
    return signed_in(app, parent), children


def test_what_all_children_are_told_is_one_line_with_their_names(app: Flask, make: Factory, scene: Scene) -> None:
    browser, _ = told_family(app, make, scene)
    page = browser.get("/messages").text
    assert page.count(WORDS.subject) == 1
    assert "<strong>周一诺、周思远</strong>" in page


def test_whoever_opens_it_has_read_it_for_all_children_and_for_nobody_else(
    app: Flask, make: Factory, scene: Scene
) -> None:
    browser, children = told_family(app, make, scene)
    stranger = next(iter(scene.people.values())).person_id
    with app.app_context():
        (message,) = letters(children[1], MessageKind.ANNOUNCEMENT)
    page = browser.get(f"/messages/{message.id}").text
    assert "关于周一诺、周思远" in page
    with app.app_context():
        for child in children:
            assert letters(child, MessageKind.ANNOUNCEMENT)[0].read_at is not None
        assert letters(stranger, MessageKind.ANNOUNCEMENT)[0].read_at is None


def test_it_says_of_which_event(app: Flask, make: Factory, scene: Scene) -> None:
    browser, children = told_family(app, make, scene)
    with app.app_context():
        (message,) = letters(children[0], MessageKind.ANNOUNCEMENT)
    assert f"活动：{scene.event.title}" in browser.get(f"/messages/{message.id}").text
