"""For whom a backup is encrypted, and with what it is read: age's keys, so that the tool `age` can read it, too.

The public key lies on the server; the secret one should not.
"""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from app.backups.place import Place
from app.backups.problems import BadIdentity, BadRecipient, Damaged, NoIdentity, NoRecipient, NotABackup, WrongKey

if TYPE_CHECKING:
    from pyrage.x25519 import Identity, Recipient

OWN_KEY = "backup_key"
_FOREIGN = "No matching keys found"


def new_pair() -> str:
    """Return a new pair as `age-keygen` writes it: the public key in a comment, the secret one below."""
    from pyrage.x25519 import Identity

    identity = Identity.generate()
    return f"# public key: {identity.to_public()}\n{identity}\n"


def recipients_of(place: Place) -> "list[Recipient]":
    """Return the public keys of the settings; outside production the data folder's own, made at the first use.

    Raises `NoRecipient`, `BadRecipient`.
    """
    from pyrage import RecipientError
    from pyrage.x25519 import Recipient

    words = place.recipients.split()
    if not words and place.is_production:
        raise NoRecipient
    try:
        return [Recipient.from_str(word) for word in words] or [_own_identity(place.data).to_public()]
    except RecipientError as error:
        raise BadRecipient(key=place.recipients[:70]) from error


def identity_for(place: Place, file: Path | None) -> "Identity":
    """Return the secret key in a file, or the data folder's own; raises `NoIdentity`, `BadIdentity`."""
    file = file or place.data / OWN_KEY
    if not file.is_file():
        raise NoIdentity
    return _read(file)


def encrypt(plain: Path, target: Path, recipients: "list[Recipient]") -> None:
    """Write a file as only the recipients can read it; raises OSError.

    Through Python's files, for `encrypt_file` lets no other thread run, and a worker has to give signs of life.
    """
    from pyrage import EncryptError, encrypt_io

    try:
        with plain.open("rb") as source, target.open("wb") as sealed:
            encrypt_io(source, sealed, recipients)
    except EncryptError as error:  # it says so of an OSError, too
        number = re.search(r"\[Errno (\d+)\]", str(error))
        raise OSError(int(number[1]) if number else 0, str(error)) from error


def decrypt(file: Path, target: Path, identity: "Identity") -> None:
    """Write what an encrypted file holds; raises `NotABackup`, `WrongKey`, `Damaged`, and OSError for the disk."""
    from pyrage import DecryptError, decrypt_io

    try:
        with file.open("rb") as sealed, target.open("wb") as plain:
            decrypt_io(sealed, plain, [identity])
    except DecryptError as error:
        raise (WrongKey if _FOREIGN in str(error) else NotABackup)(file=file.name) from error
    except OSError as error:
        if error.errno is None:  # age's own word for a chunk that does not fit
            raise Damaged(file=file.name) from error
        raise


def _own_identity(data: Path) -> "Identity":
    file = data / OWN_KEY
    data.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(file)
    with os.fdopen(handle, "w") as opened:
        opened.write(new_pair())
    return _read(file)


def _read(file: Path) -> "Identity":
    from pyrage import IdentityError
    from pyrage.x25519 import Identity

    try:
        (secret,) = (line for line in file.read_text().split() if line.startswith("AGE-SECRET-KEY-"))
        return Identity.from_str(secret)
    except (IdentityError, ValueError) as error:
        raise BadIdentity(file=file.name) from error
