"""What the page on tensors says where none of its snippets shows it, and what of random runs."""

from pathlib import Path

import pytest
import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets"


def test_float16_knows_only_even_numbers_between_2048_and_4096():
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


def test_one_pixel_of_shift_costs_ten_neurons_more_than_half(seed):
    digits = load_digits()
    train = [(digits.train.images.flatten(1).double() / 16, digits.train.labels)]
    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
    for _ in range(100):
        train_epoch(neurons, train, optimizer, torch.device("cpu"))
    x, labels = digits.test.images.double() / 16, digits.test.labels
    moved = torch.stack([x.roll(step, dims) for step in (-1, 1) for dims in (2, 3)])
    right = (neurons(x.flatten(1)).argmax(dim=1) == labels).double().mean()
    moved_right = (neurons(moved.flatten(2)).argmax(dim=2) == labels).double().mean()
    assert right > 0.94
    assert moved_right < 0.47  # less than half of the least that is right above


def test_row_is_that_of_ten_neurons():
    """One product gives the ten neurons' own row; only the name differs."""
    files = [SNIPPETS / chapter / "digit_reader.out" for chapter in ("neuron", "tensors")]
    rows = [path.read_text("utf-8")[34:] for path in files]
    assert rows[0] == rows[1]
