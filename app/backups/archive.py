"""The tar inside a backup: the manifest first, then what it names; never in memory as a whole."""

import shutil
import tarfile
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from app.backups.manifest import Manifest, Part, read_manifest
from app.backups.problems import Damaged

_MANIFEST = "manifest.json"
_LARGEST_MANIFEST = 16 * 1024 * 1024  # bytes


def parts_of(folder: Path) -> dict[str, Part]:
    """Return all files of a folder by their path inside it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _part(path) for path in files}


def pack(folder: Path, manifest: Manifest, target: Path) -> None:
    """Write a tar of the files that the manifest names."""
    with tarfile.open(target, "w") as tar:
        written = manifest.written()
        head = tarfile.TarInfo(_MANIFEST)
        head.size, head.mtime = len(written), int(manifest.made_at.timestamp())
        tar.addfile(head, BytesIO(written))
        for name in manifest.parts:
            tar.add(folder / name, name, recursive=False)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Take a tar apart into a folder and return its manifest; raises `Damaged` unless every file is as it says."""
    try:
        with tarfile.open(archive, "r") as tar:
            members = iter(tar)
            manifest = _read_head(tar, next(members, None))
            found = {member.name: _take(tar, member, folder, manifest) for member in members}
    except (tarfile.TarError, KeyError, ValueError, TypeError, EOFError) as error:
        raise Damaged(file=archive.name) from error
    if found != manifest.parts:
        raise Damaged(file=archive.name)
    return manifest


def _read_head(tar: tarfile.TarFile, head: tarfile.TarInfo | None) -> Manifest:
    if head is None or head.name != _MANIFEST or head.size > _LARGEST_MANIFEST:
        raise ValueError("no manifest")
    return read_manifest(_content(tar, head).read())


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, manifest: Manifest) -> Part:
    path = PurePosixPath(member.name)
    if member.name not in manifest.parts or path.is_absolute() or ".." in path.parts:
        raise ValueError("a file that nobody named")
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as opened:
        shutil.copyfileobj(_content(tar, member), opened)
    return _part(target)


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise ValueError("not a file")
    return content


def _part(path: Path) -> Part:
    with path.open("rb") as opened:
        return Part(file_digest(opened, sha256).hexdigest(), path.stat().st_size)
