"""`bin/run` as somebody types it: it greets, serves, keeps data, and refuses a taken port in plain words."""

import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from app.demo.sign_ins import EVERYBODY, PASSWORD

ROOT = Path(__file__).resolve().parent.parent
LAST_WORDS = "Ctrl-C"


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(data: Path, port: int) -> dict[str, str]:
    """Return what a fresh shell has, with a port and a data folder."""
    own = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "DATA": str(data), "PORT": str(port)}
    return own | {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "LANG"))}


@contextmanager
def running(data: Path, port: int) -> Iterator[str]:
    """Start the program, yield what it printed until it was ready, and press Ctrl-C."""
    program = subprocess.Popen(
        ["env", "--default-signal=INT", ROOT / "bin" / "run"],  # a test run in the background is born deaf to it
        env=environment(data, port),
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


def page(port: int, path: str = "/") -> str:
    """Return a page of the running program."""
    with urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
        text: str = answer.read().decode()
        return text


def test_it_greets_serves_and_keeps_data(tmp_path: Path) -> None:
    port = free_port()
    with running(tmp_path, port) as greeting:
        assert f"http://127.0.0.1:{port}" in greeting
        assert str(tmp_path) in greeting
        assert PASSWORD in greeting
        assert all(who.identifier in greeting for who in EVERYBODY)
        assert "清溪古镇青年文化交流日" in page(port)
    with running(tmp_path, port) as greeting:
        assert "Filling in" not in greeting
        assert "清溪古镇青年文化交流日" in page(port)


def test_a_taken_port_is_said_in_both_languages(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        result = subprocess.run(
            [ROOT / "bin" / "run"], env=environment(tmp_path, port), capture_output=True, text=True, check=False
        )
    assert result.returncode == 1
    assert f"端口 {port} 已被占用" in result.stderr
    assert f"Port {port} is taken" in result.stderr
