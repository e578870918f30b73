"""Each augmentation beside a plain loop that is told where it moved, cut or mirrored."""

import itertools
import signal

import pytest
import torch
from torch import Tensor, nn

from dlcourse.data.augmentation import AUGMENTATIONS, crop, cutout, flip, shift
from dlcourse.data.batches import Batches, Split
from dlcourse.signals import Interrupted
from dlcourse.training import config
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

CPU = torch.device("cpu")


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def coloured(count: int, height: int = 16, width: int = 24) -> Tensor:
    """Pictures whose every pixel has its own value, none of them 0."""
    images = torch.arange(1, 1 + 3 * height * width).view(1, 3, height, width) % 255 + 1
    return images.to(torch.uint8).repeat(count, 1, 1, 1)


def shifted_by_loops(image: Tensor, down: int, right: int) -> Tensor:
    moved = torch.zeros_like(image)
    channels, height, width = image.shape
    for channel in range(channels):
        for row in range(height):
            for column in range(width):
                if 0 <= row - down < height and 0 <= column - right < width:
                    moved[channel, row, column] = image[channel, row - down, column - right]
    return moved


def test_shift_is_one_of_the_moves_that_loops_make():
    image = coloured(1)[0]
    moves = {
        (down, right) for down in range(-2, 3) for right in range(-3, 4)
    }  # an eighth of 16 and of 24
    by_bytes = {shifted_by_loops(image, *move).numpy().tobytes(): move for move in moves}
    assert len(by_bytes) == 35
    found = [by_bytes[one.numpy().tobytes()] for one in shift(coloured(1000), seeded())]
    assert (
        set(found) == moves
    )  # each has 1 of 35; that one is missed by all 1,000 has a chance of 1e-11


def cropped_by_loops(image: Tensor, share: float, down: float, right: float) -> Tensor:
    """Sample with bilinear weights; down and right are the middle's, where the sides are -1 and 1."""
    channels, height, width = image.shape
    result = torch.zeros(channels, height, width, dtype=torch.float64)
    for row in range(height):
        for column in range(width):
            y = (share * ((2 * row + 1) / height - 1) + down + 1) * height / 2 - 0.5
            x = (share * ((2 * column + 1) / width - 1) + right + 1) * width / 2 - 0.5
            y, x = min(max(y, 0), height - 1), min(max(x, 0), width - 1)
            top, left = int(y), int(x)
            below, beside = min(top + 1, height - 1), min(left + 1, width - 1)
            upper = (1 - x + left) * image[:, top, left] + (x - left) * image[:, top, beside]
            lower = (1 - x + left) * image[:, below, left] + (x - left) * image[:, below, beside]
            result[:, row, column] = (1 - y + top) * upper + (y - top) * lower
    return result


def test_crop_is_what_loops_sample():
    images = torch.rand(4, 3, 8, 12, generator=seeded())
    result = crop(images, seeded(1))
    same = seeded(1)
    share = 0.7 + 0.3 * torch.rand(4, generator=same)
    right, down = (1 - share) * (2 * torch.rand(2, 4, generator=same) - 1)
    for number in range(4):
        place = share[number].item(), down[number].item(), right[number].item()
        expected = cropped_by_loops(images[number].double(), *place)
        assert (
            result[number] - expected
        ).abs().max() < 1e-5  # float32, weights of about ten roundings


def test_crop_stays_inside_and_keeps_at_least_seven_tenths():
    columns = torch.arange(101.0).expand(500, 1, 101, 101)  # a pixel's value is where it came from
    cropped = crop(columns, seeded())
    assert cropped.min() >= 0
    assert cropped.max() <= 100
    widths = cropped[:, 0, 0, -1] - cropped[:, 0, 0, 0]
    assert 0.69 * 100 <= widths.min() < 0.72 * 100
    assert 0.98 * 100 < widths.max() <= 100


def test_flip_mirrors_about_half():
    images = coloured(1000)
    is_mirrored = [torch.equal(one, images[0].flip(2)) for one in flip(images, seeded())]
    is_same = [torch.equal(one, images[0]) for one in flip(images, seeded())]
    assert sum(is_mirrored) + sum(is_same) == 1000
    assert abs(sum(is_mirrored) - 500) < 80  # five standard deviations of 1,000 coins: 79


