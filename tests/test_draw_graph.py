"""A drawn computation graph shows every value, operation and operand, legibly."""

import io
import random
import re
from collections import defaultdict
from itertools import combinations, pairwise

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawings import patches, style, svg_of, texts  # noqa: F401  (style acts on each test)
from matplotlib.patches import FancyBboxPatch, Rectangle

from dlcourse.draw import PLOT_STYLE, draw_graph
from dlcourse.scratch.neuron import MLP
from dlcourse.scratch.value import Value, topological_order


def small_graph() -> tuple[Value, dict[Value, str]]:
    x = Value(2)
    y = Value(-3)
    z = Value(10)
    f = (x * y + z).relu()
    f.backward()
    return f, {x: "x", y: "y", z: "z", f: "f"}


def network_graph() -> tuple[Value, dict[Value, str]]:
    """Return the loss of a 2-2-1 network and names of its values."""
    rng = random.Random(0)
    leaves = [Value(rng.uniform(-1, 1)) for _ in range(12)]
    x1, x2, target, *weights = leaves
    w11, w12, b1, w21, w22, b2, v1, v2, c = weights
    h1 = (w11 * x1 + w12 * x2 + b1).tanh()
    h2 = (w21 * x1 + w22 * x2 + b2).tanh()
    y = (v1 * h1 + v2 * h2 + c).sigmoid()
    loss = (y - target) ** 2
    loss.backward()
    names = ["w11", "w12", "b1", "w21", "w22", "b2", "v1", "v2", "c"]
    labels = dict(zip(weights, names, strict=True))
    labels |= {x1: "x1", x2: "x2", h1: "h1", h2: "h2", y: "y", target: "target", loss: "loss"}
    return loss, labels


def reuse_graph() -> tuple[Value, dict[Value, str]]:
    """Return a value computed from one that is used at once, later, and last."""
    a = Value(1.5)
    out = ((a * a + a).tanh().exp() - a / 3) * a
    out.backward()
    return out, {a: "a", out: "the output"}


def mlp_graph() -> tuple[Value, dict[Value, str]]:
    network = MLP(2, [2, 1], rng=random.Random(0))
    loss = (network([1.0, 2.0]) - 1) ** 2
    loss.backward()
    return loss, {}


GRAPHS = pytest.mark.parametrize("graph", [small_graph, network_graph, reuse_graph, mlp_graph])


@GRAPHS
def test_graph_has_a_box_per_value_a_field_per_operation_a_line_per_operand(graph):
    output, labels = graph()
    values = topological_order(output)
    axes = draw_graph(output, labels=labels)
    # Each box has an upper and a lower half; one box is the key.
    assert len(patches(axes, Rectangle)) == 2 * (len(values) + 1)
    computed = [value for value in values if value.operation]
    assert len(patches(axes, FancyBboxPatch)) == len(computed)
    assert len(axes.lines) == sum(len(value.inputs) for value in values)


def test_whole_graph_of_the_2_2_1_network_has_the_counted_parts():
    output, labels = network_graph()
    axes = draw_graph(output, labels=labels)
    # 12 leaves; for each unit two products, two sums and one activation; a difference and a square:
    # 12 + 15 + 2.
    assert len(patches(axes, Rectangle)) == 2 * (29 + 1)
    assert len(axes.lines) == 3 * (4 * 2 + 1) + 2 + 1


@GRAPHS
def test_graph_shows_every_name_number_gradient_and_operation(graph):
    output, labels = graph()
    expected = ["value", "gradient", *labels.values()]
    for value in topological_order(output):
        expected.append(f"{value.data + 0.0:.4g}")
        expected.append(f"{value.grad + 0.0:.4g}")
        if value.operation == "*":
            expected.append("×")
        elif value.operation:
            expected.append(value.operation.replace("-", "−"))
    assert sorted(texts(draw_graph(output, labels=labels))) == sorted(expected)


def test_number_stands_above_its_gradient_and_below_its_name():
    x = Value(3)
    y = x * 5
    y.backward()
    axes = draw_graph(y, labels={x: "x"})
    (name,) = [text for text in axes.texts if text.get_text() == "x"]
    name_x, _ = name.get_position()
    height_of = {}
    for text in axes.texts:
        text_x, text_y = text.get_position()
        if text_x == name_x:
            height_of[text.get_text()] = text_y
    from_the_top = sorted(height_of, key=height_of.get, reverse=True)
    assert from_the_top[:3] == ["x", "3", "5"]  # name, value, d(5x)/dx


@GRAPHS
def test_lines_run_from_left_to_right_and_around_boxes(graph):
    output, labels = graph()
    axes = draw_graph(output, labels=labels)
    # Half a point less on each side: lines touch where they begin and end.
    boxes = [patch.get_bbox().padded(-0.5) for patch in patches(axes, Rectangle)]
    for line in axes.lines:
        xs, ys = line.get_data()
        assert list(xs) == sorted(xs)
        along = np.linspace(0, len(xs) - 1, 500)
        x = np.interp(along, range(len(xs)), xs)
        y = np.interp(along, range(len(ys)), ys)
        for box in boxes:
            is_beside = (box.x0 < x) & (x < box.x1)
            is_inside = is_beside & (box.y0 < y) & (y < box.y1)
            assert not np.any(is_inside)


