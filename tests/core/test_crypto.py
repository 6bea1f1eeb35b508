"""Secrets that lean on keys outside the database."""

from base64 import urlsafe_b64decode

import pytest
from flask import Flask

from app.core.codes import read_code
from app.core.crypto import (
    derived_code,
    is_sealed_anew,
    keyed_hash,
    new_nonce,
    seal,
    seal_bytes,
    unseal,
    unseal_bytes,
)

# by Fernet, with the key of the tests
OLD_FASHIONED = "1.gAAAAABrA6f_vgrOQxnKahqG2Pku9gGK0zloMrJwQ4khP2k5E5QGHNbeRJaEYZJHJl-WH2JuqFWLaYGjw69-EJV4eaGVLU4Z3w=="
pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_what_was_sealed_comes_back_for_the_same_purpose_only(inside: Flask) -> None:
    sealed = seal("one", "a secret")
    assert "a secret" not in sealed
    assert unseal("one", sealed) == "a secret"
    assert unseal("other", sealed) is None


def test_sealing_twice_never_looks_the_same(inside: Flask) -> None:
    assert seal("one", "a secret") != seal("one", "a secret")


@pytest.mark.parametrize("broken", ["", "1.", "1.{}", "{0}.", "{0}.x", "00000000.{1}", "{0}.{1}x", "{1}", "é", "{0}.é"])
def test_what_was_tampered_with_or_sealed_with_another_key_is_nothing(inside: Flask, broken: str) -> None:
    mark, _, token = seal("one", "a secret").partition(".")
    assert unseal("one", broken.format(mark, token)) is None


def test_nothing_sealed_can_be_changed_by_a_single_bit(inside: Flask) -> None:
    sealed = seal_bytes("one", b"a secret")
    begin = sealed.index(b".") + 1
    for place in range(begin, len(sealed)):
        flipped = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert unseal_bytes("one", flipped) is None


def test_the_newest_key_seals_and_the_older_ones_still_open(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    newer, newest = "the newer key of this test, long enough", "the newest key of this test, long enough"
    first = seal("one", "a secret")
    monkeypatch.setitem(inside.config, "DATA_KEYS", (newer,))
    second = seal("one", "a secret")
    monkeypatch.setitem(inside.config, "DATA_KEYS", (newest, newer))
    assert [unseal("one", sealed) for sealed in (first, second)] == ["a secret", "a secret"]
    assert [is_sealed_anew(sealed) for sealed in (first, second, seal("one", "x"))] == [False, False, True]
    monkeypatch.setitem(inside.config, "DATA_KEYS", (newest,))
    assert [unseal("one", sealed) for sealed in (first, second)] == ["a secret", None]


def test_another_key_of_the_server_loses_nothing_while_the_old_one_is_among_the_data_keys(
    inside: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed, old = seal("one", "a secret"), inside.config["SECRET_KEY"]
    monkeypatch.setitem(inside.config, "SECRET_KEY", "another one, as long as it has to be")
    assert unseal("one", sealed) is None
    monkeypatch.setitem(inside.config, "DATA_KEYS", ("a key of this test alone, long enough", old))
    assert unseal("one", sealed) == "a secret"


def test_what_was_sealed_before_keys_had_marks_still_opens(inside: Flask) -> None:
    assert unseal("one", OLD_FASHIONED) == "a secret"
    assert unseal_bytes("one", b"1." + urlsafe_b64decode(OLD_FASHIONED.removeprefix("1."))) == b"a secret"
    assert not is_sealed_anew(OLD_FASHIONED)


def test_another_key_of_the_server_opens_and_derives_nothing(inside: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    nonce, sealed = new_nonce(), seal("one", "a secret")
    before = derived_code("one", nonce), keyed_hash("one", "text")
    monkeypatch.setitem(inside.config, "SECRET_KEY", "another one, as long as it has to be")
    assert unseal("one", sealed) is None
    assert (derived_code("one", nonce), keyed_hash("one", "text")) != before


def test_a_derived_code_reads_like_any_other_and_belongs_to_its_nonce_and_purpose(inside: Flask) -> None:
    codes = [derived_code("one", new_nonce()) for _ in range(200)]
    assert len(set(codes)) == 200
    assert all(read_code(code.lower()) == code for code in codes)
    nonce = new_nonce()
    assert derived_code("one", nonce) == derived_code("one", nonce)
    assert derived_code("other", nonce) != derived_code("one", nonce)
    assert len(derived_code("one", nonce, 8)) == 8


def test_a_files_bytes_come_back_for_the_same_purpose_only(inside: Flask) -> None:
    content = bytes(range(256))
    sealed = seal_bytes("one", content)
    assert content not in sealed
    assert unseal_bytes("one", sealed) == content
    assert unseal_bytes("other", sealed) is None
    assert unseal_bytes("one", sealed[:-1]) is None
    assert unseal_bytes("one", b"00000000" + sealed[8:]) is None
