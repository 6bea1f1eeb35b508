"""Where one backup at a time is made or read."""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory

from app.backups.problems import Busy, CannotWrite, NoRoom

_PREFIX = ".work-"


@contextmanager
def workroom(folder: Path) -> Iterator[Path]:
    """Lend a private folder among the backups, to one at a time on this host; it is gone afterwards, whatever happens.

    What a killed one left behind goes first. Raises `Busy`; what the disk refuses becomes `NoRoom` or `CannotWrite`.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (folder / ".lock").open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy(folder=folder) from error
            for left in folder.glob(f"{_PREFIX}*"):
                shutil.rmtree(left)
            with TemporaryDirectory(prefix=_PREFIX, dir=folder) as room:
                yield Path(room)
    except OSError as error:
        if error.errno in {ENOSPC, EDQUOT, EFBIG}:
            raise NoRoom(folder=folder) from error
        raise CannotWrite(why=error) from error
