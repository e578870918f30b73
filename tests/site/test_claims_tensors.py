"""What the page on tensors says where none of its snippets shows it, and what of random runs."""

import runpy
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.training.loop import train_epoch

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets"
EXERCISES = ROOT / "src" / "dlcourse" / "exercises" / "tensors"


def test_float16_has_only_even_numbers_between_2048_and_4096():
    numbers = torch.arange(2048, 4097)
    kept = numbers.half().int() == numbers
    assert (kept == (numbers % 2 == 0)).all()
    assert (torch.arange(2049).half().int() == torch.arange(2049)).all()


def test_dtypes_take_the_bytes_of_the_table():
    num_bytes = {
        torch.uint8: 1,
        torch.int64: 8,
        torch.float32: 4,
        torch.float16: 2,
        torch.bfloat16: 2,
        torch.float64: 8,
    }
    for dtype, size in num_bytes.items():
        assert dtype.itemsize == size
    assert torch.ones(1).dtype == torch.float32


def test_calculating_gives_new_memory():
    table = torch.tensor([[1, 2, 3], [4, 5, 6]])
    row = table[0] + 0
    row[0] = 100
    assert table.tolist() == [[1, 2, 3], [4, 5, 6]]


def test_row_means_need_keepdim():
    table = torch.rand(32, 10)
    with pytest.raises(RuntimeError, match="size"):
        table - table.mean(dim=1)
    assert (table - table.mean(dim=1, keepdim=True)).mean(
        dim=1
    ).abs().max() < 1e-6  # float32's rounding
    square = torch.rand(10, 10)
    assert (square - square.mean(dim=1)).mean(dim=1).abs().max() > 0.01  # runs, and is wrong


def test_in_place_on_a_view_changes_the_batch():
    batch = torch.rand(2, 8)
    before = batch.clone()
    first = batch[0]
    first -= first.mean()
    assert not torch.equal(batch[0], before[0])
    assert torch.equal(batch[1], before[1])


def test_size_in_check_yourself():
    batch = torch.empty(32, 3, 224, 224, device="meta")
    assert batch.numel() == 4_816_896
    assert 19e6 < batch.numel() * batch.element_size() < 20e6


@pytest.mark.parametrize("epochs", [20, 100, 400])
def test_one_pixel_of_shift_costs_ten_neurons_more_than_half(seed, epochs):
    """However long they train, and in each of the four directions."""
    digits = load_digits()
    train = [(digits.train.images.flatten(1).double() / 16, digits.train.labels)]
    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
    for _ in range(epochs):
        train_epoch(neurons, train, optimizer, torch.device("cpu"))
    images, labels = digits.test.images.double() / 16, digits.test.labels
    right = (neurons(images.flatten(1)).argmax(dim=1) == labels).double().mean()
    assert right > 0.85
    moved_answers = neurons(move_four_ways(images).flatten(2)).argmax(dim=2)  # (4, 359)
    moved_right = (moved_answers == labels).double().mean(dim=1)
    assert moved_right.mean() < right / 2
    assert moved_right.max() < 0.6  # no direction is spared


def test_row_is_that_of_ten_neurons():
    """One product gives the ten neurons' own row; only the name differs."""
    files = [SNIPPETS / chapter / "digit_reader.out" for chapter in ("neuron", "tensors")]
    rows = [path.read_text("utf-8") for path in files]
    assert rows[0][22:] == rows[1][22:]
    assert rows[0][:22] != rows[1][:22]


def shares_memory(one, other):
    return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()


def test_picking_by_number_or_slice_is_a_view_and_by_list_or_mask_a_copy():
    table = torch.arange(12).reshape(3, 4)
    for view in (table[0], table[-1], table[0, 2], table[:, 2], table[0:2], table[:, 1:], table.T):
        assert shares_memory(view, table)
    joined = torch.cat([table, table]), torch.stack([table, table])
    for copy in (table[[2, 0]], table[table > 9], table.clone(), table + 0, *joined):
        assert not shares_memory(copy, table)


@pytest.mark.parametrize("shape", [(3,), (2, 3), (5, 1, 8, 8)])
def test_stack_adds_an_axis_cat_lengthens_one_and_a_reduction_drops_one(shape):
    tensor = torch.rand(shape)
    for dim, length in enumerate(shape):
        before, after = shape[:dim], shape[dim + 1 :]
        assert torch.stack([tensor, tensor], dim=dim).shape == (*before, 2, *shape[dim:])
        assert torch.cat([tensor, tensor], dim=dim).shape == (*before, 2 * length, *after)
        assert tensor.unsqueeze(dim).shape == (*before, 1, *shape[dim:])
        assert tensor.sum(dim=dim).shape == (*before, *after)
        assert tensor.sum(dim=dim, keepdim=True).shape == (*before, 1, *after)


def test_column_of_32_goes_with_each_row():
    table = torch.rand(32, 10)
    numbers = torch.arange(32.0)
    assert torch.equal(table + numbers.unsqueeze(1), table + numbers.reshape(32, 1))
    with pytest.raises(RuntimeError, match="size"):
        table + numbers


def test_weights_of_a_linear_layer_are_a_row_for_each_neuron():
    layer = nn.Linear(4, 3)
    assert layer.weight.shape == (3, 4)
    x = torch.rand(5, 4)
    assert torch.allclose(layer(x), x @ layer.weight.T + layer.bias)


def test_answers_of_the_exercises():
    linear_batch = runpy.run_path(str(EXERCISES / "linear_batch/solution.py"))["linear_batch"]
    x, weight, bias = torch.rand(5, 4), torch.rand(3, 4), torch.rand(3)
    assert torch.allclose(linear_batch(x, weight, bias), F.linear(x, weight, bias))
    one_hot = runpy.run_path(str(EXERCISES / "one_hot/solution.py"))["one_hot"]
    t = torch.tensor([4, 0, 4, 1])
    assert torch.equal(one_hot(t, 6), F.one_hot(t, 6).float())
    assert one_hot(t, 6).dtype == torch.float32
