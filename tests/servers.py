"""The real program as processes of its own, served as `bin/run` serves it."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path

from config import ROOT, Settings

STARTS_WITHIN = 30.0  # seconds, on a machine whose every core is busy with other tests
STOPS_WITHIN = 15.0
_PORTS = range(20_000, 32_000)  # below those that outgoing connections are given
_SHARES = 16  # of the ports; two workers that look for one at the same moment do not find the same


class ServerDied(AssertionError):
    """The server did not start, or ended by itself; the text ends with its log."""


@dataclass(frozen=True)
class Server:
    """A running program. ``settings`` are the ones it was started with; ``pid`` leads the group of its processes."""

    settings: Settings
    port: int
    log: Path
    pid: int = 0

    @property
    def url(self) -> str:
        """Where it answers, without a slash at the end."""
        return self.settings.public_url

    def connect(self) -> HTTPConnection:
        """Return a connection to it."""
        return HTTPConnection("127.0.0.1", self.port, timeout=60)


@contextmanager
def running(
    database_url: str,
    data: Path,
    secret_key: str,
    *,
    processes: int = 2,
    program: str = "wsgi:app",
    works: bool = False,
    more: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run the program on a database until the block ends; ``program`` names the WSGI application to serve, ``works``
    says whether a worker runs beside it, ``more`` is what its environment has besides."""
    port = free_port()
    data.mkdir(parents=True, exist_ok=True)
    settings = Settings("test", data, database_url, secret_key, f"http://127.0.0.1:{port}")
    server = Server(settings, port, data / f"server-{port}.log")
    with server.log.open("wb") as log:
        process = _start(server, processes, program, log.fileno(), works=works, more=more or {})
    try:
        _wait_until_it_answers(server, process)
        yield replace(server, pid=process.pid)
        if process.poll() is not None:
            raise _died(server, process)
    finally:
        _stop(process)


def _start(
    server: Server, processes: int, program: str, log: int, *, works: bool, more: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    flask = Path(sys.executable).parent / "flask"
    options = [
        "--host",
        "127.0.0.1",
        "--port",
        str(server.port),
        "--workers",
        str(processes),
        "--work" if works else "--no-work",
    ]
    return subprocess.Popen(
        [flask, "--app", program, "serve", *options],
        cwd=ROOT,
        env={**os.environ, **environment_of(server.settings), **more},
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """Return the settings as a process of its own reads them."""
    return {
        "TONGXING_ENV": settings.environment,
        "DATA": str(settings.data),
        "DATABASE_URL": settings.database_url,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": settings.public_url,
        "PYTHONPATH": str(ROOT),
    }


def _wait_until_it_answers(server: Server, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > until:
            raise _died(server, process)
        time.sleep(0.05)


def _answers(server: Server) -> bool:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _died(server: Server, process: subprocess.Popen[bytes]) -> ServerDied:
    ended = "still starting" if process.poll() is None else f"ended with {process.returncode}"
    tail = server.log.read_text(errors="replace")[-4000:]
    return ServerDied(f"the server on port {server.port} is {ended}; its log:\n{tail}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask the parent to stop; only what will not go is killed, and only its own group."""
    process.terminate()
    try:
        process.wait(STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port(in_a_row: int = 1) -> int:
    """Return a port nobody listens on, nor on so many from it on, and which no other worker of these tests is told.

    The server shares ports, so it would not notice a second one itself.
    """
    each = len(_PORTS) // _SHARES
    first = _PORTS[each * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % _SHARES)]
    while True:
        port = random.randrange(first, first + each - in_a_row + 1)
        if all(_is_free(one) for one in range(port, port + in_a_row)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
