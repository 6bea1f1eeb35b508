"""消息怎么收到: an address is typed, proven by a code, switched on and off, removed."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from app.core.clock import now
from app.core.db import db
from app.messages.models import Channel, Contact, Delivery
from tests.factories import Factory
from tests.post_office import PostOffice, channels, post_office
from tests.signing_in import Personas, signed_in
from tests.work import work_off

ADDRESS = "/account/contacts/email/address"
CODE = "/account/contacts/email/code"
MINE = {"address": "me@example.cn"}


def work(app: Flask) -> None:
    """Let the workers do what is due."""
    with app.app_context():
        work_off(app)


def code_in(office: PostOffice) -> str:
    """Return the digits of the letter that came last."""
    found = re.search(r"\d{6}", str(office.letters[-1]["Subject"]))
    assert found
    return found[0]


def contact_of(app: Flask, channel: Channel = Channel.EMAIL) -> Contact | None:
    """Return the only contact there is."""
    with app.app_context():
        return db.session.scalar(select(Contact).where(Contact.channel == channel))


def test_without_a_channel_the_page_says_so_and_nothing_can_be_set_up(app: Flask, personas: Personas) -> None:
    young = personas.young()
    assert "没有开通邮件和短信" in young.get("/account/contacts").text
    assert young.get(ADDRESS).status_code == 404
    assert young.post(ADDRESS, data=MINE).status_code == 404


def test_an_address_is_proven_by_the_code_that_came_there(app: Flask, personas: Personas) -> None:
    young = personas.young()
    with post_office() as office, channels(app, mail_port=office.port):
        assert young.post(ADDRESS, data=MINE).location == CODE
        assert "验证码还没填" in young.get("/account/contacts").text
        work(app)
        assert office.recipients == ["me@example.cn"]
        answer = young.post(CODE, data={"code": f" {code_in(office)[:3]} {code_in(office)[3:]} "})
        assert (answer.status_code, answer.location) == (303, "/account/contacts")
    own = contact_of(app)
    assert own
    assert own.is_on
    assert own.proven_at
    assert own.code_hash == ""


def test_the_code_leaves_at_any_hour_and_is_not_in_the_database(app: Flask, personas: Personas) -> None:
    with time_machine.travel("2026-11-25T23:30:00+08:00", tick=False), post_office() as office:
        young = personas.young()
        with channels(app, mail_port=office.port):
            young.post(ADDRESS, data=MINE)
            work(app)
        code = code_in(office)
    own = contact_of(app)
    assert own
    assert code not in own.code_hash


def test_a_wrong_code_is_refused_beside_its_field_and_ten_close_it(app: Flask, personas: Personas) -> None:
    young = personas.young()
    with post_office() as office, channels(app, mail_port=office.port):
        young.post(ADDRESS, data=MINE)
        work(app)
        wrong = "000000" if code_in(office) != "000000" else "111111"
        answer = young.post(CODE, data={"code": wrong})
        assert answer.status_code == 422
        assert "验证码不对" in answer.text
        assert f'value="{wrong}"' in answer.text
        for _ in range(9):
            young.post(CODE, data={"code": wrong})
        assert "请 15 分钟后再试" in young.post(CODE, data={"code": code_in(office)}).text
    own = contact_of(app)
    assert own
    assert not own.is_on


def test_after_ten_minutes_the_code_is_too_old(app: Flask, personas: Personas) -> None:
    young = personas.young()
    with post_office() as office, channels(app, mail_port=office.port):
        young.post(ADDRESS, data=MINE)
        work(app)
        with time_machine.travel(now() + timedelta(minutes=10)):
            assert young.post(CODE, data={"code": code_in(office)}).status_code == 422


def test_another_code_comes_after_a_minute_and_only_the_last_one_counts(app: Flask, personas: Personas) -> None:
    young = personas.young()
    with post_office() as office, channels(app, mail_port=office.port):
        young.post(ADDRESS, data=MINE)
        work(app)
        first = code_in(office)
        assert "秒后可以再要一个" in young.post(f"{CODE}/again", follow_redirects=True).text
        with time_machine.travel(now() + timedelta(seconds=61)):
            assert "新的验证码已经在路上" in young.post(f"{CODE}/again", follow_redirects=True).text
            work(app)
            assert len(office.letters) == 2
            if first != code_in(office):
                assert young.post(CODE, data={"code": first}).status_code == 422
            assert young.post(CODE, data={"code": code_in(office)}).status_code == 303


def test_ten_codes_a_day_are_enough(app: Flask, personas: Personas) -> None:
    young, at = personas.young(), now()
    with channels(app, mail_port=1):
        for number in range(11):
            with time_machine.travel(at + timedelta(minutes=2 * number)):
                answer = young.post(ADDRESS, data={"address": f"me{number}@example.cn"})
        assert (answer.status_code, "请明天再试" in answer.text) == (422, True)
        with time_machine.travel(at + timedelta(days=1, hours=1)):
            assert young.post(ADDRESS, data=MINE).status_code == 303


def test_many_accounts_cannot_flood_one_address(app: Flask, make: Factory) -> None:
    at = now()
    with channels(app, mail_port=1):
        for number in range(11):
            with time_machine.travel(at + timedelta(minutes=20 * number)):
                typed = {"address": "me@example.cn" if number % 2 else "Me@Example.cn"}
                answer = signed_in(app, make.user()).post(ADDRESS, data=typed)
    assert (answer.status_code, "请明天再试" in answer.text) == (422, True)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Delivery)) == 10


@pytest.mark.parametrize("typed", ["", "me", "me@", "me@@example.cn", "me@example", f"{'x' * 120}@example.cn"])
def test_what_is_no_address_is_refused_and_stays_to_be_mended(app: Flask, personas: Personas, typed: str) -> None:
    with channels(app, mail_port=1):
        answer = personas.young().post(ADDRESS, data={"address": typed})
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert contact_of(app) is None


def test_the_account_s_own_number_stands_there_already(app: Flask, make: Factory) -> None:
    young = signed_in(app, make.user("林晓雨", "13712345678"))
    with channels(app, sms="console"):
        assert 'value="13712345678"' in young.get("/account/contacts/sms/address").text
        assert young.post("/account/contacts/sms/address", data={"address": "+86 137 1234 5678"}).status_code == 303
    own = contact_of(app, Channel.SMS)
    assert own
    assert own.address == "13712345678"


def test_it_is_switched_off_and_on_and_changed_and_removed(app: Flask, personas: Personas) -> None:
    young = personas.young()
    with post_office() as office, channels(app, mail_port=office.port):
        young.post(ADDRESS, data=MINE)
        work(app)
        young.post(CODE, data={"code": code_in(office)})
        for step, is_on in (("off", False), ("off", False), ("on", True)):
            assert young.post(f"/account/contacts/email/{step}").status_code == 303
            own = contact_of(app)
            assert own
            assert own.is_on is is_on
        assert young.post(ADDRESS, data=MINE).location == "/account/contacts"  # it is proven already
        with time_machine.travel(now() + timedelta(minutes=2)):
            assert young.post(ADDRESS, data={"address": "new@example.cn"}).location == CODE
        own = contact_of(app)
        assert own
        assert (own.is_on, own.proven_at) == (False, None)
        for _twice in range(2):
            assert young.post("/account/contacts/email/removal").status_code == 303
    assert contact_of(app) is None


def test_an_unproven_address_cannot_be_switched_on_and_nobody_sees_another_s(app: Flask, personas: Personas) -> None:
    with channels(app, mail_port=1):
        personas.young().post(ADDRESS, data=MINE)
        stranger = personas.young()
        assert "me@example.cn" not in stranger.get("/account/contacts").text
        stranger.post("/account/contacts/email/on")
        stranger.post("/account/contacts/email/removal")
    own = contact_of(app)
    assert own
    assert not own.is_on


def test_a_code_that_could_not_be_sent_in_time_is_not_sent_any_more(app: Flask, personas: Personas) -> None:
    with post_office() as office, channels(app, mail_port=office.port):
        personas.young().post(ADDRESS, data=MINE)
        with time_machine.travel(now() + timedelta(minutes=11)):
            work(app)
        assert office.letters == []
    with app.app_context():
        assert db.session.scalars(select(Delivery.state)).all() == ["failed"]
