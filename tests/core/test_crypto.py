"""Secrets that lean on the server's key."""

import pytest
from flask import Flask

from app.core.codes import read_code
from app.core.crypto import derived_code, keyed_hash, new_nonce, seal, seal_bytes, unseal, unseal_bytes

pytestmark = pytest.mark.parametrize("engine", ["sqlite"])


def test_what_was_sealed_comes_back_for_the_same_purpose_only(inside: Flask) -> None:
    sealed = seal("one", "a secret")
    assert "a secret" not in sealed
    assert unseal("one", sealed) == "a secret"
    assert unseal("other", sealed) is None


def test_sealing_twice_never_looks_the_same(inside: Flask) -> None:
    assert seal("one", "a secret") != seal("one", "a secret")


@pytest.mark.parametrize("broken", ["", "1.", "1.x", "2.{}", "{}x", "é"])
def test_what_was_tampered_with_or_sealed_with_another_key_is_nothing(inside: Flask, broken: str) -> None:
    token = seal("one", "a secret").removeprefix("1.")
    assert unseal("one", broken.format(token)) is None


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
    assert unseal_bytes("one", b"2" + sealed[1:]) is None
