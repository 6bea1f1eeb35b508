"""A matching of largest weight; also a program of its own, for the library lets no other thread run meanwhile, and a
worker that shows no sign of life loses its work."""

import json
import subprocess
import sys
from collections.abc import Sequence

import rustworkx

Edge = tuple[int, int, int]  # two places, and a weight
Matched = list[tuple[int, int]]
_IN_A_BLINK = 50_000  # edges that are matched in some tenths of a second


def matched(count: int, edges: Sequence[Edge]) -> Matched:
    """Return who goes with whom: as many as can be, then with the largest weight."""
    return _matched(count, edges) if len(edges) <= _IN_A_BLINK else _matched_elsewhere(count, edges)


def _matched(count: int, edges: Sequence[Edge]) -> Matched:
    graph: rustworkx.PyGraph[None, int] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from([None] * count)
    graph.add_edges_from([(one, other, weight) for one, other, weight in edges])
    found = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted((min(both), max(both)) for both in found)


def _matched_elsewhere(count: int, edges: Sequence[Edge]) -> Matched:
    asked = json.dumps([count, edges])
    answer = subprocess.run([sys.executable, __file__], input=asked, capture_output=True, text=True, check=True)  # noqa: S603 - our own file
    return [(one, other) for one, other in json.loads(answer.stdout)]


if __name__ == "__main__":
    json.dump(_matched(*json.load(sys.stdin)), sys.stdout)
