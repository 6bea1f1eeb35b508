"""How long pairing takes and how much memory it needs, each size in a process of its own."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import replace
from random import Random
from statistics import median
from typing import Any

from app.pairing.drafts import Draft
from app.pairing.pairing_up import work_out
from app.pairing.plans import PRESETS, Plan, Preset
from app.pairing.rules import Rules
from app.pairing.youths import Shape
from config import ROOT
from tests.pairing.drawn import youths

SIZES = {500: 5, 5000: 1}  # on each side, and how often
RULES = Rules(months_apart=24, same_gender=True, common_language=True)


def measure() -> list[dict[str, Any]]:
    """Return what each size took, with rules, with why the left are left; the first time loads numpy and SciPy."""
    found = []
    for size in SIZES:
        asked = [sys.executable, "-m", "bench.pairing", str(size)]
        answer = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=ROOT)  # noqa: S603 - our own
        found.append({"name": f"pairing_{size}", "database": "none", **json.loads(answer.stdout)})
    return found


def _measured(size: int) -> dict[str, float]:
    lots = Random(size)  # noqa: S311 - the same youths each time
    everybody = tuple(replace(one, side=one.id % 2) for one in youths(2 * size, lots))
    draft = Draft(1, 0, everybody, Plan(Shape.ONE_TO_ONE, PRESETS[Preset.INTERESTS], RULES))
    took = []
    for _time in range(SIZES[size]):
        began = time.perf_counter()
        worked = work_out(draft)
        took.append(time.perf_counter() - began)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "seconds": round(median(took), 2),
        "first_seconds": round(took[0], 2),
        "memory_mb": round(memory),
        "pairs": len(worked.outcome.groups),
    }


if __name__ == "__main__":
    print(json.dumps(_measured(int(sys.argv[1]))))
