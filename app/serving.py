"""Serving the program: loaded once, then forked, so that the processes share its memory."""

import ctypes
import gc
import multiprocessing
import resource
import sys
from contextlib import nullcontext
from pathlib import Path

import click
from flask import Flask
from flask.cli import ScriptInfo, pass_script_info

from app.core.db import db
from app.core.keeper import worker_beside

_THREADS = 4  # in each process; with more of them everybody waits longer for a turn, and nobody is served sooner
_CONNECTIONS = 2048  # to each process: browsers keep theirs, and one that is not taken waits until another one goes
_FILES = 2 * _CONNECTIONS
_TURN = 0.0005  # seconds until a thread that computes lets another one go on, which may hold a row that many want
_COLLECTED_AT = (20_000, 20, 50)  # a request makes thousands of objects; to look for cycles each time is a tenth of it
_LAST_REQUESTS = 5  # seconds that they get when the program stops
_M_MMAP_THRESHOLD, _LARGE = -3, 1024 * 1024  # mallopt(3)
_M_ARENA_MAX, _FEW = -8, 2
_GAPS = range(24, 4096, 16)  # bytes: the sizes in which malloc gives out pieces, up to a page
_BEHIND_ALL = 512 * 1024  # bytes: more than a gap has, less than what is large
_AT_MOST = 32 * 1024 * 1024  # bytes; six million were found. Where a heap cannot grow any more, addresses do not either


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=2, show_default=True, help="Processes; one for each core is plenty.")
@click.option("--work/--no-work", "works", default=True, help="Whether a worker runs beside it: see flask work.")
@click.option("--certificate", type=click.Path(path_type=Path), help="To speak https by itself, with --key.")
@click.option("--key", type=click.Path(path_type=Path))
@pass_script_info
def serve(
    info: ScriptInfo, host: str, port: int, workers: int, works: bool, certificate: Path | None, key: Path | None
) -> None:
    """Serve the program until it is told to stop, and do its work in the background."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    app = info.load_app()
    server = Granian(
        "wsgi:app",
        host,
        port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        backlog=_CONNECTIONS,
        backpressure=_CONNECTIONS,
        respawn_failed_workers=True,
        workers_kill_timeout=_LAST_REQUESTS,
        log_level=LogLevels.warning,
        ssl_cert=certificate,
        ssl_key=key,
    )
    multiprocessing.set_start_method("fork")
    sys.setswitchinterval(_TURN)
    _let_many_connect()
    _give_memory_back()
    _warm_up(app)
    gc.collect()
    _fill_gaps()
    gc.freeze()  # what is there now stays; a collector that walks over it would copy every page of it
    gc.set_threshold(*_COLLECTED_AT)
    with worker_beside(app) if works else nullcontext():
        server.serve(target_loader=lambda: app, wrap_loader=False)


def _warm_up(app: Flask) -> None:
    """Ask for the front page once, so that what every process needs first is made once and shared by all."""
    with app.app_context():  # one that ends here: the command's own lasts as long as the server, with its transaction
        app.test_client().get("/", base_url=app.config["PUBLIC_URL"])
    with app.app_context():
        db.engine.dispose()  # a connection belongs to the process that opened it


def _let_many_connect() -> None:
    """Allow as many open files as connections need; many systems begin with 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY != soft < _FILES:
        most = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _give_memory_back() -> None:
    """Return large pieces to the system as soon as they are free, and let threads share the small ones.

    Left alone, glibc keeps the 19 MiB of each password hash for good, once for every thread that ever made one.
    """
    if libc := _glibc():
        libc.mallopt(_M_MMAP_THRESHOLD, _LARGE)
        libc.mallopt(_M_ARENA_MAX, _FEW)


def _fill_gaps() -> None:
    """Take for good what lies free between that which stays, so that the processes put what they need behind it.

    Gaps are given out first. They lie scattered, and whoever writes into one copies the page around it, which was
    shared: one megabyte in gaps took each process twelve. Addresses grow, so what lies below a new large piece is one.
    """
    if libc := _glibc():
        libc.malloc.restype = ctypes.c_size_t
        end = libc.malloc(_BEHIND_ALL)
        left = _AT_MOST
        for size in reversed(_GAPS):
            while left > 0 and libc.malloc(size) < end:
                left -= size
        libc.free(ctypes.c_void_p(end))


def _glibc() -> ctypes.CDLL | None:
    libc = ctypes.CDLL(None)
    return libc if hasattr(libc, "mallopt") else None
