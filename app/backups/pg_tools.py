"""PostgreSQL's own programs: found in a version that is not older than the server, and run."""

import re
import shutil
import subprocess
from pathlib import Path

from app.backups.problems import DatabaseFailed, ToolMissing, ToolTooOld

DEBIAN = Path("/usr/lib/postgresql")


def tool(name: str, server: int) -> Path:
    """Return where a program lies that knows a server of this major version, the oldest one that does.

    It is looked for on PATH and where Debian keeps its versions. Raises `ToolMissing`, `ToolTooOld`.
    """
    on_path = shutil.which(name)
    candidates = [*DEBIAN.glob(f"*/bin/{name}"), *([Path(on_path)] if on_path else [])]
    known = {path: _version(path) for path in candidates}
    if not known:
        raise ToolMissing(tool=name)
    fitting = [path for path, version in known.items() if version >= server]
    if not fitting:
        raise ToolTooOld(tool=name, found=max(known.values()), server=server)
    return min(fitting, key=lambda path: known[path])


def run(program: Path, *words: object) -> str:
    """Run a program and return what it prints; raises `DatabaseFailed` with its own last words."""
    command = [str(word) for word in (program, *words)]
    done = subprocess.run(  # noqa: S603 - no shell, and every word is ours
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        why = done.stderr.strip().splitlines()
        raise DatabaseFailed(why=why[-1] if why else f"{program.name} ended with {done.returncode}")
    return done.stdout


def _version(program: Path) -> int:
    found = re.search(r"\) (\d+)", run(program, "--version"))
    return int(found[1]) if found else 0
