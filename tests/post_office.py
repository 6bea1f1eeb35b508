"""A mail server on this machine that takes what it gets, refuses it, hangs or hangs up, as a test wishes."""

import asyncio
import socket
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope, Session
from flask import Flask

from config import ChannelSettings, MailSettings, TencentSettings

SENDER = "同行青年 <noreply@tongxing.example>"
PATIENCE = 30.0  # seconds for what does answer, on a machine whose every core is busy with other tests


@dataclass
class PostOffice:
    """What came in; the answers are for the next letters, by the step at which they are given, "" being an OK.

    The answer ``hang up`` breaks the connection instead, ``say nothing`` keeps it waiting for ever.
    """

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    at_recipient: dict[str, str] = field(default_factory=dict)  # by address, every time
    at_end: list[str] = field(default_factory=list)  # one for each letter that comes

    async def handle_RCPT(  # noqa: N802 - aiosmtpd asks for it
        self, server: Any, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Answer to whom it is."""
        answer = self.at_recipient.get(address, "")
        if answer == "hang up":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server: Any, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Answer to the whole letter."""
        answer = self.at_end.pop(0) if self.at_end else ""
        if answer in {"hang up", "say nothing", ""}:
            assert isinstance(envelope.content, bytes)
            self.letters.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
            self.recipients += envelope.rcpt_tos
        if answer == "hang up":
            server.transport.abort()
        if answer == "say nothing":
            await asyncio.Event().wait()
        return answer or "250 2.0.0 queued as 1234"


class _Counter(Controller):
    """Serves at a socket that listens already: a port that was only looked up may be somebody else's by then."""

    def __init__(self, office: PostOffice, listening: socket.socket, **more: Any) -> None:
        super().__init__(office, "127.0.0.1", office.port, enable_SMTPUTF8=True, ready_timeout=PATIENCE, **more)
        self._listening = listening

    def _create_server(self) -> Awaitable[asyncio.AbstractServer]:
        return self.loop.create_server(self._factory_invoker, sock=self._listening, ssl=self.ssl_context)


@contextmanager
def post_office(**more: Any) -> Iterator[PostOffice]:
    """Run a mail server until the block ends; keywords are those of aiosmtpd."""
    listening = socket.create_server(("127.0.0.1", 0))
    office = PostOffice(listening.getsockname()[1])
    controller = _Counter(office, listening, **more)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()


@contextmanager
def nobody() -> Iterator[int]:
    """Yield a port at which nobody answers, and which nobody else is given meanwhile."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield int(kept.getsockname()[1])


@contextmanager
def silence() -> Iterator[int]:
    """Yield the port of a server that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(16)
        yield int(listening.getsockname()[1])


@contextmanager
def channels(app: Flask, *, mail_port: int | None = None, sms: str = "", timeout: float = PATIENCE) -> Iterator[None]:
    """Switch channels on until the block ends."""
    settings = ChannelSettings(
        mail=MailSettings("127.0.0.1", mail_port, SENDER) if mail_port else None,
        sms=sms,
        tencent=TencentSettings("id", "key", "1400", "同行青年", {"cancelled": "77"}) if sms == "tencent" else None,
        timeout=timeout,
        mails_per_second=1000,
    )
    before = {name: app.config[name] for name in ("CHANNELS", "CHANNEL_SETTINGS")}
    app.config |= {"CHANNELS": settings.switched_on, "CHANNEL_SETTINGS": settings}
    forget_channels(app)
    try:
        yield
    finally:
        app.config |= before
        forget_channels(app)


def forget_channels(app: Flask) -> None:
    """Let the channels be made anew, and none be away."""
    for name in ("carriers", "channels_away"):
        app.extensions.pop(name, None)
