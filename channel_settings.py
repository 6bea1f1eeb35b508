"""The settings of the channels by which messages leave the house: a part of `config`, which hands them over."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import parse_qs, unquote, urlsplit

SMS_BACKENDS = ("console", "tencent")
_LOCAL = ("localhost", "127.0.0.1", "::1")


class ChannelsMisset(ValueError):
    """A setting of the channels is missing or contradicts another; the text says which and what to do."""


@dataclass(frozen=True)
class MailSettings:
    """How mail leaves: by which server, as whom, and by what kind of connection ("" is a plain one)."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = ""  # "starttls", "from the start", or ""


@dataclass(frozen=True)
class TencentSettings:
    """The contract for text messages; ``templates`` are the operator's approved ones, by kind of message."""

    secret_id: str
    secret_key: str = field(repr=False)
    app_id: str
    sign_name: str
    templates: Mapping[str, str]


@dataclass(frozen=True)
class ChannelSettings:
    """Which channels are switched on; nothing configured is no channel, and every message is read in the inbox."""

    mail: MailSettings | None = None
    sms: str = ""
    tencent: TencentSettings | None = None
    timeout: float = 10.0  # seconds that the other side gets for an answer
    mails_per_second: float = 20.0  # in each lane of a worker, so that a mail server is not flooded

    @property
    def switched_on(self) -> tuple[str, ...]:
        """The names of the channels there are."""
        return tuple(name for name, is_there in (("email", self.mail), ("sms", self.sms)) if is_there)


def channels_from(environ: Mapping[str, str]) -> ChannelSettings:
    """Return what the environment says about the channels. Raises `ChannelsMisset`."""
    sms = environ.get("SMS", "")
    if sms and sms not in SMS_BACKENDS:
        raise ChannelsMisset(f"SMS={sms}: it must be one of {', '.join(SMS_BACKENDS)}, or left out.")
    return ChannelSettings(
        mail=_mail(environ) if environ.get("SMTP_URL") else None,
        sms=sms,
        tencent=_tencent(environ) if sms == "tencent" else None,
        timeout=_positive(environ, "CHANNEL_TIMEOUT", 10.0),
        mails_per_second=_positive(environ, "MAILS_PER_SECOND", 20.0),
    )


def _mail(environ: Mapping[str, str]) -> MailSettings:
    try:
        url = urlsplit(environ["SMTP_URL"])
        port = url.port
    except ValueError as error:
        raise ChannelsMisset("SMTP_URL is no address such as smtp://user:password@host:587?starttls=1.") from error
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise ChannelsMisset("SMTP_URL must look like smtp://user:password@host:587?starttls=1 or smtps://host.")
    wants_starttls = parse_qs(url.query).get("starttls", ["0"])[-1] not in {"", "0"}
    tls = "from the start" if url.scheme == "smtps" else ("starttls" if wants_starttls else "")
    if url.username and not tls and url.hostname not in _LOCAL:
        raise ChannelsMisset(
            "SMTP_URL would send its password in the clear: add ?starttls=1, or begin it with smtps://."
        )
    return MailSettings(
        host=url.hostname,
        port=port or {"from the start": 465, "starttls": 587, "": 25}[tls],
        sender=_sender(environ),
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        tls=tls,
    )


def _sender(environ: Mapping[str, str]) -> str:
    sender = environ.get("MAIL_FROM", "")
    if not sender.isprintable() or not re.fullmatch(r"[!-?A-~]+@[\w.-]+", parseaddr(sender)[1], re.ASCII):
        raise ChannelsMisset("SMTP_URL needs MAIL_FROM, such as MAIL_FROM='同行青年 <noreply@example.cn>'.")
    return sender


def _tencent(environ: Mapping[str, str]) -> TencentSettings:
    names = ("TENCENT_SECRET_ID", "TENCENT_SECRET_KEY", "SMS_SDK_APP_ID", "SMS_SIGN_NAME", "SMS_TEMPLATE_IDS")
    missing = [name for name in names if not environ.get(name)]
    if missing:
        raise ChannelsMisset(f"SMS=tencent needs {', '.join(missing)} in the environment.")
    secret_id, secret_key, app_id, sign_name, templates = (environ[name] for name in names)
    return TencentSettings(secret_id, secret_key, app_id, sign_name, _templates(templates))


def _templates(text: str) -> dict[str, str]:
    try:
        templates = json.loads(text)
    except ValueError:
        templates = None
    if not isinstance(templates, dict) or not all(isinstance(one, str | int) for one in templates.values()):
        raise ChannelsMisset('SMS_TEMPLATE_IDS must be JSON such as {"proof": "1234", "cancelled": "1235"}.')
    return {kind: str(one) for kind, one in templates.items()}


def _positive(environ: Mapping[str, str], name: str, otherwise: float) -> float:
    try:
        value = float(environ.get(name) or otherwise)
    except ValueError:
        value = 0.0
    if not 0 < value < 10_000:
        raise ChannelsMisset(f"{name}={environ[name]}: it must be a number above 0.")
    return value
