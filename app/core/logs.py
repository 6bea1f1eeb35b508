"""One line of JSON for each request, without a name, a phone number or a code in it."""

import logging
import sys
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.stdlib.get_logger("tongxing")


def init_logs(app: Flask) -> None:
    """Write structured lines to standard error; paths appear as their pattern, so codes stay out."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    app.before_request(_start)
    app.after_request(_finish)


def _start() -> None:
    g.started = time.perf_counter()


def _finish(response: Response) -> Response:
    found = g.get("principal")
    log.info(
        "request",
        method=request.method,
        route=str(request.url_rule) if request.url_rule else None,
        status=response.status_code,
        ms=round((time.perf_counter() - g.started) * 1000, 1) if "started" in g else None,
        user=found.user_id if found else None,
    )
    return response
