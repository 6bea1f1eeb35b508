"""Without a network: the worker that keeps the entry codes a phone has seen, and the page that shows them."""

import hmac

from flask import Blueprint, Response, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from app.core.access import NOBODY, Principal, public
from app.core.assets import built_file

bp = Blueprint("offline", __name__)
WHOSE = "Tongxing-Account"


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """The worker: from the root, for it looks after every page; never kept, so that a mended one arrives at once."""
    response = Response(built_file("sw.js").read_bytes(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)


@bp.get("/offline")
@public
def page() -> ResponseReturnValue:
    """What is shown without a network. It is the same for everybody: the codes are added on the phone."""
    return render_template("pages/offline.html")


@bp.after_app_request
def _say_whose(response: Response) -> Response:
    """Tell the worker whose page this is, so that it forgets the codes of anybody else.

    Only where the page itself asked who is there: an error page must not have to.
    """
    found: Principal | None = g.get("principal")
    if found is not None and response.mimetype in {"text/html", "image/png"}:
        response.headers[WHOSE] = _mark(found)
    return response


def _mark(found: Principal) -> str:
    if found is NOBODY or found.user_id is None:
        return "nobody"
    key = str(current_app.config["SECRET_KEY"]).encode()
    return hmac.new(key, f"account {found.user_id}".encode(), "sha256").hexdigest()[:20]
