"""How many statements one request sends to the database."""

import io
from http.client import parse_headers

from flask import Flask

from bench.load import Ask, WrongAnswer
from tests.counting import statements


def statements_of(app: Flask, ask: Ask) -> int:
    """Return how many statements the request needs; BEGIN and COMMIT are not counted."""
    head, _, body = ask.wire.partition(b"\r\n\r\n")
    first, _, rest = head.partition(b"\r\n")
    method, path, _version = first.decode().split()
    headers = dict(parse_headers(io.BytesIO(rest + b"\r\n\r\n")).items())
    headers.pop("Content-Length")
    with statements(app) as collected:
        answer = app.test_client(use_cookies=False).open(path, method=method, headers=headers, data=body)
    if answer.status_code not in (ask.status, ask.or_status):
        raise WrongAnswer(f"{method} {path}: {answer.status_code} instead of {ask.status}")
    return len([one for one in collected if not one.startswith("BEGIN")])
