"""What the pages on the code and on slopes say where none of their snippets shows it."""

import re
from pathlib import Path
from runpy import run_path

import pytest
import torch
from torch import nn

from dlcourse.training.loop import train_epoch

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets" / "code"
SLOPES = (ROOT / "docs" / "code" / "slopes.md").read_text("utf-8")
NOTATION = SLOPES.partition("{ #notation }")[2].partition("\n## ")[0]
ROW = re.compile(r"^\| (?P<symbol>\S.*?) \| `(?P<code>[^`]+)` \| .* \| `(?P<shape>\(.*\))` \|$")
OUT = 3
IN = 4
N = 5


def notation() -> list[re.Match[str]]:
    """Return the rows of the table of symbols."""
    lines = [line for line in NOTATION.splitlines() if line.startswith("| ")][1:]
    rows = [ROW.match(line) for line in lines]
    assert all(rows), "a row of another form"
    return [row for row in rows if row]


def layer_with_gradient() -> dict:
    """Return the names of the table for one layer, of different sizes on all axes."""
    torch.manual_seed(0)
    layer = nn.Linear(IN, OUT).double()
    inputs = torch.rand(N, IN).double()
    loss = nn.functional.cross_entropy(layer(inputs), torch.tensor([0, 1, 2, 0, 1]))
    loss.backward()
    sizes = {"N": N, "in": IN, "out": OUT}
    return {
        "X": inputs,
        "x": inputs[0],
        "W": layer.weight,
        "b": layer.bias,
        "z": layer(inputs[0]),
        "loss": loss,
        "lr": torch.tensor(0.1),
        "relu": torch.relu,
        "i": 2,
        "j": 3,
        "sizes": sizes,
    }


@pytest.mark.parametrize("row", notation(), ids=lambda row: row["code"])
def test_the_shape_of_each_symbol_is_that_of_its_code(row):
    names = layer_with_gradient()
    told = []
    for size in re.findall(r"\w+", row["shape"]):
        told.append(names["sizes"][size])
    value = eval(row["code"], names)
    assert tuple(value.shape) == tuple(told)


def test_notation_has_a_row_for_every_symbol_that_a_page_needs():
    symbols = " ".join(row["symbol"] for row in notation())
    for symbol in ("W", "X", "w_{ij}", "L", "partial", "nabla", "eta", "sum", "prod", "sigma"):
        assert symbol in symbols
    assert r"\hat" in NOTATION


def test_first_subscript_of_a_weight_is_where_it_leads_to():
    names = layer_with_gradient()
    alone = torch.zeros(IN).double()
    alone[3] = 1.0
    reached = nn.functional.linear(alone, names["W"])
    assert reached[2] == names["W"][2, 3]


@pytest.mark.parametrize(("dtype", "digits"), [(torch.float32, 7), (torch.float64, 16)])
def test_exact_digits_of_each_dtype(dtype, digits):
    error = abs(torch.tensor(1 / 7, dtype=dtype).item() * 7 - 1)
    eps = torch.finfo(dtype).eps
    assert error <= eps
    assert digits - 1 < -torch.log10(torch.tensor(eps)).item() < digits


def test_a_double_model_refuses_float_inputs():
    layer = nn.Linear(2, 1).double()
    with pytest.raises(RuntimeError, match="dtype"):
        layer(torch.ones(1, 2))


@pytest.mark.parametrize("zero_first", [False, True])
@pytest.mark.parametrize("sizes", [(4, 2), (3, 3), (6,)])
def test_train_epoch_is_the_four_lines_on_every_batch(sizes, zero_first):
    torch.manual_seed(0)
    inputs = torch.randn(6, 3).split(sizes)
    labels = torch.tensor([0, 1, 0, 1, 1, 0]).split(sizes)
    batches = list(zip(inputs, labels, strict=True))
    model = nn.Linear(3, 2)
    twin = nn.Linear(3, 2)
    twin.load_state_dict(model.state_dict())

    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for batch, targets in batches:
        if zero_first:
            optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(batch), targets)
        if not zero_first:
            optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    optimizer = torch.optim.Adam(twin.parameters(), lr=0.1)
    train_epoch(twin, batches, optimizer, torch.device("cpu"))
    assert torch.equal(model.weight, twin.weight)
    assert torch.equal(model.bias, twin.bias)


def losses(source: str) -> list[float]:
    """Return all losses of the program with the four lines, changed or not."""
    kept: list[float] = []
    names = {"print": lambda *_: None, "keep": kept.append}
    shown = "    if step in (0, 10, 199):\n"
    assert source.count(shown) == 1
    exec(source.replace(shown, f"    keep(loss.item())\n{shown}"), names)
    return kept


def test_without_the_second_line_the_loss_goes_up_and_down_without_end(seed):
    source = (SNIPPETS / "four_lines.py").read_text("utf-8")
    assert source.count("manual_seed(0)") == 1
    source = source.replace("manual_seed(0)", f"manual_seed({seed})")
    line = "    optimizer.zero_grad()  # 2\n"
    assert source.count(line) == 1
    assert losses(source)[-1] < 0.001
    without = losses(source.replace(line, ""))
    for start in (0, 50, 100, 150):
        some = without[start : start + 50]
        assert min(some) < 1 < without[0] < max(some)


def test_backward_leaves_the_weight_and_step_changes_it():
    weight = torch.tensor(3.0, requires_grad=True)
    optimizer = torch.optim.SGD([weight], lr=0.25)
    (weight**2).backward()
    assert weight.item() == 3
    optimizer.step()
    assert weight.item() == 1.5


def test_shapes_of_the_exercise():
    images = torch.zeros(32, 1, 8, 8)
    layer = nn.Linear(64, 10)
    flat = images.flatten(1)
    results = [images[0], images[:, 0], flat, flat.mean(dim=0), layer(flat)]
    results.append(layer(flat).argmax(dim=1))
    solution = ROOT / "src" / "dlcourse" / "exercises" / "code" / "shapes" / "solution.py"
    shapes = run_path(str(solution))["shapes"]
    assert shapes(32, 8, 10) == [tuple(result.shape) for result in results]


def test_two_sided_slope_of_a_square_is_exact_and_the_one_sided_is_off_by_the_nudge():
    for x in (3.0, -1.0):
        for nudge in (0.5, 0.25):  # sums of powers of two: no rounding
            two_sided = ((x + nudge) ** 2 - (x - nudge) ** 2) / (2 * nudge)
            one_sided = ((x + nudge) ** 2 - x**2) / nudge
            assert two_sided == 2 * x
            assert one_sided - 2 * x == nudge
