"""Photos of signed forms: made small, without anything but the picture, and sealed."""

from dataclasses import dataclass

from app.care.consents.models import PHOTO_SEALED_FOR, PaperAnswer
from app.core.crypto import seal_bytes, unseal_bytes
from app.core.pictures import Prepared

LONGEST = 2400  # pixels: handwriting on a photographed sheet can still be read


@dataclass(frozen=True)
class SealedPhoto:
    """A photo that may be kept; ``sealed`` is its content under the server's key."""

    media_type: str
    sealed: bytes


def sealed_photo(prepared: Prepared) -> SealedPhoto:
    """Return a photo as it is kept."""
    return SealedPhoto(prepared.media_type, seal_bytes(PHOTO_SEALED_FOR, prepared.content))


def photo_of(paper: PaperAnswer) -> bytes | None:
    """Return the photo of a paper, None without one, or if it was sealed with a key that is no longer there."""
    return unseal_bytes(PHOTO_SEALED_FOR, paper.photo) if paper.photo else None
