"""Draw networks and computation graphs, and the plot style of the course's pages.

Both drawings are laid out in points (1/72 inch): a figure of their own has that size, given axes are filled.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import atan2, degrees, hypot
from pathlib import Path
from statistics import fmean
from typing import Any

import matplotlib.pyplot as plt
from matplotlib import rc_params_from_file
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch, Patch, Rectangle
from matplotlib.textpath import text_to_path

from dlcourse.scratch.value import Value, topological_order

Place = tuple[float, float]  # x and y, in points
Node = tuple[int, int]  # its layer, and its position there
NodeLabels = Sequence[Sequence[str]]
EdgeLabels = Mapping[tuple[int, int, int], str]

# plt.style.use("dlcourse.plot") sets the same for plots of your own.
_STYLE = rc_params_from_file(Path(__file__).with_name("plot.mplstyle"), use_default_template=False)
PLOT_STYLE = {str(name): value for name, value in _STYLE.items()}

MAX_NODES = 8  # a larger layer is drawn as its first three nodes, dots, and its last
MAX_VALUES = 200  # a larger graph could not be read
FONT_SIZE = 10.0  # points, like all lengths below
RADIUS = 21.0  # of a node
LABEL_HEIGHT = 8.6  # of an edge's label: digits are 7.3 high
STEEPEST = 0.75  # slope of a labelled edge


class _Sheet:
    """Axes that show ranges of x and y (points), and the scale at which they do, for texts and lines."""

    def __init__(self, axes: Axes | None, xlim: Place, ylim: Place):
        width, height = xlim[1] - xlim[0], ylim[1] - ylim[0]
        if axes is None:
            figure = plt.figure(figsize=(width / 72, height / 72))
            axes = figure.add_subplot(
                position=(0, 0, 1, 1)
            )  # given a position, no layout engine moves it
        axes.set(xlim=xlim, ylim=ylim, aspect="equal")
        axes.set_axis_off()
        window, points = axes.get_window_extent(), 72 / axes.figure.dpi
        self.axes, self.scale = (
            axes,
            min(window.width * points / width, window.height * points / height),
        )

    def line(self, places: Sequence[Place], width: float, **style: Any) -> None:
        self.axes.plot(
            *zip(*places, strict=True), color="black", linewidth=width * self.scale, **style
        )

    def outline(self, patch: Patch, color: str, width: float, zorder: float = 2) -> None:
        patch.set(facecolor="white", edgecolor=color, linewidth=width * self.scale, zorder=zorder)
        self.axes.add_patch(patch)

    def write(self, place: Place, text: str, size: float = FONT_SIZE, **style: Any) -> None:
        if text:
            self.axes.text(
                *place, text, size=size * self.scale, ha="center", va="center", zorder=4, **style
            )


def draw_network(
    sizes: Sequence[int],
    *,
    node_labels: NodeLabels | None = None,
    edge_labels: EdgeLabels | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw a fully connected network, its layers from left to right, and return the axes.

    `node_labels[layer][node]` stands in the node, `edge_labels[layer, source, target]` on the edge from node
    `source` of that layer to node `target` of the next; the input is layer 0. A layer of more than eight
    nodes is drawn as its first three, dots and its last, with "4 of 64 nodes" below.

    Raises: ValueError for fewer than two layers, an empty layer, or labels that fit no node or edge.
    """
    edge_labels = edge_labels or {}
    _check_network(sizes, node_labels, edge_labels)
    centres, along = _place_nodes(sizes, edge_labels)
    counts = {layer: f"4 of {size} nodes" for layer, size in enumerate(sizes) if size > MAX_NODES}
    margin = max(RADIUS, _text_width(*counts.values()) / 2) + 2
    right, top = (max(one) for one in zip(*centres.values(), strict=True))
    half_height = top + RADIUS + (20 if counts else 2)
    sheet = _Sheet(axes, (-margin, right + margin), (-half_height, half_height))

    for (layer, source), (x0, y0) in centres.items():
        for target in [node for next_layer, node in centres if next_layer == layer + 1]:
            x1, y1 = centres[layer + 1, target]
            sheet.line([(x0, y0), (x1, y1)], 1, alpha=0.6, zorder=0)
            if label := edge_labels.get((layer, source, target)):
                x, y = x0 + along * (x1 - x0), y0 + along * (y1 - y0)
                angle, width = degrees(atan2(y1 - y0, x1 - x0)), _text_width(label) + 3
                paper = Rectangle(
                    (x - width / 2, y - LABEL_HEIGHT / 2), width, LABEL_HEIGHT, angle=angle
                )
                paper.rotation_point = "center"
                sheet.outline(paper, "white", 0, zorder=1)
                sheet.write((x, y), label, rotation=angle)

    labels = {
        (layer, node): node_labels[layer][node] if node_labels else "" for layer, node in centres
    }
    space = 1.75 * RADIUS  # for a line of text; the upper one of two is not at the widest place
    label_size = FONT_SIZE * min(1, space / max(space, _text_width(*labels.values())))
    for node, centre in centres.items():
        sheet.outline(Circle(centre, RADIUS), "C0", 2)
        sheet.write(centre, labels[node], size=label_size)
    for layer, count in counts.items():
        (x, third), (_, last) = centres[layer, 2], centres[layer, sizes[layer] - 1]
        sheet.write((x, (third + last) / 2), "⋮", size=2 * FONT_SIZE)
        sheet.write((x, last - RADIUS - 9), count)
    return sheet.axes


