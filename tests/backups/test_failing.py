"""A backup that cannot be made: said in one sentence, and nothing half-done is left."""

import fcntl
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from app.backups import problems
from app.backups.backing_up import back_up
from app.backups.keys import OWN_KEY, new_pair, recipients_of
from app.backups.place import Place
from app.backups.restoring import verify
from app.core.clock import now
from tests.backups.places import nothing_left
from tests.factories import Factory


@contextmanager
def a_full_disk(at_most: int) -> Iterator[None]:
    """Let no file grow over so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (at_most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_nothing_behind(make: Factory, place: Place) -> None:
    make.registration()
    recipients_of(place)
    with nothing_left(place.data.parent), a_full_disk(20_000), pytest.raises(problems.BackupProblem) as refused:
        back_up(place, now())
    assert isinstance(refused.value, problems.NoRoom | problems.DatabaseFailed)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_disk_that_fills_up_while_encrypting_or_reading_leaves_nothing_behind(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = back_up(place, now())
    with nothing_left(place.folder), a_full_disk(file.stat().st_size // 2), pytest.raises(problems.NoRoom):
        verify(place, file, None)
    monkeypatch.setattr("app.backups.backing_up.pack", lambda *_, **__: None)

    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.backups.backing_up.encrypt", no_room)
    with nothing_left(place.folder), pytest.raises(problems.NoRoom):
        back_up(place, now())


@pytest.mark.parametrize("engine", ["sqlite"])
def test_two_at_once_are_one(place: Place) -> None:
    file = back_up(place, now())
    with (place.folder / ".lock").open("a") as lock, nothing_left(place.folder):
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(problems.Busy):
            back_up(place, now())
        with pytest.raises(problems.Busy):
            verify(place, file, None)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_what_a_killed_one_left_behind_goes_with_the_next(place: Place) -> None:
    left = place.folder / ".work-killed"
    left.mkdir(parents=True)
    (left / "plain.tar").write_text("everything, for anybody to read")
    back_up(place, now())
    assert not left.exists()


def test_without_a_database_there_is_nothing_to_back_up(empty: Place) -> None:
    with pytest.raises(problems.NoDatabase), nothing_left(empty.folder):
        back_up(empty, now())


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_server_that_is_away_is_said_in_one_line(place: Place, tmp_path: Path) -> None:
    away = replace(place, database=place.database.set(query={"host": str(tmp_path)}))
    with pytest.raises(problems.DatabaseFailed) as refused:
        back_up(away, now())
    assert "\n" not in refused.value.message


def test_without_a_recipient_production_refuses_and_others_make_a_key(engine: str, place: Place) -> None:
    with pytest.raises(problems.NoRecipient):
        back_up(replace(place, is_production=True), now())
    with pytest.raises(problems.BadRecipient):
        back_up(replace(place, recipients="age1nothing"), now())
    back_up(place, now())
    assert (place.data / OWN_KEY).stat().st_mode & 0o077 == 0
    kept = (place.data / OWN_KEY).read_text()
    back_up(place, now())
    assert (place.data / OWN_KEY).read_text() == kept


@pytest.mark.parametrize("engine", ["sqlite"])
def test_each_of_several_recipients_can_open_it_alone(place: Place, tmp_path: Path) -> None:
    pairs = [new_pair(), new_pair()]
    public = [pair.split()[3] for pair in pairs]
    file = back_up(replace(place, recipients=" ".join(public), is_production=True), now())
    assert file.stat().st_mode & 0o077 == 0
    for number, pair in enumerate(pairs):
        (tmp_path / f"{number}").write_text(pair)
        assert verify(place, file, tmp_path / f"{number}").is_right
    assert not (place.data / OWN_KEY).exists()
