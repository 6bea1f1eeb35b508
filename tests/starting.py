"""`bin/run` as somebody types it in a fresh shell."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LAST_WORDS = "Ctrl-C"


def environment(data: Path, port: int, **more: str) -> dict[str, str]:
    """Return what a fresh shell has, with a port and a data folder."""
    own = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "DATA": str(data), "PORT": str(port)}
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "LANG"))}
    return own | kept | more


@contextmanager
def running(data: Path, port: int, **more: str) -> Iterator[str]:
    """Start the program, yield what it printed until it was ready, and press Ctrl-C."""
    program = subprocess.Popen(
        ["env", "--default-signal=INT", ROOT / "bin" / "run"],  # a test run in the background is born deaf to it
        env=environment(data, port, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    printed = []
    assert program.stdout is not None
    for line in program.stdout:
        printed.append(line)
        if LAST_WORDS in line:
            break
    try:
        yield "".join(printed)
    finally:
        os.killpg(program.pid, signal.SIGINT)
        program.stdout.close()
        assert program.wait(timeout=30) == 0, "".join(printed)


def refused(data: Path, port: int, script: str = "run", **more: str) -> str:
    """Return what a start that is refused says."""
    result = subprocess.run(
        [ROOT / "bin" / script],
        env=environment(data, port, **more),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stdout
    return result.stderr
