"""When somebody arrived: a function of what was recorded, whatever the order."""

from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from app.checkin.attendance import arrival
from app.checkin.models import COUNTS, Correction, CorrectionKind, Scan, Verdict

NINE = datetime(2026, 5, 18, 1, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 180).map(lambda minutes: NINE + timedelta(minutes=minutes))


def scan(happened_at: datetime, received_at: datetime | None = None, verdict: Verdict = Verdict.ARRIVED) -> Scan:
    """Return a scan that the server got at once, unless said otherwise."""
    return Scan(happened_at=happened_at, received_at=received_at or happened_at, verdict=verdict)


def correction(number: int, made_at: datetime, arrived_at: datetime | None) -> Correction:
    """Return what staff said: was there since a moment, or was not."""
    kind = CorrectionKind.PRESENT if arrived_at else CorrectionKind.ABSENT
    return Correction(id=number, made_at=made_at, kind=kind, arrived_at=arrived_at)


@st.composite
def scans(draw: st.DrawFn) -> Scan:
    """Any scan; the server gets it when it happens or later."""
    happened_at = draw(MOMENTS)
    late = draw(st.sampled_from([0, 1, 45]))
    return scan(happened_at, happened_at + timedelta(minutes=late), draw(st.sampled_from(Verdict)))


@st.composite
def records(draw: st.DrawFn) -> tuple[list[Scan], list[Correction]]:
    """What may be on record about one person."""
    made = draw(st.lists(st.tuples(MOMENTS, st.none() | MOMENTS), max_size=4))
    corrections = [correction(number, *what) for number, what in enumerate(made)]
    return draw(st.lists(scans(), max_size=6)), corrections


@given(records(), st.randoms(use_true_random=False))
def test_the_order_in_which_it_was_recorded_does_not_matter(
    record: tuple[list[Scan], list[Correction]], random: Random
) -> None:
    first = arrival(*record)
    for part in record:
        random.shuffle(part)
    assert arrival(*record) == first


@given(st.lists(scans(), max_size=6))
def test_of_several_arrivals_the_earliest_counts(seen: list[Scan]) -> None:
    moments = [one.happened_at for one in seen if one.verdict in COUNTS]
    assert arrival(seen, []) == (min(moments) if moments else None)


@given(st.lists(scans(), max_size=6), MOMENTS)
def test_absent_wins_over_every_scan_received_before(seen: list[Scan], made_at: datetime) -> None:
    before = [one for one in seen if one.received_at <= made_at]
    assert arrival(before, [correction(1, made_at, None)]) is None


def test_whoever_was_sent_away_by_mistake_can_be_scanned_again() -> None:
    later = NINE + timedelta(minutes=20)
    sent_away = correction(1, NINE + timedelta(minutes=10), None)
    assert arrival([scan(NINE), scan(later, verdict=Verdict.ALREADY)], [sent_away]) == later


def test_the_last_correction_is_the_ground() -> None:
    absent = correction(1, NINE, None)
    present = correction(2, NINE + timedelta(minutes=1), NINE - timedelta(minutes=30))
    assert arrival([], [present, absent]) == NINE - timedelta(minutes=30)


def test_of_two_corrections_at_one_moment_the_later_row_counts() -> None:
    assert arrival([], [correction(2, NINE, None), correction(1, NINE, NINE)]) is None


def test_a_refused_scan_is_no_arrival() -> None:
    refused = [one for one in Verdict if one not in COUNTS]
    assert arrival([scan(NINE, verdict=verdict) for verdict in refused], []) is None
