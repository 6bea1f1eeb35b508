"""What the server's processes used: processor time and memory, from /proc."""

import os
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")


def group_of(leader: int) -> list[int]:
    """Return the processes of a process group, such as a server and its workers."""
    pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
    return [pid for pid in pids if _group(pid) == leader]


def worker_of(leader: int) -> list[int]:
    """Return the worker beside a server, and the process that keeps it: those that have a parent in between."""
    group = group_of(leader)
    workers = [pid for pid in group if _parent(pid) in group and _parent(pid) != leader]
    return workers + [_parent(pid) for pid in workers]


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that these have used so far."""
    return sum(_ticks(pid) for pid in pids) / _TICKS


def memory_mb(pids: list[int]) -> float:
    """Return the memory of these together in MiB, shared pages divided among those who share them (PSS)."""
    return sum(_pss_kb(pid) for pid in pids) / 1024


def _group(pid: int) -> int:
    try:
        return int(_stat(pid)[2])
    except (FileNotFoundError, ProcessLookupError):
        return 0  # it has ended meanwhile


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _ticks(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[11]) + int(fields[12])


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _pss_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
