"""Settings of one running system, read once from the environment.

Nothing else in the program reads ``os.environ``. A production start stops when a setting is missing
and when it is pointed at demo data.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from channel_settings import ChannelSettings, ChannelsMisset, channels_from

ROOT = Path(__file__).resolve().parent
DEMO_MARK = "THIS-IS-DEMO-DATA"
ENVIRONMENTS = ("production", "demo", "test")


class SettingsError(SystemExit):
    """A setting is missing or contradicts another; the text says which and what to do."""


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
        channels=_channels(environ),
        **_backups(environ),
    )


def _production(environ: Mapping[str, str]) -> Settings:
    missing = [name for name in ("DATA", "SECRET_KEY", "PUBLIC_URL") if not environ.get(name)]
    if missing:
        raise SettingsError(f"A production start needs {', '.join(missing)} in the environment.")
    if len(environ["SECRET_KEY"]) < 32:
        raise SettingsError("SECRET_KEY must have at least 32 characters.")
    data = Path(environ["DATA"]).resolve()
    url = environ.get("DATABASE_URL") or sqlite_url(data)
    for folder in {data, sqlite_folder(url)} - {None}:
        if folder is not None and (folder / DEMO_MARK).exists():
            raise SettingsError(f"{folder} holds demo data with known passwords; production refuses it.")
    public_url = environ["PUBLIC_URL"].rstrip("/")
    more = {"channels": _channels(environ), **_backups(environ)}
    return Settings("production", data, url, environ["SECRET_KEY"], public_url, **more)


def _channels(environ: Mapping[str, str]) -> ChannelSettings:
    try:
        return channels_from(environ)
    except ChannelsMisset as error:
        raise SettingsError(str(error)) from error


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
    data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()
