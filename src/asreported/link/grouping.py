"""Average-link clustering over the pairs that were compared; a pair that was not counts as unlike."""

from __future__ import annotations

from collections.abc import Iterable
from heapq import heapify, heappop, heappush


def average_link(n: int, pairs: Iterable[tuple[int, int, float]], least: float) -> list[list[int]]:
    """Groups of 0 to n - 1, merged best first while the mean score between two groups is ``least`` or more.

    The cost is that of sorting the pairs, times the merges that each of them lives through.
    """
    near: list[dict[int, float]] = [{} for _ in range(n)]  # sums of scores between groups
    for a, b, score in pairs:
        if a != b and score > 0:
            near[a][b] = near[b][a] = max(score, near[a].get(b, 0.0))
    members: list[list[int]] = [[k] for k in range(n)]
    heap = [(-s, a, b, 1, 1) for a in range(n) for b, s in near[a].items() if a < b and s >= least]
    heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heappop(heap)
        if len(members[a]) != size_a or len(members[b]) != size_b:
            continue  # one of them has grown or gone since
        if len(near[a]) < len(near[b]):
            a, b = b, a
        members[a] += members[b]
        members[b] = []
        for c, s in near[b].items():
            near[c].pop(b)
            if c != a:
                near[a][c] = near[c][a] = near[a].get(c, 0.0) + s
        near[b] = {}
        near[a].pop(b, None)
        for c, s in near[a].items():
            mean = s / (len(members[a]) * len(members[c]))
            if mean >= least:
                x, y = sorted((a, c))
                heappush(heap, (-mean, x, y, len(members[x]), len(members[y])))
    return sorted(sorted(m) for m in members if m)
