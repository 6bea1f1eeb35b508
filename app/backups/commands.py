"""Commands for whoever looks after the backups: a pair of keys, a backup, and the way back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext
from flask_babel import gettext as _
from flask_babel import ngettext

from app.backups.afterwards import do_what_follows
from app.backups.backing_up import back_up
from app.backups.counting import Contents
from app.backups.keys import OWN_KEY, new_pair
from app.backups.manifest import Manifest
from app.backups.place import Place, place_of
from app.backups.problems import BackupProblem
from app.backups.restoring import Verdict, restored
from app.backups.restoring import verify as verify_backup
from app.core.clock import now
from app.core.db import db, transact
from app.core.filters import exact
from app.core.stopping import stop_everything

_PATH = click.Path(path_type=Path)


@click.command("backup-key")
@with_appcontext
def backup_key() -> None:
    """Print a new pair of keys: the public one for BACKUP_RECIPIENT, the secret one to keep elsewhere."""
    click.echo(new_pair(), nl=False)
    click.echo(
        _(
            "The public key goes into BACKUP_RECIPIENT on the server. The secret one does not belong on the server:"
            " keep it in two places, printed in a safe and with a second person. Nobody can read a backup without it."
        ),
        err=True,
    )


@click.command("backup")
@with_appcontext
def backup() -> None:
    """Write an encrypted backup. It deletes none: that is for the one of every night, when nobody is in a hurry."""
    place = place_of(current_app.config)
    with _in_one_sentence():
        made = back_up(place, now())
    click.echo(_("Written: %(file)s (%(size)s)", file=made, size=_size(made)))
    if not place.recipients:
        key = place.data / OWN_KEY
        click.echo(_("The key to it lies in %(key)s: keep a copy of it on another machine.", key=key))


@click.command("restore")
@click.argument("file", type=_PATH)
@click.option("--identity", type=_PATH, help="The file with the secret key.")
@click.option("--verify", is_flag=True, help="Only try the backup out; nothing is changed.")
@click.option("--replace", is_flag=True, help="Put a database with accounts aside, and this one in its place.")
@with_appcontext
def restore(file: Path, identity: Path | None, verify: bool, replace: bool) -> None:
    """Put a backup in the place of an empty database, or try it out."""
    place = place_of(current_app.config)
    if verify:
        with _in_one_sentence():
            verdict = verify_backup(place, file, identity)
        raise SystemExit(_tell(verdict))
    db.session.remove()
    db.engine.dispose()  # else we ourselves are somebody who uses the database
    with _in_one_sentence(), restored(place, file, identity, is_replacing=replace, at=now()) as (manifest, old):
        flask_migrate.upgrade()
        transact(stop_everything, at=now())
        do_what_follows(file.parent)
        db.session.remove()
        db.engine.dispose()
    _tell_restored(place, manifest, old)


@contextmanager
def _in_one_sentence() -> Iterator[None]:
    try:
        yield
    except BackupProblem as problem:
        raise click.ClickException(problem.message) from problem


def _tell(verdict: Verdict) -> int:
    """Print what was tried and how it went, a line each; returns the exit status."""
    manifest, count = verdict.manifest, len(verdict.manifest.parts)
    _line("✓", _("Opened with this key; made on %(moment)s.", moment=exact(manifest.made_at)))
    _line("✓", ngettext("%(num)d file as it was (SHA-256).", "%(num)d files as they were (SHA-256).", count))
    _tell_database(manifest.contents, verdict.found)
    if not verdict.is_known:
        _line("!", _("A newer program made it: install that one before putting it back."))
    if not verdict.is_same_key:
        _line("!", _another_key())
    return 0 if verdict.is_right else 1


def _tell_database(said: Contents, found: Contents | None) -> None:
    if found is None:
        _line("!", _("Not put back: the role may not create a database. Only the list of contents was read."))
        return
    _line("✓", _("The database can be put back, and every reference in it holds."))
    is_same = found.revision == said.revision
    _line("✓" if is_same else "✗", _("Revision of the database: %(revision)s.", revision=found.revision))
    differing = ", ".join(said.differing_from(found))
    if differing:
        _line("✗", _("Other numbers of rows than at the backup: %(tables)s.", tables=differing))
    else:
        _line("✓", _("%(rows)s rows in %(tables)s tables, as many as then.", rows=said.rows, tables=len(said.tables)))


def _line(sign: str, words: str) -> None:
    click.echo(f"{sign} {words}")


def _tell_restored(place: Place, manifest: Manifest, old: str) -> None:
    rows, moment = manifest.contents.rows, exact(manifest.made_at)
    click.echo(_("Restored: %(rows)s rows as of %(moment)s.", rows=rows, moment=moment))
    if old:
        click.echo(_("What was there before lies in %(old)s; delete it once everything is well.", old=old))
    if manifest.key_mark != place.key_mark:
        click.echo(_another_key())


def _another_key() -> str:
    return str(
        _(
            "SECRET_KEY was another one when it was made: put that one back, else second factors have to be set up"
            " anew, and printed codes and links no longer work."
        )
    )


def _size(file: Path) -> str:
    return f"{file.stat().st_size / 1024 / 1024:.1f} MiB"
