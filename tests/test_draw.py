"""A drawn network shows every node, edge and label, legibly; test_draw_graph.py has the graphs."""

import io
import re
from collections import defaultdict
from itertools import combinations, pairwise, product

import matplotlib.pyplot as plt
import numpy as np
import pytest
from drawings import patches, style, svg_of, texts  # noqa: F401  (style acts on each test)
from matplotlib.patches import Circle, Rectangle

from dlcourse.draw import PLOT_STYLE, draw_network

WEIGHTS = {
    (0, 0, 0): "0.15",
    (0, 1, 0): "0.2",
    (0, 0, 1): "0.25",
    (0, 1, 1): "-0.3",
    (1, 0, 0): "0.4",
    (1, 1, 0): "0.45",
}


def overlap(one, other) -> bool:
    """Return whether two drawn patches have a point in common, at any angle."""
    first = one.get_transform().transform_path(one.get_path())
    second = other.get_transform().transform_path(other.get_path())
    return first.intersects_path(second, filled=True)


def rounded(place) -> tuple[float, float]:
    x, y = place
    return round(float(x), 6), round(float(y), 6)


def network_edges(axes) -> set:
    """Return the start and the end of each line."""
    edges = set()
    for line in axes.lines:
        start, end = line.get_xydata()
        edges.add((rounded(start), rounded(end)))
    return edges


@pytest.mark.parametrize("sizes", [[1, 1], [2, 2, 1], [3, 1], [2, 8, 8, 2], [1, 5]])
def test_every_node_is_joined_to_every_node_of_the_next_layer(sizes):
    axes = draw_network(sizes)
    columns = defaultdict(list)
    for circle in patches(axes, Circle):
        x, y = rounded(circle.center)
        columns[x].append((x, y))
    in_order = [columns[x] for x in sorted(columns)]
    assert [len(column) for column in in_order] == sizes

    expected = []
    for left, right in pairwise(in_order):
        expected.extend(product(left, right))
    assert network_edges(axes) == set(expected)
    assert len(axes.lines) == len(expected)


def test_large_layers_are_cut_and_say_so():
    axes = draw_network([64, 30, 10])
    assert len(patches(axes, Circle)) == 3 * 4
    assert len(axes.lines) == 2 * 4 * 4
    axes.figure.canvas.draw()  # text has its extent now
    for text, circle in product(axes.texts, patches(axes, Circle)):
        assert not text.get_window_extent().overlaps(circle.get_window_extent())
    counts = ["4 of 64 nodes", "4 of 30 nodes", "4 of 10 nodes"]
    assert sorted(texts(axes)) == sorted([*counts, "⋮", "⋮", "⋮"])


@pytest.mark.parametrize(("size", "drawn"), [(8, 8), (9, 4)])
def test_layer_of_more_than_eight_is_cut(size, drawn):
    axes = draw_network([size, 1])
    assert len(patches(axes, Circle)) == drawn + 1


def test_cut_layer_keeps_the_labels_of_its_last_node():
    inputs = [f"x{i}" for i in range(9)]
    axes = draw_network([9, 1], node_labels=[inputs, ["y"]], edge_labels={(0, 8, 0): "w8"})
    assert {"x0", "x1", "x2", "x8", "y", "w8"} <= set(texts(axes))
    last = min(patches(axes, Circle), key=lambda circle: circle.center[1])
    label = next(text for text in axes.texts if text.get_text() == "x8")
    assert label.get_position() == last.center


def test_a_label_that_is_no_valid_text_is_drawn_with_replacements():
    labels = [["b\udce9b"], ["c"]]
    axes = draw_network([1, 1], node_labels=labels, edge_labels={(0, 0, 0): "\udce9"})
    assert texts(axes) == ["?", "b?b", "c"]
    svg_of(axes)  # it can be written


def test_labels_stand_in_their_nodes_and_on_their_edges():
    nodes = [["a", "b"], ["c", "d"], ["e"]]
    axes = draw_network([2, 2, 1], node_labels=nodes, edge_labels=WEIGHTS)
    positions = {text.get_text(): np.array(text.get_position()) for text in axes.texts}
    assert set(positions) == {*"abcde", *WEIGHTS.values()}
    assert positions["a"][1] > positions["b"][1]  # the first node on top
    for (layer, source, target), label in WEIGHTS.items():
        start = positions[nodes[layer][source]]
        end = positions[nodes[layer + 1][target]]
        share = (positions[label][0] - start[0]) / (end[0] - start[0])
        assert 0.1 < share < 0.5  # nearer to where it comes from
        assert positions[label] == pytest.approx(start + share * (end - start))


