"""E-mail by SMTP (RFC 5321), one connection for some letters, step by step: only after the dot that ends a letter does
it become uncertain whether the other side has it."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.messages.channels.carrier import Away, Letter, Refused, Unavailable, Unknown
from app.messages.channels.mail import Envelope, enveloped
from app.messages.troubles import Trouble
from config import MailSettings

_LINE_DOT = re.compile(rb"(?m)^\.")
_BROKEN = (OSError, smtplib.SMTPServerDisconnected)
_CLOSING = 421  # the server says good-bye
_GO_ON = 354
_OK = (250, 251)
_FULL = ("4.2.2", "5.2.2")
_NOBODY = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10")


class Smtp:
    """A mail server that takes our letters."""

    def __init__(self, settings: MailSettings, timeout: float, pause: float) -> None:
        self.settings, self.timeout, self.pause = settings, timeout, pause

    def carries(self, kind: str) -> bool:
        """Return that any letter goes out by it."""
        return bool(kind)

    @contextmanager
    def line(self) -> Iterator["SmtpLine"]:
        """Connect, and sign in. Raises `Away`."""
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as error:
            raise Away(Trouble.AWAY, f"{type(error).__name__}: {error}") from error
        try:
            yield SmtpLine(server, self.settings.sender)
        finally:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()

    def _connected(self) -> smtplib.SMTP:
        own = self.settings
        me = own.sender.rpartition("@")[2].strip("> ")  # left alone, smtplib asks the DNS
        server: smtplib.SMTP
        if own.tls == "from the start":
            context = ssl.create_default_context()
            server = smtplib.SMTP_SSL(own.host, own.port, me, timeout=self.timeout, context=context)
        else:
            server = smtplib.SMTP(own.host, own.port, me, timeout=self.timeout)
        try:
            if own.tls == "starttls":
                server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
            if own.user:
                server.login(own.user, own.password)
        except BaseException:
            server.close()
            raise
        return server


class SmtpLine:
    """One connection to the mail server."""

    def __init__(self, server: smtplib.SMTP, sender: str) -> None:
        self._server, self._sender = server, sender

    def send(self, letter: Letter) -> str:
        """Hand a letter over; returns what the server said to it."""
        envelope = enveloped(letter, self._sender)
        if envelope.needs_utf8 and not self._server.has_extn("smtputf8"):
            raise Refused(Trouble.NOT_POSSIBLE, "no SMTPUTF8")
        try:
            self._introduce(envelope)
            self._server.send(_LINE_DOT.sub(b"..", envelope.text))
        except _BROKEN as error:
            raise Away(Trouble.AWAY, f"{type(error).__name__}: {error}") from error
        try:
            self._server.send(b".\r\n")
            code, words = self._server.getreply()
        except _BROKEN as error:
            raise Unknown(Trouble.UNKNOWN, f"{type(error).__name__}: {error}") from error
        return self._agreed(code, words)

    def _introduce(self, envelope: Envelope) -> None:
        """Say who writes to whom, until the server waits for the text."""
        options = ["SMTPUTF8"] if envelope.needs_utf8 else []
        self._server.command_encoding = "utf-8" if options else "ascii"
        code, words = self._server.mail(envelope.sender, options)
        if code not in _OK:  # this is about us, not about the letter
            self._give_up(code, words)
            raise Unavailable(Trouble.BUSY, _said(code, words))
        self._agreed(*self._server.rcpt(envelope.recipient))
        code, words = self._server.docmd("DATA")
        if code != _GO_ON:
            self._agreed(code, words)

    def _agreed(self, code: int, words: bytes) -> str:
        if code in _OK:
            return words.decode(errors="replace")[:120]
        self._give_up(code, words)
        said = _said(code, words)
        if code >= 500:
            raise Refused(_reason(said), said)
        raise Unavailable(Trouble.FULL if any(one in said for one in _FULL) else Trouble.BUSY, said)

    def _give_up(self, code: int, words: bytes) -> None:
        """Let the server forget this letter, so that it takes the next one."""
        if code == _CLOSING:
            raise Away(Trouble.BUSY, _said(code, words))
        with suppress(*_BROKEN):
            self._server.rset()


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode(errors='replace')}"


def _reason(said: str) -> Trouble:
    if any(one in said for one in _FULL):
        return Trouble.FULL
    nobody = said.startswith(("550", "551", "553")) and not re.search(r"\b5\.7\.", said)
    return Trouble.NO_SUCH_ADDRESS if nobody or any(one in said for one in _NOBODY) else Trouble.REFUSED
