"""Many are paired by the worker; the web processes never load what pairing needs."""

import subprocess
import sys

import pytest

from app.core.db import db
from app.core.jobs import Asker, Job, JobState
from app.core.clock import now
from app.core.worker import Worker
from app.pairing import arranging
from app.pairing.drafts import draft_of
from app.pairing.jobs import have_paired, is_for_the_worker
from app.pairing.models import PairingRound
from app.pairing.settings import Settings
from app.pairing.youths import Shape
from config import ROOT
from flask import Flask
from tests.factories import Factory
from tests.pairing_rows import a_round, pairs_by_name
