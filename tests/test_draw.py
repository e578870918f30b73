"""A drawn network shows every node, edge and label, legibly; test_draw_graph.py has the graphs."""

import io
import re
from itertools import combinations, pairwise

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
}
WEIGHTS |= {(1, 1, 0): "0.45"}


def overlap(one, other) -> bool:
    """Return whether two drawn patches have a point in common, at whatever angle they stand."""
    first, second = (
        patch.get_transform().transform_path(patch.get_path()) for patch in (one, other)
    )
    return first.intersects_path(second, filled=True)


def network_edges(axes) -> set:
    return {tuple(map(tuple, np.round(line.get_xydata(), 6))) for line in axes.lines}


@pytest.mark.parametrize("sizes", [[1, 1], [2, 2, 1], [3, 1], [2, 8, 8, 2], [1, 5]])
def test_every_node_is_joined_to_every_node_of_the_next_layer(sizes):
    axes = draw_network(sizes)
    centers = sorted(tuple(np.round(circle.center, 6)) for circle in patches(axes, Circle))
    columns = [[c for c in centers if c[0] == x] for x in sorted({x for x, _ in centers})]
    assert [len(column) for column in columns] == sizes
    assert network_edges(axes) == {
        (a, b) for left, right in pairwise(columns) for a in left for b in right
    }
    assert len(axes.lines) == sum(a * b for a, b in pairwise(sizes))


def test_large_layers_are_cut_and_say_so():
    axes = draw_network([64, 30, 10])
    assert len(patches(axes, Circle)) == 3 * 4
    assert len(axes.lines) == 2 * 4 * 4
    axes.figure.canvas.draw()  # text has its extent now
    nodes = [circle.get_window_extent() for circle in patches(axes, Circle)]
    assert not [
        text
        for text in axes.texts
        if any(text.get_window_extent().overlaps(node) for node in nodes)
    ]
    assert sorted(texts(axes)) == sorted(
        ["4 of 64 nodes", "4 of 30 nodes", "4 of 10 nodes", *3 * ["⋮"]]
    )


@pytest.mark.parametrize(("size", "drawn"), [(8, 8), (9, 4)])
def test_layer_of_more_than_eight_is_cut(size, drawn):
    assert len(patches(draw_network([size, 1]), Circle)) == drawn + 1


def test_cut_layer_keeps_the_labels_of_its_last_node():
    axes = draw_network(
        [9, 1], node_labels=[[f"x{i}" for i in range(9)], ["y"]], edge_labels={(0, 8, 0): "w8"}
    )
    assert {"x0", "x1", "x2", "x8", "y", "w8"} <= set(texts(axes))
    last = min(patches(axes, Circle), key=lambda circle: circle.center[1])
    label = next(text for text in axes.texts if text.get_text() == "x8")
    assert label.get_position() == last.center


def test_labels_stand_in_their_nodes_and_on_their_edges():
    nodes = [["a", "b"], ["c", "d"], ["e"]]
    axes = draw_network([2, 2, 1], node_labels=nodes, edge_labels=WEIGHTS)
    positions = {text.get_text(): np.array(text.get_position()) for text in axes.texts}
    assert set(positions) == {*"abcde", *WEIGHTS.values()}
    assert positions["a"][1] > positions["b"][1]  # the first node on top
    for (layer, source, target), label in WEIGHTS.items():
        start, end = positions[nodes[layer][source]], positions[nodes[layer + 1][target]]
        along = (positions[label] - start) / np.where(end == start, 1, end - start)
        assert 0.1 < along[0] < 0.5  # nearer to where it comes from
        assert positions[label] == pytest.approx(start + along[0] * (end - start))


@pytest.mark.parametrize("sizes", [[2, 2, 1], [3, 4, 2], [8, 8], [12, 3]])
@pytest.mark.parametrize("label", ["1", "-0.25", "$w_1$ = -0.25"])
def test_labels_touch_neither_each_other_nor_nodes(sizes, label):
    names = [[f"x{i}\n-0.593" for i in range(size)] for size in sizes]
    every = {
        (layer, source, target): label
        for layer, (left, right) in enumerate(pairwise(sizes))
        for source in range(left)
        for target in range(right)
    }
    axes = draw_network(sizes, node_labels=names, edge_labels=every)
    axes.figure.canvas.draw()  # text has its extent now
    circles = patches(axes, Circle)
    papers = patches(axes, Rectangle)  # under each label, as large as its digits
    assert len(papers) == len(axes.lines) == texts(axes).count(label)
    assert not [1 for one, other in combinations(papers, 2) if overlap(one, other)]
    assert not [1 for paper in papers for circle in circles if overlap(paper, circle)]
    whole = axes.figure.bbox
    for patch in [*papers, *circles]:
        assert whole.union([whole, patch.get_window_extent()]).bounds == whole.bounds
    for circle, text in zip(
        circles, [t for t in axes.texts if t.get_text().startswith("x")], strict=True
    ):
        box, around = text.get_window_extent(), circle.get_window_extent()
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
            r"\(0, 2, 0\), which is no edge of \[2, 1\]",
        ),
        (
            {"sizes": [2, 1], "edge_labels": {(1, 0, 0): "w"}},
            r"\(1, 0, 0\), which is no edge of \[2, 1\]",
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
    assert len(right.get_children()) == len(plt.figure().add_subplot().get_children())
    assert (
        max(text.get_fontsize() for text in left.texts if text.get_text() != "⋮") < 10
    )  # shrunk with the drawing


def test_figure_of_its_own_is_as_large_as_the_drawing():
    axes = draw_network([2, 2, 1])
    (left, right), (bottom, top) = axes.get_xlim(), axes.get_ylim()
    assert tuple(axes.figure.get_size_inches() * 72) == pytest.approx((right - left, top - bottom))
    axes.figure.savefig(io.BytesIO())  # saving runs the layout engine
    assert axes.get_position().bounds == pytest.approx((0, 0, 1, 1))


def test_same_network_gives_the_same_file():
    assert svg_of(draw_network([2, 2, 1], edge_labels=WEIGHTS)) == svg_of(
        draw_network([2, 2, 1], edge_labels=WEIGHTS)
    )


def test_network_uses_ink_paper_and_the_cycle_alone():
    cycle = PLOT_STYLE["axes.prop_cycle"].by_key()["color"]
    colors = set(
        re.findall(r"#[0-9a-f]{6}\b", svg_of(draw_network([2, 9, 1], edge_labels=WEIGHTS)))
    )
    assert (
        {"#000000", "#ffffff"} < colors <= {"#000000", "#ffffff", *cycle}
    )  # the site recolors the first two