@pytest.mark.parametrize("sizes", [[2, 2, 1], [3, 4, 2], [8, 8], [12, 3]])
@pytest.mark.parametrize("label", ["1", "-0.25", "$w_1$ = -0.25"])
def test_labels_touch_neither_each_other_nor_nodes(sizes, label):
    names = []
    for size in sizes:
        names.append([f"x{i}\n-0.593" for i in range(size)])
    edge_labels = {}
    for layer, (left, right) in enumerate(pairwise(sizes)):
        for source, target in product(range(left), range(right)):
            edge_labels[layer, source, target] = label
    axes = draw_network(sizes, node_labels=names, edge_labels=edge_labels)
    axes.figure.canvas.draw()  # text has its extent now

    circles = patches(axes, Circle)
    papers = patches(axes, Rectangle)  # under each label, as large as its digits
    assert len(papers) == len(axes.lines)
    assert texts(axes).count(label) == len(papers)
    for one, other in combinations(papers, 2):
        assert not overlap(one, other)
    for paper, circle in product(papers, circles):
        assert not overlap(paper, circle)

    figure = axes.figure.bbox
    for patch in [*papers, *circles]:
        assert figure.union([figure, patch.get_window_extent()]).bounds == figure.bounds

    names_in_nodes = [text for text in axes.texts if text.get_text().startswith("x")]
    for circle, text in zip(circles, names_in_nodes, strict=True):
        box = text.get_window_extent()
        around = circle.get_window_extent()
        assert around.x0 < box.x0 < box.x1 < around.x1
        assert around.y0 < box.y0 < box.y1 < around.y1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"sizes": [3]}, r"at least two layers of at least one node, got \[3\]"),
        ({"sizes": [3, 0, 1]}, r"at least two layers of at least one node, got \[3, 0, 1\]"),
        ({"sizes": [2, 1], "node_labels": [["a"], ["b"]]}, r"every node, \[2, 1\], got \[1, 1\]"),
        ({"sizes": [2, 1], "node_labels": []}, r"every node, \[2, 1\], got \[\]"),
        (
            {"sizes": [2, 1], "edge_labels": {(0, 2, 0): "w"}},
            r"\(0, 2, 0\), which is not an edge of \[2, 1\]",
        ),
        (
            {"sizes": [2, 1], "edge_labels": {(1, 0, 0): "w"}},
            r"\(1, 0, 0\), which is not an edge of \[2, 1\]",
        ),
    ],
)
def test_network_error_says_what_was_given(arguments, message):
    with pytest.raises(ValueError, match=message):
        draw_network(**arguments)


def test_network_fills_given_axes_and_leaves_others_alone():
    figure, (left, right) = plt.subplots(1, 2)
    assert draw_network([2, 9, 9, 9, 1], axes=left) is left
    figure.savefig(io.BytesIO())  # a warning of the layout engine would be an error
    assert right.axison
    untouched = plt.figure().add_subplot()
    assert len(right.get_children()) == len(untouched.get_children())
    for text in left.texts:
        if text.get_text() != "⋮":
            assert text.get_fontsize() < 10  # shrunk with the drawing


def test_figure_of_its_own_is_as_large_as_the_drawing():
    axes = draw_network([2, 2, 1])
    left, right = axes.get_xlim()
    bottom, top = axes.get_ylim()
    width, height = axes.figure.get_size_inches() * 72
    assert width == pytest.approx(right - left)
    assert height == pytest.approx(top - bottom)
    axes.figure.savefig(io.BytesIO())  # saving runs the layout engine
    assert axes.get_position().bounds == pytest.approx((0, 0, 1, 1))


def test_same_network_gives_the_same_file():
    first = svg_of(draw_network([2, 2, 1], edge_labels=WEIGHTS))
    second = svg_of(draw_network([2, 2, 1], edge_labels=WEIGHTS))
    assert first == second


def test_network_uses_ink_paper_and_the_cycle_alone():
    cycle = PLOT_STYLE["axes.prop_cycle"].by_key()["color"]
    svg = svg_of(draw_network([2, 9, 1], edge_labels=WEIGHTS))
    colors = set(re.findall(r"#[0-9a-f]{6}\b", svg))
    ink_and_paper = {"#000000", "#ffffff"}  # the site recolors these two
    assert ink_and_paper < colors
    assert colors <= ink_and_paper.union(cycle)
