"""Text messages through Tencent Cloud: its own library, speaking to a server on this machine."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from structlog.testing import capture_logs

from app.core.languages import CHINESE
from app.messages.channels.carrier import Away, Letter, Refused, Unavailable, Unknown
from app.messages.channels.console import Console
from app.messages.channels.tencent import Tencent
from app.messages.troubles import Trouble
from config import TencentSettings
from tests.post_office import PATIENCE, nobody, silence

SETTINGS = TencentSettings("AKIDexample", "secret", "1400000001", "同行青年", {"proof": "11", "cancelled": "22"})
PROOF = Letter("d-1", "13712345678", "周建国", "proof", CHINESE, "验证码 042317", "…", None, "042317", 10)
CANCELLED = Letter("d-2", "+85251234567", "周建国", "cancelled", CHINESE, "活动取消：古镇文化交流日", "…")


@dataclass
class Exchange:
    """What a server of ours was asked, and what it answers."""

    port: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)


@contextmanager
def exchange() -> Iterator[Exchange]:
    """Run the server until the block ends."""
    made = Exchange()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            made.asked.append(json.loads(self.rfile.read(length)))
            made.headers.append(dict(self.headers))
            body = json.dumps({"Response": {"RequestId": "r-1", **made.answer}}).encode()
            self.send_response(made.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def status(code: str) -> dict[str, Any]:
    """Return the answer about one number."""
    return {"SendStatusSet": [{"SerialNo": "2026:1", "Code": code, "Message": "…", "PhoneNumber": "+86137"}]}


def tencent(port: int, timeout: float = PATIENCE) -> Tencent:
    """Return the channel, pointed at this machine."""
    return Tencent(SETTINGS, timeout, f"127.0.0.1:{port}", "http")


def send(port: int, letter: Letter = PROOF, timeout: float = PATIENCE) -> str:
    """Send one letter."""
    with tencent(port, timeout).line() as line:
        return line.send(letter)


def test_a_code_goes_out_with_its_template_and_a_signature() -> None:
    with exchange() as other:
        other.answer = status("Ok")
        assert send(other.port) == "2026:1"
    (asked,), (headers,) = other.asked, other.headers
    assert asked["PhoneNumberSet"] == ["+8613712345678"]
    assert (asked["TemplateId"], asked["TemplateParamSet"]) == ("11", ["042317", "10"])
    assert (asked["SmsSdkAppId"], asked["SignName"], asked["SessionContext"]) == ("1400000001", "同行青年", "d-1")
    assert headers["Authorization"].startswith("TC3-HMAC-SHA256 Credential=AKIDexample/")
    assert headers["X-TC-Action"] == "SendSms"


def test_a_message_goes_out_with_its_subject_to_any_country() -> None:
    with exchange() as other:
        other.answer = status("Ok")
        send(other.port, CANCELLED)
    assert other.asked[0]["PhoneNumberSet"] == ["+85251234567"]
    assert other.asked[0]["TemplateParamSet"] == ["活动取消：古镇文化交流日"]


def test_of_a_link_only_its_end_goes_out_for_the_template_has_the_rest() -> None:
    with exchange() as other:
        other.answer = status("Ok")
        send(other.port, replace(CANCELLED, link="https://tongxing.example/G/ABCD", tail="ABCD"))
    assert other.asked[0]["TemplateParamSet"] == ["ABCD"]


@pytest.mark.parametrize(
    ("code", "kind", "trouble"),
    [
        ("FailedOperation.PhoneNumberInBlacklist", Refused, Trouble.BLOCKED),
        ("InvalidParameterValue.IncorrectPhoneNumber", Refused, Trouble.NO_SUCH_ADDRESS),
        ("FailedOperation.ContainSensitiveWord", Refused, Trouble.REFUSED),
        ("UnsupportedOperation.ChineseMainlandTemplateToGlobalPhone", Refused, Trouble.NOT_POSSIBLE),
        ("LimitExceeded.PhoneNumberOneHourLimit", Unavailable, Trouble.BUSY),
        ("LimitExceeded.GlobalSmsSendingRateLimit", Away, Trouble.BUSY),
        ("FailedOperation.InsufficientBalanceInSmsPackage", Away, Trouble.BUSY),
        ("UnauthorizedOperation.ServiceSuspendDueToArrears", Away, Trouble.BUSY),
        ("InternalError.Timeout", Unknown, Trouble.UNKNOWN),
    ],
)
@pytest.mark.parametrize("is_whole", [False, True], ids=["of the number", "of the request"])
def test_each_code_means_something(code: str, kind: type, trouble: Trouble, is_whole: bool) -> None:
    with exchange() as other, pytest.raises(kind) as raised:
        other.answer = {"Error": {"Code": code, "Message": "…"}} if is_whole else status(code)
        send(other.port)
    assert raised.type is kind
    assert raised.value.trouble is trouble


@pytest.mark.parametrize("code", ["RequestLimitExceeded", "AuthFailure.SignatureFailure"])
def test_throttled_or_not_let_in_the_whole_channel_waits(code: str) -> None:
    with exchange() as other, pytest.raises(Away):
        other.answer = {"Error": {"Code": code, "Message": "…"}}
        send(other.port)


def test_a_server_that_breaks_leaves_it_unknown() -> None:
    with exchange() as other, pytest.raises(Unknown):
        other.status = 502
        send(other.port)


def test_a_request_without_an_answer_leaves_it_unknown() -> None:
    with silence() as port, pytest.raises(Unknown):
        send(port, timeout=0.2)


def test_a_server_that_is_not_there_is_away() -> None:
    with nobody() as port, pytest.raises(Away):
        send(port)


def test_a_kind_without_an_approved_template_does_not_go_out() -> None:
    channel = Tencent(SETTINGS, 5.0)
    assert (channel.carries("cancelled"), channel.carries("thanks")) == (True, False)


def test_an_answer_that_says_nothing_of_the_number_leaves_it_unknown() -> None:
    with exchange() as other, pytest.raises(Unknown):
        send(other.port)


def test_the_console_writes_the_words_into_the_log_and_no_whole_number() -> None:
    with capture_logs() as lines, Console().line() as line:
        line.send(PROOF)
    (written,) = lines
    assert (written["to"], written["words"]) == ("137****5678", "验证码 042317")
    assert PROOF.address not in str(lines)