def draw_graph(
    output: Value, *, labels: Mapping[Value, str] | None = None, axes: Axes | None = None
) -> Axes:
    """Draw how `output` was computed, from the first values at the left to it at the right; return the axes.

    Every value is a box with its number above and its gradient below (as they are now: call backward() first)
    and its name from `labels` on top. The rounded field before a box is the operation that it came from.

    Raises: ValueError for a graph of more than 200 values, or a label of a value that is not in the graph.
    """
    labels = labels or {}
    values = topological_order(output)
    if len(values) > MAX_VALUES:
        raise ValueError(
            f"the graph has {len(values)} values: draw a part of it, of at most {MAX_VALUES}"
        )
    for value in labels.keys() - set(values):
        raise ValueError(f"labels names {labels[value]!r}, which the output was not computed from")

    born, columns = _columns(values)
    row = 50 if labels else 38  # from box to box; names stand between them
    heights = {place: -row * height for place, height in _heights(born, columns).items()}
    # Per column: x of its operations, of its boxes, of their end.
    spans: list[tuple[float, float, float]] = []
    for index, column in enumerate(columns):
        made = [value for value in column if born[value] == index]
        widths = [_text_width(*_numbers(value)) for value in made]
        left = spans[-1][2] + 16 if spans else 0  # 16 points for the lines between two columns
        box = left + max(map(_operation_width, made))
        names = _text_width(*(labels.get(value, "") for value in made), weight="bold")
        spans.append((left, box, box + 6 + max(*widths, names)))
    bottom, top, key_width = (
        min(heights.values()),
        max(heights.values()),
        _text_width("gradient") + 6,
    )
    right = max(spans[-1][2], key_width) + 2
    sheet = _Sheet(axes, (-2, right), (bottom - 54, top + row / 2 + 8))

    for value in values:
        end, y = born[value], heights[born[value], value]
        left, x, right = spans[end]
        _draw_box(sheet, (x, y), right - x, _numbers(value), labels.get(value, ""))
        if width := _operation_width(value):
            style = "round,pad=0,rounding_size=7"
            sheet.outline(FancyBboxPatch((x - width, y - 7), width, 14, boxstyle=style), "C0", 1.5)
            symbol = {"*": "×", "-": "−"}.get(value.operation, value.operation)
            sheet.write((x - width / 2, y), symbol, size=0.9 * FONT_SIZE)
        for position, (operand, _) in enumerate(value.inputs):
            start = born[operand]
            line = [(spans[start][2], heights[start, operand])]
            for passed in range(start + 1, end):  # between the boxes of the columns on the way
                line += [(spans[passed][edge], heights[passed, operand]) for edge in (0, 2)]
            y_end = y + (
                3 - 6 * position if len(value.inputs) == 2 else 0
            )  # the first comes in higher
            sheet.line([*line, (left, y_end), (x - width, y_end)], 0.8, zorder=1)
    _draw_box(sheet, (0, bottom - 38), key_width, ("value", "gradient"), "")
    return sheet.axes


def _check_network(
    sizes: Sequence[int], node_labels: NodeLabels | None, edge_labels: EdgeLabels
) -> None:
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(
            f"sizes must name at least two layers of at least one node, got {list(sizes)}"
        )
    counts = [len(labels) for labels in node_labels or []]
    if node_labels is not None and counts != list(sizes):
        raise ValueError(
            f"node_labels must have a label for every node, {list(sizes)}, got {counts}"
        )
    for layer, source, target in edge_labels:
        is_layer = 0 <= layer < len(sizes) - 1
        if not (is_layer and 0 <= source < sizes[layer] and 0 <= target < sizes[layer + 1]):
            raise ValueError(
                f"edge_labels names {layer, source, target}, which is no edge of {list(sizes)}"
            )


