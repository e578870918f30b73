"""The marks that the families reach, each a row of a table that is printed at the end of the run.

`python tasks.py soak` prints it beside the other long counts, `pytest --soak
tests/tasks/test_marks.py` alone. Speeds beside other programs are measured in benchmarks/
(transformers.py, characters.py).
"""

import os
import statistics
import time
from pathlib import Path

import pytest
import torch
from page_snippets import run_snippet
from python_sources import trigram_bits, write_python_sources

from dlcourse.commands.models import find_recipe
from dlcourse.commands.runs import load_run
from dlcourse.commands.train import train_run
from dlcourse.data.cifar10 import CIFAR10
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST
from dlcourse.data.text import load_text
from dlcourse.training.run_folder import RunFolder

DATA_DIR = os.environ.get("DLCOURSE_DATA")
FILES = {"mnist": MNIST, "cifar10": CIFAR10}

CLASSIFIERS = [  # model, data, seeds, options, required test accuracy, mean of the seeds
    ("cnn", "digits", 5, {}, 0.98),
    ("lenet", "mnist", 1, {}, 0.989),
    ("resnet", "mnist", 1, {}, 0.9935),
    ("resnet", "cifar10", 1, {"first_channels": 32}, 0.90),
]


@pytest.fixture
def note(record_property):
    """Return a function that adds a row to the table; `began` are CPU seconds, `runs` their number.

    The parameters may be a number or a network, whose weights are counted.
    """

    def note_row(what, parameters, epochs, began, runs, reached, required):
        if isinstance(parameters, torch.nn.Module):
            parameters = sum(weights.numel() for weights in parameters.parameters())
        seconds = (time.process_time() - began) / runs
        cells = [what, f"{parameters:,}", str(epochs), f"{seconds:.1f}", reached, required]
        record_property("mark", cells)

    return note_row


def train_seeds(model, data, seeds, folder, **more):
    """Train a model with each seed, by its recipe where `more` says nothing else.

    Returns the results and the last run.
    """
    settings = more.pop("settings", {})
    results = []
    for seed in range(seeds):
        run_dir = folder / str(seed)
        own_settings = {**settings, "seed": seed, "device": "cpu"}
        result = train_run(model, data, run_dir=run_dir, settings=own_settings, say=len, **more)
        results.append(result)
    return results, load_run(RunFolder(run_dir), "evaluate")


@pytest.mark.soak
@pytest.mark.parametrize(("model", "data", "seeds", "options", "required"), CLASSIFIERS)
def test_a_classifier_reaches_its_mark(model, data, seeds, options, required, tmp_path, note):
    files = FILES.get(data)
    data_dir = None if DATA_DIR is None else Path(DATA_DIR)
    if files is not None and files.find(data_dir) is None:
        pytest.skip(f"{model}, {data}: needs the {files.title} files, found through DLCOURSE_DATA")
    began = time.process_time()
    results, run = train_seeds(model, data, seeds, tmp_path, data_dir=data_dir, options=options)
    reached = statistics.fmean(result["test_accuracy"] for result in results)
    told = f"accuracy {reached:.2%}, seeds: {seeds}"
    epochs = find_recipe(model, data).epochs
    note(f"{model}, {data}", run.network, epochs, began, seeds, told, f"{required:.2%}")
    assert reached >= required


@pytest.mark.soak
@pytest.mark.parametrize(("model", "epochs"), [("lstm", 3), ("gpt", 2)])
def test_a_character_model_predicts_python_better_than_trigrams(model, epochs, tmp_path, note):
    """Two or three passes through a megabyte of the standard library, with the default sizes."""
    path = write_python_sources(tmp_path / "library.txt")
    trigram = trigram_bits(load_text(path))
    began = time.process_time()
    settings = {"epochs": epochs, "batch_size": 16, "learning_rate": 1e-2}
    (result,), run = train_seeds(model, str(path), 1, tmp_path, settings=settings)
    bits = result["test_bits_per_character"]
    told = f"{bits:.2f} bits per character"
    required = f"less than {trigram:.2f} of trigrams"
    note(f"{model}, Python's library", run.network, epochs, began, 1, told, required)
    assert bits < trigram


