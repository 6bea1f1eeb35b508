"""The conversation with a mail server, step by step."""

import ssl
from collections.abc import Iterator
from dataclasses import replace

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword

from app.core.clock import now
from app.messages.channels.carrier import Away, Refused, Unavailable, Unknown
from app.messages.channels.smtp import Smtp
from app.messages.troubles import Trouble
from config import MailSettings
from lan import authority
from tests.messages.channels.test_mail import LETTER
from tests.post_office import PATIENCE, SENDER, PostOffice, nobody, post_office, silence

pytestmark = [pytest.mark.parametrize("engine", ["sqlite"]), pytest.mark.usefixtures("inside")]


@pytest.fixture
def office() -> Iterator[PostOffice]:
    """A mail server."""
    with post_office() as made:
        yield made


def smtp(port: int, timeout: float = PATIENCE, **more: str) -> Smtp:
    """Return the channel to a mail server."""
    return Smtp(MailSettings("127.0.0.1", port, SENDER, **more), timeout, 0.0)


def test_several_letters_go_by_one_connection(office: PostOffice) -> None:
    with smtp(office.port).line() as line:
        for number in range(3):
            assert line.send(replace(LETTER, address=f"r{number}@example.cn")) == "2.0.0 queued as 1234"
    assert office.recipients == ["r0@example.cn", "r1@example.cn", "r2@example.cn"]


def test_lines_that_begin_with_a_dot_arrive_as_they_were(office: PostOffice) -> None:
    with smtp(office.port).line() as line:
        line.send(replace(LETTER, body=".\n..two\nplain ascii", language="en", link=None))
    body = office.letters[0].get_body(("plain",))
    assert body
    assert body.get_content().splitlines()[:3] == [".", "..two", "plain ascii"]


@pytest.mark.parametrize(
    ("answer", "kind", "trouble"),
    [
        ("550 5.1.1 no such user", Refused, Trouble.NO_SUCH_ADDRESS),
        ("550 5.7.1 relaying denied", Refused, Trouble.REFUSED),
        ("554 5.7.1 spam", Refused, Trouble.REFUSED),
        ("552 5.2.2 full", Refused, Trouble.FULL),
        ("450 4.2.1 greylisted", Unavailable, Trouble.BUSY),
        ("452 4.2.2 full", Unavailable, Trouble.FULL),
        ("421 4.3.2 closing", Away, Trouble.BUSY),
        ("hang up", Away, Trouble.AWAY),
    ],
)
def test_a_no_to_the_recipient_is_certain(office: PostOffice, answer: str, kind: type, trouble: Trouble) -> None:
    office.at_recipient = {LETTER.address: answer}
    with smtp(office.port).line() as line, pytest.raises(kind) as raised:
        line.send(LETTER)
    assert raised.type is kind
    assert raised.value.trouble is trouble


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("554 5.6.0 unwanted", Refused),
        ("451 4.3.0 later", Unavailable),
        ("421 4.3.2 closing", Away),
        ("hang up", Unknown),
        ("say nothing", Unknown),
    ],
)
def test_after_the_letter_an_answer_is_certain_and_none_is_not(office: PostOffice, answer: str, kind: type) -> None:
    office.at_end = [answer]
    with smtp(office.port, 3.0 if answer == "say nothing" else PATIENCE).line() as line, pytest.raises(kind) as raised:
        line.send(LETTER)
    assert raised.type is kind


def test_after_a_no_the_same_connection_takes_the_next_letter(office: PostOffice) -> None:
    office.at_recipient = {"nobody@example.cn": "550 5.1.1"}
    with smtp(office.port).line() as line:
        with pytest.raises(Refused):
            line.send(replace(LETTER, address="nobody@example.cn"))
        line.send(LETTER)
    assert office.recipients == [LETTER.address]


def test_a_mailbox_in_chinese_goes_where_the_server_can_do_that(office: PostOffice) -> None:
    with smtp(office.port).line() as line:
        line.send(replace(LETTER, address="读者@example.cn"))
    assert office.recipients == ["读者@example.cn"]


def test_a_server_that_never_says_a_word_is_away() -> None:
    with silence() as port, pytest.raises(Away), smtp(port, timeout=0.2).line():
        pass


def test_a_server_that_is_not_there_is_away() -> None:
    with nobody() as port, pytest.raises(Away), smtp(port).line():
        pass


def test_a_server_without_the_encryption_asked_for_gets_no_letter(office: PostOffice) -> None:
    with pytest.raises(Away), smtp(office.port, tls="starttls").line():
        pass


def test_a_certificate_that_nobody_vouches_for_is_refused(tls_office: int) -> None:
    with pytest.raises(Away), smtp(tls_office, tls="from the start").line():
        pass


def test_it_signs_in_where_a_password_is_set() -> None:
    heard: list[LoginPassword] = []

    def check(_server: object, _session: object, _envelope: object, _how: str, login: LoginPassword) -> AuthResult:
        heard.append(login)
        return AuthResult(success=True)

    with post_office(authenticator=check, auth_require_tls=False) as office:
        with smtp(office.port, user="us", password="secret").line() as line:
            line.send(LETTER)
        assert office.recipients == [LETTER.address]
    assert [(one.login, one.password) for one in heard] == [(b"us", b"secret")]


@pytest.fixture
def tls_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a mail server with a certificate of its own making."""
    files = authority.make_ready(tmp_path_factory.mktemp("lan"), ("127.0.0.1",), now())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(files.server, files.server_key)
    with post_office(ssl_context=context) as office:
        yield office.port
