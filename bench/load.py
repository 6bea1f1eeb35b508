"""Clients over kept connections: in a closed loop, each sending its next request when it has its answer, to find out
how much there can be; or so many a second, whatever the answers do, to find out how long they take then."""

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_PATIENCE = 60.0  # seconds that one answer may take


class WrongAnswer(RuntimeError):
    """The program did not do what is being timed, so there is nothing to time."""


class NothingLeft(RuntimeError):
    """There was not enough to ask for; what was measured would be a round of fewer and fewer clients."""


@dataclass(frozen=True)
class Ask:
    """One request as it goes over the wire, the status that means it was done, and perhaps one that is as good."""

    wire: bytes
    status: int
    or_status: int | None = None


@dataclass
class Round:
    """What one round measured: how long it took, and each request's milliseconds."""

    seconds: float = 0.0
    milliseconds: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.milliseconds) / self.seconds

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many percent of the requests were answered."""
        return statistics.quantiles(self.milliseconds, n=100)[percent - 1]


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """Return a request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def drive(port: int, asks: Iterator[Ask], *, abreast: int, seconds: float) -> Round:
    """Let so many clients ask for so many seconds; raises `NothingLeft` if there was less than that to ask."""
    return asyncio.run(_drive(port, asks, abreast, seconds))


def drive_at(rate: float, port: int, asks: Iterator[Ask], *, abreast: int, seconds: float) -> Round:
    """Ask so many times a second; an answer's time counts from when it was due to be asked for, so that a server that
    stops for a moment is charged with everybody who would have come in that moment."""
    return asyncio.run(_drive_at(rate, port, asks, abreast, seconds))


def at_once(port: int, asks: Sequence[Ask]) -> Round:
    """Let as many clients as there are requests connect, and then all of them ask at the same moment."""
    return asyncio.run(_at_once(port, asks))


async def _at_once(port: int, asks: Sequence[Ask]) -> Round:
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in asks]
    measured, began = Round(), time.perf_counter()

    async def press(ask: Ask, line: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
        await _ask(ask, *line)
        measured.milliseconds.append((time.perf_counter() - began) * 1000)

    try:
        await asyncio.gather(*[press(*one) for one in zip(asks, lines, strict=True)])
        measured.seconds = time.perf_counter() - began
    finally:
        for _, writer in lines:
            writer.close()
    return measured


async def _drive_at(rate: float, port: int, asks: Iterator[Ask], abreast: int, seconds: float) -> Round:
    measured, began = Round(), time.perf_counter()
    turns = iter([began + number / rate for number in range(int(rate * seconds))])
    await asyncio.gather(*[_client_at(port, asks, turns, measured) for _ in range(abreast)])
    measured.seconds = time.perf_counter() - began
    return measured


async def _client_at(port: int, asks: Iterator[Ask], turns: Iterator[float], measured: Round) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for due in turns:
            ask = next(asks, None)
            if ask is None:
                raise NothingLeft("build more rows: this machine is faster than they were meant for")
            await asyncio.sleep(due - time.perf_counter())
            await _ask(ask, reader, writer)
            measured.milliseconds.append((time.perf_counter() - due) * 1000)
    finally:
        writer.close()


async def _ask(ask: Ask, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(ask.wire)
    status, body = await asyncio.wait_for(_answer(reader), _PATIENCE)
    if status not in (ask.status, ask.or_status):
        raise WrongAnswer(f"{status} instead of {ask.status}: {body[:400]!r}")


async def _drive(port: int, asks: Iterator[Ask], abreast: int, seconds: float) -> Round:
    measured = Round()
    began = time.perf_counter()
    clients = [_client(port, asks, began + seconds, measured) for _ in range(abreast)]
    await asyncio.gather(*clients)
    measured.seconds = time.perf_counter() - began
    if measured.seconds < seconds:
        raise NothingLeft("build more rows: this machine is faster than they were meant for")
    return measured


async def _client(port: int, asks: Iterator[Ask], until: float, measured: Round) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while (began := time.perf_counter()) < until and (ask := next(asks, None)):
            await _ask(ask, reader, writer)
            measured.milliseconds.append((time.perf_counter() - began) * 1000)
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]) if b"content-length:" in head else 0
    return int(head[9:12]), await reader.readexactly(length)
