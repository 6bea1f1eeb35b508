"""SciPy's linear sum assignment, without the rest of `scipy.optimize`: that takes 1.3 s and 55 MB to load."""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Cost = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def assign(cost: Cost) -> tuple[Places, Places]:
    """Return which row goes with which column so that the sum of the costs is smallest; no more rows than columns.

    Exact for whole numbers below 2^50: no path or dual of the algorithm is larger than four of them.
    """
    rows, columns = _solver()(cost)
    return rows, columns


@cache
def _solver() -> Callable[[Cost], Any]:
    import scipy

    found = PathFinder.find_spec("_lsap", [str(Path(scipy.__file__).parent / "optimize")])
    if found is None or found.loader is None:  # it lies elsewhere in this version: then with everything
        whole: Callable[[Cost], Any] = import_module("scipy.optimize").linear_sum_assignment
        return whole
    module = module_from_spec(found)
    found.loader.exec_module(module)
    alone: Callable[[Cost], Any] = module.linear_sum_assignment
    return alone