def cut_by_loops(image: Tensor, middle_row: int, middle_column: int) -> Tensor:
    cut = image.clone()
    _, height, width = image.shape
    for row in range(middle_row - height // 4, middle_row + height // 4):
        for column in range(middle_column - width // 4, middle_column + width // 4):
            if 0 <= row < height and 0 <= column < width:
                cut[:, row, column] = 0
    return cut


def test_cutout_is_one_of_the_holes_that_loops_cut():
    image = coloured(1, height=8, width=12)[0]
    middles = {(row, column) for row in range(8) for column in range(12)}
    by_bytes = {cut_by_loops(image, *middle).numpy().tobytes(): middle for middle in middles}
    assert len(by_bytes) == 96
    found = {
        by_bytes[one.numpy().tobytes()]
        for one in cutout(coloured(2000, height=8, width=12), seeded())
    }
    assert (
        found == middles
    )  # each has 1 of 96; that one is missed by all 2,000 has a chance of 1e-7


@pytest.mark.parametrize("name", AUGMENTATIONS)
@pytest.mark.parametrize("dtype", [torch.uint8, torch.float32])
def test_shape_and_type_stay_and_the_pictures_are_left_alone(name, dtype):
    images = coloured(10).to(dtype)
    before = images.clone()
    changed = AUGMENTATIONS[name](images, seeded())
    assert (changed.shape, changed.dtype) == (images.shape, dtype)
    assert torch.equal(images, before)
    assert not torch.equal(changed, before)


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_a_picture_of_one_pixel_is_no_error(name):
    assert AUGMENTATIONS[name](torch.ones(2, 1, 1, 1), seeded()).shape == (2, 1, 1, 1)


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_the_generator_repeats_it_and_no_other_is_drawn_from(name):
    images, generator, before = coloured(50), seeded(3), torch.get_rng_state()
    first, other = AUGMENTATIONS[name](images, generator), AUGMENTATIONS[name](images, generator)
    assert torch.equal(AUGMENTATIONS[name](images, seeded(3)), first)
    assert not torch.equal(other, first)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_gpu_makes_the_change_of_the_cpu(name):
    images = coloured(50).float()
    on_gpu = AUGMENTATIONS[name](images.cuda(), seeded())
    assert on_gpu.is_cuda
    # only crop reckons: float32 on levels up to 255
    assert (on_gpu.cpu() - AUGMENTATIONS[name](images, seeded())).abs().max() < 1e-2


def test_settings_and_data_know_the_same_names():
    assert tuple(AUGMENTATIONS) == config.AUGMENTATIONS


def batches(augment: str, batch_size: int = 16) -> Batches:
    split = Split(coloured(40), torch.arange(40) % 3)
    return Batches(
        split, batch_size, max_value=255, device=CPU, generator=seeded(7), augment=augment
    )


def test_batches_are_augmented_in_the_order_of_the_names():
    same = seeded(7)
    torch.randperm(40, generator=same)  # the order of the pictures, which are alike
    expected = [flip(shift(coloured(count).float().div_(255), same), same) for count in (16, 16, 8)]
    assert all(
        torch.equal(images, one)
        for (images, _), one in zip(batches("shift,flip"), expected, strict=True)
    )


def test_each_pass_is_changed_anew_and_the_data_stays():
    changing = batches("shift")
    first, second = next(iter(changing))[0], next(iter(changing))[0]
    assert not torch.equal(first, second)
    assert torch.equal(changing.images, coloured(40))


@pytest.mark.parametrize("step", [1, 3, 6, 8])
def test_a_stopped_run_ends_as_the_whole_one(tmp_path, monkeypatch, step):
    # Pictures are made ready for two batches at once, and dropout draws between them.
    monkeypatch.setattr("dlcourse.data.batches.VALUES_AT_ONCE", 2 * 8 * 3 * 16 * 24)
    settings = TrainConfig(epochs=2, batch_size=8, augment="shift,crop,cutout", device="cpu")
    run = RunFolder(tmp_path)
    run.create({}, settings)

    def make_trainer(run=None):
        torch.manual_seed(0)
        model = nn.Sequential(
            nn.Flatten(), nn.Linear(3 * 16 * 24, 8), nn.Dropout(0.5), nn.Linear(8, 3)
        )
        return Trainer(model, settings, run, say=print)

    whole = make_trainer()
    whole.fit(batches("shift,crop,cutout", 8), batches("", 8))
    stopped = make_trainer(run)
    stopped.optimizer.register_step_post_hook(
        lambda *_: stopped.stop(signal.SIGTERM) if next(taken) == step else None
    )
    taken = itertools.count(1)
    with pytest.raises(Interrupted):
        stopped.fit(batches("shift,crop,cutout", 8), batches("", 8))
    resumed = make_trainer(run)
    resumed.fit(batches("shift,crop,cutout", 8), batches("", 8), resume=True)
    for mine, expected in zip(resumed.model.parameters(), whole.model.parameters(), strict=True):
        assert torch.equal(mine, expected)
