"""Commands: the first administrator, the demo county, and the words that greet whoever starts it."""

import sys

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.identifiers import Way, read_identifier
from app.accounts.models import User
from app.accounts.operations import replace_password
from app.accounts.signing_in import find_account
from app.core.clock import now
from app.core.db import db, transact
from app.core.problems import Problem
from app.demo import county, sign_ins
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.organisations.operations import create_organisation, open_staff_account
from config import DEMO_MARK, sqlite_folder


def init_cli(app: Flask) -> None:
    """Attach the commands to ``flask``."""
    for command in (create_admin, set_password, demo_if_empty, welcome):
        app.cli.add_command(command)


@click.command("create-admin")
@click.option("--name", prompt="Name")
@click.option("--sign-in", "identifier", prompt="Phone, e-mail or name to sign in with")
@click.option("--organisation", prompt="Organisation that runs the system, such as 清溪县教育局")
@click.password_option()
@with_appcontext
def create_admin(name: str, identifier: str, organisation: str, password: str) -> None:
    """Open the first administrator's account."""
    way, identifier = _identified(identifier)
    password_hash = _hashed(password)
    try:
        transact(_enter_admin, name, organisation, way, identifier, password_hash)
    except Problem as problem:
        raise click.ClickException(problem.message) from problem
    click.echo(f"{name} can sign in as {identifier}.")


@click.command("set-password")
@click.option("--sign-in", "identifier", prompt="Phone, e-mail or name that signs in")
@click.password_option()
@with_appcontext
def set_password(identifier: str, password: str) -> None:
    """Give an account a new password and end all its sessions, for whoever lost the old one or a phone."""
    user = find_account(*_identified(identifier))
    if user is None:
        raise click.ClickException("There is no such account.")
    transact(replace_password, user.id, _hashed(password))
    click.echo("The password is set, and every session of the account has ended.")


@click.command("demo-if-empty")
@with_appcontext
def demo_if_empty() -> None:
    """Fill an empty SQLite database with the demo county; leave any other alone."""
    folder = sqlite_folder(str(current_app.config["SQLALCHEMY_DATABASE_URI"]))
    is_demo = current_app.config["ENVIRONMENT"] == "demo" and folder == current_app.config["DATA"]
    if not is_demo or db.session.scalar(select(User.id).limit(1)):
        return
    (current_app.config["DATA"] / DEMO_MARK).write_text("Known passwords: never show this to the world.\n")
    click.echo("Filling in the demo county 清溪县 …")
    county.fill(passwords.hash_password(sign_ins.PASSWORD), now())


@click.command("welcome")
@with_appcontext
def welcome() -> None:
    """Say where it runs, who can sign in, and where the data lies."""
    config = current_app.config
    click.echo(f"\n同行青年 Tongxing   {config['PUBLIC_URL']}\n")
    if (config["DATA"] / DEMO_MARK).exists():
        click.echo(f"演示账号 Demo sign-ins (password 密码: {sign_ins.PASSWORD})")
        for who in sign_ins.EVERYBODY:
            click.echo(f"  {who.identifier:<13}{who.chinese} / {who.english}")
    click.echo(f"\n数据 Data   {config['DATA']}\n日志 Log    {config['DATA'] / 'server.log'}\n停止 Stop   Ctrl-C\n")
    sys.stdout.flush()


def _identified(text: str) -> tuple[Way, str]:
    identified = read_identifier(text)
    if identified is None:
        raise click.ClickException("This is neither a phone number nor an e-mail address nor a name without spaces.")
    return identified


def _hashed(password: str) -> str:
    if len(password) < 8:
        raise click.ClickException("The password needs at least 8 characters.")
    return passwords.hash_password(password)


def _enter_admin(name: str, organisation: str, way: Way, identifier: str, password_hash: str) -> None:
    at = now()
    unit = db.session.scalar(select(Organisation).where(Organisation.name == organisation))
    unit = unit or create_organisation(organisation, OrganisationKind.HOST, at=at)
    open_staff_account(
        unit.id,
        MembershipRole.ADMINISTRATOR,
        name=name,
        way=way,
        identifier=identifier,
        password_hash=password_hash,
        at=at,
    )
