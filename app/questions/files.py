"""Files that answer a question: pictures made small and harmless, PDF files as they are, all of them sealed."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import BinaryIO

from app.core.crypto import seal_bytes, unseal_bytes
from app.core.pictures import LARGEST_FILE, NotAPicture, prepare
from app.core.typed import squeezed
from app.questions.models import SEALED_FOR, AnswerFile
from app.questions.problems import AnswerFileTooLarge, AnswerNotAFile

_LONGEST = 2400  # pixels: handwriting on a photographed sheet can still be read
_ENDINGS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}


@dataclass(frozen=True)
class FileToKeep:
    """A file that may be kept; ``sealed`` is its content under the server's key."""

    name: str
    media_type: str
    sealed: bytes


def prepare_file(name: str, stream: BinaryIO, sealed_for: str = SEALED_FOR) -> FileToKeep:
    """Return what somebody sent as it is kept, sealed: a picture without anything but the picture, or a PDF.

    Slow: to be called before the transaction. Raises `AnswerFileTooLarge`, `AnswerNotAFile`, and what
    `app.core.pictures.prepare` says of pictures.
    """
    content = stream.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise AnswerFileTooLarge
    if content.startswith(b"%PDF-"):
        return _sealed(name, "application/pdf", content, sealed_for)
    try:
        picture = prepare(content, _LONGEST)
    except NotAPicture as unreadable:
        raise AnswerNotAFile from unreadable
    return _sealed(name, picture.media_type, picture.content, sealed_for)


def content_of(file: AnswerFile) -> bytes | None:
    """Return what a file says, or None if it was sealed with a key that is no longer there."""
    return unseal_bytes(SEALED_FOR, file.content)


def _sealed(name: str, media_type: str, content: bytes, sealed_for: str) -> FileToKeep:
    stem = squeezed(PurePath(name.replace("\\", "/")).stem)[:80] or "file"
    return FileToKeep(stem + _ENDINGS[media_type], media_type, seal_bytes(sealed_for, content))
