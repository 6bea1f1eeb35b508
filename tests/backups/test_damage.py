"""A backup that is not what it was, or not ours: said in one sentence, and nothing half-done is left."""

import tarfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from app.backups import problems
from app.backups.archive import unpack
from app.backups.backing_up import back_up
from app.backups.keys import decrypt, encrypt, identity_for, new_pair, recipients_of
from app.backups.manifest import FORMAT
from app.backups.place import Place
from app.backups.restoring import verify
from app.core.clock import now
from tests.backups.places import nothing_left


def repacked(place: Place, file: Path, room: Path, mend: Callable[[Path], None]) -> Path:
    """Return a backup whose tar somebody with the public key has changed and encrypted again."""
    decrypt(file, room / "plain.tar", identity_for(place, None))
    mend(room / "plain.tar")
    encrypt(room / "plain.tar", room / "again.tar.age", recipients_of(place))
    return room / "again.tar.age"


def rewrite(tar: Path, change: Callable[[str, bytes], bytes | None]) -> None:
    """Change the files of a tar; None leaves one out."""
    with tarfile.open(tar) as opened:
        files = {one.name: (opened.extractfile(one) or BytesIO()).read() for one in opened}
    with tarfile.open(tar, "w") as opened:
        for name, content in files.items():
            changed = change(name, content)
            if changed is not None:
                head = tarfile.TarInfo(name)
                head.size = len(changed)
                opened.addfile(head, BytesIO(changed))


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda whole: whole[:-1], problems.Damaged),
        (lambda whole: whole[: len(whole) // 2], problems.Damaged),
        (lambda whole: whole[:-300] + bytes([whole[-300] ^ 1]) + whole[-299:], problems.Damaged),
        (lambda whole: whole + b"x", problems.Damaged),
        (lambda whole: whole[:40], problems.NotABackup),
        (lambda _whole: b"", problems.NotABackup),
        (lambda _whole: b"PK\3\4 something else" * 100, problems.NotABackup),
    ],
    ids=["a byte short", "cut off", "tampered", "longer", "a stump", "empty", "another kind"],
)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_damaged_file_is_recognised(
    place: Place, damage: Callable[[bytes], bytes], problem: type[problems.BackupProblem]
) -> None:
    file = back_up(place, now())
    file.write_bytes(damage(file.read_bytes()))
    with nothing_left(place.folder), nothing_left(place.data), pytest.raises(problem):
        verify(place, file, None)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda name, content: content if name == "manifest.json" else content[:-1] + b"?", problems.Damaged),
        (lambda name, content: content if name == "manifest.json" else None, problems.Damaged),
        (lambda name, content: None if name == "manifest.json" else content, problems.Damaged),
        (lambda name, content: b"[]" if name == "manifest.json" else content, problems.Damaged),
        (
            lambda _name, content: content.replace(f'"format": {FORMAT}'.encode(), b'"format": 99'),
            problems.UnknownFormat,
        ),
        (lambda _name, content: content.replace(b'"database.', b'"../database.'), problems.Damaged),
    ],
    ids=["another file", "no file", "no manifest", "an empty manifest", "a later format", "a way out"],
)
@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_file_that_is_not_what_its_manifest_says_is_refused(
    place: Place,
    tmp_path: Path,
    change: Callable[[str, bytes], bytes | None],
    problem: type[problems.BackupProblem],
) -> None:
    file = repacked(place, back_up(place, now()), tmp_path, lambda tar: rewrite(tar, change))
    with nothing_left(place.folder), pytest.raises(problem):
        verify(place, file, None)


def test_a_tar_never_writes_outside_its_folder(tmp_path: Path) -> None:
    for name in ("../out.txt", "/tmp/out.txt"):
        tar = tmp_path / "evil.tar"
        with tarfile.open(tar, "w") as opened:
            opened.addfile(tarfile.TarInfo(name))
        (tmp_path / "in").mkdir(exist_ok=True)
        with nothing_left(tmp_path), pytest.raises(problems.Damaged):
            unpack(tar, tmp_path / "in")


@pytest.mark.parametrize("engine", ["sqlite"])
def test_another_key_opens_nothing(place: Place, tmp_path: Path) -> None:
    file = back_up(place, now())
    (tmp_path / "other").write_text(new_pair())
    with pytest.raises(problems.WrongKey), nothing_left(place.folder):
        verify(place, file, tmp_path / "other")
    (tmp_path / "other").write_text("not a key")
    with pytest.raises(problems.BadIdentity):
        verify(place, file, tmp_path / "other")
    with pytest.raises(problems.NoIdentity):
        verify(place, file, tmp_path / "nowhere")