@GRAPHS
def test_boxes_fields_and_names_touch_nothing_else(graph):
    output, labels = graph()
    axes = draw_graph(output, labels=labels)
    axes.figure.canvas.draw()
    halves = patches(axes, Rectangle)
    fields = patches(axes, FancyBboxPatch)
    names = [text for text in axes.texts if text.get_text() in labels.values()]
    assert len(names) == len(labels)

    places = [text.get_window_extent() for text in names]
    for patch in [*halves[::2], *fields]:
        places.append(patch.get_window_extent().shrunk(0.98, 0.98))
    for one, other in combinations(places, 2):
        assert not one.overlaps(other)
    figure = axes.figure.bbox
    for place in places:
        assert figure.x0 <= place.x0 < place.x1 <= figure.x1
        assert figure.y0 <= place.y0 < place.y1 <= figure.y1


def fits(text, box) -> bool:
    return box.x0 <= text.x0 and text.x1 <= box.x1 and box.y0 <= text.y0 + 2


@GRAPHS
def test_numbers_and_operations_fit_their_boxes(graph):
    output, labels = graph()
    axes = draw_graph(output, labels=labels)
    axes.figure.canvas.draw()
    boxes = [patch.get_window_extent() for patch in axes.patches]
    for text in axes.texts:
        if text.get_text() not in labels.values():
            assert any(fits(text.get_window_extent(), box) for box in boxes)


def test_first_operand_comes_in_above_the_second():
    a = Value(5)
    b = Value(2)
    axes = draw_graph(a - b, labels={a: "a", b: "b"})
    height_of = {}
    for text in axes.texts:
        _, y = text.get_position()
        height_of[text.get_text()] = y
    assert height_of["a"] > height_of["b"]
    first, second = axes.lines
    assert first.get_ydata()[-1] > second.get_ydata()[-1]


def test_value_used_twice_by_one_operation_has_two_lines():
    a = Value(3)
    first, second = draw_graph(a * a).lines
    assert first.get_xydata().tolist() != second.get_xydata().tolist()


@pytest.mark.parametrize(
    "compute",
    [lambda x, y: x + x * y, lambda x, y: x * (x + (y + y)), lambda x, y: y + x * (y * (y * y))],
)
def test_lines_do_not_cross_where_they_need_not(compute):
    axes = draw_graph(compute(Value(2), Value(3)))  # each of these can be drawn without a crossing
    parts_between = defaultdict(list)  # by the x of their start and end
    for line in axes.lines:
        for (start_x, start_y), (end_x, end_y) in pairwise(line.get_xydata().tolist()):
            parts_between[start_x, end_x].append((start_y, end_y))
    for parts in parts_between.values():
        for (start, end), (other_start, other_end) in combinations(parts, 2):
            assert (start - other_start) * (end - other_end) >= 0


def test_graph_of_one_value():
    x = Value(3)
    axes = draw_graph(x, labels={x: "x"})
    assert len(axes.lines) == 0
    assert sorted(texts(axes)) == ["0", "3", "gradient", "value", "x"]


def test_negative_zero_is_drawn_as_zero():
    product = Value(-0.0) * 1  # its number and the gradient of the 1 are -0.0
    product.backward()
    assert sorted(texts(draw_graph(product))) == sorted(["value", "gradient", "×", *"010011"])


def test_graph_error_says_what_is_wrong():
    message = "labels names 'stranger', which the output was not computed from"
    with pytest.raises(ValueError, match=message):
        draw_graph(Value(1) + 2, labels={Value(1): "stranger"})

    total = Value(0)
    for _ in range(100):
        total = total + 1
    message = "the graph has 201 values: draw a part of it, of at most 200"
    with pytest.raises(ValueError, match=message):
        draw_graph(total)


def test_graph_fills_given_axes():
    output, labels = network_graph()
    figure, axes = plt.subplots()
    assert draw_graph(output, labels=labels, axes=axes) is axes
    figure.savefig(io.BytesIO())  # a warning of the layout engine would be an error
    assert plt.get_fignums() == [figure.number]
    for text in axes.texts:
        assert text.get_fontsize() < 10  # shrunk: the graph is wider than these axes


def test_same_graph_gives_the_same_file():
    first_output, _ = network_graph()
    second_output, _ = network_graph()
    assert svg_of(draw_graph(first_output)) == svg_of(draw_graph(second_output))


def test_graph_uses_ink_paper_and_the_cycle_alone():
    cycle = PLOT_STYLE["axes.prop_cycle"].by_key()["color"]
    output, _ = network_graph()
    svg = svg_of(draw_graph(output))
    colors = set(re.findall(r"#[0-9a-f]{6}\b", svg))
    ink_and_paper = {"#000000", "#ffffff"}  # the site recolors these two
    assert ink_and_paper < colors
    assert colors <= ink_and_paper.union(cycle)
