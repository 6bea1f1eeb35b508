"""Settings: what stops a start, and with which words."""

import stat
from pathlib import Path

import pytest

from config import DEMO_MARK, SettingsError, from_environment, sqlite_url

SECRET = "a secret for tests that is long enough"


def production(data: Path, **changes: str) -> dict[str, str]:
    """Return the environment of a production start."""
    whole = {
        "TONGXING_ENV": "production",
        "DATA": str(data),
        "SECRET_KEY": SECRET,
        "PUBLIC_URL": "https://tongxing.example/",
    }
    return whole | changes


def test_a_production_start_reads_its_settings(tmp_path: Path) -> None:
    settings = from_environment(production(tmp_path))
    assert settings.database_url == sqlite_url(tmp_path)
    assert settings.public_url == "https://tongxing.example"
    assert settings.as_flask_config()["SESSION_COOKIE_SECURE"] is True


def test_without_an_environment_named_it_is_production_and_says_what_is_missing() -> None:
    with pytest.raises(SettingsError, match="DATA, SECRET_KEY, PUBLIC_URL"):
        from_environment({})


@pytest.mark.parametrize("missing", ["DATA", "SECRET_KEY", "PUBLIC_URL"])
def test_each_missing_production_setting_is_named(tmp_path: Path, missing: str) -> None:
    with pytest.raises(SettingsError, match=missing):
        from_environment(production(tmp_path, **{missing: ""}))


def test_a_short_secret_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="32 characters"):
        from_environment(production(tmp_path, SECRET_KEY="short"))


def test_production_refuses_a_folder_with_demo_data(tmp_path: Path) -> None:
    (tmp_path / DEMO_MARK).touch()
    with pytest.raises(SettingsError, match="demo data"):
        from_environment(production(tmp_path))


def test_production_refuses_a_database_that_lies_in_a_demo_folder(tmp_path: Path) -> None:
    demo, clean = tmp_path / "demo", tmp_path / "clean"
    demo.mkdir()
    (demo / DEMO_MARK).touch()
    with pytest.raises(SettingsError, match="demo data"):
        from_environment(production(clean, DATABASE_URL=sqlite_url(demo)))


def test_backups_go_beside_the_data_unless_somebody_says_where_and_for_whom(tmp_path: Path) -> None:
    plain = from_environment(production(tmp_path)).as_flask_config()
    assert (plain["BACKUP_FOLDER"], plain["BACKUP_RECIPIENT"]) == (tmp_path / "backups", "")
    chosen = production(tmp_path, BACKUP_FOLDER=f"{tmp_path}/elsewhere", BACKUP_RECIPIENT="age1one age1two")
    settings = from_environment(chosen).as_flask_config()
    assert (settings["BACKUP_FOLDER"], settings["BACKUP_RECIPIENT"]) == (tmp_path / "elsewhere", "age1one age1two")


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(SettingsError, match="production, demo, test"):
        from_environment({"TONGXING_ENV": "prod"})


def test_a_demo_keeps_its_own_secret_across_restarts(tmp_path: Path) -> None:
    environ = {"TONGXING_ENV": "demo", "DATA": str(tmp_path), "PORT": "8123"}
    first, second = from_environment(environ), from_environment(environ)
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (tmp_path / "secret_key").stat().st_mode & 0o077 == 0
    assert first.public_url == "http://127.0.0.1:8123"


def test_the_folder_that_a_first_start_makes_is_closed_to_others_on_the_host(tmp_path: Path) -> None:
    data = tmp_path / "data"
    from_environment({"TONGXING_ENV": "demo", "DATA": str(data)})
    assert stat.S_IMODE(data.stat().st_mode) == 0o700
