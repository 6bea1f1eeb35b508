"""Commands of the demo county: filling it, making it anew, and the words that greet whoever starts it."""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.models import User
from app.core.clock import now
from app.core.db import db
from app.demo import county, sign_ins
from config import DEMO_MARK, sqlite_folder

_DATABASE = "tongxing.sqlite3"


@click.command("demo-if-empty")
@with_appcontext
def demo_if_empty() -> None:
    """Fill an empty SQLite database with the demo county; leave any other alone."""
    if _may_hold_a_demo():
        _fill_if_empty()


@click.command("demo-anew")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
def demo_anew(yes: bool) -> None:
    """Delete the demo county of this data folder, with whatever was entered since, and fill it in anew."""
    database = _data() / _DATABASE
    if not _may_hold_a_demo():
        raise click.ClickException("这不是演示环境，什么也没有动。 / This is not a demo: nothing was touched.")
    if database.exists():
        _refuse_what_is_no_demo(database)
        _refuse_while_in_use(database)
        if not yes:
            click.confirm(f"删除 {database} 并重建演示县？ / Delete it and fill the demo county anew?", abort=True)
        for file in _data().glob(f"{_DATABASE}*"):
            file.unlink()
    flask_migrate.upgrade()
    _fill_if_empty()
    _print_sign_ins()


@click.command("welcome")
@with_appcontext
def welcome() -> None:
    """Say where it runs, who can sign in, and where the data lies."""
    click.echo(f"\n同行青年 Tongxing   {current_app.config['PUBLIC_URL']}\n")
    if (_data() / DEMO_MARK).exists():
        _print_sign_ins()
    click.echo(f"\n数据 Data   {_data()}\n日志 Log    {_data() / 'server.log'}\n停止 Stop   Ctrl-C\n")
    sys.stdout.flush()


def _fill_if_empty() -> None:
    if db.session.scalar(select(User.id).limit(1)):
        return
    (_data() / DEMO_MARK).write_text("Known passwords: never show this to the world.\n")
    click.echo("Filling in the demo county 清溪县 …")
    county.fill(passwords.hash_password(sign_ins.PASSWORD), now())


def _data() -> Path:
    folder: Path = current_app.config["DATA"]
    return folder


def _may_hold_a_demo() -> bool:
    folder = sqlite_folder(str(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    return current_app.config["ENVIRONMENT"] == "demo" and folder == _data()


def _refuse_what_is_no_demo(database: Path) -> None:
    if not (_data() / DEMO_MARK).exists():
        raise click.ClickException(
            f"{database} 没有演示标记，可能是真实数据，不会删除。 / It is not marked as a demo, so it stays as it is."
        )


def _refuse_while_in_use(database: Path) -> None:
    """Stop while anything has the database open: SQLite leaves its write-ahead mode only when nobody else is there."""
    try:
        with closing(sqlite3.connect(database, timeout=0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise click.ClickException(
            f"程序正在使用 {_data()}，请先停止它。 / The program is running on this data: stop it first (Ctrl-C)."
        ) from error


def _print_sign_ins() -> None:
    click.echo(f"演示账号 Demo sign-ins (password 密码: {sign_ins.PASSWORD})")
    for who in sign_ins.EVERYBODY:
        click.echo(f"  {who.identifier:<13}{who.chinese} / {who.english}")
    click.echo(f"  {sign_ins.SECOND_FACTOR}")
