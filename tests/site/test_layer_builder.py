"""The mathematics of <layer-builder>, beside networks that PyTorch builds and runs."""

import contextlib
import io
from random import Random

import torch
from torch import nn
from widgets import ask_widget

FILE = "network/layer_builder.js"


def draw_layer(rng, shape, channels):
    """Return a line that mostly fits a shape; `channels` is what it says of its input."""
    kernel, stride = rng.randint(1, 5), rng.randint(1, 3)
    padding = rng.randint(0, 3)
    out = rng.randint(1, 12)
    if len(shape) == 3 and rng.random() < 0.9:
        return rng.choice(
            [
                f"Conv2d({channels}, {out}, {kernel})",
                f"Conv2d({channels}, {out}, kernel_size={kernel}, padding={padding})",
                f"nn.Conv2d({channels}, {out}, {kernel}, {stride}, padding={padding}),",
                f"MaxPool2d({kernel})",
                f"MaxPool2d({kernel}, stride={stride}, padding={padding // 2})",
                "ReLU()",
                "Flatten()",
                f"Linear({shape[-1]}, {out})",
            ]
        )
    fits = rng.random() < 0.95
    linear = f"Linear({shape[-1] + (not fits)}, out_features={out})"
    return rng.choice([linear, linear, linear, "ReLU()", "Flatten()", "MaxPool2d(2)"])


def build(line):
    """Return PyTorch's module of a line."""
    return eval(f"nn.{line.removeprefix('nn.').removesuffix(',')}", {"nn": nn})


def run_layers(shape, lines):
    """Return the shape and the parameters after each layer, and "error" for one that fails."""
    found = []
    batch = torch.zeros(2, *shape)
    for line in lines:
        layer = build(line)
        try:
            batch = layer(batch)
        except RuntimeError:
            return [*found, "error"]
        parameters = sum(parameter.numel() for parameter in layer.parameters())
        found.append((list(batch.shape[1:]), parameters))
    return found


def draw_network(rng):
    """Return an input's shape and lines, up to seven; what follows an error is arbitrary."""
    shape = [rng.randint(1, 30)]
    if rng.random() < 0.8:
        shape = [rng.randint(1, 3), rng.randint(4, 28), rng.randint(4, 28)]
    now, lines = shape, []
    for _ in range(rng.randint(1, 7)):
        channels = now[0] + (rng.random() < 0.05)
        lines.append(draw_layer(rng, now, channels))
        after = run_layers(now, lines[-1:])[0]
        if after == "error":
            break
        now = after[0]
    return shape, lines


def draw_networks():
    """Return 200 networks."""
    rng = Random(0)
    return [draw_network(rng) for _ in range(200)]


def ask_parsed(networks):
    return ask_widget(FILE, [["parseLayers", "\n".join(lines)] for _, lines in networks])


def test_shapes_parameters_and_errors_are_those_of_pytorch():
    networks = draw_networks()
    parsed = ask_parsed(networks)
    traces = ask_widget(
        FILE,
        [["trace", shape, layers] for (shape, _), layers in zip(networks, parsed, strict=True)],
    )
    totals = ask_widget(FILE, [["countParameters", rows] for rows in traces])
    num_errors = 0
    for (shape, lines), rows, total in zip(networks, traces, totals, strict=True):
        expected = run_layers(shape, lines)
        num_errors += "error" in expected
        found = [
            "error" if "error" in row else (row["shape"], row["parameters"]) for row in rows[1:]
        ]
        assert found == expected, lines
        assert total == sum(step[1] for step in expected if step != "error")
        for row in rows:
            if "count" in row:
                assert eval(row["count"].replace("·", "*")) == row["parameters"]
    assert 30 < num_errors < 120


def test_the_program_runs_and_prints_what_the_widget_says():
    rng = Random(1)
    networks = [draw_network(rng) for _ in range(60)]
    networks = [network for network in networks if "error" not in run_layers(*network)]
    assert len(networks) > 20
    parsed = ask_parsed(networks)
    inputs = [shape for shape, _ in networks]
    calls = [["toProgram", *pair] for pair in zip(inputs, parsed, strict=True)]
    for (shape, lines), program in zip(networks, ask_widget(FILE, calls), strict=True):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(program, {})
        steps = run_layers(shape, lines)
        expected = torch.Size([1, *steps[-1][0]])
        total = sum(parameters for _, parameters in steps)
        assert printed.getvalue() == f"{expected}\n{total}\n"


def test_each_reason_names_what_is_wrong():
    cases = {
        ("Linear(784, 10)", (1, 32, 32)): "it needs 784 numbers on the last axis, and gets 32",
        ("Conv2d(3, 8, 3)", (1, 8, 8)): "it needs 3 channels, and gets 1",
        ("Conv2d(1, 8, 3)", (64,)): "it needs channels, height and width, and gets (64,)",
        ("MaxPool2d(2)", (64,)): "it needs channels, height and width, and gets (64,)",
        ("MaxPool2d(9)", (1, 8, 8)): "its window of 9 is larger than the image with its padding",
        ("MaxPool2d(3, padding=2)", (1, 8, 8)): "its padding is more than half of its window",
    }
    layers = ask_widget(FILE, [["parseLayer", line] for line, _ in cases])
    calls = [["trace", shape, [layer]] for (_, shape), layer in zip(cases, layers, strict=True)]
    for (key, reason), rows in zip(cases.items(), ask_widget(FILE, calls), strict=True):
        assert rows[-1]["error"] == f"{key[0]} does not fit: {reason}."
        assert run_layers(key[1], [key[0]]) == ["error"]


def test_a_line_that_python_would_refuse_is_refused():
    lines = [
        "Linaer(3, 4)",
        "Linear(3)",
        "Linear(3, 4, 5)",
        "Linear(in_features=3, 4)",
        "Linear(3, in_features=3)",
        "Linear(3, x=out_features=4)",
        "Linear(3, 4.5)",
        "Linear(3, -4)",
        "Linear(3, 0)",
        "Linear(3,, 4)",
        "Linear(3, 4",
        "Linear 3, 4",
        "Conv2d(1, 2, 3, stride=0)",
        "ReLU(1)",
        "constructor()",
    ]
    for line, layer in zip(
        lines, ask_widget(FILE, [["parseLayer", x] for x in lines]), strict=True
    ):
        assert line in layer["error"]
    good = ["Linear(3,4)", "nn.Linear( 3 , out_features = 4 ),", " Flatten() ", "MaxPool2d(2,)"]
    for line, layer in zip(good, ask_widget(FILE, [["parseLayer", x] for x in good]), strict=True):
        assert "error" not in layer
        build(line.strip())
