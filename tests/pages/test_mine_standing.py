"""What 我的 says of what is no place yet: an offer on top, a stand in line without a code."""

from flask.testing import FlaskClient

from app.accounts.models import User
from tests.events.registration.parties import far_slot, leave, together
from tests.factories import Factory
from tests.signing_in import Personas


def family(personas: Personas, make: Factory) -> tuple[User, FlaskClient]:
    """Return an account and its browser."""
    user = make.user("周建国")
    return user, personas.young(user)


def test_an_offer_stands_on_top_once_for_a_whole_party(personas: Personas, make: Factory) -> None:
    user, browser = family(personas, make)
    make.registration(make.going_on().slots[0], user=user)
    slot = far_slot(make, capacity=2, title="老盐道徒步")
    (first, _second) = together(make, slot, 20, 20)
    party = together(make, slot, 20, 20, user=user)
    leave(make, first, whole=True)
    page = browser.get("/mine").text
    assert page.count("去答复") == 1
    assert page.index("去答复") < page.index('class="ticket')
    assert any(f'href="/registrations/{one.id}">去答复' in page for one in party)


def test_a_stand_in_line_is_no_ticket_and_no_code(personas: Personas, make: Factory) -> None:
    user, browser = family(personas, make)
    slot = far_slot(make, capacity=1, title="老盐道徒步")
    together(make, slot, 20)
    (waiting,) = together(make, slot, 20, user=user)
    page = browser.get("/mine").text
    assert "老盐道徒步" in page
    assert 'class="ticket' not in page
    assert "查看进度" in page
    codes = browser.get("/mine/codes").text
    assert f"/registrations/{waiting.id}" not in codes
    assert "还没有入场码" in codes
