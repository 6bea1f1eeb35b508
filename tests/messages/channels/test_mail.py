"""A letter as an e-mail."""

import re
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest

from app.core.languages import CHINESE, ENGLISH
from app.messages.channels.carrier import Letter, Refused
from app.messages.channels.mail import enveloped
from tests.post_office import SENDER

LETTER = Letter(
    key="delivery-7-abc",
    address="reader@example.cn",
    name="周建国",
    kind="changed",
    language=CHINESE,
    subject="时间有变：古镇文化交流日",
    body="林晓雨，你好！\n时间：10:00\n\n详情：\nhttp://tongxing.test/events/1\n再见。",
    link="http://tongxing.test/events/1",
)
pytestmark = [pytest.mark.parametrize("engine", ["sqlite"]), pytest.mark.usefixtures("inside")]


def read(letter: Letter, sender: str = SENDER) -> EmailMessage:
    """Return a letter as a mail program reads it."""
    return message_from_bytes(enveloped(letter, sender).text, policy=default)  # type: ignore[arg-type]


def part(message: EmailMessage, kind: str) -> str:
    """Return the plain or the HTML half of a mail."""
    body = message.get_body((kind,))
    assert body
    return str(body.get_content())


def test_it_says_who_writes_to_whom_and_that_nobody_answers() -> None:
    message = read(LETTER)
    assert message["To"] == "周建国 <reader@example.cn>"
    assert message["From"] == SENDER
    assert message["Subject"] == "时间有变：古镇文化交流日"
    assert message["Message-ID"] == "<delivery-7-abc@tongxing.example>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<http://tongxing.test/account/contacts>"
    assert message["Content-Language"] == "zh-CN"
    assert message["Date"]


def test_both_halves_say_the_same_and_how_to_switch_it_off() -> None:
    for kind in ("plain", "html"):
        text = part(read(LETTER), kind)
        for words in (
            "林晓雨，你好！",
            "http://tongxing.test/events/1",
            "再见。",
            "http://tongxing.test/account/contacts",
        ):
            assert words in text
        assert "开通了邮件通知" in text


def test_the_link_is_a_button_in_its_place_and_there_is_only_one() -> None:
    html = part(read(LETTER), "html")
    assert html.count("打开看看") == 1
    assert html.index("详情") < html.index("打开看看") < html.index("再见")
    unlinked = part(read(replace(LETTER, body="没有链接。")), "html")
    assert unlinked.count("打开看看") == 1
    assert "打开看看" not in part(read(replace(LETTER, link=None)), "html")


def test_every_link_has_a_colour_that_can_be_read_on_the_card() -> None:
    body = "入场码：http://tongxing.test/events/1\n也看 http://tongxing.test/mine\n电话 0577-6200 1100"
    html = part(read(replace(LETTER, body=body)), "html")
    links = re.findall("<a [^>]*>", html)
    assert len(links) == 6
    assert all("color:#" in link for link in links)


def test_a_link_to_another_site_is_never_a_button() -> None:
    html = part(read(replace(LETTER, body="看 http://elsewhere.example/x", link="http://elsewhere.example/x")), "html")
    assert 'href="http://elsewhere.example' not in html


def test_in_english_everything_is_english() -> None:
    message = read(replace(LETTER, language=ENGLISH, subject="Another time", body="Hello"))
    assert "Tongxing Youth" in part(message, "html")
    assert "switched on in your account" in part(message, "plain")
    assert message["Content-Language"] == "en"


def test_what_people_typed_is_no_markup_and_no_header() -> None:
    message = read(replace(LETTER, name="周\r\nBcc: x@example.cn", subject="一\r\nBcc: y@example.cn", body="<b>x</b>"))
    assert message["Bcc"] is None
    assert message["Subject"] == "一 Bcc: y@example.cn"
    assert "&lt;b&gt;" in part(message, "html")


def test_a_domain_in_chinese_is_written_as_the_mail_system_knows_it() -> None:
    envelope = enveloped(replace(LETTER, address="reader@例子.cn"), SENDER)
    assert (envelope.recipient, envelope.needs_utf8) == ("reader@xn--fsqu00a.cn", False)


def test_a_mailbox_in_chinese_needs_a_server_that_can_do_that() -> None:
    envelope = enveloped(replace(LETTER, address="读者@例子.cn"), SENDER)
    assert (envelope.recipient, envelope.needs_utf8) == ("读者@xn--fsqu00a.cn", True)


@pytest.mark.parametrize(
    "address",
    ["reader", "a@b@example.cn", "reader@exam\r\nple.cn", "a\r\nb@example.cn", "reader@", "@", "<@example.cn>"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(Refused):
        enveloped(replace(LETTER, address=address), SENDER)
