"""Settings of one running system, read once from the environment.

Nothing else in the program reads ``os.environ``. A production start stops when a setting is missing
and when it is pointed at demo data.
"""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

ROOT = Path(__file__).resolve().parent
DEMO_MARK = "THIS-IS-DEMO-DATA"
ENVIRONMENTS = ("production", "demo", "test")
SMS_BACKENDS = ("console", "tencent")
_LOCAL = ("localhost", "127.0.0.1", "::1")


class SettingsError(SystemExit):
    """A setting is missing or contradicts another; the text says which and what to do."""


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


@dataclass(frozen=True)
class Settings:
    """What one process needs to know before it can start."""

    environment: str
    data: Path
    database_url: str
    secret_key: str
    public_url: str
    backup_recipient: str = ""  # public keys; outside production the data folder makes its own
    backup_folder: Path | None = None
    channels: ChannelSettings = field(default_factory=ChannelSettings)
    data_keys: tuple[str, ...] = field(default=(), repr=False)  # what seals, the newest first; see app/core/crypto.py

    @property
    def is_demo(self) -> bool:
        """Whether the data folder may hold demo people with known passwords."""
        return (self.data / DEMO_MARK).exists()

    def as_flask_config(self) -> dict[str, object]:
        """Return the mapping for ``app.config``."""
        secure = urlsplit(self.public_url).scheme == "https"
        return {
            "ENVIRONMENT": self.environment,
            "DATA": self.data,
            "PUBLIC_URL": self.public_url,
            "BACKUP_RECIPIENT": self.backup_recipient,
            "BACKUP_FOLDER": self.backup_folder or self.data / "backups",
            "CHANNELS": self.channels.switched_on,
            "CHANNEL_SETTINGS": self.channels,
            "SECRET_KEY": self.secret_key,
            "DATA_KEYS": self.data_keys,
            "SQLALCHEMY_DATABASE_URI": self.database_url,
            "SQLALCHEMY_ENGINE_OPTIONS": engine_options(self.database_url),
            "SESSION_COOKIE_NAME": "tongxing",
            "SESSION_COOKIE_SECURE": secure,
            "SESSION_COOKIE_HTTPONLY": True,
            "SESSION_COOKIE_SAMESITE": "Lax",
            "PERMANENT_SESSION_LIFETIME": timedelta(days=90),
            "SESSION_REFRESH_EACH_REQUEST": False,  # once a day is enough, see accounts.sessions
            "WTF_CSRF_TIME_LIMIT": None,  # a form left open overnight must still go through
            "MAX_CONTENT_LENGTH": 12 * 1024 * 1024,  # a picture in its form; the API takes less: core/uploads.py
            "BABEL_DEFAULT_LOCALE": "zh_Hans_CN",
            "BABEL_DEFAULT_TIMEZONE": "Asia/Shanghai",
            "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
        }


