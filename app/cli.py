"""Commands for whoever runs the program: the first administrator, a lost password; and those of the demo county."""

import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.identifiers import Way, read_identifier
from app.accounts.operations import replace_password
from app.accounts.signing_in import find_account
from app.backups.commands import backup, backup_key, restore
from app.care.commands import data_inventory
from app.core.clock import now
from app.core.db import db, transact
from app.core.problems import Problem
from app.core.rotating import data_key, rotate_keys
from app.core.worker import work_command
from app.demo.commands import demo_anew, demo_if_empty, welcome
from app.organisations.models import MembershipRole, Organisation, OrganisationKind
from app.organisations.operations import create_organisation, open_staff_account
from app.serving import serve


def init_cli(app: Flask) -> None:
    """Attach the commands to ``flask``."""
    for command in (
        serve,
        work_command,
        create_admin,
        set_password,
        backup_key,
        backup,
        restore,
        data_key,
        rotate_keys,
        data_inventory,
        demo_if_empty,
        demo_anew,
        welcome,
    ):
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
    """Give an account a new password, end all its sessions and take its second factor away: for whoever lost them."""
    user = find_account(*_identified(identifier))
    if user is None:
        raise click.ClickException("There is no such account.")
    transact(replace_password, user.id, _hashed(password), at=now())
    click.echo("The password is set. Every session of the account has ended, and so has its second factor.")


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
