"""The guided tours: what their steps say of a setting is what the widget computes there."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from node import ask_node
from widgets import ask_widget

DOCS = Path(__file__).resolve().parents[2] / "docs"
STEP = re.compile(
    r'^<li><strong data-part="[^"]+" data-setting="#[-a-z]+:(?P<setting>[^"]+)">',
    re.MULTILINE,
)


def settings_of(page):
    """Return the setting of each step of a page's tour: {name: value}."""
    text = (DOCS / page / "index.md").read_text("utf-8")
    steps = list(STEP.finditer(text))
    assert len(steps) == text.count('data-part="')
    return [
        {name: values[0] for name, values in parse_qs(unescape(step["setting"])).items()}
        for step in steps
    ]


def test_the_neuron_of_each_step_has_the_corners_that_the_text_says():
    steps = settings_of("neuron")
    (targets,) = ask_widget("neuron/neuron_line.js", [["TARGETS"]])
    calls = []
    for step in steps:
        weights = [float(step["w1"]), float(step["w2"])]
        calls.append(["countRight", weights, float(step["b"]), targets[step["function"]]])
    assert ask_widget("neuron/neuron_line.js", calls) == [4, 4, 4, 4, 3]
    assert [step["function"] for step in steps] == ["AND", "AND", "OR", "OR", "XOR"]
    last = ask_widget(
        "neuron/neuron_line.js",
        [["outputs", [1, 1], -0.5]],
    )
    assert [output == target for output, target in zip(last[0], targets["XOR"], strict=True)] == [
        True,
        True,
        True,
        False,  # (1, 1)
    ]


def test_the_steps_of_the_graph_are_those_that_the_text_names():
    steps = settings_of("backprop")
    assert {step["expression"] for step in steps} == {"(a*b + c).tanh()"}
    # Three steps forward, then one for the slope of the result and one for each operation
    assert [int(step["step"]) for step in steps] == [0, 1, 3, 4, 5, 7]


@pytest.fixture(scope="module")
def tables():
    """Return the setting of each step on the page of attention, and its table of weights."""
    steps = settings_of("attention")
    settings = [
        {
            "temperature": float(step["temperature"]),
            "mask": step["mask"] == "on",
            "positions": step["positions"] == "on",
        }
        for step in steps
    ]
    return steps, ask_node("run_attention_weights.mjs", settings)["tables"]


def test_the_tables_of_attention_are_as_the_text_says(tables):
    steps, (first, second, cold, question, masked, placed) = tables
    assert [int(step["row"]) for step in steps] == [1, 5, 1, 1, 5, 1]
    assert sum(first[0]) == pytest.approx(1)
    assert second[4] == second[0]
    assert cold[0][0] + cold[0][4] > 0.99
    assert cold[4][0] + cold[4][4] > 0.99
    assert question == first
    assert masked[4][5:] == [0, 0]
    grown = [after > before for after, before in zip(masked[4], first[4], strict=True)]
    assert grown == [True] * 5 + [False] * 2
    assert placed[0] != placed[4]
    assert max(placed[0]) == placed[0][0]
    assert max(placed[4]) == placed[4][4]
