"""What a job made for the person who asked: a file in DATA/results, which several hosts may share; for a day."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

KEPT_FOR = timedelta(hours=23)  # looked for each hour: gone within a day


def new_file(job_id: int, name: str, content_type: str) -> tuple[Path, dict[str, Any]]:
    """Return where to write a job's result, and what the job remembers of it: it is found by nothing else.

    Each attempt has a file of its own, so that one which was taken over cannot write into another's.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # names and schools are nothing for others on this host
    file = f"{job_id}-{secrets.token_hex(16)}"
    return folder / file, {"file": file, "name": name, "content_type": content_type}


def result_path(result: dict[str, Any] | None) -> Path | None:
    """Return where a result lies, or None when there is none any more."""
    path = _folder() / result["file"] if result else None
    return path if path and path.is_file() else None


def drop_old_results(*, at: datetime) -> int:
    """Delete the files that have been kept for long enough; returns how many."""
    old = [path for path in _folder().glob("*") if _is_old(path, at)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def drop_all_results() -> None:
    """Delete all files, because somebody who may be in any of them was erased; what is still wanted is made again."""
    for path in _folder().glob("*"):
        path.unlink(missing_ok=True)


def _is_old(path: Path, at: datetime) -> bool:
    try:
        return at.timestamp() - path.stat().st_mtime > KEPT_FOR.total_seconds()
    except FileNotFoundError:
        return False  # another host, which shares the folder, was quicker


def _folder() -> Path:
    return Path(current_app.config["DATA"]) / "results"
