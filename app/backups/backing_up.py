"""Making a backup: the database of one moment, the files that are truth, one encrypted file of both."""

import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from app.backups.ageing import staying
from app.backups.archive import pack, parts_of
from app.backups.databases import database_at
from app.backups.keys import OWN_KEY, encrypt, recipients_of
from app.backups.manifest import Manifest
from app.backups.place import ASIDE, Place, stamp
from app.backups.workroom import workroom

FILES = "files"
_NAME = re.compile(r"tongxing-(\d{8}T\d{6}Z)\.tar\.age")
# Secrets, what can be drawn or made again, and what lives for a day. Everything else in the data folder is truth.
_LEFT_OUT = {"secret_key", OWN_KEY, "authority", "landscapes", "results", "server.log"}


def back_up(place: Place, at: datetime) -> Path:
    """Write one backup and return where it lies: whole and under its name, or not at all. Raises `BackupProblem`."""
    recipients = recipients_of(place)
    database = database_at(place.database)
    target = place.folder / f"tongxing-{stamp(at)}.tar.age"
    with workroom(place.folder) as room:
        gathered = room / "gathered"
        gathered.mkdir()
        contents = database.copy(gathered / database.file_name)
        _gather_files(place, gathered / FILES)
        manifest = Manifest(at, database.engine, place.key_mark, contents, parts_of(gathered))
        pack(gathered, manifest, room / "backup.tar")
        encrypt(room / "backup.tar", room / target.name, recipients)
        _settle(room / target.name, target)
    return target


def age_out(folder: Path) -> list[Path]:
    """Delete the backups of a folder whose time is over, and return which; files of other names are left alone."""
    made = {moment: path for path in folder.glob("*") if (moment := _made_at(path))}
    gone = [made[moment] for moment in sorted(made.keys() - staying(made))]
    for path in gone:
        path.unlink()
    return gone


def _made_at(path: Path) -> datetime | None:
    found = _NAME.fullmatch(path.name)
    return datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) if found else None


def _gather_files(place: Place, target: Path) -> None:
    for path in sorted(place.data.rglob("*")):
        if path.is_file() and not path.is_symlink() and _is_truth(path, place):
            copy = target / path.relative_to(place.data)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _is_truth(path: Path, place: Place) -> bool:
    first = path.relative_to(place.data).parts[0]
    is_database = place.database.get_backend_name() == "sqlite" and path.name.startswith(
        f"{Path(place.database.database or '').stem}."
    )
    is_ours = first.startswith(ASIDE) or path.is_relative_to(place.folder)
    return not (is_database or is_ours or first in _LEFT_OUT)


def _settle(sealed: Path, target: Path) -> None:
    """Give a finished file its name once it is on the disk for good."""
    sealed.chmod(0o600)
    with sealed.open("rb") as opened:
        os.fsync(opened.fileno())
    sealed.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
