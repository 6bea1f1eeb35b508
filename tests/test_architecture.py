"""The house rules that a program can check: who may import what, where one writes, what nothing is called."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

import app as app_package
from app.core.access import access_of
from config import ROOT

APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
WEB = {"flask", "flask_login", "flask_migrate", "flask_sqlalchemy", "flask_wtf", "werkzeug"}
CARRY_THE_WEB = {
    "__init__.py",  # create_app
    "cli.py",
    "serving.py",
    "accounts/models.py",  # UserMixin, nothing else: see below
    "accounts/presence.py",  # UserMixin, for whoever asks
    "accounts/sessions.py",  # who is signed in, by cookie
    "backups/commands.py",
    "backups/jobs.py",  # the configuration of the running program
    "care/rights/exporting.py",  # the page that somebody gets with all that is known about them
    "care/erasing/replaying.py",  # the configuration of the running program
    "demo/commands.py",
    "checkin/tokens.py",  # which device asks, by token
    "messages/channels/mail.py",  # the template of a mail
    "messages/channels/switchboard.py",  # which channels the running program has
    "messages/sending.py",  # whether the running program has channels
    "organisations/principals.py",
    "pages/alarms.py",  # addresses of where it is mended
    "questions/desk.py",  # views that others hang on their blueprints
}
EMPTY_WORDS = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "services", "base"}
NOT_OURS = {".git", ".hypothesis", ".venv", "__pycache__", "dist", "node_modules", "var"}


def name_of(path: Path) -> str:
    """Return a module's path inside app/."""
    return path.relative_to(APP).as_posix()


def nodes(path: Path) -> Iterator[ast.AST]:
    """Return everything in a module's syntax tree."""
    return ast.walk(ast.parse(path.read_text("utf-8")))


def imports(path: Path) -> set[tuple[str, str]]:
    """Return what a module imports, as (top-level package, name)."""
    found = set()
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {(alias.name.split(".")[0], "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {(node.module.split(".")[0], alias.name) for alias in node.names}
    return found


def reads_the_web(path: Path) -> set[str]:
    """Return what a module takes from Flask and its companions; gettext is not one of them."""
    return {f"{package}.{name}" for package, name in imports(path) if package in WEB}


def is_views(path: Path) -> bool:
    """Return whether a module is whoever asks: its views hang on a blueprint of its own."""
    return re.search(r"^bp = Blueprint\(", path.read_text("utf-8"), re.MULTILINE) is not None


def lines_where(pattern: str, *, but: set[str]) -> list[str]:
    """Return the lines of app/ that match, except in some modules."""
    return [
        f"{name_of(path)}:{number}: {line.strip()}"
        for path in MODULES
        if name_of(path) not in but
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_imports_go_only_downwards() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_only_views_and_core_know_flask() -> None:
    strays = {
        name_of(path): reads_the_web(path)
        for path in MODULES
        if path.parent != APP / "core" and not is_views(path) and name_of(path) not in CARRY_THE_WEB
    }
    assert {name: found for name, found in strays.items() if found} == {}


def test_an_account_takes_its_mixin_from_flask_login_and_nothing_else() -> None:
    for name in ("accounts/models.py", "accounts/presence.py"):
        assert reads_the_web(APP / name) == {"flask_login.UserMixin"}


def test_only_transact_commits() -> None:
    assert lines_where(r"\.commit\(", but={"core/db.py", "core/last_writes.py"}) == []


def test_only_the_clock_knows_what_time_it_is() -> None:
    reading = r"\b(datetime|date)\.(now|utcnow|today)\(|\btime\.time\("
    assert lines_where(reading, but={"core/clock.py"}) == []


def test_only_the_settings_read_the_environment() -> None:
    reading = r"\bgetenv\b|\benviron\b(?!\[[^]]+\] = )"  # setting one, for a library that looks there, is allowed
    assert lines_where(reading, but=set()) == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_named_after_what_is_in_it_and_can_be_read_in_one_go(path: Path) -> None:
    assert path.stem not in EMPTY_WORDS
    assert len(path.read_text("utf-8").splitlines()) <= 260


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_numbers_of_rows_are_read_as_such(path: Path) -> None:
    """Not with ``int``: the database refuses to compare a number that is larger than any row's."""
    unread = re.compile(r"""(?:args|form|values)\.get(?:list)?\(\s*"(?!number")\w+"[^()]*\bint\)""")
    assert unread.findall(path.read_text("utf-8")) == []


def test_create_app_is_a_table_of_contents() -> None:
    (create_app,) = (
        node for node in nodes(APP / "__init__.py") if isinstance(node, ast.FunctionDef) and node.name == "create_app"
    )
    assert create_app.end_lineno
    assert create_app.end_lineno - create_app.lineno < 50


def test_nothing_hides_a_package_behind_its_name() -> None:
    """As ``from app.events import contents as events`` would in app/__init__.py: app.events were the list then."""
    packages = [folder.parent.name for folder in APP.glob("*/__init__.py")]
    hidden = [name for name in packages if getattr(app_package, name, None) is not sys.modules.get(f"app.{name}")]
    assert packages and hidden == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_every_view_says_to_whom_it_is_open(app: Flask) -> None:
    unmarked = {name for name, view in app.view_functions.items() if access_of(view) is None}
    assert unmarked <= {"static"}  # WhiteNoise answers before Flask is asked; what is left of it stays closed


def test_nothing_names_the_folder_it_was_written_in() -> None:
    place = re.compile(rf"(?<![\w./-]){re.escape(str(ROOT))}(?![\w-])")
    mentions = [path.relative_to(ROOT).as_posix() for path in _our_files() if place.search(path.read_text("utf-8"))]
    assert mentions == []


def _our_files() -> Iterator[Path]:
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if NOT_OURS.isdisjoint(parts) and not any(part.endswith("_cache") for part in parts) and path.is_file():
            try:
                path.read_text("utf-8")
            except UnicodeDecodeError:
                continue  # a picture or a font
            yield path
