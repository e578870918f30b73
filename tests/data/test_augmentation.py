"""Each augmentation beside a plain loop that is told where it moved, cut or mirrored."""

import itertools
import signal

import pytest
import torch
from torch import Tensor, nn

from dlcourse.data.augmentation import AUGMENTATIONS, crop, cutout, flip, shift
from dlcourse.data.batches import Batches, Split
from dlcourse.training import config
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.signals import Interrupted
from dlcourse.training.trainer import Trainer

CPU = torch.device("cpu")


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def colored(count: int, height: int = 16, width: int = 24) -> Tensor:
    """Return images whose neighboring pixels have different values, none of them 0."""
    numbers = torch.arange(1, 1 + 3 * height * width)
    levels = (numbers % 255 + 1).to(torch.uint8)
    image = levels.view(1, 3, height, width)
    return image.repeat(count, 1, 1, 1)


def to_bytes(image: Tensor) -> bytes:
    return image.numpy().tobytes()


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
    image = colored(1)[0]
    moves = set(itertools.product(range(-2, 3), range(-3, 4)))  # an eighth of 16 and of 24
    move_of = {}
    for down, right in moves:
        moved = shifted_by_loops(image, down, right)
        move_of[to_bytes(moved)] = (down, right)
    assert len(move_of) == 35

    found = {move_of[to_bytes(one)] for one in shift(colored(1000), seeded())}
    # Each move has 1 chance in 35; the chance that all 1,000 images miss one of them is 1e-11.
    assert found == moves


def cropped_by_loops(image: Tensor, share: float, down: float, right: float) -> Tensor:
    """Sample with bilinear weights; down and right are the middle's, the sides are -1 and 1."""
    channels, height, width = image.shape
    result = torch.zeros(channels, height, width, dtype=torch.float64)
    for row in range(height):
        for column in range(width):
            y = (share * ((2 * row + 1) / height - 1) + down + 1) * height / 2 - 0.5
            x = (share * ((2 * column + 1) / width - 1) + right + 1) * width / 2 - 0.5
            y = min(max(y, 0), height - 1)
            x = min(max(x, 0), width - 1)
            top = int(y)
            left = int(x)
            below = min(top + 1, height - 1)
            beside = min(left + 1, width - 1)
            upper = (1 - x + left) * image[:, top, left] + (x - left) * image[:, top, beside]
            lower = (1 - x + left) * image[:, below, left] + (x - left) * image[:, below, beside]
            result[:, row, column] = (1 - y + top) * upper + (y - top) * lower
    return result


def test_crop_is_what_loops_sample():
    images = torch.rand(4, 3, 8, 12, generator=seeded())
    result = crop(images, seeded(1))

    same = seeded(1)
    shares = 0.7 + 0.3 * torch.rand(4, generator=same)
    directions = 2 * torch.rand(2, 4, generator=same) - 1
    right, down = (1 - shares) * directions
    for number in range(4):
        expected = cropped_by_loops(
            images[number].double(),
            shares[number].item(),
            down[number].item(),
            right[number].item(),
        )
        difference = (result[number] - expected).abs().max()
        assert difference < 1e-5  # float32, weights of about ten roundings


def test_crop_stays_inside_and_keeps_at_least_seven_tenths():
    columns = torch.arange(101.0).expand(500, 1, 101, 101)  # a pixel's value is where it came from
    cropped = crop(columns, seeded())
    assert cropped.min() >= 0
    assert cropped.max() <= 100
    widths = cropped[:, 0, 0, -1] - cropped[:, 0, 0, 0]
    assert 0.69 * 100 <= widths.min() < 0.72 * 100
    assert 0.98 * 100 < widths.max() <= 100


def test_flip_mirrors_about_half():
    images = colored(1000)
    image = images[0]
    mirrored = image.flip(2)
    flipped = flip(images, seeded())
    num_mirrored = sum(torch.equal(one, mirrored) for one in flipped)
    num_same = sum(torch.equal(one, image) for one in flipped)
    assert num_mirrored + num_same == 1000
    assert abs(num_mirrored - 500) < 80  # five standard deviations of 1,000 coins are 79