def _place_nodes(sizes: Sequence[int], edge_labels: EdgeLabels) -> tuple[dict[Node, Place], float]:
    """Return the centre of each node that is drawn, and how far along its edge a label stands.

    Edges go from each node to m rows. At a share q of their way they are q rows apart or, one node's last and
    the next one's first, 1 - q m: at least 1 / (2 m + 2) from there on for a stretch of 1 / 2 m.
    """
    rows = [
        size if size <= MAX_NODES else 5 for size in sizes
    ]  # the fourth of these holds the dots
    m = max(2, *rows[1:])
    along = (3 * m + 1) / (4 * m * (m + 1))  # the middle of that stretch
    row, wide = 3.3 * RADIUS, 6 * RADIUS
    if edge_labels:
        length = _text_width(*edge_labels.values())
        row = max(row, 2 * (m + 1) * hypot(1, STEEPEST) * LABEL_HEIGHT)
        rise = row * max((one + other) / 2 - 1 for one, other in pairwise(rows))
        wide = max(wide, 2 * m * length, (RADIUS + 5 + length / 2) / along, rise / STEEPEST)
    drawn = [range(size) if size <= MAX_NODES else (0, 1, 2, size - 1) for size in sizes]
    tops = [row * (count - 1) / 2 for count in rows]
    return {
        (layer, node): (layer * wide, tops[layer] - row * min(node, rows[layer] - 1))
        for layer, nodes in enumerate(drawn)
        for node in nodes
    }, along


def _columns(values: list[Value]) -> tuple[dict[Value, int], list[list[Value]]]:
    """Return the column of each value, and per column the values that are there or pass on their way right.

    A value stands as far right as its uses allow, so that most lines join neighbouring columns.
    """
    farthest = dict.fromkeys(values, 0)  # steps to the output, on the longest way
    nearest = dict(farthest)  # the same from the last of its uses
    for value in reversed(values):
        for operand, _ in value.inputs:
            farthest[operand] = max(farthest[operand], farthest[value] + 1)
            nearest[operand] = min(nearest[operand] or farthest[operand], farthest[value] + 1)
    last = max(farthest.values())
    columns = [
        [v for v in reversed(values) if nearest[v] <= n <= farthest[v]] for n in range(last, -1, -1)
    ]
    return {value: last - steps for value, steps in farthest.items()}, columns


def _heights(born: dict[Value, int], columns: list[list[Value]]) -> dict[tuple[int, Value], float]:
    """Return how far down each value of each column stands, at least 1 apart.

    Columns are sorted from right to left: values stand near their uses, the first operand of two above the
    second. Then all move, in this order, to the mean of the heights that would give them straight lines.
    """
    joined = defaultdict(
        list
    )  # place -> places in the columns beside it, and how far below them it would be
    for index, column in enumerate(columns):
        for value in column:
            sources = [value] if born[value] < index else [operand for operand, _ in value.inputs]
            for position, source in enumerate(sources):
                shift = position - (len(sources) - 1) / 2
                joined[index - 1, source].append(((index, value), shift))
                joined[index, value].append(((index - 1, source), -shift))
    heights: dict[tuple[int, Value], float] = {}
    order = [[(index, value) for value in column] for index, column in enumerate(columns)]
    for sweep in range(20):
        for places in order[:: 1 if sweep % 2 else -1]:
            straight = [
                [heights[q] + shift for q, shift in joined[p] if q in heights] for p in places
            ]
            wanted = {place: fmean(ys or [0.0]) for place, ys in zip(places, straight, strict=True)}
            if sweep == 0:
                places.sort(key=lambda place: wanted[place])
            heights.update(zip(places, _spread([wanted[place] for place in places]), strict=True))
    return heights


def _spread(wanted: list[float]) -> list[float]:
    """Return the heights at least 1 apart in this order that are nearest to these (least squares)."""
    blocks: list[list[float]] = []  # of values that touch: each one's height less its position
    for position, height in enumerate(wanted):
        blocks.append([height - position])
        while len(blocks) > 1 and fmean(blocks[-2]) > fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    return [mean + position for position, mean in enumerate(fmean(b) for b in blocks for _ in b)]


def _numbers(value: Value) -> tuple[str, str]:
    return f"{value.data + 0.0:.4g}", f"{value.grad:.4g}"  # -0.0 + 0.0 is 0.0


def _operation_width(value: Value) -> float:
    return max(14, _text_width(value.operation) + 4) if value.operation else 0


def _draw_box(sheet: _Sheet, place: Place, width: float, rows: tuple[str, str], name: str) -> None:
    x, y = place
    sheet.outline(Rectangle((x, y - 14), width, 28), "black", 0.8)
    sheet.axes.add_patch(Rectangle((x, y - 14), width, 14, facecolor="C1", alpha=0.2, zorder=2))
    for text, height, weight in (
        (name, 21, "bold"),
        (rows[0], 7, "normal"),
        (rows[1], -7, "normal"),
    ):
        sheet.write((x + width / 2, y + height), text, weight=weight)


def _text_width(*texts: str, weight: str = "normal") -> float:
    """Return the width of the widest line, in points."""
    font = FontProperties(size=FONT_SIZE, weight=weight)
    measure = text_to_path.get_text_width_height_descent
    lines = [line for text in texts for line in text.split("\n") if line]
    return max((measure(line, font, "$" in line)[0] for line in lines), default=0)
