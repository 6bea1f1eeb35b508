"""Many are paired by the worker; a web process does not load what pairing needs before somebody pairs."""

import subprocess
import sys
from random import Random

import pytest
from flask import Flask

from app.core.clock import now
from app.core.db import db
from app.core.jobs import Asker, Job, JobState
from app.pairing import arranging
from app.pairing.drafts import draft_of
from app.pairing.jobs import have_paired, is_for_the_worker
from app.pairing.models import PairingRound
from app.pairing.plans import PRESETS, Plan, Preset
from app.pairing.settings import Settings
from app.pairing.solving import edmonds
from app.pairing.youths import Shape
from config import ROOT
from tests.factories import Factory
from tests.pairing_rows import a_round, pairs_by_name
from tests.work import work_off

_LOADED = "import app.pairing.desk, sys; print([one for one in ('numpy', 'scipy', 'rustworkx') if one in sys.modules])"


@pytest.fixture
def by(make: Factory) -> int:
    """Who asks."""
    return make.user().id


@pytest.fixture
def made(make: Factory, by: int) -> PairingRound:
    """A round that nobody has paired yet."""
    return a_round(make, make.organisation(), by)


def state_of(job_id: int) -> tuple[JobState, str]:
    """Return how a job stands."""
    row = db.session.get_one(Job, job_id, populate_existing=True)
    return row.state, row.error


def test_the_worker_pairs_and_says_that_it_has(inside: Flask, made: PairingRound, by: int, make: Factory) -> None:
    job_id = make.do(have_paired, made.id, Settings(preset=Preset.GRADE), asker=Asker(by), at=now())
    number = made.id
    work_off(inside)
    one = db.session.get_one(PairingRound, number, populate_existing=True)
    assert state_of(job_id) == (JobState.DONE, "")
    assert len(pairs_by_name(one)) == 4
    assert (one.job_id, one.settings["preset"]) == (None, "grade")


def test_what_was_changed_meanwhile_is_left_alone(inside: Flask, made: PairingRound, by: int, make: Factory) -> None:
    job_id = make.do(have_paired, made.id, Settings(), asker=Asker(by), at=now())
    make.do(arranging.unlock_all, made.id, by=by, at=now())
    number = made.id
    work_off(inside)
    assert state_of(job_id)[0] is JobState.FAILED
    assert pairs_by_name(db.session.get_one(PairingRound, number)) == set()


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_few_are_paired_at_once_and_many_by_the_worker(inside: Flask, made: PairingRound) -> None:
    draft = draft_of(made)
    assert not is_for_the_worker(draft)
    many = draft.__class__(1, 0, draft.youths * 200, Plan(Shape.ONE_TO_ONE, PRESETS[Preset.GRADE]))
    assert is_for_the_worker(many)


def test_nothing_heavy_is_loaded_at_the_start_of_the_web() -> None:
    asked = [sys.executable, "-c", _LOADED]
    assert subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip() == "[]"


def test_a_large_pool_is_matched_beside_the_process_and_alike() -> None:
    lots = Random(1)
    edges = [(one, other, lots.getrandbits(70)) for one in range(40) for other in range(one)]
    assert edmonds._matched_elsewhere(40, edges) == edmonds.matched(40, edges)
