"""Reading a backup: is it whole, and the way back into a database."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from filecmp import cmp
from pathlib import Path

from alembic.script import ScriptDirectory

from app.backups.archive import unpack
from app.backups.backing_up import FILES
from app.backups.counting import Contents
from app.backups.databases import Database, database_at
from app.backups.keys import decrypt, identity_for
from app.backups.manifest import Manifest
from app.backups.place import ASIDE, Place
from app.backups.problems import CannotWrite, DemoBackup, NotEmpty, OtherEngine, ProgramTooOld
from app.backups.workroom import workroom
from config import DEMO_MARK, ROOT


@dataclass(frozen=True)
class Verdict:
    """What trying a backup out has shown: what it says of itself, and what was found (None: it could not be tried)."""

    manifest: Manifest
    found: Contents | None
    is_known: bool  # to the migrations of this program
    is_same_key: bool

    @property
    def is_right(self) -> bool:
        """Whether everything that could be tried is as it was."""
        return self.found is None or self.found == self.manifest.contents


def verify(place: Place, file: Path, identity: Path | None) -> Verdict:
    """Read a backup through and put it back beside the database; raises `BackupProblem` when that fails."""
    with _opened(place, file, identity) as (manifest, folder):
        database = _database_for(place, manifest)
        found = database.try_out(folder / database.file_name, folder)
        return Verdict(manifest, found, _is_known(manifest), manifest.key_mark == place.key_mark)


@contextmanager
def restored(
    place: Place, file: Path, identity: Path | None, *, is_replacing: bool, at: datetime
) -> Iterator[tuple[Manifest, str]]:
    """Put a backup in the database's place; everything is back as it was if the body fails.

    Gives what the backup says and where the old database lies now, "" when there was nothing in it. Raises `NotEmpty`
    for a database with accounts unless ``is_replacing``, and any other `BackupProblem` before anything is touched.
    """
    aside = f"{ASIDE}{at:%Y%m%dT%H%M%S%f}"  # never a name that is there already
    with _opened(place, file, identity) as (manifest, folder):
        database = _database_for(place, manifest)
        _refuse(place, manifest, database, is_replacing=is_replacing)
        with database.replaced(folder / database.file_name, aside) as old:
            _put_files(folder / FILES, place.data, place.data / aside)
            yield manifest, old


@contextmanager
def _opened(place: Place, file: Path, identity: Path | None) -> Iterator[tuple[Manifest, Path]]:
    secret = identity_for(place, identity)
    if not file.is_file():
        raise CannotWrite(why=f"{file}: no such file")
    with workroom(place.folder) as room:
        decrypt(file, room / file.name, secret)
        folder = room / "unpacked"
        folder.mkdir()
        manifest = unpack(room / file.name, folder)
        (room / file.name).unlink()
        yield manifest, folder


def _database_for(place: Place, manifest: Manifest) -> Database:
    database = database_at(place.database)
    if database.engine != manifest.engine:
        raise OtherEngine(engine=manifest.engine)
    return database


def _refuse(place: Place, manifest: Manifest, database: Database, *, is_replacing: bool) -> None:
    if place.is_production and f"{FILES}/{DEMO_MARK}" in manifest.parts:
        raise DemoBackup
    if not _is_known(manifest):
        raise ProgramTooOld(revision=manifest.contents.revision)
    database.refuse_use()
    if not (is_replacing or database.is_empty()):
        raise NotEmpty


def _is_known(manifest: Manifest) -> bool:
    known = ScriptDirectory(str(ROOT / "migrations")).walk_revisions()
    return manifest.contents.revision in {one.revision for one in known}


def _put_files(source: Path, data: Path, aside: Path) -> None:
    """Copy the files of a backup into the data folder; others that are in the way are put aside."""
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        name = path.relative_to(source)
        target = data / name
        if target.exists() and cmp(path, target, shallow=False):
            continue
        if target.exists():
            (aside / name).parent.mkdir(parents=True, exist_ok=True)
            target.replace(aside / name)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