def cut_by_loops(image: Tensor, middle_row: int, middle_column: int) -> Tensor:
    cut = image.clone()
    _, height, width = image.shape
    for row in range(middle_row - height // 4, middle_row + height // 4):
        for column in range(middle_column - width // 4, middle_column + width // 4):
            if 0 <= row < height and 0 <= column < width:
                cut[:, row, column] = 0
    return cut


def test_cutout_is_one_of_the_holes_that_loops_cut():
    image = colored(1, height=8, width=12)[0]
    middles = set(itertools.product(range(8), range(12)))
    middle_of = {}
    for row, column in middles:
        cut = cut_by_loops(image, row, column)
        middle_of[to_bytes(cut)] = (row, column)
    assert len(middle_of) == 96

    images = colored(2000, height=8, width=12)
    found = {middle_of[to_bytes(one)] for one in cutout(images, seeded())}
    # Each middle has 1 chance in 96; the chance that all 2,000 images miss one of them is 1e-7.
    assert found == middles


@pytest.mark.parametrize("name", AUGMENTATIONS)
@pytest.mark.parametrize("dtype", [torch.uint8, torch.float32])
def test_shape_and_type_stay_and_the_images_are_left_alone(name, dtype):
    images = colored(10).to(dtype)
    before = images.clone()
    changed = AUGMENTATIONS[name](images, seeded())
    assert changed.shape == images.shape
    assert changed.dtype == dtype
    assert torch.equal(images, before)
    assert not torch.equal(changed, before)


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_an_image_of_one_pixel_is_not_an_error(name):
    changed = AUGMENTATIONS[name](torch.ones(2, 1, 1, 1), seeded())
    assert changed.shape == (2, 1, 1, 1)


@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_the_generator_repeats_it_and_no_other_is_drawn_from(name):
    augment = AUGMENTATIONS[name]
    images = colored(50)
    before = torch.get_rng_state()
    generator = seeded(3)
    first = augment(images, generator)
    other = augment(images, generator)
    assert torch.equal(augment(images, seeded(3)), first)
    assert not torch.equal(other, first)
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
@pytest.mark.parametrize("name", AUGMENTATIONS)
def test_gpu_makes_the_change_of_the_cpu(name):
    augment = AUGMENTATIONS[name]
    images = colored(50).float()
    on_cpu = augment(images, seeded())
    on_gpu = augment(images.cuda(), seeded())
    assert on_gpu.is_cuda
    # Only crop computes new levels: in float32, with levels up to 255.
    assert (on_gpu.cpu() - on_cpu).abs().max() < 1e-2


def test_settings_and_data_know_the_same_names():
    assert tuple(AUGMENTATIONS) == config.AUGMENTATIONS


def batches(augment: str, batch_size: int = 16) -> Batches:
    split = Split(colored(40), torch.arange(40) % 3)
    return Batches(
        split, batch_size, max_value=255, device=CPU, generator=seeded(7), augment=augment
    )


def test_batches_are_augmented_in_the_order_of_the_names():
    same = seeded(7)
    torch.randperm(40, generator=same)  # the order of the images, which are alike
    for images, _ in batches("shift,flip"):
        original = colored(len(images)).float().div_(255)
        shifted = shift(original, same)
        assert torch.equal(images, flip(shifted, same))


def test_each_pass_is_changed_anew_and_the_data_stays():
    changing = batches("shift")
    first, _ = next(iter(changing))
    second, _ = next(iter(changing))
    assert not torch.equal(first, second)
    assert torch.equal(changing.images, colored(40))


@pytest.mark.parametrize("step", [1, 3, 6, 8])
def test_a_stopped_run_ends_as_the_whole_one(tmp_path, monkeypatch, step):
    # Images are made ready for two batches at once, and dropout draws between them.
    monkeypatch.setattr("dlcourse.data.batches.VALUES_AT_ONCE", 2 * 8 * 3 * 16 * 24)
    settings = TrainConfig(epochs=2, batch_size=8, augment="shift,crop,cutout", device="cpu")
    run = RunFolder(tmp_path)
    run.create({}, settings)

    def make_trainer(run=None):
        torch.manual_seed(0)
        model = nn.Sequential(
            nn.Flatten(),
            nn.Linear(3 * 16 * 24, 8),
            nn.Dropout(0.5),
            nn.Linear(8, 3),
        )
        return Trainer(model, settings, run, say=print)

    def fit(trainer, resume=False):
        train_batches = batches("shift,crop,cutout", batch_size=8)
        trainer.fit(train_batches, batches("", batch_size=8), resume=resume)

    whole = make_trainer()
    fit(whole)

    stopped = make_trainer(run)
    taken = itertools.count(1)

    def stop_after_step(*arguments):
        if next(taken) == step:
            stopped.stop(signal.SIGTERM)

    stopped.optimizers[""].register_step_post_hook(stop_after_step)
    with pytest.raises(Interrupted):
        fit(stopped)
    resumed = make_trainer(run)
    fit(resumed, resume=True)
    for mine, expected in zip(resumed.model.parameters(), whole.model.parameters(), strict=True):
        assert torch.equal(mine, expected)
