"""The mathematics of <shape-broadcast>, beside the sums and messages of PyTorch."""

from random import Random

import torch
from widgets import ask_widget

FILE = "tensors/shape_broadcast.js"
SHAPES = "assets/shapes.js"


def draw_pairs():
    """Return 500 pairs of shapes; a length is often 1 or that of the other shape."""
    rng = Random(0)
    pairs = []
    for _ in range(500):
        a = [rng.choice([1, 2, 3, 5]) for _ in range(rng.randint(0, 4))]
        b = [rng.choice([1, length, 4, 5]) for length in a]
        b = b[rng.randint(0, len(b)) :]
        if rng.random() < 0.2:
            b = [rng.choice([1, 2, 3]), *b][-4:]
        pairs.append(rng.sample([a, b], k=2))
    return pairs


def torch_result(compute):
    """Return what a widget should: the shape of a result, or PyTorch's message."""
    try:
        return {"shape": list(compute().shape)}
    except (RuntimeError, IndexError) as error:
        return {"error": str(error)}


def test_sums_have_the_shapes_and_the_errors_of_pytorch():
    pairs = draw_pairs()
    expected = [torch_result(lambda a=a, b=b: torch.empty(a) + torch.empty(b)) for a, b in pairs]
    assert ask_widget(FILE, [["broadcast", *pair] for pair in pairs]) == expected
    num_errors = sum("error" in result for result in expected)
    assert 100 < num_errors < 400
    for (a, b), result in zip(pairs, expected, strict=True):
        if "shape" in result:
            assert list(torch.broadcast_shapes(a, b)) == result["shape"]


def test_each_axis_is_told_as_expand_treats_it():
    pairs = [pair for pair in draw_pairs() if pair[0] != pair[1]]
    all_axes = ask_widget(FILE, [["broadcastAxes", *pair] for pair in pairs])
    told = iter(ask_widget(FILE, [["describeAxis", axis] for axes in all_axes for axis in axes]))
    num_told = {}
    for pair, axes in zip(pairs, all_axes, strict=True):
        rank = max(map(len, pair))
        aligned = [(None,) * (rank - len(shape)) + tuple(shape) for shape in pair]
        assert [(axis["a"], axis["b"]) for axis in axes] == list(zip(*aligned, strict=True))
        shape = [axis["result"] for axis in axes]
        words = [next(told) for _ in axes]
        for word in words:
            num_told[word] = num_told.get(word, 0) + 1
        if None in shape:
            assert "does not fit" in words
            continue
        # A stretched or repeated axis is one along which PyTorch reads the same numbers again.
        strides = [torch.ones(lengths).expand(shape).stride() for lengths in pair]
        for axis, word in enumerate(words):
            names = [name for name, stride in zip("ab", strides, strict=True) if stride[axis] == 0]
            if shape[axis] > 1:
                assert names == ([] if word == "equal" else [word[0]])
    assert len(num_told) == 6  # all words occur
    assert min(num_told.values()) > 10


def test_reductions_have_the_shapes_and_the_errors_of_pytorch():
    rng = Random(1)
    calls = []
    for _ in range(100):
        shape = [rng.randint(1, 6) for _ in range(rng.randint(0, 4))]
        calls.append((shape, rng.randint(0, 3), rng.random() < 0.5))
    expected = [
        torch_result(lambda call=call: torch.empty(call[0]).sum(dim=call[1], keepdim=call[2]))
        for call in calls
    ]
    assert ask_widget(FILE, [["sumShape", *call] for call in calls]) == expected
    assert sum("error" in result for result in expected) > 20


def test_shapes_are_read_as_they_are_written():
    texts = {
        "3, 1": [3, 1],
        " (3,1) ": [3, 1],
        "(4,)": [4],
        "4": [4],
        "()": [],
        "": None,
        "3, ": [3],
        "3, x": None,
        "0, 2": None,
        "-1": None,
        "2.5": None,
        "3,,1": None,
        "error": None,
    }
    found = ask_widget(SHAPES, [["parseShape", text] for text in texts])
    assert dict(zip(texts, found, strict=True)) == texts
    shapes = [[], [4], [3, 1], [2, 3, 4, 5]]
    printed = ask_widget(SHAPES, [["formatShape", shape] for shape in shapes])
    assert printed == [str(tuple(shape)) for shape in shapes]
