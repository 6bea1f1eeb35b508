"""Throwaway databases: one migrated template per engine, and a fresh copy of it for every test."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import flask_migrate
import psycopg

from app import create_app
from app.core.db import db
from config import Settings, sqlite_url

ENGINES = ("sqlite", "postgresql")
TEMPLATE = "tongxing_template"
_OWNER = "postgres" if os.getuid() == 0 else pwd.getpwuid(os.getuid()).pw_name


def settings_for(database_url: str, data: Path, public_url: str = "http://tongxing.test") -> Settings:
    """Return the settings of a test's application."""
    return Settings("test", data, database_url, "for tests only, never for anybody else", public_url)


def postgresql_url(folder: Path, name: str) -> str:
    """Return the address of a database on the throwaway server."""
    return f"postgresql+psycopg://{_OWNER}@/{name}?host={folder}"


@contextmanager
def postgresql_server(*, is_durable: bool = False) -> Iterator[Path]:
    """Run a server of its own that listens on a socket in its folder only; initdb refuses root.

    Tests need no commit that survives a power failure; what is measured does.
    """
    folder = Path(tempfile.mkdtemp(prefix="tongxing-pg-"))
    shutil.chown(folder, _OWNER)
    folder.chmod(0o755)
    _as_owner(_binary("initdb"), "-D", folder / "data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
    options = (
        f"{'' if is_durable else '-F '}-c listen_addresses= -c unix_socket_directories={folder} -c max_connections=300"
    )
    _as_owner(_binary("pg_ctl"), "-D", folder / "data", "-w", "-l", folder / "log", "-o", options, "start")
    try:
        yield folder
    finally:
        _as_owner(_binary("pg_ctl"), "-D", folder / "data", "-w", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def migrate_templates(server: Path, folder: Path) -> None:
    """Build both templates by the migrations, as a real installation is built."""
    _administer(server, f"CREATE DATABASE {TEMPLATE}")
    for url in (sqlite_url(folder), postgresql_url(server, TEMPLATE)):
        app = create_app(settings_for(url, folder))
        with app.app_context():
            flask_migrate.upgrade()
            db.engine.dispose()


def copy_sqlite(template: Path, target: Path) -> str:
    """Put a fresh copy of the SQLite template into a folder and return its address."""
    for stale in target.glob("tongxing.sqlite3*"):
        stale.unlink()
    shutil.copy(template / "tongxing.sqlite3", target / "tongxing.sqlite3")
    return sqlite_url(target)


def copy_postgresql(server: Path, name: str) -> str:
    """Make a fresh copy of the PostgreSQL template under a name and return its address."""
    drop_postgresql(server, name)
    _administer(server, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    return postgresql_url(server, name)


def empty_postgresql(server: Path, name: str) -> str:
    """Make a database with nothing in it under a name and return its address."""
    drop_postgresql(server, name)
    _administer(server, f"CREATE DATABASE {name}")
    return postgresql_url(server, name)


def drop_postgresql(server: Path, name: str) -> None:
    """Drop a database, connections or not."""
    _administer(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _administer(server: Path, statement: str) -> None:
    with psycopg.connect(host=str(server), user=_OWNER, dbname="postgres", autocommit=True) as connection:
        for again in range(20):  # a template that is just being copied by another worker is busy for a moment
            try:
                connection.execute(statement.encode())
                return
            except psycopg.errors.ObjectInUse:
                if again == 19:
                    raise
                time.sleep(0.1)


def _binary(name: str) -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return found[-1] if found else Path(shutil.which(name) or name)


def _as_owner(*command: object) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = ["setpriv", f"--reuid={_OWNER}", f"--regid={_OWNER}", "--clear-groups", "--", *words]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, cwd="/tmp")
