"""The built front end: its addresses for the templates, and the files themselves."""

import json
from collections.abc import Callable
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, current_app
from whitenoise import WhiteNoise

ADDRESS = "/static/dist/"


class AssetsNotBuilt(RuntimeError):
    """The front end has not been built, so no page could be shown."""


class UnknownAsset(LookupError):
    """A template asks for a file that the front-end build does not make."""


def init_assets(app: Flask) -> None:
    """Give templates `asset(name)` and serve everything under /static.

    Hashed files may be kept for ever by browsers and go out as .br or .gz where those lie beside them.
    Raises AssetsNotBuilt where static/dist/manifest.json is missing.
    """
    static = Path(app.static_folder or "static")
    manifest = _read_manifest(static / "dist" / "manifest.json")
    app.extensions["assets"] = manifest
    app.jinja_env.globals["asset"] = _address_finder(manifest)
    _serve(app, static, hashed={ADDRESS + file for file in manifest.values()})


def built_file(name: str) -> Path:
    """Return where a built file lies, for the one that is served under a name that never changes."""
    manifest: dict[str, str] = current_app.extensions["assets"]
    return Path(current_app.static_folder or "static") / "dist" / manifest[name]


def _read_manifest(path: Path) -> dict[str, str]:
    try:
        manifest: dict[str, str] = json.loads(path.read_text("utf-8"))
    except FileNotFoundError as missing:
        raise AssetsNotBuilt(f"{path} is missing. `make run` builds the front end and starts.") from missing
    return manifest


def _address_finder(manifest: dict[str, str]) -> Callable[[str], str]:
    def asset(name: str) -> str:
        """Address of a built file, such as asset("main.css"); raises UnknownAsset."""
        try:
            return ADDRESS + manifest[name]
        except KeyError:
            raise UnknownAsset(f"{name!r} is not built; there are {', '.join(sorted(manifest))}") from None

    return asset


def _serve(app: Flask, static: Path, hashed: set[str]) -> None:
    def is_hashed(_path: str, url: str) -> bool:
        return url in hashed

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=static,
        prefix="static/",
        immutable_file_test=is_hashed,
        mimetypes={".wasm": "application/wasm"},
        add_headers_function=_forbid_sniffing,
        allow_all_origins=False,
    )


def _forbid_sniffing(headers: Headers, _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