@pytest.mark.soak
def test_a_linear_autoencoder_comes_within_one_percent_of_pca(note):
    names = run_snippet("autoencoders", "linear_pca")
    began = time.process_time()
    ratios = []
    for seed in range(1, 4):
        by_training = names["linear_error"](names["x"], 8, seed)
        ratios.append(by_training / names["pca_error"](names["x"], 8))
    worst = max(ratios)
    told = f"{worst:.4f} times the error of PCA, seeds: 3"
    parameters = 2 * 64 * 8 + 64 + 8
    note("linear autoencoder, digits", parameters, 1400, began, 3, told, "1.01")
    assert worst < 1.01


@pytest.mark.soak
def test_the_ring_is_covered_with_each_of_five_seeds(note):
    names = run_snippet("gan", "ring")
    began = time.process_time()
    covered = []
    for seed in range(1, 6):
        _, snapshots = names["train"](0.0, seed)
        covered.append(names["count_covered"](snapshots[-1]))
    told = f"{min(covered)} of 8 places or more, seeds: 5"
    parameters = 2 * (2 * 64 + 64 + 64 * 64 + 64) + (64 * 2 + 2) + (64 + 1)
    note("GAN, ring of eight places", parameters, 1000, began, 5, told, "7 of 8")
    assert min(covered) >= 7


@pytest.mark.soak
def test_the_diffusion_model_draws_digits_that_are_no_copies(tmp_path, note):
    began = time.process_time()
    seeds = 2
    results, run = train_seeds("diffusion", "digits", seeds, tmp_path)
    clean = load_digits().train.images.flatten(1) / 16
    noise = (torch.randn(200, 64) + 1) / 2
    generator = torch.Generator().manual_seed(0)
    with torch.inference_mode():
        images = run.family.sample_images(run.network, run.description.about, generator, 200)
    # The digits lie from -1 to 1 on the page, so their distances are twice as large there.
    nearest = 2 * torch.cdist(images.flatten(1), clean).amin(dim=1)
    of_noise = 2 * torch.cdist(noise, clean).amin(dim=1).median().item()
    median = nearest.median().item()
    copies = (nearest < 0.5).sum().item()  # 1.59 is the smallest that has been seen
    told = f"{copies} copies of 200, distance {median:.2f}"
    required = f"0 copies, less than half of {of_noise:.2f}"
    epochs = find_recipe("diffusion", "digits").epochs
    note("diffusion, digits", run.network, epochs, began, seeds, told, required)
    assert max(result["test_loss"] for result in results) < 0.1  # 0.0876 has been seen
    assert copies == 0
    assert median < of_noise / 2


@pytest.mark.soak
@pytest.mark.parametrize("has_positions", [True, False])
def test_reversal_needs_positions(has_positions, note):
    names = run_snippet("attention", "reverse")
    began = time.process_time()
    shares = []
    for seed in range(1, 4):
        network = names["train_reverser"](has_positions, seed)
        shares.append(names["share_correct"](network))
    if has_positions:
        what, reached, required = "with", f"{min(shares):.3f} or more", "0.99"
    else:
        what, reached, required = "without", f"{max(shares):.3f} or less", "less than 0.5"
    told = f"{reached} of the digits, seeds: 3"
    note(f"attention {what} positions, reversal", network, 300, began, 3, told, required)
    assert min(shares) >= 0.99 if has_positions else max(shares) < 0.5


@pytest.mark.soak
@pytest.mark.parametrize(
    ("model", "data", "seeds", "figure", "required"),
    [
        ("detector", "scenes", 3, "test_average_precision", 0.85),
        ("segmenter", "scenes", 3, "test_mean_iou", 0.72),
        ("reinforce", "corridor", 5, "test_share_of_optimum", 0.95),
        ("reinforce", "grid", 5, "test_share_of_optimum", 0.95),
    ],
)
def test_a_recipe_reaches_its_figure(model, data, seeds, figure, required, tmp_path, note):
    began = time.process_time()
    results, run = train_seeds(model, data, seeds, tmp_path)
    reached = statistics.fmean(result[figure] for result in results)
    name = figure.removeprefix("test_").replace("_", " ")
    told = f"{name} {reached:.3f}, seeds: {seeds}"
    epochs = find_recipe(model, data).epochs
    note(f"{model}, {data}", run.network, epochs, began, seeds, told, str(required))
    assert reached >= required
