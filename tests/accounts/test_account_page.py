"""One's own account: devices, password, sign-in names."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Session, User
from app.accounts.tries import MOST
from app.core.db import db
from tests.factories import PASSWORD, Factory
from tests.sessions import COOKIE
from tests.signing_in import signed_in

NAMES = {"phone": "13800138000", "email": "", "login_name": "", "password": PASSWORD}
WECHAT = "Mozilla/5.0 (Linux; Android 13; V2238A) AppleWebKit/537.36 Chrome/111.0 Mobile MicroMessenger/8.0.44"


def is_in(client: FlaskClient) -> bool:
    """Return whether somebody is signed in."""
    return client.get("/mine").status_code == 200


def sessions_of(app: Flask, user: User) -> list[int]:
    """Return the ids of an account's sessions, the oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(Session.id).where(Session.user_id == user.id).order_by(Session.id)))


def test_a_device_is_named_and_can_be_signed_out_from_another_one(
    app: Flask, client: FlaskClient, make: Factory
) -> None:
    user = make.user()
    typed = {"identifier": str(user.phone), "password": PASSWORD}
    client.post("/sign-in", data=typed, headers={"User-Agent": WECHAT})
    here = signed_in(app, user)
    page = here.get("/account").text
    assert "Android 手机 · 微信" in page
    assert page.count("这台设备") == 1
    first, _second = sessions_of(app, user)
    assert here.post(f"/account/sessions/{first}/end").location == "/account"
    assert (is_in(client), is_in(here)) == (False, True)


def test_signing_out_this_device_leads_home(app: Flask, make: Factory) -> None:
    user = make.user()
    browser = signed_in(app, user)
    (here,) = sessions_of(app, user)
    assert browser.post(f"/account/sessions/{here}/end").location == "/"
    assert not is_in(browser)


def test_nobody_signs_somebody_else_out(app: Flask, make: Factory) -> None:
    user, other = make.user(), make.user()
    theirs, mine = signed_in(app, user), signed_in(app, other)
    (number,) = sessions_of(app, user)
    assert mine.post(f"/account/sessions/{number}/end").status_code == 303
    assert is_in(theirs)


def test_signing_out_everywhere_else_leaves_a_thief_outside(app: Flask, make: Factory) -> None:
    user = make.user()
    here, lost = signed_in(app, user), signed_in(app, user)
    copied = lost.get_cookie(COOKIE)
    assert copied is not None
    thief = app.test_client()
    thief.set_cookie(COOKIE, copied.value)
    assert is_in(thief)
    assert here.post("/account/sessions/end").status_code == 303
    assert [is_in(one) for one in (here, lost, thief)] == [True, False, False]
    assert "其他设备都已退出登录" in here.get("/account").text.split("账号记录", 1)[1]


def test_another_password_signs_every_other_device_out(app: Flask, client: FlaskClient, make: Factory) -> None:
    user = make.user()
    here, there = signed_in(app, user), signed_in(app, user)
    change = {"password": PASSWORD, "new_password": "quite another one"}
    assert here.post("/account/password", data=change).location == "/account"
    assert (is_in(here), is_in(there)) == (True, False)
    client.post("/sign-in", data={"identifier": str(user.phone), "password": "quite another one"})
    assert is_in(client)


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"password": "wrong"}, "password-errors"),
        ({"password": ""}, "password-errors"),
        ({"new_password": "short"}, "new_password-errors"),
        ({"new_password": ""}, "new_password-errors"),
    ],
)
def test_a_password_is_not_changed_without_the_old_one_or_to_a_short_one(
    app: Flask, make: Factory, change: dict[str, str], where: str
) -> None:
    browser = signed_in(app, make.user())
    answer = browser.post("/account/password", data={"password": PASSWORD, "new_password": "quite another"} | change)
    assert answer.status_code == 422
    assert f'id="{where}"' in answer.text
    assert PASSWORD not in answer.text


def test_an_open_browser_does_not_let_one_guess_the_password_for_ever(app: Flask, make: Factory) -> None:
    browser = signed_in(app, make.user())
    for _ in range(MOST):
        browser.post("/account/password", data={"password": "wrong", "new_password": "quite another"})
    answer = browser.post("/account/password", data={"password": PASSWORD, "new_password": "quite another"})
    assert answer.status_code == 422


def test_name_and_language_are_kept(app: Flask, make: Factory) -> None:
    browser = signed_in(app, make.user("周建国"))
    assert browser.post("/account", data={"name": "周 建国", "language": "en"}).status_code == 303
    page = browser.get("/account").text
    assert 'value="周 建国"' in page
    assert "Account and safety" in page
    assert browser.post("/account", data={"name": "", "language": "tlh"}).status_code == 422


def test_one_signs_in_with_each_of_the_names_and_with_no_other(app: Flask, make: Factory) -> None:
    user = make.user(phone="13800138000")
    browser = signed_in(app, user)
    typed = NAMES | {"phone": "", "email": "Zhou@Example.CN", "login_name": "zhou"}
    assert browser.post("/account/sign-in-names", data=typed).status_code == 303
    for name, status in (("zhou@example.cn", 303), ("ZHOU", 303), ("13800138000", 422)):
        answer = app.test_client().post("/sign-in", data={"identifier": name, "password": PASSWORD})
        assert answer.status_code == status, name


@pytest.mark.parametrize(
    "change",
    [
        {"phone": "1380013800"},
        {"phone": "zhou"},
        {"email": "zhou"},
        {"login_name": "13800138001"},
        {"login_name": "x y"},
        {"phone": ""},
        {"password": "wrong"},
        {"login_name": "taken"},
    ],
)
def test_a_name_that_cannot_be_is_refused_and_stays_in_the_form(
    app: Flask, make: Factory, change: dict[str, str]
) -> None:
    taken = signed_in(app, make.user(phone="13900139000"))
    taken.post("/account/sign-in-names", data=NAMES | {"phone": "13900139000", "login_name": "taken"})
    browser = signed_in(app, make.user(phone="13800138000"))
    answer = browser.post("/account/sign-in-names", data=NAMES | change)
    assert answer.status_code == 422
    for name, value in (NAMES | change).items():
        assert name == "password" or not value or f'value="{value}"' in answer.text
