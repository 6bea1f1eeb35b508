"""When somebody arrived: a function of what was scanned and what staff put right, the same in any order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from app.checkin.models import COUNTS, CorrectionKind, Verdict


class Scanned(Protocol):
    """What counts of a scan."""

    @property
    def verdict(self) -> Verdict:
        """What the door was told."""

    @property
    def happened_at(self) -> datetime:
        """The phone's time, put right."""

    @property
    def received_at(self) -> datetime:
        """The server's."""


class PutRight(Protocol):
    """What counts of a correction."""

    @property
    def id(self) -> int:
        """Its number, which decides between two of one moment."""

    @property
    def kind(self) -> CorrectionKind:
        """Was here, or was not."""

    @property
    def arrived_at(self) -> datetime | None:
        """Since when, for who was here."""

    @property
    def made_at(self) -> datetime:
        """When staff said so."""


def arrival(scans: Iterable[Scanned], corrections: Iterable[PutRight]) -> datetime | None:
    """Return the moment of arrival, or None for somebody who was not there.

    The latest correction is the ground; scans received after it come on top, so that a person sent away by mistake
    can simply be scanned again. Of several arrivals the earliest counts, whichever gate reported first.
    """
    last = max(corrections, key=lambda made: (made.made_at, made.id), default=None)
    moments = [
        scan.happened_at
        for scan in scans
        if scan.verdict in COUNTS and (last is None or scan.received_at > last.made_at)
    ]
    if last is not None and last.kind is CorrectionKind.PRESENT and last.arrived_at:
        moments.append(last.arrived_at)
    return min(moments, default=None)
