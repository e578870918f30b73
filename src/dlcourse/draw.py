"""Draw networks and computation graphs, and the plot style of the course's pages.

Both drawings are laid out in points (1/72 inch). A figure of their own has that size; axes that are
given are filled.
"""

from collections.abc import Mapping, Sequence
from math import atan2, degrees
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
from matplotlib import rc_params_from_file
from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Circle, FancyBboxPatch, Patch, Rectangle
from matplotlib.textpath import text_to_path

from dlcourse.layouts.graph import GraphLayout, arrange_graph
from dlcourse.layouts.network import (
    LABEL_HEIGHT,
    MAX_NODES,
    RADIUS,
    Node,
    Place,
    arrange_network,
)
from dlcourse.scratch.value import Value, topological_order

NodeLabels = Sequence[Sequence[str]]
EdgeLabels = Mapping[tuple[int, int, int], str]

# plt.style.use("dlcourse.plot") sets the same for plots of your own.
_STYLE = rc_params_from_file(Path(__file__).with_name("plot.mplstyle"), use_default_template=False)
PLOT_STYLE = {str(name): value for name, value in _STYLE.items()}

MAX_VALUES = 200  # a larger graph could not be read
FONT_SIZE = 10.0  # points
SYMBOLS = {"*": "×", "-": "−"}  # of operations that are drawn otherwise than they are named


class _Sheet:
    """Axes that show ranges of x and y (points), and the scale of texts and lines on them."""

    def __init__(self, axes: Axes | None, xlim: Place, ylim: Place):
        width = xlim[1] - xlim[0]
        height = ylim[1] - ylim[0]
        if axes is None:
            figure = plt.figure(figsize=(width / 72, height / 72))
            # No layout engine moves axes that have a position.
            axes = figure.add_subplot(position=(0, 0, 1, 1))
        axes.set(xlim=xlim, ylim=ylim, aspect="equal")
        axes.set_axis_off()
        self.axes = axes

        window = axes.get_window_extent()
        points_per_pixel = 72 / axes.figure.dpi
        x_scale = window.width * points_per_pixel / width
        y_scale = window.height * points_per_pixel / height
        self.scale = min(x_scale, y_scale)

    def line(self, places: Sequence[Place], width: float, **style: Any) -> None:
        xs = [x for x, _ in places]
        ys = [y for _, y in places]
        linewidth = width * self.scale
        self.axes.plot(xs, ys, color="black", linewidth=linewidth, **style)

    def outline(self, patch: Patch, color: str, width: float, zorder: float = 2) -> None:
        linewidth = width * self.scale
        patch.set(facecolor="white", edgecolor=color, linewidth=linewidth, zorder=zorder)
        self.axes.add_patch(patch)

    def write(self, place: Place, text: str, size: float = FONT_SIZE, **style: Any) -> None:
        if not text:
            return
        x, y = place
        self.axes.text(
            x,
            y,
            _make_valid(text),
            size=size * self.scale,
            ha="center",
            va="center",
            zorder=4,
            **style,
        )


class _Span(NamedTuple):
    """The x where a column's operations begin, where its boxes begin, and where its boxes end."""

    left: float
    box: float
    right: float


class _Plan(NamedTuple):
    """Where the values of a graph are drawn."""

    layout: GraphLayout
    spans: list[_Span]
    ys: dict[tuple[int, Value], float]  # of the middle of a value's box, or of a line that passes
    row_height: float


