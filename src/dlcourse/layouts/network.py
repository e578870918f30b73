"""Where the nodes of a network stand in its drawing, and where the labels of its edges stand."""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

Place = tuple[float, float]  # x and y, in points
Node = tuple[int, int]  # its layer, and its position there

MAX_NODES = 8  # a larger layer is drawn as its first three nodes, dots, and its last
# Lengths in points.
RADIUS = 21.0  # of a node
LABEL_HEIGHT = 8.6  # of an edge's label: digits are 7.3 high
STEEPEST = 0.75  # slope of a labeled edge


def arrange_network(
    sizes: Sequence[int], label_length: float | None
) -> tuple[dict[Node, Place], float]:
    """Return the center of each node that is drawn, and the share of an edge before its label.

    label_length is the length of the longest label of an edge, or None if no edge has a label.
    """
    # In a layer that is cut, the fourth of five rows holds the dots.
    num_rows = [size if size <= MAX_NODES else 5 for size in sizes]
    # The most rows that edges go to.
    m = max(2, *num_rows[1:])
    label_share = _find_label_share(m)
    row_height = 3.3 * RADIUS
    layer_width = 6 * RADIUS
    if label_length is not None:
        label_space = hypot(1, STEEPEST) * LABEL_HEIGHT  # of an edge with the steepest slope
        row_height = max(row_height, 2 * (m + 1) * label_space)
        most_rows = max((left + right) / 2 - 1 for left, right in pairwise(num_rows))
        rise = row_height * most_rows
        label_start = RADIUS + 5 + label_length / 2
        layer_width = max(
            layer_width,
            2 * m * label_length,
            label_start / label_share,
            rise / STEEPEST,
        )

    centers = {}
    for layer, size in enumerate(sizes):
        x = layer * layer_width
        last_row = num_rows[layer] - 1
        top = row_height * last_row / 2
        for node in _list_drawn(size):
            row = min(node, last_row)
            centers[layer, node] = (x, top - row_height * row)
    return centers, label_share


def _find_label_share(m: int) -> float:
    """Return the share of an edge before its label, if the edges from a node go to m rows.

    At a share q of their way these edges are q rows apart. The last edge of a node and the first
    edge of the next node are 1 - q m rows apart. From a share of 1 / (2 m + 2) on, both distances
    are at least 1 / (2 m + 2), for a stretch of 1 / (2 m). The label stands in its middle.
    """
    return (3 * m + 1) / (4 * m * (m + 1))


def _list_drawn(size: int) -> Sequence[int]:
    if size <= MAX_NODES:
        return range(size)
    return (0, 1, 2, size - 1)
