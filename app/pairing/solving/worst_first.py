"""The pair that suits least shall suit as well as can be: what is below the best possible worst is ruled out."""

import numpy as np

from app.pairing.scoring import WHOLE
from app.pairing.solving.tables import FORBIDDEN, Points


def drop_worst(table: Points, levels: int) -> None:
    """Forbid in a table whatever no pairing of as many people needs; found by halving, each time by a matching that
    is as large as can be (Hopcroft and Karp)."""
    most = _size(table, 0, levels)
    low, high = 0, WHOLE
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _size(table, middle, levels) == most else (low, middle - 1)
    table[table < low] = FORBIDDEN


def _size(table: Points, least: int, levels: int) -> int:
    """Return how many can be paired if no pair has fewer points than this."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import maximum_bipartite_matching

    width = table.shape[1]
    columns = [np.flatnonzero(row >= least).astype(np.int32) for row in table]
    wide = [np.concatenate([one + level * width for level in range(levels)]) for one in columns]
    starts = np.concatenate(([0], np.cumsum([len(one) for one in wide]))).astype(np.int32)
    indices = np.concatenate(wide) if wide else np.empty(0, dtype=np.int32)
    graph = csr_array((np.ones(len(indices), dtype=np.int8), indices, starts), shape=(len(table), width * levels))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