def draw_network(
    sizes: Sequence[int],
    *,
    node_labels: NodeLabels | None = None,
    edge_labels: EdgeLabels | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw a fully connected network, its layers from left to right, and return the axes.

    `node_labels[layer][node]` stands in the node, `edge_labels[layer, source, target]` on the edge
    from node `source` of that layer to node `target` of the next; the input is layer 0. A layer of
    more than eight nodes is drawn as its first three, dots and its last, with "4 of 64 nodes"
    below.

    Raises: ValueError for fewer than two layers, an empty layer, or labels that do not fit a node
        or an edge.
    """
    edge_labels = edge_labels or {}
    _check_network(sizes, node_labels, edge_labels)
    label_length = None
    if edge_labels:
        label_length = _text_width(*edge_labels.values())
    centers, label_share = arrange_network(sizes, label_length)
    counts = {layer: f"4 of {size} nodes" for layer, size in enumerate(sizes) if size > MAX_NODES}

    margin = max(RADIUS, _text_width(*counts.values()) / 2) + 2
    right = max(x for x, _ in centers.values())
    top = max(y for _, y in centers.values())
    space_for_counts = 20 if counts else 2
    half_height = top + RADIUS + space_for_counts
    xlim = (-margin, right + margin)
    ylim = (-half_height, half_height)
    sheet = _Sheet(axes, xlim, ylim)

    for (layer, source), start in centers.items():
        for (next_layer, target), end in centers.items():
            if next_layer == layer + 1:
                label = edge_labels.get((layer, source, target), "")
                _draw_edge(sheet, start, end, label, label_share)
    _draw_nodes(sheet, centers, node_labels)
    for layer, count in counts.items():
        x, third_y = centers[layer, 2]
        _, last_y = centers[layer, sizes[layer] - 1]
        middle_y = (third_y + last_y) / 2
        sheet.write((x, middle_y), "⋮", size=2 * FONT_SIZE)
        sheet.write((x, last_y - RADIUS - 9), count)
    return sheet.axes


def draw_graph(
    output: Value,
    *,
    labels: Mapping[Value, str] | None = None,
    axes: Axes | None = None,
) -> Axes:
    """Draw how `output` was computed, from the first values at the left; return the axes.

    Every value is a box with its number above and its gradient below. Both are drawn as they are
    now, so call backward() first. The value's name from `labels` stands on top of the box. The
    rounded field before a box is the operation that the value came from.

    Raises: ValueError for a graph of more than 200 values, or a label of a value that is not in the
        graph.
    """
    labels = labels or {}
    values = topological_order(output)
    _check_graph(values, labels)
    plan = _plan_graph(values, labels)

    bottom = min(plan.ys.values())
    top = max(plan.ys.values()) + plan.row_height / 2
    key_width = _text_width("gradient") + 6
    last_span = plan.spans[-1]
    right = max(last_span.right, key_width) + 2
    sheet = _Sheet(axes, xlim=(-2, right), ylim=(bottom - 54, top + 8))
    for value in values:
        _draw_value(sheet, plan, value, labels.get(value, ""))
        _draw_operands(sheet, plan, value)
    _draw_box(sheet, (0, bottom - 38), key_width, ("value", "gradient"))
    return sheet.axes


def _check_network(
    sizes: Sequence[int], node_labels: NodeLabels | None, edge_labels: EdgeLabels
) -> None:
    given = list(sizes)
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes must name at least two layers of at least one node, got {given}")
    if node_labels is not None:
        counts = [len(labels) for labels in node_labels]
        if counts != given:
            needed = f"a label for every node, {given}"
            raise ValueError(f"node_labels must have {needed}, got {counts}")
    for edge in edge_labels:
        if not _is_edge(edge, sizes):
            raise ValueError(f"edge_labels names {edge}, which is not an edge of {given}")


def _is_edge(edge: tuple[int, int, int], sizes: Sequence[int]) -> bool:
    layer, source, target = edge
    if not 0 <= layer < len(sizes) - 1:
        return False
    return 0 <= source < sizes[layer] and 0 <= target < sizes[layer + 1]


def _draw_edge(sheet: _Sheet, start: Place, end: Place, label: str, label_share: float) -> None:
    sheet.line([start, end], 1, alpha=0.6, zorder=0)
    if not label:
        return
    width = end[0] - start[0]
    height = end[1] - start[1]
    x = start[0] + label_share * width
    y = start[1] + label_share * height
    angle = degrees(atan2(height, width))

    # Paper under the label hides the edge.
    paper_width = _text_width(label) + 3
    corner = (x - paper_width / 2, y - LABEL_HEIGHT / 2)
    paper = Rectangle(corner, paper_width, LABEL_HEIGHT, angle=angle)
    paper.rotation_point = "center"
    sheet.outline(paper, "white", 0, zorder=1)
    sheet.write((x, y), label, rotation=angle)


def _draw_nodes(
    sheet: _Sheet, centers: Mapping[Node, Place], node_labels: NodeLabels | None
) -> None:
    labels = dict.fromkeys(centers, "")
    if node_labels:
        for place in centers:
            layer, node = place
            labels[place] = node_labels[layer][node]
    # The width of a line of text; the upper one of two lines is not at the widest place.
    space = 1.75 * RADIUS
    widest = max(space, _text_width(*labels.values()))
    label_size = FONT_SIZE * min(1, space / widest)
    for place, center in centers.items():
        sheet.outline(Circle(center, RADIUS), "C0", 2)
        sheet.write(center, labels[place], size=label_size)


def _check_graph(values: Sequence[Value], labels: Mapping[Value, str]) -> None:
    if len(values) > MAX_VALUES:
        remedy = f"draw a part of it, of at most {MAX_VALUES}"
        raise ValueError(f"the graph has {len(values)} values: {remedy}")
    for value in labels.keys() - set(values):
        raise ValueError(f"labels names {labels[value]!r}, which the output was not computed from")


def _plan_graph(values: list[Value], labels: Mapping[Value, str]) -> _Plan:
    layout = arrange_graph(values)
    row_height = 50.0 if labels else 38.0  # from box to box; names stand between them
    ys = {place: -row_height * height for place, height in layout.heights.items()}
    return _Plan(layout, _measure_columns(layout, labels), ys, row_height)


def _measure_columns(layout: GraphLayout, labels: Mapping[Value, str]) -> list[_Span]:
    spans = []
    left = 0.0
    for index, column in enumerate(layout.columns):
        boxed = [value for value in column if layout.column_of[value] == index]
        operations_width = max(_operation_width(value) for value in boxed)
        numbers_width = max(_text_width(*_numbers(value)) for value in boxed)
        names = [labels.get(value, "") for value in boxed]
        names_width = _text_width(*names, weight="bold")

        box = left + operations_width
        right = box + 6 + max(numbers_width, names_width)
        spans.append(_Span(left, box, right))
        left = right + 16  # for the lines between two columns
    return spans


def _draw_value(sheet: _Sheet, plan: _Plan, value: Value, name: str) -> None:
    """Draw a value's box, and before it the operation that the value came from."""
    column = plan.layout.column_of[value]
    span = plan.spans[column]
    y = plan.ys[column, value]
    box_width = span.right - span.box
    _draw_box(sheet, (span.box, y), box_width, _numbers(value), name)
    if not value.operation:
        return
    width = _operation_width(value)
    corner = (span.box - width, y - 7)
    field = FancyBboxPatch(corner, width, 14, boxstyle="round,pad=0,rounding_size=7")
    sheet.outline(field, "C0", 1.5)
    symbol = SYMBOLS.get(value.operation, value.operation)
    middle = span.box - width / 2
    sheet.write((middle, y), symbol, size=0.9 * FONT_SIZE)


def _draw_operands(sheet: _Sheet, plan: _Plan, value: Value) -> None:
    """Draw a line to a value's operation from the box of each of its operands."""
    column = plan.layout.column_of[value]
    span = plan.spans[column]
    y = plan.ys[column, value]
    operation_x = span.box - _operation_width(value)
    end_ys = [y] * len(value.inputs)
    if len(value.inputs) == 2:
        end_ys = [y + 3, y - 3]  # the first operand comes in higher

    for (operand, _), end_y in zip(value.inputs, end_ys, strict=True):
        start = plan.layout.column_of[operand]
        start_x = plan.spans[start].right
        line = [(start_x, plan.ys[start, operand])]
        for passed in range(start + 1, column):
            # The line passes a column between its boxes.
            left, _, right = plan.spans[passed]
            passed_y = plan.ys[passed, operand]
            line.append((left, passed_y))
            line.append((right, passed_y))
        line.append((span.left, end_y))
        line.append((operation_x, end_y))
        sheet.line(line, 0.8, zorder=1)


def _numbers(value: Value) -> tuple[str, str]:
    data = value.data + 0.0  # -0.0 + 0.0 is 0.0
    return f"{data:.4g}", f"{value.grad:.4g}"


def _operation_width(value: Value) -> float:
    if not value.operation:
        return 0
    return max(14, _text_width(value.operation) + 4)


def _draw_box(
    sheet: _Sheet,
    place: Place,
    width: float,
    rows: tuple[str, str],
    name: str = "",
) -> None:
    """Draw a value's box from the middle of its left side, with its two rows and its name."""
    x, y = place
    corner = (x, y - 14)
    sheet.outline(Rectangle(corner, width, 28), "black", 0.8)
    lower_half = Rectangle(corner, width, 14, facecolor="C1", alpha=0.2, zorder=2)
    sheet.axes.add_patch(lower_half)

    middle = x + width / 2
    number, gradient = rows
    sheet.write((middle, y + 21), name, weight="bold")
    sheet.write((middle, y + 7), number, weight="normal")
    sheet.write((middle, y - 7), gradient, weight="normal")


def _make_valid(text: str) -> str:
    """Return a text without what UTF-8 cannot hold, such as parts of a file name in Latin-1."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _text_width(*texts: str, weight: str = "normal") -> float:
    """Return the width of the widest line, in points."""
    font = FontProperties(size=FONT_SIZE, weight=weight)
    widest = 0.0
    for text in texts:
        for line in _make_valid(text).split("\n"):
            if line:
                is_math = "$" in line
                width, _, _ = text_to_path.get_text_width_height_descent(line, font, is_math)
                widest = max(widest, width)
    return widest