def from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings, or stop the start with a sentence that says what is wrong."""
    environment = environ.get("TONGXING_ENV", "production")
    if environment not in ENVIRONMENTS:
        raise SettingsError(f"TONGXING_ENV={environment}: it must be one of {', '.join(ENVIRONMENTS)}.")
    if environment == "production":
        return _production(environ)
    data = Path(environ.get("DATA", ROOT / "var" / "data")).resolve()
    port = environ.get("PORT", "8000")
    return Settings(
        environment=environment,
        data=data,
        database_url=environ.get("DATABASE_URL") or sqlite_url(data),
        secret_key=environ.get("SECRET_KEY") or kept_secret(data),
        public_url=environ.get("PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        channels=channels_from(environ),
        data_keys=_data_keys(environ),
        **_backups(environ),
    )


def _production(environ: Mapping[str, str]) -> Settings:
    missing = [name for name in ("DATA", "SECRET_KEY", "PUBLIC_URL") if not environ.get(name)]
    if missing:
        raise SettingsError(f"A production start needs {', '.join(missing)} in the environment.")
    if len(environ["SECRET_KEY"]) < 32:
        raise SettingsError("SECRET_KEY must have at least 32 characters.")
    if environ.get("SMS") == "console":  # every text message would count as arrived, and codes lie in the log
        raise SettingsError("SMS=console is for trying it; production refuses it.")
    data = Path(environ["DATA"]).resolve()
    url = environ.get("DATABASE_URL") or sqlite_url(data)
    for folder in {data, sqlite_folder(url)} - {None}:
        if folder is not None and (folder / DEMO_MARK).exists():
            raise SettingsError(f"{folder} holds demo data with known passwords; production refuses it.")
    public_url = environ["PUBLIC_URL"].rstrip("/")
    more = {"channels": channels_from(environ), "data_keys": _data_keys(environ), **_backups(environ)}
    return Settings("production", data, url, environ["SECRET_KEY"], public_url, **more)


def _data_keys(environ: Mapping[str, str]) -> tuple[str, ...]:
    keys = tuple(environ.get("DATA_KEYS", "").split())
    if any(len(key) < 32 for key in keys):
        raise SettingsError("DATA_KEYS: each key must have at least 32 characters; flask data-key makes one.")
    return keys


def _backups(environ: Mapping[str, str]) -> dict[str, Any]:
    folder = environ.get("BACKUP_FOLDER")
    return {
        "backup_recipient": environ.get("BACKUP_RECIPIENT", ""),
        "backup_folder": Path(folder).resolve() if folder else None,
    }


def sqlite_url(data: Path) -> str:
    """Return the address of the embedded database in a data folder."""
    return f"sqlite:///{data / 'tongxing.sqlite3'}"


def engine_options(url: str) -> dict[str, object]:
    """Return how an engine is made. Errors are logged, names and phones are not.

    On PostgreSQL what only reads needs no BEGIN and no ROLLBACK, two round trips a request: at READ COMMITTED each
    statement sees its own moment anyway. What writes begins a transaction of its own, see `app.core.db.transact`.
    """
    reads = {} if url.startswith("sqlite") else {"isolation_level": "AUTOCOMMIT"}
    return {"hide_parameters": True, **reads}


def sqlite_folder(url: str) -> Path | None:
    """Return the folder an SQLite address points into, or None for another engine."""
    return Path(url.removeprefix("sqlite:///")).resolve().parent if url.startswith("sqlite:///") else None


def kept_secret(data: Path) -> str:
    """Return the folder's own random key, making it at the first start, so that restarts keep sessions."""
    path = data / "secret_key"
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()


def channels_from(environ: Mapping[str, str]) -> ChannelSettings:
    """Return what the environment says about the channels. Raises `SettingsError`."""
    sms = environ.get("SMS", "")
    if sms and sms not in SMS_BACKENDS:
        raise SettingsError(f"SMS={sms}: it must be one of {', '.join(SMS_BACKENDS)}, or left out.")
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
        raise SettingsError("SMTP_URL is no address such as smtp://user:password@host:587?starttls=1.") from error
    if url.scheme not in {"smtp", "smtps"} or not url.hostname:
        raise SettingsError("SMTP_URL must look like smtp://user:password@host:587?starttls=1 or smtps://host.")
    wants_starttls = parse_qs(url.query).get("starttls", ["0"])[-1] not in {"", "0"}
    tls = "from the start" if url.scheme == "smtps" else ("starttls" if wants_starttls else "")
    if url.username and not tls and url.hostname not in _LOCAL:
        raise SettingsError(
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
        raise SettingsError("SMTP_URL needs MAIL_FROM, such as MAIL_FROM='同行青年 <noreply@example.cn>'.")
    return sender


def _tencent(environ: Mapping[str, str]) -> TencentSettings:
    names = ("TENCENT_SECRET_ID", "TENCENT_SECRET_KEY", "SMS_SDK_APP_ID", "SMS_SIGN_NAME", "SMS_TEMPLATE_IDS")
    missing = [name for name in names if not environ.get(name)]
    if missing:
        raise SettingsError(f"SMS=tencent needs {', '.join(missing)} in the environment.")
    if find_spec("tencentcloud") is None:
        raise SettingsError("SMS=tencent needs its library: pip install -r requirements-sms.txt")
    secret_id, secret_key, app_id, sign_name, templates = (environ[name] for name in names)
    return TencentSettings(secret_id, secret_key, app_id, sign_name, _templates(templates))


def _templates(text: str) -> dict[str, str]:
    try:
        templates = json.loads(text)
    except ValueError:
        templates = None
    if not isinstance(templates, dict) or not all(isinstance(one, str | int) for one in templates.values()):
        raise SettingsError('SMS_TEMPLATE_IDS must be JSON such as {"proof": "1234", "cancelled": "1235"}.')
    return {kind: str(one) for kind, one in templates.items()}


def _positive(environ: Mapping[str, str], name: str, otherwise: float) -> float:
    try:
        value = float(environ.get(name) or otherwise)
    except ValueError:
        value = 0.0
    if not 0 < value < 10_000:
        raise SettingsError(f"{name}={environ[name]}: it must be a number above 0.")
    return value
